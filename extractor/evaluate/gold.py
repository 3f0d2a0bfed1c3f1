"""Gold records, predictions and the articles' texts from files. Raises `InputError` naming file, line and item."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import ArticleError, InputError
from extractor.evaluate.align import OUTPUT, PLACING, Json
from extractor.ingest.streams import LINES, PACKED, is_lines, record_lines
from extractor.outputs import write_output
from extractor.records import FIELDS

if TYPE_CHECKING:
    from extractor.models import Article

# What an item of gold holds; output records hold more. A field not named here has what its model has.
GOLD_KEYS: dict[str, frozenset[str]] = {
    **{name: frozenset(model.model_fields) - OUTPUT | PLACING for name, model in FIELDS.items()},
    "officials": frozenset(
        {"name", "official", "aliases", "positions", "activities", "events", "spans", "alias_spans", "occurrences"}
    ),
    "positions": frozenset({"text", "role", "body", "since", "until", "former", "acting", "spans", "occurrences"}),
    "dates": frozenset({"text", "value", "spans", "occurrences"}),
    "locations": frozenset({"text", "name", "level", "path", "code", "spans", "occurrences"}),
    "documents": frozenset({"text", "type", "number", "issuer", "date", "spans", "occurrences"}),
    "figures": frozenset(
        {"text", "value", "unit", "programme", "indicator", "status", "comparator", "group", "place", "period"}
        | {"place_path", "place_code", "place_codes", "period_value", "value_max", "base", "base_value"}
        | {"spans", "occurrences"}
    ),
}
_NEEDED: dict[str, tuple[str, ...]] = {
    "officials": ("name",),
    "locations": ("level",),
    "documents": ("type", "number"),
    "figures": ("value",),
}
_BESIDE = frozenset({"errors", "sentences", "corrections"})  # in names of files that stand beside records


def _lines(path: Path) -> Iterator[str]:
    if path.is_dir():
        raise InputError(f"{path}: a file is expected, not a folder")
    try:
        for number, line in enumerate(record_lines(str(path))):
            yield line.decode("utf-8" if number else "utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 JSON Lines ({error})") from None


def read_jsonl(path: Path, *, needs_id: bool = True) -> list[tuple[int, Json]]:
    """Line number and object of every line. Blank lines are skipped; a broken line raises."""
    out: list[tuple[int, Json]] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else error
            raise InputError(f"{path}, line {number}: not valid JSON ({why})") from None
        if not isinstance(value, dict) or (needs_id and "id" not in value):
            raise InputError(f"{path}, line {number}: an object with an 'id' is expected, one record a line")
        out.append((number, value))
    if not out:
        raise InputError(f"{path}: no record in it")
    return out


def write_jsonl(path: Path, records: Iterable[Json]) -> None:
    """Records as JSON Lines, UTF-8, `\\n` line ends everywhere. Folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    write_output(path, text)


def _files(path: Path) -> list[Path]:
    """The record files of a path: itself, or those of a folder without files of texts and of errors."""
    if not path.is_dir():
        return [path]
    names = [f for f in sorted(path.iterdir()) if is_lines(f.name)]
    out = [f for f in names if not _is_beside(f.name.split("."))]
    if not out and any(path.glob("*.json")):
        raise InputError(
            f"{path}: annotations without offsets; compile them first: extractor gold compile {path} CORPUS"
        )
    if not out:
        raise InputError(f"{path}: no .jsonl file of records and no Parquet tables in this folder")
    return out


def _is_beside(parts: Sequence[str]) -> bool:
    """Whether a file is no file of records by the parts of its name: texts of others, a quarantine, a table of sentences."""
    return parts[0].endswith(("_articles", "_bodies")) or not _BESIDE.isdisjoint(parts)


def _has_lines(folder: Path) -> bool:
    return any(is_lines(file.name) for file in folder.iterdir())


def _check(record: Json, where: str) -> None:
    """Refuse a record whose items cannot be scored."""
    for field in FIELDS:
        items = record.get(field)
        if items is None:
            continue
        if not isinstance(items, list):
            raise InputError(f"{where}: {field} must be a list")
        for index, item in enumerate(items):
            name = f"{where}: {field}[{index}]"
            if not isinstance(item, dict):
                raise InputError(f"{name} must be an object")
            missing = [key for key in _NEEDED.get(field, ()) if key not in item]
            if missing:
                raise InputError(f"{name} has no {missing[0]!r}")
            if not _has_spans(item) and field != "officials":
                raise InputError(
                    f"{name} has neither 'spans' nor 'start' and 'end'; annotations: 'extractor gold compile'"
                )


def _has_spans(item: Mapping[str, Any]) -> bool:
    if "spans" in item:
        return all(isinstance(s, list) and len(s) == 2 for s in item["spans"])
    return isinstance(item.get("start"), int) and isinstance(item.get("end"), int)


def _as_gold(record: Json) -> Json:
    """A gold record as it is; an output record with `spans` in place of `start`, `end` and `mentions`."""
    if not record.get("officials"):
        return record
    people = []
    for person in record["officials"]:
        if "spans" not in person:
            named = [m for m in person.get("mentions") or () if m.get("kind", "name") == "name"]
            spans = [[m["start"], m["end"]] for m in named] or (
                [[person["start"], person["end"]]] if "start" in person else []
            )
            person = {**person, "spans": spans}
        people.append(person)
    return {**record, "officials": people}


