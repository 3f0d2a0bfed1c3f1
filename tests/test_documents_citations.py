"""Citations in sentences: the whole span between the marks, type, number and issuer."""

# ruff: noqa: E501 - one case a line
from __future__ import annotations

from datetime import date

import pytest

from extractor.fields.documents.resolve import find_documents
from extractor.language import read
from extractor.models import Article
from extractor.records import Document


def documents(text: str) -> list[Document]:
    return find_documents(read(Article(id="t", text=text)))


# text with the citation marked | type | number | issuer ("-" where neither number nor text says it, "*" not compared)
CITED = """
Theo ⟦Quyết định 1167/QĐ-TTg⟧ ngày 28/6/2016. | Quyết định | 1167/QĐ-TTg | Thủ tướng Chính phủ
Theo ⟦Quyết định số 1167/QĐ-TTg⟧. | Quyết định | 1167/QĐ-TTg | Thủ tướng Chính phủ
Theo ⟦Quyết định số: 1167/QĐ-TTg⟧. | Quyết định | 1167/QĐ-TTg | Thủ tướng Chính phủ
Theo ⟦quyết định 1958/QĐ-UBND⟧ của UBND tỉnh Bình Định. | Quyết định | 1958/QĐ-UBND | Ủy ban nhân dân tỉnh Bình Định
Căn cứ ⟦Nghị định số 146/2018/NĐ-CP⟧ của Chính phủ. | Nghị định | 146/2018/NĐ-CP | Chính phủ
Căn cứ ⟦Nghị định 58/2025/NÐ-CP⟧. | Nghị định | 58/2025/NÐ-CP | Chính phủ
Căn cứ ⟦Nghị định số 24/2010/NĐ- CP⟧. | Nghị định | 24/2010/NĐ-CP | Chính phủ
Căn cứ ⟦Nghị định số 24/2010/NĐ – CP⟧. | Nghị định | 24/2010/NĐ–CP | Chính phủ
Căn cứ ⟦Nghị định 105/2014⟧ của Chính phủ. | Nghị định | 105/2014 | Chính phủ
Tàu đóng theo ⟦Nghị định 67⟧ đã ra khơi. | Nghị định | 67 | Chính phủ
Tàu đóng theo ⟦nghị định 67⟧. | Nghị định | 67 | Chính phủ
⟦Nghị định số 81⟧ chưa được thực hiện. | Nghị định | 81 | Chính phủ
⟦Thông tư 02⟧ của Bộ Y tế. | Thông tư | 02 | Bộ Y tế
⟦Thông tư 28/2019/TT-BYT⟧ về khám bệnh. | Thông tư | 28/2019/TT-BYT | Bộ Y tế
⟦Thông tư số 27/2015/TT- BCT⟧ ngày 7/9/2015. | Thông tư | 27/2015/TT-BCT | Bộ Công Thương
⟦Thông tư 24/2014/TT-BTNMT⟧. | Thông tư | 24/2014/TT-BTNMT | Bộ Tài nguyên và Môi trường
⟦Thông tư 04/2010/TT-BVHTTDL⟧. | Thông tư | 04/2010/TT-BVHTTDL | Bộ Văn hóa, Thể thao và Du lịch
⟦Thông tư 22/2020/TT-BGDĐT⟧. | Thông tư | 22/2020/TT-BGDĐT | Bộ Giáo dục và Đào tạo
⟦Thông tư 36/2012/TT-NHNN⟧. | Thông tư | 36/2012/TT-NHNN | Ngân hàng Nhà nước Việt Nam
⟦Thông tư 09/2019/TT-BLĐTBXH⟧. | Thông tư | 09/2019/TT-BLĐTBXH | Bộ Lao động - Thương binh và Xã hội
⟦Thông tư 05/2025/TT-BNNMT⟧. | Thông tư | 05/2025/TT-BNNMT | Bộ Nông nghiệp và Môi trường
⟦Thông tư 12/2017/TT-BNNPTNT⟧. | Thông tư | 12/2017/TT-BNNPTNT | Bộ Nông nghiệp và Phát triển nông thôn
⟦Thông tư liên tịch số 41/2014/TTLT-BYT-BTC⟧. | Thông tư liên tịch | 41/2014/TTLT-BYT-BTC | Bộ Y tế, Bộ Tài chính
⟦Thông tư Liên tịch số 09/2011/TTLT/BCA-BTP-TANDTC⟧. | Thông tư liên tịch | 09/2011/TTLT/BCA-BTP-TANDTC | Bộ Công an, Bộ Tư pháp, Tòa án nhân dân tối cao
⟦Luật số 46/2014/QH13⟧ có hiệu lực. | Luật | 46/2014/QH13 | Quốc hội
⟦Luật Bảo hiểm y tế số 25/2008/QH12⟧ có hiệu lực. | Luật | 25/2008/QH12 | Quốc hội
⟦Luật Bảo hiểm xã hội số 41/2024/QH15⟧ mở rộng diện đóng. | Luật | 41/2024/QH15 | Quốc hội
⟦Bộ luật Lao động số 45/2019/QH14⟧. | Bộ luật | 45/2019/QH14 | Quốc hội
⟦Nghị quyết số 68/2013/QH13⟧. | Nghị quyết | 68/2013/QH13 | Quốc hội
⟦Nghị quyết 76/2025/UBTVQH15⟧. | Nghị quyết | 76/2025/UBTVQH15 | Ủy ban Thường vụ Quốc hội
⟦Nghị quyết số 1685/NQ-UBTVQH15⟧. | Nghị quyết | 1685/NQ-UBTVQH15 | Ủy ban Thường vụ Quốc hội
⟦Pháp lệnh số 02/2020/UBTVQH14⟧. | Pháp lệnh | 02/2020/UBTVQH14 | Ủy ban Thường vụ Quốc hội
⟦Nghị quyết 21-NQ/TW⟧ của Bộ Chính trị. | Nghị quyết | 21-NQ/TW | Bộ Chính trị
⟦Nghị quyết số 20-NQ/TW⟧ ngày 25/10/2017 của Ban Chấp hành Trung ương. | Nghị quyết | 20-NQ/TW | Ban Chấp hành Trung ương Đảng
⟦Chỉ thị số 38-CT/TW⟧ của Ban Bí thư. | Chỉ thị | 38-CT/TW | Ban Bí thư
⟦Kết luận 15-KL/TW⟧. | Kết luận | 15-KL/TW | *
⟦Quy định số 181-QĐ/TW⟧ của Bộ Chính trị. | Quy định | 181-QĐ/TW | Bộ Chính trị
⟦Nghị quyết số 35-2016/NQ-CP⟧ ngày 16/5/2016. | Nghị quyết | 35-2016/NQ-CP | Chính phủ
⟦Nghị quyết 30a/2008/NQ-CP⟧. | Nghị quyết | 30a/2008/NQ-CP | Chính phủ
⟦Nghị quyết 66.7/2025/NQ-CP⟧. | Nghị quyết | 66.7/2025/NQ-CP | Chính phủ
⟦Nghị quyết số 12-NQ/TU⟧ của Tỉnh ủy Nghệ An. | Nghị quyết | 12-NQ/TU | Tỉnh ủy Nghệ An
⟦Chỉ thị 05/CT-TTg⟧. | Chỉ thị | 05/CT-TTg | Thủ tướng Chính phủ
⟦Chỉ thị số 26⟧ của Thủ tướng Chính phủ. | Chỉ thị | 26 | Thủ tướng Chính phủ
⟦Công điện số 48/CĐ-TTg⟧. | Công điện | 48/CĐ-TTg | Thủ tướng Chính phủ
UBND tỉnh Nghệ An có ⟦công điện khẩn số 05⟧ ngày 9/8/2018. | Công điện | 05 | Ủy ban nhân dân tỉnh Nghệ An
BHXH tỉnh Hà Nam vừa ban hành ⟦Kế hoạch số 428/KH-BHXH⟧. | Kế hoạch | 428/KH-BHXH | Bảo hiểm xã hội tỉnh Hà Nam
⟦Quyết định 595/QĐ-BHXH⟧ ngày 14/4/2017. | Quyết định | 595/QĐ-BHXH | Bảo hiểm xã hội Việt Nam
⟦Công văn số 1734/BHXH-QLT⟧ của BHXH Thành phố Hồ Chí Minh. | Công văn | 1734/BHXH-QLT | Bảo hiểm xã hội Thành phố Hồ Chí Minh
⟦văn bản số 357/TB-VPCP⟧ | Thông báo | 357/TB-VPCP | Văn phòng Chính phủ
⟦văn bản số 119/BC-BCT⟧ | Báo cáo | 119/BC-BCT | Bộ Công Thương
⟦Văn bản số 3145/UBND-TKBT⟧ của UBND huyện Đông Anh. | Công văn | 3145/UBND-TKBT | Ủy ban nhân dân huyện Đông Anh
⟦Văn bản 1648/BXD-VLXD⟧. | Công văn | 1648/BXD-VLXD | Bộ Xây dựng
⟦công văn 23⟧ của Sở Y tế. | Công văn | 23 | *
⟦Công văn số 2897/BNV-CQĐP⟧. | Công văn | 2897/BNV-CQĐP | Bộ Nội vụ
⟦Công văn hỏa tốc số 6789/BYT-DP⟧. | Công văn | 6789/BYT-DP | Bộ Y tế
⟦Thông báo số 2946/TB-TCHQ⟧. | Thông báo | 2946/TB-TCHQ | Tổng cục Hải quan
⟦Tờ trình số 60/TTr-UBND⟧ của UBND tỉnh Lào Cai. | Tờ trình | 60/TTr-UBND | Ủy ban nhân dân tỉnh Lào Cai
Cục Thuế Hà Nam tại ⟦Tờ trình số 75/TTr-CT⟧ ngày 4/5/2018. | Tờ trình | 75/TTr-CT | Cục Thuế Hà Nam
UBND huyện Kim Bảng đã gửi ⟦Báo cáo số: 27/BC-UBND⟧. | Báo cáo | 27/BC-UBND | Ủy ban nhân dân huyện Kim Bảng
⟦Hướng dẫn số 03/HD-BTCTW⟧. | Hướng dẫn | 03/HD-BTCTW | Ban Tổ chức Trung ương
⟦Kế hoạch 178/KH-UBND⟧ của UBND thành phố Cần Thơ. | Kế hoạch | 178/KH-UBND | Ủy ban nhân dân thành phố Cần Thơ
⟦Kế hoạch 63/KH-VPUBND⟧ của Văn phòng UBND tỉnh Ninh Bình. | Kế hoạch | 63/KH-VPUBND | Văn phòng Ủy ban nhân dân tỉnh Ninh Bình
⟦Nghị quyết 232/2019/NQ-HĐND⟧ của HĐND tỉnh Thanh Hóa. | Nghị quyết | 232/2019/NQ-HĐND | Hội đồng nhân dân tỉnh Thanh Hóa
⟦NGHỊ QUYẾT SỐ 76/2025/UBTVQH15⟧ | Nghị quyết | 76/2025/UBTVQH15 | Ủy ban Thường vụ Quốc hội
⟦Quyết định số 18/2012/QĐ - UBND⟧ của UBND TP.HCM. | Quyết định | 18/2012/QĐ-UBND | Ủy ban nhân dân Thành phố Hồ Chí Minh
⟦Quyết định số 18/2012/QĐ-UBND⟧ - UBND tỉnh Hà Nam cho biết. | Quyết định | 18/2012/QĐ-UBND | *
⟦Quyết định số 745⟧ ngày 8/9/2018 do Chủ tịch UBND TP Phủ Lý. | Quyết định | 745 | Ủy ban nhân dân thành phố Phủ Lý
⟦Quyết định số 2208/QĐ-BTC⟧ ngày 3/11/2021 của Bộ trưởng Bộ Tài chính. | Quyết định | 2208/QĐ-BTC | Bộ trưởng Bộ Tài chính
⟦Quyết định thu hồi đất số 4101⟧ của UBND huyện Đông Anh. | Quyết định | 4101 | Ủy ban nhân dân huyện Đông Anh
⟦Bản án phúc thẩm số 31/2015/DS-PT⟧ của Tòa án nhân dân tỉnh Hà Nam. | Bản án | 31/2015/DS-PT | Tòa án nhân dân tỉnh Hà Nam
⟦Kết luận số 14/KL-UBND⟧ của UBND tỉnh Hà Nam. | Kết luận | 14/KL-UBND | Ủy ban nhân dân tỉnh Hà Nam
⟦QCVN 16:2014/BXD⟧ | Quy chuẩn kỹ thuật quốc gia | 16:2014/BXD | Bộ Xây dựng
⟦QCVN 01: 2013/BCT⟧ | Quy chuẩn kỹ thuật quốc gia | 01:2013/BCT | Bộ Công Thương
⟦Quyết định 144-HĐBT⟧ năm 1984 | Quyết định | 144-HĐBT | *
⟦Quyết định số 61/QĐ-HU⟧ của Huyện ủy Kim Bảng. | Quyết định | 61/QĐ-HU | Huyện ủy Kim Bảng
⟦Nghị định số187/2004/NĐ-CP⟧ | Nghị định | 187/2004/NĐ-CP | Chính phủ
Nêu tại ⟦Văn bản 2103/2009⟧ của Thủ tướng Chính phủ. | Công văn | 2103/2009 | Thủ tướng Chính phủ
⟦Giấy phép số 12/GP-BTNMT⟧ | Giấy phép | 12/GP-BTNMT | Bộ Tài nguyên và Môi trường
⟦Chương trình hành động số 05-CTr/TU⟧ của Thành ủy Hà Nội. | Chương trình hành động | 05-CTr/TU | Thành ủy Hà Nội
⟦Quyết định số 20/2017/QĐ-UBND⟧ ngày 9/5/2017 của Ủy ban nhân dân tỉnh Hưng Yên. | Quyết định | 20/2017/QĐ-UBND | Ủy ban nhân dân tỉnh Hưng Yên
UBND tỉnh Hưng Yên vừa ban hành ⟦Quyết định số 20/QĐ-UBND⟧. | Quyết định | 20/QĐ-UBND | Ủy ban nhân dân tỉnh Hưng Yên
⟦Quyết định số 20/QĐ-UBND⟧ của UBND xã Tân Lập. | Quyết định | 20/QĐ-UBND | Ủy ban nhân dân xã Tân Lập
⟦Quyết định số 41/QĐ-BV⟧ ngày 9/7/2016 của Giám đốc Bệnh viện đa khoa huyện Kim Bảng về tuyển dụng. | Quyết định | 41/QĐ-BV | Giám đốc Bệnh viện đa khoa huyện Kim Bảng
⟦Quyết định 2830/QĐ-BTNMT⟧ | Quyết định | 2830/QĐ-BTNMT | Bộ Tài nguyên và Môi trường
⟦Nghị quyết số 42⟧ của Quốc hội. | Nghị quyết | 42 | Quốc hội
⟦Đề án số 06/ĐA-UBND⟧ của UBND tỉnh Quảng Ninh. | Đề án | 06/ĐA-UBND | Ủy ban nhân dân tỉnh Quảng Ninh
⟦Kết luận thanh tra số 15/KL-TTr⟧ | Kết luận | 15/KL-TTr | *
⟦Công văn 1025/LĐTBXH-BHXH⟧ | Công văn | 1025/LĐTBXH-BHXH | Bộ Lao động - Thương binh và Xã hội
⟦Hướng dẫn liên ngành số 1391/HDLN-BHXH-GDĐT⟧ | Hướng dẫn | 1391/HDLN-BHXH-GDĐT | *
⟦Quyết định số 5/QĐ-SYT⟧ của Sở Y tế tỉnh Hà Nam. | Quyết định | 5/QĐ-SYT | Sở Y tế tỉnh Hà Nam
⟦Quyết định ban hành kế hoạch số 12/QĐ-BYT⟧ | Quyết định | 12/QĐ-BYT | Bộ Y tế
⟦Luật Quản lý thuế 78/2006/QH11⟧ có hiệu lực. | Luật | 78/2006/QH11 | Quốc hội
Chính phủ ban hành ⟦Nghị quyết 35- 2016/NQ-CP⟧. | Nghị quyết | 35-2016/NQ-CP | Chính phủ
⟦Quyết định 62/TB-HU⟧ của Huyện ủy Kim Bảng. | Quyết định | 62/TB-HU | Huyện ủy Kim Bảng
⟦Quyết định giải quyết khiếu nại số 118⟧ của Chủ tịch UBND huyện Đông Anh. | Quyết định | 118 | Chủ tịch Ủy ban nhân dân huyện Đông Anh
⟦Quyết định số 64/2014/QĐ-UBND⟧, ngày 25/9/2014 của UBND tỉnh TT-Huế. | Quyết định | 64/2014/QĐ-UBND | Ủy ban nhân dân tỉnh Thừa Thiên Huế
TP.HCM (⟦Quyết định 79/2024/QĐ-UBND⟧) đã có bảng giá. | Quyết định | 79/2024/QĐ-UBND | Ủy ban nhân dân Thành phố Hồ Chí Minh
theo ⟦QĐ số 595/QĐ-BHXH⟧ | Quyết định | 595/QĐ-BHXH | Bảo hiểm xã hội Việt Nam
theo ⟦NĐ 146/2018/NĐ-CP⟧ | Nghị định | 146/2018/NĐ-CP | Chính phủ
⟦Thông báo số 45/TB-UBND⟧ của Chủ tịch UBND huyện Yên Dũng | Thông báo | 45/TB-UBND | Chủ tịch Ủy ban nhân dân huyện Yên Dũng
⟦Nghị quyết số 05/2021/NQ-HĐND⟧ tỉnh Bắc Giang | Nghị quyết | 05/2021/NQ-HĐND | Hội đồng nhân dân tỉnh Bắc Giang
⟦Kế hoạch số 12/KH-MTTQ⟧ của Ủy ban MTTQ tỉnh Hà Nam. | Kế hoạch | 12/KH-MTTQ | Ủy ban Mặt trận Tổ quốc tỉnh Hà Nam
"""
LISTS = [
    (
        "Quyết định số 51/QĐ-UBND; 52/QĐ-UBND; 53/QĐ-UBND",
        ["51/QĐ-UBND", "52/QĐ-UBND", "53/QĐ-UBND"],
        ["Quyết định"] * 3,
    ),
    (
        "các thông tư: số 21/2015/TT-BXD ngày 2/3/2015; số 12/2010/TT-BXD ngày 9/8/2010",
        ["21/2015/TT-BXD", "12/2010/TT-BXD"],
        ["Thông tư"] * 2,
    ),
    ("Quyết định số 4101 và 4102/QĐ-UBND", ["4101", "4102/QĐ-UBND"], ["Quyết định"] * 2),
    (
        "Nghị định 57/2018/NĐ-CP ký hôm 17/4/2018 và Nghị định 116/2018/NĐ-CP",
        ["57/2018/NĐ-CP", "116/2018/NĐ-CP"],
        ["Nghị định"] * 2,
    ),
    ("Nghị quyết 18-NQ/TW và 19-NQ/TW", ["18-NQ/TW", "19-NQ/TW"], ["Nghị quyết"] * 2),
    ("quyết định số 44 và số 11 của UBND tỉnh Nghệ An", ["44", "11"], ["Quyết định"] * 2),
    ("Quyết định 09, 81, 87 của Thủ tướng Chính phủ", ["09", "81", "87"], ["Quyết định"] * 3),
    ("Nghị định 41 và 63 về đất đai", ["41", "63"], ["Nghị định"] * 2),
    ("Theo Nghị định 41, 25 hộ dân được bồi thường.", ["41"], ["Nghị định"]),
    ("Theo Nghị định 41, 2019 là hạn cuối.", ["41"], ["Nghị định"]),
    ("Nghị định 61 thay cho Nghị định 125 đã dẫn", ["61", "125"], ["Nghị định"] * 2),
    ("Luật số 106/2016/QH13, Luật thuế xuất khẩu số 107/2016/QH13", ["106/2016/QH13", "107/2016/QH13"], ["Luật"] * 2),
]
# publication date | text | number | the body meant, where the words around the number do not name it in full
ISSUERS = """
2020-03-02 | UBND huyện Đông Anh (Hà Nội) lấy ý kiến nhân dân. Bảng giá theo Quyết định số 71/2019/QĐ-UBND của UBND thành phố. | 71/2019/QĐ-UBND | Ủy ban nhân dân thành phố Hà Nội
2020-03-02 | Chủ tịch UBND xã Hương Mỹ xác nhận. Giá đất theo Quyết định 71/2019/QĐ-UBND của tỉnh Bến Tre. | 71/2019/QĐ-UBND | Ủy ban nhân dân tỉnh Bến Tre
2020-03-02 | Ông Lê Văn Mẫu, Phó Chủ tịch UBND xã Phú Đức, huyện Châu Thành, tỉnh Bến Tre cho biết. Đất theo Quyết định 71/2019/QĐ-UBND chưa được tách thửa. | 71/2019/QĐ-UBND | Ủy ban nhân dân tỉnh Bến Tre
2020-03-02 | UBND huyện Thạch Hà (Hà Tĩnh) họp khẩn. Việc này căn cứ Công điện số 31/CĐ-UBND. | 31/CĐ-UBND | Ủy ban nhân dân tỉnh Hà Tĩnh
2020-03-02 | UBND huyện Thạch Hà (Hà Tĩnh) họp. Theo Công văn 452/UBND-KGVX, các trường nghỉ học. | 452/UBND-KGVX | Ủy ban nhân dân tỉnh Hà Tĩnh
2020-03-02 | Huyện Thạch Hà, tỉnh Hà Tĩnh họp. Huyện đã trình tỉnh Tờ trình số 88/TTr-UBND xin hỗ trợ. | 88/TTr-UBND | Ủy ban nhân dân huyện Thạch Hà
2020-03-02 | UBND tỉnh Hà Tĩnh yêu cầu rà soát. Riêng huyện Thạch Hà phải bãi bỏ Nghị quyết 14/2016/NQ-HĐND. | 14/2016/NQ-HĐND | Hội đồng nhân dân huyện Thạch Hà
2025-11-12 | UBND tỉnh Gia Lai họp về tỉnh Gia Lai mới. Nghị quyết số 47/2019/NQ-HĐND của HĐND tỉnh về giá đất trên địa bàn tỉnh Bình Định hết hiệu lực. | 47/2019/NQ-HĐND | Hội đồng nhân dân tỉnh Bình Định
2025-11-12 | UBND tỉnh Gia Lai họp, tỉnh Gia Lai có 135 xã. UBND tỉnh Bình Định trước đây áp dụng Nghị quyết 03/2025/NQ-HĐND của HĐND tỉnh về giá đất. | 03/2025/NQ-HĐND | Hội đồng nhân dân tỉnh Bình Định
2025-11-12 | UBND tỉnh Gia Lai họp về tỉnh Gia Lai mới, cạnh tỉnh Bình Định cũ. Theo Nghị quyết 03/2025/NQ-HĐND của HĐND tỉnh, giá đất giữ nguyên. | 03/2025/NQ-HĐND | Hội đồng nhân dân tỉnh Gia Lai
2020-03-02 | Tín dụng chính sách theo Chỉ thị 40-CT/TW đã mở rộng. | 40-CT/TW | Ban Bí thư
2020-03-02 | Bộ Chính trị họp. Chỉ thị số 35-CT/TW được quán triệt. | 35-CT/TW | Bộ Chính trị
2020-03-02 | Phương án số 19/PA-UBND ngày 14/2 của huyện Thạch Hà lập 4 chốt. UBND tỉnh Hà Tĩnh đồng ý. | 19/PA-UBND | Ủy ban nhân dân huyện Thạch Hà
2020-03-02 | UBND huyện Thạch Hà báo cáo tỉnh Hà Tĩnh. Tại Thông báo 54/TB-UBND, Phó Chủ tịch UBND tỉnh Trần Văn Mẫu kết luận. | 54/TB-UBND | Ủy ban nhân dân tỉnh Hà Tĩnh
2020-03-02 | Huyện ủy Thạch Hà (Hà Tĩnh) họp, thực hiện Nghị quyết số 18-NQ/TU về nông nghiệp. | 18-NQ/TU | Tỉnh ủy Hà Tĩnh
2020-03-02 | Thành ủy Cần Thơ họp. Theo Quyết định số 77-QĐ/TU, Ban Thường vụ Thành ủy phân công nhiệm vụ. | 77-QĐ/TU | Thành ủy Cần Thơ
2020-03-02 | TAND tỉnh Bình Dương xét xử. Theo Cáo trạng số 62/CT-VKSBD, bị cáo lập khống hồ sơ. | 62/CT-VKSBD | Viện kiểm sát nhân dân tỉnh Bình Dương
2020-03-02 | Sở Tài chính Bến Tre và Sở Y tế Bến Tre thống nhất Quy chế phối hợp số 05/QCPH-STC-SYT. | 05/QCPH-STC-SYT | Sở Tài chính Bến Tre, Sở Y tế Bến Tre
2020-03-02 | Ông Lê Văn Mẫu, Giám đốc BHXH huyện Thạch Hà (tỉnh Hà Tĩnh), cho biết. Mức đóng theo Hướng dẫn liên ngành số 88/HDLN-BHXH-SGDĐT. | 88/HDLN-BHXH-SGDĐT | Bảo hiểm xã hội tỉnh Hà Tĩnh, Sở Giáo dục và Đào tạo tỉnh Hà Tĩnh
2020-03-02 | Sau đó, Chủ tịch UBND TP Đông Hà đã có Quyết định giải quyết khiếu nại số 41 về việc này. | 41 | Chủ tịch Ủy ban nhân dân thành phố Đông Hà
2020-03-02 | Nghị quyết liên tịch 99/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN có hiệu lực. | 99/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN | Ủy ban Thường vụ Quốc hội, Chính phủ, Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam
2025-12-01 | Ông Lê Văn Mẫu, Phó Chủ tịch UBND xã, cho biết: xã Ba Tri, tỉnh Vĩnh Long đã đạt. Mục tiêu năm tới theo Kế hoạch số 11/KH-UBND là 95%. | 11/KH-UBND | Ủy ban nhân dân xã Ba Tri
2025-12-01 | Ông Lê Văn Mẫu, Phó Chủ tịch UBND xã, cho biết: xã Ba Tri, tỉnh Vĩnh Long có trụ sở mới theo Quyết định số 1411/QĐ-UBND. | 1411/QĐ-UBND | Ủy ban nhân dân tỉnh Vĩnh Long
2025-12-01 | Quyết định 79/2024/QĐ-UBND bảng giá đất tỉnh Bình Dương còn hiệu lực. UBND Thành phố Hồ Chí Minh cho biết. | 79/2024/QĐ-UBND | Ủy ban nhân dân tỉnh Bình Dương
2020-03-02 | Đất do UBND huyện Đông Anh thu hồi. Dự án theo Quyết định 912/QĐ-UBND có 3 lô. UBND thành phố Hà Nội ban hành Quyết định 912/QĐ-UBND từ năm ngoái. | 912/QĐ-UBND | Ủy ban nhân dân thành phố Hà Nội
"""

