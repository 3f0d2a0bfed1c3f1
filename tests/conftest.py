"""What every test shares: the folder of real articles, where it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Tests count no time: what other programs do to the machine is no finding.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# What tests compile does not go to the user's own cache.
os.environ.setdefault("EXTRACTOR_CACHE", str(Path(__file__).parents[1] / ".pytest_cache" / "compiled"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder named by EXTRACTOR_SHARED (default `../shared` beside the checkout); the test is skipped without it."""
    folder = Path(os.environ.get("EXTRACTOR_SHARED", Path(__file__).parents[1] / ".." / "shared")).resolve()
    if not (folder / "gold").is_dir():
        pytest.skip(f"needs the folder of real articles; {folder} is not there (set EXTRACTOR_SHARED)")
    return folder


@pytest.fixture(scope="session")
def sample_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of the sample corpus, extracted once; nobody writes into them."""
    from commands import run

    out = tmp_path_factory.mktemp("sample") / "tables"
    done = run("extract", "corpus", "-o", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Officials are decided by the rules, as they are where the statistical layer has no rankers."""
    monkeypatch.setattr("extractor.fields.officials.field.decides", lambda mentions, **_: None)
