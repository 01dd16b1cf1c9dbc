"""Reading doses back out of the paper, by readers that know nothing of how it was made."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import lxml.html
import pypdf

from taper.schedule import Schedule

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
_DOSE = re.compile(r"(Morning|Noon|Evening|Bedtime) (?:(\S+) )??([0-9]+(?:\.[0-9]+)?) mg")
_MONTH = re.compile(rf"({'|'.join(MONTHS)}) ([0-9]{{4}})\b")

Doses = tuple[tuple[str, str, Fraction], ...]


def planned(schedule: Schedule) -> dict[date, Doses]:
    """What the schedule says for each day: time of day, drug if there are several, dose."""
    several = len(schedule.drugs) > 1
    return {
        day: tuple(
            (intake.time, intake.drug if several else "", intake.dose.value)
            for intake in step.intakes
            if intake.dose or intake.items
        )
        for day, step in schedule.days()
    }


def _doses(text: str) -> Doses:
    clean = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    return tuple((time.lower(), drug or "", Fraction(dose)) for time, drug, dose in _DOSE.findall(clean))


def from_pdf(content: bytes) -> dict[date, Doses]:
    """Read the calendar pages of a PDF: a line with a day's number begins a day."""
    found: dict[date, Doses] = {}
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        text = page.extract_text().replace("\N{NO-BREAK SPACE}", " ")
        month = _MONTH.match(text)
        if month is None or "Tick each box" not in text:
            continue
        body = re.split(r"\nYour .* plan  ·", text.split("Sunday\n", 1)[1])[0]
        cells = re.split(r"(?:^|\n)([0-9]{1,2})(?: [0-9.]+ mg| none)? ?(?=\n|$)", body)
        for number, cell in zip(cells[1::2], cells[2::2], strict=True):
            day = date(int(month[2]), MONTHS.index(month[1]) + 1, int(number))
            assert day not in found, f"{day} stands twice"
            found[day] = _doses(cell)
    return found


def from_html(content: bytes) -> dict[date, Doses]:
    """Read the calendar of an HTML page: each cell with a number is a day."""
    return {day: _doses(cell.text_content()) for day, cell in cells(content)}


def cells(content: bytes) -> Iterator[tuple[date, Any]]:
    """Yield each day of an HTML calendar with its cell."""
    for section in lxml.html.fromstring(content.decode()).xpath("//section[contains(@class,'month')]"):
        month = _MONTH.match(section.xpath(".//h2")[0].text_content())
        assert month is not None
        for cell in section.xpath(".//td[div]"):
            number = cell.xpath("./div/span")[0].text_content()
            yield date(int(month[2]), MONTHS.index(month[1]) + 1, int(number)), cell


def from_text(content: bytes) -> dict[date, Doses]:
    """Read the list of days of a text."""
    found: dict[date, Doses] = {}
    line = re.compile(rf"(?:[A-Z][a-z]+day) ([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}}): (.*)")
    for written in content.decode().splitlines():
        if match := line.match(written):
            found[date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))] = _doses(match[4])
    return found
