"""`extract --words`: the table of sentences, made when the records are there."""

from __future__ import annotations

import os
import sys

from extractor.batch.layout import MANIFEST, SENTENCES
from extractor.batch.lines import described_by
from extractor.batch.sentences import beside, renew, write_beside
from extractor.batch.settings import Format
from extractor.batch.store import Store
from extractor.errors import InputError
from extractor.ingest.streams import is_lines, is_url
from extractor.language import segmenter_or_error


def check(output: str, *, force: bool) -> None:
    """Raise `InputError` where the sentences have no place or would replace another's file, `ModelError` without underthesea."""
    segmenter_or_error()
    if output == "-":
        raise InputError("--words writes a table of its own beside the records: give -o a file or a folder")
    if not is_lines(output) or is_url(output):
        return
    path = beside(output)
    if os.path.lexists(path) and not force and not described_by(output):
        raise InputError(f"{path}: is there already and would be lost; give another name, or replace it with --force")


def after(output: str, format: Format, status: int, workers: int, *, wanted: bool) -> int:
    """Write the sentences of a finished run, or bring those up to it that its folder has; the exit status."""
    if status not in (0, 1) or output == "-":
        return status
    processes = workers or os.cpu_count() or 1
    if format == "jsonl":
        if wanted and (is_url(output) or os.path.exists(output)):
            print(f"{write_beside(output, processes)}: sentences and words", file=sys.stderr)
        return status
    store = Store(output)
    if store.exists(MANIFEST) and (wanted or store.names(SENTENCES)):
        made = renew(store, processes)
        print(f"{output}: {SENTENCES}, {made:,} parts made", file=sys.stderr)
    return status
