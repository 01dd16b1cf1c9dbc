"""The drawings beside the words: one for each piece, and an outline for each drug."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from taper.paper.parts import Kind, Part, Pictogram
from taper.quantity import exact_text
from taper.schedule.regimen import Item
from taper.schedule.schedule import Schedule
from taper.values import dataclass

if TYPE_CHECKING:
    from taper.order.product import OrderedProduct

OUTLINES = ("circle", "oval", "square", "hexagon", "diamond", "pentagon")
"""Names of the outlines of drawings, in the order in which the drugs of a plan get them."""
MOST_DRAWN = 4  # more whole pieces than this are drawn once, with a number before them
_PARTS: dict[Fraction, Part] = {
    Fraction(1, 4): "quarter",
    Fraction(1, 2): "half",
    Fraction(3, 4): "three-quarters",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A product that has a drawing.

    Attributes:
        key: Key of the product in the drawings.
        index: Its place in the order; with several drugs its place among the products of its drug.
        kind: What is drawn.
        ordered: The product.
        family: With several drugs: place of its drug, which decides the outline; else None.
    """

    key: str
    index: int
    kind: Kind
    ordered: OrderedProduct
    family: int | None = None


class Drawings:
    """The drawings of one schedule: each product has one of its own, and no two drugs share an outline.

    Args:
        schedule: The schedule.
        write: Writes a number in the language of the paper.
    """

    def __init__(self, schedule: Schedule, write: Callable[[Fraction], str]) -> None:
        self._write = write
        products = schedule.order.products if schedule.order else ()
        self._products = {ordered.name: ordered for ordered in products}
        self._keys = {name: f"p{index}" for index, name in enumerate(self._products)}
        self._used = {item.product for step in schedule.steps for intake in step.intakes for item in intake.items}
        self._families = _families(schedule, self._used, self._products) if len(schedule.drugs) > 1 else {}
        if len(self._families) > len(OUTLINES):  # no drawing is better than one that two drugs share
            self._keys = {}

    def of(self, item: Item) -> list[Pictogram]:
        """Return the drawings of the pieces or the volume of an item."""
        key = self._keys.get(item.product)
        if key is None or self._products[item.product].weight is not None:  # powder has no piece to be drawn
            return []
        if item.count is None:
            return [Pictogram(key)] if item.volume is not None else []
        whole, part = divmod(item.count.value, 1)
        if part and part not in _PARTS:
            return []
        times = [Pictogram(key, times=whole)] if whole > MOST_DRAWN else [Pictogram(key)] * whole
        if not part:
            return times
        taken = self._products[item.product].product.strength.value * part
        return [*times, Pictogram(key, _PARTS[part], mark="" if "/" in exact_text(taken) else self._write(taken))]

    def outline(self, drug: str) -> str | None:
        """Return the name of a drug's outline; None in a plan with one drug, or where the drug is not drawn."""
        family = self._families.get(drug)
        drawn = family is not None and any(product.family == family for product in self.legend())
        return OUTLINES[family] if family is not None and drawn else None

    def legend(self) -> tuple[Drawn, ...]:
        """Return the products that the plan uses and that are drawn, those of one drug together."""
        drawn = [
            Drawn(self._keys[name], index, _kind(ordered), ordered)
            for index, (name, ordered) in enumerate(self._products.items())
            if name in self._used and self._keys
        ]
        return tuple(self._by_drug(drawn)) if self._families else tuple(drawn)

    def _by_drug(self, drawn: list[Drawn]) -> Iterator[Drawn]:
        """Group the products by drug, each with the outline of its drug."""
        for drug, family in self._families.items():
            own = [drawing for drawing in drawn if drawing.ordered.product.drug == drug]
            yield from (replace(drawing, index=index, family=family) for index, drawing in enumerate(own))


def _kind(ordered: OrderedProduct) -> Kind:
    if not ordered.product.is_liquid:
        return "solid"
    return "drop" if ordered.in_drops else "syringe"


def _families(schedule: Schedule, used: set[str], products: dict[str, OrderedProduct]) -> dict[str, int]:
    """Give each drug of the plan, and of its products, an outline of its own."""
    more = [ordered.product.drug for name, ordered in products.items() if name in used]
    return {drug: index for index, drug in enumerate(dict.fromkeys([*schedule.drugs, *more]))}
