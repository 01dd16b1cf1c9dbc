"""What a revision changed: that a new plan is in force, and on which days it differs from the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from taper.paper.parts import Notice
from taper.paper.phrases import Phrases
from taper.paper.sections.figures import Table
from taper.schedule.calendar import revised_on
from taper.schedule.changed_days import ChangedDays, changed_steps as differing, joined
from taper.schedule.regimen import Regimen
from taper.schedule.schedule import Schedule


def changed_steps(previous: Schedule, schedule: Schedule) -> tuple[ChangedDays, ...]:
    """Return the days on which two schedules differ, joined while both regimens stay the same.

    A day after a stop is a day without the drug; a day that a plan does not name has no regimen.
    """
    changes = (change for part in differing(previous, schedule) for change in part.changes)
    days = ((change, change.first + timedelta(days=offset)) for change in changes for offset in range(change.days))
    each = (
        ChangedDays(day, day, _taken(change.before, day, previous), _taken(change.after, day, schedule))
        for change, day in days
    )
    return joined(change for change in each if change.before != change.after)


def _taken(regimen: Regimen | None, day: date, schedule: Schedule) -> Regimen | None:
    if regimen is None:
        return Regimen() if schedule.stopped_on is not None and day >= schedule.stopped_on else None
    return regimen.taken


def revised_notice(schedule: Schedule, phrases: Phrases) -> Notice | None:
    """Say from which day a revised plan replaces the one before; None for a plan as first written."""
    values = _revision(schedule, phrases)
    if values is None:
        return None
    lines = (phrases.say("revised_from", **values), phrases.say("revised_old"), phrases.say("revised_left"))
    return Notice("revised", phrases.say("revised_title", **values), lines)


def revised_line(schedule: Schedule, phrases: Phrases, name: str = "calendar_revised") -> str:
    """Say the same in a line, for the calendar or the card; empty for a plan as first written."""
    values = _revision(schedule, phrases)
    return "" if values is None else phrases.say(name, **values)


def _revision(schedule: Schedule, phrases: Phrases) -> dict[str, str] | None:
    day = revised_on(schedule)
    return None if day is None else {"number": str(schedule.revision), "date": phrases.dated(day)}


def changed_table(previous: Schedule, schedule: Schedule, phrases: Phrases) -> Table:
    """Build the clinician's table of changed days, with the end of the plan in the last row."""
    say, both = phrases.words.clinician, _of_both(previous, schedule, phrases)
    rows: list[tuple[str, ...]] = [
        (phrases.span(change.first, change.last), _whole(change.before, both), _whole(change.after, both))
        for change in changed_steps(previous, schedule)
    ]
    if not rows:
        rows.append((say["changed_none"], "", ""))
    ends = [phrases.dated(plan.stopped_on) if plan.stopped_on else say["fact_stays"] for plan in (previous, schedule)]
    rows.append((say["fact_stopped"], *ends))
    return Table(
        say["changed"], (say["column_dates"], say["column_before"], say["column_after"]), tuple(rows), shares=(2, 3, 3)
    )


def _of_both(previous: Schedule, schedule: Schedule, phrases: Phrases) -> Phrases:
    """Return phrases that name the drug of each dose if the two schedules together have several."""
    return type(phrases)(replace(schedule, steps=(*schedule.steps, *previous.steps)), phrases.words)


def _whole(taken: Regimen | None, phrases: Phrases) -> str:
    """Write a regimen with its pieces."""
    if taken is None:
        return phrases.say("changed_absent")
    doses = phrases.day(taken).doses
    return f"{phrases.say('semicolon').rstrip(' ')}\n".join(dose.said for dose in doses) or phrases.say("none")
