"""What a clinician would write for a step: round percentages, amounts that one intake can be, nothing above guidance.

No plan is judged here. The ceiling of the guidelines only bounds what is offered to an order that cannot be carried
out.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from taper import catalog
from taper.catalog.by_country import default_guidelines
from taper.catalog.last_doses import highest_last_dose, most_cautious
from taper.order.order import Order
from taper.order.reduction import Reduction
from taper.quantity import Mg, ended
from taper.schedule.makeable import Makeable

_PERCENT = tuple(Fraction(n, 1000) for n in (50, 100, 125, 200, 250))
_POINTS = tuple(Fraction(n, 1000) for n in (10, 25, 50, 75, 100, 150, 200))


def ceiling(order: Order) -> Fraction | None:
    """Return the largest cut that every guideline of an order allows, as a fraction of the dose.

    Args:
        order: An order; where it names no guidelines, those of its country count.

    Returns:
        The lowest percentage that one of them prints for a window of days or a single step; None if none does.
    """
    named = order.check.guidelines
    ids = default_guidelines(order.country, order.drugs)[0] if named is None else named
    limits = (limit for name in ids for limit in catalog.guideline(name).limits)
    return min(
        (
            limit.fraction
            for limit in limits
            if limit.kind in ("window_ceiling", "step") and limit.fraction and limit.drug in ("", *order.drugs)
        ),
        default=None,
    )


def within(order: Order, index: int, cut: Mg) -> bool:
    """Return whether a fixed cut may be offered for a phase, against the dose with which the phase begins.

    Where no guideline prints a ceiling, anything below half of that dose may.
    """
    most, dose = ceiling(order), _opening(order, index)
    return cut.value * 2 < dose.value if most is None else cut.value <= most * dose.value


def is_published_stop(order: Order) -> bool:
    """Return whether some published slow schedule stops from as much as an order does, in diazepam equivalents."""
    cautious = most_cautious(order.drugs[0])
    if cautious is None or order.stop_from is None:
        return False
    return cautious * order.stop_from.value <= highest_last_dose("slow").diazepam


def larger_steps(order: Order, index: int, rule: Reduction, makeable: Makeable) -> list[Reduction]:
    """Return the usual steps above the one ordered for a phase, ascending; none above the ceiling, or without one."""
    if ceiling(order) is None:
        return []
    dose = _opening(order, index)
    found = [step for step in _steps(rule, makeable) if _size(step) > _size(rule)]
    return [
        step for step in found if within(order, index, step.allowed(dose, order.current.total, order.half_saturation))
    ]


def smaller_steps(rule: Reduction, makeable: Makeable) -> list[Reduction]:
    """Return the usual steps below an ordered one, ascending; below an amount, the one nearest to its half."""
    found = [step for step in _steps(rule, makeable) if _size(step) < _size(rule)]
    if rule.amount is None:
        return found
    return [step for step in found if _size(step) * 2 <= _size(rule)][-1:] or found[:1]


def floors(order: Order, index: int, rule: Reduction, makeable: Makeable) -> list[Reduction]:
    """Return a step with each "at least" that one intake can be, above its own and within the ceiling, ascending."""
    amounts = [amount for amount in _amounts(makeable) if amount > (rule.at_least or Mg(0))]
    return [replace(rule, at_least=amount) for amount in amounts if within(order, index, amount)]


def _opening(order: Order, index: int) -> Mg:
    return order.phase[index - 1].goal if index else order.current.total


def _amounts(makeable: Makeable) -> list[Mg]:
    """Return what one intake can be, each as a decimal that can be written: a trifle more, where it does not end."""
    return [Mg(ended(makeable.mg(place).value, makeable.unit)) for place in makeable.doses if place]


def _steps(rule: Reduction, makeable: Makeable) -> list[Reduction]:
    if rule.amount is not None:
        return [replace(rule, amount=amount) for amount in _amounts(makeable)]
    if rule.points is not None:
        return [replace(rule, points=points) for points in _POINTS]
    return [replace(rule, fraction=fraction) for fraction in _PERCENT]


def _size(rule: Reduction) -> Fraction:
    size = rule.amount.value if rule.amount is not None else rule.points or rule.fraction
    assert size is not None
    return size
