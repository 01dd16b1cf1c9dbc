"""What a history of supplies says day by day; the cases were worked out by hand, the laws by counting days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from taper import check
from taper.exchange.conventions import AS_RECORDED, Supplies
from taper.exchange.people import read_people
from taper.exchange.reading import Reading, read_schedule
from taper.schedule.curve import curve
from taper.schedule.schedule import Schedule

CASES = Path(__file__).parents[1] / "data" / "audit"
HEAD = "person,date,drug,strength,quantity,days_supply\n"
DAY = timedelta(days=1)


def case(number: str, supplied: Supplies = AS_RECORDED) -> Schedule:
    (file,) = CASES.glob(f"{number}-*.csv")
    return read_schedule(file.read_bytes(), supplied=supplied).schedule()


def read(rows: str, supplied: Supplies = AS_RECORDED) -> Schedule:
    return read_schedule(HEAD + rows, supplied=supplied).schedule()


def told(schedule: Schedule, drug: str = "diazepam") -> list[tuple[str, str, str]]:
    levels = [(level.start, level.end, level.dose(drug)) for level in curve(schedule)]
    return [(start.isoformat()[5:], end.isoformat()[5:], dose.number) for start, end, dose in levels]


def remarks(schedule: Schedule) -> str:
    return "\n".join(f"{remark.place}: {remark.text}" for remark in schedule.remarks)


def codes(schedule: Schedule) -> set[str]:
    return {finding.code for finding in check(schedule).findings}


def until(day: str, *, gap: int = 30) -> Supplies:
    return Supplies(gap=gap, end_of_data=date.fromisoformat(day))


# the twelve cases, as far as the reader goes


def test_case_01_a_clean_step_down() -> None:
    schedule = case("01", until("2025-04-30"))
    assert told(schedule) == [
        ("01-01", "01-30", "20"),
        ("01-31", "03-01", "18"),
        ("03-02", "03-31", "16"),
        ("04-01", "04-30", "43/3"),
    ]
    assert schedule.stopped_on is None  # the last day of supply is the last of the data
    assert codes(schedule) == {"T414"}


def test_case_02_an_abrupt_stop() -> None:
    schedule = case("02", until("2025-12-31"))
    assert told(schedule) == [("01-01", "06-29", "20")]
    assert schedule.stopped_on == date(2025, 6, 30)
    assert "T106" in codes(schedule)


def test_case_03_too_early_to_say() -> None:
    schedule = case("03", until("2025-07-09"))
    assert schedule.stopped_on is None
    assert "T106" not in codes(schedule)
    assert "No supply for 10 days from 2025-06-30" in remarks(schedule)
    assert "too early to say" in remarks(schedule)


def test_a_stop_needs_more_days_than_the_gap() -> None:
    assert case("02", until("2025-07-29")).stopped_on is None  # 30 days seen
    assert case("02", until("2025-07-30")).stopped_on == date(2025, 6, 30)  # 31


def test_case_04_early_refills() -> None:
    assert told(case("04")) == [("01-01", "06-29", "20")]
    assert "5 fetched early" in remarks(case("04"))
    assert told(case("04", Supplies(carry_over=False)))[-1] == ("01-01", "06-04", "20")


def test_case_05_a_change_inside_a_supply() -> None:
    schedule = case("05")
    assert told(schedule) == [("01-01", "01-15", "20"), ("01-16", "02-14", "18")]
    assert "60 pieces of diazepam 5 mg are left over" in remarks(schedule)


def test_case_06_two_strengths_are_one_dose() -> None:
    assert told(case("06")) == [("01-01", "01-30", "14"), ("01-31", "03-01", "12")]


def test_case_07_a_reversal() -> None:
    schedule = case("07")
    assert told(schedule) == [("01-01", "01-30", "20"), ("02-02", "03-03", "20")]
    assert "line 4: The supply of line 3 and its reversal cancel each other out" in remarks(schedule)
    assert "T412" not in codes(schedule)


def test_case_08_days_that_cannot_be_meant() -> None:
    schedule = case("08")
    assert told(schedule) == [("01-01", "01-30", "20"), ("03-02", "03-31", "20")]
    assert "line 3: 40 pieces a day are more than 32" in remarks(schedule)
    (gap,) = (finding for finding in check(schedule).findings if finding.code == "T401")
    assert gap.message.startswith("Dose unknown for 30 days, 31 January to 1 March 2025")
    assert codes(schedule).isdisjoint({"T101", "T102", "T106", "T107"})
    assert case("08", until("2025-12-31")).stopped_on is None  # what was fetched on 1 April lasts for unknown days


def test_case_08_with_days_up_to_the_next_fill() -> None:
    schedule = case("08", Supplies(days_from_refills=True))
    assert told(schedule) == [("01-01", "03-31", "20")]
    assert "The 30 days of this row are those up to the next fill, as declared" in remarks(schedule)
    assert "line 5" in remarks(schedule)


def test_case_09_a_switch_is_no_stop() -> None:
    schedule = case("09", until("2025-03-31"))
    assert told(schedule, "alprazolam") == [("01-01", "01-30", "2"), ("01-31", "03-01", "1"), ("03-02", "03-31", "0")]
    assert told(schedule) == [("01-01", "01-30", "0"), ("01-31", "03-01", "20"), ("03-02", "03-31", "40")]
    assert "T106" not in codes(schedule)


def test_case_10_a_gap_within_grace() -> None:
    schedule = case("10", until("2025-03-13"))
    assert told(schedule) == [("01-01", "01-30", "20"), ("02-12", "03-13", "20")]
    assert codes(schedule) == {"T401", "T414"}


def test_case_11_a_short_line_is_marked() -> None:
    schedule = case("11")
    assert told(schedule) == [("01-01", "01-07", "14"), ("01-08", "01-30", "10")]
    assert "diazepam 2 mg was handed out once, for 7 days beside 30" in remarks(schedule)


# what is not in the cases


def test_another_strength_replaces_what_is_not_fetched_again() -> None:
    """20 mg in tablets of 5 mg, three days left, then 18 mg in tablets of 2 mg: not 38 mg for three days."""
    schedule = read("P,2025-01-01,diazepam,5 mg,120,30\nP,2025-01-28,diazepam,2 mg,270,30\n")
    assert told(schedule) == [("01-01", "01-27", "20"), ("01-28", "02-26", "18")]


def test_another_strength_of_the_same_daily_dose_carries_over() -> None:
    schedule = read("P,2025-01-01,diazepam,5 mg,120,30\nP,2025-01-28,diazepam,10 mg,60,30\n")
    assert told(schedule) == [("01-01", "03-01", "20")]


def test_two_strengths_that_are_fetched_in_turns_stand_beside_each_other() -> None:
    rows = "".join(
        f"P,{date(2025, 1, 1) + timedelta(days=30 * n)},diazepam,5 mg,60,30\n"
        f"P,{date(2025, 1, 16) + timedelta(days=30 * n)},diazepam,2 mg,60,30\n"
        for n in range(4)
    )
    assert told(read(rows)) == [("01-01", "01-15", "10"), ("01-16", "04-30", "14"), ("05-01", "05-15", "4")]


def test_the_same_row_twice_counts_once_and_is_remarked() -> None:
    schedule = read("P,2025-01-01,diazepam,5 mg,120,30\n" * 2)
    assert told(schedule) == [("01-01", "01-30", "20")]
    assert "line 3: This row says the same as that of line 2; it is counted once" in remarks(schedule)
    assert "T412" in codes(schedule)


def test_two_packs_of_one_daily_amount_are_taken_one_after_the_other() -> None:
    schedule = read("P,2025-01-01,diazepam,5 mg,30,30\nP,2025-01-01,diazepam,5 mg,60,60\n")
    assert told(schedule) == [("01-01", "03-31", "5")]


def test_two_labels_of_one_day_are_added() -> None:
    schedule = read("P,2025-01-01,diazepam,5 mg,60,30\nP,2025-01-01,diazepam,5 mg,30,30\n")
    assert told(schedule) == [("01-01", "01-30", "15")]


def test_a_reversal_without_a_partner_takes_nothing_back_and_is_remarked() -> None:
    schedule = read("P,2025-01-01,diazepam,5 mg,120,30\nP,2025-01-05,diazepam,5 mg,-120,-30\n")
    assert told(schedule) == [("01-01", "01-30", "20")]
    assert "no equal supply of this day" in remarks(schedule)
    assert "T412" in codes(schedule)


def test_a_reversal_takes_back_a_row_whose_days_are_missing() -> None:
    schedule = read(
        "P,2025-01-01,diazepam,5 mg,120,30\nP,2025-01-31,diazepam,5 mg,120,\nP,2025-01-31,diazepam,5 mg,-120,\n",
        until("2025-12-31"),
    )
    assert schedule.stopped_on == date(2025, 1, 31)


def test_short_days_beside_the_same_quantity_are_not_believed() -> None:
    """30 tablets for 3 days between 30 for 30: ten times the dose, and nothing fetched for a month."""
    rows = "P,2025-01-01,diazepam,5 mg,30,30\nP,2025-01-31,diazepam,5 mg,30,3\nP,2025-03-02,diazepam,5 mg,30,30\n"
    assert told(read(rows)) == [("01-01", "01-30", "5"), ("03-02", "03-31", "5")]
    # fetched again after three days it is meant
    again = rows.replace("2025-03-02", "2025-02-03")
    assert told(read(again)) == [("01-01", "01-30", "5"), ("01-31", "02-02", "50"), ("02-03", "03-04", "5")]
    # another quantity is no slip of the days
    short = rows.replace("30,3\n", "28,3\n")
    assert ("01-31", "02-02", "140/3") in told(read(short))


def test_a_long_gap_is_days_without_the_drug_only_where_declared() -> None:
    rows = "P,2025-01-01,diazepam,5 mg,120,30\nP,2025-06-01,diazepam,5 mg,120,30\n"
    assert "T106" not in codes(read(rows))
    schedule = read(rows, Supplies(gap=30))
    assert told(schedule)[1] == ("01-31", "05-31", "0")
    (found,) = (finding for finding in check(schedule).findings if finding.code == "T106")
    assert found.message.startswith("Nothing supplied for 121 days from 31 January 2025, then 20 mg a day at once")


def test_an_end_that_only_follows_from_the_days_of_supply_does_not_keep_a_refill_from_carrying_over() -> None:
    """OMOP asks for an end date in every row, and most sources compute it."""
    head = "person_id,drug_concept_id,drug_exposure_start_date,drug_exposure_end_date,drug_type_concept_id,quantity,"
    head += "days_supply,drug_source_value\n"
    rows = (
        "7,0,2025-01-01,2025-01-30,32825,120,30,diazepam 5 mg\n7,0,2025-01-26,2025-02-24,32825,120,30,diazepam 5 mg\n"
    )
    assert told(read_schedule(head + rows).schedule()) == [("01-01", "03-01", "20")]


def test_a_gap_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(Exception, match="write for example 30"):
        Supplies(gap=-1)


# laws


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[date, str, int, int]]:
    """Draw fills of one person: day, strength, quantity, days."""
    day, rows = date(2025, 1, 1), []
    for _ in range(draw(st.integers(1, 8))):
        strength = draw(st.sampled_from(["5 mg", "2 mg"]))
        rows.append(
            (day, strength, draw(st.sampled_from([28, 30, 60, 90, 108, 120])), draw(st.sampled_from([7, 28, 30])))
        )
        day += timedelta(days=draw(st.integers(0, 80)))
    return rows


def as_rows(history: list[tuple[date, str, int, int]], person: str = "P") -> str:
    return "".join(f"{person},{day},diazepam,{strength},{count},{days}\n" for day, strength, count, days in history)


@given(histories())
def test_no_tablet_is_counted_twice_or_lost(history: list[tuple[date, str, int, int]]) -> None:
    """What is laid out is what was handed out, less what is said to be left over, to stand twice or to be unclear."""
    schedule = read(as_rows(history))
    laid = sum((level.dose("diazepam").value * level.days for level in curve(schedule)), Fraction(0))
    handed = [Fraction(strength.split()[0]) * count for _, strength, count, _ in history]
    if len(schedule.remarks) > 1:  # something was left over or stands twice
        assert laid <= sum(handed)
    else:
        assert laid == sum(handed)


@given(histories(), st.booleans())
def test_nothing_is_laid_out_before_it_was_handed_out(history: list[tuple[date, str, int, int]], carry: bool) -> None:
    reading = read_schedule(HEAD + as_rows(history), supplied=Supplies(carry_over=carry))
    days = {f"line {place + 2}": day for place, (day, _, _, _) in enumerate(history)}
    for line in reading.lines:
        if line.start is not None and line.place in days:
            assert line.start >= days[line.place]


@given(st.integers(1, 6), st.integers(20, 30), st.sampled_from([28, 30]))
def test_an_unchanged_regimen_is_constant_however_early_it_is_fetched(fills: int, every: int, days: int) -> None:
    start = date(2025, 1, 1)
    rows = "".join(
        f"P,{start + timedelta(days=n * min(every, days))},diazepam,5 mg,{days * 4},{days}\n" for n in range(fills)
    )
    (level,) = curve(read(rows))
    assert (level.start, level.days, level.dose("diazepam").number) == (start, fills * days, "20")


@given(histories(), st.integers(0, 400))
def test_a_stop_is_never_within_the_gap_or_beyond_the_data(
    history: list[tuple[date, str, int, int]], after: int
) -> None:
    end = history[-1][0] + timedelta(days=after)
    schedule = read(as_rows(history), Supplies(gap=30, end_of_data=end))
    last = max(level.end for level in curve(schedule) if level.doses)
    if (end - last).days > 30 and "may be for them" not in remarks(schedule):
        assert schedule.stopped_on == last + DAY
    else:
        assert schedule.stopped_on is None


@given(st.lists(histories(), min_size=1, max_size=3), st.booleans())
def test_each_person_is_read_alone(people: list[list[tuple[date, str, int, int]]], carry: bool) -> None:
    supplied = Supplies(carry_over=carry, gap=30, end_of_data=date(2026, 6, 1))
    text = HEAD + "".join(as_rows(history, str(index)) for index, history in enumerate(people))
    whole = read_schedule(text, supplied=supplied)
    for person, reading in read_people(text, supplied=supplied):
        assert isinstance(reading, Reading)
        assert reading.schedules[0][2] == whole.schedule(person=person)
