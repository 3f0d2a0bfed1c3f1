"""Language knowledge as data: `patterns/*.yaml` to validated rows. A row without examples does not load."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar, TypeVar

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractor.compiled import TIMEOUT, compiled, parsed
from extractor.errors import PatternError
from extractor.rules import malformed
from extractor.rules.sets import cache, current, patterns_dir
from extractor.rules.trial import SIZE, TRIAL, slow_piece
from extractor.text import fold

_HERE = Path(__file__).parent.parent  # the package
_OF_NO_RECORD = ("columns.tsv", "provinces.csv", "scoring.yaml", "training.yaml")
_WORD = regex.compile(r"\p{L}+")


class Row(BaseModel):
    """What every row of every pattern file has. `forms` are literal surface forms, `pattern` a regular expression over folded text.

    Examples hold the row's match, counterexamples do not; one test checks both for every row of every file. A counterexample
    shares a word with a form, so that it can fail; a row whose forms are single words, alone or joined, needs none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    SPELT: ClassVar[tuple[str, ...]] = ()  # columns besides `forms` that texts are matched with: codes, other spellings
    ASKED: ClassVar[tuple[str, ...]] = ()  # columns by whose values the program asks for rows: each of them needs one

    id: str = Field(min_length=1)
    forms: tuple[str, ...] = ()
    pattern: str | None = None
    examples: tuple[str, ...] = Field(min_length=1)
    counterexamples: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Row:
        if bool(self.forms) == (self.pattern is not None):
            raise ValueError("give either 'forms' or 'pattern'")
        if odd := next((form for form in self.forms if form != " ".join(form.split())), None):
            raise ValueError(f"the form {odd!r} has blanks at an end, two in a row, or others than plain ones")
        if not self.counterexamples and self._has_near_misses():
            raise ValueError("counterexamples are needed: a text that is near to the row and is not it")
        return self

    def _has_near_misses(self) -> bool:
        """Whether a text can share a word with the row and not match it: some form has a word that is no form by itself."""
        if all(map(str.isalpha, self.forms)):
            return self.pattern is not None
        alone = {fold(form) for form in self.forms}
        return self.pattern is not None or any(not alone.issuperset(fold(form).split()) for form in self.forms)

    def near(self, text: str) -> bool:
        """Whether a text shares a word with the row's forms; every text is near to an expression."""
        words = {word for form in self.forms for word in _WORD.findall(fold(form))}
        return not self.forms or not words.isdisjoint(_WORD.findall(fold(text)))

    def doubts(self) -> tuple[str, ...]:
        """Sentences on what is wrong with the row beyond its form: codes that do not exist and the like."""
        return ()

    def expression(self) -> str:
        """The row as one regular expression over folded text, its alternatives longest first."""
        return whole_words(self.forms) if self.pattern is None else self.pattern

    def search(self, text: str) -> bool:
        """Whether the row matches anywhere in `text` (folded here)."""
        return regex.search(self.expression(), fold(text), timeout=TIMEOUT) is not None


def whole_words(forms: Iterable[str]) -> str:
    """Literal forms as one expression over folded text, longest first, borders at letters and digits."""
    some = sorted({fold(f) for f in forms}, key=lambda form: (-len(form), form))
    body = "|".join(regex.escape(f, special_only=True, literal_spaces=True).replace(" ", r"\s+") for f in some)
    return rf"(?<![\p{{L}}\p{{N}}])(?:{body})(?![\p{{L}}\p{{N}}])"


R = TypeVar("R", bound=Row)


@cache
def knowledge() -> str:
    """A hash of all language knowledge in force, pattern files and model data: records of two hashes should not be mixed.

    What no record follows from (how columns are explained, where provinces lie on a map, how a scorer compares) is left out.
    """
    digest = hashlib.sha256()
    for folder in (patterns_dir(), _HERE / "data"):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in _OF_NO_RECORD):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(current().digest.encode())
    return digest.hexdigest()[:16]


def _parse(data: bytes) -> object:
    import yaml  # not where the parsed file is at hand

    text = data.decode("utf-8").replace("\r\n", "\n")
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


