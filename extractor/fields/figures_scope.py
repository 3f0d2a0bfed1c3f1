"""Where and when a figure holds, in the text's own words: phrases of the sentence, else inherited from what stands before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
_PLAIN_DATE = regex.compile(r"\d{4}(?:-\d{2}){0,2}")
_BY = regex.compile(r"(?<!\p{L})(?<!tính\s)(?:đến|trước|chậm nhất|muộn nhất)(?!\s+nay)(?!\p{L})")
_OTHER_CLAUSE = regex.compile(r"[;()]|,(?!\d)|\d")
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
        self._abroad_starts = [p.start for p in self.abroad]
        self._longer = [p for p in self.periods if not (p.value and _DAY.fullmatch(p.value))]
        self._longer_starts = [p.start for p in self._longer]
        self._place_starts = [p.start for p in self.places]
        self._period_starts = [p.start for p in self.periods]

    def _place_phrases(self, places: Places) -> list[Phrase]:
        folded = self.reading.folded
        out: list[Phrase] = []
        named: list[Location] = [x for x in places.locations if x.level != "other"]
        for item in named:
            if out and folded[out[-1].end : item.start].strip() == ",":  # "xã A, B, thị trấn C": one phrase
                out[-1] = Phrase(out[-1].start, item.end, out[-1].value)
                continue
            lead = _LEAD_IN.search(folded, max(0, item.start - 20), item.start)
            start = lead.start() if lead and "địa bàn" in lead.group() else item.start
            out.append(Phrase(start, item.end, item.code))
        for pattern in (_BARE, _COUNTED, _OWN_UNIT):
            out = _merged(out, [Phrase(m.start(), m.end(), None) for m in pattern.finditer(folded)], places, folded)
        return out

    def _period_phrases(self, dates: Sequence[Date]) -> list[Phrase]:
        folded = self.reading.folded
        out: list[Phrase] = []
        for item in dates:
            lead = _LEAD_DATE.search(folded, max(0, item.start - 40), item.start)
            out.append(Phrase(lead.start() if lead else item.start, item.end, item.value))
        published = self.reading.published.isoformat() if self.reading.published else None
        out.sort(key=lambda p: p.start)
        starts = [p.start for p in out]
        for match in reversed(list(_CAMPAIGN.finditer(folded))):  # from the end, so that the offsets before stay
            a, b = bisect_left(starts, match.start()), bisect_left(starts, match.end())
            inside = out[a:b]
            last = inside[-1] if inside else None
            whole = Phrase(match.start(), max(match.end(), last.end if last else 0), last.value if last else None)
            out[a:b], starts[a:b] = [whole], [whole.start]
        return _merged(out, [Phrase(m.start(), m.end(), published) for m in _NOW.finditer(folded)], None, folded)

    def _pick(
        self, phrases: list[Phrase], starts: list[int], at: int, end: int, sentence: tuple[int, int], base: bool
    ) -> tuple[Phrase | None, bool]:
        """The phrase right behind the figure, the last one before it in its sentence, the next one, or the last of the line."""
        folded = self.reading.folded
        i = bisect_right(starts, at)
        near = phrases[i] if i < len(phrases) and phrases[i].start - end < 70 else None
        if near and _RIGHT_BEHIND.fullmatch(folded, end, near.start) and not _BASE.match(folded, near.start):
            return near, False
        before = self._last(phrases, starts, sentence[0], i, base)
        if before:
            return before, False
        after = phrases[i] if i < len(phrases) and phrases[i].end <= sentence[1] else None
        if after and after.start - end < 80 and (base or not _BASE.search(folded, end, after.start + 8)):
            return after, False
        return self._last(phrases, starts, self.reading.line_at(at).start, i, False), True

    def _last(self, phrases: list[Phrase], starts: list[int], since: int, i: int, base: bool) -> Phrase | None:
        """The last of `phrases[:i]` that begins at `since` or later; bases of comparisons only where `base` is set."""
        for k in range(i - 1, bisect_left(starts, since) - 1, -1):
            if base or not _BASE.match(self.reading.folded, phrases[k].start):
                return phrases[k]
        return None

    def place(self, at: int, end: int, sentence: tuple[int, int]) -> tuple[Phrase | None, bool]:
        """(place phrase of a figure at `[at, end)`, whether it is inherited)."""
        found, inherited = self._pick(self.places, self._place_starts, at, end, sentence, True)
        if found is None:
            k = bisect_left(self._abroad_starts, sentence[0])
            if k < len(self.abroad) and self.abroad[k].end <= sentence[1]:
                return self.abroad[k], False
            i = bisect_right(self._place_starts, at)
            found = self.places[i - 1] if i else None
        return found, inherited

    def period(self, at: int, end: int, sentence: tuple[int, int], change: bool) -> tuple[Phrase | None, bool]:
        """(period phrase of a figure at `[at, end)`, whether it is inherited); `change` lets "so với …" count."""
        found, inherited = self._pick(self.periods, self._period_starts, at, end, sentence, change)
        if found is None:  # the article's own period; a single day is that of the event, not of the figures
            k = bisect_right(self._longer_starts, at)
            found = self._longer[k - 1] if k else None
        return found, inherited

    def ahead(self, at: int, end: int, sentence: tuple[int, int], reached: regex.Pattern[str]) -> bool:
        """Whether the figure at `[at, end)` holds by a date after the publication: "đến 31/12 có …", "… trước ngày 31/3"."""
        published = self.reading.published
        if published is None:
            return False
        day, folded = published.isoformat(), self.reading.folded
        for k in range(bisect_left(self._period_starts, sentence[0]), len(self.periods)):
            p = self.periods[k]
            if p.start >= sentence[1] or p.start > end + 40:
                return False
            value = (p.value or "").split("/")[-1]
            if not _PLAIN_DATE.fullmatch(value) or value <= day[: len(value)]:
                continue
            by = _BY.search(folded, max(sentence[0], p.start - 12), p.start) or _BY.match(folded, p.start)
            if by is None:
                continue
            if p.end <= at:
                opens = not folded[sentence[0] : p.start].strip(" -+•:") or p.start - sentence[0] < 16
                if (opens or ";" not in folded[p.end : at]) and not reached.search(folded, p.end, at):
                    return True
            elif p.start >= end and not _OTHER_CLAUSE.search(folded, end, p.start):
                return not reached.search(folded, sentence[0], at)
        return False

    def base(self, end: int, limit: int) -> Phrase | None:
        """The base of a comparison behind a figure: "so với cùng kỳ năm 2016"."""
        i = bisect_right(self._period_starts, end - 1)
        near = self.periods[i] if i < len(self.periods) and self.periods[i].end <= limit else None
        return near if near and _BASE.match(self.reading.folded, near.start) else None


def _merged(kept: list[Phrase], more: list[Phrase], places: Places | None, folded: str) -> list[Phrase]:
    """Both lists in text order, phrases of `more` that touch one of `kept` left out; `places` links the bare ones."""
    out, k = [], 0
    for phrase in more:
        while k < len(kept) and kept[k].end <= phrase.start:
            k += 1
        if k == len(kept) or kept[k].start >= phrase.end:
            out.append(phrase)
    if places is not None:
        out = [Phrase(p.start, p.end, places.scope(folded[p.start : p.end])) for p in out]
    return sorted(kept + out, key=lambda p: p.start)
