"""How long one fill may be, by the law or the guidance of a country; of a country that is not here nothing was read."""

from __future__ import annotations

from functools import lru_cache

from taper.catalog.rows import Document, Row, Tables, read_data
from taper.catalog.substances import drugs as all_drugs
from taper.errors import QuantityError
from taper.interval import Interval, parse_interval
from taper.source import Source
from taper.values import dataclass

_KEYS = frozenset({"country", "region", "drugs", "atc", "length", "longer", "unless", "law", "says", "in_words"})


@dataclass(frozen=True, slots=True)
class SupplyLimit:
    """What a country says of the length of one fill.

    Attributes:
        country: Two-letter code.
        says: What the source says, in our words.
        source: Where it stands.
        length: The longest fill; None where no number was read that a fill could be held against.
        longer: The longest fill where `unless` holds; None if there is no such number.
        unless: What makes a longer fill possible; may be empty.
        is_law: Whether it is a rule of law; else good practice, or a rule of an insurer.
        region: Part of the country in which alone it holds; empty if in all of it.
        drugs: The drugs it is about; empty if they are not named.
        in_words: Whether a quantity is to be written in words and figures.
        atc: Beginnings of the ATC codes of the drugs it is about; empty if it is about all.
    """

    country: str
    says: str
    source: Source
    length: Interval | None = None
    longer: Interval | None = None
    unless: str = ""
    is_law: bool = False
    region: str = ""
    drugs: tuple[str, ...] = ()
    atc: tuple[str, ...] = ()
    in_words: bool = False

    @property
    def where(self) -> str:
        """The country or the part of it: ``CH``, ``New York``."""
        return self.region or self.country

    def covers(self, drug: str) -> bool:
        """Return whether it is about a drug."""
        if self.drugs:
            return drug in self.drugs
        known = all_drugs().get(drug)
        return not self.atc or (known is not None and known.code("ATC").startswith(self.atc))


def load_supply_limits(content: str | Tables, file: str) -> tuple[SupplyLimit, ...]:
    """Read the rows of all countries from tables or TOML text.

    Raises:
        CatalogError: A row without source, with an unknown key, or with a length that is no interval.
    """
    document = Document(content, file)
    tables = dict(document.tables("supply"))
    return tuple(_limit(row) for row in document.rows(tables["rows"], "supply.rows", _KEYS))


def _limit(row: Row) -> SupplyLimit:
    length, longer, unless = _interval(row, "length"), _interval(row, "longer"), row.text("unless", "")
    if (longer is not None and not unless) or (unless and length is None):
        row.refuse("unless", "needs a length, and longer needs an unless; add what the source says")
    return SupplyLimit(
        country=row.text("country"),
        says=row.text("says"),
        source=row.source,
        length=length,
        longer=longer,
        unless=unless,
        is_law=row.get("law") is True,
        region=row.text("region", ""),
        drugs=_texts(row, "drugs"),
        atc=_texts(row, "atc"),
        in_words=row.get("in_words") is True,
    )


def _interval(row: Row, key: str) -> Interval | None:
    try:
        return None if row.get(key) is None else parse_interval(row.text(key))
    except QuantityError as problem:
        row.refuse(key, problem.message)


def _texts(row: Row, key: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        row.refuse(key, f'{value!r} is not a list of texts; write {key} = ["zolpidem"]')
    return tuple(value)


@lru_cache(maxsize=1)
def supply_limits() -> tuple[SupplyLimit, ...]:
    """Return what was read of all countries.

    >>> sorted({limit.country for limit in supply_limits()})
    ['AU', 'CH', 'DE', 'DK', 'FR', 'GB', 'IE', 'NO', 'NZ', 'US']
    """
    return load_supply_limits(read_data("supply_limits.toml"), "supply_limits.toml")


def supply_limits_of(country: str, drug: str) -> tuple[SupplyLimit, ...]:
    """Return what a country says of one drug, that with a length first; a row that names the drug goes before others.

    >>> [str(limit.length) for limit in supply_limits_of("FR", "zolpidem")]
    ['4 weeks', 'None']
    >>> [limit.where for limit in supply_limits_of("US", "diazepam")]
    ['New York', 'US']
    """
    found = [limit for limit in supply_limits() if limit.country == country and limit.covers(drug)]
    named = any(limit.drugs and limit.length is not None for limit in found)
    kept = [limit for limit in found if limit.length is None or limit.drugs or not named]
    return tuple(sorted(kept, key=lambda limit: limit.length is None))
