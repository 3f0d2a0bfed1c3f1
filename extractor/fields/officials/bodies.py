"""Names of organisations read from tokens: a head, its complement, its parents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.fields.officials import body_patterns as patterns
from extractor.fields.officials.body_steps import StepReader
from extractor.fields.officials.rows import BodyRow, Complement
from extractor.fields.officials.tokens import Step
from extractor.fields.officials.wording import canonical_body, headed
from extractor.fields.officials.words import forms, starts


@dataclass(slots=True)
class Unit:
    """One organisation: tokens `[start, end)`, with its parents `[start, stop)`. `complemented`: more than its head."""

    row: BodyRow | None
    start: int
    end: int
    stop: int
    public: bool
    complemented: bool
    parents: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a parent may begin: token `first`, behind `mark`, in a `bracket` or not; `joined` by a word."""

    first: int
    bracket: bool
    joined: bool


class Bounds(NamedTuple):
    """How far a body may go, in offsets: a post ends before `cap`; up to `limit` the statistical layer sees it go on."""

    limit: int = 0
    cap: int = sys.maxsize


Stop = tuple[int, Complement, BodyRow | None]  # an offset where a complement ended, its kind, the row of its head
FREE = Bounds()  # where the statistical layer has no say


class BodyReader:
    """Reads organisations from an article's tokens."""

    def __init__(self, steps: StepReader) -> None:
        self.steps, self.tokens, self.heads, self.roles = steps, steps.tokens, steps.heads, steps.roles
        self.text, self.folded = steps.text, steps.folded
        self.starts, self.ends = steps.starts, steps.ends
        self.lexicon = steps.lexicon
        self.led = 0  # how often the statistical layer has led over a word so far
        self.stops: list[Stop] = []  # and where it has not

    def unit_at(self, token: int, within: Bounds = FREE) -> Unit | None:
        """The organisation that begins at a token, with its parents; None where no head stands."""
        found = self.heads.at(token)
        if found is None:
            return None
        after, row = found
        unit = self.complement(token, after, row, row.complement, within)
        if unit is None:
            unit = Unit(row, token, after, after, row.public, False)
        self.add_parents(unit, row.rank, within)
        return unit

    def wording(self, unit: Unit, prefix: str | None = None) -> str:
        """Canonical wording of an organisation and its parents; `prefix` is a head that only the role names."""
        parts = [self.text[self.starts[a] : self.ends[b - 1]] for a, b in ((unit.start, unit.end), *unit.parents)]
        if prefix:
            parts[0] = headed(prefix, parts[0])
        return canonical_body([self.heads.in_full(part) for part in parts])

    def named(self, begin: int, end: int) -> Iterator[tuple[int, str, str]]:
        """Organisations with a complement in `[begin, end)`: start, canonical wording, canonical head."""
        for token in range(self.tokens.after(begin), self.tokens.after(end)):
            if not self.tokens.capital(token) or self.starts[token] in self.roles or self.heads.at(token) is None:
                continue
            unit = self.unit_at(token)
            if unit is not None and unit.complemented and unit.public and unit.row is not None:
                yield self.starts[token], self.wording(unit), unit.row.canonical

    def add_parents(self, unit: Unit, rank: int, within: Bounds = FREE) -> None:
        """Parent organisations after a comma, a dash, "thuộc", "của" or in brackets."""
        for _ in range(3):
            opening = self._parent_opening(unit)
            row = self._add_parent(unit, rank, opening, within) if opening else None
            if row is None:
                return
            unit.public = unit.public and (row.public or (unit.row is not None and unit.row.mass))
            rank = row.rank

    def _parent_opening(self, unit: Unit) -> _Opening | None:
        """The mark or word behind a unit that a parent may follow, its alias in brackets skipped."""
        alias = patterns.ALIAS.match(self.text, self.ends[unit.stop - 1])
        at = self.tokens.after(alias.end()) if alias else unit.stop
        if at + 1 >= len(self.starts) or "\n" in self.text[self.ends[at - 1] : self.starts[at]]:
            return None
        mark, first, joins = self.tokens.word(at), at + 1, forms("of")
        if mark in (",", "(") and self.tokens.word(first) in joins:
            first += 1
        if mark not in (",", "-", "–", "(") and mark not in joins:
            return None
        return _Opening(first, mark == "(", mark in joins) if first < len(self.starts) else None

    def _add_parent(self, unit: Unit, rank: int, opening: _Opening, within: Bounds) -> BodyRow | None:
        """The row of the parent that begins there, which the unit now has; None where none does."""
        first = opening.first
        found = self._parent_head(opening, within)
        if found is None:
            return None
        after, row = found
        if row.rank <= rank and not opening.joined:
            return None
        parent = self.complement(first, after, row, row.complement, within)
        if parent is None and row.complement == "topic":
            return None
        end = parent.stop if parent else after
        if opening.bracket and not self._closes(end):
            return None
        unit.parents.append((first, end))
        unit.stop = end + 1 if opening.bracket else end
        return row

    def _closes(self, token: int) -> bool:
        return token < len(self.starts) and self.text[self.starts[token]] == ")"

    def _parent_head(self, opening: _Opening, within: Bounds) -> tuple[int, BodyRow] | None:
        """The head of a parent: with a capital, or in a bracket."""
        start = self.starts[opening.first]
        if start >= within.cap or start in self.roles or not (opening.bracket or self.tokens.capital(opening.first)):
            return None
        return self.heads.at(opening.first)

    def complement(
        self, begin: int, token: int, row: BodyRow | None, kind: Complement, within: Bounds = FREE,
        implied: str | None = None,
    ) -> Unit | None:  # fmt: skip
        """What follows a head, from `token`; None where nothing does. `begin` is the first token of the whole, `implied` the head
        that only the role before it names."""
        at, end, places = token, token, 0
        if row is None and token == begin and (deputy := self._deputy_at(at, within)):
            at = end = deputy  # "Trưởng đoàn ĐBQH"
        while self._goes_on(at, token, row, within):
            step = self.steps.step(at, token, end, kind, row, implied, places) or self._led(at, kind, row, within)
            if step is None:
                break
            at, accept, placed = step
            end = at if accept else end
            places += placed
        return Unit(row, begin, end, end, self._public(row, begin, end), True) if end != token else None

    def _goes_on(self, at: int, token: int, row: BodyRow | None, within: Bounds) -> bool:
        """Whether the complement that begins at `token` may have another word at `at`: no post, no end of the line begins there."""
        if at >= len(self.starts) or at - token > patterns.LONGEST or self._barred(at, within):
            return False
        return not ((at > token or row is None or row.rank >= 6) and self._post_at(at))

    def _deputy_at(self, at: int, within: Bounds) -> int | None:
        """The token behind a deputy's role that begins here."""
        role = self.roles.get(self.starts[at]) if at < len(self.starts) and not self._barred(at, within) else None
        return self.tokens.after(role[0]) if role and role[1].deputy else None

    def _post_at(self, at: int) -> bool:
        """Whether another post begins at a token."""
        role = self.roles.get(self.starts[at])
        return role is not None and not (role[1].minor or role[1].inside)

    def _barred(self, at: int, within: Bounds) -> bool:
        """Whether no body goes on over a token: a name, the end of the line or of the present post."""
        start = self.starts[at]
        return (
            start >= within.cap
            or start in self.tokens.blocked
            or (at > 0 and "\n" in self.text[self.ends[at - 1] : start])
        )

    def _public(self, row: BodyRow | None, begin: int, end: int) -> bool:
        """Whether a body is public by the words of its name."""
        start, stop = self.starts[begin], self.ends[end - 1]
        if row is None:
            return not self._is_firm(start, stop)
        if row.branch and patterns.BRANCH.search(self.folded[start:stop]) is None:
            return False  # most branches are those of companies
        return row.public and (row.mass or not self._is_firm(start, stop))

    def _is_firm(self, start: int, end: int) -> bool:
        """Whether words of companies stand in a body's name."""
        if not patterns.firm_words().stands(self.tokens.reading, start, end):
            return False
        return patterns.FIRM.search(self.folded[start:end]) is not None

    def _led(self, at: int, kind: Complement, row: BodyRow | None, within: Bounds) -> Step | None:
        """A step over a word that the grammar does not know, where the statistical layer sees the post go on."""
        if self.starts[at] >= within.limit or not self.leads(self.starts[at], kind, row):
            self.stops.append((self.starts[at], kind, row))
            return None
        self.led += 1
        return at + 1, self.tokens.word(at) not in forms("and"), 0

    def leads(self, start: int, kind: Complement, row: BodyRow | None) -> bool:
        """Whether a word that the grammar does not know may still belong to a body that the statistical layer sees."""
        letter = self.text[start]
        if not letter.isalpha() or kind in ("none", "foreign", "term") or self.tokens.address(start):
            return False
        if letter.isupper():
            return self.lexicon.openers.match(self.folded, start) is None
        if self.folded.startswith(starts("of"), start) and self.heads.at(self.tokens.after(start) + 1) is not None:
            return False  # a parent follows
        if kind in ("place", "court") or (row is not None and row.whole_words):
            return False
        return self.lexicon.stops.match(self.folded, start) is None
