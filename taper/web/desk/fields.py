"""The fields of the page: every key of an order and of a revision, and how its value is typed.

A field is called by its place: `drug`, `current.bedtime`, `product.0.name`, `phase.1.weekly.0.Monday`. The shapes
below are the only list of them; a test holds it to the models that read an order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from taper.order.parts import TIMES, WEEKDAYS

Kind: TypeAlias = Literal[
    "text", "number", "truth", "flag", "lines", "times", "dose", "doses", "cycles", "pairs", "kept"
]
Table: TypeAlias = Mapping[str, "Shape"]
Shape: TypeAlias = "Kind | Table | tuple[Table]"
"""A kind of field, a table of fields, or, as a tuple of one, a list of such tables."""

Place: TypeAlias = tuple["str | int", ...]


def _of(kind: Kind, *names: str) -> dict[str, Shape]:
    return dict.fromkeys(names, kind)


_DAILY: Table = _of("text", *TIMES)
_WEEK: Table = _of("dose", "usual", *WEEKDAYS)
_CURRENT: Table = {**_DAILY, "weekly": _WEEK}
PRODUCT: Table = {
    **_of("text", "name", "maker", "split", "device", "graduation", "capacity", "weight"),
    **_of("truth", "discard", "shake"),
    **_of("text", "source", "form", "strength", "drug", "score", "label_claim"),
    "drops_per_ml": "number",
}
STOCK: Table = _of("text", "product", "count", "volume")
PHASE: Table = {
    **_of("text", "reduce", "finish", "switch_to", "preset", "every", "until", "round_to", "drug"),
    **_of("text", "equivalence", "portion"),
    "doses": "doses",
    "weekly": (_WEEK,),
    "cycles": "cycles",
    "products": "lines",
    "together": "flag",
    "switch_first": "times",
    "to": _DAILY,
}
FACTS = (
    *("opioid", "alcohol", "sedative", "pregnant", "breastfeeding", "seizures", "epilepsy", "complicated_withdrawal"),
    *("suicidal", "liver", "kidney", "lung"),
)
"""The facts about the person that are asked with yes and no."""
TOLD = ("why", "benefits", "bad_nights", "falls", "lasting", "cramps")
ORDER: Table = {
    **_of("text", "drug", "country", "start", "first_cut", "change_on", "review_every", "stop_from", "spread"),
    "max_units": "number",
    "reduce_first": "times",
    "current": _CURRENT,
    "product": (PRODUCT,),
    "phase": (PHASE,),
    "merge": _of("text", "from", "into"),
    "hold": (_of("text", "on", "for", "reason"),),
    "occupancy": _of("text", "model", "table"),
    "check": {**_of("lines", "guidelines", "tables"), "tail_allowance": "text"},
    "patient": {**_of("number", "age", "weeks_of_use", "days_per_week"), **_of("truth", *FACTS)},
    "acknowledge": (_of("text", "code", "reason", "by"),),
    "supply": {"every": "text", "max_days": "number", "end_with_step": "flag", "stock": (STOCK,)},
    "handout": {
        **_of("text", "patient", "prescriber", "phone", "pharmacy", "emergency", "note", "indication", "paper"),
        "language": "text",
        **_of("truth", *TOLD),
    },
    "other": ({"drug": "text", "current": _CURRENT},),
    "brands": "pairs",
    "history": "kept",
}
"""Every key of an order."""
REVISION: Table = {
    **_of("text", "on", "reason", "by", "drug", "hold", "hold_until", "reduce", "every", "until", "finish"),
    **_of("text", "stop_from", "since", "change_on", "review_every", "spread"),
    **_of("dose", "dose", "taken"),
    **_of("flag", "back", "undo"),
    "max_units": "number",
    "reduce_first": "times",
    "merge": _of("text", "from", "into"),
    "product": (PRODUCT,),
    "phase": (PHASE,),
    "stock": (STOCK,),
}
"""Every key of a revision that is not filled in by `revise`."""
FIELDS: Table = {**ORDER, "revise": REVISION}
"""All of the page."""

RULES: dict[str, str] = {
    "step": "reduce",
    "date": "finish",
    "published": "preset",
    "list": "doses",
    "week": "weekly",
    "cycle": "cycles",
    "switch": "switch_to",
}
"""How a phase may fall, and the key that says so. The choice is a field of its own, `phase.0.rule`."""
_OF_SWITCH = ("equivalence", "portion", "switch_first", "to")


def unread_keys(rule: str) -> frozenset[str]:
    """Return the keys of a phase that a choice leaves aside: what was typed for another one stays on the page only.

    >>> sorted(unread_keys("date"))[:3], unread_keys("")
    (['cycles', 'doses', 'equivalence'], frozenset())
    """
    if rule not in RULES:
        return frozenset()
    others = {key for name, key in RULES.items() if name != rule}
    others |= set() if rule == "switch" else {*_OF_SWITCH}
    others |= set() if rule == "step" else {"round_to"}
    others |= {"until"} if rule in ("switch", "published") else set()
    others |= {"products", "drug", "together"} if rule == "published" else set()
    return frozenset(others)


_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def field_of(error_field: str, rows: Mapping[Place, int]) -> str:
    """Return the field that an error of the order reader is about; a table's own name where it is about all of it.

    Args:
        error_field: As an error says it, such as `phase[0].doses[2]`.
        rows: Where the rows of a list stand on the page, which may have empty ones between them.

    >>> field_of("phase[0].doses[2]", {("phase", 0): 1}), field_of("current", {})
    ('phase.1.doses', 'current')
    """
    place: list[str] = []
    read: list[str | int] = []
    shape: Shape = FIELDS
    for key, index in _STEP.findall(error_field):
        if index and isinstance(shape, tuple):
            read.append(int(index))
            place.append(str(rows.get(tuple(read), int(index))))
            shape = shape[0]
        elif key and isinstance(shape, Mapping) and key in shape:
            read.append(key)
            place.append(key)
            shape = shape[key]
        else:
            break
    return ".".join(place)


def kind_of(name: str) -> Kind:
    """Return the kind of a field by its name; a field that is none of the order's is text.

    >>> kind_of("phase.0.doses"), kind_of("patient.age"), kind_of("view")
    ('doses', 'number', 'text')
    """
    shape: Shape = FIELDS
    for part in name.split("."):
        if isinstance(shape, tuple):
            shape = shape[0]
            if part.isdigit():
                continue
        if isinstance(shape, str) or part not in shape:
            return "text"
        shape = shape[part]
    return shape if isinstance(shape, str) else "text"
