"""The handout model: the one place where a schedule becomes words.

HTML, PDF and text only lay out these values, so that the dose in the table, in the calendar and in the file
that a nurse reads aloud is one and the same string.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from taper.paper.parts import Fact, Handout, Mark, Notice, ProductKey
from taper.paper.phrases import Phrases, capitalized, noun_of
from taper.paper.request import PrintRequest
from taper.paper.sections import steps
from taper.paper.sections.advice import build_advice, numbers
from taper.paper.sections.calendar import build_days, build_months, weekday_names
from taper.paper.sections.chart import LARGE, WIDE, build_chart
from taper.paper.sections.news import changed_notice
from taper.paper.sections.revision import revised_line, revised_notice
from taper.paper.sections.step_changes import drugs_notice
from taper.paper.sections.weeks import build_weeks
from taper.paper.sheets.diary import SHORT_DIARY, build_diary
from taper.paper.sheets.frame import build_frame, people, unbroken_phone
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, shown_steps


def build_handout(request: PrintRequest) -> Handout:
    """Put a schedule into words for the patient.

    Raises:
        ScheduleError: The schedule has a dose that cannot be written.
        TaperError: No such language, or no day of the plan is left to print.
    """
    schedule, variant, phrases = request.ahead, request.variant, request.phrases
    say, first, last = phrases.say, *request.window
    rows = tuple(replace(row, change="") for row in steps.rows(schedule, phrases, first, last))  # for clinicians
    drawn = not request.over or any(row.week for row in rows)  # also doses of a week whose last days have none
    part, products = last < request.days[1], phrases.products() if drawn else ()
    days = build_days(request)
    axis = LARGE if variant.large else WIDE
    used = {mark.kind for day in days.values() for mark in day.marks}
    return Handout(
        frame=build_frame(request, phrases, steps.title(schedule, phrases), blank=True),
        variant=variant,
        summary=steps.summary(schedule, phrases),
        sentence=_sentence(request),
        only=say("only_weeks", start=phrases.dated(first), end=phrases.dated(last)) if part else "",
        earlier=_earlier(request),
        start_line=say("dateless_start") if variant.dateless else "",
        people=people(request),
        facts=tuple(_facts(request)),
        never=say("never_all" if len(schedule.drugs) > 1 else "never"),
        stay=_stay(schedule, phrases),
        steps_title=say("steps"),
        columns=steps.columns(phrases)[:-1],  # what changes is for clinicians
        steps=rows,
        charts=() if request.over else tuple(build_chart(schedule, drug, phrases, axis) for drug in schedule.drugs),
        chart_title=say("chart"),
        products_title=say("products"),
        products=products,
        products_notes=_notes(schedule, phrases, products) if drawn else (),
        weekdays=weekday_names(phrases),
        list_columns=(say("column_day"), say("column_take"), say("column_total"), say("column_notes")),
        months=build_months(days, phrases, variant),
        calendar_note=say("calendar_note"),
        calendar_keys=tuple(Mark(kind, say(f"key_{kind}")) for kind in ("new", "review") if kind in used),
        advice_title=say("what_to_do"),
        advice=build_advice(phrases),
        contacts_title=say("who_to_call"),
        contacts=_contacts(request),
        days_title=say("days_list"),
        diary=build_diary(phrases, SHORT_DIARY, large=variant.large),
        by_week=build_weeks(schedule, days, phrases),
        notices=_notices(request),
        calendar_revised=revised_line(schedule, phrases),
    )


def _contacts(request: PrintRequest) -> tuple[Fact, ...]:
    """Name whom to call; a name or number that the order does not give is left for writing in."""
    say, apart, people = request.phrases.say, request.phrases.apart, dict(request.people)
    order = request.schedule.order
    (emergency, _), (crisis, _) = numbers(order)
    found = (
        Fact(say("call_prescriber"), apart(people["prescriber"] or "", name=True)),
        Fact(say("call_phone"), unbroken_phone(people["phone"] or "", request.phrases)),
        Fact(say("call_pharmacy"), apart((order and order.handout.pharmacy) or "", name=True)),
        Fact(say("call_emergency"), apart(emergency) or say("call_emergency_hint")),
    )
    return (*found, Fact(say("call_crisis"), apart(crisis))) if crisis else found


def _notices(request: PrintRequest) -> tuple[Notice, ...]:
    """Return what must be read first: that it is new, what changed, its drugs, and how to handle them."""
    schedule, phrases = request.ahead, request.phrases
    changed = changed_notice(request)
    cautions = phrases.cautions()
    handling = Notice("handling", phrases.say("products"), cautions) if cautions else None
    drugs = None if request.over else drugs_notice(schedule, phrases)
    return tuple(filter(None, (revised_notice(schedule, phrases), changed, drugs, handling)))


def _earlier(request: PrintRequest) -> str:
    """Say where the days before a revision are found, which are not on this paper."""
    first = request.first
    if request.revised_on is None or not request.schedule.steps[0].start < first == request.days[0]:
        return ""
    return request.phrases.say("earlier", date=request.phrases.dated(first))


def _sentence(request: PrintRequest) -> str:
    """Write the plan, from the first day of the paper on, as one short text."""
    schedule, phrases = request.ahead, request.phrases
    if request.over:
        return ". ".join(f"{fact.label}{request.phrases.say('colon')}{fact.text}" for fact in _facts(request))
    first, last, say = schedule.steps[0], schedule.steps[-1], phrases.say
    start, stop, ordered = phrases.dated(first.start), schedule.stopped_on, shown_steps(schedule.steps)
    run_by_run = len(ordered) > 1 and ordered[1].number == ordered[0].number  # the end of a pattern: no dose is its own
    if len(schedule.drugs) > 1 or ordered[0].varies or run_by_run:
        end = phrases.dated(stop or last.end)
        return say("sentence_drugs", drugs=phrases.medicines(schedule.drugs), start=start, end=end)
    dose = phrases.measured_total(first.regimen)
    number = len({step.number for step in ordered}) - 1  # as the table numbers them; the stop has none
    steps, reached = phrases.words.counted("step", number), phrases.dated(ordered[-1].start)
    if ordered[-1].varies and stop is None:
        name = "sentence_week" if ordered[-1].weekly else "sentence_cycle"
        return say(name, first=dose, steps=steps, start=start, end=reached)
    if not number or (stop is None and first.total == last.total):
        return say("sentence_keep", first=dose, start=start, end=phrases.dated(last.end))
    if stop is not None:
        medicine = phrases.without(schedule.drugs)
        return say("sentence_stop", first=dose, steps=steps, start=start, end=phrases.dated(stop), medicine=medicine)
    return say(
        "sentence_goal", first=dose, last=phrases.measured_total(last.regimen), steps=steps, start=start, end=reached
    )


def _facts(request: PrintRequest) -> Iterator[Fact]:
    """Write the boxes: the dose of the paper's first day, the next new one, and the end."""
    schedule, phrases, begin = request.ahead, request.phrases, request.first
    say, steps = phrases.say, [step for step in shown_steps(schedule.steps) if step.end >= begin]
    going_on = request.revised_on is not None or begin > request.days[0]

    def amount(step: OrderedStep) -> str:
        if not step.drugs:
            return say("none")
        day = phrases.day(step.usual)
        if not step.varies and day.portioned:
            return say("comma").join(dose.line for dose in day.doses)
        dose = phrases.daily(step, max(step.start, begin))
        return capitalized(dose) if step.varies else say("a_day", dose=dose)

    if steps and going_on:
        day = max(steps[0].start, begin)
        now, taken = amount(steps[0]), _first_day(request, day, steps[0].varies)
        if steps[0].varies:
            now, taken = taken, now  # today's dose is the first that is read
        yield Fact(say("fact_from", date=phrases.dated(day)), now, "" if taken == now else taken)
    elif steps:
        yield Fact(say("fact_now"), amount(steps[0]), phrases.long_date(steps[0].start))
    changed = next((s for s in steps[1:] if phrases.regimen(s) != phrases.regimen(steps[0])), None)
    if changed is not None:
        yield Fact(say("fact_then" if going_on else "fact_next"), amount(changed), phrases.long_date(changed.start))
    if schedule.stopped_on is not None:
        medicine = phrases.without(schedule.drugs)
        yield Fact(say("fact_stop", medicine=medicine), *phrases.date_and_weekday(schedule.stopped_on))
    else:
        yield Fact(say("fact_end"), *phrases.date_and_weekday(schedule.steps[-1].end))


