"""How the doses are taken: days left out, and doses that alternate."""

from __future__ import annotations

from collections.abc import Iterator

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.wording import day_text, days_text, doses_text
from taper.finding import Finding, Outcome, Severity
from taper.source import Source


@rule("T201", "days left out or alternating", since="0.1.0", kinds=("drug_free_days",))
def skipped_days(case: Case) -> Iterator[Outcome]:
    """A drug is left out on some days, or its dose alternates day by day.

    What: Days with a recorded dose of zero between days with a dose, and runs of four days or more on
        which two doses alternate. Weekly patterns are left to T213, days without any record to T401.
    Why: ASAM's patient guide advises against skipped doses, which can worsen withdrawal. Trials of
        hypnotics did plan drug-free nights, at the end and at the lowest strength.
    What to do: Give the same dose every day; where a smaller daily dose cannot be made, use a smaller
        tablet, halves or a liquid. For a hypnotic near its end, acknowledge the finding.
    """
    limits = case.limits("drug_free_days")
    if not limits:
        yield case.without_limit("T201", "advice on drug-free days")
        return
    against = [Severity(limit.severity) for _, limit in limits if limit.stance == "avoid"]
    severity = max(against, default=Severity.NOTE)
    sources = tuple(limit.source for _, limit in limits)
    stances = {limit.stance for _, limit in limits}
    stance = " and ".join(word for word in ("avoid", "allowed") if word in stances)
    stance = {"avoid": "advised against", "allowed": "allowed, for hypnotics near the end or after a short use"}.get(
        stance, "advised against, but allowed by others for hypnotics near the end or after a short use"
    )
    for drug in case.schedule.drugs:
        yield from _left_out(case, drug, severity, stance, sources)
    for run in case.alternating:
        days = (run[-1].end - run[0].end).days + 1
        yield Finding(
            code="T201",
            severity=severity,
            message=f"From {day_text(run[0].end)} to {day_text(run[-1].start)} the dose alternates between "
            f"{doses_text(run[0])} and {doses_text(run[1])} day by day. Uneven dosing is {stance}.",
            step=run[0].step,
            on=run[0].end,
            until=run[-1].start,
            measured=str(days - run[-1].days + 1),
            limit="0",
            sources=sources,
            advice="Give the same dose every day, if need be made with a smaller tablet, halves or a liquid.",
        )


def _left_out(case: Case, drug: str, severity: Severity, stance: str, sources: tuple[Source, ...]) -> Iterator[Finding]:
    given = [level for level in case.daily_levels if level.dose(drug)]
    if not given:
        return
    without = [
        level
        for level in case.daily_levels
        if given[0].end < level.start < given[-1].start and not level.dose(drug) and case.pattern(level) is None
    ]
    if not without:
        return
    days = sum(level.days for level in without)
    yield Finding(
        code="T201",
        severity=severity,
        message=f"{drug} is left out on {days_text(days)} between {day_text(without[0].start)} and "
        f"{day_text(without[-1].end)}, and taken again after that. Drug-free days are {stance}.",
        step=without[0].step,
        on=without[0].start,
        until=without[-1].end,
        measured=str(days),
        limit="0",
        sources=sources,
        advice="Give a dose every day, if need be made with a smaller tablet, halves or a liquid.",
    )
