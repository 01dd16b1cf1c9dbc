"""A FHIR bundle read back: days, doses, pieces, quantity and length of supply of every draft in it.

The numbers of its fields are held against the plan, and the amounts, pieces, times and days of its sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from html import unescape
from typing import Any, NamedTuple

from taper.errors import ProofError
from taper.proof.claims import Claim
from taper.proof.facts import Taken
from taper.proof.files.days import Items, Plan, hold, laid, on_weekdays
from taper.proof.files.figures import day, number, seen
from taper.proof.files.sigs import clauses_of
from taper.proof.files.words import Words

UCUM = "http://unitsofmeasure.org"
WHEN = {"MORN": "morning", "NOON": "noon", "EVE": "evening", "NIGHT": "bedtime"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PIECES = {f"{{{noun}}}": noun for noun in ("tablet", "capsule", "film", "piece")}
RENDERED = "http://hl7.org/fhir/5.0/StructureDefinition/extension-MedicationRequest.renderedDosageInstruction"
_THEN_STOP = "422327006"
_ZERO = Fraction(0)
Resource = dict[str, Any]


class Dosage(NamedTuple):
    """One dosage instruction.

    Attributes:
        start: First day of its bounds.
        end: Last day of them.
        weekdays: Its days of the week, Monday is 0; all where it names none.
        taken: What is taken on each of its days.
        stops: Whether the drug is stopped after it.
        sequence: Its place among the others, if it has one.
        text: Its words.
    """

    start: date
    end: date
    weekdays: tuple[int, ...]
    taken: tuple[Taken, ...]
    stops: bool
    sequence: int | None
    text: str

    def claims(self, where: str) -> Iterator[Claim]:
        """Yield what it says of its days."""
        yield from on_weekdays(Claim(self.start, self.end, self.taken, where), self.weekdays)


def read_bundle(content: bytes) -> list[tuple[str, Resource]]:
    """Return the resources of a bundle with their addresses, numbers exactly as they are written."""
    bundle = json.loads(content, parse_float=Fraction, parse_int=Fraction, object_pairs_hook=_object)
    if bundle["resourceType"] != "Bundle" or bundle["type"] not in ("collection", "transaction"):
        raise ValueError("it is no bundle of drafts")
    found = [(entry["fullUrl"], entry["resource"]) for entry in bundle["entry"]]
    if len({url for url, _ in found}) != len(found):
        raise ValueError("two of its resources have one address")
    return found


def _object(pairs: list[tuple[str, Any]]) -> Resource:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def prove_bundle(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove a bundle in any of its styles."""
    resources = read_bundle(content)
    if settings.get("style") == "german-plan":
        from taper.proof.files.german_plan import prove_german_plan

        prove_german_plan(plan, [resource for _, resource in resources], settings, what)
        return
    words = Words(plan, settings.get("language"))
    requests: list[tuple[str, str, list[Dosage]]] = []
    for url, resource in resources:
        if resource["resourceType"] == "MedicationRequest":
            drug = resource["medicationCodeableConcept"]["text"]
            where = f"{what}, draft {len(requests) + 1} ({drug})"
            dosages = [_dosage(plan, dosage, drug) for dosage in resource["dosageInstruction"]]
            prove_header(plan, resource, settings, where)
            for dosage in dosages:
                _prove_dosage(plan, dosage, words, where)
            _prove_rendered(resource, dosages, words, where)
            _prove_supply(plan, resource["dispenseRequest"], dosages, where)
            _prove_notes(plan, resource, dosages, where)
            requests.append((url, drug, dosages))
    _hold_days(plan, requests, what)
    kinds = [resource["resourceType"] for _, resource in resources if resource["resourceType"] != "MedicationRequest"]
    if kinds != (["RequestGroup", "CarePlan"] if settings.get("style") == "per-step" else []):
        raise ProofError(what, f"beside its drafts it has {kinds}")
    _prove_groups(plan, resources, requests, what)