def _records(path: Path) -> Iterator[tuple[str, Json]]:
    """Every record of a file or folder, checked, with the place it stands at."""
    from extractor.evaluate.parquet import is_dataset, read_dataset

    if path.is_dir() and is_dataset(path):
        yield from ((f"{path} ({record['id']})", record) for record in read_dataset(path))
        return
    for file in _files(path):
        for number, record in read_jsonl(file):
            where = f"{file}, line {number} ({record['id']})"
            _check(record, where)
            yield where, record


def _some(records: dict[str, Json], path: Path) -> None:
    """Refuse files that hold other things than records, such as articles."""
    if not any(field in record for record in records.values() for field in FIELDS):
        raise InputError(f"{path}: no record has any of {', '.join(FIELDS)}; is this a file of articles?")


def load_gold(path: Path, *, bare: bool = False) -> list[Json]:
    """Gold records of a file or folder, ids unique; output records count as gold too. `bare` lets articles without fields in."""
    out: dict[str, Json] = {}
    for where, record in _records(path):
        if str(record["id"]) in out:
            raise InputError(f"{where}: this id stands twice in gold")
        out[str(record["id"])] = _as_gold(record)
    if not bare:
        _some(out, path)
    return list(out.values())


def load_predictions(path: Path) -> dict[str, Json]:
    """Output records by id, from JSON Lines (a file or a folder) or a folder of Parquet tables."""
    out = {str(record["id"]): record for _, record in _records(path)}
    _some(out, path)
    return out


def unforeseen(gold: Iterable[Json], predicted: Mapping[str, Json]) -> str:
    """What to say of predictions none of whose ids is one of gold's; empty where one is."""
    ids = [str(record["id"]) for record in gold]
    if not ids or not predicted or any(name in predicted for name in ids):
        return ""
    return f"none of its ids is one of gold's; they are written {next(iter(predicted))!r}, gold's {ids[0]!r}"


def _articles_beside(path: Path) -> dict[str, Json]:
    """Articles of `NAME_articles.jsonl` beside each `NAME.jsonl`."""
    out: dict[str, Json] = {}
    for file in () if path.is_dir() and not _has_lines(path) else _files(path):
        stem, _, suffix = file.name.partition(".")
        for name in (f"{stem}_articles.{suffix}", *(f"{stem}_articles{a}{b}" for a in LINES for b in ("", *PACKED))):
            beside = file.with_name(name)
            if beside.is_file():
                out.update({str(article["id"]): article for _, article in read_jsonl(beside)})
                break
    return out


def load_articles(path: Path, gold: list[Json]) -> dict[str, Json]:
    """The article (`id`, `text`, `title`, `published` …) of every gold record: its own text, or the one beside its file.

    Raises `InputError` when a text is missing or is not the one that was annotated (`sha256`).
    """
    from extractor.records import sha256_of

    beside = _articles_beside(path)
    out: dict[str, Json] = {}
    for record in gold:
        key = str(record["id"])
        article = record if isinstance(record.get("text"), str) else beside.get(key)
        if article is None or not isinstance(article.get("text"), str):
            raise InputError(
                f"{path}: no text for {key!r}: put it into the record ('text') or into NAME_articles.jsonl beside NAME.jsonl, "
                "or give the predictions with --pred"
            )
        if record.get("sha256") and record["sha256"] != sha256_of(article["text"]):
            raise InputError(f"{path}: the text of {key!r} is not the one that was annotated (its sha256 differs)")
        keys = ("source", "url", "title", "published")
        out[key] = {"id": key, "text": article["text"], **{k: record.get(k) or article.get(k) for k in keys}}
    return out


def load_texts(path: Path, gold: list[Json]) -> dict[str, str]:
    """Texts by id as far as they are there: in the record, or in `NAME_articles.jsonl`."""
    beside = _articles_beside(path)
    found = {str(r["id"]): r if isinstance(r.get("text"), str) else beside.get(str(r["id"]), {}) for r in gold}
    return {key: article["text"] for key, article in found.items() if isinstance(article.get("text"), str)}


def articles_of(inputs: Sequence[str]) -> Iterator[Article]:
    """Every readable article of any input that `extractor extract` takes; broken ones are left out."""
    from extractor.ingest.articles import load_article
    from extractor.ingest.readers import units
    from extractor.ingest.sources import sources
    from extractor.ingest.units import Options

    found, _ = sources(inputs)
    options = Options()
    for unit in units(found, options, lambda note: None):
        try:
            yield load_article(unit, options).article
        except ArticleError:
            continue


def extract_json(article: Article, *, backend: str = "crf") -> Json:
    """The output record of an article as JSON, and under `dropped` the candidates that were not kept, each with its reason."""
    from dataclasses import asdict

    from extractor.pipeline import extract_reading

    record, analysis = extract_reading(article, backend=backend)
    return {**record.model_dump(mode="json"), "dropped": [asdict(candidate) for candidate in analysis.dropped]}


def predict(
    articles: Mapping[str, Json],
    *,
    backend: str = "crf",
    step: Callable[[], None] = lambda: None,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, Json]:
    """Run the pipeline over articles; output records as JSON by id.

    `step` is called after each article, `say` with a line for each one that cannot be extracted and so has no prediction.
    """
    from extractor.ingest.published import parse_published
    from extractor.models import Article

    out: dict[str, Json] = {}
    for key, article in articles.items():
        given = article.get("published")
        published = parse_published(given) if given else None
        if given and published is None:
            raise InputError(f"{key}: published {given!r} is not a date; give it as YYYY-MM-DD")
        source, url = article.get("source"), article.get("url")
        try:
            out[key] = extract_json(
                Article(key, article["text"], article.get("title"), published, source, url), backend=backend
            )
        except ArticleError as error:
            say(f"{key}: not extracted ({error})")
        step()
    return out
