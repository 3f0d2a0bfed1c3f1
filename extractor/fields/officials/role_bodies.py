"""The body behind a role: a head with its complement, a country, a place, or the rest of a name whose head the role tells."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.compiled import compiled
from extractor.fields.officials.bodies import FREE, BodyReader, Bounds, Unit
from extractor.fields.officials.name_forms import native
from extractor.fields.officials.name_patterns import FOREIGN, NO_BODY
from extractor.fields.officials.rows import BodyRow, RoleRow, key
from extractor.fields.officials.words import forms, starts

_GAP = 70  # characters between a role and the foreign name that its body runs into
_SET_OFF = compiled(r"[,\-–] (?:\p{L}+ ){2,5}$")  # a post that a comma or a dash sets off
Found = tuple[Unit | None, str | None]  # the body, and its head where only the role names it


class RoleBodies:
    """Reads the bodies behind roles in one article. `located` tells where places with a code begin, and where they end."""

    def __init__(self, bodies: BodyReader, located: Mapping[int, int]) -> None:
        self.bodies, self.tokens, self.heads = bodies, bodies.tokens, bodies.heads
        self.text, self.folded = bodies.text, bodies.folded
        self.starts, self.ends = bodies.starts, bodies.ends
        self.located = located

    def after(self, end: int, row: RoleRow, within: Bounds = FREE) -> Found:
        """The body after a role that ends at `end`, and the head that only the role names."""
        at = self.tokens.skip(end)
        token = self.tokens.after(at)
        if token >= len(self.starts) or self.starts[token] != at or at in self.tokens.blocked:
            return None, None
        word = self.tokens.word(token)
        if word in forms("body-link"):
            return self._linked(token + 1, row, within)
        if word == "(":
            return self._bracketed(token + 1, row, within), None
        return self._worded(token, row, within)

    def _linked(self, token: int, row: RoleRow, within: Bounds) -> Found:
        """The body that a word such as "của" or "thuộc" brings, which stands before `token`."""
        head = self.heads.at(token)
        if head is None:
            return None, None
        if self.tokens.word(token - 1) in forms("part-of") and head[1].complement != "none":
            return self.bodies.unit_at(token, within), None  # "Trưởng phòng thuộc Ban …": no "Phòng Ban …"
        return self._worded(token, row, within)

    def _worded(self, token: int, row: RoleRow, within: Bounds) -> Found:
        """The body whose words begin at a token."""
        found, head = self.heads.at(token), row.head
        if found and head is None and row.of_country and self._names_states(token, found[0]):
            found = None
        if head is None or (found and found[1].canonical.startswith(head)):
            return (self.bodies.unit_at(token, within) if found else self._of_land(token, row, within)), None
        unit, prefix = self._implied(token, row, head, within)
        doubled = unit is not None and self.folded.startswith(f"{head.lower()} ", self.starts[token])
        return unit, None if doubled else prefix  # "Chánh tòa Tòa dân sự"

    def _names_states(self, token: int, end: int) -> bool:
        """Whether a country or an organisation of states goes on over a head, up to token `end`: "Ngân hàng | Thế giới"."""
        hit = self.bodies.lexicon.countries.match(self.folded, self.starts[token])
        return hit is not None and hit.end() > self.ends[end - 1]

    def _of_land(self, token: int, row: RoleRow, within: Bounds) -> Unit | None:
        """A country or a bare place as the body: "Tổng thống | Pháp", "Bí thư | Sóc Trăng"."""
        abroad = self._abroad(token, within) if row.of_country else None
        return abroad or (self._place(token) if row.of_unit else None)

    def _abroad(self, token: int, within: Bounds) -> Unit | None:
        """A country, or a unit of one: "Thống đốc | bang New Mexico"."""
        country = self.bodies.complement(token, token, None, "foreign", within)
        if country is not None or self.tokens.word(token) not in forms("foreign-unit"):
            return country
        stop = token + 1
        while stop < min(token + 4, len(self.starts)) and self._goes_on(stop, within):
            stop += 1
        return Unit(None, token, stop, stop, True, True) if stop > token + 1 else None

    def _goes_on(self, token: int, within: Bounds) -> bool:
        """Whether a token may belong to the name of a unit: it has a capital, and no name and no other post begins there."""
        start = self.starts[token]
        free = start < within.cap and start not in self.tokens.blocked and start not in self.bodies.roles
        return free and self.tokens.capital(token) and self.text[start - 1] == " "

    def up_to_name(self, end: int, row: RoleRow) -> int:
        """Where the words end that stand between a role, which ends at `end`, and a foreign name; `end` where they are no body."""
        begin = self.tokens.skip(end)
        name = next((at for at in range(begin + 1, end + _GAP + 1) if at in self.tokens.blocked), 0)
        if not name or not self.text[name].isupper() or native(self.text[name : name + _GAP].split(" ")[0]):
            return end
        gap = self.folded[begin:name]
        opens = self.text[begin].isupper() or gap.startswith(starts("opens-body-abroad"))
        if not opens or NO_BODY.search(gap) or any(at in self.bodies.roles for at in range(begin + 1, name)):
            return end
        return name - 1

    def behind_name(self, end: int) -> str:
        """The country that stands behind the holder's name: "Tổng thống Mary Mau của | Chile"; empty where none does."""
        at = self.tokens.skip(end)
        name = FOREIGN.match(self.text, at) if at in self.tokens.blocked else None
        linked = next((w for w in starts("whose") if self.folded.startswith(f" {w}", name.end())), "") if name else ""
        if name is None or not linked:
            return ""
        begin = name.end() + 1 + len(linked)
        country = self.tokens.lexicon.countries.match(self.folded, begin)
        return self.text[begin : country.end()] if country is not None and self.text[begin].isupper() else ""

    def _place(self, token: int) -> Unit | None:
        """A bare place as the body: "Chủ tịch | Đà Nẵng", "Bí thư | Sóc Trăng"."""
        end = self.located.get(self.starts[token])
        if end is None or not self.tokens.capital(token):
            return None
        stop = self.tokens.after(end)
        return Unit(None, token, stop, stop, True, True)

    def _bracketed(self, token: int, row: RoleRow, within: Bounds) -> Unit | None:
        """A body in brackets: "Trưởng phòng (Sở Nội vụ)"."""
        unit = self.bodies.unit_at(token, within) if row.kind != "weak" else None
        if unit is None or unit.stop >= len(self.starts) or self.text[self.starts[unit.stop]] != ")":
            return None
        unit.stop += 1
        return unit

    def _implied(self, token: int, row: RoleRow, head: str, within: Bounds) -> Found:
        """The rest of a body whose head the role names: "Trưởng phòng | Nội vụ huyện", "Cục trưởng | Hàng không"."""
        found, own = self.heads.at(token), self.bodies.lexicon.bodies.get(key(head))
        if found and found[1].completes == head:
            return Unit(found[1], token, found[0], found[0], True, True), head  # "Thứ trưởng Công an"
        if found and _replaces(found[1], own):
            return self._other(token, found[1], own, head, within)
        if own is not None and own.seats == "house":
            if self.starts[token] in self.bodies.roles:
                return None, None  # "đại biểu Quốc hội ĐBQH"
            return self.bodies.complement(token, token, None, row.complement, within), head
        return self._rest(token, row, own, head, within)

    def _other(self, token: int, other: BodyRow, own: BodyRow | None, head: str, within: Bounds) -> Found:
        """That other body, with the head where it is the name's part: "Chánh Văn phòng | UBND tỉnh"."""
        unit = self.bodies.unit_at(token, within)
        if unit is None or not (unit.complemented or other.rank >= 4):
            return None, None
        return unit, None if _without_head(other, own) else head

    def _rest(self, token: int, row: RoleRow, own: BodyRow | None, head: str, within: Bounds) -> Found:
        """The rest of the name behind the head that the role names."""
        unit = self.bodies.complement(token, token, None, row.complement, within, implied=head)
        if unit is None or (unit.end == token + 1 and not self._names_body(token, row, own)):
            return None, None  # "Thứ trưởng Hải", "Trưởng phòng Minh": a name, not a body
        if own is not None and self.folded.startswith(own.private, self.starts[token]):
            unit.public = False
        self.bodies.add_parents(unit, own.rank if own is not None else 3, within)
        doubled = row.hamlet and self.tokens.word(token) == head.lower()
        return unit, None if doubled else head  # "trưởng thôn thôn Đông"

    def _names_body(self, token: int, row: RoleRow, own: BodyRow | None) -> bool:
        """Whether one syllable names a body: "Ông A, Trưởng buôn Kla, …" gives the name before the post."""
        start = self.starts[token]
        if self.tokens.known(start) or (own is not None and self.tokens.word(token) in own.single):
            return True
        if not row.hamlet or start in self.tokens.blocked:
            return False
        if self.text[start].isdigit():
            return True  # "trưởng thôn 7"
        closed = self.folded[self.ends[token] : self.ends[token] + 1] in (",", ")", "(")
        return closed and _SET_OFF.search(self.folded, max(0, start - 40), start) is not None


def _replaces(other: BodyRow, own: BodyRow | None) -> bool:
    """Whether another body stands where the rest of the name of the role's own head would."""
    way = own.gives_way if own is not None else None
    return way != "never" and other.complement != "none" and (other.rank >= 6 or way == "always")


def _without_head(other: BodyRow, own: BodyRow | None) -> bool:
    """Whether another body behind a role is named without the head that the role names."""
    whole = other.rank >= 6 and not (other.is_unit or other.within_head)
    inside = own is not None and own.in_others and 4 <= other.rank < 6
    return whole or inside or other.for_head
