"""taper: exact, makeable benzodiazepine tapers, checked against published guidance.

The way of the data::

    order ──plan──▶ schedule ──check──▶ report
                        ├──dispense──▶ supply
                        ├──render────▶ paper
                        ├──write_document──▶ plan document, and back
                        └──revise────▶ schedule, next revision

It computes and warns. It never chooses a dose, a step or a drug for anyone.

The names below are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taper.checker import check
    from taper.comparer import Difference, difference
    from taper.dispenser import Fill, Supply, SupplyLine, dispense
    from taper.errors import (
        CatalogError,
        MissingExtraError,
        NotMakeableError,
        OrderError,
        QuantityError,
        ScheduleError,
        StuckError,
        TaperError,
    )
    from taper.exchange.document import read_document, write_document
    from taper.exchange.fhir import write_fhir
    from taper.exchange.fhir_json import fhir_json
    from taper.exchange.ics import write_ics
    from taper.exchange.markdown import write_markdown
    from taper.exchange.reading import Reading, read_schedule
    from taper.exchange.sig import write_sigs
    from taper.exchange.sig_reader import read_sig
    from taper.exchange.table import read_table
    from taper.finding import Finding, NotEvaluated, Report, Rule, Severity, rule
    from taper.order import Order, parse_order, read_order
    from taper.planner import plan
    from taper.quantity import Mg, Ml, Pieces
    from taper.reminder import Today, today
    from taper.renderers import render
    from taper.reviser import revise
    from taper.rules import RULES
    from taper.schedule import Intake, Item, Remark, Schedule, Step
    from taper.source import Source
    from taper.variant import Variant, parse_variant

__version__ = "0.1.0"

_HOMES: dict[str, tuple[str, ...]] = {
    "checker": ("check",),
    "comparer": ("Difference", "difference"),
    "dispenser": ("Fill", "Supply", "SupplyLine", "dispense"),
    "errors": (
        "CatalogError",
        "MissingExtraError",
        "NotMakeableError",
        "OrderError",
        "QuantityError",
        "ScheduleError",
        "StuckError",
        "TaperError",
    ),
    "exchange.document": ("read_document", "write_document"),
    "exchange.reading": ("Reading", "read_schedule"),
    "exchange.fhir": ("write_fhir",),
    "exchange.fhir_json": ("fhir_json",),
    "exchange.ics": ("write_ics",),
    "exchange.markdown": ("write_markdown",),
    "exchange.sig": ("write_sigs",),
    "exchange.sig_reader": ("read_sig",),
    "exchange.table": ("read_table",),
    "finding": ("Finding", "NotEvaluated", "Report", "Rule", "Severity", "rule"),
    "order": ("Order", "parse_order", "read_order"),
    "planner": ("plan",),
    "quantity": ("Mg", "Ml", "Pieces"),
    "reminder": ("Today", "today"),
    "renderers": ("render",),
    "reviser": ("revise",),
    "rules": ("RULES",),
    "schedule": ("Intake", "Item", "Remark", "Schedule", "Step"),
    "source": ("Source",),
    "variant": ("Variant", "parse_variant"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "RULES",
    "CatalogError",
    "Difference",
    "Fill",
    "Finding",
    "Intake",
    "Item",
    "Mg",
    "MissingExtraError",
    "Ml",
    "NotEvaluated",
    "NotMakeableError",
    "Order",
    "OrderError",
    "Pieces",
    "QuantityError",
    "Reading",
    "Remark",
    "Report",
    "Rule",
    "Schedule",
    "ScheduleError",
    "Severity",
    "Source",
    "Step",
    "StuckError",
    "Supply",
    "SupplyLine",
    "TaperError",
    "Today",
    "Variant",
    "__version__",
    "check",
    "difference",
    "dispense",
    "fhir_json",
    "parse_order",
    "parse_variant",
    "plan",
    "read_document",
    "read_order",
    "read_schedule",
    "read_sig",
    "read_table",
    "render",
    "revise",
    "rule",
    "today",
    "write_document",
    "write_fhir",
    "write_ics",
    "write_markdown",
    "write_sigs",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'taper' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"taper.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
