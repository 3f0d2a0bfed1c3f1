"""Numbers that only the talk before them explains, marked `{text|programme indicator}`. Own sentences.

Indicators: p participants, n new, r renewed, x not in, c share covered, d change, g gap, k share of a plan; `!` a target, `pp`
points.
"""

from __future__ import annotations

import pytest
import regex

from extractor import extract
from extractor.fields.figures.rules.read import find_figures
from extractor.language import read
from extractor.models import Article
from extractor.places import Places

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
RATE = "Đến nay, toàn huyện đạt tỷ lệ bao phủ BHYT {88,2%|BHYT c} dân số. "
COUNT = "Toàn huyện có {45.120 người|BHYT p} tham gia BHYT. "

POSITIVE = [
    # places with their shares
    RATE
    + "Các xã dẫn đầu là Tân Lập ({97,1%|BHYT c}), Phú Hòa ({96%|BHYT c}); thấp nhất là Đông Thạnh ({74,5%|BHYT c}).",
    RATE + "Xã Tân Lập đứng đầu với {98%|BHYT c}; xã Phú Hòa {96,4%|BHYT c}.",
    RATE + "\nMột số nơi còn thấp: Đông Thạnh {71%|BHYT c}; Phước Long {69,8%|BHYT c}.",
    RATE + "Vẫn có 4 xã còn {dưới 75%|BHYT c}.",
    RATE + "Xã Đông Thạnh và xã Phước Long mới đạt {dưới 70%|BHYT c}.",
    "Số học sinh tham gia BHYT đạt {98,1%|BHYT c}. Bậc tiểu học đạt tỷ lệ cao nhất {99,6%|BHYT c}; bậc THCS {98,9%|BHYT c}. "
    "Một số trường đạt {100%|BHYT c}.",
    # places with their counts
    COUNT + "Dẫn đầu là xã Tân Lập với {815 hộ|BHYT p}, kế đến là xã Phú Hòa {640 hộ|BHYT p}.",
    # groups
    COUNT + "Chia theo nhóm, học sinh có {9.150 người|BHYT p}; hộ gia đình {12.400 người|BHYT p}, đạt {81%|BHYT c}.",
    COUNT
    + "Cụ thể theo từng nhóm:\n- Nhóm do quỹ đóng: {4.020 người|BHYT p};\n- Nhóm hộ gia đình: {12.400 người|BHYT p}.",
    COUNT + "Riêng thợ lặn có {318 người|BHYT p}, bằng {62%|BHYT c}.",
    # buying a card is joining
    "Hội vận động nông dân mua BHYT. Qua hai tháng có {1.410 hội viên|BHYT p} mua thẻ, trong đó {390 người|BHYT n} mua lần đầu, "
    "{1.020 người|BHYT r} mua tiếp. Kết quả này đạt {104%|BHYT k} chỉ tiêu.",
    "Xã vận động người dân tham gia BHYT. Tổ vận động đã giúp {120 hộ|BHYT p} mua thẻ trả góp.",
    RATE + "Tuy nhiên vẫn còn {khoảng 2.700 người|BHYT x} chưa có thẻ.",
    RATE + "Trường có 640 em, {598 em|BHYT p} đã có thẻ, còn {42 em|BHYT x} chưa đóng.",
    # the same share again
    RATE + "Năm trước, tỷ lệ này của huyện là {85,1%|BHYT c}.",
    RATE + "Mặt bằng chung của tỉnh là {90,4%|BHYT c}.",
    RATE + "Xã Tân Lập từ {93%|BHYT c} giảm xuống còn {86,5%|BHYT c}, xã Phú Hòa giảm {3,1%|BHYT d pp}.",
    RATE + "Xã Tân Lập đạt tuyệt đối {100%|BHYT c} nhờ vận động tốt.",
    # another programme, told of by its name alone
    COUNT + "Với BHTN, con số này là {3.870 người|BHTN p}.",
    "Các xã cần tăng thêm {1,5%|BHYT d! pp} tỷ lệ bao phủ BHYT, nâng toàn huyện cán mốc {94%|BHYT c!}; "
    "còn BHTN phấn đấu hoàn thành {85%|BHTN k!} kế hoạch.",
    "Số học sinh phải tham gia BHYT là 980 em.",
    # aims
    RATE + "Năm tới huyện phấn đấu đạt {91%|BHYT c!} dân số.",
    RATE + "Huyện được tỉnh giao {92,5%|BHYT c!} theo quyết định vừa ban hành.",
    RATE + "Như vậy còn phải vận động thêm {gần 1.300 người|BHYT n!} nữa.",
    "Trong tiêu chí y tế, {91%|BHYT c} người dân tham gia BHYT (tiêu chí yêu cầu {90%|BHYT c!}).",
    "Huyện yêu cầu mỗi cán bộ, đoàn viên vận động {ít nhất 12 người|BHXH_TN n!} tham gia BHXH tự nguyện.",
    # differences
    COUNT + "So với đầu năm, tăng {1.210 người|BHYT d}.",
    "Số lao động tham gia BHXH bắt buộc giảm {3,1%|BHXH_BB d}. Bình Tân, Tân Phú giảm nhiều nhất, lần lượt {4,2%|BHXH_BB d} "
    "và {3,9%|BHXH_BB d}.",
    # a programme named first
    "Về BHYT, toàn huyện có {88.400 người|BHYT p}, tỷ lệ bao phủ đạt {90%|BHYT c}.",
    "Tỉnh thông qua lộ trình phát triển BHXH, BHYT.\nMục tiêu cụ thể:\n- BHXH: {25%|BHXH c!} lực lượng lao động.",
    # lists of places with their numbers
    RATE + "\nCụ thể từng xã (số người tham gia, tỷ lệ):\n1. Xã Tân Lập – {1.412 người|BHYT p} – {93,8%|BHYT c}\n"
    "2. Xã Phú Hòa – {877 người|BHYT p} – {90,1%|BHYT c}\nXã Đông Thạnh: {640 người|BHYT p}, đạt {71,2%|BHYT c}",
    RATE + "Chỉ tiêu giao là {91%|BHYT c!} dân số có thẻ, kết quả chung mới đạt {87,9%|BHYT c}.",
    # lines that begin with a programme
    "Số người tham gia BHXH, BHYT, BHTN như sau:\nBHXH: {7.580 người|BHXH p} (đạt {88,6%|BHXH k} kế hoạch năm).\n"
    "BHTN: {6.615 người|BHTN p} (đạt {93%|BHTN k}), tăng {4,4%|BHTN d} so cùng kỳ.",
    # a programme that a sentence has turned to
    COUNT + "Chỉ một năm, số người tham gia BHXH tự nguyện bằng mười năm cộng lại. "
    "Các huyện có số người tham gia lớn gồm: Tân Lập {530 người|BHXH_TN p}, Phú Hòa {347 người|BHXH_TN p}.",
    COUNT
    + "Theo nhóm: nhóm được ngân sách hỗ trợ {6.215 người|BHYT p}, trong đó HSSV {4.070 em|BHYT p} đạt {96,2%|BHYT c}.",
    "Xã phấn đấu đạt {95%|BHYT c!} dân số tham gia BHYT. Số tuyệt đối là {3.400 người|BHYT p!} tham gia BHYT.",
    # headings without a colon
    "Kết quả phát triển đối tượng BHXH\n- BHXH bắt buộc: {1.874 người|BHXH_BB p}\n- BHTN: {812 người|BHTN p}\n"
    "Phương hướng năm 2027\n- Tỷ lệ bao phủ BHYT đạt {93%|BHYT c!};\n- BHXH bắt buộc {1.930 người|BHXH_BB p!}.",
    RATE + "\nNăm qua {167 người|BHXH_TN x} dừng đóng BHXH tự nguyện.\nTân Lập, Phú Hòa có tỷ lệ tham gia thấp, "
    "lần lượt là {78,3%|BHYT c} và {80,6%|BHYT c}.",
    # tables
    "Tình hình tham gia BHYT\n\n| Xã | Số thẻ | Tỷ lệ | So đầu năm |\n|---|---|---|---|\n"
    "| Tân Lập | {4.120 thẻ|BHYT p} | {93,5%|BHYT c} | tăng {2,1%|BHYT d pp} |",
    "| Huyện | Số người tham gia BHXH tự nguyện | Đạt % kế hoạch |\n| Phú Hòa | {1.204|BHXH_TN p} | {88,5|BHXH_TN k} |",
]

