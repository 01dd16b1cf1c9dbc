"""The days on which something of a product is taken, for the rules about handling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date
from fractions import Fraction

from taper.checker.case import Case
from taper.checker.headline import NO_ORDER, NO_PIECES, NOT_ORDERED
from taper.finding import NotEvaluated
from taper.order.product import OrderedProduct
from taper.schedule.regimen import Intake, Item
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
        self.last, self.worst = max(self.last, step.end), max(self.worst, amount)


def uses_of(case: Case, amount: Callable[[Item, OrderedProduct], Fraction | None]) -> dict[str, Use]:
    """Collect, by product of the order, the days on which `amount` finds something in an item."""
    assert case.order is not None
    products = {ordered.name: ordered for ordered in case.order.products}
    uses: dict[str, Use] = {}
    for step, _, item in items_of(case):
        ordered = products.get(item.product)
        value = amount(item, ordered) if ordered is not None else None
        if value is not None:
            uses.setdefault(item.product, Use(step.number, step.start, step.end, value)).add(step, value)
    return uses


def items_of(case: Case) -> Iterator[tuple[Step, Intake, Item]]:
    """Yield each item of each intake, with its step."""
    for step in case.schedule.steps:
        for intake in step.intakes:
            for item in intake.items:
                yield step, intake, item


def missing(case: Case, code: str, topic: str) -> Iterator[NotEvaluated]:
    """Say what a rule about products could not evaluate."""
    if case.order is None:
        yield NotEvaluated(code, NO_ORDER, topic)
        return
    known = {ordered.name for ordered in case.order.products}
    named = {item.product for _, _, item in items_of(case)}
    for name in sorted(named - known):
        yield NotEvaluated(code, NOT_ORDERED, f"'{name}'")
    if not named:
        yield NotEvaluated(code, NO_PIECES, topic)
