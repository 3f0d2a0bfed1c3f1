"""Weak labels: what a first model is sure of in unlabelled articles, made consistent over each article."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from extractor.language import read
from extractor.models import Article, Reading
from extractor.ner.gold import Labelled
from extractor.ner.sequences import Sequence, labelled_sequences
from extractor.ner.tagger import Tagger
from extractor.text import clean

SURE = 0.6  # a sentence with a span below it is left out
MAX_LENGTH = 8_000  # characters; longer articles are lists and laws


def unlabelled(paths: Iterable[Path], count: int, seed: int, without: frozenset[str]) -> Iterator[Reading]:
    """`count` readings drawn from JSON Lines of articles, evenly over the files; texts in `without` are left out."""
    files = list(paths)
    for number, path in enumerate(files):
        share = count // len(files) + (number < count % len(files))
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = [row for row in map(json.loads, raw.splitlines()) if len(row["text"]) <= MAX_LENGTH]
        texts = sorted({clean(row["text"]) for row in rows} - without)
        for text in Random(seed).sample(texts, min(share, len(texts))):
            yield read(Article(id="weak", text=text))


def consistent(spans: list[tuple[int, int, str, float]], text: str) -> list[tuple[int, int, str, float]]:
    """The spans with one label a string and chain: the one that most of the confidence in the article is for.

    A string of several syllables that is sure somewhere lends its confidence to its other mentions.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    best: dict[tuple[str, str], float] = defaultdict(float)
    for start, end, label, confidence in spans:
        votes[text[start:end]][label] += confidence  # type: ignore[assignment]
        best[text[start:end], label] = max(best[text[start:end], label], confidence)
    out = []
    for start, end, label, confidence in spans:
        quote = text[start:end]
        if label != "POST" and " " in quote:
            label = max((n, name) for name, n in votes[quote].items())[1]
            confidence = max(confidence, best[quote, label])
        out.append((start, end, label, confidence))
    return out


def weak_labels(readings: Iterable[Reading], tagger: Tagger) -> Iterator[list[Sequence]]:
    """For every reading the sequences that hold a span and whose spans are all sure, with their labels."""
    for reading in readings:
        spans = consistent(list(tagger.spans(reading)), reading.text)
        kept: list[Labelled] = [(start, end, label) for start, end, label, _ in spans]
        unsure = {reading.sentence_index(start) for start, _, _, confidence in spans if confidence < SURE}
        held = {reading.sentence_index(start) for start, _, _, _ in spans} - unsure
        rows = labelled_sequences(reading, kept)
        numbers = [reading.sentence_index(start) for start in _starts(reading)]
        chosen = [row for row, number in zip(rows, numbers, strict=True) if number in held]
        if chosen:
            yield chosen


def _starts(reading: Reading) -> list[int]:
    from extractor.ner.features import sequences

    return [reading.starts[first] for first, _ in sequences(reading)]
