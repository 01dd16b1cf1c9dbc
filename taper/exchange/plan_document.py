"""The plan document: JSON, the contract with other tools.

Amounts and fractions are strings (a fraction that does not end as a decimal is written "1/9"), dates are
ISO, unknown keys are refused. What follows from the steps (days, totals, cuts, supply) is written out for
other readers and verified when it is read back: a document that contradicts itself is not read.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from taper.errors import ScheduleError, TaperError
from taper.exchange.as_planned import altered
from taper.finding import Finding, Report
from taper.loading import decode, load_json, validate
from taper.order.order import Order, parse_order
from taper.order.parts import Day, TimeOfDay
from taper.order.terms import stops
from taper.proof import prove, prove_supply
from taper.proof.files.prove import prove_document
from taper.quantity import Mg, Ml, Pieces, exact_text
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import ONE_DAY, Schedule, Step, as_schedule
from taper.schedule.supply import Supply, dispense

SCHEMA, REPORT_SCHEMA = "taper-plan/1", "taper-report/1"

Amount = Annotated[str, Field(pattern=r"^[0-9]+((\.[0-9]+)|(/[1-9][0-9]*))?$", max_length=80, examples=["2.5", "1/30"])]
Ratio = Annotated[str, Field(pattern=r"^-?[0-9]+((\.[0-9]+)|(/[1-9][0-9]*))?$", max_length=80, examples=["0.1", "1/9"])]
Signed = Annotated[
    str, Field(pattern=r"^-?[0-9]+((\.[0-9]+)|(/[1-9][0-9]*))?$", max_length=80, examples=["2", "-0.5", "1/30"])
]


class Part(BaseModel):
    """A part of a document: frozen, and without keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, strict=True)


class ItemPart(Part):
    """Pieces or a volume of one product; exactly one of the two."""

    product: str
    count: Amount | None = None
    volume_ml: Amount | None = None


class IntakePart(Part):
    """One drug at one time of day."""

    time: TimeOfDay
    drug: str
    dose_mg: Amount
    items: list[ItemPart]


class StepPart(Part):
    """A run of days with the same regimen; `target_mg` is null without an order, the cuts where drugs mix.

    Attributes:
        number: 0 for today's dose, then counting up. Neighboring steps with the same number are one step with a weekly
            pattern: each is a run of its days, which may be without a dose.
    """

    number: Annotated[int, Field(ge=0)]
    start: Day
    end: Day
    days: Annotated[int, Field(ge=1)]
    intakes: list[IntakePart]
    total_mg: dict[str, Amount]
    target_mg: Amount | None
    cut_mg: Signed | None
    cut_of_current: Ratio | None
    cut_of_start: Ratio | None


class SourcePart(Part):
    """Where a limit stands."""

    title: str
    locator: str
    url: str


class RunPart(Part):
    """One of several things that a rule found."""

    severity: Literal["note", "warning", "alert"]
    step: int | None
    on: Day | None
    until: Day | None
    message: str
    measured: str
    limit: str


class FindingPart(Part):
    """What a rule found: the gravest of its runs of days, in one line, and all of them where there are several."""

    code: str
    severity: Literal["note", "warning", "alert"]
    step: int | None
    on: Day | None
    message: str
    measured: str
    limit: str
    sources: list[SourcePart]
    detail: str = ""
    advice: str = ""
    until: Day | None = None
    runs: list[RunPart] = []


class NotEvaluatedPart(Part):
    """A rule that could not be evaluated."""

    code: str
    reason: str
    about: str = ""


class AcknowledgedPart(Part):
    """A finding that the clinician has seen."""

    code: str
    reason: str
    by: str


class ReportPart(Part):
    """What the checker says."""

    findings: list[FindingPart]
    not_evaluated: list[NotEvaluatedPart]
    acknowledged: list[AcknowledgedPart]
    judged_by: str = ""


class SupplyPart(Part):
    """What the pharmacy hands out: pieces or a volume of one product."""

    product: str
    count: Amount | None = None
    volume_ml: Amount | None = None


class PlanDocument(Part):
    """A plan with its order, schedule, report and supply; `stopped_on` is null for a maintenance goal."""

    schema_: Literal["taper-plan/1"] = Field(alias="schema")
    plan_id: str
    revision: Annotated[int, Field(ge=0)]
    order: dict[str, Any] | None
    steps: Annotated[list[StepPart], Field(min_length=1, max_length=4000)]
    stopped_on: Day | None
    report: ReportPart
    supply: list[SupplyPart]


