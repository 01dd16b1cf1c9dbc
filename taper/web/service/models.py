"""What the addresses of the library take and give, as models: of them requests are read and OpenAPI is made."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from taper.exchange.formats import Format as ExportFormat
from taper.exchange.plan_document import Amount, Part, Ratio
from taper.exchange.record_lines import Meaning
from taper.order.parts import Day, LanguageCode, TimeOfDay
from taper.paper.renderers import Format as PaperFormat, Sheet
from taper.paper.variant import Paper


def _as(name: str) -> WithJsonSchema:
    """Mark data whose model another room reads, so that the description of the service can name it."""
    return WithJsonSchema({"type": "object", "x-model": name})


AnyOrder = Annotated[dict[str, Any], _as("Order")]
AnyPlan = Annotated[dict[str, Any], _as("PlanDocument")]
Guidelines = Annotated[list[Annotated[str, Field(max_length=80)]], Field(min_length=1, max_length=60)]
Short = Annotated[str, Field(min_length=1, max_length=200)]


class PlanRequest(Part):
    """An order to be planned and checked; `guidelines` and `tables` in place of the order's own."""

    order: AnyOrder
    guidelines: Guidelines | None = None
    tables: Guidelines | None = None


class OrderRequest(Part):
    """An order."""

    order: AnyOrder


class Subject(Part):
    """What is looked at: exactly one of an order, a plan document, and a file of another tool.

    Attributes:
        order: An order, planned first.
        plan: A plan document.
        record: A file: its text (table, calendar, FHIR as JSON or XML, eMediplan), or FHIR as JSON itself.
        record_base64: A file in base64, such as one of our PDFs.
        meaning: What of a file: what was intended, supplied or taken; the first of these if not given.
        person: Whose record, where a file holds several.
        first_day: First day of steps that have lengths but no dates.
    """

    order: AnyOrder | None = None
    plan: AnyPlan | None = None
    record: str | dict[str, Any] | list[Any] | None = None
    record_base64: str | None = None
    meaning: Meaning | None = None
    person: Annotated[str, Field(max_length=200)] | None = None
    first_day: Day | None = None


class CheckRequest(Subject):
    """What is to be checked, and by what."""

    guidelines: Guidelines | None = None
    tables: Guidelines | None = None


class ReviseRequest(Part):
    """A plan document and what changes: the keys of an entry of its history."""

    plan: AnyPlan
    change: Annotated[dict[str, Any], _as("Event")]


class DifferenceRequest(Part):
    """Two plan documents."""

    old: AnyPlan
    new: AnyPlan


class RenderRequest(Subject):
    """What is to be printed, and how; `previous` is the plan document that this one replaces."""

    to: PaperFormat
    printed_on: Day
    sheet: Sheet = "patient"
    language: LanguageCode | None = None
    paper: Paper | None = None
    variant: Annotated[str, Field(max_length=200)] | None = None
    previous: AnyPlan | None = None


class ExportRequest(Subject):
    """What is to be written for another tool, and the settings of its format, as `taper export --help` lists them."""

    to: ExportFormat
    written_on: Day | None = None
    language: LanguageCode | None = None
    style: Literal["day", "intake", "sequence", "per-step", "german-plan"] | None = None
    times: dict[TimeOfDay, Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]] | None = None
    alarm: Annotated[int, Field(ge=0, le=10_080)] | None = None
    discreet: bool | None = None
    zone: Short | None = None
    weeks: Annotated[int, Field(ge=1, le=600)] | None = None
    previous: AnyPlan | None = None
    kind: Literal["collection", "transaction"] | None = None
    subject: Short | None = None
    requester: Short | None = None
    every: Short | None = None
    by_product: bool | None = None
    spans: Literal["dates", "days"] | None = None
    author: Short | None = None
    limit: Annotated[int, Field(ge=1, le=100_000)] | None = None
    separator: Literal[",", ";", "tab"] | None = None
    decimal: Literal[".", ","] | None = None
    bom: bool | None = None


class ConvertRequest(Part):
    """A drug and its dose, such as "lorazepam 2 mg", and the other drug."""

    dose: Short
    to: Short


class OptionPart(Part):
    """An order with one change, or as it stands, and what it leads to.

    Attributes:
        lines: Lines for the order; none for the order as it stands.
        stopped_on: First day without the drug; null for a maintenance goal.
        ends: Last day of the last step.
        cuts: Number of cuts.
        largest_cut: The largest of them as a part of the dose before it; null if there is none but stops.
        split_days: Days on which a tablet is split.
        findings: How many there are of each severity.
    """

    lines: list[str]
    stopped_on: Day | None
    ends: Day
    cuts: int
    largest_cut: Ratio | None
    split_days: int
    findings: dict[Literal["note", "warning", "alert"], int]


class OptionsDocument(Part):
    """An order as it stands, if it works, and with each single change; the first lines are no recommendation."""

    options: list[OptionPart]


class CitedPart(Part):
    """Where a fact stands."""

    title: str
    edition: str
    locator: str
    url: str
    status: str


class ConvertedPart(Part):
    """What one equivalence table makes of a dose; its `low` and `high` differ where it prints a range."""

    table: str
    low_mg: Amount
    high_mg: Amount
    sources: list[CitedPart]


class ConversionDocument(Part):
    """What each table makes of a dose, and the tables in which no value was read."""

    drug: str
    dose_mg: Amount
    to: str
    values: list[ConvertedPart]
    no_value: list[str]


class DrugPart(Part):
    """A drug: name, class, and its codes by system."""

    name: str
    drug_class: str
    codes: dict[str, str]
    source: CitedPart


class DrugsDocument(Part):
    """The drugs of the catalog."""

    drugs: list[DrugPart]


class ProductPart(Part):
    """A product: strength is mg in a piece, or in 1 mL of a liquid."""

    name: str
    drug: str
    form: str
    strength_mg: Amount
    liquid: bool
    maker: str | None
    score: str
    label_claim: str
    code: str
    source: CitedPart


class ProductsDocument(Part):
    """The products of a country."""

    country: str
    products: list[ProductPart]


class GuidelinePart(Part):
    """A guideline: how many limits of it are checked, and what of it was not read."""

    id: str
    title: str
    short: str
    edition: str
    country: str
    limits: int
    not_read: str
    source: CitedPart


class GuidelinesDocument(Part):
    """The guidelines."""

    guidelines: list[GuidelinePart]


class RulePart(Part):
    """A rule of the checker, in its own words."""

    code: str
    name: str
    since: str
    what: str
    why: str
    what_to_do: str


class RulesDocument(Part):
    """The rules of the checker."""

    rules: list[RulePart]


class HealthDocument(Part):
    """Whether the service lives, and which version it is."""

    status: Literal["ok", "starting", "ending"]
    version: str


class ProblemDocument(Part):
    """A problem (RFC 9457); `field` is the place in the request, `ways_out` are changes that were planned and work."""

    type: str
    title: str
    status: int
    detail: str | None = None
    field: str | None = None
    step: int | None = None
    ways_out: list[str] | None = None
    request_id: str | None = None
