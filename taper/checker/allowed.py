"""How far the order lets a dose fall: the phase in force on a day, for one drug.

Where the order itself leaves the dose open (a change of drug, the daily ups and downs of a pattern),
nothing is compared: a limit that nobody ordered is never made up.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from taper.order.order import Order
from taper.order.phase import Phase, dose_total
from taper.order.terms import Terms
from taper.quantity import NO_MG, Mg
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class OrderedFall:
    """A fall of the daily dose of one drug.

    Attributes:
        drug: The drug.
        start: Its daily dose at the start of the plan, or of its part of the plan.
        before: Daily dose before.
        after: Daily dose after.
        on: First day with the dose after.
    """

    drug: str
    start: Mg
    before: Mg
    after: Mg
    on: date


class Ruling:
    """The phases that rule one drug under some terms.

    Args:
        order: The order.
        terms: The terms.
        drug: The drug.

    Attributes:
        on: First day of the terms.
    """

    def __init__(self, order: Order, terms: Terms, drug: str) -> None:
        self.on = terms.on
        self._order, self._terms = order, terms
        drugs = order.phase_drugs(terms.phase)
        at_phase = terms.event.at_phase if terms.event is not None else None
        begin = at_phase if at_phase is not None and at_phase < len(drugs) and drugs[at_phase] == drug else 0
        phases = [(index, phase) for index, phase in enumerate(terms.phase) if drugs[index] == drug]
        self._phases = [(index >= begin, phase, phase.goal) for index, phase in phases]
        self._half = order.half_saturation
        self._patterned = [phase for index, phase in phases if index >= begin and phase.patterns is not None]

    def lowest(self, fall: OrderedFall) -> Mg | None:
        """Return the lowest daily dose that the order allows after a daily dose.

        Args:
            fall: The fall.

        Returns:
            The dose, or None if the order does not say how far this dose may fall.
        """
        if self._patterned and any(_in_pattern(phase, fall) for phase in self._patterned):
            return fall.after
        above, left_pattern = fall.start, False
        for number, (is_open, phase, goal) in enumerate(self._phases, start=1):
            if is_open:
                if phase.switch_to is not None:
                    return None
                if phase.patterns is not None:
                    if number == len(self._phases):
                        return _of_pattern(phase, fall)
                    left_pattern = True
                elif fall.before > goal:
                    return None if left_pattern else self._of_phase(phase, above, goal, fall)
            above = goal
        return fall.before

    def _of_phase(self, phase: Phase, above: Mg, goal: Mg, fall: OrderedFall) -> Mg | None:
        """Return the lowest dose that a phase allows; `above` is the goal of the one before it."""
        if phase.doses is not None:
            return _typed(phase, above, fall.before)
        if not goal and self._terms.stop_from is not None and fall.before <= self._terms.stop_from:
            return NO_MG
        if phase.finish is not None:  # as gently as the days allow: any lower dose, but no stop
            return goal or (fall.after if fall.after else fall.before)
        assert phase.reduce is not None
        if phase.reduce.points is not None and fall.drug != self._order.drugs[0]:
            return None  # the model of the order is that of its own drug
        return max(fall.before - phase.reduce.allowed(fall.before, fall.start, self._half), goal)


def _doses_on(phase: Phase, day: date) -> set[Mg]:
    """Return the doses that the patterns of a phase have on a day: by its weekday; of a cycle, on any of its days."""
    if phase.weekly is not None:
        return {dose_total(week.days[day.weekday()]) for week in phase.weekly}
    return {dose_total(dose) for cycle in phase.cycles or () for dose in cycle}


def _in_pattern(phase: Phase, fall: OrderedFall) -> bool:
    """Return whether a dose follows another within a pattern, on a day that it is meant for."""
    doses = {dose_total(dose) for days in phase.patterns or () for dose in days}
    return fall.before in doses and fall.after in _doses_on(phase, fall.on)


def _of_pattern(phase: Phase, fall: OrderedFall) -> Mg:
    """Return the lowest dose allowed on a day by a pattern or by the stop after it."""
    listed = _doses_on(phase, fall.on)
    if fall.after in listed or (not fall.after and phase.until is not None):
        return fall.after
    higher = [dose for dose in listed if dose > fall.after]
    return min(*higher, fall.before) if higher else fall.after


def _typed(phase: Phase, above: Mg, dose: Mg) -> Mg:
    """Return the lowest dose that follows a dose in a typed list, or the next lower dose in the list."""
    assert phase.doses is not None
    listed = [above, *(dose_total(each) for each in phase.doses)]
    following = [after for before, after in pairwise(listed) if before == dose and after != dose]
    return min(following) if following else max((d for d in listed if d < dose), default=dose)
