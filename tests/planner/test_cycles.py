"""Cycles of days, and a start that is not daily: day by day as written, through revisions, documents and exports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.checker.checking import check
from taper.errors import OrderError, TaperError
from taper.exchange.formats import export
from taper.exchange.plan_document import read_document, write_document
from taper.exchange.reading import read_schedule
from taper.exchange.sig.read import read_sig
from taper.order.order import parse_order
from taper.order.parts import WEEKDAYS
from taper.paper.sigs import write_sigs
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.day import today
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import shown_steps
from tests.support.days import doses

TABLETS = [{"name": "zopiclone tablet 7.5 mg"}, {"name": "zopiclone tablet 3.75 mg"}]
START = date(2026, 2, 4)


def nights(**changes: Any) -> dict[str, Any]:
    """Zopiclone 3.75 mg: every second night, then every third, then none."""
    return {
        "drug": "zopiclone",
        "country": "GB",
        "start": START.isoformat(),
        "current": {"bedtime": "3.75 mg"},
        "product": TABLETS,
        "phase": [{"cycles": [["3.75 mg", "0 mg"], ["3.75 mg", "0 mg", "0 mg"]], "every": "15 days", "until": "0 mg"}],
        **changes,
    }


WEEK = {"usual": "0 mg", "Monday": {"bedtime": "7.5 mg"}, "Thursday": {"bedtime": "7.5 mg"}}


def weekly_start(*phases: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Zopiclone 7.5 mg on Mondays and Thursdays."""
    return nights(current={"weekly": WEEK}, phase=list(phases), **changes)


def taken(schedule: Schedule) -> list[str]:
    """The dose of each day, from the first on."""
    by_day = doses(schedule)
    last = max(by_day)
    return [by_day.get(START + timedelta(days=n), Mg(0)).number for n in range((last - START).days + 1)]


dose = st.sampled_from(["0 mg", "3.75 mg", "7.5 mg", "11.25 mg"])
cycle = st.lists(dose, min_size=2, max_size=9).filter(lambda days: len(set(days)) > 1)


@given(st.lists(cycle, min_size=1, max_size=3), st.integers(18, 30), st.booleans())
def test_each_cycle_is_taken_day_by_day_from_its_own_first_day(
    cycles: list[list[str]], every: int, stops: bool
) -> None:
    phase: dict[str, Any] = {"cycles": cycles, "every": f"{every} days"} | ({"until": "0 mg"} if stops else {})
    found = plan(parse_order(nights(phase=[phase])))
    expected = ["3.75"] * every
    for days in cycles:
        expected += [days[n % len(days)].removesuffix(" mg") for n in range(every)]
    assert taken(found) == expected
    assert found.stopped_on == (START + timedelta(days=len(expected)) if stops else None)
    assert len(found.groups) == len(cycles) + 1
    assert read_document(write_document(found, check(found))).steps == found.steps
    assert parse_order(found.order.as_data() if found.order else {}) == found.order


@given(cycle, st.integers(1, 20), st.integers(1, 14))
def test_a_hold_keeps_the_cycle(days: list[str], on: int, longer: int) -> None:
    order = parse_order(nights(phase=[{"cycles": [days], "every": "28 days", "until": "0 mg"}]))
    before = plan(order)
    after = revise(before, on=START + timedelta(days=28 + on), hold=f"{longer} days")
    expected = ["3.75"] * 28 + [days[n % len(days)].removesuffix(" mg") for n in range(28 + longer)]
    assert taken(after) == expected


def test_a_cycle_is_one_step_on_paper_and_its_average_in_the_report() -> None:
    found = plan(parse_order(nights()))
    assert [(step.cycle, step.varies, step.days) for step in shown_steps(found.steps)] == [
        (7, False, 15),
        (2, True, 15),
        (3, True, 15),
    ]
    assert [step.averages["zopiclone"] for step in shown_steps(found.steps)][1:] == [Mg("1.875"), Mg("1.25")]
    (finding,) = (finding for finding in check(found).findings if finding.code == "T213")
    assert finding.message.startswith("In 2 of 3 steps the doses differ from day to day; the last 2 leave nights")
    assert "in turn 3.75 mg on 1 day, no dose on 2 days" in finding.runs[1].message
    assert not [finding for finding in check(found).findings if finding.code in ("T104", "T106", "T107")]


