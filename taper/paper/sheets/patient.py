"""The handout model: the one place where a schedule becomes words.

HTML, PDF and text only lay out what stands here, so that the dose in the table, in the calendar
and in the file that a nurse reads aloud is one and the same string.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from taper.errors import TaperError
from taper.paper.dateless import DatelessPhrases
from taper.paper.parts import (
    Diary,
    DiarySheet,
    Fact,
    Frame,
    Handout,
    Mark,
    Notice,
    Paper,
    ProductKey,
    StepRow,
)
from taper.paper.phrases import Phrases, noun_of, words_for
from taper.paper.sections.calendar import build_days, build_months, weekday_names
from taper.paper.sections.change import changed_notice, revised_line, revised_notice
from taper.paper.sections.chart import build_chart
from taper.paper.sections.drugs import drug_changes, drugs_notice
from taper.paper.sections.figures import single_cuts
from taper.paper.sections.week import in_a_week, weekly_change
from taper.paper.variant import Variant
from taper.quantity import Mg
from taper.schedule.calendar import printable, review_days
from taper.schedule.schedule import Cut, Schedule
from taper.schedule.weekly import OrderedStep, ordered_steps

LETTER_COUNTRIES = frozenset({"US", "CA"})
"""Countries whose offices print on Letter paper unless the order says otherwise."""


def choose_paper(schedule: Schedule, paper: Paper | None) -> Paper:
    """Return the paper asked for, else the order's, else the one of the order's country."""
    order = schedule.order
    if paper is None and order is not None:
        paper = order.handout.paper or ("letter" if order.country in LETTER_COUNTRIES else "a4")
    return paper or "a4"


SHORT_DIARY, LONG_DIARY = 14, 28  # rows: two weeks beside the text, four on a page of its own
WHOLE = Variant()


def build_handout(
    schedule: Schedule,
    *,
    printed_on: date,
    language: str | None = None,
    paper: Paper | None = None,
    variant: Variant = WHOLE,
    previous: Schedule | None = None,
) -> Handout:
    """Put a schedule into words for the patient.

    Args:
        schedule: The schedule.
        printed_on: Day of printing, for the foot of each page.
        language: Code of the language; the order's, or English, if not said.
        paper: Size of the paper; the variant's, the order's, or that of its country, if not said.
        variant: How to lay it out, and how much of it.
        previous: The schedule that it replaces: the first page then says in short what changed.

    Raises:
        ScheduleError: The schedule is empty, names a day twice, or has a dose that cannot be written.
        TaperError: No such language, or no day of the plan is left to print.
    """
    schedule = printable(schedule)
    words = words_for(schedule, language)
    phrases = DatelessPhrases(schedule, words) if variant.dateless else Phrases(schedule, words)
    first, last = _window(schedule, variant, printed_on)
    part = (first, last) != _whole(schedule)
    order = schedule.order
    lines = order.handout if order else None
    prescriber, phone = (lines.prescriber, lines.phone) if lines else (None, None)
    people = (
        ("for_patient", lines.patient if lines else None),
        ("prescriber", prescriber),
        ("phone", phone),
    )
    say, named, products = phrases.say, phrases.apart, phrases.products()
    contacts = [
        Fact(say("call_prescriber"), named(prescriber or "", name=True)),
        Fact(say("call_phone"), named(phone or "")),
        Fact(say("call_pharmacy"), ""),
        Fact(say("call_emergency"), say("call_emergency_hint")),
    ]
    days = build_days(schedule, phrases, first, last, review_days(schedule))
    months = build_months(days, phrases, variant)
    used = {mark.kind for day in days.values() for mark in day.marks}
    chosen = choose_paper(schedule, paper or variant.paper)
    return Handout(
        frame=build_frame(schedule, phrases, printed_on, chosen, words.phrase["title"]),
        variant=variant,
        summary=_summary(schedule, phrases),
        sentence=_sentence(schedule, phrases),
        only=say("only_weeks", start=phrases.dated(first), end=phrases.dated(last)) if part else "",
        start_line=say("dateless_start") if variant.dateless else "",
        people=tuple(say(name, name=named(text, name=True), phone=named(text)) for name, text in people if text),
        facts=tuple(_facts(schedule, phrases, first)),
        never=say("never"),
        stay=_stay(schedule, phrases),
        steps_title=say("steps"),
        columns=tuple(say(f"column_{name}") for name in ("step", "dates", "total", "take", "change")),
        steps=tuple(_rows(schedule, phrases, first, last)),
        charts=tuple(build_chart(schedule, drug, phrases) for drug in schedule.drugs),
        chart_title=say("chart"),
        products_title=say("products"),
        products=products,
        products_notes=_notes(schedule, phrases, products),
        weekdays=weekday_names(phrases),
        list_columns=(say("column_day"), say("column_take"), say("column_total"), say("column_notes")),
        months=months,
        calendar_note=say("calendar_note"),
        calendar_keys=tuple(Mark(kind, say(f"key_{kind}")) for kind in ("new", "review") if kind in used),
        advice_title=say("what_to_do"),
        advice=words.what_to_do,
        contacts_title=say("who_to_call"),
        contacts=tuple(contacts),
        days_title=say("days_list"),
        diary=build_diary(phrases, SHORT_DIARY),
        notices=_notices(schedule, previous, phrases),
        calendar_revised=revised_line(schedule, phrases),
    )


def _notices(schedule: Schedule, previous: Schedule | None, phrases: Phrases) -> tuple[Notice, ...]:
    """Return what must be read first: that the plan is a new one, what is new in it, and that it has several drugs."""
    changed = changed_notice(printable(previous), schedule, phrases) if previous else None
    return tuple(filter(None, (revised_notice(schedule, phrases), changed, drugs_notice(schedule, phrases))))


def build_diary_sheet(
    schedule: Schedule, *, printed_on: date, language: str | None = None, variant: Variant = WHOLE
) -> DiarySheet:
    """Write the diary as a paper of its own."""
    schedule = printable(schedule)
    phrases = Phrases(schedule, words_for(schedule, language))
    paper = choose_paper(schedule, variant.paper)
    frame = build_frame(schedule, phrases, printed_on, paper, phrases.say("diary"))
    return DiarySheet(frame, variant, build_diary(phrases, LONG_DIARY))


def build_diary(phrases: Phrases, rows: int) -> Diary:
    """Write the rows for sleep and symptoms: neutral scales from 0 to 10, and no questionnaire of anyone's."""
    say = phrases.say
    columns = ("date", "sleep", "anxiety", "muscles", "legs", "own", "notes")
    return Diary(say("diary"), say("diary_note"), tuple(say(f"diary_{name}") for name in columns), rows)


