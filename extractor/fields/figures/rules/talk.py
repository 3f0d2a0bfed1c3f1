"""What the talk of an article has told so far: its figures, the programmes it named, and the list that is being read."""

from __future__ import annotations

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
    listing: str | None = (
        None  # under a heading: "list" of groups, "aims" of targets, "places" of places and their numbers
    )
    listed: tuple[str, bool] = (
        "participants",
        False,
    )  # what the counts of a list of places are, and whether they are aims

    def tell(self, figures: Sequence[Figure]) -> None:
        """Note the figures of the sentence that is being read."""
        for f in figures:
            if f.programme not in programme_names():
                continue
            last = self.told.get("figure")
            same = last is not None and last.sentence == self.sentence and last.indicator == f.indicator
            names = (*last.programmes, f.programme) if same and last and f.programme not in last.programmes else None
            names = names if names and any(g.start == f.start for g in figures if g is not f) else (f.programme,)
            percent = f.unit in PERCENT
            said = Told(f.indicator, names, percent, f.status == "target", self.sentence, self.paragraph, self.section)
            self.told["figure"] = said
            self.told[kind_of(f.indicator, percent)] = said
            if f.programme == "BHYT":
                self.health = True

    def hear(self, judged: Judgement) -> None:
        """Note a figure of the sentence that is being read, before its status is known."""
        if not set(judged.programmes) & programme_names():
            return
        percent = judged.quantity.unit in PERCENT
        said = Told(
            judged.indicator, judged.programmes, percent, judged.target, self.sentence, self.paragraph, self.section
        )
        self.told["figure"] = self.told[kind_of(judged.indicator, percent)] = said
        self.health = self.health or "BHYT" in judged.programmes

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
