"""Write a schedule as FHIR R4 (4.0.1), as a draft that a clinician still has to sign.

Receivers differ, so there are two styles. ``sequence``: one MedicationRequest for each drug, whose dosage
instructions follow each other by `sequence` (HL7, NHS, France). ``per-step``: requests with one dosage
instruction each, joined by group identifier, prior prescription, RequestGroup and CarePlan (receivers that
take only one instruction, or that know no sequence).

What FHIR has no element for (which pieces make up a dose, and what is needed of each product) travels in
extensions named ``urn:taper:...``; a receiver that does not know them loses nothing that is in the texts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import escape
from typing import Literal, NamedTuple

from taper.errors import ScheduleError, renamed
from taper.exchange.fhir.codes import drug_concept, product_concept
from taper.exchange.fhir.german_plan import german_plan
from taper.exchange.fhir.json import (
    Resource,
    bundle,
    fhir_json,
    quantity,
    reference,
    uuid_identifier,
)
from taper.exchange.fhir.used_up import DISCARDED
from taper.interval import DayLike, parse_day
from taper.order.parts import TimeOfDay
from taper.paper.label import Labels, identifier, plain, plan_key
from taper.paper.phrases import noun_of
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.needs import ProductAmount, needed
from taper.schedule.regimen import Intake, Regimen
from taper.schedule.schedule import Schedule, Step
from taper.schedule.weekly import OrderedStep, WeekRegimen, ordered_steps

__all__ = ["fhir_json", "write_fhir"]

Style = Literal["sequence", "per-step", "german-plan"]
Kind = Literal["collection", "transaction"]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""FHIR's codes for the days of the week."""

WHEN: dict[TimeOfDay, str] = {"morning": "MORN", "noon": "NOON", "evening": "EVE", "bedtime": "NIGHT"}
"""FHIR's codes for the times of day."""

RENDERED = "http://hl7.org/fhir/5.0/StructureDefinition/extension-MedicationRequest.renderedDosageInstruction"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
THEN_STOP = {"system": "http://snomed.info/sct", "code": "422327006", "display": "Then stop"}


class _Request(NamedTuple):
    """A MedicationRequest in the making: its UUID, drug, dosages, and its steps with only its own intakes."""

    uuid: str
    drug: str
    dosages: list[Resource]
    rendered: str
    steps: tuple[OrderedStep, ...]
    runs: tuple[Step, ...]


# more than six parameters: the public call, whose keywords are the settings of the format
@renamed(authored_on="written_on")
def write_fhir(
    schedule: Schedule,
    *,
    written_on: DayLike,
    style: Style = "sequence",
    kind: Kind = "collection",
    subject: str | None = None,
    requester: str | None = None,
    language: str | None = None,
) -> Resource:
    """Write a schedule as a FHIR R4 bundle of drafts.

    Args:
        schedule: The schedule.
        written_on: Day on which the drafts are written.
        style: ``sequence`` or ``per-step``, see above; ``german-plan``: for the German medication plan (dgMP).
        kind: ``collection``, or ``transaction``: ready to be posted, and posting it twice doubles nothing.
        subject: Reference to the patient, such as ``"Patient/123"``; marked as unknown if not given.
        requester: Reference to the prescriber, which some servers require.
        language: Code of the language; the order's, or English, if not given.

    Returns:
        The bundle as plain data with exact numbers; `fhir_json` writes it as text.

    Raises:
        ScheduleError: Nothing is ever taken, an unknown style, or an amount that no decimal can carry.
        QuantityError: `written_on` is not a date.
    """
    for name, value, known in (
        ("style", style, ("sequence", "per-step", "german-plan")),
        ("kind", kind, ("collection", "transaction")),
    ):
        if value not in known:
            raise ScheduleError(f"{value!r} is not one of {', '.join(known)}", field=name)
    maker = _Maker(Labels(schedule, language), parse_day(written_on, "written_on"), subject, requester)
    if style == "german-plan":
        day = parse_day(written_on, "written_on")
        return german_plan(schedule, written_on=day, kind=kind, subject=maker.subject, requester=requester)
    requests = maker.sequences() if style == "sequence" else maker.single_steps()
    if not requests:
        raise ScheduleError("nothing is ever taken, so there is nothing to request; check the input")
    resources = [(request.uuid, maker.medication_request(request)) for request in requests]
    if style == "per-step":
        maker.link(requests, dict(resources))
        resources += maker.grouped(requests)
    return bundle(resources, maker.uuid("bundle", style, kind), kind)


