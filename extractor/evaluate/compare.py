"""Two runs on the same articles: what was gained and lost, by text, and whether the difference in score is more than chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.evaluate.align import PLACING, Json
from extractor.evaluate.bootstrap import Difference, paired
from extractor.evaluate.figures import PROGRAMMES
from extractor.evaluate.findings import rule_of
from extractor.evaluate.gold import GOLD_KEYS
from extractor.evaluate.score import ArticleScore, score
from extractor.records import FIELDS

# What makes an item the same in both runs, beside its span; all values of a field not named here.
VALUES: dict[str, tuple[str, ...]] = {
    **{name: tuple(sorted(GOLD_KEYS[name] - PLACING)) for name in FIELDS},
    "officials": ("name", "official"),
    "positions": ("person", "role", "body"),
    "dates": ("value",),
    "locations": ("name", "level", "code"),
    "documents": ("type", "number", "issuer", "date"),
    "figures": ("value", "unit", "programme", "indicator", "status", "comparator", "place", "period"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One item that only one run has, or whose values differ: `lost` (A only), `gained` (B only), `changed`.

    `verdict` is what gold says: "right", "wrong", or for a change "wrong → right"; empty where gold says nothing.
    """

    kind: str
    article: str
    field: str
    start: int
    end: int
    text: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    rule: str
    verdict: str = ""

    @property
    def detail(self) -> str:
        """The values, or only those that changed."""
        if self.before is not None and self.after is not None:
            keys = [key for key in self.before if self.before[key] != self.after[key]]
            return "; ".join(f"{key}: {self.before[key]} → {self.after[key]}" for key in keys)
        values = self.before or self.after or {}
        return ", ".join(f"{key} {value}" for key, value in values.items() if value is not None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Changes from run A to run B, and with gold the scores of both and the paired bootstrap of their difference."""

    changes: Sequence[Change]
    articles: int
    a: Sequence[ArticleScore] = ()
    b: Sequence[ArticleScore] = ()
    differences: Mapping[str, Difference] | None = None


def _entries(record: Json) -> Iterable[tuple[str, Json]]:
    for field in FIELDS:
        for item in record.get(field) or ():
            yield field, item
            if field == "officials":
                for post in item.get("positions") or ():
                    told = post.get("provenance") or item.get("provenance")
                    yield "positions", {**post, "provenance": told, "person": item["name"]}


def _keyed(record: Json) -> dict[tuple[str, int, int, int], tuple[Json, dict[str, Any]]]:
    """Items by field and span, with their values; several items of one span (two programmes) are numbered in order of values."""
    values = [(f, i, {k: i.get(k) for k in VALUES[f]}) for f, i in _entries(record)]
    values.sort(key=lambda v: (v[0], v[1].get("start", 0), v[1].get("end", 0), str(v[2])))
    seen: Counter[tuple[str, int, int]] = Counter()
    out: dict[tuple[str, int, int, int], tuple[Json, dict[str, Any]]] = {}
    for field, item, kept in values:
        place = field, int(item.get("start", 0)), int(item.get("end", 0))
        out[(*place, seen[place])] = item, kept
        seen[place] += 1
    return out


def changes(article: str, a: Json, b: Json) -> list[Change]:
    """Items of one article that differ between two output records, in text order."""
    before, after = _keyed(a), _keyed(b)
    out: list[Change] = []
    for key in sorted(before.keys() | after.keys(), key=lambda k: (k[1], k[2], k[0], k[3])):
        sides = [side for side in (before.get(key), after.get(key)) if side]
        if len(sides) == 2 and sides[0][1] == sides[1][1]:
            continue
        kind = "changed" if len(sides) == 2 else "lost" if key in before else "gained"
        item = sides[-1][0]
        text = str(item.get("text") or item.get("name") or "")
        rule = " → ".join(r for r in dict.fromkeys(rule_of(side[0]) for side in sides) if r)
        old, new = ((side[key][1] if key in side else None) for side in (before, after))
        out.append(Change(kind, article, *key[:3], text, old, new, rule))
    return out


def compare(a: Mapping[str, Json], b: Mapping[str, Json], gold: Sequence[Json] | None = None) -> Comparison:
    """Compare run A with run B: every article of either, or those of gold."""
    ids = [str(record["id"]) for record in gold] if gold is not None else list(dict.fromkeys([*a, *b]))
    found = [change for key in ids for change in changes(key, a.get(key, {}), b.get(key, {}))]
    if gold is None:
        return Comparison(found, len(ids))
    scored_a, scored_b = score(gold, a), score(gold, b)
    only = {str(record["id"]): record["fields"] for record in gold if record.get("fields") is not None}
    wrong_a, wrong_b = _wrong(scored_a), _wrong(scored_b)
    judged = [replace(change, verdict=_verdict(change, only.get(change.article), wrong_a, wrong_b)) for change in found]
    return Comparison(judged, len(ids), scored_a, scored_b, paired(scored_a, scored_b))


Place = tuple[str, str, tuple[int, int]]


def _wrong(scored: Sequence[ArticleScore]) -> set[Place]:
    """Predictions with an error of any kind: article, field, span."""
    return {(f.article, f.field, f.predicted) for article in scored for f in article.findings if f.predicted}


def _verdict(change: Change, only: Sequence[str] | None, wrong_a: set[Place], wrong_b: set[Place]) -> str:
    """What gold says about a change; empty where gold leaves it open (optional items, fields that were not annotated)."""
    values = change.after or change.before or {}
    optional = values.get("level") == "other" or (change.field == "documents" and not values.get("number"))
    field = "officials" if change.field == "positions" else change.field
    foreign = field == "figures" and values.get("programme") not in PROGRAMMES
    if optional or foreign or (only is not None and field not in only):
        return ""
    place = change.article, change.field, (change.start, change.end)
    sides = [
        "wrong" if place in wrong else "right"
        for given, wrong in ((change.before, wrong_a), (change.after, wrong_b))
        if given is not None
    ]
    return " → ".join(sides)
