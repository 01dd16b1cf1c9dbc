"""Directions of other people: many styles, each read whole and rightly, or handed back as words."""

from __future__ import annotations

import re
import time
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from taper.exchange.dosage_text import plain_facts
from taper.exchange.medicine import medicine
from taper.exchange.sig.read import SigReading, read_sig
from taper.exchange.sig.times import CLOCK_TIMES, time_of_clock
from taper.exchange.tables.directions import directions

Told = list[tuple[str, str, int | None, int | None]]


def told(reading: SigReading) -> Told:
    """Return amount, times of day, times a day and days of each dose."""
    return [
        (
            str(dose.amounts[0].count or dose.amounts[0].volume) if dose.amounts else str(dose.dose),
            " ".join(dose.times),
            dose.per_day,
            part.days,
        )
        for part in reading.parts
        for dose in part.doses
    ]


READ: list[tuple[str, Told]] = [
    # the same number twice, as one large record system writes it
    ("Take 1 tablet (2 mg total) by mouth 3 (three) times a day.", [("1", "", 3, None)]),
    ("Take 2 (two) capsules by mouth every 6 (six) hours", [("2", "", 4, None)]),
    ("Take two (2) tablets by mouth nightly for 10 days", [("2", "bedtime", 1, 10)]),
    ("Take 1.5 tablets (3 mg total) by mouth nightly", [("1.5", "bedtime", 1, None)]),
    # how often
    ("1 tab q12h", [("1", "", 2, None)]),
    ("Take one tablet 8 hourly", [("1", "", 3, None)]),
    ("2 caps bd", [("2", "", 2, None)]),
    ("1 tab qds", [("1", "", 4, None)]),
    ("1 cap tds", [("1", "", 3, None)]),
    ("Take 1 tablet 5 times a day", [("1", "", 5, None)]),
    ("1 tablet 3x daily", [("1", "", 3, None)]),
    # times of day
    ("2 tabs nocte", [("2", "bedtime", 1, None)]),
    ("1 tab mane", [("1", "morning", 1, None)]),
    ("1 tab at hs", [("1", "bedtime", 1, None)]),
    ("Take 1 tablet in the AM and 2 tablets in the PM", [("1", "morning", 1, None), ("2", "evening", 1, None)]),
    ("5mg am, 10mg pm", [("5 mg", "morning", 1, None), ("10 mg", "evening", 1, None)]),
    ("Take 2 tablets morning and night", [("2", "morning bedtime", 2, None)]),
    ("Take 1 tablet daily at 9 pm", [("1", "bedtime", 1, None)]),
    ("Take 1 capsule at 8am and 8pm", [("1", "morning evening", 2, None)]),
    ("Take 1 tablet at 07:00 and 18:30", [("1", "morning evening", 2, None)]),
    ("Take 1 tablet daily with dinner", [("1", "evening", 1, None)]),
    ("Take 1 tablet before breakfast", [("1", "morning", 1, None)]),
    # parts of tablets
    ("Take 1/4 tablet twice daily", [("0.25", "", 2, None)]),
    ("Take one-half tablet at bedtime", [("0.5", "bedtime", 1, None)]),
    ("Take 2 1/2 tablets daily", [("2.5", "", 1, None)]),
    ("Take 1 and 1/2 capsules at night", [("1.5", "bedtime", 1, None)]),
    ("Take ½ tablet nightly", [("0.5", "bedtime", 1, None)]),
    ("Take 1½ tablets nightly", [("1.5", "bedtime", 1, None)]),
    ("Take one half tablet daily", [("0.5", "", 1, None)]),
    ("Take 2.5mg (half a 5mg tablet) at night", [("0.5", "bedtime", 1, None)]),
    ("Take 2 x 5mg tablets at night", [("2", "bedtime", 1, None)]),
    # without a noun
    ("ONE TO BE TAKEN TWICE A DAY", [("1", "", 2, None)]),
    ("Two to be taken at night", [("2", "bedtime", 1, None)]),
    ("1 nocte", [("1", "bedtime", 1, None)]),
    ("Take 1 tablet mane and 2 nocte", [("1", "morning", 1, None), ("2", "bedtime", 1, None)]),
    # lengths
    ("Take 1 tablet twice daily x 10d", [("1", "", 2, 10)]),
    ("Take 1 tablet every evening for 14 nights", [("1", "evening", 1, 14)]),
    ("1 tablet bid x 2 wks", [("1", "", 2, 14)]),
    # what for
    ("Take 1 tablet twice daily for 7 days for anxiety", [("1", "", 2, 7)]),
    ("EIGHT (8) tablets to be taken DAILY for two days. Take with food.", [("8", "", 1, 2)]),
    ("Two tablets to be taken DAILY for two days. Take these tablets with or after food.", [("2", "", 1, 2)]),
    ("1 tablet at night. Swallow whole with water.", [("1", "bedtime", 1, None)]),
    # tapers
    (
        "Take 1 tablet nightly for 14 days, THEN 1/2 tablet nightly for 14 days, THEN stop.",
        [("1", "bedtime", 1, 14), ("0.5", "bedtime", 1, 14)],
    ),
    (
        "Take 3 tablets daily for 4 days, 2 tablets daily for 4 days, 1 tablet daily for 4 days",
        [("3", "", 1, 4), ("2", "", 1, 4), ("1", "", 1, 4)],
    ),
    (
        "Take 3 tablets on day 1, 2 tablets on day 2, 1 tablet on day 3",
        [("3", "", 1, 1), ("2", "", 1, 1), ("1", "", 1, 1)],
    ),
    # schemes of the four times of day
    ("1-0-2-0", [("1", "morning", 1, None), ("2", "evening", 1, None)]),
    ("0-0-0-½", [("0.5", "bedtime", 1, None)]),
    ("0,5 - 0 - 1", [("0.5", "morning", 1, None), ("1", "evening", 1, None)]),
]


