"""The rankers of officials: what gold says of candidate posts, and how the rankers learn it by cross-fitting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import regex

from extractor.errors import InputError
from extractor.evaluate.normalise import post as wording
from extractor.evaluate.normalise import words
from extractor.fields.officials.build import find_officials
from extractor.fields.officials.candidates import Candidate
from extractor.fields.officials.collector import Name
from extractor.fields.officials.decide import STAGES
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.fields.places.resolve import find_places
from extractor.language import read
from extractor.models import Article, Mention, Reading
from extractor.ner.tagger import Tagger
from extractor.ranking import Decision, Features, Ranker, fit
from extractor.training.folds import deal
from extractor.training.gold import Example, labelled_spans
from extractor.training.parts import part_chains
from extractor.training.sequences import of_examples
from extractor.training.teacher import completed
from extractor.training.train import Config
from extractor.training.words import training_words

EVEN = 0.5
L2 = {"span": 0.3, "owner": 1.0, "share": 0.3, "body": 1.0}  # penalty by stage
LESSON = 0.5  # weight of a decision that an invented passage teaches, beside one of an article
_BESIDE = 60  # characters; occurrences of a post farther from its holder's name than the nearest and this are unsure
_REACH = 120  # characters; a post worded like one of gold that is farther from the name is better left to nobody
_OPEN = 0.3  # weight of a decision on a body that gold leaves out

Span = tuple[int, int]


class GoldDecides:
    """Decides as the gold record says, and keeps every decision that teaches something (`decisions`, by stage)."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.decisions: dict[str, list[Decision]] = {stage: [] for stage in STAGES}
        self.persons: list[tuple[int, int, str]] = []  # where gold has a person, and the key
        self.posts: list[tuple[int, int, str, bool]] = []  # where gold has a post, its holder, whether that is sure
        self.forms: dict[str, set[str]] = defaultdict(set)  # wordings of the posts of a person
        self.bodied: dict[str, set[str]] = defaultdict(set)  # of those with a body
        self.probability = 1.0
        self._owner: str | None = None  # of the post that is being decided on
        for item in record.get("officials") or ():
            person = words(item["name"])
            own = [(a, b) for a, b in (*(item.get("spans") or ()), *(item.get("alias_spans") or ()))]
            own = own or [(m["start"], m["end"]) for m in item.get("mentions") or ()]
            self.persons += [(a, b, person) for a, b in own]
            for post in (item.get("positions") or ()) if item.get("official", True) else ():
                self._add(person, own, post)

    def _add(self, person: str, own: Sequence[Span], post: Mapping[str, Any]) -> None:
        self.forms[person].add(form(post.get("role"), post.get("body")))
        if post.get("body"):
            self.bodied[person].add(form(post.get("role"), post.get("body")))
        spans = [(a, b) for a, b in post.get("spans") or ()]
        if not spans and "start" in post:
            spans = [(post["start"], post["end"])]
        far = [min((max(0, a - end, start - b) for a, b in own), default=0) for start, end in spans]
        for (start, end), distance in zip(spans, far, strict=True):
            self.posts.append((start, end, person, distance <= max(min(far), _BESIDE)))

    def _who(self, name: Name, key: str) -> str:
        return next((p for a, b, p in self.persons if a < name.end and name.start < b), words(key))

    def _holders(self, post: Post, *, sure: bool) -> set[str]:
        """Persons to whom gold gives a post at this place."""
        out = set()
        for start, end, person, certain in self.posts:
            common = min(end, post.end) - max(start, post.start)
            if common > 0 and common >= 0.5 * min(end - start, post.end - post.start) and (certain or not sure):
                out.add(person)
        return out

    def _worded(self, post: Post) -> set[str]:
        """Persons to whom gold gives a post worded like this one, shorter or longer."""
        own = form(post.role, post.body)
        return {p for p, forms in self.forms.items() if any(_alike(own, f) for f in forms)}

    def span(self, group: Sequence[Features], rivals: Sequence[Candidate]) -> int:
        """The candidate that gold has; nothing where gold's post begins before it; else what the grammar and the chain read."""
        exact = [
            i
            for i, c in enumerate(rivals)
            if any(end == c.post.end and start in (c.post.start, c.anchor) for start, end, _, _ in self.posts)
        ]
        if exact:
            termed = [i for i, c in enumerate(rivals) if any(_only_term(rivals[k].post, c.post) for k in exact)]
            self.decisions["span"].append(Decision(group, frozenset(exact + termed)))
            return exact[0]
        first, anchor = min(c.post.start for c in rivals), rivals[0].anchor
        if any(start < first and anchor < end for start, end, _, _ in self.posts):
            self.decisions["span"].append(Decision(group, frozenset((len(rivals),))))
            return len(rivals)
        return max(range(len(rivals)), key=lambda i: ("joint" in rivals[i].readers, rivals[i].confidence))

    def owner(self, group: Sequence[Features], post: Post, names: Sequence[Name], keys: Sequence[str]) -> int | None:
        """The nearest name of a holder, before the post if there is one; nobody where gold gives the post to nobody in reach."""
        who = [self._who(n, k) for n, k in zip(names, keys, strict=True)]
        holders = self._holders(post, sure=True)
        right = {i for i, person in enumerate(who) if person in holders}
        if right:
            # The others share the post: a list is walked from its nearest name, and whom the holder replaces is named behind
            # the post, in training as in reading.
            number = min(right, key=lambda i: (names[i].start > post.start, abs(names[i].start - post.start)))
            self._owner = who[number]
            self.decisions["owner"].append(Decision(group, frozenset(i for i in right if who[i] == self._owner)))
            return number
        maybe = self._worded(post) | self._holders(post, sure=False) if not holders else set()
        unsure = {i for i, person in enumerate(who) if person in maybe and _apart(names[i], post) < _REACH}
        self.decisions["owner"].append(Decision(group, frozenset(unsure | {len(names)})))
        return None

    def late(self, group: Sequence[Features], post: Post) -> int | None:
        """Nobody: gold has decided."""
        return None

    def shares(self, group: Sequence[Features], post: Post, name: Name, key: str) -> bool:
        """Whether gold gives the post to this name, too."""
        person = self._who(name, key)
        if person == self._owner:
            return False  # the same person, named in another way
        yes = person in self._holders(post, sure=True)
        if yes or person not in self._holders(post, sure=False):
            self.decisions["share"].append(Decision(group, frozenset((0 if yes else 1,))))
        return yes

    def body(self, group: Sequence[Features], post: Post, bodies: Sequence[str | None], person: Person) -> int:
        """The first body with which the post is worded as in gold."""
        gold, bodied = self.forms.get(words(person.key), set()), self.bodied.get(words(person.key), set())
        forms = [form(post.role, body) for body in bodies]
        begun = tuple(f"{f} " for f in bodied)
        right = [i for i, own in enumerate(forms) if own in gold or own.startswith(begun)]
        others = gold & {form(q.role, q.body) for q in person.posts if q.start != post.start}
        if 0 not in right and any(f.startswith(f"{forms[0]} ") for f in others):
            right.insert(0, 0)  # worded in full elsewhere
        if right:
            # Gold often leaves a body out that the chain of posts completes: a completion is then less than wrong.
            weight = 1.0 if any(forms[i] in bodied for i in right) else _OPEN
            self.decisions["body"].append(Decision(group, frozenset(right), weight))
        return right[0] if right else 0


