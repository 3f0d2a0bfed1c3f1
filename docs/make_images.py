"""Draw the pictures of the README and the documents from the sample corpus.

make pictures, or: python docs/make_images.py [FOLDER]      (pictures of web pages need chromium and chromedriver)
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
from typing import Any

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
ARTICLE = "bhyt-tuy-phuoc-2020"
PAGES = {
    "search.png": ("?q=bao+hiem+y+te&lang=en", 1100, 900),
    "article.png": (f"article?id={ARTICLE}&lang=en", 1100, 1000),
    "charts.png": ("figures?lang=en&place=VN,67,406,232", 1100, 1300),
    "map.png": ("figures?lang=en&view=map", 1100, 1300),
    "phone.png": ("?q=bhyt", 400, 800),
}
REPORT = ("report.png", 1100, 1000)
PLOTS = {
    "notebook-posts.png": ("02_officials.py", "posts.png"),
    "notebook-coverage.png": ("03_coverage.py", "coverage.png"),
    "notebook-map.png": ("03_coverage.py", "map.png"),
}
MEASURED = ("performance.svg",)  # docs/performance_plot.py draws it from a measurement


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


def _browser(profile: Path) -> Any:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", f"--user-data-dir={profile}"):  # fmt: skip
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def pages(images: Path) -> None:
    """The web pages and the error report, photographed in a headless browser."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records, database, report = folder / "r.jsonl", folder / "news.db", folder / "report.html"
        command = [sys.executable, "-m", "extractor"]
        subprocess.run([*command, "extract", ROOT / "corpus", "-o", records], cwd=ROOT, check=True)
        subprocess.run([*command, "index", records, "-o", database], cwd=ROOT, check=True)
        scored = [*command, "evaluate", ROOT / "gold/sample.jsonl", "--pred", records, "--format", "html", "-o", report]
        scored += ["--floors", ROOT / "gold/floors.json", "--allow-regression"]
        subprocess.run(scored, cwd=ROOT, check=True)
        call = [*command, "serve", database, "--port", "0"]
        server = subprocess.Popen(call, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        try:
            assert server.stderr is not None
            address = server.stderr.readline().split(" at ")[1].split(" ")[0]
            wanted = {name: (address + path, width, height) for name, (path, width, height) in PAGES.items()}
            wanted[REPORT[0]] = (report.as_uri(), *REPORT[1:])
            browser = _browser(folder / "profile")
            try:
                for name, (page, width, height) in wanted.items():
                    browser.set_window_size(width, height)
                    browser.get(page)
                    browser.execute_async_script("document.fonts.ready.then(() => arguments[0]())")
                    browser.save_screenshot(str(images / name))
            finally:
                browser.quit()
        finally:
            server.terminate()
            server.wait(10)


def plots(images: Path) -> None:
    """The plots of the notebooks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clone"
        folder.mkdir()
        for part in ("corpus", "gold", "notebooks"):
            (folder / part).symlink_to(ROOT / part)
        env = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"}
        for notebook in dict.fromkeys(notebook for notebook, _ in PLOTS.values()):
            subprocess.run([sys.executable, ROOT / "notebooks" / notebook], cwd=folder, env=env, check=True)
        for picture, (_, plot) in PLOTS.items():
            [drawn] = folder.glob(f"out/**/{plot}")
            shutil.copy(drawn, images / picture)


def main(images: Path = IMAGES) -> None:
    """Draw all pictures into a folder; without a browser, all but those of web pages."""
    images.mkdir(parents=True, exist_ok=True)
    (images / "explain.svg").write_text(explain_svg(), encoding="utf-8")
    plots(images)
    if shutil.which("chromium") and shutil.which("chromedriver"):
        pages(images)


if __name__ == "__main__":
    main(*(Path(folder).resolve() for folder in sys.argv[1:2]))
