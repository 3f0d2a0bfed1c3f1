"""What an installed environment takes on disk: each direct dependency with all it brings, and what it alone brings.

python benchmarks/environment.py            (sizes in MB, of the files that the packages list as theirs)
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from extractor.install import DISTRIBUTION

GROUPS = (("spacy",), ("pyarrow",), ("pandas",), ("underthesea",), ("spacy", "pandas", "underthesea"),
          ("spacy", "pandas", "underthesea", "pyarrow"))  # fmt: skip


@cache
def size(name: str) -> float:
    """MB of an installed distribution's files."""
    found = importlib.metadata.distribution(name)
    paths = (Path(str(found.locate_file(file))) for file in found.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


@cache
def needs(name: str) -> frozenset[str]:
    """Names of the distributions that one requires without any extra, as far as they are installed."""
    required = map(Requirement, importlib.metadata.requires(name) or ())
    wanted = {canonicalize_name(r.name) for r in required if not r.marker or r.marker.evaluate({"extra": ""})}
    return frozenset(name for name in wanted if _installed(name))


def _installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def closure(names: Iterable[str]) -> set[str]:
    """The distributions and all that they need, directly or not."""
    out: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in out:
            out.add(name)
            left += needs(name)
    return out


def main() -> None:
    """Print the tables of docs/install.md."""
    direct = needs(DISTRIBUTION)
    everything = closure(direct)

    def total(names: Iterable[str]) -> str:
        return f"{sum(map(size, names)):.0f}"

    print(f"all {len(everything)} packages: {total(everything)} MB\n")
    print("| dependency | with all it needs | it alone brings |\n|---|---|---|")
    rows = [(name, closure([name]), everything - closure(direct - {name})) for name in direct]
    for name, whole, own in sorted(rows, key=lambda row: -sum(map(size, row[2]))):
        if sum(map(size, own)) >= 1:
            print(f"| {name} | {total(whole)} MB | {total(own)} MB |")
    print("\n| without | the rest takes |\n|---|---|")
    for left_out in GROUPS:
        print(f"| {', '.join(left_out)} | {total(closure(direct - set(left_out)))} MB |")


if __name__ == "__main__":
    main()
