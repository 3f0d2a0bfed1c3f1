"""Laws, codes and ordinances by name: `Luật BHYT`, `Bộ luật Lao động năm 2019`; their canonical names and numbers."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.models import Reading
from extractor.records import Document, Provenance
from extractor.rules import Row, cache, load_rows, word_tree
from extractor.text import fold

_ISSUERS = {"Luật": "Quốc hội", "Bộ luật": "Quốc hội", "Pháp lệnh": "Ủy ban Thường vụ Quốc hội"}
_YEAR = regex.compile(
    r"(?:[ ](?:\(?sửa[ ]đổi(?:,?[ ]bổ[ ]sung)?\)?))?[ ,]{1,2}\(?(?:ban[ ]hành[ ])?(?:năm[ ])?(?P<y>(?:19|20)\d\d)(?!\d|[/\-]\d)"
)
_KINDS = {"law": "Luật", "code": "Bộ luật", "ordinance": "Pháp lệnh"}


class LawRow(Row):
    """Names of laws of one `type`. With `name` the forms are spellings of that one law, and `numbers` tells its numbers by
    year ("2014:58/2014/QH13"); without it every form is a law's own name."""

    type: str
    name: str | None = None
    numbers: tuple[str, ...] = ()


@cache
def _rows() -> tuple[LawRow, ...]:
    return load_rows("document_laws.yaml", LawRow)


def _plain(form: str) -> str:
    """A spelling without what spellings differ in: case, the placement of tones, commas, blanks."""
    return " ".join(fold(form).replace(",", " ").split())


@cache
def _names() -> dict[tuple[str, str], str]:
    """(type, plain spelling) → canonical name with its type."""
    out: dict[tuple[str, str], str] = {}
    for row in _rows():
        for form in (*row.forms, *((row.name,) if row.name else ())):
            if row.name or (row.type, _plain(form)) not in out:
                out[row.type, _plain(form)] = f"{row.type} {row.name or form}"
    return out


@cache
def _numbers() -> tuple[dict[str, str], dict[tuple[str, int], str]]:
    """Number → canonical name, and (canonical name, year) → number."""
    names, numbers = {}, {}
    for row in _rows():
        for entry in row.numbers:
            year, _, number = entry.partition(":")
            names[number] = f"{row.type} {row.name}"
            numbers[f"{row.type} {row.name}", int(year)] = number
    return names, numbers


@cache
def _named() -> regex.Pattern[str]:
    """Name groups under the word before them; a code is often called a law ("Luật Hình sự")."""
    trees = {}
    for kind in ("Luật", "Bộ luật", "Pháp lệnh"):
        forms = {
            fold(f) for row in _rows() if row.type == kind for f in (*row.forms, *((row.name,) if row.name else ()))
        }
        trees[kind] = word_tree(forms | {f.replace(",", "") for f in forms})
    return regex.compile(
        rf"luật[ ](?:(?P<law>{trees['Luật']})|(?P<code>{trees['Bộ luật']}))(?![\p{{L}}\d])"
        rf"|pháp[ ]lệnh[ ](?P<ordinance>{trees['Pháp lệnh']})(?![\p{{L}}\d])"
    )


def law_name(kind: str | None, number: str | None, lead: str) -> str | None:
    """The canonical name of a law cited by its number: by the number, else by the name in its citation `lead` (folded)."""
    if kind not in _ISSUERS:
        return None
    known = _numbers()[0].get(number or "")
    if known is not None:
        return known
    m = _named().search(lead)
    return _names()[_KINDS[m.lastgroup or "law"], _plain(m[m.lastgroup or "law"])] if m is not None else None


def find_laws(reading: Reading) -> Iterator[Document]:
    """Laws named without a number, `number` None; the year beside the name is not in the span, and tells the full number."""
    folded = reading.folded
    if "luật " not in folded and "pháp lệnh " not in folded:
        return
    for m in _named().finditer(folded):
        group = m.lastgroup or "law"
        start = m.start() - 3 if folded.startswith("bộ ", max(0, m.start() - 3)) else m.start()
        if folded[start - 1 : start].isalpha() or folded.endswith(("pháp ", "kỷ "), 0, start):
            continue
        name_at = m.start(group)
        if not (reading.text[start].isupper() or reading.text[name_at].isupper()):
            continue  # "luật giao thông" in running text is the rule, not the law
        kind = _KINDS[group]
        said = _YEAR.match(folded, m.end())
        year, name = int(said["y"]) if said else None, _names()[kind, _plain(m[group])]
        yield Document(
            start=start,
            end=m.end(),
            text=reading.text[start : m.end()],
            type=kind,
            number=None,
            number_full=_numbers()[1].get((name, year)) if year else None,
            name=name,
            year=year,
            issuer=_ISSUERS[kind],
            provenance=Provenance(layer="rule", rule="named-law", confidence=0.8),
        )
