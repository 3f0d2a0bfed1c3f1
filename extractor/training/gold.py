"""Gold annotations to labelled token sequences: what the statistical layer is trained and measured on."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.models import Article, Reading
from extractor.pipeline import read_view
from extractor.text import clean
from extractor.view import View

Labelled = tuple[int, int, str]  # half-open code points and a label
# Which labels each chain learns. A post holds bodies and a body holds places, so each kind has a chain of its own.
CHAINS: dict[str, tuple[str, ...]] = {
    "names": ("PER", "PRIV", "ALIAS", "LOC", "OTHER"),
    "posts": ("POST",),
    "bodies": ("ORG",),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A read article with its labelled spans and its gold record; the article is read as extraction reads it (see `view`),
    and the spans are those of the text that is read.

    `bodies` tells whether its organisations are annotated, `located` whether its places are.
    """

    reading: Reading
    spans: tuple[Labelled, ...]
    bodies: bool = False
    located: bool = True
    record: dict[str, Any] = field(default_factory=dict)


def _spans(item: dict[str, Any], key: str = "spans") -> list[tuple[int, int]]:
    """The spans of a gold item, or the one of an output item."""
    if key in item:
        return [(start, end) for start, end in item[key] or ()]
    return [(item["start"], item["end"])] if key == "spans" and "start" in item else []


def _person_spans(person: dict[str, Any]) -> Iterator[Labelled]:
    """Spans of a person's names, aliases and posts."""
    label = "PER" if person.get("official", True) else "PRIV"
    mentions = person.get("mentions") or ()
    for m in mentions:
        yield m["start"], m["end"], label if m.get("kind", "name") == "name" else "ALIAS"
    if not mentions:
        yield from ((s, e, label) for s, e in _spans(person))
    yield from ((s, e, "ALIAS") for s, e in _spans(person, "alias_spans"))
    for post in person.get("positions") or ():
        yield from ((s, e, "POST") for s, e in _spans(post))


def labelled_spans(record: dict[str, Any]) -> tuple[Labelled, ...]:
    """Spans of a gold record or of an output record: full names of officials (PER) and of others (PRIV), ALIAS (part of
    a name), POST, LOC (administrative units), OTHER (other places), ORG (organisations, under `bodies`).
    """
    out: list[Labelled] = []
    for person in record.get("officials") or ():
        out += _person_spans(person)
    for place in record.get("locations") or ():
        label = "OTHER" if place.get("level") == "other" else "LOC"
        out += [(s, e, label) for s, e in _spans(place)]
    for body in record.get("bodies") or ():
        out += [(s, e, "ORG") for s, e in _spans(body)]
    return tuple(sorted(set(out)))


def _moved(item: Any, seen: View) -> Any:
    """A gold record, or a part of it, with its spans as they are in the view."""
    if isinstance(item, list):
        return [_moved(part, seen) for part in item]
    if not isinstance(item, dict):
        return item
    out = {key: _moved(value, seen) for key, value in item.items()}
    for key in ("spans", "alias_spans"):
        if out.get(key):
            out[key] = [_span(seen, start, end) for start, end in out[key]]
    if isinstance(out.get("start"), int) and isinstance(out.get("end"), int):
        out["start"], out["end"] = _span(seen, out["start"], out["end"])
    return out


def _span(seen: View, start: int, end: int) -> list[int]:
    return [seen.position(start), seen.position(end - 1) + 1]


def _path_beside(path: Path, what: str) -> Path:
    return path.with_name(f"{path.stem}_{what}.jsonl")


def gold_files(path: Path) -> list[Path]:
    """The gold file, and those beside it that hold its texts and organisations, as far as they are there."""
    return [path, *(p for what in ("articles", "bodies") if (p := _path_beside(path, what)).exists())]


def _beside(path: Path, what: str) -> dict[str, dict[str, Any]]:
    """Rows of `NAME_WHAT.jsonl` beside a gold file by their ids; none where there is no such file."""
    other = _path_beside(path, what)
    if not other.exists():
        return {}
    rows = (json.loads(line) for line in other.read_text(encoding="utf-8").split("\n") if line.strip())
    return {row["id"]: row for row in rows}


def load_gold(path: Path) -> list[Example]:
    """Examples of a gold file. A record holds its `text`, or the text stands beside it in `NAME_articles.jsonl`.

    Its organisations stand in the record under `bodies` (items with `start` and `end`), or in `NAME_bodies.jsonl`.

    Records annotated for some fields alone (`fields`) are left out unless officials are among them.
    Raises `InputError` for a file that is missing or not JSON Lines, and for a record without a text.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such gold file")
    articles, bodies = _beside(path, "articles"), _beside(path, "bodies")
    out: list[Example] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(f"{path}, line {number}: not JSON: {error}") from None
        fields = record.get("fields")
        if fields is not None and "officials" not in fields:
            continue
        row = record if record.get("text") else articles.get(record.get("id"))
        if row is None:
            raise InputError(
                f"{path}: record {record.get('id')} has no text; give it one, or put the articles in {path.stem}_articles.jsonl"
            )
        if clean(row["text"]) != row["text"]:
            raise InputError(f"{path}: the text of {row['id']} is not in NFC, its offsets would move")
        published = row.get("published") or record.get("published")
        day = date.fromisoformat(published[:10]) if published else None
        reading, seen = read_view(Article(id=row["id"], text=row["text"], title=row.get("title"), published=day))
        record = _moved(record | bodies.get(row["id"], {}), seen)
        located = fields is None or "locations" in fields
        out.append(Example(reading, labelled_spans(record), "bodies" in record, located, record))
    return out


def _longest(spans: Iterable[Labelled]) -> list[Labelled]:
    """Spans without those that overlap an earlier or longer one."""
    out: list[Labelled] = []
    taken: list[tuple[int, int]] = []
    for start, end, label in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(end <= s or e <= start for s, e in taken):
            taken.append((start, end))
            out.append((start, end, label))
    return sorted(out)


def bio(reading: Reading, spans: Iterable[Labelled], chain: str) -> list[str]:
    """BIO labels of every token of a reading. A token is in a span when they overlap."""
    out = ["O"] * len(reading.starts)
    for start, end, label in _longest(s for s in spans if s[2] in CHAINS[chain]):
        first, last = bisect_right(reading.ends, start), bisect_left(reading.starts, end)
        for i in range(first, last):
            out[i] = ("B-" if i == first else "I-") + label
    return out


def token_spans(labels: list[str]) -> list[tuple[int, int, str]]:
    """Token ranges of BIO labels: (first, last + 1, label). An `I-` that continues nothing opens a span."""
    out: list[tuple[int, int, str]] = []
    open_at, open_label = -1, ""
    for i, tag in enumerate([*labels, "O"]):
        if open_at >= 0 and tag != f"I-{open_label}":
            out.append((open_at, i, open_label))
            open_at = -1
        if tag != "O" and open_at < 0:
            open_at, open_label = i, tag[2:]
    return out
