"""Looking into FHIR data of unknown shape without ever failing on it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from taper.exchange.medicine import exact


def many(value: object, key: str) -> list[Any]:
    """Return what stands under a key as a list, empty if nothing does.

    >>> many({"when": "MORN"}, "when"), many({"when": ["MORN"]}, "when"), many(None, "when")
    (['MORN'], ['MORN'], [])
    """
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, list):
        return found
    return [] if found is None else [found]


def one(value: object, key: str) -> Any:
    """Return what stands under a key, the first if it is a list; None if nothing does."""
    found = many(value, key)
    return found[0] if found else None


def text_of(value: object, key: str) -> str:
    """Return the text under a key, at most 4,000 characters; empty if it is no text."""
    found = one(value, key)
    return found[:4000].strip() if isinstance(found, str) else ""


def amount(value: object, key: str) -> Fraction | None:
    """Return the number under a key, exact; None if it is none of zero or more."""
    return exact(one(value, key))


def true(value: object, key: str) -> bool:
    """Tell whether a flag is set."""
    return one(value, key) in (True, "true")
