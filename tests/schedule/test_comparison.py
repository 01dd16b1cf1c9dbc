"""The difference of two schedules is exact, day by day, and applied to the first it gives the second."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

import taper
from taper.checker.checking import check
from taper.cli import main
from taper.errors import ScheduleError
from taper.exchange.difference_document import difference_data
from taper.finding import Finding, Report, Severity, folded
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.changed_days import ChangedDays
from taper.schedule.comparison import Difference, apply, difference, finding_key
from taper.schedule.patch import Kept
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from taper.schedule.supply import dispense
from tests.strategies import (
    foreign_schedules,
    next_revisions,
    printed_schedules,
    real_plans,
    schedule_pairs,
    weekly_runs,
)
from tests.support.histories import with_history
from tests.support.unproved import changed_document

Pair = tuple[Schedule, Schedule]
DAY = timedelta(days=1)
revisions = (printed_schedules() | weekly_runs()).flatmap(lambda old: st.tuples(st.just(old), next_revisions(old)))


def overlaps(schedule: Schedule) -> bool:
    return any(count > 1 for count in Counter(day for day, _ in schedule.days()).values())


def compared(pair: Pair) -> Difference:
    assume(not any(map(overlaps, pair)))
    return difference(*pair)


def taken(intakes: tuple[Intake, ...] | None) -> object:
    """What a day's intakes mean, whatever their order: doses that are not zero, and every piece."""
    if intakes is None:
        return None
    doses: Counter[tuple[str, str]] = Counter()
    for one in intakes:
        doses[one.time, one.drug] += one.dose.value  # type: ignore[assignment]  # a Counter adds fractions too
    pieces = sorted(repr((one.time, one.drug, item)) for one in intakes for item in one.items)
    return sorted((key, dose) for key, dose in doses.items() if dose), pieces


def by_day(schedule: Schedule) -> dict[date, tuple[Intake, ...]]:
    return {day: step.intakes for day, step in schedule.days()}


def named(changes: tuple[ChangedDays, ...]) -> dict[date, ChangedDays]:
    return {change.first + DAY * offset: change for change in changes for offset in range(change.days)}


@given(printed_schedules() | weekly_runs() | real_plans() | foreign_schedules())
def test_a_schedule_does_not_differ_from_itself(schedule: Schedule) -> None:
    found = compared((schedule, schedule))
    assert found.empty
    assert (found.changes, found.from_day, found.moved, found.supply) == ((), None, None, ())
    assert apply(found, schedule) == schedule


@given(schedule_pairs())
def test_applied_to_the_first_it_gives_the_second(pair: Pair) -> None:
    """In steps with numbers, dates and targets, end, order with its history, identifier and revision."""
    found = compared(pair)
    made = apply(found, pair[0])
    assert made == pair[1]
    assert [step.number for step in made.steps] == [step.number for step in pair[1].steps]
    assert (made.order and made.order.as_data()) == (pair[1].order and pair[1].order.as_data())


@given(revisions)
def test_steps_that_stay_are_not_carried_but_taken_from_the_first(pair: Pair) -> None:
    """The patch writes out no regimen that was there before, and steps before the change are those of the first."""
    old, new = pair
    found = compared(pair)
    written = [part for part in found.patch.steps if isinstance(part, Step)]
    assert not {step.intakes for step in written} & {step.intakes for step in old.steps}
    made = apply(found, old)
    same = 0
    while same < min(len(old.steps), len(new.steps)) and old.steps[same] == new.steps[same]:
        same += 1
    if same:
        first = found.patch.steps[0]
        assert isinstance(first, Kept)
        assert (first.first, first.last) == (0, same - 1)
        assert all(one is other for one, other in zip(made.steps[:same], old.steps, strict=False))


@given(schedule_pairs(), st.data())
def test_it_is_applied_to_no_other_schedule(pair: Pair, data: st.DataObject) -> None:
    found = compared(pair)
    other = data.draw(
        st.sampled_from(
            [
                replace(pair[0], revision=pair[0].revision + 1),
                replace(pair[0], plan_id="another"),
                replace(pair[0], stopped_on=date(1999, 1, 1)),
                replace(pair[0], steps=(*pair[0].steps, Step(99, date(2199, 1, 1), date(2199, 1, 2), ()))),
            ]
        )
    )
    with pytest.raises(ScheduleError, match="not made from this schedule"):
        apply(found, other)


