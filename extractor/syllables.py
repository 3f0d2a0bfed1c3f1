"""The rule tokenizer: syllables, digit runs and single marks, with the cuts of pieces of text that were seen before.

No token holds a blank, so a text is cut blank by blank; what stands between two blanks comes back often.
"""

from __future__ import annotations

from extractor.compiled import compiled

# Syllables (D'Ran, K'Mák whole; glued "uỷTP" split where case rises), digit runs, single marks.
TOKEN = compiled(r"\p{N}+|(?:\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+|\p{L})(?:['’]\p{L}+)?|[^\w\s]|_")
MOST = 1 << 13  # pieces whose cuts are remembered; all are forgotten when there are more
_LONG = 24  # characters of the longest piece that is remembered
Cut = tuple[tuple[int, int, str], ...]
_whole: set[str] = set()  # pieces that are one token
_parted: dict[str, Cut] = {}  # pieces of several tokens, or none


def _cut(piece: str) -> Cut:
    """The tokens of a piece of text without blanks: start, end and text of each."""
    found = tuple((*m.span(), m.group()) for m in TOKEN.finditer(piece))
    if len(piece) <= _LONG:
        if len(_whole) + len(_parted) >= MOST:
            _whole.clear()
            _parted.clear()
        if len(found) == 1 and found[0][2] == piece:
            _whole.add(piece)
        else:
            _parted[piece] = found
    return found


def tokens(text: str) -> tuple[list[int], list[int], list[str]]:
    """Starts, ends and strings of the tokens of a text."""
    starts: list[int] = []
    ends: list[int] = []
    strings: list[str] = []
    at, parted = 0, _parted.get
    for piece in text.replace("\n", " ").split(" "):
        if piece in _whole:
            starts.append(at)
            at += len(piece)
            ends.append(at)
            strings.append(piece)
        elif piece:
            found = parted(piece)
            for start, end, string in _cut(piece) if found is None else found:
                starts.append(at + start)
                ends.append(at + end)
                strings.append(string)
            at += len(piece)
        at += 1
    return starts, ends, strings
