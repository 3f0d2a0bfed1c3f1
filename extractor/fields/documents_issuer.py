"""Who issued a document: from the suffix of its number, from the words after or before it, from the rest of the article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache

import regex

from extractor.fields.documents_bodies import Body, find_bodies, province_before, unit_names
from extractor.fields.documents_lexicon import IssuerRow, TypeRow, issuer_codes, type_codes, words
from extractor.models import Reading
from extractor.values import documents as values

# What the Constitution leaves to one body: no suffix is needed to know who issues it.
_FIXED = {
    "Nghị định": "Chính phủ",
    "Luật": "Quốc hội",
    "Bộ luật": "Quốc hội",
    "Hiến pháp": "Quốc hội",
    "Pháp lệnh": "Ủy ban Thường vụ Quốc hội",
}
_DATED = (
    r"(?:[ ]?,?[ ]?\(?(?:ban hành[ ]|ký[ ])?(?:(?:ngày|hôm|năm)[ ])?(?:\d{1,2}[ ]?[/.\-][ ]?\d{1,2}(?:[ ]?[/.\-][ ]?\d{4})?"
    r"|\d{4}|\d{1,2}[ ]tháng[ ]\d{1,2}[ ]năm[ ]\d{4})\)?)?"
)
_AFTER = regex.compile(rf"{_DATED}[ ]?,?(?:[ ](?:và|cùng|cũng như)[ ][^.;\n]{{5,70}}?)?[ ](?P<by>của|do)[ ]")
_AT = regex.compile(r"[ ,]{0,2}(?:tại|theo|bằng|ở|trong|qua|thông qua|là)?[ ]?(?:các[ ])?")
LATER = 300  # a mention after the citation counts as this many characters farther away
_RELATED = {
    "trung-uong": ("trung-uong", "bo-chinh-tri", "ban-bi-thu", "uy-ban-kiem-tra-tw", "van-phong-tw"),
    "bhxh": ("bhxh", "bhxh-viet-nam"),
    "lien-doan-bong-da": ("lien-doan-bong-da",),
}


@cache
def _head_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){words('head')}[ ]$")


@cache
def _issues() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){words('issues')}(?!\p{{L}})")


@cache
def _ends() -> regex.Pattern[str]:
    """Any other body: "của Giám đốc Bệnh viện đa khoa huyện X"."""
    return regex.compile(
        rf"(?P<name>\p{{Lu}}[\p{{L}}&-]*(?:[ ][\p{{L}}&-]+){{0,11}}?)(?=[ ]{words('ends-name')}(?!\p{{L}})|[ ]?[,.;:()\n\"”]|$)"
    )


def _same(row: IssuerRow, other: IssuerRow) -> bool:
    return other.id in _RELATED.get(row.id, (row.id,))


class Issuers:
    """Issuers of one article: every body named in it, and the places its bare unit words stand for."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._bodies: list[Body] | None = None
        self._names: dict[str, str] | None = None
        self._by_row: dict[tuple[str, bool], list[Body]] | None = None

    @property
    def bodies(self) -> list[Body]:
        """All bodies of the article, found when first needed."""
        if self._bodies is None:
            self._bodies = find_bodies(self.reading)
        return self._bodies

    def _nearest(self, row: IssuerRow, at: int, *, bare: bool) -> Body | None:
        """The mention of a body nearest to `at`, one before it rather than one after; `bare` ones have only a unit word."""
        if self._by_row is None:
            self._by_row = {}
            for body in self.bodies:
                if body.bare != "":
                    self._by_row.setdefault((body.row.id, body.bare is not None), []).append(body)
        same = self._by_row.get((row.id, bare), [])
        k = bisect_right(same, at, key=lambda b: b.start)
        near = same[max(0, k - 1) : k + 1]
        return min(near, key=lambda b: at - b.start if b.start <= at else b.start - at + LATER, default=None)

    def _unit_name(self, unit: str) -> str | None:
        if self._names is None:
            self._names = unit_names(self.reading)
        return self._names.get(unit)

    def _complete(self, row: IssuerRow, name: str, bare: str | None, at: int) -> str:
        """A local body's name with its place: the bare unit word's name, else the nearest full name of the same body."""
        if bare is None or row.place == "none":
            return name
        if bare:
            known = self._unit_name(bare)
            return f"{name} {bare} {known}" if known else f"{name} {bare}"
        named = self._nearest(row, at, bare=False)
        if named is not None:
            return named.name
        unit_only = self._nearest(row, at, bare=True)
        if unit_only is not None:
            return self._complete(row, unit_only.name, unit_only.bare, at)
        if row.id == "bhxh":
            return "Bảo hiểm xã hội Việt Nam"
        if row.id == "dang-uy":
            return name
        if row.id in ("huyen-uy", "quan-uy", "thi-uy"):
            known = self._unit_name({"huyen-uy": "huyện", "quan-uy": "quận", "thi-uy": "thị xã"}[row.id])
            return f"{name} {known}" if known else name
        for unit in ("tỉnh", "thành phố", "huyện"):
            known = self._unit_name(unit)
            if known:
                return f"{name} {known}" if row.id == "tinh-uy" else f"{name} {unit} {known}"
        return name

    def _name(self, body: Body) -> str:
        return self._complete(body.row, body.name, body.bare, body.start)

    def other(self, end: int) -> str | None:
        """A body without a row that stands after "của" with a capital: "của Giám đốc Bệnh viện đa khoa huyện X"."""
        m = _AFTER.match(self.reading.folded, end, end + 120)
        name = _ends().match(self.reading.text, m.end()) if m is not None and m["by"] == "của" else None
        return name["name"] if name is not None and " " in name["name"] else None

    def _headed(self, body: Body, end: int) -> str:
        """The body's name, with its head where the text says "của Chủ tịch …" after a citation that ends at `end`."""
        name = self._name(body)
        m = _AFTER.match(self.reading.folded, end, end + 120)
        head = _head_before().search(self.reading.folded, max(0, body.start - 20), body.start)
        if m is None or m["by"] != "của" or head is None or body.start < end or head.group().startswith("phó"):
            return name
        said = " ".join(head.group().split()).capitalize()
        return f"{said} {name.removesuffix(' Việt Nam') if body.row.id == 'ngan-hang-nha-nuoc' else name}"

    def after(self, end: int) -> Body | None:
        """The body in "… ngày 3/5/2017 của X", "… do X ban hành" right after a citation."""
        m = _AFTER.match(self.reading.folded, end, end + 120)
        if m is None:
            return None
        k = bisect_left(self.bodies, m.end(), key=lambda b: b.start)
        if k == len(self.bodies):
            return None
        between = self.reading.folded[m.end() : self.bodies[k].start]
        return self.bodies[k] if len(between) <= 22 and not regex.search(r"[.,;:\n]", between) else None

    def before(self, at: int) -> Body | None:
        """The body that issues in the same sentence: "UBND tỉnh X vừa ban hành Quyết định …", "UBND tỉnh X tại văn bản …"."""
        begin, _ = self.reading.sentence_at(at)
        last = bisect_left(self.bodies, at, key=lambda b: b.start)
        for body in reversed(self.bodies[max(0, last - 12) : last]):
            if body.start < begin or at - body.end > 160:
                break
            between = self.reading.folded[body.end : at]
            if _AT.fullmatch(between) or _issues().search(between):
                return body
        return None

    def of(self, kind: TypeRow | None, number: str, start: int, end: int) -> str | None:
        """The issuer of a citation, or None where neither number nor text says it."""
        parsed = values.parse(number)
        codes = self._codes(kind, parsed)
        if len(codes) > 1:
            return ", ".join(self._complete(c, c.name, "" if c.place == "local" else None, start) for c in codes)
        if codes:
            row = codes[0]
            after = self.after(end)
            if after is not None and _same(row, after.row):
                return self._headed(after, end)
            before = self.before(start) if row.place == "local" or row.id == "trung-uong" else None
            if before is not None and _same(row, before.row):
                return self._name(before)
            if row.place == "none":
                return row.name
            place = province_before(self.reading.text, start)
            return f"{row.name} {place}" if place else self._complete(row, row.name, "", start)
        if kind is not None and kind.name in _FIXED:
            return _FIXED[kind.name]
        found = self.after(end)
        if found is not None:
            return self._headed(found, end)
        other = self.other(end)
        if other is not None:
            return other
        found = self.before(start)
        return self._name(found) if found is not None else None

    @staticmethod
    def _codes(kind: TypeRow | None, parsed: values.Number | None) -> list[IssuerRow]:
        if parsed is None or not parsed.segments:
            return []
        table = issuer_codes()
        found = []
        for k, segment in enumerate(parsed.segments):
            code = values.assembly(segment) or segment.upper()
            if code in table and not (k == 0 and len(parsed.segments) > 1 and code in type_codes()):
                found.append(table[code])
        if kind is not None and kind.name in ("Thông tư liên tịch", "Nghị quyết liên tịch"):
            return found
        return found[:1]
