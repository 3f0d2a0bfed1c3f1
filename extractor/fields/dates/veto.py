"""What looks like a date and is not: shares, prices, scores, addresses, fractions, numbers with a unit."""

from __future__ import annotations

from collections.abc import Callable

from extractor.compiled import compiled
from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.join import Expression
from extractor.fields.dates.rows import forms, template
from extractor.models import Reading

_BEFORE = template(r"(?<![\p{L}\d]){not-before}(?<!{not-counted})[ ]$")
_AFTER = template(r"[ ]?{not-after}(?![\p{L}\d])")
_GRADES = template(r"(?<!\p{L}){grade}[ ]?:?[ ]$")  # "học vấn: 12/12"
_TIME_WORD = template(r"(?<!\p{L}){time-word}[ ](?:{about}[ ])?(?:\d{1,2}-\d{1,2}[ ]{and}[ ])?$")  # "lễ 30-4 và 1-5"
_SOON = template(r"[ ]{soon-after}(?!\p{L})")
# "Ngày Quốc tế Người cao tuổi 1-10": a day with a name of its own.
_NAMED_DAY = template(r"(?<!\p{L}){day}[ ](?P<name>\p{L}[\p{L} ]{3,50})[ ]$")
_VERB_AFTER = template(r"[ ]{verb-after}(?!\p{L})")


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
    following = _AFTER.match(folded, atom.end)
    if following is not None and not reading.text[following.end() - len(following.group().lstrip())].isupper():
        return "a unit or noun follows"
    if _BEFORE.search(before):
        return "a counting word, address or name stands before"
    if atom.kind != "day" or _of_named_day(atom, reading):
        return None
    return next((reason for reason, holds in _NO_DAYS if holds(atom, folded, before)), None)


def _of_named_day(atom: Atom, reading: Reading) -> bool:
    """Whether the numbers are the day and month of a day with a name in capitals right before them."""
    if _no_such_day(atom, reading.folded, ""):
        return False
    m = _NAMED_DAY.search(reading.folded, max(0, atom.start - 60), atom.start)
    return m is not None and reading.text[m.start("name")].isupper()


def _school(atom: Atom, folded: str, before: str) -> bool:
    return atom.year is None and _GRADES.search(before) is not None


def _no_such_day(atom: Atom, folded: str, before: str) -> bool:
    return atom.month is None or not 1 <= atom.month <= 12 or not 1 <= (atom.day or 0) <= 31


def _round_the_clock(atom: Atom, folded: str, before: str) -> bool:
    return folded[atom.start : atom.end] == "24/7" and not _TIME_WORD.search(before)


def _two_numbers(atom: Atom, folded: str, before: str) -> bool:
    """A dash or a point between two numbers, without a word of time before and an end or a verb after."""
    if atom.year is not None or "/" in folded[atom.start : atom.end]:
        return False
    follows = folded[atom.end : atom.end + 1]
    ahead = follows in ",.;)\n" or not follows or _SOON.match(folded, atom.end) is not None
    # "đến 31-12 có 4.360 người": numbers of a range run upwards, a day and its month may not
    ahead = ahead or ((atom.day or 0) > (atom.month or 0) and _VERB_AFTER.match(folded, atom.end) is not None)
    return not (ahead and _TIME_WORD.search(before))


_NO_DAYS: tuple[tuple[str, Callable[[Atom, str, str], bool]], ...] = (
    ("years of school", _school),
    ("no such day or month", _no_such_day),
    ("a fraction of what follows", _fraction),
    ("round the clock", _round_the_clock),
    ("two numbers joined by a dash or a point", _two_numbers),
)


_BLANKS = compiled(r"\s")
_ADDRESS = compiled(r"://|www\.|\.(?:htm|aspx|php|vn/|com/)|[a-z0-9]+(?:-[a-z0-9]+){4,}")


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


_MAIL = compiled(r"[(\[<“\"]*[\w.+\-]+@[\w\-]+\.[\w.\-]*\S{0,3}")


# What names and numbers of things stand before: a street, a school; `số`, `mẫu`; a maker and its model.
_NAMED = template(r"(?<!\p{L}){named-for-a-day}[ ](?:{number}[ ])?$")
_SERIAL = template(r"(?<!\p{L}){serial}(?<!{not-counted})[ ]?:?[ ]$")
_MAKER = template(r"(?<!\p{L})(?i:{maker})(?:[ ][\p{Lu}\d][\p{L}\d.\-]*){0,3}[ ]$")


