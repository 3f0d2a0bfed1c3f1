"""A folder that output goes to, on the disk or behind fsspec: files appear whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractor.batch.whole import FileLock, sync_folder, temporary_of, writing
from extractor.errors import InputError
from extractor.ingest.streams import is_url

LOCK = ".extractor-lock"


class Store:
    """Files by relative name under `root`, a path or a URL of fsspec. An instance can be sent to other processes."""

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/") or "/"
        self._remote = is_url(root)
        self._lock: FileLock | None = None

    def _fs(self) -> tuple[Any, str]:
        import fsspec

        fs, path = fsspec.core.url_to_fs(self.root)
        fs.invalidate_cache()  # of listings: other processes write there, too
        return fs, path

    def prepare(self) -> None:
        """Make the folder and check that it can be written. Raises `InputError`."""
        if self._remote:
            return
        try:
            Path(self.root).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root):
                pass
        except OSError as error:
            raise InputError(f"{self.root}: the output folder cannot be written ({error.strerror})") from None

    def lock(self) -> None:
        """Keep a second run out of a local folder until `unlock` or the end of the process. Raises `InputError`."""
        if self._remote:
            return
        self._lock = FileLock(Path(self.root, LOCK))
        if not self._lock.take():
            raise InputError(f"{self.root}: another run is writing there; wait for it, or choose another output")

    def unlock(self) -> None:
        """Let other runs in."""
        if self._lock is not None:
            self._lock.give_back()
            self._lock = None

    def __getstate__(self) -> dict[str, Any]:
        return {"root": self.root, "_remote": self._remote, "_lock": None}

    def write(self, name: str, data: bytes) -> None:
        """Write a file under a temporary name and rename it (an object store's put is whole by itself)."""
        if self._remote:
            fs, path = self._fs()
            fs.makedirs(f"{path}/{name}".rsplit("/", 1)[0], exist_ok=True)
            fs.pipe_file(f"{path}/{name}", data)
            return
        target = Path(self.root, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with writing(target) as stream:
            stream.write(data)

    def read(self, name: str) -> bytes | None:
        """A file's bytes, None where there is none."""
        try:
            if self._remote:
                fs, root = self._fs()
                return bytes(fs.cat_file(f"{root}/{name}"))
            path = Path(self.root, name)
            return path.read_bytes() if path.is_file() else None  # a pipe would be waited for
        except (FileNotFoundError, NotADirectoryError):
            return None

    def described(self, name: str) -> tuple[int, str] | None:
        """A file's size in bytes and its SHA-256, None where there is none."""
        digest, size = hashlib.sha256(), 0
        try:
            with self._opened(name) as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
                    size += len(block)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return size, digest.hexdigest()

    def size(self, name: str) -> int | None:
        """A file's size in bytes, None where there is none."""
        try:
            if self._remote:
                fs, path = self._fs()
                return int(fs.size(f"{path}/{name}") or 0)
            return Path(self.root, name).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _opened(self, name: str) -> Any:
        if self._remote:
            fs, path = self._fs()
            return fs.open(f"{path}/{name}", "rb")
        file = Path(self.root, name)
        if not file.is_file():  # a pipe would be waited for
            raise FileNotFoundError(file)
        return file.open("rb")

    def exists(self, name: str) -> bool:
        """Whether there is a file of that name."""
        if self._remote:
            fs, path = self._fs()
            return bool(fs.exists(f"{path}/{name}"))
        return Path(self.root, name).is_file()

    def names(self, folder: str = "") -> list[str]:
        """Sorted names (without folders) of the files in a folder, hidden ones left out."""
        if self._remote:
            fs, path = self._fs()
            where = f"{path}/{folder}".rstrip("/")
            found = [p.rsplit("/", 1)[-1] for p in fs.ls(where, detail=False)] if fs.exists(where) else []
        else:
            where_local = Path(self.root, folder)
            found = [p.name for p in where_local.iterdir()] if where_local.is_dir() else []
        return sorted(n for n in found if not n.startswith("."))

    def move(self, name: str, to: str) -> None:
        """Rename a file over another."""
        if self._remote:
            fs, path = self._fs()
            fs.mv(f"{path}/{name}", f"{path}/{to}")
            return
        target = Path(self.root, to)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(Path(self.root, name), target)
        sync_folder(target.parent)

    def remove(self, name: str) -> None:
        """Remove one file, if it is there. Folders are never removed with what is in them."""
        if self._remote:
            fs, path = self._fs()
            if fs.exists(f"{path}/{name}"):
                fs.rm_file(f"{path}/{name}")
            return
        Path(self.root, name).unlink(missing_ok=True)

    def remove_if_empty(self, folder: str = "") -> None:
        """Remove a folder (by default the whole one) if nothing is in it."""
        with contextlib.suppress(OSError):
            if self._remote:
                fs, path = self._fs()
                where = f"{path}/{folder}".rstrip("/")
                if not fs.find(where):
                    fs.rmdir(where)
            else:
                Path(self.root, folder).rmdir()

    def sweep(self, folder: str, ours: Callable[[str], bool]) -> None:
        """Remove temporary files of a killed run from a folder: those whose finished name is `ours`."""
        where = Path(self.root, folder)
        if self._remote or not where.is_dir():
            return
        for left in where.iterdir():
            if (name := temporary_of(left.name)) is not None and ours(name):
                left.unlink(missing_ok=True)