@given(schedule_pairs())
def test_changed_days_are_exactly_those_on_which_something_else_is_taken(pair: Pair) -> None:
    """Day by day, with what was taken before and what is taken after."""
    found = compared(pair)
    old, new = map(by_day, pair)
    changed = named(found.changes)
    for day in {*old, *new, *changed}:
        before, after = old.get(day), new.get(day)
        assert (day in changed) == (taken(before) != taken(after))
        if day in changed:
            assert (changed[day].before, changed[day].after) == (before, after)
    assert found.from_day == min(changed, default=None)


@given(schedule_pairs())
def test_runs_are_as_long_as_they_can_be_and_in_order(pair: Pair) -> None:
    found = compared(pair)
    for one, other in zip(found.changes, found.changes[1:], strict=False):
        assert one.last < other.first
        if one.last + DAY == other.first:
            assert (one.before, one.after) != (other.before, other.after)


@given(schedule_pairs())
def test_stretches_have_every_changed_day_once(pair: Pair) -> None:
    """Folding the days of a weekly pattern loses none of them."""
    found = compared(pair)
    whole = named(found.changes)
    days = [day for stretch in found.stretches for day in named(stretch.changes)]
    assert sorted(days) == sorted(whole)
    for stretch in found.stretches:
        for day, change in named(stretch.changes).items():
            assert (change.before, change.after) == (whole[day].before, whole[day].after)


@given(st.tuples(weekly_runs(), weekly_runs()) | revisions)
def test_a_pattern_says_of_every_day_what_changes_on_it(pair: Pair) -> None:
    """Said by the day of the week, a stretch gives back each of its days, and says nothing of days that stay."""
    for stretch in compared(pair).stretches:
        if not stretch.pattern:
            continue
        changed, day = named(stretch.changes), stretch.first
        while day <= stretch.last:
            said = [(part.before, part.after) for part in stretch.pattern if day.weekday() in part.days]
            assert said == ([(changed[day].before, changed[day].after)] if day in changed else [])
            day += DAY


@given(schedule_pairs())
def test_other_pieces_are_told_from_another_dose(pair: Pair) -> None:
    for change in compared(pair).changes:
        if change.before is None or change.after is None:
            assert change.kind == "dose"
            continue
        doses = [Counter[tuple[str, str]](), Counter[tuple[str, str]]()]
        for found, intakes in zip(doses, (change.before, change.after), strict=True):
            for one in intakes:
                found[one.time, one.drug] += one.dose.value  # type: ignore[assignment]  # as above
        assert (change.kind == "pieces") == (+doses[0] == +doses[1])


def needs(schedule: Schedule, first: date = date.min) -> dict[tuple[str, bool], Fraction]:
    found: dict[tuple[str, bool], Fraction] = {}
    for day, step in schedule.days():
        for item in (item for intake in step.intakes for item in intake.items if day >= first):
            amount = item.volume if item.volume is not None else item.count
            if amount is not None:
                key = item.product, item.volume is not None
                found[key] = found.get(key, Fraction(0)) + amount.value
    return found


@given(revisions | st.tuples(real_plans(), real_plans()) | st.tuples(printed_schedules(), printed_schedules()))
def test_supply_differs_by_what_the_days_need(pair: Pair) -> None:
    """By the sums over the days, and by the lines of the supply; the same from the first day that differs."""
    found = compared(pair)
    lines = [
        {line.product: (line.volume if line.count is None else line.count) for line in dispense(one).lines}
        for one in pair
    ]
    before, after = map(needs, pair)
    told = {(line.product, isinstance(line.before, Ml)): line for line in found.supply}
    for key in {*before, *after, *told}:
        one, other = before.get(key, Fraction(0)), after.get(key, Fraction(0))
        assert (key in told) == (one != other)
        if key not in told:
            continue
        line = told[key]
        assert line.gained.value - line.lost.value == other - one
        assert not (line.gained and line.lost)
        assert (line.before.value, line.after.value) == (one, other)
        assert line.before == (lines[0].get(key[0]) or type(line.before)(0))
        assert line.after == (lines[1].get(key[0]) or type(line.after)(0))
        assert found.from_day is not None
        later = [needs(schedule, found.from_day).get(key, Fraction(0)) for schedule in pair]
        assert [line.later_before.value, line.later_after.value] == later
        assert later[1] - later[0] == other - one


