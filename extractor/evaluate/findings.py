"""One error of a prediction against gold, of one of five kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from extractor.evaluate.align import Marked

Kind = Literal["missed", "spurious", "wrong border", "wrong value", "wrong link"]
KINDS: tuple[Kind, ...] = ("missed", "spurious", "wrong border", "wrong value", "wrong link")


@dataclass(frozen=True, slots=True)
class Finding:
    """An error: its kind, gold and predicted span (null where there is none), what differs in words, and the rule behind it.

    A wrong link is a right mention tied to the wrong thing: a place to another code, a post to another person, a figure
    to another place or period, a document to another issuer.
    """

    article: str
    field: str
    kind: Kind
    text: str
    gold: tuple[int, int] | None
    predicted: tuple[int, int] | None
    detail: str
    rule: str


def rule_of(item: Mapping[str, Any] | None) -> str:
    """`layer:rule` of a predicted item, empty where it has no provenance."""
    provenance = (item or {}).get("provenance") or {}
    return f"{provenance.get('layer', '')}:{provenance.get('rule', '')}" if provenance else ""


def explained(found: Finding, dropped: Iterable[Mapping[str, Any]]) -> Finding:
    """A missed mention with the rule that saw it and the reason why it was not kept, where the pipeline's log has one."""
    if found.kind != "missed" or found.gold is None:
        return found
    start, end = found.gold
    near = [d for d in dropped if d["field"] == found.field and d["start"] < end and start < d["end"]]
    if not near:
        return found
    best = max(
        near, key=lambda d: min(end, d["end"]) - max(start, d["start"]) - abs(d["end"] - d["start"] - end + start)
    )
    detail = f"{found.detail}; seen as {best['text']!r} and dropped: {best['reason']}"
    return replace(found, detail=detail, rule=f"dropped:{best['rule']}")


def finding(
    article: str, field: str, kind: Kind, gold: Marked | None, predicted: Marked | None, detail: str = ""
) -> Finding:
    """A finding over a gold mention, a predicted mention, or a pair of both."""
    shown = gold or predicted
    item = shown.item if shown else {}
    return Finding(
        article,
        field,
        kind,
        str(item.get("text") or item.get("name") or ""),
        gold.span if gold else None,
        predicted.span if predicted else None,
        detail,
        rule_of(predicted.item if predicted else None),
    )
