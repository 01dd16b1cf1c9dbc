"""Every key of an order, with what it means and an example: read from the models, so that none can be missing.

>>> next(key for key in tables()[0].keys if "drug" in key.names)
Key(names=('drug',), meaning='The substance.', example='"diazepam"')
"""

from __future__ import annotations

import inspect
import json
import re
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from taper.order.order import Order
from taper.values import dataclass

_LINE = re.compile(r"^    (\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)
_WRITTEN = re.compile(r" \(written `\w+`\)")  # said of an attribute whose key is a word of Python
_ALSO = {"preset": "Instead of a rule: a published taper by its name; only `every` may stand beside it."}
"""What the keys mean that are expanded before their model is read."""
_EXPLAINED_LATER = {"current.weekly"}  # its days are those of phase.weekly
_EXAMPLES = {
    "acknowledge.by": '"A. Prescriber"',
    "acknowledge.code": '"T202"',
    "acknowledge.reason": '"quarters cut by the pharmacy"',
    "check.guidelines": '["asam-2025"]',
    "check.tables": '["nhs-scotland"]',
    "current.weekly": '{ usual = "0 mg", Monday = { bedtime = "2 mg" } }',
    "handout.emergency": '"911"',
    "handout.note": '"The office is open from 8 to 12."',
    "handout.patient": '"A. Patient"',
    "handout.pharmacy": '"Main Street Pharmacy, +1 555 0101"',
    "handout.phone": '"+1 555 0100"',
    "handout.prescriber": '"A. Prescriber"',
    "history.at_phase": "0",
    "history.by": '"A. Prescriber"',
    "history.drug": '"zopiclone"',
    "history.handed": '[{ product = "diazepam tablet 5 mg", count = "20" }]',
    "history.hash": '"1a2b..."',
    "history.merge": '{ from = "4 mg", into = "bedtime" }',
    "history.phase": '[{ reduce = "1 mg", every = "2 weeks", until = "0 mg" }]',
    "history.product": '[{ name = "diazepam tablet 5 mg", split = "halves" }]',
    "history.reason": '"sleep is worse"',
    "history.stock": '[{ product = "diazepam tablet 5 mg", count = "20" }]',
    "hold.reason": '"travel"',
    "occupancy.model": '"maudsley-2024"',
    "occupancy.table": '"ashton-2002"',
    "order.brands": '{ Valium = "diazepam" }',
    "order.country": '"US"',
    "order.drug": '"diazepam"',
    "order.max_units": "4",
    "order.reduce_first": '["bedtime"]',
    "other.current": '{ bedtime = "7.5 mg" }',
    "other.drug": '"zopiclone"',
    "patient.age": "78",
    "patient.days_per_week": "7",
    "patient.weeks_of_use": "52",
    "phase.cycles": '[["5 mg", "0 mg"]]',
    "phase.doses": '["15 mg", "7.5 mg", "0 mg"]',
    "phase.drug": '"zopiclone"',
    "phase.equivalence": '"nhs-scotland"',
    "phase.finish": "2026-12-31",
    "phase.preset": '"bnf-eighth"',
    "phase.products": '["diazepam tablet 5 mg"]',
    "phase.switch_to": '"diazepam"',
    "phase.to": '{ bedtime = "10 mg" }',
    "phase.until": '"0 mg"',
    "phase.weekly": '[{ usual = "5 mg", Monday = "2.5 mg" }]',
    "product.capacity": '"5 mL"',
    "product.device": '"1 mL oral syringe"',
    "product.drops_per_ml": "20",
    "product.drug": '"diazepam"',
    "product.form": '"tablet"',
    "product.graduation": '"0.1 mL"',
    "product.maker": '"Klonopin"',
    "product.name": '"diazepam tablet 5 mg"',
    "product.strength": '"0.5 mg"',
    "product.weight": '"170 mg"',
    "supply.max_days": "28",
    "supply.stock": '[{ product = "diazepam tablet 5 mg", count = "20" }]',
    "supply.stock.product": '"diazepam tablet 5 mg"',
}
"""Examples of what has no example in its type: free text and counts. Each is read by a test."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or several that are explained together.

    Attributes:
        names: As an order writes them.
        meaning: One line.
        example: A value as an order writes it; where words are given to choose from, all of them.
    """

    names: tuple[str, ...]
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one table of an order.

    Attributes:
        path: Where it stands, such as "phase.weekly"; "order" for the top of the file.
        heading: How it begins in the file, such as "[[phase]]"; empty for the top, and for a table inside another.
        meaning: One line.
        model: The model that reads it.
        keys: Its keys, in their order.
    """

    path: str
    heading: str
    meaning: str
    model: type[BaseModel]
    keys: tuple[Key, ...]


def tables() -> tuple[Table, ...]:
    """Return every table of an order, the top of the file first; a table that stands in several places, once.

    Times of day alone are the first keys of `current`, which may be a weekly pattern too.
    """
    schema = Order.model_json_schema(by_alias=True)
    found: dict[type[BaseModel], Table] = {}
    waiting: list[tuple[str, str, type[BaseModel]]] = [("order", "", Order)]
    while waiting:
        path, heading, model = waiting.pop(0)
        if any(issubclass(shown, model) for shown in found):
            continue
        inner = _inner_tables(path, model)
        waiting = [place for place in inner.values() if path != "order"] + waiting
        waiting += [place for place in inner.values() if path == "order"]
        meaning = (inspect.getdoc(model) or "").partition("\n")[0].partition(". ")[0].rstrip(".") + "."
        headings = {name: place[1] for name, place in inner.items() if place[1].endswith("]")}
        found[model] = Table(path, heading, meaning, model, _keys(path, model, headings, schema))
    return tuple(found.values())


def _inner_tables(path: str, model: type[BaseModel]) -> dict[str, tuple[str, str, type[BaseModel]]]:
    """Return path, heading and model of each table inside a table, by its key."""
    inner = {}
    for name, field in model.model_fields.items():
        part, several = _model(field.annotation)
        key = field.alias or name
        place = key if path == "order" else f"{path}.{key}"
        if part is not None and place not in _EXPLAINED_LATER:
            inner[key] = place, ("" if path != "order" else f"[[{key}]]" if several else f"[{key}]"), part
    return inner


def _model(annotation: object, several: bool = False) -> tuple[type[BaseModel] | None, bool]:
    """Find the model inside an optional, an annotated type or a list, and whether it is a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, several
    several = several or get_origin(annotation) is tuple
    found = [_model(argument, several) for argument in get_args(annotation)]
    # A dose that may be written as a regimen is a dose: its table is that of `current`.
    return found[0] if found and found[0][0] is not None else (None, several)


def _keys(path: str, model: type[BaseModel], headings: dict[str, str], schema: dict[str, Any]) -> tuple[Key, ...]:
    meanings = {name: " ".join(text.split()) for name, text in _LINE.findall(_attributes(model))}
    definition = schema if model is Order else schema["$defs"][model.__name__]
    rows: list[Key] = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        if name not in meanings and rows:  # explained with the one before it: "likewise the others"
            rows[-1] = Key((*rows[-1].names, key), rows[-1].meaning, rows[-1].example)
            continue
        example = headings.get(key) or _example(f"{path}.{key}", definition["properties"][key])
        rows.append(Key((key,), _WRITTEN.sub("", meanings.get(name, "")), example))
    also: tuple[str, ...] = getattr(model, "also_keys", ())
    return (*rows, *(Key((key,), _ALSO.get(key, ""), _example(f"{path}.{key}", {})) for key in also))


def _attributes(model: type[BaseModel]) -> str:
    return (inspect.getdoc(model) or "").partition("\nAttributes:\n")[2]


def _example(place: str, schema: dict[str, Any]) -> str:
    """Return an example of a key: its own, or one from the JSON Schema of its type; empty if neither has one."""
    of_order = place.replace("history.", "order.")  # what a revision changes is written as the order writes it
    if place in _EXAMPLES or of_order in _EXAMPLES:
        return _EXAMPLES.get(place) or _EXAMPLES[of_order]
    schema = schema.get("anyOf", [schema])[0]
    if "items" in schema:
        first = _example("", schema["items"]).partition(" | ")[0]
        return f"[{first}]" if first else ""
    if "enum" in schema or "const" in schema:
        return " | ".join(json.dumps(word) for word in schema.get("enum") or [schema["const"]])
    if schema.get("examples"):
        return json.dumps(schema["examples"][0])
    if schema.get("type") == "boolean":
        return "true"
    return "2026-01-05" if schema.get("format") == "date" else ""
