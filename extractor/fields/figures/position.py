"""Features of where a phrase stands in relation to a figure; one pure function for all attributes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import regex

from extractor.fields.figures.frame import SENTENCES, Frame, Phrase, Pool, Target
from extractor.fields.figures.words import template, words_of

NEAR = 24  # code points between a phrase and the figure that it stands right at
TAKEN = 14  # code points between a phrase and another number that it rather belongs to
KINDS = {
    "change": "change",
    "gap": "change",
    "plan_rate": "plan",
    "new_participants": "flow",
    "renewed_participants": "flow",
}
PAIR = 80  # code points between the two numbers of "từ … lên …"
_FROM = template(r"(?<!\p{L}){from-level}\s+(?:{of-level}\s+)?$")
_TO = template(r"(?<!\p{L}){to-level}(?!\p{L})")
_WORD = regex.compile(r"[\p{L}]+|\d[\d.,/%-]*|[^\s\w]")
_NUMBER = regex.compile(r"\d[\d.,/]*")


def words(folded: str, start: int, end: int) -> list[str]:
    """Words and marks of `folded[start:end]`, every number written as `#`."""
    return ["#" if w[0].isdigit() else w for w in _WORD.findall(folded[start:end])]


def few(n: int, most: int = 3) -> str:
    """A small count as a feature value: 0, 1, 2, 3+."""
    return str(n) if n < most else f"{most}+"


def relation(frame: Frame, phrase: Phrase, target: Target) -> str:
    """Where the phrase stands: in the figure's own brackets or clause, its sentence, a sentence before, a head, the lead …"""
    own = frame.outline.sentence_index(target.core)
    other = frame.outline.sentence_index(phrase.start)
    if own == other:
        return _in_sentence(frame, phrase, target)
    block, at = frame.outline.index(target.core), frame.outline.index(phrase.start)
    if at in frame.outline.heads(block):
        return f"head-{frame.outline.blocks[at].kind}"
    if at == block:
        return f"sentence-{few(own - other, 4)}" if other < own else "sentence-after"
    if at > block:
        return "later"
    if frame.outline.blocks[at].kind == "title":
        return "title"
    if own - other > SENTENCES and frame.opening.begins(phrase.start):
        return "lead"
    return f"block-{few(block - at)}"


def _in_sentence(frame: Frame, phrase: Phrase, target: Target) -> str:
    if target.start <= phrase.start and phrase.end <= target.end:
        return "within"
    side = "before" if phrase.start < target.core else "after"
    return f"{_by_brackets(frame, phrase, target)}-{side}"


def _by_brackets(frame: Frame, phrase: Phrase, target: Target) -> str:
    """Where a phrase stands by its brackets and those of a figure in the same sentence."""
    mine, its = frame.bracket(target.core), frame.bracket(phrase.start)
    if mine == its:
        return "in-same" if mine else "same"
    if its is None:
        return "outside"
    if mine is not None:
        return "other-bracket"
    if phrase.start >= target.core and frame.reading.folded[target.end : its[0]].strip() == "":
        return "own-bracket"
    return "others-bracket" if behind_number(frame, its[0]) else "bracket"


def behind_number(frame: Frame, at: int) -> bool:
    """Whether the bracket that opens at `at` stands right behind a number: what is in it is told of that one."""
    i = bisect_left(frame.quantity_starts, at)
    return i > 0 and frame.reading.folded[frame.quantities[i - 1][1] : at].strip() == ""


def adjacent(frame: Frame, phrase: Phrase, target: Target) -> str | None:
    """Whether the phrase stands right at the figure: "Nhà Bè (49,35%", "89,8% dân số năm 2019"."""
    if phrase.end <= target.start:
        a, b, side = phrase.end, target.start, "before"
    elif phrase.start >= target.end:
        a, b, side = target.end, phrase.start, "behind"
    else:
        return "within"
    if b - a > NEAR or "\n" in (gap := frame.reading.folded[a:b]):
        return None
    if "(" in gap:
        return f"{side}-bracket"
    return None if set(gap) & set(",;.") or frame.between(a, b) else side


def taken(frame: Frame, phrase: Phrase, target: Target) -> str | None:
    """Whether another number stands nearer to the phrase, and on which side of it: the phrase is rather that one's."""
    starts, spans = frame.quantity_starts, frame.quantities
    i = bisect_left(starts, phrase.end)
    after = spans[i][0] - phrase.end if i < len(spans) else 999
    before = phrase.start - spans[i - 1][1] if i else 999
    own = target.start - phrase.end if phrase.end <= target.start else phrase.start - target.end
    folded = frame.reading.folded
    if before < TAKEN and before < own and not set(folded[phrase.start - before : phrase.start]) & set(",;.\n"):
        return "behind-other"
    if after < TAKEN and after < own and not set(folded[phrase.end : phrase.end + after]) & set(",;.\n"):
        return "before-other"
    return None


