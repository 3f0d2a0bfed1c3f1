"""Documents whose commands are run: fenced blocks of Markdown, what they print, and what the document shows of it.

A block ```sh is run by bash in the session's folder, a block ```python in one namespace a document; of the latter, a line
`expression  # value` shows the value's repr. A block ```text or ```json that follows shows what they printed. In it a line
`…` stands for any lines, and `…` inside a line for any characters. `<!-- not run: REASON -->` before a block leaves it out;
`<!-- clone -->` marks what needs a clone, `<!-- pip -->` what installs: they are run by the sessions that have those.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]+?) -->\n+)?```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
_SHOWN = re.compile(r"^(?P<expression>[^#\n]*\S)  # (?P<value>.+)$")
_OUTPUTS = ("text", "json")
_RUN = ("sh", "python")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its lines, the mark before it, and where its code stands in the document."""

    language: str
    code: str
    mark: str
    start: int
    end: int
    follows: bool  # nothing but blank lines stands between it and the block before

    @property
    def runs(self) -> bool:
        """Whether it is to be run in every session."""
        return self.language in _RUN and not self.mark


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a document, in order."""
    out: list[Block] = []
    last = 0
    for match in _FENCE.finditer(text):
        follows = bool(out) and not text[last : match.start()].strip()
        out.append(Block(match["language"], match["code"], match["mark"] or "", *match.span("code"), follows))
        last = match.end()
    return out


def matches(shown: str, printed: str) -> bool:
    """Whether printed text is what a document shows, `…` standing for anything."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "…" else ".*?".join(map(re.escape, line.split("…"))) + r"\n" for line in _lines(shown)
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _lines(printed))) is not None


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]


def renewed(shown: str, printed: str) -> str:
    """What to show of printed text: as much before and after a line `…` as is shown now; lines that still match stay."""
    old, new = _lines(shown), _lines(printed)
    if "…" in old:
        at = old.index("…")
        after = len(old) - at - 1
        new = [*new[:at], "…", *(new[-after:] if after else [])] if len(new) > at + after else new
    new = [
        before if before != "…" and matches(before, line) else line
        for before, line in zip([*old, *[""] * len(new)], new, strict=False)
    ]
    return "".join(f"{line}\n" for line in new)


