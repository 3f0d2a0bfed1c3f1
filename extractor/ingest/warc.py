"""Pages of a web archive, by fastwarc: responses with HTML, one unit each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.streams import Meter, ensure_sound, opened
from extractor.ingest.units import Options, Unit

_STEP = 1 << 16


def warc_units(file: str, options: Options, meter: Meter | None = None) -> Iterator[Unit]:
    """The HTML pages of an archive (status 200) as units with their address; other records are passed over.

    A page that is shorter than its record says, or longer than its own head says, is a unit of kind `bad`. Raises
    `InputError` when the file is no archive, `ArticleError` (stage `unpack`) when it breaks off.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number = 0
    with opened(file, options.limits, meter) as stream:
        tail = _Tail(stream)
        records: Any = ArchiveIterator(
            io.BufferedReader(tail),
            record_types=WarcRecordType.response,
            parse_http=True,
            auto_decode="all",
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
    if headers is None or headers.status_code != 200 or "html" not in (record.http_content_type or ""):
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    data = bytes(record.reader.read(options.limits.max_bytes + 1))
    if len(data) > options.limits.max_bytes:
        reason = f"larger than {options.limits.max_bytes:,} bytes"
        return Unit("bad", file, number, url=url, stage="too-long", reason=reason)
    if (odd := _odd(record, headers, len(data))) is not None:
        return Unit("bad", file, number, url=url, stage="unpack", reason=odd)
    return Unit("page", file, number, data, url=url)


def _odd(record: Any, headers: Any, size: int) -> str | None:
    # What was packed inside has another length than its head says; the others must agree.
    if headers.get("Content-Encoding") or headers.get("Transfer-Encoding"):
        return None
    if size < record.content_length:
        return f"the page breaks off after {size:,} of {record.content_length:,} bytes"
    said = headers.get("Content-Length") or ""
    if said.isdecimal() and size > int(said):
        return f"the record holds {size:,} bytes where the page has {int(said):,}: its length is wrong"
    return None
