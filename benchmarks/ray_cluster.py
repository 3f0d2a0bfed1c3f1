"""Ray and local processes give equal tables: a real local cluster of two nodes, started with `ray start`.

    python benchmarks/ray_cluster.py ARTICLES [--limit N] [--out FOLDER]

Needs the extra `ray`. Starts a head and a second node on this machine (one CPU each) on ports of its own, runs the same
input on it and on local processes, compares all tables, and stops the two nodes. Exit status 1 when they differ.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

TABLES = ("articles", "officials", "positions", "dates", "locations", "documents", "figures")

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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    folder = arguments.out or Path(tempfile.mkdtemp(prefix="extractor-ray-"))
    command = [sys.executable, "-m", "extractor", "extract", str(arguments.articles), "--limit", str(arguments.limit)]
    command += ["--shard-size", str(max(1, arguments.limit // 8)), "--workers", "2"]
    port = free_port()
    nodes = [start("--head", f"--port={port}", "--node-ip-address=127.0.0.1", "--include-dashboard=false")]
    try:
        time.sleep(8)
        nodes.append(start(f"--address=127.0.0.1:{port}"))
        time.sleep(6)
        began = time.perf_counter()
        on_ray = [*command, "-o", str(folder / "ray"), "--engine", "ray", "--ray-address", f"127.0.0.1:{port}"]
        done = subprocess.run(on_ray, capture_output=True, text=True, check=False, timeout=240, env=ENVIRONMENT)
        print(f"ray, two nodes: {time.perf_counter() - began:.1f} s\n{done.stderr.strip()}")
        if done.returncode:
            return 1
        print(nodes_seen(port))
    finally:
        for node in reversed(nodes):
            os.killpg(node.pid, signal.SIGTERM)
        for node in nodes:
            try:
                node.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(node.pid, signal.SIGKILL)
    began = time.perf_counter()
    done = subprocess.run(
        [*command, "-o", str(folder / "local")], capture_output=True, text=True, check=False, timeout=240
    )
    print(f"local, two workers: {time.perf_counter() - began:.1f} s\n{done.stderr.strip()}")
    different = [n for n in TABLES if not pq.read_table(folder / "ray" / n).equals(pq.read_table(folder / "local" / n))]
    print(f"different tables: {', '.join(different)}" if different else "equal tables")
    return 1 if different or done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
