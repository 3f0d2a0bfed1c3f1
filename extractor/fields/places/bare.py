"""Names without a type word: aliases, bare units and places that are no units, word by word through the runs of capitals."""

from __future__ import annotations

from extractor.compiled import anchored
from extractor.fields.places.bare_evidence import BareName, apply_noun, neighbours, road_end, weigh
from extractor.fields.places.candidates import (
    PIECE,
    RUN,
    UNIT_LEVELS,
    PlaceCandidate,
    PlaceReader,
    Words,
)
from extractor.fields.places.rows import (
    NounRow,
    companies,
    other_names,
    other_pairs,
    split_words,
    template,
    words,
)
from extractor.gazetteer import Unit, gazetteer, key
from extractor.gazetteer.names import syllable
from extractor.rules import cache

_PAUSES = frozenset((". ", ", ", ": ", "; ", "? ", "! ", ") ", "- ", "– "))  # no noun stands before a name
_NEXT = anchored(r"[ ]\p{L}+")
_MORE = template(r"(?:\s*[,;]\s*(?:{and}\s+)?|\s+{and}\s+)" + RUN.pattern)
_SEVERAL = template(
    r"(?<!\p{L})(?:{plural}\s+(?:\p{L}+\s+)?|(?:{number}|(?<!{house}\s)(?<!\d)\d{1,2})\s+)$",
)


def find_bare(reader: PlaceReader) -> None:
    """Add every capitalised name that can be a unit, and the other places, to the reader."""
    scan = _Scan(reader)
    scan.runs()
    companies_named = scan.companies - reader.typed_keys
    for candidate in reader.candidates if companies_named else ():
        if candidate.bare and candidate.key in companies_named:
            candidate.company_name = True
    _listed_others(reader)


def _listed_others(reader: PlaceReader) -> None:
    """The names after the first of a list of lakes or streets are no units either: "các hồ A, B và C"."""
    candidates = sorted(reader.candidates, key=lambda s: s.start)
    for index, head in enumerate(candidates):
        if not head.other or not _SEVERAL.search(reader.folded, max(0, head.start - 20), head.start):
            continue
        end = head.end
        while (more := _MORE.match(reader.text, end)) is not None:
            end = more.end()
        _mark_others(candidates, index + 1, end)


def _mark_others(candidates: list[PlaceCandidate], first: int, end: int) -> None:
    for at in range(first, len(candidates)):
        candidate = candidates[at]
        if candidate.end > end or any(len(u.code) == 2 for u in candidate.units):
            break  # "các hồ A, B, Hà Nội": the province ends the list
        if candidate.bare and not candidate.typed:
            candidate.other, candidate.kept, candidate.note = True, False, "in a list of lakes or streets"


@cache
def _pairs() -> frozenset[str]:
    return gazetteer().pairs() | other_pairs()


