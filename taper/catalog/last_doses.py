"""What published schedules stop from, and the most cautious diazepam equivalent by which doses are held against it.

No source prints a dose from which a stop is safe. What is worked out here from the schedules that were read is this
project's observation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, get_args

from taper.catalog.equivalence import judging_tables
from taper.catalog.rows import Document, read_data
from taper.quantity import Mg
from taper.source import Source
from taper.values import dataclass

Pace = Literal["slow", "fast", "label"]
_KEYS = frozenset({"name", "pace", "drug", "mg"})
_REFERENCE = "diazepam"


@dataclass(frozen=True, slots=True)
class LastDose:
    """The dose that one published schedule stops from.

    Attributes:
        name: The schedule.
        pace: ``slow``: an outpatient schedule of a quarter of a year or longer; ``fast``: an older, shorter or
            inpatient one; ``label``: what a label allows.
        drug: Its drug.
        mg: Its last daily dose.
        source: Where it stands.
    """

    name: str
    pace: Pace
    drug: str
    mg: Mg
    source: Source

    @property
    def diazepam(self) -> Mg:
        """Its most cautious diazepam equivalent."""
        equivalent = most_cautious(self.drug)
        assert equivalent is not None
        return equivalent * self.mg.value


@lru_cache(maxsize=128)
def most_cautious(drug: str) -> Mg | None:
    """Return the diazepam equivalent of 1 mg of a drug, by the shipped table that makes most of it.

    Of a range that a table prints its lower end counts: some are so wide that their upper end says nothing.

    Returns:
        The equivalent, or None if no table that may judge has the drug.

    >>> most_cautious("alprazolam"), most_cautious("tetrazepam")
    (Mg('20'), None)
    """
    if drug == _REFERENCE:
        return Mg(1)
    spans = [table.diazepam_mg(drug, Mg(1)) for table in judging_tables()]
    return max((span[0] for span in spans if span is not None), default=None)


@lru_cache(maxsize=1)
def last_doses() -> tuple[LastDose, ...]:
    """Return what published schedules stop from."""
    document = Document(read_data("last_doses.toml"), "last_doses.toml")
    tables = dict(document.tables("last_dose"))
    return tuple(
        LastDose(
            row.text("name"), row.choice("pace", get_args(Pace)), row.text("drug"), row.required_mg("mg"), row.source
        )
        for row in document.rows(tables["rows"], "last_dose.rows", _KEYS)
    )


@lru_cache(maxsize=4)
def highest_last_dose(pace: Pace) -> LastDose:
    """Return the schedule of a pace that stops from most, in diazepam equivalents.

    >>> [highest_last_dose(pace).diazepam for pace in ("slow", "fast", "label")]
    [Mg('1.25'), Mg('5'), Mg('10')]
    """
    return max((entry for entry in last_doses() if entry.pace == pace), key=lambda entry: entry.diazepam)
