"""What the terminal shows: the table of steps, the doses of one day, two plans side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taper.proof.days import DAY
from taper.proof.papers.case import Asked, Case
from taper.proof.papers.clinic import prove_said
from taper.proof.papers.doses import prove_day
from taper.proof.papers.reading import low, plain, same
from taper.proof.papers.steps import prove_steps

if TYPE_CHECKING:
    from taper.schedule.schedule import Schedule

_PERCENT = re.compile(r"(?<![0-9.,])([0-9]+)(?:[.,]([0-9]+))? ?[%٪]")


def _case(what: str, schedule: Schedule, code: str) -> Case:
    return Case(what, Asked(schedule, date.min), code, schedule.steps)


def prove_rows(schedule: Schedule, code: str, rows: Sequence[Any]) -> None:
    """Hold the table of steps against the plan: days, doses, sums and, of one drug, each change in mg and percent.

    Args:
        schedule: The plan.
        code: Code of the language.
        rows: The rows of the table.

    Raises:
        ProofError: A row says something else.
    """
    case = _case("the table of steps", schedule, code)
    last = case.stop or case.steps[-1].end
    prove_steps(case, rows, case.steps[0].start, last)
    if len(case.drugs) == 1 and len({step.number for step in case.steps}) == len(case.steps):
        doses = [sum(case.totals(case.taken(step)), Fraction(0)) for step in case.steps]
        doses += [Fraction(0)] * (case.stop is not None)
        if len(doses) == len(rows):
            first = next((dose for dose in doses if dose), Fraction(0))
            for place in range(1, len(rows)):
                _prove_change(case, rows[place].change, doses[place - 1], doses[place], first)


def _prove_change(case: Case, text: str, before: Fraction, after: Fraction, first: Fraction) -> None:
    """A change is the difference of two daily doses, and a part of the one before and of the first."""
    change, said = abs(before - after), case.read.mg(text)
    right = [change] if change else []
    fits = len(said) == len(right) and all(map(same, said, right))
    case.hold(fits, f"{plain(text)!r} is said of a change from {before} mg to {after} mg")
    for one, whole in zip(_PERCENT.finditer(plain(text)), (before, first), strict=False):
        digits, unit = int(one[1] + (one[2] or "")), 10 ** len(one[2] or "")
        near = 2 * abs(Fraction(digits, unit) * whole - 100 * change) * unit <= whole  # half of its last place
        case.hold(near, f"{plain(text)!r} is said of a change of {change} mg, and {one[0]} of {whole} mg is not that")


def prove_told_day(schedule: Schedule, code: str, told: Sequence[tuple[date, Any]], stop: str) -> None:
    """Hold what is told of days against the plan: all doses of each, and the first day without.

    Args:
        schedule: The plan.
        code: Code of the language.
        told: Some days, and the doses that are told of each.
        stop: The line that names the first day without a dose; empty if there is none.

    Raises:
        ProofError: Another dose, or another day, is planned.
    """
    case = _case("what is taken on a day", schedule, code)
    for day, doses in told:
        step = case.by_day.get(day)
        case.hold(step is not None or not doses.doses, f"doses are said of {day}, which is no day of the plan")
        prove_day(case, doses, case.taken(step) if step is not None else (), f"{day}")
    if stop:
        case.hold(case.read.dates(stop) == (case.stop,), f"{plain(stop)!r} is said of a plan that stops on {case.stop}")


def prove_side_by_side(old: Schedule, new: Schedule, code: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Hold the rows of a difference against both plans.

    Args:
        old: The first.
        new: The second.
        code: Code of the language.
        rows: Of which days, and what each of the two plans has then.

    Raises:
        ProofError: A plan has other doses on those days.
    """
    cases = tuple(_case("the difference", one, code) for one in (old, new))
    for days, *told in rows:
        span, where = cases[0].read.dates(days), f"the row of {plain(days)!r}"
        named = {at for at, name in enumerate(cases[0].tongue.weekdays) if name in low(days)} or set(range(7))
        cases[0].hold(span, f"{where} has no day")
        within = (span[0] + number * DAY for number in range((span[-1] - span[0]).days + 1))
        day = next((one for one in within if one.weekday() in named), span[0])
        for case, text in zip(cases, told, strict=True):
            _prove_told(case, text, day, where)


def _prove_told(case: Case, text: str, day: date, where: str) -> None:
    """A line for each dose of a day; none where nothing is taken."""
    step = case.by_day.get(day)
    taken = case.taken(step) if step is not None else ()
    lines = text.split("\n")
    if not taken:
        case.hold(not case.read.mg(text), f"{where} says {plain(text)!r}, and nothing is planned on {day}")
        return
    case.hold(len(lines) in (len(taken), len(taken) + 1), f"{where} says {plain(text)!r}, not {len(taken)} doses")
    for line, intake in zip(lines, taken, strict=False):
        prove_said(case, line, intake, where)
