"""The evidence for who else has a post, as named features."""

from __future__ import annotations

from extractor.fields.officials.links import links
from extractor.fields.officials.rows import lexicon
from extractor.fields.officials.scene import Scene, kind, shape


def share_features(scene: Scene, at: int, before: int, number: int, step: int, rule: bool, shared: int) -> list[str]:
    """Why the post of a name is that of the next name in a list, too. `before` is the last name that has it."""
    post, name = scene.posts[at], scene.names[number]
    forward = scene.names[before].start < name.start
    begin, end = (scene.names[before].end, name.lead) if forward else (name.end, scene.names[before].lead)
    through = scene.posts_between(begin, max(begin, end))
    pieces = scene.pieces(begin, end, through)
    gap = kind(pieces[0]) if len(pieces) == 1 else f"{kind(pieces[0])}P{kind(pieces[-1])}"
    side = ("R" if post.end <= name.start else "L") + ("f" if forward else "b")
    head = scene.folded[post.end : post.end + 3].strip()[:1]
    first = scene.names[before]
    lead = scene.folded[max(0, post.start - 30) : post.start]
    many = lexicon().plural.search(lead) is not None
    opened = scene.folded[max(0, min(first.lead, name.lead) - 30) : min(first.lead, name.lead)]
    plural = lexicon().plural.search(opened) is not None
    intro = scene.before(post.start, 1)
    following = scene.after(name.end, 1)
    beside = scene.posts_between(name.end, name.end + 40)
    own = kind(scene.folded[name.end : scene.posts[beside[0]].start]) if beside and beside[0] != at else "-"
    address = "addressed" if name.addressed else "bare"
    lead_in = scene.folded[post.end : first.lead] if post.end <= first.lead else ""
    opened_by = "colon" if ":" in lead_in else "gồm" if "gồm" in lead_in else "word" if lead_in.strip() else "tight"
    run = "first" if not shared else "on"
    last = scene.names[scene.name_at(post.start)] if post.start > first.start else first
    tail = (
        scene.pieces(last.end, post.start, scene.posts_between(last.end, post.start))[-1]
        if post.start > last.end
        else ""
    )
    link = kind(tail) if tail else "-"
    return [
        f"sh:{side}",
        f"sh.rule:{rule}",
        f"sh.gap:{side}/{gap}",
        f"sh.gap:{side}/{gap}/{many or plural}",
        f"sh.gap:{side}/{gap}/{address}",
        f"sh.shape:{side}/{shape(scene.folded[begin : max(begin, end)])}",
        f"sh.many:{many}/{plural}/{side}",
        f"sh.open:{side}/{opened_by}/{gap}",
        f"sh.open:{side}/{opened_by}/{many or plural}/{run}",
        f"sh.link:{side}/{link}/{gap}",
        f"sh.link:{side}/{link}/{run}/{plural}",
        f"sh.tail:{side}/{shape(tail)}",
        f"sh.run:{side}/{run}/{gap}",
        f"sh.run:{side}/{run}/{gap}/{opened_by}/{address}",
        f"sh.head:{head}/{side}",
        f"sh.head:{head}/{side}/{gap}",
        f"sh.intro:{intro}",
        f"sh.step:{min(4, step)}/{min(4, shared)}",
        f"sh.own:{own}/{side}",
        f"sh.own:{own}/{gap}",
        f"sh.after:{following}",
        f"sh.between:{shape(scene.folded[post.end : first.lead]) if post.end <= first.lead else '-'}",
        f"sh.bare:{post.body is None}",
    ]


def successor_features(scene: Scene, at: int, number: int, rule: bool) -> list[str]:
    """Why the post of the name before it is that of the next name behind it, too: "… giữ chức X thay ông B"."""
    post, name = scene.posts[at], scene.names[number]
    gap = scene.folded[post.end : name.lead]
    replaced = links().replaced.search(scene.folded, max(0, name.start - 30), name.start) is not None
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
