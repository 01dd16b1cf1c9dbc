"""Order data as TOML text, as a clinician would write it."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from typing import Any


def toml(data: dict[str, Any]) -> str:
    """Write order data as TOML text (only what orders hold: text, whole numbers, lists, tables)."""
    lines = [f"{key} = {_value(value)}" for key, value in data.items() if not _is_table(value)]
    for key, value in data.items():
        if isinstance(value, dict):
            lines += [f"[{key}]", *(f"{k} = {_value(v)}" for k, v in value.items())]
        elif _is_table(value):
            for part in value:
                lines += [f"[[{key}]]", *(f"{k} = {_value(v)}" for k, v in part.items())]
    text = "\n".join(lines) + "\n"
    assert tomllib.loads(text, parse_float=Decimal) == data, "the test's own TOML must say what it was given"
    return text


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
