"""Arithmetic over the figures of an article: parts and totals, shares and populations, changes and their bases.

Agreement is noted in the provenance of every figure of the sum; disagreement gives a warning that names both numbers.
Nothing is dropped, and no number is corrected; only of which whole a share is one is told by it (`of_targets`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, product, takewhile

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.meaning import unsigned
from extractor.fields.figures.words import template
from extractor.models import Reading
from extractor.numbers import find_numbers
from extractor.records import Figure, Warning

_POPULATION = template(r"(?<!\p{L}){population}(?:\s+\p{L}+){0,5}\s+(?=\d)")
_PEOPLE = template(r"\s*{people}(?!\p{L})")
_WHOLE = "figures.whole"  # the code of a sum of those with and those without a programme
ROUNDING = 0.006  # relative: news round "76,27 triệu" and "82,01%"
SHARE_ROUNDING = 0.06  # percentage points


@dataclass(frozen=True, slots=True)
class Check:
    """One sum: its members, what it says in words, whether it holds, and the two numbers when it does not."""

    code: str
    members: tuple[Figure, ...]
    text: str
    agree: bool


def _number(value: float) -> str:
    """A number as Vietnamese writes it: 23162 → 23.162."""
    return f"{round(value, 4):,.10g}".replace(",", "_").replace(".", ",").replace("_", ".")


def _exact(figures: Sequence[Figure]) -> bool:
    return all(f.comparator == "eq" for f in figures)


def _sum(code: str, total: Figure, parts: Sequence[Figure]) -> Check:
    value = sum(f.value for f in parts)
    agree = abs(value - total.value) <= max(0.5, (ROUNDING / 10) * total.value)
    words = " + ".join(_number(f.value) for f in parts)
    text = f"{words} = {_number(value)}" + ("" if agree else f", but the text gives {_number(total.value)}")
    return Check(code, (total, *parts), text, agree)


def _sums(group: Sequence[Figure]) -> Iterator[Check]:
    """New and renewed participants make a total; compulsory and voluntary members make those of social insurance."""
    for i, total in enumerate(group):
        if total.indicator == "participants" and _exact([total]):
            yield from _sums_of(total, [f for f in group[i + 1 :] if f.unit == total.unit])


def _sums_of(total: Figure, behind: Sequence[Figure]) -> Iterator[Check]:
    """The sums that figures behind a total make of it."""
    kinds = {f.indicator: f for f in reversed(behind) if f.programme == total.programme}
    yield from _parts(total, kinds, ("new_participants", "renewed_participants"))
    if total.programme == "BHXH":
        named = {f.programme: f for f in reversed(behind) if f.indicator == "participants"}
        yield from _parts(total, named, ("BHXH_BB", "BHXH_TN"))


def _parts(total: Figure, told: Mapping[str, Figure], names: Sequence[str]) -> Iterator[Check]:
    """The sum of the named parts, where all are told exactly."""
    parts = [told[name] for name in names if name in told]
    if len(parts) == len(names) and _exact(parts):
        yield _sum("figures.sum", total, parts)


def _changes(group: Sequence[Figure]) -> Iterator[Check]:
    """A change in persons and one in percent of the same count: 40.640 of 318.011 is a growth of 14,65%."""
    for i, total in enumerate(group):
        if total.indicator != "participants" or total.unit == "percent":
            continue
        run = list(takewhile(partial(_is_change, total), group[i + 1 :]))
        count, share = _first_of(run, total.unit), _first_of(run, "percent")
        if count and share and _exact([total, count, share]) and total.value != count.value:
            yield _change(total, count, share)


def _first_of(figures: Sequence[Figure], unit: str) -> Figure | None:
    """The first figure of a unit."""
    return next((f for f in figures if f.unit == unit), None)


def _is_change(total: Figure, figure: Figure) -> bool:
    return figure.programme == total.programme and figure.indicator == "change"


def _change(total: Figure, count: Figure, share: Figure) -> Check:
    """Whether a change in persons is the share that the text gives, grown or shrunk."""
    grown = 100 * count.value / (total.value - count.value)
    shrunk = 100 * count.value / (total.value + count.value)
    agree = min(abs(grown - share.value), abs(shrunk - share.value)) <= max(SHARE_ROUNDING, ROUNDING * share.value)
    text = f"a change of {_number(count.value)} to {_number(total.value)} is {_number(round(grown, 2))}%"
    told = text if agree else f"{text}, but the text gives {_number(share.value)}%"
    return Check("figures.change", (total, count, share), told, agree)


def _targets(group: Sequence[Figure]) -> Iterator[Check]:
    """Rate, distance and target: 38,05% − 0,05 = 38%; and covered with uncovered make the whole."""
    for three in zip(group, group[1:], group[2:], strict=False):
        yield from _distance(*three)
    yield from _wholes(group)


def _distance(rate: Figure, change: Figure, target: Figure) -> Iterator[Check]:
    """A rate and its target lie as many points apart as the text says."""
    kinds = (rate.indicator, change.indicator, target.indicator, change.unit, target.status)
    if kinds != ("coverage_rate", "change", "coverage_rate", "percentage_point", "target"):
        return
    if rate.programme == change.programme == target.programme and _exact((rate, change, target)):
        gap = abs(rate.value - target.value)
        agree = abs(gap - change.value) <= SHARE_ROUNDING
        text = f"{_number(rate.value)}% and its target {_number(target.value)}% lie {_number(gap)} points apart"
        told = text if agree else f"{text}, but the text gives {_number(change.value)}"
        yield Check("figures.target", (rate, change, target), told, agree)


def _wholes(group: Sequence[Figure]) -> Iterator[Check]:
    """Those with and those without a programme are all: 92% + 8% = 100%."""
    shares = [
        f for f in group if f.unit == "percent" and f.status == "actual" and f.group is None and f.comparator == "eq"
    ]
    covered, lacking = ([f for f in shares if f.indicator == kind] for kind in ("coverage_rate", "non_participants"))
    told: set[int] = set()  # numbers of those whose whole is known: one sum a figure is enough
    for (i, f), (k, g) in product(enumerate(covered), enumerate(lacking, len(covered))):
        whole = f.programme == g.programme and abs(f.value + g.value - 100) <= SHARE_ROUNDING
        if whole and not told.issuperset((i, k)):
            told.update((i, k))
            yield Check(_WHOLE, (f, g), f"{_number(f.value)}% + {_number(g.value)}% = 100%", True)


def _population(group: Sequence[Figure], reading: Reading) -> Iterator[Check]:
    """Participants as a share of a population that the same sentence or the one before gives."""
    for a, b in pairwise(group):
        if (
            (a.indicator, b.indicator) != ("participants", "coverage_rate")
            or a.programme != b.programme
            or a.unit != "person"
        ):
            continue
        number = reading.sentence_index(a.start)
        start = reading.sentences[max(0, number - 1)][0]
        whole = next(populations(reading, start, reading.sentences[number][1]), None)
        if whole is None or whole <= a.value:
            continue
        share = 100 * a.value / whole
        agree = abs(share - b.value) <= max(0.5, ROUNDING * share)
        text = f"{_number(a.value)} of {_number(whole)} is {_number(round(share, 2))}%"
        yield Check(
            "figures.population", (a, b), text if agree else f"{text}, but the text gives {_number(b.value)}%", agree
        )


def populations(reading: Reading, start: int, end: int) -> Iterator[float]:
    """The populations that `[start, end)` tells: "dân số 112.000 người"."""
    for m in _POPULATION.finditer(reading.folded, start, end):
        whole = next(iter(find_numbers(reading.folded, m.end(), m.end() + 30)), None)
        if whole is not None and _PEOPLE.match(reading.folded, whole.end):
            yield whole.value


def checks(figures: Sequence[Figure], reading: Reading) -> list[Check]:
    """All sums that the article's figures allow, sentence by sentence (covered and uncovered: over two sentences)."""
    out: list[Check] = []
    groups: dict[int, list[Figure]] = {}
    last = 0  # checks that are known before the sentence before
    for figure in figures:
        groups.setdefault(reading.sentence_index(figure.start), []).append(figure)
    for number, group in groups.items():
        begun = len(out)
        out += [*_sums(group), *_changes(group), *_population(group, reading)]
        out += _targets(group)
        if number + 1 in groups:
            known = {tuple(map(id, c.members)) for c in out[last:] if c.code == _WHOLE}
            wholes = _wholes([*group, *groups[number + 1]])
            out += [c for c in wholes if tuple(map(id, c.members)) not in known]
        last = begun
    return out


