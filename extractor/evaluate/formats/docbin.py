"""spaCy DocBin: mentions as `doc.spans[label]`, the longest non-crossing ones as `doc.ents`, values as user data."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.evaluate.formats.document import LABELS, Document, Mention
from extractor.outputs import writing_output
from extractor.syllables import TOKEN

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_USER_KEY = "extractor"
_INK = re.compile(r"\S+")


def pieces(document: Document) -> list[tuple[int, int]]:
    """Tokens of the rule tokenizer, cut further where a mention begins or ends, so that every span aligns.

    What the tokenizer passes over (joiners inside an emoji) is a token too: all but white space is covered.
    """
    cuts = {0, len(document.text)}
    cuts.update(border for match in TOKEN.finditer(document.text) for border in match.span())
    cuts.update(border for mention in document.mentions for border in (mention.start, mention.end))
    inked = (match.span() for match in _INK.finditer(document.text))
    ordered = sorted(cuts)
    out: list[tuple[int, int]] = []
    for start, end in inked:
        inside = ordered[bisect_right(ordered, start) : bisect_left(ordered, end)]
        out += pairwise((start, *inside, end))
    return out


def to_doc(document: Document, vocab: Vocab) -> Doc:
    """The spaCy Doc of a document; `doc.text` is the text, unchanged."""
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans

    words: list[str] = []
    spaces: list[bool] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0

    def gap(end: int) -> None:
        """White space up to `end`: one blank belongs to the token before it, the rest are tokens."""
        nonlocal at
        if at < end and words and document.text[at] == " " and not spaces[-1]:
            spaces[-1] = True
            at += 1
        if at < end:
            words.append(document.text[at:end])
            spaces.append(False)
            at = end

    for start, end in pieces(document):
        gap(start)
        starts[start], ends[end] = len(words), len(words) + 1
        words.append(document.text[start:end])
        spaces.append(False)
        at = end
    gap(len(document.text))
    doc = Doc(vocab, words=words, spaces=spaces)
    groups: dict[str, list[Span]] = {}
    for mention in document.mentions:
        if mention.start in starts and mention.end in ends:
            span = Span(doc, starts[mention.start], ends[mention.end], mention.label)
            groups.setdefault(mention.label, []).append(span)
    for label, spans in groups.items():
        doc.spans[label] = spans
    doc.ents = filter_spans([span for spans in groups.values() for span in spans])
    keys = [[m.start, m.end, m.label, m.key, m.person] for m in document.mentions]
    # As JSON text: the binary form of user data turns lists into tuples.
    state = {"id": document.id, "keys": keys, **document.state()}
    doc.user_data[_USER_KEY] = json.dumps(state, ensure_ascii=False)
    return doc


def write(documents: Iterable[Document], path: Path) -> int:
    """Write a .spacy file; returns the number of documents."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    box = DocBin(store_user_data=True)
    for document in documents:
        box.add(to_doc(document, vocab))
    with writing_output(path) as stream:
        stream.write(box.to_bytes())
    return len(box)


def read(path: Path) -> Iterator[Document]:
    """Documents of a .spacy file, of ours or of others: `doc.spans` with our labels, else `doc.ents`."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        box = DocBin().from_disk(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a spaCy DocBin ({error})") from None
    for number, doc in enumerate(box.get_docs(Vocab())):
        state = json.loads(doc.user_data.get(_USER_KEY) or "{}")
        document = Document(str(state.get("id") or f"{path.stem}-{number}"), doc.text)
        document.take(state)
        found = [
            (s.start_char, s.end_char, s.label_) for group in doc.spans.values() for s in group if s.label_ in LABELS
        ]
        if not found:
            found = [(s.start_char, s.end_char, s.label_) for s in doc.ents if s.label_ in LABELS]
        known: dict[tuple[int, int, str], list[tuple[str | None, str | None]]] = {}
        for a, b, label, key, person in state.get("keys") or ():
            known.setdefault((a, b, label), []).append((key, person))
        for start, end, label in sorted(found):
            waiting = known.get((start, end, label))
            key, person = waiting.pop(0) if waiting else (None, None)
            document.mentions.append(Mention(start, end, label, key, None, person))
        yield document
