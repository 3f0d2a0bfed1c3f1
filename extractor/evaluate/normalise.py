"""When two strings count as equal in scoring. Part of the scoring definition, so independent of the extraction rules on purpose."""

from __future__ import annotations

import unicodedata
from functools import cache

import regex

# Whole words that are read as their expansion when names of posts, bodies and document types are compared.
_EXPANSIONS = {
    "bch": "ban chấp hành",
    "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế",
    "btv": "ban thường vụ",
    "ct": "chủ tịch",
    "gd&đt": "giáo dục và đào tạo",
    "gd-đt": "giáo dục và đào tạo",
    "gdđt": "giáo dục và đào tạo",
    "hcm": "hồ chí minh",
    "hđnd": "hội đồng nhân dân",
    "lđ-tb&xh": "lao động thương binh và xã hội",
    "lđtbxh": "lao động thương binh và xã hội",
    "mttq": "mặt trận tổ quốc",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn",
    "pct": "phó chủ tịch",
    "qh": "quốc hội",
    "tn&mt": "tài nguyên và môi trường",
    "tp": "thành phố",
    "tphcm": "thành phố hồ chí minh",
    "tt": "thường trực",
    "tw": "trung ương",
    "tx": "thị xã",
    "tư": "trung ương",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubnd": "ủy ban nhân dân",
    "uvbtv": "ủy viên ban thường vụ",
    "vhttdl": "văn hóa thể thao và du lịch",
    "vn": "việt nam",
    "đbqh": "đại biểu quốc hội",
}
_TONES = {  # tone mark on the second letter → on the first, as in "hoà" and "hòa"
    **{"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa"},
    **{"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe"},
    **{"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"},
}
_TONE = regex.compile("(?<!q)(?:" + "|".join(_TONES) + ")")
_SEPARATORS = regex.compile(r"[\s,;:()\"“”/]+")
# Left out of a post: "nguyên" (a record may tell it beside the role), links, the term.
_LINKS = regex.compile(r"^(?:nguyên|cựu|quyền) |\b(?:thuộc|của)\b ?|\bkhóa [ivxl]+\b")
_NUMBER_SIGNS = str.maketrans({"Ð": "Đ", "–": "-", "\u2011": "-", " ": None, "\u00a0": None})
_NUMBER_WORD = regex.compile(r"^SỐ:?")


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
NATION = frozenset(
    words(text)
    for text in ("", "cả nước", "toàn quốc", "Việt Nam", "nước ta", "trên cả nước", "trên toàn quốc", "cả nước ta")
) | {words("trong cả nước")}
NOW = frozenset(
    words(text)
    for text in (
        "hiện",
        "hiện nay",
        "hiện tại",
        "đến nay",
        "cho đến nay",
        "tính đến nay",
        "lúc này",
        "bây giờ",
        "tới nay",
    )
) | frozenset(words(f"đến {text}") for text in ("hiện nay", "thời điểm này", "thời điểm hiện tại"))
