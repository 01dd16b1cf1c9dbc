"""A short-acting drug that is taken once a day."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from taper import catalog
from taper.catalog import HalfLife
from taper.checker.case import Case
from taper.checker.days_without import HYPNOTICS, NIGHT
from taper.checker.definition import rule
from taper.checker.texts import say
from taper.checker.wording import day_text, days_text, drug_text, number_text, percent_of
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.quantity import Mg, exact_text
from taper.schedule.curve import Level, sweep
from taper.schedule.regimen import Intake

HOURS = 24
HOURS_OF_SHORT = 12
"""Below this three quarters of an intake are gone before the next one."""


class Once(NamedTuple):
    """Days on which all that is taken is one intake of one drug.

    Attributes:
        start: First day.
        end: Last day.
        step: Number of the step.
        dose: The dose.
        gathered: Whether several intakes were put into it, or another drug was changed to it.
    """

    start: date
    end: date
    step: int
    dose: Mg
    gathered: bool


@rule("T214", "short-acting drug once a day", since="0.1.0")
def once_a_day(case: Case) -> Iterator[Outcome]:
    """A drug whose half-life is shorter than the time between its intakes is taken once a day.

    What: Days on which all that is taken is one intake of one drug. Where it was always one, or the others were
        reduced to nothing, it is a note if even the longest half-life that a shipped source prints for the drug itself
        is shorter than 24 hours. Where several intakes were put into one, or another drug was changed to it, the
        shortest counts: shorter than 12 hours it is a warning, but for a dose within the allowance near zero. A drug
        with active metabolites of 24 hours or more is not short-acting. It is arithmetic and no limit of a guideline.
        Hypnotics (ATC N05CD, N05CF) in the evening or at bedtime are left out, because that is their labeled use,
        unless several intakes were put into one; and extended-release forms.
    Why: Less than half of an intake is left when the next one is due, so withdrawal can be felt between
        two doses although the daily dose is unchanged.
    What to do: Ask about symptoms before the next intake; if there are any, divide the daily dose.
    """
    if any(remark.kind == "time" for remark in case.schedule.remarks):
        yield NotEvaluated("T214", say("T214.no times"), say("T214.about"))
        return
    for drug in case.schedule.drugs:
        if not _lasts(drug):
            runs = list(_runs(case, drug))
            if runs:
                yield from _once(case, drug, runs)


@lru_cache(maxsize=64)
def _lasts(drug: str) -> bool:
    """Return whether a drug has active metabolites that last a day, and a source that says so of the drug itself."""
    known = catalog.drugs().get(drug)
    lives = known.half_lives if known is not None else ()
    metabolites = any(life.of == "metabolite" and (life.low or 0) >= HOURS for life in lives)
    return metabolites and any(life.of == "parent" and (life.high or 0) >= HOURS for life in lives)


def _runs(case: Case, drug: str) -> Iterator[Once]:
    """Yield the days on which this drug alone is taken, once a day."""
    known = catalog.drugs().get(drug)
    code = known.code("ATC") if known else ""
    earlier: dict[str, Mg] = {}
    for number, (start, end, steps) in enumerate(sweep(case.schedule.steps)):
        given = [intake for step in steps for intake in step.intakes if intake.dose]
        own: dict[str, Mg] = {}
        for intake in given:
            if intake.drug == drug:
                own[intake.time] = own.get(intake.time, Mg(0)) + intake.dose
        if _only_once(given, drug):
            ((time, dose),) = own.items()
            merged = len(earlier) > 1 and dose > earlier.get(time, Mg(0))
            if merged or not (code.startswith(HYPNOTICS) and time in NIGHT):
                yield Once(start, end, steps[0].number, dose, merged or (number > 0 and not earlier))
        earlier = own or earlier


def _only_once(given: list[Intake], drug: str) -> bool:
    """Return whether this drug alone is taken, once a day, and not as an ER form."""
    if len({intake.time for intake in given}) != 1 or any(intake.drug != drug for intake in given):
        return False
    return not any(f"{drug} ER " in item.product for intake in given for item in intake.items)


def _once(case: Case, drug: str, runs: list[Once]) -> Iterator[Outcome]:
    known = catalog.drugs().get(drug)
    lives = [life for life in known.half_lives if life.of == "parent" and life.high is not None] if known else []
    if not lives:
        yield NotEvaluated("T214", say("T214.no half-life", drug=drug_text(drug)), say("T214.about"))
        return
    lasting = known is not None and any(
        life.of == "metabolite" and (life.low or 0) >= HOURS for life in known.half_lives
    )
    gathered = [run for run in runs if run.gathered and not lasting]
    shortest = min(lives, key=lambda life: life.low or life.high or HOURS)
    hours = shortest.low or shortest.high or Fraction(HOURS)
    if gathered and hours < HOURS:
        first = max(gathered, key=lambda run: run.dose)
        level = Level(first.start, first.end, first.step, ((drug, first.dose),))
        short = hours < HOURS_OF_SHORT and not case.is_small(level, None)
        yield _finding(drug, gathered, shortest, hours, Severity.WARNING if short else Severity.NOTE)
        return
    longest = max(lives, key=lambda life: life.high or Fraction(0))
    if longest.high is not None and longest.high < HOURS:
        yield _finding(drug, runs, longest, longest.high, Severity.NOTE)


def _finding(drug: str, runs: list[Once], life: HalfLife, hours: Fraction, severity: Severity) -> Finding:
    count = sum((run.end - run.start).days + 1 for run in runs)
    halvings = math.floor(HOURS / hours)
    said = {"drug": drug_text(drug), "day": day_text(runs[0].start), "days": days_text(count)}
    said["hours"] = number_text(hours)
    return Finding(
        code="T214",
        severity=severity,
        message=say("T214.gathered" if runs[0].gathered else "T214.message", **said),
        step=runs[0].step,
        on=runs[0].start,
        until=runs[-1].end,
        measured=exact_text(hours),
        limit=str(HOURS),
        sources=(life.source,),
        advice=say("T214.advice"),
        detail=say("T214.detail", percent=percent_of(1 - Fraction(1, 2**halvings)), hours=HOURS),
    )
