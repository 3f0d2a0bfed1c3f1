"""Posts that the rest of the article completes: a bare "Cục trưởng", "Phó Giám đốc" or "Chủ tịch" beside a fuller wording elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.fields.officials.lexicon import key
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post, PostReader
from extractor.models import Reading

_PREFIX = regex.compile(r"^(?:nguyên|cựu|quyền|phó) ")
_FAMILIES: dict[str, tuple[str, ...]] = {
    "giám đốc": (
        "Sở",
        "Bệnh viện",
        "Trung tâm",
        "Công an",
        "Bảo hiểm xã hội",
        "Chi nhánh",
        "Kho bạc Nhà nước",
        "Bệnh viện đa khoa",
        "Trung tâm Y tế",
    ),
    "cục trưởng": ("Cục",),
    "chi cục trưởng": ("Chi cục",),
    "tổng cục trưởng": ("Tổng cục",),
    "vụ trưởng": ("Vụ",),
    "viện trưởng": ("Viện",),
    "hiệu trưởng": ("Trường",),
    "trạm trưởng": ("Trạm",),
    "đội trưởng": ("Đội",),
    "hạt trưởng": ("Hạt",),
}

_TEAM = regex.compile(
    r"(?<!\p{L})(đoàn (?:kiểm tra|thanh tra|công tác|giám sát|khảo sát|liên ngành)[\p{L} ]{0,45}?)(?= do | gồm |,)"
)
_COMPANY = regex.compile(r"(?<!\p{L})(?:công ty|doanh nghiệp|tập đoàn|cty)(?!\p{L})")
_OPEN = (*_FAMILIES, "bộ trưởng", "thứ trưởng")


def base(role: str) -> str:
    """A role without "nguyên", "quyền" and "phó", folded."""
    low = key(role)
    while match := _PREFIX.match(low):
        low = low[match.end() :]
    return low


def complete(reading: Reading, reader: PostReader, people: Sequence[Person], loose: Sequence[Post]) -> None:
    """Bare posts get the body that the article gives for the same role: from a post of nobody, or the last body of that kind before."""
    for person in people:
        for i, post in enumerate(person.posts):
            if post.body is not None:
                longer = _fuller(reader, post) or _worded(post, loose)
                if longer:
                    person.posts[i] = replace(post, body=longer)
                continue
            if post.public is False or (post.public and base(post.role) not in _OPEN):
                continue
            if any(p.body and key(p.role) == key(post.role) for p in person.posts) or any(
                p.public is False for p in person.posts
            ):
                continue
            same = [p for p in loose if p.body and p.public and key(p.role) == key(post.role)]
            found: Post | None = None
            if len({key(p.body or "") for p in same}) > 1:
                same = [p for p in same if reading.sentence_at(p.start)[0] == p.start]
            if same and len({key(p.body or "") for p in same}) == 1:
                found = replace(
                    post,
                    body=same[0].body,
                    public=True,
                    start=same[0].start,
                    end=same[0].end,
                    body_start=same[0].body_start,
                )
            elif base(post.role) == "trưởng đoàn":
                team = _TEAM.search(reading.folded, max(0, post.start - 250), post.start)
                if team and "\n" not in reading.text[team.end() : post.start]:
                    found = replace(post, body="Đ" + reading.text[team.start(1) + 1 : team.end(1)].strip(), public=True)
            elif base(post.role) in ("bộ trưởng", "thứ trưởng"):
                ministries = {b for _, b, h in reader.bodies(0, len(reading.text)) if h == "Bộ" and "," not in b}
                if len(ministries) == 1:
                    found = replace(post, body=ministries.pop())
            elif base(post.role) in _FAMILIES and not any(p.body for p in person.posts):
                body = _before(reader, post, _FAMILIES[base(post.role)])
                if body:
                    found = replace(post, body=body, public=True)
            if found is not None:
                person.posts[i] = found


_COMPLETED = frozenset(
    {
        "Chi nhánh",
        "Trung tâm",
        "Hội đồng",
        "Bệnh viện",
        "Sở",
        "Bộ",
        "Cục",
        "Chi cục",
        "Viện",
        "Trường",
        "Hội",
        "Liên minh",
        "Ban Chỉ đạo",
        "Ban Quản lý",
        "Hiệp hội",
    }
)


def _worded(post: Post, loose: Sequence[Post]) -> str | None:
    """The one fuller wording of the same post that nobody's name stands beside ("Giám đốc Sở X tỉnh" and "Giám đốc Sở X tỉnh Y")."""
    low = key(post.body or "") + " "
    fuller = {p.body for p in loose if p.body and key(p.role) == key(post.role) and key(p.body).startswith(low)}
    return fuller.pop() if len(fuller) == 1 else None


def subjects(reading: Reading, people: Sequence[Person], loose: Sequence[Post]) -> None:
    """A post that speaks ("…", Chủ tịch UBND huyện nhấn mạnh) is the one speaker's whose post the text does not give otherwise."""
    spoken = [p for p in loose if p.body and p.public and not p.former and _SPEAKS.match(reading.folded, p.end)]
    for post in [p for p in spoken if p.rule == "nguoi-phat-ngon"]:  # the spokesman holds another post in the same body
        near = [p for p in people if any(q.body and _within(post.body or "", q.body) for q in p.posts)]
        if len(near) == 1:
            near[0].posts.append(post)
    spoken = [p for p in spoken if p.rule != "nguoi-phat-ngon"]
    if not spoken or len({(key(p.role), key(p.body or "")) for p in spoken}) > 1:
        return
    open_ = [
        p
        for p in people
        if not p.posts
        and len(p.names) + len(p.aliases) > 1
        and any(n.addressed and not n.private for n in p.names)
        and any(_ORDERS.match(reading.folded, n.end) for n in (*p.names, *p.aliases))
    ]
    if len(open_) == 1:
        open_[0].posts.append(spoken[0])


def _within(a: str, b: str) -> bool:
    x, y = set(key(a).split()), set(key(b).split())
    return x <= y or y <= x


_SPEAKS = regex.compile(
    r",? (?:cũng |đã |vừa |này )*(?:nhấn mạnh|cho biết|cho hay|nói|khẳng định|yêu cầu|chỉ đạo|đề nghị|chia sẻ|thông tin|giải thích|lý giải|nhận định|phát biểu|kết luận)(?!\p{L})"
)
_ORDERS = regex.compile(
    r" (?:cũng |đã |vừa |còn )*(?:nhấn mạnh|khẳng định|yêu cầu|chỉ đạo|đề nghị|kết luận|phát biểu|giao|cho rằng|cho biết)(?!\p{L})"
)


def _fuller(reader: PostReader, post: Post) -> str | None:
    """The last fuller name before a body that is only its head: "Giám đốc Trung tâm" of which centre."""
    body = post.body or ""
    head = next((h for h in _COMPLETED if key(h) == key(body)), None)
    return _before(reader, post, (head,)) if head else None


def _before(reader: PostReader, post: Post, heads: tuple[str, ...]) -> str | None:
    """The last body of these kinds that the text names in full before a post, not further than two paragraphs."""
    best: str | None = None
    if _COMPANY.search(reader.folded, max(0, post.start - 200), post.start):
        return None
    for start, body, head in reader.bodies(max(0, post.start - 1200), post.start):
        if head in heads:
            best = body
    return best
