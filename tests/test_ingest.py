"""Readers: every format, packed and not, good and broken, to articles with ids and dates."""

import gzip
import io
import json
import unicodedata
import zipfile
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import ArticleError, InputError
from extractor.ingest.articles import load_article
from extractor.ingest.columns import resolve
from extractor.ingest.published import parse_published
from extractor.ingest.quarantine import named, quarantined
from extractor.ingest.readers import units
from extractor.ingest.sources import sources
from extractor.ingest.streams import suffixes
from extractor.ingest.units import Columns, Limits, Options

TEXT = "Sáng 5/3, Ủy ban nhân dân huyện Hòa Mỹ tổ chức hội nghị về bảo hiểm y tế tại các xã."
ROWS = [
    {"id": "a1", "text": TEXT, "published": "2018-03-05", "title": "Hội nghị"},
    {"id": "a2", "text": TEXT + " Lần hai.", "published": None, "title": None},
]


def loaded(*paths, options=None):
    options = options or Options()
    notes = []
    found, _ = sources([str(p) for p in paths])
    out = []
    for unit in units(found, options, notes.append):
        try:
            out.append(load_article(unit, options).article)
        except ArticleError as error:
            out.append((error.stage, str(error)))
    return out, notes


def write_docx(path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Kế hoạch phát triển bảo hiểm y tế")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "xã Tân Lập", "1.240 người"
    document.add_paragraph(TEXT)
    document.save(path)


def write_warc(path, pages):
    pytest.importorskip("fastwarc")
    out = io.BytesIO()
    for number, (url, status, kind, body) in enumerate(pages):
        http = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out.write(head.encode() + http + b"\r\n\r\n")
    path.write_bytes(out.getvalue())


def jsonl(rows):
    return b"".join(json.dumps(r, ensure_ascii=False).encode() + b"\n" for r in rows)


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
@pytest.mark.parametrize("form", [".jsonl", ".csv", ".tsv", ".parquet", ".json"])
def test_readers_tables(tmp_path, form, packing):
    if form == ".jsonl":
        data = jsonl(ROWS)
    elif form == ".json":
        data = json.dumps(ROWS).encode()
    elif form == ".parquet":
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(ROWS), sink)
        data = sink.getvalue()
    else:
        import csv

        sink = io.StringIO()
        writer = csv.DictWriter(sink, list(ROWS[0]), delimiter="\t" if form == ".tsv" else ",")
        writer.writeheader()
        writer.writerows(ROWS)
        data = sink.getvalue().encode()
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[packing]
    path = tmp_path / f"news{form}{packing}"
    path.write_bytes(pack(data))
    articles, notes = loaded(path)
    assert [(a.id, a.text, a.published, a.title) for a in articles] == [
        ("a1", TEXT, date(2018, 3, 5), "Hội nghị"),
        ("a2", TEXT + " Lần hai.", None, None),
    ]
    assert notes == []


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_readers_texts_and_names(tmp_path, packing):
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[packing]
    (tmp_path / "b").mkdir()
    (tmp_path / f"a.txt{packing}").write_bytes(pack(TEXT.encode()))
    (tmp_path / "b" / f"a.txt{packing}").write_bytes(pack(TEXT.encode()))
    (tmp_path / "b" / f"a.html{packing}").write_bytes(pack(f"<html><body><p>{TEXT * 3}</p></body></html>".encode()))
    (tmp_path / "b" / "picture.jpg").write_bytes(b"x")
    articles, _ = loaded(tmp_path)
    assert [a.id for a in articles] == ["a", f"b/a.html{packing}", f"b/a.txt{packing}"]
    assert articles[0].text == TEXT
    by_glob, _ = loaded(tmp_path / "**" / "*.txt*")
    assert len(by_glob) == 2