NOT_CITED = [
    "Sở đã ban hành 12 văn bản 35 trang.",
    "Theo Điều 79, Khoản 2 của bộ quy định nội bộ.",
    "Quyết định này có hiệu lực từ ngày ký.",
    "Hội nghị quyết định 3 nội dung quan trọng.",
    "Chính phủ quyết định 5 nhóm chính sách.",
    "Kế hoạch 5 năm 2016-2020 đã hoàn thành.",
    "Báo cáo 6 tháng cho thấy thu tăng.",
    "Nghị định quy định 14 đối tượng được miễn.",
    "Chương trình 135 giúp nhiều xã nghèo.",
    "Hợp đồng số 12/HĐ-MB ký năm 2017.",
    "Xe biển số 29A-123.45 bị giữ.",
    "Tài khoản số 0123456789 tại ngân hàng.",
    "Điện thoại 024.3826.1234.",
    "Tốc độ 60 km/h.",
    "Diện tích 12/25 ha.",
    "Công ty thông báo 20 vị trí tuyển dụng.",
    "Thông báo 3 ngày trước khi cúp điện.",
    "Ông kết luận 4 vấn đề cần làm ngay.",
    "Nhà số 12/3 đường Trần Phú.",
    "Đội bóng thắng 3-1.",
    "Hướng dẫn 25 hộ dân làm thủ tục.",
    "Mẫu 01B-HSB ban hành kèm theo.",
    "Tàu cá QNg 90999-TS ra khơi.",
    "Lượng mưa 100-150mm.",
    "Quy định 2 trường hợp được miễn.",
    "Kế hoạch 2018 của đơn vị.",
    "Luật sư số 1 của thành phố.",
    "Ngày 12/3/2018, hội nghị khai mạc.",
    "Mã số thuế 0101234567-001.",
]


