"""The command line: what it prints, where, and with which status."""

import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.cli import COMMANDS, command_options, main

TEXT = "Chiều 12/1, UBND huyện Tân Yên họp. Ông Nguyễn Văn Thử, Chủ tịch UBND huyện, ký Quyết định số 12/QĐ-UBND.\n"
HEAVY = ("spacy", "pandas", "underthesea", "lxml", "pyarrow", "ray")


def call(capsys, *arguments):
    status = main([str(a) for a in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps({"id": f"a{n}", "text": f"Tin {n}. {TEXT}"}) + "\n" for n in range(4)))
    return path


def imported(*arguments):
    code = (
        "import sys, json, os\nfrom extractor.cli import main\n"
        f"sys.stdout = open(os.devnull, 'w')\nstatus = main({[str(a) for a in arguments]!r})\n"
        f"sys.__stdout__.write(json.dumps([status, [m for m in {HEAVY!r} if m in sys.modules]]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    return json.loads(done.stdout)


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments):
    assert imported(*arguments) == [0, []]


def test_extract_of_one_text_imports_nothing_heavy(page):
    assert imported("extract", page, "--ner", "none") == [0, []]


def test_help_lists_commands_with_examples(capsys):
    status, out, _ = call(capsys, "--help")
    assert status == 0
    assert "extractor extract news/ -o records.jsonl" in out
    assert all(f"  {c.name} " in out for c in COMMANDS)
    for name in ("extract", "explain", "schema", "merge"):
        status, out, _ = call(capsys, name, "--help")
        assert status == 0
        assert "Examples:" in out
        assert f"extractor {name} " in out


def test_extract_to_standard_output_is_clean(capfdbinary, page):
    assert main(["extract", str(page), "--published", "2018-01-13"]) == 0
    said = capfdbinary.readouterr()
    [record] = [json.loads(line) for line in said.out.splitlines()]
    assert (record["id"], record["published"], record["date_source"]) == ("page", "2018-01-13", "given")
    assert record["text"] == TEXT
    assert b"articles" in said.err


def test_extract_file_keeps_ids(capsys, news, tmp_path):
    status, out, err = call(capsys, "extract", news, "-o", tmp_path / "out.jsonl", "--ner", "none")
    assert (status, out) == (0, "")
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").open()] == ["a0", "a1", "a2", "a3"]
    assert "articles     4" in err
    assert not (tmp_path / "out.errors.jsonl").exists()


