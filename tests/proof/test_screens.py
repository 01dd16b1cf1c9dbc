"""What the terminal shows is what is planned: no right screen is refused, and no wrong one is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

import taper
from taper.cli.console import Console
from taper.cli.screens import differences, plans
from taper.errors import ProofError, TaperError
from taper.paper.phrases import Phrases, words_for
from taper.paper.request import PrintRequest
from taper.paper.sections import steps
from taper.paper.sheets.clinician import build_clinician_sheet as build_clinician
from taper.proof.papers.screens import prove_rows, prove_side_by_side, prove_told_day
from taper.schedule.comparison import difference
from taper.schedule.day import today
from taper.schedule.regimen import Regimen
from taper.schedule.schedule import Schedule
from tests.strategies import living_plans, mixed_schedules, weekly_schedules
from tests.strategies.odd import odd_order
from tests.strategies.orders import cycle_orders
from tests.strategies.schedules import foreign_schedules
from tests.support.planning import plan_or_none

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANS = (
    living_plans()
    | weekly_schedules()
    | mixed_schedules()
    | foreign_schedules()
    | cycle_orders().map(plan_or_none)
    | st.integers(0, 10**6).map(lambda seed: None if (data := odd_order(seed)) is None else plan_or_none(data))
)
LANGUAGES = ("en", "de", "fr", "es", "nl", "ar")


@cache
def planned(name: str) -> Schedule:
    return taper.plan(taper.read_order(EXAMPLES / f"{name}.toml"))


def rows_of(schedule: Schedule, language: str = "en") -> tuple[str, list[Any]]:
    words = words_for(schedule, language)
    return words.code, list(steps.rows(schedule, Phrases(schedule, words)))


@given(PLANS, st.integers(-3, 200), st.sampled_from(LANGUAGES))
def test_no_screen_of_a_plan_is_refused(schedule: Schedule | None, offset: int, language: str) -> None:
    """Neither its steps, in any language, nor what is to be taken on a day of it, before it or behind it."""
    if schedule is None or not schedule.steps:
        return
    day = schedule.steps[0].start + timedelta(days=offset)
    with Console(terminal=False) as console:
        try:
            shown = today(schedule, day)
            plans.print_schedule(console, schedule)
            plans.print_today(console, shown, schedule)
        except ProofError:
            raise
        except TaperError:  # such as days that are named twice, which nothing prints
            return
    prove_rows(schedule, *rows_of(schedule, language))


@given(PLANS, PLANS)
def test_no_difference_of_two_plans_is_refused(old: Schedule | None, new: Schedule | None) -> None:
    if old is None or new is None:
        return
    with Console(terminal=False) as console:
        try:
            differences.print_difference(console, difference(old, new), old, new)
        except ProofError:
            raise
        except TaperError:  # such as a third of a mL, which nothing prints
            return


@pytest.mark.parametrize("name", ["diazepam", "weekly", "two_drugs", "tablets_then_liquid"])
def test_a_row_of_another_step_is_refused(name: str) -> None:
    """Its doses, its sum, its days, its length, or all of it."""
    schedule = planned(name)
    code, rows = rows_of(schedule)
    place = next(at for at in range(1, len(rows) - 2) if rows[at].total != rows[at + 1].total)
    after = rows[place + 1]
    changed: list[dict[str, Any]] = [{"total": after.total}, {"dates": after.dates}, {"length": "999 days"}]
    changed.append({"doses": after.doses, "week": after.week})
    for fields in changed:
        wrong = [*rows[:place], replace(rows[place], **fields), *rows[place + 1 :]]
        with pytest.raises(ProofError, match="the table of steps"):
            prove_rows(schedule, code, wrong)
    with pytest.raises(ProofError, match="the table of steps"):
        prove_rows(schedule, code, [*rows[:place], *rows[place + 1 :]])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digit", range(12))
def test_no_digit_of_a_change_may_be_another(language: str, digit: int) -> None:
    """The mg of a cut, and the percentages of the dose before it and of the first dose."""
    schedule = planned("diazepam")
    code, rows = rows_of(schedule, language)
    place, text = 4, rows[4].change
    digits = [at for at, sign in enumerate(text) if sign.isdigit()]
    at = digits[digit % len(digits)]
    wrong = f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"
    with pytest.raises(ProofError, match="is said of a change"):
        prove_rows(schedule, code, [*rows[:place], replace(rows[place], change=wrong), *rows[place + 1 :]])


def test_the_doses_of_another_day_and_another_stop_are_refused() -> None:
    schedule = planned("diazepam")
    words = words_for(schedule, "en")
    phrases = Phrases(schedule, words)
    first, second, *_ = schedule.steps
    told = phrases.day(Regimen(second.intakes))
    prove_told_day(schedule, words.code, [(second.start, told)], "")
    with pytest.raises(ProofError, match="what is taken on a day"):
        prove_told_day(schedule, words.code, [(first.start, told)], "")
    assert schedule.stopped_on is not None
    day_before = schedule.stopped_on - timedelta(days=1)
    with pytest.raises(ProofError, match="which is no day of the plan"):
        prove_told_day(schedule, words.code, [(schedule.stopped_on, told)], "")
    prove_told_day(schedule, words.code, [], f"First day without: {phrases.long_date(schedule.stopped_on)}")
    with pytest.raises(ProofError, match="a plan that stops on"):
        prove_told_day(schedule, words.code, [], f"First day without: {phrases.long_date(day_before)}")


def test_two_plans_may_not_be_exchanged() -> None:
    """The doses of the first stand before those of the second."""
    old = planned("diazepam")
    new = taper.revise(old, on=old.steps[2].start, hold="2 weeks")
    day = old.steps[2].start
    phrases = Phrases(old, words_for(old, "en"))
    texts = []
    for plan in (old, new):
        (step,) = (step for step in plan.steps if step.start <= day <= step.end)
        texts.append("\n".join(f"{dose.line}: {dose.words}" for dose in phrases.day(Regimen(step.intakes)).doses))
    assert texts[0] != texts[1]
    rows = [(f"{phrases.dated(day)}\n1 day", texts[0], texts[1])]
    prove_side_by_side(old, new, "en", rows)
    with pytest.raises(ProofError, match="the difference"):
        prove_side_by_side(new, old, "en", rows)


def test_a_dose_after_none_is_no_percentage_of_nothing() -> None:
    """Where a drug is taken again, the change is told in mg alone; no part of 0 mg is a number."""
    day = planned("diazepam").steps[0]
    dates = [day.start + timedelta(days=offset) for offset in range(3)]
    kept = [replace(day, number=at, start=one, end=one) for at, one in enumerate(dates)]
    schedule = Schedule((kept[0], replace(kept[1], intakes=()), kept[2]))
    _, rows = rows_of(schedule)
    assert rows[2].change.replace("\xa0", " ") == "diazepam up 20 mg"
    sheet = build_clinician(PrintRequest(schedule, printed_on=dates[0]))
    (cuts,) = ([row[6:] for row in table.rows] for table in sheet.tables if len(table.columns) >= 6)
    assert [cell.replace("\xa0", " ") for cell in cuts[2]] == ["-20 mg", "", "-100%"]
