"""The grammar of posts: a role, the body it is in, and the parents of the body, read from tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.fields.officials.lexicon import BodyRow, RoleRow, key, lexicon, written_short
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.wording import canonical_body

_FORMER = regex.compile(r"(?<!\p{L})(?:(nguyên|cựu)|((?<!chính )quyền|q\.)|(tập sự|hàm)|(?:tân|đương kim|cố)) {1,2}$")
_SUFFIX = regex.compile(r" ?(?:- )?(?:\(?(thường trực|tt)\)?(?!\p{L})|(phụ trách|chuyên trách|lâm thời|danh dự|thứ nhất)(?!\p{L}))")
_LEVEL = regex.compile(r"(?:(?:tp|tx|q|p|h)(?!\p{L})\.?|(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|khu vực|vùng|bang|thủ đô)(?!\p{L}))")
_TERM = regex.compile(
    r" ?,? ?\(?(?:các )?(?:khóa|khoá|nhiệm kỳ) (?:[ivx]+|\d+)(?:(?:, ?| và )(?:[ivx]+|\d+)(?![\p{L}\d/]))*(?![\p{L}\d/])\)?"
)
_ALIAS = regex.compile(r" ?\(([\p{Lu}Đ&.\-]{2,12})\)")
_PLACE_PAIR = regex.compile(r"(?:bà rịa|thừa thiên|phan rang|hướng hóa) ?-? ?(?:vũng tàu|huế|tháp chàm)")
# Bodies inside another organisation: its name follows without a connective ("Chi bộ Phòng Kinh tế").
_HOSTED = frozenset({"Chi bộ", "Đảng bộ", "Đảng ủy", "Ban cán sự đảng", "Công đoàn", "Văn phòng"})
# Words that open the next sentence where its full stop is missing ("… tỉnh Hòa Bình Đến ngày 7/7").
_OPENER = regex.compile(
    r"(?:đến|theo|tại|trong|ngày|sáng|chiều|khi|sau|trước|ảnh|các|những|từ|về|với|để|hiện|cùng|do|nếu|như|còn|đây|nói|phát biểu|tuy|vì|việc|cũng|đã|"
    r"cho biết|thông tin tại|trao đổi|trả lời|được|bị|có|và|là|tháng|năm|hôm|qua|bên|nhiều|một|hai|thưa|tôi|chúng|người)(?!\p{L})"
)
# Words of bodies that are verbs too.
_VERBS = frozenset(
    "thông tin|kiểm tra|giám sát|chỉ đạo|hỗ trợ|tổ chức|điều hành|đầu tư|nghiên cứu|phát hành|tiếp nhận|quản lý|thanh tra|kiểm soát|"
    "phát triển|điều tra|giải quyết|tư vấn|khám|điều trị|tuyên truyền|vận động|phục vụ|sử dụng|đăng ký|bảo vệ|xây dựng|điều phối|bầu cử|theo dõi".split("|")
)
_DOTTED = frozenset({"tp", "tx", "tt", "q", "p", "h", "x", "t", "gs", "st"})
_FIRM = regex.compile(r"(?:[ \-–,]+[\p{L}]+){1,6} (?:của |thuộc )?(?:công ty|tập đoàn|ngân hàng|cty|doanh nghiệp|hãng)(?!\p{L})| (?:cấp cao|cao cấp|điều hành|kinh doanh|phụ trách [\p{L} ]{3,30} của)(?!\p{L})")
# Words that no body goes on with: verbs and particles that open the rest of the sentence.
_NO_BODY = regex.compile(
    r"(?:đã|vừa|cho|cũng|này|đó|theo|giữ|đảm|tham dự|dự|phát biểu|nói|là|khi|trong|sẽ|đang|bị|được|có|trao|ký|chủ trì|yêu cầu|đề nghị|"
    r"nhấn mạnh|khẳng định|từ|đến|sang|vào|ra|với|cùng|để|do|nêu|kể|hôm|ngày|tháng|năm|như|thì|mà|nhưng|rằng|về việc|xác nhận|làm|thôi|nhận|kiêm|liên quan|đồng thời|nhiệm kỳ|bị|cùng|sau|trước|gửi|tại buổi|trả lời|chia sẻ)(?!\p{L})"
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post as written `[start, end)`, with canonical role and body. `public` is None where the text leaves it open."""

    start: int
    end: int
    role: str
    body: str | None
    public: bool | None
    rule: str
    former: bool = False
    acting: bool = False
    level: str | None = None
    body_start: int = -1


