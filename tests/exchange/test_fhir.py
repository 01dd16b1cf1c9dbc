"""FHIR: every dose of every day in structure and in words, exact numbers, drafts only, codes never guessed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings, strategies as st

from taper import catalog
from taper.checker.checking import check
from taper.errors import ScheduleError
from taper.exchange.fhir.codes import product_concept
from taper.exchange.fhir.write import WHEN, fhir_json, write_fhir
from taper.exchange.reading import read_schedule
from taper.exchange.sig.read import read_sig
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from taper.schedule.weekly import ordered_steps
from tests.oracles.fhir import days_of, expanded, of_kind, read, requests
from tests.oracles.papers import planned
from tests.oracles.tongues import day_first
from tests.oracles.writing import LINT
from tests.strategies import living_plans, printed_schedules, real_plans, weekly_schedules
from tests.support.proofs import proof

AUTHORED = date(2026, 1, 2)
STYLES = st.sampled_from(["sequence", "per-step"])


@proof()
@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans(), STYLES)
def test_expanded_dosages_are_the_schedule_on_every_day(schedule: Schedule, style: Any) -> None:
    """Through the text of the file and through fhir.resources: equal doses, at equal times, on equal days."""
    text = fhir_json(write_fhir(schedule, written_on=AUTHORED, style=style))
    wanted = {day: taken for day, taken in planned(schedule).items() if taken}
    assert expanded(read(text)) == wanted
    theirs = Bundle.model_validate_json(text)
    assert expanded(read(theirs.model_dump_json())) == wanted


@given(printed_schedules())
def test_step_numbers_pieces_plan_and_stop_are_read_back_exactly(schedule: Schedule) -> None:
    """The structure holds all of the schedule but its order: steps, intakes, items, plan, revision, stop."""
    schedule = replace(schedule, revision=3)
    (request,) = requests(read(fhir_json(write_fhir(schedule, written_on=AUTHORED))))
    extensions = {e["url"]: next(v for k, v in e.items() if k != "url") for e in request["extension"]}
    assert request["groupIdentifier"]["value"] == schedule.plan_id
    assert extensions["urn:taper:revision"] == 3
    stop = schedule.stopped_on
    assert extensions.get("urn:taper:stopped-on") == (stop.isoformat() if stop else None)
    wanted = [(step, intake) for step in schedule.steps for intake in step.intakes]
    assert schedule.order is not None
    drops = {one.name: one.graduation for one in schedule.order.products if one.in_drops and one.graduation}
    for (step, intake), dosage in zip(wanted, request["dosageInstruction"], strict=True):
        assert dosage["sequence"] == step.number + 1
        assert dosage["timing"]["repeat"]["boundsPeriod"] == {"start": str(step.start), "end": str(step.end)}
        assert dosage["timing"]["repeat"]["when"] == [WHEN[intake.time]]
        items = []
        for extension in dosage["extension"]:
            product, amount = extension["extension"]
            name, value = product["valueCodeableConcept"]["text"], amount["valueQuantity"]
            exact = Fraction(value["value"])
            items.append((name, exact * drops[name].value if value["code"] == "{drop}" else exact))
        assert items == [
            (i.product, i.count.value if i.count else i.volume.value) for i in intake.items if i.volume or i.count
        ]  # type: ignore[union-attr]


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans(), STYLES)
def test_every_request_is_a_draft_and_every_dosage_stands_by_itself(schedule: Schedule, style: Any) -> None:
    """Draft, plan, not as needed, more than 0 mg; the text has dose, time, dates and days, and no drug or full stop."""
    bundle = write_fhir(schedule, written_on=AUTHORED, style=style, requester="Practitioner/1")
    for resource in (entry["resource"] for entry in bundle["entry"]):
        assert (resource["status"], resource["intent"]) == ("draft", "plan")
    for request in requests(bundle):
        assert request["requester"] == {"reference": "Practitioner/1"}
        for dosage in request["dosageInstruction"]:
            text, repeat = dosage["text"], dosage["timing"]["repeat"]
            dose = dosage["doseAndRate"][0]["doseQuantity"]
            assert dosage["asNeededBoolean"] is False
            assert dose["value"] > 0
            assert f"{dose['value']} mg" in text
            start, end = (date.fromisoformat(repeat["boundsPeriod"][key]) for key in ("start", "end"))
            assert re.match(r"take |on \w+s(?:, | and )", text)
            assert f"{start.day} {start:%B} {start.year}" in day_first(text)
            assert f"({(end - start).days + 1} day" in text
            assert not text.endswith(".")
            assert "diazepam" not in text.replace("diazepam drops", "").replace("diazepam liquid", "")


@given(weekly_schedules(), STYLES)
def test_a_weekly_step_is_one_dosage_for_each_of_its_doses_with_its_days_of_the_week(
    schedule: Schedule, style: Any
) -> None:
    """Bounds of the whole step, its own days, and words that name the same days; no dosage for each run of days."""
    by_start = {step.start: step for step in ordered_steps(schedule.steps)}
    found: dict[date, list[dict[str, Any]]] = {}
    for request in requests(write_fhir(schedule, written_on=AUTHORED, style=style)):
        for dosage in request["dosageInstruction"]:
            found.setdefault(date.fromisoformat(dosage["timing"]["repeat"]["boundsPeriod"]["start"]), []).append(dosage)
    assert set(found) == {start for start, step in by_start.items() if step.drugs}
    for start, dosages in found.items():
        step, times = by_start[start], sum(sum(1 for _ in part.regimen) for part in by_start[start].parts)
        assert sum(len(dosage["timing"]["repeat"]["when"]) for dosage in dosages) == times
        for dosage in dosages:
            repeat = dosage["timing"]["repeat"]
            assert repeat["boundsPeriod"]["end"] == str(step.end)
            assert ("dayOfWeek" in repeat) == step.weekly
            (part,) = read_sig(dosage["text"]).parts
            assert part.not_understood == ()
            codes = [("mon", "tue", "wed", "thu", "fri", "sat", "sun")[n] for n in part.doses[0].weekdays]
            assert codes == repeat.get("dayOfWeek", [])


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans(), STYLES)
def test_joined_by_the_rule_of_the_english_prescription_service_the_texts_stay_safe_to_read(
    schedule: Schedule, style: Any
) -> None:
    """Parts of a day by ", and ", steps by ", then "; no unsafe writing in any text; the stop once, at the end."""
    for request in requests(write_fhir(schedule, written_on=AUTHORED, style=style)):
        groups: dict[int, list[str]] = {}
        for dosage in request["dosageInstruction"]:
            groups.setdefault(dosage.get("sequence", 0), []).append(dosage["text"])
        joined = ", then ".join(", and ".join(texts) for _, texts in sorted(groups.items()))
        for text in (joined, request["extension"][0]["valueMarkdown"]):
            for pattern, what in LINT:
                assert not re.search(pattern, text), f"{what}: {text}"
            assert text.count("then stop taking it") == text.endswith(", then stop taking it")


@given(printed_schedules() | weekly_schedules(), STYLES)
def test_then_stop_stands_on_the_last_step_of_a_plan_that_stops_and_nowhere_else(
    schedule: Schedule, style: Any
) -> None:
    found = requests(write_fhir(schedule, written_on=AUTHORED, style=style))
    dosages = [dosage for request in found for dosage in request["dosageInstruction"]]
    last = max(dosage["timing"]["repeat"]["boundsPeriod"]["end"] for dosage in dosages)
    ends = schedule.stopped_on is not None or last < str(schedule.steps[-1].end)
    marked = [dosage for dosage in dosages if "additionalInstruction" in dosage]
    assert bool(marked) == ends
    for dosage in marked:
        assert dosage["timing"]["repeat"]["boundsPeriod"]["end"] == last
        assert dosage["additionalInstruction"][0]["coding"][0]["code"] == "422327006"
        assert dosage["text"].endswith(", then stop taking it")


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans(), STYLES)
def test_dispense_quantities_are_exactly_what_the_dosages_need(schedule: Schedule, style: Any) -> None:
    """In pieces, mL or drops of the one product, or in mg of several; each product exactly, beside it; days too."""
    for request in requests(write_fhir(schedule, written_on=AUTHORED, style=style)):
        needed: dict[tuple[str, str], Fraction] = {}
        mg, days = Fraction(0), set()
        for dosage in request["dosageInstruction"]:
            repeat = dosage["timing"]["repeat"]
            start, end = (date.fromisoformat(repeat["boundsPeriod"][key]) for key in ("start", "end"))
            length = (end - start).days + 1
            days |= {start + timedelta(days=n) for n in range(length)}
            times = len(days_of(repeat)) * len(repeat["when"])
            mg += Fraction(dosage["doseAndRate"][0]["doseQuantity"]["value"]) * times
            for product, amount in (extension["extension"] for extension in dosage["extension"]):
                key = product["valueCodeableConcept"]["text"], amount["valueQuantity"]["code"]
                needed[key] = needed.get(key, Fraction(0)) + Fraction(amount["valueQuantity"]["value"]) * times
        order = request["dispenseRequest"]
        written = {
            (product["valueCodeableConcept"]["text"], amount["valueQuantity"]["code"]): Fraction(
                amount["valueQuantity"]["value"]
            )
            for product, amount in (extension["extension"] for extension in order["extension"])
        }
        assert written == needed
        quantity = order["quantity"]
        (wanted,) = needed.values() if len(needed) == 1 else (mg,)
        assert Fraction(quantity["value"]) == wanted
        assert quantity["code"] == (next(iter(needed))[1] if len(needed) == 1 else "mg")
        assert order["expectedSupplyDuration"]["value"] == len(days)


@given(real_plans())
def test_steps_follow_each_other_without_gap_or_overlap(schedule: Schedule) -> None:
    """The bounds of one sequence end on the day before those of the next begin."""
    (request,) = requests(write_fhir(schedule, written_on=AUTHORED))
    bounds = {d["sequence"]: d["timing"]["repeat"]["boundsPeriod"] for d in request["dosageInstruction"]}
    assert sorted(bounds) == list(range(1, len(schedule.steps) + 1))
    for before, after in pairwise(bounds[number] for number in sorted(bounds)):
        assert date.fromisoformat(after["start"]) == date.fromisoformat(before["end"]) + timedelta(days=1)


def test_each_night_of_a_cycle_is_a_draft_of_its_own() -> None:
    """Its nights are steps of one number: no two drafts have one address, and the step has the days of all of them."""
    schedule = plan(read_order("examples/every_other_night.toml"))
    bundle = write_fhir(schedule, written_on=AUTHORED, style="per-step", kind="transaction")
    entries = bundle["entry"]
    assert len({entry["fullUrl"] for entry in entries}) == len(entries)
    assert len({entry["request"]["ifNoneExist"] for entry in entries}) == len(entries)
    (group,) = (entry["resource"] for entry in entries if entry["resource"]["resourceType"] == "RequestGroup")
    spans = [(action["timingPeriod"]["start"], action["timingPeriod"]["end"]) for action in group["action"]]
    assert spans == [(str(min(days)), str(max(days))) for days in _days_with_a_dose(schedule)]


@pytest.mark.parametrize("style", ["sequence", "per-step"])
def test_a_plan_that_stays_on_every_other_night_never_says_stop(style: Any) -> None:
    """Its last night off belongs to the step that goes on: it does not end the drug."""
    data = read_order("examples/every_other_night.toml").as_data()
    (phase,) = data["phase"]
    stays = {"cycles": phase["cycles"][:1], "every": phase["every"]}
    schedule = plan(parse_order(data | {"phase": [stays]}))
    assert schedule.stopped_on is None
    assert not schedule.steps[-1].total
    written = fhir_json(write_fhir(schedule, written_on=AUTHORED, style=style))
    assert "then stop" not in written.lower()
    assert "422327006" not in written


def _days_with_a_dose(schedule: Schedule) -> list[list[date]]:
    return [
        [day for step in steps if step.total for day in (step.start, step.end)]
        for steps in schedule.groups
        if any(step.total for step in steps)
    ]


@given(real_plans() | printed_schedules() | weekly_schedules())
def test_requests_of_the_other_style_are_linked_in_time(schedule: Schedule) -> None:
    """One dosage each and no sequence; a chain of prior prescriptions; actions, each after the one before."""
    bundle = write_fhir(schedule, written_on=AUTHORED, style="per-step")
    by_url = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    found = requests(bundle)
    numbers: dict[str, int] = {}
    group, care = of_kind(bundle, "RequestGroup"), of_kind(bundle, "CarePlan")
    assert by_url[care["activity"][0]["reference"]["reference"]] == group
    for before, action in zip([None, *group["action"]], group["action"], strict=False):
        related = action.get("relatedAction")
        assert related == (before and [{"actionId": before["id"], "relationship": "after-end"}])
        members = action.get("action") or [action]
        for member in members:
            request = by_url[member["resource"]["reference"]]
            (dosage,) = request["dosageInstruction"]
            assert "sequence" not in dosage
            assert action["timingPeriod"] == dosage["timing"]["repeat"]["boundsPeriod"]
            numbers[request["identifier"][0]["value"]] = int(action["id"].removeprefix("step-"))
    assert len(numbers) == len(found)
    order = sorted(set(numbers.values()))
    for request in found:
        place = order.index(numbers[request["identifier"][0]["value"]])
        prior = request.get("priorPrescription")
        assert (prior is None) == (place == 0)
        if prior is not None:
            assert numbers[by_url[prior["reference"]]["identifier"][0]["value"]] == order[place - 1]


@given(real_plans() | printed_schedules() | weekly_schedules(), STYLES)
def test_identifiers_are_unique_the_same_each_time_and_never_the_address_in_the_bundle(
    schedule: Schedule, style: Any
) -> None:
    """A server replaces the address wherever it stands, so an identifier equal to it would be lost."""
    bundle = write_fhir(schedule, written_on=AUTHORED, style=style, kind="transaction")
    assert fhir_json(bundle) == fhir_json(write_fhir(schedule, written_on=AUTHORED, style=style, kind="transaction"))
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    own = [entry["resource"]["identifier"][0]["value"] for entry in bundle["entry"]]
    assert len({*urls, *own}) == 2 * len(urls)
    for entry, value in zip(bundle["entry"], own, strict=True):
        assert entry["request"]["ifNoneExist"] == f"identifier=urn:ietf:rfc:3986|{value}"
    later = write_fhir(replace(schedule, revision=1), written_on=AUTHORED, style=style)
    assert not {entry["resource"]["identifier"][0]["value"] for entry in later["entry"]} & set(own)


@settings(max_examples=300)
@given(st.integers(-(10**12), 10**12), st.integers(0, 12))
def test_numbers_are_written_exactly_in_plain_digits(digits: int, places: int) -> None:
    """No exponent, no trailing zero, no binary float, and the same number when it is read."""
    value = Decimal(digits).scaleb(-places)
    text = fhir_json({"value": value})
    assert re.fullmatch(r'\{"value": -?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?\}', text)
    assert Fraction(read(text)["value"]) == Fraction(value)


def test_a_float_is_refused() -> None:
    with pytest.raises(ScheduleError, match="not exact"):
        fhir_json({"value": 0.1})


def test_all_text_survives() -> None:
    """Quotes, line breaks and letters of any script, through somebody else's reader."""
    value = {"a": ['"\\\n\t', "Ärger ☂ \U0001f600", None, True, {}, []], "b": {"c": -5}}
    assert json.loads(fhir_json(value)) == value


