"""What is seen in the figure explorer as files: the columns of its tables, a drawing of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from extractor.dataset.web.chart_parts import LETTER
from extractor.palette import palette

Row = dict[str, Any]
COLUMNS = (
    "programme", "indicator", "unit", "status", "comparator", "value", "value_max", "group", "group_id", "place", "place_code",
    "place_codes", "place_level", "province", "period", "first_day", "last_day", "dated", "base", "base_value", "agreement",
    "chosen", "reason", "text", "sentence", "title", "source", "url", "published", "id", "start", "rule", "confidence",
)  # fmt: skip
CELL_COLUMNS = (
    "programme", "indicator", "unit", "status", "group", "group_id", "place", "place_code", "place_key", "place_level", "province",
    "period", "first_day", "last_day", "dated", "comparator", "value", "value_max", "agreement", "chosen_by", "articles", "figures",
    "values", "sentence", "title", "source", "url", "published", "id", "start",
)  # fmt: skip


def plain(rows: Sequence[Row]) -> list[Row]:
    """Figures as the files have them: the place by its name where it has a code, codes separated by a blank."""
    out = []
    for row in rows:
        codes = " ".join(json.loads(row.get("place_codes") or "[]"))
        place = row.get("place_name") or row.get("place") or row.get("place_text")
        out.append(row | {"place": place, "place_codes": codes})
    return out


def picture(drawing: str, heading: str, lines: Sequence[str]) -> str:
    """A drawing of a page as a file of its own: colours and letters with it, its heading above, what it is from below."""
    begin = drawing.index("viewBox=") + 9
    width, height = (float(n) for n in drawing[begin : drawing.index('"', begin)].split()[2:])
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    head = _wrapped(heading, int(width / 9.4))  # bold and larger
    top = 14 + 20 * len(head)
    foot = [part for line in lines for part in _wrapped(line, int(width / (LETTER * 0.92)))]
    total = top + height + 10 + 17 * len(foot)
    colours = "".join(f"--{name}:{light};" for name, (light, _) in palette().items())
    style = f"svg{{{colours}}}" + (
        "svg{background:var(--card)}text{font:13px 'Be Vietnam Pro','Noto Sans','DejaVu Sans',sans-serif}"
        ".grid{stroke:var(--line)}.base{stroke:var(--rule)}.head{font-weight:600;font-size:15px;fill:var(--ink)}"
        ".foot{font-size:12px;fill:var(--soft)}"
    )
    texts = "".join(f'<text class="head" x="10" y="{22 + 20 * i}">{escape(t)}</text>' for i, t in enumerate(head))
    texts += "".join(
        f'<text class="foot" x="10" y="{top + height + 14 + 17 * i:g}">{escape(t)}</text>' for i, t in enumerate(foot)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {total:g}" width="{width:g}" height="{total:g}">'
        f'<style>{style}</style><g transform="translate(1 {top})">{inner}</g>{texts}</svg>'
    )


def _wrapped(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > letters and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
