"""The pace of single cuts: the first cut, their size, the time between them, a rise, a change of drug."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from taper.catalog import Guideline, Limit
from taper.checker.case import Case, Change, exceeds
from taper.checker.definition import rule
from taper.checker.measure import amount_texts, basis_text, in_band, is_small, no_equivalent, size
from taper.checker.wording import count_text, day_text, days_text, doses_text
from taper.finding import Finding, Outcome, Severity
from taper.quantity import exact_text
from taper.schedule.curve import Level

ONE_WEEK = 7


@rule("T102", "size of the first cut", since="0.1.0", kinds=("first_cut",))
def first_cut(case: Case) -> Iterator[Outcome]:
    """The first cut is larger than the guideline's usual range.

    What: The first fall of the daily dose, of a weekly pattern that of its average, against the upper end
        of the range that a guideline gives for starting. A stop without a lower dose before it is not a
        first cut; T106 speaks of it.
    Why: How the first cut is borne is what the pace of the others is chosen by.
    What to do: Begin with a smaller cut, or go on if the reason is known, for example a short time of use.
    """
    limits = case.limits("first_cut")
    if not limits:
        yield case.without_limit("T102", "range for the first cut")
    elif any(change.fall is None for change in case.changes):
        yield case.incomparable("T102")
    elif case.cuts:
        cut = case.cuts[0]
        for guideline, limit in limits:
            yield from _first_cut(case, guideline, limit, cut)


def _first_cut(case: Case, guideline: Guideline, limit: Limit, cut: Change) -> Iterator[Outcome]:
    assert cut.fall is not None
    sizes = size(case, limit, cut.before, cut.fall)
    if sizes is None:
        yield no_equivalent("T102", cut.before.drugs)
    elif sizes[0] > sizes[1] and in_band(case, limit, cut.before):
        measured, ceiling = amount_texts(limit, *sizes)
        yield Finding(
            code="T102",
            severity=Severity(limit.severity),
            message=f"The first cut, from {doses_text(cut.before)} to {doses_text(cut.after)} on "
            f"{day_text(cut.after.start)}, is {measured}. {guideline.title}: "
            f"usually up to {ceiling} {basis_text(limit)}.",
            step=cut.after.step,
            on=cut.after.start,
            until=cut.after.end,
            measured=exact_text(sizes[0]),
            limit=exact_text(sizes[1]),
            sources=(limit.source,),
            advice="Begin with a smaller cut, or record why a larger one suits this person.",
        )


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
        only divided into days.
    Why: Withdrawal symptoms may take up to a week to appear (ASAM 2025, patient guide); a cut before
        that is made without knowing how the one before it was borne. Most guidance that was read keeps cuts a
        week or more apart; labels, inpatient schemes and tapers after a few weeks of use are faster.
    What to do: Keep each dose for longer.
    """
    limits = case.limits("interval")
    if not limits:
        yield case.without_limit("T103", "interval between cuts")
    elif any(change.fall is None for change in case.changes):
        yield case.incomparable("T103")
    else:
        intervals = list(_intervals(case))
        for guideline, limit in limits:
            yield from _short_intervals(case, guideline, limit, intervals)


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
    shortest = min(entry.days for entry in run)
    divided = _divides_a_step(case, guideline, limit.days, run)
    severe = shortest < ONE_WEEK and not divided
    when = f"{len(run)} cuts, from {day_text(run[0].on)} to {day_text(run[-1].on)}, each follow"
    if len(run) == 1:
        when = f"The {'stop' if run[0].stops else 'cut'} on {day_text(run[0].on)} follows"
    message = (
        f"{when} the cut before after only {days_text(shortest)}{' at the shortest' if len(run) > 1 else ''}. "
        f"{guideline.title}: {days_text(limit.days)} or more."
    )
    if severe:
        message += (
            " Most guidance that was read keeps cuts a week or more apart; labels and inpatient schemes are faster."
        )
    elif divided:
        message += f" The cuts of any {days_text(limit.days)} together are no larger than one step of this guideline."
    return Finding(
        code="T103",
        severity=Severity.WARNING if severe else Severity(limit.severity),
        message=message,
        step=run[0].step,
        on=run[0].on,
        until=run[-1].on,
        measured=str(shortest),
        limit=str(limit.days),
        sources=(limit.source,),
        advice=f"Keep each dose for at least {days_text(max(limit.days, ONE_WEEK))}.",
    )


