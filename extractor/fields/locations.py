"""Place names to record items, linked to the official codes valid on the article's date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.models import Mention, Reading
from extractor.records import Location


@dataclass(slots=True)
class Places:
    """The article's places: the linked locations and the units that bare words ("huyện", "toàn tỉnh") stand for.

    `home` maps a level (`province`, `district`, `commune`) to the code of the article's own unit, where there is one.
    """

    locations: list[Location] = field(default_factory=list)
    home: dict[str, str] = field(default_factory=dict)

    def inside(self, start: int, end: int) -> list[Location]:
        """Locations within `[start, end)`."""
        return [x for x in self.locations if start <= x.start and x.end <= end]

    def scope(self, phrase: str) -> str | None:
        """Code of the unit a bare phrase stands for ("huyện", "trên địa bàn tỉnh", "UBND xã"), or None."""
        return None


def find_places(reading: Reading, names: Sequence[Mention]) -> Places:
    """Locations of the article in text order, linked by the whole article."""
    return Places()
