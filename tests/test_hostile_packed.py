"""Small files that unpack to far more than they are, or whose parts are looked through again and again; and what ended a run."""

import bz2
import functools
import io
import os
import struct
import tarfile
import tracemalloc
import zipfile

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from damaged_files import TEXT, lines, rows
from test_hostile import beside, extract, ids

from extractor.cli import main
from extractor.dataset.corrections import read_corrections
from extractor.dataset.web.guard import HarmlessCsv
from extractor.errors import ArticleError, InputError
from extractor.ingest.archives import archive_units, unwrapped
from extractor.ingest.html import _NO_PAGE, html_page
from extractor.ingest.http_body import http_body
from extractor.ingest.mapper import Mapper
from extractor.ingest.office import office_text
from extractor.ingest.packages import bounded_package
from extractor.ingest.pages.dom import Page
from extractor.ingest.pages.sample import _FILE, _LINK
from extractor.ingest.pages.titles import title_parts
from extractor.ingest.parquet import parquet_units
from extractor.ingest.sheets import sheet_units
from extractor.ingest.units import Limits, Options

MEGABYTE = 1 << 20
OFFICE = "http://schemas.openxmlformats.org"
MOST = 40_000_000


class Peak:
    """Bytes that Python and its libraries held at once inside the block, as far as they ask Python for them."""

    def __enter__(self):
        tracemalloc.start()
        return self

    def __exit__(self, *_):
        self.bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


# -- A5: workbooks ------------------------------------------------------------------------------------------------------------


def workbook(sheet, spread=0):
    """A workbook of one sheet whose rows are given as XML; `spread` megabytes of blanks stand behind them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{OFFICE}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        for name, target, what in (
            ("_rels/.rels", "xl/workbook.xml", "officeDocument"),
            ("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheet"),
        ):
            archive.writestr(
                name,
                f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" '
                f'Type="{OFFICE}/officeDocument/2006/relationships/{what}" Target="{target}"/></Relationships>',
            )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{OFFICE}/spreadsheetml/2006/main" xmlns:r="{OFFICE}/officeDocument/2006/relationships">'
            '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{OFFICE}/spreadsheetml/2006/main"><sheetData>{sheet}'.encode())
            for _ in range(spread):
                part.write(b" " * MEGABYTE)
            part.write(b"</sheetData></worksheet>")
    return out.getvalue()


def cell(text, place=""):
    return f'<c {f"r={chr(34)}{place}{chr(34)} " if place else ""}t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f"<row>{cell('id')}{cell('text')}</row><row>{cell('a')}{cell(TEXT)}</row>"


@pytest.mark.parametrize(
    "far",
    [
        f'<row r="1048576">{cell("x", "XFD1048576")}</row>',
        f"<row r='1048576'>{cell('x', 'XFD1048576').replace(chr(34), chr(39))}</row>",
        f'<row r = "1048576"><c a=">" {cell("x", "XFD1048576")[3:]}</row>',
        f'<row r="1048570">{cell("x") * 300}</row>',
        f'<x:row xmlns:x="{OFFICE}/spreadsheetml/2006/main" r="1048576"/><row>{cell("x", "XFD1048576")}</row>',
    ],
)
def test_cells_that_lie_far_apart_end_no_run(far, tmp_path, monkeypatch, capsys):
    """A5: the library makes the whole rectangle around a sheet's cells and aborts the process where no memory holds it."""
    monkeypatch.chdir(tmp_path)
    beside("b.xlsx", workbook(HEAD + far))(tmp_path)
    assert main([*extract("in")]) == 1
    assert "its cells lie in a field of" in capsys.readouterr().err
    assert ids(tmp_path / "out.jsonl") == ["a"]


def test_cells_of_real_sheets_are_read(tmp_path):
    """A5: places said, left out, and a long sheet of few columns."""
    for number, sheet in enumerate(
        (
            HEAD,
            f'<row r="1">{cell("id", "A1")}{cell("text", "B1")}</row><row r="9000">{cell("a", "A9000")}{cell(TEXT, "B9000")}</row>',
            f'<row r="1">{cell("id", "A1")}{cell("text", "B1")}</row><row r="1000000">{cell("a", "A1000000")}{cell(TEXT)}</row>',
        )
    ):
        file = tmp_path / f"{number}.xlsx"
        file.write_bytes(workbook(sheet))
        units = list(sheet_units(str(file), Options(), lambda _: None))
        assert [u.data for u in units] == [{"id": "a", "text": TEXT}]


