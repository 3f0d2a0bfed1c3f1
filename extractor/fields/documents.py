"""Document citations to record items."""

from __future__ import annotations

import regex

from extractor.fields.documents_grammar import Candidate, candidates
from extractor.fields.documents_issuer import Issuers
from extractor.fields.documents_lexicon import TypeRow, type_codes
from extractor.models import Reading
from extractor.records import Document, Provenance
from extractor.values import dates
from extractor.values import documents as values

_DATE = regex.compile(
    r"[ ]?,?[ ]?\(?(?:ký[ ]|ban hành[ ])?(?:ngày[ ]|hôm[ ])?(?:(?P<d>\d{1,2})[ ]?[/.\-][ ]?(?P<m>\d{1,2})[ ]?[/.\-][ ]?(?P<y>\d{4})|(?P<d>\d{1,2})[ ]tháng[ ](?P<m>\d{1,2})[ ]năm[ ](?P<y>\d{4}))"
)
_YEAR_AFTER = regex.compile(r"[ ]năm[ ](?P<y>\d{4})(?!\d)")


def _type_of(candidate: Candidate) -> tuple[str, TypeRow | None]:
    """Canonical type: the word in the text; for "văn bản số …" and bare numbers the suffix; an office's number is a Công văn."""
    if candidate.type is not None and candidate.type.id != "van-ban":
        return candidate.type.name, candidate.type
    parsed = values.parse(candidate.number)
    table = type_codes()
    if parsed is not None and parsed.segments:
        if values.assembly(parsed.segments[0]):
            return "Luật", None
        first = table.get(parsed.segments[0].upper())
        if first is not None:
            if parsed.segments[0].upper() == "QĐ" and parsed.join == "-" and parsed.segments[-1].upper() == "TW":
                return "Quy định", None
            return first.name, first
    return "Công văn", None


def _canonical(candidate: Candidate) -> str:
    return values.canonical(candidate.full or candidate.number)


def find_documents(reading: Reading) -> list[Document]:
    """All cited documents, in text order; short repeats carry the full number of the citation they repeat."""
    found = candidates(reading)
    if not found:
        return []
    issuers = Issuers(reading)
    out: list[Document] = []
    for c in found:
        name, row = _type_of(c)
        when = _DATE.match(reading.folded, c.end)
        day = dates.day(int(when["y"]), int(when["m"]), int(when["d"])).timex if when else None
        full = _canonical(c)
        parsed = values.parse(full)
        year = parsed.year if parsed else None
        if year is None and day:
            year = int(day[:4])
        if year is None and (m := _YEAR_AFTER.match(reading.folded, c.end)):
            year = int(m["y"])
        out.append(
            Document(
                start=c.start,
                end=c.end,
                text=reading.text[c.start : c.end],
                type=name,
                number=c.number,
                number_full=full,
                year=year,
                issuer=issuers.of(row, c.full or c.number, c.start, c.end),
                date=day,
                provenance=Provenance(layer="rule", rule=c.rule, confidence=0.98 if not c.short else 0.9),
            )
        )
    return _linked(out)


def _linked(found: list[Document]) -> list[Document]:
    """Short repeats take number, year, issuer and date of the one full citation they can mean."""
    out: list[Document] = []
    full = [d for d in found if (p := values.parse(d.number_full or "")) is not None and p.suffix]
    for item in found:
        parsed = values.parse(item.number_full or "")
        if parsed is None:
            out.append(item)
            continue
        same = [
            d
            for d in (full if not parsed.suffix else found)
            if d is not item
            and d.type == item.type
            and (q := values.parse(d.number_full or "")) is not None
            and q.serial.lstrip("0") == parsed.serial.lstrip("0")
            and (not parsed.suffix or q.suffix == parsed.suffix)
            and (parsed.year is None or q.year is None or q.year == parsed.year)
        ]
        numbers = {d.number_full for d in same}
        update: dict[str, object] = {}
        if not parsed.suffix and len(numbers) == 1:
            update["number_full"] = same[0].number_full
        if not same:
            same = [d for d in found if d is not item and (d.type, d.number_full) == (item.type, item.number_full)]
        if len(numbers) < 2:
            for key in ("year", "date", "issuer"):
                known = {getattr(d, key) for d in same if getattr(d, key)}
                if getattr(item, key) is None and len(known) == 1:
                    update[key] = known.pop()
        out.append(item.model_copy(update=update) if update else item)
    return out
