"""How far a dose falls: the values that rules compare, and how doses of different drugs are converted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from taper.catalog import EquivalenceTable
from taper.checker.texts import say
from taper.quantity import Mg, ratio
from taper.schedule.curve import Doses, Level
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import WEEK
from taper.source import Source

REFERENCE_DRUG = "diazepam"
NO_VALUE = say("no value")


class Fall(NamedTuple):
    """How far the dose falls from one level to another.

    Attributes:
        fraction: Part of the dose before; negative if it rises.
        diazepam: Fall in mg of diazepam equivalent by the strictest chosen table; None if no table
            has the drug.
        table: Title of the table by which different drugs were compared; empty for one drug.
    """

    fraction: Fraction
    diazepam: Fraction | None
    table: str = ""


class Change(NamedTuple):
    """A change between two neighboring doses, neither of them zero; a weekly pattern counts as its average.

    Attributes:
        before: The level before.
        after: The level after.
        fall: How far the dose falls; None if the drugs cannot be compared.
    """

    before: Level
    after: Level
    fall: Fall | None


class Stop(NamedTuple):
    """The end of all drugs.

    Attributes:
        last: The last dose held, which may be the average of a weekly pattern.
        on: First day without.
    """

    last: Level
    on: date


def stated_stop(schedule: Schedule, last: date) -> date | None:
    """Return the stop that a record has as such, on a day of its own; not one told from its days of zero.

    Args:
        schedule: The record.
        last: Its last day with a dose.
    """
    stop = schedule.stopped_on
    if stop is None or stop <= last or any(step.start <= stop <= step.end for step in schedule.steps):
        return None
    return stop


def ends_on_a_day_off(levels: Sequence[Level], last: Level, zeros: Sequence[Level]) -> bool:
    """Return whether a record ends with days off as it had less than a week before, which is no stop.

    Args:
        levels: The daily levels of the record.
        last: Its last level with a dose.
        zeros: The levels of zero after that.
    """
    days = sum(level.days for level in zeros)
    if days >= WEEK:
        return False
    off = [level for level in levels if not level.doses and level.days >= days and level.end < last.start]
    return bool(off) and (zeros[0].start - off[-1].end).days <= WEEK


class FirstPass(NamedTuple):
    """What a rule of the second pass looks at.

    Attributes:
        applied: Codes of the rules that were applied.
        found: Codes of their findings.
    """

    applied: tuple[str, ...]
    found: frozenset[str]


def one_drug_fall(before: Mg, after: Mg, factor: Fraction | None) -> Fall:
    """Return the fall of one drug, in integers because each rule asks for many.

    Args:
        before: Its dose before, above zero.
        after: Its dose after.
        factor: Mg of diazepam that 1 mg of it is equal to; None if no table has it.

    >>> one_drug_fall(Mg(20), Mg(18), Fraction(1, 2))
    Fall(fraction=Fraction(1, 10), diazepam=Fraction(1, 1), table='')
    """
    (dose, dose_of), (rest, rest_of) = before.value.as_integer_ratio(), after.value.as_integer_ratio()
    fall = dose * rest_of - rest * dose_of
    fraction = ratio(fall, dose * rest_of)
    if factor is None:
        return Fall(fraction, None)
    mg, mg_of = factor.as_integer_ratio()
    return Fall(fraction, ratio(fall * mg, dose_of * rest_of * mg_of))


def exceeds(value: Fraction, limit: Fraction) -> bool:
    """Return whether a value is larger than a limit: the same as `>`, in a third of the time.

    >>> exceeds(Fraction(1, 3), Fraction(1, 4)), exceeds(Fraction(1, 4), Fraction(1, 4))
    (True, False)
    """
    (part, whole), (limit_part, limit_whole) = value.as_integer_ratio(), limit.as_integer_ratio()
    return part * limit_whole > limit_part * whole


def convert(table: EquivalenceTable, doses: Doses) -> tuple[Mg, Mg] | None:
    """Return the lowest and highest diazepam equivalent by one table; None if it lacks a drug.

    Diazepam counts as itself in every table, even if the table does not print it.
    """
    low = high = Mg(0)
    for drug, dose in doses:
        value = (dose, dose) if drug == REFERENCE_DRUG else table.diazepam_mg(drug, dose)
        if value is None:
            return None
        low, high = low + value[0], high + value[1]
    return low, high


def rows_of(tables: Sequence[EquivalenceTable], drugs: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources of the rows of some tables for some drugs."""
    rows = [table.row(drug) for table in tables for drug in drugs]
    return tuple(dict.fromkeys(row.source for row in rows if row is not None))
