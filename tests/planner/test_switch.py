"""Crossing over: every stage exact and makeable, no more at a time than ordered, no value chosen for anyone."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import event, given, settings

from taper import catalog
from taper.catalog.conversion import factor
from taper.errors import NotMakeableError, OrderError, QuantityError
from taper.order.order import parse_order
from taper.planner.switch import Stage, SwitchProducts, stages
from taper.quantity import Mg
from tests.oracles.brute import TIMES, makeable, number
from tests.strategies import switch_data

OLD, NEW = "lorazepam", "diazepam"


def staged(data: dict[str, Any]) -> tuple[Stage, ...]:
    order = parse_order(data)
    old, new = ([one for one in order.products if one.product.drug == drug] for drug in (OLD, NEW))
    return stages(order.phase[0], OLD, order.current.by_time(), SwitchProducts(old, new, order.max_units), "phase[0]")


def order(current: dict[str, str], products: list[tuple[str, str]], **phase: object) -> dict[str, Any]:
    return {
        "drug": OLD,
        "country": "GB",
        "start": "2026-02-02",
        "current": current,
        "product": [{"name": name, "split": split} for name, split in products],
        "phase": [{"switch_to": NEW, "every": "1 week"} | phase],
    }


PRODUCTS = [
    ("lorazepam tablet 1 mg", "halves"),
    ("diazepam tablet 5 mg", "whole"),
    ("diazepam tablet 2 mg", "whole"),
]


def twice_daily(**phase: object) -> dict[str, Any]:
    return order({"morning": "1 mg", "bedtime": "1 mg"}, PRODUCTS, **({"equivalence": "nhs-scotland"} | phase))


def written(found: tuple[Stage, ...]) -> list[tuple[dict[str, str], dict[str, str]]]:
    return [({t: d.number for t, d in stage.old}, {t: d.number for t, d in stage.new}) for stage in found]


# ---- published switches ------------------------------------------------------------------------------


@pytest.mark.parametrize("equivalence", ["nhs-scotland", "1 mg = 10 mg", "Lorazepam 0.5 mg = diazepam 5 mg"])
def test_the_published_switch_of_nhs_scotland(equivalence: str) -> None:
    """Lorazepam 1 mg twice a day: first the night dose, a stage later the morning dose, 10 mg of diazepam each."""
    assert written(staged(twice_daily(equivalence=equivalence, switch_first=["bedtime"]))) == [
        ({"morning": "1"}, {"bedtime": "10"}),
        ({}, {"morning": "10", "bedtime": "10"}),
    ]


def test_half_milligrams_of_lorazepam_3_mg_make_six_stages_of_the_same_total() -> None:
    """0.5 mg of lorazepam for 5 mg of diazepam at a time, as in published tapers after Ashton."""
    data = order(
        {"morning": "1 mg", "noon": "1 mg", "bedtime": "1 mg"},
        PRODUCTS,
        equivalence="asam-2025-ashton",
        portion="0.5 mg",
        switch_first=["bedtime", "morning"],
    )
    found = staged(data)
    totals = [(sum(d.value for _, d in stage.old), sum(d.value for _, d in stage.new)) for stage in found]
    assert totals == [(Fraction(6 - n, 2), 5 * n) for n in range(1, 7)]
    assert written(found)[:3] == [
        ({"morning": "1", "noon": "1", "bedtime": "0.5"}, {"bedtime": "5"}),
        ({"morning": "1", "noon": "1"}, {"bedtime": "10"}),
        ({"morning": "0.5", "noon": "1"}, {"morning": "5", "bedtime": "10"}),
    ]


def test_without_a_wish_the_order_of_the_day_is_kept() -> None:
    assert written(staged(twice_daily()))[0] == ({"bedtime": "1"}, {"morning": "10"})


def test_named_doses_stand_in_place_of_the_computed_ones() -> None:
    """The doses in `to` are given as they are written, and a portion brings the part that belongs to it."""
    data = twice_daily(to={"morning": "8 mg", "bedtime": "10 mg"}, portion="0.5 mg")
    assert [new for _, new in written(staged(data))] == [
        {"morning": "4"},
        {"morning": "8"},
        {"morning": "8", "bedtime": "5"},
        {"morning": "8", "bedtime": "10"},
    ]


# ---- laws --------------------------------------------------------------------------------------------


def fewest(dose: Fraction, possible: set[Fraction], portion: Fraction | None) -> int | None:
    """Count the stages of one intake by trying every number of them, or None where there is no way."""
    if portion is None:
        return 1 if 0 in possible else None
    reached = {dose}
    for count in range(1, len(possible) + 1):
        reached = {low for low in possible for high in reached if 0 < high - low <= portion}
        if 0 in reached:
            return count
    return None


@settings(max_examples=150, deadline=None)
@given(switch_data())
def test_every_stage_is_exact_makeable_and_no_more_than_ordered_and_a_switch_is_refused_only_if_there_is_none(
    data: dict[str, Any],
) -> None:
    """Against every combination of pieces and every number of stages, listed without the library."""
    phase = data["phase"][0]
    current = {time: number(dose) for time, dose in data["current"].items()}
    left, right = (number(side.removeprefix(OLD).removeprefix(NEW)) for side in _sides(phase["equivalence"]))
    targets = {time: dose * right / left for time, dose in current.items()}
    targets |= {time: number(dose) for time, dose in phase.get("to", {}).items()}
    of = {
        drug: set(
            makeable(data | {"product": [p for p in data["product"] if p.get("drug", OLD) == drug]}, max(most.values()))
        )
        for drug, most in ((OLD, current), (NEW, targets))
    }

    def replaced(time: str, remains: Fraction) -> Fraction:
        return targets[time] * (current[time] - remains) / current[time]

    portion = number(phase["portion"]) if "portion" in phase else None
    counts = [
        fewest(dose, {d for d in of[OLD] if d < dose and replaced(time, d) in of[NEW]}, portion)
        for time, dose in current.items()
    ]
    if None in counts:
        event("refused")
        with pytest.raises(NotMakeableError) as caught:
            staged(data)
        assert caught.value.field.startswith("phase[0].")
        assert "cannot be made" in str(caught.value)
        return
    event("portions" if portion else "whole intakes")
    found = staged(data)
    assert len(found) == sum(count for count in counts if count)
    assert found[-1].old == ()
    assert {time: dose.value for time, dose in found[-1].new} == targets
    days = [(current, dict[str, Fraction]())]
    days += [({t: d.value for t, d in stage.old}, {t: d.value for t, d in stage.new}) for stage in found]
    for old, new in days:
        assert list(old) == [time for time in TIMES if time in old]
        assert list(new) == [time for time in TIMES if time in new]
        assert all(dose and dose in of[OLD] for dose in old.values())
        assert all(dose and dose in of[NEW] for dose in new.values())
        assert {time for time in current if replaced(time, old.get(time, Fraction(0)))} == set(new)
        assert all(new[time] == replaced(time, old.get(time, Fraction(0))) for time in new)
        if "to" not in phase:  # the total stays the same in equivalents, to the last fraction
            assert sum(old.values()) + sum(new.values()) * left / right == sum(current.values())
    turns = []
    for (old, new), (old_after, new_after) in pairwise(days):
        (changed,) = (time for time in TIMES if old.get(time) != old_after.get(time))
        taken = old[changed] - old_after.get(changed, Fraction(0))
        assert taken > 0
        assert portion is None or taken <= portion
        assert all(new_after.get(time, 0) == new.get(time, 0) for time in TIMES if time != changed)
        assert new_after[changed] > new.get(changed, 0)
        turns.append(changed)
    wished = phase.get("switch_first", [])
    assert list(dict.fromkeys(turns)) == [*wished, *(time for time in current if time not in wished)]
    assert turns == sorted(turns, key=list(dict.fromkeys(turns)).index)  # one intake is finished before the next


def _sides(equivalence: str) -> list[str]:
    return [side.strip().removeprefix(OLD).removeprefix(NEW).strip() for side in equivalence.split("=")]


@pytest.mark.parametrize("row", catalog.table("nhs-scotland").rows, ids=lambda row: row.drug)
def test_an_own_value_says_what_a_table_of_one_value_says(row: catalog.EquivalenceRow) -> None:
    """And in the other direction it is the inverse."""
    if row.low != row.high or row.drug == NEW:
        return
    assert factor("nhs-scotland", row.drug, NEW) == factor(f"{row.low} = 10 mg", row.drug, NEW) == Mg(10) / row.low
    assert factor(f"{NEW} 10 mg = {row.drug} {row.low}", NEW, row.drug) == row.low / Mg(10)
    assert factor("nhs-scotland", NEW, row.drug) == row.low / Mg(10)


# ---- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("equivalence", "words"),
    [
        ("nhs-scotlnd", ["no equivalence table 'nhs-scotlnd'", "did you mean 'nhs-scotland'?", "your own value as"]),
        ("1:10", ["no equivalence table '1:10'", "known: adfd, asam-2025-ashton"]),
        (
            "clincalc",
            [
                "'clincalc' gives 2.5 mg to 10 mg of diazepam for 1 mg of lorazepam",
                "no value of a range is chosen for you",
                'equivalence = "1 mg = 2.5 mg" or "1 mg = 10 mg"',
            ],
        ),
        ("diazepam 10 mg = lorazepam 1 mg", ["names diazepam where the replaced drug stands", "write lorazepam first"]),
        ("1 mg = clonazepam 10 mg", ["names clonazepam where the new drug stands, which is diazepam"]),
        ("lorazepan 1 mg = diazepam 10 mg", ["no drug 'lorazepan'", "'lorazepam'"]),
        ("1 mg = 10 mg = 20 mg", ["is not an equivalence", '"lorazepam A mg = diazepam B mg"']),
        ("lorazepam = diazepam 10 mg", ["is not an equivalence; write one dose of each drug"]),
        ("1 mg =", ["is not an equivalence"]),
        ("0 mg = 10 mg", ["has a dose of zero"]),
        ("1 mg = 0 mg", ["has a dose of zero"]),
        ("1 = 10", ["'1' has no unit; write 1 mg"]),
        ("1 mg = 5-10 mg", ["'5-10 mg' is not a dose"]),
        ("1 mg = .5 mg", ["no leading zero"]),
        ("1 mg = 10 mL", ["is a volume"]),
    ],
)
def test_an_equivalence_that_says_no_one_number_is_refused_when_the_order_is_read(
    equivalence: str, words: list[str]
) -> None:
    with pytest.raises((OrderError, QuantityError)) as caught:
        parse_order(twice_daily(equivalence=equivalence))
    assert str(caught.value).startswith("phase[0].equivalence: ")
    for word in words:
        assert word in str(caught.value)


def test_a_table_without_the_drug_says_so_and_names_the_tables_that_have_both() -> None:
    with pytest.raises(OrderError, match="no value was read for bromazepam in the table 'nhs-scotland'") as caught:
        factor("nhs-scotland", "bromazepam", NEW)
    having = [name for name, table in catalog.tables().items() if table.row("bromazepam") is not None]
    assert having
    assert f"tables with bromazepam and diazepam: {', '.join(having)};" in str(caught.value)
    with pytest.raises(OrderError, match="no table has both tetrazepam and lorazepam; or write your own value"):
        factor("nhs-scotland", "tetrazepam", "lorazepam")


@pytest.mark.parametrize("table", catalog.tables().values(), ids=list(catalog.tables()))
def test_the_ends_of_every_printed_range_can_be_written_as_they_are_named(table: catalog.EquivalenceTable) -> None:
    """For each pair of drugs: one number, or a refusal whose two values are read back as the two ends."""
    for drug in (row.drug for row in table.rows):
        for other in (row.drug for row in table.rows):
            least, most = (table.diazepam_mg(name, Mg(1)) for name in (drug, other))
            assert least is not None
            assert most is not None
            low, high = least[0] / most[1], least[1] / most[0]
            if low == high:
                assert factor(table.id, drug, other) == low
                continue
            with pytest.raises(OrderError) as caught:
                factor(table.id, drug, other)
            ends = str(caught.value).partition("equivalence = ")[2].split(" or ")
            assert [factor(end.strip('"'), drug, other) for end in ends] == [low, high]


@pytest.mark.parametrize(
    ("phase", "field", "words"),
    [
        (
            {"equivalence": "1 mg = 3 mg"},
            "equivalence",
            [
                "diazepam 3 mg at morning, in place of lorazepam 1 mg, cannot be made",
                "the nearest below is 2 mg and the nearest above 4 mg",
                "diazepam tablet 5 mg (whole), diazepam tablet 2 mg (whole)",
                "add another product or a finer split, write your own equivalence, or name the new doses with to",
            ],
        ),
        (
            {"equivalence": "3 mg = 20 mg"},
            "equivalence",
            ["diazepam ~6.67 mg", "the nearest below is 6 mg and the nearest above 7 mg"],
        ),
        (
            {"equivalence": "1 mg = 1 mg"},
            "equivalence",
            ["the nearest below is none and the nearest above 2 mg"],
        ),
        (
            {"to": {"morning": "10 mg", "bedtime": "3 mg"}},
            "to.bedtime",
            ["diazepam 3 mg at bedtime", "the nearest below is 2 mg and the nearest above 4 mg", "write another dose"],
        ),
        (
            {"portion": "0.3 mg"},
            "portion",
            [
                "lorazepam 0.7 mg cannot be made: the nearest below is 0.5 mg and the nearest above 1 mg",
                "diazepam 3 mg cannot be made: the nearest below is 2 mg and the nearest above 4 mg",
                'portion = "0.5 mg" or more',
                "leave portion out to replace whole intakes",
            ],
        ),
        (
            {"portion": "0.5 mg", "equivalence": "1 mg = 6 mg"},
            "portion",
            ["it would be lorazepam 0.5 mg and diazepam 3 mg: diazepam 3 mg cannot", 'portion = "1 mg" or more'],
        ),
    ],
)
def test_a_dose_that_cannot_be_made_is_named_with_its_neighbors_and_what_can_be_done(
    phase: dict[str, object], field: str, words: list[str]
) -> None:
    with pytest.raises(NotMakeableError) as caught:
        staged(twice_daily(**phase))
    assert caught.value.field == f"phase[0].{field}"
    for word in words:
        assert word in str(caught.value)


def test_a_portion_that_is_named_as_enough_is_enough() -> None:
    with pytest.raises(NotMakeableError, match=r'portion = "0\.5 mg" or more'):
        staged(twice_daily(portion="0.1 mg"))
    assert len(staged(twice_daily(portion="0.5 mg"))) == 4


def test_an_old_dose_that_cannot_be_made_is_refused_too() -> None:
    data = twice_daily() | {"current": {"morning": "1.2 mg"}}
    with pytest.raises(
        NotMakeableError, match=r"lorazepam 1\.2 mg at morning, which is to be replaced, cannot"
    ) as caught:
        staged(data)
    assert "the nearest below is 1 mg and the nearest above 1.5 mg" in str(caught.value)


@pytest.mark.parametrize(
    ("phase", "field", "words"),
    [
        ({"switch_first": ["noon"]}, "phase[0].switch_first", "nothing is taken at noon when the switch begins"),
        ({"switch_first": ["bedtime", "bedtime"]}, "phase[0].switch_first", "a time of day is named twice"),
        ({"portion": "0 mg"}, "phase[0].portion", "a portion of zero replaces nothing"),
        ({"equivalence": None}, "phase[0].equivalence", "a switch needs its equivalence"),
        (
            {"to": {"morning": "10 mg", "noon": "5 mg", "bedtime": "5 mg"}},
            "phase[0].to",
            "doses at morning, noon and bedtime, but lorazepam is taken at morning and bedtime",
        ),
        ({"to": {"morning": "10 mg"}}, "phase[0].to", "doses at morning, but lorazepam is taken at morning and"),
        ({"to": {"morning": "0 mg", "bedtime": "5 mg"}}, "phase[0].to.morning", "a dose of zero"),
        (
            {"switch_to": None, "equivalence": None, "reduce": "1 mg", "until": "0 mg", "to": {"morning": "5 mg"}},
            "phase[0].to",
            "to is for a phase with switch_to",
        ),
    ],
)
def test_what_no_stage_can_follow_is_refused_at_its_place(phase: dict[str, Any], field: str, words: str) -> None:
    data = twice_daily(**phase)
    data["phase"] = [{key: value for key, value in data["phase"][0].items() if value is not None}]
    with pytest.raises(OrderError) as caught:
        staged(data)
    assert caught.value.field == field
    assert words in str(caught.value)


@pytest.mark.parametrize(("kept", "missing"), [(PRODUCTS[:1], NEW), (PRODUCTS[1:], OLD)])
def test_a_switch_needs_products_of_both_drugs(kept: list[tuple[str, str]], missing: str) -> None:
    data = order({"bedtime": "1 mg"}, kept, equivalence="nhs-scotland")
    with pytest.raises(OrderError, match=f"product: the order has no product of {missing}"):
        staged(data)


def test_a_switch_reads_back_as_it_was_written() -> None:
    data = twice_daily(to={"morning": "8 mg", "bedtime": "10 mg"}, portion="0.5 mg")
    assert parse_order(data).as_data()["phase"] == data["phase"]


def test_doses_of_powder_are_named_as_decimals() -> None:
    """Seventeenths of a mg say nothing to who reads them; a portion that is offered can be typed."""
    powder = {
        "name": "powder",
        "drug": NEW,
        "source": "clinician",
        "form": "tablet",
        "strength": "1 mg",
        "weight": "170 mg",
        "graduation": "10 mg",
        "device": "pocket scale",
    }
    data = order({"bedtime": "1 mg"}, PRODUCTS, equivalence="8 mg = 7 mg")
    data["product"] = [*data["product"][:1], powder]
    with pytest.raises(NotMakeableError, match=r"nearest below is ~0\.82 mg and the nearest above ~0\.88 mg"):
        staged(data)
