"""The pattern files and the model of their rows; what is wrong with rows, and which of them never match."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from extractor.errors import PatternError
from extractor.rules import TIMEOUT, Row, current, load_rows
from extractor.rules.sets import patterns_dir
from extractor.text import fold

_OFFICIALS, _FIGURES = "extractor.fields.officials.rows", "extractor.fields.figures.rows"
_DOCUMENTS, _PLACES = "extractor.fields.documents.rows", "extractor.fields.places.rows"
# File → where its model stands. A test holds this against the files and the code that loads them.
_MODELS = {
    "abbreviations.yaml": f"{_OFFICIALS}:AbbreviationRow",
    "activities.yaml": f"{_OFFICIALS}:ActivityRow",
    "bodies.yaml": f"{_OFFICIALS}:BodyRow",
    "body_words.yaml": f"{_OFFICIALS}:BodyWordRow",
    "comparators.yaml": f"{_FIGURES}:ComparatorRow",
    "context.yaml": "extractor.rules.scopes:ContextRow",
    "countries.yaml": "extractor.rules.countries:CountryRow",
    "dates.yaml": "extractor.fields.dates.rows:DateRow",
    "document_laws.yaml": "extractor.fields.documents.laws:LawRow",
    "document_types.yaml": f"{_DOCUMENTS}:TypeRow",
    "document_words.yaml": f"{_DOCUMENTS}:WordRow",
    "events.yaml": "extractor.fields.officials.event_rows:EventRow",
    "figure_columns.yaml": "extractor.fields.figures.rules.lists:ColumnRow",
    "figure_directions.yaml": "extractor.fields.figures.meaning:DirectionRow",
    "figure_frames.yaml": "extractor.fields.figures.words:FrameRow",
    "figure_links.yaml": "extractor.fields.figures.rules.phrases:LinkRow",
    "figure_nation.yaml": "extractor.rules:Row",
    "figure_phrases.yaml": "extractor.rules:Row",
    "figure_topics.yaml": "extractor.fields.figures.rules.topic:TopicRow",
    "figure_vetoes.yaml": f"{_FIGURES}:VetoRow",
    "groups.yaml": f"{_FIGURES}:GroupRow",
    "honorifics.yaml": f"{_OFFICIALS}:HonorificRow",
    "identifiers.yaml": "extractor.redaction_names:IdentifierRow",
    "indicators.yaml": f"{_FIGURES}:IndicatorRow",
    "issuers.yaml": f"{_DOCUMENTS}:IssuerRow",
    "former_provinces.yaml": "extractor.rules:Row",
    "levels.yaml": "extractor.rules.lexica:LevelRow",
    "spellings.yaml": "extractor.gazetteer.names:SpellingRow",
    "lines.yaml": "extractor.language:LineRow",
    "ner_lexicon.yaml": "extractor.ner.lexicon:LexiconRow",
    "numbers.yaml": "extractor.numbers:NumberRow",
    "pages.yaml": "extractor.ingest.pages.cues:CueRow",
    "places_aliases.yaml": f"{_PLACES}:AliasRow",
    "places_nouns.yaml": f"{_PLACES}:NounRow",
    "places_other.yaml": f"{_PLACES}:OtherRow",
    "places_types.yaml": f"{_PLACES}:TypeRow",
    "places_words.yaml": f"{_PLACES}:WordsRow",
    "post_keys.yaml": "extractor.fields.officials.key_rows:KeyRow",
    "post_words.yaml": "extractor.fields.officials.words:WordRow",
    "post_links.yaml": "extractor.fields.officials.links:LinkRow",
    "programmes.yaml": f"{_FIGURES}:ProgrammeRow",
    "ranks.yaml": "extractor.rules:Row",
    "roles.yaml": f"{_OFFICIALS}:RoleRow",
    "surnames.yaml": f"{_OFFICIALS}:SurnameRow",
    "units.yaml": f"{_FIGURES}:UnitRow",
    "words.yaml": "extractor.rules.lexica:WordRow",
}

# Files whose rows `extract` does not go by: what pages, redaction, the joining of persons and training take from rows.
OF_NO_RECORD = frozenset({"identifiers.yaml", "ner_lexicon.yaml", "pages.yaml", "post_keys.yaml"})


@dataclass(frozen=True, slots=True)
class Column:
    """A key that rows of a file may have: its name, what it holds, whether it must be there."""

    name: str
    holds: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a row, or worth a look where `error` is false."""

    file: str
    row: str
    message: str
    error: bool = True


