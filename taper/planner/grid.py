"""An order on the grid of its doses: how far a cut may go there, and why a dose has no place on it, in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from taper.errors import NotMakeableError, OrderError
from taper.order.order import Order
from taper.order.phase import Phase
from taper.quantity import Mg, ends, exact_text, short_text, shown
from taper.schedule.makeable import Makeable


def largest_cut(order: Order, phase: Phase, unit: Fraction) -> Callable[[int], int]:
    """Return the largest cut that a phase allows at a total, both on the grid.

    Args:
        order: The order.
        phase: The phase; without `reduce` any cut is allowed.
        unit: Drug in one step of the grid, in mg.
    """
    rule = phase.reduce
    if rule is None:
        return lambda total: total
    if rule.fraction is not None and rule.basis == "current":
        floor = 0 if rule.at_least is None else math.floor(rule.at_least.value / unit)
        part, whole = rule.fraction.as_integer_ratio()
        return lambda total: max(total * part // whole, floor)
    if rule.points is not None:
        return lambda total: math.floor(order.allowed(phase, Mg(unit * total)).value / unit)
    fixed = math.floor(order.allowed(phase, order.current.total).value / unit)
    return lambda _: fixed


def product_names(order: Order) -> str:
    """Return the products and how they may be split, for messages."""
    return " and ".join(f"{product.name} ({product.portions})" for product in order.products)


def unmakeable(order: Order, dose: Mg, field: str) -> NotMakeableError:
    """Return the error for a dose of one intake that cannot be made, with what would make it possible."""
    roomy = Makeable(order.products, 60, dose)
    place = roomy.on_grid(dose)
    if place is not None:
        return NotMakeableError(
            f"{shown(dose)} needs {roomy.handling(place).units} units at one time, and max_units is "
            f"{order.max_units}; raise max_units, or add a stronger product",
            field=field,
        )
    ceiling = dose * 2 + max(product.smallest for product in order.products)  # one of them is above the dose
    makeable = Makeable(order.products, order.max_units, ceiling)
    return NotMakeableError(
        f"{shown(dose)} cannot be made from {product_names(order)}; the nearest "
        f"{nearest_text(makeable.doses, makeable.unit, 'dose', dose)}; "
        "change the dose, add a product, or allow a further split",
        field=field,
    )


def too_many(in_turn: int, cuts: int) -> OrderError:
    """Return the error for an order with more cuts than can be tried.

    Args:
        in_turn: How many times of day take turns, if they do.
        cuts: How many cuts were found so far.
    """
    found = f"more than {cuts // 1000},000 cuts to choose from, too many to find the best plan"
    if in_turn:
        return OrderError(
            f'with {in_turn} times of day and doses as fine as these, "alternate" leaves {found}; use spread = "even" '
            "or reduce_first, fewer times of day, or products with larger steps",
            field="spread",
        )
    return OrderError(
        f"doses as fine as these leave {found}; name a coarser graduation or split, fewer products, or a smaller step",
        field="product",
    )


def nearest_text(places: Sequence[int], unit: Fraction, what: str, wanted: Mg) -> str:
    """Name the nearest doses that can be made, each told from the one that is wanted.

    Those of a dilution or a powder need not end as decimals. Then nobody can write them, so the nearest that can be
    written are named too.

    Args:
        places: What can be made, on the grid, ascending.
        unit: Drug in one step of the grid, in mg.
        what: What they are.
        wanted: The one that cannot be made.

    >>> nearest_text([0, 2, 3], Fraction("2.5"), "dose", Mg(6))
    'doses that can are 5 mg and 7.5 mg'
    >>> nearest_text(range(50), Fraction(2, 15), "dose", Mg(1))
    'doses that can are ~0.93 mg and ~1.07 mg (nearest that end as decimals, to be written: 0.8 mg, 1.2 mg)'
    """
    below = [unit * place for place in places if 0 < unit * place < wanted.value][::-1]
    above = [unit * place for place in places if unit * place > wanted.value]
    nearest = [side[0] for side in (below, above) if side]
    written = [f"{short_text(dose, unlike=wanted.value)} mg" for dose in nearest]
    if len(nearest) == 1:
        text = f"{what} that can is {written[0]}"
    else:
        text = f"{what}s that can are {' and '.join(written) or 'none at all'}"
    if all(map(ends, nearest)):
        return text
    can_be_written = [next((f"{exact_text(dose)} mg" for dose in side if ends(dose)), None) for side in (below, above)]
    named = ", ".join(dose for dose in can_be_written if dose is not None)
    return f"{text} (nearest that end as decimals, to be written: {named})" if named else text
