"""Sentences with their figures marked `{text|programme indicator}`; what is not marked is no figure. Own sentences.

Indicators: p participants, n new, r renewed, x not in, c share covered, d change, g gap, k share of a plan; `!` a target,
`pp` percentage points, `+` joins two programmes counted by one number.
"""

from __future__ import annotations

import pytest
import regex

from extractor.fields.figures.rules.read import find_figures
from extractor.language import read
from extractor.models import Article
from extractor.places import Places
from extractor.text import fold

INDICATORS = {
    "p": "participants",
    "n": "new_participants",
    "r": "renewed_participants",
    "x": "non_participants",
    "c": "coverage_rate",
    "d": "change",
    "g": "gap",
    "k": "plan_rate",
}
MARK = regex.compile(r"\{([^|{}]+)\|([A-Z_+]+) ([a-z])(!?)( pp)?\}")

POSITIVE = [
    # counts
    "Toàn huyện có {45.120 người|BHYT p} tham gia BHYT.",
    "Hiện cả tỉnh có {hơn 1,2 triệu người|BHYT p} có thẻ bảo hiểm y tế.",
    "Xã Tân Phú đã cấp {3.450 thẻ|BHYT p} BHYT cho người nghèo.",
    "Số người tham gia BHXH tự nguyện là {2.315 người|BHXH_TN p}.",
    "Đến nay, {1.340 doanh nghiệp|BHXH p} đóng BHXH cho người lao động.",
    "Có {gần 90 nghìn lao động|BHXH_BB p} tham gia BHXH bắt buộc.",
    "Toàn tỉnh có {khoảng 76.000 người|BHTN p} tham gia bảo hiểm thất nghiệp.",
    "Thành phố có {xấp xỉ hai triệu người|BHYT p} tham gia BHYT.",
    "Có {1.250 hộ|BHYT p} tham gia BHYT hộ gia đình.",
    "Đã có {12.400 học sinh|BHYT p} tham gia BHYT.",
    "Tổng số người tham gia BHYT lên {98.700 người|BHYT p}.",
    "Nhà nước mua thẻ BHYT cho {34.500 người|BHYT p} cận nghèo.",
    "Tổ chức này tặng {500 thẻ|BHYT p} BHYT cho hộ khó khăn.",
    "Toàn thị xã có {215 đơn vị|BHXH+BHYT p} tham gia BHXH, BHYT.",
    "Có {5.600 lao động|BHXH p} tham gia BHXH, BHYT, BHTN.",
    "Trong số 300 công nhân, chỉ có {120 người|BHXH p} được đóng BHXH.",
    "Ngành bảo hiểm quản lý {4.210 người|BHXH_TN p} tham gia bảo hiểm xã hội tự nguyện.",
    "Kết quả, vận động được {1.870 người|BHYT n} tham gia BHYT.",
    # the kinds of social insurance without their noun, and labels behind a general head
    "Toàn huyện có {5.200 người|BHXH p} tham gia BHXH (bắt buộc {4.100 người|BHXH_BB p}, "
    "tự nguyện {1.100 người|BHXH_TN p}).",
    "Số người tham gia BHXH, BHYT trên địa bàn như sau: BHXH bắt buộc: {812 người|BHXH_BB p}, đạt {97%|BHXH_BB k} kế hoạch.",
    # a share right behind a count is one of the plan once the plan was named
    "Số người tham gia BHXH bắt buộc là {812 người|BHXH_BB p}, đạt {97%|BHXH_BB k} kế hoạch; "
    "số người tham gia BHTN là {790 người|BHTN p}, chỉ đạt {83%|BHTN k}.",
    # additions announced for a list of places
    "Kế hoạch giao số lao động tham gia BHTN tăng thêm: Tân Lập {40 người|BHTN d!}, Phú Hòa {55 người|BHTN d!}.",
    "Hội có {60 người|BHXH_TN n} tham gia BHXH tự nguyện lần đầu, {140 người|BHXH_TN r} đóng tiếp.",
    # people won over are new, unless a breakdown says that some only renew
    "Trong ngày ra quân, các tổ vận động được {31 người|BHXH_TN n} tham gia BHXH tự nguyện. "
    "Dẫn đầu là xã Phú Hòa với {12 người|BHXH_TN n} tham gia BHXH tự nguyện.",
    "Xã vận động được {310 người|BHYT p} tham gia BHYT, trong đó {90 người|BHYT n} tham gia lần đầu.",
    "Hội đặt chỉ tiêu phát triển thêm {12 đơn vị|BHXH n!} và {350 lao động|BHXH n!} tham gia BHXH.",
    # each clause tells of its own programme
    "Toàn huyện có {812 người|BHXH_BB p} tham gia BHXH bắt buộc, BHXH tự nguyện {96 người|BHXH_TN p}. "
    "So với đầu năm, BHXH bắt buộc tăng {4,5%|BHXH_BB d}, BHXH tự nguyện tăng {11 người|BHXH_TN d}.",
    "Có {812 người|BHXH_BB p} tham gia BHXH bắt buộc; {96 người|BHXH_TN p} tham gia BHXH tự nguyện; "
    "bao phủ BHYT đạt {91%|BHYT c} dân số. Lần lượt tăng {4,5%|BHXH_BB d}, {12%|BHXH_TN d} và {0,7%|BHYT d pp}.",
    "Huyện phát triển mới {90 người|BHXH_TN n} tham gia BHXH tự nguyện, tăng {3%|BHTN d} số người tham gia BHTN.",
    "Năm nay tăng số người tham gia BHTN {ít nhất 3%|BHTN d}.",
    "Huyện đặt chỉ tiêu: tăng số đơn vị tham gia BHTN {ít nhất 7%|BHTN d!}.",
    "Xã phải tăng {1,5%|BHYT d! pp} tỷ lệ bao phủ BHYT.",
    "Năm 2031 đơn vị vận động thêm {40 người|BHXH_TN n} tham gia BHXH tự nguyện.",
    "Nay {61%|BHYT c} công nhân tham gia BHYT, thấp hơn so với mức {70%|BHYT c} của tháng trước.",
    # rates
    "Tỷ lệ bao phủ BHYT đạt {91,5%|BHYT c} dân số.",
    "Có {88%|BHYT c} người dân tham gia BHYT.",
    "Độ bao phủ bảo hiểm y tế ở mức {93,2%|BHYT c}.",
    "Tỷ lệ hộ nghèo có thẻ BHYT là {100%|BHYT c}.",
    "{Trên 35%|BHXH c} lực lượng lao động tham gia BHXH.",
    "Tỷ lệ lao động trong độ tuổi tham gia BHTN đạt {28,4%|BHTN c}.",
    "Tỉ lệ học sinh, sinh viên tham gia BHYT mới đạt {gần 80%|BHYT c}.",
    "BHYT đã bao phủ được {85%|BHYT c} dân số.",
    "Diện bao phủ BHYT chiếm {82%|BHYT c} dân số.",
    "Hiện {97%|BHYT c} học sinh tiểu học có BHYT.",
    "Nhóm này chỉ mới có {54%|BHYT c} tham gia BHYT.",
    "Toàn tỉnh đạt tỷ lệ {90,1%|BHYT c} dân số có thẻ BHYT.",
    "Đến hết tháng 6, {100%|BHYT c} trẻ em dưới 6 tuổi được cấp thẻ BHYT.",
    "Bệnh nhân BHYT chiếm {80%|BHYT c} số người bệnh nội trú.",
    "{98%|BHXH c} công nhân được đóng BHXH.",
    # count and share together
    "Có {54.000 người|BHYT p} tham gia BHYT, chiếm {89%|BHYT c} dân số.",
    "Có {54.000 người|BHYT p} tham gia BHYT ({89%|BHYT c} dân số).",
    "Cả huyện có {9.800 người|BHXH p} tham gia BHXH, đạt {31,2%|BHXH c} lực lượng lao động.",
    "Độ bao phủ BHYT đến {77 triệu dân|BHYT p}, tương đương {83%|BHYT c} dân số.",
    # not in
    "Toàn xã còn {1.204 người|BHYT x} chưa tham gia BHYT.",
    "Vẫn còn {11%|BHYT x} dân số chưa có thẻ BHYT.",
    "Số người không có thẻ BHYT là {15,3%|BHYT x}.",
    "Có {hơn 2.000 lao động|BHXH x} chưa được đóng BHXH.",
    "{60%|BHXH x} lao động nông thôn không tham gia BHXH.",
    "Hiện còn {9%|BHYT x} dân số, tương đương {8 triệu người|BHYT x} chưa tham gia BHYT.",
    "Còn {35 triệu người|BHXH_TN x} là nông dân, thợ thủ công chưa tham gia BHXH tự nguyện.",
    "Do sắp xếp lại, {12.000 người|BHYT x} không còn được hưởng chính sách BHYT.",
    # new and renewed
    "Huyện phát triển mới {312 người|BHXH_TN n} tham gia BHXH tự nguyện.",
    "Có {420 người|BHYT n} đăng ký mới và {3.150 người|BHYT r} tái tục BHYT.",
    "Trong tháng có {95 người|BHXH_TN n} tham gia BHXH tự nguyện lần đầu.",
    "Bưu điện đã phát triển được {180 người|BHXH_TN n} tham gia BHXH tự nguyện.",
    "Số người tham gia lần đầu BHYT là {640 người|BHYT n}.",
    "Khai thác mới {75 người|BHXH_TN n} tham gia BHXH tự nguyện, {220 người|BHYT n} tham gia BHYT hộ gia đình.",
    # change
    "Số người tham gia BHYT tăng {3,5%|BHYT d} so với năm trước.",
    "Tỷ lệ bao phủ BHYT đạt {90%|BHYT c}, tăng {2,1%|BHYT d pp} so với năm 2016.",
    "Có {8.000 người|BHXH p} tham gia BHXH, tăng {512 người|BHXH d} so với cùng kỳ.",
    "Có {8.000 người|BHXH p} tham gia BHXH (tăng {6,8%|BHXH d}).",
    "Tỷ lệ tham gia BHYT là {78%|BHYT c}, giảm {1,2 điểm phần trăm|BHYT d pp}.",
    "Tỷ lệ bao phủ BHYT đạt {86%|BHYT c} dân số, vượt {0,5%|BHYT g pp} chỉ tiêu.",
    "Tỷ lệ bao phủ BHYT đạt {66%|BHYT c}, thấp hơn {10%|BHYT g pp} so với chỉ tiêu được giao là {76%|BHYT c!}.",
    "Người tham gia BHXH tự nguyện tăng {139%|BHXH_TN d}, BHYT tăng {4,7%|BHYT d}.",
    "Tỷ lệ bao phủ BHYT tăng từ {60%|BHYT c} năm 2010 lên {81%|BHYT c} năm 2016.",
    "Tốc độ gia tăng tỷ lệ bao phủ BHYT giảm từ {8%|BHYT d} năm 2011 xuống {3%|BHYT d} năm 2015.",
    "So với năm ngoái, số người tham gia BHTN giảm {1.250 người|BHTN d}.",
    # plan
    "Có {9.100 người|BHXH p} tham gia BHXH, đạt {98,5%|BHXH k} kế hoạch.",
    "Số người tham gia BHXH tự nguyện đạt {2.050 người|BHXH_TN p}, bằng {102%|BHXH_TN k} chỉ tiêu giao.",
    "Số người tham gia BHYT đạt {101,2%|BHYT k} kế hoạch năm.",
    # targets
    "Phấn đấu hết năm nay có {95%|BHYT c!} dân số tham gia BHYT.",
    "Huyện phấn đấu thực hiện đạt {95%|BHYT c!} dân số tham gia BHYT.",
    "Mục tiêu đến năm 2030, {60%|BHXH c!} lực lượng lao động tham gia BHXH.",
    "Đến năm 2030, tỷ lệ bao phủ BHYT đạt {trên 95%|BHYT c!} dân số.",
    "Huyện phấn đấu phát triển mới {500 người|BHXH_TN n!} tham gia BHXH tự nguyện.",
    "Chỉ tiêu tỉnh giao là {92%|BHYT c!} dân số tham gia BHYT.",
    "Các trường phải đạt {100%|BHYT c!} học sinh tham gia BHYT.",
    "Tỷ lệ bao phủ đạt {89%|BHYT c} và phấn đấu đến cuối năm đạt {92%|BHYT c!} dân số tham gia BHYT.",
    "Tỷ lệ bao phủ BHYT là {84%|BHYT c} (tỉnh giao {86%|BHYT c!}).",
    "Dự kiến năm sau sẽ có {20.000 người|BHXH_TN p!} tham gia BHXH tự nguyện.",
    "Quyết tâm đưa {100%|BHYT c!} hộ cận nghèo tham gia BHYT.",
    # coordination and ellipsis
    "Tỷ lệ người dân tham gia BHYT đạt {86%|BHYT c}, trong đó học sinh {98%|BHYT c}.",
    "Có {5.000 người|BHXH_BB p} tham gia BHXH bắt buộc, {300 người|BHXH_TN p} tham gia BHXH tự nguyện.",
    "Số người tham gia BHXH bắt buộc là {5.120 người|BHXH_BB p}; BHXH tự nguyện là {310 người|BHXH_TN p}; "
    "BHTN là {4.800 người|BHTN p}.",
    "Tham gia BHXH bắt buộc: {5.120 người|BHXH_BB p}, BHYT: {88.000 người|BHYT p}.",
    "Tỷ lệ tham gia BHYT cao nhất là khối THPT {99%|BHYT c}, khối tiểu học {97%|BHYT c}.",
    "Số người tham gia BHXH, BHTN lần lượt đạt {40%|BHXH c}, {33%|BHTN c} lực lượng lao động.",
    "Có {98.000 người|BHYT p} tham gia BHYT. Trong đó có {12.000 học sinh|BHYT p}.",
    "Có {3.200 lao động|BHXH_BB p} thuộc {145 đơn vị|BHXH_BB p} tham gia BHXH bắt buộc.",
    "Tỷ lệ bao phủ BHYT toàn tỉnh đạt {88%|BHYT c}. Tỷ lệ này ở miền núi là {95%|BHYT c}.",
    "Ngân sách hỗ trợ 70% mức đóng cho {2.500 người|BHYT p} mua thẻ BHYT.",
    "Trên toàn thành phố, số người tham gia BHXH, BHYT bắt buộc là {431.000 người|BHXH_BB p}.",
    "Đảm bảo {100%|BHYT c!} HSSV tham gia BHYT.",
    "Có hai huyện hoàn thành chỉ tiêu BHYT là Bình An ({100,2%|BHYT k}) và Phú Hòa ({101%|BHYT k}).",
    "Còn {2.300 người|BHYT x} thuộc hộ gia đình, {410 học sinh|BHYT x} chưa tham gia BHYT.",
    "Có {5 triệu người|BHYT x} được hỗ trợ mức đóng BHYT chưa được cấp thẻ.",
    "Huyện phấn đấu mở rộng thêm {900 người|BHXH_TN n!} tham gia BHXH tự nguyện.",
    "Xã phấn đấu tăng tỷ lệ tham gia BHYT thêm {3%|BHYT d! pp}.",
    "Các huyện đều vượt chỉ tiêu BHYT, bình quân đạt {91%|BHYT c} dân số.",
    # portals of 2020 to 2026
    "Phường Hòa Bình hiện có {18.450 người|BHYT p} tham gia BHYT, đạt {94,8%|BHYT c} dân số.",
    "Tỷ lệ bao phủ BHYT của xã đạt {96,1%|BHYT c}, vượt {0,6%|BHYT g pp} chỉ tiêu thành phố giao.",
    "Độ bao phủ BHXH ước đạt {45,1%|BHXH c} lực lượng lao động trong độ tuổi.",
    "BHXH cơ sở đã vận động {62 người|BHXH_TN n} tham gia BHXH tự nguyện.",
    "Tỷ lệ người dân toàn xã tham gia bảo hiểm y tế đạt {92.4%|BHYT c}.",
    "Tổng số người tham gia BHXH: {21.340 người|BHXH p}, trong đó BHXH tự nguyện: {1.980 người|BHXH_TN p}.",
    "Tính đến 30/6, toàn tỉnh có {2,1 triệu người|BHYT p} tham gia BHYT, tăng {1,3%|BHYT d} so với cùng kỳ năm 2024.",
    "Hai xã đạt {100%|BHYT c} người dân tham gia BHYT.",
    # the part with its whole, counts whose unit word stands before them
    "Thôn Hạ có {112/120 hộ|BHYT p} tham gia BHYT.",
    "Xã đã có {7.934/8.871 nhân khẩu|BHYT p} tham gia BHYT, tương đương {89,4%|BHYT c}.",
    "Số người tham gia BHXH bắt buộc toàn tỉnh ước đạt {82.480|BHXH_BB p}, tăng {1.118 người|BHXH_BB d} so với năm trước.",
    "Số người tham gia BHTN là {1,39 triệu|BHTN p}, đạt {100,7%|BHTN k} kế hoạch.",
    "Đến tháng 3/2019 người dân tham gia BHYT đạt {90%|BHYT c}.",
    "Tỷ lệ dân số có thẻ BHYT năm 2019 là {90,6%|BHYT c}, năm 2020 {92,1%|BHYT c}, năm 2021 {92,9%|BHYT c}.",
    # those who sign up, stop, or lose their card
    "Cuối buổi có {14 trường hợp|BHXH_TN n} đăng ký tham gia BHXH tự nguyện, {21 hộ|BHYT n} đồng ý tham gia BHYT.",
    "Lũy kế có {814 người|BHXH_TN p} đăng ký tham gia BHXH tự nguyện.",
    "Quý này {95 người|BHXH_TN x} dừng đóng BHXH tự nguyện.",
    "Từ tháng bảy, {3.715 người|BHYT x} bị cắt thẻ BHYT do ngân sách đóng.",
    "Sẽ có thêm {2 triệu người|BHYT x} mất bảo hiểm y tế.",
    "Cả bản chỉ có {312 người|BHYT p} còn thẻ BHYT, đạt {39,4%|BHYT c}.",
    "Ông là một trong số {hơn 61.000 lao động|BHXH x} chưa tham gia BHXH.",
    "Còn {204 doanh nghiệp|BHXH x} đang hoạt động với {khoảng 910 lao động|BHXH x} chưa được đóng BHXH.",
    "Có công ty kê khai 85 người nhưng chỉ đóng BHXH cho {21 người|BHXH p}.",
    # changes that name what they count, and those that are assigned
    "Toàn khu vực tăng mới được {906 người|BHXH_TN n} tham gia BHXH tự nguyện, bằng 54% cùng kỳ, và giảm {740 thẻ|BHYT d} BHYT.",
    "Mỗi xã được giao tăng thêm {1,2%|BHYT d! pp} tỷ lệ bao phủ BHYT.",
    "Quận phát triển {150 đơn vị|BHXH n} mới, nâng tỷ lệ lao động tham gia BHXH lên {62%|BHXH c}.",
    "Công đoàn vận động {100%|BHXH c!} doanh nghiệp đóng BHXH.",
    # those still to be won, those who get it no longer, levels that are passed
    "Số người cần phải vận động tham gia BHYT là {3.505 người|BHYT n!}.",
    "Tỉnh giao chỉ tiêu phát triển mới người tham gia BHXH tự nguyện cho các huyện: Tân Lập {412 người|BHXH_TN n!}.",
    "Từ tháng bảy có {12.000 người dân|BHYT x} đã không còn được Nhà nước hỗ trợ kinh phí cấp thẻ BHYT.",
    "Số người tham gia BHXH bắt buộc của tỉnh tăng ròng {8.420 người|BHXH_BB d}.",
    "Số người tham gia BHXH tự nguyện lần đầu tiên vượt mốc {50.000 người|BHXH_TN p}.",
    "Tỉnh có {45.210 đối tượng|BHXH p} tham gia BHXH (BHXH bắt buộc: {38.900|BHXH_BB p}; BHXH tự nguyện: {6.310|BHXH_TN p}), "
    "BHTN: {36.420|BHTN p} (độ bao phủ: {31%|BHTN c}).",
    "Chỉ tiêu năm nay là {5.000 người|BHXH_TN p!} tham gia BHXH tự nguyện. "
    "Tuy nhiên mới có {3.100 người|BHXH_TN p} tham gia, đạt {62%|BHXH_TN k}; cần phát triển thêm {1.900 người|BHXH_TN n!}, "
    "bình quân mỗi tháng {380 người|BHXH_TN n!}.",
    "Mới có {3.100 người|BHXH_TN p} tham gia BHXH tự nguyện, đạt {6,2%|BHXH_TN c}.",
    "Phường còn {2.046 nhân khẩu|BHYT x} chưa có thẻ BHYT, trong đó {612 người|BHYT x} đi làm ăn xa, {388 người|BHYT x} ốm đau.",
    # the kinds behind "tham gia", aims told by "sẽ", those who do not pay yet
    "Toàn tỉnh có {742.380 người|BHXH p} tham gia BHXH; trong đó {631.902 người|BHXH_BB p} tham gia bắt buộc, "
    "{110.478 người|BHXH_TN p} tham gia tự nguyện.",
    "Chính sách mới sẽ thu hút thêm {khoảng 300.000 người|BHXH_TN n!} tham gia BHXH tự nguyện.",
    "Có {45 doanh nghiệp|BHXH x} trả lương cho {912 lao động|BHXH x} nhưng chưa tham gia BHXH.",
    "Cả thôn với 212 hộ thì chỉ {3 người|BHXH_TN p} đóng BHXH tự nguyện.",
    # a whole behind "trên", a remark in brackets, a change without a count before it
    "Trong tháng, BHYT hộ gia đình tăng {213 người|BHYT d}.",
    "Sau khi thoát nghèo, {hơn 14 nghìn người|BHYT x} không mua tiếp BHYT.",
    "Mỗi tháng cần thêm {chừng 2.000 người|BHXH_TN n!} tham gia BHXH tự nguyện.",
    # comparisons with another time, brackets left behind, labels behind their number
    "Nếu như năm 2018 toàn tỉnh mới có {172.350 người|BHXH p} tham gia BHXH thì nay đã khác.",
    "Số người tham gia BHXH bắt buộc là {262.194 người|BHXH_BB p}, đạt {93,2%|BHXH_BB k} kế hoạch; "
    "BHXH tự nguyện {64.877 người|BHXH_TN p} (giảm {5.120 người|BHXH_TN d}), đạt {73,4%|BHXH_TN k}.",
    "Quý II, đơn vị tập trung vận động {7.500 người|BHXH_TN n!} tham gia BHXH tự nguyện, {450 người|BHYT n!} tham gia BHYT.",
    "Tiêu chí 8.2 yêu cầu tỷ lệ người dân tham gia BHYT từ {90%|BHYT c!} trở lên, thị trấn hiện đạt {88,7%|BHYT c}.",
    "Mục tiêu có {100%|BHXH c!} doanh nghiệp có từ 30 lao động trở lên tham gia BHXH.",
    "Chỉ sau một đêm, {gần 92.000 người|BHYT x} mất thẻ, độ bao phủ BHYT từ {93%|BHYT c} rơi xuống {81,5%|BHYT c}.",
    "Số người tham gia BHXH là {9.214 người|BHXH p}, đạt {94%|BHXH k} kế hoạch (BHXH bắt buộc {6.842 người|BHXH_BB p}).",
    "Đã có {640 người|BHYT r} tham gia lại BHYT, {212 em|BHYT p} tham gia BHYT tại trường.",
    "Huyện phấn đấu tăng thêm {350 người|BHXH_TN d!} tham gia BHXH tự nguyện, {1.200 người|BHYT d!} tham gia BHYT.",
    "Số người tham gia BHXH bắt buộc đạt {2.450 người|BHXH_BB p}, BHTN đạt {2.008 người|BHTN p}, "
    "tăng lần lượt {2,1%|BHXH_BB d} và {2,6%|BHTN d}.",
    "Phấn đấu tăng thêm {20 doanh nghiệp|BHXH d!} và {300 lao động|BHXH d!} tham gia BHXH.",
    "Xã có {8.100 người|BHYT p} tham gia BHYT. Phấn đấu đạt {ít nhất 96%|BHXH_BB k!} kế hoạch BHXH bắt buộc.",
    "Đã có {5.400 người|BHYT r} tham gia lại BHYT, còn {hơn 3.800 người|BHYT x} vẫn chưa.",
    # cards among which some are given again
    "Quý I cấp {4.230 thẻ|BHYT p} BHYT, trong đó cấp mới {518 thẻ|BHYT n}, cấp lại do hỏng 140 thẻ.",
]

