"""A plan adds up: days follow each other, pieces make doses, and each dose is one that its order allows.

Only what `taper.plan` or `taper.revise` made from an order is held: it carries the identifier of a plan. What came
from another tool is kept as it was found, and so is a plan document that somebody changed, which is never printed.

What is proved here needs no plan: the days have no gap, the numbers of the steps none either, the pieces and volumes
of an intake add up to its dose, each with the strength that its own name says, are of its drug, and can be taken of a
product that is ordered on that day: whole, half or quarter pieces, steps of the scale, lines of the syringe, and no
more of them than the order lets be taken at once. What a syringe holds limits no dose: it is filled again. The line,
the drop and the weight by which papers and files tell volumes, drops and powder are those of the order's words, and so
is whether drops are counted, and whether what is left of a broken piece is thrown away.
Then `taper.proof.ordered` holds each change of dose against the words of the order.
"""

from __future__ import annotations

import re
import weakref
from fractions import Fraction
from typing import TYPE_CHECKING

from taper.errors import ProofError
from taper.proof.days import DAY
from taper.proof.words import Portions, portions

if TYPE_CHECKING:
    from taper.order.order import Order
    from taper.order.product_line import ProductLine
    from taper.schedule.regimen import Intake, Item
    from taper.schedule.schedule import Schedule

_PLAN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
_BROKEN = {Fraction(0): 0, Fraction(1, 4): 1, Fraction(1, 2): 1, Fraction(3, 4): 2}
"""How many broken pieces a part of a tablet is: three quarters are a half and a quarter."""
_proved: dict[int, weakref.ref[Schedule]] = {}


def prove(schedule: Schedule, what: str) -> None:
    """Compute a plan a second time, once for each schedule.

    Args:
        schedule: The schedule; one that no order led to is not looked at.
        what: What is about to be given out, for the error.

    Raises:
        ProofError: It does not add up, or is not what its order says.
    """
    if not is_plan(schedule):
        return
    key, known = id(schedule), _proved.get(id(schedule))
    if known is not None and known() is schedule:
        return
    problem = _problem(schedule)
    if problem:
        raise ProofError(what, problem)
    _proved[key] = weakref.ref(schedule, lambda _: _proved.pop(key, None))


def is_plan(schedule: Schedule) -> bool:
    """Return whether a schedule says that it is the plan of its order."""
    return (
        schedule.order is not None
        and schedule.origin == "plan"
        and _PLAN_ID.match(schedule.plan_id) is not None
        and all(remark.kind != "altered" for remark in schedule.remarks)
    )


def _problem(schedule: Schedule) -> str:
    from taper.proof.ordered import difference_from_order

    order = schedule.order
    assert order is not None
    return _days_problem(schedule, order) or _Pieces(order).problem(schedule) or difference_from_order(schedule)


def _days_problem(schedule: Schedule, order: Order) -> str:
    """Say what is wrong with the days and the numbers of the steps; nothing where all is well."""
    if schedule.revision != len(order.history):
        return f"it is called revision {schedule.revision}, and its order was revised {len(order.history)} times"
    if not schedule.steps:
        return "it has no step"
    day, number = order.start, 0
    for step in schedule.steps:
        if step.start != day:
            what = f"the step from {step.start} follows the days until {day - DAY}"
            return what if day != order.start else f"it begins on {step.start}, and its order on {day}"
        if step.end < step.start:
            return f"the step from {step.start} ends on {step.end}, before it begins"
        if step.number not in (number, number + 1) or (day == order.start and step.number):
            return f"step {step.number} follows step {number} on {step.start}"
        day, number = step.end + DAY, step.number
    if schedule.stopped_on not in (None, day):
        return f"the first day without the drug is said to be {schedule.stopped_on}, and its last day is {day - DAY}"
    return ""


