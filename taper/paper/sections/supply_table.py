"""The clinician's account of what the pharmacy hands out: fill by fill as ordered, and of the whole plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taper.paper.phrases import Phrases
from taper.paper.sections import terms
from taper.paper.sections.figures import Table
from taper.quantity import Ml, Pieces

if TYPE_CHECKING:
    from taper.schedule.supply import Supply, SupplyLine


def supply_table(supply: Supply, phrases: Phrases) -> Table:
    """Build the table: left from before, to dispense, needed and left, of each product."""
    say = phrases.words.clinician
    names = ("dates", "product", "carried", "dispense", "needed", "left", "so_far")

    def amount(product: str, some: Pieces | Ml) -> str:
        if not some:
            return say["none"]
        return phrases.amount(product, some)

    def row(when: str, line: SupplyLine) -> tuple[str, ...]:
        account = (line.carried, line.handed, line.needed, line.left, line.so_far)
        return when, terms.product(line.product, phrases), *(amount(line.product, some) for some in account)

    rows, past = list[tuple[str, ...]](), supply.past
    if past is not None:
        when = say["pharmacy_past"].format(dates=phrases.short_span(past.start, past.end))
        rows += [row(when, line) for line in (*past.lines, *past.unneeded)]
    fills = supply.fills if supply.is_length_ordered else ()  # else the pharmacy order has them
    for fill in fills:
        rows += [row(phrases.short_span(fill.start, fill.end), line) for line in (*fill.lines, *fill.unneeded)]
    if len(fills) != 1 or past is not None:
        whole = say["supply_all" if past is None else "supply_all_past"]
        rows += [row(whole, line) for line in (*supply.lines, *supply.unneeded)]
    columns = tuple(say[f"column_{name}"] for name in names)
    return Table(say["supply"], columns, tuple(rows), 1 if past is None else 0)
