"""Charts: days where they are, percentages within their whole, nothing joined that does not belong together."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("datasette", reason="needs the extra 'serve'")

from extractor.dataset.web.chart_parts import Days, Labels, mark, nice, whole_years
from extractor.dataset.web.charts import Axis, Pair, Point, Series, empty_years, pairs, segments, timeline
from extractor.dataset.web.pictures import picture
from extractor.dataset.web.tiles import MAPS, Tile, classes, name_of, places, shade, tiles, two_lines
from extractor.gazetteer import gazetteer

PERCENT = Axis(lambda v: f"{v:g} %", share=True)
_DAYS = st.dates(date(2000, 1, 1), date(2035, 12, 31)).map(date.isoformat)


def point(day: str, value: float, **more: object) -> Point:
    base = {"said": f"{day}: {value}", "short": f"{value:g}", "link": "#c1", "first": day, "last": day}
    return Point(day=day, value=value, **(base | more))  # type: ignore[arg-type]


@given(_DAYS, _DAYS, _DAYS)
def test_axis_is_linear_in_days(a: str, b: str, c: str) -> None:
    """W3: equal stretches of time are equally long."""
    scale = Days("2000-01-01", "2035-12-31", 40, 700)
    one, two, three = (date.fromisoformat(d).toordinal() for d in (a, b, c))
    assert (scale(b) - scale(a)) * (three - one) == pytest.approx((scale(c) - scale(a)) * (two - one), abs=1e-3)
    assert 40 <= scale(a) <= 700


@given(st.lists(st.floats(0, 100, allow_subnormal=False), min_size=1, max_size=9))
def test_axis_of_a_share_ends_at_its_whole(values: list[float]) -> None:
    """W3: no percentage over 100, none below 0, and every value on the axis."""
    scale = nice(values, 300, 20, share=True)
    assert 0 <= scale.low <= min(values) + 1e-9
    assert max(values) - 1e-9 <= scale.high <= 100
    assert all(scale.low - 1e-9 <= t <= 100 for t in scale.ticks())
    assert 2 <= len(scale.ticks()) <= 14


@given(st.lists(st.floats(-1e6, 1e9, allow_subnormal=False), min_size=1, max_size=9))
def test_axis_holds_every_value(values: list[float]) -> None:
    scale = nice(values, 300, 20, signed=min(values) < 0)
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert scale.low < scale.high


@given(st.lists(st.tuples(_DAYS, st.floats(0, 100, allow_subnormal=False), st.booleans()), min_size=1, max_size=12))
def test_only_results_of_different_days_are_joined(rows: list[tuple[str, float, bool]]) -> None:
    one = Series("33", "Hưng Yên", tuple(point(d, v, target=t) for d, v, t in rows))
    for a, b, dotted in segments(one):
        assert a.day < b.day  # no vertical line between two values of a day
        assert not a.target
        assert not b.target
        assert dotted == (int(b.day[:4]) - int(a.day[:4]) > 3)


def test_places_are_never_joined() -> None:
    """W1: two series are two lines, whatever they are called."""
    same = [Series(k, "toàn xã", (point("2018-01-01", 88), point("2019-01-01", v))) for k, v in (("1", 89), ("2", 90))]
    drawn = timeline(same, PERCENT, "x")
    assert drawn.count('class="join"') == 2
    assert (
        timeline(
            [Series("1", "a", (point("2018-01-01", 88),)), Series("2", "a", (point("2019-01-01", 89),))], PERCENT, "x"
        ).count("join")
        == 0
    )


def test_series_are_told_apart() -> None:
    """W4: four colours, the rest grey; a name has its line's colour and no style sheet takes it away."""
    some = [Series(str(i), f"Nơi {i}", (point(f"20{10 + 3 * i}-06-01", 40 + 8 * i),)) for i in range(6)]
    drawn = timeline(some, PERCENT, "x")
    for i in range(4):
        assert re.search(rf'style="fill:var\(--series-{i + 1}\);font-weight:600">Nơi {i}', drawn)
    assert "Nơi 5" not in re.sub(r"<title>.*?</title>|aria-label=\"[^\"]*\"", "", drawn)
    assert "series-other" in drawn


def test_gaps_are_gaps() -> None:
    known = [
        point("2015-06-01", 80),
        point("2019-06-01", 90),
        point("2020-12-31", 91, first="2020-01-01", last="2021-12-31"),
    ]
    assert empty_years(known, range(2014, 2023)) == [(2014, 2014), (2016, 2018), (2022, 2022)]
    drawn = timeline([Series("1", "a", tuple(known))], Axis(PERCENT.tick, share=True, gap="{years}: trống"), "x")
    assert "2016–2018: trống" in drawn
    assert "stroke-dasharray:1 7" in drawn  # over three years without a value
    assert timeline([], PERCENT, "x") == ""


