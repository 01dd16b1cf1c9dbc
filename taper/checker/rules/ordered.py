"""Whether a schedule stays within its own order, revisions included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from taper import catalog
from taper.checker.allowed import OrderedFall, Ruling
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, headline
from taper.checker.texts import say
from taper.checker.wording import (
    NOTHING,
    change_text,
    day_text,
    days_text,
    dose_text,
    drug_text,
    joined,
    span_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.order.history import Event
from taper.order.order import Order
from taper.order.parts import DailyDoses
from taper.order.phase import dose_total
from taper.order.product import resolve_products
from taper.order.terms import Terms
from taper.quantity import NO_MG, Mg, exact_text
from taper.schedule.curve import Level
from taper.schedule.makeable import Makeable
from taper.schedule.schedule import ONE_DAY

ORDERED_THAT_DAY = frozenset({"dose", "back", "taken", "phase", "undo"})
"""What a revision may change so that the dose of its day is what was ordered, not a cut of a phase."""


@rule("T104", "cut larger than ordered", since="0.1.0")
def larger_than_ordered(case: Case) -> Iterator[Outcome]:
    """A cut is larger than the order allows.

    What: Every cut of each ordered drug, its stop included, against what the phase in force on that day
        allows at that dose; a typed list of doses is compared dose by dose, a weekly pattern day by day of
        the week. The dose that the order stops from is respected. A dose that a revision sets on its day
        (`dose`, `back`, `taken`, `phase`, `undo`) is what was ordered, and a change of drug is left to T113.
        No tolerance: amounts are exact.
    Why: A schedule that was changed by hand or by another tool may no longer be what was ordered.
    What to do: Plan again from the order, or change the order if the larger cut is meant.
    """
    if case.order is None:
        yield NotEvaluated("T104", NO_ORDER, say("T104.about"))
        return
    for drug in case.order.drugs:
        points = [(s.start, dose, s) for s in case.daily_levels if (dose := s.dose(drug))]
        if not points:
            continue
        start, set_on = _start(case.order, drug, points), _set_on(case.order, drug)
        rulings = [Ruling(case.order, terms, drug) for terms in case.all_terms]
        for (_, before, level), (day, dose, after) in pairwise(points):
            if day in set_on or dose >= before or _within_today(case.order, drug, level, after):
                continue
            fall = OrderedFall(drug, start, before, dose, day)
            lowest = _ruling(rulings, day).lowest(fall)
            if lowest is not None and dose < lowest:
                yield _too_large(case.order, fall, lowest, after)
        stopped = _stopped(case, drug, points[-1][2])
        if stopped is not None and stopped not in set_on:
            zero = Level(stopped, stopped, points[-1][2].step + 1, ())
            fall = OrderedFall(drug, start, points[-1][1], NO_MG, stopped)
            lowest = _ruling(rulings, stopped).lowest(fall)
            if lowest:
                yield _too_large(case.order, fall, lowest, zero)


def _within_today(order: Order, drug: str, before: Level, after: Level) -> bool:
    """Return whether a fall lies within the weekly pattern with which the plan begins."""
    current = None if before.step or after.step else order.current_of(drug)
    if current is None or current.is_daily:
        return False
    days = {level.start: current.days[level.start.weekday()] for level in (before, after)}
    return all(sum(days[level.start].values(), Mg(0)) == level.dose(drug) for level in (before, after))


def _start(order: Order, drug: str, points: list[tuple[date, Mg, Level]]) -> Mg:
    """Return the starting dose of a drug; for one that is switched to, the dose at the end of the switch."""
    start = order.starting_dose(drug)
    return max(dose for _, dose, _ in points) if start is None else start


def _set_on(order: Order, drug: str) -> set[date]:
    """Return the days on which a revision sets the dose of a drug."""
    return {
        event.on
        for event in order.history
        if ORDERED_THAT_DAY & set(event.changes) and (event.drug is None or catalog.drug(event.drug).name == drug)
    }


def _stopped(case: Case, drug: str, last: Level) -> date | None:
    """Return the first day without a drug; None if the schedule does not say that it stops."""
    following = next((s.start for s in case.daily_levels if s.start > last.end and not s.dose(drug)), None)
    if following is not None:
        return following
    return case.stop.on if case.stop is not None and case.taken[-1].end == last.end else None


def _ruling(rulings: list[Ruling], day: date) -> Ruling:
    """Return what rules a drug on a day."""
    return next((ruling for ruling in reversed(rulings) if ruling.on <= day), rulings[0])


def _too_large(order: Order, fall: OrderedFall, lowest: Mg, after: Level) -> Finding:
    """Report a fall below the lowest dose that the order allows."""
    allowed, cut = fall.before - lowest, fall.before - fall.after
    several, day = len(order.drugs) > 1, day_text(fall.on)
    limit = say("T104.allows", cut=dose_text(allowed)) if allowed else say("T104.allows none")
    said = {"day": day, "before": dose_text(fall.before), "limit": limit}
    if fall.after:
        said["what"] = drug_text(fall.drug) if several else say("T104.the dose")
        said["after"] = dose_text(fall.after)
        full, shorter = say("T104.message", cut=dose_text(cut), **said), say("T104.shorter", **said)
    else:
        said["what"] = drug_text(fall.drug) if several else say("T104.the drug")
        full = shorter = say("T104.stops", **said)
    line = headline(full, shorter, say("T104.large", day=day, limit=limit), say("T104.short", day=day))
    return Finding(
        code="T104",
        severity=Severity.ALERT,
        message=line,
        step=after.step,
        on=after.start,
        until=after.end,
        measured=exact_text(cut.value),
        limit=exact_text(allowed.value),
        advice=say("T104.advice"),
        detail=NOTHING if line == full else full,
    )


@rule("T112", "finish date of the order", since="0.1.0")
def finish_date(case: Case) -> Iterator[Outcome]:
    """A phase with a finish date ends long before it, or after it.

    What: The first day at or below the goal of each phase with `finish`, as the last revision has them,
        against that date. Earlier by an interval of the phase or more is a note: the products have no dose
        left in between. Later is a warning.
    Why: The time to the date was ordered to make the cuts small; days that are not used cannot do that,
        and a plan that was changed may miss the date.
    What to do: Order a longer interval or a smaller strength to use the time, or an earlier date.
    """
    if case.order is None:
        yield NotEvaluated("T112", NO_ORDER, say("T112.about"))
        return
    phases = case.all_terms[-1].phase
    for phase, drug in zip(phases, case.order.phase_drugs(phases), strict=True):
        reached = None if phase.finish is None else _reached(case, drug, phase.goal)
        if phase.finish is None or reached is None:
            continue
        day, step = reached
        early = phase.every.after(day) <= phase.finish
        if not early and day <= phase.finish:
            continue
        what = say("a day", doses=dose_text(phase.goal)) if phase.goal else say("about.stop")
        if len(case.order.drugs) > 1:
            what = say("T112.of drug", what=what, drug=drug_text(drug))
        said = {"what": what, "day": day_text(day), "days": days_text(abs((phase.finish - day).days))}
        plan = say("T112.early" if early else "T112.late", finish=day_text(phase.finish), **said)
        short = say("T112.early.short" if early else "T112.late.short", **said)
        yield Finding(
            code="T112",
            severity=Severity.NOTE if early else Severity.WARNING,
            message=headline(plan, short),
            step=step,
            on=day,
            until=max(day, phase.finish),
            measured=str((day - phase.finish).days),
            limit="0",
            advice=say("T112.early.advice") if early else say("T112.late.advice"),
            detail=say("T112.early.detail") if early else NOTHING,
        )


def _reached(case: Case, drug: str, goal: Mg) -> tuple[date, int] | None:
    """Return the first day, and its step, on which a drug is at or below a goal; None if it never is."""
    given = [s for s in case.taken if s.dose(drug)]
    if not given:
        return None
    assert case.order is not None
    if drug not in case.order.drugs[: 1 + len(case.order.other)]:  # its dose rises until all is replaced
        highest = max(s.dose(drug) for s in given)
        given = given[next(i for i, s in enumerate(given) if s.dose(drug) == highest) :]
    reached = next(((s.start, s.step) for s in given if s.dose(drug) <= goal), None)
    stopped = _stopped(case, drug, given[-1])
    return reached or (None if stopped is None else (stopped, given[-1].step))


@rule("T115", "dose taken differs from the plan", since="0.1.0")
def taken_otherwise(case: Case) -> Iterator[Outcome]:
    """What was taken, as a revision records it, is not what was planned.

    What: For each revision with `taken` the dose planned on those days and the one taken, their difference,
        and whether the products that were in force make the dose taken. A note; a warning where more was
        taken than planned, or less by more than the phase in force allows in one cut.
    Why: A lower dose than planned is a cut that nobody ordered, and where it is larger than any that was
        ordered, withdrawal can follow. A higher one means that the plan could not be kept, or that more
        is taken than was decided. Both are to be talked about before the plan goes on.
    What to do: Ask why; go on from the dose that is really taken, or return to the plan by a dose that the
        order names.
    """
    if case.order is None:
        yield NotEvaluated("T115", NO_ORDER, say("T115.about"))
        return
    for number, event in enumerate(case.order.history, start=1):
        if event.taken is not None:
            yield from _taken(case, case.order, number, event, event.taken)


def _taken(case: Case, order: Order, number: int, event: Event, taken: Mg | DailyDoses) -> Iterator[Outcome]:
    terms = replace(case.all_terms[number - 1], event=event)  # in force until this revision, which names its phase
    drug, dose = _drug_of(order, event, terms), dose_total(taken)
    first, last = event.since or event.on - ONE_DAY, event.on - ONE_DAY
    planned = [
        (s, (min(s.end, last) - max(s.start, first)).days + 1)
        for s in case.daily_levels
        if s.start <= last and s.end >= first
    ]
    days = sum(count for _, count in planned)
    if not days:
        about = say("T115.revision", number=number, day=day_text(event.on))
        yield NotEvaluated("T115", say("T115.not planned"), about)
        return
    average = Mg(sum((s.dose(drug).value * count for s, count in planned), Fraction(0)) / days)
    if all(s.dose(drug) == dose for s, _ in planned):
        return
    lowest_day = min(s.dose(drug) for s, _ in planned)
    even = all(s.dose(drug) == lowest_day for s, _ in planned)
    start = _start(order, drug, [(s.start, s.dose(drug), s) for s in case.daily_levels])
    in_pattern = any(case.pattern(s) is not None for s, _ in planned)  # of which a single day says nothing
    least = None
    if lowest_day and not in_pattern:
        least = Ruling(order, terms, drug).lowest(OrderedFall(drug, start, lowest_day, dose, first))
    allowed = lowest_day - least if least is not None and dose < least else None
    yield Finding(
        code="T115",
        severity=Severity.WARNING if dose > average or allowed is not None else Severity.NOTE,
        message=_taken_line((first, last), drug, dose, average, allowed),
        step=planned[0][0].step,
        on=max(first, planned[0][0].start),
        until=last,
        measured=exact_text(dose.value - average.value),
        limit=exact_text(-allowed.value) if allowed is not None else "",
        advice=say("T115.advice"),
        detail=joined(
            say(
                "T115.detail" if even else "T115.detail.average",
                number=number,
                day=day_text(event.on),
                average=dose_text(average),
                drug=drug_text(drug),
                dose=dose_text(dose),
                share=_share_text(dose, average),
            ),
            _makeable_text(order, terms, drug, taken),
        ),
    )


def _taken_line(run: tuple[date, date], drug: str, dose: Mg, planned: Mg, allowed: Mg | None) -> Message:
    """Say what was taken against what was planned, and the largest cut that the order allows where it is passed."""
    first, last = run
    one = first == last
    apart = dose_text(Mg(abs(dose.value - planned.value)))
    what = say("T115.more", dose=apart) if dose > planned else say("T115.less", dose=apart)
    if dose == planned:
        what = say("T115.other days")
    limit = NOTHING if allowed is None else say("T115.no cut")
    if allowed:
        limit = say("T115.cut", dose=dose_text(allowed))
    when = say("T115.on" if one else "T115.from", span=span_text(first, last))
    said = {"when": when, "dose": dose_text(dose) if one else say("a day", doses=dose_text(dose)), "what": what}
    of_drug = say("T115.of drug" if one else "T115.of drug a day", dose=dose_text(dose), drug=drug_text(drug))
    return headline(
        say("T115.message", limit=limit, **(said | {"dose": of_drug})),
        say("T115.message", limit=limit, **said),
        say("T115.message", limit=NOTHING, **said),
        say("T115.short", when=when),
    )


def _share_text(dose: Mg, planned: Mg) -> Message:
    if not planned:
        return NOTHING
    return say("T115.share", change=change_text((dose.value - planned.value) / planned.value, say("planned")))


def _drug_of(order: Order, event: Event, terms: Terms) -> str:
    """Return the drug that a revision is about."""
    if event.drug is not None:
        return catalog.drug(event.drug).name
    drugs = order.phase_drugs(terms.phase)
    return drugs[event.at_phase] if event.at_phase is not None and event.at_phase < len(drugs) else order.drugs[0]


def _makeable_text(order: Order, terms: Terms, drug: str, taken: Mg | DailyDoses) -> Message:
    """Say whether the products in force can make what was taken: each intake, or the daily dose in today's intakes."""
    products = resolve_products(terms.product, order.drugs, order.country)
    products = tuple(ordered for ordered in products if ordered.product.drug == drug)
    if not dose_total(taken):
        return NOTHING
    if not products:
        return say("T115.no product", drug=drug_text(drug))
    intakes, times = [dose_total(taken)], len(order.current.by_time())
    if isinstance(taken, DailyDoses):
        intakes, times = list(taken.by_time().values()), 1
    makeable = all(Makeable(products, terms.max_units * times, dose).on_grid(dose) is not None for dose in intakes)
    if makeable:
        return say("T115.makeable")
    return say("T115.divided" if len(intakes) > 1 else "T115.not makeable", dose=dose_text(dose_total(taken)))
