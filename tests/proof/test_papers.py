"""Every paper says what is planned, read back by other words than it was written with; one change of it stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import taper
from taper.errors import ProofError, TaperError
from taper.finding import Report
from taper.paper.claims import proved_sheet, proved_text
from taper.paper.parts import Mark, Pictogram
from taper.paper.renderers import SHEETS, page_of
from taper.paper.request import PrintRequest
from taper.paper.variant import parse_variant
from taper.schedule.schedule import Schedule
from tests.strategies.orders import order_data
from tests.strategies.printed import mixed_schedules, printed_schedules, weekly_runs, weekly_schedules
from tests.strategies.revisions import revised_plans
from tests.strategies.schedules import foreign_schedules
from tests.support.planning import plan_or_none

EXAMPLES = Path(__file__).parents[2] / "examples"
LANGUAGES = ("en", "de", "fr", "es", "nl", "ar")
VARIANTS = ("", "week", "list, gray", "large", "large, list", "dateless", "dateless, week", "next 2 weeks", "plan")


def printed(request: PrintRequest, sheet: str) -> Any:
    """Return a paper; None where there is none to print."""
    try:
        return page_of(request, sheet)  # type: ignore[arg-type]
    except TaperError:
        return None


def asked(schedule: Schedule, language: str | None = "en", variant: str = "", report: Report | None = None) -> Any:
    """Return what is asked for; None where the schedule cannot be printed."""
    try:
        return PrintRequest(
            schedule,
            report,
            printed_on=schedule.steps[0].start if schedule.steps else date(2026, 1, 1),
            language=language,
            own=language,
            variant=parse_variant(variant),
            supply=taper.dispense(schedule) if all(step.intakes for step in schedule.steps) else None,
        )
    except TaperError:
        return None


def prove_all(schedule: Schedule, language: str, variant: str) -> None:
    """Every paper that can be printed is proved."""
    report = taper.check(schedule) if schedule.order is not None else None
    request = asked(schedule, language, variant, report)
    for sheet in SHEETS if request is not None else ():
        page = printed(request, sheet)
        if page is not None:
            assert proved_sheet(page, request, sheet) is page


@cache
def example(name: str) -> tuple[Schedule, Report]:
    """Return the plan of an example, and what the checker says of it."""
    schedule = taper.plan(taper.read_order(EXAMPLES / name))
    return schedule, taper.check(schedule)


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.toml")))
def test_no_paper_of_an_example_is_refused(name: str) -> None:
    """In every language; each with a variant of its own, so that each variant is with each language somewhere."""
    place = sum(map(ord, name))
    for at, language in enumerate(LANGUAGES):
        prove_all(example(name)[0], language, VARIANTS[(place + at) % len(VARIANTS)])
        prove_all(example(name)[0], language, "")


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(printed_schedules(), mixed_schedules(), weekly_schedules(), weekly_runs(), foreign_schedules()),
    st.sampled_from(LANGUAGES),
    st.sampled_from(VARIANTS),
)
def test_no_paper_is_refused(schedule: Schedule, language: str, variant: str) -> None:
    """Of pieces, volumes and drops, several drugs, weeks and cycles, and what other tools wrote."""
    prove_all(schedule, language, variant)


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 3).flatmap(lambda times: order_data(times)), st.sampled_from(LANGUAGES), st.sampled_from(VARIANTS)
)
def test_no_paper_of_an_order_is_refused(data: dict[str, Any], language: str, variant: str) -> None:
    """Whatever the order is."""
    schedule = plan_or_none(data)
    if schedule is not None:
        prove_all(schedule, language, variant)


@settings(max_examples=20, deadline=None)
@given(revised_plans(), st.sampled_from(LANGUAGES), st.sampled_from(VARIANTS), st.integers(0, 400))
def test_no_paper_of_a_revised_plan_is_refused(plans: list[Schedule], language: str, variant: str, later: int) -> None:
    """Of the revision itself, with the plan before it or without, printed on any day."""
    schedule, previous = plans[-1], plans[-2] if len(plans) > 1 and later % 2 else None
    report, printed_on = taper.check(schedule), schedule.steps[0].start + timedelta(days=later)
    request = PrintRequest(
        schedule, report, printed_on=printed_on, language=language, variant=parse_variant(variant), previous=previous
    )
    for sheet in SHEETS:
        page = printed(request, sheet)
        if page is not None:
            assert proved_sheet(page, request, sheet) is page


def at(*path: str | int, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what changes one value within others, named by fields and places."""

    def altered(value: Any, rest: tuple[str | int, ...] = path) -> Any:
        if not rest:
            return change(value)
        step, *more = rest
        if isinstance(step, int):
            place = step % len(value)
            return (*value[:place], altered(value[place], tuple(more)), *value[place + 1 :])
        return replace(value, **{step: altered(getattr(value, step), tuple(more))})

    return altered


