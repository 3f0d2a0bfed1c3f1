"""Questions to the figures of a dataset: cells, agreement, which value stands for others, places of then and of today."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from figure_records import figure_records
from hypothesis import given
from hypothesis import strategies as st

from extractor.cli import main
from extractor.cli.figure_rows import bounds
from extractor.dataset import figures
from extractor.dataset.agreement import Told, compatible, decide
from extractor.dataset.build import index
from extractor.dataset.figure_facts import extent, named, period
from extractor.dataset.figures import Wanted
from extractor.dataset.hedges import meant_end
from extractor.errors import InputError

COVERAGE = ("BHYT", "coverage_rate", "percent")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    source = folder / "r.jsonl"
    source.write_text("".join(r.model_dump_json() + "\n" for r in figure_records()), encoding="utf-8")
    index(source, folder / "news.db")
    return folder / "news.db"


@pytest.fixture
def db(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(database)


# Conditions, and the values of the figures that meet them.
WANTED = [
    (Wanted(), 22),
    (Wanted(programme="BHXH_TN"), [-300, 1200, 2.5]),
    (Wanted(indicator="change"), [-300]),
    (Wanted(status="target"), [2.5, 95, 96]),
    (Wanted(groups=("pupils",)), [97]),
    (Wanted(groups=("",), programme="BHXH_TN"), [-300, 1200]),
    (Wanted(places=("45",)), [82, 89.9, 91.4, 91.4, 95]),
    (Wanted(places=("33",)), [83, 84.5, 86, 88, 90, 93, 96]),  # with its districts
    (Wanted(places=("33",), inside=False), [88, 90, 93, 96]),
    (Wanted(places=("33",), former=True), [83, 84.5, 86, 88, 90]),  # as it was until June 2025
    (Wanted(places=("44",)), [82, 89.9, 91.4, 91.4, 95]),  # today Quảng Trị has the code that Quảng Bình had
    (Wanted(places=("44",), former=True), []),
    (Wanted(places=("VN",)), [2.5, 90, 94, 97]),
    (Wanted(keys=("33@2025-07-01",)), [93, 96]),
    (Wanted(first=date(2024, 1, 1), last=date(2024, 12, 31)), [84.5, 86, 94, 97]),
    (Wanted(low=95), [95, 96, 97, 1200]),
    (Wanted(low=95, high=96), [95, 96]),
    (Wanted(since=date(2025, 1, 1), until=date(2025, 12, 31)), [83, 84.5, 86, 90, 94, 97]),
    (Wanted(words="an thi"), [83, 84.5, 86]),
    (Wanted(words="Ân Thi", first=date(2023, 1, 1), last=date(2023, 12, 31)), [83]),
    (Wanted(words="khong co"), []),
]


@pytest.mark.parametrize(("wanted", "values"), WANTED)
def test_figures_that_are_wanted(db: sqlite3.Connection, wanted: Wanted, values: list[float] | int) -> None:
    found = figures.figures(db, wanted)
    assert figures.count(db, wanted) == len(found)
    if isinstance(values, int):
        assert len(found) == values
    else:
        assert sorted(r["value"] for r in found) == sorted(values)


def test_every_figure_has_its_sentence(db: sqlite3.Connection) -> None:
    for row in figures.figures(db, Wanted()):
        at = row["start"] - row["sentence_start"]
        assert row["sentence"][at : at + len(row["text"])] == row["text"]
    spans = db.execute('SELECT sentence_start, start, "end", sentence_end FROM figures').fetchall()
    assert all(a <= b < c <= d for a, b, c, d in spans)


def test_cell_tells_agreement_conflict_and_its_rule(db: sqlite3.Connection) -> None:
    [cell] = figures.cells(db, Wanted(places=("45",), status="actual", first=date(2018, 1, 1), last=date(2018, 12, 31)))
    assert (cell["value"], cell["chosen_by"], cell["agreement"], cell["articles"], cell["figures"]) == (
        91.4,
        "newest",
        "conflict",
        3,
        3,
    )
    assert [(v["value"], v["articles"]) for v in json.loads(cell["values"])] == [(91.4, 2), (89.9, 1)]
    assert cell["id"] == "a2"  # the latest of those that say so
    assert {r["id"] for r in figures.told(db, cell["cell"])} == {"a1", "a2", "a3"}


def test_cells_are_never_joined_over_places_without_code(db: sqlite3.Connection) -> None:
    """W1: equal words are no place."""
    assert [c for c in figures.cells(db, Wanted()) if c["id"] in ("c1", "c2")] == []
    assert [
        (r["reason"], r["place"], r["province"]) for r in figures.undrawn(db, Wanted()) if r["id"] in ("c1", "c2")
    ] == [("no-code", "toàn xã", None)] * 2


def test_province_is_never_the_articles(db: sqlite3.Connection) -> None:
    """W2: an article of Hà Nội on the nation, articles of Quảng Trị on some commune."""
    panel = db.execute("SELECT province, place, place_code FROM figures_panel WHERE id IN ('c1', 'd1')").fetchall()
    assert {p for p, _, _ in panel} == {None}


def test_what_lacks_a_day_is_told(db: sqlite3.Connection) -> None:
    assert [(r["value"], r["reason"]) for r in figures.undrawn(db, Wanted(places=("48",)))] == [
        (93, "no-date"),
        (94, "no-year"),
    ]


def test_doubt_is_kept(db: sqlite3.Connection) -> None:
    """W6: words of doubt in the quote and before it."""
    doubts = {r["value"]: r["comparator"] for r in figures.figures(db, Wanted())}
    assert (doubts[82], doubts[2.5], doubts[94]) == ("gt", "approx", "eq")
    [cell] = figures.cells(db, Wanted(keys=("VN",), groups=("",), first=date(2019, 1, 1), last=date(2019, 12, 31)))
    assert cell["comparator"] == "approx"


def test_one_code_over_two_lands_is_two_places(db: sqlite3.Connection) -> None:
    keys = {c["value"]: c["place_key"] for c in figures.cells(db, Wanted(places=("33",), inside=False))}
    assert keys == {88: "33", 90: "33", 93: "33@2025-07-01", 96: "33@2025-07-01"}


def test_latest_below_a_province(db: sqlite3.Connection) -> None:
    found = [(c["place"], c["value"], c["period"]) for c in figures.latest_below(db, "33", COVERAGE)]
    assert found == [("Ân Thi", 86, "2024"), ("Kim Động", 84.5, "2024")]
    assert [c["place"] for c in figures.latest_below(db, "VN", COVERAGE)] == ["Hưng Yên", "Hưng Yên", "Quảng Trị"]
    assert figures.latest_below(db, "01", COVERAGE) == []


def test_kinds_tell_results_and_targets(db: sqlite3.Connection) -> None:
    """W9: what has targets alone says so."""
    kinds = {(k["programme"], k["indicator"], k["unit"]): (k["results"], k["targets"]) for k in figures.kinds(db)}
    assert kinds[("BHXH_TN", "coverage_rate", "percent")] == (0, 1)
    assert kinds[COVERAGE] == (17, 2)


def test_index_makes_cells_anew_when_articles_change(tmp_path: Path) -> None:
    some = figure_records()
    source = tmp_path / "r.jsonl"

    def write(records: list) -> list[tuple[object, ...]]:  # type: ignore[type-arg]
        source.write_text("".join(r.model_dump_json() + "\n" for r in records), encoding="utf-8")
        index(source, tmp_path / "n.db")
        sql = "SELECT value, agreement, articles FROM cells WHERE place_code = '45' AND status = 'actual' AND period = '2018'"
        return sqlite3.connect(tmp_path / "n.db").execute(sql).fetchall()

    assert write(some[:1]) == [(91.4, "one", 1)]
    assert write(some[:2]) == [(91.4, "agree", 2)]
    assert write(some[:3]) == [(91.4, "conflict", 3)]
    assert write(some[2:3]) == [(89.9, "one", 1)]


def told(at: int, value: float, **more: object) -> Told:
    base: dict[str, object] = {
        "value_max": None,
        "comparator": "eq",
        "article": f"a{at}",
        "published": None,
        "stated": True,
        "home": False,
    }
    return Told(at=at, value=value, **(base | more))  # type: ignore[arg-type]


# Tellings; the value that stands for them, the rule that chose it, and whether they agree.
DECIDED = [
    ([told(1, 90.0)], (90.0, "only", "one")),
    ([told(1, 90.0), told(2, 90.0)], (90.0, "agreed", "agree")),
    ([told(1, 90.0), told(2, 92.0)], (90.0, "first", "conflict")),
    ([told(1, 90.0), told(2, 92.0, published="2019-01-02")], (92.0, "newest", "conflict")),
    ([told(1, 90.0, published="2019-01-02"), told(2, 92.0, published="2019-01-02", home=True)], (92.0, "own-province", "conflict")),
    ([told(1, 90.0, published="2019-05-02", stated=False), told(2, 92.0, published="2019-01-02")], (92.0, "stated", "conflict")),
    ([told(1, 90.0, comparator="gt"), told(2, 91.5)], (91.5, "exact", "agree")),
    ([told(1, 90.0), told(2, 91.0, article="a1")], (90.0, "first", "conflict")),
    ([told(1, 91.0, comparator="approx"), told(2, 91.4, article="a1")], (91.4, "exact", "one")),
]  # fmt: skip


@pytest.mark.parametrize(("tellings", "expected"), DECIDED)
def test_one_value_stands_for_others_by_a_rule(tellings: list[Told], expected: tuple[float, str, str]) -> None:
    found = decide(tellings)
    assert (found.chosen.value, found.by, found.agreement) == expected
    assert sum(len(v["figures"]) for v in found.values) == len(tellings)


def test_nothing_told_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        decide([])


_SAID = st.tuples(st.sampled_from([1.0, 90.0, 90.2, 92.0]), st.none(), st.sampled_from(["eq", "gt", "lt", "approx"]))


@given(st.lists(_SAID, min_size=1, max_size=5), st.randoms())
def test_the_order_of_tellings_changes_no_choice(said: list[tuple[float, None, str]], random) -> None:  # type: ignore[no-untyped-def]
    tellings = [told(i, value, comparator=doubt) for i, (value, _, doubt) in enumerate(said)]
    first = decide(tellings)
    random.shuffle(tellings)
    again = decide(tellings)
    assert (first.chosen, first.by, first.agreement, first.articles) == (
        again.chosen,
        again.by,
        again.agreement,
        again.articles,
    )


@given(_SAID, _SAID)
def test_agreement_goes_both_ways(one: tuple[float, None, str], other: tuple[float, None, str]) -> None:
    assert compatible(one, other) == compatible(other, one)
    assert compatible(one, one)


PERIODS = [
    (("2018-01-01", "2018-12-31", "2018", "năm 2018", None), ("2018", "2018-07-02", "stated")),
    (("2018-01-01", "2018-12-31", "2018", "hết năm 2018", None), ("2018", "2018-12-31", "stated")),
    (("2018-01-01", "2018-12-31", "2018", "cuối năm 2018", "END"), ("2018", "2018-12-31", "stated")),
    (("2016-01-01", "2020-12-31", "2016/2020", "giai đoạn", None), ("2016/2020", "2020-12-31", "stated")),
    (("2018-05-08", "2018-05-08", None, None, None), ("2018-05-08", "2018-05-08", "stated")),
    ((None, None, "2018", None, None), ("2018", "2018-07-02", "stated")),
    ((None, None, "XXXX-04", "tháng 4", None), (None, None, "year")),
    ((None, None, None, None, None), ("2019-03-04", "2019-03-04", "published")),
]


@pytest.mark.parametrize(("row", "expected"), PERIODS)
def test_day_at_which_a_figure_is_drawn(row: tuple[str | None, ...], expected: tuple[str | None, ...]) -> None:
    names = ("start_date", "end_date", "period_value", "period", "modifier")
    found = period(dict(zip(names, row, strict=True)) | {"published": "2019-03-04"})
    assert (found.name, found.day, found.dated) == expected


def test_names_of_stretches_and_states_of_land() -> None:
    assert [named(*d) for d in (("2018-01-01", "2018-12-31"), ("2016-01-01", "2018-12-31"), ("2018-02-01", "2018-02-28"))] == [
        "2018", "2016/2018", "2018-02",
    ]  # fmt: skip
    assert named("2018-02-01", "2018-02-27") == "2018-02-01/2018-02-27"
    assert extent("33", "2024-01-01") == "33"
    assert extent("33", "2026-01-01") == "33@2025-07-01"
    assert extent("01", "2026-01-01") == "01"  # Hà Nội took nothing in
    assert extent("15", "2026-01-01") == "15@2025-07-01"  # the code of Yên Bái, since then of Lào Cai
    assert extent("VN", "2026-01-01") == "VN"


def test_words_of_ends() -> None:
    assert meant_end("Hết năm 2016")
    assert not meant_end("năm 2016")
    assert not meant_end(None)


@pytest.mark.parametrize(
    ("given", "ends"),
    [(None, (None, None)), ("90", (90, 90)), ("90..", (90, None)), ("..2,5", (None, 2.5)), ("1..2", (1, 2))],
)
def test_bounds_of_values(given: str | None, ends: tuple[float | None, float | None]) -> None:
    assert bounds(given) == ends


def test_bounds_that_are_none() -> None:
    with pytest.raises(InputError, match=r"90\.\.95"):
        bounds("many")


def test_search_of_figures_into_a_file(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table for a reader: every figure with its sentence, title and address, and no file of the user's is lost."""
    command = ["search", str(database), "--field", "figures", "--place", "Hưng Yên", "-o"]
    files = [tmp_path / "f.csv", tmp_path / "f.xlsx"]
    for file in files:
        assert main([*command, str(file)]) == 0
        assert main([*command, str(file)]) == 2
        assert "--force" in capsys.readouterr().err
        assert main([*command, str(file), "--force"]) == 0
    assert files[0].read_bytes().startswith(b"\xef\xbb\xbfprogramme,")
    table = pd.read_csv(files[0], dtype=str)
    sheet = pd.read_excel(files[1], engine="calamine", dtype=str)
    assert list(table) == list(sheet)
    assert len(table) == len(sheet) > 1
    assert all(said in sentence for said, sentence in zip(table["text"], table["sentence"], strict=True))
    assert main([*command, str(tmp_path / "f.json")]) == 2
    assert "ends in .xlsx or .csv" in capsys.readouterr().err
    assert main(["search", str(database), "ủy ban", "-o", str(tmp_path / "a.csv")]) == 2
    assert "--field figures" in capsys.readouterr().err


