"""Draw the pictures of the README and the documents from the sample corpus.

.venv/bin/python docs/make_images.py        (after `make test`; the web pages need chromium and chromedriver)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
ARTICLE = "bhyt-tuy-phuoc-2020"
PAGES = {
    "search.png": ("?q=bao+hiem+y+te&lang=en", 1100, 900),
    "article.png": (f"article?id={ARTICLE}&lang=en", 1100, 1000),
    "charts.png": ("charts?lang=en", 1100, 900),
    "map.png": ("map?lang=en", 1100, 900),
    "phone.png": ("?q=bhyt", 400, 800),
}


def explain_svg() -> None:
    """The terminal's `extractor explain` of one sample article."""
    from rich.console import Console
    from rich.text import Text

    from extractor.api import extract_files
    from extractor.display import COLORS, marks

    styles = {label: f"#111111 on {colour}" for label, colour in COLORS.items()}
    record = next(r for r in extract_files(ROOT / "corpus") if r.id == ARTICLE)
    text = Text(record.text)
    for mark in marks(record):
        text.stylize(styles[mark.label], mark.start, mark.end)
    with Path("/dev/null").open("w") as nowhere:
        console = Console(record=True, width=110, file=nowhere)
        console.print(Text("$ extractor explain article.txt", style="bold"))
        console.print(text)
        legend = Text("")
        for label, style in styles.items():
            legend.append(f" {label.lower()} ", style=style)
            legend.append(" ")
        console.print(legend)
        rows = [
            (f.text, f"{f.value:,.10g} {f.unit}", f"{f.programme} {f.indicator}", f.place or "")
            for f in record.figures[:4]
        ]
        rows += [
            (o.name, "official", f"{p.role}, {p.body}", p.place_code or "")
            for o in record.officials
            for p in o.positions
        ][:3]
        for row in rows:
            console.print("  ".join(f"{c:<28.28}" for c in row), highlight=False)
        IMAGES.mkdir(exist_ok=True)
        console.save_svg(str(IMAGES / "explain.svg"), title="extractor")


def pages() -> None:
    """The web pages, photographed in a headless browser."""
    from selenium import webdriver

    with tempfile.TemporaryDirectory() as folder:
        records, database = Path(folder) / "r.jsonl", Path(folder) / "news.db"
        command = [sys.executable, "-m", "extractor.cli"]
        subprocess.run([*command, "extract", str(ROOT / "corpus"), "-o", str(records)], check=True)
        subprocess.run([*command, "index", str(records), "-o", str(database)], check=True)
        server = subprocess.Popen([*command, "serve", str(database), "--port", "0"], stderr=subprocess.PIPE, text=True)
        try:
            assert server.stderr is not None
            address = server.stderr.readline().split(" at ")[1].split(" ")[0]
            options = webdriver.ChromeOptions()
            options.binary_location = str(shutil.which("chromium"))
            for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                         "--disable-component-update", "--disable-sync", f"--user-data-dir={folder}/profile"):  # fmt: skip
                options.add_argument(flag)
            browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
            try:
                for name, (path, width, height) in PAGES.items():
                    browser.set_window_size(width, height)
                    browser.get(address + path)
                    browser.save_screenshot(str(IMAGES / name))
            finally:
                browser.quit()
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    explain_svg()
    if shutil.which("chromium"):
        pages()
