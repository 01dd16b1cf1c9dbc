"""Label texts: one and a half tablets in words, never cut, and read back exactly; other people's are never guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from taper.errors import ScheduleError
from taper.exchange.formats import export
from taper.exchange.sig.read import SigDose, SigReading, read_sig
from taper.exchange.tables.plain import read_table
from taper.order.order import parse_order
from taper.paper.sigs import LONG, SHORT, write_sigs
from taper.planner.planning import plan
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from taper.schedule.weekly import ordered_steps
from tests.oracles.writing import LINT
from tests.strategies import printed_schedules, real_plans, weekly_schedules
from tests.support.proofs import proof

NO_LIMIT = 10**6


def amounts(dose: SigDose) -> list[tuple[Fraction, Fraction | None]]:
    """Each amount that is taken together, with the strength where it is named."""
    found = []
    for one in dose.amounts:
        value = one.count.value if one.count is not None else one.volume.value if one.volume is not None else None
        assert value is not None
        found.append((value, one.strength.value if one.strength is not None else None))
    return found


def wanted(schedule: Schedule, intake: Intake) -> list[Fraction]:
    """The amounts that a label must name: pieces, mL, or drops."""
    assert schedule.order is not None
    drops = {one.name: one.graduation for one in schedule.order.products if one.in_drops}
    found = []
    for item in intake.items:
        amount = item.count.value if item.count is not None else item.volume.value  # type: ignore[union-attr]
        drop = drops.get(item.product)
        found.append(amount / drop.value if drop else amount)
    return found


@proof()
@given(real_plans() | printed_schedules())
def test_the_text_of_a_step_reads_back_as_the_step(schedule: Schedule) -> None:
    """Times, doses, pieces, first and last day, and whether the drug stops: all of it, and nothing left over."""
    steps = {step.start: step for step in schedule.steps}
    sigs = write_sigs(schedule, limit=NO_LIMIT)
    taken = [step for step in schedule.steps if step.intakes]
    assert [(sig.start, sig.end) for sig in sigs] == [(step.start, step.end) for step in taken]
    for sig in sigs:
        step, reading = steps[sig.start], read_sig(sig.text)
        assert reading.not_understood == ()
        (part,) = reading.parts
        assert (part.start, part.end, part.days) == (step.start, step.end, step.days)
        assert [dose.times for dose in part.doses] == [(intake.time,) for intake in step.intakes]
        assert [dose.dose for dose in part.doses] == [intake.dose for intake in step.intakes]
        assert [[a for a, _ in amounts(dose)] for dose in part.doses] == [wanted(schedule, i) for i in step.intakes]
        ends = sig.end == taken[-1].end and (schedule.stopped_on is not None or sig.end < schedule.steps[-1].end)
        assert reading.stops == ends


@given(weekly_schedules())
def test_the_text_of_a_weekly_step_is_one_sentence_that_reads_back_as_its_week(schedule: Schedule) -> None:
    """Each day of the week with its times, doses and pieces; first and last day; whether the drug stops after it."""
    steps = {step.start: step for step in ordered_steps(schedule.steps) if step.drugs}
    sigs = write_sigs(schedule, limit=NO_LIMIT)
    assert [(sig.start, sig.end) for sig in sigs] == [(step.start, step.end) for step in steps.values()]
    for sig in sigs:
        step, reading = steps[sig.start], read_sig(sig.text)
        assert reading.complete
        (part,) = reading.parts
        assert (part.start, part.end, part.days) == (step.start, step.end, step.days)
        for part_of_week in step.parts:
            for weekday in part_of_week.weekdays:
                said = [dose for dose in part.doses if not dose.weekdays or weekday in dose.weekdays]
                assert [(dose.times, dose.dose) for dose in said] == [((i.time,), i.dose) for i in part_of_week.regimen]
                assert [[a for a, _ in amounts(dose)] for dose in said] == [
                    wanted(schedule, i) for i in part_of_week.regimen
                ]
        last = sig.end == max(step.end for step in steps.values())
        assert reading.stops == (last and (schedule.stopped_on is not None or sig.end < schedule.steps[-1].end))


@given(weekly_schedules(), st.booleans())
def test_the_labels_of_all_bottles_together_are_the_week(schedule: Schedule, by_days: bool) -> None:
    """Each bottle names its own pieces and days of the week; on each day they add up to its pieces."""
    steps = {step.start: step for step in ordered_steps(schedule.steps)}
    found: dict[tuple[Any, int, str], Fraction] = {}
    for sig in write_sigs(schedule, by_product=True, spans="days" if by_days else "dates", limit=NO_LIMIT):
        (part,) = read_sig(sig.text).parts
        assert part.not_understood == ()
        for weekday in (day for regimen in steps[sig.start].parts for day in regimen.weekdays):
            for dose in (dose for dose in part.doses if not dose.weekdays or weekday in dose.weekdays):
                assert dose.dose is not None
                key = sig.start, weekday, dose.times[0]
                found[key] = found.get(key, Fraction(0)) + dose.dose.value
    assert found == {
        (start, weekday, intake.time): intake.dose.value
        for start, step in steps.items()
        for part in step.parts
        for weekday in part.weekdays
        for intake in part.regimen
    }


@given(
    real_plans() | printed_schedules() | weekly_schedules(),
    st.sampled_from(["1 week", "4 weeks", "1 month"]),
)
def test_the_texts_of_the_fills_read_back_as_the_schedule_day_by_day(schedule: Schedule, every: str) -> None:
    """Over all fills every day is named once, with its doses."""
    found: dict[Any, list[tuple[str, Mg | None]]] = {}
    for sig in write_sigs(schedule, every=every, limit=NO_LIMIT):
        reading = read_sig(sig.text)
        assert reading.complete
        for part in reading.parts:
            assert part.start is not None
            assert part.days is not None
            for offset in range(part.days):
                day = part.start + timedelta(days=offset)
                assert day not in found
                today = [dose for dose in part.doses if not dose.weekdays or day.weekday() in dose.weekdays]
                found[day] = [(time, dose.dose) for dose in today for time in dose.times]
    for day, step in schedule.days():
        assert found.get(day, []) == [(intake.time, intake.dose) for intake in step.intakes]


@given(real_plans(), st.booleans())
def test_the_labels_of_all_bottles_together_are_the_schedule(schedule: Schedule, by_days: bool) -> None:
    """Each bottle names its own pieces; summed over the bottles of a step they are its doses."""
    spans: Any = "days" if by_days else "dates"
    doses: dict[Any, dict[str, Fraction]] = {}
    for sig in write_sigs(schedule, by_product=True, spans=spans, limit=NO_LIMIT):
        assert sig.product
        reading = read_sig(sig.text)
        assert reading.complete
        (part,) = reading.parts
        assert part.days == (sig.end - sig.start).days + 1
        for dose in part.doses:
            assert dose.dose is not None
            step = doses.setdefault(sig.start, {})
            step[dose.times[0]] = step.get(dose.times[0], Fraction(0)) + dose.dose.value
    assert doses == {step.start: {i.time: i.dose.value for i in step.intakes} for step in schedule.steps}


@given(real_plans() | printed_schedules() | weekly_schedules(), st.booleans(), st.sampled_from([None, "4 weeks"]))
def test_no_label_is_written_unsafely(schedule: Schedule, by_product: bool, every: str | None) -> None:
    """Halves in words, no trailing zero, a space before the unit, no abbreviation, a capital first and no stop last."""
    for sig in write_sigs(schedule, by_product=by_product, every=every, limit=NO_LIMIT):
        assert sig.text[0].isupper()
        for pattern, what in LINT:
            assert not re.search(pattern, sig.text), f"{what}: {sig.text}"
        assert not re.search(r"[0-9]\.(?:25|5|75) (?:tablet|capsule)", sig.text)


@proof()
@given(real_plans(), st.sampled_from([SHORT, LONG]), st.sampled_from([None, "4 weeks", "12 weeks"]))
def test_a_text_fits_or_is_refused_and_never_cut(schedule: Schedule, limit: int, every: str | None) -> None:
    """The error names the length and the limit; just at its length a text is still written."""
    whole = write_sigs(schedule, every=every, limit=NO_LIMIT)
    longest = max(len(sig.text) for sig in whole)
    assert write_sigs(schedule, every=every, limit=longest) == whole
    too_long = next((sig for sig in whole if len(sig.text) > limit), None)
    if too_long is None:
        assert write_sigs(schedule, every=every, limit=limit) == whole
    else:
        with pytest.raises(ScheduleError, match=f"{len(too_long.text)} characters.*{limit}"):
            write_sigs(schedule, every=every, limit=limit)


def test_one_and_a_half_tablets_stand_in_words(golden: dict[str, Any]) -> None:
    texts = [sig.text for sig in write_sigs(plan(parse_order(golden)))]
    assert (
        "Take one and a half tablets of 5 mg each (7.5 mg) in the morning and one and a half tablets of 5 mg each "
        "(7.5 mg) at bedtime from February 16, 2026 to March 1, 2026 (14 days)"
    ) in texts
    assert (
        texts[-1]
        == "Take half of one 2 mg tablet (1 mg) at bedtime from August 31, 2026 to September 13, 2026 (14 days), "
        "then stop taking it"
    )


def test_a_single_bottle_fits_the_short_message(golden: dict[str, Any]) -> None:
    """140 characters carry a step of one product."""
    sigs = write_sigs(plan(parse_order(golden)), by_product=True, spans="days", limit=SHORT)
    assert max(len(sig.text) for sig in sigs) <= SHORT


def test_a_schedule_without_products_is_told_in_doses() -> None:
    day = plan_day()
    schedule = Schedule((Step(0, day, day, (Intake("noon", "diazepam", Mg("2.5")),)),), origin="csv")
    (sig,) = write_sigs(schedule)
    assert sig.text == "Take 2.5 mg at noon on 5 January 2026 (1 day)"
    assert read_sig(sig.text).parts[0].doses == (SigDose(dose=Mg("2.5"), times=("noon",), per_day=1),)


def plan_day() -> Any:
    from datetime import date

    return date(2026, 1, 5)


OTHERS: list[tuple[str, list[tuple[str | None, tuple[str, ...], int | None, int | None]], bool]] = [
    (
        "Take 1 tablet by mouth twice daily for 14 days, then 1 tablet at bedtime for 7 days, then stop",
        [("1", (), 2, 14), ("1", ("bedtime",), 1, 7)],
        True,
    ),
    ("take two (2) tablets po bid x 7 days", [("2", (), 2, 7)], False),
    ("TAKE 1 TABLET BY MOUTH EVERY MORNING", [("1", ("morning",), 1, None)], False),
    ("Take 2 tablet(s) by mouth daily", [("2", (), 1, None)], False),
    ("1 tab qhs", [("1", ("bedtime",), 1, None)], False),
    ("Take one-half tablet", [("0.5", (), None, None)], False),
    ("Take one and one half of the tablet", [], False),
    ("Take half a tablet at night for two weeks.", [("0.5", ("bedtime",), 1, 14)], False),
    ("Take 1 1/2 tablets daily", [("1.5", (), 1, None)], False),
    ("Take one and a half tablets in the morning and at bedtime", [("1.5", ("morning", "bedtime"), 2, None)], False),
    ("Give 1 capsule three times a day", [("1", (), 3, None)], False),
    (
        "Take 2 tablets once daily for 1 week then 1 tablet once daily for 1 week",
        [("2", (), 1, 7), ("1", (), 1, 7)],
        False,
    ),
]


@pytest.mark.parametrize(("text", "parts", "stops"), OTHERS)
def test_common_patterns_of_others_are_read(text: str, parts: Any, stops: bool) -> None:
    """Count, times, how often, days; a text that is not in a known pattern is not complete."""
    reading = read_sig(text)
    assert reading.complete == bool(parts)
    if parts:
        read = [
            (d.amounts[0].count.number if d.amounts[0].count else None, d.times, d.per_day, p.days)
            for p in reading.parts
            for d in p.doses
        ]
        assert read == parts
        assert reading.stops == stops


WEEKS = (
    "On Mondays and Fridays, take half of one 7.5 mg tablet (3.75 mg) at bedtime; on all other days, take {others}, "
    "for 14 days",
    "Take on Monday and Friday half a tablet of 7.5 mg (3.75 mg) at bedtime, and on the other days {others}, "
    "for 14 days",
)
WEEK = WEEKS[1]


@pytest.mark.parametrize(("week", "none"), [*zip(WEEKS, ("no dose", "none"), strict=True)])
def test_our_own_weeks_are_read_exactly(week: str, none: str) -> None:
    """Of labels of now and of before: the other days are those not named; a day without the drug has no dose."""
    (part,) = read_sig(week.format(others="1 tablet of 7.5 mg (7.5 mg) at bedtime")).parts
    assert [(dose.weekdays, str(dose.dose)) for dose in part.doses] == [
        ((0, 4), "3.75 mg"),
        ((1, 2, 3, 5, 6), "7.5 mg"),
    ]
    (part,) = read_sig(week.format(others=none)).parts
    assert [(dose.weekdays, str(dose.dose)) for dose in part.doses] == [((0, 4), "3.75 mg")]


@pytest.mark.parametrize(
    "text",
    [
        "Take 1 tablet at bedtime on Monday and Friday",
        "Take on Monday 1 tablet at bedtime, and on Monday 2 tablets at bedtime",
        "Take on Monday 1 tablet at bedtime, and on the other days 2 tablets",
        "Take on Monday 1 tablet at bedtime and on Tuesday 2 tablets at bedtime",
        "Take on Monday 1 tablet at bedtime, and on Tuesdays 2 tablets at bedtime",
        "Take on Monday to Friday 1 tablet at bedtime",
        "On Mondays, take 1 tablet at bedtime, and on the other days 2 tablets at bedtime",
        "On Mondays, take 1 tablet at bedtime; on all other days, 2 tablets at bedtime",
        "On all other days, take 1 tablet at bedtime",
        "On Mondays, take 1 tablet at bedtime; on Mondays, take 2 tablets at bedtime",
        "Take on Monday or Friday 1 tablet at bedtime",
        "Take on Mon and Fri 1 tablet at bedtime",
        "Take on alternate Mondays 1 tablet at bedtime",
        "Take on the other days 1 tablet at bedtime",
        "Take on Monday 1 tablet at bedtime as needed",
        "Take on Monday 1 tablet at bedtime, 2 on Friday",
        "Take 1 tablet at bedtime, and on Monday 2 tablets at bedtime",
        WEEK.format(others="as before"),
    ],
)
def test_other_ways_to_say_days_of_the_week_are_not_guessed(text: str) -> None:
    """A text about days of the week that is not one of ours is handed back; nobody takes a Friday for every day."""
    reading = read_sig(text)
    assert not reading.complete
    assert reading.not_understood


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Take 1 tablet as directed", "as directed"),
        ("Take 1-2 tablets daily", "1-2 tablets"),
        ("Take 1 or 2 tablets daily", "1 or 2 tablets"),
        ("Take 1/2-1 tablet daily", "1/2-1 tablet"),
        ("Take .5 mg daily", ".5 mg"),
        ("Take two (3) tablets daily", "two (3) tablets"),
        ("Take 1 tablet twice daily at bedtime", "1 tablet twice daily at bedtime"),
        ("Take 1 tablet every 6-8 hours", "every 6-8 hours"),
        ("Take 1 tablet daily for up to 1 month", "for up to 1 month"),
        ("Take 1 tablet on 31 February 2026", "Take 1 tablet on 31 February 2026"),
        ("Take 1 tablet on February 31, 2026", "Take 1 tablet on February 31, 2026"),
        ("Take 1 tablet at noon from 5 January 2026 to 6 January 2026 (3 days)", None),
        ("Take 1 tablet at noon, reduce as tolerated", "reduce as tolerated"),
        ("Take 1 tablet at noon unless drowsy", "unless drowsy"),
    ],
)
def test_what_is_not_understood_is_handed_back_word_for_word(text: str, left: str | None) -> None:
    """Never guessed: the words come back, and the reading is not complete."""
    reading = read_sig(text)
    assert not reading.complete
    assert (left or text) in reading.not_understood


@given(st.text(max_size=300))
@example("then")
@example("and and and then then stop")
def test_any_text_gets_an_answer(text: str) -> None:
    """Never an exception; and a reading of words that are not ours is not complete without an amount or a dose."""
    reading = read_sig(text)
    assert isinstance(reading, SigReading)
    if reading.complete:
        said = [dose for part in reading.parts for dose in part.doses]
        assert said or re.search(r"\b(?:none|no dose|nothing|no tablets|do not take any)\b", text, re.IGNORECASE)


WORDS = st.sampled_from(
    [
        *("take", "give", "1", "2", "half a", "one", "tablet", "tablets", "mg", "5", "daily", "twice", "for", "days"),
        *("then", "and", ",", "stop", "at bedtime", "in the morning", "of", "noon", "(5 mg)", "by mouth", "14", "x"),
        *("on Monday", "on the other days", ", and on Friday", "Tuesday", "none"),
        *("on Mondays", ", take", "; on all other days", "no dose", "do not take any", "stop taking it"),
        *("from 5 January 2026", "to 6 January 2026", "every other day", "as needed", "with food", "unless"),
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_a_complete_reading_accounts_for_every_number(text: str) -> None:
    """If nothing is left over, every number of the text is a count, a dose, a length or a part of a date."""
    reading = read_sig(text)
    if reading.complete:
        numbers = len(re.findall(r"[0-9]+", text))
        held = 0
        for part in reading.parts:
            held += part.days is not None
            held += 4 if part.start is not None else 0
            for dose in part.doses:
                held += dose.dose is not None
                for amount in dose.amounts:
                    held += (amount.count is not None) + (amount.strength is not None) + (amount.dose is not None)
        assert numbers <= held


def test_a_very_long_text_comes_to_an_end() -> None:
    """Nobody's label: handed back as a whole, or read in no time."""
    import time

    for text in (
        "take 1 tablet of " * 100_000,
        ("1 tablet of x " * 280),
        "a (" * 1300,
        "of x and " * 440,
        "on Monday, " * 360,
    ):
        began = time.process_time()
        assert not read_sig(text).complete
        assert time.process_time() - began < 60  # a hang, not a speed


