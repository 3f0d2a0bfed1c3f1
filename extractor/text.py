"""The one place that changes characters: NFC at ingest, and an equal-length fold for matching.

`clean` is applied once, when an article comes in; every offset of a record is a code point of its result. `fold` never
changes the length, so a span of the folded text is a span of the text and no offset map exists.
"""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache

import regex

from extractor.compiled import compiled
from extractor.errors import ArticleError
from extractor.text_legacy import best_legacy, vietnamese
from extractor.text_repair import UNICODE_VIETNAMESE, mend_paragraphs, retone

# Vowel pairs of open syllables whose tone mark stands on either letter: "hoà"/"hòa", "thuỷ"/"thủy" (but "quý": u belongs to q).
_PAIRS = {
    a: b
    for new, old in (("oàoáoảoãoạ", "òaóaỏaõaọa"), ("oèoéoẻoẽoẹ", "òeóeỏeõeọe"), ("uỳuýuỷuỹuỵ", "ùyúyủyũyụy"))
    for a, b in zip((new[i : i + 2] for i in range(0, 10, 2)), (old[i : i + 2] for i in range(0, 10, 2)), strict=True)
}
_TONE = compiled(r"(?<!q)(?:" + "|".join(_PAIRS) + r")(?!\p{L})")
# All signs that are blanks or nothing to see, besides the blank itself.
BLANKS = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\u200b\u200c\u200d\ufeff\u00ad\u2060\t"
)
# Eth for đ; dashes, quotes, blanks and invisible marks to one sign each. All one code point to one code point.
_MARKS = str.maketrans(
    {
        "ð": "đ",
        "Ð": "đ",
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060", "'"),
        **dict.fromkeys("\u201c\u201d\u201e", '"'),
        **dict.fromkeys(BLANKS, " "),
    }
)
_CELLS = compiled(r"(?<=\d)\t(?=\d)")  # two cells of a table, not the thousands of one number
_HAS_MARKS = compiled("[" + "".join(chr(c) for c in _MARKS) + "]")
_SIGNS = tuple((chr(code), chr(to) if isinstance(to, int) else to) for code, to in _MARKS.items())
_SHORT = 48  # characters of a string whose fold is remembered: words and phrases


class _BareLetters(dict[int, str]):
    """A translation table that fills itself: a letter to what is left of it without its marks."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code))
        bare = self[code] = "".join(c for c in decomposed if not unicodedata.combining(c))
        return bare


_BARE = _BareLetters({ord("đ"): "d", ord("ð"): "d"})


def clean(raw: str) -> str:
    """Unicode NFC, line breaks as `\\n`, no NUL. Text that is already so comes back unchanged."""
    text = raw if unicodedata.is_normalized("NFC", raw) else unicodedata.normalize("NFC", raw)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", " ") if "\x00" in text else text


def fold(text: str) -> str:
    """Lower case, one placement of tone marks, one kind of dash, quote and blank. The length stays the same."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(d := c.lower()) != 1 else d for c in text)
    if "\t" in low:
        low = _CELLS.sub("|", low)
    if len(low) > _SHORT or _HAS_MARKS.search(low):
        for sign, plain in _SIGNS:
            if sign in low:  # a translation table would look every letter up
                low = low.replace(sign, plain)
    folded: str = _TONE.sub(lambda m: _PAIRS[m.group()], low)
    return folded


_fold_short = lru_cache(maxsize=1 << 13)(_fold)


def one_tone(text: str) -> str:
    """One placement of tone marks ("hoà" → "hòa"), all else as it is. The length stays the same."""
    low = text.lower()
    if len(low) != len(text) or _TONE.search(low) is None:
        return text
    placed = _TONE.sub(lambda m: _PAIRS[m.group()], low)
    return "".join(
        own if old == new else new.upper() if own.isupper() else new
        for own, old, new in zip(text, low, placed, strict=True)
    )


def unaccent(text: str) -> str:
    """Lower case without any diacritics, đ as d: for search, not for matching. The length may differ."""
    return text.lower().translate(_BARE)


