"""Speed and memory, measured in one run and given as ratios to peers, because machines are shared and noisy.

    python benchmarks/speed.py ARTICLES.jsonl[.gz] [--articles 300] [--memory 12000] [--workers 1000] [--json OUT]

Prints milliseconds an article of the whole extraction and of each layer beside `underthesea.word_tokenize`,
`underthesea.ner` by sentence, pyvi (where installed) and a blank spaCy tokenizer; the cost against the length of the
text; memory over many articles; two workers against one; start-up time. The articles are not seen before in the process.
Times are processor time, which other processes on the machine disturb less than the clock.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import importlib.metadata
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from extractor.models import Article
from extractor.text import clean

Timed = Callable[[Article], object]


def articles(path: Path) -> Iterator[Article]:
    """Articles of a JSON Lines file, plain or gzip."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            day = row.get("published")
            yield Article(
                id=row["id"],
                text=clean(row["text"]),
                title=row.get("title"),
                published=date.fromisoformat(day[:10]) if day else None,
            )


def per_article(run: Timed, batch: list[Article]) -> float:
    """Mean milliseconds an article."""
    begin = time.process_time()
    for article in batch:
        run(article)
    return (time.process_time() - begin) / len(batch) * 1e3


def peers() -> dict[str, Timed]:
    """What others do with the same text, warmed up on a sentence."""
    import spacy
    import underthesea

    blank = spacy.blank("xx")
    out: dict[str, Timed] = {
        "underthesea.word_tokenize": lambda a: underthesea.word_tokenize(a.text),
        "spacy.blank": lambda a: blank(a.text),
    }
    try:
        from pyvi import ViTokenizer

        out["pyvi"] = lambda a: ViTokenizer.tokenize(a.text)
    except ImportError:
        print("pyvi is not installed: left out (pip install pyvi)")
    underthesea.word_tokenize("khởi động")
    return out


def layers() -> dict[str, Timed]:
    """The steps of the pipeline, each with what it needs before it."""
    from extractor.language import read, segmented
    from extractor.ner import tag
    from extractor.pipeline import extract_article

    extract_article(Article(id="w", text="Sáng 1/2, UBND xã họp."))
    segmented("Sáng 1/2, UBND xã họp.")
    return {
        "read (tokens, sentences, lines)": read,
        "read + statistical layer": lambda a: tag(read(a)),
        "whole extraction, rules only": lambda a: extract_article(a, backend="none"),
        "words of all sentences": lambda a: segmented(a.text),
        "whole extraction": extract_article,
    }


def ner_by_sentence(batch: list[Article]) -> float:
    """`underthesea.ner` is worse than linear, so it gets one sentence at a time, its better case."""
    import underthesea

    from extractor.language import read

    readings = [read(a) for a in batch]
    underthesea.ner("khởi động")
    begin = time.process_time()
    for r in readings:
        for s, e in r.sentences:
            underthesea.ner(r.text[s:e])
    return (time.process_time() - begin) / len(batch) * 1e3


