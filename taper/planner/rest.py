"""The rest of a plan: from the doses of a day and the phases that are under way, its course to the end.

The phases of an order are cut into legs: neighboring phases of one drug and the same products, weekly patterns or
cycles, a switch to another drug. A leg of one drug is planned by the exact search; the others follow what the
clinician wrote. The legs run one after the other, or side by side where the order says so, and every drug that no leg
touches is held. Where products change, the dose stays as it was made until the next cut; the cuts of each leg are as
few as they can be, and so are those of all legs together, because each leg ends at the dose that it names.

A new plan is the rest from its first day on; after a revision it is the rest from the doses on the day before it,
and from the phase that was in force then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date

from taper.errors import OrderError
from taper.order.order import Order
from taper.order.phase import Phase
from taper.order.terms import Terms
from taper.planner.course import Course, DosesByTime, Pattern, Point, Start, Taken, steps
from taper.planner.dates import refuse_too_long
from taper.planner.leg_order import narrowed, with_pieces
from taper.planner.legs import plan_leg
from taper.planner.scene import Leg, LegPlan, Scene
from taper.quantity import Mg
from taper.schedule.schedule import ONE_DAY, Schedule
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest of a plan, before it is planned.

    Attributes:
        begin: First day.
        patterns: What is taken of each drug on it.
        starts: The phases that are under way, by their places; those behind the last of them follow.
        first: Daily dose of each drug from which its percentages "of start" count, where it is known.
        over: Places of phases that ended while others that began with them go on.
        pieces: What the doses of the day before were made of, where a phase with products of its own keeps that.
    """

    begin: date
    patterns: Mapping[str, Pattern]
    starts: Mapping[int, Start]
    first: Mapping[str, Mg]
    over: frozenset[int] = field(default_factory=frozenset)
    pieces: Mapping[str, Taken] = field(default_factory=dict)

    def starting(self, start: Start) -> Rest:
        """Return a copy in which one phase resumes differently."""
        return replace(self, starts={**self.starts, start.phase: start})

    def taking(self, drug: str, doses: DosesByTime) -> Rest:
        """Return a copy in which other doses of a drug are taken every day."""
        return replace(self, patterns={**self.patterns, drug: (doses,)})

    def course(self, order: Order, terms: Terms) -> Course:
        """Plan the rest.

        Args:
            order: The order, for what no revision changes.
            terms: What is in force: phases, products, policies.

        Raises:
            OrderError: A phase finds nothing to reduce, or the plan would last more than ten years.
            NotMakeableError: A dose that is named cannot be made.
            StuckError: No sequence of makeable doses keeps within the ordered step; names the ways out.
        """
        legs = [leg for leg in _legs(order, terms.phase, self.starts) if leg.first not in self.over]
        under_way = {leg.drug for leg in legs if leg.first in self.starts}
        tracks: dict[str, list[Point]] = {
            drug: [Point(self.begin, with_pieces(order, terms, drug, pattern), len(terms.phase))]
            for drug, pattern in self.patterns.items()
            if any(pattern) and drug not in under_way
        }
        first, begin, reached = dict(self.first), self.begin, self.begin
        last = terms.phase[-1].every.after(self.begin)
        for position, leg in enumerate(legs):
            start = self.starts.get(leg.first)
            if position and start is None and not leg.phases[0].together:
                begin = reached
            pattern = self._pattern(leg, tracks)
            if leg.kind != "switch":
                first.setdefault(leg.drug, max(sum(day.values(), Mg(0)) for day in pattern))
            opening = start or Start(leg.first, held=begin)
            planned = self._planned(
                Scene(order, terms, leg, opening, begin, pattern, first.get(leg.drug), plain), tracks
            )
            for drug, points in planned.tracks.items():
                if points[0].beside:
                    first.pop(drug, None)  # parts "of start" count from the dose at the end of the switches
            _add(tracks, planned)
            reached = max(reached, planned.reached) if position else planned.reached
            last = max(last, planned.last) if position else planned.last
        if last <= reached and any(any(points[-1].taken) for points in tracks.values()):
            last = terms.phase[-1].every.after(reached)  # one drug stops and another one stays
        refuse_too_long(order, last, "phase")
        return Course({drug: tuple(points) for drug, points in tracks.items()}, last, terms, first)

    def _planned(self, scene: Scene, tracks: Mapping[str, list[Point]]) -> LegPlan:
        """Plan a leg with its own products; the dose with which it begins stays as it was made before."""
        leg, terms = scene.leg, scene.terms
        own = narrowed(scene.order, terms, leg.phases[0], leg.drug, f"phase[{leg.first}]")
        planned = plan_leg(replace(scene, terms=own), tracks)
        if all(phase.products is None for phase in terms.phase):
            return planned
        before = tracks[leg.drug][-1].taken if leg.drug in tracks else self.pieces.get(leg.drug)
        return planned.beginning_with(leg.drug, before)

    def _pattern(self, leg: Leg, tracks: Mapping[str, list[Point]]) -> Pattern:
        """Return what is taken of a leg's drug when it begins, or refuse a leg that cannot begin."""
        place = f"phase[{leg.first}]"
        if leg.first in self.starts and any(point.day > self.begin for point in tracks.get(leg.drug, ())):
            raise OrderError(
                f"{leg.drug} is already changed by a phase before this one; name the phases from now on for each drug",
                field=place,
            )
        pattern = tracks[leg.drug][-1].pattern if leg.drug in tracks else self.patterns.get(leg.drug, ())
        if not any(pattern):
            raise OrderError(
                f"{leg.drug} is not taken when this phase begins, so there is nothing to reduce", field=place
            )
        return pattern


