"""Faults of characters that are mended where what is meant is certain: paragraphs of legacy fonts, tones on the wrong letter."""

from __future__ import annotations

import unicodedata

import regex

from extractor.compiled import compiled
from extractor.text_legacy import best_legacy

# Letters that only Vietnamese in Unicode has: one of them, and a text is neither a legacy encoding nor misread.
UNICODE_VIETNAMESE = compiled(r"[đĐăĂơƠưƯ\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
_LATIN = compiled(r"[\xa1-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2030]")
FEW = 4  # foreign letters from which a paragraph is worth reading as a legacy font's

_TONE = "\u0300\u0301\u0303\u0309\u0323"
_ON_CONSONANT = compiled(rf"[ñńǹṇḿṃṭćṕǵḥÑŃǸṆḾṂṬĆṔǴḤ]|[cghmnptCGHMNPT][{_TONE}]")
# One syllable whose tone stands on its last consonant: "Nguyêñ", "huyêṇ".
_SYLLABLE = compiled(
    r"(?<!\p{L})(?P<head>(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?)(?P<vowels>[aăâeêioôơuưy]{1,3})"
    rf"(?P<tail>[cmnpt]|ch|ng|nh)(?<=[cmnptgh])(?P<tone>[{_TONE}])(?P<rest>[gh]?)(?!\p{{L}}|[{_TONE}])",
    regex.IGNORECASE,
)
_MARKED_VOWELS = "ăâêôơư"
# A tone on the vowel after the one that bears it, in the rhymes that there are: "Hôị", "ngươì", "mâý".
_ON_GLIDE = compiled(
    r"(?:(?P<vowel>â)(?P<glide>[ùúủũụỳýỷỹỵ])|(?P<vowel>ê)(?P<glide>[ùúủũụ])|(?P<vowel>ô)(?P<glide>[ìíỉĩị])"
    r"|(?P<vowel>ơ)(?P<glide>[ìíỉĩịùúủũụ])|(?P<vowel>ư)(?P<glide>[àáảãạìíỉĩịùúủũụ]))(?![\p{L}\p{M}])",
    regex.IGNORECASE,
)


def retone(text: str) -> str:
    """Tones that were typed after the syllable's last letter, on the vowel that bears them: "Nguyêñ" → "Nguyễn", "Hôị" → "Hội".

    Only whole syllables of Vietnamese are mended; a foreign "Poznań" stays. Text without such letters is returned as it is.
    """
    text = _ON_GLIDE.sub(_from_glide, text)
    if _ON_CONSONANT.search(text) is None:
        return text
    apart = regex.sub(r"[ñńǹṇḿṃṭćṕǵḥÑŃǸṆḾṂṬĆṔǴḤ]", lambda m: unicodedata.normalize("NFD", m.group()), text)
    mended = _SYLLABLE.sub(_with_tone, apart)
    return unicodedata.normalize("NFC", mended)


def _from_glide(m: regex.Match[str]) -> str:
    apart = unicodedata.normalize("NFD", m["glide"])
    return unicodedata.normalize("NFC", m["vowel"] + apart[1:]) + apart[:1]


def _with_tone(m: regex.Match[str]) -> str:
    vowels = m["vowels"]
    marked = [i for i, v in enumerate(vowels.lower()) if v in _MARKED_VOWELS]
    at = marked[-1] if marked else len(vowels) - 1
    toned = unicodedata.normalize("NFC", vowels[: at + 1] + m["tone"]) + vowels[at + 1 :]
    return str(m["head"] + toned + m["tail"] + m["rest"])


def mend_paragraphs(text: str) -> tuple[str, str | None]:
    """Paragraphs of a legacy font in a text that is else Unicode, decoded; and what they were ("tcvn3 in 1 of 5 paragraphs")."""
    lines = text.split("\n")
    found: dict[str, int] = {}
    for k, line in enumerate(lines):
        if UNICODE_VIETNAMESE.search(line) is not None or len(_LATIN.findall(line)) < FEW:
            continue
        decoded = best_legacy(line)
        if decoded is not None:
            lines[k] = decoded[0]
            found[decoded[1]] = found.get(decoded[1], 0) + 1
    if not found:
        return text, None
    whole = sum(1 for line in lines if line.strip())
    return "\n".join(lines), ", ".join(f"{name} in {count} of {whole} paragraphs" for name, count in found.items())
