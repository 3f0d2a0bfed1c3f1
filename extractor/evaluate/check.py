"""`extractor gold check`: what is wrong with gold records, each finding with file, id, item and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extractor.evaluate.align import Json, Marked, marked, spans_of
from extractor.evaluate.compile import Problem
from extractor.evaluate.figures import PROGRAMMES
from extractor.evaluate.gold import GOLD_KEYS
from extractor.records import FIELDS, NATION, SIGNED, sha256_of
from extractor.text import fold, unaccent

if TYPE_CHECKING:
    from extractor.gazetteer import Unit

_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_POINT = rf"(?:\d{{4}}(?:-(?:Q[1-4]|H[12]|{_MONTH}(?:-{_DAY})?))?|XXXX-{_MONTH}(?:-{_DAY})?)"
_TIMEX = re.compile(rf"{_POINT}(?:/{_POINT})?")
_DATE = re.compile(rf"\d{{4}}-{_MONTH}-{_DAY}")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_ANYWHERE = frozenset({"note", "comment"})  # an annotator's own remarks
_CHOICES: dict[tuple[str, str], frozenset[str]] = {
    ("locations", "level"): frozenset({"province", "district", "commune", "hamlet", "other"}),
    ("figures", "unit"): frozenset({"person", "percent", "card", "household", "organisation", "percentage_point"}),
    ("figures", "programme"): PROGRAMMES,
    ("figures", "indicator"): frozenset(
        {"participants", "new_participants", "renewed_participants", "non_participants", "coverage_rate", "change"}
        | {"gap", "plan_rate"}
    ),
    ("figures", "status"): frozenset({"actual", "target"}),
    ("figures", "comparator"): frozenset({"eq", "gt", "lt", "approx"}),
}
_OVER_100 = frozenset({"change", "gap", "plan_rate"})  # growth, a plan overfulfilled, differences
_MEANING = ("group", "place", "place_path", "place_code", "period", "period_value")  # of a figure, since version 1.3
_CODE_LENGTHS = {"province": (2,), "district": (3,), "commune": (5,)}


class _Checker:
    """Checks one record; `text` is null where only the record is at hand."""

    def __init__(self, file: str, record: Json, text: str | None) -> None:
        self.file, self.record, self.text = file, record, text
        self.article = str(record.get("id"))
        self.problems: list[Problem] = []

    def say(self, field: str, item: Mapping[str, Any], message: str, *, error: bool = True) -> None:
        shown = item.get("text") or item.get("name") or ""
        self.problems.append(Problem(self.file, self.article, f"{field} {shown!r}", message, error))

    def run(self) -> list[Problem]:
        day, digest = self.record.get("published"), self.record.get("sha256")
        if day is not None and not _DATE.fullmatch(str(day)):
            self.say("published", {"text": day}, "is not a day (2018-01-12); null where it is not known")
        if digest and self.text is not None and digest != sha256_of(self.text):
            self.say("sha256", {"text": digest[:8]}, "is not that of the text: it was changed after the annotation")
        for field in FIELDS:
            for item in self.record.get(field) or ():
                self.keys(field, item)
                self.quotes(field, item, str(item.get("name" if field == "officials" else "text", "")))
                getattr(self, field, self.anything)(item)
            self.placement(field)
        return self.problems

    def keys(self, field: str, item: Json) -> None:
        for key in sorted(item.keys() - GOLD_KEYS[field] - _ANYWHERE):
            self.say(field, item, f"unknown key {key!r}; known: {', '.join(sorted(GOLD_KEYS[field]))}")
        for (where, key), allowed in _CHOICES.items():
            if where == field and item.get(key) not in allowed:
                self.say(field, item, f"{key} {item.get(key)!r} is not one of {', '.join(sorted(allowed))}")

    def quotes(self, field: str, item: Json, quote: str, key: str = "spans") -> None:
        if "spans" not in item and "start" not in item:
            self.say(field, item, "has no 'spans'; run 'extractor gold compile'")
            return
        spans = spans_of(item)
        if not spans:
            self.say(field, item, "stands for no occurrence")
        for start, end in spans if self.text is not None else ():
            if self.text is not None and self.text[start:end] != quote:
                self.say(field, item, f"text[{start}:{end}] is {self.text[start:end]!r}; compile the annotation again")

    def anything(self, item: Json) -> None:
        """A field without rules of its own: its quotes and keys are all that is checked."""

    def officials(self, person: Json) -> None:
        if len(str(person.get("name", "")).split()) < 2:
            self.say(
                "officials", person, "a personal name of two or more syllables is expected; else leave the person out"
            )
        posts = person.get("positions") or []
        if person.get("official", True) and not posts:
            self.say("officials", person, "is official without a post; give the post or 'official: false'", error=False)
        if not person.get("official", True) and posts:
            self.say("officials", person, "is not official but has posts; one of the two is wrong")
        for post in posts:
            self.keys("positions", post)
            if not post.get("role"):
                self.say("positions", post, "has no role; give the post with abbreviations expanded")
            self.quotes("positions", post, str(post.get("text", "")))

    def dates(self, item: Json) -> None:
        value = item.get("value")
        if value is not None and not _TIMEX.fullmatch(str(value)):
            self.say(
                "dates", item, f"{value!r} is no TIMEX3 value such as 2018-01-12, 2018-Q1, 2017/2018; null where open"
            )
        elif value is not None and "/" in value:
            first, last = value.split("/")
            if first[:4] > last[:4]:
                self.say("dates", item, f"the range {value} ends before it begins")

    def locations(self, item: Json) -> None:
        level, path, code = item.get("level"), item.get("path"), item.get("code")
        if level == "other":
            return
        if not item.get("name"):
            self.say("locations", item, "has no name; give it as written, without the type word")
        if path and _letters(path[-1]) != _letters(item.get("name")):
            self.say("locations", item, f"path ends in {path[-1]!r}, not in its name {item.get('name')!r}", error=False)
        if code is not None:
            self.code(item, str(code))

    def code(self, item: Json, code: str) -> None:
        from extractor.gazetteer import gazetteer

        lengths = _CODE_LENGTHS.get(str(item.get("level")))
        if lengths and len(code) not in lengths:
            self.say("locations", item, f"code {code} has {len(code)} digits; a {item.get('level')} has {lengths[0]}")
            return
        states = gazetteer().versions(code)
        if not states:
            self.say("locations", item, f"code {code} is not in the gazetteer; look the unit up by its name")
            return
        day = self.record.get("published")
        self.name_of_code(item, code, states, day)
        if day and min(state.since for state in states) > str(day):
            self.say("locations", item, f"code {code} came into force after {day}; give the one valid on that day")
        elif day and all(state.until <= str(day) for state in states):
            self.ended(item, code, str(day))

    def ended(self, item: Json, code: str, day: str) -> None:
        """A unit that had ended keeps its last code, unless the text means the unit of that name in force on the day."""
        from extractor.gazetteer import gazetteer

        if len(item.get("path") or ()) > 2:  # the text names the district: the old unit is meant
            return
        for successor in gazetteer().successors(code):
            unit = gazetteer().at(successor, day)
            if unit and unit.level == item.get("level") and _letters(unit.name) == _letters(item.get("name")):
                message = f"code {code} had ended by {day}; {unit.full_name} in force then has code {successor}"
                self.say("locations", item, message, error=False)

    def documents(self, item: Json) -> None:
        number, day = item.get("number"), item.get("date")
        if number is not None and " " in str(number):
            self.say("documents", item, f"number {number!r} holds blanks; remove them")
        if number is not None and self.text is not None and not _stands_in(str(number), str(item.get("text", ""))):
            self.say("documents", item, f"number {number!r} does not stand in the quote", error=False)
        if not item.get("type"):
            self.say("documents", item, "has no type; give the standard type name (Quyết định, Kế hoạch …)")
        if day is not None and not _ISO.fullmatch(str(day)):
            self.say("documents", item, f"date {day!r} is not ISO (2018-01-12)")

    def figures(self, item: Json) -> None:
        value = item.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.say("figures", item, f"value {value!r} is not a number")
        elif item.get("unit") == "percent" and item.get("indicator") not in _OVER_100 and not 0 <= value <= 100:
            self.say("figures", item, f"a share of {value} % lies outside 0–100")
        elif value < 0 and item.get("indicator") not in SIGNED:
            self.say(
                "figures", item, f"{item.get('indicator')} cannot be negative; a fall is 'change', a shortfall 'gap'"
            )
        for key in ("place", "period", "group"):
            if item.get(key) and self.text is not None and str(item[key]) not in self.text:
                self.say(
                    "figures", item, f"{key} {item[key]!r} does not stand in the text; copy it verbatim", error=False
                )
        if str(self.record.get("guidelines", "")) >= "1.3":
            self.meaning(item)

    def meaning(self, item: Json) -> None:
        """Who, where and when of a figure (version 1.3): every key is there, and codes and values fit."""
        missing = [key for key in _MEANING if key not in item]
        if missing:
            self.say("figures", item, f"has no {', '.join(missing)}; null where the text does not tell")
        value = item.get("period_value")
        if value is not None and not _TIMEX.fullmatch(str(value)):
            self.say(
                "figures", item, f"period_value {value!r} is no TIMEX3 value such as 2018-12-31, 2018-Q1, 2016/2020"
            )
        path, code = item.get("place_path"), item.get("place_code")
        if (path == []) != (code == NATION):
            self.say(
                "figures", item, f"place_path {path!r} and place_code {code!r}: the whole country is [] and {NATION}"
            )
        elif code is not None and code != NATION:
            self.place_code(item, str(code), path)

    def place_code(self, item: Json, code: str, path: list[str] | None) -> None:
        from extractor.gazetteer import gazetteer

        states = gazetteer().versions(code)
        if not path:
            self.say("figures", item, f"has the place_code {code} and no place_path; give the unit's path")
        elif not states:
            self.say("figures", item, f"place_code {code} is not in the gazetteer; look the unit up by its name")
        elif not any(_letters(path[-1]) in _letters(state.full_name) for state in states):
            names = " / ".join(dict.fromkeys(state.full_name for state in states))
            self.say("figures", item, f"place_code {code} is {names}, not {path[-1]}; check the code", error=False)

    def name_of_code(self, item: Json, code: str, states: Sequence[Unit], day: Any) -> None:
        """Whether a place bears the name of its code: one may have been given on, so that any name up to the day is right."""
        known = [state for state in states if day is None or state.since <= str(day)] or states[:1]
        if not any(_letters(item.get("name")) in _letters(state.full_name) for state in known):
            names = " / ".join(dict.fromkeys(state.full_name for state in known))
            when = f" up to {day}" if len(states) > len(known) else ""
            self.say("locations", item, f"code {code} is {names}{when}; check the code or the name", error=False)

    def placement(self, field: str) -> None:
        """Doubled and crossing spans inside a field."""
        items = [item for item in self.record.get(field) or () if "spans" in item or "start" in item]
        for one, other in pairwise(marked(items)):
            self.neighbours(field, one, other)
        if field == "officials":
            names = Counter(str(item.get("name", "")).casefold() for item in items)
            for name in sorted(name for name, n in names.items() if n > 1):
                self.say(field, {"name": name}, "stands twice; one item a person")

    def neighbours(self, field: str, one: Marked, other: Marked) -> None:
        """Whether two mentions that follow each other share a span or cross."""
        if one.span == other.span:
            if not _may_share(field, one.item, other.item):
                self.say(
                    field, other.item, f"[{one.start}, {one.end}) is annotated twice; give 'occurrences' or drop one"
                )
        elif one.start < other.start < one.end < other.end:
            shown = one.item.get("text") or one.item.get("name")
            self.say(field, other.item, f"[{other.start}, {other.end}) crosses the border of {shown!r}", error=False)


def _letters(name: str | None) -> str:
    """A name for comparing: no diacritics, blanks, dashes, apostrophes, and no zeros before a number."""
    bare = "".join(c if c.isalnum() else " " for c in unaccent(fold(name or "")))
    return "".join(word.lstrip("0") for word in bare.split())


def _may_share(field: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Two figures share a span when one number counts for two programmes."""
    return field == "figures" and one.get("programme") != other.get("programme")


def _stands_in(number: str, quote: str) -> bool:
    return "".join(number.split()) in "".join(quote.split())


def check_record(record: Json, text: str | None, *, file: str) -> list[Problem]:
    """Everything wrong with a gold record: quotes, enumerations, values, codes on the article's date, doubles, crossings."""
    return _Checker(file, record, text).run()


def check(records: Sequence[Json], texts: Mapping[str, str], *, file: str) -> list[Problem]:
    """`check_record` over all records; `texts` by id may lack some."""
    return [problem for record in records for problem in check_record(record, texts.get(str(record["id"])), file=file)]
