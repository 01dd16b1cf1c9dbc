"""No fault of a plan is believed: one change of any dose, piece, product, day, cut, target or stop is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from taper.errors import ProofError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.proof import prove
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step

DAY = timedelta(days=1)
START: dict[str, Any] = {"drug": "diazepam", "country": "GB", "start": "2026-01-05"}
TWO, FIVE = "diazepam tablet 2 mg", "diazepam tablet 5 mg"
TABLETS: dict[str, Any] = START | {
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
    "product": [{"name": FIVE, "split": "halves"}, {"name": TWO, "split": "halves"}],
    "phase": [
        {"reduce": "20% of start, at least 2 mg", "every": "2 weeks", "until": "8 mg"},
        {"reduce": "20% of current, at least 1 mg", "every": "1 month", "until": "0 mg"},
    ],
    "stop_from": "1 mg",
    "max_units": 4,
}
LIQUID: dict[str, Any] = START | {
    "current": {"bedtime": "4 mg"},
    "product": [
        {"name": "diazepam oral solution 2 mg/5 mL", "device": "5 mL oral syringe", "graduation": "0.5 mL"},
    ],
    "phase": [{"reduce": "1 mg", "every": "1 week", "until": "0 mg"}],
}
WEEKLY: dict[str, Any] = START | {
    "current": {"bedtime": "5 mg"},
    "product": [{"name": FIVE, "split": "halves"}],
    "phase": [
        {"weekly": [{"usual": "5 mg", "Monday": "2.5 mg"}, {"usual": "2.5 mg"}], "every": "2 weeks", "until": "0 mg"}
    ],
}
SWITCH: dict[str, Any] = START | {
    "drug": "lorazepam",
    "current": {"morning": "1 mg", "bedtime": "1 mg"},
    "product": [{"name": "lorazepam tablet 1 mg", "split": "halves"}, {"name": FIVE, "split": "halves"}],
    "phase": [
        {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": "1 week"},
        {"reduce": "5 mg", "every": "2 weeks", "until": "5 mg"},
    ],
}
TYPED: dict[str, Any] = START | {
    "current": {"bedtime": "10 mg"},
    "product": [{"name": FIVE, "split": "halves"}],
    "phase": [{"doses": ["7.5 mg", "5 mg", "2.5 mg", "0 mg"], "every": "2 weeks"}],
}
DATED: dict[str, Any] = START | {
    "current": {"bedtime": "10 mg"},
    "product": [{"name": FIVE, "split": "halves"}],
    "phase": [{"finish": "2026-04-01", "every": "2 weeks", "until": "0 mg"}],
    "stop_from": "2.5 mg",
}
PLANS = {
    name: plan(parse_order(data))
    for name, data in {
        "tablets": TABLETS,
        "liquid": LIQUID,
        "weekly": WEEKLY,
        "switch": SWITCH,
        "typed": TYPED,
        "dated": DATED,
    }.items()
}
PLANS["revised"] = revise(PLANS["tablets"], on="2026-02-10", hold="2 weeks", reduce="1 mg")

Change = Callable[[Schedule], Schedule]


def intakes(place: int, change: Callable[[tuple[Intake, ...]], tuple[Intake, ...]]) -> Change:
    """Change the intakes of a step."""

    def changed(schedule: Schedule) -> Schedule:
        steps = list(schedule.steps)
        steps[place] = replace(steps[place], intakes=change(steps[place].intakes))
        return replace(schedule, steps=tuple(steps))

    return changed


def step(place: int, **changes: Callable[[Step], Any]) -> Change:
    """Change a field of a step."""

    def changed(schedule: Schedule) -> Schedule:
        steps = list(schedule.steps)
        here = steps[place]
        steps[place] = replace(here, **{name: change(here) for name, change in changes.items()})
        return replace(schedule, steps=tuple(steps))

    return changed


def first(change: Callable[[Intake], Intake]) -> Callable[[tuple[Intake, ...]], tuple[Intake, ...]]:
    """Change the first intake."""
    return lambda taken: (change(taken[0]), *taken[1:])


def items(change: Callable[[Item], Item]) -> Callable[[Intake], Intake]:
    """Change the first item."""
    return lambda intake: replace(intake, items=(change(intake.items[0]), *intake.items[1:]))


def doubled(item: Item) -> Item:
    """Twice as much of a product."""
    return replace(item, count=item.count and item.count * 2, volume=item.volume and item.volume * 2)


def both(intake: Intake) -> Intake:
    """Twice the dose, of twice the pieces."""
    return replace(intake, dose=intake.dose * 2, items=tuple(map(doubled, intake.items)))


def shifted(place: int) -> Change:
    """A step that ends a day later, and the next begins a day later."""

    def changed(schedule: Schedule) -> Schedule:
        steps = list(schedule.steps)
        steps[place] = replace(steps[place], end=steps[place].end + DAY)
        steps[place + 1] = replace(steps[place + 1], start=steps[place + 1].start + DAY)
        return replace(schedule, steps=tuple(steps))

    return changed


def left_out(place: int) -> Change:
    """A dose that is skipped: its days have the next one already."""

    def changed(schedule: Schedule) -> Schedule:
        steps = list(schedule.steps)
        for at in range(place, len(steps) - 1):
            steps[at] = replace(steps[at], intakes=steps[at + 1].intakes, target=steps[at + 1].target)
        return replace(schedule, steps=tuple(steps))

    return changed


def all_later(schedule: Schedule) -> Schedule:
    """Every day one later."""
    steps = tuple(replace(step, start=step.start + DAY, end=step.end + DAY) for step in schedule.steps)
    return replace(schedule, steps=steps, stopped_on=schedule.stopped_on and schedule.stopped_on + DAY)


def cut_short(schedule: Schedule) -> Schedule:
    """The last step lost, and the stop where it began."""
    last = schedule.steps[-1]
    return replace(schedule, steps=schedule.steps[:-1], stopped_on=schedule.stopped_on and last.start)


EVERYWHERE: dict[str, Change] = {
    "a dose": intakes(1, first(lambda one: replace(one, dose=one.dose + Mg("0.5")))),
    "pieces": intakes(1, first(items(doubled))),
    "twice the dose": intakes(1, first(both)),
    "twice the last dose": intakes(-1, first(both)),
    "an item lost": intakes(1, first(lambda one: replace(one, items=one.items[1:]))),
    "an item twice": intakes(1, first(lambda one: replace(one, items=(*one.items, one.items[0])))),
    "an intake lost": intakes(1, lambda taken: taken[1:]),
    "an intake twice": intakes(1, lambda taken: (*taken, taken[0])),
    "another time": intakes(1, first(lambda one: replace(one, time="noon"))),
    "another drug": intakes(1, first(lambda one: replace(one, drug="zopiclone"))),
    "a product of no order": intakes(1, first(items(lambda one: replace(one, product="diazepam tablet 20 mg")))),
    "a step of no order": left_out(1),
    "the last step lost": cut_short,
    "the first step lost": lambda schedule: replace(schedule, steps=schedule.steps[1:]),
    "no step": lambda schedule: replace(schedule, steps=()),
    "a step twice": lambda schedule: replace(schedule, steps=(*schedule.steps, schedule.steps[-1])),
    "all a day later": all_later,
    "a change a day later": shifted(0),
    "a later change a day later": shifted(1),
    "a gap": step(1, start=lambda one: one.start + DAY),
    "an overlap": step(1, start=lambda one: one.start - DAY),
    "an end before the beginning": step(1, end=lambda one: one.start - DAY),
    "a number": step(-1, number=lambda one: one.number + 1),
    "a first number": step(0, number=lambda one: one.number + 1),
    "a stop": lambda schedule: replace(schedule, stopped_on=schedule.steps[-1].start),
    "a revision": lambda schedule: replace(schedule, revision=schedule.revision + 1),
}
HERE: dict[str, tuple[str, Change]] = {
    "the five for a two": ("tablets", intakes(0, first(items(lambda one: replace(one, product=TWO))))),
    "a quarter that nobody ordered": (
        "typed",
        intakes(1, lambda _: (Intake("bedtime", "diazepam", Mg("7.5"), _pieces("1.25", "1.25", FIVE, TWO)),)),
    ),
    "too many pieces at once": (
        "tablets",
        intakes(0, first(lambda one: replace(one, items=(Item(TWO, Pieces(5)),)))),
    ),
    "between two lines of the syringe": (
        "liquid",
        intakes(
            1,
            first(
                lambda one: replace(
                    one, dose=one.dose - Mg("0.1"), items=(Item(one.items[0].product, volume=Ml("7.25")),)
                )
            ),
        ),
    ),
    "tablets of a liquid": (
        "liquid",
        intakes(1, first(items(lambda one: replace(one, count=Pieces("7.5"), volume=None)))),
    ),
    "a target": ("tablets", step(2, target=lambda one: one.total + Mg(1))),
    "a target of a typed dose": ("typed", step(1, target=lambda one: one.total + Mg(1))),
    "a cut larger than ordered": ("tablets", left_out(3)),
    "an end that nobody ordered": ("tablets", lambda schedule: replace(schedule, stopped_on=None)),
    "a stop that nobody ordered": (
        "switch",
        lambda schedule: replace(schedule, stopped_on=schedule.steps[-1].end + DAY),
    ),
    "another day of the week": ("weekly", shifted(2)),
    "another equivalence": (
        "switch",
        intakes(
            1,
            lambda taken: tuple(
                replace(one, dose=one.dose / 2, items=(Item(FIVE, Pieces(1)),)) if one.drug == "diazepam" else one
                for one in taken
            ),
        ),
    ),
    "a pause that is not kept": ("revised", lambda _: _unpaused()),
    "a past that is another": ("revised", intakes(1, first(lambda one: replace(one, dose=Mg(5), items=_five())))),
    "a larger step than the revision says": ("revised", left_out(4)),
}


def _pieces(*amounts: str) -> tuple[Item, ...]:
    counts, names = amounts[: len(amounts) // 2], amounts[len(amounts) // 2 :]
    return tuple(Item(name, Pieces(count)) for count, name in zip(counts, names, strict=True))


def _five() -> tuple[Item, ...]:
    return (Item(FIVE, Pieces(1)),)


def _unpaused() -> Schedule:
    """The plan before the revision, called the plan after it."""
    before, after = PLANS["tablets"], PLANS["revised"]
    return replace(before, order=after.order, revision=after.revision)


def refused(schedule: Schedule) -> None:
    """Ask that a schedule is refused, and again where it was refused before."""
    for _ in range(2):
        with pytest.raises(ProofError, match=r"does not add up: .* Please report it"):
            prove(schedule, "the test")


@pytest.mark.parametrize("name", PLANS)
def test_the_plan_itself_is_proved(name: str) -> None:
    prove(PLANS[name], "the test")


@pytest.mark.parametrize("fault", EVERYWHERE)
@pytest.mark.parametrize("name", PLANS)
def test_a_fault_of_any_plan_is_refused(name: str, fault: str) -> None:
    made = EVERYWHERE[fault](PLANS[name])
    if made == PLANS[name]:  # a step that is like the next one
        return
    refused(made)


@pytest.mark.parametrize("fault", HERE)
def test_a_fault_of_this_plan_is_refused(fault: str) -> None:
    name, change = HERE[fault]
    refused(change(PLANS[name]))


def test_what_is_proved_once_is_not_asked_again_and_a_copy_is() -> None:
    """The plan is known by itself, not by what it is equal to."""
    made = replace(PLANS["tablets"])
    prove(made, "the test")
    prove(made, "the test")
    refused(replace(made, steps=made.steps[1:]))


def test_a_third_of_a_tablet_is_refused() -> None:
    """Whatever the order says: it is no piece that anybody cuts."""
    third = Item(TWO, Pieces(Fraction(1, 3)))
    refused(intakes(0, first(lambda one: replace(one, dose=Mg(Fraction(2, 3)), items=(third,))))(PLANS["tablets"]))