def test_names_in_the_folder_a_command_is_typed_in(tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    for name in ("bài.txt", "sub/bài.txt"):
        (tmp_path / name).write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    assert [a.id for a in loaded(".")[0]] == [a.id for a in loaded(tmp_path)[0]] == ["bài", "sub/bài"]


def test_readers_docx(tmp_path):
    write_docx(tmp_path / "plan.docx")
    [article], _ = loaded(tmp_path / "plan.docx")
    assert article.text == f"Kế hoạch phát triển bảo hiểm y tế\nxã Tân Lập\t1.240 người\n{TEXT}"


def test_readers_pdf(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(
        b"BT /F1 12 Tf 50 700 Td (Bao cao so 12/BC-UBND cua huyen ve ket qua) Tj 0 -14 Td (thuc hien ke hoach.) Tj ET"
    )
    page[NameObject("/Contents")] = stream
    writer.write(tmp_path / "report.pdf")
    [article], _ = loaded(tmp_path / "report.pdf")
    assert article.text == "Bao cao so 12/BC-UBND cua huyen ve ket qua thuc hien ke hoach."
    (tmp_path / "torn.pdf").write_bytes((tmp_path / "report.pdf").read_bytes()[:80])
    [(stage, _reason)], _ = loaded(tmp_path / "torn.pdf")
    assert stage in ("office", "empty")


def test_readers_warc(tmp_path):
    head = '<head><meta name="pubdate" content="2018-03-05"></head>'
    page = f"<html>{head}<body><h1>Hội nghị bảo hiểm</h1><p>{TEXT * 3}</p></body></html>"
    pages = [
        ("http://huyen.example/tin/1", 200, "text/html", page.encode()),
        ("http://huyen.example/anh.png", 200, "image/png", b"png"),
        ("http://huyen.example/mat", 404, "text/html", b"khong co"),
        ("http://huyen.example/tin/2", 200, "Text/HTML; charset=utf-8", page.encode()),
    ]
    write_warc(tmp_path / "crawl.warc", pages)
    (tmp_path / "crawl2.warc.gz").write_bytes(gzip.compress((tmp_path / "crawl.warc").read_bytes()))
    articles, _ = loaded(tmp_path / "crawl.warc")
    assert [(a.url, a.published, a.date_source) for a in articles] == [
        ("http://huyen.example/tin/1", date(2018, 3, 5), "meta"),
        ("http://huyen.example/tin/2", date(2018, 3, 5), "meta"),
    ]
    assert articles[0].id.startswith("url-")
    assert loaded(tmp_path / "crawl2.warc.gz")[0] == articles


def test_readers_fsspec():
    import fsspec

    with fsspec.open("memory://in/a.jsonl.gz", "wb") as stream:
        stream.write(gzip.compress(jsonl(ROWS)))
    with fsspec.open("memory://in/b.txt", "wb") as stream:
        stream.write(TEXT.encode())
    articles, _ = loaded("memory://in/")
    assert [a.id for a in articles] == ["a1", "a2", "b"]
    with pytest.raises(InputError, match="no such file"):
        loaded("memory://nowhere/a.txt")


def test_jsonl_text_changes_by_composition_alone(tmp_path):
    import unicodedata

    odd = "  Hoà\u00a0Bình \u200b– Ðồng\r\nTháp\t " + unicodedata.normalize("NFD", "tỉnh")
    (tmp_path / "a.jsonl").write_bytes(jsonl([{"id": 7, "text": odd}]))
    [article], _ = loaded(tmp_path / "a.jsonl")
    assert article.id == "7"
    assert article.text == unicodedata.normalize("NFC", odd)


def test_jsonl_broken_lines_are_kept_apart(tmp_path):
    good = jsonl(ROWS).splitlines()
    (tmp_path / "a.jsonl").write_bytes(
        b"\n".join(
            [good[0], b'{"id": "x", "text": "half', b"", b'"str"', b"\xff\xfe{", good[1], b'{"id": "e", "text": " "}']
        )
    )
    articles, notes = loaded(tmp_path / "a.jsonl")
    assert [a if isinstance(a, tuple) else a.id for a in articles if not isinstance(a, tuple)] == ["a1", "a2"]
    assert [a[0] for a in articles if isinstance(a, tuple)] == ["read", "read", "decode", "empty"]
    assert notes[0].startswith(f"{tmp_path}/a.jsonl:2: broken line, not JSON")


def test_jsonl_without_one_good_line_is_refused(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "hal\nnothing\n')
    with pytest.raises(InputError, match=r"a.jsonl:1: broken line, not JSON"):
        loaded(tmp_path / "a.jsonl")


def test_columns_are_guessed_and_said(tmp_path):
    (tmp_path / "a.csv").write_text(
        f'Tiêu đề;Nội dung;Ngày đăng;Link\nHội nghị;"{TEXT}";05/03/2018;http://x.example/1\n'
    )
    [article], notes = loaded(tmp_path / "a.csv")
    assert (article.title, article.text, article.published, article.url) == (
        "Hội nghị",
        TEXT,
        date(2018, 3, 5),
        "http://x.example/1",
    )
    assert notes == [
        f"{tmp_path}/a.csv: columns guessed: "
        "text from 'Nội dung', title from 'Tiêu đề', published from 'Ngày đăng', url from 'Link'"
    ]


def test_longer_names_of_columns_are_guessed_where_no_usual_one_is_there():
    names = ["STT", "Tiêu đề bài", "Nội dung bài viết", "Ngày đăng tin", "Nguồn tin", "Link ảnh"]
    columns, _note = resolve(names, Columns(), "f.csv")
    assert (columns.title, columns.text, columns.published, columns.source, columns.url) == (
        "Tiêu đề bài",
        "Nội dung bài viết",
        "Ngày đăng tin",
        "Nguồn tin",
        None,
    )
    columns, _note = resolve(["Nội dung cũ", "Nội dung"], Columns(), "f.csv")
    assert columns.text == "Nội dung"


def test_a_table_in_windows_1258_is_read_with_its_header(tmp_path):
    def encoded(text):  # tones stand apart from their vowels there
        out = b""
        for letter in text:
            try:
                out += letter.encode("cp1258")
            except UnicodeEncodeError:
                base, *tones = unicodedata.normalize("NFD", letter)
                tone = next(t for t in tones if t in "\u0300\u0301\u0303\u0309\u0323")
                rest = unicodedata.normalize("NFC", base + "".join(t for t in tones if t != tone))
                out += (rest + tone).encode("cp1258")
        return out

    table = f'Tiêu đề,Nội dung,Ngày xuất bản\nHội nghị ở xã Bình Mỹ,"{TEXT}",05/03/2018\n'
    (tmp_path / "a.csv").write_bytes(encoded(table))
    [article], _notes = loaded(tmp_path / "a.csv")
    assert (article.title, article.text, article.published) == ("Hội nghị ở xã Bình Mỹ", TEXT, date(2018, 3, 5))


def test_titles_above_the_header_of_a_sheet_are_skipped(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Tháng 6")
        sheet.write_row(0, 0, ["DANH SÁCH BÀI"])
        sheet.write_row(2, 0, ["STT", "Toàn văn", "Ngày đăng"])
        sheet.write_row(3, 0, [1, TEXT, "05/03/2018"])
        bare = book.add_worksheet("Ghi chú")
        bare.write_row(0, 0, ["Người lập"])
        bare.write_row(1, 0, ["Mã số", "Tên", "Việc"])
    [article], notes = loaded(tmp_path / "a.xlsx")
    assert (article.text, article.published) == (TEXT, date(2018, 3, 5))
    assert any("(columns: Mã số, Tên, Việc) (sheet Ghi chú): left out" in note for note in notes)


def test_files_that_are_left_out_are_named(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.doc").write_bytes(b"\xd0\xcf")
    for name in ("c.jpg", "d.jpg"):
        (tmp_path / name).write_bytes(b"\xff\xd8")
    _found, notes = sources([str(tmp_path)])
    assert notes == [
        f"{tmp_path}: 3 files of other formats left out: .doc 1 (b.doc), .jpg 2 (c.jpg …); "
        "save .doc and .rtf as .docx to have them read"
    ]


def test_columns_given_and_missing():
    columns, _note = resolve(["ma", "than_bai", "ngay"], Columns(text="than_bai"), "f.csv")
    assert (columns.id, columns.text, columns.published) == ("ma", "than_bai", "ngay")
    with pytest.raises(InputError, match="no column 'chu'; the columns are ma, ngay"):
        resolve(["ma", "ngay"], Columns(text="chu"), "f.csv")
    with pytest.raises(InputError, match="--text-column"):
        resolve(["ma", "ngay"], Columns(), "f.csv")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2018-01-13", date(2018, 1, 13)),
        ("2018-01-13T23:30:00+07:00", date(2018, 1, 13)),
        ("13/01/2018 08:30", date(2018, 1, 13)),
        ("Thứ bảy, 13.1.2018", date(2018, 1, 13)),
        ("20180113", date(2018, 1, 13)),
        (20180113, date(2018, 1, 13)),
        (1515776400, date(2018, 1, 13)),
        (1515776400000, date(2018, 1, 13)),
        (datetime(2018, 1, 13, 5, tzinfo=UTC), date(2018, 1, 13)),
        (date(2018, 1, 13), date(2018, 1, 13)),
        ("04 tháng 3 năm 2019", date(2019, 3, 4)),
        ("Thứ Hai, ngày 4 tháng 3 năm 2019", date(2019, 3, 4)),
        ("13 Th3, 2019", date(2019, 3, 13)),
        ("4/3/19", date(2019, 3, 4)),
        ("28-12-98", date(1998, 12, 28)),
        ("Mar 4 2019", date(2019, 3, 4)),
        ("4 March 2019", date(2019, 3, 4)),
        ("Mon, 04 Mar 2019 20:00:00 GMT", date(2019, 3, 5)),
        ("2019-03-03T20:00:00Z", date(2019, 3, 4)),
        ("2019-03-03 20:00:00 UTC", date(2019, 3, 4)),
        (datetime(2019, 3, 3, 20, tzinfo=UTC), date(2019, 3, 4)),
        (43528, date(2019, 3, 4)),
        (43528.375, date(2019, 3, 4)),
        ("43528", date(2019, 3, 4)),
        ("43528.0", date(2019, 3, 4)),
        ("31/02/19", None),
        ("12 tháng 13 năm 2019", None),
        ("NaN", None),
        ("NaT", None),
        (43.5, None),
        (12345, None),
        ("31/02/2018", None),
        ("hôm qua", None),
        ("2018", None),
        ("", None),
        (None, None),
        (float("nan"), None),
        (True, None),
        (3.5, None),
        (10**400, None),
        (-(10**400), None),
    ],
)
def test_published_values(value, day):
    assert parse_published(value) == day


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers()))
def test_published_never_fails(value):
    assert parse_published(value) is None or isinstance(parse_published(value), date)


@given(st.dates(date(1995, 1, 1), date(2099, 12, 31)))
def test_published_reads_both_orders(day):
    assert (
        parse_published(day.isoformat())
        == parse_published(day.strftime("%d/%m/%Y"))
        == parse_published(day.strftime("%Y%m%d"))
        == day
    )


def test_published_given_is_for_articles_without(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(jsonl(ROWS))
    articles, _ = loaded(tmp_path / "a.jsonl", options=Options(published=date(2020, 1, 1)))
    assert [a.published for a in articles] == [date(2018, 3, 5), date(2020, 1, 1)]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("a.JSONL.gz", (".jsonl", ".gz")),
        ("/x.y/a.txt", (".txt", "")),
        ("a.gz", ("", ".gz")),
        (".txt", ("", "")),
        ("s3://b/k.warc.gz", (".warc", ".gz")),
    ],
)
def test_suffixes(path, wanted):
    assert suffixes(path) == wanted


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", None, "no such file or folder"),
        ("a.xyz", b"x", "unknown suffix '.xyz'"),
        ("a.txt", b"", "the file is empty"),
        ("*.txt", None, "no file matches"),
    ],
)
def test_sources_refusals(tmp_path, name, data, said):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        sources([str(tmp_path / name)])


