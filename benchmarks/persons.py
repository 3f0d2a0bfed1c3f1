"""How well mentions are linked to persons: draw pairs to annotate, score annotated pairs, measure the weights anew.

    python benchmarks/persons.py RECORDS… --sample 300 --seed 1 -o pairs.jsonl      # then read each pair and fill in "same"
    python benchmarks/persons.py RECORDS… --pairs pairs.jsonl
    python benchmarks/persons.py RECORDS… --ratios

RECORDS are `.jsonl` files or folders that `extractor extract -o` wrote. A pair is one JSON line: `stratum`, `a` and `b` (article,
number of the official in it, offset: this finds the mention again), `same` (true, false, or null where reading does not tell).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from extractor.persons import link
from extractor.persons.mentions import Mention, read
from extractor.persons.names import near, share, vietnamese

Pair = tuple[Mention, Mention]
_RARE = 1e-6  # share of a name below which two mentions of it are taken for one person's when weights are measured


def provinces(mention: Mention) -> set[str]:
    own = {p.province for p in mention.posts if p.province}
    return own or ({mention.province} if mention.province else set())


def posts(mention: Mention) -> set[str]:
    return {p.key for p in mention.posts if p.body and p.body.key}


def strata(mentions: Sequence[Mention]) -> dict[str, tuple[float, list[list[Pair]]]]:
    """Name of a stratum: its share of the sample, and groups of pairs of which one each is drawn."""
    by_name: dict[str, list[Mention]] = defaultdict(list)
    by_post: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        by_name[m.key].append(m)
        for key in posts(m):
            by_post[key].append(m)
    several = [ms for ms in by_name.values() if len({m.article for m in ms}) > 1]
    common = sorted((ms for ms in several if vietnamese(ms[0].key)), key=lambda ms: -share(ms[0].key))[:250]

    def groups(some: Sequence[list[Mention]], test: Callable[[Mention, Mention], object]) -> list[list[Pair]]:
        return [
            [p for p in itertools.combinations(ms[:60], 2) if p[0].article != p[1].article and test(*p)] for ms in some
        ]

    held = list(by_post.values())
    return {
        "same-province": (0.23, groups(several, lambda a, b: provinces(a) & provinces(b))),
        "other-province": (
            0.23, groups(several, lambda a, b: provinces(a) and provinces(b) and not provinces(a) & provinces(b)),
        ),
        "common-name": (0.27, groups(common, lambda a, b: True)),
        "variant": (0.15, groups(held, lambda a, b: a.key != b.key and near(a.key, b.key))),
        "same-post": (0.12, groups(held, lambda a, b: a.key != b.key and not near(a.key, b.key))),
    }  # fmt: skip


def sample(mentions: Sequence[Mention], size: int, seed: int) -> Iterator[dict[str, object]]:
    rng = random.Random(seed)
    for name, (part, groups) in strata(mentions).items():
        rng.shuffle(groups)
        for group in [g for g in groups if g][: round(size * part)]:
            a, b = rng.choice(group)
            yield {
                "stratum": name,
                "a": [a.article, a.person, a.start],
                "b": [b.article, b.person, b.start],
                "same": None,
            }


def score(mentions: Sequence[Mention], pairs: Path) -> None:
    began = time.perf_counter()
    persons = link.link(mentions)
    print(f"{len(mentions):,} mentions, {len(persons):,} persons, linked in {time.perf_counter() - began:.1f} s")
    of = {(m.article, m.start): p.id for p in persons for m in p.mentions}
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for line in pairs.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        if pair["same"] is None:
            continue
        one, other = (of.get((pair[side][0], pair[side][2])) for side in "ab")
        if one is None or other is None:
            tally["all"]["no longer read"] += 1
            continue
        got = one == other
        for name in (pair["stratum"], "all"):
            tally[name][("right" if pair["same"] else "wrong") if got else ("missed" if pair["same"] else "apart")] += 1
    for name, n in sorted(tally.items()):
        precision = n["right"] / max(1, n["right"] + n["wrong"])
        recall = n["right"] / max(1, n["right"] + n["missed"])
        print(f"{name:22} pairs {sum(n.values()):4}  precision {precision:.3f}  recall {recall:.3f}  {dict(n)}")


def ratios(mentions: Sequence[Mention], draws: int = 400_000) -> None:
    """Each relation's share among pairs of rare names (one person's) and among random pairs of names (two people's)."""
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        if vietnamese(m.key):
            by_name[m.key].append(m)
    same: Counter[str] = Counter()
    rare = [ms for key, ms in sorted(by_name.items()) if len(ms) > 1 and share(key) < _RARE]
    for ms in rare:
        couples = list(itertools.combinations(ms[:20], 2))
        for a, b in couples:
            same[_relation(a, b)] += 1 / len(couples)  # type: ignore[assignment]  # every name counts once
    rng = random.Random(1)
    people = [rng.choice(ms) for _, ms in sorted(by_name.items())]
    other = Counter(_relation(rng.choice(people), rng.choice(people)) for _ in range(draws))
    for name in sorted(same | other, key=lambda n: -(same[n] / len(rare)) / ((other[n] + 0.5) / draws)):
        one, two = same[name] / max(1, len(rare)), (other[name] + 0.5) / draws
        print(
            f"{one / two:10.2f}  one person {one:.4f} ({same[name]:.1f} names)  two {two:.6f} ({other[name]})  {name}"
        )


def _relation(a: Mention, b: Mention) -> str:
    home = " (one province)" if (provinces(a) | {a.province}) & (provinces(b) | {b.province}) - {None} else ""
    _, why = link.score("nguyễn văn hùng", a, b)
    return why.split(":")[0] + home


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, default=Path("pairs.jsonl"))
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--ratios", action="store_true")
    given = parser.parse_args()
    began = time.perf_counter()
    mentions = [m for path in given.records for m in read(path)]
    print(f"{len(mentions):,} mentions read in {time.perf_counter() - began:.1f} s")
    if given.sample:
        found = list(sample(mentions, given.sample, given.seed))
        given.output.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in found), encoding="utf-8")
        print(f"{given.output}: {len(found)} pairs")
    if given.pairs:
        score(mentions, given.pairs)
    if given.ratios:
        ratios(mentions)


if __name__ == "__main__":
    main()
