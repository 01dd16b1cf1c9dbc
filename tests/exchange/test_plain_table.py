"""Reading another tool's table: every day as written, nothing guessed, every slip named with its line."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.errors import ScheduleError
from taper.exchange.tables.plain import MAX_ROWS, read_table
from taper.quantity import Mg, exact_text
from tests.strategies import TIMES

HEADER = "start,end,time,drug,dose_mg"
DAY = date(2026, 1, 5)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(0, 20),
        st.sampled_from(TIMES),
        st.sampled_from(["diazepam", "lorazepam"]),
        st.integers(0, 8),
    ),
    min_size=1,
    max_size=8,
)


def written(rows: list[Any]) -> str:
    lines = [HEADER]
    for first, length, time, drug, dose in rows:
        start, end = DAY + timedelta(days=first), DAY + timedelta(days=first + length)
        lines.append(f"{start},{end},{time},{drug},{exact_text(Fraction(dose, 4))}")
    return "\n".join(lines)


@given(ROWS)
def test_every_day_holds_what_its_rows_say(rows: list[Any]) -> None:
    """Day by day: the same doses at the same times, and a day without a row in no step."""
    schedule = read_table(written(rows))
    found = dict(schedule.days())
    assert len(found) == sum(step.days for step in schedule.steps)
    for offset in range(70):
        day = DAY + timedelta(days=offset)
        covering = [row for row in rows if row[0] <= offset <= row[0] + row[1]]
        assert (day in found) == bool(covering)
        if covering:
            wanted = sorted((time, drug, Mg(Fraction(dose, 4))) for _, _, time, drug, dose in covering if dose)
            assert sorted((i.time, i.drug, i.dose) for i in found[day].intakes) == wanted


@given(ROWS)
def test_steps_are_maximal_numbered_and_in_order(rows: list[Any]) -> None:
    """No two neighbors have the same regimen, unless days are missing between them."""
    steps = read_table(written(rows)).steps
    assert [step.number for step in steps] == list(range(len(steps)))
    for before, after in pairwise(steps):
        assert before.end < after.start
        if before.end + timedelta(days=1) == after.start:
            assert before.intakes != after.intakes


@given(ROWS)
def test_a_stop_is_known_only_from_a_recorded_zero(rows: list[Any]) -> None:
    """The first recorded day of nothing after the last dose; else it is not known."""
    schedule = read_table(written(rows))
    doses = [first + length for first, length, _, _, dose in rows if dose]
    zeros = [first + length for first, length, _, _, dose in rows if not dose]
    known = bool(doses) and bool(zeros) and max(zeros) > max(doses)
    assert (schedule.stopped_on is not None) == known
    if schedule.stopped_on is not None:
        assert schedule.stopped_on > DAY + timedelta(days=max(doses))


@given(st.permutations(["start", "end", "time", "drug", "dose_mg"]), ROWS)
def test_the_order_of_columns_does_not_matter(columns: list[str], rows: list[Any]) -> None:
    """Columns are found by name."""
    text = written(rows)
    names = HEADER.split(",")
    moved = [[line.split(",")[names.index(name)] for name in columns] for line in text.splitlines()]
    assert read_table("\n".join(",".join(line) for line in moved)) == read_table(text)


def test_marks_and_line_ends_of_other_systems_do_not_matter() -> None:
    """A byte order mark, CRLF, blank lines, spaces and quotes change nothing."""
    plain = f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,2.5\n"
    odd = '\ufeffStart, End ,time,drug,dose_mg\r\n\r\n2026-01-05, 2026-01-18 ,Bedtime,"Diazepam",2.50\r\n,,,,\r\n'
    assert read_table(odd) == read_table(plain)
    assert read_table(plain).origin == "csv"


def test_two_rows_for_the_same_time_are_both_kept() -> None:
    """The checker reports them; reading loses nothing."""
    row = "2026-01-05,2026-01-18,bedtime,diazepam,5"
    (step,) = read_table(f"{HEADER}\n{row}\n{row}").steps
    assert [intake.dose for intake in step.intakes] == [Mg(5), Mg(5)]


GOOD = "2026-01-05,2026-01-18,bedtime,diazepam,5"


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("", "line 1", "empty"),
        (HEADER, "line 1", "no rows"),
        (f"start,end,time,drug,dose\n{GOOD}", "line 1, dose", "did you mean 'dose_mg'?"),
        (f"start,end,time,drug\n{GOOD}", "line 1, dose_mg", "missing"),
        (f"{HEADER},start\n{GOOD},2026-01-05", "line 1, start", "twice"),
        (f"{HEADER.replace(',', ';')}\n{GOOD}", "line 1", "commas"),
        (f"{HEADER}\n{GOOD}\n2026-01-19,2026-01-20,bedtime,diazepam,2,5", "line 3", "6 fields"),
        (f"{HEADER}\n05/01/2026,2026-01-18,bedtime,diazepam,5", "line 2, start", "year-month-day"),
        (f"{HEADER}\n20260105,2026-01-18,bedtime,diazepam,5", "line 2, start", "year-month-day"),
        (f"{HEADER}\n2026-02-30,2026-03-18,bedtime,diazepam,5", "line 2, start", "not a day of the calendar"),
        (f"{HEADER}\n0026-01-05,2026-03-18,bedtime,diazepam,5", "line 2, start", "check the year"),
        (f"{HEADER}\n2026-01-05,2026-01-04,bedtime,diazepam,5", "line 2, end", "before the start"),
        (f"{HEADER}\n2026-01-05,2137-01-04,bedtime,diazepam,5", "", "a hundred years"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtmie,diazepam,5", "line 2, time", "did you mean 'bedtime'?"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazpam,5", "line 2, drug", "diazepam"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,,5", "line 2, drug", "no drug"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,", "line 2, dose_mg", "no dose"),
        (f'{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,"2,5"', "line 2, dose_mg", "comma"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,.5", "line 2, dose_mg", "0.5"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,-5", "line 2, dose_mg", "negative"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,5 mg", "line 2, dose_mg", "unit"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,1/2", "line 2, dose_mg", "plain decimal"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,1e1", "line 2, dose_mg", "plain decimal"),
        (f"{HEADER}\n2026-01-05,2026-01-18,bedtime,diazepam,٥", "line 2, dose_mg", "plain decimal"),
        (f'{HEADER}\n2026-01-05,2026-01-18,bedtime,"diazepam,5', "line 2", "quotes"),
        (f"{HEADER}\n" + f"{GOOD}\n" * (MAX_ROWS + 1), f"line {MAX_ROWS + 2}", "split the table"),
        (f"{HEADER}\n" + f"{GOOD}\n" * 101, "", "check the column 'end'"),
    ],
)
def test_a_slip_is_named_with_line_and_column(text: str, where: str, what: str) -> None:
    """Where it stands, what is wrong, and how to write it."""
    with pytest.raises(ScheduleError) as caught:
        read_table(text, "visit.csv")
    assert caught.value.field == where
    assert what in caught.value.message
    assert caught.value.file == "visit.csv"


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_otherwise(text: str) -> None:
    """Whatever the file holds, the answer is a schedule or a `ScheduleError`."""
    for content in (text, f"{HEADER}\n{text}"):
        with suppress(ScheduleError):
            read_table(content)
