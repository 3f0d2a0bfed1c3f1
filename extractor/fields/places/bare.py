"""Names without a type word: aliases, bare units with the evidence for them, and places that are no units."""

from __future__ import annotations

from itertools import islice

import regex

from extractor.fields.places.candidates import PIECE, RUN, TYPE_STARTS, UNIT_LEVELS, PlaceCandidate, PlaceReader, Words
from extractor.fields.places.rows import (
    aliases,
    companies,
    noun_tails,
    openings,
    other_names,
    other_pairs,
    surnames,
    symbols,
)
from extractor.gazetteer import Unit, gazetteer, key
from extractor.gazetteer.names import syllable
from extractor.rules import cache

_DIRECTIONS = frozenset(("bắc", "nam", "đông", "tây"))
_CORNERS = frozenset(("đông bắc", "tây bắc"))
_PAUSES = frozenset((". ", ", ", ": ", "; ", "? ", "! ", ") ", "- ", "– "))  # no noun stands before a name
_INITIAL = regex.compile(r"(?<!\p{L})\p{Lu}\.\s?$")
_NEXT = regex.compile(r"[ ]\p{L}+")
_NO_PART = frozenset(
    ("cục", "chi", "sở", "tổng", "công", "bộ", "ban", "phòng", "đội", "ông", "bà", "ảnh")
)  # "Cái Mép- Cục Hải quan"
_HCM = key("Hồ Chí Minh")


def find_bare(reader: PlaceReader) -> None:
    """Add every capitalised name that can be a unit, and the other places, to the reader."""
    firms: set[str] = set()
    _runs(reader, firms)
    firms -= reader.typed_keys
    for candidate in reader.candidates if firms else ():
        if candidate.rule == "bare" and candidate.key in firms:
            candidate.company_name = True
    _listed_others(reader)


_MORE = regex.compile(rf"(?:\s*[,;]\s*(?:và\s+)?|\s+và\s+){RUN.pattern}")
_SEVERAL = regex.compile(
    r"(?<!\p{L})(?:(?:các|những|nhiều|mấy)\s+(?:\p{L}+\s+)?|(?:hai|ba|bốn|sáu|bảy|tám|chín|mười"
    r"|(?<!(?:số|ngõ|hẻm|ngách|kiệt|nhà|lô)\s)(?<!\d)\d{1,2})\s+)$"
)


def _listed_others(reader: PlaceReader) -> None:
    """The names after the first of a list of lakes or streets are no units either: "các hồ A, B và C"."""
    candidates = sorted(reader.candidates, key=lambda s: s.start)
    for index, head in enumerate(candidates):
        if not head.other or not _SEVERAL.search(reader.folded, max(0, head.start - 20), head.start):
            continue
        end = head.end
        while (more := _MORE.match(reader.text, end)) is not None:
            end = more.end()
        for candidate in islice(candidates, index + 1, None):
            if candidate.end > end or any(len(u.code) == 2 for u in candidate.units):
                break  # "các hồ A, B, Hà Nội": the province ends the list
            if candidate.rule == "bare" and not candidate.typed:
                candidate.other, candidate.kept, candidate.note = True, False, "in a list of lakes or streets"


