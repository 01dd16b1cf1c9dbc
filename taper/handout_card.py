"""The pocket card: the dose of one day's step, when it changes, and when to call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from taper.errors import TaperError
from taper.handout import build_frame, printable
from taper.handout_change import revised_line
from taper.handout_dateless import DatelessPhrases
from taper.handout_parts import DayDoses, Frame, ProductKey
from taper.handout_phrases import Phrases, words_for
from taper.schedule import Schedule
from taper.variant import Variant


@dataclass(frozen=True, slots=True)
class Card:
    """A card of A6 for the pocket.

    Attributes:
        frame: What stands on it as on every page.
        variant: How it is laid out.
        heading: What it is.
        dates: First and last day of this dose.
        total: The daily dose.
        doses: What to take.
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
    doses: DayDoses
    next: str
    never: str
    people: tuple[str, ...]
    products: tuple[ProductKey, ...]
    revised: str = ""


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
    index = next((i for i, step in enumerate(schedule.steps) if step.start <= on <= step.end), None)
    if index is None or not schedule.steps[index].totals:
        raise TaperError(
            f"the plan names no dose on {on}, so there is no card to print; name a day of the plan", field="variant"
        )
    step, after = schedule.steps[index], schedule.steps[index + 1 :]
    changed = next((s for s in after if phrases.day(s) != phrases.day(step)), None)
    end = schedule.steps[-1].end if changed is None else _before(schedule, changed.start)
    if changed is not None:
        following = say("card_next", date=phrases.dated(changed.start), dose=phrases.total(changed))
        if not changed.totals:
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
        dates=phrases.span(_first(schedule, index, phrases), end),
        total=say("a_day", dose=phrases.total(step)),
        doses=phrases.day(step),
        next=following,
        never=say("card_never"),
        people=tuple(
            say(name, name=phrases.apart(text, name=True), phone=phrases.apart(text)) for name, text in people if text
        ),
        products=phrases.products(),
        revised=revised_line(schedule, phrases, "card_revised"),
    )


def _first(schedule: Schedule, index: int, phrases: Phrases) -> date:
    """Return the first day of the run of steps with this dose."""
    doses = phrases.day(schedule.steps[index])
    while index and phrases.day(schedule.steps[index - 1]) == doses:
        index -= 1
    return schedule.steps[index].start


def _before(schedule: Schedule, day: date) -> date:
    """Return the last day with a step before a day."""
    return max(step.end for step in schedule.steps if step.end < day)