def rows(block: str) -> list[tuple[str, str, str, str]]:
    out = []
    for line in block.strip().splitlines():
        text, kind, number, issuer = (x.strip() for x in line.split("|"))
        out.append((text, kind, number, issuer))
    return out


@pytest.mark.parametrize(("marked", "kind", "number", "issuer"), rows(CITED))
def test_documents_citation(marked: str, kind: str, number: str, issuer: str) -> None:
    found = documents(marked.replace("⟦", "").replace("⟧", ""))
    assert [d.text for d in found] == [marked[marked.index("⟦") + 1 : marked.index("⟧")]]
    assert (found[0].type, found[0].number) == (kind, number)
    if issuer != "*":
        assert found[0].issuer == (None if issuer == "-" else issuer)


@pytest.mark.parametrize(("day", "text", "number", "issuer"), rows(ISSUERS))
def test_documents_issuer_from_the_article(day: str, text: str, number: str, issuer: str) -> None:
    found = find_documents(read(Article(id="t", text=text, published=date.fromisoformat(day))))
    assert {d.issuer for d in found if d.number == number} == {issuer}


@pytest.mark.parametrize(("text", "numbers", "kinds"), LISTS)
def test_documents_lists_share_their_parts(text: str, numbers: list[str], kinds: list[str]) -> None:
    found = documents(text)
    assert [d.number for d in found] == numbers
    assert [d.type for d in found] == kinds