NEGATIVE = [
    # no talk of insurance
    "Các xã dẫn đầu là Tân Lập (97,1%), Phú Hòa (96%).",
    "Toàn xã còn 210 hộ nghèo, giảm 2,1%. Xã Tân Lập thấp nhất với 1,2%.",
    "| Xã | Dân số | Tỷ lệ |\n| Tân Lập | 4.120 người | 93,5% |",
    # another topic after the talk
    RATE + "Tỷ lệ hộ nghèo của xã Tân Lập còn 2,4%.",
    RATE + "Tỷ lệ nợ là 1,9%, trong đó xã Tân Lập nợ 2,5%.",
    RATE + "\nThu ngân sách đạt 91% dự toán; xã Tân Lập đạt 96%.",
    RATE + "Trạm y tế đã khám cho 5.120 người.",
    RATE + "Phiên chợ thu hút 320 người tham gia.",
    RATE + "Khảo sát cho thấy 71% người được hỏi hài lòng.",
    RATE + "Nhà nước hỗ trợ thêm 20% mức đóng.",
    RATE + "Công an thu hồi 126 thẻ giả.",
    RATE + "Có 31% người hưởng nhận lương hưu qua thẻ ATM.",
    RATE + "Xã có 412 người chưa có thẻ căn cước.",
    RATE + "Gia đình ông có 4 người đã có thẻ.",
    "Có 98% hội viên tham gia BHYT.".replace("98%", "{98%|BHYT c}") + " Hội kết nạp mới 120 hội viên.",
    RATE + "Ông là một trong 25 người ở thôn đã có thẻ.",
    RATE + "Tỷ lệ hộ dùng nước sạch đạt 98%. Huyện Phong Sơn đạt 85%.",
    "Bảo hiểm nông nghiệp: 1.200 hộ tham gia bảo hiểm cây lúa, đạt 45% diện tích; huyện Phong Sơn 60%.",
    "Kết quả chi trả\n- BHXH: 1.874 hồ sơ\n- Hưởng BHXH một lần: 212 người",
    RATE + "\nDanh sách từng xã (số hộ nghèo):\n1. Xã Tân Lập – 112 hộ – 3,8%",
    # a heading in between
    RATE + "\n\nXây dựng đường giao thông\n\nXã Tân Lập đạt 96%.",
]