@given(schedule_pairs())
def test_the_other_way_round_before_and_after_change_places(pair: Pair) -> None:
    reports = [check(schedule) for schedule in pair]
    assume(not any(map(overlaps, pair)))
    there = difference(*pair, old_report=reports[0], new_report=reports[1])
    back = difference(pair[1], pair[0], old_report=reports[1], new_report=reports[0])
    assert there.from_day == back.from_day
    assert [(one.first, one.last, one.after, one.before) for one in there.changes] == [
        (one.first, one.last, one.before, one.after) for one in back.changes
    ]
    assert (there.old, there.new) == (back.new, back.old)
    assert (there.findings_gone, there.findings_new) == (back.findings_new, back.findings_gone)
    assert (there.history_gone, there.history_new) == (back.history_new, back.history_gone)
    assert [(line.product, line.gained, line.lost) for line in there.supply] == [
        (line.product, line.lost, line.gained) for line in back.supply
    ]
    assert set(there.order_keys) == set(back.order_keys)
    assert there.empty == back.empty
    assert (there.moved and (there.moved.before, there.moved.after)) == (
        back.moved and (back.moved.after, back.moved.before)
    )


def runs_of(report: Report) -> list[Finding]:
    return [run for finding in report.findings for run in finding.runs or (finding,)]


@given(schedule_pairs())
def test_findings_gone_and_new_balance_by_what_they_say(pair: Pair) -> None:
    """What the first says, less what is gone, with what is new, is what the second says, by runs; none is in both."""
    assume(not any(map(overlaps, pair)))
    one, other = check(pair[0]), check(pair[1])
    found = difference(*pair, old_report=one, new_report=other)
    before, after, gone, new = (
        Counter(map(finding_key, findings))
        for findings in (runs_of(one), runs_of(other), found.findings_gone, found.findings_new)
    )
    assert before - gone + new == after
    assert not gone & new


def finding(message: str, **other: Any) -> Finding:
    return Finding("T101", Severity.WARNING, message, **{"measured": "0.3", "limit": "0.25"} | other)


def test_a_finding_that_only_moves_is_neither_gone_nor_new() -> None:
    """Step, dates and reach may differ; what was measured, and how grave it is, may not."""
    old = finding("Falls 30% on 5 January 2026, over 3 days.", step=2, on=date(2026, 1, 5))
    moved = finding("Falls 30% on 19 January 2026, over 17 days.", step=3, on=date(2026, 1, 19))
    faster = replace(moved, measured="0.4", message="Falls 40% on 19 January 2026, over 17 days.")
    graver = replace(moved, severity=Severity.ALERT)

    def between(one: Finding, *others: Finding) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        found = difference(Schedule(()), Schedule(()), old_report=Report((one,)), new_report=Report(others))
        return found.findings_gone, found.findings_new

    assert between(old, moved) == ((), ())
    assert between(old, faster) == ((old,), (faster,))
    assert between(old, graver) == ((old,), (graver,))
    assert between(old, moved, old) == ((), (moved,)), "of two that say the same, the one of another day is new"
    unmeasured = replace(old, measured="", message="Left out on 3 days.")
    assert between(unmeasured, replace(unmeasured, message="Left out on 9 days."))[0] == (unmeasured,)
    assert difference(Schedule(()), Schedule(()), new_report=Report((old,))).findings_new == ()


