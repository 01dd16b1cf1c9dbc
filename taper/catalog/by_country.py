"""Which guidelines judge the pace where an order names none: those of its country, and why these."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from taper.catalog.guidance import Kind, guideline
from taper.catalog.rows import read_data
from taper.catalog.substances import drugs as all_drugs

PACE: tuple[Kind, ...] = ("window_ceiling", "first_cut", "step", "interval")
"""Kinds of limits that a pace can be judged by."""
SIZES: tuple[Kind, ...] = ("window_ceiling", "step")
"""Those of them by which the size of every cut can be judged."""
Z_DRUGS = "N05CF"
"""Beginning of the ATC codes of the Z-drugs."""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return dict(read_data("default_guidelines.toml"))


def are_z_drugs(names: Sequence[str]) -> bool:
    """Return whether all of some drugs are Z-drugs.

    >>> are_z_drugs(["zopiclone"]), are_z_drugs(["zopiclone", "diazepam"])
    (True, False)
    """
    known = all_drugs()
    return bool(names) and all(name in known and known[name].code("ATC").startswith(Z_DRUGS) for name in names)


def has_guidelines(country: str) -> bool:
    """Return whether guidelines of a country were read, or looked for.

    >>> has_guidelines("FI"), has_guidelines("XX")
    (True, False)
    """
    return country in _data()["country"]


@lru_cache(maxsize=256)
def default_guidelines(country: str | None, drugs: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the guidelines that judge a schedule for which none were named.

    Args:
        country: Two-letter code of the order's country; None if it is not known.
        drugs: Names of the drugs.

    Returns:
        Their ids, and the reason: "no country", "not read", or "country" where guidelines of it were read.

    >>> default_guidelines("GB", ("diazepam",))
    (('nhs-scotland', 'bnf', 'asam-2025'), 'country')
    >>> default_guidelines("GB", ("zopiclone",))[0]
    ('nhs-scotland', 'bnf')
    >>> default_guidelines("CH", ("diazepam",))
    (('asam-2025',), 'not read')
    """
    by_country: dict[str, list[str]] = _data()["country"]
    own = tuple(by_country.get(country or "", ()))
    if are_z_drugs(drugs):
        has_size = any(guideline(name).limits_of(kind) for name in own for kind in SIZES)
        chosen = own if has_size else (*own, _data()["z_drugs"])
    else:
        chosen = (*own, _data()["benzodiazepines"])
    if country is None:
        return chosen, "no country"
    if country not in by_country:
        return chosen, "not read"
    return chosen, "country"
