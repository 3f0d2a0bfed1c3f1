"""Enrollment figures to record items: every number with programme, indicator, status and comparator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from extractor.compiled import compiled
from extractor.fields.figures.checks import TWO_READINGS, confirm, of_targets
from extractor.fields.figures.meaning import complete
from extractor.fields.figures.programmes import Topic, find_programmes, named
from extractor.fields.figures.rows import has_fixed, programme_rows
from extractor.fields.figures.rules.headings import heading_scopes
from extractor.fields.figures.rules.judge import Judge
from extractor.fields.figures.rules.lists import Tables
from extractor.fields.figures.rules.respective import in_turn, in_turn_here
from extractor.fields.figures.rules.sentence import Judgement, analyse
from extractor.fields.figures.rules.signs import Signs
from extractor.fields.figures.rules.topic import TopicReader
from extractor.models import Reading
from extractor.places import Places
from extractor.records import Date, Figure, Provenance
from extractor.rules.scopes import Scope, block_scopes, covering, scopes

_BY_YEAR = compiled(r"(?<!tính\s)(?<!\p{L})đến\s+((?:hết\s+|cuối\s+)*)năm\s+(\d{4})(?!\d)")
_REACHED = compiled(
    r"(?<!\p{L})(?:đã|đạt được|tính đến|ước|tăng lên|giảm còn|giảm xuống|mới có|mới đạt|chỉ còn|chỉ có)(?!\p{L})"
)
_ONE_OF = compiled(r"(?<!\p{L})một trong\s+(?:số\s+|những\s+|hơn\s+|gần\s+|khoảng\s+)*$")
_HOUSEHOLD = compiled(
    r"(?<!\p{L})(?<!\d\s)(?:gia đình|nhà|hộ)(?:\s+\p{L}+){0,3}?,?\s+(?:có|thì|còn|gồm|đã)(?!\p{L})(?!.*(?:xã|huyện|tỉnh|thôn|ấp)\s)"
)
_LABELLED = compiled(
    r"\s*(?:(?:về|riêng|còn)\s+)?(?:bhxh|bhyt|bhtn|bảo hiểm (?:xã hội|y tế|thất nghiệp))(?:\s*\([^()]{1,12}\))?"
    r"(?:\s(?:bắt buộc|tự nguyện|toàn dân|hộ gia đình))?\s*:"
)
# "34 trường hợp tham gia", "12 người tạm dừng đóng": people, no supposition and no rule
_CASES = compiled(r"\d\s+(?:trường hợp|(?:người|lao động)(?:\s+\p{L}+){0,2}\s+tạm dừng đóng)$")
_PARTED = compiled(  # another way to count, or a comparison with another time: no supposition
    r"nếu\s+(?:như\s+)?(?:(?:chỉ\s+)?(?:tách|tính|xét|kể|so|cộng)"
    r"|(?:vào\s+|ở\s+)?(?:năm(?!\s+(?:mươi|trăm|nghìn|ngàn|vạn|triệu))"
    r"|đầu năm|cuối năm|tháng|quý|trước|hồi|thời điểm|giai đoạn|nhiệm kỳ))(?!\p{L})"
)
_WILL = compiled(
    r"(?<!\p{L})(?:sẽ\s+(?:tiếp tục\s+|tập trung\s+)?|tập trung\s+|ra sức\s+|quyết liệt\s+)"
    r"(?:thu hút|phát triển|vận động|khai thác|kết nạp|tăng|mở rộng)(?!\p{L})"
    r"(?:(?!\s(?:đã|được|mới có)\s)(?:[^.;:]|\.(?=\d))){0,90}$"
    r"|(?<!\p{L})(?:cần|phải)\s+(?:phải\s+)?(?:có\s+)?(?:(?:phát triển|vận động|tăng)\s+)?thêm(?:\s+được)?\s+$"
)
_OF_A_PLAN = compiled(r"(?:%|phần trăm)\s+(?:so với\s+|của\s+|so\s+)?$")
_CRITERION = compiled(r"(?<!\p{L})(?:tiêu chí(?:\s+[\d.]+)?|yêu cầu|quy định)(?!\p{L})[^.;,\d%]{0,60}$")
_LENGTHS = {"hypothetical": len("trường hợp"), "legal-condition": len("tạm dừng đóng")}
_URGED = compiled(r"(?<!đã\s)(?<!\p{L})(?:vận động|huy động|bảo đảm|đảm bảo)\s*$")
_BULLET = compiled(r"\s*(?:[-+*•–]|\d{1,2}[.)])\s*")
_ANNOUNCES = compiled(r"(?<!\p{L})(?:tham gia|bao phủ|đối tượng|có thẻ)(?!\p{L})")
_NAME = compiled(r"(?<![\p{L}\p{N}])\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)++")  # a proper name, known to the gazetteer or not
# The same with single letters and apostrophes: "Ia O", "Y Wan", "H'Lê Mlô".
_FULL_NAME = compiled(r"(?<![\p{L}\p{N}])\p{Lu}\p{Ll}*+(?:['’]\p{L}++)?(?:\s\p{Lu}\p{Ll}*+(?:['’]\p{L}++)?(?!\p{L}))++")
_WITHIN_THAT = compiled(r"(?:trong (?:đó|số này|số đó)|cụ thể|số tuyệt đối|tương ứng)(?!\p{L})")
_ASSIGNED_CHANGE = compiled(r"(?<!\p{L})giao\s+(?:\p{L}+\s+){0,2}?(?:tăng|giảm|phát triển)(?!\p{L})[^,;.]*$")
_ANY = Topic(("BHYT",), ("BHYT",))  # lets a sentence without a programme be cut; the talk says what it is about
HEADING = 100  # code points of a heading that needs no colon
_DIGIT = compiled(r"\d|triệu|nghìn|ngàn|chục|vạn|trăm|mươi|mười")


def find_figures(reading: Reading, dates: Sequence[Date], places: Places) -> list[Figure]:
    """Figures of all programmes, in text order; a number counted for two programmes gives one item each."""
    fixed = has_fixed(reading.folded, 0, len(reading.folded))
    if not fixed and not named(reading.folded):
        return []
    around, was_item = _Surroundings(reading, dates, places), False
    out: list[Figure] = []
    last: Judgement | None = None
    before: list[Figure] = []  # the figures of the last sentence that has any number
    main = _main_topic(reading)
    topic, line_start, told, listed, aimed, planned = main, -1, -9, False, False, False
    talk, tables = TopicReader(reading, main.names), Tables(reading)
    for number, (start, end) in enumerate(reading.sentences):
        line = reading.line_at(start)
        if line.kind == "boilerplate":
            continue
        if line.start != line_start:
            item = _BULLET.match(reading.text, line.start, line.end) is not None
            item = item or _LABELLED.match(reading.folded, line.start, line.end) is not None
            listed = item and (listed or (was_item and bool(before)) or _counts(reading, line_start, start))
            was_item = item
            last, line_start = last if item and listed else None, line.start
            aimed = aimed and item
        talk.enter(number, line.start, line.end)
        made: list[Figure] = []
        row = tables.read(line.start, talk.programmes)
        if row is not None:
            made = [x for j in row for x in _items(reading, j, [], (start, end)) if start <= x.start < end]
            out += made
        elif _DIGIT.search(reading.folded, start, end):
            judged: list[Judgement] = []
            told_now = replace(topic if number - told <= 3 else main, listed=listed)
            frames = analyse(reading.folded, around.masked, start, end, told_now, fixed=fixed)
            if frames is None:
                last = None
            else:
                judge = Judge(frames, last)
                judge.planned = planned and listed
                judged = judge.run()
                turns = in_turn(frames, before) or in_turn_here(frames, judged)
                taken = {j.quantity.start for j in turns}
                judged = sorted(
                    [j for j in judged if j.quantity.start not in taken] + turns, key=lambda j: j.quantity.start
                )
                found = _aims(reading, scopes(reading, start, end)) + around.blocks if judged else []
                if aimed and judged and _WITHIN_THAT.match(reading.folded, start, end):
                    judged = [
                        j
                        if j.reached or _REACHED.search(reading.folded, start, j.quantity.start)
                        else replace(j, target=True)
                        for j in judged
                    ]
                made = [x for j in judged for x in _items(reading, j, found, (start, end))]
                aimed = bool(made) and made[-1].status == "target"
                last, planned = judge.last, judge.planned
                for quantity, rule, reason in frames.dropped:
                    reading.drop(quantity.start, quantity.end, "figures", rule, reason)
            if judged or talk.alive(frames.programmes if frames else (), start, end):
                frames = frames or analyse(reading.folded, around.masked, start, end, _ANY, fixed=fixed)
                if frames is not None and len(judged) < len(frames.quantities):
                    further = talk.read(frames, judged, Signs(frames, around.names, around.dates))
                    if further:
                        found = scopes(reading, start, end) + around.blocks
                        made += [x for j in further for x in _items(reading, j, found, (start, end))]
                        made.sort(key=lambda x: x.start)
            out += made
            before = made
            if any(x.programme in topic.names for x in made):
                told = number  # the talk goes on about the same programme
        mentions = find_programmes(reading.folded, start, end)
        talk.leave(made, mentions)
        strong = [p for p in mentions if not p.weak]
        if strong:
            topic, told = Topic(strong[-1].names, strong[-1].names), number
        elif mentions and not topic.names:
            topic, told = Topic((), mentions[-1].names), number
    return complete(confirm(of_targets(out), reading), reading, dates)


def _aims(reading: Reading, found: list[Scope]) -> list[Scope]:
    """Scopes without those of a plan that a share is of: "đạt 94% kế hoạch (BHXH bắt buộc 6.842 người …" aims at nothing."""
    return [s for s in found if s.rule != "aim" or not _OF_A_PLAN.search(reading.folded, max(0, s.cue - 16), s.cue)]


class _Surroundings:
    """What an article's figures need of the rest of the article, made when the first one asks."""

    def __init__(self, reading: Reading, dates: Sequence[Date], places: Places) -> None:
        self._of = reading, dates, places

    @cached_property
    def masked(self) -> str:
        return mask(*self._of)

    @cached_property
    def names(self) -> list[tuple[int, int]]:
        """Spans of places and of proper names, sorted."""
        reading, _, places = self._of
        named = [(x.start, x.end) for x in places.locations]
        return sorted(named + [m.span() for m in _FULL_NAME.finditer(reading.text)])

    @cached_property
    def dates(self) -> list[tuple[int, int]]:
        """Spans of dates, sorted."""
        return sorted((x.start, x.end) for x in self._of[1])

    @cached_property
    def blocks(self) -> list[Scope]:
        return block_scopes(self._of[0]) + heading_scopes(self._of[0])


