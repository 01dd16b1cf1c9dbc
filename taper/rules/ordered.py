"""T104: whether a schedule keeps within what its own order allows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from taper.finding import Finding, NotEvaluated, Outcome, Severity, rule
from taper.order import Order
from taper.order_parts import Phase, Regimen
from taper.quantity import Mg, exact_text
from taper.rules.case import Case
from taper.rules.curve import Stretch
from taper.rules.wording import day_text, days_text


@rule("T104", "cut larger than ordered", since="0.1.0")
def larger_than_ordered(case: Case) -> Iterator[Outcome]:
    """A cut is larger than the order allows.

    What: Every cut of the ordered drug, the stop included, against what the phase of the order allows
        at that dose; a typed list of doses is compared dose by dose. `stop_from` is respected. No
        tolerance: amounts are exact.
    Why: A schedule that was changed by hand or by another tool may no longer be what was ordered.
    What to do: Plan again from the order, or change the order if the larger cut is meant.
    """
    if case.order is None:
        yield NotEvaluated("T104", "the schedule has no order to compare with")
        return
    order, drug = case.order, case.order.drug.lower()
    points = [(stretch, stretch.dose(drug)) for stretch in case.stretches if stretch.dose(drug)]
    for (_, before), (after, dose) in pairwise(points):
        if dose < before:
            yield from _compare(order, before, dose, after)
    if points and case.stop is not None and case.stop.last == points[-1][0]:
        stopped = Stretch(case.stop.on, case.stop.on, points[-1][0].step + 1, ())
        yield from _compare(order, points[-1][1], Mg(0), stopped)


def lowest_allowed(order: Order, dose: Mg, after: Mg) -> Mg:
    """Return the lowest daily dose that the order lets follow a daily dose.

    Args:
        order: The order.
        dose: Daily dose before the cut.
        after: Daily dose after it.
    """
    before: Phase | None = None
    for phase in order.phase:
        if dose > phase.goal:
            if phase.doses is not None:
                return _typed(phase, order.current.total if before is None else before.goal, dose)
            if not phase.goal and order.stop_from is not None and dose <= order.stop_from:
                return Mg(0)
            if phase.finish is not None:  # as gently as the days allow: any lower dose, but no stop
                return phase.goal or (after if after else dose)
            return max(dose - order.allowed(phase, dose), phase.goal)
        before = phase
    return dose


def _typed(phase: Phase, above: Mg, dose: Mg) -> Mg:
    """Return the lowest dose that follows a dose in a typed list, or the next lower one of the list."""
    assert phase.doses is not None
    listed = [above, *(d.total if isinstance(d, Regimen) else d for d in phase.doses)]
    following = [after for before, after in pairwise(listed) if before == dose and after != dose]
    return min(following) if following else max((d for d in listed if d < dose), default=dose)


def _compare(order: Order, before: Mg, dose: Mg, after: Stretch) -> Iterator[Finding]:
    lowest = lowest_allowed(order, before, dose)
    if dose >= lowest:
        return
    allowed = before - lowest
    what = "the drug is stopped" if not dose else f"the dose falls to {dose}"
    yield Finding(
        code="T104",
        severity=Severity.ALERT,
        message=f"On {day_text(after.start)} {what} from {before}, a cut of {before - dose}; the order allows "
        f"{f'a cut of {allowed}' if allowed else 'no cut'} at this dose.",
        step=after.step,
        on=after.start,
        until=after.end,
        measured=exact_text((before - dose).value),
        limit=exact_text(allowed.value),
        advice="Plan again from the order, or change the order if the larger cut is meant.",
    )


@rule("T112", "finish date of the order", since="0.1.0")
def finish_date(case: Case) -> Iterator[Outcome]:
    """A phase with a finish date ends long before it, or after it.

    What: The first day at or below the goal of each phase with `finish`, against that date. Earlier by an
        interval of the phase or more is a note: the products have no dose left in between. Later is a
        warning.
    Why: The time to the date was ordered to make the cuts small; days that are not used cannot do that,
        and a plan that was changed may miss the date.
    What to do: Order a longer interval or a smaller strength to use the time, or an earlier date.
    """
    if case.order is None:
        yield NotEvaluated("T112", "the schedule has no order that could name a finish date")
        return
    drug = case.order.drug.lower()
    points = [(stretch.start, stretch.dose(drug), stretch.step) for stretch in case.taken]
    if case.stop is not None:
        points.append((case.stop.on, Mg(0), case.stop.last.step))
    for phase in case.order.phase:
        reached = next(((day, step) for day, dose, step in points if dose <= phase.goal), None)
        if phase.finish is None or reached is None:
            continue
        day, step = reached
        early = phase.every.after(day) <= phase.finish
        if not early and day <= phase.finish:
            continue
        days, what = abs((phase.finish - day).days), f"{phase.goal} a day" if phase.goal else "the stop"
        when = f"{days_text(days)} {'before' if early else 'after'} the ordered date, {day_text(phase.finish)}"
        why = " At this interval the products have no more doses in between." if early else ""
        yield Finding(
            code="T112",
            severity=Severity.NOTE if early else Severity.WARNING,
            message=f"The plan reaches {what} on {day_text(day)}, {when}.{why}",
            step=step,
            on=day,
            until=max(day, phase.finish),
            measured=str((day - phase.finish).days),
            limit="0",
            advice="Order a longer interval, or a product with a smaller strength, to use the time."
            if early
            else "Plan again from the order, or order a later date.",
        )
