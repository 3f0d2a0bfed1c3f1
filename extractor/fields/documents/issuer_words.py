"""The words around citations and bodies that tell who issued what."""

from __future__ import annotations

import regex

from extractor.fields.documents.bodies import Body
from extractor.fields.documents.rows import IssuerRow, TypeRow, codes, template
from extractor.values import documents as values

_DATED = (
    r"(?:[ ]{year}[ ]\d{4}(?=[ ]{day}))?"
    r"(?:[ ]?,?[ ]?\(?(?:{signed}[ ])?(?:{date-lead}[ ])?(?:\d{1,2}[ ]?[/.\-][ ]?\d{1,2}(?:[ ]?[/.\-][ ]?\d{4})?"
    r"|\d{4}|\d{1,2}[ ]{month}[ ]\d{1,2}[ ]{year}[ ]\d{4})\)?)?"
)
ISSUED_BY = template(_DATED + r"[ ]?,?(?:[ ]{and-others}[ ][^.;\n]{5,70}?)?[ ](?P<by>{by})[ ]")
SPEAKS_AT = template(r"[ ,]{0,2}{at}?[ ]?(?:{several}[ ])?")
UNIT_WORD = template(r"(?P<unit>{unit})(?![ ]?{party-tail}|\p{L})")
SUBJECT = template(
    r"(?<=\A|[.,:;!?\n–-][ ]?|(?<!\p{L}){subject-lead}[ ])(?P<unit>{unit})(?![ ]?{party-tail}|[ ]{union-tail}|\p{L})"
)
HIGH_SERIAL = 500  # a commune's office numbers hardly so many documents of one type in a year
OBEYS = template(r"(?<!\p{L}){obeys}(?!\p{L})")
ACTS_BY = template(r"(?<!\p{L}){acts-by}[ ]$")
# "Quyết định 12/QĐ-UBND của UBND tỉnh A … kể từ Quyết định 15": the body is the first document's.
OWNED = template(r"\d[^\s]*[/\-][^\s]*\p{Lu}[^\s]*" + _DATED + r"[ ]{by}[ ]$")
COMMA = template(_DATED + r"[ ]?,[ ]")
PARTNER = template(r"[ ]?[-,;&][ ]?(?:{and}[ ])?|[ ]{and}[ ]")  # between the bodies of one document
BEFORE_OF = template(r"(?<={of}[ ])")
DEPUTY = template(r"{deputy}")
LATER = 300  # a mention after the citation counts as this many characters farther away
HELD = 300  # so many more where the mention is only part of a person's post


# Between a body and a citation: the body issues it.
WORD_OF_ISSUING = template(r"(?<!\p{L}){issues}(?!\p{L})")
# Any other body: "của Giám đốc Bệnh viện đa khoa huyện X", "của Ban chỉ đạo 389 tỉnh A".
ANY_BODY = template(
    r"(?P<name>\p{Lu}[\p{L}&-]*(?:[ ](?:[\p{L}&-]+|\d{1,3}(?![\d/.,-]))){0,11}?)(?=[ ]{ends-name}(?!\p{L})|[ ]?[,.;:()\n\"”]|$)"
)
# Between a unit and a citation: the document is another's.
FOLLOWS_OTHERS = template(r"(?<!\p{L}){follows-others}(?!\p{L})")
_MINISTRY = template(r"(?<!\p{L})(?i:{ministry})(?!\p{L})")


def distance(body: Body, at: int) -> int:
    """How far a mention of a body stands from a citation, in characters, with what weighs against it."""
    far = at - body.start if body.start <= at else body.start - at + LATER
    return far + HELD if body.held else far


def can_mean(row: IssuerRow, other: IssuerRow) -> bool:
    """Whether a code of a row can mean the body of another."""
    return other.id == row.id or other.id in row.related


def provincial(kind: TypeRow | None, row: IssuerRow, number: values.Number | None) -> bool:
    """Whether the number alone shows a province's document: a rule of law (with its year), an urgent telegram, an office.

    Rules of law carry the year in their number (Law 80/2015/QH13); districts have hardly made any since 2016.
    """
    if number is None or not row.elected:
        return False
    if number.year is not None and number.segments[0].upper() in codes("rule-code"):
        return True
    if kind is not None and kind.urgent:
        return True
    return len(number.segments) > 1 and number.segments[1] in codes("office")


def serial_of(number: values.Number) -> int:
    """A number's serial without the letter that may follow its digits."""
    return int(regex.match(r"\d*", number.serial.replace(".", ""))[0])


def is_ministry(name: str | None) -> bool:
    """Whether a body may issue a circular (Law 80/2015/QH13, articles 24-26)."""
    return name is not None and _MINISTRY.search(name) is not None
