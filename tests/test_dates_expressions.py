"""Date expressions in sentences: the whole span between the marks, and the value resolved against the publication date."""

# ruff: noqa: E501 - one case a line
from __future__ import annotations

from datetime import date

import pytest
import regex

from extractor.fields.dates.expressions import find_dates
from extractor.fields.dates.page import page_date
from extractor.language import read
from extractor.models import Article
from extractor.records import Date

P = "2018-01-13"  # a Saturday


def dates(text: str, published: str | None = P) -> list[Date]:
    when = date.fromisoformat(published) if published else None
    return find_dates(read(Article(id="t", text=text, published=when)))


def check(marked: str, values: str, published: str | None = P) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    spans, at, start = [], 0, 0
    for c in marked:
        if c == "⟦":
            start = at
        elif c == "⟧":
            spans.append(text[start:at])
        else:
            at += 1
    found = dates(text, published)
    assert [d.text for d in found] == spans
    assert [str(d.value) for d in found] == values.split()


# One case a line: text with the spans marked, and the values in order.
DAYS = """
Hội nghị khai mạc ⟦ngày 12/1⟧. | 2018-01-12
⟦Ngày 12/1/2018⟧, đoàn đến làm việc. | 2018-01-12
⟦Sáng 12/1⟧, đoàn đến làm việc. | 2018-01-12
⟦Chiều ngày 12/1⟧, đoàn đến làm việc. | 2018-01-12
⟦Chiều 12-1⟧, đoàn đến làm việc. | 2018-01-12
⟦Tối 12.1⟧, đoàn đến làm việc. | 2018-01-12
Vào ⟦rạng sáng 12.1.2018⟧, xe tải bị lật. | 2018-01-12
Lúc 8 giờ ⟦sáng ngày 12/01/2018⟧, cuộc họp bắt đầu. | 2018-01-12
Khoảng 22h ⟦ngày 9/1⟧, người dân phát hiện cháy. | 2018-01-09
⟦Đêm 31/12⟧, pháo hoa được bắn ở quảng trường. | 2017-12-31
⟦Ngày 1/11⟧, hội thi đã bế mạc. | 2017-11-01
Dự án đã khởi công ⟦ngày 20/12⟧. | 2017-12-20
Hồ sơ nộp trước ⟦ngày 31/12⟧ sẽ được xét. | 2018-12-31
Đợt hai sẽ bắt đầu ⟦ngày 5/3⟧. | 2018-03-05
⟦Ngày 5 tháng 9 năm 2017⟧, trường khai giảng. | 2017-09-05
⟦ngày 05 tháng 09 năm 2017⟧ | 2017-09-05
⟦Ngày 12 tháng 1⟧, lễ hội mở cửa. | 2018-01-12
⟦Mùng 2 tháng 9 năm 2017⟧, phố phường rợp cờ. | 2017-09-02
Ông sinh ⟦ngày 19-5-1960⟧ tại quê nhà. | 1960-05-19
Có hiệu lực từ ⟦1/7/2018⟧. | 2018-07-01
Có hiệu lực từ ⟦01.07.2018⟧. | 2018-07-01
Có hiệu lực kể từ ⟦ngày 1-7-2018⟧. | 2018-07-01
Vụ việc xảy ra ⟦hôm 10/1⟧. | 2018-01-10
⟦Trưa 11/1⟧ và ⟦tối 12/1⟧, mưa to. | 2018-01-11 2018-01-12
⟦Ngày 22.4⟧ hằng năm là dịp ra quân. | None
⟦1 tháng 1 năm 2004⟧ | 2004-01-01
⟦Ngày 29/2/2016⟧ là ngày nhuận. | 2016-02-29
⟦Chiều tối 5/1⟧, tàu cập cảng. | 2018-01-05
⟦Thứ Bảy, ngày 13/1⟧, chợ phiên họp. | 2018-01-13
⟦Thứ bảy, 13/1/2018⟧ | 2018-01-13
⟦Sáng thứ Bảy (13/1)⟧, chợ phiên họp. | 2018-01-13
Phát sóng ⟦tối thứ Sáu, ngày 19/1/2018⟧ trên truyền hình. | 2018-01-19
⟦Chủ nhật, 14/1⟧, giải chạy diễn ra. | 2018-01-14
Truy cập ⟦ngày 7 tháng 7 năm 2017⟧. | 2017-07-07
Cập nhật lúc 15h ⟦ngày 12/01/2018⟧ | 2018-01-12
Nhân Ngày Quốc tế Phụ nữ ⟦8/3/2018⟧, hội tổ chức gặp mặt. | 2018-03-08
Mít tinh kỷ niệm Quốc khánh ⟦2/9/2017⟧. | 2017-09-02
⟦Nửa đêm 6/1⟧, lửa bùng lên. | 2018-01-06
Đến ⟦ngày 10/1⟧, toàn xã còn 12 hộ nghèo. | 2018-01-10
Tính đến ⟦31/12/2017⟧, tỉnh có 90 xã. | 2017-12-31
Tính đến hết ⟦ngày 31/12/2017⟧, tỉnh có 90 xã. | 2017-12-31
Luật này được thông qua ⟦ngày 20 tháng 11 năm 2014⟧. | 2014-11-20
⟦Ngày 3/1⟧ – phiên họp thường kỳ. | 2018-01-03
"""
MONTHS = """
Trong ⟦tháng 12/2017⟧, số thẻ tăng. | 2017-12
Trong ⟦tháng 12-2017⟧, số thẻ tăng. | 2017-12
Trong ⟦tháng 12.2017⟧, số thẻ tăng. | 2017-12
Trong ⟦tháng 12 năm 2017⟧, số thẻ tăng. | 2017-12
Trong ⟦tháng 1⟧ này, số thẻ tăng. | 2018-01
Trong ⟦tháng 11⟧ vừa qua, số thẻ đã tăng. | 2017-11
⟦Đầu tháng 1/2018⟧, mưa lớn. | 2018-01
⟦Cuối tháng 10⟧, mưa lớn đã gây ngập. | 2017-10
⟦Giữa tháng 6 năm 2017⟧, mưa lớn. | 2017-06
⟦Tháng Tám năm 1945⟧, nhân dân nổi dậy. | 1945-08
⟦Tháng mười hai năm 2016⟧, cầu thông xe. | 2016-12
⟦tháng 8 tới⟧ sẽ nghiệm thu | 2018-08
Cuộc thi sẽ kết thúc vào ⟦tháng 8⟧. | 2018-08
⟦tháng 8 năm ngoái⟧ | 2017-08
⟦tháng 5 năm nay⟧ | 2018-05
⟦tháng 3 năm tới⟧ | 2019-03
Từ ⟦tháng 8 năm 2016⟧ tới nay, ông nghỉ hưu. | 2016-08
⟦8/2017⟧ | 2017-08
Từ ⟦6-2017⟧, giá giảm. | 2017-06
⟦Tháng trước⟧, huyện đã kiểm tra. | 2017-12
⟦Tháng này⟧, huyện sẽ kiểm tra. | 2018-01
⟦Tháng sau⟧, huyện sẽ kiểm tra. | 2018-02
⟦cuối tháng này⟧ | 2018-01
⟦từ tháng 8 đến tháng 10/2017⟧ | 2017-08/2017-10
⟦tháng 8 - 10/2017⟧ | 2017-08/2017-10
⟦từ tháng 8 đến 10 năm 2017⟧ | 2017-08/2017-10
⟦từ tháng 11/2016 đến tháng 2/2017⟧ | 2016-11/2017-02
⟦tháng 8⟧ và ⟦10 năm nay⟧ | 2018-08 2018-10
Từ khoảng ⟦tháng 10⟧, ⟦tháng 11 năm 2016⟧, mỏ ngừng khai thác. | 2016-10 2016-11
⟦tháng 1/2017⟧, ⟦tháng 2/2017⟧ | 2017-01 2017-02
⟦tháng 01/2018⟧ | 2018-01
So với ⟦tháng 12⟧, số thu đã tăng 3%. | 2017-12
"""
PERIODS = """
⟦Quý I/2018⟧, thu ngân sách tăng. | 2018-Q1
⟦quý 1 năm 2018⟧ | 2018-Q1
⟦quý IV-2017⟧ | 2017-Q4
⟦quý III năm 2017⟧ | 2017-Q3
⟦cuối quý I-2017⟧ | 2017-Q1
⟦Quý 3/2017⟧ | 2017-Q3
⟦quý I năm nay⟧ | 2018-Q1
⟦quý IV năm ngoái⟧ | 2017-Q4
⟦từ quý IV/2025 đến quý III/2029⟧ | 2025-Q4/2029-Q3
⟦Từ quý IV/2025 – hết quý II/2026⟧ | 2025-Q4/2026-Q2
⟦quý I và II/2018⟧ | 2018-Q1/2018-Q2
⟦6 tháng đầu năm 2017⟧ | 2017-H1
⟦6 tháng đầu năm⟧ | 2018-H1
⟦Sáu tháng đầu năm nay⟧, số thu tăng. | 2018-H1
⟦6 tháng cuối năm 2017⟧ | 2017-H2
⟦5 tháng đầu năm 2017⟧ | 2017-01/2017-05
⟦9 tháng đầu năm 2017⟧ | 2017-01/2017-09
⟦9 tháng năm 2017⟧ | 2017-01/2017-09
⟦3 tháng cuối năm 2017⟧ | 2017-10/2017-12
⟦các tháng đầu năm nay⟧ | 2018
⟦những tháng đầu năm 2017⟧ | 2017
⟦những tháng cuối năm 2017⟧ | 2017
⟦nửa đầu năm 2017⟧ | 2017-H1
⟦nửa cuối năm nay⟧ | 2018-H2
⟦11 tháng đầu năm 2017⟧ | 2017-01/2017-11
⟦Năm 2017⟧, tỉnh đạt chỉ tiêu. | 2017
⟦đầu năm 2018⟧ | 2018
⟦cuối năm 2018⟧ | 2018
⟦giữa năm 2016⟧ | 2016
hồi ⟦đầu năm⟧. | 2018
⟦Năm nay⟧, tỉnh được mùa. | 2018
⟦đầu năm nay⟧ | 2018
so với ⟦năm ngoái⟧ | 2017
cùng kỳ ⟦năm trước⟧ | 2017
cùng kỳ ⟦năm 2016⟧ | 2016
cùng kỳ ⟦năm ngoái⟧ | 2017
⟦Năm qua⟧, huyện có nhiều cố gắng. | 2017
⟦năm tới⟧ | 2019
⟦năm sau⟧ | 2019
⟦đầu 2017⟧ | 2017
(SN ⟦1984⟧, ngụ xã Tân Lập) | 1984
Bà sinh ⟦năm 1955⟧. | 1955
Luật Bảo hiểm xã hội ⟦năm 2014⟧ | 2014
⟦giai đoạn 2016-2020⟧ | 2016/2020
⟦giai đoạn 2016 – 2020⟧ | 2016/2020
⟦nhiệm kỳ 2015 - 2020⟧ | 2015/2020
⟦nhiệm kỳ 2015- 2020⟧ | 2015/2020
⟦nhiệm kì 2016–2021⟧ | 2016/2021
⟦thời kỳ 2020 - 2024⟧ | 2020/2024
⟦năm học 2017-2018⟧ | 2017/2018
⟦năm học 2017 - 2018⟧ | 2017/2018
⟦từ năm 2012 đến năm 2016⟧ | 2012/2016
⟦từ năm 2012 đến 2016⟧ | 2012/2016
⟦từ 2017 đến 2019⟧ | 2017/2019
⟦từ năm 2013-2015⟧ | 2013/2015
Khóa XI (⟦2011 - 2015⟧) | 2011/2015
Nguyễn Văn A (⟦1930–2010⟧) | 1930/2010
⟦mùa xuân năm ngoái⟧ | 2017
⟦mùa thu 2016⟧ | 2016
⟦đầu năm Mậu Tuất 2018⟧ | 2018
⟦năm Đinh Dậu⟧ | 2017
⟦từ đầu năm đến nay⟧ | 2018
⟦đầu năm đến nay⟧ | 2018
Từ ⟦năm 2009⟧ đến nay, quỹ tăng đều. | 2009
đến ⟦năm 2020⟧, tầm nhìn ⟦năm 2030⟧ | 2020 2030
⟦những năm 1990⟧ | 1990/1999
⟦thập niên 80⟧ | 1980/1989
⟦thế kỷ XVIII⟧ | 1701/1800
⟦thế kỷ 19⟧ | 1801/1900
⟦năm 2013⟧, ⟦2014⟧ còn thừa | 2013 2014
"""
RANGES = """
⟦từ ngày 10 đến 15/12/2017⟧ | 2017-12-10/2017-12-15
⟦từ ngày 10 đến ngày 15/12⟧ đã diễn ra | 2017-12-10/2017-12-15
⟦từ ngày 10/12 đến ngày 15/12/2017⟧ | 2017-12-10/2017-12-15
⟦Từ ngày 27 - 30/12/2017⟧, tại thành phố, hội chợ mở cửa. | 2017-12-27/2017-12-30
⟦từ 28/12/2017 đến 3/1/2018⟧ | 2017-12-28/2018-01-03
⟦từ ngày 28/12 đến ngày 3/1/2018⟧ | 2017-12-28/2018-01-03
⟦từ 5/1-9/1⟧ | 2018-01-05/2018-01-09
⟦các ngày 11 và 12/1⟧ | 2018-01-11/2018-01-12
trong ⟦hai ngày 11 và 12/1⟧ | 2018-01-11/2018-01-12
trong ⟦2 ngày 11-12/1⟧ | 2018-01-11/2018-01-12
⟦ngày 10, 11, 12/1⟧ | 2018-01-10/2018-01-12
⟦ngày 11 và 12/1⟧ | 2018-01-11/2018-01-12
⟦từ ngày 01-02/01/2018⟧ | 2018-01-01/2018-01-02
⟦từ ngày 10 đến hết ngày 15/12/2017⟧ | 2017-12-10/2017-12-15
⟦từ năm 2015 đến ngày 8/6/2017⟧ | 2015/2017-06-08
⟦từ ngày 2/3/2011 đến tháng 9 năm 2018⟧ | 2011-03-02/2018-09
⟦Từ năm 2012 đến tháng 2-2014⟧ | 2012/2014-02
⟦ngày 5 - 7 tháng 9 năm 2017⟧ | 2017-09-05/2017-09-07
⟦từ ngày 5 đến ngày 7 tháng 9 năm 2017⟧ | 2017-09-05/2017-09-07
⟦3 tháng 2 năm 2009 – 14 tháng 8 năm 2012⟧ | 2009-02-03/2012-08-14
⟦tháng 2 năm 2001 – 31 tháng 12 năm 2003⟧ | 2001-02/2003-12-31
Kỷ niệm 92 năm (⟦21/6/1925⟧ - ⟦21/6/2017⟧) | 1925-06-21 2017-06-21
Kỷ niệm 92 năm (⟦21-6-1925⟧/⟦21-6-2017⟧) | 1925-06-21 2017-06-21
⟦từ sáng 10/1 đến chiều 12/1⟧ | 2018-01-10/2018-01-12
"""
RELATIVE = """
⟦Hôm nay⟧, đoàn về quê. | 2018-01-13
⟦Ngày hôm nay⟧, đoàn về quê. | 2018-01-13
⟦Hôm qua⟧, đoàn về quê. | 2018-01-12
⟦Ngày mai⟧, đoàn về quê. | 2018-01-14
⟦Sáng nay⟧, đoàn về quê. | 2018-01-13
⟦Chiều qua⟧, đoàn về quê. | 2018-01-12
⟦Đêm qua⟧, đoàn về quê. | 2018-01-12
⟦sáng mai⟧ | 2018-01-14
⟦chiều hôm qua⟧ | 2018-01-12
⟦Hôm nay (13-1)⟧, đoàn về quê. | 2018-01-13
⟦hôm qua, ngày 12/1/2018⟧ | 2018-01-12
⟦Sáng nay, 13-1⟧, đoàn về quê. | 2018-01-13
⟦chiều nay 13/1⟧, đoàn về quê. | 2018-01-13
⟦Sáng nay (13.1)⟧ tại xã | 2018-01-13
⟦ngày hôm nay (13/1)⟧ | 2018-01-13
⟦hôm kia⟧ | 2018-01-11
⟦Tuần trước⟧, đoàn về quê. | 2018-01-01/2018-01-07
⟦tuần này⟧ | 2018-01-08/2018-01-14
⟦tuần sau⟧ | 2018-01-15/2018-01-21
⟦tuần tới⟧ | 2018-01-15/2018-01-21
⟦Cuối tuần qua⟧, đoàn về quê. | 2018-01-06/2018-01-07
⟦thứ Hai tuần trước⟧ | 2018-01-01
⟦thứ Năm tuần tới⟧ | 2018-01-18
⟦3 ngày trước⟧ | 2018-01-10
⟦hai ngày trước⟧, ông gửi đơn. | 2018-01-11
⟦hai hôm trước⟧ | 2018-01-11
⟦cách đây 5 năm⟧ | 2013
⟦Cách đây 2 tháng⟧, đường đã hỏng. | 2017-11
⟦Ngày 9/1⟧, xe lật. ⟦Chiều cùng ngày⟧, đường thông. | 2018-01-09 2018-01-09
⟦Ngày 9/1⟧, xe lật. ⟦Sáng hôm sau⟧, đường thông. | 2018-01-09 2018-01-10
⟦Ngày 9/1⟧, xe lật. ⟦Hai ngày sau⟧, đường thông. | 2018-01-09 2018-01-11
⟦Cùng ngày 12/1⟧, đoàn về quê. | 2018-01-12
⟦ngày thứ Hai, 15/1⟧ tới đây | 2018-01-15
Từ ⟦chiều ngày 10⟧ đến nay, mưa không dứt. | 2018-01-10
"""
LUNAR = """
⟦Chiều mùng 5 Tết (20-2)⟧, hội vật khai mạc. | 2018-02-20
⟦mùng 10 Tết⟧ | 2018-02-25
⟦rằm tháng Giêng⟧ | 2018-03-02
⟦23 tháng Chạp⟧ | 2018-02-08
Giỗ Tổ ⟦10/3 âm lịch⟧ | 2018-04-25
⟦ngày 13/1 âm lịch⟧ | 2018-02-28
⟦30 Tết⟧ | 2018-02-15
⟦mùng 1 Tết⟧ | 2018-02-16
⟦Ngày 16/2 (tức mùng 1 Tết)⟧, thời tiết đẹp. | 2018-02-16
"""
NEGATIVE = """
Tỷ lệ bao phủ đạt 92,2%. |
Giảm từ 2,2% xuống 1,5%. |
Đội chủ nhà thắng 3-1. |
Tỷ số 2-1 nghiêng về đội khách. |
Nhà số 12/3 đường Trần Phú. |
Ngõ 12/5 phố Huế. |
Hẻm 30/4 chật hẹp. |
Đường 30/4 kẹt xe. |
Trường THPT 19/5 tuyển sinh. |
Quốc lộ 1 thông xe. |
Quán phục vụ 24/7. |
Hơn 1/3 số xã đã đạt chuẩn. |
Khoảng 2/3 dân số có thẻ. |
Có 2018 người tham gia. |
Có 2.018 người tham gia. |
Số tiền 1.250.000 đồng. |
Điện thoại 0912.345.678. |
Điện thoại: 024-3826-1234. |
Trong 6 tháng, đơn vị không nhận được đơn. |
Ông làm nghề 20 năm. |
Hiện nay, công tác này còn khó khăn. |
Thời gian tới, huyện sẽ rà soát. |
Những năm qua, xã đổi mới. |
Nhiều năm qua, xã đổi mới. |
Tháng cao điểm phòng cháy. |
Quyết tâm cao trong 3 năm qua. |
Cuộc thi có 10 - 12 đội. |
Mức phạt từ 40-60 triệu đồng. |
Lớp 5/1 có 40 em. |
Cháu 10 tháng tuổi. |
Bản đồ tỷ lệ 1/2000. |
Quy hoạch chi tiết 1/500. |
Vào lúc 10h30, tàu rời ga. |
Điểm trung bình 8.5. |
Phiên bản 3.1.2 đã ra. |
IP 192.168.1.1 bị chặn. |
Phiếu tán thành 95/95. |
Mùa mưa bão. |
Mỗi ngày có 12 chuyến. |
Chương trình 135 giúp xã nghèo. |
Chị Mai về quê. |
Chị Quý và anh Năm cùng làm. |
Bác sĩ Nguyễn Thị Mai khám bệnh. |
Thứ hai, vị trí đặt kho chưa hợp lý. |
Anh Ba đứng thứ 2 trong cuộc thi. |
Giá 3-5 triệu đồng/tháng. |
Xem tại https://example.vn/tin/ap-dung-tu-1-1-2018.htm |
Cách mạng Tháng Tám thành công. |
"""


