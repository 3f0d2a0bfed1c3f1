"""One error of a prediction against gold, of one of five kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
