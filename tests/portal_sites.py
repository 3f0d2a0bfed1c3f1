"""Made-up portals: eight articles and nine layouts in the manner of old provincial sites, written for the tests."""

# ruff: noqa: E501 - markup is easier to read in one line

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape


@dataclass(frozen=True)
class Story:
    """An article: its headline, day, paragraphs, and the line of its author."""

    title: str
    day: date
    text: tuple[str, ...]
    author: str


STORIES = (
    Story(
        "Huyện Mường Khê hoàn thành sớm chỉ tiêu phủ thẻ bảo hiểm y tế",
        date(2019, 3, 4),
        (
            "Tính đến cuối tháng 2, huyện Mường Khê đã có 61.480 người tham gia bảo hiểm y tế, đạt 94,2% dân số và về đích trước kế hoạch bốn tháng.",
            "Bà Lường Thị Sạ, Giám đốc Bảo hiểm xã hội huyện, cho biết các đại lý thu đã đến từng bản vào buổi tối để gặp những gia đình đi nương cả ngày.",
            "Những bản xa nhất được cấp phát thẻ ngay tại nhà văn hóa, bà con không phải xuống trung tâm như các năm trước.",
            "Trong quý tới, huyện tập trung vào nhóm học sinh mới chuyển cấp và các hộ vừa thoát nghèo.",
        ),
        "Hà Văn Pảo",
    ),
    Story(
        "Khánh thành cầu treo bắc qua suối Nậm Pồn, ba bản hết cảnh đi bè",
        date(2019, 3, 12),
        (
            "Chiều 11/3, Ủy ban nhân dân xã Chiềng Lao khánh thành cây cầu treo dài 86 mét do các hộ dân góp công cùng một doanh nghiệp tài trợ vật liệu.",
            "Trước đây mùa lũ kéo dài gần ba tháng, giáo viên phải buộc xe máy lên bè để vào điểm trường lẻ.",
            "Ông Quàng Văn Inh, Bí thư chi bộ bản Pá Hát, kể rằng người dân đã chuyển hơn hai trăm khối đá bằng tay.",
            "Cầu chịu được xe có tải trọng một tấn và có lan can lưới thép ở cả hai bên.",
        ),
        "Lò Thanh Bình",
    ),
    Story(
        "Tập huấn kỹ năng số cho cán bộ đoàn cơ sở",
        date(2019, 3, 20),
        (
            "Hơn 120 cán bộ đoàn của 14 xã, thị trấn dự lớp tập huấn kỹ năng số do Huyện đoàn phối hợp với Trung tâm dạy nghề tổ chức trong hai ngày.",
            "Học viên được hướng dẫn nộp hồ sơ qua mạng, lập nhóm trao đổi công việc và nhận biết tin giả.",
            "Anh Cà Văn Thương, học viên của xã Nậm Giôn, mong lớp học được mở thêm ở các cụm xã vùng cao.",
            "Kết thúc lớp học, mỗi đơn vị nhận một bộ tài liệu và danh sách người hỗ trợ khi gặp khó khăn.",
        ),
        "Vì Ngọc Lan",
    ),
    Story(
        "Người trồng mận Phiêng Sa được mùa, thương lái vào tận vườn",
        date(2019, 4, 2),
        (
            "Vụ mận năm nay ở Phiêng Sa cho năng suất bình quân 11 tấn mỗi héc-ta, cao hơn vụ trước gần một phần ba nhờ thời tiết thuận.",
            "Giá bán tại vườn dao động từ 18 đến 25 nghìn đồng một ki-lô-gam, loại quả to được đặt mua từ khi chưa chín.",
            "Chị Mùa Thị Dợ có hơn bốn trăm gốc mận, sau khi trừ chi phí còn lãi chừng chín mươi triệu đồng.",
            "Hợp tác xã của bản đang làm hồ sơ cấp mã vùng trồng để đưa quả vào siêu thị.",
        ),
        "Giàng A Tếnh",
    ),
    Story(
        "Kiểm tra công tác phòng cháy rừng tại các trạm bảo vệ vùng giáp ranh",
        date(2019, 4, 9),
        (
            "Đoàn công tác của Hạt Kiểm lâm vừa kiểm tra sáu trạm bảo vệ rừng giáp ranh, nơi có gần 3.900 héc-ta rừng thông ở mức dễ cháy.",
            "Các trạm đều bố trí người trực đủ 24 giờ, song máy thổi gió và vòi bơm ở hai nơi đã hỏng từ lâu.",
            "Đoàn đề nghị chủ rừng phát dọn lại đường băng cản lửa trước ngày 20 tháng này.",
            "Năm trước, huyện xảy ra bốn vụ cháy nhỏ và đều được dập tắt trong buổi sáng.",
        ),
        "Đèo Tuấn Anh",
    ),
    Story(
        "Ra mắt tổ hợp tác dệt thổ cẩm của phụ nữ bản Nà Xản",
        date(2019, 4, 16),
        (
            "Hội Liên hiệp Phụ nữ xã vừa ra mắt tổ hợp tác dệt thổ cẩm với 27 thành viên, phần đông là chị em trên bốn mươi tuổi còn giữ khung cửi.",
            "Tổ nhận đơn hàng chung, chia sợi và thuốc nhuộm theo tháng, mỗi người được trả công theo số mét vải.",
            "Bà Tòng Thị Phương, tổ trưởng, nói rằng lớp trẻ bắt đầu học lại các hoa văn đã mất.",
            "Sản phẩm đầu tiên sẽ bày bán ở chợ phiên ngày chủ nhật và tại điểm du lịch hồ Bản Mòng.",
        ),
        "Hoàng Thu Nga",
    ),
    Story(
        "Đối thoại với thanh niên về vay vốn khởi nghiệp ở nông thôn",
        date(2019, 4, 23),
        (
            "Lãnh đạo huyện đã trả lời trực tiếp 34 câu hỏi của thanh niên tại buổi đối thoại về vay vốn và tìm đầu ra cho nông sản.",
            "Nhiều ý kiến cho rằng thủ tục thế chấp còn rườm rà, mức vay thấp so với giá cây giống hiện nay.",
            "Ngân hàng Chính sách cam kết rút ngắn thời gian thẩm định xuống còn bảy ngày làm việc.",
            "Huyện giao Phòng Nông nghiệp lập danh mục các mô hình có thể nhân rộng trước vụ hè thu.",
        ),
        "Bạc Cầm Dung",
    ),
    Story(
        "Trạm y tế Co Mạ có thêm phòng khám thai và máy siêu âm",
        date(2019, 5, 7),
        (
            "Từ đầu tháng 5, phụ nữ mang thai ở Co Mạ không còn phải đi gần bốn mươi cây số để siêu âm nhờ phòng khám mới của trạm y tế xã.",
            "Phòng khám do ngành y tế đầu tư, có một nữ hộ sinh người địa phương nói được tiếng Mông.",
            "Y sĩ Thào Thị Sông cho biết tuần đầu đã có 41 lượt người đến khám, gấp đôi dự tính.",
            "Thẻ bảo hiểm y tế được áp dụng như ở bệnh viện huyện, người bệnh không phải trả thêm.",
        ),
        "Nguyễn Mai Chi",
    ),
)
SITE = "Trang thông tin điện tử huyện Mường Khê"
MENU = (
    "Trang chủ",
    "Giới thiệu",
    "Tin tức - Sự kiện",
    "Văn bản chỉ đạo",
    "Cải cách hành chính",
    "Lịch công tác",
    "Liên hệ",
)
SIDE = (
    "Đoàn thể huyện",
    "Chiến lược, quy hoạch",
    "Dự án kêu gọi đầu tư",
    "Công khai ngân sách",
    "Thủ tục đất đai",
    "Danh bạ điện thoại",
)
INTRO = "Mường Khê là huyện miền núi nằm ở thượng nguồn sông Nậm Pồn, có mười bốn đơn vị hành chính và sáu dân tộc cùng sinh sống từ lâu đời."
FOOT = "Giấy phép số 41/GP-TTĐT. Chịu trách nhiệm nội dung: Chánh Văn phòng. Điện thoại: 0212 000 111"