# Written after mistakes on pages of many kinds.
SEEN = """
Sinh | ⟦24 tháng 6, 1957⟧ Thanh Giang | 1957-06-24
| Sinh | ⟦tháng 7, 1927⟧ | 1927-07
Trong ⟦tháng 12⟧, 2000 người đã nhận thẻ. | 2017-12
Từ ⟦1/1 năm nay⟧, mức đóng tăng. | 2018-01-01
Từ ⟦ngày 1/12 năm ngoái⟧, mức đóng tăng. | 2017-12-01
⟦từ ngày 5-5 đến 10-5-2017⟧ | 2017-05-05/2017-05-10
⟦từ ngày 20-5 đến 11-6⟧ sẽ tổ chức giải | 2018-05-20/2018-06-11
⟦Đêm 11 đến rạng sáng 12-1⟧, mưa lớn. | 2018-01-11/2018-01-12
⟦từ 1/10 – 31/12/2017⟧ | 2017-10-01/2017-12-31
Lễ hội ⟦từ 26/2 - 1/3⟧ sẽ diễn ra. | 2018-02-26/2018-03-01
⟦mùa giải 2016/17⟧ khép lại | 2016/2017
⟦năm học 2016-17⟧ khép lại | 2016/2017
⟦năm tài chính 2017⟧ | 2017
⟦Năm 938⟧, Ngô Quyền thắng trận. | 0938
Khóa ⟦2011 - 2016⟧ đã kết thúc. | 2011/2016
Giải V-League ⟦2017⟧ khép lại. | 2017
SEA Games ⟦2003⟧ tổ chức trong nước. | 2003
⟦hôm thứ Năm⟧, mưa to | 2018-01-11
⟦hôm thứ 6 vừa rồi (12/1)⟧, mưa to | 2018-01-12
⟦Bốn ngày trước (9/1)⟧, mưa to | 2018-01-09
⟦sáng nay, (13/1)⟧, mưa to | 2018-01-13
⟦hai ngày cuối tuần vừa qua, 6-7/1⟧, mưa to | 2018-01-06/2018-01-07
Sẽ họp vào ⟦ngày thứ Hai, 15/1⟧ tới đây. | 2018-01-15
Lúc 9h ⟦sáng cùng ngày⟧ (⟦12.1⟧), đường thông. | 2018-01-12 2018-01-12
Doanh thu ⟦quý IV⟧ đạt 25 tỷ đồng. | 2017-Q4
Dự kiến lợi nhuận tăng vào ⟦quý IV⟧. | 2018-Q4
⟦6 tháng cuối năm⟧ đã đạt chỉ tiêu. | 2017-H2
Vụ án ⟦tháng 12/2016⟧ được khởi tố; 18h ⟦ngày 10/12⟧, đối tượng bị bắt. | 2016-12 2016-12-10
⟦Ngày 22/12/2016⟧ ông về; đến ⟦ngày 22/12⟧ thì mất. | 2016-12-22 2016-12-22
Báo cáo trước ⟦30/7⟧, đã chậm thì giải trình trước ⟦30/7⟧. | 2018-07-30 2018-07-30
⟦ngày 31/8⟧ của năm báo cáo | None
⟦ngày 28⟧ hàng tháng | None
Lễ khai ấn ⟦7-12/2 (tức 11-16 tháng Giêng năm Đinh Dậu)⟧. | 2018-02-07/2018-02-12
⟦Tháng 10⟧ làm 5 xã và ⟦tháng 12⟧ làm 9 xã. | 2017-10 2017-12
Kỳ họp thứ 5, ⟦ngày 20 tháng 9 năm 1955⟧, thông qua. | 1955-09-20
Đúng ⟦14 tháng trước⟧, ⟦ngày 31/3/2017⟧, ra mắt. | 2016-11 2017-03-31
Theo công văn ⟦ngày 1/1/2017⟧và văn bản khác. | 2017-01-01
⟦Thứ sáu - 12/01/2018⟧ 15:33 | 2018-01-12
⟦Từ đầu năm đến hết tháng 11⟧, xã đã đạt chỉ tiêu. | 2017/2017-11
⟦ngày 15 tháng 13 năm 2018⟧ | None
⟦Ngày 31/6⟧, hội nghị khai mạc. | None
⟦ngày 30/2/2018⟧ | None
⟦quý I, II và III/2018⟧ | 2018-Q1/2018-Q3
⟦quý I đến quý III/2018⟧ | 2018-Q1/2018-Q3
⟦quý I⟧, ⟦quý II năm 2018⟧ | 2018-Q1 2018-Q2
⟦tháng 1⟧, ⟦tháng 2⟧ và ⟦tháng 3 năm 2018⟧ | 2018-01 2018-02 2018-03
⟦tháng 1, 2 và 3/2018⟧ | 2018-01/2018-03
hồi ⟦đầu tháng⟧, đoàn đã đến | 2018-01
⟦từ 0 giờ ngày 1/1/2018 đến 24 giờ ngày 31/1/2018⟧ | 2018-01-01/2018-01-31
⟦hôm thứ bảy (13/1)⟧ | 2018-01-13
⟦mùng 1 Tết Mậu Tuất⟧ | 2018-02-16
⟦29 tháng Chạp năm Đinh Dậu⟧ | 2018-02-14
⟦ngày mùng 6 tháng Giêng⟧ | 2018-02-21
⟦Sáng và chiều 12/1⟧, hội thi diễn ra. | 2018-01-12
⟦ngày 12/1 (tức 26 tháng 11 âm lịch)⟧ | 2018-01-12
⟦hai năm 2016 và 2017⟧ | 2016/2017
⟦năm 2016⟧ và ⟦2017⟧ | 2016 2017
hưởng ứng ⟦Ngày BHYT Việt Nam⟧ | 2017-07-01
hưởng ứng Ngày BHYT Việt Nam (⟦1/7/2018⟧) | 2018-07-01
Thử 1/2 thìa muối. |
Đầu tư 3/5 bệnh viện. |
Lọt vào vòng 1/8 Cúp quốc gia. |
Mấy hôm nay trời nắng. |
Bán mỗi ngày 2-3 tiếng. |
Từ người thứ 2 tới thứ 4 được giảm. |
Độ phân giải 1080 pixel. |
Ông Trần Quý Hai vắng mặt. |
Rút ngắn được 1/3 so với trước. |
Hợp đồng có giá 3.5 triệu. |
"""


