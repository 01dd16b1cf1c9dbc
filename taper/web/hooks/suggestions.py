"""A suggestion: the same order by steps that keep within the limit, planned exactly, or none at all.

The goal, the medicine, the times of day and the length are those of the order; the size and the distance of the steps
are those of the guideline that the order goes beyond. Only whole tablets or capsules are used, because nobody said
that they may be split. What is suggested is read back, and checked like the order itself, before it is offered.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from taper import catalog
from taper.catalog import Limit
from taper.checker.wording import count_text, day_text, dose_text
from taper.errors import TaperError
from taper.exchange.fhir.json import number
from taper.exchange.fhir.shape import amount, many, one, text_of
from taper.finding import Severity
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.proof import prove
from taper.quantity import Mg, percent_text
from taper.schedule.schedule import Schedule
from taper.web.hooks.cards import identifier
from taper.web.hooks.entries import Entry, entries_of
from taper.web.hooks.judging import Judgment, judged, report_on
from taper.web.hooks.picture import Picture, doses_on, picture
from taper.web.hooks.policy import Policy

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
MOST_STEPS = 12
_MOST_PIECES = 60


class Asked(NamedTuple):
    """What a suggestion is made from.

    Attributes:
        draft: The order.
        record: What was sent of the record.
        seen: What is taken with and without it.
        judgment: What was found.
        policy: What whoever runs the service chose.
        medications: Medications that the order may refer to.
    """

    draft: Entry
    record: Sequence[Entry]
    seen: Picture
    judgment: Judgment
    policy: Policy
    medications: Sequence[dict[str, Any]] = ()


class _Run(NamedTuple):
    """Days in a row with the same pieces at a time."""

    start: date
    end: date
    pieces: Fraction
    noun: str


def suggestions(asked: Asked) -> list[dict[str, Any]]:
    """Return one suggestion, or none where the order does not lead to exactly one."""
    often = _often(asked.draft)
    if often is None or not _one_for_one(asked, often):
        return []
    ceiling = _ceiling(asked)
    order = _order(asked, often, ceiling) if ceiling is not None else None
    if ceiling is None or order is None:
        return []
    try:
        schedule = plan(parse_order(order))
        prove(schedule, "the suggestion")
    except TaperError:  # whole pieces of this product do not make such steps, or they do not add up
        return []
    runs = list(_runs(schedule, asked))
    if not 1 < len(runs) <= MOST_STEPS:
        return []
    resource = _resource(asked.draft, runs, often)
    if not _holds(asked, resource, runs, often):
        return []
    return [_suggestion(asked, resource, runs, often, ceiling)]


def _often(draft: Entry) -> int | None:
    """Return how often a day an order is taken, if that is all that it says of the times."""
    resource = draft.resource
    dosages = many(resource, "dosageInstruction")
    repeat = one(one(dosages[0], "timing"), "repeat") if len(dosages) == 1 else None
    plain = isinstance(repeat, dict) and set(repeat) <= {"frequency", "period", "periodUnit", "boundsPeriod"}
    often = amount(repeat, "frequency")
    daily = amount(repeat, "period") == 1 and text_of(repeat, "periodUnit") == "d"
    repeats = amount(one(resource, "dispenseRequest"), "numberOfRepeatsAllowed")
    if not plain or not daily or often is None or often.denominator != 1 or not 1 <= often <= 6 or repeats:
        return None
    return int(often)


def _one_for_one(asked: Asked, often: int) -> bool:
    """Return whether one order of pieces takes the place of one of the same drug, and nothing else is taken."""
    draft, seen = asked.draft, asked.seen
    replaced = seen.replaced.get(draft.drug, ())
    alone = len(replaced) == 1 and not seen.unsure and not any(seen.beside.values()) and len(seen.after.drugs) == 1
    if not alone or draft.resource["resourceType"] != "MedicationRequest" or draft.status != "draft":
        return False
    now, then = _doses(asked)
    pieces = _pieces(draft)
    if now is None or then is None or not Mg(0) < then < now or pieces is None or pieces.denominator != 1:
        return False
    pace = any(found.finding.code == "T101" and found.severity >= Severity.WARNING for found in asked.judgment.found)
    return pace and (often == 1 or _often(replaced[0]) == often)


def _doses(asked: Asked) -> tuple[Mg | None, Mg | None]:
    drug, day = asked.draft.drug, asked.seen.day
    now = doses_on(asked.seen.before, day).get(drug)
    return now, doses_on(asked.seen.after, day).get(drug)


def _pieces(draft: Entry) -> Fraction | None:
    """Return the pieces of a day of an order that is one line of one product."""
    if len(draft.lines) != 1 or not draft.lines[0].intakes or len(draft.lines[0].intakes) != 1:
        return None
    items = draft.lines[0].intakes[0].items
    return items[0].count.value if len(items) == 1 and items[0].count is not None else None


def _ceiling(asked: Asked) -> Limit | None:
    """Return the strictest limit on the cut within some days, of the guidelines that judge this order."""
    names = tuple(asked.policy.guidelines) or catalog.default_guidelines(asked.policy.country, (asked.draft.drug,))[0]
    limits = [
        limit
        for name in names
        for limit in catalog.guideline(name).limits_of("window_ceiling")
        if limit.fraction and limit.window_days and not limit.example and limit.basis != "start"
        if limit.drug in ("", asked.draft.drug)
    ]
    return min(limits, key=lambda limit: (limit.fraction or 1, -(limit.window_days or 0)), default=None)


def _order(asked: Asked, often: int, ceiling: Limit) -> dict[str, Any] | None:
    """Return the order that the suggestion carries out: one time of day, which stands for each of them."""
    product = _product(asked)
    now, then = _doses(asked)
    if product is None or now is None or then is None or ceiling.fraction is None:
        return None
    each, goal = Mg(now.value / often), Mg(then.value / often)
    if not _reaches(each / product.strength, goal / product.strength, ceiling.fraction):
        return None
    return {
        "drug": asked.draft.drug,
        "country": product.country,
        "start": date.fromordinal(asked.seen.day.toordinal() - 1).isoformat(),
        "first_cut": asked.seen.day.isoformat(),
        "current": {"morning": str(each)},
        "product": [{"name": product.name, "split": "whole"}],
        "phase": [
            {
                "reduce": f"{percent_text(ceiling.fraction)} of current",
                "every": f"{ceiling.window_days} days",
                "until": str(goal),
            }
        ],
    }


def _reaches(now: Fraction, goal: Fraction, part: Fraction) -> bool:
    """Return whether whole pieces lead from one number of them to another by cuts of at most a part.

    The planner would say no too, but look for ways out first, which nobody waits for here.

    >>> _reaches(Fraction(6), Fraction(4), Fraction(1, 4)), _reaches(Fraction(4), Fraction(2), Fraction(1, 4))
    (True, False)
    """
    if now.denominator != 1 or goal.denominator != 1 or now > _MOST_PIECES:
        return False
    reached = {int(now)}
    for pieces in range(int(now), int(goal), -1):
        if pieces in reached:
            reached.update(range(pieces - int(pieces * part), pieces))
    return int(goal) in reached


def _product(asked: Asked) -> catalog.Product | None:
    """Return the product of the catalog that the order means, if it is one."""
    draft = asked.draft
    concept = one(draft.resource, "medicationCodeableConcept")
    american = any(text_of(coding, "system") == RXNORM for coding in many(concept, "coding"))
    country = asked.policy.country or ("US" if american else None)
    pieces, then = _pieces(draft), _doses(asked)[1]
    if country is None or not pieces or then is None:
        return None
    words = draft.medicine.lower()
    if any(word in words for word in ("disintegrating", "release", " xr", " er ", "chew", "orodisp", "odt")):
        return None  # other forms are other products
    try:
        found = catalog.find_products(country, f"{draft.drug} {_form(draft)} {Mg(then.value / pieces)}")
    except TaperError:
        return None
    return found[0]


def _form(draft: Entry) -> str:
    return "capsule" if "cap" in draft.medicine.lower() else "tablet"


def _runs(schedule: Schedule, asked: Asked) -> Iterator[_Run]:
    """Yield the steps of a plan within the days of the order."""
    first, last = asked.seen.day, asked.draft.end or asked.seen.day
    for step in schedule.steps:
        start, end = max(step.start, first), min(step.end, last)
        if step is schedule.steps[-1]:
            end = last
        if start <= end:
            counts = [item.count.value for intake in step.intakes for item in intake.items if item.count is not None]
            yield _Run(start, end, sum(counts, Fraction(0)), _form(asked.draft))


def _resource(draft: Entry, runs: Sequence[_Run], often: int) -> dict[str, Any]:
    """Return the whole order with its one dosage as steps, and the quantity that they need."""
    resource = copy.deepcopy({key: value for key, value in draft.resource.items() if key != "_fullUrl"})
    dosage = many(resource, "dosageInstruction")[0]
    steps = []
    for number_of, run in enumerate(runs, 1):
        step = copy.deepcopy(dosage)
        step["sequence"] = number_of
        step.pop("patientInstruction", None)
        step["text"] = _sentence(run, often)
        step["timing"] = {
            "repeat": {
                "boundsPeriod": {"start": run.start.isoformat(), "end": run.end.isoformat()},
                "frequency": often,
                "period": 1,
                "periodUnit": "d",
            }
        }
        step.pop("doseQuantity", None)
        step["doseAndRate"] = [{"doseQuantity": _count(run.pieces, run.noun)}]
        steps.append(step)
    resource["dosageInstruction"] = steps
    whole = sum((run.pieces * often * _days(run) for run in runs), Fraction(0))
    request = resource.get("dispenseRequest")
    supply = dict(request) if isinstance(request, dict) else {}
    days = sum(_days(run) for run in runs)
    supply["quantity"] = _count(whole, runs[0].noun)
    supply["expectedSupplyDuration"] = {
        "value": days,
        "unit": "days",
        "system": "http://unitsofmeasure.org",
        "code": "d",
    }
    resource["dispenseRequest"] = supply
    return resource


def _count(pieces: Fraction, noun: str) -> dict[str, Any]:
    unit = noun if pieces == 1 else f"{noun}s"
    code = "{tbl}" if noun == "tablet" else f"{{{noun}}}"
    return {"value": number(pieces), "unit": unit, "system": "http://unitsofmeasure.org", "code": code}


def _days(run: _Run) -> int:
    return (run.end - run.start).days + 1


def _sentence(run: _Run, often: int) -> str:
    times = "once a day" if often == 1 else f"{often} times a day"
    return f"Take {count_text(int(run.pieces), run.noun)} {times}, {run.start.isoformat()} to {run.end.isoformat()}"


def _holds(asked: Asked, resource: dict[str, Any], runs: Sequence[_Run], often: int) -> bool:
    """Return whether the resource, read back, is what was planned, and is nothing that would be warned of."""
    (entry,) = entries_of([resource], asked.medications) or (None,)
    if entry is None or not entry.understood or entry.drug != asked.draft.drug:
        return False
    pieces, then = _pieces(asked.draft), _doses(asked)[1]
    if not pieces or then is None:
        return False
    each = then.value / pieces
    read = [
        (line.start, line.end, sum((i.dose.value for i in line.intakes or ()), Fraction(0))) for line in entry.lines
    ]
    if read != [(run.start, run.end, run.pieces * often * each) for run in runs]:
        return False
    seen = picture([entry], asked.record, asked.seen.day)
    reports = [
        report_on(schedule, asked.policy.guidelines, asked.policy.country) for schedule in (seen.before, seen.after)
    ]
    worst = judged(*reports).worst
    return worst is None or worst < Severity.WARNING


def _suggestion(
    asked: Asked, resource: dict[str, Any], runs: Sequence[_Run], often: int, ceiling: Limit
) -> dict[str, Any]:
    pieces, then = _pieces(asked.draft), _doses(asked)[1]
    assert pieces
    assert then is not None
    assert ceiling.fraction is not None
    each = then.value / pieces
    steps = [f"{dose_text(Mg(run.pieces * often * each))} {_from(run, index)}" for index, run in enumerate(runs)]
    within = f"at most {percent_text(ceiling.fraction)} in {ceiling.window_days} days"
    label = f"{', then '.join(steps)} ({within})"
    return {
        "label": label,
        "uuid": identifier("suggestion", asked.draft.id, label),
        "actions": [
            {
                "type": "update",
                "description": f"Change this order to {label}; whole tablets, quantity and days to match",
                "resource": resource,
            }
        ],
    }


def _from(run: _Run, index: int) -> str:
    return f"until {day_text(run.end)}" if index == 0 else f"from {day_text(run.start)}"
