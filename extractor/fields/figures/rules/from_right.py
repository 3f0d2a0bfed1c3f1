"""Figures by evidence behind the number: in its clause, behind the next number or at the end of a list."""

from __future__ import annotations

from dataclasses import replace

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow, VetoRow
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Found
from extractor.fields.figures.rules.number import Answer, Number, Refused, role_of
from extractor.fields.figures.rules.predicate import figure
from extractor.fields.figures.rules.refusals import came_to_event
from extractor.fields.figures.rules.sentence import OTHER, PERCENT, Judgement

FIRST = ("new", "renew")  # roles of cues that tell members from those they join
ATTACHED = {  # a phrase between two numbers of these units makes the first one's people belong to the second, or the other way
    ("person", "organisation"): "within",
    ("organisation", "person"): "employing",
    ("household", "person"): "employing",
}


def from_right(n: Number, found: Found) -> Answer:
    """Evidence behind the number; "phát triển mới" before it says what kind of participants."""
    row = found[0].row
    assert isinstance(row, IndicatorRow)
    unnamed = row.role == "join" and row.link == "topic" and not n.percent and not n.evidence.programme_near(found[0])
    if unnamed and came_to_event(n):
        return Answer(None, Refused("event", "people who came to an event", event=True))
    judged = _signed_up(n, row, figure(n, *found))
    if say.phrase("already").search(n.f.folded, n.q.end, found[0].end):
        judged = replace(judged, reached=True)
    return Answer(_kind(n, judged) if judged.indicator == "participants" else judged)


def _signed_up(n: Number, row: IndicatorRow, judged: Judgement) -> Judgement:
    """Who signs up is new ("đăng ký tham gia"), but for organisations and where all are counted."""
    if row.role != "join" or not row.count == judged.indicator == "new_participants":
        return judged
    stock = n.q.unit == "organisation" or n.preceded_by("stock", n.left)
    return replace(judged, indicator="participants") if stock else judged


def _kind(n: Number, judged: Judgement) -> Judgement:
    """A count of participants, with what the words before it say: new ones, renewed ones or a rise."""
    kind = n.evidence.adjacent([c for c in n.f.cues if role_of(c) in FIRST], n.left, n.q)
    if kind is not None and isinstance(kind.row, IndicatorRow):
        return replace(judged.by(kind.row.id, kind.row.role), indicator=kind.row.count)
    if n.preceded_by("more", n.left):
        return replace(judged, indicator="new_participants")
    if _won(n) or _best_of_new(n):
        return replace(judged.by("new", "new"), indicator="new_participants")
    last = n.last
    if last is None or n.preceded_by("own-words", n.left):
        return judged
    return _gone_on(n, judged, last)


def _gone_on(n: Number, judged: Judgement, last: Judgement) -> Judgement:
    """A number right behind the figure `last`, whose verb still governs it."""
    if _rises_on(n, last):
        return replace(judged.by("rise-or-fall", "change"), indicator="change", target=last.target)
    return replace(judged.by(last.rule, last.role), indicator=last.indicator) if _opened_by_new(last, n) else judged


def _rises_on(n: Number, last: Judgement) -> bool:
    """Whether the verb of a rise goes on: "tăng thêm 350 người tham gia BHXH, 1.200 người tham gia BHYT"."""
    if last.indicator != "change" or last.unit in PERCENT or last.role != "change":
        return False
    return last.predicate is not None and say.phrase("adds").search(n.f.folded, *last.predicate) is not None


def _won(n: Number) -> bool:
    """Whether people were won over ("vận động được 40 người tham gia") and no breakdown behind tells that some only renew."""
    if n.q.unit == "card" or not n.preceded_by("won", n.left):
        return False
    return say.phrase("breakdown").search(n.f.folded, n.q.end, min(len(n.f.folded), n.q.end + 240)) is None


def _best_of_new(n: Number) -> bool:
    """Whether the sentence before counted new members and this one names the place with most of them."""
    last = n.told.last
    if n.told.here or last is None or last.indicator != "new_participants":
        return False
    return n.preceded_by("leading", n.f.start)


def _opened_by_new(last: Judgement, n: Number) -> bool:
    """Whether "phát triển mới" before the figure `last` still governs the next one."""
    if any(role_of(c) in FIRST for c in n.f.cues if last.quantity.end <= c.start < n.q.start):
        return False  # "640 người tham gia lại, 212 em tham gia theo trường"
    if last.role not in FIRST or last.predicate is None or last.indicator == "participants":
        return False
    return last.predicate[0] > last.quantity.start


