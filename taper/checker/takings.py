"""What is taken of the products: each amount once, so that a rule looks at it once and not on every day."""

from __future__ import annotations

from taper.schedule.regimen import Item
from taper.schedule.schedule import Schedule, Step
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Takings:
    """What is taken of the products.

    Attributes:
        items: Each amount of each product, once, in the order in which they are first taken.
        steps: Each step, with the places among the items of what each of its intakes is made of.
    """

    items: tuple[Item, ...]
    steps: tuple[tuple[Step, tuple[tuple[int, ...], ...]], ...]

    @property
    def products(self) -> set[str]:
        """Names of the products."""
        return {item.product for item in self.items}


def takings(schedule: Schedule) -> Takings:
    """Return what is taken of the products of a schedule."""
    places: dict[Item, int] = {}
    steps = tuple(
        (step, tuple(tuple(places.setdefault(item, len(places)) for item in i.items) for i in step.intakes))
        for step in schedule.steps
    )
    return Takings(tuple(places), steps)
