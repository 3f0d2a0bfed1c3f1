"""Whom "ông", "bà" or "đồng chí" before a post takes up: "Ông từng là …" speaks of the last person named in full."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set

from extractor.compiled import compiled
from extractor.fields.officials.chains import Chain
from extractor.fields.officials.collector import Name
from extractor.fields.officials.links import links
from extractor.fields.officials.words import forms
from extractor.models import Reading

_SENTENCE = compiled(r"[.!?;] ")


class Pronouns:
    """Finds the antecedents of one article."""

    def __init__(self, reading: Reading, names: Sequence[Name]) -> None:
        self.reading, self.names = reading, names
        self.starts = [n.start for n in names]
        self.links = links()

    def meant(self, chain: Chain) -> int | None:
        """The person that "Ông từng là …" speaks of: the last full name before it."""
        begin = max(self.reading.sentence_at(chain.start)[0], chain.start - 160)
        before = self.reading.folded[begin : chain.start]
        found = [m for m in self.links.subject.pattern.finditer(before) if self.reading.text[begin + m.end()].islower()]
        if not found or (begin + found[-1].end() == chain.start and not chain.posts[0].former):
            return None  # "Ông nguyên là Giám đốc …", but not "bà giám đốc kể"
        rest = before[found[-1].end() - 1 :]
        if _SENTENCE.search(rest) or not (self.links.cue.search(rest) or self.links.left.fullmatch(rest)):
            return None
        return self._antecedent(bisect_left(self.starts, begin + found[-1].start()), found[-1].group())

    def _antecedent(self, last: int, pronoun: str) -> int | None:
        """Whom a pronoun before name `last` takes up: the last person addressed or at the start of a line, else the last one."""
        other = forms("she" if any(word in pronoun for word in forms("he")) else "he")
        near = range(max(0, last - 60), last)
        known = [i for i in near if self.names[i].full and not self._called(i, other)]
        given = {self.names[i].key.rsplit(" ", 1)[-1] for i in known}
        named = [i for i in near if i in known or self.names[i].key in given]
        return max(filter(self._led, named), default=known[-1] if known else None)

    def _led(self, number: int) -> bool:
        """Whether a name is addressed, or opens its line."""
        return self.names[number].addressed or (
            self.names[number].full and self.names[number].start == self._line(number)
        )

    def _called(self, number: int, words: Set[str]) -> bool:
        """Whether a name is addressed by one of `words`: "bà A" is not the one that "ông" takes up."""
        name = self.names[number]
        return self.reading.folded[name.lead : name.start].strip() in words

    def _line(self, number: int) -> int:
        return self.reading.line_at(self.names[number].start).start
