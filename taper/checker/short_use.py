"""After a short use some sources let a drug be stopped at once: where that holds, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from taper import catalog
from taper.catalog import Guideline, Limit
from taper.catalog.withdrawal_risk import risk_rows
from taper.checker.near_zero import cautious
from taper.order.order import Order
from taper.order.patient import Patient
from taper.quantity import Mg
from taper.schedule.curve import Level
from taper.schedule.weekly import WEEK

_AGAINST = ("seizures", "alcohol", "opioid", "sedative", "complicated_withdrawal", "epilepsy")
"""Facts about the person with which no stop is let pass as one after a short use."""

Statement = tuple[Guideline, Limit]


@lru_cache(maxsize=1)
def _allowing() -> tuple[Statement, ...]:
    """Return every statement of the packaged guidelines that allows a stop at once."""
    sources = catalog.guidelines_on("abrupt_stop")
    return tuple((s, limit) for s in sources for limit in s.limits_of("abrupt_stop") if limit.stance == "allowed")


@lru_cache(maxsize=1)
def _highest_dose() -> Mg:
    """Return the daily dose up to which the published risk is lower, in diazepam equivalents."""
    return max(row.to_mg for row in risk_rows() if row.to_mg is not None)


def _speaks_against(patient: Patient, levels: tuple[Level, ...]) -> bool:
    doses = [cautious(level.doses) for level in levels]
    high = any(dose is None or dose > _highest_dose() for dose in doses)
    return high or any(getattr(patient, name, None) for name in _AGAINST)


def _weeks(patient: Patient, levels: tuple[Level, ...]) -> int | None:
    """Return the weeks of use when the dose first falls; the first week of a plan is not counted."""
    if patient.weeks_of_use is None:
        return None
    return patient.weeks_of_use + max(levels[0].days // WEEK - 1, 0)


def stop_allowed(order: Order | None, levels: tuple[Level, ...], chosen: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements that allow a stop at once after this use.

    Z-drugs: any source that was read; the pace is then no danger either. Benzodiazepines: the chosen guidelines only.

    Args:
        order: The order with its facts about the person; without one nothing is allowed.
        levels: What is taken.
        chosen: The statements on a stop of the chosen guidelines.
    """
    patient = order.patient if order is not None else None
    weeks = _weeks(patient, levels) if patient is not None else None
    if patient is None or weeks is None or _speaks_against(patient, levels):
        return ()
    drugs = tuple(dict.fromkeys(drug for level in levels for drug in level.drugs))
    stances = _allowing() if catalog.are_z_drugs(drugs) else tuple(s for s in chosen if s[1].stance == "allowed")
    of_drug = [(g, limit) for g, limit in stances if not limit.drug or limit.drug in drugs]
    by_weeks = [s for s in of_drug if s[1].weeks_below is not None and s[1].holds_after(weeks)]
    return tuple(s for s in of_drug if s in by_weeks or s[1].weeks_below is None) if by_weeks else ()
