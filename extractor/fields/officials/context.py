"""Posts that the rest of the article completes: a bare "Cục trưởng" or "Chủ tịch" beside a fuller wording elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractor.compiled import anchored, compiled
from extractor.fields.officials.persons import Person, distance
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.wording import quiet
from extractor.models import Reading

_PREFIX = anchored(r"^(?:nguyên|cựu|quyền|phó) ")
# Which organisations a role may stand for: "Phó Giám đốc" after "Sở Y tế tỉnh" was named.
FAMILIES: dict[str, tuple[str, ...]] = {
    "giám đốc": (
        "Sở",
        "Bệnh viện",
        "Bệnh viện đa khoa",
        "Trung tâm",
        "Trung tâm Y tế",
        "Công an",
        "Bảo hiểm xã hội",
        "Chi nhánh",
        "Kho bạc Nhà nước",
        "Học viện",
    ),
    "cục trưởng": ("Cục",),
    "chi cục trưởng": ("Chi cục",),
    "tổng cục trưởng": ("Tổng cục",),
    "vụ trưởng": ("Vụ",),
    "viện trưởng": ("Viện",),
    "hiệu trưởng": ("Trường",),
    "trạm trưởng": ("Trạm",),
    "trưởng trạm": ("Trạm",),
    "đội trưởng": ("Đội",),
    "hạt trưởng": ("Hạt",),
}
_MINISTERS = ("bộ trưởng", "thứ trưởng")
# Heads that say nothing alone: "Giám đốc Trung tâm" of which centre.
_HEADS = (
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
)
_BY_KEY = {key(h): h for h in _HEADS}
_TEAM = compiled(
    r"(?<!\p{L})(đoàn (?:kiểm tra|thanh tra|công tác|giám sát|khảo sát|liên ngành)[\p{L} ]{0,45}?)"
    r"(?= do | gồm |,| sẽ | đã | đang | vừa | này | lần này )"
)
_COUNCIL = compiled(r"(?<!\p{L})(hội đồng (?!quản trị|thành viên)[\p{L} ]{2,40}?)(?= do )")
_COMPANY = compiled(r"(?<!\p{L})(?:công ty|doanh nghiệp|tập đoàn|cty|dn)(?!\p{L})")
_SPEAKS = anchored(
    r",? (?:cũng |đã |vừa |này )*(?:nhấn mạnh|cho biết|cho hay|nói|khẳng định|yêu cầu|chỉ đạo|đề nghị|chia sẻ|thông tin|giải thích|"
    r"lý giải|nhận định|phát biểu|kết luận)(?!\p{L})"
)
_ORDERS = anchored(
    r" (?:cũng |đã |vừa |còn )*(?:nhấn mạnh|khẳng định|yêu cầu|chỉ đạo|đề nghị|kết luận|phát biểu|giao|cho rằng|cho biết|nói|"
    r"quán triệt|phê bình|chỉ rõ)(?!\p{L})"
)
_ON_BEHALF = compiled(r"(?<!\p{L})(?:TM|T/M)\.? ?([\p{Lu} \n]{3,70}?)\s*\n\s*(?:(?:KT|TL|TUQ)\.? ?[^\n]{2,40}\n\s*)?$")
_INSIDE = compiled(r"\p{Lu}\p{L}* $")  # a head's word inside a name: "xã Tân | Hội Trung"
_MANY = 200  # posts of others that are looked at
_REACH, _NEAR = 1200, 200  # characters: two paragraphs; the sentence before


def complete(
    reading: Reading, reader: PostReader, people: Sequence[Person], posts: Sequence[Post], loose: Sequence[Post]
) -> None:
    """Bare posts get the body that the article gives for the same role: from a post of nobody, or from the text before."""
    holders: dict[str, list[Post]] = defaultdict(list)
    alike: dict[str, list[Post]] = defaultdict(list)
    for held in (q for p in people for q in p.posts):
        holders[key(held.role)].append(held)
    for post in loose:
        alike[key(post.role)].append(post)
    for person in people:
        own = set(person.posts)
        private = any(p.public is False for p in person.posts)
        bodied = {key(p.role) for p in person.posts if p.body}
        free_of: dict[str, list[Post]] = {}  # by role
        for i, post in enumerate(person.posts):
            if post.public is False:
                continue
            if post.body is None and reading.text[post.start : post.end].isupper():
                person.posts[i] = post = _signed(reading, post)
            if post.body is None:
                role = key(post.role)
                if role not in free_of:
                    free_of[role] = _free(alike[role], [q for q in holders[role] if q not in own])
                if not private and role not in bodied:
                    person.posts[i] = _bodied(reading, reader, person, post, free_of[role])
                if person.posts[i].body is None:
                    person.posts[i] = _run_by(reading, reader, person, post) or _beside(reading, post, posts)
                if person.posts[i].body is not None:
                    bodied.add(key(person.posts[i].role))
            elif longer := _fuller(reader, post, posts) or _worded(post, loose):
                person.posts[i] = replace(post, body=longer)


def _free(alike: Sequence[Post], others: Sequence[Post]) -> list[Post]:
    """The posts that no other person holds already."""
    return [p for p in alike if not any(_same(p, q) for q in others[:_MANY])]


def subjects(reading: Reading, people: Sequence[Person], loose: Sequence[Post]) -> None:
    """A post that speaks ("…", Chủ tịch UBND huyện nhấn mạnh) is the one speaker's whose post the text does not give otherwise."""
    spoken = [p for p in loose if p.body and p.public and not p.former and _SPEAKS.match(reading.folded, p.end)]
    for post in [p for p in spoken if p.rule == "nguoi-phat-ngon"]:  # the spokesman holds another post in the same body
        near = [p for p in people if any(q.body and _within(post.body or "", q.body) for q in p.posts)]
        if len(near) > 1:
            near = [p for p in near if any(q.rule == "chanh-van-phong" for q in p.posts)]
        if len(near) == 1:
            near[0].posts.append(post)
    spoken = [p for p in spoken if p.rule != "nguoi-phat-ngon" and not _quoted(reading, p)]
    if not _one(spoken):
        return
    silent = [p for p in people if not p.posts and len(p.names) + len(p.aliases) > 1 and _speaker(reading, p)]
    if len(silent) == 1:
        silent[0].posts.append(spoken[0])


