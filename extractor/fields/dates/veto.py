"""What looks like a date and is not: shares, prices, scores, addresses, fractions, numbers with a unit."""

from __future__ import annotations

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.join import Expression
from extractor.fields.dates.rows import rows, words
from extractor.models import Reading
from extractor.rules import cache
from extractor.text import fold


@cache
def _before() -> regex.Pattern[str]:
    forms = sorted({fold(f) for row in rows("not-before") for f in row.forms}, key=len, reverse=True)
    return regex.compile(r"(?<![\p{L}\d])(?:" + "|".join(regex.escape(f) for f in forms) + r")[ ]$")


@cache
def _after() -> regex.Pattern[str]:
    forms = sorted({fold(f) for row in rows("not-after") for f in row.forms}, key=len, reverse=True)
    return regex.compile(r"[ ]?(?:" + "|".join(regex.escape(f) for f in forms) + r")(?![\p{L}\d])")


_GRADES = regex.compile(r"(?<!\p{L})(?:phổ thông|văn hóa|văn hoá|học vấn|trình độ|lớp)[ ]?:?[ ]$")  # "học vấn: 12/12"
_TIME_WORD = regex.compile(r"(?<![\p{L}])(?:vào|hồi|đến|tới|trước|từ|sau|trong|hôm|lúc|qua|kể từ)[ ](?:khoảng[ ])?$")
_SOON = regex.compile(r"[ ](?:tới|này|vừa qua|sắp tới|sẽ)(?!\p{L})")
_VERB_AFTER = regex.compile(
    r"[ ](?:diễn|sẽ|đã|được|tại|năm|vừa|tới|này|và|là|cho|với|hằng|hàng|ở"
    r"|do|khi|để|vào|trên|trong|đến|hay|của|thì|có|cũng|mà|dương|phải|đạt)(?!\p{L})"
)


def _fraction(atom: Atom, folded: str, before: str) -> bool:
    """`1/2 thìa`, `3/5 bệnh viện`: a small share before a noun, without a word of time before it."""
    if (
        atom.year is not None
        or atom.last is not None
        or not (atom.day or 0) < (atom.month or 0) <= 10
        or _TIME_WORD.search(before)
    ):
        return False
    follows = folded[atom.end : atom.end + 8]
    return follows[:1] == " " and follows[1:2].isalpha() and not _VERB_AFTER.match(follows)


def _bare(atom: Atom, reading: Reading) -> str | None:
    """Why a bare number is not a date, or None."""
    folded = reading.folded
    before = folded[max(0, atom.start - 24) : atom.start]
    following = _after().match(folded, atom.end)
    if following is not None and not reading.text[following.end() - len(following.group().lstrip())].isupper():
        return "a unit or noun follows"
    if _before().search(before):
        return "a counting word, address or name stands before"
    if atom.kind == "day":
        quote = folded[atom.start : atom.end]
        if atom.year is None and _GRADES.search(before):
            return "years of school"
        if atom.month is None or not 1 <= atom.month <= 12 or not 1 <= (atom.day or 0) <= 31:
            return "no such day or month"
        if _fraction(atom, folded, before):
            return "a fraction of what follows"
        if quote == "24/7" and not _TIME_WORD.search(before):
            return "round the clock"
        if atom.year is None and "/" not in quote:
            follows = folded[atom.end : atom.end + 1]
            ahead = follows in ",.;)\n" or not follows or _SOON.match(folded, atom.end) is not None
            # "đến 31-12 có 4.360 người": numbers of a range run upwards, a day and its month may not
            ahead = ahead or ((atom.day or 0) > atom.month and _VERB_AFTER.match(folded, atom.end) is not None)
            if not (_TIME_WORD.search(before) and ahead):
                return "two numbers joined by a dash or a point"
    return None


_BLANKS = regex.compile(r"\s")
_ADDRESS = regex.compile(r"://|www\.|\.(?:htm|aspx|php|vn/|com/)|[a-z0-9]+(?:-[a-z0-9]+){4,}")


def _in_address(expression: Expression, reading: Reading) -> bool:
    """Whether the expression stands in a web or mail address: `…/ap-dung-tu-1-1-2026.htm`, `an.2018@…`."""
    text = reading.text
    joined = expression.start > 0 and text[expression.start - 1] in "-_/=."
    if not joined and "@" not in text[max(0, expression.start - 60) : expression.end + 60]:
        return False
    low, high = max(0, expression.start - 200), min(len(text), expression.end + 200)
    before = _BLANKS.split(text[low : expression.start])[-1]
    after = _BLANKS.split(text[expression.end : high])[0]
    if _MAIL.fullmatch(before + text[expression.start : expression.end] + after):
        return True
    if not joined:
        return False
    return _ADDRESS.search(before + text[expression.start : expression.end] + after) is not None


