"""Second pass over an article's numbers: what the talk so far says of one whose own sentence names no programme or indicator.

The sentence is written in signs (see `patterns/figure_topics.yaml`), and a row gives the meaning if the talk has told what the row
needs: shares or counts in the same paragraph or the one before, or a topic of the whole article. Borders and other topics end it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

import regex

from extractor.compiled import compiled
from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Programme, group_lexicon, programme_names
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Evidence
from extractor.fields.figures.rules.judge import LARGEST_SHARE
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence
from extractor.fields.figures.rules.talk import FAR, Talk
from extractor.models import Reading
from extractor.records import Figure, Unit
from extractor.rules import Row, cache, load_rows

Need = Literal[
    "rate",
    "count",
    "change",
    "figure",
    "here",
    "rate-here",
    "count-here",
    "count-now",
    "card",
    "about",
    "list",
    "aims",
    "places",
    "open",
]


class TopicRow(Row):
    """A row of `patterns/figure_topics.yaml`; its head explains the columns and the signs."""

    kind: Literal["veto", "read"]
    need: Need = "open"
    reach: Literal["near", "section", "article"] = "near"
    count: str | None = None
    percent: str | None = None
    target: bool = False
    unit: Unit | None = None


WINDOW = 500  # signs before and behind a number that are read
MOST = 60  # numbers of a sentence; one with more is a table or damage
_BLANK = compiled(r"\s+")
_OPEN_HEAD = compiled(r"(?:nhóm|đối tượng|cơ cấu|khối|loại hình)(?!\p{L})[^.]*:\s*$")
_AIMS_HEAD = compiled(r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|lộ trình|kết quả)(?!\p{L})[^.]*:\s*$")
# Words that tie a sentence to insurance told of long before.
_TIED = compiled(
    r"thẻ|t[ỷỉ] lệ|tham gia|phấn đấu|mục tiêu|chỉ tiêu|giao|quyết tâm|hướng (?:tới|đến)|mua|đăng ký|danh sách"
)
_SIGNS = compiled(r"[#%&@~§¤_|]")
_PLACES_HEAD = compiled(
    r"(?<!\p{L})(?:xã|phường|thị trấn|huyện|tỉnh|thành|địa phương|địa bàn|đơn vị|thôn|ấp|khu phố|trường)(?!\p{L})[^.]*:\s*$"
)
_COUNTED = compiled(r"(?<!\p{L})(?:tham gia|bao phủ|có thẻ|(?:tỷ|tỉ) lệ|chỉ tiêu|đối tượng)(?!\p{L})")
_ASSIGNED = compiled(r"(?<!\p{L})giao(?!\p{L})(?!.*(?:kết quả|thực hiện|đạt))")
_NEW_ONES = compiled(r"(?:phát triển|tham gia|đăng ký|vận động|tăng)(?:\s+được)?\s+(?:mới|thêm)(?!\p{L})")
_ITEM = compiled(r"[-+*•–|]|\d{1,2}[.)]\s")
_PLACE_ITEM = compiled(
    r"(?:xã|phường|thị trấn|huyện|thị xã|tp|thành phố|tỉnh|quận|đặc khu|trường|thôn|ấp|bản|khu phố)[\s.]"
)
_JOINED = compiled(r"(?<!\p{L})(?:tham gia|đóng|bao phủ|có thẻ|mua)\s+(?:đóng\s+|thẻ\s+)?$")
_SAME = compiled(r"(?<!\p{L})(?:cụ thể|theo đó|trong đó|chi tiết|trong số này)(?!\p{L})")
# What may stand between two members of one list: names, marks and "và".
_GLUE = compiled(
    r"(?:[\s@_,;:()]|\d{1,2}(?=\s)|(?:bậc|khối|nhóm|cấp|xã|phường|huyện|thị trấn|riêng|và|còn|đến|là|tiếp đến|kế đến|tiếp theo"
    r"|(?:thấp|cao|ít|nhiều|đông) nhất|cùng|rồi|chỉ|mới|đạt)(?!\p{L}))*"
)


@cache
def topic_rows(kind: str) -> tuple[tuple[regex.Pattern[str], TopicRow], ...]:
    """Rows of one kind with their compiled patterns, in the order of the file."""
    rows = load_rows("figure_topics.yaml", TopicRow)
    return tuple((compiled(row.expression()), row) for row in rows if row.kind == kind)


class Signs:
    """The sentence in signs; `names` are spans of places and names, `dates` those of dates, both sorted."""

    def __init__(self, frames: Sentence, names: Sequence[tuple[int, int]], dates: Sequence[tuple[int, int]]) -> None:
        marks: list[tuple[int, int, str]] = [(q.start, q.end, "&") for q in frames.quantities]
        marks += [(p.start, p.end, "¤" if p.weak else "§") for p in frames.programmes]
        marks += [(a, b, "~") for a, b in within(dates, frames.start, frames.end)]
        marks += [(a, b, "@") for a, b in within(names, frames.start, frames.end)]
        for m in group_lexicon().pattern.finditer(frames.folded, frames.start, frames.end):
            row = group_lexicon().row(m.group())
            if row is not None and not getattr(row, "population", False):
                marks.append((m.start(), m.end(), "_"))
        at, self.parts, self.places = frames.start, [], {}
        for a, b, sign in sorted(marks, key=lambda mark: mark[0]):  # stable: of two marks at one place the first wins
            if a < at:
                continue
            self.parts += [self._plain(frames.folded[at:a]), sign]
            if sign == "&":
                self.places[a] = len(self.parts) - 1
            at = b
        self.parts.append(self._plain(frames.folded[at : frames.end]))

    @staticmethod
    def _plain(text: str) -> str:
        return str(_SIGNS.sub(" ", text))

    def of(self, q: Quantity) -> tuple[str, str] | None:
        """(the sentence with `q` as the number that is read, what stands between the quantity before it and it)."""
        at = self.places.get(q.start)
        if at is None:
            return None
        parts = list(self.parts)
        parts[at] = "%" if q.unit in PERCENT else "#"
        before = max((i for i in self.places.values() if i < at), default=-1)
        left, right = "".join(parts[:at]), "".join(parts[at + 1 :])
        left = left if len(left) <= WINDOW else f"… {left[-WINDOW:]}"
        text = _BLANK.sub(" ", left + parts[at] + right[:WINDOW]).strip()
        return text, "".join(parts[before + 1 : at])


def within(spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of a sorted list that lie in `[start, end)`."""
    for i in range(bisect_left(spans, (start, start)), len(spans)):
        if spans[i][0] >= end:
            return
        if spans[i][1] <= end:
            yield spans[i]


