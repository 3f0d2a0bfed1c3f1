"""pandas: records to data frames, and a column of texts to data frames."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pandas as pd
import pyarrow as pa

from extractor.arguments import given_date, is_missing
from extractor.batch.settings import Settings
from extractor.batch.tables import to_tables
from extractor.errors import ArticleError, InputError, InputTypeError
from extractor.ingest.published import parse_published
from extractor.ingest.units import Options, Unit
from extractor.ner import Backend
from extractor.parallel import Outcome, each
from extractor.records import FIELDS, Position, Provenance, Record
from extractor.rules.sets import checked

_TYPES = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
_MODELS = {**FIELDS, "positions": Position}


def records_to_frames(records: Iterable[Record], *, flat: bool = False) -> dict[str, pd.DataFrame]:
    """Records as tidy data frames: `articles`, `officials`, `positions`, `dates`, `locations`, `documents`, `figures`.

    Every frame has the article's `id`; `officials` and `positions` also join by `person`. Days are `datetime64`, whole numbers
    `Int64`, yes and no `boolean`, columns with a closed list of values categories; what is not known is missing in all of them.

    Args:
        records: records; an iterator is read to its end.
        flat: lists of strings joined by "|" and nested values as JSON, for `to_csv`, which would write Python's notation.

    Raises:
        InputTypeError: `records` is a single record, or holds something else.
    """
    return {name: _frame(name, table, flat) for name, table in to_tables(_records(records)).items()}


def _records(records: Iterable[Record]) -> Iterator[Record]:
    if isinstance(records, Record):
        raise InputTypeError("records must be several records, not one: write [record]")
    for record in records:
        if not isinstance(record, Record):
            raise InputTypeError(
                f"records must hold records, not {type(record).__name__}; read_records reads a file of them"
            )
        yield record


def _frame(name: str, table: pa.Table, flat: bool) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=_TYPES.get, date_as_object=False)
    for column, allowed in _closed(name).items():
        frame[column] = frame[column].astype(pd.CategoricalDtype(list(allowed)))
    for column in table.column_names:
        if pa.types.is_list(table.schema.field(column).type):
            values = table.column(column).to_pylist()
            frame[column] = pd.Series([_flat(v) if flat else v for v in values], index=frame.index, dtype=object)
    return frame


def _closed(name: str) -> dict[str, tuple[str, ...]]:
    """Columns whose values the record contract lists."""
    if name not in _MODELS:
        return {}
    hints = get_type_hints(_MODELS[name])
    if hints.pop("provenance", None):
        hints["layer"] = get_type_hints(Provenance)["layer"]
    return {column: values for column, hint in hints.items() if (values := _values(hint))}


def _values(hint: Any) -> tuple[str, ...]:
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((_values(part) for part in get_args(hint) if get_origin(part) is Literal), ())


def _flat(value: list[Any] | None) -> str | None:
    if value is None:
        return None
    if all(isinstance(v, str) for v in value):
        return "|".join(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def extract_frame(
    frame: pd.DataFrame,
    text: str = "text",
    *,
    published: Any = None,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    workers: int = 1,
    backend: str | Backend = "crf",
    persons: bool = False,
    redact: bool = False,
    patterns: str | Path | None = None,
    progress: bool | None = None,
) -> dict[str, pd.DataFrame]:
    """The fields of a column of texts as data frames, those of `records_to_frames` and `errors` (`id`, `stage`, `reason`).

    Args:
        frame: one row an article.
        text: the column of the texts. A row whose text is empty or missing goes to `errors`, as does one that fails.
        published: the column of the publication dates, or one date for all rows; NaN and NaT are no date.
        id: the column of the ids; without it, the index. Ids come back with their own type, to join on.
        title, source, url: columns of headlines, portals, addresses.
        workers: processes; 1 is this one, 0 is one a core.
        backend: the statistical layer: `crf`, `underthesea`, `none`, a registered name, a model's path, or a callable.
        persons: keep persons without a public post, too.
        redact: cover private persons' names and numbers in the text, each character by one; none of them is kept then.
        patterns: a folder of pattern files with rows of your own, over the package's.
        progress: a bar on standard error; by default on a terminal and in a notebook.

    Raises:
        InputTypeError: `frame` is not a data frame.
        InputError: a column is not there, an id is missing or stands twice, `published` is neither column nor date.
    """
    if not isinstance(frame, pd.DataFrame):
        raise InputTypeError(f"frame must be a pandas DataFrame, not {type(frame).__name__}")
    columns: dict[str, str | None] = {"text": text, "id": id, "title": title, "source": source, "url": url}
    for_all = None
    if isinstance(published, str) and published in frame.columns:
        columns["published"] = published
    else:
        for_all = _for_all(frame, published)
    for name in columns.values():
        _known(frame, name)
    ids = _ids(frame, id)
    options = Options(published=for_all)
    settings = Settings(
        options=options, backend=backend, persons=persons, redact=redact, patterns=checked(patterns), timeout=0
    )
    outcomes = _shown(each(_units(frame, columns, list(ids)), settings, workers), len(frame), progress)
    return _collected(outcomes, ids)


def _for_all(frame: pd.DataFrame, published: Any) -> Any:
    if isinstance(published, str) and parse_published(published) is None:
        _known(frame, published)
    return given_date(published)


def _known(frame: pd.DataFrame, name: str | None) -> None:
    if name is not None and name not in frame.columns:
        raise InputError(f"no column {name!r}; the frame has {', '.join(map(repr, frame.columns))}")


def _ids(frame: pd.DataFrame, column: str | None) -> dict[str, Any]:
    """The frame's ids by what they are written as."""
    given = frame.index.tolist() if column is None else frame[column].tolist()
    what = "the index" if column is None else f"column {column!r}"
    out: dict[str, Any] = {}
    for value in given:
        if is_missing(value):
            raise InputError(f"{what} holds a missing id; fill it, or name another column with id=…")
        if str(value) in out:
            raise InputError(
                f"{what} holds {value!r} twice: use frame.reset_index(drop=True), or name a column with id=…"
            )
        out[str(value)] = value
    return out


def _units(frame: pd.DataFrame, columns: dict[str, str | None], ids: list[str]) -> Iterator[Unit]:
    named = {key: frame[name].tolist() for key, name in columns.items() if name is not None and key != "id"}
    for number, key in enumerate(ids):
        row = {name: None if is_missing(values[number]) else values[number] for name, values in named.items()}
        yield Unit("row", "frame", number + 1, {**row, "id": key})


def _shown(outcomes: Iterator[Outcome], total: int, progress: bool | None) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    wanted = (console.is_terminal or console.is_jupyter) if progress is None else progress
    yield from track(outcomes, "extracting", total=total, console=console, disable=not wanted)


def _collected(outcomes: Iterable[Outcome], ids: dict[str, Any]) -> dict[str, pd.DataFrame]:
    records: list[Record] = []
    errors: list[dict[str, Any]] = []
    for unit, outcome in outcomes:
        if isinstance(outcome, ArticleError):
            assert isinstance(unit.data, dict)
            errors.append({"id": unit.data["id"], "stage": outcome.stage, "reason": str(outcome)})
        else:
            records.append(outcome)
    frames = records_to_frames(records)
    frames["errors"] = pd.DataFrame(errors, columns=["id", "stage", "reason"])
    plain = pd.Series(list(ids.values())).dtype
    for frame in frames.values():
        frame["id"] = pd.Series([ids[key] for key in frame["id"]], index=frame.index, dtype=plain)
    return frames
