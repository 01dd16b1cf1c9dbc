"""One day of a plan as JSON: what to take, what comes next, how much is left."""

from __future__ import annotations

from datetime import date
from typing import Any

from taper.exchange.plan_document import amounts_data, intakes_data
from taper.quantity import Ml
from taper.schedule.day import Today
from taper.schedule.supply import ProductAmount

SCHEMA = "taper-today/1"


def today_data(today: Today) -> dict[str, Any]:
    """Return one day of a plan as plain data: amounts as strings, dates in ISO, as in the plan document."""
    change, fill = today.change, today.fill
    return {
        "schema": SCHEMA,
        "day": today.day.isoformat(),
        "state": today.state,
        "step": today.step,
        "step_end": _iso(today.step_end),
        "intakes": intakes_data(today.intakes),
        "tomorrow": None if today.tomorrow is None else intakes_data(today.tomorrow),
        "change": change
        and {
            "day": change.day.isoformat(),
            "stop": change.stop,
            "weekly": change.weekly,
            "intakes": intakes_data(change.intakes),
        },
        "review": _iso(today.review),
        "fill_start": _iso(fill.start if fill is not None else None),
        "fill_end": _iso(fill.end if fill is not None else None),
        "days_left": today.days_left,
        "next_fill": _iso(today.next_fill),
        "left": None if today.left is None else [_left(amount) for amount in today.left],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _left(some: ProductAmount) -> dict[str, str]:
    if isinstance(some.amount, Ml):
        return amounts_data(some.product, None, some.amount)
    return amounts_data(some.product, some.amount, None)
