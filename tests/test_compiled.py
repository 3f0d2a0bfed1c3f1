"""Compiled expressions kept between processes, and literals that tell where an expression need not run."""

from __future__ import annotations

import hashlib
import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from extractor import compiled
from extractor.pattern_files import files, model_of
from extractor.rules import load_rows
from extractor.rules.literals import needed, possible, spaced
from extractor.text import fold

ROOT = Path(__file__).parent.parent
PROGRAM = """
import extractor, extractor.compiled as c
record = extractor.extract('Sáng 1/2, bà Lò Thị Mẫn, Chủ tịch UBND xã Chiềng Lao, dự.', published='2018-02-03')
print(record.model_dump_json())
print(len(c._read()), len(c._store().new))
"""


def run(cache: Path | str) -> tuple[str, int, int]:
    """A record made in a fresh process, how many entries the file had, and how many were new."""
    environment = os.environ | {compiled.VARIABLE: str(cache), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    record, counts = done.stdout.splitlines()
    had, new = map(int, counts.split())
    return record, had, new


def test_compiled_file_serves_the_next_process_and_changes_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = run(cache)
    assert first[1] == 0
    assert first[2] > 100
    (file,) = cache.iterdir()
    assert run(cache) == (first[0], first[2], 0)
    monkeypatch.setenv(compiled.VARIABLE, str(cache))
    assert len(compiled._Store().entries) == first[2]
    damaged = bytearray(file.read_bytes())
    damaged[-5] ^= 1
    file.write_bytes(damaged)
    assert compiled._Store().entries == {}


@pytest.mark.parametrize("place", ["file/cache", compiled.OFF])
def test_compiled_without_a_folder_that_can_be_written(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(compiled.VARIABLE, place if place == compiled.OFF else str(tmp_path / place))
    monkeypatch.chdir(tmp_path)
    store = compiled._Store()
    monkeypatch.setattr(compiled, "_store", lambda: store)
    found = compiled.compiled(r"(?P<d>\d+) thẻ").search("cấp 35 thẻ")
    assert found is not None
    assert found["d"] == "35"
    for number in range(20):
        store.put(f"k{number}", number)
    store.write()
    assert compiled._Store().entries == {}
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners of files are those of POSIX")
def test_compiled_file_that_others_may_write_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.VARIABLE, str(tmp_path))
    tmp_path.chmod(0o700)
    store = compiled._Store()
    for number in range(20):
        store.put(f"k{number}", number)
    store.write()
    store = compiled._Store()
    assert (store.get("k7"), store.get("k7", once=True), store.get("k7")) == (7, 7, None)
    file = compiled.file()
    assert file is not None
    file.chmod(0o666)
    assert compiled._Store().entries == {}
    file.chmod(0o600)
    tmp_path.chmod(0o777)
    assert compiled._Store().entries == {}


def test_compiled_answers_as_the_expression_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, flags = r"(?P<d>\d+)\s+(?:thẻ|sổ)(?!\p{L})", regex.IGNORECASE
    kept = compiled._Store()
    monkeypatch.setattr(compiled, "_store", lambda: kept)
    compiled.compiled(source, flags)
    kept.entries, kept.new = kept.new, {}
    again = compiled.compiled(source, flags)
    assert kept.new == {}
    match = again.search("cấp 35  THẺ mới")
    assert match is not None
    assert (match["d"], match.span(), again.pattern) == ("35", (4, 11), source)
    with pytest.raises(regex.error):
        compiled.compiled("(")


@pytest.mark.parametrize(
    ("source", "literals"),
    [
        (r"a(?:b|cd)e+f", ("ab", "acd")),
        (r"x?y", ("y",)),
        (r"(?:tin|bài)\s+khác", ("bài khác", "tin khác")),
        (r"(?<!\p{L})tháng\s+(?:\d|này)", ("tháng",)),
        (r"ab*c", ("a",)),
        (r"a{0,2}bc", ("bc",)),
        (r"a|b?", None),
        (r"\d+", None),
        (r"(?i)a", None),
        (r"(a)\1", None),
    ],
)
def test_compiled_literals_that_a_match_must_hold(source: str, literals: tuple[str, ...] | None) -> None:
    assert needed(source) == literals


@pytest.mark.parametrize("name", files())
def test_compiled_literals_never_hide_a_match(name: str) -> None:
    for row in load_rows(name, model_of(name)):
        source = row.expression()
        literals = needed(source)
        for text in (*row.examples, *row.counterexamples):
            for folded in (fold(text), fold(text).replace(" ", "  "), fold(text).replace(" ", "\n")):
                if regex.search(source, folded):
                    assert possible(literals, spaced(folded)), (row.id, literals, folded)


def _whole(body: bytes) -> bytes:
    return compiled._HEAD + hashlib.sha256(body).digest() + body


POISONED: list[tuple[str, Callable[[Path], object]]] = [
    ("another's file", lambda path: path.write_text("no file of ours")),
    ("another hash", lambda path: path.write_bytes(compiled._HEAD + bytes(32) + marshal.dumps({"a": b"x"}))),
    ("cut", lambda path: path.write_bytes(_whole(marshal.dumps({"a": b"x" * 99}))[:-5])),
    ("no value", lambda path: path.write_bytes(_whole(b"garbage"))),
    ("a list", lambda path: path.write_bytes(_whole(marshal.dumps([1])))),
    ("numbers", lambda path: path.write_bytes(_whole(marshal.dumps({1: 2})))),
    ("everybody may write", lambda path: (path.write_bytes(_whole(marshal.dumps({"a": b"x"}))), path.chmod(0o666))),
    ("everybody's folder", lambda path: (path.write_bytes(_whole(marshal.dumps({}))), path.parent.chmod(0o777))),
    ("a link to nothing", lambda path: path.symlink_to("/nonexistent/file")),
    ("a folder", lambda path: path.mkdir()),
    ("a pipe", lambda path: os.mkfifo(path)),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes of that kind")
@pytest.mark.parametrize("poison", [poison for _, poison in POISONED], ids=[name for name, _ in POISONED])
def test_what_is_no_file_of_ours_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, poison: Callable[[Path], object]
) -> None:
    """A11: none is believed, waited for or an error."""
    monkeypatch.setenv(compiled.VARIABLE, str(tmp_path / "cache"))
    target = compiled.file()
    assert target is not None
    target.parent.mkdir(mode=0o700)
    poison(target)
    assert compiled._read() == {}
    store = compiled._Store()
    store.new = {f"{number}": b"x" * 1000 for number in range(1000)}
    store.write()  # a folder stays, all else makes room


def test_values_that_are_none_of_ours_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A11: what cannot be read is compiled anew."""
    store = compiled._Store()
    store.entries = {"0:cut35": b"garbage", "0:odd35": marshal.dumps([1, 2])}
    monkeypatch.setattr(compiled, "_store", lambda: store)
    assert compiled.compiled("cut35").search("cut35")
    assert compiled.compiled("odd35").search("odd35")
