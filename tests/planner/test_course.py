"""Plans put together from legs: switches, several drugs, weekly patterns; and each leg as if it were alone."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, reject, strategies as st

from taper.errors import OrderError, TaperError
from taper.order.order import parse_order
from taper.order.parts import WEEKDAYS
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from tests.strategies import order_data, weekly_orders

ZOPICLONE = {"name": "zopiclone tablet 7.5 mg", "source": "clinician", "form": "tablet", "strength": "7.5 mg"}


def two_drugs(**changes: Any) -> dict[str, Any]:
    """Diazepam 10 mg and zopiclone 7.5 mg at night: zopiclone goes first, in halves, then diazepam."""
    return {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-01-05",
        "current": {"bedtime": "10 mg"},
        "other": [{"drug": "zopiclone", "current": {"bedtime": "7.5 mg"}}],
        "product": [
            {"name": "diazepam tablet 5 mg", "split": "halves"},
            {"name": "diazepam tablet 2 mg", "split": "halves"},
            ZOPICLONE | {"drug": "zopiclone", "split": "halves"},
        ],
        "phase": [
            {"drug": "zopiclone", "reduce": "3.75 mg", "every": "2 weeks", "until": "0 mg"},
            {"drug": "diazepam", "reduce": "1 mg", "every": "2 weeks", "until": "0 mg"},
        ],
        **changes,
    }


def changed_drugs(schedule: Schedule) -> list[set[str]]:
    """The drugs whose daily dose changes from each step to the next."""
    found = []
    for before, after in zip(schedule.steps, schedule.steps[1:], strict=False):
        one, other = before.totals, after.totals
        found.append({drug for drug in {**one, **other} if one.get(drug, Mg(0)) != other.get(drug, Mg(0))})
    return found


# ---- several drugs -------------------------------------------------------------------------------


def test_one_drug_goes_after_the_other_and_the_other_is_held() -> None:
    """While zopiclone goes, diazepam stays at 10 mg; two weeks after the last zopiclone, diazepam begins to fall."""
    found = plan(parse_order(two_drugs()))
    assert [(s.start, {d: str(m) for d, m in s.totals.items()}) for s in found.steps[:4]] == [
        (date(2026, 1, 5), {"diazepam": "10 mg", "zopiclone": "7.5 mg"}),
        (date(2026, 1, 19), {"diazepam": "10 mg", "zopiclone": "3.75 mg"}),
        (date(2026, 2, 2), {"diazepam": "10 mg"}),
        (date(2026, 2, 16), {"diazepam": "9 mg"}),
    ]
    assert found.stopped_on is not None
    assert all(len(drugs) == 1 for drugs in changed_drugs(found))


def test_a_drug_that_no_phase_names_stays_and_the_plan_does_not_stop() -> None:
    found = plan(parse_order(two_drugs(phase=[{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}])))
    assert found.stopped_on is None
    assert [str(step.totals["zopiclone"]) for step in found.steps] == ["7.5 mg"] * len(found.steps)
    assert "diazepam" not in found.steps[-1].totals


def test_two_drugs_fall_together_only_where_the_order_says_so() -> None:
    phases: list[dict[str, Any]] = [
        {"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"},
        {"drug": "zopiclone", "reduce": "3.75 mg", "every": "4 weeks", "until": "0 mg", "together": True},
    ]
    found = plan(parse_order(two_drugs(phase=phases)))
    assert {"diazepam", "zopiclone"} in changed_drugs(found)
    del phases[1]["together"]
    apart = plan(parse_order(two_drugs(phase=phases)))
    assert {"diazepam", "zopiclone"} not in changed_drugs(apart)
    assert (apart.stopped_on or date.min) > (found.stopped_on or date.max)


@pytest.mark.parametrize(
    "said",
    [
        {"back": True},
        {"dose": "8 mg"},
        {"taken": "8 mg"},
        {"reduce": "0.5 mg"},
        {"every": "4 weeks"},
        {"until": "5 mg"},
        {"finish": "2026-12-31"},
    ],
    ids=str,
)
def test_where_two_drugs_fall_together_a_revision_of_one_must_name_it(said: dict[str, Any]) -> None:
    """On 20 January both have been cut once; a pause without a name holds both."""
    together: list[dict[str, Any]] = [
        {"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"},
        {"drug": "zopiclone", "doses": ["5 mg", "2.5 mg", "0 mg"], "every": "2 weeks", "together": True},
    ]
    products = [*two_drugs()["product"][:2], ZOPICLONE | {"name": "z", "drug": "zopiclone", "strength": "2.5 mg"}]
    before = plan(parse_order(two_drugs(phase=together, product=products)))
    with pytest.raises(OrderError, match=r"^drug: diazepam and zopiclone are reduced at this time; name the one") as no:
        revise(before, on="2026-01-20", **said)
    assert no.value.field == "drug"
    held = revise(before, on="2026-01-20", hold="1 week")
    assert held.stopped_on == (before.stopped_on or date.max) + timedelta(days=7)


@given(order_data(times=1), order_data(times=1))
def test_each_drug_of_an_order_is_planned_as_if_it_were_alone(one: dict[str, Any], other: dict[str, Any]) -> None:
    """The first drug follows its own order day by day; the second is held, then follows its own from there on."""
    for data in (one, other):
        for key in ("hold", "change_on", "first_cut", "stop_from", "reduce_first", "spread"):
            data.pop(key, None)
        data["max_units"] = 8
    other["drug"] = "zopiclone"
    for line in other["product"]:
        line["name"], line["drug"] = f"second {line['name']}", "zopiclone"
    other["phase"] = [{**phase, "drug": "zopiclone"} for phase in other["phase"]]
    joint = {**one, "product": [*one["product"], *other["product"]], "phase": [*one["phase"], *other["phase"]]}
    joint["other"] = [{"drug": "zopiclone", "current": other["current"]}]
    try:
        first = plan(parse_order(one))
        day = first.steps[-1].start if first.stopped_on is None else first.stopped_on
        second = plan(parse_order({**other, "start": day.isoformat()}))
        found = plan(parse_order(joint))
    except TaperError:
        reject()
    for today, step in found.days():
        mine = next((s for d, s in first.days() if d == today), None)
        if mine is not None:
            assert [i for i in step.intakes if i.drug == "diazepam"] == list(mine.intakes)
        theirs = next((s for d, s in second.days() if d == today), second.steps[0] if today < day else None)
        if theirs is not None:
            assert [i for i in step.intakes if i.drug == "zopiclone"] == list(theirs.intakes)
    assert all(len(drugs) <= 1 for drugs in changed_drugs(found))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"other": [{"drug": "diazepam", "current": {"noon": "1 mg"}}]}, r"other\[0\].drug: 'diazepam' stands twice"),
        ({"other": [{"drug": "zopiclon", "current": {"noon": "1 mg"}}]}, r"other\[0\].drug.*zopiclone"),
        (
            {"other": [], "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}]},
            r"product\[2\].name.*zopiclone",
        ),
        (
            {"other": [{"drug": "zopiclone", "current": {"bedtime": "5 mg"}}]},
            r"other\[0\].current.bedtime: 5 mg cannot",
        ),
        (
            {
                "phase": [
                    {"drug": "zopiclone", "reduce": "3.75 mg", "every": "1 week", "until": "0 mg", "together": True}
                ]
            },
            r"phase\[0\].together",
        ),
        (
            {"phase": [{"drug": "lorazepam", "reduce": "1 mg", "every": "1 week", "until": "0 mg"}]},
            r"phase\[0\].drug: 'lorazepam' is not taken at this point",
        ),
    ],
)
def test_an_order_of_several_drugs_that_cannot_be_is_refused_with_its_field(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(TaperError, match=message):
        plan(parse_order(two_drugs(**changes)))


# ---- weekly patterns -----------------------------------------------------------------------------


def weekly(phase: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Zopiclone 7.5 mg at night, with halves, from Wednesday 7 January on."""
    return {
        "drug": "zopiclone",
        "country": "GB",
        "start": "2026-01-07",
        "current": {"bedtime": "7.5 mg"},
        "product": [ZOPICLONE | {"split": "halves"}],
        "phase": [{"every": "2 weeks", **phase}],
        **changes,
    }


