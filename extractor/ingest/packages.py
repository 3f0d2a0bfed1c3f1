"""Office documents are archives: unpacked here within bounds, before a library that has none sees them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import regex

from extractor.errors import ArticleError

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CELLS = 20_000_000  # of the rectangle around a sheet's cells: it is made whole, at some 60 bytes a cell
# A row or a cell begins, or says where it stands: both may be left out, and then it is the next one.
_PLACE = regex.compile(
    rb"""<(?:[\w.-]++:)?+(?:(row)|c)(?=[\s/>])|(?<![\w:.-])r\s*+=\s*+["']\s*+([A-Za-z]{0,9})(\d{1,12})"""
)


def bounded_package(data: bytes, most: int) -> bytes:
    """The same document with its parts of XML stored as they are and all others (pictures, fonts, macros) empty.

    Bytes that are no zip archive come back unchanged. Raises `ArticleError` (stage `office`) where the parts are more than
    `most` bytes, one is damaged, or the cells of a sheet lie so far apart that no memory holds what is between them.
    """
    if not data.startswith(b"PK"):
        return data
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as plain:
            for name, part in _parts(packed, most):
                if (cells := _cells(part)) > _CELLS:
                    raise ArticleError(
                        f"{name}: its cells lie in a field of {cells:,}, more than {_CELLS:,}", stage="office"
                    )
                plain.writestr(name, part)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ArticleError(f"damaged or encrypted document ({error})", stage="office") from None
    return out.getvalue()


def _parts(packed: zipfile.ZipFile, most: int) -> Iterator[tuple[str, bytes]]:
    left = most
    for info in packed.infolist():
        if not info.filename.endswith((".xml", ".rels")) and info.filename != "mimetype":
            yield info.filename, b""
            continue
        if info.compress_type not in _METHODS:  # the others are unpacked whole, whatever size the archive gives
            raise ArticleError(f"{info.filename}: packed by a method that is not read", stage="office")
        with packed.open(info) as member:
            part = member.read(left + 1)
        left -= len(part)
        if left < 0:
            raise ArticleError(f"the document unpacks to more than {most:,} bytes", stage="office")
        yield info.filename, part


def _cells(part: bytes) -> int:
    """Cells of the rectangle from the first one to the farthest one of a sheet; 0 for a part without rows."""
    rows = columns = row = column = 0
    for found in _PLACE.finditer(part):
        letters, number = found[2], found[3]
        if number is None:
            row, column = (row + 1, 0) if found[1] else (row, column + 1)
        else:
            row, column = int(number), _column(letters) or column
        rows, columns = max(rows, row), max(columns, column)
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number
