"""An article's tokens as the readers of bodies and posts see them, and the countries among them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cached_property

import regex

from extractor.fields.officials import body_patterns as patterns
from extractor.fields.officials.country_names import telling
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.rows import BodyRow, lexicon
from extractor.fields.officials.words import forms
from extractor.gazetteer.names import is_syllable

_NATION = 5  # tokens of a country's name
Step = tuple[int, bool, int]  # the next token, whether the body may end there, how many level words were read


class Tokens:
    """Words of an article by token. `blocked` are offsets where a person's name (or address) begins."""

    def __init__(self, marks: Marks, blocked: Set[int]) -> None:
        self.reading, self.addressed = marks.reading, marks.address_ends
        self.text = self.reading.text
        self.folded = self.reading.folded
        self.starts: Sequence[int] = self.reading.starts
        self.ends: Sequence[int] = self.reading.ends
        self.blocked = blocked
        self.lexicon = lexicon()

    @cached_property
    def has_terms(self) -> bool:
        """Whether the article has a word of terms of office ("khóa", "nhiệm kỳ")."""
        return bool(patterns.term_words().places(self.reading))

    def term_at(self, at: int) -> regex.Match[str] | None:
        """The term of office that begins at an offset: ", khóa XV"."""
        return patterns.TERM.match(self.folded, at) if self.has_terms else None

    def term_in(self, begin: int, end: int) -> regex.Match[str] | None:
        """The first term of office in a stretch."""
        return patterns.TERM.search(self.folded, begin, end) if self.has_terms else None

    def foreign_step(self, at: int, token: int) -> Step | None:
        """A country after "Tổng thống", "Thủ tướng nước" …"""
        if at == token and self.word(at) in forms("nation-word"):
            return at + 1, False, 0
        if realm := self.realm_step(at):
            return realm
        country = self._country_or_town(self.starts[at]) if self.capital(at) and at <= token + 1 else 0
        if country:
            return self.after(country), True, 0
        return self._seat(at) if at > token else None

    def _seat(self, at: int) -> Step | None:
        """Where an envoy is: "Đại sứ Pháp | tại Việt Nam"."""
        seat = patterns.SEAT.match(self.text, self.starts[at])
        if seat is None:
            return None
        end = self._country(seat.start("where")) or seat.end()
        return (self.after(end), True, 0) if self.blocked.isdisjoint(range(seat.start(), end)) else None

    def realm_step(self, at: int) -> Step | None:
        """A country with its form of state: "Cộng hòa Belarus", "Vương quốc Campuchia"."""
        form = patterns.REALM.match(self.folded, self.starts[at]) if self.capital(at) else None
        end = self._country(form.end()) if form else 0
        return (self.after(end), True, 0) if end else None

    def _country(self, start: int) -> int:
        """Where the country that begins at `start` ends; 0 where none does."""
        home = next((word for word in forms("home-country") if self.folded.startswith(word, start)), None)
        if home is not None:
            return start + len(home)
        found = self.lexicon.countries.match(self.folded, start)
        return found.end() if found else 0

    def _country_or_town(self, start: int) -> int:
        """Where the country, or a town or body that tells one, ends that begins at `start`; 0 where none does."""
        found = telling().match(self.folded, start)
        return self._country(start) or (found.end() if found else 0)

    def term_step(self, at: int, row: BodyRow | None) -> Step | None:
        """What may follow the National Assembly and the Central Committee but a term: their country, their party."""
        start = self.starts[at]
        if realm := self.realm_step(at):
            return realm
        for words in forms("party-of-state"):
            if self.folded.startswith(words, start):
                return at + words.count(" ") + 1, True, 0
        party = self.folded.endswith(tuple(forms("communist")), 0, self.ends[at - 1])
        if party and (country := self._country(start)):
            return self.after(country), True, 0
        if self.word(at) in forms("nation-word") or (self._in_assembly(row) and self._named(at)):
            return at + 1, True, 0
        return None

    def _in_assembly(self, row: BodyRow | None) -> bool:
        return row is not None and row.seats == "house"

    def _named(self, at: int) -> bool:
        return self.capital(at) and not self.address(self.starts[at])

    def past_country(self, at: int) -> bool:
        """Whether a word in capitals, as no syllable here is spelt, stands behind a country: "Bộ Ngoại giao Pháp | Jean"."""
        word = self.text[self.starts[at] : self.ends[at]]
        if word.isupper() or not word.isascii() or is_syllable(word):
            return False
        tables = (self.lexicon.countries, telling())
        starts = [self.starts[n] for n in range(max(0, at - _NATION), at)]
        before = (table.match(self.folded, start) for start in starts for table in tables)
        return any(hit is not None and hit.end() == self.ends[at - 1] for hit in before)

    def known(self, start: int, *, countries: bool = True) -> bool:
        """Whether a body's word, an abbreviation or a country begins here."""
        tables = (self.lexicon.words, self.lexicon.abbreviations, *((self.lexicon.countries,) if countries else ()))
        return any(table.match(self.folded, start) for table in tables)

    def address(self, start: int) -> bool:
        """Whether a form of address with a name after it begins here ("Bà Rịa" is none)."""
        end = self.addressed.get(start)
        if end is None or end - start < 2 or self.folded.startswith(tuple(forms("no-address")), start):
            return False
        after = self.skip(end)
        return self.text[after : after + 1].isupper()

    def word(self, token: int) -> str:
        """The folded text of a token."""
        return self.folded[self.starts[token] : self.ends[token]]

    def capital(self, token: int) -> bool:
        """Whether a token begins with a capital."""
        return self.text[self.starts[token]].isupper()

    def skip(self, at: int) -> int:
        """The first offset at or after `at` that is no blank."""
        while at < len(self.folded) and self.folded[at] == " ":
            at += 1
        return at

    def after(self, at: int) -> int:
        """The first token that begins at or after `at`."""
        return self.reading.token_index(at - 1) + 1