def _weekday(day: date) -> str:
    return ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")[day.weekday()]


def _menu(items: tuple[str, ...] = MENU) -> str:
    return "".join(f'<li><a href="/{n}">{item}</a></li>' for n, item in enumerate(items))


def _number(story: Story) -> int:
    return next(n for n, s in enumerate(STORIES) if s.title == story.title)


def _others(story: Story, wrap: str = '<li><a href="/t{n}">{title}</a> ({day:%d/%m/%Y})</li>') -> str:
    at = _number(story)
    near = [STORIES[(at + step) % len(STORIES)] for step in (1, 2, 3, 5)]
    return "".join(wrap.format(n=STORIES.index(s), title=escape(s.title), day=s.day) for s in near)


def _page(body: str, title: str = SITE, head: str = "") -> str:
    return f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def tables(story: Story) -> str:
    """Nested tables and font tags; a running clock's text frozen in the header; the body is one cell with line breaks."""
    lines = "<br><br>".join(story.text)
    return _page(
        f"<table><tr><td>Thứ hai, ngày 04 tháng 02 năm 2019</td></tr><tr><td><table><tr><td><ul>{_menu()}</ul></td></tr></table></td></tr></table>"
        f"<table><tr><td><table><tr><td><ul>{_menu(SIDE)}</ul></td></tr></table></td><td><table>"
        f"<tr><td><font size=2>Tin kinh tế - xã hội trong huyện</font></td></tr>"
        f"<tr><td><span class='tieude_tin'>{story.title}</span></td></tr>"
        f"<tr><td><font color=gray>(Cập nhật: 09:05 - {story.day:%d/%m/%Y})</font></td></tr>"
        f"<tr><td><div>{lines}<br><br><b>{story.author}</b></div></td></tr>"
        f"<tr><td><b>CÁC TIN KHÁC</b><ul>{_others(story)}</ul></td></tr></table></td></tr></table>"
        f"<table><tr><td>{FOOT}</td></tr></table>"
    )


