"""A user's own rows from a folder outside the package: new ones add, the same id overrides, two sets live in one process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner

import extractor
from extractor import pattern_files
from extractor.cli import app
from extractor.errors import ArticleError, ModelError, PatternError
from extractor.models import Evidence, Mention, Reading
from extractor.pattern_trials import Trial, idle, outcomes, row_of
from extractor.rules import load_rows, pattern_set, patterns, sets
from extractor.rules.trial import slow_piece

ROOT = Path(__file__).parent.parent
WARDEN = """
- id: quan-dap
  forms: ["Quản đập"]
  role: "Quản đập"
  kind: "public"
  examples: ["Ông Lý Văn Thử, Quản đập, báo cáo"]
  counterexamples: ["Con đập được sửa"]
"""


def write(folder: Path, name: str, rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(rows, encoding="utf-8")
    return folder


# file, row, text, what the record says with the row
ROWS = [
    (
        "roles.yaml",
        WARDEN,
        "Ông Lý Văn Thử, Quản đập xã Tân Lập, cho biết nước đã rút.",
        lambda r: [p.role for o in r.officials for p in o.positions] == ["Quản đập"],
    ),
    (  # a column decides: a country follows the role, whatever its name
        "roles.yaml",
        "- {id: kha-han, forms: ['Khả hãn'], role: 'Khả hãn', kind: public, of_country: true, of_state: true, "
        "examples: ['Khả hãn Mông Cổ thăm'], counterexamples: ['hạn hán']}\n",
        "Sáng nay, Khả hãn Mông Cổ Baatar Temuge đến thăm Nhà hát.",
        lambda r: [(p.role, p.country) for o in r.officials for p in o.positions] == [("Khả hãn", "MN")],
    ),
    (  # a head that is of one kind of unit: the article's one completes it
        "bodies.yaml",
        "- {id: tong-doan, forms: ['Tổng đoàn'], canonical: 'Tổng đoàn', rank: 7, complement: place, unit: 'huyện', "
        "examples: ['Bí thư Tổng đoàn'], counterexamples: ['đoàn tàu']}\n",
        "Tại huyện Cẩm Giàng, tỉnh Hải Dương, bà Lý Thị Thử, Bí thư Tổng đoàn, phát biểu khai mạc.",
        lambda r: [p.body_resolved for o in r.officials for p in o.positions] == ["Tổng đoàn Cẩm Giàng"],
    ),
    (  # a word of a closed class: a name of this thing is nobody's
        "post_words.yaml",
        "- {id: bears-name-den-tho, group: bears-name, forms: ['nhà rông'], examples: ['nhà rông Lý Văn Thử'], "
        "counterexamples: ['nhà trường']}\n",
        "Ông Lý Văn Bảy, Giám đốc Sở Nội vụ, dự lễ ở nhà rông Lý Văn Bảy.",
        lambda r: [len(o.mentions) for o in r.officials] == [1],
    ),
    (
        "programmes.yaml",
        "- {id: bhtv, programme: BHTV, forms: ['BHTV'], examples: ['tham gia BHTV'], counterexamples: ['thủy văn']}\n",
        "Đến hết năm 2020, toàn huyện có 3.210 người tham gia BHTV.",
        lambda r: [(f.programme, f.value) for f in r.figures] == [("BHTV", 3210)],
    ),
    (
        "indicators.yaml",
        "- {id: chipped, role: cover, link: fixed, count: none, percent: coverage_rate, programme: CHIP, forms: ['đeo chip'], "
        "examples: ['trâu đeo chip đạt 80%'], counterexamples: ['chip điện tử']}\n",
        "Năm 2022, tỷ lệ đeo chip đạt 81,5%.",
        lambda r: [(f.programme, f.indicator, f.value) for f in r.figures] == [("CHIP", "coverage_rate", 81.5)],
    ),
    (
        "document_types.yaml",
        "- {id: chieu-thu, name: 'Chiếu thư', forms: ['chiếu thư'], codes: ['CHT'], bare: 'no', "
        "examples: ['Chiếu thư số 3/CHT'], counterexamples: ['thư từ']}\n",
        "Căn cứ Chiếu thư số 12/CHT-UBND của UBND huyện.",
        lambda r: [(d.type, d.number) for d in r.documents] == [("Chiếu thư", "12/CHT-UBND")],
    ),
    (
        "places_aliases.yaml",
        "- {id: hoa-phuong, forms: ['Thành phố Hoa phượng đỏ'], code: '31', name: 'Hải Phòng', "
        "examples: ['về Thành phố Hoa phượng đỏ'], counterexamples: ['hoa phượng']}\n",
        "Đoàn về Thành phố Hoa phượng đỏ dự lễ hội.",
        lambda r: [(p.code, p.name) for p in r.locations] == [("31", "Hải Phòng")],
    ),
]


@pytest.fixture(scope="module")
def every_row(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all these rows: one set of patterns is made of it."""
    folder = tmp_path_factory.mktemp("mine")
    for file in {row[0] for row in ROWS}:
        write(folder, file, "\n".join(rows.strip("\n") for name, rows, *_ in ROWS if name == file))
    return folder


