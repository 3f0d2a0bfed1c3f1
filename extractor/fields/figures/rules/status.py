"""Whether a number states what is, what is aimed at, or what is only supposed: by its own words, then by the scopes over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.compiled import compiled
from extractor.fields.figures.checks import TWO_READINGS
from extractor.fields.figures.rules.sentence import Judgement
from extractor.fields.figures.rules.topic import adding
from extractor.models import Reading
from extractor.records import Figure, Provenance
from extractor.rules.scopes import Scope, covering

_BY_YEAR = compiled(r"(?<!tính\s)(?<!\p{L})đến\s+((?:hết\s+|cuối\s+)*)năm\s+(\d{4})(?!\d)")
REACHED = compiled(
    r"(?<!\p{L})(?:đã|đạt được|tính đến|ước|tăng lên|giảm còn|giảm xuống|mới có|mới đạt|chỉ còn|chỉ có)(?!\p{L})"
)
_ONE_OF = compiled(r"(?<!\p{L})một trong\s+(?:số\s+|những\s+|hơn\s+|gần\s+|khoảng\s+)*$")
_HOUSEHOLD = compiled(
    r"(?<!\p{L})(?<!\d\s)(?:gia đình|nhà|hộ)(?:\s+\p{L}+){0,3}?,?\s+(?:có|thì|còn|gồm|đã)(?!\p{L})(?!.*(?:xã|huyện|tỉnh|thôn|ấp)\s)"
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
_CRITERION = compiled(r"(?<!\p{L})(?:tiêu chí(?:\s+[\d.]+)?|yêu cầu|quy định)(?!\p{L})[^.;,\d%]{0,60}$")
_LENGTHS = {"hypothetical": len("trường hợp"), "legal-condition": len("tạm dừng đóng")}
_URGED = compiled(r"(?<!đã\s)(?<!\p{L})(?:vận động|huy động|bảo đảm|đảm bảo)\s*$")
_ASSIGNED_CHANGE = compiled(r"(?<!\p{L})giao\s+(?:\p{L}+\s+){0,2}?(?:tăng|giảm|phát triển)(?!\p{L})[^,;.]*$")


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a number is aimed at, whether it is refused as supposed or a condition, and the rule that says so."""

    target: bool = False
    refused: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A reading in its article: the scopes over its sentence, and where that sentence begins."""

    reading: Reading
    judgement: Judgement
    scopes: Sequence[Scope]
    start: int

    @property
    def folded(self) -> str:
        """The folded text of the article."""
        return self.reading.folded

    @property
    def at(self) -> int:
        """Where the number itself begins, behind its comparator."""
        return self.judgement.quantity.core


Step = Callable[[Stated], Status | None]


def status_of(stated: Stated) -> Status:
    """The status that the first step gives which has an answer; a plain statement without one."""
    for step in _STEPS:
        status = step(stated)
        if status is not None:
            return status
    return Status()


def _one_of(s: Stated) -> Status | None:
    """A rank: "một trong 10 xã"."""
    if s.judgement.quantity.value < 1000 and _ONE_OF.search(s.folded, max(s.start, s.at - 40), s.at):
        return Status(refused=True, rule="one-of")
    return None


def _household(s: Stated) -> Status | None:
    """The members of a household."""
    small = s.judgement.unit == "person" and s.judgement.quantity.value < 10
    return Status(refused=True, rule="household") if small and _HOUSEHOLD.search(s.folded, s.start, s.at) else None


def _supposed(s: Stated) -> Status | None:
    """A supposition or a legal condition."""
    for category in ("hypothetical", "condition"):
        scope = covering(s.scopes, s.at, category)
        if scope is not None and not _excepted(s, scope):
            return Status(refused=True, rule=scope.rule)
    return None


def _excepted(s: Stated, scope: Scope) -> bool:
    """Whether the cue of a scope supposes nothing of this number."""
    j = s.judgement
    if j.rule in adding():  # "nếu tính cả …" adds, it does not suppose
        return True
    if scope.rule == "or-more" and j.unit == "percent" and j.quantity.end < scope.cue:
        return True  # "100% doanh nghiệp có từ 30 lao động trở lên": whom the share is of
    if _PARTED.match(s.folded, scope.cue):
        return True
    end = scope.cue + _LENGTHS.get(scope.rule, 0)
    return _CASES.search(s.folded, max(0, scope.cue - 30), end) is not None


def _read_as_target(s: Stated) -> Status | None:
    """The reading itself is of an aim."""
    return Status(target=True, rule=s.judgement.rule) if s.judgement.target else None


def _criterion(s: Stated) -> Status | None:
    """A share that a criterion asks for."""
    j = s.judgement
    asked = j.indicator == "coverage_rate" and _CRITERION.search(s.folded, s.start, j.quantity.start)
    return Status(target=True, rule="criterion") if asked else None


def _urged(s: Stated) -> Status | None:
    """A share that is urged."""
    j = s.judgement
    urged = j.indicator == "coverage_rate" and _URGED.search(s.folded, s.start, j.quantity.start)
    return Status(target=True, rule="urged") if urged else None


def _will(s: Stated) -> Status | None:
    """New members who will or must be won."""
    j = s.judgement
    ahead = j.indicator == "new_participants" and _WILL.search(s.folded, s.start, j.quantity.start)
    return Status(target=True, rule="will") if ahead else None


def _reached(s: Stated) -> Status | None:
    """What the reading says is reached, and those who do not take part, are never aims."""
    return Status() if s.judgement.reached or s.judgement.indicator == "non_participants" else None


def _change(s: Stated) -> Status | None:
    """A change or a share of a plan is an aim only where it is assigned or striven for."""
    indicator = s.judgement.indicator
    striven = [scope for scope in s.scopes if scope.rule == "strive"]
    if indicator not in ("change", "plan_rate") or covering(striven, s.at, "target"):
        return None
    given = indicator == "change" and _ASSIGNED_CHANGE.search(s.folded, s.start, s.at)
    return Status(target=True, rule="assigned") if given else Status()


def _in_scope(s: Stated) -> Status | None:
    """A scope of aims covers the number."""
    scope = covering(s.scopes, s.at, "target")
    return Status(target=True, rule=scope.rule) if scope is not None else None


def _by_year(s: Stated) -> Status | None:
    """By a year to come.

    Without a publication date only the bare "đến năm 2025" is an aim; "đến hết năm 2017" more often reports.
    """
    year = _BY_YEAR.search(s.folded, s.start, s.at)
    if not year or REACHED.search(s.folded, s.start, s.at):
        return None
    published = s.reading.published
    ahead = int(year.group(2)) > published.year if published else not year.group(1)
    return Status(target=True, rule="by-year") if ahead else None


_STEPS: tuple[Step, ...] = (
    _one_of,
    _household,
    _supposed,
    _read_as_target,
    _criterion,
    _urged,
    _will,
    _reached,
    _change,
    _in_scope,
    _by_year,
)


def figures_of(
    reading: Reading, judgement: Judgement, found: Sequence[Scope], sentence: tuple[int, int]
) -> list[Figure]:
    """The figures of a reading, one a programme; none where the sentence supposes them or states a condition."""
    q = judgement.quantity
    status = status_of(Stated(reading, judgement, found, sentence[0]))
    if status.refused:
        reading.drop(q.start, q.end, "figures", status.rule or "context", "hypothetical or a legal condition")
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
            status="target" if status.target else "actual",
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
