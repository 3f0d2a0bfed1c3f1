"""`extractor train` from files to a model: which data, in which order, with what written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.fields.officials.decide import ENDING
from extractor.ner.lexicon import DATA
from extractor.ner.model import Model
from extractor.ner.tagger import Tagger
from extractor.ranking import Ranker, save
from extractor.rules import patterns_dir
from extractor.training.gold import Example, gold_files, load_gold
from extractor.training.officials import cross_fitted, fitted, lessons, taught
from extractor.training.sequences import of_examples
from extractor.training.teacher import completed
from extractor.training.train import Config, digest, train
from extractor.training.weak import present, unlabelled, weak_labels

_LEXICONS = ("ner.units.txt", "ner.clusters.txt")


@dataclass(frozen=True, slots=True)
class Recipe(Config):
    """A configuration, how many unlabelled articles are used when some are given, and who labels them (`rules`, `model`)."""

    weak_articles: int = 600
    teacher: str = "rules"
    folds: int = 5  # parts of the gold that the rankers are cross-fitted on; 0: no rankers

    def replaced(self, **changes: Any) -> Recipe:
        """The recipe with other values."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Trained:
    """A model of the statistical layer and the rankers of officials that belong to it, with their meta data."""

    model: Model
    rankers: dict[str, Ranker]
    meta: dict[str, Any]

    def save(self, path: Path) -> None:
        """Write the model to `path` and the rankers beside it (`decide.ENDING`)."""
        self.model.save(path)
        self.save_rankers(path)

    def save_rankers(self, path: Path) -> None:
        """Write the rankers alone beside the model of `path`."""
        if self.rankers:
            save(path.with_suffix(ENDING), self.rankers, self.meta)


def run_all(
    gold: Sequence[Path],
    recipe: Recipe,
    *,
    weak: Iterable[Path] = (),
    endings: Path | None = None,
    parts: Path | None = None,
    report: Callable[[str], None] | None = None,
) -> Trained:
    """The chains (`run`), then the rankers, cross-fitted on the same gold. Raises as `run` does.

    `endings` are invented sentences that teach the rankers where a post ends (`officials.lessons`), `parts` a folder that keeps
    the chains of the parts.
    """
    model = run(gold, recipe, weak=weak, report=report)
    if not recipe.folds:
        return Trained(model, {}, {})
    return run_rankers(gold, recipe, model, endings=endings, parts=parts, report=report)


def run_rankers(
    gold: Sequence[Path],
    recipe: Recipe,
    model: Model,
    *,
    endings: Path | None = None,
    parts: Path | None = None,
    report: Callable[[str], None] | None = None,
) -> Trained:
    """The rankers of officials alone, for a model whose chains stay as they are. Raises as `run` does.

    The mentions that they learn from are read by chains trained without the article, not by those of the model.
    """
    examples = _examples(gold)
    material = cross_fitted(examples, recipe, recipe.folds, report or (lambda _: None), parts)
    meta: dict[str, Any] = {
        "gold": {path.name: digest(path) for given in gold for path in gold_files(given)},
        "configuration": asdict(recipe),
        "articles": len(examples),
    }
    if endings is not None:
        material += taught(lessons(endings), Tagger.of(model))
        meta["lessons"] = {endings.name: digest(endings)}
    return Trained(model, fitted(material), meta)


def run(
    gold: Sequence[Path], recipe: Recipe, *, weak: Iterable[Path] = (), report: Callable[[str], None] | None = None
) -> Model:
    """Train on gold files, then, when unlabelled articles are given, again with weak labels of them.

    `report` is told in a line what begins, because the steps take minutes.
    Organisations are learnt from the rules where gold does not annotate them.

    Raises `InputError` when the gold holds no article that can be trained on.
    """
    tell = report or (lambda _: None)
    files = present(weak)
    examples = _examples(gold)
    articles = of_examples(map(completed, examples))
    lexicons = [*(DATA / name for name in _LEXICONS), patterns_dir() / "ner_lexicon.yaml"]
    material = {"articles": len(articles), "bodies": sum(e.bodies for e in examples), "weak": 0}
    meta: dict[str, Any] = {
        "id": "crf",
        "software": {"python-crfsuite": version("python-crfsuite")},
        "gold": {path.name: digest(path) for given in gold for path in gold_files(given)},
        "unlabelled": {path.name: digest(path) for path in files},
        "lexicons": {path.name: digest(path) for path in lexicons if path.exists()},
        "material": material,
    }
    tell(f"training on {len(articles)} gold articles and {recipe.copies * len(articles)} varied copies of them")
    model = train(articles, recipe, meta=meta)
    if files:
        known = frozenset(example.reading.text for example in examples)
        tell(f"reading {recipe.weak_articles} unlabelled articles with that model")
        readings = unlabelled(files, recipe.weak_articles, recipe.seed, known)
        weakly = list(weak_labels(readings, model, recipe.teacher))
        meta["material"] = material | {"weak": len(weakly)}
        tell(f"training again, with weak labels of {len(weakly)} articles")
        model = train(articles, recipe, weak=weakly, meta=meta)
    return model


def _examples(gold: Sequence[Path]) -> list[Example]:
    """The annotated articles of gold files. Raises `InputError` where there is none."""
    examples = [example for path in gold for example in load_gold(path)]
    if not examples:
        raise InputError(f"{', '.join(map(str, gold))}: no article with officials and locations to train on")
    return examples
