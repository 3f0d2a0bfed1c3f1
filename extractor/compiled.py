"""Compiled expressions and parsed pattern files, kept from one process to the next: most of a cold start is making them.

The file stands in the user's cache folder and is safe to delete; `EXTRACTOR_CACHE` names another folder, or is `off`. An
expression is kept under its own source, a pattern file under the hash of its bytes, all under the versions of Python and
regex, so that nothing in it can be out of date. It is read only where nobody else can write, and its hash must fit.
"""

from __future__ import annotations

import atexit
import copyreg
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import regex

VARIABLE = "EXTRACTOR_CACHE"
OFF = "off"
_GLOBAL = regex.compile(r"\(\?[a-z]+\)")  # flags of a whole expression, at its begin
_HEAD = b"extractor cache 1\n"
_FEW, _SMALL = 16, 1 << 16  # new entries, and their bytes, that are not worth writing the file for
TIMEOUT = 5.0  # seconds a single pattern may take on one text; a longer run fails the article
_MOST = 6000  # entries; a fuller file starts anew
_FILE = "file:"  # begins the keys of parsed files
_SAFE_MODE = 0o022  # bits of a file that others may write to


def folder() -> Path | None:
    """Where the file stands; None where it is switched off or there is no home."""
    given = os.environ.get(VARIABLE, "")
    if given:
        return None if given == OFF else Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        home = os.path.expanduser("~")
        default = os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache")
        base = os.environ.get("XDG_CACHE_HOME") or (default if home != "~" else "")
    return Path(base) / "extractor" if base and os.path.isabs(base) else None


def file() -> Path | None:
    """The file of this Python and this regex; None where there is no folder for it."""
    where = folder()
    name = f"{sys.implementation.cache_tag}-regex-{getattr(regex, '__version__', '0')}.bin"
    return None if where is None else where / name


class _Store:
    """What the file had, and what this process made besides. `entries` are marshalled values by key."""

    def __init__(self) -> None:
        self.entries = _read()
        self.new: dict[str, bytes] = {}

    def get(self, key: str, *, once: bool = False) -> Any:
        """The value kept under a key; None where there is none. What is asked for `once` is not held any longer."""
        found = self.entries.pop(key, None) if once else self.entries.get(key)
        return None if found is None else _unpacked(found)

    def put(self, key: str, value: Any) -> None:
        """Keep a value of plain types; any other is not kept."""
        if file() is None:
            return
        if not self.new:
            atexit.register(self.write)
        try:
            self.new[key] = marshal.dumps(value)
        except ValueError:
            self.new.pop(key, None)

    def write(self) -> None:
        """Write the file, where there is enough to write; a folder that cannot be written to is left alone."""
        target = file()
        if target is None or (len(self.new) < _FEW and sum(map(len, self.new.values())) < _SMALL):
            return
        there = _read()
        if self.new.keys() <= there.keys():
            return
        entries = self.new if len(there) + len(self.new) > _MOST else there | self.new
        body = marshal.dumps(entries)
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name)  # for its owner alone
        except OSError:
            return
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(_HEAD + hashlib.sha256(body).digest() + body)
            os.replace(name, target)
        except OSError:
            Path(name).unlink(missing_ok=True)


def save() -> None:
    """Write now what is else written when the process ends, and hold it no longer."""
    _store().write()
    _store().new.clear()


def _read() -> dict[str, bytes]:
    target = file()
    try:
        if target is None or not (target.is_file() and _owned(target) and _owned(target.parent)):
            return {}  # a pipe would be waited for
        data = target.read_bytes()
    except OSError:
        return {}
    start = len(_HEAD) + 32
    body = data[start:]
    if not data.startswith(_HEAD) or hashlib.sha256(body).digest() != data[len(_HEAD) : start]:
        return {}
    found = _unpacked(body)
    plain = isinstance(found, dict) and all(isinstance(x, str) and isinstance(y, bytes) for x, y in found.items())
    return found if plain else {}


def _unpacked(data: bytes) -> Any:
    """The value of bytes of ours, None for any others."""
    try:
        return marshal.loads(data)
    except (EOFError, TypeError, ValueError):
        return None


def _owned(path: Path) -> bool:
    """Whether a file or folder is this user's and nobody else may write to it."""
    if not hasattr(os, "getuid"):
        return True  # the folder is inside the user's profile
    about = path.stat()
    return about.st_uid == os.getuid() and not about.st_mode & _SAFE_MODE


