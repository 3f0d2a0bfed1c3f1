"""What a record never says of persons who hold no public post."""

import pytest

import extractor


@pytest.mark.parametrize(
    ("text", "name", "quotes"),
    [
        (
            "Chiều 5/6/2019, bà Trần Thị Mận, Chủ tịch UBND xã Yên Khê, trao quà cho em Lò Văn Chái, 9 tuổi, ở bản Nà.",
            "Trần Thị Mận",
            ["trao quà cho"],
        ),
        (
            "Ông Lê Văn Tám, Phó Chủ tịch UBND huyện Thuận Châu, ký quyết định cấp đất cho hộ có số CMND 050123456.",
            "Lê Văn Tám",
            ["ký quyết định cấp đất cho hộ có số"],
        ),
        (
            "Ông Lê Văn Tám, Phó Chủ tịch UBND huyện Thuận Châu, đến thăm một cháu bé 7 tuổi bị bỏng.",
            "Lê Văn Tám",
            ["thăm một cháu bé"],
        ),
    ],
)
def test_quotes_of_activities_stop_before_private_persons(text: str, name: str, quotes: list[str]) -> None:
    """P0: no child, age or number of a card in a quote."""
    (person,) = extractor.extract(text, published="2019-06-20").officials
    assert person.name == name
    said = [a.text for a in person.activities]
    for part in ("Chái", "tuổi", "050123456"):
        assert not any(part in quote for quote in said)
    assert said == quotes


def test_no_post_is_given_across_a_quotation_mark() -> None:
    """P0: whoever is quoted beside a post does not hold it."""
    text = (
        "Ông Vàng Seo Páo được trả tự do sau mười năm.\nÔng Páo cho biết đã nhận giấy mời. "
        "“Chánh án Tòa án nhân dân tỉnh Lào Cai cho biết đang chờ kinh phí”, ông Páo nói. Ông Vàng Seo Páo còn năm con nhỏ."
    )
    assert not extractor.extract(text, published="2019-06-20").officials
