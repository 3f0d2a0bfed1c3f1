"""What a text must hold for an expression to match in it: a cheap test before a scan of the whole text.

`needed` reads the source of an expression and gives literals of which every match holds one. What it does not know of the
syntax breaks a literal or gives up, so that a test can only ever let an expression run in vain.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import regex

from extractor.compiled import compiled
from extractor.models import Reading

MOST = 40  # literals of one expression; a test of more would cost as much as the scan
_TOKEN = compiled(
    r"""(?P<open>\((?:\?(?:P?<[a-zA-Z_]\w*>|[:>|]|(?P<around><?[=!])))?)|(?P<close>\))|(?P<bar>\|)
    |(?P<repeat>[*+?]|\{\d*(?:,\d*)?\})(?P<kind>[?+]?)
    |(?P<blank>\\s|\[[ ]\]|\[\\s\]|\\[ ])|(?P<set>\[\^?\]?(?:\\.|\[[^\]]*\]|[^\]\\])*\])
    |(?P<zero>[\^$]|\\[bBAZ])|(?P<class>\\[pP]\{[^}]*\}|\\[dDwWS]|\.)|\\(?P<escaped>[^\w\s])|(?P<plain>[^\\{])""",
    regex.VERBOSE,
)
Literals = frozenset[str]
_PLAIN_FLAGS = regex.UNICODE | regex.VERSION0
_BLANK = frozenset([" "])


class _UnknownError(Exception):
    """Syntax that is not read here."""


class _Sequence:
    """What is known of a stretch of an expression: literals that every match of it holds, and the words at its open end."""

    def __init__(self) -> None:
        self.best: Literals | None = None
        self.tail: Literals = frozenset([""])  # what the match so far ends in, where that is certain

    def add(self, words: Literals) -> None:
        """One of `words` follows."""
        joined = frozenset((a + b).replace("  ", " ") for a, b in product(self.tail, words))
        if len(joined) > MOST:
            self.cut()
            joined = words
        self.tail = joined

    def cut(self) -> None:
        """Something unknown follows."""
        self.best = _better(self.best, self.tail)
        self.tail = frozenset([""])

    def all(self) -> Literals | None:
        """Literals of which every match holds one; None where nothing is certain."""
        return _better(self.best, self.tail)


def _better(one: Literals | None, other: Literals) -> Literals | None:
    """The set whose shortest literal is longer, else the smaller one."""
    other = frozenset(word.strip() for word in other)
    if "" in other or len(other) > MOST:
        return one
    if one is None:
        return other
    return max(one, other, key=lambda words: (min(min(map(len, words)), 6), -len(words)))


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens: list[regex.Match[str]] = []
        at = 0
        while at < len(source):
            token = _TOKEN.match(source, at)
            if token is None:
                raise _UnknownError
            self.tokens.append(token)
            at = token.end()
        self.at = 0

    def branches(self, *, top: bool = False) -> tuple[Literals | None, Literals | None]:
        """Up to the closing bracket: literals that every match holds one of, and all that it can be, where that is certain."""
        found: list[tuple[Literals | None, Literals | None]] = [self._sequence()]
        while self.at < len(self.tokens) and self.tokens[self.at]["bar"]:
            self.at += 1
            found.append(self._sequence())
        if self.at < len(self.tokens):
            if top:
                raise _UnknownError
            self.at += 1
        elif not top:
            raise _UnknownError
        return _union([held for held, _ in found]), _union([whole for _, whole in found])

    def _sequence(self) -> tuple[Literals | None, Literals | None]:
        line = _Sequence()
        certain = True
        while self.at < len(self.tokens) and not (self.tokens[self.at]["bar"] or self.tokens[self.at]["close"]):
            token = self.tokens[self.at]
            self.at += 1
            held, whole, width = self._piece(token)
            least = self._repeat()
            if not width:
                continue  # looks around: takes nothing
            if least is not None:
                whole = whole if least and whole == _BLANK else None
                held = held if least else None
            if whole is not None:
                line.add(whole)
                continue
            certain = False
            line.cut()
            if held is not None:
                line.best = _better(line.best, held)
        return line.all(), line.tail if certain and line.best is None else None

    def _piece(self, token: regex.Match[str]) -> tuple[Literals | None, Literals | None, bool]:
        """One item: what every match of it holds, all that it can be, and whether it takes any characters."""
        if token["open"]:
            held, whole = self.branches()
            return held, whole, token["around"] is None
        if token["repeat"]:
            raise _UnknownError
        if token["zero"]:
            return None, frozenset([""]), False
        if token["blank"]:
            return None, frozenset([" "]), True
        if token["set"] or token["class"]:
            return None, None, True
        sign = token["escaped"] or token["plain"]
        return None, frozenset([" " if sign.isspace() else sign]), True

    def _repeat(self) -> int | None:
        """The least number of times that the item before must stand; None where it stands once."""
        if self.at == len(self.tokens) or not self.tokens[self.at]["repeat"]:
            return None
        mark = self.tokens[self.at]["repeat"]
        self.at += 1
        if mark[0] in "*?":
            return 0
        if mark == "+":
            return 1
        least = mark[1:-1].split(",")[0]
        return int(least or 0)


def _union(sets: Sequence[Literals | None]) -> Literals | None:
    out: set[str] = set()
    for words in sets:
        if words is None:
            return None
        out |= words
    return frozenset(out) if len(out) <= MOST else None


def needed(source: str) -> tuple[str, ...] | None:
    """Literals of which every match of an expression holds one, blanks in them as `spaced` has them; None where none is certain."""
    try:
        found, _ = _Parser(source).branches(top=True)
    except _UnknownError:
        return None
    if not found:
        return None
    # A literal that holds another one adds nothing.
    return tuple(sorted(w for w in found if not any(o != w and o in w for o in found)))


def spaced(text: str) -> str:
    """The text with one blank for every run of white space: what `possible` looks in."""
    plain = text.replace("\n", " ").replace("\t", " ")
    return plain if "  " not in plain and plain.isprintable() else " ".join(text.split())


@lru_cache(maxsize=1024)
def _needed_by(pattern: regex.Pattern[str]) -> tuple[str, ...] | None:
    return None if pattern.flags & ~_PLAIN_FLAGS else needed(pattern.pattern)


def may_match(pattern: regex.Pattern[str], reading: Reading) -> bool:
    """Whether an expression can match in a reading's folded text: False only where none of the literals that it needs is there."""
    plain = reading.kept.get("spaced")
    if plain is None:
        plain = reading.kept["spaced"] = spaced(reading.folded)
    return possible(_needed_by(pattern), plain)


def possible(literals: Sequence[str] | None, text: str) -> bool:
    """Whether an expression that needs one of `literals` can match in a text that went through `spaced`."""
    return literals is None or any(literal in text for literal in literals)
