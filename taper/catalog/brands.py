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
_ENDS = re.compile(r"(?![\w-])")  # of a word


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
    return bool(drugs_of_brand(name))


def drugs_of_brand(name: str) -> tuple[str, ...]:
    """Return the drugs of a brand, in whatever country; none where a name is that of a drug.

    >>> drugs_of_brand("valium"), drugs_of_brand("diazepam")
    (('diazepam',), ())
    """
    written = " ".join(name.split()).lower()
    if written in drugs():
        return ()
    return tuple(of for of, names in brands().items() if any(written == one.lower() for one in names))


def is_of_brand(product: Product, brand: str) -> bool:
    """Return whether the maker of a product, as printed, begins with a brand, or one of several makers does."""
    wanted, after = brand.lower(), len(brand)
    parts = _PARTS.split((product.maker or "").lower())
    return any(part.startswith(wanted) and _ENDS.match(part, after) is not None for part in parts)


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
    of_brands = brands_of(country.upper()) if country.upper() in countries() else {}
    written = _plain(text)
    own = _named_in(written, _own_names(), r"(?!\w)")
    known = {brand: of[0] for brand, of in of_brands.items() if len(of) == 1}
    return own | _named_in(written, known, r"(?![\w-])")


def _plain(text: str) -> str:
    """Return a text without accents, in small letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def _own_names() -> dict[str, str]:
    return {name: name for name in drugs()}


def _named_in(written: str, known: Mapping[str, str], end: str) -> dict[str, str]:
    """Return those of some names, in small letters, that are words of a text, each with what follows it."""
    # most are not in the text at all, and the pattern of each would be compiled
    possible = {word: of for word, of in known.items() if word in written}
    return {word: of for word, of in possible.items() if re.search(rf"(?<![\w-]){re.escape(word)}{end}", written)}


@lru_cache(maxsize=1024)
def find_branded(country: str, name: str) -> tuple[str, tuple[Product, ...]]:
    """Return the products that a name means; with a brand in place of the drug, those of that brand.

    Returns:
        The brand, empty where the name has none, and the products.

    Raises:
        OrderError: None found, or the brand is that of another product.
    """
    named = (
        {} if _named_in(_plain(name), _own_names(), r"(?!\w)") else drugs_named(name, country)
    )  # brands need every product
    if not named:
        return "", find_products(country, name)
    brand = next(iter(named))
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
