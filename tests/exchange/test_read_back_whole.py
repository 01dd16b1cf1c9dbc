"""What this library exports it reads back whole: every day, the stop, and no finding that the plan does not have."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taper.checker.checking import check
from taper.errors import ScheduleError
from taper.exchange.formats import Format, export
from taper.exchange.reading import read_schedule
from taper.exchange.tables.plain import read_table
from taper.order.order import read_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.oracles.calendars import TIMES

EXAMPLES = Path(__file__).parents[2] / "examples"
PATTERNED = ["weekly", "four_days_a_week", "seven_days"]
DAILY = ["diazepam", "two_drugs", "crossover", "zopiclone_maintenance"]
WAYS: list[tuple[Format, dict[str, Any]]] = [
    ("csv", {}),
    ("days", {}),
    ("days", {"language": "de"}),
    ("steps", {}),
    ("csv", {"separator": ";", "decimal": ",", "bom": True}),
    ("csv", {"separator": "tab"}),
    ("days", {"separator": ";", "decimal": ","}),
    ("steps", {"separator": "tab", "decimal": ","}),
    ("ics", {}),
    ("ics", {"style": "intake", "times": TIMES}),
    ("ics", {"style": "intake", "times": TIMES, "zone": "Europe/Berlin"}),
    ("fhir", {}),
    ("fhir", {"style": "per-step", "language": "de"}),
]


def doses(schedule: Schedule) -> dict[date, list[tuple[str, str, str]]]:
    return {
        day: [(intake.time, intake.drug, str(intake.dose)) for intake in step.intakes if intake.dose]
        for day, step in schedule.days()
        if schedule.stopped_on is None or day < schedule.stopped_on
    }


@pytest.mark.parametrize("name", PATTERNED + DAILY)
@pytest.mark.parametrize(("to", "settings"), WAYS, ids=lambda part: str(part)[:40])
def test_days_stop_and_findings_are_those_of_the_plan(name: str, to: Format, settings: dict[str, Any]) -> None:
    schedule = plan(read_order(EXAMPLES / f"{name}.toml"))
    read = read_schedule(export(schedule, to, written_on="2026-01-05", **settings)).schedule()
    assert doses(read) == doses(schedule)
    assert read.stopped_on == schedule.stopped_on
    wanted = {(f.code, f.message) for f in check(replace(schedule, order=None)).findings}
    assert {(f.code, f.message) for f in check(read).findings} == wanted


@pytest.mark.parametrize(
    ("numbers", "doses"),
    [
        (("1,125", "0,5"), ["1.125 mg", "0.5 mg"]),
        (("2", "1"), ["2 mg", "1 mg"]),
        (("1,125", "1"), None),  # nothing says whether it is more than a thousand
        (("1.125", "0,5"), None),
        (("1,000", "0,5"), ["1 mg", "0.5 mg"]),
    ],
)
def test_a_decimal_comma_is_read_where_it_cannot_be_one_of_thousands(
    numbers: tuple[str, str], doses: list[str] | None
) -> None:
    first, second = numbers
    text = (
        f"start;end;time;drug;dose_mg\n2026-01-05;2026-01-18;bedtime;clonazepam;{first}\n"
        f"2026-01-19;2026-02-01;bedtime;clonazepam;{second}\n"
    )
    if doses is None:
        with pytest.raises(ScheduleError, match="a thousand or a decimal"):
            read_schedule(text)
        return
    assert [str(step.total) for step in read_schedule(text).schedule().steps] == doses


@pytest.mark.parametrize(
    ("to", "old", "new"),
    [
        ("days", ",bedtime,diazepam,8.5,", ",bedtime,diazepam,2,"),
        ("days", "0.5 x diazepam tablet 5 mg + 3 x", "1.5 x diazepam tablet 5 mg + 3 x"),
        ("ics", '"bedtime"\\,"diazepam"\\,"8.5"', '"bedtime"\\,"diazepam"\\,"2"'),
        ("fhir", '"doseQuantity":{"value":10,', '"doseQuantity":{"value":3,'),
    ],
)
def test_a_dose_that_is_not_what_its_items_make_is_reported(to: Format, old: str, new: str) -> None:
    """One side of our own file was changed by hand: nothing says which of the two is meant."""
    text = export(plan(read_order(EXAMPLES / "diazepam.toml")), to, written_on="2026-01-05").decode()
    text = (
        re.sub(r"\r\n ", "", text)
        if to == "ics"
        else re.sub(r'(?<=[:{,])\s+(?=["{0-9])', "", text)
        if to == "fhir"
        else text
    )
    assert old in text
    remarks = read_schedule(text.replace(old, new, 1)).remarks
    assert any(remark.kind == "mismatch" and "items of the dose make" in remark.text for remark in remarks)


@pytest.mark.parametrize("rows", ["2026-01-19,2026-01-19,,,0\n" * 2, "2026-01-10,2026-01-10,,,0\n"])
def test_a_stop_stands_once_and_after_all_doses(rows: str) -> None:
    text = "start,end,time,drug,dose_mg\n2026-01-05,2026-01-18,bedtime,zopiclone,7.5\n" + rows
    with pytest.raises(ScheduleError, match="stands once, after all others"):
        read_table(text)


def test_a_stop_after_a_gap_is_kept_and_the_gap_too() -> None:
    text = "start,end,time,drug,dose_mg\n2026-01-05,2026-01-18,bedtime,zopiclone,7.5\n2026-01-25,2026-01-25,,,0\n"
    assert read_table(text).stopped_on == date(2026, 1, 25)


@pytest.mark.parametrize("name", ["two_drugs", "crossover"])
@pytest.mark.parametrize("settings", [{}, {"every": "4 weeks"}, {"by_product": True}])
def test_every_label_text_of_a_plan_with_several_drugs_names_its_drug(name: str, settings: dict[str, Any]) -> None:
    schedule = plan(read_order(EXAMPLES / f"{name}.toml"))
    for line in export(schedule, "sig", **settings).decode().splitlines():
        head = line.partition(":")[0]
        assert sum(drug in head for drug in schedule.drugs) == 1, line


def test_label_texts_of_one_drug_stay_as_they_are() -> None:
    schedule = plan(read_order(EXAMPLES / "diazepam.toml"))
    assert all(line.startswith("Take ") for line in export(schedule, "sig").decode().splitlines())


@pytest.mark.parametrize(
    ("to", "word"), [("ics", "Tablette"), ("fhir", "Tablette"), ("days", "Tablette"), ("steps", "Tablette"),
                     ("markdown", "Tablette"), ("sig", "Tablette")]
)  # fmt: skip
def test_the_language_of_the_order_is_that_of_every_export(to: Format, word: str) -> None:
    order = read_order(EXAMPLES / "diazepam.toml")
    data = order.as_data() | {"handout": {"language": "de"}}
    from taper.order.order import parse_order

    written = export(plan(parse_order(data)), to, written_on="2026-01-05").decode()
    assert word in written
    assert word not in export(plan(parse_order(data)), to, written_on="2026-01-05", language="en").decode()
