"""When two strings count as equal in scoring. Part of the scoring definition, so independent of the extraction rules on purpose."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

import regex
import yaml


# The words stand in a file of their own: rows of extraction, or of a user, must not change what is scored.
@cache
def scoring_words() -> dict[str, Any]:
    """The words of the scoring definition."""
    words: dict[str, Any] = yaml.safe_load((files("extractor") / "data" / "scoring.yaml").read_text(encoding="utf-8"))
    return words


_WORDS = scoring_words()
_EXPANSIONS: dict[str, str] = _WORDS["expansions"]
_TONES: dict[str, str] = _WORDS["tones"]
_TONE = regex.compile("(?<!q)(?:" + "|".join(_TONES) + ")")
_SEPARATORS = regex.compile(r"[\s,;:()\"“”/]+")
# Left out of a post: "nguyên" (a record may tell it beside the role), links, the term.
_LINKS = regex.compile(
    rf"^(?:{'|'.join(_WORDS['first_words'])}) |\b(?:{'|'.join(_WORDS['belonging'])})\b ?|\b{_WORDS['term']} [ivxl]+\b"
)
_NUMBER_SIGNS = str.maketrans({"Ð": "Đ", "–": "-", "\u2011": "-", " ": None, "\u00a0": None})
_NUMBER_WORD = regex.compile(rf"^{_WORDS['number'].upper()}:?")


@cache
def words(text: str | None) -> str:
    """Lower case, one placement of tone marks, abbreviations expanded, no punctuation: "PCT HĐND" → "phó chủ tịch hội đồng …"."""
    if not text:
        return ""
    low = unicodedata.normalize("NFC", text).lower().replace("\u00a0", " ")
    low = _TONE.sub(lambda m: _TONES[m.group()], low).replace(".", " ").replace("–", "-")
    parts = (part.strip("-") for part in _SEPARATORS.split(low))
    return " ".join(" ".join(_EXPANSIONS.get(part, part.replace("-", " ")) for part in parts if part).split())


def post(role: str | None, body: str | None) -> str:
    """Role and body of a post as one comparable string, without a leading "nguyên", "thuộc", "của" and the term ("khóa XIV")."""
    return str(_LINKS.sub("", words(f"{role or ''} {body or ''}"))).strip()


def number(text: str | None) -> str:
    """A document number without case, blanks, "số" and leading zeros: "số 02 /2017/TT-BYT" → "2/2017/TT-BYT"."""
    signs = unicodedata.normalize("NFC", text or "").upper().translate(_NUMBER_SIGNS)
    return str(_NUMBER_WORD.sub("", signs)).lstrip("0")


def likeness(one: str | None, other: str | None) -> float:
    """Share of common words (Jaccard) in 0–1; 0 where either side has no word."""
    a, b = set(words(one).split()), set(words(other).split())
    return len(a & b) / len(a | b) if a and b else 0.0


# Words for the whole country (and none), and words that mean the article's own time: what they say, silence says too.
NATION = frozenset(map(words, ("", *_WORDS["nation"])))
NOW = frozenset(map(words, _WORDS["now"]))
