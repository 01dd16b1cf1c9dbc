"""The laws of checking: it never raises, always says the same, and counts as a day-by-day count does."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from taper import catalog
from taper.checker.case import Case
from taper.checker.checking import check
from taper.checker.rules import RULES, RULES_OF_RECORDS
from taper.errors import OrderError
from taper.exchange.tables.plain import read_table
from taper.finding import Finding, Report, Severity
from taper.order.order import Order, parse_order
from taper.quantity import Mg, exact_text
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from tests.strategies import curves, foreign_schedules, mixed_schedules, schedule_of_curve, weekly_schedules
from tests.support.cases import ORDER, order_of, table

EVERYTHING = tuple(catalog.guidelines())
CODE = {rule.code: rule for rule in RULES}


@given(foreign_schedules())
def test_no_schedule_makes_the_check_fail(schedule: Schedule) -> None:
    """Whatever a schedule holds, it is reported and never raised; sorted by day, then by code."""
    for guidelines in (None, EVERYTHING, ()):
        report = check(schedule, guidelines=guidelines)
        keys = [(finding.on or date.min, finding.code) for finding in report.findings]
        assert keys == sorted(keys)
        for finding in report.findings:
            assert finding.message.endswith((".", ")"))
            assert finding.on is None or finding.until is None or finding.on <= finding.until


@given(foreign_schedules())
def test_the_same_schedule_gives_the_same_report(schedule: Schedule) -> None:
    """No clock, no chance, no order of sets."""
    assert check(schedule, guidelines=EVERYTHING) == check(replace(schedule), guidelines=EVERYTHING)


@given(foreign_schedules() | weekly_schedules() | mixed_schedules())
def test_the_rules_left_out_for_records_find_nothing_without_an_order(schedule: Schedule) -> None:
    """They only say that they were not evaluated; all that is found is found by the others, word for word."""
    record = replace(schedule, order=None)
    report, short = check(record, guidelines=EVERYTHING), check(record, RULES_OF_RECORDS, guidelines=EVERYTHING)
    left_out = {rule.code for rule in RULES} - {rule.code for rule in RULES_OF_RECORDS}
    assert left_out <= {entry.code for entry in report.not_evaluated}
    assert short.findings == report.findings
    assert short.not_evaluated == tuple(entry for entry in report.not_evaluated if entry.code not in left_out)


@lru_cache
def order_with(allowance: Fraction) -> Order:
    return parse_order(ORDER | {"check": {"tail_allowance": f"{Mg(allowance).number} mg"}})


def brute_force(
    schedule: Schedule, limit: Fraction, window: int, allowance: Fraction
) -> tuple[set[Fraction], set[Fraction]]:
    """Count day by day: the falls beyond the limit that warn, and those within the allowance."""
    daily = {day: step.total.value for day, step in schedule.days()}
    warned: dict[date, Fraction] = {}
    small: dict[date, Fraction] = {}
    for day, dose in daily.items():
        following = [day + timedelta(days=n) for n in range(1, window + 1)]
        known = [(daily[later], later) for later in following if daily.get(later)]
        if not dose or not known:
            continue
        lowest, when = min(known)
        fall = 1 - lowest / dose
        if fall > limit:
            part = small if dose - lowest <= min(allowance, Fraction(5, 2)) else warned
            part[when] = max(fall, part.get(when, Fraction(0)))
    return set(warned.values()), {fall for when, fall in small.items() if when not in warned}


@given(curves(), st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3)]))
def test_the_window_agrees_with_a_count_day_by_day(curve: list[tuple[Fraction, int]], allowance: Fraction) -> None:
    """T101 finds exactly the falls that an independent count of every day finds."""
    schedule = replace(schedule_of_curve(curve), order=order_with(allowance))
    warned, small = brute_force(schedule, Fraction(1, 4), 14, allowance)
    case = Case(schedule, (), (), Mg(1))
    assume(not case.alternating and not case.patterns)  # such days are merged into one finding
    findings = runs(check(schedule, [CODE["T101"]]))
    found = {(f.severity, f.measured) for f in findings if f.severity > "note"}
    assert found == {("alert" if fall > Fraction(1, 2) else "warning", exact_text(fall)) for fall in warned}
    notes = [f.measured for f in findings if f.severity == "note"]
    assert notes == ([exact_text(max(small))] if small else [])


def runs(report: Report) -> list[Finding]:
    """Return everything that the rules found, each run of days on its own."""
    return [run for finding in report.findings for run in finding.runs or (finding,)]


def told(report: Report) -> list[tuple[str, Severity, str]]:
    return sorted((f.code, f.severity, f.measured) for f in runs(report))


@given(curves(), st.data())
def test_a_step_cut_in_two_changes_nothing(curve: list[tuple[Fraction, int]], data: Any) -> None:
    """Two steps with the same dose are one stretch: severity and measured values stay."""
    schedule = schedule_of_curve(curve)
    longer = [place for place, (_, days) in enumerate(curve) if days > 1]
    if not longer:
        return
    place = data.draw(st.sampled_from(longer))
    dose, days = curve[place]
    first = data.draw(st.integers(1, days - 1))
    split = schedule_of_curve([*curve[:place], (dose, first), (dose, days - first), *curve[place + 1 :]])
    assert told(check(split, guidelines=EVERYTHING)) == told(check(schedule, guidelines=EVERYTHING))


@given(curves(), st.fractions(Fraction(1, 50), 50, max_denominator=50).filter(bool))
def test_fractions_do_not_depend_on_the_scale(curve: list[tuple[Fraction, int]], factor: Fraction) -> None:
    """Where no value was read there is no allowance, and limits in percent see only proportions."""
    plain = check(schedule_of_curve(curve, "tetrazepam"))
    scaled = check(schedule_of_curve([(dose * factor, days) for dose, days in curve], "tetrazepam"))
    assert told(scaled) == told(plain)


@given(curves())
def test_slower_is_never_worse_in_the_window(curve: list[tuple[Fraction, int]]) -> None:
    """Each dose kept for a window longer: only cuts that are too large by themselves remain."""
    slow = [(dose, days + 14) for dose, days in curve]
    worst = {f.measured for f in check(schedule_of_curve(slow), [CODE["T101"]]).findings}
    taken = [dose for dose, _ in curve if dose]
    cuts = {exact_text(1 - after / before) for before, after in pairwise(taken)}
    assert worst <= cuts


# ---- what published schedules must look like -----------------------------------------------------


def test_one_milligram_every_two_weeks_gives_one_note() -> None:
    """NHS Scotland: 1 mg steps of diazepam from 20 mg, every two weeks, to the stop: no warning, one note of T101."""
    line = " ".join(f"{dose}x14" for dose in range(20, 0, -1))
    report = check(table(f"{line} stop"))
    assert report.at_or_above("warning") == ()
    assert [(f.code, f.severity) for f in report.findings] == [("T101", "note")]
    by_its_own = check(table(f"{line} stop"), guidelines=["nhs-scotland"])
    assert by_its_own.findings == ()


def test_a_quarter_of_the_start_every_week_is_warned_of() -> None:
    """Netherlands: 100, 75, 50, 25% weekly breaks the ceiling of ASAM 2025 and keeps that of its own source."""
    weekly = table("20x7 15x7 10x7 5x7 stop")
    found = [(f.code, f.severity, f.measured) for f in runs(check(weekly)) if f.severity > "note"]
    assert found == [("T101", "warning", "0.5"), ("T101", "alert", "2/3"), ("T105", "warning", "5")]
    assert check(weekly, guidelines=["novadic"]).at_or_above("warning") == ()


def test_forty_to_nothing_in_four_days_does_not_pass() -> None:
    """A window that ignored the days before the stop would let it pass."""
    codes = {f.code for f in check(table("40x1 30x1 20x1 10x1 stop")).at_or_above("warning")}
    assert {"T101", "T103"} <= codes


def test_a_crossover_of_equal_doses_falls_only_after_it() -> None:
    """NHS Scotland's lorazepam 2 mg to diazepam 20 mg, by its own table: the change itself is no cut."""
    schedule = table({"lorazepam": "2x7 1.5x7 1x7 0.5x7 0x7 0x14", "diazepam": "0x7 5x7 10x7 15x7 20x7 19x14"})
    report = check(schedule, tables=["nhs-scotland"])
    assert [f for f in report.findings if f.code in ("T101", "T102", "T107")] == []
    first = check(schedule, [CODE["T103"], CODE["T108"]], guidelines=["nhs-scotland"])
    assert first.findings == ()


