"""The order: what the clinician decided, read from TOML, JSON or Python.

An order names a drug, today's regimen, the products that the pharmacy will supply and how they may
be split, and the phases of the taper. It is checked here for what can be known without planning:
names, units, dates, splitting that is physically impossible. Nothing is corrected or completed
silently: what is not understood is refused, with the right way to write it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, PrivateAttr, model_validator

from taper import catalog
from taper.errors import OrderError, located
from taper.occupancy import half_saturation, models
from taper.order_parts import (
    WEEKDAYS,
    Acknowledgment,
    Check,
    Day,
    Dose,
    Filling,
    Handout,
    Hold,
    Occupancy,
    Part,
    Patient,
    Phase,
    Regimen,
    Span,
    TimeOfDay,
    Words,
)
from taper.ordered_product import OrderedProduct, ProductLine, resolve_products
from taper.presets import in_schema, with_presets
from taper.quantity import Mg
from taper.reader import decode, load_json, load_toml, read_bytes, validate

TYPING_ERROR_FACTOR = 100  # a daily dose above this many WHO defined daily doses is a slip of the pen


class Order(Part):
    """What the clinician decided. See the module docstring and `taper schema`.

    Attributes:
        drug: The substance.
        country: Two-letter code of the country whose products are used.
        start: First day of the plan; the current dose is kept until the first cut.
        current: Today's regimen.
        product: The products that the pharmacy will supply.
        phase: The phases, one after the other; a preset is expanded into the phases that it stands for.
        first_cut: Day of the first cut; one interval after `start` if not said.
        change_on: Day of the week on which doses change; a cut is moved later to reach it.
        review_every: Time between reviews, marked on the calendar.
        stop_from: The last step to zero may be made from this daily dose or less.
        max_units: Most pieces in one intake.
        spread: Where cuts fall: "even" levels the times of day (so it is if nothing is said).
        reduce_first: Instead of `spread`: times of day to be emptied first, in order.
        hold: Pauses.
        occupancy: Model of receptor occupancy, for phases that reduce by points of it.
        check: What the checker measures by.
        patient: Facts about the person.
        acknowledge: Findings that the clinician has seen.
        supply: How often the pharmacy hands out.
        handout: Lines for the paper.
    """

    model_config = ConfigDict(json_schema_extra=in_schema)

    drug: Words
    country: Words
    start: Day
    first_cut: Day | None = None
    change_on: Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] | None = None
    review_every: Span | None = None
    stop_from: Dose | None = None
    max_units: Annotated[int, Field(ge=1, le=60)] = 8
    spread: Literal["even"] | None = None
    reduce_first: Annotated[tuple[TimeOfDay, ...], Field(min_length=1, max_length=4, strict=False)] | None = None
    current: Regimen
    product: Annotated[tuple[ProductLine, ...], Field(min_length=1, max_length=12, strict=False)]
    phase: Annotated[tuple[Phase, ...], Field(min_length=1, max_length=40, strict=False)]
    hold: Annotated[tuple[Hold, ...], Field(max_length=40, strict=False)] = ()
    occupancy: Occupancy | None = None
    check: Check = Field(default_factory=Check)
    patient: Patient = Field(default_factory=Patient)
    acknowledge: Annotated[tuple[Acknowledgment, ...], Field(max_length=40, strict=False)] = ()
    supply: Filling | None = None
    handout: Handout = Field(default_factory=Handout)
    _products: tuple[OrderedProduct, ...] = PrivateAttr(default=())
    _half: Mg | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _presets(cls, data: object) -> object:
        return with_presets(data)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        with located("drug"):
            substance = catalog.drug(self.drug)
        with located("country"):
            catalog.products(self.country, substance.name)
        self._no_typing_error(substance)
        self._dates()
        self._doses()
        if self.spread and self.reduce_first:
            raise OrderError("spread and reduce_first both say where cuts fall; keep one", field="spread")
        for time in self.reduce_first or ():
            if time not in self.current.by_time():
                raise OrderError(f"nothing is taken at {time}; name times that [current] has", field="reduce_first")
        if len(set(self.reduce_first or ())) != len(self.reduce_first or ()):
            raise OrderError("a time of day is named twice; keep one", field="reduce_first")
        self._products = resolve_products(self.product, substance.name, self.country)
        self._half = self._half_saturation(substance.name)
        return self

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

    def _no_typing_error(self, substance: catalog.Drug) -> None:
        if substance.ddd is None or self.current.total <= substance.ddd.mg * TYPING_ERROR_FACTOR:
            return
        raise OrderError(
            f"{self.current.total} of {substance.name} a day is more than {TYPING_ERROR_FACTOR} times the WHO defined "
            f"daily dose ({substance.ddd.mg}), so it is taken for a slip of the pen; check the number and the unit",
            field="current",
        )

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

    def _doses(self) -> None:
        above, what = self.current.total, "the current daily dose"
        for index, phase in enumerate(self.phase):
            if phase.doses is not None:
                if phase.until is not None and phase.until != phase.goal:
                    raise OrderError(
                        f"the typed doses end at {phase.goal}, but until says {phase.until}; leave until out",
                        field=f"phase[{index}].until",
                    )
                if not all(d.total if isinstance(d, Regimen) else d for d in phase.doses[:-1]):
                    raise OrderError(
                        "a dose of zero before the last one; end the list there",
                        field=f"phase[{index}].doses",
                    )
            elif phase.goal >= above:
                raise OrderError(
                    f"{phase.goal} is not below {what}, {above}; there is nothing to reduce",
                    field=f"phase[{index}].until",
                )
            if not phase.goal and index + 1 < len(self.phase):
                raise OrderError("this phase stops the drug, so no phase can follow", field=f"phase[{index}].until")
            above, what = phase.goal, "the end of the phase before it"
        if self.stop_from is not None and not self.stop_from:
            raise OrderError("0 mg allows nothing; leave stop_from out or name a dose", field="stop_from")

    @property
    def products(self) -> tuple[OrderedProduct, ...]:
        """The ordered products, looked up in the catalog."""
        return self._products

    @property
    def goal(self) -> Mg:
        """Daily dose at the end of the plan: zero, or a maintenance dose."""
        return self.phase[-1].goal

    @property
    def half_saturation(self) -> Mg | None:
        """Daily dose of the drug at half of the modeled occupancy; None where no model is named."""
        return self._half

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
        data = load_json(text, OrderError) if text.lstrip()[:1] in ("{", "[") else load_toml(text, OrderError)
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
