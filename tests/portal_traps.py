"""Made-up pages with one trap each, for the stories of `portal_sites`: where the headline, the date or the end is easily missed."""

# ruff: noqa: E501 - markup is easier to read in one line

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex
from portal_sites import FOOT, MENU, SIDE, STORIES, Story, _menu, _others, _page, _weekday

CARE = "Đoàn viên thanh niên các xã vùng thấp vừa tổ chức ra quân nạo vét kênh mương nội đồng, giúp bà con kịp gieo cấy vụ mùa."


@dataclass(frozen=True)
class Trap:
    """A layout, how many of the story's paragraphs it shows, and whether it dates its article."""

    layout: Callable[[Story], str]
    shown: int = 4
    dated: bool = True


def _body(story: Story, tag: str = "p") -> str:
    return "".join(f"<{tag}>{t}</{tag}>" for t in story.text)


def _frame(inner: str, **head: str) -> str:
    return _page(f"<ul>{_menu()}</ul>{inner}<div>{FOOT}</div>", **head)


def long_teasers(story: Story) -> str:
    """Two paragraphs among the first lines of six other articles, without a heading between."""
    others = "".join(
        f"<div class=k><a href=/x><b>{s.title}</b></a><p>{s.text[0]}</p></div>"
        for s in STORIES
        if s.title != story.title
    )
    return _frame(
        f"<div class=m><div class=q>{story.title}</div><div class=w>{story.day:%d/%m/%Y} 10:00</div><div>{story.text[0]}</div><div>{story.text[1]}</div></div><div class=z>{others}</div>"
    )


def lead_in_a_heading(story: Story) -> str:
    rest = "".join(f"<p>{t}</p>" for t in story.text[1:])
    return _frame(
        f"<div class=m><div class=a>{story.title}</div><div class=b>{story.day:%d-%m-%Y, %H:%M}</div><h2>{story.text[0]}</h2><div>{rest}</div></div>"
    )


def section_in_title_and_h1(story: Story) -> str:
    return _frame(
        f"<h1>Xây dựng nông thôn mới</h1><div class=m><div class=a>{story.title}</div><div>Đăng ngày {story.day:%d/%m/%Y}</div><div>{'<br/>'.join(story.text)}</div></div><h2>Chuyên đề đọc sách mỗi tuần cùng thiếu nhi</h2><ul>{_others(story)}</ul>",
        title="Xây dựng nông thôn mới - Mường Khê",
    )


def kicker_in_capitals(story: Story) -> str:
    return _frame(
        f"<div class=m><h3>KỶ NIỆM 60 NĂM NGÀY THÀNH LẬP HUYỆN MƯỜNG KHÊ</h3><h2>{story.title.upper()}</h2><p><i>Cập nhật {story.day:%d/%m/%Y}, 7 giờ 30 phút</i></p><div>{_body(story)}</div></div>"
    )


def headline_in_the_body(story: Story) -> str:
    return _page(
        f"<table><tr><td><ul>{_menu(SIDE)}</ul></td><td><p align=center><b>{story.title.upper()}</b></p>{_body(story)}<p align=right><b>{story.author}</b></p></td></tr></table><div>{FOOT}</div>"
    )


def headline_on_two_lines(story: Story) -> str:
    words = story.title.split()
    half = len(words) // 2
    return _frame(
        f"<div class=m><p class=title>{' '.join(words[:half])}<br>{' '.join(words[half:])}</p><div>{story.day:%d/%m/%Y}</div><div class=c>{_body(story)}</div></div>"
    )


def related_box_in_the_middle(story: Story) -> str:
    one, two, *rest = story.text
    first, second = [s.title for s in STORIES if s.title != story.title][:2]
    box = f"<div class=rl><b>Tin liên quan:</b><ul><li><a href=1>{first}</a></li><li><a href=2>{second}</a></li></ul></div>"
    return _frame(
        f"<h1>{story.title}</h1><p>{_weekday(story.day)}, ngày {story.day:%d/%m/%Y} - 09:15</p><div><p>{one}</p><p>{two}</p>{box}{''.join(f'<p>{t}</p>' for t in rest)}</div><p>Từ khóa: a, b</p>",
        title=f"{story.title} - Huyện Mường Khê",
    )


