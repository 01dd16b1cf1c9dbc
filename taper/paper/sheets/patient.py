"""The handout model: the one place where a schedule becomes words.

HTML, PDF and text only lay out these values, so that the dose in the table, in the calendar and in the file
that a nurse reads aloud is one and the same string.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from taper.errors import TaperError
from taper.paper.parts import Fact, Handout, Mark, Notice, ProductKey, StepRow
from taper.paper.phrases import Phrases, noun_of
from taper.paper.request import PrintRequest
from taper.paper.sections.calendar import build_days, build_months, weekday_names
from taper.paper.sections.chart import LARGE_LETTERS, LETTERS, build_chart
from taper.paper.sections.figures import single_cuts
from taper.paper.sections.revision import changed_notice, revised_line, revised_notice
from taper.paper.sections.step_changes import drugs_notice, last_change, step_change
from taper.paper.sections.weeks import build_weeks
from taper.paper.sheets.diary import SHORT_DIARY, build_diary
from taper.paper.sheets.frame import build_frame, people
from taper.schedule.calendar import review_days
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, shown_steps


def build_handout(request: PrintRequest) -> Handout:
    """Put a schedule into words for the patient.

    Raises:
        ScheduleError: The schedule has a dose that cannot be written.
        TaperError: No such language, or no day of the plan is left to print.
    """
    schedule, variant, phrases = request.schedule, request.variant, request.phrases
    say, first, last = phrases.say, *_window(request)
    part, products = (first, last) != _whole(schedule), phrases.products()
    days = build_days(schedule, phrases, first, last, review_days(schedule))
    letters = LARGE_LETTERS if variant.large else LETTERS
    used = {mark.kind for day in days.values() for mark in day.marks}
    title = say("title", medicine=phrases.listed(list(schedule.drugs)))
    return Handout(
        frame=build_frame(request, phrases, title),
        variant=variant,
        summary=_summary(schedule, phrases),
        sentence=_sentence(schedule, phrases),
        only=say("only_weeks", start=phrases.dated(first), end=phrases.dated(last)) if part else "",
        start_line=say("dateless_start") if variant.dateless else "",
        people=people(request),
        facts=tuple(_facts(schedule, phrases, first)),
        never=say("never"),
        stay=_stay(schedule, phrases),
        steps_title=say("steps"),
        columns=tuple(say(f"column_{name}") for name in ("step", "dates", "total", "take", "change")),
        steps=tuple(_rows(schedule, phrases, first, last)),
        charts=tuple(build_chart(schedule, drug, phrases, letters) for drug in schedule.drugs),
        chart_title=say("chart"),
        products_title=say("products"),
        products=products,
        products_notes=_notes(schedule, phrases, products),
        weekdays=weekday_names(phrases),
        list_columns=(say("column_day"), say("column_take"), say("column_total"), say("column_notes")),
        months=build_months(days, phrases, variant),
        calendar_note=say("calendar_note"),
        calendar_keys=tuple(Mark(kind, say(f"key_{kind}")) for kind in ("new", "review") if kind in used),
        advice_title=say("what_to_do"),
        advice=phrases.advice,
        contacts_title=say("who_to_call"),
        contacts=_contacts(request),
        days_title=say("days_list"),
        diary=build_diary(phrases, SHORT_DIARY),
        by_week=build_weeks(schedule, days, phrases),
        notices=_notices(request),
        calendar_revised=revised_line(schedule, phrases),
    )


def _contacts(request: PrintRequest) -> tuple[Fact, ...]:
    """Name whom to call; a name or number that the order does not give is left for writing in."""
    say, apart, people = request.phrases.say, request.phrases.apart, dict(request.people)
    return (
        Fact(say("call_prescriber"), apart(people["prescriber"] or "", name=True)),
        Fact(say("call_phone"), apart(people["phone"] or "")),
        Fact(say("call_pharmacy"), ""),
        Fact(say("call_emergency"), say("call_emergency_hint")),
    )


def _notices(request: PrintRequest) -> tuple[Notice, ...]:
    """Return what must be read first: that it is new, what changed, its drugs, and how to handle them."""
    schedule, phrases = request.schedule, request.phrases
    changed = changed_notice(request.replaced, schedule, phrases) if request.replaced else None
    cautions = phrases.cautions()
    handling = Notice("handling", phrases.say("products"), cautions) if cautions else None
    return tuple(filter(None, (revised_notice(schedule, phrases), changed, drugs_notice(schedule, phrases), handling)))


def _whole(schedule: Schedule) -> tuple[date, date]:
    return schedule.steps[0].start, schedule.stopped_on or schedule.steps[-1].end


def _window(request: PrintRequest) -> tuple[date, date]:
    """Return the first and last day to print: the whole plan, or some weeks of it."""
    schedule, variant = request.schedule, request.variant
    first, last = _whole(schedule)
    if variant.weeks is None and variant.on is None:
        return first, last
    start = first if variant.dateless else max(first, variant.on or request.printed_on)
    if start > last:
        raise TaperError(
            f"the plan ends on {last}, before {start}, so no day of it is left to print; name an earlier day",
            field="variant",
        )
    return start, last if variant.weeks is None else min(last, start + timedelta(days=7 * variant.weeks - 1))


def _summary(schedule: Schedule, phrases: Phrases) -> str:
    ends = shown_steps(schedule.steps)
    if len(schedule.drugs) > 1 or ends[0].varies:
        return phrases.say("summary_drugs", drugs=phrases.listed(list(schedule.drugs)))
    first, last = schedule.steps[0].total, schedule.steps[-1].total
    if ends[-1].varies and schedule.stopped_on is None:
        name = "summary_week" if ends[-1].weekly else "summary_cycle"
        return phrases.say(name, first=phrases.dose(first))
    if schedule.stopped_on is not None or not last:
        return phrases.say("summary_stop", first=phrases.dose(first))
    if first == last:
        return phrases.say("summary_keep", first=phrases.dose(first))
    return phrases.say("summary_goal", first=phrases.dose(first), last=phrases.dose(last))


def _sentence(schedule: Schedule, phrases: Phrases) -> str:
    """Write the whole plan as one short text."""
    first, last, say = schedule.steps[0], schedule.steps[-1], phrases.say
    start, stop, ordered = phrases.dated(first.start), schedule.stopped_on, shown_steps(schedule.steps)
    if len(schedule.drugs) > 1 or ordered[0].varies:
        end = phrases.dated(stop or last.end)
        return say("sentence_drugs", drugs=phrases.listed(list(schedule.drugs)), start=start, end=end)
    dose, number = phrases.dose(first.total), len(ordered) - (0 if stop else 1)
    steps, reached = phrases.words.counted("step", number), phrases.dated(ordered[-1].start)
    if ordered[-1].varies and stop is None:
        name = "sentence_week" if ordered[-1].weekly else "sentence_cycle"
        return say(name, first=dose, steps=steps, start=start, end=reached)
    if not number or (stop is None and first.total == last.total):
        return say("sentence_keep", first=dose, start=start, end=phrases.dated(last.end))
    if stop is not None:
        return say("sentence_stop", first=dose, steps=steps, start=start, end=phrases.dated(stop))
    return say("sentence_goal", first=dose, last=phrases.total(last.regimen), steps=steps, start=start, end=reached)


def _facts(schedule: Schedule, phrases: Phrases, begin: date) -> Iterator[Fact]:
    say, steps = phrases.say, [step for step in shown_steps(schedule.steps) if step.end >= begin]

    def fact(label: str, step: OrderedStep) -> Fact:
        amount, day = phrases.daily(step), phrases.long_date(max(step.start, begin))
        return Fact(say(label), amount if step.varies else say("a_day", dose=amount), day)

    if steps:
        yield fact("fact_now" if begin == schedule.steps[0].start else "fact_from", steps[0])
    changed = next((s for s in steps[1:] if phrases.regimen(s) != phrases.regimen(steps[0])), None)
    if changed is not None:
        yield fact("fact_next", changed)
    if schedule.stopped_on is not None:
        yield Fact(say("fact_stop"), *phrases.date_and_weekday(schedule.stopped_on))
    else:
        yield Fact(say("fact_end"), *phrases.date_and_weekday(schedule.steps[-1].end))


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


def _rows(schedule: Schedule, phrases: Phrases, first: date, last: date) -> Iterator[StepRow]:
    """Write each step that has a day between the first and the last."""
    say, before = phrases.say, None
    for step, cut in zip(shown_steps(schedule.steps), single_cuts(schedule), strict=True):
        if step.end >= first and step.start <= last:
            yield StepRow(
                "step" if before else "start",
                str(step.number) if before else say("step_now"),
                phrases.span(step.start, step.end),
                phrases.words.days(step.days),
                None if step.varies else phrases.day(step.usual),
                phrases.daily(step),
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
