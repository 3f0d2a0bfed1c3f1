"""Decisions by trained rankers: which span is a post, whose it is, who shares it, which body completes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extractor.fields.officials.candidates import Candidate
from extractor.fields.officials.collector import Name
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.models import Mention
from extractor.ner.lexicon import DATA
from extractor.ranking import Features, Ranker, load

STAGES = ("span", "owner", "share", "body")
ENDING = ".officials.npz"  # of the rankers that belong to a model file of the statistical layer
LATE = 0.7  # probability of "nobody's" up to which a person without a post gets one
SHIPPED = DATA / "officials.npz"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A decision for `explain`: the post `[start, end)`, what was decided, its probability, and the weights that made it."""

    start: int
    end: int
    decision: str
    probability: float
    reasons: str


@dataclass(slots=True)
class RankerDecides:
    """Decisions of trained rankers, one a stage. With `explain` every decision is kept in `log` with its reasons."""

    rankers: Mapping[str, Ranker]
    explain: bool = False
    log: list[Weighed] = field(default_factory=list)
    probability: float = 1.0  # of what was decided last

    def span(self, group: Sequence[Features], rivals: Sequence[Candidate]) -> int:
        """The candidate whose span is most probable; `len(rivals)` where none is a post."""
        choice = self.rankers["span"].choose(group)
        index, self.probability = choice.index, choice.confidence
        if self.explain and index < len(rivals) > 1:
            post = rivals[index].post
            self._note("span", group, index, post, "ends here")
        return index

    def owner(self, group: Sequence[Features], post: Post, names: Sequence[Name], keys: Sequence[str]) -> int | None:
        """The name of the most probable person, unless nobody is more probable than all of them."""
        choice = self.rankers["owner"].choose(group)
        people: dict[str, float] = defaultdict(float)
        for share, key in zip(choice.probabilities, keys, strict=False):
            people[key] += share
        best = max(people, key=lambda key: people[key])
        number = max((i for i, key in enumerate(keys) if key == best), key=lambda i: choice.probabilities[i])
        nobody = choice.probabilities[-1] > 0.5
        self.probability = choice.probabilities[-1] if nobody else people[best]
        if self.explain:
            index = len(names) if nobody else number
            self._note("owner", group, index, post, "nobody" if nobody else names[number].text)
        return None if nobody else number

    def late(self, group: Sequence[Features], post: Post) -> int | None:
        """The most probable of the persons who have no post, unless nobody is much more probable."""
        choice = self.rankers["owner"].choose(group)
        if choice.probabilities[-1] > LATE:
            return None
        index = max(range(len(group) - 1), key=lambda i: choice.probabilities[i])
        self.probability = choice.probabilities[index]
        if self.explain:
            self._note("owner", group, index, post, "a person who has no other post")
        return index

    def shares(self, group: Sequence[Features], post: Post, name: Name, key: str) -> bool:
        """Whether a name shares the post with the one before it."""
        choice = self.rankers["share"].choose(group)
        yes, self.probability = choice.index == 0, choice.confidence
        if self.explain and yes:
            self._note("share", group, 0, post, f"shared by {name.text}")
        return yes

    def body(self, group: Sequence[Features], post: Post, bodies: Sequence[str | None], person: Person) -> int:
        """The most probable body; the first is the post's own."""
        choice = self.rankers["body"].choose(group)
        index, self.probability = choice.index, choice.confidence
        if self.explain and index:
            self._note("body", group, index, post, f"of {bodies[index]}")
        return index

    def _note(self, stage: str, group: Sequence[Features], index: int, post: Post, decision: str) -> None:
        ranker = self.rankers[stage]
        shares = ranker.choose(group).probabilities
        rival = max((i for i in range(len(group)) if i != index), key=lambda i: shares[i])
        reasons = ranker.reasons(group[index], group[rival], top=6)
        told = ", ".join(f"{name} {weight:+.1f}" for name, weight in reasons)
        self.log.append(Weighed(post.start, post.end, decision, shares[index], told))


@lru_cache(maxsize=8)
def rankers_of(model: str) -> Mapping[str, Ranker] | None:
    """The rankers trained with a model of the statistical layer, by its id: `crf`, or the path of its file; None without."""
    path = SHIPPED if model == "crf" else Path(model).with_suffix(ENDING)
    if not path.exists():
        return None
    found, _ = load(path)
    return found if all(stage in found for stage in STAGES) else None


def decides(mentions: Sequence[Mention], *, explain: bool = False) -> RankerDecides | None:
    """Who decides over an article whose mentions these are: the rankers of the model that read them; None: the rules alone."""
    for model in dict.fromkeys(m.evidence.rule for m in mentions):
        rankers = rankers_of(model)
        if rankers is not None:
            return RankerDecides(rankers, explain)
    return None
