"""Word lists of the statistical layer: `patterns/ner_lexicon.yaml` and the names of administrative units through time."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

from extractor.rules import Row, load_rows
from extractor.text import fold

DATA = Path(__file__).parent.parent / "data"


class LexiconRow(Row):
    """A row of `patterns/ner_lexicon.yaml`: `flag` is the feature that the syllables of its forms carry."""

    flag: str


@cache
def _flags() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = defaultdict(list)
    for row in load_rows("ner_lexicon.yaml", LexiconRow):
        for form in row.forms:
            out[fold(form)].append(row.flag)
    return {form: tuple(flags) for form, flags in out.items()}


def syllable_flags(folded: str) -> tuple[str, ...]:
    """The lexicon's flags of one folded syllable."""
    return _flags().get(folded, ())


@cache
def unit_names() -> dict[str, str]:
    """Folded names of units (blanks between tokens) → the levels they name: letters of `p`, `d`, `c`.

    Source: the General Statistics Office's lists of 2017 to 2026, by way of `extractor/data/ner.units.txt`.
    """
    rows = (line.split("\t") for line in (DATA / "ner.units.txt").read_text(encoding="utf-8").splitlines())
    return {name: kinds for name, kinds in rows}
