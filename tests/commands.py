"""The command line run in the test's own process: what it prints and its status, as `subprocess.run` gives them."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from pathlib import Path

from extractor.cli import main

ROOT = Path(__file__).parents[1]


def run(*arguments: str | os.PathLike[str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """`extractor ARGUMENTS` in the folder `cwd`, without the start of a process.

    Where the process is the subject (imports, signals, limits, workers), a test starts one.
    """
    given = [str(argument) for argument in arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(given)
    said = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(given, status, *said)