def test_search_of_figures_in_the_terminal(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*options: str) -> tuple[int, str, str]:
        code = main(["search", str(database), "--field", "figures", *options])
        return code, *capsys.readouterr()

    code, said, _ = ask("--place", "Hưng Yên", "--period", "2024", "--status", "actual", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(said)))
    assert [(r["place"], r["value"], r["agreement"]) for r in rows] == [
        ("Ân Thi", "86.0", "one"),
        ("Kim Động", "84.5", "one"),
    ]
    code, said, _ = ask("--programme", "BHYT", "--place", "Quảng Trị", "--value", "..90", "--format", "json")
    assert [(r["value"], r["agreement"], r["sentence"] > "") for r in json.loads(said)] == [
        (82, "one", True),
        (89.9, "conflict", True),
    ]
    code, said, told = ask("-n", "2")
    assert (len(said.splitlines()), "22 figures, 2 shown" in told) == (2, True)
    assert ask("--group", "học sinh", "--format", "csv")[1].count("\n") == 2
    assert ask("--place", "Cà Mau")[0] == 1
    for wrong in (
        ("--status", "maybe"),
        ("--format", "pdf"),
        ("--group", "nobody"),
        ("--value", "x"),
        ("--place", "Nowhere"),
    ):
        assert ask(*wrong)[0] == 2, wrong
    assert main(["search", str(database)]) == 2


def test_query_of_the_document_runs(db: sqlite3.Connection) -> None:
    text = (Path(__file__).parents[1] / "docs" / "dataset.md").read_text(encoding="utf-8")
    query = re.findall(r"```sql\n(.*?)```", text.partition("## DuckDB")[0], re.DOTALL)
    [found] = [db.execute(q).fetchall() for q in query]
    assert ("Quảng Trị", "2018", 91.4, "eq", 3, "conflict", "newest") in [row[:7] for row in found]
