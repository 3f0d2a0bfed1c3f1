"""The one place that talks to underthesea, and the reading of a page: tokens, sentences and lines as exact offsets."""

from __future__ import annotations

from functools import cache

import regex

from extractor.models import Article, Line, LineKind, Reading
from extractor.rules import Row, load_rows
from extractor.text import fold

# Syllables (D'Ran, K'Mák whole; glued "uỷTP" split where case rises), digit runs, single marks.
TOKEN = regex.compile(
    r"\p{N}+|(?:\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+|\p{L})(?:['’]\p{L}+)?|[^\w\s]|_"
)
# A full stop ends a sentence before white space and a capital, digit, quote or dash, unless an abbreviation stands before it.
_STOP = regex.compile(r"(?:[.!?…]+[\"”’')\]]*|[;:](?=\s*\n))(?=\s+[\"“‘'(\[\-–*+]*\s*[\p{Lu}\p{N}])")
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(\[\"“.,/–-])(?:tp|tx|tt|q|p|h|x|t|đ/c|đc|gs|pgs|ts|ths|th\.s|bs|bscki|bsckii|ks|cn|ls|nsnd|nsut|ngnd|ngưt|"
    r"mr|mrs|ms|dr|st|no|vs|tr|đ|s|\p{L})$"
)


class LineRow(Row):
    """A row of `patterns/lines.yaml`: what a line that matches is. `rest` spreads it to the headlines that follow."""

    kind: LineKind
    rest: bool = False


@cache
def _line_rows() -> tuple[tuple[regex.Pattern[str], LineRow], ...]:
    return tuple((regex.compile(row.expression()), row) for row in load_rows("lines.yaml", LineRow))


def _lines(text: str, folded: str, title: str | None) -> list[Line]:
    out: list[Line] = []
    folded_title = fold(title).strip() if title else ""
    at, rest, seen = 0, False, False
    for raw in text.split("\n"):
        start, end = at, at + len(raw)
        at = end + 1
        line = folded[start:end].strip()
        if not line:
            continue
        kind: LineKind = "body"
        row = next((r for p, r in _line_rows() if p.search(line)), None)
        if row is not None:
            kind, rest = row.kind, row.rest
        elif rest and len(line) < 200 and not line.endswith((".", "./.", "!", "?", ";")):
            kind = "boilerplate"
        elif folded_title and line == folded_title:
            kind = "title"
            rest = False
        else:
            rest = False
            if not seen and len(line) < 250 and not line.endswith("."):
                kind = "title"
        seen = seen or kind in ("title", "body")
        out.append(Line(start, end, kind))
    return out


def _sentences(text: str, folded: str, lines: list[Line]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for line in lines:
        begin = line.start
        for stop in _STOP.finditer(text, line.start, line.end):
            if text[stop.start()] == "." and _ABBREVIATION.search(folded, max(line.start, stop.start() - 8), stop.start()):
                continue
            out.append((begin, stop.end()))
            begin = stop.end()
            while begin < line.end and text[begin].isspace():
                begin += 1
        if begin < line.end:
            out.append((begin, line.end))
    return out


def read(article: Article) -> Reading:
    """Tokens, sentences and lines of an article. Offsets are code points of `article.text`, which is not changed."""
    text = article.text
    folded = fold(text)
    spans = [m.span() for m in TOKEN.finditer(text)]
    lines = _lines(text, folded, article.title)
    return Reading(
        article=article,
        text=text,
        folded=folded,
        starts=[s for s, _ in spans],
        ends=[e for _, e in spans],
        sentences=_sentences(text, folded, lines),
        lines=lines,
        published=article.published,
        date_source="given" if article.published and not article.date_source else article.date_source,
    )
