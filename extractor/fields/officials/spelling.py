"""One spelling of every body: the capitals of its head, of the parts of its topic and of the unit's type."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.fields.officials.rows import key, lexicon
from extractor.rules import PatternSet, current
from extractor.text import fold

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’]+")
_TYPE = regex.compile(r"(?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?= [\p{Lu}\d])")
# What a new part of a topic follows: "Tài chính - Kế hoạch", "Giáo dục và Đào tạo", "Văn hóa, Thể thao".
_OPENS = regex.compile(r"^\s*$|(?:[,\-–]\s+|(?<!\p{L})và\s+)$")

_UNIT = regex.compile(r"(?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\p{L})")
_JOINT = regex.compile(r"(?:, | [\-–] |(?<!\p{L})và )\p{L}")


def spelling(body: str) -> str:
    """The body with its one spelling; words that no row knows, names among them, stay as written."""
    return _spelling(body, current())


@lru_cache(maxsize=4096)
def _spelling(body: str, _patterns: PatternSet) -> str:
    table, folded = lexicon(), fold(body)
    out: list[str] = []
    at, topic = 0, 0  # where the topic of the body, or of a parent, begins
    while at < len(body):
        word = _WORD.match(body, at)
        if word is None:
            out.append(body[at])
            at += 1
            continue
        written, end = body[at : word.end()], word.end()
        opens = topic > 0 and _OPENS.search(folded[topic:at]) is not None
        if (kind := _TYPE.match(body, at)) and at:
            written, end = kind.group().lower(), kind.end()
        elif (known := table.spelling.match(folded, at)) is not None:
            written, end = table.spelled[key(known.group())], known.end()
        elif (at == 0 or body[at - 2 : at] == ", ") and (head := table.body_forms.match(folded, at)) is not None:
            whole = head.end() == len(folded) or not folded[head.end()].isalnum()
            if whole and written[:1].isupper():
                written, end = table.bodies[key(head.group())].canonical, head.end()
                written = written if key(written) == key(head.group()) else body[at:end]
                topic = end
        elif (part := table.words.match(folded, at)) is not None and not _named(body, part.end()):
            end = part.end()
            written = _part(body[at:end], opens=opens and not folded.startswith("các ", at))
        out.append(written)
        at = end
    text = "".join(out)
    return text[:1].upper() + text[1:]


def _part(text: str, *, opens: bool) -> str:
    """Known words of a topic: capitals where a part of it begins, and where a row has them."""
    first = text[:1].upper() if opens and not _UNIT.match(text) else text[:1]
    low = text[1:].lower()
    if first.isupper() and "và " in low:
        low = _JOINT.sub(lambda m: m.group()[:-1] + m.group()[-1].upper(), low)
    table, out = lexicon(), first + low
    for found in reversed(list(_WORD.finditer(out))):
        known = table.spelling.match(fold(out), found.start())
        if known is not None:
            out = out[: known.start()] + table.spelled[key(known.group())] + out[known.end() :]
    return out


def _named(body: str, end: int) -> bool:
    """Whether a name goes on after a word: "Trường Y tế | Nguyễn Mẫu" does, but with blanks and hyphens words do, too."""
    return body[end : end + 1] in ("'", "’")
