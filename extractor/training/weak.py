"""Weak labels of unlabelled articles: what the pipeline reads with a first model, or what that model alone is sure of."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from extractor.errors import InputError
from extractor.models import Article, Reading
from extractor.ner.features import sequences
from extractor.ner.model import Model
from extractor.ner.tagger import PERSONS, Found, Tagger, agreed
from extractor.pipeline import read_view
from extractor.text import clean
from extractor.training.gold import Labelled
from extractor.training.sequences import Sequence, labelled_sequences
from extractor.training.teacher import taught

SURE = 0.6  # a sentence in which the model is less sure of a span is left out
CERTAIN = 0.95  # the model alone is believed from here on
MAX_LENGTH = 8_000  # characters; longer articles are lists and laws


def present(paths: Iterable[Path]) -> list[Path]:
    """The files of unlabelled articles. Raises `InputError` that names those that are not there."""
    files = list(paths)
    if missing := [str(path) for path in files if not path.is_file()]:
        raise InputError(f"{', '.join(missing)}: no such file of unlabelled articles")
    return files


def _texts(path: Path) -> Iterator[str]:
    """The texts of a JSON Lines file that are not too long. Raises `InputError` that names the line that has none."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    for number, line in enumerate(raw.splitlines(), 1):
        try:
            text = json.loads(line)["text"] if line.strip() else ""
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{path}, line {number}: not a JSON object with a 'text'") from None
        if text and len(text) <= MAX_LENGTH:
            yield clean(text)


def unlabelled(
    paths: Iterable[Path], count: int, seed: int, without: frozenset[str], *, unread: frozenset[str] = frozenset()
) -> Iterator[Reading]:
    """`count` readings drawn from JSON Lines of articles, evenly over the files; texts in `without` are left out, and those
    whose SHA-256 is in `unread` (see `digest_of`)."""
    files = present(paths)
    for number, path in enumerate(files):
        share = count // len(files) + (number < count % len(files))
        texts = sorted(set(_texts(path)))
        Random(seed).shuffle(texts)
        readings = (read_view(Article(id="weak", text=text))[0] for text in texts)
        kept = (r for r in readings if r.text not in without and not (unread and digest_of(r) in unread))
        yield from islice(kept, share)


def digest_of(reading: Reading) -> str:
    """SHA-256 of a text as it is read, hexadecimal: how a list names articles without holding them."""
    return hashlib.sha256(reading.text.encode("utf-8")).hexdigest()


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


def _chosen(reading: Reading, spans: Iterable[Labelled], disputed: set[int]) -> list[Sequence]:
    """The sequences of the sentences that hold one of the spans and are not `disputed`."""
    kept = list(spans)
    held = {reading.sentence_index(start) for start, _, _ in kept} - disputed
    numbers = (reading.sentence_index(reading.starts[first]) for first, _ in sequences(reading))
    rows = labelled_sequences(reading, kept)
    return [row for row, number in zip(rows, numbers, strict=True) if number in held]


def of_model(reading: Reading, tagger: Tagger) -> list[Sequence]:
    """The sequences that hold a span of the model and whose spans it is all sure of."""
    spans = lent(list(tagger.spans(reading)), reading.text)
    unsure = {reading.sentence_index(span.start) for span in spans if span.confidence < SURE}
    return _chosen(reading, [(span.start, span.end, span.label) for span in spans], unsure)


def of_rules(reading: Reading, tagger: Tagger, backend: str) -> list[Sequence]:
    """The sequences that hold a span of the pipeline with `backend`, whose model `tagger` is.

    A person of whom only the model knows is labelled where it is sure (reporters' names, which records leave out); a
    sentence where it is not sure is left out: one of the two is wrong.
    """
    spans = taught(reading, backend)
    persons = [span for span in spans if span[2] in PERSONS]
    alone = [
        found
        for found in tagger.spans(reading)
        if found.label in PERSONS and not any(s < found.end and found.start < e for s, e, _ in persons)
    ]
    spans += [(f.start, f.end, f.label) for f in alone if f.confidence >= CERTAIN]
    return _chosen(reading, spans, {reading.sentence_index(f.start) for f in alone if f.confidence < CERTAIN})


def weak_labels(readings: Iterable[Reading], model: Model, teacher: str = "rules") -> Iterator[list[Sequence]]:
    """The chosen sequences of every reading that has some. `teacher` is `rules` (the pipeline) or `model` (it alone)."""
    tagger = Tagger.of(model)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "first.npz"
        model.save(path)
        for reading in readings:
            chosen = of_model(reading, tagger) if teacher == "model" else of_rules(reading, tagger, str(path))
            if chosen:
                yield chosen
