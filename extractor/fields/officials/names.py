"""Names of persons: the statistical layer's and the rules' votes, forms of address and ranks split off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extractor.fields.officials.lexicon import key, lexicon
from extractor.fields.officials.marks import Marks
from extractor.models import Mention
from extractor.text import fold

_SYLLABLE = regex.compile(r"\p{Lu}[\p{L}\p{M}'’]*\.?")
_RUN = regex.compile(r"\p{Lu}[\p{L}'’]*(?: {1,3}\p{Lu}(?:[\p{L}'’]+|\.)?){0,5}")
_HYPHENED = regex.compile(r"-\p{Ll}{2,5}(?!\p{L})")
_CREDIT = regex.compile(
    r"(?:(?<!\p{L})(?:ảnh|tin|bài|tin, bài|tin bài|thực hiện|nguồn|tác giả|bài, ảnh|bài và ảnh|video|clip|đồ họa)\s*:\s*|\(ảnh\s*:?\s*)$"
)
_UNNAMED = regex.compile(
    r"(?<!\p{L})(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|công an|tỉnh ủy|thành ủy|huyện ủy|mttq) (?:tỉnh|thành phố|tp\.?|huyện|quận|xã|phường|thị xã) "
)
# Words of the next sentence that a name without a full stop after it runs into.
_TAIL = regex.compile(
    r"(?:[.,;:] .*| (?:với|sáng|chiều|tối|trưa|ngày|theo|tại|trong|ảnh|ông|bà|khi|sau|trước|đến|về|các|cũng|đã|cho|từ|vào|nhiều|những|do|để|phát|hôm|còn|được|năm|tháng|cùng|ở|là|và|nói))$"
)
# A hospital, street or unit bears the name; no person is meant.
_NAMED = regex.compile(
    r"(?<!\p{L})(?:bệnh viện|bv|đường|(?<!thành )phố|trường|thpt|thcs|chùa|đền|chợ|hồ|cầu|sông|núi|công ty|cty|hội nhà văn|đại học|cảng|sân bay|tượng đài|quảng trường|giải|giải thưởng|học bổng|quỹ|kcn|lăng|công viên|rạp|báo)\.? $"
)
# Spellings that no Vietnamese syllable has: foreign names.
_ALIEN = regex.compile(
    r"[fjwz]|[bcdfghjklmnpqrstvwxz]{4}|[bdklrsv]$|(?:[bcdfhklmnprstvx]{2}(?<!ch|nh|th|kh|ph|tr))|[aeiou][bcdfghklmnprstvx]{1,2}[aeiouy]"
)
_ADDRESSED = regex.compile(r"(?:\p{Lu}[\p{L}'’]*(?:[ -]{1,2}|(?<=\p{Ll})(?=\p{Lu})))*\p{Lu}[\p{L}'’]*")
_NOT_NAME = frozenset(
    [
        "ubnd",
        "hđnd",
        "bhxh",
        "bhyt",
        "tp",
        "sở",
        "bộ",
        "ban",
        "phòng",
        "công",
        "huyện",
        "tỉnh",
        "xã",
        "phường",
        "quận",
        "thành",
        "nước",
        "việt",
        "đảng",
        "bác",
        "trung",
        "cục",
        "chủ",
        "phó",
        "giám",
        "trưởng",
        "bí",
        "tổng",
        "ủy",
        "đại",
        "chi",
        "hội",
        "đoàn",
        "viện",
        "trường",
    ]
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


@lru_cache(maxsize=8192)
def name_key(text: str) -> str:
    """Folded, single blanks: what makes two mentions the same name."""
    return " ".join(fold(text).replace("’", "'").split())


def syllables(text: str) -> int:
    return len(text.split())


def find_names(marks: Marks, votes: Sequence[Mention], located: Sequence[tuple[int, int]] = ()) -> list[Name]:
    """Mentions of persons in text order, not overlapping. `located` are the places' spans, where no bare run becomes a name."""
    reading = marks.reading
    out: dict[int, Name] = {}
    taken: list[tuple[int, int]] = []
    for vote in votes:
        if vote.label != "PER":
            continue
        start, end = _trim(marks, vote.start, vote.end)
        if start >= end:
            continue
        body = lexicon().body_forms.match(reading.folded, start)
        if body and (body.end() > end or len(body.group().split()) > 1):  # "Đoàn Thanh niên" is no Mr Đoàn
            continue
        _add(marks, out, taken, start, end, "ner")
    _by_rule(marks, out, taken, votes, located)
    return _cut([out[s] for s in sorted(out)])