def _whole(schedule: Schedule) -> tuple[date, date]:
    return schedule.steps[0].start, schedule.stopped_on or schedule.steps[-1].end


def _window(schedule: Schedule, variant: Variant, printed_on: date) -> tuple[date, date]:
    """Return the first and last day to print: the whole plan, or some weeks of it."""
    first, last = _whole(schedule)
    if variant.weeks is None and variant.on is None:
        return first, last
    start = first if variant.dateless else max(first, variant.on or printed_on)
    if start > last:
        raise TaperError(
            f"the plan ends on {last}, before {start}, so no day of it is left to print; name an earlier day",
            field="variant",
        )
    return start, last if variant.weeks is None else min(last, start + timedelta(days=7 * variant.weeks - 1))


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
        say("plan", plan=phrases.apart(schedule.plan_id[:8])) if schedule.plan_id else say("no_plan"),
        say("revision", number=str(schedule.revision)),
        say("printed", date=Phrases.dated(phrases, printed_on)),
    )
    return Frame(
        language=phrases.words.code,
        paper=paper,
        title=title.format(medicine=medicine),
        medicine=medicine,
        foot=foot,
        page=phrases.words.phrase["page"],
        printed=printed_on,
        direction=phrases.words.direction,
        unreviewed=phrases.unreviewed,
    )


def _summary(schedule: Schedule, phrases: Phrases) -> str:
    ends = ordered_steps(schedule.steps)
    if len(schedule.drugs) > 1 or ends[0].weekly:
        return phrases.say("summary_drugs", drugs=phrases.listed(list(schedule.drugs)))
    first, last = schedule.steps[0].total, schedule.steps[-1].total
    if ends[-1].weekly and schedule.stopped_on is None:
        return phrases.say("summary_week", first=phrases.dose(first))
    if schedule.stopped_on is not None or not last:
        return phrases.say("summary_stop", first=phrases.dose(first))
    if first == last:
        return phrases.say("summary_keep", first=phrases.dose(first))
    return phrases.say("summary_goal", first=phrases.dose(first), last=phrases.dose(last))


