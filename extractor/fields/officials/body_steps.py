"""One step on in the name of an organisation: for each kind of complement an ordered table of what may follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import regex

from extractor.fields.officials import body_patterns as patterns
from extractor.fields.officials.heads import Heads
from extractor.fields.officials.marks import Hit
from extractor.fields.officials.rows import BodyRow, Complement, RoleRow, key
from extractor.fields.officials.tokens import Step, Tokens
from extractor.fields.officials.words import forms

STOP: Step = (-1, False, 0)  # the name ends before this token
_DASHES = ("-", "–", "/")


@dataclass(slots=True)
class Cursor:
    """Where the reading of a complement stands: token `at` of one from `token`, which may end before token `end`.

    `implied` is the head that only the role before it names. `places` counts the level words so far; `level` is a level word
    that begins here, `known` a body's word.
    """

    at: int
    token: int
    end: int
    kind: Complement
    row: BodyRow | None
    implied: str | None
    places: int
    start: int
    upper: bool
    level: regex.Match[str] | None
    known: Hit | None


class StepReader:
    """Reads the next step of a complement. `roles` are the roles by their first character, `located` tells where places with
    a code begin, and where they end."""

    def __init__(
        self, tokens: Tokens, heads: Heads, roles: Mapping[int, tuple[int, RoleRow]], located: Mapping[int, int]
    ) -> None:
        self.tokens, self.heads, self.roles = tokens, heads, roles
        self.text, self.folded = tokens.text, tokens.folded
        self.starts, self.ends = tokens.starts, tokens.ends
        self.lexicon = tokens.lexicon
        self.located = located
        self.located_ends = frozenset(located.values())

    def step(
        self, at: int, token: int, end: int, kind: Complement, row: BodyRow | None, implied: str | None, places: int
    ) -> Step | None:
        """One step on: the next token, whether the body may end there, whether a level word was read; None to stop."""
        start = self.starts[at]
        wording = kind in _WORDED
        cursor = Cursor(
            at, token, end, kind, row, implied, places, start, self.text[start].isupper(),
            self._level_word(at) if wording else None,
            self.lexicon.words.match(self.folded, start) if wording and kind != "place" else None,
        )  # fmt: skip
        for read in _STEPS[kind]:
            found = read(self, cursor)
            if found is not None:
                return None if found is STOP else found
        return None

    def _level_word(self, at: int) -> regex.Match[str] | None:
        """The level word that begins at a token."""
        first = patterns.level_words()
        if first is not None and self.tokens.word(at) not in first:
            return None
        return patterns.LEVEL.match(self.folded, self.starts[at])

    def _foreign(self, c: Cursor) -> Step | None:
        return self.tokens.foreign_step(c.at, c.token)

    def _numbered_term(self, c: Cursor) -> Step | None:
        """ "khóa XV" of a body that has terms."""
        term = self.tokens.term_at(c.start)
        if term is None:
            return None
        before = self.folded[max(0, c.start - 25) : c.start]
        has_terms = c.row is None or c.row.terms or any(word in before for word in forms("state-word"))
        return (self.tokens.after(term.end()), True, 0) if has_terms else STOP

    def _behind_term(self, c: Cursor) -> Step | None:
        return self.tokens.term_step(c.at, c.row)

    def _located(self, c: Cursor) -> Step | None:
        """A place with a code of several words: "tỉnh | Thừa thiên Huế", "huyện | Ba Vì"."""
        placed = self.located.get(c.start, 0) if c.upper else 0
        if placed > self.ends[c.at] and self.tokens.blocked.isdisjoint(range(c.start, placed)):
            return self.tokens.after(placed), True, 0
        return None

    def _past_place(self, c: Cursor) -> Step | None:
        """Words in capitals behind a place: "UBND tỉnh Khánh Hòa | Ban Bí thư …"."""
        past = c.at > c.token and self.ends[c.at - 1] in self.located_ends
        return STOP if past and c.upper and c.start not in self.located else None

    def _realm(self, c: Cursor) -> Step | None:
        return self.tokens.realm_step(c.at) if c.upper else None

    def _nested(self, c: Cursor) -> Step | None:
        """The head of another body inside the name."""
        nested = self.heads.at(c.at) if c.upper else None
        if nested is None or (c.level and self.ends[nested[0] - 1] <= c.level.end()):
            return None
        hosted = c.row is not None and c.row.hosted
        return (nested[0], True, 0) if nested[1].rank > 4 or hosted else None

    def _host(self, c: Cursor) -> Step | None:
        """A host in lower case: "Đoàn | trường Đại học …"."""
        if c.upper or c.row is None or not c.row.hosted:
            return None
        host = self.heads.at(c.at)
        return (host[0], True, 0) if host and host[1].hosts else None

    def _level(self, c: Cursor) -> Step | None:
        """A level word: "tỉnh", "TP.", "xã"; at most two places, the second only by name."""
        level = c.level
        if level is None or (c.known and c.known.end() > level.end()) or level.end() < self.ends[c.at]:
            return None
        after = self.tokens.after(level.end())
        short = not c.upper and level.group().rstrip(".") in forms("level-short")
        return STOP if short or (c.places and self._too_many(c, after)) else (after, True, 1)

    def _too_many(self, c: Cursor, after: int) -> bool:
        """Whether another place, whose name would begin at token `after`, is one too many for the body."""
        if c.kind not in ("place", "court", "any"):
            return False
        if c.places >= 2 and c.kind != "any":
            return True
        return c.end == c.at and not (after < len(self.starts) and self.tokens.capital(after))

    def _hamlet(self, c: Cursor) -> Step | None:
        """A hamlet's number: "Trưởng thôn | 7", "Tổ trưởng TDP | số 7"."""
        if c.at != c.token or c.implied is None:
            return None
        number = c.at + 1 if self.tokens.word(c.at) in forms("number-word") else c.at
        if number >= len(self.starts) or not self.text[self.starts[number] : self.ends[number]].isdigit():
            return None
        goes_on = self.folded[self.ends[number] : self.ends[number] + 1] in ("/", "%", ".")
        return None if goes_on else (number + 1, True, 0)

    def _number(self, c: Cursor) -> Step | None:
        """A number that belongs to the name: "quận 7", "Đội số 3", "Z751"."""
        if not self.text[c.start].isdigit():
            return None
        glued = c.at > c.token and c.start == self.ends[c.at - 1] and self.text[c.start - 1].isupper()
        return (c.at + 1, True, 0) if glued or self._numbered(c) else STOP

    def _numbered(self, c: Cursor) -> bool:
        before = self.folded[self.starts[max(0, c.at - 2)] : c.start].strip()
        follows = self.folded[self.ends[c.at] : self.ends[c.at] + 1]
        return patterns.NUMBERED.search(before) is not None and follows not in ("/", "%")

    def _capitalised(self, c: Cursor) -> Step | None:
        """A word in capitals, unless a name or the next sentence begins here."""
        if not c.upper:
            return None
        opens = c.at > c.token and self.lexicon.openers.match(self.folded, c.start) and not self.tokens.known(c.start)
        if opens or self.tokens.address(c.start) or (c.at > c.token and self._another(c)):
            return STOP
        if c.kind == "place":
            return STOP if c.at - c.token > 6 else (c.at + 1, True, 0)
        return self._whole_word(c)

    def _whole_word(self, c: Cursor) -> Step:
        """The longest word or abbreviation that begins with a capital here."""
        known = c.known
        for table in (self.lexicon.abbreviations, self.lexicon.countries):
            other = table.match(self.folded, c.start)
            if other and (known is None or other.end() > known.end()):
                known = other
        if known and "\n" not in known.group():
            return max(c.at + 1, self.tokens.after(known.end())), True, 0
        compound = c.at == c.token and c.kind == "topic" and self._compound(c.at)
        return c.at + (2 if compound else 1), True, 0

    def _compound(self, at: int) -> bool:
        """Whether the next syllable, in lower case, makes one word with the first one: "Hiệp hội Nhà thầu"."""
        if at + 1 >= len(self.starts) or self.folded[self.ends[at] : self.starts[at + 1]] != " ":
            return False
        start = self.starts[at + 1]
        if self.lexicon.words.match(self.folded, start) or self.tokens.word(at + 1) in forms("no-compound"):
            return False  # "Trung tâm UNESCO nghiên cứu …"
        if not self.text[start].islower() or start in self.tokens.blocked or start in self.roles:
            return False
        return self.lexicon.stops.match(self.folded, start) is None and not patterns.LEVEL.match(self.folded, start)

    def _another(self, c: Cursor) -> bool:
        """Whether a person's name begins behind the body's first word: in capitals, or foreign and behind a country."""
        return self._shouted(c.at) or (c.known is None and self.tokens.past_country(c.at))

    def _shouted(self, at: int) -> bool:
        """Whether a person's name in capitals begins here: "Bộ trưởng Bộ Nội vụ TRẦN VĂN MẪU"."""
        if at + 1 >= len(self.starts) or self.tokens.word(at) not in self.lexicon.surnames:
            return False
        pair = self.text[self.starts[at] : self.ends[at + 1]]
        return pair.isupper() and " " in pair

    def _delegation(self, c: Cursor) -> Step | None:
        return (c.at + 1, True, 0) if self.tokens.word(c.at) in forms("delegation-word") else STOP

    def _known_word(self, c: Cursor) -> Step | None:
        """A body's word in lower case, unless it is the verb of the sentence."""
        if c.known is None:
            return None
        if c.at > c.token and self._adjoining(c.at, c.end) and self._verb_like(c.known, c.row):
            return STOP
        return self.tokens.after(c.known.end()), True, 0

    def _adjoining(self, at: int, end: int) -> bool:
        """Whether the word stands right after a word of the body, with no connective between."""
        if end != at or self.starts[at - 1] in self.roles:
            return False
        return self.ends[at - 1] + 1 == self.starts[at]

    def _verb_like(self, known: Hit, row: BodyRow | None) -> bool:
        """Whether a body's word in lower case is the verb of the sentence here: "Giám đốc Sở Y tế thông tin thêm"."""
        if row is not None and row.whole_words:
            return True  # the lexicon knows the words of their names, or "và" joins them
        if known.group() not in self.lexicon.verbs:
            return False
        if patterns.UNIT.search(self.folded, max(0, known.start() - 12), known.start()):
            return True  # "Ban Chỉ huy quân sự huyện kiểm tra công tác …"
        following = self.tokens.after(known.end())
        if following >= len(self.starts):
            return True
        goes_on = (
            self.tokens.capital(following)
            or self.tokens.word(following) == "-"
            or self.tokens.word(following) in forms("and")
        )
        return not (goes_on or self.lexicon.words.match(self.folded, self.starts[following]))

    def _court(self, c: Cursor) -> Step | None:
        return (c.at + 1, True, 0) if self.tokens.word(c.at) in forms("court-word") else None

    def _joint(self, c: Cursor) -> Step | None:
        """A connective inside a body: "Kế hoạch - Tài chính", "Văn hóa, Thể thao và Du lịch", "Bà Rịa - Vũng Tàu"."""
        mark, following = self.tokens.word(c.at), c.at + 1
        if following >= len(self.starts) or "\n" in self.text[self.ends[c.at] : self.starts[following]]:
            return None
        if mark == "(":
            alias = patterns.ALIAS.match(self.text, self.ends[c.at - 1])
            return (self.tokens.after(alias.end()), False, 0) if alias else None
        if mark == ".":
            return (following, False, 0) if self._dotted(c.at) else None
        return None if self._person_at(self.starts[following]) else self._connective(c, mark)

    def _connective(self, c: Cursor, mark: str) -> Step | None:
        """A dash, or what connects the parts of a topic."""
        if mark in _DASHES:
            return (c.at + 1, False, 0) if self._dashed(c) else None
        return self._connected(c, mark) if c.kind in ("topic", "any") else None

    def _dotted(self, at: int) -> bool:
        """Whether a full stop ends an abbreviation: "TP. Kẻ Sặt"."""
        glued = self.starts[at] == self.ends[at - 1] and self.tokens.word(at - 1) in forms("dotted-short")
        return glued and self.tokens.capital(at + 1)

    def _person_at(self, start: int) -> bool:
        """Whether a person's name, a form of address or a post begins here."""
        role = self.roles.get(start)
        return start in self.tokens.blocked or (role is not None and not role[1].minor) or self.tokens.address(start)

    def _dashed(self, c: Cursor) -> bool:
        """Whether the name goes on behind a dash."""
        start, topic = self.starts[c.at + 1], c.kind in ("topic", "any")
        if self.text[start].isdigit():
            return False
        if self.heads.at(c.at + 1) is not None:
            return False
        upper = self.tokens.capital(c.at + 1)
        if (upper and self._halved(c.at, start, topic)) or (self._tight(c.at) and (upper or c.kind != "place")):
            return True
        return topic and self.tokens.known(start, countries=False)

    def _tight(self, at: int) -> bool:
        """Whether no blank stands around the token `at`."""
        return self.starts[at] == self.ends[at - 1] and self.starts[at + 1] == self.ends[at]

    def _halved(self, at: int, start: int, topic: bool) -> bool:
        """Whether the dash at token `at` stands inside one name, whose other half begins at `start`."""
        here = self.starts[at]
        if patterns.REGION.search(self.folded, max(0, here - 40), here):
            return True
        if not topic:
            return False
        if self._two_countries(here, start):
            return True
        if self.ends[at - 1] in self.located_ends and start in self.located:  # "Cục Hải quan Gia Lai - Kon Tum"
            return patterns.SHARED.search(self.folded, max(0, here - 30), here) is not None
        return here > self.ends[at - 1] and patterns.CLOSED.match(self.folded, start) is not None

    def _two_countries(self, here: int, start: int) -> bool:
        """Whether a dash at an offset stands between this country and another one: "Hội Hữu nghị Việt Nam | - Cu Ba"."""
        abroad = self.lexicon.countries.match(self.folded, start) is not None
        return abroad and patterns.HOME.search(self.folded, max(0, here - 12), here) is not None

    def _connected(self, c: Cursor, mark: str) -> Step | None:
        """A comma, "và" or another connective within a topic."""
        following = c.at + 1
        if c.row is not None and c.row.of_many and mark in forms("of-many") and (head := self.heads.at(following)):
            return head[0], True, 0  # "Liên hiệp các Hội Khoa học …"
        if mark == ",":
            goes_on = self._comma(c)
        elif mark in forms("and"):
            goes_on = self._and(following)
        else:
            goes_on = self._worded(c, mark)
        return (following, False, 0) if goes_on else None

    def _worded(self, c: Cursor, mark: str) -> bool:
        """Whether the name goes on behind another connective: "Ban Chỉ đạo | về nhà ở"."""
        if mark not in forms("joint") or c.row is None or c.kind != "topic":
            return False
        named = mark in forms("at") and self.tokens.capital(c.at + 1)
        return named or self.tokens.known(self.starts[c.at + 1], countries=False)

    def _and(self, following: int) -> bool:
        """Whether another part of the name follows "và"."""
        start, upper = self.starts[following], self.tokens.capital(following)
        whole = self.tokens.known(start, countries=False) or (upper and self._compound(following))
        if not whole or any(self.folded.startswith(f"{words} ", start) for words in forms("no-topic")):
            return False
        return not (upper and self.heads.at(following) is not None)

    def _comma(self, c: Cursor) -> bool:
        """Whether a comma stands inside the name: "Văn hóa, | Thể thao và Du lịch"."""
        following = c.at + 1
        start = self.starts[following]
        row = c.row if c.row is not None else self.lexicon.bodies.get(key(c.implied or ""))
        if row is None or not row.commas or self.heads.at(following) is not None:
            return False
        if not self.tokens.known(start, countries=False):
            return False
        dashed = c.implied is not None and self.tokens.capital(following) and patterns.DASHED.match(self.folded, start)
        return bool(dashed or patterns.LISTED.match(self.folded, start))


Read = Callable[[StepReader, Cursor], Step | None]
R = StepReader
_TOPIC: tuple[Read, ...] = (R._host, R._level, R._number, R._capitalised, R._known_word)
# What may come next, in this order, by the kind of the complement: the first answer counts.
_STEPS: dict[Complement, tuple[Read, ...]] = {
    "none": (),
    "foreign": (R._foreign,),
    "term": (R._numbered_term, R._behind_term),
    "place": (R._located, R._past_place, R._host, R._level, R._hamlet, R._number, R._capitalised, R._joint),
    "topic": (R._numbered_term, R._located, R._realm, R._nested, *_TOPIC, R._joint),
    "any": (R._numbered_term, R._located, R._nested, *_TOPIC, R._joint),
    "court": (R._numbered_term, R._located, *_TOPIC, R._court, R._joint),
    "delegation": (
        R._numbered_term,
        R._located,
        R._nested,
        R._host,
        R._level,
        R._number,
        R._capitalised,
        R._delegation,
    ),
}
_WORDED = frozenset(_STEPS) - {"none", "foreign", "term"}
