"""Round doses where the clinician prefers them: at each time of day, then of the day, and never beyond the step."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from taper.checker.checking import check
from taper.errors import OrderError, TaperError
from taper.order.order import parse_order
from taper.planner.planning import plan
from tests.oracles.brute import makeable, number
from tests.strategies import order_data
from tests.support.proofs import proof

TABLETS = [
    {"name": "diazepam tablet 10 mg"},
    {"name": "diazepam tablet 5 mg", "split": "halves"},
    {"name": "diazepam tablet 2 mg", "split": "halves"},
]


def totals(round_to: str | None, until: str = "20 mg", **current: str) -> list[str]:
    """The daily doses of a plan with cuts of 10%."""
    phase: dict[str, Any] = {"reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": until}
    if round_to is not None:
        phase["round_to"] = round_to
    schedule = plan(parse_order(order(phase, **current)))
    return [str(step.total) for step in schedule.steps]


def order(phase: dict[str, Any], **current: str) -> dict[str, Any]:
    return {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-03-02",
        "current": current,
        "product": TABLETS,
        "phase": [phase],
    }


def test_daily_doses_are_multiples_where_the_step_allows_one() -> None:
    """From 45 mg on, 10% is less than 5 mg: so each second dose is one."""
    assert totals("5 mg", bedtime="60 mg") == [
        *("60 mg", "55 mg", "50 mg", "45 mg", "42.5 mg", "40 mg", "37.5 mg", "35 mg", "32.5 mg", "30 mg"),
        *("27.5 mg", "25 mg", "23 mg", "21 mg", "20 mg"),
    ]


def test_above_the_dose_that_is_named_and_nowhere_else() -> None:
    found = totals("5 mg above 40 mg", bedtime="60 mg")
    assert found[:4] == ["60 mg", "55 mg", "50 mg", "45 mg"]
    free = next(place for place, dose in enumerate(found) if number(dose) <= 40)
    assert found[free:] == totals(None, bedtime=found[free])


def test_each_dose_of_the_day_is_round_before_the_day_is() -> None:
    schedule = plan(
        parse_order(
            order(
                {"reduce": "10% of current", "every": "2 weeks", "until": "45 mg", "round_to": "5 mg"},
                morning="25 mg",
                noon="25 mg",
                bedtime="25 mg",
            )
        )
    )
    assert [[str(intake.dose) for intake in step.intakes] for step in schedule.steps] == [
        ["25 mg", "25 mg", "25 mg"],
        ["20 mg", "25 mg", "25 mg"],
        ["20 mg", "20 mg", "25 mg"],
        ["20 mg", "20 mg", "20 mg"],
        ["15 mg", "20 mg", "20 mg"],
        ["15 mg", "15 mg", "20 mg"],
        ["15 mg", "15 mg", "15 mg"],
    ]


@proof(80)
@given(order_data())
def test_no_cut_is_larger_than_the_step_and_none_passes_by_a_round_dose(data: dict[str, Any]) -> None:
    """From each daily dose the next one is round, or no round one that can be made lies within the step."""
    data["phase"] = data["phase"][:1]
    phase = data["phase"][0] | {"round_to": "1 mg"}
    data.pop("stop_from", None)
    try:
        schedule = plan(parse_order(data | {"phase": [phase]}))
    except TaperError:
        return
    order = schedule.order
    assert order is not None
    goal = number(phase["until"])
    doses = [step.total for step in schedule.steps]
    round_doses = [dose for dose in makeable(data, doses[0].value) if dose.denominator == 1]
    for now, then in pairwise(doses):
        allowed = order.allowed(order.phase[0], now)
        assert now - then <= allowed
        if then.value.denominator != 1 and then.value != goal:
            lowest = max((now - allowed).value if now > allowed else 0, goal)
            assert not any(lowest <= dose < now.value for dose in round_doses)


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("0 mg", "multiple of zero"),
        ("5", "mg"),
        ("5 mg above", "mg"),
        ("5 mL", "mL"),
        (5, "does not say which doses are round"),
        ("", "does not say which doses are round"),
        ("nearest", "nearest"),
    ],
)
def test_what_is_no_rounding_is_one_error_that_names_its_field(written: object, part: str) -> None:
    phase = {"reduce": "1 mg", "every": "2 weeks", "until": "0 mg", "round_to": written}
    with pytest.raises(OrderError) as caught:
        parse_order(order(phase, bedtime="10 mg"))
    assert caught.value.field == "phase[0].round_to"
    assert part in str(caught.value)


def test_only_a_phase_with_a_step_rounds() -> None:
    with pytest.raises(OrderError, match="round_to is for a phase with reduce, and this one has finish"):
        parse_order(
            order({"finish": "2026-12-31", "every": "1 week", "until": "0 mg", "round_to": "1 mg"}, bedtime="5 mg")
        )


@pytest.mark.parametrize("written", ["5 mg", "5 mg above 20 mg", "2.5 MG  above 7.5 mg"])
def test_it_is_written_as_it_was_read(written: str) -> None:
    data = order({"reduce": "1 mg", "every": "2 weeks", "until": "0 mg", "round_to": written}, bedtime="10 mg")
    read = parse_order(data)
    assert read.as_data()["phase"][0]["round_to"] == " ".join(written.replace("MG", "mg").split())
    assert parse_order(read.as_data()) == read


def test_a_taper_that_is_slower_by_it_says_so() -> None:
    phase = {"reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg", "round_to": "5 mg"}
    found = [f for f in check(plan(parse_order(order(phase, bedtime="40 mg")))).findings if f.code == "T118"]
    assert len(found) == 1
    assert "round doses (5 mg) and products do not make every step" in f"{found[0].message} {found[0].detail}"
