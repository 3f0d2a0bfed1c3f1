"""Annotations without offsets (one JSON file an article, guideline form) and their texts to gold records with `spans`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import ArticleError, InputError
from extractor.evaluate.align import Json
from extractor.evaluate.gold import read_jsonl
from extractor.records import FIELDS, sha256_of

Span = tuple[int, int]
# Fields in which a short string is also found inside longer gold strings ("Hà Nội" in "TP. Hà Nội") without being meant there.
_NESTED = frozenset({"dates", "locations"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in gold: the file, the article's id, the item, what is wrong and what to do. An `error` fails the check."""

    file: str
    article: str
    item: str
    message: str
    error: bool = True

    def __str__(self) -> str:
        return f"{self.file}: {self.article}: {self.item}: {self.message}"


def occurrences(text: str, quote: str) -> list[Span]:
    """Every occurrence of `quote` in `text`, in order, without overlaps."""
    out: list[Span] = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        out.append((at, at + len(quote)))
        at = text.find(quote, at + len(quote))
    return out


def cuts_word(text: str, span: Span) -> bool:
    """Whether a border of `span` runs through a word or number: "5%" in "95%" or "0,5%", "ĐB" in "ĐBQH"; not "TP" in "uỷTP"."""
    start, end = span
    if _within_word(text, start) or _within_word(text, end):
        return True
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    joins_left = len(before) == 2 and before[0].isdigit() and before[1] in ".," and text[start].isdigit()
    joins_right = len(after) == 2 and after[0] in ".," and after[1].isdigit() and text[end - 1].isdigit()
    return joins_left or joins_right


def _within_word(text: str, at: int) -> bool:
    """Whether letters or digits stand on both sides of an offset, and no word begins there with a capital."""
    if not 0 < at < len(text) or not (text[at - 1].isalnum() and text[at].isalnum()):
        return False
    return not (text[at - 1].islower() and text[at].isupper())


def _spans(text: str, quote: str, chosen: Sequence[int] | None) -> list[Span]:
    """The occurrences that an item stands for: the chosen ones (1-based), else all that do not cut a word.

    Raises `ValueError` saying what is wrong.
    """
    found = occurrences(text, quote)
    if not found:
        raise ValueError("does not stand in the text; copy it verbatim, with its case, spaces and punctuation")
    if chosen:
        beyond = [n for n in chosen if not 1 <= n <= len(found)]
        if beyond:
            raise ValueError(f"occurrence {beyond[0]} asked for, but the text holds {len(found)}")
        return [found[n - 1] for n in chosen]
    return [span for span in found if not cuts_word(text, span)] or found


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b and (b - a) > (span[1] - span[0]) for a, b in others)


class _Compiler:
    """Adds offsets to one annotation; collects what is wrong with it."""

    def __init__(self, file: str, article: str, text: str) -> None:
        self.file, self.article, self.text = file, article, text
        self.problems: list[Problem] = []

    def spans(self, item: Mapping[str, Any], field: str, quote: str) -> list[Span]:
        try:
            return _spans(self.text, quote, item.get("occurrences"))
        except ValueError as error:
            self.problems.append(Problem(self.file, self.article, f"{field} {quote!r}", str(error)))
            return []

    def items(self, items: Sequence[Json], field: str) -> list[Json]:
        placed = [(item, self.spans(item, field, str(item.get("text", "")))) for item in items]
        if field in _NESTED:
            everything = [span for _, spans in placed for span in spans]
            placed = [
                (i, s if i.get("occurrences") else [x for x in s if not _inside(x, everything)]) for i, s in placed
            ]
        for item, spans in placed:
            if not spans and item.get("text", "") in self.text:
                message = "stands only inside longer items of this field; drop it, or give 'occurrences'"
                self.problems.append(Problem(self.file, self.article, f"{field} {item.get('text')!r}", message))
        return [{**item, "spans": [list(span) for span in spans]} for item, spans in placed]

    def officials(self, people: Sequence[Json]) -> list[Json]:
        out: list[Json] = []
        for person in people:
            positions = [
                {**post, "spans": [list(s) for s in self.spans(post, "positions", str(post.get("text", "")))]}
                for post in person.get("positions") or ()
            ]
            aliases = [list(s) for alias in person.get("aliases") or () for s in self.spans({}, "aliases", alias)]
            names = [list(s) for s in self.spans(person, "officials", str(person.get("name", "")))]
            out.append(
                {
                    **person,
                    "official": person.get("official", True),
                    "aliases": person.get("aliases") or [],
                    "positions": positions,
                    "spans": names,
                    "alias_spans": aliases,
                }
            )
        return out


