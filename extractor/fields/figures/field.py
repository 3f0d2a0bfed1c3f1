"""The field of figures: the rules read what they can, trained rankers decide over all quantities and their attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from extractor.fields.base import Analysis
from extractor.fields.figures.candidates import Candidates
from extractor.fields.figures.checks import check_figures, confirm, doubtful
from extractor.fields.figures.decide import Decider, Walk, target_of
from extractor.fields.figures.estimates import mark_estimates
from extractor.fields.figures.find import Quantity
from extractor.fields.figures.frame import Phrase
from extractor.fields.figures.meaning import complete, places_of
from extractor.fields.figures.period_candidates import base_of
from extractor.fields.figures.programmes import named
from extractor.fields.figures.reading import Decided
from extractor.fields.figures.rows import programme_names
from extractor.fields.figures.rules.read import find_figures, mask
from extractor.fields.figures.whereabouts import PROVINCE, too_many
from extractor.models import Reading
from extractor.ranking import Calibration, load
from extractor.records import NATION, Date, Figure, Provenance, Warning
from extractor.rules import cache

WEIGHTS = Path(__file__).parents[2] / "data" / "figures.npz"


@cache
def decider() -> Decider:
    """The decider with the weights of the package."""
    rankers, meta = load(WEIGHTS)
    return Decider(rankers, Calibration(**meta.get("calibration", {})))


def candidates_in(analysis: Analysis) -> Candidates | None:
    """The candidates of an article whose dates and places are read; None where it has nothing that could be a figure."""
    reading, dates = analysis.reading, _dates(analysis)
    ruled = find_figures(reading, dates, analysis.places)
    if not ruled and not named(reading.folded):
        return None
    return Candidates(reading, dates, analysis.places, ruled, mask(reading, dates, analysis.places))


def _dates(analysis: Analysis) -> list[Date]:
    return [x for x in analysis.items["dates"] if isinstance(x, Date)]


class FiguresField:
    """Enrollment figures with their whole meaning."""

    name: ClassVar[str] = "figures"
    yields_to: ClassVar[Mapping[str, str]] = {}

    def read(self, analysis: Analysis) -> Sequence[Figure]:
        """Figures of all programmes, in text order."""
        candidates = candidates_in(analysis)
        if candidates is None:
            return []
        made = figures_of(decider(), candidates) if named(analysis.reading.folded) else []
        found = mark_estimates([*made, *others_of(decider(), candidates)], candidates)
        return sorted(found, key=lambda f: (f.start, f.end))

    def warnings(self, analysis: Analysis) -> Sequence[Warning]:
        """Sums that do not add up, numbers that can be read in two ways."""
        figures = [x for x in analysis.items[self.name] if isinstance(x, Figure)]
        return check_figures(figures, analysis.reading)


def explained(analysis: Analysis) -> list[tuple[int, int, str, float, str]]:
    """What the rankers decided, read again: the figure's span, the decision, its probability, the features that weighed most."""
    candidates = candidates_in(
        replace(analysis, reading=replace(analysis.reading, log=[]))
    )  # the drops are logged already
    out = []
    for d in decider().decide(candidates) if candidates else ():
        for reason in d.reasons:
            because = ", ".join(f"{name} {weight:+.1f}" for name, weight in reason.names())
            decision = f"{reason.attribute}: {_chosen(d, reason.attribute, analysis.reading)}"
            out.append((d.quantity.start, d.quantity.end, decision, reason.confidence, because))
    return out


def _chosen(d: Decided, attribute: str, reading: Reading) -> str:
    """What was chosen, in words."""
    if attribute in d.phrases:
        phrase = d.phrases[attribute]
        return reading.text[phrase.start : phrase.end] if phrase else "nothing"
    return {"label": d.label, "status": d.status, "unit": d.unit, "programme": "+".join(d.programmes)}[attribute]


def figures_of(by: Decider, candidates: Candidates) -> list[Figure]:
    """The insurance figures of an article as the decider reads them, signed and with what arithmetic confirms."""
    made = [f for d in by.decide(candidates) for f in _figures(d, candidates)]
    return complete(confirm(made, candidates.reading), candidates.reading, candidates.dates, kinds=False)


def others_of(by: Decider, candidates: Candidates) -> list[Figure]:
    """The rules' figures of programmes that are no insurance, with group, place and period by the same rankers."""
    walk, out = Walk(candidates), []
    for f in candidates.ruled:
        if f.programme in programme_names():
            continue
        q = next((q for q in candidates.quantities if q.start < f.end and f.start < q.end), None)
        if q is None:
            out.append(f)
            continue
        target = target_of(q, f.indicator, f.status, [f.programme])
        phrases = by.attributes(walk, target, [])
        out.append(f.model_copy(update=_attributes(q, f.indicator, phrases, candidates)))
    return complete([f.model_copy(update={"value": abs(f.value)}) for f in out], candidates.reading, candidates.dates)


def _attributes(
    q: Quantity, label: str, phrases: Mapping[str, Phrase | None], candidates: Candidates
) -> dict[str, Any]:
    """The fields that the phrases of a quantity give, and what a change is from."""
    sentence = candidates.frame.outline.sentence_at(q.core)
    fields: dict[str, Any] = {}
    for kind, phrase in phrases.items():
        fields |= told(candidates.reading, kind, phrase)
        if kind != "group":
            fields[f"{kind}_inherited"] = phrase is not None and not sentence[0] <= phrase.start < sentence[1]
    if phrases["place"] is None and _of_nation(q, candidates):
        fields |= {"place_code": NATION, "place_codes": (NATION,)}
    if label == "change":
        base = base_of(candidates.reading, candidates.dates, (q.start, q.end), sentence)
        fields |= {"base": base.text, "base_value": base.value} if base else {}
    return fields


def _of_nation(q: Quantity, candidates: Candidates) -> bool:
    """Whether a number without a place is the country's: nothing narrower is told anywhere, or no province has so many people."""
    if too_many(q.value, q.unit, PROVINCE):
        return True
    return "province" not in candidates.places.home and not candidates.unnamed_unit


def told(reading: Reading, kind: str, phrase: Phrase | None) -> dict[str, Any]:
    """The fields of a figure that a phrase gives; None tells nothing, of the place: the whole country."""
    words = reading.text[phrase.start : phrase.end] if phrase else None
    if kind == "place":
        code, codes = places_of(phrase, words or "")
        return {"place": words, "place_code": code, "place_codes": codes}
    if kind == "period":
        return {"period": words, "period_value": phrase.value if phrase else None}
    return {"group": words}


def _figures(d: Decided, candidates: Candidates) -> list[Figure]:
    q, reading = d.quantity, candidates.reading
    fields = _attributes(q, d.label, d.phrases, candidates)
    rules = {f.programme: f for f in candidates.rules_of(q)}
    doubt = doubtful(q, reading)
    out = []
    for programme in d.programmes:
        ruled = rules.get(programme)
        agrees = ruled is not None and ruled.indicator == d.label
        out.append(
            Figure(
                start=q.start,
                end=q.end,
                text=reading.text[q.start : q.end],
                value=q.value,
                value_max=q.most,
                unit=d.unit,  # type: ignore[arg-type]
                programme=programme,
                indicator=d.label,
                status=d.status,  # type: ignore[arg-type]
                comparator=q.comparator,
                **fields,
                provenance=Provenance(
                    layer="ranker",
                    rule=ruled.provenance.rule if ruled and agrees else "figures",
                    confidence=round(d.confidence, 3),
                    note=doubt,
                ),
            )
        )
    return out
