"""The level of a drug as a named model, from its published half-lives: never a measured fact.

One compartment, first order: of what is there, half is gone after each half-life. Levels are given as the daily dose
that would hold them, to be read on the same axis as the dose; the dose of a day is taken as spread over it. What
sources print differs, so a drug has the shortest and the longest half-life that was read; active metabolites are not
in the level.

>>> found = half_lives_of("diazepam")
>>> found.low, found.high, found.metabolites
(Fraction(20, 1), Fraction(100, 1), (Fraction(36, 1), Fraction(200, 1)))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from taper.catalog.substances import HalfLife, drugs
from taper.quantity import Mg
from taper.source import Source
from taper.values import dataclass

# decimals of a fixed length: a level is a modeled place on a chart, and the same everywhere
_EXACT = Context(prec=30, rounding=ROUND_HALF_EVEN)
_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class HalfLives:
    """The published half-lives of a drug, in hours.

    Attributes:
        low: The shortest of the drug itself.
        high: The longest of the drug itself.
        sources: Where they are printed.
        metabolites: The shortest and the longest of its active metabolites; empty if none was read.
    """

    low: Fraction
    high: Fraction
    sources: tuple[Source, ...]
    metabolites: tuple[Fraction, ...] = ()


def half_lives_of(drug: str) -> HalfLives | None:
    """Return what was read of a drug; None where no number of the drug itself was.

    >>> half_lives_of("clorazepate") is None  # a source says that it is a prodrug, and none prints a number
    True
    """
    known = drugs().get(drug)
    rows = known.half_lives if known is not None else ()
    own = [row for row in rows if row.of == "parent" and row.low is not None]
    if not own:
        return None
    spans = [limit for row in rows if row.of == "metabolite" for limit in _limits(row)]
    limits = [limit for row in own for limit in _limits(row)]
    sources = tuple(dict.fromkeys(row.source for row in own))
    return HalfLives(min(limits), max(limits), sources, (min(spans), max(spans)) if spans else ())


def _limits(row: HalfLife) -> tuple[Fraction, ...]:
    return tuple(limit for limit in (row.low, row.high) if limit is not None)


def levels(doses: Iterable[Mg], half_life: Fraction) -> Iterator[Fraction]:
    """Yield the modeled level at the start of each day and at the end of the last, as the daily dose that holds it.

    Args:
        doses: The dose of each day; that of the first day is taken as taken long enough for a steady level.
        half_life: In hours.

    >>> held = [Mg(8)] * 2
    >>> list(map(str, levels([*held, Mg(0), Mg(0)], Fraction(24))))
    ['8', '8', '8', '4', '2']
    """
    kept = _EXACT.power(Decimal(2), _EXACT.divide(_decimal(Fraction(-_HOURS_A_DAY)), _decimal(half_life)))
    gone = _EXACT.subtract(Decimal(1), kept)
    level: Decimal | None = None
    for dose in doses:
        taken = _decimal(dose.value)
        if level is None:
            level = taken
            yield Fraction(level)
        level = _EXACT.add(_EXACT.multiply(level, kept), _EXACT.multiply(taken, gone))
        yield Fraction(level)


def _decimal(value: Fraction) -> Decimal:
    return _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