def document(schedule: Schedule, report: Report, supply: Supply | None = None) -> dict[str, Any]:
    """Return the plan document as plain data.

    Args:
        schedule: The schedule.
        report: What the checker found.
        supply: What it needs; worked out here if not given.

    Raises:
        ProofError: The plan or its supply does not add up.
    """
    schedule, supply = as_schedule(schedule), supply or dispense(schedule)
    prove(schedule, "the plan document")
    prove_supply(schedule, supply, "the plan document")
    return {
        "schema": SCHEMA,
        "plan_id": schedule.plan_id,
        "revision": schedule.revision,
        "order": None if schedule.order is None else schedule.order.as_data(),
        "steps": _steps(schedule),
        "stopped_on": None if schedule.stopped_on is None else schedule.stopped_on.isoformat(),
        "report": _report(report),
        "supply": [amounts_data(line.product, line.count, line.volume) for line in supply.lines],
    }


def write_document(schedule: Schedule, report: Report, supply: Supply | None = None) -> str:
    """Return the plan document as JSON text: the same plan, the same text."""
    return prove_document(schedule, json.dumps(document(schedule, report, supply), indent=2, ensure_ascii=False) + "\n")


def report_data(report: Report) -> dict[str, Any]:
    """Return a report as plain data, for a check without a plan document."""
    return {"schema": REPORT_SCHEMA, **_report(report)}


def _report(report: Report) -> dict[str, Any]:
    return {
        "judged_by": report.judged_by,
        "findings": [_finding(finding) for finding in report.findings],
        "not_evaluated": [
            {"code": skipped.code, "reason": skipped.reason, "about": skipped.about} for skipped in report.not_evaluated
        ],
        "acknowledged": [{"code": seen.code, "reason": seen.reason, "by": seen.by} for seen in report.acknowledged],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        **_run(finding),
        "detail": finding.detail,
        "advice": finding.advice,
        "sources": [{"title": s.title, "locator": s.locator, "url": s.url} for s in finding.sources],
        "runs": [_run(run) for run in finding.runs],
    }


def _run(finding: Finding) -> dict[str, Any]:
    return {
        "severity": str(finding.severity),
        "step": finding.step,
        "on": None if finding.on is None else finding.on.isoformat(),
        "until": None if finding.until is None else finding.until.isoformat(),
        "message": finding.message,
        "measured": finding.measured,
        "limit": finding.limit,
    }


def read_document(text: str | bytes) -> Schedule:
    """Read a plan document back.

    Args:
        text: JSON text, or the bytes of its file.

    Returns:
        The schedule, with its order. Report and supply follow from it and are computed again. Where its steps are not
        those that order and history lead to, a remark says so (T415), and it is neither printed nor exported.

    Raises:
        ScheduleError: Not a plan document, or one that contradicts itself; names the field.
        OrderError: The order inside is not one.
    """
    written = decode(text, ScheduleError) if isinstance(text, bytes) else text
    read = validate(PlanDocument, _load(written), ScheduleError)
    order: Order | None = None
    if read.order is not None:
        try:
            order = parse_order(read.order)
        except TaperError as problem:
            problem.field = f"order.{problem.field}".rstrip(".")
            raise
    steps = tuple(_read_step(step, index) for index, step in enumerate(read.steps))
    if order is not None and read.revision != len(order.history):
        raise ScheduleError(
            f"says {read.revision}, but the history of the order has {len(order.history)} entries: revision "
            f"{min(read.revision, len(order.history)) + 1} was taken out or added after it was written; take the "
            "document from where it was last untouched",
            field="revision",
        )
    schedule = Schedule(steps, read.stopped_on, order, read.plan_id, read.revision)
    _verify(read, schedule)
    return replace(schedule, remarks=altered(schedule))


def _steps(schedule: Schedule) -> list[dict[str, Any]]:
    return [
        {
            "number": step.number,
            "start": step.start.isoformat(),
            "end": step.end.isoformat(),
            "days": step.days,
            "intakes": intakes_data(step.intakes),
            "total_mg": {drug: dose.number for drug, dose in step.totals.items()},
            "target_mg": None if step.target is None else step.target.number,
            "cut_mg": None if cut is None else cut.amount.number,
            "cut_of_current": None if cut is None else exact_text(cut.of_current),
            "cut_of_start": None if cut is None else exact_text(cut.of_start),
        }
        for step, cut in zip(schedule.steps, schedule.cuts, strict=True)
    ]


