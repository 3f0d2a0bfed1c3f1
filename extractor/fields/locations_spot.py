"""Where the text names places: type word + name, lists, aliases, bare names, and names that only look like places.

A `Spot` is a candidate mention with every unit state it can mean; `locations_link` chooses among them by the whole article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.fields.locations_rows import (
    NounRow,
    TypeRow,
    aliases,
    nouns,
    other_names,
    short_words,
    type_words,
)
from extractor.gazetteer import Gazetteer, Unit, key, loose
from extractor.gazetteer.names import syllable
from extractor.models import Mention, Reading

_WORD = r"\p{Lu}[\p{L}\p{M}]*(?:['’`´‘]\s?\p{L}+)*"
_SEP = r"(?:[ \u00a0]{1,2}|\s?[-–]\s?)"
_RUN = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_WORD}(?:{_SEP}(?:{_WORD}|\p{{N}}{{1,2}}(?![\p{{N}}%.,/]?\p{{N}}|%)))*+")
_PIECE = regex.compile(r"[\p{L}\p{M}]+(?:['’`´‘]\s?\p{L}+)*|\p{N}+")
_NUMBER = regex.compile(r"(?:số\s+)?(\p{N}{1,3})(?![\p{N}%]|[.,/:-]\p{N})")
_LOWER = regex.compile(r"[ \u00a0]([\p{Ll}\p{M}]+)")
# Between the items of a list; a dash only with blanks or between names.
_NEXT = regex.compile(
    r"(?:\s*\([^()\n]{0,60}\))?(\s*[,;]\s*(?:và\s+|hay\s+)?|\s+(?:và|hay|hoặc|với|cùng)\s+|\s*[-–&/]\s*|\s*,?\s+và\s+)"
)
_PLURAL = regex.compile(r"(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|số|\d{1,3}|nhiều|một số|liên|giữa)\s*$")
_PERSONAL = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đào đoàn trịnh trương lâm mai cao tô tạ "
    "hà thái châu lương la lưu chu vương kim tăng quách từ diệp thạch".split()
)
_DIRECTION = frozenset("bắc nam đông tây".split())


@dataclass(slots=True)
class Spot:
    """A place the text may name. `units` holds every state of every unit it can mean; empty for hamlets and unknown names.

    `levels` in order of preference; `typed` when a type word of its own or of its list's head says the level; `head` is
    the first item of its list; `vote` sums the evidence for a bare name.
    """

    start: int
    end: int
    name_start: int
    name: str
    levels: tuple[str, ...]
    units: list[Unit] = field(default_factory=list)
    typed: bool = False
    types: tuple[str, ...] = ()
    rule: str = ""
    head: Spot | None = None
    key: str = ""
    vote: float = 0.0
    exact: bool = True
    other: bool = False
    kept: bool = True
    chosen: Unit | None = None
    rivals: tuple[str, ...] = ()
    score: float = 0.0
    above: Spot | None = None
    note: str | None = None


class Spotter:
    """One article's candidates, found in the order alias, typed, other, bare; a stretch of text is taken once."""

    def __init__(self, reading: Reading, names: Sequence[Mention], units: Gazetteer) -> None:
        self.reading, self.text, self.folded, self.units = reading, reading.text, reading.folded, units
        self.taken = bytearray(len(reading.text))
        self.spots: list[Spot] = []
        self.persons = [(m.start, m.end) for m in names if m.label == "PER"]
        self.places = {(m.start, m.end) for m in names if m.label == "LOC"}

    def run(self) -> list[Spot]:
        """All candidates in text order."""
        self._typed()
        self._aliases()
        self._others()
        self._bare()
        self.spots.sort(key=lambda s: s.start)
        return self.spots

    # -- names at a place of the text -------------------------------------------------------------------------------

    def _words(self, at: int) -> list[tuple[int, int]]:
        """The capitalised words (and numbers) of the run that begins at `at`; empty where none begins."""
        run = _RUN.match(self.text, at)
        return [m.span() for m in _PIECE.finditer(self.text, at, run.end())] if run else []

    def _known(self, words: list[tuple[int, int]], levels: tuple[str, ...]) -> tuple[int, list[Unit]]:
        """The longest prefix of `words` that names a unit of one of the levels: its number of words and its states."""
        best, found, joined = 0, [], ""
        for count, (start, end) in enumerate(words[:6], 1):
            joined += "".join(map(syllable, self.text[start:end].split()))
            states = self.units.by_key.get(joined)
            if states:
                fit = [u for u in states if u.level in levels]
                if fit:
                    best, found = count, fit
        return best, found

    def _name_at(self, at: int, row: TypeRow) -> tuple[int, list[Unit], bool] | None:
        """End, states and exactness of the name after a type word that ends before `at`; None where no name begins."""
        text = self.text
        words = self._words(at)
        if not words:
            return None
        levels = row.level
        count, found = self._known(words, levels)
        if count and (count == 1 and len(words) > 1):
            # A one-word name before more capitals ("xã Tân" of "xã Tân Qwert"): only when nothing longer is meant.
            follow = text[words[0][1] : words[1][0]]
            if "-" not in follow and "–" not in follow and not text[words[1][0] : words[1][1]].isupper():
                alike = self._alike(words, levels)
                if alike:
                    return alike
        if count:
            longer = self._lowered(words[:count], levels) if count == len(words) else None
            return longer or (words[count - 1][1], found, True)
        lowered = self._lowered(words, levels)
        if lowered:
            return lowered
        return self._alike(words, levels) or (self._cut(words), [], False)

    def _lowered(self, words: list[tuple[int, int]], levels: tuple[str, ...]) -> tuple[int, list[Unit], bool] | None:
        """A name whose later syllables are written small ("Yên bái")."""
        if len(words) > 2:
            return None
        start, end = words[0][0], words[-1][1]
        for _ in range(2):
            more = _LOWER.match(self.text, end)
            if not more:
                return None
            end = more.end()
            found = [u for u in self.units.named(self.text[start:end]) if u.level in levels]
            if found:
                return end, found, True
        return None

    def _alike(self, words: list[tuple[int, int]], levels: tuple[str, ...]) -> tuple[int, list[Unit], bool] | None:
        """A unit whose name differs only in diacritics ("Krông Buk")."""
        for count in range(min(4, len(words)), 0, -1):
            name = self.text[words[0][0] : words[count - 1][1]]
            if len(name) < 4:
                continue
            found = [u for u in self.units.like(name) if u.level in levels]
            if found:
                return words[count - 1][1], found, False
        return None

    def _cut(self, words: list[tuple[int, int]]) -> int:
        """Where an unknown name ends: before a dash, an acronym or the fifth word; a number may end it."""
        text, end = self.text, words[0][1]
        for count, (start, stop) in enumerate(words[1:], 1):
            gap, word = text[end:start], text[start:stop]
            if (
                count >= 4
                or "-" in gap
                or "–" in gap
                or (len(word) > 1 and word.isupper() and not text[words[0][0] : words[0][1]].isupper())
            ):
                break
            end = stop
            if word.isdigit():
                break
        return end

    # -- type word + name -------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        text, folded = self.text, self.folded
        pattern, forms = type_words()
        hits: list[tuple[int, int, TypeRow]] = []
        for m in pattern.finditer(folded):
            word = " ".join(m.group().split())
            hits.append((m.start(), m.end(), forms[word]))
        short, short_forms = short_words()
        for m in short.finditer(text):
            hits.append((m.start(), m.end(), short_forms[m.group(1).lower()]))
        hits.sort(key=lambda h: (h[0], -h[1]))
        for start, end, row in hits:
            if self.taken[start]:
                continue
            at = end
            dotted = at < len(text) and text[at] == "." and end - start <= 3
            while at < len(text) and ((text[at].isspace() and text[at] != "\n") or (dotted and at == end)):
                at += 1
            if at < len(text) and text[at] in "\"“'‘":
                at += 1
            if at - end > 4 or at >= len(text):
                continue
            self._typed_at(start, at, row)

    def _typed_at(self, start: int, at: int, row: TypeRow) -> None:
        text = self.text
        hamlet = row.level == ("hamlet",)
        alias = self._alias_at(start)
        if alias is not None:
            head: Spot | None = alias
        else:
            number = _NUMBER.match(self.folded, at)
            if number:
                head = self._numbered(start, at, number.end(1), number.group(1), row)
            elif text[at].isupper():
                head = self._hamlet(start, at, row) if hamlet else self._unit(start, at, row)
            else:
                return
        if head is None:
            return
        self._take(head)
        self._list(head, row, plural=bool(_PLURAL.search(self.folded, max(0, start - 12), start)))

    def _unit(self, start: int, at: int, row: TypeRow) -> Spot | None:
        got = self._name_at(at, row)
        if got is None:
            return None
        end, found, exact = got
        name = self.text[at:end]
        if not found and (row.short or len(name) < 2 or name.isupper() and len(name) < 5):
            return None
        return Spot(
            start, end, at, name, row.level, found, typed=True, types=row.types, rule=row.id, key=key(name), exact=exact
        )

    def _numbered(self, start: int, at: int, end: int, digits: str, row: TypeRow) -> Spot | None:
        after = self.folded[end : end + 12]
        if row.level == ("hamlet",):
            if row.weak and not regex.match(
                r"\s*(?:[,;.()\-–\n]|$|phường|xã|thị|ấp|thôn|khu|kp|p\.|và\s+(?:tổ|đội|khu|khối|\d))", after
            ):
                return None
            if (
                regex.match(r"\s+(?:thôn|ấp|bản|xóm|xã|người|hộ|tuổi|nhà|tổ)\b", after)
                and not row.weak
                and digits.isdigit()
                and start > 0
                and regex.search(r"\d\s*$", self.folded[max(0, start - 3) : start])
            ):
                return None
            word = self.text[start:at].strip()
            name = f"{word[:1].upper()}{word[1:]} {digits}"
            return Spot(start, end, start, name, ("hamlet",), typed=True, rule=row.id, key=key(name))
        if row.level not in (("district",), ("commune",)) or row.types[0] not in ("Quận", "Phường", "Xã", "Thị trấn"):
            return None
        words = [(at, end)]
        run = regex.compile(rf"{_SEP}(?={_WORD})").match(self.text, end)
        if run:
            more = self._words(run.end())
            count, found = self._known(words + more, row.level)
            if count > 1:
                stop = (words + more)[count - 1][1]
                name = self.text[at:stop]
                return Spot(
                    start, stop, at, name, row.level, found, typed=True, types=row.types, rule=row.id, key=key(name)
                )
        found = [u for u in self.units.named(digits) if u.level in row.level and u.type in row.types]
        if not found:
            return None
        name = f"{row.types[0]} {int(digits)}"
        return Spot(start, end, at, name, row.level, found, typed=True, types=row.types, rule=row.id, key=key(digits))

    def _hamlet(self, start: int, at: int, row: TypeRow) -> Spot | None:
        words = self._words(at)
        if not words:
            return None
        end = self._cut(words)
        name = self.text[at:end]
        word = self.folded[start:at].strip()
        after = self.folded[end : end + 14]
        inside = regex.match(r"\s*[,(\-–]?\s*(?:thuộc\s+)?(?:xã|phường|thị trấn|p\.|tt\.?|x\.)", after) is not None
        if row.weak or word in ("làng", "khu dân cư", "sóc", "bon"):
            if not inside:
                return None
        elif (
            word == "bản"
            and not inside
            and (name.isupper() or not regex.match(r"\s*[,.(;)]|\s+(?:là|có|nằm|thuộc|đã|ở|và)", after))
        ):
            return None
        if name.isupper() and len(words) == 1 and len(name) > 2:
            return None
        return Spot(start, end, at, name, ("hamlet",), typed=True, rule=row.id, key=key(name))

    def _list(self, head: Spot, row: TypeRow, *, plural: bool) -> None:
        """The items that follow a typed name: "xã A, B và C", "quận 1, 2, 9, Bình Thạnh"."""
        text, last, gaps = self.text, head, 0
        while gaps < 60:
            gaps += 1
            sep = _NEXT.match(text, last.end)
            if not sep or "\n" in sep.group():
                return
            at = sep.end()
            if at >= len(text) or self.taken[at]:
                return
            dash = "-" in sep.group(1) or "–" in sep.group(1) or "/" in sep.group(1)
            spot: Spot | None = None
            number = _NUMBER.match(self.folded, at)
            if number and head.name[-1:].isdigit():
                after = self.folded[number.end() : number.end() + 10]
                if regex.match(r"\s*(?:[,;.()]|và|$|xã|phường|quận|thị|huyện|tp|-)", after):
                    word = head.name.rsplit(" ", 1)[0]
                    digits = number.group(1)
                    found = [u for u in self.units.named(digits) if u.level in row.level and u.type in row.types]
                    if found or head.levels == ("hamlet",):
                        spot = Spot(
                            at,
                            number.end(1),
                            at,
                            f"{word} {int(digits)}",
                            head.levels,
                            found,
                            typed=True,
                            types=head.types,
                            rule="list",
                            head=head,
                            key=key(digits),
                        )
            elif text[at].isupper() and head.levels != ("hamlet",):
                words = self._words(at)
                count, found = self._known(words, ("province", "district", "commune")) if words else (0, [])
                same = [u for u in found if u.level in head.levels]
                if count and same and not self._person_at(at, words, count):
                    stop = words[count - 1][1]
                    name = text[at:stop]
                    spot = Spot(
                        at,
                        stop,
                        at,
                        name,
                        head.levels,
                        found,
                        typed=plural and not dash,
                        types=head.types,
                        rule="list",
                        head=head,
                        key=key(name),
                    )
                    spot.vote = 3.0 if plural else 1.0
            if spot is None:
                return
            self._take(spot)
            last = spot

    def _person_at(self, at: int, words: list[tuple[int, int]], count: int) -> bool:
        """Whether the words at `at` are a person's: a family name and more capitals than the place has."""
        if any(s <= at < e for s, e in self.persons):
            return True
        extra = words[count:]
        return (
            bool(extra)
            and self.folded[at : words[0][1]] in _PERSONAL
            and self.text[words[count - 1][1] : extra[0][0]].strip() == ""
        )

    # -- aliases and other names --------------------------------------------------------------------------------------

    def _alias_at(self, at: int) -> Spot | None:
        pattern, _ = aliases()
        m = pattern.match(self.folded, at)
        return self._alias(m) if m else None

    def _alias(self, m: regex.Match[str]) -> Spot | None:
        row = aliases()[1][m.lastindex - 1]
        start, end = m.span()
        text = self.text
        if not text[start:end].lower() != text[start:end]:
            return None
        name_at = next((i for i in range(start, end) if text[i].isupper()), start)
        name = row.name if row.name and not row.own else text[name_at:end]
        typed = regex.match(r"tỉnh|thành|t\.?p", self.folded[start:end]) is not None
        if row.own:
            body = regex.match(r"(?:tỉnh\s+|thành\s+phố\s+|tp\.?\s?)?", self.folded[start:end])
            name = text[start + body.end() : end] if body else name
        states = list(self.units.versions(row.code)) if row.code else []
        spot = Spot(
            start,
            end,
            start,
            name,
            ("province",) if len(row.code or "00") == 2 else ("district",),
            states,
            typed=typed,
            rule=f"alias-{row.id}",
            key=key(row.name or name),
        )
        spot.vote = 0.0 if row.bare else 3.0
        return spot

    def _aliases(self) -> None:
        for m in aliases()[0].finditer(self.folded):
            if self.taken[m.start()] or self.taken[m.end() - 1]:
                continue
            spot = self._alias(m)
            if spot is not None:
                noun = self._noun(spot.start)
                if noun is not None and noun.effect != "unit" and not spot.typed:
                    spot.other = True
                self._take(spot)

    def _others(self) -> None:
        for m in other_names().finditer(self.text):
            if not self.taken[m.start()]:
                spot = Spot(m.start(), m.end(), m.start(), m.group(), ("other",), rule="other", other=True)
                self._take(spot)

    # -- bare names ---------------------------------------------------------------------------------------------------

    def _noun(self, at: int) -> NounRow | None:
        """The row of the longest noun phrase of up to four words that ends right before `at`."""
        left = self.folded[max(0, at - 40) : at]
        if not left or left[-1] == "\n":
            return None
        words = left.replace('"', " ").replace("(", " ( ").split()[-5:]
        table = nouns()
        for count in range(len(words), 0, -1):
            row = table.get(" ".join(words[-count:]))
            if row is not None:
                return row
        return None

    def _bare(self) -> None:
        text = self.text
        for run in _RUN.finditer(text):
            words = [m.span() for m in _PIECE.finditer(text, run.start(), run.end())]
            index = 0
            while index < len(words):
                start = words[index][0]
                if self.taken[start]:
                    index += 1
                    continue
                count, found = self._known(words[index:], ("province", "district", "commune"))
                while count and self.taken[words[index + count - 1][1] - 1]:
                    count -= 1
                if not count:
                    count, found = self._small(words[index:])
                    if not count:
                        index += 1
                        continue
                    end = count
                    count = 1
                else:
                    end = words[index + count - 1][1]
                    found = self.units.named(text[start:end])
                self._bare_at(words, index, count, end, found)
                index += count

    def _small(self, words: list[tuple[int, int]]) -> tuple[int, list[Unit]]:
        """A province written with a small second syllable ("Nghệ an"); not where the words mean something else."""
        if len(words) > 1 and words[1][0] - words[0][1] < 2:
            return 0, []
        start, end = words[0]
        if len(text := self.text[start:end]) < 2 or text.isupper():
            return 0, []
        more = _LOWER.match(self.text, end)
        if not more or self.folded[start : more.end()] in (
            "hòa bình",
            "thái bình",
            "an giang",
            "cao bằng",
            "hải dương",
            "nam định",
        ):
            return 0, []
        found = [u for u in self.units.named(self.text[start : more.end()]) if len(u.code) == 2]
        return (more.end(), found) if found else (0, [])

    def _bare_at(self, words: list[tuple[int, int]], index: int, count: int, end: int, found: list[Unit]) -> None:
        text, folded = self.text, self.folded
        start = words[index][0]
        name = text[start:end]
        if not found or name.isdigit() or name[0].isdigit():
            return
        spot = Spot(
            start, end, start, name, ("province", "district", "commune"), list(found), rule="bare", key=key(name)
        )
        before = words[index - 1] if index else None
        after = words[index + count] if index + count < len(words) else None
        caps = text[words[0][0] : words[-1][1]].isupper() and len(words) > 1
        if before and not self.taken[before[0]] and not caps:
            gap, word = text[before[1] : start], text[before[0] : before[1]]
            if not gap.strip("- –") == "" or "-" not in gap and "–" not in gap:
                if word.isupper() and len(word) > 1 or word.isdigit():
                    pass
                elif folded[before[0] : before[1]] in _DIRECTION and any(len(u.code) == 2 for u in found):
                    spot.vote -= 0.5
                elif self._noun(start) is not None:
                    pass
                else:
                    spot.vote -= 4.0
        if after and not self.taken[after[0]] and not caps:
            gap, word = text[end : after[0]], text[after[0] : after[1]]
            if "-" not in gap and "–" not in gap and not (word.isupper() and len(word) > 1) and not word.isdigit():
                rest = len(words) - index - count
                if folded[after[0] : after[1]] in _PERSONAL and rest >= 2 and any(len(u.code) == 2 for u in found):
                    pass
                else:
                    spot.vote -= 4.0
        if any(s <= start and end <= e for s, e in self.persons):
            spot.vote -= 4.0
        if (start, end) in self.places:
            spot.vote += 2.0
        noun = self._noun(start)
        if noun is not None:
            if noun.effect == "other":
                spot.other = True
            elif noun.effect == "person":
                spot.vote -= 5.0
            elif noun.soft:
                spot.vote += 1.0
            else:
                spot.vote += 2.5
                narrow = [u for u in found if u.level in noun.level]
                if narrow:
                    spot.units = narrow
                    if len(noun.level) < 3:
                        spot.levels = noun.level
                        spot.vote += 1.0
        self._take(spot)

    def _take(self, spot: Spot) -> None:
        self.taken[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
        self.spots.append(spot)


def loose_equal(name: str, unit: Unit) -> bool:
    """Whether a written name equals a unit's but for diacritics."""
    return loose(name) == unit.plain
