"""Reading doses back out of the paper, by readers that know nothing of how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import lxml.html

from taper.schedule.schedule import Schedule, Step
from tests.oracles.pdf import pdf_pages, text_by_columns

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
TIMES = ("morning", "noon", "evening", "bedtime")
_MEASURE = r"(?:[0-9.]+ (?:mL|drops?|g of powder) \()?"  # what is measured stands before the mg
_DOSE = re.compile(rf"(Morning|Noon|Midday|Evening|Bedtime) (?:(\S+) )??{_MEASURE}([0-9]+(?:\.[0-9]+)?) mg")
_MONTH = re.compile(rf"({'|'.join(MONTHS)}) ([0-9]{{4}})\b")
_NAME_OF_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DATE = re.compile(rf"\b([0-9]{{1,2}}) ({_NAME_OF_MONTH}) ([0-9]{{4}})\b")
_AMERICAN = re.compile(rf"\b({_NAME_OF_MONTH}) ([0-9]{{1,2}}), ([0-9]{{4}})\b")
_EITHER = rf"(?:\s+[0-9]{{1,2}}\s+{_NAME_OF_MONTH}|,\s+{_NAME_OF_MONTH}\s+[0-9]{{1,2}},)"
_NAMED = rf"(?:[A-Z][a-z]+day{_EITHER}\s+[0-9]{{4}}|Day [0-9]+)"
_ROW = re.compile(rf"(?:^|\n)({_NAMED})\b(?! of the week)")
_TITLE = rf"(?:{'|'.join(MONTHS)}) [0-9]{{4}}|Days? [0-9]+(?: to [0-9]+)?"
_HEADING = rf"({_TITLE})\s[^\n]*(?:Tick|Check off) each box[^\n]*\n"
_GRID = re.compile(rf"{_HEADING}[^\n]*\n")
_LINE = re.compile(rf"({_NAMED}): (.*)")

Doses = tuple[tuple[str, str, Fraction], ...]


def planned(schedule: Schedule) -> dict[date, Doses]:
    """What the schedule says for each day: time of day, drug if there are several, dose."""
    return _of_days(list(schedule.days()))


def of_patient(schedule: Schedule, first: date = date.min) -> dict[date, Doses]:
    """What the patient's paper says for each day: that from a day, and from the last revision, on."""
    begin = max(first, opening(schedule))
    return _of_days([(day, step) for day, step in schedule.days() if day >= begin])


def opening(schedule: Schedule) -> date:
    """First day of the patient's paper: that of the last revision, else of the plan."""
    history = schedule.order.history if schedule.order and schedule.revision else ()
    return max([schedule.steps[0].start, *(event.on for event in history[-1:])])


def _of_days(days: list[tuple[date, Step]]) -> dict[date, Doses]:
    several = len({intake.drug for _, step in days for intake in step.intakes}) > 1
    return {
        day: tuple(
            (intake.time, intake.drug if several else "", intake.dose.value)
            for intake in step.intakes
            if intake.dose or intake.items
        )
        for day, step in days
    }


def _doses(text: str) -> Doses:
    clean = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    return tuple(
        (time.lower().replace("midday", "noon"), (drug or "").lower(), Fraction(dose))
        for time, drug, dose in _DOSE.findall(clean)
    )


def _day(text: str, first: date) -> date | None:
    """Read "5 January 2026", "January 5, 2026", or "Day 12" of a plan that begins on `first`."""
    clean = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    if found := _DATE.search(clean):
        return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    if found := _AMERICAN.search(clean):
        return date(int(found[3]), MONTHS.index(found[1]) + 1, int(found[2]))
    if found := re.match(r"Day ([0-9]+)", clean):
        return first + timedelta(days=int(found[1]) - 1)
    return None


def _put(found: dict[date, Doses], day: date | None, text: str) -> None:
    assert day is not None, text
    assert day not in found, f"{day} stands twice"
    found[day] = _doses(text)


def from_pdf(content: bytes, first: date = date.min) -> dict[date, Doses]:
    """Read the calendar pages of a PDF, grids and lists.

    In a grid a line with a day's number begins a day, in a list the name of a day does.
    """
    found: dict[date, Doses] = {}
    for page in pdf_pages(content):
        text = page.extract_text().replace("\N{NO-BREAK SPACE}", " ")
        body = re.split(r"\nYour [^\n]* plan  ·", text)[0]
        if "Day What to take" in text:
            rows = re.sub(_HEADING, "\n", body.split("Day What to take", 1)[1])  # "Day 29" may head a list of one day
            parts = _ROW.split(rows)
            for name, row in zip(parts[1::2], parts[2::2], strict=True):
                _put(found, _day(name, first), row)
        elif "Tick each box" in text or "Check off each box" in text:
            cut = text_by_columns(page, 7).replace("\N{NO-BREAK SPACE}", " ")
            parts = _GRID.split(re.split(r"\nYour [^\n]* plan  ·", cut)[0])
            for title, cells in zip(parts[1::2], parts[2::2], strict=True):
                days = re.split(r"(?:^|\n)([0-9]{1,4})(?: [0-9.]+ mg| no dose)? ?(?=\n|$|[▸●■])", cells)
                for number, cell in zip(days[1::2], days[2::2], strict=True):
                    _put(found, _of_month(title, number, first), cell)
    return found


def _of_month(title: str, number: str, first: date) -> date:
    if month := _MONTH.match(title):
        return date(int(month[2]), MONTHS.index(month[1]) + 1, int(number))
    return first + timedelta(days=int(number) - 1)


def from_html(content: bytes, first: date = date.min) -> dict[date, Doses]:
    """Read the calendar of an HTML page: each cell with a number, and each row of a list, is a day."""
    found = {day: _doses(cell.text_content()) for day, cell in cells(content, first)}
    for row in lxml.html.fromstring(content.decode()).xpath("//section[contains(@class,'list')]//tbody/tr"):
        _put(found, _day(row.xpath("./th")[0].text_content(), first), row.xpath("./td")[0].text_content())
    return found


def cells(content: bytes, first: date = date.min) -> Iterator[tuple[date, Any]]:
    """Yield each day of an HTML calendar with its cell."""
    for section in lxml.html.fromstring(content.decode()).xpath("//section[contains(@class,'month')]"):
        title = section.xpath(".//h2")[0].text_content()
        for cell in section.xpath(".//td[div]"):
            number = cell.xpath("./div/span")[0].text_content()
            yield _of_month(title, number, first), cell


def from_text(content: bytes, first: date = date.min) -> dict[date, Doses]:
    """Read the list of days of a text."""
    found: dict[date, Doses] = {}
    for written in content.decode().replace("\N{NO-BREAK SPACE}", " ").splitlines():
        if match := _LINE.match(written):
            _put(found, _day(match[1], first), match[2])
    return found


READERS = {"pdf": from_pdf, "html": from_html, "text": from_text}
"""For each format, how another program reads the doses of each day."""
