"""Headings without a colon over bulleted lines: "III. Phương hướng năm 2024" makes targets of what its bullets tell."""

from __future__ import annotations

import regex

from extractor.models import Reading
from extractor.rules.scopes import Scope

LONGEST = 120  # code points of a heading
_BULLET = regex.compile(r"\s*(?:[-+*•–]|\d{1,2}[.)])\s*")
_AIMS = regex.compile(r"(?<!\p{L})(?:phương hướng|nhiệm vụ|mục tiêu|chỉ tiêu|kế hoạch)(?!\p{L})")
_RESULTS = regex.compile(
    r"(?<!\p{L})(?:kết quả|tình hình|thực hiện|đánh giá|hoàn thành|đạt được|tồn tại|hạn chế|giao)(?!\p{L})"
)


def heading_scopes(reading: Reading) -> list[Scope]:
    """Scopes of targets over the bulleted lines right behind a heading that announces aims."""
    out: list[Scope] = []
    lines = reading.lines
    for i, line in enumerate(lines):
        if line.end - line.start > LONGEST:
            continue
        head = reading.folded[line.start : line.end].strip()
        cue = _AIMS.search(head)
        if cue is None or head[-1] in '.:;,!?”")' or _RESULTS.search(head):
            continue
        end = line.end
        for following in lines[i + 1 :]:
            if following.start < following.end and not _BULLET.match(reading.text, following.start, following.end):
                break
            end = following.end
        if end > line.end:
            out.append(Scope(line.start, end, "target", "aims-heading", line.start + cue.start()))
    return out
