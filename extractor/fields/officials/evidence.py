"""The evidence for posts as named features: where a post ends, whose it is, who shares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.fields.officials.candidates import Candidate
from extractor.fields.officials.collector import Name
from extractor.fields.officials.links import links
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.scene import Scene, kind, shape
from extractor.text import fold

_WORDS = regex.compile(r"\p{L}+")
# Around a bare "Chủ tịch" these make it a company's or a club's.
_BUSINESS = regex.compile(
    r"(?<!\p{L})(?:công ty|ngân hàng|tập đoàn|hđqt|hội đồng quản trị|cổ đông|đhđcđ|"
    r"doanh nghiệp|clb|câu lạc bộ|cầu thủ|tiền đạo|tiền vệ|hậu vệ|huấn luyện viên|"
    r"hlv|đội bóng|bóng đá|cđv|tmcp|\p{L}+bank)(?!\p{L})"
)


def level(confidence: float) -> str:
    """A probability as a step: 0 (none) to 5."""
    return (
        "0"
        if confidence <= 0
        else "1"
        if confidence < 0.4
        else "2"
        if confidence < 0.7
        else "3"
        if confidence < 0.9
        else "4"
        if confidence < 0.98
        else "5"
    )


def readers(candidate: Candidate) -> str:
    """Who read a candidate, in one word."""
    return "+".join(sorted(candidate.readers))


def span_features(scene: Scene, candidate: Candidate, rivals: Sequence[Candidate]) -> list[str]:
    """Why a post should begin and end where this candidate does. `rivals` are all candidates of the anchor."""
    post, text, folded = candidate.post, scene.text, scene.folded
    who = readers(candidate)
    shortest = min(c.post.end for c in rivals)
    longest = max(c.post.end for c in rivals)
    last = scene.before(post.end, 1)
    out = [
        f"end.by:{who}",
        f"end.by:{who}/{level(candidate.confidence)}",
        f"end.next:{scene.after(post.end, 1)}",
        f"end.next2:{scene.after(post.end, 2)}",
        f"end.last:{last}",
        f"end.border:{last}|{scene.after(post.end, 1)}",
        f"end.size:{'short' if post.end == shortest else 'long' if post.end == longest else 'mid'}",
        f"end.body:{post.body is not None}/{who}",
    ]
    following = text[post.end : post.end + 2].strip()
    case = (
        "end"
        if not following
        else "upper"
        if following[0].isupper()
        else "lower"
        if following[0].isalpha()
        else "digit"
        if following[0].isdigit()
        else "mark"
    )
    out.append(f"end.case:{case}")
    out.append(f"end.case:{case}/{who}")
    verb = lexicon().activity.match(folded, post.end + 1) is not None
    out += [f"end.verb:{verb}/{last}", f"end.verb:{verb}/{who}"]
    if post.end > shortest:
        first = lexicon().activity.match(folded, shortest + 1) is not None
        out.append(f"end.over:{first}/{scene.before(shortest, 1)}")
        more = folded[shortest : post.end]
        words = shape(more).split(" ")
        out += [f"end.in:{w}" for w in words]
        known = sum(1 for w in words if lexicon().words.match(w, 0) or lexicon().body_forms.match(w, 0))
        capitals = sum(w[:1].isupper() for w in text[shortest : post.end].split())
        out += [f"end.known:{min(3, known)}/{min(3, len(words))}/{who}", f"end.capitals:{min(3, capitals)}/{who}"]
        out += [f"end.in1:{words[0]}", f"end.insize:{min(9, len(more.split()))}", f"end.more:{shape(more)}"]
    if post.end < longest:
        less = folded[post.end : longest]
        out += [f"end.out:{w}" for w in shape(less).split(" ")]
    return out


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


def post_features(scene: Scene, post: Post, candidate: Candidate | None) -> list[str]:
    """What a post is and stands in, whosever it is."""
    who = readers(candidate) if candidate else "none"
    sure = level(candidate.confidence) if candidate else "0"
    head = key(post.body).split(" ")[0] if post.body else "-"
    public = {True: "public", False: "private", None: "open"}[post.public]
    start = scene.reading.sentence_at(post.start)[0]
    clause = scene.folded[max(start, post.start - 60) : post.start].rsplit(";", 1)[-1]
    following = scene.folded[post.end : post.end + 40].split("\n", 1)[0].split(". ", 1)[0]
    firm = _BUSINESS.search(scene.folded, max(0, post.start - 250), post.end + 250) is not None
    return [
        f"firm:{firm}/{public}",
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
    ]


@dataclass(frozen=True, slots=True)
class Before:
    """The decision on the post before: the key of its owner, the kind of gap to it, whom every name means."""

    key: str | None
    gap: str
    keys: Sequence[str]
    density: str  # how many posts the article has


def nothing_features(own: Sequence[str], rule: str, before: Before) -> list[str]:
    """Why a post should be nobody's."""
    owner = "none" if before.key is None else "some"
    return [
        "no",
        f"no/rule:{rule}/{before.density}",
        f"no/after:{owner}/{before.gap}",
        f"no/after:{owner}",
        f"no/rule:{rule}",
        f"no/rule:{rule}/{own[0]}",
        *(f"no/{f}" for f in own),
    ]


