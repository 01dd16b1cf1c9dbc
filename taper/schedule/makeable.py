"""Which doses the ordered products can make, and the simplest make-up of each.

All amounts live on a grid: whole multiples of the largest amount of drug that divides every piece.
So the planner works with integers, and nothing is ever rounded.

The simplest make-up of a dose has the fewest quarters of a tablet, then the least volume of liquid, then the fewest
halves, then the fewest units (whole tablets, broken pieces, measured volumes), then the fewest products, then the
fewest measured volumes; among equals, the strongest product first. So tablets make as much of a dose as they can, and a
liquid makes the rest.

The effort of a dose, by which plans are compared, is the same but for the liquid: it is measured or not, however much
it is. Were it the volume, a plan would be the better the lower its doses, and so the larger its cuts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from taper.errors import OrderError
from taper.order.product import OrderedProduct
from taper.quantity import Mg, Ml, Pieces, ratio, shown
from taper.schedule.regimen import Item

_PARTS = {Fraction(1, 4): (1, 0), Fraction(1, 2): (0, 1), Fraction(3, 4): (1, 1)}
"""Quarters and halves in a part of a tablet: three quarters are a half and a quarter."""
_ROOM = 48
"""Bits of each part of a handling or an effort: ten years of any volume that can be taken fit into them."""

_MOST = 200_000
"""Most ways of making doses that are looked at; more take longer than a second."""

Shape = tuple[Fraction, Fraction | None, Fraction | None]
"""Of a product: the drug in its smallest part in mg, that part of a tablet, the smallest volume of a liquid in mL.