class _Maker:
    """Makes the resources of one schedule."""

    def __init__(self, labels: Labels, written_on: date, subject: str | None, requester: str | None) -> None:
        self.labels, self.schedule = labels, labels.schedule
        self.authored_on = written_on.isoformat()
        unknown = {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}
        self.subject: Resource = {"reference": subject} if subject else unknown
        self.requester = requester
        self.ordered = {
            product.name: product for product in (self.schedule.order.products if self.schedule.order else ())
        }
        self.title = labels.say("title", medicine=plain(labels.phrases.medicines(self.schedule.drugs)))

    def uuid(self, *parts: object) -> str:
        """Return the UUID of a part of this revision."""
        return identifier(self.schedule, self.schedule.revision, *parts)

    def sequences(self) -> list[_Request]:
        """Return one request for each drug, with all its steps."""
        requests = []
        for drug in self.schedule.drugs:
            steps = self._steps(drug)
            if steps:
                dosages = []
                for step in steps:
                    taken = [(part, intake) for part in step.parts for intake in part.regimen]
                    ends = [False] * (len(taken) - 1) + [self._ends(step, drug)]
                    for (part, intake), last in zip(taken, ends, strict=True):
                        dosages.append(self.dosage(step, part, (intake,), {"sequence": step.number + 1}, last))
                runs = tuple(run for step in steps for run in step.runs)
                uuid = self.uuid("sequence", drug)
                requests.append(_Request(uuid, drug, dosages, self._rendered(drug, steps), steps, runs))
        return requests

    def _steps(self, drug: str) -> tuple[OrderedStep, ...]:
        """Return the steps in which a drug is taken, with only its intakes."""
        return tuple(only for step in ordered_steps(self.schedule.steps) if (only := step.of_drug(drug)).drugs)

    def single_steps(self) -> list[_Request]:
        """Return the requests of each step: one for all times at which a drug is taken in the same dose."""
        requests = []
        begins: dict[int, date] = {}
        made: set[str] = set()
        for drug in self.schedule.drugs:
            for step in self._steps(drug):
                # the nights of a cycle are steps of one number: all but the first are told apart by their day
                again = [step.start.isoformat()] if begins.setdefault(step.number, step.start) != step.start else []
                for part, alike in ((each, times) for each in step.parts for times in _alike(each.regimen)):
                    days = [DAYS[day] for day in part.weekdays] if step.weekly else []
                    parts = ["step", step.number, drug, *(intake.time for intake in alike), *days, *again]
                    while (uuid := self.uuid(*parts)) in made:
                        parts.append("again")  # one drug twice at one time, as a record from elsewhere may have it
                    made.add(uuid)
                    dosage = self.dosage(step, part, alike, {}, self._ends(step, drug))
                    runs = tuple(replace(run, intakes=alike) for run in step.on_days(part))
                    rendered: str = dosage["text"]
                    requests.append(_Request(uuid, drug, [dosage], rendered, (step,), runs))
        return requests

    def _ends(self, step: OrderedStep, drug: str) -> bool:
        last = self.labels.ending(drug)
        return last is not None and step.end == last.end

    def _dated(self, sentence: str, step: OrderedStep, ends: bool) -> str:
        text = self.labels.dated(sentence, step.start, step.end)
        return self.labels.say("label_stop", first=text) if ends else text

    def _rendered(self, drug: str, steps: tuple[OrderedStep, ...]) -> str:
        def sentence(step: OrderedStep) -> str:
            days = [(part.weekdays, [text for _, text in self.labels.intakes(part.regimen)]) for part in step.parts]
            return self._dated(self.labels.of_week(days), step, self._ends(step, drug))

        return self.labels.joined(sentence(step) for step in steps)

    def dosage(
        self, step: OrderedStep, part: WeekRegimen, intakes: tuple[Intake, ...], start: Resource, ends: bool
    ) -> Resource:
        """Return a dosage instruction: the same dose at one or more times of day, on the days of one regimen."""
        instruction: Resource = dict(start)
        if intakes[0].items:
            instruction["extension"] = [self.item(item.product, item.count, item.volume) for item in intakes[0].items]
        taken = [text for _, text in self.labels.intakes(Regimen(intakes))]
        directions = self.labels.on_days(part.weekdays, taken) if step.weekly else self.labels.take(taken)
        instruction["text"] = self._dated(directions, step, ends)
        if ends:
            instruction["additionalInstruction"] = [
                {"coding": [THEN_STOP], "text": self.labels.say("label_stop", first="").lstrip(", ")}
            ]
        instruction["timing"] = {
            "repeat": {
                "boundsPeriod": {"start": step.start.isoformat(), "end": step.end.isoformat()},
                "frequency": len(intakes),
                "period": 1,
                "periodUnit": "d",
                "when": [WHEN[intake.time] for intake in intakes],
            }
        }
        if step.weekly:
            instruction["timing"]["repeat"]["dayOfWeek"] = [DAYS[day] for day in part.weekdays]
        instruction["asNeededBoolean"] = False
        instruction["doseAndRate"] = [{"doseQuantity": quantity(intakes[0].dose.value, "mg", "mg")}]
        return instruction

    def item(self, product: str, count: Pieces | None, volume: Ml | None) -> Resource:
        """Return an exact amount of one product."""
        known = self.ordered.get(product)
        concept = product_concept(product, known.product if known else None)
        parts: list[Resource] = [{"url": "product", "valueCodeableConcept": concept}]
        if count is not None or volume is not None:
            parts.append({"url": "amount", "valueQuantity": self._amount(product, count, volume)})
        return {"url": "urn:taper:item", "extension": parts}

    def _amount(self, product: str, count: Pieces | None, volume: Ml | None) -> Resource:
        """Return pieces, mL, or drops: a drop need not be an exact number of mL."""
        known = self.ordered.get(product)
        if volume is not None:
            if known is not None and known.in_drops and known.graduation is not None:
                return quantity(volume / known.graduation, "drop", "{drop}")
            return quantity(volume.value, "mL", "mL")
        assert count is not None
        noun = noun_of(known.product.form) if known else "piece"
        return quantity(count.value, noun, f"{{{noun}}}")

    def medication_request(self, request: _Request) -> Resource:
        """Return the resource of a request."""
        schedule = self.schedule
        extensions: list[Resource] = [
            {"url": RENDERED, "valueMarkdown": request.rendered},
            {"url": "urn:taper:revision", "valueUnsignedInt": schedule.revision},
        ]
        if schedule.stopped_on is not None:
            extensions.append({"url": "urn:taper:stopped-on", "valueDate": schedule.stopped_on.isoformat()})
        resource: Resource = {
            "resourceType": "MedicationRequest",
            **self._head(f"{request.drug}: {request.rendered}"),
            "extension": extensions,
            "identifier": uuid_identifier(request.uuid),
            "status": "draft",
            "intent": "plan",
            "medicationCodeableConcept": drug_concept(request.drug),
            "subject": self.subject,
            "authoredOn": self.authored_on,
        }
        if self.requester:
            resource["requester"] = {"reference": self.requester}
        resource["groupIdentifier"] = self._group()
        lines = needed(request.runs, schedule.order)
        if lines:
            resource["note"] = [{"text": f"{line.product}: {self._counted(line)}"} for line in lines]
        resource["dosageInstruction"] = request.dosages
        resource["dispenseRequest"] = self._dispense(request, lines)
        return resource

    def _head(self, text: str) -> Resource:
        div = f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(text)}</div>'
        return {"language": self.labels.phrases.words.code, "text": {"status": "generated", "div": div}}

    def _group(self) -> Resource:
        return {"system": "urn:taper:plan", "value": plan_key(self.schedule)}

    def _counted(self, line: ProductAmount) -> str:
        return plain(self.labels.phrases.amount(line.product, line.amount))

    def _dispense(self, request: _Request, lines: tuple[ProductAmount, ...]) -> Resource:
        """Return what the steps need, exactly: of one product in its pieces or mL, of several in mg."""
        steps, days = request.steps, sum(step.days for step in request.steps)
        if len(lines) == 1:
            whole = self._amount(lines[0].product, *_count_and_volume(lines[0]))
        else:
            whole = quantity(sum((run.total * run.days for run in request.runs), Mg(0)).value, "mg", "mg")
        dispense_request: Resource = {
            "validityPeriod": {"start": steps[0].start.isoformat(), "end": steps[-1].end.isoformat()},
            "quantity": whole,
            "expectedSupplyDuration": quantity(Fraction(days), "days" if days > 1 else "day", "d"),
        }
        if lines:
            items = [self.item(line.product, *_count_and_volume(line)) for line in lines]
            if any(known.discard for line in lines if (known := self.ordered.get(line.product)) is not None):
                items.append({"url": DISCARDED, "valueBoolean": True})
            dispense_request = {"extension": items} | dispense_request
        return dispense_request

    def link(self, requests: list[_Request], resources: dict[str, Resource]) -> None:
        """Link each request to that of the same drug in the step before, as prior prescription."""
        before: dict[str, _Request] = {}
        here: dict[str, _Request] = {}
        for request in requests:
            current = here.get(request.drug)
            if current is not None and current.steps[0].number != request.steps[0].number:
                before[request.drug] = current
            if current is None or current.steps[0].number != request.steps[0].number:
                here[request.drug] = request
            if request.drug in before:
                resources[request.uuid]["priorPrescription"] = reference(before[request.drug].uuid)

    def grouped(self, requests: list[_Request]) -> list[tuple[str, Resource]]:
        """Return the RequestGroup that orders the steps in time, and the CarePlan around it."""
        group, plan = self.uuid("group"), self.uuid("care-plan")
        by_step: dict[int, list[_Request]] = {}
        for request in requests:
            by_step.setdefault(request.steps[0].number, []).append(request)
        actions: list[Resource] = []
        for number, members in sorted(by_step.items()):
            start, end = min(one.steps[0].start for one in members), max(one.steps[-1].end for one in members)
            action: Resource = {
                "id": f"step-{number}",
                "title": self.labels.say("event_step", number=str(number)),
                "timingPeriod": {"start": start.isoformat(), "end": end.isoformat()},
            }
            if actions:
                action["relatedAction"] = [{"actionId": actions[-1]["id"], "relationship": "after-end"}]
            links = [reference(member.uuid) for member in members]
            actions.append(
                action
                | ({"resource": links[0]} if len(links) == 1 else {"action": [{"resource": link} for link in links]})
            )
        first, last = requests[0].steps[0], self.schedule.steps[-1]
        common: Resource = {"status": "draft", "intent": "plan", "subject": self.subject}
        return [
            (
                group,
                {
                    "resourceType": "RequestGroup",
                    **self._head(self.title),
                    "identifier": uuid_identifier(group),
                    "groupIdentifier": self._group(),
                    **common,
                    "authoredOn": self.authored_on,
                    "action": actions,
                },
            ),
            (
                plan,
                {
                    "resourceType": "CarePlan",
                    **self._head(self.title),
                    "identifier": uuid_identifier(plan),
                    **common,
                    "title": self.title,
                    "period": {"start": first.start.isoformat(), "end": last.end.isoformat()},
                    "created": self.authored_on,
                    "activity": [{"reference": reference(group)}],
                },
            ),
        ]


def _alike(intakes: tuple[Intake, ...]) -> list[tuple[Intake, ...]]:
    """Group intakes with the same dose and the same pieces, each time of day once."""
    groups: list[list[Intake]] = []
    for intake in intakes:
        for group in groups:
            same = group[0].dose == intake.dose and group[0].items == intake.items
            if same and all(other.time != intake.time for other in group):
                group.append(intake)
                break
        else:
            groups.append([intake])
    return [tuple(group) for group in groups]


def _count_and_volume(line: ProductAmount) -> tuple[Pieces | None, Ml | None]:
    return (None, line.amount) if isinstance(line.amount, Ml) else (line.amount, None)
