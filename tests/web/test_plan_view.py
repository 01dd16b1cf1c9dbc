"""The page's table of steps: what stands in which column of which row."""

from __future__ import annotations

from typing import Any

from taper.order.order import parse_order
from taper.paper.phrases import Phrases, words_for
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from taper.web.desk.form import to_fields
from taper.web.desk.plan_view import difference_view, steps_view
from taper.web.desk.work import Work

UNEVEN: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"morning": "4 mg", "bedtime": "10 mg"},
    "product": [{"name": "diazepam tablet 2 mg", "split": "halves"}],
    "phase": [{"doses": [{"morning": "3 mg", "bedtime": "10 mg"}, "8 mg", "0 mg"], "every": "2 weeks"}],
}


def view_of(schedule: Schedule) -> dict[str, Any]:
    return steps_view(Phrases(schedule, words_for(schedule, "en")))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_each_dose_stands_below_its_time_of_day() -> None:
    view = view_of(plan(parse_order(UNEVEN)))
    times = view["columns"][3 : -view["numbers"]]
    assert times == ("Morning", "Bedtime")
    rows = [[[plain(dose.line) for dose in cell] for cell in row.cells] for row in view["rows"] if row.kind != "stop"]
    assert rows[0] == [["Morning 4 mg"], ["Bedtime 10 mg"]]
    assert all(line.startswith(time) for row in rows for time, cell in zip(times, row, strict=True) for line in cell)


def test_each_cut_stands_in_the_row_that_it_leads_to() -> None:
    """In mg, and as a part of the dose before it; none beside the dose of today."""
    view = view_of(plan(parse_order(UNEVEN)))
    assert [tuple(map(plain, row.numbers)) for row in view["rows"]] == [
        ("", ""),
        ("1 mg", "~7.1%"),
        ("5 mg", "~38.5%"),
        ("8 mg", "100%"),
    ]


def test_a_pause_needs_more_tablets_and_says_so() -> None:
    """Fourteen days more of seven tablets each."""
    fields = to_fields(parse_order(UNEVEN).as_data()) | {"revise.on": "2026-01-10", "revise.hold": "2 weeks"}
    view = difference_view(Work(fields))
    assert view is not None
    assert [plain(line) for line in view["supply"]] == ["98 tablets more diazepam tablet 2 mg"]
