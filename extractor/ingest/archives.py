"""Pages in an archive of files (`.zip`, `.tar`, `.tar.gz`, `.tgz`), one unit each, and pages saved in one file (`.mhtml`)."""

from __future__ import annotations

import contextlib
import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Self, cast

import regex

from extractor.errors import ArticleError, InputError
from extractor.ingest.streams import Meter, Unpacked, ensure_sound, opened, opened_packed
from extractor.ingest.units import Options, Unit
from extractor.rules.lexica import template

_STEP = 1 << 20
# Members that hold what did not fit into the header of the next one.
_OF_HEADERS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip
ARCHIVES = (".zip", ".tar", ".tgz")
PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
_MIME = regex.compile(rb"^(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", regex.IGNORECASE)
_FILES = template(r"[_.]{saved-files}$", regex.IGNORECASE)  # what a browser saves beside a page


def archive_units(file: str, suffix: str, options: Options, meter: Meter | None = None) -> Iterator[Unit]:
    """The pages of an archive in its order; other members, and the files that a browser saved beside a page, are passed over.

    Raises `ArticleError` (stage `unpack`) for a damaged or encrypted archive, `InputError` for one without a page.
    """
    number = 0
    members: Iterator[tuple[str, bytes | str]] = (
        _zip(file, options, meter) if suffix == ".zip" else _tar(file, suffix, options, meter)
    )
    for number, (name, data) in enumerate(members, 1):
        stem = str(PurePosixPath(name).with_suffix(""))
        if isinstance(data, str):
            yield Unit("bad", file, number, name=stem, stage="unpack", reason=f"{name}: {data}")
        elif len(data) > options.limits.max_bytes:
            reason = f"{name}: larger than {options.limits.max_bytes:,} bytes"
            yield Unit("bad", file, number, name=stem, stage="too-long", reason=reason)
        else:
            yield Unit("page", file, number, data, name=stem)
    if not number:
        raise InputError(f"{file}: holds no page ({' '.join(PAGES)})")


def is_page(name: str) -> bool:
    """Whether a member of an archive is a saved page, by its name."""
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part == "__MACOSX" or _FILES.search(part) for part in path.parts[:-1])
    return path.suffix.lower() in PAGES and not hidden and not path.name.startswith(".")


def is_files_folder(name: str, siblings: set[str]) -> bool:
    """Whether a folder holds what a browser saved beside a page (`X_files` beside `X.html`)."""
    match = _FILES.search(name)
    if match is None:
        return False
    stem = name[: match.start()]
    return any(f"{stem}{suffix}" in siblings for suffix in PAGES)


def _zip(file: str, options: Options, meter: Meter | None) -> Iterator[tuple[str, bytes | str]]:
    with opened_packed(file, meter) as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                for info in archive.infolist():
                    if info.is_dir() or not is_page(info.filename):
                        continue
                    yield info.filename, _member(archive, info, options)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise ArticleError(f"{file}: damaged or encrypted archive ({error})", stage="unpack") from None
        except ArticleError:
            raise
        except Exception as error:  # zlib.error has no base in common with the others
            raise ArticleError(f"{file}: damaged archive ({error})", stage="unpack") from None


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, options: Options) -> bytes | str:
    """The bytes of a member, or what is wrong with it: it alone is lost then."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # `zipfile` unpacks these others whole, whatever size the archive gives: a kilobyte may be gigabytes.
        return "packed by a method that is not read; pack it with deflate, which every program does by default"
    if info.file_size > options.limits.max_ratio * max(1, info.compress_size):
        return "taken for a zip bomb"
    try:
        with archive.open(info) as member:
            return member.read(options.limits.max_bytes + 1)
    except Exception as error:  # zlib.error has no base in common with the others
        return f"damaged or encrypted ({error})"


def _tar(file: str, suffix: str, options: Options, meter: Meter | None) -> Iterator[tuple[str, bytes | str]]:
    with opened(file, options.limits, meter) as raw:
        # `.tar.gz` is unpacked by its second suffix, `.tgz` has but one.
        stream = io.BufferedReader(Unpacked(raw, file, options.limits, ".gz")) if suffix == ".tgz" else raw
        try:
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
                for info in archive:
                    member = archive.extractfile(info) if info.isfile() and is_page(info.name) else None
                    if member is not None:
                        yield info.name, member.read(options.limits.max_bytes + 1)
                    # Millions of headers fit into a megabyte.
                    archive.members.clear()  # type: ignore[attr-defined]  # typeshed lacks it
        except (tarfile.TarError, EOFError, OSError) as error:
            ensure_sound(stream)
            raise ArticleError(f"{file}: damaged archive ({error})", stage="unpack") from None
        while stream.read(_STEP):  # the checksum of a packed archive stands at its end
            pass
        ensure_sound(stream)


class _Header(tarfile.TarInfo):
    """A member's header; `tarfile` takes a damaged one for the end of the archive, and holds one of any length."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _OF_HEADERS and header.size > _STEP:
            raise tarfile.ReadError(f"a header of {header.size:,} bytes")
        return header

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.InvalidHeaderError as error:  # type: ignore[attr-defined]  # typeshed lacks it
            raise tarfile.ReadError(str(error)) from None


def unwrapped(data: bytes) -> tuple[bytes, str | None]:
    """The HTML of a page that a browser saved in one file (MHTML), and its address; other bytes as they are.

    Raises `ArticleError` (stage `html`) for such a file without HTML in it, or one that is damaged.
    """
    if data[:1] in (b"<", b"\xef", b"\xff", b"\xfe") or not _MIME.match(data[:4000]):
        return data, None
    try:
        return _saved(data)
    except (ArticleError, MemoryError):
        raise
    except Exception as error:  # the library raises whatever a damaged head makes it meet
        raise ArticleError(f"a damaged saved page (MHTML; {type(error).__name__}: {error})", stage="html") from None


def _saved(data: bytes) -> tuple[bytes, str | None]:
    import email.policy  # few inputs are saved as mail

    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = cast(bytes, part.get_payload(decode=True) or b"")
            charset = part.get_content_charset()
            if charset and charset not in ("utf-8", "us-ascii"):
                with contextlib.suppress(LookupError, ValueError):  # no name of an encoding, or of one for other things
                    page = page.decode(charset, "replace").encode("utf-8")
            url = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
            return page, url if url.startswith(("http://", "https://")) else None
    raise ArticleError("a saved page (MHTML) without HTML in it", stage="html")
