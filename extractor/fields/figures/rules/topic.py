"""Second pass over an article's numbers: what the talk so far says of one whose own sentence names no programme or indicator.

The sentence is written in signs (see `patterns/figure_topics.yaml`), and a row gives the meaning if the talk has told what the row
needs: shares or counts in the same paragraph or the one before, or a topic of the whole article. Borders and other topics end it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Literal

import regex

from extractor.compiled import compiled
from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Programme, programme_names
from extractor.fields.figures.rules.predicate import LARGEST_SHARE
from extractor.fields.figures.rules.refusals import of_money
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence
from extractor.fields.figures.rules.signs import Signs
from extractor.fields.figures.rules.talk import FAR, Talk
from extractor.fields.figures.rules.topic_number import Names, OpenNumber
from extractor.fields.figures.words import template
from extractor.models import Reading
from extractor.records import Figure, Unit
from extractor.rules import Row, cache, load_rows

Need = Literal[
    "rate", "count", "change", "figure", "here", "rate-here", "count-here", "count-now", "card", "about", "list",
    "aims", "places", "open",
]  # fmt: skip


class TopicRow(Row):
    """A row of `patterns/figure_topics.yaml`; its head explains the columns and the signs."""

    ASKED: ClassVar[tuple[str, ...]] = ("kind",)

    kind: Literal["veto", "read"]
    need: Need = "open"
    reach: Literal["near", "section", "article"] = "near"
    count: str | None = None
    percent: str | None = None
    target: bool = False
    unit: Unit | None = None
    new_again: bool = False
    new_if_won: bool = False
    adds: bool = False

    def says(self, unit: Unit) -> str | None:
        """The indicator that the row gives a number of a unit; None where it is not for such a one."""
        if self.unit not in (None, unit):
            return None
        return self.percent if unit in PERCENT else self.count

    @property
    def leans(self) -> bool:
        """Whether the row leans on a figure nearby, from which a number of another topic turns the talk away."""
        return self.need in ("rate", "count", "change", "figure") and self.reach == "near" and not self.target


MOST = 60  # numbers of a sentence; one with more is a table or damage
_OPEN_HEAD = template(r"{group-heading}(?!\p{L})[^.]*:\s*$")
_AIMS_HEAD = template(r"{aim-heading}(?!\p{L})[^.]*:\s*$")
# Words that tie a sentence to insurance told of long before.
_TIED = template("{tied}")
_PLACES_HEAD = template(r"(?<!\p{L}){place-heading}(?!\p{L})[^.]*:\s*$")
_COUNTED = template(r"(?<!\p{L}){counted-heading}(?!\p{L})")
_ASSIGNED = template(r"(?<!\p{L}){assigned}(?!\p{L})(?!.*{carried-out})")
_NEW_ONES = template(r"{win-verb}(?:\s+{got})?\s+{new-word}(?!\p{L})")
_ITEM = compiled(r"[-+*•–|]|\d{1,2}[.)]\s")
_PLACE_ITEM = template(r"{place-item}[\s.]")
_JOINED = template(r"(?<!\p{L}){join-verb}\s+(?:{join-object}\s+)?$")
_OF_INSURANCE = template("{insurance-heading}")
_SAME = template(r"(?<!\p{L}){namely}(?!\p{L})")

_WON = template(r"(?<!\p{L}){won-over}[ ]#[ ](?!.*{of-them}[^.]{0,60}{new-or-again})")
_PART_OF = template(r"[^;.]{0,60}{consists}(?:[ ]{there})?\s*|[^;.]{0,30}[,;][ ]{part-head}[ ][^;.]{2,40}\s*")
_SUBSET = template(r"[^;.()]{0,40}\((?:{among-them},?\s)?(?:{there-is}\s)?(?:{sex}|_)[^()]{0,20}")
_NEXT_PART = template(r"[^;.]{0,50}(?:,|,?[ ]{and-word})(?:[ ]{there-is})?\s*")


@cache
def topic_rows(kind: str) -> tuple[tuple[regex.Pattern[str], TopicRow], ...]:
    """Rows of one kind with their compiled patterns, in the order of the file."""
    rows = load_rows("figure_topics.yaml", TopicRow)
    return tuple((compiled(row.expression()), row) for row in rows if row.kind == kind)


class TopicReader:
    """Reads the numbers of an article that the sentence pass left, in the light of the talk so far."""

    def __init__(self, reading: Reading, main: tuple[str, ...]) -> None:
        self.reading = reading
        self.talk = Talk(main=main, health="BHYT" in main)
        self._line = -1
        self._in_list = False
        self._foreign = -1
        self._part = -1  # start of the last number that was read as a part of those who do not take part

    def alive(self, programmes: Sequence[Programme], start: int, end: int) -> bool:
        """Whether the talk can say anything of the sentence `[start, end)`, which names `programmes`."""
        talk = self.talk
        if any(not p.weak for p in programmes):
            return True
        if not (talk.told or talk.main or talk.health):
            return False
        last = talk.told.get("figure")
        near = last is not None and talk.sentence - last.sentence <= FAR
        return near or _TIED.search(self.reading.folded, start, end) is not None

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that were told of last."""
        said = self.talk.told.get("figure")
        return said.programmes if said else self.talk.main

    def enter(self, number: int, line_start: int, line_end: int) -> None:
        """A sentence begins: note borders of paragraphs, sections and lists."""
        talk = self.talk
        talk.sentence = number
        if line_start == self._line:
            return
        self._line = line_start
        text = self.reading.folded[line_start:line_end].strip()
        item = self._is_item(text)
        if not item:
            talk.listing = None
        if not (item and self._in_list):  # the items of a list stand in one paragraph
            talk.paragraph += 1
        self._in_list = item
        if not item and number and _is_heading(text):
            talk.section += _OF_INSURANCE.search(text) is None
        self._announce(text[-160:])

    def _is_item(self, text: str) -> bool:
        """Whether a line is an item of a list, or begins with a place under the heading of a list of places."""
        if _ITEM.match(text) is not None:
            return True
        return self.talk.listing == "places" and len(text) < 160 and _PLACE_ITEM.match(text) is not None

    def _announce(self, head: str) -> None:
        """Note what the lines below a heading list: groups, places or aims."""
        talk = self.talk
        if not head.endswith(":"):
            return
        if _OPEN_HEAD.search(head) and "count" in talk.told:
            talk.listing = "list"
        elif _PLACES_HEAD.search(head) and _COUNTED.search(head) and (talk.told or talk.main):
            talk.listing = "places"
            new = _NEW_ONES.search(head) is not None
            talk.listed = "new_participants" if new else "participants", _ASSIGNED.search(head) is not None
        elif _AIMS_HEAD.search(head):
            talk.listing = "aims"

    def leave(self, figures: Sequence[Figure], programmes: Sequence[Programme]) -> None:
        """A sentence ends that told `figures` and named `programmes`."""
        self.talk.tell(figures)
        self._turn(figures)
        strong = [p for p in programmes if not p.weak]
        joined = {p.names for p in strong if _JOINED.search(self.reading.folded, max(0, p.start - 16), p.start)}
        if len(joined) == 1:
            self.talk.named = joined.pop(), self.talk.sentence
        self.talk.health = self.talk.health or any("BHYT" in p.names for p in strong)

    def _turn(self, figures: Sequence[Figure]) -> None:
        """Note whether the last number of the sentence was of another topic."""
        if self._foreign >= 0 or figures:
            last = max((f.start for f in figures), default=-1)
            self.talk.turned = self.talk.paragraph if self._foreign > last else -1
        self._foreign = -1

    def read(self, frames: Sentence, claimed: Sequence[Judgement], signs: Signs) -> list[Judgement]:
        """Readings of the quantities of a sentence that are not in `claimed`."""
        taken = {j.quantity.start: j for j in claimed}
        out: list[Judgement] = []
        previous: Judgement | None = None
        # End of the last number that is of another topic; one that ends a sentence turns the talk away.
        self._foreign = frames.start if self.talk.turned == self.talk.paragraph else -1
        for q in frames.quantities if len(frames.quantities) <= MOST else ():
            judged = taken.get(q.start)
            if judged is None:
                judged = self._one(frames, q, signs, previous)
                if judged is not None:
                    out.append(judged)
            if judged is not None:
                self.talk.hear(judged)
                self._foreign = -1
            previous = judged if judged is not None and set(judged.programmes) & programme_names() else None
        return out

    def _one(self, f: Sentence, q: Quantity, signs: Signs, previous: Judgement | None) -> Judgement | None:
        """The reading of a number: by a list or a whole that it goes on with, then by the first row that matches."""
        found = signs.of(q)
        if found is None:
            return None
        if of_money(f, q):
            self._foreign = q.end
            return None
        number = OpenNumber(f, q, *found, previous)
        if number.of_others() or self._vetoed(number):
            return None
        for step in _STEPS:
            judged = step(self, number)
            if judged is not None:
                return judged
        return None

    def _vetoed(self, number: OpenNumber) -> bool:
        """Whether a row says that the number is of another topic, from which the talk has to come back."""
        veto = next((row for pattern, row in topic_rows("veto") if pattern.search(number.text)), None)
        if veto is None:
            return False
        q = number.quantity
        self.reading.drop(q.start, q.end, "figures", veto.id, "the number is of another topic")
        self._foreign = q.end
        return True

    def _list_next(self, number: OpenNumber) -> Judgement | None:
        """The next member of a list of numbers."""
        said = number.carries_on()
        if said is None:
            return None
        return self._judge(number.quantity, said.indicator, said.programmes, "list-next", said.target)

    def _part_of_lack(self, number: OpenNumber) -> Judgement | None:
        """A part of those who do not take part, or the next such part."""
        said, q = number.previous, number.quantity
        if said is None or said.indicator != "non_participants" or number.percent:
            return None
        between = _NEXT_PART if said.quantity.start == self._part else _PART_OF
        if not between.fullmatch(number.gap):
            return None
        self._part = q.start
        return self._judge(q, "non_participants", said.programmes, "part-of-lack", False)

    def _subset(self, number: OpenNumber) -> Judgement | None:
        """A group among the people counted before, in brackets."""
        said, q = number.previous, number.quantity
        if said is None or not q.unit == said.quantity.unit == "person" or not _SUBSET.fullmatch(number.gap):
            return None
        return self._judge(q, said.indicator, said.programmes, "subset", said.target)

    def _by_row(self, number: OpenNumber) -> Judgement | None:
        """What the first row says that matches and whose need the talk has met."""
        shifted = self._shifted(number)
        for pattern, row in topic_rows("read"):
            said = row.says(number.quantity.unit)
            if said is None or not pattern.search(number.text):
                continue
            indicator = self._won_over(row, said)
            if (shifted and row.leans) or number.impossible(indicator):
                continue
            programmes = number.named if row.need == "open" else self._needed(row, number)
            if programmes:
                return self._meant(row, number, indicator, programmes)
        return None

    def _shifted(self, number: OpenNumber) -> bool:
        """Whether the last number was of another topic, and no programme has been named since."""
        if self._foreign < 0:
            return False
        earlier = (p for p in number.sentence.programmes if p.end <= number.quantity.start)
        return not any(p.start > self._foreign for p in earlier)

    def _won_over(self, row: TopicRow, indicator: str) -> str:
        """The indicator of a row, or that of new members where the row goes on with a count of them."""
        new = row.new_again and self.talk.counted == "new_participants"
        return "new_participants" if new else indicator

    def _meant(self, row: TopicRow, number: OpenNumber, indicator: str, programmes: Names) -> Judgement:
        """The reading that a row gives."""
        talk, q = self.talk, number.quantity
        if indicator == "same" and row.need == "places":
            return replace(self._judge(q, talk.listed[0], programmes, row.id, talk.listed[1]), adds=row.adds)
        if indicator == "coverage_rate" and self._too_large(q, programmes):
            programmes = ("BHYT",)
        if indicator == "same":
            indicator = talk.counted
        if indicator == "participants" and row.new_if_won and _WON.search(number.text):
            indicator = "new_participants"
        target = row.target or self._continues(number.sentence)
        return replace(self._judge(q, indicator, programmes, row.id, target), adds=row.adds)

    def _too_large(self, q: Quantity, programmes: Names) -> bool:
        """Whether a share is health insurance's: nowhere does half of the labour force pay of its own will."""
        return q.value > LARGEST_SHARE and "BHXH_TN" in programmes and self.talk.health

    def _continues(self, f: Sentence) -> bool:
        """Whether a sentence such as "Cụ thể, …" tells the parts of an announced target."""
        said = self.talk.told.get("figure")
        return bool(said and said.target and said.sentence == self.talk.sentence - 1 and _SAME.match(f.folded, f.start))

    def _needed(self, row: TopicRow, number: OpenNumber) -> Names | None:
        """The programmes of a row's reading if the talk has told what it needs."""
        own_rule = _NEEDS.get(row.need)
        return own_rule(self, number) if own_rule else self._told(row, number)

    def _told(self, row: TopicRow, number: OpenNumber) -> Names | None:
        """The programmes of the last figure of the kind that a row needs, within its reach."""
        talk, own, previous = self.talk, number.own, number.previous
        said = talk.find(row.need, row.reach)
        if said is None or own is not None:
            return own if said is not None else None
        if previous is not None and said.sentence < talk.sentence:
            return previous.programmes
        if said.sentence < talk.named[1] < talk.sentence and row.reach == "near":
            return talk.named[0]  # a sentence without a figure has turned to this programme
        return said.programmes

    def _of_cards(self, number: OpenNumber) -> Names | None:
        """Only health insurance gives cards."""
        return ("BHYT",) if self.talk.health or (number.own and "BHYT" in number.own) else None

    def _of_article(self, number: OpenNumber) -> Names | None:
        """The article is of insurance."""
        said = self.talk.find("figure", "near")
        return number.own or (said.programmes if said and self.talk.main else self.talk.main) or None

    def _counted_now(self, number: OpenNumber) -> Names | None:
        """A count stands in this sentence."""
        said = self.talk.told.get("count")
        return said.programmes if said and said.sentence == self.talk.sentence else None

    def _of_places(self, number: OpenNumber) -> Names | None:
        """A list of places is being read."""
        return (number.own or self.programmes) if self.talk.listing == "places" else None

    def _of_list(self, number: OpenNumber) -> Names | None:
        """A list of groups is being read."""
        if self.talk.listing != "list":
            return None
        said = self.talk.told.get("count")
        return number.own or (said.programmes if said else None)

    def _of_aims(self, number: OpenNumber) -> Names | None:
        """A list of aims is being read, or a share stands right before."""
        before = number.previous
        share = before is not None and before.quantity.unit in PERCENT
        return number.own if share or self.talk.listing == "aims" else None

    def _here(self, number: OpenNumber) -> Names | None:
        """A figure stands right before."""
        return number.previous.programmes if number.previous else None

    def _rate_here(self, number: OpenNumber) -> Names | None:
        """A share of a population stands right before."""
        before = number.previous
        return before.programmes if before and before.indicator == "coverage_rate" else None

    def _count_here(self, number: OpenNumber) -> Names | None:
        """A count stands right before."""
        before = number.previous
        if before is None or before.quantity.unit in PERCENT or before.indicator == "change":
            return None
        return before.programmes

    def _judge(self, q: Quantity, indicator: str, programmes: tuple[str, ...], rule: str, target: bool) -> Judgement:
        unit = q.unit
        if indicator == "change" and unit == "percent":
            said = self.talk.told.get("figure")
            unit = "percentage_point" if said and said.percent and said.indicator == "coverage_rate" else unit
        return Judgement(q, indicator, programmes, unit, f"topic-{rule}", target=target, carried=True, confidence=0.7)


_STEPS: tuple[Callable[[TopicReader, OpenNumber], Judgement | None], ...] = (
    TopicReader._list_next,
    TopicReader._part_of_lack,
    TopicReader._subset,
    TopicReader._by_row,
)
# What the talk must have told, where it is more than a figure of a kind.
_NEEDS: Mapping[Need, Callable[[TopicReader, OpenNumber], Names | None]] = {
    "card": TopicReader._of_cards,
    "about": TopicReader._of_article,
    "count-now": TopicReader._counted_now,
    "places": TopicReader._of_places,
    "list": TopicReader._of_list,
    "aims": TopicReader._of_aims,
    "here": TopicReader._here,
    "rate-here": TopicReader._rate_here,
    "count-here": TopicReader._count_here,
}


def _is_heading(text: str) -> bool:
    """Whether a line is a heading, no sentence."""
    return 0 < len(text) < 100 and text[-1] not in '.;,:!?”")'
