"""Pages of a web archive, by fastwarc: responses with HTML, one unit each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.units import Options, Unit


def warc_units(file: str, stream: IO[bytes], options: Options) -> Iterator[Unit]:
    """The HTML pages of an unpacked archive (status 200) as units with their address; other records are passed over.

    Raises `InputError` when fastwarc is not installed, `ArticleError` (stage `unpack`) when the archive breaks off.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise InputError(f"{file}: WARC files need fastwarc: pip install 'extractor[warc]'") from None
    records: Any = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True)
    number = 0
    try:
        for record in records:
            number += 1
            headers = record.http_headers
            if headers is None or headers.status_code != 200 or "html" not in (record.http_content_type or ""):
                continue
            url = record.headers.get("WARC-Target-URI", "").strip("<>") or None
            data = record.reader.read(options.limits.max_bytes + 1)
            if len(data) > options.limits.max_bytes:
                reason = f"larger than {options.limits.max_bytes:,} bytes"
                yield Unit("bad", file, number, url=url, stage="too-long", reason=reason)
            else:
                yield Unit("page", file, number, data, url=url)
    except ArticleError:
        raise
    except (OSError, ValueError, EOFError) as error:
        raise ArticleError(f"{file}: damaged archive after record {number} ({error})", stage="unpack") from None
    if not number:
        raise InputError(f"{file}: holds no WARC response record")
