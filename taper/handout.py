"""The handout model: the one place where a schedule becomes words.

HTML, PDF and text only lay out what stands here, so that the dose in the table, in the calendar
and in the file that a nurse reads aloud is one and the same string.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from taper import words as languages
from taper.errors import ScheduleError
from taper.handout_chart import build_chart
from taper.handout_parts import (
    Chart,
    Day,
    DayDoses,
    Dose,
    Fact,
    Frame,
    Handout,
    Mark,
    Month,
    Paper,
    Pictogram,
    ProductKey,
    StepRow,
    Tick,
)
from taper.handout_phrases import Phrases, noun_of
from taper.quantity import Mg
from taper.schedule import Schedule, Step

__all__ = [
    "Chart",
    "Day",
    "DayDoses",
    "Dose",
    "Fact",
    "Frame",
    "Handout",
    "Mark",
    "Month",
    "Paper",
    "Pictogram",
    "ProductKey",
    "StepRow",
    "Tick",
    "build_frame",
    "build_handout",
    "choose_paper",
    "printable",
    "review_days",
]

LETTER_COUNTRIES = frozenset({"US", "CA"})
"""Countries whose offices print on Letter paper unless the order says otherwise."""


def review_days(schedule: Schedule) -> tuple[date, ...]:
    """Return the days on which the plan is to be reviewed, as the order asks; empty if it does not.

    Counted from the first day, up to the first day without the drug or the last day of the plan.
    """
    every = schedule.order.review_every if schedule.order else None
    if every is None or not schedule.steps:
        return ()
    found, first, last = [], schedule.steps[0].start, schedule.stopped_on or schedule.steps[-1].end
    for times in range(1, (last - first).days + 1):
        day = every.after(first, times)
        if day > last:
            break
        found.append(day)
    return tuple(found)


def choose_paper(schedule: Schedule, paper: Paper | None) -> Paper:
    """Return the paper asked for, else the order's, else the one of the order's country."""
    order = schedule.order
    if paper is None and order is not None:
        paper = order.handout.paper or ("letter" if order.country in LETTER_COUNTRIES else "a4")
    return paper or "a4"


def build_handout(schedule: Schedule, *, printed_on: date, language: str = "en", paper: Paper | None = None) -> Handout:
    """Put a schedule into words for the patient.

    Args:
        schedule: The schedule.
        printed_on: Day of printing, for the foot of each page.
        language: Code of the language.
        paper: Size of the paper; the order's, or that of its country, if not said.

    Raises:
        ScheduleError: The schedule is empty, names a day twice, or has a dose that cannot be written.
        TaperError: No such language.
    """
    printable(schedule)
    words = languages.load(language)
    phrases = Phrases(schedule, words)
    order = schedule.order
    lines = order.handout if order else None
    prescriber, phone = (lines.prescriber, lines.phone) if lines else (None, None)
    people = (
        ("for_patient", lines.patient if lines else None),
        ("prescriber", prescriber),
        ("phone", phone),
    )
    say, products = phrases.say, phrases.products()
    contacts = [
        Fact(say("call_prescriber"), prescriber or ""),
        Fact(say("call_phone"), phone or ""),
        Fact(say("call_pharmacy"), ""),
        Fact(say("call_emergency"), say("call_emergency_hint")),
    ]
    months = tuple(_months(schedule, phrases))
    used = {mark.kind for month in months for week in month.weeks for day in week if day for mark in day.marks}
    return Handout(
        frame=build_frame(schedule, phrases, printed_on, choose_paper(schedule, paper), words.phrase["title"]),
        summary=_summary(schedule, phrases),
        people=tuple(say(name, name=text, phone=text) for name, text in people if text),
        facts=tuple(_facts(schedule, phrases)),
        never=say("never"),
        stay=_stay(schedule, phrases),
        steps_title=say("steps"),
        columns=tuple(say(f"column_{name}") for name in ("step", "dates", "total", "take", "change")),
        steps=tuple(_rows(schedule, phrases)),
        charts=tuple(build_chart(schedule, drug, phrases) for drug in schedule.drugs),
        chart_title=say("chart"),
        products_title=say("products"),
        products=products,
        products_notes=_notes(schedule, phrases, products),
        weekdays=words.weekdays,
        months=months,
        calendar_note=say("calendar_note"),
        calendar_keys=tuple(Mark(kind, say(f"key_{kind}")) for kind in ("new", "review") if kind in used),
        advice_title=say("what_to_do"),
        advice=words.what_to_do,
        contacts_title=say("who_to_call"),
        contacts=tuple(contacts),
        days_title=say("days_list"),
    )


def build_frame(schedule: Schedule, phrases: Phrases, printed_on: date, paper: Paper, title: str) -> Frame:
    """Write what stands on every page.

    Args:
        schedule: The schedule.
        phrases: Its words.
        printed_on: Day of printing.
        paper: Size of the paper.
        title: Template of the title, with the medicine left open.
    """
    say, medicine = phrases.say, phrases.listed(list(schedule.drugs))
    foot = (
        say("plan", plan=schedule.plan_id[:8]) if schedule.plan_id else say("no_plan"),
        say("revision", number=str(schedule.revision)),
        say("printed", date=phrases.dated(printed_on)),
    )
    return Frame(
        phrases.words.code, paper, title.format(medicine=medicine), medicine, foot, phrases.words.phrase["page"]
    )


def printable(schedule: Schedule) -> None:
    """Refuse a schedule that a calendar could only show by guessing."""
    if not schedule.steps or not schedule.drugs:
        raise ScheduleError("there is no step with a dose, so there is nothing to print; check the input")
    steps = schedule.steps
    for before, after in pairwise(steps):
        if after.start <= before.end:
            raise ScheduleError(
                f"step {after.number} begins on {after.start}, but step {before.number} goes on until {before.end}, "
                "so the dose of a day is not clear and no calendar is printed; put the steps in order, "
                "and end each before the next begins"
            )
    if schedule.stopped_on is not None and schedule.stopped_on <= steps[-1].end:
        raise ScheduleError(
            f"step {steps[-1].number} goes on until {steps[-1].end}, but the first day without the drug is "
            f"{schedule.stopped_on}; change one of the two"
        )


def _summary(schedule: Schedule, phrases: Phrases) -> str:
    if len(schedule.drugs) > 1:
        return phrases.say("summary_drugs", drugs=phrases.listed(list(schedule.drugs)))
    first, last = schedule.steps[0].total, schedule.steps[-1].total
    if schedule.stopped_on is not None or not last:
        return phrases.say("summary_stop", first=phrases.dose(first))
    if first == last:
        return phrases.say("summary_keep", first=phrases.dose(first))
    return phrases.say("summary_goal", first=phrases.dose(first), last=phrases.dose(last))


def _facts(schedule: Schedule, phrases: Phrases) -> Iterator[Fact]:
    say, first = phrases.say, schedule.steps[0]

    def fact(label: str, step: Step) -> Fact:
        return Fact(say(label), say("a_day", dose=phrases.total(step)), phrases.long_date(step.start))

    yield fact("fact_now", first)
    changed = next((s for s in schedule.steps[1:] if phrases.day(s) != phrases.day(first)), None)
    if changed is not None:
        yield fact("fact_next", changed)
    if schedule.stopped_on is not None:
        yield Fact(say("fact_stop"), *phrases.date_and_weekday(schedule.stopped_on))
    else:
        yield Fact(say("fact_end"), *phrases.date_and_weekday(schedule.steps[-1].end))


def _stay(schedule: Schedule, phrases: Phrases) -> str:
    last = schedule.steps[-1]
    if schedule.stopped_on is not None or not any(last.totals.values()):
        return ""
    return phrases.say("stay", date=phrases.dated(last.end))


def _notes(schedule: Schedule, phrases: Phrases, products: tuple[ProductKey, ...]) -> tuple[str, ...]:
    if not any(intake.items for step in schedule.steps for intake in step.intakes):
        return (phrases.say("doses_only"),)
    if not any(product.kind == "solid" for product in products):
        return ()
    ordered = schedule.order.products if schedule.order else ()
    nouns = dict.fromkeys(noun_of(one.product.form) for one in ordered if not one.product.is_liquid)
    return (phrases.say("sign_note", noun=phrases.say("or").join(nouns)), phrases.say("products_note"))


def _rows(schedule: Schedule, phrases: Phrases) -> Iterator[StepRow]:
    say, before = phrases.say, None
    for index, step in enumerate(schedule.steps):
        yield StepRow(
            "step" if index else "start",
            str(step.number) if index else say("step_now"),
            phrases.span(step.start, step.end),
            phrases.words.days(step.days),
            phrases.day(step),
            phrases.total(step),
            _change(schedule, index, before, phrases),
        )
        before = step
    if schedule.stopped_on is not None:
        yield StepRow(
            "stop",
            say("step_stop"),
            say("from", start=phrases.dated(schedule.stopped_on)),
            "",
            None,
            say("none"),
            _stopping(schedule, phrases),
        )


def _change(schedule: Schedule, index: int, before: Step | None, phrases: Phrases) -> str:
    step, say = schedule.steps[index], phrases.say
    if before is None:
        return say("change_first")
    if len(schedule.drugs) > 1:
        return _drug_changes(before.totals, step.totals, phrases)
    cut = schedule.cuts[index]
    if not cut.amount:
        return say("change_none")
    name = "change_down" if cut.amount > Mg(0) else "change_up"
    return say(
        name,
        amount=phrases.dose(Mg(abs(cut.amount.value))),
        current=phrases.percent(abs(cut.of_current)),
        start=phrases.percent(abs(cut.of_start)),
    )


def _stopping(schedule: Schedule, phrases: Phrases) -> str:
    """Write the last cut, from the last dose to none."""
    last, first = schedule.steps[-1], schedule.steps[0].total
    if len(schedule.drugs) > 1 or not last.total or not first:
        return _drug_changes(last.totals, {}, phrases)
    percent, of_first = phrases.percent(last.total / last.total), phrases.percent(last.total / first)
    return phrases.say("change_down", amount=phrases.dose(last.total), current=percent, start=of_first)


def _drug_changes(before: dict[str, Mg], after: dict[str, Mg], phrases: Phrases) -> str:
    changes = []
    for drug in dict.fromkeys([*before, *after]):
        fall = before.get(drug, Mg(0)) - after.get(drug, Mg(0))
        if fall:
            name = "change_drug_down" if fall > Mg(0) else "change_drug_up"
            changes.append(phrases.say(name, drug=drug, amount=phrases.dose(Mg(abs(fall.value)))))
    return phrases.listed(changes) or phrases.say("change_none")


def _months(schedule: Schedule, phrases: Phrases) -> Iterator[Month]:
    days = _days(schedule, phrases)
    first, last = min(days), max(days)
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, number = month // 12, month % 12 + 1
        yield Month(
            phrases.say("month", month=phrases.words.months[number - 1], year=str(year)),
            tuple(
                tuple(days.get(day) if day.month == number else None for day in week) for week in _weeks(year, number)
            ),
        )


@lru_cache(maxsize=256)
def _weeks(year: int, month: int) -> list[list[date]]:
    return calendar.Calendar(firstweekday=0).monthdatescalendar(year, month)


def _days(schedule: Schedule, phrases: Phrases) -> dict[date, Day]:
    """Write each day from the first to the last, gaps and the stop among them."""
    say, steps = phrases.say, dict(schedule.days())
    first, stop = min(steps), schedule.stopped_on
    last = stop or max(steps)
    reviews = set(review_days(schedule))
    found: dict[date, Day] = {}
    before: DayDoses | None = None
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        step, marks = steps.get(day), []
        doses = phrases.day(step) if step else None
        if day == first:
            marks.append(Mark("start", say("mark_start")))
        elif doses is not None and day == (step.start if step else None) and doses != before:
            marks.append(Mark("new", say("mark_new")))
        if day == stop:
            marks.append(Mark("stop", say("mark_stop")))
        elif step is None:
            marks.append(Mark("gap", say("mark_gap")))
        if day in reviews:
            marks.append(Mark("review", say("mark_review")))
        before = doses if doses is not None else before
        none = say("none_day") if doses is not None and not doses.doses else ""
        found[day] = Day(day, str(day.day), phrases.long_date(day), doses, none, tuple(marks))
    return found
