"""Names of organisations read from tokens: a head, its complement, its parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from extractor.fields.officials import body_patterns as patterns
from extractor.fields.officials.marks import Hit, Marks
from extractor.fields.officials.rows import BodyRow, RoleRow, key, written_short
from extractor.fields.officials.tokens import Step, TokenReader
from extractor.fields.officials.wording import canonical_body


@dataclass(slots=True)
class Unit:
    """One organisation: tokens `[start, end)`, with its parents `[start, stop)`. `complemented`: more than its head."""

    row: BodyRow | None
    start: int
    end: int
    stop: int
    public: bool
    complemented: bool
    parents: list[tuple[int, int]] = field(default_factory=list)


class BodyReader(TokenReader):
    """Reads organisations from an article's tokens. `roles` are the roles by their first character."""

    def __init__(self, marks: Marks, blocked: set[int], roles: dict[int, tuple[int, RoleRow]]) -> None:
        super().__init__(marks, blocked)
        self.roles = roles
        self._heads: dict[int, tuple[int, BodyRow] | None] = {}  # by the first token
        self.short: dict[str, tuple[BodyRow, str]] = {}  # short names that the article defines, and what they stand for
        self.limit = 0  # how far the statistical layer sees the present post go
        self.cap = len(self.text)  # where the present post ends at the latest
        self.implied: str | None = None  # the head that only the present role names
        self.located: dict[int, int] = {}  # where places with a code begin, and where they end
        self.located_ends: frozenset[int] = frozenset()

    def head_at(self, token: int) -> tuple[int, BodyRow] | None:
        """The head that begins at a token: the token after it, and its row."""
        if token not in self._heads:
            self._heads[token] = self._head_at(token)
        return self._heads[token]

    def _head_at(self, token: int) -> tuple[int, BodyRow] | None:
        if token >= len(self.starts):
            return None
        if self.short and (given := self.short.get(self.text[self.starts[token] : self.ends[token]])):
            return token + 1, given[0]
        match = self.lexicon.body_forms.match(self.folded, self.starts[token])
        if match is None or "\n" in match.group():
            return None
        last = self.reading.token_index(match.end() - 1)
        if self.ends[last] != match.end():
            return None
        if match.group() in self.lexicon.acronyms and not written_short(self.text[match.start() : match.end()]):
            return None
        word = self.lexicon.words.match(self.folded, match.start()) if match.group() in patterns.LEVEL_HEADS else None
        if word is not None and word.end() > match.end():
            return None  # "Văn hóa - Xã hội" holds no "Xã"
        if match.group() == "khu" and self.folded.startswith(" vực", match.end()):
            return None
        return last + 1, self.lexicon.bodies[key(match.group())]

    def unit_at(self, token: int) -> Unit | None:
        """The organisation that begins at a token, with its parents; None where no head stands."""
        found = self.head_at(token)
        if found is None:
            return None
        after, row = found
        unit = self.complement(token, after, row, row.complement)
        if unit is None:
            unit = Unit(row, token, after, after, row.public, False)
        self.add_parents(unit, row.rank)
        return unit

    def wording(self, unit: Unit, prefix: str | None = None) -> str:
        """Canonical wording of an organisation and its parents; `prefix` is a head that only the role names."""
        parts = [self.text[self.starts[a] : self.ends[b - 1]] for a, b in ((unit.start, unit.end), *unit.parents)]
        if prefix:
            parts[0] = f"{prefix} {parts[0]}"
        for number, part in enumerate(parts):
            word = part.split(" ", 1)[0]
            if word in self.short:
                parts[number] = self.short[word][1] + part[len(word) :]
        return canonical_body(parts)

    def bodies(self, begin: int, end: int) -> Iterator[tuple[int, str, str]]:
        """Organisations with a complement in `[begin, end)`: start, canonical wording, canonical head."""
        self.limit = 0
        for token in range(self.after(begin), self.after(end)):
            if not self.capital(token) or self.starts[token] in self.roles or self.head_at(token) is None:
                continue
            unit = self.unit_at(token)
            if unit is not None and unit.complemented and unit.public and unit.row is not None:
                yield self.starts[token], self.wording(unit), unit.row.canonical

    def add_parents(self, unit: Unit, rank: int) -> None:
        """Parent organisations after a comma, a dash, "thuộc", "của" or in brackets."""
        for _ in range(3):
            alias = patterns.ALIAS.match(self.text, self.ends[unit.stop - 1])
            at = self.after(alias.end()) if alias else unit.stop
            if at + 1 >= len(self.starts) or "\n" in self.text[self.ends[at - 1] : self.starts[at]]:
                return
            mark, first = self.word(at), at + 1
            bracket = mark == "("
            if self.word(first) in ("thuộc", "của") and (bracket or mark == ","):
                first += 1
            if mark not in (",", "-", "–", "(", "thuộc", "của") or first >= len(self.starts):
                return
            if self.starts[first] >= self.cap:
                return
            found = self.head_at(first)
            if found is None or self.starts[first] in self.roles or not (bracket or self.capital(first)):
                return
            after, row = found
            if row.rank <= rank and mark not in ("thuộc", "của"):
                return
            parent = self.complement(first, after, row, row.complement)
            if parent is None and row.complement == "topic":
                return
            end = parent.stop if parent else after
            if bracket and (end >= len(self.starts) or self.text[self.starts[end]] != ")"):
                return
            unit.parents.append((first, end))
            unit.stop = end + 1 if bracket else end
            union = unit.row is not None and unit.row.canonical == "Công đoàn"
            unit.public = unit.public and (row.public or union)
            rank = row.rank

    def complement(self, begin: int, token: int, row: BodyRow | None, kind: str) -> Unit | None:
        """What follows a head, from `token`; None where nothing does. `begin` is the first token of the whole."""
        at, end, places = token, token, 0
        while at < len(self.starts) and at - token <= patterns.LONGEST:
            start = self.starts[at]
            if start >= self.cap or start in self.blocked or (at and "\n" in self.text[self.ends[at - 1] : start]):
                break
            role = self.roles.get(start)
            if role and role[1].id.startswith("dai-bieu") and at == token == begin and row is None:
                at = end = self.after(role[0])  # "Trưởng đoàn ĐBQH"
                continue
            firm_role = role and role[1].kind not in ("weak", "minor") and role[1].id != "thuong-truc"
            if firm_role and (at > token or not (row and row.rank < 6)):
                break
            step = self._step(at, token, end, kind, row, places)
            if step is None and start < self.limit and self._voted(start, kind, row):
                step = (at + 1, self.word(at) != "và", 0)  # the statistical layer sees the post go on
            if step is None:
                break
            at, accept, placed = step
            end = at if accept else end
            places += placed
        if end == token:
            return None
        words = self.folded[self.starts[begin] : self.ends[end - 1]]
        union = row is not None and row.canonical == "Công đoàn"  # a mass organisation, in a company too
        public = (row.public if row else True) and (union or patterns.FIRM.search(words) is None)
        if row is not None and row.id == "chi-nhanh" and patterns.BRANCH.search(words) is None:
            public = False  # most branches are those of companies
        return Unit(row, begin, end, end, public, True)

    def _voted(self, start: int, kind: str, row: BodyRow | None) -> bool:
        """Whether a word that the grammar does not know may still belong to a body that the statistical layer sees."""
        letter = self.text[start]
        if not letter.isalpha() or kind in ("none", "foreign", "term") or self.address(start):
            return False
        if letter.isupper():
            return self.lexicon.openers.match(self.folded, start) is None
        if self.folded.startswith(("của ", "thuộc "), start) and self.head_at(self.after(start) + 1) is not None:
            return False  # a parent follows
        if kind in ("place", "court") or (row is not None and row.canonical in ("Bộ", "Sở")):
            return False
        return self.lexicon.stops.match(self.folded, start) is None

    def _step(self, at: int, token: int, end: int, kind: str, row: BodyRow | None, places: int) -> Step | None:
        """One step on: the next token, whether the body may end there, whether a level word was read; None to stop."""
        if kind == "none":
            return None
        if kind == "foreign":
            return self._foreign(at, token)
        start = self.starts[at]
        term = patterns.TERM.match(self.folded, start) if kind != "place" else None
        if term:
            known_term = (
                row is None or row.canonical in patterns.TERMED or "quốc" in self.folded[max(0, start - 25) : start]
            )
            return (self.after(term.end()), True, 0) if known_term else None
        if kind == "term":
            return self._termed(at, row)
        upper = self.text[start].isupper()
        placed = self.located.get(start, 0) if upper else 0
        if placed > self.ends[at] and self.blocked.isdisjoint(range(start, placed)):
            return self.after(placed), True, 0  # "tỉnh Thừa thiên Huế", "huyện Ba Vì"
        past = kind == "place" and at > token and self.ends[at - 1] in self.located_ends
        if past and upper and start not in self.located:
            return None  # "UBND tỉnh Khánh Hòa | Ban Bí thư …"
        level = patterns.LEVEL.match(self.folded, start)
        known = self.lexicon.words.match(self.folded, start) if kind != "place" else None
        if upper and kind == "topic" and (realm := self._realm(at)):
            return realm
        if upper and kind not in ("place", "court"):
            nested = self.head_at(at)
            if nested and level and self.ends[nested[0] - 1] <= level.end():
                nested = None
            if nested and (nested[1].rank > 4 or (row is not None and row.canonical in patterns.HOSTED)):
                return nested[0], True, 0
        hosted = self.head_at(at) if not upper and row is not None and row.canonical in patterns.HOSTED else None
        if hosted and hosted[1].id.startswith(("truong", "benh-vien", "co-quan")):
            return hosted[0], True, 0  # "Đoàn trường Đại học …"
        if level and not (known and known.end() > level.end()) and level.end() >= self.ends[at]:
            return self._level(at, end, kind, level, places)
        if at == token and self.implied is not None and kind == "place" and self._hamlet_number(at):
            return (at + 2 if self.word(at) == "số" else at + 1), True, 0
        if self.text[start].isdigit():
            return (at + 1, True, 0) if self._numbered(at, token) else None
        if upper:
            return self._capitalised(at, token, kind, known)
        if kind == "delegation":
            return (at + 1, True, 0) if self.word(at) in ("đoàn", "thuộc", "nước") else None
        if known:
            if at > token and self._adjoining(at, end) and self._verb_like(known, row):
                return None
            return self.after(known.end()), True, 0
        if kind == "court" and self.word(at) in patterns.COURT:
            return at + 1, True, 0
        return self._joint(at, kind, row)

    def _level(self, at: int, end: int, kind: str, level: regex.Match[str], places: int) -> Step | None:
        """A level word: "tỉnh", "TP.", "xã"; at most two places, the second only by name."""
        after = self.after(level.end())
        if level.group().rstrip(".") in patterns.SHORT_LEVELS and not self.capital(at):
            return None
        if kind in ("place", "court", "any") and places:
            named = after < len(self.starts) and self.capital(after)
            if (places >= 2 and kind != "any") or (end == at and not named):
                return None
        return after, True, 1

    def _numbered(self, at: int, token: int) -> bool:
        """Whether a number belongs to the name: "quận 7", "Đội số 3", "Z751"."""
        start = self.starts[at]
        if at > token and start == self.ends[at - 1] and self.text[start - 1].isupper():
            return True
        before = self.folded[self.starts[max(0, at - 2)] : start].strip()
        return patterns.NUMBERED.search(before) is not None and self.folded[self.ends[at] : self.ends[at] + 1] not in (
            "/",
            "%",
        )

    def _hamlet_number(self, at: int) -> bool:
        """Whether a hamlet's number stands at a token: "Trưởng thôn 7", "Tổ trưởng TDP số 7"."""
        number = at + 1 if self.word(at) == "số" else at
        if number >= len(self.starts) or not self.text[self.starts[number] : self.ends[number]].isdigit():
            return False
        return self.folded[self.ends[number] : self.ends[number] + 1] not in ("/", "%", ".")

    def _capitalised(self, at: int, token: int, kind: str, known: Hit | None) -> Step | None:
        start = self.starts[at]
        opens = at > token and self.lexicon.openers.match(self.folded, start) is not None and not self.known(start)
        if self.address(start) or opens or (kind == "place" and at - token > 6) or (at > token and self._shouted(at)):
            return None
        if kind != "place":
            short = self.lexicon.abbreviations.match(self.folded, start)
            if short and (known is None or short.end() > known.end()):
                known = short
            if known and "\n" not in known.group():
                return max(at + 1, self.after(known.end())), True, 0
            if at == token and kind == "topic" and self._compound(at):
                return at + 2, True, 0
        return at + 1, True, 0

    def _compound(self, at: int) -> bool:
        """Whether the next syllable, in lower case, makes one word with the first one: "Hiệp hội Nhà thầu"."""
        if at + 1 >= len(self.starts) or self.folded[self.ends[at] : self.starts[at + 1]] != " ":
            return False
        start = self.starts[at + 1]
        if self.lexicon.words.match(self.folded, start) or self.word(at + 1) in patterns.CONNECTIVES:
            return False  # "Trung tâm UNESCO nghiên cứu …"
        lower = self.text[start].islower() and start not in self.blocked and start not in self.roles
        return (
            lower
            and self.lexicon.stops.match(self.folded, start) is None
            and patterns.LEVEL.match(self.folded, start) is None
        )

    def _shouted(self, at: int) -> bool:
        """Whether a person's name in capitals begins here: "Bộ trưởng Bộ Nội vụ TRẦN VĂN MẪU"."""
        if at + 1 >= len(self.starts) or self.word(at) not in self.lexicon.surnames:
            return False
        pair = self.text[self.starts[at] : self.ends[at + 1]]
        return pair.isupper() and " " in pair

    def _adjoining(self, at: int, end: int) -> bool:
        """Whether the word stands right after a word of the body, with no connective between."""
        if end != at or self.starts[at - 1] in self.roles:
            return False
        return self.ends[at - 1] + 1 == self.starts[at]

    def _verb_like(self, known: Hit, row: BodyRow | None) -> bool:
        """Whether a body's word in lower case is the verb of the sentence here: "Giám đốc Sở Y tế thông tin thêm"."""
        if row is not None and row.canonical in ("Bộ", "Sở"):
            return True  # their names are whole words that the lexicon knows, or joined by "và"
        if known.group() not in self.lexicon.verbs:
            return False
        if patterns.UNIT.search(self.folded, max(0, known.start() - 12), known.start()):
            return True  # "Ban Chỉ huy quân sự huyện kiểm tra công tác …"
        following = self.after(known.end())
        if following >= len(self.starts):
            return True
        goes_on = self.capital(following) or self.word(following) in ("-", "và")
        return not (goes_on or self.lexicon.words.match(self.folded, self.starts[following]))

    def _joint(self, at: int, kind: str, row: BodyRow | None) -> Step | None:
        """A connective inside a body: "Kế hoạch - Tài chính", "Văn hóa, Thể thao và Du lịch", "Bà Rịa - Vũng Tàu"."""
        mark, following = self.word(at), at + 1
        if following >= len(self.starts) or "\n" in self.text[self.ends[at] : self.starts[following]]:
            return None
        start, onward = self.starts[following], (following, False, 0)
        if mark == "(":
            alias = patterns.ALIAS.match(self.text, self.ends[at - 1])
            return (self.after(alias.end()), False, 0) if alias else None
        if mark == ".":
            glued = self.starts[at] == self.ends[at - 1] and self.word(at - 1) in patterns.DOTTED
            return onward if glued and self.capital(following) else None
        role = self.roles.get(start)
        if start in self.blocked or (role and role[1].kind not in ("weak", "minor")) or self.address(start):
            return None
        topic, headed = kind in ("topic", "any"), self.head_at(following) is not None
        known = self.known(start, countries=False)
        if mark in ("-", "–", "/"):
            tight = self.starts[at] == self.ends[at - 1] and start == self.ends[at]
            if self.text[start].isdigit():
                return None
            if patterns.PLACE_PAIR.match(self.folded, self.starts[max(0, at - 2)]):
                return onward
            if self.capital(following) and not headed and self._halved(at, start, topic):
                return onward
            if headed or not ((tight and (kind != "place" or self.capital(following))) or (topic and known)):
                return None
            return onward
        if not topic:
            return None
        if mark in ("và", "&"):
            whole = known or (self.capital(following) and self._compound(following))
            whole = whole and not self.folded.startswith(("thành viên ", "cán bộ "), start)
            return onward if whole and not (headed and self.capital(following)) else None
        if mark == ",":
            named = (row.canonical if row else self.implied) in patterns.COMMAS and not headed
            if not (named and known):
                return None
            dashed = self.implied is not None and self.capital(following) and patterns.DASHED.match(self.folded, start)
            return onward if dashed or patterns.LISTED.match(self.folded, start) else None
        if mark == "các" and headed and row is not None and row.canonical == "Liên hiệp":
            found = self.head_at(following)
            return (found[0], True, 0) if found else None  # "Liên hiệp các Hội Khoa học …"
        if mark in ("về", "các", "cho", "ở", "trên", "tại") and row is not None and kind == "topic":
            return onward if known or (mark == "tại" and self.capital(following)) else None
        return None

    def _halved(self, at: int, start: int, topic: bool) -> bool:
        """Whether the dash at token `at` stands inside one name, whose other half begins at `start`."""
        if patterns.REGION.search(self.folded, max(0, self.starts[at] - 40), self.starts[at]):
            return True
        if self.ends[at - 1] in self.located_ends and start in self.located:  # "Cục Hải quan Gia Lai - Kon Tum"
            return (
                topic
                and patterns.CUSTOMS.search(self.folded, max(0, self.starts[at] - 30), self.starts[at]) is not None
            )
        return topic and self.starts[at] > self.ends[at - 1] and patterns.CLOSED.match(self.folded, start) is not None
