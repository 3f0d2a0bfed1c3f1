"""Load on the web page of a dataset: readers who ask all the time, long queries among them; quantiles of the answers' times.

    python benchmarks/load.py news.db [--seconds 60] [--readers 20] [--limit 1.0]

Starts `extractor serve` on a free port of 127.0.0.1, asks from as many threads as there are readers, each after the answer before,
and prints by kind of page how many answers there were, the median, p95 and p99 in seconds, and the statuses. Exit status 1 when the
p99 of all answers is over `--limit`, or an answer is a server's error other than "took too long" (503).
"""

from __future__ import annotations

import argparse
import http.client
import random
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict, deque
from pathlib import Path
from urllib.parse import quote

WORDS = (
    "bảo hiểm y tế", "tiền giang", "chủ tịch ubnd tỉnh", "sở giáo dục và đào tạo", "tai nạn giao thông", "nông thôn mới",
    "bệnh viện đa khoa", "hội phụ nữ", "của các", "và", "công an xã", "nghị định", "thành phố hồ chí minh", "không có hai chữ này",
)  # fmt: skip
LONG = (
    "ủy ban nhân dân tỉnh và các sở ban ngành về việc thực hiện chính sách bảo hiểm y tế cho người dân năm nay của tỉnh"
)
Answer = tuple[str, float, int, str]  # kind of page, seconds, status (0: no answer), path
KINDS = ("search", "long", "plain", "filtered", "json", "article", "official", "place", "charts", "map", "table")


def addresses(database: Path, seed: int) -> list[tuple[str, str]]:
    """Kinds and paths of pages, in the order in which a reader asks for them."""
    with sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True) as db:
        draw = random.Random(seed)

        def some(sql: str) -> list[str]:
            return [str(row[0]) for row in db.execute(sql)] or ["-"]

        ids = some("SELECT id FROM articles ORDER BY rowid LIMIT 2000")
        names = some("SELECT name FROM officials ORDER BY rowid LIMIT 500")
        codes = some("SELECT code FROM units LIMIT 500")
        provinces = some("SELECT DISTINCT province FROM articles WHERE province IS NOT NULL")
    out = []
    for _ in range(400):
        kind = draw.choices(KINDS, weights=(25, 6, 8, 8, 6, 22, 8, 8, 3, 3, 3))[0]
        word, page = quote(draw.choice(WORDS)), draw.randrange(1, 4)
        path = {
            "search": f"/search?q={word}&page={page}",
            "long": f"/search?q={quote(' '.join(draw.sample(LONG.split(), 24)))}",
            "plain": f"/?page={page}",
            "filtered": f"/search?q={word}&province={quote(draw.choice(provinces))}",
            "json": f"/search.json?q={word}&limit=50",
            "article": f"/article?id={quote(draw.choice(ids), safe='')}",
            "official": f"/official?name={quote(draw.choice(names))}",
            "place": f"/place/{draw.choice(codes)}",
            "charts": "/charts",
            "map": "/map",
            "table": f"/{quote(database.stem)}/figures.json?_size=50",
        }[kind]
        out.append((kind, path))
    return out


def ask(port: int, database: Path, seed: int, until: float, seen: list[Answer]) -> None:
    """One reader's questions until the clock says `until`; kind, seconds, status and path of each answer go to `seen`."""
    paths = addresses(database, seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    number = 0
    while time.monotonic() < until:
        kind, path = paths[number % len(paths)]
        number += 1
        begin = time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            connection.close()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            status = 0
        seen.append((kind, time.perf_counter() - begin, status, path))
    connection.close()


def measure(database: Path, seconds: float, readers: int) -> list[Answer]:
    """Kind, seconds, status and path of every answer to `readers` readers at once."""
    command = [sys.executable, "-m", "extractor", "serve", str(database), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    seen: list[Answer] = []
    errors: deque[str] = deque(maxlen=60)
    reading = threading.Thread(target=errors.extend, args=(server.stderr,), daemon=True)  # a full pipe would stop it
    try:
        said = ""
        while "http://127.0.0.1:" not in said:
            said = server.stderr.readline()
            if not said:
                raise SystemExit(f"{database}: the server did not start")
        reading.start()
        port = int(said.split("http://127.0.0.1:")[1].split("/")[0])
        ask(port, database, 0, time.monotonic() + min(2.0, seconds / 5), [])  # connections and caches of the start
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=ask, args=(port, database, n, until, seen)) for n in range(1, readers + 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return seen
    finally:
        server.terminate()
        server.wait()
        if any(is_broken(status) for _, _, status, _ in seen):
            print("".join(errors), file=sys.stderr)


def is_broken(status: int) -> bool:
    """Whether a status is an error of the server other than "took too long" (503), or none came."""
    return status == 0 or (status >= 500 and status != 503)


def quantile(times: list[float], share: float) -> float:
    """The value that `share` of the times do not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--limit", type=float, default=1.0, help="seconds that the p99 of all answers may be")
    args = parser.parse_args()
    seen = measure(args.database, args.seconds, args.readers)
    by_kind: dict[str, list[float]] = defaultdict(list)
    for kind, took, _, _ in seen:
        by_kind[kind].append(took)
    print(f"{'page':10s} {'answers':>8s} {'median':>8s} {'p95':>8s} {'p99':>8s}")
    for kind, times in [*sorted(by_kind.items()), ("all", [took for _, took, _, _ in seen])]:
        cells = (statistics.median(times), quantile(times, 0.95), quantile(times, 0.99))
        print(f"{kind:10s} {len(times):8,d} " + " ".join(f"{cell:8.3f}" for cell in cells))
    statuses = Counter(status for _, _, status, _ in seen)
    print(f"statuses: {dict(sorted(statuses.items()))}; {len(seen) / args.seconds:.0f} answers a second")
    broken = [(status, path) for _, _, status, path in seen if is_broken(status)]
    for status, path in broken[:10]:
        print(f"{status}: {path}")
    return int(bool(broken) or quantile([took for _, took, _, _ in seen], 0.99) > args.limit)


if __name__ == "__main__":
    sys.exit(main())
