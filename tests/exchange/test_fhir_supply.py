"""FHIR orders without first or last day: they are laid out by the day of writing and their supply, and never twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from taper.exchange.reading import Reading, read_schedule

DAILY = {"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}}
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
PILLS = {"value": 2, "system": "http://unitsofmeasure.org", "code": "{pill}"}


def order(written: str, days: int | None = 28, strength: str = "5", **more: Any) -> dict[str, Any]:
    supply = {} if days is None else {"expectedSupplyDuration": {"value": days, "unit": "days", "code": "d"}}
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "authoredOn": written,
        "medicationCodeableConcept": {"text": f"Diazepam {strength} MG Oral Tablet"},
        "dosageInstruction": [DAILY | {"doseAndRate": [{"doseQuantity": PILLS}]}],
        "dispenseRequest": supply,
        **more,
    }


def read(*orders: dict[str, Any]) -> Reading:
    return read_schedule(json.dumps({"resourceType": "Bundle", "entry": [{"resource": one} for one in orders]}))


def steps(reading: Reading) -> list[tuple[str, str, str]]:
    return [(str(step.start), str(step.end), str(step.total)) for step in reading.schedule().steps]


def test_an_order_without_dates_is_laid_out_from_the_day_of_writing_for_its_supply_and_says_so() -> None:
    reading = read(order("2026-10-01"))
    assert steps(reading) == [("2026-10-01", "2026-10-28", "20 mg")]
    assert any(remark.kind == "period" and "its supply of 28 days" in remark.text for remark in reading.remarks)


def test_repeats_make_the_supply_longer() -> None:
    supply = {"expectedSupplyDuration": {"value": 28, "code": "d"}, "numberOfRepeatsAllowed": 1}
    reading = read(order("2026-10-01", dispenseRequest=supply | {"quantity": {"value": 112, "unit": "tablet"}}))
    assert steps(reading) == [("2026-10-01", "2026-11-25", "20 mg")]
    assert not [remark for remark in reading.remarks if remark.kind == "quantity"], "one fill is held against one fill"


def test_a_quantity_that_lasts_whole_days_is_a_supply_and_one_that_does_not_is_none() -> None:
    whole = order("2026-10-01", None, dispenseRequest={"quantity": {"value": 56, "unit": "tablet"}})
    assert steps(read(whole)) == [("2026-10-01", "2026-10-14", "20 mg")]
    broken = order("2026-10-01", None, dispenseRequest={"quantity": {"value": 57, "unit": "tablet"}})
    assert steps(read(broken)) == []


@pytest.mark.parametrize("repeats", [1.5, "two", -1, 10**6])
def test_a_number_of_repeats_that_is_none_gives_no_days(repeats: Any) -> None:
    supply = {"expectedSupplyDuration": {"value": 28, "code": "d"}, "numberOfRepeatsAllowed": repeats}
    assert steps(read(order("2026-10-01", dispenseRequest=supply))) == []


def test_an_order_with_a_first_day_and_no_last_lasts_as_long_as_its_supply() -> None:
    timing = {"repeat": {**DAILY["timing"]["repeat"], "boundsPeriod": {"start": "2026-11-28"}}}
    dosage = {"timing": timing, "doseAndRate": [{"doseQuantity": PILLS}]}
    reading = read(order("2026-10-01", 30, dosageInstruction=[dosage]))
    assert steps(reading) == [("2026-11-28", "2026-12-27", "20 mg")]
    assert "open" in {remark.kind for remark in reading.remarks}


def test_dates_of_the_dosage_count_before_the_supply() -> None:
    timing = {"repeat": {**DAILY["timing"]["repeat"], "boundsPeriod": {"start": "2026-11-01", "end": "2026-11-10"}}}
    dosage = {"timing": timing, "doseAndRate": [{"doseQuantity": PILLS}]}
    assert steps(read(order("2026-10-01", 30, dosageInstruction=[dosage]))) == [("2026-11-01", "2026-11-10", "20 mg")]


def test_numbered_dosages_without_lengths_are_not_made_one_by_their_supply() -> None:
    both = [{**DAILY, "sequence": number, "doseAndRate": [{"doseQuantity": PILLS}]} for number in (1, 2)]
    assert steps(read(order("2026-10-01", dosageInstruction=both))) == []


def test_an_early_refill_is_never_a_double_dose() -> None:
    """Two tablets twice a day, fetched three days early, are still two tablets twice a day."""
    reading = read(order("2026-10-01"), order("2026-10-26"))
    assert steps(reading) == [("2026-10-01", "2026-11-25", "20 mg")]


def test_other_doses_before_the_supply_has_run_out_begin_in_place_of_those_before() -> None:
    reading = read(order("2026-10-01"), order("2026-10-15", strength="2"))
    assert steps(reading) == [("2026-10-01", "2026-10-14", "20 mg"), ("2026-10-15", "2026-11-11", "8 mg")]
    assert any("in place of those before" in remark.text for remark in reading.remarks)


def test_orders_of_one_day_stand_beside_each_other() -> None:
    assert steps(read(order("2026-10-01"), order("2026-10-01", strength="2"))) == [
        ("2026-10-01", "2026-10-28", "28 mg")
    ]


def test_orders_for_other_times_of_day_stand_beside_each_other() -> None:
    def at(when: str) -> dict[str, Any]:
        timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": [when]}}
        return {"dosageInstruction": [{"timing": timing, "doseAndRate": [{"doseQuantity": PILLS}]}]}

    reading = read(order("2026-10-01", **at("MORN")), order("2026-10-15", **at("HS")))
    assert steps(reading)[1] == ("2026-10-15", "2026-10-28", "20 mg")


def test_a_stopped_order_without_a_last_day_still_counts_up_to_the_next() -> None:
    stopped = order("2026-09-01", 28) | {"status": "stopped"}
    assert steps(read(stopped, order("2026-10-15", strength="2")))[0] == ("2026-09-01", "2026-10-14", "20 mg")


RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


def test_a_code_of_a_product_says_its_drug_and_strength_without_a_word() -> None:
    coded = order("2026-10-01", medicationCodeableConcept={"coding": [{"system": RXNORM, "code": "197590"}]})
    assert steps(read(coded)) == [("2026-10-01", "2026-10-28", "8 mg")]


def test_a_code_and_a_name_of_other_strengths_are_no_strength() -> None:
    both = {"text": "Diazepam 5 MG Oral Tablet", "coding": [{"system": RXNORM, "code": "197590"}]}
    reading = read(order("2026-10-01", medicationCodeableConcept=both))
    assert steps(reading) == []
    assert any("more than one strength" in remark.text for remark in reading.remarks)


def test_a_code_of_another_system_says_nothing() -> None:
    other = {"coding": [{"system": "http://example.org/codes", "code": "197590"}]}
    assert steps(read(order("2026-10-01", medicationCodeableConcept=other))) == []
