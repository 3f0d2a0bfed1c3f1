"""What a run says at its end: what came out, what did not and why, and what to type next."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence

from extractor.batch.job import Summary
from extractor.batch.settings import Settings
from extractor.ingest.sources import Source

_NO_ARTICLE = ("list", "html")  # stages in which a page turned out to be none
_REASONS, _LENGTH = 3, 110  # reasons that are told, and how much of each


def report(summary: Summary, settings: Settings, found: Sequence[Source] = (), *, index: bool = True) -> None:
    """Print the final table on standard error; with `index` the command that makes the output searchable."""
    rows = list(_rows(summary, settings, found))
    if index and summary.output != "-" and summary.stats.articles:
        rows.append(("next", f"extractor index {shlex.quote(summary.output)} -o news.db && extractor serve news.db"))
    width = max(len(key) for key, _ in rows)
    for key, value in rows:
        print(f"{key:<{width}}  {value}", file=sys.stderr)


def _rows(summary: Summary, settings: Settings, found: Sequence[Source]) -> Iterator[tuple[str, str]]:
    stats = summary.stats
    yield "articles", f"{stats.articles:,}{_of_this_run(summary)}"
    yield from ((f"  {name}", f"{number:,}") for name, number in stats.items.items())
    counted = ", ".join(f"{stage} {number:,}" for stage, number in stats.errors.items())
    yield "errors", f"{stats.bad:,}" + (f" ({counted})" if stats.bad else "")
    yield from _why(summary)
    if stats.undated:
        left = f", and {stats.open:,} date expressions no year because of it" if stats.open else ""
        told = f"{stats.undated:,} of {stats.articles:,} articles have no publication date{left}: --published gives one"
        yield "no date", told
    if summary.gone:
        yield "gone", f"{summary.gone:,} articles are no longer in the inputs and stay: --prune drops them"
    if summary.duplicates:
        where = (
            "left out" if settings.dedupe else "in the table duplicates" if settings.format == "parquet" else "marked"
        )
        yield "duplicates", f"{summary.duplicates:,} {where}"
    rate = (stats.articles + stats.bad - summary.same) / summary.seconds if summary.seconds else 0.0
    before = f", {summary.resumed:,} shards were done before" if summary.resumed else ""
    yield "time", f"{summary.seconds:.1f} s, {max(0.0, rate):,.0f} articles/s{before}"
    if summary.output != "-":
        yield "output", summary.output
    if summary.errors_file:
        inputs = _shown(found)
        retry = f"extractor extract {inputs} --retry {shlex.quote(summary.errors_file)} -o MORE"
        yield "quarantine", f"{summary.errors_file} (when mended: {retry})"


def _of_this_run(summary: Summary) -> str:
    """What of an output's articles this run changed, where there were some before."""
    if not (summary.same or summary.changed or summary.removed):
        return ""
    fresh = summary.fresh.articles if summary.fresh is not None and not summary.again else 0
    counts = (("new", fresh), ("changed", summary.changed), ("removed", summary.removed), ("as before", summary.same))
    return f" ({', '.join(f'{number:,} {what}' for what, number in counts if number or what == 'new')})"


def _why(summary: Summary) -> Iterator[tuple[str, str]]:
    """The commonest reasons of the quarantine; pages that are no article are told apart from what failed."""
    for key, wanted in (("no article", True), ("failed", False)):
        reasons = [(n, s, r) for (s, r), n in summary.reasons.items() if (s in _NO_ARTICLE) == wanted]
        reasons.sort(key=lambda one: (-one[0], one[1:]))
        for number, _, reason in reasons[:_REASONS]:
            yield key, f"{number:,}: {reason[:_LENGTH]}{'…' if len(reason) > _LENGTH else ''}"
        if len(reasons) > _REASONS:
            yield key, f"{sum(n for n, _, _ in reasons[_REASONS:]):,} for other reasons"


def _shown(found: Sequence[Source]) -> str:
    return shlex.quote(found[0].path) if len(found) == 1 else "INPUT..."
