"""Span rows against two independent implementations: nervaluate and spaCy's Scorer."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluate.align import marked, outermost
from extractor.evaluate.gold import load_gold
from extractor.evaluate.score import score, total

GOLD = Path(__file__).parents[1] / "gold" / "sample.jsonl"
FIELDS = ("dates", "locations", "documents")


def _kept(field: str, item: dict[str, Any]) -> bool:
    return bool(item.get("number")) if field == "documents" else item.get("level") != "other"


@pytest.fixture(scope="module")
def runs() -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Gold without its optional items, and a run with dropped, shifted, doubled and added mentions."""
    rng = random.Random(3)
    gold = load_gold(GOLD)
    gold = [{**r, **{f: [i for i in r[f] if _kept(f, i)] for f in FIELDS}} for r in gold]
    predicted: dict[str, dict[str, Any]] = {}
    for record in gold:
        run: dict[str, Any] = {"id": record["id"]}
        for field in FIELDS:
            run[field] = []
            for mention in outermost(marked(record[field])):
                roll = rng.random()
                start, end = mention.start, mention.end
                if roll < 0.1:
                    continue
                if roll < 0.2:
                    start, end = start + 1, end + 1
                if roll > 0.95:
                    run[field].append({**mention.item, "start": end, "end": end + 3})
                run[field].append({**mention.item, "start": start, "end": end})
            for item in run[field]:
                item.pop("spans", None)
        predicted[str(record["id"])] = run
    return gold, predicted


def _spans(items: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    return [m.span for m in outermost(marked(items))]


@pytest.mark.parametrize("field", FIELDS)
def test_span_row_equals_nervaluate(field: str, runs: Any) -> None:
    nervaluate = pytest.importorskip("nervaluate")
    gold, predicted = runs

    def entities(spans: list[tuple[int, int]]) -> list[dict[str, Any]]:
        return [{"label": field, "start": a, "end": b - 1} for a, b in spans]  # its ends are inclusive

    def exact_first(record: dict[str, Any]) -> list[tuple[int, int]]:
        """It pairs in the order of the predictions, so that a shifted neighbour could take an exact one's gold."""
        wanted = set(_spans(record[field]))
        spans = [m.span for m in marked(predicted[str(record["id"])][field])]
        return sorted(spans, key=lambda span: (span not in wanted, span))

    true = [entities(_spans(r[field])) for r in gold]
    pred = [entities(exact_first(r)) for r in gold]
    theirs = nervaluate.Evaluator(true, pred, tags=[field], loader="dict").evaluate()["overall"]["strict"]
    ours = total(score(gold, predicted)).rows[f"{field}.span"]
    assert ours.correct == theirs.correct
    assert (ours.predicted, ours.gold) == (theirs.actual, theirs.possible)
    assert ours.f1 == pytest.approx(theirs.f1)


def test_span_rows_equal_spacy_scorer(runs: Any) -> None:
    import spacy
    from spacy.scorer import Scorer
    from spacy.tokens import Doc, Span
    from spacy.training import Example

    gold, predicted = runs
    texts = {
        a["id"]: a["text"]
        for a in map(json.loads, GOLD.with_name("sample_articles.jsonl").read_text(encoding="utf-8").splitlines())
    }
    vocab = spacy.vocab.Vocab()
    chosen = gold[:8]

    def doc(key: str, spans: dict[str, list[tuple[int, int]]]) -> Doc:
        """One token a character, so that any span aligns."""
        out = Doc(vocab, words=list(texts[key]), spaces=[False] * len(texts[key]))
        out.spans["all"] = [Span(out, a, min(b, len(out)), field) for field, found in spans.items() for a, b in found]
        return out

    examples = [
        Example(
            doc(str(r["id"]), {f: [m.span for m in marked(predicted[str(r["id"])][f])] for f in FIELDS}),
            doc(str(r["id"]), {f: _spans(r[f]) for f in FIELDS}),
        )
        for r in chosen
    ]
    theirs = Scorer.score_spans(
        examples,
        "spans_all",
        getter=lambda d, _: d.spans["all"],
        has_annotation=lambda d: True,
        allow_overlap=True,
        labeled=True,
    )["spans_all_per_type"]
    ours = total(score(chosen, predicted))
    for field in FIELDS:
        row = ours.rows[f"{field}.span"]
        assert (row.precision, row.recall, row.f1) == pytest.approx(
            tuple(theirs[field][key] for key in ("p", "r", "f")), abs=1e-9
        )
