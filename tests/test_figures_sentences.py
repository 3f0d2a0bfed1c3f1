"""Sentences without a rule of their own: the rankers tell their figures by what is around. Own sentences."""

from __future__ import annotations

from datetime import date

import pytest

import extractor

# text, the insurance figures in it: value, programme, indicator, status
SENTENCES: list[tuple[str, list[tuple[float, str, str, str]]]] = [
    (
        "Huyện phát động học sinh tham gia BHYT. Đến nay các trường đã lập danh sách cho 7.928 em, đạt 92,7%.",
        [(7928.0, "BHYT", "participants", "actual"), (92.7, "BHYT", "coverage_rate", "actual")],
    ),
    (
        "Toàn huyện có 45.120 người tham gia BHYT. Với BHTN, con số này là 8.120 người.",
        [(45120.0, "BHYT", "participants", "actual"), (8120.0, "BHTN", "participants", "actual")],
    ),
    (
        "Đến nay, toàn huyện đạt tỷ lệ bao phủ BHYT 88,2% dân số. Ông yêu cầu mỗi xã phải tăng "
        "thêm 2% độ bao phủ BHYT, đưa toàn huyện chạm mốc 95%.",
        [
            (88.2, "BHYT", "coverage_rate", "actual"),
            (2.0, "BHYT", "change", "target"),
            (95.0, "BHYT", "coverage_rate", "target"),
        ],
    ),
    (
        "Học sinh tham gia BHYT đạt 97%. Chia theo cấp học, tiểu học đạt 98,4%.",
        [(97.0, "BHYT", "coverage_rate", "actual"), (98.4, "BHYT", "coverage_rate", "actual")],
    ),
    (
        "Toàn huyện có 45.120 người tham gia BHYT. Ông kể chuyện đi bộ.\nBHTN cũng có 262 người, "
        "nhiều hơn 94 người so với thời điểm ấy.",
        [
            (45120.0, "BHYT", "participants", "actual"),
            (262.0, "BHTN", "participants", "actual"),
            (94.0, "BHTN", "change", "actual"),
        ],
    ),
    (
        "Thị xã Bến Cát có số lao động tham gia BHXH đông nhất (298.700 người), huyện Dầu Tiếng ít "
        "nhất (12.480 người).",
        [(298700.0, "BHXH", "participants", "actual"), (12480.0, "BHXH", "participants", "actual")],
    ),
    (
        "Toàn huyện có 45.120 người tham gia BHYT. Nhóm cán bộ ở thôn, tổ dân phố: 6.233 người.",
        [(45120.0, "BHYT", "participants", "actual"), (6233.0, "BHYT", "participants", "actual")],
    ),
    (
        "Đến nay, toàn huyện đạt tỷ lệ bao phủ BHYT 88,2% dân số. Chia ra, học sinh phổ thông đạt "
        "99%, còn nông dân thì thấp hơn.",
        [(88.2, "BHYT", "coverage_rate", "actual"), (99.0, "BHYT", "coverage_rate", "actual")],
    ),
    (
        "Toàn huyện có 45.120 người tham gia BHYT. Ông kể chuyện đi bộ.\nTân Lập: 3.118 người, đạt 95,6%.",
        [
            (45120.0, "BHYT", "participants", "actual"),
            (3118.0, "BHYT", "participants", "actual"),
            (95.6, "BHYT", "coverage_rate", "actual"),
        ],
    ),
    (
        "Toàn huyện có 45.120 người tham gia BHYT. BHTN bứt phá từ 3.800 người lên 7.215 người.",
        [
            (45120.0, "BHYT", "participants", "actual"),
            (3800.0, "BHTN", "participants", "actual"),
            (7215.0, "BHTN", "participants", "actual"),
        ],
    ),
    (
        "Toàn huyện có 45.120 người tham gia BHYT. Ông kể chuyện đi bộ.\nBHTN vẫn tăng, đạt 941 người.",
        [(45120.0, "BHYT", "participants", "actual"), (941.0, "BHTN", "participants", "actual")],
    ),
    (
        "Đến nay, toàn huyện đạt tỷ lệ bao phủ BHYT 88,2% dân số. Ông kể chuyện đi bộ.\nXã Tân Lập "
        "từ 95% tụt còn 88,7%, xã Phú Hòa giảm 4,2 điểm phần trăm.",
        [
            (88.2, "BHYT", "coverage_rate", "actual"),
            (95.0, "BHYT", "coverage_rate", "actual"),
            (88.7, "BHYT", "coverage_rate", "actual"),
            (-4.2, "BHYT", "change", "actual"),
        ],
    ),
    (
        "Đến nay, toàn huyện đạt tỷ lệ bao phủ BHYT 88,2% dân số. So với tháng trước, số người có "
        "thẻ của huyện giảm 310 người.",
        [(88.2, "BHYT", "coverage_rate", "actual"), (-310.0, "BHYT", "change", "actual")],
    ),
    (
        "Toàn huyện có 45.120 người tham gia BHYT. Riêng thợ lặn có 318 người, bằng 62% số thuộc diện.",
        [
            (45120.0, "BHYT", "participants", "actual"),
            (318.0, "BHYT", "participants", "actual"),
            (62.0, "BHYT", "coverage_rate", "actual"),
        ],
    ),
    (
        "Nay 61% công nhân tham gia BHYT, thấp hơn so với mức bình quân 70% của tỉnh.",
        [(61.0, "BHYT", "coverage_rate", "actual"), (70.0, "BHYT", "coverage_rate", "actual")],
    ),
    (
        "Kết quả phát triển đối tượng\n- BHXH bắt buộc: thực hiện 1.874 người/KH 1.860 người, đạt 100,75%.",
        [
            (1874.0, "BHXH_BB", "participants", "actual"),
            (1860.0, "BHXH_BB", "participants", "actual"),
            (100.75, "BHXH_BB", "plan_rate", "actual"),
        ],
    ),
    (
        "Số người tham gia như sau: BHXH bắt buộc 812 người; BHYT (không tính quân đội) 9.480 người.",
        [(812.0, "BHXH_BB", "participants", "actual"), (9480.0, "BHYT", "participants", "actual")],
    ),
    (
        "Số lao động tham gia là 512.630 người đối với BHXH bắt buộc và 498.700 người đối với BHTN.",
        [(512630.0, "BHXH_BB", "participants", "actual"), (498700.0, "BHTN", "participants", "actual")],
    ),
    (
        "Xã Tân Lập có 412 người tham gia BHYT và trên 530 người tham gia BHXH tự nguyện.",
        [(412.0, "BHYT", "participants", "actual"), (530.0, "BHXH_TN", "participants", "actual")],
    ),
    (
        "Xã triển khai BHXH tự nguyện, thu hút thêm 42 người tham gia.",
        [(42.0, "BHXH_TN", "new_participants", "target")],
    ),
    (
        "Các nhóm tham gia BHYT gồm: hưu trí (3,4 triệu người), hộ gia đình (24 triệu người).",
        [(3400000.0, "BHYT", "participants", "actual"), (24000000.0, "BHYT", "participants", "actual")],
    ),
    (
        "Chỉ 12% lao động tham gia BHXH, thấp hơn so với mức bình quân 36% của cả nước.",
        [(12.0, "BHXH", "coverage_rate", "actual"), (36.0, "BHXH", "coverage_rate", "actual")],
    ),
    (
        "Quy mô tham gia: 22.140 người (BHXH bắt buộc), 20.905 người (BHTN).",
        [(22140.0, "BHXH_BB", "participants", "actual"), (20905.0, "BHTN", "participants", "actual")],
    ),
    (
        "Học sinh tham gia BHYT đạt 97%. Chia theo bậc học, tiểu học đạt 98,4%, THCS 96,1%.",
        [
            (97.0, "BHYT", "coverage_rate", "actual"),
            (98.4, "BHYT", "coverage_rate", "actual"),
            (96.1, "BHYT", "coverage_rate", "actual"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_figures_sentences(text: str, expected: list[tuple[float, str, str, str]]) -> None:
    found = extractor.extract(text, published=date(2019, 6, 15)).figures
    assert [(f.value, f.programme, f.indicator, f.status) for f in found if f.programme.startswith("BH")] == expected
