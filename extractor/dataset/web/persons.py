"""Pages of persons: what they were, when, by which sentence; and people of one name apart, with what speaks for that."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from typing import Any

from extractor.dataset.offices import label
from extractor.dataset.web.downloads import FORMATS, sheet
from extractor.dataset.web.evidence import COLUMNS, file_rows, of_person, reason_of
from extractor.dataset.web.formats import formats
from extractor.dataset.web.lanes import Lane, days_of, lanes, look
from extractor.dataset.web.links import Links
from extractor.dataset.web.pictures import offered, svg_file
from extractor.dataset.web.queries import Context, Given, rows
from extractor.dataset.web.routes import Route
from extractor.dataset.web.words import words
from extractor.persons.mentions import holders_of

Row = dict[str, Any]
_LANES, _NAMED, _AROUND, _ALIKE = 14, 6, 2, 12
_SHOWN = 3  # sentences of a post before one asks for more


def official(db: sqlite3.Connection, given: Given) -> Context | None:
    """The person of an id, or the one who bears a name; where several do, the list of them."""
    name = given.get("name", "")
    people = rows(
        db,
        """SELECT * FROM persons WHERE id = ?1 OR (?1 = '' AND id IN (SELECT person FROM person_mentions WHERE name = ?2))
           ORDER BY articles DESC, id""",
        given.get("person", ""),
        name,
    )
    if not people:
        return None
    if len(people) > 1:
        return {"name": name, "people": [_short(db, p, given["lang"]) for p in people], "person": None}
    return _page(db, people[0], given["lang"])


def _short(db: sqlite3.Connection, person: Row, lang: str) -> Row:
    posts = _posts(db, person["id"])
    return person | {"posts": posts[:_NAMED], "years": _years(person, lang)}


def _posts(db: sqlite3.Connection, person: str) -> list[Row]:
    """A person's posts: those that hold, in order of time, undated ones after them, contradicted ones last."""
    found = rows(db, "SELECT * FROM person_posts WHERE person = ?", person)
    for post in found:
        post["label"], post["look"] = label(post), look(post)
    return sorted(
        found,
        key=lambda p: (
            p["doubtful"],
            p["look"] == "none",
            days_of(p)[0] or days_of(p)[1] or "9999",
            -p["articles"],
            p["key"],
        ),
    )


def _page(db: sqlite3.Connection, person: Row, lang: str) -> Context:
    said = words(lang)
    posts = _posts(db, person["id"])
    evidence = of_person(db, person["id"])
    for n, post in enumerate(posts):
        post["at"], post["said"] = f"p{n}", told(post, lang)
        post["evidence"] = evidence.get(post["key"], [])
        post["spellings"] = sorted({e["text"] for e in post["evidence"]} - {post["label"]}, key=len)[:4]
    drawn = _drawn(posts)
    main = max(posts, key=lambda p: (not p["doubtful"], p["body_key"] is not None, p["articles"]), default=None)
    return {
        "name": person["name"], "person": person, "people": [], "posts": posts, "lede": _lede(person, posts, lang),
        "chart": lanes([lane(p, p["label"], f"#{p['at']}", lang) for p in drawn], said.fill("posts_of", name=person["name"])),
        "undrawn": len(posts) - len(drawn), "shown": _SHOWN, "looks": sorted({p["look"] for p in drawn}),
        "picture": offered(Links(lang, "")("/official.svg", person=person["id"]), person["name"]) if drawn else None,
        "undated": _undated(db, person["id"]), "by_year": _by_year(db, person["id"]),
        "succession": _succession(db, main, person["id"]),
        "sentences": sentences(db, "person", person["id"]),
        "identity": _identity(db, person, lang), "alike": _alike(db, person, lang),
    }  # fmt: skip


def _drawn(posts: list[Row]) -> list[Row]:
    """The posts of the drawing, in the order given: those of more articles, of known bodies and stated days first."""
    timed = [p for p in posts if p["look"] != "none"]
    ranked = sorted(
        timed, key=lambda p: -p["articles"] - 2 * (p["body_key"] is not None) - 2 * (p["look"] in ("term", "before"))
    )
    kept = {p["key"] for p in ranked[:_LANES]}
    return [p for p in timed if p["key"] in kept]


def _lede(person: Row, posts: list[Row], lang: str) -> str:
    said, written = words(lang), formats(lang)
    sure = [p["label"] for p in sorted(posts, key=lambda p: -p["articles"]) if not p["doubtful"]]
    named = list(dict.fromkeys(sure))[:_NAMED]
    articles = written.count(person["articles"], "articles")
    if not named:
        return said.fill("person_lede_none", articles=articles)
    return said.fill(
        "person_lede", posts=written.count(len(set(sure)), "posts"), articles=articles, named="; ".join(named)
    )


def told(post: Row, lang: str) -> str:
    """What is known of the time of a post, in words: the stated term, else when articles show the person in it."""
    said, written = words(lang), formats(lang)
    kind = post["look"] if "look" in post else look(post)
    seen = written.span(post["first_seen"], post["last_seen"])
    if kind == "term":
        text = written.span(post["since"], post["until"])
    elif kind == "before":
        text = said.fill("left_before", day=written.day(post["left_by"]))
    elif kind == "none":
        text = said.no_time
    else:
        text = said.fill("seen_in_office", days=seen)
    if kind == "doubt":
        text = f"{said.doubtful}; {text}" if post["first_seen"] else said.doubtful
    if kind in ("seen", "term") and post["left_by"] and not post["until"]:
        text += f"; {said.fill('left_before', day=written.day(post['left_by']))}"
    if post["undated"] and kind != "none":
        text += f"; {said.fill('and_undated', articles=written.count(post['undated'], 'articles'))}"
    return text


