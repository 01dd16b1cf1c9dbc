"""Planning for strategies: an order that leads nowhere is refused at once, without a search for its ways out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from taper.errors import StuckError, TaperError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule


def _unexplained(*_: object, **__: object) -> StuckError:
    return StuckError("a dead end, which nobody asked to explain", step=0)


@contextmanager
def dead_ends_unexplained() -> Iterator[None]:
    """Within it a dead end costs no search for ways out; what is said of dead ends is the matter of test_stuck."""
    with patch("taper.planner.stuck.explain", _unexplained):
        yield


def plan_or_none(data: dict[str, object]) -> Schedule | None:
    """Plan an order, or return nothing where it cannot be carried out."""
    try:
        with dead_ends_unexplained():
            return plan(parse_order(data))
    except TaperError:
        return None


def revision_or_none(schedule: Schedule, **changes: object) -> Schedule | None:
    """Revise a plan, or return nothing where the change cannot be carried out."""
    try:
        with dead_ends_unexplained():
            return revise(schedule, **changes)  # type: ignore[arg-type]
    except TaperError:
        return None
