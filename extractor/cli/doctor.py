"""`extractor doctor`: what is installed, whether the model, the patterns and the gazetteer can be read, what is missing."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from collections.abc import Iterator

from extractor import __version__
from extractor.errors import ExtractorError
from extractor.install import DISTRIBUTION, clone, pip_install

_REQUIREMENT = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[^\]]*\])?(?P<range>[^;]*)(?:;.*extra\s*==\s*['\"](?P<extra>\w+)['\"])?"
)
_EXTRAS = {
    "serve": "extractor serve",
    "http": "extractor extract https://…",
    "train": "extractor train",
    "duckdb": "extractor export … -o news.duckdb",
    "postgres": "extractor index --to postgresql://…",
    "ray": "extractor extract --engine ray",
    "hf": "--ner FOLDER of a Hugging Face model",
}


def doctor() -> int:
    """Say what is installed and what is missing, and read one sentence with it; exit status 1 when something needed fails.

    Examples:

      extractor doctor
    """
    print(f"extractor      {__version__}, {f'in the clone {clone()}' if clone() else 'installed as ' + DISTRIBUTION}")
    print(f"python         {platform.python_version()}, {platform.system()} {platform.machine()}")
    failed = 0
    for name, check in (
        ("packages", _packages),
        ("patterns", _patterns),
        ("gazetteer", _gazetteer),
        ("model", _model),
        ("sample", _sample),
        ("extraction", _extraction),
    ):
        try:
            print(f"{name:<14} {check()}")
        except Exception as error:  # whatever is broken is to be named, not to end the list
            failed += 1
            print(f"{name:<14} FAILS: {error or type(error).__name__}")
    for extra, used in _EXTRAS.items():
        lacking = [name for name in _required(extra) if _version(name) is None]
        print(f"{'[' + extra + ']':<14} {_said(extra, lacking)} ({used})")
    return 1 if failed else 0


def _said(extra: str, lacking: list[str]) -> str:
    return f"without {', '.join(lacking)}: {pip_install(extra)}" if lacking else "installed"


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _requirements() -> list[str]:
    """What the distribution asks for; in a clone that is not installed, what its pyproject.toml asks for."""
    home = clone()
    if home is None:
        return importlib.metadata.requires(DISTRIBUTION) or []
    import tomllib

    project = tomllib.loads((home / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].items()
    return [*project["dependencies"], *(f"{r}; extra == '{extra}'" for extra, some in extras for r in some)]


def _required(extra: str | None) -> Iterator[str]:
    for said in _requirements():
        if (found := _REQUIREMENT.match(said)) and found["extra"] == extra:
            yield found["name"]


def _packages() -> str:
    names = list(_required(None))
    lacking = [name for name in names if _version(name) is None]
    if lacking:
        raise ExtractorError(f"without {', '.join(lacking)}: install {DISTRIBUTION} again")
    shown = ", ".join(f"{name} {_version(name)}" for name in ("underthesea", "spacy", "pandas", "pyarrow"))
    return f"all {len(names)} ({shown})"


def _patterns() -> str:
    import yaml

    from extractor.rules import knowledge, patterns_dir

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    files = sorted(patterns_dir().rglob("*.yaml"))
    rows = sum(len(yaml.load(f.read_text(encoding="utf-8"), Loader=loader)) for f in files)
    return f"{rows:,} rows in {len(files)} files, {patterns_dir()} (knowledge {knowledge()})"


def _gazetteer() -> str:
    from extractor.gazetteer import gazetteer

    return f"{len(gazetteer().by_code):,} codes of administrative units"


def _model() -> str:
    from extractor.ner.backends import SHIPPED
    from extractor.ner.model import load_model

    model = load_model(SHIPPED)
    return f"{SHIPPED.name}, {len(model.attributes):,} attributes, {SHIPPED.stat().st_size / 1e6:.1f} MB"


def _sample() -> str:
    from extractor.sample import sample_folder

    return str(sample_folder())


def _extraction() -> str:
    from extractor.api import extract
    from extractor.sample import warm_up

    record = extract(warm_up())
    if not (record.dates and record.locations and record.documents):
        raise ExtractorError(f"of a date, a place and a document in one text it found only {record!r}")
    return "a date, a place and a document found in one text"
