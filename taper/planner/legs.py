"""Planning one leg: phases of one drug by the exact search, a weekly pattern or a switch as the clinician wrote it.

A leg of one drug is an order of its own, so that whatever is said of it, ways out of a dead end among them, holds
for an order that could be typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from taper import catalog
from taper.errors import OrderError, StuckError, TaperError
from taper.order.order import Order
from taper.order.parts import Regimen, TimeOfDay
from taper.order.phase import Phase
from taper.order.terms import Terms
from taper.planner.fewest import DeadEndError, fewest_cuts
from taper.planner.gentlest import gentlest_cuts
from taper.planner.graph import Graph
from taper.planner.leg_order import made, part, place_of_doses, products_of
from taper.planner.path import Dated, end_of_last, refuse_too_long
from taper.planner.timeline import Moment, Timeline
from taper.planner.track import Doses, Pattern, Point, Start
from taper.quantity import Mg
from taper.schedule.schedule import Intake, Schedule

_PHASE = re.compile(r"^phase\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Leg:
    """Phases that are planned together.

    Attributes:
        first: Place of the first of them.
        phases: The phases.
        drug: The drug that they reduce.
    """

    first: int
    phases: tuple[Phase, ...]
    drug: str

    @property
    def kind(self) -> Literal["plain", "weekly", "switch"]:
        """How it is planned."""
        if self.phases[0].switch_to is not None:
            return "switch"
        return "plain" if self.phases[0].weekly is None else "weekly"


@dataclass(frozen=True, slots=True)
class Planned:
    """A leg with its days.

    Attributes:
        tracks: Points of the drugs that it changes.
        reached: Day of its last change.
        last: Day after its last step, if nothing follows.
    """

    tracks: dict[str, list[Point]]
    reached: date
    last: date


@dataclass(frozen=True, slots=True)
class Scene:
    """A leg and where it begins.

    Attributes:
        order: The order.
        terms: What is in force.
        leg: The leg.
        start: Where its first phase is taken up.
        begin: Its first day.
        pattern: What is taken of its drug on that day.
        first: Daily dose from which percentages "of start" count.
        attempt: Plans a changed order of one leg, so that ways out of a dead end can be shown.
    """

    order: Order
    terms: Terms
    leg: Leg
    start: Start
    begin: date
    pattern: Pattern
    first: Mg | None
    attempt: Callable[[Order], Schedule]

    def part(self, phases: tuple[Phase, ...]) -> Order:
        """Return the leg as an order of its own."""
        doses = next((day for day in self.pattern if day), {})
        if self.is_whole(phases):
            return self.order
        found = part(
            self.order,
            self.terms,
            self.leg.drug,
            doses,
            phases,
            self.begin,
            self.start.next,
            self.start.held,
            self.first,
        )
        return found if self.start.anchor is None else found.counting_from(self.start.anchor)

    def is_whole(self, phases: tuple[Phase, ...]) -> bool:
        """Tell whether the leg is the order as first written."""
        order = self.order
        return (
            self.terms.event is None
            and not order.other
            and not order.history
            and phases == order.phase
            and self.begin == order.start
        )

    def located(self, problem: TaperError, skipped: int) -> TaperError:
        """Give an error the place of its phase, and of its dose, in the order."""
        if problem.field.startswith("current"):
            own = place_of_doses(self.order, self.leg.drug)
            problem.field = "product" if self.terms.event else problem.field.replace("current", own, 1)
        problem.field = _PHASE.sub(lambda found: f"phase[{int(found[1]) + self.leg.first + skipped}]", problem.field)
        if isinstance(problem, StuckError) and not self.is_whole(self.leg.phases):
            problem.message = f"planned from {self.begin} on, {self.leg.drug} comes to a dead end: {problem.message}"
        return problem


def _plain_leg(scene: Scene, _: Mapping[str, list[Point]]) -> Planned:
    """Plan phases of one drug by the exact search."""
    leg, start, phases = scene.leg, scene.start, scene.leg.phases
    if any(day != scene.pattern[0] for day in scene.pattern):
        raise OrderError(
            "this phase begins with a weekly pattern of different days, so there is no daily dose to reduce; end the "
            'list before it with a pattern that is the same every day, such as {usual = "5 mg"}; in a revision say '
            "with dose what is taken from now on",
            field=f"phase[{leg.first}]",
        )
    total = sum(scene.pattern[0].values(), Mg(0))
    while phases and phases[0].doses is None and phases[0].goal >= total:
        phases = phases[1:]  # the dose is there already, by a revision or because less was taken
    skipped = len(leg.phases) - len(phases)
    if not phases:
        kept = made(scene.order, scene.terms, leg.drug, scene.pattern)
        last = leg.phases[-1].every.after(scene.begin)
        return Planned({leg.drug: [Point(scene.begin, kept, leg.first + skipped)]}, scene.begin, last)
    if start.done and not skipped and phases[0].doses is not None:
        left = [scene.pattern[0] if len(scene.pattern[0]) > 1 else sum(scene.pattern[0].values(), Mg(0))]
        doses = (*left, *phases[0].doses[start.done :])
        phases = (Phase.model_validate({**phases[0].model_dump(exclude_none=True), "doses": doses}), *phases[1:])
    try:
        sub = scene.part(phases)
        graph = Graph(sub)
        timeline = Timeline(sub)
        path = _path(graph, timeline, start.turn, scene.attempt)
        points = []
        for number, here in enumerate(path):
            if not sum(here.node.regimen):
                points.append(Point(here.moment.day, ((),), leg.first + len(leg.phases)))
                break
            end = path[number + 1].moment.day if number + 1 < len(path) else end_of_last(graph, timeline, here)
            refuse_too_long(graph, end, min(here.node.phase, len(phases) - 1), len(path) - 1)
            taken = tuple(
                Intake(time, leg.drug, graph.mg(place), graph.makeable.items(place))
                for time, place in zip(graph.times, here.node.regimen, strict=True)
                if place
            )
            target = graph.target(path[number - 1].node) if number else sub.current.total
            # the list was cut and begins with today's dose
            shift = max(start.done - 1, 0) if not here.node.phase and not skipped else 0
            after = path[number + 1].moment.day if number + 1 < len(path) else None
            points.append(
                Point(
                    here.moment.day,
                    (taken,),
                    leg.first + skipped + here.node.phase,
                    here.node.typed + shift,
                    after,
                    target,
                    turn=graph.times[here.node.turn] if graph.takes_turns else None,
                    rule=leg.phases[skipped + here.node.phase] if after is not None else None,
                    anchor=_counted(path[number + 1].moment) if after is not None else None,
                )
            )
    except TaperError as problem:
        raise scene.located(problem, skipped) from None
    return Planned({leg.drug: points}, path[-1].moment.day, end_of_last(graph, timeline, path[-1]))


def _path(
    graph: Graph, timeline: Timeline, turn: TimeOfDay | None, attempt: Callable[[Order], Schedule]
) -> list[Dated]:
    """Plan the phases of a search: neighbors without a finish date together, each with one on its own."""
    phases = graph.order.phase
    first_turn = graph.times.index(turn) if turn in graph.times and graph.takes_turns else 0
    root = graph.within(0, len(phases), graph.root.regimen, first_turn).root
    path = [Dated(root, timeline.start)]
    for dated, group in groupby(range(len(phases)), key=lambda index: phases[index].finish is not None and index + 1):
        first, *others = group
        here = path[-1].node
        part = graph.within(first, others[-1] + 1 if others else first + 1, here.regimen, here.turn)
        if part.done(part.root):
            continue
        try:
            path[-1:] = (gentlest_cuts if dated else fewest_cuts)(part, path[-1].moment)
        except DeadEndError as dead:
            from taper.planner.stuck import explain  # only a dead end needs the ways out

            raise explain(dead.graph, attempt) from None
    return path


def _counted(moment: Moment) -> tuple[date, int]:
    return moment.anchor, moment.count


def _weekly_leg(scene: Scene, _: Mapping[str, list[Point]]) -> Planned:
    """Lay out the weekly patterns that the clinician wrote."""
    leg, start, phase = scene.leg, scene.start, scene.leg.phases[0]
    assert phase.weekly is not None
    patterns = [
        tuple(_typed(dose, scene.pattern, f"phase[{leg.first}].weekly[{place}]") for dose in week.days)
        for place, week in enumerate(phase.weekly)
    ]
    taken = [
        made(scene.order, scene.terms, leg.drug, p, f"phase[{leg.first}].weekly[{i}]") for i, p in enumerate(patterns)
    ]
    done = start.done
    if not done and all(day == scene.pattern[0] for day in (*scene.pattern, *patterns[0])):
        done = 1  # the list may begin with the dose of today
    timeline = Timeline(scene.part(leg.phases))
    moments = [timeline.start]
    for _place in range(done, len(taken) + 1):
        moments.append(timeline.next(moments[-1], 0))
    days = [moment.day for moment in moments]
    now = made(scene.order, scene.terms, leg.drug, scene.pattern)
    points = [Point(scene.begin, now, leg.first, done, days[1], rule=phase, anchor=_counted(moments[1]))]
    for place, day, after in zip(range(done, len(taken)), days[1:], moments[2:], strict=False):
        points.append(Point(day, taken[place], leg.first, place + 1, after.day, rule=phase, anchor=_counted(after)))
    if phase.until is not None:
        points.append(Point(days[-1], ((),), leg.first + 1))
        return Planned({leg.drug: points}, days[-1], days[-1])
    points[-1] = replace(points[-1], next=None)
    return Planned({leg.drug: points}, points[-1].day, days[-1])


def _typed(dose: Mg | Regimen, now: Pattern, field: str) -> Doses:
    """Return a typed dose by time of day."""
    if isinstance(dose, Regimen):
        return dose.by_time()
    if not dose:
        return {}
    times = list(dict.fromkeys(time for day in now for time in day))
    if len(times) != 1:
        raise OrderError(
            f'{dose} a day, but the day has several times; write each, such as {{morning = "5 mg", bedtime = "5 mg"}}',
            field=field,
        )
    return {times[0]: dose}


def _switch_leg(scene: Scene, tracks: Mapping[str, list[Point]]) -> Planned:
    """Replace one drug by another, stage by stage."""
    leg, start, phase = scene.leg, scene.start, scene.leg.phases[0]
    from taper.planner.switch import stages  # few plans switch

    order, terms = scene.order, scene.terms
    assert phase.switch_to is not None
    old, new = leg.drug, catalog.drug(phase.switch_to).name
    field = f"phase[{leg.first}]"
    if not start.done and new in tracks and any(tracks[new][-1].taken):
        raise OrderError(
            f"{new} is taken already when it is switched to; taper one of the two", field=f"{field}.switch_to"
        )
    if any(day != scene.pattern[0] for day in scene.pattern):
        raise OrderError("a weekly pattern of different days cannot be switched; end it before", field=field)
    origin = start.origin or tuple(scene.pattern[0].items())
    ways = stages(
        phase, old, dict(origin), products_of(order, terms, old), products_of(order, terms, new), terms.max_units, field
    )
    timeline = Timeline(scene.part(leg.phases))
    moments = [timeline.start]
    for _place in range(start.done, len(ways) + 1):
        moments.append(timeline.next(moments[-1], 0))
    days = [moment.day for moment in moments]
    begun = Point(
        scene.begin, ((),), leg.first, start.done, days[1], None, origin, None, None, phase, _counted(moments[1])
    )
    found: dict[str, list[Point]] = {old: [replace(begun, taken=made(order, terms, old, scene.pattern))], new: []}
    if start.done:
        doses = dict(ways[start.done - 1].new)
        if tracks[new][-1].pattern != (doses,) or scene.pattern != (dict(ways[start.done - 1].old),):
            raise OrderError(
                "with these products the switch would go in other portions than those that were replaced so far; "
                "keep the products until it is over, or name the phases from now on with phase, each with its drug",
                field="product",
            )
        found[new].append(replace(begun, taken=made(order, terms, new, (doses,))))
    for place, day, after in zip(range(start.done, len(ways)), days[1:], moments[2:], strict=False):
        last = place + 1 == len(ways)
        stage = replace(begun, day=day, done=place + 1, next=None if last else after.day, anchor=_counted(after))
        for drug, amounts in ((old, ways[place].old), (new, ways[place].new)):
            taken = made(order, terms, drug, (dict(amounts),)) if amounts else ((),)
            found[drug].append(replace(stage, taken=taken))
    return Planned(found, days[-2], days[-1])


PLANNERS = {"plain": _plain_leg, "weekly": _weekly_leg, "switch": _switch_leg}
