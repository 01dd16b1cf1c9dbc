"""Label texts with all that is read of them: days, amounts, times of day, how often, the clock."""

from __future__ import annotations

import pytest

from taper.exchange.sig.read import read_sig

READ: dict[str, list[str] | None] = {
    "Take 1 tablet at bedtime from 5 January 2026 to 9 January 2026": ["2026-01-05/2026-01-09/5: 1 bedtime 1/1"],
    "Take 1 tablet at bedtime from 5 January 2026 to 9 January 2026 (5 days)": [
        "2026-01-05/2026-01-09/5: 1 bedtime 1/1"
    ],
    "Take 1 tablet at bedtime from 5 January 2026 to 9 January 2026 (4 days)": None,
    "Take 1 tablet at bedtime from 9 January 2026 to 5 January 2026": None,
    "Take 1 tablet at bedtime from 5 January 2026": ["2026-01-05//: 1 bedtime 1/1"],
    "Take 1 tablet at bedtime from 5 January 2026 for 3 days": None,
    "Take 1 tablet at bedtime from 5 January 2026 (3 days)": None,
    "Take 1 tablet at bedtime from 31 February 2026": None,
    "Take 1 tablet at bedtime on 5 January 2026": ["2026-01-05/2026-01-05/1: 1 bedtime 1/1"],
    "Take 1 tablet at bedtime from January 5, 2026 to January 9, 2026": ["2026-01-05/2026-01-09/5: 1 bedtime 1/1"],
    "Take 1 tablet at 08:00 and 20:00": ["//: 1 morning evening 2/1 08:00 20:00"],
    "Take 1 tablet at bedtime at 22:00": ["//: 1 bedtime 1/1 22:00"],
    "Take 1 tablet at 8am and at bedtime": ["//: 1 morning bedtime 2/1 08:00"],
    "Take 1 and a half tablets daily": ["//: 1.5  1/1"],
    "Take 1 and a quarter tablets daily": ["//: 1.25  1/1"],
    "Take one and one-half tablets daily": ["//: 1.5  1/1"],
    "Take 1 half tablet daily": ["//: 0.5  1/1"],
    "Take a quarter tablet daily": ["//: 0.25  1/1"],
    "Take half tablet daily": ["//: 0.5  1/1"],
    "Take 1 quarter of a tablet daily": ["//: 0.25  1/1"],
    "Take 3 quarters of a tablet daily": None,
    "Take one quarter tablet daily": ["//: 0.25  1/1"],
    "Take a quarter of a tablet at night": ["//: 0.25 bedtime 1/1"],
    "1 tablet per os daily": ["//: 1  1/1"],
    "1 tablet every third day": ["//: 1  None/3"],
    "1 tablet once weekly": ["//: 1  None/7"],
    "1 tablet qod": ["//: 1  None/2"],
    "2 tablets for 3 days, 1 tablet for 4 days": None,
    "2 tablets at bedtime for 3 days, 1 tablet at bedtime for 4 days": ["//3: 2 bedtime 1/1", "//4: 1 bedtime 1/1"],
    "2 tablets slowly at bedtime for 3 days, 1 tablet at bedtime for 4 days": None,
    "Take 1 tablet with dinner": ["//: 1 evening 1/1"],
}


@pytest.mark.parametrize("text", READ)
def test_all_of_a_text_is_read_or_none_of_it_counts(text: str) -> None:
    """First and last day and their number; each dose with its times, how often a day, every how many days."""
    reading = read_sig(text)
    found = [
        f"{part.start or ''}/{part.end or ''}/{part.days or ''}: "
        + "; ".join(
            f"{' + '.join(str(amount.count) for amount in dose.amounts)} {' '.join(dose.times)} "
            f"{dose.per_day}/{dose.every_days} {' '.join(dose.clock)}".strip()
            for dose in part.doses
        )
        for part in reading.parts
    ]
    assert (found if reading.complete else None) == READ[text]


@pytest.mark.parametrize(
    "route",
    [
        *("sublingually", "under the tongue", "SL", "buccally", "in the cheek"),
        *("rectally", "per rectum", "PR", "nasally", "intranasally", "vaginally"),
    ],
)
def test_a_route_that_is_not_by_mouth_is_handed_back_as_it_is_written(route: str) -> None:
    """What is under the tongue or in the nose is not swallowed: a person reads it; by mouth nothing is left over."""
    assert read_sig("Take 1 tablet by mouth daily").complete
    assert read_sig(f"Take 1 tablet {route} daily").not_understood == (route,)
