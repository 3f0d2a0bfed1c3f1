"""Language knowledge as data: rows of `patterns/`, sets of them, the way from forms to a matcher, the scopes of context cues."""

from extractor.compiled import TIMEOUT
from extractor.rules.forms import Template, word_tree
from extractor.rules.rows import Row, knowledge, load_rows, union
from extractor.rules.sets import PatternSet, cache, current, pattern_set, patterns, patterns_dir
from extractor.rules.starts import (
    DigitRuns,
    Starts,
    ask_for,
    digit_places,
    digit_runs,
    first_words,
    matches_at,
    token_places,
    words_of,
)

__all__ = [
    "TIMEOUT", "DigitRuns", "PatternSet", "Row", "Starts", "Template",
    "ask_for", "cache", "current", "digit_places", "digit_runs", "first_words", "knowledge", "load_rows", "matches_at",
    "pattern_set", "patterns", "patterns_dir",
    "token_places", "union", "word_tree", "words_of",
]  # fmt: skip
