"""Cases in one notation (`tests/cases/`, told in its README): what the pipeline gives for a text, and what not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import regex
import yaml

from extractor import extract
from extractor.fields import Analysis
from extractor.fields.figures.field import FiguresField, candidates_in
from extractor.models import Evidence, Mention, Reading
from extractor.pattern_files import model_of
from extractor.records import Figure
from extractor.rules import Row, load_rows

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))
KEYS = {"row", "text", "published", "url", "expect", "absent", "of", "among", "items", "gap"}
KEYS |= {"matches", "rules", "seen", "posts", "events"}
DAY = "2019-06-15"
Case = dict[str, Any]


@cache
def cases(name: str) -> list[Case]:
    """The cases of a file, with what its head says of all of them."""
    found = yaml.load((FOLDER / name).read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    shared = {} if isinstance(found, list) else {key: found[key] for key in found if key != "cases"}
    return [{"published": DAY} | shared | case for case in (found if isinstance(found, list) else found["cases"])]


@cache
def _rows(name: str) -> dict[str, Row]:
    return {row.id: row for row in load_rows(name, model_of(name))}


def row_of(case: Case, key: str = "row") -> tuple[str, str]:
    """File and id of the row that a case is of, or of the one that matches in its text."""
    file, _, name = case[key].partition("/")
    return f"{file}.yaml", name


def plain(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its marks ⟦ ⟧, and the spans between them."""
    text, spans, start = "", [], 0
    for piece in marked.replace("⟦", "\0⟦").replace("⟧", "\0⟧").split("\0"):
        if piece[:1] == "⟦":
            start = len(text)
        elif piece[:1] == "⟧":
            spans.append((start, len(text)))
        text += piece.lstrip("⟦⟧")
    return text, spans


def items(record: Case, field: str) -> list[dict[str, Any]]:
    """The items of a field of a dumped record; `positions`, `activities` and `events` are those of all officials.

    These have the person's `name`, too, and an event the `role` of its post; others the `rule` that read them.
    """
    if field not in ("positions", "activities", "events"):
        return [{"rule": item.get("provenance", {}).get("rule")} | item for item in record[field]]
    found = [(person, item) for person in record["officials"] for item in person[field]]
    if field == "events":
        return [{"name": person["name"], "role": _role(person, item["position"])} | item for person, item in found]
    return [{"name": person["name"]} | item for person, item in found]


def _role(person: dict[str, Any], position: int | None) -> str | None:
    return None if position is None else person["positions"][position]["role"]


