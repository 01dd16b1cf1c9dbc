"""What the two planners share: a path through the search, its dates, and the work of its days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from taper.errors import OrderError
from taper.interval import Interval
from taper.planner.graph import Graph, Node
from taper.planner.timeline import Moment, Timeline

LONGEST = Interval(months=120)

Work = tuple[int, int, int]
"""Days of split pieces, of units, of products: compared in this order."""


class Dated(NamedTuple):
    """A node and the moment at which its step begins."""

    node: Node
    moment: Moment


def entering(here: Node, after: Node, moment: Moment) -> Moment:
    """Start counting anew where a cut ends one phase and the next begins."""
    return moment if after.phase == here.phase else Moment(moment.day, moment.day)


def cut_fraction(here: Node, after: Node) -> Fraction:
    """Return a cut as fraction of the dose before it; the final stop does not count and is -1."""
    now, then = sum(here.regimen), sum(after.regimen)
    return Fraction(now - then, now) if then else Fraction(-1)


def work(graph: Graph, node: Node, days: int) -> Work:
    """Return the handling of a regimen over a number of days."""
    works = [graph.makeable.handling[place] for place in node.regimen]
    return (
        days * sum(w.splits for w in works),
        days * sum(w.units for w in works),
        days * sum(w.products for w in works),
    )


def plus(one: Work, other: Work) -> Work:
    """Add two amounts of handling."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def end_of_last(graph: Graph, timeline: Timeline, here: Dated) -> date:
    """Return the day after the last step: the stop itself, or one interval of a maintenance dose.

    Where more phases follow, the last step is the first one of theirs, and no day of it counts here.
    """
    if not sum(here.node.regimen) or graph.end < len(graph.order.phase):
        return here.moment.day
    return timeline.next(here.moment, len(graph.order.phase) - 1).day


def refuse_too_long(graph: Graph, day: date, phase: int, cuts: int) -> None:
    """Raise if a plan goes beyond ten years."""
    latest = LONGEST.after(graph.order.start)
    if day > latest:
        raise OrderError(
            f"the plan needs {cuts} cuts and lasts beyond {latest}, more than ten years; "
            "order a larger step, a shorter interval, or a higher goal",
            field=f"phase[{phase}].every",
        )
