"""Chains of posts of one person, as the text strings them together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.fields.officials.collector import Name
from extractor.fields.officials.links import links
from extractor.fields.officials.posts import Post
from extractor.fields.officials.roles import plain_row_of, row_of
from extractor.fields.officials.words import forms, names, template
from extractor.models import Reading

_COMMUNE = template(r"(?<=^(?i:{commune-organ})[ ])(?:{commune})[ ].+$")
_POLICE = template(r"(?i:{police})[ ]{police-unit}[ ].+$")
_GAP = 45  # characters between two posts of a chain


@dataclass(slots=True)
class Chain:
    """Posts in a row. `left`/`right` are the names that may own it, `*_sep` what stands between (`tight`: nothing)."""

    posts: list[Post]
    left: int | None = None
    left_sep: str = ""
    right: int | None = None
    right_sep: str = ""

    @property
    def start(self) -> int:
        """Where the first post begins."""
        return self.posts[0].start

    @property
    def end(self) -> int:
        """Where the last post ends."""
        return self.posts[-1].end


def chains(reading: Reading, posts: Sequence[Post], names: Sequence[Name]) -> list[Chain]:
    """Posts strung together with nothing but commas, dashes, "kiêm", terms and places between them."""
    starts = [n.start for n in names]
    out: list[Chain] = []
    for post in posts:
        before = out[-1].posts[-1] if out else None
        named = before is not None and bisect_left(starts, before.end) != bisect_left(starts, post.start)
        if before is not None and not named and _strung(reading.folded[before.end : post.start], before, post):
            out[-1].posts.append(post)
        else:
            out.append(Chain([post]))
    return out


def _strung(gap: str, before: Post, post: Post) -> bool:
    """Whether the words between two posts string them together."""
    if not gap or len(gap) >= _GAP or "\n" in gap or ";" in gap:
        return False
    return bool(links().join.fullmatch(gap)) or (gap == ": " and (_seat(post) or _seat(before)))


def _seat(post: Post) -> bool:
    """Whether a post is one in a committee, beside an office: "Ông A - Chủ tịch UBND xã: Trưởng ban", "Chủ tịch Hội đồng"."""
    row, body = plain_row_of(post), str(post.body)
    council = row.chair and body.startswith(names("council"))
    return row.seat or (council and not body.startswith(names("peoples-council")))


def _of_chair(post: Post, following: Post, body: str) -> str | None:
    """A chair's body: "Phó Chủ tịch, | Ủy viên Đoàn Chủ tịch Hội X"."""
    if post.body is not None or not plain_row_of(post).chair or not following.public:
        return None
    return body.removeprefix(f"{names('presidium')[0]}, ")


def _of_presidium(post: Post, following: Post, body: str) -> str | None:
    return f"{post.body}, {body}" if post.body in names("presidium") else None


def _of_spokesman(post: Post, following: Post, body: str) -> str | None:
    """A spokesman's office is one of the body that he speaks for."""
    if not row_of(following).speaks or not (post.body or "").startswith(names("department")):
        return None
    return post.body if "," in str(post.body) else f"{post.body}, {body}"


def _of_force(post: Post, following: Post, body: str) -> str | None:
    """Commanders of one force, whose name comes with the last of them: "Phó Tư lệnh, Tham mưu trưởng Quân khu 4"."""
    commands = post.body is None and _ends_as(post, row_of(post).force) and row_of(following).staff
    return body if commands else None


def _of_police(post: Post, following: Post, body: str) -> str | None:
    """The police behind its investigators: "Phó Giám đốc, Thủ trưởng Cơ quan điều tra Công an tỉnh X"."""
    force = _POLICE.search(body) if post.body is None and row_of(following).investigates else None
    return force.group() if force else None


def _of_party_group(post: Post, following: Post, body: str) -> str | None:
    group = str(post.body).lower() in forms("party-group") and body.startswith(names("party-group-host"))
    return f"{post.body} {body}" if group else None


def _of_party_committee(post: Post, following: Post, body: str) -> str | None:
    """The committee of a body that has one: "Bí thư Đảng ủy, Giám đốc Công an tỉnh", of a commune's People's Committee."""
    if post.body not in names("party-committee"):
        return None
    if body.startswith(names("party-host")) and _ends_as(following, row_of(following).chief):
        return f"{post.body} {body}"
    place = _COMMUNE.search(body)
    return f"{post.body} {place.group()}" if place else None


def _ends_as(post: Post, counts: bool) -> bool:
    """Whether a post's role ends as its row words it, so that what the row says of the role is true of the post."""
    return counts and post.role.endswith(row_of(post).role)


# What the next post of a chain gives a post without a body of its own: the first answer counts.
_FILLS = (
    _of_chair, _of_presidium, _of_spokesman, _of_force, _of_police, _of_party_group, _of_party_committee,
)  # fmt: skip


def filled(chain: Chain) -> list[tuple[Post, Post]]:
    """Bare or local bodies completed from the next post of the chain ("Bí thư Đảng ủy - Chủ tịch UBND xã X"): old and new posts."""
    posts, out = chain.posts, []
    for at in range(len(posts) - 2, -1, -1):
        post, following = posts[at], posts[at + 1]
        if not following.body:
            continue
        body = next((found for fill in _FILLS if (found := fill(post, following, following.body))), None)
        if body:
            posts[at] = replace(post, body=body, public=True)
            out.append((post, posts[at]))
    return out