# mechanisms found on articles of other years and hands
LATER = """
Số thu ⟦T1/2018⟧ tăng nhẹ. | 2018-01
Thu quỹ ⟦từ tháng 9/2017-1/2018⟧ đạt khá. | 2017-09/2018-01
Huyện quyết tâm đến ⟦31-12⟧ có 400 hộ tham gia. | 2018-12-31
Mỗi tổ có từ 10-12 người trực. |
Mức đóng là 40.000 đồng/tháng sau khi được hỗ trợ. |
⟦Năm học trước⟧, tỷ lệ tham gia là 90%. | 2016/2017
Kinh phí ⟦năm học này⟧ tăng. | 2017/2018
Các trường kết thúc năm học trước ⟦ngày 31 tháng 5 năm 2018⟧. | 2018-05-31
Nộp báo cáo của ⟦tháng 10⟧ trước ⟦ngày 3/11/2017⟧. | 2017-10 2017-11-03
Đơn vị đóng theo tháng hoặc quý một lần. |
Đền thờ có từ thời chúa Nguyễn, hưng thịnh suốt hai ⟦thế kỷ XVII - XVIII⟧. | 1601/1800
⟦Từ thế kỷ XV đến thế kỷ XVIII⟧, thương cảng đông đúc. | 1401/1800
Tích có từ ⟦thế kỷ XVIII⟧. | 1701/1800
Hội làng được mở lại ⟦đầu thập niên 1990⟧. | 1990/1999
Kỷ niệm 310 năm lập trấn (⟦1708-2018⟧). | 1708/2018
Tổng kết ⟦kỳ 2014 - 2018⟧. | 2014/2018
Tăng 4% so với cùng kỳ ⟦năm 2016⟧. | 2016
Vào các ⟦năm 2014⟧ và ⟦2015⟧, ông vay vốn. | 2014 2015
Trận lụt ⟦năm Thìn 1964⟧ cuốn cả làng. | 1964
⟦Từ năm Giáp Tý 1984 đến năm Bính Dần 1986⟧, dân đắp đập. | 1984/1986
Năm Thìn mưa nhiều. |
Cụ mất ⟦ngày 25/7/ năm Đinh Dậu⟧. | 2017-09-15
⟦Ngày 13 tháng Giêng (tức 28/2 dương lịch)⟧, làng mở hội. | 2018-02-28
Trước đó, ⟦hôm trước (12/1)⟧, đoàn đã đi thực tế. | 2018-01-12
⟦Thứ Tư vừa rồi (10/1)⟧, đoàn viên dọn trường. | 2018-01-10
Từ khi phát động vào ⟦ngày 8/11⟧ đến ⟦ngày 8/12⟧, cả huyện có 600 người mua thẻ. | 2017-11-08 2017-12-08
⟦Từ ngày 8/11 đến ngày 8/12⟧, cả huyện có 600 người mua thẻ. | 2017-11-08/2017-12-08
Kỷ niệm (⟦27/7/1947⟧ - ⟦27/7/2017⟧). Quà dịp ⟦27/7⟧ đã trao. | 1947-07-27 2017-07-27 2017-07-27
⟦Năm 1980⟧, con đập vỡ trong một đêm ⟦tháng 12⟧. | 1980 1980-12
Đến ⟦năm 2015⟧, hồ cạn suốt ⟦tám tháng đầu năm⟧. | 2015 2015-01/2015-08
Luật số 72/2017/QH14 ⟦ngày 16/6/2017⟧ và Nghị quyết 16/2017/QH14 ⟦cùng ngày⟧. | 2017-06-16 2017-06-16
Để có được như ngày hôm nay, làng đã đổi thay nhiều. |
Doanh thu của năm trước liền kề không quá 3 tỷ đồng. |
Bao năm qua, ông vẫn gác rừng. |
Tàu khách số hiệu 1902 chạy qua ga. |
Cụ Lê Văn Mẫu (⟦1919 – ngày 18 tháng 1 năm 2014⟧) là thầy thuốc. | 1919/2014-01-18
⟦Đêm ngày 4 rạng sáng ngày 5/1⟧, tổ kiểm tra chặn xe. | 2018-01-04/2018-01-05
⟦Đêm 9, rạng sáng 10/1⟧, mưa lớn. | 2018-01-09/2018-01-10
⟦Đêm 9/1⟧, ⟦rạng sáng 10/1⟧, mưa lớn. | 2018-01-09 2018-01-10
Số thu năm sau cao hơn năm trước. |
⟦Năm sau⟧ xã làm tiếp đoạn còn lại. | 2019
⟦Cuối năm 2016⟧ còn 12 hộ, ít hơn thời điểm ⟦một năm trước đó⟧. | 2016 2015
Lễ giỗ cử hành vào ⟦ngày ba mươi tháng năm⟧. | 2018-05-30
Hẹn nhau ⟦ngày hai mươi mốt tháng hai⟧ về làng. | 2018-02-21
Anh đi tháng năm xa nhà. |
Kế hoạch ⟦giai đoạn 2021 2030⟧ của tỉnh, đề thi ⟦năm học 2025 2026⟧ và tuyển sinh ⟦năm 2025 2026⟧. | 2021/2030 2025/2026 2025/2026
⟦Ngày 9/1⟧, xe bị giữ; ⟦trước đó 2 ngày⟧ có hai xe nữa. | 2018-01-09 2018-01-07
Học vấn: 12/12, trình độ văn hóa 10/10. |
⟦Ngày 10/1⟧ họp, báo cáo trước ⟦ngày 30/6⟧. ⟦Cùng ngày⟧, đoàn về. | 2018-01-10 2018-06-30 2018-01-10
⟦Ngày 10/1⟧ họp kín. ⟦Sáng 20/1⟧ sẽ khai mạc, ⟦chiều cùng ngày⟧ sẽ bế mạc. | 2018-01-10 2018-01-20 2018-01-20
Nộp trước ⟦ngày 15 tháng 12⟧ của năm trước liền kề năm báo cáo. | None
Giá đất ⟦tháng 5 2017⟧ tăng nhẹ. | 2017-05
Trong ⟦tháng 5⟧ 2016 người sẽ đến khám. | 2018-05
⟦Từ ngày 1 tháng 11 đến hết ngày 31 tháng 12⟧ hằng năm, xã tổ chức khám tuyển. | None
⟦Từ ngày 1 tháng 3 đến ngày 30 tháng 4/2017⟧, xã làm đường. | 2017-03-01/2017-04-30
⟦Ngày16/6/2017⟧, tổ công tác triển khai. | 2017-06-16
Ý tưởng có từ một tuần trước đám cưới, nghỉ 15 ngày trước và sau Tết. |
⟦Ngày 3/1⟧ họp, ⟦hai ngày sau đó⟧ mưa lớn. | 2018-01-03 2018-01-05
Đường băng thứ 3 này dài 3.000 m. |
Hội nghị họp vào ⟦thứ 3 này⟧. | 2018-01-16
⟦Các ngày 5⟧, ⟦7 tháng 8⟧ nắng gắt. | 2017-08-05 2017-08-07
"""