def lane(post: Row, name: str, address: str, lang: str) -> Lane:
    """A post as a line of a drawing."""
    said, written, kind = words(lang), formats(lang), look(post)
    begin, end = days_of(post)
    short = {
        "term": written.span(post["since"], post["until"]),
        "before": said.fill("left_before", day=written.day(post["left_by"])),
        "doubt": said.in_doubt,
    }.get(kind) or said.fill("seen_short", days=written.span(post["first_seen"], post["last_seen"]))
    return Lane(
        name, written.count(post["articles"], "articles"), address, kind, begin, end, short,
        open_begin=kind == "seen" or (kind == "term" and not post["since"]),
        open_end=kind == "seen" or (kind == "term" and not post["until"]),
    )  # fmt: skip


def sentences(db: sqlite3.Connection, column: str, value: str) -> int:
    """How many sentences the posts of a person, or the holders of a post, rest on."""
    return int(rows(db, f"SELECT count(*) AS n FROM post_evidence WHERE {column} = ?", value)[0]["n"])


def _years(person: Row, lang: str) -> str:
    return formats(lang).span(person["first_seen"], person["last_seen"])


def _undated(db: sqlite3.Connection, person: str) -> int:
    sql = """SELECT count(DISTINCT id) AS n FROM person_mentions JOIN articles USING (id)
             WHERE person = ? AND published IS NULL"""
    return int(rows(db, sql, person)[0]["n"])


def _by_year(db: sqlite3.Connection, person: str) -> list[Row]:
    found = rows(
        db,
        """SELECT a.year AS name, count(DISTINCT a.id) AS n FROM person_mentions m JOIN articles a USING (id)
           WHERE m.person = ? GROUP BY a.year ORDER BY a.year IS NULL, a.year""",
        person,
    )
    most = max((f["n"] for f in found), default=1)
    return [f | {"share": f["n"] / most} for f in found]


def _succession(db: sqlite3.Connection, post: Row | None, person: str) -> Context | None:
    """Who held the person's main post before and after; nothing where several hold it at once."""
    if post is None or not post["body_key"] or post["doubtful"] or holders_of(post["role"]) != "one":
        return None
    held = [h for h in holders(db, post["key"]) if not h["doubtful"]]
    at = next((n for n, h in enumerate(held) if h["person"] == person), 0)
    near = held[max(0, at - _AROUND) : at + _AROUND + 1]
    return {"post": post, "held": near} if len(near) > 1 else None


def holders(db: sqlite3.Connection, key: str) -> list[Row]:
    """Who held a post, by the stated begin, else by the first sight; those of unknown time last."""
    found = rows(db, "SELECT * FROM person_posts WHERE key = ?", key)
    for post in found:
        post["look"] = look(post)
    return sorted(found, key=lambda p: (days_of(p)[0] or days_of(p)[1] or "9999", days_of(p)[1] or "9999", p["person"]))


def _identity(db: sqlite3.Connection, person: Row, lang: str) -> Context:
    """What joined the mentions to one person: how often each reason, the weakest link, spellings, provinces of the articles."""
    said = words(lang)
    found = rows(db, "SELECT reason, count(*) AS n FROM person_mentions WHERE person = ? GROUP BY reason", person["id"])
    counted: Counter[str] = Counter()
    for row in found:
        counted[reason_of(row["reason"])] += row["n"]
    reasons = [{"said": said.code("reason", reason), "n": n} for reason, n in counted.most_common()]
    provinces = rows(
        db,
        """SELECT count(DISTINCT province) AS n FROM person_mentions JOIN articles USING (id) WHERE person = ?""",
        person["id"],
    )[0]["n"]
    names = [n for n in json.loads(person["names"]) if n != person["name"]]
    return {"reasons": reasons, "weakest": person["confidence"], "names": names, "provinces": provinces}


def _alike(db: sqlite3.Connection, person: Row, lang: str) -> list[Row]:
    """Other people of the name, each with the main post and lines for the file of corrections."""
    ids = json.loads(person["homonyms"])[:_ALIKE]
    marks = ", ".join("?" * len(ids))
    found = rows(db, f"SELECT * FROM persons WHERE id IN ({marks}) ORDER BY articles DESC, id", *ids)
    for other in found:
        posts = _posts(db, other["id"])
        other["post"] = max(posts, key=lambda p: p["articles"])["label"] if posts else ""
        other["years"] = _years(other, lang)
        other["line"] = json.dumps({"same": [person["id"], other["id"]]}, ensure_ascii=False)
    return found


def official_file(db: sqlite3.Connection, given: Given) -> Context | None:
    """The sentences behind a person's posts."""
    found = rows(db, "SELECT id, name FROM persons WHERE id = ?", given.get("person", ""))
    if not found:
        return None
    labels = {post["key"]: post["label"] for post in _posts(db, found[0]["id"])}
    return sheet(given, found[0]["name"], file_rows(db, person=found[0]["id"], labels=labels), COLUMNS)


def official_picture(db: sqlite3.Connection, given: Given) -> Context | None:
    """The drawing of a person's posts."""
    found = rows(db, "SELECT * FROM persons WHERE id = ?", given.get("person", ""))
    if not found:
        return None
    page = _page(db, found[0], given["lang"])
    foot = [words(given["lang"]).honest, Links(given["lang"], "")("/official", person=found[0]["id"])]
    return svg_file(page["chart"], found[0]["name"], f"{found[0]['name']}. {page['lede']}", foot)


ROUTES = (
    Route(r"^/official\.svg$", "official.html", official_picture),
    Route(r"^/official$", "official.html", official),
    Route(rf"^/official\.(?P<format>{FORMATS})$", "official.html", official_file),
)
