"""What `plan`, `check` and `today` print: the table of steps, the findings with their sources, one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taper.cli.console import TABLE_WIDTH, Console
from taper.finding import Finding, Report
from taper.order.order import Order
from taper.paper import words as languages
from taper.paper.parts import DayDoses, StepRow
from taper.paper.phrases import Phrases, capitalized, words_for
from taper.paper.report_told import leaves_english, told_report
from taper.paper.sections import findings, steps
from taper.paper.sections.advice import missed_kind
from taper.paper.sections.order import brands_text
from taper.paper.step_lines import WIDTH, step_lines
from taper.paper.words.language import Language
from taper.paper.words.telling import missed_dose
from taper.proof.papers.screens import prove_rows, prove_told_day
from taper.schedule.calendar import printable
from taper.schedule.day import Today
from taper.schedule.regimen import Intake, Regimen
from taper.schedule.schedule import ONE_DAY, Schedule

_LENGTHS = {
    "default": " (no length of a fill is ordered: 28 days; --every takes another)",
    "reviews": " (each lasts until the next review; --every takes another length)",
}
"""Why fills are as long as they are, where nobody ordered it."""


def print_schedule(console: Console, schedule: Schedule) -> None:
    """Print the plan in a sentence, its steps, and the products that it leaves unused.

    The steps are a table on a wide terminal, and else a block each: a table of five columns would break each dose.
    """
    schedule = printable(schedule)
    phrases = Phrases(schedule, words_for(schedule, "en"))
    rows = list(steps.rows(schedule, phrases))
    prove_rows(schedule, phrases.words.code, rows)
    console.line(steps.title(schedule, phrases))
    console.line(steps.summary(schedule, phrases))
    if brands := brands_text(schedule.order):
        console.line(capitalized(brands))
    console.line()
    if console.width is not None and console.width >= TABLE_WIDTH:
        console.table(steps.columns(phrases), [_row(row) for row in rows])
    else:
        for row in rows:
            for line in step_lines(row, console.width or WIDTH, phrases.say("colon")):
                console.line(line)
    unused = _unused(schedule)
    if unused:
        console.line(f"\nNot used by this plan: {', '.join(unused)}")


def _row(row: StepRow) -> list[str]:
    dates = f"{row.dates}\n{row.length}" if row.length else row.dates
    return [row.label, dates, row.total, "\n".join(row.lines), row.change]


def _unused(schedule: Schedule) -> list[str]:
    """Return the names of the ordered products that no step is made from."""
    if schedule.order is None:
        return []
    used = {item.product for step in schedule.steps for intake in step.intakes for item in intake.items}
    return [ordered.name for ordered in schedule.order.products if ordered.name not in used]


def print_report(
    console: Console,
    report: Report,
    order: Order | None,
    *,
    phrases: Phrases,
    verbose: bool = False,
) -> None:
    """Print how much was found and by what it was judged, then each finding, gravest first, and what was not checked.

    Args:
        console: Where to.
        report: What the checker found.
        order: The order that was checked, if there is one.
        phrases: The schedule in the language that the report is told in.
        verbose: Whether each finding is printed whole, not in one line.
    """
    words, say = phrases.words, phrases.words.clinician
    for line in phrases.unreviewed:
        console.block(line, 0)
    left_english = leaves_english(report, phrases)
    report = told_report(report, phrases)
    console.line(findings.summary(report, words))
    if report.judged_by:
        console.block(report.judged_by, 0)
    if left_english:
        console.block(say["left_english"], 0)
    if report.findings:
        console.line()
    for finding in report.gravest_first:
        print_finding(console, finding, order, verbose=verbose, words=words)
        for seen in report.acknowledgments(finding.code):
            console.block(say["acknowledged"].format(by=seen.by, reason=seen.reason))
    if report.not_evaluated:
        console.line()
    for reason in findings.not_checked(report, words):
        console.hanging(say["skipped_line"].format(reason=reason))
    if not verbose:
        print_hint(console, report.findings, words)


def print_finding(
    console: Console, finding: Finding, order: Order | None, *, verbose: bool = False, words: Language | None = None
) -> None:
    """Print one finding in a line, or whole: what else was found, what could be done, the sources.

    Args:
        console: Where to.
        finding: The finding.
        order: The order that was checked, if there is one.
        verbose: Whether it is printed whole.
        words: The language that the finding is in; English if not given.
    """
    words = words or languages.load("en")
    say = words.clinician
    label = say["label"].format(severity=say[f"severity_{finding.severity}"].upper(), code=finding.code)
    line = say["line"].format(label=label, text=findings.headline(finding, words))
    console.hanging(line, str(finding.severity))
    if not verbose:
        return
    if finding.detail:
        console.block(finding.detail)
    for run in findings.other_runs(finding, words):
        console.hanging(f"- {run}", indent=4)
    if finding.advice:
        console.block(say["could_be_done"].format(advice=finding.advice))
    for source in findings.source_lines(finding, order, words):
        console.block(say["source"].format(source=source))


def print_hint(console: Console, found: tuple[Finding, ...], words: Language | None = None) -> None:
    """Say how to see the rest of findings that were printed in one line each."""
    if found:
        console.line((words or languages.load("en")).clinician["verbose_hint"])


def print_today(console: Console, today: Today, schedule: Schedule) -> None:
    """Print what the plan says of one day, in the words of the handout.

    Args:
        console: Where to print.
        today: The day.
        schedule: The schedule that it is a day of.
    """
    schedule = printable(schedule)
    phrases = Phrases(schedule, words_for(schedule, "en"))
    told, stop = _told(today, schedule, phrases), ""
    if today.change is not None and today.change.stop:
        stop = f"{_no_more(schedule, phrases)}: {phrases.long_date(today.change.day)}"
    prove_told_day(schedule, phrases.words.code, [(day, doses) for _, day, doses in told], stop)
    for line in _state(today, schedule, phrases):
        console.line(line)
    console.line()
    for title, _, doses in told:
        _print_doses(console, phrases, title, doses)
    if stop:
        console.line(stop)
    if today.review is not None:
        is_today = today.review == today.day
        console.line("Review today" if is_today else f"Next review: {phrases.long_date(today.review)}")
    _print_supply(console, phrases, today)
    if today.state in ("dose", "none") or _stays(today, schedule):
        console.line()
        of_plan = [intake for step in schedule.steps for intake in step.intakes if intake.dose or intake.items]
        kind, named = missed_kind(today.intakes or of_plan)
        missed = missed_dose(phrases.words, kind, phrases.listed([phrases.medicine(drug) for drug in named]))
        console.line(missed.text)
        for source in missed.sources:
            console.block(f"Source: {source}. {source.url}".rstrip(". "))


def _no_more(schedule: Schedule, phrases: Phrases) -> str:
    return phrases.say("fact_stop", medicine=phrases.without(schedule.drugs))


def _stays(today: Today, schedule: Schedule) -> bool:
    """Whether the plan is over, and its last dose is kept."""
    return today.state == "over" and any(schedule.steps[-1].totals.values())


def _state(today: Today, schedule: Schedule, phrases: Phrases) -> Iterator[str]:
    """Say which day it is, and why there is no dose on it."""
    say, last = phrases.say, schedule.steps[-1]
    yield phrases.long_date(today.day)
    if today.step is not None and today.step_end is not None:
        yield f"Step {today.step}, until {phrases.dated(today.step_end)}"
    if today.state == "before":
        yield "The plan has not begun: there is no dose for this day yet."
    elif today.state == "gap":
        yield say("mark_gap")
    elif today.state == "none":
        yield say("none_day")
    elif today.state == "stopped" and schedule.stopped_on is not None:
        stop = _no_more(schedule, phrases)
        yield f"No dose: the plan has stopped. {stop}: {phrases.dated(schedule.stopped_on)}."
    elif today.state == "over":
        yield f"The plan is over. {say('fact_end')}: {phrases.dated(last.end)}."
        if _stays(today, schedule):
            yield say("stay", date=phrases.dated(last.end))


def _told(today: Today, schedule: Schedule, phrases: Phrases) -> list[tuple[str, date, DayDoses]]:
    """Return the days whose doses are told, this one first: a title, the day, its doses."""
    days, last, change = list[tuple[str, date, tuple[Intake, ...]]](), schedule.steps[-1], today.change
    if today.intakes:
        days.append(("Take", today.day, today.intakes))
    elif _stays(today, schedule):
        days.append(("The last dose of the plan", last.end, last.intakes))
    if today.tomorrow is not None:
        days.append(("Tomorrow, by the pattern of this step", today.day + ONE_DAY, today.tomorrow))
    if change is not None and not change.stop:
        what = "The plan begins on" if today.state == "before" else "Next change on"
        pattern = " (from then on the dose is not the same every day)" if change.weekly else ""
        days.append((f"{what} {phrases.long_date(change.day)}{pattern}", change.day, change.intakes))
    return [(title, day, phrases.day(Regimen(intakes))) for title, day, intakes in days]


def _print_doses(console: Console, phrases: Phrases, title: str, day: DayDoses) -> None:
    """Print the doses of a day below a title."""
    console.line(f"{title}:")
    for dose in day.doses:
        console.block(dose.said)
    if day.source:
        console.block(day.source)
    console.block(phrases.say("a_day", dose=day.total_words) if day.doses else phrases.say("none"))


def _print_supply(console: Console, phrases: Phrases, today: Today) -> None:
    """Print how long the fill lasts and what is left."""
    if today.left is None:
        console.line("Supply: not worked out for days before the last revision.")
        return
    if today.fill is not None and today.fill.lines and today.days_left is not None:
        days, end = phrases.words.days(today.days_left), phrases.dated(today.fill.end)
        console.line(f"Supply: {days} left in this fill, this day included, until {end}")
    if today.next_fill is not None:
        console.line(f"Next fill: {phrases.long_date(today.next_fill)}{_LENGTHS.get(today.basis, '')}")
    if today.left:
        before = today.state == "before"
        console.line(
            "At hand before the first fill:"
            if before
            else "Left at the end of this day, if each fill was fetched on its first day and all was taken as planned:"
        )
        for stock in today.left:
            console.block(f"{phrases.named(stock.product)}: {phrases.amount(stock.product, stock.amount)}")
