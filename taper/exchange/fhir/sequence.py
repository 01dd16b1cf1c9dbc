"""Place the dosages of one entry in time: by their dates, one after the other by their lengths, or by the supply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from taper.checker.texts import say
from taper.checker.wording import days_text, file_day
from taper.exchange.collector import last_day
from taper.exchange.fhir.dosage import Dosage
from taper.exchange.fhir.used_up import BY_SUPPLY
from taper.interval import Interval
from taper.message import Message
from taper.schedule.schedule import ONE_DAY

Note = Callable[..., None]


class Entry(NamedTuple):
    """What an entry as a whole says of its days.

    Attributes:
        start: Its first day, where it has one.
        end: Its last day.
        authored: Day on which it was written: where undated steps begin if nothing else is known.
        supply: Days that all of its supply lasts: how long its one step is taken if nothing else says it.
    """

    start: date | None = None
    end: date | None = None
    authored: date | None = None
    supply: int | None = None


def place_in_time(dosages: list[Dosage], note: Note, entry: Entry, first_day: date | None) -> list[Dosage]:
    """Give dosages their first and last day, as far as the record gives them.

    Args:
        dosages: The dosages of one entry.
        note: Takes remarks.
        entry: What the entry as a whole says of its days.
        first_day: First day of steps without dates, given by the caller.
    """
    dosages, (start, end, authored, _) = _by_supply(dosages, note, entry), entry
    bounds = {(dosage.start, dosage.end, dosage.days) for dosage in dosages}
    unnumbered = any(dosage.sequence is None for dosage in dosages)
    if len(bounds) > 1 and unnumbered and any(dosage.start is None for dosage in dosages):
        note("sequence", say("remark.no sequence"))
    ordered = len(dosages) == 1 or all(dosage.sequence is not None for dosage in dosages) or len(bounds) == 1
    groups: dict[int, list[Dosage]] = {}
    for dosage in dosages:
        groups.setdefault(dosage.sequence if dosage.sequence is not None and ordered else 0, []).append(dosage)
    cursor = first_day or start or authored
    first = rule = "first day given" if first_day else "first day of the entry" if start else "day of writing"
    dated: list[Dosage] = []
    for _, group in sorted(groups.items()):
        placed = [
            _placed(
                dosage,
                cursor if ordered else None,
                rule,
                len(groups) == 1 and not dosage.days and not dosage.months,
                end,
            )
            for dosage in group
        ]
        ends = [dosage.end for dosage in placed if dosage.end]
        whole = len(ends) == len(placed) and all(dosage.end for dosage in placed)
        cursor = max(ends) + ONE_DAY if whole else None
        dated += placed
        if any(dosage.start for dosage in group):
            rule = "day after the step before"
    laid = [dosage for dosage in dated if dosage.rule.startswith(first) and not first_day and not start]
    if laid:
        note(
            "period",
            say("remark.lengths only"),
            on=laid[0].start,
        )
    closed = _closed(dated, note, first_day)
    for each in closed:
        if (start and each.start and each.start < start) or (end and each.end and each.end > end):
            days = {"start": each.start, "end": each.end, "first": start, "last": end}
            what = say("remark.beyond entry", **{name: _day(day) for name, day in days.items()})
            note("period", what, on=each.start, quote=each.text)
    return closed


def _by_supply(dosages: list[Dosage], note: Note, entry: Entry) -> list[Dosage]:
    """Let the one step of an entry that says nothing of its last day last as long as its supply."""
    open_ended = all(dosage.end is None and dosage.days is None and dosage.months is None for dosage in dosages)
    starts = {dosage.start or entry.start or entry.authored for dosage in dosages}
    one_step = len({dosage.sequence for dosage in dosages}) == 1 and len(starts) == 1
    (first,) = starts if one_step else (None,)
    if first is None or not entry.supply or entry.end is not None or not open_ended:
        return dosages
    of_writing = not any(dosage.start for dosage in dosages) and entry.start is None
    note(
        "period" if of_writing else "open",
        say(f"remark.by supply.{'no dates' if of_writing else 'no last day'}", days=days_text(entry.supply)),
        on=first,
    )
    end = last_day(first, entry.supply)
    return [replace(dosage, start=first, end=end, days=entry.supply, rule=BY_SUPPLY) for dosage in dosages]


def _placed(dosage: Dosage, cursor: date | None, rule: str, alone: bool, end: date | None) -> Dosage:
    """Return a dosage with the days given by its own fields, else by the day reached so far."""
    if dosage.start is not None:
        return _with_end(dosage)
    if cursor is None:
        return dosage
    endless = dosage.days is None and dosage.months is None
    if endless and not (alone and rule == "first day of the entry"):
        return dosage
    rules = "; ".join(part for part in (rule, dosage.rule) if part)
    if endless:
        return replace(dosage, start=cursor, end=end, days=None if end is None else (end - cursor).days + 1, rule=rules)
    return _with_end(replace(dosage, start=cursor, rule=rules))


def _with_end(dosage: Dosage) -> Dosage:
    """Return a dosage with its last day by its length; months are calendar months."""
    if dosage.start is None or dosage.end is not None:
        return dosage
    if dosage.days is not None:
        return replace(dosage, end=last_day(dosage.start, dosage.days))
    if dosage.months is None:
        return dosage
    end = Interval(months=dosage.months).after(dosage.start) - ONE_DAY
    rules = "; ".join(part for part in (dosage.rule, "calendar months") if part)
    return replace(dosage, end=end, days=(end - dosage.start).days + 1, rule=rules)


def _closed(dosages: list[Dosage], note: Note, first_day: date | None) -> list[Dosage]:
    """End open steps where the next begins, and report steps without any days."""
    closed = []
    starts = sorted({dosage.start for dosage in dosages if dosage.start})
    for dosage in dosages:
        if dosage.start is not None and dosage.end is None:
            later = next((day for day in starts if day > dosage.start), None)
            note("open", say("remark.open.next" if later else "remark.open.first"), on=dosage.start, quote=dosage.text)
            closed.append(replace(dosage, end=later - ONE_DAY if later else dosage.start, rule="open"))
            continue
        if dosage.start is None and dosage.intakes is not None:
            length = dosage.days or dosage.months
            if first_day is None:
                note("period", say("remark.no first day.name" if length else "remark.no dates.name"))
            else:
                note("period", say("remark.no first day.before" if length else "remark.no dates.after"))
        closed.append(dosage)
    return closed


def days_taken(dosage: Dosage) -> int:
    """Return on how many days of its step a dosage is taken."""
    days = dosage.days or 0
    if dosage.start is None or not dosage.weekdays:
        return days
    return sum((dosage.start + timedelta(days=offset)).weekday() in dosage.weekdays for offset in range(days))


def days_together(dosages: list[Dosage]) -> int:
    """Return the days of all dosages, those of one sequence counted once."""
    longest: dict[object, int] = {}
    for index, dosage in enumerate(dosages):
        key: object = (
            (dosage.start, dosage.end)
            if dosage.start
            else dosage.sequence
            if dosage.sequence is not None
            else -index - 1
        )
        longest[key] = max(longest.get(key, 0), dosage.days or 0)
    return sum(longest.values())


def _day(day: date | None) -> Message:
    return say("remark.no day") if day is None else file_day(day)
