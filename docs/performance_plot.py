"""Renew docs/performance.md and docs/images/performance.svg from the JSON that `benchmarks/speed.py --json` writes.

python docs/performance_plot.py out/speed.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BEGIN, END = "<!-- measured: docs/performance_plot.py -->\n", "<!-- end of measured -->\n"
STYLE = (
    "<style>text{font:12px system-ui,sans-serif;fill:#333}.bar{fill:#1f6f8b}.value{fill:#666}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.value{fill:#aaa}}</style>"
)
WIDTH, LEFT, ROW = 720, 230, 24  # pixels: of the picture, of the names, a bar with its gap
BASE, WHOLE, WORDS = "underthesea.word_tokenize", "whole extraction", "words of all sentences"


def picture(measured: dict[str, Any]) -> str:
    """The bars of all layers and peers."""
    points = sorted(measured["ms"].items(), key=lambda p: p[1])
    longest, body = points[-1][1], []
    for number, (name, value) in enumerate(points):
        y = number * ROW + 4
        length = max(1.0, (WIDTH - LEFT - 90) * value / longest)
        body.append(
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>'
            f'<rect class="bar" x="{LEFT}" y="{y}" width="{length:.1f}" height="{ROW - 8}" rx="2"/>'
            f'<text class="value" x="{LEFT + length + 6:.1f}" y="{y + 13}">{value:.2f}</text>'
        )
    size = f'viewBox="0 0 {WIDTH} {len(points) * ROW + 8}"'
    title = "<title>milliseconds an article</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">{title}{STYLE}{"".join(body)}</svg>\n'


def lines(measured: dict[str, Any]) -> Iterator[str]:
    """The measured part of the page."""
    times, versions = measured["ms"], measured["versions"]
    packages = ", ".join(f"{name} {version}" for name, version in versions.items())
    yield f"Measured on {measured['date']}, {measured['machine']}, {packages}; load of the machine {measured.get('load', '?')};"
    yield f"articles of {measured['characters an article']:,} characters on average.\n"
    yield "| | ms an article | × `word_tokenize` |"
    yield "|---|---|---|"
    for name, value in times.items():
        mark = "**" if name == WHOLE else ""
        yield f"| {mark}{name}{mark} | {mark}{value:.1f}{mark} | {mark}{value / times[BASE]:.2f}{mark} |"
    both = times[WHOLE] + times[WORDS]
    yield f"| whole extraction and words | {both:.1f} | {both / times[BASE]:.2f} |"
    yield "\n![Milliseconds an article](images/performance.svg)\n"
    lengths = ", ".join(f"{int(n):,}: {value:.1f} ms" for n, value in measured["by length"].items())
    yield f"**Length** in characters. {lengths}.\n"
    yield "**Start-up**, seconds. " + ", ".join(f"{k}: {v:.2f}" for k, v in measured["start-up s"].items()) + "."
    if "memory MB" in measured:
        told = ", ".join(f"{name}: {value:.0f}" for name, value in measured["memory MB"].items())
        yield f"\n**Memory**, MB at most. {told}."
    if "articles a second" in measured:
        pace = measured["articles a second"]
        told = ", ".join(f"{name}: {value:.0f}" for name, value in pace.items())
        own = f" The command itself: {measured['driver s']:.2f} s of processor time." if "driver s" in measured else ""
        yield f"\n**Processes**, articles a second by the clock, start-up with it. {told}.{own}"


def main() -> None:
    measured = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    (HERE / "images" / "performance.svg").write_text(picture(measured), encoding="utf-8")
    page = HERE / "performance.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(before + BEGIN + "\n".join(lines(measured)) + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