def ahead(n: Number) -> Answer | None:
    """Evidence behind the next number: "11% dân số, tương đương 10 triệu người chưa tham gia"."""
    following = n.following
    if following is None:
        return None
    if _next_group(n, following):
        return _of_lack(n)
    one = n.up_to("alike", following) or _attached(n, following)
    found = _right_of(n) if one or _shares(n, following) else None
    if found is None or n.blocked:
        return None
    return from_right(n, found) if one else Answer(figure(n, *found))


def _of_lack(n: Number) -> Answer | None:
    """One of several groups of those who are still to join."""
    found = _right_of(n)
    return Answer(figure(n, *found)) if found and role_of(found[0]) == "lack" else None


def _right_of(n: Number) -> Found | None:
    """The evidence behind the next number."""
    following = Number.at(n.f, n.told, n.index + 1)
    return n.evidence.right(following.q, following.right)


def _next_group(n: Number, following: Quantity) -> bool:
    """Whether the next number counts one more group of those who are still to join."""
    if not n.q.unit == following.unit == "person" or not n.up_to("next-group", following):
        return False
    return n.preceded_by("still", n.left)


def _attached(n: Number, following: Quantity) -> bool:
    """Whether the next number counts the units that the people belong to, or the people of the units."""
    name = ATTACHED.get((n.q.unit, following.unit))
    return name is not None and n.up_to(name, following)


def _shares(n: Number, following: Quantity) -> bool:
    """Whether two shares are of one kind: joined by "và", a general one and the particular one, or of groups by their size."""
    if not n.percent:
        return False
    if n.up_to("sized", following):
        return True
    if following.unit != n.q.unit:
        return False
    gap = n.f.folded[n.q.end : following.start]
    if say.phrase("and-between").search(gap) and say.light().fullmatch(n.f.masked, n.q.end, following.start):
        return True
    common = len(gap) < 60 and n.preceded_by("common", max(n.f.start, n.q.start - 60))
    return common or n.up_to("next-share", following)


def rest(n: Number) -> Answer | None:
    """Evidence behind a list: "vẫn còn 40 triệu người là nông dân, ngư dân … nhưng chưa tham gia BHXH"."""
    if n.percent or not n.preceded_by("still", n.left):
        return None
    for cue, row in n.evidence.indicators():
        if not n.q.end <= cue.start < n.limit or row.role in OTHER:
            continue
        between = n.f.folded[n.q.end : cue.start]
        if ";" in between:
            return None
        if row.role == "lack" or _of_the_list(n, cue, between):
            names = n.evidence.link(cue)
            return Answer(figure(n, cue, names)) if names else None
    return None


def _of_the_list(n: Number, cue: Cue, between: str) -> bool:
    """Whether a cue behind a list is still about the counted: near, about a programme, and in no clause of its own."""
    near = n.evidence.programme_near(cue)
    if not near or near.weak or len(between) > 60:
        return False
    return say.phrase("but-between").search(between) is None


def card(n: Number) -> Answer | None:
    """Cards and books count their holders: "1.583 thẻ BHYT", "trao tặng thẻ BHYT … 3.990 thẻ"."""
    if n.q.unit != "card" or _other_cards(n):
        return None
    names = _holders_of(n)
    return Answer(Judgement(n.q, "participants", names, n.q.unit, "card")) if names else None


def _holders_of(n: Number) -> tuple[str, ...] | None:
    """The programmes of cards: named right behind them, or before a word of holding or handing out."""
    f, q = n.f, n.q
    own = next((p for p in f.programmes if q.end <= p.start <= q.end + 12), None)
    if own is not None:
        return own.names
    earlier = n.evidence.named_before(q)
    held = any(isinstance(c.row, IndicatorRow) and c.row.gives_cards and c.end <= q.start for c in f.cues)
    return earlier.names if earlier and held else None


def _other_cards(n: Number) -> bool:
    """Whether the cards are not handed out, those who hold them do something else, or a cue says what the number counts."""
    f = n.f
    if say.card_veto().search(f.folded, f.start, n.right):
        return True
    if any(n.q.start - 80 < c.start < n.right and _on_both_sides(c) for c in f.around):
        return True
    return any(role_of(c) in ("lack", *FIRST) and n.left <= c.start < n.right for c in f.cues)


def _on_both_sides(cue: Cue) -> bool:
    return isinstance(cue.row, VetoRow) and cue.row.both_sides
