"""What some days need of each product: the sum of all that is taken, and of what is thrown away with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from taper.order.order import Order
from taper.order.product import OrderedProduct
from taper.quantity import Ml, Pieces
from taper.schedule.schedule import Step
from taper.values import dataclass

Key = tuple[str, bool]
"""A product, and whether it is counted in mL."""
Sums = dict[Key, Fraction]


@dataclass(frozen=True, slots=True)
class ProductAmount:
    """An amount of one product: pieces, or a volume of a liquid."""

    product: str
    amount: Pieces | Ml


def needed(steps: Iterable[Step], order: Order | None) -> tuple[ProductAmount, ...]:
    """Return what some steps need of each product, without stock or fills.

    Args:
        steps: The steps.
        order: Their order, which says of which products the other part of a split piece is thrown away.
    """
    return listed_sums(sums(steps, order, date.min, date.max))


def sums(steps: Iterable[Step], order: Order | None, start: date, end: date) -> Sums:
    """Sum the amounts of every product over the days from `start` to `end`."""
    thrown: Mapping[str, OrderedProduct] = (
        {one.name: one for one in order.products if one.discard} if order is not None else {}
    )
    found: Sums = {}
    for step in steps:
        days = (min(step.end, end) - max(step.start, start)).days + 1
        if days <= 0:
            continue
        for intake in step.intakes:
            for item in intake.items:
                amount: Pieces | Ml | None = item.volume if item.volume is not None else item.count
                if item.count is not None and item.product in thrown:
                    amount = thrown[item.product].used_up(item.count)
                if amount is not None:
                    key = item.product, item.volume is not None
                    found[key] = found.get(key, Fraction(0)) + amount.value * days
    return found


def unit_of(key: Key, amount: Fraction) -> Pieces | Ml:
    """Return an amount of a product in its unit."""
    return Ml(amount) if key[1] else Pieces(amount)


def listed(amounts: Iterable[tuple[str, Pieces | Ml]]) -> tuple[ProductAmount, ...]:
    """Return the amounts that are not zero."""
    return tuple(ProductAmount(product, amount) for product, amount in amounts if amount)


def listed_sums(found: Sums) -> tuple[ProductAmount, ...]:
    """Return the sums that are not zero, each in its unit."""
    return listed((key[0], unit_of(key, amount)) for key, amount in found.items())
