"""The parts of an order, each a small frozen model with its own checks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from taper import catalog
from taper.errors import OrderError, brief, located
from taper.interval import Interval, parse_day, parse_interval
from taper.loading import validate
from taper.order.reduction import Reduction, Rounding, parse_reduction, parse_rounding
from taper.quantity import Mg, Ml, Pieces, parse_mg, parse_ml

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Weekday: TypeAlias = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
LanguageCode: TypeAlias = Literal["en", "en-US", "en-GB", "fr", "nl", "de", "es", "ar"]
TimeOfDay: TypeAlias = Literal["morning", "noon", "evening", "bedtime"]
SpreadPolicy: TypeAlias = Literal["even", "alternate", "night"]
TIMES: tuple[TimeOfDay, ...] = ("morning", "noon", "evening", "bedtime")


def on_weekday(day: date, weekday: Weekday) -> date:
    """Return the first day on or after a day that is a day of the week.

    >>> on_weekday(date(2026, 1, 6), "Monday")
    datetime.date(2026, 1, 12)
    """
    return day + timedelta(days=(WEEKDAYS.index(weekday) - day.weekday()) % 7)


def _reader(kind: type, parse: Any) -> PlainValidator:
    return PlainValidator(lambda value: value if isinstance(value, kind) else parse(value))


_as_text = PlainSerializer(str, return_type=str)
_DOSE = {"type": "string", "examples": ["2.5 mg", "500 mcg"]}
Dose = Annotated[Mg, _reader(Mg, parse_mg), _as_text, WithJsonSchema(_DOSE)]
Span = Annotated[
    Interval,
    _reader(Interval, parse_interval),
    _as_text,
    WithJsonSchema({"type": "string", "examples": ["2 weeks", "10 days", "1 month"]}),
]
Reduce = Annotated[
    Reduction,
    _reader(Reduction, parse_reduction),
    _as_text,
    WithJsonSchema({"type": "string", "examples": ["10% of current, at least 1 mg", "10% of start", "1 mg"]}),
]
RoundTo = Annotated[
    Rounding,
    _reader(Rounding, parse_rounding),
    _as_text,
    WithJsonSchema({"type": "string", "examples": ["5 mg above 20 mg", "1 mg"]}),
]
Day = Annotated[date, BeforeValidator(parse_day)]


def _pieces(value: object) -> Pieces:
    if not isinstance(value, (str, int, Decimal)) or isinstance(value, bool):
        raise OrderError(f'{brief(value)} is not a number of tablets; write it as "12" or "12.5"')
    written = str(value).strip()
    if not _COUNT.match(written):
        raise OrderError(f'{written[:40]!r} is not a number of tablets; write it as "12" or "12.5"')
    pieces = Pieces(written)
    if pieces.value.denominator not in (1, 2, 4):
        raise OrderError(f"{written} tablets cannot be: only whole ones, halves and quarters")
    return pieces


_COUNT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?\Z")
Count = Annotated[
    Pieces,
    _reader(Pieces, _pieces),
    PlainSerializer(lambda pieces: pieces.number, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["12", "12.5"]}),
]
Volume = Annotated[Ml, _reader(Ml, parse_ml), _as_text, WithJsonSchema({"type": "string", "examples": ["30 mL"]})]
_PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$"
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=_PRINTABLE)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=_PRINTABLE)]


class Part(BaseModel):
    """A part of an order: frozen, unknown keys rejected, nothing converted silently."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, strict=True)

    def changed(self, **changes: Any) -> Self:
        """Return the part with some of its keys changed, checked as a whole; None removes a key.

        Raises:
            OrderError: The keys do not go together.
        """
        given = {type(self).model_fields[name].alias or name: getattr(self, name) for name in self.model_fields_set}
        return validate(
            type(self), {key: value for key, value in (given | changes).items() if value is not None}, OrderError
        )


