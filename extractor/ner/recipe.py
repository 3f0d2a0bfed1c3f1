"""`extractor train` from files to a model: which data, in which order, with what written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.ner.gold import load_gold
from extractor.ner.lexicon import DATA
from extractor.ner.model import Model
from extractor.ner.sequences import of_examples
from extractor.ner.tagger import Tagger
from extractor.ner.train import Config, digest, train
from extractor.ner.weak import unlabelled, weak_labels
from extractor.rules import patterns_dir

_LEXICONS = ("ner.units.txt", "ner.clusters.txt")


@dataclass(frozen=True, slots=True)
class Recipe(Config):
    """A configuration and how many unlabelled articles are used when some are given."""

    weak_articles: int = 600

    def replaced(self, **changes: Any) -> Recipe:
        """The recipe with other values."""
        return replace(self, **changes)


def run(gold: Sequence[Path], recipe: Recipe, *, weak: Iterable[Path] = ()) -> Model:
    """Train on gold files, then, when unlabelled articles are given, again with what that first model is sure of in them.

    Raises `InputError` when the gold holds no article that can be trained on.
    """
    examples = [example for path in gold for example in load_gold(path)]
    if not examples:
        raise InputError(f"{', '.join(map(str, gold))}: no article with officials and locations to train on")
    articles, files = of_examples(examples), list(weak)
    lexicons = [*(DATA / name for name in _LEXICONS), patterns_dir() / "ner_lexicon.yaml"]
    meta: dict[str, Any] = {
        "id": "crf",
        "software": {"python-crfsuite": version("python-crfsuite")},
        "gold": {path.name: digest(path) for path in gold},
        "unlabelled": {path.name: digest(path) for path in files},
        "lexicons": {path.name: digest(path) for path in lexicons if path.exists()},
        "material": {"articles": len(articles), "weak": 0},
    }
    model = train(articles, recipe, meta=meta)
    if files:
        known = frozenset(example.reading.text for example in examples)
        readings = unlabelled(files, recipe.weak_articles, recipe.seed, known)
        weakly = list(weak_labels(readings, Tagger(model)))
        meta["material"] = {"articles": len(articles), "weak": len(weakly)}
        model = train(articles, recipe, weak=weakly, meta=meta)
    return model
