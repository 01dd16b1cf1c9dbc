"""What of a sheet each format shows, and how often: what the proof of the layout holds the finished file against.

A format leaves something out by design only where this module says so, with a reason; all else that a sheet says must
stand in its file, once for each time that it is said here, and nothing beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from taper.paper.parts import Day, DayDoses, Dose, Fact, Frame, Handout, Notice, StepRow, WeekPart
from taper.paper.renderers.shown_sheets import said_elsewhere
from taper.paper.sheets.card import Card
from taper.paper.sheets.one_sheet import PlanSheet, plan_of
from taper.paper.week_parts import WeekDay, WeekTable
from taper.proof.layout import Said

HTML, PDF, TEXT = "html", "pdf", "text"


def said_by(page: object, to: str) -> Said:
    """Return what a sheet says in a format."""
    said = Said()
    frame: Frame = page.frame  # type: ignore[attr-defined]
    if to != PDF:  # whose foot stands on each page, and is read there
        said.say(frame.running, *frame.foot)
        said.say(*frame.unreviewed, times=2)
    if isinstance(page, Handout):
        {HTML: _html_handout, PDF: _pdf_handout, TEXT: _text_handout}[to](page, said)
    elif isinstance(page, PlanSheet):
        {HTML: _html_plan, PDF: _pdf_plan, TEXT: _text_plan}[to](page, said)
    elif isinstance(page, Card):
        _card(page, said, to)
    else:
        said_elsewhere(page, said, to)
    return said


def facts(rows: Iterable[Fact], said: Said) -> None:
    """Say labeled lines."""
    for fact in rows:
        said.say(fact.label, fact.text, fact.more)


def _notices(notices: Iterable[Notice], said: Said) -> None:
    for notice in notices:
        for line in (notice.title, *notice.lines):
            said.say(line)


def _doses(day: DayDoses, said: Said, *, source: bool = True) -> None:
    for dose in day.doses:
        said.say(dose.line, *dose.pieces)
    if source:
        said.say(day.source)


def _week(parts: tuple[WeekPart, ...], said: Said) -> None:
    """Say what is taken on which days of the week; on days without a dose, that."""
    for part in parts:
        said.say(part.when)
        if part.doses.doses:
            _doses(part.doses, said)
        else:
            said.say(part.doses.total_words)


# -- the handout ---------------------------------------------------------------------------------------


def _html_handout(page: Handout, said: Said) -> None:
    said.say(page.frame.title)
    _first_page(page, said)
    _weeks(page.by_week, said, HTML)
    said.say(page.by_week.title)
    if page.charts:
        said.say(page.chart_title)
    _legend(page, said, headings=True)
    _steps(page, said)
    said.say(page.stay)
    _calendar(page, said, HTML)
    _advice(page, said)
    _diary(page, said)


def _pdf_handout(page: Handout, said: Said) -> None:
    _pdf_plan(plan_of(page), said, first_page=page.facts[:1])  # the sheet for the door of the fridge comes first
    said.say(page.chart_title if page.charts else page.frame.title)
    _first_page(page, said)
    _legend(page, said, headings=len({product.drug for product in page.products}) > 1)
    _steps(page, said)
    said.say(page.stay)
    _calendar(page, said, PDF)
    _advice(page, said)
    _diary(page, said)


def _text_handout(page: Handout, said: Said) -> None:
    """Say it without drawings, and the days in a list."""
    said.say(page.frame.title)
    _first_page(page, said)
    said.say(page.by_week.title)
    _weeks(page.by_week, said, TEXT)
    if page.products_notes and not page.products:
        said.say(page.products_notes[0])
    _steps(page, said, columns=False)
    said.say(page.stay)
    if page.variant.layout != "plan":
        said.say(page.days_title)
        for day in page.days:
            said.say(day.name)
            _marks(day, said)
            _text_day(day, said)
    _advice(page, said)
    _diary(page, said)


def _text_day(day: Day, said: Said) -> None:
    if day.doses is None or not day.doses.doses:
        said.say(day.none)
        return
    for dose in day.doses.doses:
        said.say(dose.line, *dose.short)
    said.say(day.doses.devices)


def _first_page(page: Handout, said: Said) -> None:
    facts(page.facts, said)
    _notices(page.notices, said)
    for text in (page.sentence, page.earlier, page.only, page.start_line, *page.people, page.never):
        said.say(text)


def _legend(page: Handout, said: Said, *, headings: bool) -> None:
    """Say the charts, whose own labels are read elsewhere, and the legend of the drawings."""
    if len(page.charts) > 1:
        for chart in page.charts:
            said.say(chart.title)
    for note in dict.fromkeys(chart.note for chart in page.charts):
        said.say(note)
    if not page.products and not page.products_notes:
        return
    said.say(page.products_title)
    for drug in dict.fromkeys(product.drug for product in page.products if headings):
        said.say(drug)
    for product in page.products:
        said.say(product.name, product.note)
    for note in page.products_notes:
        said.say(note)


def _steps(page: Handout, said: Said, *, columns: bool = True) -> None:
    """Say the steps; where the sheet of weeks stands for the days, it stands for them too."""
    if page.variant.layout == "plan":
        return
    said.say(page.steps_title)
    if columns and not page.variant.large:  # large print has no table
        for name in page.columns:
            said.say(name)
    for row in page.steps:
        _step(row, said)


def _step(row: StepRow, said: Said) -> None:
    said.say(row.label, row.dates)
    said.say(row.length)
    said.say(row.total)
    if row.doses is not None:
        _doses(row.doses, said)
        if not row.doses.doses:
            said.say(row.doses.total_words)
    _week(row.week, said)


def _advice(page: Handout, said: Said) -> None:
    said.say(page.advice_title)
    for part in page.advice:
        for text in (part.title, *(sentence.text for sentence in (*part.lead, *part.points))):
            said.say(text)
    said.say(page.contacts_title)
    for contact in page.contacts:
        said.say(contact.label, contact.text)


def _diary(page: Handout, said: Said) -> None:
    for text in (page.diary.title, page.diary.note, *page.diary.columns):
        said.say(text)


# -- the calendar --------------------------------------------------------------------------------------


def _calendar(page: Handout, said: Said, to: str) -> None:
    layout, several = page.variant.layout, len(page.charts) > 1
    if layout == "plan":
        return
    names = page.weekdays if layout == "month" else _list_columns(page, several)
    for month in page.months:
        said.say(month.title)
        said.say(page.frame.medicine, page.calendar_note, page.calendar_revised)
        for name in names:
            said.say(name)
    known: dict[int, int] = {}
    for day in page.days:
        said.exactly[day.number if layout == "month" else day.name] += 1
        _marks(day, said)
        if day.none:
            said.exactly[day.none] += 1
        if day.doses is not None:
            known[id(day.doses)] = known.get(id(day.doses), 0) + 1
    regimens = {id(day.doses): day.doses for day in page.days if day.doses is not None}
    for key, times in known.items():
        _regimen(regimens[key], times, page, said, to)


def _list_columns(page: Handout, several: bool) -> tuple[str, ...]:
    """Return the heads of a list: the mg of several drugs make no sum, and only a week has room for notes."""
    columns = page.list_columns
    notes = columns[3:] if page.variant.layout == "week" else ()
    return (*columns[:2], *(() if several else columns[2:3]), *notes)


def _regimen(day: DayDoses, times: int, page: Handout, said: Said, to: str) -> None:
    if page.variant.layout != "month":
        for dose in day.doses:
            said.say(dose.line, *dose.pieces, times=times)
        said.say(day.source, times=times)
        said.say("" if len(page.charts) > 1 else day.total, times=times)
        return
    said.say(day.corner, times=times)
    said.say(day.devices, times=times)
    for dose in day.doses:
        if _in_words(dose):
            said.say(dose.line, *dose.short, times=times)
        else:
            said.say(dose.line, times=times)
            several = len(page.charts) > 1 and dose.line.startswith(dose.time)
            if to == PDF:  # only where there is room: the drawing has its number
                said.perhaps[" ".join(dose.short)] += times
            elif not several:
                said.say(*dose.short, times=times)


def _in_words(dose: Dose) -> bool:
    """Whether the words of a dose stand in a box however crowded it is: its drawing does not say all by itself."""
    return bool(dose.measure) or not dose.pictograms or any(drawn.part != "whole" for drawn in dose.pictograms)


def _marks(day: Day, said: Said) -> None:
    for mark in day.marks:
        said.exactly[mark.text] += 1


# -- the sheet of weeks --------------------------------------------------------------------------------


def _html_plan(page: PlanSheet, said: Said) -> None:
    said.say(page.frame.title, page.by_week.title)
    facts(page.facts, said)
    _plan(page, said)
    _weeks(page.by_week, said, HTML)


def _pdf_plan(page: PlanSheet, said: Said, first_page: tuple[Fact, ...] = ()) -> None:
    """Say it in the PDF, where it is also the first part of the handout, and large print names people in the foot."""
    said.say(page.frame.title, page.by_week.title)
    said.say(*page.frame.unreviewed)
    if page.notices:
        facts(page.facts or first_page, said)
    people = page.people if not page.variant.large else [one for one in page.people if one not in page.frame.foot]
    _plan(page, said, people)
    _weeks(page.by_week, said, PDF)


def _text_plan(page: PlanSheet, said: Said) -> None:
    _html_plan_of_text(page, said)
    _weeks(page.by_week, said, TEXT)


def _html_plan_of_text(page: PlanSheet, said: Said) -> None:
    said.say(page.frame.title, page.by_week.title)
    facts(page.facts, said)
    _plan(page, said)


def _plan(page: PlanSheet, said: Said, people: Iterable[str] | None = None) -> None:
    _notices(page.notices, said)
    for text in (*(page.people if people is None else people), page.only, page.start_line, page.stay, page.never):
        said.say(text)


def _weeks(plan: WeekTable, said: Said, to: str) -> None:
    said.say(plan.note)
    for key in plan.keys:
        if to != TEXT or key.kind != "none":  # a text has no sign for a day without a dose
            said.say(key.text)
    if to != TEXT:
        for name in (*plan.columns, *plan.weekdays):
            said.say(name)
    for block in plan.blocks:
        said.say(block.total)
        for part in block.parts:
            said.say(part.when)
            for line in part.lines:
                said.say(line.label, *line.pieces)
        for week in block.weeks:
            said.say(week.start, week.year)
            for name, day in zip(plan.weekdays, week.days, strict=True):
                if day is not None:
                    _week_day(day, name, said, to)


def _week_day(day: WeekDay, name: str, said: Said, to: str) -> None:
    """Say a day: its number; HTML says its marks to who listens, a text in words, a PDF by signs alone."""
    if to == PDF:
        said.exactly[day.number] += 1
        return
    shown = [mark.text for mark in day.marks if mark.kind in ("new", "review")]
    if to == HTML:
        said.say(day.number, day.none, *shown)
    else:
        said.say(*(() if name.isdigit() else (name,)), day.number, *shown)


# -- the card ------------------------------------------------------------------------------------------


def _card(page: Card, said: Said, to: str) -> None:
    texts = (page.frame.title, *page.people, *page.blanks, page.revised, page.next, page.later, page.never)
    for text in texts:
        said.say(text)
    said.say(page.heading, page.dates)
    said.say(page.total)
    if page.doses is not None:
        _doses(page.doses, said)
    _week(page.week, said)