@pytest.mark.parametrize("text", NOT_CITED)
def test_documents_not_cited(text: str) -> None:
    assert [d.text for d in documents(text)] == []


def test_documents_table_is_large() -> None:
    assert len(rows(CITED)) + len(LISTS) + len(NOT_CITED) >= 120


def test_documents_short_repeat_carries_the_full_number() -> None:
    full, short = documents(
        "Nghị định số 146/2018/NĐ-CP ngày 17/10/2018 đã ban hành. Theo Nghị định 146, mức đóng giảm dần."
    )
    assert (full.number_full, full.year, full.date) == ("146/2018/NĐ-CP", 2018, "2018-10-17")
    assert (short.number, short.number_full, short.year, short.date) == ("146", "146/2018/NĐ-CP", 2018, "2018-10-17")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Quyết định số 26/QĐ-UBND ngày 12/02/2020 của UBND tỉnh có hiệu lực.", "2020-02-12"),
        ("Quyết định số 26/QĐ-UBND ngày 12/2 của UBND tỉnh có hiệu lực.", "2020-02-12"),
        ("Quyết định số 26/QĐ-UBND ngày 12/11 của UBND tỉnh có hiệu lực.", "2019-11-12"),
        ("Nghị định 31/2018/NĐ-CP ngày 8/3 của Chính phủ có hiệu lực.", "2018-03-08"),
        ("Ngày 4/3/2020, UBND tỉnh Hưng Yên ban hành Quyết định 38/2020/QĐ-UBND về giá đất.", "2020-03-04"),
        ("Sáng 4/3, Bộ Y tế đã có Công văn số 423/BYT-DP gửi các tỉnh.", "2020-03-04"),
        ("Ngày 4 tháng 3 năm 2020, Chủ tịch UBND tỉnh ký Kế hoạch số 12/KH-UBND.", "2020-03-04"),
        ("Theo Quyết định 870/QĐ-UBND năm 2019 ngày 17/4/2019 của Chủ tịch UBND tỉnh.", "2019-04-17"),
        ("UBND tỉnh ban hành Quyết định 902/QĐ-UBND vào ngày 24/02/2020 về đất.", "2020-02-24"),
        ("Căn cứ Quyết định số 3574/QĐ-BYT\nngày 19/11/2019 của Bộ trưởng Bộ Y tế.", "2019-11-19"),
        ("Hôm 4/3, Sở Tài chính có Báo cáo số 118/BC-STC về giá đất.", "2020-03-04"),
        ("HĐND tỉnh hôm qua (4/3) thông qua Nghị quyết số 03/NQ-HĐND về học phí.", "2020-03-04"),
        ("Ngày 4/3, UBND huyện công bố dịch tại Quyết định số 1270/QĐ-UBND.", "2020-03-04"),
        ("Ngày 4/3, cơ sở bị phạt theo quy định tại Nghị định 100/NĐ-CP.", None),
        ("Ngày 4/3/2020, UBND huyện họp thực hiện Kế hoạch số 12/KH-UBND.", None),
        ("Ngày 4/3/2020, đoàn làm việc. UBND tỉnh ban hành Kế hoạch số 12/KH-UBND.", None),
        ("Ngày 4/3/2020, theo tờ trình của sở, UBND tỉnh ban hành Kế hoạch số 12/KH-UBND.", None),
        ("Ngày 31/2/2020, UBND tỉnh ban hành Kế hoạch số 12/KH-UBND.", None),
    ],
)
def test_documents_date(text: str, day: str | None) -> None:
    (found,) = find_documents(read(Article(id="t", text=text, published=date(2020, 3, 5))))
    assert found.date == day