def test_today_knows_the_day_of_the_cycle() -> None:
    found = plan(parse_order(nights()))
    first = START + timedelta(days=15)
    said = [today(found, first + timedelta(days=n)).state for n in range(4)]
    assert said == ["dose", "none", "dose", "none"]


@pytest.mark.parametrize("to", ["ics", "fhir", "csv", "days", "steps"])
@pytest.mark.parametrize(
    "data", [nights(), weekly_start({"weekly": [WEEK | {"Monday": "3.75 mg"}], "every": "2 weeks"})]
)
def test_exports_bring_back_every_day(data: dict[str, Any], to: Any) -> None:
    found = plan(parse_order(data))
    more: dict[str, Any] = {"written_on": START} if to in ("ics", "fhir") else {}
    back = read_schedule(export(found, to, **more)).schedule()
    assert {day: dose for day, dose in doses(back).items() if dose} == {
        day: dose for day, dose in doses(found).items() if dose
    }


def test_a_label_names_the_cycle_and_is_not_read_as_daily() -> None:
    text = [sig.text for sig in write_sigs(plan(parse_order(nights())))][1]
    assert text == (
        "Every 2 days beginning 19 February 2026, take 1 tablet of 3.75 mg (3.75 mg) at bedtime; on all other days, "
        "take no dose, from 19 February 2026 to 5 March 2026 (15 days)"
    )
    (part,) = read_sig(text).parts
    assert not part.doses
    assert part.not_understood


# ---- a start that is not daily ---------------------------------------------------------------------------


@given(
    st.lists(dose, min_size=7, max_size=7).filter(lambda days: len(set(days)) > 1),
    st.lists(st.sampled_from(["3.75 mg", "7.5 mg"]), min_size=1, max_size=3),
    st.booleans(),
)
def test_typed_doses_follow_a_weekly_start_one_interval_each(week: list[str], listed: list[str], stops: bool) -> None:
    current = {
        "weekly": {day: {"bedtime": dose} if dose != "0 mg" else dose for day, dose in zip(WEEKDAYS, week, strict=True)}
    }
    phase = {"doses": listed + ["0 mg"] * stops, "every": "10 days"}
    found = plan(parse_order(nights(current=current, phase=[phase])))
    expected = [week[(START.weekday() + n) % 7].removesuffix(" mg") for n in range(10)]
    for each in listed:
        expected += [each.removesuffix(" mg")] * 10
    assert taken(found) == expected
    assert (found.stopped_on is not None) is stops


def test_a_phase_with_a_step_follows_the_typed_dose_of_every_day() -> None:
    phases = [
        {"doses": ["7.5 mg"], "every": "2 weeks"},
        {"reduce": "3.75 mg", "every": "1 week", "until": "0 mg"},
    ]
    found = plan(parse_order(weekly_start(*phases)))
    days = taken(found)
    assert (days[14], days[21], found.stopped_on) == ("7.5", "3.75", START + timedelta(days=28))
    assert "T104" not in [finding.code for finding in check(found).findings]


def test_a_weekly_list_may_begin_with_the_week_of_today() -> None:
    lower = {"usual": "0 mg", "Monday": "3.75 mg", "Thursday": "3.75 mg"}
    same = {"usual": "0 mg", "Monday": "7.5 mg", "Thursday": "7.5 mg"}
    phase = {"every": "2 weeks", "until": "0 mg"}
    first = plan(parse_order(weekly_start({"weekly": [lower], **phase})))
    second = plan(parse_order(weekly_start({"weekly": [same, lower], **phase})))
    assert first.steps == second.steps


def test_rare_use_is_told_of_a_stop_at_once_and_a_short_use_gives_notes_only() -> None:
    found = plan(
        parse_order(
            weekly_start({"doses": ["0 mg"], "every": "1 week"}, patient={"weeks_of_use": 3, "days_per_week": 2})
        )
    )
    (abrupt,) = (finding for finding in check(found).findings if finding.code == "T106")
    assert abrupt.severity.value == "note"
    assert {finding.severity.value for finding in check(found).findings} == {"note"}


