"""The end of the drug: the dose it stops from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from taper import catalog
from taper.catalog import Guideline, Limit
from taper.catalog.guidance import Kind
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import NO_VALUE, Stop, exceeds
from taper.checker.headline import headline
from taper.checker.measure import in_band
from taper.checker.near_zero import cautious
from taper.checker.wording import day_text, dose_text, doses_text, mg_beside, mg_text, percent_beside, percent_of
from taper.finding import Finding, NotEvaluated, Outcome, Severity
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
        yield NotEvaluated("T105", f"{NO_VALUE} for the diazepam equivalent of {' and '.join(last.drugs)}", "last dose")
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
            message=f"{drug} stops on {day_text(last.end + ONE_DAY)} from {dose_text(last.dose(drug))} "
            f"({mg_text(equivalent.value)} of diazepam equivalent) while other drugs go on.",
            step=last.step,
            on=last.start,
            until=last.end,
            measured=exact_text(equivalent.value),
            limit=exact_text(slow.diazepam.value),
            sources=(slow.source,),
            advice="Add smaller steps before it stops, or order the drug that replaces it.",
            detail=f"Slow published tapers stop from {slow.diazepam} of diazepam equivalent or less; the total is for "
            "T101.",
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
    measured = "" if last.drugs == ("diazepam",) else f" ({mg_beside(dose.value, limit.value)} of diazepam equivalent)"
    exceeded = [(g, row) for g, row in own if row.diazepam_mg is not None and dose > row.diazepam_mg]
    fast = catalog.highest_last_dose("fast").diazepam
    who = "Slow published tapers stop"
    if dose <= slow.diazepam:
        who = f"{next(g.short for g, row in exceeded if row.diazepam_mg == limit)} stops"
    detail = "".join(f" {g.title}{_variant(row)}: stops from {row.diazepam_mg} or less." for g, row in exceeded)
    yield Finding(
        code="T105",
        severity=severity,
        message=headline(
            *(
                f"Stops on {day_text(stop.on)} from {dose}{measured}. {who} from {limit} of diazepam or less."
                for dose in (f"{doses_text(last)} a day", f"{len(last.doses)} drugs")
            )
        ),
        step=last.step,
        on=stop.last.start,
        until=stop.last.end,
        measured=exact_text(dose.value),
        limit=exact_text(limit.value),
        sources=tuple(dict.fromkeys([*(row.source for _, row in exceeded), slow.source, label.source])),
        advice="Add smaller steps before the stop.",
        detail=f"From {doses_text(last)} a day, by the most cautious table {mg_text(dose.value)} of diazepam. "
        "Observed in published schedules, not a published threshold: slow outpatient ones stop from "
        f"{slow.diazepam} or less, faster ones from up to {fast}, the {label.name} "
        f"from {label.diazepam}." + detail + (" A chosen guideline makes steps of this size." * kept),
    )


def _variant(row: Limit) -> str:
    return f" (regimen {row.variant})" if row.variant else ""


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
        yield case.without_limit("T110", "cut in percent of the dose")
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
    detail = (
        f"From {doses_text(stop.last)} a day. The limit is one for any cut ({guideline.title}). Even measured against "
        "the starting dose, the most lenient basis, this is above it."
    )
    if cautious(stop.last.doses) is None:
        detail += f" {NO_VALUE.capitalize()} in diazepam equivalents, so no allowance is made."
    own = Severity.ALERT if exceeds(part, 2 * ceiling) else Severity(limit.severity)
    return Finding(
        code="T110",
        severity=Severity.NOTE if case.is_short_use else own,
        message=headline(
            *(
                f"Stops on {day_text(stop.on)} from {dose}{percent_beside(part, ceiling)} of the starting dose at once"
                f". {guideline.short}: no more than {percent_of(ceiling, 2)} in {limit.window_days} days."
                for dose in (f"{doses_text(stop.last)}, ", "")
            )
        ),
        step=stop.last.step,
        on=stop.last.start,
        until=stop.last.end,
        measured=exact_text(part),
        limit=exact_text(ceiling),
        sources=(limit.source,),
        advice="Add steps between the last dose and the stop.",
        detail=detail,
    )
