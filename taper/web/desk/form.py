r"""The order as the fields of a form, and back: what is typed becomes what `parse_order` reads, and nothing else.

An order becomes fields, the fields become the equal order. An empty field says nothing; what cannot be read as the
value of its key goes to the order reader as it was typed, so that the answer is that of the command line.

>>> fields = to_fields({"drug": "diazepam", "phase": [{"doses": ["5 mg", {"bedtime": "2 mg"}], "every": "1 week"}]})
>>> fields["phase.0.doses"]
'5 mg\nbedtime 2 mg'
>>> from_fields(fields).data["phase"]
[{'every': '1 week', 'doses': ['5 mg', {'bedtime': '2 mg'}]}]
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from taper.order.parts import TIMES
from taper.values import dataclass
from taper.web.desk.fields import FIELDS, RULES, Kind, Place, Shape, Table, unread_keys

_WHOLE = re.compile(r"[0-9]{1,9}\Z")
_INTAKE = re.compile(rf"({'|'.join(TIMES)})\s*:?\s+(\S.*)\Z", re.IGNORECASE)
_YES, _NO = "yes", "no"


@dataclass(frozen=True)
class Said:
    """What the fields of a form say.

    Attributes:
        data: The order as plain data, as far as it was said.
        revision: A change to the plan, as far as it was said.
        rows: Where each row of a list stands on the page; an empty row is none.
    """

    data: dict[str, Any]
    revision: dict[str, Any]
    rows: dict[Place, int]


def to_fields(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of an order's data.

    Args:
        data: As `Order.as_data` gives it, or any part of an order.
    """
    fields: dict[str, str] = {}
    _write_table(FIELDS, _with_brand(data), "", fields)
    return fields


def from_fields(fields: Mapping[str, str]) -> Said:
    """Return what the fields say.

    Args:
        fields: Texts by the names of their fields; names that are none are left aside.
    """
    rows: dict[Place, int] = {}
    tree = _tree(fields)
    data = _read_table(FIELDS, tree, (), (), rows)
    return Said(data, data.pop("revise", {}), rows)


def _with_brand(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Call the drug by its brand again, so that another drug typed over it does not keep the brand."""
    brands = dict(data.get("brands") or {})
    brand = next((name for name, drug in brands.items() if drug == data.get("drug")), None)
    if brand is None:
        return data
    del brands[brand]
    return {**data, "drug": brand, "brands": brands}


def _write_table(table: Table, data: Mapping[str, Any], prefix: str, fields: dict[str, str]) -> None:
    for key, shape in table.items():
        value = data.get(key)
        if value is None or value in ((), [], {}):
            continue
        name = f"{prefix}{key}"
        if isinstance(shape, str):
            fields[name] = _WRITE[shape](value)
        elif isinstance(shape, tuple):
            for number, row in enumerate(value):
                _write_table(shape[0], row, f"{name}.{number}.", fields)
        else:
            _write_table(shape, value, f"{name}.", fields)
    rule = next((rule for rule, key in RULES.items() if key in data), None) if "preset" in table else None
    if rule is not None:
        fields[f"{prefix}rule"] = rule


def _tree(fields: Mapping[str, str]) -> dict[str, Any]:
    """Put fields into tables by their names."""
    tree: dict[str, Any] = {}
    for name, text in fields.items():
        *parents, last = name.split(".")
        here: Any = tree
        for part in parents:
            here = here.setdefault(part, {})
            if not isinstance(here, dict):
                break
        else:
            here.setdefault(last, text)
    return tree


def _read_table(
    table: Table, tree: Mapping[str, Any], place: Place, read: Place, rows: dict[Place, int]
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    rule = tree.get("rule")
    unread = unread_keys(rule) if "preset" in table and isinstance(rule, str) else frozenset[str]()
    for key, shape in table.items():
        if key in tree and key not in unread:
            value = _read(shape, tree[key], (*place, key), (*read, key), rows)
            if value is not None and value != {} and value != []:
                data[key] = value
    return data


def _read(shape: Shape, typed: Any, place: Place, read: Place, rows: dict[Place, int]) -> Any:
    if isinstance(shape, str):
        text = typed.replace("\r\n", "\n").strip() if isinstance(typed, str) else ""
        return _READ[shape](text) if text else None
    if not isinstance(typed, dict):
        return None
    if not isinstance(shape, tuple):
        return _read_table(shape, typed, place, read, rows)
    found: list[Any] = []
    for number in sorted((key for key in typed if _WHOLE.match(key) and isinstance(typed[key], dict)), key=int):
        here = (*read, len(found))
        row = _read_table(shape[0], typed[number], (*place, int(number)), here, rows)
        if row:
            rows[here] = int(number)
            found.append(row)
    return found


def _dose(text: str) -> str | dict[str, str]:
    """Read a daily dose, or one for each time of day: "5 mg", "morning 2.5 mg, bedtime 5 mg"."""
    parts = [_INTAKE.match(part.strip()) for part in re.split(r",\s+|;", text)]
    if not all(parts):
        return text
    doses = {part[1].lower(): part[2].strip() for part in parts if part}
    return doses if len(doses) == len(parts) else text


def _dose_text(value: str | Mapping[str, str]) -> str:
    return value if isinstance(value, str) else ", ".join(f"{time} {dose}" for time, dose in value.items())


def _doses(text: str) -> list[str | dict[str, str]]:
    """Read daily doses, one a line, or several on a line with a comma and a space between them."""
    found: list[str | dict[str, str]] = []
    for line in _lines(text):
        whole = _dose(line)
        found += [whole] if isinstance(whole, dict) else [part for part in re.split(r",\s+", line) if part]
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _pairs(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in _lines(text))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _kept(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text  # the order reader says what is wrong with it


def _cycles_text(value: Iterable[Iterable[str | Mapping[str, str]]]) -> str:
    return "\n".join("; ".join(map(_dose_text, cycle)) for cycle in value)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


_READ: dict[Kind, Callable[[str], Any]] = {
    "text": str,
    "number": lambda text: int(text) if _WHOLE.match(text) else text,
    "truth": lambda text: {_YES: True, _NO: False}.get(text, text),
    "flag": lambda text: {_YES: True, _NO: None}.get(text, text),
    "lines": _lines,
    "times": lambda text: [part for part in re.split(r"[,\s]+", text) if part],
    "dose": _dose,
    "doses": _doses,
    "cycles": lambda text: [[_dose(part.strip()) for part in line.split(";") if part.strip()] for line in _lines(text)],
    "pairs": _pairs,
    "kept": _kept,
}
_WRITE: dict[Kind, Callable[[Any], str]] = {
    "text": _text,
    "number": str,
    "truth": lambda value: _YES if value else _NO,
    "flag": lambda value: _YES if value else _NO,
    "lines": "\n".join,
    "times": ", ".join,
    "dose": _dose_text,
    "doses": lambda value: "\n".join(map(_dose_text, value)),
    "cycles": _cycles_text,
    "pairs": lambda value: "\n".join(f"{name} = {drug}" for name, drug in value.items()),
    "kept": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
}
