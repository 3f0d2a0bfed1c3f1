"""Which posts belong to which names: before, after, both, shared by a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from extractor.fields.officials.lexicon import lexicon
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.names import Name
from extractor.fields.officials.posts import Post
from extractor.models import Reading

_JOIN = regex.compile(
    r"[\s,;\-–/&(]*(?:(?:và|kiêm|kiêm nhiệm|đồng thời|đồng thời là|đồng thời giữ chức|là|cũng là|hiện là|nay là|hiện đang là|và là|giữ chức|giữ chức vụ)[\s,\-–]*){0,3}"
)
_CHAIN_STOP = regex.compile(r"[;.\n]")
_AGE = r"(?:\((?:sn|sinh|\d|tức|áo|bìa|giữa|trái|phải|thứ|đứng|ngồi|người|ảnh|nam|nữ|đoàn|quê|bên|cầm|ngoài|hàng|đeo|mặc|\p{L})[^()\n]{0,140}\) ?|, ?(?:sn|sinh năm|sinh ngày|\d{2} tuổi)[^,()\n]{0,20}(?=,))?"
_LEFT = regex.compile(
    r"\s*"
    + _AGE
    + r"\s*(?P<sep>,|-|–|\(|:|\[)?\s*(?:(?:hiện|hiện nay|hiện đang|vốn|lúc đó|lúc này|lúc ấy|khi đó|khi ấy|bấy giờ|từng|đã từng|cũng|đang|còn|nay|trước đây|trước đó|vừa|đã)\s+){0,3}"
    r"(?P<verb>(?:là [\p{L} ]{3,60},|là|làm|với vai trò là|với tư cách là|với vai trò|với tư cách|với cương vị là|với cương vị|trên cương vị|trong vai trò|giữ chức|giữ chức vụ|giữ các chức vụ|giữ vị trí|giữ cương vị|đảm nhiệm chức vụ|đảm nhiệm|đảm nhận|được bổ nhiệm làm|được bổ nhiệm giữ chức|được bổ nhiệm giữ chức vụ|được bầu làm|được bầu giữ chức|được bầu giữ chức vụ|được cử làm|được cử là|được cử|được phân công làm|được giao|được giao nhiệm vụ|được giao phụ trách|được tín nhiệm bầu làm|được chỉ định làm|được chỉ định giữ chức|được điều động làm|được điều động giữ chức|được điều động về làm|từng giữ|nguyên là|được giới thiệu làm|được phê chuẩn|được phê chuẩn giữ chức|nhận nhiệm vụ|nhận chức|nhậm chức|đảm đương|đảm trách|đóng vai trò|với chức danh|với chức vụ|với chức vụ là|có chức vụ|chức vụ|từ|từ chức|về làm|xuống làm|lên làm|sang làm|trở thành|được cử giữ chức|được giao làm|thôi giữ chức|thôi giữ chức vụ|vào chức vụ|vào vị trí|giữ nhiệm vụ|phụ trách chức danh|người|một|kiêm|, kiêm)\s*:?\s*)*"
)
_RIGHT = regex.compile(
    r"\s*(?:(?:\d )?(?:nhiệm kỳ|khóa|khoá) [\d\-–/ ,vàivx]+?)?\s*(?P<sep>,|-|–|:|\(|\)|\))?\s*(?P<verb>(?:hôm đó|hiện nay|hiện tại|khi đó|lúc đó|lúc bấy giờ|đương nhiệm|này)?\s*(?:là|do|gồm|gồm có|đối với|cho|của|với|như|thay cho|cũ|có tên|tên|tên là)?\s*:?\s*)"
)
_LISTED = regex.compile(r"\s*(?:\([^()\n]{0,40}\)\s*)?(?:,|và|;|,\s*và|&|cùng|cùng với)\s*")
_COMMUNE = regex.compile(r"(?:xã|phường|thị trấn|đặc khu) .+$")
_SENTENCE = regex.compile(r"[.!?;] ")
_CUE = regex.compile(
    r"(?<!\p{L})(?:giữ|thôi giữ|đảm nhiệm|đảm nhận|nhận|bầu|bổ nhiệm|phân công|làm|chức|cách|miễn nhiệm|được cử|điều động|sang|thôi nhiệm vụ|thôi làm nhiệm vụ|nghỉ nhiệm vụ|cương vị|vai trò|tư cách|trách nhiệm)(?: lại)?(?: các)?(?: chức(?: vụ| danh| trách)?| cương vị| vị trí| nhiệm vụ)?(?: [^.;\n]{0,70} như)?(?: là)?\s*:?\s*$|chức vụ\s*(?:như|là|gồm)?\s*:\s*$"
)


_SUBJECT = regex.compile(r"(?<!\p{L})(?:ông|bà|đồng chí này|ông này|bà này) (?=\p{Ll})")
_BREAK = regex.compile(r"[.;!?] ")


@dataclass(slots=True)
class Attachment:
    """Posts by the index of the name they belong to, and the posts that belong to nobody in reach."""

    posts: dict[int, list[Post]] = field(default_factory=dict)
    loose: list[Post] = field(default_factory=list)

    def give(self, name: int, chain: Sequence[Post]) -> None:
        """Give a chain of posts to a name."""
        kept = self.posts.setdefault(name, [])
        kept.extend(p for p in chain if p not in kept)


@dataclass(slots=True)
class _Chain:
    posts: list[Post]
    left: int | None = None
    left_sep: str = ""
    right: int | None = None
    right_sep: str = ""

    @property
    def start(self) -> int:
        return self.posts[0].start

    @property
    def end(self) -> int:
        return self.posts[-1].end


def _chains(reading: Reading, posts: Sequence[Post], names: Sequence[Name]) -> list[_Chain]:
    starts = [n.start for n in names]
    out: list[_Chain] = []
    for post in posts:
        if out:
            gap = reading.folded[out[-1].end : post.start]
            between = any(out[-1].end <= s < post.start for s in starts)
            if not between and len(gap) < 45 and "\n" not in gap and ";" not in gap:
                joined = _JOIN.fullmatch(gap)
                if joined is not None and (gap.strip() or gap == " "):
                    out[-1].posts.append(post)
                    continue
                if regex.fullmatch(r"\s*(?:nhiệm kỳ|giai đoạn|khóa|khoá)?[\s\d\-–./()]*\s*[,\-–]\s*", gap):
                    out[-1].posts.append(post)
                    continue
                if regex.fullmatch(
                    r"(?:\s*(?:\([^()\n]{2,40}\)|\[\d+\]))*\s*[,;\-–]?\s*(?:\[\d+\])*\s*(?:và|kiêm|đồng thời là)?\s*",
                    gap,
                ):
                    out[-1].posts.append(post)
                    continue
                # a place that only ends a position: "Chủ tịch UBND xã A, huyện B, Phó ban ..."
                if regex.fullmatch(
                    r"\s*[,(]\s*(?:tỉnh|huyện|quận|thành phố|tp\.?|thị xã)[\p{L} .\-]{2,30}\)?\s*[,\-–]\s*(?:kiêm )?",
                    gap,
                ):
                    out[-1].posts.append(post)
                    continue
        out.append(_Chain([post]))
    return out


def attach(marks: Marks, posts: Sequence[Post], names: Sequence[Name]) -> Attachment:
    """Attach chains of posts to names."""
    reading = marks.reading
    result = Attachment()
    chains = _chains(reading, posts, names)
    edges = sorted(
        [(n.lead, n.end, "n", i) for i, n in enumerate(names)]
        + [(c.start, c.end, "c", i) for i, c in enumerate(chains)]
    )
    received: dict[int, str] = {}
    for order, (_, _, kind, number) in enumerate(edges):
        if kind == "c":
            _neighbours(marks, chains[number], edges, order, names)
    for number, chain in enumerate(chains):
        _decide(reading, chain, chains, number, names, result, received)
    _share(marks, chains, names, result)
    _replaced(reading, chains, names, result)
    for chain in chains:
        if chain.left is not None or chain.right is not None:
            _fill(chain, result)
    return result


_REPLACED = regex.compile(r"(?<!\p{L})thay(?: thế)?(?: cho)? (?:(?:đồng chí|đ/c|ông|bà) )?$")


def _replaced(reading: Reading, chains: list[_Chain], names: Sequence[Name], result: Attachment) -> None:
    """Who is replaced held the post that the other one gets: "giữ chức Giám đốc Sở X thay ông B"."""
    for number, name in enumerate(names):
        if (
            number in result.posts
            or not name.full
            or not _REPLACED.search(reading.folded[max(0, name.start - 30) : name.start])
        ):
            continue
        begin = reading.sentence_at(name.start)[0]
        before = [c for c in chains if begin <= c.start and c.end <= name.start and c.left is not None]
        if before:
            result.give(number, before[-1].posts[-1:])


def _fill(chain: _Chain, result: Attachment) -> None:
    """A bare or local body takes its complement from the next post of the chain ("Bí thư Đảng ủy - Chủ tịch UBND xã X")."""
    posts = chain.posts
    for at in range(len(posts) - 2, -1, -1):
        post, following, body = posts[at], posts[at + 1], None
        if post.body is None and post.role in ("Chủ tịch", "Phó Chủ tịch") and following.body and following.public:
            body = following.body.removeprefix("Đoàn Chủ tịch, ")
        elif post.body == "Đoàn Chủ tịch" and following.body:
            body = f"Đoàn Chủ tịch, {following.body}"
        elif post.body == "Đảng ủy" and following.body and (place := _COMMUNE.search(following.body)):
            body = f"Đảng ủy {place.group()}"
        if body:
            filled = posts[at] = replace(post, body=body, public=True)
            for kept in result.posts.values():
                kept[:] = [filled if p is post else p for p in kept]


def _neighbours(
    marks: Marks, chain: _Chain, edges: list[tuple[int, int, str, int]], order: int, names: Sequence[Name]
) -> None:
    reading = marks.reading
    if order:
        _, end, kind, number = edges[order - 1]
        gap = reading.folded[end : chain.start]
        if kind == "n" and len(gap) < 200 and names[number].source != "credit":
            match = _LEFT.fullmatch(reading.folded[end : marks.lead(chain.start, end)])
            if match and (match["sep"] or match["verb"] or gap.strip("  ")):
                chain.left, chain.left_sep = number, (match["sep"] or ("verb" if match["verb"] else "other"))
                if "\n" in gap:
                    chain.left_sep = "line"
            elif "\n" not in gap and not _CHAIN_STOP.search(gap) and _CUE.search(gap):
                chain.left, chain.left_sep = number, "verb"
            elif regex.fullmatch(r" *\n[\s*_]*", gap) and names[number].full:
                chain.left, chain.left_sep = number, "line"
    if order + 1 < len(edges):
        begin, _, kind, number = edges[order + 1]
        if kind == "n":
            name = names[number]
            gap = reading.folded[chain.end : name.start]
            bare = reading.folded[chain.end : max(chain.end, name.lead)]
            match = _RIGHT.fullmatch(bare)
            if match and len(gap) < 90:
                sep = match["sep"] or ""
                verb = (match["verb"] or "").strip()
                if "\n" in gap:
                    return
                chain.right = number
                chain.right_sep = sep or (verb and "verb") or "tight"
                if sep and verb:
                    chain.right_sep = "verb"


_PROXY = regex.compile(r"(?:ủy quyền của|thay mặt(?: cho)?|báo cáo (?:với )?|kính gửi|trình) $")


def _decide(
    reading: Reading,
    chain: _Chain,
    chains: list[_Chain],
    number: int,
    names: Sequence[Name],
    result: Attachment,
    received: dict[int, str],
) -> None:
    left, right = chain.left, chain.right
    if left is not None and right is not None:
        if chain.left_sep == "(" and chain.right_sep != "tight":
            right = None
        elif chain.left_sep == "line":
            left = None
        elif chain.right_sep == "tight":
            if chain.left_sep == "verb" or (
                chain.left_sep == "(" and ")" in reading.text[chain.end : names[right].start]
            ):
                right = None
            else:
                left = None
        elif chain.right_sep in (",", ")", "("):
            right = None
            if (
                received.get(left) == "right"
                and chain.left_sep in (",",)
                and chains[number - 1].right_sep in (",", "-", "–")
                and chain.right_sep != "("
            ):
                left, right = None, chain.right
        elif chain.right_sep in ("-", "–", ":"):
            if received.get(left) == "right" and chain.left_sep != "(":
                left = None
            else:
                right = None
        elif chain.right_sep == "verb":
            right = None if chain.left_sep in ("verb", "(", "-", "–") or received.get(left) != "right" else right
            left = None if right is not None else left
    if left is not None:
        result.give(left, chain.posts)
        received[left] = "left"
        chain.right = None
        chain.left = left
    elif right is not None:
        own = chain.posts
        if len(own) > 1 and _PROXY.search(reading.folded[max(0, chain.start - 20) : chain.start]):
            result.loose.extend(own[:-1])  # "thừa ủy quyền của Thủ tướng, Phó Thủ tướng A"
            own = own[-1:]
        result.give(right, own)
        received[right] = "right"
        chain.left = None
        chain.right = right
    else:
        chain.left = chain.right = None
        owner = _continued(reading, chain, chains, number, names)
        if owner is None:
            owner = _pronoun(reading, chain, names)
        if owner is not None:
            result.give(owner, chain.posts)
        else:
            result.loose.extend(chain.posts)


def _continued(reading: Reading, chain: _Chain, chains: list[_Chain], number: int, names: Sequence[Name]) -> int | None:
    """The owner of the chain before, where only an appointment stands between ("…, Chánh Thanh tra Sở X được cử làm Trưởng đoàn")."""
    if not number:
        return None
    before = chains[number - 1]
    owner = before.left if before.left is not None else before.right
    if (
        reading.text[before.end : before.end + 1] == ")"
    ):  # "bà A (vợ ông B, Giám đốc X) làm …": the person before the bracket
        opened = reading.text.rfind("(", 0, before.end)
        outside = [i for i, n in enumerate(names) if n.end <= opened]
        owner = outside[-1] if outside else None
    gap = reading.folded[before.end : chain.start]
    if (
        owner is None
        or len(gap) > 140
        or "\n" in gap
        or any(before.end <= n.start < chain.start for n in names if n.addressed or n.full)
    ):
        return (
            owner
            if owner is not None
            and len(gap) < 140
            and names[owner].start > before.end
            and _CUE.search(gap)
            and _SENTENCE.search(gap) is None
            and not any(names[owner].end <= n.start < chain.start for n in names)
            else None
        )
    return owner if _CUE.search(gap) and _SENTENCE.search(gap) is None else None


def _pronoun(reading: Reading, chain: _Chain, names: Sequence[Name]) -> int | None:
    """The person that "Ông từng là …" speaks of: the last full name before it."""
    begin = max(reading.sentence_at(chain.start)[0], chain.start - 160)
    before = reading.folded[begin : chain.start]
    subjects = [m for m in _SUBJECT.finditer(before) if reading.text[begin + m.end()].islower()]
    if not subjects:
        return None
    rest = before[subjects[-1].end() - 1 :]
    if _BREAK.search(rest) or not (_CUE.search(rest) or _LEFT.fullmatch(rest)):
        return None
    known = [i for i, n in enumerate(names) if n.full and n.end <= begin + subjects[-1].start()]
    near = [i for i in known if names[i].addressed or names[i].start == reading.line_at(names[i].start).start]
    return near[-1] if near else known[-1] if known else None


def _share(marks: Marks, chains: list[_Chain], names: Sequence[Name], result: Attachment) -> None:
    """Posts before or after a list of names: "hai Phó Chủ tịch: A và B", "các đồng chí A, B – Phó Chủ tịch"."""
    plural, reading = lexicon().plural, marks.reading
    owned = set(result.posts)
    for chain in chains:
        if chain.right is not None:
            before = reading.folded[max(0, chain.start - 30) : chain.start]
            many = plural.search(before) is not None
            number: int = chain.right
            while number + 1 < len(names):
                gap = reading.folded[names[number].end : max(names[number].end, names[number + 1].lead)]
                listed = _LISTED.fullmatch(gap)
                if not listed or (number + 1) in owned or (";" in gap and not many):
                    break
                if not many and ("và" not in gap or names[number + 1].addressed or len(chain.posts) > 1):
                    break
                number += 1
                result.give(number, chain.posts[-1:] if not many else chain.posts)
        elif chain.left is not None and chain.left_sep in ("-", "–", ":", "(", "verb"):
            number = chain.left
            group = [number]
            while number > 0:
                gap = reading.folded[names[number - 1].end : max(names[number - 1].end, names[number].lead)]
                if not _LISTED.fullmatch(gap) or ";" in gap or (number - 1) in owned:
                    break
                number -= 1
                group.append(number)
            lead = reading.folded[max(0, names[number].start - 30) : names[number].start]
            if len(group) > 1 and plural.search(lead):
                for member in group[1:]:
                    result.give(member, chain.posts)
