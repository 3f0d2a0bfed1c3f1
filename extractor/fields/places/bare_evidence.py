"""The evidence for a bare name of a unit: a table of named weights, and what the noun before it makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.compiled import compiled
from extractor.fields.places.candidates import UNIT_LEVELS, PlaceCandidate, PlaceReader, Words
from extractor.fields.places.rows import NounRow, keys, words

_INITIAL = compiled(r"(?<!\p{L})\p{Lu}\.\s?$")
_SIGNS = (".", "”", '"', "…", "!", "?")  # of a text's end, before its author


@dataclass(slots=True)
class BareName:
    """A bare name in its run: `noun` is the row of the noun right before it, which begins at `begin`; `head` the row that
    decides, that of the noun before the whole run where the name is not its first; `province` when it can be one."""

    reader: PlaceReader
    candidate: PlaceCandidate
    words: Words
    index: int
    count: int
    province: bool
    district: bool
    noun: NounRow | None
    begin: int
    head: NounRow | None

    @classmethod
    def read(cls, reader: PlaceReader, candidate: PlaceCandidate, words: Words, index: int, count: int) -> BareName:
        """The name of a candidate whose words are `count` from `index` on."""
        noun, begin = reader.noun(candidate.start)
        sizes = {len(u.code) for u in candidate.units}
        name = cls(reader, candidate, words, index, count, 2 in sizes, 3 in sizes, noun, begin, noun)
        if index:
            name.head = _head(name)
        return name

    @property
    def start(self) -> int:
        """Where the name begins."""
        return self.words[self.index][0]

    @property
    def end(self) -> int:
        """Where the name ends, before a noun has a say."""
        return self.candidate.end


def _head(bare: BareName) -> NounRow | None:
    """The noun that decides about a name within a run: that of the run, or its own where that says more."""
    reader, noun, run = bare.reader, bare.noun, bare.words
    row, _ = reader.noun(run[0][0])
    within = " ".join(reader.folded[bare.begin : bare.start].split())
    if noun is not None and noun.effect == "unit" and " " in within:
        row = noun  # "Trường THCS A", "Đảng ủy A" at the head of a sentence
    if noun is not None and noun.effect == "other" and bare.begin == run[0][0] and within not in reader.surnames:
        # "Vịnh Hạ Long", "KCN Tân Tạo"; "Cảng Quy Nhơn" is a company
        row = noun if not noun.area or reader.upper(run[0]) else row
    return row


# -- evidence -------------------------------------------------------------------------------------------------------


def _initial(bare: BareName) -> float:
    """An initial before it: a person's name."""
    return -5.0 if _INITIAL.search(bare.reader.text, max(0, bare.start - 4), bare.start) else 0.0


def _longer_name(bare: BareName) -> float:
    """The last word of a street's or a river's longer name: "đường Tân Kỳ Tân Quý"."""
    head = bare.head
    if not bare.index or head is None or head.effect != "other" or head.area or bare.province:
        return 0.0
    between = bare.reader.text[bare.words[0][0] : bare.start]
    return -3.0 if between.replace(" ", "").isalpha() else 0.0  # only blanks between the words


def _neighbours(bare: BareName) -> float:
    """The capitalised words beside it."""
    return neighbours(bare.reader, bare.words, bare.index, bare.count, province=bare.province)


def _person(bare: BareName) -> float:
    """A person's name for the statistical layer, unless a body's word or a table's cell holds it."""
    reader, candidate, start, end = bare.reader, bare.candidate, bare.start, bare.end
    candidate.cell = _cell(reader.text, start, end)
    body = bare.noun is not None and bare.noun.effect == "unit" and not bare.noun.soft  # "Đoàn Hưng Yên" is no person
    if body or candidate.cell or not reader.persons.hold(start, end):
        return 0.0
    candidate.person = True
    return -4.0


