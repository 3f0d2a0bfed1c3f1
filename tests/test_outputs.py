"""What a command writes where its user says never replaces a file that is not its own, but by --force."""

import json
import os

import pytest

from extractor.cli import main
from extractor.errors import InputError
from extractor.outputs import claim_output, writing_output

TEXT = "Ngày 14/3/2019, bà Trần Thị Mận, Chủ tịch UBND xã Yên Khê, dự hội nghị về bảo hiểm y tế."
MINE = "three years of work\n"


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    folder = tmp_path_factory.mktemp("given")
    rows = [{"id": "a", "text": TEXT, "published": "2019-03-15"}, {"id": "b", "text": f"{TEXT} {TEXT} " * 3}]
    (folder / "news.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    (folder / "one.txt").write_text(TEXT, "utf-8")
    (folder / "addresses.csv").write_text("address\nxã Yên Khê\n", "utf-8")
    (folder / "pages").mkdir()
    for n in range(3):
        page = f"<html><body><h1>Tin {n}</h1><p>{TEXT} Lần {n}.</p><p>{TEXT}</p></body></html>"
        (folder / "pages" / f"{n}.html").write_text(page, "utf-8")
    assert main(["extract", str(folder / "news.jsonl"), "-o", str(folder / "records.jsonl"), "--ner", "none"]) == 0
    return folder


# Arguments before the output's name, the name, whether the command knows its own file again.
COMMANDS = {
    "convert-records": (["convert", "records.jsonl", "-o"], "out.jsonl", False),
    "convert-label-studio": (["convert", "records.jsonl", "--to", "label-studio", "-o"], "out.json", False),
    "convert-doccano": (["convert", "records.jsonl", "--to", "doccano", "-o"], "out.jsonl", False),
    "convert-conll": (["convert", "records.jsonl", "--to", "conll", "-o"], "out.conll", False),
    "export": (["export", "records.jsonl", "-o"], "bulk.ndjson", True),
    "sites": (["sites", "pages", "-o"], "portals.sites.json", True),
    "persons": (["persons", "records.jsonl", "-o"], "persons.jsonl", True),
    "posts": (["persons", "records.jsonl", "--table", "posts", "-o"], "posts.parquet", True),
    "explain": (["explain", "one.txt", "--html"], "page.html", True),
    "evaluate-html": (
        ["evaluate", "records.jsonl", "--pred", "records.jsonl", "--format", "html", "-o"],
        "r.html",
        True,
    ),
    "evaluate-json": (
        ["evaluate", "records.jsonl", "--pred", "records.jsonl", "--format", "json", "-o"],
        "r.json",
        False,
    ),
    "compare": (["compare", "records.jsonl", "records.jsonl", "-o"], "pull.md", False),
    "places": (["places", "--file", "addresses.csv", "--on", "2019-01-01", "--to", "2025-07-01", "-o"], "c.csv", False),
    "gold-sample": (["gold", "sample", "news.jsonl", "-n", "1", "-o"], "s.jsonl", False),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_replace_no_file_of_another(name, given, tmp_path, monkeypatch, capsys):
    """D6: refused before anything is written; --force replaces; a page, profile or table of ours is written again."""
    monkeypatch.chdir(given)
    command, file, knows = COMMANDS[name]
    out = tmp_path / file
    out.write_text(MINE)
    assert main([*command, str(out)]) == 2
    assert f"{out}: is there already and would be lost" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == [file]
    assert out.read_text() == MINE
    assert main([*command, str(out), "--force"]) in (0, 1)
    assert out.read_bytes() != MINE.encode()
    assert main([*command, str(out)]) == (0 if knows else 2)
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".tmp")]


def test_texts_beside_converted_records_are_claimed_too(given, tmp_path, capsys):
    """D6: NAME_articles.jsonl is an output as NAME.jsonl is."""
    (tmp_path / "gold_articles.jsonl").write_text(MINE)
    assert main(["convert", str(given / "records.jsonl"), "-o", str(tmp_path / "gold.jsonl")]) == 2
    assert "gold_articles.jsonl: is there already" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["gold_articles.jsonl"]


def test_brat_is_refused_before_its_first_file(given, tmp_path, capsys):
    """D5: one file in the way, and none of the others is written."""
    (tmp_path / "b.ann").write_text(MINE)
    assert main(["convert", str(given / "records.jsonl"), "--to", "brat", "-o", str(tmp_path)]) == 2
    assert "b.ann: is there already" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["b.ann"]


def test_profiles_of_sites_of_another_stay(given, tmp_path, capsys):
    """D6: extract leaves NAME.sites.json as it is where it is no file of profiles, and says so."""
    (tmp_path / "out.sites.json").write_text('{"mine": 1}')
    assert main(["extract", str(given / "pages"), "-o", str(tmp_path / "out.jsonl"), "--ner", "none"]) == 0
    assert "out.sites.json: another's file, left as it is" in capsys.readouterr().err
    assert (tmp_path / "out.sites.json").read_text() == '{"mine": 1}'


def test_odd_names_are_refused(tmp_path):
    """Neither a folder, a pipe, a link to nothing, nor a folder below a file."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    for name, words in (
        ("", "is a folder"), ("pipe", "no regular file"), ("link", "leads nowhere"), ("file/x", "cannot be written"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=words):
            claim_output(tmp_path / name, force=True)
    claim_output(tmp_path / "new" / "deep" / "file")
    assert (tmp_path / "new" / "deep").is_dir()


def test_a_broken_off_write_changes_nothing_and_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("before")
    link.symlink_to(target)

    def broken():
        with writing_output(link) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert target.read_text() == "before"
    with writing_output(link) as stream:
        stream.write(b"after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "target"]