def files() -> tuple[str, ...]:
    """Names of all pattern files."""
    return tuple(_MODELS)


def model_of(name: str) -> type[Row]:
    """The model of a file's rows. Raises `PatternError` for an unknown file."""
    if name not in _MODELS:
        raise PatternError(f"{name}: no pattern file of that name; there are {', '.join(_MODELS)}")
    module, _, attribute = _MODELS[name].partition(":")
    model: type[Row] = getattr(importlib.import_module(module), attribute)
    return model


def columns(name: str) -> list[Column]:
    """The keys that rows of a file may have, in order."""
    out = []
    for key, info in model_of(name).model_fields.items():
        holds = str(info.annotation).replace("typing.", "").replace("NoneType", "None")
        kind = info.annotation
        if isinstance(kind, type):
            holds = kind.__name__
        out.append(Column(key, holds, info.is_required()))
    return out


def explained(name: str) -> list[str]:
    """What the head of a file tells of its columns, line by line."""
    out = []
    for line in (patterns_dir() / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        out.append(line.removeprefix("#").removeprefix(" "))
    return out


def malformed() -> list[str]:
    """What is wrong with the form of the rows in force, file by file: sentences that name file, line, row and key."""
    out = []
    for name in _MODELS:
        try:
            load_rows(name, model_of(name))
        except PatternError as error:
            out.append(str(error))
    return out


def _faults_of(name: str, row: Row) -> Iterator[Fault]:
    yield from (Fault(name, row.id, told) for told in row.doubts())
    expression = regex.compile(row.expression())
    for example in row.examples:
        if not expression.search(fold(example), timeout=TIMEOUT):
            yield Fault(name, row.id, f"no match in its example {example!r}")
    for text in row.counterexamples:
        found = expression.search(fold(text), timeout=TIMEOUT)
        if found:
            yield Fault(name, row.id, f"matches {found.group()!r} in its counterexample {text!r}")
        elif not row.near(text):
            yield Fault(
                name, row.id, f"shares no word with its counterexample {text!r}, which cannot fail", error=False
            )


def faults(*, own: bool) -> list[Fault]:
    """What is wrong with the rows in force; with `own` only those of the user's folder.

    A malformed row raises `PatternError` (file, row, key, what is allowed), as it does in extraction.
    """
    return [
        *(fault for name, row in rows_in_force(own=own) for fault in _faults_of(name, row)),
        *(_replacing() if own else ()),
    ]


def _replacing() -> Iterator[Fault]:
    """Rows of the user's folder that take the place of one of the package's, which its author need not know."""
    for name in _MODELS:
        base = {row.id: row for row in load_rows(name, model_of(name), base=True)}
        for row in load_rows(name, model_of(name)):
            before = base.get(row.id, row)
            gone = [form for form in before.forms if form not in row.forms]
            if gone:
                told = ", ".join(gone[:3]) + (" …" if len(gone) > 3 else "")
                yield Fault(
                    name,
                    row.id,
                    f"takes the place of the package's row of that id, whose forms are lost ({told}); an id of its own adds",
                    error=False,
                )


def rows_in_force(*, own: bool) -> Iterator[tuple[str, Row]]:
    """Rows in force with their file; with `own` those that the user's folder adds or changes."""
    for name in _MODELS:
        base = {row.id: row for row in load_rows(name, model_of(name), base=True)} if own else {}
        for row in load_rows(name, model_of(name)):
            if base.get(row.id) != row:
                yield name, row


def silent(texts: Iterable[str], *, own: bool) -> list[tuple[str, str]]:
    """Rows (file, id) whose expression matches in none of the texts."""
    waiting = {(name, row.id): regex.compile(row.expression()) for name, row in rows_in_force(own=own)}
    for text in texts:
        folded = fold(text)
        for key in [key for key, expression in waiting.items() if expression.search(folded, timeout=TIMEOUT)]:
            del waiting[key]
    return list(waiting)


def in_force() -> str:
    """Where the rows in force come from, for a reader."""
    folder = current().folder
    return "the package's own patterns" if folder is None else f"the package's own patterns and {folder}"