def _runs(reader: PlaceReader, firms: set[str]) -> None:
    text, taken = reader.text, reader.taken
    heads, by_key, local = reader.units.province_heads(), reader.units.by_key, reader.local
    pairs, others, openers, folded, tails = _pairs(), other_names(), aliases(), reader.folded, noun_tails()
    for run in RUN.finditer(text):
        if taken[run.start()] and taken[run.end() - 1] and run.end() - run.start() < 14:
            continue
        whole = run.span()
        words = [whole] if run.group().isalpha() else [m.span() for m in PIECE.finditer(text, *whole)]
        index, size = 0, len(words)
        while index < size:
            start, first_end = words[index]
            if taken[start]:
                index += 1
                continue
            alias = reader.alias(start) if folded[start : start + 2] in openers else None
            if alias is not None:
                _alias(reader, alias, words, index)
                while index < size and words[index][0] < alias.end:
                    index += 1
                continue
            first = syllable(text[start:first_end])
            last = index + 1 == size
            two = first if last else first + syllable(text[words[index + 1][0] : words[index + 1][1]])
            known = first in by_key or two in by_key or two in pairs or first in others or two in others
            if not known and not (local and any(own.startswith(first) for own in local)):
                # No name begins so: most capitalised words are sentences' first ones and people's.
                if last and first in heads:
                    pass
                elif (
                    not index
                    and folded[max(0, start - 2) : start] not in _PAUSES
                    and (
                        folded[max(0, start - 3) : start - 1] in tails
                        or not folded[max(0, start - 3) : start].strip().isalpha()
                    )
                    and _named_other(reader, words)
                ):
                    break
                else:
                    index += 1
                    continue
            count, found = reader.known(words[index : index + 7], UNIT_LEVELS)
            other = _other(reader, words, index)
            if other and other >= count and not _typed_before(reader, words, index, other):
                end = words[index + other - 1][1]
                reader.take(PlaceCandidate(start, end, text[start:end], ("other",), "other", "", other=True))
                index += other
                continue
            if count and taken[words[index + count - 1][1] - 1]:
                count = 0
            if count:
                end = words[index + count - 1][1]
            elif last and first in heads:
                end, found = reader.small(words[index])
                count = 1 if end else 0
            if count and not text[start].isdigit():
                _bare(reader, words, index, count, end, found)
                if len(found[0].code) == 5 and _firm(reader, words[index][0]) and all(len(u.code) == 5 for u in found):
                    firms.add(reader.candidates[-1].key)
            elif not count and not index and _named_other(reader, words):
                break
            index += max(1, count)


@cache
def _pairs() -> frozenset[str]:
    return gazetteer().pairs() | other_pairs()


def _alias(reader: PlaceReader, candidate: PlaceCandidate, words: Words, index: int) -> None:
    row, begin = reader.noun(candidate.start)
    if not candidate.vote:  # a popular name: "tại Sài Gòn", not "Sài Gòn Giải Phóng"
        count = sum(1 for start, _ in words[index:] if start < candidate.end)
        candidate.vote = _neighbours(reader, words, index, count, province=False) - 1.5
        if row is not None and row.effect == "unit":
            candidate.vote += 1.3
    if (
        row is not None
        and not candidate.typed
        and row.effect == "other"
        and not (row.area and "province" in candidate.levels)
    ):
        candidate.other, candidate.start = True, begin
        if row.id == "road" and (after := sum(1 for start, _ in words[index:] if start < candidate.end)):
            candidate.end, at = max(candidate.end, _road_end(reader, words, index + after)), words[index][0]
            candidate.name = (
                reader.text[at : candidate.end] if candidate.end > words[index + after - 1][1] else candidate.name
            )
    reader.take(candidate)


def _other(reader: PlaceReader, words: Words, index: int) -> int:
    """How many words from `index` on name a country, a region or a foreign city."""
    table, joined, best = other_names(), "", 0
    for count, (start, end) in enumerate(words[index : index + 4], 1):
        joined += syllable(reader.text[start:end])
        if joined in table:
            best = count
    return best


def _typed_before(reader: PlaceReader, words: Words, index: int, count: int) -> bool:
    """Whether the name of a country or region is a unit's or a person's here: named with a type word, or "vua Tự Đức"."""
    joined = "".join(syllable(reader.text[start:end]) for start, end in words[index : index + count])
    if joined in reader.typed_keys:
        return True
    start, end = words[index][0], words[index + count - 1][1]
    if reader.folded[start:end] in _CORNERS and reader.folded.endswith(("phía ", "hướng "), 0, start):
        return not reader.folded.startswith(" bộ", end)  # "Phía Tây Bắc Bộ nhiều mây"
    if count == 1 and (m := _NEXT.match(reader.folded, end)) and reader.folded[start : m.end()] in openings():
        return True
    return count == 1 and _in_name(reader, words, index)


def _in_name(reader: PlaceReader, words: Words, index: int) -> bool:
    """Whether a one-word country is a syllable of a person's name ("vua Tự Đức", "bà Mỹ Phi")."""
    if index and not reader.text[words[index - 1][1] : words[index][0]].strip() and not reader.upper(words[index - 1]):
        return True
    row, _ = reader.noun(words[index][0])
    return row is not None and row.effect == "person"


