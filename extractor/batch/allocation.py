"""What the C library does with memory that a process has freed: by itself it keeps much of it, some ten megabytes a worker."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_TRIM_THRESHOLD, _MAP_THRESHOLD = -1, -3  # the numbers of glibc's <malloc.h>
_LARGE = 1 << 17  # bytes; glibc begins there and raises it whenever a larger block is freed


@cache
def _library() -> ctypes.CDLL | None:
    """The C library where it is glibc."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


def keep_little() -> None:
    """Have large blocks given back when they are freed. To be said before anything is loaded."""
    library = _library()
    if library is not None:
        library.mallopt(_MAP_THRESHOLD, _LARGE)
        library.mallopt(_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give back what is free between blocks that are in use; takes some milliseconds."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)
