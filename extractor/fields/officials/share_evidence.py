"""The evidence for who else has a post, as named features."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.fields.officials.links import links
from extractor.fields.officials.roles import base
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.scene import Scene, kind, shape
from extractor.fields.officials.words import forms, template

_NUMBERED = regex.compile(r"(?:^|(?<=[\s;.]))(?:\d{1,2}[.)\-]|[-–+•*])\s*$")
_COUNT = template(r"(?<!\p{L})(?:\d{1,3}|{counting})[ ](?!{time-word}(?!\p{L}))")
_WORDS = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True)
class Step:
    """One step along a list: from the last name that has post `at` to the next one; how many steps and sharers before."""

    at: int
    before: int
    number: int
    count: int
    shared: int
    rule: bool  # the rules give the post to this name, too


def share_features(scene: Scene, step: Step) -> list[str]:
    """Why the post of a name is that of the next name in a list, too."""
    post, name, first = scene.posts[step.at], scene.names[step.number], scene.names[step.before]
    forward = first.start < name.start
    begin, end = (first.end, name.lead) if forward else (name.end, first.lead)
    gap = _gap(scene, begin, max(begin, end))
    side = ("R" if post.end <= name.start else "L") + ("f" if forward else "b")
    place, many = f"{side}/{gap}", _many(scene, step)
    run = "first" if not step.shared else "on"
    address = "addressed" if name.addressed else "bare"
    own = _own(scene, step)
    head = scene.folded[post.end : post.end + 3].strip()[:1]
    out = [
        f"sh:{side}",
        f"sh.rule:{step.rule}",
        f"sh.gap:{place}",
        f"sh.gap:{place}/{many}",
        f"sh.gap:{place}/{address}",
        f"sh.shape:{side}/{shape(scene.folded[begin : max(begin, end)])}",
        f"sh.many:{many}/{side}",
        f"sh.run:{place}/{run}",
        f"sh.head:{head}/{side}",
        f"sh.head:{head}/{place}",
        f"sh.intro:{scene.before(post.start, 1)}",
        f"sh.step:{min(4, step.count)}/{min(4, step.shared)}",
        f"sh.own:{own}/{side}",
        f"sh.own:{own}/{gap}",
        f"sh.after:{scene.after(name.end, 1)}",
        f"sh.bare:{post.body is None}",
        f"sh.numbers:{_numbered(scene, step)}/{side}",
        f"sh.role:{post.rule}/{side}",
        f"sh.former:{post.former}/{gap}",
        f"sh.deputy:{key(post.role) != base(post.role)}/{post.former}/{gap}",
        *(f"sh.ahead:{side[0]}/{word}" for word in set(_ahead(scene, post.start))),
    ]
    return out + _opening(scene, step, side, gap, many) + _closing(scene, step, side, gap, run)


def _gap(scene: Scene, begin: int, end: int) -> str:
    """What stands between two names: the kind of gap, or those around the posts between."""
    pieces = scene.pieces(begin, end, scene.posts_between(begin, end))
    return kind(pieces[0]) if len(pieces) == 1 else f"{kind(pieces[0])}P{kind(pieces[-1])}"


def _many(scene: Scene, step: Step) -> str:
    """Whether the text announces several persons: before the post, before the list, or between."""
    post, name, first = scene.posts[step.at], scene.names[step.number], scene.names[step.before]
    plural = lexicon().plural
    lead = plural.search(scene.folded, max(0, post.start - 30), post.start) is not None
    begin = min(first.lead, name.lead)
    opened = plural.search(scene.folded, max(0, begin - 30), begin) is not None
    start = max(scene.reading.sentence_at(post.start)[0], post.start - 80)
    told = _COUNT.search(scene.folded, start, post.start) is not None
    return f"{lead:d}{opened:d}{told:d}"


def _own(scene: Scene, step: Step) -> str:
    """Whether a post follows the name, and how."""
    name = scene.names[step.number]
    beside = scene.posts_between(name.end, name.end + 40)
    if not beside or beside[0] == step.at:
        return "-"
    return kind(scene.folded[name.end : scene.posts[beside[0]].start])


def _numbered(scene: Scene, step: Step) -> str:
    """Which of the two names have a number or a bullet before them."""
    marks = []
    for number in (step.before, step.number):
        lead = scene.names[number].lead
        marks.append(_NUMBERED.search(scene.folded[max(0, lead - 6) : lead]) is not None)
    return f"{marks[0]:d}{marks[1]:d}"


def _ahead(scene: Scene, start: int) -> list[str]:
    """The last words of the clause before a post."""
    begin = max(scene.reading.sentence_at(start)[0], start - 60)
    clause = scene.folded[begin:start].rsplit(";", 1)[-1]
    return [str(word) for word in _WORDS.findall(clause)[-7:]]


def _opening(scene: Scene, step: Step, side: str, gap: str, many: str) -> list[str]:
    """How the list is opened behind the post: nothing, a colon, "gồm", other words."""
    post, first = scene.posts[step.at], scene.names[step.before]
    run = "first" if not step.shared else "on"
    if post.end > first.lead:
        return [f"sh.open:{side}/none/{gap}", f"sh.open:{side}/none/{many}/{run}"]
    number = scene.name_at(post.end) + 1  # the first name of the list
    opener = scene.names[number] if 0 <= number < len(scene.names) else first
    lead = scene.folded[post.end : opener.lead] if post.end <= opener.lead else ""
    told = next((word for word in forms("list-opener") if word in lead), None)
    by = "colon" if ":" in lead else told or ("word" if lead.strip(" ,-–(") else "tight")
    words = " ".join(_WORDS.findall(lead)[-2:])
    address = "addressed" if scene.names[step.number].addressed else "bare"
    return [
        f"sh.open:{side}/{by}/{gap}",
        f"sh.open:{side}/{by}/{many}/{run}",
        f"sh.open:{side}/{by}/{run}/{gap}/{address}",
        f"sh.opened:{side}/{words}",
        f"sh.opened:{side}/{words}/{gap}",
    ]


def _closing(scene: Scene, step: Step, side: str, gap: str, run: str) -> list[str]:
    """What leads from the last name before the post to it: "A và B giữ chức …"."""
    post, first = scene.posts[step.at], scene.names[step.before]
    if post.start <= first.start:
        return []
    last = scene.names[scene.name_at(post.start)]
    if post.start <= last.end:
        return [f"sh.link:{side}/-/{gap}", f"sh.link:{side}/-/{run}"]
    tail = scene.pieces(last.end, post.start, scene.posts_between(last.end, post.start))[-1]
    link = kind(tail)
    return [
        f"sh.link:{side}/{link}/{gap}",
        f"sh.link:{side}/{link}/{run}",
        f"sh.tail:{side}/{shape(tail)}",
        f"sh.tail:{side}/{shape(tail)}/{gap}",
    ]


def successor_features(scene: Scene, at: int, number: int, rule: bool) -> list[str]:
    """Why the post of the name before it is that of the next name behind it, too: "… giữ chức X thay ông B"."""
    post, name = scene.posts[at], scene.names[number]
    gap = scene.folded[post.end : name.lead]
    replaced = any(links().replaced.search(scene.folded, max(0, i - 30), i) for i in (name.lead, name.start))
    return [
        "sh.cross",
        f"sh.cross/rule:{rule}",
        f"sh.cross/replaced:{replaced}",
        f"sh.cross/gap:{kind(gap)}",
        f"sh.cross/shape:{shape(gap)}",
        f"sh.cross/word:{scene.before(name.lead, 1)}",
        f"sh.cross/after:{scene.after(name.end, 1)}",
    ]


def no_share_features(scene: Scene, at: int) -> list[str]:
    """Why a post stays with the one it has."""
    return ["sh.no"]
