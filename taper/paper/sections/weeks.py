"""The one sheet: the days of the plan as rows of weeks, a block for each step.

A week in which the dose changes has a row in each of the two blocks, so that each row stands beside the words that
hold for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import get_args

from taper.order.parts import TimeOfDay
from taper.paper.dateless import DatelessPhrases
from taper.paper.parts import Day, DayDoses, Dose
from taper.paper.phrases import NBSP, Phrases
from taper.paper.sections.calendar import weekday_names
from taper.paper.week_parts import Mark, TakenLine, TakenPart, WeekBlock, WeekDay, WeekRow, WeekTable
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, shown_steps

Slot = tuple[TimeOfDay, str]  # time of day and drug: what has a box of its own
TIMES_OF_DAY: tuple[TimeOfDay, ...] = get_args(TimeOfDay)
MOST_WEEKS = 8  # of a block, which stays together on a page
MOST_BOXES = 16  # below each other in a block: with many doses a day it holds fewer weeks


def build_weeks(schedule: Schedule, days: dict[date, Day], phrases: Phrases) -> WeekTable:
    """Arrange days in rows of weeks, a block a step.

    Args:
        schedule: The schedule.
        days: Every day to print, in order.
        phrases: Its words.
    """
    say, used = phrases.say, {mark.kind for day in days.values() for mark in day.marks}
    keys = [Mark(kind, say(f"key_{kind}")) for kind in ("new", "review") if kind in used]
    if any(day.none for day in days.values()):
        keys.append(Mark("none", say("none_day")))
    return WeekTable(
        title=say("weeks"),
        note=say("weeks_note"),
        keys=tuple(keys),
        columns=(say("weeks_from"), say("column_take")),
        weekdays=_heads(schedule, phrases),
        weekday_names=_names(schedule, phrases),
        blocks=tuple(_blocks(schedule, days, phrases)),
    )


def first_weekday(schedule: Schedule, phrases: Phrases) -> int:
    """Return the day on which the rows begin, Monday is 0: that of most new doses, so that a week has one row.

    Where new doses come on any day of the week, it is the first day of the week of the country.
    """
    starts = [step.start.weekday() for step in shown_steps(schedule.steps)]
    if isinstance(phrases, DatelessPhrases):
        return starts[0]
    most = max(starts, key=starts.count)
    return most if 2 * starts.count(most) > len(starts) else phrases.words.locale.first_weekday


def _heads(schedule: Schedule, phrases: Phrases) -> tuple[str, ...]:
    """Return the column heads: short names of weekdays, or numbers in a plan without dates."""
    if isinstance(phrases, DatelessPhrases):
        return tuple(map(str, range(1, 8)))
    names, first = phrases.words.locale.weekdays_short, first_weekday(schedule, phrases)
    return (*names[first:], *names[:first])


def _names(schedule: Schedule, phrases: Phrases) -> tuple[str, ...]:
    """Return the same for readers who hear them."""
    names = weekday_names(phrases)
    if isinstance(phrases, DatelessPhrases):
        return names
    later = (first_weekday(schedule, phrases) - phrases.words.locale.first_weekday) % 7
    return (*names[later:], *names[:later])


def _blocks(schedule: Schedule, days: dict[date, Day], phrases: Phrases) -> Iterator[WeekBlock]:
    steps = shown_steps(schedule.steps)
    place = {
        step.start + timedelta(days=offset): number for number, step in enumerate(steps) for offset in range(step.days)
    }
    for number, run in groupby(days.items(), lambda pair: place.get(pair[0])):
        own = dict(run)
        if number is None:
            yield from _without_step(schedule, own, phrases)
            continue
        step = steps[number]
        slots = _slots(step)
        total = "" if step.varies else _total(step, phrases)
        parts = tuple(_parts(step, phrases))
        for weeks in _together(_rows(own, slots, schedule, phrases), len(slots)):
            yield WeekBlock("step" if number else "start", total, parts, weeks)


def _without_step(schedule: Schedule, days: dict[date, Day], phrases: Phrases) -> Iterator[WeekBlock]:
    """Yield the days that no step names: gaps, and the first day without the drug."""
    for stops, run in groupby(days.items(), lambda pair: pair[0] == schedule.stopped_on):
        own = dict(run)
        said = phrases.say("mark_stop" if stops else "mark_gap")
        for weeks in _together(_rows(own, (), schedule, phrases), 0):
            yield WeekBlock("stop" if stops else "gap", said, (), weeks)


def _total(step: OrderedStep, phrases: Phrases) -> str:
    """Write the daily dose; nothing for several drugs or a liquid in portions, whose doses stand below it."""
    daily = phrases.daily(step)
    if (len(phrases.schedule.drugs) > 1 and step.usual.taken) or phrases.day(step.usual).portioned:
        return ""
    return phrases.say("a_day", dose=daily) if any(step.usual.totals.values()) else daily


def _slots(step: OrderedStep) -> tuple[Slot, ...]:
    """Return what has a box in the step, in the order of the day, also what is taken on some of its days only."""
    found = dict.fromkeys((i.time, i.drug) for part in step.usual_last for i in part.regimen.taken)
    return tuple(sorted(found, key=lambda slot: TIMES_OF_DAY.index(slot[0])))


def _parts(step: OrderedStep, phrases: Phrases) -> Iterator[TakenPart]:
    if not step.varies:
        yield TakenPart("", _lines(phrases.day(step.usual), phrases))
        return
    for part in phrases.week(step):
        when = phrases.say("dose_on_days", days=part.when, dose=part.doses.total_words)
        yield TakenPart(when, _lines(part.doses, phrases))


def _lines(day: DayDoses, phrases: Phrases) -> tuple[TakenLine, ...]:
    several = len(phrases.schedule.drugs) > 1

    def label(dose: Dose) -> str:
        return dose.line if several or dose.measure or not dose.pieces else dose.time

    lines = tuple(
        TakenLine(label(dose), dose.pieces, several or bool(dose.measure), dose.measure) for dose in day.doses
    )
    return (*lines, TakenLine("", (day.source,), wide=True)) if day.source else lines


def _rows(days: dict[date, Day], slots: tuple[Slot, ...], schedule: Schedule, phrases: Phrases) -> Iterator[WeekRow]:
    first = first_weekday(schedule, phrases)
    taken = {day: tuple((i.time, i.drug) for i in step.regimen.taken) for day, step in schedule.days() if day in days}

    def begin(day: date) -> date:
        return day - timedelta(days=(day.weekday() - first) % 7)

    for start, run in groupby(days, begin):
        own = list(run)
        week = (start + timedelta(days=offset) for offset in range(7))
        row = tuple(_day(days[day], taken.get(day, ()), slots) if day in own else None for day in week)
        yield WeekRow(*_from(own[0], phrases), row)


def _from(day: date, phrases: Phrases) -> tuple[str, str]:
    """Write the first day of a row, and its year."""
    if isinstance(phrases, DatelessPhrases):
        return phrases.long_date(day), ""
    month = phrases.words.months_short[day.month - 1]
    return phrases.say("axis_day", day=str(day.day), month=month).replace(" ", NBSP), str(day.year)


def _day(day: Day, taken: tuple[Slot, ...], slots: tuple[Slot, ...]) -> WeekDay:
    boxes = tuple(taken.count(slot) for slot in slots) if taken else ()
    return WeekDay(day.number, day.name, boxes, day.none, day.marks)


def _together(rows: Iterator[WeekRow], boxes: int) -> Iterator[tuple[WeekRow, ...]]:
    """Cut the rows of a long step into parts that stay on one page, each with its words."""
    most, left = max(2, min(MOST_WEEKS, MOST_BOXES // max(boxes, 1))), list(rows)
    for at in range(0, len(left), most):
        yield tuple(left[at : at + most])