def test_one_step_is_written_as_one() -> None:
    """A single cut has one date, and a single step in the tail falls."""
    (single,) = check(table("20x14 10x14"), [CODE["T108"]], guidelines=["bnf"]).findings
    assert single.message == "Cut of 50% on 19 January 2026 (20 → 10 mg). BNF: steps of up to 25%."
    (tail,) = check(table("3x14 2x14"), [CODE["T101"]]).findings
    assert tail.message.startswith(
        "From 19 January 2026, 1 small cut (at most 1 mg diazepam equivalent) exceeds 25% in 14 days (ASAM 2025)"
    )


# ---- settings, acknowledgments, the report -------------------------------------------------------


def test_the_order_chooses_guidelines_and_arguments_go_before_it() -> None:
    """The order's settings hold unless the caller names others."""
    order = parse_order(ORDER | {"check": {"guidelines": ["wa"]}})
    schedule = replace(table("20x14 10x14"), order=order)
    assert not [f for f in check(schedule).findings if f.code == "T101"]
    assert check(schedule).judged_by == "Judged by WA, because the order names it."
    asked = check(schedule, guidelines=["asam-2025"])
    assert [f for f in asked.findings if f.code == "T101"]
    assert asked.judged_by == "Judged by ASAM 2025, because it was asked for."
    with pytest.raises(OrderError, match="asam-2025"):
        check(schedule, guidelines=["asam-2052"])
    assert check(schedule, guidelines=["asam-2025", "asam-2025"]) == check(schedule, guidelines=["asam-2025"])


