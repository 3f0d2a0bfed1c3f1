"""When a person took up a post and left it, and whether it is over: years beside it, stages of a career, "từng", "trước khi"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.compiled import compiled
from extractor.fields.officials.event_rows import event_words
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import key
from extractor.fields.officials.terms import Term, Terms, ends_before
from extractor.models import Reading

# Between a post and the years behind it: "Giám đốc Sở X (2010 - 2015)", "Bí thư Huyện ủy, nhiệm kỳ 2015-2020".
_BEHIND = compiled(
    r"(?:, (?:tỉnh|huyện|thành phố|tp\.?|thị xã|quận) [\p{L} .'’\-]{2,25}?)?"
    r"[ \u00a0,(\[–\-|]*(?:(?:khóa|khoá) [\p{L}\d]+)?[ ,(\[–\-]*"
    r"(?:(?:trong )?(?:thời gian|thời kỳ|giai đoạn|nhiệm kỳ|suốt)|trong)?[ ,(]*"
)
# What makes a time belong to what follows it: "2010 - 2015: …", "từ năm 2016, ông giữ chức …".
_AHEAD = compiled(r"\s*\)?\s*:|\s*[,|]?\s*(?:(?:ông|bà|đồng chí|đ/c|anh|chị)\s+)?(?=\p{L})")
_STAGE = compiled(r"\s*\)?\s*(?:[:|]|[,\-–—] ?|(?=\s(?:là|làm|giữ|được|công tác|tham gia)\s))")
_BULLET = compiled(r"[\s\-–+*•●▪|.()\d]{0,8}?(?:(?:thời gian|giai đoạn)\s*:?\s*)?")
_JOINED = compiled(r"\s*(?:[,;]|-|–)?\s*(?:(?:và|kiêm|kiêm nhiệm|đồng thời|đồng thời là|kiêm chức|cùng)\s+)?")
_PAIRED = compiled(r"\s*,?\s*(?:kiêm|kiêm nhiệm|đồng thời là)\s+")
_BREAK = compiled(r"[;\n]|[.!?](?=\s)")
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
        term = self._boxed(post) or self._behind(post)
        out = _Held(post)
        if term is None and following is not None and _PAIRED.fullmatch(self.folded, post.end, following.start):
            term = self._behind(following)
        if term is None:
            stage = self._stage(post)
            term, out.stage = stage, stage
            out.joined = stage is not None
        if term is None:
            term = self._inline(post, before)
            out.joined = term is not None
        if term is None and before is not None and before.joined and self._joins(before.post, post):
            term, out.joined = Term(0, 0, before.post.since, before.post.until, "range"), True
            out.stage = before.stage
        if term is not None:
            at = term.kind == "at"
            since = term.since if not at or out.joined else None
            until = None if at else term.until
            ended = post.ended or ends_before(until, self._now(term))
            out.post = replace(post, since=since, until=until, ended=ended)
        if self._once(post, own) or self._leaves(post, following):
            out.post = replace(out.post, ended=True)
        return out

    def _joins(self, before: Post, post: Post) -> bool:
        return before.end <= post.start and _JOINED.fullmatch(self.folded, before.end, post.start) is not None

    def _now(self, term: Term) -> str | None:
        """The article's day; where none is known, a committee's term may still run."""
        open_ = self._day is None and self.folded.startswith("nhiệm kỳ", term.start)
        return "0000" if open_ else self._day

    def _boxed(self, post: Post) -> Term | None:
        """The years in the box under a post: "Chủ tịch UBND tỉnh | | / | Nhiệm kỳ | 2016 – 2021 |"."""
        line = self._reading.line_at(post.start)
        if self.folded[post.end : post.end + 40].strip(" )")[:1] != "|":
            return None
        begin, end = min(line.end, post.end), min(len(self.text), post.end + _BOX)
        found: Term | None = None
        for row in _ROW.finditer(self.folded, begin, end):
            label = row.group(1)
            near = self._terms.between(row.end(), min(len(self.text), row.end() + 60))
            near = [t for t in near if t.start <= row.end() + 12 and "\n" not in self.text[row.end() : t.start]]
            if not near:
                continue
            if self._words.uses["term-end"].fullmatch(label) and found is not None:
                return replace(found, until=near[0].until or near[0].since, kind="range")
            if self._words.uses["term"].fullmatch(label):
                found = near[0] if near[0].kind != "at" else replace(near[0], until=None, kind="from")
        return found

    def _behind(self, post: Post) -> Term | None:
        """The years right behind a post."""
        near = self._terms.between(max(post.start, post.end - _WITHIN), min(len(self.text), post.end + 90))
        near = [t for t in near if t.end > post.end]
        if near and near[0].start < post.end:
            return near[0] if near[0].kind == "range" else None  # "Cục trưởng Cục X giai đoạn | 2012-2017"
        if not near or not _BEHIND.fullmatch(self.folded, post.end, near[0].start):
            return None
        term = near[0]
        gap = self.folded[post.end : term.start]
        if "(" in gap or "[" in gap:
            return term if term.kind != "at" else None
        if term.kind == "at" or self.folded[term.end :].lstrip(" )").startswith(":"):
            return None
        return None if gap.strip() and self._looks_ahead(term) else term

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
        found = None
        for term in self._terms.between(max(line.start, post.start - _LINE), post.start):
            before = self.folded[max(line.start, term.start - 40) : term.start]
            opens = _BULLET.fullmatch(before) or before.rstrip().endswith((".", ";"))
            sep = _STAGE.match(self.folded, term.end, post.start + 1)
            if not opens or sep is None or (term.bare and sep.group().strip() in ("", ",")):
                continue
            colon = ":" in sep.group() or "|" in sep.group()
            inside = self._reading.sentence_at(post.start)[0] <= term.start
            if colon or (inside and term.kind != "at" and self._takes_up(term.end, post.start, single=False)):
                found = term
        if found is None or (found.kind == "at" and not self._first_words(found, post)):
            return None
        return replace(found, until=None, kind="from") if found.kind == "at" else found

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
        staged = [h for h in held if h.stage is not None and h.stage.since]
        last = max((h.stage.since or "" for h in staged if h.stage), default="")
        for item in staged:
            if (
                item.stage
                and item.stage.until is None
                and (item.stage.since or "") < last
                and not self._stays(item.post)
            ):
                if item.stage.kind == "from" and self._today(item.stage):
                    continue
                item.post = replace(item.post, ended=True)

    def _today(self, stage: Term) -> bool:
        return self.folded[stage.start : stage.end].endswith(("nay", "hiện tại", "bây giờ"))

    def _stays(self, post: Post) -> bool:
        return self._words.uses["remains"].match(key(post.role)) is not None