@dataclass(slots=True)
class _Unit:
    """One organisation read from tokens: `end` is the token after it."""

    row: BodyRow | None
    start: int
    end: int
    stop: int
    parents: list[tuple[int, int]]
    public: bool
    complemented: bool


class PostReader:
    """Reads every post of an article. `blocked` are the starts of persons' names, where no body goes on."""

    def __init__(
        self, marks: Marks, blocked: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]
    ) -> None:
        reading = marks.reading
        self.reading = reading
        self.text = reading.text
        self.folded = reading.folded
        self.starts = reading.starts
        self.ends = reading.ends
        self.blocked = {s for s, _ in blocked}
        self.limits = sorted(spans)
        self.limit = 0
        self.lexicon = lexicon()
        self.index = {s: i for i, s in enumerate(self.starts)}
        self.roles: dict[int, tuple[int, RoleRow]] = {}
        for begin, end in marks.roles:
            row = self.lexicon.roles[key(self.text[begin:end])]
            if self.folded[begin:end] in self.lexicon.acronyms and not written_short(self.text[begin:end]):
                continue
            if row.id == "bi-thu" and self.folded.endswith("ban ", 0, begin):
                continue  # the Secretariat, not a secretary
            if row.id == "dai-su" and self.folded.startswith(" quán", end):
                continue  # the embassy, not the ambassador
            if row.id == "vu-pho" and self.folded.endswith("chức ", 0, begin):  # "giữ chức vụ Phó Giám đốc"
                continue
            self.roles[begin] = (end, row)

    def posts(self) -> list[Post]:
        """Posts in text order, not overlapping."""
        out: list[Post] = []
        last = 0
        for start, (end, row) in sorted(self.roles.items()):
            if start < last:
                continue
            self.limit = next((e for s, e in self.limits if s <= start < e), 0)
            post = self._post(start, end, row)
            if post is None:
                continue
            out.append(post)
            last = post.end
        return out

    def _post(self, start: int, end: int, row: RoleRow) -> Post | None:
        role, former, acting, begin = row.role, False, False, start
        before = _FORMER.search(self.folded, max(0, start - 12), start)
        if before:
            begin = before.start()
            if before.group(1):
                former, role = True, ("Nguyên " if before.group(1) == "nguyên" else "Cựu ") + row.role
            elif before.group(2):
                acting = True
                role = "Quyền " + row.role
            elif before.group(3):
                role = before.group(3).capitalize() + " " + row.role
            else:
                begin = start
        suffix = _SUFFIX.match(self.folded, end)
        if suffix and not role.lower().endswith("thường trực"):
            word = suffix.group(1) or suffix.group(2)
            bare = suffix.end()
            token = self.index.get(self._skip(bare))
            follows_body = token is not None and self._body_at(token) is not None
            if word in ("thường trực", "tt") and not (
                row.head == "Văn phòng" or (word == "tt" and not follows_body)
            ):
                role, end = role + " Thường trực", bare
            elif word not in ("thường trực", "tt", "thứ nhất"):
                role, end = f"{role} {word}", bare
        if row.kind == "alone":
            return Post(begin, end, role, None, True, row.id, former, acting)
        unit, prefix, stop = self._attached(end, row)
        if unit is None:
            if row.id == "dai-bieu" and self._skip(end) in self.blocked:
                house = "Quốc hội" if "quốc hội" in self.folded else "Hội đồng nhân dân" if "hđnd" in self.folded else None
                return Post(begin, end, role, house, True, row.id, former, acting) if house else None
            if row.kind == "weak":
                return None
            body = row.head if row.head in ("Quốc hội", "Hội đồng nhân dân") else None
            public = True if row.kind == "public" else False if self._unknown_body(end) else None
            return Post(begin, end, role, body, public, row.id, former, acting)
        if row.id == "dai-bieu" and not (unit.row and unit.row.canonical in ("Quốc hội", "Hội đồng nhân dân")):
            return None  # a delegate to something, not a deputy
        parts = [self.text[self.starts[a] : self.ends[b - 1]] for a, b in ((unit.start, unit.end), *unit.parents)]
        if row.role.endswith("Tổng Giám đốc") and unit.row is not None and unit.row.canonical.startswith(("Bệnh viện", "Trường")):
            unit.public = False  # public hospitals have directors, companies' hospitals general directors
        if prefix:
            parts[0] = f"{prefix} {parts[0]}"
        body = canonical_body(parts)
        return Post(
            begin, self.ends[stop - 1] if stop else end, role, body, unit.public, row.id, former, acting, None, self.starts[unit.start]
        )

    def bodies(self, begin: int, end: int) -> Iterator[tuple[int, str, str]]:
        """Bodies with a complement in `[begin, end)`: start, canonical wording, canonical head."""
        for token in range(self._after(begin), self._after(end)):
            if not self._capital(token) or self._body_at(token) is None:
                continue
            self.limit = 0
            unit = self._unit(token)
            if unit is None or not unit.complemented or not unit.public or unit.row is None:
                continue
            parts = [self.text[self.starts[a] : self.ends[b - 1]] for a, b in ((unit.start, unit.end), *unit.parents)]
            yield self.starts[token], canonical_body(parts), unit.row.canonical

    def _unknown_body(self, end: int) -> bool:
        """Whether a name that is no person's follows the bare role: "Chủ tịch FLC", "Giám đốc Trung Nam Group"."""
        at = end + 1
        return (
            self.text[end : at] == " "
            and self.text[at : at + 1].isupper()
            and at not in self.blocked
            and at not in self.roles
            and not self._address(at)
        ) or _FIRM.match(self.folded, end) is not None

    def _skip(self, at: int) -> int:
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        return at

    def _attached(self, end: int, row: RoleRow) -> tuple[_Unit | None, str | None, int]:
        """The body after a role that ends at `end`, the head that the role implies, and the token after the whole."""
        at = self._skip(end)
        token = self.index.get(at)
        if token is None or at in self.blocked:
            return None, None, 0
        word = self.folded[at : self.ends[token]]
        if word in ("của", "thuộc", "tại", "cho"):
            follower = token + 1
            if self._body_at(follower) is None:
                return None, None, 0
            token = follower
        if word == "(" and self._body_at(token + 1) is not None:  # "Trưởng phòng (Sở Nội vụ)"
            unit = self._unit(token + 1)
            if unit and unit.stop < len(self.starts) and self.text[self.starts[unit.stop]] == ")" and row.kind != "weak":
                unit.stop += 1
                return unit, None, unit.stop
            return None, None, 0
        head = row.head
        found = self._body_at(token)
        if head and not (found and found[1].canonical.startswith(head)):
            if found and (found[1].rank >= 6 or head in ("Văn phòng", "Thanh tra", "Phòng", "Bộ", "Tòa án")) and head not in ("Đoàn", "Tổ", "Đội") and found[1].complement != "none":
                unit = self._unit(token)
                if unit and (unit.complemented or found[1].rank >= 4):
                    strong = (head == "Văn phòng" and found[1].rank >= 4 and found[1].rank < 6) or (found[1].rank >= 6 and found[1].canonical not in ("Trung ương", "Tỉnh", "Thành phố", "Huyện", "Quận", "Xã", "Phường", "Thị xã", "Thị trấn", "Cảnh sát")) or found[1].canonical in ("Khoa", "Nội các")
                    return unit, None if strong else head, unit.stop
                return None, None, 0
            if head in ("Quốc hội", "Hội đồng nhân dân"):
                return self._deputy(token, head)
            unit = self._complement(token, token, None, "place" if head in ("Công an", "Tổng lãnh sự quán") else "topic")
            if unit is not None and unit.end == token + 1 and not self._known(at):
                unit = None  # "Thứ trưởng Hải", "Trưởng phòng Minh": a name, not a body
            if unit is None:
                return None, None, 0
            known_head = self.lexicon.bodies.get(key(head))
            self._parents(unit, known_head.rank if known_head else 3)
            return unit, head, unit.stop
        unit = self._unit(token) if found else None
        if unit is None:
            if row.kind in ("public", "body") and row.role in ("Tổng thống", "Thủ tướng", "Phó Thủ tướng", "Phó Tổng thống", "Ngoại trưởng", "Quốc vương", "Đại sứ", "Thống đốc", "Thị trưởng", "Nữ hoàng", "Chủ tịch", "Phó Chủ tịch"):
                unit = self._complement(token, token, None, "foreign")
            elif row.role in ("Chủ nhiệm",) and word == "chương":
                unit = None
            if unit is None:
                return None, None, 0
            if row.role in ("Chủ tịch", "Phó Chủ tịch"):
                return None, None, 0
        return unit, None, unit.stop

    def _known(self, start: int) -> bool:
        """Whether a body's word or abbreviation begins here."""
        return any(p.match(self.folded, start) for p in (self.lexicon.words, self.lexicon.abbreviations, self.lexicon.countries))

    def _deputy(self, token: int, head: str) -> tuple[_Unit | None, str | None, int]:
        """The rest of "đại biểu Quốc hội": a term, a delegation, a place."""
        unit = self._complement(token, token, None, "place" if head != "Quốc hội" else "delegation")
        return (unit, head, unit.stop) if unit else (None, None, 0)

    def _body_at(self, token: int) -> tuple[int, BodyRow] | None:
        """The body head that begins at `token`: the token after it, and its row."""
        if token >= len(self.starts):
            return None
        match = self.lexicon.body_forms.match(self.folded, self.starts[token])
        if match is None or "\n" in match.group():
            return None
        last = self.reading.token_index(match.end() - 1)
        if self.ends[last] != match.end():
            return None
        if match.group() in self.lexicon.acronyms and not written_short(self.text[match.start() : match.end()]):
            return None
        if match.group() == "khu" and self.folded.startswith(" vực", match.end()):
            return None
        row = self.lexicon.bodies[key(match.group())]
        return last + 1, row

    def _unit(self, token: int) -> _Unit | None:
        found = self._body_at(token)
        if found is None:
            return None
        after, row = found
        unit = self._complement(token, after, row, row.complement)
        if unit is None:
            unit = _Unit(row, token, after, after, [], row.public, False)
        self._parents(unit, row.rank)
        return unit

    def _parents(self, unit: _Unit, rank: int) -> None:
        """Parent organisations after a comma, a dash, "thuộc", "của" or in brackets."""
        for _ in range(3):
            alias = _ALIAS.match(self.text, self.ends[unit.stop - 1])
            at = self._after(alias.end()) if alias else unit.stop
            if at + 1 >= len(self.starts) or "\n" in self.text[self.ends[at - 1] : self.starts[at]]:
                return
            mark = self.folded[self.starts[at] : self.ends[at]]
            first = at + 1
            bracket = mark == "("
            if bracket and self.folded[self.starts[first] : self.ends[first]] == "thuộc":
                first += 1
            if mark == "," and self.folded[self.starts[first] : self.ends[first]] in ("thuộc", "của"):
                first += 1
            if mark not in (",", "-", "–", "(", "thuộc", "của") or self.starts[first] in self.roles:
                return
            found = self._body_at(first)
            if found is None or (found[1].rank <= rank and mark not in ("thuộc", "của")) or not (bracket or self._capital(first)):
                return
            parent = self._complement(first, found[0], found[1], found[1].complement)
            if parent is None and found[1].complement in ("topic",):
                return
            end = parent.stop if parent else found[0]
            if bracket:
                if end >= len(self.starts) or self.text[self.starts[end]] != ")":
                    return
                unit.parents.append((first, parent.end if parent else end))
                unit.stop = end + 1
            else:
                unit.parents.append((first, parent.end if parent else end))
                unit.stop = end
            unit.public = unit.public and found[1].public
            rank = found[1].rank

    def _capital(self, token: int) -> bool:
        return self.text[self.starts[token]].isupper()

    def _complement(self, begin: int, token: int, row: BodyRow | None, kind: str) -> _Unit | None:
        """What follows a head, from `token`; None where nothing does. `begin` is the first token of the whole."""
        at, end = token, token
        public = row.public if row else True
        limit = len(self.starts)
        places = 0
        while at < limit:
            start = self.starts[at]
            gap = self.text[self.ends[at - 1] : start] if at else ""
            if "\n" in gap or start in self.blocked or at - token > 28:
                break
            role = self.roles.get(start)
            if role and role[1].id.startswith("dai-bieu") and at == token and row is None and begin == token:
                at = end = self._after(role[0])
                continue
            if role and role[1].kind != "weak" and role[1].id != "thuong-truc" and (at > token or not (row and row.rank < 6)):
                break
            step = self._step(at, token, end, kind, row, places)
            if step is None and start < self.limit and self._voted(start, kind, row):
                step = (at + 1, True, 0)  # the statistical layer sees the post go on
            if step is None:
                break
            at, accept, placed = step
            if accept:
                end = at
            places += placed
        if end == token:
            return None
        words = self.folded[self.starts[begin] : self.ends[end - 1]]
        firm = self._firm(words)
        unit = _Unit(row, begin, end, end, [], public and not firm, True)
        return unit

    def _voted(self, start: int, kind: str, row: BodyRow | None) -> bool:
        """Whether a word that the grammar does not know may still belong to a body that the statistical layer sees."""
        letter = self.text[start]
        if not letter.isalpha() or kind in ("none", "foreign", "term") or self._address(start):
            return False
        return letter.isupper() or (kind not in ("place", "court") and not _NO_BODY.match(self.folded, start))

    def _firm(self, words: str) -> bool:
        return any(w in words for w in ("công ty", "tập đoàn", "ngân hàng tmcp", "tnhh", "cổ phần", "doanh nghiệp tư nhân"))

    def _step(self, at: int, token: int, end: int, kind: str, row: BodyRow | None, places: int) -> tuple[int, bool, int] | None:
        """One step on: the next token, whether the body may end there, whether a level word was read."""
        start, stop = self.starts[at], self.ends[at]
        word = self.folded[start:stop]
        first = self.text[start]
        if kind == "none":
            return None
        term = _TERM.match(self.folded, start)
        if term and kind not in ("place", "foreign"):
            if row is None or row.canonical in ("Quốc hội", "Trung ương Đảng", "Ban Chấp hành Trung ương Đảng") or "quốc" in self.folded[self.starts[max(0, at - 4)] : start]:
                return self._after(term.end()), True, 0
            return None
        if kind in ("term",) and word not in ("khóa", "khoá"):
            if self.folded.startswith("việt nam", start):
                return at + 2, True, 0
            if self.folded.startswith("đảng cộng sản", start):
                return at + 3, True, 0
            if word in ("nước",) or (first.isupper() and row is not None and row.canonical == "Quốc hội" and len(self.text[start:stop]) > 1):
                if start in self.blocked or word in ("ông", "bà"):
                    return None
                return at + 1, True, 0
            return None
        if first.isupper() and kind not in ("place", "foreign", "term", "court"):
            nested = self._body_at(at)
            if nested and (nested[1].rank > 4 or (row is not None and row.canonical in _HOSTED)):
                return nested[0], True, 0
        known = None if kind in ("place", "foreign", "term") else self.lexicon.words.match(self.folded, start)
        level = _LEVEL.match(self.folded, start)
        if known and level and known.end() > level.end():
            level = None
        if level and kind != "foreign" and level.end() in (stop, stop + 1, *self.ends[at + 1 : at + 3]):
            after = self._after(level.end())
            if level.group().rstrip(".") in ("q", "p", "h", "tp", "tx") and not first.isupper():
                return None
            if kind in ("place", "court", "any") and places and end == at and not self._capital(after if after < len(self.starts) else at):
                return None
            if places >= 2 and kind in ("place", "court"):
                return None
            return after, True, 1
        if first.isdigit():
            if at > token and start == self.ends[at - 1] and self.text[start - 1].isupper():
                return at + 1, True, 0  # "Z751"
            before = self.folded[self.starts[max(0, at - 2)] : start].strip()
            if regex.search(r"(?:quận|phường|q\.?|p\.?|số|khu|vùng|đội|đạo|khu vực|trường|viện|khu phố|đoàn|đồn|tiểu học|thpt|trạm|cụm)$", before) and self.folded[stop : stop + 1] not in ("/", "%"):
                return at + 1, True, 0
            return None
        if kind == "foreign":
            if word == "nước" and at == token:
                return at + 1, False, 0
            country = self.lexicon.countries.match(self.folded, start)
            if country and first.isupper() and at <= token + 1:
                return self._after(country.end()), True, 0
            return None
        if first.isupper():
            if self._address(start) or (at > token and _OPENER.match(self.folded, start) and not self._known(start)):
                return None
            if kind in ("place", "foreign") and at - token > 6:
                return None
            if kind not in ("place", "foreign"):
                short = self.lexicon.abbreviations.match(self.folded, start)
                if short and (not known or short.end() > known.end()):
                    known = short
                if known and "\n" not in known.group():
                    return max(at + 1, self._after(known.end())), True, 0
            return at + 1, True, 0
        if kind == "delegation":
            return (at + 1, True, 0) if word in ("đoàn", "thuộc", "nước") else None
        if known:
            if self._adjoining(at, end, row) and self._verb_like(known, row):
                return None
            return self._after(known.end()), True, 0
        if kind == "court" and word in ("nhân", "dân", "cấp", "cao", "tối", "quân", "sự"):
            return at + 1, True, 0
        return self._joint(at, token, kind, row)

    def _adjoining(self, at: int, end: int, row: BodyRow | None) -> bool:
        """Whether the word stands right after a word of the body, with no connective between."""
        return end == at and self.ends[at - 1] + 1 == self.starts[at] and row is not None and self.starts[at - 1] not in self.roles

    def _verb_like(self, known: regex.Match[str], row: BodyRow | None) -> bool:
        """Whether a body's word in lower case is the verb of the sentence here: "Giám đốc Sở Y tế thông tin thêm"."""
        if row is not None and row.canonical in ("Bộ", "Sở"):
            return True  # their names are whole words that the lexicon knows, or joined by "và"
        if known.group() not in _VERBS:
            return False
        following = self._after(known.end())
        if following >= len(self.starts):
            return True
        start = self.starts[following]
        return not (self.text[start].isupper() or self.text[start] == "-" or self.lexicon.words.match(self.folded, start) or self.folded.startswith("và ", start))

    def _joint(self, at: int, token: int, kind: str, row: BodyRow | None) -> tuple[int, bool, int] | None:
        """A connective inside a body: "Kế hoạch - Tài chính", "Văn hóa, Thể thao và Du lịch", "Bà Rịa - Vũng Tàu"."""
        word = self.folded[self.starts[at] : self.ends[at]]
        following = at + 1
        if following >= len(self.starts) or "\n" in self.text[self.ends[at] : self.starts[following]]:
            return None
        start = self.starts[following]
        if word == "." and self.ends[at] - self.starts[at] == 1 and self.starts[at] == self.ends[at - 1] and self.folded[self.starts[at - 1] : self.ends[at - 1]] in _DOTTED and self._capital(following):
            return following, False, 0
        if word == "(":
            alias = _ALIAS.match(self.text, self.ends[at - 1])
            return (self._after(alias.end()), False, 0) if alias else None
        if start in self.blocked or (start in self.roles and self.roles[start][1].kind != "weak") or self._address(start):
            return None
        tight = self.starts[at] == self.ends[at - 1] and start == self.ends[at]
        if word in ("-", "–", "/"):
            if self.text[start].isdigit():
                return None
            if _PLACE_PAIR.match(self.folded, self.starts[max(0, at - 2)]):
                return following, False, 0
            if tight and (kind != "place" or self._capital(following)) and not self._body_at(following):
                return following, False, 0
            if kind in ("topic", "any") and not self._body_at(following) and (self.lexicon.words.match(self.folded, start) or self.lexicon.abbreviations.match(self.folded, start)):
                return following, False, 0
            return None
        if kind not in ("topic", "any"):
            return None
        if word in ("và", "&"):
            known = self.lexicon.words.match(self.folded, start) or self.lexicon.abbreviations.match(self.folded, start)
            if known and not (self._body_at(following) and self._capital(following)):
                return following, False, 0
            return None
        if word == ",":
            listed = regex.compile(r"[\p{L} ]{2,30}(?:, [\p{L} ]{2,30})? (?:và|&) ").match(self.folded, start)
            if listed and self.lexicon.words.match(self.folded, start) and not self._body_at(following) and row is not None and row.canonical in ("Ủy ban", "Bộ", "Sở", "Phòng", "Ban", "Vụ"):
                return following, False, 0
            return None
        if word in ("về", "các", "cho", "ở", "trên", "tại") and row is not None and kind == "topic":
            if (word == "tại" and self._capital(following)) or self.lexicon.words.match(self.folded, start):
                return following, False, 0
        return None

    def _address(self, start: int) -> bool:
        found = self.lexicon.address.match(self.folded, start)
        if self.folded.startswith("bà rịa", start):
            return False
        return bool(found) and self.text[self._skip(found.end()) : self._skip(found.end()) + 1].isupper() and len(found.group()) > 1

    def _after(self, at: int) -> int:
        """The first token that begins at or after `at`."""
        return self.reading.token_index(at - 1) + 1
