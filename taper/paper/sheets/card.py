"""The pocket card: the dose of one day's step, when it changes, and when to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import takewhile

from taper.errors import TaperError
from taper.paper.parts import DayDoses, Frame, ProductKey, WeekPart
from taper.paper.phrases import Phrases, capitalized
from taper.paper.request import PrintRequest
from taper.paper.sections.advice import numbers
from taper.paper.sections.revision import revised_line
from taper.paper.sheets.frame import build_frame, people
from taper.paper.variant import Variant
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, shown_steps
from taper.values import dataclass

BLANK = "_" * 16


@dataclass(frozen=True, slots=True)
class Card:
    """A card of A6 for the pocket.

    Attributes:
        frame: What is on every page.
        variant: How it is laid out.
        heading: What it is.
        dates: First and last day of this dose.
        total: The daily dose; empty for a liquid in portions, which stand below.
        doses: What to take; None where it depends on the day of the week.
        week: What to take on which days of the week; empty where every day is the same.
        next: What comes after it, and when.
        later: What comes after that, and when; empty where nothing does.
        never: The one sentence that must be seen.
        people: For whom, by whom, whom to call.
        blanks: The same to be written in, where the order does not say it.
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
    later: str = ""
    blanks: tuple[str, ...] = ()

    @property
    def regimens(self) -> tuple[DayDoses, ...]:
        """All that is taken, weekday by weekday."""
        return (self.doses,) if self.doses is not None else tuple(part.doses for part in self.week)


def build_card(request: PrintRequest) -> Card:
    """Build the card for the step of one day.

    The variant names the day; the day of printing if it does not. If the plan, or its last revision, begins later, it
    is that day.

    Raises:
        TaperError: The plan names no dose on that day.
    """
    begin = request.days[0]
    schedule = request.left_on(begin)
    phrases, dateless = request.phrases_of(schedule), request.variant.dateless
    say, on = phrases.say, begin if dateless else max(request.variant.on or request.printed_on, begin)
    steps = shown_steps(schedule.steps)
    index = next((i for i, step in enumerate(steps) if step.start <= on <= step.end), None)
    if index is None or not any(part.regimen.totals for part in steps[index].parts):
        raise TaperError(
            f"the plan names no dose on {on}, so there is no card to print; name a day of the plan", field="variant"
        )
    step = steps[index]
    changed = _changed(steps[index:], phrases)
    then = None if changed is None else _changed(steps[steps.index(changed) :], phrases)
    portioned = not step.varies and phrases.day(step.usual).portioned
    end = schedule.steps[-1].end if changed is None else _before(schedule, changed.start)
    title = say("title", medicine=phrases.introduced(schedule.drugs))
    first = _first(steps[: index + 1], phrases)
    now = dateless or first <= request.printed_on  # else a dose of later would be taken from today
    return Card(
        frame=replace(build_frame(request, phrases, title), paper="a6"),
        variant=request.variant,
        heading=say("card") if now else say("fact_from", date=phrases.dated(first)),
        dates=phrases.span(first, end),
        total="" if portioned else _daily(step, phrases),
        doses=None if step.varies else phrases.day(step.usual),
        week=phrases.week(step),
        next=_next(schedule, changed, phrases),
        never=_never(request),
        people=_people(request),
        products=phrases.products(),
        revised=revised_line(schedule, phrases, "card_revised"),
        later="" if changed is None or not _given(changed) else _then(schedule, then, phrases),
        blanks=_blanks(request, phrases),
    )


def _people(request: PrintRequest) -> tuple[str, ...]:
    """Write for whom and by whom, and whom to call, the pharmacy too."""
    phrases, order = request.phrases, request.schedule.order
    pharmacy = phrases.apart((order and order.handout.pharmacy) or "", name=True)
    told = (phrases.say("event", medicine=phrases.say("call_pharmacy"), text=pharmacy),) if pharmacy else ()
    return (*people(request), *told)


def _never(request: PrintRequest) -> str:
    """Write the one sentence that must be seen, with the numbers to call where they are known."""
    (emergency, _), (crisis, _) = numbers(request.schedule.order)
    phrases, say = request.phrases, request.phrases.say
    text = say("card_call", emergency=phrases.apart(emergency)) if emergency else say("card_never")
    if not crisis:
        return text
    line = say("event", medicine=say("call_crisis"), text=phrases.apart(crisis))
    return f"{text} {line}."


def _changed(steps: tuple[OrderedStep, ...], phrases: Phrases) -> OrderedStep | None:
    """Return the first step whose doses differ from those of the first one."""
    return next((step for step in steps[1:] if phrases.regimen(step) != phrases.regimen(steps[0])), None)


def _given(step: OrderedStep) -> bool:
    return any(part.regimen.totals for part in step.parts)


def _daily(step: OrderedStep, phrases: Phrases) -> str:
    daily = phrases.daily(step)
    return capitalized(daily) if step.varies else phrases.say("a_day", dose=daily)


def _then(schedule: Schedule, then: OrderedStep | None, phrases: Phrases) -> str:
    """Say what comes after the next dose; nothing where that stays."""
    return "" if then is None and schedule.stopped_on is None else _next(schedule, then, phrases)


def _blanks(request: PrintRequest, phrases: Phrases) -> tuple[str, ...]:
    """Return lines to write a name and a phone number on, where the order has none."""
    missing = [name for name, text in request.people if not text and name in ("for_patient", "phone")]
    return tuple(phrases.say(name, name=BLANK, phone=BLANK) for name in missing)


def _next(schedule: Schedule, changed: OrderedStep | None, phrases: Phrases) -> str:
    """Say what comes after the step of the card, and when."""
    if changed is None:
        stop = schedule.stopped_on
        return phrases.say("card_last") if stop is None else phrases.say("card_stop", date=phrases.dated(stop))
    day = phrases.dated(changed.start)
    if not _given(changed):
        return phrases.say("card_stop", date=day)
    usual = phrases.day(changed.usual)
    if not changed.varies and usual.portioned:
        doses = phrases.say("comma").join(dose.line for dose in usual.doses)
        return phrases.say("card_next_week", date=day, dose=doses)
    return phrases.say("card_next_week" if changed.varies else "card_next", date=day, dose=phrases.daily(changed))


def _first(steps: tuple[OrderedStep, ...], phrases: Phrases) -> date:
    """Return the first day of the run of steps with the dose of the last."""
    same = takewhile(lambda step: phrases.regimen(step) == phrases.regimen(steps[-1]), reversed(steps))
    return min(step.start for step in same)


def _before(schedule: Schedule, day: date) -> date:
    """Return the last day with a step before a day."""
    return max(step.end for step in schedule.steps if step.end < day)
