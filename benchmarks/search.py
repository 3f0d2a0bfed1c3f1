"""Search beside a scan: ten typical queries, accented and not, against `LIKE` over the same table; indexing against extraction.

    python benchmarks/search.py RECORDS.jsonl|TABLES/ [--extracted SECONDS]

Prints the seconds of indexing (and its share of the seconds that extracting took, where given), the median time of each
query and of a `LIKE` scan, and whether accented and plain spelling give equal counts.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from extractor.dataset.build import index
from extractor.dataset.search import count, open_readonly, phrase, search
from extractor.text import unaccent

QUERIES = (
    "bảo hiểm y tế", "Tiền Giang", "Chủ tịch UBND tỉnh", "Sở Giáo dục và Đào tạo", "Nghị định 46/2014", "tai nạn giao thông",
    "xã nông thôn mới", "bệnh viện đa khoa", "Hội Liên hiệp Phụ nữ", "sốt xuất huyết",
)  # fmt: skip


IDS = "SELECT e.id FROM words w JOIN entries e ON e.rowid = w.rowid WHERE words MATCH ? AND e.kind = 'articles'"


def median(run: Callable[[], object], times: int = 5) -> float:
    """Milliseconds, the median of `times` runs."""
    out = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        out.append((time.perf_counter() - begin) * 1e3)
    return statistics.median(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--extracted", type=float, help="seconds that extracting the source took")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "news.db"
        begin = time.perf_counter()
        built = index(args.source, target)
        seconds = time.perf_counter() - begin
        share = f", {seconds / args.extracted:.0%} of the extraction" if args.extracted else ""
        print(f"{built.articles:,} articles indexed in {seconds:.1f} s{share}; {target.stat().st_size / 1e6:.0f} MB")
        db = open_readonly(target)
        scan = sqlite3.connect(target)
        ratios, page_ratios = [], []
        print(
            f"{'query':28s} {'hits':>6s} {'plain':>6s} {'ids ms':>8s} {'page ms':>8s} {'LIKE ms':>8s} {'ids x':>6s} {'page x':>6s}"
        )
        for query in QUERIES:
            plain = unaccent(query)
            hits, same = count(db, query), count(db, plain)
            # Like for like: the ids of all hits, both spellings; and the whole first page, ranked, with snippets.
            ids = statistics.mean(
                median(lambda q=q: db.execute(IDS, (phrase(q, "folded"),)).fetchall()) for q in (query, plain)
            )  # type: ignore[misc]
            page = statistics.mean(median(lambda q=q: search(db, q)) for q in (query, plain))  # type: ignore[misc]
            slow = median(
                lambda q=query: scan.execute("SELECT id FROM articles WHERE text LIKE ?", (f"%{q}%",)).fetchall()
            )  # type: ignore[misc]
            ratios.append(slow / ids)
            page_ratios.append(slow / page)
            print(
                f"{query:28s} {hits:6,d} {same:6,d} {ids:8.2f} {page:8.2f} {slow:8.2f} {slow / ids:6.1f} {slow / page:6.1f}"
            )
            assert hits == same, "accented and plain spelling differ"
        print(f"median ratio: ids {statistics.median(ratios):.1f}, first page {statistics.median(page_ratios):.1f}")


if __name__ == "__main__":
    main()
