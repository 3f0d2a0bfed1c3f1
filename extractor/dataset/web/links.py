"""Addresses of pages: every link within the site is built here, so that none loses the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_PATH_ARGUMENTS = ("code", "format", "name_of_file")  # parts of an address, not of its query


def tilde(name: str) -> str:
    """A name as Datasette writes it in addresses: bytes other than letters, digits, `_` and `-` as `~XX`, blanks as `+`."""
    return "".join(chr(b) if b in _PLAIN else "+" if b == 0x20 else f"~{b:02X}" for b in name.encode())


def figure_kind(figure: Mapping[str, Any]) -> str:
    """A kind of figure in an address: `BHYT.coverage_rate.percent`."""
    return f"{figure['programme']}.{figure['indicator']}.{figure['unit']}"


class Links:
    """Builds addresses in one language. Called with a path and arguments; empty arguments are left out.

    Args:
        lang: the language; Vietnamese is what an address without one is in.
        database: the name of the database, whose tables have Datasette's addresses.
        path: the page that is being shown.
        given: its arguments.
    """

    def __init__(self, lang: str, database: str, path: str = "/", given: Mapping[str, str] | None = None) -> None:
        self.lang = lang
        self.database = database
        self.path = path
        self.given = {k: v for k, v in (given or {}).items() if k not in ("lang", "_lang", *_PATH_ARGUMENTS)}

    def __call__(self, path: str, at: str = "", /, **arguments: object) -> str:
        """The address of a page: `url("/article", "m3", id="a")`."""
        return self._joined(path, self.lang, at, arguments)

    def _joined(self, path: str, lang: str, at: str, arguments: Mapping[str, object]) -> str:
        said = {k: str(v) for k, v in arguments.items() if v is not None and v != ""}
        if lang == "en":
            said[self._language_of(path)] = "en"
        return path + (f"?{urlencode(said)}" if said else "") + (f"#{quote(at)}" if at else "")

    def _language_of(self, path: str) -> str:
        """Datasette takes every argument that does not begin with `_` for a column."""
        base = f"/{tilde(self.database)}"
        return "_lang" if path == base or path.startswith((f"{base}/", "/-/")) else "lang"

    def here(self, at: str = "", /, **changes: object) -> str:
        """The page that is shown with some arguments changed, or, given empty, left out."""
        return self._joined(self.path, self.lang, at, {**self.given, **changes})

    def to(self, path: str, /, **changes: object) -> str:
        """Another page with the arguments of the one that is shown."""
        return self._joined(path, self.lang, "", {**self.given, **changes})

    def other(self) -> str:
        """The page that is shown in the other language."""
        return self._joined(self.path, "vi" if self.lang == "en" else "en", "", self.given)

    def article(self, id: str, mark: str | int | None = None) -> str:
        """An article, at one of its marks: `m118` is the one that begins at code point 118."""
        return self("/article", "" if mark is None else f"m{str(mark).removeprefix('m')}", id=id)

    def place(self, code: str) -> str:
        """The page of an administrative unit."""
        return self(f"/place/{quote(code)}")

    def tables(self) -> str:
        """The list of all tables."""
        return self(f"/{tilde(self.database)}")

    def table(self, name: str, /, **filters: object) -> str:
        """A table or view as rows."""
        return self(f"/{tilde(self.database)}/{tilde(name)}", **filters)

    def data(self, name: str, form: str = "csv", /, **filters: object) -> str:
        """A table or view as data: all rows that fit the filters."""
        return Links("vi", self.database)(f"/{tilde(self.database)}/{tilde(name)}.{form}", **filters)
