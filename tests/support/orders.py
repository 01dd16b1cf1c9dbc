"""Orders that many tests use."""

from __future__ import annotations

from typing import Any

GOLDEN: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "halves"},
    ],
    "phase": [{"reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg"}],
}
"""The order of the README as plain data."""

FRENCH: dict[str, Any] = {
    "drug": "diazepam",
    "country": "FR",
    "start": "2026-01-05",
    "review_every": "4 weeks",
    "current": {"morning": "7.5 mg", "bedtime": "8 mg"},
    "product": [
        {
            "name": "diazepam tablet 5 mg",
            "source": "clinician",
            "form": "tablet",
            "strength": "5 mg",
            "split": "halves",
        },
        {
            "name": "diazepam tablet 2 mg",
            "source": "clinician",
            "form": "tablet",
            "strength": "2 mg",
            "split": "halves",
        },
    ],
    "phase": [{"reduce": "25% of start", "every": "2 weeks", "until": "0 mg"}],
}
"""An order whose doses need a decimal sign, in a country whose language is not English."""