def test_as_needed_and_every_other_day_are_told() -> None:
    reading = read_sig("Take 1 tablet every other day at bedtime as needed")
    (dose,) = reading.parts[0].doses
    assert (dose.as_needed, dose.every_days, dose.times) == (True, 2, ("bedtime",))
    assert dose.amounts[0].count == Pieces(1)


def test_labels_of_before_are_still_read() -> None:
    """Bottles keep their labels: of a stop, of days without, and of a liquid, in the words of before and of now."""
    for text in (
        "Take 1 tablet (5 mg) at bedtime from 5 January 2026 to 18 January 2026 (14 days), then stop",
        "Take 1 tablet (5 mg) at bedtime from 5 January 2026 to 18 January 2026 (14 days), then stop taking it",
    ):
        reading = read_sig(text)
        assert reading.complete, text
        assert reading.stops
    for text in (
        "Take none from 5 January 2026 to 18 January 2026 (14 days), then take 1 tablet (5 mg) at bedtime",
        "Do not take any from 5 January 2026 to 18 January 2026 (14 days), then take 1 tablet (5 mg) at noon",
    ):
        first, second = read_sig(text).parts
        assert (first.doses, len(second.doses)) == ((), 1)
    for text in (
        "Take 2.5 mL (5 mg) of the liquid with 2 mg/mL, measured with: 5 mL oral syringe at bedtime",
        "Take 2.5 mL (5 mg) of the 2 mg/mL liquid, measured with: 5 mL oral syringe at bedtime",
    ):
        ((amount,),) = (dose.amounts for dose in read_sig(text).parts[0].doses)
        assert (str(amount.volume), str(amount.strength)) == ("2.5 mL", "2 mg")


