"""Where the sample articles are: written for this project, persons, numbers and events invented."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from extractor.errors import InputError
from extractor.records import sha256_of

_PACKAGE = Path(__file__).parent


def sample_folder() -> Path:
    """The folder that holds `corpus/` and `gold/`: inside an installed package, or beside it in a clone."""
    for home in (_PACKAGE / "data" / "sample", _PACKAGE.parent):
        if (home / "corpus" / "manifest.jsonl").is_file():
            return home
    raise InputError("the sample was not found beside or inside the package: install it again")


def warm_up() -> str:
    """A short text with an item of every field, for the first extraction of a process."""
    return (_PACKAGE / "data" / "warm_up.txt").read_text(encoding="utf-8")


@cache
def sample_hashes() -> frozenset[str]:
    """Hashes of the texts of the sample articles; none where the sample is not there."""
    try:
        lines = (sample_folder() / "gold" / "sample_articles.jsonl").read_text(encoding="utf-8").splitlines()
    except (InputError, OSError):
        return frozenset()
    return frozenset(sha256_of(json.loads(line)["text"]) for line in lines if line)
