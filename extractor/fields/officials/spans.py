"""A span that is taken for a post, as a post: its role and its body, whatever the grammar would read there."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.fields.officials.body_patterns import FIRM
from extractor.fields.officials.persons import distance
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.rows import BodyRow, RoleRow, key, lexicon
from extractor.fields.officials.wording import canonical_body, expand, headed
from extractor.fields.officials.words import forms, template
from extractor.rules import PatternSet, current
from extractor.text import one_tone

_LINK = template(r"[\s,\-–(]*{body-link-full}?\s+|\s*\(\s*")
_BLANK = " \n\u00a0"
_NAME = 60  # characters of a body in which its head stands
_LONG = 7  # letters; shorter roles are like too many words


def post_of(reader: PostReader, start: int, end: int) -> Post | None:
    """The post that `[start, end)` words; None where no role and no body stands in it.

    The grammar's reading counts where it ends there; else the words behind the role are the body.
    """
    at = _role_in(reader, start, end)
    if at is None:
        return _headed(reader, start, end)
    role_end, row = reader.roles[at]
    found = reader.read_to(at, end)
    if found is not None and found.end == end and found.start <= at:
        return found
    return _forced(reader, at, role_end, row, start, end)


def _role_in(reader: PostReader, start: int, end: int) -> int | None:
    """Where the first role of a span begins: at its start, or behind "nguyên", "tân", "đồng chí"."""
    token = reader.tokens.after(start)
    for number in range(token, min(token + 3, len(reader.tokens.starts))):
        at = reader.tokens.starts[number]
        if at >= end:
            return None
        if at in reader.roles and reader.roles[at][0] <= end:
            return at
    return None


def _forced(reader: PostReader, at: int, role_end: int, row: RoleRow, start: int, end: int) -> Post:
    stem = reader.stem(at, role_end, row)
    begin, role, former, acting = stem.start, stem.role, stem.former, stem.acting
    if role_end < end:
        role_end = stem.end
    else:
        role = reader.prefixed(at, row.role)[1]
    duty = reader.duty(role_end, row)
    if role_end < duty <= end:
        role, role_end = f"{role} {reader.folded[role_end:duty].strip()}", duty
    if role_end >= end or not reader.text[role_end:end].strip(" ,-–()"):
        body, public = reader.bare(role_end, row)
        return Post(min(begin, start), max(end, role_end), role, body, public, row.id, former, acting)
    link = _LINK.match(reader.folded, role_end, end)
    first = link.end() if link else role_end
    parts = _parts(reader, first, end)
    found = reader.heads.at(reader.tokens.after(first))
    part_of = link is not None and found is not None and not forms("part-of").isdisjoint(link.group().split())
    if row.head and not part_of and _takes_head(row.head, parts[0], found):
        parts[0] = headed(row.head, parts[0])
    body = canonical_body(parts)
    public = FIRM.search(key(body)) is None and not _company(reader, row, role_end, first)
    return Post(min(begin, start), end, role, body, public, row.id, former, acting, first)


def _company(reader: PostReader, row: RoleRow, role_end: int, first: int) -> bool:
    """Whether the words right behind a role that names no head are a company's, since no row knows them: "Tổng Giám đốc FLC"."""
    if row.kind != "firm" or row.head is not None or reader.text[role_end:first] != " ":
        return False
    known = lexicon().body_forms.match(key(expand(reader.text[first : first + _NAME])), 0)
    return reader.text[first].isupper() and known is None


def _takes_head(head: str, words: str, found: tuple[int, BodyRow] | None) -> bool:
    """Whether the head that a role names stands before the words behind it: "đại biểu HĐND | tỉnh khóa 12"."""
    if key(words).startswith(f"{key(head)} "):
        return False
    if found is None:
        return True
    row, own = found[1], lexicon().bodies.get(key(head))
    if own is not None and own.seats == "house":
        return row.seats is None
    return not row.canonical.startswith(head) and (row.rank < 6 or row.completes == head)


def _parts(reader: PostReader, first: int, end: int) -> list[str]:
    """The words of a body and its parents: a new one begins where a mark or "thuộc" stands before a head."""
    starts = reader.tokens.starts
    cuts = [(first, first)]  # where the words before a body end, and where it begins
    for token in range(reader.tokens.after(first) + 1, reader.tokens.after(end)):
        if _begins_parent(reader, token):
            cuts.append((starts[token - 1], starts[token]))
    spans = zip(cuts, [*cuts[1:], (end, end)], strict=True)
    out = [reader.text[begin:stop].strip(" ,;-–()\n\u00a0") for (_, begin), (stop, _) in spans]
    return [p for p in out if p] or [reader.text[first:end]]


def _begins_parent(reader: PostReader, token: int) -> bool:
    """Whether a head begins at a token behind a mark or "thuộc"."""
    tokens = reader.tokens
    if not tokens.capital(token) or reader.heads.at(token) is None:
        return False
    before = tokens.word(token - 1)
    joined = before in (",", "-", "–", "(") or before in forms("of")
    return joined and not reader.folded[tokens.ends[token - 1] : tokens.starts[token]].strip()


def _headed(reader: PostReader, start: int, end: int) -> Post | None:
    """A post whose role no row knows: the words before the first head of a body are the role."""
    first = reader.tokens.after(start)
    for token in range(first, len(reader.tokens.starts)):
        at = reader.tokens.starts[token]
        if at >= end:
            break
        if token > first and reader.heads.at(token) is not None and reader.text[start:at].strip():
            role, rule = _unknown(reader.text[start:at])
            body = canonical_body(_parts(reader, at, end))
            return Post(start, end, role, body, FIRM.search(key(body)) is None, rule, body_start=at)
    role, rule = _unknown(reader.text[start:end])
    return Post(start, end, role, None, None, rule) if role else None


def _unknown(words: str) -> tuple[str, str]:
    """A role that no row has, as it is called, and its row's id: that of a role one letter away, "" for none."""
    bare = _BLANKS.sub(" ", words.strip(" ,-–("))
    row = _respelt(key(bare), current())
    return (row.role, row.id) if row is not None else (_capital(expand(bare)), "")


@lru_cache(maxsize=512)
def _respelt(low: str, _patterns: PatternSet) -> RoleRow | None:
    """The row of the one role of which a misspelt one is a letter away: "Phó Củ tịch", "Chủ huy trưởng"."""
    if len(low) < _LONG:
        return None
    near = {row.id: row for form, row in lexicon().roles.items() if distance(low, form, 1) <= 1}
    return next(iter(near.values())) if len(near) == 1 else None


_BLANKS = regex.compile(r"\s+")


def _capital(text: str) -> str:
    text = one_tone(text)
    return text[:1].upper() + text[1:]
