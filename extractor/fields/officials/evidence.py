"""The evidence for posts as named features: where a post ends, what it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import regex

from extractor.fields.officials.candidates import Candidate
from extractor.fields.officials.links import links
from extractor.fields.officials.post_counts import post_counts
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.scene import Scene, shape
from extractor.fields.officials.standing import cited, prospect
from extractor.fields.officials.words import template
from extractor.rules import cache
from extractor.rules.literals import needed, possible

_BREAK = regex.compile(r"[,.;:()\n\"”]|(?<=\s)[\-–](?=\s)")
_STEPS = (0.4, 0.7, 0.9, 0.98)  # of a probability
_REACH, _RECURRENCES = 20_000, 100  # characters around a body, and how many of its recurrences there are looked at
_STOP = regex.compile(r"\. \p{Lu}")
_FIRST = regex.compile(r"\s*(\p{L}+)")
_WORDS = regex.compile(r"\p{L}+")
# Around a bare "Chủ tịch" these make it a company's or a club's.
BUSINESS = template(r"(?<!\p{L})(?:{business}|\p{L}+bank)(?!\p{L})")


@cache
def _of_business() -> tuple[str, ...] | None:
    return needed(BUSINESS.compiled.pattern)


def level(confidence: float) -> str:
    """A probability as a step: 0 (none) to 5."""
    return "0" if confidence <= 0 else str(1 + bisect_right(_STEPS, confidence))


def readers(candidate: Candidate) -> str:
    """Who read a candidate, in one word."""
    return "+".join(sorted(candidate.readers))


def span_features(scene: Scene, candidate: Candidate, rivals: Sequence[Candidate]) -> list[str]:
    """Why a post should begin and end where this candidate does. `rivals` are all candidates of the anchor."""
    post, text, folded = candidate.post, scene.text, scene.folded
    who = readers(candidate)
    shortest = min(c.post.end for c in rivals)
    longest = max(c.post.end for c in rivals)
    last, following = scene.before(post.end, 1), scene.after(post.end, 1)
    out = [
        f"end.by:{who}",
        f"end.by:{who}/{level(candidate.confidence)}",
        f"end.next:{following}",
        f"end.next2:{scene.after(post.end, 2)}",
        f"end.last:{last}",
        f"end.border:{last}|{following}",
        f"end.size:{'short' if post.end == shortest else 'long' if post.end == longest else 'mid'}",
        f"end.body:{post.body is not None}/{who}",
    ]
    case = _case(text[post.end : post.end + 2].strip())
    out += [f"end.case:{case}", f"end.case:{case}/{who}"]
    verb = lexicon().activity.match(folded, post.end + 1) is not None
    out += [f"end.verb:{verb}/{last}", f"end.verb:{verb}/{who}"]
    out += _rest(scene, post, who)
    out += _elsewhere(scene, post, shortest)
    out.append(f"end.inside:{_STOP.search(text, post.start, post.end) is not None}")
    if post.end > shortest:
        out += _more(scene, shortest, post.end, who)
    if post.end < longest:
        out += [f"end.out:{w}" for w in shape(folded[post.end : longest]).split(" ")]
    return out


def _case(following: str) -> str:
    """What the first character behind a post is."""
    kinds = (("upper", str.isupper), ("lower", str.isalpha), ("digit", str.isdigit))
    return next((name for name, test in kinds if test(following[0])), "mark") if following else "end"


def _more(scene: Scene, shortest: int, end: int, who: str) -> list[str]:
    """What stands between the end of the shortest candidate and this one's."""
    table, more = lexicon(), scene.folded[shortest:end]
    first = table.activity.match(scene.folded, shortest + 1) is not None
    words = shape(more).split(" ")
    known = sum(1 for w in words if table.words.match(w, 0) or table.body_forms.match(w, 0))
    capitals = sum(w[:1].isupper() for w in scene.text[shortest:end].split())
    return [
        f"end.over:{first}/{scene.before(shortest, 1)}",
        *(f"end.in:{w}" for w in words),
        f"end.known:{min(3, known)}/{min(3, len(words))}/{who}",
        f"end.capitals:{min(3, capitals)}/{who}",
        f"end.in1:{words[0]}",
        f"end.insize:{min(9, len(more.split()))}",
        f"end.more:{shape(more)}",
    ]


def _rest(scene: Scene, post: Post, who: str) -> list[str]:
    """What stands between an end and the next mark, verb or link, and whether the body ends there elsewhere, too."""
    folded, end = scene.folded, post.end
    limit = min(len(folded), end + 60)
    mark = _BREAK.search(folded, end, limit)
    link = links().opening.search(scene.reading, end, limit)
    stops = [(m.start(), kind) for m, kind in ((mark, "mark"), (link, "link")) if m]
    at, kind = min(stops, default=(limit, "far"))
    words = list(_WORDS.finditer(folded, end, at))
    for number, word in enumerate(words[:4]):
        if lexicon().activity.match(folded, word.start()) is not None:
            words, kind = words[:number], "verb"
            break
    size, again = min(4, len(words)), _again(scene, post)
    return [
        f"end.rest:{kind}/{size}",
        f"end.rest:{kind}/{size}/{who}",
        f"end.again:{again}",
        f"end.again:{again}/{size > 0}",
    ]


