"""What runs without the large dependencies: each is imported where it is used, and what needs a missing one says so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from commands import ROOT, run

LARGE = ("spacy", "pandas", "underthesea", "underthesea_core", "pyarrow")

# A process in which the named packages cannot be imported, as where they were not installed.
_WITHOUT = """
import importlib.abc, sys

class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {missing!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name.split(".")[0])

sys.meta_path.insert(0, Missing())
"""


def without(code: str, folder: Path, missing: tuple[str, ...] = LARGE) -> subprocess.CompletedProcess[str]:
    """What a process prints that runs the code where these packages are missing."""
    program = f"{_WITHOUT.format(missing=missing)}\nsys.path.insert(0, {str(ROOT)!r})\n{code}"
    return subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)


def command(*words: str) -> str:
    return f"from extractor.cli import main\nsys.exit(main({list(words)!r}))"


def commands(*calls: tuple[str, ...]) -> str:
    """A program of several commands; each one's status and what it printed are told as a line of JSON."""
    return f"""
import contextlib, io, json, traceback
from extractor.cli import main
for call in {list(map(list, calls))!r}:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(call)
    print(json.dumps([status, out.getvalue(), err.getvalue()]))
"""


def told(done: subprocess.CompletedProcess[str]) -> list[tuple[int, str, str]]:
    assert done.returncode == 0, done.stderr
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


ARTICLES = [str(ROOT / "corpus" / f"{name}.txt") for name in ("bhxh-lap-vo-2018", "tram-y-te-da-nang-2026")]
COMMANDS = (
    ("explain", ARTICLES[0]),
    ("summary", "r.jsonl"),
    ("evaluate", str(ROOT / "gold" / "sample.jsonl"), "--pred", "r.jsonl"),
    ("places", "xã Tân Hòa, Châu Thành", "--on", "2018-01-13"),
    ("schema",),
)
EXTRACT = ("extract", *ARTICLES, "-o", "r.jsonl")


def test_lean_commands_run_and_records_are_those_of_the_whole_environment(tmp_path: Path) -> None:
    """Records of two sample articles, and the commands over them, where every large package is missing."""
    for status, out, err in told(without(commands(EXTRACT, *COMMANDS), tmp_path))[1:]:
        assert status == 0, err
        assert out
    lean = (tmp_path / "r.jsonl").read_text(encoding="utf-8")
    assert run(*EXTRACT, "--force", cwd=tmp_path).returncode == 0
    assert lean == (tmp_path / "r.jsonl").read_text(encoding="utf-8")
    found = [json.loads(line) for line in lean.splitlines()]
    assert len(found) == 2
    assert found[0]["figures"]


def test_lean_parts_that_need_a_package_name_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 5/3, UBND tỉnh Yên Bái họp.\n", encoding="utf-8")
    calls = {
        "pyarrow": ("extract", "a.txt", "-o", "tables"),
        "underthesea": ("extract", "a.txt", "-o", "r.jsonl", "--ner", "underthesea"),
    }
    for package, (status, _, err) in zip(calls, told(without(commands(*calls.values()), tmp_path)), strict=True):
        assert status != 0
        assert package in err.splitlines()[-1]
    code = "import extractor\nfor part in (lambda: extractor.load(), lambda: extractor.records_to_frames([])):\n" + (
        "    try:\n        part()\n    except Exception as error:\n        print(repr(error))\n"
    )
    spacy, pandas = without(code, tmp_path).stdout.splitlines()
    assert "spacy" in spacy
    assert "pandas" in pandas
