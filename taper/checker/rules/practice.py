"""How the doses are taken: days left out, and doses that alternate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from taper.checker.case import Case
from taper.checker.days_without import GRADING, at_night, disagreement, guidance, is_interruption, sources, weight
from taper.checker.definition import rule
from taper.checker.headline import headline
from taper.checker.texts import say
from taper.checker.wording import NO_STEPS, count_text, days_text, doses_text, drug_text, joined, span_text
from taper.finding import Finding, NotEvaluated, Outcome
from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY


@rule("T201", "days left out or alternating", since="0.1.0", kinds=("drug_free_days",))
def skipped_days(case: Case) -> Iterator[Outcome]:
    """A drug is left out on some days, or its dose alternates day by day.

    What: Days with a recorded dose of zero between days with a dose, and runs of four days or more on
        which two doses alternate. It is a warning, unless it is a sleeping pill (ATC N05CD, N05CF) that is
        taken at night; the grading is this project's own, and the same whatever guideline is chosen.
        Weekly patterns are left to T213, days without any record to T401, and two days or more without
        anything, after a dose above the allowance near zero, to T106.
    Why: ASAM's patient guide advises against skipped doses, which can worsen withdrawal. Trials of
        hypnotics did plan drug-free nights, at the end and at the lowest strength.
    What to do: Give the same dose every day; where a smaller daily dose cannot be made, use a smaller
        tablet, halves or a liquid. For a hypnotic near its end, acknowledge the finding.
    """
    if not case.daily_levels:
        yield NotEvaluated("T201", NO_STEPS)
        return
    for drug in case.schedule.drugs:
        yield from _left_out(case, drug)
    for run in case.alternating:
        yield _alternating(case, run)


def _left_out(case: Case, drug: str) -> Iterator[Finding]:
    given = [level for level in case.daily_levels if level.dose(drug)]
    if not given:
        return
    without = [
        level
        for before, level in pairwise(case.daily_levels)
        if given[0].end < level.start < given[-1].start
        and not level.dose(drug)
        and case.pattern(level) is None
        and not is_interruption(case, before, level)
    ]
    if not without:
        return
    start, end = without[0].start, without[-1].end
    night = at_night(case, drug, start - ONE_DAY, end + ONE_DAY)
    count = sum(level.days for level in without)
    days = count_text(count, "night") if night else days_text(count)
    what = say("T201.skipped", drug=drug_text(drug), days=days, span=span_text(start, end))
    yield Finding(
        code="T201",
        severity=weight(night=night),
        message=headline(joined(what, guidance(case, night=night)), what),
        step=without[0].step,
        on=start,
        until=end,
        measured=str(count),
        limit="0",
        sources=sources(case),
        advice=say("T201.skipped.advice"),
        detail=joined(disagreement(case), GRADING),
    )


def _alternating(case: Case, run: tuple[Level, ...]) -> Finding:
    start, end = run[0].end, run[-1].start
    night = all(at_night(case, drug, start, end) for level in run[:2] for drug in level.drugs)
    return Finding(
        code="T201",
        severity=weight(night=night),
        message=say("T201.alternates", one=doses_text(run[0]), other=doses_text(run[1]), span=span_text(start, end)),
        step=run[0].step,
        on=start,
        until=end,
        measured=str((end - start).days + 1),
        limit="0",
        sources=sources(case),
        advice=say("T201.alternates.advice"),
        detail=joined(say("days with less"), GRADING),
    )
