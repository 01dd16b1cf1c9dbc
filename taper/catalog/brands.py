"""Brand names as input: which drug a brand is in a country, by the products that were read there.

A brand can be another drug in another country, so a name counts only where a product of it was read.

>>> drug_of("Valium", "US").name, find_branded("US", "Valium tablet 5 mg")[0]
('diazepam', 'Valium')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from taper.catalog.formulary import Product, countries, find_products, products
from taper.catalog.rows import read_data
from taper.catalog.substances import Drug, drug, drugs
from taper.errors import OrderError

_PARTS = re.compile(r"\s*(?:;|\+|/)\s*")


@lru_cache(maxsize=1)
def brands() -> Mapping[str, tuple[str, ...]]:
    """Return the names of brands by drug."""
    listed: dict[str, list[str]] = read_data("brands.toml")["brands"]
    return MappingProxyType({name: tuple(names) for name, names in listed.items()})


def is_brand(name: str) -> bool:
    """Return whether a name is a brand in some country, and not the name of a drug.

    >>> is_brand("valium"), is_brand("diazepam")
    (True, False)
    """
    written = " ".join(name.split()).lower()
    return written not in drugs() and any(written == one.lower() for names in brands().values() for one in names)


def is_of_brand(product: Product, brand: str) -> bool:
    """Return whether the maker of a product, as printed, begins with a brand, or one of several makers does."""
    begins = re.compile(rf"{re.escape(brand)}(?![\w-])", re.IGNORECASE)
    return any(begins.match(part) for part in _PARTS.split(product.maker or ""))


@lru_cache(maxsize=64)
def brands_of(country: str) -> Mapping[str, tuple[str, ...]]:
    """Return the drugs of each brand, in small letters, that was read for a country."""
    found: dict[str, list[str]] = {}
    for name, names in brands().items():
        rows = products(country, name)
        for brand in names:
            if any(is_of_brand(row, brand) for row in rows):
                found.setdefault(brand.lower(), []).append(name)
    return MappingProxyType({brand: tuple(of) for brand, of in found.items()})


def drug_of(name: str, country: str) -> Drug:
    """Return the drug that a name means in a country: its own name, or a brand that was read there.

    Raises:
        OrderError: No such drug or brand, a brand that was read elsewhere only, or one of several drugs.
    """
    written = " ".join(name.split())
    if written.lower() in drugs():
        return drug(written)
    code = country.upper()
    found = brands_of(code).get(written.lower(), ()) if code in countries() else ()
    if len(found) == 1:
        return drug(found[0])
    if found:
        raise OrderError(f"'{written}' is a brand of {' and '.join(found)} in {code}; write which of them is meant")
    elsewhere = {other: of for other in countries() if (of := brands_of(other).get(written.lower()))}
    if elsewhere:
        named = " or ".join(dict.fromkeys(name for of in elsewhere.values() for name in of))
        raise OrderError(
            f"'{written}' is {named} in {', '.join(elsewhere)}, but no product of this brand was read for {code}, and "
            f"a brand can be another drug elsewhere; write {named} if that is meant"
        )
    return drug(name)


def drugs_named(text: str, country: str) -> dict[str, str]:
    """Return the drugs that a text names, by the words that name them: names of drugs, and brands of the country.

    >>> drugs_named("Ativan 1 mg", "US"), drugs_named("lorazepam suspension", "GB")
    ({'ativan': 'lorazepam'}, {'lorazepam': 'lorazepam'})

    Accents count for nothing, and a maker may follow a drug with a hyphen.

    >>> drugs_named("Diazépam-Maker 5 mg", "FR")
    {'diazepam': 'diazepam'}
    """
    written = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    known = {name: (name, r"(?!\w)") for name in drugs()}
    if country.upper() in countries():
        known |= {brand: (of[0], r"(?![\w-])") for brand, of in brands_of(country.upper()).items() if len(of) == 1}
    return {word: of for word, (of, end) in known.items() if re.search(rf"(?<![\w-]){re.escape(word)}{end}", written)}


def find_branded(country: str, name: str) -> tuple[str, tuple[Product, ...]]:
    """Return the products that a name means; with a brand in place of the drug, those of that brand.

    Returns:
        The brand, empty where the name has none, and the products.

    Raises:
        OrderError: None found, or the brand is that of another product.
    """
    named = drugs_named(name, country)
    brand = next((word for word, of in named.items() if word != of), "")
    if not brand or any(word == of for word, of in named.items()):
        return "", find_products(country, name)
    generic = re.sub(re.escape(brand), named[brand], name, flags=re.IGNORECASE)
    spelled = next(known for known in brands()[named[brand]] if known.lower() == brand)
    try:
        found = find_products(country, generic)
    except OrderError as problem:
        raise OrderError(f"'{spelled}' is {named[brand]}; {problem.message}") from None
    rows = tuple(row for row in found if is_of_brand(row, brand))
    if not rows:
        raise OrderError(
            f"no '{name}' in the catalog for {country.upper()}: {generic} was read, but not of this brand; "
            f'write "{generic}"'
        )
    return spelled, rows
