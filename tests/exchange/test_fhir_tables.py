"""FHIR of others, whole: every row and every remark that is read of a request, as it was read over once."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from taper.exchange.fhir.dosage import read_dosage
from taper.exchange.fhir.sequence import Entry, place_in_time
from taper.exchange.fhir.units import SNOMED, UCUM
from taper.exchange.medicine import medicine
from taper.exchange.reading import Reading
from tests.support.fhir import DAYS, ONCE, TABLET, dosage, read, request

TABLES = tomllib.loads((Path(__file__).parents[1] / "data/fhir_read.toml").read_text(encoding="utf-8"))
MG = {"value": 5, "unit": "mg", "system": UCUM, "code": "mg"}
DAY = {"value": 1, "code": "d", "system": UCUM}
HALF = TABLET | {"value": 0.5}


def words(text: str, **more: Any) -> dict[str, Any]:
    """A dosage in words alone."""
    return {"text": text, **more}


def bounded(text: str, **bounds: Any) -> dict[str, Any]:
    """A dosage in words, with days in fields."""
    return {"text": text, "timing": {"repeat": bounds}}


def within(days: int, **repeat: Any) -> dict[str, Any]:
    """A timing with a length instead of dates."""
    return {"repeat": {"boundsDuration": DAY | {"value": days}, **ONCE, **repeat}}


def most(numerator: dict[str, Any], value: float, unit: str = "d") -> dict[str, Any]:
    """The most that may be taken in some time."""
    return {"numerator": numerator, "denominator": {"value": value, "code": unit, "system": UCUM}}


def sequence(*lengths: int | None, **more: Any) -> list[dict[str, Any]]:
    """Dosages one after the other, each of so many days."""
    found = []
    for number, days in enumerate(lengths, 1):
        timing = within(days) if days else {"repeat": ONCE}
        found.append({"sequence": number, "timing": timing, "doseAndRate": [{"doseQuantity": TABLET}], **more})
    return found


STOP = {"coding": [{"system": SNOMED, "code": "422327006"}]}
SUPPLY = {"dispenseRequest": {"expectedSupplyDuration": DAY | {"value": 14}}}
REQUESTS: dict[str, list[dict[str, Any]]] = {
    "plain": [request()],
    "mg": [request(dosage(dose=MG))],
    "twice a day without times": [request(dosage(ONCE | {"frequency": 2}))],
    "in the morning and at night": [request(dosage({"when": ["MORN", "HS"]}))],
    "by the clock": [request(dosage({"timeOfDay": ["08:00:00", "21:30:00"]}))],
    "every second day": [request(dosage({"frequency": 1, "period": 2, "periodUnit": "d"}))],
    "on days of the week": [request(dosage(ONCE | {"dayOfWeek": ["mon", "fri"]}))],
    "a liquid": [
        request(
            dosage(dose={"value": 2.5, "unit": "mL", "system": UCUM, "code": "mL"}),
            medicationCodeableConcept={"text": "diazepam oral solution 0.4 mg/mL"},
        )
    ],
    "words that agree": [request(dosage(text="Take 1 tablet daily"))],
    "words with another count": [request(dosage(text="Take 2 tablets daily"))],
    "words with other times a day": [request(dosage(text="Take 1 tablet twice daily"))],
    "words with another time": [request(dosage({"when": ["MORN"]}, text="Take 1 tablet at bedtime"))],
    "words with another dose": [request(dosage(dose=MG, text="Take 10 mg daily"))],
    "words with another strength": [request(dosage(text="Take 1 tablet (10 mg) daily"))],
    "words with another length": [request(dosage(text="Take 1 tablet daily for 7 days"))],
    "words with another start": [request(dosage(text="Take 1 tablet daily starting January 6, 2026"))],
    "words with the same start": [request(dosage(text="Take 1 tablet daily starting January 5, 2026"))],
    "words in all ways wrong": [request(dosage({"when": ["MORN"]}, text="Take 3 tablets at bedtime for 7 days"))],
    "words that are not understood": [request(dosage(text="Wie besprochen"))],
    "words with an aside": [request(dosage(text="Take 1 tablet daily. Take with food."))],
    "words with an extra dose": [request(dosage(text="Take 1 tablet daily, may take 1 extra tablet a day if needed"))],
    "words with several parts": [request(dosage(text="Take 1 tablet daily for 7 days, then 2 tablets daily"))],
    "a scheme that agrees": [request(dosage({"when": ["MORN", "HS"]}, text="1-0-0-1"))],
    "a scheme that differs": [request(dosage({"when": ["MORN", "HS"]}, text="1-0-1-1"))],
    "words for the patient": [request(dosage(text="Take 1 tablet daily", patientInstruction="Take 2 tablets daily"))],
    "words for the patient that are not understood": [request(dosage(patientInstruction="As discussed"))],
    "more words": [
        request(dosage(text="Take 1 tablet daily", additionalInstruction=[{"text": "Take 2 tablets daily"}]))
    ],
    "more words in a code": [
        request(dosage(additionalInstruction=[{"coding": [{"display": "Take 1 tablet twice daily"}]}]))
    ],
    "words of the whole": [
        request(dosage(text="Take 1 tablet daily"), renderedDosageInstruction="Take 2 tablets daily")
    ],
    "a stop in a code": [request(dosage(additionalInstruction=[STOP]))],
    "a stop in words": [request(words("Take 1 tablet daily for 7 days, then stop"))],
    "a modifier": [request(dosage(modifierExtension=[{"url": "http://example.org/x"}]))],
    "another route": [request(dosage(route={"text": "rectal"}))],
    "as needed": [request(dosage(asNeededBoolean=True))],
    "as needed in words": [request(dosage(text="Take 1 tablet if needed"))],
    "as needed for": [request(dosage(asNeededCodeableConcept={"text": "anxiety"}))],
    "more than at a time": [request(dosage(maxDosePerAdministration=HALF))],
    "not more than at a time": [request(dosage(maxDosePerAdministration=TABLET))],
    "more than in a day": [request(dosage(maxDosePerPeriod=most(HALF, 1)))],
    "more than in 24 hours": [request(dosage(maxDosePerPeriod=most(HALF, 24, "h")))],
    "more than in two days": [request(dosage(maxDosePerPeriod=most(TABLET, 2)))],
    "as much as in two days": [request(dosage(maxDosePerPeriod=most(TABLET | {"value": 2}, 2)))],
    "a number of intakes": [
        request(
            {
                "timing": {"repeat": ONCE | {"count": 14, "boundsPeriod": DAYS}},
                "doseAndRate": [{"doseQuantity": TABLET}],
            }
        )
    ],
    "a number of intakes alone": [
        request(
            {
                "timing": {"repeat": ONCE | {"count": 6, "boundsPeriod": {"start": "2026-01-05"}}},
                "doseAndRate": [{"doseQuantity": TABLET}],
            }
        )
    ],
    "another number of intakes": [request(dosage(ONCE | {"count": 3}))],
    "intakes on days of the week": [request(dosage(ONCE | {"count": 3, "dayOfWeek": ["mon"]}))],
    "an odd number of intakes": [request(dosage(ONCE | {"frequency": 2, "count": 3}))],
    "no dose": [request(dosage(dose=None, text="Take 1 tablet daily"))],
    "no times": [request(dosage({"frequency": 2, "period": 1, "periodUnit": "wk"}, text="Twice a week"))],
    "no unit": [request(dosage(dose={"value": 1, "unit": "spoon"}))],
    "a range": [request(dosage() | {"doseAndRate": [{"doseRange": {"low": TABLET, "high": TABLET | {"value": 2}}}]})],
    "the last day first": [request(dosage({"boundsPeriod": {"start": "2026-01-18", "end": "2026-01-05"}, **ONCE}))],
    "words alone": [request(bounded("Take 1 tablet in the morning and 2 tablets at bedtime", boundsPeriod=DAYS))],
    "words alone without a time": [request(bounded("Take 1 tablet twice daily", boundsPeriod=DAYS))],
    "words alone in mg": [request(bounded("Take 2.5 mg at bedtime", boundsPeriod=DAYS))],
    "words alone with a dose said twice": [request(bounded("Take 2 tablets (10 mg) at bedtime", boundsPeriod=DAYS))],
    "words alone with a dose said in two ways": [request(bounded("Take 2 tablets (5 mg) at night", boundsPeriod=DAYS))],
    "words alone every other day": [request(bounded("Take 1 tablet every other day", boundsPeriod=DAYS))],
    "words alone on days of the week": [request(bounded("Take 1 tablet at bedtime on Monday", boundsPeriod=DAYS))],
    "a scheme alone": [request(bounded("1-0-½-2", boundsPeriod=DAYS))],
    "a scheme alone in tablets": [request(bounded("1-0-1 1/2 Tabletten", boundsPeriod=DAYS))],
    "a scheme alone in mg": [request(bounded("5-0-2,5 mg", boundsPeriod=DAYS))],
    "a scheme alone in spoons": [request(bounded("1-0-1 Löffel", boundsPeriod=DAYS))],
    "words alone that are not understood": [request(bounded("Take some", boundsPeriod=DAYS))],
    "words alone one after the other": [
        request(words("Take 2 tablets daily for 7 days, then 1 tablet daily for 7 days"), authoredOn="2026-01-05")
    ],
    "words alone with an open end": [
        request(bounded("Take 2 tablets daily for 7 days, then 1 tablet daily", boundsPeriod=DAYS))
    ],
    "words alone longer than the fields": [
        request(
            {
                "text": "Take 2 tablets daily for 9 days, then 1 tablet daily",
                "timing": {"repeat": {"boundsDuration": DAY | {"value": 9}}},
            },
            authoredOn="2026-01-05",
        )
    ],
    "words alone shorter than the fields": [
        request(
            {
                "text": "Take 2 tablets daily for 7 days, then 1 tablet daily",
                "timing": {"repeat": {"boundsDuration": DAY | {"value": 9}}},
            },
            authoredOn="2026-01-05",
        )
    ],
    "words alone for a month": [request(words("Take 1 tablet daily for 1 month"), authoredOn="2026-01-31")],
    "words alone that stop": [request(words("Take 1 tablet daily for 3 days, then stop"), authoredOn="2026-01-05")],
    "words alone with dates": [request(words("from 5 January 2026 to 9 January 2026: take 1 tablet at bedtime"))],
    "words alone with dates in a row": [
        request(
            bounded(
                "Take 2 tablets at bedtime from 5 January 2026 to 11 January 2026, "
                "then 1 tablet at bedtime from 12 January 2026 to 18 January 2026",
                boundsPeriod=DAYS,
            )
        )
    ],
    "words alone with other dates in a row": [
        request(
            bounded(
                "Take 2 tablets at bedtime from 6 January 2026 to 11 January 2026, "
                "then 1 tablet at bedtime from 12 January 2026 to 18 January 2026",
                boundsPeriod=DAYS,
            )
        )
    ],
    "how often, in the words of a code": [
        request(dosage() | {"timing": dosage()["timing"] | {"code": {"coding": [{"display": "twice daily"}]}}})
    ],
    "the most in a week": [request(dosage({"frequency": 84, "period": 1, "periodUnit": "wk"}))],
    "more than that in a week": [request(dosage({"frequency": 91, "period": 1, "periodUnit": "wk"}))],
    "seven times in a week": [request(dosage({"frequency": 7, "period": 1, "periodUnit": "wk"}))],
    "words with doses that differ": [
        request(dosage({"when": ["MORN", "HS"]}, text="Take 1 tablet in the morning and 2 tablets at bedtime"))
    ],
    "words alone against the fields": [request(bounded("Take 1 tablet at bedtime for 3 days", boundsDuration=DAY))],
    "one after the other": [request(*sequence(7, 7), authoredOn="2026-01-05")],
    "one after the other, the last open": [request(*sequence(7, None), authoredOn="2026-01-05")],
    "one after the other from the first day": [
        request(*sequence(7, 7), dispenseRequest={"validityPeriod": {"start": "2026-01-05", "end": "2026-01-12"}})
    ],
    "without numbers": [
        request(
            {"timing": within(7), "doseAndRate": [{"doseQuantity": TABLET}]},
            {"timing": within(9), "doseAndRate": [{"doseQuantity": HALF}]},
            authoredOn="2026-01-05",
        )
    ],
    "without any day": [request({"timing": {"repeat": ONCE}, "doseAndRate": [{"doseQuantity": TABLET}]})],
    "a length without a day": [request({"timing": within(7), "doseAndRate": [{"doseQuantity": TABLET}]})],
    "months": [
        request(
            {
                "timing": {"repeat": ONCE | {"boundsDuration": {"value": 1, "code": "mo", "system": UCUM}}},
                "doseAndRate": [{"doseQuantity": TABLET}],
            },
            authoredOn="2026-01-31",
        )
    ],
    "an open step": [request(dosage({"boundsPeriod": {"start": "2026-01-05"}, **ONCE}))],
    "an open step before another": [
        request(dosage({"boundsPeriod": {"start": "2026-01-05"}, **ONCE})),
        request(dosage({"boundsPeriod": {"start": "2026-01-19", "end": "2026-01-25"}, **ONCE}, HALF)),
    ],
    "two open steps": [
        request(
            dosage({"boundsPeriod": {"start": "2026-01-05"}, **ONCE}),
            dosage({"boundsPeriod": {"start": "2026-01-19"}, **ONCE}, HALF),
        )
    ],
    "as long as the supply": [
        request(
            {"timing": {"repeat": ONCE}, "doseAndRate": [{"doseQuantity": TABLET}]}, authoredOn="2026-01-05", **SUPPLY
        )
    ],
    "from a day as long as the supply": [
        request(dosage({"boundsPeriod": {"start": "2026-01-07"}, **ONCE}), authoredOn="2026-01-05", **SUPPLY)
    ],
    "two names": [
        request(medicationCodeableConcept={"text": "diazepam 5 mg tablet", "coding": [{"display": "diazepam 2 mg"}]})
    ],
    "two drugs": [
        request(medicationCodeableConcept={"text": "diazepam 5 mg tablet", "coding": [{"display": "lorazepam 1 mg"}]})
    ],
    "no drug": [request(medicationCodeableConcept={"text": "something 5 mg"})],
    "a code": [
        request(
            dosage(dose=MG),
            medicationCodeableConcept={
                "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "3322"}]
            },
        )
    ],
    "a reference": [
        request(
            medicationCodeableConcept=None,
            medicationReference={"reference": "#m"},
            contained=[
                {
                    "resourceType": "Medication",
                    "id": "m",
                    "code": {"text": "diazepam"},
                    "ingredient": [
                        {
                            "itemCodeableConcept": {"text": "diazepam"},
                            "strength": {"numerator": MG | {"value": 10}, "denominator": TABLET},
                        }
                    ],
                }
            ],
        )
    ],
    "a reference to a liquid": [
        request(
            dosage(dose={"value": 2.5, "unit": "mL", "system": UCUM, "code": "mL"}),
            medicationCodeableConcept=None,
            medicationReference={"reference": "#m"},
            contained=[
                {
                    "resourceType": "Medication",
                    "id": "m",
                    "code": {"text": "diazepam"},
                    "ingredient": [
                        {
                            "itemCodeableConcept": {"text": "diazepam"},
                            "strength": {
                                "numerator": MG | {"value": 2},
                                "denominator": {"value": 5, "unit": "mL", "code": "mL"},
                            },
                        }
                    ],
                }
            ],
        )
    ],
    "a strength that differs": [
        request(
            medicationCodeableConcept=None,
            medicationReference={"reference": "#m"},
            contained=[
                {
                    "resourceType": "Medication",
                    "id": "m",
                    "code": {"text": "diazepam 5 mg tablet"},
                    "ingredient": [
                        {
                            "itemCodeableConcept": {"text": "diazepam"},
                            "strength": {"numerator": MG | {"value": 10}, "denominator": TABLET},
                        }
                    ],
                }
            ],
        )
    ],
}


def found(reading: Reading) -> list[str]:
    """Return a row for each step, for the stop, and for each remark with all of its fields."""
    rows = []
    for source, name, schedule in reading.schedules:
        rows.append(f"{source} {name}".strip())
        for step in schedule.steps:
            doses = [
                f"{one.time} {one.drug} {one.dose}"
                + "".join(f" = {item.count or item.volume} {item.product}" for item in one.items)
                for one in step.intakes
            ]
            rows.append(f"{step.number} {step.start} to {step.end}: {'; '.join(doses) or 'nothing'}")
        rows += [] if schedule.stopped_on is None else [f"stopped on {schedule.stopped_on}"]
    for one in reading.remarks:
        more = {"quote": one.quote, "on": one.on, "until": one.until, "says": one.measured, "holds": one.limit}
        told = "".join(f" | {name}: {value}" for name, value in more.items() if value)
        rows.append(f"{one.kind}{' (unknown)' if one.unknown else ''} at {one.place}: {one.text}{told}")
    return rows


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_read_is_what_was_read_over(name: str) -> None:
    """Each day, dose and piece, and each remark with its place, its words and what it holds against each other."""
    assert found(read(*REQUESTS[name])) == TABLES[name]


def test_a_dosage_without_any_day_is_not_placed() -> None:
    """Where the entry says nothing of its days either."""
    (read_one,) = read_dosage(
        {"doseAndRate": [{"doseQuantity": TABLET}], "timing": {"repeat": ONCE}}, MEDICINE, ignored
    )
    (placed,) = place_in_time([read_one], ignored, Entry(), None)
    assert (placed.start, placed.end, placed.days) == (None, None, None)
    (placed,) = place_in_time([replace(read_one, days=7)], ignored, Entry(), None)
    assert (placed.start, placed.end, placed.days) == (None, None, 7)


MEDICINE = medicine("diazepam 5 mg tablet")


def ignored(*_: object, **__: object) -> None:
    """Take a remark and keep none."""
