"""Vietnamese before Unicode: TCVN3 (ABC fonts), VNI and Windows-1258 texts, found by what they read as and decoded.

Tables: TCVN 5712:1993 (VN3) as the ABC fonts use it; VNI for Windows. Both were shown through fonts over Windows-1252, so
such a text reaches us either as bytes or as a string of Latin letters ("Uû ban nh©n d©n", "UÛy ban nhaân daân").
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import regex

# Bytes 0xA1-0xFE of TCVN3, "\0" where the standard has no letter.
_TCVN3 = (
    "ĂÂÊÔƠƯĐăâêôơưđ\0\0\0\0\0\0àảãáạ\0ằẳẵắ\0\0\0\0\0\0\0ặầẩẫấậè\0ẻẽéẹềểễếệìỉ\0\0\0ĩíịò\0ỏõóọồổỗốộờởỡớợù\0ủũúụừửữứựỳỷỹýỵ"
)
_VNI_TONES = dict(zip("ùøûõï", "áàảãạ", strict=True)) | dict(zip("âáàåãä", "âấầẩẫậ", strict=True))
_VNI_BREVE = dict(zip("êéèúüë", "ăắằẳẵặ", strict=True))
_ROWS = {
    "a": "áàảãạâấầẩẫậ",
    "e": "éèẻẽẹêếềểễệ",
    "o": "óòỏõọôốồổỗộ",
    "u": "úùủũụ",
    "y": "ýỳỷỹ",
    "ô": "ớờởỡợ",
    "ö": "ứừửữự",
}
_VNI_SINGLE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
# Frequent syllables that carry a mark: any running text of a hundred words holds a dozen of them, garbage none.
_SYLLABLES = Path(__file__).parent / "data" / "syllables.txt"
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_SAMPLE = 20_000  # characters that are looked at to tell the encoding


@cache
def _frequent() -> frozenset[str]:
    return frozenset(_SYLLABLES.read_text(encoding="utf-8").split())


@cache
def _tcvn3() -> dict[int, str]:
    return {0xA1 + i: c for i, c in enumerate(_TCVN3) if c != "\0"}


@cache
def _vni() -> tuple[regex.Pattern[str], dict[str, str]]:
    table: dict[str, str] = dict(_VNI_SINGLE)
    for base, row in _ROWS.items():
        table |= {base + mark: letter for mark, letter in zip(_VNI_TONES, row, strict=False)}
    table |= {"a" + mark: letter for mark, letter in _VNI_BREVE.items()}
    full = dict(table)
    for key, letter in table.items():
        full[key.upper()] = letter.upper()
        if len(key) == 2:
            # A capital keeps a small mark in many texts ("Uûy"), and a small letter never takes a capital one.
            full[key[0].upper() + key[1]] = letter.upper()
    keys = sorted(full, key=len, reverse=True)
    return regex.compile("|".join(keys)), full


def from_tcvn3(text: str) -> str:
    """A TCVN3 text that was read as Windows-1252 or Latin-1, decoded; the length stays the same."""
    return text.translate(_tcvn3())


def from_vni(text: str) -> str:
    """A VNI text that was read as Windows-1252, decoded; base letter and mark become one letter."""
    pattern, table = _vni()
    decoded: str = pattern.sub(lambda m: table[m.group()], text)
    return decoded


def sample(text: str) -> str:
    """The first part of a text, of a page without its tags and scripts: what an encoding is told by. Linear in the text."""
    if "<" not in text[:1000]:
        return text[:_SAMPLE]
    out: list[str] = []
    size = at = 0
    while size < _SAMPLE and at < len(text):
        tag = text.find("<", at)
        tag = len(text) if tag < 0 else tag
        out.append(text[at:tag])
        size += tag - at
        hidden = next((name for name in ("script", "style") if text[tag + 1 : tag + 7].lower().startswith(name)), None)
        end = text.find(f"</{hidden}", tag) if hidden else tag
        end = text.find(">", end) if end >= 0 else -1
        if end < 0:
            break
        at = end + 1
    return " ".join(out)[:_SAMPLE]


def vietnamese(text: str) -> int:
    """How many frequent Vietnamese syllables with a mark the first part of a text holds."""
    frequent = _frequent()
    return sum(w in frequent for w in _WORD.findall(sample(text).lower()))


LEGACY: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}


def best_legacy(text: str) -> tuple[str, str] | None:
    """The decoded text and the encoding's name, for a string of Latin letters that is TCVN3 or VNI; None for any other."""
    part = sample(text)
    words = len(_WORD.findall(part))
    scores = [(vietnamese(decode(part)), name, decode) for name, decode in LEGACY.items()]
    score, name, decode = max(scores, key=lambda s: s[0])
    if score < max(2, words // 40) or score < 2 * vietnamese(part):
        return None
    return decode(text), name
