"""Files that appear whole or not at all, and stay after a power cut: a temporary neighbour, flushed to the disk and renamed."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]

_TEMPORARY = re.compile(r"\.(.+)\.[0-9a-f]{16}\.tmp")


def temporary_beside(target: Path) -> Path:
    """A new name for a temporary file in the folder of `target`, hidden and not to be guessed."""
    # A leading dot: no reader of a dataset folder takes a half-written file for a part.
    return target.with_name(f".{target.name}.{secrets.token_hex(8)}.tmp")


def temporary_of(name: str) -> str | None:
    """The name of the file that the temporary file `name` was to become, None for a file that is not of ours."""
    match = _TEMPORARY.fullmatch(name)
    return match[1] if match else None


@contextmanager
def writing(target: Path, *, mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A stream whose bytes replace `target` when the block ends well; otherwise nothing changes. Raises `OSError`."""
    temporary = temporary_beside(target)
    # O_EXCL: never through a file or link that somebody else put there.
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Flush a file that is closed to the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


class FileLock:
    """A lock on a file of its own, free again when the process ends however it ends. Where system or disk have none it is always
    free."""

    def __init__(self, path: Path) -> None:
        self._path, self._handle = path, -1

    def take(self) -> bool:
        """Take the lock; whether it was free."""
        if fcntl is None:
            return True
        while True:
            handle = os.open(self._path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if self._current(handle):
                    self._handle = handle
                    return True
            except BlockingIOError:
                os.close(handle)
                return False
            except OSError:  # a disk without locks, as some of a network are
                os.close(handle)
                self._path.unlink(missing_ok=True)
                return True
            os.close(handle)  # the one before removed the file while this one waited for it

    def _current(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.stat(self._path), os.fstat(handle))
        except FileNotFoundError:
            return False

    def give_back(self) -> None:
        """Let others in, and leave no file behind."""
        if self._handle >= 0:
            self._path.unlink(missing_ok=True)
            os.close(self._handle)
            self._handle = -1


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk, where the system knows that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