def _place(bare: BareName) -> float:
    """A place's name for the statistical layer."""
    if (bare.start, bare.end) not in bare.reader.places:
        return 0.0
    return 2.0 if bare.province else 1.5 if bare.district else 0.8


def _like_a_person(bare: BareName) -> float:
    """It begins with a family name, or signs the text."""
    reader, start = bare.reader, bare.start
    named_so = reader.folded[start : bare.words[bare.index][1]] in reader.surnames and (
        bare.candidate.name.count(" ") > 1 or not bare.district
    )
    return -1.0 if not bare.province and (named_so or _signed(reader.text, start, bare.end)) else 0.0


def _symbol(bare: BareName) -> float:
    """Streets, schools and papers bear the name everywhere."""
    return -1.0 if not bare.province and bare.candidate.key in keys("symbols") else 0.0


def _person_first(bare: BareName) -> float:
    """The person, his thought and his prizes, unless a type word or a list of provinces says else."""
    return -6.0 if bare.candidate.key in keys("person-name") else 0.0


def _person_noun(bare: BareName) -> float:
    """A word for a person before it."""
    return -6.0 if bare.head is not None and bare.head.effect == "person" else 0.0


_EVIDENCE: tuple[Callable[[BareName], float], ...] = (
    _initial,
    _longer_name,
    _neighbours,
    _person,
    _place,
    _like_a_person,
    _symbol,
    _person_first,
    _person_noun,
)


def weigh(bare: BareName) -> None:
    """Sum the evidence into the candidate's `vote`."""
    for evidence in _EVIDENCE:
        bare.candidate.vote += evidence(bare)


# -- the noun -------------------------------------------------------------------------------------------------------


def apply_noun(bare: BareName) -> None:
    """What the noun before a name makes of it: no unit, a weaker one, a unit at the level that the noun says."""
    row = bare.head
    if row is None or row.effect == "person" or (bare.index and row is not bare.noun):
        return
    if row.effect == "unit":
        _of_body(bare.candidate, row)
    elif not row.area:
        _other(bare, row)
    elif not bare.province:
        if row.own:
            _other(bare, row)
        else:
            bare.candidate.vote -= 1.3


def _of_body(candidate: PlaceCandidate, row: NounRow) -> None:
    """A body's word: the unit that it is of, at its level."""
    candidate.vote += 1.3 if row.soft else 2.5
    narrow = [u for u in candidate.units if u.level in row.level]
    if narrow and len(row.level) < 3:
        candidate.units, candidate.levels = narrow, row.level
        candidate.vote += 1.0


def _other(bare: BareName, row: NounRow) -> None:
    """No unit but a street, a river, a hospital: the name reaches over the noun and to its own end."""
    reader, candidate, start, end = bare.reader, bare.candidate, bare.start, bare.end
    candidate.other = True
    if not any(reader.taken[bare.begin : start]):
        candidate.start = bare.begin
    if row.joined:
        candidate.end = road_end(reader, bare.words, bare.index + bare.count)
    if candidate.end == end and row is bare.noun:
        candidate.end = _whole_end(reader, bare.words, bare.index + bare.count)
    candidate.name = reader.text[start : candidate.end]


def _whole_end(reader: PlaceReader, run: Words, index: int) -> int:
    """Where the name ends whose first words are a unit's too ("sông Bắc Hưng Hải", "đường Tân Kỳ Tân Quý")."""
    end, first = run[index - 1][1], index
    while index < len(run) and not reader.text[end : run[index][0]].strip() and not _breaks_name(reader, run, index):
        if index == first > 1 and reader.folded[slice(*run[index])] in reader.surnames and len(run) - index > 1:
            break  # "Giám đốc Bệnh viện Bạch Mai Nguyễn Văn A"
        end = run[index][1]
        index += 1
    return end


