"""The page's own publication date: `Ngày đăng: 04/07/2018`, `Thứ tư, 04/07/2018 | 15:30 GMT+7`, `Cập nhật lúc …`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import regex

from extractor.compiled import compiled
from extractor.fields.dates.rows import rows, words
from extractor.models import Reading
from extractor.rules import cache
from extractor.text import fold

_DATE = r"(?P<d>\d{1,2})[ ]?(?:[/.\-]|tháng)[ ]?(?P<m>\d{1,2})[ ]?(?:[/.\-]|,?[ ]?năm)[ ]?(?P<y>(?:19|20)\d\d)(?!\d)"
_ISO = r"(?P<y>(?:19|20)\d\d)-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
_CLOCK = r"(?:\d{1,2}[ ]?(?::|h|giờ)[ ]?\d{2}(?:[ ]?(?::|phút)[ ]?\d{2})?(?:[ ]?phút)?(?:[ ]?[ap]m|[ ]?[sc]a)?)"
HEAD, TAIL, LONG = 14, 8, 110  # lines from the top and the bottom of a page that are looked at; longest such line


@cache
def _patterns() -> tuple[tuple[int, regex.Pattern[str]], ...]:
    weekday, between = words("weekday"), r"[ ,|:\-–()]*"
    tail = rf"{between}(?:{_CLOCK})?{between}(?:\(?(?:gmt|utc)[ ]?[+]?\d{{0,2}}(?::\d\d)?\)?)?{between}"
    out = []
    for value in (0, 1):
        forms = {fold(f) for row in rows("label") if row.value == value for f in row.forms}
        label = "|".join(
            regex.escape(f, special_only=True, literal_spaces=True)
            for f in sorted(forms, key=lambda form: (-len(form), form))
        )
        out.append(
            (
                value,
                compiled(
                    rf"(?<!\p{{L}})(?:{label})(?!\p{{L}})[ ]?(?:vào[ ])?:?{between}(?:lúc[ ])?"
                    rf"(?:{_CLOCK})?{between}(?:{weekday})?{between}(?:ngày[ ])?(?:{_DATE}|{_ISO})"
                ),
            )
        )
    out.append((2, compiled(rf"^(?:{_CLOCK})?{between}(?:{weekday}|cn){between}(?:ngày[ ]?)?{_DATE}{tail}")))
    out.append((3, compiled(rf"^{between}(?:ngày[ ]?)?(?:{_DATE}|{_ISO}){tail}$")))
    out.append((3, compiled(rf"^{between}{_CLOCK}{between}(?:{weekday})?{between}(?:ngày[ ]?)?{_DATE}{tail}$")))
    return tuple(out)


def find_page_date(reading: Reading) -> date | None:
    """The date of the best of the page's date lines: a publishing label before an updating one, before a bare date line."""
    lines = [line for line in reading.lines if line.end - line.start <= LONG]
    lines = lines[:HEAD] + lines[HEAD:][-TAIL:]
    best: tuple[int, int, date] | None = None
    for line in lines:
        if line.kind == "boilerplate":
            continue
        quote = reading.folded[line.start : line.end].strip()
        if not regex.search(r"\d{4}", quote):
            continue
        for rank, pattern in _patterns():
            m = pattern.search(quote)
            if m is None:
                continue
            try:
                found = date(int(m["y"]), int(m["m"]), int(m["d"]))
            except ValueError:
                continue
            if best is None or rank < best[0]:
                best = (rank, line.start, found)
            break
    return best[2] if best else None


def page_date(reading: Reading) -> tuple[date | None, str | None]:
    """The page's own publication date and its source (`page`), or (None, None)."""
    found = find_page_date(reading)
    return (found, "page") if found is not None else (None, None)


def dated(reading: Reading) -> Reading:
    """The reading with the page's own publication date where none was given."""
    if reading.published is not None:
        return reading
    published, source = page_date(reading)
    return replace(reading, published=published, date_source=source)
