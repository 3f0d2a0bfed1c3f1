"""Rows of roles, bodies, ranks, forms of address, abbreviations and surnames, compiled once over folded text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex
from pydantic import Field

from extractor.compiled import compiled
from extractor.fields.officials.marks import Forms
from extractor.rules import Row, cache, first_words, load_rows
from extractor.rules.countries import country_rows
from extractor.text import fold

Kind = Literal["body", "public", "alone", "weak", "firm", "minor"]
Complement = Literal["place", "topic", "any", "term", "court", "foreign", "none"]


class RoleRow(Row):
    """A role. `head` is the body word that the role implies; `kind` tells what it takes to be a public post.

    `duties` may follow and belong to the role; with one of them it is public by itself (a minor post) unless `weak_duties`.
    A `bound` role counts only right before a body or, where it implies a head, before words of such a body: "CT UBND".
    A `level` is that of the role wherever it is held: an ambassador is the state's.
    """

    role: str
    kind: Kind = "body"
    head: str | None = None
    duties: list[str] = Field(default_factory=list)
    weak_duties: bool = False
    bound: bool = False
    level: Literal["central"] | None = None


class BodyRow(Row):
    """The head of an organisation's name; `complement` is what may follow, a parent has a higher `rank`."""

    canonical: str
    complement: Complement = "topic"
    rank: int = 5
    public: bool = True


class HonorificRow(Row):
    """A form of address or an occupation before a name. `private` occupations make nobody an official."""

    plural: bool = False
    private: bool = False


class BodyWordRow(Row):
    """Words around names of organisations; `use` tells what they do there."""

    use: Literal["word", "verb", "stop", "opener", "spelling"] = "word"


class AbbreviationRow(Row):
    """An abbreviation and its full wording."""

    expansion: str


class SurnameRow(Row):
    """A group of surnames; `rare` ones open a name only after a form of address or a post, `foreign` ones are other countries'."""

    rare: bool = False
    foreign: bool = False


class ActivityRow(Row):
    """What a person does, by the verb after the name; `kind` is the record's word for it."""

    kind: str


def alternatives(forms: list[str]) -> str:
    """Folded forms, longest first, blanks flexible."""
    unique = sorted({fold(f) for f in forms}, key=lambda form: (-len(form), form))
    border = r"(?![\p{L}\p{N}])"
    return "|".join(
        regex.escape(f, special_only=True, literal_spaces=True).replace(" ", r" {1,3}")
        + ("" if f.endswith(".") else border)
        for f in unique
    )


@lru_cache(maxsize=2048)
def key(text: str) -> str:
    """Folded, with single blanks: how surface forms are looked up."""
    return " ".join(fold(text).split())


def written_short(text: str) -> bool:
    """Whether an acronym's letters are written as capitals ("TƯ" is Trung ương, "Tư" in "Tư pháp" is not)."""
    return sum(c.isupper() for c in text) >= 2


