"""The JSON Schemas (2020-12) of what this library writes as JSON: `taper schema` prints them.

Each has the name that stands in its documents as `schema`, and an identifier made of it. The models of the plan
document are those by which it is read; the others say what is written, and tests hold what is written to them.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, Field

from taper.exchange.plan_document import (
    Amount,
    FindingPart,
    IntakePart,
    Part,
    PlanDocument,
    ReportPart,
    SupplyPart,
)
from taper.order.history import Event
from taper.order.order import Order
from taper.order.parts import Day

Kind = Literal["plan", "order", "report", "today", "diff"]
KINDS: tuple[Kind, ...] = ("plan", "order", "report", "today", "diff")

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class ReportDocument(ReportPart):
    """What the checker says of a schedule: `taper check --json`."""

    schema_: Literal["taper-report/1"] = Field(alias="schema")


class NextChangePart(Part):
    """The next day on which something changes.

    Attributes:
        day: The day.
        stop: Whether nothing is taken from this day on.
        weekly: Whether the doses that begin are not the same every day.
        intakes: What is taken on it.
    """

    day: Day
    stop: bool
    weekly: bool
    intakes: list[IntakePart]


class TodayDocument(Part):
    """One day of a plan: `taper today --json`.

    Attributes:
        day: The day.
        state: Before the plan; a day with a dose; a day without; a day of which the plan says nothing; without the drug
            from now on; after a plan that names no stop.
        step: Number of the step; null outside the steps.
        step_end: Last day of the step.
        intakes: What is taken.
        tomorrow: What is taken on the next day, where it differs because the step has a pattern; else null.
        change: What changes next, and when; null if nothing does.
        review: Next day of review, this day included.
        fill_start: First day of the fill that is running.
        fill_end: Its last day.
        days_left: Days that this fill still covers, this day included.
        next_fill: Day of the next fill.
        left: What is left of each product at the end of the day; null where that is not known.
    """

    schema_: Literal["taper-today/1"] = Field(alias="schema")
    day: Day
    state: Literal["before", "dose", "none", "gap", "stopped", "over"]
    step: int | None
    step_end: Day | None
    intakes: list[IntakePart]
    tomorrow: list[IntakePart] | None
    change: NextChangePart | None
    review: Day | None
    fill_start: Day | None
    fill_end: Day | None
    days_left: int | None
    next_fill: Day | None
    left: list[SupplyPart] | None


class EditionPart(Part):
    """The identity of one of the two plans; `plan_id` is empty for a record from elsewhere."""

    plan_id: str
    revision: int


class ChangedDaysPart(Part):
    """Days in a row that differ alike.

    Attributes:
        first: First day.
        last: Last day.
        days: How many.
        kind: Another dose, or the same dose of other pieces.
        before: What was taken; null where the plan has no such day.
        after: What is taken now; likewise.
    """

    first: Day
    last: Day
    days: int
    kind: Literal["dose", "pieces"]
    before: list[IntakePart] | None
    after: list[IntakePart] | None


class StretchPart(Part):
    """The same as people read it; `changes` holds the places of those that it has."""

    first: Day
    last: Day
    changes: list[int]


class MovedPart(Part):
    """The first day without the drug, before and after, null for none; `days` says how much later it is."""

    before: Day | None
    after: Day | None
    days: int | None


class SupplyChangePart(Part):
    """What a product is needed more or less: over the whole plan, and from the first day that differs on (`later`)."""

    product: str
    unit: Literal["pieces", "mL"]
    before: Amount
    after: Amount
    later_before: Amount
    later_after: Amount
    gained: Amount
    lost: Amount


class DiffDocument(Part):
    """How one plan differs from another: `taper diff --json`.

    Attributes:
        old: The first plan.
        new: The second plan.
        same_plan: Whether they are revisions of one plan.
        swapped: Whether the second is the earlier one.
        from_day: First day that differs, or null.
        changes: Runs of days that differ.
        stretches: The same as people read it.
        moved: The end of the plan, if it moved.
        supply: What it means for each product.
        findings_gone: Findings that only the first has.
        findings_new: Findings that only the second has.
        history_gone: Entries of the history that only the first has.
        history_new: Entries of the history that only the second has.
        order_keys: Keys of the order that differ.
    """

    schema_: Literal["taper-diff/1"] = Field(alias="schema")
    old: EditionPart
    new: EditionPart
    same_plan: bool
    swapped: bool
    from_day: Day | None
    changes: list[ChangedDaysPart]
    stretches: list[StretchPart]
    moved: MovedPart | None
    supply: list[SupplyChangePart]
    findings_gone: list[FindingPart]
    findings_new: list[FindingPart]
    history_gone: list[dict[str, Any]]
    history_new: list[dict[str, Any]]
    order_keys: list[str]


_NAMES: dict[Kind, str] = {
    "plan": "taper-plan/1",
    "order": "taper-order/1",
    "report": "taper-report/1",
    "today": "taper-today/1",
    "diff": "taper-diff/1",
}
_MODELS: dict[Kind, type[BaseModel]] = {
    "plan": PlanDocument,
    "order": Order,
    "report": ReportDocument,
    "today": TodayDocument,
    "diff": DiffDocument,
}
_INSIDE: dict[Kind, tuple[tuple[str, type[BaseModel], tuple[str, ...]], ...]] = {
    "plan": (("Order", Order, ("order",)),),
    "diff": (("Event", Event, ("history_gone", "history_new")),),
}
"""Models of which a document holds the plain data, by their names, and the keys at which it does."""


def schema(of: Kind = "plan") -> dict[str, Any]:
    """Return the JSON Schema of a document.

    Args:
        of: Of which: ``plan``, ``order``, ``report``, ``today`` or ``diff``.

    >>> schema("today")["$id"]
    'urn:taper:schema:taper-today:1'
    """
    made = _MODELS[of].model_json_schema(by_alias=True)
    made.setdefault("$defs", {})
    for name, model, keys in _INSIDE.get(of, ()):
        inner = model.model_json_schema(by_alias=True)
        made["$defs"] |= inner.pop("$defs", {})
        made["$defs"][name] = inner
        for key in keys:
            _put(made["properties"][key], {"$ref": f"#/$defs/{name}"})
    identifier = f"urn:taper:schema:{_NAMES[of].replace('/', ':')}"
    return {"$schema": DIALECT, "$id": identifier} | _explained(made)


def order_schema() -> dict[str, Any]:
    """Return the JSON Schema of an order."""
    return schema("order")


def _put(place: dict[str, Any], reference: dict[str, str]) -> None:
    """Put a reference in place of an object of any kind, in a list or beside null."""
    if place.get("type") == "array":
        place["items"] = reference
        return
    del place["anyOf"]
    place["anyOf"] = [reference, {"type": "null"}]


def _explained(made: dict[str, Any]) -> dict[str, Any]:
    """Describe each property with its line of the docstring."""
    for definition in (made, *made["$defs"].values()):
        summary, _, attributes = definition.get("description", "").partition("\n\nAttributes:\n")
        if summary:
            definition["description"] = " ".join(summary.split())
        lines = re.findall(r"^    (\w+): (.+(?:\n {8}.+)*)", attributes, re.MULTILINE)
        for name, text in lines:
            name = {"length": "for", "at_most": "from"}.get(name, name)  # keys whose names are keywords of Python
            definition["properties"][name]["description"] = " ".join(text.split())
    return made
