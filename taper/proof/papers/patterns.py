"""What is taken on which days of a week or a cycle, as a paper says it beside a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from taper.errors import ProofError
from taper.proof.days import dates_of
from taper.proof.papers.case import Case
from taper.proof.papers.reading import low, plain

if TYPE_CHECKING:
    from taper.schedule.regimen import Intake
    from taper.schedule.schedule import Step

Prove = Callable[[Case, Any, tuple["Intake", ...], str], None]


def prove_pattern(
    case: Case, parts: Sequence[tuple[str, Any]], steps: Sequence[Step], prove: Prove, where: str
) -> None:
    """Hold what is said of some days of a step against what is taken on them.

    Args:
        case: The paper.
        parts: On which days, and what is said of them; the last speaks of all other days.
        steps: The runs of days of the step.
        prove: Holds what is said against a regimen.
        where: Where it is said.
    """
    days = [(day, case.taken(step)) for step in steps for day in islice(dates_of(step), 7)]
    regimens = list(dict.fromkeys(taken for _, taken in days))
    named = [_weekdays(case, when) for when, _ in parts[:-1]]
    if all(named) and case.read.first is None:
        for day, taken in days:
            place = next((at for at, names in enumerate(named) if day.weekday() in names), len(parts) - 1)
            _once(case, parts[place], taken, prove, f"{where}, {plain(parts[place][0])!r},")
        return
    if len(parts) != len(regimens):
        case.fail(f"{where} says {len(parts)} regimens, and the plan has {len(regimens)}")
    by_day = dict(days) if case.read.first is None else {}
    for when, said in parts:
        dated = [by_day[day] for day in case.read.dates(when) if day in by_day] if by_day else []
        fitting = [taken for taken in dated or regimens if _fits(case, said, taken, prove, where)]
        if not fitting or (dated and len(fitting) != len(dated)):
            case.fail(f"{where} says of {plain(when)!r} what is not taken then")


def _weekdays(case: Case, text: str) -> frozenset[int]:
    small = low(text)
    return frozenset(at for at, name in enumerate(case.tongue.weekdays) if name in small)


def _once(case: Case, part: tuple[str, Any], taken: tuple[Intake, ...], prove: Prove, where: str) -> None:
    key = id(part[1]), id(taken)
    if key not in case.proved:
        prove(case, part[1], taken, where)
        case.proved[key] = True
        case.kept += [part[1], taken]


def _fits(case: Case, said: Any, taken: tuple[Intake, ...], prove: Prove, where: str) -> bool:
    try:
        prove(case, said, taken, where)
    except ProofError:
        return False
    return True


def daily_doses(case: Case, steps: Sequence[Step]) -> dict[date, tuple[Intake, ...]]:
    """Return what is taken on each day of some runs."""
    return {day: case.taken(step) for step in steps for day in dates_of(step)}