@pytest.mark.parametrize(
    ("then", "later"),
    [
        ("8 June 2026", "22 June 2026"),
        ("Monday 8 June 2026", "Thursday 18 June 2026"),
        ("2026-06-08", "2026-06-22"),
        ("8 June", "22 June"),
        ("17 and 31 August 2026", "14 and 28 September 2026"),
        ("3 to 9 May 2026", "31 May 2026 to 6 June 2026"),
        ("17 August, 31 August and 2 September", "14, 28 and 30 September"),
    ],
)
def test_a_finding_is_the_same_on_another_day_however_its_days_are_written(then: str, later: str) -> None:
    old, new = (finding(f"10 → 7 mg on {days} is a 30% cut.") for days in (then, later))
    assert finding_key(old) == finding_key(new)
    assert finding_key(old) != finding_key(finding(f"10 → 6 mg on {then} is a 30% cut."))


def test_one_more_fast_step_is_new_under_a_code_that_had_a_finding() -> None:
    """Each run of a finding is compared by itself: the step that came is new, the step that went is gone."""
    cuts = [
        finding(f"{dose} mg is cut by {percent} %.", measured=f"0.{percent}", step=step, on=date(2026, 1, 5 + step))
        for step, dose, percent in ((1, 20, 30), (2, 14, 31), (3, 9, 33))
    ]
    two, three, other = (Report((folded(some),)) for some in (cuts[:2], cuts, [cuts[0], cuts[2]]))
    assert (two.findings[0].message, three.findings[0].others) == (cuts[0].message, 2)

    def between(one: Report, another: Report) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        found = difference(Schedule(()), Schedule(()), old_report=one, new_report=another)
        return found.findings_gone, found.findings_new

    assert between(two, three) == ((), (cuts[2],))
    assert between(three, two) == ((cuts[2],), ())
    assert between(two, other) == ((cuts[1],), (cuts[2],))
    assert between(Report((cuts[0],)), two) == ((), (cuts[1],)), "a finding that came alone is a run too"
    assert between(three, three) == ((), ())


@given(schedule_pairs())
def test_as_data_is_json_and_says_the_same(pair: Pair) -> None:
    found = compared(pair)
    data = json.loads(json.dumps(difference_data(found)), parse_float=pytest.fail)
    assert data["from_day"] == (found.from_day and found.from_day.isoformat())
    assert [(one["first"], one["last"], one["kind"]) for one in data["changes"]] == [
        (one.first.isoformat(), one.last.isoformat(), one.kind) for one in found.changes
    ]
    for stretch, told in zip(found.stretches, data["stretches"], strict=True):
        days = {day for place in told["changes"] for day in named((found.changes[place],))}
        assert days >= set(named(stretch.changes))


def test_history_between_and_order_keys(golden: dict[str, Any]) -> None:
    """The entries that only the second has are what was decided in between, in their order."""
    first = plan(parse_order(golden))
    assert first.order is not None
    entries = [
        {"on": "2026-02-02", "hold": "1 week", "reason": "influenza", "by": "Dr. Ada"},
        {"on": "2026-03-02", "every": "3 weeks", "reason": "asked for", "by": "Dr. Bea"},
    ]
    one = replace(first, order=with_history(first.order, *entries[:1]), revision=1)
    two = replace(first, order=with_history(first.order, *entries), revision=2)
    assert [event.reason for event in difference(first, two).history_new] == ["influenza", "asked for"]
    between = difference(one, two)
    assert ([event.reason for event in between.history_new], between.history_kept) == (["asked for"], 1)
    assert (between.same_plan, between.swapped, between.order_keys, between.empty) == (True, False, (), False)
    back = difference(two, one)
    assert ([event.reason for event in back.history_gone], back.history_new, back.swapped) == (["asked for"], (), True)
    other = plan(parse_order(golden | {"review_every": "4 weeks"}))
    assert difference(first, other).order_keys == ("review_every",)
    assert difference(first, other).other_plan


def test_a_day_with_two_regimens_is_refused() -> None:
    def step(number: int, first: int, last: int) -> Step:
        return Step(number, date(2026, 1, first), date(2026, 1, last), ())

    twice = Schedule((step(0, 5, 9), step(1, 9, 12)), origin="csv")
    with pytest.raises(ScheduleError, match="2026-01-09 lies in two steps") as problem:
        difference(Schedule(()), twice)
    assert problem.value.field == "new.steps[1]"


