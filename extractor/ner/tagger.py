"""The project's own model at work: a reading to mentions with confidences."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from extractor.models import Evidence, Mention, Reading
from extractor.ner.decode import Decoded, marginals, viterbi
from extractor.ner.features import sequences
from extractor.ner.lexicon import DATA, syllable_flags, unit_names
from extractor.ner.model import Chain, Model
from extractor.ner.scores import Scorer
from extractor.ner.tables import Tables, load, tables_of
from extractor.text import fold

BLOCK = 4096  # tokens decoded at a time, so that memory does not grow with the article
SHOWN = {"PER": "PER", "PRIV": "PER", "LOC": "LOC", "POST": "POST", "ORG": "ORG"}
PERSONS = ("PER", "PRIV")


class Found(NamedTuple):
    """A span of a chain, half-open code points. `official` is the share of official in the probability of a person."""

    start: int
    end: int
    label: str
    confidence: float
    official: float


class Tagger:
    """Chains with their tables. Calls from several threads wait for each other."""

    def __init__(self, chains: tuple[Chain, ...], name: str, tables: Tables) -> None:
        self.chains, self.id = chains, name
        self._scorer = Scorer(tables)
        self._lock = Lock()
        self._alike = {chain.name: _alike(chain) for chain in chains}

    @classmethod
    def of(cls, model: Model) -> Self:
        """The tagger of a model at hand."""
        return cls(model.chains, model.id, tables_of(model))

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """The tagger of a model file, which is its id unless it is the shipped one. Raises `ModelError` when it cannot be read."""
        shipped = path.parent == DATA
        chains, name, tables = load(path, keep=shipped)
        return cls(chains, name if shipped else str(path), tables)

    def spans(self, reading: Reading) -> Iterator[Found]:
        """Every span of every chain as the chain has it. A span is as sure as its least sure token."""
        block: list[tuple[int, int]] = []
        size = 0
        for first, last in sequences(reading):
            if size + last - first > BLOCK and block:
                yield from self._block(reading, block)
                block, size = [], 0
            block.append((first, last))
            size += last - first
        if block:
            yield from self._block(reading, block)

    def _block(self, reading: Reading, block: list[tuple[int, int]]) -> Iterator[Found]:
        starts, ends = reading.starts, reading.ends
        low, high = block[0][0], block[-1][1]
        kinds = [reading.line_at(starts[first]).kind for first, _ in block]
        with self._lock:
            scores, rows = self._scorer.scores(
                _strings(reading, low, high), [(a - low, b - low) for a, b in block], kinds
            )
        spans = np.array(block, np.int64)
        sizes = spans[:, 1] - spans[:, 0]
        inside = np.zeros(len(scores), np.bool_)
        inside[np.repeat(rows - sizes.cumsum() + sizes, sizes) + np.arange(int(sizes.sum()))] = True
        shift = (spans[:, 0] - rows).tolist()
        firsts = rows.tolist()
        decoded = viterbi(scores, inside, self.chains)
        held = _held(decoded)
        base = 0
        for k, chain in enumerate(self.chains):
            own = scores[:, base : base + len(chain.labels)]
            base += len(chain.labels)
            chosen = held & (decoded.chains == k)
            if not chosen.any():
                continue
            labels = decoded.labels[k]
            found = labels.nonzero()[0]
            shares = marginals(own, inside, chain, decoded.starts[chosen], decoded.ends[chosen])
            sure = np.zeros(len(labels), np.float32)
            sure[found] = (shares[found] * self._alike[chain.name][labels[found]]).sum(1)
            certain = sure.tolist()
            for first, last, label in _spans(found.tolist(), labels[found].tolist(), chain.labels):
                to = shift[bisect_right(firsts, first) - 1]
                official = 1.0
                if label in PERSONS and "B-PRIV" in chain.labels:
                    other = float(shares[first, chain.labels.index("B-PRIV")])
                    official = 1 - other / max(certain[first], 1e-6)
                confidence = min(1.0, *certain[first:last])
                yield Found(starts[first + to], ends[last - 1 + to], label, confidence, official)

    def __call__(self, reading: Reading) -> list[Mention]:
        """Mentions of the labels that are shown, in text order. A person's evidence tells whether it is an official's."""
        out: list[Mention] = []
        parted = [part for found in self.spans(reading) for part in _parted(found, reading.text)]
        for found in agreed(parted, reading.text):
            label = SHOWN.get(found.label)
            if label is not None:
                official = found.official >= 0.5 if label == "PER" else None
                evidence = Evidence("ner", self.id, round(found.confidence, 3), official)
                out.append(Mention.at(reading.text, found.start, found.end, label, evidence))
        return sorted(out, key=lambda m: (m.start, -m.end))


def agreed(spans: Sequence[Found], text: str) -> list[Found]:
    """The spans with one label for a string of several syllables throughout the article: the one with most confidence.

    Persons that stand by the same name are official to the same degree.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    shares: dict[str, list[float]] = defaultdict(list)
    for span in spans:
        if span.label != "POST":
            quote = text[span.start : span.end]
            votes[quote]["PER" if span.label in PERSONS else span.label] += span.confidence
            if span.label in PERSONS:
                shares[quote].append(span.official)
    # One winner a string, found once: a string may stand ten thousand times in a broken page.
    label_of = {quote: max((weight, name) for name, weight in given.items())[1] for quote, given in votes.items()}
    official_of = {quote: sum(given) / len(given) for quote, given in shares.items()}
    out: list[Found] = []
    for span in spans:
        quote = text[span.start : span.end]
        if span.label != "POST" and " " in quote:
            label, official = label_of[quote], span.official
            if label == "PER":
                official = official_of[quote]
                label = "PER" if official >= 0.5 else "PRIV"
            span = span._replace(label=label, official=official)
        out.append(span)
    return out


