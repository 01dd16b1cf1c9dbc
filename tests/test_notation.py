"""Numbers are written without loss, rounded in one way only, and read in the one safe way."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from taper.errors import QuantityError
from taper.notation import (
    ended,
    ends,
    exact_text,
    percent_text,
    plain_text,
    rounded,
    short_text,
    split_amount,
)

ENDING = st.builds(
    lambda number, twos, fives: Fraction(number, 2**twos * 5**fives),
    st.integers(-(10**6), 10**6),
    st.integers(0, 9),
    st.integers(0, 9),
)
ANY = st.fractions(-1000, 1000, max_denominator=997)


@given(ENDING)
def test_a_decimal_that_ends_is_written_as_decimal_arithmetic_writes_it(value: Fraction) -> None:
    """No trailing zero, no exponent, a zero before the point."""
    known = format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")
    assert exact_text(value) == ("0" if value == 0 else known)
    assert ends(value)


@given(ANY, st.sampled_from([3, 7, 11, 21]))
def test_any_other_number_is_written_as_a_fraction(value: Fraction, divisor: int) -> None:
    value = Fraction(value.numerator * divisor + 1, value.denominator * divisor)
    assert exact_text(value) == f"{value.numerator}/{value.denominator}"
    assert not ends(value)


@given(ANY, st.sampled_from([Fraction(1, part) for part in (1, 2, 10, 11, 121, 150, 1000)]))
def test_a_number_is_ended_by_going_up_as_little_as_its_room_allows(value: Fraction, room: Fraction) -> None:
    result = ended(value, room)
    assert ends(result)
    assert result == value if ends(value) else value < result < value + room
    places = len(exact_text(result).partition(".")[2])
    assert ends(value) or places == 0 or Fraction(10, 10**places) > room


def test_places_are_added_until_one_of_the_last_is_no_more_than_the_room() -> None:
    assert ended(Fraction(1, 999), Fraction(1, 10)) == Fraction(1, 10)
    assert ended(Fraction(1, 999), Fraction(1, 11)) == Fraction(1, 100)


@given(ENDING, st.integers(0, 6))
def test_rounding_is_half_away_from_zero(value: Fraction, places: int) -> None:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    assert rounded(value, places) == Fraction(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("value", "whole", "tenths"), [("2.5", 3, "2.5"), ("-2.5", -3, "-2.5"), ("0.44", 0, "0.4"), ("-0.05", 0, "-0.1")]
)
def test_rounding_is_to_whole_numbers_unless_places_are_given(value: str, whole: int, tenths: str) -> None:
    assert rounded(Fraction(value)) == whole
    assert rounded(Fraction(value), 1) == Fraction(tenths)


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.5", "2.5"), ("2.25", "2.25"), ("2.125", "~2.13"), ("10/3", "~3.33"), ("-10/3", "~-3.33"), ("1/1000", "~0")],
)
def test_two_places_are_kept_unless_said_otherwise(value: str, text: str) -> None:
    assert short_text(Fraction(value)) == text


@given(ANY, st.integers(0, 5))
def test_a_shortened_number_says_so_and_is_the_rounded_one(value: Fraction, places: int) -> None:
    text = short_text(value, places)
    assert text.startswith("~") == (rounded(value, places) != value)
    assert Fraction(text.removeprefix("~")) == rounded(value, places)


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("places", [1, 2, 3, 19, 20, 21, 30])
def test_as_many_places_are_kept_as_tell_a_number_from_its_limit(places: int, sign: int) -> None:
    """Up to twenty: what is closer than that is never written so."""
    limit = Fraction(1, 4)
    value = limit + Fraction(sign, 10**places)
    text = short_text(value, unlike=limit)
    if places <= 20:
        assert text == exact_text(value)
    else:
        assert text == "~0.25"
    assert short_text(limit, unlike=limit) == "0.25"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2.5", "2.5"),
        ("2.125", "2.125"),
        ("0.0004", "0.0004"),
        ("600/7", "about 85.71"),
        ("1/900", "about 0.001"),
        ("1/3", "about 0.33"),
    ],
)
def test_in_a_sentence_a_rounded_number_is_about_it(value: str, text: str) -> None:
    assert plain_text(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("1/8", "12.5%"), ("1/9", "~11.1%"), ("1/4", "25%"), ("1", "100%"), ("0.2501", "~25%"), ("0.1234", "~12.3%")],
)
def test_a_percentage_has_one_place_unless_said_otherwise(value: str, text: str) -> None:
    assert percent_text(Fraction(value)) == text


def test_a_percentage_is_told_from_its_limit_in_percent() -> None:
    assert percent_text(Fraction("0.2501"), unlike=Fraction("0.25")) == "25.01%"
    assert percent_text(Fraction("0.2501"), unlike=Fraction("0.26")) == "~25%"


WITHOUT_COMMAS = "a thousand or a decimal; write it without commas, with a point for decimals"


def refused(text: object) -> str:
    """Return what is said against a dose."""
    with pytest.raises(QuantityError) as caught:
        split_amount(text, "a dose", "2.5 mg")
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("0.5 mg", "0.5", "mg"),
        ("5MG", "5", "mg"),
        ("  5 \t mL ", "5", "ml"),
        ("10%", "10", "%"),
        ("10", "10", ""),
        ("3 µg", "3", "µg"),
        ("3 μg", "3", "μg"),
        ("007 mg", "7", "mg"),
        ("1 Zz", "1", "zz"),
        ("999999999999.999999999999 mg", "999999999999.999999999999", "mg"),
    ],
)
def test_a_number_and_its_unit_are_read_whatever_spaces_and_capitals(text: str, number: str, unit: str) -> None:
    assert split_amount(text, "a dose", "2.5 mg") == (Fraction(number), unit)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("-1 mg", "is negative; write a dose of zero or more"),
        ("−1 mg", "is negative; write a dose of zero or more"),
        ("–1 mg", "is negative; write a dose of zero or more"),
        (".5 mg", "has no leading zero, and the point is easily lost; write 0.5 mg"),
        ("5. mg", "ends in a bare point; write 5 mg"),
        ("2,5 mg", "has a comma, which can mean a thousand or a decimal; write 2.5 mg if it is a decimal"),
        ("12345,5 mL", "has a comma, which can mean a thousand or a decimal; write 12345.5 mL if it is a decimal"),
        (
            "1,000 mg",
            "has a comma, which can mean a thousand or a decimal; write 1 mg if it is a decimal, or 1000 mg if it is a "
            "thousand",
        ),
        ("1,000.50 mg", "has a comma, which can mean a thousand or a decimal; write 1000.50 mg"),
        ("12,345,678 mg", "has a comma, which can mean a thousand or a decimal; write 12345678 mg"),
        *(
            (f"{number} mg", f"has a comma, which can mean {WITHOUT_COMMAS}")
            for number in ("1,5,0", ",5", "5,", "1234,567.5", "1,00.5", "٢,٥")
        ),
        ("1/2 mg", "is a written fraction, easily misread; write 0.5 mg"),
        ("1⁄4 mg", "is a written fraction, easily misread; write 0.25 mg"),
        ("4 1/2 mL", "is a written fraction, easily misread; write 4.5 mL"),
        ("123456 1/2", "is a written fraction, easily misread; write 123456.5 mg"),
        ("4½ mg", "is a written fraction, easily misread; write 4.5 mg"),
        ("4 ¼ mg", "is a written fraction, easily misread; write 4.25 mg"),
        ("¾ mg", "is a written fraction, easily misread; write 0.75 mg"),
        ("⅛ mg", "is a written fraction, easily misread; write 0.125 mg"),
        *(
            (
                f"{number} mg",
                "is a written fraction, easily misread; write a decimal: this one does not end, so name an amount that "
                "does",
            )
            for number in ("1/3", "⅓", "⅔", "4 2/3")
        ),
        ("1/0 mg", "is a written fraction, easily misread; and it divides by zero; write a decimal"),
        *(
            (f"{number} mg", "is not a dose; write it as one number, in digits, and its unit, nothing else")
            for number in ("1/2/3", "41/", "/2", "1e3", "1234567 1/2", "1/1234567", "1.5.5", "٥", "9" * 13)
        ),
        *(
            (f"{number} mg", "is not a dose; write it as one number, in digits, and its unit, nothing else")
            for number in ("..5", "5..", ".", ".5.", ".5/2")
        ),
        ("1.5. mg", "ends in a bare point; write 1.5 mg"),
    ],
)
def test_each_unsafe_notation_is_refused_with_its_own_remedy(text: str, says: str) -> None:
    assert refused(text) == f"{text!r} {says}"


def test_sixty_characters_are_the_most_of_an_amount() -> None:
    """Of a longer one forty are quoted."""
    unit = "m" * 58
    assert split_amount(f"1 {unit}", "a dose", "2.5 mg") == (Fraction(1), unit)
    assert refused(f"1 {unit}m") == f"'1 {'m' * 38}'… is too long for a dose; write only its number and its unit"


@pytest.mark.parametrize(
    ("given_", "shown"), [(5, "5"), (True, "True"), (Decimal("0.5"), "0.5"), (["5 mg"], "['5 mg']")]
)
def test_what_is_no_text_is_refused_as_it_was_given(given_: object, shown: str) -> None:
    assert refused(given_) == f"{shown} is not a dose with a unit, in quotes; write its number and its unit, in quotes"


@given(st.text(alphabet="0123456789.,/½ -–", max_size=8).map(lambda number: f"{number} mg"))
def test_no_remedy_is_itself_refused(text: str) -> None:
    """Every amount that a message says to write is read: for "..5 mg" it once was "0..5 mg"."""
    try:
        split_amount(text, "a dose", "2.5 mg")
    except QuantityError as error:
        for number in re.findall(r"([^ ]+) mg(?= if|, or|$)", error.message.replace(repr(text), "")):
            split_amount(f"{number} mg", "a dose", "2.5 mg")
