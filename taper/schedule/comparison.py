"""How one schedule differs from another: which days, from what to what, and what it means for the supply.

Days are compared one by one, by what is taken on them, however the steps are divided or numbered. Applied to the
first schedule, the difference gives the second.

    difference(a, b) ──▶ Difference ──apply──▶ b
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

from taper.finding import Finding, Report
from taper.order.history import Event
from taper.quantity import Ml, Pieces
from taper.schedule.changed_days import ChangedDays, ChangedStep, changed_steps, joined
from taper.schedule.needs import needed
from taper.schedule.patch import Patch, make_patch, patched
from taper.schedule.schedule import Schedule, as_schedule
from taper.values import dataclass

Amount = Pieces | Ml

_AND = "(?:, | and | to )"
_DAY = (
    rf"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?[0-9]{{1,2}}(?:{_AND}[0-9]{{1,2}})* "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: [0-9]{4})?|[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
_DATE = re.compile(rf"\b{_DAY}(?:{_AND}{_DAY})*\b")
_REACH = re.compile(r"\b[0-9]+ (?:day|step|cut)s?\b")


@dataclass(frozen=True, slots=True)
class Edition:
    """The identity of one of the two plans.

    Attributes:
        plan_id: Identifier of the plan; empty for a record from elsewhere.
        revision: Its revision.
    """

    plan_id: str
    revision: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The moved end of a plan.

    Attributes:
        before: First day without the drug as it was; None where the plan stayed on a dose, or nothing is known.
        after: As it is now.
    """

    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """Days by which the plan is longer, negative if it is shorter; None where one of the two has no end."""
        return None if self.before is None or self.after is None else (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class SupplyChange:
    """A product whose need changed: pieces, or a volume of a liquid.

    Attributes:
        product: Its name.
        before: Needed over the whole plan, before.
        after: Needed over the whole plan, now.
        later_before: Needed from the first day that differs, before.
        later_after: Needed from that day, now.
    """

    product: str
    before: Amount
    after: Amount
    later_before: Amount
    later_after: Amount

    @property
    def gained(self) -> Amount:
        """How much more is needed; zero if less."""
        return _above(self.after, self.before)

    @property
    def lost(self) -> Amount:
        """How much less is needed; zero if more."""
        return _above(self.before, self.after)


@dataclass(frozen=True)
class Difference:
    """The difference between two schedules.

    Attributes:
        old: Which plan the first is.
        new: Which plan the second is.
        from_day: First day that differs: from it on the new calendar replaces the old one; None if no day does.
        changes: Maximal runs of days that all change alike, in the order of the days.
        stretches: The same, with the days of a weekly pattern together: a shorter list for people.
        moved: The end, if it is another one.
        supply: Products of which more or less is needed, by their names.
        findings_gone: What was found in the first and is not in the second; see `finding_key`. Each run of days that a
            rule found is compared by itself.
        findings_new: What was found in the second and is not in the first.
        history_kept: How many entries of the history both orders have.
        history_gone: Entries that only the first has, as when the second is the older one.
        history_new: Entries that only the second has: what was decided in between.
        order_keys: Keys of the order that differ, apart from its history; empty if one of the two has no order.
        patch: What turns the first into the second; see `apply`.
    """

    old: Edition
    new: Edition
    from_day: date | None
    changes: tuple[ChangedDays, ...]
    stretches: tuple[ChangedStep, ...]
    moved: Moved | None
    supply: tuple[SupplyChange, ...]
    findings_gone: tuple[Finding, ...]
    findings_new: tuple[Finding, ...]
    history_kept: int
    history_gone: tuple[Event, ...]
    history_new: tuple[Event, ...]
    order_keys: tuple[str, ...]
    patch: Patch

    @property
    def same_plan(self) -> bool:
        """Whether both are revisions of one plan."""
        return bool(self.old.plan_id) and self.old.plan_id == self.new.plan_id

    @property
    def other_plan(self) -> bool:
        """Whether the two are different plans; neither this nor `same_plan` if one is from elsewhere."""
        return bool(self.old.plan_id and self.new.plan_id) and not self.same_plan

    @property
    def swapped(self) -> bool:
        """Whether the second is an earlier revision of the same plan than the first."""
        return self.same_plan and self.new.revision < self.old.revision

    @property
    def empty(self) -> bool:
        """Whether both say the same: days, end, findings, order and history."""
        differs = (
            *(self.changes, self.moved, self.supply, self.findings_gone, self.findings_new),
            *(self.history_gone, self.history_new, self.patch.order),
            self.old != self.new and (self.same_plan or self.other_plan),
        )
        return not any(differs)


def difference(
    old: Schedule, new: Schedule, *, old_report: Report | None = None, new_report: Report | None = None
) -> Difference:
    """Compare two schedules, of one plan or of two.

    Args:
        old: The first, such as the revision before.
        new: The second.
        old_report: What the checker found in the first.
        new_report: What it found in the second; findings are compared if both are given.

    Returns:
        What differs. Intakes and pieces may stand in any order, and an intake of 0 mg without pieces is none.

    Raises:
        ScheduleError: A day has two regimens, as a record from elsewhere may have it; names the step.

    >>> from taper.quantity import Mg
    >>> from taper.schedule.schedule import Intake, Step
    >>> def days(first, last, dose):
    ...     return Step(0, date(2026, 3, first), date(2026, 3, last), (Intake("bedtime", "diazepam", Mg(dose)),))
    >>> found = difference(Schedule((days(1, 14, 10), days(15, 28, 9))), Schedule((days(1, 21, 10), days(22, 28, 9))))
    >>> [(change.first.day, change.last.day, str(change.after[0].dose)) for change in found.changes]
    [(15, 21, '10 mg')]
    """
    old, new = as_schedule(old), as_schedule(new)
    found = changed_steps(old, new)
    changes = joined(change for stretch in found for change in stretch.changes)
    from_day = changes[0].first if changes else None
    patch = make_patch(old, new)
    before, after = (one.order.history if one.order else () for one in (old, new))
    kept = len(before) if patch.order is None else patch.order.kept
    both_reports = old_report is not None and new_report is not None
    found_before = _runs(old_report) if both_reports and old_report else ()
    found_after = _runs(new_report) if both_reports and new_report else ()
    keys = (*(key for key, _ in patch.order.changed), *patch.order.removed) if patch.order else ()
    return Difference(
        Edition(old.plan_id, old.revision),
        Edition(new.plan_id, new.revision),
        from_day,
        changes,
        found,
        None if old.stopped_on == new.stopped_on else Moved(old.stopped_on, new.stopped_on),
        _supply(old, new, from_day),
        _only(found_before, found_after),
        _only(found_after, found_before),
        kept,
        before[kept:],
        after[kept:],
        keys if old.order is not None and new.order is not None else (),
        patch,
    )


def apply(difference: Difference, old: Schedule) -> Schedule:
    """Return the second schedule of a difference, made from the first.

    Steps that stay, and regimens that were there before, are taken from `old`.

    Raises:
        ScheduleError: `old` is not the schedule that the difference was made from.
    """
    return patched(old, difference.patch)


def finding_key(finding: Finding) -> tuple[object, ...]:
    """Return the key by which two findings count as the same.

    That is the code, the severity, the measured value, the limit with its sources, and the message without its
    dates; where a value was measured, which is compared exactly, also without the counts of days, steps and cuts
    that say how far the finding reaches. Number of the step, dates and advice are left out. A plan that is only
    held for two weeks has the same findings two weeks later: none is gone, none is new.
    """
    sources = tuple((source.title, source.locator) for source in finding.sources)
    message = _DATE.sub("", finding.message)
    if finding.measured:
        message = _REACH.sub("", message)
    return finding.code, finding.severity, message, finding.measured, finding.limit, sources


def _supply(old: Schedule, new: Schedule, from_day: date | None) -> tuple[SupplyChange, ...]:
    whole, later = [(_needed(old, day), _needed(new, day)) for day in (date.min, from_day or date.max)]
    found = []
    for product, liquid in sorted(whole[0].keys() | whole[1].keys()):
        key, none = (product, liquid), Ml(0) if liquid else Pieces(0)
        before, after = (amounts.get(key, none) for amounts in whole)
        if before != after:
            found.append(SupplyChange(product, before, after, *(amounts.get(key, none) for amounts in later)))
    return tuple(found)


def _needed(schedule: Schedule, first: date) -> dict[tuple[str, bool], Amount]:
    """Add up what the days from one on need: by product, and whether it is a liquid."""
    later = sorted((step for step in schedule.steps if step.end >= first), key=lambda step: step.start)
    steps = tuple(replace(step, start=max(step.start, first)) for step in later)
    found: dict[tuple[str, bool], Amount] = {}
    for line in needed(steps, schedule.order):
        found[line.product, isinstance(line.amount, Ml)] = line.amount
    return found


def _above(one: Amount, other: Amount) -> Amount:
    return type(one)(max(one.value - other.value, Fraction(0)))


def _runs(report: Report) -> tuple[Finding, ...]:
    """Return all that was found, each run by itself: a rule has one finding, however much it found."""
    return tuple(run for finding in report.findings for run in finding.runs or (finding,))


def _only(mine: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings without a counterpart; of several that say the same, those of the same day go together."""
    left = Counter((finding_key(other), other.on) for other in others)
    pending = []
    for finding in mine:
        if left[finding_key(finding), finding.on]:
            left[finding_key(finding), finding.on] -= 1
        else:
            pending.append(finding)
    anywhere = Counter(said for (said, _), count in left.items() for _ in range(count))
    found = []
    for finding in pending:
        if anywhere[finding_key(finding)]:
            anywhere[finding_key(finding)] -= 1
        else:
            found.append(finding)
    return tuple(found)
