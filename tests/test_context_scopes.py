"""Context rules: which words turn a number into a target, a condition or an example, and where their scope ends."""

from __future__ import annotations

import pytest

from extractor.errors import PatternError
from extractor.language import read
from extractor.models import Article
from extractor.rules.scopes import block_scopes, covering, scopes

CASES = [
    ("Phấn đấu hết năm đạt 95% dân số.", "95%", "target", True),
    ("Phấn đấu giảm nghèo, đến nay đạt 95% dân số.", "95%", "target", False),
    ("Mục tiêu năm tới, 95% dân số tham gia.", "95%", "target", True),
    ("Có 90% dân số, vượt chỉ tiêu, tăng 2% so với năm trước.", "2%", "target", False),
    ("Tỷ lệ là 84% (tỉnh giao 86%).", "86%", "target", True),
    ("Tỷ lệ là 84% (tỉnh giao 86%).", "84%", "target", False),
    ("Ví dụ, công ty có 50 lao động.", "50", "hypothetical", True),
    ("Công ty có 50 lao động.", "50", "hypothetical", False),
    ("Số lao động bình quân năm không quá 100 người.", "100", "condition", True),
    ("Tạo điều kiện để 100 người vay vốn.", "100", "condition", False),
    ("Trước đây, xã chỉ có 40% hộ, hiện có 95%.", "40%", "former", True),
    ("Trước đây, xã chỉ có 40% hộ, hiện có 95%.", "95%", "former", False),
]


@pytest.mark.parametrize(("text", "number", "category", "expected"), CASES)
def test_context_scope(text: str, number: str, category: str, expected: bool) -> None:
    reading = read(Article(id="t", text=text))
    found = scopes(reading, 0, len(text))
    assert (covering(found, text.index(number), category) is not None) == expected  # type: ignore[arg-type]


def test_context_heading_reaches_over_its_bullets() -> None:
    text = "Đại hội xã\nMục tiêu cụ thể:\n- Tỷ lệ bao phủ 95%\n- Giảm nghèo 2%\nKết quả năm qua đạt 91%"
    reading = read(Article(id="t", text=text))
    found = block_scopes(reading)
    assert [covering(found, text.index(n), "target") is not None for n in ("95%", "2%", "91%")] == [True, True, False]


def test_context_nearest_cue_wins() -> None:
    text = "Mục tiêu là phấn đấu đạt 95%."
    reading = read(Article(id="t", text=text))
    scope = covering(scopes(reading, 0, len(text)), text.index("95%"), "target")
    assert scope is not None
    assert scope.rule == "strive"


def test_context_unknown_key_is_refused(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from extractor.rules import rows as rules
    from extractor.rules.scopes import ContextRow

    row = "- id: a\n  category: target\n  reach: 5\n  forms: ['x']\n  examples: ['x']\n  counterexamples: ['y']\n"
    (tmp_path / "t.yaml").write_text(row, encoding="utf-8")
    monkeypatch.setattr(rules, "patterns_dir", lambda: tmp_path)
    rules._raw.cache_clear()
    with pytest.raises(PatternError, match="reach"):
        rules.load_rows("t.yaml", ContextRow)
    rules._raw.cache_clear()
