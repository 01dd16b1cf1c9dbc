"""The published risk of clinically significant withdrawal, by time, frequency and dose of use."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, get_args

from taper.catalog.rows import Document, read_data
from taper.quantity import Mg
from taper.source import Source
from taper.values import dataclass

Risk = Literal["rare", "possible", "stands"]
_KEYS = frozenset({"risk", "days_from", "days_to", "weeks_from", "weeks_below", "above_mg", "to_mg"})


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One row of the published table.

    Attributes:
        risk: ``rare``, ``possible`` (lower, but possible) or ``stands`` (greater with dose and time).
        days_from: Fewest days of use a week, or None.
        days_to: Most days of use a week, or None.
        weeks_from: Fewest weeks of use, or None.
        weeks_below: Fewer weeks of use than this, or None.
        above_mg: Daily dose over this, in diazepam equivalents, or None.
        to_mg: Daily dose up to this, in diazepam equivalents, or None.
        source: Where it is printed.
    """

    risk: Risk
    days_from: int | None
    days_to: int | None
    weeks_from: int | None
    weeks_below: int | None
    above_mg: Mg | None
    to_mg: Mg | None
    source: Source

    def fits(self, days: int | None, weeks: int | None, daily: Mg | None) -> bool:
        """Return whether a use matches this row; an unknown fact matches only a row that does not ask for it."""
        return (
            _within(days, self.days_from, self.days_to)
            and _within(weeks, self.weeks_from, None if self.weeks_below is None else self.weeks_below - 1)
            and ((self.above_mg is None) or (daily is not None and daily > self.above_mg))
            and ((self.to_mg is None) or (daily is not None and daily <= self.to_mg))
        )


def _within(value: int | None, low: int | None, high: int | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


@lru_cache(maxsize=1)
def risk_rows() -> tuple[RiskRow, ...]:
    """Return the rows of the published table, in its order."""
    document = Document(read_data("withdrawal_risk.toml"), "withdrawal_risk.toml")
    tables = dict(document.tables("risk"))
    return tuple(
        RiskRow(
            risk=row.choice("risk", get_args(Risk)),
            days_from=row.count("days_from"),
            days_to=row.count("days_to"),
            weeks_from=row.count("weeks_from"),
            weeks_below=row.count("weeks_below"),
            above_mg=row.mg("above_mg"),
            to_mg=row.mg("to_mg"),
            source=row.source,
        )
        for row in document.rows(tables["rows"], "risk.rows", _KEYS)
    )


def withdrawal_risk(days: int | None, weeks: int | None, daily: Mg | None) -> RiskRow | None:
    """Return the row that matches a use, or None if a fact it needs is unknown.

    Args:
        days: Days of use a week.
        weeks: Weeks of use.
        daily: Daily dose in diazepam equivalents.

    >>> withdrawal_risk(7, 11, Mg(10)).risk, withdrawal_risk(7, 12, None).risk, withdrawal_risk(3, None, None).risk
    ('possible', 'stands', 'rare')
    """
    return next((row for row in risk_rows() if row.fits(days, weeks, daily)), None)
