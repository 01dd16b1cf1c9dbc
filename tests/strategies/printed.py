"""Schedules of exact pieces, volumes and drops, as they are printed: one drug or several, days alike or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import assume, strategies as st

from taper.order.order import Order, parse_order
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.oracles.brute import TIMES

PRINTED_ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "review_every": "4 weeks",
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
    "product": [
        {"name": "diazepam tablet 10 mg", "split": "whole"},
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "quarters"},
        {
            "name": "diazepam drops",
            "source": "clinician",
            "form": "oral drops",
            "strength": "10 mg/mL",
            "drops_per_ml": 20,
            "device": "dropper of the bottle",
            "graduation": "1 drop",
        },
        {
            "name": "diazepam liquid",
            "source": "clinician",
            "form": "oral solution",
            "strength": "0.4 mg/mL",
            "device": "5 mL oral syringe",
            "graduation": "0.2 mL",
        },
    ],
    "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
}


@st.composite
def printed_schedules(draw: st.DrawFn, most_steps: int = 5) -> Schedule:
    """A schedule of exact pieces, volumes and drops, up to four times a day, with or without a stop."""
    order = parse_order(PRINTED_ORDER)
    day, steps = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 800))), []
    for number in range(draw(st.integers(1, most_steps))):
        taken = draw(_printed_regimens(order, least=0 if number else 1))
        end = day + timedelta(days=draw(st.integers(0, 20)))
        steps.append(Step(number, day, end, taken))
        day = end + timedelta(days=1)
    return Schedule(tuple(steps), draw(st.none() | st.just(day)), order, plan_id="0f3c2a9e-plan")


MIXED_ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"bedtime": "10 mg"},
    "other": [
        {"drug": "lorazepam", "current": {"morning": "1 mg"}},
        {"drug": "chlordiazepoxide", "current": {"noon": "10 mg"}},
    ],
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "lorazepam tablet 1 mg", "split": "quarters"},
        {
            "name": "lorazepam drops",
            "drug": "lorazepam",
            "source": "clinician",
            "form": "oral drops",
            "strength": "2 mg/mL",
            "drops_per_ml": 20,
            "device": "dropper of the bottle",
            "graduation": "1 drop",
        },
        {"name": "diazepam tablet 2 mg", "split": "quarters"},
        {
            "name": "diazepam liquid",
            "source": "clinician",
            "form": "oral solution",
            "strength": "0.4 mg/mL",
            "device": "5 mL oral syringe",
            "graduation": "0.2 mL",
        },
        {
            "name": "capsule C",
            "drug": "chlordiazepoxide",
            "source": "clinician",
            "form": "capsule",
            "strength": "5 mg",
        },
    ],
    "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
}


@st.composite
def mixed_schedules(draw: st.DrawFn, most_steps: int = 4, fewest: int = 1) -> Schedule:
    """A schedule of one to three drugs, each from pieces, volumes or drops, all of them on some day or none."""
    order = parse_order(MIXED_ORDER)
    drugs = draw(st.lists(st.sampled_from(order.drugs), min_size=fewest, max_size=3, unique=True))
    day, steps = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 800))), []
    for number in range(draw(st.integers(1, most_steps))):
        taken = []
        for drug in drugs:
            least = 1 if not number else 0
            for time in draw(st.lists(st.sampled_from(TIMES), min_size=least, max_size=2, unique=True)):
                items, dose = [], Mg(0)
                own = [one for one in order.products if one.product.drug == drug]
                for one in draw(st.lists(st.sampled_from(own), min_size=1, max_size=2, unique=True)):
                    parts = draw(st.integers(1, 9))
                    if one.graduation is not None:
                        items.append(Item(one.name, volume=one.graduation * parts))
                    else:
                        items.append(Item(one.name, Pieces(one.split or 1) * parts))
                    dose += one.smallest * parts
                taken.append(Intake(time, drug, dose, tuple(items)))  # type: ignore[arg-type]
        taken.sort(key=lambda intake: TIMES.index(intake.time))
        end = day + timedelta(days=draw(st.integers(0, 20)))
        steps.append(Step(number, day, end, tuple(taken)))
        day = end + timedelta(days=1)
    return Schedule(tuple(steps), draw(st.none() | st.just(day)), order, plan_id="0f3c2a9e-plan")


@st.composite
def _printed_regimens(draw: st.DrawFn, order: Order, least: int = 0) -> tuple[Intake, ...]:
    taken = []
    for time in draw(st.lists(st.sampled_from(TIMES), min_size=least, max_size=4, unique=True)):
        items, dose = [], Mg(0)
        for one in draw(st.lists(st.sampled_from(order.products), min_size=1, max_size=3, unique=True)):
            parts = draw(st.integers(1, 14))
            if one.graduation is not None:
                items.append(Item(one.name, volume=one.graduation * parts))
            else:
                items.append(Item(one.name, Pieces(one.split or 1) * parts))
            dose += one.smallest * parts
        taken.append(Intake(time, "diazepam", dose, tuple(items)))  # type: ignore[arg-type]
    return tuple(sorted(taken, key=lambda intake: TIMES.index(intake.time)))


@st.composite
def weekly_schedules(draw: st.DrawFn, most_steps: int = 4) -> Schedule:
    """As `printed_schedules`, with weekly patterns of two or three regimens, some of them without a dose.

    The patterns begin on any day of the week, and need not last whole weeks.
    """
    order = parse_order(PRINTED_ORDER)
    day, steps = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 800))), list[Step]()
    for number in range(draw(st.integers(1, most_steps))):
        week = [draw(_printed_regimens(order, least=1))] * 7
        if number == 0 or draw(st.integers(0, 2)):
            others = [draw(_printed_regimens(order)) for _ in range(draw(st.integers(1, 2)))]
            for weekday in draw(st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True)):
                week[weekday] = draw(st.sampled_from(others))
        for _ in range(draw(st.sampled_from([1, 5, 7, 10, 14, 21]))):
            taken = week[day.weekday()]
            if steps and steps[-1].number == number and steps[-1].intakes == taken:
                steps[-1] = Step(number, steps[-1].start, day, taken)
            else:
                steps.append(Step(number, day, day, taken))
            day += timedelta(days=1)
    assume(any(step.intakes for step in steps))
    return Schedule(tuple(steps), draw(st.none() | st.just(day)), order, plan_id="0f3c2a9e-plan")


ZOPICLONE = "zopiclone tablet 7.5 mg"
ONE = (Intake("bedtime", "zopiclone", Mg("7.5"), (Item(ZOPICLONE, Pieces(1)),)),)
HALF = (Intake("bedtime", "zopiclone", Mg("3.75"), (Item(ZOPICLONE, Pieces("1/2")),)),)
NONE: tuple[Intake, ...] = ()


def zopiclone_weeks(*weeks: str, stop: bool = True, start: date = date(2026, 1, 5)) -> Schedule:
    """A plan of zopiclone at bedtime, two weeks a step: each day of the week is 1, 2 (half a tablet) or 0, or all are.

    >>> [step.days for step in zopiclone_weeks("1", "2111211").steps][:4]
    [14, 1, 3, 1]
    """
    order = parse_order(
        {
            "drug": "zopiclone",
            "country": "GB",
            "start": start.isoformat(),
            "current": {"bedtime": "7.5 mg"},
            "product": [{"name": ZOPICLONE, "split": "halves"}],
            "phase": [{"reduce": "3.75 mg", "every": "2 weeks", "until": "0 mg" if stop else "3.75 mg"}],
        }
    )
    day, steps = start, list[Step]()
    for number, week in enumerate(weeks):
        for _ in range(14):
            taken = {"1": ONE, "2": HALF, "0": NONE}[(week * 7)[day.weekday()]]
            if steps and (steps[-1].number, steps[-1].intakes) == (number, taken):
                steps[-1] = Step(number, steps[-1].start, day, taken)
            else:
                steps.append(Step(number, day, day, taken))
            day += timedelta(days=1)
    return Schedule(tuple(steps), day if stop else None, order, plan_id="0f3c2a9e-plan")


@st.composite
def weekly_runs(draw: st.DrawFn, start: date = date(2026, 1, 5)) -> Schedule:
    """Steps with a weekly pattern, stored as runs of days that share a number, some of them without the drug."""
    day, steps = start, list[Step]()
    for number in range(draw(st.integers(1, 3))):
        last = day + timedelta(days=draw(st.integers(1, 27)))
        halves = draw(st.sets(st.integers(0, 6), max_size=4))
        usual, other = draw(st.sampled_from([(2, 1), (1, 0), (3, 3), (1, 2)]))
        while day <= last:
            count = Pieces(Fraction(other if day.weekday() in halves else usual, 2))
            items = (Item("diazepam tablet 5 mg", count),)
            taken = (Intake("bedtime", "diazepam", Mg(5) * count.value, items),) if count else ()
            if steps and steps[-1].number == number and steps[-1].intakes == taken:
                steps[-1] = replace(steps[-1], end=day)
            else:
                steps.append(Step(number, day, day, taken))
            day += timedelta(days=1)
    return Schedule(tuple(steps), draw(st.none() | st.just(day)), parse_order(PRINTED_ORDER), plan_id="0f3c2a9e-plan")
