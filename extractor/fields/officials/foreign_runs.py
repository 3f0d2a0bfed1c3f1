"""Names of persons of other countries behind a role and its body, told by their spelling and by what stands before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.fields.officials import name_patterns as patterns
from extractor.fields.officials.collector import Collector
from extractor.fields.officials.role_names import spelt_foreign
from extractor.fields.officials.rows import RoleRow, key, lexicon
from extractor.fields.officials.words import forms, starts
from extractor.gazetteer.names import is_syllable
from extractor.text import fold

_LED = 90  # characters behind a role in which a name may follow its body
_BEFORE = 60  # characters before a role in which such a name stands
_LONGEST = 6  # words of a name, its small words included


class ForeignRuns:
    """Finds foreign names that the words of a post run into; they go to `kept`."""

    def __init__(self, kept: Collector) -> None:
        self.kept = kept
        self.marks, self.table = kept.marks, kept.table
        self.text, self.folded = kept.text, kept.folded

    def behind_roles(self) -> None:
        """The first foreign name behind each role: "Chủ tịch Hạ viện | Paul Mau", "Thứ trưởng Tư pháp | Rod Mau"."""
        for begin, end in self.marks.roles:
            row = self.table.roles[key(self.text[begin:end])]
            if not row.hamlet and (row.kind != "firm" or row.abroad):
                self._behind(row, end)

    def before_roles(self) -> None:
        """The foreign name that only a mark parts from a role behind it: "Tim Mau, lãnh đạo đảng Tự do"."""
        for begin, end in self.marks.roles:
            row = self.table.roles[key(self.text[begin:end])]
            if row.kind == "firm" and not row.abroad:
                continue
            name = before(self.text, begin)
            if name is not None and self.kept.free(*name) and self._person(*name) and not self._claimed(*name):
                self.kept.add(*name, "role")

    def _claimed(self, start: int, end: int) -> bool:
        """Whether a body, a role, a place or a name of this country stands there."""
        native = fold(self.text[start:end].split(" ")[0]) in self.table.surnames
        return native or self.kept.opens_otherwise(start) or start in self.kept.role_starts or self.kept.seated(start)

    def _behind(self, row: RoleRow, end: int) -> None:
        stop = patterns.SENTENCE_END.search(self.text, end, end + _LED)
        for start, last in self._runs(end, stop.start() if stop else end + _LED):
            if not self.kept.free(start, last):
                return
            if not self.text[start].isupper() or self.kept.opens_otherwise(start) or start in self.kept.role_starts:
                continue
            if self._leads_to(row, end, start, last) and self._person(start, last):
                self.kept.add(start, last, "role")
                return

    def _runs(self, begin: int, limit: int) -> Iterator[tuple[int, int]]:
        """Stretches of words in capitals without Vietnamese letters, countries and units of other states, of two words and more."""
        for start, end in stretches(self.text, begin, limit):
            start = self._behind_country(start, end)
            start = self._behind_unit(start, self.text[start:end].split(" "))
            if start < end and " " in self.text[start:end]:
                yield start, end

    def _behind_country(self, start: int, end: int) -> int:
        """Where a stretch begins without the country that opens it."""
        country = self.table.countries.match(self.folded, start)
        return country.end() + 1 if country is not None and country.end() < end else start

    def _behind_unit(self, start: int, words: Sequence[str]) -> int:
        """Where a name begins behind the name of a state or city: "bang New York | Andrew Mau", "bang California | Jerry Mau"."""
        if patterns.FOREIGN_UNIT_BEFORE.search(self.folded, max(0, start - patterns.UNIT_BACK), start) is None:
            return start
        table = self.table.foreign_surnames
        if surname := next((i for i, w in enumerate(words[:-1]) if i and fold(w) in table), 0):
            return start + len(" ".join(words[:surname])) + 1
        size = 2 if fold(words[0]) in forms("opens-place") | forms("direction") or len(words) > 3 else 1
        return start + len(" ".join(words[:size])) + 1

    def _leads_to(self, row: RoleRow, role_end: int, start: int, end: int) -> bool:
        """Whether nothing but the body of a post stands between its role and a name."""
        gap = self.text[role_end:start]
        if self.folded.endswith(starts("before-no-person"), role_end, start):
            return False
        if "," not in gap:
            return True
        followed = self.text[end : end + 1] in (",", ")") or self.kept.acts(end)
        return gap.count(",") == 1 and gap.endswith(", ") and followed and (row.of_country or row.abroad or row.whole)

    def _person(self, start: int, end: int) -> bool:
        """Whether a stretch is a person's name by its spelling, and no place and no organisation."""
        if not spelt(self.text[start:end]) or self.kept.located.find(1, start, end) >= 0:
            return False
        return not any(v.label in ("LOC", "ORG") and start <= v.start < end for v in self.kept.votes)


def spelt(name: str) -> bool:
    """Whether words are spelt like a foreign person's name."""
    words = name.split(" ")
    named = [fold(w) for w in words if w[0].isupper()]
    if not 2 <= len(words) <= _LONGEST or not forms("no-person-word").isdisjoint(named):
        return False
    table = lexicon()
    return named[0] in table.foreign_surnames or named[0] in table.foreign_given or spelt_foreign(named)


def stretches(text: str, begin: int, limit: int) -> Iterator[tuple[int, int]]:
    """Words in capitals in a row, small words of names between, that are no short forms and have no Vietnamese letters."""
    for run in patterns.FOREIGN.finditer(text, begin, limit):
        if run.end() == limit and text[limit : limit + 1].isalpha():
            run = patterns.FOREIGN.match(text, run.start()) or run
        at = run.start()
        for plain, words in groupby(run.group().split(" "), key=_plain):
            end = at + len(" ".join(words))
            if plain:
                yield _opened(text, at, end)
            at = end + 1


def _opened(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the first word, where that is of a sentence or of this country: "Theo | Mary Mau", "Việt Nam | …"."""
    first = text[start:end].split(" ")[0]
    at = start + len(first)
    home = any(fold(text[max(0, at - len(name)) : at]) == name for name in forms("home-country"))
    return (at + 1, end) if at < end and (home or fold(first) in forms("name-tail")) else (start, end)


def before(text: str, at: int) -> tuple[int, int] | None:
    """The stretch that only a mark, and a word such as "hiện là", parts from a role which begins at an offset."""
    found = None
    for start, end in stretches(text, max(0, at - _BEFORE), at):
        gap = patterns.TO_POST.match(text, end)
        if gap is not None and gap.end() == at:
            found = start, end
    return found


def _plain(word: str) -> bool:
    """Whether a word has no Vietnamese letters and is no short form."""
    return latin(word) and not (word.isupper() and word.isalpha() and len(word) > 1)


def latin(word: str) -> bool:
    """Whether a word has no letter that only Vietnamese has, tones included, or is no syllable here: "Erdoğan"."""
    return word.isascii() or not is_syllable(word)
