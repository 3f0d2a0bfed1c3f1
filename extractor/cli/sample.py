"""`extractor sample`: the sample articles and their gold annotations, to try the other commands on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from extractor.batch.whole import writing
from extractor.errors import writes
from extractor.sample import sample_folder

_FILES = ("corpus/*", "gold/sample.jsonl", "gold/sample_articles.jsonl", "gold/label_studio.xml")


def sample(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where corpus/ and gold/ are written.")] = Path("."),
) -> int:
    """Write the sample: articles (corpus/), their gold annotations and the Label Studio configuration (gold/).

    The articles were written for this project: persons, numbers and events are invented, the administrative units are real.

    Examples:

      extractor sample .

      extractor sample try/ && extractor extract try/corpus -o records.jsonl
    """
    home = sample_folder()
    written = 0
    for pattern in _FILES:
        for source in sorted(home.glob(pattern)):
            target = folder / source.relative_to(home)
            if target.exists():
                continue
            with writes(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                with writing(target) as stream:  # a file that was cut off would stay so: it stands there the next time
                    stream.write(source.read_bytes())
            written += 1
    print(f"{written:,} files written to {folder} (files that stood there were left as they are)", file=sys.stderr)
    return 0
