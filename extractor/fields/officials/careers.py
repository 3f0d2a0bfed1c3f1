"""Careers told stage by stage: "4/1985–7/1988: Trưởng phòng …. 8/1988–10/1990: …", and the person of whom they are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.fields.officials.attach import Attachment
from extractor.fields.officials.posts import Post
from extractor.fields.officials.scene import Scene
from extractor.fields.officials.words import template

# The label of a stage, up to its post: "8/1988 - 10/1990: ", "- Từ tháng 4 năm 2011 đến …: ", "Năm 2010, ", "(1991-1995) ".
_LABEL = template(
    r"(?:^|[.;\n(][ ]?|[\-–+*•][ ])(?:{stage-start}[ ])*\d{1,4}[^:;.\n\p{L}]*(?:\p{L}{2,6}[ ][^:;.\n\p{L}]*){0,6}[:,)][ ]*$"
)
_STAGES = 2  # of which a career has at least so many
_BACK = 60  # characters of a label


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a post stands in a career: the index of the name before its first stage (-1 for none), how many stages the career
    has, whether the post opens one."""

    holder: int
    count: int
    opens: bool


def stages(scene: Scene) -> list[Stage | None]:
    """The stage of each post of a scene; None for posts outside careers. A career ends where another person is named."""
    out: list[Stage | None] = []
    run: list[bool] = []  # whether the posts of the present career open stages
    for at, post in enumerate(scene.posts):
        opens = _labelled(scene, post)
        if run and _broken(scene, at, len(run)):
            out += _told(scene, at, run)
            run = []
        if run or opens:
            run.append(opens)
        else:
            out.append(None)
    return out + _told(scene, len(scene.posts), run)


def _told(scene: Scene, end: int, run: Sequence[bool]) -> list[Stage | None]:
    """The stages of a career whose last post is the one before `end`."""
    if not run:
        return []
    holder = scene.name_at(scene.posts[end - len(run)].start)
    return [Stage(holder, sum(run), opens) for opens in run]


def _broken(scene: Scene, at: int, size: int) -> bool:
    """Whether another person than the holder is named between post `at` and the one before it, in a career of `size` posts."""
    holder = scene.name_at(scene.posts[at - size].start)
    own = scene.names[holder].key if holder >= 0 else ""
    between = scene.names_between(scene.posts[at - 1].start, scene.posts[at].start)
    return not all(f" {own}".endswith(f" {scene.names[i].key}") for i in between)


def _labelled(scene: Scene, post: Post) -> bool:
    """Whether the label of a stage stands right before a post."""
    line = scene.reading.line_at(post.start).start
    return _LABEL.search(scene.folded[max(line, post.start - _BACK) : post.start]) is not None


def career_features(stage: Stage | None, number: int | None, side: str) -> list[str]:
    """A post's stage as evidence for name `number` on a side of it (None: for nobody)."""
    if stage is None:
        return ["career:-"]
    who = "nobody" if number is None else "holder" if number == stage.holder else "other"
    told = f"{min(3, stage.count)}/{who}/{side}"
    return [f"career:{told}", f"career:{told}/{stage.opens}"]


def complete_careers(scene: Scene, attached: Attachment) -> None:
    """Give the posts of a career that nobody got to the one person who got the others."""
    owners = {post.start: number for number, posts in attached.posts.items() for post in posts}
    loose = {post.start for post in attached.loose}
    for career in _careers(scene):
        found = [owners[p.start] for p in career if p.start in owners]
        if len({scene.names[i].key for i in found}) != 1 or 2 * len(found) < len(career):
            continue
        left = [p for p in career if p.start in loose]
        attached.give(found[-1], left)
        attached.loose[:] = [p for p in attached.loose if p not in left]


def _careers(scene: Scene) -> Iterator[list[Post]]:
    """The posts of each career of several stages."""
    told = zip(scene.posts, stages(scene), strict=True)
    for stage, posts in groupby(told, key=lambda t: (t[1].holder, t[1].count) if t[1] else None):
        if stage is not None and stage[1] >= _STAGES:
            yield [post for post, _ in posts]
