"""Where and when a figure holds, in the text's own words: phrases of the sentence, else inherited from what stands before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.fields.locations import Places
from extractor.models import Reading
from extractor.records import Date, Location

# "trên địa bàn tỉnh", "toàn huyện", "cả nước", "của tỉnh": places without a name.
_UNITS = "tỉnh|huyện|thành phố|tp|thị xã|quận|xã|phường|thị trấn"
_BARE = regex.compile(
    rf"(?<!\p{{L}})(?:(?:trên\s+)?(?:địa bàn\s+)?(?:toàn\s+(?:{_UNITS}|quốc|ngành|khu vực)|cả\s+(?:nước|tỉnh|huyện))"
    rf"|(?:trên\s+)?địa bàn\s+(?:{_UNITS})|nước ta)(?!\p{{L}})"
)
_COUNTED = regex.compile(
    r"\d+\s+(?:tổ dân phố|thôn|bản|ấp|khu phố|xã|phường|huyện)(?:,\s*(?:phường|thị trấn|thị xã|thành phố))?"
    r"(?=\s+(?:đạt|có|còn|chưa|đã)(?!\p{L}))"
)
_OWN_UNIT = regex.compile(
    r"(?<=(?:của|ở|tại|trong)\s)(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn)(?!\p{L}|\s\p{L}+\s+ủy)"
)
_LEAD_IN = regex.compile(r"(?:trên\s+)?(?:toàn\s+)?(?:địa bàn\s+)?$")
_NOW = regex.compile(
    r"(?<!\p{L})(?:(?:tính\s+)?(?:từ đầu năm\s+)?đến (?:nay|thời điểm này|thời điểm hiện nay|thời điểm hiện tại)"
    r"|hiện nay|hiện tại|hiện)(?!\p{L})"
)
_LEAD_DATE = regex.compile(
    r"(?:(?:ước\s+)?tính\s+đến|ước\s+(?:tính\s+)?đến|đến|trong|so\s+với|từ)\s+"
    r"(?:hết\s+|cuối\s+|đầu\s+|thời điểm\s+|cùng kỳ\s+|giữa\s+)*$"
)
_CAMPAIGN = regex.compile(
    r"(?<!\p{L})trong\s+(?:tháng cao điểm|đợt cao điểm|đợt ra quân|đợt vận động|chiến dịch|tháng ra quân|tháng vận động|tuần lễ)"
    r"(?!\p{L})(?:[^,.;:()\n]{0,80}?\snăm\s\d{4}(?!\d))?"
)
_DAY = regex.compile(r"\d{4}-\d{2}-\d{2}")
# "8,3% năm 2011", "60% (tương ứng 52 triệu người) vào năm 2010"
_RIGHT_BEHIND = regex.compile(r"(?![^()]*\s(?:so|và|đến)\s)[^,;.()]{0,14}(?:\([^()]{0,50}\)|\))?[^,;.()]{0,14}")
_BASE = regex.compile(r"so\s+với")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of place or period `[start, end)` with the code or TIMEX value it is linked to."""

    start: int
    end: int
    value: str | None