def _named_other(reader: PlaceReader, words: Words) -> bool:
    """A name of no unit after a word for a road, a river, a hospital: a place of level `other`."""
    row, begin = reader.noun(words[0][0])
    if row is None or row.effect != "other" or begin >= words[0][0]:
        return False
    if len(words) == 1 and row.id != "nature":
        return False
    if any(
        len(u.code) == 2
        for i in range(1, min(len(words), 9))
        for u in reader.known(words[i : i + 6], UNIT_LEVELS[:1])[1]
    ):
        return False  # "Bệnh viện Mắt Thanh Hóa": a province ends the name
    noun = reader.text[begin : words[0][0]].strip()
    if reader.upper(words[0]) and (noun == "kênh" or (len(words) == 1 and noun.islower())):
        return False  # "kênh ESPN"
    end = _last_word(reader, words)[1]
    if reader.folded.endswith(" trung", 0, end) and reader.folded.startswith(" ương", end):
        end += len(" ương")
    if any(reader.taken[begin:end]):
        return False
    reader.take(PlaceCandidate(begin, end, reader.text[words[0][0] : end], ("other",), row.id, "", other=True))
    return True


def _last_word(reader: PlaceReader, words: Words) -> tuple[int, int]:
    """The last word of a run that is a place's name as a whole: before a dash and an office, before `Số`."""
    last = words[0]
    for word in words[1:]:
        low = reader.folded[slice(*word)]
        if low == "số" or (low in _NO_PART and reader.text[last[1] : word[0]].strip()):
            break
        last = word
    return last


def _whole_end(reader: PlaceReader, words: Words, index: int) -> int:
    """Where the name ends whose first words are a unit's too ("sông Bắc Hưng Hải", "đường Tân Kỳ Tân Quý")."""
    end, first = words[index - 1][1], index
    for start, stop in words[index:]:
        low = reader.folded[start:stop]
        if reader.text[end:start].strip() or reader.taken[start] or reader.upper((start, stop)):
            break
        if low.isdigit() or reader.text[stop : stop + 1].isdigit():
            break
        if low in TYPE_STARTS or low in _NO_PART or reader.alias(start) is not None:
            break
        if any(len(u.code) < 5 for u in reader.known(words[index : index + 6], UNIT_LEVELS)[1]):
            break
        if index == first > 1 and low in surnames() and len(words) - index > 1:
            break  # "Giám đốc Bệnh viện Bạch Mai Nguyễn Văn A"
        end = stop
        index += 1
    return end


def _bare(reader: PlaceReader, words: Words, index: int, count: int, end: int, found: list[Unit]) -> None:
    start = words[index][0]
    name = reader.text[start:end]
    candidate = PlaceCandidate(start, end, name, UNIT_LEVELS, "bare", key(name), list(found))
    candidate.exact = candidate.key not in reader.local
    if _INITIAL.search(reader.text, max(0, start - 4), start):
        candidate.vote -= 5.0
    province = any(len(u.code) == 2 for u in found)
    here, begin = reader.noun(start)
    row = here
    if index:
        row, _ = reader.noun(words[0][0])
        within = " ".join(reader.folded[begin:start].split())
        if here is not None and here.effect == "unit" and " " in within:
            row = here  # "Trường THCS A", "Đảng ủy A" at the head of a sentence
        if here is not None and here.effect == "other" and begin == words[0][0] and within not in surnames():
            # "Vịnh Hạ Long", "KCN Tân Tạo"; "Cảng Quy Nhơn" is a company
            row = here if not here.area or reader.upper(words[0]) else row
        if (
            row is not None
            and row.effect == "other"
            and not row.area
            and not province
            and _one_name(reader, words, index)
        ):
            candidate.vote -= 3.0  # "đường Tân Kỳ Tân Quý"
    candidate.vote += _neighbours(reader, words, index, count, province)
    candidate.cell = _cell(reader, start, end)
    body = here is not None and here.effect == "unit" and not here.soft  # "Đoàn Hưng Yên" is no person
    if not body and not candidate.cell and any(s <= start and end <= e for s, e in reader.persons):
        candidate.vote -= 4.0
        candidate.person = True
    if (start, end) in reader.places:
        candidate.vote += 2.0 if province else 1.5 if any(len(u.code) == 3 for u in found) else 0.8
    named_so = reader.folded[start : words[index][1]] in surnames() and (
        name.count(" ") > 1 or not any(len(u.code) == 3 for u in found)
    )
    if not province and (named_so or _signed(reader, start, end)):
        candidate.vote -= 1.0
    if not province and candidate.key in symbols():
        candidate.vote -= 1.0
    if candidate.key == _HCM:
        candidate.vote -= (
            6.0  # the person, his thought and his prizes, unless a type word or a list of provinces says else
        )
    if row is not None and row.effect == "person":
        candidate.vote -= 6.0
    elif row is not None and (not index or row is here):
        if row.effect == "other":
            if row.area and (province or not row.own):
                candidate.vote -= 0.0 if province else 1.3
            else:
                candidate.other = True
                if not any(reader.taken[begin:start]):
                    candidate.start = begin
                if row.id == "road" or reader.folded[begin:start].strip() == "cầu":
                    candidate.end = _road_end(reader, words, index + count)
                if candidate.end == end and row is here:
                    candidate.end = _whole_end(reader, words, index + count)
                candidate.name = reader.text[start : candidate.end]
        else:
            candidate.vote += 1.3 if row.soft else 2.5
            narrow = [u for u in found if u.level in row.level]
            if narrow and len(row.level) < 3:
                candidate.units, candidate.levels = narrow, row.level
                candidate.vote += 1.0
    reader.take(candidate)