def test_documents_are_unpacked_within_bounds(tmp_path):
    """A6: of a document and a workbook no more is unpacked than a tree of it may hold; pictures are not unpacked at all."""
    report = docx.Document()
    report.add_paragraph(TEXT)
    sink = io.BytesIO()
    report.save(sink)
    large = io.BytesIO()
    with zipfile.ZipFile(sink) as given, zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for info in given.infolist():
            with out.open(info.filename, "w") as part:
                part.write(given.read(info))
                for _ in range(60 if info.filename == "word/document.xml" else 0):
                    part.write(b" " * MEGABYTE)
        out.writestr("word/media/image1.png", bytes(60 * MEGABYTE))
    assert office_text(sink.getvalue(), "docx")[0] == TEXT
    with Peak() as peak, pytest.raises(ArticleError, match="unpacks to more than 50,000,000 bytes"):
        office_text(large.getvalue(), "docx")
    assert peak.bytes < 200 * MEGABYTE
    (tmp_path / "b.xlsx").write_bytes(workbook(HEAD, spread=5))
    with pytest.raises(InputError, match="unpacks to more than"):
        list(sheet_units(str(tmp_path / "b.xlsx"), Options(limits=Limits(max_bytes=400_000)), print))
    assert len(bounded_package(workbook(HEAD), MOST)) > len(HEAD)


# -- A6: archives and bodies that unpack to gigabytes --------------------------------------------------------------------------


def member_that_lies(data, packed, method):
    """An archive of one page that says it is as long as `data`, and holds `packed`."""
    name = b"a.html"
    told = struct.pack("<HHHHLLLHH", 0, method, 0, 0, zipfile.crc32(data), len(packed), len(data), len(name), 0)
    local = b"PK\3\4" + struct.pack("<H", 46) + told + name + packed
    entry = b"PK\1\2" + struct.pack("<HH", 46, 46) + told + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    return local + entry + b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(entry), len(local), 0)


@pytest.mark.parametrize(("method", "reads"), [(zipfile.ZIP_BZIP2, False), (zipfile.ZIP_LZMA, False), (8, True)])
def test_members_of_archives_are_read_to_the_size_they_say(method, reads, tmp_path):
    """A6: a page that is said to be short and unpacks to tens of megabytes."""
    data = b"x" * 1000
    deflate = zipfile.zlib.compressobj(1, zipfile.zlib.DEFLATED, -15)
    packed = (
        deflate.compress(data + bytes(100 * MEGABYTE)) + deflate.flush()
        if reads
        else bz2.compress(bytes(30 * MEGABYTE))
    )
    (tmp_path / "b.zip").write_bytes(member_that_lies(data, packed, method))
    with Peak() as peak:
        [unit] = archive_units(str(tmp_path / "b.zip"), ".zip", Options())
    assert peak.bytes < (100 if reads else 10) * MEGABYTE  # two times what a page may be
    assert (unit.data == data) is reads
    assert reads or "packed by a method that is not read" in unit.reason


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_headers_of_archives_are_short(kind, tmp_path):
    """A6: what stands before a page in a .tar is held whole by the library."""
    info = tarfile.TarInfo("x")
    info.type, info.size = kind, 50 * MEGABYTE
    (tmp_path / "b.tar").write_bytes(info.tobuf(tarfile.USTAR_FORMAT) + bytes(50 * MEGABYTE) + bytes(1024))
    with Peak() as peak, pytest.raises(ArticleError, match="a header of 52,428,800 bytes"):
        list(archive_units(str(tmp_path / "b.tar"), ".tar", Options()))
    assert peak.bytes < 10 * MEGABYTE


