"""A preset does not fail the guideline that it comes from."""

from __future__ import annotations

from typing import Any

import pytest

from taper.checker.checking import check
from taper.order.order import parse_order
from taper.order.presets import presets
from taper.planner.planning import plan
from tests.support.danger import SPLITTING

TABLETS = [{"name": "diazepam tablet 2 mg", "split": "halves"}, {"name": "diazepam tablet 5 mg", "split": "halves"}]
LIQUID = {"name": "diazepam oral solution 1 mg/mL", "device": "1 mL oral syringe", "graduation": "0.1 mL"}
ORDERS: dict[str, tuple[str, dict[str, Any]]] = {
    "bnf-eighth": ("bnf", {"current": {"bedtime": "16 mg"}, "product": TABLETS}),
    "nhs-scotland": ("nhs-scotland", {"current": {"bedtime": "20 mg"}, "product": TABLETS}),
    "wandsworth": ("hmp-wandsworth", {"current": {"evening": "40 mg"}, "product": [LIQUID], "max_units": 40}),
    "ashton-text": ("ashton-2002", {"current": {"bedtime": "40 mg"}, "product": TABLETS, "max_units": 12}),
    "novadic": ("novadic", {"current": {"bedtime": "20 mg"}, "product": TABLETS}),
    "casn-percent": ("canada-casn-percent", {"current": {"bedtime": "20 mg"}, "product": TABLETS}),
    "casn-mg": ("canada-casn", {"current": {"bedtime": "40 mg"}, "product": TABLETS, "max_units": 12}),
    "bcfi-tenth": ("bcfi-2002", {"current": {"bedtime": "20 mg"}, "product": TABLETS}),
}
WITHOUT_OWN = {"adfd", "vissers-2007", "habraken-1997", "empower"}
"""A forum's ladder; two trials; and a calendar that prints no limit (tests/order/test_empower.py)."""


@pytest.mark.parametrize("name", ORDERS)
def test_a_preset_is_no_warning_by_its_own_guideline(name: str) -> None:
    guideline, more = ORDERS[name]
    data = {"drug": "diazepam", "country": "US", "start": "2026-01-05", "review_every": "1 week", **more}
    schedule = plan(parse_order(data | {"phase": [{"preset": name}], "check": {"guidelines": [guideline]}}))
    found = [(f.code, str(f.severity), f.message) for f in check(schedule).at_or_above("warning")]
    assert [entry for entry in found if entry[0] not in SPLITTING] == []


def test_every_preset_is_held_against_its_own_or_has_none() -> None:
    assert presets().keys() == ORDERS.keys() | WITHOUT_OWN