def test_days_that_a_record_leaves_out_are_left_out_of_its_labels() -> None:
    """The same dose before and after them is said twice, each with its own days."""
    record = read_table(
        "start,end,time,drug,dose_mg\n2026-01-05,2026-01-11,bedtime,diazepam,5\n2026-01-15,2026-01-20,bedtime,diazepam,5\n"
    )
    (sig,) = write_sigs(record, every="8 weeks")
    days = [(part.start, part.end) for part in read_sig(sig.text).parts]
    assert days == [(date(2026, 1, 5), date(2026, 1, 11)), (date(2026, 1, 15), date(2026, 1, 20))]


CYCLES = [("2 weeks", 14), ("15 days", 15), ("13 days", 13)]


@pytest.mark.parametrize("by_product", [False, True])
@pytest.mark.parametrize(("every", "length"), CYCLES)
def test_the_last_text_of_a_cycle_says_that_the_drug_stops_also_behind_a_night_off(
    every: str, length: int, by_product: bool
) -> None:
    """Every third night, for days that end on the night of a dose or on one without: "then stop" stands last."""
    phase = {"cycles": [["10 mg", "0 mg", "0 mg"]], "every": every, "until": "0 mg"}
    order = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "10 mg"},
        "product": [{"name": "diazepam tablet 5 mg"}],
        "phase": [phase],
    }
    schedule = plan(parse_order(order))
    *earlier, last = write_sigs(schedule, by_product=by_product)
    assert last.text.endswith(f"({length} days), then stop taking it")
    assert not any("then stop" in sig.text for sig in earlier)
    export(schedule, "sig", by_product=by_product)  # and the proof agrees


@pytest.mark.parametrize("product", ["diazepam tablet 5 mg", "diazepam oral solution 1 mg/mL", "another one"])
def test_a_product_that_a_record_names_without_its_amount_has_a_text_of_its_own(product: str) -> None:
    """A record may say which product was taken and not how much of it: its text says the dose alone, as all do."""
    order = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "10 mg"},
        "product": [
            {"name": "diazepam tablet 5 mg"},
            {"name": "diazepam oral solution 1 mg/mL", "graduation": "0.1 mL", "device": "oral syringe"},
        ],
        "phase": [{"reduce": "5 mg", "every": "2 weeks", "until": "0 mg"}],
    }
    taken = (Intake("bedtime", "diazepam", Mg("10"), (Item(product),)),)
    record = Schedule((Step(0, date(2026, 1, 5), date(2026, 1, 18), taken),), None, parse_order(order))
    (sig,) = write_sigs(record, by_product=True)
    assert (sig.product, sig.text) == (
        product,
        f"Take {product} at bedtime from January 5, 2026 to January 18, 2026 (14 days)",
    )
