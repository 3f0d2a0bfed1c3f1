"""Records without private persons: their names, their numbers and days of birth covered in the text, in place and length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import Any

import regex

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
from extractor.rules import TIMEOUT, cache, load_rows, union
from extractor.text import fold
from extractor.view import View

MARK = "█"
_LETTER = r"[\p{L}\p{M}\p{N}]"
_NAME = regex.compile(r"(?:[ \u00a0]\p{Lu}\p{L}*[ \u00a0]\p{Ll}+)?(?:[ \u00a0]\p{Lu}[\p{L}\p{M}]*){1,5}")
_ABBREVIATION = 3  # letters; a quote of such words in capitals is no name
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
    return tuple((row, regex.compile(row.expression())) for row in rows if row.use == "number")


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
    words = sorted({record.text[a:b] for a, b in names if len(record.text[a:b].split()) > 1}, key=len, reverse=True)
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
        return any(key == name or name.endswith(f" {key}") or name.startswith(f"{key}-") for name in self._official)

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
            word = rf"(?<!\p{{L}}|\p{{Lu}}[\p{{L}}\p{{M}}]{{0,30}}[ \u00a0]){regex.escape(last)}(?!\p{{L}}|[ \u00a0]\p{{Lu}})"
            ends = [m.end() for m in regex.finditer(word, self._text)]
            self._repeated[last] = len(ends) > 1 or any(speaks(self._folded, end) for end in ends)
        return self._repeated[last]

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
            same = _found(self._folded, rf"(?<!{_LETTER})(?P<value>{_either(keys)})(?!{_LETTER})")
            found += [r for r in same if is_written(self._text[slice(*r)])]
        given = sorted({k.replace(".", " ").split()[-1] for k in keys} - {k.rsplit(" ", 1)[-1] for k in self._official})
        if given:
            short = rf"(?<!{_LETTER})(?:{cue_words(*ALL_CUES, 'rank')})\s+(?P<value>{_either(given)})(?!{_LETTER})"
            found += [r for r in _found(self._folded, short) if self._text[r[0]].isupper()]
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
        if not ends:
            return []
        found = _found(self._folded, rf"(?<!{_LETTER})(?P<value>{_either(sorted(ends))})(?!{_LETTER})")
        names = [r for r in found if is_written(self._text[slice(*r)])]
        return [r for r in names if not any(name.endswith(self._key(r)) for name in self._official)]


@cache
def _addressed() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!{_LETTER})(?:{cue_words(*ALL_CUES)})\s+$")


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
    for row, pattern in _identifiers():
        others = people.public if row.private else people.bodies if row.body else ()
        for match in pattern.finditer(reading.folded, timeout=TIMEOUT):
            start, end = match.span("value")
            if not _of_another(start, others, private):
                yield start, end


def _of_another(at: int, others: Sequence[Range], private: Sequence[Range]) -> bool:
    """Whether an official or a body is named nearer before an offset than any private person."""
    last = max((b for _, b in others if at - _BEFORE <= b <= at), default=-1)
    return last > max((b for _, b in private if b <= at), default=-1)


def _key(text: str) -> str:
    return " ".join(fold(text).split()).rstrip("-")


def _either(keys: Iterable[str]) -> str:
    return "|".join(regex.escape(k, literal_spaces=True).replace(" ", r"\s+") for k in keys)


def _found(folded: str, pattern: str) -> list[Range]:
    return [m.span("value") for m in regex.compile(pattern).finditer(folded, timeout=TIMEOUT)]


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
    if not keys:
        return title
    return _covered(title, _found(fold(title), rf"(?<!{_LETTER})(?P<value>{_either(keys)})(?!{_LETTER})"))


def _rewritten(value: Any, text: str, words: Sequence[str]) -> Any:
    """A value of the record over the covered text: quotes are cut out of it anew, names elsewhere are covered."""
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, MARK * len(word))
        return value
    if isinstance(value, list | tuple):
        return [_rewritten(v, text, words) for v in value]
    if isinstance(value, dict):
        out = {k: _rewritten(v, text, words) for k, v in value.items()}
        return out | {"text": text[value["start"] : value["end"]]} if {"start", "end", "text"} <= value.keys() else out
    return value
