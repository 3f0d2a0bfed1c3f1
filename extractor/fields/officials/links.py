"""Patterns over the words between names and posts, built from `patterns/post_links.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

from extractor.compiled import compiled
from extractor.fields.officials.rows import alternatives
from extractor.rules import Row, Starts, cache, load_rows

Use = Literal["link", "adverb", "join", "before", "then", "cue", "proxy", "replaced", "subject"]

# An age, an address or a place on the picture between a name and its post.
_AGE = r"(?:\([\p{L}\d][^()\n]{0,140}\) ?|, ?(?:sn|sinh năm|sinh ngày|\d{2} tuổi)[^,()\n]{0,20}(?=,))?"
_YEARS = r"(?:(?:sn|sinh năm|sinh ngày)? ?\d[\d/.\-]*(?: tuổi)?(?:, (?:ngụ|trú|quê)[^,()\n]{2,40}){0,2}, ?)?"
# A place that tells apart, before the name: "Trưởng Công an xã (huyện X) - ông A", "Đại sứ Pháp tại Việt Nam, ông B".
_WHERE = r"(?:\s*\(\d{1,2}\)|\s*\([\p{L}. ,\-&–]{2,40}\)|\s*(?:tại|ở) [\p{L} ]{2,30}(?=,| -| –))?"


class LinkRow(Row):
    """Words between names and posts; `use` tells where they stand."""

    use: Use


@dataclass(frozen=True, slots=True)
class Links:
    """Compiled patterns over gaps; all but `cue`, `proxy`, `replaced` and `subject` match a whole gap."""

    left: regex.Pattern[str]
    right: regex.Pattern[str]
    join: regex.Pattern[str]
    cue: regex.Pattern[str]
    proxy: regex.Pattern[str]
    replaced: regex.Pattern[str]
    subject: Starts
    opening: Starts


@cache
def links() -> Links:
    """The compiled patterns. Raises `PatternError` for a malformed file."""
    rows = load_rows("post_links.yaml", LinkRow)

    def forms(*uses: Use) -> list[str]:
        return [f for use in uses for row in rows if row.use == use for f in row.forms]

    def words(use: Use) -> str:
        return "(?:" + alternatives(forms(use)) + ")"

    chain = (
        rf"[\s,;\-–/&(]*(?:{words('join')}[\s,\-–]*){{0,3}}"
        r"|\s*(?:nhiệm kỳ|giai đoạn|khóa|khoá)?[\s\d\-–./()]*\s*[,\-–]\s*(?:rồi (?:là |làm )?|sau đó (?:là |làm )?)?"
        r"|(?:\s*(?:\([^()\n]{2,40}\)|\[\d+\]))*\s*[,;\-–]?\s*(?:\[\d+\])*\s*(?:và|kiêm|đồng thời là)?\s*"
        # A place that only ends a position: "Chủ tịch UBND xã A, huyện B, Phó Ban …".
        # A rank or a degree between two posts: "Ủy viên Thường vụ Đảng ủy, Thiếu tướng, Phó Chính ủy …".
        r"|\s*,\s*(?:(?:thiếu|trung|thượng|đại) (?:tướng|tá|úy)|tiến sĩ|thạc sĩ|bác sĩ|kỹ sư|ts|ths|pgs\.? ?,?ts)\.?\s*[,\-–]\s*"
        r"|\s*[,(]\s*(?:tỉnh|huyện|quận|thành phố|tp\.?|thị xã)[\p{L} .\-]{2,30}\)?\s*[,\-–]\s*(?:kiêm )?"
    )
    cue = (  # read backwards: only whether it stands at the gap's end counts
        rf"(?r)(?<!\p{{L}}){words('cue')}(?: lại)?(?: các| nhiều)?(?: chức(?: vụ| danh| trách)?| cương vị| vị trí| nhiệm vụ)?"
        r"(?: khác nhau| quan trọng| chủ chốt| lãnh đạo)?"
        r"(?: [^.;\n]{0,70} như)?(?: là)?\s*:?\s*$|chức vụ\s*(?:như|là|gồm)?\s*:\s*$"
    )
    return Links(
        left=compiled(
            rf"\s*{_AGE}\s*(?P<sep>,|-|–|\(|:|\[|\|)?\s*{_YEARS}(?:{words('adverb')}\s+){{0,3}}"
            rf"(?P<verb>(?:,? ?(?:là [\p{{L}} ]{{3,60}},|{words('link')})\s*:?\s*){{0,4}})"
        ),
        right=compiled(
            rf"{_WHERE}"
            r"(?:\s*\(nhiệm kỳ [\d \-–]{4,14}\))?"
            r"\s*(?:(?:\d )?(?:nhiệm kỳ|khóa|khoá) [\d\-–/ ,vàivx]+?)?\s*(?P<sep>,|-|–|:|\(|\)|\|)?\s*"
            rf"(?P<verb>{words('then')}?\s*{words('before')}?\s*:?\s*)"
        ),
        join=compiled(chain),
        cue=compiled(cue),
        proxy=compiled(rf"(?<!\p{{L}}){words('proxy')} $"),
        replaced=compiled(rf"(?<!\p{{L}}){words('replaced')} (?:(?:đồng chí|đ/c|ông|bà) )?$"),
        opening=Starts(
            "opening",
            compiled(
                rf"(?<!\p{{L}})(?:{words('link')}|{words('cue')}|{words('before')}|{words('replaced')})(?!\p{{L}})"
            ),
            forms("link", "cue", "before", "replaced"),
        ),
        subject=Starts("subject", compiled(rf"(?<!\p{{L}}){words('subject')} (?=\p{{Ll}}|$)"), forms("subject")),
    )
