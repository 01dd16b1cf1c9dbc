"""Every document that is written agrees with its published schema, and has its name and an identifier."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import given, strategies as st

from taper.checker.checking import check
from taper.cli import main
from taper.exchange.difference_document import difference_data
from taper.exchange.plan_document import document, report_data
from taper.exchange.schemas import Kind, schema
from taper.exchange.today_document import today_data
from taper.schedule.comparison import difference
from taper.schedule.day import today
from taper.schedule.schedule import Schedule
from tests.strategies import living_plans, real_plans, weekly_schedules

KINDS: tuple[Kind, ...] = ("plan", "order", "report", "today", "diff")
VALID = {kind: jsonschema.Draft202012Validator(schema(kind)) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_one_and_has_an_identifier_of_its_own(kind: Kind, capsys: pytest.CaptureFixture[str]) -> None:
    made = schema(kind)
    jsonschema.Draft202012Validator.check_schema(made)
    assert made["$id"] == f"urn:taper:schema:taper-{kind}:1"
    assert main(["schema", kind]) == 0
    assert json.loads(capsys.readouterr().out) == made


@pytest.mark.parametrize("kind", ["plan", "report", "today", "diff"])
def test_a_document_names_its_schema(kind: Kind) -> None:
    assert schema(kind)["properties"]["schema"]["const"] == f"taper-{kind}/1"


@given(real_plans() | living_plans() | weekly_schedules(), st.integers(-5, 400))
def test_reports_days_and_plans_agree_with_their_schemas(schedule: Schedule, days: int) -> None:
    report = check(schedule)
    VALID["report"].validate(report_data(report))
    VALID["today"].validate(today_data(today(schedule, schedule.steps[0].start + timedelta(days=days))))
    VALID["plan"].validate(document(schedule, report))


@given(living_plans() | real_plans(), living_plans() | real_plans())
def test_differences_agree_with_their_schema(old: Schedule, new: Schedule) -> None:
    made = difference(old, new, old_report=check(old), new_report=check(new))
    VALID["diff"].validate(difference_data(made))


def test_a_record_without_an_order_agrees_too() -> None:
    from taper.exchange.reading import read_schedule

    text = "date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,28,14\n"
    schedule = read_schedule(text).schedule()
    made: dict[str, Any] = report_data(check(schedule))
    VALID["report"].validate(made)
    VALID["today"].validate(today_data(today(schedule, date(2026, 1, 6))))
