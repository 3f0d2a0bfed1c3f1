"""What must not change a record: blanks, line ends, tones, dashes, capitals of a headline, paragraphs of something else.

Each relation is held on some articles of the sample corpus, among the slow tests on all of them and, where the shared articles
are, on some of these; `benchmarks/metamorphic.py` measures it on many.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import extractor
from extractor.cli.explain import weighings
from extractor.display import Line
from extractor.models import Article
from extractor.pipeline import extract_reading
from extractor.records import Record
from metamorphic import MOST, RELATIONS, Case, Relation, difference, plain

ROOT = Path(__file__).parents[1]
EVERY = 40  # of the sample corpus: what is read each time


def cases(rows: Iterator[dict[str, str | None]]) -> list[tuple[str, Case]]:
    out = []
    for row in rows:
        day = row.get("published")
        out.append(
            (str(row["id"]), Case(str(row["text"]), date.fromisoformat(day[:10]) if day else None, row.get("title")))
        )
    return out


@pytest.fixture(scope="module")
def sample() -> list[tuple[str, Case]]:
    lines = (ROOT / "gold" / "sample_articles.jsonl").read_text("utf-8").splitlines()
    return cases(map(json.loads, lines))


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[tuple[str, Case]]:
    with gzip.open(shared / "corpus" / "articles.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = random.Random(17).sample(list(stream), max(relation.number for relation in RELATIONS))
    return cases({**json.loads(row), "title": None} for row in rows)


def changed(relation: Relation, given: list[tuple[str, Case]]) -> dict[str, str]:
    """The articles that the relation changes, with what it took away and brought."""
    out = {}
    for name, case in given:
        found = difference(relation, case, random.Random(name))
        if found is not None and any(found):
            out[name] = f"{name}\n  - {list(found[0])}\n  + {list(found[1])}"
    return out


def none(relation: Relation, given: list[tuple[str, Case]]) -> None:
    assert not (wrong := changed(relation, given)), "\n".join(wrong.values())


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda r: r.name)
def test_relations(relation: Relation, sample: list[tuple[str, Case]]) -> None:
    """S1-S4, S11: on a few articles each time."""
    none(relation, sample[::EVERY])


@pytest.mark.slow
@pytest.mark.parametrize("relation", RELATIONS, ids=lambda r: r.name)
def test_relations_on_the_sample(relation: Relation, sample: list[tuple[str, Case]]) -> None:
    """S1-S4, S11: all of the sample corpus."""
    none(relation, sample)


@pytest.mark.slow
@pytest.mark.parametrize("relation", RELATIONS, ids=lambda r: r.name)
def test_relations_on_shared_articles(relation: Relation, articles: list[tuple[str, Case]]) -> None:
    """No more than the share that `MOST` allows."""
    given = articles[: relation.number]
    wrong = changed(relation, given)
    assert len(wrong) <= MOST * len(given), "\n".join(wrong.values())


def test_the_comparison_sees_a_change() -> None:
    """A suite that finds nothing must be able to: another number, name, date and place are each seen."""
    text = (
        "Ngày 14/3/2019, bà Trần Thị Mận, Chủ tịch UBND xã Yên Khê, cho biết xã có 512 người tham gia BHYT "
        "theo Nghị định 146/2018/NĐ-CP."
    )
    for old, new in (
        ("512", "513"),
        ("Mận", "Mơ"),
        ("14/3", "15/3"),
        ("Yên Khê", "Yên Na"),
        ("146/", "147/"),
        ("Chủ tịch", "Phó Chủ tịch"),
    ):
        relation = Relation("", lambda case, dice, a=old, b=new: Case(case.text.replace(a, b), case.published))  # type: ignore[misc]
        found = difference(relation, Case(text, date(2019, 3, 20)), random.Random(1))
        assert found is not None, new
        assert all(found), new


DIRTY = [
    ("Toàn huyện có 871␣500 người tham gia BHYT.", ["  ", "\u00a0", "\u202f", "\u2009", "\u00a0 "]),
    ("Họp ngày 1␣tháng 2␣năm 2018 tại Hà␣Nội.", ["  ", "\u00a0", "\u00a0 ", " \u200b"]),
    ("Ông Lê Văn Tám, Phó␣Chủ tịch UBND␣tỉnh Nghệ␣An, ký Quyết định số␣12/QĐ-UBND.", ["  ", "\u00a0", " \u00ad", "   "]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "blanks"), DIRTY)
def test_blanks_of_any_kind_change_nothing(marked: str, blanks: list[str]) -> None:
    """S1, S2, S11: numbers and dates with blanks of every kind."""

    def values(text: str) -> list[dict[str, object]]:
        record = extractor.extract(text, published="2018-03-01", backend="none")
        drop = {"start", "end", "text", "mentions", "provenance", "activities"}
        items = [*record.dates, *record.locations, *record.documents, *record.figures, *record.officials]
        out = [x.model_dump(exclude=drop) for x in items]
        for row in out:
            row["positions"] = [{k: v for k, v in p.items() if k not in drop} for p in row.get("positions", ())]
        return out

    expected = values(marked.replace("␣", " "))
    assert expected
    for blank in blanks:
        assert values(marked.replace("␣", blank)) == expected, repr(blank)


@pytest.mark.parametrize(
    ("text", "published", "values"),
    [
        ("Họp ngày 1 tháng 2  năm 2018.", "2018-06-01", ["2018-02-01"]),
        ("Họp ngày\u00a0 3 tháng\u00a0 4 năm \u00a02016.", "2018-06-01", ["2016-04-03"]),
    ],
)
def test_dates_hold_together(text: str, published: str, values: list[str]) -> None:
    """S2: a date is one across blanks of any kind."""
    assert [d.value for d in extractor.extract(text, published=published, backend="none").dates] == values


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("TRƯỞNG CÔNG AN XÃ ĐÁNH MỘT NGƯỜI BÁN CÁ\n"
            "Sáng nay, một người bán cá bị đánh. Ông Lê Văn Tám, Trưởng Công an xã Mường Lạn, nhận lỗi.", "Công an xã Mường Lạn"),
        ("CHỦ TỊCH UBND TỈNH CHÚC TẾT CÁC HỘ NGHÈO\n"
            "Ông Lê Văn Tám, Chủ tịch UBND tỉnh Nghệ An, chúc Tết hai hộ nghèo.", "Ủy ban nhân dân tỉnh Nghệ An"),
    ],
)  # fmt: skip
def test_headlines_in_capitals_make_no_bodies(text: str, body: str) -> None:
    """S3: capitals of a headline make no bodies."""
    (person,) = extractor.extract(text, published="2018-02-10").officials
    assert {p.body for p in person.positions} == {body}


def test_a_bare_body_is_not_completed_from_what_follows() -> None:
    """S4: what stands behind completes nothing."""
    text = "Ông Lê Văn Tám, Phó Bí thư Tỉnh ủy, dự khai giảng.\nBuổi lễ kết thúc lúc 10 giờ.\nMưa lớn gây ngập ở tỉnh Quảng Ninh."
    (person,) = extractor.extract(text, published="2018-09-05").officials
    assert [(p.body_resolved, p.place_code) for p in person.positions] == [("Tỉnh ủy", None)]


def test_an_unrelated_paragraph_before_completes_no_body() -> None:
    """Neither a post of another paragraph nor the issuer of a document is of a province that is named once in passing."""
    text = (
        "Nghệ An khen thưởng thợ giỏi\n"
        "Ở tỉnh Quảng Ninh mấy hôm nay có mưa to.\n"
        "Sáng 4/9, tại thành phố Vinh, ông Lê Văn Tám - Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh trao bằng khen.\n"
        "UBND huyện Con Cuông (Nghệ An) đề nghị khen hai thợ rèn theo Quyết định số 12/QĐ-UBND ngày 3/2/2018 của UBND tỉnh."
    )
    record = extractor.extract(text, published="2018-09-05")
    bodies = {p.body_resolved for o in record.officials for p in o.positions}
    assert bodies == {"Tỉnh ủy Nghệ An", "Hội đồng nhân dân tỉnh Nghệ An"}
    assert [d.issuer for d in record.documents] == ["Ủy ban nhân dân tỉnh Nghệ An"]


ABOUT = (
    "Hội thi thợ rèn ở Nghệ An\n"
    "Sáng 4/9, hội thi thợ rèn khai mạc tại thành phố Vinh, thợ rèn các xã mang búa và đe đến dự hội thi.\n"
    "Ông Lê Văn Tám, Phó Bí thư Tỉnh ủy, trao giải hội thi thợ rèn cho hai thợ rèn của xã Nghi Phú, thành phố Vinh.\n"
    "Theo ban tổ chức hội thi, thợ rèn Lương Sơn đến muộn vì mưa, các thợ rèn khác đã mang búa và đe về nhà."
)
OTHER = (
    "Những ngày này, các vườn cam ở tỉnh Hòa Bình đã vào vụ, thương lái tìm đến tận vườn để đặt mua.",
    "Bà Trần Thị Mận, Chủ tịch UBND huyện Cao Phong (Hòa Bình), kể rằng giá một cân cam bằng ba bát phở.",
)


@pytest.mark.parametrize("more", OTHER)
@pytest.mark.parametrize("at", range(1, 5))
def test_a_paragraph_of_something_else_changes_nothing(more: str, at: int) -> None:
    """Wherever it stands: no place, no post and no level of the others; its own items are read all the same."""

    def items(text: str) -> set[str]:
        record = extractor.extract(text, published="2018-09-05")
        drop = {"start", "end", "provenance"}
        found = [*record.locations, *record.dates, *record.officials]
        return {
            json.dumps(_without(x.model_dump(mode="json"), drop), ensure_ascii=False)
            for x in found
            if x.text not in more or x.text in ABOUT
        }

    lines = ABOUT.split("\n")
    text = "\n".join([*lines[:at], more, *lines[at:]])
    assert items(text) == items(ABOUT)
    record = extractor.extract(text, published="2018-09-05")
    assert "17" in {x.code for x in record.locations}
    assert ("Trần Thị Mận" in {o.name for o in record.officials}) == ("Mận" in more)


@pytest.mark.parametrize("at", range(1, 5))
def test_explain_tells_the_decisions_of_the_record_where_a_paragraph_stands_apart(at: int) -> None:
    """They were made over the text without the paragraph, its own over all of the text."""

    def told(text: str) -> tuple[list[Line], Record]:
        record, analysis = extract_reading(Article(id="x", text=text, published=date(2018, 9, 5)))
        before = list(analysis.dropped)
        lines = weighings(analysis, figures=True)
        assert analysis.dropped == before
        return lines, record

    lines = ABOUT.split("\n")
    found, record = told("\n".join([*lines[:at], OTHER[1], *lines[at:]]))
    alone, _ = told(ABOUT)
    assert [line for line in found if line[0] not in OTHER[1]] == alone
    notes = sorted(p.provenance.note or "" for o in record.officials for p in o.positions if p.provenance)
    shares = {post: [line[2] for line in found if line[0] == post and line[1] != "ends here"] for post, *_ in found}
    assert notes == sorted(
        ", ".join(f"{step} {share}" for step, share in zip(("owner", "body"), some, strict=False))
        for some in shares.values()
    )


def _without(value: object, drop: set[str]) -> object:
    if isinstance(value, dict):
        return {k: _without(v, drop) for k, v in value.items() if k not in drop}
    return [_without(v, drop) for v in value] if isinstance(value, list) else value


def test_a_paragraph_that_shares_a_person_belongs_to_the_article() -> None:
    """Its posts are that person's: "sau đó ông giữ chức …" in a paragraph with words of its own."""
    text = (
        "Nhà giáo Trần Văn Mẫu nghỉ hưu\n"
        "Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ tỉnh Nghệ An, nghỉ hưu từ hôm nay sau nhiều năm dạy học ở miền núi.\n"
        "Ông Mẫu trước đó từng làm Chủ tịch UBND huyện Con Cuông, lội suối qua bản, dựng trường bằng tranh tre nứa lá.\n"
        "Trong nhiều năm dạy học ở miền núi, nhà giáo đã dạy chữ cho con em các bản."
    )
    (person,) = extractor.extract(text, published="2018-09-05").officials
    assert {p.role for p in person.positions} == {"Giám đốc", "Chủ tịch"}


