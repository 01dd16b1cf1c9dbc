"""The plain facts in the text of a dosage, to be compared with its fields.

Only a text that was understood whole gives facts: "5 times a day, with care" is not "a day". Each fact is
independent: one that the text does not give, or gives twice, is None.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from taper.exchange.product_name import strength_in
from taper.exchange.sig.read import SigDose, read_sig
from taper.order.parts import TimeOfDay
from taper.quantity import Mg
from taper.values import dataclass

T = TypeVar("T")
_PIECES = frozenset({"tablet", "capsule", "film", "piece"})


@dataclass(frozen=True, slots=True)
class DosageFacts:
    """Facts of a text; None where the text does not give them clearly.

    Attributes:
        count: Tablets or capsules at a time.
        dose: mg at a time.
        often: Times a day.
        days: Number of days.
        stops: Whether it says that the drug is stopped then.
        if_needed: Whether it is to be taken only when needed; also known of a text that was not understood whole.
        whole: Whether all of the text was understood.
        strength: mg in one piece, where the words name it.
        times: Times of day, where the words name one for every dose.
        uneven: Whether the doses of a day differ, so that no one count or dose stands for all of them.
    """

    count: Fraction | None = None
    dose: Mg | None = None
    often: int | None = None
    days: int | None = None
    stops: bool = False
    if_needed: bool = False
    whole: bool = False
    strength: Mg | None = None
    times: frozenset[TimeOfDay] | None = None
    uneven: bool = False


@lru_cache(maxsize=4096)
def plain_facts(text: str) -> DosageFacts:
    """Read the plain facts in the text of a dosage.

    >>> facts = plain_facts("EIGHT (8) tablets to be taken DAILY for two days. Take with food.")
    >>> facts.count, facts.often, facts.days, facts.whole
    (Fraction(8, 1), 1, 2, True)
    >>> plain_facts("Take 2 tablets daily for 3 days, then 1 tablet daily").count is None
    True
    """
    reading = read_sig(text)
    if_needed = any(dose.as_needed for part in reading.parts for dose in part.doses)
    if not reading.complete:
        return DosageFacts(if_needed=if_needed)
    if len(reading.parts) != 1:
        return DosageFacts(stops=reading.stops, if_needed=if_needed, whole=True)
    (part,) = reading.parts
    if len({dose.weekdays for dose in part.doses}) > 1:
        return DosageFacts(days=part.days, stops=reading.stops, whole=True)
    often = [
        dose.per_day for dose in part.doses if dose.per_day is not None and dose.every_days == 1 and not dose.weekdays
    ]
    return DosageFacts(
        _one({_count(dose) for dose in part.doses}),
        _one({dose.dose for dose in part.doses}),
        sum(often) if often and len(often) == len(part.doses) else None,
        part.days,
        reading.stops,
        if_needed,
        True,
        _one({_strength(dose) for dose in part.doses}),
        frozenset(at for dose in part.doses for at in dose.times) if all(dose.times for dose in part.doses) else None,
        len({(dose.amounts, dose.dose) for dose in part.doses}) > 1,
    )


def _one(values: set[T | None]) -> T | None:
    return next(iter(values)) if len(values) == 1 else None


def _count(dose: SigDose) -> Fraction | None:
    if len(dose.amounts) != 1 or dose.amounts[0].noun not in _PIECES or dose.amounts[0].count is None:
        return None
    return dose.amounts[0].count.value


def _strength(dose: SigDose) -> Mg | None:
    """Return the strength that the words name for the one product of a dose."""
    if len(dose.amounts) != 1 or dose.amounts[0].noun not in _PIECES:
        return None
    (amount,) = dose.amounts
    return amount.strength or (strength_in(amount.name)[0] if amount.name else None)
