"""Drugs that the order calls by a brand: read by their names, and the brand is kept to be said.

"Valium" becomes diazepam where a product of that brand was read for the country of the order. The plan and every paper
say diazepam; screen and clinician's sheet say that it was ordered as Valium.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taper import catalog
from taper.errors import OrderError, TaperError, located


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
    _name_products(named, country)
    if found:
        known = named.get("brands")
        named["brands"] = {**known, **found} if isinstance(known, Mapping) else found
    return named


def _name_products(data: dict[str, Any], country: str) -> None:
    """Call a product that the order names by its brand by its own name, where phases and the stock speak of it."""
    own: dict[str, str] = {}
    for line in _parts(data.get("product")):
        name = line.get("name")
        if isinstance(name, str) and "source" not in line:
            try:
                brand, rows = catalog.find_branded(country, name)
            except TaperError:
                continue  # said where the products are read
            if brand:
                own[name] = rows[0].name
    if not own:
        return
    if isinstance(data.get("phase"), (list, tuple)):
        data["phase"] = [_renamed(part, "products", own) for part in data["phase"]]
    supply = data.get("supply")
    if isinstance(supply, Mapping) and isinstance(supply.get("stock"), (list, tuple)):
        data["supply"] = {**supply, "stock": [_renamed(part, "product", own) for part in supply["stock"]]}


def _parts(listed: object) -> list[Mapping[str, Any]]:
    return [part for part in listed if isinstance(part, Mapping)] if isinstance(listed, (list, tuple)) else []


def _renamed(part: Any, key: str, own: Mapping[str, str]) -> Any:
    """Return a part of the data with other names under a key: a text, or a list of texts."""
    if not isinstance(part, Mapping) or key not in part:
        return part
    said = part[key]
    if isinstance(said, (list, tuple)):
        return {**part, key: [own.get(name, name) if isinstance(name, str) else name for name in said]}
    return {**part, key: own.get(said, said)} if isinstance(said, str) else part


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
