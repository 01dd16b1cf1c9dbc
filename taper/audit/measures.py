"""Measures of published studies, beside the rules of this library, so that others can compare.

No study of the speed of benzodiazepine tapers from claims was found; these are measures of opioid studies, with what
was changed for them named. They are averages over windows, so that they smooth what the rules look at day by day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise
from math import lcm
from typing import NamedTuple

from taper.audit.conventions import Conventions
from taper.quantity import Mg, exact_text

MONTH = 30
FENTON_WINDOWS = 6
FENTON_PART = Fraction(15, 100)
"""A taper is a window 15 % or more below baseline (Fenton 2019, opioids)."""
MONTHLY_BANDS = (
    (Fraction(0), "no fall"),
    (Fraction(1, 10), "up to 10 %"),
    (Fraction(1, 5), "11 to 20 %"),
    (Fraction(3, 10), "21 to 30 %"),
)
"""Bands of the fall from one month to the next (PMC11044711, opioids); above them "over 30 %"."""
CUT_BANDS = ((Fraction(1, 10), "up to 10 %"), (Fraction(1, 4), "10 to 25 %"), (Fraction(1, 2), "25 to 50 %"))


class Measures(NamedTuple):
    """What published studies would say of a person; texts are exact numbers of mg of diazepam equivalent.

    Attributes:
        fenton: Whether any of six overlapping windows is 15 % or more below the first: "taper", "no taper", or empty.
        monthly: Band of the largest fall from one month to the next.
        largest_cut: Band of the largest cut between neighboring doses, the stop not counted.
        cuts: Number of cuts.
        first_cut: Day of the first cut, or None.
        by_days_supply: Total over the sum of the days of supply.
        by_days_covered: Total over the days with supply.
        by_window: Total over the days from the first to the end of the data.
        highest_day: The highest day.
        band_days_supply: Band of the first of these; the others alike.
        band_days_covered: Band of the second.
        band_window: Band of the third.
        band_highest: Band of the fourth.
    """

    fenton: str
    monthly: str
    largest_cut: str
    cuts: int
    first_cut: date | None
    by_days_supply: str
    by_days_covered: str
    by_window: str
    highest_day: str
    band_days_supply: str
    band_days_covered: str
    band_window: str
    band_highest: str


class End(NamedTuple):
    """What is known of the end of a person's supplies, in ordinals.

    Attributes:
        data: The last day of the data.
        seen: The last day of which it is known what was supplied.
        known: Whether all days before are known.
    """

    data: int
    seen: int
    known: bool = True


_NONE = "no equivalence"
NOT_MEASURED = Measures("", _NONE, _NONE, 0, None, "", "", "", "", _NONE, _NONE, _NONE, _NONE)
DOSE_BANDS = ("2.5", "5", "10", "20", "40")


@lru_cache(maxsize=65536)
def band(dose: Mg | None) -> str:
    """Return the band of a dose in mg of diazepam equivalent, by the highest of the tables.

    >>> band(Mg("2.5")), band(Mg(3)), band(Mg(50)), band(None)
    ('up to 2.5 mg', '2.5 to 5 mg', 'above 40 mg', 'no equivalence')
    """
    if dose is None:
        return "no equivalence"
    before = ""
    for edge in DOSE_BANDS:
        if dose <= Mg(edge):
            return f"{before} to {edge} mg" if before else f"up to {edge} mg"
        before = edge
    return f"above {DOSE_BANDS[-1]} mg"


def measures_of(
    spans: Sequence[tuple[int, int]], doses: Sequence[Mg | None], supply_days: int, end: End, conventions: Conventions
) -> Measures:
    """Measure the supplied doses of a person.

    Args:
        spans: First day, and the day after the last, of each level with a dose, as ordinals, in order.
        doses: The diazepam equivalent of each by the highest of the tables; None where no table has a drug.
        supply_days: Sum of the days of supply of all rows.
        end: What is known of the end.
        conventions: The conventions.
    """
    values = [dose.value for dose in doses if dose is not None]
    if len(values) < len(spans):
        return NOT_MEASURED
    curve = Curve(spans, values)
    first = spans[0][0]
    days, seen = max(end.data, spans[-1][1] - 1) - first + 1, end.seen - first + 1
    falls = [
        (before - after, before, start)
        for (before, after), (start, _) in zip(pairwise(curve.values), spans[1:], strict=True)
        if after < before
    ]
    total = curve.between(first, first + days)
    means = [
        (total, curve.unit, supply_days),
        (total, curve.unit, sum(until - since for since, until in spans)),
        (total, curve.unit, days),
        (max(curve.values), curve.unit, 1),
    ]
    return Measures(
        curve.fenton(first, seen, conventions.window) if end.known else "",
        curve.monthly(first, seen) if end.known else "days are unknown",
        _band(max(Fraction(fall, of) for fall, of, _ in falls), CUT_BANDS, "above 50 %") if falls else "none",
        len(falls),
        date.fromordinal(falls[0][2]) if falls else None,
        *(_mean(*mean)[0] for mean in means),
        *(_mean(*mean)[1] for mean in means),
    )


@lru_cache(maxsize=65536)
def _mean(total: int, unit: int, days: int) -> tuple[str, str]:
    if not days:
        return "", "no equivalence"
    mean = Fraction(total, unit * days)
    return exact_text(mean), band(Mg(mean))


def _band(part: Fraction, bands: Sequence[tuple[Fraction, str]], above: str) -> str:
    return next((name for edge, name in bands if part <= edge), above)


class Curve:
    """The daily doses in whole multiples of one unit, so that sums over windows are integers."""

    def __init__(self, spans: Sequence[tuple[int, int]], values: Sequence[Fraction]) -> None:
        self.unit = lcm(*(value.denominator for value in values))
        self.values = [int(value * self.unit) for value in values]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        days = (end - start for start, end in zip(self._starts, self._ends, strict=True))
        sums = accumulate((value * length for value, length in zip(self.values, days, strict=True)), initial=0)
        self._before = list(sums)

    def between(self, start: int, end: int) -> int:
        """Return the sum of the daily doses from a day up to, not including, another."""
        return self._until(end) - self._until(start)

    def _until(self, day: int) -> int:
        """Return the sum of the daily doses before a day."""
        place = bisect_right(self._starts, day) - 1
        if place < 0:
            return 0
        return self._before[place] + self.values[place] * (min(day, self._ends[place]) - self._starts[place])

    def fenton(self, first: int, days: int, window: int) -> str:
        """Return whether one of six overlapping windows is 15 % or more below the first."""
        if days < 2 * window:
            return ""
        if self._is_even(first + days):
            return "no taper"
        base = self.between(first, first + window)
        for number in range(1, FENTON_WINDOWS + 1):
            start = first + number * MONTH
            if start + window > first + days:
                break
            fall = base - self.between(start, start + window)
            if fall * FENTON_PART.denominator >= FENTON_PART.numerator * base:
                return "taper"
        return "no taper"

    def monthly(self, first: int, days: int) -> str:
        """Return the band of the largest fall from one month to the next."""
        if days < 2 * MONTH:
            return "less than two months"
        if self._is_even(first + days):
            return MONTHLY_BANDS[0][1]
        marks = [self._until(day) for day in range(first, first + days + 1, MONTH)]
        sums = [after - before for before, after in pairwise(marks)]
        fall, of = 0, 1
        for before, after in pairwise(sums):
            if (before - after) * of > fall * before:  # a larger part of the month before
                fall, of = before - after, before
        return _band(Fraction(fall, of), MONTHLY_BANDS, "over 30 %")

    def _is_even(self, end: int) -> bool:
        """Return whether there is one dose, on every day up to a day, not including it."""
        return len(self.values) == 1 and self._ends[0] >= end
