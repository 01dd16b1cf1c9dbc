"""The commands for a plan that goes on: what differs between two of its revisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from taper.cli.console import Console
from taper.errors import TaperError


def diff(old: Path, new: Path, /, *, json: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Compare two plans: which days change, from what to what, supply gained and lost, findings gone and new.

    The files may be two revisions of one plan, or two plans. Findings do not matter for the exit code.

    Args:
        old: The first: whatever `taper check` reads.
        new: The second.
        json: Print the difference as JSON.
    """
    from taper.checker.checking import check
    from taper.cli.files import load
    from taper.schedule.comparison import difference

    first, second = load(old), load(new)
    reports = []
    for file, schedule in ((old, first), (new, second)):
        try:
            reports.append(check(schedule))
        except TaperError as problem:
            raise problem.at(file=str(file)) from None
    try:
        found = difference(first, second, old_report=reports[0], new_report=reports[1])
    except TaperError as problem:
        raise problem.at(file=str(new if problem.field.startswith("new.") else old)) from None
    if json:
        import json as writer

        from taper.exchange.delta import as_data

        print(writer.dumps(as_data(found), indent=2, ensure_ascii=False))
    else:
        from taper.cli.screens.difference import print_difference

        print_difference(Console(), found, first, second)
    return 0


COMMANDS = (diff,)
