"""What is at hand and what was handed out."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from taper.order.order import parse_order
from taper.schedule.schedule import Schedule
from tests.strategies.amounts import decimal_text
from tests.strategies.orders import INTERVALS
from tests.strategies.printed import PRINTED_ORDER, printed_schedules
from tests.support.histories import with_history


@st.composite
def amounts_at_hand(draw: st.DrawFn, most: int = 40) -> list[dict[str, str]]:
    """What is at hand of some products of a printed schedule, nothing among it."""
    found = []
    for one in draw(st.lists(st.sampled_from(parse_order(PRINTED_ORDER).products), unique=True, max_size=4)):
        parts = draw(st.integers(0, 4 * most))
        if one.graduation is not None:
            found.append({"product": one.name, "volume": f"{decimal_text((one.graduation * parts).value)} mL"})
        else:
            found.append({"product": one.name, "count": decimal_text(Fraction(parts, 4))})
    return found


@st.composite
def supplied_schedules(draw: st.DrawFn, records: int = 0) -> Schedule:
    """A printed schedule whose order says how to fill and what is at hand, with records of revisions.

    Args:
        draw: Draws.
        records: Most revisions; each says what was handed out, what was counted, or both.
    """
    made = draw(printed_schedules(most_steps=6))
    first, last = made.steps[0].start, made.steps[-1].end
    supply: dict[str, Any] = {"stock": draw(amounts_at_hand()), "end_with_step": draw(st.booleans())}
    if draw(st.booleans()):
        supply["every"] = draw(st.sampled_from(INTERVALS))
    elif draw(st.booleans()):
        supply["max_days"] = draw(st.integers(1, 40))
    data = PRINTED_ORDER | {"start": first.isoformat(), "supply": supply}
    offsets = draw(st.lists(st.integers(0, (last - first).days + 3), max_size=records))
    entries = [
        {
            "on": (first + timedelta(days=offset)).isoformat(),
            "hold": "1 week",
            "handed": draw(amounts_at_hand(most=200)),
            "stock": draw(amounts_at_hand() | st.just([])),
        }
        for offset in sorted(offsets)
    ]
    order = with_history(data, *entries)
    return Schedule(made.steps, made.stopped_on, order, made.plan_id, len(entries))
