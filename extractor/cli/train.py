"""`extractor train`: a model of the statistical layer out of gold annotations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from extractor.training.recipe import Recipe


def train(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD…",
            help="Gold records (NAME.jsonl, the texts in NAME_articles.jsonl beside it); with --figures marked passages, too.",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="MODEL", help="Where to write the model.")] = Path(
        "ner.npz"
    ),
    figures: Annotated[
        bool, typer.Option("--figures", help="Train the rankers of the figures instead, which the package then uses.")
    ] = False,
    officials: Annotated[
        bool,
        typer.Option("--officials", help="Train the rankers of officials alone, for the chains of MODEL as they are."),
    ] = False,
    weak: Annotated[
        list[Path] | None,
        typer.Option(
            "--weak", metavar="ARTICLES", help="Unlabelled articles (.jsonl, .jsonl.gz) to learn from as well."
        ),
    ] = None,
    weak_articles: Annotated[
        int | None, typer.Option("--weak-articles", min=0, help="How many of the unlabelled articles to use.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Seed of every random choice.")] = None,
    copies: Annotated[int | None, typer.Option("--copies", min=0, help="Varied copies of every gold article.")] = None,
    iterations: Annotated[int | None, typer.Option("--iterations", min=1, help="Rounds of training, at most.")] = None,
    endings: Annotated[
        Path | None,
        typer.Option(
            "--endings", metavar="LESSONS", help="Passages that teach ends and owners of posts ({person}, [post])."
        ),
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option(
            "--folds", min=0, help="Parts of the gold that the rankers of officials are cross-fitted on; 0: none."
        ),
    ] = None,
    parts: Annotated[
        Path | None,
        typer.Option(
            "--parts",
            metavar="FOLDER",
            help="Keeps the chains of the parts, so that a later run over the same gold takes them up.",
        ),
    ] = None,
) -> None:
    """Train the statistical layer and the rankers of officials.

    Writes MODEL, its meta data (MODEL with the ending .json) and the rankers (.officials.npz).

    The same files and options give the same model. Use it with `extractor extract --ner MODEL`. A few hundred articles
    take some minutes on two cores.

    Examples:

      extractor train gold/train.jsonl -o my.npz

      extractor train gold/train.jsonl --weak corpus/articles.jsonl.gz -o my.npz

      extractor train --officials gold/train.jsonl --endings gold/officials_lessons.txt -o my.npz

      extractor train --figures gold/sample.jsonl gold/figure_lessons.txt -o extractor/data/figures.npz
    """
    from extractor.ranking import ensure_trainable

    if figures or officials or folds != 0:
        ensure_trainable()
    if figures:
        _figures(gold, output)
        return
    from extractor.training.recipe import Recipe, run_all

    def tell(line: str) -> None:
        typer.echo(f"{line} …", err=True)

    changed = {
        "seed": seed,
        "copies": copies,
        "max_iterations": iterations,
        "weak_articles": weak_articles,
        "folds": folds,
    }
    recipe = Recipe().replaced(**{k: v for k, v in changed.items() if v is not None})
    if officials:
        _officials(gold, recipe, output, endings, parts, tell)
        return
    trained = run_all(gold, recipe, weak=weak or (), endings=endings, parts=parts, report=tell)
    trained.save(output)
    model = trained.model
    counts = model.meta["material"]
    typer.echo(
        f"{output}: {counts['articles']} gold articles, {counts['weak']} weak, {len(model.attributes)} attributes"
    )


def _officials(
    gold: list[Path],
    recipe: Recipe,
    output: Path,
    endings: Path | None,
    parts: Path | None,
    tell: Callable[[str], None],
) -> None:
    from extractor.fields.officials.decide import ENDING
    from extractor.ner.model import load_model
    from extractor.training.recipe import run_rankers

    trained = run_rankers(gold, recipe, load_model(output), endings=endings, parts=parts, report=tell)
    trained.save_rankers(output)
    weights = sum(len(r.weights) for r in trained.rankers.values())
    typer.echo(f"{output.with_suffix(ENDING)}: {trained.meta['articles']} articles, {weights} weights")


def _figures(gold: list[Path], output: Path) -> None:
    from extractor.ranking import save
    from extractor.training.figures import run

    rankers, meta = run(gold, report=lambda line: typer.echo(f"{line} …", err=True))
    save(output, rankers, meta)
    weights = sum(len(r.weights) for r in rankers.values())
    typer.echo(f"{output}: {meta['figures']} figures of {meta['articles']} articles, {weights} weights")
