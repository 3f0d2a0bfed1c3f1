"""The one place that talks to underthesea, and the reading of a page: tokens, sentences and lines as exact offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import regex

from extractor.compiled import compiled
from extractor.errors import ModelError
from extractor.models import Article, Line, LineKind, Reading, Sentence
from extractor.rules import Row, cache, load_rows
from extractor.rules.lexica import template
from extractor.rules.literals import needed, possible, spaced
from extractor.segmentation import Segmenter, read_crfsuite
from extractor.syllables import tokens
from extractor.text import fold

# A full stop ends a sentence before white space and a capital, digit, quote or dash, unless an abbreviation stands before it.
_STOP = compiled(r"(?:(?<![.!?…])[.!?…]++[\"”’')\]]*+|[;:](?=\s*+\n))(?=\s++[\"“‘'(\[\-–*+]*+\s*+[\p{Lu}\p{N}])")
LONGEST = 6000  # code points of a sentence; a longer one, a table or damage, is read in pieces
_CLAUSE, _WORD = compiled(r"(?r)[;,.]\s"), compiled(r"(?r)\s")
_ABBREVIATION = template(r"(?r)(?:^|[\s(\[\"“.,/–-])(?:{abbreviation}|\p{L})$")

_ACRONYM_STOP = compiled(r"(?:.*\s)?\p{Lu}{2,}\.")


_NONBLANK = compiled(r"[^\n]*\S[^\n]*")
# "18:16 | 28/11/2025": articles in a list have their times.
_GOES_ON = compiled(r"[ :()0-9]*+\p{Ll}")  # a small letter behind the heading of a list
_LISTED = template(
    r"\d{1,2}:\d\d\s*[|,-]?\s*(?:{day}\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*[|,-]?\s*\d{1,2}:\d\d"
)
_LATE, _LAST = 0.4, 0.15  # shares of a text that a heading's tail may be without any time in it


class LineRow(Row):
    """A row of `patterns/lines.yaml`: what a line that matches is. `rest` spreads it to the headlines that follow.

    An `inline` row is a heading inside of a page that was saved without its line breaks: what follows is not the article's.
    """

    kind: LineKind
    rest: bool = False
    inline: bool = False


@cache
def _line_rows() -> tuple[tuple[regex.Pattern[str], LineRow], ...]:
    return tuple((compiled(row.expression()), row) for row in load_rows("lines.yaml", LineRow) if not row.inline)


@cache
def _any_row() -> regex.Pattern[str]:
    """All of the rows' expressions as one: most lines match none."""
    return compiled("|".join(f"(?:{pattern.pattern})" for pattern, _ in _line_rows()) or "(?!)")


@cache
def _inline_rows() -> tuple[tuple[regex.Pattern[str], tuple[str, ...] | None, LineRow], ...]:
    """The expression of each inline row, and the literals without which it cannot match."""
    rows = [(row.expression(), row) for row in load_rows("lines.yaml", LineRow) if row.inline]
    return tuple((compiled(expression), needed(expression), row) for expression, row in rows)


