"""Frames for data tools: every value that the schedule, the supply and the report have, exactly, by any reader."""

from __future__ import annotations

import io
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from rich.console import Console

import taper
from taper.errors import MissingExtraError, QuantityError, ScheduleError
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.strategies import living_plans, printed_schedules, real_plans, weekly_schedules

EXAMPLES = Path(__file__).parents[2] / "examples"


def diazepam() -> Schedule:
    return taper.plan(taper.read_order(EXAMPLES / "diazepam.toml"))


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans())
def test_the_days_are_those_of_the_schedule(schedule: Schedule) -> None:
    """A row for each intake, one for a day without; doses are exact, and of one type."""
    rows = list(schedule.to_frame("days").rows())
    wanted = [
        (day, step.number, intake.time, intake.drug, intake.dose.value)
        for day, step in schedule.days()
        for intake in step.intakes
    ]
    assert [
        (r["date"], r["step"], r["time"], r["drug"], Fraction(r["dose_mg"])) for r in rows if r["time"] is not None
    ] == wanted
    assert {row["date"] for row in rows} == {day for day, _ in schedule.days()}
    assert all(isinstance(row["dose_mg"], Decimal) for row in rows)
    steps = schedule.to_frame("steps").columns
    assert set(steps["step"]) == {step.number for step in schedule.steps}


@given(real_plans() | living_plans())
def test_the_supply_has_a_row_for_each_fill_and_product(schedule: Schedule) -> None:
    supply = taper.dispense(schedule, "4 weeks")
    try:
        rows = list(supply.to_frame().rows())
    except ScheduleError as problem:
        assert "does not end as a decimal" in problem.message  # noqa: PT017 - drops, where it is refused
        return
    fills = [*([supply.past] if supply.past else []), *supply.fills]
    assert len(rows) == sum(len(fill.lines) + len(fill.unneeded) for fill in fills)
    for product in {row["product"] for row in rows}:
        last = [row for row in rows if row["product"] == product][-1]
        assert isinstance(last["so_far"], Decimal)


@given(real_plans() | weekly_schedules())
def test_the_findings_have_a_row_for_each_run(schedule: Schedule) -> None:
    report = taper.check(schedule)
    frame = report.to_frame()
    assert len(frame) == sum(len(finding.runs) or 1 for finding in report.findings)
    assert set(frame.columns["code"]) == {finding.code for finding in report.findings}
    shown = report._repr_html_()
    for skipped in report.skipped:
        assert skipped.reason.split("\N{NO-BREAK SPACE}")[0][:20].split("<")[0].split("&")[0] in shown


def test_any_reader_of_arrow_has_the_same_values() -> None:
    """pyarrow, polars and DuckDB read what is handed to them; a dose is a decimal in each, a day a date."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    schedule = diazepam()
    for value in (schedule, schedule.to_frame("steps"), taper.dispense(schedule), taper.check(schedule)):
        frame = value if isinstance(value, taper.Frame) else value.to_frame()
        table = pa.table(value)
        assert table.to_pydict() == frame.columns
        assert table.schema == frame.to_arrow().schema
    other = taper.plan(taper.read_order(EXAMPLES / "lorazepam.toml"))
    assert other.to_frame().to_arrow().schema == schedule.to_frame().to_arrow().schema  # whatever the plan


def test_polars_and_duckdb_take_a_frame_as_it_is() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    polars = pytest.importorskip("polars", reason="polars is not installed")
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    frame = diazepam().to_frame()
    assert polars.DataFrame(frame).to_dict(as_series=False) == frame.columns
    assert duckdb.sql("select sum(dose_mg) from frame").fetchall() == [(sum(frame.columns["dose_mg"]),)]


def test_pyarrow_is_imported_only_where_arrow_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    schedule = diazepam()
    assert len(schedule.to_frame()) == 490
    with pytest.raises(MissingExtraError, match="taper-planner\\[arrow\\]"):
        schedule.__arrow_c_stream__()


def test_a_frame_is_of_a_schedule_a_supply_or_a_report() -> None:
    wrong: Any = {"order": 1}
    with pytest.raises(ScheduleError, match="not 'dict'"):
        taper.to_frame(wrong)
    with pytest.raises(ScheduleError, match="days, steps"):
        diazepam().to_frame("weeks")  # type: ignore[arg-type]


def test_what_no_decimal_carries_is_refused_and_never_rounded() -> None:
    day = taper.read_table("start,end,time,drug,dose_mg\n2026-01-05,2026-01-05,noon,diazepam,1\n").steps[0].start
    third = Schedule((Step(0, day, day, (Intake("noon", "diazepam", Mg(Fraction(1, 3))),)),))
    with pytest.raises(ScheduleError, match="does not end as a decimal") as caught:
        third.to_frame()
    assert caught.value.field == "days"


@pytest.mark.parametrize("amount", [Mg("0.1"), Ml("2.5"), Pieces("0.25"), Mg(0)])
def test_a_decimal_of_an_amount_is_exact_and_a_float_is_the_nearest(amount: Mg | Ml | Pieces) -> None:
    assert Fraction(amount.decimal) == amount.value
    assert type(amount)(amount.decimal) == amount
    assert float(amount) == float(amount.value)
    with pytest.raises(QuantityError, match="not exact"):
        type(amount)(float(amount))  # type: ignore[arg-type]


def test_a_decimal_that_would_not_be_exact_is_refused() -> None:
    with pytest.raises(QuantityError, match="does not end as a decimal"):
        Mg(Fraction(1, 3)).decimal  # noqa: B018 - it raises


def test_rich_and_notebooks_show_names_as_they_are() -> None:
    """A name is neither markup nor HTML."""
    day = taper.read_table("start,end,time,drug,dose_mg\n2026-01-05,2026-01-05,noon,diazepam,1\n").steps[0].start
    items = (Item("[red]<b>", Pieces(1)),)
    schedule = Schedule((Step(0, day, day, (Intake("noon", "[red]<b>", Mg(1), items),)),))
    out = io.StringIO()
    console = Console(file=out, width=200)
    for value in (schedule, taper.dispense(schedule), taper.check(schedule), schedule.to_frame()):
        console.print(value)
    assert out.getvalue().count("[red]<b>") >= 3
    assert "<b>" not in taper.dispense(schedule)._repr_html_()
    assert "<b>" not in schedule.to_frame()._repr_html_()
    assert "<b>" not in taper.check(schedule)._repr_html_()


def test_what_no_table_has_exactly_is_shown_in_words() -> None:
    """Printing a plan is never an error: two mg in 300 mL do not end as decimals."""
    plan_of_sevenths = taper.plan(taper.read_order("examples/lorazepam_dilution.toml"))
    console = Console(file=io.StringIO(), width=100)
    console.print(plan_of_sevenths)
    assert "lorazepam" in console.file.getvalue()  # type: ignore[attr-defined]
