"""`extractor compare`: item by item, the paired bootstrap, and a rule switched off on purpose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluate.bootstrap import intervals, paired
from extractor.evaluate.compare import changes, compare
from extractor.evaluate.compare_tables import as_json, as_markdown
from extractor.evaluate.gold import load_articles, load_gold, predict
from extractor.evaluate.score import STARRED, score, total
from extractor.fields.places.rows import TypeRow
from extractor.rules import load_rows, patterns

GOLD = Path(__file__).parents[1] / "gold" / "sample.jsonl"


def _figure(start: int, value: float, rule: str = "r", **values: Any) -> dict[str, Any]:
    item = {"text": "5%", "start": start, "end": start + 2, "value": value, "unit": "percent", "programme": "BHYT"}
    return {**item, "indicator": "change", "status": "actual", "provenance": {"layer": "rule", "rule": rule}, **values}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([_figure(0, 5)], [_figure(0, 5)], []),
        ([_figure(0, 5)], [_figure(0, 5, rule="other")], []),
        ([_figure(0, 5)], [], [("lost", "indicator change", "rule:r")]),
        ([], [_figure(0, 5)], [("gained", "indicator change", "rule:r")]),
        ([_figure(0, 5)], [_figure(0, 6, rule="s")], [("changed", "value: 5 → 6", "rule:r → rule:s")]),
        ([_figure(0, 5)], [_figure(4, 5)], [("lost", "", "rule:r"), ("gained", "", "rule:r")]),
        # two programmes counted by one number
        ([_figure(0, 5), _figure(0, 5, programme="BHXH")], [_figure(0, 5)], [("lost", "programme BHYT", "rule:r")]),
    ],
)
def test_changes(
    before: list[dict[str, Any]], after: list[dict[str, Any]], expected: list[tuple[str, str, str]]
) -> None:
    found = changes("a", {"figures": before}, {"figures": after})
    kinds = [(c.kind, c.rule) for c in found]
    if len(before) == 2:  # items of one span are paired in order: one changed and one lost, or one lost
        assert {"lost"} <= {kind for kind, _ in kinds}
        return
    assert kinds == [(kind, rule) for kind, _, rule in expected]
    assert all(detail in c.detail for c, (_, detail, _) in zip(found, expected, strict=True))


def test_changes_of_posts() -> None:
    post = {"text": "Giám đốc", "start": 10, "end": 18, "role": "Giám đốc", "body": None}
    person = {"name": "Lý Thử", "text": "Lý Thử", "start": 0, "end": 6, "positions": [post]}
    moved = {**person, "positions": [{**post, "role": "Phó Giám đốc"}]}
    found = changes("a", {"officials": [person]}, {"officials": [moved]})
    assert [(c.field, c.kind, c.detail) for c in found] == [("positions", "changed", "role: Giám đốc → Phó Giám đốc")]


def test_compare_shows_a_rule_switched_off(tmp_path: Path) -> None:
    """The row for "đặc khu" of `patterns/places_types.yaml` taken away: what is lost is what that row gave, no more and no less."""
    off = "dac-khu"
    articles = {k: a for k, a in load_articles(GOLD, load_gold(GOLD)).items() if "đặc khu" in a["text"].lower()}
    [row] = (row for row in load_rows("places_types.yaml", TypeRow) if row.id == off)
    nowhere = row.model_dump(exclude_defaults=True) | {
        "forms": ["khu không tên"],
        "examples": ["khu không tên Tân Lập"],
    }
    (tmp_path / "places_types.yaml").write_text(json.dumps([nowhere]), encoding="utf-8")
    runs = {"whole": predict(articles, backend="none")}
    with patterns(tmp_path):
        runs["without"] = predict(articles, backend="none")
    behind = {
        (key, item["start"], item["end"])
        for key, record in runs["whole"].items()
        for item in record["locations"]
        if item["provenance"]["rule"] == off
    }
    assert behind
    lost = [c for c in compare(runs["whole"], runs["without"]).changes if c.kind == "lost"]
    assert {(c.article, c.start, c.end) for c in lost} == behind
    assert {(c.field, c.rule) for c in lost} == {("locations", f"gazetteer:{off}")}


@pytest.fixture(scope="module")
def scored() -> Any:
    gold = load_gold(GOLD)
    perfect = {r["id"]: r for r in gold}
    worse = {r["id"]: {**r, "dates": r["dates"][:-1]} for r in gold}
    return gold, perfect, worse


def test_paired_bootstrap(scored: Any) -> None:
    gold, perfect, worse = scored
    found = paired(score(gold, perfect), score(gold, worse))
    assert found["dates.value"].delta < 0
    assert found["dates.value"].high < 0
    assert found["dates.value"].p < 0.01
    assert found["locations.span"].delta == 0
    assert found["locations.span"].p == 1.0
    assert found["macro_f1"].delta == pytest.approx(found["dates.value"].delta / len(STARRED))
    with pytest.raises(ValueError, match="same articles"):
        paired(score(gold, perfect), score(gold[1:], worse))


def test_bootstrap_intervals(scored: Any) -> None:
    gold, _, worse = scored
    articles = score(gold, worse)
    found = intervals(articles)
    value = total(articles).value("dates.value")
    assert found["dates.value"].low < value < found["dates.value"].high
    assert found["dates.value"].high - found["dates.value"].low < 0.1
    assert found == intervals(articles)
    assert intervals(articles[:1]) == {}


@pytest.mark.parametrize(
    ("a", "b", "verdicts"),
    [
        ([], [("2018", 0)], ["right"]),
        ([], [("2017", 0)], ["wrong"]),
        ([("2018", 0)], [], ["right"]),
        ([("2018", 0)], [("2017", 0)], ["right → wrong"]),
        ([("2017", 0)], [("2018", 0)], ["wrong → right"]),
        ([("2018", 0)], [("2018", 1)], ["right", "wrong"]),
    ],
)
def test_compare_says_what_gold_says(a: list[tuple[str, int]], b: list[tuple[str, int]], verdicts: list[str]) -> None:
    gold = [{"id": "a", "dates": [{"text": "2018", "value": "2018", "spans": [[0, 4]]}]}]

    def run(items: list[tuple[str, int]]) -> dict[str, Any]:
        return {"a": {"dates": [{"text": "x", "value": value, "start": at, "end": 4} for value, at in items]}}

    assert [c.verdict for c in compare(run(a), run(b), gold).changes] == verdicts
    assert all(c.verdict == "" for c in compare(run(a), run(b)).changes)


def test_compare_markdown_and_json(scored: Any) -> None:
    gold, perfect, worse = scored
    flat = {key: {**r, "dates": [_flat(d) for d in r["dates"]]} for key, r in perfect.items()}
    less = {key: {**r, "dates": [_flat(d) for d in r["dates"]]} for key, r in worse.items()}
    result = compare(flat, less, gold)
    text = as_markdown(result, limit=3)
    assert f"**{len(result.changes)} differences**" in text
    assert "<summary>dates: " in text
    assert "… and " in text
    assert f"| dates | 0 | {len(result.changes)} ({len(result.changes)} right) | 0 |" in text
    assert "| dates.value * | 1.000 |" in text
    out = json.loads(json.dumps(as_json(result)))
    assert out["counts"]["dates"]["lost"] == len(result.changes)
    assert out["macro_f1"][0] == 1.0
    assert "No difference" in as_markdown(compare(flat, flat))


def _flat(item: dict[str, Any]) -> dict[str, Any]:
    start, end = item["spans"][0]
    return {**item, "start": start, "end": end}


def test_compare_reads_articles_of_gold_alone() -> None:
    articles = load_articles(GOLD, load_gold(GOLD))
    assert {"id", "text", "published"} <= set(next(iter(articles.values())))
