"""A switch: one drug replaced by another, intake by intake, with makeable doses of both at every stage.

A stage replaces one portion of one intake. What has been replaced of an intake is always worth exactly what
was taken away from it, and nothing is rounded: where no such dose can be made, the order is refused. Within a
portion as much as possible is replaced, so that the stages are as few as the portion allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import pairwise

from taper import catalog
from taper.catalog.conversion import factor
from taper.errors import NotMakeableError, OrderError, located
from taper.order.parts import TIMES, TimeOfDay
from taper.order.phase import Phase
from taper.order.product import OrderedProduct
from taper.quantity import Mg, ended, short_text, shown
from taper.schedule.makeable import Makeable
from taper.values import dataclass

TimedDoses = tuple[tuple[TimeOfDay, Mg], ...]
"""Times of day with their doses, in the order of the day; a time without a dose is absent."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is taken between two replaced portions.

    Attributes:
        old: Doses that remain of the old drug; none in the last stage.
        new: Doses of the new drug.
    """

    old: TimedDoses
    new: TimedDoses


@dataclass(frozen=True, slots=True)
class SwitchProducts:
    """The products of both drugs of a switch.

    Attributes:
        old: Ordered products of the old drug.
        new: Ordered products of the new drug.
        max_units: Most pieces of one drug in one intake.
        beside: Doses of the new drug that are taken already; what replaces the old one is added to them.
    """

    old: Sequence[OrderedProduct]
    new: Sequence[OrderedProduct]
    max_units: int
    beside: Mapping[TimeOfDay, Mg] = field(default_factory=dict)


def stages(
    phase: Phase, old_drug: str, regimen: Mapping[TimeOfDay, Mg], products: SwitchProducts, place: str
) -> tuple[Stage, ...]:
    """Replace one drug by another, portion by portion.

    Args:
        phase: A phase with `switch_to`.
        old_drug: The drug that is replaced.
        regimen: Its doses when the switch begins.
        products: What the two drugs are made from, and what is taken of the new one already.
        place: Where the phase stands in the order.

    Returns:
        One stage for each portion, in order; the doses before the first are those of `regimen`.

    Raises:
        NotMakeableError: A dose of one of the drugs cannot be made at some stage.
        OrderError: An equivalence that cannot be read, or a time of day at which nothing is taken.
    """
    assert phase.switch_to is not None
    doses = {time: regimen[time] for time in TIMES if regimen.get(time)}
    if not doses:
        return ()
    targets, beside = _targets(phase, old_drug, doses, place), products.beside
    old_name, new_name = catalog.drug(old_drug).name, catalog.drug(phase.switch_to).name
    old = _Makes(old_name, products.old, products.max_units, max(doses.values()))
    highest = max(targets[time] + beside.get(time, Mg(0)) for time in targets)
    new = _Makes(new_name, products.new, products.max_units, max(highest, *beside.values(), Mg(0)))
    left, given = dict(doses), dict(beside)
    stages = []
    for time in _turns(phase, doses, place):
        intake = _Intake(time, doses[time], targets[time], beside.get(time, Mg(0)), old, new, place)
        intake.refuse_unmakeable(named=phase.to is not None)
        for remains in intake.remains(phase.portion):
            left[time], given[time] = remains, intake.with_replaced(remains)
            stages.append(Stage(_in_order(left), _in_order(given)))
    return tuple(stages)


def _in_order(doses: Mapping[TimeOfDay, Mg]) -> TimedDoses:
    return tuple((time, doses[time]) for time in TIMES if doses.get(time))


def _targets(phase: Phase, old_drug: str, doses: Mapping[TimeOfDay, Mg], field: str) -> dict[TimeOfDay, Mg]:
    """Return the new drug's dose at each time of day once all is replaced: named, or converted."""
    assert phase.switch_to is not None
    with located(f"{field}.equivalence"):
        ratio = factor(phase.equivalence or "", old_drug, phase.switch_to)
    if phase.to is None:
        return {time: dose * ratio for time, dose in doses.items()}
    named = phase.to.by_time()
    if set(named) != set(doses):
        raise OrderError(
            f"these are doses at {_and(named)}, but {old_drug} is taken at {_and(doses)} when the switch begins; "
            "name a dose for each of those times and for no other",
            field=f"{field}.to",
        )
    return named


def _turns(phase: Phase, doses: Mapping[TimeOfDay, Mg], field: str) -> tuple[TimeOfDay, ...]:
    """Return the times of day in the order in which their intakes are replaced."""
    first = phase.switch_first or ()
    for time in first:
        if time not in doses:
            raise OrderError(
                f"nothing is taken at {time} when the switch begins; name times of {_and(doses)}",
                field=f"{field}.switch_first",
            )
    return (*first, *(time for time in doses if time not in first))


