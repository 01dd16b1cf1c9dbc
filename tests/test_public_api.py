"""The public calls: one name for one thing, days as dates or text, and a plain word where something else is given."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, assert_type, get_type_hints

import pytest

import taper
from taper.exchange.formats import FORMATS, SETTINGS_OF, Format, Settings
from taper.order.history import Event
from taper.planner.reviser import Changes

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").rglob("*.py"))
ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"bedtime": "4 mg"},
    "product": [{"name": "diazepam tablet 2 mg", "split": "halves"}],
    "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
}
DAY, TEXT = date(2026, 1, 5), "2026-01-05"


@pytest.fixture(scope="module")
def schedule() -> taper.Schedule:
    return taper.plan(taper.parse_order(ORDER))


# ---- what the examples need is public ------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_example_imports_internals(path: Path) -> None:
    """Whoever copies one holds on to public names alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    used = {module for module in modules if module.partition(".")[0] == "taper"}
    assert used
    assert used <= {"taper", "taper.audit"}


@pytest.mark.parametrize("name", [name for name in dir(taper) if callable(getattr(taper, name))])
def test_each_public_call_says_what_it_does(name: str) -> None:
    first, *_ = (getattr(taper, name).__doc__ or "").strip().splitlines() or [""]
    assert first.endswith(".")


# ---- days ----------------------------------------------------------------------------------------

DATED: dict[str, tuple[str, Callable[[taper.Schedule, Any], object]]] = {
    "render": ("printed_on", lambda plan, day: taper.render(plan, to="text", printed_on=day)),
    "export": ("written_on", lambda plan, day: taper.export(plan, to="markdown", written_on=day)),
    "write_ics": ("written_on", lambda plan, day: taper.write_ics(plan, written_on=day)),
    "write_fhir": ("written_on", lambda plan, day: taper.write_fhir(plan, written_on=day)),
    "write_markdown": ("written_on", lambda plan, day: taper.write_markdown(plan, written_on=day)),
    "today": ("on", lambda plan, day: taper.today(plan, day)),
    "revise": ("on", lambda plan, day: taper.revise(plan, on=day, hold="1 week")),
    "read_schedule": (
        "first_day",
        lambda plan, day: taper.read_schedule(taper.export(plan, to="csv"), first_day=day).schedule(),
    ),
}


@pytest.mark.parametrize("call", DATED)
def test_a_day_is_a_date_or_text(schedule: taper.Schedule, call: str) -> None:
    _, function = DATED[call]
    assert function(schedule, TEXT) == function(schedule, DAY)


@pytest.mark.parametrize(
    "wrong", ["5 January 2026", "2026-02-30", "2026-1-5", datetime(2026, 1, 5, tzinfo=UTC), 20260105]
)
@pytest.mark.parametrize("call", DATED)
def test_what_is_no_day_is_refused_with_its_name_and_how_to_write_it(
    schedule: taper.Schedule, call: str, wrong: Any
) -> None:
    """A moment is refused too: which day it is depends on where one stands."""
    field, function = DATED[call]
    with pytest.raises(taper.TaperError, match="write it as 2026-01-05") as caught:
        function(schedule, wrong)
    assert caught.value.field == field


# ---- something else than what is asked for -------------------------------------------------------

OF_A_SCHEDULE: dict[str, Callable[[Any], object]] = {
    "check": taper.check,
    "dispense": taper.dispense,
    "render": lambda plan: taper.render(plan, to="text", printed_on=DAY),
    "export": lambda plan: taper.export(plan, to="csv"),
    "write_ics": lambda plan: taper.write_ics(plan, written_on=DAY),
    "write_fhir": lambda plan: taper.write_fhir(plan, written_on=DAY),
    "write_markdown": lambda plan: taper.write_markdown(plan, written_on=DAY),
    "write_sigs": taper.write_sigs,
    "write_document": lambda plan: taper.write_document(plan, taper.Report()),
    "today": lambda plan: taper.today(plan, DAY),
    "revise": lambda plan: taper.revise(plan, on=DAY, hold="1 week"),
    "difference": lambda plan: taper.difference(plan, plan),
}


