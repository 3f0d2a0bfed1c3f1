"""Expressions over names of persons and what stands around them; the words are rows of `patterns/post_words.yaml`."""

from __future__ import annotations

import regex

from extractor.compiled import anchored, compiled
from extractor.fields.officials.words import forms, template
from extractor.rules import Starts, cache

SYLLABLE = compiled(r"\p{Lu}[\p{L}\p{M}'’]*\.?")
PAIR = anchored(r"\p{Lu}\p{L}+ \p{Lu}\p{L}+(?! \p{Lu})")
RUN = compiled(r"\p{Lu}[\p{L}'’]*(?: {1,3}\p{Lu}(?:[\p{L}'’]+|\.)?){0,5}")
# A foreign name: the small words and initials in it, words with hyphens. "Otto von Mẫu", "Bashar al-Mẫu", "H.R. Mẫu".
_WORD = r"\p{Lu}[\p{L}\p{M}'’]*(?:-\p{L}[\p{L}'’]*)*"
_INITIALS = r"\p{Lu}\.(?:[ ]?\p{Lu}\.){0,2}"
FOREIGN = template(
    rf"(?:{_INITIALS}[ ]?)?{_WORD}"
    rf"(?:[ ](?:{{name-particle}}[ ]){{0,2}}(?:{_INITIALS}(?:[ ]?{_WORD})?|(?:{{name-particle}}[-'’])?{_WORD})){{0,5}}"
)
PARTICLED = template(
    rf"(?:[ ]{{name-particle}}(?:[ ]{{name-particle}})?[ ]|[ ]{{name-particle}}[-'’]){_WORD}"
)  # "Faruk | al-Mẫu"
ADDRESSED = compiled(r"\p{Lu}[\p{L}'’]*(?:(?:[ -]{1,2}|(?<=\p{Ll})(?=\p{Lu}))\p{Lu}[\p{L}'’]*){0,7}")
# What ends where a name begins is looked for from there backwards, `(?r)`, where only whether it stands there counts.
# A hospital, street or prize bears the name; no person is meant.
NAMED = template(r"(?r)(?<!\p{L}){bears-name}\.?[ ]$")
# Words of the next sentence that a name without a full stop after it runs into.
TAIL = template(r"(?:(?:(?<![ ]\p{L})\.|[,;:])[ ].*|[ ]{name-tail})$")
WORD = compiled(r"\S+")
# A word of the next column or clause that lost its blank: no syllable ends so.
GLUED = template(r"(?<=\p{L}{2}){glued}(?=[ ]|$)")
HYPHENED = anchored(r"(?:-\p{L}{1,7}){1,3}(?!\p{L})(?<=-\p{Ll}{1,7})")  # "Moon Jae-in", "Prayut Chan-o-cha"
# Names in Vietnamese transliteration: syllables joined by hyphens, "Bun-nhăng Vo-la-chít".
HYPHENS = compiled(r"(?<![\p{L}\-.])\p{Lu}\p{L}*(?:-\p{L}+)*(?: \p{Lu}\p{L}*(?:-\p{L}+)*){1,4}(?![\p{L}\-])")
JOINED = compiled(r"\p{L}-\p{Ll}")
FOREIGN_TAIL = compiled(r" \p{Lu}(?=\p{L}*[^\x00-\x7f])\p{L}+$")  # a Vietnamese word behind a foreign name
CREDIT = template(r"(?r)(?:(?<!\p{L}){credit}\s*:\s*|\({photo}\s*:?\s*)$")
# Bodies of a unit that is not named: a name of three syllables after them is a person's.
UNNAMED = template(r"(?r)(?<!\p{L}){unit-body}[ ](?:{unit}|{city-short}\.?)[ ]$")
# Spellings that no Vietnamese syllable has: foreign names.
ALIEN = compiled(
    r"[fjwz]|[bcdghklmnpqrstvx]{4}|[bdklrsv]$|[bcdhklmnprstvx]{2}(?<!ch|nh|th|kh|ph|tr)|[aeiou][bcdghklmnprstvx]{1,2}[aeiouy]"
)
# A foreign name before the mark that parts it from its post; the marks and words between a name of a list, or a post, and it.
FOREIGN_BEFORE = template(
    r"(?:^|[;:,(“\n•+*\-–|][ ]?|(?<!\p{L}){before-name}[ ])"
    r"(\p{Lu}[\p{L}'’]*(?:[ ]\p{Lu}[\p{L}'’]*){1,3})\s?[,\-–(|]\s*(?:{before-role}[ ])?$",
    regex.V1,
)
SURNAME_HYPHENED = compiled(r"(?<![\p{L}\-.])[A-Z][a-z]{1,6} [A-Z][a-z]+-[a-z]+(?![\p{L}\-])")
LIST_BACK = template(r"(?r)(?:,[ ](?:{and-name}[ ])?|[ ]{and-name}[ ])$")
TO_POST = template(r"\s?[,\-–(][ ]?(?:{before-role}[ ])?")
SENTENCE = compiled(r"[.;:()\n]")
CLAUSE = compiled(r"[,.;:()\n]")
# What parts a post from a name that its body does not reach: marks, and words that no body has.
NO_BODY = template(r"[,.;:()\n\"“”]|(?<!\p{L}){no-body-abroad}(?!\p{L})")
# The first words of the next caption or sentence, which lost its stop: "Vũ Văn Mẫu | Quang cảnh hội nghị".
CAPTION = template(r"{opens-caption}(?!\p{L})")
SENTENCE_END = compiled(r"[;:()\n]|(?<!\p{Lu})\.")
# "Thị trưởng thành phố | Gangwha | Kim Min Ho": a foreign unit between the role and the name.
FOREIGN_UNIT = template(r"[ ]{foreign-unit}[ ](?=\p{L})")
UNIT_BACK = 20  # characters before a name in which the word of a unit, and the one before it, stand
FOREIGN_UNIT_BEFORE = template(r"(?r)(?<!\p{L}){foreign-unit}[ ]$")
UNIT_NAME = template(r"(?<!\p{L})(?:{unit}|{city-short}\.?)[ ](?=\p{L})")
SET_OFF = (",", "-", "–", "(", "|")
# A whole name and the mark between it and its post; what may stand before it.
NAME_BEFORE = template(
    r"(?:^|[;:,.(“\n•+*\-–|][ ]?|(?<!\p{L}){before-name}[ ])"
    r"(\p{Lu}[\p{L}'’]*(?:[ ]\p{Lu}[\p{L}'’]*){2,4})\s?[,\-–(|]\s*(?:{before-role}[ ])?$",
    regex.V1,
)
WHOLE = compiled(r"(?![\p{L}\p{N}'’])(?! \p{Lu}\p{Ll})")  # no longer name goes on here
RUNS_IN = compiled(r"\p{Lu}\p{Ll}+ $")  # a longer name comes in here
CELL = anchored(r"[^|\n]{0,70}\| ?(\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]+){1,3}) ?\|")
LIST_GAP = template(r"(?:,[ ](?:{and-name}[ ])?|[ ]{and-name}[ ])(?=\p{Lu})")
LISTED_NAME = anchored(r"\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]+){2,3}(?! \p{Lu})")
# A name that opens a clause, before the words that bring a post: "…; Bá Bình Mẫu giữ chức …".
OPENS = anchored(r"(\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]*){1,3}) (?=\p{Ll})")
OPENERS = frozenset(";:.,\n“")
_HOLDING = template(r"(?:{just}[ ])*(?:{takes-office}|{works-as}[ ](?={role-start}))")


