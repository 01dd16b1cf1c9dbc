"""The days on which something of a product is taken, for the rules about handling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date
from fractions import Fraction
from itertools import chain

from taper.checker.case import Case
from taper.checker.headline import NO_ORDER, NO_PIECES, NOT_ORDERED
from taper.checker.wording import product_text, quoted
from taper.finding import NotEvaluated
from taper.message import Message
from taper.order.product import OrderedProduct
from taper.schedule.regimen import Item
from taper.schedule.schedule import Step
from taper.values import dataclass


@dataclass(slots=True)
class Use:
    """The days on which something is taken.

    Attributes:
        step: First step.
        first: First day.
        last: Last day.
        worst: The largest amount of it, in whatever unit the rule counts.
        days: Number of days.
        seen: Steps that were counted.
    """

    step: int
    first: date
    last: date
    worst: Fraction
    days: int = 0
    seen: set[int] = field(default_factory=set)

    def add(self, step: Step, amount: Fraction) -> None:
        """Count the days of a step once."""
        if step.number not in self.seen:
            self.seen.add(step.number)
            self.days += step.days
        self.last = max(self.last, step.end)
        if amount is not self.worst:  # as it is for most
            self.worst = max(self.worst, amount)


def uses_of(case: Case, amount: Callable[[Item, OrderedProduct], Fraction | None]) -> dict[str, Use]:
    """Collect, by product of the order, the days on which `amount` finds something in an item."""
    items = case.takings.items
    ordered = [case.products.get(item.product) for item in items]
    values = [None if one is None else amount(item, one) for item, one in zip(items, ordered, strict=True)]
    uses: dict[str, Use] = {}
    if values == [None] * len(items):
        return uses
    for step, intakes in case.takings.steps:
        for place in chain.from_iterable(intakes):
            value = values[place]
            if value is not None:
                use = uses.get(items[place].product)
                if use is None:
                    use = uses[items[place].product] = Use(step.number, step.start, step.end, value)
                use.add(step, value)
    return uses


def missing(case: Case, code: str, topic: Message) -> Iterator[NotEvaluated]:
    """Say what a rule about products could not evaluate."""
    if case.order is None:
        yield NotEvaluated(code, NO_ORDER, topic)
        return
    for name in sorted(case.takings.products - case.products.keys()):
        yield NotEvaluated(code, NOT_ORDERED, quoted(product_text(name)))
    if not case.takings.items:
        yield NotEvaluated(code, NO_PIECES, topic)
