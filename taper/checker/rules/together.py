"""Several drugs in one plan: days with two drugs, and cuts of two drugs at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from taper import catalog
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import convert, rows_of
from taper.checker.headline import headline
from taper.checker.texts import say
from taper.checker.wording import (
    NOTHING,
    day_text,
    days_text,
    drug_text,
    drugs_text,
    joined,
    listed,
    mg_text,
    span_text,
    title_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.order.phase import Phase
from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY


@rule("T114", "two drugs on one day", since="0.1.0")
def two_drugs(case: Case) -> Iterator[Outcome]:
    """Two or more of the drugs are taken on the same day.

    What: The days in a row on which the same two or more benzodiazepines or Z-drugs are taken, with the
        total in diazepam equivalents by the most cautious shipped table, the one that makes most of it.
    Why: Effects of the drugs add up, and two packs can be mixed up. Such days are meant during a change of
        drug, or where one is held while the other goes; they should be as many as were meant.
    What to do: Check that the days are those that were meant, and that the two products look different.
    """
    if len(case.schedule.drugs) < 2:
        return
    unknown = [drug for drug in case.schedule.drugs if drug not in catalog.drugs()]
    run: list[Level] = []
    for level in (*case.taken, None):
        drugs = _known(level) if level is not None else ()
        goes_on = level is not None and run and run[-1].end + ONE_DAY == level.start and _known(run[0]) == drugs
        if run and not goes_on:
            yield from _meeting(run)
            run = []
        if level is not None and len(drugs) > 1:
            run.append(level)
    if unknown:
        reason = say("T114.unknown", drugs=listed([drug_text(drug) for drug in unknown], ", "))
        yield NotEvaluated("T114", reason, say("T114.about"))


def _names(drugs: tuple[str, ...]) -> Message:
    """Name two or three drugs; more are counted."""
    return drugs_text(drugs) if len(drugs) < 4 else say("count.drugs", count=len(drugs))


def _known(level: Level) -> tuple[str, ...]:
    return tuple(drug for drug in level.drugs if drug in catalog.drugs())


def _meeting(run: list[Level]) -> Iterator[Outcome]:
    drugs = _known(run[0])
    days = [Level(s.start, s.end, s.step, tuple(d for d in s.doses if d[0] in drugs)) for s in run]
    spans = []
    for table in catalog.judging_tables():
        totals = [convert(table, day.doses) for day in days]
        known = [total for total in totals if total is not None]
        if len(known) == len(days):
            spans.append((max(high for _, high in known), min(low for low, _ in known), table))
    if not spans:
        yield NotEvaluated("T114", say("no table", drugs=drugs_text(drugs)), say("T114.about total"))
    most = max(spans, key=lambda span: span[:2], default=None)
    total = NOTHING
    if most is not None:
        dose = mg_text(most[0].value)
        if most[0] != most[1]:
            dose = say("dose.to", before=mg_text(most[1].value), after=dose)
        total = say("T114.total", dose=dose, title=title_text(most[2].title))
    first, last = run[0].start, run[-1].end
    count = (last - first).days + 1
    yield Finding(
        code="T114",
        severity=Severity.NOTE,
        message=say("T114.days", drugs=_names(drugs), days=days_text(count), span=span_text(first, last))
        if count > 1
        else say("T114.day", drugs=_names(drugs), day=day_text(first)),
        detail=joined(say("T114.detail", drugs=drugs_text(drugs), day=day_text(last)), total),
        step=run[0].step,
        on=first,
        until=last,
        measured=str(count),
        sources=rows_of([most[2]], drugs) if most is not None else (),
        advice=say("T114.advice"),
    )


@rule("T116", "two drugs reduced at once", since="0.1.0")
def two_cuts(case: Case) -> Iterator[Outcome]:
    """Two drugs are reduced on the same day.

    What: Every change at which two or more drugs go down, the stop included; a weekly pattern counts as its
        average. A drug that another replaces on that day is not counted. A note where the order says
        `together`, else a warning, one for the whole schedule. Across days without a record nothing is said.
    Why: If withdrawal follows, nobody can tell which of the two cuts to take back, and the two add up.
    What to do: Reduce one drug and hold the other; if both are meant to go at once, say so in the order
        with `together`.
    """
    if len(case.schedule.drugs) < 2:
        return
    by_drugs: dict[tuple[tuple[str, ...], bool], list[Level]] = {}
    levels = list(case.levels)
    if case.stop is not None:
        levels.append(Level(case.stop.on, case.stop.on, case.stop.last.step, ()))
    gap = False
    for before, after in pairwise(levels):
        down = [drug for drug in before.drugs if after.dose(drug) < before.dose(drug)]
        replaced = {r.old for r in case.replacements if r.exchanges(before, after)}
        cut = tuple(drug for drug in down if drug not in replaced)
        if len(cut) < 2:
            continue
        if before.end + ONE_DAY < after.start and not _recorded(case, before.end + ONE_DAY, after.start):
            gap = True
            continue
        by_drugs.setdefault((cut, _ordered_together(case, cut, after.start)), []).append(after)
    for (drugs, ordered), changes in by_drugs.items():
        yield _two_cuts_finding(drugs, changes, ordered=ordered, known=case.order is not None)
    if gap:
        yield NotEvaluated("T116", say("T116.unrecorded"), say("T116.about"))


def _recorded(case: Case, first: date, after: date) -> bool:
    """Return whether every day from the first to the one before `after` is recorded, if only as a zero."""
    days = sum(
        (min(s.end, after - ONE_DAY) - max(s.start, first)).days + 1
        for s in case.daily_levels
        if s.end >= first and s.start < after
    )
    return days >= (after - first).days


def _ordered_together(case: Case, drugs: tuple[str, ...], day: date) -> bool:
    if case.order is None:
        return False
    phases: tuple[Phase, ...] = case.terms(day).phase
    group: set[str] = set()
    for phase, drug in zip(phases, case.order.phase_drugs(phases), strict=True):
        group = group | {drug} if phase.together else {drug}
        if group >= set(drugs):
            return True
    return False


def _two_cuts_finding(drugs: tuple[str, ...], changes: list[Level], *, ordered: bool, known: bool) -> Finding:
    when = day_text(changes[0].start)
    if len(changes) > 1:
        when = say("T116.times", count=len(changes), span=span_text(changes[0].start, changes[-1].start))
    key = "ordered" if ordered else "not ordered" if known else "no order"
    return Finding(
        code="T116",
        severity=Severity.NOTE if ordered else Severity.WARNING,
        message=headline(
            *(say(f"T116.{key}", drugs=who, when=when) for who in (_names(drugs), say("count.drugs", count=len(drugs))))
        ),
        step=changes[0].step,
        on=changes[0].start,
        until=changes[-1].end,
        measured=str(len(changes)),
        limit="" if ordered else "0",
        advice=say("T116.ordered.advice") if ordered else say("T116.advice"),
    )
