"""What a mention of a person is, and how the mentions of one article are collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extractor.covering import Spans
from extractor.fields.officials import name_patterns as patterns
from extractor.fields.officials.country_names import telling
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.rows import lexicon
from extractor.fields.officials.words import starts
from extractor.gazetteer.names import is_syllable
from extractor.models import Mention
from extractor.rules import cache, token_places
from extractor.rules.lexica import former_provinces
from extractor.text import fold


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a person `[start, end)`; `full` has two or more syllables. `key` is the folded name.

    `lead` is where the forms of address or ranks before it begin; `source` is `ner`, `address`, `role`, `surname` or `credit`.
    """

    start: int
    end: int
    text: str
    key: str
    full: bool
    addressed: bool
    private: bool
    source: str
    lead: int


@lru_cache(maxsize=2048)
def name_key(text: str) -> str:
    """Folded, single blanks: what makes two mentions the same name."""
    return " ".join(fold(text).replace("’", "'").split())


class Collector:
    """Keeps the names of one article. `taken` marks the characters of the names found so far."""

    def __init__(self, marks: Marks, votes: Sequence[Mention], located: Sequence[tuple[int, int]]) -> None:
        self.marks = marks
        self.reading = marks.reading
        self.text = marks.reading.text
        self.folded = marks.reading.folded
        self.votes = votes
        self.table = lexicon()
        self.found: dict[int, Name] = {}
        self.taken = bytearray(len(self.text))
        self.places = _mask(len(self.text), [(m.start, m.end) for m in votes if m.label in ("LOC", "ORG")])
        self.bodies = [m for m in votes if m.label == "ORG"]
        self.body_spans = Spans((m.start, m.end) for m in self.bodies)
        self.located = _mask(len(self.text), located)
        self.role_ends = {end for _, end in marks.roles}
        self.role_starts = {start for start, _ in marks.roles}

    def organisation(self, start: int, end: int) -> bool:
        """Whether an organisation begins here: "Đoàn Thanh niên" is no Mr Đoàn."""
        body = self.table.body_forms.match(self.folded, start)
        return body is not None and (body.end() > end or " " in body.group())

    def behind_body(self, start: int, end: int) -> int:
        """Where a foreign name of two words and more begins behind a body that runs into it: "Nhà | Trắng | Sean Mau"."""
        for at in (start, self.folded.rfind(" ", 0, max(0, start - 1)) + 1):
            body = self.table.body_forms.match(self.folded, at)
            if body is not None and " " in body.group() and start < body.end() < end - 3:
                rest = body.end() + 1
                if " " in self.text[rest:end] and self.text[rest:end].isascii() and self.text[rest].isupper():
                    return rest
        return start

    def behind_topic(self, start: int, end: int) -> int:
        """Where a foreign name begins behind the topic of a post that a vote has with it: "Thứ trưởng | Tư Pháp Rod Mau"."""
        words = self.text[start:end].split(" ")
        topic = next((i for i, word in enumerate(words) if word.isascii()), 0)
        if not topic or start - 1 not in self.role_ends or self.folded[start:end].split(" ")[0] in self.table.surnames:
            return start
        name = words[topic:]
        foreign = len(name) > 1 and all(w.isascii() and patterns.ALIEN.search(fold(w)) for w in name)
        return start + len(" ".join(words[:topic])) + 1 if foreign else start

    def outvoted(self, person: Mention) -> bool:
        """Whether the name is more surely the end of an organisation's: "đại biểu Quốc hội Đoàn Lạng Sơn"."""
        around = (self.bodies[number] for number in self.body_spans.meeting(person.start, person.end))
        return any(
            body.start < person.start
            and person.end <= body.end
            and body.evidence.confidence > person.evidence.confidence
            for body in around
        )

    def parted(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Two whole names that no mark parts, each opened by a surname ("Lê Văn Tám Vũ Thị Bảy" in a table's cell), or the one."""
        words = [m.span() for m in patterns.WORD.finditer(self.text, start, end)]
        if len(words) == 6 and self.text.count(" ", start, end) == 5:
            heads = (self.folded[slice(*words[0])], self.folded[slice(*words[3])])
            if all(head in self.table.surnames for head in heads) and all(self.text[s].isupper() for s, _ in words):
                return (start, words[2][1]), (words[3][0], end)
        return ((start, end),)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Ranks and forms of address off the front, marks and the next sentence's words off the back."""
        text, folded = self.text, self.folded
        start = self._behind_address(start, end)
        while (cut := patterns.TAIL.search(folded, start, end)) and cut.start() > start:
            if cut.group().startswith(" ") and text.count(" ", start, cut.start()) < 2:
                break
            end = cut.start()
        if glued := patterns.GLUED.search(folded, start, end):
            end = glued.start()
        while end > start and text[end - 1] in " ,;:-–)":
            end -= 1
        return self._behind_own_country(start, end), end

    def _behind_address(self, start: int, end: int) -> int:
        """Where a name begins behind its ranks and forms of address."""
        while match := self.table.address.match(self.folded, start, end):
            rest = match.end()
            while rest < end and not self.text[rest].isalpha():
                rest += 1
            if rest >= end or not self.text[match.end()].isspace() or not self.text[rest].isupper():
                break
            start = rest
        return start

    def _behind_own_country(self, start: int, end: int) -> int:
        """Where a name begins behind its country: "Tổng thống | Mỹ Donald Trump", "Thủ tướng Chính phủ | Lào …"."""
        country = self.table.countries.match(self.folded, start, end) or telling().match(self.folded, start, end)
        if country is None or country.end() >= end - 3 or self.text[country.end()] != " ":
            return start
        led = start - 1 in self.role_ends or self.folded.endswith(starts("government"), 0, start)
        rest = self.text[country.end() + 1 : end]
        # "Hoa Kỳ | Mary Mẫu", "Bộ trưởng Y tế Ethiopia | Paulo Mẫu"
        long = " " in rest and (" " in country.group() or not is_syllable(country.group()))
        return country.end() + 1 if led or long else start

    def add(self, start: int, end: int, source: str, *, known: bool = False) -> None:
        """Keep a name unless its surroundings say that it is none; `known` names stand elsewhere in full."""
        if self._no_name(start, end, known=known):
            return
        end = self._whole_end(start, end)
        lead = self._lead(start)
        private = self.table.private.search(self.folded, max(0, start - 40), start) is not None
        if patterns.CREDIT.search(self.folded, max(0, start - 40), start):
            source, private = "credit", True
        name = self.text[start:end]
        full = len(name.split()) >= 2 or patterns.PREFIXED.fullmatch(name) is not None
        self.found[start] = Name(start, end, name, name_key(name), full, lead < start, private, source, lead)
        self.taken[start:end] = b"\1" * (end - start)

    def _lead(self, start: int) -> int:
        """Where the forms of address before a name begin; a country behind a post is none: "Thủ tướng Anh | Mary Mẫu"."""
        lead = self.marks.lead(start, max(0, start - patterns.BACK))
        country = self.table.countries.match(self.folded, lead) if self.text[lead].isupper() else None
        of_post = lead < start and lead - 1 in self.role_ends and country is not None and country.end() == start - 1
        return start if of_post else lead

    def _no_name(self, start: int, end: int, *, known: bool) -> bool:
        """Whether a run is no name: a term, what bears a name, a country, a province of the past."""
        text, folded = self.text, self.folded
        if "\n" in text[start:end] or not text[start].isalpha() or folded.startswith(starts("term-word"), start):
            return True
        if folded.startswith(starts("opens-no-name") + starts("opens-place"), start) or patterns.NAMED.search(
            folded, max(0, start - 20), start
        ):
            return True
        if self._of_unit(start):
            return True
        country = self.table.countries.match(folded, start)
        return (country is not None and country.end() >= end and not known) or folded[start:end] in _old_provinces()

    def _whole_end(self, start: int, end: int) -> int:
        """Where a name ends with what belongs to it, and without the word behind a foreign one."""
        text = self.text
        if text[end : end + 1] == "." and text[end - 2 : end - 1] == " " and text[end - 1].isupper():
            end += 1  # "Lương Minh Q."
        last = text.rfind(" ", start, end) + 1
        if text.count(" ", start, end) > 1 and patterns.CAPTION.match(self.folded, last):
            return last - 1
        tail = patterns.HYPHENED.match(text, end)
        if tail is None and text[start:end].isascii():
            tail = patterns.PARTICLED.match(text, end)
        if tail is None and " " in text[start:end]:
            tail = patterns.GIVEN.match(text, end)
        return self._before_alien_tail(start, tail.end() if tail else end)

    def _before_alien_tail(self, start: int, end: int) -> int:
        """Where a foreign name of two words ends before a third one: "Maria Zakharova | Bên"."""
        words = self.text[start:end].split()
        if len(words) != 3 or not all(w.isascii() and patterns.ALIEN.search(fold(w)) for w in words[:2]):
            return end
        cut = patterns.FOREIGN_TAIL.search(self.text, start, end)
        return cut.start() if cut else end

    def free(self, start: int, end: int) -> bool:
        """Whether no name was found on any of these characters yet."""
        return self.taken.find(1, start, end) < 0

    def placed(self, start: int, end: int) -> bool:
        """Whether a place stands in a run, one with a code or one that the statistical layer sees."""
        return self.located.find(1, start, end) >= 0 or self.places.find(1, start, end) >= 0

    def opens_otherwise(self, at: int) -> bool:
        """Whether a body or a form of address begins at `at`."""
        return at in self.marks.address_ends or self.table.body_forms.match(self.folded, at) is not None

    def seated(self, at: int) -> bool:
        """Whether a foreign run is the name of a place or a thing by the word before it: "tại | Lomau", "thủ đô | Lomau"."""
        return self.folded.endswith(starts("before-no-person"), 0, at) or self._of_unit(at)

    def _of_unit(self, at: int) -> bool:
        """Whether the name of a unit of another country begins at an offset: "thủ đô | Lomau"."""
        if patterns.FOREIGN_UNIT_BEFORE.search(self.folded, max(0, at - patterns.UNIT_BACK), at) is None:
            return False
        word = patterns.SYLLABLE.match(self.text, at)
        if word is None or len(word.group()) < 3 or not word.group().isascii():
            return False  # "Y Mẫu" is a name of this country
        return fold(word.group()) not in self.table.all_surnames

    def unclaimed(self, start: int, end: int) -> bool:
        """Whether a run is no place, and no body and no form of address opens it."""
        return not self.placed(start, end) and not self.opens_otherwise(start)

    @cached_property
    def surnamed(self) -> list[int]:
        """Where a word with a capital stands that is a surname, in text order."""
        places = token_places(self.reading)
        found = [
            at for word in places.keys() & self.table.all_surnames for at in places[word] if self.text[at].isupper()
        ]
        return sorted(found)

    def acts(self, end: int) -> bool:
        """Whether a verb of what persons do follows: "cho biết", "trao", "dự"."""
        return self.folded[end : end + 1] == " " and self.table.activity.match(self.folded, end + 1) is not None

    def native(self, start: int, end: int) -> bool:
        """Whether a run of three or four syllables is a Vietnamese name and nothing else."""
        words = self.folded[start:end].split()
        if not 3 <= len(words) <= 4 or words[0] not in self.table.surnames or self.located.find(1, start, end) >= 0:
            return False
        return self.places.find(1, start, end) < 0 and not self.opens_otherwise(start)


@cache
def _old_provinces() -> frozenset[str]:
    return frozenset(map(fold, former_provinces()))


def _mask(size: int, spans: Sequence[tuple[int, int]]) -> bytearray:
    mask = bytearray(size)
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask
