"""Profiles of sites through runs: beside the output, with workers, resumed, given, and through the Python API."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from portal_sites import STORIES, imported, listing, tables, undated
from test_batch import lines, run

from extractor.api import extract_files
from extractor.batch import shard
from extractor.batch.sites import SITES
from extractor.cli import main
from extractor.errors import ArticleError, InputError
from extractor.ingest.pages.sites import Sites
from extractor.ingest.units import Options


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    for name, layout in (("a", undated), ("b", imported)):
        (folder / name).mkdir(parents=True)
        for number, story in enumerate(STORIES):
            (folder / name / f"{number}.html").write_text(layout(story))
    (folder / "list.html").write_text(listing())
    return folder


def test_sites_stand_beside_the_output_and_in_the_records(portal, tmp_path):
    said = []
    summary = run(portal, tmp_path / "r.jsonl", say=said.append)
    assert summary.stats.errors == {"list": 1}
    assert said == ["17 pages, 2 sites learnt; 1 page of smaller sites read without a profile"]
    sites = Sites.read(str(tmp_path / "r.sites.json"))
    records = lines(tmp_path / "r.jsonl")
    assert {r["site"] for r in records} == {p.id for p in sites.profiles}
    assert {r["page_kind"] for r in records} == {"article"}
    assert {r["date_source"] for r in records} == {"related", "import"}
    assert all(
        w["code"] in ("import-date", "published") for r in records for w in r["warnings"] if "date" in w["message"]
    )


def test_sites_are_the_same_with_workers_tables_and_given_profiles(portal, tmp_path):
    run(portal, tmp_path / "one.jsonl")
    run(portal, tmp_path / "two.jsonl", workers=2, shard_size=5)
    given = Options(sites=Sites.read(str(tmp_path / "one.sites.json")))
    run(portal / "a", tmp_path / "three.jsonl", options=given)
    run(portal, tmp_path / "tables")
    one = lines(tmp_path / "one.jsonl")
    assert lines(tmp_path / "two.jsonl") == one
    assert (tmp_path / "two.sites.json").read_bytes() == (tmp_path / "one.sites.json").read_bytes()
    assert (tmp_path / "tables" / SITES).read_bytes() == (tmp_path / "one.sites.json").read_bytes()
    assert not (tmp_path / "three.sites.json").exists()
    assert [r["text"] for r in lines(tmp_path / "three.jsonl")] == [r["text"] for r in one if r["id"].startswith("a/")]
    assert [r["published"] for r in lines(tmp_path / "three.jsonl")] == [
        r["published"] for r in one if r["id"].startswith("a/")
    ]


def test_sites_of_a_resumed_run_are_those_it_began_with(portal, tmp_path, monkeypatch):
    whole = shard.shard_record

    def breaks(unit, settings):
        if unit.name == "b/5":
            raise KeyboardInterrupt
        return whole(unit, settings)

    monkeypatch.setattr(shard, "shard_record", breaks)
    with pytest.raises(KeyboardInterrupt):
        run(portal, tmp_path / "r.jsonl", shard_size=4)
    kept = (tmp_path / ".r.jsonl.work" / SITES).read_bytes()
    monkeypatch.setattr(shard, "shard_record", whole)
    said = []
    summary = run(portal, tmp_path / "r.jsonl", shard_size=4, say=said.append)
    assert (summary.resumed, said) == (3, [])
    assert (tmp_path / "r.sites.json").read_bytes() == kept
    run(portal, tmp_path / "fresh.jsonl")
    assert lines(tmp_path / "r.jsonl") == lines(tmp_path / "fresh.jsonl")


def test_sites_of_rows_with_pages(tmp_path):
    rows = [{"id": str(n), "html": tables(s)} for n, s in enumerate(STORIES)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    run(tmp_path / "a.jsonl", tmp_path / "r.jsonl")
    assert len(Sites.read(str(tmp_path / "r.sites.json")).profiles) == 1
    (tmp_path / "b.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": s.text[0]}) + "\n" for n, s in enumerate(STORIES))
    )
    run(tmp_path / "b.jsonl", tmp_path / "s.jsonl")
    assert not (tmp_path / "s.sites.json").exists()


def test_sites_command(portal, tmp_path, capsys):
    assert main(["sites", str(portal), "-o", str(tmp_path / "s.json")]) == 0
    shown = capsys.readouterr().out
    assert "days of an import, not of publication: 2019-10-01" in shown
    assert main(["sites", "--profiles", str(tmp_path / "s.json")]) == 0
    assert capsys.readouterr().out == shown
    assert (
        main(
            [
                "extract",
                str(portal),
                "-o",
                str(tmp_path / "r.jsonl"),
                "--sites",
                str(tmp_path / "s.json"),
                "--ner",
                "none",
                "--strict",
            ]
        )
        == 0
    )
    assert {r["date_source"] for r in lines(tmp_path / "r.jsonl")} == {"related", "import"}
    assert main(["extract", str(portal), "-o", str(tmp_path / "l.jsonl"), "--lists", "--ner", "none"]) == 0
    assert [r["page_kind"] for r in lines(tmp_path / "l.jsonl") if r["id"] == "list"] == ["list"]
    (tmp_path / "bad.json").write_text("{}")
    assert main(["extract", str(portal), "-o", "-", "--sites", str(tmp_path / "bad.json")]) == 2


def test_sites_in_python(portal, tmp_path):
    bad: list[str] = []
    records = list(extract_files(portal, backend="none", on_error=lambda where, error: bad.append(error.stage)))
    assert bad == ["list"]
    assert {r.date_source for r in records} == {"related", "import"}
    with pytest.raises(InputError):
        next(extract_files(portal, sites=tmp_path / "none.json"))
    with pytest.raises(ArticleError):
        list(extract_files(portal / "list.html"))