def test_a_weekly_pattern_is_kept_day_by_day_and_is_one_step() -> None:
    """Half a tablet on Monday and Friday nights, then on four nights, then every night, then nights without."""
    patterns = [
        {"usual": "7.5 mg", "Monday": "3.75 mg", "Friday": "3.75 mg"},
        {"usual": "7.5 mg", "Monday": "3.75 mg", "Wednesday": "3.75 mg", "Friday": "3.75 mg", "Sunday": "3.75 mg"},
        {"usual": "3.75 mg"},
        {"usual": "3.75 mg", "Monday": "0 mg", "Friday": "0 mg"},
    ]
    found = plan(parse_order(weekly({"weekly": patterns, "until": "0 mg"})))
    assert [(group[0].start, group[-1].end) for group in found.groups] == [
        (date(2026, 1, 7) + timedelta(days=14 * n), date(2026, 1, 20) + timedelta(days=14 * n)) for n in range(5)
    ]
    assert found.stopped_on == date(2026, 3, 18)
    for day, step in found.days():
        if step.number:
            pattern = patterns[step.number - 1]
            assert str(step.total) == pattern.get(WEEKDAYS[day.weekday()], pattern["usual"])


@given(weekly_orders())
def test_every_day_of_a_weekly_pattern_has_the_dose_that_was_written_for_its_weekday(data: dict[str, Any]) -> None:
    """Exact, contiguous, made of its pieces; the patterns follow each other at the ordered interval."""
    try:
        found = plan(parse_order(data))
    except OrderError as problem:
        if "no cut" not in problem.message:  # the one pattern is today's dose
            raise
        reject()
    patterns = data["phase"][0]["weekly"]
    begins = 1 if found.groups[0][0].number == 0 else 0
    assert begins == 1
    offset = len(patterns) - (len(found.groups) - 1)  # the list may begin with the dose of today
    assert offset in (0, 1)
    for day, step in found.days():
        if not step.number:
            continue
        written = patterns[step.number - 1 + offset]
        wanted = written.get(WEEKDAYS[day.weekday()], written.get("usual"))
        doses = wanted.values() if isinstance(wanted, dict) else [wanted]
        assert step.total == sum((Mg(str(dose).removesuffix(" mg")) for dose in doses), Mg(0))
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert after.start == before.end + timedelta(days=1)
        assert before.number <= after.number
        assert (before.number, before.intakes) != (after.number, after.intakes)


