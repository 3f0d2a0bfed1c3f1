"""The dataset in a real PostgreSQL: EXTRACTOR_POSTGRES names one, else a server is started for the test where one is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dataset_records import records
from extractor.dataset.postgres import index_postgres, search_postgres
from extractor.errors import InputError

psycopg = pytest.importorskip("psycopg", reason="needs psycopg")


def _as_postgres(*command: str) -> list[str]:
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        if os.geteuid() == 0
        else list(command)
    )


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    given = os.environ.get("EXTRACTOR_POSTGRES")
    if given:
        yield given
        return
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("needs PostgreSQL (apt-get install postgresql) or EXTRACTOR_POSTGRES=postgresql://…")
    tools = found[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    quiet = {"check": True, "capture_output": True, "timeout": 60}
    subprocess.run(_as_postgres(str(tools / "initdb"), "-D", str(folder / "d"), "-U", "tester", "-E", "UTF8"), **quiet)  # type: ignore[call-overload]
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
    control = str(tools / "pg_ctl")
    # The log goes to a file: a pipe that the server holds open would never end.
    subprocess.run(
        _as_postgres(control, "-D", str(folder / "d"), "-l", str(folder / "log"), "-o", options, "-w", "start"),
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    try:
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            _as_postgres(control, "-D", str(folder / "d"), "-m", "immediate", "stop"), capture_output=True, timeout=60
        )
        shutil.rmtree(folder, ignore_errors=True)


def test_postgres_holds_the_same_tables_and_finds_the_same(url: str, tmp_path: Path) -> None:
    source = tmp_path / "r.jsonl"
    source.write_text("".join(r.model_dump_json() + "\n" for r in records()), encoding="utf-8")
    assert index_postgres(source, url).new_articles == 3
    again = index_postgres(source, url)
    assert (again.new_parts, again.old_parts, again.articles) == (0, 1, 3)
    assert [h[0] for h in search_postgres(url, "tran van thu")] == ["tg-1"]
    assert [h[1] for h in search_postgres(url, "Văn Thủ", field="officials")] == ["Nguyễn Văn Thủ", "Trần Văn Thử"]
    assert search_postgres(url, "van thu", field="officials")
    with psycopg.connect(url) as db:
        assert db.execute("SELECT articles.province, value FROM figures JOIN articles USING (id)").fetchall() == [
            ("Tiền Giang", 91.5)
        ]
        assert db.execute("SELECT unaccent('Chợ Gạo')").fetchone() == ("Cho Gao",)


def test_postgres_and_a_nul(url: str, tmp_path: Path) -> None:
    """C10: PostgreSQL holds none; a sign of the same length stands for it, so that offsets stay valid."""
    record = records()[0].model_copy(update={"id": "nul\0", "text": records()[0].text + "\0", "title": "a\0"})
    (tmp_path / "nul.jsonl").write_text(record.model_dump_json() + "\n", encoding="utf-8")
    assert index_postgres(tmp_path / "nul.jsonl", url).new_articles == 1
    with psycopg.connect(url) as db:
        assert db.execute("SELECT id, length(text) FROM articles WHERE id LIKE 'nul%'").fetchall() == [
            ("nul\ufffd", len(record.text))
        ]


def test_postgres_refusal_is_one_clear_line() -> None:
    with pytest.raises(InputError, match=r"127\.0\.0\.1:1/"):
        index_postgres(Path("nowhere.jsonl"), "postgresql://x@127.0.0.1:1/y")
