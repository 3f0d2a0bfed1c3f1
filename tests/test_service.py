"""The service that extracts over HTTP, and the examples of `docs/http-api.md`."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request as Ask
from urllib.request import urlopen

import pytest

pytest.importorskip("datasette", reason="needs the extra 'serve'")

from extractor.cli import main
from extractor.dataset.web.guard import guarded
from extractor.listening import names_of
from extractor.records import json_schema
from extractor.service.app import Bounds, Service
from extractor.service.workers import Answer, BusyError, Fixed, TimeLimitError, Workers, answer

httpx = pytest.importorskip("httpx")
ROOT = Path(__file__).parent.parent
JSON = {"content-type": "application/json"}
PLAIN = {"content-type": "text/plain"}


class Here:
    """Extracts in this process; raises what a test gives it."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.fails = fails

    async def start(self) -> None: ...

    def stop(self) -> None: ...

    async def ask(self, request: dict[str, Any]) -> Answer:
        if self.fails:
            raise self.fails
        return answer(request, Fixed())


def ask(method: str, path: str, *, fails: Exception | None = None, size: int = 10_000, **given: Any):  # type: ignore[no-untyped-def]
    names, everywhere = names_of("127.0.0.1", ())
    app = guarded(Service(Here(fails), Bounds(size=size, seconds=20, names=names)), names, everywhere, data=True)

    async def go():  # type: ignore[no-untyped-def]
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            return await client.request(method, path, **given)

    return asyncio.run(go())


def test_a_text_gives_its_record() -> None:
    got = ask("POST", "/extract", json={"text": "Ngày 5/4/2019, xã Tân Lập họp.", "id": "a", "title": "Tin"})
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/json; charset=utf-8"
    record = got.json()
    assert (record["id"], record["title"]) == ("a", "Tin")
    assert record["dates"][0]["value"] == "2019-04-05"
    assert set(record) == set(json_schema()["properties"])


@pytest.mark.parametrize("wish", ["redact=true", "redact=1", "persons=false&redact=yes"])
def test_what_the_address_asks_for_a_plain_text_is_done(wish: str) -> None:
    """A2: an option that is passed over in silence would leave names open that were to be covered."""
    text = "Chị Lò Thị Hoài nhận quà."
    got = ask("POST", f"/extract?{wish}", content=text.encode(), headers=PLAIN)
    assert got.status_code == 200
    assert got.json()["text"] == "Chị ███████████ nhận quà."


def test_a_page_gives_its_record() -> None:
    lines = (
        "Sáng 5/4/2019, Đảng ủy xã Tân Lập họp bàn về nước sạch cho các thôn trong xã.",
        "Bí thư Đảng ủy xã cho biết đường ống đã tới bốn thôn, còn hai thôn phải chờ sang năm vì thiếu vốn.",
        "Người dân các thôn góp công đào mương, xã lo vật tư và thuê thợ đấu nối, ai nấy đều mong sớm có nước.",
    )
    page = f"<html><body><h1>Xã Tân Lập bàn chuyện nước sạch</h1>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>"
    got = ask("POST", "/extract", json={"html": page, "id": "p"})
    assert got.status_code == 200
    assert got.json()["dates"]


