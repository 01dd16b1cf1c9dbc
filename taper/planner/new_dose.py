"""Revisions that name a dose: a step back, a dose ordered from now on, a dose that was really taken."""

from __future__ import annotations

from dataclasses import replace

from taper import catalog
from taper.errors import NotMakeableError, OrderError
from taper.order.parts import DailyDoses, blank_by_time
from taper.order.phase import Phase, dose_total
from taper.planner.course import DosesByTime, Pattern, Start
from taper.planner.leg_order import products_of, with_pieces
from taper.planner.rest import Rest
from taper.planner.situation import Situation
from taper.quantity import Mg
from taper.schedule.makeable import Makeable
from taper.schedule.schedule import ONE_DAY

_TWO_DRUGS = (
    "one drug replaces another on this day, so a dose of one of them alone says too little; "
    "hold, change `every`, or name the phases from now on with phase"
)


def out_of_switch(now: Situation, rest: Rest, field: str) -> Rest:
    """Reject another dose of one of two drugs during a switch; allowed before the first stage."""
    for place, start in rest.starts.items():
        phase = now.terms.phase[place]
        if phase.switch_to is None:
            continue
        if now.drug in (now.order.phase_drugs(now.terms.phase)[place], catalog.drug(phase.switch_to).name):
            if start.done:
                raise OrderError(_TWO_DRUGS, field=field)
            rest = rest.starting(replace(start, origin=()))
    return rest


def stepped_back(now: Situation, rest: Rest) -> Rest:
    """Return to the doses before the last change of a drug, and to the phase that ruled then."""
    course, drug = now.course, now.drug
    left = course.before_cut(drug, now.on)
    if left is None:
        raise OrderError(f"{drug} has not been reduced yet, so there is no step to go back to", field="back")
    before, day = left
    earlier = course.at(drug, before)
    assert earlier is not None
    partners = [name for name, point in now.present.items() if name != drug and point.day == day and point.origin]
    patterns = dict(rest.patterns)
    for name in (drug, *partners):
        point = course.at(name, before)
        if point is None or not any(point.taken):
            patterns.pop(name, None)
        else:
            patterns[name] = point.pattern
            earlier = point if point.origin and not earlier.origin else earlier
    phase = min(earlier.phase, now.place)
    rule = now.terms.phase[phase]
    same = earlier.phase == phase and same_list(earlier.rule, rule)
    due = now.terms.next_change_day((now.event.every or rule.every).after(now.on))
    start = Start(phase, 0, due, (), now.on, earlier.turn)
    if same:
        start = replace(start, done=earlier.done, origin=earlier.origin, beside=earlier.beside)
    starts = {place: other for place, other in rest.starts.items() if place != now.place} | {phase: start}
    return replace(rest, begin=now.on, patterns=patterns, starts=starts)


def same_list(earlier: Phase | None, phase: Phase) -> bool:
    """Return whether two phases have the same list, so that entries done in one are done in the other."""
    keys = ("doses", "weekly", "cycles", "switch_to", "equivalence", "portion", "switch_first", "to")
    return earlier is not None and all(getattr(earlier, key) == getattr(phase, key) for key in keys)


def with_ordered_dose(now: Situation, rest: Rest, given: Mg | DailyDoses) -> Rest:
    """Return the rest with the dose that is to be taken from the day of the revision on."""
    planned = rest.patterns.get(now.drug, ({},))
    doses = _by_time(given, planned, "dose")
    with_pieces(now.order, now.terms, now.drug, (doses,), "dose")
    rest = replace(_past_higher(now, rest, doses), begin=max(rest.begin, now.on)).taking(now.drug, doses)
    start, same = rest.starts.get(now.place), sum(doses.values(), Mg(0)) == _largest(planned)
    if start is not None and (not same or start.next is None or start.next <= now.on):
        rest = rest.starting(replace(start, next=now.next_interval, anchor=None))
    return rest


