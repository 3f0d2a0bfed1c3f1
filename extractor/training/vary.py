"""Variations of labelled articles: other names of units and persons, other ways to set a line.

The training articles are few and of few portals. A varied copy keeps the sentences and their labels and changes what
differs from portal to portal and from year to year: the units (those since July 2025 included), the persons, the way a
type word is written, capitals, bullets, bars and Markdown marks. A string is replaced alike throughout an article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence as Many
from dataclasses import dataclass
from random import Random

from extractor.ner.lexicon import LexiconRow, unit_names
from extractor.rules import load_rows
from extractor.training.gold import token_spans
from extractor.training.sequences import Sequence
from extractor.training.words import training_words

_MARKS = (["-"], ["•"], ["#", "#"], ["*", "*"], ["|"], ["*"], ["+"], ["–"])


@dataclass(frozen=True, slots=True)
class Names:
    """What variations draw from: unit names by level, surnames, middle and given syllables of persons."""

    units: dict[str, list[list[str]]]
    surnames: list[str]
    middles: list[str]
    givens: list[str]


def _title(name: str) -> list[str]:
    return [t.capitalize() for t in name.split(" ")]


def _full_names(sequence: Sequence) -> Iterator[list[str]]:
    """The persons' names of three or four syllables, each written with one capital."""
    for first, last, label in token_spans(sequence.labels["names"]):
        words = list(sequence.tokens[first:last])
        if label in ("PER", "PRIV") and len(words) in (3, 4) and all(w[0].isupper() and w[1:].islower() for w in words):
            yield words


def gather_names(articles: Many[Many[Sequence]]) -> Names:
    """Names of the gazetteer by level, and syllables of the persons in `articles`."""
    units: dict[str, list[list[str]]] = defaultdict(list)
    for name, kinds in unit_names().items():
        if all(t.isalpha() for t in name.split(" ")):
            for kind in kinds:
                units[kind].append(_title(name))
    persons = [words for article in articles for sequence in article for words in _full_names(sequence)]
    given = {words[-1] for words in persons}
    middle = {word for words in persons for word in words[1:-1]}
    rows = {row.id: row for row in load_rows("ner_lexicon.yaml", LexiconRow, base=True)}
    surnames = [form.capitalize() for form in rows["surname"].forms]
    # Bearers of a surname are far from even: the first rows of the lexicon are the frequent ones.
    surnames = surnames[:12] * 6 + surnames[12:40] * 2 + surnames[40:90]
    return Names(dict(units), surnames, sorted(middle) or [training_words().middle], sorted(given) or ["An"])


def _person(size: int, random: Random, names: Names) -> list[str]:
    middles = [random.choice(names.middles) for _ in range(max(0, size - 2))]
    return [random.choice(names.surnames), *middles, random.choice(names.givens)]


def _level_of(low: list[str], size: int) -> str:
    """The levels that a type word can mean, as letters; all of them for other words."""
    levels = training_words().levels
    return (levels.get(" ".join(low)) if size == len(low) == 2 else None) or levels.get(low[0], "pdc")


def _unit(words: list[str], random: Random, names: Names) -> list[str]:
    """A unit's words with another name: the type word is kept, rewritten or left out; numbered units are kept."""
    low = [w.lower() for w in words]
    known = training_words()
    size = next((n for n in (2, 1) if " ".join(low[:n]) in known.type_words and len(words) > n), 0)
    stop = size + bool(size and words[size] == ".")
    head, name = words[:stop], words[stop:]
    if not name or not all(w[0].isupper() for w in name):
        return words
    fresh = random.choice(names.units[random.choice(_level_of(low[:2], size))])
    if head and random.random() < 0.5:
        head = random.choice(known.type_words.get(" ".join(low[:size]), (head,)))
        if random.random() < 0.1:
            head = []
    return [*head, *(w.upper() for w in fresh)] if all(w.isupper() for w in name) else [*head, *fresh]


def _other(words: list[str], random: Random, names: Names) -> list[str]:
    """A place that is no unit, with another name behind its head: hospitals, roads and rivers bear names of units and persons."""
    size = next((i for i, w in enumerate(words) if w[0].isupper() and i), 0)
    name = words[size:]
    if not size or not all(w[0].isupper() and w.isalpha() for w in name) or len(name) > 4:
        return words
    fresh = random.choice(names.units[random.choice("pdc")]) if random.random() < 0.6 else _person(3, random, names)
    return [*words[:size], *fresh]


def _fresh(words: list[str], label: str, random: Random, names: Names) -> list[str]:
    """What stands for the words of a name in the copy; half of the names stay."""
    if random.random() < 0.5:
        return words
    if label == "LOC":
        return _unit(words, random, names)
    if label == "OTHER":
        return _other(words, random, names)
    if not all(w[0].isupper() and w.isalpha() for w in words) or not 2 <= len(words) <= 5:
        return words
    person = _person(len(words), random, names)
    return [w.upper() for w in person] if all(w.isupper() for w in words) else person


def _replace(sequence: Sequence, swaps: dict[tuple[str, ...], list[str]], random: Random, names: Names) -> Sequence:
    """The sequence with names of persons and places swapped; the posts keep their extent."""
    spans = [s for s in token_spans(sequence.labels["names"]) if s[2] != "ALIAS"]
    tokens: list[str] = []
    rows: dict[str, list[str]] = {chain: [] for chain in sequence.labels}
    at = 0
    for first, last, label in [*spans, (len(sequence.tokens), len(sequence.tokens), "")]:
        tokens += sequence.tokens[at:first]
        for chain, row in sequence.labels.items():
            rows[chain] += row[at:first]
        words = sequence.tokens[first:last]
        if words:
            fresh = swaps.setdefault(tuple(words), _fresh(words, label, random, names))
            tokens += fresh
            for chain, row in sequence.labels.items():
                rest = row[first + 1] if last - first > 1 else row[first].replace("B-", "I-")
                rows[chain] += [row[first], *([rest] * (len(fresh) - 1))]
        at = last
    return Sequence(tokens, sequence.kind, rows)


def _restyle(sequence: Sequence, random: Random) -> Sequence:
    """The sequence in capitals, or with marks before or around it, now and then."""
    tokens, labels = sequence.tokens, sequence.labels
    draw = random.random()
    if draw < 0.06 and len(tokens) < 40:
        tokens = [t.upper() for t in tokens]
    elif draw < 0.16:
        mark = random.choice(_MARKS)
        tokens = [*mark, *tokens]
        labels = {chain: [*["O"] * len(mark), *row] for chain, row in labels.items()}
    elif draw < 0.22:
        mark = random.choice((["*", "*"], ["|"]))
        tokens = [*mark, *tokens, *mark]
        labels = {chain: [*["O"] * len(mark), *row, *["O"] * len(mark)] for chain, row in labels.items()}
    return Sequence(tokens, random.choice(("body", "title")) if draw > 0.9 else sequence.kind, labels)


def vary(article: Many[Sequence], random: Random, names: Names) -> list[Sequence]:
    """A varied copy of an article."""
    swaps: dict[tuple[str, ...], list[str]] = {}
    return [_restyle(_replace(s, swaps, random, names), random) for s in article]