def _tail(text: str, folded: str) -> int:
    """Where tags, comments and lists of other articles begin that run to the end; the text's length where nothing does.

    A heading of such a list is written large, and so is what follows it. It must stand late, or dates with times follow.
    """
    best = len(text)
    listed: list[int] | None = None
    plain = spaced(folded)
    found = (
        (m, row)
        for pattern, literals, row in _inline_rows()
        if possible(literals, plain)
        for m in pattern.finditer(folded)
    )
    for match, row in found:
        start, end = match.span()
        if start >= best or not _is_heading(text, start, end):
            continue
        late = (len(text) - start) < (_LATE if row.rest else _LAST) * len(text)
        if not late and listed is None:
            listed = [m.start() for m in _LISTED.finditer(folded)]
        if late or (listed and len(listed) - bisect_left(listed, end) > 1):
            best = start
    return best


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether words within a text are written large, and so is what follows them."""
    return start > 0 and not text[start].islower() and _GOES_ON.match(text, end) is None


def _line_kind(line: str, title: str, *, rest: bool, first: bool) -> tuple[LineKind, bool]:
    """The kind of a folded line, and whether the headlines that follow are of it: `rest` tells that this one may be."""
    if _any_row().search(line) is not None:
        row = next((r for p, r in _line_rows() if p.search(line)), None)
        if row is not None:
            return row.kind, row.rest
    if rest and len(line) < 200 and not line.endswith((".", "./.", "!", "?", ";")):
        return "boilerplate", True
    if title and line == title:
        return "title", False
    return ("title" if first and len(line) < 250 and not line.endswith(".") else "body"), False


def _lines(text: str, folded: str, title: str | None) -> list[Line]:
    out: list[Line] = []
    folded_title = fold(title).strip() if title else ""
    at, rest, seen = 0, False, False
    tail = _tail(text, folded)
    for raw in text.split("\n"):
        start, end = at, at + len(raw)
        at = end + 1
        if start < tail < end:
            end = tail
        line = folded[start:end].strip()
        if start >= tail or not line:
            continue
        kind, rest = _line_kind(line, folded_title, rest=rest, first=not seen)
        seen = seen or kind in ("title", "body")
        out.append(Line(start, end, kind))
    for match in _NONBLANK.finditer(text, tail):
        out.append(Line(match.start(), match.end(), "boilerplate"))
    return out


def _sentences(text: str, folded: str, lines: list[Line]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for line in lines:
        begin = line.start
        for stop in _STOP.finditer(text, line.start, line.end):
            if text[stop.start()] == "." and _ABBREVIATION.search(
                folded, max(line.start, stop.start() - 8), stop.start()
            ):
                continue
            out.append((begin, stop.end()))
            begin = stop.end()
            while begin < line.end and text[begin].isspace():
                begin += 1
        if begin < line.end:
            out.append((begin, line.end))
    return [piece for start, end in out for piece in _pieces(text, start, end)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces of at most `LONGEST` code points, cut behind a clause or a word where there is one."""
    while end - start > LONGEST:
        half, most = start + LONGEST // 2, start + LONGEST
        cut = _CLAUSE.search(text, half, most) or _WORD.search(text, half, most)
        at = cut.end() if cut else start + LONGEST
        yield start, at
        start = at
    yield start, end


def read(article: Article) -> Reading:
    """Tokens, sentences and lines of an article. Offsets are code points of `article.text`, which is not changed."""
    text = article.text
    folded = fold(text)
    starts, ends, strings = tokens(text)
    lines = _lines(text, folded, article.title)
    reading = Reading(
        article=article,
        text=text,
        folded=folded,
        starts=starts,
        ends=ends,
        sentences=_sentences(text, folded, lines),
        lines=lines,
        published=article.published,
        date_source="given" if article.published and not article.date_source else article.date_source,
    )
    reading.kept["tokens"] = strings
    return reading


@cache
def _segmenter() -> tuple[Segmenter, regex.Pattern[str]]:
    """underthesea's own word model with memoised scores, and its token pattern. Takes 0.3 s, once a process."""
    import joblib
    import underthesea
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns
    from underthesea_core import CRFFeaturizer

    (folder,) = (Path(underthesea.__file__).parent / "pipeline/word_tokenize/models").glob("ws_crf_*")
    weights, transitions = read_crfsuite(folder / "models.bin")
    dictionary = joblib.load(folder / "dictionary.bin")
    featurizer = CRFFeaturizer(joblib.load(folder / "features.bin"), dictionary)

    def featurize(tokens: Sequence[str]) -> list[list[str]]:
        rows: list[list[str]] = featurizer.process([[[t] for t in tokens]])[0]
        return rows

    return Segmenter(weights, transitions, featurize, dictionary), patterns


@cache
def _normal() -> Callable[[str], str]:
    """underthesea's normalised form of a token."""
    from underthesea.pipeline.text_normalize import token_normalize

    normal: Callable[[str], str] = lru_cache(maxsize=1 << 13)(token_normalize)
    return normal


def _ends_word(sentence: str, start: int, end: int) -> bool:
    """Whether `sentence[start:end]` ends in an acronym's full stop ("BHYT.") that no unit's or title's abbreviation needs."""
    if not _ACRONYM_STOP.fullmatch(sentence, start, end):
        return False
    return _ABBREVIATION.search(sentence[start : end - 1].lower()) is None