def _breaks_name(reader: PlaceReader, run: Words, index: int) -> bool:
    """Whether a word of a run belongs to no longer name: taken, an acronym, a number, a type word, a province."""
    start, stop = run[index]
    low = reader.folded[start:stop]
    if reader.taken[start] or reader.upper((start, stop)):
        return True
    if low.isdigit() or reader.text[stop : stop + 1].isdigit():
        return True
    if low in reader.type_starts or low in words("office-start") or reader.alias(start) is not None:
        return True
    return any(len(u.code) < 5 for u in reader.known(run[index : index + 6], UNIT_LEVELS)[1])


def road_end(reader: PlaceReader, run: Words, index: int) -> int:
    """Where a road's name ends that dashes join: "cao tốc Hà Nội - Hải Phòng" is one place, no road and a province."""
    while index < len(run):
        gap = reader.text[run[index - 1][1] : run[index][0]].strip()
        count, _ = reader.known(run[index : index + 7], UNIT_LEVELS)
        if not count and {reader.folded[slice(*run[i])] for i in (index - 1, index)} <= words("direction"):
            count = 1  # "đại lộ Đông - Tây"
        if gap not in ("-", "–") or not count or reader.taken[run[index][0]]:
            break
        index += count
    return run[index - 1][1]


def _cell(text: str, start: int, end: int) -> bool:
    """Whether a name fills a table's cell."""
    return text[start - 2 : start] == "| " and text[end : end + 2] == " |"


def _signed(text: str, start: int, end: int) -> bool:
    """Whether a name stands alone at the end of the text: the author's."""
    return (
        not text[end : end + 40].strip(" .\n*)") and text[max(0, start - 40) : start].rstrip(" \n-–*(")[-1:] in _SIGNS
    )


# -- the words beside -----------------------------------------------------------------------------------------------


def neighbours(reader: PlaceReader, run: Words, index: int, count: int, *, province: bool) -> float:
    """What the capitalised words right before and after say against a unit: they are a longer name, or a person's."""
    beside = run[max(0, index - 4) : index + count + 4]
    if len(beside) > 1 and reader.text[beside[0][0] : beside[-1][1]].isupper():
        if len(run) <= 4 and index and reader.folded[slice(*run[0])] in reader.surnames:
            return -5.0  # an author's name in capitals
        return 0.0 if province else -0.5
    return 0.0 + _before(reader, run, index, province) + _after(reader, run, index, count, province)


def _joined(reader: PlaceReader, before: tuple[int, int], after: tuple[int, int], beside: tuple[int, int]) -> bool:
    """Whether the word `beside` a name is joined to it by blanks alone and free to be a part of it: no acronym, no number."""
    if reader.taken[beside[0]] or reader.text[before[1] : after[0]].strip():
        return False
    return not reader.upper(beside) and not reader.text[beside[0] : beside[1]].isdigit()


def _before(reader: PlaceReader, run: Words, index: int, province: bool) -> float:
    if not index or not _joined(reader, run[index - 1], run[index], run[index - 1]):
        return 0.0
    noun, _ = reader.noun(run[index][0])
    if noun is not None and noun.effect == "unit":
        return 0.0
    word = reader.folded[slice(*run[index - 1])]
    if province and word in words("direction"):
        return -0.5
    prior = {reader.folded[start:end] for start, end in run[max(0, index - 3) : index]}
    if word in words("middle") or not reader.surnames.isdisjoint(prior):
        return -5.0
    return -0.5 if province else -2.0


def _after(reader: PlaceReader, run: Words, index: int, count: int, province: bool) -> float:
    end = index + count
    if end >= len(run) or not _joined(reader, run[end - 1], run[end], run[end]):
        return 0.0
    if reader.folded[slice(*run[end])] in reader.surnames and len(run) - end >= 2:
        return 0.0 if province else -1.0  # "Chủ tịch Hà Nội Nguyễn Văn A"
    if reader.folded[run[index][0] : run[index][1]] in reader.surnames:
        return -4.0
    return -0.8 if province else -3.0