_TERM = regex.compile(rf"^ (?:{'|'.join(training_words().term)}) [\p{{L}}\d]+$", regex.IGNORECASE)
_BEFORE = regex.compile(rf"^(?:{'|'.join(training_words().before_role)}) ")


def form(role: str | None, body: str | None) -> str:
    """Role and body as one comparable string, whether former and acting or not."""
    return str(_BEFORE.sub("", wording(role, body)))


def _only_term(post: Post, longer: Post) -> bool:
    """Whether a reading goes beyond a post by its term alone ("… khóa 12"), which gold sometimes leaves out."""
    return longer.start == post.start and _TERM.match(f"{longer.body}".removeprefix(f"{post.body}")) is not None


def _apart(name: Name, post: Post) -> int:
    return max(post.start - name.end, name.start - post.end)


def _alike(one: str, other: str) -> bool:
    """Whether two wordings may be of one post: one begins the other, holds its words, or shares three in five."""
    if one.startswith(other) or other.startswith(one):
        return True
    a, b = set(one.split()), set(other.split())
    return a <= b or b <= a or len(a & b) >= 0.6 * len(a | b)


def decisions_of(record: Mapping[str, Any], reading: Reading, mentions: Sequence[Mention]) -> dict[str, list[Decision]]:
    """The decisions that an annotated article teaches, by stage. `mentions` come from chains that have not seen it.

    A decision of an article with n posts weighs n ** -`EVEN`, so that a roster does not outweigh the news.
    """
    gold = GoldDecides(record)
    find_officials(reading, mentions, find_places(reading, mentions), decide=gold)
    weight = max(1, len(gold.posts)) ** -EVEN
    return {s: [replace(d, weight=d.weight * weight) for d in found] for s, found in gold.decisions.items()}


