"""The body of an HTTP response as an archive keeps it: chunks joined and packing undone, where the headers tell the truth."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import regex

from extractor.errors import ArticleError

_CHUNK = regex.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_MARKUP = regex.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--|[a-z][a-z0-9]{0,9}[\s>])", regex.IGNORECASE
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def http_body(data: bytes, encoding: str, transfer: str, most: int) -> bytes:
    """The page in a response's body, of `most` bytes at the most.

    A header that outlived its packing (the crawler had unpacked the body) is passed over. Raises `ArticleError`: stage `unpack`
    for a packed body that is broken, `too-long` for one that unpacks to more.
    """
    if "chunked" in transfer.lower():
        data = _joined(data)
    for name in reversed([n.strip() for n in encoding.lower().split(",") if n.strip() not in ("", "identity")]):
        unpack = _UNPACK.get(name)
        if _looks_plain(data):
            return data
        if unpack is None:
            raise ArticleError(f"a body packed by {name!r}, which is not known", stage="unpack")
        try:
            data = unpack(data, most + 1)
        except ImportError:
            raise ArticleError(
                f"a body packed by {name!r} needs a library that is not installed", stage="unpack"
            ) from None
        except Exception as error:  # zlib, zstandard and brotli share no base of their errors
            raise ArticleError(f"a body packed by {name!r} is damaged ({error})", stage="unpack") from None
        if len(data) > most:
            raise ArticleError(f"larger than {most:,} bytes", stage="too-long")
    return data


def _looks_plain(data: bytes) -> bool:
    return bool(_MARKUP.match(data[:400])) or data.startswith(_UTF16)


def _joined(data: bytes) -> bytes:
    """A chunked body without its sizes; a body that is not chunked (any more), or breaks off, as far as it goes."""
    out: list[bytes] = []
    at = 0
    while match := _CHUNK.match(data, at):
        size = int(match[1], 16)
        if not size:
            return b"".join(out)
        if not out and match.end() + size > len(data) + 2:
            return data
        out.append(data[match.end() : match.end() + size])
        at = match.end() + size
    return b"".join(out) if out else data


def _gzip(data: bytes, most: int) -> bytes:
    return _inflate(data, most, 47)


def _deflate(data: bytes, most: int) -> bytes:
    try:
        return _inflate(data, most, 15)
    except zlib.error:
        return _inflate(data, most, -15)  # many servers send it without the header that the standard asks for


def _inflate(data: bytes, most: int, bits: int) -> bytes:
    stream = zlib.decompressobj(bits)
    out = stream.decompress(data, most)
    if not out and not stream.eof:
        raise zlib.error("nothing to unpack")
    return out


def _brotli(data: bytes, most: int) -> bytes:
    import brotli  # type: ignore[import-not-found,import-untyped,unused-ignore]

    stream = brotli.Decompressor()
    return _by_steps(data, most, 64, stream.process, stream.is_finished)


def _zstd(data: bytes, most: int) -> bytes:
    import zstandard

    stream = zstandard.ZstdDecompressor().decompressobj()
    return _by_steps(data, most, 256, stream.decompress, lambda: stream.eof)


def _by_steps(
    data: bytes, most: int, step: int, unpack: Callable[[bytes], bytes], finished: Callable[[], bool]
) -> bytes:
    """What a body unpacks to, as soon as it is `most` bytes: neither library has a bound of its own that a body cannot widen.
    A step of packed bytes gives some ten million at the most."""
    out = bytearray()
    for at in range(0, len(data), step):
        out += unpack(data[at : at + step])
        if len(out) >= most or finished():
            return bytes(out[:most])
    raise ValueError("it breaks off")


_UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
