"""The command that plans an order."""

from __future__ import annotations

from pathlib import Path

from taper.checker.checking import check
from taper.cli import progress
from taper.cli.console import Console
from taper.cli.files import PAPERS, papers, revision_before, write_papers
from taper.cli.option_groups import Judgment, Output, Printing
from taper.cli.screens.plans import print_report, print_schedule
from taper.cli.writing import refuse
from taper.errors import TaperError
from taper.exchange.plan_document import write_document
from taper.order.order import read_order
from taper.planner import planning
from taper.schedule.supply import dispense


def plan(
    order: Path,
    /,
    *,
    output: Output = Output(),
    printing: Printing = Printing(),
    judgment: Judgment = Judgment(),
) -> int:
    """Plan an order, check the plan, and print or write it.

    Args:
        order: The order: a TOML or JSON file.
        output: Where the plan goes.
        printing: How its papers are printed.
        judgment: What decides the exit code.
    """
    if output.out is not None:
        refuse(output.out, PAPERS)
    try:
        with progress.shown("planning"):
            schedule = planning.plan(read_order(order))
            report, supply = check(schedule), dispense(schedule)
    except TaperError as problem:
        raise problem.at(file=str(order)) from None
    with Console() as console:
        if output.json:
            console.text(write_document(schedule, report, supply))
        else:
            print_schedule(console, schedule, printing.day)
            console.line()
            print_report(console, report, schedule.order, verbose=output.verbose)
        if output.out is not None:
            write_papers(papers(schedule, report, supply, printing, revision_before(schedule)), output, console)
    return judgment.exit_code(report)
