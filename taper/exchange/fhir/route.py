"""Whether a dose is taken by mouth: an enema, a spray or an injection of the same drug is no part of a taper."""

from __future__ import annotations

import re
from typing import Any

from taper.exchange.fhir.shape import many, text_of
from taper.exchange.fhir.units import SNOMED
from taper.exchange.product_name import other_route

_SNOMED_CODES = {
    "37161004": "rectal",
    "78421000": "intramuscular",
    "47625008": "intravenous",
    "34206005": "subcutaneous",
    "46713006": "nasal",
    "6064005": "topical",
    "45890007": "transdermal",
    "16857009": "vaginal",
}
_HL7_CODES = {"PR": "rectal", "IM": "intramuscular", "IV": "intravenous", "SC": "subcutaneous", "SQ": "subcutaneous"}
_HL7_CODES |= {"NASINHL": "nasal", "IVPUSH": "intravenous", "RECINSTL": "rectal", "TRNSDERM": "transdermal"}
_SYSTEMS = (
    (SNOMED, _SNOMED_CODES),
    ("urn:oid:2.16.840.1.113883.6.96", _SNOMED_CODES),
    ("http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration", _HL7_CODES),
    ("http://hl7.org/fhir/v3/RouteOfAdministration", _HL7_CODES),
    ("urn:oid:2.16.840.1.113883.5.112", _HL7_CODES),
    ("http://terminology.hl7.org/CodeSystem/v2-0162", _HL7_CODES),
)
"""Codes of routes other than the mouth, by the beginning of their system, which may name a version behind it."""
# in the name of a product, PR is prolonged release
_SHORT = re.compile(r"\b(?:p\. ?r|i\. ?v|i\. ?m|s\. ?c|pr|iv|im|sc|ivp|ivpb)\b", re.IGNORECASE)


def by_mouth(dosage: dict[str, Any]) -> bool:
    """Return whether a dose may be taken by mouth by what the record says of its route.

    A route that is neither by mouth nor one that is known here leaves the dose as it is read.

    Args:
        dosage: The dosage.

    >>> by_mouth({"route": {"text": "Per rectum"}}), by_mouth({"route": {"text": "by mouth"}}), by_mouth({})
    (False, True, True)
    """
    routes = []
    for route in many(dosage, "route"):
        routes.append(text_of(route, "text"))
        for code in many(route, "coding"):
            system = text_of(code, "system")
            if any(system.startswith(one) and text_of(code, "code") in codes for one, codes in _SYSTEMS):
                return False
            routes.append(text_of(code, "display"))
    return not any(other_route(route) or (_SHORT.search(route) and "oral" not in route.lower()) for route in routes)
