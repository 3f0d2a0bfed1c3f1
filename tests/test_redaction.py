"""`--redact`: private persons leave records, texts, tables and the dataset; officials, places and every offset stay."""

import json
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import extractor
from extractor.cli import main
from extractor.records import Record, sha256_of
from extractor.redaction import MARK

TEXT = (
    "Ngày 14/3/2019, bà Trần Thị Mận, Chủ tịch UBND xã Yên Khê, sinh năm 1970, đến thăm gia đình chị Lò Thị Hoài (SN 1988), "
    "CMND số 123456789, trú tại bản Pha, xã Yên Khê. Chị Hoài cho biết số điện thoại 0912 345 678 là của anh Vi Văn Tèo. "
    "Trường THPT Lê Quý Đôn ở đường Trần Phú. Ông Vi Văn Tèo, số tài khoản: 0123456789012, có 3 con. Bà Mận chúc chị khỏe."
)
COVERED = ("Lò Thị Hoài", "Hoài", "Vi Văn Tèo", "1988", "123456789", "0912 345 678", "0123456789012")
KEPT = ("Trần Thị Mận", "Bà Mận", "sinh năm 1970", "Ngày 14/3/2019", "xã Yên Khê", "THPT Lê Quý Đôn", "đường Trần Phú")


def test_private_persons_are_covered_and_officials_stay():
    plain, record = extractor.extract(TEXT), extractor.extract(TEXT, redact=True, title="Chị Lò Thị Hoài nhận quà")
    assert len(record.text) == len(TEXT)
    for quote in COVERED:
        assert quote not in record.model_dump_json()
    for quote in KEPT:
        assert quote in record.text
    assert [o for o in record.officials if not o.official] == []
    assert [(o.name, o.start) for o in record.officials] == [(o.name, o.start) for o in plain.officials]
    assert [(x.start, x.code) for x in record.locations] == [(x.start, x.code) for x in plain.locations]
    assert "1988" not in {d.value for d in record.dates}
    assert "1988" in {d.value for d in plain.dates}
    assert record.title == f"Chị {MARK * 11} nhận quà"
    assert record.sha256 == sha256_of(record.text)
    Record.model_validate_json(record.model_dump_json())  # every quote stands at its offsets
    kept = [(a, b) for a, b in zip(TEXT, record.text, strict=True) if b != MARK]
    assert all(a == b for a, b in kept)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Anh Phàn A Sỉn, hộ chiếu số B1234567, vắng mặt.", ("Phàn A Sỉn", "B1234567")),
        ("Bà Hoàng Thị Nghín, mã số BHXH 0123456789, lĩnh lương hưu.", ("Hoàng Thị Nghín", "0123456789")),
        ("Xin liên hệ anh Cường, 0987.654.321 hoặc +84 35 123 4567.", ("0987.654.321", "84 35 123 4567")),
        ("Em Bùi Văn Mọt sinh ngày 5 tháng 6 năm 2009, học lớp 4.", ("Bùi Văn Mọt", "5 tháng 6 năm 2009")),
        ("Anh Vừ Mí Pó (SN 1990) và vợ là chị Sùng Thị Chở. Theo chị Chở, nhà đã có điện.", ("Vừ Mí Pó", "1990", "Chở")),
    ],
)  # fmt: skip
def test_names_and_numbers(text, covered):
    record = extractor.extract(text, redact=True)
    for quote in covered:
        assert quote not in record.text
    assert len(record.text) == len(text)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Vợ Lò Thị Hoài và con trai Vi Văn Tèo ra chợ.", ("Lò Thị Hoài", "Vi Văn Tèo")),
        ("Tiền đạo Sùng A Chở sút hỏng. Phút 80, Chở nói lời xin lỗi.", ("Sùng A Chở", "Chở nói")),
        ("Lò Thị Hoài (31 tuổi) bị thương. Sau, Hoài khai với Vi Văn Tèo, 40 tuổi.", ("Lò Thị Hoài", "Hoài khai", "Vi Văn Tèo")),
        ("Ca sĩ Bronwyn Kjeldsen hát ba bài. Khán giả vỗ tay cho Kjeldsen rất lâu.", ("Bronwyn", "Kjeldsen")),
        ("Chị Mượt, bán rau, cho biết chợ vắng.", ("Mượt",)),
        ("Bệnh nhân T.Đ đã khỏe. Anh T.Đ ra viện, hôm nay Đ nói cười.", ("T.Đ", "Đ nói")),
        ("Bị can Trương Hồng Nga khai báo. Sau đó Nga khẳng định không biết gì.", ("Hồng Nga", "Nga khẳng định")),
        ("Nạn nhân là Vi Thị H. (SN 1990) và Sùng A Tr. (41 tuổi).", ("Vi Thị H", "Sùng A Tr")),
        ("Anh Lò Văn Đức vắng mặt. Đồng đội đưa thượng úy Đức ra viện.", ("Lò Văn Đức", "thượng úy Đức")),
        ("Bị can Lò Văn Mượt khai báo. Hôm ấy, Mượt nói ít. Mượt tức giận bỏ đi.", ("Mượt nói", "Mượt tức")),
        ("Ca sĩ Lin Kjeldsen hát ba bài. Khán giả vỗ tay, mỗi ngày Lin tập bốn giờ.", ("Lin Kjeldsen", "ngày Lin")),
        ("Chợ đông người. Ảnh: Q.H\nGiá rau tăng nhẹ trong tuần.\nLò Hoài", ("Q.H", "Lò Hoài")),
    ],
)  # fmt: skip
def test_the_words_around_tell_of_a_person(text, covered):
    """Kinship, what somebody is, an age, what is said, given names alone, initials, signatures."""
    record = extractor.extract(text, redact=True)
    for quote in covered:
        assert quote not in record.text, record.text


