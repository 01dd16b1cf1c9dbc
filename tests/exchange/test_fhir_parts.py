"""Units, times, lengths and doses of FHIR, each by its own law: what a code or a word means, and what means nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.exchange.fhir.bounds import NO_CHAIN, Chain, Span, chain_of, length, length_of, span_of
from taper.exchange.fhir.dose import Dose, dose_of
from taper.exchange.fhir.timing import Pattern, clocks_of, pattern_of, time_of_day
from taper.exchange.fhir.units import (
    EDQM,
    KBV,
    SNOMED,
    UCUM,
    mg_of,
    pieces_of,
    quantity_text,
    shown,
    unit_of,
    word_unit,
)
from taper.exchange.medicine import Medicine
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Item

MG, MICROGRAM, GRAM = Fraction(1), Fraction(1, 1000), Fraction(1000)
WORDS: dict[Any, str] = {
    MG: "mg milligram milligrams milligramme milligrammes milligramm milligrammo milligrammi miligramo miligramos",
    MICROGRAM: "ug mcg µg μg microgram micrograms microgramme microgrammes mikrogramm microgrammo microgrammi "
    "microgramo microgramos",
    GRAM: "g gram grams gramme grammes gramm grammo grammi gramo gramos",
    "mL": "ml milliliter milliliters millilitre millilitres mililitro mililitros millilitro millilitri",
    "piece": "tab tabs tablet tablets tbl tabl cap caps capsule capsules caplet caplets pill pills film films piece "
    "pieces unit units each ea tablette tabletten filmtablette filmtabletten retardtablette retardtabletten "
    "schmelztablette schmelztabletten kapsel kapseln retardkapsel retardkapseln stück stueck stk comprimé comprimés "
    "comprime comprimes cp cpr gélule gélules gelule gelules tabletje tabletjes stuk stuks comprimido comprimidos "
    "tableta tabletas cápsula cápsulas capsula capsulas pastilla pastillas compressa compresse",
    "other": "drop drops gtt tropfen gouttes goutte druppel druppels gota gotas goccia gocce dose doses einzeldosis",
}


@pytest.mark.parametrize(("word", "unit"), [(word, unit) for unit, words in WORDS.items() for word in words.split()])
def test_each_word_of_a_unit_is_that_unit(word: str, unit: Any) -> None:
    """In capitals, in braces and with a point too; a drop or a dose has no fixed meaning."""
    for text in (word, word.upper() if "µ" not in word and "μ" not in word else word, f"{{{word}}}", f" {word}. "):
        assert word_unit(text) == unit
    assert unit_of({"unit": word}) == (None if unit == "other" else unit)


@pytest.mark.parametrize(
    "tag",
    [
        *(" (unit of presentation)", " (basic dose form)", " (dose form)", " (qualifier value)", " (product)", "(s)"),
        *("(n)", "(e)", "(es)", " - unit of product usage", " dose form", " (Dose Form)"),
    ],
)
def test_a_tag_behind_a_word_changes_nothing(tag: str) -> None:
    assert word_unit(f"tablet{tag}") == "piece"


@pytest.mark.parametrize("word", ["Beutel", "", "tablespoon", "kg", "mg/mL", "iu"])
def test_another_word_is_no_unit(word: str) -> None:
    assert word_unit(word) is None
    assert unit_of({"unit": word}) is None


CODES = [
    *((system, code, MG) for system in (UCUM, "https://unitsofmeasure.org") for code in ("mg", "MG", "{mg}")),
    *((UCUM, code, MICROGRAM) for code in ("ug", "mcg")),
    *((UCUM, code, "mL") for code in ("mL", "ml", "ML")),
    *(
        ("urn:oid:2.16.840.1.113883.6.8", code, unit)
        for code, unit in (("g", GRAM), ("1", "piece"), ("{tbl}", "piece"))
    ),
    *((SNOMED, code, unit) for code, unit in (("258684004", MG), ("258685003", MICROGRAM), ("258682000", GRAM))),
    *((SNOMED, code, "piece") for code in ("428673006", "732936001", "385055001", "385061003", "447079001")),
    *((SNOMED, code, "piece") for code in ("428641000", "732937005", "385049006", "385054002", "420692007")),
    (SNOMED, "258773002", "mL"),
    *(
        (system, code, "piece")
        for system in (EDQM, "https://standardterms.edqm.eu", "urn:oid:0.4.0.127.0.16.1.1.2.1", f"{EDQM}/")
        for code in ("15054000", "15012000", "15023000")
    ),
    *((KBV, code, unit) for code, unit in (("1", "piece"), ("s", "mL"), ("t", GRAM), ("v", MG))),
    *(
        (f"http://{place}/orderableDrugForm", code, "piece")
        for place in ("hl7.org/fhir/v3", "hl7.org/fhir/v3/vs")
        for code in ("TAB", "ORTAB", "CAPLET", "CHEWTAB", "DISINTAB", "DRTAB", "ECTAB", "ERTAB", "ERTAB24", "SLTAB")
    ),
    *(
        ("http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm", code, "piece")
        for code in ("CAP", "ORCAP", "ERCAP", "ERCAP12", "ERCAP24")
    ),
]


@pytest.mark.parametrize(("system", "code", "unit"), CODES)
def test_a_code_is_a_unit_in_its_own_system_only(system: str, code: str, unit: Any) -> None:
    if not code.startswith("{") or code == "{tbl}":
        assert unit_of({"system": system, "code": code}) == unit
    assert unit_of({"system": "http://example.org", "code": code}) is None


@pytest.mark.parametrize(
    "quantity",
    [
        {"system": KBV, "code": "g", "unit": "Einzeldosis"},
        {"system": UCUM, "code": "mg", "unit": "mL"},
        {"system": UCUM, "code": "1", "unit": "Beutel"},
        {"system": "http://example.org", "code": "mg", "unit": "mg"},
        {"system": SNOMED, "code": "12345", "unit": "12345"},
        {"code": "g", "unit": "g"},
        {"code": "12345"},
        {"system": UCUM, "code": "xx"},
        {},
    ],
)
def test_a_unit_that_is_unknown_or_said_in_two_ways_is_none(quantity: dict[str, str]) -> None:
    assert unit_of(quantity) is None or (quantity.get("system") == "http://example.org" and quantity["unit"] == "mg")


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [
        ({"system": UCUM, "code": "mg", "unit": "milligram"}, MG),
        ({"system": UCUM, "code": "1", "unit": "1"}, "piece"),
        ({"system": UCUM, "code": "1", "unit": "tablet"}, "piece"),
        ({"system": SNOMED, "code": "12345", "unit": "tablet"}, "piece"),
        ({"code": "mg"}, MG),
        ({"code": "TAB", "unit": "tablet"}, "piece"),
        ({"code": "{tablet}"}, "piece"),
    ],
)
def test_a_code_and_words_that_agree_are_one_unit(quantity: dict[str, str], unit: Any) -> None:
    assert unit_of(quantity) == unit


def medicine(strength: str | None = "5", liquid: bool = False) -> Medicine:
    return Medicine(
        drug="diazepam", product="p", known=True, strength=None if strength is None else Mg(strength), liquid=liquid
    )


@pytest.mark.parametrize(
    ("value", "unit", "of", "mg", "items"),
    [
        (10, "mg", medicine(), "10", ()),
        (500, "ug", medicine(None), "0.5", ()),
        (2, "tablet", medicine(), "10", (Item("p", count=Pieces(2)),)),
        (2, "tablet", medicine(None), None, ()),
        (2, "mL", medicine("1", liquid=True), "2", (Item("p", volume=Ml(2)),)),
        (2, "mL", medicine(), None, ()),
        (2, "tablet", medicine("1", liquid=True), None, ()),
    ],
)
def test_a_quantity_is_mg_by_its_unit_or_by_the_strength(
    value: int, unit: str, of: Medicine, mg: str | None, items: tuple[Item, ...]
) -> None:
    quantity = {"value": value, "unit": unit}
    dose = dose_of({"doseAndRate": [{"doseQuantity": quantity}]}, of)
    assert dose == Dose(None if mg is None else Mg(mg), Fraction(value) if unit == "tablet" else None, items)
    assert dose_of({"doseQuantity": quantity}, of) == dose_of({"doseSimpleQuantity": quantity}, of) == dose
    for comparator in ("<", ">="):
        assert mg_of({**quantity, "comparator": comparator}, of) is None
        assert dose_of({"doseQuantity": {**quantity, "comparator": comparator}}, of) is None
    assert pieces_of(quantity) == (value if unit == "tablet" else None)


def mg(value: str) -> dict[str, Any]:
    return {"value": value, "unit": "mg"}


def tablets(value: str) -> dict[str, Any]:
    return {"value": value, "unit": "tablet"}


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([mg("10"), mg("10.0")], ("10", None)),
        ([mg("10"), tablets("2")], ("10", "2")),
        ([tablets("2"), tablets("2")], ("10", "2")),
        ([mg("0"), tablets("0")], ("0", "0")),
        ([mg("10"), mg("5")], None),
        ([mg("10"), tablets("1")], None),
        ([mg("0"), tablets("2")], None),
        ([mg("10"), {"value": 3, "unit": "Beutel"}], None),
        ([mg("10"), {}], None),
        ([], None),
    ],
)
def test_several_doses_are_one_where_they_agree(rates: list[Any], expected: tuple[str, str | None] | None) -> None:
    found = dose_of({"doseAndRate": [{"doseQuantity": rate} for rate in rates]}, medicine())
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert (found.mg, found.pieces) == (Mg(expected[0]), None if expected[1] is None else Fraction(expected[1]))


@pytest.mark.parametrize("kind", ["doseRange", "rateRatio", "rateQuantity"])
def test_a_range_or_a_rate_is_no_dose(kind: str) -> None:
    assert dose_of({"doseAndRate": [{kind: {}}]}, medicine()) is None
    assert dose_of({"doseAndRate": [{"doseQuantity": mg("5"), kind: {}}]}, medicine()) is None


def test_pieces_of_an_unknown_strength_contradict_no_mass_and_each_other_if_they_differ() -> None:
    """Ordered in mg and in tablets, side by side."""
    none = medicine(None)
    found = dose_of({"doseAndRate": [{"doseQuantity": mg("10")}, {"doseQuantity": tablets("2")}]}, none)
    assert found == Dose(Mg(10), Fraction(2), ())
    assert dose_of({"doseAndRate": [{"doseQuantity": tablets("1")}, {"doseQuantity": tablets("2")}]}, none) is None
    zero = {"doseAndRate": [{"doseQuantity": mg("0")}, {"doseQuantity": tablets("2")}]}
    assert dose_of(zero, none) is None


def our_item(product: str, value: object = None, unit: str = "tablet") -> dict[str, Any]:
    nested: list[Any] = [{"url": "product", "valueCodeableConcept": {"text": product}}]
    nested += [{"url": "amount", "valueQuantity": {"value": value, "unit": unit}}] if value is not None else []
    return {"url": "urn:taper:item", "extension": nested}


def test_our_own_pieces_are_taken_before_those_of_the_quantity() -> None:
    extensions = [
        our_item("a", "1.5"),
        our_item("b", "2", "mL"),
        our_item("c"),
        our_item("d", 3, "drop"),
        our_item("", 1),
    ]
    extensions += [{"url": "urn:other", "extension": our_item("x", 1)["extension"]}, "no extension"]
    found = dose_of({"doseQuantity": tablets("2"), "extension": extensions}, medicine())
    assert found is not None
    assert found.items == (
        Item("a", count=Pieces("1.5")),
        Item("b", volume=Ml(2)),
        Item("c"),
        Item("d"),
    )


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ({"value": "2.50", "unit": "Beutel"}, "2.5 Beutel"),
        ({"value": 2, "code": "xx"}, "2 xx"),
        ({"value": 2}, "2 no unit"),
        ({"unit": "Beutel"}, "Beutel"),
    ],
)
def test_a_quantity_is_shown_in_the_words_of_the_record(quantity: dict[str, Any], text: str) -> None:
    assert shown(quantity) == text


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        ("mg", "2.5 mg"),
        ("tablet", "2.5 tablets"),
        ("tab", "2.5 tablets"),
        ("capsule", "2.5 capsules"),
        ("cap", "2.5 capsules"),
        ("film", "2.5 films"),
    ],
)
def test_an_amount_is_written_with_its_noun(noun: str, text: str) -> None:
    assert str(quantity_text(Fraction(5, 2), noun)) == text


# times


@given(st.times())
def test_a_clock_time_is_the_time_of_day_that_began_last(clock: time) -> None:
    name = "bedtime"
    for begin, of_day in ((4, "morning"), (11, "noon"), (15, "evening"), (21, "bedtime")):
        name = of_day if clock.hour >= begin else name
    assert time_of_day(clock) == name


def silent(*_: Any, **__: Any) -> None:
    raise AssertionError("nothing is to be remarked")


def read(repeat: dict[str, Any], note: Callable[..., None] = silent) -> Pattern | None:
    return pattern_of({"repeat": repeat}, note)


EVENTS = {
    "morning": "MORN MORN.early MORN.late CM ACM PCM WAKE",
    "noon": "NOON CD ACD PCD",
    "evening": "EVE EVE.early EVE.late CV ACV PCV",
    "bedtime": "NIGHT HS",
}


@pytest.mark.parametrize(("code", "name"), [(code, name) for name, codes in EVENTS.items() for code in codes.split()])
def test_each_event_is_its_time_of_day(code: str, name: Any) -> None:
    assert read({"when": [code]}) == read({"when": code, "frequency": 1, "period": 1, "periodUnit": "d"})
    assert read({"when": [code]}) == Pattern((name,))


@pytest.mark.parametrize("code", ["C", "AC", "PC"])
def test_a_meal_that_is_not_named_is_no_time(code: str) -> None:
    assert read({"when": [code]}) is None
    assert read({"when": [code, code, code], "frequency": 3, "period": 1, "periodUnit": "d"}) == Pattern((None,) * 3)


def test_clock_times_are_sorted_and_all_or_none() -> None:
    assert clocks_of({"timeOfDay": ["20:00:00", "08:30"]}) == (time(8, 30), time(20))
    assert clocks_of({}) == ()
    for wrong in ("8", "25:00", "x", "٠٨:00", 8, ""):
        assert clocks_of({"timeOfDay": ["08:00", wrong]}) is None
    assert read({"timeOfDay": ["20:00", "08:00"]}) == Pattern(("morning", "evening"), clocks=(time(8), time(20)))
    assert read({"timeOfDay": ["x"]}) is None
    assert read({"timeOfDay": ["20:00"], "when": ["HS"]}) is None


def counted(number: object, period: object, unit: str, **more: Any) -> dict[str, Any]:
    return {"frequency": number, "period": period, "periodUnit": unit, **more}


@pytest.mark.parametrize(
    ("repeat", "pattern"),
    [
        (counted(1, 1, "d"), Pattern((None,))),
        (counted(24, 1, "d"), Pattern((None,) * 24)),
        (counted(25, 1, "d"), None),
        (counted(0, 1, "d"), None),
        (counted("1.5", 1, "d"), None),
        (counted(1, 2, "d"), Pattern((None,), 2)),
        (counted(1, 1, "wk"), Pattern((None,), 7)),
        (counted(7, 1, "wk"), Pattern((None,))),
        (counted(2, 1, "wk"), None),
        (counted(2, 2, "d"), None),
        (counted(1, 8, "h"), Pattern((None,) * 3)),
        (counted(1, 24, "h"), Pattern((None,))),
        (counted(1, 1, "h"), Pattern((None,) * 24)),
        (counted(168, 168, "h"), Pattern((None,) * 24)),
        (counted(169, 169, "h"), None),
        (counted(2, 1, "h"), None),
        (counted(1, 7, "h"), None),
        (counted(1, 48, "h"), None),
        (counted(1, 8, "h", dayOfWeek=["mon"]), None),
        (counted(1, 0, "d"), None),
        (counted(1, 1, "mo"), None),
        (counted(1, 1, ""), None),
        ({"frequency": 1}, None),
        ({"period": 1, "periodUnit": "d"}, None),
        (counted(2, 1, "wk", dayOfWeek=["mon", "fri"]), Pattern((None,), 1, (0, 4))),
        (counted(4, 1, "wk", dayOfWeek=["mon", "fri"]), Pattern((None,) * 2, 1, (0, 4))),
        (counted(3, 1, "wk", dayOfWeek=["mon", "fri"]), None),
        (counted(1, 1, "d", dayOfWeek=["sun", "tue", "tue"]), Pattern((None,), 1, (1, 6))),
        (counted(1, 2, "d", dayOfWeek=["mon"]), None),
        ({"dayOfWeek": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}, Pattern((None,), 1, (0, 1, 2, 3, 4, 5, 6))),
        ({"dayOfWeek": ["mon", "Freitag"]}, None),
        (counted(1, 1, "d", frequencyMax=2), None),
        (counted(1, 1, "d", periodMax=2), None),
        (counted(1, 1, "d", when=["MORN"]), Pattern(("morning",))),
        (counted(2, 1, "d", when=["MORN"]), None),
        (counted(1, 2, "d", when=["MORN"]), Pattern(("morning",), 2)),
        (counted(1, 2, "d", when=["MORN"], dayOfWeek=["mon"]), None),
        (counted(2, 1, "wk", when=["MORN"], dayOfWeek=["mon", "fri"]), Pattern(("morning",), 1, (0, 4))),
        (counted(1, 1, "wk", when=["MORN"], dayOfWeek=["mon", "fri"]), None),
        (
            {"when": ["MORN"], "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "fri"]},
            Pattern(("morning",), 1, (0, 4)),
        ),
        ({"when": ["MORN", "HS"], "dayOfWeek": ["sat"]}, Pattern(("morning", "bedtime"), 1, (5,))),
        ({"when": ["MORN"] * 24}, Pattern(("morning",) * 24)),
        ({"when": ["MORN"] * 25}, None),
        ({"when": ["XX"]}, Pattern((None,))),
        ({}, None),
    ],
)
def test_fields_say_how_often_or_nothing(repeat: dict[str, Any], pattern: Pattern | None) -> None:
    assert read(repeat) == pattern


CODED = {
    "QD": Pattern((None,)),
    "BID": Pattern((None,) * 2),
    "TID": Pattern((None,) * 3),
    "QID": Pattern((None,) * 4),
    "QOD": Pattern((None,), 2),
    "AM": Pattern(("morning",)),
    "PM": Pattern((None,)),
    "BED": Pattern(("bedtime",)),
    "Q4H": Pattern((None,) * 6),
    "Q6H": Pattern((None,) * 4),
    "Q8H": Pattern((None,) * 3),
}
ABBREVIATIONS = (
    "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation",
    "http://hl7.org/fhir/v3/GTSAbbreviation",
    "http://hl7.org/fhir/timing-abbreviation",
    "http://hl7.org/fhir/ValueSet/timing-abbreviation",
)


@pytest.mark.parametrize("code", CODED)
def test_a_code_says_how_often_in_its_own_systems(code: str) -> None:
    for system in ABBREVIATIONS:
        assert pattern_of({"code": {"coding": [{"system": system, "code": code}]}}, silent) == CODED[code]
    assert pattern_of({"code": {"text": code}}, silent) == CODED[code]
    assert pattern_of({"code": {"coding": [{"system": "http://example.org", "code": code}]}}, silent) is None


def test_a_code_beside_other_fields_must_agree_with_them() -> None:
    """Else neither is taken, and a remark quotes the code."""
    noted: list[tuple[Any, ...]] = []

    def note(kind: str, _: Any, **more: Any) -> None:
        noted.append((kind, str(more["quote"])))

    coding = {"coding": [{"system": ABBREVIATIONS[0], "code": "BID", "display": "twice"}], "text": "BID"}
    agreed = {"code": coding, "repeat": counted(2, 1, "d")}
    assert pattern_of(agreed, silent) == Pattern((None,) * 2)
    for repeat in (counted(1, 1, "d"), counted(1, 2, "d"), {"when": ["MORN"]}):
        noted.clear()
        assert pattern_of({"code": coding, "repeat": repeat}, note) is None
        assert noted == [("mismatch", "BID; twice")]
    assert pattern_of({"code": coding, "repeat": {"dayOfWeek": ["mon"]}}, silent) is None
    assert pattern_of({"event": ["2026-01-05"], "repeat": counted(1, 1, "d")}, silent) is None
    evening = {"code": {"text": "BED"}, "repeat": {"when": ["MORN"]}}
    assert pattern_of(evening, note) is None
    assert pattern_of({"code": {"text": "BED"}, "repeat": {"when": ["HS"]}}, silent) == Pattern(("bedtime",))
    words = {"code": {"text": "three times a day"}, "repeat": counted(2, 1, "d")}
    assert pattern_of(words, note) is None
    assert pattern_of({"code": {"text": "twice a day"}, "repeat": counted(2, 1, "d")}, silent) == Pattern((None,) * 2)


# lengths and days

LENGTHS = {
    "d": "d day days tag tage tagen jour jours dag dagen día días dia dias giorno giorni",
    "wk": "wk week weeks woche wochen semaine semaines weken semana semanas settimana settimane",
    "mo": "mo month months monat monate monaten mois maand maanden mes meses mese mesi",
    "a": "a year years jahr jahre jahren an ans année années jaar año años anno anni",
}


@pytest.mark.parametrize(("word", "unit"), [(word, unit) for unit, words in LENGTHS.items() for word in words.split()])
def test_each_word_of_a_length_is_days_or_months(word: str, unit: str) -> None:
    expected = {"d": (3, None), "wk": (21, None), "mo": (None, 3), "a": (None, 36)}[unit]
    assert length(Fraction(3), word) == length(Fraction(3), word.upper()) == expected
    assert length_of({"value": 3, "unit": word}) == length_of({"value": 3, "code": unit, "unit": word}) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1, "d", (1, None)),
        (3660, "d", (3660, None)),
        (3661, "d", (None, None)),
        (522, "wk", (3654, None)),
        (523, "wk", (None, None)),
        (120, "mo", (None, 120)),
        (121, "mo", (None, None)),
        (10, "a", (None, 120)),
        (11, "a", (None, None)),
        (0, "d", (None, None)),
        (Fraction(3, 2), "d", (None, None)),
        (None, "d", (None, None)),
        (1, "h", (None, None)),
    ],
)
def test_a_length_is_whole_and_ten_years_at_most(value: Any, unit: str, expected: Any) -> None:
    assert length(None if value is None else Fraction(value), unit) == expected


@pytest.mark.parametrize(
    "quantity",
    [{"value": 3, "code": "d", "unit": "weeks"}, {"value": 3, "unit": "d", "comparator": "<"}, {"value": 3}, None],
)
def test_a_length_that_is_unclear_is_none(quantity: Any) -> None:
    assert length_of(quantity) == (None, None)


def days(start: object, end: object, chain: Chain = NO_CHAIN, clocks: tuple[time, ...] = ()) -> tuple[Span, list[str]]:
    """Return the days of a period, and the kinds of remarks on it."""
    noted: list[str] = []
    period = {key: value for key, value in (("start", start), ("end", end)) if value is not None}
    span = span_of({"boundsPeriod": period}, lambda kind, *_, **__: noted.append(kind), chain, clocks)
    return span, noted


def january(first: int, last: int) -> Span:
    return Span(date(2026, 1, first), date(2026, 1, last), last - first + 1)


@pytest.mark.parametrize(
    ("start", "end", "span", "noted"),
    [
        ("2026-01-05", "2026-01-18", january(5, 18), []),
        ("2026-01-05", "2026-01-05", january(5, 5), []),
        ("2026-01-05T00:00:00+01:00", "2026-01-18T23:59:59+01:00", january(5, 18), []),
        ("2026-01-05T00:00+01:00", "2026-01-18T23:59+01:00", january(5, 18), []),
        ("2026-01-05T00:00:00+01:00", "2026-01-18T24:00:00+01:00", january(5, 18), []),
        ("2026-01-05T00:00:00+01:00", "2026-01-19T00:00:00+01:00", january(5, 18), ["period"]),
        ("2026-01-05T12:00:00+01:00", "2026-01-18T12:00:00+01:00", january(5, 17), ["period"]),
        ("2026-01-05T12:00:01+01:00", "2026-01-18T12:00:01+01:00", january(6, 18), ["period"]),
        ("2026-01-04T23:00:00Z", "2026-01-18T22:59:59Z", january(5, 18), ["period"]),
        ("2026-01-05T10:30:00Z", "2026-01-18T10:30:00Z", january(5, 17), ["period"]),
        ("2026-01-05T10:30:01Z", "2026-01-18T10:31:00Z", january(6, 18), ["period"]),
        ("2026-01-05T08:00:00+00:00", "2026-01-18", january(5, 18), ["period"]),
        ("2026-01-05", None, Span(date(2026, 1, 5)), []),
        (None, "2026-01-18", Span(None, date(2026, 1, 18)), []),
        ("2026-01-05", "x", Span(date(2026, 1, 5)), ["period"]),
        ("x", "2026-01-18", Span(None, date(2026, 1, 18)), ["period"]),
        ("2026-01-18", "2026-01-05", Span(date(2026, 1, 18), date(2026, 1, 5)), []),
        ("2026-01-05T13:00:00+01:00", "2026-01-05T20:00:00+01:00", Span(date(2026, 1, 6), date(2026, 1, 5)), None),
        ("2026-01-05T25:00:00Z", "2026-01-18", Span(None, date(2026, 1, 18)), ["period"]),
        ("2026-01-05T00:00:00-05:00", "2026-01-18T23:59:59-05:00", january(5, 18), []),
    ],
)
def test_days_lie_between_moments_by_their_middle(start: Any, end: Any, span: Span, noted: list[str] | None) -> None:
    found, remarks = days(start, end)
    if noted is None:
        assert found == Span()
        assert remarks == ["period"]
    else:
        assert (found, remarks) == (span, noted)


def test_a_midnight_at_the_end_is_the_day_or_the_day_before_by_the_rest_of_the_record() -> None:
    midnights = ("2026-01-05T00:00:00+01:00", "2026-01-19T00:00:00+01:00")
    assert days(*midnights, Chain(half_open=True)) == (january(5, 18), [])
    assert days(*midnights, Chain(dated=True)) == (january(5, 19), [])


def steps(*periods: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {"dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"start": start, "end": end}}}}]}
        for start, end in periods
    ]


def test_a_record_tells_what_a_midnight_at_the_end_means() -> None:
    first = ("2026-01-05T00:00:00Z", "2026-01-19T00:00:00Z")
    assert chain_of(steps(first, ("2026-01-19T00:00:00Z", "2026-02-02T00:00:00Z"))) == Chain(half_open=True)
    assert chain_of(steps(first, ("2026-01-20T00:00:00Z", "2026-02-02T00:00:00Z"))) == Chain(dated=True)
    assert chain_of(steps(first, ("2026-01-21T00:00:00Z", "2026-02-02T00:00:00Z"))) == Chain()
    assert chain_of(steps(("2026-01-05", "2026-01-18"), ("2026-01-19", "2026-02-01"))) == Chain()
    assert chain_of([{"dosage": steps(first)[0]["dosageInstruction"]}, *steps(("2026-01-19T00:00:00Z", ""))]).half_open


def test_a_dose_with_one_clock_time_has_the_days_on_which_it_lies_between_the_moments() -> None:
    moments = ("2026-01-05T18:10:00+01:00", "2026-01-18T18:10:00+01:00")
    assert days(*moments, clocks=(time(20),))[0] == january(5, 17)
    assert days(*moments, clocks=(time(8),))[0] == january(6, 18)
    assert days(*moments, clocks=(time(8), time(20)))[0] == january(6, 18)
    midnights = ("2026-01-04T23:00:00Z", "2026-01-18T22:59:59Z")
    assert days(*midnights, clocks=(time(8),))[0] == january(5, 18)


def test_other_bounds_are_a_length_or_a_remark() -> None:
    noted: list[str] = []

    def note(kind: str, *_: Any, **more: Any) -> None:
        noted.append(f"{kind} {more.get('measured', '')}".strip())

    def bounds(repeat: dict[str, Any]) -> tuple[Span, list[str]]:
        noted.clear()
        return span_of(repeat, note, NO_CHAIN), [*noted]

    assert bounds({"boundsDuration": {"value": 2, "unit": "weeks"}}) == (Span(days=14), [])
    assert bounds({"boundsDuration": {"value": 2, "unit": "months"}}) == (Span(months=2), [])
    assert bounds({"boundsDuration": {"value": 2, "unit": "hours"}}) == (Span(), ["period"])
    assert bounds({"boundsRange": {}}) == (Span(), ["period"])
    assert bounds({"duration": 2, "durationUnit": "wk"}) == (Span(days=14, rule="repeat.duration"), ["duration 14"])
    assert bounds({"duration": 2, "durationUnit": "h"}) == (Span(), [])
    assert bounds({}) == (Span(), [])