def test_order_of_intakes_and_an_intake_of_nothing_are_no_difference() -> None:
    day = date(2026, 1, 5)
    morning = Intake("morning", "diazepam", Mg(5), (Item("A", Pieces(1)), Item("B", Pieces(2))))
    turned = replace(morning, items=morning.items[::-1])
    night, nothing = Intake("bedtime", "diazepam", Mg(2)), Intake("noon", "diazepam", Mg(0))
    one = Schedule((Step(0, day, day, (morning, night)),))
    assert difference(one, Schedule((Step(3, day, day, (night, turned, nothing)),))).changes == ()


def test_the_public_name_is_the_function() -> None:
    assert taper.difference is difference
    assert taper.Difference is Difference


# ---- the command ---------------------------------------------------------------------------------

Run = Callable[..., str]


@pytest.fixture
def written(golden: dict[str, Any], tmp_path: Path) -> list[Path]:
    """Plan documents of revision 0, and of revision 1, which holds the third step for two weeks."""
    old = plan(parse_order(golden))
    assert old.order is not None
    entry = {"on": "2026-02-02", "hold": "2 weeks", "reason": "sleeps badly", "by": "Dr. Ada"}
    held = timedelta(days=14)
    steps = [
        step if step.number < 2 else replace(step, start=step.start + held * (step.number > 2), end=step.end + held)
        for step in old.steps
    ]
    assert old.stopped_on is not None
    new = replace(
        old,
        steps=tuple(steps),
        stopped_on=old.stopped_on + held,
        order=with_history(old.order, entry),
        revision=1,
    )
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, schedule in zip(paths, (old, new), strict=True):
        path.write_text(changed_document(schedule, check(schedule)), encoding="utf-8")
    return paths


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: object, code: int = 0) -> str:
        assert main([str(argument) for argument in arguments]) == code
        shown = capsys.readouterr()
        return (shown.err if code else shown.out).replace("\N{NO-BREAK SPACE}", " ")

    return ran


def test_diff_prints_day_end_supply_findings_and_history(written: list[Path], run: Run) -> None:
    text = run("diff", *written)
    said, replaced = text.split("\n\n", 1)  # these documents are made by hand, as the first line says of the second
    assert said.startswith(f"{written[1]}: From 2 February 2026 the steps are not those")
    assert replaced.startswith(
        "Revision 1, from February 2, 2026, replaces revision 0. The first day that differs is February 16, 2026.\n"
    )
    lines = " ".join(text.split())
    changed = "Morning 7.5 mg: one and a half tablets of 5 mg each Morning 8 mg:"
    assert f"February 16, 2026 to March 1, 2026 {changed}" in lines
    assert "September 14, 2026 to September 27, 2026 stopped Bedtime 1 mg: half of one 2 mg tablet 14 days" in lines
    assert "First day without the drug: September 28, 2026 (14 days later); before: September 14, 2026" in text
    assert "98 tablets more" in text
    assert "Revision 1, from February 2, 2026: hold 2 weeks" in text
    assert "Reason: sleeps badly" in text
    assert "By: Dr. Ada" in text
    assert "T101" not in text, "findings that only moved are not shown"


def test_diff_json_is_the_data_of_the_library(written: list[Path], run: Run) -> None:
    old, new = (taper.read_document(path.read_text(encoding="utf-8")) for path in written)
    found = difference(old, new, old_report=check(old), new_report=check(new))
    assert json.loads(run("diff", *written, "--json")) == difference_data(found)


def test_diff_of_a_file_with_itself_says_so(written: list[Path], run: Run) -> None:
    assert run("diff", written[0], written[0]) == "Nothing differs.\n"


def test_diff_says_that_the_files_are_swapped(written: list[Path], run: Run) -> None:
    text = run("diff", *reversed(written))
    assert "\nThe files stand the other way round: the first is revision 1, the second revision 0" in text
    assert "98 tablets less" in text
    assert "(14 days earlier)" in text
    assert "Only in the first" in text


