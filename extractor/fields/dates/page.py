"""The page's own publication date: `Ngày đăng: 04/07/2018`, `Thứ tư, 04/07/2018 | 15:30 GMT+7`, `Cập nhật lúc …`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import regex

from extractor.fields.dates.rows import template
from extractor.models import Reading

_DATE = (
    r"(?P<d>\d{1,2})[ ]?(?:[/.\-]|{month})[ ]?(?P<m>\d{1,2})[ ]?(?:[/.\-]|,?[ ]?{year})[ ]?(?P<y>(?:19|20)\d\d)(?!\d)"
)
_ISO = r"(?P<y>(?:19|20)\d\d)-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
_CLOCK = (
    r"(?:\d{1,2}[ ]?(?::|h|{hour})[ ]?\d{2}(?:[ ]?(?::|{minute})[ ]?\d{2})?(?:[ ]?{minute})?(?:[ ]?[ap]m|[ ]?[sc]a)?)"
)
_GAP = r"[ ,|:\-–()]*"
_TAIL = rf"{_GAP}(?:{_CLOCK})?{_GAP}(?:\(?(?:gmt|utc)[ ]?[+]?\d{{0,2}}(?::\d\d)?\)?)?{_GAP}"
# Date lines of a page, and the rank of what they say: a publishing label, an updating one, a weekday, a bare date.
_LINES = (
    (2, template(rf"^(?:{_CLOCK})?{_GAP}(?:{{weekday}}|{{weekday-short}}){_GAP}(?:{{day}}[ ]?)?{_DATE}{_TAIL}")),
    (3, template(rf"^{_GAP}(?:{{day}}[ ]?)?(?:{_DATE}|{_ISO}){_TAIL}$")),
    (3, template(rf"^{_GAP}{_CLOCK}{_GAP}(?:{{weekday}})?{_GAP}(?:{{day}}[ ]?)?{_DATE}{_TAIL}$")),
)
_LABELLED = (
    rf"(?!\p{{L}})[ ]?(?:{{into}}[ ])?:?{_GAP}(?:{{at}}[ ])?"
    rf"(?:{_CLOCK})?{_GAP}(?:{{weekday}})?{_GAP}(?:{{day}}[ ])?(?:{_DATE}|{_ISO})"
)
_LABELS = (
    (0, template(rf"(?<!\p{{L}}){{label:published}}{_LABELLED}")),
    (1, template(rf"(?<!\p{{L}}){{label:updated}}{_LABELLED}")),
)
HEAD, TAIL, LONG = 14, 8, 110  # lines from the top and the bottom of a page that are looked at; longest such line


def page_date(reading: Reading) -> date | None:
    """The date of the best of the page's date lines: a publishing label before an updating one, before a bare date line."""
    lines = [line for line in reading.lines if line.end - line.start <= LONG]
    lines = lines[:HEAD] + lines[HEAD:][-TAIL:]
    best: tuple[int, date] | None = None
    for line in lines:
        if line.kind == "boilerplate":
            continue
        quote = reading.folded[line.start : line.end].strip()
        if not regex.search(r"\d{4}", quote):
            continue
        found = _dated_line(quote)
        if found is not None and (best is None or found[0] < best[0]):
            best = found
    return best[1] if best else None


def _dated_line(quote: str) -> tuple[int, date] | None:
    """Rank and date of a folded line."""
    for rank, pattern in (*_LABELS, *_LINES):
        m = pattern.search(quote)
        if m is None:
            continue
        try:
            return rank, date(int(m["y"]), int(m["m"]), int(m["d"]))
        except ValueError:
            continue
    return None


def dated(reading: Reading) -> Reading:
    """The reading with the page's own publication date where none was given."""
    if reading.published is not None:
        return reading
    published = page_date(reading)
    found = replace(reading, published=published, date_source="page" if published else None)
    found.kept.update(reading.kept)  # the text is the same
    return found