def test_codes_come_from_the_catalog_and_from_nowhere_else() -> None:
    """Each coding of each drug is an identifier of the catalog; an unknown drug has its name alone."""
    for name in catalog.drugs():
        table = Schedule((Step(0, AUTHORED, AUTHORED, (Intake("noon", name, Mg(1)),)),))
        (request,) = requests(write_fhir(table, written_on=AUTHORED))
        concept = request["medicationCodeableConcept"]
        known = {identifier.value for identifier in catalog.drug(name).identifiers}
        assert concept["text"] == name
        assert {coding["code"] for coding in concept.get("coding", [])} <= known
    stranger = Schedule((Step(0, AUTHORED, AUTHORED, (Intake("noon", "unheard-of", Mg(1)),)),))
    (request,) = requests(write_fhir(stranger, written_on=AUTHORED))
    assert request["medicationCodeableConcept"] == {"text": "unheard-of"}


def test_a_product_code_is_used_only_where_the_catalog_names_exactly_one() -> None:
    """Every code of every country: written whole in the catalog's text, or left out."""
    written = 0
    for country in catalog.countries():
        for product in catalog.products(country):
            codings = product_concept(product.name, product).get("coding", [])
            for coding in codings:
                assert re.search(rf"(?:\A|; )[A-Za-z]+ {re.escape(coding['code'])}(?:\Z|;)", product.code)
            written += len(codings)
    assert written > 100
    assert product_concept("tablet A", None) == {"text": "tablet A"}


