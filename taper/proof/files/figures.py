"""Numbers, days and amounts as they stand in files, read exactly: nothing is rounded, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+|/[1-9][0-9]*)?\Z", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_AMOUNT = (
    r"(?<![0-9.,])(?P<number>[0-9]+(?:[.,][0-9]+)?) ?(?P<unit>mg|mL|g)(?!\w)"
    r"(?P<per>/(?:(?P<volume>[0-9]+(?:[.,][0-9]+)?) ?)?mL)?"
)
_UNSEEN = dict.fromkeys(map(ord, "\u2060\u2066\u2067\u2068\u2069\u200e\u200f")) | {0xA0: " ", 0x202F: " "}


class Amount(NamedTuple):
    """An amount in a sentence.

    Attributes:
        value: The number.
        unit: ``mg``, ``mL``, ``g``, or ``mg/mL`` for the strength of a liquid.
        places: Decimal places with which it is written.
    """

    value: Fraction
    unit: str
    places: int = 0

    def means(self, value: Fraction, unit: str) -> bool:
        """Return whether it is an amount: exactly, or rounded where the decimal of that does not end.

        >>> Amount(Fraction(33, 100), "mg", 2).means(Fraction(1, 3), "mg")
        True
        """
        if unit != self.unit:
            return False
        if self.value == value:
            return True
        return is_endless(value) and 2 * abs(self.value - value) * 10**self.places <= 1


@lru_cache(maxsize=1024)
def number(text: str) -> Fraction:
    """Read a number as programs write it: digits, a point, or a fraction that does not end as a decimal.

    Raises:
        ValueError: It is none.

    >>> number("2.5"), number("1/3")
    (Fraction(5, 2), Fraction(1, 3))
    """
    if not _NUMBER.match(text):
        raise ValueError(f"{text[:40]!r} is not a number")
    return Fraction(text)


@lru_cache(maxsize=1024)
def day(text: str) -> date:
    """Read a day of the calendar, 2026-01-05.

    Raises:
        ValueError: It is none.
    """
    if not _DAY.match(text):
        raise ValueError(f"{text[:40]!r} is not a day")
    return date.fromisoformat(text)


def is_endless(value: Fraction) -> bool:
    """Return whether a number has a decimal that does not end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest != 1


def seen(text: str) -> str:
    """Return a text as it is read: ordinary spaces, and no marks that only steer its layout."""
    return text.translate(_UNSEEN)


@lru_cache(maxsize=1024)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts in a sentence of any language, in its order.

    >>> [(str(one.value), one.unit) for one in amounts("2,5 mL (1 mg) of the 2 mg/5 mL liquid")]
    [('5/2', 'mL'), ('1', 'mg'), ('2/5', 'mg/mL')]
    """
    found = []
    for match in re.finditer(_AMOUNT, seen(text)):
        written, unit = match["number"].replace(",", "."), match["unit"]
        value = Fraction(written)
        if match["per"]:
            volume = Fraction((match["volume"] or "1").replace(",", "."))
            value, unit = (value / volume if volume else Fraction(0)), f"{unit}/mL"
        found.append(Amount(value, unit, len(written.partition(".")[2])))
    return tuple(found)


def without(text: str, names: Iterable[str]) -> str:
    """Return a text without the names of products and devices in it, whose numbers are no amounts."""
    for name in sorted(names, key=len, reverse=True):
        if name:
            text = text.replace(name, " ")
    return text
