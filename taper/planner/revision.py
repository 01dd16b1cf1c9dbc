"""Apply a revision to a course: the days before it stay, the rest is planned anew by the same planner.

The rest begins with what was taken on the day before, in the phase that was in force then, and with the change
that was due next: later by a pause, at the new interval, or one interval after a step back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from taper import catalog
from taper.errors import OrderError
from taper.interval import Interval
from taper.order.history import Event
from taper.order.order import Order
from taper.order.sequence import Taken as TakenBefore, refuse_sequence
from taper.order.terms import Terms, leads_to_stop
from taper.planner.course import Course, Point, Start, Taken, refuse_day
from taper.planner.new_dose import out_of_switch, same_list, stepped_back, with_ordered_dose, with_taken_dose
from taper.planner.rest import Rest
from taper.planner.situation import Situation
from taper.quantity import Mg
from taper.schedule.schedule import ONE_DAY

_RESUMING = {"until", "finish", "reduce", "every", "back", "dose", "taken"}


def amended(order: Order, course: Course, event: Event, terms: Terms) -> Course:
    """Return the course after a revision.

    Args:
        order: The order, for what no revision changes.
        course: The course before it.
        event: The revision.
        terms: What is in force from it on.

    Raises:
        OrderError: It lies outside the plan, or changes what is not there.
        NotMakeableError: A dose that it names cannot be made.
    """
    refuse_day(order, course, event.on)
    now = Situation.of(order, course, event, terms)
    return _undone(now) if event.undo else replace(_changed(now), before=course)


def _changed(now: Situation) -> Course:
    """Return the course after a revision that is not an undo."""
    event, rest = now.event, _with_phases(now, _going_on(now))
    if event.back:
        rest = stepped_back(now, rest)
    elif event.dose is not None:
        rest = with_ordered_dose(now, out_of_switch(now, rest, "dose"), event.dose)
    elif event.taken is not None:
        rest = with_taken_dose(now, out_of_switch(now, rest, "taken"), event.taken)
    _refuse_new_phases(now, rest)
    return _continued(now, _with_due_days(now, rest))


def _refuse_new_phases(now: Situation, rest: Rest) -> None:
    """Refuse new phases that cannot follow what is taken, or the phases under way, as an order would be."""
    if now.event.phase is None:
        return
    taken = {
        drug: TakenBefore(max(sum(day.values(), Mg(0)) for day in pattern), is_daily=len(pattern) == 1)
        for drug, pattern in rest.patterns.items()
    }
    begin, end = min(rest.starts, default=now.place), now.place + len(now.event.phase)
    begin, phases, drugs = min(begin, now.place), now.terms.phase, now.order.phase_drugs(now.terms.phase)
    refuse_sequence(phases[begin:end], drugs[begin:end], taken, now.place - begin)


def _continued(now: Situation, rest: Rest) -> Course:
    """Plan the rest, and put the days before the revision in front of it."""
    starts = {phase: _after_first_day(start, rest.begin) for phase, start in rest.starts.items()}
    starts = {phase: starts[phase] for phase in sorted(starts) if phase < len(now.terms.phase)}
    first = {
        drug: dose for drug, dose in now.course.first.items() if drug in rest.patterns and drug not in _growing(now)
    }
    course = replace(rest, starts=starts, first=first).course(now.order, now.terms)
    if not starts and now.course.end > now.on:
        course = replace(course, end=now.course.end)  # a dose to stay on is shown as far as before
    elif course.stays and course.end <= now.on:
        course = replace(course, end=now.terms.phase[-1].every.after(now.on))  # and beyond the revision
    dosed = bool({"back", "dose", "taken"} & set(now.event.changes))
    return _with_past(now.course, course, now.on, dosed)


def _growing(now: Situation) -> set[str]:
    """Return the drugs that replace another one just now: no dose is known yet from which parts "of start" count."""
    rules = (point.rule for drugs in now.active.values() for point in drugs.values())
    switches = (rule.switch_to for rule in rules if rule is not None)
    return {catalog.drug(drug).name for drug in switches if drug is not None}


def _going_on(now: Situation) -> Rest:
    """Return the rest as it would be without the revision."""
    patterns = {drug: point.pattern for drug, point in now.present.items() if any(point.taken)}
    starts = {phase: _resumed(point, now) for phase, drugs in now.active.items() for point in drugs.values()}
    pieces = {} if now.event.product is not None else {drug: point.taken for drug, point in now.present.items()}
    return Rest(now.begin, patterns, starts, {}, now.course.ended(now.order, now.on, now.active), pieces)


def _resumed(point: Point, now: Situation) -> Start:
    """Return where a phase that is under way goes on; a new step may begin with a larger cut than the last one."""
    rule = now.terms.phase[point.phase] if point.phase < len(now.terms.phase) else None
    same = rule is not None and point.rule is not None and rule.reduce == point.rule.reduce
    cut = point.cut if same and now.event.dose is None and now.event.taken is None else None
    held = point.next or now.on
    return Start(point.phase, point.done, point.next, point.origin, held, point.turn, point.anchor, point.beside, cut)


def _with_phases(now: Situation, rest: Rest) -> Rest:
    """Put the revision's phases in the place of those that are left, or take one up again that was over."""
    event, place = now.event, now.place
    if event.phase is not None:
        kept = {phase: start for phase, start in rest.starts.items() if phase < place}
        rest = replace(rest, starts=kept, over=frozenset())
        return rest if now.pending else rest.starting(_first_of_new(now))
    if place >= 0 and place not in rest.starts and not now.pending and set(event.changes) & _RESUMING:
        nominal = max(now.on, now.rule.every.after(now.since))
        entries = len(now.rule.doses or now.rule.patterns or ())
        return rest.starting(Start(place, entries, now.terms.next_change_day(nominal), (), now.on))
    return rest