def sections(story: Story) -> str:
    """The section is the h1, the headline an h3; a lead, ratings, newer and older lists."""
    return _page(
        f"<div id='header'><ul>{_menu()}</ul></div><div class='main'><h1>Tin hoạt động trong tuần của huyện</h1>"
        f"<h3 class='title'>{story.title}</h3><span class='time'>{_weekday(story.day)} - {story.day:%d/%m/%Y} 03:12</span>"
        f"<h2 class='hometext'>{story.text[0]}</h2><div class='bodytext'>{''.join(f'<p>{t}</p>' for t in story.text[1:])}</div>"
        f"<p style='text-align:right'><strong>Tác giả: {story.author}</strong></p>"
        "<p>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p><p>Click để đánh giá bài viết</p>"
        f"<h4>Những tin mới hơn</h4><ul>{_others(story)}</ul></div>"
        f"<div class='right'><ul>{_menu(SIDE)}</ul></div><div id='footer'>{FOOT}</div>",
        title=f"Tin hoạt động - {SITE}",
    )


def blog(story: Story) -> str:
    """A blog's theme: headline in the title and h1, month in letters, abbreviated."""
    return _page(
        f"<nav><ul>{_menu()}</ul></nav><article><h1 class='entry-title'>{story.title}</h1>"
        f"<div class='entry-meta'>{story.day.day} Th{story.day.month}, {story.day.year} bởi admin</div>"
        f"<div class='entry-content'>{''.join(f'<p>{t}</p>' for t in story.text)}<p>{story.author}</p></div>"
        f"<p>Chia sẻ Facebook Zalo</p></article><aside><h3>Bài viết mới</h3><ul>{_others(story)}</ul></aside><footer>{FOOT}</footer>",
        title=f"{story.title} – {SITE}",
    )


def undated(story: Story) -> str:
    """No date of its own; the lists of other pages tell it. A hidden introduction, counters a digit a cell."""
    digits = "".join(f"<div class='n'>{d}</div>" for d in "0418273")
    return _page(
        f"<div style='display:none'><p>{INTRO}</p><p>{INTRO}</p></div><div class='top'>{SITE}</div><ul>{_menu()}</ul>"
        f"<div class='w1'><div class='w2'><p class='Title'>{story.title}</p><div class='w3'>{''.join(f'<p>{t}</p>' for t in story.text)}"
        f"<p><em>{story.author}</em></p></div><p>TIN ĐÃ ĐƯA</p><ul class='o'>{_others(story)}</ul></div></div>"
        f"<h3>SỐ LƯỢT TRUY CẬP</h3>{digits}<div class='f'>{FOOT}</div>"
    )


def american(story: Story) -> str:
    """A server that writes the month first; the body inside of a noscript element."""
    day = f"{story.day.month}/{story.day.day}/{story.day.year}"
    return _page(
        f"<div><ul>{_menu()}</ul></div><div><ul>{_menu(SIDE)}</ul></div><div class='zone'><div class='cap'>{story.title}</div>"
        f"<div class='when'>{day} 3:04:05 PM</div><noscript>{''.join(f'<div>{t}</div>' for t in story.text)}</noscript></div>"
        f"<div>{FOOT}</div>"
    )