def _cut(names: list[Name]) -> list[Name]:
    """A name that runs on past another mention's whole name is cut to it ("Nguyễn Văn A Hà Nội" beside "Nguyễn Văn A")."""
    keys = {n.key for n in names if len(n.key.split()) >= 3}
    out = []
    for name in names:
        words = name.text.split()
        for size in range(3, len(words)):
            if name_key(" ".join(words[:size])) in keys and name.source != "address":
                text = name.text[: len(" ".join(words[:size]))]
                if name_key(text) in keys:
                    name = replace(name, end=name.start + len(text), text=text, key=name_key(text))
                break
        out.append(name)
    return out


def _ends_in_role(marks: Marks, at: int) -> bool:
    return any(e + 1 == at for _, e in marks.roles)


def _trim(marks: Marks, start: int, end: int) -> tuple[int, int]:
    """Ranks and forms of address off the front, marks off the back."""
    table, reading = lexicon(), marks.reading
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
    while (cut := _TAIL.search(reading.folded, start, end)) and cut.start() > start:
        if cut.group().startswith(" ") and reading.text[start : cut.start()].count(" ") < 2:
            break
        end = cut.start()
    while end > start and reading.text[end - 1] in " ,;:-–)":
        end -= 1
    country = table.countries.match(reading.folded, start, end)
    if country and country.end() < end - 3 and reading.text[country.end()] == " " and _ends_in_role(marks, start):
        start = country.end() + 1
    return start, end


def _add(marks: Marks, out: dict[int, Name], taken: list[tuple[int, int]], start: int, end: int, source: str) -> None:
    reading = marks.reading
    text = reading.text[start:end]
    if "\n" in text or not text[:1].isalpha():
        return
    if _NAMED.search(reading.folded[max(0, start - 14) : start]):
        return
    country = lexicon().countries.match(reading.folded, start)
    if country and country.end() >= end:
        return
    if (
        reading.text[end : end + 1] == "."
        and reading.text[end - 2 : end - 1] == " "
        and reading.text[end - 1].isupper()
    ):
        end += 1  # "Lương Minh Q."
        text = reading.text[start:end]
    if tail := _HYPHENED.match(reading.text, end):
        end = tail.end()  # "Moon Jae-in"
        text = reading.text[start:end]
    lead = marks.lead(start, max(0, start - 45))
    addressed = lead < start
    window = reading.folded[max(0, start - 40) : start]
    private = lexicon().private.search(window) is not None
    if _CREDIT.search(window):
        source, private = "credit", True
    out[start] = Name(start, end, text, name_key(text), syllables(text) >= 2, addressed, private, source, lead)
    taken.append((start, end))


def _by_rule(
    marks: Marks,
    out: dict[int, Name],
    taken: list[tuple[int, int]],
    votes: Sequence[Mention],
    located: Sequence[tuple[int, int]],
) -> None:
    """Capitalised runs after a form of address; runs that open with a common surname where the model saw no place."""
    table, reading = lexicon(), marks.reading
    places = [(m.start, m.end) for m in votes if m.label in ("LOC", "ORG")]
    for begin, end in marks.addressed:
        at = end + 1 if reading.text[end : end + 1] == "." else end
        while at < len(reading.text) and reading.text[at] == " ":
            at += 1
        if at == end or at >= len(reading.text) or not reading.text[at].isupper() or end - begin < 2:
            continue
        if _touches(taken, at, at + 1):
            continue
        run = _ADDRESSED.match(reading.text, at)
        if (
            not run
            or table.address.match(reading.folded, at)
            or table.role_forms.match(reading.folded, at)
            or table.body_forms.match(reading.folded, at)
        ):
            continue
        words = run.group().split()
        if (
            fold(words[0]) in _NOT_NAME
            or len(words) > 5
            or (words[0].isupper() and len(words[0]) > 1 and len(words) == 1)
        ):
            continue
        if _touches(places, begin, end) or (any(s <= at < e for s, e in places) and len(words) < 2):
            continue
        _add(marks, out, taken, at, run.end(), "address")
    _after_roles(marks, out, taken, places)
    _after_bodies(marks, out, taken, located)
    _given(marks, out, taken)
    if any(m.label == "PER" for m in votes):
        return
    for match in _RUN.finditer(reading.text):
        words = match.group().split()
        if len(words) < 3 or len(words) > 5 or fold(words[0]) not in table.surnames:
            continue
        if _touches(taken, match.start(), match.end()) or _touches(places, match.start(), match.end()):
            continue
        _add(marks, out, taken, match.start(), match.end(), "surname")