@pytest.mark.parametrize(
    "text",
    [
        "Công nhân KCN Nam Đồng Phú đi làm. Hội hoa Anh Đào mở cửa.",
        "Các đồng chí Phó Bí thư và đồng chí Đại tá đã đến.",
        "Học sinh Trường THCS Yên Khê và sinh viên Đại học Vinh nghỉ hè.",
        "Xin ủng hộ Sở Y tế tỉnh Nghệ An, số tài khoản: 0123456789012.",
        "Nước Nga khẳng định lập trường. Theo Reuters, giá dầu tăng.",
    ],
)
def test_the_words_around_tell_of_no_person(text):
    assert extractor.extract(text, redact=True).text == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Anh Thổ Công bán cá. Hôm nay nhà nào cũng cúng thổ công.", "cúng thổ công"),
        (
            "Tổng cục Hải quan mở đợt kiểm tra. Bị can Lò Văn Hải khai báo. Cả ngành Hải quan vào cuộc.",
            "ngành Hải quan",
        ),
        ("Bị can Bounthan Lathsavong khai đã theo dõi nhà lãnh đạo Bounthan Keolangsy.", "Bounthan Keolangsy"),
        ("Chị Lò Thị Hiện và anh Vi Văn Công đến muộn. Hiện Công an xã Yên Khê làm rõ vụ việc.", "Hiện Công an"),
        ("Anh Vi Văn Huy về nhất. Ba Huy chương vàng đã có chủ.", "Ba Huy chương"),
        ("Bị can Kim Jae-won khai đã theo dõi nhà lãnh đạo Kim Tae-min. Ông Kim Tae-min vắng mặt.", "Kim Tae-min vắng"),
    ],
)
def test_what_only_looks_like_a_private_persons_name_stays(text, kept):
    """Words without capitals, the name of a body, somebody in public life."""
    assert kept in extractor.extract(text, redact=True).text