def test_a_weekly_pattern_without_a_stop_stays_on_its_last_pattern() -> None:
    found = plan(parse_order(weekly({"weekly": [{"usual": "7.5 mg", "Monday": "3.75 mg"}]})))
    assert found.stopped_on is None
    assert {step.number for step in found.steps} == {0, 1}


def test_phases_may_follow_a_weekly_pattern_whose_days_are_equal() -> None:
    phases = [
        {"weekly": [{"usual": "7.5 mg", "Monday": "3.75 mg"}, {"usual": "3.75 mg"}], "every": "1 week"},
        {"reduce": "3.75 mg", "every": "2 weeks", "until": "0 mg"},
    ]
    found = plan(parse_order(weekly({}) | {"phase": phases}))
    assert found.stopped_on == found.groups[-1][0].start + timedelta(days=14)
    phases[0]["weekly"] = [{"usual": "7.5 mg", "Monday": "3.75 mg"}]
    with pytest.raises(OrderError, match=r"phase\[1\].*pattern of different days"):
        plan(parse_order(weekly({}) | {"phase": phases}))


def test_after_a_pattern_a_typed_dose_says_at_which_of_several_times_it_is_taken() -> None:
    day, monday = {"morning": "7.5 mg", "bedtime": "7.5 mg"}, {"morning": "3.75 mg", "bedtime": "7.5 mg"}
    phases: list[dict[str, Any]] = [
        {"weekly": [{"usual": day, "Monday": monday}], "every": "1 week"},
        {"doses": [monday, "0 mg"], "every": "2 weeks"},
    ]
    data = weekly({}, current=day) | {"phase": phases}
    assert plan(parse_order(data)).stopped_on == date(2026, 2, 11)
    phases[1]["doses"] = ["7.5 mg", "0 mg"]
    with pytest.raises(OrderError, match=r"7\.5 mg a day, but the day has several times; write each") as refused:
        plan(parse_order(data))
    assert refused.value.field == "phase[1].doses[0]"


