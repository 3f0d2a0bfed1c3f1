"""Canonical wording of bodies: abbreviations expanded, one comma between a body and its parent."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.compiled import anchored
from extractor.fields.officials.rows import key, lexicon, written_short
from extractor.fields.officials.words import names, template
from extractor.rules import PatternSet, current
from extractor.text import fold, one_tone

_ALIAS = regex.compile(r" ?\((?:UB\p{Lu}*(?:\.\p{Lu})? )?[\p{Lu}&.\-]{2,12}\)?")
_TITLED = frozenset({"Tp", "Tx", "Q", "P", "H", "X", "tp", "q", "h"})
_LEVEL = template(r"(?<!\p{L}){unit}[ ]")
_DOUBLED = regex.compile(
    r"^(\p{L}+(?: \p{L}+){0,2}) (?=\1 )", regex.IGNORECASE
)  # "Viện | Viện kiểm sát", out of an abbreviation
_BEFORE_NAME = anchored(r" (?=\p{Lu}|\d)")  # behind a unit's type word of one letter: "P Kẻ Sặt", "Q 1"
_DIRECTLY = template(r"[ ,]+{directly-written}$")  # "Trung tâm X trực | thuộc Sở Y"
_BLANKS = regex.compile(r"\s+")


def expand(text: str) -> str:
    """Abbreviations in full; everything else as written."""
    return _expand(text, current())


@lru_cache(maxsize=2048)
def _expand(text: str, _patterns: PatternSet) -> str:
    text = _single(text).strip(" ,;-–(")
    if text.endswith(names("directly-written")):
        text = _DIRECTLY.sub("", text)
    if "(" in text:
        text = _ALIAS.sub("", text)
    table = lexicon()
    folded = fold(text)
    out, last = [], 0
    for match in (
        table.abbreviations.finditer(folded) if table.abbreviation is None else table.abbreviation.finditer(folded)
    ):
        written = text[match.start() : match.end()]
        if not _is_short(text, written, match.end()):
            continue
        full = table.expansions[key(match.group())]
        end = match.end()
        if text[end : end + 1] == "." and len(written) <= 3:
            end += 1
        glue = " " if text[end : end + 1].isalnum() else ""
        out.append(text[last : match.start()] + full + glue)
        last = end
    out.append(text[last:])
    return _single("".join(out)).strip()


def _is_short(text: str, written: str, end: int) -> bool:
    """Whether an abbreviation that ends at `end` is written as one; a unit's type of one letter stands before a name."""
    if len(written) == 1:
        return written.isupper() and _BEFORE_NAME.match(text, end) is not None
    return written_short(written) or written.rstrip(".") in _TITLED


def _single(text: str) -> str:
    """The text with one blank for every run of white space."""
    return text if text.isprintable() and "  " not in text else str(_BLANKS.sub(" ", text))


def headed(head: str, rest: str) -> str:
    """A head that only the role names, and the rest of the name, without the head's last word: "Tổng lãnh sự | quán Pháp"."""
    last = f"{head.rpartition(' ')[2]} "
    return f"{head} {rest[len(last) :] if ' ' in head and rest.startswith(last) else rest}"


def quiet(text: str) -> str:
    """A name in capitals as it is written otherwise: "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"."""
    if not text.isupper() or " " not in text:
        return text
    low = text.lower()
    level = _LEVEL.search(low)
    return low if level is None else low[: level.end()] + low[level.end() :].title()


def canonical_body(parts: list[str]) -> str:
    """A body and its parents in canonical wording, their tones in one place."""
    words = [quiet(expand(one_tone(p))) for p in parts]
    words = [w for w in words if w]
    head = _DOUBLED.sub("", words[0])
    return ", ".join([head[:1].upper() + head[1:], *words[1:]])
