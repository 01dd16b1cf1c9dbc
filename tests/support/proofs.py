"""How much of the costly proofs a run carries out: all with TAPER_PROOFS=full, as in continuous integration.

Elsewhere a share of them, always the same one: Hypothesis is seeded by the test's name, and of listed cases every
`STRIDE`-th is taken. Nothing is proved less well for that, only on fewer examples.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")
FULL = os.environ.get("TAPER_PROOFS") == "full" or os.environ.get("HYPOTHESIS_PROFILE") == "search"
SHARE = 4
"""A usual run takes one example in so many."""
STRIDE = 5
"""A usual run takes one listed case in so many; prime to the four kinds of orders, so that each kind comes up."""


def proof(examples: int | None = None) -> settings:
    """Return the settings of a costly proof.

    Args:
        examples: How many examples a full run takes; those of the profile if not given.
    """
    count = settings().max_examples if examples is None else examples
    return settings(max_examples=count if FULL else max(1, -(-count // SHARE)))


def some(cases: Sequence[T]) -> list[T]:
    """Return the cases of a costly proof: all, or every `STRIDE`-th, the first among them."""
    return list(cases[:: 1 if FULL else STRIDE])


def header() -> str:
    """Return what a run says of itself."""
    if FULL:
        return "proofs: in full"
    return (
        f"proofs: a share, always the same: 1 in {SHARE} examples of the costly ones and 1 in {STRIDE} orders for the "
        "solver; all of them with TAPER_PROOFS=full"
    )
