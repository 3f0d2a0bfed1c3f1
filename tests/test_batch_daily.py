"""The same command every day: what is new is added, what changed replaced, what went dropped when asked; killed anywhere."""

import json
import random
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from test_batch import PLACES, article, lines, write

from extractor.batch import job
from extractor.batch.check import check
from extractor.batch.duplicates import read_marks
from extractor.batch.engines import InlineEngine
from extractor.batch.job import Run
from extractor.batch.layout import TABLES
from extractor.batch.merge import merge
from extractor.batch.settings import Settings
from extractor.batch.store import Store
from extractor.errors import InputError
from extractor.ingest.sources import sources


def run(inputs, out, *, prune=False, upgrade=False, say=lambda _: None, **settings):
    settings = Settings(**{"backend": "none", "format": job.output_format(str(out)), "shard_size": 3} | settings)
    task = Run(
        sources([str(i) for i in inputs], str(out))[0], str(out), settings, prune=prune, upgrade=upgrade, say=say
    )
    try:
        task.prepare()
        return task.execute(lambda s, store, tick, _: InlineEngine(s, store, tick), lambda good, bad: None)
    finally:
        task.close()


def killed(inputs, out, at, monkeypatch, **how):
    """A run that is killed before its `at`-th change of a file; whether it was, and how many changes there were."""
    count = [0]

    def step(real):
        def changed(self, *given):
            count[0] += 1
            if count[0] == at:
                raise KeyboardInterrupt
            return real(self, *given)

        return changed

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)
        for name in ("write", "move", "remove"):
            patch.setattr(Store, name, step(getattr(Store, name)))
        try:
            run(inputs, out, **how)
        except KeyboardInterrupt:
            return True, count[0]
    return False, count[0]


def read(out):
    """All rows of an output, each article's by its id, and what is said of it elsewhere."""
    tables = {n: sorted(map(json.dumps, _plain(out, n))) for n in (*TABLES, "duplicates")}
    errors = out / "errors.jsonl"
    bad = sorted((e["file"], e["position"], e["stage"]) for e in lines(errors)) if errors.exists() else []
    return tables, bad


def assert_equal(one, other):
    """Two outputs say the same: the first difference is named."""
    (here, bad), (there, bad_there) = read(one), read(other)
    for name in here:
        assert sorted(set(here[name]) ^ set(there[name])) == [], name
        assert here[name] == there[name], name
    assert bad == bad_there


def _plain(out, name):
    rows = pq.read_table(out / name).to_pylist()
    return [json.loads(json.dumps(row, default=str, sort_keys=True)) for row in rows]


def ids(out):
    return sorted(pq.read_table(out / "articles")["id"].to_pylist())


def state(day, rng, before):
    """Tomorrow's inputs: pages by name, rows with ids, rows without; some added, some changed, some gone, one bad, one copied."""
    pages, rows, texts = (dict(before[0]), list(before[1]), list(before[2]))
    for number in range(3):
        key = day * 10 + number
        pages[f"p{key:03d}.txt"] = article(key)["text"]
        rows.insert(rng.randrange(len(rows) + 1), article(1000 + key))
        texts.insert(rng.randrange(len(texts) + 1), article(2000 + key)["text"])
    if day > 1:
        name = rng.choice(sorted(pages))
        pages[name] += f"\nNgày {day}/4 xã {PLACES[day]} sửa tin."
        at = rng.randrange(len(rows))
        rows[at] = rows[at] | {"text": rows[at]["text"] + f"\nTin bổ sung lần {day}."}
        rows[rng.randrange(len(rows))]["text"] += f"\nThêm {day}."
        del pages[rng.choice(sorted(pages))]
        del rows[rng.randrange(len(rows))]
        del texts[rng.randrange(len(texts))]
    pages["a-copy.txt"] = sorted(pages.items())[-1][1]
    pages["z-bad.txt"] = "" if day % 2 else article(7)["text"]
    return pages, rows, texts


def lay(folder, some):
    pages, rows, texts = some
    for old in folder.glob("pages/*"):
        old.unlink()
    (folder / "pages").mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / "pages" / name).write_text(text)
    write(folder / "pages" / "rows.jsonl", rows)
    write(folder / "pages" / "texts.jsonl", [{"text": t} for t in texts])


