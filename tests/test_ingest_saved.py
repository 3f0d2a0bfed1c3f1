"""What people save: browsers' folders and single files, archives of pages, feeds under a page's name, bodies of HTTP."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile
import zlib

import pytest
from portal_sites import STORIES, blog, tables

from extractor.errors import ArticleError, InputError
from extractor.ingest.archives import is_files_folder, is_page, unwrapped
from extractor.ingest.articles import load_article
from extractor.ingest.http_body import http_body
from extractor.ingest.office import split_letters
from extractor.ingest.readers import units
from extractor.ingest.sources import sources
from extractor.ingest.units import Limits, Options, Unit

PAGE = blog(STORIES[0]).encode()
MOST = 1_000_000


def read(path, options=None):
    """The titles of the articles of a path, and the stages of what is none."""
    options = options or Options()
    out = []
    for unit in units(sources([str(path)])[0], options, lambda _: None):
        try:
            out.append(load_article(unit, options).article.title)
        except ArticleError as error:
            out.append(error.stage)
    return out


def mhtml(page: bytes, encoding: str = "utf-8") -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://muongkhe.example/tin/1"
    message["Subject"] = "=?utf-8?Q?Tin?="
    message["MIME-Version"] = "1.0"
    message.set_content(page.decode(), subtype="html", charset=encoding)
    message["Content-Location"] = "https://muongkhe.example/tin/1"
    message.add_related(b"png", maintype="image", subtype="png")
    return message.as_bytes()


def test_saved_folders_beside_pages_are_no_articles(tmp_path):
    for name in ("a.html", "a_files/frame.html", "b.htm", "b.files/ad.html", "tep_files/c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PAGE)
    found, notes = sources([str(tmp_path)])
    assert [s.name for s in found] == ["a", "b", "tep_files/c"]
    assert notes == [f"{tmp_path}: 2 folders that a browser saved beside its pages left out"]


@pytest.mark.parametrize(
    ("folder", "beside", "saved"),
    [
        ("x_files", {"x.html"}, True),
        ("x_files", {"y.html"}, False),
        ("files", {"x.html"}, False),
        ("x.files", {"x.mht"}, True),
    ],
)
def test_saved_folder_names(folder, beside, saved):
    assert is_files_folder(folder, beside) is saved


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_saved_in_one_file(tmp_path, encoding):
    (tmp_path / "tin.mhtml").write_bytes(mhtml(PAGE, encoding))
    [unit] = units(sources([str(tmp_path)])[0], Options(), lambda _: None)
    article = load_article(unit, Options()).article
    assert (article.id, article.title, article.url) == ("tin", STORIES[0].title, "https://muongkhe.example/tin/1")


def test_saved_in_one_file_without_a_page():
    with pytest.raises(ArticleError, match="without HTML"):
        unwrapped(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nabc")
    assert unwrapped(PAGE) == (PAGE, None)
    assert unwrapped(b"Bao: co so\nMIME la gi?") == (b"Bao: co so\nMIME la gi?", None)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a/b.html", True), ("b.HTM", True), ("c.mht", True), ("a_files/b.html", False), ("__MACOSX/b.html", False),
        (".b.html", False), ("style.css", False), ("x/.git/b.html", False),
    ],
)  # fmt: skip
def test_saved_members_that_are_pages(name, page):
    assert is_page(name) is page


def archive(path, pages):
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name, data in pages:
                out.writestr(name, data)
        return
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as out:
        for name, data in pages:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize("name", ["p.zip", "p.tar", "p.tar.gz", "p.tgz"])
def test_saved_archives_of_pages(tmp_path, name):
    pages = [
        ("in/a.html", PAGE),
        ("in/a_files/x.js", b"x"),
        ("in/b.html", tables(STORIES[1]).encode()),
        ("rong.html", b""),
    ]
    archive(tmp_path / name, pages)
    assert read(tmp_path / name) == [STORIES[0].title, STORIES[1].title, "empty"]
    found = list(units(sources([str(tmp_path / name)])[0], Options(), lambda _: None))
    assert [u.name for u in found] == ["in/a", "in/b", "rong"]


@pytest.mark.parametrize("name", ["p.zip", "p.tar.gz", "p.tgz"])
def test_saved_archive_that_is_cut(tmp_path, name):
    import random

    noise = random.Random(3).randbytes(40_000)
    archive(tmp_path / name, [("a.html", PAGE), ("b.html", noise), ("c.html", noise)])
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    assert read(tmp_path / name)[-1] == "unpack"


def test_saved_archive_limits(tmp_path):
    archive(tmp_path / "bomb.zip", [("a.html", b"<p>" + b"a" * 3_000_000)])
    assert read(tmp_path / "bomb.zip") == ["unpack"]
    archive(tmp_path / "p.zip", [("a.html", PAGE * 3), ("b.html", PAGE)])
    assert read(tmp_path / "p.zip", Options(limits=Limits(max_bytes=len(PAGE)))) == ["too-long", STORIES[0].title]
    archive(tmp_path / "none.zip", [("a.css", b"a")])
    with pytest.raises(InputError, match="holds no page"):
        read(tmp_path / "none.zip")


@pytest.mark.parametrize(
    ("start", "what"),
    [
        ('<?xml version="1.0"?>\n<rss version="2.0"><channel>', "an RSS feed"),
        ('<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="x"?><urlset xmlns="x">', "a site map"),
        ("<!-- made by --><feed xmlns='http://www.w3.org/2005/Atom'>", "an Atom feed"),
    ],
)
def test_saved_feeds_say_what_they_are(start, what):
    with pytest.raises(ArticleError, match=what):
        load_article(Unit("html", "x", data=start.encode() + PAGE, name="x"), Options())


def test_saved_feeds_as_files(tmp_path):
    (tmp_path / "sitemap.xml").write_text("<urlset></urlset>")
    with pytest.raises(InputError, match="lists addresses"):
        sources([str(tmp_path / "sitemap.xml")])


def test_saved_address_needs_a_client(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"\[http\].*robots\.txt"):
        sources(["https://muongkhe.example/tin/1"])
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    [source] = sources(["https://muongkhe.example/tin/1"])[0]
    assert (source.path, source.suffix) == ("https://muongkhe.example/tin/1", ".html")


def chunked(data: bytes) -> bytes:
    out = [b"%x;q=1\r\n%s\r\n" % (len(data[i : i + 500]), data[i : i + 500]) for i in range(0, len(data), 500)]
    return b"".join(out) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "transfer"),
    [
        (PAGE, "", ""),
        (gzip.compress(PAGE), "gzip", ""),
        (zlib.compress(PAGE), "deflate", ""),
        (zlib.compress(PAGE)[2:-4], "deflate", ""),
        (PAGE, "gzip", ""),  # the crawler had unpacked it
        (PAGE, "br", "chunked"),
        (chunked(PAGE), "", "chunked"),
        (chunked(gzip.compress(PAGE)), "gzip", "chunked"),
        (PAGE, "", "chunked"),
        (chunked(PAGE)[:-7], "", "chunked"),
        (gzip.compress(PAGE) + b"rest", "x-gzip", ""),
        (gzip.compress(gzip.compress(PAGE)), "gzip, gzip", ""),
    ],
)
def test_saved_http_bodies(data, encoding, transfer):
    assert http_body(data, encoding, transfer, MOST) == PAGE


@pytest.mark.parametrize(
    ("data", "encoding", "stage"),
    [
        (b"\x1f\x8bxx", "gzip", "unpack"),
        (b"abc", "lz9", "unpack"),
        (gzip.compress(b"a" * 2 * MOST), "gzip", "too-long"),
    ],
)
def test_saved_http_bodies_that_are_bad(data, encoding, stage):
    with pytest.raises(ArticleError) as caught:
        http_body(data, encoding, "", MOST)
    assert caught.value.stage == stage


def test_saved_bad_body_costs_itself_alone(tmp_path):
    def response(number: int, body: bytes, packing: str) -> bytes:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n" % packing.encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2019-01-01T00:00:00Z\r\n"
            f"WARC-Target-URI: http://muongkhe.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        return head.encode() + http + b"\r\n\r\n"

    records = [
        response(1, gzip.compress(PAGE), "gzip"),
        response(2, gzip.compress(PAGE)[:40] + b"\x00\x01\x02", "gzip"),
        response(3, PAGE, "gzip"),
        response(4, b"\x1f\x8b\x00\x00broken", "gzip"),
        response(5, PAGE, "identity"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    got = read(tmp_path / "a.warc")
    assert (got[0], got[2], got[3], got[4]) == (STORIES[0].title, STORIES[0].title, "unpack", STORIES[0].title)
    (tmp_path / "cut.warc").write_bytes(b"".join(records)[:-300])
    assert read(tmp_path / "cut.warc")[:1] == [STORIES[0].title]


def test_saved_pages_are_as_long_as_their_archive_says(tmp_path):
    def record(number: int, body: bytes, said: int, head: str = "") -> bytes:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}Content-Length: {said}\r\n\r\n".encode() + body
        return (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2019-01-01T00:00:00Z\r\n"
            f"WARC-Target-URI: http://muongkhe.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        ).encode() + http + b"\r\n\r\n"  # fmt: skip

    packed = gzip.compress(PAGE)
    records = [
        record(1, PAGE, len(PAGE)),
        record(2, PAGE, 40),
        record(3, PAGE, len(packed), "Content-Encoding: gzip\r\n"),  # the crawler unpacked it
        record(4, packed, len(packed), "Content-Encoding: gzip\r\n"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    assert read(tmp_path / "a.warc") == [STORIES[0].title, "unpack", STORIES[0].title, STORIES[0].title]
    for name, data in (("b.warc", b"".join(records)[:-90]), ("b.warc.gz", gzip.compress(b"".join(records))[:-90])):
        (tmp_path / name).write_bytes(data)
        got = read(tmp_path / name)
        assert got[:3] == [STORIES[0].title, "unpack", STORIES[0].title][: len(got[:3])]
        assert got[-1] == "unpack"


@pytest.mark.parametrize("name", ["p.tar", "p.tgz", "p.tar.gz"])
@pytest.mark.parametrize("how", ["cut", "changed"])
def test_saved_archives_that_are_damaged_say_so(tmp_path, name, how):
    noise = random.Random(5)
    pages = [(f"{n}.html", PAGE + b"<!--%s-->" % noise.randbytes(20_000).hex().encode()) for n in range(5)]
    archive(tmp_path / name, pages)
    data = (tmp_path / name).read_bytes()
    half = len(data) // 2
    if how == "cut":
        changed = data[:half]
    elif name == "p.tar":
        at = data.index(b"2.html")
        changed = data[:at] + b"?" * 512 + data[at + 512 :]
    else:
        changed = data[:half] + bytes(40) + data[half + 40 :]
    (tmp_path / name).write_bytes(changed)
    got = read(tmp_path / name)
    assert got[:2] == [STORIES[0].title] * 2
    assert (got[-1], len(got) <= 6) == ("unpack", True)


def test_saved_profiles_are_told_by_what_they_hold(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "sites.json").write_text('{"version": 1, "sites": {}}', encoding="utf-8")
    (tmp_path / "r.sites.json").write_text('[{"text": "Chợ phiên họp vào thứ bảy."}]', encoding="utf-8")
    assert [s.name for s in sources([str(tmp_path)])[0]] == ["a", "r.sites"]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = """
