"""Pages of a web archive, by fastwarc: responses with HTML, one unit each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.http_body import http_body
from extractor.ingest.streams import Meter, ensure_sound, opened
from extractor.ingest.units import Options, Unit

_STEP = 1 << 16


def warc_units(file: str, options: Options, meter: Meter | None = None) -> Iterator[Unit]:
    """The HTML pages of an archive (status 200) as units with their address; other records are passed over.

    A page whose body cannot be unpacked, is shorter than its record says or longer than its own head says is a unit of kind
    `bad`, and the records after it are read. Raises `InputError` when fastwarc is not installed or the file is no archive,
    `ArticleError` (stage `unpack`) when it breaks off.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise InputError(f"{file}: WARC files need fastwarc: pip install fastwarc") from None
    number = 0
    with opened(file, options.limits, meter) as stream:
        tail = _Tail(stream)
        records: Any = ArchiveIterator(
            io.BufferedReader(tail),
            record_types=WarcRecordType.response,
            parse_http=True,
            auto_decode="none",
            fsspec_args=False,
        )
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                unit = _page(record, file, number + 1, options)
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # a panic of the Rust library is no Exception
                ensure_sound(stream)
                why = str(error).splitlines()[0] if str(error) else type(error).__name__
                raise ArticleError(f"{file}: damaged archive after record {number} ({why})", stage="unpack") from None
            number += 1
            if unit is not None:
                yield unit
        ensure_sound(stream)
        if not tail.whole():
            raise ArticleError(f"{file}: the archive breaks off behind record {number}", stage="unpack")
    if not number:
        raise InputError(f"{file}: holds no WARC response record")


class _Tail(io.RawIOBase):
    """A stream that knows its last bytes: a record ends with two line ends, so an archive does."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._last, self._at = stream, b"", 0

    def seekable(self) -> bool:
        """Only to where it is: fastwarc asks for the position that way."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """The position. Raises `UnsupportedOperation` for any other."""
        if (whence, offset) not in ((0, self._at), (1, 0)):
            raise io.UnsupportedOperation("seek")
        return self._at

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Some bytes."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        self._last = (self._last + data[-4:])[-4:]
        return len(data)

    def whole(self) -> bool:
        """Whether the end of the stream, which is read to there, can be the end of an archive."""
        while self.read(_STEP):
            pass
        return not self._last or self._last.replace(b"\r", b"").endswith(b"\n\n")


def _page(record: Any, file: str, number: int, options: Options) -> Unit | None:
    headers = record.http_headers
    if headers is None or headers.status_code != 200 or "html" not in (record.http_content_type or "").lower():
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    data = bytes(record.reader.read(options.limits.max_bytes + 1))
    try:
        if len(data) > options.limits.max_bytes:
            raise ArticleError(f"larger than {options.limits.max_bytes:,} bytes", stage="too-long")
        packing, transfer = (headers.get(name) or "" for name in ("Content-Encoding", "Transfer-Encoding"))
        _check_length(record, headers, len(data), bool(packing or transfer))
        data = http_body(data, packing, transfer, options.limits.max_bytes)
    except ArticleError as error:
        return Unit("bad", file, number, url=url, stage=error.stage, reason=str(error))
    return Unit("page", file, number, data, url=url)


def _check_length(record: Any, headers: Any, size: int, packed: bool) -> None:
    if size < record.content_length:
        raise ArticleError(f"the page breaks off after {size:,} of {record.content_length:,} bytes", stage="unpack")
    said = headers.get("Content-Length") or ""
    # A crawler that unpacked the body may have left the head, and with it the length of what was packed.
    if not packed and said.isdecimal() and size > int(said):
        raise ArticleError(
            f"the record holds {size:,} bytes where the page has {int(said):,}: its length is wrong", stage="unpack"
        )
