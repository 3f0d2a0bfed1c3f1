"""Laws, codes and ordinances cited by name without a number: `Luật BHYT`, `Bộ luật Lao động năm 2019`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extractor.fields.dates_lexicon import word_tree
from extractor.models import Reading
from extractor.records import Document, Provenance
from extractor.rules import Row, load_rows
from extractor.text import fold

_ISSUERS = {"Luật": "Quốc hội", "Bộ luật": "Quốc hội", "Pháp lệnh": "Ủy ban Thường vụ Quốc hội"}
_YEAR = regex.compile(r"[ ,]{1,2}(?:năm[ ])?(?P<y>(?:19|20)\d\d)(?!\d)")


class LawRow(Row):
    """Names of laws of one `type`."""

    type: str


@cache
def _named() -> regex.Pattern[str]:
    pieces = []
    for row in load_rows("document_laws.yaml", LawRow):
        # a code is often called a law: "Luật Hình sự"
        words = "(?:bộ[ ])?luật" if row.type == "Bộ luật" else fold(row.type)
        pieces.append(rf"(?P<{row.id}>{words})[ ]{{1,2}}{word_tree(fold(f) for f in row.forms)}")
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{'|'.join(pieces)})(?![\p{{L}}\d])")


def find_laws(reading: Reading) -> Iterator[Document]:
    """Laws named without a number, `number` None; the year beside the name is not in the span."""
    types = {row.id: row.type for row in load_rows("document_laws.yaml", LawRow)}
    for m in _named().finditer(reading.folded):
        group = m.lastgroup or "laws"
        name_at = m.end(group) + 1
        if not (reading.text[m.start()].isupper() or reading.text[name_at : name_at + 1].isupper()):
            continue  # "luật giao thông" in running text is the rule, not the law
        kind = types[group]
        year = _YEAR.match(reading.folded, m.end())
        yield Document(
            start=m.start(),
            end=m.end(),
            text=reading.text[m.start() : m.end()],
            type=kind,
            number=None,
            year=int(year["y"]) if year else None,
            issuer=_ISSUERS[kind],
            provenance=Provenance(layer="rule", rule="named-law", confidence=0.8),
        )
