"""Minor posts of public bodies, envoys, names that only their post tells, biographies, days of activities. Own sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from extractor.fields.dates.expressions import find_dates
from extractor.fields.officials.build import find_officials
from extractor.language import read
from extractor.models import Article, Evidence, Mention
from extractor.places import Places
from extractor.records import Official
from extractor.text import clean


def officials(text: str, names: Sequence[str] = (), *, dated: bool = False) -> list[Official]:
    """Officials of a text in which the statistical layer saw the persons `names`."""
    reading = read(Article(id="t", text=clean(text), published=date(2023, 5, 12)))
    mentions = []
    for name in names:
        at = reading.text.find(name)
        while at >= 0:
            mentions.append(Mention.at(reading.text, at, at + len(name), "PER", Evidence("ner", "test")))
            at = reading.text.find(name, at + len(name))
    mentions.sort(key=lambda m: m.start)
    return find_officials(reading, mentions, Places(), dates=find_dates(reading) if dated else ())


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Sáng 10/5/2023, ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.", "chairs", "2023-05-10"),
        ("Ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.", "chairs", None),
        ("Từ 8/5/2023 đến 9/5/2023, ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.", "chairs", None),
        ("Trong tháng 4/2023, ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.", "chairs", None),
        (
            "Ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì họp bàn Quyết định số 12/QĐ-UBND ngày 5/4/2023.",
            "chairs",
            None,
        ),
        (
            "Sáng 10/5/2023, Tỉnh ủy họp bàn về cán bộ. Ông Lê Văn Thử, Chủ tịch UBND huyện, "
            "được bổ nhiệm làm Giám đốc Sở Y tế.",
            "appointed",
            "2023-05-10",
        ),
        (
            "Sáng 10/5/2023, Tỉnh ủy họp bàn về cán bộ. Ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.",
            "chairs",
            None,
        ),
    ],
)
def test_activities_get_the_one_day_of_their_sentence(text: str, kind: str, day: str | None) -> None:
    (official,) = officials(text, dated=True)
    assert [a.date for a in official.activities if a.kind == kind] == [day]
