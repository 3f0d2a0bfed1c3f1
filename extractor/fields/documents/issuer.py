"""Who issued a document: from the suffix of its number, from the words after or before it, from the rest of the article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

import regex

from extractor.fields.documents.bodies import HEAD_BEFORE, Body, find_bodies, province_before
from extractor.fields.documents.home import (
    Home,
    expand,
    find_home,
    kind_of,
    levels_of,
    place_name,
    province_near,
    said_near,
)
from extractor.fields.documents.issuer_words import (
    ACTS_BY,
    ANY_BODY,
    BEFORE_OF,
    COMMA,
    DEPUTY,
    FOLLOWS_OTHERS,
    HIGH_SERIAL,
    ISSUED_BY,
    OBEYS,
    OWNED,
    PARTNER,
    SPEAKS_AT,
    SUBJECT,
    UNIT_WORD,
    WORD_OF_ISSUING,
    can_mean,
    distance,
    is_ministry,
    provincial,
    serial_of,
)
from extractor.fields.documents.rows import IssuerRow, TypeRow, codes, forms, issuer_codes, issuers, type_codes
from extractor.models import Reading
from extractor.rules.lexica import unit_words
from extractor.values import documents as values

_TWO_LEVELS = date(2025, 7, 1)


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
        return min(near, key=lambda b: distance(b, at), default=None)

    def _complete(self, row: IssuerRow, name: str, bare: str | None, at: int, level: str | None = None) -> str:
        """A local body's name with its place: the bare unit word's name, else the nearest full name of the same body."""
        if bare is None or row.place == "none":
            return name
        if bare:
            known = said_near(self.reading, self.home, bare, at) or self.home.of(bare)
            return f"{name} {kind_of(bare, known)} {known}" if known else f"{name} {bare}"
        named = self._nearest(row, at, level or row.level)
        return self._complete(row, named.plain, named.bare, at) if named is not None else self._unsaid(row, name, level)

    def _unsaid(self, row: IssuerRow, name: str, level: str | None) -> str:
        """A local body whose place no mention of it tells: the nation's where the row has one, else that of the article's units."""
        if row.nationwide is not None and level is None:
            return row.nationwide
        if row.unplaced:
            return name
        if row.unit is not None:
            known = self.home.of(row.unit)
            return f"{name} {known}" if known else name
        return self._at_home(row, name, level or row.level)

    def _at_home(self, row: IssuerRow, name: str, level: str | None) -> str:
        """The body of the article's own province, or of its district."""
        district = self._of_district(name) if level is None else None
        if district is not None and self.home.in_district and row.elected:
            return district
        return self._of_province(row, name) or district or self._of_bare_unit(row, name, level)

    def _of_district(self, name: str) -> str | None:
        district = self.home.district
        return f"{name} {district.type.lower()} {district.name}" if district is not None else None

    def _of_province(self, row: IssuerRow, name: str) -> str | None:
        unit, known = self._province()
        if not known:
            return None
        own_name = row.in_city if self._is_city(unit) else row.in_province
        return f"{own_name} {known}" if own_name else f"{name} {kind_of(unit, known)} {known}"

    def _of_bare_unit(self, row: IssuerRow, name: str, level: str | None) -> str:
        """The body with the type word that another mention of it has, else its name alone."""
        bare = next((b.bare for b in self._same_row(row)[:50] if b.bare and level in (None, b.level)), None)
        return f"{name} {bare}" if bare else name

    def _is_city(self, unit: str) -> bool:
        return len(levels_of(unit)) > 1

    def _province(self) -> tuple[str, str | None]:
        """Type word and name of the article's own province; no name where nothing says it."""
        home, own = self.home, self.home.province
        for unit in (word for word in unit_words() if "province" in levels_of(word)):
            known = home.names.get(unit)
            if own is not None and (known is None or home.names.get(own.type.lower()) != known):
                return own.type.lower(), own.name
            if known:
                return unit, known
        return "", None

    def _unit(self, row: IssuerRow, m: regex.Match[str]) -> str | None:
        """The body of a unit that the text gives alone: "của huyện Mẫu", "tỉnh đã ban hành …"."""
        unit = expand(m["unit"])
        place = place_name(self.reading.text, m.end("unit"), unit)
        known = place[0] if place is not None else self.home.of(unit)
        return f"{row.name} {kind_of(unit, known)} {known}" if known else None

    def unit_after(self, row: IssuerRow, end: int) -> str | None:
        """The body in "Phương án số 11/PA-UBND ngày 14/2 của huyện Mẫu"."""
        m = ISSUED_BY.match(self.reading.folded, end, end + 120)
        unit = UNIT_WORD.match(self.reading.folded, m.end()) if m is not None else None
        return self._unit(row, unit) if unit is not None else None

    def unit_before(self, row: IssuerRow, at: int) -> str | None:
        """The body of the unit that is the clause's subject: "Huyện đã trình Tờ trình số 12/TTr-UBND"."""
        begin, _ = self.reading.sentence_at(at)
        begin = max(begin, at - 160)
        for m in reversed(list(SUBJECT.finditer(self.reading.folded, begin, at))):
            between = self.reading.folded[m.end() : at]
            if FOLLOWS_OTHERS.search(between) or "\n" in between:
                return None
            return self._unit(row, m)
        return None

    def _name(self, body: Body) -> str:
        return self._complete(body.row, body.name, body.bare, body.start)

    def other(self, end: int) -> str | None:
        """A body without a row that stands after "của" with a capital: "của Giám đốc Bệnh viện đa khoa huyện X"."""
        m = ISSUED_BY.match(self.reading.folded, end, end + 120)
        name = ANY_BODY.match(self.reading.text, m.end()) if m is not None and m["by"] in forms("of") else None
        return name["name"] if name is not None and " " in name["name"] else None

    def _headed(self, body: Body, end: int) -> str:
        """The body's name, with its head where the text says "của Chủ tịch …" after a citation that ends at `end`."""
        name = self._name(body)
        m = ISSUED_BY.match(self.reading.folded, end, end + 120)
        head = HEAD_BEFORE.search(self.reading.folded, max(0, body.start - 20), body.start)
        if m is None or m["by"] not in forms("of") or head is None or body.start < end or DEPUTY.match(head.group()):
            return name
        said = " ".join(head.group().split()).capitalize()
        return f"{said} {name.removesuffix(f' {body.row.head_drops}') if body.row.head_drops else name}"

    def after(self, end: int) -> Body | None:
        """The body in "… ngày 3/5/2017 của X", "… do X ban hành" right after a citation."""
        m = ISSUED_BY.match(self.reading.folded, end, end + 120)
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
            if OWNED.search(self.reading.text, max(0, body.start - 60), body.start):
                continue
            between = self.reading.folded[body.end : at]
            if self._issues(between):
                return body
        return None

    def _issues(self, between: str) -> bool:
        """Whether the words between a body and a citation say that the body issues it."""
        if SPEAKS_AT.fullmatch(between):
            return True
        issued = WORD_OF_ISSUING.search(between)
        return issued is not None and not OBEYS.search(between, issued.end())

    def of(self, kind: TypeRow | None, number: str, start: int, end: int) -> tuple[str | None, str | None]:
        """The issuer of a citation, None where neither number nor text says it; and the body that words around it name.

        The second serves other citations of the same number; it is None for a guess from the rest of the article.
        """
        parsed = values.parse(number)
        bodies = self._codes(kind, parsed)
        if len(bodies) > 1:
            return self._joint(bodies, start), None
        if bodies:
            return self._of_code(bodies[0], kind, parsed, start, end)
        if kind is not None and kind.issuer is not None:
            return kind.issuer, None
        named = self._by_words(kind, start, end)
        return (named if kind is None or not kind.ministerial or is_ministry(named) else None), None

    def _joint(self, bodies: list[IssuerRow], start: int) -> str:
        """The bodies of one number, which are of one level: "HDLN-BHXH-SGDĐT" is a province's."""
        level = "province" if any(c.level == "province" for c in bodies) else None
        return ", ".join(self._complete(c, c.name, "" if c.place == "local" else None, start, level) for c in bodies)

    def _by_words(self, kind: TypeRow | None, start: int, end: int) -> str | None:
        """The body that the words after or before a number without a body's code name."""
        found = self.after(end)
        if found is not None:
            partners = self._partners(found) if kind is not None and kind.joint else []
            return ", ".join([self._headed(found, end), *partners])
        found_before = self.before(start) if kind is None or not kind.nameless else None
        return self.other(end) or (self._with_head(found_before) if found_before is not None else None)

    def _partners(self, body: Body) -> list[str]:
        """The bodies that stand behind one as its equals: "của Bộ Y tế - Bộ Nội vụ", "của Bộ Y tế, Bộ Nội vụ và Bộ Tài chính"."""
        names = []
        for following in self.bodies[bisect_right(self.bodies, body.start, key=lambda b: b.start) :]:
            if not PARTNER.fullmatch(self.reading.folded, body.end, following.start):
                break
            names.append(self._name(following))
            body = following
        return names

    def _with_head(self, body: Body) -> str:
        """`Chủ tịch UBND …` where the text says so: a number without a body's code may be the head's own."""
        head = HEAD_BEFORE.search(self.reading.folded, max(0, body.start - 20), body.start)
        said_of = head is not None and BEFORE_OF.match(self.reading.folded, max(0, body.start - len(head.group())))
        if head is None or said_of or DEPUTY.match(head.group()):  # "số 33 của Chủ tịch …, Quyết định số 35"
            return self._name(body)
        return f"{' '.join(head.group().split()).capitalize()} {self._name(body)}"

    def _of_code(
        self, row: IssuerRow, kind: TypeRow | None, number: values.Number | None, start: int, end: int
    ) -> tuple[str, str | None]:
        """The issuer whose code ends the number: named around the citation, else guessed from the rest of the article."""
        after = self.after(end)
        if after is not None and can_mean(row, after.row):
            return self._headed(after, end), self._name(after)
        local = row.place == "local"
        named = self._named_before(row, start) if local or row.party else None
        if named is None and local:
            named = self._named_beside(row, start, end)
        if named is not None:
            return named, named
        return self._guess(row, kind, number, start, end) if local else self._of_nation(row, kind), None

    def _of_nation(self, row: IssuerRow, kind: TypeRow | None) -> str:
        """A body that needs no place; of a Party directive the one that gives directives."""
        directive = row.party and kind is not None and kind.directive
        return self._directive() if directive else row.name

    def _named_before(self, row: IssuerRow, start: int) -> str | None:
        """The body that issues in the same sentence, where the code can mean it."""
        before = self.before(start)
        return self._name(before) if before is not None and can_mean(row, before.row) else None

    def _named_beside(self, row: IssuerRow, start: int, end: int) -> str | None:
        """The body by its unit alone: after the citation, in brackets after it, as the clause's subject, as who acts by it."""
        free = row.level is None and not row.unplaced
        if free and (unit := self.unit_after(row, end)):
            return unit
        if place := province_before(self.reading.text, start):
            return f"{row.name} {place}"
        if free and (unit := self.unit_before(row, start)):
            return unit
        beside = self.beside(row, start, end)
        return self._complete(row, beside.plain, beside.bare, start) if beside is not None else None

    def _directive(self) -> str:
        """A Party directive is the Politburo's or the Secretariat's, never the Central Committee's (Regulation 66-QĐ/TW)."""
        said = {b.row.id for b in self.bodies}
        others = [row for row in issuers() if row.directives == "else"]
        alone = [row for row in issuers() if row.directives == "named" and row.id in said]
        return (alone if alone and said.isdisjoint(row.id for row in others) else others)[0].name

    def _guess(self, row: IssuerRow, kind: TypeRow | None, number: values.Number | None, start: int, end: int) -> str:
        """The local body that the article is most likely to mean by a number that stands alone."""
        if row.level is not None or row.unplaced:
            return self._complete(row, row.name, "", start)
        if provincial(kind, row, number):
            near = province_near(self.reading, start, end)
            return f"{row.name} {near}" if near else self._complete(row, row.name, "", start, "province")
        own = self._own_commune(row, number, start)
        return self._complete(row, row.name, "", start) if own is None else self._name(own)

    def beside(self, row: IssuerRow, start: int, end: int) -> Body | None:
        """The body that acts by the document: "Tại Thông báo 54/TB-UBND, Phó Chủ tịch UBND tỉnh kết luận"."""
        if not ACTS_BY.search(self.reading.folded, max(0, start - 6), start):
            return None
        m = COMMA.match(self.reading.folded, end, end + 60)
        if m is None:
            return None
        k = bisect_left(self.bodies, m.end(), key=lambda b: b.start)
        if k == len(self.bodies) or self.bodies[k].row is not row or (self.bodies[k].bare == "" and row.level is None):
            return None
        lead = self.reading.folded[m.end() : self.bodies[k].start]
        return self.bodies[k] if not lead or HEAD_BEFORE.fullmatch(lead) else None

    def _own_commune(self, row: IssuerRow, number: values.Number | None, at: int) -> Body | None:
        """Since July 2025 a commune does what a district did: its own body, spoken of as "UBND xã", for low numbers."""
        day = self.reading.published
        if day is None or day < _TWO_LEVELS or number is None or serial_of(number) > HIGH_SERIAL:
            return None
        body = self._nearest_commune(row, at)
        return body if body is not None and body.bare and self.home.of(body.bare) else None

    def _nearest_commune(self, row: IssuerRow, at: int) -> Body | None:
        """The nearest mention of a commune's body by its type word alone."""
        same = self._same_row(row)
        k = bisect_right(same, at, key=lambda b: b.start)
        near = [b for b in same[max(0, k - 8) : k + 8] if b.bare and b.level == "commune"]
        return min(near, key=lambda b: abs(b.start - at), default=None)

    def _with_place(self, code: str) -> IssuerRow | None:
        """The row of a code that ends in the initials of the article's province: `VKSBD` in Bình Dương."""
        own = self.home.province if code[:3] in codes("stem") and len(code) > 3 else None
        initials = "".join(word[0] for word in own.name.upper().split()) if own is not None else ""
        return issuer_codes().get(code.removesuffix(initials)) if initials and code.endswith(initials) else None

    def _codes(self, kind: TypeRow | None, parsed: values.Number | None) -> list[IssuerRow]:
        if parsed is None or not parsed.segments:
            return []
        found = []
        for k, segment in enumerate(parsed.segments):
            code = values.assembly(segment) or segment.upper()
            row = self._row_of(code, kind, first=k == 0, single=len(parsed.segments) == 1)
            if row is not None:
                found.append(row)
        first = type_codes().get(parsed.segments[0].upper())
        joint = (kind is not None and kind.joint) or (first is not None and first.joint)
        return found if joint else found[:1]

    def _row_of(self, code: str, kind: TypeRow | None, *, first: bool, single: bool) -> IssuerRow | None:
        """The body of one code of a number."""
        row = issuer_codes().get(code)
        if row is not None and row.party and _of_floods(code, kind):
            return None
        if row is not None and (single or not first or code not in type_codes()):
            return row
        return None if first else self._with_place(code)


def _of_floods(code: str, kind: TypeRow | None) -> bool:
    """Whether the code of the Party's centre means that of the committees that fight floods: in their telegrams."""
    return code == "TW" and kind is not None and kind.urgent
