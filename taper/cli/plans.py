"""The commands on existing plans: one day of a plan, and the difference between two."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from taper.checker.checking import check
from taper.cli.console import Console
from taper.cli.files import load
from taper.cli.option_groups import Flag, Screen
from taper.cli.screens.differences import print_difference
from taper.cli.screens.plans import print_hint, print_today
from taper.errors import TaperError
from taper.exchange.difference_document import difference_data
from taper.exchange.today_document import today_data
from taper.finding import Report
from taper.proof import prove
from taper.proof.files import prove_difference, prove_today
from taper.schedule import day as days
from taper.schedule.comparison import difference
from taper.schedule.schedule import Schedule


def today(file: Path, day: date | None = None, /, *, every: str | None = None, json: Flag = False) -> int:
    """Show one day of a plan: what to take, what comes next, how much is left.

    Args:
        file: TOML or JSON order, plan document or PDF with one inside, or CSV table.
        day: The day, such as 2026-03-02; today if not given.
        every: Time from one fill to the next, such as "4 weeks"; the order's if not given.
        json: Print it as JSON.
    """
    schedule = load(file)
    prove(schedule, "the day")
    shown = days.today(schedule, day or date.today(), every)
    with Console() as console:
        if json:
            console.data(prove_today(schedule, today_data(shown)))
        else:
            print_today(console, shown, schedule)
    return 0


def diff(old: Path, new: Path, /, *, screen: Screen = Screen()) -> int:
    """Compare two plans: days changed, supply gained and lost, findings gone and new.

    Args:
        old: The first: whatever `taper check` reads.
        new: The second.
        screen: How the difference is shown.
    """
    before, after = load(old), load(new)
    for schedule in (before, after):
        prove(schedule, "the difference")
    reports = _checked(old, before), _checked(new, after)
    try:
        changes = difference(before, after, old_report=reports[0], new_report=reports[1])
    except TaperError as problem:
        raise problem.at(file=str(new if problem.field.startswith("new.") else old)) from None
    with Console() as console:
        if screen.json:
            console.data(prove_difference(before, after, difference_data(changes)))
            return 0
        for file, schedule in ((old, before), (new, after)):
            _say_altered(console, file, schedule)
        print_difference(console, changes, before, after, verbose=screen.verbose)
        if not screen.verbose:
            print_hint(console, changes.findings_gone + changes.findings_new)
    return 0


def _say_altered(console: Console, file: Path, schedule: Schedule) -> None:
    """Say of a plan document that was changed by hand what its order leads to: the other papers refuse it."""
    for remark in schedule.remarks:
        if remark.kind == "altered":
            where = f" ({remark.quote})" if remark.quote else ""
            console.line(f"{file}: {remark.text}{where}; it was changed after it was written: taper check {file}\n")


def _checked(file: Path, schedule: Schedule) -> Report:
    try:
        return check(schedule)
    except TaperError as problem:
        raise problem.at(file=str(file)) from None
