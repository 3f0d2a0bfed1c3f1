"""The error report: one HTML file without a network. Score tables, confusion by kind of error, each error with its sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from extractor.evaluate.align import Json, mentions_of
from extractor.evaluate.findings import KINDS, Finding
from extractor.evaluate.score import RECALL_ONLY, ROWS, STARRED
from extractor.evaluate.tables import HEAD, PART_HEAD, Report, cells, part_cells, summary
from extractor.outputs import GENERATOR
from extractor.palette import css_variables
from extractor.records import FIELDS

Span = tuple[int, int]
_AROUND = 160  # code points shown on either side where a sentence is longer than _LONGEST
_LONGEST = 700
_NO_NETWORK = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_NOTE = (
    "* counts in the macro F1. ~ takes wordings of a post as one where they share 60 % of their words. = is of the mentions that "
    "are right the share with this right as well. Dot: the value; line: the central 95 % when articles are drawn anew. "
    "A wrong link is a right mention tied to another place, person, period or issuer."
)
_FLOORS = "Upright stroke: the floor under which a run fails."
_ATTRIBUTE = ("wrong value", "wrong link")  # of a mention that is right: one sentence, two values
_VALUES = re.compile(r"(.*?)gold (.*)[,;] predicted (.*)", re.DOTALL)
_OPEN = 12  # a longer table of groups or sources is folded at first


def as_html(
    report: Report,
    gold: Sequence[Json],
    articles: Mapping[str, Json],
    predicted: Mapping[str, Json],
    floors: Mapping[str, float] | None = None,
) -> str:
    """The whole report as one page.

    Args:
        report: the scored articles.
        gold: gold records.
        articles: records with `text` by id; an article without a text shows the quotes alone.
        predicted: output records by id.
        floors: the least that a row may score, by row, drawn in its axis.
    """
    records = {str(record["id"]): record for record in gold}
    cards: list[str] = []
    for article in report.articles:
        if not article.findings:
            continue
        text = articles.get(article.id, {}).get("text") or records[article.id].get("text") or ""
        context = _Context(str(text), records[article.id], predicted.get(article.id, {}))
        cards += [_card(finding, context, article.group) for finding in article.findings]
    findings = [finding for article in report.articles for finding in article.findings]
    body = [
        "<header><h1>Extraction against gold</h1>",
        f'<span class="summary">{escape(summary(report))}</span>',
        '<button id="theme" type="button">Light / dark</button></header>',
        '<div class="tables">',
        f'<section class="wide"><h2>Scores</h2>{_score_table(report, floors or {})}</section>',
        f'<section class="wide"><h2>Errors by kind</h2>{_kind_table(report)}{_rule_table(findings)}</section></div>',
        *_part_tables(report),
        '<section id="errors"><h2>Errors</h2>',
        _filters(report, findings),
        *cards,
        '<button class="more" id="more" type="button" hidden>Show more</button></section>',
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"{GENERATOR}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_NO_NETWORK}">'
        f"<title>Extraction against gold</title><style>{css_variables(switch=True)}{_asset('report.css')}</style></head>"
        "\n<body><main>\n" + "\n".join(body) + f"\n</main><script>{_asset('report.js')}</script></body></html>\n"
    )


@cache
def _asset(name: str) -> str:
    return (files("extractor.evaluate") / "assets" / name).read_text(encoding="utf-8")


class _Context:
    """An article's text with its sentences and the mentions of both sides by field."""

    def __init__(self, text: str, gold: Json, predicted: Json) -> None:
        self.text = text
        self.gold = _mentions(gold)
        self.predicted = _mentions(predicted)
        self.sentences = _sentences(text)

    def window(self, finding: Finding) -> Span:
        """The sentence(s) around an error, cut where they are long."""
        spans = [span for span in (finding.gold, finding.predicted) if span]
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        low = next((s for s, e in self.sentences if s <= start < e), None)
        high = next((e for s, e in reversed(self.sentences) if s < end <= e), None)
        if low is not None and high is not None and high - low <= _LONGEST:
            return low, high
        return max(low or 0, start - _AROUND), min(len(self.text) if high is None else high, end + _AROUND)


