"""Presets: every one has its page, becomes ordinary phases, and plans the schedule that its source prints."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import jsonschema
import pytest
from hypothesis import given, strategies as st

from taper.checker.checking import check
from taper.cli import main
from taper.errors import CatalogError, OrderError
from taper.exchange.plan_document import write_document
from taper.exchange.schemas import order_schema
from taper.interval import parse_interval
from taper.order.order import Order, parse_order
from taper.order.phase import Phase
from taper.order.presets import Preset, expand, preset, presets
from taper.planner.planning import plan
from taper.quantity import Mg
from taper.source import STATUSES
from tests.oracles.published_schedules import published
from tests.strategies import decimal_text

NAMES = sorted(presets())
LIQUID = {
    "name": "oral solution",
    "source": "clinician",
    "form": "oral solution",
    "strength": "1 mg/mL",
    "device": "10 mL oral syringe",
    "graduation": "0.1 mL",
}
each = pytest.mark.parametrize("name", NAMES)


def drug_of(found: Preset) -> str:
    return found.drug or "diazepam"


def order_data(phase: list[dict[str, Any]], dose: str = "20 mg", drug: str = "diazepam") -> dict[str, Any]:
    return {
        "drug": drug,
        "country": "GB",
        "start": "2026-01-05",
        "current": {"bedtime": dose},
        "product": [LIQUID],
        "phase": phase,
    }


def order_with(name: str, dose: str = "20 mg", **beside: str) -> Order:
    return parse_order(order_data([{"preset": name, **beside}], dose, drug_of(preset(name))))


def refused(data: dict[str, Any]) -> OrderError:
    with pytest.raises(OrderError) as caught:
        parse_order(data)
    return caught.value


@each
def test_every_preset_carries_its_page_and_its_reading_status(name: str) -> None:
    """No number without a source that was read, and how it was read where the source leaves a choice."""
    found = preset(name)
    assert found.sources[0] == found.source
    for source in (*found.sources, *(phase.source for phase in found.phases)):
        assert source.status in STATUSES
        assert source.locator
        assert source in found.sources
    assert found.note


@each
def test_every_preset_expands_to_phases_that_an_order_takes(name: str) -> None:
    """Ordinary phases, that end at zero, each within the intervals that the source prints."""
    found = preset(name)
    phases = [Phase.model_validate(part) for part in expand(name, Mg(20), drug=drug_of(found))]
    assert phases
    assert not phases[-1].goal
    order = order_with(name)
    assert order.phase == tuple(phases)
    assert plan(order).stopped_on is not None


@each
def test_the_order_shows_the_phases_and_never_the_name(name: str) -> None:
    """Data, plan document and plan are those of the phases written out: nothing of the preset is left."""
    order = order_with(name)
    data = order.as_data()
    assert parse_order(data) == order
    assert parse_order(data).as_data() == data
    assert all("preset" not in phase for phase in data["phase"])
    schedule = plan(order)
    text = write_document(schedule, check(schedule))
    assert "preset" not in text
    assert name not in text
    assert plan(parse_order(data)) == schedule


@pytest.mark.parametrize(
    ("name", "entry"), [(e.data["order"]["preset"], e) for e in published().values() if "preset" in e.data["order"]]
)
def test_a_preset_plans_the_schedule_that_its_source_prints(name: str, entry: Any) -> None:
    """Stage by stage, at the slowest printed pace, and at the fastest where one interval says it."""
    found = preset(name)
    for pace in entry.paces:
        fastest = {phase.fastest for phase in found.phases}
        beside = {}
        if pace < entry.paces[-1]:
            if len(fastest) > 1:
                continue
            beside = {"every": str(fastest.pop())}
        written = entry.order(pace) | {"phase": [{"preset": name, **beside}]}
        schedule = plan(parse_order(written))
        assert [s.total.value for s in schedule.steps] == [sum(s.doses.values()) for s in entry.stages]
        longer = entry.data["order"].get("kept_longer", {})
        for number, (step, stage) in enumerate(zip(schedule.steps, entry.stages, strict=True)):
            days = longer["days"] if number == longer.get("stage") else stage.days
            assert days is None or step.days == days[pace]


@pytest.mark.parametrize(("beside", "pace"), [({"every": "2 weeks"}, 0), ({}, 1)])
def test_nhs_scotland_empties_the_morning_first(beside: dict[str, str], pace: int) -> None:
    """Steps 2 to 21 of the lorazepam example: the diazepam part, with its times of day, at either printed pace."""
    data = order_data([{"preset": "nhs-scotland", **beside}])
    data["current"] = {"morning": "10 mg", "bedtime": "10 mg"}
    data["reduce_first"] = ["morning"]
    found = plan(parse_order(data)).steps
    stages = published()["nhs_scot_lorazepam2"].stages[2:]
    assert len(found) == len(stages) == 20
    for step, stage in zip(found, stages, strict=True):
        assert {(i.time, i.drug): i.dose.value for i in step.intakes} == stage.doses
        assert stage.days is not None
        assert step.days == stage.days[pace]


PRINTED = {
    "adfd": [(7, 28)] * 4,
    "ashton-text": [(7, 14)] * 2,
    "bcfi-tenth": [(7, 14)],
    "bnf-eighth": [(14, 14)],
    "casn-mg": [(7, 7)] * 2,
    "casn-percent": [(7, 14), (14, 28)],
    "empower": [(14, 14)],
    "habraken-1997": [(7, 7)] * 2,
    "nhs-scotland": [(14, 28)],
    "novadic": [(7, 7)],
    "vissers-2007": [(14, 14)] * 2,
    "wandsworth": [(7, 14)],
}


def test_the_intervals_are_those_that_are_printed() -> None:
    """Shortest and longest, in days, phase by phase: and there are no other presets."""
    found = {p.id: [(phase.fastest.days, phase.slowest.days) for phase in p.phases] for p in presets().values()}
    assert found == PRINTED


def test_the_ladder_of_the_forum_has_its_bands() -> None:
    """Above 50 mg 10 mg a step, to 40 mg 5 mg, to 15 mg 2 mg, then 1 mg; no published schedule to compare with."""
    steps = [step.total.value for step in plan(order_with("adfd", "60 mg")).steps]
    cuts = {before: before - after for before, after in pairwise([*steps, Fraction(0)])}
    assert {cut for dose, cut in cuts.items() if dose > 50} == {10}
    assert {cut for dose, cut in cuts.items() if 40 < dose <= 50} == {5}
    assert sorted(cut for dose, cut in cuts.items() if 15 < dose <= 40) == [1, *[2] * 12]
    assert {cut for dose, cut in cuts.items() if dose <= 15} == {1}


@pytest.mark.parametrize(("name", "cuts"), [("bcfi-tenth", 10), ("bnf-eighth", 8)])
def test_a_part_of_the_starting_dose_ends_after_as_many_cuts(name: str, cuts: int) -> None:
    """A tenth is gone after ten, an eighth after eight, all equal."""
    steps = [step.total.value for step in plan(order_with(name, "20 mg")).steps]
    assert [before - after for before, after in pairwise([*steps, Fraction(0)])] == [Fraction(20, cuts)] * cuts


def test_steps_of_a_ladder_above_the_dose_are_left_out() -> None:
    """A ladder is entered at the dose of the order; a chart at the row below it."""
    assert [p["until"] for p in expand("adfd", Mg(60), drug="diazepam")] == ["50 mg", "40 mg", "15 mg", "0 mg"]
    assert [p["until"] for p in expand("adfd", Mg(40), drug="diazepam")] == ["15 mg", "0 mg"]
    assert [p["until"] for p in expand("ashton-text", Mg(20), drug="diazepam")] == ["0 mg"]
    (chart,) = expand("wandsworth", Mg(12), drug="diazepam")
    assert chart["doses"][0] == "10 mg"
    assert chart["doses"][-1] == "0 mg"


def test_a_preset_may_follow_a_phase_of_the_clinician() -> None:
    """It begins at the end of the phase before it."""
    own = {"reduce": "5 mg", "every": "2 weeks", "until": "20 mg"}
    order = parse_order(order_data([own, {"preset": "ashton-text"}], "40 mg"))
    assert [phase.goal for phase in order.phase] == [Mg(20), Mg(0)]
    problem = refused(order_data([own, {"preset": "novadic"}], "40 mg"))
    assert problem.field == "phase[1].preset"
    assert "starting dose" in problem.message


def test_an_unknown_preset_names_the_nearest() -> None:
    """As for every other name that is looked up."""
    problem = refused(order_data([{"preset": "nhs-scotlnd"}]))
    assert problem.field == "phase[0].preset"
    assert "did you mean 'nhs-scotland'?" in problem.message
    with pytest.raises(OrderError, match="ashton-text"):
        preset("ashton")
    assert "bnf-eighth" in refused(order_data([{"preset": 8}])).message


@each
def test_a_preset_of_one_drug_is_refused_for_another(name: str) -> None:
    """Milligrams of diazepam are not milligrams of lorazepam."""
    found = preset(name)
    other = "lorazepam" if found.drug == "diazepam" else "diazepam"
    data = order_data([{"preset": name}], "20 mg", other)
    if found.drug is None:
        assert parse_order(data).phase
        return
    problem = refused(data)
    assert problem.field == "phase[0].preset"
    assert f"for {found.drug}, and the order is of {other}" in problem.message


@pytest.mark.parametrize("name", [name for name in NAMES if preset(name).highest])
def test_a_preset_is_not_stretched_above_the_dose_it_is_printed_for(name: str) -> None:
    """Nothing is made up for a dose that the source does not speak of."""
    highest = preset(name).highest
    assert highest is not None
    assert order_with(name, str(highest)).phase
    data = order_data([{"preset": name}], str(highest + Mg(1)))
    assert f"from {highest} a day down" in refused(data).message


@each
def test_every_keeps_within_what_the_source_prints(name: str) -> None:
    """A day less than the shortest interval, and a day more than the longest, are refused with the range."""
    found = preset(name)
    low = max(phase.fastest.days for phase in found.phases)
    high = min(phase.slowest.days for phase in found.phases)
    for days in range(low, high + 1):
        assert {p.every.days for p in order_with(name, every=f"{days} days").phase} == {days}
    for outside in (f"{low - 1} days", f"{high + 1} days", "1 month"):  # a month may have 31 days
        data = order_data([{"preset": name, "every": outside}], drug=drug_of(found))
        problem = refused(data)
        assert problem.field == "phase[0].every"
        assert all(phase.pace in problem.message for phase in found.phases)


@each
def test_without_every_the_slowest_printed_pace_is_taken(name: str) -> None:
    """Nobody is hurried by a key that was left out."""
    slowest = [phase.slowest for phase in preset(name).phases]
    dose = preset(name).highest or Mg(60)
    assert [phase.every for phase in order_with(name, str(dose)).phase] == slowest


@pytest.mark.parametrize("key", ["reduce", "doses", "finish", "until", "anything"])
def test_nothing_but_every_stands_beside_a_preset(key: str) -> None:
    """What a preset says is not said again; whoever wants it otherwise writes the phases out."""
    problem = refused(order_data([{"preset": "bnf-eighth", key: "5 mg"}]))
    assert problem.field == f"phase[0].{key}"
    assert "taper presets bnf-eighth" in problem.message


def test_an_interval_that_is_none_is_told_as_everywhere() -> None:
    assert refused(order_data([{"preset": "bnf-eighth", "every": "soon"}])).field == "phase[0].every"
    with pytest.raises(OrderError, match="prints"):
        expand("bnf-eighth", Mg(20), drug="diazepam", every=parse_interval("1 week"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"drug": "diazpam"}, "drug"),
        ({"drug": 5}, "drug"),
        ({"current": {"bedtime": "20"}}, "current.bedtime"),
        ({"current": "20 mg"}, "current"),
        ({"current": {}}, "current"),
        ({"phase": [{"reduce": "1 mg", "until": "1 mg"}, {"preset": "adfd"}]}, "phase[0].every"),
        ({"phase": [{"preset": "adfd"}, {"preset": "adfd"}]}, "phase[1].until"),
        ({"phase": [{"preset": "adfd"}, 7]}, "phase[2]"),
        ({"phase": {"preset": "adfd"}}, "phase"),
    ],
)
def test_a_fault_elsewhere_in_the_order_is_told_by_its_own_field(change: dict[str, Any], field: str) -> None:
    """A preset never hides what is really wrong, and never fails itself because of it."""
    problem = refused(order_data([{"preset": "adfd"}]) | change)
    assert problem.field == field
    assert "'preset' is unknown" not in problem.message


def test_a_dose_that_is_no_finite_decimal_is_refused() -> None:
    """A third of a milligram cannot be written into an order."""
    with pytest.raises(OrderError, match="not a finite decimal"):
        expand("novadic", Mg(Fraction(10, 3)), drug="diazepam")


@given(st.integers(1, 4000).map(lambda n: Fraction(n, 40)), st.sampled_from(NAMES))
def test_percentages_become_exact_milligrams(dose: Fraction, name: str) -> None:
    """Each listed dose and each end of a phase is that part of the starting dose, to the last digit."""
    found = preset(name)
    if found.highest is not None and dose > found.highest.value:
        return
    expanded = expand(name, Mg(dose), drug=drug_of(found))
    order = order_with(name, f"{decimal_text(dose)} mg")
    assert [order.phase[n].goal for n in range(len(expanded))] == [Phase.model_validate(p).goal for p in expanded]
    if name == "novadic":
        parts = [Fraction(part) for part in ("0.75", "0.5", "0.25", "0.125", "0")]
        assert order.phase[0].doses == tuple(Mg(dose * part) for part in parts)
    if name == "casn-percent":
        assert [phase.goal for phase in order.phase] == [Mg(dose / 5), Mg(0)]


def test_a_preset_is_never_a_default() -> None:
    """An order without a rule is refused, not completed."""
    assert refused(order_data([])).field == "phase"
    assert refused(order_data([{"every": "2 weeks"}])).field == "phase[0]"
    data = order_data([{"preset": "adfd"}])
    del data["phase"]
    assert refused(data).field == "phase"


def test_the_schema_of_an_order_takes_a_preset() -> None:
    """An editor that follows the schema accepts what the reader accepts, and no unknown preset."""
    valid = jsonschema.Draft202012Validator(order_schema()).is_valid
    assert valid(order_data([{"preset": "novadic"}]))
    assert valid(order_data([{"preset": "nhs-scotland", "every": "3 weeks"}]))
    assert valid(order_with("adfd").as_data())
    assert not valid(order_data([{"preset": "novadik"}]))
    assert not valid(order_data([{"preset": "novadic", "until": "5 mg"}]))


def test_toml_names_a_preset_too() -> None:
    """As a clinician writes it."""
    order = parse_order(
        """
        drug = "diazepam"
        country = "GB"
        start = 2026-01-05
        [current]
        bedtime = "20 mg"
        [[product]]
        name = "diazepam tablet 2 mg"
        split = "halves"
        [[phase]]
        preset = "nhs-scotland"
        every = "2 weeks"
        """
    )
    assert order.as_data()["phase"] == [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}]


# ---- how fast they are, and what is not one ------------------------------------------------------

SLOW = {"nhs-scotland", "ashton-text", "adfd"}
"""Those that pass when 1 mg of diazepam within 14 days is always allowed."""


@each
def test_the_check_tells_slow_presets_from_fast_ones(name: str) -> None:
    """At their slowest printed pace, from the dose they are printed from, or 40 mg."""
    found = preset(name)
    dose = found.highest or (Mg(4) if found.drug == "lorazepam" else Mg(40))
    report = check(plan(order_with(name, str(dose))), guidelines=["asam-2025"])
    warned = [f for f in report.at_or_above("warning") if f.code == "T101"]
    assert bool(warned) == (name not in SLOW)


@pytest.mark.parametrize(("points", "printed", "planned"), [("5", 24, 15), ("2.5", 44, 30), ("1.3", 86, 59)])
def test_the_maudsley_regimens_are_not_given_by_their_largest_fall(points: str, printed: int, planned: int) -> None:
    """Why they are no presets: from 60 mg of diazepam the fall alone needs fewer steps than they print."""
    rule = {"reduce": f"{points} points of occupancy", "every": "1 week", "until": "0 mg"}
    order = parse_order(order_data([rule], "60 mg") | {"occupancy": {"model": "maudsley-2024"}})
    assert len(plan(order).steps) == planned < printed
    assert not any("maudsley" in name for name in NAMES)


# ---- the packaged file and the command -----------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('reduce = "1 mg", doses = ["5 mg"], until = "0 mg", every = "1 week"', "either reduce or a list"),
        ('until = "0 mg", every = "1 week"', "either reduce or a list"),
        ('reduce = "much", until = "0 mg", every = "1 week"', "'much' has no number"),
        ('reduce = "1 mg", until = "0", every = "1 week"', "no unit"),
        ('doses = ["5"], every = "1 week"', "no unit"),
        ('reduce = "1 mg", until = "0 mg", every = "often"', "not an interval"),
        ('reduce = "1 mg", until = "0 mg", every = "2 weeks", slowest = "1 week"', "is shorter than every"),
        ('reduce = "1 mg", until = "0 mg", every = "1 month"', "in months"),
        ('doses = [5, 0], every = "1 week"', "not exact text"),
        ('reduce = "1 mg", until = "0 mg"', "every"),
    ],
)
def test_a_row_that_is_no_phase_does_not_load(row: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad data is told at loading, with the row."""
    text = (
        '[source.a]\ntitle = "A"\nedition = ""\nurl = ""\nstatus = "READ"\n'
        '[preset.x]\ntitle = "X"\nsource = "a"\nlocator = "p. 1"\n'
        f'phase = [{{ {row}, source = "a", locator = "p. 1" }}]\n'
    )
    monkeypatch.setattr("taper.order.presets.read_data", lambda _: text)
    with pytest.raises(CatalogError, match=message) as caught:
        presets.__wrapped__()
    assert "preset.x.phase[1]" in str(caught.value)


def test_the_command_lists_and_explains_presets(capsys: pytest.CaptureFixture[str]) -> None:
    """Id, title, phases, source and status of all; each page of one."""
    assert main(["presets"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in NAMES)
    assert "READ_SECONDARY" in listed
    for name in NAMES:
        assert main(["presets", name]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        for source in preset(name).sources:
            assert f"{source} [{source.status}]" in shown
    assert main(["presets", "novadik"]) == 2
    assert "did you mean 'novadic'?" in capsys.readouterr().err


def test_an_interval_that_is_null_is_no_interval() -> None:
    """JSON has a null, which is neither an interval nor left out; no phase of its own rule takes it either."""
    (name, found) = next(iter(presets().items()))
    data = order_data([{"preset": name, "every": None}], drug=drug_of(found))
    with pytest.raises(OrderError, match="interval") as refused:
        parse_order(data)
    assert refused.value.field == "phase[0].every"
