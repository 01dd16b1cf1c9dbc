"""Calendars: other people's readers find every dose on its day, a revision replaces and cancels, RFC 5545 is kept."""

from __future__ import annotations

import io
import json
import re
import time as clock
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import dateutil.tz
import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, strategies as st
from ical.calendar_stream import IcsCalendarStream

from taper.errors import ScheduleError
from taper.exchange.calendar.read import read_ics
from taper.exchange.calendar.write import write_ics
from taper.exchange.reading import read_schedule
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.oracles.calendars import TIMES, ZONES, doses
from tests.oracles.papers import planned
from tests.strategies import living_plans, printed_schedules, real_plans, weekly_schedules
from tests.support.orders import FRENCH

STAMP = date(2026, 1, 2)


def events(content: bytes) -> list[Any]:
    return list(IcsCalendarStream.calendar_from_ics(content.decode()).events)


def lines(content: bytes) -> list[str]:
    """Unfold the lines."""
    return re.sub(r"\r\n[ \t]", "", content.decode()).removesuffix("\r\n").split("\r\n")


@pytest.fixture
def year(golden: dict[str, Any]) -> Schedule:
    """A plan across both clock changes of the three zones."""
    return plan(parse_order(golden | {"start": "2026-03-02"}))


@pytest.fixture
def in_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Live in a time zone for one test."""
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    yield request.param
    monkeypatch.undo()
    clock.tzset()


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans())
def test_every_day_is_one_all_day_event_with_the_doses_of_that_day(schedule: Schedule) -> None:
    """`ical` reads each day of the plan once, with exactly its doses; the stop day says so."""
    found = {event.dtstart: event for event in events(write_ics(schedule, written_on=STAMP))}
    stop = schedule.stopped_on
    assert set(found) == set(planned(schedule)) | ({stop} if stop else set())
    for day, wanted in planned(schedule).items():
        assert doses(found[day].summary) == wanted
        assert found[day].dtend == day + timedelta(days=1)
    if stop is not None:
        assert "no dose from today" in found[stop].summary


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans())
def test_a_program_reads_back_the_equal_schedule(schedule: Schedule) -> None:
    """The exact intakes travel along: time, drug, mg and pieces, to the last quarter."""
    calendar = icalendar.Calendar.from_ical(write_ics(schedule, written_on=STAMP))
    assert calendar["X-TAPER-PLAN"] == schedule.plan_id
    found = {e["DTSTART"].dt: e for e in calendar.walk("VEVENT") if "X-TAPER-STEP" in e}
    for day, step in schedule.days():
        assert int(found[day]["X-TAPER-STEP"]) == step.number
        assert json.loads(found[day]["X-TAPER-INTAKES"]) == [
            [
                intake.time,
                intake.drug,
                intake.dose.number,
                [[i.product, i.count and i.count.number, i.volume and i.volume.number] for i in intake.items],
            ]
            for intake in step.intakes
        ]


@given(printed_schedules() | weekly_schedules(), st.booleans(), st.none() | st.integers(0, 90))
def test_timed_events_stand_at_the_clock_time_of_their_time_of_day(
    schedule: Schedule, discreet: bool, alarms: int | None
) -> None:
    """One event for each time of day at which something is taken, local time, with at most one reminder."""
    content = write_ics(schedule, written_on=STAMP, style="intake", times=TIMES, alarm=alarms, discreet=discreet)
    timed = [event for event in events(content) if isinstance(event.dtstart, datetime)]
    wanted = {
        datetime.combine(day, TIMES[name]) for day, step in schedule.days() for name in {i.time for i in step.intakes}
    }
    assert sorted(event.dtstart for event in timed) == sorted(wanted)
    assert all(event.dtstart.tzinfo is None for event in timed)
    assert all(len(event.alarm) == (alarms is not None) for event in timed)
    for event in timed:
        assert all(alarm.trigger == timedelta(minutes=-(alarms or 0)) for alarm in event.alarm)
        assert ("mg" in event.summary) != discreet


@given(printed_schedules(), st.booleans())
def test_a_discreet_calendar_names_neither_medicine_nor_dose_in_its_titles(schedule: Schedule, timed: bool) -> None:
    """Titles, reminders and the name of the calendar; the detail keeps the dose."""
    style = {"style": "intake", "times": TIMES, "alarm": 5} if timed else {}
    content = write_ics(schedule, written_on=STAMP, discreet=True, **style)  # type: ignore[arg-type]
    calendar = icalendar.Calendar.from_ical(content)
    assert "X-WR-CALNAME" not in calendar
    for event in calendar.walk("VEVENT"):
        titles = [str(event["SUMMARY"]), *(str(alarm["DESCRIPTION"]) for alarm in event.walk("VALARM"))]
        assert all(re.fullmatch(r"Medicine, day [0-9]+", title) for title in titles)
        if json.loads(event.get("X-TAPER-INTAKES", "[]")):
            assert " mg" in event["DESCRIPTION"]


@pytest.mark.parametrize("in_zone", ZONES, indirect=True)
@pytest.mark.parametrize("style", ["day", "intake"])
def test_two_readers_expand_the_schedule_in_three_time_zones(style: Any, in_zone: str, year: Schedule) -> None:
    """Across both clock changes no event moves, doubles or is lost: `ical` and `recurring-ical-events`."""
    assert in_zone in ZONES
    content = write_ics(year, written_on=STAMP, style=style, times=TIMES)
    if style == "day":
        wanted = [(day, dose) for day, dose in planned(year).items()]
    else:
        wanted = [
            (datetime.combine(day, TIMES[dose[0]]), (dose,)) for day, all_of in planned(year).items() for dose in all_of
        ]
    calendar = icalendar.Calendar.from_ical(content)
    expanded = recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2027, 12, 31))
    theirs = sorted((e["DTSTART"].dt, doses(e["SUMMARY"])) for e in expanded if doses(e["SUMMARY"]))
    assert theirs == wanted
    timeline = IcsCalendarStream.calendar_from_ics(content.decode()).timeline
    assert [(e.dtstart, doses(e.summary)) for e in timeline if doses(e.summary)] == wanted


@given(printed_schedules(), st.integers(1, 4))
def test_a_horizon_shows_the_days_within_it_and_no_other(schedule: Schedule, weeks: int) -> None:
    """From the day of writing, or from the first day if that is later."""
    stamp = schedule.steps[0].start - timedelta(days=3) + timedelta(days=weeks)
    first = max(stamp, schedule.steps[0].start)
    inside = {day for day in planned(schedule) if first <= day < first + timedelta(weeks=weeks)}
    stop = schedule.stopped_on
    if stop is not None and first <= stop < first + timedelta(weeks=weeks):
        inside.add(stop)
    if inside:
        found = events(write_ics(schedule, written_on=stamp, weeks=weeks))
        assert {event.dtstart for event in found} == inside
    else:
        with pytest.raises(ScheduleError, match="nothing to show"):
            write_ics(schedule, written_on=stamp, weeks=weeks)


@given(printed_schedules(), printed_schedules())
def test_a_revision_keeps_the_identifier_of_a_day_and_cancels_the_days_that_vanished(
    old: Schedule, new: Schedule
) -> None:
    """After the second import a calendar that follows the file shows the new plan and nothing else."""
    new = replace(new, revision=old.revision + 1)
    shown: dict[str, Any] = {}
    for content in (write_ics(old, written_on=STAMP), write_ics(new, written_on=STAMP, previous=old)):
        for event in events(content):
            if event.uid in shown:
                assert event.sequence > shown[event.uid].sequence
                assert event.dtstart == shown[event.uid].dtstart
            shown[event.uid] = event
    kept = {event.dtstart: event for event in shown.values() if event.status.value != "CANCELLED"}
    wanted = planned(new)
    assert set(kept) == set(wanted) | ({new.stopped_on} if new.stopped_on else set())
    assert all(doses(kept[day].summary) == wanted[day] for day in wanted)


@given(real_plans(), st.sampled_from(["day", "intake"]))
def test_the_same_input_gives_the_same_bytes_and_only_the_stamp_changes_with_the_stamp(
    schedule: Schedule, style: Any
) -> None:
    first = write_ics(schedule, written_on=STAMP, style=style, times=TIMES)
    assert first == write_ics(schedule, written_on=STAMP, style=style, times=TIMES)
    assert first == write_ics(schedule, written_on="2026-01-02", style=style, times=TIMES)
    later = write_ics(schedule, written_on=date(2026, 1, 3), style=style, times=TIMES)
    assert later == first.replace(b"20260102T000000Z", b"20260103T000000Z")


@given(real_plans() | printed_schedules() | weekly_schedules(), st.booleans())
def test_rfc_5545_is_kept(schedule: Schedule, timed: bool) -> None:
    """Lines of 75 octets and CRLF, one identifier an event, required properties once, values of their type."""
    style = {"style": "intake", "times": TIMES, "alarm": 0} if timed else {}
    content = write_ics(schedule, written_on=STAMP, **style)  # type: ignore[arg-type]
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    written = lines(content)
    assert written[0] == "BEGIN:VCALENDAR"
    assert written[-1] == "END:VCALENDAR"
    head = written[: written.index("BEGIN:VEVENT")]
    assert [sum(line.startswith(f"{name}:") for line in head) for name in ("VERSION", "PRODID", "METHOD")] == [1, 1, 1]
    assert not any(line.startswith(("RRULE", "EXDATE", "RDATE", "TZID")) or "TZID=" in line for line in written)
    uids = [line for line in written if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == written.count("BEGIN:VEVENT") == written.count("END:VEVENT")
    for text in "\n".join(written).split("BEGIN:VEVENT\n")[1:]:
        own = re.sub(r"BEGIN:VALARM\n.*?END:VALARM\n", "", text.split("END:VEVENT")[0], flags=re.DOTALL)
        names = [re.split("[;:]", line)[0] for line in own.splitlines()]
        assert len(names) == len(set(names))
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"} <= set(names)
        alarm = "BEGIN:VALARM" in text
        without = "Stop" in text or "X-TAPER-INTAKES;VALUE=TEXT:[]" in text
        assert alarm == ("DTSTART:" in text) == (timed and not without)
        assert alarm == ("ACTION:DISPLAY\n" in text)
        for line in own.splitlines():
            if line.startswith(("SUMMARY", "DESCRIPTION", "X-TAPER-INTAKES")):
                assert re.fullmatch(r"(?:[^\\,;]|\\[\\,;nN])*", line.split(":", 1)[1])


def test_a_name_with_commas_and_line_breaks_of_the_format_is_escaped(golden: dict[str, Any]) -> None:
    """What a clinician typed cannot begin a property of its own."""
    name = "tablets; big, BEGIN:VEVENT\\nUID:x"
    golden["product"] = [{"name": name, "source": "clinician", "form": "tablet", "strength": "2.5 mg"}]
    golden["phase"][0]["reduce"] = "2.5 mg"
    schedule = plan(parse_order(golden))
    found = events(write_ics(schedule, written_on=STAMP))
    assert len(found) == len(planned(schedule)) + 1


def test_what_cannot_be_shown_is_refused(year: Schedule) -> None:
    """Alarms on all-day events, a missing clock time, another plan as previous, an older revision, overlaps."""
    other = replace(year, plan_id="another", revision=1)
    for wrong, message in (
        ({"alarm": 5}, "no alarm"),
        ({"style": "intake", "times": {"morning": time(8)}}, "clock time for bedtime"),
        ({"style": "intake", "times": TIMES | {"bedtime": time(22, tzinfo=UTC)}}, "clock time for bedtime"),
        ({"style": "intake", "times": TIMES, "alarm": -1}, "minutes"),
        ({"previous": other}, "another plan"),
        ({"previous": year}, "not before revision"),
        ({"weeks": 0}, "weeks"),
        ({"style": "week"}, "style"),
    ):
        with pytest.raises(ScheduleError, match=message):
            write_ics(year, written_on=STAMP, **wrong)
    first = year.steps[0]
    twice = replace(year, steps=(first, replace(first, number=1)))
    with pytest.raises(ScheduleError, match="is not clear"):
        write_ics(twice, written_on=STAMP)


def test_a_foreign_schedule_without_plan_number_has_identifiers_of_its_own() -> None:
    """Two tables from outside never share the identifier of a day."""
    from taper.quantity import Mg

    def table(dose: int) -> Schedule:
        return Schedule((Step(0, STAMP, STAMP, (Intake("noon", "diazepam", Mg(dose)),)),), origin="csv")

    one, two = (events(write_ics(table(dose), written_on=STAMP))[0] for dose in (5, 6))
    assert one.uid != two.uid


def test_the_same_dose_of_other_pieces_keeps_its_own_pieces_within_a_step() -> None:
    """A weekly pattern may have 5 mg of one tablet on Mondays, and of two halves on the other days."""
    day = date(2026, 1, 5)
    whole = (Intake("noon", "diazepam", Mg(5), (Item("tablet A", Pieces(1)),)),)
    halves = (Intake("noon", "diazepam", Mg(5), (Item("tablet B", Pieces("1/2")),)),)
    steps = (Step(0, day, day, whole), Step(0, day + timedelta(days=1), day + timedelta(days=6), halves))
    text = write_ics(Schedule(steps), written_on=STAMP).decode()
    found = read_ics(text).lines
    assert [line.intakes for line in found] == [whole, *[halves] * 6]
    assert [line.step for line in found] == [0] * 7


ABROAD = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "America/St_Johns", "Asia/Tokyo", "UTC"]


@pytest.mark.parametrize("in_zone", ZONES, indirect=True)
@pytest.mark.parametrize("zone", ABROAD)
def test_with_a_zone_every_reader_has_the_same_moments_wherever_it_is(zone: str, in_zone: str, year: Schedule) -> None:
    """`icalendar` and `ical` read the zone; each dose is at its clock time there, across both changes of the clock."""
    assert in_zone in ZONES
    content = write_ics(year, written_on=STAMP, style="intake", times=TIMES, zone=zone)
    there = ZoneInfo(zone)
    wanted = [
        datetime.combine(day, TIMES[dose[0]], there).astimezone(UTC)
        for day, all_of in planned(year).items()
        for dose in all_of
    ]
    calendar = icalendar.Calendar.from_ical(content)
    theirs = [e["DTSTART"].dt for e in calendar.walk("VEVENT") if isinstance(e["DTSTART"].dt, datetime)]
    assert [moment.astimezone(UTC) for moment in theirs] == wanted
    others = [e.dtstart for e in events(content) if isinstance(e.dtstart, datetime)]
    assert [moment.astimezone(UTC) for moment in others] == wanted
    assert calendar["X-WR-TIMEZONE"] == zone
    assert read_ics(content.decode()).lines == read_ics(
        write_ics(year, written_on=STAMP, style="intake", times=TIMES).decode()
    ).lines  # fmt: skip


@pytest.mark.parametrize("zone", ABROAD)
def test_the_written_zone_alone_gives_the_offset_of_every_hour(zone: str, year: Schedule) -> None:
    """A reader that knows no zone by name has the written one: `icalendar` and `dateutil` agree with the database."""
    content = write_ics(year, written_on=STAMP, style="intake", times=TIMES, zone=zone)
    text = content.decode().replace(f"TZID:{zone}", "TZID:x").replace(f"TZID={zone}", "TZID=x")
    block = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE")] + "END:VTIMEZONE\r\n"
    written = dateutil.tz.tzical(io.StringIO(block)).get("x")
    moment, last = datetime(2026, 3, 2, tzinfo=UTC), datetime.combine(year.steps[-1].end, time(23), UTC)
    while moment < last:
        wanted = moment.astimezone(ZoneInfo(zone))
        assert wanted.replace(tzinfo=written).utcoffset() == wanted.utcoffset(), moment
        moment += timedelta(hours=1)


@pytest.mark.parametrize("zone", ["Europe/Berln", "", "../../etc/passwd", "/etc/passwd", "Europe", "a\r\nX:1", "\0"])
def test_what_is_no_zone_is_refused_by_name(zone: str, year: Schedule) -> None:
    with pytest.raises(ScheduleError, match="is not a time zone") as caught:
        write_ics(year, written_on=STAMP, style="intake", times=TIMES, zone=zone)
    assert caught.value.field == "zone"
    with pytest.raises(ScheduleError, match="no time zone"):
        write_ics(year, written_on=STAMP, zone="Europe/Berlin")


_EXTRA = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301T100000\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        ("END:VCALENDAR", f"{_EXTRA}END:VCALENDAR", "words only"),
        ("DATE:20260203\r\nUID", "DATE:20260203\r\nRRULE:FREQ=DAILY;COUNT=3\r\nUID", "made to repeat"),
        ("DTSTART;VALUE=DATE:20260203", "DTSTART:20260203T030000Z", "UTC"),
    ],
)
def test_what_others_add_to_our_calendar_is_no_stop_and_no_dose(old: str, new: str, remark: str) -> None:
    """An appointment was taken for the stop; a moment in UTC may be the day before; a repeated event is many days."""
    schedule = plan(read_order("examples/lorazepam.toml"))
    text = write_ics(schedule, written_on=STAMP).decode()
    assert old in text
    reading = read_schedule(text.replace(old, new, 1))
    assert reading.schedule().stopped_on == schedule.stopped_on
    assert [True for one in reading.remarks if remark in one.text] == [True]


def test_the_calendar_speaks_the_language_of_the_order() -> None:
    """As the label texts do; another language only where the caller names one."""
    schedule = plan(parse_order(FRENCH | {"handout": {"language": "fr"}}))
    assert "Au coucher" in write_ics(schedule, written_on="2026-01-02").decode()
    assert "Bedtime" in write_ics(schedule, written_on="2026-01-02", language="en").decode()


def test_a_day_that_was_cancelled_is_not_read() -> None:
    schedule = plan(read_order("examples/lorazepam.toml"))
    text = write_ics(schedule, written_on=STAMP).decode()
    first = next(iter(schedule.days()))[0]
    cancelled = text.replace("STATUS:CONFIRMED", "STATUS:CANCELLED", 1)
    assert cancelled != text
    assert read_schedule(text).schedule().steps[0].start == first
    assert read_schedule(cancelled).schedule().steps[0].start > first
