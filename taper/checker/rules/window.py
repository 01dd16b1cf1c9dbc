"""T101: how far the dose falls within a rolling window of days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from taper import catalog
from taper.catalog import Guideline, Limit
from taper.catalog.guidance import Kind
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import Fall, exceeds
from taper.checker.finer import finer_product
from taper.checker.grading import graded
from taper.checker.headline import headline
from taper.checker.measure import (
    Measured,
    amount_texts,
    basis_text,
    ceiling_of,
    in_band,
    measured_within,
    no_equivalent,
    size,
)
from taper.checker.near_zero import LEAST, MOST, cautious
from taper.checker.texts import say
from taper.checker.wording import (
    NOTHING,
    UNNAMED,
    change_text,
    day_text,
    days_text,
    doses_text,
    exact_dose,
    from_to,
    guideline_text,
    joined,
    title_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.quantity import exact_text
from taper.schedule.curve import Level

CEILING = "asam-2025"
"""The guideline that judges in percent where no chosen limit can, and falls beyond twice its ceiling always."""
_SIZES: tuple[Kind, ...] = ("window_ceiling", "step")


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
        a fall within the allowance (the larger of 1 mg and the smallest dose that the products make,
        at most 2.5 mg of diazepam equivalent) is not a warning; all of them together are one note. Beyond
        the ceiling it is a warning, beyond twice the ceiling an alert. A weekly pattern counts as its
        average, and day by day where its largest day is more than twice its smallest. A drug without an
        equivalence is judged in percent. Where ASAM 2025 is not chosen, a fall beyond twice its ceiling is an alert
        too, unless every chosen limit on the size of cuts allows it.
    Why: Several small cuts that follow each other quickly add up to a large one. The ceiling is the
        leading number of ASAM 2025. The allowance is an observation of this project: every published
        schedule that its tests audit breaks 25% of the current dose near zero.
    What to do: Cut less at a time, keep each dose for longer, or acknowledge the finding with the
        reason, for example a short time of use.
    """
    limits = [*case.limits("window_ceiling"), *_in_percent(case)]
    if not limits:
        yield case.without_limit("T101", say("T101.about"))
    for guideline, limit in limits:
        yield from _one_limit(case, guideline, limit)
    if not any(guideline.id == CEILING for guideline, _ in limits):
        yield from _far_beyond(case)


def _far_beyond(case: Case) -> Iterator[Outcome]:
    """Find the falls beyond twice the leading ceiling that no chosen limit allows, whatever is chosen."""
    guideline, limit = _ceiling()
    assert limit.fraction is not None
    for before, following in measured_within(case, limit):
        for drop in _drops(case, limit, before, following, set()):
            amount = drop.fall.diazepam
            large = amount is None or exceeds(amount, MOST.value)
            if exceeds(drop.measured, 2 * limit.fraction) and large and not kept_by_the_chosen(case, drop):
                yield _warning(case, guideline, limit, drop)


@lru_cache(maxsize=1)
def _ceiling() -> tuple[Guideline, Limit]:
    source = catalog.guideline(CEILING)
    return source, source.limits_of("window_ceiling")[0]


def _short(case: Case, guideline: Guideline) -> Message:
    short = guideline_text(guideline)
    return short if guideline.id in {chosen.id for chosen in case.guidelines} else say("not chosen", guideline=short)


def kept_by_the_chosen(case: Case, drop: Drop) -> bool:
    """Return whether every chosen limit on the size of cuts allows the cuts of a fall; without any, none does."""
    rows = [row for kind in _SIZES for _, row in case.limits(kind) if not row.example]
    cuts = [cut for cut in case.cuts if drop.before.end < cut.after.start <= drop.lowest.start and cut.fall is not None]
    days = (drop.lowest.start - drop.before.end).days
    for row in rows:
        falls = [(cut.before, cut.fall) for cut in cuts]
        if row.window_days is not None and days <= row.window_days:
            falls = [(drop.before, drop.fall)]
        for before, fall in falls:
            sizes = size(case, row, before, fall) if fall is not None else None
            if sizes is None or (exceeds(*sizes) and in_band(case, row, before)):
                return False
    return bool(rows)


def _in_percent(case: Case) -> list[tuple[Guideline, Limit]]:
    """Return a ceiling in percent for drugs without an equivalence that no chosen limit in percent speaks of."""
    kinds: tuple[Kind, ...] = ("window_ceiling", "step")
    judged = any(limit.fraction is not None for kind in kinds for _, limit in case.limits(kind))
    if judged or not case.guidelines or all(cautious(level.doses) is not None for level in case.taken):
        return []
    return [_ceiling()]


def _one_limit(case: Case, guideline: Guideline, limit: Limit) -> Iterator[Outcome]:
    worst: dict[date, Drop] = {}
    missing: set[NotEvaluated] = set()
    assert limit.window_days is not None
    for before, following in measured_within(case, limit):
        for drop in _drops(case, limit, before, following, missing):
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


