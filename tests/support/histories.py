"""Orders with a history whose hashes are right."""

from __future__ import annotations

from typing import Any

from taper.order.history import Event, first_hash
from taper.order.order import Order, parse_order


def with_history(order: Order | dict[str, Any], *entries: dict[str, Any]) -> Order:
    """Add entries to the history of an order, each chained to the one before by its hash, as `taper revise` would."""
    data = (parse_order(order) if isinstance(order, dict) else order).as_data()
    history = data.pop("history", [])
    last = history[-1]["hash"] if history else first_hash(data)
    for entry in entries:
        event = Event.model_validate(entry)
        last = event.hashed(last)
        history.append(event.as_data() | {"hash": last})
    return parse_order(data | ({"history": history} if history else {}))
