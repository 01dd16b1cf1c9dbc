"""The step chart of one drug as places on two axes: exact fractions, labels in words.

A chart shows the shape of the plan; the table beside it gives every number. A step whose dose depends on the day of
the week is one line at its average, in a band from the lowest to the highest dose: a line through each day is a comb.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, count, groupby, pairwise

from taper.paper.dateless import DatelessPhrases
from taper.paper.parts import Chart, Tick
from taper.paper.phrases import Phrases, bare
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, shown_steps
from taper.values import dataclass

_NICE = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


@dataclass(frozen=True, slots=True)
class Axis:
    """How much stands on the axis of days.

    Attributes:
        most: Most labels.
        numbers: Most day numbers, of a plan without dates.
        letters: How many letters it is long.
        end: Where the last label may stand, as a part of its length.
    """

    most: int
    numbers: int
    letters: int
    end: Fraction = Fraction(1)


WIDE = Axis(13, 9, 90)
NARROW = Axis(4, 3, 21, Fraction(7, 8))
LARGE = Axis(5, 4, 40)
SHORT_PLAN = 62  # days: a shorter plan has its weeks labeled
WEEKS_APART = (1, 2, 4, 8, 13, 26, 52, 104, 520)


def build_chart(schedule: Schedule, drug: str, phrases: Phrases, axis: Axis = WIDE) -> Chart:
    """Place the steps of a drug on the axes.

    Args:
        schedule: The schedule.
        drug: Which of its drugs.
        phrases: The words of the schedule.
        axis: How much stands on the axis of days of the figure.
    """
    first, last = schedule.steps[0].start, schedule.stopped_on or schedule.steps[-1].end + timedelta(days=1)
    days = max((last - first).days, 1)
    doses = [step.totals.get(drug, Mg(0)) for step in schedule.steps]
    top, y_ticks = doses_axis(max(doses), phrases)
    steps, bands = [], []
    for step in shown_steps(schedule.steps):
        place = Fraction((step.start - first).days, days), Fraction((step.end - first).days + 1, days)
        low, mean, high = (dose.value / top.value for dose in _low_mean_high(step, drug))
        steps.append((*place, mean))
        if low < high:
            bands.append((*place, low, high))
    return Chart(
        phrases.say("chart_title", drug=phrases.medicine(drug)),
        _alt(schedule, drug, doses[0], doses[-1], phrases),
        tuple(steps),
        days_axis(first, last, phrases, axis),
        y_ticks,
        schedule.stopped_on is not None,
        days_axis(first, last, phrases, NARROW),
        tuple(bands),
        phrases.say("chart_band") if bands else "",
    )


def _low_mean_high(step: OrderedStep, drug: str) -> tuple[Mg, Mg, Mg]:
    doses = [part.regimen.totals.get(drug, Mg(0)) for part in step.parts]
    return min(doses), step.averages.get(drug, Mg(0)), max(doses)


def doses_axis(highest: Mg, phrases: Phrases) -> tuple[Mg, tuple[Tick, ...]]:
    """Choose three to five round doses, and the top of the axis."""
    unit = Fraction(1)
    while highest and unit * 4 > highest.value:
        unit /= 10
    while unit * 40 < highest.value:
        unit *= 10
    step = next((unit * nice for nice in _NICE if unit * nice * 4 >= highest.value), unit * 10)
    number = max(-(-highest.value // step), 1)
    top = step * number
    ticks = tuple(Tick(step * n / top, phrases.dose(Mg(step * n))) for n in range(int(number) + 1))
    return Mg(top), ticks


_MOST_MONTHS = 24
"""Labels further apart than this name years alone; where two would touch, all stand wider apart."""


def days_axis(first: date, last: date, phrases: Phrases, axis: Axis) -> tuple[Tick, ...]:
    """Label months, or weeks in a plan shorter than two months, or day numbers in a plan without dates."""
    days, names = max((last - first).days, 1), phrases.words.months_short
    if isinstance(phrases, DatelessPhrases):
        return _spaced(first, days, axis, axis.numbers, phrases.long_date)
    if days < SHORT_PLAN:
        return _spaced(
            first,
            days,
            axis,
            axis.most,
            lambda day: phrases.say("axis_day", day=str(day.day), month=names[day.month - 1]),
        )
    start = first.year * 12 + first.month - (1 if first.day == 1 else 0)
    months = list(range(start, last.year * 12 + last.month))
    best: tuple[Tick, ...] = ()
    for every in (n for n in chain((1, 2, 3, 6), count(12, 12)) if len(months) <= n * axis.most):
        ticks = []
        for month in (m for m in months if m % 12 % every == 0 and m // 12 % max(every // 12, 1) == 0):
            day, name = date(month // 12, month % 12 + 1, 1), names[month % 12]
            label = phrases.say("axis_year", month=name, year=str(day.year)) if month % 12 == 0 else name
            ticks.append(Tick(Fraction((day - first).days, days), label))
        shown = [tick for tick in ticks if tick.at <= axis.end]
        clear = _clear(shown, axis.letters)
        best = best or clear
        if every <= _MOST_MONTHS or len(clear) == len(shown):
            break
    return clear or best


def _spaced(first: date, days: int, axis: Axis, most: int, name: Callable[[date], str]) -> tuple[Tick, ...]:
    """Label every week, or every second, fourth … until there are few enough and no two touch."""
    for weeks in WEEKS_APART:
        marked = (first + timedelta(days=offset) for offset in range(0, days, 7 * weeks))
        ticks = [Tick(Fraction((day - first).days, days), name(day)) for day in marked]
        shown = tuple(tick for tick in ticks if tick.at <= axis.end)
        if len(ticks) <= most and all(_gap(*pair, axis.letters) for pair in pairwise(shown)):
            return shown
    return shown[:1]


def _clear(ticks: list[Tick], letters: int) -> tuple[Tick, ...]:
    """Leave labels out until no two touch: the longer one, with the year, stays."""
    kept: list[Tick] = []
    for tick in sorted(ticks, key=lambda tick: (-len(tick.label), tick.at)):
        row = sorted([*kept, tick], key=lambda tick: tick.at)
        if all(_gap(*pair, letters) for pair in pairwise(row)):
            kept = row
    return tuple(kept)


def _gap(first: Tick, second: Tick, letters: int) -> bool:
    """Return whether two labels do not touch, with a margin, on an axis of so many letters."""
    # the first label of the axis begins at its tick, the others are centered on theirs
    right = len(first.label) if first.at < Fraction(1, 40) else Fraction(len(first.label), 2)
    return second.at - first.at >= (right + Fraction(len(second.label), 2) + 1) / letters


def _runs(schedule: Schedule, drug: str) -> list[OrderedStep]:
    """Return the steps of one drug, neighbors with the same doses as one: other drugs have steps of their own."""
    found, before = list[OrderedStep](), None
    for _, runs in groupby(shown_steps(schedule.steps), key=lambda step: step.number):
        step, *more = (run.of_drug(drug) for run in runs)
        dose = None if step.varies or more else step.usual.total  # the last days of a cycle are several runs
        if not found or dose is None or dose != before:
            found.append(step)
        before = dose
    return found


def _alt(schedule: Schedule, drug: str, first: Mg, last: Mg, phrases: Phrases) -> str:
    start, course = phrases.dated(schedule.steps[0].start), _runs(schedule, drug)
    end, stopped = course[-1], schedule.stopped_on if course[-1].drugs else None
    number = len(course) - (stopped is None)
    if end.varies and not stopped:
        goal = phrases.daily(end)
    else:
        goal = phrases.say("none") if stopped or not last else phrases.dose(last)
    if not number:
        return bare(
            phrases.say("chart_alt_flat", drug=phrases.plain_name(drug), first=phrases.dose(first), start=start)
        )
    text = phrases.say(
        "chart_alt",
        drug=phrases.plain_name(drug),
        first=phrases.dose(first),
        start=start,
        steps=phrases.words.counted("step", number),
        last=goal,
        end=phrases.dated(stopped or end.start),
    )
    return bare(text)
