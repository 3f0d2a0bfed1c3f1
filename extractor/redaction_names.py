"""Where the words around a name tell that it is a private person's: kinship, what somebody is, an age, what somebody says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import ClassVar, Literal

import regex

from extractor.fields.officials.rows import HonorificRow, lexicon
from extractor.redaction_phrases import Phrases
from extractor.rules import TIMEOUT, Row, cache, load_rows
from extractor.rules.lexica import template
from extractor.text import fold, unaccent

Range = tuple[int, int]
_WORD = r"\p{Lu}[\p{L}\p{M}’'-]*"
_INITIALS = r"(?:\p{Lu}\p{Ll}?\.){1,4}(?:\p{Lu}[\p{L}\p{M}]*)?"
_NAME = regex.compile(rf"(?:{_INITIALS}|{_WORD}(?:[ \u00a0]{_WORD}){{0,5}})")
_AGE = template(
    r"\.?[ \u00a0]?[,(][ \u00a0]?(?:{birth}[ \u00a0]?:?[ \u00a0]?(?:19|20)\d\d|\d{1,3}[ \u00a0]{age})(?!\p{L})"
)
_SYLLABLE = regex.compile(
    r"(?:(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?|\p{L})\.?"
)
# A signature: one or two names, or initials, as the last words of the text, perhaps with the source in brackets.
_SIGNED = regex.compile(
    rf"(?<=[.!?…”\"»)\]]\s{{1,9}}|\n\s{{0,9}})(?P<name>{_WORD}(?:[ \u00a0]{_WORD}){{1,3}}|(?:\p{{Lu}}\.){{1,3}}\p{{Lu}}?\p{{Ll}}*)"
    rf"(?:[ \u00a0][-–/][ \u00a0](?P<name>{_WORD}(?:[ \u00a0]{_WORD}){{1,3}}))?[ \u00a0]*(?:\([^()\n]{{0,60}}\))?[ \u00a0.\-–/.]*\Z"
)
_APART = regex.compile(r"(?<![.\-/])")
_UNFOLLOWED = regex.compile(r"(?![ \u00a0]\p{Lu})")
_OPENS = '.!?:…“”"\n-–(,;'
_MOST_CAPITALS = 5  # letters in capitals that are an abbreviation's
_SHORTEST = 4  # letters of a foreign word that stands for its person alone


class IdentifierRow(Row):
    """A number that identifies a person, the group `value` of its pattern; with `private` only where no official is meant, with
    `body` only where no body is named last before it.

    Rows of the other uses hold words around a name: of `head` it is a school's or a firm's, behind those of `relation` and
    `person` it is a person's, behind a `leader` that of somebody in public life, an `opener` begins a sentence before a name
    and is no part of it, a `verb` behind a name is what persons do, a `caption` stands before whoever took a picture.
    """

    ASKED: ClassVar[tuple[str, ...]] = ("use",)

    private: bool = False
    body: bool = False
    use: Literal["number", "head", "relation", "person", "leader", "opener", "verb", "caption"] = "number"


@cache
def cue_words(*uses: str) -> str:
    """The words of some uses in `identifiers.yaml` as an alternation over folded text, longest first.

    `address` and `trade` are those of `honorifics.yaml`: forms of address, and what somebody is; `rank` those of `ranks.yaml`.
    """
    forms = {
        fold(form) for row in load_rows("identifiers.yaml", IdentifierRow) if row.use in uses for form in row.forms
    }
    for row in load_rows("honorifics.yaml", HonorificRow):
        if ("trade" if row.private else "address") in uses:
            forms.update(map(fold, row.forms))
    if "rank" in uses:
        forms.update(fold(form) for row in load_rows("ranks.yaml", Row) for form in row.forms)
    ordered = sorted(forms, key=len, reverse=True)
    return "|".join(regex.escape(form, literal_spaces=True).replace(" ", r"\s+") for form in ordered)


ALL_CUES = ("address", "trade", "relation", "person")


@cache
def _says() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{cue_words('verb')})(?!\p{{L}})")


@cache
def _caption() -> regex.Pattern[str]:
    names = rf"{_INITIALS}|{_WORD}(?:[ \u00a0]{_WORD}){{1,3}}"
    return regex.compile(rf"(?i:(?<!\p{{L}})(?:{cue_words('caption')})[ \u00a0]?:[ \u00a0]?)(?P<name>{names})")


@cache
def _before() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{cue_words(*ALL_CUES)})[ \u00a0]")


@cache
def _kin() -> regex.Pattern[str]:
    return regex.compile(cue_words("address", "relation"))


def is_native(name: str) -> bool:
    """Whether every word of a name is spelt as Vietnamese words are."""
    return all(_SYLLABLE.fullmatch(unaccent(word)) for word in name.split())


def runs_into_a_body(folded: str, span: Range) -> bool:
    """Whether the last word of a span is the first of a body's, which the span cuts: "Hiện Công" of "Hiện Công an huyện …"."""
    start = folded.rfind(" ", *span) + 1
    body = lexicon().body_forms.match(folded, start) if start > span[0] else None
    return body is not None and body.end() > span[1]


def is_written(name: str) -> bool:
    """Whether a name is written as one, every word of it with a capital."""
    return all(word[0].isupper() for word in name.split() if word[0].isalpha())


def is_initials(name: str) -> bool:
    """Whether a name is written as letters with stops: "T.Đ", "N.Linh"."""
    return "." in name[:-1]


@cache
def _leader() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{cue_words('leader')})[ \u00a0]")