@pytest.mark.parametrize(
    ("seed", "days"), [(0, 3), *(pytest.param(n, 7, marks=pytest.mark.slow) for n in (0, 1, 2, 3))]
)
def test_days_with_a_kill_in_each(seed, days, tmp_path, monkeypatch):
    rng = random.Random(seed)
    some = ({}, [], [])
    for day in range(1, days + 1):
        some = state(day, rng, some)
        lay(tmp_path, some)
        at = rng.randrange(1, 60 if day == 1 else 120)
        killed([tmp_path / "pages"], tmp_path / "ds", at, monkeypatch, prune=day > 1)
        summary = run([tmp_path / "pages"], tmp_path / "ds", prune=day > 1)
    run([tmp_path / "pages"], tmp_path / "once")
    assert_equal(tmp_path / "ds", tmp_path / "once")
    assert len(ids(tmp_path / "ds")) == len(set(ids(tmp_path / "ds")))
    assert check(str(tmp_path / "ds")).wrong == []
    assert not (tmp_path / "ds" / ".changes").exists()
    assert summary.stats.articles == len(ids(tmp_path / "ds"))
    history = json.loads((tmp_path / "ds" / "manifest.json").read_text())["history"]
    assert len(history) == days


@pytest.mark.parametrize("stride", [13, pytest.param(1, marks=pytest.mark.slow)])
def test_a_change_killed_at_every_step(stride, tmp_path, monkeypatch):
    """One page changes, one is new, one goes: whichever file was the last to be written, the next run gives the same tables."""
    lay(tmp_path, state(1, random.Random(1), ({}, [], [])))
    run([tmp_path / "pages"], tmp_path / "ds")
    (tmp_path / "pages" / "p010.txt").write_text(article(500)["text"])
    (tmp_path / "pages" / "p099.txt").write_text(article(501)["text"])
    (tmp_path / "pages" / "p011.txt").unlink()
    run([tmp_path / "pages"], tmp_path / "once")
    steps, at = True, 1
    while steps:
        shutil.copytree(tmp_path / "ds", tmp_path / "try")
        steps, _ = killed([tmp_path / "pages"], tmp_path / "try", at, monkeypatch, prune=True)
        # At no moment is an article there twice.
        for name in ("articles", "dates"):
            found = [json.dumps(r, default=str) for r in pq.read_table(tmp_path / "try" / name).to_pylist()]
            assert len(found) == len(set(found))
        run([tmp_path / "pages"], tmp_path / "try", prune=True)
        assert read(tmp_path / "try") == read(tmp_path / "once"), at
        shutil.rmtree(tmp_path / "try")
        at += stride
    assert at > 40


def test_only_what_is_new_is_extracted(tmp_path, monkeypatch):
    from extractor.batch import shard

    done = []
    real = shard.shard_record
    monkeypatch.setattr(shard, "shard_record", lambda unit, s: done.append(unit.data["id"]) or real(unit, s))
    news = write(tmp_path / "news.jsonl", [article(n) for n in range(10)])
    run([news], tmp_path / "ds")
    done.clear()
    changed = article(3) | {"title": "Tin khác"}
    write(news, [article(99), *(article(n) for n in range(3)), changed, *(article(n) for n in range(5, 10))])
    summary = run([news], tmp_path / "ds")
    assert sorted(done) == ["n3", "n99"]
    assert (summary.fresh.articles, summary.changed, summary.removed, summary.gone, summary.same) == (1, 1, 0, 1, 8)
    assert ids(tmp_path / "ds") == sorted([f"n{n}" for n in range(10)] + ["n99"])
    rows = {r["id"]: r["title"] for r in pq.read_table(tmp_path / "ds" / "articles").to_pylist()}
    assert rows["n3"] == "Tin khác"
    done.clear()
    assert run([news], tmp_path / "ds", prune=True).removed == 1
    assert done == []
    assert "n4" not in ids(tmp_path / "ds")