# Kinds of faults that people report, five and more of each: P is Saturday, 13 January 2018.
KINDS = """
Bà sinh ⟦ngày 1/6/52⟧ tại xã. | 1952-06-01
Trận đánh ⟦ngày 17/2/79⟧ ác liệt. | 1979-02-17
Cụ mất ⟦hôm 3-2-30⟧. | 1930-02-03
Nhập ngũ ⟦tháng 9/72⟧, về quê ⟦tháng 8/09⟧. | 1972-09 2009-08
Ông vào Đoàn ⟦ngày 26.3.88⟧. | 1988-03-26
Ký ⟦ngày 5/8/17⟧. | 2017-08-05
Hạn nộp là ⟦ngày 31/12/25⟧. | 2025-12-31
Sinh ⟦4/7/55⟧ tại xã. | 1955-07-04
Hồi ⟦20/12/46⟧, cả nước kháng chiến. | 1946-12-20
⟦Từ 15/8/45 đến 2/9/45⟧, tỉnh nổi dậy. | 1945-08-15/1945-09-02
⟦Tháng Giêng năm Đinh Dậu⟧ mưa phùn. | 2017-01-28/2017-02-25
⟦Ngày 20 tháng 6 nhuận âm lịch⟧, làng vào hội. | 2017-08-11
Cúng cơm ⟦ngày 12/3 ÂL⟧. | 2018-04-27
Cúng cơm ⟦ngày 12/3 (âm lịch)⟧. | 2018-04-27
Giỗ họ ⟦ngày 5/11/2017 âm lịch⟧. | 2017-12-22
⟦Từ 8/1 đến 10/1 âm lịch⟧, đình mở cửa. | 2018-02-23/2018-02-25
⟦Các ngày 7, 8, 9 tháng 2 âm lịch⟧ | 2018-03-23/2018-03-25
⟦Từ mùng 4 đến mùng 6 Tết⟧, chợ nghỉ. | 2018-02-19/2018-02-21
⟦Mùng 1-3 Tết⟧, chợ nghỉ. | 2018-02-16/2018-02-18
⟦Từ 28 Tết đến mùng 4 Tết⟧, chợ nghỉ. | 2018-02-13/2018-02-19
⟦Từ ngày 27 đến hết mùng 4 Tết⟧, chợ nghỉ. | 2018-02-12/2018-02-19
⟦Mùng 6⟧, ⟦mùng 8⟧ và ⟦mùng 10 tháng Giêng⟧, chùa đông khách. | 2018-02-21 2018-02-23 2018-02-25
⟦Từ mùng 8 tháng Giêng đến ngày 12⟧, chùa đông khách. | 2018-02-23/2018-02-27
⟦Tháng Chạp âm lịch⟧ bận rộn. | 2018-01-17/2018-02-15
⟦Tháng 2 âm lịch⟧ gieo đậu. | 2018-03-17/2018-04-15
⟦Ngày 15/2 âm lịch năm nay⟧, đình mở cửa. | 2018-03-31
⟦Ngày 24/2 (tức mùng 9 tháng Giêng)⟧, đình mở cửa. | 2018-02-24
⟦Ngày 10/3 âm lịch (tức 25/4 dương lịch)⟧, đình mở cửa. | 2018-04-25
Giỗ Tổ Hùng Vương ⟦mùng 10/3⟧ đông khách. | 2018-04-25
Tết Trung thu (⟦15/8/2017⟧) có múa lân. | 2017-10-04
Lễ Vu lan ⟦ngày 15/7⟧ ở chùa. | 2017-09-05
Trung thu ⟦ngày 30/9⟧ của trường. | 2017-09-30
⟦Chiều ba mươi Tết⟧ chợ vắng. | 2018-02-15
⟦Đêm hai mươi chín Tết⟧ chợ đông. | 2018-02-14
Cúng ⟦ngày 15 âm lịch⟧ hằng tháng. | None
⟦Ngày 20 tháng trước⟧, tổ đã họp. | 2017-12-20
⟦Tối 9 tháng trước⟧, tổ đã họp. | 2017-12-09
⟦Mùng 2 của tháng này⟧, tổ đã họp. | 2018-01-02
⟦Ngày 15 tháng tới⟧, tổ sẽ họp. | 2018-02-15
⟦Từ ngày 20 đến ngày 25 tháng này⟧, tổ sẽ họp. | 2018-01-20/2018-01-25
⟦Ngày 4, 5 tháng sau⟧, tổ sẽ họp. | 2018-02-04/2018-02-05
⟦Từ ngày 28 tháng trước đến ngày 3 tháng này⟧, tổ trực. | 2017-12-28/2018-01-03
⟦11 tháng trước⟧, cầu đã thông. | 2017-02
⟦5 ngày nữa⟧ là khai hội. | 2018-01-18
⟦Ba tuần nữa⟧ chấm thi. | 2018-01-29/2018-02-04
⟦Hai năm nữa⟧ cầu xong. | 2020
Lớp sẽ mở ⟦2 tuần sau⟧. | 2018-01-22/2018-01-28
⟦Tuần sau nữa⟧ tổ chấm thi. | 2018-01-22/2018-01-28
⟦Thứ Tư tuần sau nữa⟧ tổ chấm thi. | 2018-01-24
⟦Tháng trước nữa⟧ tổ đã chấm. | 2017-11
⟦Nửa tháng trước⟧ tổ đã chấm. | 2017-12-29
⟦Nửa năm nữa⟧ tổ chấm. | 2018-07
Ông khen cả ⟦năm nay⟧ và cả ⟦tuần sau⟧ nữa. | 2018 2018-01-15/2018-01-21
Sáu tháng sau sắp xếp, xã sẽ họp. |
Còn 25 - 30 ngày nữa mới gặt. |
Phải chờ thêm 2 năm nữa. |
Gieo vào ⟦thượng tuần tháng 5⟧. | 2018-05
⟦Trung tuần tháng 11/2017⟧ gặt rộ. | 2017-11
⟦Hạ tuần tháng Chạp⟧ gói bánh. | 2018-01-17/2018-02-15
⟦Tháng thứ hai của năm⟧ lạnh hơn. | 2018-02
⟦Tháng đầu tiên của năm 2017⟧ mưa. | 2017-01
⟦Quý đầu tiên của năm nay⟧ mưa. | 2018-Q1
⟦Ngày cuối cùng của năm 2017⟧ mưa. | 2017-12-31
⟦Ngày đầu tiên của năm mới 2018⟧ nắng. | 2018-01-01
⟦9 tháng đầu tiên của năm 2017⟧ | 2017-01/2017-09
⟦Những năm 70-80⟧ đói kém. | 1970/1989
⟦Những năm 1990 và 2000⟧ khá hơn. | 1990/2009
⟦Thập niên 1960 - 1970⟧ | 1960/1979
⟦Những năm 80 và 90 của thế kỷ trước⟧ | 1980/1999
⟦Những năm 50 của thế kỷ XIX⟧ | 1850/1859
⟦Những năm 20 của thế kỷ XXI⟧ | 2020/2029
⟦Đêm giao thừa⟧ trời rét. | 2018-02-15
⟦Ngày Quốc khánh năm ngoái⟧ nắng. | 2017-09-02
⟦Tối Trung thu năm 2017⟧ có múa lân. | 2017-10-04
⟦Trung thu năm ngoái⟧ mưa. | 2017-10-04
⟦Giáng sinh năm nay⟧ sẽ vui. | 2018-12-25
Em Lê Quốc Khánh ⟦năm nay⟧ lên lớp 5. | 2018
⟦Những năm 60, 70 của thế kỷ XX⟧ | 1960/1979
⟦Quý I sang năm⟧ làm xong. | 2019-Q1
⟦Đêm Noel⟧ phố đông. | 2017-12-25
⟦Ngày ông Công ông Táo⟧ chợ cá đông. | 2018-02-08
⟦Ngày Giỗ Tổ⟧ dân nghỉ làm. | 2018-04-25
Gặp mặt nhân Ngày Thầy thuốc Việt Nam. |
Kỷ niệm 70 năm Ngày Thương binh - Liệt sĩ (⟦27/7/1947⟧ - ⟦27/7/2017⟧). | 1947-07-27 2017-07-27
Ông Lê Quốc Khánh về hưu. |
Xe tải đỗ trên đường 30 tháng 4. |
Trường THCS 22 tháng 12 mở rộng. |
Công viên 23 tháng 9 có hội hoa. |
Nhà nằm ở phố Ba Tháng Hai. |
Ban quản lý chợ 26 tháng 3 thu phí. |
Nông trường 19 tháng 5 trồng chè. |
Công ty TNHH MTV 30 tháng 4 trúng thầu. |
Kẹt xe ở giao lộ 3 tháng 2. |
Thư về banbientap.2017@tinhmau.vn. |
Liên hệ: lop12-2017@mau.edu.vn. |
Hợp đồng theo mẫu 05/2017. |
Gói thầu số 12/2017 mở thầu. |
Tạp chí số 8/2017 dày 60 trang. |
Anh chạy chiếc Kia Morning 2016. |
Xe Toyota Hilux 2017 màu bạc. |
Bán xe đời 2014. |
Họp mũi ba ⟦ngày 4/1⟧. | 2018-01-04
Đợt hai ⟦ngày 5 tháng 1⟧. | 2018-01-05
Trong ⟦ba ngày 4, 5, 6/1⟧. | 2018-01-04/2018-01-06
Trong ⟦các ngày 4/1⟧, ⟦8/1⟧. | 2018-01-04 2018-01-08
"""