def linked(story: Story) -> str:
    """The headline is a link to itself; the date with its weekday below; newer and older lists without dates."""
    at = _number(story)
    return _page(
        f"<table class='menu'><tr><td><ul>{_menu()}</ul></td></tr></table>"
        f"<div class='item-page'><h2><a href='/tin/{at}'>{story.title}</a></h2>"
        f"<p class='createdate'>{_weekday(story.day)}, {story.day.day:02} Tháng {story.day.month} {story.day.year} 08:52</p>"
        f"<p><strong>{story.text[0]}</strong></p>{''.join(f'<p>{t}</p>' for t in story.text[1:])}"
        f"<ul class='pagenav'>{_others(story, '<li><a href=/tin/{n}>{title}</a></li>')}</ul></div>"
        f"<div class='mod'><h3>Đăng nhập</h3><ul>{_menu(SIDE)}</ul></div><div>{FOOT}</div>",
        title=story.title,
    )


def imported(story: Story) -> str:
    """All pages bear the minute of one import above the headline; their own days stand nowhere."""
    return _page(
        f"<div class='hd'><ul>{_menu()}</ul></div><table><tr><td class='folder'>Tin nội bộ ngành</td><td class='stamp'>thứ ba, 01 10 2019 15:40</td></tr></table>"
        f"<div class='box'><p class='hl'>{story.title}</p><div class='ct'>{''.join(f'<p>{t}</p>' for t in story.text)}<p>Theo Báo Mường Khê</p></div>"
        f"<p><a href='#'>Xem chi tiết tại đây</a></p></div><div class='ft'>{FOOT}</div>"
    )


def bare(story: Story) -> str:
    """No headings, no classes, no title; line breaks for paragraphs, the date in brackets behind the headline."""
    return _page(
        f"<div><div>{' | '.join(f'<a href=/{n}>{m}</a>' for n, m in enumerate(MENU))}</div></div>"
        f"<div><div><b>{story.title}</b> <i>({story.day:%d.%m.%Y} 16:32)</i></div><div>{'<br>'.join(story.text)}<br>{story.author}</div></div>"
        f"<div><b>Tin tiếp theo</b><div>{_others(story, '<div><a href=/t{n}>{title}</a></div>')}</div></div><div>{FOOT}</div>",
        title="",
    )


def magazine(story: Story) -> str:
    """A busy page: a slider of headlines with teasers above, teasers below, a second headline, pictures with captions."""
    at = _number(story)
    teaser = "<div class='it'><h3><a href='/{n}'>{title}</a></h3><span>{day:%d/%m/%Y}</span><p>Bài viết giới thiệu cách làm của cơ sở, nêu những việc đã xong và những việc đang vướng cần cấp trên tháo gỡ...</p></div>"
    return _page(
        f"<div class='bar'>Hôm nay: Thứ bảy, 15/06/2019</div><div class='slide'>{_others(story, teaser)}</div><ul>{_menu()}</ul>"
        f"<div class='post'><div class='kicker'>Chung sức vì cộng đồng</div><h1>{story.title}</h1><div class='d'>{story.day:%H:%M} | {story.day:%d/%m/%Y}</div>"
        f"<p class='sapo'>{story.text[0]}</p><figure><img src='a.jpg'><figcaption>Cảnh sinh hoạt ở vùng cao số {at}</figcaption></figure>"
        f"<div class='content'>{''.join(f'<p>{t}</p>' for t in story.text[1:])}<p>Bài, ảnh: {story.author}</p></div>"
        f"<div class='tags'>Từ khóa: miền núi, đời sống</div></div><div class='more'>{_others(story, teaser)}</div><div>{FOOT}</div>",
        title=f"{story.title} | Báo Mường Khê",
    )


LAYOUTS: tuple[Callable[[Story], str], ...] = (
    tables, sections, blog, undated, american, linked, imported, bare, magazine,
)  # fmt: skip


def listing() -> str:
    """A section's list of articles with their first lines."""
    items = "".join(
        f"<div class='it'><h3><a href='/t{n}'>{s.title}</a></h3><span>{s.day:%d/%m/%Y}</span><p>{s.text[0]}</p></div>"
        for n, s in enumerate(STORIES)
    )
    return _page(f"<ul>{_menu()}</ul><h1>Tin trong huyện</h1>{items}<div>{FOOT}</div>")
