"""The days of the plan, arranged in months, weeks or lists.

A page of the calendar holds only days of the plan; weeks that lie wholly outside it are left out.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, pairwise

from taper.paper.dateless import DatelessPhrases
from taper.paper.parts import Day, Mark, Month
from taper.paper.phrases import Phrases, capitalized
from taper.paper.request import PrintRequest
from taper.paper.variant import Variant
from taper.schedule.calendar import review_days
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, shown_steps

WEEKS_A_PAGE = 4  # of a plan without dates


def weekday_names(phrases: Phrases) -> tuple[str, ...]:
    """Return the column heads of a month: weekday names, or numbers in a plan without dates."""
    if isinstance(phrases, DatelessPhrases):
        return tuple(phrases.say("dateless_column", number=str(number)) for number in range(1, 8))
    first = phrases.words.locale.first_weekday
    return tuple(capitalized(name) for name in (*phrases.words.weekdays[first:], *phrases.words.weekdays[:first]))


def build_months(days: dict[date, Day], phrases: Phrases, variant: Variant) -> tuple[Month, ...]:
    """Arrange days in the units that a page or a list shows: months or single weeks.

    Args:
        days: Every day to print, in order.
        phrases: The words of the schedule.
        variant: How to lay them out.
    """
    single = variant.layout == "week"
    if isinstance(phrases, DatelessPhrases):
        return tuple(_numbered(list(days.values()), phrases, 1 if single else WEEKS_A_PAGE))
    if single:
        return tuple(_by_week(days, phrases))
    first, last = min(days), max(days)
    return tuple(_month(days, month, phrases) for month in range(_count(first), _count(last) + 1))


def _count(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(days: dict[date, Day], count: int, phrases: Phrases) -> Month:
    year, number = count // 12, count % 12 + 1
    grid = _weeks(year, number, phrases.words.locale.first_weekday)
    weeks = (tuple(days.get(day) if day.month == number else None for day in week) for week in grid)
    title = phrases.say("month", month=capitalized(phrases.words.months[number - 1]), year=str(year))
    return Month(title, tuple(week for week in weeks if any(week)))


def _by_week(days: dict[date, Day], phrases: Phrases) -> list[Month]:
    def begin(day: date) -> date:
        return day - timedelta(days=(day.weekday() - phrases.words.locale.first_weekday) % 7)

    return [
        Month(phrases.say("week_of", date=phrases.dated(start)), (tuple(days[day] for day in part),))
        for start, part in groupby(sorted(days), begin)
    ]


def _numbered(days: list[Day], phrases: DatelessPhrases, weeks: int) -> list[Month]:
    months = []
    for start in range(0, len(days), 7 * weeks):
        part = days[start : start + 7 * weeks]
        full: list[Day | None] = [*part, *[None] * (-len(part) % 7)]
        rows = tuple(tuple(full[at : at + 7]) for at in range(0, len(full), 7))
        months.append(Month(phrases.span(part[0].day, part[-1].day), rows))
    return months


@lru_cache(maxsize=256)
def _weeks(year: int, month: int, first_weekday: int) -> list[list[date]]:
    return calendar.Calendar(first_weekday).monthdatescalendar(year, month)


def _changes(schedule: Schedule, phrases: Phrases) -> set[date]:
    """Return the first days of new doses; the days of a weekly pattern are one step."""
    return {
        after.start
        for before, after in pairwise(shown_steps(schedule.steps))
        if phrases.regimen(before) != phrases.regimen(after)
    }


def _change_on(schedule: Schedule, day: date) -> set[date]:
    """Return the day if a step with another dose begins on it: the days before it are not on the paper."""
    steps = shown_steps(schedule.steps)
    pairs = ((before, after) for before, after in pairwise(steps) if after.start == day)
    return {day for before, after in pairs if _taken(before) != _taken(after)}


def _taken(step: OrderedStep) -> tuple[object, ...]:
    return step.cycle if step.varies else 0, *((part.weekdays, part.regimen.taken) for part in step.parts)


def build_days(request: PrintRequest) -> dict[date, Day]:
    """Write each day of the patient's paper, including gaps and the stop."""
    schedule, phrases, reviews = request.schedule, request.phrases, review_days(request.schedule)
    (first, last), say, steps = request.window, phrases.say, dict(request.ahead.days())
    begin, stop = request.days[0], schedule.stopped_on
    changes, days = _changes(request.ahead, phrases) | _change_on(schedule, first), dict[date, Day]()
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        step, marks = steps.get(day), []
        doses = phrases.day(step.regimen) if step else None
        if day == begin:
            marks.append(Mark("start", say("mark_start" if request.revised_on is None else "mark_revised")))
        if day in changes and day != schedule.steps[0].start:
            marks.append(Mark("new", say("mark_new")))
        if day == stop:
            marks.append(Mark("stop", say("mark_stop")))
        elif step is None:
            marks.append(Mark("gap", say("mark_gap")))
        if day in reviews:
            marks.append(Mark("review", say("mark_review")))
        none = say("none_day") if doses is not None and not doses.doses else ""
        number = phrases.day_number(day) if isinstance(phrases, DatelessPhrases) else str(day.day)
        days[day] = Day(day, number, phrases.long_date(day), doses, none, tuple(marks))
    return days