_MAIL = regex.compile(r"[(\[<“\"]*[\w.+\-]+@[\w\-]+\.[\w.\-]*\S{0,3}")


@cache
def _names() -> dict[str, regex.Pattern[str]]:
    """What names and numbers of things stand before: a street, a school; `số`, `mẫu`; a maker and its model."""
    number = words("number")
    return {
        "named": regex.compile(rf"(?<!\p{{L}}){words('named-for-a-day')}[ ](?:{number}[ ])?$"),
        "serial": regex.compile(rf"(?<!\p{{L}})(?<!một ){words('serial')}[ ]?:?[ ]$"),
        "maker": regex.compile(rf"(?<!\p{{L}})(?i:{words('maker')})(?:[ ][\p{{Lu}}\d][\p{{L}}\d.\-]*){{0,3}}[ ]$"),
    }


def _of_a_name(expression: Expression, reading: Reading) -> str | None:
    """Why a date that nothing but its own words makes firm is part of a name: `đường 2 tháng 9`, `số 3/2019`, `Vios 2017`."""
    head, folded, start = expression.head, reading.folded, expression.start
    if expression.relation == "range" or expression.beside:
        return None
    low, digit, names = max(0, start - 50), folded[start : start + 1].isdigit(), _names()
    day_or_month = head.form == "spelled" and head.year is None and not head.relative
    if day_or_month and (digit or head.kind == "month") and names["named"].search(folded, low, start):
        return "a street, school or square named for a day"
    numeric = head.form in ("figures", "bare") and not (head.kind == "day" and head.form == "bare")
    if digit and numeric and names["serial"].search(folded, max(0, start - 16), start):
        return "the number of a thing"
    if head.form == "bare" and head.kind != "day" and digit and names["maker"].search(reading.text, low, start):
        return "the year of a model"
    return None


_VAGUE_NOW = regex.compile(r"(?<!\p{L})(?:như(?:[ ]thế)?|được)[ ]$")


# "số thu năm sau cao hơn năm trước": one year after the other, none of them in particular.
_YEAR_BY_YEAR = regex.compile(r"(?<!\p{L})năm sau[ ](?!sẽ[ ])[^.,;:\n\d]{3,30}[ ]năm trước(?!\p{L})")


def _vague(expression: Expression, reading: Reading) -> bool:
    """`có được như ngày hôm nay`: our times, no day; `tổng doanh thu của năm trước liền kề`: any year."""
    head, folded = expression.head, reading.folded
    if not head.relative or expression.beside or expression.relation == "range":
        return False
    if folded.startswith((" liền kề", " liền trước"), expression.end):
        return True
    quote = folded[expression.start : expression.end]
    if quote in ("năm sau", "năm trước"):
        pair = _YEAR_BY_YEAR.search(folded, max(0, expression.start - 40), expression.end + 40)
        if pair is not None and pair.start() <= expression.start < pair.end():
            return True
    return (
        quote == "ngày hôm nay"
        and _VAGUE_NOW.search(folded, max(0, expression.start - 12), expression.start) is not None
    )


def keep(expression: Expression, reading: Reading) -> bool:
    """Whether an expression is a date; a dropped one is logged."""
    if _in_address(expression, reading):
        reading.drop(expression.start, expression.end, "dates", expression.head.rule, "inside a web address")
        return False
    if _vague(expression, reading):
        reading.drop(expression.start, expression.end, "dates", expression.head.rule, "our times, or any year")
        return False
    if (reason := _of_a_name(expression, reading)) is not None:
        reading.drop(expression.start, expression.end, "dates", expression.head.rule, reason)
        return False
    if any(a.firm for a in expression.atoms) or expression.beside:
        return True
    for atom in expression.atoms:
        reason = reason or _bare(atom, reading)
    if (
        expression.relation == "range"
        and reason
        and expression.start < expression.head.start
        and len(expression.atoms) == 2
        and "unit" not in reason
    ):
        reason = None
    if reason:
        reading.drop(expression.start, expression.end, "dates", expression.head.rule, reason)
    return reason is None
