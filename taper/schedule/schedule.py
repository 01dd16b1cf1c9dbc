"""The schedule: which pieces to take, at which time of day, on which days.

A schedule made by `taper.plan` is contiguous and exact. One that came from elsewhere may have
gaps, doses that rise or pieces that do not add up: it is kept as it was found, and the checker
says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Literal

from taper.order.order import Order
from taper.order.parts import TimeOfDay
from taper.quantity import Mg, Ml, Pieces

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """Some of one product: pieces of a tablet or capsule, or a volume of a liquid.

    Attributes:
        product: Name of the product.
        count: Pieces, or None for a liquid.
        volume: Volume, or None for tablets and capsules.
    """

    product: str
    count: Pieces | None = None
    volume: Ml | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """One drug at one time of day.

    Attributes:
        time: Time of day.
        drug: The drug.
        dose: Its dose.
        items: The pieces and volumes that make the dose; empty where a foreign table names none.
    """

    time: TimeOfDay
    drug: str
    dose: Mg
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A run of days with the same regimen.

    Attributes:
        number: 0 for today's dose, then counting up; the runs of days that make up one step with a weekly
            pattern share theirs (see `Schedule.groups`).
        start: First day.
        end: Last day.
        intakes: The regimen, in the order of the day; times at which nothing is taken are absent.
        target: Daily dose that the order's step would lead to, before it is made makeable;
            None where no order says so.
    """

    number: int
    start: date
    end: date
    intakes: tuple[Intake, ...]
    target: Mg | None = None

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days + 1

    @property
    def totals(self) -> dict[str, Mg]:
        """Daily dose of each drug, by name."""
        found: dict[str, Mg] = {}
        for intake in self.intakes:
            found[intake.drug] = found.get(intake.drug, Mg(0)) + intake.dose
        return found

    @property
    def total(self) -> Mg:
        """Daily dose in mg, all drugs together: meaningful where a step has one drug."""
        return sum((intake.dose for intake in self.intakes), Mg(0))

    def at(self, time: TimeOfDay) -> Mg:
        """Return the dose at a time of day, zero where nothing is taken."""
        return sum((intake.dose for intake in self.intakes if intake.time == time), Mg(0))


@dataclass(frozen=True, slots=True)
class Cut:
    """The fall from the step before to a step.

    Attributes:
        amount: Fall in mg; negative if the dose rises.
        of_current: Fall as a fraction of the dose before it.
        of_start: Fall as a fraction of the dose of step 0.
    """

    amount: Mg
    of_current: Fraction
    of_start: Fraction


RemarkKind = Literal[
    "mismatch", "duration", "quantity", "sequence", "period", "open", "unit", "text", "unread", "time", "supply"
]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a record from outside: a defect of it, or a part that was not understood.

    Attributes:
        kind: ``mismatch``: text and structure disagree; ``duration``: the length of one intake used as
            that of a step; ``quantity``: does not match the steps; ``sequence``, ``period``: missing;
            ``open``: a step without an end; ``unit``: cannot be converted; ``text``: only in words;
            ``unread``: left out; ``time``: no time of day; ``supply``: an average of what was handed out.
        text: What it is, in a plain sentence.
        place: Where in the file.
        quote: The words of the record, kept as they are.
        on: First day concerned, where known.
        until: Last day concerned.
        measured: What the record says, where it is a number.
        limit: What the rest of the record gives instead.
        unknown: Whether it only says that the record has nothing to hold this against.
    """

    kind: RemarkKind
    text: str
    place: str = ""
    quote: str = ""
    on: date | None = None
    until: date | None = None
    measured: str = ""
    limit: str = ""
    unknown: bool = False


@dataclass(frozen=True)
class Schedule:
    """The steps in order.

    Attributes:
        steps: The steps.
        stopped_on: First day without the drug; None for a maintenance goal or where unknown.
        order: The order it was planned from, if any.
        plan_id: Identifier of the plan, the same for all its revisions; empty for foreign tables.
        revision: 0 for a new plan.
        origin: Where it came from: "plan", or for example "csv".
        remarks: What the reader of a record from outside has to say about it; the checker passes it on.
    """

    steps: tuple[Step, ...]
    stopped_on: date | None = None
    order: Order | None = None
    plan_id: str = ""
    revision: int = 0
    origin: str = "plan"
    remarks: tuple[Remark, ...] = ()

    @property
    def drugs(self) -> tuple[str, ...]:
        """The drugs, in the order in which they first appear."""
        return tuple(dict.fromkeys(intake.drug for step in self.steps for intake in step.intakes))

    @property
    def times(self) -> tuple[TimeOfDay, ...]:
        """The times of day at which anything is ever taken, in the order of the day."""
        used = {intake.time for step in self.steps for intake in step.intakes}
        return tuple(time for time in ("morning", "noon", "evening", "bedtime") if time in used)

    @cached_property
    def groups(self) -> tuple[tuple[Step, ...], ...]:
        """The steps as they are ordered: neighbors with the same number are one step with a weekly pattern."""
        return tuple(tuple(runs) for _, runs in groupby(self.steps, key=lambda step: step.number))

    @cached_property
    def cuts(self) -> tuple[Cut | None, ...]:
        """The cut that leads to each step; the first is zero.

        Where the schedule has several drugs it is the cut of the one that changes, as fraction of that
        drug's own doses, and None where several change at once: their mg do not add up.
        """
        first: dict[str, Mg] = {}
        before, found = self.steps[0].totals, list[Cut | None]()
        for step in self.steps:
            now = step.totals
            changed = [drug for drug in {**before, **now} if before.get(drug, Mg(0)) != now.get(drug, Mg(0))]
            for drug in now:
                first.setdefault(drug, now[drug])
            found.append(_cut(before, now, first, changed[0] if changed else "") if len(changed) < 2 else None)
            before = now
        return tuple(found)

    def _repr_html_(self) -> str:
        """Show chart and steps in a notebook."""
        import taper  # paper lies above this room, so its names are asked for when a notebook wants them

        return taper.as_html(self)

    def _repr_svg_(self) -> str | None:
        """Show the chart where a notebook asks for a drawing."""
        import taper

        return taper.as_svg(self)

    def days(self) -> Iterator[tuple[date, Step]]:
        """Yield each day with its step."""
        for step in self.steps:
            for offset in range(step.days):
                yield step.start + timedelta(days=offset), step


def _cut(before: dict[str, Mg], now: dict[str, Mg], first: dict[str, Mg], drug: str) -> Cut:
    held, start = before.get(drug, Mg(0)), first.get(drug, Mg(0))
    amount = held - now.get(drug, Mg(0))
    return Cut(amount, amount / held if held else Fraction(0), amount / start if start else Fraction(0))
