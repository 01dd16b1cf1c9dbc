"""A calendar read back: each day of the plan has its events, with all that is taken on it, and the stop has one.

Events of one step are alike but for their day, so each kind of event is read once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from taper.errors import ProofError
from taper.proof.claims import Claim
from taper.proof.days import DAY
from taper.proof.facts import Taken
from taper.proof.files.days import Plan, clipped, hold
from taper.proof.files.figures import number
from taper.proof.files.words import Words

_FOLD = re.compile(rb"\r\n[ \t]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LENGTH = timedelta(minutes=15)


class _Event(NamedTuple):
    """All of an event but its day."""

    title: str
    detail: str
    step: int | None
    taken: tuple[Taken, ...]
    canceled: bool


class _Placed(NamedTuple):
    """An event on a day: a whole one, or from a clock time on."""

    day: date
    begins: str
    event: _Event
    where: str


def prove_calendar(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove a calendar: days, times, doses, pieces, steps, titles, and what is canceled of the revision before."""
    head, *blocks = content.split(b"BEGIN:VEVENT\r\n")
    if not head.startswith(b"BEGIN:VCALENDAR\r\n") or not content.endswith(b"END:VCALENDAR\r\n"):
        raise ValueError("it is no calendar")
    if f"X-TAPER-REVISION:{plan.schedule.revision}\r\n".encode() not in head:
        raise ProofError(what, f"it is not of revision {plan.schedule.revision}")
    stamp = f"DTSTAMP:{settings['written_on']:%Y%m%d}T000000Z\r\n".encode()
    if any(stamp not in block for block in blocks):
        raise ProofError(what, f"an event is not of {settings['written_on']}")
    known: dict[bytes, _Event] = {}
    placed, uids = [], set[bytes]()
    for place, block in enumerate(blocks, 1):
        one, uid = _placed(block, known, settings, f"event {place}")
        if uid in uids:
            raise ProofError(what, f"event {place} has the identifier of another")
        uids.add(uid)
        placed.append(one)
    now = [one for one in placed if not one.event.canceled]
    _prove_canceled([one for one in placed if one.event.canceled], now, settings, what)
    first, last = _span(plan, settings)
    _prove_stop(plan, now, (first, last), what)
    events = [one for one in now if one.event.step is not None]
    _hold(plan, events, (first, last), what)
    _prove_titles(plan, now, settings, what)


def _span(plan: Plan, settings: Mapping[str, Any]) -> tuple[date, date]:
    """Return the first and last day that the calendar is to have."""
    weeks, first = settings.get("weeks"), max(settings["written_on"], plan.first)
    return (date.min, date.max) if weeks is None else (first, first + timedelta(weeks=weeks) - DAY)


def _placed(block: bytes, known: dict[bytes, _Event], settings: Mapping[str, Any], where: str) -> tuple[_Placed, bytes]:
    """Read an event: its day and clock time, and all the rest once for all that are alike."""
    start, end, uid, rest = block.split(b"\r\n", 3)
    if not uid.startswith(b"UID:"):
        raise ValueError(f"{where} has no identifier")
    if rest not in known:
        known[rest] = _event(rest)
    day, begins = _when(start.decode(), end.decode(), settings)
    return _Placed(day, begins, known[rest], where), uid


def _when(start: str, end: str, settings: Mapping[str, Any]) -> tuple[date, str]:
    """Return the day of an event, and its time of day: a whole day has none."""
    if start.startswith("DTSTART;VALUE=DATE:") and end.startswith("DTEND;VALUE=DATE:"):
        day = _date(start.rpartition(":")[2])
        if _date(end.rpartition(":")[2]) != day + DAY:
            raise ValueError(f"the event of {day} is not one day long")
        return day, ""
    zone = settings.get("zone")
    between = f";TZID={zone}:" if zone else ":"
    if not start.startswith(f"DTSTART{between}") or not end.startswith(f"DTEND{between}"):
        raise ValueError(f"{start!r} is no day, and no time of the zone")
    at, until = (_moment(text.rpartition(":")[2]) for text in (start, end))
    if until - at != _LENGTH:
        raise ValueError(f"the event of {at} does not last {_LENGTH}")
    return at.date(), at.strftime("%H:%M:%S")


def _moment(text: str) -> datetime:
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}", text):
        raise ValueError(f"{text!r} is no day with a clock time")
    return datetime.fromisoformat(text)


