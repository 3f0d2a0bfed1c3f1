"""Patterns over names of organisations, and the heads that the grammar treats apart."""

from __future__ import annotations

from extractor.compiled import anchored, compiled

LEVEL = compiled(
    r"(?:(?:tp|tx|q|p|h)(?!\p{L})\.?|"
    r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|khu vực|vùng|bang|thủ đô|"
    r"thôn|ấp|xóm|khóm|khu phố|khu dân cư)(?!\p{L}))"
)
UNIT = compiled(r"(?<!\p{L})(?:tỉnh|huyện|quận|xã|phường|thị trấn|thị xã|thành phố) $")
# Where an envoy is: "Đại sứ Pháp | tại Việt Nam".
SEAT = anchored(r"tại (?:(?:TP|Tp|tp)\. ?|TP |[Tt]hành phố )?\p{Lu}\p{L}*(?: \p{Lu}\p{Ll}+){0,3}")
LEVEL_HEADS = frozenset({"xã", "quận", "phường", "tỉnh", "huyện", "tổ", "phòng", "đoàn", "sở"})
SHORT_LEVELS = frozenset({"q", "p", "h", "tp", "tx"})
TERM = compiled(
    r" ?,? ?\(?(?:các )?(?:khóa|khoá|nhiệm kỳ) (?:[ivx]+|\d+)"
    r"(?:(?:, ?| và )(?:[ivx]+|\d+)(?![\p{L}\d/]))*(?![\p{L}\d/])\)?"
)
ALIAS = anchored(r" ?\(((?:UB\p{Lu}*(?:\.\p{Lu})? )?[\p{Lu}Đ&.\-]{2,12})\)")
REALM = anchored(
    r"(?:vương quốc|hợp chúng quốc|liên bang|cộng ho(?:à|a|òa|oà)|cộng hòa)"
    r"(?: hồi giáo| liên bang| dân chủ nhân dân| nhân dân| xã hội chủ nghĩa| dân chủ)? "
)
PLACE_PAIR = compiled(r"(?:bà rịa|thừa thiên|phan rang|hướng hóa) ?-? ?(?:vũng tàu|huế|tháp chàm)")
NUMBERED = compiled(
    r"(?:quận|phường|q\.?|p\.?|số|khu|vùng|đội|đạo|khu vực|trường|viện|khu phố|đoàn|đồn|tiểu học|thpt|trạm|cụm|dân phố|"
    r"cơ sở|cảnh sát biển|kiểm soát)$"
)
LISTED = anchored(r"[\p{L} /]{2,40}(?:, [\p{L} /]{2,30})? (?:và|&) ")
DASHED = anchored(r"[\p{L} ]{2,20} [\-–] [\p{L} ]{2,30}(?= ?[(,])")  # "Hành chính, | Quản trị - Tổ chức cán bộ (…)"
# The other half of a region's or a route's name follows the dash: "khu vực 4 - Nà Phặc", "cửa khẩu A - B".
REGION = compiled(
    r"(?:khu vực (?:\d+|[ivx]+)"
    r"|(?:cửa khẩu|kkt|khu kinh tế|tuyến|cao tốc|vườn quốc gia|khu bảo tồn thiên nhiên) [\p{L} ]{2,25}) ?$"
)
CUSTOMS = compiled(
    r"(?:phân ban|rừng phòng hộ|rừng đặc dụng|thủy lợi|thủy nông|hải quan|"
    r"kiểm toán|dự trữ|quốc lộ|đường sắt|giao thông|quản lý đường bộ) [\p{L} ]{2,20}$"
)
# A half of a name that the parent organisation closes: "Quy hoạch - | Giao đất (Sở …)".
CLOSED = compiled(
    r"[\p{L} ]{2,28}(?:,| ?\()? ?(?<=[,(] ?)(?:thuộc )?"
    r"(?:sở|cục|chi cục|vụ|bộ|ubnd|ủy ban|công an|bệnh viện|trung tâm|bhxh|bảo hiểm|viện|trường|ban|tổng cục)(?!\p{L})"
)
COURT = frozenset({"nhân", "dân", "cấp", "cao", "tối", "quân", "sự"})
FIRM = compiled(
    r"(?<!\p{L})(?:công ty|tập đoàn|(?<!các |giám sát |tài chính )"
    r"ngân hàng(?! nhà nước| chính sách)|tnhh|cổ phần|doanh nghiệp tư nhân|(?<!liên minh )hợp tác xã|"
    r"siêu thị|câu lạc bộ|clb|tổ hợp tác)(?!\p{L})"
)
# Branches of public bodies.
BRANCH = compiled(
    r"(?<!\p{L})(?:văn phòng|vpđk\p{L}*|đăng ký|đất đai|nhà nước|nhnn|chính sách|nhcsxh|csxh|bảo hiểm xã hội|bhxh|"
    r"trợ giúp|pháp lý|hội|sở|"
    r"quỹ|kho bạc|trung tâm|viện|trường|huyện|quận|thị xã|thành phố|tp|tỉnh|khu vực)(?!\p{L})"
)
# Bodies inside another organisation: its name follows without a connective ("Chi bộ Phòng Kinh tế").
HOSTED = frozenset(
    {"Chi bộ", "Đảng bộ", "Đảng ủy", "Ban cán sự đảng", "Công đoàn", "Văn phòng", "Đoàn", "Đoàn Thanh niên"}
)
TERMED = frozenset({"Quốc hội", "Trung ương Đảng", "Ban Chấp hành Trung ương Đảng"})
COMMAS = frozenset({"Ủy ban", "Bộ", "Sở", "Phòng", "Ban", "Vụ", "Cục", "Chi cục", "Trung tâm", "Viện", "Khoa"})
# Heads that are the unit itself: "Chủ tịch xã", and no name of an organisation.
UNITS = frozenset({"Tỉnh", "Thành phố", "Huyện", "Quận", "Xã", "Phường", "Thị xã", "Thị trấn"})
DOTTED = frozenset({"tp", "tx", "tt", "q", "p", "h", "x", "t", "st"})
CONNECTIVES = frozenset({"và", "của", "thuộc", "tại", "ở", "về", "cùng"})
HAMLETS = frozenset({"Thôn", "Ấp", "Bản", "Xóm", "Khu phố", "Khóm", "Buôn", "Làng", "Tổ dân phố"})
LONGEST = 28  # tokens; no name of an organisation is longer
