"""Who issued a document: from the suffix of its number, from the words after or before it, from the rest of the article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

import regex

from extractor.fields.documents.bodies import Body, find_bodies, province_before
from extractor.fields.documents.home import UNIT, Home, expand, find_home, place_name, province_near, said_near
from extractor.fields.documents.rows import IssuerRow, TypeRow, issuer_codes, type_codes, word_rows, words
from extractor.models import Reading
from extractor.rules import cache
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
    r"(?:[ ]năm[ ]\d{4}(?=[ ]ngày))?"
    r"(?:[ ]?,?[ ]?\(?(?:ban hành[ ]|ký[ ])?(?:(?:ngày|hôm|năm)[ ])?(?:\d{1,2}[ ]?[/.\-][ ]?\d{1,2}(?:[ ]?[/.\-][ ]?\d{4})?"
    r"|\d{4}|\d{1,2}[ ]tháng[ ]\d{1,2}[ ]năm[ ]\d{4})\)?)?"
)
_AFTER = regex.compile(rf"{_DATED}[ ]?,?(?:[ ](?:và|cùng|cũng như)[ ][^.;\n]{{5,70}}?)?[ ](?P<by>của|do)[ ]")
_AT = regex.compile(r"[ ,]{0,2}(?:tại|theo|bằng|ở|trong|qua|thông qua|là)?[ ]?(?:các[ ])?")
LATER = 300  # a mention after the citation counts as this many characters farther away
_UNIT_WORD = regex.compile(rf"(?P<unit>{UNIT})(?![ ]?ủy|\p{{L}})")
_SUBJECT = regex.compile(
    r"(?<=\A|[.,:;!?\n–-][ ]?|(?<!\p{L})(?:riêng|của)[ ])(?P<unit>tỉnh|thành phố|tp\.?|huyện|quận|thị xã)"
    r"(?![ ]?ủy|[ ]đoàn|\p{L})"
)
HIGH_SERIAL = 500  # a commune's office numbers hardly so many documents of one type in a year
_LETTERS = "abcdefghijklmnopqrstuvwxyzđ."
_TWO_LEVELS = date(2025, 7, 1)
_STEMS = ("VKS", "TAN", "BHX", "CAT", "SGD", "SYT", "SLĐ")  # bodies whose numbers may name their province
_OBEYS = regex.compile(r"(?<!\p{L})(?:theo|căn cứ|chấp hành)(?!\p{L})")
_BY = regex.compile(r"(?<!\p{L})(?:tại|theo)[ ]$")
# "Quyết định 12/QĐ-UBND của UBND tỉnh A … kể từ Quyết định 15": the body is the first document's.
_OWNED = regex.compile(rf"\d[^\s]*[/\-][^\s]*\p{{Lu}}[^\s]*{_DATED}[ ](?:của|do)[ ]$")
_COMMA = regex.compile(rf"{_DATED}[ ]?,[ ]")
HELD = 300  # so many more where the mention is only part of a person's post
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


@cache
def _follows_others() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){words('follows-others')}(?!\p{{L}})")


def _distance(body: Body, at: int) -> int:
    far = at - body.start if body.start <= at else body.start - at + LATER
    return far + HELD if body.held else far


def _kind(unit: str, name: str | None) -> str:
    return "Thành phố" if name == "Hồ Chí Minh" else unit


def _same(row: IssuerRow, other: IssuerRow) -> bool:
    return other.id in _RELATED.get(row.id, (row.id,))


def _provincial(kind: TypeRow | None, row: IssuerRow, number: values.Number | None) -> bool:
    """Whether the number alone shows a province's document: a rule of law (with its year), an urgent telegram, an office.

    Rules of law carry the year in their number (Law 80/2015/QH13); districts have hardly made any since 2016.
    """
    if number is None or row.id not in ("ubnd", "hdnd"):
        return False
    rule = number.year is not None and number.segments[0].upper() in ("QĐ", "NQ")
    return (
        rule
        or (kind is not None and kind.id == "cong-dien")
        or (len(number.segments) > 1 and number.segments[1] in _offices())
    )


@cache
def _offices() -> frozenset[str]:
    return frozenset(f for row in word_rows("office") for f in row.forms)


def _is_ministry(name: str | None) -> bool:
    """Whether a body may issue a circular (Law 80/2015/QH13, articles 24-26)."""
    return name is not None and _ministry().search(name) is not None


@cache
def _ministry() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?i:{words('ministry')})(?!\p{{L}})")


class Issuers:
    """Issuers of one article: every body named in it, and the places its bare unit words stand for.

    What stands behind `until`, the paragraph of the last citation, tells nothing of a citation.
    """

    def __init__(self, reading: Reading, until: int) -> None:
        self.reading = reading
        self.until = until
        self._bodies: list[Body] | None = None
        self._home: Home | None = None
        self._by_row: dict[str, list[Body]] | None = None

    @property
    def bodies(self) -> list[Body]:
        """All bodies of the article, found when first needed."""
        if self._bodies is None:
            self._bodies = [body for body in find_bodies(self.reading) if body.start < self.until]
        return self._bodies

    @property
    def home(self) -> Home:
        """The units the article is about, found when first needed."""
        if self._home is None:
            self._home = find_home(self.reading, self.until)
        return self._home

    def _same_row(self, row: IssuerRow) -> list[Body]:
        """The mentions of a body that name its unit or have a unit word."""
        if self._by_row is None:
            self._by_row = {}
            for body in self.bodies:
                if body.bare != "":
                    self._by_row.setdefault(body.row.id, []).append(body)
        return self._by_row.get(row.id, [])

    def _nearest(self, row: IssuerRow, at: int, level: str | None) -> Body | None:
        """The mention of a body nearest to `at`, one before it rather than one after, one that acts rather than a post's.

        A commune's body issues for itself alone: without words that say so no document is taken for its.
        """
        same = self._same_row(row)
        k = bisect_right(same, at, key=lambda b: b.start)
        near = [
            b
            for b in same[max(0, k - 8) : k + 4]
            if b.level != "commune" and level in (None, b.level) and (not b.bare or self.home.of(b.bare))
        ]
        return min(near, key=lambda b: _distance(b, at), default=None)

    def _complete(self, row: IssuerRow, name: str, bare: str | None, at: int, level: str | None = None) -> str:
        """A local body's name with its place: the bare unit word's name, else the nearest full name of the same body."""
        if bare is None or row.place == "none":
            return name
        if bare:
            known = said_near(self.reading, self.home, bare, at) or self.home.of(bare)
            return f"{name} {_kind(bare, known)} {known}" if known else f"{name} {bare}"
        named = self._nearest(row, at, level or row.level)
        if named is not None:
            return self._complete(row, named.plain, named.bare, at)
        if row.id == "bhxh" and level is None:
            return "Bảo hiểm xã hội Việt Nam"
        if row.id == "dang-uy":
            return name
        if row.level == "district":
            unit = {"huyen-uy": "huyện", "quan-uy": "quận"}.get(row.id, "thị xã")
            known = self.home.of(unit)
            return f"{name} {known}" if known else name
        return self._at_home(row, name, level or row.level)

    def _at_home(self, row: IssuerRow, name: str, level: str | None) -> str:
        """The body of the article's own province."""
        home = self.home
        if home.district is not None and home.in_district and level is None and row.id in ("ubnd", "hdnd"):
            return f"{name} {home.district.type.lower()} {home.district.name}"
        for unit, known in (("tỉnh", home.names.get("tỉnh")), ("thành phố", home.names.get("thành phố"))):
            own = home.province
            if own is not None and (known is None or home.names.get(own.type.lower()) != known):
                unit, known = own.type.lower(), own.name
            if known:
                if row.id == "tinh-uy":
                    return f"{'Thành ủy' if unit == 'thành phố' else 'Tỉnh ủy'} {known}"
                return f"{name} {_kind(unit, known)} {known}"
        if home.district is not None and level is None:
            return f"{name} {home.district.type.lower()} {home.district.name}"
        bare = next((b.bare for b in self._same_row(row)[:50] if b.bare and level in (None, b.level)), None)
        return f"{name} {bare}" if bare else name

    def _unit(self, row: IssuerRow, m: regex.Match[str]) -> str | None:
        """The body of a unit that the text gives alone: "của huyện Mẫu", "tỉnh đã ban hành …"."""
        unit = expand(m["unit"])
        place = place_name(self.reading.text, m.end("unit"), unit)
        known = place[0] if place is not None else self.home.of(unit)
        return f"{row.name} {_kind(unit, known)} {known}" if known else None

    def unit_after(self, row: IssuerRow, end: int) -> str | None:
        """The body in "Phương án số 11/PA-UBND ngày 14/2 của huyện Mẫu"."""
        m = _AFTER.match(self.reading.folded, end, end + 120)
        unit = _UNIT_WORD.match(self.reading.folded, m.end()) if m is not None else None
        return self._unit(row, unit) if unit is not None else None

    def unit_before(self, row: IssuerRow, at: int) -> str | None:
        """The body of the unit that is the clause's subject: "Huyện đã trình Tờ trình số 12/TTr-UBND"."""
        begin, _ = self.reading.sentence_at(at)
        begin = max(begin, at - 160)
        for m in reversed(list(_SUBJECT.finditer(self.reading.folded, begin, at))):
            between = self.reading.folded[m.end() : at]
            if _follows_others().search(between) or "\n" in between:
                return None
            return self._unit(row, m)
        return None

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
            if _OWNED.search(self.reading.text, max(0, body.start - 60), body.start):
                continue
            between = self.reading.folded[body.end : at]
            issued = None if _AT.fullmatch(between) else _issues().search(between)
            if _AT.fullmatch(between) or (issued is not None and not _OBEYS.search(between, issued.end())):
                return body
        return None

    def of(self, kind: TypeRow | None, number: str, start: int, end: int) -> tuple[str | None, str | None]:
        """The issuer of a citation, None where neither number nor text says it; and the body that words around it name.

        The second serves other citations of the same number; it is None for a guess from the rest of the article.
        """
        parsed = values.parse(number)
        codes = self._codes(kind, parsed)
        if len(codes) > 1:
            # the bodies of one number are of one level: "HDLN-BHXH-SGDĐT" is a province's
            level = "province" if any(c.level == "province" for c in codes) else None
            names = (self._complete(c, c.name, "" if c.place == "local" else None, start, level) for c in codes)
            return ", ".join(names), None
        if codes:
            return self._of_code(codes[0], kind, parsed, start, end)
        if kind is not None and kind.name in _FIXED:
            return _FIXED[kind.name], None
        named = self._by_words(kind, start, end)
        return (named if kind is None or kind.id != "thong-tu" or _is_ministry(named) else None), None

    def _by_words(self, kind: TypeRow | None, start: int, end: int) -> str | None:
        """The body that the words after or before a number without a body's code name."""
        found = self.after(end)
        if found is not None:
            return self._headed(found, end)
        found_before = self.before(start) if kind is None or kind.id != "tieu-chuan" else None
        return self.other(end) or (self._with_head(found_before) if found_before is not None else None)

    def _with_head(self, body: Body) -> str:
        """`Chủ tịch UBND …` where the text says so: a number without a body's code may be the head's own."""
        head = _head_before().search(self.reading.folded, max(0, body.start - 20), body.start)
        said_of = head is not None and self.reading.folded.endswith("của ", 0, max(0, body.start - len(head.group())))
        if head is None or said_of or head.group().startswith("phó"):  # "số 33 của Chủ tịch …, Quyết định số 35"
            return self._name(body)
        return f"{' '.join(head.group().split()).capitalize()} {self._name(body)}"

    def _of_code(
        self, row: IssuerRow, kind: TypeRow | None, number: values.Number | None, start: int, end: int
    ) -> tuple[str, str | None]:
        """The issuer whose code ends the number: named around the citation, else guessed from the rest of the article."""
        after = self.after(end)
        if after is not None and _same(row, after.row):
            return self._headed(after, end), self._name(after)
        local, free = row.place == "local", row.level is None and row.id != "dang-uy"
        before = self.before(start) if local or row.id == "trung-uong" else None
        named = self._name(before) if before is not None and _same(row, before.row) else None
        if named is None and local:
            place = province_before(self.reading.text, start)
            beside = self.beside(row, start, end)
            named = (
                (self.unit_after(row, end) if free else None)
                or (f"{row.name} {place}" if place else None)
                or (self.unit_before(row, start) if free else None)
                or (self._complete(row, beside.plain, beside.bare, start) if beside is not None else None)
            )
        if named is not None:
            return named, named
        if row.id == "trung-uong" and kind is not None and kind.name == "Chỉ thị":
            return self._directive(), None
        return self._guess(row, kind, number, start, end) if local else row.name, None

    def _directive(self) -> str:
        """A Party directive is the Politburo's or the Secretariat's, never the Central Committee's (Regulation 66-QĐ/TW)."""
        named = {b.row.id for b in self.bodies}
        return "Bộ Chính trị" if "bo-chinh-tri" in named and "ban-bi-thu" not in named else "Ban Bí thư"

    def _guess(self, row: IssuerRow, kind: TypeRow | None, number: values.Number | None, start: int, end: int) -> str:
        """The local body that the article is most likely to mean by a number that stands alone."""
        if row.level is not None or row.id == "dang-uy":
            return self._complete(row, row.name, "", start)
        if _provincial(kind, row, number):
            near = province_near(self.reading, start, end)
            return f"{row.name} {near}" if near else self._complete(row, row.name, "", start, "province")
        own = self._own_commune(row, number, start)
        return self._complete(row, row.name, "", start) if own is None else self._name(own)

    def beside(self, row: IssuerRow, start: int, end: int) -> Body | None:
        """The body that acts by the document: "Tại Thông báo 54/TB-UBND, Phó Chủ tịch UBND tỉnh kết luận"."""
        if not _BY.search(self.reading.folded, max(0, start - 6), start):
            return None
        m = _COMMA.match(self.reading.folded, end, end + 60)
        if m is None:
            return None
        k = bisect_left(self.bodies, m.end(), key=lambda b: b.start)
        if k == len(self.bodies) or self.bodies[k].row is not row or (self.bodies[k].bare == "" and row.level is None):
            return None
        lead = self.reading.folded[m.end() : self.bodies[k].start]
        return self.bodies[k] if not lead or _head_before().fullmatch(lead) else None

    def _own_commune(self, row: IssuerRow, number: values.Number | None, at: int) -> Body | None:
        """Since July 2025 a commune does what a district did: its own body, spoken of as "UBND xã", for low numbers."""
        day = self.reading.published
        if day is None or day < _TWO_LEVELS or number is None or int(number.serial.rstrip(_LETTERS)) > HIGH_SERIAL:
            return None
        same = self._same_row(row)
        k = bisect_right(same, at, key=lambda b: b.start)
        near = [b for b in same[max(0, k - 8) : k + 8] if b.bare and b.level == "commune"]
        body = min(near, key=lambda b: abs(b.start - at), default=None)
        return body if body is not None and body.bare and self.home.of(body.bare) else None

    def _with_place(self, code: str) -> IssuerRow | None:
        """The row of a code that ends in the initials of the article's province: `VKSBD` in Bình Dương."""
        own = self.home.province if code[:3] in _STEMS and len(code) > 3 else None
        initials = "".join(word[0] for word in own.name.upper().split()) if own is not None else ""
        return issuer_codes().get(code.removesuffix(initials)) if initials and code.endswith(initials) else None

    def _codes(self, kind: TypeRow | None, parsed: values.Number | None) -> list[IssuerRow]:
        if parsed is None or not parsed.segments:
            return []
        table = issuer_codes()
        found = []
        for k, segment in enumerate(parsed.segments):
            code = values.assembly(segment) or segment.upper()
            if code == "TW" and kind is not None and kind.id == "cong-dien":
                continue  # of the committees that fight floods, not of the Party
            if code in table and not (k == 0 and len(parsed.segments) > 1 and code in type_codes()):
                found.append(table[code])
            elif k > 0 and (own := self._with_place(code)):
                found.append(own)
        first = type_codes().get(parsed.segments[0].upper())
        if (kind is not None and kind.joint) or (first is not None and first.joint):
            return found
        return found[:1]
