"""Gold figures to decisions, and decisions to the rankers of the field of figures."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import Any

from extractor.errors import InputError
from extractor.evaluate.figures import MEANING, PROGRAMMES
from extractor.fields import FIELDS, Analysis
from extractor.fields.dates.page import dated
from extractor.fields.figures.candidates import ATTRIBUTES, Candidates
from extractor.fields.figures.decide import LABELS, STATUSES, UNITS, Decider, Walk, target_of
from extractor.fields.figures.field import candidates_in, told
from extractor.fields.figures.frame import Phrase, Target
from extractor.fields.figures.label import Context
from extractor.fields.figures.reading import Decided, Question
from extractor.language import read
from extractor.models import Article
from extractor.ner import tag
from extractor.pipeline import items_of
from extractor.ranking import Calibration, Decision, Material, Ranker, scaled
from extractor.text import clean
from extractor.training.folds import deal
from extractor.training.lessons import OPEN, load_lessons
from extractor.training.train import digest

Gold = Mapping[str, Any]
BEFORE = ("documents", "dates", "locations")  # the fields that figures need
DECISIONS = ("label", "status", "unit", "programme", *ATTRIBUTES)
L2 = {
    "label": 0.7,
    "status": 0.3,
    "unit": 0.2,
    "programme": 0.2,
    "group": 0.6,
    "place": 0.5,
    "period": 0.5,
}  # strength of the penalty
WHOLE = "1.3"  # the version of the guidelines from which gold has the whole meaning
FOLDS = 5  # of the cross-fitting behind the calibration
ASTRAY = 0.1  # how often a decision is taught with a wrong one before it
EVEN = 0.5  # how far articles with many figures count less: a figure of an article with n of them weighs n ** -EVEN


@dataclass(frozen=True, slots=True)
class Lesson:
    """The decisions of one article by ranker; `text` tells near-duplicates."""

    id: str
    text: str
    decisions: Mapping[str, Sequence[Decision]]


def load(gold: Path) -> Iterator[tuple[Gold, Article]]:
    """Gold records with their articles (`NAME_articles.jsonl` beside `NAME.jsonl`). Raises `InputError` where texts are missing."""
    beside = gold.with_name(f"{gold.stem}_articles.jsonl")
    if not beside.exists():
        raise InputError(f"{beside}: the texts of {gold.name} are missing")
    texts = {row["id"]: row for row in _rows(beside)}
    for record in _rows(gold):
        row = texts.get(record["id"])
        if row is None:
            raise InputError(f"{beside}: no text for {record['id']}")
        yield record, _article(row)


def material(path: Path) -> Iterator[tuple[Gold, Article]]:
    """Gold of a file: marked passages (.txt) or records (.jsonl) with their texts beside them."""
    return load_lessons(path) if path.suffix == ".txt" else load(path)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _article(row: Mapping[str, Any]) -> Article:
    day = row.get("published")
    return Article(
        id=row["id"],
        text=clean(row["text"]),
        title=row.get("title"),
        published=date.fromisoformat(day) if day else None,
        source=row.get("source"),
        url=row.get("url"),
    )


def candidates_of(article: Article) -> Candidates | None:
    """The candidates of an article, its documents, dates and places read first; None where it names no insurance."""
    reading = dated(read(article))
    analysis = Analysis(reading, tag(reading))
    for field in FIELDS:
        if field.name in BEFORE:
            analysis.items[field.name] = items_of(field, analysis)
    return candidates_in(analysis)


def lesson(gold: Gold, article: Article) -> Lesson:
    """The decisions that an annotated article teaches."""
    candidates = candidates_of(article)
    if candidates is None:
        return Lesson(article.id, article.text, {})
    return Lesson(article.id, article.text, decisions(candidates, gold))


def decisions(candidates: Candidates, gold: Gold) -> dict[str, list[Decision]]:
    """The decisions over an article's quantities, with gold's answers as what was decided before.

    Gold before version 1.3 has no gaps and leaves open whom, where and when: from it only what is told is learnt.
    """
    whole = gold.get("guidelines", "") >= WHOLE
    answers = _answers(candidates, gold)
    weight = max(1, len(answers)) ** -EVEN
    out: dict[str, list[Decision]] = defaultdict(list)
    walk, chance = Walk(candidates), Random(candidates.reading.article.id)
    for q in candidates.quantities:
        figures = answers.get(q.core, ())
        c = walk.enter(q)
        label = figures[0]["indicator"] if figures else "none"
        status = figures[0]["status"] if figures else "actual"
        if label not in LABELS:
            continue
        right = {LABELS.index(label)} | ({LABELS.index("gap")} if label == "change" and not whole else set())
        out["label"].append(Decision(walk.label().features, frozenset(right), weight if figures else 1.0))
        if figures:
            out["status"].append(Decision(walk.status(c, label).features, frozenset({STATUSES.index(status)}), weight))
            if label in ("change", "gap") and q.unit == "percent":
                unit = frozenset({UNITS.index(figures[0]["unit"])})
                out["unit"].append(Decision(walk.unit(c, label).features, unit, weight))
            for kind, asked, chosen in _attributes(walk, c, candidates, figures, whole, chance):
                out[kind].append(Decision(asked.features, chosen, weight))
        if chance.random() < ASTRAY and c.rules:  # in use the label before is not always right either
            label, status = c.rules[0].indicator, c.rules[0].status
        walk.leave(q, label, status)
    return out


def _attributes(
    walk: Walk, c: Context, candidates: Candidates, figures: Sequence[Gold], whole: bool, chance: Random
) -> Iterator[tuple[str, Question, frozenset[int]]]:
    """The questions of programme, group, place and period with gold's answers, which the walk takes note of."""
    first, q = figures[0], c.quantity
    names = {f["programme"] for f in figures}
    target = target_of(q, first["indicator"], first["status"])
    asked = walk.programme(c, target)
    right = frozenset(i for i, p in enumerate(asked.phrases) if set((p.value or "").split("+")) == names)
    yield "programme", asked, right
    _note(walk, "programme", target, asked, right, chance)
    target = target_of(q, first["indicator"], first["status"], sorted(names))
    for kind in ATTRIBUTES:
        if first.get(kind) == OPEN or (not whole and not first.get(kind)):
            continue
        asked = walk.attribute(kind, target)
        right = _right(candidates, kind, asked, first)
        yield kind, asked, right
        _note(walk, kind, target, asked, right, chance)


