"""Records made by hand for the tests of figures: agreement, conflict, doubt, targets, lost places and days, changed land."""

from __future__ import annotations

from datetime import date
from typing import Any

from extractor.records import Figure, Location, Provenance, Record, sha256_of

RULE = Provenance(layer="rule", rule="by-hand", confidence=0.9)
YEAR = {
    y: {"period": f"năm {y}", "period_value": str(y), "start_date": date(y, 1, 1), "end_date": date(y, 12, 31)}
    for y in range(2015, 2031)
}


def figure(text: str, quote: str, value: float, at: int = 0, **more: Any) -> Figure:
    """A figure of BHYT coverage in percent at the `at`-th place where its quote stands, unless `more` says otherwise."""
    start = -1
    for _ in range(at + 1):
        start = text.index(quote, start + 1)
    given: dict[str, Any] = {"unit": "percent", "programme": "BHYT", "indicator": "coverage_rate"} | more
    return Figure(start=start, end=start + len(quote), text=quote, value=value, provenance=RULE, **given)


def record(id: str, text: str, figures: list[Figure], published: date | None = None, home: str | None = None) -> Record:
    """An article with its figures; `home` is a quote of it and the code of its province, "Quảng Trị=45"."""
    places = ()
    if home:
        name, _, code = home.partition("=")
        start = text.index(name)
        places = (
            Location(start=start, end=start + len(name), text=name, name=name, level="province", code=code, path=(name,),
                     provenance=RULE),
        )  # fmt: skip
    title = text.partition("\n")[0]
    return Record(id=id, title=title, text=text, published=published, source=f"{id}.example", sha256=sha256_of(text),
                  locations=places, figures=tuple(figures))  # fmt: skip


def figure_records() -> list[Record]:
    """Twelve articles with 22 figures."""
    out = []
    # Three articles on one cell: two say the same, one says otherwise and is the oldest.
    for id, day, value, home in (
        ("a1", date(2019, 1, 9), "91,4%", "Quảng Trị=45"), ("a2", date(2019, 2, 20), "91,4%", None),
        ("a3", date(2018, 12, 3), "89,9%", None),
    ):  # fmt: skip
        text = f"Tổng kết ở Quảng Trị\nNăm 2018, toàn tỉnh Quảng Trị có {value} dân số mang thẻ BHYT."
        number = float(value[:-1].replace(",", "."))
        out.append(
            record(
                id,
                text,
                [figure(text, value, number, place="tỉnh Quảng Trị", place_code="45", **YEAR[2018])],
                day,
                home,
            )
        )
    text = "Kế hoạch mới\nĐến cuối năm 2020 tỉnh Quảng Trị phấn đấu 95% người dân có thẻ BHYT; năm 2016 mới có hơn 82%."
    aims = [
        figure(text, "95%", 95, place="tỉnh Quảng Trị", place_code="45", status="target", **YEAR[2020]),
        figure(text, "hơn 82%", 82, place="tỉnh Quảng Trị", place_code="45", comparator="gt", **YEAR[2016]),
    ]
    out.append(record("b1", text, aims, date(2018, 3, 4)))
    # The same words for two communes of which neither has a code.
    for id, value, day in (("c1", "77%", date(2017, 5, 6)), ("c2", "79%", date(2018, 5, 6))):
        text = f"Chuyện làng ở Quảng Trị\nToàn xã đã có {value} người dân tham gia BHYT."
        out.append(record(id, text, [figure(text, value, float(value[:-1]), place="toàn xã")], day, "Quảng Trị=45"))
    text = (
        "Toàn cảnh\nCả nước ước đạt 90% dân số có thẻ BHYT trong năm 2019, còn năm 2024 là 94%. Riêng học sinh đạt 97%."
    )
    told = [
        figure(text, "90%", 90, place="Cả nước", place_code="VN", comparator="approx", **YEAR[2019]),
        figure(text, "94%", 94, place="Cả nước", place_code="VN", **YEAR[2024]),
        figure(
            text,
            "97%",
            97,
            place="Cả nước",
            place_code="VN",
            place_inherited=True,
            group="học sinh",
            group_id="pupils",
            **YEAR[2024],
        ),
    ]
    out.append(record("d1", text, told, date(2025, 1, 15), "Toàn cảnh=01"))
    # No day at all, and a day without its year.
    text = "Tin ngắn\nĐà Nẵng có 93% dân số tham gia BHYT. Đến tháng 6 thì Đà Nẵng đạt 94%."
    lost = [
        figure(text, "93%", 93, place="Đà Nẵng", place_code="48"),
        figure(text, "94%", 94, place="Đà Nẵng", place_code="48", period="tháng 6", period_value="XXXX-06"),
    ]
    out.append(record("e1", text, lost))
    # One code, two lands: Hưng Yên before and after it took in Thái Bình.
    text = "Hai thời\nHưng Yên: 88% năm 2020, 90% năm 2023 và 93% năm 2026; năm 2030 cần 96%."
    both = [
        figure(text, "88%", 88, place="Hưng Yên", place_code="33", **YEAR[2020]),
        figure(text, "90%", 90, place="Hưng Yên", place_code="33", **YEAR[2023]),
        figure(text, "93%", 93, place="Hưng Yên", place_code="33", **YEAR[2026]),
        figure(text, "96%", 96, place="Hưng Yên", place_code="33", status="target", **YEAR[2030]),
    ]
    out.append(record("f1", text, both, date(2026, 12, 30)))
    # Districts of Hưng Yên.
    text = "Huyện nào hơn\nNăm 2024: huyện Ân Thi 86%, huyện Kim Động 84,5%; năm 2023 Ân Thi mới 83%."
    below = [
        figure(text, "86%", 86, place="huyện Ân Thi", place_code="329", **YEAR[2024]),
        figure(text, "84,5%", 84.5, place="huyện Kim Động", place_code="331", **YEAR[2024]),
        figure(text, "83%", 83, place="Ân Thi", place_code="329", **YEAR[2023]),
    ]
    out.append(record("g1", text, below, date(2025, 2, 2)))
    # A count, voluntary social insurance with targets alone, a fall, a formula in a title.
    text = "=1+1\nNam Định có thêm 1.200 người tham gia BHXH tự nguyện, giảm 300 người so với năm trước."
    counts = [
        figure(text, "1.200 người", 1200, unit="person", programme="BHXH_TN", indicator="new_participants", place="Nam Định",
               place_code="36", **YEAR[2022]),
        figure(text, "300 người", -300, unit="person", programme="BHXH_TN", indicator="change", place="Nam Định",
               place_code="36", base="năm trước", base_value="2021", **YEAR[2022]),
    ]  # fmt: skip
    out.append(record("h1", text, counts, date(2023, 1, 5)))
    text = "Nghị quyết\nCả nước phấn đấu khoảng 2,5% nông dân tham gia BHXH tự nguyện năm 2025."
    goal = figure(text, "khoảng 2,5%", 2.5, programme="BHXH_TN", place="Cả nước", place_code="VN", status="target",
                  comparator="approx", group="nông dân", group_id="farmers", **YEAR[2025])  # fmt: skip
    out.append(record("i1", text, [goal]))
    return out
