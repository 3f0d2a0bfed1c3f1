"""How a name and a post stand in their clause: named in passing ("khi ông A …"), not yet held ("giới thiệu để bầu …"), cited."""

from __future__ import annotations

from extractor.fields.officials.scene import Scene, kind
from extractor.fields.officials.words import template

_BACK = 40  # characters before a name that tell how it stands
_CLAUSE = 110  # characters before a post that tell whether it is held
_CHAIN = 3  # posts right before a name: "do Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh A …"
# A subordinate clause, or a word that puts someone beside what is told, opens right before a name; `(?r)` reads backwards.
_WITHIN = template(r"(?r)(?<!\p{L}){in-passing}[ ]$")
_BESIDE = template(r"(?r)(?<!\p{L}){beside-name}[ ]$")
_OPENING = template(r"[ \-–+•*\"“]*(?:{in-passing}[ ])?")  # "Khi ông A nghỉ hưu, …" is told of him
_UNTIL = template(r"(?r)(?<!\p{L}){until}[ ][^.;:\n]*$")
_PROPOSED = template(r"(?r)(?<!\p{L}){proposed}[ ,][^.;:\n]*$")
_CITED = template(r"(?<!\p{L}){cited}(?!\p{L})|^\s*\^|\^\s*[\"“]")


def standing(scene: Scene, number: int) -> str:
    """How name `number` stands with the posts right before it: it `opens` a sentence, `within` a subordinate clause, `beside`
    someone else, `aside` in a bracket, or `other`."""
    if scene.closes[number]:
        return "aside"
    begin = _begin(scene, number)
    start = scene.reading.sentence_at(begin)[0]
    if begin - start < _BACK and _OPENING.fullmatch(scene.folded, start, begin) is not None:
        return "opens"
    floor = max(start, begin - _BACK)
    if _WITHIN.search(scene.folded, floor, begin) is not None:
        return "within"
    return "beside" if _BESIDE.search(scene.folded, floor, begin) is not None else "other"


def _begin(scene: Scene, number: int) -> int:
    """Where a name begins, with the posts before it that nothing or a comma parts from it."""
    begin = scene.names[number].lead
    for _ in range(_CHAIN):
        at = scene.posts_between(max(0, begin - 2 * _CLAUSE), begin)
        if not at or scene.posts[at[-1]].end > begin:
            break
        post = scene.posts[at[-1]]
        gap = kind(scene.folded[post.end : begin])
        if gap != "tight" and not (gap == "," and begin < scene.names[number].lead):
            break
        begin = post.start
    return begin


def prospect(scene: Scene, start: int) -> str:
    """Whether a post at `start` is to be filled yet: `awaited` ("đến khi bầu …"), `proposed` ("giới thiệu để bầu …"), else "-"."""
    floor = max(scene.reading.sentence_at(start)[0], start - _CLAUSE)
    until = _UNTIL.search(scene.folded, floor, start)
    if until is not None and not scene.names_between(until.start(), start):
        return "awaited"
    return "proposed" if _PROPOSED.search(scene.folded, floor, start) is not None else "-"


def cited(scene: Scene, start: int) -> bool:
    """Whether a post stands in the title of a source that a page lists: "^ "…". Truy cập ngày 2 tháng 3 …"."""
    line = scene.reading.line_at(start)
    return _CITED.search(scene.folded, line.start, min(line.end, line.start + 1000)) is not None