def test_sources_leave_out_what_a_run_wrote(tmp_path):
    for name in (
        "a.txt",
        "b.txt",
        "errors.jsonl",
        "x.errors.jsonl",
        "out.jsonl",
        "run/articles/part-0.parquet",
        "run/dates/part-0.parquet",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"format": "extractor-quarantine-1"}\n' if "errors" in name else TEXT)
    (tmp_path / "errors").mkdir()
    (tmp_path / "errors" / "errors.jsonl").write_bytes(jsonl(ROWS))  # somebody's articles under that name
    (tmp_path / "run" / "_shards").mkdir()
    (tmp_path / "run" / "manifest.json").write_text("{}")

    def names(out):
        return [s.path.removeprefix(f"{tmp_path}/") for s in sources([str(tmp_path)], str(tmp_path / out))[0]]

    assert names("out.jsonl") == ["a.txt", "b.txt", "errors/errors.jsonl", "run/articles/part-0.parquet"]
    assert names("run") == ["a.txt", "b.txt", "out.jsonl", "errors/errors.jsonl"]
    with pytest.raises(InputError, match="an input and the output"):
        sources([str(tmp_path / "out.jsonl")], str(tmp_path / "out.jsonl"))
    with pytest.raises(InputError, match="nothing but the output"):
        sources([str(tmp_path / "run")], str(tmp_path / "run") + "/")


