"""Measured weights of the votes for a person."""

from __future__ import annotations

import pytest

from extractor.fields.officials.names import Name
from extractor.fields.officials.persons import Person
from extractor.fields.officials.weights import Votes
from extractor.models import Article, Evidence, Mention
from extractor.pipeline import extract_article

TEXT = "Ông Trần Văn Mẫu, Giám đốc Sở Y tế tỉnh Lào Cai, phát biểu. Ông Mẫu nhắc lại."


def person(start: int, end: int) -> Person:
    text = TEXT[start:end]
    return Person(text, [Name(start, end, text, text.lower(), True, True, False, "ner", start)])


def vote(start: int, end: int, confidence: float, label: str = "PER") -> Mention:
    return Mention.at(TEXT, start, end, label, Evidence("ner", "crf", confidence))


@pytest.mark.parametrize(
    ("votes", "best"),
    [
        ([vote(4, 16, 0.91)], 0.91),
        ([vote(0, 16, 0.4), vote(4, 16, 0.97)], 0.97),
        ([vote(60, 67, 0.99)], None),
        ([vote(4, 16, 0.99, "LOC")], None),
        ([], None),
    ],
)
def test_best_vote_is_the_surest_on_any_mention(votes: list[Mention], best: float | None) -> None:
    assert Votes(votes).best(person(4, 16)) == best


def test_confidence_grows_with_the_vote() -> None:
    found = [Votes([vote(4, 16, c)]).confidence(person(4, 16)) for c in (0.1, 0.75, 0.95, 0.999)]
    assert found == sorted(found)
    assert Votes([]).confidence(person(4, 16)) < found[-1] < 1


def test_records_carry_the_measured_confidence() -> None:
    with_model = extract_article(Article(id="1", text=TEXT)).officials[0].provenance.confidence
    rules_alone = extract_article(Article(id="1", text=TEXT), backend="none").officials[0].provenance.confidence
    assert rules_alone < 0.7 < 0.9 < with_model
