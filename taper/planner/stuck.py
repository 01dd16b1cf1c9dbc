"""The error when no plan exists: where it is stuck, and which changes to the order would work."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import islice

from taper.errors import StuckError, TaperError
from taper.order.order import Order
from taper.planner.graph import Graph
from taper.planner.grid import product_names
from taper.planner.ways import Way, ways
from taper.quantity import Mg, percent_text, short_text, shown
from taper.schedule.cuts import largest_cut, number_of_cuts
from taper.schedule.schedule import Schedule

_SHOWN = 3
_SHOWN_OF_LEG = 6  # a part of a plan is no order of a file, so no command lists the rest
_KEEPING = 2  # at most so many of them keep the step, so that an "at least" is seen too
_TRIED = 4  # ways, where times of day take turns and a plan can take seconds
_NO_WAY = " No single change of step size, split, last dose or product helps; change two things at once."


def explain(graph: Graph, attempt: Callable[[Order], Schedule], *, whole: bool = True) -> StuckError:
    """Return the error for an order that cannot reach its goal.

    Args:
        graph: The search, after it found no way.
        attempt: Plans a changed order, so that each way out is shown with what it leads to.
        whole: Whether the order is that of a file, of which `taper options` lists all ways.
    """
    node = max(graph.depth, key=lambda n: (n.phase, n.typed, -sum(n.regimen)))
    step, phase = graph.depth[node] + 1, graph.order.phase[node.phase]
    now, target = graph.mg(sum(node.regimen)), graph.target(node)
    assert target is not None, "any lower dose is allowed where a finish date is ordered"
    lower = [graph.mg(total) for total in graph.spread.totals(node.regimen) if graph.mg(total) < target]
    below = lower[-1] if lower else Mg(0)
    limit = (now - target) / now
    cut = f"{percent_text((now - below) / now, unlike=limit)} of {shown(now)}" if below else "the stop, a cut of 100%"
    offered = islice(ways(graph.order, stuck=True), _TRIED if graph.takes_turns else None)
    found = [(way, schedule) for way in offered if (schedule := _attempt(attempt, way)) is not None]
    found.sort(key=lambda entry: (entry[0].rank, *gentleness(entry[1])))
    first = _first(found, _SHOWN if whole else _SHOWN_OF_LEG)
    listed = "".join(f"\n  - {way.text}: {consequence(schedule)}" for way, schedule in first)
    if len(found) > len(first):
        listed += f"\n  and {len(found) - len(first)} more{': taper options FILE' if whole else ''}"
    return StuckError(
        f"step {step} is stuck at {shown(now)} a day: {phase.reduce} allows a cut to {shown(target)}, but of the "
        f"doses that {product_names(graph.order)} make, the one just above that is {shown(now)} itself (no cut) "
        f"and the one just below is {_told(below, target)} ({cut})."
        + (f" Each of these changes was planned and reaches {graph.order.goal}:{listed}" if found else _NO_WAY),
        step=step,
        ways_out=tuple(way.text for way, _ in found),
        ways=tuple(way for way, _ in found),
        field=f"phase[{node.phase}].reduce",
    )


def _told(dose: Mg, target: Mg) -> str:
    """Write a makeable dose so that it is told from the target that it is below."""
    return f"{short_text(dose.value, unlike=target.value)} mg"


def consequence(schedule: Schedule) -> str:
    """Summarize a schedule: number of cuts, end, and largest cut."""
    last = schedule.steps[-1]
    end = (
        f"{shown(last.total)} reached {last.start}" if schedule.stopped_on is None else f"stopped {schedule.stopped_on}"
    )
    cuts = number_of_cuts(schedule)
    largest = largest_cut(schedule)
    if largest is None:
        return f"{cuts} cuts, {end}, none but the stop"
    return f"{cuts} cuts, {end}, largest cut {percent_text(largest)} of the dose before it"


def gentleness(schedule: Schedule) -> tuple[Fraction, int]:
    """Return by what schedules are ranked: the smaller the largest cut, then the later the end, the better.

    Where nothing falls but by a stop, that stop is the largest cut.
    """
    largest = largest_cut(schedule)
    return Fraction(1) if largest is None else largest, -schedule.steps[-1].end.toordinal()


def _attempt(attempt: Callable[[Order], Schedule], way: Way) -> Schedule | None:
    try:
        return attempt(way.order)
    except TaperError:  # it reaches the goal, but for example not within ten years
        return None


def _first(found: list[tuple[Way, Schedule]], number: int) -> list[tuple[Way, Schedule]]:
    """Return the first in their order, but no more than two that keep the step where another way is left."""
    others = [entry for entry in found if entry[0].rank]
    keeping = [entry for entry in found if not entry[0].rank]
    return (keeping[: max(_KEEPING, number - len(others))] + others)[:number]
