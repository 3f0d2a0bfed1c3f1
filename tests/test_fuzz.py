"""What `make fuzz` runs finds nothing in a few inputs, and can fail."""

from __future__ import annotations

import pytest

pytest.importorskip("datasette", reason="needs the extra 'serve'")

import fuzz
from hypothesis import HealthCheck, given, settings

import extractor


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_a_few_inputs_of_every_target(name: str) -> None:
    target, strategies, _ = fuzz.TARGETS[name]
    few = settings(
        max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    few(given(*strategies)(target))()


def test_a_round_is_counted() -> None:
    before = fuzz.COUNTED["queries"]
    assert fuzz.run(0.01, ["queries"], 1)["queries"] == before + fuzz.TARGETS["queries"][2]


def test_an_exception_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(extractor, "extract", broken)
    with pytest.raises(ZeroDivisionError):
        fuzz.texts("Xã họp.", None, None, False, False)
