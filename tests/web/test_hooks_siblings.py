"""CDS Hooks: requests one step away from the usual ones, each with the answer that was worked out by hand.

What changes a dose is found wherever it stands, and what was not understood, not sent or not counted gets a card.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.hooks import DAY, RXNORM, UCUM, active, asked, card_of, changed, order, request

OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}
CUT = "20 → 10 mg by 28 November 2026"


def dosage(count: Any = 1, often: int = 2, quantity: Any = None, **more: Any) -> dict[str, Any]:
    """Return a dosage of so many tablets so often a day; what `repeat` holds is added to its timing."""
    repeat = {"frequency": often, "period": 1, "periodUnit": "d", **more.pop("repeat", {})}
    dose = {"value": count, "system": UCUM, "code": "{pill}"} if quantity is None else quantity
    return {"timing": {"repeat": repeat}, "doseAndRate": [{"doseQuantity": dose}], **more}


def days(first: str, last: str) -> dict[str, Any]:
    return {"boundsPeriod": {"start": first, "end": last}}


FORTNIGHT = {"boundsDuration": {"value": 14, "code": "d", "system": UCUM}}
FIRST, SECOND = days("2026-11-28", "2026-12-11"), days("2026-12-12", "2026-12-31")


def fill(**more: Any) -> dict[str, Any]:
    """Return 20 mg a day for 28 days, handed out on 10 November."""
    made = {
        "resourceType": "MedicationDispense",
        "id": "d1",
        "status": "completed",
        "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": {"text": "Diazepam 10 mg tablet"},
        "whenHandedOver": "2026-11-10",
        "quantity": {"value": 56, "unit": "tablet"},
        "daysSupply": {"value": 28, "unit": "d", "code": "d"},
    }
    return changed(made, **more)


def bundle(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources], **more}


@pytest.mark.parametrize(
    "quantity",
    [
        {"value": 1, "unit": "tablet", "system": UCUM, "code": "{tbl}"},
        {"value": 1, "unit": "TAB"},
        {"value": 1, "unit": "Tab(s)"},
        {"value": 1, "unit": "pill"},
        {"value": 1, "unit": "EA"},
        {"value": 1, "unit": "1", "system": UCUM, "code": "1"},
        {"value": 5, "unit": "mg", "system": UCUM, "code": "mg"},
        {"value": 5000, "unit": "ug", "system": UCUM, "code": "ug"},
    ],
    ids=str,
)
def test_a_tablet_and_its_mass_are_one_dose_in_every_unit(quantity: dict[str, Any]) -> None:
    assert CUT in card_of(request(order(dosageInstruction=[dosage(quantity=quantity)]), record=[active()]))["summary"]


@pytest.mark.parametrize(
    "dosages",
    [
        [dosage(2, repeat=FORTNIGHT, sequence=1), dosage(1, repeat=FORTNIGHT, sequence=2)],
        [dosage(2, repeat=FIRST, sequence=1), dosage(1, repeat=SECOND, sequence=2)],
        [dosage(1, repeat=SECOND, sequence=2), dosage(2, repeat=FIRST, sequence=1)],
    ],
    ids=["lengths", "dates", "dates, written backwards"],
)
def test_a_cut_inside_the_order_is_found_on_its_day(dosages: list[dict[str, Any]]) -> None:
    card = card_of(request(order(dosageInstruction=dosages), record=[active()]))
    assert "20 → 10 mg by 12 December 2026" in card["summary"]
    assert "suggestions" not in card


@pytest.mark.parametrize(
    "broken",
    [
        {"dosageInstruction": [dosage(asNeededCodeableConcept={"text": "anxiety"})]},
        {"dosageInstruction": [dosage(repeat={"frequencyMax": 3})]},
        {"dosageInstruction": [dosage(quantity={"value": 1})]},
        {"dosageInstruction": [dosage(quantity={"value": 5, "unit": "mL", "system": UCUM, "code": "mL"})]},
        {"dosageInstruction": [dosage(quantity={"value": -1, "unit": "mg"})]},
        {"doNotPerform": True},
        {"status": "entered-in-error"},
        {"status": "unknown"},
        {"status": "revoked"},
        {"modifierExtension": [{"url": "https://ehr.example.org/not", "valueBoolean": True}]},
        {"authoredOn": "2026-11"},
    ],
    ids=str,
)
def test_an_order_that_is_not_plainly_to_be_taken_gets_a_card_and_no_judgment(broken: dict[str, Any]) -> None:
    card = card_of(request(order(count=1, **broken), record=[active()]))
    assert card["indicator"] == "info"
    assert card["summary"].startswith("Diazepam order not judged: ")


def test_two_orders_with_one_id_and_different_doses_are_not_read_as_the_first() -> None:
    drafts = [order(count=1), order("Diazepam 2 MG Oral Tablet", 1)]
    assert "two orders with the same id" in card_of(request(*drafts, record=[active()]))["summary"]
    assert CUT in card_of(request(order(count=1), order(count=1), record=[active()]))["summary"], "sent twice alike"


def test_an_order_of_the_record_in_two_versions_is_said_to_be() -> None:
    versions = [active(), active(count=2)]
    assert "two versions" in card_of(request(order(), record=versions))["summary"]
    twice = [active(), active(meta={"versionId": "2"})]
    assert asked(request(order(), record=twice)).cards == (), "the same but for what the server adds"


def test_a_draft_that_was_put_by_begins_today() -> None:
    """It was written before the order in force, and is signed now: 20 mg become 10 mg today, not a month ago."""
    card = card_of(request(order(count=1, authoredOn="2026-10-28"), record=[active()]))
    assert CUT in card["summary"]
    assert "written on 28 October 2026" in card["detail"]


def test_a_suggestion_gives_back_the_day_of_writing_as_it_was_sent() -> None:
    card = card_of(request(order(count=4, often=1, authoredOn="2026-11-20"), record=[active(count=3, often=1)]))
    (action,) = card["suggestions"][0]["actions"]
    assert action["resource"]["authoredOn"] == "2026-11-20"
    steps = [one["timing"]["repeat"]["boundsPeriod"] for one in action["resource"]["dosageInstruction"]]
    assert [steps[0]["start"], steps[0]["end"], steps[1]["start"]] == ["2026-11-28", "2026-12-11", "2026-12-12"]


def test_a_draft_whose_days_are_over_is_not_taken_for_a_stop() -> None:
    over = order(dosageInstruction=[dosage(repeat=days("2026-10-01", "2026-10-31"))])
    assert "its days ended on 31 October 2026" in card_of(request(over, record=[active()]))["summary"]


@pytest.mark.parametrize("first", ["2026-11-28", "2026-12-05"])
def test_an_active_order_that_begins_with_the_new_one_or_later_is_said_not_to_count(first: str) -> None:
    card = card_of(request(order(count=1), record=[active(authoredOn=first)]))
    assert "was not counted" in card["summary"]


@pytest.mark.parametrize(
    "earlier",
    [
        active(status="completed", dosageInstruction=[{"text": "as directed"}], authoredOn="2026-11-10"),
        active(status="on-hold"),
        active(status="unknown"),
        active(status="paused"),
        active(status="stopped"),
    ],
    ids=lambda resource: str(resource["status"]),
)
def test_an_earlier_order_that_gives_no_dose_leaves_the_dose_before_unknown_and_is_said_to(earlier: Any) -> None:
    card = card_of(request(order(count=1), record=[earlier]))
    assert card["indicator"] == "info"
    assert "so the dose before is not known" in card["summary"]


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error", "draft"])
def test_an_earlier_order_that_was_never_taken_is_passed_over(status: str) -> None:
    assert asked(request(order(count=1), record=[active(status=status)])).cards == ()


def test_an_old_order_that_cannot_be_read_is_passed_over_where_one_in_force_gives_the_dose() -> None:
    old = active(id="m0", status="completed", dosageInstruction=[{"text": "as directed"}], authoredOn="2026-09-10")
    assert asked(request(order(), record=[old, active()])).cards == ()


@pytest.mark.parametrize("gone", ["quantity", "daysSupply", "whenHandedOver"])
def test_what_was_handed_out_and_gives_no_dose_is_said(gone: str) -> None:
    prefetch = {"meds": None, "dispenses": bundle(fill(**{gone: None}))}
    assert "an earlier fill cannot be laid out" in card_of(request(order(count=1), prefetch=prefetch))["summary"]


def test_fills_that_could_not_be_had_are_said_where_nothing_else_gives_the_dose() -> None:
    card = card_of(request(order(count=1), prefetch={"meds": None, "dispenses": OUTCOME}))
    assert "what was handed out could not be had" in card["summary"]
    assert asked(request(order(), prefetch={"meds": bundle(active()), "dispenses": OUTCOME})).cards == ()


def test_partial_fills_one_after_the_other_are_one_dose() -> None:
    half = {"quantity": {"value": 28, "unit": "tablet"}, "daysSupply": {"value": 14, "unit": "d", "code": "d"}}
    fills = [fill(**half), fill(id="d2", whenHandedOver="2026-11-24", **half)]
    assert CUT in card_of(request(order(count=1), prefetch={"meds": None, "dispenses": bundle(*fills)}))["summary"]


def test_a_statement_that_goes_on_gives_the_dose_where_the_record_has_no_order() -> None:
    statement = {
        "resourceType": "MedicationStatement",
        "id": "s1",
        "status": "active",
        "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": {"text": "Diazepam 10 mg tablet"},
        "effectivePeriod": {"start": "2026-11-01"},
        "dosage": [dosage()],
    }
    assert CUT in card_of(request(order(count=1), record=[statement]))["summary"]


@pytest.mark.parametrize(
    "page",
    [
        bundle(active(), link=[{"relation": "previous", "url": "x"}]),
        bundle(active(), total=40),
        bundle(active(), OUTCOME),
    ],
    ids=["the last page", "fewer than were found", "with an error"],
)
def test_whatever_shows_that_the_record_is_a_part_is_said(page: dict[str, Any]) -> None:
    assert "only a part of the earlier orders" in card_of(request(order(), prefetch={"meds": page}))["summary"]


def test_a_bundle_with_all_that_was_found_is_whole() -> None:
    assert asked(request(order(), prefetch={"meds": bundle(active(), total=1)})).cards == ()


@pytest.mark.parametrize(
    "medicine",
    [
        {"medicationReference": {"reference": "Medication/away"}},
        {"medicationReference": {"reference": "#away"}},
        {"medicationCodeableConcept": {"coding": [{"system": "urn:own", "code": "4711"}]}},
        {"medication": {"reference": {"reference": "Medication/away"}}},
    ],
    ids=str,
)
def test_an_order_whose_medicine_was_not_sent_may_be_of_our_drugs_and_is_said_to(medicine: dict[str, Any]) -> None:
    draft = changed(order(count=1), medicationCodeableConcept=None) | medicine
    assert card_of(request(draft, record=[active()]))["summary"].startswith("Order not judged: its medicine is only")


def test_an_order_before_its_medicine_is_chosen_is_no_order_yet() -> None:
    assert asked(request(changed(order(), medicationCodeableConcept=None), record=[active()])).cards == ()


def test_a_code_of_the_catalog_is_a_name() -> None:
    draft = changed(order(count=1), medicationCodeableConcept={"coding": [{"system": RXNORM, "code": "197591"}]})
    assert CUT in card_of(request(draft, record=[active()]))["summary"]


@pytest.mark.parametrize(
    "selection",
    ["MedicationRequest/request-123/_history/1", "https://ehr.example.org/fhir/MedicationRequest/request-123", "away"],
)
def test_a_selection_is_read_in_every_form_and_one_that_names_no_draft_says_nothing(selection: str) -> None:
    body = request(order(count=1), record=[active()], hook="order-select", selections=[selection])
    assert CUT in card_of(body)["summary"]


def test_a_patient_that_is_written_as_a_reference_is_that_patient() -> None:
    body = request(order(count=1), record=[active()])
    body["context"]["patientId"] = "Patient/p1"
    assert CUT in card_of(body)["summary"]


def test_a_first_day_without_a_dose_is_no_stop() -> None:
    """Monday and Wednesday, from a Saturday on: the average of a day falls to 20/7 mg."""
    weekly = order(dosageInstruction=[dosage(2, 1, repeat={"dayOfWeek": ["mon", "wed"]})])
    card = card_of(request(weekly, record=[active()]))
    assert "about 2.86 mg on average" in card["summary"]
    assert "stopped" not in card["summary"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"prefetch": {"meds": OUTCOME}}, "the orders of the record could not be had"),
        ({"prefetch": {"meds": bundle(link=[{"relation": "next", "url": "x"}])}}, "only a part"),
        ({"prefetch": {"meds": None, "dispenses": bundle(fill(quantity=None))}}, "diazepam: an earlier fill"),
        ({"record": [active(subject={"reference": "Patient/p2"})]}, "another patient"),
        ({"record": [active(status="on-hold")]}, "in the state on-hold"),
        ({"record": [changed(active(), medicationCodeableConcept=None)]}, "without any name of a medicine"),
    ],
)
def test_a_record_of_which_today_does_not_follow_gets_a_card_that_says_so(sent: Any, words: str) -> None:
    card = card_of(request(hook="patient-view", **sent))
    assert card["indicator"] == "info"
    assert words in card["summary"]


def test_a_record_without_our_drugs_or_with_one_that_ended_is_silent_when_it_is_opened() -> None:
    for record in ([], [active(status="stopped")], [active("Amoxicillin 500 MG Oral Capsule")]):
        assert asked(request(hook="patient-view", record=record)).cards == ()


def test_the_same_draft_on_a_later_day_is_judged_from_that_day() -> None:
    card = card_of(request(order(count=1), record=[active()]), today=date(2026, 12, 3))
    assert "20 → 10 mg by 3 December 2026" in card["summary"]
    assert date(2026, 12, 3) > DAY


@pytest.mark.parametrize("status", ["stopped", "cancelled", "completed", "on-hold"])
def test_a_stop_is_called_one_in_the_summary_whatever_its_state_is_called(status: str) -> None:
    card = card_of(request(active(status=status), record=[active()]))
    assert card["summary"].startswith("Diazepam 20 mg a day → stopped: ")


def test_an_end_and_a_new_order_at_once_are_one_change() -> None:
    drafts = [active(status="stopped"), order(count=1, id="n", priorPrescription={"reference": "MedicationRequest/m1"})]
    assert CUT in card_of(request(*drafts, record=[active()]))["summary"]


@pytest.mark.parametrize("intent", ["plan", "proposal"])
def test_what_was_only_proposed_was_never_taken(intent: str) -> None:
    assert asked(request(order(count=1), record=[active(intent=intent)])).cards == ()


def test_an_active_order_of_another_drug_that_cannot_be_read_is_said_beside() -> None:
    unread = active(dosageInstruction=[{"text": "as directed"}])
    card = card_of(request(order("Lorazepam 1 MG Oral Tablet", 1), record=[unread]))
    assert card["summary"].startswith("Lorazepam ")
    assert "the active order Diazepam 10 MG Oral Tablet cannot be read" in card["summary"] + card["detail"]


def test_words_beside_the_fields_that_were_not_understood_are_said_on_the_card() -> None:
    words = dosage(additionalInstruction=[{"text": "reduce by half a tablet each week"}])
    card = card_of(request(order(dosageInstruction=[words]), record=[active()]))
    assert "its words were not understood whole, so only its fields were judged" in card["detail"]


@pytest.mark.parametrize("needed", [False, True])
@pytest.mark.parametrize("status", ["active", "completed", "handed out"])
def test_a_rectal_gel_of_the_record_hides_no_cut_and_is_said_not_to_count(status: str, *, needed: bool) -> None:
    """It is kept for an emergency, and kept the cut of the tablets from being judged."""
    once = dosage(1, 1, {"value": 1, "unit": "each"}, route={"text": "rectal"}, asNeededBoolean=needed)
    gel = {"id": "gel", "medicationCodeableConcept": {"text": "diazepam 10 mg rectal gel"}}
    beside = (
        fill(**gel, dosageInstruction=[once])
        if status == "handed out"
        else active(**gel, status=status, dosageInstruction=[once])
    )
    card = card_of(request(order(dosageInstruction=[dosage(1)]), record=[active(), beside]))
    assert CUT in card["summary"]
    assert "Diazepam 10 mg rectal gel is not taken by mouth, and was not counted" in card["detail"]


@pytest.mark.parametrize("dosed", [True, False])
def test_a_rectal_gel_that_is_ordered_with_the_tablets_hides_no_cut(*, dosed: bool) -> None:
    """In either order, and as an active order without a dosage too."""
    cut = order(dosageInstruction=[dosage(1)])
    gel = order("Diazepam 5 MG/ML Rectal Gel", 1, 1, id="r2")
    if dosed:
        for drafts in ((cut, gel), (gel, cut)):
            card = card_of(request(*drafts, record=[active()]))
            assert CUT in card["summary"]
            assert "Rectal Gel is not taken by mouth, and was not counted" in card["detail"]
    else:
        bare = active("Diazepam 5 MG/ML Rectal Gel", id="g", dosageInstruction=[])
        assert CUT in card_of(request(cut, record=[active(), bare]))["summary"]
