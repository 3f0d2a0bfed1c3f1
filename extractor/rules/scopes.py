"""What the words around a cue do to its meaning: target, former, negated, hypothetical, condition. Rows in `patterns/context.yaml`.

A cue opens a scope that runs forward, backward or both ways to the end of its clause or sentence, or over the lines under a
heading, unless a terminator of its row ends it first. After ConText (Harkema et al. 2009) as medspaCy implements it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.models import Reading
from extractor.rules import Row, cache, load_rows
from extractor.rules.lexica import template, words
from extractor.rules.rows import whole_words

Category = Literal["target", "former", "negated", "hypothetical", "condition"]
Says = Literal["striven", "plan", "chosen"]
_CLAUSE = compiled(r"[;:.!?]|,(?!\d)")
_DIGIT = template(r"(?<!{calendar}\s)(?<![\d/.,-])\d[\d.,]*(?![\d/-])")
MOST_LINES = 200  # lines that a heading stands over
_BULLET = compiled(r"\s*(?:[-+*•]|\d{1,2}[.)]|[a-zđ][.)])")


class ContextRow(Row):
    """A row of `patterns/context.yaml`.

    `terminators` are literal forms that end the scope of a cue, `unless` forms right before a cue that take it away. `says`
    tells what else a cue says: that its aim is striven for, that it names a plan (of which a share may be), or which
    units are chosen.
    """

    category: Category
    direction: Literal["forward", "backward", "both"] = "forward"
    scope: Literal["clause", "sentence", "lead", "block"] = "sentence"
    terminators: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    says: Says | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch `[start, end)` of the text under a cue; `rule` is the row's id, `cue` where the cue begins, `says` the row's."""

    start: int
    end: int
    category: Category
    rule: str
    cue: int
    says: Says | None = None


@dataclass(frozen=True, slots=True)
class _Compiled:
    row: ContextRow
    cue: regex.Pattern[str]
    stop: regex.Pattern[str] | None
    unless: regex.Pattern[str] | None


# "hiện" of "thực hiện", "thể hiện", "phát hiện" is half a word and ends nothing.
def _not_a_part() -> str:
    return rf"(?<!{words('half-word')}\s)"


@cache
def _rows() -> tuple[_Compiled, ...]:
    return tuple(
        _Compiled(
            row,
            compiled(row.expression()),
            compiled(_not_a_part() + whole_words(row.terminators)) if row.terminators else None,
            compiled(whole_words(row.unless) + r"\s*$") if row.unless else None,
        )
        for row in load_rows("context.yaml", ContextRow)
    )


def _stop(rule: _Compiled, folded: str, start: int, end: int) -> int:
    match = rule.stop.search(folded, start, end) if rule.stop else None
    return match.start() if match else end


def scopes(reading: Reading, start: int, end: int) -> list[Scope]:
    """Scopes opened by cues of one sentence `[start, end)`, in text order; block scopes come from `block_scopes`."""
    out: list[Scope] = []
    folded = reading.folded
    for rule in _rows():
        row = rule.row
        if row.scope == "block":
            continue
        for cue in rule.cue.finditer(folded, start, end):
            if rule.unless and rule.unless.search(folded, max(start, cue.start() - 24), cue.start()):
                continue
            left, right = start, end
            if row.scope == "clause" or (row.scope == "lead" and _DIGIT.search(folded, start, cue.start())):
                left = max((m.end() for m in _CLAUSE.finditer(folded, start, cue.start())), default=start)
                after = _CLAUSE.search(folded, cue.end(), end)
                right = after.start() if after else end
            if row.direction == "forward":
                left = cue.start()
            elif row.direction == "backward":
                right = cue.end()
            out.append(Scope(left, _stop(rule, folded, cue.end(), right), row.category, row.id, cue.start(), row.says))
    out.sort(key=lambda s: (s.start, s.end))
    return out


def block_scopes(reading: Reading) -> list[Scope]:
    """Scopes of headings over the bulleted lines that follow them."""
    out: list[Scope] = []
    blocks = [c for c in _rows() if c.row.scope == "block"]
    lines = reading.lines
    for i, line in enumerate(lines):
        head = reading.folded[line.start : line.end]
        if len(head) > 200 or not head.rstrip().endswith(":"):
            continue
        for rule in blocks:
            cue = rule.cue.search(head.rstrip())
            if cue is None:
                continue
            end = line.end
            for following in lines[i + 1 : i + 1 + MOST_LINES]:
                if not _BULLET.match(reading.text, following.start, following.end):
                    break
                end = following.end
            if end > line.end:
                out.append(
                    Scope(line.start, end, rule.row.category, rule.row.id, line.start + cue.start(), rule.row.says)
                )
            break
    return out


def over(blocks: Sequence[Scope]) -> Callable[[int, int], list[Scope]]:
    """Tells which of many scopes share a code point with a stretch, in their order."""
    spans = Spans((s.start, s.end) for s in blocks)
    return lambda start, end: [blocks[number] for number in spans.meeting(start, end)]


def covering(found: Iterable[Scope], at: int, category: Category) -> Scope | None:
    """The scope of `category` around offset `at` whose cue stands nearest, or None."""
    return min(
        (s for s in found if s.category == category and s.start <= at < s.end),
        key=lambda s: abs(at - s.cue),
        default=None,
    )
