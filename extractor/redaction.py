"""Records without private persons: their names, their numbers and days of birth covered in the text, in place and length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Literal

import regex

from extractor.fields.base import Analysis
from extractor.fields.officials.rows import BodyRow, HonorificRow
from extractor.fields.places.rows import NounRow
from extractor.models import Mention, Reading
from extractor.records import FIELDS, Official, Record, sha256_of
from extractor.rules import TIMEOUT, Row, cache, load_rows, union
from extractor.text import fold, unaccent
from extractor.view import View

MARK = "█"
_LETTER = r"[\p{L}\p{M}\p{N}]"
_NAME = regex.compile(r"(?:[ \u00a0]\p{Lu}\p{L}*[ \u00a0]\p{Ll}+)?(?:[ \u00a0]\p{Lu}[\p{L}\p{M}]*){1,5}")
_ABBREVIATION = 3  # letters; a quote of such words in capitals is no name
_HOUSE = regex.compile(r"\d\p{L}?[ ,]+$")
_GAP = regex.compile(r"[ ,\-–]{1,3}")
_SYLLABLE = regex.compile(
    r"(?:(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?|\p{L})\.?"
)
_BEFORE = 200  # characters before a day of birth in which the person stands whose it is
_KEPT = frozenset({"id", "url", "source", "site", "sha256", "schema_version", "extractor_version", "knowledge", "text"})
Range = tuple[int, int]


class IdentifierRow(Row):
    """A number that identifies a person, the group `value` of its pattern; with `private` only where no official is meant.

    Rows of `use: head` hold words that make a name behind them a school's.
    """

    private: bool = False
    use: Literal["number", "head"] = "number"


@cache
def _identifiers() -> tuple[tuple[IdentifierRow, regex.Pattern[str]], ...]:
    rows = load_rows("identifiers.yaml", IdentifierRow)
    return tuple((row, regex.compile(row.expression())) for row in rows if row.use == "number")


@cache
def _address() -> str:
    """The forms of address as an alternation over folded text."""
    forms = {fold(form) for row in load_rows("honorifics.yaml", HonorificRow) for form in row.forms}
    return "|".join(regex.escape(form, literal_spaces=True) for form in sorted(forms, key=len, reverse=True))


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
    numbers = list(_numbers(reading, people.public, found))
    names = _joined(view.span(*r) for r in found)
    spans = _joined([*names, *(view.span(*r) for r in numbers)])
    if not spans:
        return _without_private(record)
    words = sorted({record.text[a:b] for a, b in names if len(record.text[a:b].split()) > 1}, key=len, reverse=True)
    plain = _without_private(record).model_dump()
    text = _covered(record.text, spans)
    for field in FIELDS:
        plain[field] = [item for item in plain[field] if field in ("officials", "figures") or not _hit(item, spans)]
    plain["warnings"] = [w for w in plain["warnings"] if w["start"] is None or not _hit(w, spans)]
    plain = {k: v if k in _KEPT else _rewritten(v, text, words) for k, v in plain.items()}
    if plain["title"]:
        plain["title"] = _covered_title(plain["title"], people.keys())
    return Record.model_validate(plain | {"text": text, "sha256": sha256_of(text)})


def _without_private(record: Record) -> Record:
    return record.model_copy(update={"officials": tuple(o for o in record.officials if o.official)})


class _People:
    """Where officials and private persons stand in a text as it is read, and how they are called."""

    def __init__(self, record: Record, reading: Reading, mentions: Sequence[Mention]) -> None:
        self._folded, self._text = reading.folded, reading.text
        self.public = [r for o in record.officials if o.official for r in _ranges(o)]
        self._official = {_key(self._text[a:b]) for a, b in self.public}
        names = [(m.start, m.end) for o in record.officials if not o.official for m in o.mentions if m.kind == "name"]
        self._aliases = [
            (m.start, m.end) for o in record.officials if not o.official for m in o.mentions if m.kind == "alias"
        ]
        voted = [(m.start, m.end) for m in mentions if m.label == "PER"]
        taken = [*self.public, *_things(record), *((m.start, m.end) for m in mentions if m.label in ("ORG", "LOC"))]
        self._taken = [*taken, *self._named_after()]
        held = [r for r in (*names, *voted) if not _meets(r, self.public) and not _inside(r, self._taken)]
        private = [r for r in held if self._is_private(r)]
        addressed = {self._key(r) for r in private if self._addressed(r)}
        things = {self._key(r) for r in (*taken, *self._named_after())}
        things |= {self._key(r) for r in (*names, *voted) if _inside(r, self._taken)}
        starts = {item.start for item in record.locations}
        self._names = [
            r
            for r in private
            if self._key(r) in addressed or not (self._key(r) in things or self._on_a_street(r, starts))
        ]

    def _named_after(self) -> Iterator[Range]:
        for head in _named_after().finditer(self._folded, timeout=TIMEOUT):
            if name := _NAME.match(self._text, head.end()):
                yield head.end(), name.end()

    def _key(self, span: Range) -> str:
        return _key(self._text[slice(*span)])

    def _addressed(self, span: Range) -> bool:
        return (
            regex.compile(rf"(?<!{_LETTER})(?:{_address()})\s+$").search(self._folded, *_just_before(span)) is not None
        )

    def _on_a_street(self, span: Range, places: Set[int]) -> bool:
        """Whether a number stands before a name and a place behind it: "12 Lê Lợi, phường 3"."""
        behind = _GAP.match(self._text, span[1])
        return bool(behind and behind.end() in places and _HOUSE.search(self._text, *_just_before(span)))

    def _is_private(self, span: Range) -> bool:
        """Whether a quote is a name, and no official's, neither whole nor its last words."""
        key, words = self._key(span), self._text[slice(*span)].split()
        if all(word.isupper() and len(word) <= _ABBREVIATION for word in words):
            return False
        if any(key == name or name.endswith(f" {key}") for name in self._official):
            return False
        # A word of no Vietnamese spelling is a firm's or a product's, unless somebody is addressed.
        return self._addressed(span) or all(_SYLLABLE.fullmatch(unaccent(word)) for word in words)

    def keys(self) -> list[str]:
        """The folded full names of private persons, longest first."""
        keys = {_key(self._text[a:b]) for a, b in self._names}
        return sorted((k for k in keys if " " in k), key=len, reverse=True)

    def private(self) -> list[Range]:
        """Every mention of a private person: found ones, others of the same name, given names behind a form of address."""
        keys = self.keys()
        found = [*self._names, *self._aliases]
        if keys:
            found += self._short(keys)
            found += _found(self._folded, rf"(?<!{_LETTER})(?P<value>{_either(keys)})(?!{_LETTER})")
        given = sorted({k.rsplit(" ", 1)[-1] for k in keys} - {k.rsplit(" ", 1)[-1] for k in self._official})
        if given:
            short = rf"(?<!{_LETTER})(?:{_address()})\s+(?P<value>{_either(given)})(?!{_LETTER})"
            found += [r for r in _found(self._folded, short) if self._text[r[0]].isupper()]
        return _joined(r for r in found if not _meets(r, self.public) and not _inside(r, self._taken))

    def _short(self, keys: Sequence[str]) -> list[Range]:
        """Where the last two words of a longer name stand as a name."""
        ends = {" ".join(key.split()[-2:]) for key in keys if len(key.split()) > 2}
        if not ends:
            return []
        found = _found(self._folded, rf"(?<!{_LETTER})(?P<value>{_either(sorted(ends))})(?!{_LETTER})")
        names = [r for r in found if all(word[0].isupper() for word in self._text[slice(*r)].split())]
        return [r for r in names if not any(name.endswith(self._key(r)) for name in self._official)]


