"""One record as a page of its own, in the form of the served article: no network, no script, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from extractor import __version__
from extractor.dataset.web.article_view import ITEMS, view
from extractor.dataset.web.cards import Cards
from extractor.dataset.web.formats import formats
from extractor.dataset.web.words import words
from extractor.palette import css_marks, css_variables
from extractor.records import Record

_HOME = Path(__file__).parent
_STYLES = ("1-shell.css", "3-article.css")
_FACE = "@font-face"  # a page of its own is read with the reader's fonts
Row = dict[str, Any]


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_HOME / "templates"), autoescape=True, undefined=StrictUndefined)


@cache
def _style() -> str:
    lines = [line for name in _STYLES for line in (_HOME / "style" / name).read_text(encoding="utf-8").splitlines()]
    return css_variables() + css_marks() + "\n".join(line for line in lines if not line.startswith(_FACE))


def page(
    record: Record,
    *,
    dropped: Iterable[Sequence[str]] = (),
    weighed: Iterable[Sequence[str]] = (),
    lang: str = "en",
    head: str = "",
) -> str:
    """The page of a record.

    Args:
        record: what was read.
        dropped: what was read and dropped: field, words, why, rule.
        weighed: decisions of the rankers: of what, which, probability, because.
        lang: `vi` or `en`.
        head: markup of ours for the head of the page.
    """
    said, written = words(lang), formats(lang)
    plain, items = _rows(record)
    values = view(plain, items, Cards(said, written, plain["published"], None))
    values |= {
        "t": said, "fmt": written, "lang": said.lang, "served": False, "head_markup": head, "style": _style(),
        "dropped": list(dropped), "weighed": list(weighed), "version": __version__,
    }  # fmt: skip
    return _environment().get_template("alone.html").render(values)


def _rows(record: Record) -> tuple[Row, dict[str, list[Row]]]:
    """The article's row and the rows of its fields, as the tables of a dataset have them."""
    plain = record.model_dump(mode="json")
    items: dict[str, list[Row]] = {name: [_flat(item) for item in plain.pop(name)] for name in ITEMS}
    items["officials"], items["positions"] = [], []
    for number, person in enumerate(plain.pop("officials")):
        items["positions"] += [{"person": number, "name": person["name"], **_flat(p)} for p in person.pop("positions")]
        items["officials"].append({"person": number, **_flat(person)})
    return plain | {"province": None}, items


def _flat(item: Row) -> Row:
    return item | (item.pop("provenance", None) or {})
