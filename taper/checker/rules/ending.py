"""The end of the drug: the dose it stops from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from taper import catalog
from taper.catalog import Guideline, Limit
from taper.catalog.guidance import Kind
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import Stop, exceeds
from taper.checker.headline import headline
from taper.checker.measure import in_band
from taper.checker.near_zero import cautious
from taper.checker.texts import say
from taper.checker.wording import (
    NOTHING,
    day_text,
    days_text,
    dose_text,
    doses_text,
    drug_text,
    exact_dose,
    guideline_text,
    joined,
    listed,
    mg_beside,
    mg_text,
    note_text,
    percent_beside,
    percent_of,
    title_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.quantity import Mg, exact_text
from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY

_CUTS: tuple[Kind, ...] = ("step", "window_ceiling")


@rule("T105", "dose that the drug is stopped from", since="0.1.0", kinds=("last_dose",))
def last_dose(case: Case) -> Iterator[Outcome]:
    """The last dose before the stop is higher than that of slow published schedules.

    What: The last daily dose that is not zero, of a weekly pattern its largest, in diazepam equivalents by the most
        cautious shipped table, whatever guideline is chosen. Up to what slow outpatient schedules stop from it is
        silent, up to the allowance near zero a note, above it a warning, and above what any published schedule stops
        from (that of the alprazolam label, 10 mg) an alert. A last dose that a chosen guideline's own schedules
        exceed is at least a note. Where a step of a chosen guideline, in mg or as a part of the starting dose, is as
        large as the stop, it is no more than a note up to what faster schedules stop from. A stop without any lower
        dose before is left to T106. One of several drugs that ends above the allowance, with none that replaces it, is
        a warning.
    Why: The last step is a cut of 100%, so no limit in percent can speak of it. The US label of alprazolam tells of a
        seizure after a stop from 1 mg, at the end of a taper from 6 mg. No source prints a dose from which a stop is
        safe: what it is held against is this project's observation on published schedules.
    What to do: Add smaller steps at the end, if need be with halves, quarters or a liquid.
    """
    yield from _single_stops(case)
    if (unknown := case.unknown_stop("T105")) is not None:
        yield unknown
        return
    if case.stop is None or case.is_never_cut:
        return
    last = case.highest(case.stop.last)
    dose = cautious(last.doses)
    if dose is None:
        drugs = listed([drug_text(drug) for drug in last.drugs], " and ")
        yield NotEvaluated("T105", say("T105.no value", drugs=drugs), say("T105.about"))
        return
    yield from _last_dose(case, last, case.stop, dose)


def _single_stops(case: Case) -> Iterator[Finding]:
    """Find the drugs that end above the allowance while others are taken on, without one that replaces them."""
    replaced = {replacement.old for replacement in case.replacements}
    slow = catalog.highest_last_dose("slow")
    for drug in case.schedule.drugs:
        given = [level for level in case.taken if level.dose(drug)]
        after = next((level for level in case.taken if given and level.start > given[-1].end), None)
        factor = catalog.most_cautious(drug)
        if after is None or factor is None or drug in replaced or case.pattern(given[-1]) is not None:
            continue
        last, equivalent = given[-1], factor * given[-1].dose(drug).value
        alone = Level(last.start, last.end, last.step, ((drug, last.dose(drug)),))
        if equivalent <= max(case.near_zero(alone), slow.diazepam) or case.is_short_use:
            continue
        yield Finding(
            code="T105",
            severity=Severity.WARNING,
            message=say(
                "T105.single",
                drug=drug_text(drug),
                day=day_text(last.end + ONE_DAY),
                dose=dose_text(last.dose(drug)),
                equivalent=mg_text(equivalent.value),
            ),
            step=last.step,
            on=last.start,
            until=last.end,
            measured=exact_text(equivalent.value),
            limit=exact_text(slow.diazepam.value),
            sources=(slow.source,),
            advice=say("T105.single.advice"),
            detail=say("T105.single.detail", slow=exact_dose(slow.diazepam)),
        )


def _last_dose(case: Case, last: Level, stop: Stop, dose: Mg) -> Iterator[Finding]:
    slow, label = catalog.highest_last_dose("slow"), catalog.highest_last_dose("label")
    own = _of_the_chosen(case)
    limit = min([slow.diazepam, *(row.diazepam_mg for _, row in own if row.diazepam_mg is not None)])
    if dose <= limit:
        return
    limit = slow.diazepam if dose > slow.diazepam else limit
    severity = Severity.NOTE if dose <= max(case.near_zero(last), slow.diazepam) else Severity.WARNING
    severity = Severity.ALERT if dose > label.diazepam else severity
    kept = severity is Severity.WARNING and _keeps_a_step(case, last, dose)
    if kept or case.is_short_use:
        severity = Severity.NOTE
    measured = NOTHING
    if last.drugs != ("diazepam",):
        measured = say("T105.equivalent", dose=mg_beside(dose.value, limit.value))
    exceeded = [(g, row) for g, row in own if row.diazepam_mg is not None and dose > row.diazepam_mg]
    fast = catalog.highest_last_dose("fast").diazepam
    said = {"day": day_text(stop.on), "limit": exact_dose(limit)}
    daily = say("a day", doses=doses_text(last))
    doses = [(daily, measured), (say("count.drugs", count=len(last.doses)), measured)]
    if len(last.doses) == 1:  # which is no count of drugs; the detail has the equivalent
        doses[1:] = [(doses_text(last), measured), (daily, NOTHING)]
    if dose <= slow.diazepam:
        short = next(guideline_text(g) for g, row in exceeded if row.diazepam_mg == limit)
        ways = [say("T105.guideline", doses=text, equivalent=same, guideline=short, **said) for text, same in doses]
    else:
        ways = [say("T105.message", doses=text, equivalent=same, **said) for text, same in doses]
    told = say(
        "T105.detail",
        doses=doses_text(last),
        equivalent=mg_text(dose.value),
        slow=exact_dose(slow.diazepam),
        fast=exact_dose(fast),
        name=note_text(label.name, label.name),
        label=exact_dose(label.diazepam),
    )
    yield Finding(
        code="T105",
        severity=severity,
        message=headline(*ways),
        step=last.step,
        on=stop.last.start,
        until=stop.last.end,
        measured=exact_text(dose.value),
        limit=exact_text(limit.value),
        sources=tuple(dict.fromkeys([*(row.source for _, row in exceeded), slow.source, label.source])),
        advice=say("T105.advice"),
        detail=joined(told, *map(_stops_from, exceeded), say("T105.kept") if kept else NOTHING),
    )


def _stops_from(entry: tuple[Guideline, Limit]) -> Message:
    guideline, row = entry
    assert row.diazepam_mg is not None
    said = {"title": title_text(guideline.title), "dose": exact_dose(row.diazepam_mg)}
    if row.variant:
        return say("T105.stops from.regimen", regimen=note_text(row.variant, row.variant), **said)
    return say("T105.stops from", **said)


def _of_the_chosen(case: Case) -> list[tuple[Guideline, Limit]]:
    """Return the last dose of each chosen guideline; of several regimens the fastest is still published guidance."""
    by_guideline: dict[str, tuple[Guideline, Limit]] = {}
    for guideline, row in case.limits("last_dose"):
        known = by_guideline.get(guideline.id)
        if known is None or (row.diazepam_mg or Mg(0)) > (known[1].diazepam_mg or Mg(0)):
            by_guideline[guideline.id] = guideline, row
    return list(by_guideline.values())


def _keeps_a_step(case: Case, last: Level, dose: Mg) -> bool:
    """Return whether a step or ceiling of a chosen guideline allows the stop, as any cut of that size.

    In percent only of the starting dose: of the current one a stop is always the whole.
    """
    if dose > catalog.highest_last_dose("fast").diazepam:
        return False
    part = case.part_of_start(last)
    for row in (row for kind in _CUTS for _, row in case.limits(kind) if in_band(case, row, last)):
        if row.fraction is not None and row.basis != "current" and not _of_the_current(row):
            if part is not None and part <= row.fraction:
                return True
        elif row.diazepam_mg is not None and dose <= row.diazepam_mg and not row.example:
            return True
    return False


def _of_the_current(row: Limit) -> bool:
    """Return whether a ceiling without a basis is read as one of the current dose, the strict reading."""
    return row.kind == "window_ceiling" and row.basis == "unspecified"


@rule("T110", "stop larger than the ceiling", since="0.1.0", kinds=("window_ceiling",))
def stop_beyond_ceiling(case: Case) -> Iterator[Outcome]:
    """The stop takes away more of the starting dose than the ceiling allows of any dose.

    What: The last daily dose as part of the starting dose, against the ceiling that a guideline prints
        in percent. A last dose within the allowance near zero, and a stop without a taper (T106), are left out.
        Beyond twice the ceiling it is an alert.
    Why: Every stop is 100% of the current dose, so T101 does not count it. But a schedule that makes
        a few small cuts and then stops from a high dose must not pass: measured against the starting
        dose, the kindest reading, its last step alone breaks the ceiling.
    What to do: Add steps between the last dose and the stop.
    """
    if (unknown := case.unknown_stop("T110")) is not None:
        yield unknown
    limits = [(g, limit) for g, limit in case.limits("window_ceiling") if limit.fraction is not None]
    if not limits:
        yield case.without_limit("T110", say("T110.about"))
    if case.stop is None or not limits:
        return
    part = case.part_of_start(case.stop.last)
    if part is None:
        yield case.incomparable("T110")
        return
    if case.is_never_cut or case.is_small(case.stop.last, None):
        return
    for guideline, limit in limits:
        assert limit.fraction is not None
        if part > limit.fraction:
            yield _stop_finding(case, guideline, limit, case.stop, part)


def _stop_finding(case: Case, guideline: Guideline, limit: Limit, stop: Stop, part: Fraction) -> Finding:
    ceiling = limit.fraction
    assert ceiling is not None
    detail = say("T110.detail", doses=doses_text(stop.last), title=title_text(guideline.title))
    unknown = say("no value.sentence") if cautious(stop.last.doses) is None else NOTHING
    said = {"day": day_text(stop.on), "measured": percent_beside(part, ceiling)}
    said |= {"guideline": guideline_text(guideline), "limit": percent_of(ceiling, 2)}
    days = days_text(limit.window_days or 0)
    own = Severity.ALERT if exceeds(part, 2 * ceiling) else Severity(limit.severity)
    return Finding(
        code="T110",
        severity=Severity.NOTE if case.is_short_use else own,
        message=headline(
            say("T110.message", doses=doses_text(stop.last), days=days, **said), say("T110.short", days=days, **said)
        ),
        step=stop.last.step,
        on=stop.last.start,
        until=stop.last.end,
        measured=exact_text(part),
        limit=exact_text(ceiling),
        sources=(limit.source,),
        advice=say("T110.advice"),
        detail=joined(detail, unknown),
    )