def test_another_source_with_the_same_ids(tmp_path):
    news = write(tmp_path / "a.jsonl", [article(1), article(2)])
    run([news], tmp_path / "ds")
    more = write(tmp_path / "b.jsonl", [article(2) | {"text": "Tin khác hẳn.\nXã họp ngày 3/4/2018."}, article(3)])
    run([more], tmp_path / "ds")
    assert ids(tmp_path / "ds") == ["n1", "n2", "n2~2", "n3"]
    run([news, more], tmp_path / "ds")
    assert ids(tmp_path / "ds") == ["n1", "n2", "n2~2", "n3"]


def test_another_version_is_told_and_asked_for(tmp_path, monkeypatch):
    news = write(tmp_path / "news.jsonl", [article(n) for n in range(10)])
    run([news], tmp_path / "ds")
    write(news, [article(n) for n in range(9)])
    monkeypatch.setattr("extractor.batch.settings.__version__", "99.0")
    with pytest.raises(InputError, match=r"extractor_version.*--upgrade"):
        run([news], tmp_path / "ds")
    with monkeypatch.context() as patch:
        killed([news], tmp_path / "ds", 60, patch, upgrade=True)
    said = []
    summary = run([news], tmp_path / "ds", upgrade=True, say=said.append)
    assert summary.stats.articles == 10
    assert summary.gone == 1
    assert ids(tmp_path / "ds") == sorted(f"n{n}" for n in range(10))
    assert run([news], tmp_path / "ds").same == 10
    assert json.loads((tmp_path / "ds" / "manifest.json").read_text())["run"]["extractor_version"] == "99.0"


