"""The makeable doses, and the simplest make-up of each, are those found by listing every combination."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper.errors import OrderError
from taper.order.order import parse_order
from taper.quantity import Mg, Ml
from taper.schedule.makeable import Makeable
from tests.oracles.brute import makeable, number, sizes, work_of
from tests.strategies import product_lists


def made(products: list[dict[str, Any]], most: int, highest: Fraction) -> Makeable:
    order = parse_order(
        {
            "drug": "diazepam",
            "country": "US",
            "start": "2026-01-05",
            "current": {"noon": "10 mg"},
            "product": products,
            "phase": [{"reduce": "1 mg", "every": "1 week", "until": "0 mg"}],
        }
    )
    return Makeable(order.products, most, Mg(highest))


POWDER = {
    "name": "powder",
    "source": "clinician",
    "form": "tablet",
    "strength": "2 mg",
    "weight": "170 mg",
    "graduation": "1 mg",
    "device": "pocket scale",
}
LIQUID = {
    "name": "liquid",
    "source": "clinician",
    "form": "oral solution",
    "strength": "1 mg/mL",
    "graduation": "0.1 mL",
    "device": "oral syringe",
}
LIMITS = st.integers(1, 9)
HIGHEST = st.integers(1, 60).map(lambda n: Fraction(n, 4))


@settings(max_examples=100)
@given(product_lists(), LIMITS, HIGHEST)
def test_doses_and_handling_equal_the_full_list(products: list[dict[str, Any]], most: int, highest: Fraction) -> None:
    found = made(products, most, highest)
    listed = makeable({"product": products, "max_units": most}, highest)
    assert {
        found.mg(place).value: (*work[:1], work.volume.value, *work[2:])
        for place, work in zip(found.doses, map(found.handling, found.doses), strict=True)
    } == listed
    assert [found.mg(place).value for place in found.doses] == sorted(listed)


@settings(max_examples=100)
@given(product_lists(), LIMITS, HIGHEST)
def test_the_items_of_a_dose_are_as_simple_as_its_handling_says(
    products: list[dict[str, Any]], most: int, highest: Fraction
) -> None:
    found = made(products, most, highest)
    known = {product["name"]: product for product in products}
    for place in found.doses:
        quarters = halves = units = 0
        volume = Fraction(0)
        total, items = Fraction(0), found.items(place)
        for item in items:
            portion, parts = sizes(known[item.product])
            taken = (
                item.volume.value / number(known[item.product]["graduation"])
                if item.volume is not None
                else item.count.value * parts  # type: ignore[union-attr]
            )
            assert taken.denominator == 1
            total += portion * taken
            work = work_of(int(taken), parts)
            quarters, halves, units = quarters + work[0], halves + work[1], units + work[2]
            volume += item.volume.value if item.volume is not None else 0
        assert total == found.mg(place).value
        assert found.handling(place) == (
            quarters,
            Ml(volume),
            halves,
            units,
            len(items),
            sum(i.volume is not None for i in items),
        )


@given(product_lists(liquid=False), HIGHEST)
def test_the_strongest_tablet_stands_first(products: list[dict[str, Any]], highest: Fraction) -> None:
    found = made(products, 8, highest)
    strength = {product["name"]: number(product["strength"]) for product in products}
    for place in found.doses:
        row = [strength[item.product] for item in found.items(place)]
        assert row == sorted(row, reverse=True)


@settings(max_examples=60)
@given(product_lists(), LIMITS, st.integers(0, 90).map(lambda n: Fraction(n, 7)))
def test_the_neighbors_of_a_dose_enclose_it_with_nothing_between(
    products: list[dict[str, Any]], most: int, dose: Fraction
) -> None:
    found = made(products, most, Fraction(12))
    below, above = found.around(Mg(dose))
    doses = [found.mg(place).value for place in found.doses]
    assert below == max((Mg(d) for d in doses if 0 < d < dose), default=None)
    assert above == min((Mg(d) for d in doses if d > dose), default=None)
    place = found.on_grid(Mg(dose))
    assert (place is not None) == (dose in doses)
    assert place is None or found.mg(place) == Mg(dose)


def test_three_quarters_are_two_pieces_and_a_whole_tablet_is_better_than_halves() -> None:
    tablet = {"name": "t", "source": "clinician", "form": "tablet", "strength": "4 mg", "split": "quarters"}
    found = made([tablet], 8, Fraction(8))
    assert found.handling(3) == (1, Ml(0), 1, 2, 1, 0)
    assert found.handling(4) == (0, Ml(0), 0, 1, 1, 0)
    assert found.handling(7) == (1, Ml(0), 1, 3, 1, 0)


def test_tablets_make_as_much_as_they_can_and_liquid_the_rest() -> None:
    """9.5 mg is one tablet of 5 mg and 4.5 mL; a half is better than any liquid, any liquid better than a quarter."""
    liquid = {"name": "l", "source": "clinician", "form": "oral solution", "strength": "1 mg/mL"}
    liquid |= {"device": "oral syringe", "graduation": "0.1 mL"}
    tablet = {"name": "t", "source": "clinician", "form": "tablet", "strength": "5 mg"}

    def items(split: str, dose: str) -> list[str]:
        found = made([tablet | {"split": split}, liquid], 8, Fraction(10))
        place = found.on_grid(Mg(dose))
        assert place is not None
        return [str(item.volume if item.volume is not None else item.count) for item in found.items(place)]

    assert items("whole", "9.5") == ["1", "4.5 mL"]
    assert items("whole", "10") == ["2"]
    assert items("halves", "7.6") == ["1.5", "0.1 mL"]
    assert items("quarters", "8.75") == ["1.75"]  # no line of the syringe makes it
    assert items("quarters", "1.3") == ["1.3 mL"]  # not a quarter and 0.05 mL


def test_a_half_of_the_weaker_tablet_is_better_than_a_quarter_of_the_stronger() -> None:
    """Alprazolam 0.125 mg: half of 0.25 mg, not a quarter of 0.5 mg."""
    tablet = {"source": "clinician", "form": "tablet", "split": "quarters"}
    two = [tablet | {"name": name, "strength": f"{name} mg"} for name in ("0.5", "0.25")]
    found = made(two, 8, Fraction(1))
    place = found.on_grid(Mg("0.125"))
    assert place is not None
    assert [(item.product, str(item.count)) for item in found.items(place)] == [("0.25", "0.5")]


def test_the_effort_of_a_liquid_is_that_it_is_measured_and_not_how_much() -> None:
    """Else the plan with the lower doses, and so with the larger cuts, would be the better one."""
    liquid = {"name": "l", "source": "clinician", "form": "oral solution", "strength": "1 mg/mL"}
    liquid |= {"device": "oral syringe", "graduation": "0.1 mL"}
    tablet = {"name": "t", "source": "clinician", "form": "tablet", "strength": "5 mg"}
    found = made([tablet, liquid], 8, Fraction(10))
    places = [found.on_grid(Mg(dose)) for dose in ("0.1", "4.9", "5")]
    little, much, whole = (found.effort[place] for place in places if place is not None)
    assert whole < little == much


@given(product_lists(), LIMITS)
def test_effort_compares_as_quarters_measured_volumes_halves_units_and_products(
    products: list[dict[str, Any]], most: int
) -> None:
    """And adds up part by part, so that the effort of a plan is that of its doses."""
    found = made(products, most, Fraction(8))
    parts = {
        place: (work.quarters, work.measured, work.halves, work.units, work.products)
        for place, work in zip(found.doses, map(found.handling, found.doses), strict=True)
    }
    assert sorted(found.doses, key=lambda place: (parts[place], place)) == sorted(
        found.doses, key=lambda place: (found.effort[place], place)
    )
    by_parts = {}
    for place in found.doses:
        for other in found.doses[:12]:
            both = tuple(map(sum, zip(parts[place], parts[other], strict=True)))
            assert by_parts.setdefault(both, found.effort[place] + found.effort[other]) == (
                found.effort[place] + found.effort[other]
            )


def test_products_stand_in_one_order_however_they_were_named() -> None:
    """What is counted before what is measured, the stronger first, of equals the coarser, then by name."""
    tablet = {"source": "clinician", "form": "tablet", "split": "halves"}
    products = [
        {**LIQUID, "name": "weak", "strength": "1 mg/mL"},
        {**LIQUID, "name": "strong, fine", "strength": "2 mg/mL", "graduation": "0.1 mL"},
        {**LIQUID, "name": "strong, coarse", "strength": "2 mg/mL", "graduation": "0.2 mL"},
        {**tablet, "name": "2 b", "strength": "2 mg"},
        {**tablet, "name": "2 a", "strength": "2 mg"},
        {**tablet, "name": "2 whole", "strength": "2 mg", "split": "whole"},
        {**tablet, "name": "5", "strength": "5 mg", "split": "quarters"},
    ]
    right = ["5", "2 whole", "2 a", "2 b", "strong, coarse", "strong, fine", "weak"]
    for order in (products, products[::-1], products[3:] + products[:3]):
        assert [product.name for product in made(order, 2, Fraction(1)).products] == right


def test_a_refusal_names_each_product_with_its_portion_and_the_highest_dose() -> None:
    fine = [{**LIQUID, "graduation": "0.00001 mL"}, {**POWDER, "graduation": "0.00001 mg"}]
    with pytest.raises(OrderError) as caught:
        made(fine, 8, Fraction(20, 7))
    assert caught.value.message.startswith("powder (")
    assert ") and liquid (" in caught.value.message
    assert ") make too many doses up to ~2.86 mg to compare them all within a second; measure or weigh" in (
        caught.value.message
    )


def test_the_volume_of_two_liquids_with_other_graduations_adds_up() -> None:
    fine = {**LIQUID, "name": "fine", "strength": "1 mg/mL", "graduation": "0.1 mL"}
    coarse = {**LIQUID, "name": "coarse", "strength": "10 mg/mL", "graduation": "0.2 mL"}
    found = made([fine, coarse], 2, Fraction(10))
    for place in found.doses:
        volumes = [item.volume for item in found.items(place) if item.volume is not None]
        assert found.handling(place).volume == sum(volumes, Ml(0))
    place = found.on_grid(Mg("6.2"))
    assert place is not None
    assert [str(item.volume) for item in found.items(place)] == ["0.6 mL", "0.2 mL"]


def test_what_is_asked_twice_is_the_same() -> None:
    found = made([LIQUID], 2, Fraction(2))
    place = found.on_grid(Mg("0.7"))
    assert place is not None
    assert found.items(place) is found.items(place)
    assert found.mg(place) is found.mg(place)
    assert found.on_grid(Mg("0.75")) is None
    assert found.on_grid(Mg(3)) is None


FINE = {
    "powder": [{**POWDER, "graduation": "0.0000001 mg"}],
    "liquid": [{**LIQUID, "graduation": "0.000001 mL"}],
    "dilution, liquid and powder": [
        {**LIQUID, "name": "dilution", "strength": "3 mg/997 mL", "graduation": "0.03 mL"},
        {**LIQUID, "graduation": "0.03 mL"},
        POWDER,
    ],
}


@pytest.mark.parametrize("case", FINE)
def test_doses_too_fine_to_look_at_each_are_refused(case: str) -> None:
    """Not counted until memory runs out."""
    with pytest.raises(OrderError, match=r"make too many doses up to 2 mg .* in larger steps") as caught:
        made(FINE[case], 8, Fraction(2))
    assert caught.value.field == "product"
