"""Ray and local processes give equal tables: a real local cluster of two nodes, started with `ray start`.

    python benchmarks/ray_cluster.py ARTICLES [--limit N] [--out FOLDER]

Needs the extra `ray`. Starts a head and a second node on this machine (one CPU each) on ports of its own, extracts nine tenths of
the articles there, then all of them into the same output, of which some were changed; then all at once on local processes. Compares
all tables and stops the two nodes. Exit status 1 when they differ.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

TABLES = ("articles", "officials", "positions", "dates", "locations", "documents", "figures", "duplicates")

# Recent versions of Ray ask for a token; this throwaway cluster gets one of its own.
ENVIRONMENT = os.environ | {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(*options: str) -> subprocess.Popen[bytes]:
    # --block keeps the node a child of this script, in a group of its own, so that stopping it touches no other Ray.
    ray = str(Path(sys.executable).with_name("ray"))
    return subprocess.Popen(
        [ray, "start", "--block", "--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=ENVIRONMENT,
    )


def nodes_seen(port: int) -> str:
    code = (
        f"import ray, logging; ray.init(address='127.0.0.1:{port}', log_to_driver=False, logging_level=logging.ERROR); "
        "n = [x for x in ray.nodes() if x['Alive']]; print(len(n), 'nodes,', int(ray.cluster_resources()['CPU']), 'CPUs')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=60
    )
    return done.stdout.strip()


def lay(source: Path, limit: int, folder: Path, day: int) -> None:
    """The inputs of a day: on the first nine tenths of the articles, on the second all, of which every hundredth was changed."""
    folder.mkdir(exist_ok=True)
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in islice(stream, limit)]
    early = rows[: max(1, len(rows) * 9 // 10)]
    if day == 2:
        early = [r | {"text": f"{r['text']}\nTin sửa."} if n % 100 == 0 else r for n, r in enumerate(early)]
    for name, some in (("early", early), ("late", rows[len(early) :] if day == 2 else [])):
        if some:
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in some)
            (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def timed(what: str, command: list[str], **settings: object) -> bool:
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, **settings)  # type: ignore[call-overload]
    told = [line for line in done.stderr.splitlines() if " left" not in line]
    print(f"{what}: {time.perf_counter() - began:.1f} s", *told, sep="\n", flush=True)
    return done.returncode == 0


def ordered(folder: Path, name: str) -> pa.Table:
    """A table in an order that does not depend on the day on which an article came in."""
    table = pq.read_table(folder / name)
    return table.take(pc.sort_indices(table, [(c, "ascending") for c in ("id", "start") if c in table.column_names]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    folder = arguments.out or Path(tempfile.mkdtemp(prefix="extractor-ray-"))
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "extractor", "extract", str(folder / "in"), "--workers", "2"]
    command += ["--shard-size", str(min(250, max(1, arguments.limit // 8)))]
    port = free_port()
    nodes = [start("--head", f"--port={port}", "--node-ip-address=127.0.0.1", "--include-dashboard=false")]
    try:
        time.sleep(8)
        nodes.append(start(f"--address=127.0.0.1:{port}"))
        time.sleep(6)
        on_ray = [*command, "-o", str(folder / "ray"), "--engine", "ray", "--ray-address", f"127.0.0.1:{port}"]
        for day in (1, 2):
            lay(arguments.articles, arguments.limit, folder / "in", day)
            if not timed(f"ray, two nodes, day {day}", on_ray, env=ENVIRONMENT):
                return 1
        print(nodes_seen(port), flush=True)
    finally:
        for node in reversed(nodes):
            os.killpg(node.pid, signal.SIGTERM)
        for node in nodes:
            try:
                node.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(node.pid, signal.SIGKILL)
    if not timed("local, two workers, all at once", [*command, "-o", str(folder / "local")]):
        return 1
    different = [n for n in TABLES if not ordered(folder / "ray", n).equals(ordered(folder / "local", n))]
    print(f"different tables: {', '.join(different)}" if different else "equal tables")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
