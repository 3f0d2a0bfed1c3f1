"""What the panel beside an article says of each item: its value, and step by step why it was read so."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.dataset.corrections import LAYER
from extractor.dataset.web.formats import Formats
from extractor.dataset.web.links import Links, figure_kind
from extractor.dataset.web.marks import WEAK
from extractor.dataset.web.words import Words
from extractor.gazetteer import display, gazetteer

Row = Mapping[str, Any]
_SHOWN = 4  # of other candidates
# Columns of a field without words of its own that the panel need not repeat.
_PLAIN = frozenset({"id", "start", "end", "text", "layer", "rule", "confidence", "note", "candidates", "person"})


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the reasons: words of the article, what they were taken for, a code behind it, whether it is a doubt."""

    quote: str = ""
    says: str = ""
    code: str = ""
    doubt: str = ""


@dataclass(slots=True)
class Card:
    """What is told of one item. `big` and `small` are its value, `what` a line under it, `links` pairs of text and address."""

    start: int
    field: str
    big: str
    small: str = ""
    what: str = ""
    steps: list[Step] = dataclasses.field(default_factory=list)
    links: list[tuple[str, str]] = dataclasses.field(default_factory=list)


def listed(value: Any) -> list[Any]:
    """A list out of a table: JSON text in the database, a list in a record's rows."""
    if isinstance(value, str):
        return list(json.loads(value)) if value else []
    return list(value or ())


def decisions(layer: str | None, note: str | None) -> list[tuple[str, float]]:
    """What was decided to give a post to its holder, each with its probability: "owner 0.97, body 0.88" of the note."""
    parts = (part.partition(" ") for part in (note or "").split(", ") if layer == "ranker" and " " in part)
    return [(stage, float(share)) for stage, _, share in parts]


