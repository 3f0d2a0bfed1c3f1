"""brat standoff: ID.txt, ID.ann, and ID.json with what .ann cannot hold. Values are JSON notes, posts are linked by relations."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from extractor.errors import InputError
from extractor.evaluate.formats.document import LABELS, Document, Mention
from extractor.evaluate.formats.offsets import Offsets, Repair
from extractor.outputs import write_output

ANNOTATION_CONF = """[entities]
OFFICIAL
PERSON
ALIAS
POSITION
DATE
LOCATION
DOCUMENT
FIGURE

[relations]
Of\tArg1:POSITION|ALIAS, Arg2:OFFICIAL|PERSON
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
"""
# What is no letter, digit, `-`, `_` or `.`; a dot at either end; the first letter of a device of Windows (`CON`, `nul.txt`).
_DEVICE = r"(?:(?<=c)on|(?<=p)rn|(?<=a)ux|(?<=n)ul|(?<=c)om[\d¹²³]|(?<=l)pt[\d¹²³])(?:\.|$)"
_UNSAFE = re.compile(rf"[^\w.-]|^\.|\.$|^[A-Z](?={_DEVICE})", re.IGNORECASE)
_LONGEST = 120  # bytes of a name; file systems end at 255, and an editor's copy needs some


def file_name(identifier: str) -> str:
    """An id as a file name, another one for every id: what is no letter, digit, `-`, `_` or `.` is written as in an address
    (`a/b` is `a%2Fb`), so that no name leads out of its folder; the end of a long one is its hash."""
    name = (
        _UNSAFE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8", "surrogatepass")), identifier)
        or "%"
    )
    raw = name.encode("utf-8")
    return name if len(raw) <= _LONGEST else _hashed(raw[:_LONGEST].decode("utf-8", "ignore"), identifier)


def _hashed(name: str, identifier: str) -> str:
    """A name with a hash of the id behind it."""
    return f"{name}%{hashlib.sha256(identifier.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _file_names(identifiers: Iterable[str]) -> Iterator[str]:
    """File names of ids, apart also where a disk takes capitals and small letters for one."""
    taken: set[str] = set()
    for identifier in identifiers:
        name = file_name(identifier)
        if name.casefold() in taken:
            name = _hashed(name, identifier)
        taken.add(name.casefold())
        yield name


def write_all(documents: Sequence[Document], folder: Path) -> None:
    """Three files of each document. Raises `InputError`, before any is written, where one of them is there already: it may
    hold somebody's work."""
    stems = [folder / name for name in _file_names(document.id for document in documents)]
    for stem in stems:
        for suffix in (".txt", ".ann", ".json"):
            if os.path.lexists(f"{stem}{suffix}"):
                raise InputError(f"{stem}{suffix}: is there already; give a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: the folder cannot be made ({error.strerror})") from None
    for document, stem in zip(documents, stems, strict=True):
        _write(document, stem)
    if not os.path.lexists(folder / "annotation.conf"):
        write_output(folder / "annotation.conf", ANNOTATION_CONF)


def _write(document: Document, stem: Path) -> None:
    lines: list[str] = []
    names: dict[str | None, str] = {}
    for number, mention in enumerate(document.mentions, 1):
        quote = document.text[mention.start : mention.end].replace("\n", " ")
        lines.append(f"T{number}\t{mention.label} {mention.start} {mention.end}\t{quote}")
        note = json.dumps({"key": mention.key, **(mention.values or {})}, ensure_ascii=False)
        lines.append(f"#{number}\tAnnotatorNotes T{number}\t{note}")
        if mention.label in ("OFFICIAL", "PERSON"):
            names.setdefault(mention.key, f"T{number}")
    linked = [(n, m) for n, m in enumerate(document.mentions, 1) if m.person in names]
    lines += [f"R{i}\tOf Arg1:T{n} Arg2:{names[m.person]}" for i, (n, m) in enumerate(linked, 1)]
    _save(stem, ".txt", document.text)
    _save(stem, ".ann", "".join(f"{line}\n" for line in lines))
    _save(stem, ".json", json.dumps({"id": document.id, **document.state()}, ensure_ascii=False, indent=1))


def _save(stem: Path, suffix: str, text: str) -> None:
    write_output(stem.with_name(stem.name + suffix), text)


def read(annotations: Path) -> tuple[Document, list[Repair]]:
    """The document of ID.ann with ID.txt and, where it is there, ID.json."""
    text_file, state_file = annotations.with_suffix(".txt"), annotations.with_suffix(".json")
    if not text_file.is_file():
        raise InputError(f"{annotations}: no {text_file.name} beside it")
    try:
        raw = text_file.read_bytes().decode("utf-8-sig")
        state = json.loads(state_file.read_text(encoding="utf-8")) if state_file.is_file() else {}
        lines = annotations.read_text(encoding="utf-8-sig").split("\n")  # a quote may hold the other ends of lines
    except (OSError, ValueError) as error:
        raise InputError(f"{annotations}: cannot be read ({error})") from None
    offsets = Offsets(str(state.get("id") or annotations.stem), raw)
    document = Document(offsets.id, offsets.text)
    document.take(state)
    mentions: dict[str, Mention] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("T"):
            name, mention = _entity(line, f"{annotations}, line {number}", offsets)
            if mention is not None:
                mentions[name] = mention
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            _note(line, f"{annotations}, line {number}", mentions)
    document.mentions = sorted(mentions.values(), key=lambda m: (m.start, m.end))
    _relate(lines, mentions)
    return document, offsets.repairs


def _entity(line: str, where: str, offsets: Offsets) -> tuple[str, Mention | None]:
    try:
        name, middle, quote = line.split("\t", 2)
        label, _, places = middle.partition(" ")
        bounds = [int(n) for part in places.split(";") for n in part.split()]
        start, end = bounds[0], bounds[-1]
    except (ValueError, IndexError):
        raise InputError(f"{where}: 'T1<tab>LABEL start end<tab>quote' is expected") from None
    if label not in LABELS:
        return name, None
    if len(bounds) > 2:  # a discontinuous span: the whole stretch, whose quote brat gives without the gaps
        span = offsets.place(start, end, None)
        offsets.repairs.append(Repair(offsets.id, quote, (start, end), span, "discontinuous span taken as one"))
    else:
        span = offsets.place(start, end, quote)
    return name, Mention(*span, label) if span else None


def _note(line: str, where: str, mentions: dict[str, Mention]) -> None:
    parts = line.split("\t", 2)
    target = parts[1].split()[-1] if len(parts) == 3 and parts[1].split() else ""
    if target not in mentions or not parts[2].lstrip().startswith("{"):
        return
    try:
        values = json.loads(parts[2])
    except ValueError as error:
        raise InputError(f"{where}: the note is not valid JSON ({error})") from None
    mentions[target].key = values.pop("key", None)
    mentions[target].values = values


def _relate(lines: list[str], mentions: dict[str, Mention]) -> None:
    for index, mention in enumerate(mentions.values()):
        if mention.label in ("OFFICIAL", "PERSON") and mention.key is None:
            mention.key = f"new{index}"
    for line in lines:
        if found := re.match(r"R\d+\t\w+ Arg1:(T\d+) Arg2:(T\d+)", line):
            one, other = (mentions.get(name) for name in found.groups())
            if one and other and other.label in ("OFFICIAL", "PERSON"):
                one.person = other.key