def _first_of_new(now: Situation) -> Start:
    """Return the start of the first of the new phases: at the change of its drug that was due, or an interval on."""
    drug = now.order.phase_drugs(now.terms.phase)[now.place]
    for points in now.active.values():
        switching = any(point.origin and point.done for point in points.values())
        if switching and now.event.drug is None and any(phase.drug is None for phase in now.event.phase or ()):
            raise OrderError(
                "two drugs are taken while one replaces the other, so each of the new phases must name its drug",
                field="phase",
            )
    due = next((points[drug].next for points in now.active.values() if drug in points), None)
    since = now.present[drug].day if drug in now.present else now.on
    nominal = max(now.on, now.rule.every.after(since))
    return Start(now.place, 0, due or now.terms.next_change_day(nominal), (), due or now.on)


def _with_due_days(now: Situation, rest: Rest) -> Rest:
    """Return the rest with the day of each next change: at the new interval, after a pause, on the ordered weekday."""
    event, dosed = now.event, now.event.back or now.event.dose is not None
    for phase, start in rest.starts.items():
        if event.every is not None and phase == now.place:
            start = replace(start, anchor=None)  # it was counted in intervals that hold no more
        if (
            event.every is not None
            and phase == now.place
            and not dosed
            and start.next is not None
            and phase in now.active
        ):
            due = _at_interval(now.course.terms.phase[phase].every, event.every, now.since, start.next)
            start = replace(start, next=now.terms.next_change_day(max(now.on, due)), anchor=None)
        due_then = _held(now, start)
        rest = rest.starting(start if due_then == start.next else replace(start, next=due_then, anchor=None))
    held = rest.starts if event.drug is None else {place: None for place in rest.starts if place == now.place}
    if (event.hold is not None or event.hold_until is not None) and not held:
        what = f"no change of {now.drug} is due next" if event.drug is not None else "no change of dose lies ahead"
        raise OrderError(f"{what}, so there is nothing to hold", field="hold")
    return rest


def _at_interval(old: Interval, new: Interval, since: date, due: date) -> date:
    """Return the day of the next change at another interval; a pause that was ordered is not lost."""
    usual, nominal = old.after(since), new.after(since)
    if nominal >= usual:
        return max(due, nominal)
    return nominal + max(due - usual, timedelta(0))


def _held(now: Situation, start: Start) -> date | None:
    """Return the day of the next change after a pause, and on the ordered weekday."""
    event, due = now.event, start.next
    if due is None:
        return None
    if event.drug is None or start.phase == now.place:
        if event.hold is not None:
            due = event.hold.after(due)
        elif event.hold_until is not None:
            due = max(due, event.hold_until)
    return now.terms.next_change_day(due) if due != start.next or event.change_on is not None else due


