"""Laws, codes and ordinances cited by name without a number: `Luật BHYT`, `Bộ luật Lao động năm 2019`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.models import Reading
from extractor.records import Document, Provenance
from extractor.rules import Row, cache, load_rows, word_tree
from extractor.text import fold

_ISSUERS = {"Luật": "Quốc hội", "Bộ luật": "Quốc hội", "Pháp lệnh": "Ủy ban Thường vụ Quốc hội"}
_YEAR = regex.compile(r"[ ,]{1,2}(?:năm[ ])?(?P<y>(?:19|20)\d\d)(?!\d)")


class LawRow(Row):
    """Names of laws of one `type`."""

    type: str


@cache
def _named() -> regex.Pattern[str]:
    """Name groups under the word before them; a code is often called a law ("Luật Hình sự")."""
    names = {row.type: word_tree(fold(f) for f in row.forms) for row in load_rows("document_laws.yaml", LawRow)}
    return regex.compile(
        rf"luật[ ]{{1,2}}(?:(?P<law>{names['Luật']})|(?P<code>{names['Bộ luật']}))(?![\p{{L}}\d])"
        rf"|pháp[ ]lệnh[ ]{{1,2}}(?P<ordinance>{names['Pháp lệnh']})(?![\p{{L}}\d])"
    )


_KINDS = {"law": "Luật", "code": "Bộ luật", "ordinance": "Pháp lệnh"}


def find_laws(reading: Reading) -> Iterator[Document]:
    """Laws named without a number, `number` None; the year beside the name is not in the span."""
    folded = reading.folded
    if "luật " not in folded and "pháp lệnh " not in folded:
        return
    for m in _named().finditer(folded):
        group = m.lastgroup or "law"
        start = m.start() - 3 if folded.startswith("bộ ", max(0, m.start() - 3)) else m.start()
        if folded[start - 1 : start].isalpha() or folded.startswith(("pháp ", "kỷ "), max(0, start - 5)):
            continue
        name_at = m.start(group)
        if not (reading.text[start].isupper() or reading.text[name_at].isupper()):
            continue  # "luật giao thông" in running text is the rule, not the law
        kind = _KINDS[group]
        year = _YEAR.match(folded, m.end())
        yield Document(
            start=start,
            end=m.end(),
            text=reading.text[start : m.end()],
            type=kind,
            number=None,
            year=int(year["y"]) if year else None,
            issuer=_ISSUERS[kind],
            provenance=Provenance(layer="rule", rule="named-law", confidence=0.8),
        )
