"""One spelling of every body: the capitals of its head, of the parts of its topic and of the unit's type."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.words import starts, template
from extractor.rules import PatternSet, current
from extractor.text import fold

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’]+")
_TYPE = template(r"(?i:{unit})(?=[ ][\p{Lu}\d])")
# What a new part of a topic follows: "Tài chính - Kế hoạch", "Giáo dục và Đào tạo", "Văn hóa, Thể thao".
_OPENS = template(r"^\s*$|(?:[,\-–]\s+|(?<!\p{L}){and-name}\s+)$")
_NUMBERED = template(r"{number-word}[ ]\d")  # "Tổ dân phố | số 12"
_UNIT = template(r"(?i:{unit})(?!\p{L})")
_JOINT = template(r"(?:,[ ]|[ ][\-–][ ]|(?<!\p{L}){and-name}[ ])(?P<next>\p{L})")


def spelling(body: str) -> str:
    """The body with its one spelling; words that no row knows, names among them, stay as written."""
    return _spelling(body, current())


@lru_cache(maxsize=4096)
def _spelling(body: str, _patterns: PatternSet) -> str:
    folded = fold(body)
    out: list[str] = []
    at, topic, title = 0, 0, 0  # where the topic of the body, or of a parent, begins; where a title ends
    while at < len(body):
        word = _WORD.match(body, at)
        if word is None:
            out.append(body[at])
            at += 1
            continue
        opens = topic > 0 and _OPENS.search(folded[topic:at]) is not None
        head = _head(body, folded, at, word.end())
        kind = _TYPE.match(body, at) if at else None
        if kind is not None:
            written, end = kind.group().lower(), kind.end()
        elif (known := _known(folded, at)) is not None and at >= title:
            written, end = known
        elif head is not None:
            written, end, whole = head
            topic = end if whole else topic
            title = _title_end(body, written) or title
        elif at < title:
            written, end = word.group(), word.end()
        else:
            written, end = _topic_word(body, folded, at, word.end(), opens=opens)
        out.append(written)
        at = end
    text = "".join(out)
    return text[:1].upper() + text[1:]


def _known(folded: str, at: int) -> tuple[str, int] | None:
    """A word whose capitals a row gives, and where it ends."""
    table = lexicon()
    known = table.spelling.match(folded, at)
    return None if known is None else (table.spelled[key(known.group())], known.end())


def _head(body: str, folded: str, at: int, end: int) -> tuple[str, int, bool] | None:
    """The head of the body or of a parent as its row has it, where it ends, and whether it is one: not in lower case or as a
    part of a word, where its first word, up to `end`, stays as written."""
    if at and body[at - 2 : at] != ", ":
        return None
    table = lexicon()
    head = table.body_forms.match(folded, at)
    if head is None:
        return None
    if not body[at].isupper() or (head.end() < len(folded) and folded[head.end()].isalnum()):
        return body[at:end], end, False
    written = table.bodies[key(head.group())].canonical
    return written if key(written) == key(head.group()) else body[at : head.end()], head.end(), True


def _title_end(body: str, head: str) -> int:
    """Where the title that follows a head ends: a newspaper's; 0 for heads whose names are none."""
    row = lexicon().bodies.get(key(head))
    return len(body.partition(", ")[0]) if row is not None and row.titled else 0


def _topic_word(body: str, folded: str, at: int, end: int, *, opens: bool) -> tuple[str, int]:
    """A word of a topic, and where it ends: one that rows know with the capitals of its part, another as written."""
    part = lexicon().words.match(folded, at)
    if part is None or _named(body, part.end()):
        return body[at:end], end
    first = opens and not folded.startswith(starts("the"), at) and not _NUMBERED.match(folded, at)
    return _part(body[at : part.end()], opens=first), part.end()


def _part(text: str, *, opens: bool) -> str:
    """Known words of a topic: capitals where a part of it begins, and where a row has them."""
    first = text[:1].upper() if opens and not _UNIT.match(text) else text[:1]
    low = text[1:].lower()
    if first.isupper() and any(joint in low for joint in starts("and-name")):
        low = _JOINT.compiled.sub(lambda m: m.group()[:-1] + m["next"].upper(), low)
    table, out = lexicon(), first + low
    for found in reversed(list(_WORD.finditer(out))):
        known = table.spelling.match(fold(out), found.start())
        if known is not None:
            out = out[: known.start()] + table.spelled[key(known.group())] + out[known.end() :]
    return out


def _named(body: str, end: int) -> bool:
    """Whether a name goes on after a word: "Trường Y tế | Nguyễn Mẫu" does, but with blanks and hyphens words do, too."""
    return body[end : end + 1] in ("'", "’")
