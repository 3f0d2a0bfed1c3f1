"""What stands around every page, Datasette's too: who may ask (the Host header), what browsers may do with the answer, and
CSV as a spreadsheet wants it: all rows, a file with a name, marked as UTF-8, no cell that would be run as a formula."""

from __future__ import annotations

import csv
import io
import ipaddress
import json
import re
from collections.abc import Awaitable, Callable, Collection, Iterator, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, quote

from extractor.dataset.cells import harmless

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
}
POLICY = (
    b"default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; form-action 'self'; "
    b"base-uri 'none'"
)
# Of pages that save their drawing as a picture: one script of ours, which reads the drawing and the fonts again.
PICTURES = f"{POLICY.decode()}; script-src 'self'; connect-src 'self'; img-src 'self' data: blob:".replace(
    "img-src 'self' data:; ", "", 1
)
_FRAMES = b"frame-ancestors 'none'"
_BOM = b"\xef\xbb\xbf"
_PAGED = ("_stream", "_next", "_size")  # arguments by which somebody asks for less than all
_RECORD = re.compile(rb'(?:[^"\n]|"[^"]*")*\n')
_SUSPECT = re.compile(rb'(?:\A|[,\r\n])"?[=+\-@\t\r]')


class HarmlessCsv:
    """CSV as it flows: marked as UTF-8, cells made harmless record by record."""

    def __init__(self) -> None:
        self._held = b""
        self._begun = False

    def feed(self, data: bytes, last: bool) -> bytes:
        """The records that are complete, or, at the end, all that is left."""
        data = self._held + data
        end, out = 0, [] if self._begun else [_BOM]
        self._begun = True
        data = data.removeprefix(_BOM) if out else data
        while match := _RECORD.match(data, end):
            out.append(_record(match[0]))
            end = match.end()
        self._held = data[end:]
        if last and self._held:
            out.append(_record(self._held))
            self._held = b""
        return b"".join(out)


def _record(data: bytes) -> bytes:
    if not _SUSPECT.search(data):
        return data
    out = io.StringIO()
    csv.writer(out).writerows([harmless(c) for c in row] for row in _read(data))
    return out.getvalue().encode("utf-8")


def _read(data: bytes) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 30)
    yield from csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline=""))


_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([\w.-]+))(?::[0-9]{1,5})?")  # an address in digits or a name, and a port


def allowed(host: str, names: Collection[str], everywhere: bool) -> bool:
    """Whether a Host header names this server: one of `names`, or, where it listens `everywhere`, an address in digits."""
    parts = _HOST.fullmatch(host)
    if parts is None:
        return False
    name = (parts[1] or parts[2]).lower().rstrip(".")
    if name in names:
        return True
    if not everywhere:
        return False
    try:
        ipaddress.ip_address(name)
        return True
    except ValueError:
        return False


def guarded(inner: Application, names: Collection[str], everywhere: bool, *, data: bool = False) -> Application:
    """The application, asked only under its own names (a page elsewhere may point its name at this machine), its answers with
    headers that keep them out of frames. With `data` a refusal is JSON."""

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await inner(scope, receive, send)
            return
        host = next((v for k, v in scope["headers"] if k == b"host"), b"").decode("latin-1")
        if not allowed(host, names, everywhere):
            said = f"{host or 'no host'}: not a name of this server; start it with --allow-host NAME"
            await _refuse(
                send,
                json.dumps({"error": {"status": 421, "code": "host", "message": said}}) if data else f"{said}\n",
                data,
            )
            return
        scope = _whole(scope)
        table: HarmlessCsv | None = None

        async def out(message: Message) -> None:
            nonlocal table
            if message["type"] == "http.response.start":
                message["headers"], is_csv = _headers(message["headers"], scope["path"], message["status"])
                table = HarmlessCsv() if is_csv else None
            elif message["type"] == "http.response.body" and table is not None:
                message["body"] = table.feed(message.get("body", b""), not message.get("more_body", False))
            await send(message)

        await inner(scope, receive, out)

    return application


def _whole(scope: Message) -> Message:
    """A request for a table as CSV as one for all of its rows, unless a part is asked for."""
    query = scope.get("query_string", b"")
    names = {name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)}
    if not scope["path"].endswith(".csv") or scope["path"].count("/") < 2 or not names.isdisjoint(_PAGED):
        return scope
    return {**scope, "query_string": query + (b"&" if query else b"") + b"_stream=on&_size=max"}


def _headers(given: list[tuple[bytes, bytes]], path: str, status: int) -> tuple[list[tuple[bytes, bytes]], bool]:
    lowered = {k.lower(): v for k, v in given}
    kind = lowered.get(b"content-type", b"")
    # Datasette sends CSV as plain text where no download is asked for.
    is_csv = kind.startswith(b"text/csv") or (kind.startswith(b"text/plain") and path.endswith(".csv"))
    is_csv = is_csv and status == 200
    replaced = {*_HEADERS, b"content-security-policy"}
    if is_csv:
        replaced |= {b"content-length", b"content-type", b"content-disposition"}
    out = [(k, v) for k, v in given if k.lower() not in replaced]
    if is_csv:
        named = lowered.get(b"content-disposition", b"/")  # a page of ours names its file, Datasette names an address
        out += [
            (b"content-type", b"text/csv; charset=utf-8"),
            (b"content-disposition", _attachment(path) if b"/" in named else named),
        ]
    policy = lowered.get(b"content-security-policy", POLICY if kind.startswith(b"text/html") else b"")
    out += [*_HEADERS.items(), (b"content-security-policy", policy + b"; " + _FRAMES if policy else _FRAMES)]
    return out, is_csv


def _attachment(path: str) -> bytes:
    """The header by which a download has a name: `/news/figures.csv` is news-figures.csv."""
    name = "-".join(part for part in path.split("/") if part)
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}".encode("ascii")


async def _refuse(send: Send, text: str, data: bool) -> None:
    body = text.encode("utf-8", "replace")
    kind = b"application/json; charset=utf-8" if data else b"text/plain; charset=utf-8"
    head = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 421, "headers": [*head, *_HEADERS.items()]})
    await send({"type": "http.response.body", "body": body})