@pytest.mark.parametrize(("text", "doses"), READ)
def test_a_style_that_is_common_is_read_whole(text: str, doses: Told) -> None:
    reading = read_sig(text)
    assert reading.complete, reading.not_understood
    assert told(reading) == doses


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("every night", "at bedtime"),
        ("nightly", "at bedtime"),
        ("each night", "before bed"),
        ("at night", "at bedtime"),
        ("every evening", "at bedtime"),
        ("in the evening", "before bed"),
        ("qhs", "at bedtime"),
        ("qhs", "nightly"),
        ("every morning", "in the morning"),
        ("daily", "at bedtime"),
        ("once daily every night", "at bedtime"),
        ("at 9 pm", "every evening"),
    ],
)
@pytest.mark.parametrize("amount", ["1 tablet", "half a tablet", "2.5 mg", "0.5 mL", "Take 1 tablet by mouth"])
@pytest.mark.parametrize("more", ["", " for 14 days", " as needed", " for 7 days, then stop"])
def test_a_time_that_is_said_twice_is_one_time(first: str, second: str, amount: str, more: str) -> None:
    reading = read_sig(f"{amount} {first} {second}{more}")
    assert reading.complete
    (part,) = reading.parts
    assert [dose.per_day for dose in part.doses] == [1]
    assert len(part.doses[0].times) == 1


