"""Document citations to record items."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left

import regex

from extractor.fields.base import without_tabs
from extractor.fields.documents.dates import date_of, same_day
from extractor.fields.documents.find import candidates
from extractor.fields.documents.grammar import Candidate
from extractor.fields.documents.issuer import Issuers
from extractor.fields.documents.laws import find_laws, law_name
from extractor.fields.documents.rows import TypeRow, issuer_codes, template, type_codes, types
from extractor.models import Reading
from extractor.records import Document, Provenance
from extractor.values import documents as values

_YEAR_AFTER = template(r"[ ]{year}[ ](?P<y>\d{4})(?!\d)")


def _type_of(candidate: Candidate) -> tuple[str | None, TypeRow | None]:
    """Canonical type: the word in the text; for "văn bản số …" and bare numbers the suffix; an office's number is a Công văn.

    None where the suffix begins with a code that is no known type's and stands before a body's: "12/XY-UBND".
    """
    if candidate.type is not None and not candidate.type.generic:
        return candidate.type.name, candidate.type
    parsed = values.parse(candidate.number)
    if parsed is None or not parsed.segments:
        return _otherwise().name, None
    if values.assembly(parsed.segments[0]):
        return next(row.name for row in types() if row.of_assembly), None
    return _type_by_suffix(parsed)


def _type_by_suffix(number: values.Number) -> tuple[str | None, TypeRow | None]:
    """The type that the first code of a suffix names, in the Party's numbers the one it means there; see `_type_of`."""
    first = type_codes().get(number.segments[0].upper())
    if first is not None:
        party = _party_type(number)
        return (party.name, None) if party is not None else (first.name, first)
    bodies = [s.upper() in issuer_codes() for s in number.segments]
    return (None if not bodies[0] and any(bodies[1:]) else _otherwise().name), None


def _party_type(number: values.Number) -> TypeRow | None:
    """The type that a code means in the Party's numbers alone: `12-QĐ/TW` is a Quy định."""
    if number.join != "-" or number.segments[-1].upper() != "TW":
        return None
    return next((row for row in types() if number.segments[0].upper() in row.party_codes), None)


def _otherwise() -> TypeRow:
    """The type of a number that nothing tells more of: an office's letter."""
    return next(row for row in types() if row.otherwise)


def _canonical(candidate: Candidate) -> str:
    return values.canonical(candidate.full or candidate.number)


# A line break within a sentence of hard-wrapped text: "Quyết\nđịnh số 12", "12/QĐ-\nUBND".
_WRAPPED = template(
    r"\n(?<=\d[/\-](?:\p{Lu}[\p{L}]{0,5}[/\-]){0,8}\n)(?=\p{Lu}{2})|\n(?<=\d/\p{Lu}{2,4}\n)(?=-\p{Lu})"
    r"|\n(?<={number-word}:?\n)(?=\d{1,5}[/\-])"
    r"|\n(?<=(?:\p{Ll}{2}|,|\p{Ll}[ ])\n)(?=\p{Ll}|\d{1,5}[/\-])|\n(?<=(?:\d|\p{Lu}{2})\n)(?=(?:{by}|{day})[ ])"
)


def unwrapped(reading: Reading) -> Reading:
    """The reading with a blank for line breaks within sentences; every offset stays."""
    breaks = [m.start() for m in _WRAPPED.finditer(reading.text)]
    if not breaks:
        return reading
    text, folded = list(reading.text), list(reading.folded)
    for at in breaks:
        text[at] = folded[at] = " "
    return dataclasses.replace(reading, text="".join(text), folded="".join(folded))


_UPPER = regex.compile(r"\p{Lu}")
_SMALL_SUFFIX = regex.compile(
    r"(?<=(?<![\p{L}\d])\d{1,6}(?:/\d{4})?[/\-])[\p{Ll}&]{1,10}\d{0,2}(?:[/\-][\p{Ll}&]{1,12}\d{0,2}){0,3}(?![\p{L}\d])"
)


def _recased(reading: Reading) -> Reading:
    """The codes of numbers in capitals, where the whole text is written small: `số 12/qđ-ubnd`."""
    if _UPPER.search(reading.text) is not None:
        return reading
    return dataclasses.replace(reading, text=_SMALL_SUFFIX.sub(_upper, reading.text))


def _upper(m: regex.Match[str]) -> str:
    small = str(m.group())
    upper = small.upper()
    known = any(s in type_codes() or s in issuer_codes() or values.assembly(s) for s in regex.split(r"[/\-]", upper))
    return upper if known and len(upper) == len(small) else small