@pytest.mark.parametrize(("file", "rows", "text", "holds"), ROWS, ids=[f"{row[0]}-{n}" for n, row in enumerate(ROWS)])
def test_pattern_sets_a_row_of_ones_own(every_row: Path, file: str, rows: str, text: str, holds) -> None:  # type: ignore[no-untyped-def]
    mine = extractor.extract(text, published="2022-12-30", patterns=every_row)
    plain = extractor.extract(text, published="2022-12-30")
    assert holds(mine), mine.model_dump_json(exclude={"text"})
    assert not holds(plain)
    assert mine.knowledge != plain.knowledge


def test_pattern_sets_a_group_that_nothing_asks_for(tmp_path: Path) -> None:
    row = "- {id: mine, group: bear-name, forms: ['chòi'], examples: ['chòi Lý Văn Thử']}\n"
    folder = write(tmp_path / "mine", "post_words.yaml", row)
    with pytest.raises(
        PatternError, match=r"post_words.yaml, row mine, group: nothing asks for 'bear-name'.*bears-name"
    ):
        extractor.extract("Ông Lý Văn Thử, Giám đốc Sở Nội vụ, đến dự.", patterns=folder)


def test_pattern_sets_the_same_id_overrides(tmp_path: Path) -> None:
    (row,) = (r for r in load_rows("programmes.yaml", pattern_files.model_of("programmes.yaml")) if r.id == "bhtn")
    changed = row.model_dump() | {"programme": "UI"}
    import yaml

    folder = write(tmp_path / "mine", "programmes.yaml", yaml.safe_dump([changed], allow_unicode=True))
    text = "Đến hết tháng 6/2020, toàn tỉnh có 30.250 người tham gia BHTN."
    assert [f.programme for f in extractor.extract(text, patterns=folder).figures] == ["UI"]
    assert [f.programme for f in extractor.extract(text).figures] == ["BHTN"]
    with patterns(folder):
        names = [r.id for r in load_rows("programmes.yaml", pattern_files.model_of("programmes.yaml"))]
    assert names == [r.id for r in load_rows("programmes.yaml", pattern_files.model_of("programmes.yaml"))]