def test_documents_of_the_same_day() -> None:
    text = "Căn cứ Quyết định 26/QĐ-UBND ngày 12/2/2020 và Kế hoạch 31/KH-UBND cùng ngày. Theo Kế hoạch 9/KH-UBND."
    assert [d.date for d in documents(text)] == ["2020-02-12", "2020-02-12", None]


def test_documents_ambiguous_repeat_stays_short() -> None:
    found = documents("Quyết định 12/QĐ-TTg và Quyết định 12/QĐ-BYT đã ban hành. Theo Quyết định số 12, cần làm ngay.")
    assert found[-1].number_full == "12"


def test_documents_list_lends_the_suffix() -> None:
    first, second = documents("Quyết định số 4101 và 4102/QĐ-UBND của UBND huyện Đông Anh")
    assert (first.text, first.number_full) == ("Quyết định số 4101", "4101/QĐ-UBND")
    assert (second.text, second.number_full) == ("4102/QĐ-UBND", "4102/QĐ-UBND")


def test_documents_lists_repeat_the_word_number() -> None:
    found = find_documents(read(Article(id="t", text="Cục ra Quyết định số 1781/QĐ-TCHQ và số 1782/QĐ-TCHQ.")))
    assert [(d.text, d.number) for d in found] == [
        ("Quyết định số 1781/QĐ-TCHQ", "1781/QĐ-TCHQ"),
        ("số 1782/QĐ-TCHQ", "1782/QĐ-TCHQ"),
    ]
    (found,) = find_documents(read(Article(id="t", text="Theo văn bản 10285 ngày 29/11/2016, xe được cấp phép.")))
    assert (found.type, found.number, found.date) == ("Công văn", "10285", "2016-11-29")


