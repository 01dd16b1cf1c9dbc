"""Amounts are exact, units never mix, and every unsafe way of writing a dose is refused with the safe one."""

from __future__ import annotations

import pickle
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.errors import QuantityError
from taper.quantity import (
    NO_MG,
    Mg,
    Ml,
    Pieces,
    Powder,
    as_fraction,
    exact_text,
    parse_mg,
    parse_ml,
    parse_percent,
    parse_strength,
    parse_written_strength,
    percent_text,
    shown,
)
from tests.strategies import decimal_text, decimals, fractions


@given(fractions, st.booleans())
def test_exact_text_loses_nothing(value: Fraction, negative: bool) -> None:
    value = -value if negative else value
    assert as_fraction(exact_text(value)) == value


@given(decimals)
def test_a_decimal_is_written_without_a_trailing_zero_and_with_a_leading_one(value: Fraction) -> None:
    text = exact_text(value)
    assert Fraction(text) == value
    assert text[0].isdigit()
    assert "." not in text or not text.endswith(("0", "."))
    assert text.partition(".")[0] == "0" or not text.startswith("0")


@given(decimals, st.sampled_from([" mg", "mg", "  mg", " MG", " milligrams"]))
def test_a_written_dose_is_read_exactly(value: Fraction, unit: str) -> None:
    assert parse_mg(decimal_text(value) + unit) == Mg(value)
    assert parse_mg(str(Mg(value))) == Mg(value)


@given(decimals)
def test_micrograms_and_grams_are_converted_exactly(value: Fraction) -> None:
    for unit in ("mcg", "µg", "μg", "ug", "micrograms"):
        assert parse_mg(f"{decimal_text(value)} {unit}") == Mg(value / 1000)
    assert parse_mg(f"{decimal_text(value)} g") == Mg(value * 1000)


@given(fractions, fractions, st.integers(0, 50))
def test_amounts_calculate_as_fractions_do(one: Fraction, other: Fraction, times: int) -> None:
    assert Mg(one) + Mg(other) == Mg(one + other)
    assert Mg(one) - Mg(other) == Mg(one - other)
    assert Mg(one) * times == times * Mg(one) == Mg(one * times)
    assert (Mg(one) < Mg(other), Mg(one) <= Mg(other)) == (one < other, one <= other)
    assert (Mg(one) > Mg(other), Mg(one) >= Mg(other)) == (one > other, one >= other)
    assert (Mg(one) == Mg(other)) == (one == other)
    assert bool(Mg(one)) == (one != 0)
    if other:
        assert Mg(one) / Mg(other) == one / other
        assert Mg(one) / other == Mg(one / other)


def test_amounts_are_told_apart_by_their_hash() -> None:
    """Else each look into a table of doses would compare them all."""
    assert len({hash(Mg(Fraction(number, 4))) for number in range(200)}) > 190


@given(fractions)
def test_amounts_are_values(value: Fraction) -> None:
    assert hash(Mg(value)) == hash(Mg(Fraction(value)))
    assert pickle.loads(pickle.dumps(Ml(value))) == Ml(value)
    with pytest.raises(AttributeError, match=r"^Mg cannot be changed$"):
        Mg(value).value = Fraction(1)
    assert Mg(value) != Ml(value)
    assert Mg(value) != value


DEEDS = {
    "__add__": "add",
    "__sub__": "subtract",
    "__lt__": "compare",
    "__le__": "compare",
    "__gt__": "compare",
    "__ge__": "compare",
    "__truediv__": "divide",
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("other", [Ml(1), Pieces(1), Powder(1)])
def test_units_never_mix(deed: str, other: object) -> None:
    """Nor does powder with the drug in it. The error says what was tried, with what."""
    with pytest.raises(QuantityError) as caught:
        getattr(Mg("2.5"), deed)(other)
    assert caught.value.message == f"cannot {DEEDS[deed]} Mg('2.5') and {other!r}: not the same unit"


@pytest.mark.parametrize("value", [0.1, 1.0, True, False, None, b"1", [1], 1j, float("nan"), float("inf")])
def test_what_is_not_exact_is_refused_by_the_name_of_its_type(value: object) -> None:
    with pytest.raises(QuantityError) as caught:
        Mg(value)  # type: ignore[arg-type]
    assert caught.value.message.startswith(f"{value} is a {type(value).__name__}, which is not exact; ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1/0", "'1/0' divides by zero"),
        ("abc", "'abc' is not a plain decimal number; write digits, with a point for decimals"),
        ("9" * 50, f"'{'9' * 39}… is not a plain decimal number; write digits, with a point for decimals"),
    ],
)
def test_text_that_is_no_number_is_quoted(text: str, says: str) -> None:
    with pytest.raises(QuantityError) as caught:
        as_fraction(text)
    assert caught.value.message == says


