"""When and how often, in directions: each word for a time of day, each way to say how often, and what says neither."""

from __future__ import annotations

from typing import Any

import pytest

from taper.exchange.sig.read import SigReading, read_sig
from taper.exchange.sig.styles import plain
from taper.exchange.sig.times import Time, how_often, time_of_clock, times_in, together

NAMED = {
    "morning": ["in the morning", "every morning", "each morning", "qam", "morning", "mornings", "IN THE MORNING"],
    "noon": ["at noon", "at midday", "at lunchtime", "noon", "midday"],
    "evening": ["in the evening", "every evening", "each evening", "qpm", "evening", "evenings"],
    "bedtime": [
        *("at bedtime", "before bed", "nightly", "every night", "each night", "at night", "qhs", "night", "bedtime"),
    ],
}


@pytest.mark.parametrize(("words", "name"), [(words, name) for name, ways in NAMED.items() for words in ways])
def test_each_word_for_a_time_of_day_is_that_time(words: str, name: Any) -> None:
    """It is found where it stands, whole; not inside another word or behind a hyphen."""
    assert times_in(f"1 tablet {words}") == [Time(9, 9 + len(words), name, "")]
    for inside in (f"x{words}", f"mid-{words}"):
        assert not times_in(inside) or times_in(inside) != [Time(1, 1 + len(words), name, "")]


@pytest.mark.parametrize(
    ("text", "clock", "name"),
    [
        ("at 8 am", "08:00", "morning"),
        ("at 8am", "08:00", "morning"),
        ("at 8 a.m.", "08:00", "morning"),
        ("8:30 am", "08:30", "morning"),
        ("AT 8 PM", "20:00", "evening"),
        ("at 11 p.m.", "23:00", "bedtime"),
        ("at 1 am", "01:00", "bedtime"),
        ("at 1 pm", "13:00", "noon"),
        ("at 11 am", "11:00", "noon"),
        ("08:00", "08:00", "morning"),
        ("at 23:59", "23:59", "bedtime"),
        ("00:00", "00:00", "bedtime"),
    ],
)
def test_a_clock_time_is_read_and_named(text: str, clock: str, name: Any) -> None:
    assert times_in(text) == [Time(0, len(text), name, clock)]


@pytest.mark.parametrize("text", ["2 pm", "12 am", "at 12 pm", "at 0 am", "at 13 pm", "24:00", "at 25:10"])
def test_what_can_be_two_things_is_no_clock_time(text: str) -> None:
    """2 pm can be two tablets in the evening, and 12 am is often mistaken."""
    assert times_in(text) is None


def test_a_bare_hour_is_one_behind_a_clock_time() -> None:
    found = times_in("at 8 am and 8 pm")
    assert found is not None
    assert [(time.time, time.clock) for time in found] == [("morning", "08:00"), ("evening", "20:00")]
    assert times_in("in the morning and 8 pm") is None
    assert times_in("none of these") == []


@pytest.mark.parametrize("hour", range(24))
def test_an_hour_is_the_time_of_day_that_began_last(hour: int) -> None:
    """Before four o'clock it is still the night before."""
    name = "bedtime"
    for begin, of_day in ((4, "morning"), (11, "noon"), (15, "evening"), (21, "bedtime")):
        name = of_day if hour >= begin else name
    assert time_of_clock(hour) == name


def at(name: Any, clock: str = "") -> Time:
    return Time(0, 1, name, clock)


NEAR = {
    "morning": set(range(4, 12)),
    "noon": set(range(11, 15)),
    "evening": set(range(15, 24)),
    "bedtime": {*range(18, 24), *range(4)},
}


@pytest.mark.parametrize("name", NEAR)
def test_a_clock_time_beside_a_time_of_day_is_that_time_where_it_can_be(name: Any) -> None:
    for hour in range(24):
        clock = Time(1, 2, time_of_clock(hour), f"{hour:02}:00")
        expected = Time(0, 2, name, clock.clock) if hour in NEAR[name] else None
        assert together(at(name), clock) == expected
        assert together(clock._replace(start=0, end=1), Time(1, 2, name, "")) == expected
        assert together(clock, clock) is None


def test_two_times_side_by_side_are_one_only_if_they_can_be() -> None:
    assert together(at("evening"), Time(1, 2, "bedtime", "")) == Time(0, 2, "bedtime", "")
    assert together(at("bedtime"), Time(1, 2, "evening", "")) == Time(0, 2, "evening", "")
    assert together(at("noon"), Time(1, 2, "noon", "")) == Time(0, 2, "noon", "")
    for one, other in (("morning", "noon"), ("noon", "evening"), ("morning", "bedtime")):
        assert together(at(one), at(other)) is None


