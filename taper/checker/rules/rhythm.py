"""How the doses are spread over week and day: weekly patterns, and a short-acting drug once a day."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache

from taper import catalog
from taper.catalog import Guideline, HalfLife, Limit
from taper.checker.case import NO_VALUE, Case
from taper.checker.definition import rule
from taper.checker.wording import change_text, day_text, days_text, doses_text, names_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.order.parts import WEEKDAYS
from taper.quantity import exact_text, percent_text
from taper.schedule.curve import Doses, Level, sweep
from taper.schedule.patterns import Pattern
from taper.schedule.regimen import Intake

HYPNOTICS = ("N05CD", "N05CF")
"""Beginnings of the ATC codes of benzodiazepines and Z-drugs that are taken to sleep."""
ONE_DAY_HOURS = 24


@rule("T213", "weekly pattern", since="0.1.0", kinds=("drug_free_days",))
def weekly_pattern(case: Case) -> Iterator[Outcome]:
    """The doses repeat by the day of the week and are not the same every day.

    What: For each weekly pattern the days a week on each dose, the days without the drug, and the weekly
        average against the dose before; and every source that speaks of drug-free days, for or against.
        A pattern is a step that the plan gives by the day of the week, or days that repeat after a week
        for two weeks or more. It weighs as much as the chosen guideline that advises against it says.
    Why: ASAM's patient guide advises against skipped doses, which can worsen withdrawal. Other sources
        plan nights without a hypnotic, near the end or after a short use.
    What to do: Give the same dose every day, if need be made with a smaller tablet, halves or a liquid;
        where the pattern is meant, acknowledge the finding with the reason.
    """
    limits = case.limits("drug_free_days")
    if case.patterns and not limits:
        yield case.without_limit("T213", "advice on drug-free days")
    against = [Severity(limit.severity) for _, limit in limits if limit.stance == "avoid"]
    for pattern in case.patterns:
        yield _pattern_finding(case, pattern, limits, max(against, default=Severity.NOTE))


@lru_cache(maxsize=1)
def stances() -> tuple[tuple[Guideline, Limit], ...]:
    """Return what the packaged guidelines say of drug-free days."""
    sources = [catalog.guideline(name) for name in catalog.guidelines()]
    return tuple((source, limit) for source in sources for limit in source.limits_of("drug_free_days"))


def _pattern_finding(
    case: Case, pattern: Pattern, limits: tuple[tuple[Guideline, Limit], ...], severity: Severity
) -> Finding:
    level, before = pattern.level, case.level_before(pattern)
    free = sum(doses == () for doses in pattern.week)
    average = f"The weekly average is {doses_text(level).removesuffix(' on average')} a day"
    fall = case.fall(before, level) if before is not None else None
    if before is not None and fall is not None:
        average += f", {change_text(-fall.fraction)} {doses_text(before)} before"
    chosen = {limit.source for _, limit in limits}
    others = tuple((source, limit) for source, limit in stances() if limit.source not in chosen)
    guidance = _stances_text(limits, others)
    without = "no day is without a dose" if not free else f"{days_text(free)} a week without any dose"
    speak = "" if free else " The sources speak of days without a dose, not of days with less."
    return Finding(
        code="T213",
        severity=severity,
        message=f"From {day_text(pattern.start)} to {day_text(pattern.end)} ({days_text(pattern.days)}) the "
        f"doses follow the day of the week: {_days_of(pattern.week, level)}; {without}. {average}.{speak} {guidance}",
        step=pattern.step,
        on=pattern.start,
        until=pattern.end,
        measured="" if fall is None else exact_text(fall.fraction),
        sources=tuple(limit.source for _, limit in (*limits, *others)),
        advice="Give the same dose every day, if need be made with a smaller tablet, halves or a liquid; if the "
        "pattern is meant, record why.",
    )


def _days_of(week: tuple[Doses | None, ...], level: Level) -> str:
    """Write on how many days a week each dose is taken, the most frequent first."""
    names: dict[Doses, list[str]] = {}
    for name, doses in zip(WEEKDAYS, week, strict=True):
        if doses is not None:
            names.setdefault(doses, []).append(name)
    parts = sorted(names.items(), key=lambda entry: -len(entry[1]))
    return ", ".join(
        f"{doses_text(Level(level.start, level.end, level.step, doses))} on {days_text(len(days))} a week "
        f"({names_text(days)})"
        for doses, days in parts
    )


def _stances_text(chosen: tuple[tuple[Guideline, Limit], ...], others: tuple[tuple[Guideline, Limit], ...]) -> str:
    """Say which sources are for and which are against days without a dose, chosen ones first."""
    sides: dict[str, list[str]] = {}
    for entries, mark in ((chosen, "chosen"), (others, "not chosen")):
        for source, limit in entries:
            note = f": {limit.note.removesuffix('.')}" if limit.note else ""
            sides.setdefault(limit.stance, []).append(f"{source.title} ({mark}{note})")
    verbs = (("avoid", "advised against by"), ("allowed", "accepted by"))
    return (
        "Days without a dose are " + ", and ".join(f"{v} {'; '.join(sides[s])}" for s, v in verbs if s in sides) + "."
    )


@rule("T214", "short-acting drug once a day", since="0.1.0")
def once_a_day(case: Case) -> Iterator[Outcome]:
    """A drug whose half-life is shorter than the time between its intakes is taken once a day.

    What: Days on which all that is taken is one intake of one drug, against the longest half-life that a
        shipped source prints for the drug itself; shorter than 24 hours is a note, once a drug. It is
        arithmetic and no limit of a guideline. Hypnotics (ATC N05CD, N05CF) in the evening or at bedtime
        are left out, because that is their labeled use, and extended-release forms.
    Why: Less than half of an intake is left when the next one is due, so withdrawal can be felt between
        two doses although the daily dose is unchanged.
    What to do: Ask about symptoms before the next intake; if there are any, divide the daily dose.
    """
    if any(remark.kind == "time" for remark in case.schedule.remarks):
        yield NotEvaluated("T214", "the times of day are not recorded")
        return
    for drug in case.schedule.drugs:
        known = catalog.drugs().get(drug)
        lives = [life for life in known.half_lives if life.of == "parent" and life.high is not None] if known else []
        longest = max(lives, key=_hours, default=None)
        if longest is not None and _hours(longest) >= ONE_DAY_HOURS:
            continue
        code = known.code("ATC") if known else ""
        runs = [
            (start, end, steps[0].number)
            for start, end, steps in sweep(case.schedule.steps)
            if _only_once([intake for step in steps for intake in step.intakes], drug, code)
        ]
        if runs and longest is None:
            yield NotEvaluated("T214", f"{NO_VALUE} for the half-life of {drug} itself")
        elif runs and longest is not None:
            yield _once(case, drug, runs, longest)


def _hours(life: HalfLife) -> Fraction:
    return life.high if life.high is not None else Fraction(0)


def _only_once(intakes: list[Intake], drug: str, code: str) -> bool:
    """Return whether this drug alone is taken, once a day, and neither as a hypnotic at night nor as an ER form."""
    given = [intake for intake in intakes if intake.dose]
    if len({intake.time for intake in given}) != 1 or any(intake.drug != drug for intake in given):
        return False
    if code.startswith(HYPNOTICS) and given[0].time in ("evening", "bedtime"):
        return False
    return not any(f"{drug} ER " in item.product for intake in given for item in intake.items)


def _once(case: Case, drug: str, runs: list[tuple[date, date, int]], longest: HalfLife) -> Finding:
    first, last, hours = runs[0][0], runs[-1][1], _hours(longest)
    count = sum((end - start).days + 1 for start, end, _ in runs)
    since = "from the first day on" if first <= case.taken[0].start else f"since {day_text(first)}"
    halvings = math.floor(ONE_DAY_HOURS / hours)
    return Finding(
        code="T214",
        severity=Severity.NOTE,
        message=f"{drug} is taken once a day {since}, on {days_text(count)}. The longest half-life that a source here "
        f"prints for it is {exact_text(hours)} hours, and {ONE_DAY_HOURS} hours lie between two intakes: at least "
        f"{percent_text(1 - Fraction(1, 2**halvings))} of each is gone before the next.",
        step=runs[0][2],
        on=first,
        until=last,
        measured=exact_text(hours),
        limit=str(ONE_DAY_HOURS),
        sources=(longest.source,),
        advice="Ask about symptoms before the next intake; if there are any, divide the daily dose.",
    )
