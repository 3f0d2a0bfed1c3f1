"""Two runs on the same articles: what was gained and lost, by text, and whether the difference in score is more than chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluate.align import Json
from extractor.evaluate.bootstrap import Difference, paired
from extractor.evaluate.findings import rule_of
from extractor.evaluate.gold import FIELDS
from extractor.evaluate.score import ROWS, STARRED, ArticleScore, score, total
from extractor.evaluate.tables import markdown_table

# What makes an item the same in both runs, beside its span.
_VALUES: dict[str, tuple[str, ...]] = {
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

    `right` tells against gold: which run is right (`A`, `B`, `both`, `neither`); null without gold.
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
                    yield "positions", {"provenance": item.get("provenance"), **post, "person": item["name"]}


def _keyed(record: Json) -> dict[tuple[str, int, int, int], tuple[Json, dict[str, Any]]]:
    """Items by field and span, with their values; several items of one span (two programmes) are numbered in order of values."""
    values = [(f, i, {k: i.get(k) for k in _VALUES[f]}) for f, i in _entries(record)]
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
        old, new = before.get(key), after.get(key)
        if old and new and old[1] == new[1]:
            continue
        kind = "changed" if old and new else "lost" if old else "gained"
        item = (new or old or ({}, {}))[0]
        text = str(item.get("text") or item.get("name") or "")
        rules = dict.fromkeys(rule_of(side[0]) for side in (old, new) if side)
        rule = " → ".join(r for r in rules if r)
        out.append(
            Change(kind, article, key[0], key[1], key[2], text, old[1] if old else None, new[1] if new else None, rule)
        )
    return out


def compare(a: Mapping[str, Json], b: Mapping[str, Json], gold: Sequence[Json] | None = None) -> Comparison:
    """Compare run A with run B: every article of either, or those of gold."""
    ids = [str(record["id"]) for record in gold] if gold is not None else list(dict.fromkeys([*a, *b]))
    found = [change for key in ids for change in changes(key, a.get(key, {}), b.get(key, {}))]
    if gold is None:
        return Comparison(found, len(ids))
    scored_a, scored_b = score(gold, a), score(gold, b)
    return Comparison(found, len(ids), scored_a, scored_b, paired(scored_a, scored_b))


def as_json(result: Comparison) -> dict[str, Any]:
    """Counts and changes; with gold `macro_f1` and rows of both runs with difference, interval and p."""
    counts = Counter((c.field, c.kind) for c in result.changes)
    out: dict[str, Any] = {
        "articles": result.articles,
        "counts": {
            field: {kind: counts[field, kind] for kind in ("gained", "lost", "changed")}
            for field in _VALUES
            if _any(counts, field)
        },
        "changes": [
            {
                "kind": c.kind,
                "article": c.article,
                "field": c.field,
                "start": c.start,
                "end": c.end,
                "text": c.text,
                "before": c.before,
                "after": c.after,
                "rule": c.rule,
            }
            for c in result.changes
        ],
    }
    if result.differences is not None:
        a, b = total(result.a), total(result.b)
        out["macro_f1"] = [round(a.macro_f1, 4), round(b.macro_f1, 4)]
        out["rows"] = {
            row: {
                "a": round(a.value(row), 4),
                "b": round(b.value(row), 4),
                "delta": round(d.delta, 4),
                "low": round(d.low, 4),
                "high": round(d.high, 4),
                "p": round(d.p, 4),
            }
            for row, d in result.differences.items()
        }
    return out


def _any(counts: Counter[tuple[str, str]], field: str) -> bool:
    return any(n for (f, _), n in counts.items() if f == field)


def as_markdown(result: Comparison, *, limit: int = 50) -> str:
    """The comparison for a pull request: scores with gold, counts, and up to `limit` changes a field and kind."""
    if not result.changes:
        head = f"**No difference** in {result.articles} articles."
    else:
        touched = len({change.article for change in result.changes})
        head = f"**{len(result.changes)} differences** in {touched} of {result.articles} articles."
    parts = [head]
    if result.differences is not None:
        parts.append(markdown_table(("row", "A", "B", "difference", "95 %", "p"), _score_rows(result)))
    counts = Counter((c.field, c.kind) for c in result.changes)
    fields = [field for field in _VALUES if _any(counts, field)]
    if fields:
        kinds = ("gained", "lost", "changed")
        rows = [(field, *(str(counts[field, kind]) for kind in kinds)) for field in fields]
        parts.append(markdown_table(("field", *kinds), rows))
    for field in fields:
        for kind in ("lost", "gained", "changed"):
            chosen = [c for c in result.changes if c.field == field and c.kind == kind]
            if chosen:
                rows = [(f"`{c.text}`", c.detail, c.rule, f"{c.article} [{c.start}, {c.end})") for c in chosen[:limit]]
                more = f"\n\n… and {len(chosen) - limit} more" if len(chosen) > limit else ""
                table = markdown_table(("text", "values", "rule", "where"), rows)
                parts.append(
                    f"<details><summary>{field}: {len(chosen)} {kind}</summary>\n\n{table}{more}\n\n</details>"
                )
    return "\n\n".join(parts) + "\n"


def _score_rows(result: Comparison) -> list[tuple[str, ...]]:
    a, b = total(result.a), total(result.b)
    out: list[tuple[str, ...]] = []
    for row in ("macro_f1", *ROWS):
        d = (result.differences or {})[row]
        if row != "macro_f1" and not a.rows[row].gold:
            continue
        name = f"{row} *" if row in STARRED else row
        out.append(
            (
                name,
                f"{a.value(row):.3f}",
                f"{b.value(row):.3f}",
                f"{d.delta:+.3f}",
                f"{d.low:+.3f}–{d.high:+.3f}",
                f"{d.p:.3f}",
            )
        )
    return out
