"""The backup file of MedTimer reminds of every dose on its day and of no other, and leaves what the phone has in place.

How the app decides whether a reminder is due on a day is written here anew after its public source
(`StandardScheduling`, `ReminderMapper`); the fields are those that its own test of the backup expects.
"""

from __future__ import annotations

import copy
import json
import random
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper.cli import main
from taper.errors import ScheduleError, TaperError
from taper.exchange.formats import export
from taper.exchange.medtimer.write import write_medtimer
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule
from tests.oracles.calendars import TIMES
from tests.strategies import living_plans, real_plans, weekly_schedules

EXAMPLES = Path(__file__).parents[2] / "examples"
REMINDER = {
    *("reminderId", "timeInMinutes", "createdTimestamp", "consecutiveDays", "pauseDays", "instructions"),
    *("cycleStartDay", "amount", "days", "active", "periodStart", "periodEnd", "activeDaysOfMonth"),
    *("linkedReminderId", "intervalStart", "intervalStartsFromProcessed", "variableAmount", "automaticallyTaken"),
    *("intervalStartTimeOfDay", "intervalEndTimeOfDay", "windowedInterval", "outOfStockThreshold"),
    *("outOfStockReminderType", "expirationReminderType", "notificationImportance"),
}
MEDICINE = {
    *("name", "color", "useColor", "notificationImportance", "iconId", "amount", "refillSizes", "unit", "sortOrder"),
    *("notes", "showNotificationAsAlarm", "productionDate", "expirationDate", "cannotBeSkipped"),
}
PHONE: dict[str, Any] = {
    "medicines": {
        "version": 25,
        "list": [
            {
                "medicine": {"name": "Iron", "color": -1, "amount": 12.5, "sortOrder": 3.44, "notes": "with juice"},
                "tags": [{"name": "mine"}],
                "reminders": [{"reminderId": 7, "timeInMinutes": 480, "amount": "1", "days": [True] * 7}],
            }
        ],
    },
    "events": {"version": 25, "list": [{"reminderId": 7, "status": "TAKEN", "remindedTimestamp": 1767600000}]},
    "settings": {"theme": "x"},
}


def read(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["medicines"]["list"]
    return found


def due(reminder: dict[str, Any], day: date) -> bool:
    """Return whether the app reminds on a day."""
    number = (day - date(1970, 1, 1)).days
    reminder = {"periodStart": 0, "periodEnd": 0, "pauseDays": 0, "activeDaysOfMonth": -1, "active": True} | reminder
    if reminder["periodStart"] != 0 and number < reminder["periodStart"]:
        return False
    if reminder["periodEnd"] != 0 and number > reminder["periodEnd"]:
        return False
    assert (reminder["pauseDays"], reminder["activeDaysOfMonth"]) == (0, -1)
    return bool(reminder["active"] and reminder["days"][day.weekday()])


def reminded(text: str, day: date) -> list[tuple[str, int, str]]:
    return sorted(
        (entry["medicine"]["name"], one["timeInMinutes"], one["amount"])
        for entry in read(text)
        for one in entry["reminders"]
        if due(one, day)
    )


@given(real_plans() | weekly_schedules() | living_plans())
def test_every_dose_is_reminded_of_on_its_day_and_no_other(schedule: Schedule) -> None:
    text = write_medtimer(schedule, written_on=schedule.steps[0].start, times=TIMES)
    for day, step in schedule.days():
        wanted = sorted(
            (intake.drug, TIMES[intake.time].hour * 60 + TIMES[intake.time].minute)
            for intake in step.intakes
            if intake.dose
        )
        found = reminded(text, day)
        assert [(drug, minute) for drug, minute, _ in found] == wanted
        for drug, minute, amount in found:
            doses = [i.dose for i in step.intakes if i.drug == drug and TIMES[i.time].hour * 60 <= minute]
            assert any(dose.number in amount for dose in doses), amount
    assert not reminded(text, schedule.steps[0].start - timedelta(days=1))
    if schedule.stopped_on is not None:
        assert not any(reminded(text, schedule.stopped_on + timedelta(days=later)) for later in range(40))


@given(real_plans())
def test_the_fields_are_those_of_the_app_and_none_is_null(schedule: Schedule) -> None:
    """The app refuses a backup in which a field is null."""
    numbers = set()
    for entry in read(write_medtimer(schedule, written_on=schedule.steps[0].start, times=TIMES)):
        assert set(entry) == {"medicine", "tags", "reminders"}
        assert set(entry["medicine"]) == MEDICINE
        assert None not in entry["medicine"].values()
        assert entry["medicine"]["amount"] == 0  # else the app would count "10 mg" as ten
        for one in entry["reminders"]:
            assert set(one) == REMINDER
            assert None not in one.values()
            assert len(one["days"]) == 7
            assert 0 < one["reminderId"] < 2**31 - 1
            numbers.add(one["reminderId"])
    assert len(numbers) == sum(
        len(entry["reminders"])
        for entry in read(write_medtimer(schedule, written_on=schedule.steps[0].start, times=TIMES))
    )


def test_a_dose_to_stay_on_has_no_last_day() -> None:
    """The phone must not fall silent while the drug goes on."""
    schedule = plan(read_order(EXAMPLES / "zopiclone_maintenance.toml"))
    text = write_medtimer(schedule, written_on=schedule.steps[0].start, times=TIMES)
    assert reminded(text, schedule.steps[-1].end + timedelta(days=500))


def test_a_cycle_to_stay_on_never_becomes_the_dose_of_its_last_night_every_night() -> None:
    """A reminder has no cycle of its own: those of every other night end with the days that are written."""
    order = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "10 mg"},
        "product": [{"name": "diazepam tablet 5 mg"}],
        "phase": [{"cycles": [["0 mg", "10 mg"]], "every": "2 weeks"}],
    }
    schedule = plan(parse_order(order))
    text = write_medtimer(schedule, written_on=schedule.steps[0].start, times=TIMES)
    assert reminded(text, schedule.steps[-1].end)
    assert not reminded(text, schedule.steps[-1].end + timedelta(days=1))
    assert not reminded(text, schedule.steps[-1].end + timedelta(days=2))
    assert export(schedule, "medtimer", written_on=schedule.steps[0].start, times=TIMES)


