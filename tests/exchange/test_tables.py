"""CSV tables: read back to the last quarter tablet, RFC 4180, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.errors import ScheduleError
from taper.exchange.tables.plain import read_table
from taper.exchange.tables.write import DAY_COLUMNS, STEP_COLUMNS, safe_cell, write_days, write_steps, write_table
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from tests.oracles.papers import planned
from tests.strategies import (
    TIMES,
    curves,
    living_plans,
    printed_schedules,
    real_plans,
    schedule_of_curve,
    weekly_schedules,
)

WRITERS = [write_table, write_days, write_steps]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans() | curves().map(schedule_of_curve))
def test_the_plain_table_reads_back_as_the_equal_schedule(schedule: Schedule) -> None:
    """Every day, every dose, the first day without the drug; and so it stays when it is written again."""
    if not schedule.drugs:
        return
    again = read_table(write_table(schedule))
    wanted = planned(schedule)
    read = {day: taken for day, taken in planned(again).items() if day in wanted}
    assert read == {day: tuple(one for one in taken if one[2]) for day, taken in wanted.items()}
    if schedule.stopped_on is not None:
        assert again.stopped_on == schedule.stopped_on
    twice = read_table(write_table(again))
    assert twice.stopped_on == again.stopped_on
    assert [step for step in twice.steps if step.intakes] == [step for step in again.steps if step.intakes]


@given(real_plans())
def test_a_planned_schedule_reads_back_step_by_step(schedule: Schedule) -> None:
    """Same first and last day and same doses of each step; the stop; no step more than the one of the stop."""
    again = read_table(write_table(schedule))
    assert again.stopped_on == schedule.stopped_on
    taken = [step for step in again.steps if step.intakes]
    assert [(s.start, s.end, [(i.time, i.drug, i.dose) for i in s.intakes]) for s in taken] == [
        (s.start, s.end, [(i.time, i.drug, i.dose) for i in s.intakes]) for s in merged(schedule)
    ]
    assert len(again.steps) - len(taken) == (schedule.stopped_on is not None)


def merged(schedule: Schedule) -> list[Step]:
    """Put neighboring steps with the same doses together, as a table without pieces does."""
    found: list[Step] = []
    for step in schedule.steps:
        doses = [(i.time, i.drug, i.dose) for i in step.intakes]
        if found and [(i.time, i.drug, i.dose) for i in found[-1].intakes] == doses:
            found[-1] = Step(found[-1].number, found[-1].start, step.end, step.intakes)
        else:
            found.append(step)
    return found


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans())
def test_the_day_table_holds_every_intake_of_every_day(schedule: Schedule) -> None:
    """Date, step, time, dose and exact pieces; a day of nothing is a row of 0 mg; the totals add up."""
    found: dict[date, list[dict[str, str]]] = {}
    for row in rows(write_days(schedule)):
        found.setdefault(date.fromisoformat(row["date"]), []).append(row)
    stop = schedule.stopped_on
    assert set(found) == set(planned(schedule)) | ({stop} if stop else set())
    for day, step in schedule.days():
        read = found[day]
        assert {row["weekday"] for row in read} == {f"{day:%A}"}
        assert {row["step"] for row in read} == {str(step.number)}
        of_drugs = {drug: dose.value for drug, dose in step.totals.items()} or {"": Fraction(0)}
        assert {row["drug"]: Fraction(row["day_total_mg"]) for row in read} == of_drugs
        doses = [(row["time"], Fraction(row["dose_mg"])) for row in read if row["time"]]
        assert doses == [(intake.time, intake.dose.value) for intake in step.intakes]
        pieces = [Fraction(count) for row in read for count in re.findall(r"(?:\A| \+ )([0-9.]+) x ", row["products"])]
        assert pieces == [item.count.value for intake in step.intakes for item in intake.items if item.count]
    if stop is not None:
        (last,) = found[stop]
        assert (last["dose_mg"], last["time"]) == ("0", "")


@given(real_plans() | printed_schedules() | weekly_schedules())
def test_the_step_table_holds_every_step(schedule: Schedule) -> None:
    """Dates, days, doses by time of day; the doses of a step add up to its total."""
    read = rows(write_steps(schedule))
    if schedule.stopped_on is not None:
        last = read.pop()
        assert (last["step"], last["start"], last["total_mg"]) == ("", str(schedule.stopped_on), "0")
    assert [(int(r["step"]), r["start"], r["end"], int(r["days"])) for r in read] == [
        (s.number, str(s.start), str(s.end), s.days) for s in schedule.steps
    ]
    for row, step in zip(read, schedule.steps, strict=True):
        by_time = {name: Fraction(row[f"{name}_mg"]) for name in TIMES}
        assert by_time == {name: step.at(name).value for name in TIMES}  # type: ignore[arg-type]
        assert sum(by_time.values()) == Fraction(row["total_mg"]) == step.total.value
    for before, after, row in zip(schedule.steps, schedule.steps[1:], read[1:], strict=False):
        assert Fraction(row["cut_mg"]) == (before.total - after.total).value


@pytest.mark.parametrize("write", WRITERS)
@given(schedule=real_plans() | printed_schedules() | weekly_schedules())
def test_rfc_4180_is_kept(write: Any, schedule: Schedule) -> None:
    """CRLF after every record, the same number of fields everywhere, a header first, the same text each time."""
    text = write(schedule)
    assert text == write(schedule)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in read} == {len(read[0])}
    assert read[0] in (["start", "end", "time", "drug", "dose_mg"], list(DAY_COLUMNS), list(STEP_COLUMNS))
    assert "\N{NO-BREAK SPACE}" not in text


@given(st.text())
def test_a_cell_never_begins_as_a_formula_and_loses_nothing(text: str) -> None:
    """Whatever a clinician typed: it is itself, or itself behind an apostrophe; plain numbers stay numbers."""
    cell = safe_cell(text)
    assert cell in (text, f"'{text}")
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) or not re.match(r" *[=+\-@\t\r\n]", cell)


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "@SUM(A1)", "+1+cmd|'x'!A0", "-1+1", "＝1"])
def test_a_product_name_that_would_run_is_disarmed(golden: dict[str, Any], name: str) -> None:
    """In a table of another tool's schedule, names are whatever somebody typed."""
    day = date(2026, 1, 5)
    schedule = Schedule((Step(0, day, day + timedelta(days=1), (Intake("noon", name, Mg(1)),)),), origin="csv")
    for write in WRITERS:
        for row in csv.reader(io.StringIO(write(schedule), newline="")):
            assert name not in row
    assert f"'{name}" in next(iter(rows(write_days(schedule))))["drug"]
    assert plan(parse_order(golden))


