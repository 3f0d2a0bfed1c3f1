"""Rows to units, by the columns that their keys name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from extractor.errors import InputError
from extractor.ingest.columns import resolve
from extractor.ingest.units import Columns, Options, Unit

Say = Callable[[str], None]


class Mapper:
    """Rows of one file to units, by the columns of each set of keys that its rows have."""

    def __init__(self, file: str, options: Options, say: Say) -> None:
        self._file, self._given, self._say, self._said = file, options.columns, say, False
        self._by_keys: dict[tuple[str, ...], Columns | str] = {}

    def columns(self, keys: tuple[str, ...]) -> Columns | str:
        """Which of a row's keys hold what, or why they hold no article."""
        columns = self._by_keys.get(keys)
        if columns is None:
            try:
                columns, note = resolve(keys, self._given, self._file)
                if note and not self._said:
                    self._said = True
                    self._say(note)
            except InputError as error:
                columns = str(error)
            if len(self._by_keys) < 1000:
                self._by_keys[keys] = columns
        return columns

    def __call__(self, row: Mapping[str, Any], position: int) -> Unit:
        """The unit of a row; one of kind `bad` where no column holds the text."""
        columns = self.columns(tuple(row))
        if isinstance(columns, str):
            return Unit("bad", self._file, position, dict(row), stage="read", reason=columns)
        data = {f: row[c] for f in Columns.__dataclass_fields__ if (c := getattr(columns, f)) is not None and c in row}
        return Unit("row", self._file, position, data)
