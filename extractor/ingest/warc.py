"""Pages of a web archive, by fastwarc: responses with HTML, one unit each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.http_body import http_body
from extractor.ingest.streams import Meter, opened_packed
from extractor.ingest.units import Options, Unit


def warc_units(file: str, options: Options, meter: Meter | None = None) -> Iterator[Unit]:
    """The HTML pages of an archive (status 200) as units with their address; other records are passed over.

    A page whose body cannot be unpacked is a unit of kind `bad`, and the records after it are read. Raises `InputError` when
    fastwarc is not installed or the file is no archive, `ArticleError` (stage `unpack`) when it breaks off.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise InputError(f"{file}: WARC files need fastwarc: pip install fastwarc") from None
    number = 0
    with opened_packed(file, meter) as stream:
        # fastwarc unpacks by itself: an archive is packed record by record, and it skips what it is not asked for.
        records: Any = ArchiveIterator(
            stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="none", fsspec_args=False
        )
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                number += 1
                unit = _page(record, file, number, options)
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # a panic of the Rust library is no Exception
                why = str(error).splitlines()[0] if str(error) else type(error).__name__
                raise ArticleError(f"{file}: damaged archive after record {number} ({why})", stage="unpack") from None
            if unit is not None:
                yield unit
    if not number:
        raise InputError(f"{file}: holds no WARC response record")


def _page(record: Any, file: str, number: int, options: Options) -> Unit | None:
    headers = record.http_headers
    if headers is None or headers.status_code != 200 or "html" not in (record.http_content_type or ""):
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    raw = bytes(record.reader.read(options.limits.max_bytes + 1))
    try:
        if len(raw) > options.limits.max_bytes:
            raise ArticleError(f"larger than {options.limits.max_bytes:,} bytes", stage="too-long")
        packing, transfer = (headers.get(name) or "" for name in ("Content-Encoding", "Transfer-Encoding"))
        data = http_body(raw, packing, transfer, options.limits.max_bytes)
    except ArticleError as error:
        return Unit("bad", file, number, url=url, stage=error.stage, reason=str(error))
    return Unit("page", file, number, data, url=url)
