"""Records without private persons: their names, their numbers and days of birth covered in the text, in place and length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise
from typing import Any

import regex

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.fields.base import Analysis
from extractor.fields.officials.rows import BodyRow, lexicon
from extractor.fields.places.rows import NounRow
from extractor.models import Mention, Reading
from extractor.records import FIELDS, Official, Record, sha256_of
from extractor.redaction_names import (
    ALL_CUES,
    IdentifierRow,
    Range,
    alone,
    cue_words,
    is_initials,
    is_native,
    is_written,
    leaders,
    parts,
    runs_into_a_body,
    signatures,
    speaks,
    told_names,
)
from extractor.redaction_phrases import Phrases
from extractor.rules import TIMEOUT, cache, load_rows, union
from extractor.text import fold
from extractor.view import View

MARK = "█"
_LETTER = r"[\p{L}\p{M}\p{N}]"
_NAME = regex.compile(r"(?:[ \u00a0]\p{Lu}\p{L}*[ \u00a0]\p{Ll}+)?(?:[ \u00a0]\p{Lu}[\p{L}\p{M}]*){1,5}")
_ABBREVIATION = 3  # letters; a quote of such words in capitals is no name
_LETTERS = regex.compile(r"\p{L}+")
_ALONE = regex.compile(r"(?<!\p{L}|\p{Lu}[\p{L}\p{M}]{0,30}[ \u00a0])")
_UNFOLLOWED = regex.compile(r"(?!\p{L}|[ \u00a0]\p{Lu})")
_BLANK, _HYPHEN = regex.compile(" "), regex.compile("-")
_HOUSE = regex.compile(r"\d\p{L}?[ ,]+$")
_GAP = regex.compile(r"[ ,\-–]{1,3}")
_BEHIND = 24  # characters behind a word in which the next one stands
_MARKS = '.,;:!?()"”'
_BEFORE = 200  # characters before a day of birth in which the person stands whose it is
_SURE = 0.9  # confidence of the statistical layer that is enough for a name of no Vietnamese spelling
_KEPT = frozenset({"id", "url", "source", "site", "sha256", "schema_version", "extractor_version", "knowledge", "text"})


@cache
def _identifiers() -> tuple[tuple[IdentifierRow, regex.Pattern[str]], ...]:
    rows = load_rows("identifiers.yaml", IdentifierRow)
    return tuple((row, compiled(row.expression())) for row in rows if row.use == "number")


@cache
def _named_after() -> regex.Pattern[str]:
    """Heads of bodies and nouns of places: what stands right behind one is a school's or a street's name."""
    nouns = [row for row in load_rows("places_nouns.yaml", NounRow) if row.effect == "other"]
    heads = [row for row in load_rows("identifiers.yaml", IdentifierRow) if row.use == "head"]
    return union((*load_rows("bodies.yaml", BodyRow), *nouns, *heads))


def redacted(record: Record, analysis: Analysis) -> Record:
    """The record without private persons.

    Args:
        record: with its private persons as officials of `official: false`; they are left out of the result.
        analysis: what the record was made from; its offsets are those of its view of the text.
    """
    reading, view = analysis.reading, analysis.view or View(record.text, record.text)
    seen = record.model_copy(update={name: tuple(items) for name, items in analysis.items.items()})
    people = _People(seen, reading, analysis.mentions)
    found = people.private()
    numbers = list(_numbers(reading, people, found))
    names = _joined(view.span(*r) for r in found)
    spans = _joined([*names, *(view.span(*r) for r in numbers)])
    if not spans:
        return _without_private(record)
    words = Phrases({record.text[a:b] for a, b in names if len(record.text[a:b].split()) > 1})
    text = _covered(record.text, spans)
    plain = _without_items(_without_private(record).model_dump(), Spans(spans))
    plain = {k: v if k in _KEPT else _rewritten(v, text, words) for k, v in plain.items()}
    if plain["title"]:
        plain["title"] = _covered_title(plain["title"], people.keys())
    return Record.model_validate(plain | {"text": text, "sha256": sha256_of(text)})


_REWRITTEN = ("officials", "figures")  # fields whose items stay where something in them is covered


def _without_items(plain: dict[str, Any], covered: Spans) -> dict[str, Any]:
    """A record without the items and warnings that stand in covered text."""
    for field in (*FIELDS, "warnings"):
        if field not in _REWRITTEN:
            plain[field] = [item for item in plain[field] if item["start"] is None or not _hit(item, covered)]
    return plain


def _without_private(record: Record) -> Record:
    return record.model_copy(update={"officials": tuple(o for o in record.officials if o.official)})


class _People:
    """Where officials and private persons stand in a text as it is read, and how they are called."""

    def __init__(self, record: Record, reading: Reading, mentions: Sequence[Mention]) -> None:
        self._folded, self._text = reading.folded, reading.text
        self.public = [r for o in record.officials if o.official for r in _ranges(o)]
        self._official = {_key(self._text[a:b]) for a, b in self.public}
        self._official |= {_key(self._text[a:b]) for a, b in leaders(self._text, self._folded)}
        self._ends, self._begins = _ends(self._official), _begins(self._official)
        names, self._aliases = _of_private(record, "name"), _of_private(record, "alias")
        voted = _labelled(mentions, "PER")
        self._sure = {(m.start, m.end) for m in mentions if m.label == "PER" and m.evidence.confidence >= _SURE}
        self.bodies = _labelled(mentions, "ORG")
        self._repeated: dict[str, bool] = {}
        taken = [*self.public, *_things(record), *self.bodies, *_labelled(mentions, "LOC"), *self._named_after()]
        self._taken, self._public = Spans(taken), Spans(self.public)
        told = self._free(told_names(self._text, self._folded))
        self._told = {self._key(r) for r in told}
        quotes = (self._folded[slice(*r)].split() for r in taken)
        self._pairs = {pair for words in quotes for pair in pairwise(words)}
        self._names = self._of_persons([*names, *voted], told, taken, {item.start for item in record.locations})
        self._signed = self._free(signatures(self._text, _openers()))

    def _free(self, spans: Iterable[Range]) -> list[Range]:
        """The spans that stand in nothing else and are no official's."""
        return [r for r in spans if not self._is_taken(r) and not self._is_officials(r)]

    def _of_persons(
        self, names: Sequence[Range], told: Sequence[Range], taken: Sequence[Range], places: Set[int]
    ) -> list[Range]:
        """The names that are private persons': not those that things bear elsewhere, unless somebody is addressed by them."""
        private = [r for r in (*names, *told) if not self._is_taken(r) and self._is_private(r)]
        addressed = self._told | {self._key(r) for r in private if self._addressed(r)}
        things = {self._key(r) for r in taken} | {self._key(r) for r in names if self._taken.hold(*r)}
        return [
            r
            for r in private
            if self._key(r) in addressed or not (self._key(r) in things or self._on_a_street(r, places))
        ]

    def _named_after(self) -> Iterator[Range]:
        for head in _named_after().finditer(self._folded, timeout=TIMEOUT):
            if name := _NAME.match(self._text, head.end()):
                yield head.end(), name.end()

    def _is_taken(self, span: Range) -> bool:
        return self._public.meet(*span) or self._taken.hold(*span)

    def _key(self, span: Range) -> str:
        return _key(self._text[slice(*span)])

    def _addressed(self, span: Range) -> bool:
        return _addressed().search(self._folded, *_just_before(span)) is not None

    def _on_a_street(self, span: Range, places: Set[int]) -> bool:
        """Whether a number stands before a name and a place behind it: "12 Lê Lợi, phường 3"."""
        behind = _GAP.match(self._text, span[1])
        return bool(behind and behind.end() in places and _HOUSE.search(self._text, *_just_before(span)))

    def _is_officials(self, span: Range) -> bool:
        """Whether a name is an official's, whole or its last words."""
        key = self._key(span)
        return key in self._ends or key in self._begins

    def _is_private(self, span: Range) -> bool:
        """Whether a quote is a name, and no official's."""
        quote = self._text[slice(*span)]
        words = quote.split()
        if self._is_officials(span) or runs_into_a_body(self._folded, span):
            return False
        if self._key(span) in self._told:
            return True
        if all(word.isupper() and len(word) <= _ABBREVIATION for word in words) and not is_initials(quote):
            return False
        # A word of no Vietnamese spelling is a firm's or a product's, unless the words around it tell of somebody.
        told = span in self._sure or speaks(self._folded, span[1]) or self._is_repeated(words[-1])
        return self._addressed(span) or is_native(quote) or (len(words) > 1 and told)

    def _is_repeated(self, last: str) -> bool:
        """Whether the last word of a foreign name stands for it elsewhere: before a verb of what persons do, or twice and more."""
        if last not in self._repeated:
            ends = list(self._standing(last))
            self._repeated[last] = len(ends) > 1 or any(speaks(self._folded, end) for end in ends)
        return self._repeated[last]

    def _standing(self, word: str) -> Iterator[int]:
        """Where a word ends that stands alone: behind no letter and no word with a capital, before none either."""
        first = _LETTERS.match(word)
        free = 0
        for start in self._starts.get(first.group(), ()) if first else ():
            end = start + len(word)
            if start >= free and self._text.startswith(word, start) and self._stands(start, end):
                free = end
                yield end

    def _stands(self, start: int, end: int) -> bool:
        return _ALONE.match(self._text, start) is not None and _UNFOLLOWED.match(self._text, end) is not None

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where each run of letters begins."""
        found: dict[str, list[int]] = {}
        for run in _LETTERS.finditer(self._text, timeout=TIMEOUT):
            found.setdefault(run.group(), []).append(run.start())
        return found

    def keys(self) -> list[str]:
        """The folded full names of private persons, longest first."""
        keys = {self._key(r) for r in self._names}
        return sorted((k for k in keys if " " in k or is_initials(k)), key=len, reverse=True)

    def private(self) -> list[Range]:
        """Every mention of a private person: found ones, others of the same name, words of it that stand for it."""
        keys = self.keys()
        found = [*self._names, *self._aliases]
        if keys:
            found += self._short(keys)
            same = Phrases(keys).spans(self._folded)
            found += [r for r in same if is_written(self._text[slice(*r)])]
        given = {k.replace(".", " ").split()[-1] for k in keys} - {k.rsplit(" ", 1)[-1] for k in self._official}
        called = (r for r in Phrases(given).spans(self._folded) if self._text[r[0]].isupper())
        found += [r for r in called if _called().search(self._folded, *_just_before(r)) is not None]
        kept = [r for r in found if not self._is_taken(r)]
        return _joined([*kept, *self._alone(), *self._signed])

    def _alone(self) -> Iterator[Range]:
        """Where one word of a private person's name stands for it."""
        told = self._parts()
        for span in alone(self._text, self._folded, told):
            if self._begins_a_thing(span):
                continue
            # Before a verb of what persons do a word that is a country's, too, is the person, and so is a foreign word.
            word = self._text[slice(*span)]
            if not (self._public.meet(*span) if told[word] or not is_native(word) else self._is_taken(span)):
                yield span

    def _begins_a_thing(self, span: Range) -> bool:
        """Whether a word and the next one stand together in the name of a body or a place: "Hải quan" of "Tổng cục Hải quan"."""
        words = self._folded[span[0] : span[1] + _BEHIND].split()[:2]
        return len(words) == 2 and (words[0], words[1].strip(_MARKS)) in self._pairs

    def _parts(self) -> dict[str, bool]:
        """The words that stand for a private person, and whether it needs a verb behind: a letter, a country's name."""
        of_officials = {word for name in self._official for word in name.split()}
        out: dict[str, bool] = {}
        for span in self._names:
            for word in parts(self._text[slice(*span)]):
                folded = fold(word)
                if folded not in of_officials and word[0].isupper() and (len(word) == 1 or not word.isupper()):
                    out[word] = len(word) == 1 or lexicon().countries.match(folded, 0) is not None
        return out

    def _short(self, keys: Sequence[str]) -> list[Range]:
        """Where the last two words of a longer name stand as a name."""
        ends = {" ".join(key.split()[-2:]) for key in keys if len(key.split()) > 2}
        names = [r for r in Phrases(ends).spans(self._folded) if is_written(self._text[slice(*r)])]
        return [r for r in names if self._key(r) not in self._ends]