@pytest.mark.parametrize(
    ("text", "number", "full"),
    [
        ("Theo công văn số 6981//TCHQ-GSQL, hàng được thông quan.", "6981//TCHQ-GSQL", "6981/TCHQ-GSQL"),
        ("Mức đóng theo Quyết định 595/2017QĐ-BHXH giữ nguyên.", "595/2017QĐ-BHXH", "595/2017/QĐ-BHXH"),
        ("Theo Quyết định 927/QĐ TTg năm 2024, nhà ở được giao.", "927/QĐTTg", "927/QĐ-TTg"),
        ("Theo Quyết định số 51/QĐ UBND huyện ban hành.", "51/QĐ", "51/QĐ"),
    ],
)
def test_documents_mistyped_slashes(text: str, number: str, full: str) -> None:
    (found,) = find_documents(read(Article(id="t", text=text)))
    assert (found.number, found.number_full) == (number, full)


def test_documents_canonical_number() -> None:
    (found,) = documents("Nghị định 58/2025/NÐ – CP của Chính phủ")
    assert found.number_full == "58/2025/NĐ-CP"
    assert found.year == 2025


@pytest.mark.parametrize(
    ("text", "quote", "kind", "year"),
    [
        ("Theo Luật Bảo hiểm y tế, học sinh tham gia.", "Luật Bảo hiểm y tế", "Luật", None),
        ("Theo Luật BHXH năm 2014, người lao động tham gia.", "Luật BHXH", "Luật", 2014),
        ("Điều 36 Luật Phòng, chống tham nhũng 2018 nêu rõ.", "Luật Phòng, chống tham nhũng", "Luật", 2018),
        ("Theo Bộ luật Lao động 2019.", "Bộ luật Lao động", "Bộ luật", 2019),
        ("Theo Pháp lệnh Dân số.", "Pháp lệnh Dân số", "Pháp lệnh", None),
    ],
)
def test_documents_laws_without_a_number(text: str, quote: str, kind: str, year: int | None) -> None:
    (found,) = documents(text)
    assert (found.text, found.type, found.number, found.year) == (quote, kind, None, year)


@pytest.mark.parametrize("text", ["Mọi người chấp hành luật giao thông.", "Nhà báo viết về luật chơi mới."])
def test_documents_rules_in_general_are_no_laws(text: str) -> None:
    assert documents(text) == []


def test_documents_broken_over_lines() -> None:
    (found,) = documents("theo quy định tại khoản 5 Điều 1 Quyết\nđịnh 2158/QĐ-UBND năm 2019")
    assert (found.text, found.type) == ("Quyết\nđịnh 2158/QĐ-UBND", "Quyết định")


