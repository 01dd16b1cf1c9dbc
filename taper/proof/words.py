"""What an order's own words say, read a second time: amounts, strengths, steps, equivalences, pieces.

These readers are small on purpose and know only the ways in which such words are usually written. What they do not
know they do not judge: they return None, and the caller goes by the field that the order has, or proves nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from taper.interval import Interval
    from taper.order.product_line import OrderedProduct, ProductLine

# for texts in small letters: see `_match`
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_MASS = rf"(?P<mass>{_NUMBER}) ?(?P<unit>mg|milligrams?|mcg|ug|µg|μg|micrograms?|g|grams?)"
_IN_MG = {"m": Fraction(1), "c": Fraction(1, 1000), "g": Fraction(1000)}
_DOSE = rf"{_MASS}\Z"
_STRENGTH = rf"{_MASS}(?: ?(?:/|per) ?(?P<volume>{_NUMBER})? ?(?:ml|millilit(?:er|re)s?))?\Z"
_AT_END = rf"(?:.*[^0-9.]){_MASS}(?:/(?:(?P<volume>{_NUMBER}) )?ml)?\Z"
_VOLUME = rf"(?P<number>{_NUMBER}) ?(?:ml|millilit(?:er|re)s?)\Z"
_STEP = (
    rf"(?:(?P<percent>{_NUMBER}) ?% of (?P<basis>current|start|starting|original)(?: dose)?"
    rf"|(?P<points>{_NUMBER}) (?:percentage )?points of occupancy|(?P<amount>[^,%]+?))"
    r"(?: ?, ?at least (?P<least>.+))?\Z"
)
_SIDE = rf"(?:[a-z][a-z -]*? )?(?P<dose>{_NUMBER} ?[a-zµμ]+)\Z"
_PARTS = {None: Fraction(1), "whole": Fraction(1), "halves": Fraction(1, 2), "quarters": Fraction(1, 4)}


def _mg(found: re.Match[str]) -> Fraction:
    unit = found["unit"]
    kind = "c" if unit[0] in "uµμ" or unit in ("mcg", "microgram", "micrograms") else unit[0]
    return Fraction(found["mass"]) * _IN_MG[kind]


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Return a pattern, made when words of its kind are first read."""
    return re.compile(words)


def _match(words: str, text: str) -> re.Match[str] | None:
    """Match a text in small letters and with single spaces: a pattern that ignores case takes twice as long to make."""
    return _pattern(words).match(" ".join(text.lower().split()))


@lru_cache(maxsize=512)
def dose(text: str) -> Fraction | None:
    """Return the mg of a dose.

    >>> dose("2.5 mg"), dose("500 mcg"), dose("two")
    (Fraction(5, 2), Fraction(1, 2), None)
    """
    found = _match(_DOSE, text)
    return None if found is None else _mg(found)


@lru_cache(maxsize=512)
def volume(text: str) -> Fraction | None:
    """Return the mL of a volume.

    >>> volume("0.1 mL"), volume("1 drop")
    (Fraction(1, 10), None)
    """
    found = _match(_VOLUME, text)
    return None if found is None else Fraction(found["number"])


@lru_cache(maxsize=512)
def strength(text: str, *, in_name: bool = False) -> Fraction | None:
    """Return the mg in one piece, or in one mL.

    Args:
        text: A strength, or a name that ends with one.
        in_name: Whether it is such a name.

    >>> strength("2 mg/300 mL"), strength("diazepam tablet 5 mg", in_name=True)
    (Fraction(1, 150), Fraction(5, 1))
    """
    found = _match(_AT_END if in_name else _STRENGTH, text)
    return None if found is None else _mg(found) / Fraction(found["volume"] or 1)


