"""An order says what it says, or is refused once, in the right place, with what to write instead."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper.errors import OrderError
from taper.order.order import Order, parse_order
from taper.order.patient import Patient
from taper.quantity import Mg
from tests.strategies import order_data
from tests.support.orders import GOLDEN
from tests.support.toml import toml

LIQUID = {"name": "diazepam oral solution 1 mg/mL", "device": "oral syringe", "graduation": "0.1 mL"}
OWN = {"name": "own", "source": "clinician", "form": "tablet", "strength": "5 mg"}


@settings(max_examples=80)
@given(order_data() | order_data(times=2) | order_data(times=3))
def test_an_order_written_out_and_read_again_is_the_same_order(data: dict[str, Any]) -> None:
    """As data, as JSON text, as TOML text."""
    order = parse_order(data)
    written = order.as_data()
    assert parse_order(written) == order
    assert parse_order(json.dumps(written)) == order
    assert parse_order(toml(written)) == order
    assert parse_order(written).as_data() == written
    assert parse_order(toml(data)) == order


@pytest.mark.parametrize("first", ["[current]", "  [ current ] # now", "\ufeff[current]\r", "\n[current]"])
def test_an_order_that_begins_with_a_table_is_read_as_toml(first: str) -> None:
    """It is not taken for JSON because of its bracket; and a key that landed in the table is told where to stand."""
    with pytest.raises(OrderError) as refused:
        parse_order(f'{first}\nbedtime = "5 mg"\ndrug = "diazepam"\ncountry = "US"\n')
    assert refused.value.field == "current.drug"
    assert "above the first [table]" in refused.value.message


def test_a_list_of_json_is_no_order() -> None:
    for text in ('[{"drug": "diazepam"}]', "[[1]]", "[]", "[1, 2]"):
        with pytest.raises(OrderError, match="the outermost value must be a table"):
            parse_order(text)


def test_everything_an_order_can_say_survives_being_written_out(golden: dict[str, Any]) -> None:
    golden |= {
        "first_cut": "2026-01-12",
        "change_on": "Monday",
        "review_every": "4 weeks",
        "stop_from": "1 mg",
        "max_units": 12,
        "reduce_first": ["bedtime"],
        "hold": [{"on": "2026-02-01", "for": "2 weeks", "reason": "exams"}],
        "product": [*golden["product"], LIQUID, OWN | {"maker": "M", "score": "halves", "label_claim": "equal_doses"}],
        "phase": [
            {"reduce": "5 points of occupancy, at least 1 mg", "every": "10 days", "until": "10 mg"},
            {"doses": ["9 mg", {"morning": "4 mg", "bedtime": "4 mg"}], "every": "1 month"},
            {"finish": "2027-06-30", "every": "1 week", "until": "0 mg"},
        ],
        "occupancy": {"model": "maudsley-2024"},
        "check": {"guidelines": ["asam-2025", "bnf"], "tail_allowance": "0.5 mg"},
        "patient": {"age": 70, "opioid": True, "pregnant": False},
        "acknowledge": [{"code": "T101", "reason": "agreed", "by": "Dr A"}],
        "handout": {"patient": "A. B.", "prescriber": "Dr A", "phone": "01 23", "paper": "a4"},
    }
    order = parse_order(golden)
    assert parse_order(order.as_data()) == order == parse_order(toml(golden)) == parse_order(json.dumps(golden))
    assert order.patient.pregnant is False
    assert order.hold[0].length.days == 14


def test_an_order_never_changes(golden: dict[str, Any]) -> None:
    order = parse_order(golden)
    with pytest.raises(ValueError, match="frozen"):
        order.drug = "lorazepam"  # type: ignore[misc]
    assert isinstance(order, Order)


def test_toml_numbers_and_dates_are_read_exactly() -> None:
    text = toml(deepcopy(GOLDEN)).replace('"2026-01-05"', "2026-01-05")
    assert parse_order(text) == parse_order(GOLDEN)
    assert parse_order(text).start == date(2026, 1, 5)


def changed(path: str, value: object) -> dict[str, Any]:
    """The golden order with one place changed, or removed (value None)."""
    data: Any = deepcopy(GOLDEN)
    *places, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    here = data
    for place in places:
        here = here[place]
    if value is None:
        del here[last]
    else:
        here[last] = value
    return data  # type: ignore[no-any-return]


BAD: list[tuple[str, object, str, list[str]]] = [
    # doses
    ("current/morning", "0 mg", "current.morning", ["dose of zero", "leave the time of day out"]),
    ("current/morning", "-5 mg", "current.morning", ["negative"]),
    ("current/morning", "10", "current.morning", ["no unit", "write 10 mg"]),
    ("current/morning", 10, "current.morning", ["with a unit"]),
    ("current/morning", 0.5, "current.morning", ["with a unit"]),
    ("current/morning", True, "current.morning", ["with a unit"]),
    ("current/morning", Decimal("NaN"), "current.morning", ["with a unit"]),
    ("current/morning", Decimal("Infinity"), "current.morning", ["with a unit"]),
    ("current/morning", "1/2 mg", "current.morning", ["write 0.5 mg"]),
    ("current/morning", "2,5 mg", "current.morning", ["2.5 mg"]),
    ("current/morning", ".5 mg", "current.morning", ["write 0.5 mg"]),
    ("current/morning", "5. mg", "current.morning", ["write 5 mg"]),
    ("current/morning", "½ mg", "current.morning", ["write 0.5 mg"]),
    ("current/morning", "1e3 mg", "current.morning", ["write it as"]),
    ("current/morning", "٥ mg", "current.morning", ["write it as"]),
    ("current/morning", "5 mL", "current.morning", ["is a volume"]),
    ("current/morning", "5000 mg", "current", ["100 times", "typing error"]),
    ("current", {}, "current", ["no dose is given"]),
    ("current", {"lunch": "5 mg"}, "current.lunch", ["unknown", "noon"]),
    ("current", None, "current", ["missing"]),
    ("stop_from", "0 mg", "stop_from", ["leave stop_from out"]),
    ("max_units", 0, "max_units", ["greater than or equal to 1"]),
    ("max_units", 61, "max_units", ["less than or equal to 60"]),
    ("max_units", Decimal("8.5"), "max_units", ["8.5"]),
    # names
    ("drug", "diazpam", "drug", ["did you mean 'diazepam'"]),
    ("drug", "", "drug", []),
    ("drug", 5, "drug", ["must be text in quotes"]),
    ("country", "XX", "country", ["known:"]),
    ("country", "UK", "country", ["write GB"]),
    ("product/0/name", "diazepam tablet 4 mg", "product[0].name", ["diazepam tablet"]),
    ("product/0/name", "lorazepam tablet 1 mg", "product[0].name", ["is lorazepam", "order is for diazepam"]),
    ("product/0/name", "Valium 5 mg", "product[0].name", ["'Valium' is diazepam", "diazepam tablet 5 mg"]),
    ("product/0/nam", "x", "product[0].nam", ["did you mean 'name'"]),
    ("product/0/maker", "Nobody Ltd", "product[0].maker", ["no maker 'Nobody Ltd'"]),
    ("check", {"guidelines": ["asam-2024"]}, "check.guidelines[0]", ["asam-2025"]),
    ("check", {"tables": ["ashtn"]}, "check.tables[0]", ["ashton"]),
    ("check", {"guidelines": []}, "check.guidelines", ["must not be empty"]),
    ("check", {"guidelines": ["bnf", "asam-2025", "bnf"]}, "check.guidelines[2]", ["'bnf' is named twice", "keep one"]),
    ("check", {"tables": ["ashton-2002", "ashton-2002"]}, "check.tables[1]", ["named twice", "keep one"]),
    # products
    ("product", [], "product", []),
    ("product/1", GOLDEN["product"][0], "product[1].name", ["listed twice", "keep one"]),
    ("product/0/split", "thirds", "product[0].split", ["'whole', 'halves' or 'quarters'"]),
    ("product/0/device", "syringe", "product[0].device", ["for liquids", "leave it out"]),
    ("product/0/graduation", "0.1 mL", "product[0].graduation", ["for liquids"]),
    ("product/0", LIQUID | {"split": "halves"}, "product[0].split", ["liquid", "cannot be split"]),
    ("product/0", {"name": LIQUID["name"]}, "product[0].device", ["1 mL oral syringe", "0.1 mL"]),
    ("product/0", {"name": LIQUID["name"], "device": "cup"}, "product[0].graduation", ["0.1 mL"]),
    ("product/0", LIQUID | {"graduation": "0 mL"}, "product[0].graduation", ["zero"]),
    ("product/0", LIQUID | {"graduation": "0.1"}, "product[0].graduation", ["write 0.1 mL"]),
    ("product/0", LIQUID | {"graduation": "0.1 mg"}, "product[0].graduation", ["not a volume"]),
    ("product/0", LIQUID | {"graduation": "2 drops"}, "product[0].graduation", ['"1 drop"']),
    ("product/0", LIQUID | {"graduation": "1 drop"}, "product[0].graduation", ["no number of drops"]),
    ("product/0/strength", "5 mg", "product[0].strength", ['source = "clinician"']),
    ("product/0", OWN | {"form": "capsule", "split": "halves"}, "product[0].split", ["a capsule must not be split"]),
    (
        "product/0",
        OWN | {"form": "ER tablet", "split": "halves"},
        "product[0].split",
        ["an ER tablet must not be split"],
    ),
    ("product/0", OWN | {"form": "ODT", "split": "quarters"}, "product[0].split", ["an ODT must not be split"]),
    ("product/0", OWN | {"form": "SL tablet", "split": "halves"}, "product[0].split", ["an SL tablet must not"]),
    ("product/0", OWN | {"form": "tablett"}, "product[0].form", ["did you mean 'tablet'"]),
    ("product/0", OWN | {"strength": "5 mg/mL"}, "product[0].strength", ["written in mg"]),
    ("product/0", OWN | {"strength": "0 mg"}, "product[0].strength", ["zero"]),
    ("product/0", {"name": "own", "source": "clinician"}, "product[0].form", ["needs its form"]),
    ("product/0", OWN | {"drug": "lorazepam"}, "product[0].name", ["is lorazepam"]),
    # dates
    ("start", None, "start", ["missing"]),
    ("start", "2026-02-30", "start", ["not a date", "year-month-day"]),
    ("start", "05/01/2026", "start", ["2026-01-05"]),
    ("start", "20260105", "start", ["2026-01-05"]),
    ("start", "2026-W02-1", "start", ["2026-01-05"]),
    ("start", "2026-01-05T00:00:00", "start", ["2026-01-05"]),
    ("start", datetime(2026, 1, 5), "start", ["2026-01-05"]),  # noqa: DTZ001 - a date must not take it
    ("start", 20260105, "start", ["2026-01-05"]),
    ("start", 1767571200.0, "start", ["2026-01-05"]),
    ("start", "1926-01-05", "start", ["between 2000 and 2100"]),
    ("first_cut", "2026-01-05", "first_cut", ["not after the start"]),
    ("first_cut", "2025-12-31", "first_cut", ["not after the start"]),
    ("change_on", "monday", "change_on", ["'Monday'"]),
    ("hold", [{"on": "2026-01-04", "for": "1 week"}], "hold[0].on", ["before the start"]),
    ("hold", [{"on": "2026-01-14", "for": "0 weeks"}], "hold[0].for", ["zero"]),
    ("hold", [{"on": "2026-01-14"}], "hold[0].for", ["missing"]),
    # phases
    ("phase", [], "phase", []),
    ("phase/0/every", "0 weeks", "phase[0].every", ["zero", "2 weeks"]),
    ("phase/0/every", "fortnightly", "phase[0].every", ["not an interval"]),
    ("phase/0/every", None, "phase[0].every", ["missing"]),
    ("phase/0/until", "20 mg", "phase[0].until", ["not below the current daily dose, 20 mg"]),
    ("phase/0/until", "25 mg", "phase[0].until", ["nothing to reduce"]),
    ("phase/0/until", None, "phase[0]", ["until is missing", '"0 mg"']),
    ("phase/0/reduce", None, "phase[0]", ["this one has none"]),
    ("phase/0/reduce", "10%", "phase[0].reduce", ["10% of current"]),
    ("phase/0/reduce", "0 mg", "phase[0].reduce", ["never end"]),
    ("phase/0/presett", "bnf-eighth", "phase[0].presett", ["did you mean 'preset'"]),
    ("phase/0/doses", ["10 mg"], "phase[0]", ["reduce and doses"]),
    ("phase/0", {"doses": ["10 mg", "0 mg", "5 mg"], "every": "1 week"}, "phase[0].doses", ["end the list there"]),
    ("phase/0", {"doses": ["10"], "every": "1 week"}, "phase[0].doses[0]", ["write 10 mg"]),
    ("phase/0", {"doses": [], "every": "1 week"}, "phase[0].doses", []),
    ("phase/0", {"doses": ["5 mg"], "every": "1 week", "until": "4 mg"}, "phase[0].until", ["leave until out"]),
    ("phase", GOLDEN["phase"] * 2, "phase[0].until", ["no phase can follow"]),
    # where cuts fall
    ("reduce_first", ["noon"], "reduce_first", ["nothing is taken at noon"]),
    ("reduce_first", ["morning", "morning"], "reduce_first", ["named twice"]),
    ("reduce_first", [], "reduce_first", []),
    ("spread", "level", "spread", ["'even'", "'alternate'", "'night'"]),
    ("merge", {"from": "4 mg", "into": "noon"}, "merge.into", ["nothing is taken at noon", "morning, bedtime"]),
    ("merge", {"from": "0 mg", "into": "bedtime"}, "merge.from", ["0 mg merges nothing"]),
    ("merge", {"from": "4 mg", "into": "lunch"}, "merge.into", ["'morning'"]),
    ("merge", {"into": "bedtime"}, "merge.from", []),
    ("merge", {"from": "4 mg", "at": "bedtime"}, "merge.at", ["into"]),
    # words
    ("handout", {"patient": "A\nB"}, "handout.patient", ["one line", "control characters"]),
    ("handout", {"patient": "A\u202eB"}, "handout.patient", ["one line", "control characters"]),
    ("handout", {"patient": "x" * 121}, "handout.patient", ["120"]),
    ("acknowledge", [{"code": "101", "reason": "x", "by": "y"}], "acknowledge[0].code", ["such as T101"]),
    ("patient", {"age": -1}, "patient.age", ["must be greater than or equal to 0"]),
    ("patient", {"age": "80"}, "patient.age", ["must be a whole number"]),
    ("patient", {"opioid": "yes"}, "patient.opioid", ["true or false"]),
    ("patient", {"suicidal": 1}, "patient.suicidal", ["true or false"]),
    ("patient", {"days_per_week": 8}, "patient.days_per_week", ["must be less than or equal to 7"]),
    *(
        (
            "patient",
            {"days_per_week": days},
            "patient.days_per_week",
            [f"{days} day", "every day", "leave days_per_week"],
        )
        for days in range(7)
    ),
]


@pytest.mark.parametrize(("path", "value", "field", "words"), BAD, ids=lambda part: str(part)[:40])
def test_bad_input_is_one_clear_error(path: str, value: object, field: str, words: list[str]) -> None:
    with pytest.raises(OrderError) as caught:
        parse_order(changed(path, value))
    assert caught.value.field == field
    for part in words:
        assert part in caught.value.message
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_gram_of_alprazolam_is_a_slip_of_the_pen() -> None:
    with pytest.raises(OrderError, match=r"1000 mg of alprazolam a day is more than 100 times .* \(1 mg\)"):
        parse_order(
            changed("drug", "alprazolam")
            | {"current": {"noon": "1000 mg"}, "product": [{"name": "alprazolam tablet 1 mg"}]}
        )


def test_a_first_cut_on_another_weekday_than_ordered_is_refused(golden: dict[str, Any]) -> None:
    with pytest.raises(OrderError, match="2026-01-14 is a Wednesday, but doses change on Monday") as caught:
        parse_order(golden | {"change_on": "Monday", "first_cut": "2026-01-14"})
    assert caught.value.field == "first_cut"


def test_two_policies_are_one_too_many(golden: dict[str, Any]) -> None:
    with pytest.raises(OrderError, match="keep one"):
        parse_order(golden | {"spread": "even", "reduce_first": ["morning"]})


def test_a_later_phase_must_go_lower(golden: dict[str, Any]) -> None:
    golden["phase"] = [
        {"reduce": "1 mg", "every": "1 week", "until": "10 mg"},
        {"reduce": "1 mg", "every": "1 week", "until": "10 mg"},
    ]
    with pytest.raises(OrderError, match="not below the end of the phase before it, 10 mg") as caught:
        parse_order(golden)
    assert caught.value.field == "phase[1].until"


@pytest.mark.parametrize("name", ["diazepam tab 5mg", "diazepam 5 mg tablets", "DIAZEPAM TABLET 5 MG"])
def test_a_product_is_found_by_its_other_spellings(golden: dict[str, Any], name: str) -> None:
    golden["product"] = [{"name": name, "split": "halves"}]
    assert parse_order(golden).products[0].name == "diazepam tablet 5 mg"


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_order(changed("start", day)).start == day
    assert parse_order(changed("start", day.isoformat())).start == day


@given(st.integers(1, 8000))
def test_the_current_dose_is_what_is_written(eighths: int) -> None:
    dose = Mg(eighths) / 8
    assert (
        parse_order(
            changed("current", {"noon": str(dose)}) | {"phase": [{"doses": ["0 mg"], "every": "1 week"}]}
        ).current.total
        == dose
    )


def test_facts_that_can_hold_together_are_no_contradiction(golden: dict[str, Any]) -> None:
    """Seven days a week, pregnant and breastfeeding an older child, and everything else."""
    names = [name for name, field in Patient.model_fields.items() if field.annotation == bool | None]
    facts: dict[str, Any] = dict.fromkeys(names, True) | {"days_per_week": 7}
    assert parse_order(golden | {"patient": facts}).as_data()["patient"] == facts
