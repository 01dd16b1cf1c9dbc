"""The plan document read back: every step, sum, cut and amount of its supply, computed anew from its doses and days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taper.errors import ProofError
from taper.proof.facts import item_of
from taper.proof.files.days import Plan
from taper.proof.files.figures import day, number

if TYPE_CHECKING:
    from taper.schedule.regimen import Intake
    from taper.schedule.schedule import Schedule, Step

_ZERO = Fraction(0)
Row = tuple[str, str, Fraction, tuple[tuple[str, str, Fraction], ...]]
"""Time of day, drug, mg, and how much of each product."""


def planned(intakes: Iterable[Intake]) -> tuple[Row, ...]:
    """Return the intakes of a day of the plan as rows."""
    return tuple((intake.time, intake.drug, intake.dose.value, tuple(map(item_of, intake.items))) for intake in intakes)


def written(intakes: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Return the intakes of a day in a document as rows."""
    return tuple(
        (one["time"], one["drug"], number(one["dose_mg"]), tuple(map(amount, one["items"]))) for one in intakes
    )


def amount(item: Mapping[str, str]) -> tuple[str, str, Fraction]:
    """Return how much of a product an item of a document is."""
    keys = item.keys() - {"product"}
    if len(keys) > 1 or keys - {"count", "volume_ml"}:
        raise ValueError(f"{dict(item)} is no amount of a product")
    if "volume_ml" in item:
        return item["product"], "mL", number(item["volume_ml"])
    return item["product"], "pieces", number(item["count"]) if "count" in item else _ZERO


def prove_data(plan: Plan, data: Mapping[str, Any], what: str) -> None:
    """Prove a plan document."""
    schedule = plan.schedule
    order = None if schedule.order is None else schedule.order.as_data()
    stop = None if schedule.stopped_on is None else schedule.stopped_on.isoformat()
    identity = data["schema"], data["plan_id"], data["revision"]
    if identity != ("taper-plan/1", schedule.plan_id, schedule.revision):
        raise ProofError(what, f"it says that it is {identity}")
    if data["stopped_on"] != stop:
        raise ProofError(what, f"it says that the first day without the drug is {data['stopped_on']}, not {stop}")
    if data["order"] != order:
        raise ProofError(what, "the order in it is not the order of the plan")
    if len(data["steps"]) != len(schedule.steps):
        raise ProofError(what, f"it has {len(data['steps'])} steps, and the plan has {len(schedule.steps)}")
    for told, step, cut in zip(data["steps"], schedule.steps, _cuts(schedule), strict=True):
        where = f"step {step.number}, from {step.start},"
        _prove_step(told, step, f"{what}, {where}")
        keys = ("cut_mg", "cut_of_current", "cut_of_start")
        said = tuple(None if told[key] is None else number(told[key]) for key in keys)
        if said != (cut or (None, None, None)):
            raise ProofError(f"{what}, {where}", "its cut is not the fall from the step before")
    needed = sorted((*key, value) for key, value in needs(plan, date.min, date.max).items() if value)
    if sorted(one for one in map(amount, data["supply"]) if one[2]) != needed:
        raise ProofError(what, "its supply is not the sum of what the steps take")


def _prove_step(told: Mapping[str, Any], step: Step, where: str) -> None:
    length = (step.end - step.start).days + 1
    if (told["number"], day(told["start"]), day(told["end"])) != (step.number, step.start, step.end):
        raise ProofError(where, f"it says step {told['number']}, {told['start']} to {told['end']}")
    if told["days"] != length:
        raise ProofError(where, f"it has {length} days, and it says {told['days']}")
    rows = written(told["intakes"])
    if rows != planned(step.intakes):
        raise ProofError(where, "its doses are not those of the plan")
    if {drug: number(mg) for drug, mg in told["total_mg"].items()} != _totals(rows):
        raise ProofError(where, "its totals are not the sums of its doses")
    target = None if step.target is None else step.target.value
    if (None if told["target_mg"] is None else number(told["target_mg"])) != target:
        raise ProofError(where, f"its target is {target} mg, and it says {told['target_mg']}")


def _totals(rows: Iterable[Row]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for _, drug, mg, _items in rows:
        found[drug] = found.get(drug, _ZERO) + mg
    return found


def _cuts(schedule: Schedule) -> Iterator[tuple[Fraction, Fraction, Fraction] | None]:
    """Yield the cut that leads to each step: mg, of the dose before, of the first; None where several drugs change."""
    first: dict[str, Fraction] = {}
    before: dict[str, Fraction] | None = None
    for step in schedule.steps:
        now = _totals(planned(step.intakes))
        for drug, mg in now.items():
            first.setdefault(drug, mg)
        held = now if before is None else before
        changed = [drug for drug in {**held, **now} if held.get(drug, _ZERO) != now.get(drug, _ZERO)]
        if len(changed) > 1:
            yield None
        elif not changed:
            yield _ZERO, _ZERO, _ZERO
        else:
            old, new, start = held.get(changed[0], _ZERO), now.get(changed[0], _ZERO), first[changed[0]]
            yield old - new, (old - new) / old if old else _ZERO, (old - new) / start if start else _ZERO
        before = now


def needs(plan: Plan, first: date, last: date) -> dict[tuple[str, str], Fraction]:
    """Return what some days take of each product, and throw away with it, by product and unit."""
    found: dict[tuple[str, str], Fraction] = {}
    for step in plan.schedule.steps:
        days = (min(step.end, last) - max(step.start, first)).days + 1
        if days > 0:
            for intake in step.intakes:
                known = (item for item in intake.items if item.count is not None or item.volume is not None)
                for item in map(item_of, known):
                    for key, used in plan.used((item,)).items():
                        found[key] = found.get(key, _ZERO) + used * days
    return found
