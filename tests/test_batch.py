"""Runs: shards, resumption, quarantine, dead workers, duplicates, tables, merging."""

import contextlib
import errno
import json
import os
import shutil
import subprocess
import sys
from typing import ClassVar

import commands
import pandas as pd
import pyarrow.parquet as pq
import pytest
from batch_bombs import Deaf, Killer, Sleeper, Stillborn

from extractor.api import read_records
from extractor.batch import engines, job, layout
from extractor.batch.bisect import Isolation
from extractor.batch.duplicates import Index, sketch
from extractor.batch.engines import InlineEngine, Job, LocalEngine, Outcome
from extractor.batch.job import Run, RunError
from extractor.batch.layout import TABLES
from extractor.batch.merge import merge
from extractor.batch.plan import shards
from extractor.batch.sentences import beside
from extractor.batch.settings import Settings
from extractor.batch.shard import Shard, Stats, run_shard
from extractor.batch.store import Store
from extractor.batch.tables import schemas, to_tables
from extractor.dataset import build
from extractor.errors import InputError
from extractor.ingest.quarantine import named
from extractor.ingest.sources import sources
from extractor.ingest.units import Limits, Options, Unit
from extractor.persons.mentions import read as read_mentions
from extractor.records import Record, sha256_of

PLACES = (
    "Tân Lập",
    "Phú Mỹ",
    "An Bình",
    "Đông Sơn",
    "Hòa Thắng",
    "Bình Minh",
    "Long Hải",
    "Yên Khê",
    "Vĩnh Tiến",
    "Mỹ Đức",
)


def article(number):
    place = PLACES[number % len(PLACES)]
    body = " ".join(
        f"Ngày {1 + (number + i) % 28}/3 xã {place} có {number * 31 + i * 7} hộ tham gia đợt {i}." for i in range(6)
    )
    return {"id": f"n{number}", "text": f"Xã {place} họp phiên {number}\n{body}", "published": "2018-03-05"}


def write(path, rows):
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
    return path


def run(path, out, *, workers=0, say=print, force=False, **settings):
    settings.setdefault("backend", "none")
    settings.setdefault("format", job.output_format(str(out)))
    options = Settings(**settings)

    def make(settings, store, ticked, single):
        return LocalEngine(settings, store, ticked, workers) if workers else InlineEngine(settings, store, ticked)

    task = Run(sources([str(path)])[0], str(out), options, force=force, say=say)
    try:
        task.prepare()
        return task.execute(make, lambda good, bad: None)
    finally:
        task.close()


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news.jsonl", [article(n) for n in range(10)])


