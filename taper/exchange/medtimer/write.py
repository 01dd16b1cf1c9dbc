"""Write a schedule as a backup file of MedTimer, so that the patient's phone reminds of each dose of the taper.

Restoring a backup replaces all medicines and reminders that the app has. Whoever uses it for other medicines too makes
a backup there first and gives it here (`into`): all that is in it stays, and only what an earlier file of the same plan
put there is replaced.

Each dose is a reminder with its first and last day, its clock time and its days of the week. The amount is text; the
app's count of stock is left at zero, which turns it off, because it would take "10 mg" for ten. A plan that stays on a
dose has no last day there. Days without a dose have no reminder.

Written after the public source of the app (github.com/Futsch1/medTimer, database version 25, commit 800fe48b).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from taper.errors import ScheduleError
from taper.interval import DayLike, parse_day
from taper.loading import decode, load_json
from taper.order.parts import TimeOfDay
from taper.order.terms import stops
from taper.paper.label import NAMESPACE, Labels, plain, plan_key
from taper.schedule.schedule import ONE_DAY, Schedule
from taper.schedule.weekly import ordered_steps
from taper.values import dataclass

VERSION = 25
"""Version of the app's database: a newer app reads older files."""
_EPOCH = date(1970, 1, 1)
_MARK = "taper plan "  # at the beginning of the notes of a medicine of ours
_EVERY_DAY = tuple(range(7))
_COLORS = (-12627531, -16738680, -7508381, -1086464)  # one a drug, as the app keeps colors
_MOST_ID = 2_000_000_000


@dataclass(frozen=True, slots=True)
class _Reminder:
    """One dose on some days."""

    drug: str
    time: TimeOfDay
    start: date
    end: date | None
    weekdays: tuple[int, ...]
    amount: str
    words: str


def write_medtimer(
    schedule: Schedule,
    *,
    written_on: DayLike,
    times: Mapping[TimeOfDay, time] | None = None,
    into: bytes | str | None = None,
    language: str | None = None,
) -> str:
    """Write a schedule as a backup file of MedTimer.

    Args:
        schedule: The schedule.
        written_on: Day of writing; what lies before it gets no reminder.
        times: Clock time of each time of day.
        into: A backup that was made on the phone: all of it stays, and the plan is put in.
        language: Code of the language; the order's, or English, if not given.

    Raises:
        ScheduleError: A time of day without a clock time, nothing left to remind of, a schedule that cannot be shown
            day by day, or `into` is no backup of MedTimer.
        QuantityError: `written_on` is not a date.
    """
    day = parse_day(written_on, "written_on")
    labels = Labels(schedule, language)
    clock = _clock(labels.schedule, times or {})
    reminders = [one for one in _merged(_reminders(labels)) if one.end is None or one.end >= day]
    if not reminders:
        raise ScheduleError(f"no dose is left from {day} on, so there is nothing to remind of", field="written_on")
    backup = _empty() if into is None else _read(into)
    medicines: list[Any] = backup["medicines"]["list"]
    mark = f"{_MARK}{plan_key(labels.schedule)}"
    medicines[:] = [entry for entry in medicines if not _is_ours(entry, mark)]
    number = _first_id(labels.schedule, medicines, len(reminders))
    # A place in the app's list, which the app itself keeps as a float: no dose.
    order = max([0.0, *(float(entry["medicine"].get("sortOrder", 0)) for entry in medicines)])
    for index, drug in enumerate(dict.fromkeys(one.drug for one in reminders)):
        own = [one for one in reminders if one.drug == drug]
        ids = range(number, number + len(own))
        number += len(own)
        entries = [_entry(one, identifier, clock) for one, identifier in zip(own, ids, strict=True)]
        medicines.append(_medicine(labels, drug, mark, entries) | {"tags": []})
        medicines[-1]["medicine"] |= {"sortOrder": order + index + 1, "color": _COLORS[index % len(_COLORS)]}
    return json.dumps(backup, ensure_ascii=False, indent=2, default=float) + "\n"


def _clock(schedule: Schedule, times: Mapping[TimeOfDay, time]) -> dict[TimeOfDay, int]:
    """Return the minutes after midnight of each time of day."""
    found = {}
    for name in schedule.times:
        at = times.get(name)
        if at is None or at.tzinfo is not None:
            raise ScheduleError(
                f"no local clock time for {name}; name one for each time of day, without a time zone",
                field=f"times.{name}",
            )
        found[name] = at.hour * 60 + at.minute
    return found


def _reminders(labels: Labels) -> Iterator[_Reminder]:
    """Yield each dose of each step, with the days of the week on which it is taken."""
    schedule = labels.schedule
    steps = ordered_steps(schedule.steps)
    order, last = schedule.order, schedule.last_drugs
    stays = schedule.stopped_on is None and order is not None and not stops(order, last)
    # of a cycle each night is a step here: the last one alone would ring every night
    stays = stays and (len(steps) < 2 or steps[-2].number != steps[-1].number)
    for step in steps:
        end = None if stays and step is steps[-1] else step.end
        for part in step.parts:
            weekdays = part.weekdays if step.varies else _EVERY_DAY
            for intake, dose in zip(part.regimen.taken, labels.phrases.day(part.regimen.taken).doses, strict=True):
                yield _Reminder(
                    intake.drug, intake.time, step.start, end, weekdays, plain(dose.amount), plain(dose.words)
                )


