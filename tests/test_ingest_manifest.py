"""A folder whose manifest describes its pages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from extractor.api import extract_files
from extractor.errors import InputError


def write(folder: Path, rows: list[dict[str, object]]) -> None:
    (folder / "a.txt").write_text("Tin\nXã họp.", encoding="utf-8")
    (folder / "b.txt").write_text("Ngày đăng: 04/07/2018\nXã họp.", encoding="utf-8")
    (folder / "manifest.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")


def test_manifest_describes_its_pages_and_is_none_itself(tmp_path: Path) -> None:
    write(tmp_path, [{"id": "one", "file": "a.txt", "title": "Tựa", "published": "2019-02-03", "source": "s"}])
    found = {r.id: r for r in extract_files(tmp_path)}
    assert set(found) == {"one", "b"}
    assert (found["one"].title, found["one"].published, found["one"].source) == ("Tựa", date(2019, 2, 3), "s")


def test_manifest_without_date_leaves_the_pages_own(tmp_path: Path) -> None:
    write(tmp_path, [{"id": "two", "file": "b.txt", "published": None}])
    assert {r.id: r.published for r in extract_files(tmp_path)}["two"] == date(2018, 7, 4)


def test_manifest_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, [{"id": "x", "file": "none.txt"}])
    with pytest.raises(InputError, match=r"manifest\.jsonl, line 1: there is no file"):
        list(extract_files(tmp_path))


def test_manifest_of_articles_is_an_input(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_text('{"id": "r", "text": "Xã họp."}\n', encoding="utf-8")
    assert [r.id for r in extract_files(tmp_path)] == ["r"]
