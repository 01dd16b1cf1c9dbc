"""What a plan says of its days, and what a file says of them, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from taper.errors import ProofError
from taper.proof.claims import Claim, difference
from taper.proof.days import DAY
from taper.proof.facts import Run, Taken, runs_of

if TYPE_CHECKING:
    from taper.order.product_line import OrderedProduct
    from taper.schedule.schedule import Schedule

Items = tuple[tuple[str, str, Fraction], ...]


class Plan:
    """The facts of a schedule that a file is held against.

    Attributes:
        schedule: The schedule.
        runs: Its runs of days, without recorded days of nothing from the stop on.
        numbers: The number of the step of each run.
        numbered: The runs, each with its number.
        drugs: The drugs, in the order in which they first appear.
        products: The ordered products, by name.
    """

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        stop = schedule.stopped_on
        pairs = [
            (run, step)
            for run, step in zip(runs_of(schedule), schedule.steps, strict=True)
            if stop is None or run.start < stop or any(one.mg for one in run.taken)
        ]
        self.runs: tuple[Run, ...] = tuple(run for run, _ in pairs)
        self.numbers: tuple[int, ...] = tuple(step.number for _, step in pairs)
        self.numbered = tuple(zip(self.runs, self.numbers, strict=True))
        self.listed: tuple[tuple[str, ...], ...] = tuple(
            tuple(dict.fromkeys(intake.drug for intake in step.intakes)) for _, step in pairs
        )
        self.drugs: tuple[str, ...] = tuple(dict.fromkeys(drug for drugs in self.listed for drug in drugs))
        order = schedule.order
        self.products: Mapping[str, OrderedProduct] = (
            {} if order is None else {product.name: product for product in order.products}
        )

    @property
    def first(self) -> date:
        """The first day."""
        return self.runs[0].start

    @property
    def last(self) -> date:
        """The last day."""
        return self.runs[-1].end

    @property
    def product_names(self) -> tuple[str, ...]:
        """The names of the products that are taken, the longest first."""
        names = {name for run in self.runs for one in run.taken for name, _, _ in one.items or ()}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def doses(self, drug: str | None = None) -> tuple[Run, ...]:
        """Return the runs with what has a dose alone, of one drug or of all; without days on which there is none."""
        return only(self.runs, lambda one: bool(one.mg) and drug in (None, one.drug))

    def number_on(self, day: date) -> int | None:
        """Return the number of the step of a day."""
        return next((n for n, run in zip(self.numbers, self.runs, strict=True) if run.start <= day <= run.end), None)

    def stops(self, drug: str) -> bool:
        """Return whether a drug stops within the plan: days off of its last step do not end it."""
        last = max(run.end for run in self.doses(drug))
        number = self.number_on(last)
        ends = max(run.end for run, its in self.numbered if its == number)
        return self.schedule.stopped_on is not None or ends < self.last

    def used(self, items: Items) -> dict[tuple[str, str], Fraction]:
        """Return what some items take out of their packs: whole pieces where the other part is thrown away.

        By product and unit.
        """
        found: dict[tuple[str, str], Fraction] = {}
        for name, unit, amount in items:
            known = self.products.get(name)
            whole = known is not None and known.discard and unit == "pieces"
            found[name, unit] = found.get((name, unit), Fraction(0)) + (Fraction(-(-amount // 1)) if whole else amount)
        return found


def only(runs: Iterable[Run], keep: Callable[[Taken], bool]) -> tuple[Run, ...]:
    """Return runs with some of what is taken, without those of which nothing is left."""
    kept = (run._replace(taken=tuple(one for one in run.taken if keep(one))) for run in runs)
    return tuple(run for run in kept if run.taken)


def clipped(runs: Iterable[Run], first: date, last: date) -> tuple[Run, ...]:
    """Return the runs between two days."""
    near = (run for run in runs if run.start <= last and run.end >= first)
    return tuple(run._replace(start=max(run.start, first), end=min(run.end, last)) for run in near)


def hold(runs: Iterable[Run], claims: Iterable[Claim], what: str) -> None:
    """Hold claims against runs of days: each day of a run is spoken of once, no other day, and rightly.

    Raises:
        ProofError: A day is left out, said twice or wrong.
    """
    ahead = iter(runs)
    run = next(ahead, None)
    for claim in sorted(claims, key=lambda one: (one.start, one.end)):
        start = claim.start
        if claim.end < start:
            raise ProofError(what, f"{claim.where} ends on {claim.end}, before it begins on {start}")
        while start <= claim.end:
            if run is None or start < run.start:
                raise ProofError(what, f"{claim.where} speaks of {start}, which is said twice or is no day of the plan")
            if start > run.start:
                raise ProofError(what, f"{run.start} is left out")
            if run.taken != claim.taken and (problem := difference(run.taken, claim.taken)):
                raise ProofError(what, f"{claim.where} says of {start} {problem}")
            end = min(run.end, claim.end)
            run = run._replace(start=end + DAY) if end < run.end else next(ahead, None)
            start = end + DAY
    if run is not None:
        raise ProofError(what, f"{run.start} is left out")


def by_weekday(runs: Iterable[Run], of: Callable[[Run], tuple[Taken, ...]]) -> dict[int, tuple[Taken, ...]]:
    """Return what is taken on each day of the week, Monday is 0; the later of two that differ."""
    found: dict[int, tuple[Taken, ...]] = {}
    for run in runs:
        for offset in range(min((run.end - run.start).days + 1, 7)):
            found[(run.start.weekday() + offset) % 7] = of(run)
    return found


def together(taken: Iterable[Taken]) -> tuple[Taken, ...]:
    """Put together what is taken of one drug at one time of day, and of one product in it."""
    found: dict[tuple[str, str], Taken] = {}
    for one in taken:
        before = found.get((one.time, one.drug))
        if before is None:
            found[one.time, one.drug] = one
            continue
        mg = None if before.mg is None or one.mg is None else before.mg + one.mg
        items = None if before.items is None or one.items is None else before.items + one.items
        found[one.time, one.drug] = one._replace(mg=mg, items=items)
    return tuple(one._replace(items=summed(one.items)) for one in found.values())


def summed(items: Items | None) -> Items | None:
    """Return each product once, with the sum of its amounts."""
    if items is None:
        return None
    sums: dict[tuple[str, str], Fraction] = {}
    for name, unit, amount in items:
        sums[name, unit] = sums.get((name, unit), Fraction(0)) + amount
    return tuple((name, unit, amount) for (name, unit), amount in sums.items())


def laid(placed: Iterable[Claim]) -> Iterator[Claim]:
    """Lay claims that overlap beside each other: one for each run of days, with all that is said of them."""
    begins: dict[date, list[int]] = {}
    ends: dict[date, list[int]] = {}
    claims = list(placed)
    for index, claim in enumerate(claims):
        if claim.start > claim.end:
            raise ValueError(f"{claim.where} ends on {claim.end}, before it begins on {claim.start}")
        begins.setdefault(claim.start, []).append(index)
        ends.setdefault(claim.end + DAY, []).append(index)
    active: set[int] = set()
    days = sorted(begins.keys() | ends.keys())
    for start, after in pairwise(days):
        active.difference_update(ends.get(start, ()))
        active.update(begins.get(start, ()))
        here = sorted(active)
        if here:
            taken = tuple(one for index in here for one in claims[index].taken)
            yield Claim(start, after - DAY, taken, claims[here[0]].where)


def on_weekdays(claim: Claim, weekdays: Iterable[int]) -> Iterator[Claim]:
    """Return a claim for those of its days that are some days of the week, Monday is 0."""
    wanted = frozenset(weekdays)
    if len(wanted) == 7:
        yield claim
        return
    day = claim.start
    while day <= claim.end:
        if day.weekday() in wanted:
            yield claim._replace(start=day, end=day)
        day += DAY
