"""Mentions of officials as the linker sees them: a name in an article, with its posts, province and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from extractor.errors import InputError
from extractor.fields.officials.key_rows import keys
from extractor.fields.officials.resolve import told_level
from extractor.gazetteer import gazetteer
from extractor.ingest.streams import is_lines, record_lines
from extractor.persons.bodies import Body, post_key, read_body, role_words
from extractor.persons.names import name_key, vietnamese
from extractor.persons.terms import is_term, terms
from extractor.records import Record

Row = Mapping[str, Any]
Holders = Literal["one", "several", "hundreds"]


@dataclass(frozen=True, slots=True)
class Held:
    """One post of a mention. `key` is the post's key, `body_wording` the body as the record words it, `province` the code of its
    unit's province, `level` the admin level that the post tells, `admin_level` the record's, which may be the article's.

    `since`, `until` are TIMEX3 values the text gives for this post's begin and end; `holders`: how many hold such a post
    at once.
    """

    key: str
    role: str
    body_wording: str | None
    body: Body | None
    province: str | None
    level: str | None
    former: bool
    acting: bool
    holders: Holders
    start: int
    end: int
    since: str | None = None
    until: str | None = None
    admin_level: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One official of one article. `day` is the article's ISO day, `province` the one most of its places lie in."""

    article: str
    person: int
    start: int
    name: str
    key: str
    aliases: tuple[str, ...]
    day: str | None
    province: str | None
    posts: tuple[Held, ...]


def mentions(tables: Mapping[str, Sequence[Row]]) -> Iterator[Mention]:
    """The mentions in rows of the tables `articles`, `officials`, `positions`, `locations`, `dates` (see `docs/tables.md`)."""
    days = {a["id"]: str(a["published"])[:10] if a["published"] else None for a in tables["articles"]}
    homes = _homes(tables["locations"], days)
    spans: dict[str, list[Row]] = {}
    for row in tables["dates"]:
        if is_term(row):
            spans.setdefault(row["id"], []).append(row)
    posts: dict[tuple[str, int], list[Row]] = {}
    for row in tables["positions"]:
        posts.setdefault((row["id"], row["person"]), []).append(row)
    for official in tables["officials"]:
        if official.get("official") is False:
            continue
        article, number = official["id"], official["person"]
        day = days.get(article)
        told = _told(official.get("activities") or ())
        key = name_key(official["name"])
        own = posts.get((article, number), ())
        years = terms(own, spans[article]) if article in spans else {}
        held = tuple(_held(p, day, told, years.get(p["start"]), official["name"]) for p in own)
        yield Mention(
            article,
            number,
            official["start"],
            official["name"],
            key,
            tuple(official.get("aliases") or ()),
            day,
            homes.get(article),
            held,
        )


def of_records(records: Iterable[Record]) -> Iterator[Mention]:
    """The mentions of records, article by article."""
    from extractor.batch.tables import rows

    for record in records:
        yield from mentions(rows(record))


def read(source: Path) -> Iterator[Mention]:
    """The mentions of what `extractor extract -o` wrote: a folder of tables or a `.jsonl` of records.

    Raises `InputError` when `source` is neither, or a line is no record.
    """
    if source.is_dir():
        yield from _read_folder(source)
    elif source.is_file() and is_lines(source.name):
        yield from _read_lines(source)
    else:
        raise InputError(
            f"{source}: neither a folder of tables nor a .jsonl of records; give what 'extractor extract -o' wrote"
        )


_COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("id", "published"),
    "officials": ("id", "person", "start", "name", "official", "aliases", "activities"),
    "positions": (
        "id", "person", "start", "end", "text", "role", "body", "body_resolved", "admin_level", "place_code", "former",
        "acting", "since", "until",
    ),
    "locations": ("id", "code"),
    "dates": ("id", "start", "end", "text", "value"),
}  # fmt: skip


def _read_folder(folder: Path) -> Iterator[Mention]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = sorted(p.name for p in (folder / "articles").glob("*.parquet") if not p.name.startswith("."))
    if not names:
        raise InputError(
            f"{folder}: no articles/*.parquet in it; give a folder that 'extractor extract -o FOLDER' wrote"
        )
    for name in names:
        try:
            yield from mentions(
                {
                    table: pq.read_table(
                        file, columns=[c for c in columns if c in pq.read_schema(file).names]
                    ).to_pylist()
                    if (file := folder / table / name).exists()
                    else []
                    for table, columns in _COLUMNS.items()
                }
            )
        except (OSError, pa.ArrowException) as error:
            raise InputError(f"{folder}: the tables of {name} cannot be read ({error}); extract it again") from None


