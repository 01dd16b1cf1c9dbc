"""Codes of drugs and products as FHIR concepts: those in the catalog, and no others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from taper import catalog
from taper.catalog import Product
from taper.errors import OrderError

DRUG_SYSTEMS = {
    "RxCUI": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "ATC": "http://www.whocc.no/atc",
    "SNOMED CT": "http://snomed.info/sct",
    "UNII": "http://fdasis.nlm.nih.gov",
}
"""Addresses that FHIR gives to the catalog's systems for drugs."""

_PRODUCT_CODES = (
    (re.compile(r"RxCUI ([0-9]+)\Z"), "http://www.nlm.nih.gov/research/umls/rxnorm"),
    (re.compile(r"NDC ([0-9]+-[0-9]+(?:-[0-9]+)?)\Z"), "http://hl7.org/fhir/sid/ndc"),
    (re.compile(r"DIN ([0-9]{8})\Z"), "http://hl7.org/fhir/NamingSystem/ca-hc-din"),
    (re.compile(r"AMT ([0-9]+)\Z"), "http://snomed.info/sct"),
    (re.compile(r"VMP ([0-9]+)\Z"), "https://dmd.nhs.uk"),
)


def drug_concept(name: str) -> dict[str, Any]:
    """Return a drug with its codes from the catalog, or with its name alone.

    >>> [code["code"] for code in drug_concept("diazepam")["coding"]]
    ['3322', 'N05BA01', '387264003', 'Q3JTX2Q7TU']
    """
    try:
        drug = catalog.drug(name)
    except OrderError:
        return {"text": name}
    codes = [
        {"system": address, "code": drug.code(system)} for system, address in DRUG_SYSTEMS.items() if drug.code(system)
    ]
    return {"coding": codes, "text": name} if codes else {"text": name}


@lru_cache(maxsize=1)
def drugs_by_code() -> dict[tuple[str, str], str]:
    """Return the drugs of the catalog by system and code."""
    return {
        (address, drug.code(system)): drug.name
        for drug in catalog.drugs().values()
        for system, address in DRUG_SYSTEMS.items()
        if drug.code(system)
    }


@lru_cache(maxsize=1)
def products_by_code() -> dict[tuple[str, str], str]:
    """Return the names of the catalog's products by system and code; a code of several names is left out.

    >>> products_by_code()["http://www.nlm.nih.gov/research/umls/rxnorm", "197591"]
    'diazepam tablet 5 mg'
    """
    named: dict[tuple[str, str], set[str]] = {}
    for country in catalog.countries():
        for product in catalog.products(country):
            for code in product_concept(product.name, product).get("coding", ()):
                named.setdefault((code["system"], code["code"]), set()).add(product.name)
    return {key: min(names) for key, names in named.items() if len(names) == 1}


def product_concept(name: str, product: Product | None) -> dict[str, Any]:
    """Return a product with its register codes from the catalog, or with its name alone.

    A code for several packs, or with a remark, is left out: using it would be a guess.
    """
    codes = []
    for text in (code.strip() for code in product.code.split(";")) if product else ():
        for pattern, system in _PRODUCT_CODES:
            if match := pattern.match(text):
                codes.append({"system": system, "code": match[1]})
    return {"coding": codes, "text": name} if codes else {"text": name}
