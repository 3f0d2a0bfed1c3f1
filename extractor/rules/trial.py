"""An expression of a user's row tried on texts that make expressions slow, before it is used.

The package's own expressions are held linear by tests; a user's may try as many ways through a text as there are subsets of its
letters. What the trial does not see is bounded in time when it is used (`compiled.Bounded`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from extractor.text import fold

TRIAL = 1.0  # seconds that an expression may take on a text of the trial
SIZE = 2_000  # characters of such a text
_FEW = 64  # copies of a piece that are enough for doubling steps
_FRAMED = 2  # examples whose words stand before and behind the pieces
_PIECES = 60  # pieces that are repeated at most
_END = "\x01"  # what no expression goes on with: all other ways are tried
_COMMON = ("a", "0", ",", ".", "-", "a ", "0 ", "a, ", "0.", "ab")


def slow_piece(expression: str, examples: Iterable[str]) -> str | None:
    """A piece that takes an expression over `TRIAL` seconds where it repeats in `SIZE` characters; None where none does.

    The pieces are common characters, and the letters, words and whole texts of the row's examples.
    """
    pattern, folded = regex.compile(expression), [fold(example) for example in examples]
    frames = [("", ""), ("", _END), *_frames(folded[:_FRAMED])]
    for piece in _pieces(folded):
        for size in (min(SIZE, _FEW * len(piece)), SIZE):
            repeated = (piece * (size // len(piece) + 1))[:size]
            if any(_takes_long(pattern, f"{begin}{repeated}{end}") for begin, end in frames):
                return piece
    return None


def _frames(folded: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What stands before and behind repeated pieces: what an expression needs, without which it is given up at once."""
    for example in folded:
        words = example.split()
        for number in range(min(3, len(words))):
            yield " ".join([*words[:number], ""]), f"{_END} {example}"


def _takes_long(pattern: regex.Pattern[str], text: str) -> bool:
    try:
        for _ in pattern.finditer(text, timeout=TRIAL):
            pass
    except TimeoutError:
        return True
    return False


def _pieces(folded: Sequence[str]) -> list[str]:
    """What is repeated; no white space alone, of which a text that is read has no two in a row."""
    letters = sorted({letter for text in folded for letter in text if not letter.isspace()})
    words = dict.fromkeys(f"{word} " for text in folded for word in text.split())
    whole = [f"{text} " for text in folded]
    found = dict.fromkeys(piece for piece in (*_COMMON, *whole, *words, *letters) if piece)
    return list(found)[:_PIECES]
