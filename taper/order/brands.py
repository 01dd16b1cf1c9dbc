"""Drugs that the order calls by a brand: read by their names, and the brand is kept to be said.

"Valium" becomes diazepam where a product of that brand was read for the country of the order. The plan and every paper
say diazepam; screen and clinician's sheet say that it was ordered as Valium.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taper import catalog
from taper.errors import OrderError, located


def with_drug_names(data: object) -> object:
    """Return the data of an order with the names of drugs in place of brands, and the brands under `brands`.

    Raises:
        OrderError: A brand that was read for other countries only, or that is several drugs.

    >>> with_drug_names({"drug": "Valium", "country": "US"})
    {'drug': 'diazepam', 'country': 'US', 'brands': {'Valium': 'diazepam'}}
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("country"), str):
        return data
    country, found = data["country"], dict[str, str]()
    named: dict[str, Any] = _named(dict(data), ("drug",), country, found)
    for key, names in (("other", ("drug",)), ("phase", ("drug", "switch_to")), ("product", ("drug",))):
        if isinstance(named.get(key), (list, tuple)):
            named[key] = [_inside(part, f"{key}[{i}]", names, country, found) for i, part in enumerate(named[key])]
    if found:
        known = named.get("brands")
        named["brands"] = {**known, **found} if isinstance(known, Mapping) else found
    return named


def _inside(part: Any, place: str, keys: tuple[str, ...], country: str, found: dict[str, str]) -> Any:
    if not isinstance(part, Mapping):
        return part
    with located(place):
        return _named(dict(part), keys, country, found)


def _named(data: dict[str, Any], keys: tuple[str, ...], country: str, found: dict[str, str]) -> dict[str, Any]:
    """Replace the brands under some keys; what is no brand is left for the order to judge."""
    for key in keys:
        written = data.get(key)
        if isinstance(written, str) and catalog.is_brand(written):
            with located(key):
                data[key] = found[" ".join(written.split())] = catalog.drug_of(written, country).name
    return data


def refuse_unknown(brands: Mapping[str, str], country: str) -> None:
    """Refuse a brand that the catalog does not know as the drug that the order says.

    Raises:
        OrderError: It is another drug, or none.
    """
    for brand, name in brands.items():
        with located(f"brands.{brand}"):
            if not catalog.is_brand(brand) or catalog.drug_of(brand, country).name != name:
                raise OrderError(f"no product of {name} under this brand was read for {country.upper()}; leave it out")
