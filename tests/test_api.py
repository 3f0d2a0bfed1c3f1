"""The functions of the package: texts, pages, files, records read back, and what they say to wrong arguments."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

import extractor
from extractor.cli import main
from extractor.dataset.source import parts
from extractor.errors import ArticleError, ExtractorError, InputError, InputTypeError
from extractor.evaluate.gold import read_jsonl

TEXT = "Chiều 12/1, UBND huyện Tân Yên họp. Ông Nguyễn Văn Thử, Chủ tịch UBND huyện, ký Quyết định số 12/QĐ-UBND.\n"
PAGE = (
    "<html><head><title>Huyện họp</title><meta property='article:published_time' content='2018-01-13T08:00'></head>"
    f"<body><nav>Trang chủ</nav><article><h1>Huyện họp</h1><p>{TEXT * 3}</p></article></body></html>"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    for number in range(20):
        (folder / f"a{number:02}.txt").write_text(f"Tin {number}. {TEXT}", encoding="utf-8")
    (folder / "b.txt").write_text(" \n", encoding="utf-8")
    return folder


def test_api_lists_its_public_names() -> None:
    assert dir(extractor) == sorted(extractor.__all__)
    for name in extractor.__all__:
        assert getattr(extractor, name).__doc__ or name == "__version__"
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        extractor.extrakt  # noqa: B018


def test_api_import_is_light() -> None:
    code = (
        "import sys, extractor; print([m for m in ('spacy', 'pandas', 'pydantic', 'underthesea') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize(
    "published", [date(2018, 1, 13), datetime(2018, 1, 13, 8), "2018-01-13", "13/01/2018", pd.Timestamp("2018-01-13")]
)
def test_api_dates_that_are_understood(published: object) -> None:
    assert extractor.extract(TEXT, published).published == date(2018, 1, 13)  # type: ignore[arg-type]


@pytest.mark.parametrize("published", [None, float("nan"), pd.NaT, pd.NA, ""])
def test_api_empty_cells_are_no_date(published: object) -> None:
    assert extractor.extract(TEXT, published).published is None  # type: ignore[arg-type]


def test_api_page_of_text_or_bytes() -> None:
    record = extractor.extract_html(PAGE)
    assert (record.title, record.published, record.date_source) == ("Huyện họp", date(2018, 1, 13), "meta")
    assert "Trang chủ" not in record.text
    assert extractor.extract_html(PAGE.encode("utf-16"), id="x").warnings[-1].code == "encoding"
    assert extractor.extract_html(PAGE, "2020-02-02", url="https://example.org/1").published == date(2020, 2, 2)
    with pytest.raises(ArticleError, match="holds no article"):
        extractor.extract_html("<html></html>")


def test_api_files_in_several_processes_keep_their_order(folder: Path) -> None:
    lost: list[tuple[str, str]] = []
    one = list(extractor.extract_files(folder, backend="none", on_error=lambda where, e: lost.append((where, str(e)))))
    two = list(extractor.extract_files(folder, backend="none", workers=2, on_error=lambda where, e: None))
    assert one == two
    assert [r.id for r in one] == [f"a{n:02}" for n in range(20)]
    assert lost == [(str(folder / "b.txt"), "empty")]
    with pytest.raises(ArticleError, match="empty"):
        list(extractor.extract_files(folder, backend="none"))


def test_api_records_are_read_back(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for output in ("records.jsonl", "records.jsonl.gz", "tables"):
        assert main(["extract", str(folder), "-o", str(tmp_path / output), "--ner", "none", "--workers", "1"]) == 0
    lines, packed, tables = (
        list(extractor.read_records(tmp_path / n)) for n in ("records.jsonl", "records.jsonl.gz", "tables")
    )
    assert len(lines) == 20
    assert lines == packed
    plain = {"warnings": ()}
    assert [r.model_copy(update=plain) for r in lines] == [r.model_copy(update=plain) for r in tables]
    assert [[w.code for w in r.warnings] for r in lines] == [[w.code for w in r.warnings] for r in tables]
    assert lines[1].warnings[-1].message.startswith(tables[1].warnings[-1].message)
    (tmp_path / "bad.jsonl").write_text(lines[0].model_dump_json() + '\n{"id": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl, line 2: not a record: id"):
        list(extractor.read_records(tmp_path / "bad.jsonl"))
    with pytest.raises(InputError, match=r"neither a \.jsonl of records nor a folder of tables"):
        list(extractor.read_records(tmp_path / "nowhere"))
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes((tmp_path / "records.jsonl.gz").read_bytes()[:-200])
    with pytest.raises(InputError, match="the archive is cut"):
        list(extractor.read_records(cut))
    with pytest.raises(InputError, match="the archive is cut"):
        read_jsonl(cut)
    with pytest.raises(InputError, match="the archive is cut"):
        list(parts(cut))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: extractor.extract(None), "text must be a string, not NoneType; leave empty cells out"),  # type: ignore[arg-type]
        (lambda: extractor.extract(b"abc"), "text must be a string, not bytes; decode it first"),  # type: ignore[arg-type]
        (lambda: extractor.extract(["a"]), "text must be a string, not list"),  # type: ignore[arg-type]
        (lambda: extractor.extract_html(7), "html must be a string, not int"),  # type: ignore[arg-type]
        (lambda: extractor.extract_files(["a.txt"]), r"an input must be a path, not list; write extract_files(*paths)"),  # type: ignore[arg-type]
    ],
)
def test_api_wrong_types_are_named(call, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputTypeError) as raised:
        call()
    assert said in str(raised.value)
    assert isinstance(raised.value, TypeError)
    assert isinstance(raised.value, ExtractorError)


def test_api_files_with_the_profiles_of_a_run_are_its_records(tmp_path: Path) -> None:
    pages = sorted((Path(__file__).parents[1] / "corpus").glob("*.html"))
    out = tmp_path / "records.jsonl"
    assert main(["extract", *map(str, pages), "-o", str(out), "--ner", "none", "--workers", "1"]) == 0
    [profiles] = tmp_path.glob("*sites*")
    again = list(extractor.extract_files(*pages, backend="none", sites=profiles))
    assert again == list(extractor.read_records(out))
    assert any(record.site for record in again)


def test_api_records_go_through_pickle_json_and_dictionaries() -> None:
    """A queue hands records on by any of them, and what comes back is checked."""
    record = extractor.extract(TEXT, published="2018-01-13", id="a-1")
    assert record.officials
    assert record.dates
    assert pickle.loads(pickle.dumps(record)) == record
    assert extractor.Record.model_validate_json(record.model_dump_json()) == record
    assert extractor.Record.model_validate(record.model_dump()) == record
    with pytest.raises(ValueError, match="frozen"):
        record.officials[0].name = "Lý Văn Khác"  # type: ignore[misc]
    with pytest.raises(ValueError, match="is not 'Nguyễn Văn Thử'"):
        extractor.Record.model_validate(record.model_dump() | {"text": "Khác."})


def test_api_threads_get_the_records_of_one(tmp_path: Path) -> None:
    """Each thread has rows in force of its own: what another extracts beside it changes nothing."""
    row = '[{id: gac-den, forms: ["Gác đèn"], role: "Gác đèn", kind: public, examples: ["ông A, Gác đèn"], counterexamples: [đèn]}]'
    (tmp_path / "roles.yaml").write_text(row, encoding="utf-8")
    texts = [TEXT + f"Ông Phạm Văn Lạ, Gác đèn xã Tân Yên, dự ngày {day}/2." for day in range(1, 17)]
    jobs = [(text, (None, tmp_path)[number % 2]) for number, text in enumerate(texts)]

    def one(job: tuple[str, Path | None]) -> extractor.Record:
        return extractor.extract(job[0], published="2018-01-13", patterns=job[1])

    with ThreadPoolExecutor(4) as threads:
        beside = list(threads.map(one, jobs))
    assert beside == [one(job) for job in jobs]
    assert {len(record.officials) for record in beside[::2]} == {1}
    assert {len(record.officials) for record in beside[1::2]} == {2}
