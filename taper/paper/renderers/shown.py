"""What of the patient's sheets each format shows, in its order: what the proof of the layout holds a file against.

A format leaves something out by design only where this module says so, with a reason; all else that a sheet says must
stand in its file, once for each time that it is said here, and nothing beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from taper.paper.parts import Day, DayDoses, Dose, Fact, Handout, Notice, WeekPart
from taper.paper.sheets.card import Card
from taper.paper.sheets.one_sheet import PlanSheet, plan_of
from taper.paper.week_parts import WeekBlock, WeekDay, WeekTable
from taper.paper.words.language import Passage
from taper.proof.layout.words import Box, Said

if TYPE_CHECKING:
    from taper.paper.renderers.html import Page

HTML, PDF, TEXT = "html", "pdf", "text"


def said_by(page: Page, to: str) -> Said:
    """Return what a sheet says in a format, in the order in which it stands there."""
    said, frame = Said(), page.frame
    if to != PDF:  # whose foot stands on each page, and is read there
        said.say(*frame.unreviewed)
    if isinstance(page, Handout):
        {HTML: _html_handout, PDF: _pdf_handout, TEXT: _text_handout}[to](page, said)
        if to != TEXT:
            from taper.paper.renderers.shown_charts import draw, figure_of

            draw(page.products, (day for row in page.steps for day in row.regimens), said)
            said.figures += [figure_of(chart, mirrored=frame.direction == "rtl") for chart in page.charts]
    elif isinstance(page, PlanSheet):
        _plan(page, said, to)
    elif isinstance(page, Card):
        _card(page, said, to)
        if to != TEXT:
            from taper.paper.renderers.shown_charts import draw

            draw(page.products, page.regimens, said)
    else:
        from taper.paper.renderers.shown_sheets import said_elsewhere

        said_elsewhere(page, said, to)
    if to != PDF:
        said.say(frame.running, *frame.foot, *frame.unreviewed)
    return said


# -- the handout ---------------------------------------------------------------------------------------


def _html_handout(page: Handout, said: Said) -> None:
    said.say(page.frame.title)
    _first_page(page, said)
    said.say(page.by_week.title)
    _weeks(page.by_week, said, HTML)
    said.say(page.chart_title if page.charts else "")
    _drawn_handout(page, said, HTML)


def _pdf_handout(page: Handout, said: Said) -> None:
    _plan(plan_of(page), said, PDF, first=page.facts[:1])  # the sheet for the door of the fridge comes first
    said.say(page.chart_title if page.charts else page.frame.title)
    _first_page(page, said)
    _drawn_handout(page, said, PDF)


def _drawn_handout(page: Handout, said: Said, to: str) -> None:
    """Say what follows in the formats that have drawings: charts and legend, steps, days and advice."""
    _legend(page, said, to)
    _steps(page, said, to)
    said.say(page.stay)
    _calendar(page, said, to)
    _advice(page, said)


def _text_handout(page: Handout, said: Said) -> None:
    """Say it without drawings, and the days in a list."""
    said.say(page.frame.title)
    _first_page(page, said)
    said.say(page.by_week.title)
    _weeks(page.by_week, said, TEXT)
    _steps(page, said, TEXT)
    said.say(page.stay)
    if page.products_notes and not page.products:  # else it is about drawings
        said.say(page.products_notes[0])
    if page.variant.layout != "plan":
        said.say(page.days_title)
    _calendar(page, said, TEXT)
    _advice(page, said, in_order=True)


def _first_page(page: Handout, said: Said) -> None:
    _facts(page.facts, said)
    _notices((notice for notice in page.notices if notice.kind == "revised"), said)
    for text in (page.sentence, page.earlier, page.only, page.start_line, *page.people):
        said.say(text)
    _notices((notice for notice in page.notices if notice.kind != "revised"), said)
    said.say(page.never)


def _facts(rows: Iterable[Fact], said: Said) -> None:
    for fact in rows:
        said.say(fact.label, fact.text, fact.more)


def _notices(notices: Iterable[Notice], said: Said) -> None:
    for notice in notices:
        for line in (notice.title, *notice.lines):
            said.say(line)


def _legend(page: Handout, said: Said, to: str) -> None:
    """Say the charts, whose own labels are read elsewhere, and the legend of the drawings."""
    several = len(page.charts) > 1
    headings = to == HTML or len({product.drug for product in page.products}) > 1
    for chart in page.charts:
        said.say(chart.title if several else "", chart.alt if to == PDF else "")
    for note in dict.fromkeys(chart.note for chart in page.charts):
        said.say(note)
    if not page.products and not page.products_notes:
        return
    said.say(page.products_title)
    for drug in dict.fromkeys(product.drug for product in page.products):
        said.say(drug if headings else "")
        for product in page.products:
            if product.drug == drug:
                said.say(product.name if to == PDF else "", product.name, product.note)  # its drawing is named too
    for note in page.products_notes:
        said.say(note)


def _steps(page: Handout, said: Said, to: str) -> None:
    """Say the steps; where the sheet of weeks stands for the days, it stands for them too.

    Large print has no table in a PDF, and says first and last day of a step without their number.
    """
    if page.variant.layout == "plan":
        return
    said.say(page.steps_title)
    table = to == HTML or (to == PDF and not page.variant.large)
    for name in page.columns if table else ():
        said.say(name)
    for row in page.steps:
        said.say(row.label, row.dates, row.length if table or to == TEXT else "", row.total)
        if row.doses is not None and (row.doses.doses or to != TEXT):  # a text has said already that there is none
            _doses(row.doses, said, to)
        _week(row.week, said, to)


def _doses(day: DayDoses, said: Said, to: str) -> None:
    for dose in day.doses:
        said.say(dose.line, _drawn(dose, to), *dose.pieces)
    said.say(day.source if day.doses else day.total_words)


def _drawn(dose: Dose, to: str) -> str:
    """Return what stands for a drawing; a text has none."""
    return dose.alt if dose.pictograms and to != TEXT else ""


def _week(parts: tuple[WeekPart, ...], said: Said, to: str) -> None:
    """Say what is taken on which days of the week; on days without a dose, that."""
    for part in parts:
        said.say(part.when)
        _doses(part.doses, said, to)


def _advice(page: Handout, said: Said, *, in_order: bool = False) -> None:
    """Say what to do, whom to call, and the diary; on a page, whom to call stands before all that can wait."""
    said.say(page.advice_title)
    for part in page.advice:
        if in_order or part.tone != "plain":
            _passage(part, said)
    said.say(page.contacts_title)
    for contact in page.contacts:
        said.say(contact.label, contact.text)
    for part in page.advice:
        if not in_order and part.tone == "plain":
            _passage(part, said)
    for text in (page.diary.title, page.diary.note, *page.diary.columns):
        said.say(text)


def _passage(part: Passage, said: Said) -> None:
    for text in (part.title, *(sentence.text for sentence in (*part.lead, *part.points))):
        said.say(text)


# -- the calendar --------------------------------------------------------------------------------------


def _calendar(page: Handout, said: Said, to: str) -> None:
    """Say each day in a box of its own; days with the same doses share what stands in it."""
    if page.variant.layout == "plan":
        return
    said.place = len(said.texts)
    grid, known = page.variant.layout == "month" and to != TEXT, dict[object, tuple[tuple[str, bool], ...]]()
    names = page.weekdays if grid else _list_columns(page)
    for month in page.months:
        if to != TEXT:
            said.head(month.title, page.frame.medicine, page.calendar_note, page.calendar_revised, *names)
        for day in (day for week in month.weeks for day in week if day is not None):
            key = (id(day.doses), day.marks, day.none)
            if key not in known:
                known[key] = tuple((text, perhaps) for text, perhaps in _inside(day, page, to) if text)
            corner = day.doses.corner if grid and day.doses is not None else ""
            name = day.name if to == HTML else ""  # which a phone shows instead of the number
            said.boxes.append(Box(day.name, (name, day.number, corner) if grid else (day.name,), known[key]))


def _list_columns(page: Handout) -> tuple[str, ...]:
    """Return the heads of a list: the mg of several drugs make no sum, and only a week has room for notes."""
    columns = page.list_columns
    notes = columns[3:] if page.variant.layout == "week" else ()
    return (*columns[:2], *(() if len(page.charts) > 1 else columns[2:3]), *notes)


def _inside(day: Day, page: Handout, to: str) -> Iterator[tuple[str, bool]]:
    """Yield what stands in the box of a day, each with whether only where there is room."""
    marks, doses = [(mark.text, False) for mark in day.marks], day.doses
    if to == TEXT:
        short = [text for dose in doses.doses for text in (dose.line, *dose.short)] if doses and doses.doses else []
        yield from ((text, False) for text in (short or [day.none]))
        yield (doses.devices if short and doses else "", False)
        yield from marks
        return
    yield from marks
    yield (day.none, False)
    if doses is None:
        return
    grid = page.variant.layout == "month"
    for dose in doses.doses:
        yield (dose.line, False)
        if grid:
            yield from _in_grid(dose, page, to)
        else:
            yield from ((text, False) for text in (_drawn(dose, to), *dose.pieces))
    yield (doses.devices if grid else doses.source, False)
    if not grid and len(page.charts) < 2:
        yield (doses.total, False)


def _in_grid(dose: Dose, page: Handout, to: str) -> Iterator[tuple[str, bool]]:
    """Yield drawing and words of a dose in a month.

    Where its drawing says all by itself, with a number for many pieces, they have no room in HTML with several drugs,
    and in a PDF stand only on a page that has room. A volume has no drawing beside it, except with several drugs.
    """
    shown = bool(dose.measure) or not dose.pictograms or any(drawn.part != "whole" for drawn in dose.pictograms)
    several = len(page.charts) > 1
    beside = several and dose.line.startswith(dose.time)  # the drawing, before the words
    if beside:
        yield (_drawn(dose, to), False)
    for text in dose.short:
        if shown or to == PDF or not beside:
            yield text, not shown and to == PDF
    if not beside and not dose.measure and not (several and to == PDF):
        yield (_drawn(dose, to), False)


# -- the sheet of weeks --------------------------------------------------------------------------------


def _plan(page: PlanSheet, said: Said, to: str, first: tuple[Fact, ...] = ()) -> None:
    """Say the sheet; in a PDF it is the first part of the handout too, and large print names people in the foot."""
    people: Iterable[str] = page.people
    said.say(page.frame.title, page.by_week.title)
    if to == PDF:
        said.say(*page.frame.unreviewed)
        if page.variant.large:
            people = [one for one in page.people if one not in page.frame.foot]
    _facts((page.facts or first) if to != PDF or page.notices else (), said)
    _notices(page.notices, said)
    texts = (page.only, page.start_line)
    for text in (*people, *texts):
        said.say(text)
    _weeks(page.by_week, said, to)
    said.say(page.stay)
    said.say(page.never)


def _weeks(plan: WeekTable, said: Said, to: str) -> None:
    said.say(plan.note)
    for key in plan.keys:
        if to != TEXT or key.kind != "none":  # a text has no sign for a day without a dose
            said.say(key.text)
    for name in (*plan.columns, *plan.weekdays) if to != TEXT else ():
        said.say(name)
    for block in plan.blocks:
        late = to == PDF and len(block.weeks) > 1  # a cell of several rows is set behind the first of them
        for number, week in enumerate(block.weeks):
            if number == 0 and to == TEXT:
                _taken(block, said)
            said.say(week.start, week.year)
            if number == 0 and to != TEXT and not late:
                _taken(block, said)
            for name, day in zip(plan.weekdays, week.days, strict=True):
                if day is not None:
                    _week_day(day, name, said, to)
            if number == 0 and late:
                _taken(block, said)


def _taken(block: WeekBlock, said: Said) -> None:
    said.say(block.total)
    for part in block.parts:
        said.say(part.when)
        for line in part.lines:
            said.say(line.label, *line.pieces)


def _week_day(day: WeekDay, name: str, said: Said, to: str) -> None:
    """Say a day: its number; HTML says its marks to who listens, a text in words, a PDF by signs alone."""
    if to == PDF:
        said.say(day.number)
        return
    shown = [mark.text for mark in day.marks if mark.kind in ("new", "review")]
    if to == HTML:
        said.say(day.number, day.none, *shown)
    else:
        said.say("" if name.isdigit() else name, day.number, *shown)


# -- the card ------------------------------------------------------------------------------------------


def _card(page: Card, said: Said, to: str) -> None:
    before = (page.revised, *page.blanks) if to == TEXT else (*page.blanks, page.revised)
    for text in (page.frame.title, *page.people, *before):
        said.say(text)
    said.say(page.heading, page.dates, page.total)
    if page.doses is not None and (page.doses.doses or to != TEXT):
        _doses(page.doses, said, to)
    _week(page.week, said, to)
    for text in (page.next, page.later, page.never):
        said.say(text)