def prove_header(plan: Plan, resource: Resource, settings: Mapping[str, Any], where: str) -> None:
    """Prove what every draft says of its plan: revision, first day without the drug, and that it is a draft."""
    if resource["authoredOn"] != settings["written_on"].isoformat():
        raise ProofError(where, f"it says that it was written on {resource['authoredOn']}")
    extensions = {one["url"]: one for one in resource["extension"]}
    stop = plan.schedule.stopped_on
    said = extensions.get("urn:taper:stopped-on", {}).get("valueDate")
    if said != (None if stop is None else stop.isoformat()):
        raise ProofError(where, f"it says that the first day without the drug is {said}, and that is {stop}")
    if extensions["urn:taper:revision"]["valueUnsignedInt"] != plan.schedule.revision:
        raise ProofError(where, f"it is not of revision {plan.schedule.revision}")
    if plan.schedule.plan_id and resource["groupIdentifier"]["value"] != plan.schedule.plan_id:
        raise ProofError(where, "it is of another plan")
    if (resource["status"], resource["intent"]) != ("draft", "plan"):
        raise ProofError(where, "it is no draft of a plan")


def amount_of(quantity: Resource, name: str, plan: Plan) -> tuple[Fraction, str]:
    """Return an amount of a product: pieces, or mL; drops are as many mL as the order counts for one."""
    value, unit, code = quantity["value"], quantity["unit"], quantity["code"]
    if quantity["system"] != UCUM or not isinstance(value, Fraction):
        raise ValueError(f"{quantity} is no amount")
    if code == unit == "mL":
        return value, "mL"
    if (unit, code) == ("drop", "{drop}"):
        each = plan.products[name].graduation
        assert each is not None
        return value * each.value, "mL"
    if _PIECES.get(code) != unit:
        raise ValueError(f"{unit} ({code}) is no unit of a product")
    return value, "pieces"


def items_of(extensions: Iterable[Resource], plan: Plan) -> Items:
    """Return the amounts of products in some extensions."""
    found = []
    for one in extensions:
        if one["url"] == "urn:taper:item":
            parts = {part["url"]: part for part in one["extension"]}
            name = parts["product"]["valueCodeableConcept"]["text"]
            given = parts.get("amount")
            value, unit = (_ZERO, "pieces") if given is None else amount_of(given["valueQuantity"], name, plan)
            found.append((name, unit, value))
    return tuple(found)


def bounds_of(repeat: Resource) -> tuple[date, date, tuple[int, ...]]:
    """Return first and last day of a timing, and its days of the week."""
    bounds, weekdays = repeat["boundsPeriod"], repeat.get("dayOfWeek", DAYS)
    found = tuple(DAYS.index(one) for one in weekdays)
    if not found or len(set(found)) != len(found):
        raise ValueError(f"{weekdays} are no days of the week")
    return day(bounds["start"]), day(bounds["end"]), found


def _dosage(plan: Plan, dosage: Resource, drug: str) -> Dosage:
    repeat = dosage["timing"]["repeat"]
    start, end, weekdays = bounds_of(repeat)
    times = [WHEN[when] for when in repeat["when"]]
    if (repeat["frequency"], repeat["period"], repeat["periodUnit"]) != (len(times), 1, "d"):
        raise ValueError(f"{len(times)} times of day are not {repeat['frequency']} in {repeat['period']} days")
    if dosage["asNeededBoolean"] is not False:
        raise ValueError("a dose is to be taken only as needed")
    (rate,) = dosage["doseAndRate"]
    dose = rate["doseQuantity"]
    if (dose["unit"], dose["system"], dose["code"]) != ("mg", UCUM, "mg"):
        raise ValueError("a dose is not in mg")
    items = items_of(dosage.get("extension", ()), plan)
    codes = [code["code"] for one in dosage.get("additionalInstruction", ()) for code in one["coding"]]
    if codes not in ([], [_THEN_STOP]):
        raise ValueError(f"{codes} are no instructions of a plan")
    taken = tuple(Taken(time, drug, Fraction(dose["value"]), items) for time in times)
    sequence = dosage.get("sequence")
    return Dosage(start, end, weekdays, taken, bool(codes), None if sequence is None else int(sequence), dosage["text"])


def _prove_dosage(plan: Plan, dosage: Dosage, words: Words, where: str) -> None:
    """Prove what a dosage says besides its days: the number of its step, and its sentence."""
    of = plan.number_on(dosage.start)
    begins = any(run.start == dosage.start and number == of for run, number in plan.numbered)
    ends = any(run.end == dosage.end and number == of for run, number in plan.numbered)
    if of is None or not begins or not ends:
        raise ProofError(where, f"{dosage.start} to {dosage.end} are not the days of a step")
    if dosage.sequence is not None and dosage.sequence != of + 1:
        raise ProofError(where, f"{dosage.start} is of step {of}, and it has the place {dosage.sequence}")
    words.prove_intakes(dosage.text, dosage.taken, where)
    words.prove_span(dosage.text, dosage.start, dosage.end, where)
    words.prove_stop(dosage.text, dosage.stops, where)
    words.prove_weekdays(dosage.text, dosage.weekdays, where)


