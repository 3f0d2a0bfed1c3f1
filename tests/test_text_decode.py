"""Bytes and broken strings to text: every encoding Vietnamese pages come in."""

import codecs
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.errors import ArticleError
from extractor.text import clean, decode, fold, repair
from extractor.text_legacy import from_tcvn3, from_vni
from extractor.text_repair import retone

TEXT = (
    "Sở Y tế tỉnh và các huyện đã tổ chức hội nghị về việc thực hiện kế hoạch phát triển bảo hiểm y tế. "
    "Phó Chủ tịch đề nghị địa phương quản lý tốt đối tượng, giữ vững kết quả đã đạt được ở từng xã, phường, thị trấn."
)
TCVN3 = (
    "UBND tØnh giao c¸c huyÖn, thµnh phè thùc hiÖn kÕ ho¹ch ph¸t triÓn b¶o hiÓm y tÕ; ®Þa ph­¬ng b¸o c¸o tr­íc ngµy 5/3."
)
TCVN3_READ = "UBND tỉnh giao các huyện, thành phố thực hiện kế hoạch phát triển bảo hiểm y tế; địa phương báo cáo trước ngày 5/3."
VNI = "UÛy ban nhaân daân tænh giao caùc huyeän thöïc hieän keá hoaïch; ñòa phöông baùo caùo tröôùc ngaøy 5/3, coù söï quaûn lyù."
VNI_READ = "Ủy ban nhân dân tỉnh giao các huyện thực hiện kế hoạch; địa phương báo cáo trước ngày 5/3, có sự quản lý."


def windows_1258(text: str) -> bytes:
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tones = [m for m in parts[1:] if m in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", parts[0] + "".join(m for m in parts[1:] if m not in tones))
            out += (rest + "".join(tones)).encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (TEXT.encode(), TEXT, "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT, "utf-8"),
        (TEXT.encode("utf-16"), TEXT, "utf-16"),
        (TEXT.encode("utf-16-le"), TEXT, "utf-16-le"),
        (TEXT.encode("utf-16-be"), TEXT, "utf-16-be"),
        (windows_1258(TEXT), TEXT, "windows-1258"),
        (TCVN3.encode("cp1252"), TCVN3_READ, "tcvn3"),
        (TCVN3.encode(), TCVN3_READ, "tcvn3"),
        (VNI.encode("cp1252"), VNI_READ, "vni"),
        (VNI.encode(), VNI_READ, "vni"),
        (TEXT.encode().decode("latin-1").encode(), TEXT, "utf-8 read as windows-1252"),
        (b"plain ASCII, 5/3/2018", "plain ASCII, 5/3/2018", "utf-8"),
        ("Le préfet a été reçu à l'hôtel de ville.".encode("cp1252"), "Le préfet a été reçu à l'hôtel de ville.", "windows-1252"),
    ],
)  # fmt: skip
def test_decode_encodings(data, text, encoding):
    assert decode(data) == (text, encoding)


def test_decode_keeps_a_text_with_one_broken_byte():
    text, encoding = decode((TEXT * 3).encode() + b"\xc3" + TEXT.encode())
    assert text == TEXT * 3 + "\ufffd" + TEXT
    assert encoding == "damaged utf-8: 1 characters lost"


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 8, b"\x00\x01\x02\xff\xfe" * 40, b"\x89PNG\r\n\x1a\n" + bytes(200)]
)
def test_decode_refuses_what_is_no_text(data):
    with pytest.raises(ArticleError) as error:
        decode(data)
    assert error.value.stage == "decode"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        unicodedata.normalize("NFD", TEXT),
        "Hoà Bình, thuỷ lợi, ÐBSCL 58/2025/NÐ-CP",
        "khong dau mot chu nao ca",
        "Café “Élysée” – 5 °C, ©2018",
        "",
    ],
)
def test_repair_leaves_sound_text(text):
    assert repair(text) == (text, None)


def test_repair_mends_misread_and_legacy_strings():
    assert repair(TEXT.encode().decode("cp1252", "ignore").encode("cp1252").decode("cp1252"))[1] is not None
    assert repair(TCVN3) == (TCVN3_READ, "tcvn3")
    assert repair(VNI) == (VNI_READ, "vni")