OFTEN: list[tuple[str, int | None, int]] = [
    *((text, 1, 1) for text in ("once daily", "daily", "a day", "per day", "each day", "every day", "in a day", "qd")),
    *((text, 2, 1) for text in ("twice daily", "twice a day", "2 times a day", "two times per day", "bid", "b.i.d.")),
    *((text, 2, 1) for text in ("bd", "b.d.", "BID", "every 12 hours", "q12h", "12 hourly", "12-hourly", "12hrly")),
    *((text, 3, 1) for text in ("thrice daily", "tid", "t.i.d.", "tds", "t.d.s.", "every 8 hours", "q8 hrs", "q 8 h")),
    *((text, 4, 1) for text in ("qid", "q.i.d.", "qds", "q.d.s.", "four times each day", "every six hours", "6 hrly")),
    *((text, 12, 1) for text in ("12 times a day", "every 2 hours")),
    *((text, 1, 1) for text in ("q.d.", "every 24 hours", "once every 1 days", "1 time daily")),
    *((text, None, 2) for text in ("every other day", "every second day", "qod", "q.o.d.", "every 2 days")),
    *((text, None, 3) for text in ("every third day", "once every 3 days", "every three days")),
    *((text, None, 7) for text in ("weekly", "once weekly", "every week", "each week", "once a week", "once per week")),
    ("every 31 days", None, 31),
]


@pytest.mark.parametrize(("text", "per_day", "every"), OFTEN)
def test_each_way_to_say_how_often_is_read_and_taken_out(text: str, per_day: int | None, every: int) -> None:
    assert how_often(f"1 tablet {text}, with care") == (per_day, every, "1 tablet , with care")
    assert how_often(text.upper()) == (per_day, every, "")


@pytest.mark.parametrize(
    "text",
    [
        *("every 5 hours", "every 1 hour", "13 times a day", "every 32 days", "1.5 times a day", "every 1.5 days"),
        *(
            "0 times a day",
            "every 0 hours",
            "every 48 hours",
            "xbid",
            "bidx",
            "non-daily",
            "fortnightly",
            "",
            "monthly",
        ),
    ],
)
def test_what_is_no_whole_number_of_times_says_nothing(text: str) -> None:
    assert how_often(text) is None


