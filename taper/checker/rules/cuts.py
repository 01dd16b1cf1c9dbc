"""The size of single cuts: the first one, and each of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from taper.catalog import Guideline, Limit
from taper.catalog.guidance import Kind
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import Change, exceeds
from taper.checker.grading import graded
from taper.checker.headline import headline
from taper.checker.measure import amount_texts, basis_text, in_band, no_equivalent, size, sizes_of_cuts
from taper.checker.texts import say
from taper.checker.wording import (
    NOTHING,
    UNNAMED,
    count_text,
    day_text,
    doses_text,
    exact_dose,
    from_to,
    guideline_text,
    joined,
    title_text,
)
from taper.finding import Finding, Outcome, Severity
from taper.quantity import exact_text

_CUTS: tuple[Kind, ...] = ("window_ceiling", "step")
_NEAR_ZERO = frozenset({"T101", "T105"})


@rule("T102", "size of the first cut", since="0.1.0", kinds=("first_cut",))
def first_cut(case: Case) -> Iterator[Outcome]:
    """The first cut is larger than the guideline's usual range.

    What: The first fall of the daily dose, of a weekly pattern that of its average, against the upper end
        of the range that a guideline gives for starting. A note; beyond what the same guideline allows of any cut
        a warning, and beyond twice that an alert. A first cut within the allowance near zero is left out. A stop
        without a lower dose before it is not a first cut; T106 speaks of it.
    Why: How the first cut is borne is what the pace of the others is chosen by.
    What to do: Begin with a smaller cut, or go on if the reason is known, for example a short time of use.
    """
    limits = case.limits("first_cut")
    if not limits:
        yield case.without_limit("T102", say("T102.about"))
    elif any(change.fall is None for change in case.changes):
        yield case.incomparable("T102")
    elif case.cuts:
        cut = case.cuts[0]
        for guideline, limit in limits:
            yield from _first_cut(case, guideline, limit, cut)


def _first_cut(case: Case, guideline: Guideline, limit: Limit, cut: Change) -> Iterator[Outcome]:
    assert cut.fall is not None
    sizes = size(case, limit, cut.before, cut.fall)
    if sizes is None:
        yield no_equivalent("T102", cut.before.drugs)
    elif sizes[0] > sizes[1] and in_band(case, limit, cut.before) and not case.is_small(cut.before, cut.after):
        measured, ceiling = amount_texts(limit, *sizes)
        doses = from_to(cut.before, cut.after)
        when = say("cut.on", day=day_text(cut.after.start))
        if doses != UNNAMED:
            when = say("cut.doses on", doses=doses, day=day_text(cut.after.start))
        said = {"measured": measured, "when": when, "guideline": guideline_text(guideline), "limit": ceiling}
        yield Finding(
            code="T102",
            severity=_severity(case, guideline, limit, *sizes),
            message=headline(say("T102.message", basis=basis_text(limit), **said), say("T102.short", **said)),
            step=cut.after.step,
            on=cut.after.start,
            until=cut.after.end,
            measured=exact_text(sizes[0]),
            limit=exact_text(sizes[1]),
            sources=(limit.source,),
            advice=say("T102.advice"),
            detail=say(
                "T102.detail",
                before=doses_text(cut.before),
                after=doses_text(cut.after),
                basis=basis_text(limit),
                title=title_text(guideline.title),
            ),
        )


def _severity(case: Case, guideline: Guideline, limit: Limit, measured: Fraction, ceiling: Fraction) -> Severity:
    """Grade a first cut: what the same guideline allows of any cut is no more than a note, and twice that an alert."""
    pace = [x.fraction for kind in _CUTS for x in guideline.limits_of(kind) if x.fraction and limit.fraction]
    most = max(*pace, ceiling) if pace else ceiling
    if case.is_short_use or not exceeds(measured, most):
        return Severity.NOTE
    if exceeds(measured, 2 * most):
        return Severity.ALERT
    return Severity.WARNING if exceeds(measured, 2 * ceiling) else Severity(limit.severity)


@rule("T108", "size of a single cut", since="0.1.0", kinds=("step",), second_pass=True)
def step_size(case: Case) -> Iterator[Outcome]:
    """A single cut is larger than the guideline's step.

    What: Each cut against the largest step that a guideline prints for this dose, on the basis that
        it prints (current or starting dose, or mg of diazepam equivalent). The stop is not counted. A weekly
        pattern counts as its average. A note within the allowance near zero, for a step that a source shows
        in an example only, and where a source does not say of which dose its percentage is and the cut keeps
        it of the starting dose. Beyond twice the step it weighs one grade more. Nothing is said of the small
        cuts near zero where T101 or T105 speaks of them.
    Why: Such guidelines pace a taper by the size of its steps, not by a window.
    What to do: Take a smaller step, if need be with a smaller tablet, halves or a liquid.
    """
    limits = case.limits("step")
    if not limits:
        yield case.without_limit("T108", say("T108.about"))
    elif any(change.fall is None for change in case.changes):
        yield case.incomparable("T108")
    else:
        for guideline, limit in limits:
            yield from _large_steps(case, guideline, limit)


class Large(NamedTuple):
    """A cut that is larger than a step.

    Attributes:
        cut: The cut.
        measured: Its size in the unit of the limit.
        limit: The limit in the same unit.
        severity: How much it matters.
    """

    cut: Change
    measured: Fraction
    limit: Fraction
    severity: Severity


def _large_steps(case: Case, guideline: Guideline, limit: Limit) -> Iterator[Outcome]:
    run: list[Large] = []
    sizes, ceiling = sizes_of_cuts(case, limit)
    told = _told(case)
    for cut, measured in zip(case.cuts, sizes, strict=True):
        severity = None
        if measured is not None and exceeds(measured, ceiling) and in_band(case, limit, cut.before):
            small = case.is_small(cut.before, cut.after) or _keeps_it_of_the_start(case, limit, cut)
            severity = None if small and told else graded(case, limit, measured, ceiling, small=small)
        if run and severity is not run[-1].severity:
            yield _step_finding(case, guideline, limit, run)
            run = []
        if measured is not None and severity is not None:
            run.append(Large(cut, measured, ceiling, severity))
    if run:
        yield _step_finding(case, guideline, limit, run)
    if any(each is None for each in sizes):  # `in` would compare each fraction with None
        yield no_equivalent("T108", case.schedule.drugs)


def _told(case: Case) -> bool:
    """Return whether another rule has spoken already of the small cuts near zero."""
    return case.first_pass is not None and not _NEAR_ZERO.isdisjoint(case.first_pass.found)


def _keeps_it_of_the_start(case: Case, limit: Limit, cut: Change) -> bool:
    """Return whether a cut keeps a percentage whose basis the source does not say, read of the starting dose."""
    if limit.fraction is None or limit.basis != "unspecified" or cut.fall is None:
        return False
    of_start = case.fall_of_start(cut.before, cut.fall)
    return of_start is not None and of_start <= limit.fraction


def _step_finding(case: Case, guideline: Guideline, limit: Limit, run: list[Large]) -> Finding:
    worst = max(run, key=lambda entry: entry.measured)
    measured, ceiling = amount_texts(limit, worst.measured, worst.limit)
    first, last = run[0].cut.after, run[-1].cut.after
    cut = from_to(worst.cut.before, worst.cut.after)
    cut = say("in parentheses", text=cut) if cut != UNNAMED else NOTHING
    said = {"measured": measured, "guideline": guideline_text(guideline), "limit": ceiling}
    on = day_text(worst.cut.after.start)
    line = say("T108.message", doses=cut, day=on, **said)
    if len(run) > 1:
        cuts, days = count_text(len(run), "cut"), {"first": day_text(first.start), "last": day_text(last.start)}
        line = say("T108.several", cuts=cuts, doses=cut, **days, **said)
    detail = say(
        "T108.detail",
        before=doses_text(worst.cut.before),
        after=doses_text(worst.cut.after),
        day=day_text(last.start),
        basis=basis_text(limit),
        title=title_text(guideline.title),
    )
    more = NOTHING
    if limit.example:
        more = say("T108.example")
    elif worst.severity is Severity.NOTE and case.is_small(worst.cut.before, worst.cut.after):
        more = say("T108.small", allowance=exact_dose(case.near_zero(worst.cut.before)))
    elif _keeps_it_of_the_start(case, limit, worst.cut):
        more = say("T108.of start")
    return Finding(
        code="T108",
        severity=worst.severity,
        message=headline(line, say("T108.message", doses=NOTHING, day=on, **said)),
        step=first.step,
        on=first.start,
        until=last.end,
        measured=exact_text(worst.measured),
        limit=exact_text(worst.limit),
        sources=(limit.source,),
        advice=say("T108.advice"),
        detail=joined(detail, more),
    )