def test_doubt_has_a_shape() -> None:
    """W6: exact, about, more, less and a target are five signs, in one colour."""
    signs = {
        mark(0, 0, comparator=c, target=t, colour="series-1")
        for c, t in (("eq", False), ("approx", False), ("gt", False), ("lt", False), ("eq", True))
    }
    assert len(signs) == 5
    assert mark(0, 0, comparator="gt", target=True, colour="series-1") == mark(
        0, 0, comparator="eq", target=True, colour="series-1"
    )


@given(st.lists(st.tuples(_DAYS, st.floats(0, 100, allow_subnormal=False)), min_size=1, max_size=20))
def test_a_chart_is_a_drawing_with_a_link_for_every_value(rows: list[tuple[str, float]]) -> None:
    one = Series("1", 'A & <b> "c"', tuple(point(d, v, said=f"<{d}> & {v}") for d, v in sorted(rows)))
    for width, height in ((740, 400), (350, 330)):
        tree = ElementTree.fromstring(timeline([one], PERCENT, "a & b", width=width, height=height))
        links = [e for e in tree.iter() if e.tag.endswith("}a")]
        assert len(links) == len(rows)
        for text in (e for e in tree.iter() if e.tag.endswith("}text")):
            assert 0 <= float(text.get("x", "-1")) <= width


def test_labels_cover_nothing() -> None:
    labels = Labels(200, 100)
    labels.keep(100, 50, 8)
    assert labels.put(100, 50, "91,4", "series-1")
    assert len(labels.taken) == 2
    crowded = [labels.put(100, 50, "91,4", "series-1") for _ in range(40)]
    assert "" in crowded  # what fits nowhere is left out
    boxes = labels.taken
    for i, a in enumerate(boxes):
        assert all(not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]) for b in boxes[i + 1 :])


def test_targets_beside_results() -> None:
    rows = [
        Pair("Quảng Trị", point("2020-12-31", 95, target=True), point("2018-07-02", 91.4), "còn thiếu 3,6 điểm"),
        Pair("Hưng Yên", point("2030-12-31", 96, target=True), None, "chưa có kết quả"),
    ]
    for width in (740, 350):
        tree = ElementTree.fromstring(pairs(rows, PERCENT, "x", width=width))
        assert sum(e.tag.endswith("}a") for e in tree.iter()) == 3
    assert pairs([], PERCENT, "x") == ""


@pytest.mark.parametrize(("which", "count"), [("63", 63), ("34", 34)])
def test_maps_have_every_province_once(which: str, count: int) -> None:
    grid = places(which)
    in_force = {
        c for c, states in gazetteer().by_code.items() if len(c) == 2 and any(s.valid(MAPS[which]) for s in states)
    }
    assert set(grid) == in_force
    assert len(set(grid.values())) == len(grid) == count


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("which", list(MAPS))
def test_map_shows_values_and_leads_to_them(which: str, narrow: bool) -> None:
    shown = {"01": Tile(90, "90", "Hà Nội: 90 %", "#c1"), "33": Tile(95, "≈95", "Hưng Yên: khoảng 95 %", "#c2")}
    tree = ElementTree.fromstring(tiles(shown, which, "x", narrow=narrow))
    assert [e.get("href") for e in tree.iter() if e.tag.endswith("}a")] == ["#c1", "#c2"]
    texts = " ".join("".join(e.itertext()) for e in tree.iter())
    assert "≈95" in texts
    assert name_of("44", which) == ("Quảng Bình" if which == "63" else "Quảng Trị")


def test_shades_and_names_of_tiles() -> None:
    steps = classes([80, 85, 90, 95, 100])
    assert len(steps) == 5
    assert [shade(v, steps) for v in (80, 100)] == [0.12, 0.95]
    assert classes([90, 90]) == [(90, 90)]
    assert two_lines("Hà Nội", 9) == ["Hà Nội"]
    assert two_lines("Bà Rịa - Vũng Tàu", 7) == ["Bà Rịa", "V. Tàu"]
    assert all(
        len(line) <= 8 for which in MAPS for code in places(which) for line in two_lines(name_of(code, which), 7)
    )


def test_picture_is_a_file_of_its_own() -> None:
    drawn = timeline([Series("1", "Hưng Yên", (point("2018-01-01", 88), point("2019-01-01", 90)))], PERCENT, "x")
    alone = picture(drawn, "Hưng Yên từ 88 % lên 90 % " * 4, ["Một dòng nguồn & địa chỉ " * 8])
    tree = ElementTree.fromstring(alone)
    used = set(re.findall(r"var\(--([\w-]+)\)", alone))
    told = set(re.findall(r"--([\w-]+):#", alone))
    assert used <= told  # colours are in it
    assert float(tree.get("height", "0")) > 400
    assert "http" not in alone.replace("http://www.w3.org/2000/svg", "")


def test_a_scale_over_whole_years() -> None:
    scale = whole_years(["2018-05-08", "2020-01-02"], 0, 100)
    assert (scale("2018-01-01"), scale("2020-12-31")) == (0, 100)
    assert list(scale.years()) == [2018, 2019, 2020]
    with pytest.raises(ValueError, match=r"empty|iterable"):
        whole_years([], 0, 100)
