"""Headings without a colon over bulleted lines: "III. Phương hướng năm 2024" makes targets of what its bullets tell."""

from __future__ import annotations

from extractor.compiled import compiled
from extractor.fields.figures.words import template
from extractor.models import Line, Reading
from extractor.rules.scopes import MOST_LINES, Scope

LONGEST = 120  # code points of a heading
_BULLET = compiled(r"\s*(?:[-+*•–]|\d{1,2}[.)])\s*")
_AIMS = template(r"(?<!\p{L}){announced-aim}(?!\p{L})")
_RESULTS = template(r"(?<!\p{L}){told-result}(?!\p{L})")


def heading_scopes(reading: Reading) -> list[Scope]:
    """Scopes of targets over the bulleted lines right behind a heading that announces aims."""
    out: list[Scope] = []
    for i, line in enumerate(reading.lines):
        cue = _announced(reading, line)
        end = _bulleted(reading, i) if cue is not None else line.end
        if cue is not None and end > line.end:
            out.append(Scope(line.start, end, "target", "aims-heading", cue))
    return out


def _announced(reading: Reading, line: Line) -> int | None:
    """Where a line without a colon announces aims; None where it tells results, is a sentence or too long."""
    head = reading.folded[line.start : line.end].strip() if line.end - line.start <= LONGEST else ""
    cue = _AIMS.search(head)
    if cue is None or head[-1] in '.:;,!?”")' or _RESULTS.search(head):
        return None
    return line.start + int(cue.start())


def _bulleted(reading: Reading, number: int) -> int:
    """End of the bulleted and empty lines right behind the line `number`; its own end where none follow."""
    end = reading.lines[number].end
    for line in reading.lines[number + 1 : number + 1 + MOST_LINES]:
        if line.start < line.end and not _BULLET.match(reading.text, line.start, line.end):
            break
        end = line.end
    return end