def plain(marked: str) -> tuple[str, list[tuple[str, str, str, str, bool]]]:
    figures = [
        (text, programme, INDICATORS[indicator], "target" if target else "actual", bool(points))
        for text, programme, indicator, target, points in MARK.findall(marked)
    ]
    return MARK.sub(lambda m: m.group(1), marked), figures


def found(text: str) -> list[tuple[str, str, str, str, bool]]:
    out: list[tuple[str, str, str, str, bool]] = []
    for f in find_figures(read(Article(id="t", text=text)), [], Places()):
        assert text[f.start : f.end] == f.text
        if f.programme.startswith("BH"):
            out.append((f.text, f.programme, f.indicator, f.status, f.unit == "percentage_point"))
    return out


@pytest.mark.parametrize("marked", POSITIVE)
def test_topic_positive(marked: str) -> None:
    text, figures = plain(marked)
    assert sorted(found(text)) == sorted(figures)


@pytest.mark.parametrize("marked", NEGATIVE)
def test_topic_negative(marked: str) -> None:
    text, figures = plain(marked)
    assert found(text) == figures


def test_topic_names_its_row() -> None:
    text, _ = plain(RATE + "Xã Tân Lập đứng đầu với 98%.")
    last = find_figures(read(Article(id="t", text=text)), [], Places())[-1]
    assert last.provenance.rule == "topic-place-rate"


def test_topic_a_third_are_negatives() -> None:
    assert len(NEGATIVE) * 3 >= len(POSITIVE) + len(NEGATIVE)


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        ("Năm qua, quận vận động 980 người tham gia BHYT.", "980", "quận"),
        ("Mỗi xã phải có ít nhất 40 người tham gia BHXH tự nguyện.", "40", "Mỗi xã"),
        ("Toàn huyện đạt tỷ lệ bao phủ BHYT 88%. Thấp nhất là Đông Thạnh (71%).", "71", "Đông Thạnh"),
        ("Toàn huyện đạt tỷ lệ bao phủ BHYT 88%. Thấp nhất là Đông Thạnh (71%).", "88", "Toàn huyện"),
        ("Toàn huyện có 900 người tham gia BHYT. Tỷ lệ bao phủ đạt 88%.", "88", "Toàn huyện"),
        ("BHYT\n\n| Xã | Số thẻ |\n| Tân Lập | 4.120 thẻ |", "4.120", "Tân Lập"),
        ("Có 900 người tham gia BHYT.", "900", None),
        ("Trường THCS số 2 Phú Hòa vận động tốt nên 412 em tham gia BHYT.", "412", "Trường THCS số 2 Phú Hòa"),
        ("Toàn huyện làm tốt, có 16 trường đạt 100% học sinh tham gia BHYT.", "100", "16 trường"),
        ("Tỉnh Hưng Yên (sau hợp nhất với Thái Bình) có 900 người tham gia BHYT.", "900", "Tỉnh Hưng Yên"),
        ("Cả xã còn 420 người chưa có thẻ BHYT.", "420", "Cả xã"),
    ],
)
def test_topic_place(text: str, number: str, place: str | None) -> None:
    assert [f.place for f in extract(text).figures if number in f.text] == [place]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Đến 31/12/2023, toàn huyện có 900 người tham gia BHYT.", "target"),
        ("Tính đến 30/6/2023, toàn huyện có 900 người tham gia BHYT.", "actual"),
        ("Vận động 900 người tham gia BHYT trước ngày 31/12/2023.", "target"),
        ("Năm 2024 toàn huyện có 900 người tham gia BHYT.", "target"),
        ("Năm 2022 toàn huyện có 900 người tham gia BHYT.", "actual"),
    ],
)
def test_topic_dates_ahead(text: str, status: str) -> None:
    assert [f.status for f in extract(text, published="2023-07-20").figures] == [status]
