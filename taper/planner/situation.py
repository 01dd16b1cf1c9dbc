"""A revision and the plan that it meets: what is taken on its day, what is under way, what is in force from then on."""

from __future__ import annotations

from datetime import date

from taper.order.history import Event
from taper.order.order import Order
from taper.order.phase import Phase
from taper.order.terms import Terms
from taper.planner.course import Course, Point, named_drug
from taper.schedule.schedule import ONE_DAY
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """A revision, and the plan that it meets on its day.

    Attributes:
        order: The order, for what no revision changes.
        course: The course before the revision.
        event: The revision.
        terms: What is in force from it on.
        present: What is taken of each drug on the day before, or by a revision of the same day.
        active: The phases under way: for the place of each its drugs and their points.
    """

    order: Order
    course: Course
    event: Event
    terms: Terms
    present: dict[str, Point]
    active: dict[int, dict[str, Point]]

    @classmethod
    def of(cls, order: Order, course: Course, event: Event, terms: Terms) -> Situation:
        """Look up what a revision meets."""
        return cls(order, course, event, terms, course.taken_on(event.on), course.under_way(event.on))

    @property
    def on(self) -> date:
        """Day of the revision."""
        return self.event.on

    @property
    def place(self) -> int:
        """Place of the phase that it concerns; -1 for none."""
        return -1 if self.event.at_phase is None else self.event.at_phase

    @property
    def drug(self) -> str:
        """The drug that it concerns."""
        if self.event.drug is not None:
            return named_drug(self.order, self.event.drug)
        drugs = self.order.phase_drugs(self.course.terms.phase)
        return drugs[min(self.place, len(drugs) - 1)]

    @property
    def pending(self) -> bool:
        """Whether the phase that it concerns has not begun, while others are under way."""
        return bool(self.active) and self.place > max(self.active)

    @property
    def begin(self) -> date:
        """First day of the rest: the day before, or the day itself where a revision of it gave another dose."""
        if any(point.ordered and point.day == self.on for point in self.present.values()):
            return self.on
        return max(self.order.start, self.on - ONE_DAY)

    @property
    def since(self) -> date:
        """First day of the dose that the drug now has."""
        return self.present[self.drug].day if self.drug in self.present else self.begin

    @property
    def rule(self) -> Phase:
        """The phase that it concerns, as it is from now on."""
        return self.terms.phase[self.place]

    @property
    def next_interval(self) -> date:
        """The day of a change one interval from now."""
        return self.terms.next_change_day(self.rule.every.after(self.on))
