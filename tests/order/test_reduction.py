"""What one cut may take away is read exactly, and nothing is left to guess."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from taper.errors import QuantityError
from taper.order.reduction import Reduction, parse_reduction
from taper.quantity import Mg
from tests.strategies import decimal_text

TENTHS = st.integers(1, 1000).map(lambda n: Fraction(n, 10))
DOSES = st.integers(1, 4000).map(lambda n: Fraction(n, 8))


@given(TENTHS, st.sampled_from(["current", "start"]), DOSES, DOSES, st.none() | DOSES)
def test_a_percentage_is_of_the_dose_it_names(
    percent: Fraction, basis: str, current: Fraction, start: Fraction, floor: Fraction | None
) -> None:
    text = f"{decimal_text(percent)}% of {basis}" + (f", at least {decimal_text(floor)} mg" if floor else "")
    rule = parse_reduction(text)
    plain = percent / 100 * (current if basis == "current" else start)
    assert rule.allowed(Mg(current), Mg(start)) == Mg(max(plain, floor or 0))
    assert parse_reduction(str(rule)) == rule


@given(DOSES, DOSES, st.none() | DOSES)
def test_a_number_of_mg_is_that_number(cut: Fraction, current: Fraction, floor: Fraction | None) -> None:
    rule = parse_reduction(f"{decimal_text(cut)} mg" + (f", at least {decimal_text(floor)} mg" if floor else ""))
    assert rule.allowed(Mg(current), Mg(current)) == Mg(max(cut, floor or 0))
    assert parse_reduction(str(rule)) == rule


@given(st.integers(1, 99), DOSES, DOSES)
def test_points_of_occupancy_come_off_the_curve(points: int, current: Fraction, half: Fraction) -> None:
    """The occupancy d/(d+half) falls by the points exactly, or the cut is the whole dose."""
    rule = parse_reduction(f"{points} points of occupancy")
    left = current - rule.allowed(Mg(current), Mg(current), Mg(half)).value
    fall = current / (current + half) - left / (left + half)
    assert fall == Fraction(points, 100) if left else fall <= Fraction(points, 100)
    assert parse_reduction(str(rule)) == rule


@pytest.mark.parametrize(
    "written",
    ["10 % of the current dose", "10% of current dose", "10%  of  Current , at least 1 mg", "10% of original"],
)
def test_other_wordings_are_understood_or_refused_but_never_misread(written: str) -> None:
    try:
        rule = parse_reduction(written)
    except QuantityError:
        return
    assert rule.fraction == Fraction(1, 10)
    assert rule.basis == ("start" if "original" in written else "current")


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("10%", '"10% of current" or "10% of start"'),
        ("10% of dose", '"10% of current" or "10% of start"'),
        ("10 percent of current", 'write "10% of current"'),
        ("2.5 per cent of the start", 'write "2.5% of start"'),
        ("10 percent", 'write "10% of current" or "10% of start"'),
        ("10% of the current dose", 'write "10% of current"'),
        ("10% of the original dose, at least 1 mg", 'write "10% of start, at least 1 mg"'),
        ("10", "write 10 mg"),
        ("0 mg", "never end"),
        ("0% of current", "outside 0% to 100%"),
        ("101% of current", "outside 0% to 100%"),
        ("1 mg of current", "only a percentage"),
        ("10% of current, at least 0 mg", "leave it out"),
        ("10% of current, at least 1", "write 1 mg"),
        ("10% of current, at least", "not a reduction"),
        ("10,5% of current", "not a reduction"),
        ("1/2 mg", "write 0.5 mg"),
        ("", "not a reduction"),
        ("x" * 500, "not a reduction"),
        (10, "not a reduction"),
        (0.1, "not a reduction"),
        (None, "not a reduction"),
    ],
)
def test_a_doubtful_step_is_refused_with_the_way_to_write_it(written: object, remedy: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_reduction(written)
    assert remedy in caught.value.message


def test_a_reduction_is_of_one_kind() -> None:
    for kinds in ({}, {"fraction": Fraction(1, 10), "amount": Mg(1)}):
        with pytest.raises(QuantityError, match="one of"):
            Reduction(**kinds)
