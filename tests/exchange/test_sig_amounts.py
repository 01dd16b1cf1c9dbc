"""Amounts in a label text, each way to write one, and what is no amount; numbers in words; schemes of the day."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from taper.exchange.sig.amounts import amounts_of
from taper.exchange.sig.values import SigAmount, SigDose, SigPart, SigReading
from taper.exchange.sig.words import read_scheme, split_week, value
from taper.quantity import Mg, Ml, Pieces

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
ONES += ["sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = [*ONES, *(ten if not one else f"{ten}-{ONES[one]}" for ten in TENS for one in range(10))]


@pytest.mark.parametrize(("number", "word"), [*enumerate(NUMBERS)])
def test_each_number_below_a_hundred_is_read_in_words(number: int, word: str) -> None:
    """Alone, with its digits behind it, and not with others."""
    assert value(word) == value(word.upper()) == value(f"{word} ({number})") == number
    assert value(f"{word} ({number + 1})") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", "1"),
        ("2.5", "2.5"),
        ("(2)", "2"),
        ("a", "1"),
        ("An", "1"),
        ("half", "1/2"),
        ("half a", "1/2"),
        ("half of a", "1/2"),
        ("half an", "1/2"),
        ("a half", "1/2"),
        ("a quarter", "1/4"),
        ("a quarter of a", "1/4"),
        ("three quarters of an", "3/4"),
        ("0.5 a", "1/2"),
        ("one and a half", "3/2"),
        ("2 and half", "5/2"),
        ("a and a quarter", "5/4"),
        ("twenty-one and three quarters", "87/4"),
    ],
)
def test_each_way_to_write_a_count_is_read(text: str, number: str) -> None:
    assert value(f" {text} ") == Fraction(number)


TABLET = SigAmount("tablet", Pieces(1))


@pytest.mark.parametrize(
    ("written", "noun"),
    [
        *((f"tablet{end}", "tablet") for end in ("", "s", "(s)")),
        *((f"tab{end}", "tablet") for end in ("", "s", "(s)")),
        *((f"capsule{end}", "capsule") for end in ("", "s")),
        *((f"cap{end}", "capsule") for end in ("", "s")),
        *((f"pill{end}", "piece") for end in ("", "s")),
        *((f"{noun}{end}", noun) for noun in ("film", "piece", "drop") for end in ("", "s")),
        ("TABLETS", "tablet"),
        ("Caps", "capsule"),
    ],
)
def test_each_noun_is_one_of_five(written: str, noun: str) -> None:
    """Whatever its ending and capitals; with its strength too."""
    assert amounts_of(f"2 {written}") == ((SigAmount(noun, Pieces(2)),), None, "")
    assert amounts_of(f"half of one 5 mg {written}") == ((SigAmount(noun, Pieces("0.5"), strength=Mg(5)),), None, "")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 tablet of 5 mg", SigAmount("tablet", Pieces(1), strength=Mg(5))),
        ("1 TABLET OF 5 MG EACH", SigAmount("tablet", Pieces(1), strength=Mg(5))),
        ("1 tablet of 500 mcg", SigAmount("tablet", Pieces(1), strength=Mg("0.5"))),
        ("1 tablet of 0.5mg", SigAmount("tablet", Pieces(1), strength=Mg("0.5"))),
        ("1 tablet of 250 micrograms", SigAmount("tablet", Pieces(1), strength=Mg("0.25"))),
        ("1 tablet (Valium Roche)", SigAmount("tablet", Pieces(1), name="Valium Roche")),
        ("1 tablet of Valium", SigAmount("tablet", Pieces(1), name="Valium")),
        ("half a tablet", SigAmount("tablet", Pieces("0.5"))),
        ("a quarter of one 2 mg tablet", SigAmount("tablet", Pieces("0.25"), strength=Mg(2))),
        ("Three quarters of one 2 mg tablet", SigAmount("tablet", Pieces("0.75"), strength=Mg(2))),
        ("2.5 mL", SigAmount(volume=Ml("2.5"))),
        ("2.5ml", SigAmount(volume=Ml("2.5"))),
        ("2.5 mL of Valium", SigAmount(volume=Ml("2.5"), name="Valium")),
        (
            "2.5 mL of the 2 mg/mL liquid, measured with: 5 mL oral syringe",
            SigAmount(volume=Ml("2.5"), strength=Mg(2), device="5 mL oral syringe"),
        ),
        (
            "2.5 ML OF THE LIQUID WITH 2 MG/ML, MEASURED WITH: cup",
            SigAmount(volume=Ml("2.5"), strength=Mg(2), device="cup"),
        ),
        (
            "2.5 mL of the 2 mg/5 mL liquid, measured with: cup",
            SigAmount(volume=Ml("2.5"), strength=Mg("0.4"), device="cup"),
        ),
        (
            "2.5ml of the 2mg/ml liquid, measured with: cup",
            SigAmount(volume=Ml("2.5"), strength=Mg(2), device="cup"),
        ),
        ("2.5 mL, measured with: cup", SigAmount(volume=Ml("2.5"), device="cup")),
    ],
)
def test_each_way_to_name_an_amount_is_read(text: str, amount: SigAmount) -> None:
    """Nothing is left over; its dose is not named."""
    assert amounts_of(text) == ((amount,), None, "")


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("1 tablet of 5 mg (5 mg)", "5"),
        ("one and a half tablets of 5 mg each (7.5 mg)", "7.5"),
        ("1 tablet of 5 mg and half of one 2 mg tablet (6 mg)", "6"),
        ("1 tablet of 5 mg, 1 tablet of 2 mg and 1 tablet of 1 mg (8 mg)", "8"),
        ("1 tablet of 5 mg, and 1 tablet of 2 mg (7 mg)", "7"),
        ("1 tablet of 5 mg + 1 tablet of 2 mg (7 mg)", "7"),
        ("1 tablet (10 mg)", "10"),
        ("20 drops (10 mg), counted with: dropper", "10"),
        ("2.5 mL (5 mg)", "5"),
        ("2.5 mL (5 mg) of the 2 mg/mL liquid, measured with: cup", "5"),
        ("10 mg", "10"),
        ("500 mcg", "0.5"),
    ],
)
def test_a_dose_is_read_where_amounts_add_up_to_it(text: str, dose: str) -> None:
    amounts, found, rest = amounts_of(text)
    assert (found, rest) == (Mg(dose), "")
    assert bool(amounts) == ("tablet" in text or "drop" in text or "mL" in text)


def test_about_a_dose_is_exact_again_by_the_strength() -> None:
    """A label rounds what does not end; without a strength nobody knows what it was rounded from."""
    text = "0.1 mL (about 0.67 mg) of the 20 mg/3 mL liquid, measured with: cup"
    ((amount,), dose, rest) = amounts_of(text)
    assert (amount.dose, dose, rest) == (Mg(Fraction(2, 3)), Mg(Fraction(2, 3)), "")
    assert amounts_of("0.1 mL (about 0.67 mg), measured with: cup")[0] == ()


@pytest.mark.parametrize(
    "text",
    [
        "1 tablet of 5 mg (10 mg)",
        "1 tablet of 5 mg and half of one 2 mg tablet (7 mg)",
        "1 tablet and 1 tablet",
        "1 tablet of 5 mg and 2 tablets of 5 mg",
        "1 tablet of 5 mg and 5 mg",
        "1 tablet and 10 mg",
        "2.5 mL and 2 mL",
    ],
)
def test_what_disagrees_or_is_said_twice_is_no_amount(text: str) -> None:
    """All of it is handed back."""
    assert amounts_of(text) == ((), None, text)


@pytest.mark.parametrize(
    "text",
    [
        "zero tablets",
        "0 tablets",
        "two (3) tablets",
        "tablets",
        "1 spoon",
        "1 tablet of one every night",
        "1 tablet (take with care)",
        "2 mL of the evening mixture twice",
        "2.5 mL (about 5 mg)",
    ],
)
def test_what_is_no_amount_is_left_over(text: str) -> None:
    amounts, dose, rest = amounts_of(text)
    assert (amounts, dose) == ((), None)
    assert rest == text


@pytest.mark.parametrize(
    "word",
    [
        "every",
        "each",
        "daily",
        "day",
        "weeks",
        "time",
        "hour",
        "unless",
        "if",
        "as",
        "for",
        "until",
        "till",
        "with",
        "without",
        "when",
        "or",
        "then",
        "not",
        "no",
        "do",
        "reduce",
        "increase",
        "decrease",
        "by",
        "to",
        "before",
        "after",
        "needed",
        "stop",
        "per",
        "max",
        "maximum",
        "may",
        "take",
        "half",
        "halves",
        "quarter",
        "once",
        "twice",
        "thrice",
        "am",
        "pm",
        "at",
        "on",
        "in",
        "alternate",
        "skip",
        "omit",
        "extra",
        "plus",
        "night",
        "nightly",
        "morning",
        "noon",
        "evening",
        "bedtime",
        "weekend",
        "weekdays",
        "monday",
        "tuesdays",
        "sunday",
    ],
)
def test_a_word_of_an_instruction_is_no_name_of_a_product(word: str) -> None:
    """Else half of the directions would be read as a brand."""
    assert amounts_of(f"1 tablet (Valium {word} Roche)")[0] == ()
    assert amounts_of(f"1 tablet (Valium x{word}x Roche)")[0][0].name == f"Valium x{word}x Roche"


@pytest.mark.parametrize("name", ["2 tablets Roche", "Valium; Roche", "Valium: Roche", "5 Valium", "one Valium"])
def test_another_count_is_no_name_of_a_product(name: str) -> None:
    assert amounts_of(f"1 tablet ({name})")[0] == ()


def test_products_with_names_are_told_apart() -> None:
    """One is not the other said twice."""
    amounts, dose, rest = amounts_of("1 tablet (Valium) and 2 tablets (Rivotril)")
    assert [(one.name, one.count) for one in amounts] == [("Valium", Pieces(1)), ("Rivotril", Pieces(2))]
    assert (dose, rest) == (None, "")


def test_a_text_goes_on_after_its_amounts() -> None:
    assert amounts_of("1 tablet with food") == ((TABLET,), None, " with food")
    assert amounts_of("1 tablet and go") == ((TABLET,), None, "go")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("1-0-1-0", "1 0 1 0"),
        ("1-0-0", "1 0 0 0"),
        ("0,5-0-0-1,25", "0.5 0 0 1.25"),
        ("1/2-0-1/4-3/4", "0.5 0 0.25 0.75"),
        ("½ - 0 - 1½ - 2 ¾", "0.5 0 1.5 2.75"),
        ("¼–0–0", "0.25 0 0 0"),
        ("1-1-1-1", "1 1 1 1"),
        ("1-0-1 Tabletten", "1 0 1 0"),
        ("1-0-1 Tbl.", "1 0 1 0"),
        ("1-0-1 STK", "1 0 1 0"),
        ("1-0-1 comprimés", "1 0 1 0"),
        ("1-0-1 comprimidos", "1 0 1 0"),
        ("1-0-1 Kapseln", "1 0 1 0"),
    ],
)
def test_a_scheme_is_pieces_at_the_four_times_of_day(text: str, counts: str) -> None:
    assert read_scheme(text) == tuple(Fraction(count) for count in counts.split())


@pytest.mark.parametrize(
    "text", ["1-2-3", "0-0-0", "0-0-0-0", "5-10", "1-0-1 mg", "1-0", "1/3-0-0", "12-0-1", "1-0-1-0-1", "", "x 1-0-1"]
)
def test_what_may_be_a_range_or_a_date_is_no_scheme(text: str) -> None:
    assert read_scheme(text) is None


DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@given(st.sets(st.integers(0, 6), min_size=1, max_size=6), st.booleans())
def test_the_other_days_of_a_week_are_those_not_named(named: set[int], now: bool) -> None:
    """In the words of labels of now and of before."""
    days = [f"{DAYS[day]}{'s' if now else ''}" for day in sorted(named)]
    listed = " and ".join(days) if len(days) < 3 else f"{', '.join(days[:-1])} and {days[-1]}"
    text = (
        f"on {listed}, take 1 tablet; on all other days, take no dose"
        if now
        else f"on {listed} 1 tablet, and on the other days none"
    )
    others = tuple(day for day in range(7) if day not in named)
    assert split_week(text) == [(tuple(sorted(named)), "1 tablet"), (others, "no dose" if now else "none")]
    assert split_week(text.upper()) == [
        (tuple(sorted(named)), "1 TABLET"),
        (others, "NO DOSE" if now else "NONE"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1 tablet",
        "on the other days 1 tablet",
        "on Monday 1 tablet, and on Monday 2 tablets",
        "on Monday and Monday 1 tablet",
        "on Monday 1 tablet, and on Tuesday and Monday 2 tablets",
        "on Mondays, take 1 tablet, and on the other days none",
    ],
)
def test_a_week_that_names_a_day_twice_or_leaves_none_is_not_split(text: str) -> None:
    assert split_week(text) is None or all("on the other" in taken for _, taken in split_week(text) or [])


def test_a_reading_that_has_nothing_is_not_complete() -> None:
    assert not SigReading().complete
    assert SigReading((SigPart(),)).complete
    assert not SigReading((SigPart(),), not_understood=("x",)).complete


@pytest.mark.parametrize(
    ("dose", "often"),
    [(SigDose(), None), (SigDose(per_day=2), 2), (SigDose(every_days=2), 1), (SigDose(per_day=3, every_days=2), 3)],
)
def test_on_a_day_of_every_other_day_it_is_taken_once_unless_said_otherwise(dose: SigDose, often: int | None) -> None:
    assert dose.per_intake_day == often


def test_what_a_label_does_not_say_is_empty() -> None:
    assert (SigAmount().noun, SigAmount().name, SigAmount().device) == ("", "", "")
    assert (SigAmount().count, SigAmount().volume, SigAmount().strength, SigAmount().dose) == (None,) * 4
    dose, part, reading = SigDose(), SigPart(), SigReading()
    assert (dose.amounts, dose.dose, dose.times, dose.per_day) == ((), None, (), None)
    assert (dose.every_days, dose.as_needed, dose.weekdays, dose.clock, dose.reason) == (1, False, (), (), "")
    assert (part.doses, part.start, part.end, part.days, part.not_understood, part.months) == (
        *((), None, None, None, (), None),
    )
    assert (reading.parts, reading.stops, reading.not_understood) == ((), False, ())
