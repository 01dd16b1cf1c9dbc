"""A leg as an order of its own: some phases of one drug from given doses on, and the products that make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from taper import catalog
from taper.errors import OrderError, TaperError, nearest
from taper.loading import validate
from taper.order.order import Order
from taper.order.parts import TIMES
from taper.order.phase import Phase
from taper.order.product import OrderedProduct, resolve_products
from taper.order.terms import Terms
from taper.planner.course import DosesByTime, Pattern, Taken
from taper.planner.graph import Graph
from taper.quantity import Mg
from taper.schedule.makeable import Makeable
from taper.schedule.regimen import Intake
from taper.values import dataclass

LEG_TERMS = ("phase", "product", "stop_from", "max_units", "spread", "reduce_first", "merge", "change_on")
"""The terms by which a leg is planned; the day of a review changes no dose."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a leg begins.

    Attributes:
        day: First day.
        doses: What is taken of its drug on it.
        next_change: Day of the first cut; one interval later if None.
        held: Pauses of the order before this day are over, or counted already.
        first: Daily dose from which percentages "of start" count; that of the first day if None.
        anchor: Day from which the first cut is counted, and how many intervals; from that cut itself if None.
    """

    day: date
    doses: DosesByTime
    next_change: date | None = None
    held: date = date.min
    first: Mg | None = None
    anchor: tuple[date, int] | None = None


def leg_order(order: Order, terms: Terms, drug: str, phases: tuple[Phase, ...], opening: Opening) -> Order:
    """Return some phases of one drug as an order of their own.

    Args:
        order: The order that they belong to, for what no revision changes.
        terms: What is in force.
        drug: The drug.
        phases: The phases.
        opening: Their first day, and what is taken on it.

    Raises:
        OrderError: No product of the drug is ordered, or the phases cannot follow the doses.
    """
    doses, total = opening.doses, sum(opening.doses.values(), Mg(0))
    products = resolve_products(terms.product, order.drugs, order.country)
    lines = [line for line, resolved in zip(terms.product, products, strict=True) if resolved.product.drug == drug]
    if not lines:
        raise _without_product(drug)
    own_terms: dict[str, Any] = {name: getattr(terms, name) for name in LEG_TERMS} | {
        "product": lines,
        "phase": [_own(phase, opening.first or total, total) for phase in phases],
        "reduce_first": [time for time in terms.reduce_first or () if time in doses] or None,
        "merge": terms.merge if terms.merge is not None and terms.merge.into in doses else None,
    }
    given = own_terms | {
        "drug": drug,
        "country": order.country,
        "start": opening.day,
        "current": dict(doses),
        "hold": [hold for hold in order.hold if hold.on >= max(opening.day, opening.held)],
        "first_cut": opening.next_change,
        "occupancy": order.occupancy,
    }
    own = validate(Order, {key: value for key, value in given.items() if value is not None}, OrderError)
    return own if opening.anchor is None else own.counting_from(opening.anchor)


def _own(phase: Phase, first: Mg, total: Mg) -> Phase:
    """Return a phase for an order of its own; a part "of start" becomes mg where the start is another."""
    if phase.switch_to is not None or phase.patterns is not None:  # only its interval counts
        return Phase(doses=(Mg(0),), every=phase.every)
    rule = phase.reduce
    if rule is not None and rule.fraction is not None and rule.basis == "start" and first != total:
        rule = replace(rule, fraction=None, amount=first * rule.fraction, basis="current", written="")
    return phase.changed(drug=None, together=None, products=None, reduce=rule)


def narrowed(order: Order, terms: Terms, phase: Phase, drug: str, field: str) -> Terms:
    """Return the terms with the products of a phase: of each drug that it names a product of, only those.

    Args:
        order: The order.
        terms: What is in force.
        phase: The phase.
        drug: The drug that it reduces.
        field: Where it stands in the order.

    Raises:
        OrderError: It names a product that is in force no more, or of a drug that it does not change.
    """
    if phase.products is None:
        return terms
    drugs = {name: product.product.drug for name, product in _resolved(order, terms).items()}
    changed = (drug,) if phase.switch_to is None else (drug, catalog.drug(phase.switch_to).name)
    for number, name in enumerate(phase.products):
        what = f"'{name}' was taken off the products by a revision; {nearest(name, drugs)}"
        if name in drugs:
            what = f"'{name}' is {drugs[name]}, and this phase is of {' and '.join(changed)}"
        if drugs.get(name) not in changed:
            raise OrderError(what, field=f"{field}.products[{number}]")
    named = {drugs[name] for name in phase.products}
    kept = zip(terms.product, drugs.items(), strict=True)
    lines = tuple(line for line, (name, of) in kept if name in phase.products or of not in named)
    return replace(terms, product=lines)


def _resolved(order: Order, terms: Terms) -> dict[str, OrderedProduct]:
    return {product.name: product for product in resolve_products(terms.product, order.drugs, order.country)}


def products_of(order: Order, terms: Terms, drug: str) -> tuple[OrderedProduct, ...]:
    """Return the products in force of one drug."""
    products = resolve_products(terms.product, order.drugs, order.country)
    own = tuple(product for product in products if product.product.drug == drug)
    if not own:
        raise _without_product(drug)
    return own


def _without_product(drug: str) -> OrderError:
    return OrderError(f"no product of {drug} is ordered; add one as [[product]]", field="product")


def with_pieces(order: Order, terms: Terms, drug: str, pattern: Pattern, field: str = "") -> Taken:
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
                    # says what could be made
                    Graph(leg_order(order, terms, drug, terms.phase[-1:], Opening(terms.on, {time: dose})))
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