def test_duplicates_over_all_runs(tmp_path):
    """A copy that comes first is marked as soon as its original is there; the mark goes with the original."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "b.txt").write_text(article(1)["text"])
    run([tmp_path / "pages"], tmp_path / "ds")
    (tmp_path / "pages" / "a.txt").write_text(article(1)["text"])
    before = {p: p.read_bytes() for p in (tmp_path / "ds" / "articles").iterdir()}
    assert run([tmp_path / "pages"], tmp_path / "ds").duplicates == 1
    assert all(p.read_bytes() == data for p, data in before.items())  # nothing finished is written again
    store = Store(str(tmp_path / "ds"))
    [file] = (tmp_path / "ds" / "duplicates").iterdir()
    assert read_marks(store, [f"duplicates/{file.name}"]) == {"b": ("a", 1.0)}
    (tmp_path / "pages" / "a.txt").unlink()
    assert run([tmp_path / "pages"], tmp_path / "ds", prune=True).duplicates == 0


def test_a_damaged_part_of_an_earlier_day(tmp_path):
    news = write(tmp_path / "news.jsonl", [article(n) for n in range(6)])
    run([news], tmp_path / "ds")
    write(news, [article(n) for n in range(8)])
    run([news], tmp_path / "ds")
    [file] = (tmp_path / "ds" / "dates").glob("*-000000.parquet")
    file.unlink()
    write(news, [article(n) for n in range(9)])
    said = []
    run([news], tmp_path / "ds", say=said.append)
    assert "is damaged; its articles are read again" in said[0]
    run([news], tmp_path / "once")
    assert read(tmp_path / "ds") == read(tmp_path / "once")


def test_a_marker_that_says_nothing_goes_with_its_errors(tmp_path):
    news = write(tmp_path / "news.jsonl", [article(0), {"id": "bad", "text": ""}])
    run([news], tmp_path / "ds")
    for marker in (tmp_path / "ds" / "_shards").iterdir():
        marker.write_text("{}")
    write(news, [article(0), {"id": "bad", "text": ""}, article(1)])
    run([news], tmp_path / "ds")
    run([news], tmp_path / "once")
    assert_equal(tmp_path / "ds", tmp_path / "once")


def test_merged_outputs_of_one_source_hold_each_article_once(tmp_path):
    rows = [*(article(n) for n in range(4)), {"id": "bad", "text": ""}]
    news = write(tmp_path / "news.jsonl", rows)
    run([news], tmp_path / "one")
    run([news], tmp_path / "two")
    merge([str(tmp_path / "one"), str(tmp_path / "two")], str(tmp_path / "all"), rows=3)
    assert_equal(tmp_path / "all", tmp_path / "one")
    rows[1] = article(1) | {"text": "Tin khác hẳn.\nXã họp ngày 3/4/2018."}
    write(news, rows)
    run([news], tmp_path / "all")
    run([news], tmp_path / "once")
    assert_equal(tmp_path / "all", tmp_path / "once")


def test_merged_outputs_grow_and_keep_shared_ids_apart(tmp_path):
    a = write(tmp_path / "a.jsonl", [article(n) for n in range(4)])
    other = article(3) | {"text": "Tin khác hẳn.\nXã họp ngày 3/4/2018."}
    b = write(tmp_path / "b.jsonl", [article(2), other, article(5), {"id": "bad", "text": ""}])
    run([a], tmp_path / "one")
    run([b], tmp_path / "two")
    merge([str(tmp_path / "one"), str(tmp_path / "two")], str(tmp_path / "all"), rows=2)
    assert ids(tmp_path / "all") == ["n0", "n1", "n2", "n3", "n3@two", "n5"]
    assert check(str(tmp_path / "all")).wrong == []
    for name in TABLES:
        assert set(pq.read_table(tmp_path / "all" / name)["id"].to_pylist()) <= set(ids(tmp_path / "all"))
    write(b, [article(2), other, article(5), article(6)])
    summary = run([a, b], tmp_path / "all")
    assert summary.same == 7
    assert ids(tmp_path / "all") == ["n0", "n1", "n2", "n3", "n3@two", "n5", "n6"]


def test_merge_in_place_and_another_day(tmp_path):
    news = write(tmp_path / "news.jsonl", [article(n) for n in range(10)])
    run([news], tmp_path / "ds")
    merge([str(tmp_path / "ds")], None, rows=4)
    write(news, [article(n) for n in range(1, 12)])
    run([news], tmp_path / "ds", prune=True)
    merge([str(tmp_path / "ds")], None)
    run([news], tmp_path / "once")
    assert read(tmp_path / "ds") == read(tmp_path / "once")
    assert run([news], tmp_path / "ds").same == 11


def test_the_quarantine_is_tried_again_in_its_output(tmp_path, monkeypatch):
    """What failed for the machine's sake is the same article the next day; its quarantine names it."""
    from extractor.batch import shard
    from extractor.errors import ArticleError
    from extractor.ingest.quarantine import named

    news = write(tmp_path / "news.jsonl", [article(n) for n in range(4)])
    real = shard.shard_record

    def slow(unit, settings):
        if unit.data["id"] == "n1":
            raise ArticleError("took longer than 1 s", stage="timeout")
        return real(unit, settings)

    with monkeypatch.context() as patch:
        patch.setattr(shard, "shard_record", slow)
        run([news], tmp_path / "ds")
    assert ids(tmp_path / "ds") == ["n0", "n2", "n3"]
    run([news], tmp_path / "ds", retry=named(str(tmp_path / "ds" / "errors.jsonl")))
    run([news], tmp_path / "once")
    assert read(tmp_path / "ds") == read(tmp_path / "once")


def test_dedupe_over_days(tmp_path):
    story = article(1)
    news = write(tmp_path / "news.jsonl", [article(0), story, article(2)])
    run([news], tmp_path / "ds", dedupe=True)
    write(news, [article(0), story, article(2), story | {"id": "copy"}])
    run([news], tmp_path / "ds", dedupe=True)
    assert ids(tmp_path / "ds") == ["n0", "n1", "n2"]
    assert run([news], tmp_path / "ds", dedupe=True).again


def test_merge_says_its_size_as_it_is():
    from inspect import signature

    from extractor.batch import merge as module
    from extractor.cli.merge import merge as command

    said = signature(command).parameters["rows"].default
    assert said == module.ROWS
    assert f"`--rows`, {said:,}" in (Path(__file__).parents[1] / "docs" / "batch.md").read_text(encoding="utf-8")


def test_knowledge_is_what_records_follow_from():
    from extractor.rules import rows

    data = Path(rows.__file__).parents[1] / "data"
    assert all((data / name).is_file() for name in rows._OF_NO_RECORD), "a name that is no file hides nothing"
