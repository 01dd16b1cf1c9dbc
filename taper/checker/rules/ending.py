"""The end of the drug: the dose it stops from, and stopping without a taper."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from taper.catalog import Guideline, Limit
from taper.catalog.withdrawal_risk import withdrawal_risk
from taper.checker.case import NO_VALUE, Case, Stop
from taper.checker.definition import rule
from taper.checker.measure import no_equivalent
from taper.checker.wording import day_text, doses_text, mg_beside, percent_beside
from taper.finding import Finding, Outcome, Severity
from taper.quantity import exact_text, percent_text


@rule("T105", "dose that the drug is stopped from", since="0.1.0", kinds=("last_dose",))
def last_dose(case: Case) -> Iterator[Outcome]:
    """The last dose before the stop is higher than the last dose of published schedules.

    What: The last daily dose that is not zero, of a weekly pattern its largest, in diazepam equivalents
        by the strictest of the chosen tables, against the largest last dose that a guideline's schedules stop from.
    Why: The last step is a cut of 100 %, so no limit in percent can speak of it.
    What to do: Add smaller steps at the end, if need be with halves, quarters or a liquid.
    """
    if (unknown := case.unknown_stop("T105")) is not None:
        yield unknown
        return
    if not case.limits("last_dose"):
        yield case.without_limit("T105", "last dose before the stop")
        return
    if case.stop is None:
        return
    last = case.highest(case.stop.last)
    span = case.equivalent(last)
    if span is None:
        yield no_equivalent("T105", last.drugs)
        return
    for guideline in case.guidelines:
        limits = [limit for source, limit in case.limits("last_dose") if source is guideline]
        if limits:
            # where a source prints several regimens, the fastest of them is still published guidance
            limit = max(limits, key=lambda entry: entry.diazepam_mg.value if entry.diazepam_mg else Fraction(0))
            yield from _last_dose(guideline, limit, case.stop._replace(last=last), span[1].value)


def _last_dose(guideline: Guideline, limit: Limit, stop: Stop, daily: Fraction) -> Iterator[Finding]:
    assert limit.diazepam_mg is not None
    if daily <= limit.diazepam_mg.value:
        return
    variant = f" (regimen {limit.variant})" if limit.variant else ""
    yield Finding(
        code="T105",
        severity=Severity(limit.severity),
        message=f"The drug is stopped on {day_text(stop.on)} from {doses_text(stop.last)} a day, "
        f"{mg_beside(daily, limit.diazepam_mg.value)} of diazepam equivalent. {guideline.title}{variant}: "
        f"stops from {limit.diazepam_mg} or less.",
        step=stop.last.step,
        on=stop.last.start,
        until=stop.last.end,
        measured=exact_text(daily),
        limit=exact_text(limit.diazepam_mg.value),
        sources=(limit.source,),
        advice="Add smaller steps before the stop.",
    )


@rule("T106", "stop without a taper", since="0.1.0", kinds=("abrupt_stop",))
def abrupt_stop(case: Case) -> Iterator[Outcome]:
    """The drug ends without any lower dose before.

    What: A stop from the starting dose, or from more. The facts of the order (weeks of use, days a week,
        dose) place it in ASAM's table of withdrawal risk; where the risk is rare it is a warning, in
        every other case, also where the facts are not known, an alert. A guideline that allows the stop
        after so short a use makes it a warning, unless the order says that there were seizures.
    Why: Stopping abruptly can lead to seizures, which can be life-threatening (FDA 2020).
    What to do: Taper. If the drug must be stopped at once, decide where this can be done safely.
    """
    if (unknown := case.unknown_stop("T106")) is not None:
        yield unknown
    if case.stop is None:
        return
    fall = case.fall(case.levels[0], case.stop.last)
    if fall is None:
        yield case.incomparable("T106")
    elif fall.fraction <= 0:
        yield _abrupt(case, case.stop, 1 - fall.fraction)


_RISKS = {
    "rare": "The risk of clinically significant withdrawal is rare for this use",
    "possible": "The risk of clinically significant withdrawal is lower for this use, but withdrawal is possible",
    "stands": "This use carries a risk of clinically significant withdrawal, greater with dose and duration",
}


def _allowed_text(guideline: Guideline, limit: Limit) -> str:
    if limit.weeks_below is None:
        return f" {guideline.title} allows it for {limit.drug}."
    return f" After less than {limit.weeks_below} weeks: {guideline.title} allows it."


def _abrupt(case: Case, stop: Stop, ratio: Fraction) -> Finding:
    patient = case.order.patient if case.order is not None else None
    span = case.equivalent(stop.last)
    row = None
    if patient is not None:
        row = withdrawal_risk(patient.days_per_week, patient.weeks_of_use, span[1] if span is not None else None)
    allowed = []
    if patient is not None and patient.weeks_of_use is not None and not patient.seizures:
        stances = [(g, limit) for g, limit in case.limits("abrupt_stop") if limit.stance == "allowed"]
        allowed = [(g, limit) for g, limit in stances if limit.holds_after(patient.weeks_of_use)]
    limits = tuple(limit.source for _, limit in case.limits("abrupt_stop") if limit.stance == "avoid")
    limits += tuple(limit.source for _, limit in allowed)
    risk = (
        f"{_RISKS[row.risk]} ({row.source})"
        if row is not None
        else ("The risk of withdrawal depends on time, frequency and dose of use, which the order does not tell")
    )
    return Finding(
        code="T106",
        severity=Severity.WARNING if allowed or (row is not None and row.risk == "rare") else Severity.ALERT,
        message=f"The drug ends on {day_text(stop.on)} straight from {doses_text(stop.last)} a day, with no lower dose "
        f"before. {risk}." + "".join(_allowed_text(guideline, limit) for guideline, limit in allowed),
        step=stop.last.step,
        on=stop.last.start,
        until=stop.last.end,
        measured=exact_text(ratio),
        limit="1",
        sources=limits + ((row.source,) if row is not None else ()),
        advice="Taper; if it must be stopped at once, decide where this can be done safely.",
    )


@rule("T110", "stop larger than the ceiling", since="0.1.0", kinds=("window_ceiling",))
def stop_beyond_ceiling(case: Case) -> Iterator[Outcome]:
    """The stop takes away more of the starting dose than the ceiling allows of any dose.

    What: The last daily dose as part of the starting dose, against the ceiling that a guideline prints
        in percent. A last dose within the tail allowance, and a stop without a taper (T106), are left out.
    Why: Every stop is 100 % of the current dose, so T101 does not count it. But a schedule that makes
        a few small cuts and then stops from a high dose must not pass: measured against the starting
        dose, the kindest reading, its last step alone breaks the ceiling.
    What to do: Add steps between the last dose and the stop.
    """
    if (unknown := case.unknown_stop("T110")) is not None:
        yield unknown
    limits = [(g, limit) for g, limit in case.limits("window_ceiling") if limit.fraction is not None]
    if not limits:
        yield case.without_limit("T110", "ceiling in percent")
    if case.stop is None or not limits:
        return
    fall = case.fall(case.levels[0], case.stop.last)
    if fall is None:
        yield case.incomparable("T110")
        return
    part = 1 - fall.fraction
    span = case.equivalent(case.stop.last)
    if fall.fraction <= 0 or (span is not None and span[1] <= case.allowance):
        return
    for guideline, limit in limits:
        assert limit.fraction is not None
        if part > limit.fraction:
            yield _stop_finding(guideline, limit, case.stop, part, limit.fraction, known=span is not None)


def _stop_finding(
    guideline: Guideline, limit: Limit, stop: Stop, part: Fraction, ceiling: Fraction, *, known: bool
) -> Finding:
    message = (
        f"The drug stops on {day_text(stop.on)} from {doses_text(stop.last)} a day, {percent_beside(part, ceiling)} of "
        f"the starting dose at once. {guideline.title}: not more than {percent_text(ceiling, 2)} within "
        f"{limit.window_days} days; even of the starting dose, the kindest reading, this is more."
    )
    if not known:
        message += f" {NO_VALUE.capitalize()} in diazepam equivalents, so no allowance is made."
    return Finding(
        code="T110",
        severity=Severity(limit.severity),
        message=message,
        step=stop.last.step,
        on=stop.last.start,
        until=stop.last.end,
        measured=exact_text(part),
        limit=exact_text(ceiling),
        sources=(limit.source,),
        advice="Add steps between the last dose and the stop.",
    )
