"""Names beside forms of address, roles and bodies, which the rules see where the statistical layer does not."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.fields.officials import name_patterns as patterns
from extractor.fields.officials.body_patterns import REALM
from extractor.fields.officials.collector import Collector
from extractor.fields.officials.country_names import telling
from extractor.fields.officials.marks import Hit
from extractor.fields.officials.rows import RoleRow, key
from extractor.fields.officials.words import forms, starts
from extractor.text import fold


class RoleNames:
    """Finds names by what stands right before or behind them; they go to `kept`."""

    def __init__(self, kept: Collector) -> None:
        self.kept = kept
        self.marks, self.table = kept.marks, kept.table
        self.text, self.folded = kept.text, kept.folded
        self.places, self.located = kept.places, kept.located

    def after_address(self) -> None:
        """Capitalised runs after a form of address."""
        for begin, end in self.marks.addressed:
            at = end + 1 if self.text[end : end + 1] == "." else end
            while at < len(self.text) and self.folded[at] == " ":
                at += 1
            if at > end and end - begin >= 2 and self.text[at : at + 1].isupper() and self.kept.free(at, at + 1):
                self._addressed_at(begin, end, at)

    def _addressed_at(self, begin: int, end: int, at: int) -> None:
        """The name at `at` after the form of address `[begin, end)`."""
        if alone := patterns.ALONE.match(self.text, at):
            self.kept.add(at, alone.end(), "address")
            return
        particle = patterns.FOREIGN.match(self.text, at)
        if (
            particle is not None
            and not self.kept.placed(*particle.span())
            and self._particled(particle.group().split())
        ):
            self.kept.add(at, particle.end(), "address")
            return
        run = patterns.ADDRESSED.match(self.text, at)
        if run is None or self.kept.opens_otherwise(at) or self.table.role_forms.match(self.folded, at):
            return
        words = run.group().split()
        if _no_address(words) or self.places.find(1, begin, end) >= 0:
            return
        if len(words) > 1 or not self.places[at]:
            self.kept.add(at, run.end(), "address")

    def after_roles(self) -> None:
        """Names right after a role: "Chủ tịch Hồ Chí Minh", "Tổng thống Pháp Emmanuel Macron"."""
        for begin, end in self.marks.roles:
            row = self.table.roles[key(self.text[begin:end])]
            foreign = (row.kind == "public" and not row.hamlet) or row.abroad
            if foreign and (unit := patterns.FOREIGN_UNIT.match(self.folded, end)):
                self._after_foreign_unit(unit.end())
            elif self.folded[end : end + 1] == " " and self.text[end + 1 : end + 2].isupper():
                self._after_role(row, end + 1, foreign)

    def _after_role(self, row: RoleRow, at: int, foreign: bool) -> None:
        """The name behind a role, and behind the country between; `foreign` roles are held in other states too."""
        at, abroad = self._behind_country(at) if foreign else (at, False)
        run = patterns.RUN.match(self.text, at)
        if run is None or not self.kept.free(at, run.end()):
            return
        if row.kind == "public" and row.head is None and (alone := patterns.ALONE.match(self.text, at)):
            self.kept.add(at, alone.end(), "role")
        elif not self.kept.opens_otherwise(at) and self._named_after(run, abroad, foreign):
            self.kept.add(at, run.end(), "role")
        elif foreign:
            self._foreign_run(at)

    def _behind_country(self, at: int) -> tuple[int, bool]:
        """Where a name begins behind a country, and whether one stands there: "Đại sứ Hàn Quốc tại Việt Nam | …"."""
        abroad = False
        while country := self._country(at):
            at, abroad = country.end() + 1, True
            if self.text[at - 1 : at] != " ":
                break
        return (self._behind_seat(at) if abroad else at), abroad

    def _country(self, at: int) -> Hit | None:
        """The country, with the form of its state, or the town that tells one, which begins at an offset."""
        form = REALM.match(self.folded, at)
        if form is not None and (found := self.table.countries.match(self.folded, form.end())):
            return found
        return self.table.countries.match(self.folded, at) or telling().match(self.folded, at)

    def _behind_seat(self, at: int) -> int:
        """Where a name begins behind the country in which an envoy is; `at` itself where none is named there."""
        seat = _opening(self.folded, at, starts("at"))
        if seat is None:
            return at
        behind = at + len(seat)
        if host := self.table.countries.match(self.folded, behind):
            return host.end() + 1
        home = _opening(self.folded, behind, starts("home-country"))
        return at if home is None else behind + len(home)

    def _named_after(self, run: regex.Match[str], abroad: bool, foreign: bool) -> bool:
        """Whether a run behind a role is a name: by its surname, by its size behind a country, by foreign spelling."""
        words = run.group().split()
        if self._native_after(run, words) or (abroad and len(words) == 3 and self.located.find(1, *run.span()) < 0):
            return True
        return foreign and len(words) <= 4 and not words[0].isupper() and spelt_foreign(words)

    def _native_after(self, run: regex.Match[str], words: Sequence[str]) -> bool:
        """Whether a run behind a role opens with a surname; two words may be a place as well."""
        if fold(words[0]) not in self.table.surnames or not 2 <= len(words) <= 4:
            return False
        return len(words) > 2 or self.places.find(1, *run.span()) < 0

    def _foreign_run(self, at: int) -> None:
        """The first foreign name further on in the clause: "Bộ trưởng Quốc phòng James Mattis"."""
        stop = patterns.CLAUSE.search(self.text, at, at + 60)
        for run in patterns.RUN.finditer(self.text, at, stop.start() if stop else at + 60):
            start = self._behind_countries(run)
            words = self.text[start : run.end()].split()
            if not self.kept.placed(start, run.end()) and self._alien(words) and self.kept.free(start, run.end()):
                if not self.kept.opens_otherwise(start) and not self.table.words.match(self.folded, start):
                    self.kept.add(start, run.end(), "role")
                return

    @staticmethod
    def _particled(words: Sequence[str]) -> bool:
        """Whether one of the words of a foreign name is a particle or initials."""
        if any("." in w for w in words):
            return any(len(w) > 2 and w.isalpha() for w in words) and spelt_foreign(words[-1:])
        return any(not w[0].isupper() for w in words) and spelt_foreign(words[:1])

    def _behind_countries(self, run: regex.Match[str]) -> int:
        """Where a run begins without the countries in it."""
        start, end = run.span()
        first = max(
            0, start - 1
        )  # a copy of the run and the character before it: all before would be copied for every role
        found = self.table.countries.finditer(self.folded[first:end], start - first)
        ends = [first + hit.end() for hit in found if first + hit.end() < end]
        return ends[-1] + 1 if ends else int(start)

    def _alien(self, words: Sequence[str]) -> bool:
        """Whether words are a foreign name, by their spelling or a surname of another country."""
        if not 2 <= len(words) <= 4 or not words[0].isascii() or words[0].isupper():
            return False
        return spelt_foreign(words[:1]) or fold(words[0]) in self.table.foreign_surnames

    def _after_foreign_unit(self, at: int) -> None:
        """The name after a foreign place, where a common foreign surname opens it."""
        run = patterns.RUN.match(self.text, at)
        if run is None or self.located[at] or not self.kept.free(*run.span()):
            return
        words = run.group().split(" ")
        tail = next((i for i, w in enumerate(words) if i and fold(w) in self.table.foreign_surnames), 0)
        if tail and 2 <= len(words) - tail <= 4:
            self.kept.add(run.start() + len(" ".join(words[:tail])) + 1, run.end(), "role")

    def before_posts(self) -> None:
        """Whole Vietnamese names that only a comma or a dash parts from a post: "Đồng Thị Mẫu, Chánh Thanh tra …"."""
        for begin, end in self.marks.roles:
            row = self.table.roles[key(self.text[begin:end])]
            if row.kind == "firm":
                continue
            floor = max(0, begin - patterns.NAME_BACK)
            before = patterns.NAME_BEFORE.search(self.text, floor, begin) if self._set_off(floor, begin) else None
            if before is not None and self._before_post(before, abroad=row.of_country):
                self.kept.add(before.start(1), before.end(1), "role")

    def _set_off(self, floor: int, begin: int) -> bool:
        """Whether a mark, or a word such as "hiện là", stands between a post and what is before it."""
        before = self.folded[floor:begin].rstrip()
        return before.endswith(patterns.SET_OFF) or before.endswith(tuple(forms("before-role")))

    def _before_post(self, before: regex.Match[str], *, abroad: bool) -> bool:
        """Whether the words before a post are a name that was not found yet, a foreign one where the post is held `abroad`, too."""
        start, stop = before.span(1)
        if before[1].isupper() or not self.kept.free(start, stop) or self.located.find(1, start, stop) >= 0:
            return False
        native = self._native_words([fold(w) for w in before[1].split()])
        if not native and not (abroad and self._alien(before[1].split())):
            return False
        return not self.kept.opens_otherwise(start) and start not in self.kept.role_starts

    def _native_words(self, words: Sequence[str]) -> bool:
        """Whether folded words are a name of this country: by a middle name, a prefix or a surname."""
        if not forms("middle-name").isdisjoint(words[1:-1]) or words[0] in patterns.PREFIXES:
            return True
        return words[0] in self.table.surnames and len(words) <= 4

    def after_bodies(self) -> None:
        """Names that follow a body of an unnamed unit: "Phó Chủ tịch UBND thành phố Lê Văn A"."""
        for at in self.kept.surnamed:
            if patterns.UNNAMED.search(self.folded, max(0, at - patterns.NAME_BACK), at):
                self._surnamed_at(at)
        for _, end in self.marks.roles:
            stop = patterns.CLAUSE.search(self.text, end, end + patterns.NAME_BACK)
            limit = stop.start() if stop else end + patterns.NAME_BACK
            for unit in patterns.UNIT_NAME.finditer(self.folded, end, limit):
                if self._surnamed_at(unit.end()):
                    break
            stop = patterns.SENTENCE.search(self.text, limit, end + patterns.NAME_FAR)
            self._after_words(end, stop.start() if stop else end + patterns.NAME_FAR)

    def _surnamed_at(self, at: int) -> bool:
        """Whether a run begins at `at` that may be a name; one that opens with a surname is kept."""
        run = patterns.RUN.match(self.text, at)
        if run is None or not self.kept.free(*run.span()) or self.located.find(1, *run.span()) >= 0:
            return False
        words = run.group().split()
        surname = 3 <= len(words) <= 4 and fold(words[0]) in self.table.surnames
        if surname and self.table.body_forms.match(self.folded, run.start()) is None:
            self.kept.add(run.start(), run.end(), "role")
        return True

    def _after_words(self, begin: int, limit: int) -> None:
        """A name that the words of a body run into: "Bộ Dân tộc và Tôn giáo Lù Văn Mẫu", "cửa khẩu A Cầm Bá Mẫu cho biết"."""
        for run in patterns.LONG_RUN.finditer(self.text, begin, limit):
            start, end = run.span()
            words = self.folded[start:end].split()
            acts = self.kept.acts(end)
            if len(words) > 4 and (acts or self._behind_place(start, end, words)):
                start = end - len(" ".join(words[-3:]))
                words, acts = words[-3:], True
            elif not self.text[start - 2].islower():
                continue
            if self._runs_on(words, acts) and self.kept.free(start, end):
                if not self.located[start] and not self.kept.opens_otherwise(start):
                    self.kept.add(start, end, "role")
                return

    def _runs_on(self, words: Sequence[str], acts: bool) -> bool:
        """Whether folded words are a name: by a middle name, or by a surname where a verb follows."""
        if not 3 <= len(words) <= 4:
            return False
        return words[1] in forms("middle-name") or (acts and words[0] in self.table.surnames)

    def _behind_place(self, start: int, end: int, words: Sequence[str]) -> bool:
        """Whether the last three syllables of a run stand behind a place: "Mặt trận Tổ quốc Việt Nam Phạm Thế Mẫu"."""
        cut = end - len(" ".join(words[-3:])) - 1
        country = self.table.countries.match(self.folded, start)
        if " ".join(words[-5:-3]) in forms("home-country") or (country is not None and country.end() == cut):
            return True
        return cut > start and self.located[cut - 1] == 1 and not self.located[cut + 1]


def _no_address(words: Sequence[str]) -> bool:
    """Whether words behind a form of address are no name: too many, an acronym, a word that no name has."""
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 1
    return len(words) > 5 or acronym or fold(words[0]) in forms("no-name")


def _opening(folded: str, at: int, words: Sequence[str]) -> str | None:
    """The first of some words that the text has at an offset."""
    return next((word for word in words if folded.startswith(word, at)), None)


def spelt_foreign(words: Sequence[str]) -> bool:
    """Whether one of the words has a spelling that no Vietnamese syllable has."""
    return any(patterns.ALIEN.search(fold(w)) for w in words)