@functools.lru_cache(maxsize=2)  # a file's rows are asked for by few, one after the other
def _raw(path: Path, _digest: str = "") -> tuple[object, ...]:
    try:
        rows = parsed(path.read_bytes(), _parse)
    except FileNotFoundError:
        raise PatternError(f"{path}: no such pattern file") from None
    except (OSError, ValueError) as error:
        raise PatternError(f"{path}: not valid YAML in UTF-8: {error}") from None
    if not isinstance(rows, list):
        raise PatternError(f"{path}: a list of rows is expected, one '- id: …' a row")
    return tuple(rows)


def _validated(path: Path, shown: str, model: type[R], digest: str = "") -> dict[str, R]:
    """The rows of one file by id."""
    out: dict[str, R] = {}
    found: list[tuple[int, str]] = []  # number of the row, what is wrong with it
    for number, raw in enumerate(_raw(path, digest), 1):
        label = raw.get("id", f"number {number}") if isinstance(raw, dict) else f"number {number}"
        try:
            row = model.model_validate(raw)
            if row.pattern is not None:  # forms are escaped and always compile
                compiled(row.pattern)
        except ValidationError as error:
            found += [(number, f"row {label}{told}") for told in malformed.sentences(error, model)]
            continue
        except (regex.error, RecursionError) as error:  # also brackets within brackets by the thousand
            found.append((number, f"row {label}, pattern: {error}"))
            continue
        if row.id in out:
            found.append((number, f"row {label}: the id stands twice"))
        out[row.id] = row
    if found:
        at = malformed.lines(path.read_bytes())
        where = (f"{shown}:{at[number - 1]}" if number <= len(at) else shown for number, _ in found)
        raise PatternError(malformed.message([f"{w}, {told}" for w, (_, told) in zip(where, found, strict=True)]))
    return out


def load_rows(name: str, model: type[R], *, base: bool = False) -> tuple[R, ...]:
    """Rows of `patterns/NAME` as validated models, those of the user's file of that name over them.

    A user's row of a known id takes that row's place, a new one comes last. With `base` the package's rows alone: what
    the trained models were taught with. Raises `PatternError` naming file, line, row and key of every malformed row, a doubled id,
    a pattern that does not compile, or a row that takes away the last one of a kind that the program asks for.
    """
    rows = _validated(patterns_dir() / name, f"patterns/{name}", model)
    folder = None if base else current().folder
    if folder is not None and (folder / name).is_file():
        own = _validated(folder / name, str(folder / name), model, current().digest)
        _try(str(folder / name), own.values())
        _keeps_what_is_asked_for(str(folder / name), rows, own, model.ASKED)
        rows |= own
    return tuple(rows.values())


def _try(shown: str, own: Iterable[Row]) -> None:
    """Refuse an expression that takes too long on a text made to show it; the others are bounded where they are used."""
    known = current().expressions
    for row in own:
        if row.pattern is None or row.pattern in known:
            continue
        if (piece := slow_piece(row.pattern, row.examples)) is not None:
            raise PatternError(
                f"{shown}, row {row.id}, pattern: it takes over {TRIAL:g} seconds on {SIZE:,} characters of {piece!r}; what "
                "repeats within what repeats, such as (a+)+, tries every way through a text: write it so that there is one way"
            )
        known.add(row.pattern)


def _keeps_what_is_asked_for(
    shown: str, rows: Mapping[str, Row], own: Mapping[str, Row], columns: Iterable[str]
) -> None:
    """Refuse a row in the place of the last one with a value that the program asks for."""
    for column in columns:
        kept = {getattr(row, column) for row in {**rows, **own}.values()}
        for key in own.keys() & rows.keys():
            asked = getattr(rows[key], column)
            if asked and asked not in kept:
                raise PatternError(
                    f"{shown}, row {key}, {column}: the program asks for rows of {column} {_worded(asked)}, and this takes the "
                    f"last one's place; keep that {column} (its forms may be others), or give your row an id of its own"
                )


def _worded(value: object) -> str:
    return "true" if value is True else repr(value)


def union(rows: tuple[R, ...], flags: int = 0) -> regex.Pattern[str]:
    """All surface forms of `rows` as one pattern of whole words."""
    return compiled(whole_words(f for row in rows for f in row.forms), flags)
