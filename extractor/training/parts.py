"""Chains trained without a part of the gold, kept in a folder so that a later run over the same material takes them up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence as Many
from pathlib import Path

from extractor.ner.features import string_features
from extractor.ner.model import Model, load_model
from extractor.training.sequences import Sequence
from extractor.training.train import Config, train, varied

CHAINS = ("names", "posts")  # that the rankers of officials read
_EVERY = 8  # of the sequences one whose features are part of the key


def part_chains(others: Many[Many[Sequence]], config: Config, folder: Path | None) -> Model:
    """The chains trained on the articles of the other parts; with a `folder` they are kept in it and trained once.

    Raises `ModelError` where a file of the folder is no model.
    """
    if folder is None:
        return _trained(others, config)
    path = folder / f"{material_key(others, config)}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _trained(others, config).save(path)
    return load_model(path)


def _trained(others: Many[Many[Sequence]], config: Config) -> Model:
    return train(others, config, chains=CHAINS, meta={"id": "crf"})


def material_key(others: Many[Many[Sequence]], config: Config) -> str:
    """What chains depend on as 32 hexadecimal digits: the recipe, the labelled tokens with their varied copies, and the features
    of every eighth sequence."""
    digest = hashlib.sha256(repr((config.seed, config.c1, config.c2, config.max_iterations, config.min_count)).encode())
    sequences = [s for article in varied(others, config) for s in article]
    for number, s in enumerate(sequences):
        digest.update(repr((s.tokens, s.kind, [s.labels[chain] for chain in CHAINS])).encode())
        if number % _EVERY == 0:
            digest.update(repr([sorted(row) for row in string_features(s.tokens, s.kind)]).encode())
    return digest.hexdigest()[:32]