def test_without_a_patient_the_subject_is_marked_as_unknown(golden: dict[str, Any]) -> None:
    """The library holds no patient; a receiver that needs one is told so in FHIR's own way."""
    schedule = plan(parse_order(golden))
    (request,) = requests(write_fhir(schedule, written_on=AUTHORED))
    assert request["subject"]["extension"][0]["valueCode"] == "unknown"
    (request,) = requests(write_fhir(schedule, written_on=AUTHORED, subject="Patient/7"))
    assert request["subject"] == {"reference": "Patient/7"}


def test_what_cannot_be_requested_is_refused(golden: dict[str, Any]) -> None:
    """Nothing taken, a dose that no decimal carries, an unknown style or kind."""
    third = Schedule((Step(0, AUTHORED, AUTHORED, (Intake("noon", "diazepam", Mg(Fraction(1, 3))),)),))
    zero = Schedule((Step(0, AUTHORED, AUTHORED, (Intake("noon", "diazepam", Mg(0)),)),))
    for schedule, message in ((third, "does not end as a decimal"), (zero, "nothing")):
        with pytest.raises(ScheduleError, match=message):
            write_fhir(schedule, written_on=AUTHORED)
    schedule = plan(parse_order(golden))
    for wrong in ({"style": "r5"}, {"kind": "searchset"}):
        with pytest.raises(ScheduleError, match="not one of"):
            write_fhir(schedule, written_on=AUTHORED, **wrong)  # type: ignore[arg-type]


