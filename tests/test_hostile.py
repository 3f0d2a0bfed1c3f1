"""Small hostile inputs, one a row: the status, what is said, what comes out, and that nothing else was touched."""

import ast
import gzip
import hashlib
import io
import json
import math
import os
import re
import shutil
import signal
import sys
import time
import tomllib
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import packages_distributions
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from damaged_files import ROWS, SUFFIXES, TEXT, damaged, lines, packed_pages, rows, warc, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sources import parsed, walked

import extractor
from extractor.batch.layout import TABLES
from extractor.batch.plan import numbered
from extractor.batch.seen import Seen
from extractor.cli import main
from extractor.errors import ArticleError, InputError
from extractor.evaluate.compile import corpus_articles
from extractor.evaluate.formats.brat import write_all
from extractor.evaluate.formats.document import Document
from extractor.ingest.articles import load_article
from extractor.ingest.ids import content_id, url_id
from extractor.ingest.quarantine import quarantined
from extractor.ingest.readers import units
from extractor.ingest.sources import sources
from extractor.ingest.units import Options

Make = Callable[[Path], None]


def ids(path):
    return [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]


def snapshot(folder):
    """Every file (links as links) with a hash of its bytes, every folder by its name."""
    out = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            out[name] = f"link to {path.readlink()}"
        elif path.is_file():
            out[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            out[name] = "folder" if path.is_dir() else "other"
    return out


@dataclass(frozen=True)
class Case:
    """A hostile input: how it is made, the commands, the last one's status and words, and the ids in `out.jsonl`.

    `new` are the names at the top of the folder that may be new or changed afterwards; all else must be as it was.
    """

    name: str
    make: Make
    commands: tuple[tuple[str, ...], ...]
    status: int = 0
    said: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ("Traceback",)
    ids: tuple[str, ...] | None = None
    bad: tuple[str, ...] | None = None  # stages in errors.jsonl, in order
    check: Make | None = None
    new: tuple[str, ...] = field(default=("out.jsonl", ".out.jsonl.run.json", "out.errors.jsonl"))


def news(folder, *rows):
    (folder / "news.jsonl").write_text(lines(*(rows or ({"id": "a", "text": TEXT},))), "utf-8")


def extract(*given, out="out.jsonl"):
    return ("extract", *given, "-o", out, "--ner", "none", "--workers", "0")


# -- data ---------------------------------------------------------------------------------------------------------------------


def someones_project(folder):
    news(folder)
    (folder / "mine" / "documents").mkdir(parents=True)
    (folder / "mine" / "manifest.json").write_text('{"name": "my application", "run": {}}')
    (folder / "mine" / "documents" / "thesis.docx").write_text("three years of work")


def someones_partitions(folder):
    news(folder)
    (folder / "mine" / "documents").mkdir(parents=True)
    (folder / "mine" / "documents" / "part-000000.parquet").write_text("another program's")


def work_folder_of_another(folder):
    news(folder)
    (folder / ".out.jsonl.work").mkdir()
    (folder / ".out.jsonl.work" / "notes.txt").write_text("mine")


def names_that_are_not_utf8(folder):
    (folder / "in").mkdir()
    for name in (b"good.txt", b"bad\xff.txt", b"bad\xfe.txt"):
        (folder / "in" / os.fsdecode(name)).write_text(TEXT, "utf-8")


def surrogates_in_a_manifest(folder):
    (folder / "in").mkdir()
    for name in ("one", "two"):
        (folder / "in" / f"{name}.txt").write_text(TEXT, "utf-8")
    rows = '{"file": "one.txt", "id": "\\ud83d", "title": "a\\ud83d", "url": "http://x.example/\\udfff"}\n'
    (folder / "in" / "manifest.jsonl").write_text(rows + '{"file": "two.txt", "id": "second"}\n')


def ids_that_fall_together(folder):
    composed, apart = unicodedata.normalize("NFC", "Mận"), unicodedata.normalize("NFD", "Mận")
    given = [1, "1", "x", "x", "x~2", "x", -1, -2, composed, apart, 2.0, "2"]
    rows = [{"id": i, "text": f"{TEXT} Lần {n}."} for n, i in enumerate(given)]
    rows += [{"text": unicodedata.normalize("NFC", TEXT)}, {"text": unicodedata.normalize("NFD", TEXT)}]
    rows += [{"id": "", "url": "http://x.example/1", "text": TEXT}, {"url": "http://x.example/1", "text": TEXT}]
    news(folder, *rows)


APART = ("1", "1~2", "x", "x~2", "x~2~2", "x~3", "-1", "-2", "Mận", "Mận~2", "2", "2~2")
BY_TEXT, BY_URL = content_id(TEXT), url_id("http://x.example/1")


def a_file_of_somebody(folder):
    news(folder)
    (folder / "out.jsonl").write_text(lines({"id": "mine", "text": "three years of work"}))


def another_input(folder):
    news(folder)
    (folder / "more.jsonl").write_text(lines({"id": "b", "text": TEXT}), "utf-8")


def colliding_names(folder):
    news(folder, *({"id": i, "text": f"{TEXT} {n}"} for n, i in enumerate(("a/b", "a:b", "a b", "..", "../../x"))))


def fifteen_files(folder):
    assert len([p for p in (folder / "brat").iterdir() if p.suffix in (".txt", ".ann", ".json")]) == 15
    assert {json.loads(p.read_text())["id"] for p in (folder / "brat").glob("*.json")} == set(ids(folder / "out.jsonl"))


DATA = [
    Case(
        "D1-manifest-of-another", someones_project, (extract("news.jsonl", out="mine"),), 2, ("not written by",), new=()
    ),
    Case(
        "D1-forced",
        someones_project,
        ((*extract("news.jsonl", out="mine"), "--force"),),
        2,
        ("mine/manifest.json: not written by extractor",),
        new=(),
    ),
    Case(
        "D1-parts-of-another",
        someones_partitions,
        ((*extract("news.jsonl", out="mine"), "--force"),),
        2,
        ("mine: the folder holds other files (documents)",),
        new=(),
    ),
    Case(
        "D1-work-folder-of-another",
        work_folder_of_another,
        ((*extract("news.jsonl"), "--force"),),
        2,
        ("holds other files (notes.txt)",),
        new=(),
    ),
    Case("D3-file-names", names_that_are_not_utf8, (extract("in"),), ids=("bad?", "bad?~2", "good"), bad=()),
    Case("D3-manifest", surrogates_in_a_manifest, (extract("in"),), ids=("?", "second"), bad=()),
    Case(
        "D3-tables",
        names_that_are_not_utf8,
        (extract("in", out="tables"), ("index", "tables")),
        new=("tables", "news.db"),
    ),
    Case(
        "D5-brat-names",
        colliding_names,
        (extract("news.jsonl"), ("convert", "out.jsonl", "--to", "brat", "-o", "brat")),
        new=("out.jsonl", ".out.jsonl.run.json", "brat"),
        check=fifteen_files,
    ),
    Case(
        "D6-other-inputs",
        another_input,
        (extract("news.jsonl"), extract("more.jsonl")),
        2,
        ("other inputs",),
        ids=("a",),
    ),
    Case("D6-forced", another_input, (extract("news.jsonl"), (*extract("more.jsonl"), "--force")), ids=("b",)),
    Case(
        "D6-again",
        another_input,
        (extract("news.jsonl"), extract("news.jsonl")),
        0,
        ("1 shards were done",),
        ids=("a",),
    ),
    Case("D6-of-another", a_file_of_somebody, (extract("news.jsonl"),), 2, ("no run of extractor wrote it",), new=()),
    Case(
        "D6-of-another-forced",
        a_file_of_somebody,
        ((*extract("news.jsonl"), "--force"),),
        2,
        ("no run of extractor wrote it",),
        new=(),
    ),
    Case(
        "S8-ids",
        ids_that_fall_together,
        (extract("news.jsonl"), ("index", "out.jsonl")),
        ids=(*APART, BY_TEXT, f"{BY_TEXT}~2", BY_URL, f"{BY_URL}~2"),
        bad=(),
        new=("out.jsonl", ".out.jsonl.run.json", "news.db"),
    ),
]


# -- leaks --------------------------------------------------------------------------------------------------------------------


def rows_like_a_quarantine(folder):
    (folder / "secret.txt").write_text("a password of somebody")
    (folder / "secret.jsonl").write_text(lines({"id": "s", "text": "a password of somebody"}), "utf-8")
    keys = {"stage": "read", "reason": "x", "format": "extractor-quarantine-1"}
    news(
        folder,
        {"id": "a", "text": TEXT},
        {"id": "x", "kind": "txt", "file": "secret.txt", **keys},
        {"id": "y", "kind": "bad", "file": "secret.jsonl", "position": 1, **keys},
        {"id": "z", "kind": "html", "row": {"text": "x"}, "file": "secret.txt", "text": TEXT, **keys},
        {"id": "u", "kind": "txt", "file": "http://127.0.0.1:9/secret.txt", "text": TEXT, **keys},
    )


def quarantine_by_another(folder):
    (folder / "secret.txt").write_text(TEXT, "utf-8")
    news(folder)
    entry = {"format": "extractor-quarantine-1", "stage": "read", "reason": "x", "kind": "txt", "position": 0}
    (folder / "given.jsonl").write_text(
        lines({**entry, "file": "secret.txt"}, {**entry, "file": "news.jsonl"}), "utf-8"
    )


LEAKS = [
    Case("L1-rows", rows_like_a_quarantine, (extract("news.jsonl"),), ids=("a", "z", "u"), bad=("read", "read")),
    Case(
        "L1-retry-reads-inputs-alone",
        quarantine_by_another,
        ((*extract("news.jsonl"), "--retry", "given.jsonl"),),
        2,
        ("hold no article",),
        new=(),
    ),
    Case(
        "L1-quarantine-as-input", quarantine_by_another, (extract("given.jsonl"),), 2, ("--retry given.jsonl",), new=()
    ),
]


# -- what one file, row or link does ------------------------------------------------------------------------------------------


def beside(name, data):
    """A folder `in` with a good article and a file of that name and content."""

    def make(folder):
        (folder / "in").mkdir()
        (folder / "in" / "a.txt").write_text(TEXT, "utf-8")
        (folder / "in" / name).write_bytes(data() if callable(data) else data)

    return make


def dangling_link(folder):
    beside("b.txt", b"")(folder)
    (folder / "in" / "b.txt").unlink()
    (folder / "in" / "b.txt").symlink_to("nowhere.txt")


def link_out(folder):
    """A link of the folder to a file beside it, and one to a file in it."""
    (folder / "secret.txt").write_text("Bà Trần Thị Mận, Chủ tịch UBND xã Yên Khê, giữ chìa khóa.", "utf-8")
    beside("b.txt", b"")(folder)
    (folder / "in" / "b.txt").unlink()
    (folder / "in" / "b.txt").symlink_to("../secret.txt")
    (folder / "in" / "c.txt").symlink_to("a.txt")


def pipe_with_a_name(folder):
    beside("b.txt", b"")(folder)
    (folder / "in" / "b.txt").unlink()
    os.mkfifo(folder / "in" / "b.txt")


def many(number):
    return [{"id": f"n{n}", "text": f"{TEXT} Bài {n}."} for n in range(number)]


def cut_archive(pack, form):
    def data():
        if form == "jsonl":
            raw = rows(*many(60))
        else:
            raw = b"id,text\n" + "".join(f"n{n},{TEXT.replace(',', '')} {n}\n" for n in range(60)).encode()
        packed = pack(raw)
        return packed[: len(packed) * 3 // 4]

    return data


def damaged_group():
    """Three row groups of two articles; a byte of the second one's texts is another."""
    sink = io.BytesIO()
    table = pa.Table.from_pylist([{"id": f"n{n}", "text": f"{TEXT} {n}" * 20} for n in range(6)])
    pq.write_table(
        table,
        sink,
        row_group_size=2,
        compression="none",
        use_dictionary=False,
        write_page_checksum=True,
        write_statistics=False,
    )
    data = bytearray(sink.getvalue())
    start = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(1).data_page_offset
    data[data.index(b"Kh", start)] ^= 1  # a letter is another one: the checksum alone tells
    return bytes(data)


PAGES = tuple(url_id(f"http://xa.example/{n}") for n in range(3))
WIDE_CSV = f"id,text\nw1,{TEXT.replace(',', '')}\nw2,{TEXT.replace(',', '')}\n".encode("utf-16")
NESTED = b"[" * 3000 + b"]" * 3000


def page_of_attributes(number):
    return (
        f"<html><body><p>{TEXT * 4}</p><div {' '.join(f'a{n}=1' for n in range(number))}></div></body></html>".encode()
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<div " + " ".join(f"a{n}=1" for n in range(9000)) + ">",
        "<div " + "".join(f'a{n}=">"' for n in range(9000)) + ">",
        "<div " + " ".join(f"a{n}='<'" for n in range(9000)) + ">",
        "<div/" + "/".join(f"a{n}" for n in range(9000)) + ">",
        "<p>" * 50 + "<b\n" + "\n".join(f"a{n}" for n in range(9000)),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_attributes_are_counted_however_they_are_written(markup, encoding, monkeypatch):
    """H4: before any parser sees them, in every place where a page is taken apart."""
    from extractor.ingest import html

    monkeypatch.setattr(html, "read_page", lambda _: pytest.fail("the page was parsed"))
    page = f"<html><head><meta charset={encoding}></head><body><p>{TEXT}</p>{markup}</body></html>"
    with pytest.raises(ArticleError, match="attributes, more than") as refused:
        html.html_page(page.encode(encoding))
    assert refused.value.stage == "html"


def page_of_data():
    """Long attributes that are few: a picture, and a program's state with many words."""
    state = json.dumps({f"key {n}": f"a word {n}" for n in range(9000)}).replace('"', "&quot;")
    picture = "data:image/png;base64," + "A" * 90_000
    return (
        f"<html><body><p>{TEXT * 4}</p><div data-state=\"{state}\"><img src='{picture}'></div></body></html>".encode()
    )


def nothing_but_standard_output(folder):
    news(folder, {"id": "a", "text": TEXT}, {"id": "b", "text": ""})
    (folder / "errors.jsonl").write_text("somebody's own errors\n")


CRASHES = [
    Case(
        "H4-attributes",
        beside("b.html", lambda: page_of_attributes(9000)),
        (extract("in"),),
        ids=("a",),
        bad=("html",),
    ),
    Case(
        "H4-100000-attributes",
        beside("b.html", lambda: page_of_attributes(100_000)),
        (extract("in"),),
        ids=("a",),
        bad=("html",),
    ),
    Case(
        "H4-row",
        beside("b.jsonl", lambda: rows({"id": "b", "html": page_of_attributes(100_000).decode()})),
        (extract("in"),),
        ids=("a",),
        bad=("html",),
    ),
    Case("H4-long-attributes", beside("b.html", page_of_data), (extract("in"),), ids=("a", "b"), bad=()),
    Case(
        "S9-zip-member",
        beside("b.zip", lambda: packed_pages("zip", 3, spoilt=[1])),
        (extract("in"),),
        1,
        ids=("a", "p0", "p2"),
        bad=("unpack",),
    ),
    Case(
        "P4-standard-output",
        nothing_but_standard_output,
        (extract("news.jsonl", out="-"),),
        said=("news.jsonl:2: empty: empty", "errors       1"),
        new=(),
    ),
    Case(
        "P4-beside-the-output",
        nothing_but_standard_output,
        (extract("news.jsonl"),),
        said=("out.errors.jsonl",),
        ids=("a",),
        new=("out.jsonl", ".out.jsonl.run.json", "out.errors.jsonl"),
    ),
    Case(
        "C1-position",
        beside("b.jsonl", rows({"id": "b", "text": TEXT}, {"stage": 1, "reason": 1, "kind": "txt", "position": "x"})),
        (extract("in"),),
        ids=("a", "b"),
        bad=("read",),
    ),
    Case(
        "C1-base64",
        beside("b.jsonl", rows({"id": "b", "text": TEXT}, {"stage": 1, "reason": 1, "kind": "txt", "base64": "x"})),
        (extract("in"),),
        ids=("a", "b"),
        bad=("read",),
    ),
    Case("C2-deep-json", beside("b.json", NESTED), (extract("in"),), 1, ("b.json",), ids=("a",), bad=("file",)),
    Case(
        "C2-deep-line",
        beside("b.jsonl", NESTED + b"\n" + rows({"id": "b", "text": TEXT})),
        (extract("in"),),
        ids=("a", "b"),
        bad=("read",),
    ),
    Case(
        "C3-manifest",
        beside("manifest.jsonl", b'{"file": "a.txt", "id": "m"}\n{"file": "gone.txt"}\n\xff\n'),
        (extract("in"),),
        1,
        ids=("m",),
        bad=("file",),
    ),
    Case("A1-link-out-of-the-folder", link_out, (extract("in"),), 1, ids=("a", "c"), bad=("file",)),
    Case("C4-dangling-link", dangling_link, (extract("in"),), 1, ids=("a",), bad=("file",)),
    Case(
        "C4-dangling-link-given",
        dangling_link,
        (extract("in/b.txt"),),
        2,
        ("in/b.txt: a link that leads nowhere",),
        new=(),
    ),
    Case(
        "C5-first-row",
        beside("b.jsonl", rows({"id": "x"}, {"id": "b", "text": TEXT})),
        (extract("in"),),
        ids=("a", "b"),
        bad=("read",),
    ),
    Case(
        "C7-no-good-row",
        beside("b.jsonl", rows({"id": "x"}, {"id": "y"})),
        (extract("in"),),
        1,
        ("b.jsonl:1",),
        ids=("a",),
        bad=("file",),
    ),
    Case(
        "C7-no-good-row-alone",
        beside("b.jsonl", rows({"id": "x"}, {"id": "y"})),
        (extract("in/b.jsonl"),),
        2,
        ("no column holds the text",),
        new=(),
    ),
    Case(
        "C7-csv-header",
        beside("b.csv", b"id;name\n1;x\n"),
        (extract("in"),),
        1,
        ("no column holds the text",),
        ids=("a",),
        bad=("file",),
    ),
    Case(
        "C6-parquet-footer",
        beside("b.parquet", lambda: damaged_group()[:-30]),
        (extract("in"),),
        1,
        ("not a Parquet file",),
        ids=("a",),
        bad=("file",),
    ),
    Case(
        "C6-parquet-group",
        beside("b.parquet", damaged_group),
        (extract("in"),),
        1,
        ids=("a", "n0", "n1", "n4", "n5"),
        bad=("file",),
    ),
    Case("C8-utf16-csv", beside("b.csv", WIDE_CSV[:-1]), (extract("in"),), 1, ids=("a", "w1"), bad=("file",)),
    Case("C7-nothing-readable", beside("b.pdf", b"%PDF-1.4 torn"), (extract("in/b.pdf"),), 1, ids=(), bad=("office",)),
    Case("H3-pipe", pipe_with_a_name, (extract("in"),), 1, ids=("a",), bad=("file",)),
    Case("H3-pipe-given", pipe_with_a_name, (extract("in/b.txt"),), 2, ("no regular file",), new=()),
    Case(
        "S9-warc-cut",
        beside("b.warc", warc(0, 0, 0, cut=200)),
        (extract("in"),),
        1,
        ids=("a", *PAGES[:2]),
        bad=("unpack", "unpack"),
    ),
    Case(
        "S9-warc-cut-between",
        beside("b.warc", warc(0, 0, 0, cut=2)),
        (extract("in"),),
        1,
        ids=("a", *PAGES),
        bad=("unpack",),
    ),
    Case(
        "S9-warc-gz",
        beside("b.warc.gz", lambda: gzip.compress(warc(0, 0, 0))[:-40]),
        (extract("in"),),
        1,
        bad=("unpack", "unpack"),
    ),
    Case(
        "S9-warc-too-long",
        beside("b.warc", warc(0, 700, 0, 0)),
        (extract("in"),),
        1,
        ids=("a", PAGES[0]),
        bad=("unpack", "unpack"),
    ),
    Case(
        "S9-warc-far-too-long",
        beside("b.warc", warc(0, 99_999, 0)),
        (extract("in"),),
        1,
        ids=("a", PAGES[0]),
        bad=("unpack",),
    ),
]


SHARED = Path(os.environ.get("EXTRACTOR_SHARED", Path(__file__).parents[2] / "shared")) / "cases" / "hostile"


def given_file(name):
    """A file or folder of the shared ones; the test is skipped where they are not."""

    def make(folder):
        if not (SHARED / name).exists():
            pytest.skip(f"needs the shared hostile inputs; {SHARED / name} is not there (set EXTRACTOR_SHARED)")
        if (SHARED / name).is_dir():
            shutil.copytree(SHARED / name, folder / name, copy_function=shutil.copyfile)
            (folder / name).chmod(0o755)
        else:
            shutil.copyfile(SHARED / name, folder / name)

    return make


def read_rows(folder):
    return [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]


def no_body_in_capitals(folder):
    """A headline in capitals gives its body no word of its verb."""
    [row] = read_rows(folder)
    assert not {w for o in row["officials"] for p in o["positions"] for w in (p["body"] or "").casefold().split()} & {
        "chúc",
        "tết",
    }


def dates_of_doubled_blanks(folder):
    [row] = read_rows(folder)
    assert row["dates"][0]["value"] == "2018-02-01"


def whole_thousands(folder):
    [row] = read_rows(folder)
    assert [f["value"] for f in row["figures"]] == [871_500]


def finite_figures(folder):
    assert all(math.isfinite(f["value"]) for row in read_rows(folder) for f in row["figures"])


def names_of_four(folder):
    assert len([p for p in (folder / "brat").iterdir() if p.suffix == ".txt"]) == 4


def shared(identity, name, *commands, status=0, **rest):
    commands = commands or (extract(name),)
    return Case(f"{identity}-shared-{name}", given_file(name), commands, status, **rest)


_INDEXED = ("out.jsonl", ".out.jsonl.run.json", "errors.jsonl", "news.db")
GIVEN = [
    shared(
        "D5",
        "brat-colliding-ids.jsonl",
        extract("brat-colliding-ids.jsonl"),
        ("convert", "out.jsonl", "--to", "brat", "-o", "brat"),
        ids=("a/b", "a:b", "a b", ".."),
        check=names_of_four,
        new=("out.jsonl", ".out.jsonl.run.json", "brat"),
    ),
    shared("S3", "capital-headline.txt", ids=("capital-headline",), check=no_body_in_capitals),
    shared("C1", "crash-base64.jsonl", ids=("1", "2"), bad=("read",)),
    shared("C1", "crash-position.jsonl", ids=("1", "2"), bad=("read",)),
    shared("C2", "deep.json", status=2, said=("deep.json",), new=()),
    shared("H2", "dots-10k.txt", ids=("dots-10k",)),
    shared("S2", "double-space-dates.txt", ids=("double-space-dates",), check=dates_of_doubled_blanks),
    shared("C5", "first-row-no-text.jsonl", ids=("b",), bad=("read",)),
    shared("C6", "flipped-pages.parquet", status=1),
    shared(
        "S5",
        "inf-figure.jsonl",
        extract("inf-figure.jsonl"),
        ("index", "out.jsonl"),
        ids=("inf", "ok"),
        check=finite_figures,
        new=_INDEXED,
    ),
    shared("L1", "lfi-quarantine-row.jsonl", ids=("z",), bad=("read", "read"), unsaid=("Traceback", "root:")),
    shared("B5", "lunar-2100.txt", ids=("lunar-2100",)),
    shared("D3", "manifest-surrogate", ids=("good1", "good2"), bad=()),
    shared("B1", "nbsp-indexerror.txt", ids=("nbsp-indexerror",)),
    shared("C10", "nul.jsonl", extract("nul.jsonl"), ("index", "out.jsonl"), ids=("n",), new=_INDEXED),
    shared(
        "S8",
        "same-id-int-and-string.jsonl",
        extract("same-id-int-and-string.jsonl"),
        ("index", "out.jsonl"),
        new=_INDEXED,
    ),
    shared("S8", "same-text-nfc-nfd.jsonl", extract("same-text-nfc-nfd.jsonl"), ("index", "out.jsonl"), new=_INDEXED),
    shared("S1", "spaced-thousands.txt", ids=("spaced-thousands",), check=whole_thousands),
    shared("C8", "truncated-utf16.csv", status=1, bad=("file",)),
]


def test_every_shared_file_has_a_case():
    if not SHARED.is_dir():
        pytest.skip(f"needs the shared hostile inputs; {SHARED} is not there (set EXTRACTOR_SHARED)")
    tried = {case.name.partition("-shared-")[2] for case in GIVEN}
    assert {path.name for path in SHARED.iterdir()} - {"make-odd-files.sh"} == tried


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=ROWS, data=st.data())
def test_damaged_files_never_end_the_reading(suffix, some, data, tmp_path):
    """Rows of any values, a file cut, with bytes changed or put in: units or a sentence, and a good file beside it is read."""
    _read_beside_a_good_file(suffix, some, data, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=ROWS, data=st.data())
def test_many_damaged_files_never_end_the_reading(suffix, some, data, tmp_path):
    _read_beside_a_good_file(suffix, some, data, tmp_path)


def _read_beside_a_good_file(suffix, some, data, tmp_path):
    (tmp_path / f"b.{suffix}").write_bytes(damaged(written(suffix, some), data))
    (tmp_path / "z.txt").write_text(TEXT, "utf-8")
    found, _ = sources([str(tmp_path)])
    names = []
    for unit in numbered(units(found, Options(), lambda _: None)):
        assert unit.file in (str(tmp_path / f"b.{suffix}"), str(tmp_path / "z.txt"))
        try:
            article = load_article(unit, Options()).article
        except ArticleError as error:
            json.dumps(quarantined(unit, error.stage, str(error)), ensure_ascii=False).encode(
                "utf-8", "backslashreplace"
            )
        else:
            names.append(article.id)
            f"{article}".encode()
    assert "z" in names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_cut_archives_keep_what_is_whole(pack, form, tmp_path, monkeypatch, capsys):
    """S9: every row before the cut comes out, none after it, none that was cut, and the cut is named."""
    monkeypatch.chdir(tmp_path)
    suffix = "gz" if pack is gzip.compress else "zst"
    pack = pack if suffix == "gz" else zstandard.ZstdCompressor(level=1).compress
    data = cut_archive(pack, form)()
    beside(f"b.{form}.{suffix}", data)(tmp_path)
    inside = zlib.decompressobj(31) if suffix == "gz" else zstandard.ZstdDecompressor().decompressobj()
    whole_lines = inside.decompress(data).count(b"\n") - (form == "csv")
    assert main([*extract("in")]) == 1
    assert ids(tmp_path / "out.jsonl") == ["a", *(f"n{n}" for n in range(whole_lines))]
    stages = [json.loads(line)["stage"] for line in (tmp_path / "out.errors.jsonl").open()]
    assert stages[-1] == "unpack"
    assert suffix == "zst" or 0 < whole_lines < 60


def test_a_row_that_a_cut_goes_through_is_no_article(tmp_path):
    """S9: wherever an archive of a table is cut; a row that is cut within its text looks like a whole one."""
    rows_of = [f"n{n},Xã Yên Khê họp lần {n}\n".encode() for n in range(6)]
    packed = gzip.compress(b"id,text\n" + b"".join(rows_of), 0)
    file = tmp_path / "b.csv.gz"
    for cut in range(9, 9 + 2 * len(rows_of[0])):
        file.write_bytes(packed[:-cut])
        data = zlib.decompressobj(31).decompress(packed[:-cut])
        whole = data.count(b"\n") - 1 - data.endswith(b"\n")  # nothing tells that a row before the cut is whole
        *good, last = units(sources([str(file)])[0], Options(), lambda _: None)
        read = [unit.data["id"] for unit in good if unit.kind == "row"]
        assert read == [f"n{n}" for n in range(whole)], cut
        assert (last.kind, last.stage) == ("bad", "unpack"), cut


@pytest.mark.parametrize(
    "damage", [ImportError("no html", name="lxml_html_clean"), MemoryError(), OSError(28, "No space left on device")]
)
def test_what_the_machine_lacks_ends_the_run(damage, tmp_path, monkeypatch, capsys):
    """K1: no article is put into the quarantine for it; a sentence, and status 1."""
    from extractor.batch import shard

    def lacking(unit, options):
        raise damage

    monkeypatch.chdir(tmp_path)
    news(tmp_path)
    monkeypatch.setattr(shard, "load_article", lacking)
    assert main([*extract("news.jsonl")]) == 1
    said = capsys.readouterr().err
    assert any(words in said for words in ("the library lxml_html_clean is missing", "out of memory", "No space left"))
    assert "Traceback" not in said
    assert not (tmp_path / "out.jsonl").exists()
    assert not (tmp_path / "out.errors.jsonl").exists()


def test_every_library_that_is_imported_is_a_dependency():
    """K1: named itself, not by the extra of another library, which the pip of Python 3.11 does not follow."""
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    given = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    named = {re.split(r"[^\w.-]", d)[0].lower().replace("_", "-") for d in given}
    modules = {
        name.split(".")[0]
        for file in (root / "extractor").rglob("*.py")
        for node in walked(parsed(file))
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                     if isinstance(node, ast.ImportFrom) and not node.level else [])
    }  # fmt: skip
    known = packages_distributions()
    libraries = {m for m in modules if m in known and m not in sys.stdlib_module_names and m != "extractor"}
    assert {"lxml", "pydantic", "zstandard"} <= libraries
    unnamed = {m for m in libraries if not any(d.lower().replace("_", "-") in named for d in known[m])}
    assert unnamed <= _OF_OTHERS, unnamed
    needed = {re.split(r"[^\w.-]", d)[0].lower() for d in project["dependencies"]}
    assert needed <= {d.lower() for m in libraries for d in known[m]}, "a dependency that nothing imports"
    assert not any("lxml.html.clean" in f.read_text("utf-8") for f in (root / "extractor").rglob("*.py"))


_OF_OTHERS = {
    "brotli",  # taken where it is there; a page that needs it says so
    "underthesea_core",  # underthesea's own
    "uvicorn",  # datasette's server
}


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="needs signals of Unix")
@pytest.mark.parametrize("kind", ["html", "docx"])
def test_the_time_limit_holds_for_the_reading_of_a_file(kind, tmp_path, monkeypatch, capsys):
    """H4: --timeout bounds what comes before the extraction, too: a page that is parsed for ever costs itself."""
    from extractor.batch.engines import InlineEngine
    from extractor.cli import run
    from extractor.ingest import html, office

    def endless(*_):
        while True:
            time.sleep(0.01)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(html, "html_article", endless)
    monkeypatch.setattr(office, "office_text", endless)
    monkeypatch.setattr(run, "LocalEngine", lambda settings, store, ticked, _: InlineEngine(settings, store, ticked))
    beside(f"b.{kind}", f"<html><body><p>{TEXT}</p></body></html>".encode())(tmp_path)
    assert main([*extract("in"), "--timeout", "1"]) == 0
    assert ids(tmp_path / "out.jsonl") == ["a"]
    [row] = [json.loads(line) for line in (tmp_path / "out.errors.jsonl").open()]
    assert (row["id"], row["stage"]) == ("b", "timeout")


