"""What a number says: by the phrase that governs it in its own clause, then to its left, or carried on from the figure before.

A number without evidence of taking part (rows of `patterns/indicators.yaml`) is no figure.
"""

from __future__ import annotations

from dataclasses import replace

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.labels import Labels
from extractor.fields.figures.rules.sentence import OTHER, PERCENT, Judgement, Sentence

LARGEST_SHARE = 50  # percent of people in voluntary social insurance that is still believed where no programme is named


class Judge(Labels):
    """Reads the quantities of one sentence from left to right; `last` is the figure that a bare number continues."""

    def run(self) -> list[Judgement]:
        """Readings of the quantities that are figures, in text order."""
        out: list[Judgement] = []
        outer, inside = self.last, False
        for index, quantity in enumerate(self.f.quantities):
            within = self._inside(quantity)
            if within and not inside:
                outer = self.last
            elif inside and not within:
                self.last = outer or self.last  # what stands behind a bracket goes on from before it
            inside = within
            reading = self._read(index, quantity)
            if reading is None:
                self.last = self.last if self._aside(quantity) else None
                continue
            out.append(reading)
            self.last, self.here = reading, True
            self.rate = self.rate or reading.indicator == "coverage_rate"
            self.planned = self.planned or reading.indicator == "plan_rate"
        return self._planned(_distribute(out, self.f))

    def _inside(self, q: Quantity) -> bool:
        """Whether a number stands in brackets."""
        folded, start = self.f.folded, self.f.start
        return folded.rfind("(", start, q.start) > folded.rfind(")", start, q.start)

    def _aside(self, q: Quantity) -> bool:
        """Whether a number that is no figure stands in brackets or tells the whole of the last one, which goes on behind it."""
        f = self.f
        return self._inside(q) or bool(f.dropped and f.dropped[-1][0] is q and f.dropped[-1][1] == "whole")

    def _whole(self, q: Quantity) -> bool:
        """Whether "trên" means "out of": "64.308 người tham gia BHYT trên 71.020 nhân khẩu"."""
        last, f = self.last, self.f
        if not self.here or last is None or last.unit != q.unit or q.value <= last.quantity.value:
            return False
        gap = f.folded[last.quantity.end : q.start]
        return f.folded.startswith("trên ", q.start) and "," not in gap and ";" not in gap and " và " not in gap

    def _read(self, index: int, q: Quantity) -> Judgement | None:
        f = self.f
        left, wide, right = self.zones(index, q)
        percent = q.unit in PERCENT
        if percent and say.phrase("of-members").match(f.folded, q.end, f.end) and self.change(q, left, wide) is None:
            self.drop(q, "of-members", "a share of those who take part, not of a population")
            return None
        if not percent and say.phrase("out-of").search(f.folded, wide, q.start):
            self.drop(q, "out-of", "the total that the members are counted out of")
            return None
        if not percent and self._whole(q):
            self.drop(q, "whole", "the total that the members are counted out of")
            return None
        if not percent and say.phrase("due").search(f.folded, wide, q.start):
            self.drop(q, "due", "those who ought to take part, not those who do")
            return None
        if percent and say.phrase("composition").search(f.folded, f.start, q.start):
            self.drop(q, "composition", "a share of those who take part, not of a population")
            return None
        if (
            percent
            and f.dropped
            and index
            and f.dropped[-1][1] == "event"
            and f.dropped[-1][0] is f.quantities[index - 1]
        ):
            self.drop(q, "event", "a share of those who came to an event")
            return None
        if percent and self.money(q):
            self.drop(q, "base-of-payment", "a share of money, not of people")
            return None
        if (
            percent
            and self.last
            and self.here
            and self.last.indicator == "coverage_rate"
            and say.phrase("remaining").match(f.folded, q.end, f.end)
        ):
            return Judgement(q, "non_participants", self.last.programmes, q.unit, "remaining", carried=True)
        last = self.last if self.here and self.last and self.last.indicator == "change" else None
        bracketed = last and (
            say.phrase("in-brackets").fullmatch(f.folded, last.quantity.end, min(q.end + 1, f.end))
            or say.phrase("also-in-percent").fullmatch(f.folded, last.quantity.end, q.start)
        )
        if q.unit == "percent" and last and last.unit not in PERCENT and bracketed:
            return Judgement(q, "change", last.programmes, q.unit, "change-in-percent", carried=True)
        if (
            self.here
            and self.last
            and self.last.indicator == "participants"
            and q.unit == self.last.unit
            and say.phrase("of-plan-count").fullmatch(f.folded, self.last.quantity.end, q.start)
        ):
            return replace(self.last, quantity=q, target=True, reached=False, rule="plan-count", carried=True)
        if not percent and self.here and self.last and say.phrase("not-yet").match(f.folded, q.end, f.end):
            return Judgement(
                q, "non_participants", self.last.programmes, q.unit, "not-yet", carried=True, confidence=0.8
            )
        first = self.right(q, right)
        if first is not None and not percent:
            first = self.lacking(first, right)
            role = first[0].row.role if isinstance(first[0].row, IndicatorRow) else ""
            if role == "join" and say.phrase("denied").search(f.folded, q.end, first[0].start):
                return Judgement(
                    q, "non_participants", first[1], q.unit, "denied", predicate=(first[0].start, first[0].end)
                )
        if percent and first is None and say.phrase("of-places").match(f.folded, q.end, f.end):
            self.drop(q, "of-places", "a share of places, not of people")
            return None
        bare = [c for c in f.around if q.end <= c.start < right and not any(a <= c.start < b for a, b in f.brackets)]
        veto = bare[0] if bare else None
        if not percent and first is None and say.phrase("of-total").search(f.folded, wide, q.start):
            self.drop(q, "of-total", "the total that the members are counted out of")
            return None
        if q.noun == "thành viên" and first is None and say.phrase("club").search(f.folded, f.start, q.start):
            self.drop(q, "club", "members of a group of savers")
            return None
        if percent and first is None and say.phrase("by-wire").match(f.folded, q.end, f.end):
            self.drop(q, "by-wire", "a share of dealings, not of people")
            return None
        if veto and not percent and (first is None or veto.start < first[0].start):
            self.drop(q, veto.row.id, "the counted do something else than take part")
            return None
        change = self.change(q, left, wide)
        if change is not None:
            return self.as_change(q, change, left, wide, right)
        if percent and (
            say.plan_after().match(f.folded, q.end, f.end)
            or say.phrase("against-plan").search(f.folded, max(f.start, q.start - 110), q.start)
        ):
            return self.as_plan(q, left, wide)
        if (
            percent
            and say.phrase("compared").match(f.folded, q.end, f.end)
            and say.phrase("equals").search(f.folded, left, q.start)
        ):
            self.drop(q, "compared", "a ratio to another time, neither a change nor a level")
            return None
        paid = self.adjacent(f.before, left, q)
        if paid and percent and not say.phrase("population").match(f.folded, q.end, f.end) and not self.linked(paid):
            self.drop(q, paid.row.id, "a rate of payment")
            return None
        if q.unit == "card" and (card := self._card(q, left, right)) is not None:
            return card
        if first is not None and percent and say.phrase("copula").search(f.folded, left, q.start):
            stated = None if self.blocked(q, left) else self.left(q, left)
            if stated and isinstance(stated[0].row, IndicatorRow) and stated[0].row.role == "lack":
                return self._figure(q, *stated)
        if first is not None:
            return self._from_right(q, first, left)
        if q.unit == "person" and (names := self._labels_behind.get(q.start)):
            return Judgement(q, "participants", names, q.unit, "label-behind", carried=True, confidence=0.8)
        limit = f.quantities[index + 1].start if index + 1 < len(f.quantities) else f.end
        if (listed := self.enumerated(q, limit)) is not None:
            return self._figure(q, *listed)
        ahead = self._ahead(index, q) or self._rest(index, q, left)
        if ahead is not None:
            return ahead
        blocked = self.blocked(q, left)
        found = None if blocked else self.left(q, left)
        if found is not None:
            return self._figure(q, found[0], self.behind(q) or self._labelled(q, left, found[0]) or found[1])
        if percent and self.last and self.aimed(q, wide):
            return Judgement(q, "coverage_rate", self.last.programmes, q.unit, "aim-of-rate", target=True, carried=True)
        if not blocked:
            label = self.label(q, left)
            if label is not None:
                return label
            if left > wide and (found := self.subject(q, left, wide, right)) is not None:
                return self._figure(q, *found)
            carried = self.carry(q, left, right)
            if carried is not None:
                return carried
        if percent and not blocked and (names := self._done(q, left)):
            return Judgement(q, "plan_rate", names, q.unit, "plan-done", carried=True, confidence=0.8)
        if not blocked and (names := self._bracketed(q, left) if not percent else self._of_population(q, left)):
            kind = "coverage_rate" if percent else "participants"
            return Judgement(q, kind, names, q.unit, "bracketed" if not percent else "of-population", confidence=0.7)
        if f.programmes or self.last:
            self.drop(q, blocked or "no-evidence", "no phrase of taking part governs the number")
        return None

    def _from_right(self, q: Quantity, found: tuple[Cue, tuple[str, ...]], left: int) -> Judgement | None:
        """Evidence behind the number; "phát triển mới" before it says what kind of participants."""
        f, row = self.f, found[0].row
        assert isinstance(row, IndicatorRow)
        if row.role == "join" and row.link == "topic" and q.unit not in PERCENT and not self.programme_near(found[0]):
            event = say.event().search(f.folded, left, q.start)
            if event and not (event.group() == "thu hút" and say.phrase("more").search(f.folded, left, q.start)):
                self.drop(q, "event", "people who came to an event")
                return None
        judged = self._figure(q, *found)
        if row.id == "sign-up" and judged.indicator == "new_participants":
            stock = q.unit == "organisation" or say.phrase("stock").search(f.folded, left, q.start)
            judged = replace(judged, indicator="participants") if stock else judged
        if say.phrase("already").search(f.folded, q.end, found[0].end):
            judged = replace(judged, reached=True)
        if judged.indicator == "participants":
            kinds = [c for c in f.cues if isinstance(c.row, IndicatorRow) and c.row.role in ("new", "renew")]
            kind = self.adjacent(kinds, left, q)
            if kind is None and say.phrase("more").search(f.folded, left, q.start):
                return replace(judged, indicator="new_participants")
            if kind is None and (self._won(q, left) or self._best_of_new(q)):
                return replace(judged, indicator="new_participants", rule="new")
            before = f.folded[left : q.start].strip(" ,và")
            risen = self.here and self.last and self.last.indicator == "change" and self.last.unit not in PERCENT
            if not before and risen and self.last and self.last.rule == "rise-or-fall" and kind is None:
                verb = f.folded[slice(*self.last.predicate)] if self.last.predicate else ""
                if verb.endswith("thêm"):  # "tăng thêm 350 người tham gia BHXH, 1.200 người tham gia BHYT"
                    return replace(judged, indicator="change", rule="rise-or-fall", target=self.last.target)
            if kind is not None and isinstance(kind.row, IndicatorRow):
                judged = replace(judged, indicator=kind.row.count, rule=kind.row.id)
            elif not before and self.here and self.last and self._opened_by_new(self.last, q):
                judged = replace(judged, indicator=self.last.indicator, rule=self.last.rule)
        return judged

    def _won(self, q: Quantity, left: int) -> bool:
        """Whether people were won over ("vận động được 40 người tham gia") and no breakdown behind tells that some only renew."""
        f = self.f
        if q.unit == "card" or say.phrase("won").search(f.folded, left, q.start) is None:
            return False
        return say.phrase("breakdown").search(f.folded, q.end, min(len(f.folded), q.end + 240)) is None

    def _best_of_new(self, q: Quantity) -> bool:
        """Whether the sentence before counted new members and this one names the place with most of them."""
        if self.here or self.last is None or self.last.indicator != "new_participants":
            return False
        return say.phrase("leading").search(self.f.folded, self.f.start, q.start) is not None

    def _opened_by_new(self, last: Judgement, q: Quantity) -> bool:
        """Whether "phát triển mới" before the figure `last` still governs the next one."""
        own = [c for c in self.f.cues if last.quantity.end <= c.start < q.start]
        if any(isinstance(c.row, IndicatorRow) and c.row.role in ("new", "renew") for c in own):
            return False  # "640 người tham gia lại, 212 em tham gia theo trường"
        if last.rule not in ("new", "renewed") or last.predicate is None or last.indicator == "participants":
            return False
        return last.predicate[0] > last.quantity.start

    def _ahead(self, index: int, q: Quantity) -> Judgement | None:
        """Evidence behind the next number: "11% dân số, tương đương 10 triệu người chưa tham gia"."""
        f = self.f
        if index + 1 >= len(f.quantities):
            return None
        following = f.quantities[index + 1]
        percent = q.unit in PERCENT
        alike = say.phrase("alike").fullmatch(f.folded, q.end, following.start)
        units = (q.unit, following.unit)
        within = (
            units == ("person", "organisation") and say.phrase("within").fullmatch(f.folded, q.end, following.start)
        ) or (
            units in (("organisation", "person"), ("household", "person"))
            and say.phrase("employing").fullmatch(f.folded, q.end, following.start)
        )
        gap = f.folded[q.end : following.start]
        both = (
            percent
            and following.unit == q.unit
            and " và " in gap
            and say.light().fullmatch(f.masked, q.end, following.start)
        )
        common = (
            percent
            and following.unit == q.unit
            and len(gap) < 60
            and say.phrase("common").search(f.folded, max(f.start, q.start - 60), q.start)
        )
        both = both or (percent and say.phrase("sized").fullmatch(f.folded, q.end, following.start) is not None)
        both = both or (
            percent
            and following.unit == q.unit
            and say.phrase("next-share").fullmatch(f.folded, q.end, following.start)
        )
        group = q.unit == following.unit == "person" and say.phrase("next-group").fullmatch(gap)
        group = group and say.phrase("still").search(f.folded, self.zones(index, q)[0], q.start)
        if group:
            found = self.right(following, self.zones(index + 1, following)[2])
            lacking = found and isinstance(found[0].row, IndicatorRow) and found[0].row.role == "lack"
            return self._figure(q, *found) if found and lacking else None
        if not (alike or within or both or common) or self.blocked(q, self.zones(index, q)[0]):
            return None
        found = self.right(following, self.zones(index + 1, following)[2])
        if found is not None and (within or alike):
            return self._from_right(q, found, self.zones(index, q)[0])
        return self._figure(q, *found) if found else None

    def _rest(self, index: int, q: Quantity, left: int) -> Judgement | None:
        """Evidence behind a list: "vẫn còn 40 triệu người là nông dân, ngư dân … nhưng chưa tham gia BHXH"."""
        f = self.f
        if q.unit in PERCENT or not say.phrase("still").search(f.folded, left, q.start):
            return None
        limit = f.quantities[index + 1].start if index + 1 < len(f.quantities) else f.end
        for cue in f.cues:
            if not q.end <= cue.start < limit or not isinstance(cue.row, IndicatorRow) or cue.row.role in OTHER:
                continue
            near = self.programme_near(cue)
            between = f.folded[q.end : cue.start]
            if ";" in between:
                return None
            if cue.row.role != "lack" and (
                not near
                or near.weak
                or len(between) > 60
                or " nhưng " in between
                or say.phrase("new-clause").search(between)
            ):
                continue
            names = self.link(cue)
            return self._figure(q, cue, names) if names else None
        return None

    def _card(self, q: Quantity, left: int, right: int) -> Judgement | None:
        """Cards and books count their holders: "1.583 thẻ BHYT", "trao tặng thẻ BHYT … 3.990 thẻ"."""
        f = self.f
        if say.card_veto().search(f.folded, f.start, right) or any(
            q.start - 80 < c.start < right and c.row.id == "other-activity" for c in f.around
        ):
            return None
        lacking = [
            c
            for c in f.cues
            if isinstance(c.row, IndicatorRow) and c.row.role in ("lack", "renew", "new") and left <= c.start < right
        ]
        if lacking:
            return None
        own = next((p for p in f.programmes if q.end <= p.start <= q.end + 12), None)
        earlier = [p for p in f.programmes if p.end <= q.start and not p.weak]
        held = any(isinstance(c.row, IndicatorRow) and c.row.id == "hold" and c.end <= q.start for c in f.cues)
        names = own.names if own else earlier[-1].names if earlier and held else None
        return Judgement(q, "participants", names, q.unit, "card") if names else None

    def _figure(self, q: Quantity, cue: Cue, names: tuple[str, ...]) -> Judgement:
        row = cue.row
        assert isinstance(row, IndicatorRow)
        indicator = row.percent if q.unit in PERCENT else row.count
        if row.link == "fixed" and q.unit in PERCENT and indicator == "change":  # the difference of a share
            return Judgement(q, "change", names, "percentage_point", row.id, predicate=(cue.start, cue.end))
        near = self.programme_near(cue)
        after = near.end if near else cue.end
        if indicator == "participants" and say.phrase("new-after").match(self.f.folded, after, self.f.end):
            indicator = "new_participants"
        if indicator == "participants" and row.role == "join" and cue.end <= q.start:
            if say.phrase("to-win").search(self.f.folded, max(self.f.start, cue.start - 24), q.start):
                return Judgement(
                    q, "new_participants", names, q.unit, "to-win", target=True, predicate=(cue.start, after)
                )
            if say.phrase("new-before").search(self.f.folded, self.f.start, cue.start):
                indicator = "new_participants"
        small = names == ("BHXH_TN",) and not self.f.programmes and q.value > LARGEST_SHARE
        if small and indicator == "coverage_rate" and say.phrase("head").search(self.f.folded, self.f.start, cue.start):
            names = ("BHYT",)
        return Judgement(q, indicator, names, q.unit, row.id, predicate=(cue.start, after))


def _distribute(found: list[Judgement], f: Sentence) -> list[Judgement]:
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
