"""Changes of a text that must not change what is read of it, and the comparison of two records that says what did."""

from __future__ import annotations

import json
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import regex

import extractor
from extractor.records import Record
from extractor.text import fold

Json = dict[str, Any]
NEW_TONES = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
OLD_TONES = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
INVISIBLE = "\u200b\u200c\u200d\ufeff\u00ad\u2060"
LAST = (
    "Trong một diễn biến khác, mưa lớn kéo dài khiến nhiều tuyến đường của tỉnh Quảng Ninh ngập sâu, đất đá tràn xuống lòng đường.",
    "Cũng trong tuần này, đội bóng chuyền nữ Long An đã thắng đội khách sau năm hiệp đấu căng thẳng trên sân nhà.",
    "Theo dự báo, vùng biển tỉnh Cà Mau có gió giật mạnh, tàu thuyền nhỏ cần vào nơi trú ẩn an toàn.",
    "Trước đó, tại tỉnh Quảng Ninh, bà Đoàn Thị Thúy Lan, Phó Bí thư Tỉnh ủy, đã đến thăm các gia đình có nhà bị sập.",
    "Cùng ngày, Chủ tịch UBND huyện Cần Giuộc (Long An) Lê Hữu Tánh đã trao nhà tình nghĩa cho bốn hộ nghèo.",
    "Ở tỉnh Cà Mau, lãnh đạo UBND tỉnh yêu cầu Sở Y tế và Công an tỉnh phối hợp làm rõ vụ việc.",
)
FIRST = (
    "Những ngày này, các vườn cam ở tỉnh Hòa Bình đã vào vụ, thương lái tìm đến tận vườn để đặt mua.",
    "Sáng sớm, sương mù dày đặc phủ kín các cung đường đèo, tài xế phải bật đèn và đi rất chậm.",
)
# Share of articles that a relation may change. Of 1,200 articles it allows 6: a relation that changes one of a hundred stays
# under that once in twenty samples, one that changes one of four hundred goes over it as rarely. Of 400 it allows 2.
MOST = 0.005
ACTS = ("locations", "officials", "documents", "dates", "figures")


@dataclass(frozen=True, slots=True)
class Case:
    """An article and the same article changed; `head`, `tail` are the code points of what was put before and after the body."""

    text: str
    published: date | None
    title: str | None = None
    keep: tuple[int, int] | None = None  # the stretch of the changed text whose items are compared


Change = Callable[[Case, random.Random], Case | None]


@dataclass(frozen=True, slots=True)
class Relation:
    """A change, and what is left out of the comparison because it may differ."""

    name: str
    change: Change
    ignore: Callable[[str, Json], bool] = lambda field, item: False
    without: Mapping[str, tuple[str, ...]] | None = None
    number: int = 400  # of other articles on which it is held, where they are


def _text(function: Callable[[str, random.Random], str]) -> Change:
    def change(case: Case, dice: random.Random) -> Case | None:
        text = function(case.text, dice)
        return None if text == case.text else Case(text, case.published, case.title)

    return change


def _each(signs: Iterable[str], share: float, also: str = "") -> Callable[[str, random.Random], str]:
    """Every blank, or a share of them, replaced by one of the signs (after `also`)."""
    choices = list(signs)

    def change(text: str, dice: random.Random) -> str:
        return "".join(also + dice.choice(choices) if c == " " and dice.random() < share else c for c in text)

    return change


def _tones(source: Iterable[str], target: Iterable[str]) -> Callable[[str, random.Random], str]:
    table = dict(zip(source, target, strict=True))
    table |= {a[0].upper() + a[1]: b[0].upper() + b[1] for a, b in table.items()}
    table |= {a.upper(): b.upper() for a, b in table.items()}
    pattern = regex.compile(r"(?<![qQ])(?:" + "|".join(table) + r")(?!\p{L})")
    return lambda text, dice: pattern.sub(lambda m: table[m.group()], text)


def _invisible_in_words(text: str, dice: random.Random) -> str:
    return regex.sub(
        r"(?<=\p{L})(?=\p{L})",
        lambda m: dice.choice("\u200c\u200d\u00ad\u2060\ufeff") if dice.random() < 0.02 else "",
        text,
    )


def _capital_headline(case: Case, dice: random.Random) -> Case | None:
    head, line, rest = case.text.partition("\n")
    if not line or head.upper() == head or len(head) > 250 or head.endswith("."):
        return None
    if len(head.upper()) != len(head):
        return None
    title = case.title.upper() if case.title else None
    return Case(head.upper() + line + rest, case.published, title, (len(head), len(case.text)))


def _last(case: Case, dice: random.Random) -> Case:
    text = case.text.rstrip()
    return Case(f"{text}\n{dice.choice(LAST)}\n", case.published, case.title, (0, len(text)))


def _first(case: Case, dice: random.Random) -> Case | None:
    head, line, rest = case.text.partition("\n")
    if not line or len(head) > 250 or head.endswith("."):
        return None
    more = dice.choice(FIRST)
    start = len(head) + len(more) + 2
    return Case(f"{head}\n{more}\n{rest}", case.published, case.title, (start, start + len(rest)))


def _year(case: Case, dice: random.Random) -> Case | None:
    if case.published is None:
        return None
    day = case.published
    years = -1 if date(2024, 7, 1) <= day < date(2025, 7, 1) else 1  # not over July 2025, when districts ended
    return Case(case.text, date(day.year + years, day.month, min(day.day, 28)), case.title)


def _depends_on_the_year(field: str, item: Json) -> bool:
    """Dates that name no year are reckoned from the day of publication, and so is what is reckoned from them."""
    return field == "dates" and not regex.search(r"(?:19|20)\d\d", item["text"])