NOT_READ = [
    "Take 1 tablet at night and at bedtime",
    "Take 1 tablet every evening, at bedtime",
    "Take 1 tablet in the morning at bedtime",
    "Take 1 tablet twice daily at bedtime",
    "Take 1 tablet every 12 hours at bedtime",
    "Take 2 tablets at bedtime, take 10 mg at bedtime",
    "Take 2 tablets of 5 mg (5 mg) at bedtime",
    "Take 10 mg (half a 5 mg tablet) at night",
    "Take 1 tablet daily and 1 tablet daily",
    "Take 1 tablet daily and 1 tablet as needed",
    "Take 1 tablet in the morning and 1 tablet at night as needed",
    "Take 1 tablet every other morning and every night",
    "Take 1 tablet every 2 days in the morning and at night",
    "Take 1 tablet every 5 hours",
    "Take 1 tablet every 4-6 hours",
    "Take 1 tablet up to 3 times a day",
    "Take 1-2 tablets at night",
    "Take 1-1/2 tablets at night",
    "Take 1/2-1 tablet at night",
    "Take 11/2 tablets at night",
    "Take two half tablets daily",
    "Take 2 one-half tablets daily",
    "Take 2 5 mg tablets at night",
    "Take 2 at bedtime",
    "1 tablet am and 2 pm",
    "Take 1 tablet at 12 pm",
    "Take 1 tablet at 9 am every evening",
    "Take 1 tablet 1 hour before bed",
    "Take 1 tablet nightly for 3 nights a week",
    "Take 1 tablet 3 times a week",
    "Take 1 tablet daily for up to 14 days",
    "Take 1 tablet daily od",
    "Take 1 tablet hs",
    "Take 1 tablet daily for pain",
    "Take 1 tablet daily, then 2 tablets daily for 7 days",
    "Take 1 tablet then 2 tablets",
    "Take 1 tablet daily for 7 days, 2 tablets at bedtime for 7 days",
    "Take 1 tablet daily for 7 days and 2 tablets daily for 7 days",
    "Take 3 tablets on day 1, 1 tablet on day 3",
    "Take 2 tablets on days 1-3, 1 tablet on days 4-6",
    "Take 0 tablets daily",
    "nightly",
    "twice daily",
    "as needed",
    "Take by mouth with food",
    "Take 1 tablet daily for 7 days then as needed",
    "Take 1 tablet at night for 5 nights weekly",
    "Take 1 tablet at night for 5 nights/week",
    "Take 2 tablets of 5 mg daily for 7 days, 1 tablet of 2 mg daily for 7 days",
    "Take 1 tablet weekly for 5 nights every week",
    "1-2-3",
    "10-12-13",
    "0-0-0-0",
    "5-10 mg",
    # a decimal sign at the start, which was taken for the end of a sentence: ten times the dose
    ".5 tablet at bedtime",
    ".25 mg twice daily",
    ",5 tablet at bedtime",
    "Take ,5 mg at night",
    "Take 1 tablet daily for 7 days, then .5 tablet daily for 7 days",
    "Take 2 tablets on day 1, .5 tablet on day 2",
    "1.000 mcg at night",
    # words in brackets that are no product
    *(
        f"Take 1 tablet ({words}) daily"
        for words in (
            *("half of a 10 mg tablet", "half the usual dose", "may take 2", "2 at weekends", "1/2 on Sundays"),
            *("1/2 mg", "0.5-1 mg", "twice", "2x", "AM and PM", "plus one extra", "skip Sunday", "alternate nights"),
        )
    ),
    "Take 2 tablets (one am, one pm) daily",
    "Take 1 tablet every 0 days",
    "Take 1 tablet every 1.5 days",
    "Take 1 tablet every 2.5 days",
    "Take 1 tablet at night 10 mg",
    "Take 10 mg at night 1 tablet",
    "1 tablet in the morning 1 tablet in the evening 1 tablet",
]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_says_two_things_or_is_not_plain_stays_words(text: str) -> None:
    reading = read_sig(text)
    assert not reading.complete
    assert reading.not_understood
    facts = plain_facts(text)
    assert (facts.count, facts.dose, facts.often, facts.days, facts.stops, facts.whole) == (None,) * 4 + (False, False)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("lorazepam 1 mg tablet", True),
        ("lorazepam 2 mg tablet", None),  # differs, and says so
        ("diazepam 1 mg tablet", False),
        ("lorazepam", True),
        ("lorazepam 0.5-1 mg", False),
        ("the pink one", False),
    ],
)
def test_a_product_that_directions_name_is_the_product_of_the_row_or_nothing_is_read(
    words: str, read: bool | None
) -> None:
    found = directions(f"Take 1 tablet of {words} at night", medicine("lorazepam 1 mg tablet"))
    assert bool(found.stretches) is bool(read)
    assert (found.differs is not None) is (read is None)


def test_a_part_without_an_amount_takes_the_one_before_it() -> None:
    reading = read_sig("Take 1 tablet at bedtime for 2 weeks then every other night for 2 weeks")
    assert told(reading) == [("1", "bedtime", 1, 14), ("1", "bedtime", 1, 14)]
    assert [dose.every_days for part in reading.parts for dose in part.doses] == [1, 2]
    assert not read_sig("Take 1 tablet am and 2 tablets pm for 2 weeks then nightly for 2 weeks").complete


