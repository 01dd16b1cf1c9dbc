"""The command line: the only module that reads and writes files, the clock and the terminal.

Exit codes: 0 clean, 1 findings at or above ``--fail-on``, 2 could not run.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from taper import __version__
from taper.cli.console import Console
from taper.cli.lists import COMMANDS
from taper.errors import MissingExtraError, ScheduleError, TaperError

try:
    from cyclopts import App, CycloptsError, Parameter
except ImportError:  # the one place where a command cannot answer through `main`
    print(f"taper: error: {MissingExtraError('cyclopts', 'cli', 'the command line')}", file=sys.stderr)
    raise SystemExit(2) from None

from taper.cli.day import COMMANDS as TODAY_COMMANDS
from taper.cli.difference import COMMANDS as LIVE_COMMANDS
from taper.cli.revision import COMMANDS as REVISE_COMMANDS

FailOn = Literal["note", "warning", "alert", "never"]
Paper = Literal["a4", "letter"]
LanguageCode = Literal["en", "fr", "nl", "de", "es", "ar"]
Meaning = Literal["intended", "supplied", "taken"]
Flag = Annotated[bool, Parameter(negative=())]
Guidelines = Annotated[tuple[str, ...], Parameter(name="--guideline", negative=())]

app = App(
    name="taper",
    help="Exact, makeable benzodiazepine tapers, checked against published guidance. "
    "It computes and warns; it never chooses a dose, a step or a drug for anyone.",
    version=__version__,
    help_format="plaintext",
    help_formatter="default" if sys.stdout.isatty() else "plain",
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        code = app(
            sys.argv[1:] if arguments is None else arguments,
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )
        sys.stdout.flush()
    except CycloptsError as problem:
        return _failed(f"{problem} Run: taper --help")
    except TaperError as problem:
        return _failed(str(problem))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    return code if isinstance(code, int) else 0


def _failed(message: str) -> int:
    print(f"taper: error: {message}", file=sys.stderr)
    return 2


@app.command
def plan(
    order: Path,
    /,
    *,
    out: Path | None = None,
    json: Flag = False,
    paper: Paper | None = None,
    language: LanguageCode | None = None,
    printed_on: date | None = None,
    fail_on: FailOn = "alert",
) -> int:
    """Plan an order, check the plan, and print or write it.

    Args:
        order: The order: a TOML or JSON file.
        out: Folder for handout.pdf, handout.html, clinician.pdf and plan.json.
        json: Print the plan document instead of the table.
        paper: Size of the paper; the order's, or the country's, if not given.
        language: Language of the patient's paper; the order's, or English, if not given.
        printed_on: Day printed on the paper; today if not given.
        fail_on: Lowest severity of a finding that makes the exit code 1.
    """
    from taper.checker.checking import check as check_schedule
    from taper.cli.files import exit_code
    from taper.cli.screens.plan import print_report, print_schedule
    from taper.exchange.plan_document import write_document
    from taper.order.order import read_order
    from taper.planner.planning import plan as plan_order
    from taper.schedule.supply import dispense

    try:
        schedule = plan_order(read_order(order))
        report, supply = check_schedule(schedule), dispense(schedule)
    except TaperError as problem:
        raise problem.at(file=str(order)) from None
    if out is not None:
        from taper.cli.files import papers, refuse_folder, revision_before, write_all

        refuse_folder(out)
        write_all(
            out,
            papers(schedule, report, supply, printed_on or date.today(), paper, language, revision_before(schedule)),
        )
    if json:
        sys.stdout.write(write_document(schedule, report, supply))
    else:
        console = Console()
        print_schedule(console, schedule, printed_on or date.today())
        print_report(console, report)
        if out is not None:
            console.line(f"\nWritten to {out}: handout.pdf, handout.html, clinician.pdf, plan.json")
    return exit_code(report, fail_on)


@app.command
def check(
    file: Path,
    /,
    *,
    order: Path | None = None,
    guideline: Guidelines = (),
    meaning: Annotated[Meaning | None, Parameter(name="--as")] = None,
    person: str | None = None,
    first_day: date | None = None,
    json: Flag = False,
    fail_on: FailOn = "alert",
) -> int:
    """Check an order, a plan document, or another tool's file: table, FHIR, calendar, pharmacy history, OMOP.

    Args:
        file: TOML or JSON order, plan document or PDF with one inside; CSV table of this or another tool; FHIR
            (JSON, XML, or one resource a line); iCalendar written by this tool.
        order: An order to hold a table against.
        guideline: Guideline to check by, instead of the order's; may be given several times.
        meaning: What of the file to check: what was intended, supplied or taken; the first of these if not given.
        person: Whose record to check, where the file holds several.
        first_day: First day of steps that have lengths but no dates.
        json: Print the report as JSON.
        fail_on: Lowest severity of a finding that makes the exit code 1.
    """
    from taper.checker.checking import check as check_schedule
    from taper.cli.files import exit_code, load
    from taper.cli.screens.plan import print_report
    from taper.exchange.plan_document import report_data

    schedule = load(file, order, meaning, person, first_day)
    report = check_schedule(schedule, guidelines=guideline or None)
    if json:
        import json as writer

        print(writer.dumps(report_data(report), indent=2, ensure_ascii=False))
    else:
        print_report(Console(), report)
    return exit_code(report, fail_on)


@app.command
def render(
    file: Path,
    /,
    *,
    to: Literal["pdf", "html", "text"] = "pdf",
    sheet: Literal["patient", "clinician", "pharmacy", "card", "diary", "record"] = "patient",
    variant: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    on: date | None = None,
    every: str | None = None,
    out: Path | None = None,
    paper: Paper | None = None,
    language: LanguageCode | None = None,
    printed_on: date | None = None,
) -> int:
    """Print one paper of an order, a plan document or a table.

    Args:
        file: TOML or JSON order, plan document, or CSV table.
        to: Format.
        sheet: Which paper: the handout, the clinician's sheet (the only one with findings), the pharmacy order,
            a pocket card of the current step, a diary, or a paragraph for the record (text).
        variant: How: large, gray, week (one a page), list, dateless, "next 4 weeks"; may be given several times.
        on: Day of the pocket card, and first day of "next 4 weeks"; the day of printing if not given.
        every: Pharmacy order: time from one fill to the next, such as "4 weeks"; the order's if not given.
        out: File to write; standard output if not given.
        paper: Size of the paper.
        language: Language of what the patient reads; the order's, or English, if not given.
        printed_on: Day printed on the paper; today if not given.
    """
    from dataclasses import replace

    from taper.checker.checking import check as check_schedule
    from taper.cli.files import attached, load, revision_before, write_all
    from taper.paper.renderers import render as render_schedule
    from taper.paper.variant import parse_variant
    from taper.schedule.supply import dispense

    schedule = load(file)
    report, chosen = check_schedule(schedule), parse_variant(variant)
    content = render_schedule(
        schedule,
        report,
        "text" if sheet == "record" else to,
        printed_on=printed_on or date.today(),
        sheet=sheet,
        paper=paper,
        language=language,
        supply=dispense(schedule, every),
        variant=chosen if on is None else replace(chosen, on=on),
        document=attached(schedule, report, sheet),
        previous=revision_before(schedule),
    )
    if out is not None:
        if out.is_dir():
            raise ScheduleError("is a folder; name a file in it", file=str(out))
        write_all(out.parent, {out.name: content})
    elif to == "pdf" and sheet != "record" and sys.stdout.isatty():
        raise ScheduleError("a PDF cannot be shown on a terminal; add --out handout.pdf")
    else:
        sys.stdout.buffer.write(content)
    return 0


@app.command
def export(
    file: Path,
    /,
    *,
    to: Literal["ics", "fhir", "csv", "days", "steps", "markdown", "sig"],
    out: Path | None = None,
    dated: date | None = None,
    style: Literal["day", "intake", "sequence", "per-step"] | None = None,
    at: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    alarm: int | None = None,
    discreet: bool = False,
    weeks: int | None = None,
    previous: Path | None = None,
    subject: str | None = None,
    requester: str | None = None,
    transaction: bool = False,
    every: str | None = None,
    by_product: bool = False,
    limit: int = 1000,
) -> int:
    """Write a schedule for another tool: calendar, FHIR, CSV, Markdown, label texts.

    Args:
        file: TOML or JSON order, plan document, or CSV table.
        to: Format; csv is the plain table that `taper check` reads back.
        out: File to write; standard output if not given.
        dated: Day of writing; today if not given.
        style: Calendar: day or intake. FHIR: sequence or per-step.
        at: Clock time for timed calendar events, such as morning=08:00; may be given several times.
        alarm: Minutes before a timed calendar event.
        discreet: Calendar titles name neither medicine nor dose.
        weeks: Only so many weeks of the calendar.
        previous: Plan document of the revision whose calendar was sent before; its vanished days are canceled.
        subject: FHIR reference to the patient, such as Patient/123.
        requester: FHIR reference to the prescriber.
        transaction: FHIR bundle ready to be posted.
        every: Label texts: time from one fill to the next; one text a step if not given.
        by_product: Label texts: one for each product.
        limit: Label texts: most characters; a longer text is refused, never cut.
    """
    from taper.cli.files import load, write_all
    from taper.exchange.formats import export as export_schedule, parse_times

    content = export_schedule(
        load(file),
        to,
        written_on=dated or date.today(),
        style=style,
        times=dict(parse_times(at)) or None,
        alarm=alarm,
        discreet=discreet or None,
        weeks=weeks,
        previous=None if previous is None else load(previous),
        subject=subject,
        requester=requester,
        kind="transaction" if transaction else None,
        every=every,
        by_product=by_product or None,
        limit=limit if to == "sig" else None,
    )
    if out is None:
        sys.stdout.buffer.write(content)
    elif out.is_dir():
        raise ScheduleError("is a folder; name a file in it", file=str(out))
    else:
        write_all(out.parent, {out.name: content})
    return 0


for _other in (*COMMANDS, *LIVE_COMMANDS, *REVISE_COMMANDS, *TODAY_COMMANDS):
    app.command(_other)


if __name__ == "__main__":
    sys.exit(main())
