"""The sample corpus and its gold annotations: complete, decodable, verbatim, within the enumerations."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import regex

from extractor.evaluate.compile import compile_gold, corpus_articles
from extractor.ingest.articles import load_article
from extractor.ingest.units import Options, Unit
from extractor.text import fold

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
ANNOTATIONS = ROOT / "gold" / "annotations"
LEVELS = {"province", "district", "commune", "hamlet", "other"}
PROGRAMMES = {"BHYT", "BHXH", "BHXH_BB", "BHXH_TN", "BHTN"}
UNITS = {"person", "percent", "card", "household", "organisation", "percentage_point"}
INDICATORS = {
    "participants",
    "new_participants",
    "renewed_participants",
    "non_participants",
    "coverage_rate",
    "change",
    "gap",
    "plan_rate",
}
COMMON = ("các", "có", "cho", "của", "được", "đến", "người", "ngày", "năm", "tỉnh", "và", "trong", "với")
GROUPS = {"insurance", "officials", "documents", "provincial", "education", "health"}
VALUE = regex.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|[QH]\d))?(?:/\d{4}(?:-(?:\d{2}(?:-\d{2})?|[QH]\d))?)?")


@cache
def manifest() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines())


@cache
def annotation(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ANNOTATIONS / f"{name}.json").read_text("utf-8"))
    return loaded


@cache
def text_of(name: str) -> str:
    """The article's text as the pipeline sees it: decoded, NFC, the body of a page."""
    row = next(r for r in manifest() if r["id"] == name)
    path = CORPUS / row["file"]
    unit = Unit("html" if path.suffix == ".html" else "txt", str(path), data=path.read_bytes(), name=name)
    return load_article(unit, Options()).article.text


IDS = [row["id"] for row in manifest()]


def test_corpus_manifest_complete() -> None:
    assert len(IDS) == len(set(IDS)) >= 60
    files = {p.name for p in CORPUS.iterdir() if p.suffix in (".txt", ".html")}
    assert {row["file"] for row in manifest()} == files
    assert {p.stem for p in ANNOTATIONS.glob("*.json")} == set(IDS)
    for row in manifest():
        assert set(row) == {"id", "file", "title", "published", "source", "url", "group"}
        assert row["group"] in GROUPS
        assert row["title"]
        assert row["source"]
        assert row["url"].startswith("https://")
        assert row["published"] in (None, annotation(row["id"])["published"])


def test_corpus_covers_years_and_kinds() -> None:
    years = {date.fromisoformat(annotation(name)["published"]).year for name in IDS}
    assert years == set(range(2017, 2027))
    assert sum(row["group"] == "insurance" for row in manifest()) >= 18
    assert {row["group"] for row in manifest()} == GROUPS
    assert sum(row["file"].endswith(".html") for row in manifest()) >= 10
    assert sum(annotation(name)["published"] >= "2025-07-01" for name in IDS) >= 10
    indicators = {(f["indicator"], f["status"]) for name in IDS for f in annotation(name)["figures"]}
    assert {i for i, _ in indicators} == INDICATORS
    assert ("coverage_rate", "target") in indicators


@pytest.mark.parametrize("name", IDS)
def test_corpus_file_decodes(name: str) -> None:
    text = text_of(name)
    assert len(text) >= 300
    assert "\ufffd" not in text
    # A page read with the wrong code page keeps hardly any of these words.
    assert sum(word in fold(text) for word in COMMON) >= 5


def _quotes(gold: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    out = [(item["text"], item) for key in ("dates", "locations", "documents", "figures") for item in gold[key]]
    for person in gold["officials"]:
        out += [(quote, {}) for quote in (person["name"], *person["aliases"])]
        out += [(post["text"], post) for post in person["positions"]]
    return out


@pytest.mark.parametrize("name", IDS)
def test_gold_quotes_verbatim(name: str) -> None:
    text = text_of(name)
    for quote, item in _quotes(annotation(name)):
        count = sum(text.startswith(quote, at) for at in range(len(text)))
        assert count, f"{quote!r} is not in the text"
        for occurrence in item.get("occurrences", ()):
            assert 1 <= occurrence <= count, f"{quote!r} stands {count} times, not {occurrence}"


@pytest.mark.parametrize("name", IDS)
def test_gold_values_known(name: str) -> None:
    gold = annotation(name)
    assert gold["id"] == name
    for item in gold["dates"]:
        assert item["value"] is None or VALUE.fullmatch(item["value"]), item
    for item in gold["locations"]:
        assert item["level"] in LEVELS
        if item["level"] == "other":
            continue
        digits = {"province": 2, "district": 3, "commune": 5, "hamlet": 0}[item["level"]]
        assert item["path"][-1] == item["name"]
        assert item["code"] is None or regex.fullmatch(rf"\d{{{digits}}}", item["code"]), item
    for item in gold["documents"]:
        assert item["type"]
        assert item["number"] is None or " " not in item["number"]
        assert item["date"] is None or VALUE.fullmatch(item["date"])
    for person in gold["officials"]:
        assert len(person["name"].split()) >= 2
        assert person["official"] == bool(person["positions"]), person["name"]
    for item in gold["figures"]:
        assert item["programme"] in PROGRAMMES
        assert item["unit"] in UNITS
        assert item["indicator"] in INDICATORS
        assert item["status"] in ("actual", "target")
        assert item["comparator"] in ("eq", "gt", "lt", "approx")
        for key in ("group", "place", "period"):
            assert item[key] is None or item[key] in text_of(name), (item["text"], key)


def test_gold_compiles_clean() -> None:
    articles = {article["id"]: article for article in corpus_articles(CORPUS)}
    records, problems = compile_gold(ANNOTATIONS, articles)
    assert [str(problem) for problem in problems] == []
    assert len(records) == len(IDS)
