"""Plan one leg: phases of one drug by the exact search, a weekly pattern or a switch as the clinician wrote it.

A leg of one drug is an order of its own, so every message about it, ways out of a dead end included, is true of an
order that could be typed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from taper import catalog
from taper.errors import OrderError, StuckError, TaperError
from taper.order.order import Order
from taper.order.parts import DailyDoses
from taper.order.phase import Phase
from taper.order.terms import Terms
from taper.planner.course import DosesByTime, Pattern, Point, Start, Taken
from taper.planner.dates import Dated, Moment, Timeline, end_of_last, refuse_too_long
from taper.planner.fewest import DeadEndError, fewest_cuts
from taper.planner.gentlest import gentlest_cuts
from taper.planner.graph import Graph
from taper.planner.leg_order import Opening, leg_order, place_of_doses, products_of, with_pieces
from taper.planner.stuck import explain
from taper.planner.switch import Stage, SwitchProducts, stages
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule

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
        """How the leg is planned."""
        if self.phases[0].switch_to is not None:
            return "switch"
        return "plain" if self.phases[0].weekly is None else "weekly"


@dataclass(frozen=True, slots=True)
class LegPlan:
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

    def own_order(self, phases: tuple[Phase, ...]) -> Order:
        """Return the leg as an order of its own: the order itself where it has but one leg."""
        if self.is_whole(phases):
            return self.order
        doses, start = next((day for day in self.pattern if day), {}), self.start
        opening = Opening(self.begin, doses, start.next, start.held, self.first, start.anchor)
        return leg_order(self.order, self.terms, self.leg.drug, phases, opening)

    def is_whole(self, phases: tuple[Phase, ...]) -> bool:
        """Return whether the leg is the order as first written."""
        order = self.order
        return (
            self.terms.event is None
            and not order.other
            and not order.history
            and phases == order.phase
            and self.begin == order.start
        )

    def with_pieces(self, drug: str, pattern: Pattern, field: str = "") -> Taken:
        """Return doses of a drug with the pieces that make them."""
        return with_pieces(self.order, self.terms, drug, pattern, field)

    def located(self, problem: TaperError, skipped: int) -> TaperError:
        """Give an error the place of its phase, and of its dose, in the order."""
        if problem.field.startswith("current"):
            own = place_of_doses(self.order, self.leg.drug)
            problem.field = "product" if self.terms.event else problem.field.replace("current", own, 1)
        problem.field = _PHASE.sub(lambda match: f"phase[{int(match[1]) + self.leg.first + skipped}]", problem.field)
        if isinstance(problem, StuckError) and not self.is_whole(self.leg.phases):
            problem.message = f"planned from {self.begin} on, {self.leg.drug} comes to a dead end: {problem.message}"
        return problem


def plan_leg(scene: Scene, tracks: Mapping[str, list[Point]]) -> LegPlan:
    """Plan a leg.

    Args:
        scene: The leg and where it begins.
        tracks: What the legs before it made of each drug.

    Raises:
        OrderError: The leg cannot begin with what is taken then.
        NotMakeableError: A dose that is named cannot be made.
        StuckError: No sequence of makeable doses keeps within the ordered step.
    """
    match scene.leg.kind:
        case "plain":
            return _plain_leg(scene)
        case "weekly":
            return _weekly_leg(scene)
        case "switch":
            return _switch_leg(scene, tracks)


def _plain_leg(scene: Scene) -> LegPlan:
    """Plan phases of one drug by the exact search."""
    leg, phases, today = scene.leg, scene.leg.phases, _every_day(scene)
    total = sum(today.values(), Mg(0))
    while phases and phases[0].doses is None and phases[0].goal >= total:
        phases = phases[1:]  # the dose is there already, by a revision or because less was taken
    skipped = len(leg.phases) - len(phases)
    if not phases:
        kept = scene.with_pieces(leg.drug, scene.pattern)
        last = leg.phases[-1].every.after(scene.begin)
        return LegPlan({leg.drug: [Point(scene.begin, kept, leg.first + skipped)]}, scene.begin, last)
    shortened = bool(scene.start.done) and not skipped and phases[0].doses is not None
    try:
        if shortened:
            phases = (_left_of_list(phases[0], today, scene.start.done), *phases[1:])
        own = scene.own_order(phases)
        graph, timeline = Graph(own), Timeline(own)
        path = _path(graph, timeline, scene, None if skipped else scene.start.cut)
        # a shortened list begins with today's dose
        shift = max(scene.start.done - 1, 0) if not skipped else 0
        points = _points(scene, graph, timeline, path, skipped, shift)
    except TaperError as problem:
        raise scene.located(problem, skipped) from None
    return LegPlan({leg.drug: points}, path[-1].moment.day, end_of_last(graph, timeline, path[-1]))


def _every_day(scene: Scene) -> DosesByTime:
    """Return the doses of the first day, which are those of every day, or refuse a weekly pattern."""
    if any(day != scene.pattern[0] for day in scene.pattern):
        raise OrderError(
            "this phase begins with a weekly pattern of different days, so there is no daily dose to reduce; end the "
            'list before it with a pattern that is the same every day, such as {usual = "5 mg"}; in a revision say '
            "with dose what is taken from now on",
            field=f"phase[{scene.leg.first}]",
        )
    return scene.pattern[0]


def _left_of_list(phase: Phase, today: DosesByTime, done: int) -> Phase:
    """Return a phase with typed doses without those that are done, behind the doses of today."""
    now = DailyDoses.model_validate(dict(today)) if len(today) > 1 else sum(today.values(), Mg(0))
    return phase.changed(doses=(now, *(phase.doses or ())[done:]))


def _points(  # the path, and what it takes to read it
    scene: Scene, graph: Graph, timeline: Timeline, path: list[Dated], skipped: int, shift: int
) -> list[Point]:
    """Turn a path through the graph into points.

    Args:
        scene: The leg.
        graph: Its graph.
        timeline: Its dates.
        path: The path.
        skipped: How many of its phases were over before it began.
        shift: How many entries of the list of its first phase are not in the path.
    """
    leg, points = scene.leg, list[Point]()
    for number, here in enumerate(path):
        if not sum(here.node.regimen):
            points.append(Point(here.moment.day, ((),), leg.first + len(leg.phases)))
            break
        after = path[number + 1].moment if number + 1 < len(path) else None
        end = end_of_last(graph, timeline, here) if after is None else after.day
        phase = here.node.phase
        place = min(phase, len(graph.order.phase) - 1)
        refuse_too_long(graph.order, end, f"phase[{place}].every", len(path) - 1)
        taken = tuple(
            Intake(time, leg.drug, graph.mg(place), graph.makeable.items(place))
            for time, place in zip(graph.times, here.node.regimen, strict=True)
            if place
        )
        point = Point(
            here.moment.day,
            (taken,),
            leg.first + skipped + phase,
            here.node.typed + (0 if phase else shift),
            target=graph.target(path[number - 1].node) if number else graph.order.current.total,
            turn=graph.times[here.node.turn] if graph.takes_turns else None,
            cut=_cut(graph, path, number) or (scene.start.cut if not number and not skipped else None),
        )
        points.append(point if after is None else _due(point, after, leg.phases[skipped + phase]))
    return points


def _cut(graph: Graph, path: list[Dated], number: int) -> Mg | None:
    """Return the cut that leads to a step of a path, if the phase that rules what comes next made it."""
    if not number or path[number - 1].node.phase != path[number].node.phase:
        return None
    return graph.mg(sum(path[number - 1].node.regimen) - sum(path[number].node.regimen))


def _due(point: Point, after: Moment, rule: Phase) -> Point:
    """Return a point from which a phase leads on, at a moment."""
    return replace(point, next=after.day, rule=rule, anchor=(after.anchor, after.count))


def _path(graph: Graph, timeline: Timeline, scene: Scene, cut: Mg | None) -> list[Dated]:
    """Plan the phases of a graph: neighbors without a finish date together, each with one on its own.

    Args:
        graph: The graph.
        timeline: Its dates.
        scene: The leg.
        cut: The last cut that its first phase made already.
    """
    phases, turn = graph.order.phase, scene.start.turn
    last_cut = None if cut is None else math.floor(cut.value / graph.makeable.unit)
    first_turn = graph.times.index(turn) if turn in graph.times and graph.takes_turns else 0
    root = graph.within(0, len(phases), graph.root.regimen, first_turn).root
    path = [Dated(root, timeline.start)]
    # each phase with a finish date is a group of its own, the others between them together
    for dated, group in groupby(range(len(phases)), key=lambda index: phases[index].finish is not None and index + 1):
        first, *others = group
        here = path[-1].node
        part = graph.within(first, others[-1] + 1 if others else first + 1, here.regimen, here.turn)
        if part.done(part.root):
            continue
        try:
            if dated:
                path[-1:] = gentlest_cuts(part, path[-1].moment)
            else:
                path[-1:] = fewest_cuts(part, path[-1].moment, None if first else last_cut)
        except DeadEndError as dead:
            raise explain(dead.graph, scene.attempt) from None
    return path


def _weekly_leg(scene: Scene) -> LegPlan:
    """Plan the weekly patterns that the clinician wrote."""
    leg, phase = scene.leg, scene.leg.phases[0]
    assert phase.weekly is not None
    field = f"phase[{leg.first}].weekly"
    patterns = [
        tuple(_typed(dose, scene.pattern, f"{field}[{place}]") for dose in week.days)
        for place, week in enumerate(phase.weekly)
    ]
    taken = [scene.with_pieces(leg.drug, pattern, f"{field}[{place}]") for place, pattern in enumerate(patterns)]
    done = scene.start.done
    if not done and all(day == scene.pattern[0] for day in (*scene.pattern, *patterns[0])):
        done = 1  # the list may begin with the dose of today
    moments = Timeline(scene.own_order(leg.phases)).moments(len(taken) - done + 1)
    now = Point(scene.begin, scene.with_pieces(leg.drug, scene.pattern), leg.first, done)
    points = [_due(now, moments[1], phase)]
    for place, moment, after in zip(range(done, len(taken)), moments[1:], moments[2:], strict=False):
        points.append(_due(Point(moment.day, taken[place], leg.first, place + 1), after, phase))
    end = moments[-1].day
    if phase.until is not None:
        points.append(Point(end, ((),), leg.first + 1))
        return LegPlan({leg.drug: points}, end, end)
    points[-1] = replace(points[-1], next=None)
    return LegPlan({leg.drug: points}, points[-1].day, end)


def _typed(dose: Mg | DailyDoses, now: Pattern, field: str) -> DosesByTime:
    """Return a typed dose by time of day."""
    if isinstance(dose, DailyDoses):
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


def _switch_leg(scene: Scene, tracks: Mapping[str, list[Point]]) -> LegPlan:
    """Replace one drug by another, stage by stage."""
    leg, start, phase = scene.leg, scene.start, scene.leg.phases[0]
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
    olds, news = (products_of(scene.order, scene.terms, drug) for drug in (old, new))
    ways = stages(phase, old, dict(origin), SwitchProducts(olds, news, scene.terms.max_units), field)
    moments = Timeline(scene.own_order(leg.phases)).moments(len(ways) - start.done + 1)
    begun = _due(Point(scene.begin, ((),), leg.first, start.done, origin=origin), moments[1], phase)
    points = {old: [replace(begun, taken=scene.with_pieces(old, scene.pattern))], new: list[Point]()}
    if start.done:
        _refuse_other_portions(scene, ways[start.done - 1], tracks[new][-1].pattern)
        points[new].append(replace(begun, taken=scene.with_pieces(new, (dict(ways[start.done - 1].new),))))
    for place, moment, after in zip(range(start.done, len(ways)), moments[1:], moments[2:], strict=False):
        stage = _due(replace(begun, day=moment.day, done=place + 1), after, phase)
        if place + 1 == len(ways):
            stage = replace(stage, next=None)
        for drug, doses in ((old, ways[place].old), (new, ways[place].new)):
            points[drug].append(replace(stage, taken=scene.with_pieces(drug, (dict(doses),)) if doses else ((),)))
    return LegPlan(points, moments[-2].day, moments[-1].day)


def _refuse_other_portions(scene: Scene, stage: Stage, new: Pattern) -> None:
    """Refuse to go on with a switch whose stages are not those that were taken so far."""
    if new != (dict(stage.new),) or scene.pattern != (dict(stage.old),):
        raise OrderError(
            "with these products the switch would go in other portions than those that were replaced so far; "
            "keep the products until it is over, or name the phases from now on with phase, each with its drug",
            field="product",
        )
