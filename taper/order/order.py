"""The order: what the clinician decided, read from TOML, JSON or Python.

An order names a drug, today's regimen, the products that the pharmacy will supply and how they may
be split, and the phases of the taper. It is checked here for what can be known without planning:
names, units, dates, splitting that is physically impossible. Nothing is corrected or completed
silently: what is not understood is refused, with the right way to write it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, PrivateAttr, model_validator

from taper import catalog
from taper.catalog.occupancy import half_saturation, models
from taper.errors import OrderError, located, nearest
from taper.loading import decode, is_json, load_json, load_toml, read_bytes, validate
from taper.order.brands import refuse_unknown, with_drug_names
from taper.order.current import Current, OtherDrug
from taper.order.history import Event, verify
from taper.order.parts import (
    WEEKDAYS,
    Acknowledgment,
    Check,
    Day,
    Dose,
    Filling,
    Handout,
    Hold,
    Merge,
    Occupancy,
    Part,
    Span,
    SpreadPolicy,
    Stock,
    TimeOfDay,
    Weekday,
    Words,
    refuse_typing_error,
)
from taper.order.patient import Patient
from taper.order.phase import Phase
from taper.order.presets import in_schema, with_presets
from taper.order.product import OrderedProduct, ProductLine, resolve_products
from taper.order.sequence import Taken, refuse_products, refuse_sequence
from taper.quantity import Mg


class Order(Part):
    """What the clinician decided. See the module docstring and `taper schema`.

    Attributes:
        drug: The substance.
        country: Two-letter code of the country whose products are used.
        start: First day of the plan; the current dose is kept until the first cut.
        current: Today's regimen, of every day or of each day of the week.
        product: The products that the pharmacy will supply.
        phase: The phases, one after the other; a preset is expanded into the phases that it stands for.
        first_cut: Day of the first cut; one interval after `start` if not given.
        change_on: Day of the week on which doses change; a cut is moved later to reach it.
        review_every: Time between reviews, marked on the calendar.
        stop_from: The last step to zero may be made from this daily dose or less.
        max_units: Most pieces in one intake.
        spread: Where cuts fall: "even" levels the times of day (the default), "alternate" cuts
            them in turn, "night" keeps the largest dose at the last one.
        reduce_first: Instead of `spread`: times of day to be emptied first, in order.
        merge: The daily dose from which on everything is taken at one time of day.
        hold: Pauses.
        other: Other drugs that are taken at the start; each is held unless a phase names it.
        occupancy: Model of receptor occupancy, for phases that reduce by points of it.
        check: What the checker compares the plan with.
        patient: Facts about the person.
        acknowledge: Findings that the clinician has seen.
        supply: How often the pharmacy hands out, and what is at hand at the start.
        handout: Lines for the paper.
        brands: Brands by which the order called its drugs, each with the drug; written when an order is read.
        history: The revisions of the plan, in order; written by `taper revise`.
    """

    model_config = ConfigDict(json_schema_extra=in_schema)

    drug: Words
    country: Words
    start: Day
    first_cut: Day | None = None
    change_on: Weekday | None = None
    review_every: Span | None = None
    stop_from: Dose | None = None
    max_units: Annotated[int, Field(ge=1, le=60)] = 8
    spread: SpreadPolicy | None = None
    reduce_first: Annotated[tuple[TimeOfDay, ...], Field(min_length=1, max_length=4, strict=False)] | None = None
    current: Current
    product: Annotated[tuple[ProductLine, ...], Field(min_length=1, max_length=24, strict=False)]
    phase: Annotated[tuple[Phase, ...], Field(min_length=1, max_length=40, strict=False)]
    merge: Merge | None = None
    hold: Annotated[tuple[Hold, ...], Field(max_length=40, strict=False)] = ()
    occupancy: Occupancy | None = None
    check: Check = Field(default_factory=cache(Check))
    patient: Patient = Field(default_factory=cache(Patient))
    acknowledge: Annotated[tuple[Acknowledgment, ...], Field(max_length=40, strict=False)] = ()
    supply: Filling | None = None
    handout: Handout = Field(default_factory=cache(Handout))
    other: Annotated[tuple[OtherDrug, ...], Field(max_length=4, strict=False)] = ()
    brands: Annotated[dict[Words, Words], Field(max_length=12)] = Field(default_factory=dict)
    history: Annotated[tuple[Event, ...], Field(max_length=400, strict=False)] = ()
    _products: tuple[OrderedProduct, ...] = PrivateAttr(default=())
    _drugs: tuple[str, ...] = PrivateAttr(default=())
    _half: Mg | None = PrivateAttr(default=None)
    _counted: tuple[date, int] | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _presets(cls, data: object) -> object:
        return with_presets(with_drug_names(data))

    @model_validator(mode="after")
    def _sound(self) -> Self:
        with located("drug"):
            substance = catalog.drug(self.drug)
        described = all(line.source is not None for line in self.product)
        if not (described and catalog.has_guidelines(self.country)):
            with located("country"):
                catalog.products(self.country, substance.name)
        self._drugs = self._all_drugs(substance.name)
        refuse_unknown(self.brands, self.country)
        refuse_typing_error(substance, self.current, "current")
        for index, other in enumerate(self.other):
            refuse_typing_error(catalog.drug(other.drug), other.current, f"other[{index}].current")
        self.patient.refuse_contradiction(self.current.days_with_a_dose)
        self._dates()
        now = {drug: Taken(taken.total, is_daily=taken.is_daily) for drug, taken in self._taken().items()}
        refuse_sequence(self.phase, self.phase_drugs(), now)
        if self.stop_from is not None and not self.stop_from:
            raise OrderError("0 mg allows nothing; leave stop_from out or name a dose", field="stop_from")
        if self.spread and self.reduce_first:
            raise OrderError("spread and reduce_first both say where cuts fall; keep one", field="spread")
        for time in self.reduce_first or ():
            if not any(time in current.by_time() for current in (self.current, *(o.current for o in self.other))):
                raise OrderError(f"nothing is taken at {time}; name times that [current] has", field="reduce_first")
        if len(set(self.reduce_first or ())) != len(self.reduce_first or ()):
            raise OrderError("a time of day is named twice; keep one", field="reduce_first")
        if self.merge is not None and self.merge.into not in self.current.by_time():
            raise OrderError(
                f"nothing is taken at {self.merge.into}; name one of {', '.join(self.current.by_time())}",
                field="merge.into",
            )
        products = {product.name: product for product in resolve_products(self.product, self._drugs, self.country)}
        for index, event in enumerate(self.history):
            with located(f"history[{index}]"):
                for product in resolve_products(event.product or (), self._drugs, self.country):
                    products[product.name] = product
        self._products = tuple(products.values())
        refuse_products(self.phase, products, "phase")
        for index, event in enumerate(self.history):
            refuse_products(event.phase or (), products, f"history[{index}].phase")
        self._at_hand("supply.stock", self.supply.stock if self.supply is not None else ())
        for index, event in enumerate(self.history):
            self._at_hand(f"history[{index}].stock", event.stock)
        self._half = self._half_saturation(substance.name)
        self._history()
        return self

    def _at_hand(self, place: str, stock: tuple[Stock, ...]) -> None:
        """Reject stock of a product that is not in the order, or in the wrong unit."""
        known, seen = {line.name: line.product for line in self._products}, set[str]()
        for index, line in enumerate(stock):
            with located(f"{place}[{index}]"):
                if line.product not in known:
                    hint = nearest(line.product, known)
                    raise OrderError(f"'{line.product}' is not a product of the order; {hint}", field="product")
                if line.product in seen:
                    raise OrderError(f"'{line.product}' stands twice; add the two up", field="product")
                if known[line.product].is_liquid and line.volume is None:
                    raise OrderError('this is a liquid; write volume = "30 mL" instead of count', field="count")
                if not known[line.product].is_liquid and line.count is None:
                    raise OrderError('this is counted; write count = "12" instead of volume', field="volume")
            seen.add(line.product)

    def _all_drugs(self, main: str) -> tuple[str, ...]:
        """Resolve every drug of the order; reject a repeated drug, or a phase of a drug that is not taken."""
        drugs = [main]
        for index, other in enumerate(self.other):
            with located(f"other[{index}].drug"):
                name = catalog.drug(other.drug).name
                if name in drugs:
                    raise OrderError(f"'{name}' stands twice; put all its doses into one regimen")
            drugs.append(name)
        phases = [(f"phase[{index}]", phase) for index, phase in enumerate(self.phase)]
        for number, event in enumerate(self.history):
            phases += [(f"history[{number}].phase[{i}]", phase) for i, phase in enumerate(event.phase or ())]
        for place, phase in phases:
            if phase.drug is not None:
                with located(f"{place}.drug"):
                    if catalog.drug(phase.drug).name not in drugs:
                        raise OrderError(
                            f"'{phase.drug}' is not taken at this point; the order has {', '.join(drugs)}: "
                            "add it as [[other]], or switch to it first"
                        )
            if phase.switch_to is not None:
                with located(f"{place}.switch_to"):
                    drugs.append(catalog.drug(phase.switch_to).name)
        return tuple(dict.fromkeys(drugs))

    def _history(self) -> None:
        if not self.history:
            return
        verify(self.as_data(), self.history)
        before = self.start
        for index, event in enumerate(self.history):
            if event.on < before:
                what = f"the start, {before}" if not index else f"revision {index}, which is of {before}"
                raise OrderError(f"{event.on} is before {what}", field=f"history[{index}].on")
            before = event.on

    def _half_saturation(self, drug: str) -> Mg | None:
        points = [
            i for i, phase in enumerate(self.phase) if phase.reduce is not None and phase.reduce.points is not None
        ]
        if self.occupancy is None:
            if points:
                raise OrderError(
                    "points of occupancy are counted by a model, and the order names none; add a table "
                    f'[occupancy] with model = "{next(iter(models()))}"',
                    field=f"phase[{points[0]}].reduce",
                )
            return None
        with located("occupancy"):
            return half_saturation(self.occupancy.model, drug, self.occupancy.table)

    def _dates(self) -> None:
        if not 2000 <= self.start.year <= 2100:
            raise OrderError(f"{self.start} is not a year between 2000 and 2100; check the date", field="start")
        if self.first_cut is not None:
            if self.first_cut <= self.start:
                raise OrderError(
                    f"{self.first_cut} is not after the start, {self.start}; the current dose is kept at least a day",
                    field="first_cut",
                )
            weekday = WEEKDAYS[self.first_cut.weekday()]
            if self.change_on is not None and weekday != self.change_on:
                raise OrderError(
                    f"{self.first_cut} is a {weekday}, but doses change on {self.change_on}; change one of the two",
                    field="first_cut",
                )
        for index, hold in enumerate(self.hold):
            if hold.on < self.start:
                raise OrderError(f"{hold.on} is before the start, {self.start}", field=f"hold[{index}].on")

    @property
    def products(self) -> tuple[OrderedProduct, ...]:
        """The ordered products, looked up in the catalog, including those of revisions."""
        return self._products

    @property
    def drugs(self) -> tuple[str, ...]:
        """The drugs by their names in the catalog: the main drug, other drugs taken, drugs switched to."""
        return self._drugs

    @property
    def compound(self) -> bool:
        """Whether the plan has several drugs, patterns, products of a phase or revisions, and so consists of legs."""
        several = len(self._drugs) > 1 or any(p.patterns is not None or p.products is not None for p in self.phase)
        return several or not self.current.is_daily or bool(self.history)

    def _taken(self) -> dict[str, Current]:
        """Return what is taken of each drug at the start."""
        others = zip(self._drugs[1:], self.other, strict=False)
        return {self._drugs[0]: self.current, **{name: other.current for name, other in others}}

    def phase_drugs(self, phases: tuple[Phase, ...] | None = None) -> tuple[str, ...]:
        """Return the drug that each phase reduces: the one it names, else the drug after the phase before.

        Args:
            phases: The phases; those of the order if None.
        """
        active, drugs = self._drugs[0], []
        for phase in self.phase if phases is None else phases:
            active = catalog.drug(phase.drug).name if phase.drug is not None else active
            drugs.append(active)
            active = catalog.drug(phase.switch_to).name if phase.switch_to is not None else active
        return tuple(drugs)

    def starting_dose(self, drug: str) -> Mg | None:
        """Return the daily dose of a drug at the start; None for one that others are switched to.

        Of a weekly pattern it is the largest.
        """
        phases = [*self.phase, *(phase for event in self.history for phase in event.phase or ())]
        if any(p.switch_to is not None and catalog.drug(p.switch_to).name == drug for p in phases):
            return None  # what it begins with is known when the switches are over
        taken = self.current_of(drug)
        return None if taken is None else taken.total

    def current_of(self, drug: str) -> Current | None:
        """Return what is taken of a drug at the start; None for one that is only switched to."""
        return self._taken().get(drug)

    @property
    def goal(self) -> Mg:
        """Daily dose at the end of the last phase as first ordered: zero or a maintenance dose."""
        return self.phase[-1].goal

    @property
    def half_saturation(self) -> Mg | None:
        """Daily dose of the drug at half of the modeled occupancy; None if no model is named."""
        return self._half

    @property
    def counted(self) -> tuple[date, int] | None:
        """For the rest of a revised plan: the day from which its first cut is counted, and the number of intervals."""
        return self._counted

    def counting_from(self, anchor: tuple[date, int] | None) -> Self:
        """Return the order with its interval anchor set, so that calendar months do not drift."""
        anchored = copy(self)
        anchored._counted = anchor
        return anchored

    def allowed(self, phase: Phase, dose: Mg) -> Mg:
        """Return the largest cut that a phase with `reduce` allows at a daily dose."""
        assert phase.reduce is not None
        return phase.reduce.allowed(dose, self.current.total, self._half)

    def as_data(self) -> dict[str, Any]:
        """Return the order as plain data, as `parse_order` reads it: the same order, the same data."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)


def parse_order(data: str | Mapping[str, Any]) -> Order:
    """Read an order from TOML or JSON text, or from a mapping with the same keys.

    Raises:
        OrderError: Not an order; names the field, what is wrong and what to do.
    """
    if isinstance(data, str):
        text = data.lstrip("\ufeff")
        data = load_json(text, OrderError) if is_json(text) else load_toml(text, OrderError)
    if not isinstance(data, Mapping):
        raise OrderError("this is not an order: the outermost value must be a table of keys")
    return validate(Order, dict(data), OrderError)


def read_order(path: str | Path) -> Order:
    """Read an order from a TOML or JSON file.

    Raises:
        OrderError: The file cannot be read or is not an order; names file and field.
    """
    try:
        text = decode(read_bytes(path, OrderError), OrderError)
        return parse_order(text)
    except OrderError as problem:
        raise problem.at(file=str(path)) from None


def as_order(value: object) -> Order:
    """Return an order as it is; refuse anything else, and say how to read it."""
    if isinstance(value, Order):
        return value
    how = "taper.read_order(path) for a file, taper.parse_order(data) for text or a dict"
    raise OrderError(f"this takes an order, not {type(value).__name__!r}; read it first: {how}")
