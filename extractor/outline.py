"""The outline of an article: headings, paragraphs, lists and tables, and what each stands under.

What a head tells (a heading, the line before a list, the head row of a table) holds for the blocks below it and ends where they
end. Inside a sentence, brackets and clauses are found on demand. All offsets are code points of the reading's text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.compiled import compiled
from extractor.models import Line, Reading

BlockKind = Literal["title", "heading", "paragraph", "item", "row"]
_BEGINNING = 330  # code points of a text that are its beginning, headline not counted
_HEADLINES = 3  # titles and headings at most that an article begins with
LONGEST_HEADING = 120  # code points
# Ranks order the kinds of blocks: a block stands under the last one before it whose rank is lower.
_ROMAN, _NUMBER, _DECIMAL, _PLAIN_HEADING, _LETTER, _PARAGRAPH, _LIST_HEAD, _BULLET, _SUB_BULLET, _ROW = range(1, 11)
_NUMBERING = (
    (_ROMAN, compiled(r"\s*(?:[IVX]{1,5}|[A-H])\s?[.)/-]\s")),
    (_DECIMAL, compiled(r"\s*\d{1,2}\.\d{1,2}[.)]?\s")),
    (_NUMBER, compiled(r"\s*\d{1,2}\s?[.)/-]\s?(?=\D)")),
    (_LETTER, compiled(r"\s*[a-hđ][.)]\s")),
)
_MARK = compiled(r"\s*([-+*•–])\s*")
_BRACKET = compiled(r"[()]")
_GLUED = compiled(r"(?<=[\p{Ll}%)”]{2}|\d[)%])\.(?=\p{Lu}\p{Ll}|\p{Lu}\s)")
_CLAUSE = compiled(r";|,(?!\d)|(?<!\d)\s[-–]\s|(?<=\p{L}{2})\.(?=\p{Lu}?\p{L}{2})")


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the article and its place: `head` is the index of the block it stands under, `depth` how many are above."""

    start: int
    end: int
    kind: BlockKind
    head: int | None
    depth: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Headline and lead of an article: the spans of the titles and headings before the lead, the lead's index and its span."""

    headlines: tuple[tuple[int, int], ...]
    block: int
    lead: tuple[int, int]

    def headline(self, at: int) -> bool:
        """Whether offset `at` stands in a headline."""
        return any(start <= at < end for start, end in self.headlines)

    def holds(self, at: int) -> bool:
        """Whether offset `at` stands in headline or lead."""
        return self.lead[0] <= at < self.lead[1] or self.headline(at)

    def begins(self, at: int) -> bool:
        """Whether offset `at` stands in the headline or where the text proper begins, however its paragraphs are cut."""
        return self.lead[0] <= at < self.lead[0] + _BEGINNING or self.headline(at)


