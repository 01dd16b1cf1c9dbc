"""What follows from what the page says: the order, the plan, its check and supply, or what is in the way.

Every step is a call of the library. What is not said yet is a list of what is missing, and no error; of what was said,
the part that can be read alone is read at once, so that an error stands beside its field before all is said.

What plans, checks and prints is imported where it is used: an empty page needs none of it, and comes at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from taper import catalog
from taper.errors import OrderError, ProofError, StuckError, TaperError
from taper.order.draft import Draft
from taper.order.order import Order, parse_order
from taper.values import dataclass
from taper.web.desk.fields import field_of
from taper.web.desk.form import Said, from_fields

if TYPE_CHECKING:
    from taper.finding import Report
    from taper.schedule.comparison import Difference
    from taper.schedule.schedule import Schedule
    from taper.schedule.supply import Supply
    from taper.web.desk.record import Record

_NEEDS: dict[str, tuple[str, ...]] = {
    "product": ("drug", "country"),
    "phase": ("drug", "country", "start", "current", "product"),
    "first_cut": ("start",),
    "hold": ("start",),
    "merge": ("current",),
    "reduce_first": ("current",),
    "patient": ("current",),
    "supply": ("product",),
    "other": ("drug", "country"),
    "brands": ("country",),
    "history": ("phase",),
    "occupancy": ("drug",),
}
"""What must be said before a key can be read: its meaning, or whether it fits, depends on it."""
_IS_MISSING = ("is missing", "must name what with", "no dose is given", "nothing is changed", "must not be empty")
"""In an error that says what is still to be typed."""


@dataclass(frozen=True)
class Problem:
    """What is in the way of the plan.

    Attributes:
        field: The field that it is about; empty if all of the page.
        message: As the command line says it.
        unsaid: Whether it is something that was not typed yet, rather than a mistake.
    """

    field: str
    message: str
    unsaid: bool = False

    @property
    def text(self) -> str:
        """The message without keys of other fields: the page names fields otherwise, and tells theirs in their turn."""
        return self.message.partition(" (then look at ")[0]

    @property
    def beside(self) -> str:
        """What stands beside the field: the text without the ways out, which stand with their buttons."""
        return self.text.partition(" Each of these changes")[0]


@dataclass(frozen=True)
class WayOut:
    """A change with which an order, or a revision of it, can be carried out.

    Attributes:
        data: The order after it as plain data; with the revision under `revise`, if it is one.
        schedule: What it leads to.
        report: What the checker found in that.
    """

    data: Mapping[str, Any]
    schedule: Schedule
    report: Report


class Work:
    """What follows from the fields of the page; each part is worked out when it is asked for.

    Args:
        fields: Texts by the names of their fields.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self._problems: dict[str, Problem] = {}
        self._dead_end: TaperError | None = None
        self.stuck = False

    @cached_property
    def said(self) -> Said:
        """What the fields say."""
        return from_fields(self.fields)

    @cached_property
    def record(self) -> Record | None:
        """The file of another tool that is looked at, in place of an order."""
        if not self.fields.get("record"):
            return None
        from taper.web.desk.record import read_record

        return read_record(self.fields)

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be said before there is an order."""
        return () if self.record is not None else Draft(self.said.data).missing

    @cached_property
    def order(self) -> Order | None:
        """The order; None as long as it cannot be read."""
        if self.record is not None or self.is_empty:
            return None
        try:
            if self.missing:
                Draft(readable(self.said.data)).reading()
                return None
            return parse_order(self.said.data)
        except TaperError as problem:
            self._keep(problem)
            return None

    @cached_property
    def planned(self) -> Schedule | None:
        """The plan of the order, or what a record holds; None where there is none."""
        if self.record is not None:
            return self.record.schedule
        if self.order is None:
            return None
        from taper.planner.planning import plan

        try:
            return self._proved(plan(self.order))
        except TaperError as problem:
            self.stuck, self._dead_end = not isinstance(problem, ProofError), problem
            self._keep(problem)
            return None

    @cached_property
    def revised(self) -> Schedule | None:
        """The plan with the revision that the page proposes; None without one."""
        changes = self.said.revision
        if not changes or self.planned is None or self.record is not None:
            return None
        if "on" not in changes:
            self._keep(OrderError("is missing: the first day that may change", field="on"), within="revise")
            return None
        from taper.planner.reviser import revise

        try:
            return self._proved(revise(self.planned, **changes))
        except TaperError as problem:
            self.stuck, self._dead_end = isinstance(problem, StuckError), problem
            self._keep(problem, within="revise")
            return None

    @staticmethod
    def _proved(schedule: Schedule) -> Schedule:
        from taper.proof import prove

        prove(schedule, "what the page shows")
        return schedule

    @property
    def schedule(self) -> Schedule | None:
        """What is shown: the proposed revision, else the plan."""
        return self.revised or self.planned

    @cached_property
    def report(self) -> Report:
        """What the checker says of it."""
        from taper.checker.checking import check

        assert self.schedule is not None
        return check(self.schedule)

    @cached_property
    def supply(self) -> Supply:
        """What the pharmacy hands out for it."""
        from taper.schedule.supply import dispense

        assert self.schedule is not None
        return dispense(self.schedule)

    @cached_property
    def difference(self) -> Difference | None:
        """How the proposed revision differs from the plan."""
        if self.revised is None or self.planned is None:
            return None
        from taper.checker.checking import check
        from taper.schedule.comparison import difference

        return difference(self.planned, self.revised, old_report=check(self.planned), new_report=self.report)

    @cached_property
    def ways_out(self) -> tuple[WayOut, ...]:
        """For an order or a revision that cannot be carried out: the single changes with which it can.

        What keeps the step is first.
        """
        if self.order is None or self.revised is not None:
            return ()
        if self.planned is not None:
            return self._ways_of_revision()
        from taper.alternatives import options

        try:
            found = options(self.order, self._dead_end)
        except TaperError:
            return ()  # the message of the plan says so
        ranked = sorted(((one.way, one) for one in found if one.way is not None), key=lambda pair: pair[0].rank)
        return tuple(WayOut(way.order.as_data(), one.schedule, one.report) for way, one in ranked)

    def _ways_of_revision(self) -> tuple[WayOut, ...]:
        if self.order is None or self.planned is None or not isinstance(self._dead_end, StuckError):
            return ()
        from taper.alternatives import revision_options

        order = self.order.as_data()
        found = revision_options(self.planned, self._dead_end, **self.said.revision)
        return tuple(WayOut(order | {"revise": dict(one.changes)}, one.schedule, one.report) for one in found)

    @property
    def is_at_dead_end(self) -> bool:
        """Whether a step is in the way, and not for example a date."""
        return isinstance(self._dead_end, StuckError)

    @property
    def ways_of_part(self) -> int:
        """How many changes were found for the part of the plan that is stuck, looked at alone."""
        return len(self._dead_end.ways) if isinstance(self._dead_end, StuckError) else 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is in the way, each at its field."""
        for part in ("order", "planned", "revised"):
            getattr(self, part)
        return tuple(self._problems.values())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return self.record is None and not self.said.data

    def _keep(self, problem: TaperError, within: str = "") -> None:
        place = ".".join(part for part in (within, problem.field) if part)
        field = field_of(place, self.said.rows)
        if within and not any(name == field or name.startswith(f"{field.rpartition('.')[0]}.") for name in self.fields):
            key = field.rpartition(".")[2]  # a phase of the order, of which the revision says only the step
            field = f"{within}.{key}" if key in self.said.revision else within
        unsaid = any(words in problem.message for words in _IS_MISSING)
        self._problems.setdefault(field, Problem(field, problem.message, unsaid))


def readable(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an unfinished order can be read alone."""
    known = dict(data)
    if "country" not in known and isinstance(known.get("drug"), str) and catalog.is_brand(known["drug"]):
        del known["drug"]  # which drug a brand is, says only the country
    for key, needs in _NEEDS.items():
        if any(need not in known for need in needs):
            known.pop(key, None)
    return known
