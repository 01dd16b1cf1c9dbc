"""One day of a plan: what `today` tells is what the schedule, the calendar and the fills say of that day."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper.cli.console import Console
from taper.cli.plans import today as command
from taper.cli.screens.plans import print_today
from taper.errors import ScheduleError
from taper.exchange.today_document import today_data
from taper.order.order import parse_order, read_order
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.planner.planning import plan
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.calendar import review_days
from taper.schedule.day import today
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from taper.schedule.supply import dispense
from tests.strategies import INTERVALS, printed_schedules, supplied_schedules

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
FIVE = "diazepam tablet 5 mg"
DAY = timedelta(days=1)


def shown(schedule: Schedule, on: date, capsys: pytest.CaptureFixture[str], every: str | None = None) -> str:
    """What is printed of a day, with ordinary spaces."""
    capsys.readouterr()
    with Console(terminal=False) as console:
        print_today(console, today(schedule, on, every), schedule)
    return capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")


def taken(dose: str, product: str = FIVE, count: str = "1", drug: str = "diazepam") -> tuple[Intake, ...]:
    return (Intake("bedtime", drug, Mg(dose), (Item(product, Pieces(count)),)),)


def weekly(golden: dict[str, Any]) -> Schedule:
    """A week of 5 mg, then two weeks of half a tablet on Monday and Friday and 5 mg on the other days, then stop."""
    monday = date(2026, 1, 5)
    steps = [Step(0, monday, monday + 6 * DAY, taken("5"))]
    for week in (1, 2):
        start = monday + timedelta(weeks=week)
        steps += [
            Step(1, start, start, taken("2.5", count="0.5")),
            Step(1, start + DAY, start + 3 * DAY, taken("5")),
            Step(1, start + 4 * DAY, start + 4 * DAY, taken("2.5", count="0.5")),
            Step(1, start + 5 * DAY, start + 6 * DAY, () if week == 2 else taken("5")),
        ]
    return Schedule(tuple(steps), monday + timedelta(weeks=3), parse_order(golden), "id")


@settings(max_examples=100)
@given(printed_schedules(), st.integers(-5, 110), st.none() | st.sampled_from(INTERVALS))
def test_a_day_is_told_as_the_schedule_has_it(schedule: Schedule, offset: int, every: str | None) -> None:
    """Before, in and after the plan: nothing is an error, and nothing is made up."""
    on = schedule.steps[0].start + timedelta(days=offset)
    found, step = today(schedule, on, every), dict(schedule.days()).get(on)
    assert found.intakes == (step.intakes if step else ())
    assert found.step == (step.number if step else None)
    assert found.step_end == (step.end if step else None)
    assert found.tomorrow is None
    end = schedule.steps[-1].end
    expected = "before" if offset < 0 else "stopped" if schedule.stopped_on else "over"
    if step is not None:
        expected = "dose" if step.intakes else "none"
    assert found.state == expected
    steps = dict(schedule.days())
    later = (day for day in sorted(steps) if day > on and steps[day].intakes != steps.get(day - DAY, Step).intakes)
    change = next(later, None) if offset >= -1 else schedule.steps[0].start
    if change is not None:
        assert found.change is not None
        assert (found.change.day, found.change.intakes) == (change, steps[change].intakes)
        assert not found.change.stop
    elif schedule.stopped_on is not None and on <= end:
        assert found.change is not None
        assert (found.change.day, found.change.stop) == (schedule.stopped_on, True)
    else:
        assert found.change is None
    assert found.review == next((day for day in review_days(schedule) if day >= on), None)
    assert json.loads(json.dumps(today_data(found)))["day"] == on.isoformat()


@settings(max_examples=100)
@given(supplied_schedules(records=2), st.integers(-5, 90))
def test_what_is_left_is_what_the_fills_brought_less_what_the_days_took(schedule: Schedule, offset: int) -> None:
    """And the days that the running fill still covers, with the day of the next one."""
    on = schedule.steps[0].start + timedelta(days=offset)
    found, supply = today(schedule, on), dispense(schedule)
    assert schedule.order is not None
    records = [event.on for event in schedule.order.history if event.handed or event.stock]
    if records and on < records[-1]:
        assert (found.left, found.fill, found.days_left) == (None, None, None)
        return
    fill = next((one for one in supply.fills if one.start <= on <= one.end), None)
    assert found.fill == fill
    assert found.days_left == (
        None if fill is None else sum(fill.start <= on + n * DAY <= fill.end for n in range(999))
    )
    assert found.next_fill == min((one.start for one in supply.fills if one.start > on), default=None)
    begin = records[-1] if records else schedule.steps[0].start
    have: dict[str, Fraction] = defaultdict(Fraction)
    if supply.past is not None:
        for one in supply.past.left:
            have[one.product] += one.amount.value
    elif not records:
        for one in supply.stock:
            have[one.product] += one.amount.value
    else:
        return  # a record on the first day: the dispenser's own tests hold it
    for one in supply.fills:
        for line in one.lines if one.start <= on else ():
            have[line.product] += line.handed.value
    for day, step in schedule.days():
        for item in (item for intake in step.intakes for item in intake.items) if begin <= day <= on else ():
            amount = item.volume if item.volume is not None else item.count
            assert amount is not None
            have[item.product] -= amount.value
    assert found.left is not None
    assert {one.product: one.amount.value for one in found.left} == {name: n for name, n in have.items() if n}


def test_the_first_day_of_a_new_dose_and_the_day_before_it(
    golden: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    schedule = plan(parse_order(golden | {"review_every": "4 weeks"}))
    eve = today(schedule, date(2026, 1, 18), "4 weeks")
    assert (eve.step, eve.step_end, eve.days_left) == (0, date(2026, 1, 18), 15)
    assert eve.change is not None
    assert eve.change.day == date(2026, 1, 19)
    new = today(schedule, date(2026, 1, 19))
    assert (new.step, new.intakes) == (1, eve.change.intakes)
    text = shown(schedule, date(2026, 1, 19), capsys, "4 weeks")
    assert "Morning 9 mg: 1 tablet of 5 mg + 2 tablets of 2 mg each" in text
    assert "Next change on Monday, February 2, 2026" in text
    assert "half of one 5 mg tablet + 3 tablets of 2 mg each" in text
    assert "Next review: Monday, February 2, 2026" in text
    assert "14 days left in this fill, this day included" in text
    assert "Next fill: Monday, February 2, 2026\n" in text
    reviewed = shown(schedule, date(2026, 2, 2), capsys)
    assert "\nReview today\n" in reviewed
    assert "Next review" not in reviewed


def test_a_length_of_a_fill_that_nobody_ordered_is_said(
    golden: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """As the pharmacy order says it; a date is never shown as if it had been ordered."""
    day = date(2026, 1, 19)
    assert "2026 (no length of a fill is ordered: 28 days; " in shown(plan(parse_order(golden)), day, capsys)
    reviewed = plan(parse_order(golden | {"review_every": "2 weeks"}))
    assert "2026 (each lasts until the next review; " in shown(reviewed, day, capsys)


def test_before_the_plan_the_last_day_and_after_it(golden: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    schedule = plan(parse_order(golden))
    stop = schedule.stopped_on
    assert stop is not None
    before = shown(schedule, date(2026, 1, 1), capsys)
    assert "The plan has not begun: there is no dose for this day yet." in before
    assert "The plan begins on Monday, January 5, 2026" in before
    assert "Take:" not in before
    last = shown(schedule, stop - DAY, capsys)
    assert "Take:" in last
    assert "First day without diazepam: Monday, September 14, 2026" in last
    assert "1 day left in this fill" in last
    after = shown(schedule, stop, capsys)
    assert "the plan has stopped" in after
    assert "mg:" not in after
    assert "forget a dose" not in after
    assert "forget a dose" in last


def test_a_dose_that_is_kept_goes_on_after_the_last_day(capsys: pytest.CaptureFixture[str]) -> None:
    """A maintenance goal is no stop: the handout's own sentence says to stay on the dose."""
    assert command(EXAMPLES / "zopiclone_maintenance.toml", date(2030, 1, 1)) == 0
    text = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert "stay on this dose until you and your prescriber decide" in text
    assert "Bedtime 3.75 mg: 1 tablet of 3.75 mg" in text
    assert "stopped" not in text


