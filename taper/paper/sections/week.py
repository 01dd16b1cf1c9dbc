"""A change to or from a weekly pattern, described for the whole week because no single day shows it."""

from __future__ import annotations

from taper.paper.phrases import Phrases
from taper.quantity import Mg, exact_text
from taper.schedule.weekly import OrderedStep


def weekly_change(before: OrderedStep, now: OrderedStep, phrases: Phrases) -> str:
    """Describe a change to or from a weekly pattern, with the change in the weekly total.

    The average is given if it can be written exactly.
    """
    if before.parts == now.parts:
        return phrases.say("change_none")
    name = "change_daily" if not now.weekly else "change_pattern" if before.weekly else "change_weekly"
    parts = [phrases.say(name), in_a_week(before, now, phrases)]
    means = list(now.averages.values())
    if now.weekly and len(phrases.schedule.drugs) == 1 and "/" not in exact_text(means[0].value):
        parts.append(phrases.say("on_average", dose=phrases.dose(means[0])))
    return phrases.say("comma").join(filter(None, parts))


def in_a_week(before: OrderedStep, now: OrderedStep | None, phrases: Phrases) -> str:
    """Write the change in the weekly total of each drug; empty if it is unknown or unchanged."""
    old, new = before.weeks_sums, now.weeks_sums if now else {}
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
