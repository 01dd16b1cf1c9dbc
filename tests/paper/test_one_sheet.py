"""The one sheet: a row a week, the words once a step, a box for each dose of each day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from taper.paper.renderers import render
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.paper.week_parts import WeekTable
from taper.schedule.schedule import Schedule
from tests.oracles import weeks
from tests.strategies import cycle_schedules, mixed_schedules, printed_schedules, weekly_schedules
from tests.support.proofs import proof

PRINTED = date(2026, 1, 2)


def sheet(schedule: Schedule, kind: str, folder: Path, **how: str) -> weeks.Sheet:
    """Print the sheet and read it back."""
    content = render(schedule, to=kind, printed_on=PRINTED, sheet="plan", **how)  # type: ignore[arg-type]
    if kind == "pdf":
        return weeks.from_pdf(content, folder)
    return (weeks.from_html if kind == "html" else weeks.from_text)(content)


def planned(schedule: Schedule) -> dict[date, int]:
    """Number of intakes of each day, and the day of the stop."""
    found = {day: len(step.regimen.taken) for day, step in schedule.days()}
    return found | ({schedule.stopped_on: 0} if schedule.stopped_on else {})


def table(schedule: Schedule) -> WeekTable:
    """The sheet as a value."""
    return build_handout(PrintRequest(schedule, printed_on=PRINTED)).by_week


@proof(60)
@given(schedule=printed_schedules() | weekly_schedules() | mixed_schedules() | cycle_schedules())
@pytest.mark.parametrize("kind", ["html", "text"])
def test_each_day_stands_once_with_a_box_for_each_intake(schedule: Schedule, kind: str, tmp_path_factory) -> None:
    """In HTML and text, for one drug and several, days alike or not."""
    assert sheet(schedule, kind, Path()).boxes == planned(schedule)
