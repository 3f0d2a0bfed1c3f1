"""Names of persons: the statistical layer's and the rules' votes, forms of address and ranks split off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.fields.officials import name_patterns as patterns
from extractor.fields.officials.collector import Collector, Name, name_key
from extractor.fields.officials.event_rows import event_words
from extractor.fields.officials.foreign_names import ForeignNames
from extractor.fields.officials.foreign_runs import ForeignRuns
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.role_names import RoleNames
from extractor.models import Mention
from extractor.text import fold


def find_names(marks: Marks, votes: Sequence[Mention], located: Sequence[tuple[int, int]] = ()) -> list[Name]:
    """Mentions of persons in text order, not overlapping. `located` are spans of places, where no bare run becomes a name."""
    return _Finder(Collector(marks, votes, located)).run()


class _Finder:
    """Finds the names of one article: the statistical layer's votes first, then what the rules see around posts."""

    def __init__(self, kept: Collector) -> None:
        self.kept = kept
        self.marks, self.table, self.reading = kept.marks, kept.table, kept.reading
        self.text, self.folded = kept.text, kept.folded
        self.places, self.located = kept.places, kept.located

    def run(self) -> list[Name]:
        """The statistical layer's names first, then the rules'."""
        persons = [m for m in self.kept.votes if m.label == "PER"]
        foreign = ForeignNames(self.kept)
        foreign.hyphened()
        self._transliterated(foreign)
        foreign.given()
        for vote in persons:
            self._voted(vote)
        self._prefixed()
        beside = RoleNames(self.kept)
        beside.after_address()
        runs = ForeignRuns(self.kept)
        beside.after_roles()
        runs.behind_roles()
        beside.after_bodies()
        self._after_votes()
        if "|" in self.text:
            self._in_cells()
        beside.before_posts()
        foreign.before_posts()
        runs.before_roles()
        foreign.given(listed=True)
        self._before_holding()
        self._listed()
        self._repeated()
        self._given()
        if not persons:
            self._by_surname()
        return _cut([self.kept.found[s] for s in sorted(self.kept.found)])

    def _voted(self, vote: Mention) -> None:
        """The name, or the two names, that the statistical layer sees."""
        if not self.kept.free(vote.start, vote.end):
            return
        start, end = self.kept.trimmed(vote.start, vote.end)
        start = self.kept.behind_body(self._behind_unit(start, end), end)
        start = self.kept.behind_topic(start, end)
        unit = patterns.UNIT_BEFORE.search(self.folded, max(0, start - 12), start)
        if unit and self.located.find(0, start, end) < 0:
            return  # "Bí thư Huyện ủy Trần Văn Thời": the district
        if start < end and not self.kept.organisation(start, end) and not self.kept.outvoted(vote):
            for begin, stop in self.kept.parted(start, end):
                self.kept.add(begin, stop, "ner")

    def _transliterated(self, foreign: ForeignNames) -> None:
        """Names in transliteration beside a form of address, a role or a country: "Chủ tịch Cu-ba Mi-ghen Mẫu-xin"."""
        if not self._hyphenated():
            return
        for match in patterns.HYPHENS.finditer(self.text):
            if "-" not in match.group():
                continue
            start, end = self.kept.trimmed(*match.span())
            country = self.table.countries.match(self.folded, start)
            if country is not None and self.text[country.end() : country.end() + 1] == " ":
                start = country.end() + 1
            if self._spelt_out(start, end) and (start > match.start() or self._led(start, end) or foreign.led(start)):
                self.kept.add(start, end, "role")

    def _hyphenated(self) -> bool:
        """Whether the text has a word with a hyphen before a lower letter."""
        at = self.text.find("-", 1)
        while at > 0 and patterns.JOINED.match(self.text, at - 1) is None:
            at = self.text.find("-", at + 1)
        return at > 0

    def _spelt_out(self, start: int, end: int) -> bool:
        """Whether words with hyphens may be a name in transliteration: no place, no organisation, no name of this country."""
        name = self.text[start:end]
        if " " not in name or patterns.JOINED.search(name) is None or self.located.find(1, start, end) >= 0:
            return False
        native = self.folded[start:end].split(" ")[0] in self.table.surnames
        return not native and not self.kept.organisation(start, end)

    def _led(self, start: int, end: int) -> bool:
        """Whether a form of address or a role stands beside a name."""
        addressed = self.marks.lead(start, max(0, start - patterns.BACK)) < start
        return addressed or start - 1 in self.kept.role_ends or bool(self.kept.role_starts & set(range(end, end + 4)))

    def _behind_unit(self, start: int, end: int) -> int:
        """Where the name begins that a vote has together with the unit before it: "Huyện ủy Đắk Mẫu | Ly Thị Mẫu"."""
        cut = self.located.find(0, start, end)
        if cut <= start or self.text[cut] != " ":
            return start
        words = self.folded[cut + 1 : end].split()
        known = self.table.all_surnames
        return cut + 1 if 2 <= len(words) <= 4 and words[0] in known else start

    def _before_holding(self) -> None:
        """Names that open a clause before a word of taking up a post: "…; Bá Bình Mẫu giữ chức …"."""
        for start in self.kept.surnamed:
            opens = patterns.OPENS.match(self.text, start) if self._opens_clause(start) else None
            if opens is None:
                continue
            end = opens.end(1)
            first = self.folded[start:end].split(" ")[0]
            if first not in self.table.all_surnames or not self.kept.free(start, end):
                continue
            if self._takes_up(end + 1) and self.kept.unclaimed(start, end):
                self.kept.add(start, end, "role")

    def _opens_clause(self, at: int) -> bool:
        """Whether a clause begins at an offset: the text, or what a mark and at most one blank stand before."""
        back = at - 1 if self.text[at - 1 : at] == " " else at
        return at == 0 or self.text[max(0, back - 1) : back] in patterns.OPENERS

    def _takes_up(self, at: int) -> bool:
        """Whether words of taking up a post begin at an offset."""
        end, words = len(self.folded), event_words()
        if patterns.holding().match(self.reading, at, end):
            return True
        change = words.told.match(self.reading, at, end)
        return change is not None and words.row_of(change).effect == "begin"

    def _prefixed(self) -> None:
        """Names that "K'", "H'" or "Y'" opens, where no place stands."""
        if "'" not in self.text and "’" not in self.text:
            return
        for match in patterns.PREFIXED.finditer(self.text):
            if self.kept.free(*match.span()) and self.located.find(1, *match.span()) < 0:
                self.kept.add(match.start(), match.end(), "role")

    def _after_votes(self) -> None:
        """Vietnamese names right behind what the statistical layer sees as a post."""
        for vote in self.kept.votes:
            at = vote.end + 1
            if vote.label == "POST" and self.folded[vote.end : at] == " ":
                run = patterns.LISTED_NAME.match(self.text, at)
                if run and self.kept.free(*run.span()) and (self.kept.native(*run.span()) or self._rare(*run.span())):
                    self.kept.add(at, run.end(), "role")

    def _rare(self, start: int, end: int) -> bool:
        """Whether a run opens with a rare surname, and is no place and no organisation's."""
        first = self.folded[start:end].split(" ")[0]
        return first in self.table.rare_surnames and self.kept.unclaimed(start, end)

    def _in_cells(self) -> None:
        """The name in the cell behind a post's: "| Chủ tịch UBND | Hà Minh Mẫu |"."""
        for _, end in self.marks.roles:
            cell = patterns.CELL.match(self.text, end)
            words = cell.group(1).lower().split() if cell else [""]
            known = fold(words[0]) in self.table.all_surnames
            if cell and known and self.kept.free(*cell.span(1)) and not self.kept.opens_otherwise(cell.start(1)):
                self.kept.add(cell.start(1), cell.end(1), "role")

    def _repeated(self) -> None:
        """Other places where a name of three and more syllables stands as it is."""
        known = {n.text for n in self.kept.found.values() if n.source != "credit" and n.text.count(" ") >= 2}
        for text in sorted(known)[: patterns.MANY]:
            start = self.text.find(text)
            while start >= 0:
                end = start + len(text)
                if self.kept.free(start, end) and self._whole(start, end):
                    self.kept.add(start, end, "role")
                start = self.text.find(text, end)

    def _whole(self, start: int, end: int) -> bool:
        """Whether neither a longer name nor a place stands there."""
        if not patterns.WHOLE.match(self.text, end) or self.places.find(1, start, end) >= 0:
            return False
        if self.text[max(0, start - 1) : start].isalpha():
            return False
        return not patterns.RUNS_IN.search(self.text, max(0, start - 12), start) or bool(self.located[start - 2])

    def _listed(self) -> None:
        """Whole Vietnamese names beside another one in a list: "các Phó Chủ tịch A, B và C"."""
        queue = [n for n in self.kept.found.values() if n.full and n.source != "credit"]
        while queue:
            name = queue.pop()
            gap = patterns.LIST_GAP.match(self.text, name.end)
            run = self._whole_listed(gap.end()) or self._short_listed(name, gap.end()) if gap else None
            if run is None:
                continue
            self.kept.add(run.start(), run.end(), "role")
            if run.start() in self.kept.found:
                queue.append(self.kept.found[run.start()])

    def _whole_listed(self, at: int) -> regex.Match[str] | None:
        """A whole Vietnamese name that stands at `at` and was not found yet."""
        run = patterns.LISTED_NAME.match(self.text, at)
        return run if run is not None and self.kept.free(*run.span()) and self.kept.native(*run.span()) else None

    def _short_listed(self, name: Name, at: int) -> regex.Match[str] | None:
        """A name of two syllables behind a whole name in a list."""
        run = patterns.LISTED_SHORT.match(self.text, at)
        if run is None or name.text.count(" ") < 2 or not self.kept.free(*run.span()):
            return None
        known = self.folded[run.start() : run.end()].split(" ")[0] in self.table.surnames
        return run if known and self.kept.unclaimed(*run.span()) else None

    def _given(self) -> None:
        """Given names alone after a role: "Thứ trưởng Hải", "Giám đốc Lan Mẫu" where the article has a whole name that ends so."""
        whole = [n.key.split() for n in self.kept.found.values() if n.full]
        known = {words[-1] for words in whole}
        pairs = {" ".join(words[-2:]) for words in whole if len(words) > 2}
        for _, end in self.marks.roles:
            if self.folded[end : end + 1] == " ":
                stop = self._pair_at(end + 1, pairs) or self._given_at(end + 1, known)
                if stop:
                    self.kept.add(end + 1, stop, "role", known=True)

    def _pair_at(self, at: int, pairs: set[str]) -> int | None:
        """Where the last two syllables of a whole name end, which stand at `at`."""
        pair = patterns.PAIR.match(self.text, at)
        if pair is None or self.located[at] or not self.kept.free(*pair.span()):
            return None
        return pair.end() if name_key(pair.group()) in pairs else None

    def _given_at(self, at: int, known: set[str]) -> int | None:
        """Where the given name of a whole name ends, which stands at `at`."""
        token = patterns.SYLLABLE.match(self.text, at)
        if token is None or fold(token.group()) not in known or not self.kept.free(*token.span()):
            return None
        after = token.end()
        longer = self.text[after : after + 1] == " " and self.text[after + 1 : after + 2].isupper()
        body = self.table.body_forms.match(self.folded, at)  # "Thủ tướng Chính phủ", "Giám đốc Trung tâm"
        word = self.table.words.match(self.folded, at)  # "Trưởng khoa Chính trị học"
        return None if longer or body or (word is not None and word.end() > after) else after

    def _by_surname(self) -> None:
        """Runs of three and more syllables that open with a common surname, where no statistical layer votes."""
        if not any(self._runs_on(at) for at in self.kept.surnamed):
            return
        for match in patterns.RUN.finditer(self.text):
            words = match.group().split()
            if not 3 <= len(words) <= 5 or fold(words[0]) not in self.table.surnames:
                continue
            if self.kept.free(*match.span()) and self.places.find(1, *match.span()) < 0:
                self.kept.add(match.start(), match.end(), "surname")

    def _runs_on(self, at: int) -> bool:
        """Whether at least three syllables with a capital stand from an offset on."""
        run = patterns.RUN.match(self.text, at)
        return run is not None and len(run.group().split()) >= 3


def _cut(names: list[Name]) -> list[Name]:
    """A name that runs on past another mention's whole name is cut to it ("Nguyễn Văn A Hà Nội" beside "Nguyễn Văn A")."""
    keys = {n.key for n in names if n.key.count(" ") >= 2}
    out = []
    for name in names:
        words = name.text.split()
        for size in range(3, len(words)):
            shorter = " ".join(words[:size])
            if name_key(shorter) in keys and name.source != "address" and name.text.startswith(shorter):
                name = replace(name, end=name.start + len(shorter), text=shorter, key=name_key(shorter))
                break
        out.append(name)
    return out
