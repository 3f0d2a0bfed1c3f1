"""Numbers of documents as values: `119 / BC - BCT` → serial, year and suffix, and one canonical string.

How numbers are built: Decree 30/2020/NĐ-CP, appendix III (`15/QĐ-BTC`, `12/2024/TT-BYT`), the Law on Promulgation of Legal
Documents (`46/2014/QH13`), Party instructions (`21-NQ/TW`).
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

_SIGNS = str.maketrans({"Ð": "Đ", "ð": "đ", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-"})
_BLANK = regex.compile(r"\s+")
_PARTS = regex.compile(
    r"(?P<serial>\d{1,6}(?:\.\d{1,2})?[a-zđ]?)(?:(?P<sep>[/\-:])(?P<year>\d{4}))?(?:(?P<join>[/\-])(?P<suffix>\p{L}.*))?",
    regex.IGNORECASE,
)
_SLASHES = regex.compile(r"//+|(?<=/\d{4})(?=[QN]Đ-)")  # "6981//TCHQ-GSQL", "595/2017QĐ-BHXH"
_DOTS = regex.compile(r"(?<=\p{Lu})\.(?=\p{Lu})")  # "357/TB.VPCP"
_CENTRAL = regex.compile(r"T\.([ƯW])(?!\p{L})")  # "CĐ-T.Ư": the code of central bodies
_GLUED = regex.compile(r"^(\d{1,6})(?=\p{Lu}\p{L}{1,4}([/\-])\p{Lu})")  # "12QĐ/TU", "12KH-UBND"
_ASSEMBLY = regex.compile(r"(?P<code>UBTVQH|QH)(?P<term>\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Number:
    """Parts of a document's number: `serial` ("46", "30a"), `year`, `suffix` ("NĐ-CP", "NQ/TW"), `join` before the suffix."""

    serial: str
    year: int | None = None
    suffix: str = ""
    join: str = "/"

    @property
    def segments(self) -> tuple[str, ...]:
        """The codes of the suffix in order: `TTLT/BCA-TANDTC` → `("TTLT", "BCA", "TANDTC")`."""
        return tuple(s for s in self.suffix.replace("-", "/").split("/") if s)


def as_written(text: str) -> str:
    """A number as written, without spaces."""
    joined: str = _BLANK.sub("", text)
    return joined


def canonical(text: str) -> str:
    """One spelling: no spaces, `Đ` for the letter eth, `-` for every dash, for a dot between codes and for none, one slash.

    A mistyped `ƯBND` is left as it is.
    """
    joined: str = _SLASHES.sub("/", as_written(text).translate(_SIGNS))
    joined = _DOTS.sub("-", _CENTRAL.sub(r"T\1", joined))
    return str(_GLUED.sub(lambda m: m[1] + ("-" if m[2] == "/" else "/"), joined))


def parse(text: str) -> Number | None:
    """Parts of a number; None where the text is not a document's number. Never raises."""
    m = _PARTS.fullmatch(canonical(text))
    if m is None:
        return None
    return Number(m["serial"].lower(), int(m["year"]) if m["year"] else None, m["suffix"] or "", m["join"] or "/")


def assembly(segment: str) -> str | None:
    """`QH13` → `QH`, `UBTVQH15` → `UBTVQH`; None for other codes."""
    m = _ASSEMBLY.match(segment.upper())
    return m["code"] if m else None
