"""Who issued a document: from the suffix of its number, from the words after or before it, from the rest of the article."""

from __future__ import annotations

from collections import Counter
from functools import cache

import regex

from extractor.fields.dates_lexicon import word_tree
from extractor.fields.documents_lexicon import IssuerRow, TypeRow, issuer_codes, issuer_forms
from extractor.models import Reading
from extractor.values import documents as values

_UNIT = r"tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|đặc khu"
_NAME = r"(?:\p{Lu}[\p{L}'’]*|\d{1,2})(?:(?:[ ]|[ ]?-[ ]?)\p{Lu}[\p{L}'’]*){0,3}"
_FIXED = {"Nghị định": "Chính phủ", "Luật": "Quốc hội", "Bộ luật": "Quốc hội", "Hiến pháp": "Quốc hội", "Pháp lệnh": "Ủy ban Thường vụ Quốc hội"}


@cache
def _issuer() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?P<head>bộ trưởng[ ]|chủ tịch[ ]|giám đốc[ ]|phó[ ])?(?P<body>{word_tree(issuer_forms())})(?![\p{{L}}\d])"
        rf"(?P<place>[ ](?:(?P<unit>{_UNIT})(?![\p{{L}}])[ ]?)?)?"
    )


_PLACE = regex.compile(rf"(?:[ ]?\.)?[ ]?(?P<name>{_NAME})")
_AFTER = regex.compile(
    r"(?:[ ]?,?[ ]?(?:\(?(?:ban hành[ ])?(?:ngày|năm)[ ][\d/.\-]{4,10}\)?|\(?ngày[ ]\d{1,2}[ ]tháng[ ]\d{1,2}[ ]năm[ ]\d{4}\)?|ngày[ ]\d{1,2}[/.\-]\d{1,2}))?[ ]?,?[ ]?(?:và[ ][^.;\n]{5,60})?[ ](?:của|do)[ ]"
)
_ISSUES = regex.compile(r"(?<!\p{L})(?:ban hành|ký|ra|có|gửi|phê duyệt|công bố|trình|xây dựng|thông qua|đưa ra|nhận được)(?!\p{L})")


def _expand(unit: str) -> str:
    return {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã"}.get(unit, unit)


def _read(reading: Reading, m: regex.Match[str]) -> tuple[IssuerRow, str, str | None]:
    """The body at a match, its full name with its place, and the bare unit word where no name follows."""
    row = issuer_forms()[" ".join(m["body"].split())]
    name = row.name
    for lead in ("tỉnh ủy", "thành ủy"):
        if m["body"].endswith(lead):
            name = lead.capitalize()
    if m["head"] and m["head"].strip() == "bộ trưởng" and name.startswith("Bộ "):
        name = f"Bộ trưởng {name}"
    if row.place == "none":
        return row, name, None
    unit = m["unit"]
    at = m.end()
    place = _PLACE.match(reading.text, at) if unit or reading.text[at - 1 : at] == " " else None
    if place is not None and (unit or place["name"][0].isupper()):
        label = place["name"]
        if unit:
            return row, f"{name} {_expand(unit)} {'Hồ Chí Minh' if label == 'HCM' else label}", None
        if label in ("TPHCM", "TP"):
            return row, f"{name} Thành phố Hồ Chí Minh", None
        return row, f"{name} {label}", None
    return row, name, _expand(unit) if unit else ""


@cache
def _unit_names() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}])(?P<unit>{'|'.join(('[Tt]ỉnh', 'TỈNH', '[Tt]hành phố', 'TP[.]?', '[Hh]uyện', '[Qq]uận', '[Tt]hị xã', '[Xx]ã', '[Pp]hường'))})[ ]?(?P<name>{_NAME})")


