"""Rows of words that no field reads, each in what asks for it: it gives the value with the row, and another one
without. Own sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from extractor import pattern_trials
from extractor.ingest.archives import is_files_folder
from extractor.ingest.pages import dates
from extractor.ingest.pages.stamps import stamps
from extractor.redaction_names import told_names
from extractor.text import fold

FILE = "words.yaml"


def _names(text: str) -> list[str]:
    """Names that words beside them tell to be a person's."""
    return [text[start:end] for start, end in told_names(text, fold(text))]


def _days(text: str) -> list[date]:
    """Days that a page's line prints."""
    return [stamp.day for stamp in stamps(fold(text))]


def _placed(text: str) -> bool:
    """Whether a line begins with a place and its day: a letter's head, no day of publication."""
    return dates._PLACE.match(fold(text)) is not None


def _clock(text: str) -> bool:
    """Whether a line is the clock of a portal."""
    return dates._clocklike(fold(text), timed=False)


def _saved_beside(name: str) -> bool:
    """Whether a folder holds what a browser saved beside a page."""
    return is_files_folder(name, {"Trang tin.html"})


# row of words.yaml, what asks for it, a text, its value
WORDS: list[tuple[str, Callable[[str], Any], str, Any]] = [
    ("birth", _names, "Lũ cuốn trôi nhà Cầm Bá Lập (sinh năm 1990).", ["Cầm Bá Lập"]),
    ("age", _names, "Lũ cuốn trôi nhà Cầm Bá Lập, 45 tuổi.", ["Cầm Bá Lập"]),
    ("month-short", _days, "13 thg 3 2019", [date(2019, 3, 13)]),
    ("year", _days, "13 tháng 3 năm 2019", [date(2019, 3, 13)]),
    ("no-place", _placed, "Cập nhật, ngày 4 tháng 3 năm 2019", False),
    ("day", _placed, "Mường Khê, ngày 4 tháng 3 năm 2019", True),
    ("day", _clock, "Thứ Bảy, ngày 15 tháng 6 năm 2019", True),
    ("saved-files", _saved_beside, "Trang tin_files", True),
]
TABLED = {FILE: frozenset(row for row, *_ in WORDS)}


@pytest.mark.parametrize(("row", "ask", "text", "value"), WORDS, ids=lambda x: x if isinstance(x, str) else "")
def test_rows_tables_words(row: str, ask: Callable[[str], Any], text: str, value: Any) -> None:
    assert ask(text) == value
    with pattern_trials._without({(FILE, row): pattern_trials.row_of(FILE, row)}):
        assert ask(text) != value