@cache
def _addressed() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!{_LETTER})(?:{cue_words(*ALL_CUES)})\s+$")


@cache
def _called() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!{_LETTER})(?:{cue_words(*ALL_CUES, 'rank')})\s+$")


@cache
def _openers() -> frozenset[str]:
    rows = load_rows("identifiers.yaml", IdentifierRow)
    return frozenset(fold(form) for row in rows if row.use == "opener" for form in row.forms)


def _just_before(span: Range) -> Range:
    return max(0, span[0] - 40), span[0]


def _of_private(record: Record, kind: str) -> list[Range]:
    """Mentions of one kind of persons without a public post."""
    private = (o for o in record.officials if not o.official)
    return [(m.start, m.end) for o in private for m in o.mentions if m.kind == kind]


def _labelled(mentions: Sequence[Mention], label: str) -> list[Range]:
    return [(m.start, m.end) for m in mentions if m.label == label]


def _ranges(official: Official) -> Iterator[Range]:
    yield official.start, official.end
    for mention in official.mentions:
        yield mention.start, mention.end


def _things(record: Record) -> Iterator[Range]:
    """Where places, documents and posts stand: a person's name in them is a street's or a school's."""
    for item in (*record.locations, *record.documents, *(p for o in record.officials for p in o.positions)):
        yield item.start, item.end