def test_nothing_is_an_amount_of_zero_mg() -> None:
    """Sums of doses begin with it."""
    assert Mg(0) == NO_MG
    assert not NO_MG


@given(decimals)
def test_a_decimal_for_data_tools_is_exact(value: Fraction) -> None:
    assert Fraction(Mg(value).decimal) == value
    with pytest.raises(QuantityError, match=r"^Mg\('.*/7'\) does not end as a decimal, so no Decimal keeps it"):
        _ = Mg(Fraction(7 * value.numerator + 1, 7)).decimal


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Mg("2.50"), "2.5 mg"),
        (Ml("0.1"), "0.1 mL"),
        (Pieces("1.5"), "1.5"),
        (Powder("170"), "170 mg"),
        (Mg(Fraction(1, 9)), "1/9 mg"),
    ],
)
def test_an_amount_is_said_with_its_unit_and_no_space_around(amount: Mg, text: str) -> None:
    assert str(amount) == text


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_no_number_is_infinite(text: str) -> None:
    with pytest.raises(QuantityError, match="not a finite"):
        Mg(Decimal(text))
    with pytest.raises(QuantityError, match="not a plain decimal"):
        Mg(text)


@pytest.mark.parametrize("text", ["1e999999999", "-1e999999999", "1e-999999999", "1e40"])
def test_an_absurd_decimal_is_refused_before_it_fills_the_memory(text: str) -> None:
    with pytest.raises(QuantityError, match="too large or too small"):
        Mg(Decimal(text))


def test_thirty_places_are_the_most_that_a_decimal_has() -> None:
    assert Mg(Decimal("1e-30")).value == Fraction(1, 10**30)
    assert Mg(Decimal("1e30")).value == 10**30
    for text in ("1e-31", "1e31"):
        with pytest.raises(QuantityError, match="too large or too small"):
            Mg(Decimal(text))


@pytest.mark.parametrize("factor", [0.5, True, Decimal("0.5"), "2", Mg(2)])
def test_only_whole_numbers_and_fractions_multiply(factor: object) -> None:
    with pytest.raises(QuantityError) as caught:
        Mg(1) * factor  # type: ignore[operator]
    assert caught.value.message == f"cannot multiply Mg('1') by {factor!r}: not an exact number"
    if factor != Mg(2):
        with pytest.raises(QuantityError):
            Mg(1) / factor  # type: ignore[operator]


UNSAFE = [
    ("10", "no unit; write 10 mg"),
    ("", "no number"),
    ("mg", "no number"),
    ("-5 mg", "negative"),
    ("−5 mg", "negative"),
    ("2,5 mg", "2.5 mg if it is a decimal"),
    ("1,000 mg", "write 1 mg if it is a decimal, or 1000 mg if it is a thousand"),
    ("1,000,000 mg", "write 1000000 mg"),
    ("1,000.5 mg", "write 1000.5 mg"),
    ("1,5,0 mg", "write it without commas"),
    ("1/2 mg", "write 0.5 mg"),
    ("½ mg", "write 0.5 mg"),
    ("1½ mg", "write 1.5 mg"),
    ("1/0 mg", "written fraction"),
    ("4 ½ mg", "write 4.5 mg"),
    ("7 1/2 mg", "write 7.5 mg"),
    ("7 1⁄2 mg", "write 7.5 mg"),
    ("1/3 mg", "this one does not end"),
    ("4 mg/day", "one number, in digits, and its unit, nothing else"),
    (".5 mg", "write 0.5 mg"),
    ("5. mg", "write 5 mg"),
    ("1e3 mg", "not a dose"),
    ("٥ mg", "not a dose"),
    ("५ mg", "not a dose"),
    ("5 ml", "is a volume"),
    ("5 tablets", "unknown unit 'tablets'"),
    ("5 mg mg", "not a dose"),
    ("0x10 mg", "not a dose"),
    ("nan mg", "not a dose"),
    ("inf mg", "not a dose"),
    ("+5 mg", "not a dose"),
    ("1_000 mg", "not a dose"),
    ("5 mg\x00", "not a dose"),
    ("9" * 13 + " mg", "not a dose"),
    ("9" * 5000 + " mg", "too long"),
    (5, "with a unit"),
    (0.5, "with a unit"),
    (True, "with a unit"),
    (None, "with a unit"),
    (Decimal("0.5"), "with a unit"),
]


