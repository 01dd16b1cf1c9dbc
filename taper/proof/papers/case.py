"""What a paper is held against: the schedule and the order, as far as they lie ahead, and how to read the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from taper.errors import ProofError
from taper.proof.days import DAY, dates_of
from taper.proof.papers.reading import Reader

if TYPE_CHECKING:
    from taper.finding import Report
    from taper.order.product_line import OrderedProduct
    from taper.schedule.regimen import Intake, Item
    from taper.schedule.schedule import Schedule, Step
    from taper.schedule.supply import Supply


class Asked(NamedTuple):
    """What was asked for when a paper was made.

    Attributes:
        schedule: The schedule.
        printed_on: Day of printing.
        first: First day that was asked for by name; None for that of the plan or of printing.
        weeks: How many weeks of it; None for all.
        dateless: Whether days are numbered.
        whole: Whether also the days before the last revision are shown.
        report: What the checker said; None if nothing was checked.
        supply: What is handed out; None if it was not worked out.
        previous: The schedule that this one replaces.
    """

    schedule: Schedule
    printed_on: date
    first: date | None = None
    weeks: int | None = None
    dateless: bool = False
    whole: bool = False
    report: Report | None = None
    supply: Supply | None = None
    previous: Schedule | None = None


class Case:
    """One paper, and all that it is held against.

    Args:
        what: Which paper, for the error.
        asked: What was asked for.
        code: Code of the language of the paper.
        steps: The runs of days that it speaks of.
        dateless: Whether its days are numbered.
    """

    def __init__(self, what: str, asked: Asked, code: str, steps: tuple[Step, ...], *, dateless: bool = False) -> None:
        self.what, self.asked, self.steps = what, asked, steps
        self.order = asked.schedule.order
        self.read = Reader(code, steps[0].start if dateless else None)
        self.tongue = self.read.tongue
        self.drugs = tuple(dict.fromkeys(intake.drug for step in steps for intake in step.intakes))
        self.stop = asked.schedule.stopped_on
        self.proved: dict[tuple[int, int], bool] = {}
        self.kept: list[object] = []  # what is known by its id, which must stay its own
        self.doses: dict[object, Intake] = {}
        self.sources: dict[tuple[str, str], tuple[Fraction, ...]] = {}
        self.said: dict[tuple[str, Item], bool] = {}
        self.days: dict[int, Any] = {}  # what is said of a regimen, by the id of that
        self._totals: dict[int, list[Fraction]] = {}
        self._taken: dict[int, tuple[Intake, ...]] = {}
        self._alike: dict[tuple[Intake, ...], tuple[Intake, ...]] = {}

    def fail(self, problem: str) -> NoReturn:
        """Stop the paper.

        Raises:
            ProofError: Always.
        """
        raise ProofError(self.what, problem)

    def hold(self, truth: object, problem: str) -> None:
        """Stop the paper unless something is so."""
        if not truth:
            self.fail(problem)

    @cached_property
    def products(self) -> dict[str, OrderedProduct]:
        """The products of the order by name."""
        return {one.name: one for one in self.order.products} if self.order is not None else {}

    @cached_property
    def keys(self) -> dict[str, str]:
        """The key of each product in drawings, by name."""
        return {name: f"p{place}" for place, name in enumerate(self.products)}

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The products that its days use, in the order of the order."""
        taken = {item.product for step in self.steps for intake in step.intakes for item in intake.items}
        return tuple(name for name in self.products if name in taken)

    @cached_property
    def drawn(self) -> bool:
        """Whether products are drawn: no more drugs than there are outlines."""
        drugs = {*self.drugs, *(self.products[name].product.drug for name in self.used)}
        return len(self.drugs) < 2 or len(drugs) <= 6

    @cached_property
    def has_gap(self) -> bool:
        """Whether its runs of days do not follow each other."""
        return any(after.start != before.end + DAY for before, after in pairwise(self.steps))

    @cached_property
    def by_day(self) -> dict[date, Step]:
        """The run of days of each day."""
        return {day: step for step in self.steps for day in dates_of(step)}

    def taken(self, step: Step) -> tuple[Intake, ...]:
        """Return what is taken on each day of a run, without times at which nothing is: one value for what is alike."""
        found = self._taken.get(id(step))
        if found is None:
            own = tuple(intake for intake in step.intakes if intake.dose or intake.items)
            found = self._taken[id(step)] = self._alike.setdefault(own, own)
        return found

    def is_known(self, taken: tuple[Intake, ...], lines: Sequence[Any]) -> bool:
        """Whether lines say what was read already: the doses of a regimen, in the words that were held against it."""
        doses = self.days.get(id(taken))
        if doses is None:
            return False
        pairs = zip(doses.doses, lines, strict=False)
        same = all(line.pieces == one.pieces and line.label in (one.line, one.time) for one, line in pairs)
        shown = [line for line in lines if line.label]
        without = any(line.label == one.time and not line.pieces for one, line in zip(doses.doses, lines, strict=False))
        return same and not without and len(shown) == len(doses.doses) and len(lines) <= len(shown) + 1

    def kind(self, product: str) -> str:
        """What a piece of a product is called."""
        ordered = self.products.get(product)
        if ordered is None:
            return "piece"
        form = ordered.product.form
        return "capsule" if "capsule" in form else "film" if form == "oral film" else "tablet"

    def totals(self, taken: tuple[Intake, ...]) -> list[Fraction]:
        """The daily dose of each drug that is taken, in the order in which the plan has its drugs."""
        found = self._totals.get(id(taken))
        if found is None:
            found = self._totals[id(taken)] = self._sums(taken)
            self.kept.append(taken)
        return found

    def _sums(self, taken: tuple[Intake, ...]) -> list[Fraction]:
        sums: dict[str, Fraction] = {}
        for intake in taken:
            sums[intake.drug] = sums.get(intake.drug, Fraction(0)) + intake.dose.value
        return [sums[drug] for drug in self.drugs if sums.get(drug)]


def measured(case: Case, items: tuple[Item, ...]) -> bool:
    """Whether a dose is one volume or one weight of powder."""
    if len(items) != 1:
        return False
    ordered = case.products.get(items[0].product)
    powder = ordered is not None and ordered.weight is not None and items[0].count is not None
    return items[0].volume is not None or powder


def ahead(schedule: Schedule, day: date) -> tuple[Step, ...]:
    """Return the runs of days from a day on; all of them where no drug is left, or where the day is not later."""
    if day <= schedule.steps[0].start:
        return schedule.steps
    left = [step for step in schedule.steps if step.end >= day]
    if not any(step.intakes for step in left):
        return schedule.steps
    places = iter(_places(left))
    return tuple(replace(step, number=next(places), start=max(step.start, day)) for step in left)


def _places(steps: list[Step]) -> Iterator[int]:
    """Count the steps anew: neighbors of one number are one step."""
    place, before = -1, None
    for step in steps:
        place, before = (place if step.number == before else place + 1), step.number
        yield place
