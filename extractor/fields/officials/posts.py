"""The grammar of posts: "nguyên", a role, "Thường trực", and the body it is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.fields.officials.bodies import BodyReader, Unit
from extractor.fields.officials.body_patterns import HAMLETS, UNITS
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.rows import RoleRow, key, lexicon, written_short

_FORMER = compiled(
    r"(?<!\p{L})(?:(nguyên|cựu)(?: là)?|((?<!chính )quyền|q\.)|(tập sự|hàm)|(?:tân|đương kim|cố)) {1,2}$"
)
_SUFFIX = compiled(
    r" ?(?:- )?(?:\(?(thường trực|tt)\)?(?!\p{L})|(phụ trách|chuyên trách|lâm thời|danh dự|thứ nhất)(?!\p{L}))"
)
# What tells a post in a company behind a bare role: "Phó Chủ tịch cao cấp", "Chủ tịch ngành hóa chất của Tập đoàn".
_FIRM = compiled(
    r"(?:[ \-–,]+[\p{L}]+){1,6} (?:của |thuộc )?(?:công ty|tập đoàn|ngân hàng|cty|doanh nghiệp|hãng)(?!\p{L})"
    r"| (?:cấp cao|cao cấp|điều hành|kinh doanh|phụ trách [\p{L} ]{3,30} của)(?!\p{L})"
)
_MANY = compiled(
    r" (?:của )?(?:các|những|\d+) (?:xã|phường|huyện|quận|tỉnh|thị trấn|địa phương|đơn vị|thành phố)(?!\p{L})"
)
_DEFINED = compiled(r"(?<=\p{L}) ?\((\p{Lu}[\p{Lu}&\-]{2,11})\)")
# The embassy, and people who advertise something.
_AMBASSADORS = (" quán", " du lịch", " thương hiệu", " thiện chí", " hình ảnh", " văn hóa", " hòa bình", " nhân ái")
_ATTENDANTS = frozenset({"dac-phai-vien", "tro-ly", "thu-ky", "co-van"})
_HOUSES = ("Quốc hội", "Hội đồng nhân dân")
# Roles that a country may follow at once.
_FOREIGN = frozenset(
    (
        "Tổng thống",
        "Phó Tổng thống",
        "Thủ tướng",
        "Phó Thủ tướng",
        "Ngoại trưởng",
        "Quốc vương",
        "Nữ hoàng",
        "Đại sứ",
        "Phó Đại sứ",
        "Đại biện lâm thời",
        "Chủ tịch",
        "Chủ tịch nước",
        "Phó Chủ tịch nước",
        "Tổng Bí thư",
        "Nghị sĩ",
        "Thượng nghị sĩ",
        "Hạ nghị sĩ",
        "Trợ lý Ngoại trưởng",
        "Thống đốc",
        "Phó Thống đốc",
        "Thị trưởng",
    )
)
# Roles that a bare place may follow.
_LOCAL_HEADS = frozenset({"chu-tich", "pho-chu-tich", "bi-thu", "pho-bi-thu"})
_PARTIES = (
    "du lịch",
    "khách",
    "phim",
    "làm phim",
    "từ thiện",
    "thiện nguyện",
)  # private parties: "trưởng đoàn du lịch"
_SET_OFF = compiled(r"[,\-–] (?:\p{L}+ ){2,5}$")  # a post that a comma or a dash sets off
_STANDING = ("cơ quan ", "với ", "cùng ", "của ", "gửi ", "văn phòng ", "các ", "lãnh đạo ", "đơn vị ", "bộ phận ")
_COMMUNAL = compiled(r" (?:ubnd )?(?:xã|phường|thị trấn)(?!\p{L})")
# Heads that a whole other body may take the place of: "Chánh Văn phòng UBND tỉnh", "Trưởng phòng Khoa Ngoại".
_YIELDING = frozenset({"Văn phòng", "Thanh tra", "Phòng", "Bộ", "Tòa án"})
_KEPT = frozenset({"Đoàn", "Tổ", "Đội"})
_PLACES = UNITS | {"Trung ương", "Trung ương Đảng", "Cảnh sát"}


@dataclass(frozen=True, slots=True)
class Post:
    """A post as written `[start, end)`, with canonical role and body. `public` is None where the text leaves it open.

    `rule` is the id of the role's row, `body_start` the offset where the body begins (-1 where it was completed).
    `since`, `until` are TIMEX3 values of the holder's time in it, `ended` tells that the holder has left it.
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


