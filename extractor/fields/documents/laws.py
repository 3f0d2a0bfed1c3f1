"""Laws, codes and ordinances by name: `Luật BHYT`, `Bộ luật Lao động năm 2019`; their canonical names and numbers."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.documents.rows import TypeRow, forms, template, types
from extractor.models import Reading
from extractor.records import Document, Provenance
from extractor.rules import Row, cache, load_rows, word_tree
from extractor.text import fold

_YEAR = template(
    r"(?:[ ]\(?{amended}\)?)?[ ,]{1,2}\(?(?:{enacted}[ ])?(?:{year}[ ])?(?P<y>(?:19|20)\d\d)(?!\d|[/\-]\d)"
)
_LEAD = template(r"(?<={code-lead}[ ])")
_OTHER_WORD = template(r"(?<={not-a-law}[ ])")


class LawRow(Row):
    """Names of laws of one `type`. With `name` the forms are spellings of that one law, and `numbers` tells its numbers by
    year ("2014:58/2014/QH13"); without it every form is a law's own name."""

    SPELT = ("name", "numbers")

    type: str
    name: str | None = None
    numbers: tuple[str, ...] = ()

    def spellings(self) -> tuple[str, ...]:
        """All spellings: the forms and the canonical name."""
        return (*self.forms, *((self.name,) if self.name else ()))


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
        for form in row.spellings():
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
def _kinds() -> dict[str, TypeRow]:
    """Group of the expression → type: laws first, then what has a word more before it ("Bộ luật")."""
    rows = sorted((row for row in types() if row.law), key=lambda row: row.name != _word(row).capitalize())
    return {f"k{k}": row for k, row in enumerate(rows)}


def _word(row: TypeRow) -> str:
    """The word right before a law's name: `luật` for "Bộ luật" too, as a code is often called a law ("Luật Hình sự")."""
    form = fold(row.forms[0])
    first, _, rest = form.partition(" ")
    return rest if first in forms("code-lead") else form


@cache
def _named() -> regex.Pattern[str]:
    """Name groups under the word before them."""
    trees: dict[str, list[str]] = {}
    for group, kind in _kinds().items():
        spellings = {fold(f) for row in _rows() if row.type == kind.name for f in row.spellings()}
        tree = word_tree(spellings | {f.replace(",", "") for f in spellings})
        trees.setdefault(_word(kind), []).append(f"(?P<{group}>{tree})")
    return regex.compile(
        "|".join(rf"{word_tree([word])}[ ](?:{'|'.join(tree)})(?![\p{{L}}\d])" for word, tree in trees.items())
    )


def _law(m: regex.Match[str]) -> tuple[TypeRow, str]:
    """Type and canonical name of a match."""
    group = m.lastgroup or ""
    kind = _kinds()[group]
    return kind, _names()[kind.name, _plain(m[group])]


def law_name(kind: str | None, number: str | None, lead: str) -> str | None:
    """The canonical name of a law cited by its number: by the number, else by the name in its citation `lead` (folded)."""
    if kind not in {row.name for row in _kinds().values()}:
        return None
    known = _numbers()[0].get(number or "")
    if known is not None:
        return known
    m = _named().search(lead)
    return _law(m)[1] if m is not None else None


def _is_law(reading: Reading, m: regex.Match[str], start: int) -> bool:
    """Whether a name is a law's: no part of another word, and with a capital ("luật giao thông" is the rule, not the law)."""
    if reading.folded[start - 1 : start].isalpha() or _OTHER_WORD.match(reading.folded, start):
        return False
    return reading.text[start].isupper() or reading.text[m.start(m.lastgroup)].isupper()


def find_laws(reading: Reading) -> Iterator[Document]:
    """Laws named without a number, `number` None; the year beside the name is not in the span, and tells the full number."""
    folded = reading.folded
    if not any(f"{_word(row)} " in folded for row in _kinds().values()):
        return
    for m in _named().finditer(folded):
        start = m.start() - 3 if _LEAD.match(folded, m.start()) else m.start()
        if not _is_law(reading, m, start):
            continue
        kind, name = _law(m)
        said = _YEAR.match(folded, m.end())
        year = int(said["y"]) if said else None
        yield Document(
            start=start,
            end=m.end(),
            text=reading.text[start : m.end()],
            type=kind.name,
            number=None,
            number_full=_numbers()[1].get((name, year)) if year else None,
            name=name,
            year=year,
            issuer=kind.issuer,
            provenance=Provenance(layer="rule", rule="named-law", confidence=0.8),
        )
