"""Stopping at once, for good or for some days."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from taper import catalog
from taper.catalog import Guideline, Limit
from taper.catalog.withdrawal_risk import withdrawal_risk
from taper.checker.case import Case
from taper.checker.days_without import SHORTEST_BREAK, at_night
from taper.checker.definition import rule
from taper.checker.falls import Stop
from taper.checker.near_zero import cautious
from taper.checker.texts import say
from taper.checker.wording import (
    day_text,
    days_text,
    doses_text,
    drug_text,
    drugs_text,
    joined,
    title_text,
)
from taper.finding import Finding, Outcome, Severity
from taper.message import Message
from taper.order.phase import dose_total
from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY
from taper.source import Source


@rule("T106", "stop without a taper", since="0.1.0", kinds=("abrupt_stop",))
def abrupt_stop(case: Case) -> Iterator[Outcome]:
    """The drug ends without any lower dose before, or is not taken for some days.

    What: A stop from the highest dose that there was; and two or more days without any drug, recorded or as a
        revision says that it was taken, between doses of which one is above the allowance near zero, with the dose at
        which it begins again (a single day is for T201, nights off a low dose of a sleeping pill for T213): an alert,
        and a warning while it is the pattern that is taken at the start anyway. A stop is an alert, whether or not
        the facts that place it in ASAM's table of withdrawal risk are known. It is a note after so short a use of a
        Z-drug that a source which was read allows it, and a warning after so short a use of a benzodiazepine that a
        chosen guideline allows it: unless seizures, alcohol, an opioid, another sedative or an earlier complicated
        withdrawal are recorded, or the dose is high. Where the risk is rare it is a warning.
    Why: Stopping abruptly can lead to seizures, which can be life-threatening (FDA 2020). After days without the drug
        tolerance may be lost, so that the dose of before may sedate.
    What to do: Taper. If the drug must be stopped at once, decide where this can be done safely. After a break, ask
        before the dose of before is taken again.
    """
    if (unknown := case.unknown_stop("T106")) is not None:
        yield unknown
    yield from _breaks(case)
    if case.stop is None:
        return
    if case.peak is None:
        yield case.incomparable("T106")
    elif case.is_never_cut:
        yield _abrupt(case, case.stop)


def _abrupt(case: Case, stop: Stop) -> Finding:
    patient = case.order.patient if case.order is not None else None
    row = None
    if case.order is not None and patient is not None:
        current = case.order.current
        days = patient.days_per_week if current.is_daily else current.days_with_a_dose
        row = withdrawal_risk(days, patient.weeks_of_use, cautious(stop.last.doses))
    allowed = case.stop_allowed
    risk = say("T106.risk")
    if row is not None:
        risk = say(f"T106.risk.{row.risk}", source=title_text(str(row.source)))
    severity = Severity.WARNING if allowed or (row is not None and row.risk == "rare") else Severity.ALERT
    sources = (*(limit.source for _, limit in allowed), *_against(case))
    return Finding(
        code="T106",
        severity=Severity.NOTE if case.is_short_use else severity,
        message=say("T106.message", day=day_text(stop.on), doses=_doses(case.highest(stop.last))),
        step=stop.last.step,
        on=stop.last.start,
        until=stop.last.end,
        measured="1",
        limit="1",
        sources=tuple(dict.fromkeys((*sources, *((row.source,) if row is not None else ())))),
        advice=say("T106.advice"),
        detail=joined(
            say("T106.detail", doses=doses_text(stop.last)), risk, *(_allowed_text(*entry) for entry in allowed)
        ),
    )


def _doses(level: Level) -> Message:
    text = doses_text(level)
    return say("a day", doses=text) if len(text) <= 60 else say("count.drugs", count=len(level.doses))


def _allowed_text(guideline: Guideline, limit: Limit) -> Message:
    title = title_text(guideline.title)
    if limit.weeks_below is None:
        return say("T106.allowed.drug", title=title, drug=drug_text(limit.drug))
    return say("T106.allowed", title=title, weeks=limit.weeks_below)


@lru_cache(maxsize=1)
def _class_label() -> tuple[Source, ...]:
    return tuple(limit.source for limit in catalog.guideline("fda-class-label").limits_of("abrupt_stop"))


def _against(case: Case) -> tuple[Source, ...]:
    """Return who advises against a stop at once: the chosen guidelines, else the class labeling."""
    chosen = tuple(limit.source for _, limit in case.limits("abrupt_stop") if limit.stance == "avoid")
    return chosen or _class_label()


def _breaks(case: Case) -> Iterator[Finding]:
    """Find the days without any drug between two doses, one of them above the allowance, recorded or as taken."""
    for before, after in pairwise(case.taken):
        off = [s for s in case.daily_levels if not s.doses and before.end < s.start and s.end < after.start]
        if (
            len(off) != 1
            or off[0].days < SHORTEST_BREAK
            or (case.is_small(before, None) and case.is_small(after, None))
        ):
            continue
        if case.pattern(off[0]) is None or _is_grave(case, before):
            of_today = case.order is not None and not case.order.current.is_daily and not off[0].step
            severity = Severity.WARNING if of_today else Severity.ALERT
            yield _break(case, before, after, off[0].days, severity)
    yield from _not_taken(case)


def _is_grave(case: Case, before: Level) -> bool:
    """Return whether days off in a weekly pattern are an abrupt stop: all but nights off a low sleeping pill."""
    dose = cautious(before.doses)
    high = dose is None or dose > catalog.highest_last_dose("label").diazepam
    nights = all(at_night(case, drug, before.start, before.end) for drug in before.drugs)
    return not case.is_small(before, None) and (high or not nights)


def _not_taken(case: Case) -> Iterator[Finding]:
    """Find the days on which, as a revision records it, nothing was taken."""
    for event in case.order.history if case.order is not None else ():
        if event.taken is None or dose_total(event.taken) or event.since is None:
            continue
        days = (event.on - event.since).days
        before = next((level for level in case.taken if level.start <= event.since <= level.end), None)
        after = next((level for level in case.taken if level.start <= event.on <= level.end), None)
        if before is not None and after is not None and days >= SHORTEST_BREAK and not case.is_small(before, None):
            gone = Level(before.start, event.since - ONE_DAY, before.step, before.doses)
            back = Level(event.on, after.end, after.step, after.doses)
            yield _break(case, gone, back, days)


def _break(case: Case, before: Level, after: Level, days: int, severity: Severity = Severity.ALERT) -> Finding:
    fall = case.fall(before, after)
    back = fall is not None and fall.fraction <= 0
    again = doses_text(after) if len(doses_text(after)) <= 40 else say("several drugs")
    said = {"days": days_text(days), "day": day_text(before.end + ONE_DAY), "doses": again}
    supplied = any(remark.kind == "supply" for remark in case.schedule.remarks)
    return Finding(
        code="T106",
        severity=severity,
        message=say(f"T106.{'supply' if supplied else 'break'}{'.back' if back else ''}", **said),
        step=after.step,
        on=before.end + ONE_DAY,
        until=after.start - ONE_DAY,
        measured=str(days),
        limit="0",
        sources=_against(case),
        advice=say("T106.break.advice"),
        detail=say(
            "T106.break.detail",
            before=doses_text(before),
            after=doses_text(after),
            drugs=drugs_text(before.drugs),
        ),
    )
