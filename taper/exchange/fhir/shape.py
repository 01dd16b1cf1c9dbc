"""Look into FHIR data of unknown shape without ever failing on it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from taper.exchange.medicine import exact


def many(value: object, key: str) -> list[Any]:
    """Return the value under a key as a list; empty if there is none.

    >>> many({"when": "MORN"}, "when"), many({"when": ["MORN"]}, "when"), many(None, "when")
    (['MORN'], ['MORN'], [])
    """
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, list):
        return found
    return [] if found is None else [found]


def one(value: object, key: str) -> Any:
    """Return the value under a key, or the first of a list; None if there is none."""
    found = many(value, key)
    return found[0] if found else None


def text_of(value: object, key: str) -> str:
    """Return the text under a key, at most 4,000 characters; empty if it is not a string."""
    found = one(value, key)
    return found[:4000].strip() if isinstance(found, str) else ""


def amount(value: object, key: str) -> Fraction | None:
    """Return the exact number under a key; None if it is not a number of zero or more."""
    return exact(one(value, key))


def true(value: object, key: str) -> bool:
    """Return whether a flag is set."""
    return one(value, key) in (True, "true")
