"""Every row of `patterns/` is exercised: by a case that hangs on it, by the sample gold or by a table test."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from test_cases import FILES, Case, cases, faults, plain, read, row_of
from test_ingest_portals import TABLED as CUES
from test_rows_tables_figures import TABLED as SIGNS
from test_rows_tables_places_dates import TABLED as ALONE
from test_rows_tables_words import TABLED as WORDS

from extractor import pattern_trials
from extractor.gazetteer import gazetteer, names
from extractor.pattern_files import OF_NO_RECORD, rows_in_force
from extractor.pattern_trials import Trial
from extractor.rules import Row
from extractor.text import fold

ROOT = Path(__file__).parents[1]
TABLED = (
    SIGNS | ALONE | CUES | WORDS
)  # rows that no plain search shows, by file: their tables check that the row was used
TOGETHER = 8  # rows taken away at once: the fewer, the less another row has a part in what is read
COMPILED = "spellings.yaml"  # its rows are compiled into the gazetteer, which no set of patterns changes
WITHOUT = 118  # rows that records follow from and that have no case yet: lower it as they fall


def row_cases() -> list[Case]:
    return [case for name in FILES for case in cases(name) if "row" in case]


def test_rows_exercised_by_cases_gold_or_tables() -> None:
    """A row has a case, or its words stand in the sample gold or in a table test."""
    told = {row_of(case) for case in row_cases()}
    waiting: dict[tuple[str, str], Row] = {
        (name, row.id): row
        for name, row in rows_in_force(own=False)
        if (name, row.id) not in told and row.id not in TABLED.get(name, ())
    }
    paths = [ROOT / "gold" / "sample_articles.jsonl", *sorted((ROOT / "tests").rglob("*.yaml"))]
    paths += sorted((ROOT / "tests").glob("test_*.py"))
    words = fold("\n".join(path.read_text(encoding="utf-8") for path in paths).replace("\\n", "\n"))
    unused = [key for key, row in waiting.items() if not regex.search(row.expression(), words, timeout=20)]
    assert len(unused) <= 2, f"no case for {unused}"


def test_rows_without_a_case_become_fewer() -> None:
    told = {row_of(case) for case in row_cases()}
    rows = [(name, row.id) for name, row in rows_in_force(own=False) if name not in OF_NO_RECORD]
    without = [key for key in rows if key not in told and key[1] not in WORDS.get(key[0], ())]
    assert len(without) <= WITHOUT, f"{len(without)} rows without a case in tests/cases/: {without[-40:]}"


@pytest.mark.slow
def test_cases_of_rows_hang_on_them() -> None:
    """Without its row, the case fails: else it says nothing about the row.

    Rows are taken away a few at once; a case that is then read as ever is tried with its row alone away.
    """
    suspected = _read_as_ever([c for c in row_cases() if c["published"] and row_of(c)[0] != COMPILED])
    idle = [f"{case['row']}: {case['text']!r}" for case in suspected if _read_as_ever([case])]
    assert not idle, f"{len(idle)} cases are read so without their rows, too:\n" + "\n".join(idle)


def _read_as_ever(some: list[Case]) -> list[Case]:
    """The cases that stay right where their rows match nothing."""
    trials = [
        Trial(file, pattern_trials.row_of(file, name), plain(case["text"])[0], case["published"], case.get("url"))
        for case, (file, name) in ((case, row_of(case)) for case in some)
    ]
    case_of = {id(trial): case for trial, case in zip(trials, some, strict=True)}
    return [
        case_of[id(outcome.trial)]
        for outcome in pattern_trials.outcomes(trials, most=TOGETHER)
        if outcome.lacking and not list(faults(case_of[id(outcome.trial)], outcome.lacking))
    ]


@pytest.mark.slow
def test_cases_of_spellings_hang_on_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are found by their spellings' rows: without the row the case fails."""
    rows, idle = names._spellings(), []
    told = [case for case in row_cases() if row_of(case)[0] == COMPILED]
    assert len(told) >= len(rows)
    for case in told:
        kept = tuple(row for row in rows if row.id != row_of(case)[1])
        with monkeypatch.context() as without:
            without.setattr(names, "_spellings", lambda kept=kept: kept)
            _forget_names()
            idle += [case["row"]] if not list(faults(case, read(case))) else []
        _forget_names()
    assert not idle, f"{idle} are read so without their rows, too"


def _forget_names() -> None:
    for made in (names._syllables, names._in_full, names.syllable, names.loose, gazetteer):
        made.cache_clear()
