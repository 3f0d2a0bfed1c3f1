"""pandas as its users know it: a column of texts in, typed data frames out, missing cells on both sides."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pandas as pd
import pytest

import extractor
from extractor.errors import InputError, InputTypeError

TEXTS = [
    "Sáng 12/3, ông Lê Văn Tám - Phó Chủ tịch UBND huyện Chợ Gạo dự lễ. Huyện có 1.250 người tham gia BHYT mới.",
    "Theo Quyết định số 1167/QĐ-TTg của Thủ tướng Chính phủ, tỉnh Hà Nam đạt tỷ lệ bao phủ BHYT 91,5% năm 2020.",
    "Chiều 4/5, huyện Tiên Lữ họp.",
]


@pytest.fixture(scope="module")
def news() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "body": [*TEXTS, None],
            "day": [pd.Timestamp("2019-03-13"), pd.NaT, pd.Timestamp("2021-05-06"), pd.NaT],
            "portal": ["a.vn", "b.vn", np.nan, "a.vn"],
        },
        index=pd.Index([7, 8, 9, 11], name="row"),
    )


@pytest.fixture(scope="module")
def frames(news: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return extractor.extract_frame(news, "body", published="day", source="portal")


def test_frames_of_a_column_of_texts(frames: dict[str, pd.DataFrame]) -> None:
    assert list(frames) == [
        "articles",
        "officials",
        "positions",
        "dates",
        "locations",
        "documents",
        "figures",
        "errors",
    ]
    assert frames["articles"]["id"].tolist() == [7, 8, 9]
    assert frames["positions"]["role"].tolist() == ["Phó Chủ tịch"]


def test_frames_rows_without_text_are_errors(frames: dict[str, pd.DataFrame]) -> None:
    assert frames["errors"].to_dict("records") == [{"id": 11, "stage": "empty", "reason": "no text"}]


def test_frames_join_by_the_ids_of_the_frame(news: pd.DataFrame, frames: dict[str, pd.DataFrame]) -> None:
    joined = frames["figures"].merge(news, left_on="id", right_index=True)
    assert joined[["value", "portal"]].values.tolist() == [[1250.0, "a.vn"], [91.5, "b.vn"]]
    assert frames["figures"]["id"].dtype == news.index.dtype


def test_frames_days_are_datetimes_and_missing_days_are_missing(frames: dict[str, pd.DataFrame]) -> None:
    published = frames["articles"].set_index("id")["published"]
    assert pd.api.types.is_datetime64_any_dtype(published)
    assert published[7] == pd.Timestamp("2019-03-13")
    assert pd.isna(published[8])
    days = frames["dates"].set_index("text")
    assert days.loc["Sáng 12/3", "start_date"] == pd.Timestamp("2019-03-12")
    assert (days["end_date"] - days["start_date"]).dt.days.tolist() == [0, 365, 0]
    assert days["start_date"].dt.year.tolist() == [2019, 2020, 2021]


def test_frames_whole_numbers_and_flags_are_nullable(frames: dict[str, pd.DataFrame]) -> None:
    assert str(frames["documents"]["year"].dtype) == "Int64"
    assert str(frames["dates"]["start"].dtype) == "Int64"
    assert str(frames["positions"]["former"].dtype) == "boolean"
    assert frames["figures"]["value"].dtype == np.float64


def test_frames_closed_lists_are_categories(frames: dict[str, pd.DataFrame]) -> None:
    figures = frames["figures"]
    assert list(figures["status"].cat.categories) == ["actual", "target"]
    assert figures.groupby("unit", observed=True)["value"].sum().to_dict() == {"person": 1250.0, "percent": 91.5}
    assert list(frames["locations"]["level"].cat.categories)[:2] == ["province", "district"]
    assert frames["positions"]["admin_level"].tolist() == ["district"]
    assert "layer" in frames["dates"].select_dtypes("category")


def test_frames_lists_are_lists_or_flat_for_csv(news: pd.DataFrame) -> None:
    records = [extractor.extract(TEXTS[0], date(2019, 3, 13), id="a")]
    assert extractor.records_to_frames(records)["locations"]["path"].tolist() == [["Tiền Giang", "Chợ Gạo"]]
    flat = extractor.records_to_frames(records, flat=True)
    written = io.StringIO(flat["locations"].to_csv(index=False))
    assert pd.read_csv(written)["path"].tolist() == ["Tiền Giang|Chợ Gạo"]
    assert flat["officials"]["mentions"].str.startswith('[{"start":').all()


def test_frames_of_no_records_have_the_same_columns_and_types() -> None:
    empty = extractor.records_to_frames([])
    full = extractor.records_to_frames(extractor.extract(text) for text in TEXTS)
    assert {k: list(v) for k, v in empty.items()} == {k: list(v) for k, v in full.items()}
    assert empty["dates"].dtypes.astype(str).to_dict() == full["dates"].dtypes.astype(str).to_dict()


def test_frames_in_two_processes_are_the_same(news: pd.DataFrame, frames: dict[str, pd.DataFrame]) -> None:
    again = extractor.extract_frame(news, "body", published="day", source="portal", workers=2)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, again[name])


def test_frames_progress_bar_is_on_standard_error(news: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    extractor.extract_frame(news, "body", progress=True, backend="none")
    said = capsys.readouterr()
    assert said.out == ""
    assert "extracting" in said.err
    extractor.extract_frame(news, "body", backend="none")
    assert capsys.readouterr().err == ""


def test_frames_one_date_for_all_and_a_column_of_ids(news: pd.DataFrame) -> None:
    named = news.head(2).assign(code=["x1", "x2"])
    found = extractor.extract_frame(named, "body", published="2022-03-20", id="code")
    assert found["articles"]["id"].tolist() == ["x1", "x2"]
    assert found["articles"]["published"].unique().tolist() == [pd.Timestamp("2022-03-20")]
    assert found["dates"]["value"].iloc[0] == "2022-03-12"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"text": "noi_dung"}, "no column 'noi_dung'; the frame has 'body', 'day', 'portal'"),
        ({"text": "body", "published": "ngay"}, "no column 'ngay'"),
        ({"text": "body", "published": 3.5}, "published=3.5: not a date"),
        ({"text": "body", "id": "portal"}, "column 'portal' holds a missing id"),
        ({"text": "body", "workers": -1}, "workers=-1"),
    ],
)
def test_frames_wrong_settings_say_what_is_there(news: pd.DataFrame, settings: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as raised:
        extractor.extract_frame(news, **settings)  # type: ignore[arg-type]
    assert said in str(raised.value)


def test_frames_doubled_ids_and_other_types_are_refused(news: pd.DataFrame) -> None:
    with pytest.raises(InputError, match=r"the index holds 7 twice: use frame.reset_index"):
        extractor.extract_frame(pd.concat([news, news]), "body")
    with pytest.raises(InputTypeError, match="a pandas DataFrame, not list"):
        extractor.extract_frame(TEXTS, "body")  # type: ignore[arg-type]
    with pytest.raises(InputTypeError, match=r"write \[record\]"):
        extractor.records_to_frames(extractor.extract(TEXTS[2]))  # type: ignore[arg-type]
    with pytest.raises(InputTypeError, match="must hold records, not str"):
        extractor.records_to_frames(TEXTS)  # type: ignore[arg-type]