def test_sources_empty_folder(tmp_path):
    with pytest.raises(InputError, match="no file of a known format"):
        sources([str(tmp_path)])


def test_limits_too_long_and_bombs(tmp_path):
    options = Options(limits=Limits(max_chars=1000, max_bytes=5000))
    (tmp_path / "long.txt").write_text("chữ " * 500)
    (tmp_path / "huge.txt").write_text("chữ " * 5000)
    (tmp_path / "lines.jsonl").write_bytes(jsonl([ROWS[0], {"id": "z", "text": "chữ " * 5000}, ROWS[1]]))
    out, _ = loaded(tmp_path, options=options)
    assert [o[0] if isinstance(o, tuple) else o.id for o in out] == ["too-long", "a1", "too-long", "a2", "too-long"]


def test_limits_zip_bomb(tmp_path):
    bomb = gzip.compress(bytes(200 << 20), 9)
    (tmp_path / "bomb.txt.gz").write_bytes(bomb)
    (tmp_path / "bomb.jsonl.gz").write_bytes(bomb)
    (tmp_path / "good.txt").write_text(TEXT)
    out, _ = loaded(tmp_path)
    assert [o if isinstance(o, tuple) else o.id for o in out][2] == "good"
    assert out[0][0] == "unpack"
    assert "zip bomb" in out[0][1]
    assert out[1][0] in ("unpack", "too-long")


