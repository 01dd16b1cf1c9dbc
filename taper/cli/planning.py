"""The command that plans an order."""

from __future__ import annotations

from pathlib import Path

from taper.cli.option_groups import Judgment, Output, Printing
from taper.cli.planned import carry_out


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
    return carry_out(order, output, printing, judgment)