@pytest.mark.parametrize("call", OF_A_SCHEDULE)
def test_an_order_or_a_dict_in_place_of_a_schedule_is_to_be_planned_first(call: str) -> None:
    with pytest.raises(taper.ScheduleError, match=r"plan it first: taper\.plan\(order\)"):
        OF_A_SCHEDULE[call](taper.parse_order(ORDER))
    with pytest.raises(taper.ScheduleError, match=r"plan it first: taper\.plan\(taper\.parse_order\(data\)\)"):
        OF_A_SCHEDULE[call](ORDER)
    with pytest.raises(taper.ScheduleError, match=r"taper\.read_schedule\(content\)"):
        OF_A_SCHEDULE[call]("plan.json")


@pytest.mark.parametrize("call", [taper.plan, taper.options])
@pytest.mark.parametrize("wrong", [ORDER, "diazepam.toml", Path("diazepam.toml"), None])
def test_what_is_no_order_is_to_be_read_first(call: Callable[[Any], object], wrong: object) -> None:
    with pytest.raises(taper.OrderError, match=r"taper\.read_order\(path\).*taper\.parse_order\(data\)"):
        call(wrong)


# ---- one name for one thing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "call"),
    [
        ("format", "to", lambda plan, **given: taper.render(plan, printed_on=DAY, **given)),
        ("stamp", "written_on", lambda plan, **given: taper.write_ics(plan, **given)),
        ("authored_on", "written_on", lambda plan, **given: taper.write_fhir(plan, **given)),
        ("printed_on", "written_on", lambda plan, **given: taper.write_markdown(plan, **given)),
    ],
)
def test_the_old_name_of_a_keyword_works_and_names_the_new_one(
    schedule: taper.Schedule, old: str, new: str, call: Callable[..., object]
) -> None:
    value: Any = "html" if new == "to" else DAY
    with pytest.warns(DeprecationWarning, match=f"'{old}' is now called '{new}'") as caught:
        by_old = call(schedule, **{old: value})
    assert caught[0].filename == __file__
    assert by_old == call(schedule, **{new: value})


def test_the_keyword_alarms_is_now_called_alarm(schedule: taper.Schedule) -> None:
    times: Any = {"bedtime": time(22)}
    call: Any = taper.write_ics
    with pytest.warns(DeprecationWarning, match="'alarms' is now called 'alarm'"):
        by_old = call(schedule, written_on=DAY, style="intake", times=times, alarms=5)
    assert by_old == taper.write_ics(schedule, written_on=DAY, style="intake", times=times, alarm=5)


def test_a_revision_takes_what_its_entry_in_the_history_has() -> None:
    """All of it but what `revise` fills in, so that an editor knows every keyword."""
    by_name = {"on", "reason", "by"}
    filled_in = {"hash", "at_phase", "handed"}
    assert set(get_type_hints(Changes)) == set(Event.model_fields) - by_name - filled_in


# ---- export --------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", FORMATS)
def test_a_setting_that_a_format_does_not_have_is_refused(schedule: taper.Schedule, to: Format) -> None:
    """Not left aside: who asks for an alarm believes in it."""
    owner: dict[str, tuple[Format, Any]] = {
        "alarm": ("ics", 5),
        "requester": ("fhir", "Practitioner/1"),
        "limit": ("sig", 140),
        "supply": ("markdown", taper.dispense(schedule)),
    }
    for name, (format_of_it, value) in owner.items():
        if to != format_of_it:
            with pytest.raises(taper.ScheduleError, match="no such setting") as caught:
                taper.export(schedule, to, written_on=DAY, **{name: value})
            assert caught.value.field == name


def test_every_setting_belongs_to_a_format() -> None:
    assert {name for names in SETTINGS_OF.values() for name in names} == set(get_type_hints(Settings))