def _sentences(text: str) -> list[Span]:
    from extractor.language import read
    from extractor.models import Article

    return list(read(Article("", text)).sentences) if text else []


def _mentions(record: Json) -> dict[str, list[Span]]:
    """Spans by field; posts under `positions`."""
    out: dict[str, list[Span]] = {}
    for field in FIELDS:
        items = record.get(field) or ()
        out[field] = [span for item in items for span in mentions_of(item)]
        if field == "officials":
            out["positions"] = [
                span for item in items for post in item.get("positions") or () for span in mentions_of(post)
            ]
    return out


def _marked(text: str, window: Span, hit: Span | None, others: Iterable[Span]) -> str:
    """The window with `hit` marked strongly and the other mentions of the field weakly."""
    low, high = window
    chosen = sorted(
        s for s in set(others) if low <= s[0] and s[1] <= high and (hit is None or s[1] <= hit[0] or s[0] >= hit[1])
    )
    pieces = ([(hit, True)] if hit else []) + [(span, False) for span in chosen]
    out: list[str] = []
    at = low
    for (start, end), strong in sorted(pieces):
        if start < at:  # a mention inside another is shown by the outer one
            continue
        tag = '<mark class="hit">' if strong else "<mark>"
        out += [escape(text[at:start]), tag, escape(text[start:end]), "</mark>"]
        at = end
    out.append(escape(text[at:high]))
    return "".join(out)


def _card(finding: Finding, context: _Context, group: str) -> str:
    if finding.kind in _ATTRIBUTE and context.text and finding.gold:
        window = context.window(finding)
        once = _marked(context.text, window, finding.gold, context.gold.get(finding.field, ()))
        sides = f'<div class="once"><p>{once}</p></div>'
        return _framed(finding, sides, group)
    if context.text and (finding.gold or finding.predicted):
        window = context.window(finding)
        gold = _marked(context.text, window, finding.gold, context.gold.get(finding.field, ()))
        predicted = _marked(context.text, window, finding.predicted, context.predicted.get(finding.field, ()))
    else:
        quote = f'<mark class="hit">{escape(finding.text)}</mark>'
        gold, predicted = (quote if finding.gold else "–"), (quote if finding.predicted else "–")
    sides = (
        f'<div class="sides"><div class="gold"><h3>Gold</h3><p>{gold}</p></div>'
        f'<div class="predicted"><h3>Predicted</h3><p>{predicted}</p></div></div>'
    )
    return _framed(finding, sides, group)


def _framed(finding: Finding, sides: str, group: str) -> str:
    """A card around what stands in the text on both sides."""
    data = {"field": finding.field, "kind": finding.kind, "group": group, "rule": finding.rule}
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    rule = f'<span class="rule">{escape(finding.rule)}</span>' if finding.rule else ""
    return (
        f'<article{attributes}><div class="meta"><span class="field">{escape(finding.field)}</span>'
        f'<span class="kind">{escape(finding.kind)}</span><span>{escape(finding.text)}</span>'
        f"<span>{escape(finding.article)}</span>{rule}</div>"
        f'{sides}<p class="detail">{_detail(finding)}</p></article>'
    )


def _detail(finding: Finding) -> str:
    """What differs; of an attribute the two values, each with its side's mark."""
    said = _VALUES.fullmatch(finding.detail) if finding.kind in _ATTRIBUTE else None
    if said is None:
        return escape(finding.detail)
    what, gold, predicted = (escape(part) for part in said.groups(""))
    return (
        f'{what}<span class="gold"><b>Gold</b> <mark class="hit">{gold}</mark></span> '
        f'<span class="predicted"><b>Predicted</b> <mark class="hit">{predicted}</mark></span>'
    )