def _numbers(reading: Reading, people: _People, private: Sequence[Range]) -> Iterator[Range]:
    ends = sorted(b for _, b in private)
    public, bodies = sorted(b for _, b in people.public), sorted(b for _, b in people.bodies)
    for row, pattern in _identifiers():
        others = public if row.private else bodies if row.body else ()
        for match in pattern.finditer(reading.folded, timeout=TIMEOUT):
            start, end = match.span("value")
            if not _of_another(start, others, ends):
                yield start, end


def _of_another(at: int, others: Sequence[int], private: Sequence[int]) -> bool:
    """Whether an official or a body ends nearer before an offset than any private person."""
    last = _last_to(others, at)
    return last >= at - _BEFORE and last > _last_to(private, at)


def _last_to(ends: Sequence[int], at: int) -> int:
    """The last of sorted offsets that is not behind `at`; -1 where there is none."""
    k = bisect_right(ends, at)
    return ends[k - 1] if k else -1


def _key(text: str) -> str:
    return " ".join(fold(text).split()).rstrip("-")


def _ends(names: Iterable[str]) -> set[str]:
    """The names and their last words: "van an" of "nguyen van an"."""
    return {name[at:] for name in names for at in (0, *(blank.end() for blank in _BLANK.finditer(name)))}


def _begins(names: Iterable[str]) -> set[str]:
    """What stands before a hyphen in a name."""
    return {name[: hyphen.start()] for name in names for hyphen in _HYPHEN.finditer(name)}


def _hit(item: Mapping[str, Any], spans: Spans) -> bool:
    return spans.meet(item["start"], item["end"])


def _joined(spans: Iterable[Range]) -> list[Range]:
    out: list[Range] = []
    for start, end in sorted(set(spans)):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _covered(text: str, spans: Iterable[Range]) -> str:
    """The text with a mark for every character of the spans; line ends stay, so that lines do."""
    out = list(text)
    for start, end in spans:
        out[start:end] = ["\n" if c == "\n" else MARK for c in out[start:end]]
    return "".join(out)


def _covered_title(title: str, keys: Sequence[str]) -> str:
    return _covered(title, Phrases(keys).spans(fold(title)))


def _rewritten(value: Any, text: str, names: Phrases) -> Any:
    """A value of the record over the covered text: quotes are cut out of it anew, names elsewhere are covered."""
    if isinstance(value, str):
        return _covered(value, names.spans(value))
    if isinstance(value, list | tuple):
        return [_rewritten(v, text, names) for v in value]
    if isinstance(value, dict):
        out = {k: _rewritten(v, text, names) for k, v in value.items()}
        return out | {"text": text[value["start"] : value["end"]]} if {"start", "end", "text"} <= value.keys() else out
    return value
