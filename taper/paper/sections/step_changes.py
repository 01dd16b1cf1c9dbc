"""Changes from one step to the next: of one drug, of several, or of the doses of a week.

All dates are those of the schedule's own days; the order only says which drug replaces which.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from taper import catalog
from taper.order.terms import terms_of
from taper.paper.parts import Notice
from taper.paper.phrases import Phrases, capitalized
from taper.quantity import Mg, exact_text
from taper.schedule.schedule import Cut, Schedule
from taper.schedule.weekly import OrderedStep, shown_steps


def step_change(cut: Cut | None, before: OrderedStep | None, now: OrderedStep, phrases: Phrases) -> str:
    """Write the change that leads to a step.

    Args:
        cut: The cut that leads to it; None where it is the first, or where drugs or days of the week make one
            number meaningless.
        before: The step before it; None for the first.
        now: The step.
        phrases: The words of the schedule.
    """
    schedule, say = phrases.schedule, phrases.say
    if before is None:
        return say("change_first")
    if before.varies or now.varies:
        return weekly_change(before, now, phrases)
    if len(schedule.drugs) > 1 or shown_steps(schedule.steps)[0].varies:
        return drug_changes(before.usual.totals, now.usual.totals, phrases)
    if cut is None or not cut.amount:
        return say("change_none")
    if not cut.before:  # a part of nothing is no number
        return drug_changes(before.usual.totals, now.usual.totals, phrases)
    name = "change_down" if cut.amount > Mg(0) else "change_up"
    return say(
        name,
        amount=phrases.dose(Mg(abs(cut.amount.value))),
        current=phrases.percent(abs(cut.of_current)),
        start=phrases.percent(abs(cut.of_start)),
    )


def last_change(schedule: Schedule, phrases: Phrases) -> str:
    """Write the last cut, from the last dose to none."""
    last, first, ordered = schedule.steps[-1], schedule.steps[0].total, shown_steps(schedule.steps)
    if ordered[-1].varies:
        return in_a_week(ordered[-1], None, phrases)
    if len(schedule.drugs) > 1 or not last.total or not first or ordered[0].varies:
        return drug_changes(last.totals, {}, phrases)
    percent, of_first = phrases.percent(last.total / last.total), phrases.percent(last.total / first)
    return phrases.say("change_down", amount=phrases.dose(last.total), current=percent, start=of_first)


def weekly_change(before: OrderedStep, now: OrderedStep, phrases: Phrases) -> str:
    """Describe a change to or from a weekly pattern, with the change in the weekly total.

    The average is given if it can be written exactly.
    """
    if (before.cycle, before.parts) == (now.cycle, now.parts):
        return phrases.say("change_none")
    name = "change_pattern" if before.weekly else "change_weekly"
    if not now.weekly:
        name = "change_cycle" if now.varies else "change_daily"
    parts = [phrases.say(name), in_a_week(before, now, phrases)]
    means = list(now.averages.values())
    if now.varies and len(phrases.schedule.drugs) == 1 and "/" not in exact_text(means[0].value):
        parts.append(phrases.say("on_average", dose=phrases.dose(means[0])))
    return phrases.say("comma").join(filter(None, parts))


def in_a_week(before: OrderedStep, now: OrderedStep | None, phrases: Phrases) -> str:
    """Write the change in the weekly total of each drug; empty if it is unknown or unchanged."""
    old, new = before.weekly_totals, now.weekly_totals if now else {}
    if old is None or new is None:
        return ""
    changes = []
    for drug in dict.fromkeys([*old, *new]):
        fall = old.get(drug, Mg(0)) - new.get(drug, Mg(0))
        if fall:
            amount = phrases.dose(Mg(abs(fall.value)))
            name = "change_week_down" if fall > Mg(0) else "change_week_up"
            several = len(phrases.schedule.drugs) > 1
            changes.append(phrases.say(name, amount=f"{phrases.medicine(drug)} {amount}" if several else amount))
    return phrases.say("comma").join(changes)


def drug_changes(before: dict[str, Mg], after: dict[str, Mg], phrases: Phrases) -> str:
    """Write the change of each drug from one step to the next; mg of different drugs are never added."""
    changes = []
    for drug in dict.fromkeys([*before, *after]):
        fall = before.get(drug, Mg(0)) - after.get(drug, Mg(0))
        if fall:
            name = "change_drug_down" if fall > Mg(0) else "change_drug_up"
            changes.append(phrases.say(name, drug=phrases.medicine(drug), amount=phrases.dose(Mg(abs(fall.value)))))
    return phrases.listed(changes) or phrases.say("change_none")


def drugs_notice(schedule: Schedule, phrases: Phrases) -> Notice | None:
    """Say what must be known about several drugs before the first dose; None in a plan with one drug.

    Args:
        schedule: The schedule.
        phrases: Its words.
    """
    if len(schedule.drugs) < 2:
        return None
    say = phrases.say
    drawn = [(drug, phrases.outline(drug)) for drug in schedule.drugs]
    shapes = [say("drug_shape", drug=phrases.medicine(drug), shape=shape) for drug, shape in drawn if shape]
    lines = [say("drugs_apart")]
    if shapes:
        lines.append(say("drugs_drawn", shapes=say("comma").join(shapes)))
    lines += [*_replaced(schedule, phrases), *_kept(schedule, phrases), *_last_days(schedule, phrases)]
    return Notice("drugs", say("drugs_title", drugs=phrases.introduced(schedule.drugs)), tuple(map(capitalized, lines)))


def switches(schedule: Schedule) -> tuple[tuple[str, str], ...]:
    """Return the old and the new drug of each switch in the order, as of its last revision."""
    order = schedule.order
    if order is None:
        return ()
    phases = terms_of(order)[-1].phase
    pairs = zip(order.phase_drugs(phases), phases, strict=True)
    return tuple((old, catalog.drug(phase.switch_to).name) for old, phase in pairs if phase.switch_to is not None)


def _days(schedule: Schedule, drug: str) -> tuple[date, date] | None:
    """Return the first and last day on which a drug is taken; None if it never is."""
    steps = [step for step in schedule.steps if step.totals.get(drug, Mg(0))]
    return (steps[0].start, steps[-1].end) if steps else None


def _replaced(schedule: Schedule, phrases: Phrases) -> Iterator[str]:
    """Say which drug replaces which, from the first day of the new to the last day of the old one."""
    for old, new in switches(schedule):
        before, after = _days(schedule, old), _days(schedule, new)
        if before is None or after is None:
            continue
        start, end = after[0], before[1]
        names = {"old": phrases.medicine(old), "new": phrases.medicine(new)}
        if start <= end:
            yield phrases.say("drug_replaced", start=phrases.dated(start), end=phrases.dated(end), **names)
        else:
            yield phrases.say("drug_replaced_at_once", start=phrases.dated(start), **names)


def _kept(schedule: Schedule, phrases: Phrases) -> Iterator[str]:
    """Say which drug stays the same while another one changes, and until when."""
    first = schedule.steps[0].totals
    changes = {drug: _first_change(schedule, drug) for drug in first}
    later = [day for drug in schedule.drugs if (day := _first_change(schedule, drug)) is not None]
    for drug, day in changes.items():
        if not first[drug]:
            continue
        steps = [step for step in schedule.steps if day is None or step.start < day]
        written = {phrases.measured_dose(drug, step.regimen) for step in steps}
        values = {
            "drug": phrases.medicine(drug),
            "dose": written.pop() if len(written) == 1 else phrases.dose(first[drug]),
        }
        if day is None and later:
            yield phrases.say("drug_stays", **values)
        elif day is not None and day > min(later):
            yield phrases.say("drug_waits", date=phrases.dated(day - timedelta(days=1)), **values)


def _first_change(schedule: Schedule, drug: str) -> date | None:
    """Return the first day on which the daily dose of a drug differs from its first dose, the stop included."""
    before = schedule.steps[0].totals.get(drug, Mg(0))
    day = next((step.start for step in schedule.steps if step.totals.get(drug, Mg(0)) != before), None)
    return day or (schedule.stopped_on if before else None)


def _last_days(schedule: Schedule, phrases: Phrases) -> Iterator[str]:
    """Name the last day of each drug that ends while the plan goes on, so that it is not taken again."""
    ends = {drug: days[1] for drug in schedule.drugs if (days := _days(schedule, drug)) is not None}
    for drug, end in ends.items():
        if end < max(ends.values()):
            yield phrases.say("drug_last", drug=phrases.medicine(drug), date=phrases.dated(end))
