"""Which posts belong to which names: before, after, both, shared by a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from extractor.compiled import compiled
from extractor.fields.officials.chains import Chain, chains, filled
from extractor.fields.officials.collector import Name
from extractor.fields.officials.links import links
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.posts import Post
from extractor.fields.officials.pronouns import Pronouns
from extractor.fields.officials.roles import row_of
from extractor.fields.officials.rows import lexicon
from extractor.fields.officials.words import forms, names, starts, template

LISTED = template(r"\s*(?:\([^()\n]{0,40}\)\s*)?(?:,|;|&|,\s*{and-name}|{list-word})\s*")
_CLAUSE = compiled(r"[;.\n]")
_SENTENCE = compiled(r"[.!?;] ")
# Who appoints does not get the post: "Tổng thống A bổ nhiệm làm Giám đốc …".
_ACTIVE = template(
    r"[ ](?:{active-adverb}[ ])*(?:{issues}[ ])?(?:{decision}[ ])?(?:{on-subject}[ ])?{appoints}(?!\p{L})"
)
# What ends a minor post: "A, thanh tra viên; B …", "A, cán bộ một cửa, bị …"; no verb of another sentence part.
_CLOSED = template(r"\s*(?:[,;.)\-–:\n]|$|{and-with}[ ])")
# Kin of an official, who is the subject of what follows: "A, em trai Bí thư Tỉnh ủy B, được bổ nhiệm làm …".
_KIN = template(
    r"(?P<comma>,[ ]|\(|[ ]{is}[ ])?(?<!\p{L})"
    r"(?:{kin}(?:[ ]{kin-kind})+|{kin-alone}|{kin-young}(?=[ ](?:{whose}|{spoken-of})))"
    r"(?:[ ]{whose})?(?:[ ]{kin-address})?[ ]$"
)
_APPOSED = compiled(r"\s*\(\s*[^()\n]{2,60}(?:,| -| –)\s*")  # other words before the post in the brackets
_CELLS = template(r"\s*(?:\([^()\n]{1,25}\)\s*)?\|(?:[\s\d/.\-–]|{cell-word})*\|\s*")  # a cell of dates
_ROW = compiled(r"\|\s*\n")  # the end of a table's row
_MEANWHILE = template(r"\s*,\s*{meanwhile}\s*")
_BOTH = template(r",[ ]{both}[ ]")  # "hai ông A và B, cùng là Phó Chủ tịch …"
_END = compiled(r"\.(?= \p{Lu}|\s*$)|\n")
_SIGNED = template(r"[ ]*\n\s*(?:\((?i:{signed})[\p{L} ,]{0,20}\)\s*)?")
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

    def withdraw(self, posts: Sequence[Post]) -> None:
        """Take posts from all who have them, and from those that nobody has."""
        starts = {post.start for post in posts}
        self._given = {pair for pair in self._given if pair[1] not in starts}
        for kept in (*self.posts.values(), self.loose):
            kept[:] = [post for post in kept if post.start not in starts]


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
        self.pronouns = Pronouns(marks.reading, names)
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
                self._fill(chain)
        return self.result

    def _fill(self, chain: Chain) -> None:
        """The chain's posts with the bodies that the next ones give them."""
        for old, new in filled(chain):
            for kept in self.result.posts.values():
                kept[:] = [new if p is old else p for p in kept]

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
        gap = self.folded[name.end : chain.start]
        if len(gap) >= _BEFORE or name.source == "credit" or not self._beside(chain) or _parts(gap):
            return
        match = self.links.left.fullmatch(self.folded, name.end, self.marks.lead(chain.start, name.end))
        if match and (match["sep"] or match["verb"] or self._unmarked(chain, name, gap)):
            self._link_left(chain, number, match["sep"], bool(match["verb"]), "\n" in gap)
        elif sep := self._unlinked(chain, name, gap):
            chain.left, chain.left_sep = number, sep

    @staticmethod
    def _unmarked(chain: Chain, name: Name, gap: str) -> bool:
        """Whether a gap without mark and verb joins both: other words, or nothing behind "Ông A | Chủ tịch UBND xã B"."""
        return bool(gap.strip(" \u00a0")) or (name.addressed and name.full and chain.posts[0].body is not None)

    def _link_left(self, chain: Chain, number: int, sep: str | None, verb: bool, line: bool) -> None:
        """The owner before a chain that a mark or words of holding join to it; where those tell of kin, whose kin it is."""
        kin = self._kin(number) if verb else number
        if kin != number:
            if kin >= 0:
                chain.left, chain.left_sep = kin, "verb"
            return
        chain.left, chain.left_sep = number, "line" if line else sep or ("verb" if verb else "other")

    def _unlinked(self, chain: Chain, name: Name, gap: str) -> str | None:
        """How a gap of other words joins a chain to the name before it, None where it does not."""
        if _CELLS.fullmatch(gap) or (_APPOSED.fullmatch(gap) and self._bracketed(chain)):
            return "("
        if chain.posts[-1].minor:
            return None  # "… khi làm nhiệm vụ như cán bộ y tế"
        if not _CLAUSE.search(gap) and self.links.cue.search(gap):
            return "verb"
        return "line" if name.full and _LINE.fullmatch(gap) else None

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
        if "\n" in gap:
            sep = "line" if name.full and _SIGNED.fullmatch(gap) and self._alone(chain) else None
        else:
            sep = self._linked_right(chain, max(chain.end, name.lead)) if len(gap) < _AFTER else None
        if sep:
            chain.right, chain.right_sep = number, sep

    def _linked_right(self, chain: Chain, lead: int) -> str | None:
        """How a gap within a line joins a chain to the name behind it, which begins at `lead`; None where it does not."""
        match = self.links.right.fullmatch(self.folded, chain.end, lead)
        if match is None or _MEANWHILE.fullmatch(self.folded, chain.end, lead):
            return None  # "Theo Chủ tịch UBND huyện, hiện nay ông A …"
        sep = "verb" if match["verb"].strip() else match["sep"]
        if sep and chain.posts[-1].minor:
            return None  # "Theo điều tra viên, ông A …"
        return sep or "tight"

    def _choose(self, chain: Chain, before: Chain | None) -> None:
        """One of two possible owners."""
        if chain.left is None or chain.right is None:
            return
        if self._is_left(chain, before, chain.left, chain.right):
            chain.right = None
        else:
            chain.left = None

    def _is_left(self, chain: Chain, before: Chain | None, left: int, right: int) -> bool:
        """Whether the name on the left is the owner, by what stands on both sides."""
        sep, other = chain.left_sep, chain.right_sep
        if sep == "line":
            return False
        if other == "tight":
            return sep == "verb" or (sep == "(" and ")" in self.text[chain.end : self.names[right].start])
        if sep == "(" or (other == "verb" and sep in ("verb", "-", "–")):
            return True
        if self.received.get(left) != "right":  # no post stands before the name on the left
            return True
        return other == "(" or (other in (",", ")") and not (sep == "," and self._listed(before)))

    @staticmethod
    def _listed(chain: Chain | None) -> bool:
        """Whether a mark joins a chain to the name behind it, as in a list."""
        return chain is not None and chain.right_sep in (",", "-", "–")

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
            self._give_right(chain, chain.right, posts)
        else:
            self._give_away(chain, number, posts)

    def _give_right(self, chain: Chain, right: int, posts: Sequence[Post]) -> None:
        """Posts to the name behind them, without those on whose behalf it acts."""
        proxy = self.links.proxy.search(self.folded, max(0, chain.start - 20), chain.start) is not None
        if proxy and (len(posts) > 1 or (chain.right_sep == "," and self._delegated(chain))):
            kept = posts[-1:] if len(posts) > 1 else []
            self.result.loose.extend(posts[: len(posts) - len(kept)])  # "thừa ủy quyền của Thủ tướng, Phó Thủ tướng A"
            posts = kept
        self.result.give(right, posts)
        self.received[right] = "right"

    def _give_away(self, chain: Chain, number: int, posts: Sequence[Post]) -> None:
        """Posts beside no name to whom the text goes on to speak of, or to nobody."""
        owner = self._continued(chain, number)
        owner = self.pronouns.meant(chain) if owner is None else owner
        if owner is None:
            self.result.loose.extend(posts)
        else:
            self.moved[number] = owner
            self.result.give(owner, posts)

    def _apart(self, posts: Sequence[Post]) -> bool:
        """Whether the first post of a chain is a minister's and the last one of someone above ministers."""
        last = posts[-1]
        high = row_of(last).above_ministers and (last.body is None or last.body in names("state-head"))
        return len(posts) > 1 and row_of(posts[0]).minister and high

    def _delegated(self, chain: Chain) -> bool:
        """Whether the post is the one on whose behalf the next name acts: "Thừa ủy quyền của Chủ tịch nước, đồng chí A trao"."""
        return self.folded.endswith(starts("on-authority"), 0, chain.start)

    def _continued(self, chain: Chain, number: int) -> int | None:
        """The owner of the chain before, where an appointment stands between ("…, Chánh Thanh tra Sở X được cử làm …")."""
        if not number:
            return None
        before = self.chains[number - 1]
        gap, owner = self.folded[before.end : chain.start], self._owner_before(number)
        if owner is None or owner < 0 or len(gap) > _FAR or "\n" in gap:
            return None
        if self._taken_away(max(before.end, self.names[owner].end), chain.start):
            return None
        return owner if self.links.cue.search(gap) and _SENTENCE.search(gap) is None else None

    def _taken_away(self, begin: int, end: int) -> bool:
        """Whether what stands between two posts brings the second one to somebody else."""
        if _ACTIVE.match(self.folded, begin, end):
            return True  # "Giám đốc A bổ nhiệm con trai làm Phó Trưởng khoa"
        others = self.names[bisect_left(self.starts, begin) : bisect_left(self.starts, end)]
        return any(n.addressed or n.full for n in others)

    def _owner_before(self, number: int) -> int | None:
        """The owner of the chain before; where a bracket closes behind it, the name before the bracket."""
        before = self.chains[number - 1]
        if self.text[before.end : before.end + 1] == ")":  # "bà A (vợ ông B, Giám đốc X) làm …"
            opened = self.text.rfind("(", max(0, before.end - _BEFORE), before.end)
            return bisect_right(self.starts, opened) - 1
        owner = before.left if before.left is not None else before.right
        return self.moved.get(number - 1) if owner is None else owner

    def _gap(self, number: int) -> str:
        """What stands between a name and the next one, forms of address left out."""
        end = self.names[number].end
        return self.folded[end : max(end, self.names[number + 1].lead)]

    def _share(self) -> None:
        """Posts before or after a list of names: "hai Phó Chủ tịch: A và B", "các đồng chí A, B – Phó Chủ tịch"."""
        owned = set(self.result.posts)
        for chain in self.chains:
            if chain.right is not None:
                self._share_right(chain, chain.right, owned)
            elif chain.left is not None:
                self._share_left(chain, chain.left, owned)

    def _several(self, at: int) -> bool:
        """Whether words for several persons stand right before an offset."""
        return lexicon().plural.search(self.folded, max(0, at - 30), at) is not None

    def _share_right(self, chain: Chain, right: int, owned: Set[int]) -> None:
        """The posts of the first name behind them to the names of its list."""
        many = self._several(chain.start)
        number = right
        while number + 1 < len(self.names) and number + 1 not in owned and self._goes_on(chain, number, many):
            number += 1
            self.result.give(number, chain.posts if many else chain.posts[-1:])
        opening = self.folded[chain.end : self.names[right].start]
        if many or any(word in opening for word in forms("list-opener")):
            self._enumerated(chain)

    def _goes_on(self, chain: Chain, number: int, many: bool) -> bool:
        """Whether the next name of a list has the post too; `many`: the text tells that several have it."""
        gap, following = self._gap(number), self.names[number + 1]
        if not LISTED.fullmatch(gap) or (";" in gap and not many):
            return False
        if many or (chain.posts[-1].former and self._closes(number + 1)):
            return True
        joined = any(word in gap for word in forms("and-name"))
        return joined and not following.addressed and len(chain.posts) == 1

    def _share_left(self, chain: Chain, left: int, owned: Set[int]) -> None:
        """The posts of the last name before them to the names of its list."""
        both = _BOTH.search(self.folded, self.names[left].end, chain.start)
        if chain.left_sep not in ("-", "–", ":", "(", "verb") and not both:
            return
        first = left
        while first > 0 and first - 1 not in owned:
            gap = self._gap(first - 1)
            if not LISTED.fullmatch(gap) or ";" in gap:
                break
            first -= 1
        if first < left and self._several(self.names[first].start):
            for member in range(first, left):
                self.result.give(member, chain.posts)

    def _closes(self, number: int) -> bool:
        """Whether a name ends its part of an enumeration: "nguyên Chủ tịch Quốc hội A, B; …"."""
        return self.folded[self.names[number].end : self.names[number].end + 1] in (";", ".")

    def _enumerated(self, chain: Chain) -> None:
        """Items with posts of their own: "Các Phó Chủ tịch gồm: bà A, Bộ trưởng …; ông B, Chủ tịch …"."""
        right = chain.right or 0
        at = self.names[right].end
        if ":" not in self.folded[chain.end : self.names[right].start]:
            return
        stop = _END.search(self.text, at, at + _LONG)
        end = stop.start() if stop else min(len(self.text), at + _LONG)
        owned = set(self.result.posts)
        for number in range(right + 1, bisect_left(self.starts, end)):
            if self.folded.endswith("; ", 0, self.names[number].lead) or self._shares(chain, number, owned):
                self.result.give(number, chain.posts)

    def _shares(self, chain: Chain, number: int, owned: Set[int]) -> bool:
        """Whether a name without a post follows one in a list that has the chain's through this enumeration."""
        if number in owned or number - 1 in owned or not LISTED.fullmatch(self._gap(number - 1)):
            return False
        return chain.posts[0] in self.result.posts.get(number - 1, ())

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


def _parts(gap: str) -> bool:
    """Whether what stands between a name and a post keeps them apart: who appoints, the end of a table's row."""
    return _ACTIVE.match(gap) is not None or _ROW.search(gap) is not None


def attach(marks: Marks, posts: Sequence[Post], names: Sequence[Name]) -> Attachment:
    """Attach posts to names (both in text order)."""
    return Attacher(marks, posts, names).run()