def test_inputs_are_known_by_every_byte(tmp_path, monkeypatch, capsys):
    """S7: a byte in the middle of a large input, its size and time as before."""
    monkeypatch.chdir(tmp_path)
    news(tmp_path, {"id": "a", "text": TEXT}, {"id": "long", "text": "chữ " * 700_000})
    arguments = [*extract("news.jsonl", out="tables"), "--max-chars", "1000"]
    assert main(arguments) == 0
    stat = (tmp_path / "news.jsonl").stat()
    data = bytearray((tmp_path / "news.jsonl").read_bytes())
    data[len(data) // 2] = ord("x")
    (tmp_path / "news.jsonl").write_bytes(data)
    os.utime(tmp_path / "news.jsonl", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert main(arguments) == 0
    [run, again] = json.loads((tmp_path / "tables" / "manifest.json").read_text())["history"]
    assert run["inputs"] != again["inputs"]
    assert main([*extract("news.jsonl"), "--max-chars", "1000"]) == 0
    (tmp_path / "news.jsonl").write_bytes(data.replace(b"x", b"y"))
    assert main([*extract("news.jsonl"), "--max-chars", "1000"]) == 2
    assert "other inputs" in capsys.readouterr().err


def test_retry_runs_the_named_articles_again(tmp_path, monkeypatch, capsys):
    """L1: a mended input, and the quarantine of its first run: its articles alone, with the ids they have among all."""
    monkeypatch.chdir(tmp_path)
    news(tmp_path, {"id": "a", "text": TEXT}, {"id": "b", "text": ""}, {"id": "a", "text": " "})
    (tmp_path / "page.txt").write_bytes(bytes(100))
    assert main([*extract("news.jsonl", "page.txt")]) == 0
    news(tmp_path, {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}, {"id": "a", "text": f"{TEXT} Hết."})
    (tmp_path / "page.txt").write_text(f"Tin. {TEXT}", "utf-8")
    given = (str(tmp_path / name) for name in ("news.jsonl", "page.txt"))
    assert main([*extract(*given, out=str(tmp_path / "again.jsonl")), "--retry", "out.errors.jsonl"]) == 0
    assert ids(tmp_path / "again.jsonl") == ["b", "a~2", "page"]


def test_a_record_that_cannot_be_written_costs_itself(tmp_path, monkeypatch, capsys):
    """D3: what no source lets through is still kept apart when a shard is written."""
    from extractor.batch import shard

    monkeypatch.chdir(tmp_path)
    news(tmp_path, *({"id": f"n{n}", "text": TEXT} for n in range(5)))
    real = shard.shard_record

    def spoilt(unit, settings):
        record = real(unit, settings)
        return record.model_copy(update={"title": "\ud800"}) if record.id == "n3" else record

    monkeypatch.setattr(shard, "shard_record", spoilt)
    for out in ("out.jsonl", "tables"):
        assert main([*extract("news.jsonl", out=out)]) == 0
        assert "errors       1 (write 1)" in capsys.readouterr().err
    assert ids(tmp_path / "out.jsonl") == ["n0", "n1", "n2", "n4"]
    assert pq.read_table(tmp_path / "tables" / "articles")["id"].to_pylist() == ["n0", "n1", "n2", "n4"]


def _cut(path):
    path.write_bytes(path.read_bytes()[:-9])


def _flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


_FILES = (
    "articles/part-*-000001.parquet",
    "figures/part-*-000000.parquet",
    "_sketches/part-*-000001.jsonl",
    "_units/part-*-000000.jsonl",
    "_shards/part-*-000000.json",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A finished run of two shards over three articles, one of them bad, beside its input."""
    folder = tmp_path_factory.mktemp("whole")
    news(folder, {"id": "a", "text": TEXT}, {"id": "b", "text": ""}, {"id": "c", "text": f"Tin. {TEXT}"})
    assert main([*extract(str(folder / "news.jsonl"), out=str(folder / "tables")), "--shard-size", "2"]) == 0
    return folder


def _emptied(path):
    path.write_bytes(b"")


def _another(path):
    path.write_text("[1]")


_DAMAGES = (Path.unlink, _cut, _flip, _emptied, _another)


@pytest.mark.parametrize(
    ("file", "damage", "finished"),
    [  # every file finished and not, every damage finished and not; every combination among the slow tests
        pytest.param(file, damage, finished, marks=() if d == (2 * f + finished) % len(_DAMAGES) else pytest.mark.slow)
        for f, file in enumerate(_FILES)
        for d, damage in enumerate(_DAMAGES)
        for finished in (True, False)
    ],
)
def test_damage_is_seen_and_mended(file, damage, finished, whole, tmp_path, capsys):
    """S6, C9: a part or marker that is missing, cut or changed: `check` and `index` say so, the same command mends it."""
    shutil.copytree(whole / "tables", tmp_path / "tables")
    if not finished:
        manifest = json.loads((tmp_path / "tables" / "manifest.json").read_text())
        del manifest["finished"]
        (tmp_path / "tables" / "manifest.json").write_text(json.dumps(manifest))
    tables, marker = str(tmp_path / "tables"), file.startswith("_shards")
    [path] = (tmp_path / "tables").glob(file)
    file = str(path.relative_to(tmp_path / "tables"))
    damage(path)
    never_finished = not finished and marker and damage is Path.unlink
    assert main(["check", tables]) == (0 if never_finished else 1)
    if not never_finished:
        assert file in capsys.readouterr().out
        assert main(["index", tables, "-o", str(tmp_path / "news.db")]) == 2
        assert "damaged" in capsys.readouterr().err
        assert not (tmp_path / "news.db").exists()
    assert main([*extract(str(whole / "news.jsonl"), out=tables), "--shard-size", "2"]) == 0
    assert main(["check", tables]) == 0
    for name in TABLES:
        assert pq.read_table(tmp_path / "tables" / name).equals(pq.read_table(whole / "tables" / name))
    assert [row["id"] for row in map(json.loads, (tmp_path / "tables" / "errors.jsonl").open())] == ["b"]
    assert main(["index", tables, "-o", str(tmp_path / "news.db")]) == 0


def test_damage_of_merged_tables_and_of_lines_is_seen(whole, tmp_path, capsys):
    """S6: what cannot be made again is refused, with the way out."""
    shutil.copytree(whole / "tables", tmp_path / "tables")
    tables, news = str(tmp_path / "tables"), str(whole / "news.jsonl")
    assert main(["merge", tables]) == 0
    assert main(["check", tables]) == 0
    [file] = (tmp_path / "tables" / "dates").iterdir()
    _flip(file)
    for status, command in (
        (1, ["check", tables]),
        (2, ["index", tables, "-o", str(tmp_path / "news.db")]),
        (2, ["merge", tables]),
        (2, [*extract(news, out=tables), "--shard-size", "2"]),
    ):
        assert main(command) == status
        said = capsys.readouterr()
        assert f"dates/{file.name} has changed" in said.out + said.err
    lines_out = tmp_path / "out.jsonl"
    assert main([*extract(news, out=str(lines_out))]) == 0
    assert main(["check", str(lines_out)]) == 0
    _cut(lines_out)
    assert main(["check", str(lines_out)]) == 1
    assert main(["index", str(lines_out), "-o", str(tmp_path / "news.db")]) == 2
    assert "was changed after a run wrote it" in capsys.readouterr().err
    assert main(["check", news]) == 2


@pytest.mark.parametrize("text", ["", "{", "[" * 5000, "[]", "{}", '{"format": "extractor-output"}', "\xff"])
def test_damaged_manifests_are_a_sentence(text, whole, tmp_path, capsys):
    """C9: no traceback, status 2, nothing touched."""
    shutil.copytree(whole / "tables", tmp_path / "tables")
    (tmp_path / "tables" / "manifest.json").write_bytes(text.encode("latin-1"))
    tables = str(tmp_path / "tables")
    sound = {"format": "extractor-output", "format_version": 3, "run": {}}
    for spoilt in (
        "",
        {"run": 1},
        {"finished": 3},
        {"files": []},
        {"history": 7},
        {"first": "x"},
        {"finished": {"parts": "x"}},
    ):
        if spoilt:
            (tmp_path / "tables" / "manifest.json").write_text(json.dumps(sound | spoilt))
        before = snapshot(tmp_path)
        for command in (["check", tables], ["merge", tables], ["index", tables, "-o", str(tmp_path / "news.db")],
                        [*extract(str(whole / "news.jsonl"), out=tables), "--force"]):  # fmt: skip
            assert main(command) == 2, command
            said = capsys.readouterr().err
            assert said.count("\n") == 1
            assert "manifest.json: " in said
        assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    "text",
    [
        "phường Bến\u00a0thạnh",
        "Họp ở phường Bến\u00a0thạnh, ngày 12/1.",
        "Chợ phiên tháng chạp năm 2100.",
        "Ngày rằm tháng 12 năm 2100.",
    ],
)
def test_texts_that_crashed(text):
    """B1, B5: a no-break blank in a name, the last month of the lunar tables."""
    assert extractor.extract(text, backend="none").text == text


def test_numbers_beyond_all_counting_are_none():
    """S5: neither null nor infinite: a row of digits run together is no quantity, and a record with such a number is refused."""
    text = f"Toàn xã có {'7' * 400} người tham gia BHYT; toàn huyện có 8.512 người tham gia BHYT."
    record = extractor.extract(text, backend="none")
    assert [f.value for f in record.figures] == [8512]
    [figure] = record.figures
    with pytest.raises(ValueError, match="finite"):
        type(figure).model_validate(figure.model_dump() | {"value": math.inf})


def test_figures_of_a_long_sentence_are_all_read():
    """S10: however far from its beginning; a long sentence is parted between clauses, not within one."""
    text = ", ".join(f"xã thứ {n} có {n}.345 người tham gia BHYT" for n in range(1, 200)) + "."
    assert len(text) > 7_000
    values = [f.value for f in extractor.extract(text, backend="none").figures]
    assert values == [n * 1000 + 345 for n in range(1, 200)]


@pytest.mark.parametrize(
    "given",
    [
        {"text": None},
        {"text": b"x"},
        {"text": "x", "published": date(1, 1, 1)},
        {"text": "x", "published": date(9999, 12, 31)},
    ],
)
def test_api_refuses_in_words(given):
    """B5, B6: what is no text or no day that can be reckoned with."""
    with pytest.raises(extractor.errors.InputError, match=r"must be a string|not a date"):
        extractor.extract(**given)


def test_api_and_halves_of_surrogate_pairs():
    """B6: in the text they are an error of the article, elsewhere a question mark."""
    with pytest.raises(extractor.errors.ArticleError, match="lone surrogate"):
        extractor.extract("a\ud800b")
    record = extractor.extract("Xã họp.", id="a\ud800", title="b\udfff", backend="none")
    assert (record.id, record.title) == ("a?", "b?")


def test_seen_without_a_limit():
    seen = Seen(latest=10)
    assert all(seen.add(f"a{n}") for n in range(500))
    assert not any(seen.add(f"a{n}") for n in range(500))
    assert all(seen.add(f"b{n}") for n in range(25))


@pytest.mark.parametrize("case", [*DATA, *LEAKS, *CRASHES, *GIVEN], ids=lambda c: c.name)
def test_hostile(case, tmp_path, monkeypatch, capfd):
    case.make(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = snapshot(tmp_path)
    statuses = [main(list(command)) for command in case.commands]
    said = capfd.readouterr().err
    assert statuses == [0] * (len(statuses) - 1) + [case.status], said
    for words in case.said:
        assert words in said
    for words in case.unsaid:
        assert words not in said
    if case.ids is not None:
        assert ids(tmp_path / "out.jsonl") == list(case.ids)
    if case.bad is not None:
        quarantine = tmp_path / "out.errors.jsonl"
        rows = [json.loads(line) for line in quarantine.read_text("utf-8").splitlines()] if quarantine.exists() else []
        assert [row["stage"] for row in rows] == list(case.bad)
    if case.check is not None:
        case.check(tmp_path)
    after = snapshot(tmp_path)
    touched = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    assert {name.split("/")[0] for name in touched} <= set(case.new)


def test_what_others_put_into_an_output_stays(tmp_path, monkeypatch, capsys):
    """D1: files of other names in our own folder outlive a rerun, --force and a merge in place."""
    monkeypatch.chdir(tmp_path)
    news(tmp_path)
    assert main([*extract("news.jsonl", out="tables")]) == 0
    others = {"tables/documents/thesis.docx", "tables/articles/mine.parquet", "tables/.note.tmp", "tables/reading.md"}
    for name in others:
        (tmp_path / name).write_text("mine")
    for command in (
        [*extract("news.jsonl", out="tables"), "--force"],
        ["merge", "tables"],
        extract("news.jsonl", out="tables"),
    ):
        assert main(list(command)) == 0, capsys.readouterr().err
        assert all((tmp_path / name).read_text() == "mine" for name in others)


def test_a_changed_output_is_not_replaced(tmp_path, monkeypatch, capsys):
    """D6: neither a rerun nor --force replaces a file that was edited; a forced run that was killed goes on without it."""
    from extractor.batch import job

    monkeypatch.chdir(tmp_path)
    news(tmp_path, *({"id": f"n{n}", "text": f"{TEXT} {n}"} for n in range(4)))
    assert main([*extract("news.jsonl")]) == 0

    def killed(run):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(job, "finish", killed)
        assert main([*extract("news.jsonl"), "--force", "--shard-size", "2"]) == 130
    capsys.readouterr()
    assert main([*extract("news.jsonl"), "--shard-size", "2"]) == 0
    assert "2 shards were done before" in capsys.readouterr().err
    with (tmp_path / "out.jsonl").open("a") as stream:
        stream.write("a note\n")
    for more in ([], ["--force"]):
        assert main([*extract("news.jsonl"), "--shard-size", "2", *more]) == 2
        assert "was changed after a run wrote it" in capsys.readouterr().err
    assert (tmp_path / "out.jsonl").read_text("utf-8").endswith("a note\n")


def test_merged_tables_are_an_output(tmp_path, monkeypatch, capsys):
    """D2: extracting into the result of a merge neither wipes it nor reads again what is in it; another text is added."""
    monkeypatch.chdir(tmp_path)
    news(tmp_path)
    (tmp_path / "more.jsonl").write_text(lines({"id": "b", "text": TEXT}), "utf-8")
    assert main([*extract("news.jsonl", out="one")]) == 0
    assert main([*extract("more.jsonl", out="two")]) == 0
    assert main(["merge", "one", "two", "-o", "all"]) == 0
    assert main(["merge", "one", "-o", "alone"]) == 0
    before = {out: pq.read_table(tmp_path / out / "articles").to_pylist() for out in ("all", "alone")}
    for source in ("news.jsonl", "more.jsonl"):
        assert main([*extract(source, out="all")]) == 0
    assert main([*extract("news.jsonl", out="alone")]) == 0
    assert {out: pq.read_table(tmp_path / out / "articles").to_pylist() for out in before} == before
    assert main([*extract("more.jsonl", out="alone")]) == 0
    assert pq.read_table(tmp_path / "alone" / "articles")["id"].to_pylist() == ["a", "b"]
    assert main([*extract("more.jsonl", out="all"), "--force"]) == 0


def test_every_finding_has_a_test_that_carries_its_id():
    """The table of SECURITY.md: each test is there, and its words or the names of its cases hold the id."""
    folder = Path(__file__).parent
    table = (folder.parent / "SECURITY.md").read_text("utf-8")
    found = re.findall(r"^\| ([A-Z]\d+)(?:–[A-Z](\d+))? \|.*\| (`.*) \|$", table, re.M)
    assert len(found) > 35
    seen = set()
    for first, last, tests in found:
        letter, start = first[0], int(first[1:])
        for identity in (f"{letter}{n}" for n in range(start, int(last or start) + 1)):
            seen.add(identity)
            for file, name in re.findall(r"`(\w+\.py)::(\w+)`", tests):
                source = (folder / file).read_text("utf-8")
                [body] = re.findall(
                    rf"^(?:async )?def {name}\(.*?(?=^(?:def|@|class|[A-Z_]+ =)|\Z)", source, re.M | re.S
                )
                cases = body + (source if name in ("test_hostile", "test_web_pages") else "")
                ranges = re.sub(r"S1-S4", "S1 S2 S3 S4", cases)
                assert re.search(rf"\b{identity}\b", ranges), (identity, name)
    known = {"A": range(1, 19), "D": range(1, 7),
             "L": [1], "S": range(1, 12), "H": range(1, 6), "B": (1, 5, 6), "C": range(1, 12), "K": [1],
             "W": (1, 3, 4, 5, 6), "P": (0, 1, 4)}  # fmt: skip
    assert seen == {f"{letter}{number}" for letter, numbers in known.items() for number in numbers}


def test_brat_names_hold_on_every_disk(tmp_path):
    """A10: ids that Windows takes for devices, that end in a dot, that differ in capitals alone."""
    ids = [
        "CON",
        "con",
        "nul.txt",
        "Com1",
        "LPT9.a",
        "console",
        "a.",
        "a",
        "A",
        "Á",
        "á",
        "..",
        ".",
        "",
        "x" * 300,
        "X" * 300,
    ]
    write_all([Document(id=key, text="x", mentions=[]) for key in ids], tmp_path / "brat")
    stems = {path.name.removesuffix(".json") for path in (tmp_path / "brat").glob("*.json")}
    assert len({stem.casefold() for stem in stems}) == len(ids)
    devices = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
    assert not [stem for stem in stems if stem.split(".")[0].casefold() in devices or stem.endswith((".", " "))]
    assert {json.loads((tmp_path / "brat" / f"{stem}.json").read_text())["id"] for stem in stems} == set(ids)
    assert "console" in stems


@pytest.mark.parametrize("named", ["../secret.txt", "whole", "link.txt"])
def test_a_corpus_is_read_inside_its_folder(tmp_path, named):
    """A13: the row of a corpus named any file of the machine, whose text came into the gold."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "secret.txt").write_text("Không cho ai đọc.")
    (corpus / "link.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "own.txt").write_text("Ngày 3/2/2019.")
    name = str(tmp_path / "secret.txt") if named == "whole" else named
    manifest = corpus / "manifest.jsonl"
    manifest.write_text(json.dumps({"id": "a", "file": name}) + "\n")
    with pytest.raises(InputError, match=r"manifest\.jsonl, line 1: no file"):
        list(corpus_articles(corpus))
    manifest.write_text(json.dumps({"id": "a", "file": "own.txt"}) + "\n")
    assert [row["text"] for row in corpus_articles(corpus)] == ["Ngày 3/2/2019."]