<w:p><w:r><w:t>BÁO CÁO</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Xã </w:t></w:r>
<w:smartTag w:uri="x" w:element="place"><w:r><w:t>Chiềng Lao</w:t></w:r></w:smartTag>
<w:ins w:id="1" w:author="a"><w:r><w:t xml:space="preserve"> có 14 bản</w:t></w:r></w:ins>
<w:del w:id="2" w:author="a"><w:r><w:delText> cũ</w:delText></w:r></w:del></w:p>
<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr>
<w:sdtContent><w:p><w:r><w:t>Trong ô nhập</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:r><w:t>Chữ ngoài</w:t></w:r>
<w:r><w:pict>
<w:txbxContent><w:p><w:r><w:t>Chữ trong khung</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Bản</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>Số hộ</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Pá Hát</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>61</w:t></w:r></w:p>
<w:p><w:r><w:t>hộ</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
"""


def test_saved_docx_holds_all_that_is_read(tmp_path):
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    document = docx.Document()
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for node in parse_xml(f'<w:body xmlns:w="{W}">{BODY}</w:body>'):
        body.append(node)
    document.save(tmp_path / "a.docx")
    [unit] = units(sources([str(tmp_path / "a.docx")])[0], Options(), lambda _: None)
    text = load_article(unit, Options()).article.text
    assert [line for line in text.split("\n") if line.strip()] == [
        "BÁO CÁO", "Xã Chiềng Lao có 14 bản", "Trong ô nhập", "Chữ ngoài", "Chữ trong khung", "Bản\tSố hộ", "Pá Hát\t61 hộ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "split"),
    [
        ("H ộ i ngh ị t ổ ng k ế t ", True),
        ("Hội nghị tổng kết công tác năm ", False),
        ("Nghi \u0323 quyê \u0301t ", True),
    ],
)
def test_saved_pdf_with_split_letters(line, split):
    assert split_letters(line * 30) is split
