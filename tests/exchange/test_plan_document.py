"""The plan document says everything once, agrees with its schema, and is not read if it contradicts itself."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, settings, strategies as st

from taper.checker.checking import check
from taper.errors import OrderError, ScheduleError, TaperError
from taper.exchange.plan_document import document, read_document, report_data, write_document
from taper.exchange.schemas import order_schema, schema
from taper.finding import Finding, Report, Severity, folded
from taper.order.order import parse_order
from taper.planner.graph import Graph
from taper.planner.planning import plan
from taper.schedule.schedule import ONE_DAY, Schedule
from taper.schedule.supply import dispense
from tests.strategies import order_data, printed_schedules, weekly_schedules
from tests.support.orders import GOLDEN

VALIDATOR = jsonschema.Draft202012Validator(schema())
ORDERS = jsonschema.Draft202012Validator(order_schema())
GOLDEN_DOCUMENT = document(plan(parse_order(GOLDEN)), check(plan(parse_order(GOLDEN))))


def planned(data: dict[str, Any]) -> Schedule:
    order = parse_order(data)
    try:
        assume(Graph(order).layers() is not None)
        return plan(order)
    except TaperError:
        assume(False)
        raise


def test_the_published_schemas_are_json_schemas() -> None:
    for made in (schema(), order_schema(), schema("report"), schema("today"), schema("diff")):
        assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema(made)


@settings(max_examples=60)
@given(order_data() | order_data(times=2))
def test_written_and_read_back_is_the_same_schedule(data: dict[str, Any]) -> None:
    schedule = planned(data)
    text = write_document(schedule, Report())
    assert read_document(text) == schedule
    assert write_document(read_document(text), Report()) == text
    VALIDATOR.validate(json.loads(text))


@settings(max_examples=60)
@given(order_data() | order_data(times=3))
def test_every_order_agrees_with_the_published_schema(data: dict[str, Any]) -> None:
    ORDERS.validate(data)
    ORDERS.validate(parse_order(data).as_data())


@settings(max_examples=40)
@given(printed_schedules() | weekly_schedules())
def test_drops_and_volumes_survive_as_well(schedule: Schedule) -> None:
    taken = [step for step in schedule.steps if step.intakes]
    schedule = replace(schedule, stopped_on=taken[-1].end + ONE_DAY)
    text = write_document(schedule, Report())
    VALIDATOR.validate(json.loads(text))
    assert replace(read_document(text), remarks=()) == schedule  # made by hand, so no order leads to it


def test_a_drop_that_is_no_decimal_of_a_milliliter_survives() -> None:
    """Thirty drops in 1 mL of 3 mg/mL: a drop is 0.1 mg exactly, and 1/30 mL."""
    data = deepcopy(GOLDEN) | {"current": {"noon": "1 mg"}, "max_units": 8}
    data["product"] = [
        {
            "name": "own drops",
            "source": "clinician",
            "form": "oral drops",
            "strength": "3 mg/mL",
            "drops_per_ml": 30,
            "device": "dropper",
            "graduation": "1 drop",
        }
    ]
    data["phase"][0]["reduce"] = "0.1 mg"
    schedule = plan(parse_order(data))
    text = write_document(schedule, Report())
    VALIDATOR.validate(json.loads(text))
    assert read_document(text) == schedule


def test_the_keys_are_those_of_the_contract() -> None:
    made = GOLDEN_DOCUMENT
    assert list(made) == [
        "schema", "plan_id", "revision", "order", "steps", "stopped_on", "report", "supply"
    ]  # fmt: skip
    step = made["steps"][2]
    assert list(step) == [
        "number", "start", "end", "days", "intakes", "total_mg", "target_mg", "cut_mg", "cut_of_current", "cut_of_start"
    ]  # fmt: skip
    assert list(step["intakes"][0]) == ["time", "drug", "dose_mg", "items"]
    assert list(step["intakes"][0]["items"][0]) == ["product", "count"]
    assert list(made["report"]) == ["judged_by", "findings", "not_evaluated", "acknowledged"]
    assert list(made["supply"][0]) == ["product", "count"]
    for finding in made["report"]["findings"]:
        assert list(finding) == [
            "code", "severity", "step", "on", "until", "message", "measured", "limit",
            "detail", "advice", "sources", "runs",
        ]  # fmt: skip
        for run in finding["runs"]:
            assert list(run) == ["severity", "step", "on", "until", "message", "measured", "limit"]
        for source in finding["sources"]:
            assert list(source) == ["title", "locator", "url"]


def test_a_document_written_before_reports_had_runs_is_read_and_agrees_with_the_schema() -> None:
    """What a report said of its findings until then is enough; what came later is in the published schema."""
    older = deepcopy(GOLDEN_DOCUMENT)
    del older["report"]["judged_by"]
    for finding in older["report"]["findings"]:
        for key in ("detail", "advice", "until", "runs"):
            del finding[key]
    for entry in older["report"]["not_evaluated"]:
        del entry["about"]
    VALIDATOR.validate(older)
    assert read_document(json.dumps(older)) == read_document(json.dumps(GOLDEN_DOCUMENT))
    parts = schema()["$defs"]
    assert {"detail", "advice", "until", "runs"} <= parts["FindingPart"]["properties"].keys()
    assert "judged_by" in parts["ReportPart"]["properties"]
    assert "about" in parts["NotEvaluatedPart"]["properties"]


def test_how_many_more_runs_there_are_is_said_on_a_screen_and_never_in_data() -> None:
    runs = tuple(Finding("T101", Severity.WARNING, f"Cut {number}.") for number in (1, 2, 3))
    data = report_data(Report((folded(runs),)))["findings"][0]
    assert data["message"] == "Cut 1."
    assert [run["message"] for run in data["runs"]] == ["Cut 1.", "Cut 2.", "Cut 3."]


def test_amounts_are_text_and_days_are_iso() -> None:
    step = GOLDEN_DOCUMENT["steps"][2]
    assert {key: step[key] for key in ("number", "start", "end", "days")} == {
        "number": 2,
        "start": "2026-02-02",
        "end": "2026-02-15",
        "days": 14,
    }
    assert step["total_mg"] == {"diazepam": "16.5"}
    assert step["target_mg"] == "16.2"
    assert (step["cut_mg"], step["cut_of_current"], step["cut_of_start"]) == ("1.5", "1/12", "0.075")
    assert GOLDEN_DOCUMENT["stopped_on"] == "2026-09-14"

    def walk(value: Any) -> None:
        assert not isinstance(value, float)
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(part)

    walk(GOLDEN_DOCUMENT)
    VALIDATOR.validate(GOLDEN_DOCUMENT)


def test_a_liquid_has_a_volume_in_place_of_a_count() -> None:
    data = deepcopy(GOLDEN)
    data["product"] = [{"name": "diazepam oral solution 1 mg/mL", "device": "oral syringe", "graduation": "0.1 mL"}]
    made = document(plan(parse_order(data)), Report())
    assert made["steps"][0]["intakes"][0]["items"] == [{"product": "diazepam oral solution 1 mg/mL", "volume_ml": "10"}]
    assert set(made["supply"][0]) == {"product", "volume_ml"}


def test_a_maintenance_goal_has_no_stop() -> None:
    data = deepcopy(GOLDEN)
    data["phase"][0]["until"] = "10 mg"
    made = document(plan(parse_order(data)), Report())
    assert made["stopped_on"] is None
    assert read_document(json.dumps(made)).stopped_on is None


def test_supply_may_be_given_with_fills() -> None:
    schedule = plan(parse_order(GOLDEN))
    assert document(schedule, Report(), dispense(schedule, "4 weeks")) == document(schedule, Report())


def at(path: str) -> tuple[Any, Any, dict[str, Any]]:
    made = deepcopy(GOLDEN_DOCUMENT)
    *places, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    here: Any = made
    for place in places:
        here = here[place]
    return here, last, made


TAMPERED = [
    ("steps/3/days", 13, "steps[3].days"),
    ("steps/3/end", "2026-02-27", "steps[3].days"),
    ("steps/3/total_mg/diazepam", "15.5", "steps[3].total_mg"),
    ("steps/3/intakes/0/dose_mg", "7", "steps[3].total_mg"),
    ("steps/3/cut_mg", "1", "steps[3].cut_mg"),
    ("steps/3/cut_of_current", "0.1", "steps[3].cut_of_current"),
    ("steps/3/cut_of_start", "0.1", "steps[3].cut_of_start"),
    ("supply/0/count", "1", "supply[0]"),
    ("supply/1/product", "diazepam tablet 10 mg", "supply[1]"),
    ("supply", [], "supply"),
    ("stopped_on", "2026-09-15", "stopped_on"),
    ("stopped_on", "2026-01-06", "stopped_on"),
    ("stopped_on", None, "stopped_on"),
    ("order/current/morning", "10", "order.current.morning"),
    ("order/product/0/name", "diazepam tablet 4 mg", "order.product[0].name"),
    ("order/phase", [], "order.phase"),
    ("order/until", "0 mg", "order.until"),
    ("schema", "taper-plan/2", "schema"),
    ("revision", -1, "revision"),
    ("revision", "0", "revision"),
    ("steps", [], "steps"),
    ("steps/0/start", "2026-02-30", "steps[0].start"),
    ("steps/0/end", "2026-01-01", "steps[0].end"),
    ("steps/0/intakes/0/time", "lunch", "steps[0].intakes[0].time"),
    ("steps/0/intakes/0/dose_mg", 10, "steps[0].intakes[0].dose_mg"),
    ("steps/0/intakes/0/dose_mg", "10 mg", "steps[0].intakes[0].dose_mg"),
    ("steps/0/intakes/0/dose_mg", "-10", "steps[0].intakes[0].dose_mg"),
    ("steps/0/intakes/0/dose_mg", ".5", "steps[0].intakes[0].dose_mg"),
    ("steps/0/intakes/0/dose_mg", "1e1", "steps[0].intakes[0].dose_mg"),
    ("steps/0/intakes/0/dose_mg", "١٠", "steps[0].intakes[0].dose_mg"),
    ("steps/0/intakes/0/dose_mg", "9" * 200, "steps[0].intakes[0].dose_mg"),
    ("steps/0/intakes/0/items/0/volume_ml", "1", "steps[0].intakes[0].items[0]"),
    ("steps/0/intakes/0/items/0/count", None, "steps[0].intakes[0].items[0]"),
    ("steps/0/cut_of_start", "1/0", "steps[0].cut_of_start"),
    ("steps/0/target_mg", "1/0", "steps[0].target_mg"),
    ("steps/0/target_mg", "-1", "steps[0].target_mg"),
    ("steps/0/mood", "good", "steps[0].mood"),
    ("extra", 1, "extra"),
    ("report/findings", [{"code": "T101"}], "report.findings[0].severity"),
    ("report/note", "x", "report.note"),
]


@pytest.mark.parametrize(("path", "value", "field"), TAMPERED, ids=lambda part: str(part)[:30])
def test_a_tampered_sum_is_refused_by_name(path: str, value: object, field: str) -> None:
    here, last, made = at(path)
    here[last] = value
    with pytest.raises((ScheduleError, OrderError)) as caught:
        read_document(json.dumps(made))
    assert caught.value.field == field
    assert isinstance(caught.value, OrderError) == field.startswith("order.")


@pytest.mark.parametrize("path", ["plan_id", "steps", "supply", "report", "steps/0/days", "steps/0/target_mg"])
def test_a_missing_key_is_named(path: str) -> None:
    here, last, made = at(path)
    del here[last]
    with pytest.raises(ScheduleError, match="is missing") as caught:
        read_document(json.dumps(made))
    assert caught.value.field.endswith(str(last))
    assert not VALIDATOR.is_valid(made)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "1", '"x"', "{", '{"schema": "taper-plan/1"}', "\x00"])
def test_what_is_no_plan_document_is_a_schedule_error(text: str) -> None:
    with pytest.raises(ScheduleError):
        read_document(text)


@given(st.sampled_from([path for path, value, _ in TAMPERED if value]), st.integers() | st.none() | st.text(max_size=5))
def test_no_value_anywhere_breaks_the_reader(path: str, value: object) -> None:
    here, last, made = at(path)
    here[last] = value
    with suppress(TaperError):  # it may be read, it may be refused; nothing else
        assert read_document(json.dumps(made)).steps
