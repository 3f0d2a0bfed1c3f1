"""The field of officials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from extractor.fields.base import Analysis
from extractor.fields.officials.build import find_officials
from extractor.fields.officials.decide import RankerDecides, Weighed, decides
from extractor.records import Date, Document, Official, Warning


class OfficialsField:
    """Persons with their posts, one item a person."""

    name: ClassVar[str] = "officials"
    yields_to: ClassVar[Mapping[str, str]] = {}

    def read(self, analysis: Analysis) -> Sequence[Official]:
        """Officials in the order of their first mention, private persons only where `analysis.persons` is set."""
        return _found(analysis, decides(analysis.mentions))

    def warnings(self, analysis: Analysis) -> Sequence[Warning]:
        """None: nothing of this field is doubtful by itself."""
        return ()


def _found(analysis: Analysis, decide: RankerDecides | None) -> list[Official]:
    return find_officials(
        analysis.reading,
        analysis.mentions,
        analysis.places,
        persons=analysis.persons,
        dates=[x for x in analysis.items["dates"] if isinstance(x, Date)],
        documents=[x for x in analysis.items["documents"] if isinstance(x, Document)],
        decide=decide,
    )


def weighed(analysis: Analysis) -> list[Weighed]:
    """What was weighed over the posts of an article, decision by decision, with the evidence; nothing where rules decide."""
    decide = decides(analysis.mentions, explain=True)
    if decide is None:
        return []
    reading = replace(analysis.reading, log=[])  # the drops are logged already
    _found(replace(analysis, reading=reading), decide)
    return sorted(decide.log, key=lambda w: (w.start, w.end))
