"""Draw docs/images/performance.svg from the JSON that `benchmarks/speed.py --json` writes.

python docs/performance_plot.py out/speed.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from extractor.dataset.web.charts import bars

STYLE = (
    "<style>text{font:12px system-ui,sans-serif;fill:#333}.bar{fill:#1f6f8b}.value{fill:#666}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.value{fill:#aaa}}</style>"
)


def main() -> None:
    measured = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    points = sorted(((name, round(value, 2)) for name, value in measured["ms"].items()), key=lambda p: p[1])
    svg = bars(points, "milliseconds an article")
    target = Path(__file__).parent / "images" / "performance.svg"
    target.write_text(svg.replace("</title>", "</title>" + STYLE, 1), encoding="utf-8")


if __name__ == "__main__":
    main()
