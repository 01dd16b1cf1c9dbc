"""The time between two cuts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from taper.catalog import Guideline, Limit
from taper.catalog.guidance import Kind
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import Change
from taper.checker.measure import in_band, size
from taper.checker.texts import say
from taper.checker.wording import NOTHING, day_text, days_text, guideline_text
from taper.finding import Finding, Outcome, Severity
from taper.schedule.curve import Level

ONE_WEEK = 7
_STEPS: tuple[Kind, ...] = ("step", "first_cut")
_CEILING: Kind = "window_ceiling"


class Interval(NamedTuple):
    """The days from one cut to the next.

    Attributes:
        days: Their number.
        step: Step that begins with the second cut; None for the stop.
        on: Day of the second cut.
        kept: The level between them.
        stops: Whether the second cut is the stop.
    """

    days: int
    step: int | None
    on: date
    kept: Level
    stops: bool


@rule("T103", "time between two cuts", since="0.1.0", kinds=("interval", "first_cut", "step"))
def interval(case: Case) -> Iterator[Outcome]:
    """Two cuts follow each other sooner than the guideline's shortest usual interval.

    What: The days from each cut to the next, the stop included; a weekly pattern is one dose, its average.
        Fewer than the guideline's shortest interval is a note; fewer than seven a warning, unless the cuts
        of a whole interval together are not larger than one of the guideline's own steps: then a step was
        only divided into days. Less than half the interval is an alert where these cuts together are larger
        than anything that the guideline prints, and not within the allowance near zero.
    Why: Withdrawal symptoms may take up to a week to appear (ASAM 2025, patient guide); a cut before
        that is made without knowing how the one before it was borne. Most guidance that was read keeps cuts a
        week or more apart; labels, inpatient schemes and tapers after a few weeks of use are faster.
    What to do: Keep each dose for longer.
    """
    limits = case.limits("interval")
    if not limits:
        yield case.without_limit("T103", say("T103.about"))
    elif any(change.fall is None for change in case.changes):
        yield case.incomparable("T103")
    else:
        found = list(_intervals(case))
        for guideline, limit in limits:
            yield from _short_intervals(case, guideline, limit, found)


def _intervals(case: Case) -> Iterator[Interval]:
    days = [(cut.after.step, cut.after.start) for cut in case.cuts]
    marks: list[tuple[int | None, date]] = [*days]
    if case.stop is not None and marks:
        zeros = [level.step for level in case.daily_levels if level.start <= case.stop.on <= level.end]
        marks.append((zeros[0] if zeros else None, case.stop.on))
    by_start = {cut.after.start: cut.after for cut in case.cuts}
    for (_, first), (step, second) in pairwise(marks):
        stops = case.stop is not None and case.stop.on == second
        yield Interval((second - first).days, step, second, by_start[first], stops)


def _short_intervals(case: Case, guideline: Guideline, limit: Limit, intervals: list[Interval]) -> Iterator[Finding]:
    assert limit.days is not None
    run: list[Interval] = []
    for entry in [*intervals, None]:
        if entry is not None and entry.days < limit.days and in_band(case, limit, entry.kept):
            run.append(entry)
        elif run:
            yield _interval_finding(case, guideline, limit, run)
            run = []


def _interval_finding(case: Case, guideline: Guideline, limit: Limit, run: list[Interval]) -> Finding:
    assert limit.days is not None
    shortest = min(run, key=lambda entry: entry.days)
    severity, divided = _severity(case, guideline, limit, run)
    said = {"first": day_text(run[0].on), "days": days_text(shortest.days)}
    said |= {"guideline": guideline_text(guideline), "limit": days_text(limit.days)}
    line = say("T103.message", count=len(run), last=day_text(run[-1].on), **said)
    if len(run) == 1:
        line = say("T103.stop" if run[0].stops else "T103.one", **said)
    detail = NOTHING
    if divided:
        detail = say("T103.divided", days=days_text(limit.days))
    elif severity > Severity.NOTE:
        detail = say("T103.detail")
    return Finding(
        code="T103",
        severity=severity,
        message=line,
        step=run[0].step,
        on=run[0].on,
        until=run[-1].on,
        measured=str(shortest.days),
        limit=str(limit.days),
        sources=(limit.source,),
        advice=say("T103.advice", days=days_text(max(limit.days, ONE_WEEK))),
        detail=detail,
    )


def _severity(case: Case, guideline: Guideline, limit: Limit, run: list[Interval]) -> tuple[Severity, bool]:
    """Grade a run of short intervals, and say whether a step was only divided into days."""
    assert limit.days is not None
    days = min(entry.days for entry in run)
    own = Severity(limit.severity)
    if days >= ONE_WEEK or case.is_short_use:
        return (Severity.NOTE if case.is_short_use else own), False
    steps = [x for kind in _STEPS for x in guideline.limits_of(kind) if x.fraction]
    if steps and _keeps(case, limit.days, run, steps):
        return own, True
    largest = [x for kind in (*_STEPS, _CEILING) for x in guideline.limits_of(kind) if x.fraction]
    far_beyond = 2 * days < limit.days and not _all_small(case, limit.days, run)
    if far_beyond and not (largest and _keeps(case, limit.days, run, [max(largest, key=lambda x: x.fraction or 0)])):
        return Severity.ALERT, False
    return Severity.WARNING, False


def _all_small(case: Case, days: int, run: list[Interval]) -> bool:
    """Return whether the cuts within any `days` days together stay within the allowance near zero."""
    cuts = _cuts_of(case, run)
    last = [case.stop] if case.stop is not None and case.stop.on == run[-1].on else []
    together = [
        (cut, later) for cut in cuts for later in cuts if 0 <= (later.after.start - cut.after.start).days < days
    ]
    return all(case.is_small(cut.before, later.after) for cut, later in together) and all(
        case.is_small(cut.before, None) for cut in cuts for stop in last if (stop.on - cut.after.start).days < days
    )


def _cuts_of(case: Case, run: list[Interval]) -> list[Change]:
    """Return the cuts of a run of short intervals, the one before the first of them included."""
    first, last = run[0].kept.start, run[-1].on
    return [cut for cut in case.cuts if first <= cut.after.start <= last]


def _keeps(case: Case, days: int, run: list[Interval], steps: list[Limit]) -> bool:
    """Return whether the cuts within any `days` days add up to no more than one of some steps."""
    cuts = _cuts_of(case, run)
    if case.stop is not None and case.stop.on == run[-1].on and not case.is_small(case.stop.last, None):
        return False
    for index, cut in enumerate(cuts):
        for later in cuts[index:]:
            if (later.after.start - cut.after.start).days >= days:
                break
            fall = case.fall(cut.before, later.after)
            sizes = [size(case, x, cut.before, fall) for x in steps if in_band(case, x, cut.before)] if fall else []
            if not sizes or sizes[0] is None or sizes[0][0] > sizes[0][1]:
                return False
    return True
