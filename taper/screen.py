"""What `plan` and `check` print: the table of steps, and the findings with their sources."""

from __future__ import annotations

from datetime import date

from taper.console import Console
from taper.finding import Finding, Report
from taper.handout import build_handout
from taper.schedule import Schedule


def print_schedule(console: Console, schedule: Schedule, day: date) -> None:
    """Print the plan in a sentence and the table of its steps."""
    handout = build_handout(schedule, printed_on=day, language="en")  # beside findings, which are in English
    rows = []
    for row in handout.steps:
        dates = f"{row.dates}\n{row.length}" if row.length else row.dates
        rows.append([row.label, dates, row.total, "\n".join(row.lines), row.change])
    console.line(handout.frame.title)
    console.line(handout.summary)
    console.line()
    console.table(handout.columns, rows)


def print_report(console: Console, report: Report) -> None:
    """Print every finding with its sources and acknowledgments, and what was not evaluated."""
    console.line()
    if not report.findings:
        console.line("No findings.")
    for found in report.findings:
        _print_finding(console, found)
        for seen in report.acknowledgments(found.code):
            console.block(f"Acknowledged by {seen.by}: {seen.reason}")
    if report.not_evaluated:
        console.line("\nNot evaluated")
        for skipped in report.not_evaluated:
            console.block(f"{skipped.code}: {skipped.reason}", 2)


def _print_finding(console: Console, found: Finding) -> None:
    console.line(f"{found.severity.upper()} {found.code}: {found.message}", str(found.severity))
    if found.advice:
        console.block(found.advice)
    for source in found.sources:
        console.block(f"Source: {source}. {source.url}".rstrip(". "))
