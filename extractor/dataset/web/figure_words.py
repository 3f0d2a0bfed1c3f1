"""How a page speaks of figures: names of places, groups and kinds, a sentence with its value marked, an entry for a reader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from extractor.dataset.web.formats import Formats, formats
from extractor.dataset.web.links import Links
from extractor.dataset.web.words import Words, words
from extractor.gazetteer import REFORM, before, display, gazetteer
from extractor.records import NATION, SIGNED

_AROUND = 170  # characters of a sentence shown on each side of its value
Row = dict[str, Any]


class Speaker:
    """One language's words for figures."""

    def __init__(self, lang: str, path: str = "/figures") -> None:
        self.said: Words = words(lang)
        self.written: Formats = formats(lang)
        self.url = Links(lang, "", path)

    def place(self, row: Mapping[str, Any]) -> str:
        """A place's name by key, name, type and level: a province bare, a lower unit with its type."""
        key, name = row["place_key"] or "", row.get("place_name") or row.get("place")
        if key == NATION:
            return self.said.f_nation
        if not name:
            return str(row.get("place_text") or "–")
        if (
            row.get("place_level") in ("district", "commune")
            and row.get("place_type")
            and not name.startswith(row["place_type"])
        ):
            name = f"{row['place_type']} {name}"
        return self.said.fill("since_reform", name=name) if "@" in key and _was_named(key, name) else str(name)

    def placed(self, row: Mapping[str, Any]) -> str:
        """A place's name with its province where it lies below one."""
        name, home = self.place(row), row.get("province")
        below = row.get("place_level") in ("district", "commune")
        return f"{name}, {home}" if home and below else name

    def group(self, key: str, said: str | None = None) -> str:
        """A group's name by its key."""
        if not key:
            return self.said.code("group", "population")
        return (said or key[1:]) if key.startswith("~") else self.said.code("group", key)

    def value(self, row: Mapping[str, Any]) -> str:
        """A figure's value with its doubt."""
        return self.written.value(row)

    def short(self, row: Mapping[str, Any]) -> str:
        """A value as it is written in a chart: without its unit, which the axis tells."""
        signed = row["indicator"] in SIGNED
        number = self.written.number(row["value"], signed=signed)
        if row["value_max"] is not None:
            number += f"–{self.written.number(row['value_max'])}"
        word = self.said.code("comparator", row["comparator"]) if row["comparator"] != "eq" else ""
        more = f" · {self.written.count(row['articles'], 'articles')}" if row.get("articles", 1) > 1 else ""
        return f"{word} {number}".strip() + more

    def period(self, row: Mapping[str, Any]) -> str:
        """A figure's period; nothing for an unknown one."""
        return self.written.period(row["period"])

    def source(self, row: Mapping[str, Any]) -> str:
        """An article in a line: its source or title, and its day."""
        name = row["source"] or row["title"] or row["id"]
        return f"{name}, {self.written.day(row['published'])}" if row["published"] else str(name)

    def entry(self, row: Row) -> Row:
        """A figure or a cell as the templates show it."""
        before, found, after = sentence(row)
        return row | {
            "named": self.placed(row), "written": self.value(row), "when": self.period(row), "origin": self.source(row),
            "before": before, "found": found, "after": after, "kind": self.said.code("status", row["status"]),
            "group_name": self.group(row["group_key"], row.get("group")), "what": self.written.figure(row),
            "open": self.url.article(row["id"], row["start"]), "why": self.url("/figure", id=row["id"], start=row["start"]),
        }  # fmt: skip

    def values(self, cell: Row) -> list[str]:
        """What is told of a cell: each value with its number of articles."""
        out = []
        for told in json.loads(cell["values"]):
            row = {"unit": cell["unit"], "indicator": cell["indicator"], **told}
            n = self.written.count(told["articles"], "articles")
            out.append(self.said.fill("said_by", value=self.value(row), n=n))
        return out


@cache
def _was_named(key: str, name: str) -> bool:
    """Whether other land had the name of a unit before the reform: the one of its code, or for a province any other."""
    code = key.partition("@")[0]
    units = gazetteer()
    earlier = [units.at(code, before(REFORM))] if len(code) != 2 else [u for u in units.named(name) if len(u.code) == 2]
    return any(u is not None and u.valid(before(REFORM)) and name.endswith(display(u)) for u in earlier)


def unit_name(key: str) -> str | None:
    """A unit's name by its key, in the state of its land that the key tells."""
    code, _, since = key.partition("@")
    unit = gazetteer().at(code, since or before(REFORM))
    return display(unit) if unit else None


def sentence(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """A figure's sentence as what stands before its value, the value as written, and what stands behind; long ones are cut."""
    at = row["start"] - row["sentence_start"]
    text, end = row["sentence"] or "", at + len(row["text"])
    before, found, after = text[:at], text[at:end], text[end:]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    return " ".join(before.split()) + " " * before.endswith((" ", "\n")), found, after.rstrip()