# Every named day, and words of the week, month and year after next.
NAMED = """
⟦Ngày Tết Dương lịch 2018⟧, đường vắng. | 2018-01-01
⟦Ngày thành lập Đảng⟧, xã treo cờ. | 2018-02-03
⟦Sáng ngày Quốc tế Phụ nữ năm nay⟧, chợ hoa đông. | 2018-03-08
⟦Ngày thành lập Đoàn TNCS Hồ Chí Minh năm 2017⟧, xã trồng cây. | 2017-03-26
⟦Ngày Quốc tế Lao động năm ngoái⟧, xã treo cờ. | 2017-05-01
⟦Đúng ngày Quốc tế Thiếu nhi năm 2017⟧, xã mở trại hè. | 2017-06-01
⟦Ngày Báo chí Cách mạng Việt Nam năm 2017⟧, tòa soạn ra số mới. | 2017-06-21
⟦Ngày Gia đình Việt Nam năm 2017⟧, xã mở hội thi. | 2017-06-28
⟦Ngày Thương binh - Liệt sĩ năm 2017⟧, xã thắp nến. | 2017-07-27
⟦Ngày Phụ nữ Việt Nam năm ngoái⟧, chợ hoa đông. | 2017-10-20
⟦Ngày Nhà giáo Việt Nam năm ngoái⟧, trường đông khách. | 2017-11-20
⟦Ngày thành lập Quân đội nhân dân Việt Nam năm 2017⟧, huyện dâng hương. | 2017-12-22
⟦Đêm vọng Giáng sinh năm 2017⟧, giáo xứ đông người. | 2017-12-24
⟦Tối Tết Nguyên tiêu⟧, chùa đông khách. | 2018-03-02
⟦Ngày Tết Đoan ngọ năm 2017⟧, nhà nào cũng có rượu nếp. | 2017-05-30
⟦Ngày Vu lan năm 2017⟧, chùa đông khách. | 2017-09-05
⟦Tuần trước nữa⟧ tổ đã họp. | 2017-12-25/2017-12-31
⟦Tháng sau nữa⟧ tổ mới họp. | 2018-03
⟦Năm tới nữa⟧ tổ mới họp. | 2020
⟦Năm trước nữa⟧ tổ đã họp. | 2016
"""


