"""Chains of posts of one person, as the text strings them together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extractor.fields.officials.collector import Name
from extractor.fields.officials.links import links
from extractor.fields.officials.posts import Post
from extractor.models import Reading

_COMMUNE = regex.compile(
    r"(?<=^(?:Ủy ban nhân dân|Hội đồng nhân dân|(?:Ủy ban )?Mặt trận Tổ quốc(?: Việt Nam)?) )(?:xã|phường|thị trấn|đặc khu) .+$"
)
# Posts in a committee that a list gives after the member's office: "Ông A - Chủ tịch UBND xã: Trưởng ban".
_COMMITTEE = frozenset(
    {"Trưởng ban", "Phó Trưởng ban", "Ủy viên", "Tổ trưởng", "Tổ phó", "Trưởng đoàn", "Phó Trưởng đoàn"}
)
# Commanders of one force, whose name comes with the last of them: "Phó Tư lệnh, Tham mưu trưởng Quân khu 4".
_FORCES = ("Tư lệnh", "Chính ủy", "Chỉ huy trưởng")
_STAFF = frozenset({"tham-muu-truong", "pho-tham-muu-truong", "chinh-uy", "pho-chinh-uy", "tu-lenh", "pho-tu-lenh"})
_POLICE = regex.compile(r"Công an (?:tỉnh|thành phố|huyện|quận) .+$")
_STATE = ("Bộ ", "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân thành phố", "Thanh tra Chính phủ", "Tòa án nhân dân tối cao")
# Bodies with a Party committee of their own: "Bí thư Đảng ủy, Giám đốc Công an tỉnh".
_HOSTS = (
    "Công an tỉnh",
    "Công an thành phố",
    "Bộ Chỉ huy",
    "Bộ Tư lệnh",
    "Quân khu",
    "Sở ",
    "Trường Đại học",
    "Học viện",
    "Bệnh viện",
)
_CHIEFS = ("Giám đốc", "Chính ủy", "Chỉ huy trưởng", "Tư lệnh", "Hiệu trưởng")
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
    join = links().join
    out: list[Chain] = []
    for post in posts:
        if out:
            gap = reading.folded[out[-1].end : post.start]
            named = bisect_left(starts, out[-1].end) != bisect_left(starts, post.start)
            close = gap and not named and len(gap) < _GAP and "\n" not in gap and ";" not in gap
            if close and (join.fullmatch(gap) or (gap == ": " and (_seat(post) or _seat(out[-1].posts[-1])))):
                out[-1].posts.append(post)
                continue
        out.append(Chain([post]))
    return out


def _seat(post: Post) -> bool:
    """Whether a post is one in a committee: "Trưởng ban", "Chủ tịch Hội đồng"."""
    council = post.role in ("Chủ tịch", "Phó Chủ tịch") and str(post.body).startswith("Hội đồng")
    return post.role in _COMMITTEE or (council and not str(post.body).startswith("Hội đồng nhân dân"))


def filled(chain: Chain) -> list[tuple[Post, Post]]:
    """Bare or local bodies completed from the next post of the chain ("Bí thư Đảng ủy - Chủ tịch UBND xã X"): old and new posts."""
    posts, out = chain.posts, []
    for at in range(len(posts) - 2, -1, -1):
        post, following, body = posts[at], posts[at + 1], None
        if post.body is None and post.role in ("Chủ tịch", "Phó Chủ tịch") and following.body and following.public:
            body = following.body.removeprefix("Đoàn Chủ tịch, ")
        elif post.body == "Đoàn Chủ tịch" and following.body:
            body = f"Đoàn Chủ tịch, {following.body}"
        elif following.rule == "nguoi-phat-ngon" and following.body and (post.body or "").startswith("Phòng "):
            body = post.body if "," in str(post.body) else f"{post.body}, {following.body}"
        elif post.body is None and post.role.endswith(_FORCES) and following.body and following.rule in _STAFF:
            body = following.body
        elif (
            post.body is None
            and following.rule == "thu-truong-co-quan"
            and (force := _POLICE.search(following.body or ""))
        ):
            body = force.group()
        elif str(post.body).lower() == "ban cán sự đảng" and following.body and following.body.startswith(_STATE):
            body = f"{post.body} {following.body}"
        elif (
            post.body == "Đảng ủy"
            and following.body
            and following.body.startswith(_HOSTS)
            and following.role.endswith(_CHIEFS)
        ):
            body = f"Đảng ủy {following.body}"
        elif post.body == "Đảng ủy" and following.body and (place := _COMMUNE.search(following.body)):
            body = f"Đảng ủy {place.group()}"
        if body:
            posts[at] = replace(post, body=body, public=True)
            out.append((post, posts[at]))
    return out