_MARKED = regex.compile(r"\{([^{}]+)\}|\[([^\[\]|>]+)(?:>([^\[\]|]+))?(?:\|([\d,]+|-))?\]")
_SIGNS = frozenset("{}[]")


def lessons(path: Path) -> list[Example]:
    """Invented passages as examples, a line each; `#` begins a comment and ⏎ is the end of a line in the passage.

    Persons stand in braces, posts in square brackets with the numbers of those who have them: `{A} và {B}, [Phó Giám đốc|1,2]`
    (without numbers the first person's; `-` for nobody's), and behind `>` the body that the passage gives the post elsewhere:
    `về công tác tại Sở Y tế, giữ chức [Phó Giám đốc>Sở Y tế]`. A passage with such a body teaches bodies.

    Raises `InputError` for a line without a person or with a number that no person has.
    """
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            text, persons = _passage(line.replace("⏎", "\n"))
        except ValueError as error:
            raise InputError(f"{path}, line {number}: {error}") from None
        name = f"{path.stem}-{number}"
        record: dict[str, Any] = {"id": name, "officials": persons, "completed": ">" in line}
        out.append(Example(read(Article(id=name, text=text)), labelled_spans(record), record=record))
    return out


def _passage(line: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text of a lesson and its persons with their posts."""
    text, at = "", 0
    persons: dict[str, dict[str, Any]] = {}
    held: list[tuple[str, str | None, list[int], str]] = []
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        at = match.end()
        name, post, body, owners = match.groups()
        span = [len(text), len(text) + len(name or post)]
        if name:
            persons.setdefault(name, {"name": name, "spans": [], "positions": []})["spans"].append(span)
        elif owners != "-":
            held.append((post, body, span, owners or "1"))
        text += name or post
    text += line[at:]
    if not persons or _SIGNS & set(text):
        raise ValueError("a lesson needs a {person}, and each brace and bracket its other half")
    order = list(persons.values())
    for post, body, span, owners in held:
        for number in map(int, owners.split(",")):
            if not 0 < number <= len(order):
                raise ValueError(f"[{post}|{owners}]: there are {len(order)} persons")
            order[number - 1]["positions"].append({"role": _role(post, body), "body": body, "spans": [span]})
    return text, order


def _role(post: str, body: str | None) -> str:
    """The words of a post before those that a body in full repeats: "Bí thư" of "Bí thư Đảng ủy", in "Đảng ủy xã Tân Lập"."""
    parts = post.split(" ")
    for size in range(len(parts) - 1, 0, -1):
        if body and f"{body} ".startswith(f"{' '.join(parts[-size:])} "):
            return " ".join(parts[:-size])
    return post


def taught(examples: Sequence[Example], tagger: Tagger) -> list[tuple[int, dict[str, list[Decision]]]]:
    """The decisions on ends, owners and sharing that lessons teach; they belong to no fold (-1)."""
    out = []
    for example in examples:
        found = decisions_of(example.record, example.reading, tagger(example.reading))
        stages = [s for s in STAGES if s != "body" or example.record.get("completed")]
        out.append(
            (-1, {s: [replace(d, weight=d.weight * LESSON) for d in found[s]] if s in stages else [] for s in STAGES})
        )
    return out


def cross_fitted(
    examples: Sequence[Example], config: Config, folds: int, report: Callable[[str], None], parts: Path | None = None
) -> list[tuple[int, dict[str, list[Decision]]]]:
    """The fold and the decisions of each example, its mentions read by chains trained without its fold.

    So the chains' confidences are those of unseen articles, as they will be when the rankers are used. `parts` is a folder
    that keeps the chains (`part_chains`).
    """
    dealt = deal([(e.reading.article.id, e.reading.text) for e in examples], folds)
    sequences = of_examples(map(completed, examples))
    out: dict[int, dict[str, list[Decision]]] = {}
    for fold in range(folds):
        report(f"rankers: chains without part {fold + 1} of {folds}")
        others = [s for s, k in zip(sequences, dealt, strict=True) if k != fold]
        tagger = Tagger.of(part_chains(others, config, parts))
        for i, example in enumerate(examples):
            if dealt[i] == fold:
                out[i] = decisions_of(example.record, example.reading, tagger(example.reading))
    return [(dealt[i], out[i]) for i in range(len(examples))]


def fitted(
    material: Sequence[tuple[int, Mapping[str, Sequence[Decision]]]], *, without: int | None = None
) -> dict[str, Ranker]:
    """A ranker a stage out of cross-fitted decisions, without those of a fold."""
    return {
        stage: fit([d for fold, found in material if fold != without for d in found[stage]], l2=L2[stage])
        for stage in STAGES
    }
