"""Crossing over: one drug replaced by another, intake by intake, with makeable doses of both at every stage.

A stage replaces one portion of one intake. What has been replaced of an intake is always worth exactly what
was taken away from it, and nothing is rounded: where no such dose can be made, the order is refused. Within a
portion as much as possible is replaced, so that the stages are as few as the portion allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taper import catalog
from taper.catalog.conversion import factor
from taper.errors import NotMakeableError, OrderError, located
from taper.order.parts import TIMES, TimeOfDay
from taper.order.phase import Phase
from taper.order.product import OrderedProduct
from taper.quantity import Mg, shown
from taper.schedule.makeable import Makeable

Doses = tuple[tuple[TimeOfDay, Mg], ...]
"""Times of day with their doses, in the order of the day; a time without a dose is absent."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is taken between two replaced portions.

    Attributes:
        old: Doses that remain of the old drug; none in the last stage.
        new: Doses of the new drug.
    """

    old: Doses
    new: Doses


def stages(
    phase: Phase,
    old_drug: str,
    regimen: Mapping[TimeOfDay, Mg],
    old: Sequence[OrderedProduct],
    new: Sequence[OrderedProduct],
    max_units: int,
    field: str,
) -> tuple[Stage, ...]:
    """Replace one drug by another, portion by portion.

    Args:
        phase: A phase with `switch_to`.
        old_drug: The drug that is replaced.
        regimen: Its doses when the switch begins.
        old: Ordered products of the old drug.
        new: Ordered products of the new drug.
        max_units: Most pieces of one drug in one intake.
        field: Where the phase stands in the order.

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
    targets = _targets(phase, old_drug, doses, field)
    olds = _Supply(catalog.drug(old_drug).name, old, max_units, max(doses.values()))
    news = _Supply(catalog.drug(phase.switch_to).name, new, max_units, max(targets.values()))
    left, given = dict(doses), {}
    found = []
    for time in _turns(phase, doses, field):
        for remains in _remains(phase, time, doses[time], targets[time], olds, news, field):
            left[time], given[time] = remains, _replacement(doses[time], targets[time], remains)
            found.append(Stage(_in_order(left), _in_order(given)))
    return tuple(found)


def _in_order(doses: Mapping[TimeOfDay, Mg]) -> Doses:
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


def _replacement(dose: Mg, target: Mg, remains: Mg) -> Mg:
    """Return how much of the new drug stands for what is gone of an intake."""
    return target * ((dose - remains) / dose)


class _Supply:
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
        """Say which makeable doses lie next to one that is not."""
        below, above = self.makeable.around(dose)
        return (
            f"the nearest below is {below or 'none'} and the nearest above {above or 'none'} "
            f"(from {self.names}, within the pieces allowed)"
        )


def _remains(
    phase: Phase, time: TimeOfDay, dose: Mg, target: Mg, old: _Supply, new: _Supply, field: str
) -> tuple[Mg, ...]:
    """Return what remains of one intake of the old drug after each of its stages; zero at last."""
    if not old.can(dose):
        raise NotMakeableError(
            f"{old.drug} {shown(dose)} at {time}, which is to be replaced, cannot be made: {old.nearest(dose)}; "
            "add another product or a finer split",
            field=field,
        )
    if not new.can(target):
        ways = "another dose" if phase.to is not None else "your own equivalence, or name the new doses with to"
        raise NotMakeableError(
            f"{new.drug} {shown(target)} at {time}, in place of {old.drug} {dose}, cannot be made: "
            f"{new.nearest(target)}; add another product or a finer split, write {ways}",
            field=f"{field}.{'equivalence' if phase.to is None else f'to.{time}'}",
        )
    if phase.portion is None:
        return (Mg(0),)
    lower = [left for place in old.makeable.doses if (left := old.makeable.mg(place)) < dose]
    possible = [*(left for left in lower if new.can(_replacement(dose, target, left))), dose]
    gaps = [(above - below, above) for below, above in pairwise(possible)]
    for gap, above in reversed(gaps):
        if gap > phase.portion:
            raise _too_small(phase.portion, time, (dose, target), above, max(gaps)[0], old, new, field)
    found = [dose]
    while found[-1]:
        found.append(next(left for left in possible if found[-1] - left <= phase.portion))
    return tuple(found[1:])


def _too_small(
    portion: Mg,
    time: TimeOfDay,
    whole: tuple[Mg, Mg],
    now: Mg,
    enough: Mg,
    old: _Supply,
    new: _Supply,
    field: str,
) -> NotMakeableError:
    """Return the error for a portion within which nothing can be replaced; `enough` is one that does for the intake."""
    wanted = now - portion
    beside = _replacement(*whole, wanted)
    missing = [
        f"{supply.drug} {shown(dose)} cannot be made: {supply.nearest(dose)}"
        for supply, dose in ((old, wanted), (new, beside))
        if not supply.can(dose)
    ]
    return NotMakeableError(
        f"at {time} no more than {portion} of the {old.drug} {now} that is left may be replaced at a time, and no "
        f"stage within that has makeable doses of both drugs; with the whole portion it would be {old.drug} "
        f"{shown(wanted)} and {new.drug} {shown(beside)}: {'; '.join(missing)}; with these products this "
        f'intake needs portion = "{enough}" or more: write that, leave portion out to replace whole intakes, or add '
        "another product or a finer split",
        field=f"{field}.portion",
    )


def _and(times: Mapping[TimeOfDay, Mg]) -> str:
    *most, last = times
    return f"{', '.join(most)} and {last}" if most else last