def _after_roles(
    marks: Marks, out: dict[int, Name], taken: list[tuple[int, int]], places: Sequence[tuple[int, int]]
) -> None:
    """Names right after a role: "Chủ tịch Hồ Chí Minh", "Tổng thống Pháp Emmanuel Macron"."""
    table, reading = lexicon(), marks.reading
    for begin, end in marks.roles:
        at = end
        if reading.text[at : at + 1] != " " or not reading.text[at + 1 : at + 2].isupper():
            continue
        at += 1
        row = table.roles[key(reading.text[begin:end])]
        foreign = row.kind == "public" or row.role in ("Chủ tịch", "Phó Chủ tịch", "Chánh Văn phòng")
        if foreign:
            while found := table.countries.match(reading.folded, at):
                at = found.end() + 1
                if reading.text[at - 1 : at] != " ":
                    break
        run = _RUN.match(reading.text, at)
        if (
            run is None
            or _touches(taken, at, run.end())
            or table.body_forms.match(reading.folded, at)
            or table.address.match(reading.folded, at)
        ):
            continue
        words = run.group().split()
        native = (
            fold(words[0]) in table.surnames
            and 2 <= len(words) <= 4
            and (len(words) > 2 or not _touches(places, at, run.end()))
        )
        alien = foreign and any(_ALIEN.search(fold(w)) for w in words) and len(words) <= 4 and not words[0].isupper()
        if native or alien:
            _add(marks, out, taken, at, run.end(), "role")
        elif foreign and (more := table.country_pattern.search(reading.folded, at, min(len(reading.text), at + 60))):
            run = _RUN.match(reading.text, more.end() + 1)
            if (
                run
                and len(run.group().split()) in (2, 3, 4)
                and any(_ALIEN.search(fold(w)) for w in run.group().split())
                and not _touches(taken, run.start(), run.end())
            ):
                _add(marks, out, taken, run.start(), run.end(), "role")


def _after_bodies(
    marks: Marks, out: dict[int, Name], taken: list[tuple[int, int]], places: Sequence[tuple[int, int]]
) -> None:
    """Names that follow a body of an unnamed unit: "Phó Chủ tịch UBND thành phố Lê Văn A"."""
    reading = marks.reading
    for match in _UNNAMED.finditer(reading.folded):
        run = _RUN.match(reading.text, match.end())
        if run is None or _touches(taken, run.start(), run.end()) or _touches(places, run.start(), run.end()):
            continue
        words = run.group().split()
        if (
            3 <= len(words) <= 4
            and fold(words[0]) in lexicon().surnames
            and not lexicon().body_forms.match(reading.folded, run.start())
        ):
            _add(marks, out, taken, run.start(), run.end(), "role")


def _given(marks: Marks, out: dict[int, Name], taken: list[tuple[int, int]]) -> None:
    """Given names alone after a role: "Thứ trưởng Hải" where the article has one whole name that ends in Hải."""
    table, reading = lexicon(), marks.reading
    known = {n.key.split()[-1] for n in out.values() if n.full}
    for _, end in marks.roles:
        at = end + 1
        token = _SYLLABLE.match(reading.text, at)
        if (
            token
            and reading.text[at - 1] == " "
            and fold(token.group()) in known
            and not _touches(taken, at, token.end())
        ):
            if table.body_forms.match(reading.folded, at):
                continue  # "Thủ tướng Chính phủ", "Giám đốc Trung tâm"
            if (
                reading.text[token.end() : token.end() + 1] == " "
                and reading.text[token.end() + 1 : token.end() + 2].isupper()
            ):
                continue
            _add(marks, out, taken, at, token.end(), "role")


def _touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in spans)
