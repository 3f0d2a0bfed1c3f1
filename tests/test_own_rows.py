"""A folder of rows of one's own, full of slips: every message names file, line, row and key, and says what to do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.errors import PatternError
from extractor.pattern_files import malformed
from extractor.rules import patterns

GOOD = """
- id: quan-lo-gom
  forms: ["Quản lò gốm"]
  role: "Quản lò gốm"
  kind: public
  examples: ["ông Đỗ Văn Thử, Quản lò gốm"]
  counterexamples: ["lò gốm cũ"]
"""


def _check(folder: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["patterns", "check", "--patterns", str(folder)])
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('forms: ["Quản lò gốm"]', 'forms: "Quản lò gốm"', 'forms: a list is expected; put it in brackets: ["Quản'),
        ("kind: public", "kinds: public", "kinds: there is no such key; did you mean 'kind'?"),
        ("kind: public", "kind: publik", "kind: 'publik' is none of 'body', 'public'"),
        ('role: "Quản lò gốm"', "role: 12", "role: a text is expected, and YAML reads 12 here; put it in quotes"),
        ('role: "Quản lò gốm"', 'role: ["Quản"]', "role: one text is expected"),
        ('  role: "Quản lò gốm"\n', "", "role: is needed and is not there"),
        ('["lò gốm cũ"]', "[]", "row quan-lo-gom: counterexamples are needed"),
        ('examples: ["ông Đỗ Văn Thử, Quản lò gốm"]', "examples: []", "examples: one at least is needed"),
        ("- id: quan-lo-gom\n  forms", "- quan-lo-gom\n- forms", "row number 1: a row is keys with values"),
    ],
)
def test_a_slip_in_a_row_is_told_with_file_line_row_and_key(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in GOOD
    (tmp_path / "roles.yaml").write_text(GOOD.replace(before, after), encoding="utf-8")
    with patterns(tmp_path):
        [found] = malformed()
    first = found.split("\n")[0]
    assert first.startswith(f"{tmp_path / 'roles.yaml'}:2, row ")
    assert told in first


def test_all_slips_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    slips = GOOD + GOOD.replace("quan-lo-gom", "quan-lo-voi").replace("kind: public", "kind: publik")
    (tmp_path / "roles.yaml").write_text(slips + GOOD.replace("forms:", "form:"), encoding="utf-8")
    (tmp_path / "places_aliases.yaml").write_text(
        '- {id: lo-gom, forms: ["Xứ Gốm"], name: "Bát Tràng", code: 562, examples: ["ở Xứ Gốm"], counterexamples: ["xứ lạ"]}\n',
        encoding="utf-8",
    )
    status, told = _check(tmp_path)
    assert status == 1
    assert "roles.yaml:9, row quan-lo-voi, kind: 'publik' is none of" in told
    assert "roles.yaml:16, row quan-lo-gom, form: there is no such key; did you mean 'forms'?" in told
    assert "places_aliases.yaml:1, row lo-gom, code: a text is expected, and YAML reads 562 here" in told
    assert "mend these first" in told


def test_extract_refuses_malformed_rows_before_it_reads_anything(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "roles.yaml").write_text(GOOD.replace("forms:", "form:"), encoding="utf-8")
    (tmp_path / "a.txt").write_text("Sáng nay, xã họp.", encoding="utf-8")
    done = CliRunner().invoke(
        app,
        ["extract", str(tmp_path / "a.txt"), "-o", str(tmp_path / "r.jsonl"), "--patterns", str(tmp_path / "mine")],
    )
    assert isinstance(done.exception, PatternError)
    assert "roles.yaml:2" in str(done.exception)
    assert not (tmp_path / "r.jsonl").exists()


def test_an_alias_of_no_unit_is_a_fault(tmp_path: Path) -> None:
    row = '- {id: lo-gom, forms: ["Xứ Gốm"], name: "Gốm", code: "99999", examples: ["ở Xứ Gốm"], counterexamples: ["xứ lạ"]}\n'
    (tmp_path / "places_aliases.yaml").write_text(row, encoding="utf-8")
    status, told = _check(tmp_path)
    assert status == 1
    assert "places_aliases.yaml, row lo-gom: code '99999' is no unit's" in told
    assert "1 fault\n" in told


def test_a_row_that_replaces_one_of_the_package_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "roles.yaml").write_text(GOOD.replace("id: quan-lo-gom", "id: chu-tich"), encoding="utf-8")
    status, told = _check(tmp_path)
    assert status == 0
    assert "look: roles.yaml, row chu-tich: takes the place of the package's row of that id" in told
    (tmp_path / "roles.yaml").write_text(GOOD, encoding="utf-8")
    assert "takes the place" not in _check(tmp_path)[1]


def test_show_tells_what_the_columns_mean() -> None:
    shown = CliRunner().invoke(app, ["patterns", "show", "indicators"]).output
    assert shown.index("takes_object   a verb with objects of its own") < shown.index("columns\n")
