"""What an order names, as plain numbers: doses, patterns, phases in a row."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from taper.proof.days import NOTHING, Doses, total
from taper.quantity import Mg

if TYPE_CHECKING:
    from taper.order.order import Order
    from taper.order.parts import DailyDoses
    from taper.order.phase import Phase

TIMES = ("morning", "noon", "evening", "bedtime")
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Said = Fraction | Doses
"""A daily dose that the order names, or its doses by time of day."""


class Differs(Exception):  # noqa: N818  # what a schedule says is another thing than what its order does
    """The schedule is not what its order says; the text says where."""


class Unproved(Exception):  # noqa: N818
    """The order says something that is not computed here."""


class Leg(NamedTuple):
    """Phases of one drug, one right after the other."""

    drug: str
    phases: list[Phase]


def said(dose: Mg | DailyDoses | None) -> Said:
    """Return a dose of the order as a number, or as numbers by time of day."""
    if dose is None:
        return NOTHING
    if isinstance(dose, Mg):
        return dose.value
    return {time: given.value for time in TIMES if (given := getattr(dose, time)) is not None}


def times_of(dose: DailyDoses) -> set[str]:
    """Return the times of day that doses of the order name; of a week those of all its days."""
    week = getattr(dose, "weekly", None)
    days = (dose,) if week is None else [getattr(week, day) for day in ("usual", *WEEK)]
    return {time for day in days for time in TIMES if getattr(day, time, None) is not None}


def matches(wanted: Said, taken: Doses) -> bool:
    """Return whether what is taken is what was named."""
    return total(taken) == wanted if isinstance(wanted, Fraction) else taken == wanted


def size(wanted: Said) -> Fraction:
    """Return the daily dose."""
    return wanted if isinstance(wanted, Fraction) else total(wanted)


def patterns_of(phase: Phase) -> list[tuple[Said, ...]]:
    """Return the weekly patterns from Monday on, or the cycles, of a phase."""
    if phase.cycles is not None:
        return [tuple(map(said, cycle)) for cycle in phase.cycles]
    weeks = phase.weekly or ()
    return [
        tuple(said(named if (named := getattr(week, day)) is not None else week.usual) for day in WEEK)
        for week in weeks
    ]


def legs(order: Order) -> Iterator[Leg]:
    """Yield the phases as they follow each other."""
    leg: Leg | None = None
    for phase, drug in zip(order.phase, order.phase_drugs(), strict=True):
        if (
            leg is not None
            and drug == leg.drug
            and not phase.together
            and phase.products == leg.phases[-1].products
            and not any(one.switch_to or one.weekly or one.cycles for one in (phase, leg.phases[-1]))
        ):
            leg.phases.append(phase)
            continue
        if leg is not None:
            yield leg
        leg = Leg(drug, [phase])
    if leg is not None:
        yield leg
