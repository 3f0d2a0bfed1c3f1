"""What stands around every page, Datasette's too: who may ask (the Host header), what browsers may do with the answer, and
cells of CSV that a spreadsheet would run as formulas."""

from __future__ import annotations

import csv
import io
import ipaddress
import re
from collections.abc import Awaitable, Callable, Collection, Iterator, MutableMapping
from typing import Any

from extractor.dataset.cells import harmless

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
}
_FRAMES = b"frame-ancestors 'none'"
_RECORD = re.compile(rb'(?:[^"\n]|"[^"]*")*\n')
_SUSPECT = re.compile(rb'(?:\A|[,\r\n])"?[=+\-@\t\r]')


class HarmlessCsv:
    """CSV as it flows, cells made harmless record by record."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes, last: bool) -> bytes:
        """The records that are complete, or, at the end, all that is left."""
        data = self._held + data
        end, out = 0, []
        for match in _RECORD.finditer(data):
            if match.start() != end:  # inside a quoted cell that is not at its end
                break
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


def allowed(host: str, names: Collection[str], everywhere: bool) -> bool:
    """Whether a Host header names this server: one of `names`, or, where it listens `everywhere`, an address in digits."""
    name = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    name = name.lower().rstrip(".")
    if name in names:
        return True
    if not everywhere:
        return False
    try:
        ipaddress.ip_address(name)
        return True
    except ValueError:
        return False


def guarded(inner: Application, names: Collection[str], everywhere: bool) -> Application:
    """The application, asked only under its own names (a page elsewhere may point its name at this machine), its answers with
    headers that keep them out of frames."""

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await inner(scope, receive, send)
            return
        host = next((v for k, v in scope["headers"] if k == b"host"), b"").decode("latin-1")
        if not allowed(host, names, everywhere):
            await _refuse(send, f"{host or 'no host'}: not a name of this server; start it with --allow-host NAME\n")
            return
        table: HarmlessCsv | None = None

        async def out(message: Message) -> None:
            nonlocal table
            if message["type"] == "http.response.start":
                message["headers"], is_csv = _headers(message["headers"], scope["path"])
                table = HarmlessCsv() if is_csv else None
            elif message["type"] == "http.response.body" and table is not None:
                message["body"] = table.feed(message.get("body", b""), not message.get("more_body", False))
            await send(message)

        await inner(scope, receive, out)

    return application


def _headers(given: list[tuple[bytes, bytes]], path: str) -> tuple[list[tuple[bytes, bytes]], bool]:
    lowered = {k.lower(): v for k, v in given}
    kind = lowered.get(b"content-type", b"")
    # Datasette sends CSV as plain text where no download is asked for.
    is_csv = kind.startswith(b"text/csv") or (kind.startswith(b"text/plain") and path.endswith(".csv"))
    policy = lowered.get(b"content-security-policy")
    out = [
        (k, v)
        for k, v in given
        if k.lower() not in (*_HEADERS, b"content-security-policy") and not (is_csv and k.lower() == b"content-length")
    ]
    out += [*_HEADERS.items(), (b"content-security-policy", policy + b"; " + _FRAMES if policy else _FRAMES)]
    return out, is_csv


async def _refuse(send: Send, text: str) -> None:
    body = text.encode("utf-8", "replace")
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 421, "headers": [*head, *_HEADERS.items()]})
    await send({"type": "http.response.body", "body": body})