@dataclass(frozen=True, slots=True)
class Outline:
    """The blocks of an article in text order."""

    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    sentence_starts: tuple[int, ...]

    def sentence_index(self, at: int) -> int:
        """Index in `sentences` of the sentence that holds (or last began before) offset `at`."""
        return max(0, bisect_right(self.sentence_starts, at) - 1)

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The sentence `[start, end)` around offset `at`; an empty one where there is none."""
        return self.sentences[self.sentence_index(at)] if self.sentences else (0, 0)

    def index(self, at: int) -> int:
        """Index of the block that holds (or last began before) offset `at`."""
        return max(0, bisect_right(self.starts, at) - 1)

    def kind_at(self, at: int) -> BlockKind:
        """What the block around an offset is; a paragraph in a text of nothing but captions and menus, which has no blocks."""
        return self.blocks[self.index(at)].kind if self.blocks else "paragraph"

    def heads(self, index: int) -> list[int]:
        """Indices of the blocks that the block stands under, the nearest first."""
        out: list[int] = []
        head = self.blocks[index].head if self.blocks else None
        while head is not None:
            out.append(head)
            head = self.blocks[head].head
        return out

    def opening(self, told: Sequence[int]) -> Opening:
        """Headline and lead; the lead is the first paragraph with one of the offsets `told`, or else the first one.

        `told`, ascending, are offsets that speak of what the article is about; a paragraph before the lead that has none
        belongs to something else.
        """
        blocks = self.blocks
        heads = [b.kind in ("title", "heading") for b in blocks]
        first = heads[:_HEADLINES].index(False) if False in heads[:_HEADLINES] else min(_HEADLINES, len(heads))
        begin = blocks[first].start if first < len(blocks) else 0
        block = max([first, *(self.index(at) for at in told[bisect_left(told, begin) :][:1])])
        block = next((i for i in range(block, len(blocks)) if not heads[i]), len(blocks))
        end = blocks[-1].end if blocks else 0
        lead = (blocks[block].start, blocks[block].end) if block < len(blocks) else (end, end)
        before = range(min(block, _HEADLINES + 1))
        return Opening(tuple((blocks[i].start, blocks[i].end) for i in before if heads[i]), block, lead)


def outline(reading: Reading) -> Outline:
    """The outline of a reading; lines of menus and related articles are left out."""
    lines = [line for line in reading.lines if line.kind not in ("boilerplate", "byline", "caption")]
    blocks: list[Block] = []
    stack: list[tuple[int, int]] = []  # (rank, index) of the open heads
    for i, line in enumerate(lines):
        kind, rank = _kind(reading, line, lines[i + 1] if i + 1 < len(lines) else None)
        next_row = kind == "row" and bool(blocks) and blocks[-1].kind == "row"
        while stack and stack[-1][0] >= (_ROW + 1 if next_row else rank):
            stack.pop()
        head = stack[-1][1] if stack else None
        blocks.append(Block(line.start, line.end, kind, head, len(stack)))
        if not next_row and _is_head(reading, line, kind, rank):
            stack.append((rank, len(blocks) - 1))
    sentences = tuple(_sentences(reading))
    return Outline(tuple(blocks), tuple(b.start for b in blocks), sentences, tuple(a for a, _ in sentences))


def _sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    """The reading's sentences, cut where a full stop is glued to the next sentence ("… đạt 90%).So với năm trước …")."""
    for start, end in reading.sentences:
        for stop in _GLUED.finditer(reading.text, start, end):
            yield start, stop.end()
            start = stop.end()
        yield start, end


def _is_head(reading: Reading, line: Line, kind: BlockKind, rank: int) -> bool:
    """Whether other blocks can stand under a block."""
    return kind in ("heading", "row") or (kind != "title" and rank >= _LIST_HEAD) or _heads_list(reading, line)


def _heads_list(reading: Reading, line: Line) -> bool:
    return reading.folded[line.start : line.end].rstrip().endswith(":")


def _kind(reading: Reading, line: Line, following: Line | None) -> tuple[BlockKind, int]:
    """What a line is, and its rank among the open heads."""
    text = reading.text[line.start : line.end].strip()
    if line.kind == "title":
        return "title", 0
    if text.count("|") > 1 or text.count("\t") > 1:
        return "row", _ROW
    heading = len(text) <= LONGEST_HEADING and text[-1] not in '.;,!?”"…'
    for rank, pattern in _NUMBERING:
        if pattern.match(text):
            return ("heading", rank) if heading else ("item", rank)
    mark = _MARK.match(text)
    if mark:
        return "item", _SUB_BULLET if mark.group(1) in "+*" else _BULLET
    if text.endswith(":"):
        return "paragraph", _LIST_HEAD
    if heading and following is not None and len(text.split()) > 1:
        return "heading", _PLAIN_HEADING
    return "paragraph", _PARAGRAPH


def brackets(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Bracketed stretches of `folded[start:end]`, both brackets included, in the order of their ends; unclosed ones left out."""
    out: list[tuple[int, int]] = []
    open_: list[int] = []
    for match in _BRACKET.finditer(folded, start, end):
        if match.group() == "(":
            open_.append(match.start())
        elif open_:
            out.append((open_.pop(), match.end()))
    return out


def clause(folded: str, start: int, end: int, at: int) -> tuple[int, int]:
    """The clause of the sentence `[start, end)` around offset `at`: from comma to comma, a number's own marks left alone."""
    left, right = start, end
    for match in _CLAUSE.finditer(folded, start, end):
        if match.end() <= at:
            left = match.end()
        elif match.start() >= at:
            right = match.start()
            break
    return left, right


def covering(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The innermost of `spans` around offset `at`, or None."""
    return min(((a, b) for a, b in spans if a <= at < b), key=lambda s: s[1] - s[0], default=None)
