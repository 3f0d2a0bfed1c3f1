"""The score table as JSON, Markdown and terminal table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.evaluate.bootstrap import Interval, intervals
from extractor.evaluate.findings import KINDS
from extractor.evaluate.score import RECALL_ONLY, ROWS, SHARES, STARRED, ArticleScore, Scores, by_key, total
from extractor.records import FIELDS

if TYPE_CHECKING:
    from rich.console import Group


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report shows: scores of all articles, their intervals, scores per group and per source, the articles."""

    scores: Scores
    intervals: Mapping[str, Interval]
    groups: Mapping[str, Scores]
    sources: Mapping[str, Scores]
    articles: Sequence[ArticleScore]

    @property
    def kinds(self) -> dict[str, dict[str, int]]:
        """Number of errors by field and kind, fields in reading order."""
        counts = Counter((f.field, f.kind) for article in self.articles for f in article.findings)
        fields = [field for field in (*FIELDS, "positions") if any(f == field for f, _ in counts)]
        return {field: {kind: counts[field, kind] for kind in KINDS} for field in fields}


def report(articles: Sequence[ArticleScore]) -> Report:
    """The report of scored articles."""
    return Report(total(articles), intervals(articles), by_key(articles, "group"), by_key(articles, "source"), articles)


def _row(scores: Scores, row: str) -> dict[str, Any]:
    tally, recall_only, scored = scores.rows[row], row in RECALL_ONLY, scores.scored(row)
    return {
        "precision": None if recall_only or not scored else round(tally.precision, 4),
        "recall": round(tally.recall, 4) if scored else None,
        "f1": None if recall_only or not scored else round(tally.f1, 4),
        "correct": tally.correct,
        "predicted": None if recall_only else tally.predicted,
        "gold": tally.gold,
        "starred": row in STARRED,
    }


def _part(scores: Scores) -> dict[str, Any]:
    return {
        "macro_f1": round(scores.macro_f1, 4),
        "articles": scores.articles,
        "missing": scores.missing,
        "rows": {row: _row(scores, row) for row in ROWS},
    }


def as_json(report: Report, *, errors: bool = False) -> dict[str, Any]:
    """`macro_f1`; every row's headline under its own name (recall or F1) and in detail under `rows`; groups, sources, intervals.

    A row with nothing to score is null.
    """
    out = {
        **_part(report.scores),
        **{row: round(report.scores.value(row), 4) if report.scores.scored(row) else None for row in ROWS},
        "intervals": {
            row: [round(i.low, 4), round(i.high, 4)] for row, i in report.intervals.items() if report.scores.scored(row)
        },
        "groups": {name: _part(scores) for name, scores in report.groups.items()},
        "sources": {name: _part(scores) for name, scores in report.sources.items()},
        "errors_by_kind": report.kinds,
    }
    if errors:
        out["errors"] = [
            {
                "article": f.article,
                "field": f.field,
                "kind": f.kind,
                "text": f.text,
                "gold": f.gold,
                "predicted": f.predicted,
                "detail": f.detail,
                "rule": f.rule,
            }
            for article in report.articles
            for f in article.findings
        ]
    return out


def cells(report: Report) -> list[tuple[str, ...]]:
    """Rows of the score table as strings: name, precision, recall, F1, 95 % interval, gold, predicted; "–": nothing to score."""
    out: list[tuple[str, ...]] = []
    for row in ROWS:
        tally = report.scores.rows[row]
        interval = report.intervals.get(row)
        shown = f"{interval.low:.3f}–{interval.high:.3f}" if interval and tally.gold else ""
        name = f"{row} *" if row in STARRED else row
        recall = f"{tally.recall:.3f}"
        if not report.scores.scored(row):
            out.append((name, NOTHING, NOTHING, NOTHING, "", str(tally.gold), str(tally.predicted)))
        elif row in RECALL_ONLY:
            out.append((name, "", recall, "", shown, str(tally.gold), ""))
        elif row in SHARES:
            out.append((name, "", "", f"{tally.f1:.3f}", shown, str(tally.gold), ""))
        else:
            numbers = f"{tally.precision:.3f}", recall, f"{tally.f1:.3f}"
            out.append((name, *numbers, shown, str(tally.gold), str(tally.predicted)))
    return out


NOTHING = "–"  # shown where there is neither gold nor a prediction
HEAD = ("row", "precision", "recall", "F1", "95 %", "gold", "predicted")


def summary(report: Report) -> str:
    """One line: number of articles, those without a prediction, macro F1 with its interval."""
    interval = report.intervals.get("macro_f1")
    within = f" (95 %: {interval.low:.3f}–{interval.high:.3f})" if interval else ""
    scores = report.scores
    articles = "1 article" if scores.articles == 1 else f"{scores.articles} articles"
    macro = f"{scores.macro_f1:.3f}{within}" if scores.scored("macro_f1") else NOTHING
    return f"{articles}, {scores.missing} without a prediction; macro F1 {macro}"


def part_cells(parts: Mapping[str, Scores]) -> list[tuple[str, ...]]:
    """One row a group or source: name, articles, macro F1, and the starred rows ("–": no gold)."""
    return [
        (
            name,
            str(scores.articles),
            f"{scores.macro_f1:.3f}" if scores.scored("macro_f1") else NOTHING,
            *(f"{scores.rows[row].f1:.3f}" if scores.rows[row].gold else NOTHING for row in STARRED),
        )
        for name, scores in parts.items()
    ]


_SOURCES = 20
PART_HEAD = ("articles", "macro F1", *STARRED)


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    plain = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in plain)


def error_lines(report: Report) -> list[str]:
    """One line an error: field, kind, article, text, what differs, the rule behind it."""
    return [
        f"{f.field} {f.kind}: {f.article}: {f.text!r} {f.detail}" + (f" [{f.rule}]" if f.rule else "")
        for article in report.articles
        for f in article.findings
    ]


def as_markdown(report: Report) -> str:
    """The whole report as Markdown."""
    parts = [f"**{summary(report)}**", markdown_table(HEAD, cells(report))]
    for name, scores in (("group", report.groups), ("source", report.sources)):
        if scores:
            parts.append(markdown_table((name, *PART_HEAD), part_cells(scores)))
    if report.kinds:
        rows = [(field, *(str(n) for n in kinds.values())) for field, kinds in report.kinds.items()]
        parts.append(markdown_table(("errors", *KINDS), rows))
    return "\n\n".join(parts) + "\n"


def as_table(report: Report) -> Group:
    """The whole report for the terminal."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
        out = Table(box=None, pad_edge=False)
        for index, name in enumerate(head):
            out.add_column(name.replace(".", "\n.", 1), justify="right" if index else "left", no_wrap=True)
        for row in rows:
            out.add_row(*(Text(cell) for cell in row), style="bold" if row[0].endswith("*") else None)
        return out

    # One article says nothing about a source, and hundreds of sources fill the screen; JSON has them all.
    shown = {name: part for name, part in report.sources.items() if part.articles > 1}
    sources = shown if len(shown) <= _SOURCES else {}
    parts: list[Any] = [table(HEAD, cells(report)), Text(summary(report), style="bold")]
    for name, scores in (("group", report.groups), ("source", sources)):
        if scores:
            parts += [Text(), table((name, *PART_HEAD), part_cells(scores))]
    return Group(*parts)