def first_day(page: Any) -> tuple[str | int, ...]:
    """Return where the first day of a calendar stands."""
    for week, days in enumerate(page.months[0].weeks):
        for place, day in enumerate(days):
            if day is not None:
                return "months", 0, "weeks", week, place
    raise AssertionError("no day")


def day(*path: str | int, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what changes the first day of a calendar."""
    return lambda page: at(*first_day(page), *path, change=change)(page)


def dose(field: str, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what changes the first dose of the first day of a calendar."""
    return day("doses", "doses", 0, field, change=change)


def other_digit(text: str) -> str:
    """Change the first digit of a text."""
    place = next(place for place, sign in enumerate(text) if sign.isdigit())
    return f"{text[:place]}{(int(text[place]) + 1) % 10 or 1}{text[place + 1 :]}"


def last_digit(text: str) -> str:
    """Change the last digit of a text."""
    return other_digit(text[::-1])[::-1]


def swapped(pair: Any) -> Any:
    """Change the first two of some values for each other."""
    return (pair[1], pair[0], *pair[2:])


def lost(values: Any) -> Any:
    """Leave the last of some values out."""
    return values[:-1]


def half_of(words: str) -> str:
    """Say half a tablet where two were said."""
    return words.replace("2\N{NO-BREAK SPACE}tablets", "half a tablet").replace("2 tablets", "half a tablet")


def contact(label: str, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what changes whom to call."""

    def altered(page: Any) -> Any:
        place = next(place for place, fact in enumerate(page.contacts) if fact.label == label)
        return at("contacts", place, "text", change=change)(page)

    return altered


def phones_swapped(page: Any) -> Any:
    """Put the prescriber where the telephone should be."""
    texts = [fact.text for fact in page.contacts]
    return at("contacts", 1, "text", change=lambda _: texts[0])(page)


def shifted(text: str) -> str:
    """Move a date by a day or by a number of days."""
    return last_digit(text)


PATIENT: dict[str, Callable[[Any], Any]] = {
    "a dose of a day": dose("amount", other_digit),
    "a line of a day": dose("line", other_digit),
    "the time of a dose": dose("time", lambda _: "Noon"),
    "two times swapped": day("doses", "doses", change=swapped),
    "a dose of a day lost": day("doses", "doses", change=lost),
    "pieces halved": dose("words", half_of),
    "pieces below a line halved": dose("pieces", lambda lines: tuple(map(half_of, lines))),
    "pieces below a line lost": dose("pieces", lost),
    "pieces in the box": dose("short", lambda lines: tuple(map(other_digit, lines))),
    "pieces in the box lost": dose("short", lost),
    "the strength of a piece": dose("words", last_digit),
    "what is spoken": dose("alt", other_digit),
    "a drawing lost": dose("pictograms", lost),
    "a drawing twice": dose("pictograms", lambda drawn: (*drawn, drawn[0])),
    "a drawing of half": dose("pictograms", lambda drawn: (replace(drawn[0], part="half"), *drawn[1:])),
    "a drawing of another product": dose("pictograms", lambda drawn: (replace(drawn[0], product="p1"), *drawn[1:])),
    "a drawing many times": dose("pictograms", lambda drawn: (replace(drawn[0], times=7), *drawn[1:])),
    "the daily dose": day("doses", "total", change=other_digit),
    "the daily dose in words": day("doses", "total_words", change=other_digit),
    "the daily dose in the corner": day("doses", "corner", change=other_digit),
    "the daily dose lost": day("doses", "corner", change=lambda _: ""),
    "the number of a day": day("number", change=other_digit),
    "the name of a day": day("name", change=last_digit),
    "the weekday of a day": day("name", change=lambda name: name.replace("Monday", "Tuesday")),
    "a day moved": day("day", change=lambda one: one + timedelta(days=1)),
    "a day without its doses": day("doses", change=lambda _: None),
    "a day said to be without a dose": day("none", change=lambda _: "No dose today"),
    "a mark lost": day("marks", change=lost),
    "a mark that is not": day("marks", change=lambda marks: (*marks, Mark("new", "New dose"))),
    "a mark with other words": day("marks", 0, "text", change=lambda _: "New dose"),
    "a day lost": lambda page: at(*first_day(page), change=lambda _: None)(page),
    "the name of a month": at("months", 0, "title", change=other_digit),
    "a month lost": at("months", change=lost),
    "a month twice": at("months", change=lambda months: (*months, months[-1])),
    "the heads of the calendar": at("weekdays", change=swapped),
    "the dates of a step": at("steps", 1, "dates", change=other_digit),
    "the end of a step": at("steps", 1, "dates", change=lambda text: last_digit(text)),
    "the length of a step": at("steps", 1, "length", change=other_digit),
    "the number of a step": at("steps", 1, "label", change=other_digit),
    "the sum of a step": at("steps", 1, "total", change=other_digit),
    "a dose of a step": at("steps", 1, "doses", "doses", 0, "amount", change=other_digit),
    "a step lost": at("steps", change=lambda rows: (*rows[:1], *rows[2:])),
    "the stop lost": at("steps", change=lost),
    "the day of the stop": at("steps", -1, "dates", change=other_digit),
    "a mark of the weeks": at("by_week", "blocks", 0, "weeks", 0, "days", 0, "marks", change=lost),
    "a box of the weeks": at("by_week", "blocks", 0, "weeks", 0, "days", 0, "boxes", change=lost),
    "a day of the weeks": at("by_week", "blocks", 0, "weeks", 0, "days", 0, "number", change=other_digit),
    "a day of the weeks lost": at("by_week", "blocks", 0, "weeks", 0, "days", 0, change=lambda _: None),
    "a week lost": at("by_week", "blocks", 0, "weeks", change=lost),
    "the first day of a week": at("by_week", "blocks", 0, "weeks", 0, "start", change=other_digit),
    "what is taken in the weeks": at(
        "by_week", "blocks", 0, "parts", 0, "lines", 0, "pieces", change=lambda lines: tuple(map(half_of, lines))
    ),
    "when it is taken in the weeks": at("by_week", "blocks", 0, "parts", 0, "lines", change=swapped),
    "a dose of the weeks lost": at("by_week", "blocks", 0, "parts", 0, "lines", change=lost),
    "the daily dose of the weeks": at("by_week", "blocks", 0, "total", change=other_digit),
    "a block of the weeks lost": at("by_week", "blocks", change=lambda blocks: blocks[1:]),
    "the chart's dose": at("charts", 0, "steps", 0, change=lambda step: (*step[:2], step[2] * Fraction(9, 10))),
    "the chart's days": at("charts", 0, "steps", 0, change=lambda step: (step[0], step[1] * 2, step[2])),
    "a step of the chart lost": at("charts", 0, "steps", change=lost),
    "the end of the chart": at("charts", 0, "ends", change=lambda ends: not ends),
    "the axis of the chart": at("charts", 0, "y_ticks", -1, "label", change=other_digit),
    "the months of the chart": at(
        "charts", 0, "x_ticks", change=lambda ticks: (replace(ticks[0], label="Dec"), *ticks[1:])
    ),
    "what the chart is told": at("charts", 0, "alt", change=other_digit),
    "a chart lost": at("charts", change=lost),
    "today's dose": at("facts", 0, "text", change=other_digit),
    "the first day": at("facts", 0, "more", change=last_digit),
    "the next dose": at("facts", 1, "text", change=other_digit),
    "the day of the next dose": at("facts", 1, "more", change=other_digit),
    "the next dose lost": at("facts", change=lambda facts: (facts[0], *facts[2:])),
    "the day without a dose": at("facts", -1, "text", change=other_digit),
    "the weekday without a dose": at("facts", -1, "more", change=lambda _: "Noday"),
    "the summary": at("summary", change=other_digit),
    "the sentence": at("sentence", change=other_digit),
    "the sentence's days": at("sentence", change=last_digit),
    "the patient": at("people", 0, change=lambda _: "For somebody else"),
    "the people swapped": at("people", change=swapped),
    "somebody lost": at("people", change=lost),
    "the telephone": contact("Prescriber's phone", last_digit),
    "the telephone is a name": phones_swapped,
    "the pharmacy": contact("Pharmacy", lambda text: f"{text} 2"),
    "the emergency number": contact("Emergency", other_digit),
    "a line to call lost": at("contacts", change=lambda facts: facts[1:]),
    "never": at("never", change=lambda _: ""),
    "never turned around": at("never", change=lambda text: text.replace("Never stop", "Stop")),
    "a passage lost": at("advice", change=lambda passages: tuple(one for one in passages if one.tone != "urgent")),
    "a passage without words": at("advice", 0, "lead", change=lambda _: ()),
    "a notice that is not": at(
        "notices", change=lambda _: (taper.paper.parts.Notice("revised", "Revision 1", ("x",)),)
    ),
    "what comes after": at("stay", change=lambda text: "" if text else "After 1 January 2027, stay on this dose."),
    "that it is a part": at("only", change=lambda _: "These pages cover 1 January 2026 to 2 January 2026 only."),
    "a product lost": at("products", change=lost),
    "the mark of a product": at("products", 0, "mark", change=other_digit),
    "the key of a product": at("products", 0, "key", change=lambda _: "p7"),
    "the kind of a product": at("products", 0, "kind", change=lambda _: "drop"),
    "the foot": at("frame", "foot", change=lost),
    "the plan in the foot": at("frame", "foot", change=lambda foot: foot[-1:]),
    "the day of printing": at("frame", "printed", change=lambda one: one + timedelta(days=1)),
}


ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "review_every": "4 weeks",
    "current": {"morning": "10 mg", "bedtime": "7 mg"},
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "halves"},
    ],
    "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
    "acknowledge": [{"code": "T101", "reason": "agreed at the visit", "by": "Dr. B. Prescriber"}],
    "supply": {"every": "4 weeks"},
    "handout": {
        "patient": "A. Patient",
        "prescriber": "Dr. B. Prescriber",
        "phone": "+49 30 0000000",
        "pharmacy": "Apotheke am Markt, +49 30 1111111",
        "emergency": "112",
        "note": "Bring the box.",
    },
}


@cache
def ordered() -> tuple[Schedule, Report]:
    """Return the plan that is altered below, and what the checker says of it."""
    schedule = taper.plan(taper.parse_order(ORDER))
    return schedule, taper.check(schedule)


def request_of(sheet: str) -> tuple[PrintRequest, Any]:
    """Return a paper that is proved."""
    schedule, report = ordered()
    request = asked(schedule, "en", "", report)
    page = printed(request, sheet)
    proved_sheet(page, request, sheet)
    return request, page


@pytest.mark.parametrize("fault", sorted(PATIENT))
def test_no_fault_of_the_patients_paper_is_believed(fault: str) -> None:
    """One change of it, of any kind, stops it."""
    request, page = request_of("patient")
    altered = PATIENT[fault](page)
    assert altered != page, "the change changes something"
    with pytest.raises(ProofError):
        proved_sheet(altered, request, "patient")


CLINICIAN: dict[str, Callable[[Any], Any]] = {
    "a step lost": at("tables", 0, "rows", change=lambda rows: (*rows[:1], *rows[2:])),
    "the dates of a step": at("tables", 0, "rows", 1, 1, change=other_digit),
    "the length of a step": at("tables", 0, "rows", 1, 2, change=other_digit),
    "what is taken": at("tables", 0, "rows", 1, 3, change=other_digit),
    "the pieces": at("tables", 0, "rows", 0, 3, change=half_of),
    "the sum of a step": at("tables", 0, "rows", 1, 5, change=other_digit),
    "the cut": at("tables", 0, "rows", 1, 6, change=other_digit),
    "the stop": at("tables", 0, "rows", -1, 1, change=other_digit),
    "an acknowledgment lost": at(
        "findings", change=lambda found: tuple(replace(one, acknowledged=()) for one in found)
    ),
    "another who acknowledged": at(
        "findings", change=lambda found: tuple(replace(o, acknowledged=("x",) * len(o.acknowledged)) for o in found)
    ),
    "a finding lost": at("findings", change=lost),
    "a line lost": at("headlines", change=lost),
    "a finding milder": at(
        "headlines", 0, "severity", change=lambda severity: "note" if severity != "note" else "alert"
    ),
    "what was not evaluated": at("not_evaluated", change=lambda lines: lines[1:]),
    "the supply": at("supply", 0, "rows", -1, 3, change=other_digit),
    "a product lost": at("supply", 0, "rows", change=lost),
    "the notice": at("notice", change=lambda _: ""),
    "the day of printing": at("frame", "foot", -1, change=last_digit),
}
PHARMACY: dict[str, Callable[[Any], Any]] = {
    "a total": at("total", "rows", 0, 2, change=other_digit),
    "a product of the total": at("total", "rows", change=lost),
    "the names of products": at("total", "rows", change=lambda rows: (replace_first(rows),)),
    "a fill lost": at("fills", change=lost),
    "the amount of a fill": at("fills", 0, "table", "rows", 0, 2, change=other_digit),
    "the dates of a fill": at("fills", 0, "table", "title", change=lambda text: text.replace("Fill 1", "Fill 2")),
    "the days of a fill": at("fills", 0, "table", "title", change=last_digit),
    "a label without words": at("fills", 0, "labels", 0, "lines", change=lambda _: ()),
    "who gets it": at("facts", change=lambda facts: facts[:1]),
}
CARD: dict[str, Callable[[Any], Any]] = {
    "the dates": at("dates", change=other_digit),
    "the sum": at("total", change=other_digit),
    "a dose": at("doses", "doses", 0, "line", change=other_digit),
    "the next dose": at("next", change=last_digit),
    "the day of the next dose": at("next", change=other_digit),
    "the next dose lost": at("next", change=lambda _: "Stay on this dose until you and your prescriber decide."),
    "never": at("never", change=lambda _: ""),
    "somebody": at("people", change=lost),
    "a product": at("products", change=lost),
}
RECORD: dict[str, Callable[[Any], Any]] = {
    "the first dose": at("text", change=lambda text: text.replace("mg a day", "00 mg a day", 1)),
    "the day of printing": at("text", change=last_digit),
    "who acknowledged": at("text", change=lambda text: text.replace("acknowledged by", "")[:200] + text[-40:]),
    "the notice": at("notice", change=lambda _: ""),
}


def replace_first(rows: Any) -> Any:
    """Leave all rows but the first out, under another name."""
    return ("another tablet 7 mg", *rows[0][1:])


LIQUID: dict[str, Callable[[Any], Any]] = {
    "the volume": dose("measure", other_digit),
    "the volume in the line": dose("line", other_digit),
    "the mg in the line": dose("line", last_digit),
    "the mg beside the volume": dose("amount", last_digit),
    "the volume in words": dose("words", other_digit),
    "the strength of the liquid": day("doses", "source", change=other_digit),
    "what measures it lost": day("doses", "source", change=lambda _: ""),
    "the volume of the day": day("doses", "total_words", change=other_digit),
    "the syringe lost": dose("pictograms", lost),
    "what is spoken": dose("alt", last_digit),
}


@pytest.mark.parametrize("fault", sorted(LIQUID))
def test_no_fault_of_a_liquid_is_believed(fault: str) -> None:
    """One change of a volume, its strength or how it is measured stops the paper."""
    request = asked(example("diazepam_liquid.toml")[0])
    page = printed(request, "patient")
    proved_sheet(page, request, "patient")
    altered = LIQUID[fault](page)
    assert altered != page, "the change changes something"
    with pytest.raises(ProofError):
        proved_sheet(altered, request, "patient")


def test_the_text_for_the_record_is_proved_alone() -> None:
    """Without the paper around it, as it is pasted into another system."""
    request, page = request_of("record")
    assert proved_text(page.text, request) == page.text
    with pytest.raises(ProofError, match="day of printing"):
        proved_text(last_digit(page.text), request)


OTHERS = {"clinician": CLINICIAN, "pharmacy": PHARMACY, "card": CARD, "record": RECORD}


@pytest.mark.parametrize(("sheet", "fault"), [(sheet, fault) for sheet, faults in OTHERS.items() for fault in faults])
def test_no_fault_of_another_paper_is_believed(sheet: str, fault: str) -> None:
    """One change of it, of any kind, stops it."""
    request, page = request_of(sheet)
    altered = OTHERS[sheet][fault](page)
    assert altered != page, "the change changes something"
    with pytest.raises(ProofError):
        proved_sheet(altered, request, sheet)


def texts(value: Any) -> list[str]:
    """Return all texts of a paper."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    return [text for one in value for text in texts(one)] if isinstance(value, tuple) else []


def test_a_paper_has_texts_and_drawings() -> None:
    """What is altered above is there to be altered."""
    _, page = request_of("patient")
    assert len(texts(page)) > 1000
    assert Pictogram("p0") in page.steps[0].doses.doses[0].pictograms
