"""Files of annotations in any of the formats: found out, read, written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from extractor.errors import InputError
from extractor.evaluate.align import Json
from extractor.evaluate.formats import brat, conll, doccano, label_studio
from extractor.evaluate.formats.document import Document, from_record, to_record
from extractor.evaluate.formats.offsets import Repair
from extractor.evaluate.gold import load_articles, load_gold, read_jsonl, write_jsonl
from extractor.ingest.streams import is_lines
from extractor.outputs import claim_output, write_output

Format = Literal["records", "label-studio", "doccano", "brat", "spacy", "conll"]
Report = Callable[[Repair], None]


def detect(path: Path) -> Format:
    """The format of a file or folder by its suffix and its first object. Raises `InputError` where that does not tell."""
    if path.is_dir():
        return "brat" if any(path.glob("*.ann")) else "records"
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    if path.suffix == ".spacy":
        return "spacy"
    if path.suffix == ".ann":
        return "brat"
    if path.suffix == ".json":
        return "label-studio"
    if is_lines(path.name):
        first = _jsonl(path)[0][1]
        if "label" in first or "labels" in first or "entities" in first:
            return "doccano"
        return "label-studio" if "data" in first else "records"
    raise InputError(f"{path}: cannot tell the format; give --from")


def _jsonl(path: Path) -> list[tuple[int, Json]]:
    """Objects by line; those of other tools need no id."""
    return read_jsonl(path, needs_id=False)


def _tasks(path: Path) -> Iterator[tuple[str, Json]]:
    """Tasks of a JSON list, of one object, or of JSON Lines."""
    if path.suffix != ".json":
        yield from ((f"{path}, line {number}", task) for number, task in _jsonl(path))
        return
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not valid JSON ({error})") from None
    for number, task in enumerate(given if isinstance(given, list) else [given], 1):
        if not isinstance(task, dict):
            raise InputError(f"{path}, task {number}: an object is expected")
        yield f"{path}, task {number}", task


def read(path: Path, form: Format, report: Report = lambda repair: None) -> Iterator[Document]:
    """Documents of a file or folder. `report` hears of every repaired or lost span."""
    if form == "records":
        gold = load_gold(path, bare=True)
        articles = load_articles(path, gold)
        yield from (from_record(record, articles[str(record["id"])]) for record in gold)
    elif form == "spacy":
        from extractor.evaluate.formats import docbin

        yield from docbin.read(path)
    elif form == "conll":
        raise InputError("CoNLL is an export format: it holds no offsets and no values to read back")
    else:
        for document, repairs in _foreign(path, form):
            for repair in repairs:
                report(repair)
            yield document


def _foreign(path: Path, form: Format) -> Iterator[tuple[Document, list[Repair]]]:
    if form == "brat":
        files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
        if not files:
            raise InputError(f"{path}: no .ann file in this folder")
        yield from (brat.read(file) for file in files)
    elif form == "doccano":
        yield from (doccano.from_line(line, f"{path}, line {number}") for number, line in _jsonl(path))
    else:
        yield from (label_studio.from_task(task, where) for where, task in _tasks(path))


def claim(path: Path, form: Format, *, force: bool = False) -> None:
    """Check that documents may be written at `path`; the files of a folder for brat are checked by `write`. Raises `InputError`."""
    if form == "brat":
        return
    claim_output(path, force=force)
    if form == "records":
        claim_output(_texts_of(path), force=force)


def _texts_of(path: Path) -> Path:
    return path.with_name(f"{path.name.split('.')[0]}_articles.jsonl")


def write(documents: Iterable[Document], path: Path, form: Format, *, predictions: bool = False) -> int:
    """Write documents; returns how many. `records` writes NAME.jsonl and, with the texts, NAME_articles.jsonl; `brat` a folder."""
    chosen = list(documents)
    if form == "records":
        records = [to_record(document) for document in chosen]
        write_jsonl(path, records)
        articles = [{"id": d.id, **d.article, "text": d.text} for d in chosen]
        write_jsonl(_texts_of(path), articles)
    elif form == "label-studio":
        tasks = [label_studio.to_task(document, predictions=predictions) for document in chosen]
        write_output(path, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    elif form == "doccano":
        write_jsonl(path, [doccano.to_line(document) for document in chosen])
    elif form == "brat":
        brat.write_all(chosen, path)
    elif form == "spacy":
        from extractor.evaluate.formats import docbin

        docbin.write(chosen, path)
    else:
        text = "".join(f"{line}\n" for document in chosen for line in conll.lines(document))
        write_output(path, text)
    return len(chosen)
