"""Receptor occupancy is a named model, exact, and says how far its sources are apart."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.catalog.equivalence import tables
from taper.catalog.occupancy import half_saturation, model, modeled, models
from taper.errors import OrderError
from taper.order.order import parse_order
from taper.order.reduction import Reduction, parse_reduction
from taper.planner.planning import plan
from taper.quantity import Mg, percent_text

HALF = Mg("24.7")


def test_the_printed_pair_is_reproduced_to_a_tenth() -> None:
    """Horowitz and Taylor 2024, diazepam regimens: 4 mg occupy 13.9%."""
    assert percent_text(model("maudsley-2024").occupancy(Mg(4))) == "~13.9%"
    assert model("maudsley-2024").half == HALF


def test_the_model_carries_both_sources_and_their_disagreement() -> None:
    for found in models().values():
        assert found.source.locator
        assert found.source.url
        assert found.conflict_source.locator
        assert found.conflict_source != found.source
        assert "a model, not a measurement" in found.disagreement
    said = model("maudsley-2024").disagreement
    assert "37-fold" in said
    assert "24.7 mg" in said
    assert model("maudsley-2024").conflict_half == Mg("0.67")


doses = st.integers(1, 4000).map(lambda n: Mg(Fraction(n, 40)))
points = st.integers(1, 600).map(lambda n: Fraction(n, 1000))


@given(doses, doses, st.integers(1, 2000).map(lambda n: Mg(Fraction(n, 20))))
def test_occupancy_rises_with_the_dose_and_stays_below_all(one: Mg, other: Mg, half: Mg) -> None:
    assert (modeled(half, one) < modeled(half, other)) == (one < other)
    assert 0 < modeled(half, one) < 1
    assert modeled(half, half) == Fraction(1, 2)
    assert modeled(half, Mg(0)) == 0


@given(doses, points)
def test_an_allowed_cut_falls_by_exactly_the_points(dose: Mg, fall: Fraction) -> None:
    """Put back into the model; where fewer points are left than may fall, all of the dose may go."""
    left = dose - Reduction(points=fall).allowed(dose, dose, HALF)
    before = modeled(HALF, dose)
    assert modeled(HALF, left) == (before - fall if before > fall else 0)


@given(st.integers(1, 80).map(lambda n: Mg(Fraction(n, 2))), points)
def test_allowed_agrees_with_trying_every_dose(dose: Mg, fall: Fraction) -> None:
    """On a grid of half a mg: a dose may follow just where the modeled fall is within the points."""
    allowed = Reduction(points=fall).allowed(dose, dose, HALF)
    for n in range(int(dose.value * 2)):
        then = Mg(Fraction(n, 2))
        assert (dose - then <= allowed) == (modeled(HALF, dose) - modeled(HALF, then) <= fall)


def test_a_floor_holds_where_the_points_allow_less() -> None:
    rule = parse_reduction("1 points of occupancy, at least 2 mg")
    assert rule.allowed(Mg(10), Mg(10), HALF) == Mg(2)
    assert rule.allowed(Mg(100), Mg(100), HALF) > Mg(2)


def order(drug: str = "diazepam", **occupancy: str) -> dict[str, Any]:
    strength = {"diazepam": "2 mg", "lorazepam": "0.5 mg", "estazolam": "1 mg"}[drug]
    data: dict[str, Any] = {
        "drug": drug,
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": {"diazepam": "16 mg", "lorazepam": "2 mg", "estazolam": "2 mg"}[drug]},
        "product": [{"name": f"{drug} tablet {strength}", "split": "halves"}],
        "phase": [{"reduce": "5 points of occupancy", "every": "2 weeks", "until": "0 mg"}],
    }
    return data | ({"occupancy": occupancy} if occupancy else {})


def test_a_plan_by_points_never_falls_by_more() -> None:
    parsed = parse_order(order(model="maudsley-2024"))
    totals = [step.total for step in plan(parsed).steps] + [Mg(0)]
    assert parsed.half_saturation == HALF
    falls = [modeled(HALF, a) - modeled(HALF, b) for a, b in itertools.pairwise(totals)]
    assert max(falls) <= Fraction(5, 100)
    assert len(falls) > 5


def test_another_drug_is_converted_by_the_named_table() -> None:
    """Lorazepam by the Ashton column: 1 mg for 10 mg of diazepam, so half occupancy at 2.47 mg."""
    parsed = parse_order(order("lorazepam", model="maudsley-2024", table="asam-2025-ashton"))
    assert parsed.half_saturation == Mg("2.47")
    assert half_saturation("maudsley-2024", "lorazepam", "asam-2025-va-dod") == Mg("4.94")
    assert modeled(Mg("2.47"), Mg("0.4")) == modeled(HALF, Mg(4))


def test_diazepam_needs_no_table_and_no_table_changes_it() -> None:
    for table in (None, *tables()):
        assert half_saturation("maudsley-2024", "diazepam", table) == HALF


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        (order(), "phase[0].reduce", '[occupancy] with model = "maudsley-2024"'),
        (order(model="maudsley"), "occupancy", "'maudsley-2024'"),
        (order("lorazepam", model="maudsley-2024"), "occupancy", "name the table by which lorazepam is converted"),
        (order("lorazepam", model="maudsley-2024", table="asam-ashton"), "occupancy", "asam-2025-ashton"),
        (order("lorazepam", model="maudsley-2024", table="clincalc"), "occupancy", "range for lorazepam, 1 mg to 4 mg"),
        (
            order("estazolam", model="maudsley-2024", table="nhs-scotland"),
            "occupancy",
            "no value was read for estazolam",
        ),
    ],
)
def test_what_the_model_cannot_do_is_refused(data: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(OrderError) as caught:
        parse_order(data)
    assert caught.value.field == field
    assert words in caught.value.message