def test_headers_of_archives_are_not_kept(tmp_path):
    """A6: an archive of folders, and one page behind them, whose long name stands in a header of its own."""
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        for _ in range(5000):
            folder = tarfile.TarInfo("f" * 90)
            folder.type = tarfile.DIRTYPE
            archive.addfile(folder)
        page = tarfile.TarInfo("ă" * 200 + ".html")
        page.size = len(TEXT.encode())
        archive.addfile(page, io.BytesIO(TEXT.encode()))
    with Peak() as peak:
        [unit] = archive_units(str(tmp_path / "b.tar"), ".tar", Options(limits=Limits(max_bytes=100_000)))
    assert unit.name == "ă" * 200
    assert peak.bytes < 2 * MEGABYTE


@pytest.mark.parametrize("name", ["br", "zstd"])
def test_bodies_of_pages_are_unpacked_within_bounds(name):
    """A6: a body of some kilobytes that holds, and says that it holds, hundreds of megabytes."""
    zstd = zstandard.ZstdCompressor(write_content_size=True).compress
    pack = zstd if name == "zstd" else functools.partial(pytest.importorskip("brotli").compress, quality=1)
    packed = pack(bytes(300 * MEGABYTE))
    with Peak() as peak, pytest.raises(ArticleError, match="larger than 1,000,000 bytes"):
        http_body(packed, name, "", 1_000_000)
    assert peak.bytes < 100 * MEGABYTE
    page = f"<p>{TEXT}</p>".encode() * 500
    assert http_body(pack(page), name, "", len(page)) == page
    with pytest.raises(ArticleError, match="is damaged"):
        http_body(pack(page)[:-3], name, "", len(page))


def test_texts_of_a_table_are_not_spread(tmp_path):
    """A6: a text that all rows of a Parquet file share stands in it once."""
    long = "a" * MEGABYTE
    table = pa.table({"id": [str(n) for n in range(60)], "text": [long] * 60, "title": [None, "b"] * 30})
    pq.write_table(table, tmp_path / "b.parquet", compression="zstd")
    with Peak() as peak:
        found = [
            (u.data["id"], len(u.data["text"]), u.data["title"])
            for u in parquet_units(str(tmp_path / "b.parquet"), Options(), Mapper("b", Options(), print))
        ]
    assert found == [(str(n), MEGABYTE, "b" if n % 2 else None) for n in range(60)]
    assert peak.bytes < 20 * MEGABYTE


# -- A7: pages that were read again and again ----------------------------------------------------------------------------------


