"""When a person took up a post and left it, and whether it is over: years beside it, stages of a career, "từng", "trước khi"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.compiled import anchored, compiled
from extractor.fields.officials.event_rows import event_words
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import key
from extractor.fields.officials.terms import Term, Terms, ends_before
from extractor.fields.officials.words import forms, template
from extractor.models import Reading

# Between a post and the years behind it: "Giám đốc Sở X (2010 - 2015)", "Bí thư Huyện ủy, nhiệm kỳ 2015-2020".
_BEHIND = template(
    r"(?:,[ ]{district-word}[ ][\p{L} .'’\-]{2,25}?)?"
    r"[ \u00a0,(\[–\-|]*(?:{term-word}[ ][\p{L}\d]+)?[ ,(\[–\-]*"
    r"(?:(?:{within}[ ])?{period}|{within})?[ ,(]*"
)
# What makes a time belong to what follows it: "2010 - 2015: …", "từ năm 2016, ông giữ chức …".
_AHEAD = template(r"\s*\)?\s*:|\s*[,|]?\s*(?:{subject}\s+)?(?=\p{L})")
_STAGE = template(r"\s*\)?\s*(?:[:|]|[,\-–—][ ]?|(?=\s{stage-verb}\s))")
_BULLET = template(r"[\s\-–+*•●▪|.()\d]{0,8}?(?:{stage-label}\s*:?\s*)?")
JOINED = template(r"\s*(?:[,;]|-|–)?\s*(?:{joins-posts}\s+)?")
_PAIRED = template(r"\s*,?\s*{holding-too}\s+")
_BREAK = compiled(r"[;\n]|[.!?](?=\s)")
_COLON = anchored(r"[ )]{0,40}+:")
_FAR = 170  # characters between a time and the post that it tells of
_LINE = 900  # characters of a line of stages before a post
_WINDOW = 420  # characters before a post in which "từng" stands
_WITHIN = 12  # characters of a post's end that may be the first word of a time
_BOX = 160  # characters between the heading of a box and its years
_ROW = compiled(r"\|\s*([^|\n]{3,30}?)\s*\|\s*")


@dataclass(slots=True)
class _Held:
    """A post with the time told of it; `stage` is the line's time in a list of stages, `joined` whether later posts share it."""

    post: Post
    stage: Term | None = None
    joined: bool = False


