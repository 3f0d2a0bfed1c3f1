"""Ids that stood before, without a limit: a set of the latest, and sorted arrays of eight bytes an id for the others."""

from __future__ import annotations

import hashlib
from typing import Any

_LATEST = 500_000


class Seen:
    """Strings seen so far, known by 64 bits of a hash: among ten million, one is taken for another once in 400,000 times."""

    def __init__(self, latest: int = _LATEST) -> None:
        self._most, self._latest, self._sorted = latest, set[int](), list[Any]()

    def add(self, text: str) -> bool:
        """Remember a string; whether it is new."""
        key = int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        if key in self._latest or any(_within(key, some) for some in self._sorted):
            return False
        self._latest.add(key)
        if len(self._latest) >= self._most:
            self._settle()
        return True

    def _settle(self) -> None:
        import numpy as np

        fresh = np.fromiter(self._latest, np.uint64, len(self._latest))
        fresh.sort()
        # Like is merged with like, so that there are few arrays and each id is moved few times.
        while self._sorted and len(self._sorted[-1]) <= len(fresh):
            fresh = np.sort(np.concatenate([self._sorted.pop(), fresh]), kind="stable")
        self._sorted.append(fresh)
        self._latest = set()


def _within(key: int, some: Any) -> bool:
    import numpy as np

    at = int(some.searchsorted(np.uint64(key)))
    return at < len(some) and int(some[at]) == key
