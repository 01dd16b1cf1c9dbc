"""Applying a revision to a course: the days before it stay, the rest is planned anew by the same planner.

The rest begins with what was taken on the day before, in the phase that was in force then, and with the change
that was due next: later by a pause, at the new interval, or one interval after a step back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from taper import catalog
from taper.errors import NotMakeableError, OrderError
from taper.interval import Interval
from taper.order.history import Event
from taper.order.order import Order
from taper.order.parts import WEEKDAYS, Regimen
from taper.order.phase import dose_total
from taper.order.terms import Terms
from taper.planner.course import Course, follow
from taper.planner.leg_order import made, products_of
from taper.planner.standing import before_cut, ended, entries, named_drug, same_list, taken_on, under_way
from taper.planner.track import Doses, Pattern, Point, Start, Taken
from taper.quantity import Mg
from taper.schedule.makeable import Makeable
from taper.schedule.schedule import ONE_DAY

_TWO_DRUGS = (
    "one drug replaces another on this day, so a dose of one of them alone says too little; "
    "hold, change `every`, or name the phases from now on with phase"
)


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
    if not order.start <= event.on <= course.end:
        when = f"before the plan begins, {order.start}" if event.on < order.start else f"after its end, {course.end}"
        raise OrderError(f"{event.on} is {when}; nothing is left to change", field="on")
    if event.undo:
        return _undone(order, course, event, terms)
    return replace(_changed(order, course, event, terms), before=course)


def _changed(order: Order, course: Course, event: Event, terms: Terms) -> Course:
    present = taken_on(course, event.on)
    patterns: dict[str, Pattern] = {drug: point.pattern for drug, point in present.items() if any(point.taken)}
    active, place = under_way(course, event.on), -1 if event.at_phase is None else event.at_phase
    over = ended(order, course, event.on, active)
    starts = {phase: _resumed(point, event.on) for phase, drugs in active.items() for point in drugs.values()}
    begin = max(order.start, event.on - ONE_DAY)
    if any(point.ordered and point.day == event.on for point in present.values()):
        begin = event.on  # a revision of the same day gave another dose
    drugs = order.phase_drugs(course.terms.phases)
    drug = named_drug(order, event.drug) if event.drug is not None else drugs[min(place, len(drugs) - 1)]
    pending = bool(active) and place > max(active)
    since = present[drug].day if drug in present else begin
    if event.phase is not None:
        starts, over = {phase: start for phase, start in starts.items() if phase < place}, set()
        if not pending:
            starts[place] = _first_of_new(order, event, terms, active, present, place)
    elif place >= 0 and place not in starts and not pending and set(event.changes) & _RESUMING:
        nominal = max(event.on, terms.phases[place].every.after(since))
        starts[place] = Start(place, entries(terms.phases[place]), _moved(terms, nominal), (), event.on)
    dosed = False
    if event.back:
        begin, dosed = event.on, True
        _step_back(course, event, terms, starts, patterns, drug, place)
    elif event.dose is not None or event.taken is not None:
        _refuse_in_switch(order, terms, starts, drug, "dose" if event.dose is not None else "taken")
        dosed = event.dose is not None
        begin = max(begin, _other_dose(order, course, event, terms, starts, patterns, drug, place, begin))
    for phase, start in list(starts.items()):
        if event.every is not None and phase == place and not dosed and start.next is not None and place in active:
            due = _at_interval(course.terms.phases[place].every, event.every, since, start.next)
            starts[phase] = start = replace(start, next=_moved(terms, max(event.on, due)), anchor=None)
        due_then = _held(event, terms, start, phase, place)
        starts[phase] = start if due_then == start.next else replace(start, next=due_then, anchor=None)
    held = starts if event.drug is None else {phase: start for phase, start in starts.items() if phase == place}
    if (event.hold is not None or event.hold_until is not None) and not held:
        what = f"no change of {drug} is due next" if event.drug is not None else "no change of dose lies ahead"
        raise OrderError(f"{what}, so there is nothing to hold", field="hold")
    starts = {phase: _first_cut(start, begin) for phase, start in starts.items()}
    kept = tuple(starts[phase] for phase in sorted(starts) if phase < len(terms.phases))
    first = {name: dose for name, dose in course.first.items() if name in patterns}  # of a switch to come: not yet
    rest = follow(order, terms, begin, patterns, kept, first, over)
    rest = _shown(course, rest, event, terms, bool(kept))
    return _with_past(course, rest, event.on, bool(set(event.changes) & {"back", "dose", "taken"}))


def _shown(course: Course, rest: Course, event: Event, terms: Terms, resumed: bool) -> Course:
    """Return the rest with its last days: a dose to stay on is shown as far as before, and beyond the revision."""
    if not resumed and course.end > event.on:
        return replace(rest, end=course.end)
    stays = any(any(points[-1].taken) for points in rest.tracks.values())
    return replace(rest, end=terms.phases[-1].every.after(event.on)) if stays and rest.end <= event.on else rest


_RESUMING = {"until", "finish", "reduce", "every", "back", "dose", "taken"}


def _resumed(point: Point, on: date) -> Start:
    """Return where a phase that is under way goes on."""
    return Start(point.phase, point.done, point.next, point.origin, point.next or on, point.turn, point.anchor)


def _first_of_new(
    order: Order, event: Event, terms: Terms, active: dict[int, dict[str, Point]], present: dict[str, Point], place: int
) -> Start:
    """Return the start of the first of the new phases: at the change of its drug that was due, or an interval on."""
    drug = order.phase_drugs(terms.phases)[place]
    for points in active.values():
        switching = any(point.origin and point.done for point in points.values())
        if switching and event.drug is None and any(phase.drug is None for phase in event.phase or ()):
            raise OrderError(
                "two drugs are taken while one replaces the other, so each of the new phases must name its drug",
                field="phase",
            )
    due = next((points[drug].next for points in active.values() if drug in points), None)
    since = present[drug].day if drug in present else event.on
    nominal = max(event.on, terms.phases[place].every.after(since))
    return Start(place, 0, due or _moved(terms, nominal), (), due or event.on)


def _at_interval(old: Interval, new: Interval, since: date, due: date) -> date:
    """Return the day of the next change at another interval; a pause that was ordered is not lost."""
    usual, nominal = old.after(since), new.after(since)
    if nominal >= usual:
        return max(due, nominal)
    return nominal + max(due - usual, timedelta(0))


def _first_cut(start: Start, begin: date) -> Start:
    """Keep the next change at least a day behind the first day of the rest."""
    return start if start.next is None or start.next > begin else replace(start, next=begin + ONE_DAY, anchor=None)


def _moved(terms: Terms, day: date) -> date:
    """Return the ordered day of the week, on or after a day."""
    if terms.change_on is None:
        return day
    return day + timedelta(days=(WEEKDAYS.index(terms.change_on) - day.weekday()) % 7)


def _held(event: Event, terms: Terms, start: Start, phase: int, place: int) -> date | None:
    """Return the day of the next change after a pause, and on the ordered weekday."""
    due = start.next
    if due is None:
        return None
    if event.drug is None or phase == place:
        if event.hold is not None:
            due = event.hold.after(due)
        elif event.hold_until is not None:
            due = max(due, event.hold_until)
    return _moved(terms, due) if due != start.next or event.change_on is not None else due


def _refuse_in_switch(order: Order, terms: Terms, starts: dict[int, Start], drug: str, field: str) -> None:
    """Refuse another dose of one of two drugs that are being exchanged; before the first stage it is no question."""
    for place, start in starts.items():
        phase = terms.phases[place]
        if phase.switch_to is None or drug not in (
            order.phase_drugs(terms.phases)[place],
            catalog.drug(phase.switch_to).name,
        ):
            continue
        if start.done:
            raise OrderError(_TWO_DRUGS, field=field)
        starts[place] = replace(start, origin=())


def _step_back(
    course: Course,
    event: Event,
    terms: Terms,
    starts: dict[int, Start],
    patterns: dict[str, Pattern],
    drug: str,
    place: int,
) -> None:
    """Return to the doses before the last change of a drug, and to the phase that ruled then."""
    found = before_cut(course, drug, event.on)
    if found is None:
        raise OrderError(f"{drug} has not been reduced yet, so there is no step to go back to", field="back")
    before, day = found
    earlier = course.at(drug, before)
    assert earlier is not None
    present = taken_on(course, event.on)
    partners = [other for other, point in present.items() if other != drug and point.day == day and point.origin]
    for name in (drug, *partners):
        point = course.at(name, before)
        if point is None or not any(point.taken):
            patterns.pop(name, None)
        else:
            patterns[name] = point.pattern
            earlier = point if point.origin and not earlier.origin else earlier
    starts.pop(place, None)
    phase = min(earlier.phase, place)
    rule = terms.phases[phase]
    same = earlier.phase == phase and same_list(earlier.rule, rule)
    starts[phase] = Start(
        phase,
        earlier.done if same else 0,
        _moved(terms, (event.every or rule.every).after(event.on)),
        earlier.origin if same else (),
        event.on,
        earlier.turn,
    )


def _other_dose(
    order: Order,
    course: Course,
    event: Event,
    terms: Terms,
    starts: dict[int, Start],
    patterns: dict[str, Pattern],
    drug: str,
    place: int,
    begin: date,
) -> date:
    """Put the dose of a drug that was ordered, or really taken, into the patterns; return the first day of the rest."""
    planned = patterns.get(drug, ({},))
    name = "dose" if event.dose is not None else "taken"
    given = event.dose if event.dose is not None else event.taken
    assert given is not None
    if isinstance(given, Regimen):
        doses = given.by_time()
    else:
        times = list(dict.fromkeys(time for day in planned for time in day))
        if not given:
            raise OrderError(
                "nothing was taken, so there is no dose to go on from; add dose, what is to be taken from now on"
                if name == "taken"
                else 'a dose of zero is a stop; name the phases from now on, such as phase = [{doses = ["0 mg"], …}]',
                field=name,
            )
        if len(times) != 1:
            raise OrderError(
                f'{given} a day, but the day has several times; write each, as {{morning = "5 mg", bedtime = "5 mg"}}',
                field=name,
            )
        doses = {times[0]: given}
    start = starts.get(place)
    if name == "taken":
        try:
            made(order, terms, drug, (doses,))
        except NotMakeableError:
            floor = _below(order, course, terms, drug, doses, place)
            if floor is None:
                return begin  # the plan's own dose goes on
            patterns[drug] = (floor,)
            _skip_higher(terms, starts, place, floor)
            start = starts.get(place)
            if start is not None and (start.next is None or start.next <= event.on):
                starts[place] = replace(
                    start, next=_moved(terms, terms.phases[place].every.after(event.on)), anchor=None
                )
            return event.on
        patterns[drug] = (doses,)
        _skip_higher(terms, starts, place, doses)
        start = starts.get(place)
        if start is not None and start.next is not None and sum(doses.values(), Mg(0)) != _largest(planned):
            since = event.since or event.on - ONE_DAY  # the dose taken is a step of its own, and no step is shorter
            due = max(start.next, _moved(terms, terms.phases[place].every.after(since)))
            starts[place] = start if due == start.next else replace(start, next=due, anchor=None)
        return begin
    made(order, terms, drug, (doses,), name)
    _skip_higher(terms, starts, place, doses)
    start = starts.get(place)
    same = sum(doses.values(), Mg(0)) == _largest(planned)
    patterns[drug] = (doses,)
    if start is not None and (not same or start.next is None or start.next <= event.on):
        starts[place] = replace(start, next=_moved(terms, terms.phases[place].every.after(event.on)), anchor=None)
    return event.on


def _largest(pattern: Pattern) -> Mg:
    return max(sum(day.values(), Mg(0)) for day in pattern)


def _skip_higher(terms: Terms, starts: dict[int, Start], place: int, doses: Doses) -> None:
    """Go on in a list of doses or patterns behind those that are not below the dose now: nothing rises unordered."""
    start = starts.get(place)
    if start is None:
        return
    phase, now = terms.phases[place], sum(doses.values(), Mg(0))
    if phase.doses is not None:
        totals = [dose_total(dose) for dose in phase.doses]
    elif phase.weekly is not None:
        totals = [sum(map(dose_total, week.days), Mg(0)) / 7 for week in phase.weekly]
    else:
        return
    done = next((index for index in range(start.done, len(totals)) if totals[index] < now), len(totals))
    starts[place] = replace(start, done=done)


def _below(order: Order, course: Course, terms: Terms, drug: str, doses: Doses, place: int) -> Doses | None:
    """Return the makeable doses just below those really taken, if the phase in force allows a cut to them."""
    rule = terms.phases[place].reduce if place >= 0 else None
    makeable = Makeable(products_of(order, terms, drug), terms.max_units, max(doses.values()))
    floor = {
        time: makeable.mg(max(p for p in makeable.doses if makeable.mg(p) <= dose)) for time, dose in doses.items()
    }
    taken, left = sum(doses.values(), Mg(0)), sum(floor.values(), Mg(0))
    half = order.half_saturation if drug == order.drugs[0] else None
    if rule is None or not left or (rule.points is not None and half is None):
        return None
    allowed = rule.allowed(taken, course.first.get(drug, taken), half)
    return {time: dose for time, dose in floor.items() if dose} if taken - left <= allowed else None


def _undone(order: Order, course: Course, event: Event, terms: Terms) -> Course:
    """Take the last revision that still counts back: as if it had not been, where no day was taken otherwise."""
    before = course.before
    if before is None:
        raise OrderError("no revision is left to take back", field="undo")
    yesterday = max(order.start, event.on - ONE_DAY)
    if _alike(course, before, event.on - ONE_DAY) and event.on <= before.end:
        return replace(before, terms=terms)
    since = course.terms.on
    starts = []
    for phase, drugs in sorted(under_way(course, event.on).items()):
        if phase >= len(terms.phases):
            continue
        for drug, point in drugs.items():
            same = same_list(point.rule, terms.phases[phase])
            earlier, due = before.at(drug, max(order.start, since - ONE_DAY)), point.next
            if earlier is not None and earlier.day == point.day and earlier.next is not None:
                due = max(event.on, earlier.next)
            start = replace(_resumed(point, event.on), next=due, held=event.on, anchor=None)
            start = start if same else replace(start, done=0, origin=())
        starts.append(start)
    points = {drug: course.at(drug, yesterday) for drug in course.tracks}
    patterns = {drug: point.pattern for drug, point in points.items() if point is not None and any(point.taken)}
    kept, over = (
        tuple(_first_cut(s, yesterday) for s in starts),
        ended(order, course, event.on, [s.phase for s in starts]),
    )
    first = {name: dose for name, dose in course.first.items() if name in patterns}
    rest = follow(order, terms, yesterday, patterns, kept, first, over)
    rest = _shown(course, rest, event, terms, bool(starts))
    return replace(_with_past(course, rest, event.on, False), before=before.before)


def _alike(one: Course, other: Course, last: date) -> bool:
    """Tell whether two courses are the same up to a day."""

    def until(course: Course) -> dict[str, list[tuple[date, Taken]]]:
        found = {
            drug: [(point.day, point.taken) for point in points if point.day <= last]
            for drug, points in course.tracks.items()
        }
        return {drug: points for drug, points in found.items() if points}

    return until(one) == until(other)


def _with_past(course: Course, rest: Course, on: date, ordered: bool) -> Course:
    """Put the days before a day in front of the rest; a dose that goes on is one point, ruled by the rest.

    Args:
        course: The course before.
        rest: The course from the day, or the one before it, on.
        on: The day.
        ordered: Whether another dose on this day was ordered.
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
            new[0] = replace(new[0], ordered=ordered or again)
        if past or new:
            tracks[drug] = (*past, *new)
    return replace(rest, tracks=tracks)
