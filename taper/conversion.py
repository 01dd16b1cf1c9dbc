"""Equivalent doses, honestly: every table's value with its source, the range, and how far the tables disagree.

There is no default table and no single number. Equivalence is contested by a factor of two for the
commonest drugs, and a converted dose is a starting point for judgment, never a dose to hand out.

>>> found = convert("lorazepam 2 mg", "diazepam")
>>> [(v.table.id, str(v.low), str(v.high)) for v in found.values][:2]
[('asam-2025-ashton', '20 mg', '20 mg'), ('asam-2025-va-dod', '10 mg', '10 mg')]
>>> str(found.low), str(found.high), found.fold
('5 mg', '20 mg', Fraction(4, 1))
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from taper import catalog
from taper.catalog import EquivalenceTable
from taper.errors import QuantityError
from taper.quantity import Mg, parse_mg
from taper.source import Source


@dataclass(frozen=True, slots=True)
class TableValue:
    """What one table makes of a dose.

    Attributes:
        table: The table.
        low: Least equivalent dose.
        high: Most; the same where the table prints one value.
        sources: Where the values stand.
    """

    table: EquivalenceTable
    low: Mg
    high: Mg
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """A dose of one drug in terms of another, by every table that has both.

    Attributes:
        drug: The drug converted.
        dose: Its dose.
        to: The drug it is converted to.
        values: One entry a table; empty where no table has both drugs.
        silent: Ids of the tables that have no published value for one of the two.
    """

    drug: str
    dose: Mg
    to: str
    values: tuple[TableValue, ...]
    silent: tuple[str, ...]

    @property
    def low(self) -> Mg | None:
        """The least of all values, or None."""
        return min((value.low for value in self.values), default=None)

    @property
    def high(self) -> Mg | None:
        """The most of all values, or None."""
        return max((value.high for value in self.values), default=None)

    @property
    def fold(self) -> Fraction | None:
        """How many-fold the tables disagree: the most divided by the least, or None."""
        low, high = self.low, self.high
        return None if low is None or high is None else high / low


def convert(dose: str, to: str) -> Conversion:
    """Convert a dose by every packaged table.

    Args:
        dose: Drug and dose, such as ``"lorazepam 2 mg"``.
        to: Name of the other drug.

    Raises:
        QuantityError: Not a drug and a dose, or a dose of zero.
        OrderError: Unknown drug.
    """
    name, _, amount = dose.strip().partition(" ")
    if amount.strip()[:1].isalpha():  # a drug of two words
        second, _, amount = amount.strip().partition(" ")
        name = f"{name} {second}"
    if not amount.strip() or not name[:1].isalpha():
        raise QuantityError(f'{dose!r} is not a drug and a dose; write for example "lorazepam 2 mg"')
    drug, other, mg = catalog.drug(name).name, catalog.drug(to).name, parse_mg(amount)
    if not mg:
        raise QuantityError(f"{dose!r} is a dose of zero; there is nothing to convert")
    found = {table.id: _value(table, drug, mg, other) for table in catalog.tables().values()}
    values = tuple(value for value in found.values() if value is not None)
    return Conversion(drug, mg, other, values, tuple(i for i, value in found.items() if value is None))


def _value(table: EquivalenceTable, drug: str, dose: Mg, to: str) -> TableValue | None:
    rows = [row for row in (table.row(drug), table.row(to)) if row is not None]
    diazepam, unit = table.diazepam_mg(drug, dose), table.diazepam_mg(to, Mg(1))
    if diazepam is None or unit is None or not rows:
        return None
    low, high = diazepam[0] * (1 / unit[1].value), diazepam[1] * (1 / unit[0].value)
    return TableValue(table, low, high, tuple(dict.fromkeys(row.source for row in rows)))
