"""Legs that follow what the clinician wrote day by day: weekly patterns, cycles, and switches to another drug."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from taper import catalog
from taper.errors import OrderError
from taper.order.phase import Phase
from taper.planner.course import Pattern, Point, Taken
from taper.planner.dates import Timeline
from taper.planner.leg_order import products_of
from taper.planner.scene import LegPlan, Scene, due, typed_by_time
from taper.planner.switch import Stage, SwitchProducts, TimedDoses, stages
from taper.schedule.weekly import cycle_place


def pattern_leg(scene: Scene) -> LegPlan:
    """Plan the weekly patterns or cycles that the clinician wrote."""
    leg, phase = scene.leg, scene.leg.phases[0]
    assert phase.patterns is not None
    field = f"phase[{leg.first}].{'cycles' if phase.weekly is None else 'weekly'}"
    patterns = [
        tuple(typed_by_time(dose, scene.pattern, f"{field}[{place}]") for dose in days)
        for place, days in enumerate(phase.patterns)
    ]
    taken = [scene.with_pieces(leg.drug, pattern, f"{field}[{place}]") for place, pattern in enumerate(patterns)]
    done = scene.start.done or _begins_with_today(scene, phase, patterns[0])
    moments = Timeline(scene.own_order(leg.phases)).moments(len(taken) - done + 1)
    now = Point(scene.begin, scene.with_pieces(leg.drug, scene.pattern), leg.first, done)
    points = [due(now, moments[1], phase)]
    for place, moment, after in zip(range(done, len(taken)), moments[1:], moments[2:], strict=False):
        days = taken[place] if phase.weekly is not None else _from_day(taken[place], moment.day)
        points.append(due(Point(moment.day, days, leg.first, place + 1), after, phase))
    end = moments[-1].day
    if phase.until is not None:
        points.append(Point(end, ((),), leg.first + 1))
        return LegPlan({leg.drug: points}, end, end)
    points[-1] = replace(points[-1], next=None)
    return LegPlan({leg.drug: points}, points[-1].day, end)


def _begins_with_today(scene: Scene, phase: Phase, first: Pattern) -> int:
    """Return how many patterns of a list are today's already: the list may begin with the dose of today."""
    if all(day == scene.pattern[0] for day in (*scene.pattern, *first)):
        return 1
    as_written = scene.leg.first == 0 and scene.terms.event is None
    return int(as_written and phase.weekly is not None and first == scene.pattern)


def _from_day(taken: Taken, first: date) -> Taken:
    """Turn a cycle so that its first day falls on a day."""
    turn = len(taken) - cycle_place(first, len(taken))
    return (*taken[turn:], *taken[:turn])


def switch_leg(scene: Scene, tracks: Mapping[str, list[Point]]) -> LegPlan:
    """Replace one drug by another, stage by stage; what is taken of the new one already stays beside it."""
    leg, start, phase = scene.leg, scene.start, scene.leg.phases[0]
    assert phase.switch_to is not None
    old, new = leg.drug, catalog.drug(phase.switch_to).name
    field = f"phase[{leg.first}]"
    if any(day != scene.pattern[0] for day in scene.pattern):
        raise OrderError("a weekly pattern of different days cannot be switched; end it before", field=field)
    origin = start.origin or tuple(scene.pattern[0].items())
    beside = start.beside if start.done else _taken_already(scene, new, tracks, f"{field}.switch_to")
    olds, news = (products_of(scene.order, scene.terms, drug) for drug in (old, new))
    ways = stages(phase, old, dict(origin), SwitchProducts(olds, news, scene.terms.max_units, dict(beside)), field)
    moments = Timeline(scene.own_order(leg.phases)).moments(len(ways) - start.done + 1)
    nothing = Point(scene.begin, ((),), leg.first, start.done, origin=origin, beside=beside)
    begun = due(nothing, moments[1], phase)
    points = {old: [replace(begun, taken=scene.with_pieces(old, scene.pattern))], new: list[Point]()}
    if start.done:
        _refuse_other_portions(scene, ways[start.done - 1], tracks[new][-1].pattern)
        points[new].append(replace(begun, taken=scene.with_pieces(new, (dict(ways[start.done - 1].new),))))
    for place, moment, after in zip(range(start.done, len(ways)), moments[1:], moments[2:], strict=False):
        stage = due(replace(begun, day=moment.day, done=place + 1), after, phase)
        if place + 1 == len(ways):
            stage = replace(stage, next=None)
        for drug, doses in ((old, ways[place].old), (new, ways[place].new)):
            points[drug].append(replace(stage, taken=scene.with_pieces(drug, (dict(doses),)) if doses else ((),)))
    return LegPlan(points, moments[-2].day, moments[-1].day)


def _taken_already(scene: Scene, new: str, tracks: Mapping[str, list[Point]], field: str) -> TimedDoses:
    """Return what is taken of the new drug when a switch to it begins.

    Raises:
        OrderError: It is not the same every day, or changes while the switch goes on.
    """
    if new not in tracks:
        return ()
    last = tracks[new][-1]
    if last.day > scene.begin:
        raise OrderError(
            f"{new} is reduced at the same time, so what replaces {scene.leg.drug} has no dose to be added to; "
            "let the switch begin before or after it, without together",
            field=field,
        )
    if any(day != last.pattern[0] for day in last.pattern):
        raise OrderError(
            f"{new} is not taken every day alike when the switch begins, so what replaces {scene.leg.drug} has no "
            f'daily dose to be added to; give {new} every day before it, with doses = ["… mg"]',
            field=field,
        )
    return tuple(last.pattern[0].items())  # empty if it is stopped


def _refuse_other_portions(scene: Scene, stage: Stage, new: Pattern) -> None:
    """Refuse to go on with a switch whose stages are not those that were taken so far."""
    if new != (dict(stage.new),) or scene.pattern != (dict(stage.old),):
        raise OrderError(
            "with these products the switch would go in other portions than those that were replaced so far; "
            "keep the products until it is over, or name the phases from now on with phase, each with its drug",
            field="product",
        )