def _just_before(span: Range) -> Range:
    return max(0, span[0] - 40), span[0]


def _ranges(official: Official) -> Iterator[Range]:
    yield official.start, official.end
    for mention in official.mentions:
        yield mention.start, mention.end


def _things(record: Record) -> Iterator[Range]:
    """Where places, documents and posts stand: a person's name in them is a street's or a school's."""
    for item in (*record.locations, *record.documents, *(p for o in record.officials for p in o.positions)):
        yield item.start, item.end


def _numbers(reading: Reading, public: Sequence[Range], private: Sequence[Range]) -> Iterator[Range]:
    for row, pattern in _identifiers():
        for match in pattern.finditer(reading.folded, timeout=TIMEOUT):
            start, end = match.span("value")
            if not row.private or not _of_official(start, public, private):
                yield start, end


def _of_official(at: int, public: Sequence[Range], private: Sequence[Range]) -> bool:
    last = max((b for _, b in public if at - _BEFORE <= b <= at), default=-1)
    return last > max((b for _, b in private if b <= at), default=-1)


def _key(text: str) -> str:
    return " ".join(fold(text).split())


def _either(keys: Iterable[str]) -> str:
    return "|".join(regex.escape(k, literal_spaces=True).replace(" ", r"\s+") for k in keys)


def _found(folded: str, pattern: str) -> list[Range]:
    return [m.span("value") for m in regex.compile(pattern).finditer(folded, timeout=TIMEOUT)]


def _meets(a: Range, others: Sequence[Range]) -> bool:
    return any(a[0] < end and start < a[1] for start, end in others)


def _inside(a: Range, others: Sequence[Range]) -> bool:
    return any(start <= a[0] and a[1] <= end for start, end in others)


def _hit(item: Mapping[str, Any], spans: Sequence[Range]) -> bool:
    return _meets((item["start"], item["end"]), spans)


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