def _divides_a_step(case: Case, guideline: Guideline, days: int, run: list[Interval]) -> bool:
    """Return whether the cuts within any `days` days add up to no more than one usual step."""
    steps = [x for kind in ("step", "first_cut") for x in guideline.limits if x.kind == kind and x.fraction]
    if not steps:
        return False
    first, last = run[0].kept.start, run[-1].on
    cuts = [cut for cut in case.cuts if first <= cut.after.start <= last]
    if case.stop is not None and case.stop.on == last:
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


@rule("T107", "the dose rises", since="0.1.0", kinds=("increase",))
def increase(case: Case) -> Iterator[Outcome]:
    """The dose goes up again.

    What: Every rise of the daily dose, of a weekly pattern that of its average. Back to the dose before
        the last cut, or to less than it, is a note, or what a chosen guideline that forbids it says; above
        it a warning. Days that alternate between two doses are left to T201, and a day on which some of
        one drug is replaced by another to T113: whether the dose rises there depends on the table.
    Why: Labels and guidelines allow a return to the dose before when withdrawal is hard, some others
        forbid it; a rise above that dose is something else, and may be an error in the schedule.
    What to do: If the return is meant, take smaller steps or longer ones from there; if not, correct
        the dose.
    """
    if any(change.fall is None for change in case.changes):
        yield case.incomparable("T107")
    before_cut: Level | None = None
    for change in case.changes:
        if change.fall is None or case.exchange(change):
            continue
        if change.fall.fraction > 0:
            before_cut = change.before
        elif change.fall.fraction < 0 and case.alternation(change.after) is None:
            yield _rise(case, change, before_cut)


def _rise(case: Case, change: Change, before_cut: Level | None) -> Finding:
    assert change.fall is not None
    reference = case.fall(before_cut, change.after) if before_cut is not None else None
    returns = reference is not None and reference.fraction >= 0
    ratio = 1 - reference.fraction if reference is not None else 1 - change.fall.fraction
    what = f"The dose rises from {doses_text(change.before)} to {doses_text(change.after)}"
    what += f" on {day_text(change.after.start)}"
    if returns and before_cut is not None:
        message = f"{what}: not above the dose before the last cut, {doses_text(before_cut)}.{_stances_text(case)}"
        advice = "Go on from there with smaller or slower steps."
    elif before_cut is not None:
        message = f"{what}: above the dose before the last cut, {doses_text(before_cut)}."
        advice = "Check the dose; if the rise is meant, record why."
    else:
        message = f"{what}, and nothing was cut before."
        advice = "Check the dose; if the rise is meant, record why."
    return Finding(
        code="T107",
        severity=_of_return(case) if returns else Severity.WARNING,
        message=message,
        step=change.after.step,
        on=change.after.start,
        until=change.after.end,
        measured=exact_text(ratio),
        limit="1",
        sources=tuple(limit.source for _, limit in case.limits("increase")),
        advice=advice,
    )


def _of_return(case: Case) -> Severity:
    against = [Severity(limit.severity) for _, limit in case.limits("increase") if limit.stance == "avoid"]
    return max(against, default=Severity.NOTE)


def _stances_text(case: Case) -> str:
    """Name the guidelines that allow a return to the dose before, and those that do not."""
    text = ""
    for stance, verb in (("allowed", "Allowed by"), ("avoid", "Advised against by")):
        names = [guideline.title for guideline, limit in case.limits("increase") if limit.stance == stance]
        text += f" {verb} {'; '.join(dict.fromkeys(names))}." if names else ""
    return text


@rule("T108", "size of a single cut", since="0.1.0", kinds=("step",))
def step_size(case: Case) -> Iterator[Outcome]:
    """A single cut is larger than the guideline's step.

    What: Each cut against the largest step that a guideline prints for this dose, on the basis that
        it prints (current or starting dose, or mg of diazepam equivalent). The stop is not counted. A weekly
        pattern counts as its average. Cuts within the tail allowance are one note together, as in T101.
    Why: Such guidelines pace a taper by the size of its steps, not by a window.
    What to do: Take a smaller step, if need be with a smaller tablet, halves or a liquid.
    """
    limits = case.limits("step")
    if not limits:
        yield case.without_limit("T108", "size of a step")
    elif any(change.fall is None for change in case.changes):
        yield case.incomparable("T108")
    else:
        for guideline, limit in limits:
            yield from _large_steps(case, guideline, limit)