def leaders(text: str, folded: str) -> Iterator[Range]:
    """Names right behind a word for somebody in public life, whose post is not told: "nhà lãnh đạo …"."""
    for cue in _leader().finditer(folded, timeout=TIMEOUT):
        name = _NAME.match(text, cue.end())
        if name is not None and " " in name.group():
            yield name.span()


def told_names(text: str, folded: str) -> Iterator[Range]:
    """Names that words before or behind tell to be a person's, in text order and unchecked against what else stands there."""
    for cue in _before().finditer(folded, timeout=TIMEOUT):
        name = _NAME.match(text, cue.end())
        kin = _kin().fullmatch(folded, cue.start(), cue.end() - 1) is not None
        if (
            name is not None
            and _follows(name, folded, strict=not kin)
            and (" " in name.group() or _spoken(text, cue.start()))
        ):
            yield name.start() + _ahead(name.group()), name.end()
    for name in _NAME.finditer(text, timeout=TIMEOUT):
        if " " in name.group() and _AGE.match(folded, name.end()) and not _of_a_thing(folded, name.start()):
            yield name.span()


def _follows(name: regex.Match[str], folded: str, *, strict: bool) -> bool:
    """Whether what stands behind a cue is a name: behind what somebody is ("sinh viên") only one that can be no body's."""
    if _of_a_thing(folded, name.start()):
        return False
    words = name.group().split()
    if is_initials(name.group()) or (len(words) == 1 and len(words[0].rstrip(".")) == 1):
        return not strict or is_initials(name.group())
    if any(w.isupper() and len(w) <= _MOST_CAPITALS for w in words) and not all(map(str.isupper, words)):
        return False  # "công nhân KCN Bắc Thăng Long"
    if len(words) == 1 and words[0].isupper():
        return False
    if not strict:
        return True
    known = lexicon().surnames | lexicon().rare_surnames
    return len(words) > 1 and (fold(words[0]) in known or not is_native(name.group()))


def _spoken(text: str, at: int) -> bool:
    """Whether a form of address is written as one: small, or at the begin of a sentence. "hoa Anh Đào" has none."""
    return text[at].islower() or not (lead := text[max(0, at - 3) : at].rstrip(" \u00a0")) or lead[-1] in _OPENS


def _ahead(name: str) -> int:
    """How many characters of a name are a foreign word before a Vietnamese name: "Karate Đoàn Bảo Châu"."""
    first, _, rest = name.partition(" ")
    own = len(rest.split()) > 1 and is_native(rest) and fold(rest.split()[0]) in lexicon().surnames
    return len(first) + 1 if own and not is_native(first) else 0


def _of_a_thing(folded: str, at: int) -> bool:
    """Whether a body, a role, a country or a rank begins here."""
    known = lexicon()
    return any(
        forms.match(folded, at) is not None
        for forms in (known.body_forms, known.role_forms, known.countries, known.address)
    )


def speaks(folded: str, at: int) -> bool:
    """Whether a verb of what persons do stands behind a name that ends at `at`."""
    if folded[at : at + 1] not in (" ", "\u00a0"):
        return False
    return lexicon().activity.match(folded, at + 1) is not None or _says().match(folded, at + 1) is not None


def signatures(text: str, known: Set[str]) -> list[Range]:
    """The names that sign a text at its end, or a picture; `known` are folded words that begin none ("theo")."""
    spans = [m.span("name") for m in _caption().finditer(text, timeout=TIMEOUT)]
    if found := _SIGNED.search(text, max(0, len(text) - 120)):
        spans += found.spans("name")
    quotes = ((r, text[slice(*r)]) for r in spans)
    return [r for r, quote in quotes if fold(quote).split()[0] not in known and _is_signature(quote)]


def _is_signature(name: str) -> bool:
    return is_initials(name) or (is_native(name) and not name.isupper())


def alone(text: str, folded: str, given: Mapping[str, bool]) -> Iterator[Range]:
    """Where one word of a person's name stands for it: `given` maps a word to whether only a verb behind it makes it sure."""
    if not given:
        return
    openers = rf"(?:{cue_words('opener')})"
    before = regex.compile(rf"(?<![\p{{L}}\p{{M}}]){openers}[ \u00a0]$")
    sure: set[str] = set()
    doubtful: list[Range] = []
    for start, end in Phrases(given, before=_APART, behind=_UNFOLLOWED).spans(text):
        word, lead = text[start:end], text[max(0, start - 30) : start].rstrip(" \u00a0")
        if _goes_on(lead) and not before.search(folded, max(0, start - 30), start):
            continue
        if speaks(folded, end) or not (given[word] or (_opens(lead) and is_native(word))):
            sure.add(word)
            yield start, end
        elif not given[word]:
            doubtful.append((start, end))
    # At the begin of a sentence a word is the person that it is elsewhere, where it begins nothing else.
    yield from (r for r in doubtful if text[slice(*r)] in sure and not _of_a_thing(folded, r[0]))


def _goes_on(lead: str) -> bool:
    """Whether a word with a capital stands last before a name."""
    last = regex.search(r"[\p{L}\p{M}]+$", lead)
    return last is not None and last.group()[0].isupper()


def _opens(lead: str) -> bool:
    """Whether a sentence begins behind what stands before a name."""
    return not lead or lead[-1] in '.!?:…“"\n'


def parts(name: str) -> Iterator[str]:
    """The words of a name that may stand for it: its last one, of a foreign one its first, too."""
    words = name.split()
    if is_initials(name):
        yield name.rstrip(".").rsplit(".", 1)[-1]
    elif len(words) < 2:
        return
    elif is_native(name):
        yield words[-1]
    else:
        yield from (w for w in (words[0], words[-1]) if len(w) >= _SHORTEST - is_native(w))