def _drops(
    case: Case, limit: Limit, before: Level, following: tuple[Measured, ...], missing: set[NotEvaluated]
) -> list[Drop]:
    """Return the falls beyond the limit to the lowest dose of a window that begins on any day of a level."""
    assert limit.window_days is not None
    deeper: list[Measured] = []
    for entry in following:
        if entry.fall is None:
            missing.add(case.incomparable("T101"))
        elif entry.size is None:
            missing.add(no_equivalent("T101", before.drugs))
        elif not deeper or exceeds(entry.size, deeper[-1].size or Fraction(0)):
            if deeper and (entry.after.start - before.start).days <= limit.window_days:
                deeper.pop()  # seen from every day of the level, so the fall before it is never the deepest
            deeper.append(entry)
    ceiling = ceiling_of(limit)
    return [
        Drop(before, entry.after, entry.fall, entry.size, ceiling, case.is_small(before, entry.after))
        for entry in deeper
        if entry.fall is not None and entry.size is not None and exceeds(entry.size, ceiling)
        if in_band(case, limit, before)
    ]


def _warning(case: Case, guideline: Guideline, limit: Limit, drop: Drop) -> Finding:
    measured, ceiling = amount_texts(limit, drop.measured, drop.limit)
    span = (drop.lowest.start - drop.before.end).days
    basis = joined(measured, basis_text(limit)) if limit.basis == "start" or limit.fraction is None else measured
    said = {"measured": basis, "day": day_text(drop.lowest.start), "guideline": _short(case, guideline)}
    said |= {"limit": ceiling, "window": days_text(limit.window_days or 0)}
    said["when"] = say("T101.overnight") if span == 1 else say("T101.in days", days=days_text(span))
    doses = from_to(drop.before, drop.lowest)
    whole = [say("T101.message", doses=doses, **said)] if doses != UNNAMED else []
    return Finding(
        code="T101",
        severity=graded(case, limit, drop.measured, drop.limit, small=drop.small),
        message=headline(*whole, say("T101.short", **said)),
        step=drop.lowest.step,
        on=drop.lowest.start,
        until=drop.lowest.end,
        measured=exact_text(drop.measured),
        limit=exact_text(drop.limit),
        sources=(limit.source,),
        advice=_advice(limit, drop) if case.pattern(drop.lowest) is None else say("T101.week.advice"),
        detail=_detail(case, guideline, limit, drop),
    )


def _detail(case: Case, guideline: Guideline, limit: Limit, drop: Drop) -> Message:
    told = [
        say(
            "T101.detail",
            before=doses_text(drop.before),
            on=day_text(drop.before.end),
            after=doses_text(drop.lowest),
            day=day_text(drop.lowest.start),
            basis=basis_text(limit),
            title=title_text(guideline.title),
        ),
        _of_the_week(case, drop),
    ]
    if drop.fall.table:
        told.append(say("T101.table", title=title_text(drop.fall.table)))
        if case.replacements and len(case.tables) > 1:
            told.append(say("T101.strictest"))
    if drop.fall.diazepam is None:
        told.append(say("T101.no value"))
    return joined(*told)


def _of_the_week(case: Case, drop: Drop) -> Message:
    """Say that the days of a weekly pattern differ, and how its weekly average changes."""
    pattern = case.pattern(drop.lowest)
    if pattern is None:
        return NOTHING
    before = case.level_before(pattern)
    fall = case.fall(before, pattern.level) if before is not None else None
    if before is None or fall is None:
        return say("T101.week")
    change = change_text(-fall.fraction, doses_text(before))
    return say("T101.week.change", doses=doses_text(pattern.level), change=change)


def _advice(limit: Limit, drop: Drop) -> Message:
    day = drop.before.end + timedelta(days=(limit.window_days or 0) + 1)
    return say("T101.advice", day=day_text(day))


def _tail(case: Case, guideline: Guideline, limit: Limit, tail: list[Drop]) -> Finding:
    worst = max(tail, key=lambda drop: drop.measured)
    measured, ceiling = amount_texts(limit, worst.measured, worst.limit)
    most = max(case.near_zero(drop.before) for drop in tail)
    said = {"day": day_text(tail[0].lowest.start), "most": exact_dose(most), "limit": ceiling}
    said |= {"window": days_text(limit.window_days or 0), "guideline": _short(case, guideline), "measured": measured}
    ways = [say("T101.tail.one", **said), say("T101.tail.one.short", **said)]
    if len(tail) > 1:
        ways = [say("T101.tail", count=len(tail), **said), say("T101.tail.short", count=len(tail), **said)]
    return Finding(
        code="T101",
        severity=Severity.NOTE,
        message=headline(*ways),
        step=tail[0].lowest.step,
        on=tail[0].lowest.start,
        until=tail[-1].lowest.end,
        measured=exact_text(worst.measured),
        limit=exact_text(worst.limit),
        sources=(limit.source,),
        advice=joined(say("T101.tail.advice"), _gentler(case, worst.before.drugs)),
        detail=say(
            "T101.tail.detail",
            basis=basis_text(limit),
            title=title_text(guideline.title),
            least=exact_dose(LEAST),
            most=exact_dose(MOST),
        ),
    )


def _gentler(case: Case, drugs: tuple[str, ...]) -> Message:
    """Name a product of the catalog that makes smaller steps than those of the order."""
    if case.order is None:
        return NOTHING
    for drug in drugs:
        products = [ordered for ordered in case.order.products if ordered.product.drug == drug]
        measured = any(ordered.product.is_liquid for ordered in products)
        parts = [ordered.smallest for ordered in products]
        name = finer_product(case.order.country, drug, min(parts)) if parts and not measured else None
        if name is not None:
            return say("T101.finer", product=name)
    return NOTHING
