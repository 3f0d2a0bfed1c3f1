"""One scorer a field: gold items and predicted items of an article to counts by row, and the errors behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from extractor.evaluate import normalise
from extractor.evaluate.align import OUTPUT, PLACING, Json, Marked, align, marked, outermost, touches
from extractor.evaluate.figures import score_figures
from extractor.evaluate.findings import Kind, finding
from extractor.evaluate.matched import Item, Matched, Pair, Scored
from extractor.evaluate.persons import score_officials
from extractor.evaluate.tally import Tally
from extractor.records import FIELDS


def _without_optional(predicted: list[Marked], gold: list[Marked], optional: list[Marked]) -> list[Marked]:
    """Predictions but those that overlap only optional gold."""
    return [p for p in predicted if not touches(p, optional) or touches(p, gold)]


def score_dates(article: str, gold: Sequence[Json], predicted: Sequence[Json]) -> Scored:
    """Rows `span`, `overlap`, `value` of date expressions; gold with a null value is left out of `value`."""
    g, p = outermost(marked(gold)), marked(predicted)
    m = Matched(article, "dates", g, p, align(g, p))
    valued = [(a, b) for a, b in m.pairs if a.item.get("value")]
    right = sum(a.item["value"] == b.item.get("value") for a, b in valued)
    known = sum(bool(a.item.get("value")) for a in g)
    rows = {
        "span": m.spans(),
        "overlap": m.correct(lambda a, b: True),
        "value": Tally(right, len(p) - (len(m.pairs) - len(valued)), known),
    }
    wrong = [
        finding(article, "dates", "wrong value", a, b, f"gold {a.item['value']}, predicted {b.item.get('value')}")
        for a, b in valued
        if a.item["value"] != b.item.get("value")
    ]
    return rows, m.errors(lambda item: str(item.get("value"))) + wrong


def _same_unit(gold: Item, predicted: Item) -> bool:
    same_name = normalise.words(gold.get("name")) == normalise.words(predicted.get("name"))
    return same_name and gold.get("level") == predicted.get("level")


def _unit(item: Item) -> str:
    return f"{item.get('level')} {item.get('name')}"


def _code(item: Item) -> str:
    path = " > ".join(part or "?" for part in item.get("path") or ())
    return f"{item.get('code')} ({path})" if path else str(item.get("code"))


def score_locations(article: str, gold: Sequence[Json], predicted: Sequence[Json]) -> Scored:
    """Rows `span`, `overlap`, `unit`, `code` of administrative units; level `other` is optional."""
    g = outermost(marked(x for x in gold if x["level"] != "other"))
    optional = marked(x for x in gold if x["level"] == "other")
    p = _without_optional(marked(x for x in predicted if x.get("level") != "other"), g, optional)
    m = Matched(article, "locations", g, p, align(g, p))
    coded = [(a, b) for a, b in m.pairs if a.item.get("code")]
    right = sum(a.item["code"] == b.item.get("code") for a, b in coded)
    rows = {
        "span": m.spans(),
        "overlap": m.correct(lambda a, b: True),
        "unit": m.correct(_same_unit),
        "code": Tally(right, len(coded) + len(m.alignment.spurious), sum(bool(a.item.get("code")) for a in g)),
    }
    errors = m.errors(_unit)
    for a, b in m.pairs:
        if not _same_unit(a.item, b.item):
            detail = f"gold {_unit(a.item)}, predicted {_unit(b.item)}"
            errors.append(finding(article, "locations", "wrong value", a, b, detail))
        if a.item.get("code") and a.item["code"] != b.item.get("code"):
            detail = f"gold {_code(a.item)}, predicted {_code(b.item)}"
            errors.append(finding(article, "locations", "wrong link", a, b, detail))
    return rows, errors


def _same_document(gold: Item, predicted: Item) -> bool:
    same_number = normalise.number(gold.get("number")) == normalise.number(predicted.get("number"))
    return same_number and normalise.words(gold.get("type")) == normalise.words(predicted.get("type"))


def score_documents(article: str, gold: Sequence[Json], predicted: Sequence[Json]) -> Scored:
    """Rows `span`, `number` (with type), `issuer` (recall), `issuer=` of numbered documents; those without one are optional.

    `issuer=` is the share of right documents whose issuer is right; one invented where gold has none is wrong.
    """
    g = outermost(marked(x for x in gold if x.get("number")))
    optional = marked(x for x in gold if not x.get("number"))
    p = _without_optional(marked(x for x in predicted if x.get("number")), g, optional)
    m = Matched(article, "documents", g, p, align(g, p))
    issued = _same_issuers(pair for pair in m.pairs if pair[0].item.get("issuer"))
    right = _same_issuers(pair for pair in m.pairs if _same_document(pair[0].item, pair[1].item))
    rows = {
        "span": m.spans(),
        "number": m.correct(_same_document),
        "issuer": Tally(sum(issued), 0, sum(bool(a.item.get("issuer")) for a in g)),
        "issuer=": Tally(sum(right), len(right), len(right)),
    }
    errors = m.errors(lambda item: f"{item.get('type')} {item.get('number')}")
    for a, b in m.pairs:
        errors += [
            finding(article, "documents", kind, a, b, detail) for kind, detail in _document_faults(a.item, b.item)
        ]
    return rows, errors


def _same_issuers(pairs: Iterable[Pair]) -> list[bool]:
    return [_same_issuer(a.item, b.item) for a, b in pairs]


def _same_issuer(gold: Item, predicted: Item) -> bool:
    return normalise.words(gold.get("issuer")) == normalise.words(predicted.get("issuer"))


def _document_faults(gold: Item, predicted: Item) -> Iterator[tuple[Kind, str]]:
    """What is wrong with a document that was found: kind and detail."""
    same = _same_document(gold, predicted)
    if not same:
        yield (
            "wrong value",
            f"gold {gold['type']} {gold['number']}, predicted {predicted.get('type')} {predicted['number']}",
        )
    if (gold.get("issuer") or same) and not _same_issuer(gold, predicted):
        yield "wrong link", f"issuer: gold {gold.get('issuer')}, predicted {predicted.get('issuer')}"


def score_items(field: str, article: str, gold: Sequence[Json], predicted: Sequence[Json]) -> Scored:
    """Rows `span` and `value` of a field without a scorer of its own: an overlapping item with every value that gold gives."""

    def same(a: Item, b: Item) -> bool:
        return all(a[key] == b.get(key) for key in a.keys() - PLACING)

    def shown(item: Item) -> str:
        return ", ".join(f"{key} {item[key]}" for key in sorted(item.keys() - PLACING - OUTPUT))

    g, p = marked(gold), marked(predicted)
    m = Matched(article, field, g, p, align(g, p, alike=lambda a, b: int(same(a, b))))
    wrong = [
        finding(article, field, "wrong value", a, b, f"gold {shown(a.item)}; predicted {shown(b.item)}")
        for a, b in m.pairs
        if not same(a.item, b.item)
    ]
    return {"span": m.spans(), "value": m.correct(same)}, m.errors(shown) + wrong


Scorer = Callable[[str, Sequence[Json], Sequence[Json]], Scored]
SCORERS: dict[str, Scorer] = {
    **{name: partial(score_items, name) for name in FIELDS},
    "officials": score_officials,
    "dates": score_dates,
    "locations": score_locations,
    "documents": score_documents,
    "figures": score_figures,
}
