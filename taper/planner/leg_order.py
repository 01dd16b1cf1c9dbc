"""A part of an order as an order of its own: some phases of one drug, from given doses on, and what makes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from taper.errors import OrderError, TaperError
from taper.loading import validate
from taper.order.order import Order
from taper.order.parts import TIMES, Part
from taper.order.phase import Phase
from taper.order.product import OrderedProduct, resolve_products
from taper.order.terms import Terms
from taper.planner.graph import Graph
from taper.planner.track import Doses, Pattern, Taken
from taper.quantity import Mg
from taper.schedule.makeable import Makeable
from taper.schedule.schedule import Intake


def part(
    order: Order,
    terms: Terms,
    drug: str,
    doses: Doses,
    phases: tuple[Phase, ...],
    begin: date,
    next_change: date | None = None,
    held: date = date.min,
    first: Mg | None = None,
) -> Order:
    """Return some phases of one drug as an order of their own, from given doses on."""
    products = resolve_products(terms.product, order.drugs, order.country)
    lines = [line for line, one in zip(terms.product, products, strict=True) if one.product.drug == drug]
    if not lines:
        raise OrderError(f"no product of {drug} is ordered; add one as [[product]]", field="product")
    total = sum(doses.values(), Mg(0))
    data: dict[str, Any] = {
        "drug": drug,
        "country": order.country,
        "start": begin,
        "current": {time: str(dose) for time, dose in doses.items()},
        "product": [line.model_dump(mode="json", exclude_none=True) for line in lines],
        "phase": [_own(phase, first or total, total) for phase in phases],
        "hold": [hold.model_dump(mode="json", by_alias=True) for hold in order.hold if hold.on >= max(begin, held)],
        "max_units": terms.max_units,
        "first_cut": next_change,
        "change_on": terms.change_on,
        "stop_from": None if terms.stop_from is None else str(terms.stop_from),
        "spread": terms.spread,
        "reduce_first": [time for time in terms.reduce_first or () if time in doses] or None,
        "merge": _data(terms.merge) if terms.merge is not None and terms.merge.into in doses else None,
        "occupancy": None if order.occupancy is None else order.occupancy.model_dump(exclude_none=True),
    }
    return validate(Order, {key: value for key, value in data.items() if value is not None}, OrderError)


def _data(part: Part) -> dict[str, Any]:
    """Return a part of an order as data."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)


def _own(phase: Phase, first: Mg, total: Mg) -> dict[str, Any]:
    """Return a phase as data for an order of its own; a part "of start" becomes mg where the start is another."""
    data = _data(phase)
    for key in ("drug", "together"):
        data.pop(key, None)
    rule = phase.reduce
    if rule is not None and rule.fraction is not None and rule.basis == "start" and first != total:
        data["reduce"] = str(replace(rule, fraction=None, amount=first * rule.fraction, basis="current"))
    if phase.switch_to is not None or phase.weekly is not None:  # only its interval counts
        return {"doses": ["0 mg"], "every": data["every"]}
    return data


def products_of(order: Order, terms: Terms, drug: str) -> tuple[OrderedProduct, ...]:
    """Return the products in force of one drug."""
    found = tuple(
        one for one in resolve_products(terms.product, order.drugs, order.country) if one.product.drug == drug
    )
    if not found:
        raise OrderError(f"no product of {drug} is ordered; add one as [[product]]", field="product")
    return found


def made(order: Order, terms: Terms, drug: str, pattern: Pattern, field: str = "") -> Taken:
    """Return doses of one drug with the pieces that make them.

    Raises:
        NotMakeableError: One of them cannot be made; names the nearest that can.
    """
    highest = max((dose for day in pattern for dose in day.values()), default=Mg(0))
    makeable = Makeable(products_of(order, terms, drug), terms.max_units, highest)
    for day in pattern:
        for time, dose in day.items():
            if makeable.on_grid(dose) is None:
                try:
                    Graph(part(order, terms, drug, {time: dose}, terms.phases[-1:], terms.on))  # says what could be
                except TaperError as problem:
                    problem.field = f"{field or place_of_doses(order, drug)}.{time}"
                    raise
    return tuple(
        tuple(
            Intake(time, drug, day[time], makeable.items(makeable.on_grid(day[time]) or 0))
            for time in TIMES
            if day.get(time)
        )
        for day in pattern
    )


def place_of_doses(order: Order, drug: str) -> str:
    """Return where the order names the doses of a drug."""
    others = order.drugs[1 : 1 + len(order.other)]
    return f"other[{others.index(drug)}].current" if drug in others else "current"
