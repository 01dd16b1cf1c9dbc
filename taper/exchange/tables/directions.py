"""The directions of a label, held against its product: so many pieces or mL on which of so many days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from taper.checker.texts import say
from taper.checker.wording import dose_text
from taper.exchange.medicine import Medicine, medicine as named
from taper.exchange.sig.read import SigDose, SigPart, read_sig
from taper.interval import Interval
from taper.message import Message
from taper.quantity import Mg, exact_text

_PIECES = frozenset({"tablet", "capsule", "film", "piece"})


class Stretch(NamedTuple):
    """What is taken over some days.

    Attributes:
        daily: Pieces or mL on a day on which it is taken.
        every: Days from one such day to the next.
        days: Number of days; None where the text does not say.
        months: Number of calendar months, where the text says that.
    """

    daily: Fraction
    every: int = 1
    days: int | None = None
    months: int | None = None

    @property
    def amount(self) -> Fraction:
        """Pieces or mL over its days."""
        assert self.days is not None
        return self.daily * -(-self.days // self.every)


class Directions(NamedTuple):
    """Directions as far as they say how much of a product is taken.

    Attributes:
        stretches: What is taken, one after the other; empty where the words do not say it plainly.
        stops: Whether the drug is stopped afterwards.
        differs: How the words contradict the product: what they say, and the two numbers; empty if they do not.
    """

    stretches: tuple[Stretch, ...] = ()
    stops: bool = False
    differs: tuple[Message, str, str] | None = None

    @property
    def by_months(self) -> bool:
        """Whether its days depend on the first of them."""
        return any(stretch.months is not None for stretch in self.stretches)

    def dated(self, start: date) -> Directions:
        """Return the directions with months in days, counted from a first day."""
        found: list[Stretch] = []
        for stretch in self.stretches:
            end = start
            if stretch.months is not None:
                end = Interval(months=stretch.months).after(start)
            elif stretch.days is not None:
                end = start + timedelta(stretch.days)
            found.append(stretch._replace(days=(end - start).days or None, months=None))
            start = end
        return self._replace(stretches=tuple(found))


@lru_cache(maxsize=8192)
def directions(sig: str, medicine: Medicine) -> Directions:
    """Read directions for a product; nothing of a text that is not understood whole, or that is for "as needed".

    >>> from taper.exchange.medicine import medicine
    >>> found = directions("Take 1 tablet daily for 7 days, then 1/2 tablet daily", medicine("diazepam 5 mg tablets"))
    >>> [(str(stretch.daily), stretch.days) for stretch in found.stretches]
    [('1', 7), ('1/2', None)]
    """
    reading = read_sig(sig)
    if not reading.complete or medicine.strength is None or any(part.start is not None for part in reading.parts):
        return Directions()
    stretches: list[Stretch] = []
    for part in reading.parts:
        counted = [_counted(dose, medicine) for dose in part.doses]
        differs = next((one for one in counted if isinstance(one, tuple)), None)
        if differs is not None:
            return Directions(differs=differs)
        stretch = _stretch(part, [one for one in counted if isinstance(one, Fraction)])
        if stretch is None:
            return Directions()
        stretches.append(stretch)
    return Directions(tuple(stretches), reading.stops)


def _stretch(part: SigPart, counts: Iterable[Fraction]) -> Stretch | None:
    counts = list(counts)
    every = {dose.every_days for dose in part.doses}
    if len(counts) != len(part.doses) or len(every) != 1 or any(dose.weekdays for dose in part.doses):
        return None
    return Stretch(sum(counts, Fraction(0)), every.pop(), part.days, part.months)


def _counted(dose: SigDose, medicine: Medicine) -> Fraction | tuple[Message, str, str] | None:
    """Return the pieces or mL of an intake day, None if that is not plain, or how the words differ from the product."""
    assert medicine.strength is not None
    often = dose.per_intake_day
    if dose.as_needed or often is None or len(dose.amounts) > 1:
        return None
    if not dose.amounts:
        return None if dose.dose is None else dose.dose / medicine.strength * often
    (amount,) = dose.amounts
    if amount.name:
        told = named(amount.name)
        numbered = told.strength is not None or re.search(r"\d", amount.name)
        if told.drug != medicine.drug or (numbered and (told.strength is None or told.liquid != medicine.liquid)):
            return None  # another product, or no product at all
        if told.strength is not None and told.strength != medicine.strength:
            return _differs("strength", told.strength, medicine.strength)
    if medicine.liquid:
        count = amount.volume.value if amount.volume is not None else None
    else:
        count = amount.count.value if amount.noun in _PIECES and amount.count is not None else None
    if count is None:
        return None
    if amount.strength is not None and amount.strength != medicine.strength:
        return _differs("strength", amount.strength, medicine.strength)
    if dose.dose is not None and dose.dose != medicine.strength * count:
        return _differs("dose", dose.dose, medicine.strength * count)
    return count * often


def _differs(what: str, said: Mg, known: Mg) -> tuple[Message, str, str]:
    return (
        say(f"remark.directions.{what}", said=dose_text(said), held=dose_text(known)),
        exact_text(said.value),
        exact_text(known.value),
    )
