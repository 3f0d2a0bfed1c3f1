"""The documents as a site: built strictly, every link of it leads somewhere, nothing is loaded from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


class Page(HTMLParser):
    """The targets of a page's links, what it loads by itself, and the names that a link can lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.names |= {str(found[key]) for key in ("id", "name") if key in found}
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag in ("script", "img", "iframe") and found.get("src"):
            self.loaded.append(str(found["src"]))
        if tag == "link" and "stylesheet" in str(found.get("rel")):
            self.loaded.append(str(found["href"]))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    pytest.importorskip("mkdocs", reason="needs the extra [docs]")
    folder = tmp_path_factory.mktemp("site")
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path: Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}


def test_site_has_every_document_and_the_api(site: dict[Path, Page]) -> None:
    [folder] = {p.parent for p in site if p.name == "api.html"}
    pages = {p.relative_to(folder).with_suffix(".md").as_posix() for p in site}
    wanted = {p.relative_to(ROOT / "docs").as_posix() for p in (ROOT / "docs").rglob("*.md")} - {"vi/README.md"}
    assert wanted <= pages
    assert {"extractor.api.extract_html", "extractor.frames.extract_frame", "extractor.doc.load"} <= site[
        folder / "api.html"
    ].names


def test_site_links_lead_somewhere(site: dict[Path, Page]) -> None:
    broken = []
    for path, page in site.items():
        if path.name == "404.html":  # its links count from the root of a server
            continue
        for link in page.links:
            target, name = urldefrag(link)
            if target.startswith(("http:", "https:", "mailto:")):
                continue
            there = (path.parent / unquote(target)).resolve() if target else path
            there = there / "index.html" if there.is_dir() else there
            if not there.is_file() or (name and there in site and unquote(name) not in site[there].names):
                broken.append(f"{path.name}: {link}")
    assert not broken


def test_site_loads_nothing_from_elsewhere(site: dict[Path, Page]) -> None:
    assert not [src for page in site.values() for src in page.loaded if src.startswith(("http", "//"))]