def _opening(scene: Scene) -> str:
    """What comes first where names and posts have lines of their own: the name or the post."""
    lines = scene.reading.line_at
    for name in scene.names:
        line = lines(name.start)
        if line.end - line.start < len(name.text) + 14:
            post = next(
                (p for p in scene.posts if lines(p.start).end - lines(p.start).start < p.end - p.start + 14), None
            )
            return "none" if post is None else "name" if name.start < post.start else "post"
    return "none"


class Owners:
    """Features of pairs of a post and a name."""

    def __init__(self, scene: Scene, sure: dict[int, tuple[float, str]], main: str | None) -> None:
        self.scene = scene
        self.sure = sure  # the chain's confidence and its answer to "official or not", by name
        self.main = main  # key of the person that the article is about
        self.served: dict[int, str] = {}
        self._neighbours: dict[int, tuple[str, str]] = {}
        self.opening = _opening(scene)

    def official(self, number: int) -> bool:
        """Whether the chain takes a name for an official's and is sure of it."""
        confidence, answer = self.sure.get(number, (0.0, "-"))
        return answer == "official" and confidence >= 0.9

    def neighbours(self, number: int) -> tuple[str, str]:
        """What stands right before and right after a name: the kind of gap to the next post or name."""
        if number not in self._neighbours:
            scene, name = self.scene, self.scene.names[number]
            before = after = "-"
            at = list(scene.posts_between(max(0, name.lead - 250), name.lead))
            other = number - 1
            if at and (other < 0 or scene.names[other].end <= scene.posts[at[-1]].start):
                before = "P" + kind(scene.folded[scene.posts[at[-1]].end : name.lead])
            elif other >= 0:
                before = "N" + kind(scene.folded[scene.names[other].end : max(name.lead, scene.names[other].end)])
            ahead = scene.posts_between(name.end, name.end + 200)
            next_name = number + 1
            if ahead and (next_name >= len(scene.names) or scene.posts[ahead[0]].start < scene.names[next_name].start):
                after = "P" + kind(scene.folded[name.end : scene.posts[ahead[0]].start])
            elif next_name < len(scene.names):
                after = "N" + kind(scene.folded[name.end : max(name.end, scene.names[next_name].lead)])
            self._neighbours[number] = before, after
        return self._neighbours[number]

    def _across(self, at: int, left: bool) -> str:
        """The kind of gap to the nearest name on the other side, where no post stands between and it is near."""
        scene, post = self.scene, self.scene.posts[at]
        number = scene.name_at(post.start) + (1 if left else 0)
        if not 0 <= number < len(scene.names):
            return "-"
        name = scene.names[number]
        begin, end = (post.end, name.lead) if left else (name.end, post.start)
        if end - begin > 120 or end < begin or scene.posts_between(begin, end):
            return "-"
        return kind(scene.folded[begin:end])

    def features(self, at: int, number: int, rule: str, other: str, before: Before) -> list[str]:
        """The features of post `at` as that of name `number`. `rule`: what the rules say of the pair; `other`: of the rest.

        `before` is the decision on the post before.
        """
        scene, post, name = self.scene, self.scene.posts[at], self.scene.names[number]
        left = name.end <= post.start
        side = "L" if left else "R"
        begin, end = (name.end, post.start) if left else (post.end, max(post.end, name.lead))
        over = scene.names_between(name.end, post.start) if left else scene.names_between(post.end, name.start)
        through = scene.posts_between(begin, end)
        pieces = scene.pieces(begin, end, through, over)
        first, last = (pieces[0], pieces[-1]) if left else (pieces[-1], pieces[0])  # at the name, at the post
        gap = scene.folded[begin:end]
        near, own = kind(first), kind(last)
        names, posts = min(3, len(over)), min(3, len(through))
        across = self._across(at, left)
        outer = self.neighbours(number)[0 if left else 1]
        address = scene.folded[name.lead : name.start].strip() or "-"
        confidence, answer = self.sure.get(number, (0.0, "-"))
        place = f"{side}{names}{posts}"
        out = [
            f"at:{place}",
            f"rule:{rule}",
            f"rule:{rule}/{place}",
            f"rule:{rule}|{other}",
            f"rule:{rule}|{other}/{before.density}",
            f"rule:{rule}|{other}/{near}",
            f"gap:{side}/{shape(gap) if not through and not over else '*'}",
            f"kind:{place}/{near}",
            f"kinds:{place}/{near}/{own}",
            f"outer:{place}/{near}/{outer}",
            f"vs:{place}/{near}/{across}",
            f"name:{answer}/{level(confidence)}",
            f"name:{name.source}/{name.full}/{name.private}",
            f"address:{side}/{address}",
            f"far:{side}/{min(8, len(gap) // 25)}",
            f"lines:{side}/{min(3, gap.count(chr(10)))}",
            f"main:{name.key == self.main}/{gap.count(chr(10)) > 0}",
            f"prev:{side}/{scene.before(post.start, 1)}",
            f"next:{side}/{scene.after(post.end, 1)}",
        ]
        if names == 0:
            out += [f"open:{side}/{near}/{w}" for w in (scene.before(post.start, 1), scene.after(post.end, 1))]
            inner = pieces[1:-1]
            out += [f"join:{side}/{kind(p)}" for p in inner]
            if inner:
                out.append(
                    f"joined:{all(kind(p) in ('join', 'tight', ',', '-', '–', 'list') for p in inner)}/{own}/{side}"
                )
            out.append(f"word:{side}/{scene.after(name.end, 1) if left else scene.before(name.lead, 1)}")
        else:
            kinds = {kind(p) for p in (pieces[:-1] if left else pieces[1:])}
            out.append(f"list:{side}/{kinds <= {'list', ',', ';', 'tight'}}/{posts > 0}/{own}")
        owner = "none" if before.key is None else "same" if before.key == before.keys[number] else "other"
        out += [f"after:{owner}/{before.gap}", f"after:{owner}/{before.gap}/{place}", f"after:{owner}/{side}"]
        if left:
            out += self._taken_up(post, name, gap, names)
        if "\n" in gap:
            out += self._lines(post, name, gap, side)
        return out

    def _lines(self, post: Post, name: Name, gap: str, side: str) -> list[str]:
        """Whether name and post stand in lines of their own, as in a roster, and which comes first in it."""
        lines = self.scene.reading.line_at
        first, second = lines(name.start), lines(post.start)
        alone = first.end - first.start < len(name.text) + 14
        whole = second.end - second.start < post.end - post.start + 14
        count = min(4, gap.count("\n"))
        return [f"roster:{side}/{count}/{alone}/{whole}", f"roster:{side}/{count}/{alone}/{whole}/{self.opening}"]

    def _taken_up(self, post: Post, name: Name, gap: str, names: int) -> list[str]:
        """Whether "ông", "bà" or another subject between takes the person up."""
        start = self.scene.reading.sentence_at(post.start)[0]
        same = start <= name.start
        found = None if same else links().subject.search(self.scene.folded, start, post.start)
        short = self.scene.folded[start : post.start].lstrip(" -–+•*")
        out = [f"same:{same}/{names}"]
        if found:
            word = found.group().strip()
            called = self.scene.folded[name.lead : name.start]
            clash = ("ông" in word and ("bà" in called or " thị " in f" {name.key} ")) or (
                "bà" in word and "ông" in called
            )
            out += [f"subject:{word}/{names}", f"clash:{clash}"]
        if not same:
            out.append(f"opens:{shape(short) if len(short) < 40 else shape(short[:20])}")
            digit = short[:4] in ("từ n", "từ t", "năm ", "thán") or short[:1].isdigit()
            out.append(f"stage:{digit}/{min(3, names)}")
        return out


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


def folded_key(text: str) -> str:
    """Folded, for features."""
    return fold(text)