def more_comments_than_text(story: Story) -> str:
    comments = "".join(
        f"<div class=cm><b>Nguyễn Văn {k}</b> <span>{story.day:%d/%m/%Y} 20:1{n}</span><p>{CARE} Tôi rất đồng tình.</p></div>"
        for n, k in enumerate("ABCDEF")
    )
    return _frame(
        f"<h1>{story.title}</h1><p>{story.day:%d/%m/%Y | %H:%M}</p><div>{_body(story)}</div><h4>Bình luận (6)</h4>{comments}",
        title=story.title,
    )


def clock_above_the_headline(story: Story) -> str:
    return _frame(
        f"<div>Thứ bảy, 15/06/2019 08:00:12</div><div>Trang chủ » Tin tức</div><div class=m><h2>{story.title}</h2><div>{_body(story)}</div></div>"
    )


def date_of_a_document(story: Story) -> str:
    return _frame(
        f"<div class=m><h2>{story.title}</h2><p>Mường Khê, ngày 4 tháng 3 năm 2018</p><div>{_body(story)}</div></div>"
    )


def date_of_the_story(story: Story) -> str:
    return _frame(
        f"<div class=m><h2>{story.title}</h2><p>Sáng 12/3/2018, diễn ra lễ ra quân.</p><div>{_body(story)}</div></div>"
    )


def poll_below(story: Story) -> str:
    poll = (
        "Theo bạn, trang thông tin điện tử của huyện cần bổ sung thêm những nội dung nào để phục vụ người dân tốt hơn?"
    )
    return _frame(
        f"<div class=m><div class=t>{story.title}</div><span class=v>Lượt xem: 54</span><span> {story.day:%d/%m/%Y}</span><div>{_body(story, 'div')}</div></div><div><b>Thăm dò ý kiến</b><div>{poll}</div><div>Rất tốt</div></div>"
    )


def links_in_the_text(story: Story) -> str:
    text = [regex.sub(r"(\w+ \w+ \w+)", r'<a href="/tag">\1</a>', t, count=1) for t in story.text]
    return _frame(
        f"<div class=m><h2>{story.title}</h2><p>{story.day:%d/%m/%Y}</p>{''.join(f'<p>{t}</p>' for t in text)}</div>"
    )


def pasted_from_a_document(story: Story) -> str:
    one, two, three, four = story.text
    return _frame(
        f"<div class=m><span style='font-size:18px;font-weight:bold'>{story.title}</span><br><span>{story.day:%d/%m/%Y}</span><div><div><div><p><span><font>{one}</font></span></p></div></div><table><tr><td><div>{two}</div></td></tr></table><div>{three}<br>{four}</div></div></div>"
    )


def headline_and_date_in_a_row(story: Story) -> str:
    return _frame(
        f"<table><tr><td>Chuyên mục</td><td>Văn hóa vùng cao</td></tr><tr><td><b>{story.title}</b></td><td>{story.day:%d/%m/%Y}</td></tr><tr><td colspan=2>{'<br>'.join(story.text)}</td></tr></table>"
    )


def menus_without_links(story: Story) -> str:
    menu = "".join(f"<span onclick=x>{m}</span>" for m in MENU)
    others = "".join(f"<div onclick=x>{s.title} ({s.day:%d/%m/%Y})</div>" for s in STORIES if s.title != story.title)
    return _page(
        f"{menu}<div>{_weekday(story.day)}, {story.day:%d/%m/%Y}, 07:30 (GMT+7)</div><div class=m><div>{story.title}</div>{_body(story, 'div')}</div><div>Tin khác</div>{others}<div>{FOOT}</div>"
    )


def ticker_of_headlines(story: Story) -> str:
    ticker = " *** ".join(s.title for s in STORIES)
    return _page(
        f"<marquee>{ticker}</marquee><ul>{_menu()}</ul><div class=m><h2>{story.title}</h2><p>(Ngày đăng: {story.day:%d/%m/%Y})</p>{_body(story)}</div><div>{FOOT}</div>"
    )


