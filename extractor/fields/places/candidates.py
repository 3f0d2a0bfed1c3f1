"""What the text may name as a place: the candidate (`PlaceCandidate`) and the reading of a name at an offset.

A `PlaceCandidate` holds every unit state it can mean; `resolve` chooses among them by the whole article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.fields.places.rows import (
    AliasRow,
    NounRow,
    aliases,
    noun_endings,
    noun_tails,
    nouns,
    split_words,
    template,
)
from extractor.fields.places.rows import (
    words as forms_of,
)
from extractor.gazetteer import Gazetteer, Unit, key
from extractor.gazetteer.names import syllable
from extractor.models import Mention, Reading
from extractor.rules import cache
from extractor.text import fold

WORD = r"\p{Lu}[\p{L}\p{M}]*(?:['’`´‘]\s?\p{L}+)*"
SEP = r"(?:[ \u00a0]{1,2}|\s?[-–]\s?)"
_START = rf"(?<![\p{{L}}\p{{N}}]){WORD}"
_ITEM = rf"(?:{SEP}(?:{WORD}|\p{{N}}{{1,2}}(?![\p{{N}}%.,/]?\p{{N}}|%)))"
RUN = compiled(f"{_START}{_ITEM}*+")
# A name of units has up to six words; reading no further from each of them keeps hostile input linear.
_SHORT_RUN = compiled(f"{_START}{_ITEM}{{0,9}}+")
PIECE = compiled(r"[\p{L}\p{M}]+(?:['’`´‘]\s?\p{L}+)*|\p{N}+")
NUMBER = compiled(r"(\p{N}{1,3})(?![\p{N}\p{L}%]|[.,/:-]\p{N})")
UNIT_LEVELS = ("province", "district", "commune")
_LOWER = compiled(r"[ \u00a0]([\p{Ll}\p{M}]+)")
_ANY = compiled(r"[ \u00a0]([\p{L}\p{M}]+)")
_BODY = template(r"(?:{alias-type}\s+|t\.?p\s?\.?\s?)?")
FORMER = template(r"\s*[(,]?\s*{former}(?!\p{L})|\s+{formerly}(?!\p{L}|\s+{was})")
# "A (xã)", "A là một phường", "A | | Xã": the type of a bare name is told behind it.
TOLD_COMMUNE = template(r"\s*(?:\(|[|\s]*\|\s*|{is}\s+(?:{one}\s+)?){commune-word}(?!\p{L})")

Words = list[tuple[int, int]]
Found = tuple[int, list[Unit], bool]  # end of the name, states, whether the spelling is a unit's own


@dataclass(slots=True)
class PlaceCandidate:
    """A place the text may name. `units` holds every state of every unit it can mean; empty for hamlets and unknown names.

    `levels` are what it can be; `typed` when a type word of its own or of its list's head says the level; `head` is the
    first item of its list; `above` the place named after it that can hold it, `holds` those
    that it holds so; `stray` when the province named after it has no such unit; `run` the province whose communes a list
    of 2025 names; `person` when the statistical layer takes it for a person's name, `cell` when it fills a table's cell,
    `company_name` when a company of the article bears the name, `bare` for a name without a type word, `abroad` when its type
    word serves units of other countries too; `vote` sums the evidence for a bare name.
    """

    start: int
    end: int
    name: str
    levels: tuple[str, ...]
    rule: str
    key: str
    units: list[Unit] = field(default_factory=list)
    typed: bool = False
    types: tuple[str, ...] = ()
    head: PlaceCandidate | None = None
    above: PlaceCandidate | None = None
    holds: list[PlaceCandidate] = field(default_factory=list)
    stray: bool = False
    run: str = ""
    person: bool = False
    cell: bool = False
    company_name: bool = False
    bare: bool = False
    abroad: bool = False
    vote: float = 0.0
    exact: bool = True
    other: bool = False
    kept: bool = True
    chosen: Unit | None = None
    rivals: tuple[str, ...] = ()
    margin: float = 0.0
    note: str | None = None

    def own_spelling(self, unit: Unit) -> bool:
        """Whether the record gives the unit's name in the gazetteer's spelling: the text differs in case, or is misspelt."""
        if not self.exact or self.name.isupper() or unit.name[0].isdigit():
            return True
        if self.name.lower() == unit.name.lower():
            return True
        return len(unit.code) == 2 and self.key == unit.key and fold(self.name) != fold(unit.name)


class PlaceReader:
    """One article while its places are read: the text, what is taken, and the names of the statistical layer."""

    def __init__(self, reading: Reading, names: Sequence[Mention], units: Gazetteer) -> None:
        self.reading, self.text, self.folded, self.units = reading, reading.text, reading.folded, units
        self.day = reading.published.isoformat() if reading.published else None
        self.taken = bytearray(len(reading.text))
        self.candidates: list[PlaceCandidate] = []
        self.typed_keys: set[str] = set()
        # What rows give is asked for once an article.
        self.surnames, self.type_starts = forms_of("surnames"), forms_of("type-start")
        self.nouns, self.noun_tails, self.noun_endings = nouns(), noun_tails(), noun_endings()
        self.compounds, self.aliases, self.second_words = split_words("compounds"), aliases(), _second_words()
        self._nouns: dict[int, tuple[NounRow | None, int]] = {}
        self.local: dict[str, list[Unit]] = {}
        self.local_starts: set[str] = set()  # with what the keys of `local` begin
        self.persons = Spans((m.start, m.end) for m in names if m.label == "PER")
        self.places = {(m.start, m.end) for m in names if m.label == "LOC"}

    def take(self, candidate: PlaceCandidate) -> None:
        """Add a candidate; its stretch of text is not read again."""
        self.taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
        self.candidates.append(candidate)
        if candidate.typed:
            self.typed_keys.add(candidate.key)
        if not candidate.exact and candidate.units:
            self.local[candidate.key] = candidate.units  # the article's own spelling serves its bare mentions too
            self.local_starts.update(candidate.key[:size] for size in range(len(candidate.key) + 1))

    def words(self, at: int) -> Words:
        """The capitalised words (and numbers) of the run that begins at `at`; empty where none begins."""
        run = _SHORT_RUN.match(self.text, at)
        return [m.span() for m in PIECE.finditer(self.text, at, run.end())] if run else []

    def known(self, words: Words, levels: tuple[str, ...]) -> tuple[int, list[Unit]]:
        """The longest prefix of `words` that names a unit of one of the levels: its number of words and its states."""
        best, found, joined = 0, [], ""
        by_key, local, text = self.units.by_key, self.local, self.text
        for count, (start, end) in enumerate(words[:6], 1):
            joined += syllable(text[start:end])
            states = by_key.get(joined) or local.get(joined)
            if states is not None:
                fit = states if levels is UNIT_LEVELS else [u for u in states if u.level in levels]
                if fit:
                    best, found = count, fit
        return best, found

    def person(self, at: int, words: Words, count: int) -> bool:
        """Whether the words at `at` are a person's: tagged so, or a family name and more words than the place has."""
        if self.persons.hold(at, at + 1):
            return True
        if len(words) <= count or self.folded[at : words[0][1]] not in self.surnames:
            return False
        return not self.text[words[count - 1][1] : words[count][0]].strip() and not self.upper(words[count])

    def upper(self, word: tuple[int, int]) -> bool:
        """Whether a word is an acronym."""
        text = self.text[word[0] : word[1]]
        return len(text) > 1 and text.isupper()

    def name_at(self, at: int, levels: tuple[str, ...]) -> Found | None:
        """The name after a type word, `at` being its first letter; None where no name begins."""
        words = self.words(at)
        if not words:
            return None
        count, found = self.known(words, levels)
        if not count:
            return self._lowered(words, levels) or self._alike(words, levels) or (self.cut(words), [], False)
        lowered = self._lowered(words[:count], levels) if count == len(words) else None
        return lowered or self._longer(words, levels, count) or self._in_time(words, levels, count, found)

    def _longer(self, words: Words, levels: tuple[str, ...], count: int) -> Found | None:
        """A longer name whose first word alone is a unit's: one that differs in diacritics, or one that no list knows."""
        if count != 1 or len(words) < 2 or self.text[words[0][1] : words[1][0]].strip():
            return None
        alike = self._alike(words[:3], levels, at_least=2)
        if alike:
            return alike
        follows = self.folded[slice(*words[1])]
        if follows in self.surnames or self._opens(follows, words[1][1]) or self.upper(words[1]):
            return None
        return self.cut(words), [], False  # "xã Tân Qwert" is not the commune Tân

    def _in_time(self, words: Words, levels: tuple[str, ...], count: int, found: list[Unit]) -> Found:
        """The name's states; where all came later than the article, those of a name that differs in diacritics too."""
        if self.day is not None and all(u.since > self.day for u in found):
            alike = self._alike(words[:count], levels, at_least=count)
            found = found + alike[1] if alike else found
        return words[count - 1][1], found, True

    def _lowered(self, words: Words, levels: tuple[str, ...]) -> Found | None:
        """A name whose later syllables are written small ("Yên bái", "thị trấn Nông trường Việt Trung")."""
        if len(words) > 2:
            return None
        start, end = words[0][0], words[-1][1]
        if not _LOWER.match(self.text, end):
            return None
        joined, best = "".join(syllable(self.text[s:e]) for s, e in words), None
        for _ in range(4):
            more = _ANY.match(self.text, end)
            if not more:
                break
            end = more.end()
            joined += syllable(more.group(1))
            found = [u for u in self.units.by_key.get(joined, ()) if u.level in levels]
            if found and ("commune" not in levels or self._ends_phrase(start, end)):
                best = end, found, True
        return best

    def _ends_phrase(self, start: int, end: int) -> bool:
        """Whether a name with small syllables is sure to be one: two of them can be common words ("xã An toàn khu", "xã Bình
        yên"), so that a commune's name then ends a phrase."""
        return " " in self.text[start:end].split(maxsplit=1)[-1] or self.text[end : end + 1] in ",.;)"

    def _alike(self, words: Words, levels: tuple[str, ...], at_least: int = 1) -> Found | None:
        """A unit whose name differs only in diacritics ("Krông Buk")."""
        for count in range(min(4, len(words)), at_least - 1, -1):
            name = self.text[words[0][0] : words[count - 1][1]]
            if len(name) >= 4:
                found = [u for u in self.units.like(name) if u.level in levels]
                if found:
                    return words[count - 1][1], found, False
        return None

    def cut(self, words: Words) -> int:
        """Where an unknown name ends: before a dash, an acronym or the fifth word; a number ends it."""
        text, end = self.text, words[0][1]
        first_upper = self.upper(words[0])
        for count, (start, stop) in enumerate(words[1:], 1):
            if count >= 4 or self._dashed(end, start):
                break
            if self.upper((start, stop)) and not first_upper and stop - start > 3:
                break
            low = self.folded[start:stop]
            if self._opens(low, stop) or (low in self.surnames and len(words) - count >= 3):
                break
            end = stop
            if text[start:stop].isdigit():
                break
        return end

    def _dashed(self, start: int, end: int) -> bool:
        gap = self.text[start:end]
        return "-" in gap or "–" in gap

    def _opens(self, word: str, end: int) -> bool:
        """Whether a capitalised word is a type word of its own ("Thành phố", not the end of "Hòa Thành")."""
        second = self.second_words.get(word)
        if second is not None:
            return self.folded.startswith(second, end)
        return word in self.type_starts and self.folded[end : end + 2].lstrip()[:1].isalnum()

    def small(self, word: tuple[int, int]) -> tuple[int, list[Unit]]:
        """A province with a small second syllable ("Nghệ an"): its end and states, (0, []) where there is none."""
        start, end = word
        more = _LOWER.match(self.text, end)
        if not more or self.folded[start : more.end()] in forms_of("not-small") or self.upper(word):
            return 0, []
        found = [u for u in self.units.named(self.text[start : more.end()]) if len(u.code) == 2]
        return (more.end(), found) if found else (0, [])

    def noun(self, at: int) -> tuple[NounRow | None, int]:
        """The row of the longest noun phrase of up to five words that ends right before `at`, and where it begins."""
        found = self._nouns.get(at)
        if found is None:
            found = self._nouns[at] = self._noun(at)
        return found

    def _noun(self, at: int) -> tuple[NounRow | None, int]:
        folded, stop = self.folded, self._word_end(at)
        if stop is None:
            return None, at
        if folded[max(0, stop - 2) : stop].lstrip(" \u00a0\n\"'(") not in self.noun_tails:
            return None, at
        last = max(folded.rfind(" ", max(0, stop - 24), stop), folded.rfind("\n", max(0, stop - 24), stop)) + 1
        word = folded[last:stop].lstrip("\"'(")
        size = self.noun_endings.get(word, 0)
        heads = self.compounds.get(word)
        if not size or (heads is not None and folded.endswith(heads, 0, stop - len(word))):
            return None, at
        if size == 1:
            return self.nouns[word], stop - len(word)
        return self._phrase(at, stop, size)

    def _word_end(self, at: int) -> int | None:
        """Where the word ends that blanks and an opening quote part from a name; None where no word stands before it."""
        folded, stop = self.folded, at
        while stop and folded[stop - 1] in " \u00a0\"'":
            stop -= 1
        if stop == at or not stop or (folded[at - 1] in " \u00a0" and '"' in folded[stop:at]):
            return None  # a quote closes between them: "A Phủ" Trần Phương
        return stop

    def _phrase(self, at: int, stop: int, size: int) -> tuple[NounRow | None, int]:
        """The noun's row of the longest phrase of up to `size` words that ends at `stop`."""
        folded, table = self.folded, self.nouns
        words = [(m.start(), m.end()) for m in _TOKEN.finditer(folded, max(0, at - 44), stop)][-size:]
        for start, _ in words:
            row = table.get(" ".join(folded[start:stop].split()))
            if row is not None:
                return row, start
        return None, at

    def alias(self, at: int) -> PlaceCandidate | None:
        """The alias that begins at `at`."""
        hit = self.aliases.get(self.folded[at : at + 2])
        if hit is None or not self.folded.startswith(hit[0], at):
            return None
        _, pattern, rows = hit
        m = pattern.match(self.folded, at)
        return self._alias(m, rows[m.lastindex - 1]) if m else None

    def _alias(self, m: regex.Match[str], row: AliasRow) -> PlaceCandidate | None:
        start, end = m.span()
        body = _BODY.match(self.folded, start, end)
        at = body.end() if body else start
        if self.text[start:end].islower() or (start and self.text[start - 1].isupper()):
            return None
        states = list(self.units.versions(row.code)) if row.code else []
        typed = at > start
        if not typed and (self.text[at:end].islower() or not (states or self._former_province(start, end))):
            return None
        name = _alias_name(row, self.text[at:end])
        level = "district" if row.of_district else "province"
        rule = f"alias-{row.id}"
        candidate = PlaceCandidate(start, end, name, (level,), rule, key(row.name or name), states, typed=typed)
        candidate.vote = 0.0 if row.bare else 4.0
        return candidate

    def _former_province(self, start: int, end: int) -> bool:
        """Whether a province of before 2017 is meant, which have the names of people: with its word, or "cũ" after it."""
        noun, _ = self.noun(start)
        if noun is not None and not noun.soft and "province" in noun.level:
            return True
        return FORMER.match(self.folded, end) is not None


@cache
def _second_words() -> dict[str, str]:
    """First syllable of a type word of two, and the second after a blank: only both begin a name."""
    return {heads[0].rstrip(): f" {last}" for last, heads in split_words("type-pair").items()}


def _alias_name(row: AliasRow, written: str) -> str:
    """The name that a record gives an alias: the row's, or the text's where that is the whole name in another spelling."""
    name = row.name if row.name and not row.own else written
    return written if _spelled_out(written, name) else name  # "Bà Rịa-Vũng Tàu", "Buôn Mê Thuột"


def _spelled_out(written: str, name: str) -> bool:
    """Whether an alias is a unit's whole name in another spelling, no abbreviation and no other name."""
    if written.isupper() or not all(word[0].isupper() for word in PIECE.findall(written)):
        return False
    return len(PIECE.findall(written)) == len(PIECE.findall(name)) and written[0] == name[0]


_TOKEN = compiled(r"[^\s\"'“”‘’(),;:]+|[(),;:]")