# Units have other codes, parents and types on another day; "since 2016" ends on the day of publication, and what a year ago
# was a target for a later day is one no more. Days without a year ("từ ngày 1/8") begin and end posts in another year, and a
# post whose term ends between the two days is a former one on the later.
_OF_THE_YEAR = {
    "officials": ("activities", "place_code", "body_resolved", "since", "until", "former", "date"),
    "figures": (
        "period",
        "period_value",
        "period_inherited",
        "status",
        "start_date",
        "end_date",
        "base_value",
        "place_code",
        "place_codes",
    ),
    "locations": ("code", "successors", "path", "type"),
    "documents": ("date", "year", "issuer"),
    "dates": ("end_date",),
}

RELATIONS = (
    Relation("blanks doubled", _text(_each(["  "], 1))),
    Relation("blanks doubled here and there", _text(_each(["  ", "   "], 0.1))),
    Relation("no-break blanks", _text(_each(["\u00a0"], 1))),
    Relation("no-break and other blanks here and there", _text(_each(["\u00a0", "\u00a0 ", " \u00a0", "\u2009", "\u202f"], 0.1))),
    Relation("zero-width spaces after blanks", _text(_each([" \u200b", "\u200b "], 0.1))),
    Relation("invisible signs in words", _text(_invisible_in_words)),
    Relation("byte order mark", _text(lambda text, dice: "\ufeff" + text)),
    Relation("trailing blanks", _text(lambda text, dice: regex.sub(r"(?=\n|$)", " \u00a0 ", text))),
    Relation("indented lines", _text(lambda text, dice: regex.sub(r"(?m)^", "  ", text))),
    Relation("CRLF", _text(lambda text, dice: text.replace("\n", "\r\n"))),
    Relation("empty lines at the end", _text(lambda text, dice: text + "\n\n \n\n")),
    Relation("empty lines at the start", _text(lambda text, dice: "\n \n\n" + text)),
    Relation("empty lines between", _text(lambda text, dice: regex.sub(r"\n+", "\n\n\n", text))),
    Relation("decomposed", _text(lambda text, dice: unicodedata.normalize("NFD", text))),
    Relation("tones as in hòa", _text(_tones(NEW_TONES, OLD_TONES))),
    Relation("tones as in hoà", _text(_tones(OLD_TONES, NEW_TONES))),
    Relation("en dashes", _text(lambda text, dice: text.replace("-", "–"))),
    Relation("hyphens", _text(lambda text, dice: regex.sub("[–—]", "-", text))),
    Relation("straight quotes", _text(lambda text, dice: regex.sub("[“”„]", '"', text))),
    Relation("headline in capitals", _capital_headline),
    Relation("an unrelated last paragraph", _last, number=1200),
    Relation("an unrelated first paragraph", _first, number=1200),
    Relation("published a year later", _year, _depends_on_the_year, _OF_THE_YEAR),
)  # fmt: skip

_SPAN = ("start", "end", "provenance")


def plain(text: str) -> str:
    """A string as it is compared: folded, single blanks, nothing invisible."""
    return " ".join(fold(regex.sub(f"[{INVISIBLE}]", "", unicodedata.normalize("NFC", text))).split())


def _plain(value: Any, without: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain(v, without) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v, without) for k, v in value.items() if k not in _SPAN and k not in without}
    return value


def _inside(field: str, item: Json, keep: tuple[int, int] | None, without: tuple[str, ...]) -> Json | None:
    """The item, as far as it stands in the compared stretch, its posts in an order by what is compared of them."""
    if keep is None:
        return item
    start, end = keep
    if field == "officials":  # a post is told once an article, wherever it stands
        item = {**item, "mentions": [m for m in item["mentions"] if start <= m["start"] < end],
                "activities": [m for m in item["activities"] if start <= m["start"] < end],
                "positions": sorted(item["positions"], key=lambda p: json.dumps(_plain(p, without), sort_keys=True))}  # fmt: skip
        return item if item["mentions"] else None
    return item if start <= item["start"] < end else None


def compared(record: Record, relation: Relation, keep: tuple[int, int] | None) -> Counter[str]:
    """What is compared of a record: its items without offsets, each as JSON."""
    out: Counter[str] = Counter()
    for field in ACTS:
        without = (relation.without or {}).get(field, ())
        for item in record.model_dump(mode="json")[field]:
            if relation.ignore(field, item):
                continue
            kept = _inside(field, item, keep, without)
            if kept is None:
                continue
            if field == "officials" and keep is not None:
                kept = {k: v for k, v in kept.items() if k not in ("text", "aliases")}
            out[f"{field} {json.dumps(_plain(kept, without), ensure_ascii=False, sort_keys=True)}"] += 1
    return out


@lru_cache(maxsize=1200)  # an article is read once for all relations
def _record(text: str, published: date | None, title: str | None) -> Record:
    return extractor.extract(text, published=published, title=title)


def difference(relation: Relation, article: Case, dice: random.Random) -> tuple[Counter[str], Counter[str]] | None:
    """What the change took away and what it brought; None where the article is not changed by it."""
    changed = relation.change(article, dice)
    if changed is None:
        return None
    before = _record(article.text, article.published, article.title)
    after = extractor.extract(changed.text, published=changed.published, title=changed.title)
    keep = None
    if changed.keep is not None:  # the same stretch of the unchanged text
        length = changed.keep[1] - changed.keep[0]
        start = 0 if changed.keep[0] == 0 else len(article.text) - length
        keep = (start, start + length)
    old, new = compared(before, relation, keep), compared(after, relation, changed.keep)
    return old - new, new - old