def test_diff_of_two_plans_says_so_and_names_every_drug(
    written: list[Path], golden: dict[str, Any], tmp_path: Path, run: Run
) -> None:
    """10 mg of one drug must never stand beside 1 mg of another without their names."""
    other = golden | {
        "drug": "lorazepam",
        "current": {"bedtime": "2 mg"},
        "product": [{"name": "lorazepam tablet 1 mg", "split": "halves"}],
        "phase": [{"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg"}],
    }
    path = tmp_path / "other.json"
    path.write_text(json.dumps(other), encoding="utf-8")
    text = run("diff", written[0], path)
    assert text.startswith("These are two different plans")
    assert "Bedtime diazepam 10 mg: 2 tablets of 5 mg each" in text
    assert "Bedtime LORazepam 2 mg: 2 tablets of 1 mg each" in text
    assert "The orders differ in: drug" in text


def test_diff_tells_tablets_of_one_strength_by_name(
    written: list[Path], golden: dict[str, Any], tmp_path: Path, run: Run
) -> None:
    """The same count of the same strength, but another product: the names are printed."""
    described = [
        {**line, "name": f"{line['name']} of maker X", "source": "clinician", "form": "tablet", "strength": strength}
        for line, strength in zip(golden["product"], ("5 mg", "2 mg"), strict=True)
    ]
    path = tmp_path / "other.json"
    path.write_text(json.dumps(golden | {"product": described}), encoding="utf-8")
    text = run("diff", written[0], path)
    assert "same dose, other pieces" in text
    assert "of diazepam tablet 5 mg of maker X" in text


def test_diff_shows_a_weekly_pattern_by_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    """Monday and Friday change for four weeks: one row, and the other days are not spoken of."""
    from taper.cli.console import Console
    from taper.cli.screens.differences import print_difference

    start = date(2026, 1, 5)
    usual = (Intake("bedtime", "diazepam", Mg(2)),)
    less = (Intake("bedtime", "diazepam", Mg(1)),)
    days = [start + DAY * offset for offset in range(28)]
    old = Schedule((Step(0, days[0], days[-1], usual),), origin="csv")
    new = Schedule(tuple(Step(0, day, day, less if day.weekday() in (0, 4) else usual) for day in days), origin="csv")
    found = difference(old, new)
    assert len(found.stretches) == 1
    assert len(found.changes) == 8
    with Console(terminal=False) as console:
        print_difference(console, found, old, new)
    shown = " ".join(capsys.readouterr().out.split())
    assert "5 January 2026 to 30 January 2026 Bedtime 2 mg Bedtime 1 mg on each Monday and Friday" in shown
    assert shown.count("Bedtime 1 mg") == 1


def test_diff_shows_what_a_rule_found_anew_in_one_line_and_whole_when_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from taper.cli.console import Console
    from taper.cli.screens.differences import print_difference

    cuts = [finding(f"Cut {number}.", measured=f"0.{number}", advice="Cut less.") for number in (4, 5, 6)]
    found = difference(
        Schedule(()), Schedule(()), old_report=Report((cuts[0],)), new_report=Report((folded(cuts[1:]),))
    )
    for verbose in (False, True):
        with Console(terminal=False) as console:
            print_difference(console, found, Schedule(()), Schedule(()), verbose=verbose)
        shown = capsys.readouterr().out
        assert "Findings that are gone\nWARNING T101: Cut 4.\n" in shown
        assert "Findings that are new\nWARNING T101: Cut 5. (+1 more)\n" in shown
        assert ("    - Cut 6.\n    What could be done: Cut less.\n" in shown) is verbose


def test_diff_refuses_in_one_line_with_the_file(written: list[Path], tmp_path: Path, run: Run) -> None:
    missing = tmp_path / "missing.json"
    assert (
        run("diff", missing, written[0], code=2) == f"taper: error: {missing}: there is no such file; check the name\n"
    )
    twice = Schedule(tuple(Step(n, date(2026, 1, 5), date(2026, 1, 9), ()) for n in (0, 1)))
    table = tmp_path / "twice.json"
    table.write_text(changed_document(twice), encoding="utf-8")
    text = run("diff", written[0], table, code=2)
    assert text.startswith(f"taper: error: {table}: new.steps[1]: 2026-01-05 lies in two steps")
    assert len(text.splitlines()) == 1
