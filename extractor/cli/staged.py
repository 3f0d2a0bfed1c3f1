"""Outputs for other programs (a workbook, a DuckDB file, CSV): a run into a hidden folder of tables, which is exported at its end.

So such a run resumes like any other, and its output is there whole or not at all.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.ingest.quarantine import is_quarantine

if TYPE_CHECKING:
    from extractor.batch.job import Summary
    from extractor.dataset.export import Format

_FILES = (".xlsx", ".duckdb")


@dataclass(frozen=True, slots=True)
class Staged:
    """Where the tables are gathered, and what is made of them."""

    folder: str
    out: Path
    format: Format
    words: int | None = None  # processes that make the table of sentences; None: without it

    @property
    def errors(self) -> Path:
        """Where the quarantine goes: never in the place of another output's."""
        from extractor.batch.finish import errors_path

        return self.out / "errors.jsonl" if self.format == "csv" else Path(errors_path(str(self.out), self._name))

    @property
    def _name(self) -> str:
        return Path(self.folder).name

    def shown(self, summary: Summary) -> None:
        """Call things in a run's summary by the names that they will have."""
        summary.output = str(self.out)
        summary.errors_file = str(self.errors) if summary.errors_file else None

    def finish(self, status: int) -> int:
        """Export what the run wrote, put its quarantine beside it, and remove the hidden folder; the exit status."""
        from extractor.batch.layout import MANIFEST, clear
        from extractor.batch.store import Store
        from extractor.batch.whole import writing
        from extractor.dataset.beside import EXPORTED
        from extractor.dataset.choice import Choice, chosen
        from extractor.dataset.export import write

        store = Store(self.folder)
        if status not in (0, 1) or not store.exists(MANIFEST) or not store.names("articles"):
            return status
        parts, tables = chosen(Path(self.folder), Choice()), EXPORTED
        if self.words is not None:
            from extractor.batch.layout import SENTENCES
            from extractor.batch.sentences import with_sentences

            parts, tables = with_sentences(parts, self.words), (*EXPORTED, SENTENCES)
        counts = write(parts, self.out, self.format, tables)
        errors = store.read("errors.jsonl")
        if errors:
            with writing(self.errors) as stream:
                stream.write(errors)
            print(f"{self.errors}: what was not read, and why", file=sys.stderr)
        elif is_quarantine(self.errors):
            self.errors.unlink()  # an earlier run's
        clear(store)
        store.remove_if_empty()
        print(f"{self.out}: {', '.join(f'{name} {count:,}' for name, count in counts.items())}", file=sys.stderr)
        return status


def staged(output: str, form: str | None, force: bool, words: int | None = None) -> Staged | None:
    """The hidden folder for an output that `export` makes; None for records and Parquet tables.

    Raises `InputError` for an unknown format, and where something stands at the output that would be replaced.
    """
    path = Path(output)
    if form not in (None, "parquet", "csv"):
        raise InputError(f"--format {form}: parquet or csv, of a folder's tables; other formats go by the name of -o")
    suffix = path.suffix.lower()
    if form == "csv":
        if output == "-" or suffix:
            raise InputError(f"{output}: --format csv writes a folder with a file a table: -o tables/")
        format: Format = "csv"
    elif suffix in _FILES:
        format = "xlsx" if suffix == ".xlsx" else "duckdb"
    else:
        return None
    from extractor.batch.layout import SENTENCES
    from extractor.dataset.beside import EXPORTED
    from extractor.dataset.export import targets
    from extractor.outputs import claim_output

    for target in targets(path, format, EXPORTED if words is None else (*EXPORTED, SENTENCES)):
        if target.exists():
            claim_output(target, force=force)
    made = Staged(str(path.with_name(f".{path.name}.tables")), path, format, words)
    if made.errors.exists():
        claim_output(made.errors, force=force, ours=is_quarantine)
    return made