def _merged(reminders: Iterator[_Reminder]) -> list[_Reminder]:
    """Put together what goes on as it was from one step to the next."""
    found: list[_Reminder] = []
    for one in reminders:
        for index, before in enumerate(found):
            follows = before.end is not None and before.end + ONE_DAY == one.start
            if follows and replace(before, start=one.start, end=one.end) == one:
                found[index] = replace(one, start=before.start)
                break
        else:
            found.append(one)
    return found


def _first_id(schedule: Schedule, medicines: list[Any], count: int) -> int:
    """Return the first of some free identifiers: of a plan and a revision the same, and far from the app's own.

    The app remembers of which reminder it has reminded today by this number, so one of another would be skipped.
    """
    key = uuid.uuid5(NAMESPACE, f"{plan_key(schedule)}/{schedule.revision}/medtimer").int
    first = 1_000_000 + key % 900_000 * 1000
    taken = sorted(int(one.get("reminderId", 0)) for entry in medicines for one in entry["reminders"])
    while any(first <= number < first + count for number in taken):
        first += 1000
    if first + count > _MOST_ID:
        raise ScheduleError("has no free number left for the reminders; make a new backup in the app", field="into")
    return first


def _medicine(labels: Labels, drug: str, mark: str, reminders: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a medicine as the app keeps it, all fields written: it refuses a file in which one is missing."""
    schedule = labels.schedule
    notes = [mark, f"revision {schedule.revision}"]
    if schedule.stopped_on is not None:
        notes.append(f"{plain(labels.phrases.long_date(schedule.stopped_on))}: {labels.say('mark_stop')}")
    medicine = {
        "name": labels.phrases.plain_name(drug),
        "color": 0,
        "useColor": True,
        "notificationImportance": 3,
        "iconId": 0,
        "amount": 0.0,
        "refillSizes": [],
        "unit": "",
        "sortOrder": 1.0,
        "notes": "\n".join(notes),
        "showNotificationAsAlarm": False,
        "productionDate": 0,
        "expirationDate": 0,
        "cannotBeSkipped": False,
    }
    return {"medicine": medicine, "reminders": reminders}


def _entry(one: _Reminder, identifier: int, clock: Mapping[TimeOfDay, int]) -> dict[str, Any]:
    """Return a reminder as the app keeps it; days are counted from 1970, and 0 is no last day."""
    return {
        "reminderId": identifier,
        "timeInMinutes": clock[one.time],
        "createdTimestamp": 0,
        "consecutiveDays": 1,
        "pauseDays": 0,
        "instructions": one.words,
        "cycleStartDay": 0,
        "amount": one.amount,
        "days": [weekday in one.weekdays for weekday in range(7)],
        "active": True,
        "periodStart": (one.start - _EPOCH).days,
        "periodEnd": 0 if one.end is None else (one.end - _EPOCH).days,
        "activeDaysOfMonth": -1,
        "linkedReminderId": 0,
        "intervalStart": 0,
        "intervalStartsFromProcessed": False,
        "variableAmount": False,
        "automaticallyTaken": False,
        "intervalStartTimeOfDay": 480,
        "intervalEndTimeOfDay": 1320,
        "windowedInterval": False,
        "outOfStockThreshold": 0.0,
        "outOfStockReminderType": "OFF",
        "expirationReminderType": "OFF",
        "notificationImportance": "SAME_AS_MEDICINE",
    }


def _empty() -> dict[str, Any]:
    return {"medicines": {"version": VERSION, "list": []}}


def _read(content: bytes | str) -> dict[str, Any]:
    """Read a backup of the app: only as much of it is looked at as is needed to leave all of it in place."""
    text = content if isinstance(content, str) else decode(content, ScheduleError)
    data = load_json(text, ScheduleError)
    medicines = data.get("medicines") if isinstance(data, dict) else None
    entries = medicines.get("list") if isinstance(medicines, dict) else None
    if not isinstance(entries, list) or not all(map(_is_entry, entries)):
        raise ScheduleError(
            "is no backup of MedTimer with its medicines; make one in the app (Backup) and take that file", field="into"
        )
    version = medicines.get("version") if isinstance(medicines, dict) else None
    if not isinstance(version, int) or version < 0:
        raise ScheduleError("does not say of which version of the app it is; make a new backup", field="into")
    assert isinstance(data, dict)
    return data


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get("medicine"), dict):
        return False
    reminders, order = entry.get("reminders"), entry["medicine"].get("sortOrder", 0)
    if not isinstance(reminders, list) or isinstance(order, (str, list, dict)) or order is None:
        return False
    return all(isinstance(one, dict) and isinstance(one.get("reminderId", 0), int) for one in reminders)


def _is_ours(entry: dict[str, Any], mark: str) -> bool:
    """Return whether a medicine was put there by an earlier file of the same plan."""
    notes = entry["medicine"].get("notes")
    return isinstance(notes, str) and notes.splitlines()[:1] == [mark]
