"""Bytes from a path, a URL of fsspec or standard input, unpacked as they flow, with a guard against zip bombs."""

from __future__ import annotations

import contextlib
import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from extractor.errors import ArticleError, InputError
from extractor.ingest.units import Limits

PACKED = {".gz": "gzip", ".zst": "zstd"}
_FREE = 64 << 20  # bytes a packed file may unpack to before the ratio is looked at
_STEP = 1 << 20


@dataclass(slots=True)
class Meter:
    """How far the reading of the inputs is, by bytes as stored: for an estimate of the time left."""

    total: int = 0
    _done: int = 0
    _stream: Any = None

    def follow(self, stream: Any) -> None:
        """Bytes of `stream` count from now on."""
        self._stream = stream

    def finish(self, size: int) -> None:
        """A file of `size` bytes was read to its end."""
        self._done += size
        self._stream = None

    def share(self) -> float:
        """The share of the inputs that was read, 0-1; 0 where it is not known."""
        at = 0
        with contextlib.suppress(OSError, ValueError, AttributeError):
            at = self._stream.tell() if self._stream is not None else 0
        return min(1.0, (self._done + at) / self.total) if self.total else 0.0


def is_url(path: str) -> bool:
    """Whether `path` is for fsspec (`s3://…`) rather than the local disk."""
    return "://" in path


def suffixes(path: str) -> tuple[str, str]:
    """The format suffix and the packing suffix of a path, lower case: `a.JSONL.gz` gives (`.jsonl`, `.gz`)."""
    name = path.rsplit("/", 1)[-1].split("?", 1)[0].lower()
    stem, dot, last = name.rpartition(".")
    packing = ""
    if dot and f".{last}" in PACKED:
        packing, name = f".{last}", stem
    stem, dot, last = name.rpartition(".")
    return (f".{last}" if dot and stem else ""), packing


def _raw(path: str) -> IO[bytes]:
    if path == "-":
        return sys.stdin.buffer
    try:
        if not is_url(path):
            return Path(path).open("rb")
        import fsspec

        return cast("IO[bytes]", fsspec.open(path, "rb").open())
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except PermissionError:
        raise InputError(f"{path}: no permission to read") from None
    except (OSError, ImportError, ValueError) as error:
        raise InputError(f"{path}: cannot be opened ({error})") from None


class Guard(io.RawIOBase):
    """A packed stream that stops a file which unpacks to far more than any text does."""

    def __init__(self, packed: Any, source: IO[bytes], path: str, limits: Limits) -> None:
        self._packed, self._source, self._path, self._limits = packed, source, path, limits
        self._out = 0

    def _taken(self) -> int:
        # A pipe has no position; what it unpacks to is limited by the article's size alone.
        try:
            return self._source.tell()
        except OSError:
            return self._out

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._packed.read(len(buffer))
        except (OSError, EOFError, ValueError) as error:
            raise ArticleError(f"{self._path}: damaged archive ({error})", stage="unpack") from None
        except Exception as error:  # zlib.error and ZstdError share no base with OSError
            raise ArticleError(f"{self._path}: damaged archive ({error})", stage="unpack") from None
        self._out += len(data)
        if self._out > _FREE and self._out > self._limits.max_ratio * max(1, self._taken()):
            raise ArticleError(
                f"{self._path}: unpacks to more than {self._limits.max_ratio} times its size, taken for a zip bomb",
                stage="unpack",
            )
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened_packed(path: str, meter: Meter | None = None) -> Iterator[IO[bytes]]:
    """The bytes of `path` as they are stored, for readers that unpack by themselves. Raises `InputError`."""
    raw = _raw(path)
    if meter is not None:
        meter.follow(raw)
    try:
        yield raw
    finally:
        raw.close()


@contextmanager
def opened(path: str, limits: Limits, meter: Meter | None = None) -> Iterator[IO[bytes]]:
    """A readable binary stream of the unpacked bytes of `path`; raises `InputError`, or `ArticleError` while reading."""
    raw = _raw(path)
    if meter is not None and path != "-":
        meter.follow(raw)
    try:
        yield unpacked(raw, path, limits) if suffixes(path)[1] else raw
    finally:
        if path != "-":
            raw.close()


def unpacked(raw: Any, path: str, limits: Limits) -> IO[bytes]:
    """The unpacked bytes of a gzip stream (told by its suffix, or its first bytes where it has no name), else Zstandard."""
    if suffixes(path)[1] == ".gz" or (path == "-" and raw.peek(2)[:2] == b"\x1f\x8b"):
        return io.BufferedReader(Guard(gzip.GzipFile(fileobj=raw, mode="rb"), raw, path, limits), _STEP)
    import zstandard

    reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
    return io.BufferedReader(Guard(reader, raw, path, limits), _STEP)


def whole(path: str, limits: Limits) -> bytes:
    """All bytes of a one-article file. Raises `ArticleError` when they are more than `limits.max_bytes`."""
    with opened(path, limits) as stream:
        data = stream.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise ArticleError(f"larger than {limits.max_bytes:,} bytes", stage="too-long")
    return data


def lines(stream: IO[bytes], limits: Limits) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines without their ends; None for a line beyond `limits.max_bytes`, which is skipped, not held."""
    number = 0
    while line := stream.readline(limits.max_bytes + 1):
        number += 1
        if len(line) <= limits.max_bytes:
            yield number, line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_STEP)
        yield number, None
