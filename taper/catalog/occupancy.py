"""Receptor occupancy as a named model with a parameter: never a measured fact.

A daily dose D occupies the share D / (D + half) of the receptors, where half is the dose at half occupancy
in mg of diazepam. A model carries the source of that parameter, how it was derived, and the source that
contradicts it.

>>> from taper.quantity import percent_text
>>> found = model("maudsley-2024")
>>> percent_text(found.occupancy(Mg(4)))
'~13.9%'
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from taper.catalog.equivalence import REFERENCE, table
from taper.catalog.rows import Document, read_data
from taper.errors import OrderError, nearest
from taper.quantity import Mg, rounded
from taper.source import Source
from taper.values import dataclass

_KEYS = frozenset({"title", "half_mg", "derived", "conflict"})
_CONFLICT_KEYS = frozenset({"half_mg", "note"})


@dataclass(frozen=True, slots=True)
class OccupancyModel:
    """A model of receptor occupancy.

    Attributes:
        id: Short name.
        title: What it models.
        half: Daily dose of diazepam at half occupancy.
        derived: How the parameter was found.
        source: Where the values are printed.
        conflict_half: The parameter that another source implies.
        conflict: What that source says.
        conflict_source: Where it says so.
    """

    id: str
    title: str
    half: Mg
    derived: str
    source: Source
    conflict_half: Mg
    conflict: str
    conflict_source: Source

    def occupancy(self, diazepam: Mg) -> Fraction:
        """Return the modeled share of receptors that a daily dose of diazepam occupies."""
        return modeled(self.half, diazepam)

    @property
    def disagreement(self) -> str:
        """How far the sources disagree, as a sentence."""
        fold = rounded(self.half / self.conflict_half)
        return (
            f"a model, not a measurement (half occupancy at {self.half} of diazepam a day, {self.derived}); "
            f"{self.conflict_source.title} {self.conflict}, a {fold}-fold difference"
        )


@lru_cache(maxsize=1)
def models() -> Mapping[str, OccupancyModel]:
    """Return all packaged models by id."""
    document = Document(read_data("occupancy.toml"), "occupancy.toml")
    by_id = {}
    for model_id, content in document.tables("model"):
        row = document.row(content, f"model.{model_id}", _KEYS)
        other = document.row(row.get("conflict"), f"{row.place}.conflict", _CONFLICT_KEYS)
        by_id[model_id] = OccupancyModel(
            model_id,
            row.text("title"),
            row.required_mg("half_mg"),
            row.text("derived"),
            row.source,
            other.required_mg("half_mg"),
            other.text("note"),
            other.source,
        )
    return MappingProxyType(by_id)


def model(model_id: str) -> OccupancyModel:
    """Return one model.

    Raises:
        OrderError: No such model; the message names the closest.
    """
    match = models().get(model_id)
    if match is None:
        raise OrderError(f"no occupancy model '{model_id}'; {nearest(model_id, models())}")
    return match


def half_saturation(model_id: str, drug: str, table_id: str | None) -> Mg:
    """Return the daily dose of a drug at half occupancy; for drugs other than diazepam this is an assumption.

    Args:
        model_id: Id of the model.
        drug: Name of the drug.
        table_id: Id of the equivalence table by which another drug is converted.

    Raises:
        OrderError: No table named, none with one value for this drug, or an unknown id.
    """
    half = model(model_id).half
    if drug == "diazepam":
        return half
    if table_id is None:
        raise OrderError(
            f'the model is of diazepam; name the table by which {drug} is converted: table = "asam-2025-ashton"'
        )
    row = table(table_id).row(drug)
    if row is None:
        raise OrderError(f"no value was read for {drug} in the table '{table_id}'; name another table")
    if row.low != row.high:
        raise OrderError(
            f"the table '{table_id}' prints a range for {drug}, {row.low} to {row.high}, and a model needs one value; "
            "name another table"
        )
    return row.low * (half / REFERENCE)


def modeled(half: Mg, dose: Mg) -> Fraction:
    """Return the modeled share of receptors that a daily dose occupies.

    Args:
        half: Daily dose of the same drug at half occupancy, as `Order.half_saturation` gives it.
        dose: Daily dose.

    >>> modeled(Mg("24.7"), Mg("24.7")), modeled(Mg("24.7"), Mg(0))
    (Fraction(1, 2), Fraction(0, 1))
    """
    return dose / (dose + half)