def test_pattern_sets_an_edited_folder_is_another_set(tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", "roles.yaml", WARDEN)
    first = pattern_set(folder)
    assert pattern_set(folder) is first
    write(folder, "roles.yaml", WARDEN.replace("Quản đập", "Trông đập"))
    assert pattern_set(folder) is not first


@pytest.mark.parametrize(
    ("name", "rows", "message"),
    [
        (
            "roles.yaml",
            WARDEN + "  colour: red\n",
            r"mine/roles\.yaml:2, row quan-dap, colour: .*allowed keys: id, forms",
        ),
        ("role.yaml", WARDEN, r"role\.yaml: no pattern file of that name; did you mean roles\.yaml"),
        ("roles.yaml", "- {id: a\n", r"roles\.yaml: not valid YAML"),
    ],
)
def test_pattern_sets_faults_are_named(tmp_path: Path, name: str, rows: str, message: str) -> None:
    folder = write(tmp_path / "mine", name, rows)
    with pytest.raises(PatternError, match=message):
        extractor.extract("Ông Lý Văn Thử, Quản đập, cho biết.", patterns=folder)


def test_pattern_sets_no_such_folder() -> None:
    with pytest.raises(PatternError, match="no such folder of patterns"):
        extractor.extract("Ông Lý Văn Thử.", patterns="nowhere-at-all")


def test_pattern_sets_on_the_command_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", "roles.yaml", WARDEN)
    article, out = tmp_path / "a.txt", tmp_path / "r.jsonl"
    article.write_text("Ông Lý Văn Thử, Quản đập xã Tân Lập, cho biết nước đã rút.\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["extract", str(article), "-o", str(out), "--patterns", str(folder)])
    assert done.exit_code == 0, done.output
    assert "Quản đập" in out.read_text(encoding="utf-8").partition('"officials"')[2]
    write(folder, "roles.yaml", WARDEN.replace("Con đập được sửa", "Quản đập vắng"))
    checked = CliRunner().invoke(app, ["patterns", "check", "--patterns", str(folder)])
    assert checked.exit_code == 1
    assert "matches 'quản đập' in its counterexample" in checked.output
    shown = CliRunner().invoke(app, ["patterns", "show", "roles", "--patterns", str(folder), "--row", "quan-dap"])
    assert '"role": "Quản đập"' in shown.output


def test_rows_are_tried_by_the_pipeline(tmp_path: Path) -> None:
    """The example of one row shows its role, the other's is nobody's post: only that one is named, and the sets are let go of."""
    idle = WARDEN.replace("quan-dap", "trong-dap").replace("Quản đập", "Trông đập").replace("Ông Lý Văn Thử, ", "Một ")
    folder = write(tmp_path / "mine", "roles.yaml", WARDEN + idle.strip("\n") + "\n")
    kept = len(sets._made)
    checked = CliRunner().invoke(app, ["patterns", "check", "--patterns", str(folder)])
    assert checked.exit_code == 0
    assert [line for line in checked.output.splitlines() if line.startswith("look: ")] == [
        "look: roles.yaml, row trong-dap: its examples are read as they are without it; give one that shows its value"
    ]
    assert len(sets._made) == kept + 1  # the user's own


def test_a_row_of_the_package_is_tried() -> None:
    (outcome,) = outcomes([_trial("comparators.yaml", "more")])
    assert outcome.having["figures"][0]["comparator"] == "gt"
    assert outcome.lacking["figures"][0]["comparator"] == "eq"
    assert outcome.differs


def _trial(file: str, row: str) -> Trial:
    return Trial(file, row_of(file, row), "Toàn huyện có hơn 45.120 người tham gia BHYT.")


@pytest.mark.slow
def test_rows_of_the_package_are_tried_without_each_other() -> None:
    """Two rows that meet in a text are taken away one after the other, so that each answers for itself."""
    some = [_trial("comparators.yaml", "more"), _trial("units.yaml", "person"), _trial("countries.yaml", "fr")]
    found = {o.trial.row.id: o for o in outcomes(some)}
    assert [key for key, outcome in found.items() if outcome.differs] == ["more", "person"]
    assert found["more"].having["figures"][0]["comparator"] == "gt"
    assert found["more"].lacking["figures"][0]["comparator"] == "eq"
    assert idle(some) == [("countries.yaml", "fr")]


def test_pattern_sets_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "mine", "roles.yaml", WARDEN)
    text = "Ông Lý Văn Thử, Quản đập xã Tân Lập, cho biết."
    code = f"import extractor; print(len(extractor.extract({text!r}).officials))"
    env = {**os.environ, "EXTRACTOR_PATTERNS": str(folder)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
    monkeypatch.setenv("EXTRACTOR_PATTERNS", "")  # no folder
    sets._of_environment.cache_clear()
    assert sets.current() is pattern_set(None)
    assert not extractor.extract(text).officials


def test_pattern_sets_spacy(tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", "roles.yaml", WARDEN)
    nlp = extractor.load(patterns=str(folder), segment=False)
    doc = nlp("Ông Lý Văn Thử, Quản đập xã Tân Lập, cho biết nước đã rút.")
    assert [s.text for s in doc.spans["officials"]] == ["Lý Văn Thử"]


def test_pattern_files_know_every_file_and_its_model() -> None:
    """What the code loads is what `extractor patterns show` describes."""
    loads = regex.compile(r'load_rows\(\s*"([\w/]+\.yaml)",\s*(\w+)')
    found = {
        (name, model)
        for path in (ROOT / "extractor").rglob("*.py")
        for name, model in loads.findall(path.read_text(encoding="utf-8"))
    }
    assert {(name, pattern_files.model_of(name).__name__) for name in pattern_files.files()} == found
    assert set(pattern_files.files()) == {
        p.relative_to(ROOT / "patterns").as_posix() for p in (ROOT / "patterns").rglob("*.yaml")
    }


def test_no_cache_stands_in_the_way() -> None:
    """What is compiled from rows is kept per set of patterns: `functools.cache` is not used where rows are read."""
    for path in [*(ROOT / "extractor" / "fields").rglob("*.py"), ROOT / "extractor" / "language.py"]:
        source = path.read_text(encoding="utf-8")
        assert not regex.search(r"from functools import [^\n]*\bcache\b", source), path


def _shouting(reading: Reading) -> list[Mention]:
    at = reading.text.find("LÝ THỬ")
    return [Mention.at(reading.text, at, at + 6, "PER", Evidence("ner", "shout", 0.99))] if at >= 0 else []


def test_backend_of_ones_own() -> None:
    text = "Giám đốc Sở Y tế LÝ THỬ phát biểu."
    called = extractor.extract(text, backend=_shouting)
    assert [o.name for o in called.officials] == ["LÝ THỬ"]
    extractor.register_backend("shout", lambda: _shouting)
    assert extractor.extract(text, backend="shout").officials == called.officials
    with pytest.raises(ModelError, match="built in"):
        extractor.register_backend("crf", lambda: _shouting)
    with pytest.raises(ModelError, match="shout"):
        extractor.extract(text, backend="shuot")


def _asked() -> list[tuple[str, str, object]]:
    """Every file, column and value by which the program asks for rows."""
    return [
        (name, column, value)
        for name in pattern_files.files()
        for column in pattern_files.model_of(name).ASKED
        for value in dict.fromkeys(getattr(row, column) for row in load_rows(name, pattern_files.model_of(name)))
        if value
    ]


@pytest.mark.parametrize(("name", "column", "value"), _asked())
def test_rows_that_the_program_asks_for_are_not_taken_away(
    tmp_path: Path, name: str, column: str, value: object
) -> None:
    """A12: overriding the last row of a kind was a KeyError amid an article, or an expression that matches everywhere."""
    model = pattern_files.model_of(name)
    rows = load_rows(name, model)
    other = next(getattr(row, column) for row in rows if getattr(row, column) != value)
    taken = [
        row.model_dump(mode="json", exclude_defaults=True) | {column: other}
        for row in rows
        if getattr(row, column) == value
    ]
    with patterns(write(tmp_path / "own", name, json.dumps(taken[1:], ensure_ascii=False)) if taken[1:] else None):
        assert len(load_rows(name, model)) == len(rows)  # one is left
    folder = write(tmp_path / "all", name, json.dumps(taken, ensure_ascii=False))
    with patterns(folder), pytest.raises(PatternError) as told:
        load_rows(name, model)
    assert str(folder / name) in str(told.value)
    assert f", {column}: the program asks for rows of {column} " in str(told.value)


def test_a_row_in_the_place_of_the_last_of_its_kind_is_a_sentence(tmp_path: Path) -> None:
    """A12."""
    rows = "- {id: taking-up, use: event, forms: ['zz'], examples: ['zz'], kind: appointed, effect: begin}\n"
    with (
        patterns(write(tmp_path / "own", "events.yaml", rows)),
        pytest.raises(PatternError, match="row taking-up, use: "),
    ):
        extractor.extract("Ông Lý Văn Thử, Giám đốc Sở Y tế, được bổ nhiệm làm Bí thư.")


def test_a_unit_that_no_row_knows_any_more_is_no_error(tmp_path: Path) -> None:
    """Bodies of one kind of unit, and nothing left that says which: read without it."""
    model = pattern_files.model_of("bodies.yaml")
    rows = [row.model_dump(mode="json", exclude_defaults=True) for row in load_rows("bodies.yaml", model)]
    own = [row | {"unit": "huyện"} for row in rows if row.get("unit") == "thành phố"]
    assert own
    with patterns(write(tmp_path / "own", "bodies.yaml", json.dumps(own, ensure_ascii=False))):
        assert extractor.extract("Ông Lý Văn Thử, Bí thư Thành ủy, và ông Lê Văn Tám, Chủ tịch UBND thành phố, đến dự.")


def test_a_share_is_worded_by_an_expression(tmp_path: Path) -> None:
    """A12."""
    rows = [row for row in load_rows("units.yaml", pattern_files.model_of("units.yaml")) if row.pattern is not None]
    own = [
        {"id": row.id, "unit": row.model_dump()["unit"], "forms": ["phần vạn"], "examples": ["phần vạn"]}
        | {"counterexamples": ["phần"]}
        for row in rows
    ]
    folder = write(tmp_path / "own", "units.yaml", json.dumps(own, ensure_ascii=False))
    with patterns(folder), pytest.raises(PatternError, match="a row of unit 'percentage_point' with a 'pattern'"):
        extractor.extract("Xã có 92% dân số tham gia BHYT.")


@pytest.mark.parametrize("form", [" hôm xửa", "hôm xửa ", "hôm  xửa", "hôm\u00a0xửa", "hôm\nxửa", " "])
def test_forms_have_single_plain_blanks(tmp_path: Path, form: str) -> None:
    """Such a form was matched and then not found among the rows: a KeyError."""
    row = {"id": "x", "forms": [form], "examples": [form], "counterexamples": ["hôm"]} | {
        "group": "relative",
        "unit": "day",
    }
    folder = write(tmp_path / "own", "dates.yaml", json.dumps([row]))
    with (
        patterns(folder),
        pytest.raises(PatternError, match=r"dates.yaml:1, row x: .*has blanks at an end, two in a row"),
    ):
        load_rows("dates.yaml", pattern_files.model_of("dates.yaml"))


def test_brackets_within_brackets_are_refused(tmp_path: Path) -> None:
    row = {"id": "x", "pattern": "(" * 3000 + "a" + ")" * 3000, "examples": ["a"], "counterexamples": ["b"]}
    folder = write(tmp_path / "own", "figure_nation.yaml", json.dumps([row]))
    with patterns(folder), pytest.raises(PatternError, match="row x, pattern: "):
        load_rows("figure_nation.yaml", pattern_files.model_of("figure_nation.yaml"))


def _wording(expression: str, example: str, near: str) -> str:
    """A row of a user's whose value is an expression."""
    return f"- id: mine\n  use: number\n  pattern: '{expression}'\n  examples: ['{example}']\n  counterexamples: ['{near}']\n"


@pytest.mark.parametrize(
    ("expression", "example", "piece"),
    [
        (r"(?P<value>(?:\p{L}+\s?)+:)", "họ tên:", "a"),
        (r"(?P<value>(?:\d+[., ]?)+)đồng", "5.000 đồng", "0"),
        (r"(?P<value>(?:xã |xã xã )+)quê", "xã quê", "xã "),
    ],
)
def test_expressions_that_take_every_way_are_refused(
    expression: str, example: str, piece: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A17: where the rows are read, with the piece that shows it."""
    monkeypatch.setattr("extractor.rules.trial.TRIAL", 0.2)
    folder = write(tmp_path / "mine", "identifiers.yaml", _wording(expression, example, "không"))
    with patterns(folder), pytest.raises(PatternError, match=rf"row mine, pattern: it takes over .* of '{piece}'"):
        load_rows("identifiers.yaml", pattern_files.model_of("identifiers.yaml"))


def test_expressions_that_the_trial_does_not_see_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A17: the Python API ends with an error of ours; other texts are read."""
    monkeypatch.setattr("extractor.compiled.TIMEOUT", 0.2)
    rows = _wording(r"(?P<value>mã hộ \d+|(?:qz|qzqz)+!)", "mã hộ 12", "không")
    folder = write(tmp_path / "mine", "identifiers.yaml", rows)
    with pytest.raises(ArticleError, match="a pattern took too long") as refused:
        extractor.extract("Chị Lò Thị Mận nói " + "qz" * 60 + "?!", redact=True, patterns=folder)
    assert refused.value.stage == "timeout"
    assert (
        extractor.extract("Chị Lò Thị Mận khai mã hộ 12.", redact=True, patterns=folder).text
        == "Chị ██████████ khai ████████."
    )


@pytest.mark.slow
def test_expressions_of_the_package_take_one_way() -> None:
    """A16: what is asked of a user's rows is true of the package's."""
    rows = [
        (name, row)
        for name in pattern_files.files()
        for row in load_rows(name, pattern_files.model_of(name))
        if row.pattern
    ]
    assert len(rows) > 200
    assert {
        f"{name}: {row.id}" for name, row in rows if slow_piece(row.pattern or "", row.examples) is not None
    } == set()


def test_a_word_without_an_end_is_read_one_way() -> None:
    """A16: 200 letters in the place of a school's name took hours; counted in ways, of which a bounded number is tried."""
    row = row_of("figure_topics.yaml", "schools-rate")
    assert regex.search(row.expression(), "các trường " + "a" * 2_000 + " đạt %", timeout=5) is not None
    assert regex.search(row.expression(), "các trường " + "a" * 2_000 + "\x01 các trường đạt", timeout=5) is None
    row = row_of("identifiers.yaml", "bank-account")
    assert regex.search(row.expression(), "số tk " + "của bà " * 300 + "\x01 123456", timeout=5) is None