def _first_day(request: PrintRequest, day: date, varies: bool) -> str:
    """Write what is taken at which time on the first day; with its date where other days have other doses."""
    phrases = request.phrases
    doses = phrases.day(next(step.regimen for some, step in request.ahead.days() if some == day)).doses
    several = len(request.ahead.drugs) > 1
    times = [d.line if several else phrases.say("line", time=d.time, dose=d.amount) for d in doses]
    taken = phrases.say("comma").join(times)
    return phrases.say("event", medicine=phrases.long_date(day), text=taken or phrases.say("none")) if varies else taken


def _stay(schedule: Schedule, phrases: Phrases) -> str:
    last = shown_steps(schedule.steps)[-1]
    if schedule.stopped_on is not None or not last.drugs:
        return ""
    return phrases.say("stay", date=phrases.dated(last.end))


def _notes(schedule: Schedule, phrases: Phrases, products: tuple[ProductKey, ...]) -> tuple[str, ...]:
    if not any(intake.items for step in schedule.steps for intake in step.intakes):
        return (phrases.say("doses_only"),)
    if not any(product.kind == "solid" for product in products):
        return ()
    ordered = schedule.order.products if schedule.order else ()
    nouns = dict.fromkeys(noun_of(product.product.form) for product in ordered if not product.product.is_liquid)
    named = phrases.say("or").join(phrases.words.nouns[noun] for noun in nouns)
    return (phrases.say("sign_note", noun=named), phrases.say("products_note"))
