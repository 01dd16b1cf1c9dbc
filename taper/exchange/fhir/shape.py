"""Look into FHIR data of unknown shape without ever failing on it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from taper.checker.texts import say
from taper.exchange.medicine import exact


def many(value: object, key: str) -> list[Any]:
    """Return the value under a key as a list; empty if there is none.

    >>> many({"when": "MORN"}, "when"), many({"when": ["MORN"]}, "when"), many(None, "when")
    (['MORN'], ['MORN'], [])
    """
    content = value.get(key) if isinstance(value, dict) else None
    if isinstance(content, list):
        return content
    return [] if content is None else [content]


def one(value: object, key: str) -> Any:
    """Return the value under a key, or the first of a list; None if there is none."""
    content = value.get(key) if isinstance(value, dict) else None
    if isinstance(content, list):
        return content[0] if content else None
    return content


def text_of(value: object, key: str) -> str:
    """Return the text under a key, at most 4,000 characters; empty if it is not a string."""
    text = one(value, key)
    return text[:4000].strip() if isinstance(text, str) else ""


def amount(value: object, key: str) -> Fraction | None:
    """Return the exact number under a key; None if it is not a number of zero or more."""
    return exact(one(value, key))


def true(value: object, key: str) -> bool:
    """Return whether a flag is set."""
    return one(value, key) in (True, "true")


def modifiers(*parts: Any) -> str | None:
    """Return the address of a modifier of some parts of a resource, which none of them may be read without.

    >>> modifiers({"modifierExtension": [{"url": "http://example.org/negated"}]}), modifiers({})
    ('http://example.org/negated', None)
    """
    for part in parts:
        for extension in many(part, "modifierExtension"):
            return text_of(extension, "url")[:200] or say("remark.no address")
    return None