@pytest.mark.parametrize(
    ("method", "path", "given", "status", "code"),
    [
        ("GET", "/extract", {}, 405, "method"),
        ("POST", "/health", {}, 405, "method"),
        ("GET", "/nowhere", {}, 404, "not_found"),
        ("POST", "/extract", {"content": b"{", "headers": JSON}, 400, "json"),
        ("POST", "/extract", {"content": b"\xff\xfe", "headers": JSON}, 400, "encoding"),
        ("POST", "/extract", {"content": b"x"}, 415, "content_type"),
        ("POST", "/extract", {"content": b"x", "headers": {"content-type": "text/html"}}, 415, "content_type"),
        ("POST", "/extract", {"json": {}}, 422, "value"),
        ("POST", "/extract", {"json": []}, 422, "value"),
        ("POST", "/extract", {"json": {"text": 5}}, 422, "value"),
        ("POST", "/extract", {"json": {"text": "a", "html": "b"}}, 422, "value"),
        ("POST", "/extract", {"json": {"text": "a", "more": 1}}, 422, "value"),
        ("POST", "/extract", {"json": {"html": "a", "title": "b"}}, 422, "value"),
        ("POST", "/extract", {"json": {"text": "a", "published": "yesterday"}}, 422, "not_extracted"),
        ("POST", "/extract", {"json": {"html": "<p>"}}, 422, "not_extracted"),
        ("POST", "/extract?redact=true", {"json": {"text": "a"}}, 422, "value"),
        ("POST", "/extract?redact=perhaps", {"content": b"x", "headers": PLAIN}, 422, "value"),
        ("POST", "/extract?redact=", {"content": b"x", "headers": PLAIN}, 422, "value"),
        ("POST", "/extract?cover=true", {"content": b"x", "headers": PLAIN}, 422, "value"),
        ("POST", "/extract", {"json": {"text": "a" * 20_000}}, 413, "too_large"),
        ("POST", "/extract", {"json": {"text": "a"}, "headers": {"origin": "https://evil.example"}}, 403, "origin"),
        ("GET", "/health", {"headers": {"host": "evil.example"}}, 421, "host"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_json(method: str, path: str, given: dict[str, Any], status: int, code: str) -> None:
    got = ask(method, path, **given)
    assert got.status_code == status
    error = got.json()["error"]
    assert (error["status"], error["code"]) == (status, code)
    assert error["message"]
    assert got.headers["x-content-type-options"] == "nosniff"


def test_a_body_that_comes_in_pieces_is_bounded() -> None:
    taken = 0

    async def endless():  # type: ignore[no-untyped-def]
        nonlocal taken
        while True:
            taken += 1_000
            yield b"a" * 1_000

    names, everywhere = names_of("127.0.0.1", ())
    sent: list[Any] = []

    async def go() -> None:
        pieces = endless()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": await anext(pieces), "more_body": True}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": "/extract", "query_string": b"",
                 "headers": [(b"host", b"localhost"), (b"content-type", b"text/plain")]}  # fmt: skip
        await guarded(Service(Here(), Bounds(size=10_000, names=names)), names, everywhere)(scope, receive, send)

    asyncio.run(go())
    assert sent[0]["status"] == 413
    assert taken <= 12_000


@pytest.mark.parametrize(
    ("fails", "status", "code"),
    [(TimeLimitError(), 504, "too_slow"), (BusyError(), 503, "busy"), (EOFError(), 500, "failed")],
)
def test_what_the_processes_meet_is_told(fails: Exception, status: int, code: str) -> None:
    got = ask("POST", "/extract", json={"text": "a"}, fails=fails)
    assert (got.status_code, got.json()["error"]["code"]) == (status, code)
    assert got.headers.get("retry-after") == ("1" if status == 503 else None)


def test_its_description_names_all_that_is_there() -> None:
    told = ask("GET", "/openapi.json").json()
    assert set(told["paths"]) == {"/extract", "/health", "/schema", "/openapi.json"}
    text = json.dumps(told)
    for name in re.findall(r'"#/components/schemas/([^"]+)"', text):
        assert name in told["components"]["schemas"]
    assert "$defs" not in text
    assert set(told["components"]["schemas"]["Record"]["properties"]) == set(json_schema()["properties"])
    assert ask("GET", "/schema").json() == json.loads(json.dumps(json_schema()))
    assert ask("HEAD", "/health").content == b""


def test_a_process_that_takes_too_long_is_ended_and_started_anew() -> None:
    """With real processes: the limit ends one, the next request is answered; more than may wait are sent away."""

    async def go() -> tuple[Any, Any, list[Any]]:
        workers = Workers(1, Fixed(backend="none"), seconds=0.0, waiting=1)
        await workers.start()
        try:
            with pytest.raises(TimeLimitError):
                await workers.ask({"text": "Xã Tân Lập họp ngày 5/4/2019. " * 2_000})
            workers._seconds = 60.0
            after = await workers.ask({"text": "Xã Tân Lập họp ngày 5/4/2019."})
            many = await asyncio.gather(
                *(workers.ask({"text": f"Ngày {n}/4/2019"}) for n in range(1, 5)), return_exceptions=True
            )
            return after[0], json.loads(after[1])["dates"][0]["value"], many
        finally:
            workers.stop()

    status, value, many = asyncio.run(go())
    assert (status, value) == (200, "2019-04-05")
    assert sum(isinstance(m, BusyError) for m in many) == 2
    answered = [json.loads(m[1])["text"] for m in many if isinstance(m, tuple)]
    assert answered == ["Ngày 1/4/2019", "Ngày 2/4/2019"]


def test_the_command_serves() -> None:
    call = [sys.executable, "-m", "extractor", "api", "--port", "0", "--ner", "none"]
    server = subprocess.Popen(call, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr
        address = re.findall(r"http://\S+/", server.stderr.readline())[0]
        body = json.dumps({"text": "Ngày 5/4/2019"}).encode()
        with urlopen(Ask(f"{address}extract", body, JSON), timeout=120) as got:
            assert json.load(got)["dates"][0]["value"] == "2019-04-05"
        with pytest.raises(HTTPError) as error:
            urlopen(Ask(f"{address}extract", b"{", JSON), timeout=60)
        assert json.load(error.value)["error"]["code"] == "json"
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize("given", [["--port", "70000"], ["--patterns", "/no/such/folder"]])
def test_the_command_refuses_in_words(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["api", *given]) == 2
    assert capsys.readouterr().err.startswith("extractor: ")


_EXAMPLE = re.compile(
    r"```http\n(?P<method>[A-Z]+) (?P<path>\S+)\n(?P<rest>.*?)```\n\n```json\n(?P<answer>.*?)```", re.DOTALL
)
EXAMPLES = [m.groupdict() for m in _EXAMPLE.finditer((ROOT / "docs/http-api.md").read_text(encoding="utf-8"))]


def _fits(shown: Any, got: Any) -> bool:
    """Whether everything that is shown is in what was got: keys of objects, and lists item by item."""
    if isinstance(shown, dict):
        return isinstance(got, dict) and all(key in got and _fits(value, got[key]) for key, value in shown.items())
    if isinstance(shown, list):
        return isinstance(got, list) and len(shown) == len(got) and all(map(_fits, shown, got))
    return bool(shown == got)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, sample_tables: Path) -> Any:
    from extractor.dataset.web.app import asgi

    folder = tmp_path_factory.mktemp("api")
    assert main(["index", str(sample_tables), "-o", str(folder / "news.db")]) == 0
    return asgi(folder / "news.db", host="127.0.0.1")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['method']} {e['path']}"[:60])
def test_examples_of_the_document(example: dict[str, str], dataset: Any) -> None:
    head, _, body = example["rest"].partition("\n")
    kind = {"content-type": head.partition(": ")[2]} if head else {}
    if example["path"].startswith(("/extract", "/health")):
        got = ask(example["method"], example["path"], content=body.strip().encode(), headers=kind)
    else:

        async def go():  # type: ignore[no-untyped-def]
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app=dataset), base_url="http://localhost"
            ) as client:
                return await client.get(example["path"])

        got = asyncio.run(go())
    shown = json.loads(example["answer"])
    assert _fits(shown, got.json()), json.dumps(got.json(), ensure_ascii=False)[:2000]


def test_the_document_has_examples_and_all_codes() -> None:
    assert len(EXAMPLES) >= 8
    text = (ROOT / "docs/http-api.md").read_text(encoding="utf-8")
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "extractor/service").glob("*.py"))
    codes = set(re.findall(r'(?:RefusedError|error_body)\(\s*\d{3}, "(\w+)"', source))
    assert {c for c in codes if f"`{c}`" not in text} <= {"gone"}
