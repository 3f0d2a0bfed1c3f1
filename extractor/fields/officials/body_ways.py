"""Ways in which one body completes another: its host, its committee, its parent, the name of its unit."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.compiled import compiled
from extractor.fields.officials.post_counts import post_counts
from extractor.fields.officials.posts import Post
from extractor.fields.officials.roles import base, base_row, row_of
from extractor.fields.officials.rows import key, lexicon, unit_of_first_word, unit_of_head
from extractor.fields.officials.words import expression, forms, template
from extractor.rules import cache

LEVEL = template(r"(?:^|(?<=\s)(?<!(?<!\p{L}){no-unit}\s))({unit}|{unit-stem})(?:[ ]{unit-organ})?$")
_COMMUNE = template(r"^(?i:{commune-organ})[ ](?={commune}[ ])")
_UNIT_ORGAN = template(r"^(?i:{commune-organ})[ ](?={unit}[ ])")
_CAPITAL = compiled(r"(?<=\s)(?=\p{Lu})")
_NATIONAL = 8  # rank of the nation's bodies
_HOSTS = 5  # rank of the bodies that have an office
_USUAL = ("3", "4")  # how often a role is in a body: in one post of twenty, or more


def own_kind(post: Post) -> str | None:
    """What the body of a post lacks: `none` (there is no body), `level` (a unit without its name), `head` (but a head),
    `host` (a committee within a body that is but a head: "Đảng ủy Bộ")."""
    if post.body is None:
        return "none"
    low = key(post.body)
    if LEVEL.search(low):
        return "level"
    if low in lexicon().bodies:
        return "head"
    return "host" if _host_of(low) else None


def _host_of(low: str) -> str | None:
    """The bare head in which a committee is: "bộ" of "đảng ủy bộ"."""
    committee = next((c for c in forms("committee") if low.startswith(f"{c} ")), None)
    host = low[len(committee) + 1 :] if committee else None
    row = lexicon().bodies.get(host) if host else None
    return host if row is not None and row.complement in ("topic", "any") else None


def may_complete(head: str, body: str) -> bool:
    """Whether a body may stand for its bare head: of a body that a nation has one of, only with a country behind it.

    The province in "Quốc hội tỉnh Sơn La" is that deputy's, not the next one's.
    """
    row = lexicon().bodies[head]
    if row.rank < _NATIONAL or row.complement not in ("none", "term") or body == head:
        return True
    return lexicon().countries.match(body, len(head) + 1) is not None


def given_beside(post: Post, body: str, lack: str) -> Iterator[tuple[str, str]]:
    """Bodies that another post's body gives a post, and how."""
    if lack == "none":
        ways = (
            (fits(post, body), body),
            ("committee", _committee_of(post, body)),
            ("above", above(body)),
            ("parent", _parent(body)),
        )
        yield from ((found, how) for how, found in ways if how and found)
        return
    own = key(post.body or "")
    if lack != "head" or own in forms("committee"):
        yield from _hosting(post, body, lack, "append")
    elif key(body).startswith(f"{own} "):
        yield body, "same"


def _hosting(post: Post, body: str, lack: str, how: str) -> Iterator[tuple[str, str]]:
    """A committee in the body, which hosts it."""
    if lack == "host":
        if whole := _hosted(post.body or "", body):
            yield whole, "host"
    elif lack == "head":
        yield f"{post.body} {appended(body, post.body or '')}", how


def given_before(post: Post, body: str, lack: str) -> Iterator[tuple[str, str]]:
    """Bodies that one named before a post, of no post, gives it, and how."""
    if lack == "none":
        if how := fits(post, body):
            yield body, "near" if how == "take" else "near?"
        return
    own = key(post.body or "")
    if lack == "head" and key(body).startswith(f"{own} "):
        yield body, "near"
    elif lack == "host" or own in forms("committee"):
        yield from _hosting(post, body, lack, "beside")


def _hosted(body: str, other: str) -> str | None:
    """A committee in a body that another one names in full: "Đảng ủy Bộ" beside "Thứ trưởng Bộ Y tế"."""
    host = _host_of(key(body))
    return f"{body[: -len(host)]}{other}" if host and key(other).startswith(f"{host} ") else None


def fits(post: Post, body: str) -> str | None:
    """Whether a bare post may be one in this body: `take` where the head is one that its role implies, `take?` where it may be
    others', None for offices complete by themselves and bodies of another head."""
    row = row_of(post)
    if not row.id or row.whole or not body:
        return None
    if row.head:
        return "take" if body.startswith(row.head) else _office_of(row.head, body)
    heads = base_row(post.role).families
    return "take" if not heads or body.startswith(heads) else "take?"


def _office_of(head: str, body: str) -> str | None:
    """`office` where the head that a role names is an office within a body like this one: "Chánh Văn phòng" and "Bộ Xây dựng"."""
    own, other = lexicon().bodies.get(key(head)), lexicon().body_forms.match(key(body), 0)
    if own is None or not own.in_others or other is None:
        return None
    return "office" if lexicon().bodies[key(other.group())].rank >= _HOSTS else None


def _committee_of(post: Post, body: str) -> str | None:
    """The Party committee of the unit of another body, for a role that is usual in one: "Bí thư, Chủ tịch UBND huyện Đá Mài"."""
    counts, role = post_counts(), base(post.role)
    units = [
        (body.find(name), f"{head[:1].upper()}{head[1:]} {name}")
        for head, level in unit_of_head().items()
        if counts.fits(role, head) in _USUAL and (name := named(body, level))
    ]
    return min(units)[1] if units else None


def above(body: str) -> str | None:
    """The organisation that a body is part of, where its name ends with that: "Huyện ủy X" in "Ban Tổ chức Huyện ủy X"."""
    found = None
    for match in _CAPITAL.finditer(body):
        head = lexicon().body_forms.match(body.lower(), match.start())
        if head is not None and lexicon().bodies[key(head.group())].rank >= 5:
            found = found or body[match.start() :]
    return found


def _parent(body: str) -> str | None:
    """The body behind the comma: "Viện Nghiên cứu" in "Phòng Hóa học, Viện Nghiên cứu"."""
    return body.partition(", ")[2] or None


@cache
def _unit_name(level: str) -> regex.Pattern[str]:
    full = unit_of_first_word().get(level, level)
    word = level + (f"(?:{full[len(level) :]})?" if full != level else "")
    return compiled(rf"(?:^|(?<=\s))(?i:{word})(?: {expression('unit-organ')})? (\p{{Lu}}[^,(]*)")


def named(body: str, level: str) -> str | None:
    """The name of the unit of a level in a body: "Kon Plông" in "Ủy ban nhân dân huyện Kon Plông"."""
    match = _unit_name(level).search(body)
    return match.group(1).strip() if match else None


def appended(body: str, committee: str) -> str:
    """What stands behind a committee for a host: the commune of its People's Committee, else the body itself; any unit of it
    behind "Đảng bộ", which is the unit's."""
    organ = _UNIT_ORGAN if key(committee) in forms("unit-committee") else _COMMUNE
    return str(organ.sub("", body))