def check_figures(figures: Sequence[Figure], reading: Reading) -> list[Warning]:
    """Warnings about numbers that do not fit together, shares over 100% and numbers with two readings."""
    figures = unsigned(figures)
    made = checks(figures, reading)
    out = [
        Warning(code=c.code, message=c.text, start=c.members[0].start, end=c.members[0].end)
        for c in made
        if not c.agree
    ]
    doubts, settled = reading.doubted("figures"), _settled(made)
    for f in figures:
        if f.indicator in ("coverage_rate", "non_participants") and f.unit == "percent" and f.value > 100:
            out.append(_warning(f, "share", f"a share of {_number(f.value)}% is more than the whole (100%)"))
        if (f.start, f.end) in doubts and _key(f) not in settled:
            out.append(_warning(f, "number", f"{f.text!r} can be read in two ways; {_number(f.value)} was taken"))
    return out


def _settled(made: Sequence[Check]) -> set[tuple[int, int, str]]:
    """Keys of the figures that a sum confirms."""
    return {_key(f) for c in made if c.agree for f in c.members}


def _warning(f: Figure, code: str, text: str) -> Warning:
    return Warning(code=f"figures.{code}", message=text, start=f.start, end=f.end)


def _key(figure: Figure) -> tuple[int, int, str]:
    return figure.start, figure.end, figure.programme


