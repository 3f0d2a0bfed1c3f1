"""What is seen in the figure explorer as files: CSV with the mark by which Excel knows UTF-8, a workbook, a drawing of its own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from html import escape
from typing import Any

from extractor.dataset.cells import harmless
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


def csv_text(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Rows as CSV; cells that a spreadsheet would run begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        cells = (row.get(c) for c in columns)
        writer.writerow([harmless(c) if isinstance(c, str) else "" if c is None else c for c in cells])
    return "\ufeff" + out.getvalue()


def workbook(rows: Sequence[Row], columns: Sequence[str], about: Sequence[str]) -> bytes:
    """Rows as an Excel workbook, what they are on a sheet of its own."""
    import xlsxwriter

    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, safe)
    bold = book.add_format({"bold": True})
    sheet, notes = book.add_worksheet("figures"), book.add_worksheet("README")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, bold)
    for at, row in enumerate(rows, 1):
        for column, name in enumerate(columns):
            if (value := row.get(name)) is not None:
                sheet.write_string(at, column, value) if isinstance(value, str) else sheet.write_number(
                    at, column, value
                )
    notes.write_column(0, 0, about)
    notes.set_column(0, 0, 110)
    book.close()
    return out.getvalue()


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
