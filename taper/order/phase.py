"""The phases of an order: the largest cut, typed doses, weekly patterns, cycles, switches."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from taper.errors import OrderError, brief
from taper.order.parts import (
    WEEKDAYS,
    DailyDoses,
    Day,
    Dose,
    Part,
    Reduce,
    RoundTo,
    Span,
    TimeOfDay,
    TypedDose,
    Words,
)
from taper.quantity import Mg


def dose_total(dose: Mg | DailyDoses) -> Mg:
    """Return the daily dose of a typed dose or regimen."""
    return dose.total if isinstance(dose, DailyDoses) else dose


class Week(Part):
    """A weekly pattern: the daily dose on each day of the week.

    Attributes:
        usual: Dose of the days that are not named; not needed where all seven are.
        Monday: Dose on Mondays, likewise the others; "0 mg" is a day without the drug.
    """

    usual: TypedDose | None = None
    Monday: TypedDose | None = None
    Tuesday: TypedDose | None = None
    Wednesday: TypedDose | None = None
    Thursday: TypedDose | None = None
    Friday: TypedDose | None = None
    Saturday: TypedDose | None = None
    Sunday: TypedDose | None = None

    @property
    def days(self) -> tuple[Mg | DailyDoses, ...]:
        """The doses from Monday to Sunday."""
        named = [getattr(self, day) for day in WEEKDAYS]
        return tuple(self.usual if dose is None else dose for dose in named)  # type: ignore[misc]  # all known

    @model_validator(mode="after")
    def _whole(self) -> Self:
        missing = [day for day in WEEKDAYS if getattr(self, day) is None]
        if missing and self.usual is None:
            raise OrderError(f"no dose for {', '.join(missing)}; add usual, the dose of the days that are not named")
        if not missing and self.usual is not None:
            raise OrderError("every day is named, so usual says nothing; leave it out", field="usual")
        if not any(map(dose_total, self.days)):
            raise OrderError('a week without any dose; end the list before it and write until = "0 mg"')
        return self


LONGEST_CYCLE = 28  # days; a longer one is a list of doses
_SHORTEST_MONTH = 28


def _as_cycle(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return value
    raise OrderError(
        f'{brief(value)} is not a cycle; each cycle is a list of its own: cycles = [["… mg", "0 mg"]] gives a dose on '
        "every second day"
    )


Cycle = Annotated[tuple[TypedDose, ...], BeforeValidator(_as_cycle), Field(strict=False)]
"""The daily doses of a cycle, from its first day to its last."""


class Phase(Part):
    """A stretch of the taper with one rule.

    Attributes:
        reduce: The largest cut allowed.
        doses: Instead of `reduce`: the daily doses, typed by hand, or regimens by time of day.
        finish: Instead of `reduce`: the day by which the goal is reached, as gently as the days allow.
        weekly: Instead of `reduce`: weekly patterns, each kept for `every`, which then is whole weeks.
        cycles: Instead of `reduce`: cycles of days, each repeated for `every`, such as [["5 mg", "0 mg"]] for 5 mg
            on every second day.
        switch_to: Instead of `reduce`: the drug that replaces this one, intake by intake; what is taken of it already
            stays, and parts "of start" then count from the dose after the switch.
        every: Time between cuts; with `switch_to`, between two replaced intakes.
        until: Daily dose at which the phase ends: zero, the start of the next phase, or maintenance.
        round_to: With `reduce`: the doses that are preferred, multiples of it: "1 mg", or "5 mg above 20 mg" a day.
            First at each time of day, then of the day; where the step leads to none, any that it allows.
        products: The products of the order that its doses are made from, by name, such as tablets only; the dose with
            which it begins stays as the phase before made it. All products if not given.
        drug: The drug of the phase, if the order has several; that of the phase before if not given.
        together: Whether the phase begins with the one before it, which is of another drug, not after it.
        equivalence: With `switch_to`: id of an equivalence table, or the clinician's "1 mg = 10 mg".
        portion: With `switch_to`: most of the old drug replaced at a time; a whole intake if not given.
        switch_first: With `switch_to`: times of day to be replaced first; then the order of the day.
        to: With `switch_to`: the new drug's doses by time of day that replace this one, named instead of computed from
            `equivalence`; what is taken of it already comes on top.
    """

    also_keys: ClassVar[tuple[str, ...]] = ("preset",)  # expanded before a phase is read

    reduce: Reduce | None = None
    doses: Annotated[tuple[TypedDose, ...], Field(min_length=1, max_length=400, strict=False)] | None = None
    finish: Day | None = None
    weekly: Annotated[tuple[Week, ...], Field(min_length=1, max_length=60, strict=False)] | None = None
    cycles: Annotated[tuple[Cycle, ...], Field(min_length=1, max_length=60, strict=False)] | None = None
    switch_to: Words | None = None
    every: Span
    until: Dose | None = None
    round_to: RoundTo | None = None
    products: Annotated[tuple[Words, ...], Field(min_length=1, max_length=24, strict=False)] | None = None
    drug: Words | None = None
    together: bool = False
    equivalence: Words | None = None
    portion: Dose | None = None
    switch_first: Annotated[tuple[TimeOfDay, ...], Field(min_length=1, max_length=4, strict=False)] | None = None
    to: DailyDoses | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        rules = [name for name in _RULES if getattr(self, name) is not None]
        if len(rules) != 1:
            problem = (
                f"this one has {' and '.join(rules)}, which say different things" if rules else "this one has none"
            )
            raise OrderError(
                f'{problem}; a phase has one of reduce = "10% of current", doses = ["20 mg", "18 mg"], '
                'finish = 2026-12-31, weekly = [{usual = "5 mg", Monday = "2.5 mg"}], cycles = [["5 mg", "0 mg"]], '
                'switch_to = "diazepam"'
            )
        if self.round_to is not None and self.reduce is None:
            raise OrderError(f"round_to is for a phase with reduce, and this one has {rules[0]}", field="round_to")
        if len(set(self.products or ())) != len(self.products or ()):
            raise OrderError("a product is named twice; keep one", field="products")
        if self.switch_to is not None:
            self._switch()
            return self
        for key in ("equivalence", "portion", "switch_first", "to"):
            if getattr(self, key) is not None:
                raise OrderError(f"{key} is for a phase with switch_to; leave it out", field=key)
        if self.doses is None and self.patterns is None and self.until is None:
            raise OrderError('until is missing; write until = "0 mg" to stop, or the dose to stay on')
        if self.patterns is not None and self.until is not None and self.until:
            raise OrderError(
                'until is "0 mg" to stop after the last pattern; leave it out to stay on the last pattern',
                field="until",
            )
        if self.weekly is not None:
            self._weeks()
        for index, cycle in enumerate(self.cycles or ()):
            self._cycle(cycle, f"cycles[{index}]")
        return self

    def _switch(self) -> None:
        if self.until is not None:
            raise OrderError("a switch ends when all is replaced; leave until out", field="until")
        if self.equivalence is None:
            raise OrderError(
                "a switch needs its equivalence, and none is chosen for you: name a table of "
                '`taper convert`, or write your own, such as "1 mg = 10 mg"',
                field="equivalence",
            )
        if self.portion is not None and not self.portion:
            raise OrderError("a portion of zero replaces nothing; name a dose or leave it out", field="portion")
        if len(set(self.switch_first or ())) != len(self.switch_first or ()):
            raise OrderError("a time of day is named twice; keep one", field="switch_first")

    def _weeks(self) -> None:
        if not self.every.days or self.every.days % len(WEEKDAYS):
            raise OrderError(
                f"a weekly pattern is kept for whole weeks, and {self.every} is none; write for example "
                'every = "2 weeks"',
                field="every",
            )

    def _cycle(self, cycle: tuple[Mg | DailyDoses, ...], field: str) -> None:
        """Refuse a cycle that repeats nothing, never gives a dose, or is longer than its stretch."""
        days, shortest = len(cycle), self.every.days or self.every.months * _SHORTEST_MONTH
        if not 2 <= days <= LONGEST_CYCLE:
            raise OrderError(
                f"a cycle of {days} {'day' if days == 1 else 'days'}; name the dose of each of 2 to {LONGEST_CYCLE} "
                'days, such as ["… mg", "0 mg"], or write doses for one that is the same every day',
                field=field,
            )
        if not any(map(dose_total, cycle)):
            raise OrderError('a cycle without any dose; end the list before it and write until = "0 mg"', field=field)
        if all(dose == cycle[0] for dose in cycle):
            raise OrderError("every day of this cycle has the same dose; write it as doses", field=field)
        if shortest < days * 2:
            raise OrderError(
                f"a cycle of {days} days does not fit twice into {self.every}, so nothing repeats; write a longer "
                f'every, such as "{days * 2} days"',
                field="every",
            )

    @property
    def patterns(self) -> tuple[tuple[Mg | DailyDoses, ...], ...] | None:
        """The doses of each weekly pattern from Monday on, or of each cycle from its first day on; None without."""
        return self.cycles if self.weekly is None else tuple(week.days for week in self.weekly)

    @property
    def goal(self) -> Mg:
        """Daily dose at the end of the phase; zero where another drug replaces this one.

        For a weekly pattern or a cycle to stay on, it is the largest daily dose.
        """
        if self.switch_to is not None:
            return Mg(0)
        if self.doses is not None:
            return dose_total(self.doses[-1])
        if self.patterns is not None and self.until is None:
            return max(map(dose_total, self.patterns[-1]))
        assert self.until is not None
        return self.until


_RULES = ("reduce", "doses", "finish", "weekly", "cycles", "switch_to")
