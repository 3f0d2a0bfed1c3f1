"""The statistical layer behind one interface: a reading to mentions labelled PER, LOC, POST, ORG."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor.models import Evidence, Mention, Reading

MODEL = "crf-1"
_SHOWN = ("PER", "LOC", "POST", "ORG")


@cache
def _taggers() -> tuple[Any, ...]:
    import pycrfsuite

    from extractor.ner.lexicon import DATA

    out = []
    for name in ("ner.names.crfsuite", "ner.posts.crfsuite"):
        tagger = pycrfsuite.Tagger()
        tagger.open(str(DATA / name))
        out.append(tagger)
    return tuple(out)


def tag(reading: Reading, *, backend: str = "crf") -> list[Mention]:
    """Mentions in text order, not overlapping within a label."""
    from extractor.ner.features import spans, string_features
    from extractor.ner.gold import token_spans

    if backend == "none":
        return []
    tokens = [reading.text[s:e] for s, e in zip(reading.starts, reading.ends, strict=True)]
    out: list[Mention] = []
    for first, last in spans(reading):
        features = string_features(tokens[first:last], reading.line_at(reading.starts[first]).kind)
        for tagger in _taggers():
            labels = tagger.tag(features)
            for a, b, label in token_spans(labels):
                if label in _SHOWN:
                    start, end = reading.starts[first + a], reading.ends[first + b - 1]
                    out.append(Mention.at(reading.text, start, end, label, Evidence("ner", MODEL, 0.9)))
    return sorted(out, key=lambda m: (m.start, -m.end))
