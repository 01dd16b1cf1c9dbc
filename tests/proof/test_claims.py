"""What is said of days is held against the schedule: one dose, day, time, drug or piece that differs stops it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.errors import ProofError
from taper.proof import Claim, prove_claims
from taper.proof.facts import Taken, runs_of
from taper.schedule import Schedule
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
    span = claims[0].start, claims[-1].end
    prove_claims(schedule, claims, "the test", span)
    bare = [claim._replace(taken=tuple(one._replace(items=None, drug="") for one in claim.taken)) for claim in claims]
    prove_claims(schedule, bare, "the test", span)
    days = [claim._replace(end=claim.start) for claim in claims]
    prove_claims(schedule, days, "the test")


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
        prove_claims(schedule, FAULTS[fault](claims), "the test", (claims[0].start, claims[-1].end))
