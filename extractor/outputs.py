"""Files that a command writes where its user says: what stands there already is replaced only when it is ours or by --force."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from extractor.batch.whole import writing
from extractor.errors import InputError, writes

_HEAD = 4096
GENERATOR = '<meta name="generator" content="extractor">'  # in every page that a command writes
OUR_PAGE = GENERATOR.encode()


def claim_output(path: Path, *, force: bool = False, ours: Callable[[Path], bool] | None = None) -> None:
    """Check that a file may be written at `path`, before the work for it begins. Its folder is made.

    Free is a name without a file, an empty file, one that `ours` knows, and with `force` any regular file.
    Raises `InputError` otherwise, and for a folder, a device, a link to nothing, or a folder that cannot be made.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            raise InputError(f"{path}: a link that leads nowhere; give another name") from None
        found = None
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    if found is None:
        _make(path.parent)
        return
    if stat.S_ISDIR(found.st_mode):
        raise InputError(f"{path}: is a folder; give the name of a file")
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"{path}: no regular file; give another name")
    if force or not found.st_size or (ours is not None and ours(path)):
        return
    raise InputError(f"{path}: is there already and would be lost; give another name, or replace it with --force")


def begins_with(*marks: bytes) -> Callable[[Path], bool]:
    """Whether a file holds one of the marks in its first 4 KiB, as a predicate for `claim_output`."""

    def ours(path: Path) -> bool:
        try:
            with path.open("rb") as stream:
                head = stream.read(_HEAD)
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror})") from None
        return any(mark in head for mark in marks)

    return ours


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: the folder cannot be made ({error.strerror})") from None


@contextmanager
def writing_output(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose bytes appear as the file `path` when the block ends well; a link is written through, not replaced.

    Raises `InputError` when the folder cannot be written, `MachineError` when there is no space.
    """
    target = Path(os.path.realpath(path))
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise InputError(f"{path}: its folder cannot be written")
    with writes(path), writing(target) as stream:
        yield stream


def write_output(path: Path, text: str) -> None:
    """Write a text as UTF-8, with `\\n` as it stands; see `writing_output`."""
    with writing_output(path) as stream:
        stream.write(text.encode("utf-8", "backslashreplace"))
