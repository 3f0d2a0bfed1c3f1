"""What a number says: the phrase that governs it, in its own clause first, then to its left, then carried on from the figure before.

A sentence is cut into zones at commas, semicolons and brackets; each quantity has a left and a right zone. Evidence of taking
part (rows of `patterns/indicators.yaml`) is looked for in that order, and a number without evidence is no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

import regex

from extractor.fields.figures_programmes import Topic, find_programmes
from extractor.fields.figures_quantities import Quantity, find_quantities
from extractor.fields.figures_rows import (
    Cue,
    IndicatorRow,
    Lexicon,
    Programme,
    VetoRow,
    Words,
    cue_lexicon,
    fixed_trigger,
    group_lexicon,
    veto_lexicon,
)
from extractor.rules import Row, load_rows

_BREAK = regex.compile(r",(?!\d)|;|(?<!\d)\s[-–]\s|\(|\)")
_CONJUNCTION = regex.compile(r"(?<!\p{L})(?:và|còn|hoặc|trong đó|trong khi)(?!\p{L})")
_NEAR = 26  # characters between a cue and its programme: "tham gia đầy đủ các loại hình BHXH"
_OTHER = ("change", "plan", "stop")
_PERCENT = ("percent", "percentage_point")


class LinkRow(Row):
    """A row of `patterns/figure_links.yaml`."""

    kind: Literal["light", "level", "pace"]


@cache
def _link(kind: str) -> str:
    rows = [r for r in load_rows("figure_links.yaml", LinkRow) if r.kind == kind]
    return Lexicon(tuple(rows)).pattern.pattern


@cache
def _light() -> regex.Pattern[str]:
    return regex.compile(rf"(?:\s|[:,\-–()\"“”]|[\d./]+|{_link('light')}|{group_lexicon().pattern.pattern})*+")


@cache
def _level() -> regex.Pattern[str]:
    return regex.compile(rf"{_link('level')}(?:\s+(?:mức|con số))?\s*$")


@cache
def _pace() -> regex.Pattern[str]:
    return regex.compile(_link("pace"))


@cache
def _after_veto() -> regex.Pattern[str]:
    return regex.compile(
        r"\s*(?:[x×*=](?!\p{L})|(?:\([^()]{1,20}\)\s*)?(?:(?:của|trên|tổng|theo|so với|số|các|khoản|về|trong)\s+){0,3}"
        rf"{veto_lexicon('after').pattern.pattern})"
    )


@cache
def _plan_after() -> regex.Pattern[str]:
    rows = tuple(r for r in load_rows("indicators.yaml", IndicatorRow) if r.role == "plan")
    return regex.compile(rf"\s*(?:\()?(?:của\s+|so\s+với\s+|so\s+)?{Lexicon(rows).pattern.pattern}")


_POPULATION = regex.compile(
    r"\s*(?:(?:của|trên|tổng|số|so với|toàn)\s+){0,3}(?:dân số|dân|người dân|lực lượng lao động|lao động trong độ tuổi|lao động|lllđ|"
    r"số người|hộ|học sinh|sinh viên|hssv|nhân khẩu|người trong độ tuổi|đối tượng|người|trẻ|đơn vị|doanh nghiệp|đoàn viên|hội viên)"
    r"(?!\p{L})"
)
_ALIKE = regex.compile(
    r"\s*(?:tổng\s+)?(?:dân số|số dân|người dân|lực lượng lao động)?\s*,?\s*\(?(?:tương đương|tương ứng|tức|hay)(?:\s+(?:với|là|khoảng))*\s*"
)
_COMMON = regex.compile(r"(?<!\p{L})(?:tỷ|tỉ) lệ (?:bình quân|trung bình)?\s*chung(?!\p{L})[^,;()]*$")
_WITHIN = regex.compile(r"\s+(?:đang làm việc\s+)?(?:thuộc|tại|của|ở|trong)\s+")
_AFTER_JOIN = regex.compile(
    r"\s*(?:$|[.,;:()…]|(?:đạt|là|chiếm|còn|mới|chỉ|tăng|giảm|trên|tại|trong|năm|ở|so|với|được|có|cao|thấp|từ|đến|và|ước|gần|hơn|rất|khá|lên|đủ|đầy đủ)"
    r"(?!\p{L}))"
)
_NEAR_GAP = regex.compile(
    r"(?:\s|(?:thẻ|tấm thẻ|các|loại|loại hình|hình thức|chính sách|chế độ|đầy đủ|đủ|miễn phí|đóng|mua|gói|sổ|nhóm|diện|được|cho|cấp|đối tượng|tham gia|và)(?!\p{L}))*"
)
_OTHER_UNIT = regex.compile(r"\d\s*(?:triệu|nghìn|ngàn|tỷ|tỉ)?\s*(?:đồng|tỷ|tỉ|usd|lượt|đ)(?!\p{L})")
_REACH = regex.compile(r"(?<!\p{L})đạt(?!\p{L})")
_SHARE = regex.compile(r"(?<!\p{L})(?:chiếm|tương đương|bằng)(?!\p{L})[^,;()]*$")
_TAIL = regex.compile(r"\s*(?:$|[.,;()…]|(?:đối với|so với|vào|trong|ở|tại|năm|tính|theo|trở lên|như|thì|mà)(?!\p{L}))")
_YEARS = regex.compile(r"\d\s*(?:năm|tháng|ngày)(?!\p{L})")
_STILL = regex.compile(r"(?<!\p{L})(?:còn|có)(?!\p{L})")
_NEW_CLAUSE = regex.compile(
    r",\s*(?:đạt|tăng|giảm|trong đó|nhưng|có|là|chiếm|do|vì|để|đã|nên|và|song|nhiều|các|một số|qua đó|tuy nhiên|với|từ|hỗ trợ|người dân)(?!\p{L})"
)
_OF_MEMBERS = regex.compile(
    r"\s*(?:(?:trong|trên|của|tổng)\s+)*số (?:người|lao động|đối tượng|thẻ)(?: lao động)? (?:đang |đã )?tham gia(?!\p{L})"
)
_REMAINING = regex.compile(r"\s*(?:số dân|dân số|người dân|số người)\s+còn lại(?!\p{L})")
_ALREADY = regex.compile(r"(?<!\p{L})đã(?!\p{L})")
_COPULA_END = regex.compile(r"(?<!\p{L})(?:là|đạt|còn|lên|lên tới|lên đến|từ|với)\s*$")
_AMONG = regex.compile(r"(?<!\p{L})trong (?:số|đó)(?!\p{L})")
_COMPARED = regex.compile(r"\s*(?:so\s+(?:với\s+)?)?(?:cùng kỳ|năm trước|năm ngoái|tháng trước|so với năm)(?!\p{L})")
_DONE = regex.compile(r"(?<!\p{L})(?:hoàn thành|vượt|đạt)(?!\p{L})[^.;]{0,30}?(?:chỉ tiêu|kế hoạch)(?!\p{L})")
_OF_PLACES = regex.compile(
    r"\s*(?:(?:số|các|tổng số|số các)\s+)*(?:xã|phường|thị trấn|huyện|tỉnh|thôn|địa phương|trạm y tế|cơ sở|bệnh viện)(?!\p{L})"
)
_COPULA = regex.compile(r"(?<!\p{L})(?:là|đạt|chiếm|còn|ở mức|lên|bằng)(?!\p{L})")
_EMPLOYING = regex.compile(r"\s*,?\s*(?:với|có|sử dụng|gồm|tương ứng|và)\s+(?:tổng số\s+|hơn\s+)?")
_OF = regex.compile(r"\s+(?:của|sự)(?!\p{L})")
_NEW_AFTER = regex.compile(r"\s*mới(?=\s*(?:$|[,.;)]|và\s))")
_AIM = regex.compile(r"(?<!\p{L})(?:chỉ tiêu|mục tiêu|kế hoạch|nghị quyết)(?!\p{L})")
_COUNT_HEAD = regex.compile(r"(?<!\p{L})(?:(?:tỷ|tỉ) lệ|số|dân số|người dân|để|cho)(?!\p{L})")
_HEAD = regex.compile(r"(?<!\p{L})(?:tỷ|tỉ) lệ(?!\p{L})")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The meaning of one quantity: indicator, programmes, unit, the rule that gave it, and whether it was carried on."""

    quantity: Quantity
    indicator: str
    programmes: tuple[str, ...]
    unit: str
    rule: str
    target: bool = False
    reached: bool = False
    carried: bool = False
    predicate: tuple[int, int] | None = None
    confidence: float = 0.9