def _read_lines(file: Path) -> Iterator[Mention]:
    import json

    for number, line in enumerate(record_lines(str(file)), 1):
        if not line.strip():
            continue
        try:
            yield from _of_plain(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise InputError(f"{file}, line {number}: not a record ({what})") from None


def _of_plain(record: dict[str, Any]) -> Iterator[Mention]:
    """Mentions of a record as JSON: validating the whole of it would take longer than linking."""
    article = record["id"]
    officials, positions = [], []
    for number, person in enumerate(record["officials"]):
        officials.append({**person, "id": article, "person": number})
        positions += [{**p, "id": article, "person": number} for p in person["positions"]]
    yield from mentions(
        {
            "articles": [record],
            "officials": officials,
            "positions": positions,
            "locations": [{"id": article, "code": x.get("code")} for x in record.get("locations", ())],
            "dates": [{**x, "id": article} for x in record.get("dates", ())],
        }
    )


def _homes(locations: Iterable[Row], days: Mapping[str, str | None]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = {}
    for place in locations:
        if place["code"] and (home := province_of(place["code"], days.get(place["id"]))):
            votes.setdefault(place["id"], Counter())[home] += 1
    return {article: min(count, key=lambda c: (-count[c], c)) for article, count in votes.items()}


def province_of(code: str, day: str | None) -> str | None:
    """Code of the province that holds a unit on an ISO day; None for unknown codes."""
    units = gazetteer()
    unit = units.at(code, day)
    return units.province_of(unit) or None if unit else None


def _told(activities: Iterable[Row]) -> list[tuple[str, str, str]]:
    """(folded post, "since" or "until", ISO value) of appointments and dismissals whose date the text gives."""
    out: list[tuple[str, str, str]] = []
    for item in activities:
        if not item["date"]:
            continue
        if item["kind"] == "appointed" and item["to_position"]:
            out.append((" ".join(item["to_position"].lower().split()), "since", item["date"]))
        elif item["kind"] == "dismissed" and item["from_position"]:
            out.append((" ".join(item["from_position"].lower().split()), "until", item["date"]))
    return out


def holders_of(role: str) -> Holders:
    """How many hold a post of this role in one body at once."""
    words = role_words(role)
    return "hundreds" if words in keys().members else "several" if words in keys().several else "one"


def _held(
    row: Row, day: str | None, told: Iterable[tuple[str, str, str]], years: tuple[str, str] | None, name: str
) -> Held:
    code, role = row["place_code"], row["role"]
    wording = row["body_resolved"] or row["body"]
    if wording and name in wording:  # a name that the body was read to go on with
        wording = wording.replace(name, "").strip() or None
    known = bool(wording) or vietnamese(name_key(name))
    level = _level(row, wording) if known else None
    body = read_body(wording, code, day, role=role, level=level, country=row.get("country")) if known else None
    dates = _dates(row, told, years)
    unit = body.unit if body and body.unit and body.unit.isdigit() else code
    return Held(
        post_key(role, body),
        role,
        wording,
        body,
        province_of(unit, day) if unit else None,
        level,
        bool(row["former"]) or bool(years and day and years[1] < day[: len(years[1])]),
        bool(row["acting"]),
        holders_of(role),
        row["start"],
        row["end"],
        dates.get("since"),
        dates.get("until"),
        row["admin_level"],
    )


def _dates(row: Row, told: Iterable[tuple[str, str, str]], years: tuple[str, str] | None) -> dict[str, str]:
    """Since and until when a post is held: by its row, by the years beside it, by what is told of it elsewhere."""
    dates: dict[str, str] = {what: row[what] for what in ("since", "until") if row.get(what)}
    for what, value in zip(("since", "until"), years or (), strict=False):
        dates.setdefault(what, value)
    words = f"{row['role']} {row['body'] or ''}".lower().strip()
    for post, what, value in told:
        if post == words:
            dates.setdefault(what, value)
    return dates


def _level(row: Row, wording: str | None) -> str | None:
    """The level that a post tells itself: a record gives the others that of the article, which says nothing of the person."""
    level: str | None = row["admin_level"]
    if row["place_code"] or level == "foreign":
        return level
    return level if level == told_level(row["role"], wording) else None