TWO_READINGS = "two readings of the number"


def doubtful(quantity: Quantity, reading: Reading) -> str | None:
    """The note for a number that can be read in two ways, which the reading's doubts get too; None for any other."""
    if not quantity.ambiguous:
        return None
    reading.doubt(quantity.start, quantity.end, "figures", TWO_READINGS)
    return TWO_READINGS


def confirm(figures: list[Figure], reading: Reading) -> list[Figure]:
    """The figures with agreements recorded in the provenance of all their members, whose confidence rises to 1."""
    notes: dict[tuple[int, int, str], str] = {}
    for check in checks(figures, reading):
        if check.agree:
            for member in check.members:
                notes.setdefault(_key(member), check.text)
    out = []
    for f in figures:
        note = notes.get(_key(f))
        if note is not None:
            provenance = f.provenance.model_copy(update={"note": f"agrees: {note}", "confidence": 1.0})
            f = f.model_copy(update={"provenance": provenance})
        out.append(f)
    return out


def of_targets(figures: Sequence[Figure]) -> list[Figure]:
    """The figures, with a share behind a count read as one of the target told before where the numbers say so.

    "Phải có 5.000 người … mới có 3.000 người tham gia, đạt 60%": 3.000 are 60 % of 5.000.
    """
    aims: dict[str, list[float]] = defaultdict(list)
    for f in sorted(figures, key=lambda f: f.value):
        if f.status == "target" and f.unit == "person" and f.value > 0:
            aims[f.programme].append(f.value)
    if not aims:
        return list(figures)
    out = list(figures[:1])
    for count, share in pairwise(figures):
        if _reached(count, share) and _of_aim(count, share, aims.get(count.programme, ())):
            provenance = share.provenance.model_copy(update={"rule": "share-of-target"})
            share = share.model_copy(update={"indicator": "plan_rate", "provenance": provenance})
        out.append(share)
    return out


def _of_aim(count: Figure, share: Figure, aims: Sequence[float]) -> bool:
    """Whether a count is its share of one of the aims of its programme, which are sorted."""

    def over(aim: float) -> float:
        return 100 * count.value / aim - share.value

    # The larger the aim, the smaller the share.
    first = bisect_left(aims, True, key=lambda aim: over(aim) < SHARE_ROUNDING)
    return first < len(aims) and abs(over(aims[first])) < SHARE_ROUNDING


def _reached(count: Figure, share: Figure) -> bool:
    """Whether a count of persons and the rate behind it are both what was reached, of the same programme."""
    rate = share.indicator == "coverage_rate" and share.unit == "percent"
    return rate and count.unit == "person" and share.status == count.status == "actual" and _same(count, share)


def _same(a: Figure, b: Figure) -> bool:
    return a.programme == b.programme
