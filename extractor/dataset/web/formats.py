"""Numbers, days, periods and values as a reader of Vietnamese or English writes them; `XXXX` and codes are never shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from extractor.dataset.web.words import Words, words
from extractor.records import SIGNED

_SWAP = str.maketrans(",.", ".,")
_DIGITS = 12  # that a float holds without showing its base
_ROMAN = ("", "I", "II", "III", "IV")
_TIMEX = re.compile(
    r"(?P<y>\d{4}|XXXX)(?:-(?:(?P<m>\d{2})(?:-(?P<d>\d{2}))?|Q(?P<q>[1-4])|H(?P<h>[12])|W(?P<w>\d{2}).*))?"
)
_NBSP = "\u00a0"
_DECIMAL = re.compile(r"-?\d+\.\d+")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Formats:
    """One language's ways to write values; texts come from its `Words`."""

    def __init__(self, said: Words) -> None:
        self.words = said
        self.vi = said.lang == "vi"

    def number(self, value: float | None, *, signed: bool = False) -> str:
        """31000.0 → `31.000` (vi), `31,000` (en); 92.4 → `92,4`; with `signed` a rise has its sign."""
        if value is None:
            return ""
        written = f"{abs(value):,.{_DIGITS}g}" if abs(value) < 1e15 else f"{abs(value):.6g}"
        sign = "−" if value < 0 else "+" if signed and value > 0 else ""
        return sign + (written.translate(_SWAP) if self.vi else written)

    def plain(self, text: str) -> str:
        """A stored value as the language writes it, if it can only be a number with decimals or a day: codes stay codes."""
        if _DECIMAL.fullmatch(text):
            return self.number(float(text))
        return self.day(text) if _ISO_DAY.fullmatch(text) else text

    def count(self, number: int, kind: str) -> str:
        """`1.082 bài`, `1 article`, `2 articles`."""
        return f"{self.number(number)}{_NBSP}{self.words.code('count', kind, number)}"

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of 0 to 1 as a percentage."""
        return self.quantity(round(share * 100, digits), "percent")

    def quantity(self, value: float | None, unit: str | None, *, signed: bool = False) -> str:
        """A number with its unit: `31.000 người`, `92,4 %`, `31,000 people`, `92.4%`."""
        if value is None:
            return ""
        gap = "" if unit == "percent" and not self.vi else _NBSP
        return f"{self.number(value, signed=signed)}{gap}{self.words.code('unit', unit, value)}"

    def value(self, figure: Mapping[str, Any], *, comparator: bool = True) -> str:
        """A row of `figures` as a value: `trên 92,4 %`, `1.000 – 1.200 thẻ`, a change with its sign."""
        unit, signed = figure["unit"], figure["indicator"] in SIGNED
        if figure["value_max"] is not None:
            value = f"{self.number(figure['value'], signed=signed)}{_NBSP}–{_NBSP}{self.quantity(figure['value_max'], unit)}"
        else:
            value = self.quantity(figure["value"], unit, signed=signed)
        word = self.words.code("comparator", figure["comparator"]) if figure["comparator"] != "eq" else ""
        return f"{word}{_NBSP}{value}" if word and comparator else value

    def figure(self, figure: Mapping[str, Any]) -> str:
        """What a row of `figures` counts: indicator and programme, as a heading has them."""
        said = (
            f"{self.words.code('indicator', figure['indicator'])} {self.words.code('programme', figure['programme'])}"
        )
        if not self.vi:
            said = f"{self.words.code('programme', figure['programme'])}: {self.words.code('indicator', figure['indicator'])}"
        return said[:1].upper() + said[1:]

    def day(self, value: str | date | None) -> str:
        """A day: `2026-06-18` → `18/6/2026`, `18 June 2026`; what is no day goes through `period`."""
        return self.period(value.isoformat() if isinstance(value, date) else value)

    def period(self, value: str | None) -> str:
        """A TIMEX3 value: `2018` → `2018`, `2018-Q1` → `quý I/2018`, a range with a dash; an unknown year in words."""
        if not value:
            return ""
        first, slash, last = value.partition("/")
        if slash:
            return self._range(first, last)
        m = _TIMEX.fullmatch(value)
        return self._written(m) if m else self.words.code("period", "no-year") if "XX" in value else value

    def _range(self, first: str, last: str) -> str:
        if first == last:
            return self.period(first)
        years = first.isdigit() and last.isdigit()
        return f"{first}–{last}" if years else f"{self.period(first)} – {self.period(last)}"

    def span(self, start: str | None, end: str | None) -> str:
        """A stretch of days, open where one is unknown."""
        if not start and not end:
            return ""
        if start == end:
            return self.day(start)
        return f"{self.day(start) or '…'} – {self.day(end) or '…'}"

    def _written(self, m: re.Match[str]) -> str:
        known = m["y"] != "XXXX"
        kind, number = self._kind(m)
        if kind == "year":
            return m["y"] if known else self.words.code("period", "no-year")
        if not known:
            kind = f"{kind}-no-year" if kind in ("day", "month") else "no-year"
        month = int(m["m"]) if m["m"] else 0
        return self.words.code("period", kind).format(
            d=int(m["d"] or 0), m=month, y=m["y"], n=number, month=self.words.code("month", str(month))
        )

    def _kind(self, m: re.Match[str]) -> tuple[str, str]:
        if m["d"]:
            return "day", ""
        if m["m"]:
            return "month", ""
        if m["q"]:
            return "quarter", _ROMAN[int(m["q"])] if self.vi else m["q"]
        if m["h"]:
            return f"half{m['h']}", ""
        return ("week", str(int(m["w"]))) if m["w"] else ("year", "")


@cache
def formats(lang: str) -> Formats:
    """The ways of a language to write values."""
    return Formats(words(lang))
