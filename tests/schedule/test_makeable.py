"""The makeable doses, and the simplest make-up of each, are those found by listing every combination."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings, strategies as st

from taper.order.order import parse_order
from taper.quantity import Mg
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


LIMITS = st.integers(1, 9)
HIGHEST = st.integers(1, 60).map(lambda n: Fraction(n, 4))


@settings(max_examples=100)
@given(product_lists(), LIMITS, HIGHEST)
def test_doses_and_handling_equal_the_full_list(products: list[dict[str, Any]], most: int, highest: Fraction) -> None:
    found = made(products, most, highest)
    listed = makeable({"product": products, "max_units": most}, highest)
    assert {found.mg(place).value: tuple(work) for place, work in found.handling.items()} == listed
    assert [found.mg(place).value for place in found.doses] == sorted(listed)


@settings(max_examples=100)
@given(product_lists(), LIMITS, HIGHEST)
def test_the_items_of_a_dose_are_as_simple_as_its_handling_says(
    products: list[dict[str, Any]], most: int, highest: Fraction
) -> None:
    found = made(products, most, highest)
    known = {product["name"]: product for product in products}
    for place in found.doses:
        splits = units = 0
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
            broken, whole = work_of(int(taken), parts)
            splits, units = splits + broken, units + whole
        assert total == found.mg(place).value
        assert found.handling[place] == (splits, units, len(items))


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
    assert found.handling[3] == (2, 2, 1)
    assert found.handling[4] == (0, 1, 1)
    assert found.handling[7] == (2, 3, 1)
