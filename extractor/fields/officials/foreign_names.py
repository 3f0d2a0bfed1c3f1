"""Names of persons of other countries, told by a given name or a spelling that no Vietnamese name has."""

from __future__ import annotations

from extractor.fields.officials import name_patterns as patterns
from extractor.fields.officials.collector import Collector
from extractor.fields.officials.role_names import spelt_foreign
from extractor.fields.officials.rows import key
from extractor.rules import token_places
from extractor.text import fold

_SYLLABLE = 7  # letters of the longest Vietnamese syllable
_LED = 90  # characters behind a role in which a name may follow its body


class ForeignNames:
    """Finds foreign names beside roles and beside each other; they go to `kept`."""

    def __init__(self, kept: Collector) -> None:
        self.kept = kept
        self.marks, self.table = kept.marks, kept.table
        self.text, self.folded = kept.text, kept.folded

    def before_posts(self) -> None:
        """Names of foreign spelling that a comma or a dash parts from a public post: "; Souphanh Mẫu, Ủy viên Trung ương Đảng"."""
        for begin, end in self.marks.roles:
            row = self.table.roles[key(self.text[begin:end])]
            if row.kind == "firm" or not self.folded[max(0, begin - 3) : begin].rstrip().endswith(patterns.SET_OFF):
                continue
            before = patterns.FOREIGN_BEFORE.search(self.text, max(0, begin - patterns.NAME_BACK), begin)
            if before is not None and self._foreign(*before.span(1)):
                self.kept.add(before.start(1), before.end(1), "role")

    def hyphened(self) -> None:
        """Names such as "Kim Su-mau", which no place and no word of this language looks like."""
        for run in patterns.SURNAME_HYPHENED.finditer(self.text) if "-" in self.text else ():
            start, end = run.span()
            if self.kept.free(start, end) and not self.kept.placed(start, end) and self._opens(start):
                self.kept.add(start, end, "role")

    def given(self, *, listed: bool = False) -> None:
        """Names that a foreign given name opens, behind a role with its body; if `listed`, before a post and in a list, too."""
        places = token_places(self.kept.reading)
        known = self.table.foreign_given
        starts = sorted(at for word in places.keys() & known for at in places[word] if self.text[at].isupper())
        for start in starts:
            run = patterns.FOREIGN.match(self.text, start)
            if run is None or not self._opens(start):
                continue
            end = self._end(run.start(), run.end())
            if end and self.kept.free(start, end) and (self.led(start) or (listed and self._beside(start, end))):
                self.kept.add(start, end, "role")

    def _opens(self, at: int) -> bool:
        """Whether no longer word or name comes in at an offset."""
        before = self.text[max(0, at - 2) : at]
        return not before or not (before[-1].isalpha() or before[-1] in "-'’.") or before == ". "

    def _end(self, start: int, end: int) -> int:
        """Where a foreign name ends: before a word with Vietnamese letters; 0 where fewer than two words are left."""
        words = self.text[start:end].split(" ")
        size = next((i for i, word in enumerate(words) if not _latin(word)), len(words))
        return start + len(" ".join(words[:size])) if size > 1 and words[size - 1][0].isupper() else 0

    def led(self, start: int) -> bool:
        """Whether a role stands before a name in its sentence, and nothing but its body, which may hold a comma, between."""
        floor = max(0, start - _LED)
        for _, end in reversed(self.marks.roles[: self._roles_before(start)]):
            if end < floor:
                return False
            between = self.text[end:start]
            if patterns.SENTENCE.search(between) is None and between.count(",") <= 1:
                return "," not in between or between.rstrip().endswith(",")
        return False

    def _roles_before(self, at: int) -> int:
        """How many roles begin before an offset."""
        return sum(1 for begin, _ in self.marks.roles if begin < at)

    def _beside(self, start: int, end: int) -> bool:
        """Whether another name stands before this one in a list, or a mark and a role follow it."""
        gap = patterns.LIST_BACK.search(self.text, max(0, start - 6), start)
        if gap is not None and self.kept.taken[gap.start() - 1]:
            return True
        rest = patterns.TO_POST.match(self.text, end)
        return rest is not None and rest.end() in self.kept.role_starts

    def _foreign(self, start: int, end: int) -> bool:
        """Whether a run is a name of foreign spelling that was not found yet, and no place and no body."""
        words = self.text[start:end].split(" ")
        if (
            not self.kept.free(start, end)
            or self.kept.located.find(1, start, end) >= 0
            or start in self.kept.role_starts
        ):
            return False
        if self.kept.opens_otherwise(start) or fold(words[0]) in self.table.all_surnames or self.kept.seated(start):
            return False
        return all(_latin(word) and not word.isupper() and _alien(word) for word in words)


def _alien(word: str) -> bool:
    """Whether no Vietnamese syllable is spelt like a word, or as long."""
    return len(word) > _SYLLABLE or spelt_foreign([word])


def _latin(word: str) -> bool:
    """Whether a word has no letter that only Vietnamese has, tones included."""
    return fold(word) == word.lower() or not any(ord(c) > 0x17F for c in word)