def test_a_record_that_does_not_say_that_it_goes_on_ends_on_its_last_day() -> None:
    from taper.exchange.tables.plain import read_table

    schedule = read_table("start,end,time,drug,dose_mg\n2026-01-05,2026-01-18,bedtime,zopiclone,7.5\n")
    text = write_medtimer(schedule, written_on="2026-01-05", times=TIMES)
    assert reminded(text, date(2026, 1, 18))
    assert not reminded(text, date(2026, 1, 19))


def test_what_the_phone_has_stays_and_an_earlier_file_of_the_plan_is_replaced() -> None:
    schedule = plan(read_order(EXAMPLES / "diazepam.toml"))
    first = write_medtimer(schedule, written_on="2026-01-05", times=TIMES, into=json.dumps(PHONE))
    held = revise(schedule, on="2026-02-03", hold="2 weeks")
    second = write_medtimer(held, written_on="2026-02-03", times=TIMES, into=first.encode())
    for text in (first, second):
        data = json.loads(text)
        assert data["medicines"]["list"][0] == PHONE["medicines"]["list"][0]
        assert (data["events"], data["settings"]) == (PHONE["events"], PHONE["settings"])
        assert [entry["medicine"]["name"] for entry in read(text)] == ["Iron", "diazepam"]
    ids = [{one["reminderId"] for one in read(text)[1]["reminders"]} for text in (first, second)]
    assert not ids[0] & ids[1]  # the app remembers by number of which it reminded today
    assert write_medtimer(held, written_on="2026-02-03", times=TIMES, into=second) == second
    for day, step in held.days():
        if day >= date(2026, 2, 3):
            assert len(reminded(second, day)) == len(step.intakes) + 1


def test_another_plan_stays_beside_it() -> None:
    one, other = (plan(read_order(EXAMPLES / f"{name}.toml")) for name in ("diazepam", "weekly"))
    text = write_medtimer(one, written_on="2026-01-05", times=TIMES)
    both = write_medtimer(other, written_on="2026-01-05", times=TIMES, into=text)
    assert [entry["medicine"]["name"] for entry in read(both)] == ["diazepam", "zopiclone"]


@pytest.mark.parametrize(
    "into",
    ["", "{}", "[]", "null", '{"medicines": {}}', '{"medicines": {"list": [1], "version": 25}}', "\x00",
     '{"medicines": {"list": []}}', '{"events": {"list": [], "version": 25}}',
     '{"medicines": {"list": [{"medicine": {}, "reminders": [{"reminderId": "x"}]}], "version": 25}}'],
)  # fmt: skip
def test_what_is_no_backup_is_refused(into: str) -> None:
    schedule = plan(read_order(EXAMPLES / "diazepam.toml"))
    with pytest.raises(ScheduleError):
        write_medtimer(schedule, written_on="2026-01-05", times=TIMES, into=into)


@settings(max_examples=200)
@given(st.integers(0, 10**9))
def test_a_broken_backup_is_refused_or_kept_and_never_a_traceback(seed: int) -> None:
    chance = random.Random(seed)
    data = copy.deepcopy(PHONE)
    here: Any = data
    while isinstance(here, (dict, list)) and here:
        key = chance.choice(list(here)) if isinstance(here, dict) else chance.randrange(len(here))
        if chance.random() < 0.3 or not isinstance(here[key], (dict, list)) or not here[key]:
            here[key] = chance.choice([None, 0, -1, 2**70, 0.5, "", "x", [], {}, True, [None], {"x": 1}])
            break
        here = here[key]
    with suppress(TaperError):
        write_medtimer(PLAN, written_on="2026-01-05", times=TIMES, into=json.dumps(data))


PLAN = plan(read_order(EXAMPLES / "weekly.toml"))


def test_what_cannot_be_reminded_of_is_refused() -> None:
    with pytest.raises(ScheduleError, match="clock time for bedtime"):
        write_medtimer(PLAN, written_on="2026-01-05", times={"morning": time(8)})
    with pytest.raises(ScheduleError, match="nothing to remind of"):
        write_medtimer(PLAN, written_on="2030-01-05", times=TIMES)


def test_the_command_says_that_restoring_replaces_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order, out, phone = EXAMPLES / "weekly.toml", tmp_path / "taper.json", tmp_path / "phone.json"
    phone.write_text(json.dumps(PHONE), encoding="utf-8")
    command = ["export", str(order), "--to", "medtimer", "--at", "bedtime=22:45", "--written-on", "2026-01-05"]
    assert main([*command, "--out", str(out)]) == 0
    assert "replaces all medicines" in capsys.readouterr().err
    assert out.read_bytes() == export(PLAN, "medtimer", written_on="2026-01-05", times=TIMES)
    assert main([*command, "--out", str(out), "--into", str(phone)]) == 0
    assert "replaces" not in capsys.readouterr().err
    assert [entry["medicine"]["name"] for entry in read(out.read_text(encoding="utf-8"))] == ["Iron", "zopiclone"]


def test_it_is_in_the_language_of_the_order() -> None:
    data = read_order(EXAMPLES / "weekly.toml").as_data() | {"handout": {"language": "de"}}
    text = write_medtimer(plan(parse_order(data)), written_on="2026-01-05", times=TIMES)
    assert "Tablette" in text