def test_what_no_decimal_can_carry_is_refused() -> None:
    """A third of a milligram is not rounded into a table."""
    day = date(2026, 1, 5)
    schedule = Schedule((Step(0, day, day, (Intake("noon", "diazepam", Mg(Fraction(1, 3))),)),))
    for write in WRITERS:
        with pytest.raises(ScheduleError, match="does not end as a decimal"):
            write(schedule)


def test_an_empty_schedule_is_refused() -> None:
    for write in WRITERS:
        with pytest.raises(ScheduleError, match="no step with a dose"):
            write(Schedule(()))


@pytest.mark.parametrize("write", WRITERS)
@given(schedule=real_plans() | printed_schedules() | weekly_schedules())
def test_a_table_for_another_spreadsheet_has_the_same_cells(write: Any, schedule: Schedule) -> None:
    """Only the separator, and the sign in columns of numbers, are other ones: no text and no number is changed."""
    plain = list(csv.reader(io.StringIO(write(schedule), newline=""), strict=True))
    for separator, sign in ((";", ","), ("tab", ","), (";", "."), ("tab", ".")):
        text = write(schedule, separator=separator, decimal=sign, bom=True)
        assert text.startswith("\ufeff")
        between = "\t" if separator == "tab" else separator
        other = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=between, strict=True))
        assert other[0] == plain[0]
        for row, wanted in zip(other[1:], plain[1:], strict=True):
            for name, cell, same in zip(plain[0], row, wanted, strict=True):
                number = name.endswith("_mg") or name in ("cut_of_current", "cut_of_start")
                assert cell == (same.replace(".", sign) if number else same)
                if number and same:
                    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", same)


@given(real_plans() | printed_schedules() | weekly_schedules())
def test_cuts_are_numbers_and_their_words_stand_apart(schedule: Schedule) -> None:
    """A rise is negative; a fraction is exact, or off by less than half of its last place."""
    if len(schedule.drugs) > 1:
        return
    read = [row for row in rows(write_steps(schedule)) if row["step"]][1:]
    for row, cut in zip(read, schedule.cuts[1:], strict=True):
        assert cut is not None
        assert Fraction(row["cut_mg"]) == cut.amount.value
        assert abs(Fraction(row["cut_of_start"]) - cut.of_start) <= Fraction(1, 2_000_000)
        if row["cut_of_current"]:
            assert abs(Fraction(row["cut_of_current"]) - cut.of_current) <= Fraction(1, 2_000_000)
        assert (row["cut_of_current"] == "") == (row["cut_of_current_text"] == "") == (cut.after > cut.before == Mg(0))
        assert not row["cut_of_start_text"].startswith(("'", "-"))


def test_a_dialect_that_cannot_be_is_refused(golden: dict[str, Any]) -> None:
    schedule = plan(parse_order(golden))
    wrong: dict[str, Any]
    for wrong, field in (
        ({"decimal": ","}, "separator"),
        ({"separator": "|"}, "separator"),
        ({"decimal": "·"}, "decimal"),
    ):
        with pytest.raises(ScheduleError) as caught:
            write_steps(schedule, **wrong)
        assert caught.value.field == field
