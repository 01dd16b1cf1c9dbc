"""Drugs consolidated into one that is taken already: what replaces a drug is added to it, exactly, stage by stage."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given, settings, strategies as st

from taper.checker.checking import check
from taper.errors import NotMakeableError, OrderError, TaperError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.planner.switch import SwitchProducts, stages
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from tests.oracles.brute import TIMES
from tests.strategies import switch_data

LORAZEPAM = {"name": "lorazepam tablet 1 mg"}
DIAZEPAM = [{"name": "diazepam tablet 5 mg"}, {"name": "diazepam tablet 2 mg", "split": "halves"}]
SWITCH = {"drug": "lorazepam", "switch_to": "diazepam", "equivalence": "nhs-scotland", "every": "1 week"}
DOWN = {"drug": "diazepam", "reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg"}


def both(**changes: Any) -> dict[str, Any]:
    """Diazepam 5 mg and lorazepam 1 mg, each twice a day; then only diazepam."""
    return {
        "drug": "lorazepam",
        "country": "GB",
        "start": "2027-01-04",
        "current": {"morning": "1 mg", "bedtime": "1 mg"},
        "other": [{"drug": "diazepam", "current": {"morning": "5 mg", "bedtime": "5 mg"}}],
        "product": [LORAZEPAM, *DIAZEPAM],
        "phase": [SWITCH, DOWN],
        **changes,
    }


def totals(schedule: Schedule, steps: int) -> list[dict[str, str]]:
    return [{drug: dose.number for drug, dose in step.totals.items()} for step in schedule.steps[:steps]]


def test_what_replaces_a_drug_is_added_to_the_one_that_is_taken_already() -> None:
    assert totals(plan(parse_order(both())), 4) == [
        {"lorazepam": "2", "diazepam": "10"},
        {"diazepam": "20", "lorazepam": "1"},
        {"diazepam": "30"},
        {"diazepam": "27"},
    ]


def test_two_drugs_are_consolidated_into_one_after_the_other() -> None:
    """Alprazolam three times a day and lormetazepam at night become diazepam 50 mg, which is then one drug."""
    data = both(
        drug="alprazolam",
        country="BE",
        current={"morning": "0.5 mg", "noon": "0.5 mg", "evening": "0.5 mg"},
        other=[{"drug": "lormetazepam", "current": {"bedtime": "2 mg"}}],
        product=[{"name": "alprazolam tablet 0.5 mg"}, {"name": "lormetazepam tablet 2 mg"}, *DIAZEPAM],
        max_units=8,
        phase=[
            SWITCH | {"drug": "alprazolam", "equivalence": "1 mg = 20 mg"},
            SWITCH | {"drug": "lormetazepam", "equivalence": "1 mg = 10 mg"},
            DOWN,
        ],
    )
    found = plan(parse_order(data))
    assert [step["diazepam"] for step in totals(found, 5)[1:]] == ["10", "20", "30", "50"]
    assert totals(found, 5)[3:] == [{"diazepam": "30", "lormetazepam": "2"}, {"diazepam": "50"}]
    assert all(set(step.totals) == {"diazepam"} for step in found.steps[4:])
    codes = [finding.code for finding in check(found).findings]
    assert codes.count("T113") == 1  # one total over both
    assert "T107" not in codes


def test_an_exchange_is_no_rise_and_its_total_is_told_in_one_line() -> None:
    report = check(plan(parse_order(both())))
    assert not [finding for finding in report.findings if finding.code == "T107"]
    (finding,) = (finding for finding in report.findings if finding.code == "T113")
    assert finding.message == (
        "diazepam 10 mg and lorazepam 2 mg → diazepam 30 mg on 18 January 2027; tables put it at 15 to 30 mg of "
        "diazepam."
    )


@settings(max_examples=80)
@given(switch_data(), st.data())
def test_every_stage_is_what_was_taken_and_what_stands_for_what_is_gone(
    data: dict[str, Any], draw: st.DataObject
) -> None:
    order = parse_order(data)
    phase, regimen = order.phase[0], order.current.by_time()
    olds, news = ([one for one in order.products if one.product.drug == drug] for drug in ("lorazepam", "diazepam"))
    unit = min(one.smallest for one in news)
    times = draw.draw(st.lists(st.sampled_from(TIMES), min_size=1, unique=True))
    beside = {time: Mg(unit.value * draw.draw(st.integers(1, 6))) for time in times}
    whole = phase.changed(portion=None)
    try:
        found = stages(whole, "lorazepam", regimen, SwitchProducts(olds, news, order.max_units, beside), "phase[0]")
        alone = stages(whole, "lorazepam", regimen, SwitchProducts(olds, news, 60), "phase[0]")
    except (NotMakeableError, OrderError):
        event("refused")
        return
    event("replaced")
    assert [stage.old for stage in found] == [stage.old for stage in alone]
    for stage, other in zip(found, alone, strict=True):
        added = dict(other.new)
        assert dict(stage.new) == {
            t: beside.get(t, Mg(0)) + added.get(t, Mg(0)) for t in TIMES if t in beside or t in added
        }


@pytest.mark.parametrize("change", [{"hold": "1 week"}, {"every": "2 weeks"}, {"drug": "lorazepam", "back": True}])
def test_a_consolidation_is_revised_in_the_middle_as_a_switch_is(change: dict[str, Any]) -> None:
    found = revise(plan(parse_order(both())), on="2027-01-13", **change)
    doses = [step.totals for step in found.steps]
    assert doses[1] == {"diazepam": Mg(20), "lorazepam": Mg(1)}
    if "back" in change:
        assert doses[2] == {"diazepam": Mg(10), "lorazepam": Mg(2)}
    pairs = [day for day in doses if "lorazepam" in day]
    assert all(day["diazepam"].value + 10 * day["lorazepam"].value == 30 for day in pairs)
    assert max(day["diazepam"] for day in doses) == Mg(30)
    assert found.stopped_on is not None


def test_parts_of_the_start_count_from_the_dose_after_the_switches() -> None:
    down = {"drug": "diazepam", "reduce": "10% of start", "every": "2 weeks", "until": "0 mg"}
    found = plan(parse_order(both(phase=[SWITCH, down])))
    assert [step["diazepam"] for step in totals(found, 5)[2:]] == ["30", "27", "24"]


def test_other_equivalents_of_the_new_drug_are_refused_where_their_sum_cannot_be_made() -> None:
    data = both(
        product=[LORAZEPAM, {"name": "diazepam tablet 10 mg"}],
        other=[{"drug": "diazepam", "current": {"morning": "10 mg"}}],
    )
    data["phase"] = [SWITCH | {"equivalence": "1 mg = 5 mg"}, DOWN]
    with pytest.raises(
        NotMakeableError, match=r"15 mg at morning, in place of lorazepam 1 mg and of the diazepam 10 mg"
    ):
        plan(parse_order(data))


@pytest.mark.parametrize(
    ("phases", "message"),
    [
        ([DOWN, SWITCH | {"together": True}], r"phase\[1\].switch_to: diazepam is reduced at the same time"),
        ([SWITCH | {"switch_to": "lorazepam"}], r"phase\[0\].switch_to: lorazepam is the drug that is replaced"),
        (
            [{"drug": "diazepam", "cycles": [[{"morning": "5 mg"}, "0 mg"]], "every": "1 week"}, SWITCH],
            r"phase\[1\].switch_to: diazepam is not taken every day alike",
        ),
    ],
)
def test_a_switch_that_has_no_daily_dose_to_be_added_to_is_refused(phases: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(TaperError, match=message):
        plan(parse_order(both(phase=phases)))


@pytest.mark.parametrize("on", ["2027-01-06", "2027-01-14"])
@pytest.mark.parametrize("phases", [[], [{"reduce": "0.5 mg", "every": "2 weeks", "until": "1 mg"}]])
def test_a_finish_date_never_leaves_out_what_replaces_a_drug(phases: list[dict[str, Any]], on: str) -> None:
    """By a date lorazepam would fall to nothing, the diazepam for it would never be taken, and nothing would say so."""
    products = [LORAZEPAM | {"split": "halves"}, *DIAZEPAM]
    before = plan(parse_order(both(stop_from="0.5 mg", product=products, phase=[*phases, SWITCH, DOWN])))
    with pytest.raises(OrderError, match="another drug replaces this one") as caught:
        revise(before, on=on, drug="lorazepam", finish="2027-06-01")
    assert caught.value.field == "finish"


def test_parts_of_start_after_an_unfinished_switch_count_from_what_was_reached() -> None:
    """Diazepam came to 10 mg only: 20% of it is 2 mg, not the 4 mg of the 20 mg that it was to reach."""
    data = {
        "drug": "lorazepam",
        "country": "US",
        "start": "2024-01-01",
        "current": {"morning": "1 mg", "bedtime": "1 mg"},
        "product": [
            {"name": "lorazepam tablet 1 mg", "split": "halves"},
            {"name": "diazepam tablet 2 mg", "split": "halves"},
        ],
        "phase": [
            {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": "10 days"},
            {"reduce": "20% of start, at least 1 mg", "every": "1 week", "until": "0 mg"},
        ],
    }
    phase = {"reduce": "20% of current, at least 0.5 mg", "every": "10 days", "until": "0 mg"}
    revised = revise(plan(parse_order(data)), on="2024-01-12", drug="lorazepam", phase=[phase])
    doses = [sum((i.dose for i in step.intakes if i.drug == "diazepam"), Mg(0)) for step in revised.steps]
    assert list(map(str, doses)) == ["0 mg", "10 mg", "10 mg", "10 mg", "8 mg", "6 mg", "4 mg", "2 mg"]
    assert not [found for found in check(revised).findings if found.code == "T104"]