def acknowledged(*codes: str) -> Report:
    marks = [{"code": code, "reason": "short use", "by": "Dr Example"} for code in codes]
    return check(replace(table("20x14 10x14"), order=parse_order(ORDER | {"acknowledge": marks})))


def test_an_acknowledged_finding_stays_visible() -> None:
    """The acknowledgment is printed beside the finding, and takes nothing away."""
    report = acknowledged("T101")
    assert "T101" in {f.code for f in report.findings}
    assert [(a.reason, a.by) for a in report.acknowledgments("T101")] == [("short use", "Dr Example")]
    assert "T490" not in {f.code for f in report.findings}
    assert report.findings == acknowledged().findings


def test_an_acknowledgment_of_nothing_is_a_note() -> None:
    """A code that matches no finding is a slip, or something that was mended since."""
    report = acknowledged("T101", "T403")
    assert [a.code for a in report.acknowledged] == ["T101"]
    (note,) = [f for f in report.findings if f.code == "T490"]
    assert note.severity is Severity.NOTE
    assert "T403" in note.message


def test_severities_compare_by_weight() -> None:
    """Not by their letters, in which an alert would come first."""
    assert Severity.NOTE < Severity.WARNING < Severity.ALERT
    assert sorted(["alert", "note", "warning"], key=lambda name: Severity(name).rank) == ["note", "warning", "alert"]
    report = Report((Finding("X1", Severity.NOTE, "."), Finding("X2", Severity.ALERT, ".")))
    assert report.worst is Severity.ALERT
    assert report.count("note") == 1
    assert [f.code for f in report.at_or_above("warning")] == ["X2"]
    assert Report().worst is None


def test_ten_years_of_daily_cuts_are_checked_in_seconds() -> None:
    """The work grows with the window, not with the square of the days."""
    start = date(2026, 1, 5)
    lines = [
        f"{start + timedelta(days=n)},{start + timedelta(days=n)},bedtime,lorazepam,{4000 - n}" for n in range(3650)
    ]
    schedule = read_table("\n".join(["start,end,time,drug,dose_mg", *lines]))
    assert check(schedule, guidelines=EVERYTHING).findings


def test_the_checker_does_not_import_the_planner() -> None:
    """Neither knows the other; both know only the schedule."""
    code = "import sys, taper.checker; sys.exit('taper.planner' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_step_that_ends_before_it_begins_is_no_day() -> None:
    """Such a step covers nothing, and nothing is counted for it."""
    day = date(2026, 1, 5)
    report = check(Schedule((Step(0, day, day - timedelta(days=3), ()),)))
    assert report.findings == ()


# ---- weekly patterns -----------------------------------------------------------------------------

