"""Applying a revision to a course: the days before it stay, the rest is planned anew by the same planner.

The rest begins with what was taken on the day before, in the phase that was in force then, and with the change
that was due next: later by a pause, at the new interval, or one interval after a step back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from taper import catalog
from taper.course import Course, follow
from taper.errors import NotMakeableError, OrderError, located
from taper.force import Force
from taper.history import Event
from taper.leg import made, products_of
from taper.makeable import Makeable
from taper.order import Order
from taper.order_parts import WEEKDAYS, Regimen
from taper.phase import dose_total
from taper.quantity import Mg
from taper.schedule import ONE_DAY
from taper.track import Doses, Pattern, Point, Start, Taken

_TWO_DRUGS = (
    "one drug replaces another on this day, so a dose of one of them alone says too little; "
    "hold, change `every`, or name the phases from now on with phase"
)


def amended(order: Order, course: Course, event: Event, force: Force) -> Course:
    """Return the course after a revision.

    Args:
        order: The order, for what no revision changes.
        course: The course before it.
        event: The revision.
        force: What is in force from it on.

    Raises:
        OrderError: It lies outside the plan, or changes what is not there.
        NotMakeableError: A dose that it names cannot be made.
    """
    if not order.start <= event.on <= course.end:
        when = f"before the plan begins, {order.start}" if event.on < order.start else f"after its end, {course.end}"
        raise OrderError(f"{event.on} is {when}; nothing is left to change", field="on")
    if event.undo:
        return _undone(order, course, event, force)
    return replace(_changed(order, course, event, force), before=course)


def under_way(course: Course, on: date) -> dict[int, dict[str, Point]]:
    """Return the phases whose next change is due on a day or later: place of each, and its drugs with their points."""
    found: dict[int, dict[str, Point]] = {}
    first = min(points[0].day for points in course.tracks.values())
    for drug in course.tracks:
        day = max(first, on - ONE_DAY)
        point = course.at(drug, day)
        if point is not None and point.next is not None and point.next >= on and (point.ruled or day) <= day:
            found.setdefault(point.phase, {})[drug] = point
    return found


def place_of(order: Order, course: Course, event: Event) -> int | None:
    """Return the place of the phase that a revision concerns: the one under way, else the next, else the last.

    Returns:
        None for another dose of a drug that no phase reduces.

    Raises:
        OrderError: Several drugs are reduced and it names none, or one that is not taken.
    """
    phases, drugs = course.force.phases, order.phase_drugs(course.force.phases)
    active = sorted(under_way(course, event.on))
    if event.drug is not None:
        wanted, last = _drug(order, event.drug), max(active, default=-1)
        now = course.at(wanted, max(order.start, event.on - ONE_DAY))
        if now is None or not any(now.taken):
            raise OrderError(f"{wanted} is not taken on this day, so there is nothing to change", field="drug")
        own = [place for place, drug in enumerate(drugs) if drug == wanted]
        active = [place for place in active if drugs[place] == wanted]
        if not active and not own:
            if set(event.changes) <= {"dose", "taken", "product", "stock", "max_units"}:
                return None
            raise OrderError(f"no phase of the plan reduces {wanted}; name phases for it with phase", field="drug")
        if not active:
            return next((place for place in own if place > last and last >= 0), own[-1])
    if len(active) > 1 and set(event.changes) & {"back", "dose", "taken", "reduce", "every", "until", "finish"}:
        named = " and ".join(drugs[place] for place in active)
        raise OrderError(f"{named} are reduced at this time; name the one with drug", field="drug")
    return active[0] if active else len(phases) - 1


def _drug(order: Order, name: str) -> str:
    found = next((drug for drug in order.drugs if drug.lower() == name.lower()), None)
    if found is None:
        raise OrderError(f"'{name}' is no drug of this plan; it has {', '.join(order.drugs)}", field="drug")
    return found


def _changed(order: Order, course: Course, event: Event, force: Force) -> Course:
    yesterday = max(order.start, event.on - ONE_DAY)
    present = {drug: point for drug in course.tracks if (point := course.at(drug, yesterday)) is not None}
    patterns: dict[str, Pattern] = {drug: point.pattern for drug, point in present.items() if any(point.taken)}
    active, place = under_way(course, event.on), -1 if event.at_phase is None else event.at_phase
    starts = {
        phase: Start(phase, point.done, point.next, point.origin, point.next or event.on, point.turn)
        for phase, drugs in active.items()
        for point in drugs.values()
    }
    begin = yesterday
    drugs = order.phase_drugs(course.force.phases)
    drug = _drug(order, event.drug) if event.drug is not None else drugs[min(place, len(drugs) - 1)]
    pending = bool(active) and place > max(active)
    if event.phase is not None:
        starts = {phase: start for phase, start in starts.items() if phase < place}
        due = min((point.next for drugs in active.values() for point in drugs.values() if point.next), default=None)
        nominal = max(event.on, force.phases[place].every.after(_since(course, yesterday)))
        starts[place] = Start(place, 0, due or _moved(force, nominal), (), due or event.on)
    elif (
        place >= 0
        and place not in starts
        and not pending
        and set(event.changes) & {"until", "finish", "reduce", "every", "back", "dose", "taken"}
    ):
        nominal = max(event.on, force.phases[place].every.after(_since(course, yesterday)))
        starts[place] = Start(place, 0, _moved(force, nominal), (), event.on)
    if event.back:
        begin = event.on
        _step_back(order, course, event, force, starts, patterns, drug, place)
    elif event.dose is not None or event.taken is not None:
        _refuse_in_switch(order, force, starts, drug, "dose" if event.dose is not None else "taken")
        begin = _other_dose(order, course, event, force, starts, patterns, drug, place, yesterday)
    for phase, start in list(starts.items()):
        if event.every is not None and phase == place and not event.back:
            nominal = force.phases[place].every.after(_since(course, yesterday, drug))
            starts[phase] = start = replace(start, next=_moved(force, max(event.on, nominal)))
        starts[phase] = replace(start, next=_held(event, force, start, phase, place))
    held = starts if event.drug is None else {phase: start for phase, start in starts.items() if phase == place}
    if (event.hold is not None or event.hold_until is not None) and not held:
        what = f"no change of {drug} is due next" if event.drug is not None else "no change of dose lies ahead"
        raise OrderError(f"{what}, so there is nothing to hold", field="hold")
    starts = {phase: _first_cut(start, begin) for phase, start in starts.items()}
    kept = tuple(starts[phase] for phase in sorted(starts) if phase < len(force.phases))
    rest = follow(order, force, begin, patterns, kept, course.first)
    return _with_past(course, rest, event.on)


def _first_cut(start: Start, begin: date) -> Start:
    """Keep the next change at least a day behind the first day of the rest."""
    return start if start.next is None or start.next > begin else replace(start, next=begin + ONE_DAY)


def _since(course: Course, day: date, drug: str | None = None) -> date:
    """Return the day on which the dose of a day began."""
    tracks = course.tracks if drug is None else {drug: course.tracks.get(drug, ())}
    return max((p.day for points in tracks.values() for p in points if p.day <= day), default=day)


def _moved(force: Force, day: date) -> date:
    """Return the ordered day of the week, on or after a day."""
    if force.change_on is None:
        return day
    return day + timedelta(days=(WEEKDAYS.index(force.change_on) - day.weekday()) % 7)


def _held(event: Event, force: Force, start: Start, phase: int, place: int) -> date | None:
    """Return the day of the next change after a pause, and on the ordered weekday."""
    due = start.next
    if due is None:
        return None
    if event.drug is None or phase == place:
        if event.hold is not None:
            due = event.hold.after(due)
        elif event.hold_until is not None:
            due = max(due, event.hold_until)
    return _moved(force, due) if due != start.next or event.change_on is not None else due


def _refuse_in_switch(order: Order, force: Force, starts: dict[int, Start], drug: str, field: str) -> None:
    """Refuse another dose of one of two drugs that are being exchanged; before the first stage it is no question."""
    for place, start in starts.items():
        phase = force.phases[place]
        if phase.switch_to is None or drug not in (
            order.phase_drugs(force.phases)[place],
            catalog.drug(phase.switch_to).name,
        ):
            continue
        if start.done:
            raise OrderError(_TWO_DRUGS, field=field)
        starts[place] = replace(start, origin=())


def _step_back(
    order: Order,
    course: Course,
    event: Event,
    force: Force,
    starts: dict[int, Start],
    patterns: dict[str, Pattern],
    drug: str,
    place: int,
) -> None:
    """Return to the doses before the last change of a drug, and to the phase that ruled then."""
    yesterday = max(order.start, event.on - ONE_DAY)
    day = _since_changed(course, drug, yesterday)
    if day is None:
        raise OrderError(f"{drug} has not been changed yet, so there is no step to go back to", field="back")
    before = day - ONE_DAY
    earlier = course.at(drug, before)
    assert earlier is not None
    partners = [
        other
        for other in course.tracks
        if (point := course.at(other, yesterday)) is not None and other != drug and point.day == day and point.origin
    ]
    for name in (drug, *partners):
        point = course.at(name, before)
        if point is None or not any(point.taken):
            patterns.pop(name, None)
        else:
            patterns[name] = point.pattern
            earlier = point if point.origin and not earlier.origin else earlier
    starts.pop(place, None)
    phase = min(earlier.phase, place)
    same = earlier.phase < len(course.force.phases) and course.force.phases[phase] == force.phases[phase]
    rule = force.phases[phase]
    listed = rule.doses is not None or rule.weekly is not None or rule.switch_to is not None
    starts[phase] = Start(
        phase,
        earlier.done if same and listed else 0,
        _moved(force, rule.every.after(event.on)),
        earlier.origin if same else (),
        event.on,
        earlier.turn,
    )


def _since_changed(course: Course, drug: str, day: date) -> date | None:
    """Return the day on which a drug came to its dose of a day, None if it had it from the beginning."""
    points = [point for point in course.tracks.get(drug, ()) if point.day <= day]
    for before, after in zip(reversed(points[:-1]), reversed(points), strict=False):
        if before.pattern != after.pattern:
            return after.day
    return None


def _other_dose(
    order: Order,
    course: Course,
    event: Event,
    force: Force,
    starts: dict[int, Start],
    patterns: dict[str, Pattern],
    drug: str,
    place: int,
    yesterday: date,
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
            made(order, force, drug, (doses,))
        except NotMakeableError:
            floor = _below(order, course, force, drug, doses, place)
            if floor is None:
                return yesterday  # the plan's own dose goes on
            patterns[drug] = (floor,)
            _skip_higher(force, starts, place, floor)
            start = starts.get(place)
            if start is not None and (start.next is None or start.next <= event.on):
                starts[place] = replace(start, next=_moved(force, force.phases[place].every.after(event.on)))
            return event.on
        patterns[drug] = (doses,)
        _skip_higher(force, starts, place, doses)
        return yesterday
    with located(name):
        made(order, force, drug, (doses,), "")
    _skip_higher(force, starts, place, doses)
    start = starts.get(place)
    same = sum(doses.values(), Mg(0)) == max(sum(day.values(), Mg(0)) for day in planned)
    patterns[drug] = (doses,)
    if start is not None and (not same or start.next is None or start.next <= event.on):
        starts[place] = replace(start, next=_moved(force, force.phases[place].every.after(event.on)))
    return event.on


def _skip_higher(force: Force, starts: dict[int, Start], place: int, doses: Doses) -> None:
    """Go on in a list of doses or patterns behind those that are not below the dose now: nothing rises unordered."""
    start = starts.get(place)
    if start is None:
        return
    phase, now = force.phases[place], sum(doses.values(), Mg(0))
    if phase.doses is not None:
        totals = [dose_total(dose) for dose in phase.doses]
    elif phase.weekly is not None:
        totals = [sum(map(dose_total, week.days), Mg(0)) / 7 for week in phase.weekly]
    else:
        return
    done = next((index for index in range(start.done, len(totals)) if totals[index] < now), len(totals))
    starts[place] = replace(start, done=done)


def _below(order: Order, course: Course, force: Force, drug: str, doses: Doses, place: int) -> Doses | None:
    """Return the makeable doses just below those really taken, if the phase in force allows a cut to them."""
    rule = force.phases[place].reduce if place >= 0 else None
    makeable = Makeable(products_of(order, force, drug), force.max_units, max(doses.values()))
    floor = {
        time: makeable.mg(max(p for p in makeable.doses if makeable.mg(p) <= dose)) for time, dose in doses.items()
    }
    taken, left = sum(doses.values(), Mg(0)), sum(floor.values(), Mg(0))
    half = order.half_saturation if drug == order.drugs[0] else None
    if rule is None or not left or (rule.points is not None and half is None):
        return None
    allowed = rule.allowed(taken, course.first.get(drug, taken), half)
    return {time: dose for time, dose in floor.items() if dose} if taken - left <= allowed else None


def _undone(order: Order, course: Course, event: Event, force: Force) -> Course:
    """Take the last revision that still counts back: as if it had not been, where no day was taken otherwise."""
    before = course.before
    if before is None:
        raise OrderError("no revision is left to take back", field="undo")
    yesterday = max(order.start, event.on - ONE_DAY)
    if _alike(course, before, event.on - ONE_DAY) and event.on <= before.end:
        return replace(before, force=force)
    since = course.force.on
    starts = []
    for phase, drugs in sorted(under_way(course, event.on).items()):
        if phase >= len(force.phases):
            continue
        same = course.force.phases[phase] == force.phases[phase]
        for drug, point in drugs.items():
            earlier, due = before.at(drug, max(order.start, since - ONE_DAY)), point.next
            if earlier is not None and earlier.day == point.day and earlier.next is not None:
                due = max(event.on, earlier.next)
            origin = point.origin if same else ()
            start = Start(phase, point.done if same else 0, due, origin, event.on, point.turn)
        starts.append(start)
    points = {drug: course.at(drug, yesterday) for drug in course.tracks}
    patterns = {drug: point.pattern for drug, point in points.items() if point is not None and any(point.taken)}
    rest = follow(order, force, yesterday, patterns, tuple(_first_cut(s, yesterday) for s in starts), course.first)
    return replace(_with_past(course, rest, event.on), before=before.before)


def _alike(one: Course, other: Course, last: date) -> bool:
    """Tell whether two courses are the same up to a day."""

    def until(course: Course) -> dict[str, list[tuple[date, Taken]]]:
        found = {
            drug: [(point.day, point.taken) for point in points if point.day <= last]
            for drug, points in course.tracks.items()
        }
        return {drug: points for drug, points in found.items() if points}

    return until(one) == until(other)


def _with_past(course: Course, rest: Course, on: date) -> Course:
    """Put the days before a day in front of the rest; a dose that goes on is one point, ruled by the rest."""
    tracks: dict[str, tuple[Point, ...]] = {}
    for drug in dict.fromkeys((*course.tracks, *rest.tracks)):
        past = [point for point in course.tracks.get(drug, ()) if point.day < on]
        new = list(rest.tracks.get(drug, ()))
        if past and new and new[0].day <= on and past[-1].taken == new[0].taken:
            head = new.pop(0)
            past[-1] = replace(head, day=past[-1].day, target=past[-1].target, ruled=head.ruled or head.day)
        elif new and new[0].day < on:
            head = new.pop(0)
            if not new or new[0].day > on:
                new.insert(0, replace(head, day=on))
        elif past and any(past[-1].taken) and (not new or new[0].day > on):
            new.insert(0, Point(on, ((),)))
        if past or new:
            tracks[drug] = (*past, *new)
    return replace(rest, tracks=tracks)
