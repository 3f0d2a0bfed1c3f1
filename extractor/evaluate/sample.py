"""A stratified sample of a corpus to annotate, the same for the same seed whatever the order of the input."""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable

from extractor.errors import InputError
from extractor.evaluate.normalise import scoring_words
from extractor.models import Article
from extractor.text import fold

STRATA = ("source", "year", "insurance", "length")
_INSURANCE: tuple[str, ...] = tuple(scoring_words()["insurance"])


def stratum(article: Article, keys: Iterable[str]) -> str:
    """The stratum of an article, such as `2018 · insurance`.

    `insurance` tells whether the text names an insurance programme (only such articles hold enrolment figures),
    `length` short, medium or long (under 1,500, under 4,000 code points).
    """
    parts: list[str] = []
    for key in keys:
        if key == "source":
            parts.append(article.source or "no source")
        elif key == "year":
            parts.append(str(article.published.year) if article.published else "no date")
        elif key == "insurance":
            folded = fold(article.text)
            parts.append("insurance" if any(word in folded for word in _INSURANCE) else "other topics")
        elif key == "length":
            size = len(article.text)
            parts.append("short" if size < 1500 else "medium" if size < 4000 else "long")
        else:
            raise InputError(f"no stratum named {key!r}; choose from {', '.join(STRATA)}")
    return " · ".join(parts) or "all"


def _rank(article: Article, seed: int) -> str:
    return hashlib.sha256(
        f"{seed}\x00{article.id}\x00{article.text[:200]}".encode("utf-8", "surrogatepass")
    ).hexdigest()


def draw(
    articles: Iterable[Article],
    size: int,
    *,
    by: Iterable[str] = ("insurance", "year"),
    seed: int = 0,
    shortest: int = 300,
    longest: int = 8000,
) -> list[tuple[str, Article]]:
    """`size` articles with their strata, about equally many a stratum; small strata leave their places to the others.

    One pass; memory holds at most `size` articles a stratum. Texts outside `shortest`–`longest` code points (stubs, and
    pages nobody annotates to the end) and doubled texts are left out.
    """
    keys = tuple(by)
    heaps: defaultdict[str, list[tuple[int, str, bytes, Article]]] = defaultdict(list)
    seen: set[bytes] = set()
    for article in articles:
        if not shortest <= len(article.text) <= longest:
            continue
        digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).digest()
        if digest in seen:
            continue
        seen.add(digest)
        rank = _rank(article, seed)
        heap = heaps[stratum(article, keys)]
        entry = (-int(rank[:15], 16), article.id, digest, article)
        if len(heap) < size:
            heapq.heappush(heap, entry)
        elif entry > heap[0]:
            heapq.heapreplace(heap, entry)
    queues = {name: sorted(heap, reverse=True) for name, heap in sorted(heaps.items())}
    out: list[tuple[str, Article]] = []
    turn = 0
    while len(out) < size and any(turn < len(queue) for queue in queues.values()):
        for name, queue in queues.items():
            if turn < len(queue) and len(out) < size:
                out.append((name, queue[turn][3]))
        turn += 1
    return out