class Issuers:
    """Issuers of one article: every body named in it, and the places its bare unit words stand for."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.bodies = [(m.start(), m.end(), *_read(reading, m)) for m in _issuer().finditer(reading.folded)]
        self._names: dict[str, str] | None = None

    def _unit_name(self, unit: str) -> str | None:
        """The name that most often follows a unit word in the article."""
        if self._names is None:
            counts: dict[str, Counter[str]] = {}
            for m in _unit_names().finditer(self.reading.text):
                counts.setdefault(_expand(m["unit"].lower()), Counter())[m["name"]] += 1
            self._names = {k: c.most_common(1)[0][0] for k, c in counts.items()}
        return self._names.get(unit)

    def _complete(self, row: IssuerRow, name: str, unit: str | None, at: int) -> str:
        """A local body's name with its place: the bare unit word's name, else the nearest full name of the same body."""
        if unit is None or row.place == "none":
            return name
        if unit:
            known = self._unit_name(unit)
            return f"{name} {unit} {known}" if known else f"{name} {unit}"
        same = [(abs(s - at) + (200 if s > at else 0), full) for s, _, other, full, bare in self.bodies if other is row and bare is None]
        if same:
            return min(same)[1]
        bare_units = [(abs(s - at), bare) for s, _, other, _, bare in self.bodies if other is row and bare]
        if bare_units:
            return self._complete(row, name, min(bare_units)[1], at)
        for unit_word in ("tỉnh", "thành phố", "huyện"):
            known = self._unit_name(unit_word)
            if known and row.name not in ("Huyện ủy", "Quận ủy", "Thị ủy"):
                return f"{name} {known}" if name in ("Tỉnh ủy", "Thành ủy") else f"{name} {unit_word} {known}"
        return name

    def after(self, end: int) -> tuple[IssuerRow, str] | None:
        """The body in "… ngày 3/5/2017 của X", "… do X ban hành" right after a citation."""
        m = _AFTER.match(self.reading.folded, end)
        if m is None:
            return None
        for start, _, row, name, unit in self.bodies:
            if 0 <= start - m.end() <= 16 and "." not in self.reading.folded[m.end() : start]:
                return row, self._complete(row, name, unit, start)
            if start > m.end() + 16:
                break
        return None

    def before(self, at: int) -> tuple[IssuerRow, str] | None:
        """The body that issues in the same sentence: "UBND tỉnh X vừa ban hành Quyết định …"."""
        begin, _ = self.reading.sentence_at(at)
        best = None
        for start, end, row, name, unit in self.bodies:
            if start >= at:
                break
            if start >= begin and _ISSUES.search(self.reading.folded, end, at) and at - end < 130:
                best = (row, self._complete(row, name, unit, start))
        return best

    def of(self, kind: TypeRow | None, number: str, start: int, end: int) -> str | None:
        """The issuer of a citation, or None where neither number nor text says it."""
        parsed = values.parse(number)
        codes = self._codes(kind, parsed)
        after = self.after(end)
        if len(codes) > 1:
            return ", ".join(self._complete(c, c.name, "" if c.place == "local" else None, start) for c in codes)
        if codes:
            row = codes[0]
            if after is not None and _same(row, after[0]):
                return after[1]
            if row.place == "none" and not row.id == "trung-uong":
                return row.name
            before = self.before(start)
            if before is not None and _same(row, before[0]):
                return before[1]
            return self._complete(row, row.name, "" if row.place == "local" else None, start)
        if kind is not None and kind.name in _FIXED:
            return _FIXED[kind.name]
        if after is not None:
            return after[1]
        before = self.before(start)
        return before[1] if before is not None else None

    @staticmethod
    def _codes(kind: TypeRow | None, parsed: values.Number | None) -> list[IssuerRow]:
        if parsed is None or not parsed.segments:
            return []
        table = issuer_codes()
        found = []
        for segment in parsed.segments:
            code = values.assembly(segment) or segment.upper()
            if code in table:
                found.append(table[code])
        if kind is not None and kind.name in ("Thông tư liên tịch", "Nghị quyết liên tịch"):
            return found
        return found[:1]


_RELATED = {
    "trung-uong": ("trung-uong", "bo-chinh-tri", "ban-bi-thu", "uy-ban-kiem-tra-tw", "van-phong-tw"),
    "bhxh": ("bhxh", "bhxh-viet-nam"),
    "thu-tuong": ("thu-tuong", "chinh-phu"),
}


def _same(row: IssuerRow, other: IssuerRow) -> bool:
    return other.id in _RELATED.get(row.id, (row.id,)) and not (row.id == "thu-tuong" and other.id == "chinh-phu")
