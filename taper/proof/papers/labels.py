"""The labels of boxes: each line says of its days what is taken of the product in the box, and none of its days lacks.

Amounts, pieces and times of day are read as in label texts that leave as a file (`taper.proof.files.sigs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from taper.proof.days import DAY
from taper.proof.facts import Run, Taken
from taper.proof.files.days import Plan, by_weekday, clipped
from taper.proof.files.words import Words
from taper.proof.papers.case import Case
from taper.proof.papers.clinic import is_called
from taper.proof.papers.reading import amounts, plain
from taper.proof.sums import is_plan

if TYPE_CHECKING:
    from taper.schedule.supply import Fill


class Labels:
    """What the labels of one pharmacy order are held against.

    Args:
        case: The paper.
        language: Code of the language of its labels, which is the patient's.
    """

    def __init__(self, case: Case, language: str) -> None:
        self._case = Case(case.what, case.asked, language, case.steps)
        self._read = self._case.read
        self._plan = Plan(case.asked.schedule)
        self._words = Words(self._plan, language)

    def prove(self, labels: Sequence[Any], fill: Fill, number: int) -> None:
        """Hold the labels of a fill against its days: one for each product that is taken in them.

        Args:
            labels: The labels.
            fill: The days.
            number: Its number, for the error.
        """
        if not is_plan(self._case.asked.schedule):
            return  # a record from elsewhere may name a product twice, or without an amount
        runs = clipped(self._plan.runs, fill.start, fill.end)
        taken = {name for run in runs for one in run.taken if one.mg for name, _, _ in one.items or ()}
        products = [name for name in self._plan.products if name in taken]
        if len(labels) != len(products):
            self._case.fail(f"fill {number} has {len(labels)} labels, and {len(products)} products are taken in it")
        for label, product in zip(labels, products, strict=True):
            self._prove(label, product, runs, f"{self._case.what}, the label of {product} in fill {number}")

    def _prove(self, label: Any, product: str, runs: Sequence[Run], where: str) -> None:
        """Find each day from the first with a dose on in one line, in order, and prove what is said of it."""
        if not is_called(self._case, product, label.product):
            self._case.fail(f"{where} is called {plain(label.product)!r}")
        own = [run._replace(taken=self._of(run, product)) for run in runs]
        first, last = own[0], own[-1]
        dosed = [run for run in own if run.taken]
        step = self._plan.number_on(dosed[0].start)
        due = next(run.start for run in own if self._plan.number_on(run.start) == step)  # days off of a week too
        lines = [self._words.bare(plain(line)) for line in label.lines]
        if due > first.start:
            if self._read.dates(lines[0]) != (due,) or amounts(lines[0]):
                self._case.fail(f"{where} does not say that it is begun on {due}: {lines[0]!r}")
            lines = lines[1:]
        for place, line in enumerate(lines):
            days = self._read.dates(line)
            if not days and place and place + 1 == len(lines):
                break  # how all of it is measured
            end = days[1] if len(days) > 1 else due
            if days[:1] != (due,) or end < due or end > last.end:
                self._case.fail(f"{where} says {line!r}, where the days from {due} come")
            self._prove_line(line, clipped(own, due, end), where, cycle=len(days) > 2)
            due = end + DAY
        if due <= dosed[-1].end:
            self._case.fail(f"{where} does not say what is taken from {due} on")
        days = self._read.dates(label.short) if label.short else ()
        if amounts(label.short) or any(not first.start <= day <= last.end for day in days):
            self._case.fail(f"{where} says {plain(label.short)!r} on a small one")

    def _of(self, run: Run, product: str) -> tuple[Taken, ...]:
        """Return the part of the doses of a day that a product makes."""
        strength = self._plan.products[product].product.strength.value
        return tuple(
            one._replace(mg=strength * item[2], items=(item,))
            for one in run.taken
            for item in one.items or ()
            if item[0] == product
        )

    def _prove_line(self, text: str, runs: Sequence[Run], where: str, *, cycle: bool) -> None:
        doses = [run.taken for run in runs]
        if not any(doses):
            if amounts(text):
                self._case.fail(f"{where} says {text!r}, and nothing is taken then")
            self._words.prove_times(text, (), where)
        elif all(one == doses[0] for one in doses):
            self._words.prove_intakes(text, doses[0], where, "bottle")
        elif not cycle:
            self._words.prove_week(text, by_weekday(runs, lambda run: run.taken), where, "bottle")
        else:
            every = tuple(dict.fromkeys(one for taken in doses for one in taken))
            self._words.prove_amounts(text, (), every, where)
            self._words.prove_named(text, {one.mg for one in every if one.mg is not None}, where)
