"""The pictures of README and documents: each is shown, each is drawn by the program, and each is as it is drawn now."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from test_readme import PAGES

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"


def _made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_images", ROOT / "docs" / "make_images.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pictures_are_all_drawn_by_the_program_and_shown() -> None:
    made = _made()
    drawn = {"explain.svg", made.REPORT[0], *made.PAGES, *made.PLOTS, *made.MEASURED}
    assert {p.name for p in IMAGES.iterdir()} == drawn
    texts = "".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"images/([\w.-]+)\)", texts)) == drawn


def test_picture_of_the_speed_says_what_the_table_says() -> None:
    drawn = (IMAGES / "performance.svg").read_text(encoding="utf-8")
    values = [float(v) for v in re.findall(r">\s*([\d.]+)\s*<", drawn)]
    table = (ROOT / "docs/performance.md").read_text(encoding="utf-8")
    rows = [float(v) for v in re.findall(r"^\| [^|]+ \| \**([\d.]+)\** \| \**[\d.]+\** \|$", table, re.MULTILINE)]
    assert values
    for value in values:  # both are rounded, to other places
        assert any(abs(value - row) <= max(0.06, row / 500) for row in rows), f"{value} is drawn and not in the table"


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("chromedriver")), reason="needs chromium and chromium-driver"
)
def test_pictures_are_as_they_are_drawn_now(tmp_path: Path) -> None:
    """Fonts and browsers differ between machines, so a tenth of a picture's points may; a page that changed differs in more."""
    pillow = pytest.importorskip("PIL.Image")
    from PIL import ImageChops

    subprocess.run([sys.executable, ROOT / "docs" / "make_images.py", tmp_path], check=True, capture_output=True)
    made = _made()
    for name in (*made.PAGES, made.REPORT[0], *made.PLOTS):
        here, now = (pillow.open(folder / name).convert("L") for folder in (IMAGES, tmp_path))
        assert here.size == now.size, f"{name}: make pictures"
        counts = ImageChops.difference(here, now).histogram()
        share = sum(counts[64:]) / sum(counts)
        assert share < 0.1, f"{name}: {share:.0%} of the picture has changed: make pictures"