class TopicReader:
    """Reads the numbers of an article that the sentence pass left, in the light of the talk so far."""

    def __init__(self, reading: Reading, main: tuple[str, ...]) -> None:
        self.reading = reading
        self.talk = Talk(main=main, health="BHYT" in main)
        self._line = -1
        self._in_list = False
        self._foreign = -1

    def alive(self, programmes: Sequence[Programme], start: int, end: int) -> bool:
        """Whether the talk can say anything of the sentence `[start, end)`, which names `programmes`."""
        talk = self.talk
        if any(not p.weak for p in programmes):
            return True
        if not (talk.told or talk.main or talk.health):
            return False
        last = talk.told.get("figure")
        near = last is not None and talk.sentence - last.sentence <= FAR
        return near or _TIED.search(self.reading.folded, start, end) is not None

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that were told of last."""
        said = self.talk.told.get("figure")
        return said.programmes if said else self.talk.main

    def enter(self, number: int, line_start: int, line_end: int) -> None:
        """A sentence begins: note borders of paragraphs, sections and lists."""
        talk = self.talk
        talk.sentence = number
        if line_start == self._line:
            return
        self._line = line_start
        text = self.reading.folded[line_start:line_end].strip()
        item = _ITEM.match(text) is not None
        item = item or (talk.listing == "places" and len(text) < 160 and _PLACE_ITEM.match(text) is not None)
        if not item:
            talk.listing = None
        if not (item and self._in_list):  # the items of a list stand in one paragraph
            talk.paragraph += 1
        self._in_list = item
        if not item and number and 0 < len(text) < 100 and text[-1] not in '.;,:!?”")':  # a heading, no sentence
            talk.section += not ("bh" in text or "bảo hiểm" in text or "bao phủ" in text)
        head = text[-160:]
        if head.endswith(":"):
            if _OPEN_HEAD.search(head) and "count" in talk.told:
                talk.listing = "list"
            elif _PLACES_HEAD.search(head) and _COUNTED.search(head) and (talk.told or talk.main):
                talk.listing = "places"
                new = _NEW_ONES.search(head) is not None
                talk.listed = "new_participants" if new else "participants", _ASSIGNED.search(head) is not None
            elif _AIMS_HEAD.search(head):
                talk.listing = "aims"

    def leave(self, figures: Sequence[Figure], programmes: Sequence[Programme]) -> None:
        """A sentence ends that told `figures` and named `programmes`."""
        self.talk.tell(figures)
        if self._foreign >= 0 or figures:
            last = max((f.start for f in figures), default=-1)
            self.talk.turned = self.talk.paragraph if self._foreign > last else -1
        self._foreign = -1
        folded = self.reading.folded
        strong = {p.names for p in programmes if not p.weak and _JOINED.search(folded, max(0, p.start - 16), p.start)}
        if len(strong) == 1:
            self.talk.named = strong.pop(), self.talk.sentence
        self.talk.health = self.talk.health or any("BHYT" in p.names and not p.weak for p in programmes)

    def read(self, frames: Sentence, claimed: Sequence[Judgement], signs: Signs) -> list[Judgement]:
        """Readings of the quantities of a sentence that are not in `claimed`."""
        taken = {j.quantity.start: j for j in claimed}
        evidence = Evidence(frames)
        out: list[Judgement] = []
        previous: Judgement | None = None
        # End of the last number that is of another topic; one that ends a sentence turns the talk away.
        self._foreign = frames.start if self.talk.turned == self.talk.paragraph else -1
        for index, q in enumerate(frames.quantities if len(frames.quantities) <= MOST else ()):
            judged = taken.get(q.start)
            if judged is None:
                judged = self._one(frames, evidence, index, q, signs, previous)
                if judged is not None:
                    out.append(judged)
            if judged is not None:
                self.talk.hear(judged)
                self._foreign = -1
            previous = judged if judged is not None and set(judged.programmes) & programme_names() else None
        return out

    def _one(
        self, f: Sentence, evidence: Evidence, index: int, q: Quantity, signs: Signs, previous: Judgement | None
    ) -> Judgement | None:
        found = signs.of(q)
        if found is None:
            return None
        if evidence.money(q):
            self._foreign = q.end
            return None
        text, gap = found
        percent = q.unit in PERCENT
        if percent and (
            say.phrase("of-members").match(f.folded, q.end, f.end)
            or say.phrase("of-places").match(f.folded, q.end, f.end)
        ):
            return None
        veto = next((row for pattern, row in topic_rows("veto") if pattern.search(text)), None)
        if veto is not None:
            self._drop(q, veto.id, "the number is of another topic")
            self._foreign = q.end
            return None
        shifted = self._foreign >= 0 and not any(p.start > self._foreign for p in f.programmes if p.end <= q.start)
        names = [p for p in f.programmes if not p.weak]
        earlier = [p for p in names if p.end <= q.start]
        own = earlier[-1].names if earlier else None
        later = names[0].names if names and not earlier else own
        if previous is not None and _GLUE.fullmatch(gap) and (previous.quantity.unit in PERCENT) == percent:
            tail = text[text.index("%" if percent else "#") + 1 :]
            if _ENDS.match(tail) and (previous.indicator != "plan_rate"):
                return self._judge(q, previous.indicator, previous.programmes, "list-next", previous.target)
        if previous is not None and previous.indicator == "non_participants" and not percent:
            of = _PART_OF if previous.rule != "topic-part-of-lack" else _NEXT_PART
            if of.fullmatch(gap):
                return self._judge(q, "non_participants", previous.programmes, "part-of-lack", False)
        if previous is not None and q.unit == previous.quantity.unit == "person" and _SUBSET.fullmatch(gap):
            return self._judge(q, previous.indicator, previous.programmes, "subset", previous.target)
        for pattern, row in topic_rows("read"):
            indicator = row.percent if percent else row.count
            if indicator is None or (row.unit and row.unit != q.unit) or not pattern.search(text):
                continue
            counted = self.talk.told.get("count")
            if row.id == "won-over" and counted is not None and counted.indicator == "new_participants":
                indicator = "new_participants"
            if row.id == "take-part" and say.event().search(text):
                continue
            if shifted and row.need in ("rate", "count", "change", "figure") and row.reach == "near" and not row.target:
                continue
            if (percent and q.value > 100 and indicator not in ("plan_rate", "change")) or (
                q.unit == "person" and q.value < 10 and indicator in ("participants", "non_participants")
            ):
                continue  # a household's members, not a population's
            programmes = self._needed(row, own, previous) if row.need != "open" else later
            if not programmes:
                continue
            if row.need == "places" and indicator == "same":
                return self._judge(q, self.talk.listed[0], programmes, row.id, self.talk.listed[1])
            if (
                indicator == "coverage_rate"
                and q.value > LARGEST_SHARE
                and "BHXH_TN" in programmes
                and self.talk.health
            ):
                programmes = ("BHYT",)  # nowhere does half of the labour force pay of its own will
            if indicator == "same":
                said = self.talk.told.get("count")
                indicator = said.indicator if said else "participants"
            if row.id in ("hold-card", "take-part") and indicator == "participants" and _WON.search(text):
                indicator = "new_participants"
            target = row.target or self._continues(f)
            return self._judge(q, indicator, programmes, row.id, target)
        return None

    def _continues(self, f: Sentence) -> bool:
        """Whether a sentence such as "Cụ thể, …" tells the parts of an announced target."""
        said = self.talk.told.get("figure")
        return bool(said and said.target and said.sentence == self.talk.sentence - 1 and _SAME.match(f.folded, f.start))

    def _needed(self, row: TopicRow, own: tuple[str, ...] | None, previous: Judgement | None) -> tuple[str, ...] | None:
        """The programmes of a row's reading if the talk has told what it needs."""
        talk, need = self.talk, row.need
        if need == "card":  # only health insurance gives cards
            return ("BHYT",) if talk.health or (own and "BHYT" in own) else None
        if need == "about":
            said = talk.find("figure", "near")
            return own or (said.programmes if said and talk.main else talk.main) or None
        if need == "count-now":
            said = talk.told.get("count")
            return said.programmes if said and said.sentence == talk.sentence else None
        if need == "places":
            return (own or self.programmes) if talk.listing == need else None
        if need in ("list", "aims"):
            if talk.listing != need and not (need == "aims" and previous and previous.quantity.unit in PERCENT):
                return None
            said = talk.told.get("count")
            return own if need == "aims" else own or (said.programmes if said else None)
        if need in ("here", "rate-here", "count-here"):
            if previous is None:
                return None
            rate = previous.indicator == "coverage_rate"
            if (need == "rate-here" and not rate) or (
                need == "count-here" and (previous.quantity.unit in PERCENT or previous.indicator == "change")
            ):
                return None
            return previous.programmes
        said = talk.find(need, row.reach)
        if said is None:
            return None
        if own is None and previous is not None and said.sentence < talk.sentence:
            return previous.programmes
        if own is None and said.sentence < talk.named[1] < talk.sentence and row.reach == "near":
            return talk.named[0]  # a sentence without a figure has turned to this programme
        return own or said.programmes

    def _judge(self, q: Quantity, indicator: str, programmes: tuple[str, ...], rule: str, target: bool) -> Judgement:
        unit = q.unit
        if indicator == "change" and unit == "percent":
            said = self.talk.told.get("figure")
            unit = "percentage_point" if said and said.percent and said.indicator == "coverage_rate" else unit
        return Judgement(q, indicator, programmes, unit, f"topic-{rule}", target=target, carried=True, confidence=0.7)

    def _drop(self, q: Quantity, rule: str, reason: str) -> None:
        self.reading.drop(q.start, q.end, "figures", rule, reason)


_WON = compiled(
    r"(?<!\p{L})vận động(?: thêm)? được # (?!.*(?:trong đó|gồm|trong số)[^.]{0,60}(?:mới|lần đầu|tiếp|lại|tái tục))"
)
_PART_OF = compiled(
    r"[^;.]{0,60}(?:trong đó|gồm|bao gồm)(?: có| riêng)?\s*|[^;.]{0,30}[,;] (?:nhóm|khối|riêng|còn) [^;.]{2,40}\s*"
)
_SUBSET = compiled(r"[^;.()]{0,40}\((?:trong đó,?\s)?(?:có\s)?(?:nữ|nam|_)[^()]{0,20}")  # "46 người (nữ 31 người)"
_NEXT_PART = compiled(r"[^;.]{0,50}(?:,|,? và)(?: có)?\s*")
_ENDS = compiled(r"\s*(?:$|[,.;:)(”\"]|(?:và|còn|trong khi|dân số)(?!\p{L}))")