class DailyDoses(Part):
    """Today's doses, by time of day.

    Attributes:
        morning: Dose in mg, likewise the others; a time of day that is not used is left out.
    """

    morning: Dose | None = None
    noon: Dose | None = None
    evening: Dose | None = None
    bedtime: Dose | None = None

    def by_time(self) -> dict[TimeOfDay, Mg]:
        """Return the doses that are taken, in the order of the day."""
        doses = {time: getattr(self, time) for time in TIMES}
        return {time: dose for time, dose in doses.items() if dose is not None}

    @property
    def total(self) -> Mg:
        """The daily dose."""
        return sum(self.by_time().values(), Mg(0))

    @model_validator(mode="after")
    def _some(self) -> Self:
        self._doses()
        return self

    def _doses(self) -> None:
        if not self.by_time():
            raise OrderError('no dose is given; write for example bedtime = "10 mg"')
        for time, dose in self.by_time().items():
            if not dose:
                raise OrderError("a dose of zero; leave the time of day out if nothing is taken then", field=time)


TYPING_ERROR_FACTOR = 100  # a daily dose above this many WHO defined daily doses is a typing error


def refuse_typing_error(substance: catalog.Drug, current: DailyDoses, field: str) -> None:
    """Refuse a daily dose so high that it must be a typing error."""
    if substance.ddd is None or current.total <= substance.ddd.mg * TYPING_ERROR_FACTOR:
        return
    raise OrderError(
        f"{current.total} of {substance.name} a day is more than {TYPING_ERROR_FACTOR} times the WHO defined "
        f"daily dose ({substance.ddd.mg}), so it is probably a typing error; check the number and the unit",
        field=field,
    )


def blank_by_time(times: Iterable[TimeOfDay]) -> str:
    """Return doses by time of day for a reader to fill in: a message names no dose that was not written.

    >>> blank_by_time(["morning", "bedtime"])
    '{morning = "… mg", bedtime = "… mg"}'
    """
    return "{" + ", ".join(f'{time} = "… mg"' for time in times) + "}"


def _typed_dose(value: object) -> Mg | DailyDoses:
    return DailyDoses.model_validate(value) if isinstance(value, (dict, DailyDoses)) else _as_mg(value)


def _as_mg(value: object) -> Mg:
    return value if isinstance(value, Mg) else parse_mg(value)


def _typed_text(value: Mg | DailyDoses) -> str | dict[str, str]:
    if isinstance(value, Mg):
        return str(value)
    return {time: str(dose) for time, dose in value.by_time().items()}


TypedDose = Annotated[
    Mg | DailyDoses,
    PlainValidator(_typed_dose),
    PlainSerializer(_typed_text),
    WithJsonSchema({"anyOf": [_DOSE, {"type": "object", "description": "doses by time of day, as in current"}]}),
]


class Occupancy(Part):
    """The occupancy model; needed if a phase reduces by points of occupancy.

    Attributes:
        model: Id of the model, such as "maudsley-2024".
        table: Equivalence table by which a drug other than diazepam is converted: an assumption.
    """

    model: Words
    table: Words | None = None


class Hold(Part):
    """A pause: the dose of that day is kept for longer.

    Attributes:
        on: A day of the step that is to last longer.
        length: By how much (written `for`).
        reason: Why, for the record.
    """

    on: Day
    length: Span = Field(alias="for")
    reason: Words | None = None


class Merge(Part):
    """Taking the whole daily dose at one time of day, near the end.

    Attributes:
        at_most: From this daily dose or less on (written `from`).
        into: The time of day at which it is taken.
    """

    at_most: Dose = Field(alias="from")
    into: TimeOfDay

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.at_most:
            raise OrderError('0 mg merges nothing; name a daily dose, such as from = "4 mg"', field="from")
        return self


def _once(name: str, before: tuple[str, ...]) -> None:
    if name in before:
        raise OrderError(f"'{name}' is named twice; keep one")