@pytest.mark.parametrize(
    "text",
    [
        "Kỳ tuyển sinh năm 2022, trường nhận 1.234.567.890 đồng, theo Quyết định số 0912/QĐ-UBND.",
        "Thứ năm, 08 08 2019 08:51. Tổng đài 1900 9068. Xã có 12.345 thẻ căn cước công dân.",
        "Trụ sở ở số 36 Nguyễn Thái Sơn, phường 3, quận Gò Vấp, Thành phố Hồ Chí Minh.",
        "Bà Trần Thị Mận, Chủ tịch UBND xã Yên Khê, sinh ngày 2/3/1970, dự lễ. Bà Mận cảm ơn.",
        "Trường Tiểu học Lê Văn Tám đón học sinh. Sau lễ, Lê Văn Tám nhận cờ thi đua.",
    ],
)
def test_what_is_nobodys_stays(text):
    assert extractor.extract(text, redact=True).text == text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t.replace(". ", ".\n\n"),
        lambda t: t.replace(" ", "  "),
        lambda t: f"\n \n{t} \n",
        lambda t: t.replace(", ", "\u200b, ").replace("\u00ad", ""),
        lambda t: t.replace(". ", ". \u00a0 "),
    ],
)  # fmt: skip
def test_names_are_covered_where_the_text_is_not_read_as_it_stands(spoil):
    """Blank lines, doubled and invisible blanks: the same words are covered, and nothing beside them."""
    text = spoil(TEXT)
    record = extractor.extract(text, redact=True)
    assert len(record.text) == len(text)
    assert all(b in (a, MARK) for a, b in zip(text, record.text, strict=True))
    clean = extractor.extract(TEXT, redact=True).text
    assert _uncovered(record.text) == _uncovered(clean)
    for quote in COVERED:
        assert spoil(quote) not in record.text


def _uncovered(text: str) -> list[str]:
    """The words of a text that are wholly open, but for signs that nobody sees."""
    return [w for w in text.replace("\u200b", "").split() if MARK not in w]


def test_the_whole_way_to_the_search(tmp_path: Path, monkeypatch, capsys):
    """Records, tables, quarantine and index: nowhere does a covered quote stand."""
    monkeypatch.chdir(tmp_path)
    rows = [{"id": "a", "text": TEXT}, {"id": "b", "text": ""}]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    assert main(["extract", "news.jsonl", "-o", "out.jsonl", "--redact"]) == 0
    assert main(["extract", "news.jsonl", "-o", "tables", "--redact"]) == 0
    assert main(["index", "tables", "-o", "news.db"]) == 0
    assert main(["search", "news.db", "Lo Thi Hoai"]) in (0, 1)
    assert "Hoài" not in capsys.readouterr().out
    text = pq.read_table("tables/articles")["text"][0].as_py()
    with sqlite3.connect("news.db") as db:
        assert db.execute("SELECT text FROM articles").fetchone()[0] == text
    assert text == json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["text"]
    files = [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "news.jsonl" and p.suffix != ".parquet"]
    assert {"out.jsonl", "news.db", "errors.jsonl"} <= {p.name for p in files}
    for file in files:
        assert not any(quote.encode() in file.read_bytes() for quote in COVERED), file


def test_redacted_runs_are_not_mixed_with_others(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["extract", "a.txt", "-o", "out.jsonl"]) == 0
    assert main(["extract", "a.txt", "-o", "out.jsonl", "--redact"]) == 2
    assert "redact" in capsys.readouterr().err
    assert main(["extract", "a.txt", "-o", "-", "--redact", "--persons"]) == 2
    assert "give one of the two" in capsys.readouterr().err


def test_files_and_pages(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (record,) = extractor.extract_files(tmp_path / "a.txt", redact=True)
    assert "Hoài" not in record.text
    page = f"<html><body><h1>Tin</h1><p>{TEXT}</p><p>{TEXT}</p></body></html>"
    assert "Hoài" not in extractor.extract_html(page, redact=True).text
