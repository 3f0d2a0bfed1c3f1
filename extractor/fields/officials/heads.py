"""Heads of organisations among an article's tokens, and the short names that the article gives organisations itself."""

from __future__ import annotations

from extractor.fields.officials.marks import Hit
from extractor.fields.officials.rows import BodyRow, key, written_short
from extractor.fields.officials.tokens import Tokens


class Heads:
    """The heads that begin at the tokens of one article, each looked up once."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._known: dict[int, tuple[int, BodyRow] | None] = {}  # by the first token
        self._short: dict[str, tuple[BodyRow, str]] = {}

    def define(self, short: str, row: BodyRow, wording: str) -> None:
        """Keep a short name that the article gives an organisation worded in full."""
        self._short[short] = (row, wording)
        self._known.clear()

    def in_full(self, part: str) -> str:
        """The name of an organisation with the short name that opens it, if the article defines it, in full."""
        word = part.split(" ", 1)[0]
        return self._short[word][1] + part[len(word) :] if word in self._short else part

    def at(self, token: int) -> tuple[int, BodyRow] | None:
        """The head that begins at a token: the token after it, and its row."""
        if token not in self._known:
            self._known[token] = self._read(token)
        return self._known[token]

    def _read(self, token: int) -> tuple[int, BodyRow] | None:
        tokens = self.tokens
        if token >= len(tokens.starts):
            return None
        start = tokens.starts[token]
        if self._short and (given := self._short.get(tokens.text[start : tokens.ends[token]])):
            return token + 1, given[0]
        match = tokens.lexicon.body_forms.match(tokens.folded, start)
        if match is None or "\n" in match.group():
            return None
        last = tokens.reading.token_index(match.end() - 1)
        row = tokens.lexicon.bodies[key(match.group())]
        if tokens.ends[last] != match.end() or self._other_word(match, row):
            return None
        return last + 1, row

    def _other_word(self, match: Hit, row: BodyRow) -> bool:
        """Whether the form of a head is something else: letters in lower case, the beginning of another word."""
        tokens = self.tokens
        acronym = match.group() in tokens.lexicon.acronyms
        if acronym and not written_short(tokens.text[match.start() : match.end()]):
            return True
        word = tokens.lexicon.words.match(tokens.folded, match.start()) if row.opens_words else None
        if word is not None and word.end() > match.end():
            return True  # "Văn hóa - Xã hội" holds no "Xã"
        return bool(row.not_before) and tokens.folded.startswith(row.not_before, match.end())