def _road_end(reader: PlaceReader, words: Words, index: int) -> int:
    """Where a road's name ends that dashes join: "cao tốc Hà Nội - Hải Phòng" is one place, no road and a province."""
    while index < len(words):
        gap = reader.text[words[index - 1][1] : words[index][0]].strip()
        count, _ = reader.known(words[index : index + 7], UNIT_LEVELS)
        if not count and {reader.folded[slice(*words[i])] for i in (index - 1, index)} <= _DIRECTIONS:
            count = 1  # "đại lộ Đông - Tây"
        if gap not in ("-", "–") or not count or reader.taken[words[index][0]]:
            break
        index += count
    return words[index - 1][1]


def _one_name(reader: PlaceReader, words: Words, index: int) -> bool:
    """Whether only blanks stand between the first words of a run and the one at `index`."""
    return reader.text[words[0][0] : words[index][0]].replace(" ", "").isalpha()


def _firm(reader: PlaceReader, start: int) -> bool:
    """Whether a company's word stands before a name with nothing but its trade between ("Công ty CP chăn nuôi A")."""
    m = companies().search(reader.folded, max(0, start - 70), start)
    return m is not None


def _cell(reader: PlaceReader, start: int, end: int) -> bool:
    """Whether a name fills a table's cell."""
    text = reader.text
    return text[start - 2 : start] == "| " and text[end : end + 2] == " |"


def _signed(reader: PlaceReader, start: int, end: int) -> bool:
    """Whether a name stands alone at the end of the text: the author's."""
    return not reader.text[end : end + 40].strip(" .\n*)") and reader.text[:start].rstrip(" \n-–*(")[-1:] in (
        ".",
        "”",
        '"',
        "…",
        "!",
        "?",
    )


def _neighbours(reader: PlaceReader, words: Words, index: int, count: int, province: bool) -> float:
    """What the capitalised words right before and after say against a unit: they are a longer name, or a person's."""
    text, vote = reader.text, 0.0
    beside = words[max(0, index - 4) : index + count + 4]
    caps = len(beside) > 1 and text[beside[0][0] : beside[-1][1]].isupper()
    if caps and len(words) <= 4 and index and reader.folded[slice(*words[0])] in surnames():
        return -5.0  # an author's name in capitals
    if caps:
        return -0.5 if not province else 0.0
    before = words[index - 1] if index else None
    if before and not reader.taken[before[0]] and not text[before[1] : words[index][0]].strip():
        prior = {reader.folded[start:end] for start, end in words[max(0, index - 3) : index]}
        word = reader.folded[before[0] : before[1]]
        noun, _ = reader.noun(words[index][0])
        if reader.upper(before) or word.isdigit() or (noun is not None and noun.effect == "unit"):
            pass
        elif word in _DIRECTIONS and province:
            vote -= 0.5
        elif word in ("thị", "văn") or not surnames().isdisjoint(prior):
            vote -= 5.0
        else:
            vote -= 0.5 if province else 2.0
    after = words[index + count] if index + count < len(words) else None
    if after and not reader.taken[after[0]] and not text[words[index + count - 1][1] : after[0]].strip():
        rest = len(words) - index - count
        if reader.upper(after) or text[after[0] : after[1]].isdigit():
            pass
        elif reader.folded[after[0] : after[1]] in surnames() and rest >= 2:
            vote -= 0.0 if province else 1.0  # "Chủ tịch Hà Nội Nguyễn Văn A"
        elif reader.folded[words[index][0] : words[index][1]] in surnames():
            vote -= 4.0
        else:
            vote -= 0.8 if province else 3.0
    return vote
