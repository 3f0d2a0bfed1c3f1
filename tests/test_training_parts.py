"""Chains of the parts of the gold, kept in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import ModelError
from extractor.language import read
from extractor.models import Article
from extractor.training import parts
from extractor.training.gold import Labelled
from extractor.training.sequences import Sequence, labelled_sequences
from extractor.training.train import Config

QUICK = Config(max_iterations=5, copies=0, workers=1)


def articles(office: str) -> list[list[Sequence]]:
    text = f"Ông Lục Văn Bính, {office}, dự họp. Bà Doãn Thị Quýnh vắng mặt."
    post: Labelled = (text.index(office), text.index(office) + len(office), "POST")
    return [labelled_sequences(read(Article(id="1", text=text)), [post])]


def test_chains_of_one_material_are_trained_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = parts.part_chains(articles("Giám đốc Sở Y tế"), QUICK, tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == 1
    monkeypatch.setattr(parts, "train", None)  # a second training would fail
    again = parts.part_chains(articles("Giám đốc Sở Y tế"), QUICK, tmp_path)
    assert again.attributes == first.attributes
    assert (again.weights == first.weights).all()


@pytest.mark.parametrize("other", [Config(max_iterations=6, copies=0), Config(max_iterations=5, copies=0, seed=3)])
def test_another_recipe_has_another_key(other: Config) -> None:
    assert parts.material_key(articles("Chánh Thanh tra"), QUICK) != parts.material_key(
        articles("Chánh Thanh tra"), other
    )


def test_other_texts_have_another_key() -> None:
    assert parts.material_key(articles("Chánh Thanh tra"), QUICK) != parts.material_key(articles("Trưởng phòng"), QUICK)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    material = articles("Giám đốc Sở Y tế")
    (tmp_path / f"{parts.material_key(material, QUICK)}.npz").write_bytes(b"no model")
    with pytest.raises(ModelError, match="not a model"):
        parts.part_chains(material, QUICK, tmp_path)
