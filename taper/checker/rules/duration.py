"""The whole length of a taper, and how often it is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from taper.catalog import Guideline, Limit
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import Stop
from taper.checker.headline import NO_ORDER, every_text, headline
from taper.checker.measure import in_band
from taper.checker.texts import say
from taper.checker.wording import NOTHING, day_text, days_text, guideline_text, joined, span_text, title_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.interval import Interval
from taper.message import Message
from taper.order.order import Order

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
        yield case.without_limit("T111", say("T111.about"))
        return
    if case.stop is None or not case.cuts:
        return
    weeks = case.order.patient.weeks_of_use if case.order is not None else None
    if weeks is None and any(limit.asks_for_weeks() for _, limit in limits):
        yield NotEvaluated("T111", say("not recorded"), say("about.weeks of use"))
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
    said = {"days": days_text(days), "guideline": guideline_text(guideline), "limit": days_text(limit.days)}
    said["condition"] = _condition(limit)
    span, last = span_text(first, stop.on), say("T111.to", day=day_text(stop.on))
    yield Finding(
        code="T111",
        severity=Severity.NOTE if case.is_short_use else Severity(limit.severity),
        message=headline(say("T111.message", when=span, **said), say("T111.message", when=last, **said)),
        step=stop.last.step,
        on=first,
        until=stop.on,
        measured=str(days),
        limit=str(limit.days),
        sources=(limit.source,),
        advice=say("T111.advice"),
        detail=say("T111.detail", day=day_text(first), title=title_text(guideline.title)),
    )


def _condition(limit: Limit) -> Message:
    """Say after which time of use a limit holds."""
    if limit.weeks_from is not None and limit.weeks_below is not None:
        return say("T111.weeks between", first=limit.weeks_from, last=limit.weeks_below - 1)
    if limit.weeks_from is not None:
        return say("T111.weeks from", weeks=limit.weeks_from)
    return NOTHING if limit.weeks_below is None else say("T111.weeks below", weeks=limit.weeks_below)


@rule("T207", "review dates", since="0.1.0", kinds=("review",))
def review(case: Case) -> Iterator[Outcome]:
    """The order plans no review, or reviews further apart than the guideline's.

    What: The time between reviews that the order plans against the longest that a guideline prints; where the
        guideline asks for a review with each cut, against the shortest ordered time between two cuts (a step that a
        revision cut short does not count). Months are counted at their fewest days. Opioids have T301.
    Why: Whether the next cut is right shows in how the one before it was borne.
    What to do: Plan reviews as often, or acknowledge the finding where reviews are arranged elsewhere.
    """
    limits = case.limits("review")
    if case.order is None:
        yield NotEvaluated("T207", NO_ORDER, say("T207.about"))
        return
    if not limits:
        yield case.without_limit("T207", say("T207.about limit"))
        return
    apart, planned = _ordered_between_cuts(case, case.order), case.all_terms[-1].review_every
    asked = [_Review(guideline, limit, limit.days or apart) for guideline, limit in limits]
    if planned is not None:
        asked = [entry for entry in asked if entry.days is not None and fewest_days(planned) > entry.days]
    if asked:
        yield _review(sorted(asked, key=lambda entry: entry.days or 0), planned)


def fewest_days(span: Interval) -> int:
    """Return the fewest days that a span can have.

    >>> fewest_days(Interval(days=14)), fewest_days(Interval(months=3))
    (14, 89)
    """
    return span.days or (span.after(_SHORTEST_MONTHS) - _SHORTEST_MONTHS).days


class _Review(NamedTuple):
    """A time between reviews that a guideline asks for.

    Attributes:
        guideline: The guideline.
        limit: What it says.
        days: The longest time in days; None if it asks for a review with each cut and there are no two cuts.
    """

    guideline: Guideline
    limit: Limit
    days: int | None

    @property
    def says(self) -> Message:
        """The whole as a sentence."""
        short = guideline_text(self.guideline)
        if self.limit.days:
            return say("T207.at least", guideline=short, every=every_text(self.limit.days))
        return say("T207.with each cut", guideline=short)


def _ordered_between_cuts(case: Case, order: Order) -> int | None:
    """Return the fewest days between two cuts, where no revision came in between; None without two cuts."""
    spans = [(a.after.start, b.after.start) for a, b in pairwise(case.cuts)]
    if not spans:
        return None
    revised = [event.on for event in order.history]
    kept = [(second - first).days for first, second in spans if not any(first < day <= second for day in revised)]
    return min(kept or [fewest_days(phase.every) for phase in case.all_terms[-1].phase])


def _review(asked: list[_Review], planned: Interval | None) -> Finding:
    """Say it once for all guidelines, by the one that asks for the most reviews."""
    days = asked[0].days
    plan = say("T207.none")
    if planned is not None:
        plan = say("T207.planned", every=every_text(planned))
        if days and not asked[0].limit.days:
            plan = say("T207.planned and cuts", every=every_text(planned), cuts=every_text(days))
    advice = say("T207.advice", every=every_text(days)) if days else say("T207.advice.each cut")
    return Finding(
        code="T207",
        severity=max((Severity(entry.limit.severity) for entry in asked), key=lambda severity: severity.rank),
        message=joined(plan, asked[0].says),
        measured="" if planned is None else str(fewest_days(planned)),
        limit="" if days is None else str(days),
        sources=tuple(dict.fromkeys(entry.limit.source for entry in asked)),
        advice=advice,
        detail=joined(*dict.fromkeys(entry.says for entry in asked[1:])),
    )
