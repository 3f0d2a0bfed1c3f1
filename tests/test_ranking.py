"""A choice among candidates: weights, explanations, files, and what training makes of decisions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extractor.cli import main
from extractor.errors import ModelError
from extractor.ranking import Decision, Ranker, fit, labelled, load, save

NEAR, FAR, NONE = ["POS:near", "KIND:year"], ["POS:far", "KIND:year"], ["NONE"]


def test_choose_takes_the_heaviest_candidate() -> None:
    choice = Ranker({"POS:near": 2.0, "NONE": 1.0}).choose([FAR, NEAR, NONE])
    assert choice.index == 1
    assert choice.confidence == max(choice.probabilities) > 0.5
    assert sum(choice.probabilities) == pytest.approx(1.0)


def test_choose_takes_the_first_among_equals_and_refuses_none_at_all() -> None:
    assert Ranker({}).choose([NEAR, FAR]).index == 0
    with pytest.raises(ValueError, match="no candidates"):
        Ranker({}).choose([])


def test_reasons_are_the_names_that_differ() -> None:
    ranker = Ranker({"POS:near": 2.0, "POS:far": -3.0, "KIND:year": 5.0})
    assert ranker.reasons(NEAR, FAR) == [("POS:far", 3.0), ("POS:near", 2.0)]


def test_a_file_gives_back_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    save(path, {"period": Ranker({"POS:near": 1.5, "LEAD:đến hết": -0.25}, 1.2)}, {"material": "three decisions"})
    rankers, meta = load(path)
    assert rankers["period"].weights == {"POS:near": 1.5, "LEAD:đến hết": -0.25}
    assert rankers["period"].temperature == 1.2
    assert meta["material"] == "three decisions"


def test_a_file_of_another_kind_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    path.write_bytes(b"PK no archive")
    with pytest.raises(ModelError, match=r"other\.npz"):
        load(path)
    np.savez(path, something=np.zeros(3))
    with pytest.raises(ModelError, match=r"other\.npz"):
        load(path)


def test_fit_learns_which_position_is_right() -> None:
    pytest.importorskip("scipy")
    taught = [Decision([FAR, NEAR, NONE], frozenset({1}))] * 6 + [Decision([FAR, NONE], frozenset({1}))] * 6
    ranker = fit(taught, l2=0.1)
    assert ranker.choose([NEAR, FAR, NONE]).index == 0
    assert ranker.choose([FAR, NONE]).index == 1
    assert fit(taught, l2=0.1).weights == ranker.weights  # the same material, the same weights


def test_fit_lets_several_candidates_be_right_and_refuses_to_learn_from_nothing() -> None:
    pytest.importorskip("scipy")
    both = [Decision([["A"], ["B"], ["C"]], frozenset({0, 1}))] * 4
    weights = fit(both, l2=0.1).weights
    assert min(weights["A"], weights["B"]) > weights["C"]
    with pytest.raises(ModelError, match="no decision"):
        fit([Decision([["A"]], frozenset({0})), Decision([["A"], ["B"]], frozenset())])


def test_choose_label_is_choose_over_the_labels() -> None:
    ranker = Ranker({"new|UNIT:person": 0.5, "none|UNIT:person": -0.25, "new|L:mới": 1.0}, 1.3)
    names, labels = ["UNIT:person", "L:mới", "R:unknown"], ("none", "new")
    assert ranker.choose_label(names, labels) == ranker.choose([labelled(names, label) for label in labels])


def test_a_training_without_scipy_is_refused_before_it_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rankers come last and need it: the chains were trained for nothing, for minutes."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["train", "no-such-gold.jsonl"]) == 2
    assert "training needs SciPy: " in capsys.readouterr().err
