"""The supply of a plan adds up: what the days need, fill by fill, from what is at hand and what is handed out.

Needed is the sum of all pieces and volumes of the days, a broken piece as a whole one where its other part is thrown
away. For each product, in each fill and in all: at hand + handed out = needed + left. Handed out is the least that
lasts: whole pieces, exact volumes. The fills follow each other from the first day with a dose, or from the last
revision with a record, to the last day with a dose. What the records of the revisions leave at hand is worked out
anew. A supply that is given along with a schedule is held in the same way: its fills may be of another length, and its
amounts must be those of the schedule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from taper.errors import ProofError
from taper.proof.days import DAY
from taper.proof.words import after
from taper.quantity import Ml

if TYPE_CHECKING:
    from taper.order.history import Event
    from taper.order.parts import Stock
    from taper.quantity import Pieces
    from taper.schedule.schedule import Schedule
    from taper.schedule.supply import Fill, Supply, SupplyLine

Key = tuple[str, bool]
"""A product, and whether it is counted in mL."""
Amounts = dict[Key, Fraction]
_NONE = Fraction(0)


def prove_supply(schedule: Schedule, supply: Supply, what: str) -> None:
    """Compute a supply a second time.

    Args:
        schedule: The schedule.
        supply: What is said of its supply.
        what: What is about to be given out, for the error.

    Raises:
        ProofError: It does not add up, or is not that of the schedule.
    """
    problem = _Account(schedule).problem(supply)
    if problem:
        raise ProofError(what, f"of the supply, {problem}")


def listed(stock: Iterable[Stock]) -> Amounts:
    """Return how much there is of each product."""
    found: Amounts = {}
    for one in stock:
        amount = one.volume if one.volume is not None else one.count
        key = one.product, one.volume is not None
        found[key] = found.get(key, _NONE) + (_NONE if amount is None else amount.value)
    return found


def _value(amount: Pieces | Ml, key: Key) -> Fraction | None:
    """Return an amount; None where it has not the unit of its product."""
    return amount.value if isinstance(amount, Ml) == key[1] else None


class _Account:
    """The account of each product, worked out anew.

    Args:
        schedule: The schedule.
    """

    def __init__(self, schedule: Schedule) -> None:
        order = schedule.order
        thrown = {one.name for one in order.products if one.discard} if order is not None else set()
        self._spans: list[tuple[date, date, Amounts]] = []
        for step in schedule.steps:
            daily: Amounts = {}
            for intake in step.intakes:
                for item in intake.items:
                    if item.volume is not None:
                        daily[item.product, True] = daily.get((item.product, True), _NONE) + item.volume.value
                    elif item.count is not None:
                        count = item.count.value
                        used = Fraction(-(-count.numerator // count.denominator)) if item.product in thrown else count
                        daily[item.product, False] = daily.get((item.product, False), _NONE) + used
            self._spans.append((step.start, step.end, daily))
        taking = [step for step in schedule.steps if step.intakes]
        self._taking = (taking[0].start, max(step.end for step in taking)) if taking else None
        filling = order.supply if order is not None else None
        self._ordered = filling.every if filling is not None and not filling.end_with_step else None
        self._stock = listed(order.supply.stock) if order is not None and order.supply is not None else {}
        history = order.history if order is not None else ()
        self._records = [event for event in history if event.handed or event.stock]

    def _needs(self, first: date, last: date) -> Amounts:
        """Return what the days from one to another need."""
        found: Amounts = {}
        for start, end, daily in self._spans:
            if end < first or start > last:
                continue
            days = (min(end, last) - max(start, first)).days + 1
            if days > 0:
                for key, amount in daily.items():
                    found[key] = found.get(key, _NONE) + amount * days
        return found

    def problem(self, supply: Supply) -> str:
        """Say what is wrong; nothing where all is well."""
        left, handed = dict(self._stock), Amounts()
        first = self._taking[0] if self._taking else None
        if self._records:
            left, handed = self._recorded(self._records)
            on = self._records[-1].on
            first = max(first, on) if first else None
            needed = self._needs(date.min, on - DAY)
            differs = {key: left[key] - self._stock.get(key, _NONE) - handed.get(key, _NONE) for key in left}
            counted = {key: by for key in differs if (by := differs[key] + needed.get(key, _NONE))}
            if counted != {(one.product, isinstance(one.amount, Ml)): one.amount.value for one in supply.differences}:
                return "what was counted is not the difference that is said"
            accounts = {"needed": needed, "handed": handed, "carried": self._stock, "left": left, "so_far": handed}
            problem = supply.past and self._lines_problem((*supply.past.lines, *supply.past.unneeded), accounts)
            if problem:
                return f"{problem} before the revision of {on}"
        elif supply.past is not None or supply.differences:
            return "days before a revision are counted, and no revision says what was at hand"
        problem = self._fills_problem(supply, first, left, handed)
        if problem:
            return problem
        needed = self._needs(date.min, date.max)
        accounts = {"needed": needed, "handed": handed, "carried": self._stock, "left": left, "so_far": handed}
        problem = self._lines_problem((*supply.lines, *supply.unneeded), accounts)
        return problem and f"{problem} in all"

    def _recorded(self, records: list[Event]) -> tuple[Amounts, Amounts]:
        """Return what is left after the last record, and what had been handed out."""
        left, handed, since = dict(self._stock), Amounts(), date.min
        for event in records:
            now, counted = listed(event.handed) or handed, listed(event.stock)
            needed = self._needs(since, event.on - DAY)
            for key in {**left, **needed, **now, **counted}:
                more = now.get(key, _NONE) - handed.get(key, _NONE) - needed.get(key, _NONE)
                left[key] = counted.get(key, max(_NONE, left.get(key, _NONE) + more))
            handed, since = now, event.on
        return left, dict(handed)

    def _fills_problem(self, supply: Supply, first: date | None, left: Amounts, handed: Amounts) -> str:
        """Say what is wrong with the fills; go on with what is left and what was handed out."""
        last = self._taking[1] if self._taking else None
        day = first
        ordered = self._ordered if supply.basis == "ordered" else None
        for number, fill in enumerate(supply.fills):
            if fill.start != day or fill.end < fill.start:
                return f"the fill from {fill.start} to {fill.end} does not follow the days before it"
            problem = self._fill_problem(fill, left, handed)
            if problem:
                return f"{problem} in the fill from {fill.start}"
            if ordered is not None and first is not None:
                begin, next_one = (after(ordered, first, times) if times else first for times in (number, number + 1))
                if fill.start != begin or fill.end not in (next_one - DAY, last):
                    return f"the fill from {fill.start} to {fill.end} is not one of those every {ordered}"
            day = fill.end + DAY
        if first is not None and last is not None and first <= last and day != last + DAY:
            return f"the last fill ends before {day}, and the last day with a dose is {last}"
        return "" if first is not None or not supply.fills else "fills are said, and no day has a dose"

    def _fill_problem(self, fill: Fill, left: Amounts, handed: Amounts) -> str:
        needed, carried = self._needs(fill.start, fill.end), dict(left)
        given: Amounts = {}
        for key, amount in needed.items():
            lacking = max(_NONE, amount - carried.get(key, _NONE))
            given[key] = lacking if key[1] else Fraction(-(-lacking.numerator // lacking.denominator))
            left[key] = carried.get(key, _NONE) + given[key] - amount
            handed[key] = handed.get(key, _NONE) + given[key]
        accounts = {"needed": needed, "handed": given, "carried": carried, "left": left, "so_far": handed}
        return self._lines_problem((*fill.lines, *fill.unneeded), accounts)

    def _lines_problem(self, lines: tuple[SupplyLine, ...], accounts: Mapping[str, Amounts]) -> str:
        """Say which line is not what the account says, or which product has none."""
        seen: set[Key] = set()
        for line in lines:
            key = line.product, line.count is None
            if key in seen:
                return f"{line.product} stands twice"
            seen.add(key)
            for name, amounts in accounts.items():
                said, right = _value(getattr(line, name), key), amounts.get(key, _NONE)
                if said != right:
                    return f"{name.replace('_', ' ')} of {line.product} is said to be {said}, and is {right},"
        missing = next(
            (
                key
                for name in ("needed", "handed", "carried", "left")
                for key, amount in accounts[name].items()
                if key not in seen and (amount or name == "needed")
            ),
            None,
        )
        return f"{missing[0]} has no line" if missing is not None else ""
