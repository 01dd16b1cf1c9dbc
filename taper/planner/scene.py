"""A leg of a plan and where it begins: its phases, what is in force, what is taken on its first day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from taper.errors import OrderError, StuckError, TaperError
from taper.order.order import Order
from taper.order.parts import DailyDoses, blank_by_time
from taper.order.phase import Phase
from taper.order.terms import Terms
from taper.planner.course import DosesByTime, Pattern, Point, Start, Taken
from taper.planner.dates import Moment
from taper.planner.leg_order import Opening, leg_order, place_of_doses, with_pieces
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from taper.values import dataclass

_PHASE = re.compile(r"^phase\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Leg:
    """Phases that are planned together.

    Attributes:
        first: Place of the first of them.
        phases: The phases.
        drug: The drug that they reduce.
    """

    first: int
    phases: tuple[Phase, ...]
    drug: str

    @property
    def kind(self) -> Literal["plain", "patterns", "switch"]:
        """How the leg is planned."""
        if self.phases[0].switch_to is not None:
            return "switch"
        return "plain" if self.phases[0].patterns is None else "patterns"


@dataclass(frozen=True, slots=True)
class LegPlan:
    """A leg with its days.

    Attributes:
        tracks: Points of the drugs that it changes.
        reached: Day of its last change.
        last: Day after its last step, if nothing follows.
    """

    tracks: dict[str, list[Point]]
    reached: date
    last: date

    def beginning_with(self, drug: str, taken: Taken | None) -> LegPlan:
        """Return it with the pieces that a dose was made of before, where its first dose is the same."""
        first, *others = self.tracks[drug]
        same = taken is not None and first.pattern == replace(first, taken=taken).pattern
        if taken is None or not same:
            return self
        return replace(self, tracks={**self.tracks, drug: [replace(first, taken=taken), *others]})


@dataclass(frozen=True, slots=True)
class Scene:
    """A leg and where it begins.

    Attributes:
        order: The order.
        terms: What is in force.
        leg: The leg.
        start: Where its first phase is taken up.
        begin: Its first day.
        pattern: What is taken of its drug on that day.
        first: Daily dose from which percentages "of start" count.
        attempt: Plans a changed order of one leg, so that ways out of a dead end can be shown.
    """

    order: Order
    terms: Terms
    leg: Leg
    start: Start
    begin: date
    pattern: Pattern
    first: Mg | None
    attempt: Callable[[Order], Schedule]

    def own_order(self, phases: tuple[Phase, ...]) -> Order:
        """Return the leg as an order of its own: the order itself where it has but one leg."""
        if self.is_whole(phases):
            return self.order
        doses, start = next((day for day in self.pattern if day), {}), self.start
        opening = Opening(self.begin, doses, start.next, start.held, self.first, start.anchor)
        return leg_order(self.order, self.terms, self.leg.drug, phases, opening)

    def is_whole(self, phases: tuple[Phase, ...]) -> bool:
        """Return whether the leg is the order as first written."""
        order = self.order
        return (
            self.terms.event is None
            and not order.other
            and not order.history
            and phases == order.phase
            and phases[0].products is None
            and self.begin == order.start
        )

    def with_pieces(self, drug: str, pattern: Pattern, field: str = "") -> Taken:
        """Return doses of a drug with the pieces that make them."""
        return with_pieces(self.order, self.terms, drug, pattern, field)

    def located(self, problem: TaperError, skipped: int) -> TaperError:
        """Give an error the place of its phase, and of its dose, in the order."""
        of_today = problem.field.startswith("current")
        if of_today:
            own = place_of_doses(self.order, self.leg.drug)
            problem.field = "product" if self.terms.event else problem.field.replace("current", own, 1)
        problem.field = _PHASE.sub(lambda match: f"phase[{int(match[1]) + self.leg.first + skipped}]", problem.field)
        if of_today and self.leg.phases[0].products is not None:
            problem.field = f"phase[{self.leg.first}].products"
        if isinstance(problem, StuckError) and not self.is_whole(self.leg.phases):
            problem.first = self.leg.first + skipped
            problem.message = f"planned from {self.begin} on, {self.leg.drug} comes to a dead end: {problem.message}"
        if isinstance(problem, StuckError) and self.leg.phases[0].products is not None:
            problem.message += " This phase takes only its products: a product that you add must stand there, too."
        return problem


def due(point: Point, after: Moment, rule: Phase) -> Point:
    """Return a point from which a phase leads on, at a moment."""
    return replace(point, next=after.day, rule=rule, anchor=(after.anchor, after.intervals))


def typed_by_time(dose: Mg | DailyDoses, now: Pattern, field: str) -> DosesByTime:
    """Return a typed dose by time of day."""
    if isinstance(dose, DailyDoses):
        return dose.by_time()
    if not dose:
        return {}
    times = list(dict.fromkeys(time for day in now for time in day))
    if len(times) != 1:
        raise OrderError(
            f"{dose} a day, but the day has several times; write each: {blank_by_time(times)}",
            field=field,
        )
    return {times[0]: dose}
