"""What stands where in an article: names, posts, and the words between them, in a form that features can name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache

import regex

from extractor.fields.officials.collector import Name
from extractor.fields.officials.links import links
from extractor.fields.officials.posts import Post
from extractor.fields.officials.words import template
from extractor.models import Reading
from extractor.rules.sets import PatternSet, current

_WORD = regex.compile(r"\n|[^\W\d_]+|\d+|[^\w\s]")
_LISTED = template(r"\s*(?:\([^()\n]{0,40}\)\s*)?(?:,|;|&|,\s*{and-name}|{list-word}|\d{1,2}\.)\s*")
_MARKS = frozenset(",;:.()-–|\n?!")
LONG = 400  # characters of a gap that are looked at
_MOST = 2  # words around an offset that features name
_WORDS_IN, _FEW = 30, 15  # characters around an offset in which they stand, and in which they mostly do


def shape(gap: str) -> str:
    """The words of a folded gap: all of a short one, the first and last two and the marks of a long one; digits as 0."""
    return _shape(gap[-LONG:])


@lru_cache(maxsize=1024)
def _shape(gap: str) -> str:
    words = ["0" if w[0].isdigit() else w for w in _WORD.findall(gap)]
    if len(words) <= 5:
        return " ".join(words).replace("\n", "⏎")
    marks = "".join(sorted({w for w in words[2:-2] if w in _MARKS}))
    size = "s" if len(words) < 10 else "m" if len(words) < 25 else "l"
    return f"{words[0]} {words[1]} {marks}{size} {words[-2]} {words[-1]}".replace("\n", "⏎")


def kind(gap: str) -> str:
    """What a folded gap does: `tight`, a mark, `link`, `cue`, `list`, `line`, `clause`, `sentence`, `words`."""
    return _short_kind(gap, current()) if len(gap) <= LONG else _kind(gap, current())


def _kind(gap: str, _patterns: PatternSet) -> str:
    bare = gap.strip(" \u00a0")
    if not bare:
        return "tight"
    if "\n" in bare:
        return "line" if not bare.strip() else "lines" if bare.count("\n") > 1 else "line+"
    if len(bare) == 1:
        return bare
    if len(gap) > LONG:
        return "far"
    return next((found for read in _KINDS if (found := read(gap))), "words")


def _by_link(gap: str) -> str | None:
    match = links().left.fullmatch(gap)
    return None if match is None else f"{'link' if match['verb'] else 'age'}{match['sep'] or ''}"


def _by_list(gap: str) -> str | None:
    return "list" if _LISTED.fullmatch(gap) else "join" if links().join.fullmatch(gap) else None


def _by_cue(gap: str) -> str | None:
    if links().cue.search(gap) is None:
        return None
    return "cue." if ". " in gap else "cue;" if ";" in gap else "cue"


def _by_opening(gap: str) -> str | None:
    right = links().right.fullmatch(gap)
    return None if right is None else f"before{right['sep'] or ''}"


def _by_mark(gap: str) -> str | None:
    return "sentence" if ". " in gap else "clause" if ";" in gap else "comma" if "," in gap else None


_KINDS = (_by_link, _by_list, _by_cue, _by_opening, _by_mark)  # the first answer counts


_ASIDE = 80  # characters of a bracket on either side of a name in it
_short_kind = lru_cache(maxsize=2048)(_kind)


def _plain(words: Sequence[str]) -> list[str]:
    return ["0" if w[0].isdigit() else "⏎" if w == "\n" else w for w in words]


_ROW = 6  # posts on either side
_JOINING = 8  # characters between two posts of a row
_IN_A_ROW = frozenset({",", "list", "join", "tight"})


class Scene:
    """Names and posts of one article in text order, and questions about what stands between them."""

    def __init__(self, reading: Reading, names: Sequence[Name], posts: Sequence[Post]) -> None:
        self.reading = reading
        self.text, self.folded = reading.text, reading.folded
        self.names, self.posts = names, posts
        self.name_starts = [n.start for n in names]
        self.post_starts = [p.start for p in posts]
        kept = reading.kept  # what is asked of an article's text is the same for all of its scenes
        self._words: dict[tuple[int, int], str] = kept.setdefault("words around", {})
        self._around: dict[int, list[str]] = kept.setdefault(
            "around", {}
        )  # by `-at` before an offset, by `at + 1` after it

    @cached_property
    def closes(self) -> list[int]:
        """Where the bracket ends in which a name stands beside other words ("(con ông Lê A)"), by name; 0 for none."""
        return [self._closes(name) for name in self.names]

    def _closes(self, name: Name) -> int:
        begin, end = max(0, name.lead - _ASIDE), name.end + _ASIDE
        opened = self.folded.rfind("(", begin, name.lead)
        if opened < 0 or ")" in self.folded[opened : name.lead] or not self.folded[opened + 1 : name.lead].strip():
            return 0
        closed = self.folded.find(")", name.end, end)
        return 0 if closed < 0 or "\n" in self.folded[opened:closed] else closed + 1

    def posts_between(self, begin: int, end: int) -> range:
        """Indices of the posts that begin in `[begin, end)`."""
        return range(bisect_left(self.post_starts, begin), bisect_left(self.post_starts, end))

    def names_between(self, begin: int, end: int) -> range:
        """Indices of the names that begin in `[begin, end)`."""
        return range(bisect_left(self.name_starts, begin), bisect_left(self.name_starts, end))

    def row(self, post: Post) -> list[Post]:
        """The posts in a row with this one, which only commas or "và" part; `_ROW` on either side at most."""
        at = bisect_left(self.post_starts, post.start)
        first = last = at
        while first > max(0, at - _ROW) and self._joined(first - 1):
            first -= 1
        while last + 1 < min(len(self.posts), at + _ROW + 1) and self._joined(last):
            last += 1
        return list(self.posts[first : last + 1])

    def _joined(self, number: int) -> bool:
        """Whether nothing but a comma or a joining word stands between a post and the next one."""
        begin, end = self.posts[number].end, self.posts[number + 1].start
        near = 0 <= end - begin < _JOINING and not self.names_between(begin, end)
        return near and kind(self.folded[begin:end]) in _IN_A_ROW

    def pieces(self, begin: int, end: int, posts: Sequence[int], names: Sequence[int] = ()) -> list[str]:
        """The folded stretches of `[begin, end)` that posts and names leave."""
        spans = sorted(
            [(self.posts[i].start, self.posts[i].end) for i in posts]
            + [(self.names[i].lead, self.names[i].end) for i in names]
        )
        out, at = [], begin
        for start, stop in spans:
            out.append(self.folded[at : max(at, start)])
            at = max(at, stop)
        out.append(self.folded[at : max(at, end)])
        return out

    def before(self, at: int, size: int = 2) -> str:
        """The last `size` words or marks, two at most, before an offset, within the line."""
        known = self._words.get((at, -size))
        if known is None:
            words = self._around.get(-at)
            if words is None:
                words = self._around[-at] = self._last_words(at)
            known = self._words[at, -size] = " ".join(words[-size:])
        return known

    def after(self, at: int, size: int = 2) -> str:
        """The first `size` words or marks, two at most, after an offset."""
        known = self._words.get((at, size))
        if known is None:
            words = self._around.get(at + 1)
            if words is None:
                words = self._around[at + 1] = self._first_words(at)
            known = self._words[at, size] = " ".join(words[:size])
        return known

    def _last_words(self, at: int) -> list[str]:
        """The words of the line, at most two, that end before an offset; a few characters tell them as a rule."""
        for reach in (_FEW, _WORDS_IN):
            line = self.folded[max(0, at - reach) : at].split("\n")
            found = _WORD.findall(line[-1] or "\n")
            if len(line) > 1 or len(found) > _MOST:
                break
        return _plain(found[-_MOST:])

    def _first_words(self, at: int) -> list[str]:
        """The words, at most two, that follow an offset."""
        found = _WORD.findall(self.folded[at : at + _FEW])
        if len(found) <= _MOST:
            found = _WORD.findall(self.folded[at : at + _WORDS_IN])
        return _plain(found[:_MOST])

    def name_at(self, at: int) -> int:
        """The index of the last name that begins before `at`; -1 where none does."""
        return bisect_right(self.name_starts, at) - 1
