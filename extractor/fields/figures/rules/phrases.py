"""Phrases around a number that decide what it says, compiled once from `patterns/figure_phrases.yaml` and the lexicon."""

from __future__ import annotations

from typing import ClassVar, Literal

import regex

from extractor.compiled import compiled
from extractor.fields.figures.rows import IndicatorRow, Lexicon, group_lexicon, veto_lexicon
from extractor.fields.figures.words import source
from extractor.rules import Row, cache, load_rows


class LinkRow(Row):
    """A row of `patterns/figure_links.yaml`."""

    ASKED: ClassVar[tuple[str, ...]] = ("kind",)

    kind: Literal["light", "level", "pace"]


@cache
def _link(kind: str) -> str:
    rows = [r for r in load_rows("figure_links.yaml", LinkRow) if r.kind == kind]
    return Lexicon(tuple(rows)).source


@cache
def light() -> regex.Pattern[str]:
    """Words that may stand between a phrase and its number without changing what it says."""
    return regex.compile(rf"(?:\s|[:,\-–()\"“”]|[\d./]+|{_link('light')}|{group_lexicon().source})*+")


@cache
def level() -> regex.Pattern[str]:
    """Words that end a change at a level ("tăng lên 90%")."""
    return regex.compile(rf"{_link('level')}(?:\s+{source('level-word')})?\s*$")


@cache
def pace() -> regex.Pattern[str]:
    """Words that make shares a pace ("tốc độ tăng")."""
    return regex.compile(_link("pace"))


@cache
def after_veto() -> regex.Pattern[str]:
    """What makes a share one of money, right behind the number."""
    return regex.compile(
        rf"\s*(?:[x×*=](?!\p{{L}})|(?:\([^()]{{1,20}}\)\s*)?(?:{source('of-money')}\s+){{0,3}}{veto_lexicon('after').source})"
    )


@cache
def plan_after() -> regex.Pattern[str]:
    """A plan or target right behind the number."""
    rows = tuple(r for r in load_rows("indicators.yaml", IndicatorRow) if r.role == "plan")
    return regex.compile(rf"\s*(?:\((?![^()]*\d))?(?:{source('of-plan')}\s+)?{Lexicon(rows).source}")


@cache
def event() -> regex.Pattern[str]:
    """People who come to an event."""
    return regex.compile(veto_lexicon("event").source)


@cache
def card_veto() -> regex.Pattern[str]:
    """Cards that are misprinted, forged or taken back."""
    return regex.compile(veto_lexicon("card").source)


@cache
def _phrases() -> dict[str, regex.Pattern[str]]:
    return {row.id: compiled(row.expression()) for row in load_rows("figure_phrases.yaml", Row)}


def phrase(name: str) -> regex.Pattern[str]:
    """The pattern of the row `name` of `patterns/figure_phrases.yaml`."""
    return _phrases()[name]