def test_months_clock_times_and_reasons_are_kept() -> None:
    (part,) = read_sig("Take 1 tablet at 8am and 10:30 pm for one month for sleep").parts
    (dose,) = part.doses
    assert (part.months, part.days) == (1, None)
    assert (dose.clock, dose.reason, dose.as_needed) == (("08:00", "22:30"), "sleep", False)
    (dose,) = read_sig("1 tab tds prn anxiety").parts[0].doses
    assert (dose.reason, dose.as_needed) == ("anxiety", True)


def test_every_hour_is_one_time_of_day() -> None:
    assert [time_of_clock(hour) for hour, _ in CLOCK_TIMES] == [name for _, name in CLOCK_TIMES]
    assert {time_of_clock(hour) for hour in range(4)} == {"bedtime"}


FRAGMENTS = st.sampled_from(
    [
        *(
            "take",
            "1",
            "2",
            "1/2",
            "1 1/2",
            "half",
            "one",
            "two",
            "tablet",
            "tabs",
            "5 mg",
            "5mg",
            "(5 mg total)",
            "ml",
        ),
        *(
            "daily",
            "twice",
            "bd",
            "tds",
            "q8h",
            "every 12 hours",
            "2 (two) times",
            "a day",
            "nocte",
            "mane",
            "am",
            "pm",
        ),
        *(
            "every night",
            "at bedtime",
            "in the morning",
            "and",
            ",",
            ";",
            "then",
            "THEN",
            "or",
            "for",
            "7 days",
            "x 7d",
        ),
        *(
            "at 8 pm",
            "with food",
            "with dinner",
            "every other",
            "night",
            "day 1",
            "on",
            "days 2-3",
            "for anxiety",
            "prn",
        ),
        *(
            "to be taken",
            "as needed",
            "1-0-1",
            "-",
            "0",
            "max",
            "not",
            "up to",
            "for one month",
            "once",
            "weekly",
            "stop",
        ),
    ]
)
UNSURE = re.compile(r"\b(?:or|max|not|up to)\b", re.IGNORECASE)


@given(st.lists(FRAGMENTS, max_size=16).map(" ".join))
def test_nothing_unsure_is_ever_read_whole(text: str) -> None:
    """No exception; a limit, a choice or a "not" is never lost; every dose of a whole text is an amount above zero."""
    reading = read_sig(text)
    if not reading.complete:
        return
    assert not UNSURE.search(text)
    for part in reading.parts:
        assert part.doses
        for dose in part.doses:
            assert dose.amounts or dose.dose is not None
            assert all(one.count is None or one.count.value > Fraction(0) for one in dose.amounts)
            assert dose.per_day is None or not dose.times or dose.per_day == len(dose.times)


@pytest.mark.parametrize(
    "piece", ["1 tablet at night and ", "1/2 ", "2 (two) ", "for 7 days, ", "on day 1, ", "am and "]
)
def test_a_long_text_of_one_style_comes_to_an_end(piece: str) -> None:
    began = time.process_time()
    read_sig((piece * 4000)[:4000])
    assert time.process_time() - began < 60  # a hang, not a speed


@pytest.mark.parametrize(
    "text",
    [
        "1 tablet for 3 days on day 1, 2 tablets for 2 days on day 2",  # three days cannot be one
        "1 tablet slowly on day 1, 2 tablets on day 2",
        "as directed on day 1, 2 tablets on day 2",
        "every 3 days beginning today 1 tablet at bedtime",  # not one tablet on every day, and not none
        "from 5 January 2026 to 10 January 2026, every 3 days beginning 5 January 2026 1 tablet at bedtime",
        "Take 1 tablet daily X",  # a letter is not a sign of punctuation
        "Take 1 tablet at bedtime for 3 days, then 2 tablets at bedtime X",
        "Take 1 tablet at bedtime for 3 days, then X",
    ],
)
def test_what_is_said_beside_the_doses_is_never_lost(text: str) -> None:
    """Two lengths, a word that nobody knows, a cycle: a person reads it."""
    assert not read_sig(text).complete


def test_a_device_may_have_the_word_then_in_its_name() -> None:
    """Of our own words: what measures a volume is no next part."""
    text = "Take 2.5 mL of the 2 mg/mL liquid, measured with: 10 mL syringe, then a 1 mL syringe at bedtime"
    reading = read_sig(text)
    assert told(reading) == [("2.5 mL", "bedtime", 1, None)]
    assert reading.complete