def _of_a_name(expression: Expression, reading: Reading) -> str | None:
    """Why a date that nothing but its own words makes firm is part of a name: `đường 2 tháng 9`, `số 3/2019`, `Vios 2017`."""
    if expression.relation == "range" or expression.beside:
        return None
    return next((reason for reason, holds in _NAMES if holds(expression, reading)), None)


def _named_for_a_day(expression: Expression, reading: Reading) -> bool:
    head, start = expression.head, expression.start
    if head.form != "spelled" or head.year is not None or head.relative:
        return False
    if head.kind != "month" and not reading.folded[start : start + 1].isdigit():
        return False
    return _NAMED.search(reading.folded, max(0, start - 50), start) is not None


def _in_figures(expression: Expression, reading: Reading) -> bool:
    head = expression.head
    if not reading.folded[expression.start : expression.start + 1].isdigit():
        return False
    return head.form == "figures" or (head.form == "bare" and head.kind != "day")


def _serial(expression: Expression, reading: Reading) -> bool:
    start = expression.start
    if not _in_figures(expression, reading):
        return False
    return _SERIAL.search(reading.folded, max(0, start - 16), start) is not None


def _model(expression: Expression, reading: Reading) -> bool:
    start = expression.start
    if expression.head.form != "bare" or not _in_figures(expression, reading):
        return False
    return _MAKER.search(reading.text, max(0, start - 50), start) is not None


_NAMES: tuple[tuple[str, Callable[[Expression, Reading], bool]], ...] = (
    ("a street, school or square named for a day", _named_for_a_day),
    ("the number of a thing", _serial),
    ("the year of a model", _model),
)


_VAGUE_NOW = template(r"(?<!\p{L}){vague-now}[ ]$")
# "số thu năm sau cao hơn năm trước": one year after the other, none of them in particular.
_YEAR_BY_YEAR = template(r"(?<!\p{L}){year}[ ]{later}[ ](?!{will}[ ])[^.,;:\n\d]{3,30}[ ]{year}[ ]{last-one}(?!\p{L})")
_NEXT_OR_LAST = template(r"{year}[ ](?:{later}|{last-one})")
_ADJOINING = template(r"[ ]{adjoining}")


def _vague(expression: Expression, reading: Reading) -> bool:
    """`có được như ngày hôm nay`: our times, no day; `tổng doanh thu của năm trước liền kề`: any year."""
    head, folded = expression.head, reading.folded
    if not head.relative or expression.beside or expression.relation == "range":
        return False
    if _ADJOINING.match(folded, expression.end):
        return True
    quote = folded[expression.start : expression.end]
    if _NEXT_OR_LAST.fullmatch(quote):
        pair = _YEAR_BY_YEAR.search(folded, max(0, expression.start - 40), expression.end + 40)
        if pair is not None and pair.start() <= expression.start < pair.end():
            return True
    return (
        quote in forms("our-times")
        and _VAGUE_NOW.search(folded, max(0, expression.start - 12), expression.start) is not None
    )


def keep(expression: Expression, reading: Reading) -> bool:
    """Whether an expression is a date; a dropped one is logged."""
    reason = _why_not(expression, reading)
    if reason is not None:
        reading.drop(expression.start, expression.end, "dates", expression.head.rule, reason)
    return reason is None


def _why_not(expression: Expression, reading: Reading) -> str | None:
    if _in_address(expression, reading):
        return "inside a web address"
    if _vague(expression, reading):
        return "our times, or any year"
    reason = _of_a_name(expression, reading)
    if reason is not None or expression.beside or any(a.firm for a in expression.atoms):
        return reason
    return _of_numbers(expression, reading)


def _of_numbers(expression: Expression, reading: Reading) -> str | None:
    """Why bare numbers are no date, or None."""
    reason = next((r for atom in expression.atoms if (r := _bare(atom, reading))), None)
    # "từ 3-5 đến 6-5": the words of a range make a date of numbers, but not of counts
    ranged = expression.relation == "range" and expression.start < expression.head.start
    return None if ranged and reason is not None and "unit" not in reason else reason
