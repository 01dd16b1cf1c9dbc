"""On orders of real size a constraint solver finds each plan possible, and proves that no plan is better."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.oracles.brute import makeable, number
from tests.oracles.cpsat import doubt_fewest, doubt_gentlest
from tests.strategies.seeded import KINDS, finishing, reducing, regimens_of
from tests.support.proofs import some

ORDERS = 160
"""For the first of the two questions, in a full run; half of them for the second, which takes longer."""


@pytest.mark.parametrize("place", some(range(ORDERS)))
def test_no_plan_has_fewer_or_fewer_growing_cuts_less_work_or_a_smaller_worst_cut(place: int) -> None:
    kind = KINDS[place % 4]
    data = reducing(f"fewest {place}", kind)
    doubt_fewest(data, regimens_of(data))


@pytest.mark.parametrize("place", some(range(ORDERS // 2)))
def test_no_plan_by_the_same_date_is_gentler(place: int) -> None:
    kind = KINDS[place % 4]
    data = finishing(f"gentlest {place}", kind)
    doubt_gentlest(data, regimens_of(data))


def with_another_dose(
    data: dict[str, Any], found: list[tuple[Fraction, ...]], place: int
) -> list[tuple[Fraction, ...]]:
    """The same plan with the next lower or higher makeable dose at one step, still falling."""
    known = sorted(makeable(data, number(next(iter(data["current"].values())))))
    before, here, then = (regimen[0] for regimen in found[place - 1 : place + 2])
    others = [dose for dose in known if then < dose < before and dose != here]
    assert others
    return [*found[:place], (min(others, key=lambda dose: abs(dose - here)),), *found[place + 1 :]]


@pytest.mark.parametrize("place", some([1, 5, 9, 13, 17, 21]))
def test_the_solver_does_doubt_a_plan_that_is_not_the_best(place: int) -> None:
    """A proof that cannot fail proves nothing: on liquids another dose at a step is less gentle."""
    data = finishing(f"gentlest {place}", "liquid")
    found = regimens_of(data)
    with pytest.raises(AssertionError, match=r"gentler would do|handling would do|breaks a rule"):
        doubt_gentlest(data, with_another_dose(data, found, 2))
    sooner = date.fromisoformat(data["phase"][0]["finish"]) - timedelta(days=40)
    hasty = regimens_of(data | {"phase": [data["phase"][0] | {"finish": sooner.isoformat()}]})
    with pytest.raises(AssertionError, match="gentler would do"):
        doubt_gentlest(data, hasty)
    data = reducing(f"fewest {place}", "liquid")
    data["phase"][0].pop("round_to", None)  # the plan of another step breaks it
    found = regimens_of(data)
    slower = data["phase"][0] | {"reduce": "4% of current, at least 0.1 mg"}
    with pytest.raises(AssertionError, match="fewer cuts would do"):
        doubt_fewest(data, regimens_of(data | {"phase": [slower]}))
    broken = [found[0], *found[2:]]
    with pytest.raises(AssertionError, match="breaks a rule"):
        doubt_fewest(data, broken)


def test_the_solver_does_doubt_needless_work_and_a_larger_worst_cut() -> None:
    """By hand: 4 mg by 50%, in whole and half tablets of 2 mg, to 1 mg: 2 mg between is whole, and 3 mg is not."""
    data: dict[str, Any] = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "stop_from": "1 mg",
        "current": {"bedtime": "4 mg"},
        "product": [{"name": "t", "source": "clinician", "form": "tablet", "strength": "2 mg", "split": "halves"}],
        "phase": [{"reduce": "70% of current", "every": "2 weeks", "until": "0 mg"}],
    }
    whole = [(Fraction(4),), (Fraction(2),), (Fraction(0),)]
    with pytest.raises(AssertionError, match="breaks a rule"):
        doubt_fewest(data, whole)  # 2 mg to nothing: above stop_from
    best = [(Fraction(4),), (Fraction(2),), (Fraction(1),), (Fraction(0),)]
    assert regimens_of(data) == best
    doubt_fewest(data, best)
    with pytest.raises(AssertionError, match="fewer growing cuts would do"):
        doubt_fewest(data, [best[0], (Fraction(3),), *best[2:]])  # 1 mg, then 2 mg
    higher = data | {"current": {"bedtime": "8 mg"}, "phase": [data["phase"][0] | {"reduce": "75% of current"}]}
    halves, wholes = ([(Fraction(dose),) for dose in (8, between, 1, 0)] for between in (3, 2))
    assert regimens_of(higher) == wholes
    doubt_fewest(higher, wholes)
    with pytest.raises(AssertionError, match="less handling would do"):
        doubt_fewest(higher, halves)
    tablet = {"source": "clinician", "form": "tablet"}
    four = [tablet | {"name": f"t{strength}", "strength": f"{strength} mg"} for strength in (8, 3, 2, 1)]
    level = data | {"product": four, "max_units": 1, "current": {"bedtime": "8 mg"}}
    level["phase"] = [data["phase"][0] | {"reduce": "75% of current"}]
    doubt_fewest(level, [(Fraction(dose),) for dose in (8, 3, 1, 0)])  # 62.5% and 66.7%
    assert regimens_of(level) == [(Fraction(dose),) for dose in (8, 3, 1, 0)]
    with pytest.raises(AssertionError, match="a smaller worst cut would do"):
        doubt_fewest(level, [(Fraction(dose),) for dose in (8, 2, 1, 0)])  # 75% and 50%