class _Scan:
    """One pass over the runs of capitalised words; `companies` are the keys of communes' names that companies bear.

    A step reads the word at an index and says how many words it used; the first that uses any counts.
    """

    def __init__(self, reader: PlaceReader) -> None:
        self.reader, self.companies = reader, set[str]()
        self.heads, self.by_key = reader.units.province_heads(), reader.units.by_key
        self.pairs, self.others, self.openers, self.tails = _pairs(), other_names(), reader.aliases, reader.noun_tails

    def runs(self) -> None:
        """Read every run."""
        text, taken = self.reader.text, self.reader.taken
        for run in RUN.finditer(text):
            if taken[run.start()] and taken[run.end() - 1] and run.end() - run.start() < 14:
                continue
            whole = run.span()
            run_words = [whole] if run.group().isalpha() else [m.span() for m in PIECE.finditer(text, *whole)]
            index, size = 0, len(run_words)
            while index < size:
                index += 1 if taken[run_words[index][0]] else self._at(run_words, index)

    def _at(self, words: Words, index: int) -> int:
        start, folded = words[index][0], self.reader.folded
        opener = self.openers.get(folded[start : start + 2])
        if opener is not None and folded.startswith(opener[0], start) and (used := self._alias(words, index)):
            return used
        if not self._begins(words, index):
            # No name begins so: most capitalised words are sentences' first ones and people's.
            return len(words) if not index and self._after_noun(start) and _named_other(self.reader, words) else 1
        if _side_of_region(self.reader, words, index):
            return 1
        return self._other(words, index) or self._unit(words, index)

    def _alias(self, words: Words, index: int) -> int:
        alias = self.reader.alias(words[index][0])
        if alias is None:
            return 0
        _alias(self.reader, alias, words, index)
        return _words_to(words, index, alias.end)

    def _begins(self, words: Words, index: int) -> bool:
        """Whether any name known begins with the word: a unit's, a place's, one that the article spells in its own way."""
        text, (start, end) = self.reader.text, words[index]
        first = syllable(text[start:end])
        if first in self.by_key or first in self.others:
            return True
        if index + 1 < len(words):
            two = first + syllable(text[words[index + 1][0] : words[index + 1][1]])
            if two in self.pairs or two in self.by_key or two in self.others:
                return True
        elif first in self.heads or first in self.pairs:
            return True
        return first in self.reader.local_starts

    def _after_noun(self, start: int) -> bool:
        """A cheap test whether a noun of places can stand before the word."""
        folded = self.reader.folded
        if folded[max(0, start - 2) : start] in _PAUSES:
            return False
        before = folded[max(0, start - 3) : start]
        return folded[max(0, start - 3) : start - 1] in self.tails or not before.strip().isalpha()

    def _other(self, words: Words, index: int) -> int:
        """The name of a country, a region or a foreign city, unless a unit's is longer."""
        reader, size = self.reader, _other_size(self.reader, words, index)
        if not size or size < reader.known(words[index : index + 7], UNIT_LEVELS)[0]:
            return 0
        if _typed_before(reader, words, index, size):
            return 0
        start, end = words[index][0], words[index + size - 1][1]
        reader.take(PlaceCandidate(start, end, reader.text[start:end], ("other",), "other", "", other=True))
        return size

    def _unit(self, words: Words, index: int) -> int:
        """A unit of the name; at the head of a run without one a place that a noun announces."""
        reader, start = self.reader, words[index][0]
        count, end, found = self._known(words, index)
        if count and not reader.text[start].isdigit():
            _bare(reader, words, index, count, end, found)
            if all(len(u.code) == 5 for u in found) and _after_company(reader, start):
                self.companies.add(reader.candidates[-1].key)
        elif not count and not index and _named_other(reader, words):
            return len(words)
        return max(1, count)

    def _known(self, words: Words, index: int) -> tuple[int, int, list[Unit]]:
        """How many words name a unit, where they end, and its states; a province's second syllable can be small."""
        reader = self.reader
        count, found = reader.known(words[index : index + 7], UNIT_LEVELS)
        if count and reader.taken[words[index + count - 1][1] - 1]:
            count = 0
        if count:
            return count, words[index + count - 1][1], found
        if index + 1 == len(words) and syllable(reader.text[slice(*words[index])]) in self.heads:
            end, found = reader.small(words[index])
            return int(end > 0), end, found
        return 0, 0, found


def _words_to(words: Words, index: int, end: int) -> int:
    """How many words from `index` on begin before an offset; a run may have thousands behind it."""
    at = index
    while at < len(words) and words[at][0] < end:
        at += 1
    return at - index


def _alias(reader: PlaceReader, candidate: PlaceCandidate, words: Words, index: int) -> None:
    row, begin = reader.noun(candidate.start)
    count = _words_to(words, index, candidate.end)
    if not candidate.vote:  # a popular name: "tại Sài Gòn", not "Sài Gòn Giải Phóng"
        candidate.vote = neighbours(reader, words, index, count, province=False) - 1.5
        if row is not None and row.effect == "unit":
            candidate.vote += 1.3
    if row is not None and not candidate.typed and _makes_other(row, candidate):
        candidate.other, candidate.start = True, begin
        if row.joined and count:
            _to_road_end(reader, candidate, words, index, count)
    reader.take(candidate)


def _to_road_end(reader: PlaceReader, candidate: PlaceCandidate, words: Words, index: int, count: int) -> None:
    """Run a road that bears a unit's name on to its other end: "quốc lộ Hà Nội - Hải Phòng"."""
    candidate.end = max(candidate.end, road_end(reader, words, index + count))
    if candidate.end > words[index + count - 1][1]:
        candidate.name = reader.text[words[index][0] : candidate.end]


def _makes_other(row: NounRow, candidate: PlaceCandidate) -> bool:
    return row.effect == "other" and not (row.area and "province" in candidate.levels)


def _other_size(reader: PlaceReader, words: Words, index: int) -> int:
    """How many words from `index` on name a country, a region or a foreign city."""
    table, joined, best = other_names(), "", 0
    for count, (start, end) in enumerate(words[index : index + 4], 1):
        joined += syllable(reader.text[start:end])
        if joined in table:
            best = count
    return best


