"""The file of a trained model: attributes, their weights, transitions, and how it was trained."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.errors import ModelError

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Chain:
    """One linear chain: its BIO labels (`O` first), and `transitions[a, b]`, the weight of label b after label a."""

    name: str
    labels: tuple[str, ...]
    transitions: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """Chains over common attributes. `weights` has a row an attribute and a column a label, the chains' labels side by side."""

    chains: tuple[Chain, ...]
    attributes: dict[str, int]
    weights: Floats
    meta: dict[str, Any]

    @property
    def width(self) -> int:
        """Labels of all chains together."""
        return int(self.weights.shape[1])

    @property
    def id(self) -> str:
        """The model's name in evidence."""
        return str(self.meta.get("id", "crf"))

    def save(self, path: Path) -> None:
        """Write `path` (NumPy archive, weights that are not zero) and `path.with_suffix(".json")` (the meta data)."""
        order = sorted(self.attributes, key=self.attributes.__getitem__)
        rows, columns = np.nonzero(self.weights)
        arrays: dict[str, Any] = {
            "attributes": np.frombuffer("\n".join(order).encode("utf-8"), np.uint8),
            "rows": np.diff(rows, prepend=0).astype(
                np.uint16 if rows.size and np.diff(rows).max(initial=0) < 65536 else np.int64
            ),
            "columns": columns.astype(np.uint8),
            "values": self.weights[rows, columns],
            "chains": np.frombuffer(
                json.dumps([[c.name, list(c.labels)] for c in self.chains]).encode("utf-8"), np.uint8
            ),
        }
        arrays |= {f"transitions_{c.name}": c.transitions for c in self.chains}
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)
        meta = json.dumps(self.meta, ensure_ascii=False, indent=1, sort_keys=True)
        path.with_suffix(".json").write_text(meta + "\n", encoding="utf-8")


def load_model(path: Path) -> Model:
    """The model saved at `path`. Raises `ModelError` when there is none or it cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as data:
            names = data["attributes"].tobytes().decode("utf-8").split("\n")
            specs = json.loads(data["chains"].tobytes().decode("utf-8"))
            chains = tuple(Chain(name, tuple(labels), data[f"transitions_{name}"]) for name, labels in specs)
            weights = np.zeros((len(names), sum(len(c.labels) for c in chains)), np.float32)
            weights[np.cumsum(data["rows"].astype(np.int64)), data["columns"]] = data["values"]
        meta_path = path.with_suffix(".json")
        meta = json.loads(meta_path.read_text(encoding="utf-8")) if meta_path.exists() else {}
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path}: not a model of `extractor train`: {error}") from None
    return Model(chains, {name: i for i, name in enumerate(names)}, weights, meta)


def from_crfsuite(taggers: Mapping[str, Any], meta: dict[str, Any]) -> Model:
    """A model out of opened `pycrfsuite.Tagger`s, one a chain, in the order given."""
    chains: list[Chain] = []
    infos = []
    for name, tagger in taggers.items():
        info = tagger.info()
        labels = ("O", *sorted(set(info.labels) - {"O"}))
        index = {label: i for i, label in enumerate(labels)}
        transitions = np.zeros((len(labels), len(labels)), np.float32)
        for (a, b), weight in info.transitions.items():
            transitions[index[a], index[b]] = weight
        chains.append(Chain(name, labels, transitions))
        infos.append((index, info.state_features))
    attributes: dict[str, int] = {}
    for _, features in infos:
        for attribute, _label in sorted(features):
            attributes.setdefault(attribute, len(attributes))
    weights = np.zeros((len(attributes), sum(len(c.labels) for c in chains)), np.float32)
    base = 0
    for index, features in infos:
        for (attribute, label), weight in features.items():
            weights[attributes[attribute], base + index[label]] = weight
        base += len(index)
    return Model(tuple(chains), attributes, weights, meta)