def _code(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[A-Z][0-9]{3}", value):
        raise OrderError(f"{brief(value)} is not the code of a rule; write it as the finding does, such as T101")
    return value


class Check(Part):
    """What the checker compares the plan with.

    Attributes:
        guidelines: Ids of the guidelines that judge the pace; if not given, those of the country.
        tables: Ids of equivalence tables; if not given, those that the guidelines print themselves.
        tail_allowance: Diazepam equivalent that may always be cut within a window, near the end, instead of what the
            checker works out from the products; 2.5 mg at most.
    """

    guidelines: Annotated[tuple[Words, ...], Field(min_length=1, max_length=40, strict=False)] | None = None
    tables: Annotated[tuple[Words, ...], Field(min_length=1, max_length=40, strict=False)] | None = None
    tail_allowance: Dose | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        for index, guideline in enumerate(self.guidelines or ()):
            with located(f"guidelines[{index}]"):
                catalog.guideline(guideline)
                _once(guideline, (self.guidelines or ())[:index])
        for index, table in enumerate(self.tables or ()):
            with located(f"tables[{index}]"):
                catalog.table(table)
                _once(table, (self.tables or ())[:index])
        return self


class Acknowledgment(Part):
    """A finding that the clinician has seen and goes against.

    Attributes:
        code: Code of the rule.
        reason: Why.
        by: Who.
    """

    code: Annotated[str, BeforeValidator(_code), StringConstraints(pattern=r"^[A-Z][0-9]{3}$")]
    reason: Words
    by: Words


class Stock(Part):
    """An amount of one product that is at hand.

    Attributes:
        product: Name of the product, as in the order.
        count: Tablets or capsules, such as "12" or "12.5"; of a liquid leave it out.
        volume: Volume of a liquid, such as "30 mL".
    """

    product: Words
    count: Count | None = None
    volume: Volume | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.count is None) == (self.volume is None):
            raise OrderError('write either count = "12" (tablets) or volume = "30 mL"', field="count")
        return self


class Filling(Part):
    """How often the pharmacy hands out, for how long at most, and what is at hand already.

    Attributes:
        every: Time from one fill to the next, such as "4 weeks"; up to the next review or 28 days if not given.
        max_days: Most days of supply in one fill; without `every`, the length of each fill.
        end_with_step: Whether a fill ends early when the doses change, so that the next begins on that day.
        stock: What is at hand at the start; it is used first.
    """

    every: Span | None = None
    max_days: Annotated[int, Field(ge=1, le=366)] | None = None
    end_with_step: bool = False
    stock: Annotated[tuple[Stock, ...], Field(max_length=24, strict=False)] = ()

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.every is None or self.max_days is None:
            return self
        longest = self.every.days or self.every.months * 31
        if longest > self.max_days:
            raise OrderError(
                f"a fill every {self.every} is for up to {longest} days, more than max_days, {self.max_days}; "
                "fill more often or allow more days",
                field="every",
            )
        return self


class Handout(Part):
    """Lines to print on the patient's paper, and what it tells; all optional.

    Attributes:
        patient: Name of the patient.
        prescriber: Name of the prescriber.
        phone: Number to call with questions.
        pharmacy: Name or number of the pharmacy.
        emergency: What to call in an emergency, in place of the number that was read for the country.
        note: A note of the clinic, printed on the page of what to do.
        indication: What the medicine was taken for: it chooses which therapy the paper names; both if not given.
        paper: Size of the paper.
        language: Language of the patient's paper; English if not given, in every country. The country decides how
            English is written; `en-US` and `en-GB` name one.
        why: Whether the paper tells why the dose falls slowly; it does if not given.
        benefits: Whether a plan that ends with a stop tells what is gained; it does if not given.
        bad_nights: Whether the paper tells that bad nights pass; it does if not given.
        falls: Whether the paper tells of falls and driving; from the age of 65 on if not given.
        lasting: Whether the paper tells that some symptoms can last for months; it does not if not given.
        cramps: Whether the paper tells of cramps, restless legs and magnesium; it does not if not given.
    """

    patient: Words | None = None
    prescriber: Words | None = None
    phone: Words | None = None
    pharmacy: Words | None = None
    emergency: Words | None = None
    note: Note | None = None
    indication: Literal["sleep", "anxiety", "other"] | None = None
    paper: Literal["a4", "letter"] | None = None
    language: LanguageCode | None = None
    why: bool | None = None
    benefits: bool | None = None
    bad_nights: bool | None = None
    falls: bool | None = None
    lasting: bool | None = None
    cramps: bool | None = None