@dataclass(slots=True)
class Frames:
    """One sentence under analysis: quantities, programmes and cues with their offsets in the folded text."""

    folded: str
    masked: str
    start: int
    end: int
    topic: Topic
    quantities: list[Quantity] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    before: list[Cue] = field(default_factory=list)
    around: list[Cue] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    brackets: list[tuple[int, int]] = field(default_factory=list)
    dropped: list[tuple[Quantity, str, str]] = field(default_factory=list)


def _cues(lexicon: Lexicon, words: Words) -> list[Cue]:
    return [Cue(a, b, row) for a, b, row in lexicon.find(words) if isinstance(row, IndicatorRow | VetoRow)]


def analyse(folded: str, masked: str, start: int, end: int, topic: Topic) -> Frames | None:
    """The sentence's quantities and cues; None where it has no quantity."""
    quantities = find_quantities(folded, start, end)
    if not quantities:
        return None
    frames = Frames(folded, masked, start, end, topic, quantities, find_programmes(folded, start, end))
    if not (frames.programmes or topic.names or topic.weak or fixed_trigger().search(folded, start, end)):
        return None
    words = Words(folded, start, end)
    frames.cues = _cues(cue_lexicon(), words)
    frames.before = _cues(veto_lexicon("before"), words)
    frames.around = _cues(veto_lexicon("around"), words)
    closed = [(p.start, p.end) for p in frames.programmes]
    closed += [(a, b) for a, b, _ in group_lexicon().find(words)]
    frames.brackets = _plain_brackets(folded, start, end, quantities)
    closed += frames.brackets
    frames.breaks = [
        m.start() for m in _BREAK.finditer(folded, start, end) if not any(a <= m.start() < b for a, b in closed)
    ]
    return frames


