"""The course of a plan: what is taken of each drug from which day on, and which phase rules what comes next.

The phases of an order are cut into legs: neighboring phases of one drug, a weekly pattern, a switch to another
drug. A leg of one drug is planned by the exact search; the others follow what the clinician wrote. The legs run
one after the other, or side by side where the order says so, and every drug that no leg touches is held.

The same is done for the rest of a plan after a revision: from the doses on the day before it, and from the phase
that was in force then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from taper.errors import OrderError
from taper.order.order import Order
from taper.order.parts import TIMES
from taper.order.phase import Phase
from taper.order.terms import Terms
from taper.planner.leg_order import made
from taper.planner.legs import PLANNERS, Leg, Scene
from taper.planner.path import LONGEST
from taper.planner.track import Pattern, Point, Start
from taper.quantity import Mg
from taper.schedule.schedule import ONE_DAY, Intake, Schedule, Step


@dataclass(frozen=True, slots=True)
class Course:
    """What is taken of each drug, from the first day of a plan to its end.

    Attributes:
        tracks: The points of each drug, in order of days.
        end: Day after the last one.
        terms: What is in force at the end of the history.
        first: Daily dose of each drug from which its percentages "of start" count.
        before: The course before the last revision that still counts; None if there is none.
    """

    tracks: Mapping[str, tuple[Point, ...]]
    end: date
    terms: Terms
    first: Mapping[str, Mg]
    before: Course | None = None

    def at(self, drug: str, day: date) -> Point | None:
        """Return what is taken of a drug on a day; None before it was ever taken."""
        return next((point for point in reversed(self.tracks.get(drug, ())) if point.day <= day), None)


def base(order: Order, terms: Terms) -> Course:
    """Plan an order as it was first written.

    Args:
        order: The order; its history is left aside.
        terms: What is in force at the beginning.
    """
    patterns: dict[str, Pattern] = {order.drugs[0]: (order.current.by_time(),)}
    for name, other in zip(order.drugs[1:], order.other, strict=False):
        patterns[name] = (other.current.by_time(),)
    first = {drug: sum(pattern[0].values(), Mg(0)) for drug, pattern in patterns.items()}
    course = follow(order, terms, order.start, patterns, (Start(0, next=order.first_cut),), first)
    for index, hold in enumerate(order.hold):
        if hold.on >= course.end:
            raise OrderError(
                f"{hold.on} is after the last day of the plan, {course.end - ONE_DAY}; nothing is left to hold",
                field=f"hold[{index}].on",
            )
    if all(len(points) == 1 for points in course.tracks.values()):
        raise OrderError("the plan has no cut: its only dose is today's; add the doses that follow", field="phase")
    return course


def follow(
    order: Order,
    terms: Terms,
    day: date,
    patterns: Mapping[str, Pattern],
    starts: tuple[Start, ...],
    first: Mapping[str, Mg],
    over: Collection[int] = (),
) -> Course:
    """Plan phases from a day on.

    Args:
        order: The order, for what no revision changes.
        terms: What is in force: phases, products, policies.
        day: First day.
        patterns: What is taken on it of each drug.
        starts: The phases that are under way; those behind the last of them follow.
        first: Daily dose of each drug from which its percentages "of start" count, where it is known.
        over: Places of phases that ended while others that began with them go on.
    """
    legs = [(leg, start) for leg, start in _legs(order, terms.phases, starts) if leg.first not in over]
    under_way = {leg.drug for leg, start in legs if start is not None}
    tracks: dict[str, list[Point]] = {
        drug: [Point(day, made(order, terms, drug, pattern), len(terms.phases))]
        for drug, pattern in patterns.items()
        if any(pattern) and drug not in under_way
    }
    known, begin, reached = dict(first), day, day
    last = terms.phases[-1].every.after(day)
    for position, (leg, start) in enumerate(legs):
        if position and start is None and not leg.phases[0].together:
            begin = reached
        if start is not None and any(point.day > day for point in tracks.get(leg.drug, ())):
            raise OrderError(
                f"{leg.drug} is already changed by a phase before this one; name the phases from now on for each drug",
                field=f"phase[{leg.first}]",
            )
        pattern = tracks[leg.drug][-1].pattern if leg.drug in tracks else patterns.get(leg.drug, ())
        if not any(pattern):
            raise OrderError(
                f"{leg.drug} is not taken when this phase begins, so there is nothing to reduce",
                field=f"phase[{leg.first}]",
            )
        if leg.kind != "switch":
            known.setdefault(leg.drug, max(sum(day.values(), Mg(0)) for day in pattern))
        scene = Scene(
            order, terms, leg, start or Start(leg.first, held=begin), begin, pattern, known.get(leg.drug), plain
        )
        planned = PLANNERS[leg.kind](scene, tracks)
        for drug, points in planned.tracks.items():
            tracks[drug] = _joined(tracks.get(drug, []), points)
        reached = max(reached, planned.reached) if position else planned.reached
        last = max(last, planned.last) if position else planned.last
    if last <= reached and any(any(points[-1].taken) for points in tracks.values()):
        last = terms.phases[-1].every.after(reached)  # one drug stops and another one stays
    latest = LONGEST.after(order.start)
    if last > latest:
        raise OrderError(
            f"the plan lasts beyond {latest}, more than ten years; order a larger step, a shorter interval, "
            "or a higher goal",
            field="phase",
        )
    return Course({drug: tuple(points) for drug, points in tracks.items()}, last, terms, known)


def _joined(before: list[Point], points: list[Point]) -> list[Point]:
    """Add the points of a leg to those before it; a dose that goes on is one point, ruled by the leg."""
    kept = [point for point in before if point.day < points[0].day] or before[:0]
    if kept and kept[-1].taken == points[0].taken:
        began = points[0].ruled or points[0].day
        points = [replace(points[0], day=kept[-1].day, target=kept[-1].target, ruled=began), *points[1:]]
        kept.pop()
    return [*kept, *points]


def steps(order: Order, course: Course) -> tuple[Step, ...]:
    """Write a course out as steps: a new one wherever something changes; of a weekly pattern one for each run."""
    days = sorted({point.day for points in course.tracks.values() for point in points if point.day < course.end})
    found: list[Step] = []
    for number, (start, after) in enumerate(pairwise([*days, course.end])):
        here = {drug: point for drug in order.drugs if (point := course.at(drug, start)) is not None}
        taken = {drug: point for drug, point in here.items() if any(point.taken)}
        only = next(iter(taken.values())) if len(taken) == 1 else None
        target = only.target if only is not None and only.day == start else None
        if not taken:
            break  # the stop: no step of its own
        weekly = any(len(point.taken) > 1 for point in taken.values())
        for first, end, intakes in _runs(start, after - ONE_DAY, tuple(taken.values())):
            if weekly:
                target = sum((intake.dose for intake in intakes), Mg(0)) if only is not None else None
            found.append(Step(number, first, end, intakes, target))
    return tuple(found)


def stopped_on(course: Course) -> date | None:
    """Return the first day without any drug, or None if the course stays on a dose."""
    if any(any(points[-1].taken) for points in course.tracks.values()):
        return None
    return max(points[-1].day for points in course.tracks.values())


def plain(order: Order) -> Schedule:
    """Plan an order without its history, as the ways out of a dead end are tried.

    Raises:
        TaperError: It cannot be planned.
    """
    course = base(order, Terms.of(order))
    return Schedule(steps(order, course), stopped_on(course), order)


def _legs(order: Order, phases: tuple[Phase, ...], starts: tuple[Start, ...]) -> list[tuple[Leg, Start | None]]:
    """Cut the phases that are left into legs, those under way first."""
    drugs, found = order.phase_drugs(phases), list[tuple[Leg, Start | None]]()
    under_way = {start.phase: start for start in starts}
    first, last = min(under_way, default=len(phases)), max(under_way, default=len(phases))
    run: list[int] = []
    for index in range(first, len(phases)):
        if run and (
            drugs[index] != drugs[run[0]]
            or phases[index].together
            or any(_alone(phases[place]) for place in (index, run[-1]))
            or index in under_way
        ):
            found.append((Leg(run[0], tuple(phases[i] for i in run), drugs[run[0]]), under_way.get(run[0])))
            run = []
        run.append(index)
    if run:
        found.append((Leg(run[0], tuple(phases[i] for i in run), drugs[run[0]]), under_way.get(run[0])))
    return [(leg, start) for leg, start in found if start is not None or leg.first > last]


def _alone(phase: Phase) -> bool:
    return phase.weekly is not None or phase.switch_to is not None


def _runs(first: date, last: date, points: tuple[Point, ...]) -> Iterator[tuple[date, date, tuple[Intake, ...]]]:
    """Cut a step into runs of days with the same intakes: one, unless a weekly pattern rules it."""

    def on(day: date) -> tuple[Intake, ...]:
        found = [intake for point in points for intake in point.taken[day.weekday() % len(point.taken)]]
        return tuple(sorted(found, key=lambda intake: TIMES.index(intake.time)))

    if all(len(point.taken) == 1 for point in points):
        yield first, last, on(first)
        return
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    for intakes, run in groupby(days, on):
        some = list(run)
        yield some[0], some[-1], intakes
