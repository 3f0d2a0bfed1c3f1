"""Draw the pictures of the README and the documents from the sample corpus.

.venv/bin/python docs/make_images.py        (after `make test`; the web pages need chromium and chromedriver)
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
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


def explain_svg() -> str:
    """What a terminal shows of the README's first command."""
    from rich.console import Console

    from extractor.cli.explain import show
    from extractor.models import Article
    from extractor.pipeline import extract_reading

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    text = re.findall(r'^echo "([^"]+)" > page\.txt$', readme, re.MULTILINE)[0] + "\n"
    [published] = re.findall(r"^extractor explain page\.txt --published (\S+)$", readme, re.MULTILINE)
    record, analysis = extract_reading(Article(id="page", text=text, published=date.fromisoformat(published)))
    with Path(os.devnull).open("w") as nowhere:
        console = Console(
            record=True, width=130, file=nowhere, force_terminal=True, color_system="truecolor", highlight=False
        )
        console.print(f"$ extractor explain page.txt --published {published}", style="bold")
        show(record, analysis, console)
        return console.export_svg(title="extractor", unique_id="explain")


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
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "explain.svg").write_text(explain_svg(), encoding="utf-8")
    if shutil.which("chromium"):
        pages()