def compile_annotation(annotation: Json, article: Json, *, file: str = "") -> tuple[Json, list[Problem]]:
    """The gold record of an annotation over its article, and what is wrong with it."""
    key, text = str(annotation.get("id")), str(article["text"])
    compiler = _Compiler(file or f"{key}.json", key, text)
    record: Json = {"id": key, "group": annotation.get("group") or article.get("group")}
    record |= {key: annotation[key] for key in ("guidelines", "fields") if key in annotation}
    record |= {"source": article.get("source"), "published": annotation.get("published") or article.get("published")}
    record["sha256"] = sha256_of(text)
    record["officials"] = compiler.officials(annotation.get("officials") or [])
    for field in FIELDS:
        if field != "officials":
            record[field] = compiler.items(annotation.get(field) or [], field)
    return {k: v for k, v in record.items() if v is not None or k == "published"}, compiler.problems


def annotation_files(folder: Path) -> list[Path]:
    """The annotation files of a folder, sorted. Raises `InputError` for a folder without any."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of annotations")
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError(f"{folder}: no annotation (.json, one an article) in this folder")
    return files


def read_annotation(file: Path) -> Json:
    """One annotation. Raises `InputError` for a file that is not a JSON object with an id."""
    try:
        annotation = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: not valid JSON ({error})") from None
    if not isinstance(annotation, dict) or not annotation.get("id"):
        raise InputError(f"{file}: an object with an 'id' is expected")
    return annotation


def corpus_articles(folder: Path) -> Iterator[Json]:
    """Articles of a corpus with `manifest.jsonl` (`id`, `file`, `title`, `published`, `source`, `url`, `group`).

    Texts go through the same ingest as any input, so offsets are those of a record.
    """
    from extractor.ingest.articles import load_article
    from extractor.ingest.published import parse_published
    from extractor.ingest.units import Options, Unit

    for number, row in read_jsonl(folder / "manifest.jsonl"):
        file = folder / str(row.get("file", ""))
        if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):  # by dots, a whole path or a link
            raise InputError(f"{folder / 'manifest.jsonl'}, line {number}: no file {row.get('file')!r} in {folder}")
        published = parse_published(row.get("published"))
        if row.get("published") and published is None:
            raise InputError(
                f"{folder / 'manifest.jsonl'}, line {number}: published {row['published']!r} is not a date"
            )
        kind = "html" if file.suffix in (".html", ".htm") else "txt"
        unit = Unit(kind, str(file), name=str(row["id"]), url=row.get("url"))  # type: ignore[arg-type]
        try:
            article = load_article(unit, Options(published=published)).article
        except ArticleError as error:
            raise InputError(f"{file}: {error}") from None
        day = article.published.isoformat() if article.published else None
        yield {
            "id": str(row["id"]),
            "group": row.get("group"),
            "source": row.get("source"),
            "url": row.get("url"),
            "title": row.get("title") or article.title,
            "published": row.get("published") or day,
            "text": article.text,
        }


def compile_gold(annotations: Path, articles: Mapping[str, Json]) -> tuple[list[Json], list[Problem]]:
    """Gold records of a folder of annotations, in the order of their file names, and every problem."""
    records: list[Json] = []
    problems: list[Problem] = []
    for file in annotation_files(annotations):
        annotation = read_annotation(file)
        key = str(annotation["id"])
        article = articles.get(key)
        if article is None:
            problems.append(
                Problem(str(file), key, "id", "no article with this id in the corpus; see its manifest.jsonl")
            )
            continue
        record, found = compile_annotation(annotation, article, file=str(file))
        records.append(record)
        problems += found
    return records, problems