def _counts(reading: Reading, start: int, end: int) -> bool:
    """Whether the line before a list announces numbers of participants: "Kết quả phát triển người tham gia:"."""
    head = reading.folded[max(0, start) : end].rstrip()
    heading = head.endswith(":") or (0 < len(head) < HEADING and head[-1] not in ".;,!?”)")
    return heading and _ANNOUNCES.search(head) is not None


def _main_topic(reading: Reading) -> Topic:
    """What the article is about: a programme named in its title or first line."""
    end = next((line.end for line in reading.lines if line.kind in ("title", "body")), 0)
    strong = [p for p in find_programmes(reading.folded, 0, end) if not p.weak] if end < 400 else []
    if strong:
        return Topic(strong[-1].names, strong[-1].names)
    first = next((row.programme for pattern, row in programme_rows() if pattern.search(reading.folded)), None)
    return Topic((), (first,) if first else ())


def mask(reading: Reading, dates: Sequence[Date], places: Places) -> str:
    """The folded text with dates and places blanked, so that they never stand between a phrase and its number."""
    parts, at = [], 0
    spans = [(x.start, x.end) for x in (*dates, *places.locations)]
    spans += [m.span() for m in _NAME.finditer(reading.text)]
    for a, b in sorted(spans):
        if a >= at:
            parts += [reading.folded[at:a], " " * (b - a)]
            at = b
    parts.append(reading.folded[at:])
    return "".join(parts)