def test_a_weekly_pattern_tells_tomorrow_and_a_day_without_a_dose(
    golden: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    schedule = weekly(golden)
    eve = today(schedule, date(2026, 1, 11))
    assert eve.tomorrow is None
    assert eve.change is not None
    assert (eve.change.day, eve.change.weekly) == (date(2026, 1, 12), True)
    assert "from then on the dose is not the same every day" in shown(schedule, date(2026, 1, 11), capsys)
    monday = today(schedule, date(2026, 1, 12))
    assert (monday.step, monday.step_end, monday.tomorrow) == (1, date(2026, 1, 25), taken("5"))
    assert monday.change is not None
    assert (monday.change.day, monday.change.stop) == (date(2026, 1, 26), True)
    text = shown(schedule, date(2026, 1, 12), capsys)
    assert "Bedtime 2.5 mg: half of one 5 mg tablet" in text
    assert "Tomorrow, by the pattern of this step:" in text
    assert today(schedule, date(2026, 1, 13)).tomorrow is None
    friday = today(schedule, date(2026, 1, 23))
    assert friday.tomorrow == ()
    saturday = today(schedule, date(2026, 1, 24))
    assert (saturday.state, saturday.step) == ("none", 1)
    assert "No dose today" in shown(schedule, date(2026, 1, 24), capsys)


def test_two_drugs_are_told_apart_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = taken("5"), taken("1", "lorazepam tablet 1 mg", drug="lorazepam")
    start = date(2026, 3, 2)
    steps = (Step(0, start, start + 6 * DAY, one + other), Step(1, start + 7 * DAY, start + 9 * DAY, one))
    text = shown(Schedule(steps, None), start, capsys)
    assert "Bedtime diazepam 5 mg" in text
    assert "Bedtime LORazepam 1 mg" in text
    assert "diazepam 5 mg and LORazepam 1 mg a day" in text
    assert "LORazepam" not in text.split("Next change")[1].split("Supply")[0]


def test_a_liquid_is_told_in_milliliters(capsys: pytest.CaptureFixture[str]) -> None:
    command(EXAMPLES / "diazepam_liquid.toml", date(2026, 1, 6))
    assert " mL (" in capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    command(EXAMPLES / "diazepam_liquid.toml", date(2026, 1, 6), json=True)
    made = json.loads(capsys.readouterr().out)
    assert "volume_ml" in made["intakes"][0]["items"][0]
    start = date(2026, 3, 2)
    items = (Item("syrup", volume=Ml("2.5")),)
    schedule = Schedule((Step(0, start, start + DAY, (Intake("morning", "diazepam", Mg(1), items),)),))
    assert [(x.product, x.amount) for x in today(schedule, start).left or ()] == [("syrup", Ml("2.5"))]


def test_a_gap_is_told_and_not_bridged(capsys: pytest.CaptureFixture[str]) -> None:
    start = date(2026, 3, 2)
    steps = (Step(0, start, start, taken("5")), Step(1, start + 3 * DAY, start + 4 * DAY, taken("2.5", count="0.5")))
    schedule = Schedule(steps, start + 9 * DAY)
    assert [today(schedule, start + n * DAY).state for n in (0, 1, 2, 3, 5, 8, 9)] == [
        *("dose", "gap", "gap", "dose", "gap", "gap", "stopped"),
    ]
    assert "This day is not in the plan: ask your prescriber" in shown(schedule, start + DAY, capsys)


def test_a_day_with_two_answers_is_refused() -> None:
    start = date(2026, 3, 2)
    with pytest.raises(ScheduleError, match="not clear"):
        today(Schedule((Step(0, start, start + DAY, taken("5")), Step(1, start, start + DAY, taken("2.5")))), start)


def test_the_missed_dose_is_the_sentence_of_the_handout_with_its_source(
    golden: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    text = shown(plan(parse_order(golden)), date(2026, 1, 5), capsys)
    handout = build_handout(PrintRequest(plan(parse_order(golden)), printed_on=date(2026, 1, 2)))
    points = [point for passage in handout.advice for point in passage.points]
    missed = [point for point in points if point.text in text]
    assert [point.text.split(",")[0] for point in missed] == ["If you forget a dose in the day"]
    assert all(source.url in text for source in missed[0].sources)


def test_every_dose_is_in_the_words_of_the_handout(golden: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    schedule = plan(parse_order(golden))
    for row, step in zip(
        build_handout(PrintRequest(schedule, printed_on=date(2026, 1, 2))).steps, schedule.steps, strict=False
    ):
        text = shown(schedule, step.end, capsys)
        assert row.doses is not None
        for dose in row.doses.doses:
            assert f"{dose.line}: {dose.words}".replace("\N{NO-BREAK SPACE}", " ") in text


def test_a_cycle_is_not_said_to_go_by_the_week(capsys: pytest.CaptureFixture[str]) -> None:
    schedule = plan(read_order(Path(__file__).parents[2] / "examples" / "every_other_night.toml"))
    assert "not the same every day" in shown(schedule, date(2026, 3, 19), capsys)
    for day in (date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 21), date(2026, 4, 8)):
        assert "week" not in shown(schedule, day, capsys).replace("2 weeks", "")
