"""The error report: what stands in the page, and what its filters show in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import browser, needs_browser

from extractor.evaluate.html_report import as_html
from extractor.evaluate.score import score
from extractor.evaluate.tables import report

TEXT = "Sáng 12/1, xã Tân Lập họp.\nÔng Lý Văn Thử, Chủ tịch UBND xã <Tân Lập>, dự ngày 13/1."
GOLD = {
    "id": "a",
    "group": "test",
    "officials": [
        {
            "name": "Lý Văn Thử",
            "official": True,
            "spans": [[31, 41]],
            "positions": [
                {"text": "Chủ tịch UBND", "role": "Chủ tịch", "body": "Ủy ban nhân dân", "spans": [[43, 56]]}
            ],
        }
    ],
    "dates": [
        {"text": "Sáng 12/1", "value": "2018-01-12", "spans": [[0, 9]]},
        {"text": "ngày 13/1", "value": "2018-01-13", "spans": [[TEXT.index("ngày"), TEXT.index("ngày") + 9]]},
    ],
    "locations": [{"text": "xã Tân Lập", "name": "Tân Lập", "level": "commune", "code": "00001", "spans": [[11, 21]]}],
}
PREDICTED = {
    "id": "a",
    "officials": [{"name": "Lý Văn Thử", "start": 31, "end": 41, "positions": []}],
    "dates": [
        {"text": "12/1", "start": 5, "end": 9, "value": "2017-01-12", "provenance": {"layer": "rule", "rule": "day"}}
    ],
    "locations": [
        {"text": "xã Tân Lập", "name": "Tân Lập", "level": "commune", "code": "00002", "start": 11, "end": 21}
    ],
}
EXPECTED = {
    ("positions", "missed"),
    ("dates", "wrong border"),
    ("dates", "wrong value"),
    ("dates", "missed"),
    ("locations", "wrong link"),
}


@pytest.fixture(scope="module")
def page() -> str:
    found = report(score([GOLD], {"a": PREDICTED}))
    return as_html(found, [GOLD], {"a": {"text": TEXT}}, {"a": PREDICTED})


def _cards(markup: str) -> list[tuple[str, str]]:
    return re.findall(r'<article data-field="([^"]*)" data-kind="([^"]*)"[^>]*>', markup)


def test_report_has_every_error_once(page: str) -> None:
    assert sorted(_cards(page)) == sorted(EXPECTED)


def test_report_marks_both_sides_in_the_sentence(page: str) -> None:
    card = page[page.index('<article data-field="dates" data-kind="wrong border"') :]
    gold, predicted = re.findall(r"<p>(.*?)</p>", card)[:2]
    assert gold == '<mark class="hit">Sáng 12/1</mark>, xã Tân Lập họp.'
    assert predicted == 'Sáng <mark class="hit">12/1</mark>, xã Tân Lập họp.'
    assert "rule:day" in page


def test_report_escapes_the_text(page: str) -> None:
    assert "&lt;Tân Lập&gt;" in page
    assert "<Tân Lập>" not in page


def test_report_works_without_texts() -> None:
    found = report(score([GOLD], {"a": PREDICTED}))
    assert '<mark class="hit">ngày 13/1</mark>' in as_html(found, [GOLD], {}, {"a": PREDICTED})


@needs_browser
@pytest.mark.parametrize(
    ("view", "shown"),
    [("kind=missed&field=dates", 1), ("query=tan+lap+hop", 3)],
)
def test_report_filters_in_a_browser(page: str, view: str, shown: int, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    with browser(tmp_path) as shown_page:
        shown_page.get(f"{file.as_uri()}#{view}")
        assert shown_page.find_element("id", "count").get_attribute("textContent") == f"{shown} of 5 errors"
        assert len(shown_page.find_elements("css selector", "article[hidden]")) == 5 - shown


def test_scores_are_dots_on_an_axis_that_holds_them_all() -> None:
    """No bar that is full: the value as a dot, its interval as a line, both within the axis, whose begin the head tells."""
    gold, predicted = [GOLD, GOLD | {"id": "b"}], {"a": PREDICTED, "b": PREDICTED | {"id": "b"}}
    page = as_html(report(score(gold, predicted)), gold, {}, predicted)
    [low] = re.findall(r"F1 or recall, (\S+) to 1", page)
    assert 0 <= float(low) <= 0.8
    dots = [float(x) for x in re.findall(r'<b style="left:([\d.]+)%">', page)]
    lines = [(float(a), float(w)) for a, w in re.findall(r'<i style="left:([\d.]+)%;width:([\d.]+)%">', page)]
    assert dots
    assert lines
    assert all(0 <= x <= 100 for x in dots)
    assert all(0 <= a <= a + w <= 100.2 for a, w in lines)
    assert "counts in the macro F1" in page


def test_floors_stand_in_the_axis() -> None:
    gold, predicted = [GOLD], {"a": PREDICTED}
    scored = report(score(gold, predicted))
    page = as_html(scored, gold, {}, predicted, {"dates.span": 0.4, "locations.span": 0.9})
    assert re.findall(r'class="floor( under)?" style="left:[\d.]+%" title="floor ([\d.]+)', page) == [
        (" under", "0.4000"), ("", "0.9000"),
    ]  # fmt: skip
    [low] = re.findall(r"F1 or recall, (\S+) to 1", page)
    assert float(low) <= 0.4
    assert "Upright stroke" in page
    assert 'class="floor' not in as_html(scored, gold, {}, predicted)


def test_an_error_of_an_attribute_has_one_sentence_and_two_values(page: str) -> None:
    card = page[page.index('<article data-field="dates" data-kind="wrong value"') :].partition("</article>")[0]
    assert card.count("xã Tân Lập họp.") == 1
    assert '<mark class="hit">2018-01-12</mark>' in card
    assert '<mark class="hit">2017-01-12</mark>' in card
    border = page[page.index('<article data-field="dates" data-kind="wrong border"') :].partition("</article>")[0]
    assert border.count("xã Tân Lập họp.") == 2  # there the two differ
