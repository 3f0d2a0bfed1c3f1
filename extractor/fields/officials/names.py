"""Names of persons: the statistical layer's and the rules' votes, forms of address and ranks split off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.fields.officials import name_patterns as patterns
from extractor.fields.officials.collector import Collector, Name, name_key
from extractor.fields.officials.event_rows import event_words
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.rows import key
from extractor.models import Mention
from extractor.rules.literals import may_match
from extractor.text import fold


def find_names(marks: Marks, votes: Sequence[Mention], located: Sequence[tuple[int, int]] = ()) -> list[Name]:
    """Mentions of persons in text order, not overlapping. `located` are spans of places, where no bare run becomes a name."""
    return _Finder(marks, votes, located).run()


class _Finder(Collector):
    """Finds the names of one article: the statistical layer's votes first, then what the rules see around posts."""

    def run(self) -> list[Name]:
        """The statistical layer's names first, then the rules'."""
        persons = [m for m in self.votes if m.label == "PER"]
        self._transliterated()
        for vote in persons:
            if not self._free(vote.start, vote.end):
                continue
            start, end = self._trimmed(vote.start, vote.end)
            start = self._behind_unit(start, end)
            if self.located.find(0, start, end) < 0 and patterns.UNIT_BEFORE.search(
                self.folded, max(0, start - 12), start
            ):
                continue  # "Bí thư Huyện ủy Trần Văn Thời": the district
            if start < end and not self._organisation(start, end) and not self._outvoted(vote):
                for begin, stop in self._parted(start, end):
                    self._add(begin, stop, "ner")
        self._prefixed()
        self._after_address()
        self._after_roles()
        self._after_bodies()
        self._after_votes()
        if "|" in self.text:
            self._in_cells()
        self._before_posts()
        self._before_holding()
        self._listed()
        self._repeated()
        self._given()
        if not persons:
            self._by_surname()
        return _cut([self.found[s] for s in sorted(self.found)])

    def _transliterated(self) -> None:
        """Names in transliteration beside a form of address, a role or a country: "Chủ tịch Cu-ba Mi-ghen Mẫu-xin"."""
        if "-" not in self.text:
            return
        for match in patterns.HYPHENS.finditer(self.text):
            start, end = self._trimmed(*match.span())
            country = self.table.countries.match(self.folded, start)
            if country is not None and self.text[country.end() : country.end() + 1] == " ":
                start = country.end() + 1
            name = self.text[start:end]
            if " " not in name or patterns.JOINED.search(name) is None or self.located.find(1, start, end) >= 0:
                continue
            if self._organisation(start, end) or self.folded[start:end].split(" ")[0] in self.table.surnames:
                continue
            led = start > match.start() or self.marks.lead(start, max(0, start - patterns.BACK)) < start
            if led or start - 1 in self.role_ends or self.role_starts & set(range(end, end + 4)):
                self._add(start, end, "role")

    def _behind_unit(self, start: int, end: int) -> int:
        """Where the name begins that a vote has together with the unit before it: "Huyện ủy Đắk Mẫu | Ly Thị Mẫu"."""
        cut = self.located.find(0, start, end)
        if cut <= start or self.text[cut] != " ":
            return start
        words = self.folded[cut + 1 : end].split()
        known = self.table.surnames | self.table.rare_surnames
        return cut + 1 if 2 <= len(words) <= 4 and words[0] in known else start

    def _before_holding(self) -> None:
        """Names that open a clause before a word of taking up a post: "…; Bá Bình Mẫu giữ chức …"."""
        words = event_words()
        for match in patterns.OPENS.finditer(self.text):
            start, end = match.span(1)
            first = self.folded[start:end].split(" ")[0]
            if first not in self.table.surnames | self.table.rare_surnames or not self._free(start, end):
                continue
            brings = patterns.HOLDING.match(self.folded, end + 1) or (
                (m := words.changes.match(self.folded, end + 1)) is not None and words.row_of(m).effect == "begin"
            )
            placed = self.located.find(1, start, end) >= 0 or self.places.find(1, start, end) >= 0
            if brings and not placed and not self._opens_otherwise(start):
                self._add(start, end, "role")

    def _prefixed(self) -> None:
        """Names that "K'", "H'" or "Y'" opens, where no place stands."""
        if "'" not in self.text and "’" not in self.text:
            return
        for match in patterns.PREFIXED.finditer(self.text):
            if self._free(*match.span()) and self.located.find(1, *match.span()) < 0:
                self._add(match.start(), match.end(), "role")

    def _after_address(self) -> None:
        """Capitalised runs after a form of address."""
        for begin, end in self.marks.addressed:
            at = end + 1 if self.text[end : end + 1] == "." else end
            while at < len(self.text) and self.folded[at] == " ":
                at += 1
            if at == end or end - begin < 2 or not self.text[at : at + 1].isupper() or not self._free(at, at + 1):
                continue
            if alone := patterns.ALONE.match(self.text, at):
                self._add(at, alone.end(), "address")
                continue
            run = patterns.ADDRESSED.match(self.text, at)
            if run is None or self._opens_otherwise(at) or self.table.role_forms.match(self.folded, at):
                continue
            words = run.group().split()
            acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 1
            if fold(words[0]) in patterns.NOT_NAME or len(words) > 5 or acronym:
                continue
            if self.places.find(1, begin, end) >= 0 or (len(words) < 2 and self.places[at]):
                continue
            self._add(at, run.end(), "address")

    def _after_roles(self) -> None:
        """Names right after a role: "Chủ tịch Hồ Chí Minh", "Tổng thống Pháp Emmanuel Macron"."""
        for begin, end in self.marks.roles:
            at = end + 1
            row = self.table.roles[key(self.text[begin:end])]
            foreign = (row.kind == "public" and not row.hamlet) or row.abroad
            if foreign and (unit := patterns.FOREIGN_UNIT.match(self.folded, end)):
                self._after_foreign_unit(unit.end())
                continue
            if self.folded[end:at] != " " or not self.text[at : at + 1].isupper():
                continue
            abroad = False
            while foreign and (country := self.table.countries.match(self.folded, at)):
                at, abroad = country.end() + 1, True
                if self.text[at - 1 : at] != " ":
                    break
            if abroad and self.folded.startswith("tại ", at):  # "Đại sứ Hàn Quốc tại Việt Nam | …"
                seat = self.table.countries.match(self.folded, at + 4)
                vietnam = self.folded.startswith("việt nam ", at + 4)
                at = seat.end() + 1 if seat else at + len("tại việt nam ") if vietnam else at
            run = patterns.RUN.match(self.text, at)
            if run is None or not self._free(at, run.end()):
                continue
            if row.kind == "public" and row.head is None and (alone := patterns.ALONE.match(self.text, at)):
                self._add(at, alone.end(), "role")
                continue
            if self._opens_otherwise(at):
                if foreign:
                    self._foreign_run(at)
                continue
            words = run.group().split()
            native = fold(words[0]) in self.table.surnames and 2 <= len(words) <= 4
            native = native and (len(words) > 2 or self.places.find(1, at, run.end()) < 0)
            native = native or (abroad and len(words) == 3 and self.located.find(1, at, run.end()) < 0)
            alien = foreign and len(words) <= 4 and not words[0].isupper() and _foreign(words)
            if native or alien:
                self._add(at, run.end(), "role")
            elif foreign:
                self._foreign_run(at)

    def _after_words(self, begin: int, limit: int) -> None:
        """A name that the words of a body run into: "Bộ Dân tộc và Tôn giáo Lù Văn Mẫu", "cửa khẩu A Cầm Bá Mẫu cho biết"."""
        for run in patterns.LONG_RUN.finditer(self.text, begin, limit):
            start, end = run.span()
            words = self.folded[start:end].split()
            acts = self._acts(end)
            if len(words) > 4 and (acts or self._behind_place(start, end, words)):
                start = end - len(" ".join(words[-3:]))
                words, acts = words[-3:], True
            elif not self.text[start - 2].islower():
                continue
            middle = 3 <= len(words) <= 4 and words[1] in ("thị", "văn")
            surname = words[0] in self.table.surnames and 3 <= len(words) <= 4
            if (middle or (acts and surname)) and self._free(start, end):
                if not self.located[start] and not self._opens_otherwise(start):
                    self._add(start, end, "role")
                return

    def _behind_place(self, start: int, end: int, words: Sequence[str]) -> bool:
        """Whether the last three syllables of a run stand behind a place: "Mặt trận Tổ quốc Việt Nam Phạm Thế Mẫu"."""
        cut = end - len(" ".join(words[-3:])) - 1
        country = self.table.countries.match(self.folded, start)
        if words[-5:-3] == ["việt", "nam"] or (country is not None and country.end() == cut):
            return True
        return cut > start and self.located[cut - 1] == 1 and not self.located[cut + 1]

    def _foreign_run(self, at: int) -> None:
        """The first foreign name further on in the clause: "Bộ trưởng Quốc phòng James Mattis"."""
        stop = patterns.CLAUSE.search(self.text, at, at + 60)
        for run in patterns.RUN.finditer(self.text, at, stop.start() if stop else at + 60):
            words = run.group().split()
            countries = [
                m for m in self.table.country_pattern.finditer(self.folded, *run.span()) if m.end() < run.end()
            ]
            if countries:
                start = countries[-1].end() + 1
                words = self.text[start : run.end()].split()
            else:
                start = run.start()
            placed = self.places.find(1, start, run.end()) >= 0 or self.located.find(1, start, run.end()) >= 0
            alien = 2 <= len(words) <= 4 and words[0].isascii() and not words[0].isupper()
            alien = alien and (_foreign(words[:1]) or fold(words[0]) in self.table.foreign_surnames)
            if alien and not placed and self._free(start, run.end()):
                if not self._opens_otherwise(start) and not self.table.words.match(self.folded, start):
                    self._add(start, run.end(), "role")
                return

    def _after_foreign_unit(self, at: int) -> None:
        """The name after a foreign place, where a common foreign surname opens it."""
        run = patterns.RUN.match(self.text, at)
        if run is None or self.located[at] or not self._free(*run.span()):
            return
        words = run.group().split(" ")
        tail = next((i for i, w in enumerate(words) if i and fold(w) in self.table.foreign_surnames), 0)
        if tail and 2 <= len(words) - tail <= 4:
            self._add(run.start() + len(" ".join(words[:tail])) + 1, run.end(), "role")

    def _after_votes(self) -> None:
        """Vietnamese names right behind what the statistical layer sees as a post."""
        for vote in self.votes:
            at = vote.end + 1
            if vote.label == "POST" and self.folded[vote.end : at] == " ":
                run = patterns.LISTED_NAME.match(self.text, at)
                if run and self._free(*run.span()) and (self._native(*run.span()) or self._rare(*run.span())):
                    self._add(at, run.end(), "role")

    def _rare(self, start: int, end: int) -> bool:
        """Whether a run opens with a rare surname, and is no place and no organisation's."""
        placed = self.located.find(1, start, end) >= 0 or self.places.find(1, start, end) >= 0
        first = self.folded[start:end].split(" ")[0]
        return first in self.table.rare_surnames and not placed and not self._opens_otherwise(start)

    def _in_cells(self) -> None:
        """The name in the cell behind a post's: "| Chủ tịch UBND | Hà Minh Mẫu |"."""
        for _, end in self.marks.roles:
            cell = patterns.CELL.match(self.text, end)
            words = cell.group(1).lower().split() if cell else [""]
            known = fold(words[0]) in self.table.surnames | self.table.rare_surnames
            if cell and known and self._free(*cell.span(1)) and not self._opens_otherwise(cell.start(1)):
                self._add(cell.start(1), cell.end(1), "role")

    def _before_posts(self) -> None:
        """Whole Vietnamese names that only a comma or a dash parts from a post: "Đồng Thị Mẫu, Chánh Thanh tra …"."""
        for begin, end in self.marks.roles:
            if self.table.roles[key(self.text[begin:end])].kind == "firm":
                continue
            floor = max(0, begin - patterns.NAME_BACK)
            before = patterns.NAME_BEFORE.search(self.text, floor, begin)
            if before is None:
                continue
            start, stop = before.span(1)
            words = [fold(w) for w in before.group(1).split()]
            if before.group(1).isupper() or not self._free(start, stop) or self.located.find(1, start, stop) >= 0:
                continue
            middle = any(w in ("thị", "văn") for w in words[1:-1]) or words[0] in ("h'", "k'", "h’", "k’")
            named = middle or (words[0] in self.table.surnames and len(words) < 5)
            if named and not self._opens_otherwise(start) and start not in self.role_starts:
                self._add(start, stop, "role")

    def _after_bodies(self) -> None:
        """Names that follow a body of an unnamed unit: "Phó Chủ tịch UBND thành phố Lê Văn A"."""
        whole = may_match(patterns.UNNAMED, self.marks.reading)
        for match in patterns.UNNAMED.finditer(self.folded) if whole else ():
            run = patterns.RUN.match(self.text, match.end())
            if run is None or not self._free(*run.span()) or self.located.find(1, *run.span()) >= 0:
                continue
            words = run.group().split()
            surname = 3 <= len(words) <= 4 and fold(words[0]) in self.table.surnames
            if surname and self.table.body_forms.match(self.folded, run.start()) is None:
                self._add(run.start(), run.end(), "role")
        for _, end in self.marks.roles:
            stop = patterns.CLAUSE.search(self.text, end, end + patterns.NAME_BACK)
            limit = stop.start() if stop else end + patterns.NAME_BACK
            for unit in patterns.UNIT_NAME.finditer(self.folded, end, limit):
                run = patterns.RUN.match(self.text, unit.end())
                if run is None or not self._free(*run.span()) or self.located.find(1, *run.span()) >= 0:
                    continue
                words = run.group().split()
                surname = 3 <= len(words) <= 4 and fold(words[0]) in self.table.surnames
                if surname and self.table.body_forms.match(self.folded, run.start()) is None:
                    self._add(run.start(), run.end(), "role")
                break
            stop = patterns.SENTENCE.search(self.text, limit, end + patterns.NAME_FAR)
            self._after_words(end, stop.start() if stop else end + patterns.NAME_FAR)

    def _repeated(self) -> None:
        """Other places where a name of three and more syllables stands as it is."""
        known = {n.text for n in self.found.values() if n.source != "credit" and n.text.count(" ") >= 2}
        for text in sorted(known)[: patterns.MANY]:
            start = self.text.find(text)
            while start >= 0:
                end = start + len(text)
                if (
                    self._free(start, end)
                    and patterns.WHOLE.match(self.text, end)
                    and self.places.find(1, start, end) < 0
                ):
                    before = self.text[max(0, start - 1) : start]
                    longer = (
                        patterns.RUNS_IN.search(self.text, max(0, start - 12), start) and not self.located[start - 2]
                    )
                    if not before.isalpha() and not longer:
                        self._add(start, end, "role")
                start = self.text.find(text, end)

    def _listed(self) -> None:
        """Whole Vietnamese names beside another one in a list: "các Phó Chủ tịch A, B và C"."""
        queue = [n for n in self.found.values() if n.full and n.source != "credit"]
        while queue:
            name = queue.pop()
            gap = patterns.LIST_GAP.match(self.text, name.end)
            run = patterns.LISTED_NAME.match(self.text, gap.end()) if gap else None
            if run is None or not self._free(*run.span()) or not self._native(*run.span()):
                run = self._short_listed(name, gap.end()) if gap else None
            if run is None:
                continue
            self._add(run.start(), run.end(), "role")
            if run.start() in self.found:
                queue.append(self.found[run.start()])

    def _short_listed(self, name: Name, at: int) -> regex.Match[str] | None:
        """A name of two syllables behind a whole name in a list."""
        run = patterns.LISTED_SHORT.match(self.text, at)
        if run is None or name.text.count(" ") < 2 or not self._free(*run.span()):
            return None
        placed = self.located.find(1, *run.span()) >= 0 or self.places.find(1, *run.span()) >= 0
        known = self.folded[run.start() : run.end()].split(" ")[0] in self.table.surnames
        return run if known and not placed and not self._opens_otherwise(run.start()) else None

    def _given(self) -> None:
        """Given names alone after a role: "Thứ trưởng Hải", "Giám đốc Lan Mẫu" where the article has a whole name that ends so."""
        whole = [n.key.split() for n in self.found.values() if n.full]
        known = {words[-1] for words in whole}
        pairs = {" ".join(words[-2:]) for words in whole if len(words) > 2}
        for _, end in self.marks.roles:
            at = end + 1
            token = patterns.SYLLABLE.match(self.text, at)
            if token is None or self.folded[end] != " ":
                continue
            pair = patterns.PAIR.match(self.text, at)
            if (
                pair is not None
                and name_key(pair.group()) in pairs
                and self._free(*pair.span())
                and not self.located[at]
            ):
                self._add(at, pair.end(), "role", known=True)
                continue
            after = token.end()
            longer = self.text[after : after + 1] == " " and self.text[after + 1 : after + 2].isupper()
            if fold(token.group()) not in known or longer or not self._free(at, after):
                continue
            if self.table.body_forms.match(self.folded, at):
                continue  # "Thủ tướng Chính phủ", "Giám đốc Trung tâm"
            self._add(at, after, "role", known=True)

    def _by_surname(self) -> None:
        """Runs of three and more syllables that open with a common surname, where no statistical layer votes."""
        for match in patterns.RUN.finditer(self.text):
            words = match.group().split()
            if not 3 <= len(words) <= 5 or fold(words[0]) not in self.table.surnames:
                continue
            if self._free(*match.span()) and self.places.find(1, *match.span()) < 0:
                self._add(match.start(), match.end(), "surname")


def _foreign(words: Sequence[str]) -> bool:
    return any(patterns.ALIEN.search(fold(w)) for w in words)


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