# Kinds of faults that people report: text | spans, numbers, canonical numbers, types, issuers, dates of all citations.
GLUED = [
    ("Theo NĐ47/2017/NĐ-CP của Chính phủ.", "NĐ47/2017/NĐ-CP", "Nghị định", "47/2017/NĐ-CP"),
    ("Theo QĐ812/QĐ-TTg.", "QĐ812/QĐ-TTg", "Quyết định", "812/QĐ-TTg"),
    ("Áp dụng TT19/2018/TT-BTC.", "TT19/2018/TT-BTC", "Thông tư", "19/2018/TT-BTC"),
    ("Áp dụng TTLT07/2015/TTLT-BYT-BTC.", "TTLT07/2015/TTLT-BYT-BTC", "Thông tư liên tịch", "07/2015/TTLT-BYT-BTC"),
    ("Có CV351/UBND-VX gửi các xã.", "CV351/UBND-VX", "Công văn", "351/UBND-VX"),
    ("Theo Thông tư23/2019/TT-BNV.", "Thông tư23/2019/TT-BNV", "Thông tư", "23/2019/TT-BNV"),
    ("Theo Quyết định77/QĐ-SYT.", "Quyết định77/QĐ-SYT", "Quyết định", "77/QĐ-SYT"),
    ("Theo NĐ 75/2019 của Chính phủ.", "NĐ 75/2019", "Nghị định", "75/2019"),
    ("Theo KH25/KH-UBND.", "KH25/KH-UBND", "Kế hoạch", "25/KH-UBND"),
    # dots between codes, numbers broken over lines, Party numbers without a dash
    ("Thông báo số 68/TB.UBND.", "Thông báo số 68/TB.UBND", "Thông báo", "68/TB-UBND"),
    ("Quyết định số 31/2019/QĐ.UBND.", "Quyết định số 31/2019/QĐ.UBND", "Quyết định", "31/2019/QĐ-UBND"),
    ("Quyết định số 940/QĐ-UBND.HC ký hôm qua.", "Quyết định số 940/QĐ-UBND.HC", "Quyết định", "940/QĐ-UBND-HC"),
    ("Công văn 512/UBND.VX.", "Công văn 512/UBND.VX", "Công văn", "512/UBND-VX"),
    ("Công điện số 05/CĐ-T.Ư.", "Công điện số 05/CĐ-T.Ư", "Công điện", "05/CĐ-TƯ"),
    ("Quyết định 77/QĐ-UBND.UBND xã nhận được.", "Quyết định 77/QĐ-UBND", "Quyết định", "77/QĐ-UBND"),
    ("Quyết định số 63/QĐ-\nSYT của sở.", "Quyết định số 63/QĐ-\nSYT", "Quyết định", "63/QĐ-SYT"),
    ("Kế hoạch số 64/\nKH-UBND của xã.", "Kế hoạch số 64/\nKH-UBND", "Kế hoạch", "64/KH-UBND"),
    ("Kế hoạch số 65/KH\n-UBND của xã.", "Kế hoạch số 65/KH\n-UBND", "Kế hoạch", "65/KH-UBND"),
    ("Kế hoạch số\n66/KH-UBND của xã.", "Kế hoạch số\n66/KH-UBND", "Kế hoạch", "66/KH-UBND"),
    ("Nghị quyết số 33NQ/HU.", "Nghị quyết số 33NQ/HU", "Nghị quyết", "33-NQ/HU"),
    ("Chỉ thị 14CT/TU.", "Chỉ thị 14CT/TU", "Chỉ thị", "14-CT/TU"),
    ("Kết luận số 21KL/TW.", "Kết luận số 21KL/TW", "Kết luận", "21-KL/TW"),
    ("Quyết định số 25 QĐ/TU.", "Quyết định số 25 QĐ/TU", "Quyết định", "25-QĐ/TU"),
    ("Kế hoạch số 61KH-UBND.", "Kế hoạch số 61KH-UBND", "Kế hoạch", "61/KH-UBND"),
    ("Thông báo 8TB/TU.", "Thông báo 8TB/TU", "Thông báo", "8-TB/TU"),
    # types that nobody knows are null
    ("Nhận được văn bản 18/XK-UBND.", "văn bản 18/XK-UBND", None, "18/XK-UBND"),
    ("Nhận được văn bản số 52/PKQ-BYT.", "văn bản số 52/PKQ-BYT", None, "52/PKQ-BYT"),
    ("Theo số 41/GQT-UBND.", "số 41/GQT-UBND", None, "41/GQT-UBND"),
    ("Sở có Phiếu trình số 90/PTr-SXD.", "Phiếu trình số 90/PTr-SXD", "Phiếu trình", "90/PTr-SXD"),
    ("Nhận được văn bản số 1357/UBND-KT.", "văn bản số 1357/UBND-KT", "Công văn", "1357/UBND-KT"),
    ("Theo Thông tư 38/2016/TT-BTC/2016/TT-BTC.", "Thông tư 38/2016/TT-BTC", "Thông tư", "38/2016/TT-BTC"),
]


@pytest.mark.parametrize(("text", "quote", "kind", "full"), GLUED)
def test_documents_numbers_as_people_type_them(text: str, quote: str, kind: str | None, full: str) -> None:
    (found,) = documents(text)
    assert (found.text, found.type, found.number_full) == (quote, kind, full)


UBND = "Ủy ban nhân dân tỉnh Hà Nam"
SHARED = [
    (
        "Các Quyết định số 31, 32, 33/QĐ-UBND ngày 5/3/2020 của UBND tỉnh Hà Nam.",
        ["31/QĐ-UBND", "32/QĐ-UBND", "33/QĐ-UBND"], "Quyết định", UBND, "2020-03-05",
    ),
    (
        "Các quyết định (số 511, 512 và 514/QĐ-UBND) của UBND tỉnh Hà Nam ngày 9/4/2020.",
        ["511/QĐ-UBND", "512/QĐ-UBND", "514/QĐ-UBND"], "Quyết định", UBND, "2020-04-09",
    ),
    (
        "Nghị quyết số 7, 8 và 9/NQ-HĐND ngày 8/12/2019 của HĐND tỉnh Hà Nam.",
        ["7/NQ-HĐND", "8/NQ-HĐND", "9/NQ-HĐND"], "Nghị quyết", "Hội đồng nhân dân tỉnh Hà Nam", "2019-12-08",
    ),
    (
        "Các Thông tư 14, 15, 16 và 17/2019/TT-BYT.",
        ["14/2019/TT-BYT", "15/2019/TT-BYT", "16/2019/TT-BYT", "17/2019/TT-BYT"], "Thông tư", "Bộ Y tế", None,
    ),
    (
        "Nghị định số 70, số 71 và số 72/2018/NĐ-CP.",
        ["70/2018/NĐ-CP", "71/2018/NĐ-CP", "72/2018/NĐ-CP"], "Nghị định", "Chính phủ", None,
    ),
    (
        "Nghị định 40, số 41 và số 42/2018/NĐ-CP.",
        ["40/2018/NĐ-CP", "41/2018/NĐ-CP", "42/2018/NĐ-CP"], "Nghị định", "Chính phủ", None,
    ),
    (
        "Các công văn số 88, 89/BHXH-TCKT ngày 4/5/2020 của BHXH Việt Nam.",
        ["88/BHXH-TCKT", "89/BHXH-TCKT"], "Công văn", "Bảo hiểm xã hội Việt Nam", "2020-05-04",
    ),
    ("Quyết định 11, 23, 58 của Thủ tướng Chính phủ.", ["11", "23", "58"], "Quyết định", "Thủ tướng Chính phủ", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "numbers", "kind", "issuer", "day"), SHARED)
