"""Weak labels: what a first model is sure of in unlabelled articles, made consistent over each article."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from extractor.errors import InputError
from extractor.language import read
from extractor.models import Article, Reading
from extractor.ner.features import sequences
from extractor.ner.gold import Labelled
from extractor.ner.sequences import Sequence, labelled_sequences
from extractor.ner.tagger import Found, Tagger, agreed
from extractor.text import clean

SURE = 0.6  # a sentence with a span below it is left out
MAX_LENGTH = 8_000  # characters; longer articles are lists and laws


def unlabelled(paths: Iterable[Path], count: int, seed: int, without: frozenset[str]) -> Iterator[Reading]:
    """`count` readings drawn from JSON Lines of articles, evenly over the files; texts in `without` are left out."""
    files = list(paths)
    if missing := [str(path) for path in files if not path.is_file()]:
        raise InputError(f"{', '.join(missing)}: no such file of unlabelled articles")
    for number, path in enumerate(files):
        share = count // len(files) + (number < count % len(files))
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = [row for row in map(json.loads, raw.splitlines()) if len(row["text"]) <= MAX_LENGTH]
        texts = sorted({clean(row["text"]) for row in rows} - without)
        for text in Random(seed).sample(texts, min(share, len(texts))):
            yield read(Article(id="weak", text=text))


def lent(spans: list[Found], text: str) -> list[Found]:
    """The agreed spans; a string of several syllables that is sure somewhere lends its confidence to its other mentions."""
    best: dict[tuple[str, str], float] = defaultdict(float)
    out = agreed(spans, text)
    for span in out:
        known = text[span.start : span.end], span.label
        best[known] = max(best[known], span.confidence)
    return [
        span._replace(confidence=best[quote, span.label]) if " " in quote and span.label != "POST" else span
        for span in out
        for quote in (text[span.start : span.end],)
    ]


def weak_labels(readings: Iterable[Reading], tagger: Tagger) -> Iterator[list[Sequence]]:
    """For every reading the sequences that hold a span and whose spans are all sure, with their labels."""
    for reading in readings:
        spans = lent(list(tagger.spans(reading)), reading.text)
        kept: list[Labelled] = [(span.start, span.end, span.label) for span in spans]
        unsure = {reading.sentence_index(span.start) for span in spans if span.confidence < SURE}
        held = {reading.sentence_index(span.start) for span in spans} - unsure
        rows = labelled_sequences(reading, kept)
        numbers = [reading.sentence_index(reading.starts[first]) for first, _ in sequences(reading)]
        chosen = [row for row, number in zip(rows, numbers, strict=True) if number in held]
        if chosen:
            yield chosen
