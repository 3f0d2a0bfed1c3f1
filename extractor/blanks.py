"""One blank for a run of them: what the finders of a field read, and the way back to the article's own offsets.

Editors and converters double blanks and mix them with no-break ones ("tháng 2␣␣năm 2018"). `text.fold` makes every kind of
blank the same sign; here a run of them becomes one, so that no pattern of a field has to allow for it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TypeVar

import regex

from extractor.models import Reading
from extractor.records import Item
from extractor.text import BLANKS

_RUN = regex.compile(r"(?<=[ ])[ ]+")
_PLAIN = {ord(blank): " " for blank in BLANKS}
T = TypeVar("T", bound=Item)


def squeeze(reading: Reading) -> tuple[Reading, list[int]]:
    """The reading with single, plain blanks, and for each of its characters the offset in the text; its lists are new ones."""
    kept: list[int] = []
    new: list[int] = []  # for each offset of the text that of the next character kept
    text, folded = [], []
    at = 0
    for start, end in [*(run.span() for run in _RUN.finditer(reading.folded)), (len(reading.text), len(reading.text))]:
        new += range(len(kept), len(kept) + start - at)
        kept += range(at, start)
        new += [len(kept)] * (end - start)
        text.append(reading.text[at:start])
        folded.append(reading.folded[at:start])
        at = end
    new.append(len(kept))
    squeezed = dataclasses.replace(
        reading,
        text="".join(text).translate(_PLAIN),
        folded="".join(folded),
        starts=[new[s] for s in reading.starts],
        ends=[new[e] for e in reading.ends],
        sentences=[(new[s], new[e]) for s, e in reading.sentences],
        lines=[dataclasses.replace(x, start=new[x.start], end=new[x.end]) for x in reading.lines],
        log=[],
        doubts=[],
    )
    return squeezed, kept


def is_plain(reading: Reading) -> bool:
    """Whether the text has single, plain blanks alone: most texts, which need no other view."""
    known: bool | None = reading.kept.get("plain")
    if known is None:
        known = "  " not in reading.folded and not any(blank in reading.text for blank in BLANKS)
        reading.kept["plain"] = known
    return known


def restore(items: Sequence[T], squeezed: Reading, kept: Sequence[int], reading: Reading) -> list[T]:
    """Items found in the squeezed reading at their places in the text as it is; its log and doubts go to the reading's."""
    for x in squeezed.log:
        reading.drop(kept[x.start], kept[x.end - 1] + 1, x.field, x.rule, x.reason)
    for doubt in squeezed.doubts:
        reading.doubt(kept[doubt.start], kept[doubt.end - 1] + 1, doubt.field, doubt.code)
    out = []
    for item in items:
        start, end = kept[item.start], kept[item.end - 1] + 1
        out.append(item.model_copy(update={"start": start, "end": end, "text": reading.text[start:end]}))
    return out


def over_single_blanks(find: Callable[[Reading], list[T]], reading: Reading) -> list[T]:
    """The items that `find` sees in the text with single blanks, at their places in the text as it is."""
    if is_plain(reading):
        return find(reading)
    squeezed, kept = squeeze(reading)
    return restore(find(squeezed), squeezed, kept, reading)
