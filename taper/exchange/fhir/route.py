"""Whether a dose is taken by mouth: an enema, a spray or an injection of the same drug is no part of a taper."""

from __future__ import annotations

import re
from typing import Any

from taper.exchange.fhir.shape import many, text_of
from taper.exchange.fhir.units import SNOMED
from taper.exchange.product_name import other_route

_HL7 = "RouteOfAdministration"
_CODES = {
    SNOMED: {
        "37161004": "rectal",
        "78421000": "intramuscular",
        "47625008": "intravenous",
        "34206005": "subcutaneous",
        "46713006": "nasal",
        "6064005": "topical",
        "45890007": "transdermal",
        "16857009": "vaginal",
    },
    _HL7: {"PR": "rectal", "IM": "intramuscular", "IV": "intravenous", "SQ": "subcutaneous", "NASINHL": "nasal"},
}
"""Codes of routes other than the mouth, by system."""
_SHORT = re.compile(r"p\.?r\.?|i\.?v\.?|i\.?m\.?|s\.?c\.?", re.IGNORECASE)  # of a route: a product's PR is a release


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
            known = _CODES.get(_HL7 if system.endswith(_HL7) else system, {})
            if text_of(code, "code") in known:
                return False
            routes.append(text_of(code, "display"))
    return not any(_SHORT.fullmatch(route.strip()) or other_route(route) for route in routes)
