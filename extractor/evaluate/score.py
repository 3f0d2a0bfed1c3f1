"""Precision, recall and F1 of predicted records against gold: the rows of the scoring definition (`docs/evaluation.md`).

Everything is counted per article first (`ArticleScore`), so that groups, sources and bootstrap samples are sums of the same counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from extractor.errors import InputError
from extractor.evaluate.align import Json
from extractor.evaluate.figures import score_figures
from extractor.evaluate.findings import Finding, explained
from extractor.evaluate.scorers import SCORERS
from extractor.evaluate.tally import Tally

_ROWS = (
    "officials.name",
    "officials.position",
    "officials.position~",
    "officials.mentions",
    "dates.span",
    "dates.overlap",
    "dates.value",
    "locations.span",
    "locations.overlap",
    "locations.unit",
    "locations.code",
    "documents.span",
    "documents.number",
    "documents.issuer",
    "documents.issuer=",
    "figures.span",
    "figures.place",
    "figures.period",
    "figures.value",
    "figures.full",
    "figures.cell",
    "figures.group=",
    "figures.place=",
    "figures.period=",
)
_STARRED = ("officials.name", "dates.value", "locations.span", "documents.number", "figures.full")
_FURTHER = tuple(name for name in SCORERS if not any(row.startswith(f"{name}.") for row in _ROWS))
ROWS = _ROWS + tuple(f"{name}.{row}" for name in _FURTHER for row in ("span", "value"))
STARRED = _STARRED + tuple(f"{name}.value" for name in _FURTHER)
RECALL_ONLY = frozenset({"officials.mentions", "documents.issuer", "figures.place", "figures.period"})
SHARES = frozenset(
    row for row in ROWS if row.endswith("=")
)  # of mentions that are right, those with this right as well
FIELDS = tuple(SCORERS)
MEANING = "1.3"  # the version of the guidelines since which a figure's nulls mean "not told"


def of_fields(gold: Iterable[Json], names: str | None) -> list[Json]:
    """Gold that counts for these fields alone, listed with commas; all of it without names. Raises `InputError`."""
    if names is None:
        return list(gold)
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in FIELDS]:
        raise InputError(f"--fields {unknown[0]}: the fields are {', '.join(FIELDS)}")
    return [
        {**record, "fields": [f for f in wanted if record.get("fields") is None or f in record["fields"]]}
        for record in gold
    ]


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """The counts of one article by row, and every error in it. `predicted` is false for an article without a prediction."""

    id: str
    group: str
    source: str
    tallies: Mapping[str, Tally]
    findings: tuple[Finding, ...]
    predicted: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """Micro-averaged rows over a set of articles; `missing` counts those without a prediction."""

    rows: Mapping[str, Tally]
    articles: int
    missing: int

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the starred rows that have gold; 0 where none has."""
        values = [self.rows[row].f1 for row in STARRED if self.rows[row].gold]
        return sum(values) / max(1, len(values))

    def scored(self, row: str) -> bool:
        """Whether there is anything to score: gold, or for rows with a precision a prediction."""
        if row == "macro_f1":
            return any(self.rows[name].gold for name in STARRED)
        tally = self.rows[row]
        return bool(tally.gold or (tally.predicted and row not in RECALL_ONLY))

    def value(self, row: str) -> float:
        """The row's headline: recall for the rows that have a recall alone, else F1; also for the name `macro_f1`."""
        if row == "macro_f1":
            return self.macro_f1
        return self.rows[row].recall if row in RECALL_ONLY else self.rows[row].f1


def score_article(gold: Json, predicted: Json | None) -> ArticleScore:
    """Counts and errors of one article. A gold record with `fields` is scored on those fields alone."""
    only = gold.get("fields")
    rows: defaultdict[str, Tally] = defaultdict(Tally)
    findings: list[Finding] = []
    prediction = predicted or {}
    for field, scorer in SCORERS.items():
        if only is not None and field not in only:
            continue
        if field == "figures" and str(gold.get("guidelines", "")) >= MEANING:
            scorer = partial(score_figures, meaning=True)
        counts, errors = scorer(str(gold["id"]), gold.get(field) or [], prediction.get(field) or [])
        rows.update({f"{field}.{row}": tally for row, tally in counts.items()})
        findings += errors
    findings = [explained(finding, prediction.get("dropped") or ()) for finding in findings]
    source = str(gold.get("source") or prediction.get("source") or "")
    return ArticleScore(
        str(gold["id"]), str(gold.get("group") or ""), source, dict(rows), tuple(findings), predicted is not None
    )


def score(gold: Iterable[Json], predicted: Mapping[str, Json]) -> list[ArticleScore]:
    """One `ArticleScore` a gold record; predictions of other articles are left out.

    Args:
        gold: gold records, items with `spans`.
        predicted: output records by id.
    """
    return [score_article(record, predicted.get(str(record["id"]))) for record in gold]


def total(articles: Iterable[ArticleScore]) -> Scores:
    """The sum of the articles' counts."""
    chosen = list(articles)
    rows = {row: sum((a.tallies[row] for a in chosen if row in a.tallies), Tally()) for row in ROWS}
    return Scores(rows, len(chosen), sum(not a.predicted for a in chosen))


def by_key(articles: Iterable[ArticleScore], key: str) -> dict[str, Scores]:
    """Scores per `group` or per `source`; articles without one are left out."""
    parts: defaultdict[str, list[ArticleScore]] = defaultdict(list)
    for article in articles:
        if name := getattr(article, key):
            parts[name].append(article)
    return {name: total(part) for name, part in sorted(parts.items())}
