"""The steps of a plan as the rows of a table, and what stands above it; for paper and for the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taper.paper.parts import StepRow
from taper.paper.phrases import Phrases, capitalized
from taper.paper.sections.figures import single_cuts, step_name
from taper.paper.sections.step_changes import last_change, step_change
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import shown_steps


def title(schedule: Schedule, phrases: Phrases) -> str:
    """Name the plan by its drugs."""
    return phrases.say("title", medicine=phrases.introduced(schedule.drugs))


def summary(schedule: Schedule, phrases: Phrases) -> str:
    """Say in a sentence from which dose to which the plan goes."""
    ends = shown_steps(schedule.steps)
    if len(schedule.drugs) > 1 or ends[0].varies:
        return phrases.say("summary_drugs", drugs=phrases.medicines(schedule.drugs))
    first, last = schedule.steps[0].total, schedule.steps[-1].total
    if ends[-1].varies and schedule.stopped_on is None:
        name = "summary_week" if ends[-1].weekly else "summary_cycle"
        return phrases.say(name, first=phrases.dose(first))
    if schedule.stopped_on is not None or not last:
        return phrases.say("summary_stop", first=phrases.dose(first))
    if first == last:
        return phrases.say("summary_keep", first=phrases.dose(first))
    return phrases.say("summary_goal", first=phrases.dose(first), last=phrases.dose(last))


def columns(phrases: Phrases) -> tuple[str, ...]:
    """Return the heads of the columns."""
    return tuple(phrases.say(f"column_{name}") for name in ("step", "dates", "total", "take", "change"))


def rows(schedule: Schedule, phrases: Phrases, first: date = date.min, last: date = date.max) -> Iterator[StepRow]:
    """Write each step that has a day between the first and the last."""
    say, before = phrases.say, None
    for step, cut in zip(shown_steps(schedule.steps), single_cuts(schedule), strict=True):
        if step.end >= first and step.start <= last:
            # beside single doses the volume of the whole day would be taken at once
            daily = phrases.daily(step, in_mg=not step.varies and phrases.day(step.usual).portioned)
            yield StepRow(
                "step" if before else "start",
                say("step_now") if before is None else step_name(step.number, schedule, phrases),
                phrases.span(step.start, step.end),
                phrases.words.days(step.days),
                None if step.varies else phrases.day(step.usual),
                capitalized(daily) if step.varies else daily,
                step_change(cut, before, step, phrases),
                phrases.week(step),
            )
        before = step
    if schedule.stopped_on is not None and schedule.stopped_on <= last:
        yield StepRow(
            "stop",
            say("step_stop"),
            say("from", start=phrases.dated(schedule.stopped_on)),
            "",
            None,
            say("none"),
            last_change(schedule, phrases),
        )