WEEKS = st.lists(st.integers(0, 8), min_size=7, max_size=7).filter(lambda week: any(week) and len(set(week)) > 1)


def weekly(week: list[int], weeks: int, numbered: bool, before: int = 0, after: int = 0) -> Schedule:
    """Write a pattern as the runs of days that a plan has, or as single days that share nothing, between two doses."""
    steps: list[Step] = []
    day = date(2026, 1, 5)

    def add(dose: int, days: int, number: int) -> None:
        nonlocal day
        intakes = (Intake("bedtime", "diazepam", Mg(dose)),) if dose else ()
        steps.append(Step(number, day, day + timedelta(days=days - 1), intakes))
        day += timedelta(days=days)

    if before:
        add(before, 28, 0)
    for place in range(7 * weeks):
        add(week[day.weekday()], 1, 1 if numbered else place + 1)
    if after:
        add(after, 28, 7 * weeks + 1)
    return Schedule(tuple(steps), origin="csv")


def case_of(schedule: Schedule) -> Case:
    return Case(schedule, (), (), Mg(1))


@given(WEEKS, st.integers(1, 6), st.integers(1, 20), st.integers(0, 9))
def test_a_numbered_pattern_is_one_level_with_its_exact_average(
    week: list[int], weeks: int, before: int, after: int
) -> None:
    """Its days, its average in fractions, and the doses before and after it are found as they were written."""
    case = case_of(weekly(week, weeks, True, before, after))
    (pattern,) = case.patterns
    assert pattern.days == 7 * weeks
    held = [before, Fraction(sum(week), 7), *([after] if after else [])]
    assert [level.dose("diazepam").value for level in case.levels] == held
    assert sum(level.days for level in case.levels) == 7 * weeks + 28 + (28 if after else 0)


@given(WEEKS, st.integers(2, 6), st.integers(0, 20), st.integers(0, 9))
def test_a_pattern_is_found_by_its_content(week: list[int], weeks: int, before: int, after: int) -> None:
    """Without a common number the average is the same, and every day is still in exactly one level or a zero."""
    case = case_of(weekly(week, weeks, False, before, after))
    (pattern,) = case.patterns
    assert pattern.level.dose("diazepam").value == Fraction(sum(week), 7)
    assert [level.average for level in case.levels].count(True) == 1
    days = [level.start + timedelta(days=n) for level in case.levels for n in range(level.days)]
    assert len(days) == len(set(days))


@given(WEEKS, st.integers(2, 5), st.integers(9, 20))
def test_how_long_a_pattern_lasts_repeats_no_finding(week: list[int], weeks: int, before: int) -> None:
    """No rule of pace speaks again for every week: the same findings for two weeks as for six."""
    codes = ("T101", "T102", "T103", "T107", "T108", "T201", "T213")
    found = [
        [(f.code, f.severity, f.measured) for f in check(weekly(week, n, True, before), guidelines=EVERYTHING).findings]
        for n in (weeks, weeks + 4)
    ]
    short, long = ([entry for entry in entries if entry[0] in codes] for entries in found)
    assert short == long
    assert [entry for entry in long if entry[0] == "T107"] == []


@given(curves())
def test_a_curve_without_patterns_has_its_doses_as_levels(curve: list[tuple[Fraction, int]]) -> None:
    """Where nothing repeats by the week, levels are what is taken."""
    case = case_of(schedule_of_curve(curve))
    assume(not case.patterns)
    assert case.levels == case.taken


# ---- orders of every kind ------------------------------------------------------------------------

