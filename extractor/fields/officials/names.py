"""Names of persons: the statistical layer's and the rules' votes, forms of address and ranks split off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from extractor.fields.officials.lexicon import lexicon
from extractor.models import Mention, Reading
from extractor.text import fold

_SYLLABLE = regex.compile(r"\p{Lu}[\p{L}\p{M}'’]*\.?")
_RUN = regex.compile(r"\p{Lu}[\p{L}'’]*(?: {1,3}\p{Lu}[\p{L}'’]*\.?){0,5}")
_ADDRESSED = regex.compile(r"(?:\p{Lu}[\p{L}'’]*(?:[ -]{1,2}|(?<=\p{Ll})(?=\p{Lu})))*\p{Lu}[\p{L}'’]*")
_NOT_NAME = frozenset(
    "ubnd hđnd bhxh bhyt tp sở bộ ban phòng công huyện tỉnh xã phường quận thành nước việt đảng bác trung cục chủ phó giám trưởng bí tổng ủy đại chi hội đoàn viện trường".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a person `[start, end)`; `full` has two or more syllables. `key` is the folded name."""

    start: int
    end: int
    text: str
    key: str
    full: bool
    addressed: bool
    private: bool
    source: str
    lead: int  # where the form of address or rank before it begins


def name_key(text: str) -> str:
    """Folded, single blanks: what makes two mentions the same name."""
    return " ".join(fold(text).replace("’", "'").split())


def syllables(text: str) -> int:
    return len(text.split())


def _lead(reading: Reading, start: int) -> tuple[int, bool]:
    """Start of the forms of address right before a name, and whether one stands there."""
    window = reading.folded[max(0, start - 40) : start]
    found = lexicon().address_end.search(window)
    if not found:
        return start, False
    lead = max(0, start - 40) + found.start()
    if "\n" in reading.text[lead:start]:
        return start, False
    return lead, True


def find_names(reading: Reading, votes: Sequence[Mention], roles: Iterable[tuple[int, int]] = ()) -> list[Name]:
    """Mentions of persons in text order, not overlapping."""
    out: dict[int, Name] = {}
    taken: list[tuple[int, int]] = []
    for vote in votes:
        if vote.label != "PER":
            continue
        start, end = _trim(reading, vote.start, vote.end)
        if start >= end:
            continue
        _add(reading, out, taken, start, end, "ner")
    _by_rule(reading, out, taken, votes)
    return [out[s] for s in sorted(out)]


def _trim(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Ranks and forms of address off the front, marks off the back."""
    table = lexicon()
    while True:
        match = table.address.match(reading.folded, start, end)
        if not match or match.end() >= end or not reading.text[match.end() : match.end() + 1].isspace():
            break
        rest = match.end()
        while rest < end and not reading.text[rest].isalpha():
            rest += 1
        if rest >= end or not reading.text[rest].isupper():
            break
        start = rest
    while end > start and reading.text[end - 1] in " ,;:-–)":
        end -= 1
    return start, end


def _add(reading: Reading, out: dict[int, Name], taken: list[tuple[int, int]], start: int, end: int, source: str) -> None:
    text = reading.text[start:end]
    if "\n" in text or not text[:1].isalpha():
        return
    lead, addressed = _lead(reading, start)
    window = reading.folded[max(0, start - 40) : start]
    private = lexicon().private.search(window) is not None
    out[start] = Name(start, end, text, name_key(text), syllables(text) >= 2, addressed, private, source, lead)
    taken.append((start, end))


def _by_rule(reading: Reading, out: dict[int, Name], taken: list[tuple[int, int]], votes: Sequence[Mention]) -> None:
    """Capitalised runs after a form of address; runs that open with a common surname where the model saw no place."""
    table = lexicon()
    places = [(m.start, m.end) for m in votes if m.label in ("LOC", "ORG")]
    for match in table.address.finditer(reading.folded):
        at = match.end()
        while at < len(reading.text) and reading.text[at] == " ":
            at += 1
        if at == match.end() or at >= len(reading.text) or not reading.text[at].isupper() or len(match.group()) < 2:
            continue
        if _touches(taken, at, at + 1):
            continue
        run = _ADDRESSED.match(reading.text, at)
        if not run or table.address.match(reading.folded, at) or table.role_pattern.match(reading.folded, at) or table.body_pattern.match(reading.folded, at):
            continue
        words = run.group().split()
        if fold(words[0]) in _NOT_NAME or len(words) > 5 or (words[0].isupper() and len(words[0]) > 1 and len(words) == 1):
            continue
        if _touches(places, match.start(), match.end()) or (any(s <= at < e for s, e in places) and len(words) < 2):
            continue
        _add(reading, out, taken, at, run.end(), "address")
    if any(m.label == "PER" for m in votes):
        return
    for match in _RUN.finditer(reading.text):
        words = match.group().split()
        if len(words) < 3 or len(words) > 5 or fold(words[0]) not in table.surnames:
            continue
        if _touches(taken, match.start(), match.end()) or _touches(places, match.start(), match.end()):
            continue
        _add(reading, out, taken, match.start(), match.end(), "surname")


def _touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in spans)