def _typed_before(reader: PlaceReader, run: Words, index: int, count: int) -> bool:
    """Whether the name of a country or region is a unit's or a person's here: named with a type word, or "vua Tự Đức"."""
    joined = "".join(syllable(reader.text[start:end]) for start, end in run[index : index + count])
    if joined in reader.typed_keys:
        return True
    start, end = run[index][0], run[index + count - 1][1]
    if reader.folded[start:end] in words("corner") and reader.folded.endswith(_towards(), 0, start):
        return True
    if count == 1 and (m := _NEXT.match(reader.folded, end)) and reader.folded[start : m.end()] in words("openings"):
        return True
    return count == 1 and _in_name(reader, run, index)


@cache
def _towards() -> tuple[str, ...]:
    return tuple(f"{word} " for word in words("towards"))


@cache
def _region_tails() -> tuple[str, ...]:
    return tuple(f" {word}" for word in words("region-tail"))


def _side_of_region(reader: PlaceReader, run: Words, index: int) -> bool:
    """Whether a word names the side of the region after it: "phía Tây Bắc Bộ" is the west of Bắc Bộ."""
    if index + 2 >= len(run) or not reader.folded.endswith(_towards(), 0, run[index][0]):
        return False
    end = run[index + 1][1]
    return reader.folded[run[index][0] : end] in words("corner") and reader.folded.startswith(_region_tails(), end)


def _in_name(reader: PlaceReader, words: Words, index: int) -> bool:
    """Whether a one-word country is a syllable of a person's name ("vua Tự Đức", "bà Mỹ Phi")."""
    if index and not reader.text[words[index - 1][1] : words[index][0]].strip() and not reader.upper(words[index - 1]):
        return True
    row, _ = reader.noun(words[index][0])
    return row is not None and row.effect == "person"


def _named_other(reader: PlaceReader, words: Words) -> bool:
    """A name of no unit after a word for a road, a river, a hospital: a place of level `other`."""
    row, begin = reader.noun(words[0][0])
    if row is None or row.effect != "other" or begin >= words[0][0] or not _can_name(reader, row, words, begin):
        return False
    end = _with_small_tail(reader, _last_word(reader, words)[1])
    if any(reader.taken[begin:end]):
        return False
    name = reader.text[words[0][0] : end]
    reader.take(PlaceCandidate(begin, end, name, ("other",), row.id, "", other=True))
    return True


def _can_name(reader: PlaceReader, row: NounRow, words: Words, begin: int) -> bool:
    """Whether a run can be the name after a noun: of several words for most, no acronym, no province's in its end."""
    if len(words) == 1 and not row.single:
        return False
    for i in range(1, min(len(words), 9)):
        if any(len(u.code) == 2 for u in reader.known(words[i : i + 6], UNIT_LEVELS[:1])[1]):
            return False  # "Bệnh viện Mắt Thanh Hóa": a province ends the name
    if not reader.upper(words[0]):
        return True
    noun = reader.text[begin : words[0][0]].strip()
    return not (row.no_acronym and noun.islower()) and not (len(words) == 1 and noun.islower())


def _with_small_tail(reader: PlaceReader, end: int) -> int:
    """The end of a name with the small word that belongs to its last one: "Bệnh viện Nhi Trung ương"."""
    for last, heads in split_words("small-tail").items():
        if reader.folded.startswith(f" {last}", end) and reader.folded.endswith(
            tuple(f" {head.rstrip()}" for head in heads), 0, end
        ):
            return end + 1 + len(last)
    return end


def _last_word(reader: PlaceReader, run: Words) -> tuple[int, int]:
    """The last word of a run that is a place's name as a whole: before a dash and an office, before `Số`."""
    last = run[0]
    for word in run[1:]:
        low = reader.folded[slice(*word)]
        if low in words("number-sign") or (low in words("office-start") and reader.text[last[1] : word[0]].strip()):
            break
        last = word
    return last


def _bare(reader: PlaceReader, words: Words, index: int, count: int, end: int, found: list[Unit]) -> None:
    start = words[index][0]
    name = reader.text[start:end]
    candidate = PlaceCandidate(start, end, name, UNIT_LEVELS, "bare", key(name), list(found), bare=True)
    candidate.exact = candidate.key not in reader.local
    bare = BareName.read(reader, candidate, words, index, count)
    weigh(bare)
    apply_noun(bare)
    reader.take(candidate)


def _after_company(reader: PlaceReader, start: int) -> bool:
    """Whether a company's word stands before a name with nothing but its trade between ("Công ty CP chăn nuôi A")."""
    return companies().search(reader.folded, max(0, start - 70), start) is not None