class _Makes:
    """What the ordered products of one drug can make."""

    def __init__(self, drug: str, products: Sequence[OrderedProduct], max_units: int, highest: Mg) -> None:
        if not products:
            raise OrderError(f"the order has no product of {drug}; add one to switch with it", field="product")
        self.drug = drug
        self.names = ", ".join(f"{one.name} ({one.portions})" for one in products)
        # One whole piece above the highest dose: the next makeable dose above is among them, if there is any.
        whole = max(one.smallest if one.split is None else one.smallest / one.split for one in products)
        self.makeable = Makeable(products, max_units, highest + whole)

    def can(self, dose: Mg) -> bool:
        return self.makeable.on_grid(dose) is not None

    def nearest(self, dose: Mg) -> str:
        """Name the makeable doses next to one that is not."""
        below, above = self.makeable.around(dose)
        return (
            f"the nearest below is {_written(below, dose)} and the nearest above {_written(above, dose)} "
            f"(from {self.names}, within the pieces allowed)"
        )


def _written(dose: Mg | None, wanted: Mg) -> str:
    """Write a dose next to the wanted one, told from it."""
    return "none" if dose is None else f"{short_text(dose.value, unlike=wanted.value)} mg"


@dataclass(frozen=True, slots=True)
class _Intake:
    """One intake that is replaced: so much of the old drug by so much of the new one.

    Attributes:
        time: Time of day.
        dose: Its dose of the old drug.
        target: The dose of the new drug that stands for all of it.
        beside: The dose of the new drug that is taken at this time already.
        old: What can be made of the old drug.
        new: What can be made of the new drug.
        field: Where the phase stands in the order.
    """

    time: TimeOfDay
    dose: Mg
    target: Mg
    beside: Mg
    old: _Makes
    new: _Makes
    field: str

    def with_replaced(self, remains: Mg) -> Mg:
        """Return the dose of the new drug: what was taken already, and what stands for what is gone of the old one."""
        return self.beside + self.target * ((self.dose - remains) / self.dose)

    def refuse_unmakeable(self, *, named: bool) -> None:
        """Reject an intake whose dose of one of the drugs cannot be made.

        Args:
            named: Whether the clinician named the new dose, instead of an equivalence.
        """
        old, new, field = self.old, self.new, self.field
        if not old.can(self.dose):
            raise NotMakeableError(
                f"{old.drug} {shown(self.dose)} at {self.time}, which is to be replaced, cannot be made: "
                f"{old.nearest(self.dose)}; add another product or a finer split",
                field=field,
            )
        dose = self.with_replaced(Mg(0))
        if not new.can(dose):
            ways = "another dose" if named else "your own equivalence, or name the new doses with to"
            taken = f" and of the {new.drug} {shown(self.beside)} taken already" if self.beside else ""
            raise NotMakeableError(
                f"{new.drug} {shown(dose)} at {self.time}, in place of {old.drug} {shown(self.dose)}{taken}, cannot be "
                f"made: {new.nearest(dose)}; add another product or a finer split, write {ways}",
                field=f"{field}.{f'to.{self.time}' if named else 'equivalence'}",
            )

    def remains(self, portion: Mg | None) -> tuple[Mg, ...]:
        """Return what remains of the old drug after each stage; zero at last.

        Args:
            portion: Most of the old drug replaced at a time; all of it if None.
        """
        if portion is None:
            return (Mg(0),)
        old = self.old.makeable
        lower = [left for place in old.doses if (left := old.mg(place)) < self.dose]
        possible = [*(left for left in lower if self.new.can(self.with_replaced(left))), self.dose]
        gaps = [(above - below, above) for below, above in pairwise(possible)]
        for gap, above in reversed(gaps):
            if gap > portion:
                raise self._too_small(portion, above, max(gaps)[0])
        remaining = [self.dose]
        while remaining[-1]:
            remaining.append(next(lower for lower in possible if remaining[-1] - lower <= portion))
        return tuple(remaining[1:])

    def _too_small(self, portion: Mg, now: Mg, enough: Mg) -> NotMakeableError:
        """Return the error for a portion within which nothing can be replaced.

        Args:
            portion: The portion.
            now: What is left of the old drug.
            enough: A portion that is large enough for the intake.
        """
        wanted, enough = now - portion, Mg(ended(enough.value, self.old.makeable.unit))
        beside = self.with_replaced(wanted)
        missing = [
            f"{makes.drug} {shown(dose)} cannot be made: {makes.nearest(dose)}"
            for makes, dose in ((self.old, wanted), (self.new, beside))
            if not makes.can(dose)
        ]
        return NotMakeableError(
            f"at {self.time} no more than {portion} of the {self.old.drug} {shown(now)} that is left may be replaced "
            "at a time, and no stage within that has makeable doses of both drugs; with the whole portion it would be "
            f"{self.old.drug} {shown(wanted)} and {self.new.drug} {shown(beside)}: {'; '.join(missing)}; with these "
            f'products this intake needs portion = "{enough}" or more: write that, leave portion out to replace whole '
            "intakes, or add another product or a finer split",
            field=f"{self.field}.portion",
        )


def _and(times: Mapping[TimeOfDay, Mg]) -> str:
    *most, last = times
    return f"{', '.join(most)} and {last}" if most else last
