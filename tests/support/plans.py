"""Plans with several drugs and plans with a history, made by hand: an order, and the days that it stands for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from taper.order.order import Order, parse_order
from taper.order.parts import TimeOfDay
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.support.histories import with_history

START = date(2026, 1, 5)
LORAZEPAM: dict[str, Any] = {
    "drug": "lorazepam",
    "country": "GB",
    "start": START.isoformat(),
    "current": {"morning": "1 mg", "bedtime": "1 mg"},
    "product": [
        {"name": "lorazepam tablet 1 mg", "split": "halves"},
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "halves"},
    ],
    "phase": [
        {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": "1 week", "switch_first": ["bedtime"]},
        {"reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg"},
    ],
    "handout": {"patient": "A. Patient", "prescriber": "Dr. B", "phone": "01 23 45"},
}
HELD: dict[str, Any] = LORAZEPAM | {
    "other": [{"drug": "diazepam", "current": {"noon": "5 mg", "bedtime": "5 mg"}}],
    "phase": [{"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg"}],
}


def intake(time: TimeOfDay, drug: str, *pieces: tuple[str, str]) -> Intake:
    """An intake of pieces such as ("5", "1.5"): one and a half tablets of 5 mg."""
    dose = sum((Mg(strength) * Pieces(count).value for strength, count in pieces), Mg(0))
    items = (Item(f"{drug} tablet {strength} mg", Pieces(count)) for strength, count in pieces)
    return Intake(time, drug, dose, tuple(items))


def laid_out(order: Order | None, *days: tuple[int, tuple[Intake, ...]], stop: bool = True) -> Schedule:
    """A schedule of regimens, each for some days, from the order's start on."""
    steps, day = [], START if order is None else order.start
    for number, (length, intakes) in enumerate(days):
        end = day + timedelta(days=length - 1)
        steps.append(Step(number, day, end, intakes))
        day = end + timedelta(days=1)
    revision = len(order.history) if order is not None else 0
    return Schedule(tuple(steps), day if stop else None, order, plan_id="0f3c2a9e-plan", revision=revision)


def crossover(**more: Any) -> Schedule:
    """Lorazepam twice a day, replaced by diazepam in four stages, which then goes down."""
    return laid_out(
        parse_order(LORAZEPAM | more),
        (14, (intake("morning", "lorazepam", ("1", "1")), intake("bedtime", "lorazepam", ("1", "1")))),
        (
            7,
            (
                intake("morning", "lorazepam", ("1", "1")),
                intake("bedtime", "lorazepam", ("1", "0.5")),
                intake("bedtime", "diazepam", ("5", "1")),
            ),
        ),
        (
            7,
            (
                intake("morning", "lorazepam", ("1", "0.5")),
                intake("morning", "diazepam", ("5", "0.5"), ("2", "1")),
                intake("bedtime", "lorazepam", ("1", "0.5")),
                intake("bedtime", "diazepam", ("5", "1")),
            ),
        ),
        (14, (intake("morning", "diazepam", ("5", "1.5")), intake("bedtime", "diazepam", ("5", "2")))),
        (14, (intake("morning", "diazepam", ("5", "1")), intake("bedtime", "diazepam", ("5", "2")))),
        (14, (intake("bedtime", "diazepam", ("2", "2.5")),)),
    )


def held(**more: Any) -> Schedule:
    """Lorazepam goes, diazepam stays."""
    kept = (intake("noon", "diazepam", ("5", "1")), intake("bedtime", "diazepam", ("5", "1")))
    return laid_out(
        parse_order(HELD | more),
        (14, (intake("morning", "lorazepam", ("1", "1")), intake("bedtime", "lorazepam", ("1", "1")), *kept)),
        (14, (intake("morning", "lorazepam", ("1", "0.5")), intake("bedtime", "lorazepam", ("1", "1")), *kept)),
        (14, (intake("bedtime", "lorazepam", ("1", "1")), *kept)),
        (14, kept),
        stop=False,
    )


REVISIONS: tuple[dict[str, Any], ...] = (
    {"on": "2026-01-26", "hold": "2 weeks", "reason": "bad nights", "by": "Dr. B"},
    {"on": "2026-03-03", "every": "4 weeks", "reduce": "0.5 mg", "reason": "slower", "by": "Dr. C"},
)
ALONE: dict[str, Any] = LORAZEPAM | {
    "product": LORAZEPAM["product"][:1],
    "phase": [{"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg"}],
}


def revised(**more: Any) -> tuple[Schedule, Schedule]:
    """A plan of one drug before and after its second revision."""
    one, half = ("1", "1"), ("1", "0.5")
    doses = [(one, one), (half, one), (half, half), (None, half)]
    days = [
        tuple(
            intake(time, "lorazepam", piece)
            for time, piece in zip(("morning", "bedtime"), pieces, strict=True)  # type: ignore[arg-type]
            if piece is not None
        )
        for pieces in doses
    ]
    data = ALONE | more
    before = laid_out(with_history(data, REVISIONS[0]), *zip((14, 43, 14, 14), days, strict=True))
    after = laid_out(with_history(data, *REVISIONS), *zip((14, 43, 28, 28), days, strict=True))
    return before, replace(after, plan_id=before.plan_id)
