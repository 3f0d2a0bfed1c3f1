"""Roman numerals as articles write them: of districts, quarters, months, congresses."""

from __future__ import annotations

_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}


def roman_value(numeral: str) -> int:
    """The number of a Roman numeral in letters of either case, I to L; 0 for an empty one.

    Raises KeyError for any other letter. Whether the letters stand in a numeral's order is the caller's pattern to say.
    """
    value, last = 0, 0
    for letter in reversed(numeral.lower()):
        digit = _DIGITS[letter]
        value, last = value + (digit if digit >= last else -digit), max(last, digit)
    return value


def roman(number: int) -> str:
    """A number from 1 to 49 as a Roman numeral in small letters."""
    tens, ones = divmod(number, 10)
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return ("", "x", "xx", "xxx", "xl")[tens] + units[ones]


ROMAN_MONTHS = {roman(number): number for number in range(1, 13)}
"""The numerals I to XII in small letters: numbers that stand alone as a word."""
