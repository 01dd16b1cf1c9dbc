"""Read a calendar that this library wrote. Other calendars say nothing exact about doses."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from taper.checker.texts import say
from taper.checker.wording import code_text
from taper.errors import ScheduleError
from taper.exchange.collector import Collector
from taper.exchange.medicine import exact
from taper.exchange.record_lines import Line
from taper.loading import load_json
from taper.order.parts import TIMES
from taper.paper.label import NAMESPACE
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item

MAX_EVENTS = 40_000
_STOPS = ("day", "stop")
"""By what an event is called that says that the drug stops: all of its day, or one of several."""
_ESCAPED = re.compile(r"\\([\\;,nN])")


def read_ics(text: str) -> Collector:
    """Read a calendar.

    Raises:
        ScheduleError: Not a calendar, not one of ours, or an event that contradicts itself.
    """
    collector, has_events, read = Collector(numbered=True), False, 0
    for number, event in enumerate(_events(text, collector), 1):
        if number > MAX_EVENTS:
            raise ScheduleError(f"more than {MAX_EVENTS:,} events; split the calendar")
        place = f"event {number}"
        has_events = True
        if event.get("STATUS") == "CANCELLED":
            continue
        day, title = _day(event.get("DTSTART", "")), event.get("SUMMARY", "")[:200]
        if day is None:
            in_utc = event.get("DTSTART", "").endswith("Z")
            why = say("remark.event.utc" if in_utc else "remark.event.no day")
            collector.note("period", why, place, "intended", quote=title)
        elif (repeated := next((name for name in ("RRULE", "RDATE", "RECURRENCE-ID") if name in event), "")) != "":
            what = say("remark.event.repeats", rule=code_text(repeated))
            collector.note("period", what, place, "intended", quote=title, on=day)
        elif "X-TAPER-INTAKES" in event:
            read += 1
            intakes = _intakes(event["X-TAPER-INTAKES"], place)
            step = event.get("X-TAPER-STEP", "")
            collector.add(
                Line(
                    "intended",
                    place,
                    intakes[0].drug if intakes else "",
                    start=day,
                    end=day,
                    intakes=intakes,
                    step=int(step) if step.isascii() and step.isdigit() and len(step) < 7 else None,
                    text=event.get("SUMMARY", "")[:2000],
                )
            )
        elif event.get("UID") in {str(uuid.uuid5(NAMESPACE, f"{collector.plan_id}/{day}/{slot}")) for slot in _STOPS}:
            collector.stopped_on = day
        else:
            collector.note("text", say("remark.event.words"), place, "intended", quote=title)
    if not has_events:
        raise ScheduleError("this calendar has no events; check the file")
    if not read and not collector.notes:
        raise ScheduleError("this calendar has no dose that this library wrote; check the file")
    return collector


def _events(text: str, collector: Collector) -> Iterator[dict[str, str]]:
    """Yield the properties of each event, unfolded and unescaped; keep what the calendar says of the plan."""
    event: dict[str, str] | None = None
    inner = 0
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, _, value = line.partition(":")
        name = head.partition(";")[0].upper()
        if name == "BEGIN" and value == "VEVENT":
            event, inner = {}, 0
        elif name == "END" and value == "VEVENT":
            if event is not None:
                yield event
            event = None
        elif name in ("BEGIN", "END"):
            inner += 1 if name == "BEGIN" else -1
        elif event is not None and inner <= 0:
            event[name] = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
        elif name == "X-TAPER-PLAN":
            collector.plan_id = value[:200]
        elif name == "X-TAPER-REVISION":
            collector.revision = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _day(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{8}(T[0-9]{6})?", text, re.ASCII):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _intakes(text: str, place: str) -> tuple[Intake, ...]:
    """Read the data that the writer puts beside the text: ``[time, drug, mg, [[product, pieces, mL], ...]]`` each."""
    data: Any = load_json(text, ScheduleError)
    try:
        return tuple(
            Intake(_time(time), _word(drug), Mg(_number(dose)), tuple(_item(*item) for item in items))
            for time, drug, dose, items in data
        )
    except (TypeError, ValueError):
        raise ScheduleError(
            "the doses of this event are not as they were written; export it again", field=place
        ) from None


def _time(value: object) -> Any:
    if value not in TIMES:
        raise ValueError
    return value


def _word(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 200:
        raise ValueError
    return value


def _number(value: object) -> Any:
    number = exact(value) if isinstance(value, str) else None
    if number is None:
        raise ValueError
    return number


def _item(product: object, count: object, volume: object) -> Item:
    return Item(
        _word(product),
        None if count is None else Pieces(_number(count)),
        None if volume is None else Ml(_number(volume)),
    )