def test_run_lines_in_order_whatever_the_shards(news, tmp_path):
    for name, settings in {"a": {}, "b": {"shard_size": 3}, "c": {"shard_size": 2, "workers": 2}}.items():
        run(news, tmp_path / f"{name}.jsonl", **settings)
    whole = (tmp_path / "a.jsonl").read_bytes()
    assert [r["id"] for r in lines(tmp_path / "a.jsonl")] == [f"n{n}" for n in range(10)]
    assert (tmp_path / "b.jsonl").read_bytes() == whole
    assert (tmp_path / "c.jsonl").read_bytes() == whole
    hidden = [".a.jsonl.run.json", ".b.jsonl.run.json", ".c.jsonl.run.json"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [*hidden, "a.jsonl", "b.jsonl", "c.jsonl", "news.jsonl"]


def test_run_tables_are_typed_and_join(news, tmp_path):
    summary = run(news, tmp_path / "out", shard_size=4)
    frames = {name: pd.read_parquet(tmp_path / "out" / name) for name in TABLES}
    assert len(frames["articles"]) == 10
    joined = frames["dates"].merge(frames["articles"][["id", "text"]], on="id", suffixes=("", "_article"))
    assert len(joined) == summary.stats.items["dates"] > 0
    assert all(
        t[s:e] == q for t, s, e, q in zip(joined.text_article, joined.start, joined.end, joined.text, strict=True)
    )
    for name in TABLES:
        [first] = (tmp_path / "out" / name).glob("part-*-000000.parquet")
        assert pq.ParquetFile(first).schema_arrow.equals(schemas()[name])


def test_layout_knows_all_tables():
    assert layout.TABLES == TABLES


def test_tables_of_no_record_and_of_a_minimal_one():
    record = Record(id="x", text="y", sha256=sha256_of("y"))
    assert to_tables([])["figures"].num_rows == 0
    assert to_tables([record])["articles"].to_pylist()[0]["id"] == "x"


def test_run_resumes_and_skips_finished_shards(news, tmp_path, monkeypatch):
    whole = run(news, tmp_path / "whole", shard_size=2)
    real, calls = engines.run_shard, []

    def dies_in_the_third(shard, *args):
        calls.append(shard.number)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(shard, *args)

    monkeypatch.setattr(engines, "run_shard", dies_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        run(news, tmp_path / "out", shard_size=2)
    calls.extend([None, None])
    summary = run(news, tmp_path / "out", shard_size=2)
    assert calls == [0, 1, 2, None, None, 2, 3, 4]
    assert summary.resumed == 2
    assert summary.stats.items == whole.stats.items
    for name in TABLES:
        assert pq.read_table(tmp_path / "out" / name).equals(pq.read_table(tmp_path / "whole" / name))
    assert run(news, tmp_path / "out", shard_size=2).stats.articles == 10  # finished: nothing is read again
    assert len(calls) == 8


def test_run_lines_resume(news, tmp_path, monkeypatch):
    run(news, tmp_path / "whole.jsonl", shard_size=2)
    real, calls = engines.run_shard, []

    def interrupted(shard, *args):
        calls.append(shard.number)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(shard, *args)

    monkeypatch.setattr(engines, "run_shard", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(news, tmp_path / "out.jsonl", shard_size=2)
    assert not (tmp_path / "out.jsonl").exists()
    assert run(news, tmp_path / "out.jsonl", shard_size=2).resumed == 2
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_run_refuses_to_mix(news, tmp_path):
    run(news, tmp_path / "out")
    with pytest.raises(InputError, match=r"persons: False, now True.*--force"):
        run(news, tmp_path / "out", persons=True)
    run(news, tmp_path / "out.jsonl")
    write(news, [article(n) for n in range(3)])
    with pytest.raises(InputError, match="other inputs"):
        run(news, tmp_path / "out.jsonl")
    assert run(news, tmp_path / "out", force=True).stats.articles == 3
    assert pq.read_table(tmp_path / "out" / "articles").num_rows == 3


def test_run_refuses_a_foreign_folder_and_a_second_run(news, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("x")
    with pytest.raises(InputError, match=r"other files \(thesis.docx\)"):
        run(news, tmp_path / "mine")
    store = Store(str(tmp_path / "out"))
    store.prepare()
    store.lock()
    with pytest.raises(InputError, match="another run is writing there"):
        run(news, tmp_path / "out")
    store.unlock()
    run(news, tmp_path / "out")


def test_run_without_an_article_leaves_nothing(tmp_path):
    (tmp_path / "blank.jsonl").write_text("\n")
    for name in ("out", "out.jsonl"):
        with pytest.raises(InputError, match="hold no article"):
            run(tmp_path / "blank.jsonl", tmp_path / name)
    assert [p.name for p in tmp_path.iterdir()] == ["blank.jsonl"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_run_read_only_folder(news, tmp_path):
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(InputError, match="cannot be written"):
        run(news, tmp_path / "out")


def test_run_full_disk_keeps_what_is_finished(news, tmp_path, monkeypatch):
    real = Store.write
    count = [0]

    def full(self, name, data):
        count[0] += 1
        if count[0] == 16:
            raise OSError(28, "No space left on device")
        real(self, name, data)

    monkeypatch.setattr(Store, "write", full)
    with pytest.raises(RunError, match="No space left on device"):
        run(news, tmp_path / "out", shard_size=2)
    monkeypatch.setattr(Store, "write", real)
    assert run(news, tmp_path / "out", shard_size=2).resumed == 1
    assert pq.read_table(tmp_path / "out" / "articles").num_rows == 10


def test_run_quarantine_and_its_rerun(tmp_path):
    rows = [article(0), {"id": "long", "text": "chữ " * 200}, {"id": "none", "text": ""}, article(1)]
    news = write(tmp_path / "news.jsonl", rows)
    options = Options(limits=Limits(max_chars=700))
    summary = run(news, tmp_path / "out.jsonl", options=options)
    assert (summary.stats.articles, summary.stats.errors) == (2, {"too-long": 1, "empty": 1})
    errors = lines(tmp_path / "out.errors.jsonl")
    assert [(e["id"], e["stage"]) for e in errors] == [("long", "too-long"), ("none", "empty")]
    again = run(news, tmp_path / "again.jsonl", retry=named(str(tmp_path / "out.errors.jsonl")))
    assert [r["id"] for r in lines(tmp_path / "again.jsonl")] == ["long"]
    assert again.errors_file == f"{tmp_path}/again.errors.jsonl"  # the first quarantine is another output's
    assert [e["id"] for e in lines(tmp_path / "out.errors.jsonl")] == ["long", "none"]
    run(write(news, rows[:1]), tmp_path / "out.jsonl", force=True)
    assert not (tmp_path / "out.errors.jsonl").exists()


@pytest.mark.parametrize("name", ["tin.ndjson", "tin.2019.ndjson.zst", "TIN.JSONL.GZ"])
def test_lines_of_any_suffix_are_read_by_what_comes_next(tmp_path, name):
    news = write(tmp_path / "news.jsonl", [article(0), {"id": "none", "text": ""}])
    out = tmp_path / name
    run(news, out)
    stem = name.rpartition(".ndjson")[0] or "TIN"
    assert [e["id"] for e in lines(tmp_path / f"{stem}.errors.jsonl")] == ["none"]
    assert [r.id for r in read_records(out)] == ["n0"]
    assert build.index(out, tmp_path / "news.db").articles == 1
    assert list(read_mentions(out)) == []
    assert beside(str(out)) == f"{tmp_path}/{stem}.sentences{name.removeprefix(stem)}"


def test_run_repeated_ids_stay_apart(tmp_path):
    news = write(tmp_path / "news.jsonl", [article(0), article(1) | {"id": "n0"}, article(2)])
    run(news, tmp_path / "out.jsonl")
    records = lines(tmp_path / "out.jsonl")
    assert [r["id"] for r in records] == ["n0", "n0~2", "n2"]
    assert [w["code"] for w in records[1]["warnings"]][-1] == "id"


def test_limit_and_sample_are_stable(news, tmp_path):
    units = [Unit("txt", f"{n}.txt", name=f"{n}") for n in range(1000)]
    assert sum(len(s.units) for s in shards(units, Settings(limit=7))) == 7
    one, two = ([u.name for s in shards(units, Settings(sample=0.1)) for u in s.units] for _ in range(2))
    assert one == two
    assert 60 < len(one) < 140


def test_shards_close_early_when_articles_are_heavy():
    units = [Unit("row", "f", n, {"id": n, "text": "x" * 20_000_000}) for n in range(4)]
    assert [len(s.units) for s in shards(iter(units), Settings())] == [2, 2]


@pytest.mark.parametrize("out", ["a.json", "a.csv", "dir/a.parquet"])
def test_output_suffixes_refused(out):
    with pytest.raises(InputError, match="is no output of extract"):
        job.output_format(out)


# -- dead workers ------------------------------------------------------------------------------------------------------------


class Fake:
    """An engine in which some units kill their worker; `tells` whether it knows which unit was at work."""

    def __init__(self, poison, tells):
        self.poison, self.tells, self.runs = poison, tells, 0

    def run(self, work):
        self.runs += 1
        for index, unit in enumerate(work.shard.units):
            if index not in work.skip and unit.position in self.poison:
                return Outcome(work, died="killed", at=index if self.tells else -1)
        return Outcome(work, Stats(articles=len(work.shard.units) - len(work.skip)))


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize("poison", [{0}, {49}, {17}, {3, 4}, {0, 25, 49}, set(range(0, 50, 10))])
def test_bisection_finds_the_poison(poison, tells):
    shard = Shard(0, tuple(Unit("txt", "f", n) for n in range(50)))
    engine, isolation = Fake(poison, tells), Isolation(shard)
    work = Job(shard, {})
    while work is not None:
        last = work
        outcome = engine.run(work)
        work = isolation.next_job(outcome)
    assert last.write
    assert outcome.died is None
    assert set(last.skip) == poison
    assert engine.runs < 60


def test_bisection_gives_up_on_a_shard_that_always_dies():
    shard = Shard(0, tuple(Unit("txt", "f", n) for n in range(4)))
    isolation, work = Isolation(shard), Job(shard, {})
    for _ in range(200):
        # Alone every article is fine, together they are not: what a machine that is too small does.
        outcome = Outcome(work, died="killed") if work.write and len(work.skip) < 4 else Outcome(work, Stats())
        work = isolation.next_job(outcome)
        if work is None:
            break
    assert work is None
    assert len(outcome.job.skip) == 4


def units_with(bomb):
    rows = [article(n) for n in range(6)]
    return tuple(Unit("row", "f", n, bomb(r) if n == 3 else r) for n, r in enumerate(rows))


@pytest.mark.parametrize(
    ("bomb", "stage", "reason"),
    [
        (Killer, "worker", "killed by SIGKILL"),
        (Deaf, "worker", "no answer"),
        (Sleeper, "timeout", "took longer than 1 s"),
    ],
)
def test_worker_death_costs_one_article(bomb, stage, reason, tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "_GRACE", 0.5)
    news = write(tmp_path / "news.jsonl", [article(0)])
    monkeypatch.setattr(job, "units", lambda *_: iter(units_with(bomb)))
    summary = run(news, tmp_path / "out.jsonl", workers=1, timeout=1.0, say=lambda _: None)
    assert summary.stats.articles == 5
    assert [r["id"] for r in lines(tmp_path / "out.jsonl")] == ["n0", "n1", "n2", "n4", "n5"]
    [error] = lines(tmp_path / "out.errors.jsonl")
    assert (error["id"], error["stage"]) == ("n3", stage)
    assert reason in error["reason"]


def test_workers_that_cannot_start_are_told_with_a_job_larger_than_their_pipe(tmp_path):
    units = tuple(Unit("row", "f", n, {"text": "x" * 200_000}) for n in range(20))
    engine = LocalEngine(Settings(backend=Stillborn()), Store(str(tmp_path)), lambda good, bad: None, 1)
    try:
        engine.submit(Job(Shard(0, units), {}))
        assert engine.wait()[0].failed.startswith("workers cannot start: ")
    finally:
        engine.close()


def test_a_disk_without_locks_holds_up_no_run(news, tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    assert run(news, tmp_path / "out.jsonl").stats.articles == 10
    assert run(news, tmp_path / "out").stats.articles == 10


def test_shard_is_a_pure_function(tmp_path):
    shard = Shard(3, tuple(Unit("row", "f", n, article(n)) for n in range(3)))
    settings = Settings(backend="none", format="parquet")
    for name in "ab":
        store = Store(str(tmp_path / name))
        store.prepare()
        run_shard(shard, settings, store)
    for name in TABLES:
        one, two = ((tmp_path / n / name / "part-000003.parquet").read_bytes() for n in "ab")
        assert one == two


def test_output_behind_fsspec(news):
    import fsspec

    summary = run(news, "memory://tables/run", shard_size=4)
    assert summary.stats.articles == 10
    fs = fsspec.filesystem("memory")
    [third] = fs.glob("/tables/run/articles/part-*-000002.parquet")
    with fs.open(third) as stream:
        assert pq.read_table(stream).num_rows == 2
    assert run(news, "memory://tables/run", shard_size=4).resumed == 3
    run(news, "memory://lines/out.jsonl.gz")
    assert fs.exists("/lines/out.jsonl.gz")
    assert not fs.exists("/lines/.out.jsonl.gz.work/manifest.json")


def test_a_store_sees_what_another_process_wrote(monkeypatch):
    import fsspec
    from fsspec.implementations.memory import MemoryFileSystem

    class Remembering(MemoryFileSystem):
        """Remembers listings, as those of clouds do."""

        protocol = "remembering"
        listings: ClassVar[dict] = {}

        def ls(self, path, detail=True, **kwargs):
            if path not in self.listings:
                self.listings[path] = super().ls(path, detail=detail, **kwargs)
            return self.listings[path]

        def invalidate_cache(self, path=None):
            self.listings.clear()

    fsspec.register_implementation("remembering", Remembering, clobber=True)
    Store("remembering://seen").write("_shards/one.json", b"{}")
    assert Store("remembering://seen").names("_shards") == ["one.json"]
    MemoryFileSystem().pipe_file(Remembering._strip_protocol("remembering://seen/_shards/two.json"), b"{}")
    assert Store("remembering://seen").names("_shards") == ["one.json", "two.json"]


# -- duplicates --------------------------------------------------------------------------------------------------------------


def test_duplicates_are_marked_or_left_out(tmp_path):
    story = article(1)["text"]
    printed = story.replace("Hòa", "Hoà") + "\nBản in\nNguồn: cổng thông tin"
    rows = [article(0), {"id": "first", "text": story}, article(2), {"id": "copy", "text": printed}]
    news = write(tmp_path / "news.jsonl", rows)
    summary = run(news, tmp_path / "out.jsonl", shard_size=2)
    assert summary.duplicates == 1
    warning = lines(tmp_path / "out.jsonl")[3]["warnings"][-1]
    assert warning["code"] == "duplicate"
    assert warning["message"].startswith("repeats first (")
    run(news, tmp_path / "out", shard_size=2)
    [mark] = pq.read_table(tmp_path / "out" / "duplicates").to_pylist()
    assert (mark["id"], mark["of"]) == ("copy", "first")
    assert 0.8 < mark["share"] <= 1
    run(news, tmp_path / "less.jsonl", shard_size=2, dedupe=True)
    assert [r["id"] for r in lines(tmp_path / "less.jsonl")] == ["n0", "first", "n2"]
    run(news, tmp_path / "less", shard_size=2, dedupe=True)
    for name in TABLES:
        assert "copy" not in pq.read_table(tmp_path / "less" / name)["id"].to_pylist()


def test_duplicates_sketches():
    words = [f"từ{n}" for n in range(600)]
    whole, half = sketch("a", " ".join(words)), sketch("b", " ".join(words[:320]))
    other = sketch("c", " ".join(f"chữ{n}" for n in range(600)))
    index = Index()
    assert index.add(whole) is None
    assert index.add(other) is None
    assert index.add(whole) == ("a", 1.0)
    assert index.add(half) is None
    found, share = index.add(sketch("d", " ".join(words[10:])))
    assert found == "a"
    assert share > 0.8
    assert index.add(sketch("e", "ngắn quá")) is None
    assert index.add(sketch("f", "Ngắn quá!")) == ("e", 1.0)


# -- merging -----------------------------------------------------------------------------------------------------------------


def test_merge_in_place_and_into_another(news, tmp_path):
    run(news, tmp_path / "out", shard_size=3)
    before = {name: pq.read_table(tmp_path / "out" / name) for name in TABLES}
    merge([str(tmp_path / "out")], str(tmp_path / "all"), rows=4)
    assert len(list((tmp_path / "all" / "articles").iterdir())) == 3
    merge([str(tmp_path / "out")], None)
    for name in TABLES:
        [merged] = (tmp_path / "out" / name).iterdir()
        assert merged.match("merged-*-000000.parquet")
        assert pq.read_table(tmp_path / "out" / name).equals(before[name])
        assert pq.read_table(tmp_path / "all" / name).equals(before[name])
    assert run(news, tmp_path / "out", shard_size=3).stats.articles == 10
    merge([str(tmp_path / "out")], None)
    assert pq.read_table(tmp_path / "out" / "articles").equals(before["articles"])


STEPS = ("write", "move", "remove")


def merge_killed_at(folder, stop, monkeypatch):
    """Merge in place, killed before its `stop`-th change of a file; returns how many changes there were."""
    count = [0]

    def step(real):
        def killed(self, *given):
            count[0] += 1
            if count[0] == stop:
                raise KeyboardInterrupt
            return real(self, *given)

        return killed

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        for name in STEPS:
            patch.setattr(Store, name, step(getattr(Store, name)))
        with contextlib.suppress(KeyboardInterrupt):
            merge([str(folder)], None, rows=3)
    return count[0]


@pytest.mark.parametrize("kills", [3, pytest.param(1000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("again", [False, True])
def test_merge_killed_anywhere_is_completed(news, tmp_path, monkeypatch, again, kills):
    """D4: In a fresh output, and in a merged one with other files of the same names."""
    run(news, tmp_path / "out", shard_size=5)
    before = {name: pq.read_table(tmp_path / "out" / name) for name in TABLES}
    if again:
        merge([str(tmp_path / "out")], None, rows=2)
    shutil.copytree(tmp_path / "out", tmp_path / "whole")
    steps = merge_killed_at(tmp_path / "whole", 0, monkeypatch)
    assert steps > 40
    for stop in range(1, steps + 1, max(1, steps // kills)):
        folder = tmp_path / f"out{stop}"
        shutil.copytree(tmp_path / "out", folder)
        assert merge_killed_at(folder, stop, monkeypatch) == stop
        if (folder / ".merged" / "done").exists():
            with pytest.raises(InputError, match="complete it first"):
                run(news, folder, shard_size=5)
        counts = merge([str(folder)], None, rows=3)
        assert not (folder / ".merged").exists()
        for name in TABLES:
            assert pq.read_table(folder / name).equals(before[name])
            assert counts[name] == before[name].num_rows


def test_merge_into_another_killed_is_done_again(news, tmp_path, monkeypatch):
    run(news, tmp_path / "out", shard_size=3)
    real, count = Store.write, [0]

    def killed(self, name, data):
        count[0] += 1
        if count[0] == 5:
            raise KeyboardInterrupt
        real(self, name, data)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            merge([str(tmp_path / "out")], str(tmp_path / "all"))
    merge([str(tmp_path / "out")], str(tmp_path / "all"))
    for name in TABLES:
        assert pq.read_table(tmp_path / "all" / name).equals(pq.read_table(tmp_path / "out" / name))
    with pytest.raises(InputError, match="not empty"):
        merge([str(tmp_path / "out")], str(tmp_path / "all"))


def test_merge_refusals(tmp_path):
    with pytest.raises(InputError, match="holds no output"):
        merge([str(tmp_path)], None)
    with pytest.raises(InputError, match="need an output"):
        merge(["a", "b"], None)


# -- Ray ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(
    not os.environ.get("EXTRACTOR_SLOW"), reason="needs a cluster on this machine: set EXTRACTOR_SLOW=1"
)
def test_ray_on_two_nodes_gives_the_same_tables(news, tmp_path):
    pytest.importorskip("ray")
    from pathlib import Path

    script = Path(__file__).parent.parent / "benchmarks" / "ray_cluster.py"
    done = subprocess.run(
        [sys.executable, str(script), str(news), "--out", str(tmp_path)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "equal tables" in done.stdout


def test_summary_tells_what_a_missing_date_costs(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Chiều 12/3, ông Lê Văn Thử dự họp.\n", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text("Chiều 12/3/2020, ông Lê Văn Thử dự họp.\n", encoding="utf-8")
    command = ["extract", tmp_path / "in", "-o", tmp_path / "o.jsonl"]
    done = commands.run(*command)
    assert done.returncode == 0
    assert "2 of 2 articles have no publication date, and 1 date expressions no year because of it" in done.stderr
    again = commands.run(*command, "--published", "2020-03-13", "--force")
    assert again.returncode == 0
    assert "no date" not in again.stderr
