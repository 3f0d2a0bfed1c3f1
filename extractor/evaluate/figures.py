"""The scorer of figures: what a number says, and since guidelines 1.3 of whom, where and when it says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.evaluate import normalise
from extractor.evaluate.align import Json, Marked, align, marked
from extractor.evaluate.findings import Finding, finding
from extractor.evaluate.matched import Item, Matched, Pair, Scored
from extractor.evaluate.tally import Tally
from extractor.records import NATION

# Gold annotates these programmes; figures of others are neither rewarded nor punished.
PROGRAMMES = frozenset({"BHYT", "BHXH", "BHXH_BB", "BHXH_TN", "BHTN"})
_KEYS = ("unit", "programme", "indicator", "status")
_HALF = 0.5  # of all words, for two strings to say the same


def _number(item: Item) -> float | None:
    return round(float(item["value"]), 4) if item.get("value") is not None else None


def _alike(gold: Item, predicted: Item) -> int:
    same = sum(1 for key in _KEYS if gold.get(key) == predicted.get(key))
    return same + (10 if _number(gold) == _number(predicted) else 0)


def _shown(item: Item) -> str:
    number = _number(item)
    value = int(number) if number is not None and number.is_integer() else number
    return " ".join(str(part) for part in (value, *(item.get(key) for key in _KEYS)))


def _close(gold: Item, predicted: Item, key: str) -> bool:
    return normalise.likeness(gold.get(key), predicted.get(key)) >= _HALF


def _same_group(gold: Item, predicted: Item) -> bool:
    return _close(gold, predicted, "group") if gold.get("group") else not predicted.get("group")


def _same_place(gold: Item, predicted: Item) -> bool:
    """By the official code where gold has one (`VN`: the whole country, in words or by silence), else by the words."""
    code, given = gold.get("place_code"), predicted.get("place_code")
    if code == NATION:
        return given in (None, NATION) and normalise.words(predicted.get("place")) in normalise.NATION
    if code:
        return bool(given == code)
    return _close(gold, predicted, "place") if gold.get("place") else not predicted.get("place")


def _same_period(gold: Item, predicted: Item) -> bool:
    """By the value, or by the same end told in like words; words that mean "now" are no period."""
    value, given = gold.get("period_value"), predicted.get("period_value")
    if value:
        ends = bool(given) and str(given).split("/")[-1] == str(value).split("/")[-1]
        return bool(given == value) or (ends and _close(gold, predicted, "period"))
    if not gold.get("period"):
        return not predicted.get("period") or normalise.words(predicted["period"]) in normalise.NOW
    return _close(gold, predicted, "period")


MEANING: dict[str, tuple[Callable[[Item, Item], bool], tuple[str, ...]]] = {
    "group": (_same_group, ("group",)),
    "place": (_same_place, ("place", "place_code")),
    "period": (_same_period, ("period", "period_value")),
}


def score_figures(article: str, gold: Sequence[Json], predicted: Sequence[Json], *, meaning: bool = False) -> Scored:
    """Rows `span`, `place` and `period` (recall), `value`, `full` of enrolment figures. Two figures may share a span.

    With `meaning` (gold of guidelines 1.3, where null means "not told") also `cell`, `group=`, `place=`, `period=`.
    """
    g, p = marked(gold), marked(x for x in predicted if x.get("programme") in PROGRAMMES)
    m = Matched(article, "figures", g, p, align(g, p, alike=_alike))
    same_value = [(a, b) for a, b in m.pairs if _number(a.item) == _number(b.item)]
    full = [(a, b) for a, b in same_value if all(a.item.get(k) == b.item.get(k) for k in _KEYS)]
    rows = {
        "span": m.spans(),
        "value": Tally(len(same_value), len(p), len(g)),
        "full": Tally(len(full), len(p), len(g)),
    }
    errors = m.errors(_shown)
    errors += [
        finding(article, "figures", "wrong value", a, b, f"gold {_shown(a.item)}, predicted {_shown(b.item)}")
        for a, b in m.pairs
        if (a, b) not in full
    ]
    links: list[Finding] = []
    for key in ("place", "period"):
        rows[key], wrong = _recalled(m.pairs, g, key)
        links += [_link(article, key, (key,), pair) for pair in wrong]
    if meaning:
        told, links = _score_meaning(article, same_value, full)
        rows |= told | {"cell": Tally(told["cell"].correct, len(p), len(g))}
    return rows, errors + links


def _recalled(pairs: Sequence[Pair], gold: Sequence[Marked], key: str) -> tuple[Tally, list[Pair]]:
    """How many of gold's values of a key were found, and the pairs in which they were not."""
    linked = [(a, b) for a, b in pairs if a.item.get(key)]
    wrong = [(a, b) for a, b in linked if not _close(a.item, b.item, key)]
    return Tally(len(linked) - len(wrong), 0, sum(bool(a.item.get(key)) for a in gold)), wrong


def _score_meaning(article: str, same_value: Sequence[Pair], full: Sequence[Pair]) -> Scored:
    """Counts of whom, where and when over the figures whose number is right; an invented one is as wrong as a missed one."""
    errors: list[Finding] = []
    right = dict.fromkeys(MEANING, 0)
    cells = 0
    for pair in same_value:
        a, b = pair
        verdicts = {key: same(a.item, b.item) for key, (same, _) in MEANING.items()}
        errors += [_link(article, key, MEANING[key][1], pair) for key, ok in verdicts.items() if not ok]
        for key, ok in verdicts.items():
            right[key] += ok
        cells += pair in full and all(verdicts.values())
    n = len(same_value)
    return {"cell": Tally(cells, 0, 0), **{f"{key}=": Tally(k, n, n) for key, k in right.items()}}, errors


def _link(article: str, key: str, keys: Sequence[str], pair: Pair) -> Finding:
    a, b = pair
    gold, given = (" ".join(repr(x.item.get(k)) for k in keys) for x in pair)
    return finding(article, "figures", "wrong link", a, b, f"{key}: gold {gold}, predicted {given}")
