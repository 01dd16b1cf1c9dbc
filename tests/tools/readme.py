"""README.md, and the numbers in it that must be those of the packaged data."""

from __future__ import annotations

from pathlib import Path

from taper import RULES, catalog

README = Path(__file__).parent.parent.parent / "README.md"


def counts() -> dict[str, int]:
    """Return how many rows of each kind are packaged, by the noun that the README uses."""
    countries = catalog.countries()
    return {
        "drugs": len(catalog.drugs()),
        "products": sum(len(catalog.products(country)) for country in countries),
        "countries": len(countries),
        "guidelines": len(catalog.guidelines()),
        "rules": len(RULES),
    }
