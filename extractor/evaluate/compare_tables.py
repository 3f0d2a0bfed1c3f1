"""A comparison of two runs as JSON, and as Markdown for a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from extractor.evaluate.compare import VALUES, Change, Comparison
from extractor.evaluate.score import ROWS, STARRED, total
from extractor.evaluate.tables import markdown_table


def as_json(result: Comparison) -> dict[str, Any]:
    """Counts and changes; with gold `macro_f1` and rows of both runs with difference, interval and p."""
    counts = Counter((c.field, c.kind) for c in result.changes)
    out: dict[str, Any] = {
        "articles": result.articles,
        "counts": {
            field: {kind: counts[field, kind] for kind in ("gained", "lost", "changed")}
            for field in VALUES
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
                "verdict": c.verdict,
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
            if a.scored(row) or b.scored(row)
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
    fields = [field for field in VALUES if _any(counts, field)]
    if fields:
        rows = [(field, *_counted(field, counts, result)) for field in fields]
        parts.append(markdown_table(("field", "gained", "lost", "changed"), rows))
    for field in fields:
        for kind in ("lost", "gained", "changed"):
            chosen = [c for c in result.changes if c.field == field and c.kind == kind]
            if chosen:
                parts.append(_details(f"{field}: {len(chosen)} {kind}", chosen, limit))
    return "\n\n".join(parts) + "\n"


def _counted(field: str, counts: Counter[tuple[str, str]], result: Comparison) -> list[str]:
    """Numbers of gained, lost and changed items, with gold what they were: "5 (4 right)", "2 (1 mended, 1 broken)"."""
    verdicts = Counter((c.kind, c.verdict) for c in result.changes if c.field == field)
    out: list[str] = []
    for kind in ("gained", "lost", "changed"):
        number = counts[field, kind]
        if not number or result.differences is None:
            out.append(str(number))
        elif kind == "changed":
            mended, broken = verdicts[kind, "wrong → right"], verdicts[kind, "right → wrong"]
            out.append(f"{number} ({mended} mended, {broken} broken)")
        else:
            out.append(f"{number} ({verdicts[kind, 'right']} right)")
    return out


def _details(title: str, chosen: Sequence[Change], limit: int) -> str:
    judged = any(change.verdict for change in chosen)
    head = ("text", "values", *(("gold says",) if judged else ()), "rule", "where")
    rows = [
        (f"`{c.text}`", c.detail, *((c.verdict,) if judged else ()), c.rule, f"{c.article} [{c.start}, {c.end})")
        for c in chosen[:limit]
    ]
    more = f"\n\n… and {len(chosen) - limit} more" if len(chosen) > limit else ""
    return f"<details><summary>{title}</summary>\n\n{markdown_table(head, rows)}{more}\n\n</details>"


def _score_rows(result: Comparison) -> list[tuple[str, ...]]:
    a, b = total(result.a), total(result.b)
    out: list[tuple[str, ...]] = []
    for row in ("macro_f1", *ROWS):
        d = (result.differences or {})[row]
        if not (a.scored(row) or b.scored(row)):
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
