"""What the order leads to, as it stands and with one change: each option planned, checked and compared.

Answers a stuck order, and the clinician who asks what one more product, split, step size or interval
would gain. Each option is planned and checked in full; nothing is estimated, and none is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from taper.checker.checking import check
from taper.errors import StuckError, TaperError
from taper.finding import Report, Severity
from taper.order.order import Order, as_order
from taper.planner.leg_ways import ways_of_order, ways_of_revision
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.planner.stuck import gentleness
from taper.planner.ways import Way, ways
from taper.schedule.cuts import largest_cut, number_of_cuts
from taper.schedule.schedule import Schedule
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """An order as it stands or with one change, and what it leads to.

    Attributes:
        way: The change; None for the order as it stands.
        schedule: The schedule.
        report: What the checker found.
    """

    way: Way | None
    schedule: Schedule
    report: Report

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines to paste into the order; none for the order as it stands."""
        return () if self.way is None else self.way.lines

    @property
    def cuts(self) -> int:
        """Number of cuts, the stop included."""
        return number_of_cuts(self.schedule)

    @property
    def largest_cut(self) -> Fraction | None:
        """The largest cut as fraction of the dose before it, each drug's stop left aside; None if there is no other."""
        return largest_cut(self.schedule)

    @property
    def split_days(self) -> int:
        """Days on which a tablet is split."""
        return sum(
            step.days
            for step in self.schedule.steps
            if any(
                item.count is not None and item.count.value.denominator > 1
                for intake in step.intakes
                for item in intake.items
            )
        )

    def findings(self, severity: Severity) -> int:
        """Return how many findings of a severity there are."""
        return self.report.count(severity)


@dataclass(frozen=True, slots=True)
class RevisionOption:
    """A revision with one change more, and what it leads to.

    Attributes:
        changes: The revision, as `taper.planner.reviser.revise` takes it.
        schedule: The schedule after it.
        report: What the checker found.
    """

    changes: Mapping[str, Any]
    schedule: Schedule
    report: Report


def options(order: Order, stuck: TaperError | None = None) -> tuple[Option, ...]:
    """Plan and check an order and each single change to it that reaches the goal.

    Args:
        order: An order, whether it works as it stands or not.
        stuck: Why it cannot be planned as it stands, if that is known: it is not tried again then.

    Returns:
        The order as it stands first, if it works; then the changes: fewest alerts, then fewest
        warnings, then the smallest worst cut, then the latest end.

    Raises:
        OrderError: The plan would last more than ten years, or a date is too near.
        NotMakeableError: A dose that the order names cannot be made, and no single change helps.
    """
    found = sorted((option for way in ways(as_order(order)) if (option := _attempt(way)) is not None), key=_rank)
    try:
        if stuck is not None:
            raise stuck
        schedule = plan(order)
    except TaperError as problem:
        if not found and isinstance(problem, StuckError):  # of several legs; the lines of one, in the whole order
            made = (_attempt(way) for way in ways_of_order(order, problem))
            found = sorted((option for option in made if option is not None), key=_rank)
        if not found:
            raise
        return tuple(found)
    gains = [option for option in found if option.schedule.steps != schedule.steps]
    return (Option(None, schedule, check(schedule)), *gains)


def revision_options(schedule: Schedule, stuck: StuckError, **changes: Any) -> tuple[RevisionOption, ...]:
    """Plan and check a revision that comes to a dead end with each single change more that leads out of it.

    Args:
        schedule: The plan that is revised.
        stuck: What its revision came to.
        changes: The revision, as `taper.planner.reviser.revise` takes it.
    """
    if schedule.order is None:
        return ()
    found = []
    for more in ways_of_revision(schedule.order, changes, stuck):
        try:
            revised = revise(schedule, **more)
        except TaperError:
            continue
        found.append(RevisionOption(more, revised, check(revised)))
    return tuple(found)


def _attempt(way: Way) -> Option | None:
    try:
        schedule = plan(way.order)
    except TaperError:  # it reaches the goal, but for example not within ten years
        return None
    return Option(way, schedule, check(schedule))


def _rank(option: Option) -> tuple[int, int, Fraction, int]:
    return (option.findings(Severity.ALERT), option.findings(Severity.WARNING), *gentleness(option.schedule))
