"""What the talk of an article has told so far: its figures, the programmes it named, and the list that is being read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.fields.figures.rows import programme_names
from extractor.fields.figures.rules.sentence import PERCENT, Judgement
from extractor.records import Figure

NEAR, FAR = 4, 9  # sentences that a figure is remembered in the paragraph, in the section


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that the talk has told: its meaning, whether it is aimed at, and where it stands (sentence and paragraph)."""

    indicator: str
    programmes: tuple[str, ...]
    percent: bool
    target: bool
    sentence: int
    paragraph: int
    section: int


@dataclass(slots=True)
class Talk:
    """What the article has talked about so far, as the sentences are read in order."""

    main: tuple[str, ...] = ()
    told: dict[str, Told] = field(default_factory=dict)
    health: bool = False  # whether health insurance has been named with what people do about it
    sentence: int = 0
    paragraph: int = 0
    section: int = 0
    named: tuple[tuple[str, ...], int] = ((), -1)  # the last programme that a sentence named alone, and that sentence
    turned: int = -1  # the paragraph whose last number was of another topic
    # Under a heading: a "list" of groups, "aims", or "places" with their numbers.
    listing: str | None = None
    listed: tuple[str, bool] = ("participants", False)  # what the counts of places are, and whether they are aims

    @property
    def counted(self) -> str:
        """The indicator of the last count."""
        said = self.told.get("count")
        return said.indicator if said else "participants"

    def tell(self, figures: Sequence[Figure]) -> None:
        """Note the figures of the sentence that is being read."""
        times = Counter(f.start for f in figures)
        for f in figures:
            if f.programme in programme_names():
                names = self._together(f) if times[f.start] > 1 else (f.programme,)
                self._note(f.indicator, names, percent=f.unit in PERCENT, target=f.status == "target")

    def _together(self, f: Figure) -> tuple[str, ...]:
        """The programmes of one number: those noted of it so far, and that of the figure."""
        last = self.told.get("figure")
        if last is None or (last.sentence, last.indicator) != (self.sentence, f.indicator):
            return (f.programme,)
        return (*last.programmes, f.programme) if f.programme not in last.programmes else (f.programme,)

    def _note(self, indicator: str, names: tuple[str, ...], *, percent: bool, target: bool) -> None:
        said = Told(indicator, names, percent, target, self.sentence, self.paragraph, self.section)
        self.told["figure"] = self.told[kind_of(indicator, percent)] = said
        self.health = self.health or "BHYT" in names

    def hear(self, judged: Judgement) -> None:
        """Note a figure of the sentence that is being read, before its status is known."""
        if set(judged.programmes) & programme_names():
            share = judged.quantity.unit in PERCENT
            self._note(judged.indicator, judged.programmes, percent=share, target=judged.target)

    def find(self, need: str, reach: str) -> Told | None:
        """What the talk has told of the kind `need` within `reach`."""
        said = self.told.get(need)
        if said is None:
            return None
        if reach == "article":
            return said
        if said.section != self.section or (reach == "near" and self.paragraph - said.paragraph > 1):
            return None
        return said if self.sentence - said.sentence <= (FAR if reach == "section" else NEAR) else None


def kind_of(indicator: str, percent: bool) -> str:
    """What a figure tells the talk: rate, change, count, or none of them ("figure")."""
    if indicator in ("coverage_rate", "change"):
        return "rate" if indicator == "coverage_rate" else "change"
    return "figure" if percent or indicator == "non_participants" else "count"
