"""`docs/new-field.md` followed word by word on a copy of the package: a field of amounts of money is found in every room."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = "Ngày 12/3/2021, UBND huyện Lập Thạch hỗ trợ 1,5 tỷ đồng làm đường. Mỗi hộ nhận 300.000 đồng.\n"
_STEP = re.compile(
    r"^(?:In `(?P<edit>[^`]+)`, (?:before `(?P<before>[^`]+)`|at the end)|Write `(?P<new>[^`]+)`)\n\n```python\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_ROOMS = """
import json
import sys
from pathlib import Path

import pyarrow as pa

import extractor
from extractor.batch.tables import to_tables
from extractor.display import values
from extractor.dataset import build, search
from extractor.evaluate.html_report import _mentions
from extractor.evaluate.score import STARRED, score, total
from extractor.records import json_schema

folder, text = Path(sys.argv[1]), sys.argv[2]
record = extractor.extract(text, id="a1")
gold = [{"id": "a1", "fields": ["amounts"], "amounts": [
    {"text": "1,5 tỷ đồng", "value": 1.5e9, "spans": [[text.index("1,5"), text.index("1,5") + 11]]},
    {"text": "300.000 đồng", "value": 1.0, "spans": [[text.index("300."), text.index("300.") + 12]]},
]}]
plain = record.model_dump(mode="json")
scored = score(gold, {"a1": plain})
lines = folder / "records.jsonl"
lines.write_text(record.model_dump_json() + "\\n", encoding="utf-8")
build.index(lines, folder / "news.db")
hits = search.search(search.open_readonly(folder / "news.db"), "ty dong", field="amounts")
doc = extractor.load(backend="none", segment=False)(text)
print(json.dumps({
    "record": [[a["text"], a["value"]] for a in plain["amounts"]],
    "schema": "amounts" in json_schema()["properties"],
    "table": to_tables([record])["amounts"].column("value").to_pylist(),
    "spans": [s.text for s in doc.spans["amounts"]],
    "explain": [v for v in values(record) if v[0] == "amount"],
    "rows": {row: [t.correct, t.predicted, t.gold] for row, t in total(scored).rows.items() if row.startswith("amounts")},
    "starred": "amounts.value" in STARRED,
    "errors": [[f.kind, f.text] for s in scored for f in s.findings],
    "report": _mentions(plain)["amounts"],
    "hits": [h.label for h in hits],
}))
"""

_COMMANDS = """
import sys
from extractor.cli import main

for command in (
    "extract a1.txt -o tables", "extract a1.txt -o one.jsonl", "summary one.jsonl", "explain a1.txt",
):
    if main(command.split()):
        sys.exit(command)
"""


def follow(recipe: str, copy: Path) -> int:
    """Do what the recipe says in a copy of the package; the number of steps."""
    steps = list(_STEP.finditer(recipe))
    for step in steps:
        path = copy / (step["edit"] or step["new"])
        if step["new"]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(step["code"], encoding="utf-8")
            continue
        source = path.read_text(encoding="utf-8")
        if step["before"] is None:
            source += step["code"]
        else:
            assert source.count(step["before"]) == 1, (
                f"{path}: {step['before']!r} stands {source.count(step['before'])} times"
            )
            gap = "\n\n" if step["code"].startswith("class ") else ""
            source = source.replace(step["before"], step["code"] + gap + step["before"])
        path.write_text(source, encoding="utf-8")
    return len(steps)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "extractor", folder / "extractor")
    shutil.copytree(ROOT / "patterns", folder / "patterns")
    assert follow((ROOT / "docs" / "new-field.md").read_text(encoding="utf-8"), folder) == 7
    return folder


def run(copy: Path, *arguments: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(copy), "COLUMNS": "160"}
    done = subprocess.run([sys.executable, *arguments], cwd=copy, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_new_field_is_in_every_room(copy: Path) -> None:
    found = json.loads(run(copy, "-c", _ROOMS, str(copy), TEXT))
    quotes = ["1,5 tỷ đồng", "300.000 đồng"]
    assert found["record"] == [[quotes[0], 1.5e9], [quotes[1], 300_000.0]]
    assert found["schema"]
    assert found["starred"]
    assert found["table"] == [1.5e9, 300_000.0]
    assert found["spans"] == quotes
    assert [line[1] for line in found["explain"]] == quotes
    assert found["rows"] == {"amounts.span": [2, 2, 2], "amounts.value": [1, 2, 2]}
    assert found["errors"] == [["wrong value", quotes[1]]]
    assert len(found["report"]) == 2
    assert found["hits"] == [quotes[0]]


def test_new_field_on_the_command_line(copy: Path) -> None:
    (copy / "a1.txt").write_text(TEXT, encoding="utf-8")
    said = run(copy, "-c", _COMMANDS)
    assert any((copy / "tables" / "amounts").glob("*.parquet"))
    assert re.search(r"amounts\W+2\W+1\W+1,5 tỷ đồng", said)
    assert re.search(r"^amount +1,5 tỷ đồng +value: 1500000000.0 +rule amount 1.00$", said, re.MULTILINE)
