"""Evidence of taking part around a number: in its own clause behind it, then before it, then further to the left.

A sentence is cut into zones at commas, semicolons and brackets; each quantity has a left and a right zone. A cue counts only
when it is linked to a programme, and a veto that stands nearer to the number than the cue takes it away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow, Programme, veto_lexicon
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.sentence import OTHER, PERCENT, Sentence
from extractor.fields.figures.words import pattern, words_of

NEAR = 26  # characters between a cue and its programme: "tham gia đầy đủ các loại hình BHXH"
Found = tuple[Cue, tuple[str, ...]]  # a cue and the programmes it is linked to


@dataclass(frozen=True, slots=True)
class Evidence:
    """Looks for evidence around the quantities of one sentence; `told` says whether a figure stands before."""

    f: Sentence
    told: bool = False

    def indicators(self) -> Iterator[tuple[Cue, IndicatorRow]]:
        """The cues of indicators with their rows, in text order."""
        return ((cue, cue.row) for cue in self.f.cues if isinstance(cue.row, IndicatorRow))

    def adjacent(self, cues: Sequence[Cue], left: int, q: Quantity) -> Cue | None:
        """The cue that stands right before the number, but for light words."""
        near = [c for c in cues if left <= c.start and c.end <= q.start]
        return near[-1] if near and say.light().fullmatch(self.f.masked, near[-1].end, q.start) else None

    def linked(self, veto: Cue) -> bool:
        """Whether a veto lies inside a linked cue of taking part ("hỗ trợ mua thẻ BHYT")."""
        holding = (
            c for c, row in self.indicators() if row.role == "join" and c.start <= veto.start and veto.end <= c.end
        )
        return any(self.link(c) for c in holding)

    def programme_near(self, cue: Cue) -> Programme | None:
        f = self.f
        near = next(
            (p for p in f.programmes if cue.end <= p.start <= cue.end + NEAR and self.open(cue.end, p.start)), None
        )
        strict = isinstance(cue.row, IndicatorRow) and cue.row.link == "near" and cue.row.role != "cover"
        return None if near and strict and not say.phrase("near-gap").fullmatch(f.folded, cue.end, near.start) else near

    def open(self, a: int, b: int) -> bool:
        breaks, quantities = self.f.breaks, self.f.quantities
        cut, number = bisect_left(breaks, a), bisect_left(quantities, a, key=lambda q: q.start)
        return not (cut < len(breaks) and breaks[cut] < b) and not (
            number < len(quantities) and quantities[number].start < b
        )

    def link(self, cue: Cue) -> tuple[str, ...] | None:
        """Programmes of a cue, or None where it is not about a programme ("tham gia hội thi")."""
        row = cue.row
        assert isinstance(row, IndicatorRow)
        if row.link == "fixed":
            return self._fixed(cue, row)
        names = self._linked_to(cue, row)
        if names and row.only and row.link == "topic":  # only health insurance gives cards, whatever the talk is of
            return tuple(n for n in names if n in row.only) or row.only
        return names

    def _fixed(self, cue: Cue, row: IndicatorRow) -> tuple[str, ...] | None:
        """The programme of a row of its own; None where the cue is of what the row does not count."""
        return None if row.not_of and self._is_of(row.not_of, cue) else (row.programme or "",)

    def _is_of(self, kind: str, cue: Cue) -> bool:
        """Whether a cue tells of what words of a kind name, not of people: the nearer in the sentence, else the last before."""
        f = self.f
        kinds = {kind: True, "people-named": False}
        found = [(m, of) for name, of in kinds.items() for m in pattern(name).finditer(f.folded, f.start, f.end)]
        if found:
            return min(found, key=lambda x: max(x[0].start() - cue.end, cue.start - x[0].end()))[1]
        line = f.folded.rfind("\n", 0, f.start) + 1
        before = [
            (m.start(), of) for name, of in kinds.items() for m in pattern(name).finditer(f.folded, line, f.start)
        ]
        return max(before, default=(0, False))[1]

    def _linked_to(self, cue: Cue, row: IndicatorRow) -> tuple[str, ...] | None:
        """Programmes right behind a cue, else those that the sentence or the talk before is about."""
        near = self.programme_near(cue)
        if near is not None and (not near.weak or row.only):
            return near.names if not row.only or set(near.names) <= set(row.only) else None
        if row.link == "near" or (row.takes_object and self._has_object(cue)):
            return None
        return self._talked_of(cue, row)

    def _talked_of(self, cue: Cue, row: IndicatorRow) -> tuple[str, ...] | None:
        """Programmes named before a cue, else those of the talk before; of new members also those named behind."""
        strong, topic = self.f.strong, self.f.topic
        earlier = [p for p in strong if p.end <= cue.end]
        if earlier:
            return earlier[-1].names
        if strong and row.role == "new":  # "phát triển 90 đơn vị mới, nâng tỷ lệ tham gia BHXH lên …"
            return strong[0].names
        return topic.names or (topic.weak if row.role == "cover" else None) or None

    def _has_object(self, cue: Cue) -> bool:
        """Whether something that is no programme follows a verb: "tham gia hội thi", "tham gia của người dân"."""
        return not say.phrase("after-join").match(self.f.folded, cue.end, self.f.end)

    def right(self, q: Quantity, right: int) -> Found | None:
        """The first linked cue between the number and `right`, unless a cue of something else or a payment comes first."""
        for cue, row in self.indicators():
            if not q.end <= cue.start < right or row.only_before:
                continue
            if row.role in OTHER or (q.unit in PERCENT and self._share_of_else(q, cue, row)):
                return None
            names = self.link(cue)
            if names and _indicator(row, q) != "none":
                return cue, names
        return None

    def _share_of_else(self, q: Quantity, cue: Cue, row: IndicatorRow) -> bool:
        """Whether a share before a cue is one of money, of time or of places."""
        if self.paid_between(q, cue):
            return True
        return row.link != "fixed" and say.phrase("of-places").match(self.f.folded, q.end, self.f.end) is not None

    def enumerated(self, q: Quantity, limit: int) -> Found | None:
        """The cue that ends a list of what a share of people have: "100% số hộ có điện, có ti vi, được dùng nước sạch"."""
        if q.unit not in PERCENT or not say.phrase("population").match(self.f.folded, q.end, self.f.end):
            return None
        for cue, row in self.indicators():
            if not q.end <= cue.start < limit or row.percent == "none":
                continue
            if row.link == "fixed" and row.role == "join" and self._ends_list(q, cue):
                return cue, (row.programme or "",)
        return None

    def _ends_list(self, q: Quantity, cue: Cue) -> bool:
        """Whether a cue stands right behind a comma of the number's clause."""
        f = self.f
        comma = max((b for b in f.breaks if q.end <= b < cue.start), default=None)
        if comma is None or ";" in f.folded[q.end : cue.start]:
            return False
        return say.light().fullmatch(f.masked, comma + 1, cue.start) is not None

    def lacking(self, found: Found, right: int) -> Found:
        """The word for not taking part behind the evidence, if one follows in the clause: "được hỗ trợ … chưa được cấp thẻ"."""
        for cue, row in self.indicators():
            if found[0].end <= cue.start < right and row.role == "lack":
                names = self.link(cue)
                if names:
                    return cue, names
        return found

    def paid_between(self, q: Quantity, cue: Cue) -> bool:
        """Whether money or time stands between a share and a predicate: "2% trên quỹ lương của người tham gia"."""
        f = self.f
        if veto_lexicon("after").pattern.search(f.folded, q.end, cue.start):
            return True
        return say.phrase("years").search(f.folded, q.end, cue.start) is not None

    def left(self, q: Quantity, left: int) -> Found | None:
        """The last linked cue between `left` and the number that may govern it."""
        found = None
        for cue, row in self.indicators():
            if row.role in OTHER or cue.end > q.start:
                continue
            if (cue.end - 1 if row.governs_count else cue.start) < left:  # its own share ends the zone
                continue
            names = self.link(cue)
            if names and _indicator(row, q) != "none" and self.governs(cue, q):
                found = cue, names
        return found

    def _turns(self, start: int, end: int) -> bool:
        """Whether another rate is opened in a clause between: "… đạt chuẩn nông thôn mới; tỷ lệ hộ nghèo còn 2,4%"."""
        cut = next((b for b in self.f.breaks if start <= b < end), end)
        return say.phrase("rate-opens").search(self.f.folded, cut, end) is not None

    def governs(self, cue: Cue, q: Quantity) -> bool:
        """Whether a cue to the left of a number may govern it: "số người tham gia là", not "vận động tham gia cho"."""
        row = cue.row
        assert isinstance(row, IndicatorRow)
        if q.unit in PERCENT:
            return self._governs_share(cue, row, q)
        if row.role in ("renew", "cover") or row.governs_count:
            return True
        return self._governs_new(cue, q) if row.role == "new" else self._governs_count(cue, row, q)

    def _governs_share(self, cue: Cue, row: IndicatorRow, q: Quantity) -> bool:
        """A share: a predicate needs a word for a rate before it, and no other rate may be opened between."""
        if row.payment or (row.link == "fixed" and self._turns(cue.end, q.start)):
            return False
        if row.link != "near" or row.role != "join":
            return True
        return say.phrase("head").search(self.f.folded, self.f.start, cue.start) is not None

    def _governs_new(self, cue: Cue, q: Quantity) -> bool:
        """A count of new members of a programme: "phát triển" only right before it, "kết nạp" not where none is named."""
        f = self.f
        if self._joins_association(cue, q):
            return False
        if not self.told and not f.strong:
            return False
        if say.phrase("develops").fullmatch(f.folded, cue.start, cue.end) is None:
            return True
        return self.adjacent([cue], cue.start, q) is not None

    def _joins_association(self, cue: Cue, q: Quantity) -> bool:
        """Whether the new ones are members of an association, no programme named with them: "Hội … kết nạp mới 42 người"."""
        f = self.f
        end = next((b for b in f.breaks if b >= q.end), f.end)
        if any(cue.start <= p.start < end for p in f.programmes):
            return False
        if q.noun in words_of("member-noun"):
            return True
        if not say.phrase("admits").match(f.folded, cue.start):
            return False
        start = max((b for b in f.breaks if b < cue.start), default=f.start)
        return not f.programmes or pattern("association").search(f.folded, start, cue.start) is not None

    def _governs_count(self, cue: Cue, row: IndicatorRow, q: Quantity) -> bool:
        """A count behind a predicate: right behind it, behind "cho" where it may be done for others, or behind a copula."""
        f = self.f
        near = self.programme_near(cue)
        after = near.end if near else cue.end
        gap = f.folded[after : q.start]
        if say.phrase("for-others").search(gap):
            return not row.own_act or say.phrase("only").search(f.folded, f.start, cue.start) is not None
        if say.light().fullmatch(f.masked, after, q.start):
            return True
        if len(gap) >= 80 or not say.phrase("count-head").search(f.folded, f.start, cue.start):
            return False
        return say.phrase("copula-end").search(gap) is not None

    def bare(self, q: Quantity, left: int, right: int) -> bool:
        """Whether only light words stand around a share: it says nothing of its own."""
        f = self.f
        if not say.light().fullmatch(f.masked, left, q.start):
            return False
        whole = say.phrase("population").match(f.folded, q.end, f.end)
        ends = [q.end, whole.end()] if whole else [q.end]  # "100% học sinh được khám sức khỏe" says something else
        return any(
            say.phrase("tail").match(f.folded, at, f.end) or say.light().fullmatch(f.masked, at, right) for at in ends
        )

    def subject(self, q: Quantity, left: int, wide: int, right: int) -> Found | None:
        found = self.left(q, wide)
        if found is None or self.blocked(q, found[0].end):
            return None
        if getattr(found[0].row, "role", "") == "lack" and ";" in self.f.folded[found[0].end : q.start]:
            return None
        governed = self._share_of(found[0], q, left, right) if q.unit in PERCENT else self._count_of(found[0], wide)
        return found if governed else None

    def _share_of(self, cue: Cue, q: Quantity, left: int, right: int) -> bool:
        """Whether a bare share is one of a subject before it, with no other rate between."""
        if not self.bare(q, left, right):
            return False
        heads = list(say.phrase("head").finditer(self.f.masked, cue.end, q.start))
        return not heads or say.light().fullmatch(self.f.masked, heads[-1].end(), q.start) is not None

    def _count_of(self, cue: Cue, wide: int) -> bool:
        """Whether a subject before a count is one of a number: "số người tham gia …", "phát triển mới …"."""
        if say.phrase("number-of").search(self.f.folded, wide, cue.start):
            return True
        return isinstance(cue.row, IndicatorRow) and cue.row.role == "new"

    def blocked(self, q: Quantity, left: int) -> str | None:
        """Id of a veto between the last evidence on the left and the number, or None."""
        linked = self._taking_part(left, q.start)
        other = list(say.phrase("other-unit").finditer(self.f.folded, left, q.start))
        if other and not any(c.start >= other[-1].end() for c in linked):
            return "other-unit"
        veto = self._veto_before(q, left)
        if veto is None or self.linked(veto):
            return None
        # A veto before the evidence still governs ("mức hưởng của người tham gia BHXH là 75%") unless a new head follows it.
        return None if any(self._frees(c, veto, q) for c in linked) else veto.row.id

    def _veto_before(self, q: Quantity, left: int) -> Cue | None:
        """The last veto between `left` and the number that stands in no brackets."""
        outer = [c for c in self.f.before if left <= c.start and c.end <= q.start]
        return next((c for c in reversed(outer) if not self.in_brackets(c)), None)

    def named_before(self, q: Quantity) -> Programme | None:
        """The last programme that is named in full before a number."""
        return next((p for p in reversed(self.f.strong) if p.end <= q.start), None)

    def named_between(self, start: int, end: int) -> list[Programme]:
        """The programmes that are named in full between two offsets."""
        return [p for p in self.f.strong if start <= p.start and p.end <= end]

    def named_at(self, at: int) -> Programme | None:
        """The programme that begins at `at`, a blank between them or none."""
        return next((p for p in self.f.strong if 0 <= p.start - at <= 1), None)

    def in_brackets(self, cue: Cue) -> bool:
        """Whether a cue stands in brackets without a number."""
        return any(a <= cue.start < b for a, b in self.f.brackets)

    def _taking_part(self, start: int, end: int) -> list[Cue]:
        """The cues between two offsets that are evidence of taking part in a programme, those of a payment left out."""
        inside = (x for x in self.indicators() if start <= x[0].start and x[0].end <= end)
        return [cue for cue, row in inside if row.role not in OTHER and not row.payment and self.link(cue)]

    def _frees(self, cue: Cue, veto: Cue, q: Quantity) -> bool:
        """Whether evidence behind a veto opens a head of its own: a count always, a share by a word of coverage or a new clause."""
        if cue.start <= veto.start:
            return False
        if q.unit not in PERCENT or getattr(cue.row, "role", "") == "cover":
            return True
        if say.phrase("count-head").search(self.f.folded, veto.end, cue.start):
            return True
        return any(veto.end <= b < cue.start for b in self.f.breaks)


def _indicator(row: IndicatorRow, q: Quantity) -> str:
    """What a row makes of a share or a count; `none` where it says nothing of it."""
    return row.percent if q.unit in PERCENT else row.count
