"""What a night's run must survive, as a script anyone can run.

    python benchmarks/batch.py scale  ARTICLES    two workers against one
    python benchmarks/batch.py kill   ARTICLES    kill -9 of the process group at five random moments, then compare tables
    python benchmarks/batch.py memory ARTICLES    memory of driver and workers, over a run and one four times as long
    python benchmarks/batch.py faults ARTICLES    broken line, 50 MB article, bad UTF-8, zip bomb, read-only folder, full disk

ARTICLES is a .jsonl or .jsonl.gz file with `id` and `text`; `--limit N` takes the first N. Exit status 1 when a check fails.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

TABLES = ("articles", "officials", "positions", "dates", "locations", "documents", "figures")
EXTRACT = [sys.executable, "-m", "extractor", "extract"]


def articles(path: Path, limit: int) -> Iterator[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            if number >= limit:
                return
            yield json.loads(line)


def sample(path: Path, limit: int, folder: Path) -> Path:
    """The first articles as a file of their own."""
    out = folder / f"sample-{limit}.jsonl"
    with out.open("w", encoding="utf-8") as stream:
        for row in articles(path, limit):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return out


def extract(*arguments: str | Path, **settings: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*EXTRACT, *map(str, arguments)], capture_output=True, text=True, check=False, **settings)  # type: ignore[call-overload,no-any-return]


def equal(one: Path, two: Path) -> bool:
    return all(pq.read_table(one / name).equals(pq.read_table(two / name)) for name in TABLES)


def scale(source: Path, folder: Path, limit: int) -> bool:
    data = sample(source, limit, folder)
    rates = {}
    for workers in (1, 2):
        began = time.perf_counter()
        done = extract(data, "-o", folder / f"scale-{workers}", "--workers", str(workers))
        assert done.returncode == 0, done.stderr
        rates[workers] = limit / (time.perf_counter() - began)
        print(f"{workers} workers: {rates[workers]:.1f} articles/s, start included")
    same = equal(folder / "scale-1", folder / "scale-2")
    print(f"two workers do {rates[2] / rates[1]:.2f} times the work of one (wanted: 1.7); equal tables: {same}")
    return rates[2] >= 1.7 * rates[1] and same


def kill(source: Path, folder: Path, limit: int, *, seed: int = 1) -> bool:
    data = sample(source, limit, folder)
    began = time.perf_counter()
    arguments = ["--workers", "2", "--shard-size", str(max(1, limit // 40))]
    done = extract(data, "-o", folder / "calm", *arguments)
    assert done.returncode == 0, done.stderr
    length = time.perf_counter() - began
    chance = random.Random(seed)
    for number in range(5):
        process = subprocess.Popen(
            [*EXTRACT, str(data), "-o", str(folder / "storm"), *arguments],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        after = chance.uniform(0.15, 0.6) * length
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        finished = (
            len(list((folder / "storm" / "_shards").glob("*.json"))) if (folder / "storm" / "_shards").is_dir() else 0
        )
        print(f"kill {number + 1} after {after:.1f} s: {finished} shards finished")
    done = extract(data, "-o", folder / "storm", *arguments)
    print(done.stderr.strip())
    ids = pq.read_table(folder / "storm" / "articles")["id"].to_pylist()
    once = len(ids) == len(set(ids)) == limit
    same = done.returncode == 0 and equal(folder / "calm", folder / "storm")
    left = [str(p) for p in (folder / "storm").rglob("*.tmp")]
    print(f"equal tables: {same}; each article once: {once}; temporary files left: {len(left)}")
    return same and once and not left


def memory(source: Path, folder: Path, limit: int) -> bool:
    peaks = {}
    for times in (1, 4):
        data = sample(source, limit * times, folder)
        # JSON Lines: pyarrow would come into the driver only with the first duplicate, and hide what grows.
        command = [
            *EXTRACT,
            str(data),
            "-o",
            str(folder / f"memory-{times}.jsonl"),
            "--workers",
            "2",
            "--shard-size",
            "100",
        ]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        peak: dict[str, int] = {"driver": 0, "workers": 0}
        while process.poll() is None:
            peak["driver"] = max(peak["driver"], _resident(process.pid))
            peak["workers"] = max([peak["workers"], *(_resident(p) for p in _below(process.pid))])
            time.sleep(0.2)
        peaks[times] = peak
        print(f"{limit * times} articles: driver {peak['driver'] >> 10} MB, largest worker {peak['workers'] >> 10} MB")
    growth = {k: peaks[4][k] / max(1, peaks[1][k]) for k in peaks[1]}
    print("four times the articles take " + ", ".join(f"{v:.2f} times the memory ({k})" for k, v in growth.items()))
    return all(v < 1.25 for v in growth.values())


def _resident(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _below(pid: int) -> list[int]:
    out: list[int] = []
    try:
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            out += [int(child), *_below(int(child))]
    except OSError:
        pass
    return out


def faults(source: Path, folder: Path, limit: int) -> bool:
    rows = list(articles(source, min(limit, 40)))
    inputs = folder / "inputs"
    inputs.mkdir()
    with (inputs / "news.jsonl").open("w", encoding="utf-8") as stream:
        for number, row in enumerate(rows):
            if number == 7:
                stream.write('{"id": "broken", "text": "nửa dòng\n')
            if number == 11:
                stream.write(json.dumps({"id": "huge", "text": "chữ " * 12_500_000}, ensure_ascii=False) + "\n")
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    (inputs / "not-text.txt").write_bytes(bytes(range(256)) * 100)
    (inputs / "bomb.txt.gz").write_bytes(gzip.compress(bytes(300 << 20), 9))
    (inputs / "bomb.jsonl.gz").write_bytes(gzip.compress(bytes(300 << 20), 9))
    good = True

    def check(name: str, right: bool, said: str) -> None:
        nonlocal good
        good = good and right
        print(f"{'ok  ' if right else 'FAIL'} {name}: {said}")

    done = extract(inputs, "-o", folder / "out")
    errors = [json.loads(line) for line in (folder / "out" / "errors.jsonl").open(encoding="utf-8")]
    ids = pq.read_table(folder / "out" / "articles")["id"].to_pylist()
    check(
        "good articles",
        done.returncode == 1 and ids == [r["id"] for r in rows],  # 1: two archives were not read to their end
        f"{len(ids)} of {len(rows)} extracted, status {done.returncode}",
    )
    for name, sign in {
        "broken line": "broken line, not JSON",
        "50 MB article": "a line of more than",
        "invalid UTF-8 file": "not text",
        "zip bomb .txt.gz": "bomb.txt.gz",
        "zip bomb .jsonl.gz": "bomb.jsonl.gz",
    }.items():
        found = [e for e in errors if sign in e["reason"] or sign in e["file"]]
        check(
            name, bool(found), f"{found[0]['stage']}: {found[0]['reason'][:150]}" if found else "not in the quarantine"
        )
    check("nothing else", len(errors) == 5, f"{len(errors)} lines in errors.jsonl")
    again = folder / "again.jsonl"
    retry = ("--retry", folder / "out" / "errors.jsonl", "--max-chars", "60000000", "--timeout", "5")
    done = extract(inputs, "-o", again, *retry)
    counts = [sum(1 for _ in p.open("rb")) for p in (again, folder / "errors.jsonl")]
    right = done.returncode == 1 and sum(counts) == 5
    check("rerun of the quarantine", right, f"{counts[0]} articles, {counts[1]} still in quarantine")

    data = sample(source, limit, folder)
    for name, options in {"read-only folder": "ro,size=1m", "full disk": "size=400k"}.items():
        mount = folder / name.replace(" ", "-")
        mount.mkdir()
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(mount)], capture_output=True, check=False
        ).returncode:
            print(f"skip {name}: this user may not mount a small tmpfs")
            continue
        try:
            done = extract(data, "-o", mount / "out", "--shard-size", "20", "--workers", "2")
            said = done.stderr.strip().splitlines()[-1]
            check(name, done.returncode in (1, 2) and "Traceback" not in done.stderr, said)
            if name == "full disk":
                shards = len(list((mount / "out" / "_shards").glob("*.json")))
                subprocess.run(["mount", "-o", "remount,size=500m", str(mount)], check=True)
                done = extract(data, "-o", mount / "out", "--shard-size", "20", "--workers", "2")
                count = pq.read_table(mount / "out" / "articles").num_rows if done.returncode == 0 else 0
                check(
                    "full disk, then space",
                    count == limit,
                    f"{shards} shards were kept, {count} of {limit} articles in the end",
                )
        finally:
            subprocess.run(["umount", str(mount)], check=False)
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("check", choices=["scale", "kill", "memory", "faults"])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=400)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="extractor-benchmark-"))
    try:
        checks = {"scale": scale, "kill": kill, "memory": memory, "faults": faults}
        return 0 if checks[arguments.check](arguments.articles, folder, arguments.limit) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
