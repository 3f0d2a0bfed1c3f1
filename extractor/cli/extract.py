"""`extractor extract`: the main job, from a page to a cluster."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from extractor.batch.settings import Settings

Engine = Literal["local", "ray"]


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files, folders, globs, URLs (s3://…), or - for standard input."),
    ],
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="OUT", help="NAME.jsonl (also .gz, .zst), NAME.xlsx, a folder for tables, or -."
        ),
    ] = "-",
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="Of the folder's tables: parquet (default) or csv."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date of articles that give none (2018-01-13).")
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 0,
    ner: Annotated[str, typer.Option(help="Statistical layer: crf, underthesea, none, or a model's path.")] = "crf",
    persons: Annotated[bool, typer.Option("--persons", help="Keep persons without a public post, too.")] = False,
    redact: Annotated[
        bool,
        typer.Option("--redact", help="Cover private persons' names and numbers in the texts, at the same length."),
    ] = False,
    words: Annotated[
        bool, typer.Option("--words", help="Also a table of sentences with underthesea's words: nhân_dân.")
    ] = False,
    patterns: Annotated[
        str | None,
        typer.Option(
            "--patterns", metavar="DIR", help="Your own rows over the package's: 'extractor patterns --help'."
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N articles.")] = None,
    sample: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Only this share of the articles, the same ones each time.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count the inputs, extract nothing.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit status 1 when an article went to the quarantine.")
    ] = False,
    dedupe: Annotated[bool, typer.Option("--dedupe", help="Leave out articles that repeat an earlier one.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Start afresh where an output of other settings stands.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Drop articles of the output that INPUT no longer holds.")
    ] = False,
    upgrade: Annotated[
        bool,
        typer.Option(
            "--upgrade", help="Read again what another version, other patterns or settings put into the output."
        ),
    ] = False,
    retry: Annotated[
        str | None,
        typer.Option(metavar="ERRORS", help="Only the articles of INPUT that this quarantine (errors.jsonl) names."),
    ] = None,
    sites: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Profiles of sites, of an earlier run or `extractor sites -o`; not learnt anew."
        ),
    ] = None,
    lists: Annotated[
        bool, typer.Option("--lists", help="Lists of articles and other pages are articles, too.")
    ] = False,
    engine: Annotated[Engine, typer.Option(help="Where shards run.")] = "local",
    ray_address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A running Ray cluster (auto, or host:port).")
    ] = None,
    shard_size: Annotated[int, typer.Option(min=1, help="Articles a shard: the unit of resuming.")] = 250,
    timeout: Annotated[float, typer.Option(min=0.0, help="Seconds an article may take; 0 for no limit.")] = 60.0,
    max_chars: Annotated[int, typer.Option(min=1, help="Longer articles go to the quarantine.")] = 1_000_000,
    id_column: Annotated[str | None, typer.Option(metavar="NAME", help="Column of the ids.")] = None,
    text_column: Annotated[str | None, typer.Option(metavar="NAME", help="Column of the texts.")] = None,
    html_column: Annotated[str | None, typer.Option(metavar="NAME", help="Column of pages in HTML.")] = None,
    title_column: Annotated[str | None, typer.Option(metavar="NAME", help="Column of the titles.")] = None,
    published_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Column of the publication dates.")
    ] = None,
    url_column: Annotated[str | None, typer.Option(metavar="NAME", help="Column of the addresses.")] = None,
    source_column: Annotated[str | None, typer.Option(metavar="NAME", help="Column of the portals' names.")] = None,
) -> int:
    """Articles to validated records.

    INPUT is .txt .html .mhtml .jsonl .csv .xlsx .parquet .warc .zip .docx .pdf …, each also .gz or .zst. Bad articles are named in
    errors.jsonl beside OUT; --retry takes it to run only those again. Running the same command again goes on where it stopped,
    and into a folder of tables adds what is new and replaces what has changed.

    Examples:

      extractor extract page.html --published 2018-01-13

      extractor extract news/ -o records.jsonl --workers 4

      extractor extract articles.csv -o tables/ --text-column noi_dung

      extractor extract news/ -o news.xlsx

      zcat articles.jsonl.gz | extractor extract - -o -
    """
    _begin_loading(workers, engine, dry_run)
    from extractor.batch.settings import Settings
    from extractor.errors import InputError
    from extractor.ingest.quarantine import named
    from extractor.ingest.sources import sources
    from extractor.ingest.units import Columns, Limits, Options

    day = _day(published)
    if redact and persons:
        raise InputError("--redact covers the persons that --persons keeps: give one of the two")
    from extractor.batch.job import output_format
    from extractor.batch.sites import read_sites
    from extractor.cli.staged import staged
    from extractor.rules.sets import checked

    if words:
        from extractor.cli.segment import check

        check(output, force=force)
    _check_rows(patterns)
    stage = staged(output, form, force, workers or os.cpu_count() or 1 if words else None)
    if stage is not None:
        output = stage.folder
    columns = Columns(id_column, text_column, html_column, title_column, published_column, url_column, source_column)
    settings = Settings(
        options=Options(
            columns,
            Limits(max_chars=max_chars, max_bytes=max(40_000_000, 8 * max_chars)),
            day,
            read_sites(sites),
            lists,
        ),
        backend=ner,
        persons=persons,
        redact=redact,
        patterns=checked(patterns),
        format=output_format(output),
        timeout=timeout,
        shard_size=shard_size,
        limit=limit,
        sample=sample,
        dedupe=dedupe,
        retry=None if retry is None else named(retry),
    )
    found, notes = sources(inputs, None if output == "-" else output)
    from extractor.cli.run import How, dry, run

    for note in notes:
        print(note, file=sys.stderr)
    if prune:
        _check_prune(settings)
    if dry_run:
        return dry(found, settings)
    how = How(workers, engine, ray_address, force=force, strict=strict, prune=prune, upgrade=upgrade, staged=stage)
    status = run(found, output, settings, how)
    if stage is not None:
        return stage.finish(status)
    from extractor.cli.segment import after

    return after(output, settings.format, status, workers, wanted=words)


def _begin_loading(workers: int, engine: str, dry_run: bool) -> None:
    """Have what workers need loaded beside what this process has to do first; nothing where none were asked for."""
    if workers and engine == "local" and not dry_run:
        from extractor.batch.server import start

        start()


def _check_rows(folder: str | None) -> None:
    """Raise `PatternError` for malformed rows of the user's before the inputs are read for nothing."""
    from extractor.rules import patterns

    with patterns(folder) as chosen:
        if chosen.folder is None:
            return
        from extractor.errors import PatternError
        from extractor.pattern_files import malformed

        if broken := malformed():
            raise PatternError("\n".join(broken))


def _day(published: str | None) -> date | None:
    """The day of `--published`. Raises `InputError` for what is none."""
    from extractor.errors import InputError
    from extractor.ingest.published import parse_published

    day = parse_published(published)
    if published is not None and day is None:
        raise InputError(f"--published {published}: not a date; write it as 2018-01-13")
    return day


def _check_prune(settings: Settings) -> None:
    """Raise `InputError` where `--prune` would drop what is only left out this time."""
    from extractor.errors import InputError

    if (settings.retry, settings.limit, settings.sample) != (None, None, None):
        raise InputError("--prune with --limit, --sample or --retry would drop what they leave out; give INPUT whole")
    if settings.format == "jsonl":
        raise InputError("--prune is for folders of tables; a .jsonl is written from INPUT alone, with --force anew")
