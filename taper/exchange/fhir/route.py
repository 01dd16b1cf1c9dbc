"""Whether a dose is taken by mouth: an enema, a spray or an injection of the same drug is no part of a taper."""

from __future__ import annotations

import re
from typing import Any

from taper.exchange.fhir.shape import many, text_of
from taper.exchange.fhir.units import EDQM, SNOMED
from taper.exchange.product_name import is_swallowed, other_route

# rectal, intramuscular, intravenous, subcutaneous, nasal, topical, transdermal, vaginal
_SNOMED_CODES = frozenset(
    ("37161004", "78421000", "47625008", "34206005", "46713006", "6064005", "45890007", "16857009")
)
_HL7_CODES = frozenset(
    (
        *("PR", "RECTAL", "RECINSTL", "ENEMA", "NASAL", "NASINHL", "NASALINSTIL", "TRNSDERM", "TOPICAL"),
        *("IM", "IV", "IVINJ", "IVPUSH", "SC", "SQ", "SCINJ"),
    )
)
_EDQM_CODES = frozenset(("20061000", "20049000"))  # rectal and nasal use
_SYSTEMS = (
    (SNOMED, _SNOMED_CODES),
    ("urn:oid:2.16.840.1.113883.6.96", _SNOMED_CODES),
    ("http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration", _HL7_CODES),
    ("http://hl7.org/fhir/v3/RouteOfAdministration", _HL7_CODES),
    ("urn:oid:2.16.840.1.113883.5.112", _HL7_CODES),
    ("http://terminology.hl7.org/CodeSystem/v2-0162", _HL7_CODES),
    (EDQM, _EDQM_CODES),
)
"""Codes of routes other than the mouth, by the beginning of their system, which may name a version behind it."""
# in the name of a product, PR is prolonged release; in German, "im" is a word
_SHORT = re.compile(
    r"\b(?:[Pp]\. ?[Rr]|[Ii]\. ?[Vv]|[Ii]\. ?[Mm]|[Ss]\. ?[Cc]|PR|IV|IM|SC|IVP|IVPB)\b|\A\s*(?:pr|iv|im|sc)\s*\Z"
)


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
    return not any(other_route(route) or (_SHORT.search(route) and not is_swallowed(route)) for route in routes)