@pytest.mark.parametrize(("written", "remedy"), UNSAFE)
def test_an_unsafe_dose_is_refused_with_the_safe_way(written: object, remedy: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_mg(written)
    assert remedy in caught.value.message


def test_a_comma_that_cannot_be_a_thousand_is_not_called_one() -> None:
    with pytest.raises(QuantityError) as caught:
        parse_mg("2,5 mg")
    assert "25 mg" not in caught.value.message


@given(st.text(max_size=20) | st.from_regex(r"[0-9.,/ e+-]{1,8} ?(mg|mL|%|)", fullmatch=True))
def test_any_text_is_a_plain_number_with_a_unit_or_refused(text: str) -> None:
    for parse in (parse_mg, parse_ml, parse_percent, parse_strength):
        try:
            parse(text)
        except QuantityError:
            continue
        assert text.strip()[0] in "0123456789"
        assert "," not in text
        assert not re.search(r"[0-9]e|\.[^0-9]|\.$", text)


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("0.1", "write 0.1 mL"),
        ("0.1 mg", "not a volume"),
        (".1 mL", "write 0.1 ml"),
        ("1/2 mL", "written fraction"),
    ],
)
def test_an_unsafe_volume_is_refused(written: str, remedy: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_ml(written)
    assert remedy.lower() in caught.value.message.lower()


@pytest.mark.parametrize(
    ("written", "mg", "liquid"),
    [("5 mg", "5", False), ("1 mg/mL", "1", True), ("10 mg per 5 mL", "2", True), ("500 mcg", "0.5", False)],
)
def test_a_strength_is_per_piece_or_per_milliliter(written: str, mg: str, liquid: bool) -> None:
    strength, per = parse_strength(written)
    assert strength == Mg(mg)
    assert (per == Ml(1)) is liquid


@pytest.mark.parametrize("written", ["0 mg", "1/2 mg", "5", "5 mg/0 mL", "0 mg/mL", "5 mg/mg", 5, "1 mL/mg", ""])
def test_no_strength_is_guessed(written: object) -> None:
    with pytest.raises(QuantityError):
        parse_strength(written)


@pytest.mark.parametrize("written", ["10", "0%", "100.1%", "-5%", "10 percent", "1/2%", "10 %%"])
def test_no_percentage_is_guessed(written: str) -> None:
    with pytest.raises(QuantityError):
        parse_percent(written)


@given(st.fractions(0, 3, max_denominator=997), st.integers(0, 3))
def test_a_percentage_for_people_says_when_it_was_shortened(value: Fraction, places: int) -> None:
    text = percent_text(value, places)
    number = Fraction(text.strip("~ %")) / 100
    assert text.startswith("~") == (number != value)
    assert abs(number - value) * 2 <= Fraction(1, 100 * 10**places)


@given(st.fractions(0, 1, max_denominator=10**5), st.fractions(0, 1, max_denominator=100))
def test_a_percentage_can_be_told_from_the_limit_it_breaks(value: Fraction, limit: Fraction) -> None:
    number = Fraction(percent_text(value, unlike=limit).strip("~ %")) / 100
    assert value == limit or number != limit


@given(fractions)
def test_a_shown_dose_is_exact_or_says_that_it_is_not(value: Fraction) -> None:
    text = shown(Mg(value))
    number = Fraction(text.strip("~ mg"))
    assert text.startswith("~") or number == value
    assert abs(number - value) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (Mg, "2.5 mg", "2.5"),
        (Mg, "500 mcg", "0.5"),
        (Mg, " 1g ", "1000"),
        (Ml, "3 mL", "3"),
        (Ml, "0.1 milliliters", "0.1"),
    ],
)
def test_an_amount_may_be_made_from_text_with_its_unit(kind: type[Mg] | type[Ml], text: str, number: str) -> None:
    """As in an order; what it shows of itself makes the same amount again."""
    amount = kind(text)
    assert amount == kind(number)
    assert eval(repr(amount)) == amount


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (Mg, "2.5 mL", "is a volume; write the dose in mg"),
        (Mg, "2.5 drops", "the unknown unit 'drops'"),
        (Mg, "2,5 mg", "has a comma"),
        (Mg, ".5 mg", "no leading zero"),
        (Mg, "½ mg", "a written fraction"),
        (Mg, "-1 mg", "is negative"),
        (Ml, "2.5 mg", "is not a volume"),
        (Pieces, "2 tablets", "not a plain decimal number"),
    ],
)
def test_an_amount_is_not_made_from_another_unit_or_unsafe_text(kind: type[Mg], text: str, says: str) -> None:
    with pytest.raises(QuantityError, match=says):
        kind(text)


NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
HALVES = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3)}
written_wrong = st.builds(
    "{}{}{}{}".format,
    st.integers(0, 40),
    st.sampled_from(["", " ", ".", ",", "-", "/", " 1/", " x "]),
    st.sampled_from(["½", "¼", "¾", "⅓", "2", "3", "5", "50", ""]),
    st.sampled_from([" mg", " mg/day", " mL", " tablets", "", " mg mg", " mg daily", "%"]),
)


@given(written_wrong, st.sampled_from([parse_mg, parse_ml, parse_strength, parse_percent]))
def test_a_message_never_names_an_amount_other_than_the_one_written(written: str, parse: Any) -> None:
    """A fixed example beside a written dose would be read as what was meant: "4 ½ mg" once said "write 2.5 mg"."""
    said = complaint(parse, written).replace(repr(written), "").replace(repr(" ".join(written.split())), "")
    numbers = [Fraction(number) for number in NUMBERS.findall(written.replace(",", "."))]
    parts = [HALVES[sign] for sign in written if sign in HALVES]
    meant = {*numbers, *(n + p for n in [Fraction(0), *numbers] for p in parts)}
    meant |= {Fraction(number) for number in NUMBERS.findall(written.replace(",", ""))}
    meant |= {a / b for a in numbers for b in numbers if b}
    meant |= {a + b / c for a in numbers for b in numbers for c in numbers if c}
    meant |= {Fraction(f"0.{number}") for number in re.findall(r"\.([0-9]+)", written)}
    suggested = [Fraction(number) for number in re.findall(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?= ?m[gL])", said)]
    assert set(suggested) <= meant, said


def complaint(parse: Any, written: str) -> str:
    """Return what a reader says against a text; nothing if it reads it."""
    try:
        parse(written)
    except QuantityError as error:
        return error.message
    return ""


def test_a_strength_keeps_the_volume_that_it_is_written_in() -> None:
    """A dilution is exact in any volume: 2 mg in 300 mL is 1/150 mg in 1 mL."""
    assert parse_written_strength("2 mg/300 mL") == (Mg(2), Ml(300))
    assert parse_written_strength("2 mg per mL") == (Mg(2), Ml(1))
    assert parse_strength("2 mg/300 mL") == (Mg(Fraction(1, 150)), Ml(1))


READERS: dict[str, tuple[Any, str, str]] = {
    "mg": (parse_mg, "a dose", "2.5 mg"),
    "mL": (parse_ml, "a volume", "0.1 mL"),
    "%": (parse_percent, "a percentage", "10%"),
}


@pytest.mark.parametrize("unit", READERS)
def test_where_nothing_was_written_the_way_to_write_it_is_shown(unit: str) -> None:
    """Each kind by its own name and with its own example."""
    parse, kind, example = READERS[unit]
    assert complaint(parse, unit) == f"{unit!r} has no number; write {kind} as {example}"
    assert complaint(parse, None) == f'None is not {kind} with a unit, in quotes; write for example "{example}"'  # type: ignore[arg-type]
    assert complaint(parse, 5) == f"5 is not {kind} with a unit, in quotes; write its number and its unit, in quotes"  # type: ignore[arg-type]
    assert complaint(parse, f"-5 {unit}") == f"{f'-5 {unit}'!r} is negative; write {kind} of zero or more"


@pytest.mark.parametrize(
    ("parse", "text", "says"),
    [
        (parse_mg, "2.50", "'2.50' has no unit; write 2.5 mg if milligrams are meant"),
        (parse_mg, "5 mL", "'5 mL' is a volume; write the dose in mg"),
        (parse_mg, "5 tablets", "'5 tablets' has the unknown unit 'tablets'; write mg or mcg"),
        (parse_ml, "0.10", "'0.10' has no unit; write 0.1 mL if milliliters are meant"),
        (parse_ml, "5 mg", "'5 mg' is not a volume; write it in mL"),
        (parse_percent, "12.50", "'12.50' has no percent sign; write 12.5% if percent is meant"),
        (parse_percent, "0%", "'0%' is outside 0% to 100%; write for example 10%"),
        (parse_percent, "101%", "'101%' is outside 0% to 100%; write for example 10%"),
        (parse_strength, 5, '5 is not a strength; write it as text, "5 mg" or "1 mg/mL"'),
        (parse_strength, "0 mg", "'0 mg' is a strength of zero; write the mg in one piece"),
        (parse_strength, "0 mg/mL", "'0 mg/mL' has a zero in it; write mg and mL above zero"),
        (parse_strength, "5 mg/.5 mL", "'.5 mL' has no leading zero, and the point is easily lost; write 0.5 mL"),
        (parse_strength, "5 mg/X", "'1 X' is not a volume; write it in mL"),
        (parse_strength, "5 mg/0 mL", "'5 mg/0 mL' has a zero in it; write mg and mL above zero"),
    ],
)
def test_a_refusal_quotes_what_was_written_and_says_what_to_write(parse: Any, text: Any, says: str) -> None:
    assert complaint(parse, text) == says


@pytest.mark.parametrize("unit", ["mg", "milligram", "milligrams", "MG"])
def test_each_name_of_a_milligram_is_one(unit: str) -> None:
    assert parse_mg(f"3 {unit}") == Mg(3)


@pytest.mark.parametrize("unit", ["mcg", "ug", "µg", "μg", "microgram", "micrograms", "MCG"])
def test_each_name_of_a_microgram_is_a_thousandth(unit: str) -> None:
    assert parse_mg(f"3 {unit}") == Mg("0.003")


@pytest.mark.parametrize("unit", ["g", "gram", "grams"])
def test_each_name_of_a_gram_is_a_thousand(unit: str) -> None:
    assert parse_mg(f"3 {unit}") == Mg(3000)


@pytest.mark.parametrize("unit", ["ml", "mL", "milliliter", "milliliters", "millilitre", "millilitres"])
def test_each_name_of_a_milliliter_is_one(unit: str) -> None:
    assert parse_ml(f"3 {unit}") == Ml(3)
    assert complaint(parse_mg, f"3 {unit}") == f"'3 {unit}' is a volume; write the dose in mg"


@pytest.mark.parametrize(
    "written", ["10 MG/5 ML", "10mg/5mL", "10 mg  per  5 mL", "10 mg / 5 mL", "2 mg/mL", "10000 µg/5 mL"]
)
def test_a_strength_may_be_written_in_capitals_with_or_without_spaces(written: str) -> None:
    assert parse_strength(written) == (Mg(2), Ml(1))


@pytest.mark.parametrize("written", ["1%", "0.5%", "99.5%", "100%", " 10 % "])
def test_a_percentage_is_up_to_and_with_a_hundred(written: str) -> None:
    assert parse_percent(written) == Fraction(written.strip().removesuffix("%").strip()) / 100
