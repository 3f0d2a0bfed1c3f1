"""The Python API: one article or page to a record, files to records. `frames.py` is its pandas, `doc.py` its spaCy side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from extractor.arguments import given_date, given_text
from extractor.errors import ArticleError, InputError, InputTypeError
from extractor.ingest.ids import content_id, row_text, string
from extractor.language import segmented
from extractor.models import Article, Sentence
from extractor.ner import Backend
from extractor.records import Record, Warning
from extractor.rules import patterns as in_force
from extractor.rules.sets import checked
from extractor.text import clean


def words(text: str | Record) -> list[Sentence]:
    """The sentences of a text, or of a record's text, with underthesea's words as offsets; `segmented` joins their syllables.

    Raises `InputTypeError` for anything else, `ModelError` where underthesea is not installed.
    """
    return segmented(text.text if isinstance(text, Record) else clean(given_text(text)))


def extract(
    text: str,
    published: str | date | None = None,
    *,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    backend: str | Backend = "crf",
    persons: bool = False,
    redact: bool = False,
    patterns: str | Path | None = None,
) -> Record:
    """The validated record of one article.

    Args:
        text: the article, plain text; texts of legacy fonts are decoded, and `record.text` is what offsets count in.
        published: its publication date, a `date` or "2018-01-13"; without it the page's own date line is used, if any.
        id: its id; without one, a hash of the text.
        title: its headline, where that is known apart from the text.
        source: the portal's name.
        url: its address.
        backend: the statistical layer: `crf`, `underthesea`, `none`, a registered name, a model's path, or a callable
            from a reading to mentions.
        persons: keep persons without a public post, too.
        redact: cover private persons' names and numbers in the text, each character by one; none of them is kept then.
        patterns: a folder of pattern files with rows of your own, over the package's.

    Raises:
        InputTypeError: `text` is not a string.
        InputError: `published` is not a date.
        PatternError: a row of `patterns` is malformed.
        ArticleError: the article cannot be extracted, or holds half of a surrogate pair.
    """
    from extractor.pipeline import extract_article

    day = given_date(published)
    sound = clean(row_text(given_text(text))[0])
    article = Article(
        id=string(id) or content_id(sound),
        text=sound,
        title=string(title),
        published=day,
        source=string(source),
        url=string(url),
    )
    with in_force(patterns):
        return extract_article(article, backend=backend, persons=persons, redact=redact)


def extract_html(
    html: str | bytes,
    published: str | date | None = None,
    *,
    id: str | None = None,
    url: str | None = None,
    backend: str | Backend = "crf",
    persons: bool = False,
    redact: bool = False,
    patterns: str | Path | None = None,
) -> Record:
    """The validated record of one page: its headline and body, without menus, comments and lists of other articles.

    Args:
        html: the page; of bytes the encoding is found out.
        published: its publication date; without it, what the page declares or prints.
        id: its id; without one, a hash of the address or of the text.
        url: its address, which may tell the date.
        backend: the statistical layer: `crf`, `underthesea`, `none`, a registered name, a model's path, or a callable
            from a reading to mentions.
        persons: keep persons without a public post, too.
        redact: cover private persons' names and numbers in the text, each character by one; none of them is kept then.
        patterns: a folder of pattern files with rows of your own, over the package's.

    Raises:
        InputTypeError: `html` is neither string nor bytes.
        InputError: `published` is not a date.
        PatternError: a row of `patterns` is malformed.
        ArticleError: the page holds no article, or it cannot be extracted.
    """
    from extractor.ingest.html import html_article
    from extractor.ingest.units import Options, Unit
    from extractor.pipeline import extract_article

    data = html if isinstance(html, bytes) else given_text(html, "html").encode("utf-8", "surrogatepass")
    unit = Unit("page", "html", data=data, name=string(id), url=string(url))
    with in_force(patterns):
        loaded = html_article(data, unit, Options(published=given_date(published)))
        record = extract_article(loaded.article, backend=backend, persons=persons, redact=redact)
    notes = tuple(Warning(code=code, message=message) for code, message in loaded.notes)
    return record.model_copy(update={"warnings": (*record.warnings, *notes)}) if notes else record


def extract_files(
    *inputs: str | Path,
    published: str | date | None = None,
    workers: int = 1,
    backend: str | Backend = "crf",
    persons: bool = False,
    redact: bool = False,
    patterns: str | Path | None = None,
    sites: str | Path | None = None,
    on_error: Callable[[str, ArticleError], None] | None = None,
) -> Iterator[Record]:
    """Records of files, folders, globs and URLs, one article at a time; the library's side of `extractor extract`.

    Args:
        inputs: what `extractor extract` takes as INPUT.
        published: publication date of articles that have none of their own.
        workers: processes; 1 is this one, 0 is one a core. The order is that of the inputs.
        backend: the statistical layer: `crf`, `underthesea`, `none`, a registered name, a model's path, or a callable
            from a reading to mentions.
        persons: keep persons without a public post, too.
        redact: cover private persons' names and numbers in the text, each character by one; none of them is kept then.
        patterns: a folder of pattern files with rows of your own, over the package's.
        sites: profiles of sites as a run left them; without it they are learnt from the inputs' pages before the first record.
        on_error: called with the place (file and row) and the error of an article that cannot be extracted; without it
            the error is raised.

    Raises:
        InputTypeError: an input is neither string nor path.
        InputError: an input cannot be read, or `published` is not a date.
        PatternError: a row of `patterns` is malformed.
        ArticleError: an article cannot be extracted and there is no `on_error`.
    """
    from extractor.batch.plan import numbered
    from extractor.batch.settings import Settings
    from extractor.batch.sites import from_sources, read_sites
    from extractor.ingest.readers import units
    from extractor.ingest.sources import sources
    from extractor.ingest.units import Options
    from extractor.parallel import each

    for given in inputs:
        if not isinstance(given, str | Path):
            raise InputTypeError(f"an input must be a path, not {type(given).__name__}; write extract_files(*paths)")
    day, own = given_date(published), checked(patterns)
    found, _ = sources([str(i) for i in inputs])
    with in_force(own):
        learnt = from_sources(found, Options()) if sites is None else None
    known = read_sites(None if sites is None else str(sites))
    options = Options(published=day, sites=known if learnt is None else learnt.sites)
    settings = Settings(options=options, backend=backend, persons=persons, redact=redact, patterns=own, timeout=0)
    outcomes = each(numbered(units(found, options, lambda _: None)), settings, workers)

    def records() -> Iterator[Record]:
        for unit, outcome in outcomes:
            if isinstance(outcome, Record):
                yield outcome
            elif on_error is None:
                raise outcome
            else:
                on_error(unit.where(), outcome)

    return records()


def read_records(path: str | Path) -> Iterator[Record]:
    """Records that `extractor extract` wrote: a .jsonl (also .gz, .zst), or a folder of Parquet tables.

    Raises:
        InputError: nothing is there, an archive is damaged, or a line is no record; the message names the line.
    """
    from pydantic import ValidationError

    from extractor.evaluate.parquet import is_dataset, read_dataset
    from extractor.ingest.streams import record_lines

    path = Path(path)
    if is_dataset(path):
        from extractor.dataset.source import marks_of

        repeats = {name: (first, share) for name, first, share in marks_of(path)}
        for plain in read_dataset(path):
            if plain["id"] in repeats:  # in JSON Lines the mark is a warning
                message = "repeats {} ({:.0%} of the shorter text)".format(*repeats[plain["id"]])
                plain["warnings"] = [*plain["warnings"], {"code": "duplicate", "message": message}]
            yield Record.model_validate(plain)
        return
    if not path.is_file():
        raise InputError(
            f"{path}: neither a .jsonl of records nor a folder of tables; give what 'extractor extract' wrote"
        )
    for number, line in enumerate(record_lines(str(path)), 1):
        if not line.strip():
            continue
        try:
            yield Record.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            raise InputError(
                f"{path}, line {number}: not a record: {'.'.join(map(str, first['loc'])) or 'JSON'}: {first['msg']}; "
                "give what 'extractor extract' wrote"
            ) from None
