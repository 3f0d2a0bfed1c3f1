"""What the user typed to files: paths, folders, globs, `-` and URLs, in a stable order."""

from __future__ import annotations

import glob
import importlib.util
import json
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.ingest.archives import is_files_folder
from extractor.ingest.manifest import NAME as MANIFEST
from extractor.ingest.manifest import described, place_of
from extractor.ingest.quarantine import is_quarantine
from extractor.ingest.streams import is_url, name_of, stem_of, suffixes
from extractor.install import pip_install

FORMATS = (
    ".txt", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".warc",
    ".zip", ".tar", ".tgz", ".docx", ".pdf", ".xlsx", ".xls", ".ods",
)  # fmt: skip
ONE_ARTICLE = (".txt", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".docx", ".pdf")
_TABLES = (".csv", ".tsv", ".parquet", ".json")  # an empty one is broken; an empty .jsonl has no line that is
_FEEDS = (".xml", ".rss", ".atom", ".rdf")
_OLD = frozenset({".doc", ".rtf"})
OUTPUT_FORMAT, OUTPUT_MANIFEST = "extractor-output", "manifest.json"  # what makes a folder an output of a run
_SITES = "sites.json"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its path or URL, the suffix that tells its format, and the id its one article gets."""

    path: str
    suffix: str
    name: str | None = None
    size: int | None = None
    modified: int | str | None = None  # nanoseconds, or what a remote store gives
    inode: int | None = None
    about: Mapping[str, Any] | None = None  # the manifest's row for a page
    problem: str | None = None  # why it cannot be read: it goes to the quarantine


def sources(inputs: Sequence[str], out: str | None = None) -> tuple[list[Source], list[str]]:
    """The files behind `inputs`, and lines about what was left out. A run's own output `out` is not an input of it.

    Raises `InputError` for a path that does not exist, a suffix that no reader knows, an empty file or folder.
    """
    found: list[Source] = []
    notes: list[str] = []
    for given in inputs:
        if given == "-":
            found.append(Source("-", "-"))
        elif given == out:
            raise InputError(f"{given}: is an input and the output; give the output another name")
        elif given.lower().startswith(("http://", "https://")):
            found.append(_address(given))
        elif is_url(given):
            found += _remote(given, notes)
        else:
            found += _local(given, notes, alone=len(inputs) == 1)
    unique = {s.path: s for s in found if out is None or not _inside(s.path, out)}
    if not unique:
        raise InputError("the inputs hold nothing but the output of an earlier run")
    return _named(list(unique.values())), notes


def _inside(path: str, out: str) -> bool:
    if is_url(path) != is_url(out):
        return False
    if is_url(path):
        return path == out or path.startswith(out.rstrip("/") + "/")
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(out))


def _local(given: str, notes: list[str], *, alone: bool) -> list[Source]:
    path = Path(given).expanduser()
    if path.is_dir():
        return _folder(path, notes)
    if not os.path.lexists(path):
        if glob.has_magic(given):
            found = sorted(p for p in glob.glob(str(path), recursive=True) if not Path(p).is_dir())
            if found:
                return _known(found, "", notes)
            raise InputError(f"{given}: no file matches")
        raise InputError(f"{given}: no such file or folder")
    return [_checked(str(path), "", alone=alone)]


def _address(given: str) -> Source:
    """One page of the web, read as it is when its turn comes."""
    if importlib.util.find_spec("aiohttp") is None:
        raise InputError(
            f"{given}: an address needs a client: {pip_install('http')}. It reads single pages; robots.txt, rates and "
            "retries are the business of a scraper, whose saved pages can be given as files, .warc, .zip or .mhtml"
        )
    suffix = suffixes(given)[0]
    return Source(given, suffix if suffix in FORMATS else ".html")


def _folder(path: Path, notes: list[str]) -> list[Source]:
    pages, problem = described(path)
    bad = [Source(str(path / MANIFEST), ".jsonl", problem=problem)] if problem else []

    def unreadable(error: OSError) -> None:
        bad.append(Source(str(error.filename), "", problem=f"the folder cannot be read ({error.strerror})"))

    paths = [str(p) for p in _walk(path, unreadable, notes) if not ((pages or problem) and p == path / MANIFEST)]
    return [replace(s, about=pages.get(place_of(s.path))) for s in _known(paths, str(path), notes, bad)]


def _walk(root: Path, unreadable: Callable[[OSError], None], notes: list[str]) -> Iterable[Path]:
    beside = 0
    for folder, names, files in os.walk(root, onerror=unreadable):
        saved = {n for n in names if is_files_folder(n, set(files))}
        beside += len(saved)
        names[:] = sorted(n for n in names if not n.startswith(".") and n not in saved)
        if "articles" in names and ("_shards" in names or _is_output(Path(folder))):
            # The tables of a run: their articles can be extracted again, the other tables are no input.
            names[:] = ["articles"]
        for name in sorted(files):
            path = Path(folder, name)
            if not _is_ours(path):
                yield path
    if beside:
        notes.append(f"{root}: {beside} folders that a browser saved beside its pages left out")


def _is_ours(path: Path) -> bool:
    """Whether a file is hidden, or one that a run of ours wrote beside its output."""
    return path.name.startswith(".") or path.name == OUTPUT_MANIFEST or is_quarantine(path) or is_sites(path)


def _is_output(folder: Path) -> bool:
    try:
        manifest = folder / OUTPUT_MANIFEST
        data = json.loads(manifest.read_bytes()) if manifest.is_file() else None
        return isinstance(data, dict) and data.get("format") == OUTPUT_FORMAT
    except (OSError, ValueError, RecursionError):
        return False


def is_sites(file: Path) -> bool:
    """Whether a file holds the profiles that a run left beside its output, by name and keys."""
    if not (file.name == _SITES or file.name.endswith(f".{_SITES}")) or not file.is_file():
        return False
    return holds_sites(file)


def holds_sites(file: Path) -> bool:
    """Whether a file holds the profiles of sites, by its keys."""
    try:
        data = json.loads(file.read_bytes())
        return isinstance(data, dict) and set(data) == {"version", "sites"}
    except (OSError, ValueError, RecursionError):
        return False


def _remote(given: str, notes: list[str]) -> list[Source]:
    import fsspec

    try:
        fs, path = fsspec.core.url_to_fs(given)
        if glob.has_magic(path):
            found = sorted(str(fs.unstrip_protocol(p)) for p in fs.glob(path))
        elif fs.isdir(path):
            found = sorted(str(fs.unstrip_protocol(p)) for p in fs.find(path))
        elif fs.exists(path):
            return [Source(given, _suffix(given), size=fs.size(path))]
        else:
            raise InputError(f"{given}: no such file or folder")
    except (ImportError, ValueError, OSError) as error:
        raise InputError(f"{given}: cannot be reached ({error})") from None
    own = (OUTPUT_MANIFEST, "errors.jsonl", _SITES)
    return _known((p for p in found if name_of(p) not in own), given, notes)


def _known(paths: Iterable[str], root: str, notes: list[str], bad: Sequence[Source] = ()) -> list[Source]:
    out: list[Source] = list(bad)
    left: list[str] = []
    for path in paths:
        if suffixes(path)[0] in FORMATS:
            out.append(_stat(path, root))
        else:
            left.append(path)
    if not out:
        raise InputError(f"{root or 'the inputs'}: no file of a known format ({' '.join(FORMATS)}, also .gz and .zst)")
    if left:
        notes.append(f"{root or 'glob'}: {_left_out(left)}")
    return out


def _left_out(paths: Sequence[str]) -> str:
    """A sentence on files that are not read: how many of each suffix, with a name, and what can be done about old Word files."""
    by_suffix: dict[str, list[str]] = {}
    for path in paths:
        by_suffix.setdefault(suffixes(path)[0] or "no suffix", []).append(path)
    told = (f"{suffix} {len(some):,} ({os.path.basename(some[0])}{' …' if len(some) > 1 else ''})"
            for suffix, some in sorted(by_suffix.items()))  # fmt: skip
    old = "; save .doc and .rtf as .docx to have them read" if by_suffix.keys() & _OLD else ""
    return f"{len(paths):,} {'file' if len(paths) == 1 else 'files'} of other formats left out: {', '.join(told)}{old}"


def _checked(path: str, root: str, *, alone: bool) -> Source:
    source = _stat(path, root)
    _suffix(path)
    if not alone:  # one bad file of many goes to the quarantine
        return source
    if source.problem is not None:
        raise InputError(f"{path}: {source.problem}")
    if source.size == 0:
        raise InputError(f"{path}: the file is empty")
    return source


def _suffix(path: str) -> str:
    suffix = suffixes(path)[0]
    if suffix in _FEEDS:
        raise InputError(
            f"{path}: a feed or a site map lists addresses and holds no articles; give the pages themselves"
        )
    if suffix in _OLD:
        raise InputError(f"{path}: {suffix} is not read; save it as .docx")
    if suffix not in FORMATS:
        raise InputError(
            f"{path}: unknown suffix {suffix or '(none)'!r}; known are {' '.join(FORMATS)}, also .gz and .zst"
        )
    return suffix


def _stat(path: str, root: str) -> Source:
    suffix = suffixes(path)[0]
    if is_url(path):
        return Source(path, suffix, path[len(root) :].lstrip("/") if root else name_of(path))
    name = Path(path).relative_to(root).as_posix() if root else name_of(path)
    try:
        found = os.stat(path)
    except OSError as error:
        why = "a link that leads nowhere" if os.path.islink(path) else f"cannot be read ({error.strerror})"
        return Source(path, suffix, name, problem=why)
    if root and _leads_out(path, root):
        return Source(
            path, suffix, name, problem="a link that leads out of the folder; give what it leads to by its name"
        )
    if not stat.S_ISREG(found.st_mode):
        return Source(path, suffix, name, problem="no regular file; give a pipe as standard input (-)")
    problem = "the file is empty" if not found.st_size and suffix in _TABLES else None
    return Source(path, suffix, name, found.st_size, found.st_mtime_ns, found.st_ino, problem=problem)


def _leads_out(path: str, root: str) -> bool:
    """Whether a link in a folder leads to a file outside it, which nobody gave."""
    return os.path.islink(path) and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _named(found: list[Source]) -> list[Source]:
    # A one-article file is named by its path without suffix; with it where two files differ by the suffix alone.
    stems = [_stem(s) for s in found]
    often = Counter(stems)
    return [replace(s, name=stem if often[stem] == 1 else s.name) for s, stem in zip(found, stems, strict=True)]


def _stem(source: Source) -> str:
    name = source.name or name_of(source.path)
    return stem_of(name)
