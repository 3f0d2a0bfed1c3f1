"""The form of a token: what its letters look like, whatever it says."""

from __future__ import annotations

from extractor.text import fold


def shape(token: str) -> str:
    """`X` one capital, `XX` capitals, `Xx` capitalised, `xX` mixed, `x` small, `d1`–`d5` digits by number, or the sign itself."""
    if token[0].isdigit():
        return f"d{min(len(token), 5)}"
    if not token[0].isalpha():
        return token[0]
    if token.islower():
        return "x"
    if token.isupper():
        return "X" if len(token) == 1 else "XX"
    return "Xx" if token[1:].islower() else "xX"


def type_of(token: str) -> str:
    """The type whose cluster a token has: its folded form and shape, numbers by their shape alone."""
    form = shape(token)
    return form if token[0].isdigit() else f"{fold(token)}/{form}"
