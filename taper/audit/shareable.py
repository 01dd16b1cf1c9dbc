"""Words of a record as they may stand in a table that is shared: without what only the record says."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9][0-9./,-]*")
_UNKNOWN = re.compile(r"\A.* is not in the catalog", re.DOTALL)
OTHER = "not in the catalog"
"""Stands for a drug that only the record names: its words may be anything, and shared tables name drugs."""


def reason_of(text: str) -> str:
    """Return the reason of a remark without its numbers and without words of the record, so that it can be shared.

    >>> reason_of("40 pieces a day are more than 32; quantity or days of supply may be mistyped")
    'N pieces a day are more than N; quantity or days of supply may be mistyped'
    """
    return _NUMBER.sub("N", _UNKNOWN.sub("A medicine is not in the catalog", text))