Powder is a measured volume too, with tablets for mL: of a tablet and powder, too, the tablet makes what it can."""
Level = dict[int, int]
"""Doses on the grid that are made with some number of units, each with its cost."""


class Handling(NamedTuple):
    """The handling of a dose; less compares as smaller.

    Attributes:
        quarters: Broken quarters.
        volume: Volume of liquid.
        halves: Broken halves.
        units: Whole units, broken pieces and measured volumes.
        products: Products.
        measured: Measured volumes.
    """

    quarters: int
    volume: Ml
    halves: int
    units: int
    products: int
    measured: int


class _TooFineError(Exception):
    """The products make too many doses to look at each."""


class Makeable:
    """The doses that a list of products can make in one intake.

    Args:
        products: The ordered products.
        max_units: Most units in one intake.
        highest: No dose above this is looked at.

    Raises:
        OrderError: They make too many doses to look at each.

    Attributes:
        unit: Drug in one step of the grid, in mg.
        doses: All makeable doses on the grid, ascending, zero among them.
        effort: Of each dose its quarters, measured volumes, halves, units and products as one integer, to be compared
            and added up.
    """

    def __init__(self, products: Sequence[OrderedProduct], max_units: int, highest: Mg) -> None:
        self.products = tuple(sorted(products, key=_strongest_first))
        self.unit = _common_divisor([p.smallest.value for p in self.products])
        shapes = tuple(_shape(product) for product in self.products)
        try:
            self._table = _table(shapes, max_units, math.floor(highest.value / self.unit))
        except _TooFineError:
            made_of = " and ".join(f"{product.name} ({product.portions})" for product in self.products)
            raise OrderError(
                f"{made_of} make too many doses up to {shown(highest)} to compare them all within a second; measure "
                "or weigh in larger steps, or name fewer products that are measured or weighed",
                field="product",
            ) from None
        self.doses = self._table.doses
        self.effort = self._table.effort
        self._mg: dict[int, Mg] = {}
        self._items: dict[int, tuple[Item, ...]] = {}

    def handling(self, place: int) -> Handling:
        """Return the handling of a makeable dose."""
        quarters, volume, halves, units, products, measured = _parts(self._table.handling(place))
        return Handling(quarters, Ml(self._table.measure * volume), halves, units, products, measured)

    def on_grid(self, dose: Mg) -> int | None:
        """Return the place of a dose on the grid if it can be made, else None."""
        place = dose.value / self.unit
        return place.numerator if place.denominator == 1 and place.numerator in self.effort else None

    def mg(self, place: int) -> Mg:
        """Return the dose at a place of the grid."""
        if place not in self._mg:
            self._mg[place] = Mg(ratio(self.unit.numerator * place, self.unit.denominator))
        return self._mg[place]

    def around(self, dose: Mg) -> tuple[Mg | None, Mg | None]:
        """Return the largest makeable dose below and the smallest above, None where there is none."""
        below = [place for place in self.doses if self.unit * place < dose.value and place]
        above = [place for place in self.doses if self.unit * place > dose.value]
        return (self.mg(below[-1]) if below else None, self.mg(above[0]) if above else None)

    def items(self, place: int) -> tuple[Item, ...]:
        """Return the simplest make-up of a makeable dose, strongest product first."""
        if place not in self._items:
            amounts = zip(self.products, self._table.counts(place), strict=True)
            self._items[place] = tuple(_item(ordered, parts) for ordered, parts in amounts if parts)
        return self._items[place]


def _item(ordered: OrderedProduct, parts: int) -> Item:
    """Return so many smallest parts of a product."""
    if ordered.graduation is not None:
        return Item(ordered.name, volume=ordered.graduation * parts)
    assert ordered.split is not None
    return Item(ordered.name, count=Pieces(ratio(ordered.split.numerator * parts, ordered.split.denominator)))


def _packed(*parts: int) -> int:
    """Write parts as one integer: the first counts most."""
    packed = 0
    for part in parts:
        packed = packed << _ROOM | part
    return packed


def _parts(packed: int) -> Iterator[int]:
    """Return the six parts of the handling of a dose."""
    return (packed >> _ROOM * left & (1 << _ROOM) - 1 for left in range(5, -1, -1))


def _handling(
    quarters: int = 0, volume: int = 0, halves: int = 0, units: int = 0, products: int = 0, measured: int = 0
) -> int:
    return _packed(quarters, volume, halves, units, products, measured)


def _shape(ordered: OrderedProduct) -> Shape:
    if ordered.graduation is not None:
        return ordered.smallest.value, None, ordered.graduation.value
    return (
        (ordered.smallest.value, None, ordered.split)
        if ordered.weight
        else (ordered.smallest.value, ordered.split, None)
    )


class _Table:
    """The cost of every dose that products of some shapes can make: its handling, less the parts of the first products.

    Costs are integers, so that they are added up and compared at once; parts that are subtracted below the handling
    prefer the first product among equals, and say how the dose is made.

    Attributes:
        measure: Volume of which every measured one is a multiple, in mL.
        doses: All makeable doses on the grid, ascending, zero among them.
        effort: The effort of each dose as one integer.
    """

    def __init__(self, shapes: Sequence[Shape], max_units: int, highest: int) -> None:
        unit = _common_divisor([shape[0] for shape in shapes])
        volumes = [volume for _, _, volume in shapes if volume is not None]
        self.measure = _common_divisor(volumes) if volumes else Fraction(1)
        self._bits = max(highest, 1).bit_length()
        self._shapes = len(shapes)
        self._highest = highest
        levels: list[Level] = [{0: 0}, *({} for _ in range(max_units))]
        for index, (smallest, part, volume) in enumerate(shapes):
            step, count = (smallest / unit).numerator, 1 << self._bits * (len(shapes) - 1 - index)
            if part is not None:
                levels = self._with_tablet(levels, step, part, count)
            else:
                assert volume is not None
                levels = self._with_liquid(levels, step, (volume / self.measure).numerator, count)
        self._best = _least(levels)
        self.doses = tuple(sorted(self._best))
        self.effort: dict[int, int] = {}
        for dose in self._best:
            quarters, _, halves, units, products, measured = _parts(self.handling(dose))
            self.effort[dose] = _packed(quarters, measured, halves, units, products)

    def handling(self, dose: int) -> int:
        """Return the handling of a dose as one integer."""
        return -(-self._best[dose] >> self._bits * self._shapes)

    def counts(self, dose: int) -> list[int]:
        """Return how many smallest parts of each product make a dose."""
        every, one = -self._best[dose], (1 << self._bits) - 1
        return [every >> self._bits * left & one for left in range(self._shapes - 1, -1, -1)]

    def _cost(self, handling: int, parts: int) -> int:
        return (handling << self._bits * self._shapes) - parts

    def _with_tablet(self, levels: list[Level], step: int, part: Fraction, count: int) -> list[Level]:
        """Add any number of one tablet, and at most one broken part of each kind, to every dose."""
        pieces = part.denominator
        whole, product = self._cost(_handling(units=1), count * pieces), self._cost(_handling(products=1), 0)
        broken = []
        for parts in range(1, pieces):
            quarters, halves = _PARTS[part * parts]
            handling = _handling(quarters=quarters, halves=halves, units=quarters + halves, products=1)
            broken.append((quarters + halves, step * parts, self._cost(handling, count * parts)))
        grown: list[Level] = []
        with_wholes: list[Level] = []
        for units, level in enumerate(levels):
            more = self._moved(with_wholes[-1], step * pieces, whole) if units else {}
            with_wholes.append(_least([level, more]))
            found = [level, self._moved(more, 0, product)]
            found += [self._moved(with_wholes[units - n], by, cost) for n, by, cost in broken if n <= units]
            grown.append(_least(found))
            _refuse_too_many(sum(map(len, grown)))
        return _useful(grown)

    def _with_liquid(self, levels: list[Level], step: int, volume: int, count: int) -> list[Level]:
        """Add any measurable volume of one liquid to every dose: one unit, however much it is."""
        line, first = (
            self._cost(_handling(volume=volume), count),
            self._cost(_handling(units=1, products=1, measured=1), 0),
        )
        grown = levels[:1]
        for level, fewer in zip(levels[1:], levels, strict=False):
            measured: Level = {}
            lowest: dict[int, int] = {}
            for dose in sorted(fewer, reverse=True):
                lowest[dose % step] = dose
            _refuse_too_many(sum(map(len, grown)) + len(lowest) * (self._highest // step))
            for begin in lowest.values():
                best = fewer[begin] + first
                for dose in range(begin + step, self._highest + 1, step):
                    best += line
                    measured[dose] = best
                    if dose in fewer:
                        best = min(best, fewer[dose] + first)
            grown.append(_least([level, measured]))
        return _useful(grown)

    def _moved(self, level: Level, by: int, cost: int) -> Level:
        """Return a level with some drug and its cost added to each dose."""
        highest = self._highest - by
        return {dose + by: known + cost for dose, known in level.items() if dose <= highest}


_table = lru_cache(maxsize=16)(_Table)
"""The same products are asked for again and again: by each phase, and by each way out of a dead end."""


def _refuse_too_many(number: int) -> None:
    if number > _MOST:
        raise _TooFineError


def _least(levels: Iterable[Level]) -> Level:
    """Return the least cost of each dose."""
    found: Level = {}
    for level in levels:
        if not found:
            found = dict(level)
            continue
        for dose, cost in level.items():
            known = found.get(dose)
            if known is None or cost < known:
                found[dose] = cost
    return found


def _useful(levels: list[Level]) -> list[Level]:
    """Leave out what costs no less than the same dose with fewer units: it never does better, whatever is added."""
    best: Level = {}
    useful = []
    for level in levels:
        better = {dose: cost for dose, cost in level.items() if (known := best.get(dose)) is None or cost < known}
        best.update(better)
        useful.append(better)
    return useful


def _strongest_first(ordered: OrderedProduct) -> tuple[bool, Fraction, Fraction, str]:
    """Order tablets and capsules by their strength, then liquids."""
    return ordered.graduation is not None, -ordered.product.strength.value, -ordered.smallest.value, ordered.name


def _common_divisor(amounts: list[Fraction]) -> Fraction:
    """Return the largest fraction that divides all the amounts."""
    denominator = math.lcm(*(a.denominator for a in amounts))
    return Fraction(math.gcd(*((a * denominator).numerator for a in amounts)), denominator)
