"""The addresses of the library: the deed behind each, what it takes, and what it gives."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from taper.exchange.plan_document import PlanDocument
from taper.exchange.schemas import DiffDocument, ReportDocument
from taper.values import dataclass
from taper.web.service import models


@dataclass(frozen=True)
class Endpoint:
    """One address.

    Attributes:
        path: Where.
        deed: Key of `taper.web.service.deeds.DEEDS`.
        summary: What it does.
        takes: Model of the body; None for an address that is only read.
        gives: Model of the answer, or the media types of a file.
        query: Names of parameters, with what each means.
    """

    path: str
    deed: str
    summary: str
    takes: type[BaseModel] | None
    gives: type[BaseModel] | tuple[str, ...] | None
    query: tuple[tuple[str, str], ...] = ()

    @property
    def method(self) -> Literal["GET", "POST"]:
        """How it is asked."""
        return "GET" if self.takes is None else "POST"


_PAPERS = ("application/pdf", "text/html", "text/plain")
_FILES = ("text/calendar", "application/fhir+json", "text/csv", "text/markdown", "text/plain", "application/json")

ENDPOINTS = (
    Endpoint("/v1/plan", "plan", "Plan and check an order", models.PlanRequest, PlanDocument),
    Endpoint(
        "/v1/check", "check", "Check an order, a plan, or another tool's file", models.CheckRequest, ReportDocument
    ),
    Endpoint(
        "/v1/options",
        "options",
        "Compare an order with each single change that reaches its goal",
        models.OrderRequest,
        models.OptionsDocument,
    ),
    Endpoint("/v1/revise", "revise", "Make the next revision of a plan", models.ReviseRequest, PlanDocument),
    Endpoint("/v1/difference", "difference", "Compare two plans", models.DifferenceRequest, DiffDocument),
    Endpoint("/v1/render", "render", "Print one paper", models.RenderRequest, _PAPERS),
    Endpoint("/v1/export", "export", "Write a file for another tool", models.ExportRequest, _FILES),
    Endpoint(
        "/v1/convert", "convert", "Convert a dose by every table", models.ConvertRequest, models.ConversionDocument
    ),
    Endpoint("/v1/drugs", "drugs", "List the drugs", None, models.DrugsDocument),
    Endpoint(
        "/v1/products",
        "products",
        "List the products of a country",
        None,
        models.ProductsDocument,
        (("country", "Two-letter code of the country."), ("drug", "Name of a drug; all if not given.")),
    ),
    Endpoint("/v1/guidelines", "guidelines", "List the guidelines", None, models.GuidelinesDocument),
    Endpoint("/v1/rules", "rules", "List the rules of the checker", None, models.RulesDocument),
    Endpoint(
        "/v1/schema",
        "schema",
        "JSON Schema of a document",
        None,
        None,
        (("of", "Which: plan, order, report, today or diff; plan if not given."),),
    ),
)

REQUIRED: frozenset[str] = frozenset({"country"})
"""Parameters that must be given."""
VALUES: dict[str, dict[str, Any]] = {
    "of": {"enum": ["plan", "order", "report", "today", "diff"], "default": "plan"},
}
"""What a parameter may be, beside those whose values are the catalog's."""

_ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "halves"},
    ],
    "phase": [{"reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg"}],
    "check": {"guidelines": ["asam-2025"]},
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "plan": {"order": _ORDER},
    "check": {"record": "start,end,time,drug,dose_mg\n2026-01-05,2026-01-18,morning,diazepam,10\n"},
    "options": {"order": _ORDER},
    "render": {"order": _ORDER, "to": "html", "sheet": "patient", "printed_on": "2026-01-02"},
    "export": {"order": _ORDER, "to": "ics", "written_on": "2026-01-02"},
    "convert": {"dose": "lorazepam 2 mg", "to": "diazepam"},
}
"""A request for each address that takes no plan document."""