def by_length(source: list[Article], lengths: tuple[int, ...] = (200, 2_000, 20_000)) -> dict[int, float]:
    """Milliseconds of the whole extraction on texts of a given number of characters, cut from different articles."""
    from extractor.pipeline import extract_article

    stock = "\n".join(a.text for a in source)
    out: dict[int, float] = {}
    at = 0
    for length in lengths:
        times = []
        for _ in range(max(3, 60_000 // length)):
            text = stock[at : at + length]
            at = (at + length) % max(1, len(stock) - length)
            begin = time.process_time()
            extract_article(Article(id="n", text=text, published=date(2018, 1, 13)))
            times.append((time.process_time() - begin) * 1e3)
        out[length] = statistics.mean(times)
    return out


def memory_of_a_worker(path: Path, count: int) -> dict[str, float]:
    """`memory` in a process of its own: this one holds the peers as well. What is kept on disk is of this version alone."""
    command = [sys.executable, __file__, str(path), "--memory", str(count), "--only-memory"]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"EXTRACTOR_CACHE": str(Path(folder, "extractor"))}
        for number in (20, count):  # the first run fills it
            command[4] = str(number)
            done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def peak() -> float:
    """Peak resident memory of this process in MB. `ru_maxrss` would count the process that started it as well."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(path: Path, count: int) -> dict[str, float]:
    """Peak resident memory in MB after 1,000 articles and at the end, of a process that has loaded what a worker has."""
    from extractor.batch import preload
    from extractor.batch.allocation import give_back
    from extractor.pipeline import extract_article

    assert preload
    gc.freeze()
    out: dict[str, float] = {}
    done = 0
    for article in articles(path):
        if done >= count:
            break
        extract_article(article)
        done += 1
        if done % 250 == 0:  # articles of a shard
            give_back()
        if done == 1_000:
            out["after 1,000 articles"] = peak()
    out[f"after {done:,} articles"] = peak()
    return out


def two_workers(path: Path, count: int) -> tuple[dict[str, float], float]:
    """Articles a second of the command with one process and with two, by the clock: start-up is part of it.

    Also the seconds of processor time that the command itself takes beside two workers: what no worker can do for it.
    """
    lines = (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8")
    out: dict[str, float] = {}
    driver = 0.0
    with tempfile.TemporaryDirectory() as folder, lines:
        part = Path(folder, "part.jsonl")
        part.write_text("".join(islice(lines, count)), encoding="utf-8")
        for workers in (1, 2):
            command = [
                sys.executable,
                "-m",
                "extractor",
                "extract",
                str(part),
                "-o",
                str(Path(folder, f"{workers}.jsonl")),
            ]
            command += ["--workers", str(workers), "--shard-size", "50"]
            begin = time.perf_counter()
            driver = own_seconds(command)
            out[f"{workers} workers"] = count / (time.perf_counter() - begin)
    return out, driver


def own_seconds(command: list[str]) -> float:
    """Processor time of a command without that of its workers, for whom their server waits."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_up() -> dict[str, float]:
    """Seconds of a fresh process, the best of four, with byte code and compiled expressions as an installed package keeps them."""
    programs = {
        "import underthesea, spacy": "import underthesea, spacy",
        "import numpy, pydantic": "import numpy, pydantic",
        "one article, cold": "import extractor; extractor.extract('Sáng 1/2, UBND xã Tân Lập họp.', published='2018-02-03')",
        "extractor --help": "from extractor.cli import main; main(['--help'])",
    }
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        kept = {"PYTHONPYCACHEPREFIX": str(Path(folder, "pyc")), "EXTRACTOR_CACHE": str(Path(folder, "extractor"))}
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | kept
        for name, program in programs.items():
            times = []
            for _ in range(5):
                begin = time.perf_counter()
                subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, env=environment)
                times.append(time.perf_counter() - begin)
            out[name] = min(times[1:])  # the first one fills what is kept
            if name == "one article, cold":
                out["the very first time"] = times[0]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--articles", dest="count", type=int, default=300)
    parser.add_argument("--memory", type=int, default=0, metavar="N", help="also run N articles and report peak memory")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="also N articles by one process and by two")
    parser.add_argument("--only-memory", action="store_true", help="nothing else, as JSON")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    if args.only_memory:
        print(json.dumps(memory(args.articles, args.memory)))
        return
    stream = articles(args.articles)
    taken = list(islice(stream, args.count * 3))
    if args.count < 5 or len(taken) < args.count * 2:
        raise SystemExit(
            f"{args.articles} has {len(taken):,} articles: peers and layers need {2 * max(5, args.count):,} that were not seen "
            f"before; give a larger file, or --articles {max(5, len(taken) // 2)}"
        )
    groups = {
        name: taken[i * args.count : (i + 1) * args.count] or taken for i, name in enumerate(("peers", "layers", "ner"))
    }
    out: dict[str, object] = {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {p: importlib.metadata.version(p) for p in ("underthesea", "spacy", "python-crfsuite", "regex")},
        "characters an article": round(statistics.mean(len(a.text) for a in taken)),
    }
    # Peers and the extraction see the same articles, new to this process, in turns.
    runs = {**peers(), **layers()}
    times: dict[str, list[float]] = {name: [] for name in runs}
    size = max(1, args.count // 5)
    for turn in range(5):
        for name, run in runs.items():
            # Those that the last column compares see the same articles; the layers before them see others.
            offset = 0 if name in ("whole extraction", "underthesea.word_tokenize") else args.count
            times[name].append(per_article(run, taken[offset + turn * size : offset + (turn + 1) * size]))
    table = {name: statistics.mean(values) for name, values in times.items()}
    table["underthesea.ner by sentence"] = ner_by_sentence(groups["ner"][: max(5, args.count // 20)])
    base = table["underthesea.word_tokenize"]
    print(f"{'':36s} {'ms/article':>10s} {'x word_tokenize':>16s}")
    for name, value in table.items():
        print(f"{name:36s} {value:10.2f} {value / base:16.2f}")
    lengths = by_length(taken)
    print("\ncharacters   ms   (ten times the text costs)")
    before = None
    for length, value in lengths.items():
        print(f"{length:10,d} {value:7.2f}" + (f"   {value / before:.1f} x" if before else ""))
        before = value
    starts = start_up()
    print("\nstart-up, s: " + ", ".join(f"{k} {v:.2f}" for k, v in starts.items()))
    out |= {"ms": table, "by length": lengths, "start-up s": starts}
    if args.memory:
        found = memory_of_a_worker(args.articles, args.memory)
        out["memory MB"] = found
        print("peak memory, MB: " + ", ".join(f"{k} {v:.1f}" for k, v in found.items()))
    if args.workers:
        pace, driver = two_workers(args.articles, args.workers)
        out |= {"articles a second": pace, "driver s": driver}
        print("articles a second: " + ", ".join(f"{k} {v:.0f}" for k, v in pace.items()))
        print(f"the command itself beside two workers: {driver:.2f} s of processor time")
    if hasattr(os, "getloadavg"):
        out["load"] = round(os.getloadavg()[0], 1)
        print(f"load of the machine in the last minute: {out['load']}")
    if args.json:
        args.json.write_text(json.dumps(out, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
