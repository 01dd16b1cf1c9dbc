"""FHIR of others: codes by their system, moments as days, words against fields; what is not plain is never a dose."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.checker.checking import check
from taper.errors import TaperError
from taper.exchange.fhir.bounds import Chain, span_of_period
from taper.exchange.fhir.timing import CLOCK, time_of_day
from taper.exchange.fhir.units import EDQM, KBV, SNOMED, UCUM, unit_of, word_unit
from taper.order.parts import TIMES
from taper.quantity import Mg
from tests.support.fhir import DAYS, ONCE, TABLET, dosage, kinds, read, request, steps

GTS = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"


DAY_5 = [("05.01.", "18.01.", "5 mg")]


@pytest.mark.parametrize(
    ("system", "code", "unit", "known"),
    [
        (UCUM, "mg", "mg", Fraction(1)),
        (UCUM, "ug", "microgram", Fraction(1, 1000)),
        (UCUM, "g", "Gramm", Fraction(1000)),
        (UCUM, "1", "Stück", "piece"),
        (UCUM, "1", "", "piece"),
        (UCUM, "{tbl}", "comprimés", "piece"),
        (UCUM, "{Kapsel}", "", "piece"),
        (SNOMED, "732936001", "Tablet (unit of presentation)", "piece"),
        (SNOMED, "258684004", "milligram", Fraction(1)),
        (EDQM, "15054000", "Comprimé", "piece"),
        ("urn:oid:0.4.0.127.0.16.1.1.2.1", "15012000", "Kapsel", "piece"),
        (KBV, "1", "Stück", "piece"),
        (KBV, "v", "mg", Fraction(1)),
        (KBV, "s", "ml", "mL"),
        ("", "", "compresse", "piece"),
        ("", "", "tabletten", "piece"),
        ("", "", "cápsulas", "piece"),
        ("", "", "Mikrogramm", Fraction(1, 1000)),
        ("", "mg", "", Fraction(1)),
        ("http://example.org/local", "77", "tablet", "piece"),
        ("http://example.org/local", "mg", "mg", Fraction(1)),
        ("urn:oid:2.16.840.1.113883.6.8", "mg", "", Fraction(1)),
        # a code of another list, a code that says nothing, words and code that contradict each other
        (KBV, "g", "Einzeldosis", None),
        (KBV, "g", "g", None),
        (KBV, "g", "", None),
        (KBV, "0", "Messbecher", None),
        (UCUM, "1", "Einzeldosis", None),
        (UCUM, "1", "Beutel", None),
        (UCUM, "G", "", None),
        (UCUM, "mg/kg", "mg/kg", None),
        (UCUM, "mg", "tablet", None),
        (EDQM, "15054000", "mg", None),
        (EDQM, "15022000", "Drop", None),
        (SNOMED, "1", "", None),
        ("", "g", "", None),
        ("", "1", "", None),
        ("http://example.org/local", "mg", "", None),
        ("http://example.org/local", "g", "g", None),
        ("", "", "spoon", None),
        ("", "", "", None),
    ],
)
def test_a_unit_is_that_of_its_code_in_its_system_and_of_its_words(
    system: str, code: str, unit: str, known: object
) -> None:
    assert unit_of({"value": 1, "system": system, "code": code, "unit": unit}) == known


@given(st.sampled_from([UCUM, SNOMED, EDQM, KBV, "", "http://example.org"]), st.text(max_size=12), st.text(max_size=12))
def test_words_and_code_never_make_a_unit_that_the_words_alone_deny(system: str, code: str, unit: str) -> None:
    """Whatever is written: if the words name a unit, the answer is that unit or none."""
    found, worded = unit_of({"value": 1, "system": system, "code": code, "unit": unit}), word_unit(unit)
    assert worded is None or found in (worded, None)


@pytest.mark.parametrize(
    "more",
    [
        {"modifierExtension": [{"url": "http://example.org/negated", "valueBoolean": True}]},
        {"doNotPerform": True},
        {"doNotPerform": "true"},
        {"dosageInstruction": [dosage(modifierExtension=[{"url": "http://example.org/x"}])]},
        {"dosageInstruction": [dosage(doseAndRate=[{"doseQuantity": TABLET, "modifierExtension": [{"url": "x"}]}])]},
        {"dosageInstruction": [dosage(ONCE | {"count": 3})]},
        {"dosageInstruction": [dosage(ONCE | {"countMax": 20, "count": 14})]},
        {"dosageInstruction": [dosage() | {"timing": dosage()["timing"] | {"modifierExtension": [{"url": "x"}]}}]},
        {"implicitRules": "http://example.org/rules"},
        {"dosageInstruction": [dosage(ONCE | {"frequency": 6}, maxDosePerPeriod={
            "numerator": TABLET | {"value": 3}, "denominator": {"value": 24, "code": "h", "system": UCUM}})]},
        {"dosageInstruction": [dosage(maxDosePerAdministration=TABLET | {"value": 0.5})]},
        {"dosageInstruction": [dosage({"when": ["C"]})]},
        {"dosageInstruction": [dosage({"frequency": 2, "period": 1, "periodUnit": "wk"})]},
        {"dosageInstruction": [dosage({"timeOfDay": ["8 o'clock"]})]},
        {"dosageInstruction": [dosage(extension=[{"url": "http://hl7.org/fhir/5.0/StructureDefinition/"
                                                  "extension-Dosage.asNeededFor"}])]},
        {"medicationCodeableConcept": {"text": "diazepam 5 mg tablet", "coding": [{"display": "diazepam 2 mg"}]}},
        {"medicationCodeableConcept": {"text": "diazepam 5 mg tablet", "coding": [{"display": "lorazepam 1 mg"}]}},
        {"medicationCodeableConcept": {"text": "diazepam 5 mg tablet", "coding": [
            {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "6470"}]}},
    ],
)  # fmt: skip
def test_what_turns_or_contradicts_the_meaning_is_never_a_dose(more: dict[str, Any]) -> None:
    reading = read(request(**more))
    assert not [s for _, _, schedule in reading.schedules for s in schedule.steps]
    assert kinds(reading) & {"unread", "text", "unit"}


@pytest.mark.parametrize(
    ("code", "repeat", "read_whole"),
    [
        ({"coding": [{"system": GTS, "code": "BID"}]}, ONCE, False),
        ({"coding": [{"system": GTS, "code": "BID"}]}, ONCE | {"frequency": 2}, True),
        ({"coding": [{"system": GTS, "code": "BID"}]}, {"when": ["MORN", "HS"]}, True),
        ({"coding": [{"system": GTS, "code": "Q8H"}]}, {"frequency": 1, "period": 8, "periodUnit": "h"}, True),
        ({"coding": [{"system": GTS, "code": "BED"}]}, {"when": ["MORN"]}, False),
        ({"coding": [{"system": GTS, "code": "QD"}]}, ONCE | {"dayOfWeek": ["mon"]}, False),
        ({"coding": [{"system": "http://example.org", "code": "BID"}]}, ONCE, True),
        ({"text": "twice daily"}, ONCE, False),
        ({"text": "once daily"}, ONCE, True),
        ({"text": "as discussed"}, ONCE, True),
    ],
)
def test_the_code_of_a_timing_agrees_with_its_fields_or_no_dose_is_read(
    code: dict[str, Any], repeat: dict[str, Any], read_whole: bool
) -> None:
    one = dosage(repeat)
    one["timing"]["code"] = code
    reading = read(request(one))
    assert bool(reading.schedule().steps) == read_whole
    assert ("mismatch" in kinds(reading)) != read_whole


def test_days_of_the_week_alone_are_one_dose_on_each_of_them() -> None:
    """As the German medication plan writes them; 5 January 2026 is a Monday."""
    schedule = read(request(dosage({"dayOfWeek": ["mon", "thu"]}))).schedule()
    assert [day.day for day, step in schedule.days() if step.intakes] == [5, 8, 12, 15]


def test_every_other_day_in_a_code_alone_is_a_dose_on_every_second_day() -> None:
    one = dosage({})
    one["timing"]["code"] = {"coding": [{"system": GTS, "code": "QOD"}]}
    days = [day.day for day, step in read(request(one)).schedule().days() if step.intakes]
    assert days[:4] == [5, 7, 9, 11]


@pytest.mark.parametrize(
    ("codes", "at"),
    [
        ("MORN CM ACM PCM WAKE", "morning"),
        ("NOON CD ACD PCD", "noon"),
        ("EVE CV ACV PCV", "evening"),
        ("HS NIGHT", "bedtime"),
    ],
)
def test_before_and_after_a_meal_is_the_time_of_that_meal(codes: str, at: str) -> None:
    """M is the morning's meal, D the one at noon, V that of the evening in HL7's list of timing events."""
    for code in codes.split():
        (step, *_) = read(request(dosage(ONCE | {"when": [code]}))).schedule().steps
        assert [intake.time for intake in step.intakes] == [at], code


def test_a_code_without_its_system_is_not_the_code_of_another_list() -> None:
    one = dosage({})
    one["timing"]["code"] = {"coding": [{"code": "BID"}]}
    assert not read(request(one)).schedule().steps
    one["timing"]["code"]["coding"][0]["system"] = GTS
    assert read(request(one)).schedule().steps[0].total == Mg(10)
    stop = {"additionalInstruction": [{"coding": [{"code": "422327006"}]}]}
    assert read(request(dosage(**stop))).schedule().stopped_on is None
    stop["additionalInstruction"][0]["coding"][0]["system"] = SNOMED
    assert read(request(dosage(**stop))).schedule().stopped_on == date(2026, 1, 19)


def test_a_number_of_intakes_that_agrees_is_the_length_of_the_step() -> None:
    assert steps(read(request(dosage(ONCE | {"count": 14})))) == DAY_5
    only = {"count": 20, "frequency": 2, "period": 1, "periodUnit": "d", "boundsPeriod": {"start": "2026-01-05"}}
    assert steps(read(request(dosage(only)))) == [("05.01.", "14.01.", "10 mg")]


@pytest.mark.parametrize(
    "text",
    [
        "Take 1 tablet (5 mg total) by mouth 2 (two) times a day.",
        "5 milligram - 2 times a day - for 14 days",
        "One to be taken twice a day as directed by the clinic",
        "2 (two) times a day, see leaflet",
    ],
)
def test_a_text_that_is_not_understood_whole_contradicts_nothing(text: str) -> None:
    reading = read(request(dosage(ONCE | {"frequency": 2}, text=text)))
    assert steps(reading) == [("05.01.", "18.01.", "10 mg")]
    assert "mismatch" not in kinds(reading)


@pytest.mark.parametrize(
    "text",
    [
        "Take 2 tablets daily",
        "Take 1 tablet twice daily",
        "Take 1 tablet daily for 7 days",
        "TWO (2) tablets to be taken DAILY. Take these tablets with or after food.",
        "Take 1 tablet daily starting January 16, 2026",
        "2-0-0-0",
    ],
)
def test_a_text_that_is_understood_whole_is_held_against_the_fields(text: str) -> None:
    reading = read(request(dosage(text=text)))
    assert "mismatch" in kinds(reading)
    assert "T404" in {finding.code for finding in check(reading.schedule()).findings}


@pytest.mark.parametrize("words", ["diazepam 10 mg tablet", "10 mg"])
def test_a_strength_in_the_words_is_held_against_that_of_the_medicine(words: str) -> None:
    reading = read(request(dosage(text=f"Take 1 tablet of {words} daily")))
    assert "mismatch" in kinds(reading)


@pytest.mark.parametrize(
    "more",
    [
        {"text": "Take 1 tablet daily", "patientInstruction": "Take 2 tablets daily"},
        {"text": "Take 1 tablet daily", "additionalInstruction": [{"text": "Take 2 tablets daily"}]},
    ],
)
def test_words_beside_the_text_are_held_against_the_fields_too(more: dict[str, Any]) -> None:
    assert "mismatch" in kinds(read(request(dosage(**more))))


@pytest.mark.parametrize(
    ("words", "when", "differs"),
    [
        ("Take 1 tablet in the evening", "MORN", True),
        ("Take 1 tablet in the morning", "HS", True),
        ("Take 1 tablet at night", "EVE", False),
        ("Take 1 tablet in the morning", "MORN", False),
        ("Take 1 tablet daily", "MORN", False),
    ],
)
def test_the_time_of_day_in_the_words_is_held_against_the_fields(words: str, when: str, *, differs: bool) -> None:
    timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": [when]}}
    assert ("mismatch" in kinds(read(request(dosage(text=words, timing=timing))))) is differs


@pytest.mark.parametrize(("words", "differs"), [("Take 2 tablets daily", True), ("Take 1 tablet daily", False)])
def test_the_words_of_a_whole_request_are_held_against_its_one_dosage(words: str, *, differs: bool) -> None:
    resource = request(dosage(text="Take 1 tablet daily")) | {"renderedDosageInstruction": words}
    assert ("mismatch" in kinds(read(resource))) is differs


def test_a_medicine_that_stands_twice_and_differs_is_no_medicine() -> None:
    """R5 has `medication.concept`, R4 `medicationCodeableConcept`; with both, neither is taken before the other."""
    resource = request(dosage(text="Take 1 tablet daily"))
    both = resource | {"medication": {"concept": {"text": "lorazepam tablet 1 mg"}}}
    assert all(line.intakes is None for line in read(both).lines)


@pytest.mark.parametrize(
    "more",
    [
        {"text": "Take 3 tablets a day as on the card of the clinic"},
        {"text": "Take 1 tablet daily", "additionalInstruction": [{"text": "Half of it at weekends"}]},
        {"additionalInstruction": [{"coding": [{"display": "On alternate days"}]}]},
    ],
)
def test_words_that_were_not_understood_are_said_not_to_have_been_held_against_the_fields(more: dict[str, Any]) -> None:
    remarks = read(request(dosage(**more))).remarks
    assert any(remark.unknown and "not understood whole" in remark.text for remark in remarks)


def test_words_with_several_steps_beside_one_dose_in_fields_are_not_read_as_one_dose() -> None:
    text = "Take 1 tablet daily for 7 days, then half a tablet daily for 7 days"
    reading = read(request(dosage(text=text)))
    assert not reading.schedule().steps
    assert "mismatch" in kinds(reading)


def test_an_extra_dose_when_needed_leaves_the_regular_one_and_is_reported() -> None:
    text = "Take 1 tablet nightly, may take 1 extra tablet a day if needed"
    reading = read(request(dosage(text=text)))
    assert steps(reading) == DAY_5
    assert any("when it is needed" in remark.text for remark in reading.remarks)
    for doubtful in ("Take 1 tablet nightly if needed", "Take 1 extra tablet if needed", "1 Tablette bei Bedarf"):
        assert not read(request(dosage(text=doubtful))).schedule().steps


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        # midnight of the zone that is written, shared or a second apart
        (("2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z"), "2026-01-12T00:00:00Z", ("05.01.", "11.01.")),
        (("2026-01-05T00:00:00+01:00", "2026-01-11T23:59:59+01:00"), "2026-01-12T00:00:00+01:00", ("05.01.", "11.01.")),
        (("2026-01-05T00:00:00-05:00", "2026-01-12T00:00:00-05:00"), "2026-01-12T00:00:00-05:00", ("05.01.", "11.01.")),
        # midnight somewhere else, in UTC
        (("2026-01-04T23:00:00Z", "2026-01-11T22:59:59Z"), "2026-01-11T23:00:00Z", ("05.01.", "11.01.")),
        (("2026-01-05T05:00:00Z", "2026-01-12T04:59:59Z"), "2026-01-12T05:00:00Z", ("05.01.", "11.01.")),
        (("2026-01-04T13:00:00Z", "2026-01-11T13:00:00Z"), "2026-01-11T13:00:00Z", ("05.01.", "11.01.")),
        # across the change of the clocks
        (("2026-03-22T23:00:00Z", "2026-04-05T22:00:00Z"), "2026-04-05T22:00:00Z", ("23.03.", "05.04.")),
        # a midnight that stands for its day: the next step begins a day later
        (("2026-01-05T00:00:00Z", "2026-01-11T00:00:00Z"), "2026-01-12T00:00:00Z", ("05.01.", "11.01.")),
        # by the clock
        (("2026-01-05T08:00:00+01:00", "2026-01-12T08:00:00+01:00"), "2026-01-12T08:00:00+01:00", ("05.01.", "11.01.")),
        (("2026-01-05T14:30:00+01:00", "2026-01-12T14:29:59+01:00"), "2026-01-12T14:30:00+01:00", ("06.01.", "12.01.")),
    ],
)  # fmt: skip
def test_moments_are_whole_days_without_overlap(first: tuple[str, str], second: str, days: tuple[str, str]) -> None:
    start, end = first
    one = dosage({"boundsPeriod": {"start": start, "end": end}, **ONCE}, sequence=1)
    two = dosage({"boundsPeriod": {"start": second, "end": "2026-05-01"}, **ONCE}, TABLET | {"value": 2}, sequence=2)
    reading = read(request(one, two))
    found = steps(reading)
    assert found[0] == (*days, "5 mg")
    assert [dose for _, _, dose in found] == ["5 mg", "10 mg"]
    assert reading.schedule().steps[1].start == reading.schedule().steps[0].end + timedelta(days=1)


@given(
    st.integers(0, 300 * 86_400),
    st.lists(st.integers(20, 24 * 40), min_size=2, max_size=5),
    st.sampled_from([-300, 0, 60, 330, 780]),
    st.booleans(),
    st.sampled_from([(), (time(7),), (time(22),), (time(8), time(20))]),
)
def test_steps_that_follow_each_other_at_any_moment_never_share_a_day(
    begin: int, hours: list[int], zone: int, second_before: bool, clocks: tuple[time, ...]
) -> None:
    """Nor leave one out, in any zone, half-open or to the second before."""
    tz = timezone(timedelta(minutes=zone))
    moment = datetime(2026, 1, 1, tzinfo=UTC).astimezone(tz) + timedelta(seconds=begin)
    spans = []
    for length in hours:
        after = moment + timedelta(hours=length)
        end = after - timedelta(seconds=1) if second_before else after
        period = {"start": moment.isoformat(), "end": end.isoformat()}
        spans.append(span_of_period(period, lambda *_, **__: None, Chain(half_open=True), clocks))
        moment = after
    known = [span for span in spans if span.start is not None]
    if clocks and len(clocks) == 1:
        known = known[:0]  # which clock time decides depends on whether both ends may be midnights
    for before, after_it in pairwise(known):
        assert before.end is not None
        assert after_it.start == before.end + timedelta(days=1)


def test_clock_times_are_times_of_day_by_one_table_and_are_kept() -> None:
    """Two and six of a day are recorded once each, in the right place, whole or one dosage each."""
    assert {name for _, name in CLOCK} == set(TIMES)
    assert [time_of_day(time(hour)) for hour in (4, 10, 11, 14, 15, 20, 21, 3)] == [
        *("morning", "morning", "noon", "noon", "evening", "evening", "bedtime", "bedtime")
    ]
    clocks = ["08:00:00", "11:00:00", "14:00:00", "17:00:00", "20:00:00", "23:00:00"]
    apart = read(request(*(dosage({"timeOfDay": [clock]}) for clock in clocks)))
    together = read(request(dosage({"timeOfDay": clocks})))
    for reading in (apart, together):
        (step,) = reading.schedule().steps
        assert [(i.time, str(i.dose), str(i.items[0].count)) for i in step.intakes] == [
            ("morning", "5 mg", "1"), ("noon", "10 mg", "2"), ("evening", "10 mg", "2"), ("bedtime", "5 mg", "1"),
        ]  # fmt: skip
        assert not {"T402", "T413"} & {finding.code for finding in check(reading.schedule()).findings}
        assert [clock for line in reading.lines for clock in line.clocks] == [clock[:5] for clock in clocks]
    twice = read(request(*(dosage({"timeOfDay": ["08:00"]}) for _ in range(2))))
    assert "T402" in {finding.code for finding in check(twice.schedule()).findings}


def test_lengths_in_months_are_calendar_months_and_an_entry_may_give_the_days() -> None:
    lengths = [{"value": 1, "unit": "mois", "code": "mo", "system": UCUM}, {"value": 2, "unit": "Wochen", "code": "wk"}]
    dosages = [
        {
            "sequence": n,
            "timing": {"repeat": {"boundsDuration": one, **ONCE}},
            "doseAndRate": [{"doseQuantity": TABLET | {"value": 3 - n}}],
        }
        for n, one in enumerate(lengths, 1)
    ]
    assert steps(read(request(*dosages), first_day=date(2026, 1, 31))) == [
        ("31.01.", "27.02.", "10 mg"),
        ("28.02.", "13.03.", "5 mg"),
    ]
    year = dosages[0] | {"timing": {"repeat": ONCE | {"boundsDuration": {"value": 1, "unit": "Jahr", "code": "a"}}}}
    assert read(request(year), first_day=date(2027, 3, 1)).schedule().steps[0].end == date(2028, 2, 29)
    unbound = {"timing": {"repeat": ONCE}, "doseAndRate": [{"doseQuantity": TABLET}]}
    assert steps(read(request(unbound, effectiveDosePeriod=DAYS))) == DAY_5


def test_a_first_day_that_was_given_is_not_asked_for_again() -> None:
    first = {"sequence": 1, "timing": {"repeat": ONCE}, "doseAndRate": [{"doseQuantity": TABLET}]}
    second = dosage({"boundsPeriod": None, "boundsDuration": {"value": 1, "code": "wk"}, **ONCE}, sequence=2)
    asked = [remark.text for remark in read(request(first, second), first_day=date(2026, 1, 5)).remarks]
    assert not any("name the first day" in text for text in asked)
    assert any("enter its length" in text for text in asked)


MG_5 = {"value": 5, "unit": "mg", "system": UCUM, "code": "mg"}


@pytest.mark.parametrize(
    ("doses", "total"),
    [
        ([MG_5, TABLET, MG_5], "5 mg"),
        ([MG_5, TABLET | {"value": 2}], None),
        ([MG_5, MG_5 | {"value": 10}], None),
        ([MG_5, {"value": 1, "unit": "dose"}], None),
    ],
)
def test_several_doses_side_by_side_agree_or_none_is_read(doses: list[dict[str, Any]], total: str | None) -> None:
    one = dosage() | {"doseAndRate": [{"doseQuantity": dose} for dose in doses]}
    found = read(request(one)).schedule().steps
    assert [str(step.total) for step in found] == ([total] if total else [])
    unknown = request(one, medicationCodeableConcept={"text": "diazepam tablet"})
    if total:
        assert [str(step.total) for step in read(unknown).schedule().steps] == [total]


def _medication(*ingredients: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Medication",
        "id": "m",
        "code": {"text": "Diazepam"},
        "ingredient": list(ingredients),
    } | more


def _ingredient(value: Any, under: dict[str, Any], name: str = "diazepam", r5: bool = False) -> dict[str, Any]:
    ratio = {"numerator": {"value": value, "unit": "mg", "system": UCUM, "code": "mg"}, "denominator": under}
    item = {"item": {"concept": {"text": name}}} if r5 else {"itemCodeableConcept": {"text": name}}
    return item | ({"strengthRatio": ratio} if r5 else {"strength": ratio})


@pytest.mark.parametrize(
    ("medication", "total"),
    [
        (_medication(_ingredient(5, {"value": 1, "unit": "Tablette", "system": UCUM, "code": "1"})), "5 mg"),
        (_medication(_ingredient(5, {"value": 1}, r5=True)), "5 mg"),
        (_medication(_ingredient(10, {"value": 2, "code": "732936001", "system": SNOMED})), "5 mg"),
        (_medication(_ingredient(5, {"value": 1}), _ingredient(2, {"value": 1}, "clidinium")), "5 mg"),
        (_medication(_ingredient(5, {"value": 1}), _ingredient(1, {"value": 1}, "lorazepam")), None),
        (_medication(_ingredient(5, {"value": 1, "code": "mL", "system": UCUM})), None),
        (_medication(_ingredient(5, {"value": 1}), code={"text": "Diazepam 2 mg tablet"}), None),
        (_medication(_ingredient(5, {"value": 1}), modifierExtension=[{"url": "x"}]), None),
        (_medication(_ingredient(5, {"value": 1}), status="entered-in-error"), None),
        (_medication(_ingredient(5, {"value": 1, "comparator": "<"})), None),
        (
            _medication(_ingredient(5, {"value": 1}), _ingredient(9, {"value": 1}, "lactose") | {"isActive": False}),
            "5 mg",
        ),
        (_medication(), None),
    ],
)
def test_the_strength_may_stand_in_the_ingredient_of_the_medication(
    medication: dict[str, Any], total: str | None
) -> None:
    linked = {key: value for key, value in request().items() if key != "medicationCodeableConcept"}
    linked["medicationReference"] = {"reference": "Medication/m"}
    found = [step for _, _, schedule in read(medication, linked).schedules for step in schedule.steps]
    assert [str(step.total) for step in found] == ([total] if total else [])


def test_all_names_and_codes_of_a_medicine_are_read() -> None:
    """A brand, an ingredient and a product that agree; a name that is not known is pointed at."""
    rx = "http://www.nlm.nih.gov/research/umls/rxnorm"
    for concept, remarked in (
        ({"coding": [{"display": "ATIVAN"}], "text": "LORazepam (ATIVAN) 1 mg tablet"}, False),
        (
            {"coding": [{"system": rx, "code": "6470", "display": "lorazepam"}, {"display": "lorazepam 1 MG Tablet"}]},
            False,
        ),
        ({"coding": [{"system": rx, "code": "6470"}], "text": "Local name 1 mg"}, True),
    ):
        reading = read(request(medicationCodeableConcept=concept))
        assert [str(step.total) for step in reading.schedule().steps] == ["1 mg"]
        assert {line.drug for line in reading.lines} == {"lorazepam"}
        assert any("other name" in remark.text for remark in reading.remarks) == remarked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Take 2 tablets at bedtime for 7 days, then 1 tablet at bedtime for 7 days, then stop",
         [("05.01.", "11.01.", "10 mg"), ("12.01.", "18.01.", "5 mg")]),
        ("Take 2 tablets at bedtime for 7 days, then 1 tablet at bedtime",
         [("05.01.", "11.01.", "10 mg"), ("12.01.", "18.01.", "5 mg")]),
        ("1 tablet, daily", DAY_5),
        ("5 mg at bedtime", DAY_5),
        ("1-0-½-0", [("05.01.", "18.01.", "7.5 mg")]),
        ("1 - 0 - 1 Tabletten", [("05.01.", "18.01.", "10 mg")]),
        ("2,5-0-0-5 mg", [("05.01.", "18.01.", "7.5 mg")]),
        # not understood whole, contradicting the fields, or of no known strength
        ("Take 2 tablets at bedtime for 7 days, then as discussed", []),
        ("Take 2 tablets at bedtime for 7 days, then 1 tablet at bedtime for 21 days", []),
        ("Take 1 tablet daily for 7 days", []),
        ("Take 1 tablet of 2 mg daily", []),
        ("Take 1 tablet daily as needed", []),
        ("1-0-1 Beutel", []),
        ("12-10-25", []),
        ("1-2 tablets daily", []),
    ],
)  # fmt: skip
def test_a_dosage_in_words_alone_is_read_whole_or_not_at_all(text: str, found: list[Any]) -> None:
    only = {"text": text, "timing": {"repeat": {"boundsPeriod": DAYS}}}
    reading = read(request(only))
    assert steps(reading) == found
    assert "text" in kinds(reading)
    unknown = read(request(only, medicationCodeableConcept={"text": "diazepam"}))
    assert not unknown.schedule().steps or "mg" in text


@pytest.mark.parametrize(
    ("text", "bounds", "found"),
    [
        ("1 tablet daily for one month", {"boundsPeriod": {"start": "2026-01-31"}}, [("31.01.", "27.02.", "5 mg")]),
        ("1 tablet daily for 2 months", {"boundsPeriod": {"start": "2026-01-05"}}, [("05.01.", "04.03.", "5 mg")]),
        ("1 tablet daily", {"boundsDuration": {"value": 1, "code": "mo"}}, [("05.01.", "04.02.", "5 mg")]),
        (
            "1 tablet daily for one month",
            {"boundsDuration": {"value": 1, "code": "mo"}},
            [("05.01.", "04.02.", "5 mg")],
        ),
        # a length in two ways, or a month whose first day follows from another step
        ("1 tablet daily for one month", {"boundsDuration": {"value": 2, "code": "mo"}}, []),
        ("1 tablet daily for one month", {"boundsDuration": {"value": 30, "code": "d"}}, []),
        ("1 tablet daily for one month", {"boundsPeriod": DAYS}, []),
        ("2 tablets daily for one month, then 1 tablet daily", {}, []),
        ("2 tablets daily for 7 days, then 1 tablet daily for one month", {}, []),
    ],
)
def test_a_month_in_words_keeps_its_length(text: str, bounds: dict[str, Any], found: list[Any]) -> None:
    reading = read(request({"text": text, "timing": {"repeat": bounds}}, authoredOn="2026-01-05"))
    assert steps(reading) == found


def test_steps_after_one_with_dates_are_not_said_to_begin_on_the_day_of_writing() -> None:
    text = "Take 2 tablets at bedtime for 7 days, then 1 tablet at bedtime for 7 days"
    only = {"text": text, "timing": {"repeat": {"boundsPeriod": {"start": "2026-01-05"}}}}
    reading = read(request(only, authoredOn="2025-12-01"))
    assert steps(reading) == [("05.01.", "11.01.", "10 mg"), ("12.01.", "18.01.", "5 mg")]
    assert not any("day of writing" in remark.text for remark in reading.remarks)


def _order(start: str, end: str | None, tablets: int, status: str, **more: Any) -> dict[str, Any]:
    period = {"start": start} | ({"end": end} if end else {})
    return request(dosage(ONCE | {"boundsPeriod": period}, TABLET | {"value": tablets}), status=status, **more)


def test_a_step_without_a_last_day_ends_on_the_day_before_the_next() -> None:
    """On no day are both taken."""
    open_one = dosage(ONCE | {"boundsPeriod": {"start": "2026-01-05"}}, TABLET | {"value": 2}, sequence=1)
    after = dosage(ONCE | {"boundsPeriod": {"start": "2026-01-19", "end": "2026-02-01"}}, sequence=2)
    assert steps(read(request(open_one, after))) == [("05.01.", "18.01.", "10 mg"), ("19.01.", "01.02.", "5 mg")]


def test_stopped_orders_in_a_row_are_a_history() -> None:
    """Each up to the day before the next begins; the last, whose stop nobody recorded, is left out."""
    chain = [
        _order("2026-01-05", None, 3, "stopped"),
        _order("2026-01-19", "2026-03-01", 2, "stopped"),
        _order("2026-02-02", "2026-02-15", 1, "active"),
    ]
    for some in (chain, chain[::-1]):
        assert steps(read(*some)) == [
            ("05.01.", "18.01.", "15 mg"), ("19.01.", "01.02.", "10 mg"), ("02.02.", "15.02.", "5 mg"),
        ]  # fmt: skip
    assert steps(read(*chain[:2])) == [("05.01.", "18.01.", "15 mg")]
    assert "open" in kinds(read(*chain))
    assert steps(read(_order("2026-01-05", None, 3, "stopped", statusChanged="2026-01-11"))) == [
        ("05.01.", "11.01.", "15 mg")
    ]


@pytest.mark.parametrize(
    "before",
    [
        _order("2026-01-05", "2026-01-11", 3, "stopped"),  # its own days end long before the next
        _order("2026-02-02", None, 3, "stopped"),  # replaced on its first day
        _order("2026-01-05", None, 3, "stopped", subject={"reference": "Patient/2"}),
        _order("2026-01-05", None, 3, "cancelled"),
        _order("2026-01-05", None, 3, "on-hold"),
    ],
)
def test_a_stopped_order_that_nothing_follows_at_once_is_left_out(before: dict[str, Any]) -> None:
    reading = read(before, _order("2026-02-02", "2026-02-15", 1, "active"))
    found = [s for _, _, schedule in reading.schedules for s in schedule.steps]
    assert [str(step.total) for step in found] == ["5 mg"]
    assert any("left out" in remark.text for remark in reading.remarks)


def test_an_order_for_another_time_of_day_does_not_end_a_stopped_one() -> None:
    """It may have stood beside it, so nothing says how long the stopped one lasted."""
    times = {"when": ["MORN"], "boundsPeriod": {"start": "2026-01-05"}}
    morning = request(dosage(times), status="stopped")
    for when, found in (("HS", ["5 mg"]), ("MORN", ["5 mg", "5 mg"])):
        night = request(dosage({"when": [when], "boundsPeriod": {"start": "2026-01-12", "end": "2026-01-18"}}))
        reading = read(morning, night)
        assert [str(line.intakes[0].dose) for line in reading.lines if line.intakes] == found


def test_a_record_that_ends_on_a_day_off_does_not_say_that_the_drug_stops() -> None:
    weekly, other_days = (
        read(request(dosage(repeat))).schedule()
        for repeat in (ONCE | {"dayOfWeek": ["mon", "wed", "fri"]}, ONCE | {"period": 2})
    )
    assert weekly.stopped_on is None
    assert other_days.stopped_on is None
    assert "T106" not in {finding.code for finding in check(other_days).findings}


VALUES = st.sampled_from(
    ["", "mg", "1", "BID", "2026-01-05T25:00:00Z", "9999-12-31T23:59:59Z", "08:00", -1, 0, 1e3, [], {}, None, True]
)
KEYS = (
    *("code", "unit", "system", "value", "start", "end", "timeOfDay", "when", "count", "text", "coding", "repeat"),
    *(
        "timing",
        "strength",
        "ingredient",
        "boundsDuration",
        "sequence",
        "status",
        "display",
        "reference",
        "doseAndRate",
    ),
)


@given(st.data())
def test_a_broken_resource_gives_a_remark_or_one_clear_error(data: st.DataObject) -> None:
    orders = [_order("2026-01-05T08:00:00Z", None, 1, status) for status in ("stopped", "active")]
    orders[0]["dosageInstruction"].append({"text": "1-0-1", "timing": {"repeat": {"boundsDuration": {"value": 1}}}})
    whole = [_medication(_ingredient(5, {"value": 1})), *orders]

    def broken(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: data.draw(VALUES) if key in KEYS and data.draw(st.integers(0, 6)) == 0 else broken(inner)
                for key, inner in value.items()
            }
        return [broken(inner) for inner in value] if isinstance(value, list) else value

    try:
        reading = read(*(broken(resource) for resource in whole))
    except TaperError:
        return
    for _, _, schedule in reading.schedules:
        check(schedule)


@pytest.mark.parametrize(
    ("supply", "days", "total"),
    [
        ({"value": 2, "unit": "wk"}, 14, "10 mg"),
        ({"value": 2, "unit": "Wochen", "code": "wk"}, 14, "10 mg"),
        ({"value": 14}, 14, "10 mg"),
        ({"value": 14, "unit": "Tage"}, 14, "10 mg"),
        ({"value": 1, "unit": "mo"}, 0, ""),
        ({"value": 14, "unit": "doses"}, 0, ""),
    ],
)
def test_the_days_of_a_supply_are_in_their_unit(supply: dict[str, Any], days: int, total: str) -> None:
    """Two weeks are not two days: 28 tablets would be 14 a day."""
    reading = read(
        {
            "resourceType": "MedicationDispense",
            "status": "completed",
            "medicationCodeableConcept": {"text": "diazepam 5 mg tablet"},
            "whenHandedOver": "2026-01-05",
            "quantity": {"value": 28, "unit": "tablet"},
            "daysSupply": supply,
        }
    )
    found = reading.schedule().steps
    assert [(step.days, str(step.total)) for step in found] == ([(days, total)] if days else [])
    assert days or "period" in kinds(reading)


def test_a_dose_that_stands_in_two_places_agrees_or_none_is_read() -> None:
    """A dose of STU3 beside one of R4; a step beyond the days of its entry; words of a timing against its code."""
    assert steps(read(request(dosage(doseQuantity=TABLET)))) == DAY_5
    assert "text" in kinds(read(request(dosage(doseQuantity={**TABLET, "value": 2}))))
    nothing = dosage({**ONCE}, {"value": 0, "unit": "mg"}, doseQuantity=TABLET)
    assert "text" in kinds(read(request(nothing, medicationCodeableConcept={"text": "diazepam"})))
    assert "period" in kinds(read(request(effectiveDosePeriod={"start": "2026-02-05", "end": "2026-02-11"})))
    code = {"coding": [{"system": GTS, "code": "BID"}], "text": "three times a day"}
    reading = read(request({"timing": {"code": code}, "doseAndRate": [{"doseQuantity": TABLET}]}))
    assert "mismatch" in kinds(reading)
    assert not reading.schedule().steps