def with_taken_dose(now: Situation, rest: Rest, given: Mg | DailyDoses) -> Rest:
    """Return the rest from the dose that was really taken, or from the nearest below that can be made."""
    planned = rest.patterns.get(now.drug, ({},))
    doses = _by_time(given, planned, "taken")
    try:
        with_pieces(now.order, now.terms, now.drug, (doses,))
    except NotMakeableError:
        return _from_below(now, rest, doses)
    rest = _past_higher(now, rest.taking(now.drug, doses), doses)
    start = rest.starts.get(now.place)
    if start is not None and start.next is not None and sum(doses.values(), Mg(0)) != _largest(planned):
        since = now.event.since or now.on - ONE_DAY  # the dose taken is a step of its own, and no step is shorter
        due = max(start.next, now.terms.next_change_day(now.rule.every.after(since)))
        if due != start.next:
            rest = rest.starting(replace(start, next=due, anchor=None))
    return rest


def _from_below(now: Situation, rest: Rest, taken: DosesByTime) -> Rest:
    """Return the rest from the makeable doses just below those taken; the plan's own dose goes on where none may."""
    floor = _below(now, taken)
    if floor is None:
        return rest
    rest = replace(_past_higher(now, rest.taking(now.drug, floor), floor), begin=max(rest.begin, now.on))
    start = rest.starts.get(now.place)
    if start is not None and (start.next is None or start.next <= now.on):
        rest = rest.starting(replace(start, next=now.next_interval, anchor=None))
    return rest


def _by_time(given: Mg | DailyDoses, planned: Pattern, field: str) -> DosesByTime:
    """Return a dose that was named by time of day."""
    if isinstance(given, DailyDoses):
        return given.by_time()
    times = list(dict.fromkeys(time for day in planned for time in day))
    if not given:
        raise OrderError(
            "nothing was taken, so there is no dose to go on from; add dose, what is to be taken from now on"
            if field == "taken"
            else 'a dose of zero is a stop; name the phases from now on, such as phase = [{doses = ["0 mg"], …}]',
            field=field,
        )
    if len(times) != 1:
        options = " ".join(f'--{field} "{time}=… mg"' for time in times)
        raise OrderError(
            f"{given} a day, but the day has several times; write each: {blank_by_time(times)}; "
            f"on the command line: {options}",
            field=field,
        )
    return {times[0]: given}


def _largest(pattern: Pattern) -> Mg:
    return max(sum(day.values(), Mg(0)) for day in pattern)


def _past_higher(now: Situation, rest: Rest, doses: DosesByTime) -> Rest:
    """Skip the entries of a list that are not below the present dose, so that nothing rises unordered."""
    start = rest.starts.get(now.place)
    if start is None:
        return rest
    total = sum(doses.values(), Mg(0))
    if now.rule.doses is not None:
        totals = [dose_total(dose) for dose in now.rule.doses]
    elif now.rule.patterns is not None:
        totals = [sum(map(dose_total, days), Mg(0)) / len(days) for days in now.rule.patterns]
    else:
        return rest
    done = next((index for index in range(start.done, len(totals)) if totals[index] < total), len(totals))
    return rest.starting(replace(start, done=done))


def _below(now: Situation, taken: DosesByTime) -> DosesByTime | None:
    """Return the makeable doses just below those really taken, if the phase in force allows a cut to them."""
    rule = now.rule.reduce if now.place >= 0 else None
    makeable = Makeable(products_of(now.order, now.terms, now.drug), now.terms.max_units, max(taken.values()))
    floor = {
        time: makeable.mg(max(p for p in makeable.doses if makeable.mg(p) <= dose)) for time, dose in taken.items()
    }
    total, left = sum(taken.values(), Mg(0)), sum(floor.values(), Mg(0))
    half = now.order.half_saturation if now.drug == now.order.drugs[0] else None
    if rule is None or not left or (rule.points is not None and half is None):
        return None
    allowed = rule.allowed(total, now.course.first.get(now.drug, total), half)
    return {time: dose for time, dose in floor.items() if dose} if total - left <= allowed else None