def pair_of(frame: Frame, target: Target) -> str | None:
    """Whether the figure is one of "từ 79,6% … lên 90,5%": the first or the second."""
    folded, (start, end) = frame.reading.folded, frame.outline.sentence_at(target.core)
    if _FROM.search(folded, start, target.start):
        return "first" if _TO.search(folded, target.end, min(end, target.end + PAIR)) else None
    i = bisect_left(frame.quantity_starts, target.start)
    before = frame.quantities[i - 1] if i else None
    if before is None or before[0] < start or target.start - before[1] > PAIR:
        return None
    opens = _FROM.search(folded, start, before[0])
    return "second" if opens and _TO.search(folded, before[1], target.start + 1) else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A phrase and a figure with how the one lies to the other."""

    frame: Frame
    phrase: Phrase
    target: Target
    relation: str
    rank: str
    adjacent: str | None
    taken: str | None

    @property
    def side(self) -> str:
        """`<` for a phrase before the figure, `>` for one behind it."""
        return "<" if self.phrase.start < self.target.core else ">"

    @property
    def kind(self) -> str:
        """What kind of figure it is: a level, a flow, a change or a share of a plan."""
        return KINDS.get(self.target.indicator, "level")


def features(frame: Frame, pool: Pool, phrase: Phrase, target: Target, carried: Carried | None = None) -> list[str]:
    """Names of all that the position of a phrase tells."""
    rel, rank = relation(frame, phrase, target), few(pool.rank(phrase, target))
    seen = _Seen(frame, phrase, target, rel, rank, adjacent(frame, phrase, target), taken(frame, phrase, target))
    out = [f"REL:{rel}", f"REL:{rel}|rank:{rank}"]
    out += _gap(seen)
    out += _of_headline(frame, phrase, target)
    out += _beside(seen)
    out += _of_tags(seen)
    out += _of_value(pool, phrase)
    out += _of_pair(seen)
    if carried is not None:
        out += carried.features(frame, phrase, target)
    return out


def _gap(seen: _Seen) -> list[str]:
    """What stands between a phrase and a figure of the same sentence: numbers, marks, few words, words that link."""
    frame, phrase, target, side = seen.frame, seen.phrase, seen.target, seen.side
    start, end = frame.outline.sentence_at(target.core)
    a, b = (phrase.end, target.start) if side == "<" else (target.end, phrase.start)
    if not start <= phrase.start < end or a > b:
        return []
    between = words(frame.reading.folded, a, b)
    count = few(frame.between(a, b))
    out = [f"NQ:{side}{count}", f"REL:{seen.relation}|NQ:{count}|rank:{seen.rank}"]
    out += [f"GAPMARK:{side}{m}" for m in {";", ",", "(", ")", ":"} & set(between)]
    out.append(f"GAPLEN:{side}{min(len(between) // 3, 6)}")
    if len(between) <= 2:
        out.append(f"GAP:{side}{' '.join(between)}")
    out += [f"GAPW:{side}{w}" for w in words_of("link") & set(between)]
    return [*out, f"OPENS:{side}"] if phrase.start - start < 4 else out


def _beside(seen: _Seen) -> list[str]:
    """Whether the phrase stands right at the figure or rather at another number, and the word before it."""
    out = []
    if seen.adjacent:
        out.append(f"ADJ:{seen.adjacent}")
    elif seen.taken:
        out += [f"TAKEN:{seen.taken}", f"TAKEN:{seen.taken}|{seen.side}"]
    start = seen.phrase.start
    return out + [f"L1:{w}" for w in words(seen.frame.reading.folded, max(0, start - NEAR), start)[-1:]]


def _of_tags(seen: _Seen) -> list[str]:
    """The tags of the phrase with its place and with the kind and status of the figure."""
    rel, kind, status = seen.relation, seen.kind, seen.target.status
    out = []
    for tag in seen.phrase.tags:
        out += [f"TAG:{tag}", f"TAG:{tag}|{rel.split('-')[0]}"]
        out += [f"STATUS:{status}|TAG:{tag}", f"KIND:{kind}|TAG:{tag}"]
        if seen.adjacent:
            out.append(f"ADJ:{seen.adjacent}|TAG:{tag}")
    return [*out, f"KIND:{kind}|REL:{rel}", f"STATUS:{status}|REL:{rel}"]


def _of_value(pool: Pool, phrase: Phrase) -> list[str]:
    """How often the article tells what the phrase stands for, and whether the phrase stands for nothing."""
    out = []
    if phrase.value:
        n = pool.counts[phrase.value]
        out.append(f"FREQ:{few(n, 4)}")
        if phrase.value in pool.headlined:
            out.append("FREQ:headline")
        if n == pool.most:
            out.append("FREQ:most")
    return [*out, "NONE:phrase"] if phrase.nothing else out


def _of_pair(seen: _Seen) -> list[str]:
    """For a figure of "từ … lên …", which of the two it is, with the place and the tags of the phrase."""
    pair = pair_of(seen.frame, seen.target)
    if not pair:
        return []
    out = [f"PAIR:{pair}|REL:{seen.relation}|{seen.rank}", f"PAIR:{pair}|ADJ:{seen.adjacent}"]
    return [*out, f"PAIR:{pair}|TAKEN:{seen.taken}", *(f"PAIR:{pair}|TAG:{tag}" for tag in seen.phrase.tags)]


def _of_headline(frame: Frame, phrase: Phrase, target: Target) -> list[str]:
    """For a figure of the headline, whether the lead tells its number again in the sentence of the phrase."""
    if phrase.start < target.end or not frame.opening.headline(target.core):
        return []
    folded, (start, end) = frame.reading.folded, frame.outline.sentence_at(phrase.start)
    number = _NUMBER.search(folded, target.core)
    again = number is not None and number.group().rstrip(".,") in folded[start:end]
    return [f"AGAIN:{again}", f"AGAIN:{again}|{'first' if start <= frame.opening.lead[0] else 'later'}"]


def _block(frame: Frame, at: int) -> int:
    """How many blocks `at` stands behind the headline: 0 in it, 1 in the lead; without a headline the lead is 0."""
    if frame.opening.headline(at):
        return 0
    return max(0, frame.outline.index(at) - frame.opening.block) + bool(frame.opening.headlines)


def nothing(frame: Frame, pool: Pool, target: Target, carried: Carried | None = None) -> list[str]:
    """Features of taking none of the phrases."""
    start, end = frame.outline.sentence_at(target.core)
    own = pool.count(start, end)
    before = pool.count_before(target.core)
    kind = KINDS.get(target.indicator, "level")
    out = [
        "NONE",
        f"NONE:own={few(own)}",
        f"NONE:before={few(before)}",
        f"NONE:own={few(own)}|before={few(before)}",
        f"NONE:{target.status}",
        f"NONE:{kind}",
        f"NONE:block={few(_block(frame, target.core))}",
    ]
    if pool.headlined:
        out.append("NONE:headlined")
    if pool.tells_nothing(start, target.core):
        out.append("NONE:now")
    pair = pair_of(frame, target)
    if pair:
        out += [f"NONE:pair={pair}", f"NONE:pair={pair}|own={few(own)}"]
    if carried is not None:
        out += carried.nothing(frame, target)
    return out


@dataclass(frozen=True, slots=True)
class Carried:
    """What the figure before took: its span and label, and the phrase (None: nothing)."""

    target: Target
    phrase: Phrase | None

    def where(self, frame: Frame, target: Target) -> str:
        """How far the figure before stands."""
        reading = frame.reading
        a, b = frame.outline.sentence_index(self.target.core), frame.outline.sentence_index(target.core)
        if a == b:
            gap = reading.folded[self.target.end : target.start]
            if self.target.start == target.start:
                return "same"
            return "clause" if not set(gap) & {";"} and len(gap) < 60 else "sentence"
        if frame.outline.index(self.target.core) == frame.outline.index(target.core):
            return "next" if b - a == 1 else "paragraph"
        return "far"

    def features(self, frame: Frame, phrase: Phrase, target: Target) -> list[str]:
        if self.phrase is None or self.phrase.start != phrase.start:
            return []
        where = self.where(frame, target)
        kind = KINDS.get(target.indicator, "level")
        last = KINDS.get(self.target.indicator, "level")
        out = [f"CARRY:{where}", f"CARRY:{where}|{kind}", f"CARRY:{where}|end={phrase.end == self.phrase.end}"]
        out.append(f"CARRY:{last}>{kind}")
        its = frame.bracket(phrase.start)
        if its is not None and its != frame.bracket(target.core) and self.target.end <= its[0]:
            out.append("CARRY:from-bracket")
        if self.target.status != target.status:
            out += ["CARRY:status", f"CARRY:{where}|status"]
        if self.target.programmes == target.programmes:
            out.append(f"CARRY:{where}|programme")
        return out

    def nothing(self, frame: Frame, target: Target) -> list[str]:
        where = self.where(frame, target)
        if self.phrase is not None and not self.phrase.nothing:
            return ["CARRY:dropped", f"CARRY:dropped|{where}"]
        return ["CARRY:none", f"CARRY:none|{where}"]
