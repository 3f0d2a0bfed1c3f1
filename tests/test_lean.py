"""What runs without the large dependencies: each is imported where it is used, and what needs a missing one says so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
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


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of two sample articles, made where every large package is missing."""
    folder = tmp_path_factory.mktemp("lean")
    articles = [str(ROOT / "corpus" / f"{name}.txt") for name in ("bhxh-lap-vo-2018", "tram-y-te-da-nang-2026")]
    done = without(command("extract", *articles, "-o", "r.jsonl"), folder)
    assert done.returncode == 0, done.stderr
    return folder / "r.jsonl"


def test_lean_records_are_those_of_the_whole_environment(records: Path, tmp_path: Path) -> None:
    found = [json.loads(line) for line in records.open(encoding="utf-8")]
    articles = [str(ROOT / "corpus" / f"{record['id']}.txt") for record in found]
    whole = without(command("extract", *articles, "-o", "whole.jsonl"), tmp_path, ())
    assert whole.returncode == 0, whole.stderr
    assert found == [json.loads(line) for line in (tmp_path / "whole.jsonl").open(encoding="utf-8")]
    assert len(found) == 2
    assert found[0]["figures"]


@pytest.mark.parametrize(
    "words",
    [
        ("explain", str(ROOT / "corpus" / "bhxh-lap-vo-2018.txt")),
        ("summary", "{records}"),
        ("evaluate", str(ROOT / "gold" / "sample.jsonl"), "--pred", "{records}"),
        ("places", "xã Tân Hòa, Châu Thành", "--on", "2018-01-13"),
        ("schema",),
    ],
    ids=lambda words: words[0],
)
def test_lean_commands_run(words: tuple[str, ...], records: Path, tmp_path: Path) -> None:
    done = without(command(*(word.format(records=records) for word in words)), tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import extractor\nextractor.load()", "spacy"),
        ("import extractor\nextractor.records_to_frames([])", "pandas"),
        (
            "from extractor.cli import main\nsys.exit(main(['extract', 'a.txt', '-o', 'tables']))",
            "pyarrow",
        ),
        (
            "from extractor.cli import main\nsys.exit(main(['extract', 'a.txt', '-o', 'r.jsonl', '--ner', 'underthesea']))",
            "underthesea",
        ),
    ],
    ids=["spacy", "pandas", "pyarrow", "underthesea"],
)
def test_lean_parts_that_need_a_package_name_it(code: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 5/3, UBND tỉnh Yên Bái họp.\n", encoding="utf-8")
    done = without(code, tmp_path)
    assert done.returncode != 0
    assert named in done.stderr.splitlines()[-1]
