"""Language knowledge as data: rows of `patterns/`, the way from forms to a matcher, the scopes of context cues."""

from extractor.rules.forms import word_tree
from extractor.rules.rows import TIMEOUT, Row, knowledge, load_rows, patterns_dir, union

__all__ = ["TIMEOUT", "Row", "knowledge", "load_rows", "patterns_dir", "union", "word_tree"]
