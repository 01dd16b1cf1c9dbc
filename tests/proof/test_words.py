"""The proof's own readers read what orders say, and as the order's readers do: what they leave unread is unproved."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from taper import catalog
from taper.catalog.conversion import factor
from taper.interval import Interval
from taper.order.product_line import ProductLine
from taper.order.reduction import parse_reduction
from taper.proof.walk import by_table
from taper.proof.words import after, dose, equivalence, portions, step_rule, strength, volume
from taper.quantity import Mg, parse_mg, parse_ml, parse_strength
from tests.strategies.orders import EQUIVALENCES, RULES

STEPS = (
    *RULES,
    *(f"{rule}, at least 0.5 mg" for rule in RULES),
    "12.5 % of  starting dose",
    "10% of original",
    "500 mcg, at least 0.25 mg",
    "1 mg , at least 250 micrograms",
    "10% of Current",
)
POINTS = ("5 points of occupancy", "5 percentage points of occupancy, at least 1 mg")


@pytest.mark.parametrize("text", STEPS)
@given(now=st.fractions(0, 60, max_denominator=20), start=st.fractions(0, 60, max_denominator=20))
def test_a_step_is_read_as_the_order_reads_it(text: str, now: Fraction, start: Fraction) -> None:
    rule, wanted = step_rule(text), parse_reduction(text)
    assert rule is not None
    assert rule.lowest(now, start, None) == max(now - wanted.allowed(Mg(now), Mg(start)).value, 0)
    assert step_rule(wanted.written) == step_rule(str(wanted)) == rule


@pytest.mark.parametrize("text", POINTS)
@given(now=st.fractions(1, 60, max_denominator=20), half=st.fractions(1, 60, max_denominator=20))
def test_points_of_occupancy_are_too(text: str, now: Fraction, half: Fraction) -> None:
    rule, wanted = step_rule(text), parse_reduction(text)
    assert rule is not None
    assert rule.lowest(now, now, half) == max(now - wanted.allowed(Mg(now), Mg(now), Mg(half)).value, 0)
    assert rule.lowest(now, now, None) is None


@pytest.mark.parametrize("country", catalog.countries())
def test_the_name_of_every_product_says_its_strength_and_its_drug(country: str) -> None:
    for product in catalog.products(country):
        assert strength(product.name, in_name=True) == product.strength.value, product.name
        assert product.name.startswith(f"{product.drug} ")


@pytest.mark.parametrize("text", ["5 mg", "0.125 mg", "500 mcg", "2 mg/5 mL", "1 mg/mL", "1 mg per mL", "2 mg/300 mL"])
def test_a_strength_is_read_as_the_order_reads_it(text: str) -> None:
    assert strength(text) == parse_strength(text)[0].value


@pytest.mark.parametrize("text", ["2.5 mg", "500 mcg", "0.5 µg", "1 g", "30 micrograms"])
def test_a_dose_is_read_as_the_order_reads_it(text: str) -> None:
    assert dose(text) == parse_mg(text).value


def test_a_volume_is_read_as_the_order_reads_it() -> None:
    assert volume("0.1 mL") == parse_ml("0.1 mL").value
    assert volume("2 milliliters") == 2
    assert volume("1 drop") is None


@pytest.mark.parametrize("text", [*EQUIVALENCES, "chlordiazepoxide 25 mg = diazepam 10 mg"])
def test_an_equivalence_is_read_as_the_order_reads_it(text: str) -> None:
    old = "chlordiazepoxide" if text.startswith("c") else "lorazepam"
    assert equivalence(text) == factor(text, old, "diazepam")


def test_every_table_with_one_number_is_read_as_the_order_reads_it() -> None:
    found = 0
    for table in catalog.tables().values():
        for row in table.rows:
            ratio = by_table(table.id, row.drug, "diazepam")
            if row.drug != "diazepam" and ratio is not None:
                assert ratio == factor(table.id, row.drug, "diazepam")
                found += 1
    assert found > 50


@given(
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    st.builds(Interval, st.integers(1, 100)) | st.builds(lambda months: Interval(months=months), st.integers(1, 24)),
    st.integers(1, 12),
)
def test_a_day_is_counted_as_the_order_counts_it(day: date, span: Interval, times: int) -> None:
    assert after(span, day, times) == span.after(day, times)


def test_what_can_be_taken_of_a_product_is_read_from_its_line() -> None:
    """Pieces, lines of a syringe, steps of a scale; drops need their number."""
    solution = ProductLine(name="diazepam 2 mg in 5 mL", graduation="0.5 mL", device="a", strength="2 mg/5 mL")
    tablet = ProductLine(name="a", weight="170 mg", graduation="2 mg", device="a", strength="2 mg", source="clinician")
    assert portions(ProductLine(name="a", split="quarters"), None).least == Fraction(1, 4)
    assert portions(ProductLine(name="a"), None).least == 1
    assert portions(solution, None).least == Fraction(1, 2)
    assert portions(tablet, None).strength == 2
    assert portions(tablet, None).least == Fraction(2, 170)
    assert portions(ProductLine(name="a", graduation="1 drop", drops_per_ml=20), None).least == Fraction(1, 20)
    assert portions(ProductLine(name="a", graduation="1 drop"), None).least is None
