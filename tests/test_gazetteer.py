"""The gazetteer: spellings that are one name, states in time, paths, successors, and the compiled file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.gazetteer import END, REFORM, Gazetteer, GazetteerError, Unit, display, gazetteer, key, loose, units
from extractor.gazetteer.compile import compile_rows, main
from extractor.gazetteer.names import is_syllable

ALL = [state for states in gazetteer().by_code.values() for state in states]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Cảnh Thụy", "Cảnh Thuỵ", True),
        ("Quy Nhơn", "Qui Nhơn", True),
        ("Lý Sơn", "Lí Sơn", True),
        ("Đắk Lắk", "Đắc Lắc", True),
        ("Đắk Nông", "Đăk Nông", True),
        ("Kon Tum", "Kontum", True),
        ("D'Ran", "D’Ran", True),
        ("Ia H' Drai", "Ia H’Drai", True),
        ("Đa Krông", "Đakrông", True),
        ("Phan Rang-Tháp Chàm", "Phan Rang – Tháp Chàm", True),
        ("06", "6", True),
        ("Sơn Kim 2", "Sơn Kim II", True),
        ("Hòa Bình", "HOÀ BÌNH", True),
        ("Hà Nam", "Hà Nấm", False),
        ("Tây Hồ", "Tai Hồ", False),
        ("Phường 1", "Phường 11", False),
        ("Quý Sơn", "Quy Sơn", False),
    ],
)
def test_names_key_joins_spellings(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) is same


@pytest.mark.parametrize(
    ("one", "other"), [("Krông Búk", "Krông Buk"), ("Krông Pắc", "Krông Pắk"), ("Chư Păh", "Chư Pah")]
)
def test_names_loose_drops_diacritics(one: str, other: str) -> None:
    assert loose(one) == loose(other)


@pytest.mark.parametrize(
    ("word", "expected"), [("Thuận", True), ("Krông", True), ("M'gar", True), ("Balaghat", False), ("Edinboro", False)]
)
def test_names_syllables(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


@given(st.text(max_size=40))
def test_names_key_never_fails_and_is_stable(text: str) -> None:
    assert key(text) == key(text)
    assert " " not in key(text)


def test_gazetteer_counts() -> None:
    for day, expected in (("2017-03-01", (63, 709, 11162)), ("2025-07-01", (34, 0, 3321))):
        in_force = [u for u in ALL if u.valid(day)]
        assert tuple(sum(len(u.code) == size for u in in_force) for size in (2, 3, 5)) == expected


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("07681", "2018-01-13", "Thị trấn Neo"),
        ("07681", "2021-01-01", "Thị trấn Nham Biền"),
        ("07681", "2025-04-01", "Phường Nham Biền"),
        ("07681", "2025-10-01", "Phường Yên Dũng"),
        ("07681", None, "Phường Yên Dũng"),
        ("46", "2018-01-13", "Tỉnh Thừa Thiên Huế"),
        ("46", "2025-03-02", "Thành phố Huế"),
        ("75", "2026-05-01", "Thành phố Đồng Nai"),
        ("221", "2025-10-01", "Huyện Yên Dũng"),
    ],
)
def test_gazetteer_state_on_a_day(code: str, day: str | None, name: str) -> None:
    unit = gazetteer().at(code, day)
    assert unit is not None
    assert unit.full_name == name


@pytest.mark.parametrize(
    ("code", "day", "path"),
    [
        ("07681", "2018-01-13", ("Bắc Giang", "Yên Dũng", "Neo")),
        ("07681", "2025-10-01", ("Bắc Ninh", "Yên Dũng")),
        ("26881", "2018-01-13", ("Hồ Chí Minh", "Gò Vấp", "Phường 12")),
        ("24823", "2025-10-01", ("Lâm Đồng", "Phường 1 Bảo Lộc")),
        ("760", "2018-01-13", ("Hồ Chí Minh", "Quận 1")),
    ],
)
def test_gazetteer_path(code: str, day: str, path: tuple[str, ...]) -> None:
    unit = gazetteer().at(code, day)
    assert unit is not None
    assert gazetteer().path(unit, day) == path


def test_gazetteer_successors() -> None:
    assert gazetteer().successors("07681") == ("07681",)
    district = gazetteer().successors("221")
    assert set(district) >= {"07681", "07738"}
    assert all(unit is not None and unit.until == END for unit in (gazetteer().at(c, None) for c in district))
    assert gazetteer().successors("83") == ("86",)
    assert gazetteer().successors("no such code") == ()


def test_gazetteer_every_successor_is_known_and_later() -> None:
    for state in ALL:
        for code in state.successors:
            later = gazetteer().by_code[code]
            assert any(s.until > REFORM for s in later), (state, code)


def test_gazetteer_states_of_a_code_do_not_overlap() -> None:
    for states in gazetteer().by_code.values():
        for before, after in pairwise(states):
            assert before.until <= after.since, (before, after)


def test_gazetteer_every_parent_is_known() -> None:
    for state in ALL:
        assert not state.parent or gazetteer().at(state.parent, state.since), state
        assert bool(state.parent) == (len(state.code) > 2)
        assert len(gazetteer().province_of(state)) == 2


def test_gazetteer_display_of_numbers() -> None:
    ward = next(u for u in gazetteer().named("6") if u.type == "Phường")
    assert display(ward) == "Phường 6"


def test_gazetteer_unknown_code() -> None:
    assert gazetteer().at("99999", "2018-01-13") is None
    assert gazetteer().named("Không Đâu Cả") == []


def test_compile_is_reproducible_and_checks_rows(tmp_path: Path) -> None:
    source = tmp_path / "units.csv"
    header = "level,code,type,name,parent_code,valid_from,valid_to,successors\n"
    source.write_text(
        header + "province,24,Tỉnh,Bắc Giang,,,2025-07-01,24\ncommune,07681,Thị trấn,Neo,221,,,\n", "utf-8"
    )
    main([str(source), str(tmp_path / "one.gz")])
    main([str(source), str(tmp_path / "two.gz")])
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert Gazetteer(compile_rows(source)).named("Neo")[0] == Unit(
        "07681", "Thị trấn", "Neo", "221", "", END, "", "neo", "neo"
    )
    source.write_text(header + "province,241,Tỉnh,Bắc Giang,,,,\n", "utf-8")
    with pytest.raises(ValueError, match=r"units\.csv, line 2: code '241'"):
        compile_rows(source)


def test_gazetteer_missing_file_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "DATA", tmp_path / "none.gz")
    with pytest.raises(GazetteerError, match=r"extractor\.gazetteer\.compile"):
        gazetteer.__wrapped__()


@pytest.mark.parametrize(
    "ask",
    [
        lambda units: {u.code for u in units.children("66")},
        lambda units: len(units.like("Cu M'gar")),
        lambda units: units.predecessors("24175"),
        lambda units: units.successors("646"),
    ],
)
def test_an_index_that_another_thread_is_making_is_not_seen_in_part(ask: Callable[[Gazetteer], object]) -> None:
    """A district asked for in that moment had no communes, and so no successors, for as long as the process lived."""

    class Interrupted(dict[str, list[Unit]]):
        """Units in the middle of whose listing another thread has its turn."""

        asked: object = None
        listed = 0

        def _turn(self) -> None:
            self.listed += 1
            if self.listed == 1:
                self.asked = ask(units)

        def values(self) -> Iterator[list[Unit]]:  # type: ignore[override]
            for number, states in enumerate(super().values()):
                if number == 9:
                    self._turn()
                yield states

        def items(self) -> Iterator[tuple[str, list[Unit]]]:  # type: ignore[override]
            for number, pair in enumerate(super().items()):
                if number == 9:
                    self._turn()
                yield pair

    units = Gazetteer(ALL)
    expected = ask(units)
    assert expected
    units = Gazetteer(ALL)
    units.by_code, units.by_key = Interrupted(units.by_code), Interrupted(units.by_key)
    assert ask(units) == expected
    assert any(where.asked == expected for where in (units.by_code, units.by_key))
