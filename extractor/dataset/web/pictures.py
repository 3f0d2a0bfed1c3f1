"""Drawings of pages as files of their own, and what a page says so that its buttons for SVG and PNG find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from extractor.dataset.web.chart_parts import LETTER
from extractor.dataset.web.downloads import stem_of
from extractor.palette import palette

EMPTY = '<svg class="" viewBox="0 0 740 40"></svg>'


def offered(address: str, name: str) -> Mapping[str, str]:
    """What a page's value `picture` holds: where the drawing is as SVG, and what its files are called."""
    return {"address": address, "name": stem_of(name)}


def svg_file(drawing: str, name: str, heading: str, lines: Sequence[str]) -> dict[str, Any]:
    """The answer of a page that gives its drawing as a file."""
    text = picture(drawing or EMPTY, heading, lines)
    return {"file": (text.encode(), "image/svg+xml; charset=utf-8", f"{stem_of(name)}.svg")}


def picture(drawing: str, heading: str, lines: Sequence[str]) -> str:
    """A drawing of a page as a file of its own: colours and letters with it, its heading above, what it is from below.

    Of the drawings for wide and for narrow pages the first is taken.
    """
    begin = drawing.index("viewBox=") + 9
    width, height = (float(n) for n in drawing[begin : drawing.index('"', begin)].split()[2:])
    inner = drawing[drawing.index(">") + 1 : drawing.index("</svg>")]
    kind = drawing[drawing.index('class="') + 7 :].partition('"')[0]
    head = _wrapped(heading, int(width / 9.4))  # bold and larger
    top = 14 + 20 * len(head)
    foot = [part for line in lines for part in _wrapped(line, int(width / (LETTER * 0.92)))]
    total = top + height + 10 + 17 * len(foot)
    colours = "".join(f"--{name}:{light};" for name, (light, _) in palette().items())
    style = f"svg{{{colours}}}" + (
        "svg{background:var(--card)}text{font:13px 'Be Vietnam Pro','Noto Sans','DejaVu Sans',sans-serif}"
        ".grid{stroke:var(--line)}.base{stroke:var(--rule)}.head{font-weight:600;font-size:15px;fill:var(--ink)}"
        ".lanes text{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}"
        ".foot{font-size:12px;fill:var(--soft)}"
    )
    texts = "".join(f'<text class="head" x="10" y="{22 + 20 * i}">{escape(t)}</text>' for i, t in enumerate(head))
    texts += "".join(
        f'<text class="foot" x="10" y="{top + height + 14 + 17 * i:g}">{escape(t)}</text>' for i, t in enumerate(foot)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {total:g}" width="{width:g}" height="{total:g}">'
        f'<style>{style}</style><g class="{kind}" transform="translate(1 {top})">{inner}</g>{texts}</svg>'
    )


def _wrapped(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > letters and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
