"""The pieces of a plan are held against the products that its order names: which they are, how cut, and how many."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from taper.errors import ProofError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.proof import prove
from taper.proof.sums import is_plan
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Item
from taper.schedule.schedule import Remark, Schedule, Step
from tests.support.histories import with_history

Data = dict[str, Any]

FIVE = {"name": "diazepam tablet 5 mg", "split": "quarters"}
TEN = {"name": "diazepam tablet 10 mg", "split": "whole"}
BASE: Data = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"bedtime": "5 mg"},
    "product": [FIVE],
    "phase": [{"doses": ["3.75 mg", "2.5 mg", "1.25 mg", "0 mg"], "every": "1 week"}],
}
MADE = {"name": "made tablet", "source": "clinician", "form": "tablet", "strength": "5 mg", "split": "quarters"}
SOLUTION = {"name": "diazepam oral solution 2 mg/5 mL", "device": "5 mL oral syringe", "graduation": "0.5 mL"}
LIQUID: Data = {
    "current": {"bedtime": "4 mg"},
    "phase": [{"doses": ["3.8 mg", "2 mg"], "every": "1 week"}],
    "product": [SOLUTION],
}


def made(**changes: Any) -> Data:
    """An order of a tablet that it describes itself."""
    return {"product": [MADE | changes]}


def liquid(**changes: Any) -> Data:
    """An order of a liquid."""
    return LIQUID | {"product": [SOLUTION | changes]}


# what is planned; the words under which it is refused; what is said
CASES: dict[str, tuple[Data, Data, str]] = {
    "halves": (
        {},
        {"product": [FIVE | {"split": "halves"}]},
        "on 2026-01-12 at bedtime 3/4 of diazepam tablet 5 mg is taken, which the order does not allow",
    ),
    "whole": (
        {},
        {"product": [FIVE | {"split": "whole"}]},
        "on 2026-01-12 at bedtime 3/4 of diazepam tablet 5 mg is taken, which the order does not allow",
    ),
    "no parts named": (
        {},
        {"product": [{"name": FIVE["name"]}]},
        "on 2026-01-12 at bedtime 3/4 of diazepam tablet 5 mg is taken, which the order does not allow",
    ),
    "another product": (
        {},
        {"product": [TEN | {"split": "quarters"}]},
        "on 2026-01-05 at bedtime diazepam tablet 5 mg is taken, which the order does not name",
    ),
    "a strength": (
        made(),
        made(strength="4 mg"),
        "on 2026-01-05 at bedtime the pieces make 4 mg, and the dose is said to be 5 mg of diazepam",
    ),
    "a strength in micrograms": (
        made(),
        made(strength="500 mcg"),
        "on 2026-01-05 at bedtime the pieces make 1/2 mg, and the dose is said to be 5 mg of diazepam",
    ),
    "parts of what is described": (
        made(),
        made(split="halves"),
        "on 2026-01-12 at bedtime 3/4 of made tablet is taken, which the order does not allow",
    ),
    "three quarters are two pieces": (
        {"max_units": 2},
        {"max_units": 1},
        "on 2026-01-12 at bedtime 2 units are taken at once, and the order allows 1",
    ),
    "a whole one and three quarters": (
        {"current": {"bedtime": "8.75 mg"}, "max_units": 3},
        {"current": {"bedtime": "8.75 mg"}, "max_units": 2},
        "on 2026-01-05 at bedtime 3 units are taken at once, and the order allows 2",
    ),
    "a whole one and a quarter": (
        {"current": {"bedtime": "6.25 mg"}, "max_units": 2},
        {"current": {"bedtime": "6.25 mg"}, "max_units": 1},
        "on 2026-01-05 at bedtime 2 units are taken at once, and the order allows 1",
    ),
    "two products": (
        {"current": {"bedtime": "15 mg"}, "product": [FIVE, TEN], "max_units": 2},
        {"current": {"bedtime": "15 mg"}, "product": [FIVE, TEN], "max_units": 1},
        "on 2026-01-05 at bedtime 2 units are taken at once, and the order allows 1",
    ),
    "lines of a syringe": (
        liquid(),
        liquid(graduation="1 mL"),
        "on 2026-01-12 at bedtime 19/2 of diazepam oral solution 0.4 mg/mL is taken, which the order does not allow",
    ),
}


def planned(changes: Data) -> Schedule:
    """Return the plan of the usual order with some changes."""
    return plan(parse_order(BASE | changes))


def refused(schedule: Schedule, problem: str) -> None:
    """Ask that a plan is refused with these words."""
    with pytest.raises(ProofError) as refusal:
        prove(schedule, "the test")
    assert f"does not add up: {problem}" in str(refusal.value)


@pytest.mark.parametrize("name", CASES)
def test_pieces_are_refused_under_the_words_of_another_order(name: str) -> None:
    """And are proved under those of their own."""
    own, other, problem = CASES[name]
    schedule = planned(own)
    prove(schedule, "the test")
    refused(replace(schedule, order=parse_order(BASE | other)), problem)


def test_a_quarter_is_one_piece() -> None:
    """It is proved where one piece is allowed."""
    stop = {"doses": ["0 mg"], "every": "1 week"}
    prove(planned({"max_units": 1, "current": {"bedtime": "1.25 mg"}, "phase": [stop]}), "the test")


def test_any_volume_is_one_unit() -> None:
    prove(planned(LIQUID | {"max_units": 1}), "the test")


ON: Data = {"on": "2026-01-14"}


def under(schedule: Schedule, *revisions: Data) -> Schedule:
    """Return the same days under the words of other revisions."""
    assert schedule.order is not None
    places = [{} if event.at_phase is None else {"at_phase": event.at_phase} for event in schedule.order.history]
    entries = [ON | revision | place for revision, place in zip(revisions, places, strict=True)]
    return replace(schedule, order=with_history(BASE, *entries))


def test_a_product_of_a_revision_may_be_taken_from_its_own_day_on() -> None:
    """Not before: what the order named first holds until then."""
    two = {"name": "diazepam tablet 2 mg", "split": "halves"}
    new: Data = {"product": [two], "phase": [{"doses": ["2 mg", "1 mg"], "every": "1 week"}], "dose": "3 mg"}
    schedule = revise(planned({}), **ON, **new)
    assert [item.product for item in schedule.steps[2].intakes[0].items] == [two["name"]]
    prove(schedule, "the test")
    later = under(schedule, new | {"on": "2026-01-15"})
    refused(later, "on 2026-01-14 at bedtime 3/2 of diazepam tablet 2 mg is taken, which the order does not allow")
    other = under(schedule, new | {"product": [two | {"split": "whole"}]})
    refused(other, "on 2026-01-14 at bedtime 3/2 of diazepam tablet 2 mg is taken, which the order does not allow")


def test_the_products_of_before_count_again_where_a_revision_is_taken_back() -> None:
    """Those of the revision before it, or of the order itself; a revision without products keeps those there are."""
    two = {"name": "diazepam tablet 2 mg", "split": "halves"}
    schedule = planned({})
    changes: list[tuple[Data, str]] = [
        ({"product": [two], "phase": [{"doses": ["2 mg", "1 mg"], "every": "1 week"}], "dose": "3 mg"}, two["name"]),
        ({"hold": "1 week"}, two["name"]),
        ({"product": [FIVE], "phase": [{"doses": ["2.5 mg"], "every": "1 week"}], "dose": "3.75 mg"}, FIVE["name"]),
        ({"undo": True}, two["name"]),
        ({"undo": True}, two["name"]),
        ({"undo": True}, FIVE["name"]),
    ]
    for change, name in changes:
        schedule = revise(schedule, **ON, **change)
        assert {item.product for item in schedule.steps[-1].intakes[0].items} == {name}
        prove(schedule, "the test")


def test_more_pieces_may_be_taken_where_a_revision_allows_them() -> None:
    """And no more than it does."""
    first = {"max_units": 1, "current": {"bedtime": "5 mg"}, "phase": [{"doses": ["1.25 mg"], "every": "1 week"}]}
    schedule = revise(planned(first), **ON, max_units=2, dose="3.75 mg")
    prove(schedule, "the test")
    assert schedule.order is not None
    place = {"at_phase": schedule.order.history[0].at_phase}
    other = with_history(BASE | first, ON | {"dose": "3.75 mg", "max_units": 1} | place)
    refused(
        replace(schedule, order=other), "on 2026-01-14 at bedtime 2 units are taken at once, and the order allows 1"
    )


def changed(schedule: Schedule, **changes: Any) -> Schedule:
    """Change the first intake of the second step."""
    first, second, *more = schedule.steps
    second = replace(second, intakes=(replace(second.intakes[0], **changes), *second.intakes[1:]))
    return replace(schedule, steps=(first, second, *more))


def test_what_is_wrong_is_named_with_its_day_and_its_time() -> None:
    """A dose, a product, a part, a drug, and what stands twice."""
    schedule = planned({})
    taken = schedule.steps[1].intakes[0]
    (item,) = taken.items
    at = "on 2026-01-12 at bedtime"
    refused(changed(schedule, dose=Mg(4)), f"{at} the pieces make 15/4 mg, and the dose is said to be 4 mg of diazepam")
    refused(changed(schedule, items=(item, item)), f"{at} diazepam tablet 5 mg stands twice")
    other = Item("diazepam tablet 9 mg", item.count)
    refused(changed(schedule, items=(other,)), f"{at} diazepam tablet 9 mg is taken, which the order does not name")
    third = Item(item.product, Pieces(Fraction(1, 3)))
    refused(
        changed(schedule, items=(third,)), f"{at} 1/3 of diazepam tablet 5 mg is taken, which the order does not allow"
    )
    none = Item(item.product, Pieces(0))
    refused(
        changed(schedule, items=(none,)), f"{at} 0 of diazepam tablet 5 mg is taken, which the order does not allow"
    )
    refused(changed(schedule, drug="zopiclone"), f"{at} zopiclone is taken, which the order does not name")
    twice = replace(schedule.steps[1], intakes=(taken, taken))
    refused(with_step(schedule, 1, twice), "on 2026-01-12 diazepam stands twice at bedtime")


def with_step(schedule: Schedule, place: int, step: Step) -> Schedule:
    """Put another step into a schedule."""
    steps = list(schedule.steps)
    steps[place] = step
    return replace(schedule, steps=tuple(steps))


def test_a_tablet_under_the_name_of_another_drug_is_refused() -> None:
    """A product is that of the drug that its name or its order says."""
    both: Data = {
        "other": [{"drug": "lorazepam", "current": {"bedtime": "1 mg"}}],
        "product": [FIVE, {"name": "lorazepam tablet 1 mg", "split": "whole"}],
    }
    schedule = planned(both)
    prove(schedule, "the test")
    (lorazepam,) = (one for one in schedule.steps[1].intakes if one.drug == "lorazepam")
    rest = tuple(one for one in schedule.steps[1].intakes if one is not lorazepam)
    wrong = replace(lorazepam, drug="diazepam", time="noon")
    step = replace(schedule.steps[1], intakes=(wrong, *rest))
    refused(
        with_step(schedule, 1, step),
        "on 2026-01-12 at noon lorazepam tablet 1 mg stands under diazepam, and is lorazepam",
    )


def test_wrong_days_and_numbers_are_named() -> None:
    """Gaps, an end before a beginning, numbers, the day of the stop, the count of revisions."""
    schedule = planned({})
    step = schedule.steps[1]
    says = {
        "the step from 2026-01-13 follows the days until 2026-01-11": with_step(
            schedule, 1, replace(step, start=step.start.replace(day=13))
        ),
        "it begins on 2026-01-12, and its order on 2026-01-05": replace(schedule, steps=schedule.steps[1:]),
        "the step from 2026-01-12 ends on 2026-01-11, before it begins": with_step(
            schedule, 1, replace(step, end=step.end.replace(day=11))
        ),
        "step 3 follows step 1 on 2026-01-19": with_step(schedule, 2, replace(schedule.steps[2], number=3)),
        "step 0 follows step 1 on 2026-01-19": with_step(schedule, 2, replace(schedule.steps[2], number=0)),
        "step 1 follows step 0 on 2026-01-05": with_step(schedule, 0, replace(schedule.steps[0], number=1)),
        "the first day without the drug is said to be 2026-02-03, and its last day is 2026-02-01": replace(
            schedule, stopped_on=schedule.stopped_on and schedule.stopped_on.replace(day=3)
        ),
        "it is called revision 1, and its order was revised 0 times": replace(schedule, revision=1),
        "it has no step": replace(schedule, steps=()),
    }
    for problem, wrong in says.items():
        refused(wrong, problem)


def test_a_step_of_one_day_is_proved() -> None:
    """It ends on the day on which it begins."""
    prove(planned({"phase": [{"doses": ["3.75 mg", "2.5 mg"], "every": "1 day"}]}), "the test")


def test_only_the_plan_of_an_order_is_held() -> None:
    """Not what another tool wrote, what has another kind of identifier, or what somebody changed."""
    schedule = planned({})
    assert is_plan(schedule)
    identifier = schedule.plan_id
    for other in (
        replace(schedule, order=None),
        replace(schedule, plan_id=""),
        replace(schedule, plan_id=f"{identifier}0"),
        replace(schedule, plan_id=f"{identifier[:14]}4{identifier[15:]}"),
        replace(schedule, plan_id=f"{identifier[:19]}7{identifier[20:]}"),
        replace(schedule, remarks=(*schedule.remarks, Remark("altered", "changed by hand"))),
        replace(schedule, origin="fhir"),
    ):
        assert not is_plan(other)
        prove(replace(other, steps=other.steps[:1]), "the test")
