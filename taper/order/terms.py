"""The terms in force on each day: the order as first written, then as each revision changed it.

Nothing is planned here: phases, limits and products are followed through the history as data, so that the
checker can compare each day with the terms in force on it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date

from taper import catalog
from taper.errors import OrderError
from taper.interval import Interval
from taper.order.history import Event
from taper.order.order import Order
from taper.order.parts import Merge, SpreadPolicy, TimeOfDay, Weekday, on_weekday
from taper.order.phase import Phase
from taper.order.product import ProductLine
from taper.order.reduction import Reduction
from taper.quantity import Mg
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """What is in force from a day on.

    The fields between `on` and `event` have the same names as in the order and in a revision. A new one is added there,
    here, and to the orders of legs (`taper.planner.leg_order.LEG_TERMS`); to be given by name it also needs
    `taper.planner.reviser.Changes`.

    Attributes:
        on: First day.
        phase: All phases, those that are over among them.
        product: The products.
        stop_from: Daily dose from which the last step to zero may be made, or None.
        max_units: Most pieces in one intake.
        spread: Policy of where cuts fall, or None.
        reduce_first: Times of day to be emptied first, or None.
        merge: The daily dose from which on everything is taken at one time of day, or None.
        change_on: Day of the week on which doses change, or None.
        review_every: Time between reviews, or None.
        event: The revision that brought it; None for the order as first written.
    """

    on: date
    phase: tuple[Phase, ...]
    product: tuple[ProductLine, ...]
    stop_from: Mg | None
    max_units: int
    spread: SpreadPolicy | None
    reduce_first: tuple[TimeOfDay, ...] | None
    merge: Merge | None
    change_on: Weekday | None
    review_every: Interval | None
    event: Event | None = None

    @classmethod
    def of(cls, order: Order) -> Terms:
        """Return the terms before any revision."""
        return cls(on=order.start, **{name: getattr(order, name) for name in _NAMES})

    def revised(self, order: Order, event: Event) -> Terms:
        """Return what is in force after a revision that is not an undo.

        Args:
            order: The order, for the drugs of its phases.
            event: The revision.

        Raises:
            OrderError: The revision changes what the phase in force does not have.
        """
        given = {name: value for name in _NAMES if (value := getattr(event, name)) is not None}
        if event.spread is not None or event.reduce_first is not None:  # two ways to say one thing
            given = {"spread": None, "reduce_first": None} | given
        given["phase"] = _phases(order, self.phase, event)
        return replace(self, on=event.on, event=event, **given)

    def next_change_day(self, day: date) -> date:
        """Return the day on which doses may change, on or after a day: the ordered day of the week."""
        return day if self.change_on is None else on_weekday(day, self.change_on)


_NAMES = tuple(field.name for field in fields(Terms) if field.name not in ("on", "event"))


def terms_of(order: Order) -> tuple[Terms, ...]:
    """Return the terms of an order, each from its first day on: as first written, then after each revision."""
    first = Terms.of(order)
    found, counting = [first], [first]
    for event in order.history:
        if event.undo:
            if len(counting) > 1:
                counting.pop()
            found.append(replace(counting[-1], on=event.on, event=event))
        else:
            counting.append(counting[-1].revised(order, event))
            found.append(counting[-1])
    return tuple(found)


def stops(order: Order, last: Collection[str]) -> bool:
    """Return whether the plan of an order, after its last revision, ends without any drug.

    Args:
        order: The order.
        last: The drugs that are taken in its last step.
    """
    return leads_to_stop(order, terms_of(order)[-1].phase, last)


def leads_to_stop(order: Order, phases: tuple[Phase, ...], last: Collection[str]) -> bool:
    """Return whether phases leave no drug: none that is held, switched to, or kept at a dose.

    Args:
        order: The order.
        phases: The phases in force at the end.
        last: The drugs that are taken at the end. One whose phases a revision left out was stopped before, or is held.
    """
    written = {drug for terms in terms_of(order) for drug in order.phase_drugs(terms.phase)}
    started = order.drugs[: 1 + len(order.other)]
    ends = {drug: drug in last or (drug in started and drug not in written) for drug in order.drugs}
    for phase, drug in zip(phases, order.phase_drugs(phases), strict=True):
        ends[drug] = bool(phase.goal)
        if phase.switch_to is not None:
            ends[catalog.drug(phase.switch_to).name] = True
    return not any(ends.values())


def _phases(order: Order, phases: tuple[Phase, ...], event: Event) -> tuple[Phase, ...]:
    here = event.at_phase or 0
    if event.phase is not None:
        return _replaced(order, phases, event, here)
    if here >= len(phases):
        return phases
    drugs = order.phase_drugs(phases)
    own = [index for index in range(here, len(phases)) if drugs[index] == drugs[here]]
    changed = dict(enumerate(phases))
    if event.reduce is not None:
        _slower_steps(changed, own, event.reduce, order.starting_dose(drugs[here]))
    if event.every is not None:
        changed[here] = changed[here].changed(every=event.every)
        for index in own[1:]:
            if changed[index].every.after(event.on) < event.every.after(event.on):
                changed[index] = changed[index].changed(every=event.every)
    if event.finish is not None:
        if any(changed[index].switch_to is not None for index in own):
            raise OrderError(
                "another drug replaces this one, so a finish date of it would leave that out; "
                "name the phases from now on with phase",
                field="finish",
            )
        goal = phases[own[-1]].goal
        changed[here] = Phase(finish=event.finish, every=changed[here].every, until=goal, drug=drugs[here])
        own = _dropped(changed, own, here)
    if event.until is not None:
        last = next((index for index in own if phases[index].goal <= event.until), own[-1])
        if changed[last].until is None or changed[last].switch_to is not None:
            raise OrderError(
                "the phase that is left lists its doses or switches the drug, so it has no other end; "
                "name the phases from now on with phase",
                field="until",
            )
        changed[last] = changed[last].changed(until=event.until)
        _dropped(changed, own, last)
    return tuple(changed[index] for index in sorted(changed))


def _replaced(order: Order, phases: tuple[Phase, ...], event: Event, here: int) -> tuple[Phase, ...]:
    """Replace the remaining phases, all or those of the drug that the revision names."""
    new = event.phase or ()
    if event.drug is None:
        return (*phases[:here], *new)
    drugs, wanted = order.phase_drugs(phases), catalog.drug(event.drug).name
    first = new[0]
    if first.drug is None:
        first = first.changed(drug=wanted)
    elif catalog.drug(first.drug).name != wanted:
        raise OrderError(f"the first phase is of {first.drug}, but the revision is of {wanted}", field="phase[0].drug")
    others = (phases[at].changed(drug=drugs[at]) for at in range(here, len(phases)) if drugs[at] != wanted)
    return (*phases[:here], first, *new[1:], *others)


def _dropped(changed: dict[int, Phase], own: list[int], last: int) -> list[int]:
    """Drop the phases of a drug after its last one."""
    for index in own:
        if index > last:
            del changed[index]
    return [index for index in own if index <= last]


def _slower_steps(changed: dict[int, Phase], own: list[int], step: Reduction, start: Mg | None) -> None:
    """Give the phase in force its new step, and each later phase of the drug the smaller of that and its own.

    Args:
        changed: The phases, by their places; those of the drug are changed.
        own: Places of the drug's phases, the one in force first.
        step: The new step.
        start: Daily dose of the drug from which percentages "of start" count; None where a switch leads to it.
    """
    here, *later = own
    if changed[here].doses is not None or changed[here].patterns is not None or changed[here].switch_to is not None:
        raise OrderError(
            "the phase in force lists its doses or switches the drug, so it has no step to change; "
            "name the phases from now on with phase",
            field="reduce",
        )
    above = changed[here].goal
    changed[here] = changed[here].changed(reduce=step, finish=None)
    for index in later:
        phase = changed[index]
        rule = phase.reduce
        if rule is not None and step.points is None and rule.points is None and _smaller(step, rule, above, start):
            changed[index] = phase.changed(reduce=step)
        above = phase.goal


def _smaller(step: Reduction, other: Reduction, dose: Mg, start: Mg | None) -> bool:
    """Return whether a step allows less than another at a daily dose.

    Raises:
        OrderError: It depends on a starting dose that is not known before the plan is made.
    """
    starts = (start,) if start is not None else (dose, dose * 1000)  # it is this dose at least
    answers = {step.allowed(dose, each) < other.allowed(dose, each) for each in starts}
    if len(answers) > 1:
        raise OrderError(
            f"whether {step} is less than the {other} of a later phase depends on the dose that the switch leads to; "
            'write the step without "of start", or name the phases from now on with phase',
            field="reduce",
        )
    return answers.pop()
