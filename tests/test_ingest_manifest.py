"""A folder whose manifest describes its pages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from extractor.api import extract_files
from extractor.errors import ArticleError


def write(folder: Path, rows: list[dict[str, object]]) -> None:
    (folder / "a.txt").write_text("Tin\nXã họp.", encoding="utf-8")
    (folder / "b.txt").write_text("Ngày đăng: 04/07/2018\nXã họp.", encoding="utf-8")
    (folder / "manifest.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")


def test_manifest_describes_its_pages_and_is_none_itself(tmp_path: Path) -> None:
    write(tmp_path, [{"id": "one", "file": "a.txt", "title": "Tựa", "published": "2019-02-03", "source": "s"}])
    found = {r.id: r for r in extract_files(tmp_path)}
    assert set(found) == {"one", "b"}
    assert (found["one"].title, found["one"].published, found["one"].source) == ("Tựa", date(2019, 2, 3), "s")


def test_manifest_names_a_page_by_any_path_to_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    write(tmp_path, [{"id": "one", "file": "sub/../a.txt"}, {"id": "two", "file": "./b.txt"}])
    assert {r.id for r in extract_files(tmp_path / "sub" / "..")} == {"one", "two"}


def test_manifest_without_date_leaves_the_pages_own(tmp_path: Path) -> None:
    write(tmp_path, [{"id": "two", "file": "b.txt", "published": None}])
    assert {r.id: r.published for r in extract_files(tmp_path)}["two"] == date(2018, 7, 4)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "x", "file": "none.txt"}', "line 2: there is no file none.txt"),
        ('{"id": "x", "file": "a\\u0000.txt"}', "line 2: there is no file"),
        ('{"id": "x"}', "line 2: no 'file' that names a page"),
        ('{"id": "x", "fil', "line 2: not JSON"),
        ("[" * 5000, "line 2: not JSON"),
        ("[1]", "line 2: not a JSON object"),
        ("\xff", "line 2: not JSON"),
    ],
)
def test_manifest_line_that_is_wrong_costs_itself(tmp_path: Path, line: str, said: str) -> None:
    write(tmp_path, [{"id": "one", "file": "a.txt"}])
    with (tmp_path / "manifest.jsonl").open("ab") as stream:
        stream.write(line.encode("latin-1") + b"\n")
    wrong: list[tuple[str, ArticleError]] = []
    assert [r.id for r in extract_files(tmp_path, on_error=lambda *one: wrong.append(one))] == ["one", "b"]
    [(where, error)] = wrong
    assert where == str(tmp_path / "manifest.jsonl")
    assert error.stage == "file"
    assert said in str(error)


def test_manifest_of_articles_is_an_input(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_text('{"id": "r", "text": "Xã họp."}\n', encoding="utf-8")
    assert [r.id for r in extract_files(tmp_path)] == ["r"]