NEGATIVE = [
    # money
    "Số thu BHXH, BHYT đạt 412 tỷ đồng, bằng 98% kế hoạch, tăng 12% so với cùng kỳ.",
    "Doanh nghiệp nợ BHXH 12,4 tỷ đồng, chiếm 4,2% số phải thu.",
    "Quỹ BHYT bội chi 6.000 tỷ đồng, tăng 30% so với năm trước.",
    "Chi phí khám chữa bệnh BHYT tăng 15%.",
    "Giá dịch vụ y tế tăng 20% khiến quỹ BHYT vượt 5% dự toán.",
    "Tổng thu BHXH năm nay tăng 8,4% so với cùng kỳ.",
    "Tỷ lệ nợ BHXH giảm 0,8% so với tháng trước.",
    # visits, patients, facilities
    "Quỹ BHYT chi trả cho 1,8 triệu lượt người.",
    "BHYT thanh toán cho 63 triệu lượt khám, tăng 12,2%.",
    "Hệ thống giám định BHYT đã kết nối với 99,5% cơ sở khám chữa bệnh.",
    "Bệnh viện khám chữa bệnh BHYT cho 500 người mỗi ngày.",
    "Có 59 bệnh viện ký hợp đồng khám chữa bệnh BHYT.",
    # rates of payment and reimbursement
    "Mức đóng BHYT bằng 4,5% mức lương cơ sở.",
    "Người lao động đóng 8% vào quỹ BHXH, 1,5% vào quỹ BHYT.",
    "Người tham gia BHYT được hưởng 80% chi phí khám chữa bệnh.",
    "Hộ cận nghèo được hỗ trợ 70% mức đóng BHYT.",
    "Tổng tỷ lệ đóng BHXH là 32%, trong đó BHXH là 25,5% và BHYT là 4,5%.",
    "Lao động nữ đủ 25 năm đóng BHXH được hưởng tỷ lệ 75%.",
    "Mức hưởng lương hưu của người tham gia BHXH bắt buộc tối đa là 75%.",
    "Khi khám đúng tuyến, BHYT chi trả 100%.",
    "Mỗi năm đóng BHXH được tính thêm 2%.",
    "Từ tháng tới, mức tham gia BHYT hộ gia đình tăng thêm khoảng 7,4%.",
    "BHXH (8% x thu nhập tính bảo hiểm).",
    "Công ty đóng mức bảo hiểm xã hội bắt buộc là 17,5%.",
    "Người tham gia BHXH suy giảm khả năng lao động từ 61% trở lên được nghỉ hưu sớm.",
    "Kinh phí công đoàn bằng 2% quỹ tiền lương làm căn cứ đóng BHXH.",
    # firm sizes, conditions, examples
    "Doanh nghiệp nhỏ có số lao động tham gia BHXH bình quân năm không quá 100 người.",
    "Số lao động tham gia BHXH (không quá 200 người) là tiêu chí bắt buộc.",
    "Ví dụ, công ty có 50 lao động tham gia BHXH.",
    "Giả sử đơn vị có 30 người tham gia BHXH bắt buộc.",
    "Người sử dụng lao động bị phạt nếu trốn đóng BHXH cho từ 10 đến dưới 50 người lao động.",
    "Một điều kiện vay là doanh nghiệp có từ 40% lao động trở lên đang tham gia BHXH.",
    "Quốc hội giám sát những nơi có tỷ lệ bao phủ BHYT dưới 75%.",
    "Doanh nghiệp được tạm dừng đóng BHXH khi giảm 50% lao động tham gia BHXH.",
    # benefits, debts, controls
    "Có 3,1 triệu người hưởng lương hưu, trợ cấp BHXH hằng tháng.",
    "Tỉnh có 1.900 người hưởng BHXH một lần, giảm 26% so với năm trước.",
    "Cơ quan BHXH giải quyết cho 480 người hưởng trợ cấp thất nghiệp.",
    "Có 67 doanh nghiệp nợ BHXH.",
    "Cơ quan BHXH thanh tra 35 đơn vị.",
    "Phát hiện cấp trùng 1.160 thẻ BHYT.",
    "Thu hồi 45 thẻ BHYT làm giả.",
    "Công ty nợ BHXH của 215 lao động.",
    "TPHCM tạm dừng đóng bảo hiểm xã hội cho 318 doanh nghiệp.",
    # events, attitudes, other numbers nearby
    "Sổ BHXH đã cấp chiếm 98% số người tham gia BHXH.",
    "Cơ quan BHXH cấp mã số cho 95% người tham gia.",
    "Các chỉ tiêu gồm BHYT, tỷ lệ hộ nghèo dưới 1%.",
    "Cứ 10 người thì có 8 người có thẻ BHYT.",
    "Bệnh viện dành 30% số giường cho bệnh nhân BHYT.",
    "Hội nghị tuyên truyền BHYT có 200 người tham gia.",
    "Lễ ra quân vận động BHXH tự nguyện thu hút 300 người tham gia.",
    "Có 56% lao động không muốn tham gia BHXH tự nguyện.",
    "Chỉ 21% người được hỏi biết đến BHXH tự nguyện.",
    "Tỷ lệ người dân hài lòng với cơ quan BHXH đạt 90%.",
    "Cơ quan BHXH tặng 350 phần quà cho hộ nghèo.",
    "Tỷ lệ hộ nghèo của xã còn 2,1%; chính sách BHYT được thực hiện tốt.",
    "Trạm y tế khám bệnh BHYT, tỷ lệ trẻ suy dinh dưỡng giảm còn 11%.",
    "Anh Nam đã tham gia BHXH 12 năm.",
    "Chị đóng BHXH khi làm việc trong 2 công ty.",
    "Có hàng nghìn người tham gia BHYT.",
    "Khảo sát cho thấy 72% doanh nghiệp phải trả lương, BHXH và BHYT.",
    "Hồ sơ gồm thẻ BHYT (1 thẻ/người).",
    "Số điện thoại đường dây nóng BHYT: 1900 9068.",
    "Người thứ hai đóng BHYT bằng 70% mức đóng của người thứ nhất.",
    "Thẻ BHYT mới giúp giảm 30% thời gian làm thủ tục.",
    "Đã cấp căn cước cho 95% công dân để thay thẻ BHYT khi khám bệnh.",
    "Cơ quan BHXH vận động, 100% đơn vị giao dịch điện tử.",
    "Ngành chi trả trợ cấp BHXH hằng tháng cho 3,1 triệu người.",
    "Số người tham gia BHXH tự nguyện bằng 54% cùng kỳ năm trước.",
    "Số tiền BHXH: 38.900; BHYT: 12.300 (triệu đồng).",
    "Số tiền nợ gồm BHXH: 38.900, BHTN: 36.420.",
    "Mỗi ngày có 3 chị đến hỏi về BHXH.",
    "Quý III, cơ quan BHXH tiếp 412 người, 15 đoàn.",
    "Tỉnh có trên 2,2 triệu lao động. Chính sách BHXH tự nguyện chưa được biết đến.",
    "Cơ quan BHXH chi trả cho 412 người; BHTN hỗ trợ 300 người.",
    "BHYT thiếu bền vững khi gần 70% người tham gia được ngân sách hỗ trợ.",
    "Quỹ BHYT giảm từ 412 tỷ đồng xuống còn 380 tỷ đồng, tức giảm 32 tỷ đồng.",
    "Còn nhiều người chưa được bao phủ BHXH, 70% trong số này ở nông thôn.",
    "Nếu năm mươi người cùng đóng BHXH thì tổ có quà.",
    "Giải thưởng (BHXH), 12 người (BHYT) vào chung kết hội thi.",
    "Buổi tuyên truyền về BHXH có 380 người tham gia, đạt tỷ lệ 42%.",
    "Còn 40 người chưa, hội trường BHXH đã kín.",
    "Quỹ BHYT hỗ trợ 12/15 hộ bị cháy nhà.",
    "Có 34 trường hợp đề nghị hưởng BHXH một lần.",
    "Ba xã đồng ý lập 61 hộ điểm về vệ sinh; chính sách BHYT được nêu.",
    "Lịch trực BHYT ngày 12/15 hộ sinh đổi ca.",
    "Số thu BHXH là 13,39 triệu, đạt kế hoạch.",
]


