"""A schedule as plain facts: runs of days, and what is taken on each of them, in whole fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from taper.schedule.regimen import Item
    from taper.schedule.schedule import Schedule

Unit = str
"""``pieces`` or ``mL``."""


class Taken(NamedTuple):
    """One drug at one time of day.

    Attributes:
        time: Time of day: ``morning``, ``noon``, ``evening`` or ``bedtime``.
        drug: The drug; empty in a claim that does not name it.
        mg: Its dose; None in a claim that does not say it.
        items: How much of each product: its name, ``pieces`` or ``mL``, and the number; None in a claim that does not
            say it.
    """

    time: str
    drug: str
    mg: Fraction | None
    items: tuple[tuple[str, Unit, Fraction], ...] | None = None


class Run(NamedTuple):
    """Days on which the same is taken.

    Attributes:
        start: First day.
        end: Last day.
        taken: What is taken on each; nothing where the drug is not taken.
    """

    start: date
    end: date
    taken: tuple[Taken, ...]


def item_of(item: Item) -> tuple[str, Unit, Fraction]:
    """Return how much of a product is taken; no pieces where a record names none."""
    if item.volume is not None:
        return item.product, "mL", item.volume.value
    return item.product, "pieces", Fraction(0) if item.count is None else item.count.value


def runs_of(schedule: Schedule) -> tuple[Run, ...]:
    """Return what a schedule says, without times at which nothing is taken."""
    return tuple(
        Run(
            step.start,
            step.end,
            tuple(
                Taken(
                    intake.time,
                    intake.drug,
                    intake.dose.value,
                    tuple(map(item_of, intake.items)),
                )
                for intake in step.intakes
                if intake.dose.value or intake.items
            ),
        )
        for step in schedule.steps
    )