def _parted(found: Found, text: str) -> Iterator[Found]:
    """A person's span that begins with a province ("Công an Cao Bằng Đàm Văn Tám") in two: the province and the person."""
    words = text[found.start : found.end].split(" ") if found.label in PERSONS else ()
    if (
        len(words) >= 5
        and "p" in unit_names().get(fold(" ".join(words[:2])), "")
        and "sur" in syllable_flags(fold(words[2]))
    ):
        middle = found.start + len(words[0]) + len(words[1]) + 2
        yield found._replace(end=middle - 1, label="LOC")
        found = found._replace(start=middle)
    yield found


def _alike(chain: Chain) -> NDArray[np.float32]:
    """Which labels count as the same when confidence is summed: a person's, official or not."""
    names = [label.replace("PRIV", "PER") for label in chain.labels]
    return np.array([[a == b for b in names] for a in names], np.float32)


def _strings(reading: Reading, low: int, high: int) -> list[str]:
    """The tokens of a reading from one index to another, as strings."""
    known: list[str] | None = reading.kept.get("tokens")
    if known is not None:
        return known[low:high]
    text = reading.text
    return [text[s:e] for s, e in zip(reading.starts[low:high], reading.ends[low:high], strict=True)]


def _held(decoded: Decoded) -> NDArray[np.bool_]:
    """Which stretches are not `O` throughout."""
    found = decoded.labels.ravel().nonzero()[0]
    shift = decoded.chains * decoded.labels.shape[1]
    held: NDArray[np.bool_] = found.searchsorted(decoded.ends + shift) > found.searchsorted(decoded.starts + shift)
    return held


def _spans(rows: Sequence[int], numbers: Sequence[int], labels: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Row ranges of the spans, from the rows that have a label and its numbers. An `I-` that continues nothing opens a span."""
    begin, kind, previous = -1, "", -2
    for row, number in zip(rows, numbers, strict=True):
        label = labels[number]
        if begin >= 0 and (row != previous + 1 or label != f"I-{kind}"):
            yield begin, previous + 1, kind
            begin = -1
        if begin < 0:
            begin, kind = row, label[2:]
        previous = row
    if begin >= 0:
        yield begin, previous + 1, kind