# A sentence that looks ahead at the end of a year: Thursday, 28 December 2017.
AHEAD = """
Sang ⟦quý II⟧, xã sẽ làm cầu. | 2018-Q2
⟦Quý III tới⟧ xã sẽ làm cầu. | 2018-Q3
⟦Quý I trước⟧ xã lỗ. | 2017-Q1
Dự kiến ⟦đầu quý II⟧ làm xong. | 2018-Q2
⟦Quý I⟧ đạt 20 tỷ đồng. | 2017-Q1
Phấn đấu hoàn thành trong ⟦quý I⟧. | 2018-Q1
Trong ⟦quý I⟧, xã đã làm xong. | 2017-Q1
⟦3 tháng đầu năm⟧ sẽ mưa nhiều. | 2018-01/2018-03
⟦6 tháng đầu năm⟧ đạt 52% kế hoạch. | 2017-H1
⟦Nửa đầu năm⟧ sẽ làm xong. | 2018-H1
"""


@pytest.mark.parametrize(
    ("marked", "values"),
    [
        ("Giải thưởng ⟦năm 2020⟧ trao cho 10 đơn vị của ⟦năm 2020⟧. ⟦Tối 24/10⟧, lễ trao mở màn; ⟦năm nay⟧ có quà.", "2020 2020 2020-10-24 2020"),
        ("Ông sinh ⟦năm 1995⟧, vào nghề ⟦năm 1995⟧. ⟦Tối 24/10⟧, ông kể lại.", "1995 1995 XXXX-10-24"),
        ("⟦Ngày 12/6⟧, tổ công tác kiểm tra. ⟦Cùng ngày⟧, tại xã bên có mưa.", "XXXX-06-12 XXXX-06-12"),
        ("Đợt dịch hồi ⟦đầu năm⟧ đã qua.", "XXXX"),
        ("Bà sinh ⟦năm 1971⟧. ⟦Ngày 13/8/2020⟧, xe bị giữ; ⟦sáng 16/8⟧ thêm một xe.", "1971 2020-08-13 2020-08-16"),
        ("Trong ⟦8 tháng đầu năm 2020⟧, sở cấp 1.000 sổ. ⟦Chiều 15/9⟧, sở trao sổ.", "2020-01/2020-08 2020-09-15"),
        ("⟦Ngày 28/12/2020⟧ khởi công, đến ⟦ngày 5/1⟧ xong móng.", "2020-12-28 2021-01-05"),
        ("⟦Ngày 13/2/2020⟧, xe bị giữ; ⟦sáng 16/11⟧ thêm một xe.", "2020-02-13 XXXX-11-16"),
        ("Theo Nghị định 12/2020/NĐ-CP ⟦ngày 13/8/2020⟧, ⟦sáng 16/8⟧ có hai xe.", "2020-08-13 XXXX-08-16"),
    ],
)  # fmt: skip
def test_dates_without_publication_date_take_the_one_year_named(marked: str, values: str) -> None:
    check(marked, values, None)


