"""Numbers that only the talk before them explains: the row behind a figure. Their cases stand in `cases/figures_topic.yaml`."""

from __future__ import annotations

import regex
from test_cases import cases

from extractor.fields.figures.rules.read import find_figures
from extractor.language import read
from extractor.models import Article
from extractor.places import Places


def test_topic_names_its_row() -> None:
    text = "Đến nay, toàn huyện đạt tỷ lệ bao phủ BHYT 88,2% dân số. Xã Tân Lập đứng đầu với 98%."
    last = find_figures(read(Article(id="t", text=text)), [], Places())[-1]
    assert last.provenance.rule == "topic-place-rate"


def test_topic_a_third_are_negatives() -> None:
    """Cases with numbers that nothing marks."""
    some = [regex.sub("⟦.*?⟧", "", case["text"]) for case in cases("figures_topic.yaml")]
    assert sum(bool(regex.search(r"\d(?:%| người| hộ| thẻ| hội viên)", text)) for text in some) * 3 >= len(some)
