"""Near zero: how much may always go at once, because every published schedule cuts that much there.

Small cuts in mg are large in percent near zero. The allowance is the larger of 1 mg and the smallest dose that the
order's products can make, and never more than 2.5 mg, in diazepam equivalents by the most cautious table. It is this
project's observation on published schedules, no published threshold.
"""

from __future__ import annotations

from functools import lru_cache

from taper import catalog
from taper.catalog.last_doses import most_cautious
from taper.order.order import Order
from taper.quantity import NO_MG, Mg
from taper.schedule.curve import Doses, Level

LEAST, MOST = Mg(1), Mg("2.5")


def cautious(doses: Doses) -> Mg | None:
    """Return the most cautious diazepam equivalent of daily doses; None if no table has one of the drugs.

    >>> cautious((("alprazolam", Mg("0.5")), ("diazepam", Mg(2)))), cautious((("tetrazepam", Mg(50)),))
    (Mg('12'), None)
    """
    total = NO_MG
    for drug, dose in doses:
        factor = most_cautious(drug)
        if factor is None:
            return None
        total += dose * factor.value
    return total


def allowance(order: Order | None, asked: Mg | None, level: Level) -> Mg:
    """Return what may always go from a level, in mg of diazepam equivalent.

    Args:
        order: The order, whose products count; None for a record, which names none.
        asked: What the order sets instead; it cannot raise the allowance above the most.
        level: The level; of several drugs the one with the smallest allowance counts.
    """
    if asked is not None:
        return min(asked, MOST)
    return min((min(max(LEAST, _smallest(order, drug)), MOST) for drug in level.drugs), default=LEAST)


def _smallest(order: Order | None, drug: str) -> Mg:
    """Return the smallest dose of a drug that the products of an order make, in diazepam equivalents.

    A record of another tool names no products: for it the smallest half tablet of the catalog counts.
    """
    factor = most_cautious(drug)
    if order is None:
        part = _half_tablet(drug)
    else:
        part = min((each.smallest for each in order.products if each.product.drug == drug), default=None)
    return part * factor.value if part is not None and factor is not None else Mg(0)


@lru_cache(maxsize=64)
def _half_tablet(drug: str) -> Mg | None:
    """Return half of the smallest tablet of a drug that is sold in any country of the catalog."""
    found = [row for country in catalog.countries() for row in catalog.products(country, drug)]
    return min((Mg(row.strength.value / 2) for row in found if row.form == "tablet"), default=None)
