"""The pocket card: the dose of one day's step, when it changes, and when to call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from taper.errors import TaperError
from taper.paper.dateless import DatelessPhrases
from taper.paper.parts import DayDoses, Frame, ProductKey, WeekPart
from taper.paper.phrases import Phrases, words_for
from taper.paper.sections.change import revised_line
from taper.paper.sheets.patient import build_frame
from taper.paper.variant import Variant
from taper.schedule.calendar import printable
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, ordered_steps


@dataclass(frozen=True, slots=True)
class Card:
    """A card of A6 for the pocket.

    Attributes:
        frame: What stands on it as on every page.
        variant: How it is laid out.
        heading: What it is.
        dates: First and last day of this dose.
        total: The daily dose.
        doses: What to take; None where it depends on the day of the week.
        week: What to take on which days of the week; empty where every day is the same.
        next: What comes after it, and when.
        never: The one sentence that must be seen.
        people: For whom, by whom, whom to call.
        products: The legend of the drawings.
        revised: Revision and its first day; empty for a plan as first written.
    """

    frame: Frame
    variant: Variant
    heading: str
    dates: str
    total: str
    doses: DayDoses | None
    week: tuple[WeekPart, ...]
    next: str
    never: str
    people: tuple[str, ...]
    products: tuple[ProductKey, ...]
    revised: str = ""

    @property
    def regimens(self) -> tuple[DayDoses, ...]:
        """All that is taken, day of the week by day of the week."""
        return (self.doses,) if self.doses is not None else tuple(part.doses for part in self.week)


def build_card(
    schedule: Schedule, *, printed_on: date, language: str | None = None, variant: Variant | None = None
) -> Card:
    """Put the step of one day on a card.

    Args:
        schedule: The schedule.
        printed_on: Day of printing.
        language: Code of the language; the order's, or English, if not said.
        variant: Names the day; the day of printing if it does not, or the first day if the plan begins later.

    Raises:
        TaperError: On that day the plan names no dose.
    """
    schedule = printable(schedule)
    variant = variant or Variant()
    words = words_for(schedule, language)
    phrases = DatelessPhrases(schedule, words) if variant.dateless else Phrases(schedule, words)
    say, begin = phrases.say, schedule.steps[0].start
    on = begin if variant.dateless else max(variant.on or printed_on, begin)
    steps = ordered_steps(schedule.steps)
    index = next((i for i, step in enumerate(steps) if step.start <= on <= step.end), None)
    if index is None or not any(part.regimen.totals for part in steps[index].parts):
        raise TaperError(
            f"the plan names no dose on {on}, so there is no card to print; name a day of the plan", field="variant"
        )
    step, after = steps[index], steps[index + 1 :]
    changed = next((s for s in after if phrases.regimen(s) != phrases.regimen(step)), None)
    end = schedule.steps[-1].end if changed is None else _before(schedule, changed.start)
    if changed is not None:
        name = "card_next_week" if changed.weekly else "card_next"
        following = say(name, date=phrases.dated(changed.start), dose=phrases.daily(changed))
        if not any(part.regimen.totals for part in changed.parts):
            following = say("card_stop", date=phrases.dated(changed.start))
    elif schedule.stopped_on is not None:
        following = say("card_stop", date=phrases.dated(schedule.stopped_on))
    else:
        following = say("card_last")
    lines = schedule.order.handout if schedule.order else None
    people = (
        ("for_patient", lines.patient if lines else None),
        ("prescriber", lines.prescriber if lines else None),
        ("phone", lines.phone if lines else None),
    )
    frame = build_frame(schedule, phrases, printed_on, "a4", words.phrase["title"])
    return Card(
        frame=replace(frame, paper="a6"),
        variant=variant,
        heading=say("card"),
        dates=phrases.span(_first(steps[: index + 1], phrases), end),
        total=phrases.daily(step) if step.weekly else say("a_day", dose=phrases.daily(step)),
        doses=None if step.weekly else phrases.day(step.usual),
        week=phrases.week(step),
        next=following,
        never=say("card_never"),
        people=tuple(
            say(name, name=phrases.apart(text, name=True), phone=phrases.apart(text)) for name, text in people if text
        ),
        products=phrases.products(),
        revised=revised_line(schedule, phrases, "card_revised"),
    )


def _first(steps: tuple[OrderedStep, ...], phrases: Phrases) -> date:
    """Return the first day of the run of steps with the dose of the last."""
    same = takewhile(lambda step: phrases.regimen(step) == phrases.regimen(steps[-1]), reversed(steps))
    return min(step.start for step in same)


def _before(schedule: Schedule, day: date) -> date:
    """Return the last day with a step before a day."""
    return max(step.end for step in schedule.steps if step.end < day)