_BEYOND_ASCII = compiled(r"[^\x00-\x7f]")
_MISREAD = compiled("Æ[°¯¡\u00a0]|Ä[‘\x91\u0090\u0083]|á[»º]|Ã[\u00a0-¿]|â€")
_DECLARED = regex.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{3,30})""")
_CONTROL = compiled(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


LOST = "\ufffd"


def repair(text: str) -> tuple[str, str | None]:
    """Undo a wrong decoding: (text, None) for a sound text, else the repaired text and what it was.

    UTF-8 read as Windows-1252 ("Tá»‰nh") and strings of legacy fonts ("tØnh") are told by what they read as afterwards,
    a paragraph at a time where they stand among Unicode. Tones on the wrong letter are set right without a word. Lost
    characters cannot be mended: what the text was then tells their number.
    """
    if not _BEYOND_ASCII.search(text):
        return text, None
    mended, was = _decoded(text)
    mended = retone(mended)
    lost = mended.count(LOST)
    return mended, f"damaged {was or 'text'}: {lost} characters lost" if lost else was


def _decoded(text: str) -> tuple[str, str | None]:
    if _MISREAD.search(text) and (len(_MISREAD.findall(text)) > 2 or not UNICODE_VIETNAMESE.search(text)):
        import ftfy

        fixed = ftfy.fix_encoding(text)
        if vietnamese(fixed) > 2 * vietnamese(text):
            return fixed, "utf-8 read as windows-1252"
    if UNICODE_VIETNAMESE.search(text):
        return mend_paragraphs(text)
    found = best_legacy(text)
    return found if found is not None else (text, None)


def decode(data: bytes) -> tuple[str, str]:
    """Bytes to text and the encoding's name: a mark at the start, UTF-8, UTF-16, what a page declares, then the Vietnamese
    encodings before Unicode by what they read as. Raises `ArticleError` (stage `decode`) for bytes that are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data.decode(name, "replace").removeprefix("\ufeff")
            return _readable(text), name
    try:
        text, was = repair(data.decode("utf-8"))
        if text.count("\x00") * 4 < len(text):
            return _readable(text), was or "utf-8"
    except UnicodeDecodeError as error:
        first = error.start
    else:
        first = 0
    if (wide := _utf16(data)) is not None:
        return wide
    damaged = data.decode("utf-8", "replace")
    # A broken character in a text that is else UTF-8 costs that character, not the article.
    bad = damaged.count("\ufffd")
    if len(UNICODE_VIETNAMESE.findall(damaged)) > 2 * bad:
        return retone(damaged), f"damaged utf-8: {bad} characters lost"
    return _legacy(data, first)


def _legacy(data: bytes, first: int) -> tuple[str, str]:
    western = "".join(chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else _CP1252[b] for b in data)
    viet = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    candidates = [(vietnamese(viet), viet, "windows-1258")]
    if found := best_legacy(western):
        candidates.append((vietnamese(found[0]), *found))
    declared = _DECLARED.search(data[:4096])
    if declared is not None:
        try:
            named = data.decode(declared[1].decode("ascii"))
            candidates.append((vietnamese(named), named, declared[1].decode("ascii").lower()))
        except (LookupError, UnicodeDecodeError):
            pass
    score, text, name = max(candidates, key=lambda c: c[0])
    if score:
        return _readable(text), name
    if b"\x00" in data or len(_CONTROL.findall(western)) * 20 > len(western):
        raise ArticleError(f"not text: byte 0x{data[first]:02x} at {first} fits no known encoding", stage="decode")
    return western, "windows-1252"


_CP1252 = [bytes([b]).decode("cp1252", "replace") for b in range(256)]


def _utf16(data: bytes) -> tuple[str, str] | None:
    head = data[:4000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) >= 8 and zeros.count(0) * 5 > len(zeros):
            text = data.decode(name, "replace")
            if not _CONTROL.search(text):
                return text, name
    return None


def _readable(text: str) -> str:
    if (bad := len(_CONTROL.findall(text))) * 10 > len(text):
        raise ArticleError(f"not text: {bad} of {len(text)} characters are control codes", stage="decode")
    return text
