"""What changes where a dose comes to depend on the day of the week: told for the week, as no single day tells it."""

from __future__ import annotations

from taper.handout_phrases import Phrases
from taper.pattern import Stretch
from taper.quantity import Mg, exact_text


def weekly_change(before: Stretch, now: Stretch, phrases: Phrases) -> str:
    """Write what becomes of a dose that depends on the day of the week, or did so, and what a week has less of it."""
    if before.parts == now.parts:
        return phrases.say("change_none")
    name = "change_daily" if not now.weekly else "change_pattern" if before.weekly else "change_weekly"
    parts, drugs, mean = [phrases.say(name)], {*before.drugs, *now.drugs}, list(now.averages.values())
    if len(drugs) == 1:
        parts.append(in_a_week(before, now, phrases))
        if now.weekly and "/" not in exact_text(mean[0].value):
            parts.append(phrases.say("on_average", dose=phrases.dose(mean[0])))
    return phrases.say("comma").join(filter(None, parts))


def in_a_week(before: Stretch, now: Stretch | None, phrases: Phrases) -> str:
    """Write the fall of what a week has of the one drug; nothing where that is not known, or does not fall or rise."""
    old, new = before.weeks_sums, now.weeks_sums if now else {}
    if old is None or new is None:
        return ""
    fall = sum(old.values(), Mg(0)) - sum(new.values(), Mg(0))
    name = "change_week_down" if fall > Mg(0) else "change_week_up"
    return phrases.say(name, amount=phrases.dose(Mg(abs(fall.value)))) if fall else ""
