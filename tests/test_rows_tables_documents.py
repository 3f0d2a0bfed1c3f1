"""Rows of `patterns/issuers.yaml` and `document_types.yaml` through the whole pipeline: issuer and type. Own sentences."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.records import Document
from extractor.rules import load_rows
from test_patterns import AnyRow

ISSUERS = {row.id: row for row in load_rows("issuers.yaml", AnyRow)}
TYPES = {row.id: row for row in load_rows("document_types.yaml", AnyRow)}
FRONT = "Mặt trận Tổ quốc"


def document(sentence: str, published: str = "2019-06-15") -> Document:
    """The one document of a sentence."""
    (found,) = extract(sentence, published=published).documents
    return found


# row, sentence that names the body, number whose suffix alone says it, issuer
ISSUER_CASES = [
    (
        "hoi-dong-bo-truong",
        "Quyết định số 75 của Hội đồng Bộ trưởng chia huyện làm hai.",
        "Quyết định 13-HĐBT",
        "Hội đồng Bộ trưởng",
    ),
    (
        "uy-ban-kiem-tra-tw",
        "Thông báo số 27 của UBKT Trung ương nêu rõ vi phạm.",
        "Hướng dẫn số 04-HD/UBKTTW",
        "Ủy ban Kiểm tra Trung ương",
    ),
    (
        "ban-tuyen-giao-tw",
        "Công văn số 5120 của Ban Tuyên giáo Trung ương gợi ý nội dung sinh hoạt.",
        "Hướng dẫn số 31-HD/BTGTW",
        "Ban Tuyên giáo Trung ương",
    ),
    (
        "hoi-dong-tham-phan",
        "Nghị quyết số 04 của Hội đồng Thẩm phán TAND tối cao có hiệu lực từ đầu tháng.",
        "Nghị quyết số 03/2017/NQ-HĐTP",
        "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
    ),
    (
        "vien-kiem-sat-toi-cao",
        "Quyết định số 505 của VKSND tối cao ban hành quy chế mới.",
        "Quyết định số 505/QĐ-VKSTC",
        "Viện kiểm sát nhân dân tối cao",
    ),
    (
        "kiem-toan",
        "Quyết định số 1230 của Kiểm toán Nhà nước giao chỉ tiêu cho khu vực.",
        "Quyết định số 1230/QĐ-KTNN",
        "Kiểm toán Nhà nước",
    ),
    (
        "hoi-dong-bau-cu",
        "Nghị quyết số 11 của Hội đồng bầu cử quốc gia ấn định số đơn vị.",
        "Nghị quyết số 11/NQ-HĐBCQG",
        "Hội đồng bầu cử quốc gia",
    ),
    (
        "uy-ban-dan-toc",
        "Quyết định số 582 của Ủy ban Dân tộc phê duyệt danh sách thôn.",
        "Thông tư số 01/2017/TT-UBDT",
        "Ủy ban Dân tộc",
    ),
    (
        "bo-quoc-phong",
        "Thông tư số 148 của Bộ Quốc phòng hướng dẫn tuyển quân.",
        "Thông tư số 148/2018/TT-BQP",
        "Bộ Quốc phòng",
    ),
    (
        "bo-cong-nghiep",
        "Quyết định số 24 của Bộ Công nghiệp đã hết hiệu lực.",
        "Quyết định số 24/2006/QĐ-BCN",
        "Bộ Công nghiệp",
    ),
    (
        "bo-giao-thong",
        "Thông tư số 12 của Bộ GTVT siết việc cấp bằng lái.",
        "Thông tư số 12/2017/TT-BGTVT",
        "Bộ Giao thông vận tải",
    ),
    (
        "bo-khoa-hoc",
        "Thông tư số 07 của Bộ KH&CN nói về nhãn hàng.",
        "Thông tư số 07/2017/TT-BKHCN",
        "Bộ Khoa học và Công nghệ",
    ),
    (
        "bo-thong-tin",
        "Thông tư số 35 của Bộ TT&TT đặt giá cước bưu chính.",
        "Thông tư số 35/2016/TT-BTTTT",
        "Bộ Thông tin và Truyền thông",
    ),
    (
        "tong-cuc-thue",
        "Công văn số 3370 của Tổng cục Thuế trả lời vướng mắc.",
        "Công văn số 3370/TCT-CS",
        "Tổng cục Thuế",
    ),
    (
        "tong-cuc-du-lich",
        "Quyết định số 217 của Tổng cục Du lịch công nhận khách sạn năm sao.",
        "Công văn số 902/TCDL-LH",
        "Tổng cục Du lịch",
    ),
    (
        "tong-cuc-duong-bo",
        "Công văn số 1845 của Tổng cục Đường bộ Việt Nam cho phân làn.",
        "Công văn số 1845/TCĐBVN-ATGT",
        "Tổng cục Đường bộ Việt Nam",
    ),
    (
        "tong-cuc-moi-truong",
        "Công văn số 660 của Tổng cục Môi trường yêu cầu quan trắc.",
        "Công văn số 660/TCMT-TĐ",
        "Tổng cục Môi trường",
    ),
    (
        "tong-cuc-thuy-san",
        "Công văn số 288 của Tổng cục Thủy sản khuyến cáo lịch thả giống.",
        "Công văn số 288/TCTS-NTTS",
        "Tổng cục Thủy sản",
    ),
    (
        "cuc-hang-hai",
        "Thông báo số 93 của Cục Hàng hải Việt Nam cảnh báo luồng cạn.",
        "Quyết định số 93/QĐ-CHHVN",
        "Cục Hàng hải Việt Nam",
    ),
    (
        "cuc-hang-khong",
        "Chỉ thị số 14 của Cục Hàng không Việt Nam về vật thể bay.",
        "Chỉ thị số 14/CT-CHK",
        "Cục Hàng không Việt Nam",
    ),
    (
        "cuc-quan-ly-duoc",
        "Công văn số 7012 của Cục Quản lý Dược thu hồi lô thuốc.",
        "Công văn số 7012/QLD-CL",
        "Cục Quản lý Dược",
    ),
    (
        "cuc-an-toan-thuc-pham",
        "Công văn số 2450 của Cục An toàn thực phẩm nhắc các bếp ăn.",
        "Công văn số 2450/ATTP-NĐTT",
        "Cục An toàn thực phẩm",
    ),
    (
        "tong-lien-doan",
        "Hướng dẫn số 1685 của Tổng LĐLĐ Việt Nam quy định mức chi quà Tết.",
        "Quyết định số 1685/QĐ-TLĐ",
        "Tổng Liên đoàn Lao động Việt Nam",
    ),
    (
        "lien-doan-bong-da",
        "Quyết định số 208 của Liên đoàn Bóng đá Việt Nam phạt đội chủ nhà.",
        "Quyết định số 208/QĐ-LĐBĐVN",
        "Liên đoàn Bóng đá Việt Nam",
    ),
    (
        "mat-tran-tw",
        "Kế hoạch số 360 của Ủy ban Trung ương MTTQ Việt Nam phát động Tháng cao điểm.",
        "Kế hoạch số 360/KH-MTTW",
        f"Ủy ban Trung ương {FRONT} Việt Nam",
    ),
    (
        "tu-doan",
        "Hướng dẫn số 76 của Trung ương Đoàn gợi ý cách tổ chức trại hè.",
        "Hướng dẫn số 76-HD/TWĐTN",
        "Trung ương Đoàn",
    ),
    (
        "doan-chu-tich-mttq",
        "Nghị quyết số 02 của Đoàn Chủ tịch UBTW MTTQ Việt Nam nói về giám sát.",
        "Nghị quyết số 02/NQ-ĐCTUBTWMTTQVN",
        f"Đoàn Chủ tịch Ủy ban Trung ương {FRONT} Việt Nam",
    ),
]


@pytest.mark.parametrize(("row", "sentence", "number", "issuer"), ISSUER_CASES)
def test_rows_tables_issuers(row: str, sentence: str, number: str, issuer: str) -> None:
    assert ISSUERS[row].search(sentence)
    assert document(sentence).issuer == issuer
    assert document(f"Việc rà soát làm theo {number} và xong trong tháng tới.").issuer == issuer


# Local bodies: the issuer holds the province that the text gives; two-level bodies need an article of their time.
LOCAL = [
    (
        "so-sdl",
        "Công văn số 812/SDL-QLLH của Sở Du lịch tỉnh Bình Thuận nhắc bãi tắm.",
        "2019-06-15",
        "Sở Du lịch tỉnh Bình Thuận",
    ),
    (
        "so-sqhkt",
        "Công văn số 2203/SQHKT-QHC của Sở QH-KT Hà Nội trả lời cư dân.",
        "2019-06-15",
        "Sở Quy hoạch - Kiến trúc Hà Nội",
    ),
    (
        "so-sdttg",
        "Công văn số 147/SDTTG-CS của Sở Dân tộc và Tôn giáo tỉnh Gia Lai hướng dẫn các xã.",
        "2025-09-12",
        "Sở Dân tộc và Tôn giáo tỉnh Gia Lai",
    ),
    (
        "bo-dan-toc",
        "Thông tư số 05/2025/TT-BDTTG của Bộ Dân tộc và Tôn giáo có hiệu lực.",
        "2025-09-12",
        "Bộ Dân tộc và Tôn giáo",
    ),
]


@pytest.mark.parametrize(("row", "sentence", "published", "issuer"), LOCAL)
def test_rows_tables_issuers_local(row: str, sentence: str, published: str, issuer: str) -> None:
    assert ISSUERS[row].search(sentence)
    assert document(sentence, published).issuer == issuer


# row, sentence, type, number
TYPE_CASES = [
    ("sac-lenh", "Bác Hồ ký Sắc lệnh số 58/SL lập lực lượng mới.", "Sắc lệnh", "58/SL"),
    ("thong-cao", "Nội dung nằm trong Thông cáo số 06/TC-VPQH.", "Thông cáo", "06/TC-VPQH"),
    ("giay-moi", "Các xã nhận Giấy mời số 115/GM-UBND từ hôm trước.", "Giấy mời", "115/GM-UBND"),
    ("giay-uy-quyen", "Hồ sơ kèm Giấy ủy quyền số 09/GUQ-BHXH.", "Giấy ủy quyền", "09/GUQ-BHXH"),
    ("tieu-chuan", "Gạch phải đạt Tiêu chuẩn quốc gia TCVN 6477:2016.", "Tiêu chuẩn quốc gia", "6477:2016"),
    (
        "chuong-trinh-phoi-hop",
        "Hai ngành ký Chương trình phối hợp số 301/CTPH-BHXH-HND.",
        "Chương trình",
        "301/CTPH-BHXH-HND",
    ),
    (
        "ke-hoach-lien-nganh",
        "Sở Y tế và BHXH tỉnh triển khai Kế hoạch liên ngành số 77/KHLN-SYT-BHXH.",
        "Kế hoạch",
        "77/KHLN-SYT-BHXH",
    ),
]


@pytest.mark.parametrize(("row", "sentence", "kind", "number"), TYPE_CASES)
def test_rows_tables_document_types(row: str, sentence: str, kind: str, number: str) -> None:
    assert TYPES[row].search(sentence)
    found = document(sentence)
    assert (found.type, found.number) == (kind, number)


# row of document_laws.yaml | sentence | canonical name | number by the year
LAWS = [
    ("bhyt", "Luật BHYT năm 2024 nêu rõ.", "Luật Bảo hiểm y tế", "51/2024/QH15"),
    ("bhxh", "Luật BHXH năm 2024 hết hiệu lực.", "Luật Bảo hiểm xã hội", "41/2024/QH15"),
    ("viec-lam", "Luật BHTN năm 2025 đã có hiệu lực.", "Luật Việc làm", "74/2025/QH15"),
    ("dat-dai", "Luật ĐĐ năm 2024 được sửa.", "Luật Đất đai", "31/2024/QH15"),
    ("nha-o", "Luật Nhà ở năm 2023 quy định rõ.", "Luật Nhà ở", "27/2023/QH15"),
    ("xay-dung", "Luật XD năm 2014 nêu rõ.", "Luật Xây dựng", "50/2014/QH13"),
    ("dau-tu", "Luật Đầu tư năm 2020 hết hiệu lực.", "Luật Đầu tư", "61/2020/QH14"),
    ("dau-tu-cong", "Luật Đầu tư công năm 2024 đã có hiệu lực.", "Luật Đầu tư công", "58/2024/QH15"),
    ("doanh-nghiep", "Luật DN năm 2020 được sửa.", "Luật Doanh nghiệp", "59/2020/QH14"),
    ("dau-thau", "Luật Đấu thầu năm 2023 quy định rõ.", "Luật Đấu thầu", "22/2023/QH15"),
    ("giao-duc", "Luật GD năm 2019 nêu rõ.", "Luật Giáo dục", "43/2019/QH14"),
    ("kham-chua-benh", "Luật KBCB năm 2023 hết hiệu lực.", "Luật Khám bệnh, chữa bệnh", "15/2023/QH15"),
    ("duoc", "Luật Dược năm 2016 đã có hiệu lực.", "Luật Dược", "105/2016/QH13"),
    ("an-toan-thuc-pham", "Luật ATTP năm 2010 được sửa.", "Luật An toàn thực phẩm", "55/2010/QH12"),
    ("can-bo-cong-chuc", "Luật CBCC năm 2025 quy định rõ.", "Luật Cán bộ, công chức", "80/2025/QH15"),
    ("vien-chuc", "Luật Viên chức năm 2010 nêu rõ.", "Luật Viên chức", "58/2010/QH12"),
    ("to-chuc-cqdp", "Luật TCCQĐP năm 2015 hết hiệu lực.", "Luật Tổ chức chính quyền địa phương", "77/2015/QH13"),
    ("to-chuc-chinh-phu", "Luật Tổ chức Chính phủ năm 2025 đã có hiệu lực.", "Luật Tổ chức Chính phủ", "63/2025/QH15"),
    (
        "ban-hanh-vbqppl",
        "Luật Ban hành VBQPPL năm 2025 được sửa.",
        "Luật Ban hành văn bản quy phạm pháp luật",
        "64/2025/QH15",
    ),
    ("quan-ly-thue", "Luật Quản lý thuế năm 2019 quy định rõ.", "Luật Quản lý thuế", "38/2019/QH14"),
    ("thue-gtgt", "Luật Thuế GTGT năm 2024 nêu rõ.", "Luật Thuế giá trị gia tăng", "48/2024/QH15"),
    ("thue-tncn", "Luật Thuế TNCN năm 2007 hết hiệu lực.", "Luật Thuế thu nhập cá nhân", "04/2007/QH12"),
    ("thue-tndn", "Luật Thuế TNDN năm 2008 đã có hiệu lực.", "Luật Thuế thu nhập doanh nghiệp", "14/2008/QH12"),
    ("hai-quan", "Luật HQ năm 2014 được sửa.", "Luật Hải quan", "54/2014/QH13"),
    ("nsnn", "Luật Ngân sách năm 2015 quy định rõ.", "Luật Ngân sách nhà nước", "83/2015/QH13"),
    ("pctn", "Luật PCTN năm 2018 nêu rõ.", "Luật Phòng, chống tham nhũng", "36/2018/QH14"),
    ("to-cao", "Luật Tố cáo năm 2018 hết hiệu lực.", "Luật Tố cáo", "25/2018/QH14"),
    ("khieu-nai", "Luật Khiếu nại năm 2011 đã có hiệu lực.", "Luật Khiếu nại", "02/2011/QH13"),
    ("thanh-tra", "Luật Thanh tra năm 2022 được sửa.", "Luật Thanh tra", "11/2022/QH15"),
    ("xlvphc", "Luật XLVPHC năm 2012 quy định rõ.", "Luật Xử lý vi phạm hành chính", "15/2012/QH13"),
    ("atvsld", "Luật ATVSLĐ năm 2015 nêu rõ.", "Luật An toàn, vệ sinh lao động", "84/2015/QH13"),
    ("cong-doan", "Luật Công đoàn năm 2024 hết hiệu lực.", "Luật Công đoàn", "50/2024/QH15"),
    ("gtdb", "Luật GTĐB năm 2008 đã có hiệu lực.", "Luật Giao thông đường bộ", "23/2008/QH12"),
    ("ttatgtdb", "Luật TTATGTĐB năm 2024 được sửa.", "Luật Trật tự, an toàn giao thông đường bộ", "36/2024/QH15"),
    ("duong-bo", "Luật Đường bộ năm 2024 quy định rõ.", "Luật Đường bộ", "35/2024/QH15"),
    ("bvmt", "Luật BVMT năm 2020 nêu rõ.", "Luật Bảo vệ môi trường", "72/2020/QH14"),
    ("tai-nguyen-nuoc", "Luật Tài nguyên nước năm 2023 hết hiệu lực.", "Luật Tài nguyên nước", "28/2023/QH15"),
    ("lam-nghiep", "Luật Lâm nghiệp năm 2017 đã có hiệu lực.", "Luật Lâm nghiệp", "16/2017/QH14"),
    ("thuy-san", "Luật Thủy sản năm 2017 được sửa.", "Luật Thủy sản", "18/2017/QH14"),
    ("thuy-loi", "Luật Thủy lợi năm 2017 quy định rõ.", "Luật Thủy lợi", "08/2017/QH14"),
    ("tre-em", "Luật Trẻ em năm 2016 nêu rõ.", "Luật Trẻ em", "102/2016/QH13"),
    ("nguoi-cao-tuoi", "Luật NCT năm 2009 hết hiệu lực.", "Luật Người cao tuổi", "39/2009/QH12"),
    ("nguoi-khuyet-tat", "Luật NKT năm 2010 đã có hiệu lực.", "Luật Người khuyết tật", "51/2010/QH12"),
    ("hon-nhan", "Luật HNGĐ năm 2014 được sửa.", "Luật Hôn nhân và gia đình", "52/2014/QH13"),
    ("ho-tich", "Luật Hộ tịch năm 2014 quy định rõ.", "Luật Hộ tịch", "60/2014/QH13"),
    ("cu-tru", "Luật Cư trú năm 2020 nêu rõ.", "Luật Cư trú", "68/2020/QH14"),
    ("pccc", "Luật PC&CC năm 2001 hết hiệu lực.", "Luật Phòng cháy và chữa cháy", "27/2001/QH10"),
    ("nvqs", "Luật NVQS năm 2015 đã có hiệu lực.", "Luật Nghĩa vụ quân sự", "78/2015/QH13"),
    ("nha-giao", "Luật Nhà giáo năm 2025 được sửa.", "Luật Nhà giáo", "73/2025/QH15"),
    ("hinh-su", "Bộ luật HS năm 2015 quy định rõ.", "Bộ luật Hình sự", "100/2015/QH13"),
    ("to-tung-hinh-su", "Bộ luật TTHS năm 2015 nêu rõ.", "Bộ luật Tố tụng hình sự", "101/2015/QH13"),
    ("dan-su", "Bộ luật DS năm 2015 hết hiệu lực.", "Bộ luật Dân sự", "91/2015/QH13"),
    ("to-tung-dan-su", "Bộ luật TTDS năm 2015 đã có hiệu lực.", "Bộ luật Tố tụng dân sự", "92/2015/QH13"),
    ("lao-dong", "Bộ luật LĐ năm 2019 được sửa.", "Bộ luật Lao động", "45/2019/QH14"),
    (
        "nguoi-co-cong",
        "Pháp lệnh Người có công năm 2020 quy định rõ.",
        "Pháp lệnh Ưu đãi người có công với cách mạng",
        "02/2020/UBTVQH14",
    ),
]


@pytest.mark.parametrize(("row", "sentence", "name", "number"), LAWS)
def test_rows_tables_laws(row: str, sentence: str, name: str, number: str) -> None:
    found = document(sentence)
    assert (found.name, found.number, found.number_full) == (name, None, number)