def _sentence(schedule: Schedule, phrases: Phrases) -> str:
    """Write the whole plan as one short text."""
    first, last, say = schedule.steps[0], schedule.steps[-1], phrases.say
    start, stop, ordered = phrases.dated(first.start), schedule.stopped_on, ordered_steps(schedule.steps)
    if len(schedule.drugs) > 1 or ordered[0].weekly:
        end = phrases.dated(stop or last.end)
        return say("sentence_drugs", drugs=phrases.listed(list(schedule.drugs)), start=start, end=end)
    dose, number = phrases.dose(first.total), len(ordered) - (0 if stop else 1)
    steps, reached = phrases.words.counted("step", number), phrases.dated(ordered[-1].start)
    if ordered[-1].weekly and stop is None:
        return say("sentence_week", first=dose, steps=steps, start=start, end=reached)
    if not number or (stop is None and first.total == last.total):
        return say("sentence_keep", first=dose, start=start, end=phrases.dated(last.end))
    if stop is not None:
        return say("sentence_stop", first=dose, steps=steps, start=start, end=phrases.dated(stop))
    return say("sentence_goal", first=dose, last=phrases.total(last.regimen), steps=steps, start=start, end=reached)


def _facts(schedule: Schedule, phrases: Phrases, begin: date) -> Iterator[Fact]:
    say, steps = phrases.say, [step for step in ordered_steps(schedule.steps) if step.end >= begin]

    def fact(label: str, step: OrderedStep) -> Fact:
        amount, day = phrases.daily(step), phrases.long_date(max(step.start, begin))
        return Fact(say(label), amount if step.weekly else say("a_day", dose=amount), day)

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
    last = ordered_steps(schedule.steps)[-1]
    if schedule.stopped_on is not None or not last.drugs:
        return ""
    return phrases.say("stay", date=phrases.dated(last.end))


def _notes(schedule: Schedule, phrases: Phrases, products: tuple[ProductKey, ...]) -> tuple[str, ...]:
    if not any(intake.items for step in schedule.steps for intake in step.intakes):
        return (phrases.say("doses_only"),)
    if not any(product.kind == "solid" for product in products):
        return ()
    ordered = schedule.order.products if schedule.order else ()
    nouns = dict.fromkeys(noun_of(one.product.form) for one in ordered if not one.product.is_liquid)
    named = phrases.say("or").join(phrases.words.nouns[noun] for noun in nouns)
    return (phrases.say("sign_note", noun=named), phrases.say("products_note"))


def _rows(schedule: Schedule, phrases: Phrases, first: date, last: date) -> Iterator[StepRow]:
    """Write each step that has a day between the first and the last."""
    say, before = phrases.say, None
    for step, cut in zip(ordered_steps(schedule.steps), single_cuts(schedule), strict=True):
        if step.end >= first and step.start <= last:
            yield StepRow(
                "step" if before else "start",
                str(step.number) if before else say("step_now"),
                phrases.span(step.start, step.end),
                phrases.words.days(step.days),
                None if step.weekly else phrases.day(step.usual),
                phrases.daily(step),
                _change(cut, before, step, phrases),
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
            _stopping(schedule, phrases),
        )


def _change(cut: Cut | None, before: OrderedStep | None, now: OrderedStep, phrases: Phrases) -> str:
    """Write the change that leads to a step."""
    schedule, say = phrases.schedule, phrases.say
    if before is None:
        return say("change_first")
    if before.weekly or now.weekly:
        return weekly_change(before, now, phrases)
    if len(schedule.drugs) > 1 or ordered_steps(schedule.steps)[0].weekly:
        return drug_changes(before.usual.totals, now.usual.totals, phrases)
    if cut is None or not cut.amount:
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
    last, first, ordered = schedule.steps[-1], schedule.steps[0].total, ordered_steps(schedule.steps)
    if ordered[-1].weekly:
        return in_a_week(ordered[-1], None, phrases)
    if len(schedule.drugs) > 1 or not last.total or not first or ordered[0].weekly:
        return drug_changes(last.totals, {}, phrases)
    percent, of_first = phrases.percent(last.total / last.total), phrases.percent(last.total / first)
    return phrases.say("change_down", amount=phrases.dose(last.total), current=percent, start=of_first)
