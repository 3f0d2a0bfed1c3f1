"""The words that training goes by: `extractor/data/training.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class TrainingWords:
    """How units are varied, what the teacher takes for a body's name, what wordings of posts leave open."""

    type_words: dict[str, tuple[list[str], ...]]
    levels: dict[str, str]
    middle: str
    general_heads: tuple[str, ...]
    no_bodies: frozenset[str]
    schemes: frozenset[str]
    term: tuple[str, ...]
    before_role: tuple[str, ...]


@cache
def training_words() -> TrainingWords:
    """The words, read once."""
    raw = yaml.safe_load((files("extractor") / "data" / "training.yaml").read_text(encoding="utf-8"))
    return TrainingWords(
        {word: tuple(form.split() for form in forms) for word, forms in raw["type_words"].items()},
        raw["levels"],
        raw["middle"],
        tuple(raw["general_heads"]),
        frozenset(raw["no_bodies"]),
        frozenset(raw["schemes"]),
        tuple(raw["term"]),
        tuple(raw["before_role"]),
    )
