"""The rule tokenizer: syllables, digit runs and single marks, with the cuts of pieces of text that were seen before.

No token holds a blank, so a text is cut blank by blank; what stands between two blanks comes back often.
"""

from __future__ import annotations

from extractor.compiled import compiled

# Syllables (D'Ran, K'Mák whole; glued "uỷTP" split where case rises), digit runs, single marks.
TOKEN = compiled(r"\p{N}+|(?:\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+|\p{L})(?:['’]\p{L}+)?|[^\w\s]|_")
MOST = 1 << 13  # pieces whose cuts are remembered; all are forgotten when there are more
_LONG = 24  # characters of the longest piece that is remembered
Cut = tuple[tuple[int, int, str], ...] | None
_known: dict[str, Cut] = {}


def _cut(piece: str) -> Cut:
    """The tokens of a piece of text without blanks: start, end and text of each; None where it is one token."""
    found: Cut = tuple((*m.span(), m.group()) for m in TOKEN.finditer(piece))
    if len(found) == 1 and found[0][2] == piece:
        found = None
    if len(piece) <= _LONG:
        if len(_known) >= MOST:
            _known.clear()
        _known[piece] = found
    return found


def tokens(text: str) -> tuple[list[int], list[int], list[str]]:
    """Starts, ends and strings of the tokens of a text."""
    starts: list[int] = []
    ends: list[int] = []
    strings: list[str] = []
    at, known = 0, _known.get
    for piece in text.replace("\n", " ").split(" "):
        if piece:
            found = known(piece, 0)
            if found == 0:
                found = _cut(piece)
            if found is not None:
                for start, end, string in found:
                    starts.append(at + start)
                    ends.append(at + end)
                    strings.append(string)
                at += len(piece)
            else:
                starts.append(at)
                at += len(piece)
                ends.append(at)
                strings.append(piece)
        at += 1
    return starts, ends, strings
