"""Sets of patterns: the package's own, and a user's folder laid over it. One set is in force at a time, in each thread or task."""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, update_wrapper
from importlib.metadata import entry_points
from pathlib import Path
from typing import Generic, ParamSpec, Protocol, TypeVar
from weakref import WeakSet

from extractor import compiled
from extractor.errors import PatternError

VARIABLE = "EXTRACTOR_PATTERNS"
GROUP = "extractor.patterns"  # of entry points
_HERE = Path(__file__).parent.parent  # the package
P = ParamSpec("P")
R = TypeVar("R")


@lru_cache(maxsize=1)
def patterns_dir() -> Path:
    """The folder of the package's pattern files: inside the installed package, or beside it in a checkout."""
    for folder in (_HERE / "patterns", _HERE.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise PatternError("the folder 'patterns' was not found beside or inside the package: install it again")


@dataclass(frozen=True, slots=True, eq=False)
class PatternSet:
    """The package's pattern files and, where `folder` is given, a user's of the same names over them.

    `digest` is a hash of the user's files, empty for the package's own set; sets are the same object when folder and
    content are, so that they serve as keys. `expressions` are those of the user's rows, as far as they were read.
    """

    folder: Path | None = None
    digest: str = ""
    expressions: set[str] = field(default_factory=set)


BASE = PatternSet()
_made: dict[tuple[str, str], PatternSet] = {}


class Holder(Protocol):
    """Something that keeps what it made from the rows of a set."""

    def forget(self, chosen: PatternSet) -> None:
        """Let go of what belongs to a set."""


holders: WeakSet[Holder] = WeakSet()
_in_force: ContextVar[PatternSet | None] = ContextVar("patterns", default=None)


def _offered(name: str) -> Path:
    """The folder that an installed package offers under a name (entry-point group `extractor.patterns`, a path or a function)."""
    for entry in entry_points(group=GROUP, name=name):
        found = entry.load()
        path = Path(found() if callable(found) else found).resolve()
        if path.is_dir():
            return path
    raise PatternError(f"{name}: no such folder of patterns, and no installed package offers patterns of that name")


def pattern_set(folder: str | Path | None) -> PatternSet:
    """The set of a user's folder; None is the package's own.

    Raises `PatternError` for a folder that is not there, that holds no pattern file, or a file of an unknown name.
    """
    if folder is None:
        return BASE
    path = Path(folder).resolve()
    if not path.is_dir():
        path = _offered(str(folder))
    known = {p.relative_to(patterns_dir()).as_posix() for p in patterns_dir().rglob("*.yaml")}
    given = sorted(p for p in path.rglob("*.y*ml") if p.is_file())
    if not given:
        raise PatternError(f"{folder}: no pattern file (.yaml) in this folder; its files bear names such as roles.yaml")
    digest = hashlib.sha256()
    for file in given:
        name = file.relative_to(path).as_posix()
        if name not in known:
            near = difflib.get_close_matches(name, known, 1) or sorted(known)
            raise PatternError(f"{file}: no pattern file of that name; did you mean {', '.join(near)}?")
        digest.update(name.encode() + b"\0" + file.read_bytes())
    key = str(path), digest.hexdigest()[:16]
    return _made.setdefault(key, PatternSet(path, key[1]))


@lru_cache(maxsize=1)
def _of_environment() -> PatternSet:
    return pattern_set(os.environ.get(VARIABLE) or None)  # asked once: a process keeps its environment


def current() -> PatternSet:
    """The set in force: that of the innermost `patterns`, else of the environment's folder, else the package's own."""
    return _in_force.get() or _of_environment()


def _of_users() -> set[str]:
    try:
        return current().expressions
    except PatternError:  # said where the rows are read
        return set()


compiled.of_users = _of_users


def checked(folder: str | Path | None) -> str | None:
    """The folder as an absolute path, so that every process finds it. Raises `PatternError` as `pattern_set` does."""
    found = pattern_set(folder)
    return None if found.folder is None else str(found.folder)


@contextmanager
def patterns(folder: str | Path | PatternSet | None) -> Iterator[PatternSet]:
    """Put a user's folder of patterns in force; None leaves what is. Raises `PatternError` as `pattern_set` does."""
    if folder is None:
        yield current()
        return
    chosen = folder if isinstance(folder, PatternSet) else pattern_set(folder)
    token = _in_force.set(chosen)
    try:
        yield chosen
    finally:
        _in_force.reset(token)


def forget(chosen: PatternSet) -> None:
    """Let go of everything that was made from the rows of a set that is not needed again."""
    for holder in list(holders):
        holder.forget(chosen)
    for key in [key for key, made in _made.items() if made is chosen]:
        del _made[key]


class cache(Generic[P, R]):  # noqa: N801
    """`functools.cache` with a value for every set of patterns: what is compiled from rows belongs to their set."""

    def __init__(self, function: Callable[P, R]) -> None:
        self._function = function
        self._kept: dict[PatternSet, dict[Hashable, R]] = {}
        update_wrapper(self, function)
        holders.add(self)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        key: Hashable = (args, tuple(kwargs.items())) if kwargs else args
        try:
            return self._kept[_in_force.get() or _of_environment()][key]
        except KeyError:
            made = self._function(*args, **kwargs)
            self._kept.setdefault(current(), {})[key] = made
            return made

    def forget(self, chosen: PatternSet) -> None:
        """Let go of the values of a set."""
        self._kept.pop(chosen, None)

    def cache_clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
