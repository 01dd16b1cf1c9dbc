"""How a language writes numbers and dates, and which form of a noun goes with a number."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from taper.values import dataclass

Direction = Literal["ltr", "rtl"]
Plural = Literal["zero", "one", "two", "few", "many", "other"]


@dataclass(frozen=True, slots=True)
class Locale:
    """Names, patterns and signs of a language, as CLDR has them.

    Attributes:
        region: The locale they were taken from.
        direction: Whether it is written from the left or from the right.
        months: Names of the twelve months, standing alone.
        months_in_date: The same, within a date.
        months_short: The same, short enough for the axis of a chart.
        weekdays: Names of the days, Monday first.
        weekdays_short: The same, short enough for a column that holds a box.
        first_weekday: Day on which a week begins, Monday is 0.
        date: Template of a date.
        long_date: Template of a date with its weekday.
        decimal: Sign between the whole and the decimals.
        percent: Template of a percentage.
    """

    region: str
    direction: Direction
    months: tuple[str, ...]
    months_in_date: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    first_weekday: int
    date: str
    long_date: str
    decimal: str
    percent: str


def plural(code: str, number: int) -> Plural:
    """Return the plural category of a whole number, by the rules of CLDR.

    Args:
        code: Code of the language.
        number: Zero or more. Halves and quarters have words of their own and never come here.

    >>> plural("fr", 0), plural("de", 0), plural("ar", 2), plural("ar", 11)
    ('one', 'other', 'two', 'many')
    """
    if code == "ar":
        return _arabic(number)
    if code in ("fr", "es") and number and number % 1_000_000 == 0:
        return "many"
    return "one" if number == 1 or (code == "fr" and number == 0) else "other"


def part_plural(code: str, value: Fraction) -> Plural:
    """Return the plural category of a number that is not whole, as it is written with decimals.

    French counts below two as one; Dutch, below one ("0,3 tablet").

    >>> part_plural("fr", Fraction(3, 2)), part_plural("es", Fraction(3, 10)), part_plural("nl", Fraction(3, 10))
    ('one', 'other', 'one')
    """
    return "one" if value < {"fr": 2, "nl": 1}.get(code, 0) else "other"


def _arabic(number: int) -> Plural:
    first: tuple[Plural, ...] = ("zero", "one", "two")
    if number < 3:
        return first[number]
    last = number % 100
    if 3 <= last <= 10:
        return "few"
    return "many" if last >= 11 else "other"
