"""How this copy of the package was installed: the name on the package index, and how to add what an extra brings."""

from __future__ import annotations

from pathlib import Path

DISTRIBUTION = "vietnews-extractor"
_CLONE = Path(__file__).parents[1]


def clone() -> Path | None:
    """The folder of the clone that the package runs from; None for an installed wheel."""
    return _CLONE if (_CLONE / "pyproject.toml").is_file() and (_CLONE / "patterns").is_dir() else None


def pip_install(extra: str) -> str:
    """The command that adds an extra to what is installed: by the path of a clone, else by the distribution's name."""
    home = clone()
    return f"pip install -e '{home}[{extra}]'" if home else f"pip install '{DISTRIBUTION}[{extra}]'"
