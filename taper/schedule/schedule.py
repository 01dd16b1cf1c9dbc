"""The schedule: which pieces to take, at which time of day, on which days.

A schedule made by `taper.plan` is contiguous and exact. One that came from another tool may have
gaps, doses that rise or pieces that do not add up: it is kept as found, and the checker reports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from taper.errors import ScheduleError
from taper.order.order import Order
from taper.order.parts import TIMES, TimeOfDay
from taper.quantity import Mg
from taper.schedule.regimen import Intake, Regimen
from taper.values import Framed, dataclass

if TYPE_CHECKING:
    import taper

ONE_DAY = timedelta(days=1)


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
    def regimen(self) -> Regimen:
        """All intakes of one of its days."""
        return Regimen(self.intakes)

    @property
    def totals(self) -> dict[str, Mg]:
        """Daily dose of each drug, by name."""
        return self.regimen.totals

    @property
    def total(self) -> Mg:
        """Daily dose in mg, all drugs together: meaningful where a step has one drug."""
        return self.regimen.total

    def at(self, time: TimeOfDay) -> Mg:
        """Return the dose at a time of day, zero where nothing is taken."""
        return self.regimen.at(time)


@dataclass(frozen=True, slots=True)
class Cut:
    """The change of one drug's daily dose from one step to the next; a fall is positive.

    Attributes:
        drug: The drug; empty where nothing changes.
        before: Its dose before.
        after: Its dose after.
        first: Its dose when it was first taken.
    """

    drug: str
    before: Mg
    after: Mg
    first: Mg

    @property
    def amount(self) -> Mg:
        """Fall in mg; negative if the dose rises."""
        return self.before - self.after

    @property
    def of_current(self) -> Fraction:
        """Fall as a fraction of the dose before it; 0 where nothing was taken before."""
        return self.amount / self.before if self.before else Fraction(0)

    @property
    def of_start(self) -> Fraction:
        """Fall as a fraction of the first dose; 0 where that was nothing."""
        return self.amount / self.first if self.first else Fraction(0)

    @property
    def stops(self) -> bool:
        """Whether the drug is not taken any more."""
        return not self.after


NO_CUT = Cut("", Mg(0), Mg(0), Mg(0))


def cuts_between(days: Iterable[Mapping[str, Mg]]) -> Iterator[tuple[Cut, ...]]:
    """Yield, for each of some days one after the other, the cut of every drug that leads to its daily doses.

    Args:
        days: Daily dose of each drug; none leads to those of the first.
    """
    first: dict[str, Mg] = {}
    before: Mapping[str, Mg] | None = None
    for now in days:
        for drug, dose in now.items():
            first.setdefault(drug, dose)
        held = now if before is None else before
        doses = {drug: (held.get(drug, Mg(0)), now.get(drug, Mg(0))) for drug in {**held, **now}}
        yield tuple(Cut(drug, old, new, first[drug]) for drug, (old, new) in doses.items() if old != new)
        before = now


RemarkKind = Literal[
    "mismatch",
    "duration",
    "quantity",
    "sequence",
    "period",
    "open",
    "unit",
    "text",
    "unread",
    "time",
    "supply",
    "altered",
]


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on another tool's record: a defect, or a part that was not understood.

    Attributes:
        kind: ``mismatch``: text and structure disagree; ``duration``: the length of one intake used as
            that of a step; ``quantity``: does not match the steps; ``sequence``, ``period``: missing;
            ``open``: a step without an end; ``unit``: cannot be converted; ``text``: only in words;
            ``unread``: left out; ``time``: no time of day; ``supply``: an average of what was handed out;
            ``altered``: a plan that is not the one its order leads to.
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
class Schedule(Framed):
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

    @cached_property
    def drugs(self) -> tuple[str, ...]:
        """The drugs, in the order in which they first appear."""
        return tuple(dict.fromkeys(intake.drug for step in self.steps for intake in step.intakes))

    @property
    def times(self) -> tuple[TimeOfDay, ...]:
        """The times of day at which anything is ever taken, in the order of the day."""
        used = {intake.time for step in self.steps for intake in step.intakes}
        return tuple(time for time in TIMES if time in used)

    @cached_property
    def groups(self) -> tuple[tuple[Step, ...], ...]:
        """The steps as they are ordered: neighbors with the same number are one step with a weekly pattern."""
        return tuple(tuple(runs) for _, runs in groupby(self.steps, key=lambda step: step.number))

    @property
    def last_drugs(self) -> frozenset[str]:
        """The drugs that are taken in the last step."""
        return frozenset(intake.drug for runs in self.groups[-1:] for step in runs for intake in step.intakes)

    @cached_property
    def cuts(self) -> tuple[Cut | None, ...]:
        """The cut that leads to each run of days, as the plan document writes it; the first is zero.

        Where the schedule has several drugs it is the cut of the one that changes, and None where several change at
        once: their mg do not add up. Within a weekly pattern it leads from day to day of the week; what the patient
        is reduced by from step to step is `taper.schedule.cuts.cuts`.
        """
        cuts = cuts_between(step.totals for step in self.steps)
        return tuple(None if len(drugs) > 1 else drugs[0] if drugs else NO_CUT for drugs in cuts)

    def _repr_html_(self) -> str:
        """Show chart and steps in a notebook."""
        import taper  # paper lies above this room, so its names are asked for when a notebook wants them

        return taper.as_html(self)

    def to_frame(self, of: Literal["days", "steps"] = "days") -> taper.Frame:
        """Return its days or its steps as a table for data tools (see `taper.to_frame`)."""
        import taper

        return taper.to_frame(self, of)

    def __rich__(self) -> object:
        """Show its steps where rich prints; in words if no table has its doses exactly."""
        try:
            return self.to_frame("steps").__rich__()
        except ScheduleError:
            return repr(self)

    def _repr_svg_(self) -> str | None:
        """Show the chart if a notebook asks for a drawing."""
        import taper

        return taper.as_svg(self)

    def days(self) -> Iterator[tuple[date, Step]]:
        """Yield each day with its step."""
        for step in self.steps:
            for offset in range(step.days):
                yield step.start + timedelta(days=offset), step


def as_schedule(value: object) -> Schedule:
    """Return a schedule as it is; refuse what is to be planned or read first, and say how.

    Raises:
        ScheduleError: It is something else.
    """
    if isinstance(value, Schedule):
        return value
    kind = type(value).__name__
    how = {
        "Order": "plan it first: taper.plan(order)",
        "dict": "plan it first: taper.plan(taper.parse_order(data))",
        "Reading": "take what was intended, supplied or taken from it: reading.schedule()",
    }.get(kind, "plan an order: taper.plan(order); or read a file: taper.read_schedule(content).schedule()")
    raise ScheduleError(f"this takes a schedule, not {kind!r}; {how}")
