"""Invented passages with their figures marked in the text (`gold/figure_lessons.txt`) to gold records and articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import regex

from extractor.errors import InputError
from extractor.fields.figures.find import find_quantities
from extractor.models import Article
from extractor.numbers import find_numbers
from extractor.records import NATION
from extractor.text import clean, fold

_MARK = regex.compile(r"\{([^{}|]+)\|([^{}]*)\}")
OPEN = "?"  # an attribute that a passage does not teach
_OPENED = dict.fromkeys(("group", "place", "period"), OPEN)
_SHARES = ("coverage_rate", "plan_rate")  # indicators that are told in percent
_INDICATORS = {
    "p": "participants", "c": "coverage_rate", "n": "new_participants", "r": "renewed_participants",
    "x": "non_participants", "k": "plan_rate", "d": "change", "g": "gap",
}  # fmt: skip


def load_lessons(path: Path) -> Iterator[tuple[dict[str, Any], Article]]:
    """Gold records (guidelines 1.3, figures alone) with their articles. Raises `InputError` naming the passage of a bad mark.

    A passage with the head "@? …" teaches what its numbers are, and neither group, place nor period.
    """
    lines = (x for x in path.read_text(encoding="utf-8").split("\n") if not x.startswith("#"))
    for number, block in enumerate("\n".join(lines).split("\n---\n"), 1):
        head, _, body = block.strip().partition("\n")
        day, _, title = head.removeprefix("@? ").removeprefix("@ ").partition(" | ")
        try:
            text, figures = _unmarked(f"{title}\n{body}")
        except (KeyError, ValueError) as error:
            raise InputError(f"{path}, passage {number} ({title}): {error}") from None
        article = Article(
            id=f"lesson-{number}",
            text=clean(text),
            title=text.partition("\n")[0],
            published=None if day == "-" else date.fromisoformat(day),
        )
        if head.startswith("@?"):
            figures = [figure | _OPENED for figure in figures]
        yield {"id": article.id, "guidelines": "1.3", "fields": ["figures"], "figures": figures}, article


def _unmarked(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its figures."""
    out, figures, at = "", [], 0
    last: dict[str, Any] = {}
    for m in _MARK.finditer(marked):
        out += marked[at : m.start()]
        last = _figure(m.group(1), m.group(2), last)
        spans = [[len(out), len(out) + len(m.group(1))]]
        figures += [{**last, "programme": programme, "spans": spans} for programme in last["programme"].split("+")]
        out += m.group(1)
        at = m.end()
    return out + marked[at:], figures


def _figure(quote: str, mark: str, last: dict[str, Any]) -> dict[str, Any]:
    """One figure of a mark "BHYT c! pp|group|place|period"; `=` repeats what the figure before has, `?` is not taught.

    A number of two programmes has both in its mark ("BHXH+BHYT p|…").
    """
    parts = mark.split("|")
    if len(parts) != 4:
        raise ValueError(f"{{{quote}|{mark}}}: kind, group, place and period are expected")
    kind, *attributes = parts
    programme, indicator, *points = kind.split()
    value, unit = _counted(quote, _INDICATORS[indicator.rstrip("!")] in _SHARES)
    out: dict[str, Any] = {
        "text": quote,
        "value": value,
        "unit": "percentage_point" if points else unit,
        "programme": programme,
        "indicator": _INDICATORS[indicator.rstrip("!")],
        "status": "target" if indicator.endswith("!") else "actual",
    }
    for key, told in zip(("group", "place", "period"), attributes, strict=True):
        if told == "=":
            out[key] = last.get(key)
            if key == "place" and last.get("place_code"):
                out["place_code"] = last["place_code"]
        elif told == NATION:
            out |= {"place": None, "place_code": NATION}
        else:
            out[key] = None if told == "-" else told
    return out


def _counted(quote: str, share: bool) -> tuple[float, str]:
    """Value and unit of a quote; a bare share is one in percent, any other bare number counts persons."""
    folded = fold(quote)
    for quantity in find_quantities(folded, 0, len(folded)):
        return quantity.value, quantity.unit
    for number in find_numbers(folded, 0, len(folded)):
        return number.value, "percent" if share else "person"
    raise ValueError(f"{quote!r} holds no number")
