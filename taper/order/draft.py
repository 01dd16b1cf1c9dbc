"""An order in the making: what was said is read by the order reader itself, with stand-ins for what was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taper import catalog
from taper.catalog.formulary import LIQUIDS
from taper.order.order import Order, parse_order

STAND_INS: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"bedtime": "1 mg"},
    "product": [{"name": "stand-in", "source": "clinician", "form": "tablet", "strength": "1 mg"}],
    "phase": [{"doses": ["0 mg"], "every": "1 week"}],
}
"""What is not said yet, so that the order can be read. None of it is ever written."""


class Draft:
    """What was said so far; it always reads as an order, with stand-ins for what is missing."""

    def __init__(self, said: Mapping[str, Any] | None = None) -> None:
        self.said: dict[str, Any] = dict(said or {})

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys without which there is no order, and that were not said yet."""
        return tuple(key for key in STAND_INS if key not in self.said)

    def reading(self, **more: Any) -> Order:
        """Return the order that was said so far, with more keys or other values.

        Raises:
            OrderError: The order reader refuses it.
        """
        return parse_order(STAND_INS | self.said | more)

    def put(self, **more: Any) -> Order:
        """Keep some keys, once the order reader takes them.

        Raises:
            OrderError: It does not; all is as it was.
        """
        order = self.reading(**more)
        self.said |= more
        return order

    def reading_product(self, line: dict[str, Any]) -> Order:
        """Return the order with one more product, of which not all is said yet."""
        whole = dict(line)
        if "source" in line:
            whole.setdefault("name", "stand-in")
            form = whole.setdefault("form", "tablet").lower()
            liquid = form in LIQUIDS
            whole.setdefault("strength", "1 mg/mL" if liquid else "1 mg")
        else:
            liquid = catalog.find_branded(self.said["country"], line["name"])[1][0].is_liquid
        if liquid:
            whole = {"device": "stand-in", "graduation": "1 mL"} | whole
        return self.reading(product=[*self.said.get("product", ()), whole])

    def reading_phase(self, phase: dict[str, Any]) -> Order:
        """Return the order with one more phase, of which not all is said yet."""
        stand_ins = {"every": "1 week"} if "preset" not in phase else {}
        if "reduce" in phase or "finish" in phase:
            stand_ins["until"] = "0 mg"
        # A preset by the day of the week needs a day on which doses change, which is asked for after it.
        day = {"change_on": "Monday"} if "preset" in phase and "change_on" not in self.said else {}
        return self.reading(phase=[*self.said.get("phase", ()), stand_ins | phase], **day)
