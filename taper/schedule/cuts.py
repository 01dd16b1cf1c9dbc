"""The cuts of a schedule: by how much each drug falls from one ordered step to the next.

A weekly pattern counts as its average daily dose, and the stop of a drug is an event of its own: it is marked, and
no "largest cut" speaks of it.
"""

from __future__ import annotations

from fractions import Fraction

from taper.quantity import Mg
from taper.schedule.schedule import Cut, Schedule, cuts_between
from taper.schedule.weekly import shown_steps


def cuts(schedule: Schedule) -> tuple[tuple[Cut, ...], ...]:
    """Return, for each ordered step, the cut of every drug that leads to it; none leads to the first."""
    return tuple(cuts_between(step.averages for step in shown_steps(schedule.steps)))


def number_of_cuts(schedule: Schedule) -> int:
    """Return how many times the doses change, the stop included."""
    return len(schedule.groups) - (schedule.stopped_on is None)


def largest_cut(schedule: Schedule) -> Fraction | None:
    """Return the largest cut as fraction of the dose before it, the stop of each drug left aside.

    Where one drug takes the place of another, neither is reduced, so such a step does not count.

    Returns:
        None if nothing falls but by a stop.
    """
    reductions = [step for step in cuts(schedule) if all(cut.amount > Mg(0) for cut in step)]
    return max((cut.of_current for step in reductions for cut in step if not cut.stops), default=None)
