"""Names of organisations read from tokens: a head, its complement, its parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.fields.officials import body_patterns as patterns
from extractor.fields.officials.body_steps import StepReader
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.rows import BodyRow, Complement, RoleRow
from extractor.fields.officials.tokens import Step
from extractor.fields.officials.wording import canonical_body
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


class BodyReader(StepReader):
    """Reads organisations from an article's tokens. `roles` are the roles by their first character."""

    def __init__(self, marks: Marks, blocked: set[int], roles: dict[int, tuple[int, RoleRow]]) -> None:
        super().__init__(marks, blocked, roles)
        self.limit = 0  # how far the statistical layer sees the present post go
        self.cap = len(self.text)  # where the present post ends at the latest

    def unit_at(self, token: int) -> Unit | None:
        """The organisation that begins at a token, with its parents; None where no head stands."""
        found = self.head_at(token)
        if found is None:
            return None
        after, row = found
        unit = self.complement(token, after, row, row.complement)
        if unit is None:
            unit = Unit(row, token, after, after, row.public, False)
        self.add_parents(unit, row.rank)
        return unit

    def wording(self, unit: Unit, prefix: str | None = None) -> str:
        """Canonical wording of an organisation and its parents; `prefix` is a head that only the role names."""
        parts = [self.text[self.starts[a] : self.ends[b - 1]] for a, b in ((unit.start, unit.end), *unit.parents)]
        if prefix:
            parts[0] = f"{prefix} {parts[0]}"
        for number, part in enumerate(parts):
            word = part.split(" ", 1)[0]
            if word in self.short:
                parts[number] = self.short[word][1] + part[len(word) :]
        return canonical_body(parts)

    def bodies(self, begin: int, end: int) -> Iterator[tuple[int, str, str]]:
        """Organisations with a complement in `[begin, end)`: start, canonical wording, canonical head."""
        self.limit = 0
        for token in range(self.after(begin), self.after(end)):
            if not self.capital(token) or self.starts[token] in self.roles or self.head_at(token) is None:
                continue
            unit = self.unit_at(token)
            if unit is not None and unit.complemented and unit.public and unit.row is not None:
                yield self.starts[token], self.wording(unit), unit.row.canonical

    def add_parents(self, unit: Unit, rank: int) -> None:
        """Parent organisations after a comma, a dash, "thuộc", "của" or in brackets."""
        for _ in range(3):
            opening = self._parent_opening(unit)
            row = self._add_parent(unit, rank, opening) if opening else None
            if row is None:
                return
            unit.public = unit.public and (row.public or (unit.row is not None and unit.row.mass))
            rank = row.rank

    def _parent_opening(self, unit: Unit) -> _Opening | None:
        """The mark or word behind a unit that a parent may follow, its alias in brackets skipped."""
        alias = patterns.ALIAS.match(self.text, self.ends[unit.stop - 1])
        at = self.after(alias.end()) if alias else unit.stop
        if at + 1 >= len(self.starts) or "\n" in self.text[self.ends[at - 1] : self.starts[at]]:
            return None
        mark, first, joins = self.word(at), at + 1, forms("of")
        if mark in (",", "(") and self.word(first) in joins:
            first += 1
        if mark not in (",", "-", "–", "(") and mark not in joins:
            return None
        return _Opening(first, mark == "(", mark in joins) if first < len(self.starts) else None

    def _add_parent(self, unit: Unit, rank: int, opening: _Opening) -> BodyRow | None:
        """The row of the parent that begins there, which the unit now has; None where none does."""
        first = opening.first
        found = self._parent_head(opening)
        if found is None:
            return None
        after, row = found
        if row.rank <= rank and not opening.joined:
            return None
        parent = self.complement(first, after, row, row.complement)
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

    def _parent_head(self, opening: _Opening) -> tuple[int, BodyRow] | None:
        """The head of a parent: with a capital, or in a bracket."""
        start = self.starts[opening.first]
        if start >= self.cap or start in self.roles or not (opening.bracket or self.capital(opening.first)):
            return None
        return self.head_at(opening.first)

    def complement(self, begin: int, token: int, row: BodyRow | None, kind: Complement) -> Unit | None:
        """What follows a head, from `token`; None where nothing does. `begin` is the first token of the whole."""
        at, end, places = token, token, 0
        if row is None and token == begin and (deputy := self._deputy_at(at)):
            at = end = deputy  # "Trưởng đoàn ĐBQH"
        while at < len(self.starts) and at - token <= patterns.LONGEST and not self._barred(at):
            if (at > token or row is None or row.rank >= 6) and self._post_at(at):
                break
            step = self.step(at, token, end, kind, row, places) or self._led(at, kind, row)
            if step is None:
                break
            at, accept, placed = step
            end = at if accept else end
            places += placed
        return Unit(row, begin, end, end, self._public(row, begin, end), True) if end != token else None

    def _deputy_at(self, at: int) -> int | None:
        """The token behind a deputy's role that begins here."""
        role = self.roles.get(self.starts[at]) if at < len(self.starts) and not self._barred(at) else None
        return self.after(role[0]) if role and role[1].deputy else None

    def _post_at(self, at: int) -> bool:
        """Whether another post begins at a token."""
        role = self.roles.get(self.starts[at])
        return role is not None and not (role[1].minor or role[1].inside)

    def _barred(self, at: int) -> bool:
        """Whether no body goes on over a token: a name, the end of the line or of the present post."""
        start = self.starts[at]
        return start >= self.cap or start in self.blocked or (at > 0 and "\n" in self.text[self.ends[at - 1] : start])

    def _public(self, row: BodyRow | None, begin: int, end: int) -> bool:
        """Whether a body is public by the words of its name."""
        words = self.folded[self.starts[begin] : self.ends[end - 1]]
        if row is None:
            return patterns.FIRM.search(words) is None
        if row.branch and patterns.BRANCH.search(words) is None:
            return False  # most branches are those of companies
        return row.public and (row.mass or patterns.FIRM.search(words) is None)

    def _led(self, at: int, kind: Complement, row: BodyRow | None) -> Step | None:
        """A step over a word that the grammar does not know, where the statistical layer sees the post go on."""
        if self.starts[at] >= self.limit or not self._voted(self.starts[at], kind, row):
            return None
        return at + 1, self.word(at) not in forms("and"), 0

    def _voted(self, start: int, kind: Complement, row: BodyRow | None) -> bool:
        """Whether a word that the grammar does not know may still belong to a body that the statistical layer sees."""
        letter = self.text[start]
        if not letter.isalpha() or kind in ("none", "foreign", "term") or self.address(start):
            return False
        if letter.isupper():
            return self.lexicon.openers.match(self.folded, start) is None
        if self.folded.startswith(starts("of"), start) and self.head_at(self.after(start) + 1) is not None:
            return False  # a parent follows
        if kind in ("place", "court") or (row is not None and row.whole_words):
            return False
        return self.lexicon.stops.match(self.folded, start) is None
