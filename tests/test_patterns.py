"""Every row of every pattern file: its examples match, its counterexamples do not; malformed rows are refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import regex
import yaml
from pydantic import ConfigDict, ValidationError

from extractor.errors import PatternError
from extractor.pattern_files import model_of
from extractor.rules import Row, load_rows, patterns_dir
from extractor.rules import rows as rules
from extractor.text import fold

FILES = sorted(p.name for p in patterns_dir().glob("*.yaml"))


class AnyRow(Row):
    """Reads every pattern file, whatever columns of its own it has."""

    model_config = ConfigDict(extra="ignore", frozen=True)


@pytest.mark.parametrize("name", FILES)
def test_patterns_examples_and_counterexamples(name: str) -> None:
    for row in load_rows(name, AnyRow):
        expression = regex.compile(row.expression())
        for example in row.examples:
            assert expression.search(fold(example)), f"{name}, row {row.id}: no match in example {example!r}"
        for counterexample in row.counterexamples:
            assert row.near(counterexample), (
                f"{name}, row {row.id}: {counterexample!r} shares no word with it, so it cannot fail"
            )
            found = expression.search(fold(counterexample))
            assert not found, f"{name}, row {row.id}: matches {found.group()!r} in counterexample {counterexample!r}"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[object], str]]:
    def write(rows: object) -> str:
        (tmp_path / "t.yaml").write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
        monkeypatch.setattr(rules, "patterns_dir", lambda: tmp_path)
        rules._raw.cache_clear()
        return "t.yaml"

    yield write
    rules._raw.cache_clear()


GOOD = {"id": "a", "forms": ["xã"], "examples": ["xã Tân Lập"], "counterexamples": ["xấu"]}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{**GOOD, "colour": 1}], r"row a, colour.*allowed keys: id, forms"),
        ([{"id": "a", "forms": ["xã đảo"], "examples": ["xã đảo Tân Lập"]}], "row a.*counterexamples are needed"),
        ([{"id": "a", "pattern": "xã", "examples": ["xã Tân Lập"]}], "row a.*counterexamples are needed"),
        ([{**GOOD, "pattern": "x"}], "either 'forms' or 'pattern'"),
        ([GOOD, GOOD], "stands twice"),
        ([{**GOOD, "forms": [], "pattern": "(x"}], "row a, pattern"),
        ({"a": 1}, "a list of rows"),
    ],
)
def test_patterns_malformed_row_is_named(broken: Callable[[object], str], rows: object, message: str) -> None:
    with pytest.raises(PatternError, match=message):
        load_rows(broken(rows), Row)


def test_patterns_missing_file() -> None:
    with pytest.raises(PatternError, match="no such pattern file"):
        load_rows("nowhere.yaml", Row)


def test_row_needs_an_id() -> None:
    with pytest.raises(ValidationError):
        Row.model_validate({**GOOD, "id": ""})


@pytest.mark.parametrize("name", ["roles.yaml", "bodies.yaml", "post_words.yaml"])
def test_patterns_heads_of_files_tell_every_column(name: str) -> None:
    text = (patterns_dir() / name).read_text(encoding="utf-8")
    head = "".join(line for line in text.splitlines(keepends=True)[:20] if line.startswith("#"))
    own = model_of(name).model_fields.keys() - Row.model_fields.keys() - {"role", "canonical"}
    assert not {column for column in own if not regex.search(rf"\b{column}\b", head)}