def intakes_data(intakes: tuple[Intake, ...]) -> list[dict[str, Any]]:
    """Return the intakes of a day as plain data; an item without an amount has its product only."""
    return [
        {
            "time": intake.time,
            "drug": intake.drug,
            "dose_mg": intake.dose.number,
            "items": [
                amounts_data(item.product, item.count, item.volume)
                if item.count is not None or item.volume is not None
                else {"product": item.product}
                for item in intake.items
            ],
        }
        for intake in intakes
    ]


def amounts_data(product: str, count: Pieces | None, volume: Ml | None) -> dict[str, str]:
    """Return pieces or a volume of a product as plain data."""
    if volume is not None:
        return {"product": product, "volume_ml": volume.number}
    assert count is not None
    return {"product": product, "count": count.number}


def _load(text: str) -> Any:
    data = load_json(text, ScheduleError)
    if isinstance(data, dict) and data.get("schema") != SCHEMA:
        raise ScheduleError(f'this is not a plan document: it must say "schema": "{SCHEMA}"', field="schema")
    return data


def _read_step(step: StepPart, index: int) -> Step:
    if step.end < step.start:
        raise ScheduleError(f"the last day, {step.end}, is before the first, {step.start}", field=f"steps[{index}].end")
    intakes = []
    for number, intake in enumerate(step.intakes):
        items = []
        for position, item in enumerate(intake.items):
            if (item.count is None) == (item.volume_ml is None):
                raise ScheduleError(
                    "an item has either count or volume_ml",
                    field=f"steps[{index}].intakes[{number}].items[{position}]",
                )
            items.append(
                Item(item.product, count=Pieces(item.count))
                if item.count is not None
                else Item(item.product, volume=Ml(item.volume_ml or "0"))
            )
        intakes.append(Intake(intake.time, intake.drug, Mg(intake.dose_mg), tuple(items)))
    target = None if step.target_mg is None else Mg(step.target_mg)
    return Step(step.number, step.start, step.end, tuple(intakes), target)


def _verify(read: PlanDocument, schedule: Schedule) -> None:
    """Reject a document whose written-out sums do not match its steps."""
    for index, (step, computed) in enumerate(zip(read.steps, _steps(schedule), strict=True)):
        written = step.model_dump(mode="json")
        for key in ("days", "total_mg", "cut_mg", "cut_of_current", "cut_of_start"):
            if written[key] != computed[key]:
                raise ScheduleError(
                    f"says {written[key]}, but the doses and dates of the steps give {computed[key]}; "
                    "the document was changed after it was written: plan again, or correct one of the two",
                    field=f"steps[{index}].{key}",
                )
    needed = [amounts_data(line.product, line.count, line.volume) for line in dispense(schedule).lines]
    listed = [line.model_dump(mode="json", exclude_none=True) for line in read.supply]
    if listed != needed:
        differs = next((i for i, (line, other) in enumerate(zip(listed, needed, strict=False)) if line != other), None)
        raise ScheduleError(
            "the supply is not what the steps add up to; the document was changed after it was written: plan again",
            field="supply" if differs is None else f"supply[{differs}]",
        )
    _verify_stop(schedule)


def _verify_stop(schedule: Schedule) -> None:
    """Reject a `stopped_on` that contradicts the steps or the order."""
    stop, order = schedule.stopped_on, schedule.order
    last = max((step.end for step in schedule.steps if step.total), default=None)
    free = None if last is None else last + ONE_DAY
    wrong = stop is not None and free is not None and stop < free
    ends = order is not None and stops(order, schedule.last_drugs)
    if order is not None and not wrong:
        # a weekly pattern or a cycle may end on days without the drug: the stop then is the day after them
        over = {runs[-1].end + ONE_DAY for runs in schedule.groups if last and runs[0].start <= last <= runs[-1].end}
        wrong = stop not in ({free, *over} if ends else {None})
    if wrong:
        raise ScheduleError(
            f"says {stop}, but the last day with a dose is {last}"
            + (f" and the order {'ends without any drug' if ends else 'stays on a dose'}" if order else "")
            + "; the document was changed after it was written: plan again, or correct one of the two",
            field="stopped_on",
        )