def _quoted(reading: Reading, post: Post) -> bool:
    """Whether a post is named by somebody who is quoted."""
    line = reading.line_at(post.start)
    opened, closed = (reading.text.rfind(mark, line.start, post.start) for mark in "“”")
    return opened > closed


def _one(posts: Sequence[Post]) -> bool:
    """Whether all posts are the first one, worded alike, shortened or misspelt by a letter."""
    if not posts or len({key(p.role) for p in posts}) != 1:
        return False
    first, *others = (key(p.body or "") for p in posts)
    return all(set(o.split()) <= set(first.split()) or distance(o, first, 1) <= 1 for o in others)


def _speaker(reading: Reading, person: Person) -> bool:
    """Whether the text addresses a person and lets them speak or give orders."""
    addressed = any(n.addressed and not n.private for n in person.names)
    return addressed and any(_ORDERS.match(reading.folded, n.end) for n in (*person.names, *person.aliases))


def _bodied(reading: Reading, reader: PostReader, person: Person, post: Post, loose: Sequence[Post]) -> Post:
    """A bare post with its body, or as it is."""
    role = base(post.role)
    if post.public and role not in FAMILIES and role not in _MINISTERS:
        return post
    if person.key == "hồ chí minh":
        return post  # "Chủ tịch Hồ Chí Minh" is a name of its own
    same = _fullest([p for p in loose if p.body and p.public and key(p.role) == key(post.role)])
    if len({key(p.body or "") for p in same}) > 1:
        same = [p for p in same if reading.sentence_at(p.start)[0] == p.start]
    if same and len({key(p.body or "") for p in same}) == 1:
        found = same[0]
        return replace(
            post, body=found.body, public=True, start=found.start, end=found.end, body_start=found.body_start
        )
    if role in ("trưởng đoàn", "chủ tịch"):
        table = _TEAM if role == "trưởng đoàn" else _COUNCIL
        team = table.search(reading.folded, max(0, post.start - 250), post.start)
        if team and "\n" not in reading.text[team.end() : post.start]:
            name = reading.text[team.start(1) : team.end(1)].strip()
            return replace(post, body=name[0].upper() + name[1:], public=True)
    elif role in _MINISTERS and not any(p.body for p in person.posts):
        ministry = _ministry(reading, reader, post)
        if ministry:
            return replace(post, body=ministry)
    elif role in FAMILIES and not any(p.body for p in person.posts):
        body = _before(reader, post, FAMILIES[role])
        if body:
            return replace(post, body=body, public=True)
    return post


def _signed(reading: Reading, post: Post) -> Post:
    """A post over a signature with the body in whose name it signs: "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"."""
    found = _ON_BEHALF.search(reading.text, max(0, post.start - 150), post.start)
    if found is None:
        return post
    words = quiet(" ".join(found.group(1).split()))
    if not words.startswith(("ủy ban nhân dân", "hội đồng nhân dân", "đảng ủy", "ban chấp hành")):
        return replace(post, public=True)
    return replace(post, body=words[0].upper() + words[1:], public=True)