def _after_first_day(start: Start, begin: date) -> Start:
    """Keep the next change at least a day behind the first day of the rest."""
    return start if start.next is None or start.next > begin else replace(start, next=begin + ONE_DAY, anchor=None)


def _undone(now: Situation) -> Course:
    """Undo the last revision still in effect, as if it had not been made, where no day was taken differently."""
    course, on = now.course, now.on
    before = course.before
    if before is None:
        raise OrderError("no revision is left to take back", field="undo")
    yesterday = max(now.order.start, on - ONE_DAY)
    if _alike(course, before, on - ONE_DAY) and on <= before.end:
        return replace(before, terms=now.terms)
    starts = {phase: _before_undone(now, before, phase) for phase in sorted(now.active) if phase < len(now.terms.phase)}
    points = {drug: course.at(drug, yesterday) for drug in course.tracks}
    patterns = {drug: point.pattern for drug, point in points.items() if point is not None and any(point.taken)}
    rest = Rest(yesterday, patterns, starts, {}, course.ended(now.order, on, starts))
    _refuse_standstill(now, undone := _continued(now, rest))
    return replace(undone, before=before.before)


def _refuse_standstill(now: Situation, undone: Course) -> None:
    """Refuse to take a revision back where the dose would stay, because the phases that led to the stop are over."""
    last = {drug for drug, points in undone.tracks.items() if any(points[-1].taken)}
    if last and leads_to_stop(now.order, now.terms.phase, last):
        raise OrderError(
            "the plan as it was before goes on to 0 mg, and no phase of it is under way on this day, so the dose would "
            f"stay as it is; name what comes from {now.on} on with phase",
            field="undo",
        )


def _before_undone(now: Situation, before: Course, phase: int) -> Start:
    """Return where a phase goes on when the last revision is taken back."""
    drug, point = list(now.active[phase].items())[-1]
    earlier = before.at(drug, max(now.order.start, now.course.terms.on - ONE_DAY))
    due = point.next
    if earlier is not None and earlier.day == point.day and earlier.next is not None:
        due = max(now.on, earlier.next)
    start = replace(_resumed(point, now), next=due, held=now.on, anchor=None)
    return start if same_list(point.rule, now.terms.phase[phase]) else replace(start, done=0, origin=())


def _alike(first: Course, second: Course, last: date) -> bool:
    """Return whether two courses are the same up to a day."""

    def until(course: Course) -> dict[str, list[tuple[date, Taken]]]:
        days = {
            drug: [(point.day, point.taken) for point in points if point.day <= last]
            for drug, points in course.tracks.items()
        }
        return {drug: points for drug, points in days.items() if points}

    return until(first) == until(second)


def _with_past(course: Course, rest: Course, on: date, dosed: bool) -> Course:
    """Put the days before a day in front of the rest; a dose that goes on is one point, ruled by the rest.

    Args:
        course: The course before.
        rest: The course from the day, or the one before it, on.
        on: The day.
        dosed: Whether another dose on this day was ordered.
    """
    tracks: dict[str, tuple[Point, ...]] = {}
    for drug in dict.fromkeys((*course.tracks, *rest.tracks)):
        past = [point for point in course.tracks.get(drug, ()) if point.day < on]
        new = list(rest.tracks.get(drug, ()))
        if past and new and new[0].day <= on and past[-1].taken == new[0].taken:
            head = new.pop(0)
            past[-1] = replace(head, day=past[-1].day, target=past[-1].target)
        elif new and new[0].day < on:
            head = new.pop(0)
            if not new or new[0].day > on:
                new.insert(0, replace(head, day=on))
        elif past and any(past[-1].taken) and (not new or new[0].day > on):
            new.insert(0, Point(on, ((),)))
        if new and new[0].day == on:
            kept = course.at(drug, on)
            again = kept is not None and kept.ordered and kept.day == on
            new[0] = replace(new[0], ordered=dosed or again)
        if past or new:
            tracks[drug] = (*past, *new)
    return replace(rest, tracks=tracks)