def _plain_brackets(folded: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Bracketed stretches without a quantity ("bảo hiểm y tế (BHYT)"): their marks do not cut a clause."""
    out, at = [], folded.find("(", start, end)
    while at >= 0:
        close = folded.find(")", at, end)
        if close < 0:
            break
        if not any(at < q.start < close for q in quantities):
            out.append((at, close + 1))
        at = folded.find("(", at + 1, end)
    return out


class Judge:
    """Reads the quantities of one sentence from left to right; `last` is the figure that a bare number continues."""

    def __init__(self, frames: Frames, last: Judgement | None) -> None:
        self.f = frames
        self.last = last
        self.rate = False  # whether a share of the population stands earlier in this sentence
        self.here = False  # whether `last` stands in this sentence

    def run(self) -> list[Judgement]:
        """Readings of the quantities that are figures, in text order."""
        out: list[Judgement] = []
        for index, quantity in enumerate(self.f.quantities):
            reading = self._read(index, quantity)
            if reading is None:
                self.last = None
                continue
            out.append(reading)
            self.last, self.here = reading, True
            self.rate = self.rate or reading.indicator == "coverage_rate"
        return _distribute(out, self.f)

    def _money(self, q: Quantity) -> bool:
        return _after_veto().match(self.f.folded, q.end, self.f.end) is not None

    def _zones(self, index: int, q: Quantity) -> tuple[int, int, int]:
        """(start of the left zone, start of the stretch after the previous quantity, end of the right zone)."""
        f = self.f
        wide = f.quantities[index - 1].end if index else f.start
        limit = f.quantities[index + 1].start if index + 1 < len(f.quantities) else f.end
        left = max((b + 1 for b in f.breaks if wide <= b < q.start), default=wide)
        right = min((b for b in f.breaks if q.end <= b < limit), default=limit)
        if index and left == wide:
            split = list(_CONJUNCTION.finditer(f.folded, wide, q.start))
            left = split[-1].start() if split else wide
        if index + 1 < len(f.quantities) and right == limit:
            split = list(_CONJUNCTION.finditer(f.folded, q.end, limit))
            right = split[-1].start() if split else limit
        return left, wide, right

    def _drop(self, q: Quantity, rule: str, reason: str) -> None:
        self.f.dropped.append((q, rule, reason))

    def _read(self, index: int, q: Quantity) -> Judgement | None:
        f = self.f
        left, wide, right = self._zones(index, q)
        percent = q.unit in _PERCENT
        if percent and _OF_MEMBERS.match(f.folded, q.end, f.end) and self._change(q, left, wide) is None:
            self._drop(q, "of-members", "a share of those who take part, not of a population")
            return None
        if percent and self._money(q):
            self._drop(q, "base-of-payment", "a share of money, not of people")
            return None
        if (
            percent
            and self.last
            and self.here
            and self.last.indicator == "coverage_rate"
            and _REMAINING.match(f.folded, q.end, f.end)
        ):
            return Judgement(q, "non_participants", self.last.programmes, q.unit, "remaining", carried=True)
        first = self._right(q, right)
        bare = [c for c in f.around if q.end <= c.start < right and not any(a <= c.start < b for a, b in f.brackets)]
        veto = bare[0] if bare else None
        if veto and not percent and (first is None or veto.start < first[0].start):
            self._drop(q, veto.row.id, "the counted do something else than take part")
            return None
        change = self._change(q, left, wide)
        if change is not None:
            return self._as_change(q, change, left, wide, right)
        if percent and _plan_after().match(f.folded, q.end, f.end):
            return self._as_plan(q, left, wide)
        paid = self._adjacent(f.before, left, q)
        if paid and percent and not _POPULATION.match(f.folded, q.end, f.end) and not self._linked(paid):
            self._drop(q, paid.row.id, "a rate of payment")
            return None
        if q.unit == "card" and (card := self._card(q, left, right)) is not None:
            return card
        if first is not None and percent and _COPULA.search(f.folded, left, q.start):
            stated = None if self._blocked(q, left) else self._left(q, left)
            if stated and isinstance(stated[0].row, IndicatorRow) and stated[0].row.role == "lack":
                return self._figure(q, *stated)
        if first is not None:
            return self._from_right(q, first, left)
        ahead = self._ahead(index, q) or self._rest(index, q, left)
        if ahead is not None:
            return ahead
        blocked = self._blocked(q, left)
        found = None if blocked else self._left(q, left)
        if found is not None:
            return self._figure(q, *found)
        if percent and self.last and self._aimed(q, wide):
            return Judgement(
                q, self._level_indicator(), self.last.programmes, q.unit, "aim-of-rate", target=True, carried=True
            )
        if not blocked:
            label = self._label(q, left)
            if label is not None:
                return label
            if left > wide and (found := self._subject(q, left, wide, right)) is not None:
                return self._figure(q, *found)
            carried = self._carry(q, left, right)
            if carried is not None:
                return carried
        if percent and not blocked and (names := self._done(q, left)):
            return Judgement(q, "plan_rate", names, q.unit, "plan-done", carried=True, confidence=0.8)
        if f.programmes or self.last:
            self._drop(q, blocked or "no-evidence", "no phrase of taking part governs the number")
        return None

    # evidence -----------------------------------------------------------------------------------------------------

    def _adjacent(self, cues: Sequence[Cue], left: int, q: Quantity) -> Cue | None:
        """The cue that stands right before the number, but for light words."""
        near = [c for c in cues if left <= c.start and c.end <= q.start]
        return near[-1] if near and _light().fullmatch(self.f.masked, near[-1].end, q.start) else None

    def _linked(self, veto: Cue) -> bool:
        """Whether a veto lies inside a linked cue of taking part ("hỗ trợ mua thẻ BHYT")."""
        return any(
            c.start <= veto.start
            and veto.end <= c.end
            and isinstance(c.row, IndicatorRow)
            and c.row.role == "join"
            and self._link(c)
            for c in self.f.cues
        )

    def _from_right(self, q: Quantity, found: tuple[Cue, tuple[str, ...]], left: int) -> Judgement | None:
        """Evidence behind the number; "phát triển mới" before it says what kind of participants."""
        f, row = self.f, found[0].row
        assert isinstance(row, IndicatorRow)
        if row.role == "join" and row.link == "topic" and q.unit not in _PERCENT and not self._programme_near(found[0]):
            event = _event().search(f.folded, left, q.start)
            if event:
                self._drop(q, "event", "people who came to an event")
                return None
        judged = self._figure(q, *found)
        if _ALREADY.search(f.folded, q.end, found[0].start + 1):
            judged = replace(judged, reached=True)
        if judged.indicator == "participants":
            kinds = [c for c in f.cues if isinstance(c.row, IndicatorRow) and c.row.role in ("new", "renew")]
            kind = self._adjacent(kinds, left, q)
            before = f.folded[left : q.start].strip(" ,và")
            if kind is not None and isinstance(kind.row, IndicatorRow):
                judged = replace(judged, indicator=kind.row.count, rule=kind.row.id)
            elif (
                not before and self.here and self.last and self.last.rule in ("new", "renewed") and self.last.predicate
            ):
                if self.last.predicate[0] > self.last.quantity.start and self.last.indicator != "participants":
                    judged = replace(judged, indicator=self.last.indicator, rule=self.last.rule)
        return judged

    def _ahead(self, index: int, q: Quantity) -> Judgement | None:
        """Evidence behind the next number: "11% dân số, tương đương 10 triệu người chưa tham gia"."""
        f = self.f
        if index + 1 >= len(f.quantities):
            return None
        following = f.quantities[index + 1]
        percent = q.unit in _PERCENT
        alike = _ALIKE.fullmatch(f.folded, q.end, following.start)
        units = (q.unit, following.unit)
        within = (units == ("person", "organisation") and _WITHIN.fullmatch(f.folded, q.end, following.start)) or (
            units == ("organisation", "person") and _EMPLOYING.fullmatch(f.folded, q.end, following.start)
        )
        gap = f.folded[q.end : following.start]
        both = (
            percent
            and following.unit == q.unit
            and " và " in gap
            and _light().fullmatch(f.masked, q.end, following.start)
        )
        common = (
            percent
            and following.unit == q.unit
            and len(gap) < 60
            and _COMMON.search(f.folded, max(f.start, q.start - 60), q.start)
        )
        if not (alike or within or both or common) or self._blocked(q, self._zones(index, q)[0]):
            return None
        found = self._right(following, self._zones(index + 1, following)[2])
        return self._figure(q, *found) if found else None

    def _done(self, q: Quantity, left: int) -> tuple[str, ...] | None:
        """Programmes of a plan share in brackets: "đã hoàn thành chỉ tiêu giao là huyện A (100,1%)"."""
        f = self.f
        if f.folded[left - 1 : left] != "(" or not _light().fullmatch(f.masked, left, q.start):
            return None
        if not _DONE.search(f.folded, f.start, q.start) or any(c.end <= q.start for c in f.before):
            return None
        strong = [p for p in f.programmes if p.end <= q.start and not p.weak]
        return (strong[-1].names if strong else f.topic.names) or None

    def _rest(self, index: int, q: Quantity, left: int) -> Judgement | None:
        """Evidence behind a list: "vẫn còn 40 triệu người là nông dân, ngư dân … nhưng chưa tham gia BHXH"."""
        f = self.f
        if q.unit in _PERCENT or not _STILL.search(f.folded, left, q.start):
            return None
        limit = f.quantities[index + 1].start if index + 1 < len(f.quantities) else f.end
        for cue in f.cues:
            if not q.end <= cue.start < limit or not isinstance(cue.row, IndicatorRow) or cue.row.role in _OTHER:
                continue
            near = self._programme_near(cue)
            between = f.folded[q.end : cue.start]
            if ";" in between:
                return None
            if cue.row.role != "lack" and (not near or near.weak or len(between) > 60 or _NEW_CLAUSE.search(between)):
                continue
            names = self._link(cue)
            return self._figure(q, cue, names) if names else None
        return None

    def _card(self, q: Quantity, left: int, right: int) -> Judgement | None:
        """Cards and books count their holders: "1.583 thẻ BHYT", "trao tặng thẻ BHYT … 3.990 thẻ"."""
        f = self.f
        if _card_veto().search(f.folded, f.start, f.end) or any(
            q.start - 80 < c.start < right and c.row.id == "other-activity" for c in f.around
        ):
            return None
        lacking = [
            c
            for c in f.cues
            if isinstance(c.row, IndicatorRow) and c.row.role in ("lack", "renew") and left <= c.start < right
        ]
        if lacking:
            return None
        own = next((p for p in f.programmes if q.end <= p.start <= q.end + 12), None)
        earlier = [p for p in f.programmes if p.end <= q.start and not p.weak]
        held = any(isinstance(c.row, IndicatorRow) and c.row.id == "hold" and c.end <= q.start for c in f.cues)
        names = own.names if own else earlier[-1].names if earlier and held else None
        return Judgement(q, "participants", names, q.unit, "card") if names else None

    def _programme_near(self, cue: Cue) -> Programme | None:
        f = self.f
        near = next(
            (p for p in f.programmes if cue.end <= p.start <= cue.end + _NEAR and self._open(cue.end, p.start)), None
        )
        strict = isinstance(cue.row, IndicatorRow) and cue.row.link == "near" and cue.row.role != "cover"
        return None if near and strict and not _NEAR_GAP.fullmatch(f.folded, cue.end, near.start) else near

    def _open(self, a: int, b: int) -> bool:
        return not any(a <= x < b for x in self.f.breaks) and not any(a <= q.start < b for q in self.f.quantities)

    def _link(self, cue: Cue) -> tuple[str, ...] | None:
        """Programmes of a cue, or None where it is not about a programme ("tham gia hội thi")."""
        row = cue.row
        assert isinstance(row, IndicatorRow)
        if row.link == "fixed":
            return (row.programme or "",)
        near = self._programme_near(cue)
        if near is not None and (not near.weak or row.only):
            return near.names if not row.only or set(near.names) <= set(row.only) else None
        if row.link == "near":
            return None
        if row.id == "participate" and (
            _OF.match(self.f.folded, cue.end, self.f.end) or not _AFTER_JOIN.match(self.f.folded, cue.end, self.f.end)
        ):
            return None
        earlier = [p for p in self.f.programmes if p.end <= cue.end and not p.weak]
        if earlier:
            return earlier[-1].names
        return self.f.topic.names or (self.f.topic.weak if row.role == "cover" else None) or None

    def _right(self, q: Quantity, right: int) -> tuple[Cue, tuple[str, ...]] | None:
        for cue in self.f.cues:
            row = cue.row
            if cue.start < q.end or cue.start >= right or not isinstance(row, IndicatorRow):
                continue
            if row.role in _OTHER or (q.unit in _PERCENT and self._paid_between(q, cue)):
                return None
            if row.link != "fixed" and q.unit in _PERCENT and _OF_PLACES.match(self.f.folded, q.end, self.f.end):
                return None
            names = self._link(cue)
            if names and (row.percent if q.unit in _PERCENT else row.count) != "none":
                return cue, names
        return None

    def _paid_between(self, q: Quantity, cue: Cue) -> bool:
        """Whether money or time stands between a share and a predicate: "2% trên quỹ lương của người tham gia"."""
        f = self.f
        if veto_lexicon("after").pattern.search(f.folded, q.end, cue.start):
            return True
        return _YEARS.search(f.folded, q.end, cue.start) is not None

    def _left(self, q: Quantity, left: int) -> tuple[Cue, tuple[str, ...]] | None:
        found = None
        for cue in self.f.cues:
            row = cue.row
            if not isinstance(row, IndicatorRow) or row.role in _OTHER or cue.end > q.start:
                continue
            if (cue.end - 1 if row.id == "subsidised" else cue.start) < left:  # its own share ends the zone
                continue
            names = self._link(cue)
            if (row.percent if q.unit in _PERCENT else row.count) == "none":
                continue
            if names and self._governs(cue, q):
                found = cue, names
        return found

    def _governs(self, cue: Cue, q: Quantity) -> bool:
        """Whether a cue to the left of a count may govern it: "số người tham gia là", not "vận động tham gia cho"."""
        row = cue.row
        assert isinstance(row, IndicatorRow)
        if q.unit in _PERCENT:
            if row.id == "pay":
                return False
            return (
                row.link != "near"
                or row.role != "join"
                or _HEAD.search(self.f.folded, self.f.start, cue.start) is not None
            )
        if row.role in ("renew", "cover") or row.id in ("subsidised", "card-given"):
            return True
        if row.role == "new":
            return bool(self.last or any(not p.weak for p in self.f.programmes)) and (
                self.f.folded[cue.start : cue.end] != "phát triển" or self._adjacent([cue], cue.start, q) is not None
            )
        near = self._programme_near(cue)
        after = near.end if near else cue.end
        gap = self.f.folded[after : q.start]
        if gap.rstrip().endswith(" cho") or gap.strip() == "cho":
            return row.id not in ("participate", "coverage", "pay")
        if _light().fullmatch(self.f.masked, after, q.start):
            return True
        head = _COUNT_HEAD.search(self.f.folded, self.f.start, cue.start)
        return bool(head) and len(gap) < 80 and _COPULA_END.search(gap) is not None

    def _bare(self, q: Quantity, left: int, right: int) -> bool:
        """Whether only light words stand around a share: it says nothing of its own."""
        f = self.f
        if not _light().fullmatch(f.masked, left, q.start):
            return False
        tail = _POPULATION.match(f.folded, q.end, f.end) or _TAIL.match(f.folded, q.end, f.end)
        return bool(tail or _light().fullmatch(f.masked, q.end, right))

    def _subject(self, q: Quantity, left: int, wide: int, right: int) -> tuple[Cue, tuple[str, ...]] | None:
        found = self._left(q, wide)
        if found is None or self._blocked(q, found[0].end):
            return None
        if q.unit in _PERCENT:
            if not self._bare(q, left, right):
                return None
            heads = list(_HEAD.finditer(self.f.masked, found[0].end, q.start))
            return None if heads and not _light().fullmatch(self.f.masked, heads[-1].end(), q.start) else found
        head = regex.search(r"(?<!\p{L})(?:số|tổng số|lượng)(?!\p{L})", self.f.folded, pos=wide, endpos=found[0].start)
        return found if head or (isinstance(found[0].row, IndicatorRow) and found[0].row.role == "new") else None

    def _blocked(self, q: Quantity, left: int) -> str | None:
        """Id of a veto between the last evidence on the left and the number, or None."""
        f = self.f
        linked = [
            c
            for c in f.cues
            if left <= c.start and c.end <= q.start and isinstance(c.row, IndicatorRow)
            and c.row.role not in _OTHER and c.row.id != "pay" and self._link(c)
        ]  # fmt: skip
        other = list(_OTHER_UNIT.finditer(f.folded, left, q.start))
        if other and not any(c.start >= other[-1].end() for c in linked):
            return "other-unit"
        outer = [c for c in f.before if left <= c.start and c.end <= q.start]
        outer = [c for c in outer if not any(a <= c.start < b for a, b in f.brackets)]
        if not outer or self._linked(outer[-1]):
            return None
        last = outer[-1]
        # A veto before the evidence still governs ("mức hưởng của người tham gia BHXH là 75%") unless a new head follows it.
        freed = any(
            c.start > last.start
            and (
                q.unit not in _PERCENT
                or getattr(c.row, "role", "") == "cover"
                or _COUNT_HEAD.search(f.folded, last.end, c.start)
                or any(last.end <= b < c.start for b in f.breaks)
            )
            for c in linked
        )
        return None if freed else last.row.id

    # readings -----------------------------------------------------------------------------------------------------

    def _figure(self, q: Quantity, cue: Cue, names: tuple[str, ...]) -> Judgement:
        row = cue.row
        assert isinstance(row, IndicatorRow)
        indicator = row.percent if q.unit in _PERCENT else row.count
        near = self._programme_near(cue)
        after = near.end if near else cue.end
        if indicator == "participants" and _NEW_AFTER.match(self.f.folded, after, self.f.end):
            indicator = "new_participants"
        return Judgement(q, indicator, names, q.unit, row.id, predicate=(cue.start, after))

    def _change(self, q: Quantity, left: int, wide: int) -> Cue | None:
        f = self.f
        if q.unit in _PERCENT and self._paced(q):
            return Cue(q.start, q.start, _rise())
        verbs = [
            c
            for c in f.cues
            if left <= c.start and c.end <= q.start and isinstance(c.row, IndicatorRow) and c.row.role == "change"
        ]
        if not verbs:
            return None
        verb = verbs[-1]
        if verb.end < q.start and _level().search(f.folded, verb.end, q.start):
            return None
        gap = _light().fullmatch(f.masked, verb.end, q.start) or regex.fullmatch(
            r"\s+(?:so với|chỉ tiêu|kế hoạch|mục tiêu|nghị quyết)[^,;()]{0,40}", f.folded, pos=verb.end, endpos=q.start
        )
        return verb if gap else None

    def _paced(self, q: Quantity) -> bool:
        """Whether the number is a pace: "tốc độ tăng tỷ lệ bao phủ giảm từ 8,3% xuống 2,8%"."""
        f = self.f
        pace = _pace().search(f.folded, f.start, q.start)
        if pace is None or ";" in f.folded[pace.end() : q.start]:
            return False
        return any(
            pace.start() <= c.start <= pace.end() + 30 and c.row.id != "rise-or-fall" and self._link(c)
            for c in f.cues
            if isinstance(c.row, IndicatorRow) and c.row.role in ("join", "cover", "new")
        )

    def _base(self, q: Quantity, wide: int) -> tuple[tuple[str, ...], bool] | None:
        """(programmes, whether the base is a share) of a change or plan share, or None where it is not about taking part."""
        f = self.f
        found = self._left(q, wide)
        own = [p for p in f.programmes if wide <= p.start and p.end <= q.start and not p.weak]
        if self._blocked(q, wide):
            return None
        if found is not None:
            role = found[0].row.role if isinstance(found[0].row, IndicatorRow) else ""
            share = role == "cover" or bool(_HEAD.search(f.folded, wide, found[0].start))
            return found[1], share
        if self.last is not None and (self.here or _light().fullmatch(f.masked, f.start, q.start)):
            names = own[-1].names if own else self.last.programmes
            return names, _is_share(self.last)
        return None

    def _as_change(self, q: Quantity, verb: Cue, left: int, wide: int, right: int) -> Judgement | None:
        base = self._base(q, wide)
        if base is None:
            after = self._right(q, right)
            if after is None or self._blocked(q, wide):
                self._drop(q, "rise-or-fall", "a change of something else")
                return None
            base = after[1], False
        names, share = base
        paced = self._paced(q)
        unit = "percentage_point" if q.unit == "percent" and share and not paced else q.unit
        return Judgement(q, "change", names, unit, verb.row.id, carried=not self.here, predicate=(verb.start, verb.end))

    def _as_plan(self, q: Quantity, left: int, wide: int) -> Judgement | None:
        base = self._base(q, wide)
        if base is None:
            self._drop(q, "plan-share", "a plan for something else")
            return None
        return Judgement(q, "plan_rate", base[0], q.unit, "plan-share", carried=not self.here)

    def _level_indicator(self) -> str:
        return "coverage_rate"

    def _aimed(self, q: Quantity, wide: int) -> bool:
        aims = list(_AIM.finditer(self.f.folded, wide, q.start))
        return (
            bool(aims)
            and "," not in self.f.folded[aims[-1].end() : q.start]
            and self.last is not None
            and self.last.unit in _PERCENT
            and self.here
        )

    def _label(self, q: Quantity, left: int) -> Judgement | None:
        """A programme right before the number: "BHXH tự nguyện: 7.299 người" where the sentence counts participants."""
        f = self.f
        own = [p for p in f.programmes if left <= p.start and p.end <= q.start and not p.weak]
        if not own or not _light().fullmatch(f.masked, own[-1].end, q.start):
            return None
        paid = q.unit in _PERCENT and any(c.end <= q.start for c in f.before)
        joined = not paid and any(
            isinstance(c.row, IndicatorRow)
            and c.row.role in ("join", "cover")
            and c.end <= own[-1].start
            and c.row.link == "topic"
            for c in f.cues
        )
        opens = _light().fullmatch(f.masked, left, own[-1].start) and _REACH.search(f.folded, own[-1].end, q.start)
        opens = opens and q.unit in _PERCENT and not _plan_after().match(f.folded, q.end, f.end) and q.value <= 100
        joined = bool(joined or opens or (f.topic.listed and not paid))
        if self.last is None and not joined:
            return None
        if q.unit in _PERCENT and not (joined or (self.last and self.last.unit in _PERCENT)):
            return None
        indicator = "coverage_rate" if q.unit in _PERCENT else "participants"
        return Judgement(q, indicator, own[-1].names, q.unit, "label", carried=True, confidence=0.8)

    def _carry(self, q: Quantity, left: int, right: int) -> Judgement | None:
        last, f = self.last, self.f
        if last is None or not (self.here or _light().match(f.masked, f.start, q.start)):
            return None
        if not _light().fullmatch(f.masked, left, q.start):
            return None
        if not self.here and not _light().fullmatch(f.masked, f.start, q.start):
            return None
        percent = q.unit in _PERCENT
        if percent and (_COMPARED.match(f.folded, q.end, f.end) or q.value > 100):
            return None
        if percent and last.unit not in _PERCENT:
            rate = _HEAD.search(f.folded, left, q.start) or _REACH.search(f.folded, left, q.start)
            whole = last.indicator in ("participants", "non_participants") and _SHARE.search(f.folded, left, q.start)
            whole = whole and not _AMONG.search(f.folded, f.start, last.quantity.start)
            series = self.rate and _level().search(f.folded, left, q.start)
            if not (_POPULATION.match(f.folded, q.end, f.end) or rate or whole or series):
                return None
            kind = "non_participants" if last.indicator == "non_participants" else "coverage_rate"
            return Judgement(q, kind, last.programmes, q.unit, "share-of-count", carried=True, confidence=0.8)
        if percent:
            population = _POPULATION.match(f.folded, q.end, f.end)
            if not self._bare(q, left, right):
                return None
            kind = (
                last.indicator
                if last.indicator in ("coverage_rate", "non_participants", "plan_rate")
                else "coverage_rate"
            )
            kind = "coverage_rate" if kind == "plan_rate" and population else kind
            return Judgement(q, kind, last.programmes, q.unit, "carried", carried=True, confidence=0.7)
        if not self._bare(q, left, right):
            return None
        kind = last.indicator if last.unit not in _PERCENT and last.indicator != "change" else "participants"
        return Judgement(q, kind, last.programmes, q.unit, "carried", carried=True, confidence=0.7)


def _is_share(reading: Judgement) -> bool:
    """Whether a change that follows this figure is a difference of shares (ruling 17 of the guidelines)."""
    if reading.indicator == "change":
        return reading.unit == "percentage_point"
    return reading.unit in _PERCENT and reading.indicator != "plan_rate"


def _distribute(found: list[Judgement], f: Frames) -> list[Judgement]:
    """ "BHXH, BHTN lần lượt đạt 45%, 35%": one programme a number."""
    out = list(found)
    for i, first in enumerate(found):
        n = len(first.programmes)
        group = found[i : i + n]
        if n < 2 or len(group) < n or any(g.programmes != first.programmes for g in group):
            continue
        if "lần lượt" in f.folded[max(f.start, first.quantity.start - 30) : first.quantity.start]:
            for k, judged in enumerate(group):
                out[i + k] = replace(judged, programmes=(first.programmes[k],))
    return out


@cache
def _event() -> regex.Pattern[str]:
    return regex.compile(veto_lexicon("event").pattern.pattern)


@cache
def _card_veto() -> regex.Pattern[str]:
    return regex.compile(veto_lexicon("card").pattern.pattern)


@cache
def _rise() -> IndicatorRow:
    return next(r for r in load_rows("indicators.yaml", IndicatorRow) if r.role == "change")
