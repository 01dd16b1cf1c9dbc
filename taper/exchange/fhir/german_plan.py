"""Write a schedule for the German medication plan: FHIR R4 by the dosing profile dgMP (HL7 Germany, algorithm 2.0.0).

The profile knows no sequence and no words beside fields; all dosages of a request share one unit and the same bounds.
So each step is one draft for each of its products, in pieces, mL or drops of the German list of units (KBV), at
morning, noon, evening and night. Its words are those that the algorithm of the profile makes, in an extension.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from html import escape
from typing import NamedTuple

from taper.errors import ScheduleError
from taper.exchange.fhir.codes import drug_concept, product_concept
from taper.exchange.fhir.json import Resource, bundle, number, quantity, reference, uuid_identifier
from taper.exchange.fhir.units import KBV
from taper.order.parts import TIMES, TimeOfDay
from taper.order.product_line import OrderedProduct
from taper.paper.label import identifier, plan_key
from taper.quantity import exact_text
from taper.schedule.regimen import Item
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, ordered_steps

ALGORITHM = "2.0.0"
RENDERED = "http://hl7.org/fhir/5.0/StructureDefinition/extension-MedicationRequest.renderedDosageInstruction"
META = "http://ig.fhir.de/igs/medication/StructureDefinition/GeneratedDosageInstructionsMeta"
_WHEN: dict[TimeOfDay, str] = {"morning": "MORN", "noon": "NOON", "evening": "EVE", "bedtime": "NIGHT"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ON = ("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags")
_PARTS = frozenset((Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)))
"""What may follow the decimal point; the profile's .33 and .66 are no thirds, so nothing exact needs them."""


class _Unit(NamedTuple):
    """A unit of the German list."""

    code: str
    name: str


_PIECE, _ML, _DROP = _Unit("1", "Stück"), _Unit("s", "ml"), _Unit("6", "Tropfen")
Amounts = dict[tuple[int, ...], dict[TimeOfDay, Fraction]]
"""What is taken of a product at each time of day, by the days of the week on which it is."""


def german_plan(
    schedule: Schedule, *, written_on: date, kind: str, subject: Resource, requester: str | None
) -> Resource:
    """Return a bundle of drafts: one MedicationRequest for each product of each step.

    Args:
        schedule: The schedule; it needs its order, which names the strengths of the products.
        written_on: Day on which the drafts are written.
        kind: ``collection`` or ``transaction``.
        subject: The patient.
        requester: Reference to the prescriber.

    Raises:
        ScheduleError: An amount that the profile has no number for, or one that names no product of the order.
    """
    ordered = {product.name: product for product in (schedule.order.products if schedule.order else ())}
    medications: dict[str, str] = {}
    resources: list[tuple[str, Resource]] = []
    for step in ordered_steps(schedule.steps):
        for name, amounts in _of_products(step).items():
            if name not in ordered:
                raise ScheduleError(
                    f"step {step.number} takes {name or 'a dose without a product'}, whose strength is not known; the "
                    "German plan counts pieces of products, so write from an order, or use --style sequence"
                )
            unit, dosages = _dosages(step, name, amounts, ordered[name])
            uuid = identifier(schedule, schedule.revision, "german-plan", step.number, step.start.isoformat(), name)
            drug = medications.setdefault(name, identifier(schedule, schedule.revision, "german-plan", "product", name))
            resource = _request(schedule, name, drug, dosages, _text(step, amounts, unit, ordered[name]))
            resource |= {"identifier": uuid_identifier(uuid), "subject": subject, "authoredOn": written_on.isoformat()}
            if requester:
                resource["requester"] = {"reference": requester}
            resources.append((uuid, resource))
    if not resources:
        raise ScheduleError("nothing is ever taken, so there is nothing to request; check the input")
    resources += [(uuid, _medication(uuid, ordered[name])) for name, uuid in medications.items()]
    return bundle(resources, identifier(schedule, schedule.revision, "bundle", "german-plan", kind), kind)


def _of_products(step: OrderedStep) -> dict[str, Amounts]:
    """Return what is taken of each product in a step."""
    found: dict[str, Amounts] = {}
    for part in step.parts:
        days = part.weekdays if step.weekly else ()
        for intake in part.regimen:
            if not intake.dose:
                continue
            for item in intake.items or (Item(""),):
                at = found.setdefault(item.product, {}).setdefault(days, {})
                given = item.count if item.count is not None else item.volume
                at[intake.time] = at.get(intake.time, Fraction(0)) + (given.value if given is not None else 0)
    return found


