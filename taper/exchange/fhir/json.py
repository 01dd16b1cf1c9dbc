"""Write FHIR resources as JSON text, and the few values that every resource is made of. Numbers stay exact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from taper.errors import ScheduleError
from taper.quantity import exact_text

UCUM = "http://unitsofmeasure.org"
UUID_SYSTEM = "urn:ietf:rfc:3986"

Resource = dict[str, Any]


def fhir_json(resource: Resource) -> str:
    """Return a resource as JSON text: decimals in plain digits, no binary float, no exponent.

    >>> fhir_json({"value": Decimal("0.50"), "code": "mg"})
    '{"value": 0.5, "code": "mg"}'

    Raises:
        ScheduleError: A value that is not exact, such as a float.
    """
    return "".join(_written(resource))


def _written(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield "{"
        for index, (key, element) in enumerate(value.items()):
            yield f"{', ' if index else ''}{json.dumps(key)}: "
            yield from _written(element)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for index, element in enumerate(value):
            if index:
                yield ", "
            yield from _written(element)
        yield "]"
    elif isinstance(value, Decimal):
        yield exact_text(Fraction(value))
    elif isinstance(value, (str, int)) or value is None:
        yield json.dumps(value, ensure_ascii=False)
    else:
        raise ScheduleError(f"{value!r} is a {type(value).__name__}, which is not exact; use Decimal or int")


def number(value: Fraction) -> int | Decimal:
    """Return an exact number for JSON.

    Raises:
        ScheduleError: It does not end as a decimal.

    >>> number(Fraction(5, 2)), number(Fraction(4))
    (Decimal('2.5'), 4)
    """
    if value.denominator == 1:
        return value.numerator
    text = exact_text(value)
    if "/" in text:
        raise ScheduleError(f"{text} does not end as a decimal, so no FHIR number can carry it; use amounts that do")
    return Decimal(text)


def quantity(value: Fraction, unit: str, code: str) -> Resource:
    """Return an amount with its UCUM code. Micrograms are ``ug`` there, never ``mcg``."""
    return {"value": number(value), "unit": unit, "system": UCUM, "code": code}


def uuid_identifier(uuid: str) -> list[Resource]:
    """Return the identifier of a resource."""
    return [{"system": UUID_SYSTEM, "value": f"urn:uuid:{uuid}"}]


def _full_url(uuid: str) -> str:
    """Return the address of a resource in its bundle.

    It is not the identifier: servers replace this address with their own everywhere, even inside identifiers.
    """
    return f"urn:uuid:{uuid5(UUID(uuid), 'entry')}"


def reference(uuid: str) -> Resource:
    """Return a reference to another resource of the same bundle."""
    return {"reference": _full_url(uuid)}


def bundle(resources: list[tuple[str, Resource]], uuid: str, kind: str) -> Resource:
    """Put resources into a bundle: a collection, or a transaction that a second POST does not double."""
    entries: list[Resource] = []
    for own, resource in resources:
        entry: Resource = {"fullUrl": _full_url(own), "resource": resource}
        if kind == "transaction":
            name = resource["resourceType"]
            entry["request"] = {
                "method": "POST",
                "url": name,
                "ifNoneExist": f"identifier={UUID_SYSTEM}|urn:uuid:{own}",
            }
        entries.append(entry)
    return {
        "resourceType": "Bundle",
        "identifier": uuid_identifier(uuid)[0],
        "type": kind,
        "entry": entries,
    }