class _Pieces:
    """What may be taken of each product, by the words of the order and of its revisions.

    Args:
        order: The order.
    """

    def __init__(self, order: Order) -> None:
        self._drugs = frozenset(order.drugs)
        self._resolved = {product.name: product for product in order.products}
        self._most = max(order.max_units, *(event.max_units or 0 for event in order.history), 0)
        self._lists = [(order.start, self._named(order.product))]
        counting = [self._lists[0][1]]
        for event in order.history:
            if event.undo:
                counting = counting[:-1] or counting
            else:
                counting.append(counting[-1] if event.product is None else self._named(event.product))
            self._lists.append((event.on, counting[-1]))
        self._seen: set[tuple[int, str, int, int]] = set()
        self._drug_names: dict[str, str] = {}

    def _named(self, lines: tuple[ProductLine, ...]) -> dict[str, list[Portions]]:
        """Return what may be taken by the name of the product; of a brand or another spelling under no name."""
        names = {name.lower(): name for name in self._resolved}
        found: dict[str, list[Portions]] = {}
        for line in lines:
            written = " ".join(line.name.split())
            name = line.name if line.source is not None else names.get(written.lower(), "")
            found.setdefault(name, []).append(portions(line, self._resolved.get(name)))
        return found

    def _misread(self) -> str:
        """Say which product is kept otherwise than the words of the order say: each paper, and the supply, go by it."""
        lists = {id(listed): listed for _, listed in self._lists}.values()  # most revisions keep the one before
        for name, kept in self._resolved.items():
            lines = [one for listed in lists for one in (*listed.get(name, ()), *listed.get("", ()))]
            if lines and kept.in_drops not in {one.drops for one in lines}:
                return f"{name} is {'' if kept.in_drops else 'not '}counted in drops, which the order does not say"
            if lines and all(one.discard for one in lines) and not kept.discard:
                return f"of {name} what is left of a broken piece is kept, and the order says that it is thrown away"
            volumes = [one.least for one in lines if one.liquid]
            weights = [one.weight for one in lines if one.measured and not one.liquid]
            for amount, said in ((kept.graduation, volumes), (kept.weight, weights)):
                if amount is not None and said and None not in said and amount.value not in said:
                    return f"{name} is measured by {amount}, which the order does not say"
        return ""

    def problem(self, schedule: Schedule) -> str:
        """Say what is wrong with the pieces; nothing where all is well."""
        wrong = self._misread()
        if wrong:
            return wrong
        place = 0
        for step in schedule.steps:
            while place + 1 < len(self._lists) and self._lists[place + 1][0] <= step.start:
                place += 1
            times: set[tuple[str, str]] = set()
            for intake in step.intakes:
                if (intake.time, intake.drug) in times:
                    return f"on {step.start} {intake.drug} stands twice at {intake.time}"
                times.add((intake.time, intake.drug))
                key = place, intake.drug, id(intake.items), id(intake.dose)  # many intakes share theirs
                if key in self._seen:
                    continue
                wrong = self._intake(intake, self._lists[place][1])
                if wrong:
                    return f"on {step.start} at {intake.time} {wrong}"
                self._seen.add(key)
        return ""

    def _intake(self, intake: Intake, listed: dict[str, list[Portions]]) -> str:
        if intake.drug not in self._drugs:
            return f"{intake.drug} is taken, which the order does not name"
        made, units, names = Fraction(0), 0, set[str]()
        for item in intake.items:
            if item.product not in self._resolved or item.product in names:
                again = item.product in names
                return f"{item.product} {'stands twice' if again else 'is taken, which the order does not name'}"
            names.add(item.product)
            if self._drug_of(item.product) != intake.drug:
                return f"{item.product} stands under {intake.drug}, and is {self._drug_of(item.product)}"
            amount = _amount(item)
            allowed = listed.get(item.product) or listed.get("", [])
            can = next((one for one in allowed if _can_be(item, amount, one)), None)
            if can is None:
                return f"{amount} of {item.product} is taken, which the order does not allow"
            mg = amount * (can.strength or self._resolved[item.product].product.strength.value)
            made = made + mg if made else mg
            units += 1 if can.measured else int(amount) + _BROKEN[amount % 1]
        if made != intake.dose.value:
            return f"the pieces make {made} mg, and the dose is said to be {intake.dose.value} mg of {intake.drug}"
        return f"{units} units are taken at once, and the order allows {self._most}" if units > self._most else ""

    def _drug_of(self, name: str) -> str:
        """Return the drug of a product: the one with which its name begins, or of which the order describes it."""
        if name not in self._drug_names:
            product, lowered = self._resolved[name], name.lower()
            begins = [drug for drug in self._drugs if lowered.startswith(f"{drug.lower()} ")]
            described = product.described or not begins
            self._drug_names[name] = product.product.drug if described else max(begins, key=len)
        return self._drug_names[name]


def _amount(item: Item) -> Fraction:
    if item.volume is not None:
        return item.volume.value
    return Fraction(0) if item.count is None else item.count.value


def _can_be(item: Item, amount: Fraction, allowed: Portions) -> bool:
    """Return whether so much of a product can be taken: a number of its smallest pieces or volumes."""
    if allowed.liquid != (item.volume is not None) or amount <= 0:
        return False
    return allowed.least is None or (amount / allowed.least).denominator == 1
