"""Fifty kills: a process ended by SIGKILL between two changes of files or of the database, and the same command again."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import commands
import pyarrow.parquet as pq
import pytest
from damaged_files import TEXT, lines

from extractor.batch.engines import InlineEngine
from extractor.batch.layout import TABLES
from extractor.cli import main, run

_CHANGES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link"})
_STATEMENTS = frozenset({"execute", "executemany", "executescript", "commit"})

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process of its own by fork")


def _counted(step: Callable[[], None]) -> None:
    """Call `step` before every change of a file, and of a database, that this process makes from now on."""

    def audited(event: str, given: tuple[object, ...]) -> None:
        if event in _CHANGES and (event != "open" or set(str(given[1])) & set("wax+")):
            step()

    def profiled(_frame: object, event: str, function: object) -> None:
        if event == "c_call" and getattr(function, "__name__", "") in _STATEMENTS:
            step()

    sys.addaudithook(audited)
    sys.setprofile(profiled)


def _in_a_child(work: Callable[[], object], at: int) -> tuple[bool, int]:
    """Run `work` in a fork that is killed before its `at`-th change; whether it was, and how many changes it came to."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        number = 0

        def step() -> None:
            nonlocal number
            number += 1
            os.write(write, b".")
            if number == at:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            for stream in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            _counted(step)
            work()
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        changes = len(stream.read())
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, changes


def _tables(folder: Path) -> list[list[dict[str, object]]]:
    return [sorted(pq.read_table(folder / "tables" / name).to_pylist(), key=str) for name in TABLES]


def _lines(folder: Path) -> bytes:
    return (folder / "out.jsonl").read_bytes()


def _database(folder: Path) -> list[list[tuple[object, ...]]]:
    with sqlite3.connect(folder / "news.db") as db:
        found = [sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=str) for name in (*TABLES, "entries")]
        found.append(db.execute("SELECT rowid FROM words WHERE words MATCH 'folded : xa' ORDER BY rowid").fetchall())
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return found


def _extract(out: str) -> tuple[str, ...]:
    return ("extract", "news.jsonl", "-o", out, "--ner", "none", "--shard-size", "2")


# Name, whether there are tables before, the command that is killed, what is compared, and how many kills; three of each
# in the daily tests, all of them among the slow ones.
COMMANDS = (
    ("tables", False, _extract("tables"), _tables, 20),
    ("lines", False, _extract("out.jsonl"), _lines, 10),
    ("merge", True, ("merge", "tables"), _tables, 10),
    ("index", True, ("index", "tables", "-o", "news.db"), _database, 10),
)


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is loaded once a process is there before the forks, and not loaded by each of them."""
    folder = tmp_path_factory.mktemp("warm")
    (folder / "news.jsonl").write_text(lines({"id": "n", "text": TEXT}), "utf-8")
    for command in (_extract("tables"), ("merge", "tables"), ("index", "tables", "-o", "news.db")):
        assert commands.run(*command, cwd=folder).returncode == 0


def test_there_are_fifty_kills() -> None:
    assert sum(kills for *_, kills in COMMANDS) == 50


@pytest.mark.parametrize(
    ("name", "before", "command", "compared", "kills"),
    [
        pytest.param(*c[:-1], kills, id=f"{c[0]}-{kills}", marks=marks)
        for c in COMMANDS
        for kills, marks in ((3, ()), (c[-1], pytest.mark.slow))
    ],
)
def test_a_killed_command_is_completed_by_the_next(
    name: str,
    before: bool,
    command: tuple[str, ...],
    compared: Callable[[Path], object],
    kills: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """D4, S6: killed at steps spread over the whole run, then run again: the tables of a run that nothing disturbed."""
    # In one process, so that none outlives the kill.
    monkeypatch.setattr(run, "LocalEngine", lambda settings, store, ticked, _: InlineEngine(settings, store, ticked))
    start = tmp_path / "start"
    start.mkdir()
    rows = [{"id": f"n{n}", "text": f"{TEXT} Bài {n}."} for n in range(5)]
    (start / "news.jsonl").write_text(lines(*rows, {"id": "bad", "text": ""}), "utf-8")
    monkeypatch.chdir(start)
    if before:
        assert main([*_extract("tables")]) == 0
    shutil.copytree(start, tmp_path / "whole")
    monkeypatch.chdir(tmp_path / "whole")
    died, changes = _in_a_child(lambda: main(list(command)), -1)
    assert not died
    assert changes >= kills
    wanted = compared(tmp_path / "whole")
    for kill in range(kills):
        folder = tmp_path / f"kill{kill}"
        shutil.copytree(start, folder)
        monkeypatch.chdir(folder)
        died, _ = _in_a_child(lambda: main(list(command)), 1 + kill * (changes - 1) // (kills - 1))
        assert died
        assert main(list(command)) == 0
        assert not (folder / ".out.jsonl.work").exists()
        assert compared(folder) == wanted, kill
        if name in ("tables", "merge"):
            assert main(["check", "tables"]) == 0
        shutil.rmtree(folder)


@pytest.mark.parametrize("stride", [32, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("before", [None, "as it was", "changed"])
def test_a_kill_at_any_end_of_a_file_of_lines_is_completed(
    before: str | None, stride: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """S6: the last changes of a run each: the file appears, its description, the folder of the work goes. Nobody's file but
    the run's own is taken for its own: with other bytes it is refused. Every change among the slow tests."""
    monkeypatch.setattr(run, "LocalEngine", lambda settings, store, ticked, _: InlineEngine(settings, store, ticked))
    start = tmp_path / "start"
    start.mkdir()
    (start / "news.jsonl").write_text(lines({"id": "n", "text": TEXT}, {"id": "bad", "text": ""}), "utf-8")
    monkeypatch.chdir(start)
    command = _extract("out.jsonl")
    if before == "as it was":  # a forced run replaces the file of an earlier one
        assert main([*command[:-1], "3"]) == 0
        command = (*command, "--force")
    shutil.copytree(start, tmp_path / "whole")
    monkeypatch.chdir(tmp_path / "whole")
    _, changes = _in_a_child(lambda: main(list(command)), -1)
    wanted = _lines(tmp_path / "whole")
    described = 0
    tried = {*range(1, changes + 1, stride), changes}
    if (
        before == "changed" and stride > 1
    ):  # some five changes lie between the file and its description, in the first third
        tried = {*range(1, changes // 3, 4)}
    for at in sorted(tried):
        folder = tmp_path / f"kill{at}"
        shutil.copytree(start, folder)
        monkeypatch.chdir(folder)
        assert _in_a_child(lambda: main(list(command)), at)[0]
        if before == "changed":
            if not (folder / "out.jsonl").exists() or (folder / ".out.jsonl.run.json").exists():
                continue
            described += 1
            with (folder / "out.jsonl").open("a", encoding="utf-8") as stream:
                stream.write("{}\n")
            capsys.readouterr()
            assert main(list(command)) != 0
            assert "out.jsonl: is there already" in capsys.readouterr().err
            continue
        assert main(list(command)) == 0, at
        assert _lines(folder) == wanted, at
        assert not (folder / ".out.jsonl.work").exists()
        assert main(["check", "out.jsonl"]) == 0
    assert described > 0 or before != "changed"