def _unit(product: OrderedProduct) -> tuple[_Unit, Fraction]:
    """Return the unit in which a product is counted, and how many pieces or mL one of it is."""
    if product.graduation is None:
        return _PIECE, Fraction(1)
    return (_DROP, product.graduation.value) if product.in_drops else (_ML, Fraction(1))


def _dosages(step: OrderedStep, name: str, amounts: Amounts, product: OrderedProduct) -> tuple[_Unit, list[Resource]]:
    """Return the dosages of a product in a step: one for all times at which the amount is the same."""
    unit, each = _unit(product)
    dosages: list[Resource] = []
    for days, taken in sorted(amounts.items()):
        by_amount: dict[Fraction, list[str]] = {}
        for at in TIMES:
            if at in taken:
                by_amount.setdefault(_allowed(taken[at] / each, unit, name, step), []).append(_WHEN[at])
        for value, when in by_amount.items():
            repeat: Resource = {"boundsPeriod": {"start": step.start.isoformat(), "end": step.end.isoformat()}}
            if days:
                repeat["dayOfWeek"] = [_DAYS[day] for day in days]
            dose = {"value": number(value), "unit": unit.name, "system": KBV, "code": unit.code}
            dosages.append({"timing": {"repeat": repeat | {"when": when}}, "doseAndRate": [{"doseQuantity": dose}]})
    return unit, dosages


def _allowed(value: Fraction, unit: _Unit, name: str, step: OrderedStep) -> Fraction:
    """Return an amount for which the profile has a number.

    Raises:
        ScheduleError: It has none.
    """
    if value and value % 1 in _PARTS:
        return value
    raise ScheduleError(
        f"step {step.number} takes {exact_text(value)} {unit.name} of {name}; the German plan has no number for that, "
        "only whole ones, quarters and halves; use --style sequence or per-step"
    )


def _text(step: OrderedStep, amounts: Amounts, unit: _Unit, product: OrderedProduct) -> str:
    """Return the words that the algorithm of the profile makes of the dosages."""
    _, each = _unit(product)

    def scheme(taken: dict[TimeOfDay, Fraction]) -> str:
        counts = (exact_text(taken.get(at, Fraction(0)) / each).replace(".", ",") for at in TIMES)
        return f"{'-'.join(counts)} {unit.name}"

    by_day = sorted((day, scheme(taken)) for days, taken in amounts.items() for day in days)
    core = "; ".join(f"{_ON[day]} {text}" for day, text in by_day) if by_day else scheme(amounts[()])
    return f"Vom {step.start:%d.%m.%Y} bis zum {step.end:%d.%m.%Y}: {core}"


def _request(schedule: Schedule, name: str, medication: str, dosages: list[Resource], text: str) -> Resource:
    """Return the draft of one product in one step, without what is the same in all of them."""
    return {
        "resourceType": "MedicationRequest",
        **_narrative(f"{name}: {text}"),
        "extension": list(_extensions(schedule, text)),
        "status": "draft",
        "intent": "plan",
        "medicationReference": reference(medication),
        "groupIdentifier": {"system": "urn:taper:plan", "value": plan_key(schedule)},
        "dosageInstruction": dosages,
    }


def _narrative(text: str) -> Resource:
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(text)}</div>'
    return {"language": "de-DE", "text": {"status": "generated", "div": div}}


def _extensions(schedule: Schedule, text: str) -> Iterator[Resource]:
    yield {"url": RENDERED, "valueMarkdown": text}
    yield {
        "url": META,
        "extension": [
            {"url": "language", "valueCode": "de-DE"},
            {"url": "algorithmVersion", "valueString": ALGORITHM},
        ],
    }
    yield {"url": "urn:taper:revision", "valueUnsignedInt": schedule.revision}
    if schedule.stopped_on is not None:
        yield {"url": "urn:taper:stopped-on", "valueDate": schedule.stopped_on.isoformat()}


def _medication(uuid: str, ordered: OrderedProduct) -> Resource:
    """Return the product with its drug and strength, in one piece or in 1 mL."""
    product = ordered.product
    unit = _PIECE if ordered.graduation is None else _ML
    of = {"value": 1, "unit": unit.name, "system": KBV, "code": unit.code}
    strength = {"numerator": quantity(product.strength.value, "mg", "mg"), "denominator": of}
    return {
        "resourceType": "Medication",
        **_narrative(ordered.name),
        "identifier": uuid_identifier(uuid),
        "code": product_concept(ordered.name, product),
        "ingredient": [{"itemCodeableConcept": drug_concept(product.drug), "strength": strength}],
    }