@lru_cache(maxsize=1)
def _store() -> _Store:
    return _Store()


@lru_cache(maxsize=1)
def _taken_apart() -> tuple[Callable[..., Any], Callable[[Any], Any]]:
    """How the regex package puts a compiled expression together again when it is copied, and how it takes one apart."""
    sample = regex.compile("x")
    reduce = copyreg.dispatch_table[type(sample)]
    rebuild = reduce(sample)[0]
    assert callable(rebuild)
    return rebuild, lambda pattern: reduce(pattern)[1]


of_users: Callable[[], AbstractSet[str]] = frozenset
"""Tells the expressions of the users' rows in force; `rules.sets` puts its own in this place."""


def compiled(source: str, flags: int = 0) -> regex.Pattern[str]:
    """As `regex.compile`, bounded in time where an expression of a user's row stands in it. Raises `regex.error` for none."""
    made = _compiled(source, flags)
    if (users := of_users()) and any(own in source for own in users):
        return cast("regex.Pattern[str]", Bounded(made))
    return made


def _compiled(source: str, flags: int) -> regex.Pattern[str]:
    key = f"{int(flags)}:{source}"
    store = _store()
    try:
        rebuild, apart = _taken_apart()
        found = store.get(key)
        if found is not None:
            kept: regex.Pattern[str] = rebuild(*found)
            return kept
    except (KeyError, TypeError, ValueError, RuntimeError, AssertionError):
        return regex.compile(source, flags)  # another regex than the one that this was written for
    made = regex.compile(source, flags)
    store.put(key, apart(made))
    return made


def anchored(source: str, flags: int = 0) -> regex.Pattern[str]:
    """As `compiled`, for an expression that is only tried at given offsets (`match`, `fullmatch`).

    The regex package looks for the characters that every match needs in all the rest of a text before it tries the first one.
    With an alternative that never matches there are none, and a try takes no longer in a long text than in a short one.
    """
    first = _GLOBAL.match(source)
    begin = first.end() if first else 0
    return compiled(rf"{source[:begin]}(?:{source[begin:]}|(?!))", flags)


class Bounded:
    """A compiled expression whose every call ends after `TIMEOUT` seconds with a `TimeoutError`; else as `regex.Pattern`."""

    __slots__ = ("_pattern",)

    def __init__(self, pattern: regex.Pattern[str]) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def match(self, *given: Any, **named: Any) -> regex.Match[str] | None:
        """As `Pattern.match`."""
        return self._pattern.match(*given, **_limited(named))

    def fullmatch(self, *given: Any, **named: Any) -> regex.Match[str] | None:
        """As `Pattern.fullmatch`."""
        return self._pattern.fullmatch(*given, **_limited(named))

    def search(self, *given: Any, **named: Any) -> regex.Match[str] | None:
        """As `Pattern.search`."""
        return self._pattern.search(*given, **_limited(named))

    def finditer(self, *given: Any, **named: Any) -> Iterator[regex.Match[str]]:
        """As `Pattern.finditer`; all are found at once, because the time that passes between two would count."""
        return iter(list(self._pattern.finditer(*given, **_limited(named))))

    def findall(self, *given: Any, **named: Any) -> list[Any]:
        """As `Pattern.findall`."""
        found: list[Any] = self._pattern.findall(*given, **_limited(named))
        return found

    def sub(self, *given: Any, **named: Any) -> str:
        """As `Pattern.sub`."""
        changed: str = self._pattern.sub(*given, **_limited(named))
        return changed

    def split(self, *given: Any, **named: Any) -> list[Any]:
        """As `Pattern.split`."""
        found: list[Any] = self._pattern.split(*given, **_limited(named))
        return found


def _limited(named: dict[str, Any]) -> dict[str, Any]:
    return {"timeout": TIMEOUT} | named


def parsed(data: bytes, parse: Callable[[bytes], object], layout: str = "") -> object:
    """What `parse` makes of the bytes of a file: lists, mappings, strings, bytes and numbers. Raises what it raises.

    `layout` names what is made of a file of data, which is asked for once: another name for every change of `parse`, or what
    was kept before it would come back.
    """
    key = f"{_FILE}{layout}{hashlib.sha256(data).hexdigest()}"
    store = _store()
    found: object = store.get(key, once=bool(layout))
    if found is None:
        found = parse(data)
        store.put(key, found)
    return found
