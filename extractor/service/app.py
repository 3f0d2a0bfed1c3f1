"""The ASGI application: `POST /extract`, `GET /health`, `/schema`, `/openapi.json`."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl

from pydantic import ValidationError

from extractor import __version__
from extractor.ingest.ids import host
from extractor.records import SCHEMA_VERSION, json_schema
from extractor.service.description import Request, openapi
from extractor.service.errors import RefusedError, error_body
from extractor.service.workers import Answer, BusyError, TimeLimitError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
_READING = 30.0  # seconds that a body may take to arrive
_GET = ("/", "/health", "/schema", "/openapi.json")
_log = logging.getLogger(__name__)


class Asked(Protocol):
    """What extracts: `workers.Workers`, or a stand-in."""

    async def start(self) -> None: ...
    async def ask(self, request: dict[str, Any]) -> Answer: ...
    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of a body, seconds of an article, and the names under which pages of a browser may ask."""

    size: int = 2_000_000
    seconds: float = 20.0
    names: Collection[str] = ()


class Service:
    """The application over some workers."""

    def __init__(self, workers: Asked, bounds: Bounds) -> None:
        self.workers, self.bounds = workers, bounds

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or take part in the server's start and end."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            headers: dict[str, str] = {}
            try:
                status, body = await self._answer(scope, receive)
            except RefusedError as error:
                status, body = error.status, error_body(error.status, error.code, error.message)
                headers = error.headers
            await _send(send, status, body, headers, head=scope["method"] == "HEAD")

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self.workers.start()
                except (EOFError, OSError) as error:
                    await send(
                        {"type": "lifespan.startup.failed", "message": f"no process could be started: {error!r}"}
                    )
                    return
                await send({"type": "lifespan.startup.complete"})
            else:
                self.workers.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Message, receive: Receive) -> Answer:
        path, method = scope["path"], scope["method"]
        if path in _GET:
            _allow(method, "GET", "HEAD")
            return 200, json.dumps(self._told(path), ensure_ascii=False).encode()
        if path != "/extract":
            raise RefusedError(404, "not_found", f"{path}: there are POST /extract and GET {', '.join(_GET)}")
        _allow(method, "POST")
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        self._same_origin(headers)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("application/json", "text/plain"):
            raise RefusedError(415, "content_type", "send application/json or text/plain")
        body = await self._body(headers, receive)
        request = _request(body, kind, scope.get("query_string", b""))
        return await self._extract(request)

    async def _extract(self, request: Request) -> Answer:
        try:
            return await self.workers.ask(request.model_dump())
        except TimeLimitError:
            said = f"the article took longer than {self.bounds.seconds:g} seconds"
            raise RefusedError(504, "too_slow", said) from None
        except BusyError:
            raise RefusedError(503, "busy", "too many requests wait; ask again", {"retry-after": "1"}) from None
        except (EOFError, OSError) as error:
            _log.error("a process died: %r", error)
            raise RefusedError(500, "failed", "the process that read the text died; it is started anew") from None

    def _told(self, path: str) -> Any:
        if path == "/openapi.json":
            return openapi(self.bounds.size, self.bounds.seconds)
        if path == "/schema":
            return json_schema()
        state = {"status": "ok", "version": __version__, "schema_version": SCHEMA_VERSION}
        return state if path == "/health" else state | {"extract": "POST /extract", "description": "/openapi.json"}

    def _same_origin(self, headers: dict[str, str]) -> None:
        """Refuse pages of other sites that a browser lets send plain text here."""
        origin = headers.get("origin")
        if origin and (host(origin) or "") not in self.bounds.names:
            raise RefusedError(403, "origin", f"{origin}: pages of other servers may not ask")

    async def _body(self, headers: dict[str, str], receive: Receive) -> bytes:
        too_large = RefusedError(413, "too_large", f"the body has more than {self.bounds.size:,} bytes")
        declared = headers.get("content-length", "")
        if declared.isascii() and declared.isdecimal() and int(declared[:20]) > self.bounds.size:
            raise too_large
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(_READING):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise RefusedError(400, "gone", "the body ended before its end")
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > self.bounds.size:
                        raise too_large
                    if not message.get("more_body", False):
                        return b"".join(parts)
        except TimeoutError:
            raise RefusedError(408, "slow_body", f"the body took longer than {_READING:g} seconds") from None


def _allow(method: str, *allowed: str) -> None:
    if method not in allowed:
        raise RefusedError(405, "method", f"{method}: use {allowed[0]}", {"allow": ", ".join(allowed)})


def _request(body: bytes, kind: str, query: bytes) -> Request:
    """The request of a body. Raises `RefusedError` that names the first value that is wrong."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "encoding", f"the body is no UTF-8 (byte {error.start})") from None
    try:
        given = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True))
        if kind == "text/plain":
            return Request.model_validate_strings(given | {"text": text}, strict=False)
        if given:  # "?redact=true" beside a body would be passed over in silence
            raise RefusedError(422, "value", f"{next(iter(given))}: stands in the address; give it in the body")
        return Request.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise RefusedError(400, "json", first["msg"]) from None
        where = ".".join(map(str, first["loc"]))
        raise RefusedError(422, "value", f"{where}: {first['msg']}" if where else first["msg"]) from None


async def _send(send: Send, status: int, body: bytes, headers: dict[str, str], *, head: bool) -> None:
    told = {
        "content-type": "application/json; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": "no-store",
    }
    lines = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in (told | headers).items()]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": b"" if head else body})