@pytest.mark.parametrize("to", ["ics", "fhir", "markdown"])
def test_a_file_that_carries_the_day_of_writing_asks_for_it(schedule: taper.Schedule, to: Format) -> None:
    with pytest.raises(taper.ScheduleError, match="carries the day of writing") as caught:
        taper.export(schedule, to)
    assert caught.value.field == "written_on"


# ---- JSON ----------------------------------------------------------------------------------------


def test_all_json_says_what_it_is(schedule: taper.Schedule) -> None:
    report = taper.check(schedule)
    assert taper.document(schedule, report)["schema"] == "taper-plan/1"
    assert taper.report_data(report)["schema"] == "taper-report/1"
    assert taper.today_data(taper.today(schedule, DAY))["schema"] == "taper-today/1"
    plan_document = taper.document(schedule, report)
    assert taper.today_data(taper.today(schedule, DAY))["intakes"] == plan_document["steps"][0]["intakes"]
    assert {"schema": "taper-report/1"} | plan_document["report"] == taper.report_data(report)


# ---- types ---------------------------------------------------------------------------------------


def test_the_types_of_the_public_calls(schedule: taper.Schedule) -> None:
    """Read by mypy; whoever builds on these calls sees a change of their types as a change of the contract."""
    order = assert_type(taper.parse_order(ORDER), taper.Order)
    assert_type(taper.plan(order), taper.Schedule)
    report = assert_type(taper.check(schedule), taper.Report)
    assert_type(taper.dispense(schedule, every="4 weeks"), taper.Supply)
    assert_type(taper.render(schedule, report, to="html", printed_on=TEXT), bytes)
    assert_type(taper.export(schedule, to="sig", limit=140, by_product=True), bytes)
    assert_type(taper.write_ics(schedule, written_on=TEXT), bytes)
    assert_type(taper.write_markdown(schedule, written_on=TEXT), str)
    assert_type(taper.write_document(schedule, report), str)
    assert_type(taper.document(schedule, report), dict[str, Any])
    assert_type(taper.read_document(taper.write_document(schedule, report)), taper.Schedule)
    assert_type(taper.revise(schedule, on=TEXT, hold="1 week", reason="sleep"), taper.Schedule)
    assert_type(taper.today(schedule, TEXT), taper.Today)
    assert_type(taper.difference(schedule, schedule), taper.Difference)
    assert_type(taper.options(order), tuple[taper.Option, ...])
    assert_type(taper.convert("lorazepam 1 mg", "diazepam"), taper.Conversion)
    assert_type(taper.drug("diazepam"), taper.Drug)
    assert_type(taper.products("GB", "diazepam"), tuple[taper.Product, ...])
    assert_type(taper.guideline("asam-2025"), taper.Guideline)
    assert_type(taper.Mg("2.5 mg") + taper.Mg(1), taper.Mg)
    with pytest.raises(taper.OrderError, match="unknown"):
        taper.revise(schedule, on=TEXT, hodl="1 week")  # type: ignore[call-arg]


def test_both_names_of_one_keyword_contradict_each_other(schedule: taper.Schedule) -> None:
    """The old name never wins over the new one in silence."""
    with pytest.raises(TypeError, match="'stamp' is the old name of 'written_on'"):
        taper.write_ics(schedule, written_on="2026-01-05", stamp="2026-02-02")  # type: ignore[call-arg]


def test_a_format_in_the_place_of_the_report_is_refused(schedule: taper.Schedule) -> None:
    """`render(schedule, "html")` would else be a PDF."""
    with pytest.raises(taper.TaperError, match=r"report: this takes what taper\.check\(schedule\) gives"):
        taper.render(schedule, "html", printed_on="2026-01-05")  # type: ignore[arg-type]


def test_one_id_in_the_place_of_a_list_is_refused(schedule: taper.Schedule) -> None:
    with pytest.raises(taper.OrderError, match=r"guidelines: this is one text; write a list of ids"):
        taper.check(schedule, guidelines="asam-2025")
