"""Bytes from a path, a URL of fsspec or standard input, unpacked as they flow, with a guard against zip bombs."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from extractor.errors import ArticleError, InputError
from extractor.ingest.units import Limits

PACKED = (".gz", ".zst")
LINES = (".jsonl", ".ndjson")
_FREE = 64 << 20  # bytes a packed file may unpack to before the ratio is looked at
_STEP = 1 << 20
_CHUNK = 1 << 16


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


def name_of(path: str) -> str:
    """The last part of a path or URL."""
    return path.rsplit("/", 1)[-1] if is_url(path) else os.path.basename(path)


def neighbour(path: str, name: str) -> str:
    """The path of a file of that name in the folder of `path`."""
    return f"{path.rpartition('/')[0]}/{name}" if is_url(path) else os.path.join(os.path.dirname(path), name)


def stem_of(name: str) -> str:
    """The name of a file without the suffixes of its format and its packing."""
    return name[: len(name) - sum(map(len, suffixes(name)))] or name


def is_lines(path: str) -> bool:
    """Whether a path is that of a file of JSON Lines, packed or not, by its suffixes."""
    return suffixes(path)[0] in LINES


def suffixes(path: str) -> tuple[str, str]:
    """The format suffix and the packing suffix of a path, lower case: `a.JSONL.gz` gives (`.jsonl`, `.gz`)."""
    name = name_of(path).split("?", 1)[0].lower()
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
            return _regular(path)
        import fsspec

        return cast("IO[bytes]", fsspec.open(path, "rb").open())
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except PermissionError:
        raise InputError(f"{path}: no permission to read") from None
    except (OSError, ImportError, ValueError) as error:
        raise InputError(f"{path}: cannot be opened ({error})") from None


def _regular(path: str) -> IO[bytes]:
    # A pipe with a name would be waited for, perhaps for ever; standard input is the way to give one.
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise InputError(f"{path}: no regular file; give a pipe as standard input (-)")
    return Path(path).open("rb")


class Unpacked(io.RawIOBase):
    """The bytes of a gzip or Zstandard stream, as far as they are sound.

    What is damaged, cut, or unpacks to far more than any text does ends the stream like its end, after all that came before;
    `damage` then says why. Readers give what they got and ask `sound` at the end.
    """

    def __init__(self, source: Any, path: str, limits: Limits, packing: str) -> None:
        self._source, self._path, self._limits, self._gzip = source, path, limits, packing == ".gz"
        self._inside: Any = None  # the decompressor of the member (frame) that is not at its end
        self._packed, self._ready = b"", b""
        self._out = 0
        self._over = False
        self.damage: ArticleError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._over:
            self._ready = self._next(len(buffer))
        data, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _next(self, most: int) -> bytes:
        ended = False
        if not self._packed:
            self._packed = self._source.read(_CHUNK if self._gzip else _CHUNK >> 4)
            ended = not self._packed
        if self._inside is None:
            if self._out:
                self._packed = self._packed.lstrip(b"\0")  # zero bytes after a member fill a block of a tape
            self._over = ended
            if not self._packed:
                return b""
            self._inside = _decompressor(self._gzip)
        try:
            data = self._unpack(most)
        except Exception as error:  # zlib.error and ZstdError share no base
            return self._broken(f"the archive is damaged ({error})")
        if ended and not data and self._inside is not None:
            return self._broken("the archive is cut")
        self._out += len(data)
        if self._out > _FREE and self._out > self._limits.max_ratio * max(1, self._taken()):
            return self._broken(f"unpacks to more than {self._limits.max_ratio} times its size, taken for a zip bomb")
        return data

    def _unpack(self, most: int) -> bytes:
        packed, inside = self._packed, self._inside
        if self._gzip:
            before = inside.copy()
            try:
                data = inside.decompress(packed, most)
                self._packed = inside.unconsumed_tail
            except Exception:
                self._packed = b""
                return self._to_the_damage(before, packed)
        else:
            data, self._packed = (inside.decompress(packed) if packed else b""), b""
        if inside.eof:
            self._packed, self._inside = inside.unused_data, None
        return bytes(data)

    def _to_the_damage(self, inside: Any, packed: bytes) -> bytes:
        # Byte by byte: what is sound before the damage is not lost with it.
        out: list[bytes] = []
        try:
            for at in range(len(packed)):
                out.append(inside.decompress(packed[at : at + 1]))
        except Exception as error:
            self._broken(f"the archive is damaged ({error})")
        return b"".join(out)

    def _broken(self, why: str) -> bytes:
        self.damage, self._over = ArticleError(f"{self._path}: {why}", stage="unpack"), True
        return b""

    def _taken(self) -> int:
        # A pipe has no position; what it unpacks to is limited by the article's size alone.
        try:
            return int(self._source.tell())
        except OSError:
            return self._out


def _decompressor(is_gzip: bool) -> Any:
    if is_gzip:
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    import zstandard

    return zstandard.ZstdDecompressor().decompressobj()


def sound(stream: Any) -> bool:
    """Whether a stream of `opened` had, up to where it was read, no damage that ended it early."""
    return getattr(getattr(stream, "raw", None), "damage", None) is None


def ensure_sound(stream: Any) -> None:
    """Raise the `ArticleError` (stage `unpack`) of a stream that damage ended early."""
    if not sound(stream):
        raise stream.raw.damage


def record_lines(path: str) -> Iterator[bytes]:
    """The lines of a file of records. Raises `InputError` where it cannot be opened, and behind the last whole line of a cut or
    damaged archive."""
    with opened(path, Limits()) as stream:
        for line in stream:
            if line.endswith(b"\n") or sound(stream):
                yield line
        if not sound(stream):
            raise InputError(str(stream.raw.damage))  # type: ignore[attr-defined]


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
    is_gzip = suffixes(path)[1] == ".gz" or (path == "-" and raw.peek(2)[:2] == b"\x1f\x8b")
    return io.BufferedReader(Unpacked(raw, path, limits, ".gz" if is_gzip else ".zst"), _STEP)


def whole(path: str, limits: Limits) -> bytes:
    """All bytes of a one-article file. Raises `ArticleError` when they are more than `limits.max_bytes` (stage `too-long`),
    cannot be read (`file`) or not be unpacked (`unpack`)."""
    try:
        with opened(path, limits) as stream:
            data = stream.read(limits.max_bytes + 1)
            ensure_sound(stream)
    except InputError as error:
        raise ArticleError(str(error), stage="file") from None
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror or error})", stage="file") from None
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