def pictures_in_the_middle(story: Story) -> str:
    one, *rest = story.text
    pictures = "".join(
        f"<div class=g><img src=a{n}><p><i>Hình ảnh bà con các bản góp công làm đường số {n}</i></p></div>"
        for n in range(5)
    )
    return _frame(
        f"<div class=m><h1>{story.title}</h1><p>{story.day:%d/%m/%Y}</p><p>{one}</p>{pictures}{''.join(f'<p>{t}</p>' for t in rest)}</div>"
    )


def date_below_the_body(story: Story) -> str:
    return _frame(
        f"<div class=m><h2>{story.title}</h2>{_body(story)}<p>Cập nhật lần cuối: {_weekday(story.day)}, {story.day:%d/%m/%Y} 14:03</p></div><h3>Bài khác</h3><ul>{_others(story)}</ul>"
    )


def dated_headlines_above(story: Story) -> str:
    hot = _others(story, "<div><a href=/t{n}>{title}</a> <span>{day:%d/%m/%Y}</span></div>")
    return _frame(
        f"<div class=hot><h3>Tin nổi bật</h3>{hot}</div><div class=m><div class=x>{story.title}</div><div class=y>{story.day:%d/%m/%Y} - 08:00</div>{_body(story, 'div')}</div>"
    )


def english_machinery(story: Story) -> str:
    return _page(
        f"<div>Skip to main content</div><div>You are here: Home</div><ul>{_menu()}</ul><div class=m><div>{story.title}</div><div>Posted on {story.day:%B %d, %Y} by admin</div>{_body(story, 'div')}<div>Read more</div></div><div>{FOOT}</div>"
    )


def views_beside_the_date(story: Story) -> str:
    return _frame(
        f"<div class=m><div>{story.title}</div><div>{story.day:%d/%m/%Y %H:%M} - Lượt xem: 512 - Cỡ chữ: A A A</div>{_body(story, 'div')}</div>"
    )


TRAPS = (
    Trap(long_teasers, 2), Trap(lead_in_a_heading), Trap(section_in_title_and_h1), Trap(kicker_in_capitals),
    Trap(headline_in_the_body, dated=False), Trap(headline_on_two_lines), Trap(related_box_in_the_middle),
    Trap(more_comments_than_text), Trap(clock_above_the_headline, dated=False), Trap(date_of_a_document, dated=False),
    Trap(date_of_the_story, dated=False), Trap(poll_below), Trap(links_in_the_text), Trap(pasted_from_a_document),
    Trap(headline_and_date_in_a_row), Trap(menus_without_links), Trap(ticker_of_headlines), Trap(pictures_in_the_middle),
    Trap(date_below_the_body), Trap(dated_headlines_above), Trap(english_machinery), Trap(views_beside_the_date),
)  # fmt: skip


def _links(story: Story) -> str:
    return f"<div><ul>{_others(story)}</ul></div>"


# Pages that are no article: a front page, lists of officers, documents, search results, one teaser above many headlines.
OTHERS = {
    "front": _frame("".join(f"<h3>Chuyên mục {n}</h3>{_links(s)}" for n, s in enumerate(STORIES))),
    "officers": _frame(
        f"<h2>Cơ cấu tổ chức</h2><table>{''.join(f'<tr><td>{n}</td><td>{s.author}</td><td>Trưởng phòng</td></tr>' for n, s in enumerate(STORIES))}</table>"
    ),
    "documents": _frame(
        f"<h2>Văn bản mới</h2><table>{''.join(f'<tr><td>{n}/QĐ-UBND</td><td><a href=x>Về kế hoạch {s.title.lower()}</a></td><td>{s.day:%d/%m/%Y}</td></tr>' for n, s in enumerate(STORIES))}</table>"
    ),
    "results": _frame(
        f"<h2>Kết quả tìm kiếm</h2>{''.join(f'<div><a href=x>{s.title}</a><div>{s.day:%d/%m/%Y}</div><div>{s.text[0][:110]}...</div></div>' for s in STORIES)}"
    ),
    "teaser": _frame(
        f"<div class=f><h2><a href=z>{STORIES[0].title}</a></h2><p>{STORIES[0].text[0]}</p></div>{_links(STORIES[1])}{_links(STORIES[2])}{_links(STORIES[4])}"
    ),
}
