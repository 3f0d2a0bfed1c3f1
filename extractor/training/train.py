"""Training of the statistical layer: labelled sequences to a model, one conditional random field a chain."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable
from collections.abc import Sequence as Many
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from extractor.ner.features import string_features
from extractor.ner.model import Model, from_crfsuite
from extractor.training.gold import CHAINS
from extractor.training.sequences import Sequence
from extractor.training.vary import gather_names, vary

WEAKLY = ("names", "bodies")


@dataclass(frozen=True, slots=True)
class Config:
    """How a model is trained; recorded in its meta data.

    `c1`, `c2` are the L1 and L2 penalties, `copies` the varied copies of every article, `min_count` the times an
    attribute must stand in the training material, `workers` the chains trained side by side.
    """

    seed: int = 17
    c1: float = 0.1
    c2: float = 0.1
    max_iterations: int = 70
    copies: int = 1
    min_count: int = 0
    workers: int = 2


def varied(articles: Many[Many[Sequence]], config: Config) -> list[list[Sequence]]:
    """The articles followed by their varied copies."""
    random = Random(config.seed)
    names = gather_names(articles)
    return [*map(list, articles), *(vary(a, random, names) for _ in range(config.copies) for a in articles)]


def fit(
    articles: Iterable[Many[Sequence]],
    config: Config,
    path: Path,
    chain: str,
    *,
    keep: Callable[[str], bool] | None = None,
) -> None:
    """Train one chain with crfsuite and write its file to `path`; `keep` says which features count (all)."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {
            "c1": config.c1,
            "c2": config.c2,
            "max_iterations": config.max_iterations,
            "feature.minfreq": config.min_count,
            "feature.possible_transitions": True,
        }
    )
    for article in articles:
        for sequence in article:
            features = string_features(sequence.tokens, sequence.kind)
            if keep is not None:
                features = [list(filter(keep, row)) for row in features]
            trainer.append(features, sequence.labels[chain])
    trainer.train(str(path))


def train(
    gold: Many[Many[Sequence]],
    config: Config,
    *,
    weak: Many[Many[Sequence]] = (),
    meta: dict[str, Any] | None = None,
    chains: Iterable[str] = CHAINS,
) -> Model:
    """A model of the `chains` (all), each trained in a process of its own.

    `weak` articles are labelled by machine and not varied. `WEAKLY` names the chains that learn from them.
    """
    import pycrfsuite

    articles = varied(gold, config)
    with tempfile.TemporaryDirectory() as folder:
        paths = {chain: Path(folder) / chain for chain in chains}
        with ProcessPoolExecutor(config.workers) as pool:
            jobs = [
                pool.submit(fit, [*articles, *weak] if chain in WEAKLY else articles, config, path, chain)
                for chain, path in paths.items()
            ]
            for job in jobs:
                job.result()
        taggers: dict[str, Any] = {}
        for chain, path in paths.items():
            taggers[chain] = pycrfsuite.Tagger()
            taggers[chain].open(str(path))
        return from_crfsuite(taggers, {"configuration": asdict(config), **(meta or {})})


_BESIDE = ("examples", "counterexamples", "note", "source")  # what a row has for its readers and its tests


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal: what the meta data call the data by. Of a pattern file it is that of what its rows say."""
    data = path.read_bytes()
    if path.suffix == ".yaml":
        rows = [{k: v for k, v in row.items() if k not in _BESIDE} for row in yaml.safe_load(data)]
        data = json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()
