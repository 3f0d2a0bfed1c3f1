"""Time of the date and document finders on hostile input: it must grow linearly with the length.

usage: python benchmarks/hostile_dates.py [MEGABYTES]   (default 1; prints a table, exit status 1 when growth is not linear)

Each text is one line made of one repeated piece: digits and slashes, lists, words that begin many expressions.
"""

from __future__ import annotations

import sys
import time
from datetime import date

from extractor.fields.dates.expressions import find_dates
from extractor.fields.dates.page import page_date
from extractor.fields.documents.resolve import find_documents
from extractor.language import read
from extractor.models import Article

PIECES = {
    "digits and slashes": "1/2/34/5678/90/",
    "digits": "1234567890",
    "lists of days": "1, 2, 3 và ",
    "dashes": "12-11-",
    "blanks between digits": "1 / 2 - 3 . ",
    "date words": "ngày tháng năm quý từ đến ",
    "years": "2016-2017-2018 - ",
    "relative words": "sáng nay chiều qua tuần trước cuối ",
    "numbers of documents": "12/QĐ-UBND-QĐ-",
    "type words": "Quyết định số Nghị định số ",
    "bodies": "UBND tỉnh Hà Nam ban hành Quyết định 12/QĐ-UBND; ",
    "lunar words": "mùng 1 Tết rằm tháng Giêng âm lịch ",
}
LINEAR = 3.0  # four times the text may take at most this factor more than four times the time


def seconds(text: str) -> float:
    """Process time of both finders and of the page's date on a text."""
    reading = read(Article(id="hostile", text=text, published=date(2018, 1, 13)))
    begin = time.process_time()
    page_date(reading)
    find_dates(reading)
    find_documents(reading)
    return time.process_time() - begin


def main(megabytes: float) -> int:
    """Print seconds at a quarter of the length and at the whole; 1 when a text grows faster than linear."""
    length = int(megabytes * 1_000_000)
    bad = 0
    print(f"{'one line of':24} {'1/4':>8} {'whole':>8} {'s/MB':>8}")
    for name, piece in PIECES.items():
        text = piece * (length // len(piece) + 1)
        small, whole = seconds(text[: length // 4]), seconds(text[:length])
        linear = whole <= 4 * LINEAR * max(small, 0.01)
        bad += not linear
        print(f"{name:24} {small:8.2f} {whole:8.2f} {whole / megabytes:8.2f}{'' if linear else '  not linear'}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0))
