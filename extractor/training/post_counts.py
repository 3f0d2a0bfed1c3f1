"""Counts over unlabelled news of how posts go: which role stands in which body, and how the words of a body go on.

    python -m extractor.training.post_counts ARTICLES.jsonl.gz … [--count N] [--without GOLD.jsonl …] [--unread HASHES] [-o FILE]

Only what is sure is counted: bodies that the text writes behind their role and that a mark, the end of a line or a name
ends, without a verb or another role between. Texts of the gold files after `--without` are left out, and
those whose SHA-256 a line of HASHES gives: articles that measure and are in no gold here.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import regex

from extractor.fields.officials.links import links
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.names import find_names
from extractor.fields.officials.post_counts import FILE
from extractor.fields.officials.posts import PostReader
from extractor.fields.officials.roles import base
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.places.resolve import find_places
from extractor.models import Reading
from extractor.ner import tag
from extractor.training.gold import load_gold
from extractor.training.weak import unlabelled

LEAST = {"held": 1, "inner": 2, "last": 2}  # times that a row must be counted to be kept
_STOP = regex.compile(r"[,;:()\n\"“”]|(?<=\s)[\-–](?=\s)|[.!?](?=\s|$)|\d")
_WORD = regex.compile(r"\p{L}+(?:[&\-]\p{L}+)*")
_LONGEST = 16  # words of a body
Row = tuple[str, str, str]


def head_of(body: str) -> str:
    """The first two words of a body, folded: what it is a kind of."""
    return " ".join(key(body).split(" ")[:2])


def rows(reading: Reading) -> Iterator[Row]:
    """What one article tells: (table, key, key) once for every time."""
    table = lexicon()
    votes = tag(reading)
    marks = Marks(reading, table.role_forms, table.address, table.bound)
    located = [(x.start, x.end) for x in find_places(reading, votes).locations if x.code]
    found = find_names(marks, votes, located)
    limits = [(m.start, m.end) for m in votes if m.label == "POST"]
    reader = PostReader(marks, {at for n in found for at in (n.start, n.lead)}, limits, located)
    for post in reader.posts():
        if post.body and post.body_start >= 0:
            yield "held", base(post.role), head_of(post.body)
    yield from _inner(reader)


def _inner(reader: PostReader) -> Iterator[Row]:
    """The words of every body whose name is complete."""
    last = 0
    tokens = reader.tokens
    for token, start in enumerate(tokens.starts):
        headed = start >= last and tokens.capital(token) and reader.heads.at(token) is not None
        unit = reader.bodies.unit_at(token) if headed else None
        if unit is not None and unit.complemented:
            last = tokens.ends[unit.end - 1]
            yield from _words(reader, start, last)


def _words(reader: PostReader, start: int, read: int) -> Iterator[Row]:
    """The words of a body whose end is sure; `read` is where the grammar ends it."""
    folded = reader.folded
    stop = _STOP.search(folded, start)
    end = min(
        stop.start() if stop else len(folded),
        min((at for at in reader.tokens.blocked if at > start), default=len(folded)),
    )
    words = list(_WORD.finditer(folded, start, end))
    if end < read or not 1 < len(words) <= _LONGEST or links().opening.search(reader.reading, start, end):
        return
    for word in words[1:]:
        verb = reader.lexicon.activity.match(folded, word.start()) is not None
        if word.start() in reader.roles or (verb and word.start() >= read) or _unlike(reader, word.start()):
            return
    for one, other in pairwise(words):
        yield "inner", one.group(), other.group()
    yield "last", words[-1].group(), ""


def _unlike(reader: PostReader, at: int) -> bool:
    return reader.text[at].islower() and reader.lexicon.stops.match(reader.folded, at) is not None


def counted(readings: Iterable[Reading]) -> list[str]:
    """The lines of the file: table, two keys, count."""
    counts = Counter(row for reading in readings for row in rows(reading))
    kept = sorted((row, n) for row, n in counts.items() if n >= LEAST[row[0]])
    return [f"{table}\t{one}\t{other}\t{n}\n" for (table, one, other), n in kept]


def main() -> None:
    """Write the counts; see the module's head for the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=12000)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--unread", type=Path, help="SHA-256 of texts that are kept for measuring, one a line")
    parser.add_argument("-o", "--output", type=Path, default=FILE)
    given = parser.parse_args()
    known = frozenset(e.reading.text for path in given.without for e in load_gold(path))
    unread = frozenset(given.unread.read_text(encoding="utf-8").split()) if given.unread else frozenset()
    readings = unlabelled(given.corpora, given.count, 17, known, unread=unread)
    given.output.write_text("".join(counted(readings)), encoding="utf-8")


if __name__ == "__main__":
    main()
