"""What a field is: it reads an article with what is known of it so far, and gives record items and warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Protocol

from extractor.models import Dropped, Line, Mention, Reading
from extractor.places import Places
from extractor.records import Item, Warning
from extractor.view import View


@dataclass(frozen=True, slots=True)
class Apart:
    """How an article was read whose `lines` stand apart from it: what the whole text gave, and the analysis without the lines.

    `cut` leads from the offsets of `rest` to those of the whole text.
    """

    lines: Sequence[Line]
    whole: dict[str, Sequence[Item]]
    rest: Analysis
    cut: View


@dataclass(slots=True)
class Analysis:
    """What is known of an article; the one thing that grows while its fields are read, in the order of `fields.FIELDS`.

    `mentions` are the statistical layer's, `persons` asks for private persons too, `places` is set by the field of
    places, `items` holds what the fields before gave (those on lines of the page's own, after all conflicts). Where the text
    is not read as it stands, all offsets are those of `view`. `apart` is set where some lines were read beside the rest.
    """

    reading: Reading
    mentions: Sequence[Mention] = ()
    persons: bool = False
    places: Places = field(default_factory=Places)
    items: dict[str, Sequence[Item]] = field(default_factory=dict)
    view: View | None = None
    apart: Apart | None = None

    @property
    def dropped(self) -> list[Dropped]:
        """Candidates that were not kept, with the reason, at their places in the article's text."""
        return self.reading.log if self.view is None else self.view.moved(self.reading.log)

    @property
    def tagged(self) -> list[Mention]:
        """The mentions at their places in the article's text."""
        return list(self.mentions) if self.view is None else self.view.moved(self.mentions)


def without_tabs(reading: Reading) -> Reading:
    """The reading with a blank for each tab, as `folded` has it: patterns over the text need not allow for both."""
    return replace(reading, text=reading.text.replace("\t", " ")) if "\t" in reading.text else reading


class Field(Protocol):
    """One field of the record."""

    name: ClassVar[str]
    """Key of the record (`records.FIELDS`), name of the table, span group and score rows."""
    yields_to: ClassVar[Mapping[str, str]]
    """Earlier fields whose items win where they touch one of this field's, with the reason for the log."""

    def read(self, analysis: Analysis) -> Sequence[Item]:
        """The field's items in text order."""
        ...

    def warnings(self, analysis: Analysis) -> Sequence[Warning]:
        """What a careful reader would ask about the items kept (`analysis.items[name]`)."""
        ...