def _prove_rendered(resource: Resource, dosages: list[Dosage], words: Words, where: str) -> None:
    """Prove the sentence of the whole draft: it names the days of its steps, and no amount that no dosage has."""
    (rendered,) = (one["valueMarkdown"] for one in resource["extension"] if one["url"] == RENDERED)
    narrative = re.fullmatch("<div xmlns=[^>]*>(.*)</div>", resource["text"]["div"], re.DOTALL)
    if narrative is None or unescape(narrative[1]) != f"{dosages[0].taken[0].drug}: {rendered}":
        raise ProofError(where, "its narrative is not its drug and its sentence")
    rendered = words.bare(rendered)
    words.prove_stop(rendered, any(one.stops for one in dosages), where)
    spans = list(dict.fromkeys((one.start, one.end) for one in dosages))
    words.prove_spans(rendered, spans, where)
    taken = [one for dosage in dosages for one in dosage.taken]
    daily = all(len(dosage.weekdays) == 7 for dosage in dosages)
    if daily or (len(dosages) == 1 and words.names_weekdays(rendered, dosages[0].weekdays)):
        words.prove_intakes(rendered, tuple(taken), where)
    else:  # of one dosage too, where the days without a dose are named
        _prove_weeks(rendered, spans, dosages, words, where)


def _prove_weeks(
    rendered: str, spans: list[tuple[date, date]], dosages: list[Dosage], words: Words, where: str
) -> None:
    """Prove the sentence of a draft some of whose steps have a weekly pattern, step by step."""
    clauses = clauses_of(rendered, words.language, where)
    for span, (clause, _) in zip(spans, clauses, strict=True):
        own = [one for one in dosages if (one.start, one.end) == span]
        present = {(span[0] + timedelta(days=offset)).weekday() for offset in range((span[1] - span[0]).days + 1)}
        week = {
            day: tuple(taken for one in own if day in one.weekdays for taken in one.taken) for day in sorted(present)
        }
        if len(set(week.values())) == 1:
            words.prove_intakes(clause, next(iter(week.values())), where)
        else:
            words.prove_week(clause, week, where)


def _prove_supply(plan: Plan, supply: Resource, dosages: list[Dosage], where: str) -> None:
    """Prove validity, quantity and days of a draft by the sum of its own dosages, which are proved themselves."""
    period, spans = supply["validityPeriod"], {(one.start, one.end) for one in dosages}
    if (day(period["start"]), day(period["end"])) != (min(spans)[0], max(end for _, end in spans)):
        raise ProofError(where, f"it is valid from {period['start']} to {period['end']}, and its doses are not")
    lasts, days = supply["expectedSupplyDuration"], sum((end - start).days + 1 for start, end in spans)
    if (lasts["value"], lasts["system"], lasts["code"]) != (days, UCUM, "d"):
        raise ProofError(where, f"its supply lasts {days} days, and it says {lasts['value']} {lasts['unit']}")
    needed, mg = _needed(plan, dosages)
    listed = [((name, unit), amount) for name, unit, amount in items_of(supply.get("extension", ()), plan)]
    if sorted(listed) != sorted(needed.items()):
        raise ProofError(where, "what it needs of each product is not the sum of its days")
    quantity = supply["quantity"]
    if len(needed) == 1:
        (((name, unit), amount),) = needed.items()
        if amount_of(quantity, name, plan) != (amount, unit):
            raise ProofError(where, f"it needs {amount} {unit}, and orders {quantity['value']} {quantity['unit']}")
    elif (quantity["value"], quantity["unit"], quantity["code"]) != (mg, "mg", "mg"):
        raise ProofError(where, f"it needs {mg} mg, and orders {quantity['value']} {quantity['unit']}")


