"""What `taper plan` does, once it is known what was typed."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from taper.checker.checking import check
from taper.cli import progress
from taper.cli.choices import Judgment, Output, Printing
from taper.cli.console import Console
from taper.cli.screens.plans import print_report, print_schedule
from taper.errors import TaperError
from taper.order.order import read_order
from taper.paper.report_told import words_of_report
from taper.planner import planning
from taper.proof import prove
from taper.schedule.supply import dispense


def carry_out(order: Path, output: Output, printing: Printing, judgment: Judgment) -> int:
    """Plan an order, check the plan, print or write it, and return the exit code.

    Args:
        order: The order: a TOML or JSON file.
        output: Where the plan goes.
        printing: How its papers are printed.
        judgment: What decides the exit code.
    """
    files = _refuse(output.out) if output.out is not None else None
    try:
        with progress.shown("planning"):
            schedule = planning.plan(read_order(order))
            prove(schedule, "the plan")
            report, supply = check(schedule), dispense(schedule)
    except TaperError as problem:
        raise problem.at(file=str(order)) from None
    with Console() as console:
        if output.json:
            from taper.exchange.plan_document import write_document  # with the models that read one

            console.text(write_document(schedule, report, supply))
        else:
            print_schedule(console, schedule)
            console.line()
            print_report(
                console, report, schedule.order, phrases=words_of_report(schedule, None), verbose=output.verbose
            )
        if files is not None:
            previous = files.revision_before(schedule)
            files.write_papers(files.papers(schedule, report, supply, printing, previous), output, console)
    return judgment.exit_code(report)


def _refuse(out: Path) -> ModuleType:
    """Refuse early a folder that could not be written, and return what writes, which is loaded for that alone."""
    from taper.cli import files
    from taper.cli.writing import refuse

    refuse(out, files.PAPERS)
    return files
