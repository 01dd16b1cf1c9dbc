"""Frozen values as plain data, for templates that read JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any


def plain(value: Any, skip: tuple[str, ...] = ()) -> Any:
    """Return a value as dicts, lists and text.

    Args:
        value: A frozen value of the handout model.
        skip: Names of fields that are left out, at the top only.
    """
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name not in skip}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, (date, Fraction)):
        return str(value)
    return value
