"""What every test shares: the folder of real articles, where it is there."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

# Tests count no time: what other programs do to the machine is no finding.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("daily", _UNTIMED, max_examples=20)
settings.register_profile("slow", _UNTIMED, max_examples=200)

# What tests compile does not go to the user's own cache; a program that many tests start is compiled once.
os.environ.setdefault("EXTRACTOR_CACHE", str(Path(__file__).parents[1] / ".pytest_cache" / "compiled"))
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Loss of power is nothing that a test can show: none waits for the disk.
os.fsync = lambda _: None


def _daily(config: pytest.Config) -> bool:
    return "not slow" in config.option.markexpr or "slow" not in config.option.markexpr


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("daily" if _daily(config) else "slow")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow set holds every test with examples of Hypothesis again, with ten times as many."""
    if not _daily(config):
        for item in items:
            if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
                item.add_marker("slow")


def pytest_collection_finish() -> None:
    """What the modules hold is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder named by EXTRACTOR_SHARED (default `../shared` beside the checkout); the test is skipped without it."""
    folder = Path(os.environ.get("EXTRACTOR_SHARED", Path(__file__).parents[1] / ".." / "shared")).resolve()
    if not (folder / "gold").is_dir():
        pytest.skip(f"needs the folder of real articles; {folder} is not there (set EXTRACTOR_SHARED)")
    return folder


@pytest.fixture(scope="session")
def sample_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of the pages and every fourth text of the sample corpus, extracted once; nobody writes into them."""
    from commands import ROOT, run

    out = tmp_path_factory.mktemp("sample") / "tables"
    corpus = ROOT / "corpus"
    done = run("extract", *sorted(corpus.glob("*.html")), *sorted(corpus.glob("*.txt"))[3::4], "-o", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Officials are decided by the rules, as they are where the statistical layer has no rankers."""
    monkeypatch.setattr("extractor.fields.officials.field.decides", lambda mentions, **_: None)
