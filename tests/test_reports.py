"""What people reported as wrong, or could not say, each with its right answer worked out by hand."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from taper.checker.checking import check
from taper.errors import OrderError, StuckError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense


def order(drug: str, country: str, current: dict[str, str] | str, *products: Any, **more: Any) -> dict[str, Any]:
    """An order; a product is its name, or (name, split), or a table; what is no key of a phase is one of the order."""
    keys = ("reduce", "every", "until", "finish", "doses", "cycles", "weekly")
    phase = {"every": "2 weeks", "until": "0 mg"} | {key: more.pop(key) for key in keys if key in more}
    lines = [
        {"name": one} if isinstance(one, str) else {"name": one[0], "split": one[1]} if isinstance(one, tuple) else one
        for one in products
    ]
    return {
        "drug": drug,
        "country": country,
        "start": "2026-02-02",
        "current": {"bedtime": current} if isinstance(current, str) else current,
        "product": lines,
        "phase": [phase],
    } | more


def liquid(name: str, device: str, graduation: str, **more: str) -> dict[str, str]:
    return {"name": name, "device": device, "graduation": graduation} | more


def planned(data: dict[str, Any]) -> Schedule:
    return plan(parse_order(data))


def supply(schedule: Schedule) -> dict[str, str]:
    return {line.product: str(line.volume or line.count) for line in dispense(schedule).lines}


def doses(schedule: Schedule) -> list[str]:
    return [step.total.number for step in schedule.steps]


def made_of(schedule: Schedule, number: int) -> list[str]:
    """What a step is made of, in short."""
    step = next(step for step in schedule.steps if step.number == number)
    return [f"{item.volume or item.count} {item.product}" for intake in step.intakes for item in intake.items]


def ways_out(data: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(StuckError) as caught:
        planned(data)
    return caught.value.ways_out


def codes(schedule: Schedule) -> set[str]:
    return {finding.code for finding in check(schedule).findings}


SYRINGE = ("1 mL oral syringe", "0.1 mL")
THREE_TIMES = {"morning": "1 mg", "noon": "1 mg", "bedtime": "1 mg"}


def test_tablets_make_what_they_can_and_a_liquid_the_rest() -> None:
    """By hand: 14 days times (4.5 + 4 + ... + 0.5 mL) twice; 14 tablets times (2 x 1 + 1 x 10)."""
    products = ("diazepam tablet 5 mg", liquid("diazepam oral solution 1 mg/mL", *SYRINGE))
    schedule = planned(order("diazepam", "US", "10 mg", *products, reduce="0.5 mg"))
    assert made_of(schedule, 0) == ["2 diazepam tablet 5 mg"]
    assert made_of(schedule, 1) == ["1 diazepam tablet 5 mg", "4.5 mL diazepam oral solution 1 mg/mL"]
    assert supply(schedule) == {"diazepam tablet 5 mg": "168", "diazepam oral solution 1 mg/mL": "630 mL"}


def test_tablets_make_what_they_can_three_times_a_day_too() -> None:
    """The noon dose goes first; no more than one of the three is ever measured."""
    compounded = liquid("clonazepam compounded 0.1 mg/mL", "5 mL oral syringe", "0.1 mL", source="clinician")
    compounded |= {"form": "oral solution", "strength": "0.1 mg/mL"}
    data = order("clonazepam", "US", THREE_TIMES, "clonazepam tablet 0.5 mg", compounded, reduce="0.05 mg")
    data["phase"][0]["every"] = "1 week"
    schedule = planned(data | {"reduce_first": ["noon"]})
    assert supply(schedule) == {"clonazepam tablet 0.5 mg": "1092", "clonazepam compounded 0.1 mg/mL": "945 mL"}
    for step in schedule.steps:
        assert sum(item.volume is not None for intake in step.intakes for item in intake.items) <= 1


def test_an_added_liquid_changes_nothing_of_today() -> None:
    products = ("diazepam tablet 5 mg", "diazepam tablet 2 mg")
    fine = liquid("diazepam oral solution 1 mg/mL", "5 mL oral syringe", "0.1 mL")
    schedule = planned(order("diazepam", "GB", "10 mg", *products, fine, reduce="10% of current", until="1 mg"))
    assert made_of(schedule, 0) == ["2 diazepam tablet 5 mg"]
    assert made_of(schedule, 1) == ["1 diazepam tablet 5 mg", "2 diazepam tablet 2 mg"]
    assert made_of(schedule, 2) == ["4 diazepam tablet 2 mg", "0.1 mL diazepam oral solution 1 mg/mL"]


def test_tablets_come_first_and_no_step_goes_back_from_the_liquid_to_them() -> None:
    fine = liquid("diazepam oral solution 0.4 mg/mL", "5 mL oral syringe", "0.1 mL")
    data = order("diazepam", "GB", "10 mg", "diazepam tablet 2 mg", fine)
    steps = [
        {"reduce": "2 mg", "every": "2 weeks", "until": "2 mg"},
        {"reduce": "10% of current, at least 0.1 mg", "every": "2 weeks", "until": "0 mg"},
    ]
    schedule = planned(data | {"phase": steps})
    measured = [any(item.volume is not None for i in step.intakes for item in i.items) for step in schedule.steps]
    assert measured == [False] * 5 + [True] * (len(measured) - 5)


def test_an_eighth_is_half_of_the_weaker_tablet() -> None:
    """The same doses are made by halves alone, so that nothing is said of quarters."""
    products = (("alprazolam tablet 0.5 mg", "quarters"), ("alprazolam tablet 0.25 mg", "halves"))
    current = {"morning": "1 mg", "noon": "0.5 mg", "evening": "1 mg"}
    data = order("alprazolam", "US", current, *products, reduce="10% of current, at least 0.125 mg")
    schedule = planned(data)
    assert made_of(schedule, 18) == ["0.5 alprazolam tablet 0.25 mg"]
    assert "T209" not in codes(schedule)
    data["product"][0]["split"] = "halves"
    assert doses(planned(data)) == doses(schedule)


@pytest.mark.parametrize(
    ("data", "first"),
    [
        (
            order("alprazolam", "US", THREE_TIMES, ("alprazolam tablet 0.25 mg", "halves"), reduce="5% of current"),
            'reduce = "5% of current, at least 0.125 mg"',
        ),
        (
            order(
                "diazepam",
                "GB",
                {"morning": "10 mg", "bedtime": "10 mg"},
                ("diazepam tablet 2 mg", "halves"),
                reduce="10% of current",
            ),
            'reduce = "10% of current, at least 1 mg"',
        ),
        (
            order(
                "clonazepam",
                "US",
                {"morning": "1 mg", "bedtime": "1 mg"},
                ("clonazepam tablet 0.5 mg", "quarters"),
                reduce="10% of current",
                every="4 weeks",
            ),
            'reduce = "10% of current, at least 0.125 mg"',
        ),
    ],
)
def test_the_first_way_out_keeps_the_ordered_step(data: dict[str, Any], first: str) -> None:
    assert ways_out(data)[0] == first
    assert not [way for way in ways_out(data) if "50%" in way]


def test_a_person_who_cannot_split_is_offered_no_split() -> None:
    products = ("diazepam tablet 5 mg", "diazepam tablet 2 mg")
    found = ways_out(order("diazepam", "GB", "10 mg", *products, reduce="10% of current, at least 1 mg"))
    assert "diazepam oral solution" in found[0]
    assert not [way for way in found if "halves" in way or "quarters" in way]


FINISH = order(
    "diazepam",
    "GB",
    {"morning": "5 mg", "bedtime": "10 mg"},
    "diazepam tablet 5 mg",
    ("diazepam tablet 2 mg", "halves"),
    finish="2027-07-31",
    start="2027-01-04",
    stop_from="1 mg",
)


@pytest.mark.parametrize(
    "slower",
    [
        {"back": True, "hold": "4 weeks", "every": "4 weeks"},
        {"every": "4 weeks"},
        {"hold": "8 weeks"},
        {"hold": "4 weeks"},
    ],
)
def test_who_got_worse_is_not_cut_faster_for_the_sake_of_a_date(slower: dict[str, Any]) -> None:
    """It was cut from 9 to 3 mg; now it is asked, and each answer but the date itself leaves no cut above 20%."""
    before = planned(FINISH)
    with pytest.raises(OrderError, match="the finish date 2027-07-31 stays in force") as caught:
        revise(before, on="2027-04-05", **slower)
    later = re.findall(r'finish = "([^"]+)"', caught.value.message)
    assert later[-1] == "2027-07-31"
    after = revise(before, on="2027-04-05", finish=later[0], **slower)
    cut = {step.start.isoformat(): cut for step, cut in zip(after.steps[1:], after.cuts, strict=False)}
    most = max(cut.of_current for cut in before.cuts if not cut.stops)
    assert all(one.of_current <= most for day, one in cut.items() if day > "2027-04-05" and not one.stops)


def test_a_step_that_the_syringe_cannot_measure_is_said() -> None:
    fine = liquid("diazepam oral solution 1 mg/mL", "1 mL oral syringe", "0.01 mL")
    schedule = planned(order("diazepam", "US", "5 mg", fine, reduce="0.025 mg", every="1 day"))
    (slower,) = (finding for finding in check(schedule).findings if finding.code == "T118")
    assert "0.025 mg cannot be made, one of 0.02 mg can; 250 cuts in 250 days, not 200 in 200" in slower.message
    (fillings,) = (finding for finding in check(schedule).findings if finding.code == "T215")
    assert "up to 5 fillings" in fillings.message


def test_each_half_of_a_scored_odt_uses_up_one() -> None:
    """By hand, 14 days each: 4, 4, 4, 3, 2, 2, 2 and 1 tablets."""
    odt = {"name": "alprazolam ODT 0.25 mg", "maker": "generic (MPR entry)", "split": "halves"}
    schedule = planned(order("alprazolam", "US", {"morning": "0.5 mg", "bedtime": "0.5 mg"}, odt, reduce="0.125 mg"))
    assert supply(schedule) == {"alprazolam ODT 0.25 mg": "308"}
    assert "T204" in codes(schedule)


def test_two_milligrams_in_a_glass_are_cut_by_one_line_a_day() -> None:
    water = liquid("lorazepam 2 mg in 300 mL water", "300 mL cylinder", "1 mL", source="clinician")
    water |= {"form": "oral solution", "strength": "2 mg/300 mL"}
    schedule = planned(order("lorazepam", "US", "2 mg", water, reduce="0.0067 mg", every="1 day"))
    assert [step.total for step in schedule.steps] == [Mg(Fraction(300 - day, 150)) for day in range(300)]
    assert str(schedule.stopped_on) == "2026-11-29"
    assert supply(schedule) == {"lorazepam 2 mg in 300 mL water": f"{300 * 301 // 2} mL"}


def test_every_second_night_is_strictly_so() -> None:
    cycles = {"cycles": [["3.75 mg", "0 mg"]], "every": "8 days"}
    schedule = planned(order("zopiclone", "GB", "3.75 mg", "zopiclone tablet 3.75 mg", **cycles))
    nights = [bool(step.intakes) for step in schedule.steps if step.number == 1 for _ in range(step.days)]
    assert nights == [True, False] * 4


def test_a_start_on_six_nights_of_the_week_can_be_said() -> None:
    week = {"weekly": {"usual": {"bedtime": "7.5 mg"}, "Monday": "0 mg"}}
    less = {"doses": ["3.75 mg", "0 mg"]}
    data = order("zopiclone", "GB", week, "zopiclone tablet 3.75 mg", **less)
    del data["phase"][0]["until"]
    schedule = planned(data)
    assert [step.total.number for step in schedule.steps if step.number == 0] == ["0", "7.5", "0", "7.5"]
    assert supply(schedule) == {"zopiclone tablet 3.75 mg": str(12 * 2 + 14)}


def test_powder_is_cut_by_what_the_scale_shows() -> None:
    """170 mg of powder in 2 mg: 0.036 mg are 3.06 mg of powder, so 3 mg; 15.8 mg are 1343 mg."""
    tablet = liquid("diazepam tablet 2 mg", "scale", "1 mg", weight="170 mg")
    schedule = planned(order("diazepam", "GB", "15.8 mg", tablet, reduce="0.036 mg", every="2 days"))
    assert [step.total for step in schedule.steps] == [Mg(Fraction(weight, 85)) for weight in range(1343, 0, -3)]
    assert "T216" in codes(schedule)


def test_two_benzodiazepines_become_one() -> None:
    """Diazepam 10 mg and lorazepam 2 mg: 20 mg more, at 1 mg for 10 mg, so 30 mg, in two weekly stages."""
    phases = [
        {"drug": "lorazepam", "switch_to": "diazepam", "equivalence": "nhs-scotland", "every": "1 week"},
        {"drug": "diazepam", "reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg"},
    ]
    twice = {"morning": "1 mg", "bedtime": "1 mg"}
    products = ("lorazepam tablet 1 mg", "diazepam tablet 5 mg", ("diazepam tablet 2 mg", "halves"))
    data = order("lorazepam", "GB", twice, *products, phase=phases)
    data["other"] = [{"drug": "diazepam", "current": {"morning": "5 mg", "bedtime": "5 mg"}}]
    schedule = planned(data)
    totals = [{drug: dose.number for drug, dose in step.regimen.totals.items()} for step in schedule.steps[:4]]
    assert totals == [
        {"lorazepam": "2", "diazepam": "10"},
        {"lorazepam": "1", "diazepam": "20"},
        {"diazepam": "30"},
        {"diazepam": "27"},
    ]
    (sum_of_both,) = (finding for finding in check(schedule).findings if finding.code == "T113")
    assert "diazepam 10 mg and lorazepam 2 mg → diazepam 30 mg" in sum_of_both.message


def test_alprazolam_and_lormetazepam_become_diazepam() -> None:
    """0.5 mg three times a day at 1 mg for 20 mg, and 2 mg at 1 mg for 10 mg: 30 mg, then 50 mg."""
    phases = [
        {"drug": "alprazolam", "switch_to": "diazepam", "equivalence": "1 mg = 20 mg", "every": "1 week"},
        {"drug": "lormetazepam", "switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": "1 week"},
        {"drug": "diazepam", "reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg"},
    ]
    three = {"morning": "0.5 mg", "noon": "0.5 mg", "evening": "0.5 mg"}
    products = [(f"{drug} tablet {mg} mg", "halves") for drug, mg in (("alprazolam", "0.5"), ("lormetazepam", "2"))]
    products += [(f"diazepam tablet {mg} mg", "halves") for mg in (10, 5, 2)]
    data = order("alprazolam", "BE", three, *products, phase=phases)
    data["other"] = [{"drug": "lormetazepam", "current": {"bedtime": "2 mg"}}]
    schedule = planned(data)
    diazepam = [step.regimen.totals.get("diazepam", Mg(0)).number for step in schedule.steps[:6]]
    assert diazepam == ["0", "10", "20", "30", "50", "45"]
