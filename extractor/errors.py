"""The errors that users of the package meet. All share one base class; a message names the file, the row, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class ExtractorError(Exception):
    """Base of every error the package raises on purpose."""


class PatternError(ExtractorError):
    """A row of `patterns/*.yaml` is malformed; the message names file, row id and key."""


class SpanError(ExtractorError):
    """A mention's offsets do not hold its quote."""


class InputError(ExtractorError):
    """An input (path, file, row, date) cannot be read; the message says what to do."""


class InputTypeError(InputError, TypeError):
    """An argument is of another type than the one that is needed; also a `TypeError`."""


class ModelError(ExtractorError):
    """A statistical model is missing, damaged or of another format."""


class MachineError(ExtractorError):
    """What a run needs and the machine lacks: a library, memory, space. It ends the run, because no article is at fault."""


class ArticleError(ExtractorError):
    """One article cannot be extracted; it goes to the quarantine with `stage` and the reason.

    Args:
        reason: what went wrong, for the quarantine file.
        stage: the step that failed (`decode`, `extract`, `timeout` …).
    """

    def __init__(self, reason: str, *, stage: str = "extract") -> None:
        super().__init__(reason)
        self.stage = stage


def lacking(error: ImportError | MemoryError | OSError) -> str:
    """What the machine lacks, as a sentence, by the exception that told so."""
    if isinstance(error, ImportError):
        missing = f"the library {error.name} is missing" if error.name else "a library is missing"
        return f"{missing} or damaged ({error}); install the package again with its dependencies"
    if isinstance(error, MemoryError):
        return "out of memory; fewer --workers, or a lower --max-chars, need less"
    return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)


@contextmanager
def writes(out: object, then: str = "nothing was written") -> Iterator[None]:
    """Say of what fails in the block for want of space or rights what was being written: `MachineError` for `OSError`."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise MachineError(f"{out}: {error.strerror or error}; {then}") from None
