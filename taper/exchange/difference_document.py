"""A difference as plain data for other tools; `taper diff --json` prints it."""

from __future__ import annotations

from datetime import date
from typing import Any

from taper.exchange.plan_document import intakes_data, report_data
from taper.finding import Report
from taper.quantity import Ml
from taper.schedule.changed_days import ChangedDays
from taper.schedule.comparison import Difference, SupplyChange
from taper.schedule.regimen import Regimen

SCHEMA = "taper-diff/1"


def difference_data(difference: Difference) -> dict[str, Any]:
    """Return a difference as plain data: amounts are strings, dates ISO.

    Keys:
        schema: ``"taper-diff/1"``.
        old, new: `plan_id` and `revision` of each.
        same_plan: Whether they are revisions of one plan. `swapped`: whether the second is the earlier one.
        from_day: First day that differs, or null.
        changes: Runs of days, each with `first`, `last`, `days`, `kind` (``"dose"``, or ``"pieces"`` for the same
            dose made in another way), `before` and `after`: lists of intakes as in the plan document, empty for a
            day without a dose, null where the plan has no such day.
        stretches: The same as people read it: `first`, `last`, and the places in `changes` of those that it has.
        moved: Null, or `before` and `after`, the first day without the drug (null for none), and `days` later.
        supply: For each product `unit` (``"pieces"`` or ``"mL"``), `before` and `after` over the whole plan,
            `later_before` and `later_after` from `from_day` on, `gained` and `lost`.
        findings_gone, findings_new: Findings as in the plan document.
        history_gone, history_new: Entries of the history that only the first, or only the second, has.
        order_keys: Keys of the order that differ.
    """
    return {
        "schema": SCHEMA,
        "old": {"plan_id": difference.old.plan_id, "revision": difference.old.revision},
        "new": {"plan_id": difference.new.plan_id, "revision": difference.new.revision},
        "same_plan": difference.same_plan,
        "swapped": difference.swapped,
        "from_day": _day(difference.from_day),
        "changes": [_change(change) for change in difference.changes],
        "stretches": [
            {
                "first": stretch.first.isoformat(),
                "last": stretch.last.isoformat(),
                "changes": [
                    index
                    for index, change in enumerate(difference.changes)
                    if change.first <= stretch.last and stretch.first <= change.last
                ],
            }
            for stretch in difference.stretches
        ],
        "moved": difference.moved
        and {
            "before": _day(difference.moved.before),
            "after": _day(difference.moved.after),
            "days": difference.moved.days,
        },
        "supply": [_supply(line) for line in difference.supply],
        "findings_gone": report_data(Report(difference.findings_gone))["findings"],
        "findings_new": report_data(Report(difference.findings_new))["findings"],
        "history_gone": [event.as_data() for event in difference.history_gone],
        "history_new": [event.as_data() for event in difference.history_new],
        "order_keys": list(difference.order_keys),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _change(change: ChangedDays) -> dict[str, Any]:
    return {
        "first": change.first.isoformat(),
        "last": change.last.isoformat(),
        "days": change.days,
        "kind": change.kind,
        "before": _regimen(change.before),
        "after": _regimen(change.after),
    }


def _regimen(regimen: Regimen | None) -> list[dict[str, Any]] | None:
    return None if regimen is None else intakes_data(regimen)


def _supply(line: SupplyChange) -> dict[str, str]:
    amounts = {
        "before": line.before,
        "after": line.after,
        "later_before": line.later_before,
        "later_after": line.later_after,
        "gained": line.gained,
        "lost": line.lost,
    }
    unit = "mL" if isinstance(line.before, Ml) else "pieces"
    return {"product": line.product, "unit": unit} | {name: amount.number for name, amount in amounts.items()}