def _status(
    reading: Reading, judgement: Judgement, found: Sequence[Scope], sentence: tuple[int, int]
) -> tuple[bool, bool, str | None]:
    """(target, hypothetical or a condition, the rule)."""
    at = judgement.quantity.core
    if judgement.quantity.value < 1000 and _ONE_OF.search(reading.folded, max(sentence[0], at - 40), at):
        return False, True, "one-of"
    small = judgement.unit == "person" and judgement.quantity.value < 10
    if small and _HOUSEHOLD.search(reading.folded, sentence[0], at):
        return False, True, "household"
    for category in ("hypothetical", "condition"):
        scope = covering(found, at, category)
        if (
            scope is not None
            and scope.rule == "or-more"
            and judgement.unit == "percent"
            and judgement.quantity.end < scope.cue
        ):
            continue  # "100% doanh nghiệp có từ 30 lao động trở lên": whom the share is of
        if scope is not None and _PARTED.match(reading.folded, scope.cue):
            continue
        if scope is not None and _CASES.search(
            reading.folded, max(0, scope.cue - 30), scope.cue + _LENGTHS.get(scope.rule, 0)
        ):
            continue
        if scope is not None and judgement.rule != "topic-in-all":  # "nếu tính cả …" adds, it does not suppose
            return False, True, scope.rule
    if judgement.target:
        return True, False, judgement.rule
    if judgement.indicator == "coverage_rate" and _CRITERION.search(
        reading.folded, sentence[0], judgement.quantity.start
    ):
        return True, False, "criterion"
    if judgement.indicator == "coverage_rate" and _URGED.search(reading.folded, sentence[0], judgement.quantity.start):
        return True, False, "urged"
    if judgement.indicator == "new_participants" and _WILL.search(
        reading.folded, sentence[0], judgement.quantity.start
    ):
        return True, False, "will"
    if judgement.reached or judgement.indicator == "non_participants":
        return False, False, None
    if judgement.indicator in ("change", "plan_rate") and not covering(
        [s for s in found if s.rule == "strive"], at, "target"
    ):
        given = judgement.indicator == "change" and _ASSIGNED_CHANGE.search(reading.folded, sentence[0], at)
        return bool(given), False, "assigned" if given else None
    scope = covering(found, at, "target")
    if scope is not None:
        return True, False, scope.rule
    year = _BY_YEAR.search(reading.folded, sentence[0], at)
    if year and not _REACHED.search(reading.folded, sentence[0], at):
        # Without a publication date only the bare "đến năm 2025" is an aim; "đến hết năm 2017" more often reports.
        ahead = int(year.group(2)) > reading.published.year if reading.published else not year.group(1)
        if ahead:
            return True, False, "by-year"
    return False, False, None


def _items(reading: Reading, judgement: Judgement, found: Sequence[Scope], sentence: tuple[int, int]) -> list[Figure]:
    q = judgement.quantity
    target, refused, rule = _status(reading, judgement, found, sentence)
    if refused:
        reading.drop(q.start, q.end, "figures", rule or "context", "hypothetical or a legal condition")
        return []
    far = q.number.high if q.number.high is not None and q.number.high > q.value else None
    note = "programme and indicator from the text before" if judgement.rule.startswith("topic-") else None
    note = f"{TWO_READINGS} of the number" if q.ambiguous else note
    return [
        Figure(
            start=q.start,
            end=q.end,
            text=reading.text[q.start : q.end],
            value=q.value,
            value_max=far,
            unit=judgement.unit,  # type: ignore[arg-type]
            programme=programme,
            indicator=judgement.indicator,
            status="target" if target else "actual",
            comparator=q.comparator,
            provenance=Provenance(
                layer="rule",
                rule=judgement.rule,
                confidence=judgement.confidence - (0.2 if q.ambiguous else 0),
                note=note,
            ),
        )
        for programme in judgement.programmes
    ]
