"""T101: how far the dose falls within a rolling window of days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from taper.catalog import Guideline, Limit
from taper.checker.case import NO_VALUE, Case, Fall, exceeds
from taper.checker.definition import rule
from taper.checker.measure import amount_texts, basis_text, in_band, is_small, no_equivalent, size
from taper.checker.wording import at_least_text, change_text, count_text, day_text, days_text, doses_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.quantity import exact_text
from taper.schedule.curve import Level


class Drop(NamedTuple):
    """The deepest fall within the window that follows a day.

    Attributes:
        before: The level from which it falls.
        lowest: The level with the lowest dose of the window.
        fall: The fall.
        measured: The fall in the unit of the limit: a fraction, or mg of diazepam equivalent.
        limit: The limit in the same unit.
        small: Whether it stays within the allowance near zero.
    """

    before: Level
    lowest: Level
    fall: Fall
    measured: Fraction
    limit: Fraction
    small: bool


@rule("T101", "fall within a window of days", since="0.1.0", kinds=("window_ceiling",))
def window_ceiling(case: Case) -> Iterator[Outcome]:
    """The dose falls further within some days than the guideline's ceiling.

    What: For every day, the dose against the lowest dose of the days that follow, as many as the
        guideline's window has. Zero is not counted (the stop has rules of its own), different drugs
        are converted first. Near the end of a taper every cut is large in percent and small in mg:
        a fall of not more than the tail allowance (1 mg of diazepam equivalent unless the order
        says otherwise) is not a warning; all of them together are one note. A weekly pattern is held
        against the ceiling day by day, as the body is, and spoken of once, with the fall of its average.
    Why: Several small cuts that follow each other quickly add up to a large one. The ceiling is the
        leading number of ASAM 2025. The allowance is an observation of this project: every published
        schedule that its tests audit breaks 25 % of the current dose near zero.
    What to do: Cut less at a time, keep each dose for longer, or acknowledge the finding with the
        reason, for example a short time of use.
    """
    limits = case.limits("window_ceiling")
    if not limits:
        yield case.without_limit("T101", "ceiling for the cut within some days")
    for guideline, limit in limits:
        yield from _one_limit(case, guideline, limit)


def _one_limit(case: Case, guideline: Guideline, limit: Limit) -> Iterator[Outcome]:
    worst: dict[date, Drop] = {}
    missing: set[NotEvaluated] = set()
    for index in range(len(case.taken)):
        for drop in _drops(case, limit, index, missing):
            # a rule speaks once for days that alternate, and a drop that warns goes before one that does not
            day = _speaks_for(case, drop.lowest)
            known = worst.get(day)
            if known is None or (not drop.small, drop.measured) > (not known.small, known.measured):
                worst[day] = drop
    drops = [worst[day] for day in sorted(worst)]
    yield from (_warning(case, guideline, limit, drop) for drop in drops if not drop.small)
    tail = [drop for drop in drops if drop.small]
    if tail:
        yield _tail(case, guideline, limit, tail)
    yield from sorted(missing, key=lambda entry: entry.reason)


def _speaks_for(case: Case, lowest: Level) -> date:
    """Return the day that groups the falls to a level: its own first day, or that of its run of days."""
    pattern = case.pattern(lowest)
    if pattern is not None:
        return pattern.start
    run = case.alternation(lowest)
    return (run[0] if run else lowest).start


def _drops(case: Case, limit: Limit, index: int, missing: set[NotEvaluated]) -> list[Drop]:
    """Return the falls beyond the limit to the lowest dose of a window that begins on any day of a level."""
    before = case.taken[index]
    assert limit.window_days is not None
    deeper: list[tuple[Level, Fall, tuple[Fraction, Fraction]]] = []
    for after in case.taken[index + 1 :]:
        if (after.start - before.end).days > limit.window_days:
            break
        fall = case.fall(before, after)
        if fall is None:
            missing.add(case.incomparable("T101"))
        elif (sizes := size(case, limit, before, fall)) is None:
            missing.add(no_equivalent("T101", before.drugs))
        elif not deeper or exceeds(sizes[0], deeper[-1][2][0]):
            if deeper and (after.start - before.start).days <= limit.window_days:
                deeper.pop()  # seen from every day of the level, so the fall before it is never the deepest
            deeper.append((after, fall, sizes))
    beyond = [
        Drop(before, after, fall, *sizes, is_small(case, fall)) for after, fall, sizes in deeper if exceeds(*sizes)
    ]
    return beyond if beyond and in_band(case, limit, before) else []


def _warning(case: Case, guideline: Guideline, limit: Limit, drop: Drop) -> Finding:
    measured, ceiling = amount_texts(limit, drop.measured, drop.limit)
    span = (drop.lowest.start - drop.before.end).days
    message = (
        f"The dose falls by {measured} within {days_text(span)}, from {doses_text(drop.before)} on "
        f"{day_text(drop.before.end)} to {doses_text(drop.lowest)} on {day_text(drop.lowest.start)}. "
        f"{guideline.title}: not more than {ceiling} {basis_text(limit)} within {days_text(limit.window_days or 0)}."
    )
    message += _of_the_week(case, drop)
    if drop.fall.table:
        message += f" Drugs compared by {drop.fall.table}."
        if case.replacements and len(case.tables) > 1:
            message += " It is the strictest of the chosen tables here; T113 compares all."
    if drop.fall.diazepam is None:
        message += f" {NO_VALUE.capitalize()} in diazepam equivalents, so no allowance near the end is made."
    return Finding(
        code="T101",
        severity=Severity(limit.severity),
        message=message,
        step=drop.lowest.step,
        on=drop.lowest.start,
        until=drop.lowest.end,
        measured=exact_text(drop.measured),
        limit=exact_text(drop.limit),
        sources=(limit.source,),
        advice=_advice(limit, drop)
        if case.pattern(drop.lowest) is None
        else "Let the days of the pattern differ by less, or give the same dose every day.",
    )


def _of_the_week(case: Case, drop: Drop) -> str:
    """Say that the days of a weekly pattern differ, and how its weekly average changes."""
    pattern = case.pattern(drop.lowest)
    if pattern is None:
        return ""
    text = " It is a day of a weekly pattern, whose days differ by design"
    before = case.level_before(pattern)
    fall = case.fall(before, pattern.level) if before is not None else None
    if before is None or fall is None:
        return f"{text}."
    return f"{text}: the week, {doses_text(pattern.level)}, is {change_text(-fall.fraction)} {doses_text(before)}."


def _advice(limit: Limit, drop: Drop) -> str:
    day = drop.before.end + timedelta(days=(limit.window_days or 0) + 1)
    if limit.fraction is None or limit.basis == "start" or len(drop.before.doses) != 1 or drop.fall.table:
        return f"Cut less, or reach this dose not before {day_text(day)}."
    floor = drop.before.doses[0][1].value * (1 - limit.fraction)
    return f"Stay at {at_least_text(floor)} or more until {day_text(day - timedelta(days=1))}, or cut less at a time."


def _tail(case: Case, guideline: Guideline, limit: Limit, tail: list[Drop]) -> Finding:
    worst = max(tail, key=lambda drop: drop.measured)
    measured, ceiling = amount_texts(limit, worst.measured, worst.limit)
    falls = "falls" if len(tail) == 1 else "fall"
    message = (
        f"From {day_text(tail[0].lowest.start)}, {count_text(len(tail), 'step')} of no more than {case.allowance} of "
        f"diazepam equivalent {falls} by more than {ceiling} {basis_text(limit)} within "
        f"{days_text(limit.window_days or 0)}, at most by {measured} ({guideline.title}). Small cuts in mg are large "
        "in percent near zero: every published schedule that this project's tests audit breaks 25 % there. The "
        "allowance is that observation, not a published threshold."
    )
    return Finding(
        code="T101",
        severity=Severity.NOTE,
        message=message,
        step=tail[0].lowest.step,
        on=tail[0].lowest.start,
        until=tail[-1].lowest.end,
        measured=exact_text(worst.measured),
        limit=exact_text(worst.limit),
        sources=(limit.source,),
        advice="Ask about symptoms at each of these steps; if they appear, keep the dose for longer.",
    )