def test_tcvn3_keeps_the_length():
    assert len(from_tcvn3(TCVN3)) == len(TCVN3)


def test_vni_capitals():
    assert from_vni("TÆNH ÑOÀNG THAÙP, UÛy ban") == "TỈNH ĐỒNG THÁP, Ủy ban"


def test_decode_looks_past_the_head_of_a_page():
    head = (
        b"<html><head><script>" + b"var a = b < c;" * 4000 + b"</script><style>p {}</style></head><body><p class='x'>"
    )
    text, encoding = decode(head + TCVN3.encode("cp1252") + b"</p></body></html>")
    assert encoding == "tcvn3"
    assert TCVN3_READ in text


@pytest.mark.parametrize(
    "text", ["<" * 200_000, "<script" * 50_000, "<script>" * 50_000, "<>" * 100_000, "á»" * 50_000]
)
def test_repair_is_linear(text):
    import time

    began = time.perf_counter()
    repair(text + "é")
    assert time.perf_counter() - began < 5


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
@example("0AĆ")
def test_decode_reads_its_own_utf8(text):
    """Nothing is changed but tones that were typed after their syllable, which `retone` moves."""
    assert decode(("ạ" + text).encode())[0] == retone("ạ" + text)


@given(st.binary(max_size=400))
def test_decode_never_fails_otherwise(data):
    try:
        text, encoding = decode(data)
    except ArticleError:
        return
    assert isinstance(text, str)
    assert encoding


@given(st.text(max_size=200))
def test_clean_is_stable_and_fold_keeps_the_length(text):
    once = clean(text)
    assert clean(once) == once
    assert len(fold(once)) == len(once)


MIXED = f"{TCVN3}\n{TEXT}\n{VNI}\n{TEXT}"


def test_repair_mends_single_paragraphs_of_legacy_fonts():
    text, was = repair(MIXED)
    assert text == f"{TCVN3_READ}\n{TEXT}\n{VNI_READ}\n{TEXT}"
    assert was == "tcvn3 in 1 of 4 paragraphs, vni in 1 of 4 paragraphs"


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT}\nCafé « Élysée », Orléans, Genève, Besançon.",
        f"{TEXT}\n© ® ± § ¶ µ · ¸ ¹ º » ¼",
        f"{TEXT}\nÀ à Á á Ã ã",
    ],
)
def test_repair_leaves_foreign_paragraphs(text):
    assert repair(text) == (text, None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Trâǹ", "Trần"),
        ("Huyǹh", "Huỳnh"),
        ("phươǹg", "phường"),
        ("quyêṭ", "quyệt"),
        ("TIÊŃ", "TIẾN"),
        ("toań", "toán"),
        ("huyêṇ Tân Yên, xã Viêṭ Lâp̣", "huyện Tân Yên, xã Việt Lập"),
        ("thôńg kê", "thống kê"),
        ("Hôị nghị", "Hội nghị"),
        ("ngươì lao động", "người lao động"),
        ("đơì sống mơí", "đời sống mới"),
        ("tôí qua", "tối qua"),
    ],
)
def test_repair_sets_tones_on_their_vowel(typed, meant):
    assert repair(unicodedata.normalize("NFC", typed)) == (meant, None)


@pytest.mark.parametrize(
    "text",
    [
        "Poznań, Toruń, Gdańsk",
        "España, El Niño, Núñez",
        "Kraków và Škoda",
        "phâỉ",
        "đôị\u0323",
        "Hoàn Kiếm, quýt, thuở, khuỷu",
        "Đắk Ơ, Ia Ơi, Ea Súp",
    ],
)
def test_repair_leaves_foreign_letters(text):
    assert repair(text) == (text, None)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("UBND huy\ufffdn Tân Yên", 1),
        (TEXT + "\ufffd\ufffd", 2),
        ("Tỉnh ủy họp\nĐ\ufffdng chí chủ trì", 1),
        ("\ufffd" * 3 + TEXT, 3),
    ],
)
def test_repair_tells_lost_characters(text, lost):
    assert repair(text) == (text, f"damaged text: {lost} characters lost")
