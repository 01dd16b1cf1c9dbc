"""The table of steps and the charts: the runs of days of the plan, each with its dates, length, doses and sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from taper.proof.days import DAY
from taper.proof.papers.case import Case
from taper.proof.papers.doses import prove_day, prove_totals
from taper.proof.papers.patterns import daily_doses, prove_pattern
from taper.proof.papers.reading import Amount, low, plain, same

if TYPE_CHECKING:
    from taper.schedule.schedule import Step


def prove_steps(case: Case, rows: Sequence[Any], first: date, last: date) -> None:
    """Hold the rows of the table against the runs of days from a first to a last day: each run in one row.

    Args:
        case: The paper.
        rows: Its rows.
        first: First day that it must have.
        last: Last day that it must have.
    """
    groups = (list(runs) for _, runs in groupby(case.steps, key=lambda step: step.number))
    left = [step for runs in groups if runs[-1].end >= first for step in runs]
    numbers = [step.number for step in case.steps]
    for row in rows:
        if row.kind == "stop":
            continue
        where = f"the step {plain(row.label)!r}"
        if not left:
            case.fail(f"{where} is not in the plan")
        own = runs_of(case, row.dates, left, where)
        left = left[len(own) :]
        days = (own[-1].end - own[0].start).days + 1
        if not _says_days(case, row.length, days):
            case.fail(f"{where} is called {plain(row.length)!r} long, not {days} days")
        if plain(row.label).isdigit():
            if int(row.label) != own[0].number:
                case.fail(f"{where} is step {own[0].number} of the plan")
        else:
            if low(row.label) not in case.tongue.start:
                case.fail(f"{where} has no number")
            if own[0].number != numbers[0]:
                case.fail(f"{where} is step {own[0].number} of the plan")
        _prove_row(case, row, own, where)
    more = [step for step in left if step.start <= last]
    if more:
        case.fail(f"the table of steps has lost the step from {more[0].start}")
    _prove_stop(case, [row for row in rows if row.kind == "stop"], last)


def runs_of(case: Case, dates: str, left: list[Step], where: str) -> list[Step]:
    """Return the runs between two dates of a row: they begin with the next run, and end with the end of one."""
    found = case.read.dates(dates)
    if len(found) not in (1, 2):
        case.fail(f"{where} has the dates {plain(dates)!r}")
    start, end = found[0], found[-1]
    if start != left[0].start:
        case.fail(f"{where} begins on {start}, and the plan on {left[0].start}")
    ends = [place for place, step in enumerate(left) if step.end == end]
    if not ends:
        case.fail(f"{where} ends on {end}, which is the end of no step")
    own = left[: ends[0] + 1]
    if len({step.number for step in own}) != 1:
        case.fail(f"{where} goes on until {end}, beyond its end in the plan")
    return own


def _says_days(case: Case, text: str, days: int) -> bool:
    number = "".join(sign for sign in plain(text) if sign.isdigit())
    return number == str(days) or (case.read.base == "ar" and days in (1, 2) and not number and bool(text))


def _prove_row(case: Case, row: Any, own: list[Step], where: str) -> None:
    regimens = list(dict.fromkeys(case.taken(step) for step in own))
    if row.doses is not None:
        if len(regimens) != 1 or row.week:
            case.fail(f"{where} says one regimen, and the plan has {len(regimens)}")
        prove_day(case, row.doses, regimens[0], where)
        prove_totals(case, row.total, case.totals(regimens[0]), where)
    else:
        if len(regimens) == 1 or not row.week:
            case.fail(f"{where} does not say what is taken")
        prove_pattern(case, [(part.when, part.doses) for part in row.week], own, prove_day, where)
        prove_daily(case, row.total, own, where)


def prove_daily(case: Case, text: str, own: Sequence[Step], where: str) -> None:
    """Hold the daily doses of days that are not alike against the plan: each of them is there, and no other."""
    said = [one.value for one in case.read.mg(text)]
    planned = [one for taken in dict.fromkeys(case.taken(step) for step in own) for one in case.totals(taken)]
    exact = set(said) == set(planned)
    near = all(any(same(one, value) for value in planned) for one in case.read.mg(text))
    if not (exact or (near and len(said) == len(planned))):
        case.fail(f"{where} says {plain(text)!r}, not {_mg(planned)}")
    by_day = daily_doses(case, own)
    if len(case.drugs) > 1 or case.read.first is not None:
        return
    for weekdays, dose in _by_weekday(case, text):
        named = [(day, case.totals(taken)) for day, taken in by_day.items() if day.weekday() in weekdays]
        wrong = [day for day, totals in named if not (len(totals) == 1 and same(dose, totals[0]))]
        if wrong:
            case.fail(f"{where} says {plain(text)!r}, and another dose is planned on {wrong[:1]}")


def _mg(values: Sequence[Fraction]) -> str:
    return ", ".join(f"{one} mg" for one in values)


def _by_weekday(case: Case, text: str) -> list[tuple[set[int], Amount]]:
    """Read the days of the week that are named before a dose, with that dose; behind these, the dose of the others."""
    small, found, before, others = low(text), list[tuple[set[int], Amount]](), 0, set(range(7))
    doses = case.read.mg(text)
    for one in doses:
        piece = small[before : one.start]
        named = {at for at, name in enumerate(case.tongue.weekdays) if name in piece}
        if any(none in piece for none in case.tongue.none):
            others = set()
        elif named:
            found.append((named, one))
            others -= named
        elif found and one is doses[-1] and len(found) == len(doses) - 1:
            found.append((others, one))
        before = one.start
    return found


def _prove_stop(case: Case, rows: Sequence[Any], last: date) -> None:
    stop = case.stop
    wanted = stop is not None and stop <= last
    if len(rows) != int(wanted):
        case.fail("the table of steps has lost the stop, or has one that the plan has not")
    for row in rows:
        if case.read.dates(row.dates) != (stop,):
            case.fail(f"the stop is said to be {plain(row.dates)!r}, not {stop}")
        if not any(none in low(row.total) for none in case.tongue.none):
            case.fail(f"the stop says {plain(row.total)!r}")
        if row.doses is not None or row.week:
            case.fail("the stop says that something is taken")


def prove_chart(case: Case, chart: Any, drug: str) -> None:
    """Hold the line of a chart against the doses of a drug, and its axes against its days and mg."""
    first, last = case.steps[0].start, case.stop or case.steps[-1].end + DAY
    days, where = max((last - first).days, 1), f"the chart of {drug}"
    if chart.ends != (case.stop is not None):
        case.fail(f"{where} ends at zero, or does not, unlike the plan")
    tops = [(tick.at, case.read.mg(tick.label)) for tick in chart.y_ticks]
    scale = next((found[0].value / at for at, found in tops if at and len(found) == 1), Fraction(0))
    if not all(len(found) == 1 and found[0].value == at * scale for at, found in tops):
        case.fail(f"{where} has a wrong axis of mg")
    bands = {(start, end): (lowest, highest) for start, end, lowest, highest in chart.bands}
    at = 0
    for start, end, mean in chart.steps:
        own, begin, after = list["Step"](), first + int(start * days) * DAY, first + int(end * days) * DAY
        while at < len(case.steps) and case.steps[at].start < after:
            own.append(case.steps[at])
            at += 1
        placed = own and own[0].start == begin and own[-1].end + DAY == after
        if not (placed and (start * days).denominator == 1):
            case.fail(f"{where} has a step on other days")
        doses = [_of_drug(step, drug) for step in own]
        lowest, highest = bands.pop((start, end), (mean, mean))
        if (lowest * scale, highest * scale) != (min(doses), max(doses)) or not lowest <= mean <= highest:
            case.fail(f"{where} has another dose from {own[0].start} than {min(doses)} mg")
    if at != len(case.steps) or bands:
        case.fail(f"{where} has lost a step")
    for tick in (*chart.x_ticks, *chart.few_ticks):
        _prove_tick(case, tick, first + int(tick.at * days) * DAY, where)
    if case.read.first is None:
        dates = case.read.dates(chart.alt)
        if dates[:1] != (first,):
            case.fail(f"{where} is told to begin otherwise: {plain(chart.alt)!r}")
    mg = case.read.mg(chart.alt)
    if not (mg and same(mg[0], _of_drug(case.steps[0], drug))):
        case.fail(f"{where} is told as {plain(chart.alt)!r}")


def _of_drug(step: Step, drug: str) -> Fraction:
    return sum((intake.dose.value for intake in step.intakes if intake.drug == drug), Fraction(0))


def _prove_tick(case: Case, tick: Any, day: date, where: str) -> None:
    """A label below a chart is the month, or the day, at its place."""
    label = low(tick.label)
    if case.read.first is not None:
        right = case.read.dates(label) == (day,)
    else:
        short = [name.removesuffix(".") for name in case.tongue.months_short[day.month - 1]]
        words = [word.strip(".,") for word in label.split()]
        numbers = {str(day.day), str(day.year)}
        right = any(name in words for name in short) and (len(words) == 1 or not numbers.isdisjoint(words))
    if not right:
        case.fail(f"{where} has {plain(tick.label)!r} at {day}")
