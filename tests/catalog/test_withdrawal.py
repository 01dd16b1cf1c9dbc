"""The risk of withdrawal is that of ASAM's pocket guide, Table 2, on each side of each of its limits."""

from __future__ import annotations

import pytest

from taper.catalog.withdrawal_risk import withdrawal_risk
from taper.quantity import Mg


@pytest.mark.parametrize(
    ("days", "weeks", "daily", "risk"),
    [
        (3, 52, "40", "rare"),
        (4, 3, "40", "possible"),
        (4, 4, "10", "possible"),
        (4, 4, "10.5", "stands"),
        (4, 11, "10", "possible"),
        (4, 11, "10.5", "stands"),
        (4, 12, "1", "stands"),
    ],
)
def test_the_risk_on_each_side_of_each_limit_is_that_of_the_guide(days: int, weeks: int, daily: str, risk: str) -> None:
    row = withdrawal_risk(days, weeks, Mg(daily))
    assert row is not None
    assert row.risk == risk
