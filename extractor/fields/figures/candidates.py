"""What an article's figures are chosen from: quantities, and phrases that may tell programme, group, place and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extractor.covering import Spans, begun_in
from extractor.fields.figures.find import Quantity, find_quantities
from extractor.fields.figures.frame import Frame, Phrase, Pool, Target
from extractor.fields.figures.group_candidates import counted_phrases, lexicon_phrases
from extractor.fields.figures.in_turn import parts
from extractor.fields.figures.label import Context
from extractor.fields.figures.open_numbers import with_open
from extractor.fields.figures.period_candidates import AHEAD, BASE, period_phrases
from extractor.fields.figures.place_candidates import place_phrases
from extractor.fields.figures.programmes import bare_kinds, find_programmes
from extractor.fields.figures.rows import (
    Cue,
    IndicatorRow,
    Programme,
    VetoRow,
    Words,
    counted_nouns,
    cue_lexicon,
    programme_names,
    veto_lexicon,
)
from extractor.fields.figures.tokens import Tokens
from extractor.fields.figures.words import pattern, template, words_of
from extractor.models import Reading
from extractor.numbers import Number
from extractor.outline import Outline, outline
from extractor.places import Places
from extractor.records import SIGNED, Date, Figure
from extractor.rules.scopes import Scope, block_scopes, over, scopes

ATTRIBUTES = ("group", "place", "period")
_COUNTED_HEAD = template("^(?:{number-word}[ ])?(?:{the}[ ])?")  # before a noun that is counted
_VETOES = ("before", "around", "event", "card", "after")


@dataclass(frozen=True, slots=True)
class Around:
    """What one sentence holds: its tokens, cues and scopes."""

    span: tuple[int, int]
    tokens: Tokens
    cues: Sequence[Cue]
    scopes: Sequence[Scope]


@dataclass
class Candidates:
    """The candidates of one article; `ruled` are the figures that the rules read, one voter among the features."""

    reading: Reading
    dates: Sequence[Date]
    places: Places
    ruled: Sequence[Figure]
    masked: str = ""
    quantities: list[Quantity] = field(default_factory=list)
    frame: Frame = field(init=False)
    programmes: list[Programme] = field(init=False)
    _pools: dict[str, Pool] = field(default_factory=dict)
    _around: dict[int, Around] = field(default_factory=dict)
    _blocks: Callable[[int, int], list[Scope]] = field(init=False)

    def __post_init__(self) -> None:
        reading, marked = self.reading, outline(self.reading)
        self.quantities = self._counted([s for s in marked.sentences if not reading.is_boilerplate(s[0])])
        self.programmes = _programmes(reading, marked)
        told = [p.start for p in self.programmes] or [f.start for f in self.ruled]
        told = sorted([*told, *_recurring(marked, self.places)])
        self.frame = Frame(reading, marked, [(q.start, q.end) for q in self.quantities], marked.opening(told))
        self._blocks = over(block_scopes(reading))

    def _counted(self, sentences: Sequence[tuple[int, int]]) -> list[Quantity]:
        """The quantities of all sentences in text order; those without a unit only where others stand in the article."""
        folded = self.reading.folded
        found = [q for start, end in sentences for q in find_quantities(folded, start, end, self.masked)]
        found += _missing(found, self.ruled)
        every = with_open(folded, sentences, found) if found else []
        return sorted((q for q in every if not self._dated(q)), key=lambda q: q.start)

    def _dated(self, q: Quantity) -> bool:
        """Whether a number is that of a date: "từ ngày 1-7-2019 người lao động …" counts nobody."""
        return self._date_spans.hold(q.core, max(q.core + 1, q.number.end))

    def pool(self, kind: str) -> Pool:
        """All phrases of a kind: `programme`, `group`, `place` or `period`."""
        if kind not in self._pools:
            self._pools[kind] = Pool(self._phrases(kind), self.frame, by_row=kind in ("place", "period"))
        return self._pools[kind]

    def _phrases(self, kind: str) -> Iterable[Phrase]:
        return _PHRASES[kind](self)

    def _programme_phrases(self) -> list[Phrase]:
        folded = self.reading.folded
        found = [Phrase(p.start, p.end, "+".join(p.names), _programme_tags(folded, p)) for p in self.programmes]
        return [*found, *parts(self.frame, self.programmes)]

    def _place_phrases(self) -> list[Phrase]:
        counted = Spans((q.core, q.end) for q in self.quantities if q.noun)  # "12 xã" that are counted are no place
        return [p for p in place_phrases(self.reading, self.places) if not counted.hold(p.start, p.end)]

    def _period_phrases(self) -> list[Phrase]:
        return period_phrases(self.reading, self.dates)

    def _group_phrases(self) -> list[Phrase]:
        return [p for a, b in self.frame.outline.sentences for p in lexicon_phrases(self.reading, a, b)]

    @cached_property
    def unnamed_unit(self) -> bool:
        """Whether the article speaks of a unit of its own that it does not name ("toàn thành phố"), and not of the country."""
        tags = [p.tags for p in self.pool("place").phrases]
        return any(f"bare={word}" in t for t in tags for word in words_of("whole")) and not any(
            "nation" in t for t in tags
        )

    def phrases(self, kind: str, target: Target) -> list[Phrase]:
        """The phrases of a kind that a figure may take."""
        near = self.pool(kind).near(target)
        if kind == "period":
            return [p for p in near if not self._no_period(p, target)]
        if kind != "group":
            return near
        own = [p for p in target.programmes if p not in programme_names()]
        found = near + counted_phrases(self.frame, target)
        return [replace(p, nothing=True) if self._own_words(p, own) else p for p in found] if own else found

    def _no_period(self, phrase: Phrase, target: Target) -> bool:
        """Whether a phrase cannot be when a figure is of: what its change is from, a day ahead for what was reached."""
        if BASE in phrase.tags:
            return target.indicator in SIGNED
        return target.status == "actual" and AHEAD in phrase.tags

    def _own_words(self, phrase: Phrase, programmes: Sequence[str]) -> bool:
        """Whether a phrase only repeats what an indicator is of: it stands in its cue or is a noun that the row counts."""
        words = " ".join(self.reading.folded[phrase.start : phrase.end].split())
        words = _COUNTED_HEAD.sub("", words)
        if any(words in counted_nouns(programme) for programme in programmes):
            return True
        cues = (c for c in self.around(phrase.start).cues if c.start <= phrase.start and phrase.end <= c.end)
        return any(isinstance(c.row, IndicatorRow) and c.row.programme in programmes for c in cues)

    def around(self, at: int) -> Around:
        """What the sentence around offset `at` holds."""
        start, end = self.frame.outline.sentence_at(at)
        if start not in self._around:
            words = Words(self.reading.folded, start, end)
            lexicons = (cue_lexicon(), *(veto_lexicon(side) for side in _VETOES))
            cues = [
                Cue(a, b, row)
                for lexicon in lexicons
                for a, b, row in lexicon.find(words)
                if isinstance(row, IndicatorRow | VetoRow)
            ]
            tokens = Tokens(self.reading.folded, start, end, self._spans(start, end))
            found = scopes(self.reading, start, end) + self._blocks(start, end)
            self._around[start] = Around((start, end), tokens, sorted(cues, key=lambda c: (c.start, -c.end)), found)
        return self._around[start]

    def _spans(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The spans of a sentence that stand for their kind."""
        out = [(q.start, q.end, f"#{q.unit}") for q in begun_in(self.quantities, start, end)]
        out += [(p.start, p.end, "PROG") for p in begun_in(self.programmes, start, end)]
        for kind, name in (("period", "DATE"), ("place", "PLACE"), ("group", "GROUP")):
            inside = self.pool(kind).inside(start, end)
            out += [(p.start, p.end, name) for p in inside if not (p.nothing or p.parts or "longer" in p.tags)]
        return out

    def context(self, q: Quantity, last: tuple[Quantity, str, str] | None) -> Context:
        """All that is known around a quantity; `last` is the quantity before with its label and status."""
        around = self.around(q.core)
        rules = self.rules_of(q)
        dropped = self._drops.get(q.core) or self._drops.get(q.start)
        return Context(
            q,
            around.span,
            around.tokens,
            around.cues,
            self._told(q),
            self.programmes,
            self._strong,
            around.scopes,
            rules,
            dropped or "",
            last,
        )

    def _told(self, q: Quantity) -> dict[str, Sequence[Cue]]:
        """The last cues of the sentence before a quantity's own in its block, and of the heads above."""
        marked = self.frame.outline
        block, number = marked.index(q.core), marked.sentence_index(q.core)
        before = marked.sentences[number - 1][0] if number else None
        same = before is not None and marked.index(before) == block
        heads = [cue for head in marked.heads(block)[:2] for cue in self.around(marked.blocks[head].start).cues[-3:]]
        return {"prev": self.around(before).cues[-3:] if before is not None and same else (), "head": heads}

    def rules_of(self, q: Quantity) -> list[Figure]:
        """The figures that the rules made of a quantity, one a programme."""
        met = (self._insured[number] for number in self._insured_spans.meeting(q.start, q.end))
        return [f for f in met if abs(abs(f.value) - q.value) < 1e-3]

    @cached_property
    def _strong(self) -> list[Programme]:
        return [p for p in self.programmes if not p.weak]

    @cached_property
    def _date_spans(self) -> Spans:
        return Spans((d.start, d.end) for d in self.dates)

    @cached_property
    def _insured(self) -> list[Figure]:
        return [f for f in self.ruled if f.programme in programme_names()]

    @cached_property
    def _insured_spans(self) -> Spans:
        return Spans((f.start, f.end) for f in self._insured)

    @cached_property
    def _drops(self) -> dict[int, str]:
        return {d.start: d.rule for d in self.reading.log if d.field == "figures"}