def _right(candidates: Candidates, kind: str, asked: Question, gold: Gold) -> frozenset[int]:
    """The candidates that give what gold has, and those linked to the same code or value."""
    same = MEANING[kind][0]
    given = [None if p.nothing else p for p in asked.phrases]
    right = {i for i, p in enumerate([*given, None]) if same(gold, told(candidates.reading, kind, p))}
    if kind != "group":
        values = {asked.phrases[i].value for i in right if i < len(given)} - {None}
        right |= {i for i, p in enumerate(given) if p is not None and p.value in values}
    return frozenset(right)


def _note(walk: Walk, kind: str, target: Target, asked: Question, right: frozenset[int], chance: Random) -> None:
    """Tell the walk which phrase gold takes: the one the figure before took, if that is right too, else the nearest.

    Now and then a wrong one is told instead, because in use the figure before is not always right either.
    """
    if chance.random() < ASTRAY:
        walk.answer(kind, target, chance.choice([*asked.phrases, None]))
        return
    if not right:
        return
    phrases: list[Phrase] = [asked.phrases[i] for i in right if i < len(asked.phrases)]
    before = walk.carried(kind)
    same = [p for p in phrases if before is not None and p.start == before.start]
    nearest = sorted(phrases, key=lambda p: abs(p.start - target.core))
    walk.answer(kind, target, next(iter([*same, *nearest]), None))


def _answers(candidates: Candidates, gold: Gold) -> dict[int, list[Gold]]:
    """Gold's figures by the offset of the quantity they stand for, one a programme."""
    marked = [(a, b, f) for f in gold.get("figures") or () if f["programme"] in PROGRAMMES for a, b in f["spans"]]
    out: dict[int, list[Gold]] = {}
    for q in candidates.quantities:
        found = [f for a, b, f in marked if a < q.end and q.start < b and abs(abs(f["value"]) - q.value) < 1e-3]
        if found:
            out[q.core] = found
    return out


def run(gold: Sequence[Path], *, report: Callable[[str], None]) -> tuple[dict[str, Ranker], dict[str, Any]]:
    """Rankers and their meta data from gold files; `report` is told in a line what begins."""
    lessons: list[Lesson] = []
    measured: list[tuple[int, Candidates, Gold]] = []
    for path in gold:
        report(f"reading {path.name}")
        for record, article in material(path):
            candidates = candidates_of(article)
            if candidates and path.suffix != ".txt" and record.get("guidelines", "") >= WHOLE:
                measured.append((len(lessons), candidates, record))
            found = decisions(candidates, record) if candidates else {}
            lessons.append(Lesson(article.id, article.text, found))
    figures = sum(len(x.decisions.get("status", ())) for x in lessons)
    report(f"training on {len(lessons)} articles with {figures} figures")
    meta = {
        "gold": {path.name: digest(path) for path in gold},
        "articles": len(lessons),
        "figures": figures,
        "l2": L2,
        "calibration": asdict(calibration(lessons, measured)),
        "software": {name: version(name) for name in ("numpy", "scipy")},
    }
    return train(lessons), meta


def calibration(lessons: Sequence[Lesson], measured: Sequence[tuple[int, Candidates, Gold]]) -> Calibration:
    """The calibration of a figure's confidence: real articles of version 1.3 are read by rankers that never saw them.

    `measured` are indices of `lessons` with their candidates and gold. Right is a figure whose label, status, unit and
    programme are gold's.
    """
    if not measured:
        return Calibration()
    dealt = deal([(lesson.id, lesson.text) for lesson in lessons], FOLDS)
    confidences: list[float] = []
    right: list[bool] = []
    for fold in range(FOLDS):
        decider = Decider(train(x for x, at in zip(lessons, dealt, strict=True) if at != fold))
        for _, candidates, gold in (m for m in measured if dealt[m[0]] == fold):
            answers = _answers(candidates, gold)
            for d in decider.decide(candidates):
                confidences.append(d.confidence)
                right.append(_full(d, answers.get(d.quantity.core, ())))
    return scaled(confidences, right)


def _full(d: Decided, gold: Sequence[Gold]) -> bool:
    """Whether label, status, unit and programme of a figure are gold's."""
    if {f["programme"] for f in gold} != set(d.programmes):
        return False
    return all((f["indicator"], f["status"], f["unit"]) == (d.label, d.status, d.unit) for f in gold)


def train(lessons: Iterable[Lesson]) -> dict[str, Ranker]:
    """The rankers of all decisions."""
    known = list(lessons)
    return {
        name: Material([d for x in known for d in x.decisions.get(name, ())]).fit(l2=L2[name]) for name in DECISIONS
    }