def test_a_plan_whose_only_dose_is_todays_is_refused_at_its_phases() -> None:
    with pytest.raises(OrderError, match="the plan has no cut") as refused:
        plan(parse_order(weekly({"doses": ["7.5 mg"]})))
    assert refused.value.field == "phase"


@pytest.mark.parametrize(
    ("phase", "message"),
    [
        ({"weekly": [{"usual": "7.5 mg", "Monday": "3 mg"}], "until": "0 mg"}, r"weekly\[0\].*3 mg cannot be made"),
        ({"weekly": [{"Monday": "7.5 mg"}]}, r"weekly\[0\]: no dose for Tuesday.*add usual"),
        ({"weekly": [{"usual": "0 mg"}]}, r"weekly\[0\]: a week without any dose"),
        ({"weekly": [{"usual": "7.5 mg", "Mondays": "0 mg"}]}, r"Mondays.*did you mean 'Monday'"),
        ({"weekly": [{"usual": "7.5 mg"}], "every": "10 days"}, r"every: a weekly pattern is kept for whole weeks"),
        ({"weekly": [{"usual": "7.5 mg"}], "every": "1 month"}, r"every: a weekly pattern is kept for whole weeks"),
        ({"weekly": [{"usual": "7.5 mg"}], "until": "3.75 mg"}, r"until is \"0 mg\" to stop"),
        ({"weekly": [], "until": "0 mg"}, r"weekly: must not be empty"),
    ],
)
def test_a_weekly_pattern_that_cannot_be_is_refused_with_its_field(phase: dict[str, Any], message: str) -> None:
    with pytest.raises(TaperError, match=message):
        plan(parse_order(weekly(phase)))


# ---- switches ------------------------------------------------------------------------------------


def test_a_switch_is_followed_by_the_taper_of_the_new_drug() -> None:
    """Percentages "of start" of the new drug count from the dose that it is switched to."""
    data = {
        "drug": "lorazepam",
        "country": "GB",
        "start": "2026-01-05",
        "current": {"morning": "1 mg", "bedtime": "1 mg"},
        "product": [{"name": "lorazepam tablet 1 mg"}, {"name": "diazepam tablet 2 mg", "split": "halves"}],
        "phase": [
            {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": "1 week"},
            {"reduce": "10% of start", "every": "2 weeks", "until": "0 mg"},
        ],
    }
    found = plan(parse_order(data))
    assert [{d: str(m) for d, m in s.totals.items()} for s in found.steps[:4]] == [
        {"lorazepam": "2 mg"},
        {"lorazepam": "1 mg", "diazepam": "10 mg"},
        {"diazepam": "20 mg"},
        {"diazepam": "18 mg"},
    ]
    assert len(found.steps) == 12


@given(st.data())
def test_the_equivalent_stays_level_while_a_switch_lasts(data: st.DataObject) -> None:
    """By the clinician's own number, what is taken of both drugs adds up to the same on every day of the switch."""
    ratio, doses = (
        data.draw(st.sampled_from([2, 5, 10])),
        data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)),
    )
    current = {t: f"{n} mg" for t, n in zip(("morning", "noon", "evening", "bedtime"), doses, strict=False)}
    order = {
        "drug": "lorazepam",
        "country": "GB",
        "start": "2026-01-05",
        "current": current,
        "product": [
            {"name": "lorazepam tablet 1 mg"},
            {"name": "diazepam tablet 10 mg"},
            {"name": "diazepam tablet 2 mg"},
        ],
        "max_units": 20,
        "phase": [{"switch_to": "diazepam", "equivalence": f"1 mg = {ratio} mg", "every": "4 days"}],
    }
    if ratio == 5:
        order["product"].append({"name": "diazepam tablet 5 mg"})  # type: ignore[attr-defined]
    found = plan(parse_order(order))
    level = Mg(sum(doses)) * Fraction(ratio)
    for step in found.steps:
        both = step.totals
        assert both.get("lorazepam", Mg(0)) * Fraction(ratio) + both.get("diazepam", Mg(0)) == level
    assert len(found.steps) == len(doses) + 1
    assert found.steps[-1].total == level