PLAIN = [
    ("3 (three) tablets", "3 tablets"),
    ("three (3) tablets", "3 tablets"),
    ("3 (two) tablets", "3 (two) tablets"),
    ("two (3) tablets", "two (3) tablets"),
    ("Take ii tabs", "Take 2 tabs"),
    ("iii caps", "3 caps"),
    ("1½ tablets", "1.5 tablets"),
    ("one ½ tablets", "one 0.5 tablets"),
    ("½ tablet", "0.5 tablet"),
    ("¼ tablet", "0.25 tablet"),
    ("¾ of a tablet", "0.75 tablet"),
    ("2 1/4 tablets", "2.25 tablets"),
    ("2 3/4 of a tablet", "2.75 tablet"),
    ("two and a half tablets", "2.5 tablets"),
    ("two and one-half tablets", "2.5 tablets"),
    ("1 and 1/2 capsules", "1.5 capsules"),
    ("3 and a quarter tablets", "3.25 tablets"),
    ("3 and one fourth tablets", "3.25 tablets"),
    ("one half tablet", "0.5 tablet"),
    ("one-quarter of a tablet", "0.25 tablet"),
    ("one fourth tablet", "0.25 tablet"),
    ("three quarters of a tablet", "0.75 tablet"),
    ("three-fourths tablet", "0.75 tablet"),
    ("3/4 tablet", "0.75 tablet"),
    ("a half of a tablet", "half of a tablet"),
    ("half of tablet", "half tablet"),
    ("quarter tablet", "a quarter of a tablet"),
    ("a quarter of a tablet", "a quarter of a tablet"),
    ("(5 mg total)", "(5 mg)"),
    ("2 x 5 mg tablets", "2 tablets of 5 mg"),
    ("2 × 5mg capsules", "2 capsules of 5mg"),
    ("one 5 mg tablet", "one tablet of 5 mg"),
    ("half a 5 mg tablet", "half a tablet of 5 mg"),
    ("10 mg (2 tablets of 5 mg)", "2 tablets of 5 mg (10 mg)"),
    ("10 mg (2 tablets)", "2 tablets (10 mg)"),
    ("1 tablet to be taken daily", "1 tablet daily"),
    ("1 tablet to be swallowed daily", "1 tablet daily"),
    ("Two at night", "Two pill at night"),
    ("Take 1 daily", "Take 1 pill daily"),
    ("please take one prn", "please take one pill prn"),
    ("1 every 8 hours", "1 pill every 8 hours"),
    ("1 tablet in the morning and 2 at night", "1 tablet in the morning and 2 tablet at night"),
    ("1 capsule mane, 2 nocte", "1 capsule in the morning, 2 capsule at bedtime"),
    ("1 tab every a.m.", "1 tab in the morning"),
    ("1 tab each am", "1 tab in the morning"),
    ("1 tab qam", "1 tab in the morning"),
    ("1 tab in the PM", "1 tab in the evening"),
    ("1 tab every p.m.", "1 tab in the evening"),
    ("5 mg am, 10 mg pm", "5 mg in the morning, 10 mg in the evening"),
    ("every other night", "every other day, every night"),
    ("on alternate mornings", "every other day, every morning"),
    ("each second evening", "every other day, every evening"),
    ("alternate nights", "every other day, every night"),
    ("on alternate days", "every other day"),
    ("every alternate day", "every other day"),
    ("nocte", "at bedtime"),
    ("a night", "at bedtime"),
    ("per night", "at bedtime"),
    ("at hs", "at bedtime"),
    ("q hs", "at bedtime"),
    ("at bed time", "at bedtime"),
    ("before going to bed", "at bedtime"),
    ("on going to bed", "at bedtime"),
    ("before bedtime", "at bedtime"),
    ("with breakfast", "in the morning"),
    ("before breakfast", "in the morning"),
    ("after lunch", "at noon"),
    ("at midday meal", "at noon"),
    ("with dinner", "in the evening"),
    ("after supper", "in the evening"),
    ("before evening meal", "in the evening"),
    ("once nightly", "nightly"),
    ("once every night", "every night"),
    ("once each morning", "each morning"),
    ("12 noon", "noon"),
    ("last thing at night", "at bedtime"),
    ("first thing in the morning", "in the morning"),
    ("3x daily", "3 times daily"),
    ("3 × a day", "3 times daily"),
    ("3x/day", "3 times daily"),
    ("for 10d", "for 10 days"),
    ("for another 5 d", "for 5 days"),
    ("for the next 5d", "for 5 days"),
    ("x 10 d", "for 10 days"),
    ("for the first 5 d", "for 5 days"),
    ("x 2 weeks", "for 2 weeks"),
    ("×2 wks", "for 2 wks"),
    ("x two months", "for two months"),
    ("for the next 2 weeks", "for 2 weeks"),
    ("for first two weeks", "for two weeks"),
    ("for a week", "for one week"),
    ("for a month", "for one month"),
    ("1 tablet daily with food", "1 tablet daily"),
    ("1 tablet daily with or without food", "1 tablet daily"),
    ("1 tablet daily with or after meals", "1 tablet daily"),
    ("1 tablet daily, after a meal", "1 tablet daily"),
    ("1 tablet daily. Take with a full glass of water", "1 tablet daily"),
    ("1 tablet daily; take them with plenty of water", "1 tablet daily"),
    ("1 tablet daily with milk", "1 tablet daily"),
    ("1 tablet daily. Take these tablets with food", "1 tablet daily"),
    ("1 tablet daily, swallow whole", "1 tablet daily"),
    ("1 tablet daily. Swallow the capsules whole with water", "1 tablet daily"),
    ("1 tablet per os daily", "1 tablet daily"),
    ("1 tablet daily, followed by 2 tablets daily", "1 tablet daily then 2 tablets daily"),
]


@pytest.mark.parametrize(("written", "reads"), PLAIN)
def test_each_style_says_the_same_in_the_words_of_the_reader(written: str, reads: str) -> None:
    assert plain(written) == reads


@pytest.mark.parametrize(("written", "reads"), [(written, reads) for written, reads in PLAIN if "mL" not in written])
def test_what_is_in_the_words_of_the_reader_stays_as_it_is(written: str, reads: str) -> None:
    """Put into plain words twice, a text says what it says once."""
    assert plain(plain(written)) == plain(reads)


def test_four_thousand_characters_are_the_longest_directions() -> None:
    """Longer ones are nobody's, and are handed back unread."""
    text = "Take 1 tablet daily".ljust(4000)
    assert read_sig(text).complete
    assert read_sig(f"{text} ") == SigReading(not_understood=(f"{text} ",))