def test_two_drugs_are_two_requests_and_the_one_that_ends_first_stops_first() -> None:
    """A crossover: each drug has its own sequence, dates and end."""
    day = timedelta(days=1)
    first = Step(0, AUTHORED, AUTHORED, (Intake("noon", "lorazepam", Mg(1)), Intake("bedtime", "diazepam", Mg(5))))
    second = Step(1, AUTHORED + day, AUTHORED + 2 * day, (Intake("bedtime", "diazepam", Mg(10)),))
    one, two = requests(write_fhir(Schedule((first, second), origin="csv"), written_on=AUTHORED))
    assert [r["medicationCodeableConcept"]["text"] for r in (one, two)] == ["lorazepam", "diazepam"]
    assert one["dosageInstruction"][-1]["text"].endswith("then stop taking it")
    assert not two["dosageInstruction"][-1]["text"].endswith("then stop taking it")
    assert [d["sequence"] for d in two["dosageInstruction"]] == [1, 2]


def test_tablets_of_which_a_part_is_thrown_away_are_counted_whole_and_not_found_too_many() -> None:
    """The quantity is what the pharmacy hands out, and our own file says why it is more than is taken."""
    schedule = plan(read_order(Path(__file__).parents[2] / "examples" / "alprazolam_odt.toml"))
    written = fhir_json(write_fhir(schedule, written_on=date(2026, 1, 5)))
    assert "urn:taper:parts-discarded" in written
    assert "alprazolam ODT 0.25 mg: 308 tablets" in written
    found = check(read_schedule(written).schedule())
    assert "T406" not in {finding.code for finding in found.findings}
