"""The rule tokenizer: syllables, digit runs and single marks, with the cuts of pieces of text that were seen before.

No token holds a blank, so a text is cut blank by blank; what stands between two blanks comes back often.
"""

from __future__ import annotations

from extractor.compiled import compiled

# Syllables (D'Ran, K'Mák whole; glued "uỷTP" split where case rises), digit runs, single marks.
TOKEN = compiled(r"\p{N}+|(?:\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+|\p{L})(?:['’]\p{L}+)?|[^\w\s]|_")
MOST = 1 << 13  # pieces whose cuts are remembered; all are forgotten when there are more
_MARKS = '.,;:!?()"“”…%/-'  # each a token of its own wherever it stands
_LONG = 24  # characters of the longest piece that is remembered
Cut = tuple[tuple[int, int, str], ...]
# Pieces that are one token: the same object wherever it stands, which later look-ups find sooner.
_whole: dict[str, str] = {}
_parted: dict[str, Cut] = {}  # pieces of several tokens, or none


def _cut(piece: str) -> Cut:
    """The tokens of a piece of text without blanks: start, end and text of each."""
    found = tuple((*m.span(), m.group()) for m in TOKEN.finditer(piece))
    if len(piece) <= _LONG:
        if len(_whole) + len(_parted) >= MOST:
            _whole.clear()
            _parted.clear()
        if len(found) == 1 and found[0][2] == piece:
            _whole[piece] = piece
        else:
            _parted[piece] = found
    return found


def tokens(text: str) -> tuple[list[int], list[int], list[str]]:
    """Starts, ends and strings of the tokens of a text."""
    starts: list[int] = []
    ends: list[int] = []
    strings: list[str] = []
    at, whole = 0, _whole.get
    for piece in text.replace("\n", " ").split(" "):
        word = whole(piece)
        if word is not None:
            starts.append(at)
            at += len(word)
            ends.append(at)
            strings.append(word)
        elif piece:
            for start, end, string in _parts(piece):
                starts.append(at + start)
                ends.append(at + end)
                strings.append(string)
            at += len(piece)
        at += 1
    return starts, ends, strings


def _parts(piece: str) -> Cut:
    """The tokens of a piece that is not known to be one: mostly a word that is, or a number, with a mark behind it."""
    if piece[-1] in _MARKS:
        end = len(piece) - 1
        word = _whole.get(piece[:-1])
        if word is not None or piece[:-1].isdecimal():
            return (0, end, word or piece[:-1]), (end, end + 1, piece[-1])
    if piece.isdecimal():
        return ((0, len(piece), piece),)
    found = _parted.get(piece)
    return _cut(piece) if found is None else found
