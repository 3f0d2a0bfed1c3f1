"""The scorer of officials: one item a person, compared by name; posts by role and body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.evaluate import normalise
from extractor.evaluate.align import Json, Marked, mentions_of, spans_of
from extractor.evaluate.findings import Finding, Kind, finding
from extractor.evaluate.tally import Tally

_LOOSE = 0.6  # token overlap from which two posts count as the same in `position~`

Item = Mapping[str, Any]
Post = tuple[str, str]  # person, role and body, both normalised


def _by_name(items: Sequence[Json], *, first: bool) -> dict[str, Json]:
    """Officials by normalised name; of two items of one name the first or the last stands."""
    out: dict[str, Json] = {}
    for item in items:
        if item.get("official", True):
            name = normalise.words(item["name"])
            out[name] = out.get(name, item) if first else item
    return out


def _posts(people: Mapping[str, Json]) -> dict[Post, Json]:
    return {
        (name, normalise.post(p.get("role"), p.get("body"))): p
        for name, person in people.items()
        for p in person.get("positions") or ()
    }


def _marked(item: Item, person: Item) -> Marked:
    """A person or post at its first span; a post without one stands at its person."""
    spans = spans_of(item) if item.get("spans") or "start" in item else []
    a, b = spans[0] if spans else next(iter(mentions_of(person)), (0, 0))
    told = item.get("provenance") or person.get("provenance")
    return Marked(a, b, {**item, "provenance": told})


def _pair_posts(gold: set[Post], predicted: set[Post]) -> tuple[set[Post], set[Post], list[tuple[Post, Post]]]:
    """Gold posts without an equal one, predicted posts without an equal one, and pairs of these that are nearly equal."""
    left, rest = gold - predicted, predicted - gold
    for post in sorted(left):  # a body completed from the rest of its chain is as good
        completed = next((r for r in sorted(rest) if r[0] == post[0] and r[1].startswith(post[1] + " ")), None)
        if completed:
            left.discard(post)
            rest.discard(completed)
    near: list[tuple[Post, Post]] = []
    for post in sorted(left):
        tokens = set(post[1].split())
        for other in sorted(rest):
            others = set(other[1].split())
            if other[0] == post[0] and len(tokens & others) / max(1, len(tokens | others)) >= _LOOSE:
                near.append((post, other))
                rest.discard(other)
                break
    return left, rest, near


def _mention_recall(gold: list[Json], predicted: list[Json]) -> Tally:
    """Gold mentions of the full names that were found, and how many of them a predicted mention touches."""
    spans = {span for person in gold for span in (spans_of(person) if "spans" in person else mentions_of(person))}
    others = [span for person in predicted for span in mentions_of(person)]
    hit = sum(any(a < d and c < b for c, d in others) for a, b in spans)
    return Tally(hit, 0, len(spans))


def _words(post: Item) -> str:
    return f"{post.get('role')} | {post.get('body')}"


def _post_errors(
    article: str,
    gold: tuple[dict[str, Json], dict[Post, Json], set[Post]],
    predicted: tuple[dict[str, Json], dict[Post, Json], set[Post]],
    near: list[tuple[Post, Post]],
) -> list[Finding]:
    """Posts: nearly equal ones as wrong values, equal ones of another person as wrong links, the rest missed or spurious."""
    people, posts, left = gold
    others, theirs, rest = predicted
    errors: list[Finding] = []

    def add(kind: Kind, one: Post | None, other: Post | None, detail: str) -> None:
        g = _marked(posts[one], people[one[0]]) if one else None
        p = _marked(theirs[other], others[other[0]]) if other else None
        errors.append(finding(article, "positions", kind, g, p, detail))

    for one, other in near:
        add("wrong value", one, other, f"gold {_words(posts[one])}, predicted {_words(theirs[other])}")
    left, rest = left - {one for one, _ in near}, set(rest)
    for one in sorted(left):
        if moved := next((r for r in sorted(rest) if r[1] == one[1]), None):
            rest.discard(moved)
            add(
                "wrong link",
                one,
                moved,
                f"gold gives it to {people[one[0]]['name']}, predicted {others[moved[0]]['name']}",
            )
        else:
            add("missed", one, None, f"{people[one[0]]['name']}: {_words(posts[one])}")
    for other in sorted(rest):
        add("spurious", None, other, f"{others[other[0]]['name']}: {_words(theirs[other])}")
    return errors


def _named(person: Item) -> str:
    return "; ".join([str(person["name"]), *(_words(post) for post in person.get("positions") or ())])


def score_officials(
    article: str, gold: Sequence[Json], predicted: Sequence[Json]
) -> tuple[dict[str, Tally], list[Finding]]:
    """Rows `name`, `position`, `position~`, `mentions` (recall, over the names that were found)."""
    g, p = _by_name(gold, first=False), _by_name(predicted, first=True)
    private = {normalise.words(item["name"]) for item in gold if not item.get("official", True)}
    found = set(g) & set(p)
    gold_posts, predicted_posts = _posts(g), _posts(p)
    left, rest, near = _pair_posts(set(gold_posts), set(predicted_posts))
    right = len(gold_posts) - len(left)
    rows = {
        "name": Tally(len(found), len(p), len(g)),
        "position": Tally(right, len(predicted_posts), len(gold_posts)),
        "position~": Tally(right + len(near), len(predicted_posts), len(gold_posts)),
        "mentions": _mention_recall([g[n] for n in found], [p[n] for n in found]),
    }
    errors = [
        finding(article, "officials", "missed", _marked(g[n], g[n]), None, _named(g[n])) for n in sorted(set(g) - found)
    ]
    for name in sorted(set(p) - found):
        detail = "a private person" if name in private else _named(p[name])
        errors.append(finding(article, "officials", "spurious", None, _marked(p[name], p[name]), detail))
    errors += _post_errors(article, (g, gold_posts, left), (p, predicted_posts, rest), near)
    return rows, errors
