"""On which day each step begins: intervals, calendar months, weekdays, pauses; and a path through the graph, dated.

Within a phase the days are counted from its anchor (start + n intervals), so months never drift.
A change that is moved, to reach the ordered weekday or by a pause, becomes the new anchor: no step
is ever shorter than ordered.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from taper.errors import OrderError
from taper.interval import Interval
from taper.order.order import Order
from taper.order.parts import on_weekday
from taper.planner.graph import Graph, Node

LONGEST = Interval(months=120)


@lru_cache(maxsize=256)
def latest(start: date) -> date:
    """Return the day up to which a plan may last that begins on a day."""
    return LONGEST.after(start)


class Moment(NamedTuple):
    """The beginning of a step.

    Attributes:
        day: First day of the step.
        anchor: Day from which the phase counts.
        intervals: Intervals from the anchor to the day.
    """

    day: date
    anchor: date
    intervals: int = 0


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
        nominal = ordered or order.phase[phase].every.after(here.anchor, here.intervals + 1)
        day = self._weekday(nominal)
        for hold in self._holds:
            if here.day <= hold.on < day:  # also in the days that were added to reach the weekday
                day = self._weekday(hold.length.after(day))
        if day == ordered and order.counted is not None:
            return Moment(day, *order.counted)
        if day != nominal or ordered is not None:
            return Moment(day, day)
        return Moment(day, here.anchor, here.intervals + 1)

    def moments(self, count: int) -> list[Moment]:
        """Return the beginnings of the first step and of so many after it, all in the first phase."""
        moments = [self.start]
        for _ in range(count):
            moments.append(self.next(moments[-1], 0))
        return moments

    def _weekday(self, day: date) -> date:
        return day if self._order.change_on is None else on_weekday(day, self._order.change_on)


class Dated(NamedTuple):
    """A node and the moment at which its step begins."""

    node: Node
    moment: Moment


def entering(here: Node, after: Node, moment: Moment) -> Moment:
    """Start counting anew where a cut ends one phase and the next begins."""
    return moment if after.phase == here.phase else Moment(moment.day, moment.day)


def end_of_last(graph: Graph, timeline: Timeline, here: Dated) -> date:
    """Return the day after the last step: the stop itself, or one interval of a maintenance dose.

    Where more phases follow, the last step is the first one of theirs, and no day of it counts here.
    """
    if not sum(here.node.regimen) or graph.end < len(graph.order.phase):
        return here.moment.day
    return timeline.next(here.moment, len(graph.order.phase) - 1).day


def refuse_too_long(order: Order, day: date, field: str, cuts: int | None = None) -> None:
    """Raise if a plan goes beyond ten years.

    Args:
        order: The order.
        day: Day after the last one.
        field: What makes it so long.
        cuts: How many cuts it needs, where that says more.
    """
    if day > latest(order.start):
        needs = "" if cuts is None else f"needs {cuts} cuts and "
        raise OrderError(
            f"the plan {needs}lasts beyond {latest(order.start)}, more than ten years; order a larger step, "
            "a shorter interval, or a higher goal",
            field=field,
        )
