"""CoNLL export: one token a line with IOB2 labels, sentences and documents apart; the longest mention wins where some nest."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.evaluate.formats.docbin import pieces
from extractor.evaluate.formats.document import Document


def lines(document: Document) -> Iterator[str]:
    """Lines `token<tab>label` of a document, an empty line after each sentence."""
    from extractor.language import read
    from extractor.models import Article

    yield f"# id = {document.id}"
    chosen: list[tuple[int, int, str]] = []
    for mention in sorted(document.mentions, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= a or b <= mention.start for a, b, _ in chosen):
            chosen.append((mention.start, mention.end, mention.label))
    starts = {s for s, _ in read(Article(document.id, document.text)).sentences}
    label_at = {i: (a, label) for a, b, label in chosen for i in range(a, b)}
    first = True
    for start, end in pieces(document):
        if not first and any(s in starts for s in range(start, end)) and label_at.get(start, (start, ""))[0] == start:
            yield ""
        first = False
        if start in label_at:
            begin, label = label_at[start]
            yield f"{document.text[start:end]}\t{'B' if begin == start else 'I'}-{label}"
        else:
            yield f"{document.text[start:end]}\tO"
    yield ""
