"""Any schedule at all, also such as no planner would make."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from taper.order.order import parse_order
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.oracles.brute import TIMES
from tests.strategies.orders import order_data

DRUGS = ("diazepam", "lorazepam", "tetrazepam")
"""The reference drug, one on which the tables disagree, and one for which no value was read."""


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    """One drug at one time of day, also of 0 mg, with pieces or without, right or wrong."""
    items = draw(
        st.lists(
            st.builds(
                Item,
                st.sampled_from(["tablet A", "tablet B", "diazepam tablet 5 mg"]),
                st.none() | st.builds(Pieces, st.fractions(0, 5, max_denominator=5)),
                st.none() | st.builds(Ml, st.fractions(0, 5, max_denominator=5)),
            ),
            max_size=2,
        )
    )
    dose = Mg(draw(st.sampled_from([Fraction(n, 4) for n in range(81)])))
    return Intake(draw(st.sampled_from(TIMES)), draw(st.sampled_from(DRUGS)), dose, tuple(items))  # type: ignore[arg-type]


@st.composite
def foreign_schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule: gaps, overlaps, zeros, several drugs, with or without an order or an end."""
    day = draw(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    steps = []
    for number in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.sampled_from([0, 0, 0, 0, 3, -2])))
        end = day + timedelta(days=draw(st.sampled_from([0, 0, 1, 6, 13])))
        steps.append(Step(number, day, end, tuple(draw(st.lists(intakes(), max_size=3)))))
        day = end + timedelta(days=1)
    order = parse_order(draw(order_data())) if draw(st.integers(0, 3)) == 0 else None
    stopped_on = draw(st.none() | st.just(day))
    return Schedule(tuple(steps), stopped_on, order, origin=draw(st.sampled_from(["plan", "csv"])))


@st.composite
def curves(draw: st.DrawFn) -> list[tuple[Fraction, int]]:
    """Daily doses of one drug and the days that each is kept, often falling, some of them zero."""
    found = []
    dose = draw(st.integers(1, 80))
    for _ in range(draw(st.integers(1, 9))):
        found.append((Fraction(dose, 4), draw(st.sampled_from([1, 1, 2, 5, 7, 13, 14, 15]))))
        dose = max(0, dose + draw(st.integers(-12, 3)))
    return found


def schedule_of_curve(curve: list[tuple[Fraction, int]], drug: str = "diazepam") -> Schedule:
    """Lay a curve out as a schedule, one step for each dose."""
    steps, day = [], date(2026, 1, 5)
    for number, (dose, days) in enumerate(curve):
        end = day + timedelta(days=days - 1)
        steps.append(Step(number, day, end, (Intake("bedtime", drug, Mg(dose)),) if dose else ()))
        day = end + timedelta(days=1)
    return Schedule(tuple(steps), origin="csv")
