"""The one place that changes characters: NFC at ingest, and an equal-length fold for matching.

`clean` is applied once, when an article comes in; every offset of a record is a code point of its result. `fold` never
changes the length, so a span of the folded text is a span of the text and no offset map exists.
"""

from __future__ import annotations

import unicodedata

import regex

# Vowel pairs of open syllables whose tone mark stands on either letter: "hoà"/"hòa", "thuỷ"/"thủy" (but "quý": u belongs to q).
_PAIRS = {
    a: b
    for new, old in (("oàoáoảoãoạ", "òaóaỏaõaọa"), ("oèoéoẻoẽoẹ", "òeóeỏeõeọe"), ("uỳuýuỷuỹuỵ", "ùyúyủyũyụy"))
    for a, b in zip((new[i : i + 2] for i in range(0, 10, 2)), (old[i : i + 2] for i in range(0, 10, 2)), strict=True)
}
_TONE = regex.compile(r"(?<!q)(?:" + "|".join(_PAIRS) + r")(?!\p{L})")
# Eth for đ; dashes, quotes, blanks and invisible marks to one sign each. All one code point to one code point.
_MARKS = str.maketrans(
    {
        "ð": "đ",
        "Ð": "đ",
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060", "'"),
        **dict.fromkeys("\u201c\u201d\u201e", '"'),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u200b\u200c\u200d\ufeff\u00ad\u2060\t", " "),
    }
)
_HAS_MARKS = regex.compile("[" + "".join(chr(c) for c in _MARKS) + "]")
_UNACCENT = str.maketrans("đĐ", "dD")


def clean(raw: str) -> str:
    """Unicode NFC, line breaks as `\\n`, no NUL. Text that is already so comes back unchanged."""
    text = raw if unicodedata.is_normalized("NFC", raw) else unicodedata.normalize("NFC", raw)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", " ") if "\x00" in text else text


def fold(text: str) -> str:
    """Lower case, one placement of tone marks, one kind of dash, quote and blank. The length stays the same."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(d := c.lower()) != 1 else d for c in text)
    if _HAS_MARKS.search(low):
        low = low.translate(_MARKS)
    return _TONE.sub(lambda m: _PAIRS[m.group()], low)


def unaccent(text: str) -> str:
    """Lower case without any diacritics, đ as d: for search, not for matching. The length may differ."""
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_UNACCENT))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