def test_comments_before_a_page_are_read_once():
    """A7: every comment could end at the end of every other one."""
    for head in (b"<!-- -->", b"<?x?>", b"<!-- a -->\n<?y ?> "):
        page = head * (2000 // len(head))
        assert _NO_PAGE.match(page + b"<html>", timeout=20) is None
        assert _NO_PAGE.match(page + b"<rss>", timeout=20)[1] == b"rss"
    assert _NO_PAGE.match(b'\xef\xbb\xbf\n<?xml version="1.0"?> <!-- <rss> --> <urlset a="b">')[1] == b"urlset"


def test_addresses_of_style_sheets_are_read_once():
    """A7: an address that goes on to the end of the page, and holds others."""
    page = b"href=" * 12_000
    [link] = _LINK.findall(page, timeout=20)
    assert _FILE.search(link, timeout=20) is None
    links = _LINK.findall(b"<link href=\"/tin/css/a-b.css?v=2\"><script SRC = xy.js></script><img src='c/d.png'>")
    assert [found and found[0] for found in map(_FILE.search, links)] == [b"a-b.css", b"xy.js", None]


def test_titles_of_many_parts_are_short():
    """A7: of a title between bars all parts are candidates: those that are no headline are not even made."""
    page = Page(
        title="Xã Yên Khê họp | " * 4000, declared=[{"headline": f"Tin {n} của xã Yên Khê"} for n in range(5000)]
    )
    with Peak() as peak:
        found = list(title_parts(page))
    assert len(found) < 150
    assert ("Tin 7 của xã Yên Khê", "json-ld") in found
    assert ("Xã Yên Khê họp", "title") in found
    assert peak.bytes < 10 * MEGABYTE


# -- A8: what ended a run, or was an error of ours ------------------------------------------------------------------------------


def test_an_address_that_is_none_costs_no_run(tmp_path, monkeypatch, capsys):
    """A8: three pages of one site, whose address is met when the site is learnt."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(4):
        (tmp_path / "in" / f"{number}.html").write_text(
            f'<html><head><link rel="canonical" href="http://[::1/{number}"></head><body><div class="bai">'
            f"<h1>Tin số {number} của xã Yên Khê</h1><p>{TEXT * (number + 3)}</p></div></body></html>",
            "utf-8",
        )
    assert main([*extract("in")]) == 0
    assert ids(tmp_path / "out.jsonl") == ["0", "1", "2", "3"]
    assert "1 site" in capsys.readouterr().err


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "a\0b", "zlib", "none"])
def test_saved_pages_of_odd_encodings_are_read(charset):
    """A8: names of encodings that are none, or of encodings for other things."""
    page = f"<html><body><p>{TEXT * 4}</p></body></html>"
    data = f"MIME-Version: 1.0\nContent-Type: text/html; charset={charset}\n\n{page}".encode()
    assert html_page(data)[0].blocks[0].text == (TEXT * 4)


def test_saved_pages_in_saved_pages_are_refused():
    """A8: a thousand of them."""
    data = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n"
    for number in range(1200):
        data += b"--b%d\nContent-Type: multipart/related; boundary=b%d\n\n" % (number, number + 1)
    with pytest.raises(ArticleError, match="a damaged saved page") as refused:
        unwrapped(data + b"--b1200\nContent-Type: text/html\n\n<p>x</p>\n")
    assert refused.value.stage == "html"


def test_rows_of_packed_pages_are_named(tmp_path, monkeypatch, capsys):
    """A6: the page that is not read is in the quarantine, those beside it are read."""
    monkeypatch.chdir(tmp_path)
    beside("b.jsonl", rows({"id": "b", "text": TEXT}))(tmp_path)
    with zipfile.ZipFile(tmp_path / "in" / "c.zip", "w") as archive:
        for name, method in (("x.html", zipfile.ZIP_BZIP2), ("y.html", zipfile.ZIP_DEFLATED)):
            archive.writestr(name, f"<html><body><h1>Tin</h1><p>{TEXT * 4}</p></body></html>", method)
    assert main([*extract("in")]) == 1
    assert ids(tmp_path / "out.jsonl") == ["a", "b", "y"]


def test_lines_of_corrections_end_at_line_feeds(tmp_path):
    """A8: what other programs take for the end of a line may stand in a text that is quoted."""
    text = "xã\u2028Yên\x85Khê\x0b"
    line = {"id": "a", "field": "locations", "start": 1, "end": 9, "text": text, "wrong": "span"}
    (tmp_path / "own.jsonl").write_text(lines(line, line), "utf-8")
    assert [one.text for one in read_corrections(tmp_path / "own.jsonl")[0]] == [text, text]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
def test_pipes_among_tables_are_not_waited_for(tmp_path, monkeypatch, capsys):
    """A9: neither in an output of ours nor in a folder of tables from elsewhere."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.jsonl").write_text(lines({"id": "a", "text": TEXT}), "utf-8")
    assert main([*extract("news.jsonl", out="tables")]) == 0
    [part] = (tmp_path / "tables" / "figures").iterdir()
    part.unlink()
    os.mkfifo(part)
    assert main(["check", "tables"]) == 1
    assert part.name in capsys.readouterr().out
    assert main(["index", "tables"]) == 2
    (tmp_path / "foreign" / "articles").mkdir(parents=True)
    os.mkfifo(tmp_path / "foreign" / "articles" / "part.parquet")
    assert main(["index", "foreign"]) == 2
    assert "no articles/*.parquet in it" in capsys.readouterr().err


def test_a_long_cell_of_a_download_is_read_once():
    """A7: a row that comes in pieces, its end in the last one."""
    table = HarmlessCsv()
    row = b'a,"=' + b'b""' * 20_000 + b'\n",c\r\n'
    out = b"".join(table.feed(row[at : at + 30_000], False) for at in range(0, len(row), 30_000)) + table.feed(
        b"x,=y", True
    )
    assert out == b"\xef\xbb\xbf" + row.replace(b'"=', b"\"'=") + b"x,'=y\r\n"