def _needed(plan: Plan, dosages: list[Dosage]) -> tuple[dict[tuple[str, str], Fraction], Fraction]:
    """Return what some dosages use up of each product, by its unit, and the mg in all."""
    needed: dict[tuple[str, str], Fraction] = {}
    mg = _ZERO
    for dosage in dosages:
        days = sum((claim.end - claim.start).days + 1 for claim in dosage.claims(""))
        for one in dosage.taken:
            mg += (one.mg or _ZERO) * days
            for key, amount in plan.used(one.items or ()).items():
                needed[key] = needed.get(key, _ZERO) + amount * days
    return {key: amount for key, amount in needed.items() if amount}, mg


def _prove_notes(plan: Plan, resource: Resource, dosages: list[Dosage], where: str) -> None:
    """Prove the notes, a product each, where they name a whole number of pieces or a volume in figures."""
    needed, _ = _needed(plan, dosages)
    notes = [note["text"] for note in resource.get("note", ())]
    if len(notes) != len(needed):
        raise ProofError(where, "its notes are not one of each product")
    for (name, unit), amount in needed.items():
        of_it = [text for text in notes if text.startswith(f"{name}: ")]
        if not of_it:
            raise ProofError(where, f"none of its notes is of {name}")
        if len(of_it) > 1:
            continue  # of one name in two units, as only records from elsewhere have it
        text = of_it[0]
        said = seen(text[len(name) + 2 :]).split(" ")[0].replace(",", ".")
        known = plan.products.get(name)
        counted = known is None or not (known.in_drops or known.weight is not None)
        figures = said.replace(".", "").isdigit() and (unit == "mL" or amount.denominator == 1)
        if counted and figures and number(said) != amount:
            raise ProofError(where, f"{text!r} is not {amount}")


def _hold_days(plan: Plan, requests: list[tuple[str, str, list[Dosage]]], what: str) -> None:
    """Hold the days of every drug against the plan, and its stop."""
    drugs = {drug for _, drug, _ in requests}
    for drug in dict.fromkeys((*plan.drugs, *drugs)):
        runs = plan.doses(drug)
        drafts = [(place, dosages) for place, (_, of, dosages) in enumerate(requests, 1) if of == drug]
        own = [(place, dosage) for place, dosages in drafts for dosage in dosages]
        placed = [claim for place, dosage in own for claim in dosage.claims(f"draft {place} ({drug})")]
        hold(runs, laid(placed), what)
        if not own:
            continue
        last = max(dosage.end for _, dosage in own)
        stops = plan.stops(drug)
        told = [dosage for _, dosage in own if dosage.stops]
        if bool(told) is not stops or any(dosage.end != last for dosage in told):
            raise ProofError(what, f"{drug} {'ends' if stops else 'does not end'} on {last}, and it says otherwise")


def _prove_groups(
    plan: Plan,
    resources: list[tuple[str, Resource]],
    requests: list[tuple[str, str, list[Dosage]]],
    what: str,
) -> None:
    """Prove the order of the steps, and the days of the whole, where drafts are grouped."""
    spans = {url: (dosages[0].start, dosages[0].end) for url, _, dosages in requests}
    drugs = {url: drug for url, drug, _ in requests}
    for url, resource in resources:
        if "priorPrescription" in resource:
            prior = resource["priorPrescription"]["reference"]
            if drugs[prior] != drugs[url] or spans[prior][1] >= spans[url][0]:
                raise ProofError(what, f"the draft from {spans[url][0]} does not follow that from {spans[prior][0]}")
        if resource["resourceType"] == "RequestGroup":
            linked = []
            for action in resource["action"]:
                period = day(action["timingPeriod"]["start"]), day(action["timingPeriod"]["end"])
                links = [one["resource"]["reference"] for one in action.get("action", (action,))]
                linked += links
                number_of = plan.number_on(period[0])
                days = min(spans[link][0] for link in links), max(spans[link][1] for link in links)
                if action["id"] != f"step-{number_of}" or period != days:
                    raise ProofError(what, f"the step from {period[0]} to {period[1]} is not that of its drafts")
            if sorted(linked) != sorted(spans):
                raise ProofError(what, "its steps do not have each draft once")
        if resource["resourceType"] == "CarePlan":
            period = day(resource["period"]["start"]), day(resource["period"]["end"])
            if period != (spans[requests[0][0]][0], plan.last):
                raise ProofError(what, f"the whole is said to be from {period[0]} to {period[1]}")