class Tenures:
    """Reads the times and ends of posts of one article. `names` are spans of all persons' names, in order."""

    def __init__(self, reading: Reading, terms: Terms, names: Sequence[tuple[int, int]]) -> None:
        self._reading, self._terms = reading, terms
        self.text, self.folded = reading.text, reading.folded
        self._names = names
        self._name_starts = [s for s, _ in names]
        self._words = event_words()
        self._day = reading.published.isoformat() if reading.published else None

    def read(self, person: Person) -> None:
        """Give the person's posts the times that stand beside them."""
        order = sorted(range(len(person.posts)), key=lambda i: person.posts[i].start)
        own = {n.start for n in (*person.names, *person.aliases)}
        held: list[_Held] = []
        for number, index in enumerate(order):
            if person.posts[index].ended:  # whose post the text gives to a successor
                held.append(_Held(person.posts[index]))
                continue
            before = held[-1] if held else None
            following = person.posts[order[number + 1]] if number + 1 < len(order) else None
            held.append(self._read(person.posts[index], before, following, own))
        self._stages(held)
        for index, item in zip(order, held, strict=True):
            person.posts[index] = item.post

    def _read(self, post: Post, before: _Held | None, following: Post | None, own: set[int]) -> _Held:
        out = _Held(post)
        term = self._beside(post, following)
        if term is None:
            term = out.stage = self._stage(post)
            out.joined = term is not None
        if term is None:
            term = self._inline(post, before)
            out.joined = term is not None
        if term is None and before is not None and before.joined and self._joins(before.post, post):
            term, out.joined = Term(0, 0, before.post.since, before.post.until, "range"), True
            out.stage = before.stage
        if term is not None:
            out.post = self._dated(post, term, joined=out.joined)
        if self._once(post, own) or self._leaves(post, following):
            out.post = replace(out.post, ended=True)
        return out

    def _beside(self, post: Post, following: Post | None) -> Term | None:
        """The years in the box or right behind a post, or behind the one that is held with it."""
        term = self._boxed(post) or self._behind(post)
        if term is None and following is not None and _PAIRED.fullmatch(self.folded, post.end, following.start):
            return self._behind(following)
        return term

    def _dated(self, post: Post, term: Term, *, joined: bool) -> Post:
        """A post with a told time; a single time is that of taking it up, where words of taking up join the two."""
        at = term.kind == "at"
        since = term.since if not at or joined else None
        until = None if at else term.until
        return replace(post, since=since, until=until, ended=post.ended or ends_before(until, self._now(term)))

    def _joins(self, before: Post, post: Post) -> bool:
        return before.end <= post.start and JOINED.fullmatch(self.folded, before.end, post.start) is not None

    def _now(self, term: Term) -> str | None:
        """The article's day; where none is known, a committee's term may still run."""
        open_ = self._day is None and self.folded.startswith(tuple(forms("term-of-office")), term.start)
        return "0000" if open_ else self._day

    def _boxed(self, post: Post) -> Term | None:
        """The years in the box under a post: "Chủ tịch UBND tỉnh | | / | Nhiệm kỳ | 2016 – 2021 |"."""
        line = self._reading.line_at(post.start)
        if self.folded[post.end : post.end + 40].strip(" )")[:1] != "|":
            return None
        begin, end = min(line.end, post.end), min(len(self.text), post.end + _BOX)
        found: Term | None = None
        for row in _ROW.finditer(self.folded, begin, end):
            told = self._in_row(row.end())
            if told is None:
                continue
            if self._words.uses["term-end"].fullmatch(row.group(1)) and found is not None:
                return replace(found, until=told.until or told.since, kind="range")
            if self._words.uses["term"].fullmatch(row.group(1)):
                found = told if told.kind != "at" else replace(told, until=None, kind="from")
        return found

    def _in_row(self, at: int) -> Term | None:
        """The first time right behind a label in a box."""
        near = self._terms.between(at, min(len(self.text), at + 60))
        return next((t for t in near if t.start <= at + 12 and "\n" not in self.text[at : t.start]), None)

    def _behind(self, post: Post) -> Term | None:
        """The years right behind a post."""
        near = self._terms.between(max(post.start, post.end - _WITHIN), min(len(self.text), post.end + 90))
        term = next((t for t in near if t.end > post.end), None)
        if term is None:
            return None
        if term.start < post.end:
            return term if term.kind == "range" else None  # "Cục trưởng Cục X giai đoạn | 2012-2017"
        belongs = term.kind != "at" and _BEHIND.fullmatch(self.folded, post.end, term.start) is not None
        return term if belongs and not self._goes_ahead(term, self.folded[post.end : term.start]) else None

    def _goes_ahead(self, term: Term, gap: str) -> bool:
        """Whether a time behind a post and a gap belongs to what follows; one in a bracket does not."""
        if "(" in gap or "[" in gap:
            return False
        opens = _COLON.match(self.folded, term.end) is not None
        return opens or (bool(gap.strip()) and self._looks_ahead(term))

    def _looks_ahead(self, term: Term) -> bool:
        """Whether a time opens what follows: a comma or nothing, a pronoun, and a word of taking up or holding."""
        ahead = _AHEAD.match(self.folded, term.end)
        if ahead is None or ahead.group().endswith(":"):
            return ahead is not None
        words = self._words
        opens = [words.uses["hold"], words.uses["being"], words.changes, words.uses["adverb"]]
        return any(p.match(self.folded, ahead.end()) for p in opens)

    def _stage(self, post: Post) -> Term | None:
        """The time that opens the line or sentence of a stage: "- Từ tháng 3/2010 đến tháng 5/2015: A, B"."""
        line = self._reading.line_at(post.start)
        near = self._terms.between(max(line.start, post.start - _LINE), post.start)
        found = next((t for t in reversed(near) if self._opens_stage(t, post, line.start)), None)
        if found is None or found.kind != "at":
            return found
        return replace(found, until=None, kind="from") if self._first_words(found, post) else None

    def _opens_stage(self, term: Term, post: Post, line: int) -> bool:
        """Whether a time opens the stage that a post stands in, by a mark behind it or words of taking up."""
        before = self.folded[max(line, term.start - 40) : term.start]
        sep = _STAGE.match(self.folded, term.end, post.start + 1)
        if sep is None or not (_BULLET.fullmatch(before) or before.rstrip().endswith((".", ";"))):
            return False
        mark = sep.group().strip()
        if term.bare and mark in ("", ","):
            return False
        if ":" in mark or "|" in mark:
            return True
        inside = self._reading.sentence_at(post.start)[0] <= term.start
        return inside and term.kind != "at" and self._takes_up(term.end, post.start, single=False)

    def _first_words(self, term: Term, post: Post) -> bool:
        """Whether a stage told by one time names a post taken up then, not a past of its own ("2015: tốt nghiệp …")."""
        return "." not in self.folded[term.end : post.start].replace("tp.", "").strip(": ")[:-1]

    def _inline(self, post: Post, before: _Held | None) -> Term | None:
        """The time before the words that bring the post: "Tháng 5/2019, ông được bổ nhiệm làm …"."""
        begin = max(self._reading.sentence_at(post.start)[0], post.start - _FAR)
        near = self._terms.between(begin, post.start)
        if not near or _BREAK.search(self.folded, near[-1].end, post.start):
            return None
        term = near[-1]
        if term.kind == "to" and self._looks_ahead(term):
            term = replace(term, since=term.until, kind="at")
        if before is not None and before.post.end <= term.start and self._behind(before.post) == term:
            return None
        if term.kind == "to" or not self._takes_up(term.end, post.start, single=term.kind == "at"):
            return None
        return replace(term, until=None, kind="from") if term.kind == "at" else term

    def _takes_up(self, begin: int, end: int, *, single: bool) -> bool:
        """Whether the words after the last name or post before `end` bring the post that begins there."""
        window = self.folded[begin:end]
        last = bisect_left(self._name_starts, end) - 1
        if last >= 0 and self._names[last][0] >= begin:
            window = self.folded[self._names[last][1] : end]
        if "," in window:
            window = window[window.rindex(",") :] if not window.strip(" ,") else window
        words = self._words
        if self._not_begun(window):
            return False
        brings = words.uses["hold"].search(window) or any(
            words.row_of(m).effect == "begin" for m in words.changes.finditer(window)
        )
        return bool(brings or (not single and words.uses["being"].search(window)))

    def _not_begun(self, window: str) -> bool:
        """Whether the words end a post, or tell a change that has not happened."""
        ends = any(self._words.row_of(m).effect in ("end", "leave") for m in self._words.changes.finditer(window))
        return ends or self._words.uses["before"].search(window) is not None

    def _once(self, post: Post, own: set[int]) -> bool:
        """Whether "từng là …" or "trước đây là …" governs the post, or "trước khi làm B, ông là …" stands before it."""
        begin = max(self._reading.sentence_at(post.start)[0], post.start - _WINDOW)
        window = self.folded[begin : post.start]
        found = list(self._words.uses["once"].finditer(window))
        earlier = self._words.uses["before"].match(window.lstrip())
        if not found:
            return earlier is not None and "," in window and self._words.uses["being"].search(window) is not None
        last = found[-1]
        rest = window[last.end() :]
        if self._words.uses["now"].search(rest) or self._words.uses["before"].search(rest):
            return False
        return not any(s not in own for s in self._starts_between(begin + last.end(), post.start))

    def _starts_between(self, begin: int, end: int) -> list[int]:
        return self._name_starts[bisect_left(self._name_starts, begin) : bisect_left(self._name_starts, end)]

    def _leaves(self, post: Post, following: Post | None) -> bool:
        """Whether the text goes on to the next post: "làm A, sau đó là B", "A trước khi về làm B"."""
        gap = compiled(r"[\s,]*").match(self.folded, post.end)
        at = gap.end() if gap else post.end
        step = self._words.uses["next"].match(self.folded, at)
        if step is None or (following is not None and following.start < step.end()):
            return False
        words = self._words
        tail = self.folded[step.end() : step.end() + 40].lstrip(" ,")
        return any(
            p.match(tail) for p in (words.uses["hold"], words.uses["being"], words.changes, words.uses["adverb"])
        )

    def _stages(self, held: Sequence[_Held]) -> None:
        """A stage of a career that a later one follows is over, but for memberships."""
        last = max((item.stage.since or "" for item in held if item.stage), default="")
        for item in held:
            if item.stage is not None and self._over(item.stage, last) and not self._stays(item.post):
                item.post = replace(item.post, ended=True)

    def _over(self, stage: Term, last: str) -> bool:
        """Whether a stage without an end began before the last one, and does not go on until today."""
        if not stage.since or stage.until is not None or stage.since >= last:
            return False
        return stage.kind != "from" or not self._today(stage)

    def _today(self, stage: Term) -> bool:
        return self.folded[stage.start : stage.end].endswith(tuple(forms("until-today")))

    def _stays(self, post: Post) -> bool:
        return self._words.uses["remains"].match(key(post.role)) is not None