def _date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{8}", text):
        raise ValueError(f"{text!r} is no day")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _event(rest: bytes) -> _Event:
    lines: dict[str, str] = {}
    own, ends, behind = rest.partition(b"END:VEVENT\r\n")
    if not ends or behind not in (b"", b"END:VCALENDAR\r\n"):
        raise ValueError("an event does not end")
    body = _FOLD.sub(b"", own.partition(b"BEGIN:VALARM")[0]).decode()
    for line in filter(None, body.split("\r\n")):
        name, _, value = line.partition(":")
        if name in lines:
            raise ValueError(f"{name} stands twice in an event")
        lines[name] = value
    detail = _plain(lines.get("DESCRIPTION", ""))
    written = lines.get("X-TAPER-INTAKES;VALUE=TEXT")
    taken = () if written is None else tuple(map(_taken, json.loads(_plain(written))))
    step = lines.get("X-TAPER-STEP")
    if (step is None) is not (written is None):
        raise ValueError("an event of a step does not say what is taken")
    if lines["STATUS"] not in ("CONFIRMED", "CANCELLED"):
        raise ValueError(f"an event is {lines['STATUS']}")
    title = _plain(lines["SUMMARY"])
    return _Event(title, detail, None if step is None else int(step), taken, lines["STATUS"] == "CANCELLED")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _taken(row: list[Any]) -> Taken:
    time, drug, dose, items = row
    found = tuple(
        (name, "pieces", number(count) if count is not None else Fraction(0))
        if volume is None
        else (name, "mL", number(volume))
        for name, count, volume in items
    )
    return Taken(time, drug, number(dose), found)


def _hold(plan: Plan, events: list[_Placed], span: tuple[date, date], what: str) -> None:
    """Hold the events of all days against the plan, and each number of a step."""
    by_day: dict[date, list[_Placed]] = {}
    for one in events:
        by_day.setdefault(one.day, []).append(one)
    claims: list[Claim] = []
    steps: list[int] = []
    for day in sorted(by_day):
        here = by_day[day]
        taken = here[0].event.taken if len(here) == 1 else tuple(one for each in here for one in each.event.taken)
        numbers = {one.event.step for one in here}
        (step,) = numbers if len(numbers) == 1 else (-1,)
        before = claims[-1] if claims else None
        if before is not None and before.end + DAY == day and before.taken == taken and steps[-1] == step:
            claims[-1] = before._replace(end=day)
        else:
            claims.append(Claim(day, day, taken, here[0].where))
            steps.append(step if step is not None else -1)
        if len(here) > 1 and any(not one.event.taken for one in here):
            raise ProofError(what, f"{day} has an event without a dose beside another")
    runs = clipped(plan.runs, *span)
    hold(runs, claims, what)
    for claim, step in zip(claims, steps, strict=True):
        wrong = [n for run, n in plan.numbered if run.start <= claim.end and run.end >= claim.start and n != step]
        if wrong:
            raise ProofError(what, f"{claim.start} is said to be of step {step}, and it is of step {wrong[0]}")


def _prove_stop(plan: Plan, events: list[_Placed], span: tuple[date, date], what: str) -> None:
    """Prove that the first day without the drug has its event, and that no other day has one like it."""
    stop = plan.schedule.stopped_on
    wanted = [stop] if stop is not None and span[0] <= stop <= span[1] else []
    if [one.day for one in events if one.event.step is None] != wanted or any(
        one.begins for one in events if one.event.step is None
    ):
        raise ProofError(what, f"the first day without the drug is {stop}, and its event is not on that day")


def _prove_canceled(canceled: list[_Placed], now: list[_Placed], settings: Mapping[str, Any], what: str) -> None:
    """Prove that only days of the revision before are canceled, and none at a time at which this one has a dose."""
    previous = settings.get("previous")
    if canceled and previous is None:
        raise ProofError(what, f"{canceled[0].day} is canceled, and nothing was sent before")
    kept = {(one.day, one.begins) for one in now if one.begins or settings.get("style", "day") == "day"}
    wrong = next((one for one in canceled if (one.day, one.begins) in kept), None)
    if wrong is not None:
        raise ProofError(what, f"{wrong.day} is canceled, and the plan has it")


def _prove_titles(plan: Plan, events: list[_Placed], settings: Mapping[str, Any], what: str) -> None:
    """Prove titles and details, each kind once, and the clock times."""
    words, discreet = Words(plan, settings.get("language")), bool(settings.get("discreet"))
    clocks = {name: f"{at:%H:%M:%S}" for name, at in (settings.get("times") or {}).items()}
    timed = settings.get("style") == "intake"
    done: set[tuple[int, str]] = set()
    for one in events:
        event, where = one.event, f"{what}, {one.where}"
        if discreet and not re.search(rf"(?<![0-9]){(one.day - plan.first).days + 1}(?![0-9])", event.title):
            raise ProofError(where, f"{event.title!r} does not count {one.day}")
        if (id(event), one.begins) in done:
            continue
        done.add((id(event), one.begins))
        due = {clocks[taken.time] for taken in event.taken} if timed and event.taken else {""}
        if event.step is not None and due != {one.begins}:
            raise ProofError(where, f"it begins at {one.begins or 'no time'}, and its dose is at {', '.join(due)}")
        if event.taken:
            text = event.detail.rpartition("\n")[0]
            words.prove_intakes(text, event.taken, where, "detail")
            if not discreet:
                words.prove_intakes(event.title, event.taken, where, "line")
        if event.step is not None and str(event.step) not in re.findall("[0-9]+", event.detail.rpartition("\n")[2]):
            raise ProofError(where, f"{event.detail!r} does not name step {event.step}")
