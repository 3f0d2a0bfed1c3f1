"""Expressions whose words are rows of `patterns/figure_frames.yaml`: a slot is the name of a kind."""

from __future__ import annotations

from extractor.errors import PatternError
from extractor.fields.figures.words import words_of
from extractor.rules import Template, word_tree


def worded(text: str) -> Template:
    """The expression over folded text with the words of each slot's kind. Raises `PatternError` at first use of an empty kind."""
    return Template(text, _slot)


def _slot(kind: str) -> str:
    forms = words_of(kind)
    if not forms:
        raise PatternError(f"patterns/figure_frames.yaml: no row of the kind {kind!r}")
    return word_tree(forms)
