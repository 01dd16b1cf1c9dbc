"""The largest cut that a phase allows: "10% of current, at least 1 mg".

>>> rule = parse_reduction("10% of current, at least 1 mg")
>>> rule.allowed(current=Mg(20), start=Mg(20)), rule.allowed(current=Mg(5), start=Mg(20))
(Mg('2'), Mg('1'))
>>> str(rule)
'10% of current, at least 1 mg'
"""

from __future__ import annotations

import re
from dataclasses import field
from fractions import Fraction
from typing import Literal

from taper.errors import QuantityError, brief
from taper.quantity import Mg, exact_text, parse_mg, parse_percent
from taper.values import dataclass

_WRITTEN = re.compile(
    r"(?P<amount>[^,%]+?%?)(?:\s*\bof\s+(?P<basis>[a-z]+)(?:\s+dose)?)?"
    r"(?:\s*,\s*at\s+least\s+(?P<floor>.+))?\Z",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?P<points>\S+)\s+(?:percentage\s+)?points\s+of\s+occupancy(?:\s*,\s*at\s+least\s+(?P<floor>.+))?\Z",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]+)?)\s*(?:%|percent|per\s+cent)"
    r"(?:\s+of\s+(?:the\s+)?(?P<basis>current|start|original)(?:ing)?(?:\s+dose)?)?(?P<rest>\s*,.*)?\Z",
    re.IGNORECASE,
)
_ROUND = re.compile(r"(?P<to>.+?)(?:\s+above\s+(?P<above>.+))?\Z", re.IGNORECASE)
_HOW = (
    'write "10% of current", "10% of start", "1 mg" or "5 points of occupancy", followed by ", at least 1 mg" if wanted'
)


@dataclass(frozen=True, slots=True)
class Reduction:
    """The largest cut that a phase allows.

    Attributes:
        fraction: Fraction of the basis, or None when the cut is a number of mg.
        basis: The daily dose that the fraction is of: the current or the starting one.
        amount: Cut in mg, or None when it is a fraction.
        points: Fall in modeled receptor occupancy, as a fraction, or None.
        at_least: A cut of this many mg is always allowed, or None.
    """

    fraction: Fraction | None = None
    basis: Literal["current", "start"] = "current"
    amount: Mg | None = None
    at_least: Mg | None = None
    points: Fraction | None = None
    written: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        if sum(kind is not None for kind in (self.fraction, self.amount, self.points)) != 1:
            raise QuantityError(f"a reduction is one of a percentage, a number of mg, or points; {_HOW}")

    def allowed(self, current: Mg, start: Mg, half: Mg | None = None) -> Mg:
        """Return the largest cut allowed at a daily dose.

        Args:
            current: Daily dose before the cut.
            start: Daily dose at the start of the plan.
            half: Daily dose at half of the modeled occupancy; only points of occupancy need it.
        """
        if self.points is not None:
            assert half is not None, "an order with points of occupancy names its model"
            left = current / (current + half) - self.points
            cut = current - half * (left / (1 - left)) if left > 0 else current
        elif self.fraction is not None:
            cut = (current if self.basis == "current" else start) * self.fraction
        else:
            assert self.amount is not None
            cut = self.amount
        return cut if self.at_least is None else max(cut, self.at_least)

    def __str__(self) -> str:
        if self.points is not None:
            text = f"{exact_text(self.points * 100)} points of occupancy"
        else:
            text = str(self.amount) if self.fraction is None else f"{exact_text(self.fraction * 100)}% of {self.basis}"
        return text if self.at_least is None else f"{text}, at least {self.at_least}"


def parse_reduction(text: object) -> Reduction:
    """Read how far one cut may go.

    Raises:
        QuantityError: Not a reduction, no basis for the percentage, or a cut of zero.

    >>> parse_reduction("1 mg").amount
    Mg('1')
    """
    if not isinstance(text, str):
        raise QuantityError(f"{brief(text)} is not a reduction; {_HOW}")
    written = " ".join(text.split()) if len(text) <= 120 else ""
    points = _POINTS.match(written)
    match = points or _WRITTEN.match(written)
    if not match or (not points and not match["amount"].strip().endswith("%") and _SPELLED.match(written)):
        raise QuantityError(f"{text[:60]!r} is not a reduction; {_meant(written)}")
    floor = parse_mg(match["floor"]) if match["floor"] else None
    if floor is not None and not floor:
        raise QuantityError(f'{text!r}: "at least 0 mg" allows nothing; leave it out or name an amount')
    if points:
        return Reduction(points=parse_percent(f"{points['points']}%"), at_least=floor, written=written)
    amount, basis = match["amount"].strip(), (match["basis"] or "").lower()
    if not amount.endswith("%"):
        if basis:
            raise QuantityError(f"{text!r}: only a percentage can be of a dose; {_HOW}")
        cut = parse_mg(amount)
        if not cut:
            raise QuantityError(f"{text!r} is a cut of zero, so the plan would never end; {_HOW}")
        return Reduction(amount=cut, at_least=floor, written=written)
    fraction = parse_percent(amount)
    basis = {"starting": "start", "original": "start"}.get(basis, basis)
    if basis not in ("current", "start"):
        raise QuantityError(f'{text!r} does not say of which dose: write "{amount} of current" or "{amount} of start"')
    of: Literal["current", "start"] = "current" if basis == "current" else "start"
    return Reduction(fraction=fraction, basis=of, at_least=floor, written=written)


def _meant(written: str) -> str:
    """Say how to write a step: a percentage in other words with its own number, else every way there is."""
    spelled = _SPELLED.match(written)
    if spelled is None:
        return _HOW
    basis = (spelled["basis"] or "").lower()
    bases = ("current", "start") if not basis else ("current",) if basis == "current" else ("start",)
    return "write " + " or ".join(f'"{spelled["number"]}% of {of}{spelled["rest"] or ""}"' for of in bases)


@dataclass(frozen=True, slots=True)
class Rounding:
    """Daily doses that a phase prefers where its step allows one.

    Attributes:
        to: Round doses are multiples of this.
        above: Only daily doses above this are to be round.
    """

    to: Mg
    above: Mg = Mg(0)

    def __str__(self) -> str:
        return f"{self.to} above {self.above}" if self.above else str(self.to)


def parse_rounding(text: object) -> Rounding:
    """Read which doses are round.

    Raises:
        QuantityError: Not a number of mg, with a dose above which it counts if wanted, or zero.

    >>> str(parse_rounding("5 mg above 20 mg"))
    '5 mg above 20 mg'
    """
    how = 'write "1 mg", or "5 mg above 20 mg" to leave lower daily doses as the step makes them'
    match = _ROUND.match(" ".join(text.split())) if isinstance(text, str) and len(text) <= 120 else None
    if match is None:
        raise QuantityError(f"{brief(text)} does not say which doses are round; {how}")
    found = Rounding(parse_mg(match["to"]), parse_mg(match["above"] or "0 mg"))
    if not found.to:
        raise QuantityError(f"{brief(text)}: every dose is a multiple of zero; {how}")
    return found
