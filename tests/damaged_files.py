"""Files of every format from rows of any values, whole and damaged: for the tests of hostile inputs and for the fuzzer."""

import gzip
import io
import json
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from hypothesis import strategies as st

TEXT = "Ngày 14/3/2019, bà Trần Thị Mận, Chủ tịch UBND xã Yên Khê, dự hội nghị về bảo hiểm y tế."
SUFFIXES = ("jsonl", "jsonl.gz", "jsonl.zst", "json", "csv", "csv.gz", "tsv", "parquet", "warc", "warc.gz", "html", "docx", "pdf",
            "zip", "tar", "tgz")  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(TEXT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
KEYS = st.sampled_from(["id", "text", "html", "url", "title", "published", "source", "stage", "reason", "kind", "file", "position",
                         "base64", "raw", "row", "format", "x"])  # fmt: skip
ROWS = st.lists(st.dictionaries(KEYS, VALUES, max_size=6), min_size=1, max_size=5)


def lines(*rows):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


def rows(*some):
    return lines(*some).encode()


def warc(*lengths, cut=0):
    """An archive of pages; `lengths` are added to what each record says of its own length."""
    body = f"<html><body><h1>Tin</h1><p>{TEXT * 4}</p></body></html>".encode()
    out = b""
    for number, wrong in enumerate(lengths):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Target-URI: http://xa.example/{number}\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http) + wrong}\r\n\r\n"
        )
        out += head.encode() + http + b"\r\n\r\n"
    return out[: len(out) - cut]


def packed_pages(suffix, number, spoilt=()):
    """An archive of pages; in the packed bytes of those that are `spoilt` a bit is another."""
    sink, page = io.BytesIO(), f"<html><body><h1>Tin</h1><p>{TEXT * 4}</p></body></html>".encode()
    if suffix == "zip":
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for n in range(number):
                archive.writestr(f"p{n}.html", page)
        data = bytearray(sink.getvalue())
        for n in spoilt:
            data[archive.infolist()[n].header_offset + 60] ^= 0x10
        return bytes(data)
    with tarfile.open(fileobj=sink, mode="w:gz" if suffix == "tgz" else "w") as archive:
        for n in range(number):
            info = tarfile.TarInfo(f"p{n}.html")
            info.size = len(page)
            archive.addfile(info, io.BytesIO(page))
    return sink.getvalue()


def written(suffix, some):
    """Rows in some format, before they are damaged."""
    data = json.dumps(some).encode() if suffix.startswith("json.") or suffix == "json" else rows(*some)
    if suffix.startswith("csv"):
        data = b"id,text\n" + b"\n".join(json.dumps([r.get("id"), r.get("text")]).strip("[]").encode() for r in some)
    if suffix.startswith("warc"):
        data = warc(*(0 for _ in some))
    if suffix in ("zip", "tar", "tgz"):
        return packed_pages(suffix, len(some))
    if suffix.startswith("parquet"):
        sink = io.BytesIO()
        pq.write_table(
            pa.table({"id": [str(r.get("id")) for r in some], "text": [str(r.get("text")) for r in some]}), sink
        )
        data = sink.getvalue()
    return (
        gzip.compress(data) if suffix.endswith("gz") else zstandard.compress(data) if suffix.endswith("zst") else data
    )


def damaged(raw, data):
    """The bytes with up to four stretches changed or put in, and perhaps cut at the end."""
    raw = bytearray(raw)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    return raw[: len(raw) - data.draw(st.sampled_from([0, 0, 0, 1, 7, 30, 40]))]