class Cards:
    """Makes the cards of one article. `url` is None where no other pages are there to lead to.

    Args:
        said: the texts.
        written: the ways to write values.
        day: the article's day, ISO; codes of places are looked up on it.
        url: addresses of pages.
        persons: ids of linked persons by their number in the article.
    """

    def __init__(
        self,
        said: Words,
        written: Formats,
        day: str | None,
        url: Links | None,
        persons: Mapping[int, str] | None = None,
    ) -> None:
        self.words, self.formats, self.day, self.url = said, written, day, url
        self.persons = persons or {}
        self._makers: dict[str, Callable[[Row], Card]] = {
            "figures": self._figure,
            "locations": self._place,
            "dates": self._date,
            "documents": self._document,
            "positions": self._position,
        }

    def card(self, name: str, row: Row) -> Card:
        """The card of an item of a field, its row as in the tables."""
        card = self._makers.get(name, self._other)(row)
        card.field = name
        if name != "positions" or row.get("layer") == LAYER:  # else its note is told step by step
            card.steps += self._doubts(row, codes=name == "locations")
        return card

    def _origin(self, row: Row, what: str) -> Step:
        """The first step: what the words were read as, by what, and how sure that is."""
        said = self.words.fill("counts_as", what=what) if what else ""
        if not row.get("rule"):
            return Step(row["text"], said)
        if row["layer"] == LAYER:
            return Step(row["text"], ", ".join(part for part in (said, self.words.corrected_by_you) if part))
        by = self.words.fill("read_by", layer=self.words.code("layer", row["layer"]))
        sure = self.words.fill("sure", share=self.formats.percent(row["confidence"]))
        return Step(row["text"], ", ".join(part for part in (said, by, sure) if part), str(row["rule"]))

    def _doubts(self, row: Row, *, codes: bool) -> list[Step]:
        out = []
        if others := listed(row.get("candidates"))[:_SHOWN]:
            named = [self._unit(c) if codes else str(c) for c in others]
            out.append(Step(says=self.words.fill("or_else", others="; ".join(named))))
        if row.get("note") and row.get("layer") == LAYER:
            out.append(Step(says=self.words.fill("corrected_was", was=self.formats.plain(row["note"]))))
        elif row.get("note"):
            out.append(Step(says=self.words.fill("reading_note", note=row["note"])))
        return out

    def _unit(self, code: str) -> str:
        """A unit by its code: type, name, province."""
        unit = gazetteer().at(code, self.day)
        if unit is None:
            return code
        line = [display(u) for u in gazetteer().lineage(unit, self.day)][:1]
        above = f", {line[0]}" if line and line[0] != display(unit) else ""
        return f"{unit.type} {display(unit)}{above} ({code})"

    def _figure(self, row: Row) -> Card:
        said, written = self.words, self.formats
        kind = written.figure(row)
        status = said.code("status", row["status"])
        card = Card(row["start"], "figures", written.value(row), what=f"{kind} · {status}")
        card.steps = [self._origin(row, f"{kind.lower() if said.lang == 'vi' else kind}, {status}"), *self._told(row)]
        if self.url:
            address = self.url("/figures", what=figure_kind(row), place=row.get("place_code") or "")
            card.links = [(said.same_figures, address)]
        return card

    def _told(self, row: Row) -> list[Step]:
        """Place, period, group and base of a figure, each with whether it was told before the sentence."""
        said = self.words
        out: list[Step] = []
        codes = listed(row.get("place_codes"))
        if row.get("place"):
            where = "; ".join(self._nation(c) for c in codes[:_SHOWN]) or said.no_code
            out.append(self._taken(row, "place", said.fill("of_place", place=where)))
        else:
            out.append(Step(doubt=said.no_place))
        if row.get("period"):
            when = self.formats.period(row.get("period_value")) or said.no_days
            out.append(self._taken(row, "period", said.fill("of_period", period=when)))
        else:
            out.append(Step(doubt=said.no_period))
        if row.get("group"):
            group = said.code("group", row.get("group_id")) if row.get("group_id") else row["group"]
            out.append(Step(row["group"], said.fill("of_group", group=group)))
        if row.get("base"):
            base = self.formats.period(row.get("base_value")) or row["base"]
            out.append(Step(row["base"], said.fill("of_base", base=base)))
        return out

    def _taken(self, row: Row, name: str, says: str) -> Step:
        return Step(row[name], says, doubt=self.words.from_before if row.get(f"{name}_inherited") else "")

    def _nation(self, code: str) -> str:
        return self.words.nation if code == "VN" else self._unit(code)

    def _place(self, row: Row) -> Card:
        said = self.words
        path = [part for part in listed(row.get("path")) if part]
        level = said.code("level", row["level"])
        what = " · ".join(part for part in (row.get("type") or level, ", ".join(reversed(path[:-1]))) if part)
        card = Card(row["start"], "locations", row["name"], what=what)
        code = (
            Step(says=said.fill("is_of", what=self._unit(row["code"]))) if row.get("code") else Step(doubt=said.no_code)
        )
        card.steps = [self._origin(row, level), code]
        if after := listed(row.get("successors"))[:_SHOWN]:
            card.steps.append(Step(says=said.fill("now_is", units="; ".join(self._unit(c) for c in after))))
        if self.url and row.get("code"):
            card.links = [(said.place_page, self.url.place(row["code"]))]
        return card

    def _date(self, row: Row) -> Card:
        value = self.formats.period(row.get("value"))
        span = self.formats.span(*(str(row[c]) if row.get(c) else None for c in ("start_date", "end_date")))
        what = span if span != value else ""
        part = f"{self.words.code('modifier', row['modifier'])} " if row.get("modifier") else ""
        card = Card(row["start"], "dates", f"{part}{value}" or row["text"], what=what)
        card.steps = [self._origin(row, value)]
        return card

    def _document(self, row: Row) -> Card:
        said = self.words
        number = row.get("number_full") or row.get("number") or ""
        numbered = " ".join(dict.fromkeys(part for part in (row["type"], number) if part))
        told = (row.get("issuer"), self.formats.day(row.get("date")), row.get("year") and str(row["year"]))
        what = " · ".join(part for part in told if part)
        card = Card(row["start"], "documents", row.get("name") or numbered or row["text"], what=what)
        card.steps = [self._origin(row, numbered)]
        if self.url and number:
            card.links = [(said.document_page, self.url("/document", number=number))]
        return card

    def _position(self, row: Row) -> Card:
        said = self.words
        body = row.get("body_resolved") or row.get("body") or ""
        former = f"{said.former} " if row.get("former") else ""
        span = self.formats.span(row.get("since"), row.get("until"))
        level = said.code("level", row.get("admin_level"))
        what = " · ".join(part for part in (body, row.get("name"), level, span) if part)
        card = Card(row["start"], "positions", f"{former}{row['role']}", what=what)
        card.steps = [
            self._origin(row, f"{row['role']} {body}".strip()),
            *map(self._decision, decisions(row.get("layer"), row.get("note"))),
        ]
        if row.get("place_code"):
            card.steps.append(Step(says=said.fill("of_place", place=self._nation(row["place_code"]))))
        return card

    def _decision(self, decided: tuple[str, float]) -> Step:
        stage, share = decided
        doubt = self.words.check if share < WEAK else ""
        return Step(says=f"{self.words.code('decision', stage)}: {self.formats.percent(share)}", doubt=doubt)

    def person(self, row: Row, posts: Sequence[Row], mentions: Sequence[Mapping[str, Any]]) -> list[Card]:
        """The cards of an official, one a mention: the posts, how often the article names the person, what is told of them."""
        said = self.words
        what = []
        for post in posts:
            text = f"{post['role']} {post.get('body_resolved') or post.get('body') or ''}".strip()
            what.append(said.fill("held_before" if post.get("former") else "holds", post=text))
        steps = [self._origin(row, "")]
        for kind, items in (("event", listed(row.get("events"))), ("activity", listed(row.get("activities")))):
            for item in items[:_SHOWN]:
                when = self.formats.day(item.get("date"))
                steps.append(Step(item["text"], f"{said.code(kind, item['kind'])}{f', {when}' if when else ''}"))
        links = []
        if self.url:
            linked = self.persons.get(row["person"])
            address = self.url("/official", person=linked) if linked else self.url("/official", name=row["name"])
            links = [(said.person_page, address)]
        often = said.fill("times", n=len(mentions)) if len(mentions) > 1 else ""
        line = " · ".join([*what, *([often] if often else [])])
        doubts = self._doubts(row, codes=False)
        return [
            Card(m["start"], "officials", row["name"], what=line, steps=[*steps, *doubts], links=links)
            for m in mentions
        ]

    def _other(self, row: Row) -> Card:
        """An item of a field of one's own: its values by name."""
        told = [f"{key} {value}" for key, value in row.items() if key not in _PLAIN and value is not None]
        return Card(row["start"], "", row["text"], what=" · ".join(told), steps=[self._origin(row, "")])
