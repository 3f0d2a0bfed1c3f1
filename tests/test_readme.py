"""The README and the documents: every command and every line of Python runs, and what is shown is what is printed.

python tests/test_readme.py --write [README.md docs/batch.md …]     renews what they show
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from extractor.batch.tables import schemas
from extractor.cli import COMMANDS, command_options
from shown import Session, blocks, matches, renewed, rewritten, shims

ROOT = Path(__file__).parent.parent
_OUTSIDE = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "gold/README.md")
PAGES = sorted(
    p.relative_to(ROOT).as_posix() for p in [*(ROOT / name for name in _OUTSIDE), *ROOT.glob("docs/**/*.md")]
)
# Not run here: `new-field.md` is followed word by word by a test of its own; the others show measurements that take long,
# or files that a reader has and the clone does not. What they say is still held against the commands' options.
_APART = {"docs/new-field.md", "docs/model.md", "docs/figures.md", "docs/persons.md", "gold/README.md"}
RUN = [p for p in PAGES if p not in _APART and any(b.runs for b in blocks((ROOT / p).read_text(encoding="utf-8")))]
_CALL = re.compile(r"(?:^|[|`$(]\s*|&& |; )extractor +(?P<rest>[a-z][^`\n|#;&>]*)", re.MULTILINE)


def session(folder: Path, *, quick: bool = False) -> Session:
    """A session in a folder that looks like a clone after `make run` has made `.venv/`."""
    for name in ("corpus", "gold", "benchmarks", "patterns", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("annotations", "images"))
    if quick:  # what is shown speaks of pages and of these texts alone
        texts = sorted((folder / "corpus").glob("*.txt"))
        for path in (left_out := texts[8:]):
            path.unlink()
        manifest = folder / "corpus" / "manifest.jsonl"
        listed = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
        gone = {path.name for path in left_out}
        manifest.write_text("".join(x for x in listed if json.loads(x)["file"] not in gone), encoding="utf-8")
    for name in ("Makefile", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    bin = shims(folder, home=ROOT)
    stamp = folder / ".venv" / ".installed"
    stamp.touch()
    newer = (folder / "pyproject.toml").stat().st_mtime + 10
    os.utime(stamp, (newer, newer))
    return Session(folder, bin, marks={"clone"}, quick=quick)


def test_readme_shows_what_is_printed(tmp_path: Path) -> None:
    """All of it but what takes a clone; the whole page, each command in a process, is among the slow tests."""
    here = session(tmp_path, quick=True)
    here.marks = ()
    _shown_is_so("README.md", here)


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN)
def test_page_shows_what_is_printed(page: str, tmp_path: Path) -> None:
    _shown_is_so(page, session(tmp_path))


def _shown_is_so(page: str, here: Session) -> None:
    faults = list(here.faults((ROOT / page).read_text(encoding="utf-8")))
    said = "\n".join(f"shown:\n{f.shown}\nprinted:\n{f.printed}" for f in faults)
    assert not faults, f"{page} is not what happens; renew it: python tests/test_readme.py --write\n{said}"


@pytest.mark.parametrize("page", PAGES)
def test_page_names_commands_and_options_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    known = {c.name for c in COMMANDS}
    for call in _CALL.finditer(text):
        words = call["rest"].split()
        if words[0] not in known:
            assert words[0] in {"is", "has"}, f"{page}: no command `extractor {words[0]}`"
            continue
        options = command_options(words)
        for word in words[1:]:
            option = word.split("=")[0].strip("[]()….,")
            assert not option.startswith("--") or option in options, f"{page}: `{call[0]}`: no option {option}"


@pytest.mark.parametrize("page", PAGES)
def test_page_says_why_a_block_is_not_run(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for block in blocks(text):
        assert not block.mark.startswith("not run") or re.fullmatch(r"not run: \S.{8,}", block.mark), block.code
        plain = page not in _APART and block.language in ("", "bash", "console", "shell")
        assert not (plain and re.search(r"^(\$ )?extractor ", block.code, re.MULTILINE)), (
            f"fence it as sh:\n{block.code}"
        )


@pytest.mark.parametrize("page", PAGES)
def test_page_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
        assert ((ROOT / page).parent / target).exists(), f"{page}: {target} is not there"


def _picture() -> str:
    spec = importlib.util.spec_from_file_location("make_images", ROOT / "docs" / "make_images.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.explain_svg()


def test_picture_of_explain_is_what_a_terminal_shows() -> None:
    drawn = (ROOT / "docs/images/explain.svg").read_text(encoding="utf-8")
    assert _picture() == drawn, "renew it: python tests/test_readme.py --write"


def test_vietnamese_page_explains_every_command_and_every_column() -> None:
    text = (ROOT / "docs/vi/README.md").read_text(encoding="utf-8")
    commands = "\n".join(re.findall(r"^\| `extractor .*$", text, re.MULTILINE))
    missing = [c.name for c in COMMANDS if not re.search(rf"\b{c.name}`", commands)]
    assert not missing, f"commands that are not explained: {missing}"
    table = text.split("## Các cột của bảng")[1].split("\n## ")[0]
    columns = {column for schema in schemas().values() for column in schema.names}
    assert not columns - set(re.findall(r"`(\w+)`", table))


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a 1 b\n", "a 1 b\n", True),
        ("a … b\n", "a 0.37 b\n", True),
        ("a … b\n", "a 0.37 c\n", False),
        ("…\nend\n", "one\ntwo\nend\n", True),
        ("one\n…\n", "one\n", True),
        ("one\n…\n", "two\n", False),
        ("one\n", "one\ntwo\n", False),
        ("(x)*\n", "(x)*\n", True),
    ],
)
def test_shown_ellipsis(shown: str, printed: str, same: bool) -> None:
    assert matches(shown, printed) is same


def test_shown_is_renewed_in_its_measure() -> None:
    assert renewed("a\n…\nz\n", "A\nb\nc\nZ\n") == "A\n…\nZ\n"
    assert renewed("took … s\nold\n", "took 3 s\nnew\n") == "took … s\nnew\n"
    text = "```sh\necho a\n```\n\n```text\nb\n```\n"
    shown = next(b for b in blocks(text) if b.language == "text")
    assert shown.follows
    assert text[shown.start : shown.end] == "b\n"


def test_shown_finds_what_is_not_so(tmp_path: Path) -> None:
    text = "```sh\necho a\n```\n\n```text\nb\n```\n\n```python\nx = 2\nx + 1  # 4\nprint(x)\n```\n\n```text\n2\n```\n"
    here = Session(tmp_path, shims(tmp_path, home=ROOT))
    faults = list(here.faults(text))
    assert [(f.shown.strip(), f.printed.strip()) for f in faults] == [("b", "a"), ("4", "3")]
    assert not list(here.faults(rewritten(text, faults)))
    with pytest.raises(AssertionError, match="status 3"):
        list(here.faults("```sh\nexit 3\n```\n"))


def _write(pages: list[str]) -> None:
    for page in pages:
        path = ROOT / page
        text = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            faults = list(session(Path(folder)).faults(text))
        path.write_text(rewritten(text, faults), encoding="utf-8")
        print(f"{page}: {len(faults)} outputs renewed")
    (ROOT / "docs/images/explain.svg").write_text(_picture(), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] != ["--write"]:
        raise SystemExit(__doc__)
    _write(sys.argv[2:] or RUN)