@cache
def holding() -> Starts:
    """Finds words of taking up or holding a post."""
    begins = forms("just") | forms("takes-office") | forms("works-as")
    return Starts("holding", _HOLDING.compiled, begins, whole=True)


LISTED_SHORT = template(r"\p{Lu}\p{L}+[ ]\p{Lu}\p{L}+(?=\s*(?:[.,;]|{and-name}[ ]))")
UNIT_BEFORE = template(r"(?r)(?:{unit-party}|{unit}|{city-short}\.?)[ ]$")
LONG_RUN = compiled(r"(?<= )\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]+){2,8}")
NAME_FAR = 90  # characters behind a post's role in which a name may end its body
NAME_BACK = 60  # characters before a post in which such a name stands
# Given names that are other words too: "Nguyễn Văn | Em, …", "Lê Văn | Tại hiện là …".
GIVEN = template(r"[ ]{given-written}(?=\s?[,\-–(]|[ ]{after-given}(?!\p{L}))")
# A name that opens like a school's: "Tổng Bí thư Trường Mẫu", where no school can follow.
ALONE = template(r"{school-written}[ ]\p{Lu}\p{Ll}+(?![ ]\p{Lu})(?<!{school-written}[ ]{school-kind-written})")
MANY = 200  # names; a longer list of them is not searched for repeats
BACK = 45  # characters before a name in which its forms of address may stand
# Names of one word with a prefix that no other words have: "K'Mẫu", "H’Thử Êban".
PREFIXED = compiled(r"(?<![\p{L}'’])[KHY]['’]\p{L}{2,}(?: \p{Lu}[\p{L}'’]+){0,3}")
PREFIXES = ("h'", "k'", "h’", "k’")