_PHRASES: Mapping[str, Callable[[Candidates], Iterable[Phrase]]] = {
    "programme": Candidates._programme_phrases,
    "group": Candidates._group_phrases,
    "place": Candidates._place_phrases,
    "period": Candidates._period_phrases,
}


def _missing(found: Sequence[Quantity], ruled: Sequence[Figure]) -> list[Quantity]:
    """Quantities of the rules' figures that no search finds: bare cells of tables, counts without a unit."""
    out: dict[int, Quantity] = {}
    known = Spans((q.start, q.end) for q in found)
    for f in ruled:
        if not known.meet(f.start, f.end):
            value = abs(f.value)
            number = Number(f.start, f.end, value)
            out[f.start] = Quantity(f.start, f.end, f.start, value, f.unit, f.comparator, "", number)
    return list(out.values())


def _recurring(marked: Outline, places: Places) -> list[int]:
    """Offsets of the places that several blocks of the article tell of: what it is about."""
    blocks: defaultdict[str, set[int]] = defaultdict(set)
    coded = [(x.start, x.code, marked.index(x.start)) for x in places.locations if x.code]
    for _, code, block in coded:
        blocks[code].add(block)
    return [start for start, code, _ in coded if len(blocks[code]) > 1]


def _programmes(reading: Reading, marked: Outline) -> list[Programme]:
    """The programme mentions of all sentences; behind one on social insurance its kinds need no noun."""
    out: list[Programme] = []
    for start, end in marked.sentences:
        found = find_programmes(reading.folded, start, end)
        if not found and out and out[-1].names[0].startswith("BHXH"):
            found = bare_kinds(reading.folded, start, end)
        out += found
    return out


def _programme_tags(folded: str, p: Programme) -> tuple[str, ...]:
    return (
        *(("weak",) if p.weak else ()),
        *(("assigns",) if pattern("assigns").match(folded, p.end) else ()),
        *((f"names={len(p.names)}",) if len(p.names) > 1 else ()),
        *(("kind",) if "_" in p.names[0] else ()),
    )
