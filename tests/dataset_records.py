"""Records made by hand for the tests of the dataset, so that they do not move with the rules."""

from __future__ import annotations

from datetime import date

from extractor.records import (
    Date,
    Document,
    Figure,
    Location,
    NameMention,
    Official,
    Position,
    Provenance,
    Record,
    sha256_of,
)

RULE = Provenance(layer="rule", rule="by-hand", confidence=0.9)


def _span(text: str, quote: str) -> dict[str, object]:
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote}


def _place(text: str, quote: str, name: str, level: str, code: str | None, path: tuple[str, ...]) -> Location:
    return Location(**_span(text, quote), name=name, level=level, code=code, path=path, provenance=RULE)  # type: ignore[arg-type]


def records() -> list[Record]:
    """Three articles: an insurance drive in Tiền Giang, one without accents in its name, one that holds markup."""
    first = (
        "Chợ Gạo ra quân vận động\nSáng 12/3, ông Trần Văn Thử - Phó Chủ tịch UBND huyện Chợ Gạo (tỉnh Tiền Giang) dự lễ. "
        "Theo Kế hoạch số 15/KH-UBND, toàn huyện đạt 91,5% dân số tham gia BHYT."
    )
    second = "Hội nghị tại Hà Nội\nÔng Nguyễn Văn Thủ, Giám đốc Sở Y tế Hà Nội, chủ trì hội nghị ngày 5/4/2019."
    third = '<script>alert("x")</script> Tin lạ\nXã Tân Lập <b>họp</b> & bàn về nước sạch.'
    person = _span(first, "Trần Văn Thử")
    other = _span(second, "Nguyễn Văn Thủ")
    return [
        Record(
            id="tg-1", title="Chợ Gạo ra quân vận động", published=date(2019, 3, 13), source="tin.example", text=first,
            url="https://tin.example/tg-1", sha256=sha256_of(first),
            officials=(
                Official(
                    **person, name="Trần Văn Thử", provenance=RULE, mentions=(NameMention(**person),),
                    positions=(
                        Position(
                            **_span(first, "Phó Chủ tịch UBND huyện Chợ Gạo"), role="Phó Chủ tịch",
                            body="Ủy ban nhân dân huyện Chợ Gạo", admin_level="district", place_code="822",
                        ),
                    ),
                ),
            ),
            dates=(
                Date(**_span(first, "Sáng 12/3"), value="2019-03-12", start_date=date(2019, 3, 12), end_date=date(2019, 3, 12),
                     provenance=RULE),
            ),
            locations=(
                _place(first, "huyện Chợ Gạo", "Chợ Gạo", "district", "822", ("Tiền Giang", "Chợ Gạo")),
                _place(first, "tỉnh Tiền Giang", "Tiền Giang", "province", "82", ("Tiền Giang",)),
            ),
            documents=(
                Document(**_span(first, "Kế hoạch số 15/KH-UBND"), type="Kế hoạch", number="15/KH-UBND",
                         number_full="15/KH-UBND", issuer="Ủy ban nhân dân huyện Chợ Gạo", provenance=RULE),
            ),
            figures=(
                Figure(**_span(first, "91,5%"), value=91.5, unit="percent", programme="BHYT", indicator="coverage_rate",
                       place="toàn huyện", place_code="822", period_value="2019", provenance=RULE),
            ),
        ),
        Record(
            id="hn-2", title="Hội nghị tại Hà Nội", published=date(2019, 4, 6), text=second, sha256=sha256_of(second),
            officials=(
                Official(
                    **other, name="Nguyễn Văn Thủ", provenance=RULE, mentions=(NameMention(**other),),
                    positions=(
                        Position(**_span(second, "Giám đốc Sở Y tế Hà Nội"), role="Giám đốc", body="Sở Y tế Hà Nội",
                                 admin_level="province", place_code="01"),
                    ),
                ),
            ),
            locations=(_place(second, "Hà Nội", "Hà Nội", "province", "01", ("Hà Nội",)),),
        ),
        Record(
            id='x"3', title='<script>alert("x")</script> Tin lạ', published=None, text=third, sha256=sha256_of(third),
            url="javascript:alert(1)",
            locations=(_place(third, "Xã Tân Lập", "Tân Lập", "commune", None, ("Tân Lập",)),),
        ),
    ]  # fmt: skip