class PostReader(BodyReader):
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
        super().__init__(marks, set(blocked), {})
        self.located = dict(located)
        for start, end in located:  # "huyện | Ba Vì"
            inner = next((at for at in range(start, end) if self.text[at].isupper()), start)
            self.located.setdefault(inner, end)
        self.located_ends = frozenset(self.located.values())
        self.limits = sorted(limits)
        for begin, end in marks.roles:
            row = lexicon().roles[key(self.text[begin:end])]
            if not self._misread(begin, end, row):
                self.roles[begin] = (end, row)
        self._defined()

    def _defined(self) -> None:
        """Short names that the article gives itself: "Trung tâm Tích hợp dữ liệu (TTTHDL)"."""
        for match in _DEFINED.finditer(self.text):
            last = self.after(match.start()) - 1
            for token in range(last, max(-1, last - 14), -1):
                unit = self.unit_at(token) if self.capital(token) or token == last else None
                if unit is not None and unit.complemented and unit.row is not None and unit.end == last + 1:
                    short = match.group(1)
                    if self.lexicon.abbreviations.match(self.folded, match.start(1)) is None:
                        self.short[short] = (unit.row, self.wording(unit))
                        self._heads.clear()
                    break

    def _misread(self, begin: int, end: int, row: RoleRow) -> bool:
        """Role words inside other words: "Tư" for TƯ, "Ban Bí thư", "Đại sứ quán", "giữ chức vụ Phó Giám đốc"."""
        if self.folded[begin:end] in self.lexicon.acronyms and not written_short(self.text[begin:end]):
            return True
        if row.bound and begin in self.located:
            return True  # "TP Tam Kỳ"
        if row.id in ("dai-su", "pho-dai-su"):
            return self.folded.startswith(_AMBASSADORS, end)
        if row.id == "thuong-truc" and self.folded.endswith(_STANDING, 0, begin):
            return True  # "làm việc với Thường trực Thành ủy", "cơ quan thường trực của Ban Chỉ đạo"
        if row.id == "thuong-vu":  # "ông A, Thường vụ Tỉnh ủy, …"
            return not self.folded.endswith((", ", "- ", "– ", "("), 0, begin)
        if row.id == "vu-truong" and self.text[begin].isupper():
            return False  # "giữ chức Vụ trưởng"
        inside = {"bi-thu": "ban ", "vu-pho": "chức ", "vu-truong": "chức "}.get(row.id)
        return inside is not None and self.folded.endswith(inside, 0, begin)

    def posts(self) -> list[Post]:
        """Posts in text order, not overlapping."""
        out: list[Post] = []
        last, limits = 0, Spans(self.limits)
        for start, (end, row) in sorted(self.roles.items()):
            if start < last:
                continue
            self.limit = limits.end_around(start) or 0
            post = self._post(start, end, row)
            if post is not None:
                out.append(post)
                last = post.end
        return out

    def read(self, at: int) -> Post | None:
        """The post whose role begins at `at`; None where the grammar sees none."""
        return self._post(at, *self.roles[at])

    def _post(self, start: int, end: int, row: RoleRow) -> Post | None:
        if row.id.startswith("dai-bieu") and self.folded.endswith("đoàn ", 0, start):
            return None  # a delegation, not a deputy
        begin, role, former, acting = self.prefixed(start, row.role)
        end, role = self.suffixed(end, role, row)
        duty = self.duty(end, row)
        if duty > end:
            end, role = duty, f"{role} {self.folded[end:duty].strip()}"
        minor = row.kind == "minor" or (row.id in self.lexicon.duties and not row.weak_duties and role != row.role)
        if row.kind == "alone":
            return Post(begin, end, role, None, True, row.id, former, acting)
        unit, prefix = self._attached(end, row)
        at = end + 1 + (len("của ") if self.folded.startswith(" của ", end) else 0)
        if unit is None and row.id in _ATTENDANTS and (other := self.roles.get(at)):
            whose = self._post(at, *other)  # "Đặc phái viên Tổng thống Hàn Quốc" is no president
            if whose is not None:
                return Post(
                    begin, whose.end, role, self.text[whose.start : whose.end], whose.public, row.id, former, acting
                )
        if unit is None and self.text[end : end + 1] == ")" and self.text[begin - 1 : begin] == "(":
            after = self.unit_at(self.after(end + 1))  # "bà A (Phó Chủ tịch) UBND huyện B"
            if after is not None and after.complemented:
                return Post(begin, end, role, self.wording(after), after.public, row.id, former, acting)
        if unit is None:
            if minor:
                return Post(begin, end, role, None, True, row.id, former, acting, minor=True)
            body, public = self.bare(end, row)
            if row.kind == "weak" and not body:
                return None
            return Post(begin, end, role, body, public, row.id, former, acting)
        if row.id == "dai-bieu" and not (unit.row and unit.row.canonical in _HOUSES):
            return None  # a delegate to something, not a deputy
        head = unit.row.canonical if unit.row else ""
        if unit.stop < len(self.starts) and _MANY.match(self.folded, self.ends[unit.stop - 1]):
            return None  # "chủ tịch UBND 30 xã" are many
        # Public hospitals and schools have directors and heads, companies' ones general directors.
        private = row.role.endswith("Tổng Giám đốc") and head.startswith(("Bệnh viện", "Trường"))
        return Post(
            begin,
            self.ends[unit.stop - 1],
            role,
            self.wording(unit, prefix),
            unit.public and not private,
            row.id,
            former,
            acting,
            self.starts[unit.start],
            placed=unit.row is None and row.id in _LOCAL_HEADS,
        )

    def duty(self, end: int, row: RoleRow) -> int:
        """Where the duties that belong to a role end: "cán bộ | địa chính - xây dựng"; `end` where none follows."""
        table = self.lexicon.duties.get(row.id)
        found = table.match(self.folded, end) if table else None
        if found is None:
            return end
        if not self.text[found.start() + 1].islower():  # "công chức Tư pháp - Hộ tịch xã …"
            return found.end() if _COMMUNAL.match(self.folded, found.end()) else end
        token = self.after(end)
        unit = self.unit_at(token) if self.head_at(token) is not None else None
        longer = unit is not None and unit.complemented and self.ends[unit.end - 1] > found.end()
        return end if longer else found.end()  # "cán bộ | công an xã Tân Mẫu" is a post in a body

    def prefixed(self, start: int, role: str) -> tuple[int, str, bool, bool]:
        """Where the post begins, its role with "Nguyên", "Quyền" …, whether former, whether acting."""
        before = _FORMER.search(self.folded, max(0, start - 12), start)
        if before is None:
            return start, role, False, False
        for group in (1, 2, 3):
            word = before.group(group)
            if word:
                word = "quyền" if group == 2 else word
                return before.start(), f"{word.capitalize()} {role}", group == 1, group == 2
        return start, role, False, False

    def suffixed(self, end: int, role: str, row: RoleRow) -> tuple[int, str]:
        """ "Thường trực", "phụ trách" … after the role belong to it, except before the Standing Office."""
        suffix = _SUFFIX.match(self.folded, end)
        if suffix is None or role.lower().endswith("thường trực"):
            return end, role
        standing, word = suffix.groups()
        if standing is None:
            return (end, role) if word == "thứ nhất" else (suffix.end(), f"{role} {word}")
        again = self.folded.startswith(" văn phòng ", suffix.end())
        if (row.head == "Văn phòng" and not again) or (
            standing == "tt" and self.head_at(self.after(suffix.end())) is None
        ):
            return end, role
        return suffix.end(), f"{role} Thường trực"

    def bare(self, end: int, row: RoleRow) -> tuple[str | None, bool | None]:
        """The body and the standing of a role without a body of its own."""
        if row.id == "dai-bieu":
            return (self._house, True) if self.skip(end) in self.blocked else (None, None)
        body = row.head if row.head in _HOUSES or row.head == "Ban Chỉ đạo" else None
        if row.kind == "public":
            return body, True
        firm = row.kind == "firm" or row.role in ("Chủ tịch", "Phó Chủ tịch")
        return body, False if firm and self._unknown_body(end) else None

    @cached_property
    def _house(self) -> str | None:
        """The assembly that the article names, which a bare deputy sits in."""
        words = zip(_HOUSES, ("quốc hội", "hđnd"), strict=True)
        return next((house for house, word in words if word in self.folded), None)

    def _unknown_body(self, end: int) -> bool:
        """Whether a name that is no person's follows the bare role: "Chủ tịch FLC", "Giám đốc Trung Nam Group"."""
        if _FIRM.match(self.folded, end):
            return True
        at = end + 1
        if self.folded[end:at] != " " or not self.text[at : at + 1].isupper():
            return False
        return at not in self.blocked and at not in self.roles and not self.address(at)

    def _attached(self, end: int, row: RoleRow) -> tuple[Unit | None, str | None]:
        """The body after a role that ends at `end`, and the head that only the role names."""
        at = self.skip(end)
        token = self.after(at)
        if token >= len(self.starts) or self.starts[token] != at or at in self.blocked:
            return None, None
        word = self.word(token)
        if word in ("của", "thuộc", "tại", "cho"):
            token += 1
            if self.head_at(token) is None:
                return None, None
        if word == "(":
            return self._bracketed(token + 1, row), None
        found, head = self.head_at(token), row.head
        if head and not (found and found[1].canonical.startswith(head)):
            unit, prefix = self._implied(token, row, head)
            doubled = unit is not None and self.folded.startswith(f"{head.lower()} ", self.starts[token])
            return unit, None if doubled else prefix  # "Chánh tòa Tòa dân sự"
        if found:
            return self.unit_at(token), None
        abroad = self.complement(token, token, None, "foreign") if row.role in _FOREIGN else None
        return abroad or (self._place(token) if row.id in _LOCAL_HEADS else None), None

    def _place(self, token: int) -> Unit | None:
        """A bare place as the body: "Chủ tịch | Đà Nẵng", "Bí thư | Sóc Trăng"."""
        end = self.located.get(self.starts[token])
        if end is None or not self.capital(token):
            return None
        stop = self.after(end)
        return Unit(None, token, stop, stop, True, True)

    def _bracketed(self, token: int, row: RoleRow) -> Unit | None:
        """A body in brackets: "Trưởng phòng (Sở Nội vụ)"."""
        unit = self.unit_at(token) if row.kind != "weak" else None
        if unit is None or unit.stop >= len(self.starts) or self.text[self.starts[unit.stop]] != ")":
            return None
        unit.stop += 1
        return unit

    def _implied(self, token: int, row: RoleRow, head: str) -> tuple[Unit | None, str | None]:
        """The rest of a body whose head the role names: "Trưởng phòng | Nội vụ huyện", "Cục trưởng | Hàng không"."""
        found = self.head_at(token)
        if found and head == "Bộ" and found[1].id == "cong-an":
            return Unit(found[1], token, found[0], found[0], True, True), head  # "Thứ trưởng Công an"
        if found and head not in _KEPT and found[1].complement != "none" and (found[1].rank >= 6 or head in _YIELDING):
            unit, other = self.unit_at(token), found[1]
            if unit is None or not (unit.complemented or other.rank >= 4):
                return None, None
            whole = other.rank >= 6 and other.canonical not in _PLACES
            hosts = (head == "Văn phòng" and 4 <= other.rank < 6) or other.canonical in ("Khoa", "Nội các")
            return unit, None if whole or hosts else head
        if head in _HOUSES and self.starts[token] in self.roles:
            return None, None  # "đại biểu Quốc hội ĐBQH"
        if head in _HOUSES:
            return self.complement(token, token, None, "delegation" if head == "Quốc hội" else "place"), head
        kind = "place" if head == "Công an" or head in HAMLETS else "topic"
        self.implied = head
        unit = self.complement(token, token, None, "foreign" if head == "Tổng lãnh sự quán" else kind)
        self.implied = None
        if unit is None or (
            unit.end == token + 1 and not self.known(self.starts[token]) and not self._hamlet(token, head)
        ):
            return None, None  # "Thứ trưởng Hải", "Trưởng phòng Minh": a name, not a body
        if head == "Đoàn" and self.folded.startswith(_PARTIES, self.starts[token]):
            unit.public = False
        row_of_head = self.lexicon.bodies.get(key(head))
        self.add_parents(unit, row_of_head.rank if row_of_head else 3)
        return unit, None if head in HAMLETS and self.word(token) == head.lower() else head  # "trưởng thôn thôn Đông"

    def _hamlet(self, token: int, head: str) -> bool:
        """Whether one syllable names a hamlet: "Ông A, Trưởng buôn Kla, …" gives the name before the post."""
        if head == "Khoa" and self.word(token) == "y":
            return True  # the faculty of medicine
        if head not in HAMLETS or self.starts[token] in self.blocked:
            return False
        if self.text[self.starts[token]].isdigit():
            return True  # "trưởng thôn 7"
        closed = self.folded[self.ends[token] : self.ends[token] + 1] in (",", ")", "(")
        return closed and _SET_OFF.search(self.folded, max(0, self.starts[token] - 40), self.starts[token]) is not None