def words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """underthesea's words of one sentence, `text[start:end]`, as exact offsets over the unchanged text.

    The words are those of `underthesea.word_tokenize` but for one fault that is mended: an acronym's full stop
    ("BHYT. Tăng") ends the word. Spelling is never changed; the model sees underthesea's normalised tokens.
    """
    from underthesea.pipeline.text_normalize.character_normalize import normalize_characters_in_text

    segmenter, pattern = _segmenter()
    normal = _normal()
    sentence = text[start:end]
    plain = normalize_characters_in_text(sentence)
    if len(plain) != len(sentence):  # decomposed letters that no NFC text holds; keep offsets over spelling
        plain = sentence
    spans = [m.span() for m in pattern.finditer(plain)]
    joins = segmenter.continues([normal(plain[s:e]) for s, e in spans])
    out: list[tuple[int, int]] = []
    for (s, e), joined in zip(spans, joins, strict=True):
        if joined and out and not _ends_word(plain, *out[-1]):
            out[-1] = (out[-1][0], e)
        else:
            out.append((s, e))
    return [(start + s, start + e) for s, e in out]


def sentences(reading: Reading) -> list[tuple[int, int]]:
    """underthesea's sentences as exact offsets: never over a line break, and not ended by a title's or unit's full stop.

    `reading.sentences` are the rule splitter's, which the extraction uses because importing underthesea takes longer
    than reading an article; a test holds the two together.
    """
    from underthesea import sent_tokenize

    out: list[tuple[int, int]] = []
    for line in reading.lines:
        at, open_at = line.start, -1
        for piece in sent_tokenize(reading.text[line.start : line.end]):
            at = reading.text.index(piece, at, line.end)
            begin, at = at, at + len(piece)
            if open_at >= 0:
                begin = open_at
            stop = at - 1
            glued = at < line.end and not reading.text[at].isspace()  # "Zing.vn", "./.", a closing quote
            if glued or (
                reading.text[stop] == "."
                and at < line.end
                and _ABBREVIATION.search(reading.folded, max(begin, stop - 8), stop)
            ):
                open_at = begin
                continue
            out.append((begin, at))
            open_at = -1
        if open_at >= 0:
            out.append((open_at, at))
    return out


def words_of(reading: Reading, sentence: tuple[int, int]) -> list[tuple[int, int]]:
    """The words of a sentence `[start, end)` of a reading, found when first asked for. Raises `ModelError` without underthesea."""
    known: dict[tuple[int, int], list[tuple[int, int]]] = reading.kept.setdefault("words", {})
    if sentence not in known:
        known[sentence] = words(reading.text, *sentence)
    return known[sentence]


def segmented(text: str) -> list[Sentence]:
    """The sentences of a text that went through `text.clean`, with their words. Raises `ModelError` without underthesea."""
    segmenter_or_error()
    reading = read(Article(id="", text=text))
    found = enumerate(sentences(reading))
    return [Sentence(n, s, e, text[s:e], tuple(words_of(reading, (s, e)))) for n, (s, e) in found]


def segmenter_or_error() -> None:
    """Raise `ModelError` where underthesea, which the words come from, is not installed; it is not imported for that."""
    try:
        there = find_spec("underthesea") is not None
    except ImportError:
        there = False
    if not there:
        raise ModelError("words need underthesea, which is not installed: pip install underthesea")


def named_entities(sentence: str) -> list[tuple[int, int, str]]:
    """`underthesea.ner` of one sentence as (start, end, label) with offsets into `sentence`; labels as the model has them.

    The model's words are laid over the text by their characters, because it rewrites spelling and white space.
    """
    import underthesea

    out: list[tuple[int, int, str]] = []
    at = 0
    for word, _, _, tag in underthesea.ner(sentence):
        while at < len(sentence) and sentence[at].isspace():
            at += 1
        start = at
        for _ in "".join(word.split()):
            while at < len(sentence) and sentence[at].isspace():
                at += 1
            at = min(at + 1, len(sentence))
        if start == at or tag == "O":
            continue
        if tag.startswith("I-") and out and out[-1][2] == tag[2:] and not sentence[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], at, tag[2:])
        else:
            out.append((start, at, tag[2:]))
    return out