def test_damaged_archive_ends_the_file_not_the_run(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(jsonl(ROWS * 400))[:-40])
    (tmp_path / "b.txt").write_text(TEXT)
    out, _ = loaded(tmp_path)
    assert out[-1].id == "b"
    assert any(isinstance(o, tuple) and o[0] == "unpack" for o in out)


def test_quarantine_names_places_and_holds_no_article(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,\n2,private words\n")
    found, _ = sources([str(tmp_path / "a.csv")])
    lines = jsonl([quarantined(u, "empty", "empty") for u in units(found, Options(), print)])
    assert b"private" not in lines
    (tmp_path / "errors.jsonl").write_bytes(lines)
    assert named(str(tmp_path / "errors.jsonl")) == {(str(tmp_path / "a.csv"), 2), (str(tmp_path / "a.csv"), 3)}
    with pytest.raises(InputError, match="--retry"):
        loaded(tmp_path / "errors.jsonl")


@pytest.mark.parametrize(
    "text", ["no json\n", '{"id": 1, "text": "x"}\n', "[]\n", '{"format": "extractor-quarantine-1"}\n']
)
def test_quarantine_of_others_is_refused(tmp_path, text):
    (tmp_path / "errors.jsonl").write_text(text)
    with pytest.raises(InputError, match="not a quarantine"):
        named(str(tmp_path / "errors.jsonl"))


def test_docx_that_is_a_plain_zip(tmp_path):
    pytest.importorskip("docx")
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("x", "y")
    [(stage, reason)], _ = loaded(tmp_path / "a.docx")
    assert stage == "office"
    assert "damaged .docx" in reason


def test_lone_surrogates_never_reach_a_record(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"id": "a\\ud800", "title": "b\\udfff", "text": "xã Tân Lập"}\n{"id": 2, "text": "c\\ud800"}\n'
    )
    (article, (stage, _reason)), _ = loaded(tmp_path / "a.jsonl")
    assert (article.id, article.title) == ("a?", "b?")
    assert stage == "decode"


def test_legacy_strings_in_tables_are_decoded(tmp_path):
    text = "UBND tØnh giao c¸c huyÖn, thµnh phè thùc hiÖn kÕ ho¹ch ph¸t triÓn b¶o hiÓm y tÕ."
    (tmp_path / "a.jsonl").write_bytes(jsonl([{"id": 1, "text": text}]))
    [article], _ = loaded(tmp_path / "a.jsonl")
    assert article.text == "UBND tỉnh giao các huyện, thành phố thực hiện kế hoạch phát triển bảo hiểm y tế."


PAGE = f"<html><head><title>Hội nghị</title></head><body><h1>Hội nghị về y tế</h1><p>{TEXT * 4}</p></body></html>"


def before_unicode(text):
    """A text in Windows-1258, which has the letters of Vietnamese, and the five tones as marks behind them."""
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tone))
        out += (bare + tone).encode("cp1258")
    return out


def test_table_of_pages_before_unicode(tmp_path):
    quoted = PAGE.replace('"', '""')
    (tmp_path / "pages.csv").write_bytes(before_unicode(f'id,title,html\na,Hòa Mỹ,"{quoted}"\n'))
    [article], _ = loaded(tmp_path / "pages.csv")
    assert TEXT in article.text
    assert article.title == "Hòa Mỹ"


def test_row_of_a_page_says_what_a_manifest_would(tmp_path):
    rows = [
        {"id": 1, "html": PAGE, "title": float("nan"), "published": "2018-03-05"},
        {"id": 2, "html": PAGE, "title": "Của hàng", "source": "s", "published": "hôm nào đó"},
    ]
    (tmp_path / "a.jsonl").write_bytes(jsonl(rows))
    one, two = (load_article(unit, Options()) for unit in units(sources([str(tmp_path)])[0], Options(), print))
    assert (one.article.title, one.article.published, one.notes) == ("Hội nghị về y tế", date(2018, 3, 5), ())
    assert (two.article.title, two.article.source) == ("Của hàng", "s")
    assert ("published", "the input's date 'hôm nào đó' is not understood") in two.notes
    assert "page" in dict(two.reasons)