def called(line: str) -> list[str] | None:
    """The arguments of a line that is a call of `extractor` and nothing that a shell does."""
    plain = line.startswith("extractor ") and not set("|<>$`;&~\\") & set(line.split(" #")[0])
    return shlex.split(line, comments=True)[1:] if plain else None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a document shows and what is so; the stretch of the document to renew."""

    start: int
    end: int
    shown: str
    printed: str
    instead: str


class Session:
    """A folder in which the blocks of one document are run, one after the other.

    `bin` holds `python` and `extractor` and goes first on the PATH, as after `source .venv/bin/activate`.
    """

    def __init__(self, folder: Path, bin: Path, *, marks: Collection[str] = (), quick: bool = False) -> None:
        """With `quick` lines that are calls of `extractor` alone are run in the document's Python, without a process each."""
        self.folder = folder
        self.quick = quick
        self.bin = bin
        self.marks = marks
        outside = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
        # No other `extractor` may answer before the document has installed its own.
        dirs = [d for d in os.environ.get("PATH", "").split(os.pathsep) if not (Path(d) / "extractor").exists()]
        path = os.pathsep.join([str(bin), *dirs])
        self.env = {**outside, "PATH": path, "COLUMNS": "150", "NO_COLOR": "1", "PYTHONUTF8": "1"}

    def faults(self, text: str) -> Iterator[Fault]:
        """Run a document's blocks; what it shows that is not so. A command that fails raises `AssertionError`."""
        printed: str | None = None
        with Interpreter(self.bin / "python", self.folder, self.env) as python:
            for block in blocks(text):
                if block.language == "sh" and (block.runs or block.mark in self.marks):
                    printed = self._lines(block.code, python) if self.quick else self._shell(block.code)
                elif block.language == "python" and block.runs:
                    printed, values = python.run(block.code)
                    yield from _values(block, values)
                elif block.language in _RUN:
                    printed = None
                elif (
                    block.follows
                    and block.language in _OUTPUTS
                    and not (printed is None or matches(block.code, printed))
                ):
                    yield Fault(block.start, block.end, block.code, printed, renewed(block.code, printed))

    def _lines(self, code: str, python: Interpreter) -> str:
        """A block line by line, where every line is a command by itself."""
        if any(line.endswith("\\") or line.count('"') % 2 for line in code.splitlines()):
            return self._shell(code)
        found = [(line, called(line)) for line in code.splitlines() if line.strip()]
        return "".join(self._shell(line) if words is None else python.call(words) for line, words in found)

    def _shell(self, code: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", code],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{code}\nends with status {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout


class Interpreter:
    """The Python of a session: one process, one namespace, a block at a time."""

    def __init__(self, python: Path, folder: Path, env: Mapping[str, str]) -> None:
        self._call = {"args": [python, "-c", _PROGRAM], "cwd": folder, "env": env}
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Interpreter:
        return self

    def run(self, code: str) -> tuple[str, dict[int, str]]:
        """What a block prints, and the repr of each of its expressions by line."""
        if self._process is None:
            self._process = subprocess.Popen(
                **self._call,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(code) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"{code}\nfails:\n{self._process.communicate()[1]}"
        said, values = json.loads(answer)
        return said, {int(line): value for line, value in values.items()}

    def call(self, arguments: list[str]) -> str:
        """What `extractor ARGUMENTS` prints. A call that fails raises `AssertionError`."""
        return self.run(
            f"if __import__('extractor.cli').cli.main({arguments!r}):\n    raise SystemExit({arguments!r})"
        )[0]

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.communicate()


# Runs in the environment that the document speaks of, so it is text here.
_PROGRAM = """
import ast, contextlib, io, json, sys
space, answers = {"__name__": "__main__"}, sys.stdout
for line in sys.stdin:
    code, values = json.loads(line), {}
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)
    with contextlib.redirect_stdout(said):
        for node in ast.parse(code).body:
            if isinstance(node, ast.Expr):
                values[node.end_lineno] = repr(eval(compile(ast.Expression(node.value), "block", "eval"), space))
            else:
                exec(compile(ast.Module([node], []), "block", "exec"), space)
    print(json.dumps([said.buffer.getvalue().decode(), values]), file=answers, flush=True)
"""


def _values(block: Block, values: Mapping[int, str]) -> Iterator[Fault]:
    at = block.start
    for number, line in enumerate(block.code.splitlines(keepends=True), 1):
        shown = _SHOWN.match(line.rstrip("\n"))
        if shown and number in values and not matches(shown["value"], values[number]):
            start = at + shown.start("value")
            yield Fault(start, start + len(shown["value"]), shown["value"], values[number], values[number])
        at += len(line)


def rewritten(text: str, faults: list[Fault]) -> str:
    """The document with what is so in the place of what it shows."""
    for fault in sorted(faults, key=lambda f: -f.start):
        text = text[: fault.start] + fault.instead + text[fault.end :]
    return text


def shims(folder: Path, *, home: Path) -> Path:
    """A folder with `python` and `extractor` of the running interpreter over the package in `home`, like a venv's `bin`."""
    bin = folder / ".venv" / "bin"
    bin.mkdir(parents=True)
    for name, call in (("python", ""), ("extractor", " -m extractor")):
        script = bin / name
        script.write_text(f'#!/bin/sh\nPYTHONPATH="{home}" exec "{sys.executable}"{call} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    (bin / "activate").write_text(f'PATH="{bin}:$PATH"\n', encoding="utf-8")
    return bin
