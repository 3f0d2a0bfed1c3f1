"""Word lists of the statistical layer: `patterns/ner_lexicon.yaml`, names of units through time, clusters of syllables."""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import cast

from extractor.compiled import parsed
from extractor.ner.forms import type_of
from extractor.rules import Row, load_rows
from extractor.text import fold

DATA = Path(__file__).parent.parent / "data"
NO_CLUSTER = (-1, -1, -1)


class LexiconRow(Row):
    """A row of `patterns/ner_lexicon.yaml`: `flag` is the feature that the syllables of its forms carry."""

    flag: str


@cache
def _flags() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = defaultdict(list)
    for row in load_rows("ner_lexicon.yaml", LexiconRow, base=True):
        for form in row.forms:
            out[fold(form)].append(row.flag)
    return {form: tuple(flags) for form, flags in out.items()}


def syllable_flags(folded: str) -> tuple[str, ...]:
    """The lexicon's flags of one folded syllable."""
    return _flags().get(folded, ())


@cache
def unit_names() -> dict[str, str]:
    """Folded names of units (blanks between tokens) → the levels they name: letters of `p`, `d`, `c`.

    Source: the General Statistics Office's lists of 2017 to 2026.
    """
    return cast("dict[str, str]", parsed((DATA / "ner.units.txt").read_bytes(), _levels, "unit names 1"))


def _levels(data: bytes) -> dict[str, str]:
    rows = (line.partition("\t") for line in data.decode("utf-8").splitlines())
    return {name: sys.intern(kinds) for name, _, kinds in rows}


@cache
def unit_sizes() -> dict[str, tuple[int, ...]]:
    """First syllables of unit names → how many tokens the names that begin so have, longest first."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for name in unit_names():
        sizes[name.partition(" ")[0]].add(name.count(" ") + 1)
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


@cache
def _clusters() -> dict[str, tuple[int, int, int]]:
    path = DATA / "ner.clusters.txt"
    if not path.exists():
        return {}
    return cast("dict[str, tuple[int, int, int]]", parsed(path.read_bytes(), _numbers, "clusters 1"))


def _numbers(data: bytes) -> dict[str, tuple[int, int, int]]:
    rows = (line.split("\t") for line in data.decode("utf-8").splitlines())
    found = {t: (int(coarse), int(fine), int(capital)) for t, coarse, fine, capital in rows}
    one = {numbers: numbers for numbers in found.values()}  # equal ones are held once
    return {t: one[numbers] for t, numbers in found.items()}


def cluster_of(token: str, folded: str | None = None, form: str = "") -> tuple[int, int, int]:
    """A token's (coarse cluster, fine cluster, tenths of capitalised occurrences); -1 where the corpus does not tell.

    A type too rare for a cluster takes that of its syllable capitalised, if its own form is all capitals. Who knows the
    token's fold and form may give them.
    """
    table = _clusters()
    own = type_of(token) if folded is None else form if token[0].isdigit() else f"{folded}/{form}"
    found = table.get(own)
    if found is None and token.isupper() and len(token) > 1:
        found = table.get(type_of(token.capitalize()))
    return found or NO_CLUSTER
