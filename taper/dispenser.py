"""What the pharmacy hands out: exact totals of every product, for the whole plan or fill by fill.

The sum of what the days need is exact, in pieces and milliliters. Whole tablets are handed out; a half
that is left over is counted against the next fill, so that over the plan no tablet is lost or gained.
That can really be done: halves and quarters of one tablet always pair up, if the smallest piece that is
large enough is used first, so what is left at any time is less than one tablet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from taper.errors import ScheduleError
from taper.interval import Interval, parse_interval
from taper.quantity import Ml, Pieces
from taper.schedule import ONE_DAY, Schedule


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """Some of one product.

    Attributes:
        product: Name of the product.
        count: Pieces that the days need, or None for a liquid.
        volume: Volume that the days need, or None for tablets and capsules.
        dispense: Whole tablets or capsules to hand out; None for a liquid.
        carried: Pieces left from the fills before; None for a liquid.
        left: Pieces left at the end, for the next fill; None for a liquid.
    """

    product: str
    count: Pieces | None = None
    volume: Ml | None = None
    dispense: int | None = None
    carried: Pieces | None = None
    left: Pieces | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """What is handed out for a stretch of days.

    Attributes:
        start: First day.
        end: Last day.
        lines: Products, in the order of the supply.
    """

    start: date
    end: date
    lines: tuple[SupplyLine, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """All that a plan needs.

    Attributes:
        lines: Exact totals of every product, in the order in which they are first needed.
        fills: The same, fill by fill.
        every: Time from one fill to the next; None where there is one fill.
    """

    lines: tuple[SupplyLine, ...]
    fills: tuple[Fill, ...]
    every: Interval | None = None


def dispense(schedule: Schedule, every: str | Interval | None = None, max_days: int | None = None) -> Supply:
    """Add up what the days of a schedule need.

    Args:
        schedule: The schedule.
        every: Time from one fill to the next, such as ``"4 weeks"``; the order's if None, else one fill for all.
        max_days: Most days of supply in one fill; the order's if None. Without `every`, each fill is that long.

    Returns:
        The supply. A schedule without products (from a foreign table) needs nothing that is known.

    Raises:
        QuantityError: `every` is not an interval.
        ScheduleError: A fill is for more days than `max_days`.
    """
    interval, most = _ordered(schedule, parse_interval(every) if isinstance(every, str) else every, max_days)
    steps = [step for step in schedule.steps if step.intakes]
    if not steps:
        return Supply((), ())
    first, last = steps[0].start, max(step.end for step in steps)
    needs: dict[str, tuple[Fraction, bool]] = {}
    fills: list[Fill] = []
    start, number = first, 0
    while start <= last:
        number += 1
        end = last if interval is None else min(last, interval.after(first, number) - ONE_DAY)
        days = (end - start).days + 1
        if most is not None and days > most:
            raise ScheduleError(
                f"the fill from {start} to {end} is for {days} days, more than the {most} that are allowed; "
                'fill more often, such as every = "4 weeks"',
                field="supply",
            )
        fills.append(Fill(start, end, _lines(_needs(schedule, start, end), dict(needs))))
        for product, (amount, liquid) in _needs(schedule, start, end).items():
            needs[product] = (needs.get(product, (Fraction(0), liquid))[0] + amount, liquid)
        start = end + timedelta(days=1)
    return Supply(_lines(needs, {}), tuple(fills), interval)


def _ordered(schedule: Schedule, every: Interval | None, max_days: int | None) -> tuple[Interval | None, int | None]:
    """Return the interval and the most days that hold: those asked for, else the order's."""
    ordered = schedule.order.supply if schedule.order else None
    if ordered is not None:
        every, max_days = every or ordered.every, max_days or ordered.max_days
    return every or (Interval(days=max_days) if max_days else None), max_days


def _needs(schedule: Schedule, start: date, end: date) -> dict[str, tuple[Fraction, bool]]:
    """Sum the amounts of every product over the days from `start` to `end`, and whether it is a liquid."""
    found: dict[str, tuple[Fraction, bool]] = {}
    for step in schedule.steps:
        days = (min(step.end, end) - max(step.start, start)).days + 1
        if days <= 0:
            continue
        for intake in step.intakes:
            for item in intake.items:
                amount = item.volume if item.volume is not None else item.count
                if amount is not None:
                    before = found.get(item.product, (Fraction(0), False))[0]
                    found[item.product] = (before + amount.value * days, item.volume is not None)
    return found


def _lines(needs: dict[str, tuple[Fraction, bool]], handed: dict[str, tuple[Fraction, bool]]) -> tuple[SupplyLine, ...]:
    """Write needs as lines; what was handed out before and is left over comes off the whole tablets."""
    lines = []
    for product, (amount, liquid) in needs.items():
        if liquid:
            lines.append(SupplyLine(product, volume=Ml(amount)))
        else:
            before = handed.get(product, (Fraction(0), False))[0]
            whole = (before + amount).__ceil__() - before.__ceil__()
            carried = before.__ceil__() - before
            left = carried + whole - amount
            lines.append(SupplyLine(product, Pieces(amount), None, whole, Pieces(carried), Pieces(left)))
    return tuple(lines)