def fits(item: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether an item has all values of `wanted`; a list there is a choice."""
    return all(
        item[key] in value if isinstance(value, list) else item[key] == value
        for key, value in wanted.items()
        if key != "field"
    )


def faults(case: Case, record: Case) -> Iterator[str]:
    """In which ways a record is not what its case says."""
    for wanted in case.get("expect", ()):
        if not any(fits(item, wanted) for item in items(record, wanted["field"])):
            yield f"{wanted} is not in {_short(items(record, wanted['field']))}"
    for unwanted in case.get("absent", ()):
        yield from (f"{unwanted} is there" for item in items(record, unwanted["field"]) if fits(item, unwanted))
    if "items" in case:
        yield from _marked(case, record)
    if "posts" in case:
        without = [{"name": o["name"], "role": None, "body": None} for o in record["officials"] if not o["positions"]]
        yield from _all(case["posts"], items(record, "positions") + without)
        yield from (
            f"{span} is not what stands there" for span in _spans(record) if not _stands(span, plain(case["text"])[0])
        )
    if "events" in case:
        yield from _all(case["events"], items(record, "events"))


def _all(told: list[Any], found: list[dict[str, Any]]) -> Iterator[str]:
    """The items are those told, in order; a list there is name, role and body of a post."""
    wanted = [one if isinstance(one, dict) else dict(zip(("name", "role", "body"), one, strict=True)) for one in told]
    if len(found) != len(wanted) or not all(map(fits, found, wanted)):
        yield f"{told} are {_short(found)}"


def _spans(record: Case) -> Iterator[dict[str, Any]]:
    for person in record["officials"]:
        yield from (person, *person["mentions"], *person["positions"], *person["activities"])


def _stands(span: dict[str, Any], text: str) -> bool:
    return bool(text[span["start"] : span["end"]] == span["text"])


def _marked(case: Case, record: Case) -> Iterator[str]:
    """The items of a field are those that the marks show, each with its values; several at one span are a list of lists."""
    _, spans = plain(case["text"])
    found = sorted(
        (item for item in items(record, case["of"]) if fits(item, case.get("among", {}))),
        key=lambda item: (item["start"], item["end"], item.get("programme", "")),
    )
    groups = [(span, list(some)) for span, some in groupby(found, lambda item: (item["start"], item["end"]))]
    if [span for span, _ in groups] != spans:
        yield f"read are {[some[0]['text'] for _, some in groups]}"
        return
    for (_, some), told in zip(groups, case["items"], strict=True):
        each = told if isinstance(told, list) else [told]
        wanted = [value if isinstance(value, dict) else {"value": value} for value in each]
        if len(some) != len(wanted) or not all(map(fits, some, wanted)):
            yield f"{some[0]['text']!r} is no {wanted}: {_short(some)}"


def _short(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    unsaid = ("provenance", "start", "end", "start_date", "end_date", "spans")
    return [{k: v for k, v in item.items() if k not in unsaid and v not in (None, (), [])} for item in some]


def read(case: Case) -> Case:
    """The record of a case's text, dumped."""
    text, how = plain(case["text"])[0], {"published": case["published"], "url": case.get("url")}
    if "seen" in case:
        return extract(text, backend=_seeing(case["seen"]), **how).model_dump(mode="json")
    with ExitStack() as rules:
        if case.get("rules"):
            rules.enter_context(patch("extractor.fields.officials.field.decides", lambda mentions, **_: None))
            rules.enter_context(patch("extractor.fields.figures.field.FiguresField.read", _ruled))
        return extract(text, **how).model_dump(mode="json")


def _ruled(_: FiguresField, analysis: Analysis) -> list[Figure]:
    """The figures that the rules read, one voter of the field."""
    candidates = candidates_in(analysis)
    return list(candidates.ruled) if candidates else []


def _seeing(names: list[str]) -> Callable[[Reading], list[Mention]]:
    """A statistical layer that sees persons of these names, wherever they stand, and no other; it has no rankers."""

    def tag(reading: Reading) -> list[Mention]:
        places = {m.span() for name in names for m in regex.finditer(regex.escape(name), reading.text)}
        return [Mention.at(reading.text, start, end, "PER", Evidence("ner", "test")) for start, end in sorted(places)]

    return tag


def wrong(case: Case) -> list[str]:
    """What is wrong with a case, or with what is read in it."""
    spans = plain(case["text"])[1]
    found = [f"unknown keys {sorted(case.keys() - KEYS)}"] if case.keys() - KEYS else []
    if not (case.get("expect") or case.get("absent") or {"items", "posts", "events"} & case.keys()):
        found.append("the case says nothing")
    if "items" in case and len(case["items"]) != len(spans):
        found.append("as many marks as items are needed")
    for key in case.keys() & {"row", "matches"}:
        file, name = row_of(case, key)
        if name not in _rows(file):
            found.append(f"{file} has no row {name}")
        elif key == "matches" and not any(map(_rows(file)[name].search, plain(case["text"])[0].split("\n"))):
            found.append(f"{name} of {file} does not match")
    if found:
        return found
    found = list(faults(case, read(case)))
    if "gap" in case:
        return [] if found else ["is no gap any more: take the key out"]
    return found


@pytest.mark.parametrize("name", FILES)
def test_cases(name: str) -> None:
    found = {f"{case.get('row', '')} {case['text']!r}": wrong(case) for case in cases(name)}
    failed = [f"{case}: {'; '.join(said)}" for case, said in found.items() if said]
    assert not failed, f"{len(failed)} of {len(found)} cases of {name}:\n" + "\n".join(failed)


def test_rankers_read_the_posts_that_the_rules_read() -> None:
    """All but a few, among them bodies that they complete; bodies and roles without regard to capitals."""

    some = [c for c in cases("officials_rules.yaml") if c["published"] != DAY and "gap" not in c]
    wrong = 0
    for case in some:
        found = {(p["name"], p["role"], p["body"]) for p in items(read(case | {"rules": False}), "positions")}
        wrong += _lower(found) != _lower(case["posts"])
    assert len(some) > 150
    assert wrong <= 0.1 * len(some)


def _lower(posts: Iterable[Iterable[str | None]]) -> set[tuple[str, ...]]:
    return {tuple((said or "").lower() for said in post) for post in posts}


BLANKS = ("  ", "\u00a0", "\u00a0 ", "\u2003", " \u202f\u00a0 ", "\t")
_CELLS = regex.compile(r"\d \d")  # a tab between two numbers parts the cells of a table


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["one kind", "all kinds"])
@pytest.mark.parametrize("name", ["dates.yaml", "documents.yaml", "places.yaml"])
def test_blanks_of_any_kind_change_nothing(name: str, every: bool) -> None:
    """Each case with one kind of blank after the other in place of its blanks; among the slow tests with all of them."""
    failed = []
    for number, case in enumerate(case for case in cases(name) if "items" in case and "gap" not in case):
        for blank in BLANKS if every else (BLANKS[number % len(BLANKS)],):
            if "\t" in blank and _CELLS.search(case["text"]):
                continue
            changed = {key: case[key] for key in case if key not in ("expect", "absent")}
            said = wrong(changed | {"text": case["text"].replace(" ", blank)})
            failed += [f"{case['text']!r} with {blank!r}: {'; '.join(said)}"] if said else []
    assert not failed, f"{len(failed)}:\n" + "\n".join(failed)