def base(order: Order, terms: Terms) -> Course:
    """Plan an order as it was first written.

    Args:
        order: The order; its history is left aside.
        terms: What is in force at the beginning.
    """
    patterns: dict[str, Pattern] = {order.drugs[0]: order.current.days}
    for name, other in zip(order.drugs[1:], order.other, strict=False):
        patterns[name] = other.current.days
    first = {drug: max(sum(day.values(), Mg(0)) for day in pattern) for drug, pattern in patterns.items()}
    course = Rest(order.start, patterns, {0: Start(0, next=order.first_cut)}, first).course(order, terms)
    for index, hold in enumerate(order.hold):
        if hold.on >= course.end:
            raise OrderError(
                f"{hold.on} is after the last day of the plan, {course.end - ONE_DAY}; nothing is left to hold",
                field=f"hold[{index}].on",
            )
    if all(len(points) == 1 for points in course.tracks.values()):
        raise OrderError("the plan has no cut: its only dose is today's; add the doses that follow", field="phase")
    return course


def plain(order: Order) -> Schedule:
    """Plan an order without its history, as the ways out of a dead end are tried.

    Raises:
        TaperError: The order cannot be planned.
    """
    course = base(order, Terms.of(order))
    return Schedule(steps(order, course), course.stopped_on, order)


def _add(tracks: dict[str, list[Point]], planned: LegPlan) -> None:
    """Add the points of a leg to those before it; a dose that goes on is one point, ruled by the leg."""
    for drug, points in planned.tracks.items():
        kept = [point for point in tracks.get(drug, ()) if point.day < points[0].day]
        if kept and kept[-1].taken == points[0].taken:
            held, began = kept.pop(), points[0].ruled_from
            points = [replace(points[0], day=held.day, target=held.target, ruled=began), *points[1:]]
        tracks[drug] = [*kept, *points]


def _legs(order: Order, phases: tuple[Phase, ...], starts: Mapping[int, Start]) -> list[Leg]:
    """Cut the phases that are left into legs: those under way, and all behind the last of them."""
    drugs, legs = order.phase_drugs(phases), list[Leg]()
    first, last = min(starts, default=len(phases)), max(starts, default=len(phases))
    run: list[int] = []
    for index in range(first, len(phases)):
        if run and (
            drugs[index] != drugs[run[0]]
            or phases[index].together
            or any(_alone(phases[place]) for place in (index, run[-1]))
            or phases[index].products != phases[run[-1]].products
            or index in starts
        ):
            legs.append(Leg(run[0], tuple(phases[place] for place in run), drugs[run[0]]))
            run = []
        run.append(index)
    if run:
        legs.append(Leg(run[0], tuple(phases[place] for place in run), drugs[run[0]]))
    return [leg for leg in legs if leg.first in starts or leg.first > last]


def _alone(phase: Phase) -> bool:
    return phase.patterns is not None or phase.switch_to is not None
