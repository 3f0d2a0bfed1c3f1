"""A dataset served for a test, and a headless browser that asks for its pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

NEEDED = ("chromium", "chromedriver")
_there = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason="needs chromium and chromium-driver (apt-get install)"
)
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def needs_browser(test: Callable[..., None]) -> Callable[..., None]:
    """A test of pages in a browser is one of the slow ones, and is skipped where there is none."""
    marked: Callable[..., None] = pytest.mark.slow(_there(test))
    return marked


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The address at which `extractor serve` shows a database, until the block ends."""
    pytest.importorskip("datasette", reason="needs the extra 'serve'")
    command = [sys.executable, "-m", "extractor.cli", "serve", str(database), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        address = server.stderr.readline().split(" at ")[1].split(" ")[0]
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)


@contextmanager
def browser(folder: Path, *, width: int = 1280, height: int = 900, dark: bool = False) -> Iterator[Any]:
    """A headless Chromium with a profile of its own in `folder`, where its downloads go, too."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*_FLAGS, f"--window-size={width},{height}", f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        yield driver
    finally:
        driver.quit()


def downloaded(folder: Path, name: str) -> bytes:
    """The file of a name, once the browser has written all of it; raises `AssertionError` after ten seconds without."""
    for _ in range(100):
        path = folder / name
        if path.exists() and not list(folder.glob("*.crdownload")):
            return path.read_bytes()
        time.sleep(0.1)
    raise AssertionError(f"no {name} among {sorted(p.name for p in folder.iterdir())}")