def _large_steps(case: Case, guideline: Guideline, limit: Limit) -> Iterator[Outcome]:
    run: list[tuple[Change, Fraction, Fraction]] = []
    tail: list[tuple[Change, Fraction, Fraction]] = []
    missing = False
    for cut in case.cuts:
        assert cut.fall is not None
        sizes = size(case, limit, cut.before, cut.fall)
        missing = missing or sizes is None
        breaks = sizes is not None and exceeds(*sizes) and in_band(case, limit, cut.before)
        if breaks and sizes is not None and not is_small(case, cut.fall):
            run.append((cut, *sizes))
            continue
        if run:
            yield _step_finding(case, guideline, limit, run, Severity(limit.severity))
            run = []
        if breaks and sizes is not None:
            tail.append((cut, *sizes))
    if run:
        yield _step_finding(case, guideline, limit, run, Severity(limit.severity))
    if tail:
        yield _step_finding(case, guideline, limit, tail, Severity.NOTE)
    if missing:
        yield no_equivalent("T108", case.schedule.drugs)


def _step_finding(
    case: Case,
    guideline: Guideline,
    limit: Limit,
    run: list[tuple[Change, Fraction, Fraction]],
    severity: Severity,
) -> Finding:
    worst = max(run, key=lambda entry: entry[1])
    measured, ceiling = amount_texts(limit, worst[1], worst[2])
    first, last = run[0][0].after, run[-1][0].after
    when = f"from {day_text(first.start)} to {day_text(last.start)}, the largest" if len(run) > 1 else ""
    message = (
        f"{count_text(len(run), 'cut')} {when or f'on {day_text(first.start)},'} from "
        f"{doses_text(worst[0].before)} to {doses_text(worst[0].after)}: {measured}. {guideline.title}: steps of "
        f"up to {ceiling} {basis_text(limit)}."
    )
    if worst[0].fall is not None and is_small(case, worst[0].fall):
        message += (
            f" Each is within {case.allowance} of diazepam equivalent; that allowance is an observation of this "
            "project on published schedules, not a published threshold."
        )
    return Finding(
        code="T108",
        severity=severity,
        message=message,
        step=first.step,
        on=first.start,
        until=last.end,
        measured=exact_text(worst[1]),
        limit=exact_text(worst[2]),
        sources=(limit.source,),
        advice="Take smaller steps, if need be with a smaller tablet, halves or a liquid.",
    )


@rule("T109", "time for changing drugs", since="0.1.0", kinds=("crossover",))
def crossover(case: Case) -> Iterator[Outcome]:
    """One drug replaces another faster than the guideline advises.

    What: The days from the first day with the new drug to the first day without the old one, for each
        drug that is not there at the beginning while another ends.
    Why: Drugs differ in onset and half-life, and equivalent doses are estimates; a slow change shows
        in time whether the new dose is too low or too high.
    What to do: Replace one intake at a time, over one or two weeks.
    """
    limits = case.limits("crossover")
    if len(case.schedule.drugs) > 1 and not limits:
        yield case.without_limit("T109", "time for changing drugs")
    for guideline, limit in limits:
        for old, new, first, after in case.replacements:
            days = (after - first).days
            if limit.days is None or days >= limit.days:
                continue
            yield Finding(
                code="T109",
                severity=Severity(limit.severity),
                message=f"{old} is replaced by {new} within {days_text(days)}, from {day_text(first)} to "
                f"{day_text(after)}. {guideline.title}: better over {days_text(limit.days)} or more.",
                step=next((s.step for s in case.taken if s.end >= first and new in s.drugs), None),
                on=first,
                until=after,
                measured=str(days),
                limit=str(limit.days),
                sources=(limit.source,),
                advice="Replace one intake at a time, over one or two weeks.",
            )
