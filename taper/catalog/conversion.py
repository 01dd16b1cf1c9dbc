"""Equivalent doses: every table's value with its source, the range, and how far the tables disagree.

There is no default table and no single number. Equivalence is contested by a factor of two for the
commonest drugs, and a converted dose is a starting point for judgment, never a dose to hand out.

>>> found = convert("lorazepam 2 mg", "diazepam")
>>> [(v.table.id, str(v.low), str(v.high)) for v in found.values][:2]
[('asam-2025-ashton', '20 mg', '20 mg'), ('asam-2025-va-dod', '10 mg', '10 mg')]
>>> str(found.low), str(found.high), found.fold
('5 mg', '20 mg', Fraction(4, 1))
"""

from __future__ import annotations

import math
from fractions import Fraction

from taper.catalog.equivalence import EquivalenceTable, table as table_named, tables
from taper.catalog.substances import drug as drug_named
from taper.errors import OrderError, QuantityError, brief, nearest
from taper.quantity import Mg, exact_text, parse_mg
from taper.source import Source
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class TableValue:
    """The equivalent of a dose by one table.

    Attributes:
        table: The table.
        low: Lowest equivalent dose.
        high: Highest equivalent dose; the same as `low` if the table prints one value.
        sources: Where the values are printed.
    """

    table: EquivalenceTable
    low: Mg
    high: Mg
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """A dose of one drug expressed in another, by every table that has both.

    Attributes:
        drug: The drug converted.
        dose: Its dose.
        to: The drug it is converted to.
        values: One entry per table; empty if no table has both drugs.
        silent: Ids of the tables in which no value was read for one of the two.
    """

    drug: str
    dose: Mg
    to: str
    values: tuple[TableValue, ...]
    silent: tuple[str, ...]

    @property
    def low(self) -> Mg | None:
        """The lowest value, or None."""
        return min((value.low for value in self.values), default=None)

    @property
    def high(self) -> Mg | None:
        """The highest value, or None."""
        return max((value.high for value in self.values), default=None)

    @property
    def fold(self) -> Fraction | None:
        """The factor by which the tables disagree, highest over lowest, or None."""
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
    name, amount = _drug_and_amount(dose)
    if not amount or not name[:1].isalpha():
        raise QuantityError(f'{dose!r} is not a drug and a dose; write for example "lorazepam 2 mg"')
    drug, other, mg = drug_named(name).name, drug_named(to).name, parse_mg(amount)
    if not mg:
        raise QuantityError(f"{dose!r} is a dose of zero; there is nothing to convert")
    by_table = {table.id: _value(table, drug, mg, other) for table in tables().values()}
    values = tuple(value for value in by_table.values() if value is not None)
    return Conversion(drug, mg, other, values, tuple(i for i, value in by_table.items() if value is None))


def factor(equivalence: str, old_drug: str, new_drug: str) -> Fraction:
    """Read an ordered equivalence as one exact number: mg of the new drug for each mg of the old.

    Args:
        equivalence: Id of a packaged table, or the clinician's own, such as ``"1 mg = 10 mg"`` or
            ``"lorazepam 1 mg = diazepam 10 mg"``, the old drug first.
        old_drug: The drug that is replaced.
        new_drug: The drug that replaces it.

    Raises:
        OrderError: Unknown drug or table; the table has no value for one of the two, or a range; other
            drugs are named, or in another order; a dose of zero.
        QuantityError: One of the two doses is not written as one.

    >>> factor("nhs-scotland", "lorazepam", "diazepam"), factor("3 mg = 20 mg", "lorazepam", "diazepam")
    (Fraction(10, 1), Fraction(20, 3))
    """
    old, new = drug_named(old_drug).name, drug_named(new_drug).name
    if "=" in equivalence:
        return _own_factor(equivalence, old, new)
    if equivalence not in tables():
        raise OrderError(
            f"no equivalence table {brief(equivalence)}; {nearest(equivalence, tables())}; or write {_own(old, new)}"
        )
    value = _value(table_named(equivalence), old, Mg(1), new)
    if value is None:
        silent = [drug for drug in (old, new) if table_named(equivalence).diazepam_mg(drug, Mg(1)) is None]
        both = [table.id for table in tables().values() if _value(table, old, Mg(1), new) is not None]
        raise OrderError(
            f"no value was read for {' and '.join(silent)} in the table '{equivalence}'; "
            + (f"tables with {old} and {new}: {', '.join(both)}" if both else f"no table has both {old} and {new}")
            + f"; or write {_own(old, new)}"
        )
    if value.low != value.high:
        raise OrderError(_range(equivalence, old, new, value))
    return value.low / Mg(1)


def _own(old: str, new: str) -> str:
    """Explain how to write your own value; with letters for the doses, because a number could be read as advice."""
    return f'your own value as "{old} A mg = {new} B mg", with the two doses in place of A and B'


def _own_factor(equivalence: str, old: str, new: str) -> Fraction:
    sides = [side.strip() for side in equivalence.split("=")]
    named = [_drug_and_amount(side) if side[:1].isalpha() else ("", side) for side in sides]
    if len(sides) != 2 or not all(amount for _, amount in named):
        raise OrderError(f"{brief(equivalence)} is not an equivalence; write one dose of each drug: {_own(old, new)}")
    for (name, _), drug, role in zip(named, (old, new), ("replaced", "new"), strict=True):
        if name and drug_named(name).name != drug:
            raise OrderError(
                f"{brief(equivalence)} names {name} where the {role} drug stands, which is {drug}; "
                f"write {old} first, then {new}"
            )
    old_dose, new_dose = (parse_mg(amount) for _, amount in named)
    if not old_dose or not new_dose:
        raise OrderError(f"{brief(equivalence)} has a dose of zero; write doses that stand for each other")
    return new_dose / old_dose


def _range(equivalence: str, old: str, new: str, value: TableValue) -> str:
    """Explain that a table prints a range, and how to write either end; neither is preferred."""
    ends = value.low.value, value.high.value
    whole = math.lcm(*(end.denominator for end in ends))
    unit = whole if any("/" in exact_text(end) for end in ends) else 1  # so that both can be written
    low, high = (end * unit for end in (value.low, value.high))
    return (
        f"the table '{equivalence}' gives {low} to {high} of {new} for {Mg(unit)} of {old}, and no value of a range is "
        f'chosen for you; name one, such as equivalence = "{Mg(unit)} = {low}" or "{Mg(unit)} = {high}"'
    )


def _drug_and_amount(text: str) -> tuple[str, str]:
    """Split the name of a drug, of one or two words, from what follows it."""
    name, _, amount = text.strip().partition(" ")
    if amount.strip()[:1].isalpha():
        second, _, amount = amount.strip().partition(" ")
        name = f"{name} {second}"
    return name, amount.strip()


def _value(table: EquivalenceTable, drug: str, dose: Mg, to: str) -> TableValue | None:
    rows = [row for row in (table.row(drug), table.row(to)) if row is not None]
    diazepam, unit = table.diazepam_mg(drug, dose), table.diazepam_mg(to, Mg(1))
    if diazepam is None or unit is None or not rows:
        return None
    low, high = diazepam[0] * (1 / unit[1].value), diazepam[1] * (1 / unit[0].value)
    return TableValue(table, low, high, tuple(dict.fromkeys(row.source for row in rows)))
