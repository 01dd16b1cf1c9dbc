"""A quantity in English words beside its figures, as some countries ask for on an order for a controlled drug."""

from __future__ import annotations

from fractions import Fraction

from taper.quantity import exact_text

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(value: Fraction) -> str:
    """Write a number below a million in words; its decimals are read one by one.

    >>> in_words(Fraction(84)), in_words(Fraction(1099)), in_words(Fraction("422.8"))
    ('eighty-four', 'one thousand and ninety-nine', 'four hundred and twenty-two point eight')
    """
    whole, _, decimals = exact_text(value).partition(".")
    if "/" in whole or int(whole) >= 1_000_000:
        return ""
    point = f" point {' '.join(_SMALL[int(digit)] for digit in decimals)}" if decimals else ""
    return _whole(int(whole)) + point


def _whole(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    size, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    many, rest = divmod(number, size)
    between = " and " if rest < 100 else " "
    return f"{_whole(many)} {name}{between + _whole(rest) if rest else ''}"
