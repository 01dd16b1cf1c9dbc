"""On which day each step begins: intervals, calendar months, weekdays, pauses.

Within a phase the days are counted from its anchor (start + n intervals), so months never drift.
A change that is moved, to reach the ordered weekday or by a pause, becomes the new anchor: no step
is ever shorter than ordered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from taper.order.order import Order
from taper.order.parts import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Moment:
    """The beginning of a step.

    Attributes:
        day: First day of the step.
        anchor: Day from which the phase counts.
        count: Intervals from the anchor to the day.
    """

    day: date
    anchor: date
    count: int = 0


class Timeline:
    """The days of an order's steps."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._holds = sorted(order.hold, key=lambda hold: hold.on)
        self.start = Moment(order.start, order.start)

    def next(self, here: Moment, phase: int) -> Moment:
        """Return the beginning of the step after `here`.

        Args:
            here: The beginning of a step, anchored where its phase began.
            phase: The phase whose cut ends that step.
        """
        order = self._order
        ordered = order.first_cut if here.day == order.start else None
        nominal = ordered or order.phase[phase].every.after(here.anchor, here.count + 1)
        day = self._weekday(nominal)
        for hold in self._holds:
            if here.day <= hold.on < day:  # also in the days that were added to reach the weekday
                day = self._weekday(hold.length.after(day))
        if day == ordered and order.counted is not None:
            return Moment(day, *order.counted)
        if day != nominal or ordered is not None:
            return Moment(day, day)
        return Moment(day, here.anchor, here.count + 1)

    def _weekday(self, day: date) -> date:
        """Return the ordered day of the week, on or after a day."""
        if self._order.change_on is None:
            return day
        return day + timedelta(days=(WEEKDAYS.index(self._order.change_on) - day.weekday()) % 7)
