"""The project's own model at work: a reading to mentions with confidences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import numpy as np

from extractor.models import Evidence, Mention, Reading
from extractor.ner.decode import marginals, viterbi
from extractor.ner.features import sequences
from extractor.ner.model import Model, load_model
from extractor.ner.scores import Scorer

BLOCK = 4096  # tokens decoded at a time, so that memory does not grow with the article
SHOWN = frozenset({"PER", "LOC", "POST", "ORG"})


class Tagger:
    """A model with its tables. Calls from several threads wait for each other."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.id = str(model.meta.get("id", "crf"))
        self._scorer = Scorer(model)
        self._lock = Lock()

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """The tagger of a model file. Raises `ModelError` when it cannot be read."""
        return cls(load_model(path))

    def spans(self, reading: Reading) -> Iterator[tuple[int, int, str, float]]:
        """(start, end, label, confidence) of every span of every chain, in code points. The least sure token counts."""
        text = reading.text
        block: list[tuple[int, int]] = []
        size = 0
        for first, last in sequences(reading):
            if size + last - first > BLOCK and block:
                yield from self._block(reading, block)
                block, size = [], 0
            block.append((first, last))
            size += last - first
        if block and text:
            yield from self._block(reading, block)

    def _block(self, reading: Reading, block: list[tuple[int, int]]) -> Iterator[tuple[int, int, str, float]]:
        text, starts, ends = reading.text, reading.starts, reading.ends
        low = block[0][0]
        tokens = [text[s:e] for s, e in zip(starts[low : block[-1][1]], ends[low : block[-1][1]], strict=True)]
        kinds = [reading.line_at(starts[first]).kind for first, _ in block]
        with self._lock:
            scores, rows = self._scorer.scores(tokens, [(a - low, b - low) for a, b in block], kinds)
        inside = np.zeros(len(scores), np.bool_)
        token_at = np.full(len(scores), -1, np.int64)
        for row, (first, last) in zip(rows.tolist(), block, strict=True):
            inside[row : row + last - first] = True
            token_at[row : row + last - first] = np.arange(first, last)
        base = 0
        for chain in self.model.chains:
            own = scores[:, base : base + len(chain.labels)]
            base += len(chain.labels)
            labels, begins, stops = viterbi(own, inside, chain)
            sure = marginals(own, inside, chain, labels, begins, stops)
            for first, last, label in _spans(labels, chain.labels):
                confidence = float(sure[first:last].min())
                yield starts[token_at[first]], ends[token_at[last - 1]], label, confidence

    def __call__(self, reading: Reading) -> list[Mention]:
        """Mentions of the labels that are shown, in text order."""
        out = [
            Mention.at(reading.text, start, end, label, Evidence("ner", self.id, round(min(1.0, confidence), 3)))
            for start, end, label, confidence in self.spans(reading)
            if label in SHOWN
        ]
        return sorted(out, key=lambda m: (m.start, -m.end))


def _spans(
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]], labels: tuple[str, ...]
) -> Iterator[tuple[int, int, str]]:
    """Row ranges of the spans in a row of label numbers. An `I-` that continues nothing opens a span."""
    begin, kind, previous = -1, "", -2
    for row in np.flatnonzero(numbers).tolist():
        label = labels[numbers[row]]
        if begin >= 0 and (row != previous + 1 or label != f"I-{kind}"):
            yield begin, previous + 1, kind
            begin = -1
        if begin < 0:
            begin, kind = row, label[2:]
        previous = row
    if begin >= 0:
        yield begin, previous + 1, kind
