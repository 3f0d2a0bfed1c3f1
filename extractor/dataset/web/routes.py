"""What a module of pages offers: its routes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Page = Callable[[sqlite3.Connection, dict[str, str]], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Route:
    """A page: the pattern of its address, its template, and the function from a connection and arguments to the template's values.

    A function returns None where nothing is to be shown (404), and a value `file` (body, type, name) or `json` where the answer is
    data. Raised `InputError` becomes a page that says what is wrong with the question (400). The shell's own values
    (`shell.around`: `t`, `fmt`, `url`, `lang`, `db`, `nav`, `brand`, `collection` …) stand in every template and win over equal
    names of a page.
    """

    pattern: str
    template: str
    build: Page
