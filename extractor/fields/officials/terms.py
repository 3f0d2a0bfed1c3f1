"""The times that an article tells, as a career has them: from when, until when, at which time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.fields.officials.activities import DOCUMENT_DATE
from extractor.models import Reading
from extractor.records import Date

_FROM = compiled(r"(?:kể từ|bắt đầu từ|từ sau|từ)(?: (?:đầu|cuối|giữa|ngày|tháng|năm))? $")
_TO = compiled(r"(?:cho đến|cho tới|đến|tới|đến hết|tới hết)(?: (?:đầu|cuối|giữa|ngày|tháng|năm))? $")
_WORD = compiled(r"(?:ngày|tháng|năm|đầu năm|cuối năm|giữa năm) $")
_OPEN = compiled(r"\s*(?:-|–|—|đến|tới|cho đến|cho tới)\s*(?:nay|hiện nay|hiện tại|bây giờ)(?!\p{L})")
_SPAN = compiled(r"\s*(?:-|–|—|đến|tới|cho đến|cho tới)\s*(?:(?:đầu|cuối|giữa) )?(?:năm |tháng |ngày )?")
_BARE = compiled(r"(?<![\p{L}\p{N}/.,\-–])(?:19[3-9]|20[0-4])\d(?![\p{L}\p{N}]|[/.,]\p{N})")
_BIRTH = compiled(r"(?:sinh|sn)(?: (?:năm|ngày|tháng))?:? $")

Kind = Literal["range", "from", "to", "at"]


@dataclass(frozen=True, slots=True)
class Term:
    """A told time `[start, end)`, the words around it included ("từ … đến nay"); `bare` is a year without a word beside it."""

    start: int
    end: int
    since: str | None
    until: str | None
    kind: Kind
    bare: bool = False


def ends_before(value: str | None, day: str | None) -> bool:
    """Whether a TIMEX3 value is over on an ISO day; unknown days are later than every told time."""
    if value is None:
        return False
    known = regex.match(r"[\d-]+", value)
    digits = (known.group() if known else value).rstrip("-")
    return day is None or digits < day[: len(digits)]


class Terms:
    """The told times of an article in text order. Dates of documents and of birth are no part of a career."""

    def __init__(self, reading: Reading, dates: Sequence[Date]) -> None:
        self._reading = reading
        dated = [t for d in dates if d.value and d.value[0].isdigit() for t in self._of(d.start, d.end, d.value)]
        taken = Spans((d.start, d.end) for d in dates)
        years = [
            t
            for m in _BARE.finditer(reading.text)
            if not taken.meet(*m.span())
            for t in self._of(m.start(), m.end(), m.group(), bare=True)
        ]
        self.all = self._spanned(sorted([*dated, *years], key=lambda t: t.start))
        self._starts = [t.start for t in self.all]

    def between(self, begin: int, end: int) -> list[Term]:
        """The times that lie in `[begin, end)`."""
        inside = self.all[bisect_left(self._starts, begin) : bisect_left(self._starts, end)]
        return [t for t in inside if t.end <= end]

    def _of(self, start: int, end: int, value: str, *, bare: bool = False) -> list[Term]:
        folded = self._reading.folded
        start += len(folded[start:end]) - len(folded[start:end].lstrip())
        floor = max(0, start - 60)
        if DOCUMENT_DATE.search(folded, floor, start) or _BIRTH.search(folded, floor, start):
            return []
        first, _, last = value.partition("/")
        opened = _FROM.search(folded, floor, start)
        closes = _TO.search(folded, floor, start)
        today = _OPEN.match(folded, end)
        if last:
            return [Term(opened.start() if opened else start, end, first, last, "range")]
        if today or folded[start:end].endswith(" nay"):
            return [Term(opened.start() if opened else start, today.end() if today else end, first, None, "from")]
        if opened:
            return [Term(opened.start(), end, first, None, "from", bare)]
        if closes and not self._opens_sentence(closes.start()):
            return [Term(closes.start(), end, None, first, "to", bare)]
        if self._alone_in_brackets(start, end):
            return []
        lead = _WORD.search(folded, floor, start) if bare else None
        return [Term(lead.start() if lead else start, end, first, first, "at", bare and lead is None)]

    def _opens_sentence(self, at: int) -> bool:
        """Whether a sentence begins at `at`: "Đến năm 2015, ông …" tells when something began."""
        return self._reading.text[at].isupper() or self._reading.folded[max(0, at - 3) : at].rstrip(" ")[-1:] in (
            "",
            "\n",
            ".",
            ";",
        )

    def _alone_in_brackets(self, start: int, end: int) -> bool:
        """Whether a year stands alone in brackets, as that of a birth does: "ông A (1970)"."""
        text = self._reading.text
        return end - start == 4 and text[start - 1 : start] == "(" and text[end : end + 1] == ")"

    def _spanned(self, terms: Sequence[Term]) -> list[Term]:
        """Two times with a dash or "đến" between them are one range: "2004 - 8/2005"."""
        out: list[Term] = []
        for term in terms:
            before = out[-1] if out else None
            begins = before is not None and before.kind in ("at", "from") and before.since is not None
            if before is not None and begins and before.end <= term.end:
                gap = self._reading.folded[before.end : max(before.end, term.start)]
                closed = term.kind == "to" and not gap.strip(" -–")
                if closed or (term.kind == "at" and gap and _SPAN.fullmatch(gap)):
                    out[-1] = replace(before, end=term.end, until=term.until, kind="range", bare=False)
                    continue
            out.append(term)
        return out
