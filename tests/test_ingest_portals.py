"""Made-up portals: headline, date with its kind and body of a page alone, with three and with eight of its site."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import regex
from portal_sites import LAYOUTS, STORIES, Story, american, bare, imported, listing, tables, undated
from portal_traps import OTHERS, TRAPS

from extractor.errors import ArticleError, InputError
from extractor.ingest.articles import load_article
from extractor.ingest.html import html_page
from extractor.ingest.pages.article import read_article
from extractor.ingest.pages.cues import CueRow, says
from extractor.ingest.pages.dom import read_page
from extractor.ingest.pages.profile import Profile
from extractor.ingest.pages.sample import learn_sites
from extractor.ingest.pages.sites import Sites
from extractor.ingest.pages.stamps import machine_day, order_of, settle, stamps
from extractor.ingest.pages.titles import undated as without_date
from extractor.ingest.units import Options, Unit
from extractor.models import Article
from extractor.rules import load_rows
from extractor.text import fold


def pages(layout: object, stories: Sequence[Story]) -> list[Unit]:
    return [
        Unit("html", f"site/{n}.html", data=layout(s).encode(), name=f"p{n}")  # type: ignore[operator]
        for n, s in enumerate(stories)
    ]


def learnt(units: Sequence[Unit]) -> Options:
    return Options(sites=learn_sites(units, Options()).sites)


def read(unit: Unit, options: Options) -> Article:
    return load_article(unit, options).article


def scrambled(unit: Unit) -> Unit:
    """The page with every class and id renamed alike."""
    assert isinstance(unit.data, bytes)
    text = regex.sub(
        r"(class|id)=(['\"])(.*?)\2",
        lambda m: m[1] + "=" + m[2] + " ".join(f"q{sum(map(ord, w)) % 997}" for w in m[3].split()) + m[2],
        unit.data.decode(),
    )
    return replace(unit, data=text.encode())


def check_text(article: Article, story: Story) -> None:
    assert article.title == story.title
    first, *lines = article.text.split("\n")
    assert first == story.title
    assert [line for line in lines if line in story.text] == list(story.text)
    for line in lines:
        # Beside the paragraphs: the author's line, the date line below the headline, a marked caption.
        assert line in story.text or story.author in line or f"{story.day.year}" in line or line.startswith("[img]"), (
            line
        )


@pytest.mark.parametrize("number", [1, 3, 8])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_portals_headline_and_body(layout, number):
    units = pages(layout, STORIES[:number])
    options = learnt(units)
    assert len(options.sites.profiles) == (number >= 3)
    for unit, story in zip(units, STORIES, strict=False):
        article = read(unit, options)
        check_text(article, story)
        assert article.page_kind == "article"
        assert article.site == (options.sites.profiles[0].id if number >= 3 else None)


@pytest.mark.parametrize("number", [1, 3, 8])
@pytest.mark.parametrize(
    "layout", [f for f in LAYOUTS if f not in (undated, american, imported)], ids=lambda f: f.__name__
)
def test_portals_own_date(layout, number):
    units = pages(layout, STORIES[:number])
    options = learnt(units)
    for unit, story in zip(units, STORIES, strict=False):
        article = read(unit, options)
        assert (article.published, article.date_source) == (story.day, "page")


@pytest.mark.parametrize("layout", [f for f in LAYOUTS if f is not bare], ids=lambda f: f.__name__)
def test_portals_scrambled_names(layout):
    units = [scrambled(u) for u in pages(layout, STORIES)]
    options = learnt(units)
    for unit, story in zip(units, STORIES, strict=True):
        check_text(read(unit, options), story)


@pytest.mark.parametrize("number", [1, 3, 8])
@pytest.mark.parametrize("trap", TRAPS, ids=lambda t: t.layout.__name__)
def test_portals_traps(trap, number):
    units = pages(trap.layout, STORIES[:number])
    options = learnt(units)
    for unit, story in zip(units, STORIES, strict=False):
        article = read(unit, options)
        assert (article.title or "").lower() == story.title.lower()
        assert article.published == (story.day if trap.dated else None)
        lines = article.text.split("\n")[1:]
        assert [line for line in lines if line in story.text] == list(story.text[: trap.shown])
        for line in lines:
            known = (
                line in story.text
                or story.author in line
                or regex.search(r"\b20\d\d\b", line)
                or line.startswith("[img]")
            )
            assert known, line


@pytest.mark.parametrize("name", OTHERS)
def test_portals_other_pages_are_no_articles(name):
    with pytest.raises(ArticleError, match=r"list of articles|holds no article"):
        load_article(Unit("html", "x", data=OTHERS[name].encode(), name="x"), Options())


def test_portals_stamp_of_an_import_is_told():
    units = pages(imported, STORIES)
    alone = load_article(units[0], Options())
    assert (alone.article.date_source, alone.notes) == ("page", ())
    loaded = load_article(units[0], learnt(units))
    assert (loaded.article.published, loaded.article.date_source) == (date(2019, 10, 1), "import")
    assert [code for code, _ in loaded.notes] == ["import-date"]


def test_portals_lists_of_other_pages_date_an_article():
    units = pages(undated, STORIES)
    assert read(units[0], Options()).published is None
    loaded = load_article(units[0], learnt(units))
    assert (loaded.article.published, loaded.article.date_source) == (STORIES[0].day, "related")
    assert "no date of its own" in loaded.notes[0][1]


def test_portals_month_first_is_settled_by_the_site_or_not_at_all():
    units = pages(american, STORIES)
    alone = load_article(units[0], Options())  # 3/4/2019
    assert alone.article.published is None
    assert "day or month first" in alone.notes[0][1]
    options = learnt(units)
    for unit, story in zip(units, STORIES, strict=True):
        assert read(unit, options).published == story.day


def test_portals_clock_is_no_date():
    clock = "<div class='x'>Thứ hai, ngày 04 tháng 02 năm 2019</div>"
    page = tables(STORIES[0]).replace(f"(Cập nhật: 09:05 - {STORIES[0].day:%d/%m/%Y})", "")
    assert "04 tháng 02" in page
    assert read(Unit("html", "x", data=page.encode(), name="x"), Options()).published is None
    for markup in (
        clock + undated(STORIES[1]),
        undated(STORIES[1]).replace("<div class='top'>", clock + "<div class='top'>"),
    ):
        article = read(Unit("html", "x", data=markup.encode(), name="x"), Options())
        assert article.published is None


def test_portals_copies_of_one_page_are_one_page():
    units = pages(tables, [STORIES[0]] * 6 + [STORIES[1]])
    assert learn_sites(units, Options()).sites.profiles == ()
    units = pages(tables, [*[STORIES[0]] * 6, *STORIES[1:4]])
    options = learnt(units)
    assert options.sites.profiles[0].pages == 4
    check_text(read(units[0], options), STORIES[0])


def test_portals_a_shared_paragraph_stays():
    shared = (
        "Ủy ban nhân dân huyện đề nghị các cơ quan, đơn vị và bà con trên địa bàn nghiêm túc làm theo thông báo này."
    )
    stories = [replace(s, text=(*s.text, shared)) if n < 2 else s for n, s in enumerate(STORIES)]
    units = pages(tables, stories)
    options = learnt(units)
    for unit, story in zip(units, stories, strict=True):
        check_text(read(unit, options), story)


def test_portals_list_of_articles_is_none():
    unit = Unit("html", "x", data=listing().encode(), name="x")
    with pytest.raises(ArticleError, match="a list of articles") as caught:
        load_article(unit, Options())
    assert caught.value.stage == "list"
    assert read(unit, Options(lists=True)).page_kind == "list"


def test_portals_record_does_not_depend_on_its_company():
    few = pages(tables, STORIES)
    options = learnt(few)
    more = [*pages(imported, STORIES), *few]
    again = Sites.loads(learnt(more).sites.dumps(), "x")
    assert {p.id for p in options.sites.profiles} < {p.id for p in again.profiles}
    for unit in few:
        assert read(unit, options) == read(unit, Options(sites=again))


def test_portals_two_sites_in_one_folder():
    units = [u for pair in zip(pages(tables, STORIES), pages(imported, STORIES), strict=True) for u in pair]
    found = learn_sites([replace(u, file=f"all/{n}.html") for n, u in enumerate(units)], Options())
    assert (len(found.sites.profiles), found.pages, found.alone) == (2, 16, 0)


def test_portals_profile_of_another_version_is_refused():
    options = learnt(pages(tables, STORIES[:3]))
    text = options.sites.dumps()
    assert Sites.loads(text, "x").dumps() == text
    with pytest.raises(InputError, match="version 99"):
        Sites.loads(
            text.replace('"version": 1,\n   ', '"version": 99,\n   ').replace('"version": 1\n', '"version": 99\n'), "x"
        )
    with pytest.raises(InputError, match="no profiles of sites"):
        Sites.loads("[]", "x")
    with pytest.raises(TypeError):
        Profile.read({"version": 1, "pages": 3, "colour": 1})


def test_portals_reasons_for_explain():
    loaded = load_article(pages(tables, STORIES)[0], Options())
    said = dict(loaded.reasons)
    assert said["page"].startswith("article")
    assert STORIES[0].title[:40] in said["title"]
    assert "below the headline" in said["published"]
    assert said["site"] == "without a profile"


def test_portals_below_the_threshold_there_is_no_headline():
    reading = read_article(read_page("".join(f"<p>{t}</p>" for t in STORIES[0].text)), None)
    assert (reading.title, reading.published, reading.kind) == (None, None, "article")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("thứ năm, 08 08 2019 08:52", date(2019, 8, 8)),
        ("(05.08.2019 16:32)", date(2019, 8, 5)),
        ("13 tháng 3 năm 2019", date(2019, 3, 13)),
        ("13 Tháng Ba, 2019", date(2019, 3, 13)),
        ("Tháng Ba 13, 2019", date(2019, 3, 13)),
        ("13 Th3, 2019", date(2019, 3, 13)),
        ("13 thg 3, 2019", date(2019, 3, 13)),
        ("March 13, 2019", date(2019, 3, 13)),
        ("13/03/2019 8:15 SA", date(2019, 3, 13)),
        ("08:15 CH, 13-3-2019", date(2019, 3, 13)),
        ("T2, 13/03/19 08:15", date(2019, 3, 13)),
        ("2019-03-13", date(2019, 3, 13)),
        ("3/13/2019 8:15:00 AM", date(2019, 3, 13)),
        ("Ba người đạt 2,2 % kế hoạch 12.03", None),
        ("31/02/2019", None),
        ("Văn bản số 12/2019/NĐ-CP", None),
        ("Điện thoại 02 03 2019", None),
    ],
)
def test_portals_printed_dates(line, day):
    found = stamps(fold(line))
    assert [settle(s, None) for s in found] == ([day] if day else [])
    for stamp in found:
        assert 0 <= stamp.start < stamp.end <= len(line)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("tháng giêng", 1), ("tháng hai", 2), ("march", 3), ("tháng tư", 4), ("may", 5), ("tháng sáu", 6), ("tháng bảy", 7),
        ("aug", 8), ("september", 9), ("tháng mười", 10), ("tháng mười một", 11), ("tháng mười hai", 12), ("tháng chạp", 12),
    ],
)  # fmt: skip
def test_portals_months_as_words(word, number):
    for line in (f"{word} 13, 2019", f"13 {word}, 2019", f"13 {word} 2019"):
        assert [s.day for s in stamps(line)] == [date(2019, number, 13)]


@pytest.mark.parametrize(
    ("line", "order", "day"),
    [
        ("3/4/2019 3:04 PM", None, None),
        ("3/4/2019 3:04 PM", "mdy", date(2019, 3, 4)),
        ("3/4/2019 3:04 PM", "dmy", date(2019, 4, 3)),
        ("Monday, 3/4/2019 3:04 PM", None, date(2019, 3, 4)),
        ("3/4/2019", None, date(2019, 4, 3)),
        ("3.4.2019 3:04 PM", None, date(2019, 4, 3)),
    ],
)
def test_portals_order_of_day_and_month(line, order, day):
    assert settle(stamps(fold(line))[0], order) == day


def test_portals_order_told_by_other_dates():
    assert order_of(["3/4/2019", "8/28/2019"]) == "mdy"
    assert order_of(["3/4/2019", "28/8/2019"]) == "dmy"
    assert order_of(["3/4/2019", "28.8.2019"]) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2019-03-05T18:30:00Z", date(2019, 3, 6)),
        ("2019-03-05T16:30:00+00:00", date(2019, 3, 5)),
        ("2019-03-05T23:30:00+07:00", date(2019, 3, 5)),
        ("2019-03-05T23:30:00", date(2019, 3, 5)),
        ("05/03/2019", date(2019, 3, 5)),
        ("1970-01-01T00:00:00Z", None),
        (None, None),
    ],
)
def test_portals_machine_dates_are_vietnams(value, day):
    assert machine_day(value) == day


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Khai giảng lớp dệt thổ cẩm (05.08.2019 16:32)", "Khai giảng lớp dệt thổ cẩm"),
        ("05/08/2019 16:32 | Khai giảng lớp dệt thổ cẩm", "Khai giảng lớp dệt thổ cẩm"),
        ("Lịch công tác tuần từ ngày 05/08/2019", "Lịch công tác tuần từ ngày 05/08/2019"),
        ("Ngày 05/08/2019 khai giảng lớp dệt", "Ngày 05/08/2019 khai giảng lớp dệt"),
    ],
)
def test_portals_headline_without_its_date(line, title):
    assert without_date(line) == title


# One line of our own a row of `patterns/pages.yaml`: its id, and the line or names.
CUES = {
    "end-related": "TIN ĐÃ ĐƯA", "end-comments": "Gửi bình luận của bạn", "end-tags": "Từ khóa: chợ phiên, du lịch",
    "noise-share": "Lên đầu trang", "noise-share-many": "Facebook Twitter Email In", "noise-rating": "Click để đánh giá bài viết",
    "noise-breadcrumb": "Trang chủ > Tin tức > Xã hội", "counter": "Lượt xem: 54", "digits": "0 4 1",
    "source-line": "Theo chinhphu.vn", "source-site": "muongkhe.gov.vn", "author-line": "Tin, ảnh: Hà Pảo",
    "author-desk": "Ban Biên tập", "own-date-label": "Ngày đăng: 04/03/2019", "clock-label": "Hôm nay: Thứ hai, 04/03/2019",
    "licence-line": "Giấy phép số: 41/GP-TTĐT", "address-line": "Điện thoại: 0212 000 111",
    "site-portal": "Cổng thông tin điện tử huyện", "site-section": "Tin tức - Sự kiện", "caption-line": "Quang cảnh hội nghị",
    "name-title": "news-title", "name-date": "post-date", "name-body": "noidung", "name-away": "tin-lien-quan",
    "name-clock": "top-bar", "function-words": "của huyện",
}  # fmt: skip
TABLED = {"pages.yaml": frozenset(CUES)}


@pytest.mark.parametrize("row", [r for r in load_rows("pages.yaml", CueRow) if r.id in CUES], ids=lambda r: r.id)
def test_portals_cues(row):
    assert row.search(CUES[row.id])
    assert says(row.kind, fold(CUES[row.id]))


def test_portals_every_cue_has_a_case():
    rows = [r.id for r in load_rows("pages.yaml", CueRow) if r.value is None]
    assert sorted(rows) == sorted(CUES)


@pytest.mark.parametrize(
    "kind",
    sorted(
        {
            r.kind
            for r in load_rows("pages.yaml", CueRow)
            if r.value is None and r.kind != "function" and not r.kind.startswith("name-")
        }
    ),
)
def test_portals_no_paragraph_is_a_cue(kind):
    assert not [t for s in STORIES for t in (s.title, *s.text) if says(kind, fold(t))]


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<p>",
        "<html></html>",
        "<p>\x00</p>",
        "<table><tr><td>",
        "<a href=x>" * 300,
        "<div>" * 2000 + "x",
        "<!-- -->",
        "<br>" * 50,
    ],
)
def test_portals_odd_markup_is_no_crash(markup):
    try:
        page, _ = html_page(f"<body>{markup}</body>".encode())
    except ArticleError:
        return
    assert read_article(page, None).kind in ("article", "list", "other")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_profiles_are_read_from_a_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no regular file"):
        Sites.read(str(tmp_path / "pipe"))
