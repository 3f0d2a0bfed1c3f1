"""Expressions over names of organisations: digits, marks and borders here, the words in `patterns/post_words.yaml`."""

from __future__ import annotations

from extractor.compiled import anchored, compiled
from extractor.fields.officials.words import expression, forms, template
from extractor.rules import Starts, cache, first_words

LEVEL = template(r"(?:{level-short}(?!\p{L})\.?|{level-word}(?!\p{L}))")
UNIT = template(r"(?<!\p{L}){unit}[ ]$")
# Where an envoy is: "Đại sứ Pháp | tại Việt Nam".
SEAT = template(
    r"{at}[ ](?P<where>(?:(?i:{city-short})\.[ ]?|(?i:{city-short}|{city})[ ])?\p{Lu}\p{L}*(?:[ ]\p{Lu}\p{Ll}+){0,3})"
)
TERM = template(
    r"[ ]?,?[ ]?\(?(?:{the}[ ])?{term}[ ](?:[ivx]+|\d+)"
    r"(?:(?:,[ ]?|[ ]{and}[ ])(?:[ivx]+|\d+)(?![\p{L}\d/]))*(?![\p{L}\d/])\)?"
)


@cache
def level_words() -> frozenset[str] | None:
    """The first words of what `LEVEL` finds; None where one begins with no letter."""
    return first_words(forms("level-short") | forms("level-word"))


@cache
def firm_words() -> Starts:
    """Finds the words that `FIRM` looks for, whatever stands around them."""
    return Starts("firms", compiled(expression("firm")), forms("firm"), whole=True)


@cache
def term_words() -> Starts:
    """Finds the words of terms, whatever number follows."""
    return Starts("terms", compiled(expression("term")), forms("term"), whole=True)


ALIAS = anchored(r" ?\(((?:UB\p{Lu}*(?:\.\p{Lu})? )?[\p{Lu}&.\-]{2,12})\)")
REALM = template(r"{realm}(?:[ ]{realm-kind})?[ ]")
NUMBERED = template(r"{numbered}$")
LISTED = template(r"[\p{L} /]{2,40}(?:,[ ][\p{L} /]{2,30})?[ ]{and}[ ]")
DASHED = anchored(r"[\p{L} ]{2,20} [\-–] [\p{L} ]{2,30}(?= ?[(,;.\n]|$)")  # "Hành chính, | Quản trị - Tổ chức cán bộ."
# The other half of a region's or a route's name follows the dash: "khu vực 4 - Nà Phặc", "cửa khẩu A - B".
REGION = template(r"(?:{region}[ ](?:\d+|[ivx]+)|{route}[ ][\p{L} ]{2,25})[ ]?$")
HOME = template(r"(?<!\p{L}){home-name}[ ]?$")
SHARED = template(r"{two-provinces}[ ][\p{L} ]{2,20}$")
# A half of a name that the parent organisation closes: "Quy hoạch - | Giao đất (Sở …)".
CLOSED = template(r"[\p{L} ]{2,28}(?:,|[ ]?\()?[ ]?(?<=[,(][ ]?)(?:{of}[ ])?{closing-head}(?!\p{L})")
FIRM = template(r"(?<!\p{L}){firm}(?!\p{L})")
# Branches of public bodies.
BRANCH = template(r"(?<!\p{L})(?:{public-branch}|{land-office}\p{L}*)(?!\p{L})")
LONGEST = 28  # tokens; no name of an organisation is longer