def test_extract_standard_input(capfdbinary, monkeypatch, news):
    for data, wanted in (
        (news.read_bytes(), 4),
        (gzip.compress(news.read_bytes()), 4),
        (TEXT.encode(), 1),
        (f"<html><body><p>{TEXT * 4}</p></body></html>".encode(), 1),
        (b"\xef\xbb\xbf" + news.read_bytes(), 4),
        (f"\ufeff<html><body><p>{TEXT * 4}</p></body></html>".encode(), 1),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
        assert main(["extract", "-", "--ner", "none"]) == 0
        records = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
        assert len(records) == wanted
        assert not any("<p>" in record["text"] for record in records)


def test_extract_bad_articles_are_counted(capsys, news, tmp_path):
    with news.open("a") as stream:
        stream.write('{"id": "half", "text": "Mot\n{"id": "e", "text": ""}\n')
    arguments = ["extract", news, "-o", tmp_path / "out.jsonl", "--ner", "none"]
    status, _, err = call(capsys, *arguments)
    assert status == 0
    assert f"{news}:5: broken line, not JSON" in err
    assert "errors       2 (read 1, empty 1)" in err
    assert f"--retry {tmp_path}/out.errors.jsonl" in err
    assert call(capsys, *arguments, "--strict")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "nowhere.txt"], "extractor: nowhere.txt: no such file or folder\n"),
        (["extract", "{dir}/a.xyz"], "a.xyz: unknown suffix '.xyz'"),
        (["extract", "{dir}/empty.txt"], "empty.txt: the file is empty"),
        (["extract", "{dir}/empty.jsonl"], "empty.jsonl: the file is empty"),
        (["extract", "{dir}/broken.jsonl"], "broken.jsonl:1: broken line, not JSON"),
        (["extract", "{dir}/blank.jsonl"], "the inputs hold no article"),
        (["extract", "{dir}/a.txt", "--published", "hom qua"], "--published hom qua: not a date"),
        (["extract", "{dir}/a.txt", "-o", "{dir}/out.csv"], "out.csv: is no output of extract; for CSV give a folder"),
        (["extract", "{dir}/a.txt", "-o", "{dir}/a.txt/x.jsonl"], "cannot be written"),
        (["extract", "{dir}/a.jsonl", "--text-column", "chu"], "no column 'chu'"),
        (["extract", "{dir}/bad.parquet"], "not a Parquet file"),
        (["extract", "{dir}/*.nothing"], "no file matches"),
        (["explain", "{dir}/a.jsonl", "--id", "zz"], "no article with the id zz"),
        (["merge", "{dir}"], "holds no output of extractor"),
    ],
)
def test_usage_errors_are_one_clear_line(capsys, tmp_path, arguments, said):
    files = {
        "a.xyz": "x",
        "empty.txt": "",
        "empty.jsonl": "",
        "broken.jsonl": '{"id": 1, "te\n',
        "blank.jsonl": "\n\n",
        "a.txt": TEXT,
    }
    files |= {"a.jsonl": json.dumps({"id": 1, "text": TEXT}) + "\n", "bad.parquet": "PAR0"}
    for name, data in files.items():
        (tmp_path / name).write_text(data)
    status, out, err = call(capsys, *(a.replace("{dir}", str(tmp_path)) for a in arguments))
    assert status == 2
    assert out == ""
    assert said in err
    assert err.startswith("extractor: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["extract"], ["nonsense"], ["extract", "a.txt", "--limit", "0"]])
def test_usage_errors_of_the_parser(capsys, arguments):
    assert call(capsys, *arguments)[0] == 2


def test_extract_dry_run_writes_nothing(capsys, news, tmp_path):
    status, out, err = call(capsys, "extract", news, "-o", tmp_path / "out.jsonl", "--dry-run", "--limit", "3")
    assert (status, out) == (0, "")
    assert "1 files, 3 articles, 0 of them broken" in err
    assert not (tmp_path / "out.jsonl").exists()


def test_extract_and_merge_folders(capsys, news, tmp_path):
    import pyarrow.parquet as pq

    for _ in range(2):
        status, _, err = call(
            capsys, "extract", news, "-o", tmp_path / "out", "--shard-size", "2", "--workers", "1", "--ner", "none"
        )
        assert status == 0
    assert "2 shards were done before" in err
    assert call(capsys, "merge", tmp_path / "out")[0] == 0
    assert pq.read_table(tmp_path / "out" / "articles")["id"].to_pylist() == ["a0", "a1", "a2", "a3"]


def test_extract_interrupted_goes_on(tmp_path):
    news = tmp_path / "news.jsonl"
    news.write_text("".join(json.dumps({"id": f"a{n}", "text": f"Tin {n}. {TEXT * 10}"}) + "\n" for n in range(400)))
    command = [
        sys.executable,
        "-m",
        "extractor",
        "extract",
        str(news),
        "-o",
        str(tmp_path / "out.jsonl"),
        "--ner",
        "none",
    ]
    command += ["--shard-size", "2", "--workers", "1"]
    # A shell that runs the tests in the background has children ignore the interrupt; a terminal's do not.
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    shards = tmp_path / ".out.jsonl.work" / "_shards"
    for _ in range(600):
        if shards.is_dir() and len(list(shards.iterdir())) > 2:
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "run the same command again to go on" in err
    assert "Traceback" not in err
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0
    assert "shards were done before" in done.stderr
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").open()] == [f"a{n}" for n in range(400)]


def test_schema(capsys):
    status, out, _ = call(capsys, "schema")
    schema = json.loads(out)
    assert status == 0
    assert schema["$schema"].endswith("2020-12/schema")
    assert {"id", "text", "officials", "dates", "locations", "documents", "figures"} <= set(schema["properties"])


def test_schema_of_the_tables_is_published(capsys):
    published = Path(__file__).parent.parent / "docs" / "tables.md"
    said = "renew it: extractor schema --tables > docs/tables.md"
    assert call(capsys, "schema", "--tables")[1] == published.read_text(encoding="utf-8"), said


def test_explain_says_rules_and_drops(capsys, page):
    status, out, _ = call(capsys, "explain", page, "--published", "2018-01-13")
    assert status == 0
    assert "[Chiều 12/1]DATE" in out
    assert re.search(r"^date +Chiều 12/1 +2018-01-12 +rule ", out, re.MULTILINE)
    assert re.search(r"^document +Quyết định số 12/QĐ-UBND +Quyết định \| 12/QĐ-UBND \|", out, re.MULTILINE)
    assert re.search(r"^official +Nguyễn Văn Thử +Chủ tịch \| Ủy ban nhân dân huyện", out, re.MULTILINE)


def test_explain_html_is_escaped(capsys, tmp_path):
    (tmp_path / "x.txt").write_text(TEXT + "<script>alert(1)</script> & Sáng 5/1/2018\n")
    status, _, err = call(
        capsys, "explain", tmp_path / "x.txt", tmp_path / "x.html", "--html", "--published", "2018-01-13"
    )
    html = (tmp_path / "x.html").read_text()
    assert status == 0
    assert "written to" in err
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert 'class="m positions"' in html
    assert "default-src 'none'" in html
    assert 'name="viewport"' in html
    assert "url(" not in html  # nothing is fetched
    assert call(capsys, "explain", tmp_path / "x.txt", "--html")[1].startswith("<!DOCTYPE html>")


def test_python_api():
    import extractor

    record = extractor.extract(TEXT, published="2018-01-13", id="x")
    assert record.id == "x"
    assert record.dates[0].value == "2018-01-12"
    frames = extractor.records_to_frames([record])
    assert list(frames) == ["articles", "officials", "positions", "dates", "locations", "documents", "figures"]
    assert frames["dates"].iloc[0]["id"] == "x"
    with pytest.raises(extractor.errors.InputError, match="not a date"):
        extractor.extract(TEXT, published="hôm qua")


def test_help_of_every_command_is_in_one_style(capsys):
    for command in COMMANDS:
        status, out, _ = call(capsys, "help", command.name)
        assert status == 0
        assert command.help.endswith(".")
        said = out.split("\n\n")[1]
        assert said.strip()[0].isupper()
        assert "Examples:\n    extractor " in out or "\nCommands:\n" in out, command.name


def test_help_examples_name_options_that_are_there(capsys):
    for command in COMMANDS:
        _, listed, _ = call(capsys, "help", command.name)
        members = (
            re.findall(r"^  ([a-z]+) ", listed.split("\nCommands:\n")[-1], re.MULTILINE)
            if "\nCommands:\n" in listed
            else [""]
        )
        for member in members:
            words = [command.name, member] if member else [command.name]
            _, out, _ = call(capsys, "help", *words)
            examples = out.split("Examples:\n")[1].split("\n\n")[0].splitlines()
            assert f"extractor {' '.join(words)}" in examples[0]
            for example in (part for line in examples for part in line.split("extractor ")[1:]):
                used = re.findall(r" (--?[a-z][a-z-]*)", example.split(" | ")[0])
                assert set(used) <= command_options(example.split()), example


def test_version_and_unknown_command(capsys):
    assert call(capsys, "version")[1] == call(capsys, "--version")[1]
    status, _, err = call(capsys, "help", "nonsense")
    assert status == 2
    assert "nonsense" in err


def test_doctor_names_what_works_and_what_is_missing(capsys, monkeypatch):
    from extractor.cli import doctor

    status, out, _ = call(capsys, "doctor")
    assert status == 0
    assert re.search(r"^patterns +\d,\d{3} rows in \d+ files", out, re.MULTILINE)
    assert re.search(r"^extraction +a date, a place and a document found", out, re.MULTILINE)
    monkeypatch.setattr(doctor, "_version", lambda name: None if name in ("datasette", "pyarrow") else "1")
    status, out, _ = call(capsys, "doctor")
    assert status == 1
    assert re.search(r"^packages +FAILS: without pyarrow", out, re.MULTILINE)
    assert re.search(r"^\[serve\] +without datasette: pip install .*\[serve\]'", out, re.MULTILINE)


def test_sample_writes_articles_and_gold_and_keeps_what_stands_there(capsys, tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "label_studio.xml").write_text("mine")
    status, _, err = call(capsys, "sample", tmp_path)
    assert status == 0
    assert "files written" in err
    assert (tmp_path / "gold" / "label_studio.xml").read_text() == "mine"
    ids = {json.loads(line)["id"] for line in (tmp_path / "gold" / "sample.jsonl").open()}
    assert ids == {json.loads(line)["id"] for line in (tmp_path / "corpus" / "manifest.jsonl").open()}
