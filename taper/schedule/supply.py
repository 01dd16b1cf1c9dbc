"""The supply of a plan: exact totals of every product, as a whole and fill by fill.

The sum of what the days need is exact, in pieces and milliliters. Whole tablets are handed out, and the exact
volume of a liquid. What is left over is counted against the next fill, and so is what is at hand at the start,
so that over the plan no tablet is lost or gained. At every fill and at the end, for each product:

    at hand at the start + handed out so far = needed so far + left

(and, where a revision counted what is at hand, plus what the count found too many, or less what it found too few).
That can really be done: halves and quarters of one tablet always pair up, if the smallest piece that is
large enough is used first, so what is left of what was handed out is less than one tablet. Of a product whose other
part is thrown away, each intake needs whole tablets.

A fill is as long as is asked for or ordered; else it lasts until the next review or, where reviews are further apart
than 28 days or there are none, 28 days.

A revised plan has a past: its fills begin anew on the day of the last revision that says what had been handed
out or what was at hand. The days before it are one stretch, `Supply.past`; they count in `Supply.lines`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from taper.errors import ScheduleError
from taper.interval import Interval, parse_interval
from taper.order.history import Event
from taper.order.parts import Stock
from taper.quantity import Ml, Pieces
from taper.schedule.calendar import review_days
from taper.schedule.needs import Key, ProductAmount as ProductAmount, Sums, listed, listed_sums, sums, unit_of
from taper.schedule.regimen import Intake
from taper.schedule.schedule import ONE_DAY, Schedule, Step, as_schedule
from taper.values import Framed, dataclass

Basis = Literal["asked", "ordered", "max_days", "reviews", "default"]
"""Why the fills are as long as they are."""
DEFAULT = Interval(days=28)
"""How long a fill is if nobody says: four whole weeks, within each rule for a month or 30 days that was read."""


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """The account of one product over some days.

    Attributes:
        product: Name of the product.
        count: Pieces that the days need, or None for a liquid.
        volume: Volume that the days need, or None for tablets and capsules.
        handed: What is handed out: whole pieces, or a volume.
        carried: What is at hand before: left from the fills before, or there at the start.
        left: What is left at the end.
        so_far: What was handed out in all until the end, this stretch included.
    """

    product: str
    count: Pieces | None
    volume: Ml | None
    handed: Pieces | Ml
    carried: Pieces | Ml
    left: Pieces | Ml
    so_far: Pieces | Ml

    @property
    def dispense(self) -> int | None:
        """Whole tablets or capsules to hand out; None for a liquid."""
        return None if self.count is None else int(self.handed.value)

    @property
    def needed(self) -> Pieces | Ml:
        """What the days need, as pieces or as a volume."""
        found = self.volume if self.count is None else self.count
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Fill:
    """What is handed out for a stretch of days.

    Attributes:
        start: First day.
        end: Last day.
        lines: Products that these days need, in the order in which they need them.
        unneeded: The others that are at hand: a leftover stays in sight.
    """

    start: date
    end: date
    lines: tuple[SupplyLine, ...]
    unneeded: tuple[SupplyLine, ...] = ()

    @property
    def left(self) -> tuple[ProductAmount, ...]:
        """What is left after these days of each product."""
        return listed((line.product, line.left) for line in (*self.lines, *self.unneeded))


@dataclass(frozen=True, slots=True)
class Supply(Framed):
    """The supply of a whole plan.

    Attributes:
        lines: Exact totals of every product over all days, those of the past too, in the order in which they are
            first needed.
        fills: The same, fill by fill; of a revised plan, those from the revision on.
        every: Time from one fill to the next; None where each fill lasts until the next review.
        unneeded: Products that no day needs, but that are at hand or were handed out.
        past: The days before the revision at which the fills begin anew; None for a plan without such a past.
        differences: What a count at a revision found too many, or too few (below zero).
        basis: Why the fills are as long as they are: ``asked`` for, ``ordered``, at most ``max_days``, up to the next
            of the ``reviews``, or the ``default`` of 28 days.
    """

    lines: tuple[SupplyLine, ...]
    fills: tuple[Fill, ...]
    every: Interval | None = None
    unneeded: tuple[SupplyLine, ...] = ()
    past: Fill | None = None
    differences: tuple[ProductAmount, ...] = ()
    basis: Basis = "default"

    @property
    def is_length_ordered(self) -> bool:
        """Whether somebody said how long a fill is."""
        return self.basis not in ("reviews", "default")

    @property
    def stock(self) -> tuple[ProductAmount, ...]:
        """What is at hand at the start, as the order says."""
        return listed((line.product, line.carried) for line in (*self.lines, *self.unneeded))

    @property
    def left(self) -> tuple[ProductAmount, ...]:
        """What remains at the very end of each product."""
        return listed((line.product, line.left) for line in (*self.lines, *self.unneeded))


def dispense(schedule: Schedule, every: str | Interval | None = None, max_days: int | None = None) -> Supply:
    """Add up what the days of a schedule need.

    Args:
        schedule: The schedule.
        every: Time from one fill to the next, such as ``"4 weeks"``; the order's if None. If it has none either, each
            fill lasts until the next review, where reviews are at most 28 days apart; else 28 days.
        max_days: Most days of supply in one fill; the order's if None. Without `every`, each fill is that long.

    Returns:
        The supply. A schedule without products (from a foreign table) needs nothing that is known. Where the order
        says `end_with_step`, a fill ends early when the doses change, and the next is counted from that day.

    Raises:
        QuantityError: `every` is not an interval.
        ScheduleError: A fill is for more days than `max_days`.
    """
    schedule = as_schedule(schedule)
    basis, interval, most = _ordered(schedule, parse_interval(every) if isinstance(every, str) else every, max_days)
    books, past, differences = _opened(schedule)
    fills: list[Fill] = []
    for start, end in _spans(schedule, interval):
        days = (end - start).days + 1
        if most is not None and days > most:
            raise ScheduleError(
                f"the fill from {start} to {end} is for {days} days, more than the {most} that are allowed; "
                f"fill at least every {most} days, or allow more: max_days under [supply]",
                field="supply",
            )
        fills.append(books.fill(start, end, _needs(schedule, start, end)))
    stock, needs = _stock(schedule), _needs(schedule, date.min, date.max)
    lines, unneeded = books.account(needs, books.handed, stock)
    return Supply(lines, tuple(fills), interval, unneeded, past, listed_sums(differences), basis)


def handed_out(schedule: Schedule, on: date) -> tuple[Stock, ...]:
    """Return what has been handed out in all before a day, the order's stock not counted.

    It is every fill that begins before the day, at the order's interval, and what an earlier revision recorded.

    Args:
        schedule: The schedule.
        on: The day, on or after that of the last revision.

    Raises:
        ScheduleError: It is before the revision at which the fills begin anew.
    """
    supply, event = dispense(schedule), _last_record(schedule)
    if event is not None and on < event.on:
        raise ScheduleError(
            f"{on} is before the revision of {event.on}, at which the fills begin anew; name a later day", field="on"
        )
    found = _opened(schedule)[0].handed
    for line in (line for fill in supply.fills if fill.start < on for line in fill.lines):
        key = line.product, line.count is None
        found[key] = found.get(key, Fraction(0)) + line.handed.value
    return tuple(
        Stock(product=product, volume=Ml(amount)) if liquid else Stock(product=product, count=Pieces(amount))
        for (product, liquid), amount in found.items()
        if amount
    )


def left_after(schedule: Schedule, supply: Supply, day: date) -> tuple[ProductAmount, ...] | None:
    """Return what is left of each product at the end of a day, if each fill was fetched on its first day.

    Args:
        schedule: The schedule.
        supply: Its supply.
        day: The day.

    Returns:
        None for a day before the revision at which the fills begin anew: what was handed out when is not recorded.
    """
    event = _last_record(schedule)
    if event is not None and day < event.on:
        return None
    fill = next((one for one in reversed(supply.fills) if one.start <= day), None)
    if fill is None:
        return listed_sums(_opened(schedule)[0].left)
    left = _needs(schedule, day + ONE_DAY, fill.end) if day < fill.end else {}
    for one in fill.left:
        key = one.product, isinstance(one.amount, Ml)
        left[key] = left.get(key, Fraction(0)) + one.amount.value
    return listed_sums(left)


@dataclass(slots=True)
class _Books:
    """The stock of each product, and how much of it was handed out so far."""

    left: Sums = field(default_factory=dict)
    handed: Sums = field(default_factory=dict)

    def fill(self, start: date, end: date, needs: Sums) -> Fill:
        """Hand out what some days need and is not at hand: whole pieces, exact volumes."""
        carried, handed = dict(self.left), Sums()
        for key, amount in needs.items():
            lacking = max(Fraction(0), amount - carried.get(key, Fraction(0)))
            handed[key] = lacking if key[1] else Fraction(math.ceil(lacking))
            self.left[key] = carried.get(key, Fraction(0)) + handed[key] - amount
            self.handed[key] = self.handed.get(key, Fraction(0)) + handed[key]
        return Fill(start, end, *self.account(needs, handed, carried))

    def account(
        self, needs: Sums, handed: Sums, carried: Sums
    ) -> tuple[tuple[SupplyLine, ...], tuple[SupplyLine, ...]]:
        """Write lines as the books stand now: for the products that are needed, and for the others there are."""

        def line(key: Key) -> SupplyLine:
            accounts = (needs, handed, carried, self.left, self.handed)
            needed, *others = (unit_of(key, amounts.get(key, Fraction(0))) for amounts in accounts)
            count, volume = (None, needed) if isinstance(needed, Ml) else (needed, None)
            return SupplyLine(key[0], count, volume, *others)

        others = dict.fromkeys([*carried, *handed, *self.left])
        idle = [key for key in others if key not in needs and (carried.get(key) or handed.get(key) or self.left[key])]
        return tuple(map(line, needs)), tuple(map(line, idle))


def _sums(stock: tuple[Stock, ...]) -> Sums:
    found: Sums = {}
    for one in stock:
        amount = one.volume if one.volume is not None else one.count
        assert amount is not None
        key = one.product, one.volume is not None
        found[key] = found.get(key, Fraction(0)) + amount.value
    return found


def _stock(schedule: Schedule) -> Sums:
    supply = schedule.order.supply if schedule.order else None
    return _sums(supply.stock) if supply else {}


def _records(schedule: Schedule) -> list[Event]:
    """Return the revisions that say what had been handed out or what was at hand."""
    return [event for event in (schedule.order.history if schedule.order else ()) if event.handed or event.stock]


def _last_record(schedule: Schedule) -> Event | None:
    return next(reversed(_records(schedule)), None)


def _opened(schedule: Schedule) -> tuple[_Books, Fill | None, Sums]:
    """Return what is at hand when the fills begin, the days before that, and what a count corrected.

    From one record to the next, what is left of a product is what was left, and was handed out since, less what
    the days needed; a count replaces it. Where that is less than nothing, something was taken that no record has,
    and nothing is left.
    """
    stock, records = _stock(schedule), _records(schedule)
    if not records:
        return _Books(dict(stock)), None, {}
    zero, before = Fraction(0), date.min
    left, handed = dict(stock), Sums()
    for event in records:
        now = _sums(event.handed) or handed
        needed, counted = _needs(schedule, before, event.on - ONE_DAY), _sums(event.stock)
        for key in dict.fromkeys([*left, *needed, *now, *counted]):
            since = now.get(key, zero) - handed.get(key, zero) - needed.get(key, zero)
            left[key] = counted.get(key, max(zero, left.get(key, zero) + since))
        handed, before = now, event.on
    needed = _needs(schedule, date.min, before - ONE_DAY)
    differences = {
        key: amount - stock.get(key, zero) - handed.get(key, zero) + needed.get(key, zero)
        for key, amount in left.items()
    }
    books, first = _Books(left, dict(handed)), min((step.start for step in schedule.steps), default=before)
    past = Fill(first, before - ONE_DAY, *books.account(needed, handed, stock)) if first < before else None
    return books, past, differences


def _ordered(
    schedule: Schedule, every: Interval | None, max_days: int | None
) -> tuple[Basis, Interval | None, int | None]:
    """Return why a fill is as long as it is, how long, and the most days that hold: as asked for, else as ordered."""
    ordered = schedule.order.supply if schedule.order else None
    most = max_days or (ordered.max_days if ordered is not None else None)
    if every is not None:
        return "asked", every, most
    if ordered is not None and ordered.every is not None:
        return "ordered", ordered.every, most
    if most is not None:
        return "max_days", Interval(days=most), most
    days = _reviews(schedule)
    if len(days) > 2 and all(DEFAULT.after(one) >= other for one, other in pairwise(days)):
        return "reviews", None, None
    return "default", DEFAULT, None


def _taking(schedule: Schedule) -> tuple[date, date] | None:
    """Return the days of the fills: from the first day with a dose, or the last record, to the last day with one."""
    taking = [step for step in schedule.steps if step.intakes]
    if not taking:
        return None
    event, first, last = _last_record(schedule), taking[0].start, max(step.end for step in taking)
    return first if event is None else max(first, event.on), last


def _reviews(schedule: Schedule) -> list[date]:
    """Return the first day of the fills, each review that is among their days, and the day after them."""
    span = _taking(schedule)
    if span is None:
        return []
    first, last = span
    return [first, *(day for day in review_days(schedule) if first < day <= last), last + ONE_DAY]


def _spans(schedule: Schedule, interval: Interval | None) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each fill; without an interval each ends before a review."""
    span = _taking(schedule)
    if span is None:
        return
    first, last = span
    supply = schedule.order.supply if schedule.order else None
    changes = _changes(schedule) if supply is not None and supply.end_with_step else []
    if interval is None:
        changes = [*changes, *_reviews(schedule)]
    begins = sorted({first, *(day for day in changes if first < day <= last)})
    for begin, after in pairwise([*begins, last + ONE_DAY]):
        start, number = begin, 0
        while start < after:
            number += 1
            end = after - ONE_DAY
            if interval is not None:
                end = min(end, interval.after(begin, number) - ONE_DAY)
            yield start, end
            start = end + ONE_DAY


def _changes(schedule: Schedule) -> list[date]:
    """Return the days on which the doses change: where a step begins that is not like the one before."""
    return [after[0].start for before, after in pairwise(schedule.groups) if not same_doses(before, after)]


def same_doses(before: tuple[Step, ...], after: tuple[Step, ...]) -> bool:
    """Return whether two steps, as `Schedule.groups` has them, have the same doses on the same days of the week."""
    one, other = _week(before), _week(after)
    shared = one.keys() & other.keys()
    return bool(shared) and all(one[day] == other[day] for day in shared)


def _week(runs: tuple[Step, ...]) -> dict[int, tuple[Intake, ...]]:
    """Return the intakes by day of the week, those that a step has."""
    if all(run.intakes == runs[0].intakes for run in runs):
        return dict.fromkeys(range(7), runs[0].intakes)
    return {(run.start.weekday() + day) % 7: run.intakes for run in runs for day in range(min(run.days, 7))}


def _needs(schedule: Schedule, start: date, end: date) -> Sums:
    """Sum the amounts of every product over the days from `start` to `end`."""
    return sums(schedule.steps, schedule.order, start, end)
