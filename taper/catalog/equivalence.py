"""Published equivalence tables: how many mg of a drug are called equal to 10 mg of diazepam.

Tables contradict each other by a factor of two for the commonest drugs, so none is a default and
none are mixed: a conversion always names its table. Where a table prints a range, so does the
conversion.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from taper.catalog.rows import Document, Tables, read_data
from taper.errors import OrderError, nearest
from taper.quantity import Mg
from taper.source import Source
from taper.values import dataclass

REFERENCE = Mg(10)
"""The dose of diazepam that every row is scaled to."""

_KEYS = frozenset({"drug", "as_printed", "low", "high", "diazepam", "note"})


@dataclass(frozen=True, slots=True)
class EquivalenceRow:
    """One drug of a table.

    Attributes:
        drug: Name of the drug.
        low: Lowest dose of the drug that the table equates with 10 mg of diazepam.
        high: Highest dose; the same as `low` if the table prints one number.
        as_printed: The numbers as the table prints them, before scaling.
        printed_diazepam: The mg of diazepam to which the printed numbers refer.
        note: What the source adds; may be empty.
        source: Where it is printed.
    """

    drug: str
    low: Mg
    high: Mg
    as_printed: str
    printed_diazepam: Mg
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class EquivalenceTable:
    """A published table.

    Attributes:
        id: Short name, as in ``asam-2025-ashton``.
        title: Title for people.
        rows: One row per drug.
    """

    id: str
    title: str
    rows: tuple[EquivalenceRow, ...]

    @property
    def is_weak(self) -> bool:
        """Whether all that it prints is from sources of low standing: shown, and it judges nothing unless named."""
        return all(row.source.standing for row in self.rows)

    def row(self, drug: str) -> EquivalenceRow | None:
        """Return the row of a drug, or None: no value was read in this table."""
        return next((row for row in self.rows if row.drug == drug), None)

    def diazepam_mg(self, drug: str, dose: Mg) -> tuple[Mg, Mg] | None:
        """Convert a dose to diazepam equivalents, exactly.

        Args:
            drug: Name of the drug.
            dose: Dose of the drug in mg.

        Returns:
            The lowest and highest mg of diazepam that the table gives, or None if the table
            has no value for the drug.

        >>> table("asam-2025-ashton").diazepam_mg("estazolam", Mg(1))
        (Mg('5'), Mg('10'))
        """
        row = self.row(drug)
        if row is None:
            # diazepam is what every table is printed against, also where it has no row of its own
            return (dose, dose) if drug == "diazepam" else None
        # the more mg of a drug equal 10 mg of diazepam, the weaker the drug
        return REFERENCE * (dose / row.high), REFERENCE * (dose / row.low)


def load_tables(given: str | Tables, file: str) -> dict[str, EquivalenceTable]:
    """Read equivalence tables from tables or TOML text.

    Raises:
        CatalogError: A row without source, with an unknown key, or a drug listed twice.
    """
    document = Document(given, file)
    by_id: dict[str, EquivalenceTable] = {}
    for table_id, content in document.tables("table"):
        place = f"table.{table_id}"
        entries: dict[str, object] = content if isinstance(content, dict) else {}
        rows: dict[str, EquivalenceRow] = {}
        for row in document.rows(entries.get("rows"), f"{place}.rows", _KEYS):
            drug, printed = row.text("drug"), row.required_mg("diazepam")
            scale = REFERENCE / printed
            low, high = row.required_mg("low") * scale, row.required_mg("high") * scale
            if drug in rows:
                row.refuse("drug", f"'{drug}' stands twice in this table; remove one row")
            if low > high:
                row.refuse("low", "low is above high; swap them")
            rows[drug] = EquivalenceRow(
                drug, low, high, row.text("as_printed"), printed, row.text("note", ""), row.source
            )
        by_id[table_id] = EquivalenceTable(table_id, str(entries.get("title", table_id)), tuple(rows.values()))
    return by_id


@lru_cache(maxsize=1)
def tables() -> Mapping[str, EquivalenceTable]:
    """Return all packaged tables by id.

    >>> "asam-2025-va-dod" in tables()
    True
    """
    return MappingProxyType(load_tables(read_data("equivalence.toml"), "equivalence.toml"))


def judging_tables() -> tuple[EquivalenceTable, ...]:
    """Return the tables by which a schedule may be judged though none was named: all but the weak ones.

    >>> "chpd-4" in {table.id for table in judging_tables()}
    False
    """
    return tuple(table for table in tables().values() if not table.is_weak)


def table(table_id: str) -> EquivalenceTable:
    """Return one table.

    Raises:
        OrderError: No such table; the message names the closest.

    >>> table("asam-2025-va-dod").diazepam_mg("alprazolam", Mg("0.5"))
    (Mg('5'), Mg('5'))
    """
    match = tables().get(table_id)
    if match is None:
        raise OrderError(f"no equivalence table '{table_id}'; {nearest(table_id, tables())}")
    return match


def span(table_ids: tuple[str, ...], drug: str, dose: Mg) -> tuple[Mg, Mg] | None:
    """Return the lowest and highest diazepam equivalent of a dose across several named tables.

    Returns:
        None if none of the tables has a value for the drug.

    >>> span(("asam-2025-ashton", "asam-2025-va-dod"), "lorazepam", Mg(2))
    (Mg('10'), Mg('20'))
    """
    values = [value for i in table_ids if (value := table(i).diazepam_mg(drug, dose)) is not None]
    if not values:
        return None
    return min(low for low, _ in values), max(high for _, high in values)
