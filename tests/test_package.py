"""What is given to users: the distribution builds, passes the index's checks, holds what it needs, runs outside the clone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from extractor import install
from shown import Session
from test_readme import PAGES

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def run(*command: str | Path, cwd: Path | None = None) -> str:
    outside = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(command, cwd=cwd, env=outside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, and the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    [wheel], [sdist] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return {"wheel": wheel, "sdist": sdist}


@pytest.fixture(scope="module")
def elsewhere(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `.venv/` in which the wheel is installed; its dependencies are those of the running environment."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / ".venv", with_pip=False)
    python = folder / ".venv" / "bin" / "python"
    [site] = (folder / ".venv").glob("lib/*/site-packages")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index")
    run(*pip, built["wheel"])
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


@pytest.mark.slow
def test_package_passes_the_checks_of_the_index(built: dict[str, Path]) -> None:
    run(sys.executable, "-m", "twine", "check", "--strict", *built.values())
    run(sys.executable, "-m", "check_wheel_contents", built["wheel"], cwd=ROOT)


def test_wheel_holds_what_it_needs_and_nothing_else(built: dict[str, Path]) -> None:
    names = set(zipfile.ZipFile(built["wheel"]).namelist())
    packed = {p.relative_to(ROOT / "extractor").as_posix() for p in (ROOT / "extractor").rglob("*.py")}
    assert {f"extractor/{p}" for p in packed} <= names
    assert {f"extractor/{p}" for p in ("py.typed", "data/ner.npz", "data/sample/gold/label_studio.xml")} <= names
    rows = {p.relative_to(ROOT).as_posix() for p in (ROOT / "patterns").rglob("*.yaml")}
    assert {f"extractor/{p}" for p in rows} <= names
    assert {f"extractor/data/sample/corpus/{p.name}" for p in (ROOT / "corpus").iterdir()} <= names
    assert any(re.search(r"licenses/LICENSE$", name) for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"extractor", "vietnews_extractor"}


@pytest.mark.slow
def test_wheel_runs_outside_the_clone(elsewhere: Path) -> None:
    bin = elsewhere / ".venv" / "bin"
    said = run(bin / "extractor", "doctor", cwd=elsewhere)
    assert f"installed as {install.DISTRIBUTION}" in said
    assert str(ROOT) not in said
    run(bin / "extractor", "sample", ".", cwd=elsewhere)
    run(bin / "extractor", "extract", "corpus/tram-y-te-da-nang-2026.txt", "-o", "one.jsonl", cwd=elsewhere)
    [record] = [json.loads(line) for line in (elsewhere / "one.jsonl").open(encoding="utf-8")]
    assert record["dates"]


@pytest.mark.slow
def test_wheel_gives_spacy_its_component_and_tokenizer(elsewhere: Path) -> None:
    code = (
        "import spacy\n"
        "tokenizer = {'@tokenizers': 'extractor.RuleTokenizer.v1'}\n"
        "nlp = spacy.blank('vi', config={'nlp': {'tokenizer': tokenizer}})\n"
        "nlp.add_pipe('extractor', config={'published': '2021-03-08', 'segment': False})\n"
        "nlp.to_disk('saved')\n"
        "print(spacy.load('saved')('Sáng 5/3, UBND tỉnh Yên Bái họp.')._.record.dates[0].value)"
    )
    assert run(elsewhere / ".venv" / "bin" / "python", "-c", code, cwd=elsewhere) == "2021-03-05\n"


def test_hints_and_documents_name_what_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert PROJECT["name"] == install.DISTRIBUTION
    assert install.pip_install("serve") == f"pip install -e '{ROOT}[serve]'"
    monkeypatch.setattr(install, "_CLONE", tmp_path)
    assert install.pip_install("serve") == f"pip install '{install.DISTRIBUTION}[serve]'"
    sources = [*(ROOT / "extractor").rglob("*.py"), *(ROOT / page for page in PAGES), ROOT / "Makefile"]
    for source in sources:
        text = source.read_text(encoding="utf-8")
        assert not re.search(r"pip install ['\"]?extractor\b", text), (
            f"{source}: `extractor` on the index is another project"
        )
        for extra in re.findall(r"pip_install\(\"(\w+)\"\)", text):
            assert extra in PROJECT["optional-dependencies"], f"{source}: no extra [{extra}]"
        for names in re.findall(rf"{install.DISTRIBUTION}\[([\w,]+)\]", text):
            assert set(names.split(",")) <= set(PROJECT["optional-dependencies"]), f"{source}: no extra [{names}]"


def test_version_and_license_are_the_same_everywhere() -> None:
    import yaml

    from extractor.version import __version__

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
    assert citation["license"] == PROJECT["license"] == "Apache-2.0"
    assert [a["name"] for a in citation["authors"]] == [a["name"] for a in PROJECT["authors"]]


def _index_or_skip() -> None:
    call = (sys.executable, "-m", "pip", "index", "versions", "hatchling")
    if subprocess.run(call, capture_output=True, timeout=120, check=False).returncode:
        pytest.skip("needs a package index")


@pytest.mark.slow
def test_readme_pasted_in_a_fresh_clone(tmp_path: Path) -> None:
    """All of the README, `make run` and the lines of pip included, as somebody with Python, git and make pastes it."""
    _index_or_skip()
    run("git", "clone", "--quiet", ROOT, tmp_path / "clone")
    here = Session(tmp_path / "clone", tmp_path / "clone" / ".venv" / "bin", marks={"clone", "pip"})
    assert not list(here.faults((tmp_path / "clone" / "README.md").read_text(encoding="utf-8")))


@pytest.mark.slow
def test_readme_pasted_beside_an_installed_wheel(built: dict[str, Path], tmp_path: Path) -> None:
    """All of the README but what needs the clone, with the wheel and its dependencies in an empty environment."""
    _index_or_skip()
    venv.create(tmp_path / ".venv", with_pip=True)
    bin = tmp_path / ".venv" / "bin"
    run(bin / "python", "-m", "pip", "install", "--quiet", built["wheel"])
    run(bin / "extractor", "sample", ".", cwd=tmp_path)
    assert not list(Session(tmp_path, bin).faults((ROOT / "README.md").read_text(encoding="utf-8")))