def _table(head: Sequence[str], rows: Iterable[str]) -> str:
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _score_table(report: Report, floors: Mapping[str, float]) -> str:
    """The scores, each with its value as a dot, its interval as a line and its floor as a stroke on an axis that begins where the
    values do."""
    low = _axis(report, floors)
    rows: list[str] = []
    for row, line in zip(ROWS, cells(report), strict=True):
        dot = f'<td><span class="axis">{_dot(report, row, low, floors.get(row))}</span></td>'
        cls = ' class="starred"' if row in STARRED else ""
        rows.append(f"<tr{cls}>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}{dot}</tr>")
    note = " or recall" if RECALL_ONLY else ""
    told = f"{_NOTE} {_FLOORS}" if floors else _NOTE
    return _table((*HEAD, f"F1{note}, {low:g} to 1"), rows) + f'<p class="note">{told}</p>'


def _axis(report: Report, floors: Mapping[str, float]) -> float:
    """Where the axis of the scores begins: 0.8, or the tenth below the lowest value or floor."""
    scored = [row for row in ROWS if report.scores.rows[row].gold]
    values = [*(report.scores.value(row) for row in scored), *(floors[row] for row in scored if row in floors)]
    return min([0.8, *(int(value * 10) / 10 for value in values)])


def _dot(report: Report, row: str, low: float, floor: float | None) -> str:
    if not report.scores.rows[row].gold:
        return ""

    def at(value: float) -> float:
        return 100 * (max(low, value) - low) / (1 - low)

    interval = report.intervals.get(row)
    line = (
        f'<i style="left:{at(interval.low):.1f}%;width:{at(interval.high) - at(interval.low):.1f}%"></i>'
        if interval
        else ""
    )
    value = report.scores.value(row)
    stroke = ""
    if floor is not None:
        under = " under" if round(value, 4) < floor else ""
        stroke = f'<s class="floor{under}" style="left:{at(floor):.1f}%" title="floor {floor:.4f}{under and ": not reached"}"></s>'
    return f'{line}{stroke}<b style="left:{at(value):.1f}%"></b>'


def _kind_table(report: Report) -> str:
    rows: list[str] = []
    for field, kinds in report.kinds.items():
        line = [f"<td>{escape(field)}</td>"]
        for kind, number in kinds.items():
            pick = (
                f' class="pick" tabindex="0" data-field="{escape(field)}" data-kind="{escape(kind)}"' if number else ""
            )
            line.append(f"<td{pick}>{number}</td>")
        rows.append(f"<tr>{''.join(line)}</tr>")
    return _table(("field", *KINDS), rows)


def _rule_table(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.rule for finding in findings if finding.rule)
    rows = [f"<tr><td>{escape(rule)}</td><td>{number}</td></tr>" for rule, number in counts.most_common(12)]
    return f"<h2>Rules behind most errors</h2>{_table(('rule', 'errors'), rows)}" if rows else ""


def _part_tables(report: Report) -> list[str]:
    out: list[str] = []
    for name, parts in (("group", report.groups), ("source", report.sources)):
        if parts:
            rows = [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in part_cells(parts)]
            shown = " open" if len(parts) <= _OPEN else ""
            head = f"<summary><h2>By {name}</h2> <span>{len(parts)}</span></summary>"
            table = _table((name, *PART_HEAD), rows)
            out.append(f'<section class="wide"><details{shown}>{head}{table}</details></section>')
    return out


def _filters(report: Report, findings: Sequence[Finding]) -> str:
    choices: dict[str, list[str]] = {
        "field": list(report.kinds),
        "kind": [str(kind) for kind in KINDS if any(f.kind == kind for f in findings)],
        "group": list(report.groups),
        "rule": sorted({f.rule for f in findings if f.rule}),
    }
    parts = [
        f'<select id="{name}" aria-label="{name}"><option value="">every {name}</option>'
        + "".join(f'<option value="{escape(v)}">{escape(v)}</option>' for v in values)
        + "</select>"
        for name, values in choices.items()
    ]
    return (
        f'<div class="filters">{"".join(parts)}<input id="query" type="search" placeholder="search, with or without diacritics" '
        'aria-label="search"><button id="reset" type="button">Reset</button><span class="count" id="count"></span></div>'
    )
