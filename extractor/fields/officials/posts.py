"""The grammar of posts: "nguyên", a role, "Thường trực", and the body it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.fields.officials.bodies import FREE, BodyReader, Bounds, Stop, Unit
from extractor.fields.officials.body_steps import StepReader
from extractor.fields.officials.heads import Heads
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.name_patterns import FOREIGN
from extractor.fields.officials.role_bodies import RoleBodies
from extractor.fields.officials.rows import BodyRow, RoleRow, key, written_short
from extractor.fields.officials.tokens import Tokens
from extractor.fields.officials.wording import canonical_body
from extractor.fields.officials.words import forms, names, starts, template
from extractor.text import one_tone

_FORMER = template(
    r"(?<!\p{L})(?:(?P<former>{former})(?:[ ]{is})?|(?P<acting>{acting})|(?P<trainee>{trainee}))[ ]{1,2}$"
)
_SUFFIX = template(
    r"[ ]?(?:-[ ])?(?:\(?(?P<standing>{standing}|(?P<short>{standing-short}))\)?|(?P<word>{suffix})|(?P<quiet>{in-office}))"
    r"(?!\p{L})"
)
# What tells a post in a company behind a bare role: "Phó Chủ tịch cao cấp", "Chủ tịch ngành hóa chất của Tập đoàn".
_FIRM = template(
    r"(?:[ \-–,]+[\p{L}]+){1,6}[ ](?:{of}[ ])?{company}(?!\p{L})"
    r"|[ ](?:{firm-rank}|{in-charge}[ ][\p{L} ]{3,30}[ ]{whose})(?!\p{L})"
)
_MANY = template(r"[ ](?:{whose}[ ])?(?:{plural}|\d+)[ ](?:{unit}|{counted-unit})(?!\p{L})")
_DEFINED = compiled(r"(?<=\p{L}) ?\((\p{Lu}[\p{Lu}&\-]{2,11})\)")
_COMMUNAL = template(r"[ ](?:{committee-short}[ ])?{commune}(?!\p{L})")


Odds = tuple[tuple[str, float], ...]  # stage of the decision ("span", "owner", "share", "body"), its probability


@dataclass(frozen=True, slots=True)
class Post:
    """A post as written `[start, end)`, with canonical role and body. `public` is None where the text leaves it open.

    `rule` is the id of the role's row, `body_start` the offset where the body begins (-1 where it was completed).
    `since`, `until` are TIMEX3 values of the holder's time in it, `ended` tells that the holder has left it.
    `odds` are the probabilities of the rankers' decisions on it, empty where the rules alone gave it to its holder.
    """

    start: int
    end: int
    role: str
    body: str | None
    public: bool | None
    rule: str
    former: bool = False
    acting: bool = False
    body_start: int = -1
    minor: bool = False  # a minor post without a body: it has to stand right beside the name
    placed: bool = False  # its body is but a place: "Chủ tịch Hà Nội"
    since: str | None = None
    until: str | None = None
    ended: bool = False
    odds: Odds = field(default=(), compare=False)


class PostReader:
    """Reads every post of an article.

    `limits` are the spans in which the statistical layer sees posts, `located` those of places with a code.
    """

    def __init__(
        self,
        marks: Marks,
        blocked: Iterable[int],
        limits: Sequence[tuple[int, int]],
        located: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.tokens = Tokens(marks, set(blocked))
        self.reading, self.text, self.folded = marks.reading, self.tokens.text, self.tokens.folded
        self.lexicon = self.tokens.lexicon
        self.limits = sorted(limits)
        places = self._places(located)
        self.roles = dict(self._found(marks, places))
        self.heads = Heads(self.tokens)
        self.bodies = BodyReader(StepReader(self.tokens, self.heads, self.roles, places))
        self._behind = RoleBodies(self.bodies, places)
        self._free: dict[int, Post | None] = {}  # what the grammar reads by itself, by where the role begins
        self._read: dict[
            int, list[tuple[Post, int, tuple[Stop, ...]]]
        ] = {}  # with the limit and the stops of the reading
        self._stems: dict[int, Post] = {}
        self._defined()

    def _places(self, located: Sequence[tuple[int, int]]) -> dict[int, int]:
        """Ends of places by where they, or their names behind a word in lower case, begin: "huyện | Ba Vì"."""
        out = dict(located)
        for start, end in located:
            inner = next((at for at in range(start, end) if self.text[at].isupper()), start)
            out.setdefault(inner, end)
        return out

    def _found(self, marks: Marks, places: Mapping[int, int]) -> Iterator[tuple[int, tuple[int, RoleRow]]]:
        """The roles by where they begin: their end, and their row."""
        for begin, end in marks.roles:
            row = self.lexicon.roles[key(self.text[begin:end])]
            if not (row.bound and begin in places) and not self._misread(begin, end, row):  # "TP Tam Kỳ" is a city
                yield begin, (end, row)

    def _defined(self) -> None:
        """Short names that the article gives itself: "Trung tâm Tích hợp dữ liệu (TTTHDL)"."""
        for match in _DEFINED.finditer(self.text):
            last = self.tokens.after(match.start()) - 1
            for token in range(last, max(-1, last - 14), -1):
                unit = self.bodies.unit_at(token) if self.tokens.capital(token) or token == last else None
                if unit is not None and unit.complemented and unit.row is not None and unit.end == last + 1:
                    short = match.group(1)
                    if self.lexicon.abbreviations.match(self.folded, match.start(1)) is None:
                        self.heads.define(short, unit.row, self.bodies.wording(unit))
                    break

    def _misread(self, begin: int, end: int, row: RoleRow) -> bool:
        """Role words inside other words: "Tư" for TƯ, "Ban Bí thư", "Đại sứ quán", "giữ chức vụ Phó Giám đốc"."""
        if self.folded[begin:end] in self.lexicon.acronyms and not written_short(self.text[begin:end]):
            return True
        if row.not_before and self.folded.startswith(row.not_before, end):
            return True
        if row.set_off:  # "ông A, Thường vụ Tỉnh ủy, …"
            return not self.folded.endswith((", ", "- ", "– ", "("), 0, begin)
        if not row.not_after or (row.unless_capital and self.text[begin].isupper()):
            return False  # "giữ chức Vụ trưởng"
        return self.folded.endswith(row.not_after, 0, begin)

    def posts(self) -> list[Post]:
        """Posts in text order, not overlapping."""
        out: list[Post] = []
        last, limits = 0, Spans(self.limits)
        for start in sorted(self.roles):
            if start < last:
                continue
            post = self.read(start, Bounds(limits.end_around(start) or 0))
            if post is not None:
                out.append(post)
                last = post.end
        return out

    def read(self, at: int, within: Bounds = FREE) -> Post | None:
        """The post whose role begins at `at`, which nothing ends; None where the grammar sees none."""
        if within == FREE and at in self._free:
            return self._free[at]
        led = self.bodies.led
        self.bodies.stops.clear()
        post = self._post(at, *self.roles[at], within)
        if self.bodies.led == led:
            self._free[at] = post  # nobody led the grammar: it reads the same without the statistical layer
        if post is not None:
            self._read.setdefault(at, []).append((post, within.limit, tuple(self.bodies.stops)))
        return post

    def read_to(self, at: int, end: int) -> Post | None:
        """The post that the grammar reads up to `end`, if nothing stood behind it and all before it belonged to the post; where
        it reads none that ends there, any other or None.

        It is the one read already, where the statistical layer would not lead on over any word at which the reading stopped.
        """
        for post, limit, stops in self._read.get(at, ()):
            if max(post.end, limit) <= end and not any(s[0] < end and self.bodies.leads(*s) for s in stops):
                return post
        return self._post(at, *self.roles[at], Bounds(end, end))

    def _post(self, start: int, end: int, row: RoleRow, within: Bounds) -> Post | None:
        if row.deputy and self.folded.endswith(starts("delegation"), 0, start):
            return None  # a delegation, not a deputy
        bare = self.stem(start, end, row)
        duty = self.duty(bare.end, row, within)
        if duty > bare.end:
            bare = replace(bare, end=duty, role=f"{bare.role} {self.folded[bare.end : duty].strip()}")
        if row.kind == "alone":
            return replace(bare, body=row.head, public=True)
        unit, prefix = self._behind.after(bare.end, row, within)
        if (row.of_country or row.abroad) and (abroad := self._up_to_name(bare, row, unit)):
            return abroad
        if unit is not None:
            return self._in_unit(bare, row, unit, prefix)
        if row.of_country and (country := self._behind.behind_name(bare.end)):
            return replace(bare, body=one_tone(country), public=True)  # "Tổng thống | Mary Mau của Chile"
        return self._attending(bare, row, within) or self._beyond_bracket(bare, within) or self._alone(bare, row)

    def _up_to_name(self, bare: Post, row: RoleRow, unit: Unit | None) -> Post | None:
        """A post abroad whose body runs into the holder's name: "Hạ nghị sĩ đảng Dân chủ bang X | Mary Mau"."""
        end = self._behind.up_to_name(bare.end, row)
        if end <= bare.end or (unit is not None and self.tokens.ends[unit.stop - 1] >= end):
            return None
        words = self.text[bare.end : end].strip()
        linked = next((w for w in forms("of") if self.folded.startswith(f" {w} ", bare.end)), "")
        body = canonical_body([self.heads.in_full(words[len(linked) :].strip())])
        return replace(bare, end=end, body=body, public=True, body_start=end - len(words))

    def stem(self, start: int, end: int, row: RoleRow) -> Post:
        """The role `[start, end)` as a post without a body, with what belongs to the role before and behind it."""
        known = self._stems.get(start)
        if known is None:
            begin, role, former, acting = self.prefixed(start, row.role)
            end, role = self.suffixed(end, role, row)
            known = self._stems[start] = Post(begin, end, role, None, None, row.id, former, acting)
        return known

    def _attending(self, bare: Post, row: RoleRow, within: Bounds) -> Post | None:
        """A post in attendance on another one: "Đặc phái viên Tổng thống Hàn Quốc" is no president."""
        if not row.attends:
            return None
        linked = self._links(bare.end)
        other = self.roles.get(linked)
        post = self._post(linked, *other, within) if other else None
        if post is None or other is None:
            return None
        end = post.end if post.body is not None else other[0]  # "Thư ký của Tổng thống | phụ trách …"
        if linked > bare.end + 1 and row.of_state and end + 1 in self.tokens.blocked:
            holder = FOREIGN.match(self.text, end + 1)
            if holder is not None and " " in holder.group():
                return replace(bare, public=True)  # "Cố vấn của Tổng thống | Mary Mau", who has a post of her own
            end = holder.end() if holder is not None else end  # "Cố vấn của Tổng thống Mau"
        return replace(bare, end=end, body=one_tone(self.text[post.start : end]), public=post.public)

    def _links(self, end: int) -> int:
        """Where the post begins that another one attends, behind "của" and "cựu" if they stand there."""
        at = end + 1
        for group in ("whose", "former"):
            at += next((len(w) + 1 for w in forms(group) if self.folded.startswith(f"{w} ", at)), 0)
        return at

    def _beyond_bracket(self, bare: Post, within: Bounds) -> Post | None:
        """A role in brackets before its body: "bà A (Phó Chủ tịch) UBND huyện B"."""
        if self.text[bare.end : bare.end + 1] != ")" or self.text[bare.start - 1 : bare.start] != "(":
            return None
        unit = self.bodies.unit_at(self.tokens.after(bare.end + 1), within)
        if unit is None or not unit.complemented:
            return None
        return replace(bare, body=self.bodies.wording(unit), public=unit.public)

    def _alone(self, bare: Post, row: RoleRow) -> Post | None:
        """A role without words of a body; None where it takes one."""
        dutiful = row.id in self.lexicon.duties and not row.weak_duties and bare.role != row.role
        if row.kind == "minor" or dutiful:
            return replace(bare, public=True, minor=True)
        body, public = self.bare(bare.end, row)
        return None if row.kind == "weak" and not body else _within(bare, bare.end, body, public)

    def _in_unit(self, bare: Post, row: RoleRow, unit: Unit, prefix: str | None) -> Post | None:
        """A role with its body; None where it is no post: a delegate, the chairs of many units."""
        head = unit.row
        if row.deputy and row.head is None and (head is None or head.seats != "house"):
            return None  # a delegate to something, not a deputy
        end = self.tokens.ends[unit.stop - 1]
        if _MANY.match(self.folded, end):
            return None  # "chủ tịch UBND 30 xã" are many
        # Public hospitals and schools have directors and heads, companies' ones general directors.
        private = row.general and head is not None and head.no_general
        return _within(
            bare, end, self.bodies.wording(unit, prefix), unit.public and not private,
            self.tokens.starts[unit.start], placed=head is None and row.of_unit,
        )  # fmt: skip

    def duty(self, end: int, row: RoleRow, within: Bounds = FREE) -> int:
        """Where the duties that belong to a role end: "cán bộ | địa chính - xây dựng"; `end` where none follows."""
        table = self.lexicon.duties.get(row.id)
        found = table.match(self.folded, end) if table else None
        if found is None:
            return end
        if not self.text[found.start() + 1].islower():  # "công chức Tư pháp - Hộ tịch xã …"
            return found.end() if _COMMUNAL.match(self.folded, found.end()) else end
        token = self.tokens.after(end)
        unit = self.bodies.unit_at(token, within) if self.heads.at(token) is not None else None
        longer = unit is not None and unit.complemented and self.tokens.ends[unit.end - 1] > found.end()
        return end if longer else found.end()  # "cán bộ | công an xã Tân Mẫu" is a post in a body

    def prefixed(self, start: int, role: str) -> tuple[int, str, bool, bool]:
        """Where the post begins, its role with "Nguyên", "Quyền" …, whether former, whether acting."""
        before = _FORMER.search(self.folded, max(0, start - 12), start)
        if before is None:
            return start, role, False, False
        former, acting = before["former"], before["acting"]
        word = names("acting")[0] if acting else former or before["trainee"]
        if not word:
            return start, role, False, False
        return before.start(), f"{word.capitalize()} {role}", bool(former), bool(acting)

    def suffixed(self, end: int, role: str, row: RoleRow) -> tuple[int, str]:
        """ "Thường trực", "phụ trách" … after the role belong to it, except before the Standing Office."""
        suffix = _SUFFIX.match(self.folded, end)
        standing = names("standing")[0]
        if suffix is None or role.lower().endswith(standing.lower()):
            return end, role
        if suffix["quiet"]:
            return suffix.end(), role  # "Tổng thống | đắc cử"
        if suffix["word"]:
            return suffix.end(), f"{role} {suffix['word']}"
        headless = suffix["short"] and self.heads.at(self.tokens.after(suffix.end())) is None
        if headless or self._stands_in(row, suffix.end()):
            return end, role
        return suffix.end(), f"{role} {standing}"

    def _stands_in(self, row: RoleRow, at: int) -> bool:
        """Whether a role's own body is a standing one: "Thường trực" before `at` is in its name, where the body does not follow."""
        head = self._head_row(row)
        if head is None or row.head is None or not head.standing:
            return False
        return not self.folded.startswith(f" {row.head.lower()} ", at)

    def _head_row(self, row: RoleRow) -> BodyRow | None:
        """The row of the head that a role names."""
        return self.lexicon.bodies.get(key(row.head)) if row.head else None

    def bare(self, end: int, row: RoleRow) -> tuple[str | None, bool | None]:
        """The body and the standing of a role without a body of its own."""
        if row.deputy and row.head is None:
            return (self._house, True) if self.tokens.skip(end) in self.tokens.blocked else (None, None)
        head = self._head_row(row)
        body = row.head if row.kind == "alone" or (head is not None and head.implied) else None
        if row.kind == "public":
            return body, True
        firm = row.kind == "firm" or row.chair
        return body, False if firm and self._unknown_body(end) else None

    @cached_property
    def _house(self) -> str | None:
        """The assembly that the article names, which a bare deputy sits in."""
        rows = (row for row in self.lexicon.ranked.values() if row.told_by)
        return next((row.head for row in rows if row.told_by and row.told_by in self.folded), None)

    def _unknown_body(self, end: int) -> bool:
        """Whether a name that is no person's follows the bare role: "Chủ tịch FLC", "Giám đốc Trung Nam Group"."""
        if _FIRM.match(self.folded, end):
            return True
        at = end + 1
        if self.folded[end:at] != " " or not self.text[at : at + 1].isupper():
            return False
        return at not in self.tokens.blocked and at not in self.roles and not self.tokens.address(at)


def _within(
    bare: Post, end: int, body: str | None, public: bool | None, body_start: int = -1, *, placed: bool = False
) -> Post:
    """A role as a post in a body; as `replace` does it, and faster."""
    return Post(
        bare.start, end, bare.role, body, public, bare.rule, bare.former, bare.acting, body_start, placed=placed
    )  # fmt: skip
