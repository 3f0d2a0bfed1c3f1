"""From literal forms to one expression over folded text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import regex

from extractor.compiled import anchored, compiled
from extractor.rules.sets import PatternSet, current, holders


def word_tree(forms: Iterable[str]) -> str:
    """Literal forms as one expression that branches word by word, longest first: few alternatives at every position."""
    tree: dict[str, list[list[str]]] = {}
    for form in sorted(set(forms)):
        head, *tail = form.split(" ")
        tree.setdefault(head, []).append(tail)
    out = []
    for head in sorted(tree, key=len, reverse=True):
        tails = [" ".join(t) for t in tree[head] if t]
        piece = regex.escape(head, special_only=True, literal_spaces=True)
        if tails:
            piece += rf"(?:[ ]{{1,2}}{word_tree(tails)}){'?' if [] in tree[head] else ''}"
        out.append(piece)
    return f"(?:{'|'.join(out)})"


_SLOT = regex.compile(r"\{([a-z][a-z-]*(?::[a-z]+)?)\}")


class Template:
    """An expression over folded text with slots for the forms of rows: digits, marks and borders are code, words rows.

    A slot is `{group}`, or `{group:kind}` where the caller tells kinds of a group apart.
    Compiled at first use, once a set of patterns; it answers as a compiled pattern does.
    """

    __slots__ = ("__weakref__", "_anchored", "_flags", "_kept", "_text", "_words")

    def __init__(self, text: str, words: Callable[[str], str], flags: int = 0) -> None:
        """`words` gives the inside of an expression for a slot's name. Raises what it raises, at first use."""
        self._text, self._words, self._flags = text, words, flags
        self._kept: dict[PatternSet, regex.Pattern[str]] = {}
        self._anchored: dict[PatternSet, regex.Pattern[str]] = {}
        holders.add(self)

    def forget(self, chosen: PatternSet) -> None:
        """Let go of the expressions of a set."""
        self._kept.pop(chosen, None)
        self._anchored.pop(chosen, None)

    @property
    def compiled(self) -> regex.Pattern[str]:
        """The expression with the words of the set of patterns in force."""
        return self._made(self._kept, compiled)

    def _made(
        self, kept: dict[PatternSet, regex.Pattern[str]], make: Callable[[str, int], regex.Pattern[str]]
    ) -> regex.Pattern[str]:
        chosen = current()
        found = kept.get(chosen)
        if found is None:
            body = _SLOT.sub(lambda slot: self._words(slot[1]), self._text)
            found = kept[chosen] = make(body, self._flags)
        return found

    def match(self, text: str, pos: int | None = None, endpos: int | None = None) -> regex.Match[str] | None:
        """As `Pattern.match`."""
        return (self._anchored.get(current()) or self._made(self._anchored, anchored)).match(text, pos, endpos)

    def fullmatch(self, text: str, pos: int | None = None, endpos: int | None = None) -> regex.Match[str] | None:
        """As `Pattern.fullmatch`."""
        return (self._anchored.get(current()) or self._made(self._anchored, anchored)).fullmatch(text, pos, endpos)

    def search(self, text: str, pos: int | None = None, endpos: int | None = None) -> regex.Match[str] | None:
        """As `Pattern.search`."""
        return (self._kept.get(current()) or self.compiled).search(text, pos, endpos)

    def finditer(self, text: str, pos: int | None = None, endpos: int | None = None) -> Iterator[regex.Match[str]]:
        """As `Pattern.finditer`."""
        found: Iterator[regex.Match[str]] = self.compiled.finditer(text, pos, endpos)
        return found

    def sub(self, replacement: str, text: str) -> str:
        """As `Pattern.sub`."""
        return str(self.compiled.sub(replacement, text))