def read_marks(marked: str) -> tuple[str, list[tuple[str, str, str, str, str]]]:
    """The plain sentence and its figures (text, programme, indicator, status, unit kind), programmes in alphabetical order."""
    figures = []
    for text, programmes, indicator, target, points in MARK.findall(marked):
        kind = "pp" if points else "%" if "%" in text or "phần trăm" in text else "n"
        for programme in programmes.split("+"):
            figures.append((text, programme, INDICATORS[indicator], "target" if target else "actual", kind))
    return MARK.sub(lambda m: m.group(1), marked), figures


def found(text: str) -> list[tuple[str, str, str, str, str]]:
    reading = read(Article(id="t", text=text))
    kinds = {"percent": "%", "percentage_point": "pp"}
    out = []
    for f in find_figures(reading, [], Places()):
        assert text[f.start : f.end] == f.text
        if f.programme.startswith("BH"):
            out.append((f.text, f.programme, f.indicator, f.status, kinds.get(f.unit, "n")))
    return out


@pytest.mark.parametrize("marked", POSITIVE)
def test_figures_positive(marked: str) -> None:
    text, figures = read_marks(marked)
    assert sorted(found(text)) == sorted(figures)


@pytest.mark.parametrize("text", NEGATIVE)
def test_figures_negative(text: str) -> None:
    assert found(text) == []


def test_figures_table_size() -> None:
    assert len(POSITIVE) + len(NEGATIVE) >= 150
    assert len(NEGATIVE) * 3 >= len(POSITIVE) + len(NEGATIVE)


def test_figures_need_a_programme() -> None:
    assert found("Toàn huyện có 45.120 người tham gia, đạt 90%.") == []


def test_figures_fold_keeps_offsets() -> None:
    text = "Thị xã Hoà Thuỷ có 45.120 người tham gia BHYT."
    assert len(fold(text)) == len(text)
    assert [f[0] for f in found(text)] == ["45.120 người"]