def test_dates_broken_before_the_year() -> None:
    (found,) = dates("Ban hành ngày 20 tháng 5 năm\n2016 của cơ quan.")
    assert (found.text, found.value) == ("ngày 20 tháng 5 năm\n2016", "2016-05-20")


@pytest.mark.parametrize(
    "text",
    [
        "Quá trình công tác:\n1998 - 2003: giáo viên.",
        "Học sinh\n\n2006: lớp 9.",
        "1998 -\n2003 -\n2011.",
        "Giờ học:\nthứ ba này.",
    ],
)
def test_dates_span_begins_with_its_words(text: str) -> None:
    found = dates(text)
    assert found
    assert all(item.text == item.text.strip() for item in found)


def test_dates_broken_before_the_month() -> None:
    (found,) = dates("Ban hành ngày 16 tháng\n10 năm 2025 của cơ quan.")
    assert (found.text, found.value) == ("ngày 16 tháng\n10 năm 2025", "2025-10-16")


def rows(block: str) -> list[tuple[str, str]]:
    return [(a.strip(), b.strip()) for a, _, b in (line.rpartition("|") for line in block.strip().splitlines())]


ALL = [
    row
    for block in (DAYS, MONTHS, PERIODS, RANGES, RELATIVE, LUNAR, NEGATIVE, SEEN, LATER, KINDS, NAMED)
    for row in rows(block)
]


