"""Where and when a figure holds, in the text's own words: phrases of the sentence, else inherited from what stands before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex

from extractor.compiled import compiled
from extractor.fields.figures.rules.scope_phrases import Phrase, period_phrases, place_phrases
from extractor.models import Reading
from extractor.places import Places
from extractor.records import Date

LEAD = 600  # code points of title and lead, whose first place is the article's own
_BODY_OF = compiled(
    r"(?<!\p{L})(?:bhxh|bảo hiểm xã hội|liên đoàn|ngân hàng|mặt trận tổ quốc|mttq|tổng công ty|hội)\s+$"
)
_PLAIN_DATE = compiled(r"\d{4}(?:-\d{2}){0,2}")
_BY = compiled(r"(?<!\p{L})(?<!tính\s)(?:đến|trước|chậm nhất|muộn nhất)(?!\s+nay)(?!\p{L})")
_OTHER_CLAUSE = compiled(r"[;()]|,(?!\d)|\d")
_DAY = compiled(r"\d{4}-\d{2}-\d{2}")
_REPORT = compiled(r"(?:ước\s+)?(?:tính\s+)?đến\s")
# "8,3% năm 2011", "60% (tương ứng 52 triệu người) vào năm 2010"
_RIGHT_BEHIND = compiled(r"(?![^()\n|]*\s(?:so|và|đến)\s)[^,;.()\n|]{0,14}(?:\([^()\n]{0,50}\)|\))?[^,;.()\n|]{0,14}")
# Between a figure and a phrase that is not its own: a comparison, the next statement.
_PAST = compiled(r"(?<!\p{L})(?:so|cùng kỳ|(?:thấp|cao|nhiều|ít) hơn)(?!\p{L})|;")
_RESPECTIVELY = compiled(r"lần lượt|tương ứng|:")
_AMOUNT = compiled(r"\d[\d.,]*\s*(?:%|\p{L}+)")
# A name right before its number that no list of places has: "Ia Mơ 84,1%", "Đông Thạnh (71%)".
_NAMED = compiled(
    r"(?<![\p{L}\p{N}])(\p{Lu}[\p{Ll}'’]*(?:\s\p{Lu}[\p{Ll}'’]*){1,3})"
    r"(?:\s*[(:]|(?:\s(?:chỉ|mới|đã|còn|có|với|đạt|là|cũng|đứng đầu|dẫn đầu)){1,3})?\s*(?:(?:trên|dưới|gần|hơn)\s)?$"
)


class Scopes:
    """Places and periods of an article, by position."""

    def __init__(self, reading: Reading, dates: Sequence[Date], places: Places) -> None:
        self.reading = reading
        self.places = place_phrases(reading, places)
        self.periods = period_phrases(reading, dates)
        self.abroad = [
            Phrase(x.start, x.end, None)
            for x in places.locations
            if x.level == "other" and not _BODY_OF.search(reading.folded, max(0, x.start - 24), x.start)
        ]
        self._abroad_starts = [p.start for p in self.abroad]
        self._longer = [p for p in self.periods if not (p.weak or p.own) and self._lasting(p)]
        self._longer_starts = [p.start for p in self._longer]
        self._whole = [p for p in self.places if p.whole and not p.weak]
        self._whole_starts = [p.start for p in self._whole]
        self._place_starts = [p.start for p in self.places]
        self._period_starts = [p.start for p in self.periods]

    def _lasting(self, p: Phrase) -> bool:
        """Whether a period can be that of other sentences: a single day is that of an event, unless figures run up to it."""
        day = p.value is not None and _DAY.fullmatch(p.value) is not None
        return not day or _REPORT.match(self.reading.folded, p.start) is not None

    def _pick(
        self, phrases: list[Phrase], starts: list[int], at: int, end: int, sentence: tuple[int, int]
    ) -> Phrase | None:
        """The phrase right behind the figure, else the last one before it in its sentence, else the next one."""
        folded = self.reading.folded
        i = bisect_right(starts, at)
        near = phrases[i] if i < len(phrases) and phrases[i].start - end < 70 else None
        behind = near and not near.base and _RIGHT_BEHIND.fullmatch(folded, end, near.start)
        before = [p for p in phrases[bisect_left(starts, sentence[0]) : i] if not p.base]
        if (
            near
            and behind
            and folded.startswith("năm học", near.start)
            and any(_REPORT.match(folded, p.start) for p in before)
        ):
            near = None  # the school year of the cards, not of the count
        if near and behind and (not near.weak or near.whole or near.parts):
            return near
        if before:
            return next((p for p in reversed(before) if not p.weak or p.whole), None) or before[-1]
        after = phrases[i] if i < len(phrases) and phrases[i].end <= sentence[1] else None
        if after is None or after.weak or after.start - end >= 80 or _PAST.search(folded, end, after.start):
            return None
        return after

    def _earlier(self, phrases: list[Phrase], starts: list[int], since: int, at: int) -> Phrase | None:
        """The last phrase of `[since, at)` that may be handed on."""
        for k in range(bisect_left(starts, at) - 1, bisect_left(starts, since) - 1, -1):
            if not phrases[k].weak and not phrases[k].own:
                return phrases[k]
        return None

    def place(self, at: int, end: int, sentence: tuple[int, int]) -> tuple[Phrase | None, bool]:
        """(place phrase of a figure at `[at, end)`, whether it is inherited)."""
        own = self._own_place(at, sentence)
        if own is not None:
            return own, False
        found = self._pick(self.places, self._place_starts, at, end, sentence)
        if found is not None:
            return self._member(found, at), False
        k = bisect_left(self._abroad_starts, sentence[0])
        if k < len(self.abroad) and self.abroad[k].end <= sentence[1]:
            return self.abroad[k], False
        found = self._earlier(self.places, self._place_starts, self.reading.line_at(at).start, sentence[0])
        if found is None:
            i = bisect_left(self._whole_starts, at)
            found = self._whole[i - 1] if i else None
        if found is None:
            i = bisect_left(self._place_starts, at)
            lead = next((p for p in self.places[:i] if not p.weak and p.start < LEAD), None)
            found = lead or self._earlier(self.places, self._place_starts, 0, at) or (self.places[i - 1] if i else None)
        return found, True

    def _own_place(self, at: int, sentence: tuple[int, int]) -> Phrase | None:
        """The place whose share this is: the name right before the number, or the first cell of a table's row."""
        folded, i = self.reading.folded, bisect_left(self._place_starts, at)
        if folded.count("|", *sentence) > 1:
            row = folded[slice(*sentence)]
            start = sentence[0] + len(row) - len(row.lstrip(" |"))
            stop = folded.find("|", start, sentence[1])
            cell = self.reading.text[start:stop].rstrip() if start < stop <= at else ""
            return Phrase(start, start + len(cell), None) if cell[:1].isupper() else None
        last = self.places[i - 1] if i else None
        single = last and last.start >= sentence[0] and last.weak and not last.parts and not last.whole
        if last and single and at - last.end < 40 and _AMOUNT.search(folded, last.end, at) is None:
            return last
        named = _NAMED.search(self.reading.text, max(sentence[0], at - 50), at)
        if named is None or (last and last.end > named.start(1)):
            return None
        return Phrase(named.start(1), named.end(1), None)

    def _member(self, found: Phrase, at: int) -> Phrase:
        """Of "A, B và C lần lượt đạt …" the one whose turn it is, else the whole list."""
        folded = self.reading.folded
        turn = _RESPECTIVELY.search(folded, found.end, at) if found.parts and found.end < at else None
        if turn is None:
            return found
        k = len(_AMOUNT.findall(folded, turn.end(), at))
        rest = len(_AMOUNT.findall(folded, turn.end(), min(at + 400, self.reading.sentence_at(at)[1])))
        return found.parts[k] if k < len(found.parts) and rest == len(found.parts) else found

    def period(self, at: int, end: int, sentence: tuple[int, int], change: bool) -> tuple[Phrase | None, bool]:
        """(period phrase of a figure at `[at, end)`, whether it is inherited); `change` lets "so với …" count at last."""
        found = self._pick(self.periods, self._period_starts, at, end, sentence)
        if found is not None and not found.weak:
            return found, False
        weak = found
        found = self._earlier(self.periods, self._period_starts, self.reading.line_at(at).start, sentence[0])
        if found is not None:
            return found, True
        if weak is not None:
            return weak, False
        k = bisect_right(self._longer_starts, at)
        if k:
            return self._longer[k - 1], True
        return (self.base(end, sentence[1]) if change else None), False

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
            if p.weak or not _PLAIN_DATE.fullmatch(value) or value <= day[: len(value)]:
                continue
            if (
                p.end <= at
                and (p.value or "")[:4] > day[:4]
                and ";" not in folded[p.end : at]
                and not reached.search(folded, p.end, at)
            ):
                return True  # a year to come
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
        return near if near and near.base else None
