"""Patterns over names of persons and what stands around them."""

from __future__ import annotations

import regex

from extractor.compiled import compiled

SYLLABLE = compiled(r"\p{Lu}[\p{L}\p{M}'’]*\.?")
PAIR = compiled(r"\p{Lu}\p{L}+ \p{Lu}\p{L}+(?! \p{Lu})")
RUN = compiled(r"\p{Lu}[\p{L}'’]*(?: {1,3}\p{Lu}(?:[\p{L}'’]+|\.)?){0,5}")
ADDRESSED = compiled(r"\p{Lu}[\p{L}'’]*(?:(?:[ -]{1,2}|(?<=\p{Ll})(?=\p{Lu}))\p{Lu}[\p{L}'’]*){0,7}")
# What ends where a name begins is looked for from there backwards, `(?r)`, where only whether it stands there counts.
# A hospital, street or prize bears the name; no person is meant.
NAMED = compiled(
    r"(?r)(?<!\p{L})(?:bệnh viện|bv|(?<!tháo )đường|(?<!thành )phố|(?<!thị )(?<!môi )(?<!chủ )(?<!hiện )trường|"
    r"thpt|thcs|chùa|đền|chợ|hồ|(?<!yêu )(?<!toàn )(?<!nhu )cầu|sông|núi|công ty|cty|hội nhà văn|"
    r"đại học|(?:đh|đại học|trường) (?:y khoa|y dược|chuyên)|thpt chuyên|tiểu học|"
    r"cảng|sân bay|tượng đài|quảng trường|(?<!hòa )giải|giải thưởng|học bổng|quỹ|kcn|lăng|"
    r"công viên|rạp|(?<!dự )(?<!cảnh )(?<!thông )báo)\.? $"
)
# Words of the next sentence that a name without a full stop after it runs into.
TAIL = compiled(
    r"(?:(?:(?<! \p{L})\.|[,;:]) .*| (?:với|sáng|chiều|tối|trưa|ngày|theo|tại|trong|ảnh|ông|bà|khi|sau|trước|đến|về|các|cũng|"
    r"đã|cho|từ|vào|"
    r"nhiều|những|do|để|phát|hôm|còn|được|năm|tháng|cùng|ở|là|và|nói))$"
)
WORD = compiled(r"\S+")
# A word of the next column or clause that lost its blank: no syllable ends so. "Lê Văn Anhtừ Kiên Giang"
GLUED_ENDS = ("từ", "là", "và", "đã")
GLUED = compiled(rf"(?<=\p{{L}}{{2}})(?:{'|'.join(GLUED_ENDS)})$")
HYPHENED = compiled(r"(?:-\p{L}{1,7}){1,3}(?!\p{L})(?<=-\p{Ll}+)")  # "Moon Jae-in", "Prayut Chan-o-cha"
# Names in Vietnamese transliteration: syllables joined by hyphens, "Bun-nhăng Vo-la-chít".
HYPHENS = compiled(r"(?<![\p{L}\-.])\p{Lu}\p{L}*(?:-\p{L}+)*(?: \p{Lu}\p{L}*(?:-\p{L}+)*){1,4}(?![\p{L}\-])")
JOINED = compiled(r"\p{L}-\p{Ll}")
FOREIGN_TAIL = compiled(r" \p{Lu}(?=\p{L}*[^\x00-\x7f])\p{L}+$")  # a Vietnamese word behind a foreign name
CREDIT = compiled(
    r"(?r)(?:(?<!\p{L})(?:ảnh|tin|bài|tin, bài|tin bài|thực hiện|nguồn|tác giả|bài, ảnh|bài và ảnh|video|clip|đồ họa)\s*:\s*"
    r"|\(ảnh\s*:?\s*)$"
)
# Bodies of a unit that is not named: a name of three syllables after them is a person's.
UNNAMED = compiled(
    r"(?<!\p{L})(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|công an|tỉnh ủy|thành ủy|huyện ủy|mttq) "
    r"(?:tỉnh|thành phố|tp\.?|huyện|quận|xã|phường|thị xã) "
)
# Spellings that no Vietnamese syllable has: foreign names.
ALIEN = compiled(
    r"[fjwz]|[bcdghklmnpqrstvx]{4}|[bdklrsv]$|[bcdhklmnprstvx]{2}(?<!ch|nh|th|kh|ph|tr)|[aeiou][bcdghklmnprstvx]{1,2}[aeiouy]"
)
# Capitalised words after a form of address that begin no name.
NOT_NAME = frozenset(
    (
        "ubnd",
        "hđnd",
        "bhxh",
        "bhyt",
        "tp",
        "sở",
        "bộ",
        "ban",
        "phòng",
        "công",
        "huyện",
        "tỉnh",
        "xã",
        "phường",
        "quận",
        "thành",
        "nước",
        "việt",
        "đảng",
        "bác",
        "trung",
        "cục",
        "chủ",
        "phó",
        "giám",
        "trưởng",
        "bí",
        "tổng",
        "ủy",
        "đại",
        "chi",
        "hội",
        "đoàn",
        "viện",
        "trường",
    )
)
SENTENCE = compiled(r"[.;:()\n]")
CLAUSE = compiled(r"[,.;:()\n]")
# Roles of other countries' officials besides those that are public by themselves.
FOREIGN_ROLES = frozenset(
    {
        "Chủ tịch",
        "Phó Chủ tịch",
        "Chánh Văn phòng",
        "Phát ngôn viên",
        "Người phát ngôn",
        "Giám đốc",
        "Công sứ",
        "Tham tán",
        "Tùy viên",
        "Bí thư thứ nhất",
    }
)
# "Thị trưởng thành phố | Gangwha | Kim Min Ho": a foreign unit between the role and the name.
FOREIGN_UNIT = compiled(r" (?:thành phố|tỉnh|bang|quận|thủ đô|hạt|vùng|huyện) (?=\p{L})")
UNIT_NAME = compiled(r"(?<!\p{L})(?:tỉnh|thành phố|tp\.?|huyện|quận|xã|phường|thị xã|thị trấn|đặc khu) (?=\p{L})")
# A whole name and the mark between it and its post; what may stand before it.
NAME_BEFORE = compiled(
    r"(?:^|[;:,.(“\n•+*\-–|] ?|(?<!\p{L})(?:và|cùng|là|do|với|gồm|ông|bà|chí|theo|dưỡng|sĩ|sỹ|sinh) )"
    r"(\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]*){2,4})\s?[,\-–(|]\s*(?:nguyên |hiện là |là )?$",
    regex.V1,
)
WHOLE = compiled(r"(?![\p{L}\p{N}'’])(?! \p{Lu}\p{Ll})")  # no longer name goes on here
RUNS_IN = compiled(r"\p{Lu}\p{Ll}+ $")  # a longer name comes in here
CELL = compiled(r"[^|\n]{0,70}\| ?(\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]+){1,3}) ?\|")
LIST_GAP = compiled(r"(?:, (?:và )?| và )(?=\p{Lu})")
LISTED_NAME = compiled(r"\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]+){2,3}(?! \p{Lu})")
# A name that opens a clause, before the words that bring a post: "…; Bá Bình Mẫu giữ chức …".
OPENS = compiled(r"(?:^|[;:.,\n“] ?)(\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]*){1,3}) (?=\p{Ll})", regex.V1)
HOLDING = compiled(r"(?:được |vừa |đã )*(?:giữ chức|giữ cương vị|giữ vị trí|làm (?=phó|giám|chủ|bí|trưởng|chánh))")
LISTED_SHORT = compiled(r"\p{Lu}\p{L}+ \p{Lu}\p{L}+(?=\s*(?:[.,;]|và ))")
UNIT_BEFORE = compiled(
    r"(?r)(?:(?:huyện|tỉnh|thành|quận|thị|đảng) ủy|tỉnh|huyện|quận|xã|phường|thị trấn|thị xã|thành phố|tp\.?|ubnd|hđnd) $"
)
LONG_RUN = compiled(r"(?<= )\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]+){2,8}")
# Provinces of the past that open like a name.
OLD_PROVINCES = frozenset({"hà sơn bình", "hà nam ninh", "hoàng liên sơn", "hà tuyên", "hà bắc", "lâm viên"})
NAME_FAR = 90  # characters behind a post's role in which a name may end its body
NAME_BACK = 60  # characters before a post in which such a name stands
# Given names that are other words too: "Nguyễn Văn | Em, …", "Lê Văn | Tại hiện là …".
GIVEN = compiled(
    r" (?:Em|Anh|Út|Cô|Chú|Bé|Ba|Năm|Sáu|Bảy|Tám|Chín|Mười|Tại|Đến|Theo|Sau|Còn|Về)"
    r"(?=\s?[,\-–(]| (?:hiện|là|cho biết|cho hay|cho rằng|nói|khẳng định|nhấn mạnh|cũng|sinh|phát biểu|"
    r"giữ|được|nguyên|thôi)(?!\p{L}))"
)
# A name that opens like a school's: "Tổng Bí thư Trường Mẫu", where no school can follow.
ALONE = compiled(r"Trường \p{Lu}\p{Ll}+(?! \p{Lu})(?<!Trường (?:Sa|Sơn|Đại|Cao|Tiểu|Mầm|Trung|Phổ|Chính))")
MANY = 200  # names; a longer list of them is not searched for repeats
BACK = 45  # characters before a name in which its forms of address may stand
# Names of one word with a prefix that no other words have: "K'Mẫu", "H’Thử Êban".
PREFIXED = compiled(r"(?<![\p{L}'’])[KHY]['’]\p{L}{2,}(?: \p{Lu}[\p{L}'’]+){0,3}")