def _start(post: Post) -> int:
    return post.start


def _fullest(posts: Sequence[Post]) -> list[Post]:
    """Posts without those that another one words in full: "Chủ tịch Hà Nội" beside "Chủ tịch UBND TP Hà Nội"."""
    words = [set(key(p.body or "").split()) for p in posts]
    return [p for p, own in zip(posts, words, strict=True) if not any(own < other for other in words)]


def _same(post: Post, other: Post) -> bool:
    """Whether two posts are one, which another person holds already."""
    return (
        bool(post.body and other.body)
        and key(post.role) == key(other.role)
        and _within(post.body or "", other.body or "")
    )


def _run_by(reading: Reading, reader: PostReader, person: Person, post: Post) -> Post | None:
    """The head of a body named before: "Trung tâm X do ông A làm Giám đốc"."""
    name = next(
        (n for n in person.names if 0 < post.start - n.end < 8 and reading.folded.endswith(" do ", 0, n.lead)), None
    )
    if name is None or "làm" not in reading.folded[name.end : post.start]:
        return None
    begin = max(reading.sentence_at(name.start)[0], name.start - 150)
    found = [
        (at, body) for at, body, _ in reader.bodies(begin, name.lead) if not _INSIDE.search(reading.text, at - 12, at)
    ]
    if not found or _COMPANY.search(reading.folded, found[-1][0], name.lead):
        return None
    return replace(post, body=found[-1][1], public=True)


def _beside(reading: Reading, post: Post, posts: Sequence[Post]) -> Post:
    """A bare deputy beside the head in one sentence: "Chủ tịch UBND tỉnh A …; các Phó Chủ tịch: B, C"."""
    role = base(post.role)
    if post.public is False or role not in ("chủ tịch", "giám đốc", "bí thư") or key(post.role) == role:
        return post
    start, end = reading.sentence_at(post.start)
    inside = posts[bisect_left(posts, start, key=_start) : bisect_left(posts, end, key=_start)]
    near = [p for p in inside if p.body and p.public and base(p.role) == role]
    if len({key(p.body or "") for p in near}) != 1:
        return post
    return replace(post, body=near[0].body, public=True)


def _ministry(reading: Reading, reader: PostReader, post: Post) -> str | None:
    """The one ministry that the article names, or the one that the sentence names before the post."""
    found = [(at, body) for at, body, head in reader.bodies(0, len(reading.text)) if head == "Bộ" and "," not in body]
    bodies = {body for _, body in found}
    if len(bodies) != 1:
        begin = reading.sentence_at(post.start)[0]
        near = {body for at, body in found if begin <= at < post.start}
        bodies = {b for b in bodies if near and key(b).startswith(key(min(near)))} if len(near) == 1 else set()
        bodies = {b for b in bodies if len(b) == max(map(len, bodies))}
    return bodies.pop() if len(bodies) == 1 else None


def base(role: str) -> str:
    """A role without "nguyên", "quyền" and "phó", folded."""
    low = key(role)
    while match := _PREFIX.match(low):
        low = low[match.end() :]
    return low


def _worded(post: Post, loose: Sequence[Post]) -> str | None:
    """The one fuller wording of the same post that nobody's name stands beside ("Giám đốc Sở X tỉnh" and "… tỉnh Y")."""
    if key(post.body or "") in lexicon().bodies:
        return None  # "Ủy ban nhân dân" alone may be any
    low = key(post.body or "") + " "
    fuller = {p.body for p in loose if p.body and key(p.role) == key(post.role) and key(p.body).startswith(low)}
    return fuller.pop() if len(fuller) == 1 else None


def _fuller(reader: PostReader, post: Post, posts: Sequence[Post]) -> str | None:
    """The last fuller name before a body that is only its head: in the text, or in another's post."""
    head = _BY_KEY.get(key(post.body or ""))
    if head is None:
        return None
    start = key(head) + " "
    others = [p.body for p in posts if p.start < post.start and p.public and p.body and key(p.body).startswith(start)]
    return _before(reader, post, (head,)) or (others[-1] if others else None)


def _within(a: str, b: str) -> bool:
    x, y = set(key(a).split()), set(key(b).split())
    return x <= y or y <= x


def _before(reader: PostReader, post: Post, heads: tuple[str, ...]) -> str | None:
    """The last organisation of these kinds that the text names in full before a post; none where a company stands nearer."""
    if _COMPANY.search(reader.folded, max(0, post.start - _NEAR), post.start):
        return None
    found = [body for _, body, head in reader.bodies(max(0, post.start - _REACH), post.start) if head in heads]
    return found[-1] if found else None
