"""How the doses are spread over the week."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from taper import catalog
from taper.catalog import Guideline, Limit
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.wording import change_text, day_text, days_text, doses_text, names_text
from taper.finding import Finding, Outcome, Severity
from taper.order.parts import WEEKDAYS
from taper.quantity import exact_text
from taper.schedule.curve import Doses, Level
from taper.schedule.patterns import Pattern


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
