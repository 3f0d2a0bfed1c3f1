"""The command `extractor`. Commands are found by name and imported when they are run, so that `--help` stays fast."""

from __future__ import annotations

import functools
import importlib
import inspect
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from extractor import __version__
from extractor.errors import ExtractorError, MachineError, lacking


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, the module and function behind it, and its line in `--help`."""

    name: str
    module: str
    function: str
    help: str


# The list to extend. A command whose module is missing (an extra that is not installed) says so when it is run.
COMMANDS = (
    Command(
        "extract", "extractor.cli.extract", "extract", "Articles to validated records: JSON Lines or Parquet tables."
    ),
    Command(
        "explain", "extractor.cli.explain", "explain", "One article with its mentions marked, and the rule behind each."
    ),
    Command("sites", "extractor.cli.sites", "sites", "What the pages of a site have in common: its profile."),
    Command("schema", "extractor.cli.schema", "schema", "JSON Schema of the records, or Arrow schema of the tables."),
    Command("check", "extractor.cli.check", "check", "Whether an output is as its run wrote it."),
    Command("merge", "extractor.cli.merge", "merge", "Compact the shards of an output folder."),
    Command("evaluate", "extractor.cli.evaluate", "evaluate", "Score records against gold annotations."),
    Command("compare", "extractor.cli.compare", "compare", "Gains and losses between two runs."),
    Command("gold", "extractor.cli.gold", "app", "Check, compile, sample gold annotations; agreement of annotators."),
    Command("patterns", "extractor.cli.patterns", "app", "Rows of language knowledge: look, check, add your own."),
    Command("train", "extractor.cli.train", "train", "Train the statistical layer."),
    Command("places", "extractor.cli.places", "places", "Look up administrative units through time."),
    Command("summary", "extractor.cli.summary", "summary", "What a file of records holds, at a glance."),
    Command("sample", "extractor.cli.sample", "sample", "Write the sample articles and their gold, to try things on."),
    Command(
        "persons", "extractor.cli.persons", "persons", "Link officials of many articles to persons and their posts."
    ),
    Command("index", "extractor.cli.index", "index", "Build a searchable database from an output."),
    Command("search", "extractor.cli.search", "search", "Look words up in a searchable database."),
    Command("serve", "extractor.cli.serve", "serve", "Serve a database as a web page and JSON API."),
    Command("api", "extractor.cli.api", "api", "A text in, a record out, over HTTP."),
    Command("export", "extractor.cli.export", "export", "A dataset in another system's format."),
    Command("convert", "extractor.cli.convert", "convert", "Annotation formats in and out."),
    Command("doctor", "extractor.cli.doctor", "doctor", "What is installed, whether it works, what is missing."),
    Command("version", "extractor.cli", "version", "The version."),
    Command("help", "extractor.cli", "help", "This list, or a command's help: extractor help COMMAND."),
)
_HELP = """Vietnamese provincial news to validated, structured records.

\b
Examples:
  extractor extract news/ -o records.jsonl
  extractor extract articles.jsonl.gz -o tables/ --workers 4
  extractor explain page.html --published 2018-01-13
"""


class UnknownCommandError(ExtractorError):
    """The command line names no command."""


class LazyGroup(TyperGroup):
    """A group that imports a command's module when the command is asked for, not for the list of commands."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands, in the order of `COMMANDS`."""
        return [c.name for c in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, its module imported now."""
        command = next((c for c in COMMANDS if c.name == cmd_name), None)
        return None if command is None else _load(command)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command asked for; an unknown name gets the nearest one."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and all(c.name != name for c in COMMANDS):
            from difflib import get_close_matches

            near = get_close_matches(name, [c.name for c in COMMANDS], n=1, cutoff=0.5)
            way = f"Did you mean '{near[0]}'?" if near else "'extractor --help' lists the commands."
            raise UnknownCommandError(f"{name}: no such command. {way}")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, without importing any."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl([(c.name, c.help) for c in COMMANDS])
        with formatter.section("Options"):
            formatter.write_dl(
                [("--version", "Show the version."), ("-h, --help", "Show this message, or a command's.")]
            )


def _load(command: Command) -> Any:
    try:
        function = getattr(importlib.import_module(command.module), command.function)
    except ModuleNotFoundError as error:
        raise ExtractorError(
            f"`extractor {command.name}` is not available: the module {error.name} is not installed"
        ) from None
    if isinstance(function, typer.Typer):
        group = typer.main.get_command(function)
        group.name = command.name
        for member in getattr(group, "commands", {}).values():
            member.help = _pasteable(member.help)
        return group

    # The status a command returns is the program's.
    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        status = function(*args, **kwargs)
        if isinstance(status, int) and status:
            raise typer.Exit(status)

    app = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_CONTEXT
    )
    app.command(command.name, help=_pasteable(function.__doc__))(run)
    return typer.main.get_command(app)


def _pasteable(text: str | None) -> str:
    """A help text whose examples keep their lines, however narrow the terminal, so that they can be pasted."""
    head, _, examples = inspect.cleandoc(text or "").partition("Examples:\n")
    lines = [f"  {line.strip()}" for line in examples.splitlines() if line.strip()]
    return "\n".join([head, "\b", "Examples:", *lines]) if lines else head


def command_options(words: Sequence[str]) -> frozenset[str]:
    """The options of a command, or of a group's command ("gold", "sample"): "--id", "-o" …; none for an unknown one."""
    command = next((_load(c) for c in COMMANDS if words[:1] == [c.name]), None)
    if len(words) > 1:
        command = getattr(command, "commands", {}).get(words[1], command)
    options = [option for parameter in getattr(command, "params", ()) for option in parameter.opts]
    return frozenset({*options, "--help", "-h"})


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
app = typer.Typer(
    cls=LazyGroup,
    help=_HELP,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
)


def version() -> None:
    """The version of the package.

    Examples:

      extractor version
    """
    print(f"extractor {__version__}")


def help(
    command: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND...]", help="A command; without it the list.")
    ] = None,
) -> int:
    """The list of commands, or one command's arguments, options and examples.

    Examples:

      extractor help

      extractor help extract
    """
    return main([*(command or ()), "--help"])


@app.callback()
def _root(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        print(f"extractor {__version__}")
        raise typer.Exit


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Exit status: 0 done, 1 a check failed, 2 a usage error, 130 interrupted."""
    given = sys.argv[1:] if arguments is None else arguments
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            encoding="utf-8", errors=sys.stdout.errors
        )  # whatever the locale, or Windows' pipe, would have
    if given == ["--version"]:
        print(f"extractor {__version__}")
        return 0
    try:
        app(given, prog_name="extractor")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of standard output went away (`| head`): nothing is wrong, and nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ExtractorError as error:
        print(f"extractor: {error}", file=sys.stderr)
        return 1 if isinstance(error, MachineError) else 2
    except (ImportError, MemoryError, OSError) as error:
        print(f"extractor: {lacking(error)}", file=sys.stderr)
        return 1
    return 0
