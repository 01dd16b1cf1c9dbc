"""Write a schedule as a calendar (RFC 5545): one all-day event per day, or one timed event per intake.

A day without a dose, and the stop, are all-day events in both.

Recurrence rules (RRULE) are never written: several calendars drop the last day of a series or move it by an
hour when clocks change. Each day is an event of its own, identified by plan, date and slot, so that a later
revision replaces the day in a calendar that subscribes to the file. A file that is imported by hand is a copy:
delete the old calendar before importing a new revision.

All-day events carry no alarm (some calendars would ring on the day before). Timed events are in local
time wherever the reader is, unless a time zone is named: some calendars take such times for UTC.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from taper.errors import MissingExtraError, ScheduleError, renamed
from taper.exchange.calendar.zone import component, zone_of
from taper.interval import DayLike, parse_day
from taper.order.parts import TimeOfDay
from taper.paper.label import Labels, identifier, plain, plan_key
from taper.schedule.regimen import Intake
from taper.schedule.schedule import ONE_DAY, Schedule, Step, as_schedule
from taper.values import dataclass

if TYPE_CHECKING:
    from icalendar import Event

Style = Literal["day", "intake"]

LENGTH = timedelta(minutes=15)  # of a timed event: some calendars hide events that last no time
MOST_ALARM = 24 * 60


@dataclass(frozen=True, slots=True)
class _Slot:
    """One event: a day, the slot in it, what it says, and when it begins (None for all day)."""

    day: date
    slot: str
    text: str
    detail: str
    step: Step | None
    intakes: tuple[Intake, ...] = ()
    begins: time | None = None


@dataclass(frozen=True, slots=True)
class _Chosen:
    """How a calendar is to be written, in the words of `write_ics`."""

    written_on: date
    style: Style
    times: Mapping[TimeOfDay, time] | None
    alarm: int | None
    discreet: bool
    weeks: int | None
    previous: Schedule | None
    zone: str | None


# more than six parameters: the public call, whose keywords are the settings of the format
@renamed(stamp="written_on", alarms="alarm")
def write_ics(
    schedule: Schedule,
    *,
    written_on: DayLike,
    style: Style = "day",
    times: Mapping[TimeOfDay, time] | None = None,
    alarm: int | None = None,
    discreet: bool = False,
    weeks: int | None = None,
    previous: Schedule | None = None,
    language: str | None = None,
    zone: str | None = None,
) -> bytes:
    """Write a schedule as an iCalendar file.

    Args:
        schedule: The schedule.
        written_on: Day on which this revision is published.
        style: ``day``: one all-day event a day; ``intake``: one timed event for each time of day.
        times: Clock time of each time of day, for timed events; local time, no time zone.
        alarm: Minutes before a timed event at which to remind, 0 for at the time; None for no reminder.
        discreet: Whether the titles name neither medicine nor dose, for screens that others see.
        weeks: Only so many weeks from `written_on` (or from the first day, if that is later).
        previous: The revision that was sent before: days that it had and this one has not are sent as canceled.
        language: Code of the language; the order's, or English, if not given.
        zone: Time zone of the clock times, such as ``"Europe/Berlin"``; if not given they are local wherever the
            calendar is read. A calendar that takes such times for UTC, as Google's is reported to, needs it.

    Returns:
        The file. The same input gives the same bytes.

    Raises:
        MissingExtraError: The package icalendar is not installed.
        ScheduleError: A time of day without a clock time, an alarm on all-day events, a previous
            revision of another plan, or a schedule that cannot be shown day by day.
        QuantityError: `written_on` is not a date.
    """
    chosen = _Chosen(parse_day(written_on, "written_on"), style, times, alarm, discreet, weeks, previous, zone)
    _refuse(as_schedule(schedule), chosen)
    labels = Labels(schedule, language)
    head, end, tail = _frame(labels, chosen).rpartition(b"END:VCALENDAR")
    return head + _zone(chosen, labels.schedule) + b"".join(_events(labels, chosen, language)) + end + tail


def _frame(labels: Labels, chosen: _Chosen) -> bytes:
    """Write a calendar without events."""
    try:
        from icalendar import Calendar
    except ImportError:
        raise MissingExtraError("icalendar", "ics", "writing a calendar") from None

    calendar = Calendar()
    calendar.add("prodid", f"-//taper//taper//{labels.phrases.words.code.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if not chosen.discreet:
        calendar.add("x-wr-calname", labels.say("title", medicine=_medicine(labels)))
    if chosen.zone is not None:
        calendar.add("x-wr-timezone", chosen.zone)
    calendar.add("x-taper-plan", plan_key(labels.schedule))
    calendar.add("x-taper-revision", str(labels.schedule.revision))
    frame: bytes = calendar.to_ical()
    return frame


def _zone(chosen: _Chosen, schedule: Schedule) -> bytes:
    """Write the time zone as it is on the days of the plan and of the one before."""
    if chosen.zone is None:
        return b""
    steps = [*schedule.steps, *(chosen.previous.steps if chosen.previous is not None else ())]
    return component(zone_of(chosen.zone), min(step.start for step in steps), max(step.end for step in steps))


def _medicine(labels: Labels) -> str:
    return plain(labels.phrases.medicines(labels.schedule.drugs))


def _events(labels: Labels, chosen: _Chosen, language: str | None) -> list[bytes]:
    """Write the events of a schedule, and the canceled ones of the revision before."""
    first = max(chosen.written_on, labels.schedule.steps[0].start)
    after = None if chosen.weeks is None else first + timedelta(weeks=chosen.weeks)
    slots, maker = list(_slots(labels, chosen.style, chosen.times)), _Maker(labels, chosen)
    events = [maker.event(slot) for slot in slots if after is None or first <= slot.day < after]
    if chosen.previous is not None:
        kept = {(slot.day, slot.slot) for slot in slots}
        old = _slots(Labels(chosen.previous, language), chosen.style, chosen.times)
        gone = [s for s in old if (s.day, s.slot) not in kept and (after is None or s.day >= first)]
        events += [maker.event(slot, canceled=True) for slot in gone]
    if not events:
        raise ScheduleError(
            f"no day of the plan lies in the {chosen.weeks} weeks from {first}, so there is nothing to show",
            field="weeks",
        )
    return events


def _refuse(schedule: Schedule, chosen: _Chosen) -> None:
    """Refuse what no calendar can show."""
    if chosen.style not in ("day", "intake"):
        raise ScheduleError(f"{chosen.style!r} is not a style; known: day, intake", field="style")
    if chosen.weeks is not None and not 1 <= chosen.weeks <= 520:
        raise ScheduleError(f"{chosen.weeks} weeks cannot be shown; write a number from 1 to 520", field="weeks")
    if chosen.style == "day":
        if chosen.alarm is not None:
            raise ScheduleError(
                "all-day events carry no alarm, because some calendars would ring on the day before; "
                'choose the style "intake" and a clock time for each time of day',
                field="alarm",
            )
        if chosen.zone is not None:
            raise ScheduleError(
                'all-day events have no time zone; choose the style "intake" and a clock time for each time of day',
                field="zone",
            )
    else:
        _refuse_times(schedule, chosen)
        if chosen.zone is not None:
            zone_of(chosen.zone)
    previous = chosen.previous
    if previous is not None:
        if plan_key(as_schedule(previous)) != plan_key(schedule):
            raise ScheduleError("is another plan, so its days cannot be canceled by this one", field="previous")
        if previous.revision >= schedule.revision:
            raise ScheduleError(
                f"revision {previous.revision} is not before revision {schedule.revision}", field="previous"
            )


def _refuse_times(schedule: Schedule, chosen: _Chosen) -> None:
    """Refuse timed events without a clock time, or with an alarm too early."""
    every = {*schedule.times, *(chosen.previous.times if chosen.previous else ())}
    for name in sorted(every):
        clock = (chosen.times or {}).get(name)
        if clock is None or clock.tzinfo is not None:
            raise ScheduleError(
                f"no local clock time for {name}; name one for each time of day, without a time zone",
                field=f"times.{name}",
            )
    if chosen.alarm is not None and not 0 <= chosen.alarm <= MOST_ALARM:
        raise ScheduleError(f"{chosen.alarm} minutes before is not from 0 to {MOST_ALARM}", field="alarm")


def _slots(labels: Labels, style: Style, times: Mapping[TimeOfDay, time] | None) -> Iterator[_Slot]:
    """Yield the events of a schedule in order of time."""
    schedule = labels.schedule
    for step in schedule.steps:
        parts = list(_parts(labels, step, style, times))
        for offset in range(step.days):
            day = step.start + timedelta(days=offset)
            for slot, text, detail, intakes, begins in parts:
                yield _Slot(day, slot, text, detail, step, intakes, begins)
    if schedule.stopped_on is not None:
        slot = "day" if style == "day" else "stop"
        yield _Slot(schedule.stopped_on, slot, labels.say("mark_stop"), "", None)


def _parts(
    labels: Labels, step: Step, style: Style, times: Mapping[TimeOfDay, time] | None
) -> Iterator[tuple[str, str, str, tuple[Intake, ...], time | None]]:
    """Yield slot, title, detail, intakes and clock time of each event of a day."""
    taken = step.regimen.taken
    doses = labels.phrases.day(taken).doses
    pairs = [
        (intake, plain(dose.line), plain(f"{dose.line}: {dose.words}" if dose.words else dose.line))
        for intake, dose in zip(taken, doses, strict=True)
    ]
    if style == "day":
        text = ", ".join(line for _, line, _ in pairs) or labels.say("none_day")
        yield "day", text, "\n".join(detail for _, _, detail in pairs), taken, None
        return
    if not taken:
        yield "none", labels.say("none_day"), "", (), None
    for name in dict.fromkeys(intake.time for intake in taken):
        here = [pair for pair in pairs if pair[0].time == name]
        assert times is not None
        text, detail = ", ".join(line for _, line, _ in here), "\n".join(detail for _, _, detail in here)
        yield name, text, detail, tuple(intake for intake, _, _ in here), times[name]


class _Maker:
    """Serializes events; those of one step share all lines but the dates, which are written once a step."""

    def __init__(self, labels: Labels, chosen: _Chosen) -> None:
        self.labels, self.medicine, self.discreet, self.alarm = labels, _medicine(labels), chosen.discreet, chosen.alarm
        self.zone = "" if chosen.zone is None else f";TZID={chosen.zone}"
        self.stamp = datetime.combine(chosen.written_on, time(), UTC)
        self.first = labels.schedule.steps[0].start
        self._known: dict[tuple[object, ...], tuple[bytes, bytes]] = {}

    def event(self, slot: _Slot, canceled: bool = False) -> bytes:
        """Return the lines of one event."""
        number = (slot.day - self.first).days + 1
        title = (
            self.labels.say("event_discreet", number=str(number))
            if self.discreet
            else self.labels.say("event", medicine=self.medicine, text=slot.text)
        )
        key = (title, slot.slot, slot.step and slot.step.number, slot.intakes, canceled)
        if key not in self._known:
            begin, _, rest = self._event(slot, title, canceled).to_ical().partition(b"\r\n")
            self._known[key] = begin + b"\r\n", rest
        begin, rest = self._known[key]
        uid = identifier(self.labels.schedule, slot.day, slot.slot)
        return begin + f"{_moments(slot, self.zone)}UID:{uid}\r\n".encode() + rest

    def _event(self, slot: _Slot, title: str, canceled: bool) -> Event:
        """Build all of an event that does not depend on its day."""
        from icalendar import Alarm, Event, vText

        event = Event()
        event.add("summary", title)
        detail = [slot.detail if not self.discreet or slot.detail else slot.text]
        if slot.step is not None:
            detail.append(self.labels.say("event_step", number=str(slot.step.number)))
            event.add("x-taper-step", str(slot.step.number))
            event.add("x-taper-intakes", vText(_exact(slot.intakes), params={"VALUE": "TEXT"}))
        event.add("description", "\n".join(line for line in detail if line))
        event.add("dtstamp", self.stamp)
        event.add("last-modified", self.stamp)
        event.add("sequence", self.labels.schedule.revision)
        event.add("status", "CANCELLED" if canceled else "CONFIRMED")
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        if self.alarm is not None and slot.begins is not None and not canceled:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", timedelta(minutes=-self.alarm))
            event.add_component(alarm)
        return event


def _moments(slot: _Slot, zone: str) -> str:
    """Write the start and the end; these lines are short and need no escaping."""
    if slot.begins is None:
        return (
            f"DTSTART;VALUE=DATE:{slot.day.strftime('%Y%m%d')}\r\n"
            f"DTEND;VALUE=DATE:{(slot.day + ONE_DAY).strftime('%Y%m%d')}\r\n"
        )
    start = datetime.combine(slot.day, slot.begins)
    return f"DTSTART{zone}:{start:%Y%m%dT%H%M%S}\r\nDTEND{zone}:{start + LENGTH:%Y%m%dT%H%M%S}\r\n"


def _exact(intakes: tuple[Intake, ...]) -> str:
    """Write intakes for programs: ``[time, drug, mg, [[product, pieces, mL], ...]]`` each, numbers as text."""
    rows = [
        [
            intake.time,
            intake.drug,
            intake.dose.number,
            [
                [
                    item.product,
                    None if item.count is None else item.count.number,
                    None if item.volume is None else item.volume.number,
                ]
                for item in intake.items
            ],
        ]
        for intake in intakes
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
