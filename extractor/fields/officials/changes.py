"""Changes in office: who is appointed, elected, transferred, dismissed, retired or disciplined, when, and by which document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import regex

from extractor.fields.officials.activities import Days
from extractor.fields.officials.collector import Name
from extractor.fields.officials.event_rows import EventRow, event_words
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import key
from extractor.fields.officials.tenure import JOINED
from extractor.fields.officials.terms import Term, Terms
from extractor.fields.officials.words import names as names_of
from extractor.fields.officials.words import template
from extractor.models import Reading
from extractor.records import Document, EventKind

_BREAK = regex.compile(r"[;\n]|[.!?](?=\s)")
_APART = template(r"(?:[ ,]|{and-name})*")  # between words of one change: "miễn nhiệm và điều động"
_CLAUSE = regex.compile(r"[^.,;:()\n“\"]{0,60}")
_TAIL = 60  # characters between the word of a change and the post it brings, where no name stands there
_NAMED = 200  # the same with the person's name between
_WINDOW = 420  # characters before a post that are looked at
_AFTER = 45  # characters between a post and the day behind it
_NEAR = 260  # characters between a change and the document that is cited in the sentence beside


@dataclass(slots=True)
class Change:
    """One change in office as found: `post` is the post as it stands in the text, None where none is named."""

    kind: EventKind
    start: int
    end: int
    date: str | None
    document: str | None
    post: Post | None
    effect: str = "none"


class Changes:
    """Reads the changes in office of one article."""

    def __init__(
        self, reading: Reading, terms: Terms, days: Days, documents: Sequence[Document], names: Sequence[Name],
        posts: Sequence[Post],
    ) -> None:  # fmt: skip
        self._reading, self._terms, self._days = reading, terms, days
        self.text, self.folded = reading.text, reading.folded
        self._documents = [d for d in documents if d.number and d.type in names_of("decision-type")]
        self._names = [n for n in names if n.full or n.addressed]
        self._starts = [n.start for n in self._names]
        self._post_ends = sorted(p.end for p in posts)
        self._words = event_words()
        self._order: list[int] = []  # the posts of the person that is read, by place
        self._places: list[int] = []

    def read(self, person: Person, replaced: Collection[Post] = ()) -> list[Change]:
        """The person's changes in text order; the posts get what these tell of their begin and end.

        Of `replaced` posts the text tells what another one got.
        """
        own = {n.start for n in (*person.names, *person.aliases)}
        order = sorted(range(len(person.posts)), key=lambda i: person.posts[i].start)
        self._order, self._places = order, [person.posts[i].start for i in order]
        out: list[Change] = []
        before: tuple[Post, Change | None] | None = None
        for index in order:
            post = person.posts[index]
            if post in replaced:
                continue
            change = self._of_post(post, own)
            if change is None and before and before[1] and self._joins(before[0], post):
                change = replace(before[1], end=post.end, post=post)
            if change is not None:
                out.append(change)
                post = person.posts[index] = self._told(post, change)
                self._gives_up(person, change, own)
            before = (post, change)
        out += self._befallen(person)
        return _distinct(sorted(out, key=lambda c: c.start), self._reading)

    def _between(self, begin: int, end: int) -> list[int]:
        """Indices of the person's posts that begin in `[begin, end)`."""
        return self._order[bisect_left(self._places, begin) : bisect_left(self._places, end)]

    def _joins(self, before: Post, post: Post) -> bool:
        """Whether two posts stand together in one line: one change brings both."""
        gap = self.folded[before.end : post.start] if before.end <= post.start <= before.end + _TAIL else "\n"
        return "\n" not in gap and JOINED.fullmatch(gap) is not None

    def _of_post(self, post: Post, own: set[int]) -> Change | None:
        """The change that brings or ends the post, by the words before it."""
        begin = max(self._reading.sentence_at(post.start)[0], post.start - _WINDOW)
        found = self._governing(begin, post.start, own) or self._listed(begin, post, own)
        if found is None:
            return None
        row, start = found
        date = self._when(begin, start, post.end)
        kind: EventKind = row.kind or "appointed"
        return Change(
            kind, start, post.end, date or self._signed(start, post.end), self._cited(start, post.end), post, row.effect
        )

    def _governing(self, begin: int, end: int, own: set[int]) -> tuple[EventRow, int] | None:
        """The last word of a change before `end` that governs what stands there, its row and place."""
        floor = self._floor(begin, end)
        told = self._words.told.finditer(self._reading, begin, end)
        matches = [m for m in told if self._words.row_of(m).governs and self._happened(m.start(), begin)]
        for match in reversed(matches):
            row = self._words.row_of(match)
            if _BREAK.search(self.folded, match.end(), end):
                return None
            if match.start() >= floor:
                if self._tied(match.end(), end, own):
                    return row, self._first(matches, match, begin)
            elif row.effect in ("begin", "none") and self._named(match.end(), end, own):
                return row, match.start()
        return None

    def _listed(self, begin: int, post: Post, own: set[int]) -> tuple[EventRow, int] | None:
        """A change told once of several: "miễn nhiệm chức danh A đối với ông X và chức danh B đối với ông Y"."""
        toward = self._words.uses["toward"].match(self.folded[post.end : post.end + 12].lstrip())
        after = self._inside(post.end, post.end + 30)
        if toward is None or not after or after[0].start not in own:
            return None
        for match in reversed(list(self._words.told.finditer(self._reading, begin, post.start))):
            if _BREAK.search(self.folded, match.end(), post.start) or not self._happened(match.start(), begin):
                return None
            if self._words.row_of(match).effect in ("begin", "end"):
                return self._words.row_of(match), match.start()
        return None

    def _first(self, matches: Sequence[regex.Match[str]], match: regex.Match[str], begin: int) -> int:
        """Where the words of one change begin: "điều động, bổ nhiệm"."""
        start = int(match.start())
        for other in reversed(matches):
            if other.end() <= start and _APART.fullmatch(self.folded, other.end(), start):
                start = other.start()
        return start

    def _floor(self, begin: int, end: int) -> int:
        """The end of the last post before `end` in the sentence."""
        at = bisect_left(self._post_ends, end + 1) - 1
        return max(begin, self._post_ends[at]) if at >= 0 else begin

    def _tied(self, begin: int, end: int, own: set[int]) -> bool:
        """Whether nothing but short words, or the person's own name and a word of taking up, stands between."""
        inside = self._inside(begin, end)
        if not inside:
            tail = self.folded[begin:end]
            if "," in tail and self._words.uses["hold"].search(tail[tail.rindex(",") :]) is None:
                return False
            toward = self._words.uses["toward"].search(tail[-8:].rstrip()) if tail.strip() else None
            return len(tail) <= _TAIL and (toward is None or not tail.rstrip().endswith(toward.group()))
        return self._named(begin, end, own)

    def _named(self, begin: int, end: int, own: set[int]) -> bool:
        """Whether the person is named between, and words of taking up stand before `end`."""
        inside = self._inside(begin, end)
        if not inside or inside[-1].start not in own or end - begin > _NAMED:
            return False
        if any(self._words.replaced.search(self.folded, max(begin, n.start - 40), n.start) for n in inside):
            return False
        window = self.folded[max(inside[-1].end, self._floor(begin, end)) : end]
        return self._words.uses["hold"].search(window) is not None

    def _inside(self, begin: int, end: int) -> list[Name]:
        return self._names[bisect_left(self._starts, begin) : bisect_left(self._starts, end)]

    def _happened(self, start: int, begin: int) -> bool:
        """Whether no word before a change says that it has not happened: "đề nghị bổ nhiệm", "chưa được bầu"."""
        return self._words.vetoed.search(self.folded, max(begin, start - 20), start) is None

    def _when(self, begin: int, start: int, end: int) -> str | None:
        """The time of a change: the last one before it in the sentence, the one behind it, or the day of the sentence before."""
        before = self._told_between(begin, start)
        if before:
            return before[-1].since
        stop = self._reading.sentence_at(start)[1]
        behind = self._terms.between(end, min(stop, end + _AFTER + 30))
        near = next((t for t in behind if t.single and self._told_behind(t, end)), None)
        if near is not None:
            return near.since
        inside = self._told_between(start, end)
        return inside[0].since if inside else self._days.of("appointed", start) or self._earlier(start)

    def _told_between(self, begin: int, end: int) -> list[Term]:
        """The times in a stretch that words tell, no bare years."""
        return [t for t in self._terms.between(begin, end) if t.single and not t.bare]

    def _told_behind(self, term: Term, end: int) -> bool:
        """Whether a time belongs to the change that ends at `end`: near it, in its clause, nobody named between."""
        gap = self.folded[end : term.start]
        return len(gap) <= _AFTER and not _BREAK.search(gap) and not self._inside(end, term.start)

    def _earlier(self, start: int) -> str | None:
        """The one day that the two sentences before name, in one line."""
        line = self._reading.line_at(start).start
        begin = start
        for _ in range(2):
            begin = self._reading.sentence_at(max(line, self._reading.sentence_at(begin)[0] - 2))[0]
        days = {
            t.since
            for t in self._terms.between(max(line, begin), start)
            if t.kind == "at" and t.since and len(t.since) == 10
        }
        return days.pop() if len(days) == 1 else None

    def _cited(self, start: int, end: int) -> str | None:
        """The number of the decision in the sentence, or of the only one in the sentences beside."""
        begin, stop = self._reading.sentence_at(start)
        near = [d for d in self._documents if begin <= d.start < max(stop, end)]
        if not near:
            beside = [d for d in self._documents if -_NEAR < d.start - start < _NEAR]
            near = beside if len({d.number for d in beside}) == 1 else []
        best = min(near, key=lambda d: (d.start > start, abs(d.start - start)), default=None)
        return best.number if best else None

    def _signed(self, start: int, end: int) -> str | None:
        """The day of the decision that says so, where the text tells no other."""
        number = self._cited(start, end)
        return next((d.date for d in self._documents if d.number == number and d.date), None) if number else None

    def _told(self, post: Post, change: Change) -> Post:
        """The post with what the change says of it."""
        if change.effect == "begin":
            return replace(post, since=self._later(post.since, change.date))
        if change.effect == "end":
            return replace(post, until=post.until or change.date, ended=True)
        return post

    def _later(self, since: str | None, date: str | None) -> str | None:
        """The begin of a post: the day of the change where it is no earlier than the told year or month, else what is told."""
        return date if since is None or (date is not None and date[: len(since)] >= since) else since

    def _gives_up(self, person: Person, change: Change, own: set[int]) -> None:
        """Who is moved to a post leaves the one named between the change and it, if one person cannot hold both."""
        post = change.post
        if post is None or change.effect != "begin":
            return
        begin = max(self._reading.sentence_at(change.start)[0], post.start - _WINDOW)
        for index in self._between(begin, post.start):
            other = person.posts[index]
            if not other.ended and other.end <= post.start and self._excludes(change, post, other):
                person.posts[index] = replace(other, ended=True)

    def _excludes(self, change: Change, post: Post, other: Post) -> bool:
        """Whether one person cannot hold the post that a change brings and another one before it."""
        if self._words.uses["remains"].match(key(other.role)) or self._joins(other, post):
            return False
        if change.kind == "transferred" or (other.body is not None and self._rises(post, other)):
            return True
        return change.kind == "appointed" and self._words.uses["party"].match(key(other.role)) is None

    @staticmethod
    def _rises(post: Post, other: Post) -> bool:
        """Whether two posts are different ones in the same body."""
        return key(other.body or "") == key(post.body or "") and key(other.role) != key(post.role)

    def _befallen(self, person: Person) -> list[Change]:
        """What befalls a person without a post named after it: "ông A, Giám đốc X, nghỉ hưu", "kỷ luật đối với bà B"."""
        names = (*person.names, *person.aliases)
        return [change for name in names if (change := self._befalls(person, name)) is not None]

    def _befalls(self, person: Person, name: Name) -> Change | None:
        """The same at one mention; the post that it ends is over."""
        begin, stop = self._reading.sentence_at(name.start)
        begin = max(begin, name.start - _WINDOW)
        found = self._behind(person, name, stop) or self._toward(name, begin)
        if found is None:
            return None
        row, start, end = found
        index = self._post_of(person, begin, stop, start)
        aside = self._words.replaced.search(self.folded, max(begin, name.start - 40), name.start) is not None
        date = None if aside else self._when(begin, start, end) or self._signed(start, end)
        document = None if aside else self._cited(start, end)
        post = None if index is None else self._ended(person, index, row, date)
        if row.effect == "leave":
            self._leaves(person, begin, start, date)
        return Change(row.kind or "disciplined", start, end, date, document, post, row.effect)

    @staticmethod
    def _ended(person: Person, index: int, row: EventRow, date: str | None) -> Post:
        """The person's post, which is over where the change says so."""
        post = person.posts[index]
        if row.effect in ("leave", "end"):
            post = person.posts[index] = replace(post, until=post.until or date, ended=True)
        return post

    def _leaves(self, person: Person, begin: int, start: int, date: str | None) -> None:
        """Who retires leaves all posts told before it in the sentence."""
        for index in self._between(begin, start):
            post = person.posts[index]
            person.posts[index] = replace(post, until=post.until or date, ended=True)

    def _behind(self, person: Person, name: Name, stop: int) -> tuple[EventRow, int, int] | None:
        """The change told behind a name and the posts that follow it."""
        at = self._behind_posts(person, name.end, stop)
        adverbs = self._words.adverbs.match(self.folded, at, stop)
        match = self._words.told.match(self._reading, adverbs.end() if adverbs else at, stop)
        if match is None or self._words.row_of(match).effect == "begin" or not self._happened(match.start(), name.end):
            return None
        row = self._words.row_of(match)
        if row.ahead or (row.effect == "end" and self._between(match.end(), min(stop, match.end() + _TAIL))):
            return None  # told of the post behind it
        clause = _CLAUSE.match(self.folded, match.end(), stop)
        return row, match.start(), clause.end() if clause else match.end()

    def _behind_posts(self, person: Person, at: int, stop: int) -> int:
        """Where the posts end that follow one another from an offset on."""
        for index in self._between(at, stop):
            post = person.posts[index]
            if post.start > at + 16:
                break
            at = post.end if at <= post.start and post.end <= stop else at
        return at

    def _toward(self, name: Name, begin: int) -> tuple[EventRow, int, int] | None:
        """The change told before a name: "thi hành kỷ luật khiển trách đối với ông A"."""
        matches = list(self._words.told.finditer(self._reading, max(begin, name.lead - 70), name.lead))
        match = matches[-1] if matches else None
        if match is None or not self._words.row_of(match).before_name:
            return None
        gap = self.folded[match.end() : name.lead]
        if _BREAK.search(gap) or self._inside(match.end(), name.start) or not self._happened(match.start(), begin):
            return None
        if self._words.uses["toward"].search(gap) is None and gap.strip():
            return None
        return self._words.row_of(match), match.start(), name.end

    def _post_of(self, person: Person, begin: int, stop: int, start: int) -> int | None:
        """The post that a change without one is about: the person's only one, or the last one named before it in the sentence."""
        inside = self._between(max(begin, start - _WINDOW), min(stop, start + _WINDOW))
        before = [i for i in inside if person.posts[i].start < start]
        if inside:
            return max(before, key=lambda i: person.posts[i].start) if before else inside[0]
        return 0 if len(_standing(person)) == 1 else None


def _standing(person: Person) -> set[tuple[str, str]]:
    """The posts, by role and body, that a person holds as far as the text tells."""
    return {(key(p.role), key(p.body or "")) for p in person.posts if not p.ended and not p.former}


def _distinct(changes: Sequence[Change], reading: Reading) -> list[Change]:
    """One change of a kind a post, the first that has a date."""
    out: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        mark = (
            (change.kind, key(change.post.role), key(change.post.body or "")) if change.post else (change.kind, "", "")
        )
        known = out.get(mark)
        if known is None or (known.date is None and change.date is not None):
            out[mark] = change
        elif known.document is None and change.document is not None:
            known.document = change.document
    return sorted(out.values(), key=lambda c: c.start)
