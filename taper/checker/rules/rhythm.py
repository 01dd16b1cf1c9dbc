"""How the doses are spread over the week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from taper.checker.case import Case
from taper.checker.days_without import GRADING, at_night, disagreement, guidance, sources, weight
from taper.checker.definition import rule
from taper.checker.falls import Fall
from taper.checker.headline import headline
from taper.checker.texts import say
from taper.checker.wording import (
    NO_STEPS,
    NOTHING,
    change_text,
    count_text,
    days_text,
    doses_text,
    drugs_text,
    joined,
    listed,
    names_text,
    span_text,
    weekday_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.order.parts import WEEKDAYS
from taper.quantity import exact_text
from taper.schedule.curve import Doses, Level
from taper.schedule.patterns import Pattern


@rule("T213", "weekly pattern", since="0.1.0", kinds=("drug_free_days",))
def weekly_pattern(case: Case) -> Iterator[Outcome]:
    """The doses repeat by the day of the week, or after a cycle of days, and are not the same every day.

    What: The steps that have other doses on some days of the week or of a cycle, and on which of them a drug is
        left out; each pattern with its average against the dose before, and every source that speaks of days
        without a dose. A pattern is a step that the plan gives by the day of the week or as a cycle, or days that
        repeat after a week for two weeks or more. It is a note; where a drug is left out on some days it is a
        warning, unless it is a sleeping pill (ATC N05CD, N05CF) that is taken at night. The grading is this
        project's own, and the same whatever guideline is chosen.
    Why: ASAM's patient guide advises against skipped doses, which can worsen withdrawal. Other sources
        plan nights without a hypnotic, near the end or after a short use.
    What to do: Give the same dose every day, if need be made with a smaller tablet, halves or a liquid;
        where the pattern is meant, acknowledge the finding with the reason.
    """
    if not case.daily_levels:
        yield NotEvaluated("T213", NO_STEPS)
    elif case.patterns:
        yield _by_weekday(case)


def _by_weekday(case: Case) -> Finding:
    """Say in one finding what all weekly patterns have in common, and in its runs what each of them is."""
    runs = tuple(_pattern(case, pattern) for pattern in case.patterns)
    free = [pattern for pattern in case.patterns if _left_out(pattern)]
    night = all(run.severity is Severity.NOTE for run in runs)
    how = _how(all(pattern.weekly for pattern in case.patterns))
    what = say("T213.steps", count=len(runs), steps=count_text(len(case.levels), "step"), how=how)
    if len(case.levels) == 1:
        what = say("T213.all", how=how)
    lines = [say("T213.none without", what=what)]
    detail = say("days with less")
    if free:
        drugs = sorted({drug for pattern in free for drug in _left_out(pattern)})
        which = drugs_text(drugs) if len(case.schedule.drugs) > 1 else say("T213.any")
        key = "T213.nights without" if night else "T213.days without"
        without = say(key, what=what, leave=_which_leave(case, free), drugs=which)
        lines = [joined(without, guidance(case, night=night)), without]
        detail = joined(disagreement(case), GRADING)
    whole = _whole(case, case.patterns[0])  # the line may have had no room for the average and its change
    return replace(
        max(runs, key=lambda run: run.severity.rank),
        message=headline(*lines),
        step=runs[0].step,
        on=runs[0].on,
        until=runs[-1].until,
        measured=str(max(map(_free_days, case.patterns))),
        detail=detail if len(runs) > 1 else joined(whole, detail),
        runs=runs if len(runs) > 1 else (),
    )


def _how(weekly: bool) -> Message:
    return say("T213.by weekday") if weekly else say("T213.from day to day")


def _which_leave(case: Case, free: list[Pattern]) -> Message:
    """Write "the last leaves", "the last 2 leave", "1 leaves" or "2 leave"."""
    last = {level.start for level in case.levels[-len(free) :]} == {pattern.start for pattern in free}
    if len(free) == 1:
        return say("T213.the last leaves") if last else say("T213.one leaves")
    return say("T213.the last leave" if last else "T213.leave", count=len(free))


def _left_out(pattern: Pattern) -> tuple[str, ...]:
    """Return the drugs that are taken on some days of a pattern and left out on others."""
    days = [{drug for drug, _ in doses} for doses in pattern.cycle if doses is not None]
    return tuple(
        drug for drug in sorted({name for day in days for name in day}) if any(drug not in day for day in days)
    )


def _free_days(pattern: Pattern) -> int:
    """Return on how many days of the week or cycle the drug that is left out the most is left out."""
    week = [dict(doses) for doses in pattern.cycle if doses is not None]
    return max((sum(drug not in doses for doses in week) for drug in _left_out(pattern)), default=0)


def _pattern(case: Case, pattern: Pattern) -> Finding:
    """Say of one pattern what is taken on which days, and its average."""
    level, fall = pattern.level, _fall(case, pattern)
    span, average, days = span_text(pattern.start, pattern.end), _average(case, pattern), _days_of(pattern, level)
    night = all(at_night(case, drug, pattern.start, pattern.end) for drug in _left_out(pattern))
    return Finding(
        code="T213",
        severity=weight(night=night),
        message=headline(
            _whole(case, pattern),
            say("T213.pattern", span=span, days=days, average=doses_text(level)),
            say("T213.days", span=span, days=days),
            say("T213.days", span=span, days=average),
            say("T213.short", span=span, how=_how(pattern.weekly)),
        ),
        detail=say("T213.detail", days=days, average=average),
        step=pattern.step,
        on=pattern.start,
        until=pattern.end,
        measured="" if fall is None else exact_text(fall.fraction),
        sources=sources(case),
        advice=say("T213.advice"),
    )


def _fall(case: Case, pattern: Pattern) -> Fall | None:
    before = case.level_before(pattern)
    return case.fall(before, pattern.level) if before is not None else None


def _average(case: Case, pattern: Pattern) -> Message:
    """Write the average of a pattern, and its change against the dose before."""
    fall = _fall(case, pattern)
    change = NOTHING if fall is None else say("T115.share", change=change_text(-fall.fraction))
    return say("T213.average", doses=doses_text(pattern.level), change=change)


def _whole(case: Case, pattern: Pattern) -> Message:
    """Write one pattern with all that is said of it."""
    span, days = span_text(pattern.start, pattern.end), _days_of(pattern, pattern.level)
    return say("T213.pattern", span=span, days=days, average=_average(case, pattern))


def _days_of(pattern: Pattern, level: Level) -> Message:
    """Write what is taken on which days of the week, the dose of the most days first and by their number.

    Of a cycle the doses are written in turn.
    """
    week = pattern.in_turn
    if not pattern.weekly:
        runs = [(doses, len(list(run))) for doses, run in groupby(doses for doses in week if doses is not None)]
        turns = [say("T213.dose on days", dose=_dose(doses, level), days=days_text(days)) for doses, days in runs]
        return say("T213.in turn", turns=listed(turns, ", "))
    names: dict[Doses, list[Message]] = {}
    for name, doses in zip(WEEKDAYS, week, strict=True):
        if doses is not None:
            names.setdefault(doses, []).append(weekday_text(name))
    (usual, days), *others = sorted(names.items(), key=lambda entry: -len(entry[1]))
    parts = [say("T213.dose on days", dose=_dose(usual, level), days=days_text(len(days)))]
    parts += [say("T213.dose on", dose=_dose(doses, level), weekdays=names_text(days)) for doses, days in others]
    return listed(parts, ", ")


def _dose(doses: Doses, level: Level) -> Message:
    return doses_text(Level(level.start, level.end, level.step, doses))
