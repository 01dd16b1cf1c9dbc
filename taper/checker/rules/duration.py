"""The whole length of a taper, and how often it is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from taper.catalog import Guideline, Limit
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import Stop
from taper.checker.measure import in_band
from taper.checker.wording import count_text, day_text, days_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.interval import Interval

_SHORTEST_MONTHS = date(2026, 2, 1)  # counted from here, calendar months have the fewest days


@rule("T111", "total time of the taper", since="0.1.0", kinds=("total_time",))
def total_time(case: Case) -> Iterator[Outcome]:
    """The whole taper is shorter than the guideline's usual time.

    What: The days from the first cut to the first day without the drug, and one interval more for the
        starting dose (thirty weekly steps are thirty weeks), against the shortest total time that a
        guideline prints for this drug, this starting dose and this time of use. A stop without any cut
        before it is left to T106.
    Why: Each cut may keep within its limit and the whole still be over before a body that is used to
        the drug for years has followed.
    What to do: Take smaller or slower steps, or acknowledge the finding with the reason.
    """
    if (unknown := case.unknown_stop("T111")) is not None:
        yield unknown
        return
    limits = case.limits("total_time")
    if not limits:
        yield case.without_limit("T111", "total time")
        return
    if case.stop is None or not case.cuts:
        return
    weeks = case.order.patient.weeks_of_use if case.order is not None else None
    if weeks is None and any(limit.asks_for_weeks() for _, limit in limits):
        yield NotEvaluated("T111", "not recorded in the order", "weeks of use")
    for guideline, limit in limits:
        holds = not limit.asks_for_weeks() or (weeks is not None and limit.holds_after(weeks))
        if holds and in_band(case, limit, case.levels[0]):
            yield from _too_short(case, guideline, limit, case.stop)


def _begin(case: Case) -> date:
    """Return the day on which the taper begins: one interval before the first cut, if the dose was kept so long."""
    first = case.cuts[0]
    following = case.cuts[1].after.start if len(case.cuts) > 1 else case.stop.on if case.stop else first.after.start
    return max(case.levels[0].start, first.after.start - (following - first.after.start))


def _too_short(case: Case, guideline: Guideline, limit: Limit, stop: Stop) -> Iterator[Finding]:
    assert limit.days is not None
    first = _begin(case)
    days = (stop.on - first).days
    if days >= limit.days:
        return
    condition = ""
    if limit.weeks_from is not None and limit.weeks_below is not None:
        condition = f" after {limit.weeks_from} to {limit.weeks_below - 1} weeks of use"
    elif limit.weeks_from is not None:
        condition = f" after {limit.weeks_from} or more weeks of use"
    elif limit.weeks_below is not None:
        condition = f" even after less than {limit.weeks_below} weeks of use"
    yield Finding(
        code="T111",
        severity=Severity.NOTE if case.is_short_use else Severity(limit.severity),
        message=f"The taper takes {days_text(days)}, until {day_text(stop.on)}; {guideline.short}: usually "
        f"{days_text(limit.days)} or more{condition}.",
        step=stop.last.step,
        on=first,
        until=stop.on,
        measured=str(days),
        limit=str(limit.days),
        sources=(limit.source,),
        advice="Take smaller or slower steps, or record why a short taper suits this person.",
        detail=f"From {day_text(first)} to the stop ({guideline.title}).",
    )


@rule("T207", "review dates", since="0.1.0", kinds=("review",))
def review(case: Case) -> Iterator[Outcome]:
    """The order plans no review, or reviews further apart than the guideline's.

    What: `review_every` of the order against the longest time between reviews that a guideline
        prints; where the guideline asks for a review with each cut, against the shortest time between
        two cuts of the schedule. Months are counted at their fewest days. Opioids have T301.
    Why: Whether the next cut is right shows in how the one before it was borne.
    What to do: Set `review_every`, or acknowledge the finding where reviews are arranged elsewhere.
    """
    limits = case.limits("review")
    if case.order is None:
        yield NotEvaluated("T207", "the schedule has no order that could plan reviews")
        return
    if not limits:
        yield case.without_limit("T207", "time between reviews")
        return
    unplanned: set[str] = set()
    for guideline, limit in limits:
        days = limit.days or _shortest_between_cuts(case)
        planned = case.all_terms[-1].review_every
        guidance = f"{guideline.title}: a review "
        guidance += f"at least every {days_text(limit.days)}." if limit.days else "with each cut."
        if planned is None and guideline.id not in unplanned:
            unplanned.add(guideline.id)  # one finding, though a guideline may print two times
            yield _review(limit, f"The order plans no review. {guidance}", "", days)
        elif planned is not None and days is not None and fewest_days(planned) > days:
            apart = "" if limit.days else f", but two cuts are only {days_text(days)} apart"
            message = f"The order plans a review every {planned}{apart}. {guidance}"
            yield _review(limit, message, str(fewest_days(planned)), days)


def fewest_days(span: Interval) -> int:
    """Return the fewest days that a span can have.

    >>> fewest_days(Interval(days=14)), fewest_days(Interval(months=3))
    (14, 89)
    """
    return span.days or (span.after(_SHORTEST_MONTHS) - _SHORTEST_MONTHS).days


def _shortest_between_cuts(case: Case) -> int | None:
    return min(((b.after.start - a.after.start).days for a, b in pairwise(case.cuts)), default=None)


def _review(limit: Limit, message: str, measured: str, days: int | None) -> Finding:
    every = f'review_every = "{count_text(days, "day")}" or less' if days else "review_every"
    return Finding(
        code="T207",
        severity=Severity(limit.severity),
        message=message,
        measured=measured,
        limit="" if days is None else str(days),
        sources=(limit.source,),
        advice=f"Set {every}.",
    )