def test_dates_table_is_large() -> None:
    assert len(ALL) >= 200


@pytest.mark.parametrize(("marked", "values"), ALL)
def test_dates_span_and_value(marked: str, values: str) -> None:
    check(marked, values)


@pytest.mark.parametrize("blanks", ["  ", "\u00a0", "\u00a0 ", "\u2003", " \u202f\u00a0 ", "\t"])
@pytest.mark.parametrize(("marked", "values"), ALL)
def test_dates_blanks_of_any_kind_change_nothing(marked: str, values: str, blanks: str) -> None:
    cells = "\t" in blanks and regex.search(r"\d \d", marked)  # a tab between two numbers parts the cells of a table
    if not cells:
        check(marked.replace(" ", blanks), values)


@pytest.mark.parametrize(("marked", "values"), rows(AHEAD))
def test_dates_parts_of_the_coming_year(marked: str, values: str) -> None:
    check(marked, values, "2017-12-28")


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("cuối năm 2016", "END"),
        ("đầu quý II/2017", "START"),
        ("giữa tháng 5", "MID"),
        ("thượng tuần tháng 9", "START"),
        ("trung tuần tháng Giêng", "MID"),
        ("hạ tuần tháng 8/2017", "END"),
        ("đầu những năm 1990", "START"),
        ("cuối thế kỷ XIX", "END"),
        ("những ngày cuối năm 2016", "END"),
        ("hồi đầu năm", "START"),
        ("cuối tháng này", "END"),
        ("đầu năm ngoái", "START"),
        ("đầu năm Mậu Tuất", "START"),
        ("tháng 5/2017", None),
        ("6 tháng cuối năm 2017", None),
        ("nửa đầu năm 2017", None),
        ("cuối tuần qua", None),
        ("từ đầu năm 2015 đến cuối năm 2016", None),
    ],
)
def test_dates_modifier(text: str, modifier: str | None) -> None:
    (found,) = dates(text)
    assert found.modifier == modifier


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("quý I/2018", "2018-01-01 2018-03-31"),
        ("6 tháng đầu năm 2017", "2017-01-01 2017-06-30"),
        ("cuối tháng 2/2016", "2016-02-01 2016-02-29"),
        ("năm học 2017-2018", "2017-09-01 2018-05-31"),
        ("nhiệm kỳ 2015-2020", "2015-01-01 2020-12-31"),
        ("thế kỷ XVIII", "1701-01-01 1800-12-31"),
        ("tuần trước", "2018-01-01 2018-01-07"),
        ("từ đầu năm đến nay", "2018-01-01 2018-01-13"),
        ("từ năm 2009 đến nay", "2009-01-01 2018-01-13"),
        ("từ tháng 8/2017 tới nay", "2017-08-01 2018-01-13"),
        ("từ ngày 28/12 đến ngày 3/1/2018", "2017-12-28 2018-01-03"),
    ],
)
def test_dates_days_of_a_value(text: str, days: str) -> None:
    (found,) = dates(text)
    assert f"{found.start_date} {found.end_date}" == days


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("ngày 12/1", "XXXX-01-12", "year-unknown"),
        ("tháng 8", "XXXX-08", "year-unknown"),
        ("hôm qua", "None", "year-unknown"),
        ("cùng ngày", "None", "anaphoric"),
        ("ngày 31/6", "None", "impossible"),
        ("ngày 22/4 hằng năm", "None", "recurring"),
    ],
)
def test_dates_without_publication_date_are_underspecified(text: str, value: str, note: str) -> None:
    (found,) = dates(text, None)
    assert (str(found.value), found.provenance.note) == (value, note)
    assert found.start_date is None
    assert found.end_date is None


def test_dates_explicit_years_need_no_publication_date() -> None:
    check("⟦Ngày 9/1/2017⟧, xe lật. ⟦Chiều cùng ngày⟧, đường thông.", "2017-01-09 2017-01-09", None)


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("Tiêu đề\nNgày đăng: 04/07/2018\nNội dung bài.", "2018-07-04"),
        ("Thứ tư, 04/07/2018 | 15:30 GMT+7\nNội dung bài.", "2018-07-04"),
        ("Tiêu đề\nCập nhật lúc: 09:12 12/05/2020\nNội dung.", "2020-05-12"),
        ("Thứ Tư, ngày 4 tháng 7 năm 2018\nNội dung.", "2018-07-04"),
        ("15:30 04/07/2018\nNội dung.", "2018-07-04"),
        ("Tiêu đề\n12/05/2020 - 08:30", "2020-05-12"),
        ("Nguồn\nGiờ đăng: 07/11/2025 8:52 AM", "2025-11-07"),
        ("CN, 12/05/2019 10:22\nNội dung", "2019-05-12"),
        ("Cập nhật: 05/07/2018\nNgày đăng: 04/07/2018\nNội dung", "2018-07-04"),
        ("Ngày 04/07/2018, UBND tỉnh họp.", "None"),
        ("Ngày đăng: 31/02/2018\nNội dung", "None"),
    ],
)
def test_page_date_from_the_lines_of_the_page(page: str, day: str) -> None:
    found, source = page_date(read(Article(id="t", text=page)))
    assert str(found) == day
    assert source == ("page" if found else None)
