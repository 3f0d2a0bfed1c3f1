"""Candidate posts: every span that the grammar or the statistical layer takes for one, with who read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.compiled import anchored, compiled
from extractor.covering import Spans
from extractor.fields.officials.links import links
from extractor.fields.officials.posts import Odds, Post, PostReader
from extractor.fields.officials.rows import key
from extractor.fields.officials.spans import post_of
from extractor.fields.officials.words import forms, starts, template
from extractor.models import Mention

# The rest of a clause in lower case, or a second body: "… | hệ thống ngân hàng", "…, | thiết bị giao thông", "… và | Hội đồng".
_REST = template(
    r"((?:[ ]|[ ]?[\-–][ ]|,[ ]|[ ]{and-name}[ ])[\p{L}\d][^,;:.()\n]{1,90})(,[ ]\p{L}[^,;:.()\n]{1,60}){0,3}"
)
_SENTENCE = regex.compile(r"\. \p{Lu}")  # the end of a sentence behind a short word: "UBND TP. Từ …"
_WORD = anchored(r" \p{L}")
_DANGLING = compiled(
    r", \p{Lu}\p{Ll}+ ?$"
)  # one word behind a comma, before a name: "Công ty Luật A, Đoàn | Luật sư B"
_LOWER = anchored(r" \p{Ll}")
# Between two posts: "TUV, | GĐ Sở Y tế", "Phó Chủ tịch kiêm | Tổng Thư ký".
_JOINT = template(r"(?:,[ ]|[ ][\-–][ ]|[ ]{holding-too}[ ])$")
# What no body has: a verb of saying ("phân tích thêm", "nói rằng"), leaving for another post; and what makes the former one.
_LEAVES = template(r"(?:\p{L}+[ ](?:\p{L}+[ ])?{says-on}|{moves-on})(?!\p{L})")
_ON = template(r"[ ]{says-on}(?!\p{L})")
_OVER = template(r"[ ](?:{says-on}|{moves-on})(?!\p{L})")
_MARKS = frozenset(' \u00a0\n,;:.-–(“"[|*')


@dataclass(slots=True)
class Candidate:
    """A post with its evidence: `readers` (`grammar`: the rules alone; `joint`: rules led by the chain; `chain`), and the
    chain's confidence. `anchor` is where the role begins; candidates of one anchor exclude each other. `odds` is the probability
    that it was chosen with, empty where nothing else was to choose."""

    post: Post
    anchor: int
    readers: set[str] = field(default_factory=set)
    confidence: float = 0.0
    odds: Odds = ()


class _Found:
    """The candidates found so far, by anchor and end."""

    def __init__(self, reader: PostReader) -> None:
        self.reader = reader
        self.by_span: dict[tuple[int, int], Candidate] = {}

    def add(self, post: Post | None, who: str, confidence: float = 0.0) -> None:
        """Add a post as `who` reads it."""
        if post is None or (post.body is not None and key(post.body) in forms("no-body-word")):
            return
        anchor = anchor_of(self.reader, post)
        if self.reader.folded.endswith((*starts("named-by-office"), *starts("delegation")), 0, anchor):
            return  # "tại Phủ | Chủ tịch"
        role_end = self.reader.roles.get(anchor, (post.end, None))[0]
        if role_end < post.end and key(self.reader.text[role_end : post.end].strip()) in forms("no-body-word"):
            return  # "Vụ có vụ trưởng | mới"
        known = self.by_span.setdefault((anchor, post.end), Candidate(post, anchor))
        known.readers.add(who)
        known.confidence = max(known.confidence, confidence)


def candidates(reader: PostReader, votes: Sequence[Mention]) -> dict[int, list[Candidate]]:
    """Candidates by their anchor, in text order."""
    found = _Found(reader)
    _add_grammar(found)
    for vote in votes:
        if vote.label == "POST":
            start, end = _trimmed(reader, vote.start, vote.end)
            if start < end and not _body_alone(reader, start, end):
                found.add(post_of(reader, start, end), "chain", vote.evidence.confidence)
    for candidate in list(found.by_span.values()):
        _add_others(found, candidate)
    out: dict[int, list[Candidate]] = {}
    for (anchor, _), candidate in sorted(found.by_span.items(), key=lambda item: item[0]):
        out.setdefault(anchor, []).append(candidate)
    return {anchor: _within_body(reader, found) for anchor, found in out.items()}


def _body_alone(reader: PostReader, start: int, end: int) -> bool:
    """Whether a span names a body and no role in it: "bà A, | khoa Dược", "anh B, | Tỉnh đoàn"."""
    head = reader.lexicon.body_forms.match(reader.folded, start)
    return head is not None and head.end() <= end and not any(start <= at < end for at in reader.roles)


def _within_body(reader: PostReader, rivals: list[Candidate]) -> list[Candidate]:
    """The candidates that do not run into what no body has ("… Hà Nội phân tích | thêm"); all where each of them does."""
    kept = [c for c in rivals if not _runs_over(reader, c)]
    return kept or rivals


def _runs_over(reader: PostReader, candidate: Candidate) -> bool:
    """Whether a candidate ends with a verb of saying, or goes on over one or over leaving for another post."""
    end, begin = candidate.post.end, max(candidate.anchor, candidate.post.body_start)
    last = reader.tokens.starts[max(0, reader.tokens.after(end) - 1)]
    ends = reader.text[last].islower() and last > begin and _ON.match(reader.folded, end) is not None
    return ends or _OVER.search(reader.folded, begin, end) is not None


def _add_grammar(found: _Found) -> None:
    """What the grammar reads, led by the chain and, inside what the chain sees as a post, without it."""
    reader = found.reader
    inside = Spans(reader.limits)
    for post in reader.posts():
        found.add(post, "joint")
        anchor = anchor_of(reader, post)
        if not inside.hold(anchor, anchor + 1):
            found.add(post, "grammar")  # the chain has no say in it
    last = 0
    for anchor, (end, _) in sorted(reader.roles.items()):
        if anchor >= last and inside.hold(anchor, anchor + 1):
            alone = reader.read(anchor)
            found.add(alone, "grammar")
            last = alone.end if alone is not None else end


def _add_others(found: _Found, candidate: Candidate) -> None:
    """Shorter and longer readings of a candidate; a role that is whole by itself has no longer one."""
    reader, post = found.reader, candidate.post
    role_end, row = reader.roles.get(candidate.anchor, (post.end, None))
    for end in _shorter(reader, post, role_end):
        found.add(post_of(reader, post.start, end), "shorter")
    if post.body is not None or not (row is None or row.whole or row.kind == "minor"):
        for end in _longer(reader, post):
            found.add(post_of(reader, post.start, end), "longer")


def _shorter(reader: PostReader, post: Post, role_end: int) -> list[int]:
    """Ends inside a reading: before a verb of what persons do in the words of a body ("Bí thư Đảng ủy xã | kết luận"), before a
    term, the end of a sentence, and where the role ends that words in lower case follow ("Phó Chánh văn phòng | hợp nhất")."""
    tokens = reader.tokens
    begin = max(post.body_start, role_end)
    inside = range(tokens.after(begin) + (post.body_start >= 0), tokens.after(post.end))
    out = [tokens.ends[token - 1] for token in inside if _ends_before(reader, token, begin)]
    if role_end < post.end and _headless(reader, role_end):
        out.append(role_end)
    last = tokens.after(post.end) - 1
    if last > 0 and tokens.starts[last] > begin and _opens_sentence(reader, last, post.end):
        out.append(tokens.ends[last - 1])
    return [end for end in dict.fromkeys(out) if reader.text[end - 1].isalnum()][:4]


def _headless(reader: PostReader, at: int) -> bool:
    """Whether words in lower case follow an offset, and no head of a body."""
    return _LOWER.match(reader.text, at) is not None and reader.heads.at(reader.tokens.after(at)) is None


def _opens_sentence(reader: PostReader, token: int, end: int) -> bool:
    """Whether the last word of a reading may be the first one of the next sentence, without a stop before it."""
    return reader.tokens.capital(token) and _LOWER.match(reader.text, end) is not None


def _ends_before(reader: PostReader, token: int, begin: int) -> bool:
    """Whether a reading may end before a token, behind `begin`: a verb, a term, the next sentence begins there."""
    at, end = reader.tokens.starts[token], reader.tokens.ends[token - 1]
    if end < begin or not reader.text[end - 1].isalnum():
        return False
    return _verb(reader, at) or _closed(reader, end)


def _verb(reader: PostReader, at: int) -> bool:
    """Whether a verb of what persons do stands at an offset, a known one, one of saying or of leaving."""
    if not reader.text[at].islower():
        return False
    return reader.lexicon.activity.match(reader.folded, at) is not None or _LEAVES.match(reader.folded, at) is not None


def _closed(reader: PostReader, end: int) -> bool:
    """Whether a term, or the end of a sentence, follows an offset."""
    if reader.tokens.term_at(end) is not None:
        return True
    return reader.text.startswith(". ", end) and _SENTENCE.match(reader.text, end) is not None


def _longer(reader: PostReader, post: Post) -> list[int]:
    """Ends beyond that of a post: its term, the rest of the clause, a body beside its own."""
    out = []
    term = reader.tokens.term_at(post.end)
    if term and post.body:
        out.append(term.end())
    rest = _REST.match(reader.text, post.end)
    if post.body is None and (end := _body_behind_comma(reader, post.end)):
        out.append(end)
    if rest and (post.body or (_WORD.match(reader.text, post.end) and not _of_many(reader, post.end))):
        for part in (rest.end(1), *rest.ends(2)):
            end = _stop(reader, post.end, part)
            if end > post.end and end not in out:
                out.append(end)
    return out


def _body_behind_comma(reader: PostReader, at: int) -> int:
    """Where the body ends that only a comma parts from a bare role, 0 for none: "Cục trưởng, | Cục Thống kê tỉnh"."""
    if not reader.text.startswith(", ", at):
        return 0
    tokens = reader.tokens
    token = tokens.after(at + 2)
    unit = reader.bodies.unit_at(token) if token < len(tokens.starts) and tokens.capital(token) else None
    return tokens.ends[unit.stop - 1] if unit is not None and unit.complemented else 0


def _of_many(reader: PostReader, end: int) -> bool:
    """Whether a bare role is followed by several bodies or persons: "Giám đốc | các sở"."""
    word = reader.tokens.word(reader.tokens.after(end))
    return reader.lexicon.plural.search(f"{word} ") is not None


def _stop(reader: PostReader, begin: int, end: int) -> int:
    """Where a stretch ends before a name, a role, a clause or the words that bring a post to someone."""
    whole = end
    opening = links().opening.finditer(reader.reading, begin, end)
    end = next((link.start() for link in opening if not _in_word(reader, link.start())), end)
    stops = (reader.tokens.term_in(begin, end), _SENTENCE.search(reader.text, begin, end))
    end = min((stop.start() for stop in stops if stop), default=end)
    for start in reader.tokens.starts[reader.tokens.after(begin) : reader.tokens.after(end)]:
        if start < end and _begins_other(reader, start):
            end = start
    dangling = _DANGLING.search(reader.text, begin, end) if end < whole else None
    end = dangling.start() if dangling else end
    while end > begin and reader.text[end - 1] in _MARKS:
        end -= 1
    return end


def _begins_other(reader: PostReader, at: int) -> bool:
    """Whether a name, a form of address, another post or a clause ("để …", "vào …") begins at an offset."""
    if reader.text[at].islower() and reader.lexicon.stops.match(reader.folded, at) is not None:
        return True
    role = reader.roles.get(at)
    if role is not None and not (role[1].minor and _in_word(reader, at)):  # "Tổ chức | cán bộ"
        return True
    return at in reader.tokens.blocked or reader.tokens.address(at)


def _in_word(reader: PostReader, at: int) -> bool:
    """Whether a word of a body begins before an offset and goes on over it, or up to it: "Tổ | chức", "Tổ chức | cán bộ"."""
    token = reader.tokens.after(at)
    for start in reader.tokens.starts[max(0, token - 2) : token]:
        word = reader.lexicon.words.match(reader.folded, start)
        if word is not None and word.end() >= at - 1:
            return True
    return False


def _trimmed(reader: PostReader, start: int, end: int) -> tuple[int, int]:
    """A span of the chain without the marks and the form of address at its end, without a name inside it, up to the next post."""
    text = reader.text
    end = next((cut for at in range(start + 1, end) if (cut := _cut(reader, start, at))), end)
    while end > start and (text[end - 1] in _MARKS or (text[end - 1] == ")" and "(" not in text[start:end])):
        end -= 1
    while start < end and text[start] in _MARKS:
        start += 1
    return start, end


def _cut(reader: PostReader, start: int, at: int) -> int:
    """Where a span that begins at `start` ends if a name or another post begins at `at`; 0 where none does."""
    if at in reader.tokens.blocked:
        return at
    if at not in reader.roles or reader.roles[at][1].kind == "minor":
        return 0
    joint = _JOINT.search(reader.folded, start, at)
    found = reader.read(at) if joint else None
    ends = found is not None and (found.body is not None or reader.roles[at][1].kind != "weak")
    return joint.start() if joint and ends else 0


def anchor_of(reader: PostReader, post: Post) -> int:
    """Where the role of a post begins, "nguyên" and the like left out."""
    token = reader.tokens.after(post.start)
    for number in range(token, min(token + 3, len(reader.tokens.starts))):
        at = reader.tokens.starts[number]
        if at >= post.end:
            break
        if at in reader.roles:
            return at
    return post.start
