"""Which posts belong to which names: before, after, both, shared by a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.compiled import compiled
from extractor.fields.officials.chains import Chain, chains, filled
from extractor.fields.officials.collector import Name
from extractor.fields.officials.links import links
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import lexicon

_LISTED = compiled(r"\s*(?:\([^()\n]{0,40}\)\s*)?(?:,|và|;|,\s*và|&|cùng|cùng với)\s*")
_CLAUSE = compiled(r"[;.\n]")
_SENTENCE = compiled(r"[.!?;] ")
# Who appoints does not get the post: "Tổng thống A bổ nhiệm làm Giám đốc …".
_ACTIVE = compiled(
    r" (?:đã |vừa |cũng )*(?:(?:ký|ban hành|trao|công bố) )?(?:(?:các )?quyết định |nghị quyết )?(?:về việc )?"
    r"(?:bổ nhiệm|bầu|phân công|điều động|cách chức|miễn nhiệm|giao|chỉ định|đề cử)(?!\p{L})"
)
# What ends a minor post: "A, thanh tra viên; B …", "A, cán bộ một cửa, bị …"; no verb of another sentence part.
_CLOSED = compiled(r"\s*(?:[,;.)\-–:\n]|$|và |cùng )")
# Kin of an official, who is the subject of what follows: "A, em trai Bí thư Tỉnh ủy B, được bổ nhiệm làm …".
_KIN = compiled(
    r"(?P<comma>, |\(| là )?(?<!\p{L})"
    r"(?:(?:em|anh|chị|con|cháu)(?: trai| gái| ruột| rể| dâu| vợ| chồng| họ)+|con|vợ|chồng|bố|mẹ|cha"
    r"|(?:em|anh|chị|cháu)(?= (?:của|ông|bà|đồng chí)))"
    r"(?: của)?(?: (?:nguyên|cựu|ông|bà|đồng chí|anh|chị))? $"
)
_APPOSED = compiled(r"\s*\(\s*[^()\n]{2,60}(?:,| -| –)\s*")  # other words before the post in the brackets
_CELLS = compiled(r"\s*(?:\([^()\n]{1,25}\)\s*)?\|(?:[\s\d/.\-–]|nay|đến|tháng)*\|\s*")  # a cell of dates
_ROW = compiled(r"\|\s*\n")  # the end of a table's row
_MEANWHILE = compiled(r"\s*,\s*(?:hôm đó|hiện nay|hiện tại|hiện|khi đó|lúc đó|lúc bấy giờ|trước đó)\s*")
_BOTH = compiled(r", (?:cùng|đều) ")  # "hai ông A và B, cùng là Phó Chủ tịch …"
# Posts that no minister holds beside the ministry.
_HIGHER = frozenset({"chu-tich", "thu-tuong", "chu-tich-nuoc", "pho-chu-tich-nuoc", "tong-bi-thu"})
_END = compiled(r"\.(?= \p{Lu}|\s*$)|\n")
_SIGNED = compiled(r" *\n\s*(?:\((?:[Đđ]ã )?[Kk]ý[\p{L} ,]{0,20}\)\s*)?")
_LINE = compiled(r" *\n[\s*_]*")
_LONG = 900  # characters of an enumeration
_BEFORE, _AFTER, _FAR = 200, 90, 140  # characters between a name and its post, a post and its name, two posts


@dataclass(slots=True)
class Attachment:
    """Posts by the index of the name they belong to, and the posts that belong to nobody in reach."""

    posts: dict[int, list[Post]] = field(default_factory=dict)
    loose: list[Post] = field(default_factory=list)
    _given: set[tuple[int, int]] = field(default_factory=set)  # name, where the post begins

    def give(self, name: int, chain: Sequence[Post]) -> None:
        """Give a chain of posts to a name."""
        kept = self.posts.setdefault(name, [])
        for post in chain:
            if (name, post.start) not in self._given:
                self._given.add((name, post.start))
                kept.append(post)


class Attacher:
    """Attaches chains of posts to the names of one article."""

    def __init__(self, marks: Marks, posts: Sequence[Post], names: Sequence[Name]) -> None:
        self.marks = marks
        self.reading = marks.reading
        self.text = marks.reading.text
        self.folded = marks.reading.folded
        self.names = names
        self.starts = [n.start for n in names]
        self.chains = chains(marks.reading, posts, names)
        self.opened = [c.start for c in self.chains]
        self.links = links()
        self.result = Attachment()
        self.moved: dict[int, int] = {}  # owners of chains that stand beside no name
        self.received: dict[int, str] = {}  # on which side a name got its first chain

    def run(self) -> Attachment:
        """Every chain to its owner."""
        for number, chain in enumerate(self.chains):
            self._look(chain, self.chains[number - 1].end if number else 0, number)
        for number, chain in enumerate(self.chains):
            self._choose(chain, self.chains[number - 1] if number else None)
            self._give(chain, number)
        self._share()
        self._replaced()
        for chain in self.chains:
            if chain.left is not None or chain.right is not None:
                for old, new in filled(chain):
                    for kept in self.result.posts.values():
                        kept[:] = [new if p is old else p for p in kept]
        return self.result

    def _look(self, chain: Chain, floor: int, order: int) -> None:
        """The names on both sides of a chain that its gaps allow; none beyond the chains beside it."""
        number = bisect_left(self.starts, chain.start) - 1
        if number >= 0 and floor <= self.names[number].lead and self.names[number].end <= chain.start:
            self._look_left(chain, number)
        number = bisect_left(self.starts, chain.end)
        ceiling = self.chains[order + 1].start if order + 1 < len(self.chains) else len(self.text)
        if number < len(self.names) and self.names[number].lead < ceiling:
            self._look_right(chain, number)

    def _beside(self, chain: Chain) -> bool:
        """Whether what follows a minor post lets it be the post of the name before it: the post ends there."""
        return not chain.posts[-1].minor or _CLOSED.match(self.folded, chain.end) is not None

    def _look_left(self, chain: Chain, number: int) -> None:
        name = self.names[number]
        if not self._beside(chain):
            return
        gap = self.folded[name.end : chain.start]
        if len(gap) >= _BEFORE or name.source == "credit" or _ACTIVE.match(gap) or _ROW.search(gap):
            return
        match = self.links.left.fullmatch(self.folded, name.end, self.marks.lead(chain.start, name.end))
        unmarked = (
            name.addressed and name.full and chain.posts[0].body is not None
        )  # "Ông A Chủ tịch UBND xã B cho biết"
        if match and (match["sep"] or match["verb"] or unmarked or gap.strip(" \u00a0")):
            if match["verb"] and (kin := self._kin(number)) != number:
                if kin >= 0:
                    chain.left, chain.left_sep = kin, "verb"
                return
            chain.left, chain.left_sep = number, match["sep"] or ("verb" if match["verb"] else "other")
            if "\n" in gap:
                chain.left_sep = "line"
        elif _CELLS.fullmatch(gap) or (_APPOSED.fullmatch(gap) and self._bracketed(chain)):
            chain.left, chain.left_sep = number, "("
        elif chain.posts[-1].minor:
            return  # "… khi làm nhiệm vụ như cán bộ y tế"
        elif not _CLAUSE.search(gap) and self.links.cue.search(gap):
            chain.left, chain.left_sep = number, "verb"
        elif name.full and _LINE.fullmatch(gap):
            chain.left, chain.left_sep = number, "line"

    def _bracketed(self, chain: Chain) -> bool:
        """Whether the bracket around a post ends soon after it: "ông A (thương binh, nguyên Phó Giám đốc …)"."""
        close = self.text.find(")", chain.end, chain.end + 60)
        return close >= 0 and not {"(", "\n"} & set(self.text[chain.end : close])

    def _alone(self, chain: Chain) -> bool:
        """Whether a post stands alone in its line in capitals, as over a signature: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / A"."""
        line = self.reading.line_at(chain.start)
        return self.text[line.start : line.end].strip() == self.text[chain.start : chain.end].strip().upper()

    def _kin(self, number: int) -> int:
        """The name whose kin a name is named for: "ông A, em trai bà B, làm …" speaks of A; -1 where A has no name."""
        name = self.names[number]
        begin = name.start
        at = bisect_left(self.opened, begin) - 1
        if at >= 0 and self.chains[at].end + 1 >= name.lead:
            begin = self.opened[at]
        found = _KIN.search(self.folded, max(0, begin - 30), begin)
        if found is None:
            return number
        before = self.names[number - 1] if number else None
        beside = before is not None and found["comma"] and before.end == found.start()
        return number - 1 if beside else -1

    def _look_right(self, chain: Chain, number: int) -> None:
        name = self.names[number]
        gap = self.text[chain.end : name.start]
        if "\n" in gap and name.full and _SIGNED.fullmatch(gap) and self._alone(chain):
            chain.right, chain.right_sep = number, "line"
        if len(gap) >= _AFTER or "\n" in gap:
            return
        match = self.links.right.fullmatch(self.folded, chain.end, max(chain.end, name.lead))
        if match and _MEANWHILE.fullmatch(self.folded, chain.end, max(chain.end, name.lead)):
            return  # "Theo Chủ tịch UBND huyện, hiện nay ông A …"
        if match:
            verb = bool(match["verb"].strip())
            if chain.posts[-1].minor and (match["sep"] or verb):
                return  # "Theo điều tra viên, ông A …"
            chain.right, chain.right_sep = number, "verb" if verb else match["sep"] or "tight"

    def _choose(self, chain: Chain, before: Chain | None) -> None:
        """One of two possible owners."""
        left, right = chain.left, chain.right
        if left is None or right is None:
            return
        sep, other = chain.left_sep, chain.right_sep
        served = self.received.get(left) == "right"  # the name on the left already has a post before it
        if sep == "line":
            take_left = False
        elif other == "tight":
            closed = ")" in self.text[chain.end : self.names[right].start]
            take_left = sep == "verb" or (sep == "(" and closed)
        elif sep == "(":
            take_left = True
        elif other in (",", ")", "("):
            listed = before is not None and before.right_sep in (",", "-", "–")
            take_left = not (served and sep == "," and listed and other != "(")
        elif other == "verb":
            take_left = sep in ("verb", "-", "–") or not served
        else:
            take_left = not served
        if take_left:
            chain.right = None
        else:
            chain.left = None

    def _give(self, chain: Chain, number: int) -> None:
        posts = chain.posts
        if chain.right is not None and self._apart(posts):
            self.result.loose.extend(posts[:-1])  # "trả lời của Bộ trưởng Bộ Y tế, Chủ tịch Quốc hội A nói"
            posts = posts[-1:]
        if chain.left is not None and chain.left_sep == "line" and self.received.get(chain.left) == "right":
            chain.left = None  # the name's post stands in the line above
        if chain.left is not None:
            self.result.give(chain.left, posts)
            self.received[chain.left] = "left"
        elif chain.right is not None:
            proxy = self.links.proxy.search(self.folded, max(0, chain.start - 20), chain.start) is not None
            if proxy and (len(posts) > 1 or (chain.right_sep == "," and self._delegated(chain))):
                kept = posts[-1:] if len(posts) > 1 else []
                self.result.loose.extend(
                    posts[: len(posts) - len(kept)]
                )  # "thừa ủy quyền của Thủ tướng, Phó Thủ tướng A"
                posts = kept
            self.result.give(chain.right, posts)
            self.received[chain.right] = "right"
        else:
            owner = self._continued(chain, number)
            owner = self._pronoun(chain) if owner is None else owner
            if owner is None:
                self.result.loose.extend(posts)
            else:
                self.moved[number] = owner
                self.result.give(owner, posts)

    def _apart(self, posts: Sequence[Post]) -> bool:
        """Whether the first post of a chain is a minister's and the last one of someone above ministers."""
        high = posts[-1].rule in _HIGHER and posts[-1].body in (None, "Quốc hội", "Chính phủ")
        return len(posts) > 1 and posts[0].rule == "bo-truong" and high

    def _delegated(self, chain: Chain) -> bool:
        """Whether the post is the one on whose behalf the next name acts: "Thừa ủy quyền của Chủ tịch nước, đồng chí A trao"."""
        return self.folded.endswith("ủy quyền của ", 0, chain.start)

    def _continued(self, chain: Chain, number: int) -> int | None:
        """The owner of the chain before, where an appointment stands between ("…, Chánh Thanh tra Sở X được cử làm …")."""
        if not number:
            return None
        before = self.chains[number - 1]
        owner = before.left if before.left is not None else before.right
        owner = self.moved.get(number - 1) if owner is None else owner
        if (
            self.text[before.end : before.end + 1] == ")"
        ):  # "bà A (vợ ông B, Giám đốc X) làm …": the one before the bracket
            opened = self.text.rfind("(", max(0, before.end - _BEFORE), before.end)
            owner = bisect_right(self.starts, opened) - 1
        gap = self.folded[before.end : chain.start]
        if owner is None or owner < 0 or len(gap) > _FAR or "\n" in gap:
            return None
        begin = max(before.end, self.names[owner].end)
        if _ACTIVE.match(self.folded, begin, chain.start):
            return None  # "Giám đốc A bổ nhiệm con trai làm Phó Trưởng khoa"
        others = self.names[bisect_left(self.starts, begin) : bisect_left(self.starts, chain.start)]
        if any(n.addressed or n.full for n in others):
            return None
        return owner if self.links.cue.search(gap) and _SENTENCE.search(gap) is None else None

    def _pronoun(self, chain: Chain) -> int | None:
        """The person that "Ông từng là …" speaks of: the last full name before it."""
        begin = max(self.reading.sentence_at(chain.start)[0], chain.start - 160)
        before = self.folded[begin : chain.start]
        found = [m for m in self.links.subject.pattern.finditer(before) if self.text[begin + m.end()].islower()]
        if not found or (begin + found[-1].end() == chain.start and not chain.posts[0].former):
            return None  # "Ông nguyên là Giám đốc …", but not "bà giám đốc kể"
        rest = before[found[-1].end() - 1 :]
        if _SENTENCE.search(rest) or not (self.links.cue.search(rest) or self.links.left.fullmatch(rest)):
            return None
        last = bisect_left(self.starts, begin + found[-1].start())
        other = "bà" if "ông" in found[-1].group() else "ông"
        known = [i for i in range(max(0, last - 60), last) if self.names[i].full and not self._called(i, other)]
        given = {self.names[i].key.rsplit(" ", 1)[-1] for i in known}
        short = [i for i in range(max(0, last - 60), last) if self.names[i].addressed and self.names[i].key in given]
        near = sorted([*(i for i in known if self.names[i].addressed or self.names[i].start == self._line(i)), *short])
        return near[-1] if near else known[-1] if known else None

    def _called(self, number: int, word: str) -> bool:
        """Whether a name is addressed by `word`: "bà A" is not the one that "ông" takes up."""
        name = self.names[number]
        return self.folded[name.lead : name.start].strip() == word

    def _line(self, number: int) -> int:
        return self.reading.line_at(self.names[number].start).start

    def _gap(self, number: int) -> str:
        """What stands between a name and the next one, forms of address left out."""
        end = self.names[number].end
        return self.folded[end : max(end, self.names[number + 1].lead)]

    def _share(self) -> None:
        """Posts before or after a list of names: "hai Phó Chủ tịch: A và B", "các đồng chí A, B – Phó Chủ tịch"."""
        plural, owned = lexicon().plural, set(self.result.posts)
        for chain in self.chains:
            if chain.right is not None:
                many = plural.search(self.folded, max(0, chain.start - 30), chain.start) is not None
                number = chain.right
                while number + 1 < len(self.names) and number + 1 not in owned:
                    gap, following = self._gap(number), self.names[number + 1]
                    if not _LISTED.fullmatch(gap) or (";" in gap and not many):
                        break
                    former = chain.posts[-1].former and self._closes(number + 1)
                    if not many and not former and ("và" not in gap or following.addressed or len(chain.posts) > 1):
                        break
                    number += 1
                    self.result.give(number, chain.posts if many else chain.posts[-1:])
                if many or "gồm" in self.folded[chain.end : self.names[chain.right].start]:
                    self._enumerated(chain)
            elif chain.left is not None and (
                chain.left_sep in ("-", "–", ":", "(", "verb")
                or _BOTH.search(self.folded, self.names[chain.left].end, chain.start)
            ):
                first = chain.left
                while first > 0 and first - 1 not in owned:
                    gap = self._gap(first - 1)
                    if not _LISTED.fullmatch(gap) or ";" in gap:
                        break
                    first -= 1
                start = self.names[first].start
                if first < chain.left and plural.search(self.folded, max(0, start - 30), start):
                    for member in range(first, chain.left):
                        self.result.give(member, chain.posts)

    def _closes(self, number: int) -> bool:
        """Whether a name ends its part of an enumeration: "nguyên Chủ tịch Quốc hội A, B; …"."""
        return self.folded[self.names[number].end : self.names[number].end + 1] in (";", ".")

    def _enumerated(self, chain: Chain) -> None:
        """Items with posts of their own: "Các Phó Chủ tịch gồm: bà A, Bộ trưởng …; ông B, Chủ tịch …"."""
        at = self.names[chain.right or 0].end
        if ":" not in self.folded[chain.end : self.names[chain.right or 0].start]:
            return
        stop = _END.search(self.text, at, at + _LONG)
        end = stop.start() if stop else min(len(self.text), at + _LONG)
        owned = set(self.result.posts)
        for number in range((chain.right or 0) + 1, bisect_left(self.starts, end)):
            opens = self.folded.endswith("; ", 0, self.names[number].lead)
            listed = (
                number not in owned and _LISTED.fullmatch(self._gap(number - 1)) and (number - 1) in self.result.posts
            )
            if opens or (listed and chain.posts[0] in self.result.posts[number - 1] and number - 1 not in owned):
                self.result.give(number, chain.posts)

    def _replaced(self) -> None:
        """Who is replaced held the post that the other one gets: "giữ chức Giám đốc Sở X thay ông B"."""
        ends = [c.end for c in self.chains]
        for number, name in enumerate(self.names):
            if number in self.result.posts or not name.full:
                continue
            if not self.links.replaced.search(self.folded, max(0, name.start - 30), name.start):
                continue
            at = bisect_right(ends, name.start) - 1
            near = at >= 0 and self.chains[at].start >= self.reading.sentence_at(name.start)[0]
            if near and (self.chains[at].left is not None or at in self.moved):
                self.result.give(number, self.chains[at].posts[-1:])


def attach(marks: Marks, posts: Sequence[Post], names: Sequence[Name]) -> Attachment:
    """Attach posts to names (both in text order)."""
    return Attacher(marks, posts, names).run()
