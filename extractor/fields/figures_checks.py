"""Arithmetic over the figures of an article: sums of parts, shares of a population. Agreement is noted, disagreement warned about."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.models import Reading
from extractor.records import Figure, Warning

_PARTS = ("new_participants", "renewed_participants")


def _number(value: float) -> str:
    return f"{value:,.10g}".replace(",", "_").replace(".", ",").replace("_", ".")


def _sums(figures: Sequence[Figure], reading: Reading) -> list[tuple[Figure, tuple[Figure, ...], bool]]:
    """(total, parts, whether they agree) for totals whose sentence splits them into new and renewed participants."""
    out = []
    for i, total in enumerate(figures):
        if total.indicator != "participants":
            continue
        sentence = reading.sentence_at(total.start)
        rest = [
            f
            for f in figures[i + 1 :]
            if f.start < sentence[1] and f.programme == total.programme and f.unit == total.unit
        ]
        parts = {f.indicator: f for f in reversed(rest) if f.indicator in _PARTS}
        if len(parts) == len(_PARTS):
            found = tuple(parts[k] for k in _PARTS)
            out.append((total, found, abs(sum(f.value for f in found) - total.value) < 0.5))
    return out


def check_figures(figures: Sequence[Figure], reading: Reading) -> list[Warning]:
    """Warnings about numbers that do not fit together; both numbers are named."""
    out: list[Warning] = []
    for total, parts, agree in _sums(figures, reading):
        if not agree:
            sum_ = sum(f.value for f in parts)
            words = " + ".join(_number(f.value) for f in parts)
            out.append(
                Warning(
                    code="figures.sum",
                    message=f"{words} = {_number(sum_)}, but the text gives {_number(total.value)} as their total",
                    start=total.start,
                    end=total.end,
                )
            )
    for figure in figures:
        if figure.indicator == "coverage_rate" and figure.value > 100:
            out.append(
                Warning(
                    code="figures.share",
                    message=f"a share of {_number(figure.value)}% is more than the whole (100%)",
                    start=figure.start,
                    end=figure.end,
                )
            )
    return out


def confirm(figures: list[Figure], reading: Reading) -> list[Figure]:
    """The figures with agreements recorded in the provenance of all their members."""
    notes: dict[int, str] = {}
    for total, parts, agree in _sums(figures, reading):
        if agree:
            text = f"{' + '.join(_number(f.value) for f in parts)} = {_number(total.value)}"
            for member in (total, *parts):
                notes[id(member)] = text
    return [
        f.model_copy(
            update={
                "provenance": f.provenance.model_copy(update={"note": f"sum agrees: {notes[id(f)]}", "confidence": 1.0})
            }
        )
        if id(f) in notes
        else f
        for f in figures
    ]