def test_cases_are_many_and_stand_once() -> None:
    told = [repr(sorted(case.items(), key=lambda pair: pair[0])) for name in FILES for case in cases(name)]
    assert len(told) > 1400
    assert len(set(told)) == len(told), [case for case in set(told) if told.count(case) > 1]


def test_a_wrong_case_is_told() -> None:
    text = "Ngày họp: ⟦12/3/2019⟧. Ông Lê Văn Thử, Chủ tịch UBND xã Tân Lập, dự họp."
    right = {"text": text, "published": DAY, "of": "dates", "items": ["2019-03-12"]}
    assert wrong(right) == []
    post = ["Lê Văn Thử", "Chủ tịch", "Ủy ban nhân dân xã Tân Lập"]
    for more in ({"rules": True}, {"seen": []}, {"matches": "roles/chu-tich"}, {"events": []}):
        assert wrong(right | {"posts": [post]} | more) == []
    for change in (
        {"items": ["2019-03-13"]},
        {"text": text.replace("⟦12", "12⟦")},
        {"expect": [{"field": "positions", "role": "Phó Chủ tịch"}]},
        {"absent": [{"field": "positions", "role": ["Bí thư", "Chủ tịch"]}]},
        {"gap": "none"},
        {"items": []},
        {"row": "dates/no-such-row"},
        {"marks": 1},
        {"posts": []},
        {"posts": [["Lê Văn Thử", "Bí thư", "Ủy ban nhân dân xã Tân Lập"]], "rules": True},
        {"events": [{"name": "Lê Văn Thử", "kind": "appointed"}]},
        {"matches": "roles/bi-thu"},
    ):
        assert wrong(right | change), change