def _elsewhere(scene: Scene, post: Post, shortest: int) -> list[str]:
    """How bodies of other articles go on behind the last word, and behind the words since the shortest candidate's end."""
    counts, folded = post_counts(), scene.folded
    last, following = scene.before(post.end, 1), scene.after(post.end, 1)
    tie = counts.tie(last, following)
    goes = "word" if following[:1].isalpha() else "mark"
    out = [f"end.tie:{tie}/{goes}", f"end.ends:{tie[0]}/{goes}"]
    if goes == "word":
        out.append(f"end.goes:{tie[1]}")
    if post.end > shortest:
        words = [scene.before(shortest, 1), *_WORDS.findall(folded[shortest : post.end])]
        ties = [counts.tie(a, b) for a, b in pairwise(words)]
        out += [f"end.joined:{min((t[1] for t in ties), default='-')}", f"end.first:{ties[0] if ties else '-'}"]
    return out


def _again(scene: Scene, post: Post) -> str:
    """How the words of a body go on elsewhere in the article: `same` as here, `other`, `both`, `-` where they do not recur."""
    if post.body_start < 0:
        return "-"
    folded = scene.folded
    body = folded[post.body_start : post.end]
    begin, stop = max(0, post.body_start - _REACH), post.end + _REACH
    here, at = scene.after(post.end, 1), folded.find(body, begin, stop)
    seen: set[bool] = set()
    for _ in range(_RECURRENCES):
        if at < 0 or len(seen) == 2:
            break
        if at != post.body_start:
            seen.add(scene.after(at + len(body), 1) == here)
        at = folded.find(body, at + 1, stop)
    return "-" if not seen else "both" if len(seen) > 1 else "same" if True in seen else "other"


def no_span_features(scene: Scene, rivals: Sequence[Candidate]) -> list[str]:
    """Why nothing should begin at this anchor."""
    best = max(rivals, key=lambda c: (len(c.readers), c.post.end))
    return [
        "end.nothing",
        f"end.nothing/by:{readers(best)}",
        f"end.nothing/sure:{level(best.confidence)}",
        f"end.nothing/rule:{best.post.rule}",
        f"end.nothing/prev:{scene.before(best.post.start, 1)}",
        f"end.nothing/prev2:{scene.before(best.post.start, 2)}",
    ]


def _many(scene: Scene, post: Post) -> str:
    """Whether the post is that of many: "Bộ trưởng | các Bộ", "Chủ tịch UBND | các huyện", not "Phó Chủ tịch: các ông"."""
    return "/".join(_several(scene, at) for at in (post.body_start, post.end) if at >= 0)


def _several(scene: Scene, at: int) -> str:
    """What several of follow an offset: `bodies`, `persons`, `others`, "-" for none."""
    word = _FIRST.match(scene.folded, at)
    if word is None or lexicon().plural.search(f"{word.group(1)} ") is None:
        return "-"
    if lexicon().address.match(scene.folded, word.end() + 1):
        return "persons"
    return "bodies" if lexicon().body_forms.match(scene.folded, word.end() + 1) else "others"


def _row(scene: Scene, post: Post) -> list[str]:
    """What stands before the first and behind the last of the posts in a row with this one: "các | Bí thư …, Chủ tịch … | ;"."""
    row = scene.row(post)
    if len(row) < 2:
        return []
    head, tail = row[0], row[-1]
    many = lexicon().plural.search(scene.folded, max(0, head.start - 30), head.start) is not None
    named = bool(scene.names_between(max(0, head.start - 3), head.start))
    after = scene.after(tail.end, 1)
    behind = "name" if scene.names_between(tail.end, tail.end + 12) else "word" if after[:1].isalpha() else after[:1]
    place = min(2, row.index(post))
    return [
        f"row:{many}/{behind}/{place}",
        f"row:{scene.before(head.start, 1)}/{behind}",
        f"row:{named}/{many}/{behind}",
    ]


def post_features(scene: Scene, post: Post, candidate: Candidate | None) -> list[str]:
    """What a post is and stands in, whosever it is."""
    who = readers(candidate) if candidate else "none"
    sure = level(candidate.confidence) if candidate else "0"
    head = key(post.body).split(" ")[0] if post.body else "-"
    public = {True: "public", False: "private", None: "open"}[post.public]
    start = scene.reading.sentence_at(post.start)[0]
    clause = scene.folded[max(start, post.start - 60) : post.start].rsplit(";", 1)[-1]
    following = scene.folded[post.end : post.end + 40].split("\n", 1)[0].split(". ", 1)[0]
    begin, end = max(0, post.start - 250), post.end + 250
    firm = possible(_of_business(), scene.folded[begin:end]) and BUSINESS.search(scene.folded, begin, end) is not None
    return [
        f"firm:{firm}/{public}",
        f"many:{_many(scene, post)}",
        f"proxy:{links().proxy.search(scene.folded, max(0, post.start - 20), post.start) is not None}",
        *(f"ahead:{w}" for w in set(_WORDS.findall(clause)[-8:])),
        *(f"behind:{w}" for w in set(_WORDS.findall(following)[:5])),
        f"by:{who}",
        f"sure:{who}/{sure}",
        f"role:{post.rule or key(post.role)}",
        f"head:{head}",
        f"public:{public}",
        f"bare:{post.body is None}/{post.rule}",
        f"prev:{scene.before(post.start, 1)}",
        f"prev2:{scene.before(post.start, 2)}",
        f"next:{scene.after(post.end, 1)}",
        f"next2:{scene.after(post.end, 2)}",
        f"form:{post.former}/{post.acting}/{post.minor}",
        f"upper:{scene.text[post.start].isupper()}/{who}",
        f"yet:{prospect(scene, post.start)}",
        f"cited:{cited(scene, post.start)}",
        *_row(scene, post),
    ]