def test_documents_lists_share_suffix_issuer_and_date(
    text: str, numbers: list[str], kind: str, issuer: str, day: str | None
) -> None:
    found = documents(text)
    assert [d.number_full for d in found] == numbers
    assert {(d.type, d.issuer, d.date) for d in found} == {(kind, issuer, day)}


def test_documents_two_kinds_in_a_row_share_nothing() -> None:
    first, second = documents("Theo Nghị định 41, 25/QĐ-UBND của UBND tỉnh Hà Nam.")
    assert (first.type, first.number_full, second.type, second.number_full) == (
        "Nghị định",
        "41",
        "Quyết định",
        "25/QĐ-UBND",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Hai bên ký Hợp đồng số 34/2019/HĐ-XD.",
        "Thanh toán theo hợp đồng kinh tế số 17/HĐKT-2018.",
        "Theo phụ lục hợp đồng số 02/PLHĐ-TV.",
        "Hóa đơn số 118/AB-19P đã hủy.",
        "Phiếu xuất kho số 12/PXK-CT.",
        "Hợp đồng lao động số 9/HĐLĐ-CT hết hạn.",
        "Cột 3 ghi số hiệu (45/QĐ-UBND, 67/LĐTBXH-TE …).",
        "Điền số văn bản (ví dụ: 12/KH-UBND) vào ô.",
    ],
)
def test_documents_contracts_and_samples_are_none(text: str) -> None:
    assert documents(text) == []


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Quy định về bảo hiểm xã hội tự nguyện ban hành tại Quyết định 35.", None),
        ("Chế độ bảo hiểm xã hội được ban hành theo Thông tư 45.", None),
        ("Sở Y tế phổ biến Thông tư 31.", None),
        ("UBND tỉnh Hà Nam phổ biến Thông tư 31.", None),
        ("Tiền đóng BHXH ban hành theo Quyết định 35.", None),
        ("Thông tư 45 của Bộ Tài chính có hiệu lực.", "Bộ Tài chính"),
        ("BHXH Việt Nam ban hành Quyết định 35.", "Bảo hiểm xã hội Việt Nam"),
    ],
)
def test_documents_no_issuer_from_the_scheme(text: str, issuer: str | None) -> None:
    (found,) = documents(text)
    assert found.issuer == issuer


LAWS = [
    ("Theo Luật BHYT năm 2014, học sinh tham gia.", "Luật Bảo hiểm y tế", "46/2014/QH13"),
    ("Theo luật Bảo hiểm Y tế (sửa đổi) năm 2014.", "Luật Bảo hiểm y tế", "46/2014/QH13"),
    ("Luật bảo hiểm y tế số 25/2008/QH12 có hiệu lực.", "Luật Bảo hiểm y tế", "25/2008/QH12"),
    ("Luật số 51/2024/QH15 có hiệu lực.", "Luật Bảo hiểm y tế", "51/2024/QH15"),
    ("Theo Luật BHXH.", "Luật Bảo hiểm xã hội", None),
    ("Theo Luật Bảo hiểm xã hội 2024.", "Luật Bảo hiểm xã hội", "41/2024/QH15"),
    ("Theo Luật Phòng chống tham nhũng 2018.", "Luật Phòng, chống tham nhũng", "36/2018/QH14"),
    ("Theo Luật PCTN.", "Luật Phòng, chống tham nhũng", None),
    ("Theo Luật KCB năm 2023.", "Luật Khám bệnh, chữa bệnh", "15/2023/QH15"),
    ("Theo Luật Khám, chữa bệnh.", "Luật Khám bệnh, chữa bệnh", None),
    ("Theo Bộ luật Lao động 2019.", "Bộ luật Lao động", "45/2019/QH14"),
    ("Theo Bộ luật Hình sự năm 2015.", "Bộ luật Hình sự", "100/2015/QH13"),
    ("Theo Luật HN&GĐ.", "Luật Hôn nhân và gia đình", None),
    ("Theo Luật Công chứng.", "Luật Công chứng", None),
    (
        "Theo Pháp lệnh Ưu đãi người có công năm 2020.",
        "Pháp lệnh Ưu đãi người có công với cách mạng",
        "02/2020/UBTVQH14",
    ),
    ("Theo Nghị định 146/2018/NĐ-CP.", None, "146/2018/NĐ-CP"),
]


@pytest.mark.parametrize(("text", "name", "full"), LAWS)
def test_documents_laws_have_one_name(text: str, name: str | None, full: str | None) -> None:
    (found,) = documents(text)
    assert (found.name, found.number_full) == (name, full)


@pytest.mark.parametrize("blanks", ["  ", "\u00a0", "\u00a0 ", " \u2009 "])
@pytest.mark.parametrize(("marked", "kind", "number", "issuer"), rows(CITED)[:60])
def test_documents_blanks_of_any_kind_change_nothing(
    marked: str, kind: str, number: str, issuer: str, blanks: str
) -> None:
    test_documents_citation(marked.replace(" ", blanks), kind, number, issuer)


@pytest.mark.parametrize(
    ("text", "quote", "full", "issuer"),
    [
        ("theo quyết định số 812/qđ-ttg.", "quyết định số 812/qđ-ttg", "812/QĐ-TTG", "Thủ tướng Chính phủ"),
        ("theo nghị định 47/2017/nđ-cp.", "nghị định 47/2017/nđ-cp", "47/2017/NĐ-CP", "Chính phủ"),
        ("có công văn 351/bhxh-tckt gửi các huyện.", "công văn 351/bhxh-tckt", "351/BHXH-TCKT", "*"),
        ("luật số 46/2014/qh13 có hiệu lực.", "luật số 46/2014/qh13", "46/2014/QH13", "Quốc hội"),
        ("nghị quyết 21-nq/tw đã rõ.", "nghị quyết 21-nq/tw", "21-NQ/TW", "*"),
        ("thông tư 30/2020/tt-byt.", "thông tư 30/2020/tt-byt", "30/2020/TT-BYT", "Bộ Y tế"),
    ],
)
def test_documents_of_a_text_without_capitals(text: str, quote: str, full: str, issuer: str) -> None:
    (found,) = documents(text)
    assert (found.text, found.number_full) == (quote, full)
    assert issuer == "*" or found.issuer == issuer


@pytest.mark.parametrize("text", ["tỷ số 3/2 nghiêng về đội nhà.", "giá 120/kg, 30/hộp.", "tốc độ 60 km/h, 5m/s."])
def test_documents_none_in_a_text_without_capitals(text: str) -> None:
    assert documents(text) == []
