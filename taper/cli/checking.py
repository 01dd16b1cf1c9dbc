"""The command that checks whatever a file holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from taper.checker import checking
from taper.cli.console import Console
from taper.cli.files import load
from taper.cli.option_groups import Flag, Judgment, Screen, Several, Verbose
from taper.cli.screens.plans import print_report
from taper.errors import ScheduleError
from taper.exchange.conventions import USUAL_GAP, Supplies
from taper.exchange.plan_document import report_data
from taper.exchange.record_lines import Meaning
from taper.order.parts import LanguageCode
from taper.paper.report_told import words_of_report


@Parameter(name="*")
@dataclass(frozen=True)
class Record:
    """How a record of another tool is read.

    Attributes:
        meaning: What of the file to check: what was intended, supplied or taken; the first of these if not given.
        person: Whose record to check, where the file holds several.
        all: Check the record of every person, one line each.
        first_day: First day of steps that have lengths but no dates.
        end_of_data: Last day of which the record knows everything; after more days without supply than the gap the
            drug is read as stopped.
        gap: Days without supply that are no stop yet; 30 where --end-of-data is given.
        without_carry_over: Refills fetched early count from their own day, as in OMOP's eras.
        days_from_refills: Days of supply that are missing or cannot be meant are those up to the next fill.
    """

    meaning: Annotated[Meaning | None, Parameter(name="--as")] = None
    person: str | None = None
    all: Flag = False
    first_day: date | None = None
    end_of_data: date | None = None
    gap: int | None = None
    without_carry_over: Flag = False
    days_from_refills: Flag = False

    @property
    def supplied(self) -> Supplies:
        """The conventions by which supplies are read."""
        gap = USUAL_GAP if self.gap is None and self.end_of_data is not None else self.gap
        return Supplies(not self.without_carry_over, gap, self.end_of_data, self.days_from_refills)


@Parameter(name="*")
@dataclass(frozen=True)
class InLanguage(Screen):
    """How the report is shown, and in which language.

    Attributes:
        json: Print it as JSON.
        verbose: Print reasons, sources and what could be done with each finding.
        language: Language in which the findings are told; English, as the checker says them, if not given.
    """

    json: Flag = False
    verbose: Verbose = False
    language: LanguageCode | None = None


def check(
    file: Path,
    /,
    *,
    order: Path | None = None,
    guideline: Several = (),
    record: Record = Record(),
    screen: InLanguage = InLanguage(),
    judgment: Judgment = Judgment(),
) -> int:
    """Check an order, a plan document, or another tool's file.

    Args:
        file: Order, plan document or PDF with one inside, CSV table, FHIR (JSON, XML, NDJSON), or iCalendar of ours.
        order: An order to compare a table with.
        guideline: Guideline to check by, instead of the order's; may be given several times.
        record: How a record of another tool is read.
        screen: How the report is shown.
        judgment: What decides the exit code.
    """
    if screen.json and screen.language is not None:
        raise ScheduleError("--json is data for programs, in English alone; leave out --language or --json")
    if record.all:
        from taper.cli.people import Lines, check_all

        if order is not None or record.person is not None or record.first_day is not None:
            raise ScheduleError("--all checks every person alone; leave out --order, --person and --first-day")
        shown = Lines(screen.language, json=screen.json)
        return check_all(file, record.meaning, guideline, record.supplied, shown=shown, judgment=judgment)
    schedule = load(file, order, record.meaning, record.person, record.first_day, record.supplied)
    report = checking.check(schedule, guidelines=guideline or None)
    with Console() as console:
        if screen.json:
            console.data(report_data(report))
        else:
            phrases = words_of_report(schedule, screen.language)
            print_report(console, report, schedule.order, phrases=phrases, verbose=screen.verbose)
    return judgment.exit_code(report)