def test_the_level_of_a_post_is_not_told_by_what_follows() -> None:
    text = "Bà Trần Thị Mận, Chủ tịch Hội Nhà văn, đọc thơ.\n"
    levels = [
        [p.admin_level for o in extractor.extract(t, published="2018-09-05").officials for p in o.positions]
        for t in (text, text + "Mưa lớn gây ngập ở tỉnh Quảng Ninh.")
    ]
    assert levels == [["central"], ["central"]]


def test_the_level_of_an_ambassador_is_the_states() -> None:
    text = "Nghệ An đón khách\nÔng Lê Văn Tám, Đại sứ Việt Nam tại Nhật Bản, đến Nghệ An. Vinh và Nghệ An đón ông.\n"
    (person,) = extractor.extract(text, published="2018-09-05").officials
    assert [p.admin_level for p in person.positions] == ["central"]


def test_tones_change_no_key_and_no_name_of_a_body() -> None:
    def positions(text: str) -> list[tuple[str | None, str | None]]:
        record = extractor.extract(text, published="2018-09-05")
        return [(plain(p.body or ""), p.body_key) for o in record.officials for p in o.positions]

    text = "Bà Trần Thị Mận, đại biểu Quốc hội khóa XIV, và ông Lê Văn Tám, Thứ trưởng Bộ Văn hóa Thể thao và Du lịch, đã đến dự."
    assert positions(text) == positions(text.replace("óa", "oá"))
    assert [key for _, key in positions(text)] == ["quoc-hoi:vn", "bo.van-hoa-the-thao-du-lich:vn"]