class StepRule(NamedTuple):
    """How far one cut may go.

    Attributes:
        part: Fraction of a dose, or None.
        of_start: Whether of the starting dose; else of the current one.
        amount: Number of mg, or None.
        points: Fall in modeled occupancy as a fraction, or None.
        least: A cut of this many mg is allowed in any case.
    """

    part: Fraction | None
    of_start: bool
    amount: Fraction | None
    points: Fraction | None
    least: Fraction

    def lowest(self, before: Fraction, start: Fraction, half: Fraction | None) -> Fraction | None:
        """Return the lowest daily dose to which one may fall; None where that cannot be computed.

        Args:
            before: Daily dose before.
            start: Daily dose at the start.
            half: Daily dose at half of the modeled occupancy.
        """
        if self.points is not None:
            if half is None:
                return None
            left = before / (before + half) - self.points
            lowest = left * half / (1 - left) if left > 0 else Fraction(0)
        elif self.amount is not None:
            lowest = before - self.amount
        else:
            assert self.part is not None
            lowest = before - self.part * (start if self.of_start else before)
        return max(min(lowest, before - self.least), Fraction(0))


@lru_cache(maxsize=512)
def step_rule(text: str) -> StepRule | None:
    """Return what a step says.

    >>> step_rule("10% of current, at least 1 mg").lowest(Fraction(20), Fraction(20), None)
    Fraction(18, 1)
    >>> step_rule("as you like")
    """
    found = _match(_STEP, text)
    if found is None:
        return None
    least = Fraction(0) if found["least"] is None else dose(found["least"])
    amount = None if found["amount"] is None else dose(found["amount"])
    if least is None or (found["amount"] is not None and amount is None):
        return None
    part, points = (None if found[key] is None else Fraction(found[key]) / 100 for key in ("percent", "points"))
    return StepRule(part, (found["basis"] or "current") != "current", amount, points, least)


def equivalence(text: str) -> Fraction | None:
    """Return the mg of the new drug for each mg of the old; None for the id of a table.

    >>> equivalence("lorazepam 1 mg = diazepam 10 mg"), equivalence("nhs-scotland")
    (Fraction(10, 1), None)
    """
    sides = [_match(_SIDE, side) for side in text.split("=")]
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        return None
    old, new = dose(sides[0]["dose"]), dose(sides[1]["dose"])
    return new / old if old and new else None


def after(span: Interval, day: date, times: int = 1) -> date:
    """Return the day that is so many spans after a day; a month ends on its last day where it is shorter.

    >>> from taper.interval import Interval
    >>> str(after(Interval(months=1), date(2026, 1, 31)))
    '2026-02-28'
    """
    if not span.months:
        return day + timedelta(days=span.days * times)
    years, month = divmod(day.month - 1 + span.months * times, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


class Portions(NamedTuple):
    """What can be taken of a product.

    Attributes:
        strength: The mg in one piece or in one mL; None where the words do not say it.
        least: The smallest piece, or the smallest volume in mL; None where the words do not say it.
        measured: Whether it is measured or weighed, so that any amount of it is one unit.
        liquid: Whether it is counted in mL.
        weight: The mg that a tablet weighs whose powder is weighed; None where it is not, or the words do not say it.
        drops: Whether it is counted in drops.
        discard: Whether the other part of a broken piece is thrown away.
    """

    strength: Fraction | None
    least: Fraction | None
    measured: bool
    liquid: bool
    weight: Fraction | None = None
    drops: bool = False
    discard: bool = False


def portions(line: ProductLine, product: OrderedProduct | None) -> Portions:
    """Return what a line of the order lets be taken of its product.

    Args:
        line: The line.
        product: The product that it names, for the drops of one that is not described.
    """
    mg = strength(line.strength or "") if line.source is not None else None
    if mg is None and product is not None:
        mg = strength(product.name, in_name=True) if line.source is None else product.product.strength.value
    if line.weight is not None:
        weight, shown = dose(line.weight), dose(line.graduation or "")
        least = shown / weight if weight and shown else None
        return Portions(mg, least, measured=True, liquid=False, weight=weight, discard=bool(line.discard))
    if line.graduation is None:
        return Portions(mg, _PARTS.get(line.split), measured=False, liquid=False, discard=bool(line.discard))
    if "drop" not in line.graduation.lower():
        return Portions(mg, volume(line.graduation), measured=True, liquid=True)
    drops = line.drops_per_ml or (product.product.drops_per_ml if product is not None else None)
    return Portions(mg, Fraction(1, drops) if drops else None, measured=True, liquid=True, drops=True)