def test_a_weekly_start_goes_on_through_a_revision() -> None:
    found = plan(parse_order(weekly_start({"doses": ["7.5 mg", "3.75 mg", "0 mg"], "every": "2 weeks"})))
    after = revise(found, on="2026-02-10", hold="1 week")
    assert taken(after)[:21] == ["7.5" if (START.weekday() + n) % 7 in (0, 3) else "0" for n in range(21)]
    assert taken(after)[21] == "7.5"


# ---- refused ---------------------------------------------------------------------------------------------


def phase(**keys: Any) -> dict[str, Any]:
    return nights(phase=[{"every": "2 weeks", "until": "0 mg"} | keys])


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        (phase(cycles=[]), "phase[0].cycles", "must not be empty"),
        (phase(cycles=[[]]), "phase[0].cycles[0]", "a cycle of 0 days"),
        (phase(cycles=[["3.75 mg"]]), "phase[0].cycles[0]", "a cycle of 1 day"),
        (phase(cycles=["3.75 mg", "0 mg"]), "phase[0].cycles[0]", "is not a cycle; each cycle is a list of its own"),
        (phase(cycles=[["0 mg", "0 mg"]]), "phase[0].cycles[0]", "a cycle without any dose"),
        (phase(cycles=[["3.75 mg", "3.75 mg"]]), "phase[0].cycles[0]", "every day of this cycle has the same dose"),
        (phase(cycles=[["3.75 mg", "0 mg"]], every="3 days"), "phase[0].every", "does not fit twice into 3 days"),
        (phase(cycles=[["3.75 mg", "0 mg"] * 15], every="60 days"), "phase[0].cycles[0]", "2 to 28 days"),
        (phase(cycles=[["3.75 mg", "0 mg"]], until="3.75 mg"), "phase[0].until", 'until is "0 mg" to stop'),
        (phase(cycles=[["3.75 mg", "0 mg"]], doses=["0 mg"]), "phase[0]", "doses and cycles"),
        (phase(cycles=[["1 mg", "0 mg"]]), "phase[0].cycles[0].bedtime", "cannot be made"),
        (
            weekly_start({"reduce": "3.75 mg", "every": "2 weeks", "until": "0 mg"}),
            "phase[0].reduce",
            "is not taken every day alike; begin with a phase that says what comes next",
        ),
        (weekly_start({"preset": "ashton-text", "every": "1 week"}), "phase[0].preset", "a preset counts from a daily"),
        (nights(current={"weekly": {"usual": "0 mg"}}), "current.weekly", "a week without any dose"),
        (nights(current={"weekly": {"Monday": {"bedtime": "5 mg"}}}), "current.weekly", "no dose for Tuesday"),
        (
            nights(current={"weekly": {"usual": "0 mg", "Monday": "7.5 mg"}}),
            "current.weekly.Monday",
            '7.5 mg at which time of day? Write {bedtime = "7.5 mg"}',
        ),
        (
            nights(current={"weekly": WEEK, "bedtime": "7.5 mg"}),
            "current.weekly",
            "weekly and bedtime both say what is taken",
        ),
        (
            nights(current={"weekly": {"usual": {"bedtime": "7.5 mg"}}}),
            "current.weekly",
            "every day of the week has the same doses",
        ),
        (
            weekly_start({"doses": ["0 mg"], "every": "1 week"}, patient={"days_per_week": 3}),
            "patient.days_per_week",
            "3 days a week contradicts [current], which is taken on 2 days of the week",
        ),
        (nights(patient={"days_per_week": 3}), "patient.days_per_week", "which is taken every day"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(data: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(TaperError) as refused:
        plan(parse_order(data))
    assert (refused.value.field, words in str(refused.value)) == (field, True), str(refused.value)


def test_a_day_without_a_dose_in_a_typed_list_is_told_how_to_write_a_cycle() -> None:
    with pytest.raises(OrderError, match=r'days without a dose as cycles = \[\["… mg", "0 mg"\]\]'):
        parse_order(phase(doses=["0 mg", "3.75 mg", "0 mg"], every="1 day", until=None))
