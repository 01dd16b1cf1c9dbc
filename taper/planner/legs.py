"""Plan one leg: phases of one drug by the exact search; patterns and switches as the clinician wrote them.

A leg of one drug is an order of its own, so every message about it, ways out of a dead end included, is true of an
order that could be typed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

from taper.errors import OrderError, TaperError
from taper.order.parts import DailyDoses
from taper.order.phase import Phase
from taper.planner.course import DosesByTime, Point, Start
from taper.planner.dates import Dated, Timeline, end_of_last, latest, refuse_too_long
from taper.planner.fewest import DeadEndError, fewest_cuts
from taper.planner.graph import Graph
from taper.planner.scene import Leg, LegPlan, Scene, due, typed_by_time
from taper.quantity import Mg
from taper.schedule.regimen import Intake


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
        case "patterns":
            from taper.planner.written import pattern_leg  # here and below: what few orders need is loaded for them

            return pattern_leg(scene)
        case "switch":
            from taper.planner.written import switch_leg

            return switch_leg(scene, tracks)


def _plain_leg(scene: Scene) -> LegPlan:
    """Plan phases of one drug by the exact search."""
    if any(day != scene.pattern[0] for day in scene.pattern):
        return _from_pattern(scene)
    leg, phases, today = scene.leg, scene.leg.phases, scene.pattern[0]
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


def _from_pattern(scene: Scene) -> LegPlan:
    """Plan typed doses that follow days of different doses, and the phases behind them.

    Raises:
        OrderError: The first phase lists no doses: there is no daily dose to reduce.
    """
    leg, phase, done = scene.leg, scene.leg.phases[0], scene.start.done
    field = f"phase[{leg.first}]"
    if phase.doses is None or done >= len(phase.doses):
        raise OrderError(
            "this phase begins with a pattern of different days, so there is no daily dose to reduce; begin it with "
            'what is taken every day, as a phase with doses = ["… mg"], or end the list before it with a pattern that '
            'is the same every day, such as {usual = "… mg"}; in a revision say with dose what is taken from now on',
            field=field,
        )
    field += f".doses[{done}]"
    doses = typed_by_time(phase.doses[done], scene.pattern, field)
    taken = scene.with_pieces(leg.drug, (doses,), field)
    _, first, second = Timeline(scene.own_order(leg.phases)).moments(2)
    now = due(Point(scene.begin, scene.with_pieces(leg.drug, scene.pattern), leg.first, done), first, phase)
    if done + 1 < len(phase.doses):
        start = Start(leg.first, done + 1, second.day, held=second.day, anchor=(second.anchor, second.intervals))
    elif doses and len(leg.phases) > 1:
        leg = Leg(leg.first + 1, leg.phases[1:], leg.drug)
        start = Start(leg.first, held=first.day)
    else:
        last = Point(first.day, taken if doses else ((),), leg.first + 1)
        return LegPlan({leg.drug: [now, last]}, first.day, second.day if doses else first.day)
    rest = _plain_leg(replace(scene, leg=leg, start=start, begin=first.day, pattern=(doses,)))
    return replace(rest, tracks={leg.drug: [now, *rest.tracks[leg.drug]]})


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
    leg, points, longest = scene.leg, list[Point](), latest(graph.order.start)
    for number, here in enumerate(path):
        if not sum(here.node.regimen):
            points.append(Point(here.moment.day, ((),), leg.first + len(leg.phases)))
            break
        after = path[number + 1].moment if number + 1 < len(path) else None
        end = end_of_last(graph, timeline, here) if after is None else after.day
        phase = here.node.phase
        if end > longest:
            place = min(phase, len(graph.order.phase) - 1)
            refuse_too_long(graph.order, end, f"phase[{place}].every", len(path) - 1)
        taken = [
            Intake(time, leg.drug, graph.mg(place), graph.makeable.items(place))
            for time, place in zip(graph.times, here.node.regimen, strict=True)
            if place
        ]
        point = Point(
            here.moment.day,
            (tuple(taken),),
            leg.first + skipped + phase,
            here.node.typed + (0 if phase else shift),
            next=None if after is None else after.day,
            target=graph.target(path[number - 1].node) if number else graph.order.current.total,
            turn=graph.times[here.node.turn] if graph.takes_turns else None,
            rule=None if after is None else leg.phases[skipped + phase],
            anchor=None if after is None else (after.anchor, after.intervals),
            cut=_cut(graph, path, number) or (scene.start.cut if not number and not skipped else None),
        )
        points.append(point)
    return points


def _cut(graph: Graph, path: list[Dated], number: int) -> Mg | None:
    """Return the cut that leads to a step of a path, if the phase that rules what comes next made it."""
    if not number or path[number - 1].node.phase != path[number].node.phase:
        return None
    return graph.mg(sum(path[number - 1].node.regimen) - sum(path[number].node.regimen))


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
                from taper.planner.gentlest import gentlest_cuts

                path[-1:] = gentlest_cuts(part, path[-1].moment)
            else:
                path[-1:] = fewest_cuts(part, path[-1].moment, None if first else last_cut)
        except DeadEndError as dead:
            from taper.planner.stuck import explain

            raise explain(dead.graph, scene.attempt, whole=scene.is_whole(scene.leg.phases)) from None
    return path
