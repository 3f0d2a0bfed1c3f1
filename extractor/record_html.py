"""A record as a fragment of HTML, as notebooks show it: marks and colours of the web page, nothing loaded from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from extractor.display import grouped, head, label, values
from extractor.palette import css_marks, css_record, palette
from extractor.records import FIELDS, Official, Provenance, Record

_WEAK = 0.85  # a confidence below it is shown as a doubt
_ORDER = ("figures", "officials", "positions", "documents", "locations", "dates")
_ROWS = 24  # rows of the table that are not folded
# Two lights: the system's, unless the notebook says which one it shows.
_DARK = "[data-jp-theme-light=false] &, .vscode-dark &, [data-theme=dark] &"
_LIGHT = "[data-jp-theme-light=true] &, .vscode-light &, [data-theme=light] &"


def html_record(record: Record) -> str:
    """A record as a fragment: the headline, the text with its marks, a row for each value, the warnings. Everything is escaped."""
    title, text = _headed(record)
    lines = grouped(values(record))
    warned = "".join(f'<p class="warned">{escape(w.code)}: {escape(w.message)}</p>' for w in record.warnings)
    return (
        f'<div class="extractor-record"><style>{_style()}</style>'
        f'<p class="headline" lang="vi">{escape(title)}</p><p class="meta">{escape(head(record))}</p>{_legend(record)}'
        f'<div class="text" lang="vi">{_paragraphs(record, text)}</div>{warned}{_table(lines)}</div>'
    )


def _style() -> str:
    day, night = ("".join(f"--{name}:{colours[n]};" for name, colours in palette().items()) for n in (0, 1))
    day, night = f"color-scheme:light;{day}", f"color-scheme:dark;{night}"
    return (
        f".extractor-record{{{day}@media (prefers-color-scheme:dark){{{night}}}{_LIGHT}{{{day}}}{_DARK}{{{night}}}"
        f"{css_record()}{css_marks()}}}"
    )


def _headed(record: Record) -> tuple[str, int]:
    """The headline, and where the text goes on behind it: most texts begin with it."""
    if not record.title:
        return record.id, 0
    first = record.text.split("\n", 1)[0]
    repeated = " ".join(first.split()).casefold() == " ".join(record.title.split()).casefold()
    return record.title, len(first) if repeated else 0


def _legend(record: Record) -> str:
    counted = Counter(name for name, _, _ in _marks(record))
    parts = [
        f'<span class="m {name}">{escape(label(name).lower() if name != "positions" else "post")}</span> {counted[name]}'
        for name in (*_ORDER, *(n for n in FIELDS if n not in _ORDER))
        if counted[name]
    ]
    return f'<div class="legend">{"".join(f"<span>{part}</span>" for part in parts)}</div>' if parts else ""


def _marks(record: Record) -> Iterator[tuple[str, tuple[int, int], float]]:
    """Field, span and confidence of every mention."""
    for name in FIELDS:
        for item in getattr(record, name):
            if isinstance(item, Official):
                yield from ((name, (m.start, m.end), item.provenance.confidence) for m in item.mentions or (item,))
                yield from (("positions", (p.start, p.end), _sure(p.provenance)) for p in item.positions)
            else:
                yield name, (item.start, item.end), _sure(item.provenance)


def _sure(origin: Provenance | None) -> float:
    return origin.confidence if origin else 1.0


def _paragraphs(record: Record, begin: int) -> str:
    """The text from `begin` on, line by line; of marks over each other the shortest shows."""
    found = sorted(set(_marks(record)), key=lambda m: (m[1], m[0]))
    borders = sorted({begin, len(record.text), *(at for _, span, _ in found for at in span if at > begin)})
    borders += [at for at in (len(record.text),) if len(borders) == 1]
    out: list[str] = []
    active: list[tuple[str, tuple[int, int], float]] = []
    at = 0
    for start, end in pairwise(borders):
        while at < len(found) and found[at][1][0] <= start:
            active.append(found[at])
            at += 1
        active = [m for m in active if m[1][1] > start]
        words = escape(record.text[start:end])
        if active:
            name, _, sure = min(active, key=lambda m: (m[1][1] - m[1][0], m[0]))
            words = f'<span class="m {name}{" weak" if sure < _WEAK else ""}" title="{sure:.2f}">{words}</span>'
        out.append(words)
    return "".join(f"<p>{line}</p>" for line in "".join(out).split("\n") if line.strip())


def _table(lines: list[tuple[str, str, str, str]]) -> str:
    if not lines:
        return ""
    rows = [
        f'<tr><td>{escape(field.strip())}</td><td class="quote" lang="vi">{escape(quote)}</td><td>{escape(value)}</td>'
        f'<td class="from">{escape(origin)}</td></tr>'
        for field, quote, value, origin in lines
    ]
    top = "".join(f"<th>{name}</th>" for name in ("field", "text", "value", "from"))
    table = f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    return f"<details><summary>{len(rows)} values</summary>{table}</details>" if len(rows) > _ROWS else table
