"""CDS Hooks: what is taken now, what an order makes of it, and a card for what is found or not understood."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper import catalog
from taper.checker.checking import check
from taper.exchange.reading import read_schedule
from taper.finding import Report, Severity
from taper.web.hooks.cards import INDICATOR
from taper.web.hooks.policy import Policy
from tests.support.hooks import DAY, UCUM, active, asked, card_of, changed, epic, order, request

WHEN_NEEDED = {**order()["dosageInstruction"][0], "asNeededBoolean": True}
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}


def runs(report: Report) -> dict[tuple[str, str], Severity]:
    """Return what a report found by code and line, with its severity."""
    return {(f.code, run.message): run.severity for f in report.findings for run in (f.runs or (f,))}


def table(before: int, after: int | None, first: date, day: date, last: date) -> str:
    """Write the doses of a schedule down by hand, as the plain table that `taper check` reads."""
    rows = [(first, day - timedelta(days=1), before)] if after is not None else [(first, last, before)]
    rows += [(day, last, after)] if after is not None else []
    lines = [f"{start},{end},morning,diazepam,{dose}" for start, end, dose in rows]
    return "\n".join(["start,end,time,drug,dose_mg", *lines]) + "\n"


@settings(deadline=None)
@given(
    st.integers(1, 30), st.integers(1, 30), st.integers(1, 3), st.integers(1, 80), st.sampled_from([None, "US", "GB"])
)
def test_the_finding_of_the_card_is_that_of_check_for_the_same_schedule(
    now: int, then: int, often: int, age: int, country: str | None
) -> None:
    """The schedule is written down by hand, checked as a table, and the card says what that adds, no more, no less."""
    written = DAY - timedelta(days=age)
    record = active("Diazepam 1 MG Oral Tablet", now, often, authoredOn=str(written))
    body = request(order("Diazepam 1 MG Oral Tablet", then, often), record=[record])
    answered = asked(body, policy=Policy(country=country))
    last = DAY + timedelta(days=29)
    guidelines = None
    if country is not None:
        guidelines = catalog.default_guidelines(country, ("diazepam",))[0]
    with_it, without = (
        runs(check(read_schedule(table(now * often, after, written, DAY, last)).schedule(), guidelines=guidelines))
        for after in (then * often, None)
    )
    added = {key: severity for key, severity in with_it.items() if key not in without and key[0] != "T401"}
    if not any(code.startswith("T1") or severity > Severity.NOTE for (code, _), severity in added.items()):
        assert answered.cards == ()
        return
    (card,) = answered.cards
    assert card["indicator"] == INDICATOR[max(added.values(), key=lambda severity: severity.rank)]
    said = card["detail"].replace("\\", "")
    assert all(message in said and code in said for code, message in added)
    assert said.count("- **note, T") + said.count("- **warning, T") + said.count("- **alert, T") >= len(
        {code for code, _ in added}
    )


def test_the_same_request_gets_the_same_answer() -> None:
    body = request(order(count=1), record=[active()])
    assert asked(body) == asked(json.loads(json.dumps(body)))


def test_a_card_names_drug_and_doses_and_the_page_of_the_guideline() -> None:
    card = card_of(request(order(count=1), record=[active()]))
    assert card["summary"] == (
        "Diazepam dose drops 50% overnight: 20 → 10 mg by 28 November 2026. ASAM 2025: no more than 25% in 14 days."
    )
    assert card["indicator"] == "warning"
    assert "Recommendation 6 (CC-S), /3 and /7" in card["source"]["label"]
    assert card["source"]["topic"]["code"] == "taperpace"
    assert card["source"]["topic"]["code"].isalnum()
    assert "https://eguideline.guidelinecentral.com/i/1532950" in card["detail"]


def test_the_card_says_in_whose_place_the_order_was_read_and_what_it_would_be_beside_it() -> None:
    detail = card_of(request(order(count=1), record=[active()]))["detail"]
    assert "read in place of Diazepam 10 MG Oral Tablet (order, written on 1 November 2026, active)" in detail
    assert "Taken beside instead of in place, it would be 30 mg a day." in detail


def test_nothing_is_said_of_an_order_that_changes_nothing() -> None:
    assert asked(request(order(), record=[active()])).cards == ()


@pytest.mark.parametrize(
    ("count", "indicator"), [(0.5, "critical"), (1, "warning"), (2, None), (4, "warning")], ids=str
)
def test_the_indicator_is_that_of_the_gravest_finding(count: Any, indicator: str | None) -> None:
    cards = asked(request(order(count=count), record=[active()])).cards
    assert [card["indicator"] for card in cards] == ([] if indicator is None else [indicator])


def test_an_active_order_whose_supply_ran_out_still_counts_and_is_said_to() -> None:
    card = card_of(request(order(count=1), record=[active(authoredOn="2026-09-01")]))
    assert card["indicator"] == "warning"
    assert "is still an active order, though its supply ran out on 30 September 2026" in card["detail"]


def test_an_order_that_another_one_followed_is_not_counted_twice() -> None:
    old = active(id="m0", authoredOn="2026-09-01")
    assert "diazepam 20 mg a day" in card_of(request(order(count=1), record=[old, active()]))["detail"]


def test_orders_in_force_beside_the_one_replaced_go_on() -> None:
    """5 mg tablets take the place of 5 mg tablets; the 2 mg tablets stay."""
    record = [active("Diazepam 5 MG Oral Tablet", 2), active("Diazepam 2 MG Oral Tablet", 1, id="m2")]
    detail = card_of(request(order(count=1), record=record))["detail"]
    assert "**Before:** diazepam 24 mg a day" in detail
    assert "diazepam 14 mg a day" in detail
    assert "beside Diazepam 2 MG Oral Tablet" in detail


def test_where_it_is_not_recorded_what_is_replaced_all_is_and_the_card_says_so() -> None:
    record = [active("Diazepam 10 MG Oral Tablet", 1), active("Diazepam 2 MG Oral Tablet", 1, id="m2")]
    detail = card_of(request(order(count=1), record=record))["detail"]
    assert "Which of these it replaces is not recorded; all of them was read" in detail
    assert "diazepam 10 mg a day" in detail


def test_a_prior_prescription_names_what_is_replaced() -> None:
    record = [active("Diazepam 10 MG Oral Tablet", 1), active("Diazepam 2 MG Oral Tablet", 1, id="m2")]
    draft = order(count=1, priorPrescription={"reference": "MedicationRequest/m1"})
    detail = card_of(request(draft, record=record))["detail"]
    assert "diazepam 14 mg a day" in detail
    assert "is not recorded" not in detail


def test_an_order_for_another_time_of_day_is_beside() -> None:
    def at(when: str) -> dict[str, Any]:
        timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": [when]}}
        dose = [{"doseQuantity": {"value": 1, "unit": "tablet", "system": UCUM, "code": "{tbl}"}}]
        return {"dosageInstruction": [{"timing": timing, "doseAndRate": dose}]}

    draft = order("Diazepam 10 MG Oral Tablet", **at("MORN"))
    detail = card_of(request(draft, record=[active(**at("HS"))]))["detail"]
    assert "diazepam 20 mg a day, beside Diazepam 10 MG Oral Tablet" in detail


def test_two_orders_of_one_drug_get_one_card_for_what_both_make() -> None:
    drafts = [order(count=1), order("Diazepam 2 MG Oral Tablet", 1, id="request-124")]
    card = card_of(request(*drafts, record=[active()]))
    assert "diazepam 14 mg a day" in card["detail"]


def test_orders_of_two_drugs_get_a_card_each_at_most() -> None:
    drafts = [order(count=1), order("Lorazepam 1 MG Oral Tablet", 1, id="request-124")]
    cards = asked(request(*drafts, record=[active()])).cards
    assert 1 <= len(cards) <= 2
    assert len({card["summary"].split()[0] for card in cards}) == len(cards)


def test_another_drug_beside_is_named_with_its_dose() -> None:
    card = card_of(request(order("Lorazepam 1 MG Oral Tablet", 2), record=[active()]))
    assert card["summary"].startswith("Lorazepam 4 mg beside diazepam 20 mg a day: ")


def test_an_order_that_ends_the_one_in_force_is_a_stop() -> None:
    """Signed with the state stopped, it is judged as what it does: an end from 20 mg."""
    card = card_of(request(active(status="stopped", authoredOn="2026-11-28"), record=[active()]))
    assert card["indicator"] == "critical"
    assert (
        card["summary"]
        == "Diazepam 20 mg a day → stopped: Stops on 28 November 2026 straight from 20 mg a day, without a taper."
    )


def test_an_ended_order_of_which_nothing_is_in_force_is_said_not_to_be_judged() -> None:
    card = card_of(request(order(status="cancelled"), record=[active()]))
    assert card["indicator"] == "info"
    assert "cancelled" in card["summary"]


def test_an_order_signed_again_as_it_was_is_no_change() -> None:
    again = active(authoredOn="2026-11-01")
    assert asked(request(again, record=[active()])).cards == ()


def test_an_order_signed_again_with_another_dose_is_judged_from_today() -> None:
    card = card_of(request(active(count=0.5), record=[active()]))
    assert "20 → 10 mg by 28 November 2026" in card["summary"]


def test_past_orders_count_in_the_window() -> None:
    """17 mg for eight days and then 14 is a cut of 30 % from 20, though each step alone is small."""
    past = active("Diazepam 1 MG Oral Tablet", 20, 1, id="m0", status="completed", authoredOn="2026-10-21")
    now = active("Diazepam 1 MG Oral Tablet", 17, 1, authoredOn="2026-11-20")
    card = card_of(request(order("Diazepam 1 MG Oral Tablet", 14, 1), record=[past, now]))
    assert "20 → 14 mg" in card["summary"]
    assert "30%" in card["summary"]


def test_what_was_so_before_is_said_below_and_does_not_make_a_card() -> None:
    fell = active("Diazepam 1 MG Oral Tablet", 40, 1, id="m0", status="completed", authoredOn="2026-10-10")
    now = active("Diazepam 1 MG Oral Tablet", 20, 1)
    same = order("Diazepam 1 MG Oral Tablet", 20, 1)
    assert asked(request(same, record=[fell, now])).cards == ()
    lower = order("Diazepam 1 MG Oral Tablet", 10, 1)
    assert "Already so without this order" in card_of(request(lower, record=[fell, now]))["detail"]


def test_dispenses_give_the_dose_where_the_record_has_no_order() -> None:
    fill = {
        "resourceType": "MedicationDispense",
        "id": "d1",
        "status": "completed",
        "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": {"text": "Diazepam 10 mg tablet"},
        "whenHandedOver": "2026-11-10",
        "quantity": {"value": 56, "unit": "tablet"},
        "daysSupply": {"value": 28, "unit": "d", "code": "d"},
    }
    prefetch = {"meds": None, "dispenses": {"resourceType": "Bundle", "entry": [{"resource": fill}]}}
    card = card_of(request(order(count=1), prefetch=prefetch))
    assert "20 → 10 mg" in card["summary"]


def test_a_cut_that_begins_later_is_found_before_what_is_wrong_with_the_record() -> None:
    bounds = {"start": "2026-12-15", "end": "2027-01-15"}
    timing = {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "boundsPeriod": bounds}}
    dosage = {"timing": timing, "doseAndRate": order(count=1)["dosageInstruction"][0]["doseAndRate"]}
    card = card_of(request(order(dosageInstruction=[dosage]), record=[active(authoredOn="2026-11-20")]))
    assert "50% overnight: 20 → 10 mg by 15 December 2026" in card["summary"]
    assert "T406" in card["detail"]


def test_an_order_without_a_date_begins_today() -> None:
    card = card_of(request(changed(order(count=1), authoredOn=None), record=[active()]), today=date(2026, 11, 25))
    assert "20 → 10 mg by 25 November 2026" in card["summary"]


def test_another_drug_that_names_the_order_it_replaces_is_a_switch() -> None:
    draft = order(count=2, often=1, priorPrescription={"reference": "MedicationRequest/m9"})
    card = card_of(request(draft, record=[active("Lorazepam 1 MG Oral Tablet", id="m9")]))
    assert (
        "**With this order**, from 28 November 2026: diazepam 10 mg a day, read in place of Lorazepam" in card["detail"]
    )
    assert "drops 50% overnight" in card["summary"]


def test_two_active_orders_of_one_product_are_the_later_one_and_of_two_products_both() -> None:
    later = active("Diazepam 10 MG Oral Tablet", 1, 1, id="m7", authoredOn="2026-11-20")
    detail = card_of(request(order(count=1, often=1), record=[active(), later]))["detail"]
    assert "**Before:** diazepam 10 mg a day" in detail
    assert "one that was written later followed it" in detail
    other = active("Diazepam 5 MG Oral Tablet", 1, 1, id="m7", authoredOn="2026-11-20")
    detail = card_of(request(order("Diazepam 2 MG Oral Tablet", 1), record=[active(), other]))["detail"]
    assert "**Before:** diazepam 25 mg a day" in detail


def test_after_weeks_without_an_order_one_begins_anew() -> None:
    old = active(status="completed", authoredOn="2026-08-01")
    assert asked(request(order(count=1), record=[old])).cards == ()


def test_a_note_that_is_not_about_pace_makes_no_card() -> None:
    """A sleeping pill once a day would have one each time."""
    assert asked(request(order("Zopiclone 7.5 MG Oral Tablet", 1, 1), record=[])).cards == ()


@pytest.mark.parametrize("status", ["on-hold", "cancelled", "completed"])
def test_whatever_ends_the_order_in_force_is_a_stop_today(status: str) -> None:
    card = card_of(request(active(status=status), record=[active()]))
    assert card["indicator"] == "critical"
    assert "Stops on 28 November 2026 straight from 20 mg" in card["summary"]
    assert "with this order**, from 28 november 2026: nothing" in card["detail"].lower()


# What is not understood is never passed over in silence.


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"dosageInstruction": None}, "there is no dosage at all"),
        ({"dosageInstruction": [{"text": "as before"}]}, "words only"),
        ({"medicationCodeableConcept": {"text": "Diazepam tablets"}}, "does not lead to mg"),
        ({"authoredOn": None, "dispenseRequest": None}, "neither dates nor a length"),
        ({"dosageInstruction": [WHEN_NEEDED]}, "only when needed"),
        ({"medicationCodeableConcept": {"text": "Chlordiazepoxide 5 MG / Clidinium 2.5 MG Capsule"}}, "mg"),
        ({"medicationCodeableConcept": {"text": "diazepam 5 mg or lorazepam 1 mg"}}, "several drugs"),
    ],
)
def test_an_order_of_our_drugs_that_cannot_be_read_gets_a_card_that_says_why(broken: dict[str, Any], why: str) -> None:
    card = card_of(request(changed(order(), **broken), record=[active()]))
    assert card["indicator"] == "info"
    assert why in card["summary"] + card["detail"]
    assert card["source"]["topic"]["code"] == "taperunread"


def test_an_active_order_that_cannot_be_read_is_said_to_be_missing() -> None:
    unread = changed(active(), dosageInstruction=[{"text": "as before", "asNeededBoolean": True}])
    card = card_of(request(order(count=1), record=[unread]))
    assert card["indicator"] == "info"
    assert "of the active order Diazepam 10 MG Oral Tablet" in card["detail"]


def test_three_doses_of_epic_that_agree_are_one_and_three_that_disagree_are_none() -> None:
    record = [epic("10", 1, "active", boundsPeriod={"start": "2026-10-29T09:00:00Z", "end": "2026-11-27T23:59:59Z"})]
    draft = epic("5", 1, "draft", boundsPeriod={"start": "2026-11-28T09:00:00Z"})
    assert "20 → 10 mg" in card_of(request(draft, record=record))["summary"]
    draft["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"] = 15
    card = card_of(request(draft, record=record))
    assert card["indicator"] == "info"
    assert "order not judged" in card["summary"]


@pytest.mark.parametrize("place", ["contained", "prefetched", "beside the order"])
def test_the_medicine_may_stand_in_a_medication(place: str) -> None:
    medication = {"resourceType": "Medication", "id": "med5", "code": {"text": "Diazepam 5 MG Oral Tablet"}}
    reference = "#med5" if place == "contained" else "Medication/med5"
    draft = changed(order(count=1), medicationCodeableConcept=None, medicationReference={"reference": reference})
    drafts, record = [draft], [active()]
    if place == "contained":
        draft["contained"] = [medication]
    (record if place == "prefetched" else drafts).append(medication)
    assert "20 → 10 mg" in card_of(request(*drafts, record=record))["summary"]


@pytest.mark.parametrize("shape", ["r5", "stu3", "dstu2"])
def test_other_versions_of_fhir_are_read(shape: str) -> None:
    draft = order(count=1)
    concept, dosage = draft["medicationCodeableConcept"], draft["dosageInstruction"][0]
    if shape == "r5":
        draft = changed(draft, medicationCodeableConcept=None, medication={"concept": concept})
    else:
        flat = {"timing": dosage["timing"], "doseQuantity": dosage["doseAndRate"][0]["doseQuantity"]}
        draft = changed(draft, dosageInstruction=[flat])
    if shape == "dstu2":
        draft = changed(draft, resourceType="MedicationOrder", authoredOn=None, dateWritten="2026-11-28")
    assert "20 → 10 mg" in card_of(request(draft, record=[active()]))["summary"]


# The four states of prefetch, and a record that is not whole.


def test_a_record_that_was_not_sent_is_asked_for_only_where_the_order_is_ours() -> None:
    assert "prefetch key 'meds'" in asked(request(order(), prefetch={})).lacks
    other = order("Amoxicillin 500 MG Oral Capsule", 1, 3)
    answered = asked(request(other, prefetch={}))
    assert (answered.lacks, answered.cards) == ("", ())


@pytest.mark.parametrize("prefetch", [{"meds": None}, {"meds": {"resourceType": "Bundle", "entry": []}}], ids=str)
def test_a_record_without_orders_leaves_the_order_by_itself(prefetch: Any) -> None:
    answered = asked(request(order(), prefetch=prefetch))
    assert (answered.lacks, answered.cards) == ("", ())


@pytest.mark.parametrize("failed", [OUTCOME, {"resourceType": "Bundle", "entry": [{"resource": OUTCOME}]}], ids=str)
def test_a_record_that_could_not_be_found_is_said_and_not_asked_for_again(failed: Any) -> None:
    card = card_of(request(order(), prefetch={"meds": failed}))
    assert card["indicator"] == "info"
    assert "could not be had" in card["detail"]


def test_a_part_of_the_data_is_enough_if_the_orders_are_in_it() -> None:
    bundle = {"resourceType": "Bundle", "entry": [{"resource": active()}]}
    for prefetch in ({"meds": bundle}, {"meds": bundle, "dispenses": OUTCOME}, {"own": bundle}):
        assert "20 → 10 mg" in card_of(request(order(count=1), prefetch=prefetch))["summary"]


def test_a_page_of_several_is_said_to_be_one() -> None:
    page = {"resourceType": "Bundle", "link": [{"relation": "next", "url": "x"}], "entry": []}
    card = card_of(request(order(), prefetch={"meds": page}))
    assert "only a part of the earlier orders was sent" in card["summary"]


def test_orders_of_another_patient_are_left_out_and_said_to_be() -> None:
    other = active(subject={"reference": "https://ehr.example.org/fhir/Patient/p2"})
    card = card_of(request(order(count=1), record=[other]))
    assert "entries of another patient were sent and left out" in card["summary"]
    assert "20" not in card["summary"]


@pytest.mark.parametrize("value", ["Bundle", 1, [], {}, {"total": 0}], ids=str)
def test_data_that_is_none_is_not_taken_for_an_empty_record(value: Any) -> None:
    card = card_of(request(order(), prefetch={"meds": value}))
    assert "could not be had" in card["detail"]


def test_an_order_for_another_patient_is_not_judged_by_this_record() -> None:
    card = card_of(request(order(count=1, subject={"reference": "Patient/p2"}), record=[active()]))
    assert "it names another patient" in card["summary"]


def test_active_orders_without_any_name_of_a_medicine_are_said_to_be_there() -> None:
    unnamed = changed(active(), medicationCodeableConcept=None, medicationReference={"reference": "Medication/x"})
    card = card_of(request(order(), record=[unnamed]))
    assert card["indicator"] == "info"
    assert "1 active order of the record without any name of a medicine" in card["summary"]


# Requests that must be answered with nothing, and fast.


@pytest.mark.parametrize(
    "drafts",
    [
        [],
        [order("Amoxicillin 500 MG Oral Capsule", 1, 3)],
        [changed(order(), medicationCodeableConcept=None, dosageInstruction=None, intent=None)],
        [{"resourceType": "ServiceRequest", "id": "s1", "code": {"text": "diazepam level"}}],
        [{"resourceType": "NutritionOrder"}],
    ],
    ids=["no draft orders", "another drug", "before a medicine is chosen", "no medicine", "nutrition"],
)
@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_what_is_not_ours_gets_no_card(drafts: list[Any], hook: str) -> None:
    answered = asked(request(*drafts, record=[active()], hook=hook))
    assert (answered.lacks, answered.cards) == ("", ())


def test_on_order_select_only_what_was_chosen_just_now_is_judged() -> None:
    drafts = [order(count=1), order("Amoxicillin 500 MG Oral Capsule", 1, 3, id="request-124")]
    chosen = {"hook": "order-select", "record": [active()]}
    assert asked(request(*drafts, **chosen, selections=["MedicationRequest/request-124"])).cards == ()
    assert len(asked(request(*drafts, **chosen, selections=["MedicationRequest/request-123"])).cards) == 1
    assert len(asked(request(*drafts, **chosen)).cards) == 1


# The record alone.


def test_opening_a_record_shows_what_is_taken_today() -> None:
    card = card_of(request(hook="patient-view", record=[active()]))
    assert card["summary"] == "Diazepam 20 mg a day: the dose of today by one active order."
    assert (card["indicator"], card["source"]["topic"]["code"]) == ("info", "tapertoday")


def test_opening_a_record_shows_a_fast_step_of_the_last_months() -> None:
    fell = active("Diazepam 1 MG Oral Tablet", 40, 1, id="m0", status="completed", authoredOn="2026-10-10")
    now = active("Diazepam 1 MG Oral Tablet", 20, 1)
    card = card_of(request(hook="patient-view", record=[fell, now]))
    assert card["indicator"] == "warning"
    assert "40 → 20 mg" in card["summary"]


def test_opening_a_record_of_what_is_not_taken_any_more_shows_nothing() -> None:
    """Found by broken requests: a fast step of the past, and no dose today."""
    past = active("Diazepam 1 MG Oral Tablet", 40, 1, id="m0", status="completed", authoredOn="2026-09-01")
    then = active("Diazepam 1 MG Oral Tablet", 20, 1, status="completed", authoredOn="2026-10-10")
    assert asked(request(hook="patient-view", record=[past, then])).cards == ()


def test_opening_a_record_without_our_drugs_shows_nothing() -> None:
    record = [active("Amoxicillin 500 MG Oral Capsule")]
    assert asked(request(hook="patient-view", record=record)).cards == ()


def test_an_active_order_that_cannot_be_read_is_shown_on_opening() -> None:
    card = card_of(request(hook="patient-view", record=[changed(active(), dosageInstruction=None)]))
    assert "active order not read" in card["summary"]


# Links and suggestions.


def test_the_link_has_the_order_behind_the_hash_and_fills_in_no_time_of_day() -> None:
    card = card_of(
        request(order(count=1), record=[active()]), policy=Policy(country="US", desk="https://desk.example/")
    )
    (link,) = card["links"]
    address, _, fragment = link["url"].partition("#")
    assert address == "https://desk.example/"
    assert "current" not in fragment
    assert "appContext" not in link


def test_a_suggestion_is_the_same_order_in_steps_within_the_limit() -> None:
    body = request(order(count=4, often=1), record=[active(count=3, often=1)])
    (suggestion,) = card_of(body)["suggestions"]
    assert suggestion["label"] == (
        "25 mg until 11 December 2026, then 20 mg from 12 December 2026 (at most 25% in 14 days)"
    )
    (action,) = suggestion["actions"]
    resource = action["resource"]
    assert (action["type"], resource["id"]) == ("update", "request-123")
    assert [step["doseAndRate"][0]["doseQuantity"]["value"] for step in resource["dosageInstruction"]] == [5, 4]
    assert resource["dispenseRequest"]["quantity"]["value"] == 5 * 14 + 4 * 16
    assert {"subject", "category", "medicationCodeableConcept"} <= set(resource), "the whole resource"


@pytest.mark.parametrize("often", [2, 3])
def test_the_quantity_of_a_suggestion_is_enough_for_each_intake_of_each_day(often: int) -> None:
    medicine = "Diazepam 5 MG Oral Tablet"
    body = request(order(medicine, 3, often), record=[active(medicine, 6, often)])
    (suggestion,) = card_of(body)["suggestions"]
    resource = suggestion["actions"][0]["resource"]
    needed = Fraction(0)
    for step in resource["dosageInstruction"]:
        repeat = step["timing"]["repeat"]
        first, last = (date.fromisoformat(repeat["boundsPeriod"][end]) for end in ("start", "end"))
        count = Fraction(str(step["doseAndRate"][0]["doseQuantity"]["value"]))
        needed += count * repeat["frequency"] * ((last - first).days + 1)
    assert resource["dispenseRequest"]["quantity"]["value"] == needed
    assert {step["timing"]["repeat"]["frequency"] for step in resource["dosageInstruction"]} == {often}


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 8), st.integers(1, 7), st.integers(1, 3), st.sampled_from(["2", "5", "10"]))
def test_what_is_suggested_reads_back_without_a_warning_and_ends_at_the_ordered_dose_or_on_the_way(
    now: int, then: int, often: int, strength: str
) -> None:
    medicine = f"Diazepam {strength} MG Oral Tablet"
    record = [active(medicine, now, often)]
    for card in asked(request(order(medicine, then, often), record=record)).cards:
        for suggestion in card.get("suggestions", ()):
            resource = suggestion["actions"][0]["resource"]
            counts = [step["doseAndRate"][0]["doseQuantity"]["value"] for step in resource["dosageInstruction"]]
            assert counts == sorted(counts, reverse=True)
            assert now > counts[0]
            assert counts[-1] >= then
            again = asked(request(resource, record=record)).cards
            assert all(one["indicator"] == "info" for one in again)


@pytest.mark.parametrize(
    "draft",
    [
        order(count=1, often=1, dispenseRequest={"numberOfRepeatsAllowed": 3}),
        order("Diazepam 5 MG Extended Release Oral Capsule", 4, 1),
        order(count=1.5, often=1),
    ],
    ids=["repeats", "another form", "a half that nobody allowed"],
)
def test_nothing_is_suggested_that_does_not_follow_from_the_order(draft: dict[str, Any]) -> None:
    for card in asked(request(draft, record=[active(count=3, often=1)])).cards:
        assert "suggestions" not in card


def test_words_of_the_record_become_no_markup() -> None:
    hostile = "Diazepam 5 MG <script>alert(1)</script> [x](javascript:y) **Tablet**"
    record = [active("Diazepam 10 MG Oral Tablet <img src=x onerror=1>")]
    for card in asked(request(order(hostile, 1), record=record)).cards:
        assert "<script" not in card["detail"].replace("\\<", "")
        assert "<img" not in card["detail"].replace("\\<", "")
        assert "](javascript" not in card["detail"].replace("\\]", "")


def test_a_medicine_that_is_coded_without_a_word_is_ours() -> None:
    coded = {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "197591"}]}
    card = card_of(request(order(count=1, medicationCodeableConcept=coded), record=[active()]))
    assert "20 → 10 mg" in card["summary"]