class Scopes:
    """Places and periods of an article, by position."""

    def __init__(self, reading: Reading, dates: Sequence[Date], places: Places) -> None:
        self.reading = reading
        self.places = self._place_phrases(places)
        self.periods = self._period_phrases(dates)
        self.abroad = [Phrase(x.start, x.end, None) for x in places.locations if x.level == "other"]
        self._place_starts = [p.start for p in self.places]
        self._period_starts = [p.start for p in self.periods]

    def _place_phrases(self, places: Places) -> list[Phrase]:
        folded, out = self.reading.folded, []
        named: list[Location] = [x for x in places.locations if x.level != "other"]
        for item in named:
            if out and folded[out[-1].end : item.start].strip() == ",":  # "xã A, B, thị trấn C": one phrase
                out[-1] = Phrase(out[-1].start, item.end, out[-1].value)
                continue
            lead = _LEAD_IN.search(folded, max(0, item.start - 20), item.start)
            start = lead.start() if lead and "địa bàn" in lead.group() else item.start
            out.append(Phrase(start, item.end, item.code))
        for pattern in (_BARE, _COUNTED, _OWN_UNIT):
            for match in pattern.finditer(folded):
                if not any(p.start < match.end() and match.start() < p.end for p in out):
                    out.append(Phrase(match.start(), match.end(), places.scope(match.group())))
        return sorted(out, key=lambda p: p.start)

    def _period_phrases(self, dates: Sequence[Date]) -> list[Phrase]:
        folded, out = self.reading.folded, []
        for item in dates:
            lead = _LEAD_DATE.search(folded, max(0, item.start - 40), item.start)
            out.append(Phrase(lead.start() if lead else item.start, item.end, item.value))
        published = self.reading.published.isoformat() if self.reading.published else None
        for match in _CAMPAIGN.finditer(folded):
            inside = [p for p in out if p.start < match.end() and match.start() < p.end]
            end = max((p.end for p in inside), default=match.end())
            out = [p for p in out if p not in inside]
            out.append(Phrase(match.start(), max(end, match.end()), inside[-1].value if inside else None))
        for match in _NOW.finditer(folded):
            if not any(p.start < match.end() and match.start() < p.end for p in out):
                out.append(Phrase(match.start(), match.end(), published))
        return sorted(out, key=lambda p: p.start)

    def _pick(
        self, phrases: list[Phrase], starts: list[int], at: int, end: int, sentence: tuple[int, int], base: bool
    ) -> tuple[Phrase | None, bool]:
        """The phrase before the figure in its sentence, else the next one in its clause, else the last one before the sentence."""
        folded = self.reading.folded
        i = bisect_right(starts, at)
        before = [p for p in phrases[:i] if p.start >= sentence[0]]
        if not base:
            before = [p for p in before if not _BASE.match(folded, p.start)]
        near = next((p for p in phrases[i:] if p.start - end < 70), None)
        if near and _RIGHT_BEHIND.fullmatch(folded, end, near.start) and not _BASE.match(folded, near.start):
            return near, False
        if before:
            return before[-1], False
        after = [p for p in phrases[i:] if p.end <= sentence[1] and p.start - end < 80]
        if after and not (not base and _BASE.search(folded, end, after[0].start + 8)):
            return after[0], False
        line = self.reading.line_at(at)
        earlier = [p for p in phrases[:i] if p.start >= line.start and not _BASE.match(folded, p.start)]
        if earlier:
            return earlier[-1], True
        return None, True

    def place(self, at: int, end: int, sentence: tuple[int, int]) -> tuple[Phrase | None, bool]:
        """(place phrase of a figure at `[at, end)`, whether it is inherited)."""
        found, inherited = self._pick(self.places, self._place_starts, at, end, sentence, True)
        if found is None:
            abroad = [x for x in self.abroad if sentence[0] <= x.start and x.end <= sentence[1]]
            if abroad:
                return abroad[0], False
            i = bisect_right(self._place_starts, at)
            found = self.places[i - 1] if i else None
        return found, inherited

    def period(self, at: int, end: int, sentence: tuple[int, int], change: bool) -> tuple[Phrase | None, bool]:
        """(period phrase of a figure at `[at, end)`, whether it is inherited); `change` lets "so với …" count."""
        found, inherited = self._pick(self.periods, self._period_starts, at, end, sentence, change)
        if found is None:  # the article's own period; a single day is that of the event, not of the figures
            i = bisect_right(self._period_starts, at)
            longer = [p for p in self.periods[:i] if not (p.value and _DAY.fullmatch(p.value))]
            found = longer[-1] if longer else None
        return found, inherited

    def base(self, end: int, limit: int) -> Phrase | None:
        """The base of a comparison behind a figure: "so với cùng kỳ năm 2016"."""
        i = bisect_right(self._period_starts, end - 1)
        near = next((p for p in self.periods[i:] if p.end <= limit), None)
        return near if near and _BASE.match(self.reading.folded, near.start) else None
