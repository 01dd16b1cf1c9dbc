"""What is said of days is held against the schedule: one dose, day, time, drug or piece that differs stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper import proof
from taper.errors import ProofError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.proof.claims import Claim, difference
from taper.proof.facts import Taken, runs_of
from taper.proof.files.days import hold
from taper.quantity import Mg, Ml, Pieces
from taper.schedule import Schedule
from taper.schedule.regimen import Intake, Item
from tests.strategies.orders import order_data
from tests.support.planning import plan_or_none

_DAY = timedelta(days=1)


def told(schedule: Schedule) -> list[Claim]:
    """All that a schedule says, as claims."""
    return [Claim(run.start, run.end, run.taken, f"row {row}") for row, run in enumerate(runs_of(schedule))]


def _first(claims: list[Claim], change: Callable[[Taken], Taken]) -> list[Claim]:
    claim = claims[0]
    return [claim._replace(taken=(change(claim.taken[0]), *claim.taken[1:])), *claims[1:]]


def _items(taken: Taken, change: Callable[[str, str, Fraction], tuple[str, str, Fraction]]) -> Taken:
    assert taken.items
    return taken._replace(items=(change(*taken.items[0]), *taken.items[1:]))


FAULTS: dict[str, Callable[[list[Claim]], list[Claim]]] = {
    "a dose": lambda claims: _first(claims, lambda one: one._replace(mg=(one.mg or 0) + Fraction(1, 4))),
    "a time": lambda claims: _first(claims, lambda one: one._replace(time="noon" if one.time != "noon" else "evening")),
    "a drug": lambda claims: _first(claims, lambda one: one._replace(drug="zopiclone")),
    "pieces": lambda claims: _first(claims, lambda one: _items(one, lambda name, unit, n: (name, unit, n / 2))),
    "a product": lambda claims: _first(claims, lambda one: _items(one, lambda name, unit, n: (f"{name}0", unit, n))),
    "a unit": lambda claims: _first(claims, lambda one: _items(one, lambda name, _, n: (name, "mg", n))),
    "an intake lost": lambda claims: [claims[0]._replace(taken=claims[0].taken[1:]), *claims[1:]],
    "an intake twice": lambda claims: [claims[0]._replace(taken=claims[0].taken * 2), *claims[1:]],
    "a day lost": lambda claims: [claims[0]._replace(start=claims[0].start + _DAY), *claims[1:]],
    "a day before": lambda claims: [claims[0]._replace(start=claims[0].start - _DAY), *claims[1:]],
    "a step longer": lambda claims: [claims[0]._replace(end=claims[0].end + _DAY), *claims[1:]],
    "a step lost": lambda claims: claims[:-1],
    "a step twice": lambda claims: [*claims, claims[-1]],
    "no end": lambda claims: [claims[0]._replace(end=claims[0].start - _DAY), *claims[1:]],
    "years later": lambda claims: [claim._replace(start=date(2099, 1, 1), end=date(2099, 1, 1)) for claim in claims],
}


@given(st.integers(1, 3).flatmap(lambda times: order_data(times)))
def test_what_a_schedule_says_of_itself_is_proved(data: dict[str, Any]) -> None:
    """With all that is in it, with doses alone, and without drugs; whatever the order is."""
    schedule = plan_or_none(data)
    if schedule is None:
        return
    claims = told(schedule)
    hold(runs_of(schedule), claims, "the test")
    bare = [claim._replace(taken=tuple(one._replace(items=None, drug="") for one in claim.taken)) for claim in claims]
    hold(runs_of(schedule), bare, "the test")


@given(st.integers(1, 3).flatmap(lambda times: order_data(times)), st.sampled_from(sorted(FAULTS)))
def test_no_fault_is_believed(data: dict[str, Any], fault: str) -> None:
    """One change of what is said, of any kind, stops the output and says of which day."""
    schedule = plan_or_none(data)
    if schedule is None or not runs_of(schedule)[0].taken:
        return
    claims = told(schedule)
    with pytest.raises(
        ProofError, match=r"2[0-9]{3}-[0-9]{2}-[0-9]{2}.* Please report it.* by hand until it is mended$"
    ):
        hold(runs_of(schedule), FAULTS[fault](claims), "the test")


FIVE = ("diazepam tablet 5 mg", "pieces", Fraction(1))
ONE = Taken("morning", "diazepam", Fraction(5), (FIVE,))
NIGHT = Taken("bedtime", "zopiclone", Fraction(15, 2), (("zopiclone tablet 7.5 mg", "pieces", Fraction(1)),))
SAID: dict[str, tuple[tuple[Taken, ...], tuple[Taken, ...], str]] = {
    "nothing": ((), (), ""),
    "all of it": ((ONE, NIGHT), (NIGHT, ONE), ""),
    "the dose alone": ((ONE,), (Taken("morning", "", Fraction(5)),), ""),
    "the pieces alone": ((ONE,), (Taken("morning", "", None, (FIVE,)),), ""),
    "products in any order": (
        (ONE._replace(items=(FIVE, ("a", "mL", Fraction(2)))),),
        (ONE._replace(items=(("a", "mL", Fraction(2)), FIVE)),),
        "",
    ),
    "another dose": (
        (ONE,),
        (Taken("morning", "", Fraction(4)),),
        "4 mg in the morning, and the plan has 5 mg of diazepam (1 pieces of diazepam tablet 5 mg)",
    ),
    "other pieces": (
        (ONE,),
        (Taken("morning", "diazepam", None, (("a", "pieces", Fraction(1, 2)), FIVE)),),
        "of diazepam (1/2 pieces of a, 1 pieces of diazepam tablet 5 mg) in the morning, and the plan has 5 mg of "
        "diazepam (1 pieces of diazepam tablet 5 mg)",
    ),
    "another time": (
        (ONE,),
        (ONE._replace(time="noon", items=None),),
        "5 mg of diazepam at noon, and the plan has nothing there",
    ),
    "another drug": (
        (ONE,),
        (Taken("morning", "zopiclone", Fraction(5)),),
        "5 mg of zopiclone in the morning, and the plan has nothing there",
    ),
    "the evening": (
        (ONE._replace(time="evening", items=()),),
        (Taken("evening", "", Fraction(4)),),
        "4 mg in the evening, and the plan has 5 mg of diazepam",
    ),
    "no claim of the night": (
        (ONE, NIGHT),
        (ONE,),
        "nothing at bedtime, where the plan has 15/2 mg of zopiclone (1 pieces of zopiclone tablet 7.5 mg)",
    ),
    "one twice": (
        (ONE,),
        (ONE, ONE._replace(items=None)),
        "5 mg of diazepam in the morning, and the plan has nothing there",
    ),
    "which drug is wrong": (
        (NIGHT._replace(time="morning"), ONE),
        (Taken("morning", "diazepam", Fraction(4)),),
        "4 mg of diazepam in the morning, and the plan has 5 mg of diazepam (1 pieces of diazepam tablet 5 mg)",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_wrong_is_said_in_words(name: str) -> None:
    """What is claimed, and what the plan has instead; nothing where they agree."""
    planned, said, words = SAID[name]
    assert difference(planned, said) == words


@pytest.fixture
def schedule() -> Schedule:
    """Three steps of two weeks."""
    return plan(
        parse_order(
            {
                "drug": "diazepam",
                "country": "GB",
                "start": "2026-01-05",
                "current": {"bedtime": "10 mg"},
                "product": [{"name": "diazepam tablet 5 mg", "split": "halves"}],
                "phase": [{"doses": ["7.5 mg", "5 mg", "0 mg"], "every": "2 weeks"}],
            }
        )
    )


WRONG: dict[str, tuple[Callable[[list[Claim]], list[Claim]], str]] = {
    "a dose": (
        lambda claims: [claims[0], claims[1]._replace(taken=(Taken("bedtime", "", Fraction(7)),)), claims[2]],
        "row 1 says of 2026-01-19 7 mg at bedtime, and the plan has 15/2 mg of diazepam (3/2 pieces of diazepam tablet "
        "5 mg)",
    ),
    "days of two doses": (
        lambda claims: [claims[0]._replace(end=date(2026, 1, 19)), *claims[1:]],
        "row 0 says of 2026-01-19 10 mg of diazepam (2 pieces of diazepam tablet 5 mg) at bedtime, and the plan has "
        "15/2 mg of diazepam (3/2 pieces of diazepam tablet 5 mg)",
    ),
    "a day of two claims": (
        lambda claims: [*claims, claims[1]._replace(start=date(2026, 1, 20), end=date(2026, 1, 20))],
        "row 1 speaks of 2026-01-20, which is said twice or is no day of the plan",
    ),
    "the same days in two ways": (
        lambda claims: [
            *claims,
            claims[1]._replace(taken=(claims[1].taken[0]._replace(mg=None),)),
            claims[1]._replace(taken=(claims[1].taken[0]._replace(items=None),)),
        ],
        "row 1 speaks of 2026-01-19, which is said twice or is no day of the plan",
    ),
    "a day between": (
        lambda claims: [claims[0]._replace(end=date(2026, 1, 17)), *claims[1:]],
        "2026-01-18 is left out",
    ),
    "the last day": (lambda claims: [*claims[:2], claims[2]._replace(end=date(2026, 2, 14))], "2026-02-15 is left out"),
    "an end before the beginning": (
        lambda claims: [claims[0]._replace(end=date(2026, 1, 4)), *claims[1:]],
        "row 0 ends on 2026-01-04, before it begins on 2026-01-05",
    ),
    "a day before the plan": (
        lambda claims: [claims[0]._replace(start=date(2026, 1, 4)), *claims[1:]],
        "row 0 speaks of 2026-01-04, which is said twice or is no day of the plan",
    ),
    "a day after the plan": (
        lambda claims: [*claims[:2], claims[2]._replace(end=date(2026, 2, 16))],
        "row 2 speaks of 2026-02-16, which is said twice or is no day of the plan",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_its_day_and_its_place(schedule: Schedule, name: str) -> None:
    change, problem = WRONG[name]
    claims = told(schedule)
    hold(runs_of(schedule), reversed(claims), "the test")
    with pytest.raises(ProofError) as refusal:
        hold(runs_of(schedule), change(claims), "the test")
    assert f"does not add up: {problem}" in str(refusal.value)


def test_a_plan_is_told_in_pieces_and_milliliters(schedule: Schedule) -> None:
    """Without times at which nothing is taken."""
    step = schedule.steps[0]
    items = (Item("a", Pieces("1.5")), Item("b", volume=Ml("2.5")))
    taken = (Intake("morning", "diazepam", Mg(0), ()), Intake("noon", "diazepam", Mg(3), items))
    (run, *_) = runs_of(replace(schedule, steps=(replace(step, intakes=taken),)))
    said = (("a", "pieces", Fraction(3, 2)), ("b", "mL", Fraction(5, 2)))
    assert run == (step.start, step.end, (Taken("noon", "diazepam", Fraction(3), said),))


def test_what_the_room_offers_is_there() -> None:
    """Each name that stands for the proof can be asked for."""
    assert {name for name in proof.__all__ if getattr(proof, name) is not None} == {"prove", "prove_supply"}