EVERY_PHASE: list[dict[str, Any]] = [
    {"reduce": "10% of current", "every": "2 weeks", "until": "0 mg"},
    {"reduce": "1 mg", "every": "1 week", "until": "2 mg"},
    {"doses": ["2.5 mg", {"morning": "1 mg", "bedtime": "1 mg"}, "0 mg"], "every": "1 week"},
    {"finish": "2026-03-01", "every": "1 week", "until": "0 mg"},
    {"weekly": [{"usual": "5 mg", "Monday": "0 mg"}, {"usual": "2 mg", "Friday": "0 mg"}], "every": "1 week"},
    {"weekly": [{"usual": "5 mg", "Monday": "2.5 mg"}], "every": "2 weeks", "until": "0 mg"},
    {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": "1 week"},
    {"switch_to": "diazepam", "equivalence": "nhs-scotland", "every": "1 week", "portion": "1 mg"},
]
CHANGES: list[dict[str, Any]] = [
    {"hold": "2 weeks"},
    {"back": True},
    {"dose": "3 mg"},
    {"taken": "2.3 mg"},
    {"taken": {"bedtime": "0.7 mg"}, "since": "2026-01-08"},
    {"drug": "zopiclone", "taken": "0 mg"},
    {"every": "3 weeks"},
    {"phase": [{"finish": "2026-04-01", "every": "1 week", "until": "0 mg"}]},
    {"phase": [EVERY_PHASE[4]]},
    {"undo": True},
    {"stop_from": "2 mg"},
]


@st.composite
def living_orders(draw: st.DrawFn) -> Order:
    """An order with a phase of any kind, perhaps another drug and a phase after it, and revisions."""
    first = draw(st.sampled_from(EVERY_PHASE))
    phases = [first]
    zopiclone = draw(st.booleans())
    if draw(st.booleans()):
        if "switch_to" in first:
            phases.append(
                {"reduce": "10% of start", "every": "2 weeks", "until": draw(st.sampled_from(["0 mg", "5 mg"]))}
            )
        elif zopiclone:
            phases.append({"drug": "zopiclone", "reduce": "25% of start", "every": "1 week", "until": "0 mg"})
            phases[-1] |= {"together": draw(st.booleans())}
    data = {
        "drug": "lorazepam",
        "current": {"bedtime": "6 mg"},
        "product": [{"name": f"{name} tablet {mg} mg"} for name, mg in (("lorazepam", 1), ("diazepam", 5))],
        "phase": phases,
    }
    if zopiclone:
        data |= {"other": [{"drug": "zopiclone", "current": {"bedtime": "7.5 mg"}}]}
    if "switch_to" not in first:
        data |= {"product": [{"name": "lorazepam tablet 1 mg"}]}
    usable = [c for c in CHANGES if zopiclone or c.get("drug") != "zopiclone"]
    changes = draw(st.lists(st.sampled_from(usable), max_size=3))
    days = sorted(draw(st.integers(5, 90)) for _ in changes)
    history = [
        {"on": (date(2026, 1, 5) + timedelta(days=day)).isoformat(), "at_phase": draw(st.integers(0, len(phases) - 1))}
        | change
        for day, change in zip(days, changes, strict=True)
    ]
    return order_of(ORDER | data | {"country": "GB", "history": history})


@given(living_orders(), st.data())
def test_no_order_of_a_living_plan_makes_the_check_fail(order: Order, data: Any) -> None:
    """Every kind of phase and of revision, held against curves of its drugs that follow none of it."""
    curve_of = {drug: data.draw(curves()) for drug in order.drugs}
    steps = tuple(step for drug, curve in curve_of.items() for step in schedule_of_curve(curve, drug).steps)
    schedule = Schedule(tuple(sorted(steps, key=lambda s: (s.start, s.number))), order=order)
    report = check(schedule, guidelines=EVERYTHING)
    for finding in report.findings:
        assert finding.message.endswith((".", ")"))
        assert finding.on is None or finding.until is None or finding.on <= finding.until
    without = {f.code for f in report.findings} & {"T115"}
    assert not without or any(event.taken is not None for event in order.history)


@given(WEEKS.filter(lambda week: max(week) <= 6), st.integers(1, 4), st.booleans())
def test_a_plan_that_follows_its_weekly_pattern_is_what_was_ordered(week: list[int], weeks: int, stops: bool) -> None:
    """T104 has nothing to say of a pattern kept day by day, whether it stops after it or stays on it."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    phase = {
        "weekly": [{name: f"{dose} mg" for name, dose in zip(names, week, strict=True)}],
        "every": f"{weeks} weeks",
    }
    order = parse_order(
        ORDER | {"current": {"bedtime": "6 mg"}, "phase": [phase | ({"until": "0 mg"} if stops else {})]}
    )
    schedule = weekly(week, weeks, True, 6)
    end = schedule.steps[-1].end + timedelta(days=1)
    report = check(replace(schedule, order=order, stopped_on=end if stops else None), [CODE["T104"], CODE["T112"]])
    assert report.findings == ()