def _duties(forms: list[str]) -> regex.Pattern[str]:
    """One to three duties after a role: "địa chính - xây dựng", "văn hóa và thông tin"."""
    one = f"(?:{alternatives(forms)})"
    return compiled(rf" (?:phụ trách )?{one}(?:(?: ?[\-–,] ?| và | kiêm ){one}){{0,3}}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything compiled. Dictionaries are keyed by `key(form)`."""

    role_forms: Forms
    bound: dict[str, tuple[Forms, ...]]
    roles: dict[str, RoleRow]
    duties: dict[str, regex.Pattern[str]]
    body_forms: Forms
    bodies: dict[str, BodyRow]
    words: Forms
    verbs: frozenset[str]
    stops: Forms
    openers: Forms
    spelling: Forms
    spelled: dict[str, str]
    countries: Forms
    country_pattern: regex.Pattern[str]
    address: Forms
    plural: regex.Pattern[str]
    private: regex.Pattern[str]
    abbreviation: regex.Pattern[str]
    abbreviation_words: frozenset[str] | None  # the first words of all abbreviations, where all begin with a letter
    abbreviations: Forms
    expansions: dict[str, str]
    acronyms: frozenset[str]
    surnames: frozenset[str]
    rare_surnames: frozenset[str]
    all_surnames: frozenset[str]  # the common and the rare ones
    foreign_surnames: frozenset[str]
    activity: Forms
    activities: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The compiled rows. Raises `PatternError` for a malformed file."""
    role_rows = load_rows("roles.yaml", RoleRow)
    body_rows = load_rows("bodies.yaml", BodyRow)
    honorifics = load_rows("honorifics.yaml", HonorificRow)
    ranks = load_rows("ranks.yaml", Row)
    shorts = load_rows("abbreviations.yaml", AbbreviationRow)
    surnames = load_rows("surnames.yaml", SurnameRow)
    verbs = load_rows("activities.yaml", ActivityRow)
    words = load_rows("body_words.yaml", BodyWordRow)
    countries = country_rows()
    left = r"(?<![\p{L}\p{N}])"
    body_forms = Forms((f for row in body_rows for f in row.forms), bounded=False)
    body_words = Forms(f for row in words if row.use in ("word", "verb") for f in row.forms)
    short_forms = Forms(f for row in shorts for f in row.forms)
    return Lexicon(
        role_forms=Forms((f for row in role_rows for f in row.forms), bounded=False),
        bound={
            key(f): (body_words, short_forms) if row.head else (body_forms,)
            for row in role_rows
            if row.bound
            for f in row.forms
        },
        roles={key(f): row for row in role_rows for f in row.forms},
        duties={row.id: _duties(row.duties) for row in role_rows if row.duties},
        body_forms=body_forms,
        bodies={key(f): row for row in body_rows for f in row.forms},
        words=body_words,
        verbs=frozenset(key(f) for row in words if row.use == "verb" for f in row.forms),
        stops=Forms(f for row in words if row.use == "stop" for f in row.forms),
        openers=Forms(f for row in words if row.use == "opener" for f in row.forms),
        spelling=Forms(f for row in words if row.use == "spelling" for f in row.forms),
        spelled={key(f): f for row in words if row.use == "spelling" for f in row.forms},
        countries=Forms(f for row in countries for f in row.forms),
        country_pattern=compiled(left + "(?:" + alternatives([f for row in countries for f in row.forms]) + ")"),
        address=Forms(f for row in (*honorifics, *ranks) for f in row.forms),
        plural=compiled(
            rf"{left}(?:{alternatives([f for row in honorifics if row.plural for f in row.forms])}"
            rf"|các|những|hai|ba|bốn|năm|\d)(?: (?:vị|nguyên))?[ :]*$"
        ),
        private=compiled(
            rf"(?r){left}(?:{alternatives([f for row in honorifics if row.private for f in row.forms])})[ .:]*$"
        ),
        abbreviation=compiled(left + "(?:" + alternatives([f for row in shorts for f in row.forms]) + ")"),
        abbreviation_words=first_words(f for row in shorts for f in row.forms),
        abbreviations=short_forms,
        expansions={key(f): row.expansion for row in shorts for f in row.forms},
        acronyms=frozenset(
            key(f) for row in (*role_rows, *body_rows) for f in row.forms if f.isupper() and " " not in f
        ),
        surnames=frozenset(key(f) for row in surnames if not (row.rare or row.foreign) for f in row.forms),
        rare_surnames=frozenset(key(f) for row in surnames if row.rare for f in row.forms),
        all_surnames=frozenset(key(f) for row in surnames if row.rare or not row.foreign for f in row.forms),
        foreign_surnames=frozenset(key(f) for row in surnames if row.foreign for f in row.forms),
        activity=Forms(f for row in verbs for f in row.forms),
        activities={key(f): row.kind for row in verbs for f in row.forms},
    )
