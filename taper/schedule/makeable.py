"""Which doses the ordered products can make, and the simplest make-up of each.

All amounts live on a grid: whole multiples of the largest amount of drug that divides every piece.
So the planner works with integers, and nothing is ever rounded.

The simplest make-up of a dose has the fewest split pieces, then the fewest units (whole tablets,
broken pieces, measured volumes), then the fewest products; among equals, the strongest product first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from taper.order.product import OrderedProduct
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Item

_UNITS_OF_PART = {
    Fraction(0): 0,
    Fraction(1, 4): 1,
    Fraction(1, 2): 1,
    Fraction(3, 4): 2,
}  # ¾ = a half and a quarter


class Handling(NamedTuple):
    """The handling of a dose; less compares as smaller.

    Attributes:
        splits: Broken pieces.
        units: Whole units, broken pieces and measured volumes.
        products: Products.
    """

    splits: int
    units: int
    products: int


class Makeable:
    """The doses that a list of products can make in one intake.

    Args:
        products: The ordered products.
        max_units: Most units in one intake.
        highest: No dose above this is looked at.

    Attributes:
        unit: Drug in one step of the grid, in mg.
        doses: All makeable doses on the grid, ascending, zero among them.
        handling: Work of each dose.
    """

    def __init__(self, products: Sequence[OrderedProduct], max_units: int, highest: Mg) -> None:
        self.products = tuple(sorted(products, key=_strongest_first))
        self.unit = _common_divisor([p.smallest.value for p in self.products])
        self._best = self._combine(max_units, math.floor(highest.value / self.unit))
        self.doses = tuple(sorted(self._best))
        self.handling: dict[int, Handling] = {dose: best[0] for dose, best in self._best.items()}

    def _combine(self, max_units: int, highest: int) -> dict[int, tuple[Handling, tuple[int, ...]]]:
        """Find the simplest make-up of every reachable dose, adding one product after the other."""
        cells: dict[int, list[tuple[Handling, tuple[int, ...]]]] = {0: [(Handling(0, 0, 0), ())]}
        for ordered in self.products:
            options = list(_options(ordered, self.unit, max_units, highest))
            grown: dict[int, list[tuple[Handling, tuple[int, ...]]]] = {}
            for dose, entries in cells.items():
                for amount, pieces, splits, units in options:
                    total = dose + amount
                    if total > highest:
                        break
                    cell = grown.setdefault(total, [])
                    for work, counts in entries:
                        if work.units + units <= max_units:
                            handling = Handling(work.splits + splits, work.units + units, work.products + (pieces > 0))
                            _keep(cell, handling, (*counts, pieces))
            cells = {dose: cell for dose, cell in grown.items() if cell}
        return {dose: min(cell, key=lambda e: (e[0], [-c for c in e[1]])) for dose, cell in cells.items()}

    def on_grid(self, dose: Mg) -> int | None:
        """Return the place of a dose on the grid if it can be made, else None."""
        place = dose.value / self.unit
        return place.numerator if place.denominator == 1 and place.numerator in self._best else None

    def mg(self, place: int) -> Mg:
        """Return the dose at a place of the grid."""
        return Mg(self.unit * place)

    def around(self, dose: Mg) -> tuple[Mg | None, Mg | None]:
        """Return the largest makeable dose below and the smallest above, None where there is none."""
        below = [place for place in self.doses if self.unit * place < dose.value and place]
        above = [place for place in self.doses if self.unit * place > dose.value]
        return (self.mg(below[-1]) if below else None, self.mg(above[0]) if above else None)

    def items(self, place: int) -> tuple[Item, ...]:
        """Return the simplest make-up of a makeable dose, strongest product first."""
        found = []
        for ordered, pieces in zip(self.products, self._best[place][1], strict=True):
            if not pieces:
                continue
            if ordered.graduation is not None:
                found.append(Item(ordered.name, volume=ordered.graduation * pieces))
            else:
                assert ordered.split is not None
                found.append(Item(ordered.name, count=Pieces(ordered.split * pieces)))
        return tuple(found)


def _strongest_first(ordered: OrderedProduct) -> tuple[bool, Fraction, Fraction, str]:
    """Order tablets and capsules by their strength, then liquids."""
    return ordered.graduation is not None, -ordered.product.strength.value, -ordered.smallest.value, ordered.name


def _options(ordered: OrderedProduct, unit: Fraction, max_units: int, highest: int) -> list[tuple[int, int, int, int]]:
    """List (amount on the grid, smallest parts, splits, units) for zero and more of one product."""
    amount = (ordered.smallest.value / unit).numerator
    options = [(0, 0, 0, 0)]
    for parts in range(1, highest // amount + 1):
        if ordered.split is None or ordered.weight is not None:  # measured, or weighed as powder
            splits, units = int(ordered.split is not None), 1
        else:
            count = ordered.split * parts
            whole = math.floor(count)
            splits = _UNITS_OF_PART[count - whole]
            units = whole + splits
            if whole > max_units:
                break
        if units <= max_units:
            options.append((amount * parts, parts, splits, units))
    return options


def _keep(cell: list[tuple[Handling, tuple[int, ...]]], handling: Handling, counts: tuple[int, ...]) -> None:
    """Add an entry unless another is at least as good in every respect; drop those it beats."""
    for index, (other, other_counts) in enumerate(cell):
        if other == handling:
            if counts > other_counts:  # the strongest product first
                cell[index] = (handling, counts)
            return
        if other.splits <= handling.splits and other.units <= handling.units and other.products <= handling.products:
            return
    cell[:] = [
        entry
        for entry in cell
        if not (
            handling.splits <= entry[0].splits
            and handling.units <= entry[0].units
            and handling.products <= entry[0].products
        )
    ]
    cell.append((handling, counts))


def _common_divisor(amounts: list[Fraction]) -> Fraction:
    """Return the largest fraction that divides all the amounts."""
    denominator = math.lcm(*(a.denominator for a in amounts))
    return Fraction(math.gcd(*((a * denominator).numerator for a in amounts)), denominator)
