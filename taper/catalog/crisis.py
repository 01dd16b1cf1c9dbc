"""The number to call in an emergency, and the line against suicide; of a country that is not here none was read."""

from __future__ import annotations

from functools import lru_cache

from taper.catalog.rows import Document, Row, Tables, read_data
from taper.source import Source
from taper.values import dataclass

_KEYS = frozenset({"countries", "emergency", "crisis"})


@dataclass(frozen=True, slots=True)
class CallNumber:
    """A number to call.

    Attributes:
        kind: ``emergency`` (an ambulance) or ``crisis`` (thoughts of suicide).
        text: The number, as it is printed, with the name of the line where it has one.
        countries: Two-letter codes of the countries where it holds.
        source: Where it stands.
    """

    kind: str
    text: str
    countries: tuple[str, ...]
    source: Source


def load_call_numbers(content: str | Tables, file: str) -> tuple[CallNumber, ...]:
    """Read the numbers of all countries from tables or TOML text.

    Raises:
        CatalogError: A row without source, with an unknown key, or with none or both of the two kinds.
    """
    document = Document(content, file)
    tables = dict(document.tables("numbers"))
    return tuple(_number(row) for row in document.rows(tables["rows"], "numbers.rows", _KEYS))


def _number(row: Row) -> CallNumber:
    kinds = [kind for kind in ("emergency", "crisis") if row.get(kind) is not None]
    if len(kinds) != 1:
        row.refuse("emergency", "a row has either emergency or crisis; write one of the two")
    countries = row.get("countries")
    if not isinstance(countries, list) or not countries or not all(isinstance(one, str) for one in countries):
        row.refuse("countries", f'{countries!r} is not a list of codes; write countries = ["US"]')
    return CallNumber(kinds[0], row.text(kinds[0]), tuple(countries), row.source)


@lru_cache(maxsize=1)
def call_numbers() -> tuple[CallNumber, ...]:
    """Return what was read of all countries."""
    return load_call_numbers(read_data("crisis_numbers.toml"), "crisis_numbers.toml")


def call_number(country: str | None, kind: str) -> CallNumber | None:
    """Return a number of a country; None if none was read.

    >>> [found and found.text for found in (call_number("US", "emergency"), call_number("CH", "emergency"))]
    ['911', None]
    """
    return next((one for one in call_numbers() if one.kind == kind and country in one.countries), None)