def find_documents(original: Reading) -> list[Document]:
    """All cited documents, in text order; short repeats carry the full number of the citation they repeat."""
    reading = unwrapped(_recased(without_tabs(original)))
    found = candidates(reading)
    end = reading.text.find("\n", found[-1].end) if found else 0
    issuers = Issuers(reading, end if end >= 0 else len(reading.text))
    out: list[Document] = []
    sure: dict[str, str] = {}  # number → the issuer that words beside one of its citations name
    guessed: list[int] = []
    for c in found:
        item, named = _document(c, reading, issuers, out)
        if named is not None:
            sure.setdefault(item.number_full or "", named)
        else:
            guessed.append(len(out))
        out.append(item)
    for k in guessed:
        known = sure.get(out[k].number_full or "")
        if known is not None:
            out[k] = out[k].model_copy(update={"issuer": known})
    found_all = _with_laws(_linked(_shared(found, out)), reading)
    return (
        [d.model_copy(update={"text": original.text[d.start : d.end]}) for d in found_all]
        if reading is not original
        else found_all
    )


def _document(c: Candidate, reading: Reading, issuers: Issuers, out: list[Document]) -> tuple[Document, str | None]:
    """The record item of one candidate, and the issuer that words around it name."""
    name, row = _type_of(c)
    full = _canonical(c)
    day, year = _dated(c, full, reading, out)
    issuer, named = issuers.of(row, c.full or c.number, c.start, c.end)
    item = Document(
        start=c.start,
        end=c.end,
        text=reading.text[c.start : c.end],
        type=name,
        number=c.number,
        number_full=full,
        name=law_name(name, full, reading.folded[c.start : c.number_start]),
        year=year,
        issuer=issuer,
        date=day,
        provenance=Provenance(layer="rule", rule=c.rule, confidence=0.98 if not c.short else 0.9),
    )
    return item, named


def _dated(c: Candidate, full: str, reading: Reading, out: list[Document]) -> tuple[str | None, int | None]:
    """Day and year of a citation: by the words around it, those of the citation before, and its number."""
    parsed = values.parse(full)
    year = parsed.year if parsed else None
    day = date_of(reading, c.start, c.end, year)
    if day is None and out and same_day(reading, out[-1].end, c.start, c.end):
        day = out[-1].date
    if year is None and day:
        year = int(day[:4])
    if year is None and (m := _YEAR_AFTER.match(reading.folded, c.end)):
        year = int(m["y"])
    return day, year


def _shared(found: list[Candidate], out: list[Document]) -> list[Document]:
    """The items of lists with the date and issuer that words after the last one name for all."""
    at = {id(c): k for k, c in enumerate(found)}
    items = list(out)
    for k, c in enumerate(found):
        if c.lender is None or id(c.lender) not in at:
            continue
        last = out[at[id(c.lender)]]
        year = items[k].year or (int(last.date[:4]) if last.date else None)
        update = {"issuer": last.issuer or items[k].issuer, "date": items[k].date or last.date, "year": year}
        items[k] = items[k].model_copy(update=update)
    return items


def _with_laws(numbered: list[Document], reading: Reading) -> list[Document]:
    """Laws named without a number between the citations that have one."""
    starts = [d.start for d in numbered]
    laws = []
    for law in find_laws(reading):
        k = bisect_left(starts, law.end)
        if k == 0 or numbered[k - 1].end <= law.start:
            laws.append(law)
    return sorted([*numbered, *laws], key=lambda d: d.start)


def _key(item: Document, number: values.Number) -> tuple[str, str]:
    return item.type or "", number.serial.lstrip("0")


def _linked(found: list[Document]) -> list[Document]:
    """Short repeats take number, year, issuer and date of the one full citation they can mean."""
    parsed = [values.parse(d.number_full or "") for d in found]
    groups: dict[tuple[str, str], dict[str | None, Document]] = {}
    for item, number in zip(found, parsed, strict=True):
        if number is not None:
            known = groups.setdefault(_key(item, number), {})
            known[item.number_full] = _merged(known[item.number_full], item) if item.number_full in known else item
    return [
        item if number is None else _completed(item, number, groups[_key(item, number)])
        for item, number in zip(found, parsed, strict=True)
    ]


def _completed(item: Document, number: values.Number, group: dict[str | None, Document]) -> Document:
    """A citation with what the others of its number say; a short one with the full number, where one alone fits."""
    same = [group[item.number_full]]
    full = [] if number.suffix else [d for n, d in group.items() if _fits(number, values.parse(n or ""))]
    if len(full) == 1:
        update = {"number_full": full[0].number_full, "issuer": full[0].issuer or item.issuer}
        item = item.model_copy(update=update)
        same = [*full, *same]
    for other in same:
        item = _merged(item, other)
    return item


def _fits(short: values.Number, full: values.Number | None) -> bool:
    return full is not None and bool(full.suffix) and short.year in (None, full.year)


def _merged(item: Document, other: Document) -> Document:
    """`item` with the year, date and issuer that it lacks and `other` has."""
    update = {
        k: getattr(other, k)
        for k in ("year", "date", "issuer", "name")
        if getattr(item, k) is None and getattr(other, k) is not None
    }
    return item.model_copy(update=update) if update else item
