"""The pace as a whole: whether it was checked, a rise of the dose, the time for a change of drug."""

from __future__ import annotations

from collections.abc import Iterator

from taper import catalog
from taper.catalog.by_country import PACE
from taper.catalog.guidance import Kind
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import Change
from taper.checker.headline import headline
from taper.checker.texts import say
from taper.checker.wording import (
    NO_STEPS,
    UNNAMED,
    day_text,
    days_text,
    doses_text,
    drug_text,
    drugs_text,
    from_to,
    guideline_text,
    joined,
    listed,
    names_text,
    span_text,
    title_text,
    without_unit,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.quantity import exact_text
from taper.schedule.curve import Level

_SIZES: tuple[Kind, ...] = ("window_ceiling", "step")
MOST_NAMES = 4


@rule("T107", "the dose rises", since="0.1.0", kinds=("increase",))
def increase(case: Case) -> Iterator[Outcome]:
    """The dose goes up again.

    What: Every rise of the daily dose, of a weekly pattern that of its average. Back to the dose before
        the last cut, or to less than it, is a note, or what a chosen guideline that forbids it says; above
        it a warning. Days that alternate between two doses are left to T201, and a day on which some of
        one drug is replaced by another to T113: whether the dose rises there depends on the table.
    Why: Labels and guidelines allow a return to the dose before when withdrawal is hard, some others
        forbid it; a rise above that dose is something else, and may be an error in the schedule.
    What to do: If the return is meant, take smaller steps or longer ones from there; if not, correct
        the dose.
    """
    if any(change.fall is None for change in case.changes):
        yield case.incomparable("T107")
    before_cut: Level | None = None
    for change in case.changes:
        if change.fall is None or case.exchange(change):
            continue
        if change.fall.fraction > 0:
            before_cut = change.before
        elif change.fall.fraction < 0 and case.alternation(change.after) is None:
            yield _rise(case, change, before_cut)


def _rise(case: Case, change: Change, before_cut: Level | None) -> Finding:
    assert change.fall is not None
    reference = case.fall(before_cut, change.after) if before_cut is not None else None
    returns = reference is not None and reference.fraction >= 0
    ratio = 1 - reference.fraction if reference is not None else 1 - change.fall.fraction
    what = say("T107.what", day=day_text(change.after.start))
    if from_to(change.before, change.after) != UNNAMED:
        rise = _from_to(change)
        what = say("T107.what.doses", rise=rise, day=day_text(change.after.start))
    message, details, advice = say("T107.first", what=what), [], say("T107.advice")
    if before_cut is not None:
        message = say("T107.returns", what=what) if returns else say("T107.above", what=what)
        details = [say("T107.before", doses=doses_text(before_cut))]
    if returns:
        details += _stances(case)
        advice = say("T107.returns.advice")
    doses = say("T107.detail", before=doses_text(change.before), after=doses_text(change.after))
    return Finding(
        code="T107",
        severity=_of_return(case) if returns else Severity.WARNING,
        message=message,
        step=change.after.step,
        on=change.after.start,
        until=change.after.end,
        measured=exact_text(ratio),
        limit="1",
        sources=tuple(limit.source for _, limit in case.limits("increase")),
        advice=advice,
        detail=joined(doses, *details),
    )


def _from_to(change: Change) -> Message:
    """Write a rise of one drug with one unit, and of several with all of them."""
    first, second = doses_text(change.before), doses_text(change.after)
    if len(change.before.doses) == 1 and not (change.before.average or change.after.average):
        first = without_unit(first)
    return say("T107.rise", before=first, after=second)


def _of_return(case: Case) -> Severity:
    against = [Severity(limit.severity) for _, limit in case.limits("increase") if limit.stance == "avoid"]
    return max(against, default=Severity.NOTE)


def _stances(case: Case) -> Iterator[Message]:
    """Name the guidelines that allow a return to the dose before, and those that do not."""
    for stance, key in (("allowed", "allowed by"), ("avoid", "advised against by")):
        names = [guideline.title for guideline, limit in case.limits("increase") if limit.stance == stance]
        if names:
            yield say(f"T107.{key}", titles=listed([title_text(name) for name in dict.fromkeys(names)], "; "))


@rule("T109", "time for changing drugs", since="0.1.0", kinds=("crossover",))
def crossover(case: Case) -> Iterator[Outcome]:
    """One drug replaces another faster than the guideline advises.

    What: The days from the first day with the new drug to the first day without the old one, for each
        drug that is not there at the beginning while another ends.
    Why: Drugs differ in onset and half-life, and equivalent doses are estimates; a slow change shows
        in time whether the new dose is too low or too high.
    What to do: Replace one intake at a time, over one or two weeks.
    """
    limits = case.limits("crossover")
    if len(case.schedule.drugs) > 1 and not limits:
        yield case.without_limit("T109", say("T109.about"))
    for guideline, limit in limits:
        for old, new, first, after in case.replacements:
            days = (after - first).days
            if limit.days is None or days >= limit.days:
                continue
            yield Finding(
                code="T109",
                severity=Severity(limit.severity),
                message=say(
                    "T109.message",
                    old=drug_text(old),
                    new=drug_text(new),
                    days=days_text(days),
                    span=span_text(first, after),
                    guideline=guideline_text(guideline),
                    limit=days_text(limit.days),
                ),
                step=next((s.step for s in case.taken if s.end >= first and new in s.drugs), None),
                on=first,
                until=after,
                measured=str(days),
                limit=str(limit.days),
                sources=(limit.source,),
                advice=say("T109.advice"),
            )


@rule("T117", "pace not checked", since="0.2.0")
def unchecked(case: Case) -> Iterator[Outcome]:
    """None of the chosen guidelines has a limit by which the pace of these drugs can be judged.

    What: Whether any chosen guideline limits the size of every cut, by a ceiling or a step, for these drugs. Without
        one it is a warning; a note where at least a first cut or an interval is limited. T101 then still finds falls
        beyond twice the leading ceiling. Drugs that no chosen table can compare are a warning too. A schedule in which
        the dose never falls has no pace.
    Why: A report without findings on pace must not be taken for a pace that was judged and found slow.
    What to do: Name a guideline that prints a limit, or a table that has the drugs.
    """
    if not case.taken:
        yield NotEvaluated("T117", NO_STEPS, say("T117.about"))
        return
    if any(change.fall is None for change in case.changes):
        drugs = case.schedule.drugs
        names = drugs_text(drugs) if len(drugs) < 4 else say("count.drugs", count=len(drugs))
        yield _unchecked(case, say("T117.changes", drugs=names))
        return
    if not case.cuts:
        return
    judged = [kind for kind in PACE if any(_applies(case, kind))]
    if any(kind in judged for kind in _SIZES):
        return
    names = names_text([guideline_text(guideline) for guideline in case.guidelines[:MOST_NAMES]])
    if len(case.guidelines) > MOST_NAMES:
        names = say("chosen guidelines", count=len(case.guidelines))
    why = say("no limit", guidelines=names) if case.guidelines else say("no guideline")
    yield _unchecked(case, say("T117.sizes", why=why) if judged else say("T117.message", why=why), judged)


def _unchecked(case: Case, line: Message, judged: list[Kind] | None = None) -> Finding:
    return Finding(
        code="T117",
        severity=Severity.NOTE if judged else Severity.WARNING,
        message=headline(line, say("T117.short")),
        on=case.taken[0].start,
        advice=say("T117.advice"),
        detail=say("T117.detail") if judged is not None else "",
    )


def _applies(case: Case, kind: Kind) -> Iterator[bool]:
    """Yield for each limit of a kind whether it can be applied to the drugs of the schedule."""
    known = any(catalog.most_cautious(drug) is not None for drug in case.schedule.drugs)
    for _, limit in case.limits(kind):
        yield known or limit.diazepam_mg is None
