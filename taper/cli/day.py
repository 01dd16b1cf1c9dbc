"""The command that shows one day of a plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from taper.cli.console import Console

Flag = Annotated[bool, Parameter(negative=())]


def today(file: Path, day: date | None = None, /, *, every: str | None = None, json: Flag = False) -> int:
    """Show what a plan says of one day: what to take, what comes next, how much is left.

    A day outside the plan is no error: it says so.

    Args:
        file: TOML or JSON order, plan document or PDF with one inside, or CSV table.
        day: The day, such as 2026-03-02; today if not given.
        every: Time from one fill to the next, such as "4 weeks"; the order's if not given.
        json: Print it as JSON.
    """
    from taper.cli.files import load
    from taper.cli.screens.plan import print_today
    from taper.exchange.today_document import today_data
    from taper.schedule.day import today as look_up

    schedule = load(file)
    found = look_up(schedule, day or date.today(), every)
    if json:
        import json as writer

        print(writer.dumps(today_data(found), indent=2, ensure_ascii=False))
    else:
        print_today(Console(), found, schedule)
    return 0


COMMANDS = (today,)
