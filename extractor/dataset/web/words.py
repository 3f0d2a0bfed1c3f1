"""What the pages say, in Vietnamese and in English, out of tables in `strings/`: a row a text, so that no word stands in code.

`strings/PAGE.tsv` holds the texts of a page (key, Vietnamese, English), `codes.tsv` the words for the codes of records (kind,
code, Vietnamese, English; `singular|plural` where English tells them apart), `columns.tsv` and `tables.tsv` those of the tables.
A new page adds a file of its own; keys are one name space.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
_FOLDER = Path(__file__).parent / "strings"
_TABLES = ("codes", "columns", "tables")


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _texts() -> dict[str, tuple[str, str]]:
    """All texts of pages by key. Raises `ValueError` for a key that two rows have."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(_FOLDER.glob("*.tsv")):
        if path.stem in _TABLES:
            continue
        for key, *said in _rows(path):
            if key in found:
                raise ValueError(f"{path.name}: {key} is another text's key")
            found[key] = (said[0], said[1])
    return found


@cache
def _codes() -> dict[tuple[str, str], tuple[str, str]]:
    return {(kind, code): (vi, en) for kind, code, vi, en in _rows(_FOLDER / "codes.tsv")}


@cache
def _columns() -> dict[str, tuple[str, str]]:
    return {name: (vi, en) for name, vi, en in _rows(_FOLDER / "columns.tsv")}


@cache
def _of_tables() -> dict[str, tuple[tuple[str, str], tuple[str, str]]]:
    return {name: ((vi, en), (said, told)) for name, vi, en, said, told in _rows(_FOLDER / "tables.tsv")}


class Words:
    """The texts of one language: `t.search`, `t["search"]`; words for codes by methods. An unknown text is an error."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._at = LANGUAGES.index(lang)

    def __getitem__(self, key: str) -> str:
        return _texts()[key][self._at]

    def __getattr__(self, key: str) -> str:
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key) from None

    def __contains__(self, key: str) -> bool:
        return key in _texts()

    def fill(self, key: str, **values: object) -> str:
        """A text with its gaps filled: `{n}`, `{name}`."""
        return self[key].format(**values)

    def code(self, kind: str, code: str | None, number: float = 1) -> str:
        """The word for a code of a record, in the form that goes with a number; a code without a word is shown as it is."""
        if not code:
            return ""
        one, _, many = _codes().get((kind, code), (code, code))[self._at].partition("|")
        return many if many and number != 1 else one

    def field(self, name: str, *, one: bool = False) -> str:
        """A field as the name of a heading (`one`: of a single item); a field of one's own by its name."""
        return self.code("one" if one else "field", name)

    def column(self, name: str) -> str:
        """A column's name for a heading."""
        return _columns().get(name, (name, name))[self._at]

    def table(self, name: str) -> str:
        """A table's name for a heading."""
        return _of_tables()[name][0][self._at] if name in _of_tables() else name

    def table_is(self, name: str) -> str:
        """What a row of a table is; nothing for an unknown one."""
        return _of_tables()[name][1][self._at] if name in _of_tables() else ""


@cache
def words(lang: str) -> Words:
    """The texts of a language, Vietnamese for any other than English."""
    return Words("en" if lang == "en" else "vi")


def colour(field: str) -> str:
    """The name of a field's colour in the palette; `soft` for a field of one's own."""
    return _codes().get(("colour", field), ("soft", "soft"))[0]
