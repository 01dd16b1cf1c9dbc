"""A phase that names its products is made of them alone, and the dose with which it begins stays as it was."""

from __future__ import annotations

from typing import Any

import pytest

from taper.errors import StuckError, TaperError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense

TABLET, LIQUID = "diazepam tablet 2 mg", "diazepam oral solution 0.4 mg/mL"
PRODUCTS = [{"name": TABLET}, {"name": LIQUID, "device": "5 mL oral syringe", "graduation": "0.1 mL"}]
FIRST = {"reduce": "2 mg", "every": "2 weeks", "until": "2 mg"}
LAST = {"reduce": "10% of current, at least 0.1 mg", "every": "2 weeks", "until": "0 mg"}


def tablets_first(
    first: dict[str, Any] | None = None, last: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """Diazepam 10 mg at night: tablets down to 2 mg, then the liquid."""
    phases = [{"products": [TABLET], **FIRST, **(first or {})}, {"products": [LIQUID], **LAST, **(last or {})}]
    return {
        "drug": "diazepam",
        "country": "GB",
        "start": "2027-01-04",
        "current": {"bedtime": "10 mg"},
        "product": PRODUCTS,
        "phase": phases,
        **more,
    }


def forms(schedule: Schedule) -> list[tuple[str, set[str]]]:
    """The dose of each step and the products that make it."""
    return [(s.total.number, {item.product for i in s.intakes for item in i.items}) for s in schedule.steps]


def test_each_phase_is_made_of_its_products_and_the_dose_between_them_stays_as_it_was() -> None:
    found = forms(plan(parse_order(tablets_first())))
    assert [dose for dose, _ in found[:6]] == ["10", "8", "6", "4", "2", "1.8"]
    assert all(made == {TABLET} for _, made in found[:5])
    assert all(made == {LIQUID} for _, made in found[5:])


def test_the_phases_are_those_of_two_orders_one_after_the_other() -> None:
    """The cuts of each phase are as few as its own products allow."""
    whole = plan(parse_order(tablets_first()))
    second = tablets_first(product=PRODUCTS[1:], current={"bedtime": "2 mg"}, phase=[LAST])
    alone = plan(parse_order(second))
    assert [step.total for step in whole.steps[4:]] == [step.total for step in alone.steps]


@pytest.mark.parametrize("on", ["2027-01-20", "2027-03-05", "2027-03-20"])
def test_a_revision_changes_no_piece_that_it_does_not_concern(on: str) -> None:
    """Also in the middle of the dose between the phases, which is a tablet still."""
    before = plan(parse_order(tablets_first()))
    after = revise(before, on=on, hold="1 week")
    assert forms(after) == forms(before)
    assert [step.number for step in after.steps] == [step.number for step in before.steps]


def test_the_supply_follows_the_phases() -> None:
    lines = {line.product: line for line in dispense(plan(parse_order(tablets_first()))).lines}
    assert set(lines) == {TABLET, LIQUID}


def test_a_phase_without_products_takes_all() -> None:
    found = forms(plan(parse_order(tablets_first(last={"products": [TABLET, LIQUID]}))))
    free = tablets_first()
    del free["phase"][1]["products"]
    assert found == forms(plan(parse_order(free)))


def test_a_switch_is_limited_in_the_drugs_that_it_names_products_of() -> None:
    data = tablets_first(
        product=[
            {"name": "lorazepam tablet 1 mg"},
            {"name": "diazepam tablet 5 mg"},
            {"name": "diazepam tablet 10 mg"},
        ],
        drug="lorazepam",
        current={"bedtime": "1 mg"},
        phase=[
            {
                "switch_to": "diazepam",
                "equivalence": "nhs-scotland",
                "every": "1 week",
                "products": ["diazepam tablet 5 mg"],
            },
            {"doses": ["5 mg", "0 mg"], "every": "1 week"},
        ],
    )
    found = forms(plan(parse_order(data)))
    assert found[1] == ("10", {"diazepam tablet 5 mg"})


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        (
            tablets_first({"products": ["diazepam tablet 2mg"]}),
            "phase[0].products[0]",
            "is not a product of the order; did you mean 'diazepam tablet 2 mg'",
        ),
        (tablets_first({"products": [TABLET, TABLET]}), "phase[0].products", "named twice"),
        (tablets_first({"products": []}), "phase[0].products", "must not be empty"),
        (
            tablets_first(
                {"products": ["zopiclone tablet 7.5 mg"]},
                product=[*PRODUCTS, {"name": "zopiclone tablet 7.5 mg"}],
                other=[{"drug": "zopiclone", "current": {"bedtime": "7.5 mg"}}],
            ),
            "phase[0].products[0]",
            "is zopiclone, and this phase is of diazepam",
        ),
        (
            tablets_first({"until": "3 mg", "products": [LIQUID]}, {"products": [TABLET]}),
            "phase[1].products",
            "cannot be made",
        ),
    ],
)
def test_products_that_cannot_be_are_refused_with_their_field(data: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(TaperError) as refused:
        plan(parse_order(data))
    assert (refused.value.field, words in str(refused.value)) == (field, True), str(refused.value)


def test_a_revision_that_takes_a_product_off_says_which_phase_still_names_it() -> None:
    before = plan(parse_order(tablets_first()))
    with pytest.raises(TaperError, match=r"phase\[1\].products\[0\].*taken off the products by a revision"):
        revise(before, on="2027-01-20", product=PRODUCTS[:1])


def test_a_revision_may_name_phases_with_products() -> None:
    before = plan(parse_order(tablets_first()))
    after = revise(before, on="2027-01-20", phase=[{**FIRST, "products": [TABLET]}, {**LAST, "products": [LIQUID]}])
    assert after.steps[-1].total < Mg(1)
    with pytest.raises(TaperError, match=r"phase\[0\].products\[0\].*is not a product of the order"):
        revise(before, on="2027-01-20", phase=[{**FIRST, "products": ["diazepam tablet 3 mg"]}])


def test_a_dead_end_says_that_an_added_product_must_be_named_too() -> None:
    with pytest.raises(StuckError, match="This phase takes only its products: a product that you add must stand there"):
        plan(parse_order(tablets_first({"reduce": "1 mg"})))
