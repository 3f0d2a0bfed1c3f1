"""Training material: sequences of tokens with one row of BIO labels a chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.models import Reading
from extractor.ner.features import sequences
from extractor.training.gold import CHAINS, Example, Labelled, bio

Labels = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sequence:
    """One sentence: its tokens, the kind of its line, and for every chain the label of each token."""

    tokens: list[str]
    kind: str
    labels: Labels


def tokens_of(reading: Reading) -> list[str]:
    """All tokens of a reading."""
    text = reading.text
    return [text[s:e] for s, e in zip(reading.starts, reading.ends, strict=True)]


def labelled_sequences(reading: Reading, spans: Iterable[Labelled]) -> list[Sequence]:
    """The sequences of a reading with the labels of `spans`."""
    tokens, kept = tokens_of(reading), list(spans)
    labels = {chain: bio(reading, kept, chain) for chain in CHAINS}
    return [
        Sequence(
            tokens[first:last],
            reading.line_at(reading.starts[first]).kind,
            {chain: row[first:last] for chain, row in labels.items()},
        )
        for first, last in sequences(reading)
    ]


def of_examples(examples: Iterable[Example]) -> list[list[Sequence]]:
    """Sequences of examples, one list an article."""
    return [labelled_sequences(e.reading, e.spans) for e in examples]
